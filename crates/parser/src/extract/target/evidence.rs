//! Whether a number states a goal: what speaks for it and what against.

use gangmu_model::{Amount, Change, Comparator};
use rust_decimal::prelude::ToPrimitive;

use super::comparator::Bound;
use super::number::Figure;
use super::words::words;

/// On which side of the number stands what it measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    /// 覆盖率达到95%; 培育企业150家.
    Before,
    /// 建成100个以上可信数据空间.
    After,
}

/// A number with what stands around it.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) figure: &'a Figure,
    pub(super) bound: &'a Bound,
    pub(super) unit: &'a str,
    /// From the start of the number's part of the clause to its bounding words.
    pub(super) before: &'a str,
    /// From behind the bounding words to the end of the number's part.
    pub(super) after: &'a str,
    /// From right behind the unit.
    pub(super) behind: &'a str,
    /// The whole clause.
    pub(super) clause: &'a str,
    pub(super) dated: bool,
    pub(super) pledged: bool,
    /// A clause before said what is measured, or counted with a verb.
    pub(super) carried_indicator: bool,
    pub(super) carried_verb: bool,
}

/// What a unit measures, as far as the rules differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum UnitClass {
    Ratio,
    Money,
    Time,
    /// Units in which no goal is set: 岁, 号.
    Name,
    Other,
}

fn class(unit: &str) -> UnitClass {
    let base = unit.trim_start_matches(['十', '百', '千', '万', '亿']);
    match base {
        "%" | "‰" | "个百分点" | "百分点" | "个基点" | "基点" | "倍" | "番" => {
            UnitClass::Ratio
        }
        "元" | "美元" | "元人民币" | "欧元" => UnitClass::Money,
        "年" | "个月" | "月" | "周" | "天" | "日" | "个工作日" | "工作日" | "小时" | "分钟"
        | "秒" | "毫秒" | "ms" => UnitClass::Time,
        "岁" | "周岁" | "号" | "届" | "级" | "期" | "分" | "版" | "时" | "点" | "路" | "折"
        | "季度" | "款" | "星" | "线" | "代" => UnitClass::Name,
        _ => UnitClass::Other,
    }
}

impl Case<'_> {
    /// Returns on which side the indicator stands if the number states a goal.
    pub(super) fn judge(&self) -> Option<Side> {
        let class = class(self.unit);
        if self.is_no_goal(class) {
            return None;
        }
        let verb = words().goal_verb.at_end(self.before).is_some()
            || words().guard_verb.at_end(self.before).is_some();
        let counted = words().goal_verb.at_start(strip(self.before)).is_some();
        let hurdle = self.after.starts_with('的');
        if self.bound.before {
            return self.bounded(class, verb);
        }
        if hurdle && !verb {
            return None;
        }
        if verb && !self.after.is_empty() {
            let thing = matches!(class, UnitClass::Other) || (class == UnitClass::Money && !hurdle);
            return thing.then_some(Side::After);
        }
        if !self.ends_here() {
            let quota = self.bound.after && class == UnitClass::Other;
            let starts = self.before.is_empty() || self.before == "每年";
            // 建设面向公众、医生等6大领域100个以上重点场景: the verb stands far before.
            let apart = counted && quota && !hurdle;
            let opens = starts
                && class == UnitClass::Other
                && (self.carried_verb
                    || !self.bound.hedges.is_empty()
                    || (quota && (self.dated || self.pledged)));
            return (opens || apart).then_some(Side::After);
        }
        if class == UnitClass::Time {
            return None;
        }
        let named = self.before.chars().count() >= 2;
        let ratio = words().ratio.at_end(self.before).is_some();
        let stated = match class {
            UnitClass::Ratio => ratio || self.bound.after || self.dated || self.pledged,
            _ if self.figure.unit.is_none() => self.figure.redacted,
            _ => {
                verb || counted
                    || self.carried_verb
                    || self.bound.after
                    || self.dated
                    || self.pledged
            }
        };
        let measure = matches!(self.unit, "米" | "厘米" | "毫米" | "℃" | "摄氏度" | "度");
        if measure && !(self.dated || self.pledged || counted || verb) {
            return None;
        }
        let weak = class == UnitClass::Money && !(self.dated || self.pledged || counted || verb);
        (stated && named && (!weak || self.bound.after)).then_some(Side::Before)
    }

    /// A number with 达到, 不低于 or 下降 before it.
    fn bounded(&self, class: UnitClass, verb: bool) -> Option<Side> {
        let steps = matches!(self.bound.change, Some(Change::IncreaseBy | Change::DecreaseBy));
        if class == UnitClass::Time && self.bound.change.is_none() {
            let length =
                ["时间", "时限", "时长", "寿命", "天数", "用时", "周期", "小时数", "课时", "学时"]
                    .iter()
                    .any(|word| self.before.ends_with(word) || self.before.contains("平均"));
            return (length && self.ends_here()).then_some(Side::Before);
        }
        if !self.ends_here() {
            // 增加不少于5天的带薪休假; 每市至少2个县(区)整县建成….
            let floor = matches!(
                self.bound.comparator,
                Some(Comparator::AtLeast | Comparator::MoreThan | Comparator::Reach)
            );
            let thing = matches!(class, UnitClass::Other | UnitClass::Time)
                || class == UnitClass::Money && verb && !self.after.starts_with('的');
            let hurdle = self.after.starts_with('的');
            let counts = self.bound.comparator == Some(Comparator::AtLeast) && !hurdle;
            return (thing && floor && (verb || steps || counts)
                || steps && class != UnitClass::Name && verb && !hurdle)
                .then_some(Side::After)
                .map(|side| {
                    if self.before.is_empty()
                        || verb
                        || self.before.starts_with(['每', '各'])
                        || steps
                    {
                        side
                    } else {
                        Side::Before
                    }
                });
        }
        let bare = self.before.is_empty();
        if bare && !(self.carried_indicator || self.dated || self.pledged) {
            return None;
        }
        if class == UnitClass::Money && !(self.dated || self.pledged) && self.limits_money() {
            return None;
        }
        Some(Side::Before)
    }

    /// 单户不超过500万元: a limit laid on someone, not a level to be reached.
    fn limits_money(&self) -> bool {
        self.bound.comparator == Some(Comparator::AtMost) && self.bound.change.is_none()
    }

    /// Whether nothing of weight follows in the number's part of the clause.
    fn ends_here(&self) -> bool {
        self.after.is_empty()
            || self.after.starts_with(['、', '(', ',', ';', '并', '且', '和', '及', '”', ')'])
            || self.after == "等"
    }

    fn is_no_goal(&self, class: UnitClass) -> bool {
        let words = words();
        if class == UnitClass::Name
            && !(self.unit == "分" && self.bound.before && self.before.ends_with("满意度"))
        {
            return true;
        }
        if self.figure.unit.is_none() && !self.bound.before && !self.figure.redacted {
            return true;
        }
        if self.figure.han
            && !(self.bound.before || self.bound.after)
            && words.guard_verb.at_end(self.before).is_none()
        {
            return true;
        }
        let subsidy = words.subsidy.is_in(self.clause);
        let moves = class == UnitClass::Ratio && self.bound.change.is_some();
        if subsidy && (class == UnitClass::Money || !(self.dated || moves)) {
            return true;
        }
        let share = class == UnitClass::Ratio && words.ratio.at_end(self.before).is_some();
        if words.condition.is_in(self.clause) && !(self.dated || share) {
            return true;
        }
        if self.clause.ends_with('的') || self.before.ends_with(['每', '第', '逢']) {
            return true;
        }
        if !self.bound.before
            && !self.figure.redacted
            && words.locative.at_end(self.before).is_some()
        {
            return true;
        }
        let enumerates = words.class_noun.at_start(self.behind).is_some();
        if enumerates && !self.bound.after && !self.bound.before {
            return true;
        }
        let calendar =
            |value: Amount| (1900..2200).contains(&value.decimal().to_i64().unwrap_or(0));
        self.unit == "年" && self.figure.value.is_some_and(calendar)
            || self.unit.ends_with('月') && !self.unit.ends_with("个月")
            || self.unit == "日" && self.before.ends_with('月')
    }
}

/// Drops words before a counting verb: 全省, 每年, 力争.
pub(super) fn strip(before: &str) -> &str {
    let mut rest = before;
    loop {
        let word =
            words().scope.at_start(rest).or_else(|| words().pledge.at_start(rest)).or_else(|| {
                [
                    "每年",
                    "累计",
                    "再",
                    "新",
                    "共",
                    "分别",
                    "同步",
                    "全面",
                    "率先",
                    "重点",
                    "预计",
                    "要",
                    "平均",
                    "滚动",
                    "逐年",
                    "每个",
                    "高标准",
                    "高水平",
                    "高质量",
                    "启动",
                    "加快",
                    "确保",
                    "将",
                ]
                .into_iter()
                .find(|word| rest.starts_with(word) && rest.len() > word.len())
            });
        match word {
            Some("新") if words().goal_verb.at_start(rest).is_some() => return rest,
            Some(word) => rest = &rest[word.len()..],
            None => return rest,
        }
    }
}
