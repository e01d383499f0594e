//! Goals with a number: the figures of one clause, each with its own part of it.
//!
//! 坚决守住7603万亩耕地、6251万亩永久基本农田保护红线 has two, 小学、初中、高中
//! 学生近视率分别控制在46.8%、67.51%、72.73% three that share their words.

use std::ops::Range;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Comparator, TargetType};

use super::baseline::{baseline, leads_away};
use super::evidence::{Case, Side};
use super::measured::{several, subject, with_subject};
use super::number::{Figure, Measure, figures};
use super::pieces::{Piece, pieces};
use super::sentence::{Clause, State};
use super::service::read_limits;
use super::shift::{is_attribute, shifted};
use super::signs::Signs;
use super::words::words;
use super::{RawTarget, Wording, evidence, indicator};

/// Reads the goals with a number of one clause.
pub(super) fn read(
    clause: &Clause<'_>,
    lexicon: &Lexicon,
    state: &mut State,
    targets: &mut Vec<RawTarget>,
) {
    let before = targets.len();
    if clause.signs.any(Signs::FIGURE) && is_offered(clause, state) {
        return;
    }
    if clause.signs.any(Signs::FIGURE) {
        let mut skipped = clause.asides.clone();
        skipped.extend(clause.inner.iter().map(|found| found.range.clone()));
        skipped.sort_by_key(|skip| skip.start);
        let pieces = pieces(clause, figures(clause.text, &clause.body, &skipped, lexicon));
        let ends_in_floor = pieces.len() >= FEWEST_IN_LIST && pieces.last().is_some_and(is_floor);
        for piece in pieces {
            let floored = ends_in_floor && !piece.bound.after;
            if let Some(target) = target(clause, &piece, floored, state) {
                if target.indicator.is_some() {
                    state.indicator.clone_from(&target.indicator);
                }
                let several = several(clause.text, &piece, target.indicator.as_ref());
                if several.is_empty() {
                    targets.push(target);
                } else {
                    targets.extend(several.into_iter().map(|named| RawTarget {
                        indicator: Some(Wording::Place(named)),
                        ..target.clone()
                    }));
                }
            }
        }
    }
    if targets.len() == before {
        read_limits(clause, lexicon, state, targets);
    }
}

/// 对销售额达2000万元的企业,每户奖励5万元; 新增企业5家以上,业绩达到1000万元的,给予20万元:
/// whom something is offered to.
fn is_offered(clause: &Clause<'_>, state: &State) -> bool {
    let Some(next) = clause.next.clone().map(|next| &clause.text[next]) else { return false };
    // 收取的担保费率不超过1%: where the number closes the clause, it says what is to be.
    let number = clause.words().rfind(|ch: char| ch.is_ascii_digit());
    let names_whom = clause.words().starts_with('对')
        && number.is_some_and(|at| clause.words()[at..].contains('的'))
        && words().subsidy.is_in(next);
    let dated = state.deadline.is_some() || clause.inner.is_some();
    let goes_on = next.ends_with('的') && next.contains(|ch: char| ch.is_ascii_digit());
    // 组织不少于50人的包机,给予组织者1万元奖补.
    let rewarded = ["给予", "分别给予"].iter().any(|word| next.starts_with(word))
        && next.contains(|ch: char| ch.is_ascii_digit());
    names_whom || (goes_on || rewarded) && !dated
}

/// 为300户家庭进行改造; under a date 对6万户家庭进行改造 as well, which else tells what was done.
fn serves(before: &str, dated: bool) -> bool {
    ["为", "实现对", "完成对"].contains(&before) || dated && before == "对"
}

/// What stands before 达到 and says that it is to be.
const GOVERNS: &str = "确保";

/// Counts of a list whose last one speaks for the others.
const FEWEST_IN_LIST: usize = 3;

/// Whether a count has a floor or is about so many: in 新增就业1.6万人、再就业2500人、转移就业4200人
/// 以上 and in 课程50门、课程50门、课程100门左右 what stands beside it is to be reached too.
fn is_floor(piece: &Piece) -> bool {
    piece.figure.measure == Measure::Count
        && piece.bound.after
        && matches!(piece.bound.comparator, Some(Comparator::AtLeast | Comparator::About))
}

fn target(
    clause: &Clause<'_>,
    piece: &Piece,
    floored: bool,
    state: &mut State,
) -> Option<RawTarget> {
    let text = clause.text;
    let Piece { figure, bound, part, .. } = piece;
    let unit = figure.unit.clone().map_or("", |unit| text[unit].trim_start());
    let lead = part.start..bound.start;
    let shift = shifted(text, part, bound, figure);
    let baseline = match shift {
        Some(_) => None,
        None => baseline(text, &lead, bound, unit),
    };
    let words_before = match (&shift, &baseline) {
        (Some(shift), _) => shift.indicator.clone(),
        (None, Some(found)) => found.lead.clone(),
        (None, None) => lead,
    };
    let mut words_before = skip_marks(text, words_before);
    // 储备能力2022年确保|达到1300万吨: the verb that governs the level names nothing.
    if bound.before && text[words_before.clone()].ends_with(GOVERNS) {
        words_before.end -= GOVERNS.len();
    }
    // 我国力争2025年油茶种植面积: the date inside is no part of the indicator.
    let (mut place, mut of) = (None, None);
    if let Some(inner) = clause.inner.as_ref().map(|found| &found.range)
        && words_before.start <= inner.start
        && inner.end <= words_before.end
    {
        if inner.end == words_before.end {
            // 每万人口家庭医生数2025年|达到4名: the date stands behind the indicator.
            words_before.end = inner.start;
        } else {
            let (scope, subject) = indicator::split_scope(text, words_before.start..inner.start);
            (place, of) = (scope, Some(subject));
            words_before.start = inner.end;
        }
    }
    let after_start = bound.end.min(part.end);
    let after = if piece.shared.is_some() { "" } else { &text[after_start..part.end] };
    let attribute = is_attribute(after);
    let levels = shift
        .map(|shift| shift.bound)
        .or_else(|| baseline.as_ref().and_then(|found| found.bound.clone()));
    let bound = levels.as_ref().unwrap_or(bound);
    let lead_start = words_before.start;
    let case = Case {
        figure,
        bound,
        unit,
        before: without_other_verb(&text[words_before.clone()]),
        after: if attribute { "" } else { after },
        attribute,
        circle: piece.circle.is_some(),
        behind: &text[figure.range.end..part.end.max(figure.range.end)],
        clause: clause.words(),
        signs: clause.signs,
        dated: state.deadline.is_some() || clause.inner.is_some(),
        pledged: state.pledged || state.planned || floored || !bound.hedges.is_empty(),
        carried_indicator: state.indicator.is_some(),
        carried_length: state.indicator.as_ref().is_some_and(|indicator| match indicator {
            Wording::Place(place) => evidence::is_length(&text[place.clone()]),
            Wording::Composed(name) => evidence::is_length(name),
        }),
        carried_verb: state.verb,
        acts: words().goal_verb.at_end(&text[part.start..figure.range.start]).is_some(),
        within: &text[bound.start..figure.range.start.max(bound.start)] == "在",
        serves: serves(
            text[part.start..figure.range.start].trim_start_matches('、'),
            state.deadline.is_some() || clause.inner.is_some(),
        ),
    };
    if leads_away(text, figure, part, bound) {
        return None;
    }
    let side = match case.judge()? {
        Side::Before if attribute && case.before.is_empty() => Side::After,
        side => side,
    };
    let guarded = words().guard_verb.at_end(case.before).is_some_and(|word| word != "确保")
        || case.before.is_empty() && state.guarded;
    let verb =
        guarded || evidence::counts(case.before) || words().goal_verb.at_end(case.before).is_some();
    state.guarded = guarded;
    // 推动22处煤矿复工复产、12处煤矿建成投产: what is moved goes on.
    let moved = case.before.ends_with("推动");
    state.verb = verb || moved || (state.verb && !bound.before);
    let (scope, indicator) = subject(
        text,
        piece,
        side,
        words_before,
        after_start,
        clause.previous.as_ref().filter(|previous| {
            // 对在运营的敬老院实施改造,2022年底前完成80%以上.
            let of_work = figure.measure == Measure::Ratio && case.before.ends_with("完成");
            bound.before || of_work && text[(*previous).clone()].starts_with('对')
        }),
        state,
    );
    let scope = scope.or(place);
    let indicator = match (indicator, of) {
        (Some(Wording::Place(named)), Some(of)) if side == Side::Before => {
            Some(with_subject(text, &of, named))
        }
        (indicator, _) => indicator,
    };
    let comparator = match (figure.value_max, bound.comparator) {
        (Some(_), _) => Comparator::Between,
        (None, Some(comparator)) => comparator,
        (None, None) if guarded || at_least(case.before) => Comparator::AtLeast,
        (None, None) if says_more(text, figure) => Comparator::MoreThan,
        (None, None) => Comparator::Equal,
    };
    let mut qualifiers = clause.hedges.clone();
    if clause.signs.any(Signs::PLEDGE) {
        qualifiers.extend(
            words()
                .pledge
                .places(case.before)
                .map(|place| lead_start + place.start..lead_start + place.end),
        );
    }
    qualifiers.extend(bound.hedges.iter().cloned());
    qualifiers.sort_by_key(|range| range.start);
    qualifiers.dedup();
    // 到2025年、2030年,…分别达到60%、65%: each value has its date.
    let own = piece
        .shared
        .and_then(|(at, count)| (state.dates.len() == count).then(|| state.dates[at].clone()));
    // 2024年和2025年每年改造2.5万户: one value holds for all dates, up to the last.
    let last = state.dates.last().filter(|_| piece.shared.is_none()).cloned();
    let deadline = match &clause.inner {
        _ if own.is_some() => own,
        _ if last.is_some() => last,
        Some(found) => Some(found.deadline.clone()),
        None => state.deadline.clone(),
    };
    // 完善提升20个网络: the whole verb is one that counts, and nothing rises by 20.
    let counting = words().goal_verb.at_end(&text[part.start..figure.range.start]);
    // 完成森林质量提升10万亩: the work is measured, and nothing rises by that.
    let done = figure.measure == Measure::Thing
        && baseline.is_none()
        && text[part.start..bound.start].contains("完成")
        && ["提升", "提高"].iter().any(|verb| text[bound.start..].starts_with(verb));
    let change = bound
        .change
        .filter(|_| !done)
        .filter(|_| counting.is_none_or(|verb| verb.len() <= figure.range.start - bound.start));
    Some(RawTarget {
        target_type: TargetType::Quantitative,
        range: trimmed(text, part),
        indicator,
        scope,
        deadline,
        comparator: Some(comparator),
        value: figure.value,
        value_max: figure.value_max,
        unit: figure.unit.clone().map(|unit| unit.end - unit_len(text, &unit)..unit.end),
        value_text: Some(figure.range.clone()),
        change,
        baseline: baseline.map(|found| found.baseline),
        qualifiers,
        redacted: figure.redacted,
    })
}

/// Drops what a bracket adds to a verb: 参与制定(修订)|30项标准.
fn without_other_verb(before: &str) -> &str {
    const LONGEST_VERB: usize = 2;
    before
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .filter(|(verb, other)| {
            other.chars().count() <= LONGEST_VERB && words().goal_verb.at_end(verb).is_some()
        })
        .map_or(before, |(verb, _)| verb)
}

/// 240余座, 100多家: more than the number stands before the unit.
fn says_more(text: &str, figure: &Figure) -> bool {
    let unit = figure.unit.as_ref().map_or(figure.range.end, |unit| unit.start);
    text[figure.range.start..unit].ends_with(['余', '多'])
}

/// 至少建成1所: the bound stands before the verb.
fn at_least(before: &str) -> bool {
    let verb = words().goal_verb.at_end(before).map_or(0, str::len);
    before[..before.len() - verb].ends_with("至少") || evidence::is_floor_of_deeds(before)
}

fn unit_len(text: &str, unit: &Range<usize>) -> usize {
    text[unit.clone()].trim_start().len()
}

/// Without the marks and conjunctions a part may begin with.
pub(super) fn skip_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let rest = text[range.clone()].trim_start_matches(['、', ' ', '—', '-', ',', ':']);
    // (责任单位:省发展改革委)推出项目10个: the bracket closes the sentence before.
    let bracket = rest.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    let rest = bracket.filter(|(inner, _)| inner.contains("单位")).map_or(rest, |(_, rest)| rest);
    range.end - rest.len()..range.end
}

pub(super) fn trimmed(text: &str, part: &Range<usize>) -> Range<usize> {
    let part = skip_marks(text, part.clone());
    let kept = text[part.clone()].trim_end_matches(['、', ' ', ',', ';', ':', '—']);
    part.start..part.start + kept.len()
}
