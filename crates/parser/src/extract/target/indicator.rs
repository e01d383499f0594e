//! What a clause measures and where: 全省 | 细颗粒物平均浓度 | 下降到….

use std::ops::Range;

use super::Wording;
use super::words::words;

/// The scope that opens a clause, and the rest.
pub(super) fn split_scope(text: &str, range: Range<usize>) -> (Option<Range<usize>>, Range<usize>) {
    let range = skip_intro(text, range);
    let words_of = &text[range.clone()];
    let Some(scope) = words().scope.at_start(words_of) else { return (None, range) };
    let rest = &words_of[scope.len()..];
    const PART_OF_A_NAME: &[&str] =
        &["知名", "统一", "领先", "重要", "性", "一流", "平均", "重点", "人大", "各", "前"];
    if PART_OF_A_NAME.iter().any(|word| rest.starts_with(word)) {
        return (None, range);
    }
    // 每个县(市、区): the bracket belongs to the name.
    let bracket = if rest.starts_with('(') { rest.find(')').map_or(0, |at| at + 1) } else { 0 };
    let middle = range.start + scope.len() + bracket;
    let rest = skip_intro(text, middle..range.end);
    let possessive = if text[rest.clone()].starts_with('的') { '的'.len_utf8() } else { 0 };
    (Some(range.start..middle), rest.start + possessive..rest.end)
}

/// Drops words that introduce an indicator: 将, 确保, 力争.
pub(super) fn skip_intro(text: &str, range: Range<usize>) -> Range<usize> {
    let mut range = range;
    while let Some(word) = words().intro.at_start(&text[range.clone()]) {
        let rest = &text[range.start + word.len()..range.end];
        // 完成率 and 使用率 begin with such a word and are names.
        if rest.chars().count() < 2
            || rest.starts_with(['率', '度', '比', '量', '用', '性', '类', '的'])
        {
            break;
        }
        range.start += word.len();
    }
    range
}

/// Drops the means before what is found by it: 通过人工智能技术发现|材料.
pub(super) fn skip_means(text: &str, range: Range<usize>) -> Range<usize> {
    const FINDS: &[&str] = &["发现", "筛选出", "筛出"];
    let words_of = &text[range.clone()];
    let ends = FINDS.iter().filter_map(|find| Some(words_of.rfind(find)? + find.len()));
    match ends.max().filter(|end| words_of.starts_with("通过") && *end < words_of.len()) {
        Some(end) => range.start + end..range.end,
        None => range,
    }
}

/// Drops 在…领域 and 为…人员 before a counting verb: 在人形机器人领域|培育…, 为失能老年人|建设….
pub(super) fn skip_field(words_of: &str) -> &str {
    /// Words that begin as 在… does: 在线开标率.
    const IN_WORDS: [&str; 6] = ["在线", "在建", "在校", "在册", "在岗", "在园"];
    if !words_of.starts_with(['在', '围', '聚', '为'])
        || IN_WORDS.iter().any(|word| words_of.starts_with(word))
    {
        return words_of;
    }
    let verb = words().goal_verb.places(words_of).find(|place| place.start > '在'.len_utf8());
    verb.map_or(words_of, |place| &words_of[place.start..])
}

/// Drops the second of two verbs: 新建|和改造提升|高标准农田.
fn skip_second_verb(words_of: &str) -> &str {
    let Some(rest) = words_of.strip_prefix(['和', '及', '或']) else { return words_of };
    words().goal_verb.at_start(rest).map_or(words_of, |verb| &rest[verb.len()..])
}

/// Drops marks and particles around an indicator; none is left of nothing.
pub(super) fn trim(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    const MARKS: &[char] =
        &['、', ',', ';', ':', '。', '—', '-', ' ', '(', '·', '.', '的', '等', '“'];
    let words = &text[range.clone()];
    let from_start =
        words.trim_start_matches(['、', ',', ';', ':', '—', '-', ' ', '·', ')', '.', '的']);
    let from_start = skip_second_verb(from_start);
    let start = range.end - from_start.len();
    let kept = without_remark(from_start.trim_end_matches(MARKS)).trim_end_matches(MARKS);
    kept.contains(char::is_alphanumeric).then(|| start..start + kept.len())
}

/// Drops a bracket at the end that says what is meant: 社会储备能力(包括发电企业等).
fn without_remark(words_of: &str) -> &str {
    let Some((name, remark)) = words_of.strip_suffix(')').and_then(|inner| inner.rsplit_once('('))
    else {
        return words_of;
    };
    let explains = ["包括", "含", "不含", "不包括", "指", "即"];
    let is_remark = !name.is_empty() && explains.iter().any(|word| remark.starts_with(word));
    if is_remark { name } else { words_of }
}

/// Drops a list of qualities before what is counted, 吸引力强、带动面广的|消费场景, and a clause
/// that says what it can do or where it stands: 能够突破关键技术的|创新创业领军人才.
pub(super) fn head(text: &str, range: Range<usize>) -> Range<usize> {
    const QUALITIES: &[char] = &[
        '强', '高', '广', '大', '好', '优', '足', '全', '快', '新', '深', '善', '明', '出', '著',
        '先',
    ];
    let words_of = &text[range.clone()];
    let Some((qualities, named)) = words_of.rsplit_once('的') else { return range };
    const CLAUSES: [&str; 4] = ["能够", "站在", "符合", "适应"];
    let told = CLAUSES.iter().any(|word| qualities.starts_with(word));
    let listed =
        told || qualities.rsplit_once('、').is_some_and(|(_, last)| last.ends_with(QUALITIES));
    if listed && named.chars().nth(1).is_some() && (told || !named.contains('、')) {
        range.end - named.len()..range.end
    } else {
        range
    }
}

/// What a clause of nothing but a name measures, for the one behind it:
/// 再担保业务收费|,原则上不高于0.5%; or a work of which a share is to be done:
/// 对|敬老院实施改造|,年底前完成80%.
pub(super) fn measured(text: &str, clause: &Range<usize>) -> Option<Wording> {
    if text[clause.clone()].starts_with('对') {
        return Some(Wording::Place(clause.start + '对'.len_utf8()..clause.end));
    }
    const HEADS: [char; 8] = ['费', '率', '额', '量', '价', '数', '值', '例'];
    let words_of = &text[clause.clone()];
    let is_name = words_of.ends_with(HEADS)
        && words().goal_verb.at_start(words_of).is_none()
        && words().intro.at_start(words_of).is_none();
    is_name.then(|| Wording::Place(clause.clone()))
}

/// Heads of indicators that say nothing alone: 比例 of what stands in the clause before.
pub(super) fn is_bare_head(words: &str) -> bool {
    ["比例", "占比", "比重", "数量", "总数", "总量", "总规模", "其中"].contains(&words)
}
