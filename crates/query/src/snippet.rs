//! A window of whole sentences around the words found, for people to read.

use gangmu_model::SearchRecord;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a text, with the places of the words found in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snippet {
    /// The piece, verbatim.
    pub text: String,
    /// `[start, end)` character offsets into `text`.
    pub highlights: Vec<[u32; 2]>,
    /// Whether the text goes on before the piece.
    pub cut_before: bool,
    /// Whether the text goes on after it.
    pub cut_after: bool,
}

/// Returns a record's text without the title, which the path ends with already,
/// unless the words stand in the title.
pub fn below_title(record: &SearchRecord) -> (&str, Vec<[u32; 2]>) {
    let whole = (record.text.as_str(), record.highlights.clone());
    let Some(title) = &record.division_title else { return whole };
    let below = record.text.strip_prefix(title.as_str()).and_then(|rest| rest.strip_prefix('\n'));
    let Some(below) = below else { return whole };
    let n_above = title.chars().count() as u32 + 1;
    if record.highlights.iter().any(|[start, _]| *start < n_above) {
        return whole;
    }
    let moved = record.highlights.iter().map(|[start, end]| [start - n_above, end - n_above]);
    (below, moved.collect())
}

/// Returns the sentences of a text as `[start, end)` character offsets that
/// cover it without a gap. A sentence ends after 。 ； ！ ？ (or ; ! ? and …) with the
/// closing quotes and brackets that follow, and at a line end.
pub fn sentences(text: &str) -> Vec<[u32; 2]> {
    let mut sentences = Vec::new();
    let (mut start, mut at, mut ended) = (0u32, 0u32, false);
    for grapheme in text.graphemes(true) {
        let first = grapheme.chars().next().unwrap_or(' ');
        let ends = matches!(first, '。' | '；' | ';' | '！' | '!' | '？' | '?' | '…' | '\n' | '\r');
        let closes =
            matches!(first, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | '"' | '\'');
        if ended && !ends && !closes {
            sentences.push([start, at]);
            start = at;
            ended = false;
        }
        ended |= ends;
        at += grapheme.chars().count() as u32;
    }
    if start < at {
        sentences.push([start, at]);
    }
    sentences
}

/// Returns the whole sentences that hold the most highlights in at most
/// `max_chars` characters, with as many of their neighbours as fit.
///
/// A sentence longer than that is cut around its first highlight, after a
/// comma where one is near, and never inside a number, a word of Latin letters
/// or a grapheme.
pub fn snippet(text: &str, highlights: &[[u32; 2]], max_chars: usize) -> Snippet {
    let max_chars = u32::try_from(max_chars).unwrap_or(u32::MAX).max(1);
    let n_chars = text.chars().count() as u32;
    // Most clauses are shown whole, and to look for their sentences costs more than the rest.
    if n_chars <= max_chars {
        return piece(text, [0, n_chars], highlights, n_chars);
    }
    let sentences = sentences(text);
    let [from, to] = best_run(&sentences, highlights, max_chars);
    let [start, end] = [sentences[from][0], sentences[to][1]];
    let window = if end - start <= max_chars {
        widen(&sentences, [from, to], max_chars)
    } else {
        let inside = |&&[at, _]: &&[u32; 2]| (start..end).contains(&at);
        let mark = highlights.iter().find(inside).copied().unwrap_or([start, start]);
        cut(text, [start, end], mark, max_chars)
    };
    piece(text, window, highlights, n_chars)
}

/// Returns the sentences that hold highlights, each with as many others before
/// and after it as asked, as pieces in order: those that meet are one piece. A
/// text without highlights gives its beginning.
pub fn sentences_around(text: &str, highlights: &[[u32; 2]], n_around: usize) -> Vec<Snippet> {
    let sentences = sentences(text);
    let Some(&[_, n_chars]) = sentences.last() else { return Vec::new() };
    let mut runs: Vec<[usize; 2]> = Vec::new();
    let mut add = |first: usize, last: usize| {
        let from = first.saturating_sub(n_around);
        let to = last.saturating_add(n_around).min(sentences.len() - 1);
        match runs.last_mut() {
            Some(run) if from <= run[1] + 1 => run[1] = run[1].max(to),
            _ => runs.push([from, to]),
        }
    };
    for &[start, end] in highlights {
        let first = sentences.partition_point(|&[_, sentence_end]| sentence_end <= start);
        let last = sentences.partition_point(|&[sentence_start, _]| sentence_start < end);
        if first < sentences.len() {
            add(first, last.saturating_sub(1).max(first));
        }
    }
    if highlights.is_empty() {
        add(0, 0);
    }
    let window = |[from, to]: [usize; 2]| [sentences[from][0], sentences[to][1]];
    runs.into_iter().map(|run| piece(text, window(run), highlights, n_chars)).collect()
}

/// Returns the first and last index of the run of sentences that fits and
/// holds the most highlights, the earliest and then the shortest of these.
fn best_run(sentences: &[[u32; 2]], highlights: &[[u32; 2]], max_chars: u32) -> [usize; 2] {
    let counts: Vec<usize> = sentences
        .iter()
        .map(|&[start, end]| {
            let before = |limit: u32| highlights.partition_point(|&[at, _]| at < limit);
            before(end) - before(start)
        })
        .collect();
    let mut best = (0, [0, 0]);
    let (mut from, mut held) = (0, 0);
    for to in 0..sentences.len() {
        held += counts[to];
        while from < to && (sentences[to][1] - sentences[from][0] > max_chars || counts[from] == 0)
        {
            held -= counts[from];
            from += 1;
        }
        if held > best.0 {
            best = (held, [from, to]);
        }
    }
    best.1
}

/// Adds whole sentences after the run, then before it, as long as they fit.
fn widen(sentences: &[[u32; 2]], [mut from, mut to]: [usize; 2], max_chars: u32) -> [u32; 2] {
    while to + 1 < sentences.len() && sentences[to + 1][1] - sentences[from][0] <= max_chars {
        to += 1;
    }
    while from > 0 && sentences[to][1] - sentences[from - 1][0] <= max_chars {
        from -= 1;
    }
    [sentences[from][0], sentences[to][1]]
}

/// Cuts a window of `max_chars` out of a long sentence around a mark.
fn cut(text: &str, [start, end]: [u32; 2], mark: [u32; 2], max_chars: u32) -> [u32; 2] {
    let breaks = breaks(text, [start, end]);
    let mark_length = (mark[1] - mark[0]).min(max_chars);
    let room = max_chars - mark_length;
    // A third of the room goes before the mark; what the end leaves over, too.
    let earliest = mark[0].saturating_sub(room / 3).min(end.saturating_sub(max_chars)).max(start);
    let at_or_after = |limit: u32| {
        let from = breaks.partition_point(|&(at, _)| at < limit);
        let near = breaks[from..].iter().take_while(|&&(at, _)| at <= mark[0]);
        let comma = near.clone().find(|&&(_, after_comma)| after_comma);
        comma.or(near.clone().next()).map_or(mark[0], |&(at, _)| at)
    };
    let first = at_or_after(earliest);
    let limit = first.saturating_add(max_chars).min(end);
    let least = first + mark_length;
    let fitting = &breaks[..breaks.partition_point(|&(at, _)| at <= limit)];
    let comma = fitting.iter().rev().find(|&&(_, after_comma)| after_comma);
    let last = match (comma, fitting.last()) {
        (Some(&(at, _)), _) if at >= mark[1] && at + max_chars / 4 >= limit => at,
        (_, Some(&(at, _))) if at >= least => at,
        _ => limit,
    };
    [first, last]
}

/// Returns the offsets inside a range where a line may break, and whether a
/// comma stands before: between graphemes, but not between two characters of a
/// number or a Latin word.
fn breaks(text: &str, [start, end]: [u32; 2]) -> Vec<(u32, bool)> {
    let mut at = 0;
    let mut graphemes: Vec<(u32, char)> = Vec::new();
    for grapheme in text.graphemes(true) {
        if (start..end).contains(&at) {
            graphemes.extend(grapheme.chars().next().map(|ch| (at, ch)));
        }
        at += grapheme.chars().count() as u32;
    }
    let char_at = |index: usize| graphemes.get(index).map(|&(_, ch)| ch);
    let mut breaks = vec![(start, false)];
    for (index, &(at, right)) in graphemes.iter().enumerate().skip(1) {
        let around = [
            index.checked_sub(2).and_then(char_at),
            char_at(index - 1),
            Some(right),
            char_at(index + 1),
        ];
        if !inside_run(around) {
            breaks.push((at, char_at(index - 1).is_some_and(is_comma)));
        }
    }
    breaks.push((end, true));
    breaks
}

/// Returns whether the middle of four characters lies inside a number or a
/// Latin word: PM|2.5, 4.|1, 35|%, 1,|000, 4.1|万.
fn inside_run([before, left, right, after]: [Option<char>; 4]) -> bool {
    let digit = |ch: Option<char>| ch.is_some_and(|ch| matches!(ch, '0'..='9' | '０'..='９'));
    let word = |ch: Option<char>| digit(ch) || ch.is_some_and(|ch| ch.is_ascii_alphabetic());
    let point = |ch: Option<char>| ch.is_some_and(|ch| matches!(ch, '.' | '．' | ',' | '，'));
    let scale = |ch: Option<char>| {
        ch.is_some_and(|ch| matches!(ch, '%' | '％' | '‰' | '百' | '千' | '万' | '亿'))
    };
    (word(left) && word(right))
        || (digit(left) && scale(right))
        || (digit(left) && point(right) && digit(after))
        || (digit(before) && point(left) && digit(right))
}

fn is_comma(ch: char) -> bool {
    matches!(ch, '，' | ',' | '、' | '：' | ':' | '；' | ';' | '。')
}

fn piece(text: &str, [start, end]: [u32; 2], highlights: &[[u32; 2]], n_chars: u32) -> Snippet {
    let piece: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    let blank = |ch: char| ch.is_whitespace();
    let lead = piece.chars().take_while(|&ch| blank(ch)).count() as u32;
    let text = piece.trim().to_owned();
    let first = start + lead;
    let last = first + text.chars().count() as u32;
    let highlights = highlights
        .iter()
        .map(|&[from, to]| [from.clamp(first, last), to.clamp(first, last)])
        .filter(|[from, to]| from < to)
        .map(|[from, to]| [from - first, to - first])
        .collect();
    Snippet { text, highlights, cut_before: start > 0, cut_after: end < n_chars }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "到2027年,全省细颗粒物浓度下降到32微克/立方米以下;森林覆盖率达到42.5%。\
                        推进“无废城市”建设!”结束。\n另起一段";

    fn slice(text: &str, [start, end]: [u32; 2]) -> String {
        text.chars().skip(start as usize).take((end - start) as usize).collect()
    }

    #[test]
    fn sentences_take_their_closing_marks_with_them() {
        let found: Vec<String> =
            sentences(TEXT).into_iter().map(|range| slice(TEXT, range)).collect();
        assert_eq!(
            found,
            [
                "到2027年,全省细颗粒物浓度下降到32微克/立方米以下;",
                "森林覆盖率达到42.5%。",
                "推进“无废城市”建设!”",
                "结束。\n",
                "另起一段",
            ]
        );
    }

    #[track_caller]
    fn check(text: &str, word: &str, max_chars: usize, expected: &str) {
        let at = text.find(word).unwrap();
        let start = text[..at].chars().count() as u32;
        let highlight = [start, start + word.chars().count() as u32];
        let snippet = snippet(text, &[highlight], max_chars);
        let [mark] = snippet.highlights[..] else { panic!("{snippet:?}") };
        assert_eq!(slice(&snippet.text, mark), word);
        assert_eq!(snippet.text, expected);
    }

    #[test]
    fn whole_sentences_around_the_words() {
        check(TEXT, "森林", 20, "森林覆盖率达到42.5%。");
        check(TEXT, "森林", 30, "森林覆盖率达到42.5%。推进“无废城市”建设!”结束。");
        check(TEXT, "森林", 200, TEXT);
    }

    #[test]
    fn sentences_with_highlights_and_their_neighbours() {
        let at = |word: &str| {
            let start = TEXT[..TEXT.find(word).unwrap()].chars().count() as u32;
            [start, start + word.chars().count() as u32]
        };
        let shown = |words: &[&str], n_around: usize| -> Vec<String> {
            let highlights: Vec<[u32; 2]> = words.iter().map(|word| at(word)).collect();
            let pieces = sentences_around(TEXT, &highlights, n_around);
            let marked: usize = pieces.iter().map(|piece| piece.highlights.len()).sum();
            assert!(marked >= words.len());
            pieces.into_iter().map(|piece| piece.text).collect()
        };
        assert_eq!(shown(&["森林"], 0), ["森林覆盖率达到42.5%。"]);
        assert_eq!(
            shown(&["森林"], 1),
            [
                "到2027年,全省细颗粒物浓度下降到32微克/立方米以下;森林覆盖率达到42.5%。推进“无废城市”建设!”"
            ]
        );
        assert_eq!(shown(&["森林", "另起"], 0), ["森林覆盖率达到42.5%。", "另起一段"]);
        assert_eq!(shown(&["42.5%。推进"], 0), ["森林覆盖率达到42.5%。推进“无废城市”建设!”"]);
        assert_eq!(shown(&["森林", "结束"], 9), [TEXT]);
        assert_eq!(shown(&[], 0), ["到2027年,全省细颗粒物浓度下降到32微克/立方米以下;"]);
        assert!(sentences_around("", &[], 1).is_empty());
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_comma_and_not_in_a_number() {
        let text = "优化产业结构,推进转型升级,面积达到12345.678万公顷,保持领先,继续巩固提升成果";
        check(text, "面积", 18, "面积达到12345.678万公顷,");
        check(text, "面积", 10, "面积达到");
        check(text, "继续", 12, "继续巩固提升成果");
    }

    proptest! {
        #[test]
        fn pieces_are_verbatim_and_fit(
            text in "[甲乙,。;0-9.%a-b\n“”e\u{301}]{0,60}",
            at in 0u32..60,
            length in 1u32..6,
            max_chars in 1usize..40,
        ) {
            let n_chars = text.chars().count() as u32;
            let start = at.min(n_chars);
            let highlights = if start < n_chars { vec![[start, (start + length).min(n_chars)]] } else { vec![] };
            let snippet = snippet(&text, &highlights, max_chars);
            prop_assert!(text.contains(&snippet.text));
            prop_assert!(snippet.text.chars().count() <= max_chars.max(1));
            let covered: u32 = sentences(&text).iter().map(|[start, end]| end - start).sum();
            prop_assert_eq!(covered, n_chars);
        }
    }
}
