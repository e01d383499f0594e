//! What a number says that states no goal: hurdles, grants, names, lists, dates.

use std::sync::LazyLock;

use gangmu_model::{Amount, Change, Comparator};
use rust_decimal::prelude::ToPrimitive;

use super::evidence::{Case, counts, strip};
use super::number::Measure;
use super::signs::Signs;
use super::words::words;
use crate::columns::without_brackets;
use crate::furniture::is_longer_than;
use crate::word_set::WordSet;

impl Case<'_> {
    /// Returns whether a number states no goal, whatever else speaks for it.
    pub(super) fn is_no_goal(&self, class: Measure) -> bool {
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
        // 在每个区新建一所.
        let each = self.acts && self.before.contains('每');
        if self.figure.han
            && !(self.bound.before || self.bound.after || round || each)
            && words.guard_verb.at_end(self.before).is_none()
        {
            return true;
        }
        // 补贴性培训8000人次 is a training.
        // 享受特殊津贴的人才 has its grant already; 配套设施 is built, 保费收入 earned.
        let subsidy = self.signs.any(Signs::SUBSIDY)
            && words.subsidy.places(self.clause).any(|place| {
                let behind = &self.clause[place.end..];
                let held = self.clause[..place.start].contains("享受") && behind.starts_with('的');
                let plain = ["性", "设施", "收入"].iter().any(|word| behind.starts_with(word));
                !(held || plain)
            });
        let moves = class == Measure::Ratio && self.bound.change.is_some();
        // 选拔资助100名青年: those who are helped are counted, not what they get.
        let paid = self.behind.contains("给予") && self.behind.contains('元');
        let helps = class == Measure::Count
            && !paid
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
        // 压减申报次数至3次.
        let less = self.bound.change == Some(Change::DecreaseTo) && !self.clause.contains('最');
        // 实现纳税人85%以上事项网上办理.
        let achieved = class == Measure::Ratio && self.before.starts_with("实现");
        if self.signs.any(Signs::CONDITION)
            && !(self.dated || share || total || less || achieved)
            && words.condition.is_in(self.clause)
        {
            return true;
        }
        // 应当有三人以上: a rule for someone, where no date makes it a goal. 每个区应当设置至少1个
        // says how many there are to be.
        let rule = ["应当", "方可", "可以"].iter().any(|word| self.clause.contains(word));
        let spread = self.clause.starts_with("每个") && self.is_set_up_everywhere();
        if rule && !(self.dated || self.pledged || spread) {
            return true;
        }
        // 对用电容量160千瓦及以下的用户, 对面积2000平方米以上的仓库: who or what is meant.
        let singled = self.clause.starts_with('对')
            && self.bound.after
            && !self.bound.before
            && matches!(class, Measure::Size | Measure::Thing | Measure::Money | Measure::Time)
            && words.goal_verb.at_end(self.before).is_none();
        // 每培育1家企业给予补助10万元.
        let given = self.before.contains('每') && self.acts && self.clause.contains("给予");
        let chosen = self.bound.before && self.clause.starts_with('对') && whom_is_in(self.behind);
        if given || chosen || says_what_is_given(self.clause) || names_whom(self.clause) {
            return true;
        }
        // 100万吨以下独立焦化企业: how small those are that are meant.
        let small = self.bound.after
            && !self.bound.before
            && self.bound.comparator == Some(Comparator::AtMost)
            && matches!(class, Measure::Thing | Measure::Size)
            && !self.ends_here();
        if small {
            return true;
        }
        // 160千瓦及以下小微企业: a size that says which.
        let sized = self.bound.after && !self.bound.before && !self.ends_here();
        if sized && self.behind.starts_with("及以下") {
            return true;
        }
        // 按照每人不低于500元的标准.
        let standard = self.clause.starts_with("按照") && self.clause.ends_with("标准");
        if singled && !(self.dated || self.pledged) || standard {
            return true;
        }
        // 围绕全市集群13个重点产业链, 加大对全市17个重点产业投入: those that are there.
        let aimed = ["围绕", "加大对", "加强对"].iter().any(|word| self.before.contains(word));
        if aimed && class == Measure::Count && !self.bound.after && !self.bound.before {
            return true;
        }
        // 笔试成绩占60%: how marks are put together.
        let marks = ["成绩占", "得分占", "分值占", "权重占"];
        if class == Measure::Ratio && marks.iter().any(|mark| self.clause.contains(mark)) {
            return true;
        }
        // 110千伏、35千伏输电线路: the voltage says which lines; 科技改革30条, 20条措施 are texts.
        let voltage = ["千伏", "kV", "KV"].contains(&self.unit) && !self.bound.before;
        let texts = ["措施", "政策", "意见", "举措", "规定", "建议"];
        let named_text = self.unit == "条"
            && texts.iter().any(|text| self.behind.starts_with(text))
            && !["出台", "制定", "推出", "提出"].iter().any(|verb| self.before.ends_with(verb));
        if voltage || named_text {
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
            && (self.sums_up_a_list() && !self.ends_here()
                || ["论坛", "榜"].iter().any(|name| self.behind.starts_with(name)));
        if named {
            return true;
        }
        // 安排3000万元前期工作经费: a grant, and no level to be reached.
        let granted = class == Measure::Money
            && !self.bound.before
            && !self.bound.after
            && words.grant.is_in(self.before)
            && (["资金", "经费"].iter().any(|what| self.clause.contains(what))
                || ["支持", "开展", "用于"].iter().any(|what| self.after.starts_with(what)));
        if granted {
            return true;
        }
        // 约占农牧民收入的50%以上, 部分地区低于50毫米: how things are.
        let tells = ["约占", "部分地区", "有的地区", "一些地区"];
        if tells.iter().any(|opening| self.clause.starts_with(opening)) && !self.dated {
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
        let behind_remark =
            self.after.strip_prefix('(').and_then(|rest| rest.split_once(')')).is_some_and(
                |(_, rest)| ["的", "以上的", "及以上的"].iter().any(|end| rest.starts_with(end)),
            );
        if behind_remark && !(self.dated || self.pledged) {
            return true;
        }
        // 《…条例》等7部法规 and 等新修订7部法规 are there already; 60万以上人口的县 says which.
        let cites =
            self.before.rsplit_once("》等").is_some_and(|(_, rest)| !is_longer_than(rest, 4));
        if cites && !counts(self.before) || self.after.starts_with("人口的") {
            return true;
        }
        if self.clause.ends_with('的') || self.before.ends_with(['每', '第', '逢']) {
            return true;
        }
        let listed = self.achieves_a_list(class)
            || self.spreads(class)
            || class == Measure::Count
                && (self.before.ends_with('等')
                    && (self.dated || self.makes() && !self.counts_parts())
                    || self.is_listed_and_moved());
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
                .is_some_and(|word| !(self.is_attributive(word) || self.names_by_size(word)));
        if enumerates && !self.bound.after && !self.bound.before && !self.spreads(class) {
            return true;
        }
        let calendar =
            |value: Amount| (1900..2200).contains(&value.decimal().to_i64().unwrap_or(0));
        self.unit == "年" && self.figure.value.is_some_and(calendar)
            || self.unit.ends_with('月') && !self.unit.ends_with("个月")
            || self.unit == "日" && self.before.ends_with('月')
    }

    /// 打造智能家电等30个产业带, but 治理大凌河等3条廊道: what is named is yet to be.
    fn makes(&self) -> bool {
        static MAKING: LazyLock<WordSet> = LazyLock::new(|| {
            WordSet::parse(
                "打造|建设|新建|续建|改建|扩建|新改建|筹建|建成|推出|增设|新增|培育|举办|创建|创成|组织|引进",
            )
        });
        MAKING.at_start(strip(self.before)).is_some()
    }

    /// 7所高校的11个学科, 20个产业集群的企业: the number says whose what is meant is.
    fn counts_parts(&self) -> bool {
        self.after.contains('的')
    }

    /// 每个区设置至少1个: so many are to stand in each.
    fn is_set_up_everywhere(&self) -> bool {
        self.bound.comparator == Some(Comparator::AtLeast)
            && ["设置", "设立", "建设", "建有", "配备"]
                .iter()
                .any(|verb| self.before.ends_with(verb))
    }

    /// 长春、白山2个城市: as many names stand before the number as it says.
    fn sums_up_a_list(&self) -> bool {
        const LONGEST_NAME: usize = 8;
        /// The first name has a verb before it.
        const LONGEST_FIRST: usize = 20;
        let value = self.figure.value.and_then(|value| value.decimal().to_usize());
        let (before, _) = without_brackets(self.before);
        let names_parted_by = |marks: &[char]| {
            let names: Vec<&str> = before.split(marks).collect();
            let longest = if names.len() > 2 { LONGEST_FIRST } else { LONGEST_NAME };
            let is_name = |(at, name): (usize, &&str)| {
                name.chars().count() <= if at == 0 { longest } else { LONGEST_NAME }
                    && !name.contains(|ch: char| ch == '的' || ch.is_ascii_digit())
            };
            value == Some(names.len()) && names.iter().enumerate().all(is_name)
        };
        value > Some(1) && (names_parted_by(&['、', '和']) || names_parted_by(&['、']))
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

    /// 26个大气监测站点: 大 begins a word, where 5个大项 are classes.
    fn names_by_size(&self, word: &str) -> bool {
        const CLASSES: [&str; 6] = ["类", "项", "方面", "领域", "板块", "体系"];
        word == "大"
            && self.unit == "个"
            && self
                .behind
                .strip_prefix(word)
                .is_some_and(|rest| CLASSES.iter().all(|class| !rest.starts_with(class)))
    }

    /// 百, 千, 万: a number that people mean as an order of size.
    fn is_round(&self) -> bool {
        let value = self.figure.value.and_then(|value| value.decimal().to_i64());
        value.is_some_and(|value| [100, 1000, 10_000].contains(&value))
    }
}

/// 补贴标准提高到100%, 支持金额不超过10%: how much is given, and to whom it is open.
pub(super) fn says_what_is_given(clause: &str) -> bool {
    static GIVEN: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::parse(
            "补贴标准|补助标准|奖励标准|奖补标准|支持金额|支持额度|资助金额|返还比例|补贴比例|补助比例|报销比例|列支|门槛|合同总额的|合同金额的|合同价款的|投资额的|减免额",
        )
    });
    GIVEN.is_in(clause)
}

/// Whom something may be for.
const WHOM: [&str; 7] = ["企业", "单位", "机构", "项目", "人员", "个人", "主体"];

/// 对稳岗率达到95%以上、有扩岗需求的企业, 鼓励各地对…的企业: whom something is for.
pub(super) fn names_whom(clause: &str) -> bool {
    const MOVED: [&str; 4] = ["鼓励", "支持", "引导", "允许"];
    let number = || clause.rfind(|ch: char| ch.is_ascii_digit());
    let is_moved =
        || MOVED.iter().any(|verb| clause.starts_with(verb)) && clause.contains("地方对");
    (clause.starts_with('对') || is_moved())
        && WHOM.iter().any(|who| clause.ends_with(who))
        && number().is_some_and(|at| clause[at..].contains('的'))
}

/// …的企业优先授信: the same with more behind it.
fn whom_is_in(behind: &str) -> bool {
    behind.split_once('的').is_some_and(|(_, rest)| WHOM.iter().any(|who| rest.starts_with(who)))
}
