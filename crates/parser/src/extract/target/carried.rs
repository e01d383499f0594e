//! Deadlines that one place sets for others: a heading for what stands below it, an
//! introducing line for its list, a paragraph's opening for its later sentences.

use std::ops::Range;

use gangmu_model::DeadlineKind;

use super::deadline::{RawDeadline, ends_with_any, find, small};
use super::words::words;

/// The deadline that a line sets for the list it introduces.
///
/// A line introduces if it ends in a colon, or is short and without 。 (a
/// heading such as 2025年主要目标).
pub(crate) fn introduced_deadline(paragraph: &str) -> Option<RawDeadline> {
    let line = paragraph.trim_end();
    let heading = line.len() <= 120 && !line.contains('。');
    if !(line.ends_with([':', '：']) || heading) {
        return None;
    }
    let sentences: Vec<Range<usize>> = super::clause::sentences(line).collect();
    let (last, above) = sentences.split_last()?;
    // 力争2031年收入增长10%;成本率控制在85%以下。其中: goes on with what stands before.
    if line[last.clone()].trim() == "其中:" {
        return above.iter().rev().find_map(|sentence| date_in(line, sentence));
    }
    date_in(line, last)
}

/// The date in one of the last clauses of a sentence that tells no fact.
fn date_in(line: &str, sentence: &Range<usize>) -> Option<RawDeadline> {
    let sentence = super::clause::Sentence::cut(line, sentence.clone());
    let named = || ["目标", "任务", "指标", "要求", "计划"].iter().any(|word| line.contains(word));
    sentence
        .clauses
        .iter()
        .rev()
        .take(4)
        .filter(|clause| clause.len() <= super::LONGEST_CLAUSE)
        .find_map(|clause| {
            let asides = super::clause::asides(line, clause);
            let found = find(line, clause, &asides, None)?;
            // 力争2031年…: a pledge says that the year is ahead.
            let pledged = words().pledge.at_end(&line[clause.start..found.range.start]).is_some();
            let set = !found.bare || pledged || named();
            (found.span.is_none() && set).then_some(found.deadline)
        })
        .filter(|_| !words().fact.is_in(&line[sentence.range.clone()]))
        .map(|deadline| RawDeadline { range: None, ..deadline })
}

/// The deadline that a paragraph of goals opens with: 到2027年,…初具规模。 What
/// follows is to be reached by then, in the sentences and in the list below.
pub(crate) fn opening_deadline(paragraph: &str, document_year: Option<i32>) -> Option<RawDeadline> {
    let first = super::clause::sentences(paragraph).next()?;
    sentence_deadline(paragraph, first, document_year)
}

/// The deadline that a paragraph leaves to the list of dashes below it: what
/// its last sentence opens with, otherwise its first.
pub(crate) fn lead_deadline(paragraph: &str, document_year: Option<i32>) -> Option<RawDeadline> {
    let last = super::clause::sentences(paragraph).last()?;
    sentence_deadline(paragraph, last, document_year)
        .or_else(|| opening_deadline(paragraph, document_year))
}

/// Years by which a prospect lies behind the goal of a plan.
const PROSPECT_YEARS: i32 = 8;

/// The one date ahead that a paragraph under a title of goals sets, wherever in it:
/// 锚定核心目标,到2027年,力争成为集聚地。 What stands below is to be reached by then.
pub(crate) fn stated_deadline(paragraph: &str, document_year: Option<i32>) -> Option<RawDeadline> {
    let mut stated: Option<RawDeadline> = None;
    for range in super::clause::sentences(paragraph) {
        let sentence = super::clause::Sentence::cut(paragraph, range);
        if words().fact.is_in(&paragraph[sentence.range.clone()]) {
            continue;
        }
        for clause in sentence.clauses.iter().filter(|clause| clause.len() <= super::LONGEST_CLAUSE)
        {
            let asides = super::clause::asides(paragraph, clause);
            let Some(found) = find(paragraph, clause, &asides, document_year) else { continue };
            let ahead = found.deadline.last_year();
            let is_ahead = ahead.is_some_and(|year| document_year.is_none_or(|now| year >= now));
            if found.bare || found.span.is_some() || !is_ahead {
                continue;
            }
            match stated.as_ref().and_then(RawDeadline::last_year) {
                // 到2025年,…; 到2035年,…: the second is a far prospect.
                Some(year) if ahead.is_some_and(|ahead| ahead - year >= PROSPECT_YEARS) => {}
                Some(year) if ahead != Some(year) => return None,
                _ => {
                    stated.get_or_insert(found.deadline);
                }
            }
        }
    }
    stated
}

/// The date ahead that a sentence opens with.
pub(super) fn sentence_deadline(
    paragraph: &str,
    sentence: Range<usize>,
    document_year: Option<i32>,
) -> Option<RawDeadline> {
    let first = super::clause::Sentence::cut(paragraph, sentence);
    // 具体指标:到2022年,…: the label stands before.
    let labelled = first.clauses.first().is_some_and(|label| {
        paragraph[label.end..].starts_with(':')
            && ["目标", "指标", "成果"].iter().any(|word| paragraph[label.clone()].ends_with(word))
    });
    let clause = first.clauses.get(usize::from(labelled));
    let clause = clause.filter(|clause| clause.len() <= super::LONGEST_CLAUSE)?;
    let asides = super::clause::asides(paragraph, clause);
    let found = find(paragraph, clause, &asides, document_year)?;
    let lead = &paragraph[clause.start..found.range.start];
    let opens = lead.is_empty() || words().pledge.at_start(lead) == Some(lead);
    let is_ahead = match (found.deadline.last_year(), document_year) {
        (Some(year), Some(now)) => year >= now,
        (Some(_), None) => true,
        (None, _) => false,
    };
    // 高效开发现有人才资源 tells of no past.
    let whole = &paragraph[first.range.clone()];
    let tells = words().fact.places(whole).any(|place| &whole[place] != "现有");
    (opens && is_ahead && !found.bare && !tells && found.span.is_none()).then_some(found.deadline)
}

/// The year of a heading that plans one: 2026年工作安排, 2026年主要预期目标; or the end of the
/// stage that it names: 全面推进阶段(2025年3月—12月).
pub(crate) fn heading_deadline(headings: &[&str]) -> Option<RawDeadline> {
    const PLANS: [&str; 7] = ["安排", "目标", "任务", "预期", "重点工作", "主要工作", "实事"];
    headings.iter().rev().find_map(|heading| {
        if let Some(end) = end_of_stage(heading) {
            return Some(end);
        }
        let at = heading.find('年')?;
        let start = at.checked_sub(4)?;
        let year: i32 = heading.get(start..at)?.parse().ok()?;
        let one = !heading[at + '年'.len_utf8()..].contains('年')
            && !heading[..start].ends_with(['-', '—', '–', '~', '至']);
        let plans = PLANS.iter().any(|word| heading[at..].contains(word))
            || heading[at..].ends_with("年工作");
        if !(one && plans && (1949..=2100).contains(&year)) {
            return None;
        }
        let deadline = RawDeadline::new(heading, start..at + '年'.len_utf8(), DeadlineKind::Year);
        Some(RawDeadline { range: None, year: Some(year), ..deadline })
    })
}

/// The last date in the bracket that ends a heading, where that names a stage or sets a limit:
/// 建设阶段(2025年年底前), 改造提升(2026年底前).
fn end_of_stage(heading: &str) -> Option<RawDeadline> {
    let (name, bracket) = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let limits = ["年底前", "年底", "年末", "月底前", "月前", "年前"];
    if !name.contains("阶段") && !ends_with_any(bracket, &limits) {
        return None;
    }
    let year_of = |at: usize| {
        let year = bracket.get(at.checked_sub(4)?..at)?.parse::<i32>().ok()?;
        (1949..=2100).contains(&year).then_some(year)
    };
    let (at, year) =
        bracket.match_indices('年').filter_map(|(at, _)| Some((at, year_of(at)?))).next_back()?;
    let month = bracket[at..].rsplit_once('月').and_then(|(before, _)| {
        let digits = before.len() - before.trim_end_matches(|ch: char| ch.is_ascii_digit()).len();
        small(&before[before.len() - digits..]).filter(|month| (1..=12).contains(month))
    });
    let kind = if month.is_some() { DeadlineKind::Month } else { DeadlineKind::Year };
    let start = name.len() + '('.len_utf8();
    let deadline = RawDeadline::new(heading, start..start + bracket.len(), kind);
    Some(RawDeadline { range: None, year: Some(year), month, ..deadline })
}
