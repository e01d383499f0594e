//! One sentence: which deadline governs which clause, and what is a fact.

use std::ops::Range;

use gangmu_model::DeadlineKind;

use super::clause::{Sentence, asides};
use super::deadline::{self, Found};
use super::signs::Signs;
use super::words::words;
use super::{
    LONGEST_CLAUSE, RawDeadline, RawTarget, TargetContext, Wording, qualitative, quantity,
};

/// What clauses before leave to those after.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) deadline: Option<RawDeadline>,
    /// The dates of a list, the first of which is `deadline`: 到2025年、2030年,…分别达到60%、65%.
    pub(super) dates: Vec<RawDeadline>,
    /// Hedges before the deadline that governs: 力争到2027年.
    pub(super) hedges: Vec<Range<usize>>,
    /// The deadline was set by an earlier paragraph.
    pub(super) inherited: bool,
    /// What is told has happened already.
    pub(super) fact: bool,
    /// Something in the sentence promises: 力争.
    pub(super) pledged: bool,
    /// A title above plans a year: 2026年重点工作.
    pub(super) planned: bool,
    /// Whether the sentence speaks of what is to come, once it was asked.
    looks_ahead: Option<bool>,
    /// What the clause before measures, for one that elides it.
    pub(super) indicator: Option<Wording>,
    /// A verb that counts on: 培育 in 培育A5家,B30家.
    pub(super) verb: bool,
    /// 坚守: what is counted on is a floor.
    pub(super) guarded: bool,
}

/// One clause with what was found out about it.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    pub(super) text: &'a str,
    /// What it may hold.
    pub(super) signs: Signs,
    /// The clause without an opening deadline.
    pub(super) body: Range<usize>,
    pub(super) asides: Vec<Range<usize>>,
    /// The deadline inside the body: 全省2025年底前….
    pub(super) inner: Option<Found>,
    /// Hedges before the deadline: 力争 in 力争到2027年.
    pub(super) hedges: Vec<Range<usize>>,
    /// The deadline opens this very clause, without a comma.
    pub(super) glued: bool,
    /// The clause after it in the sentence.
    pub(super) next: Option<Range<usize>>,
    /// The clause before it in the sentence.
    pub(super) previous: Option<Range<usize>>,
    pub(super) goals_expected: bool,
}

impl Clause<'_> {
    pub(super) fn words(&self) -> &str {
        &self.text[self.body.clone()]
    }
}

/// Reads the targets of one sentence into `targets`.
pub(super) fn read(
    text: &str,
    sentence: &Sentence,
    context: &TargetContext<'_>,
    targets: &mut Vec<RawTarget>,
) {
    let whole = &text[sentence.range.clone()];
    if defines(whole) {
        return;
    }
    let signs: Vec<Signs> =
        sentence.clauses.iter().map(|clause| Signs::of(&text[clause.clone()])).collect();
    let all = signs.iter().fold(Signs::default(), |all, signs| all.or(*signs));
    let mut state = State {
        inherited: context.inherited_deadline.is_some(),
        deadline: context.inherited_deadline.clone(),
        pledged: all.any(Signs::PLEDGE) && words().pledge.is_in(whole),
        planned: context.titles.deadline().is_some(),
        ..State::default()
    };
    if whole.starts_with("其中")
        && let Some(sum) = targets.last()
    {
        // 打造企业100个。其中“链主”企业3家: verb and date are those of the sum.
        state.verb = true;
        let of_sum = sum.deadline.clone().map(|deadline| RawDeadline { range: None, ..deadline });
        state.deadline = state.deadline.or(of_sum);
    }
    let aims = state.inherited || context.titles.name_goals();
    // 每年累计培训5000人 is wanted each year, and so is what is summed up under a goal's title.
    let tells = !state.pledged
        && all.any(Signs::SENTENCE_FACT)
        && words().sentence_fact.places(whole).any(|place| {
            let sums_up = whole[place.clone()] == *"累计";
            // 连续3年每年给予资助 is to come.
            let yearly = whole[place.clone()] == *"连续" && whole[place.end..].contains("年每年");
            // Under a heading that plans a year, 同比增长7%左右 is planned too, and so is
            // 确保…,同比增速不低于… and 全年…同比增长20%以上.
            let before = &whole[..place.start];
            // 营业收入同比增长10%以上 in a plan, where nothing tells of what has been.
            let floor = whole[place.end..].contains("以上")
                && (before.contains("全年") || !words().fact.is_in(whole));
            let planned = whole[place.clone()] == *"同比"
                && (state.planned || before.contains("确保") || floor);
            let summed = aims || state.planned || before.ends_with("每年");
            !(yearly || planned || sums_up && summed)
        });
    for (at, range) in sentence.clauses.iter().enumerate() {
        if range.len() > LONGEST_CLAUSE {
            continue;
        }
        let clause = open(text, sentence, at, signs[at], context, &mut state);
        if clause.body.is_empty() {
            continue;
        }
        let condition = is_condition(clause.words()) || is_ground(clause.words());
        // 确保…, 上半年投放60%以上 is still to come.
        let half_to_come = || {
            opens_in_part_of_year(clause.words())
                && (clause.words().contains("以上") || whole.starts_with("确保"))
        };
        if !condition
            && (tells_of_past(clause.words(), clause.signs) && !half_to_come()
                || state.deadline.is_none()
                    && clause.signs.any(Signs::UNDATED_FACT)
                    && words().undated_fact.is_in(clause.words())
                || (tells_what_is_done(clause.words()) && clause.inner.is_none()))
        {
            // 现有超载区逐步退出: what there is is to change, and no fact is told.
            if !clause.words().starts_with("现有") {
                state.fact |= state.deadline.is_none() || clause.inner.is_none();
            }
        }
        if state.fact || (tells && state.deadline.is_none()) {
            continue;
        }
        if !context.goals_expected && !firm(&state, &clause) {
            continue;
        }
        let before = targets.len();
        state.guarded = false;
        quantity::read(&clause, context.lexicon, &mut state, targets);
        let outside = before..targets.len();
        read_asides(&clause, context, &mut state, targets, outside.clone());
        if targets.len() > outside.end {
            // Members stand behind their sum, and before what follows the bracket.
            targets[before..].sort_by_key(|goal| goal.range.start);
        }
        if targets.len() == before {
            qualitative::read(&clause, &mut state, targets);
        }
    }
}

/// 指建筑面积不大于10000平方米、高度不超过24米的厂房: the sentence says what a word means.
fn defines(whole: &str) -> bool {
    const WORDS: [&str; 5] = ["指导", "指标", "指定", "指挥", "指引"];
    let means = whole.trim_start_matches('是');
    means.starts_with('指') && !WORDS.iter().any(|word| means.starts_with(word))
}

/// 已建成50个, but not 加快已开工项目建设: what is ordered there is still to come.
fn tells_what_is_done(words_of: &str) -> bool {
    const ORDERS: [&str; 10] =
        ["加快", "推进", "推动", "加强", "优化", "提升", "利用", "依托", "盘活", "对"];
    words_of
        .find('已')
        .is_some_and(|at| !ORDERS.iter().any(|order| words_of[..at].ends_with(order)))
}

/// 对已达付款期的,加快支付账款; 对首次挂牌的产品给予补助: what the clauses after it hold for,
/// and no fact.
fn is_condition(words_of: &str) -> bool {
    let rewards = || words_of.contains("首次") && words_of.contains("给予");
    // 已建成专用线的,绿色运输比例达到90%以上.
    let which = words_of.ends_with('的') && !words_of.contains(|ch: char| ch.is_ascii_digit());
    which || words_of.starts_with(['对', '凡']) && (words_of.ends_with('的') || rewards())
}

/// 在现有已建中心村基础上: what goes on from there is to come.
fn is_ground(words_of: &str) -> bool {
    words_of.starts_with('在') && words_of.ends_with("基础上")
}

/// 上半年…, 一季度…: in a text of deeds a time that is over.
fn opens_in_part_of_year(words_of: &str) -> bool {
    ["上半年", "一季度", "前三季度", "三季度"].iter().any(|span| words_of.starts_with(span))
}

/// Reads the goals inside brackets and quotation marks: 日产量2000万个(其中:甲100万个、
/// 乙200万个), 建成基地5家以上(省级基地2家), 实现“人才达到2000名,贡献率达到40%”的目标.
/// `outside` are the places in `targets` of the goals that the clause states outside them.
fn read_asides(
    clause: &Clause<'_>,
    context: &TargetContext<'_>,
    state: &mut State,
    targets: &mut Vec<RawTarget>,
    outside: Range<usize>,
) {
    for aside in &clause.asides {
        let inner = members(clause, aside, &targets[outside.clone()])
            .or_else(|| quoted_goals(clause, aside));
        let Some(range) = inner else { continue };
        let inner = Sentence::cut(clause.text, range);
        let (deadline, indicator) = (state.deadline.clone(), state.indicator.clone());
        let fact = state.fact;
        for at in 0..inner.clauses.len() {
            let signs = Signs::of(&clause.text[inner.clauses[at].clone()]);
            let member = open(clause.text, &inner, at, signs, context, state);
            if state.fact || tells_of_past(member.words(), signs) {
                break;
            }
            quantity::read(&member, context.lexicon, state, targets);
        }
        // 达到85%以上(2024年为61.3%): what was is an aside, and what follows is a goal.
        (state.deadline, state.indicator, state.fact) = (deadline, indicator, fact);
    }
}

/// Where the members of a sum stand in a bracket behind it: after 其中, or in the sum's own unit.
fn members(
    clause: &Clause<'_>,
    aside: &Range<usize>,
    targets: &[RawTarget],
) -> Option<Range<usize>> {
    let text = clause.text;
    let inner = text[aside.clone()].strip_prefix('(')?.strip_suffix(')')?;
    let start = aside.start + '('.len_utf8();
    if spells_out(&text[clause.body.start..aside.start]) {
        return Some(start..start + inner.len());
    }
    // 甲2000万个(其中:…)、乙10万件: others of the clause may follow the sum.
    let after = targets.partition_point(|goal| goal.range.start < aside.start);
    let sum = targets[..after].last().filter(|sum| clause.body.start <= sum.range.start)?;
    if let Some(rest) = inner.strip_prefix("其中") {
        return Some(start + inner.len() - rest.len()..start + inner.len());
    }
    let unit = &text[sum.unit.clone()?];
    let counted = inner.strip_suffix(unit)?.ends_with(|c: char| c.is_ascii_digit());
    let adjoins = sum.value_text.as_ref().is_some_and(|value| {
        // 5家以上(: nothing but a bounding word stands between.
        value.end <= aside.start && text[value.end..aside.start].chars().count() <= 2
    });
    (counted && adjoins).then(|| start..start + inner.len())
}

/// 建成“1+5+4”: the bracket behind it says what the numbers count.
fn spells_out(before: &str) -> bool {
    let Some((lead, formula)) = before.strip_suffix('”').and_then(|rest| rest.rsplit_once('“'))
    else {
        return false;
    };
    let is_formula = formula.contains('+')
        && formula.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'N'));
    is_formula && words().goal_verb.at_end(lead).is_some()
}

/// Where goals stand in quotation marks: 实现“…达到2000名,…达到40%”的三大目标.
fn quoted_goals(clause: &Clause<'_>, aside: &Range<usize>) -> Option<Range<usize>> {
    const LONGEST_TAIL: usize = 16;
    let text = clause.text;
    let inner = text[aside.clone()].strip_prefix('“')?.strip_suffix('”')?;
    let tail = &text[aside.end..clause.body.end];
    let names = tail.ends_with("目标") && tail.chars().count() <= LONGEST_TAIL;
    let start = aside.start + '“'.len_utf8();
    (names && inner.contains(',')).then(|| start..start + inner.len())
}

/// Whether a word such as 去年 stands in a clause otherwise than to be compared with: 比去年.
fn tells_of_past(words_of: &str, signs: Signs) -> bool {
    opens_in_part_of_year(words_of)
        || signs.any(Signs::FACT)
            && words().fact.places(words_of).any(|place| {
                // 比去年 and 从现有…基础上 only measure.
                let before = &words_of[..place.start];
                let compares = before.ends_with(['比', '较', '与', '于', '至', '到']);
                let behind = &words_of[place.end..];
                // 项目前期手续, 实现有效衔接: the word stands across two others.
                let across = match &words_of[place.clone()] {
                    "目前" => before.ends_with('项'),
                    "现有" => before.ends_with(['实', '体', '呈', '展']),
                    _ => false,
                };
                let starts_from = before.ends_with(['从', '在', '由'])
                    && (behind.contains("基础") || behind.contains("水平"));
                !compares && !starts_from && !across
            })
}

/// In a regulation only a calendar date or a five-year period makes a goal.
fn firm(state: &State, clause: &Clause<'_>) -> bool {
    let dated = |deadline: &RawDeadline| {
        matches!(deadline.kind, DeadlineKind::Year | DeadlineKind::Period)
            && deadline.text.starts_with(['到', '至', '“', '十'])
    };
    state.deadline.as_ref().is_some_and(dated)
        || clause.inner.as_ref().is_some_and(|found| dated(&found.deadline))
}

/// Finds a clause's deadline and updates the one that governs.
fn open<'t>(
    text: &'t str,
    sentence: &Sentence,
    at: usize,
    signs: Signs,
    context: &TargetContext<'_>,
    state: &mut State,
) -> Clause<'t> {
    let range = sentence.clauses[at].clone();
    let mut clause = Clause {
        text,
        signs,
        asides: if signs.any(Signs::OPENING) { asides(text, &range) } else { Vec::new() },
        body: range.clone(),
        inner: None,
        hedges: Vec::new(),
        glued: false,
        next: sentence.clauses.get(at + 1).cloned(),
        previous: at.checked_sub(1).map(|before| sentence.clauses[before].clone()),
        goals_expected: context.goals_expected,
    };
    clause.body.start = range.end - text[range.clone()].trim_start_matches(leads_in).len();
    let Some(mut found) =
        deadline::find_by(signs, text, &clause.body, &clause.asides, context.document_year)
    else {
        clause.hedges.clone_from(&state.hedges);
        return clause;
    };
    if found.span.is_some() {
        clause.inner = Some(found);
        return clause;
    }
    let past = match (found.deadline.last_year(), context.document_year) {
        // A little late, and said as a goal, is a slip of the text and no fact.
        (Some(year), Some(now)) if year < now => {
            // 从2020年的3.68万亿元增长到2025年的4.9万亿元 tells.
            let before = &text[clause.body.start..found.range.start];
            let from = before.rfind('从').is_some_and(|at| before[at..].contains('年'));
            // 对2022年第四季度到期的贷款: which ones are meant.
            found.bare || from || before == "对" || now - year > SLIP_YEARS
        }
        (Some(year), Some(now)) => year == now && is_forecast(text, &clause.body, &found),
        // 到2025年,占比达到12%,2030年提升到15%: a later date goes on.
        (Some(year), None)
            if state
                .deadline
                .as_ref()
                .and_then(RawDeadline::last_year)
                .is_some_and(|by| by < year)
                || context.first_goal_year.is_some_and(|first| first <= year) =>
        {
            false
        }
        (Some(_), None) => {
            found.bare
                && !*state
                    .looks_ahead
                    .get_or_insert_with(|| looks_ahead(&text[sentence.range.clone()]))
                && !context.titles.name_goals()
        }
        _ => false,
    };
    if past
        && clause
            .asides
            .iter()
            .any(|aside| aside.start < found.range.start && found.range.end <= aside.end)
    {
        clause.hedges.clone_from(&state.hedges);
        return clause;
    }
    state.hedges.clear();
    if past {
        state.fact = true;
        state.deadline = None;
        clause.body.start = found.range.end;
        return clause;
    }
    state.fact = false;
    state.inherited = false;
    state.deadline = Some(found.deadline.clone());
    state.dates = dates(&clause, &mut found);
    let lead = clause.body.start..found.range.start;
    let short = text[lead.clone()].chars().count() <= 4;
    let pledge = words()
        .pledge
        .places(&text[lead.clone()])
        .map(|place| lead.start + place.start..lead.start + place.end);
    clause.hedges = pledge.collect();
    let hedged: usize = clause.hedges.iter().map(Range::len).sum();
    if lead.is_empty() || hedged == lead.len() || (short && is_lead(&text[lead.clone()])) {
        state.hedges.clone_from(&clause.hedges);
        clause.glued = found.range.end < clause.body.end;
        clause.body.start = found.range.end;
    } else {
        clause.hedges.clear();
        clause.inner = Some(found);
    }
    clause
}

/// Reads the dates listed behind the one found, which is then made to reach over them;
/// none where it stands alone.
fn dates(clause: &Clause<'_>, found: &mut Found) -> Vec<RawDeadline> {
    const JOINTS: [char; 4] = ['、', '和', '及', '与'];
    let text = clause.text;
    let mut dates = Vec::new();
    while let Some(rest) = text[found.range.end..clause.body.end].strip_prefix(JOINTS)
        && rest.starts_with(['到', '2'])
    {
        let next = clause.body.end - rest.len()..clause.body.end;
        let Some(next) = deadline::find(text, &next, &clause.asides, None)
            .filter(|other| other.range.start == next.start && other.span.is_none())
        else {
            break;
        };
        if dates.is_empty() {
            dates.push(found.deadline.clone());
        }
        found.range.end = next.range.end;
        dates.push(next.deadline);
    }
    dates
}

/// Dashes and enclosed numbers before a clause: ①网箱养殖面积控制在420亩以内.
fn leads_in(ch: char) -> bool {
    matches!(ch, '—' | '-' | '·' | '•' | '●' | ' ')
        || matches!(ch, '\u{2460}'..='\u{249b}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}')
}

/// 2004年预计…, 预计今年…, said in that very year: what is expected, not what is wanted.
fn is_forecast(text: &str, body: &Range<usize>, found: &Found) -> bool {
    let alone = found.bare || found.deadline.text == "今年";
    alone
        && (text[found.range.end..body.end].starts_with("预计")
            || text[body.start..found.range.start].ends_with("预计"))
}

/// Years by which 到2022年 may lie before the document and still be a goal.
const SLIP_YEARS: i32 = 3;

/// Words before a date that are no part of the clause.
fn is_lead(text: &str) -> bool {
    [
        "确保",
        "计划",
        "预计",
        "其中",
        "并",
        "在",
        "于",
        "努力",
        "目标是",
        "则",
        "且",
        "并于",
        "同时",
        "并在",
        "确保在",
        "的",
        "即",
    ]
    .contains(&text)
}

/// A date alone tells of the future only where something else does.
fn looks_ahead(sentence: &str) -> bool {
    const SIGNS: &[&str] = &[
        "力争",
        "争取",
        "确保",
        "计划",
        "目标",
        "不低于",
        "不少于",
        "不超过",
        "左右",
        "将",
        "以内",
        "底前",
        "预期",
    ];
    SIGNS.iter().any(|word| sentence.contains(word)) || steps(sentence)
}

/// 2025年达到4名,2027年达到4.6名: two years that lead up to a level.
fn steps(sentence: &str) -> bool {
    ["年达到", "年达", "年提高到", "年提升到", "年降低到", "年超过"]
        .iter()
        .any(|step| sentence.matches(step).count() > 1)
}
