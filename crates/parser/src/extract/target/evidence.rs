//! Whether a number states a goal: what speaks for it and what against.

use std::sync::LazyLock;

use gangmu_model::{Amount, Change, Comparator};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::comparator::Bound;
use super::indicator::skip_field;
use super::number::{Figure, Measure};
use super::signs::Signs;
use super::words::words;
use crate::word_set::WordSet;

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
    /// What the clause may hold.
    pub(super) signs: Signs,
    pub(super) dated: bool,
    pub(super) pledged: bool,
    /// A clause before said what is measured, or counted with a verb.
    pub(super) carried_indicator: bool,
    pub(super) carried_verb: bool,
    /// 完善提升20个网络, 增加5000个计划: a counting verb stands right before the number.
    pub(super) acts: bool,
    /// 为300户家庭进行改造: the number counts those who are served.
    pub(super) serves: bool,
    /// 在10%的服务站: 在 stands right before the number.
    pub(super) within: bool,
    /// 2000名的招生规模: the words behind only name what is measured.
    pub(super) attribute: bool,
    /// 1小时交通圈: the number is how far something reaches.
    pub(super) circle: bool,
}

impl Case<'_> {
    /// Returns on which side the indicator stands if the number states a goal.
    pub(super) fn judge(&self) -> Option<Side> {
        let class = self.figure.measure;
        if self.is_no_goal(class) {
            return None;
        }
        // 完成剩余3万亩….
        let lead = self.before.strip_suffix("剩余").unwrap_or(self.before);
        let verb = words().goal_verb.at_end(lead).is_some()
            || words().guard_verb.at_end(self.before).is_some();
        if self.describes(verb) {
            return None;
        }
        // 每半年至少召开1次会议: so often something is to be done.
        const TIMES: [&str; 5] = ["次", "场", "场次", "轮", "遍"];
        if TIMES.contains(&self.unit) && !self.bound.before && is_floor_of_deeds(self.before) {
            return Some(if self.ends_here() { Side::Before } else { Side::After });
        }
        let counted = counts(self.before);
        let hurdle = self.after.starts_with('的');
        // 实现人工智能教育100%覆盖.
        if class == Measure::Ratio && ["覆盖", "达标", "到位"].contains(&self.after) {
            let aims = verb || counted || self.dated || self.pledged;
            return aims.then_some(Side::Before);
        }
        if self.circle {
            let built = verb || counted || self.carried_verb || self.dated || self.pledged;
            return built.then_some(Side::Before);
        }
        // 面积占建成区50%的目标要求: the level itself is called a goal.
        let called = ["的目标", "的目标要求", "的目标任务"];
        if class == Measure::Ratio && called.contains(&self.behind) {
            return Some(Side::Before);
        }
        if self.attribute && !self.bound.before {
            let named = (verb || counted) && (class.is_thing() || class == Measure::Money);
            return named.then_some(Side::After);
        }
        if self.bound.before {
            return self.bounded(class, verb);
        }
        if class == Measure::Ratio && self.is_share_of_things(hurdle) {
            return Some(Side::After);
        }
        if hurdle && !verb {
            return None;
        }
        let batch = self.before.ends_with("首批")
            || words().scope.at_start(self.before) == Some(self.before);
        // 推动A等10个项目建成投产: the names before the number are some of those counted.
        let moved = self.before.ends_with("推动") || self.is_listed_and_moved();
        let served = self.serves || moved || batch && self.dated;
        // 2025年推动1万家企业数字化转型: under a date any deed will do.
        let dated =
            self.dated && self.before.ends_with("推动") && !hurdle && !self.after.is_empty();
        if class == Measure::Count && (self.brings_about() && served || dated) {
            return Some(Side::After);
        }
        if verb && !self.after.is_empty() {
            // 安排2亿元资金 is a goal, 投资10亿元以上项目 names a kind of project.
            let thing =
                class.is_thing() || (class == Measure::Money && !hurdle && !self.bound.after);
            return thing.then_some(Side::After);
        }
        if !self.ends_here() {
            let quota = self.bound.after && class.is_thing();
            // 到2027年,赋能1000家以上科技型企业: any verb will do under a deadline.
            let acts =
                quota && self.dated && !hurdle && (2..=4).contains(&self.before.len().div_ceil(3));
            if acts && words().scope.at_start(self.before).is_none() && !self.brings_about() {
                return Some(Side::After);
            }
            let starts = self.before.is_empty() || self.before == "每年";
            // 建设面向公众、医生等6大领域100个以上重点场景: the verb stands far before.
            let apart = counted && (quota || class == Measure::Count) && !hurdle;
            let opens = starts
                && class.is_thing()
                && (self.carried_verb
                    || !self.bound.hedges.is_empty()
                    || (quota && (self.dated || self.pledged)));
            return (opens || apart).then_some(Side::After);
        }
        if class == Measure::Time && !(self.bound.after && self.is_instant()) {
            return None;
        }
        let named = self.before.chars().count() >= 2;
        let ratio = words().ratio.at_end(self.before).is_some();
        let stated = match class {
            Measure::Ratio => ratio || self.bound.after || self.dated || self.pledged,
            _ if self.figure.unit.is_none() => self.figure.redacted,
            _ => {
                verb || counted
                    || self.carried_verb
                    || self.bound.after
                    || self.dated
                    || self.pledged
            }
        };
        if class == Measure::Size && !(self.dated || self.pledged || counted || verb) {
            return None;
        }
        let weak = class == Measure::Money && !(self.dated || self.pledged || counted || verb);
        (stated && named && (!weak || self.bound.after)).then_some(Side::Before)
    }

    fn is_listed_and_moved(&self) -> bool {
        self.before.starts_with("推动") && self.before.ends_with('等') && self.brings_about()
    }

    /// Returns whether a ratio is the share of those to whom something is to come.
    fn is_share_of_things(&self, hurdle: bool) -> bool {
        let whole = self.dated || self.pledged || self.clause.starts_with("确保");
        // 80%以上的县建成…, 30%以上城市建成…; but 节能率15%以上的建筑面积达到300万平方米.
        let part = hurdle || matches!(self.before, "" | "其中") && self.bound.after;
        let bare = !self.after.contains(|ch: char| ch.is_ascii_digit());
        let all = self.figure.value.is_some_and(|value| value.decimal() == Decimal::ONE_HUNDRED);
        if part && bare && (whole || all) && self.brings_about() {
            return true;
        }
        // 预留30%的号源; 在10%的服务站设置中医阁, 加强15%的中医馆内涵建设.
        let spread = self.within || words().spread.at_end(self.before).is_some();
        hurdle
            && (words().set_aside.at_end(self.before).is_some()
                || spread && (self.brings_about() || self.sets_up()))
    }

    /// A number with 达到, 不低于 or 下降 before it.
    fn bounded(&self, class: Measure, verb: bool) -> Option<Side> {
        let steps = matches!(self.bound.change, Some(Change::IncreaseBy | Change::DecreaseBy));
        // 拿出不低于30%的岗位.
        if class == Measure::Ratio
            && !self.ends_here()
            && words().set_aside.at_end(self.before).is_some()
        {
            return Some(Side::After);
        }
        if class == Measure::Time && self.grants() {
            return None;
        }
        if class == Measure::Time && self.spends() {
            return Some(if self.ends_here() { Side::Before } else { Side::After });
        }
        if class == Measure::Time && self.bound.change.is_none() {
            let length =
                ["时间", "时限", "时长", "寿命", "天数", "用时", "周期", "小时数", "课时", "学时"]
                    .iter()
                    .any(|word| self.before.ends_with(word) || self.before.contains("平均"));
            return ((length || self.is_instant()) && self.ends_here()).then_some(Side::Before);
        }
        if !self.ends_here() && !self.names_standard(class) {
            // 增加不少于5天的带薪休假; 每市至少2个县(区)整县建成….
            let floor = match self.bound.comparator {
                Some(Comparator::AtLeast | Comparator::MoreThan | Comparator::Reach) => true,
                // 建设约100间工作室.
                Some(Comparator::About) => verb || counts(self.before),
                _ => false,
            };
            let thing = (class.is_thing() || class == Measure::Time)
                || class == Measure::Money && verb && !self.after.starts_with('的');
            let hurdle = self.after.starts_with('的');
            let counts = self.bound.comparator == Some(Comparator::AtLeast) && !hurdle;
            return (thing && floor && (verb || steps || counts)
                || steps && class != Measure::Name && verb && !hurdle
                || steps && class.is_thing() && self.acts && !hurdle)
                .then_some(Side::After)
                .map(|side| {
                    if self.before.is_empty()
                        || verb
                        || self.before.starts_with(['每', '各'])
                        || steps
                        || class == Measure::Count && !self.names_a_number()
                    {
                        side
                    } else {
                        Side::Before
                    }
                });
        }
        // 面积约30平方公里 says how large something is.
        let size = self.bound.comparator == Some(Comparator::About)
            && self.before.ends_with("面积")
            && !self.dated;
        if size {
            return None;
        }
        let bare = self.before.is_empty();
        if bare && !(self.carried_indicator || self.dated || self.pledged) {
            return None;
        }
        if class == Measure::Money && !(self.dated || self.pledged) && self.limits_money() {
            return None;
        }
        Some(Side::Before)
    }

    /// 结转年限由5年延长至8年: a longer term is granted to someone, where no date makes it a goal.
    fn grants(&self) -> bool {
        matches!(self.bound.change, Some(Change::IncreaseTo | Change::IncreaseBy))
            && ["年限", "期限", "期", "时限"].iter().any(|term| self.clause.contains(term))
            && self.clause.contains("延长")
            && !(self.dated || self.pledged)
    }

    /// 每年至少1个月到企业实践, 每天阅读不少于1小时: time that is spent again and again.
    fn spends(&self) -> bool {
        static AGAIN: LazyLock<WordSet> = LazyLock::new(|| {
            WordSet::parse("每年|每天|每日|每周|每月|每季度|每半年|每学期|每学年")
        });
        self.bound.comparator == Some(Comparator::AtLeast)
            && self.bound.change.is_none()
            && !self.after.starts_with('的')
            && AGAIN.is_in(self.clause)
    }

    /// 网络时延不超过5毫秒: so short a time is measured, and no term set to someone.
    fn is_instant(&self) -> bool {
        ["毫秒", "微秒", "秒", "秒钟", "ms", "分钟"].contains(&self.unit)
    }

    /// 80%以上的县建成…, 首批100个社区全面建成: what is counted comes to something.
    fn brings_about(&self) -> bool {
        static DEEDS: LazyLock<WordSet> = LazyLock::new(|| {
            WordSet::parse(
                "建成|实现|达到|完成|纳入|具备|开展|进行|提供|配备|更换|安装|改造|至少有|复产|投产|投运|投用|开工|竣工",
            )
        });
        DEEDS.is_in(self.after)
    }

    /// 长春、白山2个城市: as many names stand before the number as it says.
    fn sums_up_a_list(&self) -> bool {
        const LONGEST_NAME: usize = 8;
        let value = self.figure.value.and_then(|value| value.decimal().to_usize());
        let mut names = self.before.split(['、', '和']);
        let is_name = |name: &str| {
            name.chars().count() <= LONGEST_NAME
                && !name.contains(|ch: char| "的()".contains(ch) || ch.is_ascii_digit())
        };
        value > Some(1) && value == Some(names.clone().count()) && names.all(is_name)
    }

    /// 设置中医阁, 内涵建设: something is set up where the share stands.
    fn sets_up(&self) -> bool {
        ["设置", "设立", "建立"].iter().any(|verb| self.after.contains(verb))
            || self.after.ends_with("建设")
    }

    /// 单户不超过500万元: a limit laid on someone, not a level to be reached.
    fn limits_money(&self) -> bool {
        self.bound.comparator == Some(Comparator::AtMost) && self.bound.change.is_none()
    }

    /// 50个重点行业高质量数据集: what begins as a class of things (重点, 领域) names things
    /// by its head, and a verb brings them about; 3个重点领域 stays a class.
    fn is_attributive(&self, word: &str) -> bool {
        const CLASSIFYING: &[&str] = &["大", "类", "级", "维", "位一体", "统一", "层"];
        let phrase = self.behind.split(['、', ',', ';', '(', ')', '。']).next().unwrap_or("");
        let built = words().goal_verb.at_end(self.before).is_some()
            || counts(self.before)
            || self.carried_verb;
        built
            && !CLASSIFYING.contains(&word)
            && phrase.len() > word.len()
            && words().class_noun.at_end(phrase).is_none()
    }

    /// 百, 千, 万: a number that people mean as an order of size.
    fn is_round(&self) -> bool {
        let value = self.figure.value.and_then(|value| value.decimal().to_i64());
        value.is_some_and(|value| [100, 1000, 10_000].contains(&value))
    }

    /// 签约企业数, 培训规模: what stands before the bound names a number.
    fn names_a_number(&self) -> bool {
        ["数", "量", "规模", "总计", "累计"].iter().any(|head| self.before.ends_with(head))
    }

    /// 达到83%节能要求: the words behind say of what kind the level is.
    fn names_standard(&self, class: Measure) -> bool {
        class == Measure::Ratio
            && ["要求", "标准"].iter().any(|word| self.after.ends_with(word))
            && self.after.chars().count() <= 8
    }

    /// 全省现存易涝区域有341处, 能力不足100立方米, 雨量约1500毫米: how things are.
    fn describes(&self, verb: bool) -> bool {
        let there_are = self.before.ends_with('有')
            && !["拥有", "建有", "具有", "设有", "所有"]
                .iter()
                .any(|word| self.before.ends_with(word));
        let lacks = self.bound.before
            && self.bound.comparator == Some(Comparator::LessThan)
            && self.clause.contains("不足");
        let about = self.bound.before
            && !self.bound.after
            && self.bound.hedges.iter().all(|hedge| hedge.end <= self.figure.range.start)
            && self.bound.comparator == Some(Comparator::About)
            && self.bound.change.is_none();
        // A hedge alone promises nothing: 约1500毫米.
        let pledged = self.pledged && self.bound.hedges.is_empty();
        let promised = self.dated || pledged || self.carried_verb || verb && !there_are;
        lacks || !promised && (there_are || about && !counts(self.before))
    }

    /// Whether nothing of weight follows in the number's part of the clause.
    fn ends_here(&self) -> bool {
        self.after.is_empty()
            || self.after.starts_with(['、', '(', ',', ';', '并', '且', '和', '及', '”', ')'])
            || self.after == "等"
    }

    fn is_no_goal(&self, class: Measure) -> bool {
        let words = words();
        let levels = ["满意度", "得分", "寿命", "年龄", "评分"];
        if class == Measure::Name
            && !(self.bound.before && levels.iter().any(|level| self.before.ends_with(level)))
        {
            return true;
        }
        if self.figure.unit.is_none() && !self.bound.before && !self.figure.redacted {
            return true;
        }
        // 突破百项技术, but not 两项机制.
        let round = self.acts && self.clause.contains(['百', '千', '万']) && self.is_round();
        if self.figure.han
            && !(self.bound.before || self.bound.after || round)
            && words.guard_verb.at_end(self.before).is_none()
        {
            return true;
        }
        // 补贴性培训8000人次 is a training.
        let subsidy = self.signs.any(Signs::SUBSIDY)
            && words
                .subsidy
                .places(self.clause)
                .any(|place| !self.clause[place.end..].starts_with('性'));
        let moves = class == Measure::Ratio && self.bound.change.is_some();
        // 选拔资助100名青年: those who are helped are counted, not what they get.
        let helps = class == Measure::Count
            && (self.acts
                || words.goal_verb.at_end(self.before).is_some()
                || counts(self.before)
                || self.carried_verb);
        // 收取的担保费率不超过1%: a ceiling for what is charged.
        let charge = class == Measure::Ratio && self.bound.before && self.before.ends_with("费率");
        // 完成228亿元新增信贷额度任务: what somebody is to do, not to get.
        let subsidy = subsidy && !(self.before.ends_with("完成") && self.clause.ends_with("任务"));
        if subsidy && (class == Measure::Money || !(self.dated || moves || helps || charge)) {
            return true;
        }
        let share = class == Measure::Ratio && words.ratio.at_end(self.before).is_some();
        // 大专以上学历人才总量达到320万名, 培养从业人员3000名.
        let total = helps
            || class.is_thing()
                && self.bound.before
                && ["总量", "总数", "规模", "人数"].iter().any(|head| self.before.ends_with(head));
        if self.signs.any(Signs::CONDITION)
            && !(self.dated || share || total)
            && words.condition.is_in(self.clause)
        {
            return true;
        }
        // 应当有三人以上: a rule for someone, where no date makes it a goal.
        let rule = ["应当", "方可", "可以"].iter().any(|word| self.clause.contains(word));
        if rule && !(self.dated || self.pledged) {
            return true;
        }
        // 安远路899项目 is a name: 项 counts no 目.
        if self.unit == "项" && self.behind.starts_with('目') {
            return true;
        }
        // 推进长春、白山2个城市项目 sums up what it lists, 青年50人论坛 is a name.
        let named = class == Measure::Count
            && !self.bound.before
            && !self.bound.after
            && (self.sums_up_a_list()
                || ["论坛", "榜"].iter().any(|name| self.behind.starts_with(name)));
        if named {
            return true;
        }
        // 安排3000万元前期工作经费: a grant, and no level to be reached.
        const GRANTS: [&str; 5] = ["安排", "统筹", "拨付", "下达", "设立"];
        let granted = class == Measure::Money
            && !self.bound.before
            && !self.bound.after
            && GRANTS.iter().any(|verb| self.before.contains(verb))
            && ["资金", "经费"].iter().any(|what| self.clause.contains(what));
        if granted {
            return true;
        }
        // 禁止召开10人以上会议: what is forbidden is no goal.
        let forbids = ["禁止", "严禁", "不得"].iter().any(|word| self.before.contains(word));
        if forbids && self.bound.after && !self.bound.before {
            return true;
        }
        // 布局一批50万千瓦以上基地: the number says which.
        if ["一批", "若干", "系列"].iter().any(|some| self.before.ends_with(some)) {
            return true;
        }
        // 享受期限可延长1年 and 可在原标准上提高50% allow it, 如占比超过50% supposes it,
        // 包括6个标准 lists it.
        let allows = self.before.ends_with('可') && !self.before.ends_with("许可");
        let opens = ["可在", "可按", "可返", "可给", "可享", "可申", "如年", "如果", "包括"];
        if allows || opens.iter().any(|word| self.clause.starts_with(word)) {
            return true;
        }
        // 对人数达到30人以上(山区为20人以上)的企业: a hurdle with a remark in it.
        let behind_remark = self
            .after
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .is_some_and(|(_, rest)| rest.starts_with('的'));
        if behind_remark && !(self.dated || self.pledged) {
            return true;
        }
        if self.clause.ends_with('的') || self.before.ends_with(['每', '第', '逢']) {
            return true;
        }
        let listed = class == Measure::Count
            && (self.dated && self.before.ends_with('等') || self.is_listed_and_moved());
        if !self.bound.before
            && !self.figure.redacted
            && !listed
            && words.locative.at_end(self.before).is_some()
        {
            return true;
        }
        // 三大任务 enumerates, 2个大型基地 does not.
        let enumerates = !self.behind.starts_with("大型")
            && words
                .class_noun
                .at_start(self.behind)
                .is_some_and(|word| !self.is_attributive(word));
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

/// Whether a verb of doing stands behind 至少: 每半年|至少召开.
pub(super) fn is_floor_of_deeds(before: &str) -> bool {
    const LONGEST_VERB: usize = 4;
    before.rsplit_once("至少").is_some_and(|(_, deed)| {
        (1..=LONGEST_VERB).contains(&deed.chars().count())
            && !deed.contains(['有', '含', '为', '由', '、', '('])
    })
}

/// Whether a clause opens with a counting verb: 每年|培育…, 在…领域|培育….
pub(super) fn counts(before: &str) -> bool {
    words().goal_verb.at_start(strip(skip_field(before))).is_some()
}

/// What may stand before a counting verb beside scopes and pledges.
static BEFORE_VERBS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(concat!(
        "每年|全年|尽快|尽早|累计|提升|再|新|共|分别|同步|全面|率先|重点|预计|要|平均|滚动|逐年|每个|",
        "高标准|高水平|高质量|启动|加快|确保|将|四季度|下半年|年底|年内",
    ))
});

/// Drops words before a counting verb: 全省, 每年, 力争.
pub(super) fn strip(before: &str) -> &str {
    let mut rest = before;
    loop {
        let word = words()
            .scope
            .at_start(rest)
            .or_else(|| words().pledge.at_start(rest))
            .or_else(|| BEFORE_VERBS.at_start(rest).filter(|word| rest.len() > word.len()));
        match word {
            Some("新") if words().goal_verb.at_start(rest).is_some() => return rest,
            Some(word) => rest = &rest[word.len()..],
            None => return rest,
        }
    }
}
