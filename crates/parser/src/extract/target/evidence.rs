//! Whether a number states a goal: what speaks for it and what against.

use std::sync::LazyLock;

use gangmu_model::{Change, Comparator};
use rust_decimal::Decimal;

use super::comparator::Bound;
use super::indicator::skip_field;
use super::number::{Figure, Measure};
use super::signs::Signs;
use super::words::words;
use crate::cell_forms::is_han;
use crate::furniture::is_longer_than;
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
    /// It measures time, so that a clause behind it may leave that out.
    pub(super) carried_length: bool,
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
        let of_deeds = words().deed_unit.at_start(self.unit) == Some(self.unit);
        if of_deeds && !self.bound.before && is_floor_of_deeds(self.before) {
            return Some(if self.ends_here() { Side::Before } else { Side::After });
        }
        let counted = counts(self.before);
        let hurdle = self.after.starts_with('的');
        // 实现人工智能教育100%覆盖.
        if class == Measure::Ratio && ["覆盖", "达标", "到位"].contains(&self.after) {
            let aims = verb || counted || self.dated || self.pledged;
            return aims.then_some(Side::Before);
        }
        // 进驻事项100%委托受理: all of them.
        if class == Measure::Ratio
            && self.is_all()
            && !(self.bound.before || self.bound.after || hurdle)
            && self.before.chars().count() >= SHORTEST_OF_ALL
            && ALL_ARE.at_start(self.after).is_some()
        {
            return Some(Side::Before);
        }
        // 停车位实现低压设施100%预配置, 首席质量官制度覆盖全省50%规模以上企业.
        let reached = self.is_all() && self.before.contains("实现") || self.covers();
        if class == Measure::Ratio && reached && !hurdle && !self.bound.before {
            return Some(Side::Before);
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
        if class == Measure::Money && self.sizes_a_fund() {
            return Some(Side::After);
        }
        if self.bound.before {
            return self.bounded(class, verb);
        }
        // 新注册企业50%以上生成电子印章: the share of those named before.
        let comes_to = self.bound.after
            && self.before.chars().count() >= SHORTEST_OF_ALL
            && words().outcome.at_start(self.after).is_some();
        if class == Measure::Ratio && comes_to {
            return Some(Side::Before);
        }
        // 与15个省建立通办机制: so many are to be won for it.
        let partners = self.before.ends_with('与')
            && ["建立", "开展", "签订", "实现"].iter().any(|deed| self.after.contains(deed));
        if class == Measure::Count && partners && !hurdle {
            return Some(Side::After);
        }
        if class == Measure::Ratio && self.is_share_of_things(hurdle) {
            return Some(Side::After);
        }
        if hurdle && !verb {
            return None;
        }
        let named_place = words().scope.at_start(self.before) == Some(self.before);
        let batch = self.before.ends_with("首批") || named_place;
        // 推动A等10个项目建成投产: the names before the number are some of those counted.
        let moved = self.before.ends_with("推动") || self.is_listed_and_moved();
        let served = self.serves || moved || batch && self.dated;
        // 2025年推动1万家企业数字化转型: under a date any deed will do.
        let dated =
            self.dated && self.before.ends_with("推动") && !hurdle && !self.after.is_empty();
        if class == Measure::Count && (self.brings_about() && served || dated) {
            return Some(Side::After);
        }
        // 撬动社会资本投入20亿元以上参与项目建设: what the money is for follows.
        let spent = class == Measure::Money
            && ["参与", "用于"].iter().any(|what| self.after.starts_with(what));
        if verb && spent && (self.dated || self.pledged) {
            return Some(Side::Before);
        }
        // 完成国家下达260万亩高标准农田建设任务: what is to be done is called a task.
        let tasked = class.is_thing() && self.clause.ends_with("任务") && !hurdle;
        if tasked && strip(self.before).starts_with("完成") {
            return Some(Side::After);
        }
        if self.achieves_a_list(class) || self.spreads(class) {
            return Some(Side::After);
        }
        if verb && !self.after.is_empty() {
            // 安排2亿元资金 is a goal, 投资10亿元以上项目 names a kind of project; a fund has a size.
            let fund = self.after.contains("基金");
            let thing = class.is_thing()
                || (class == Measure::Money && !hurdle && (!self.bound.after || fund));
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
            let joined = self.before.ends_with('和') && self.carried_verb;
            // 全年争取4家企业进入培育库.
            let starts = matches!(self.before, "" | "每年" | "全年") || joined || named_place;
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
        // 推动金融机构投放贷款110亿元: what others are moved to do.
        let lent =
            ["推动", "引导", "促进", "带动"].iter().any(|word| self.before.starts_with(word))
                && ["投放", "发放", "融资", "新增"].iter().any(|deed| self.before.contains(deed));
        let named = self.before.chars().count() >= 2;
        let ratio = words().ratio.at_end(self.before).is_some();
        let stated = match class {
            Measure::Ratio => {
                ratio
                    || self.bound.after
                    || self.dated
                    || self.pledged
                    || self.clause.starts_with("确保")
            }
            _ if self.figure.unit.is_none() => self.figure.redacted,
            _ => {
                verb || counted
                    || self.carried_verb
                    || self.bound.after
                    || self.dated
                    || self.pledged
                    || class == Measure::Money && lent
            }
        };
        if class == Measure::Size && !(self.dated || self.pledged || counted || verb) {
            return None;
        }
        let weak =
            class == Measure::Money && !(self.dated || self.pledged || counted || verb || lent);
        (stated && named && (!weak || self.bound.after)).then_some(Side::Before)
    }

    /// 制度覆盖全省|50%: a place may stand behind the verb.
    fn covers(&self) -> bool {
        const PLACES: [&str; 6] = ["全省", "全市", "全县", "全区", "全国", "辖区"];
        let verb = PLACES.iter().find_map(|place| self.before.strip_suffix(place));
        let verb = verb.unwrap_or(self.before);
        verb.strip_suffix("覆盖").is_some_and(|what| what.chars().count() >= SHORTEST_OF_ALL)
    }

    /// 设立总规模50亿元的产业基金: the size of what is founded.
    fn sizes_a_fund(&self) -> bool {
        let fund = self.after.strip_suffix('群').unwrap_or(self.after);
        fund.ends_with("基金")
            && self.before.strip_suffix("规模").is_some_and(|founded| {
                words().goal_verb.at_end(founded.trim_end_matches('总')).is_some()
            })
    }

    /// 实现企业开办等50项以上事项网上办理: the names before the number are some of those counted.
    pub(super) fn achieves_a_list(&self, class: Measure) -> bool {
        class == Measure::Count
            && self.bound.after
            && self.before.ends_with('等')
            && strip(self.before).trim_start_matches("推动").starts_with("实现")
    }

    /// 到2026年在餐饮店等40个行业推行“一业一证”改革: under a date something is to reach so many.
    pub(super) fn spreads(&self, class: Measure) -> bool {
        static SPREAD: LazyLock<WordSet> =
            LazyLock::new(|| WordSet::parse("推行|推广|推开|试点|落地|应用"));
        class == Measure::Count
            && self.dated
            && self.clause.starts_with('在')
            && !self.bound.before
            && !self.after.starts_with('的')
            && !self.after.contains("分别")
            && SPREAD.is_in(self.after)
    }

    pub(super) fn is_listed_and_moved(&self) -> bool {
        self.before.starts_with("推动") && self.before.ends_with('等') && self.brings_about()
    }

    /// Returns whether a ratio is the share of those to whom something is to come.
    fn is_share_of_things(&self, hurdle: bool) -> bool {
        let whole = self.dated
            || self.pledged
            || self.before.is_empty() && self.bound.after
            || ["确保", "实现"].iter().any(|verb| self.clause.starts_with(verb));
        // 80%以上的县建成…, 30%以上城市建成…; but 节能率15%以上的建筑面积达到300万平方米.
        // 全国80%以上钢铁产能完成改造, 重点区域50%左右水泥产能…: where the share is.
        let placed = words().scope.at_start(self.before) == Some(self.before)
            || ["区域", "地区", "城区", "建成区"].iter().any(|place| self.before.ends_with(place));
        let part =
            hurdle || (placed || matches!(self.before, "" | "其中" | "实现")) && self.bound.after;
        let bare = !self.after.contains(|ch: char| ch.is_ascii_digit());
        // 实现95%税费事项“网上办”, 实现纳税人90%以上事项网上办理.
        let achieves = self.before.strip_prefix("实现").is_some_and(|whose| {
            whose.chars().count() <= LONGEST_WHOSE && !whose.contains(['、', '的'])
        });
        let done = !hurdle || ALL_ARE.places(self.after).any(|place| place.end == self.after.len());
        if achieves && bare && done && !self.after.is_empty() {
            return true;
        }
        // 85%政务服务事项实现“一网通办”.
        if self.before.is_empty() && bare && !hurdle && self.after.contains("实现") {
            return true;
        }
        // 完成60%以上重点用能单位节能监察; 对行政区域内30%以上的市开展稽查.
        let completes = self.before.ends_with("完成") && !self.ends_here() && !hurdle;
        let inspects = hurdle
            && self.before.contains('对')
            && ["开展", "进行", "实施"].iter().any(|deed| self.clause.contains(deed));
        if (completes || inspects) && self.bound.after && bare {
            return true;
        }
        let all = self.is_all();
        // 全省90%以上自建系统规范对接…平台: the place says of which whole.
        let whole = whole || placed && self.bound.after;
        if part && bare && (whole || all) && self.brings_about() {
            return true;
        }
        // 将55%以上用于养老服务: a share that is set apart for something.
        if self.bound.after && self.after.starts_with("用于") && self.clause.contains('将') {
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
                self.carried_length || is_length(self.before) || self.before.contains("平均");
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

    fn is_all(&self) -> bool {
        self.figure.value.is_some_and(|value| value.decimal() == Decimal::ONE_HUNDRED)
    }

    /// 80%以上的县建成…, 首批100个社区全面建成: what is counted comes to something.
    fn brings_about(&self) -> bool {
        words().outcome.is_in(self.after)
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
    pub(super) fn ends_here(&self) -> bool {
        // 80家(近)零碳工厂: the bracket is part of the name.
        const LONGEST_PART: usize = 2;
        let in_name = self.after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
        if in_name.is_some_and(|(inner, name)| {
            !is_longer_than(inner, LONGEST_PART) && name.chars().nth(1).is_some_and(is_han)
        }) {
            return false;
        }
        self.after.is_empty()
            || self.after.starts_with(['、', '(', ',', ';', '并', '且', '和', '及', '”', ')'])
            || self.after == "等"
    }
}

/// Heads of indicators that measure time.
const LENGTHS: [&str; 11] =
    ["时间", "时限", "时长", "时效", "寿命", "天数", "用时", "周期", "小时数", "课时", "学时"];

/// Whether a name is of a length of time: 审批时限.
pub(super) fn is_length(name: &str) -> bool {
    LENGTHS.iter().any(|word| name.ends_with(word))
}

/// What is done to 100% of something: 100%委托受理, 100%发放电子营业执照.
static ALL_ARE: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(
        "委托|发放|办理|办结|接入|纳入|安装|配备|落实|网上|全程|进驻|整改|检测|持证|应用|共享|上线|联网|上云",
    )
});

/// The longest name of those a share is of: 纳税人, 重点企业.
const LONGEST_WHOSE: usize = 6;

/// The fewest characters that name what all of is meant.
const SHORTEST_OF_ALL: usize = 4;

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
    // 确保上半年新增….
    const PARTS_OF_YEAR: [&str; 4] = ["上半年", "一季度", "三季度", "前三季度"];
    let rest = strip(skip_field(before));
    let part = PARTS_OF_YEAR.iter().find_map(|part| rest.strip_prefix(part));
    words().goal_verb.at_start(part.unwrap_or(rest)).is_some()
}

/// What may stand before a counting verb beside scopes and pledges.
static BEFORE_VERBS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(concat!(
        "每年|全年|集中|尽快|尽早|累计|合计|提升|再|新|共|分别|同步|全面|率先|重点|预计|要|平均|滚动|逐年|每个|",
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
