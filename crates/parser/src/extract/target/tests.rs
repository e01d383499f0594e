//! Every form once, on the smallest text; the founding document as a whole;
//! and what must hold on any text.

use std::time::{Duration, Instant};

use gangmu_model::DeadlineKind;
use proptest::prelude::*;

use super::*;

fn context() -> TargetContext<'static> {
    TargetContext {
        lexicon: Lexicon::builtin(),
        titles: Box::leak(Box::default()),
        document_year: None,
        first_goal_year: None,
        inherited_deadline: None,
        goals_expected: true,
    }
}

/// One line a target: clause, indicator, bound and value, then what else is set.
fn dump(text: &str, context: &TargetContext<'_>) -> String {
    let lines = extract_targets(text, context).into_iter().map(|target| {
        let words = |range: &Range<usize>| text[range.clone()].to_owned();
        let mut line = words(&target.range);
        let indicator = match &target.indicator {
            Some(Wording::Place(range)) => words(range),
            Some(Wording::Composed(composed)) => composed.clone(),
            None => "-".to_owned(),
        };
        line += &format!(" | {indicator}");
        if let Some(comparator) = target.comparator {
            let value = target.value.map_or("?".to_owned(), |value| value.to_string());
            let max = target.value_max.map_or(String::new(), |max| format!("..{max}"));
            let unit = target.unit.as_ref().map_or(String::new(), words);
            line += &format!(" | {comparator:?} {value}{max}{unit}");
        }
        let mut set = Vec::new();
        set.extend(target.change.map(|change| format!("{change:?}")));
        set.extend(target.scope.as_ref().map(|scope| format!("in {}", words(scope))));
        set.extend(target.deadline.as_ref().map(|deadline| format!("by {}", deadline.text)));
        set.extend(
            target.baseline.as_ref().map(|baseline| format!("from {}", words(&baseline.range))),
        );
        set.extend(target.qualifiers.iter().map(|qualifier| format!("~{}", words(qualifier))));
        set.extend(target.redacted.then(|| "redacted".to_owned()));
        if !set.is_empty() {
            line += &format!(" | {}", set.join(" "));
        }
        line
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = dump(text, &context());
    assert_eq!(
        found,
        expected.join("\n"),
        "targets of {text:?}; if the new reading is right, correct the table"
    );
}

#[test]
fn reads_levels_and_bounds() {
    check(
        "全省残疾人辅具适配率达到80‰",
        &["全省残疾人辅具适配率达到80‰ | 残疾人辅具适配率 | Reach 80‰ | in 全省"],
    );
    check(
        "到2030年算力供给规模达500EFLOPS",
        &["算力供给规模达500EFLOPS | 算力供给规模 | Reach 500EFLOPS | by 到2030年"],
    );
    check("风险责任比例均不低于20%", &["风险责任比例均不低于20% | 风险责任比例 | AtLeast 20%"]);
    check("城镇调查失业率5%以内", &["城镇调查失业率5%以内 | 城镇调查失业率 | AtMost 5%"]);
    check("清洁能源装机占比超50%", &["清洁能源装机占比超50% | 清洁能源装机占比 | MoreThan 50%"]);
    check("带动整机年产量突破2万台", &["带动整机年产量突破2万台 | 整机年产量 | MoreThan 2万台"]);
    check("远景开发强度控制在30%", &["远景开发强度控制在30% | 远景开发强度 | AtMost 30%"]);
    check(
        "年均浓度控制在29微克/立方米左右",
        &["年均浓度控制在29微克/立方米左右 | 年均浓度 | About 29微克/立方米 | ~左右"],
    );
    check("国产化率≥60%", &["国产化率≥60% | 国产化率 | AtLeast 60%"]);
    check("留存比例不应低于60%", &["留存比例不应低于60% | 留存比例 | AtLeast 60%"]);
    check(
        "孕产妇死亡率控制在12/10万以下",
        &["孕产妇死亡率控制在12/10万以下 | 孕产妇死亡率 | AtMost 12/10万"],
    );
    check("粮食产量1,300万吨以上", &["粮食产量1,300万吨以上 | 粮食产量 | AtLeast 1300万吨"]);
    check(
        "人均预期寿命提高到78.3岁",
        &["人均预期寿命提高到78.3岁 | 人均预期寿命 | Reach 78.3岁 | IncreaseTo"],
    );
    check(
        "农机总动力稳定在11亿千瓦左右",
        &["农机总动力稳定在11亿千瓦左右 | 农机总动力 | About 11亿千瓦 | ~左右"],
    );
    check(
        "落实达标区面积占建成区50%的目标要求",
        &["落实达标区面积占建成区50%的目标要求 | 落实达标区面积占建成区 | Equal 50%"],
    );
    check("加快推进安远路899项目", &[]);
    check("尾水达标排放率保持100%", &["尾水达标排放率保持100% | 尾水达标排放率 | Reach 100%"]);
}

#[test]
fn an_aside_about_the_past_leaves_what_follows_a_goal() {
    check(
        "到2027年,自给率达到85%以上(2024年为61%),产值达到12亿元",
        &[
            "自给率达到85%以上(2024年为61%) | 自给率 | AtLeast 85% | by 到2027年",
            "产值达到12亿元 | 产值 | Reach 12亿元 | by 到2027年",
        ],
    );
}

#[test]
fn members_of_a_sum_are_goals_though_others_follow_the_sum() {
    check(
        "到2027年,口罩日产量2000万个(其中:外科口罩日产量200万个、N95口罩日产量100万个)、防护服日产量10万件",
        &[
            "口罩日产量2000万个(其中:外科口罩日产量200万个、N95口罩日产量100万个) | 口罩日产量 | Equal 2000万个 | by 到2027年",
            "外科口罩日产量200万个 | 外科口罩日产量 | Equal 200万个 | by 到2027年",
            "N95口罩日产量100万个 | N95口罩日产量 | Equal 100万个 | by 到2027年",
            "防护服日产量10万件 | 防护服日产量 | Equal 10万件 | by 到2027年",
        ],
    );
}

#[test]
fn an_enclosed_number_is_no_part_of_a_goal() {
    check(
        "①养殖面积控制在420亩以内。②到2027年,新建码头3座。",
        &[
            "养殖面积控制在420亩以内 | 养殖面积 | AtMost 420亩",
            "新建码头3座 | 码头 | Equal 3座 | by 到2027年",
        ],
    );
}

#[test]
fn reads_changes_and_what_they_are_measured_from() {
    check(
        "常住人口城镇化率提升1个百分点以上",
        &["常住人口城镇化率提升1个百分点以上 | 常住人口城镇化率 | AtLeast 1个百分点 | IncreaseBy"],
    );
    check(
        "覆盖率每年提升1~3个百分点",
        &["覆盖率每年提升1~3个百分点 | 覆盖率 | Between 1..3个百分点 | IncreaseBy"],
    );
    check(
        "地区生产总值增长5%-5.5%",
        &["地区生产总值增长5%-5.5% | 地区生产总值 | Between 5..5.5% | IncreaseBy"],
    );
    check(
        "能耗较2020年下降18%",
        &["能耗较2020年下降18% | 能耗 | Equal 18% | DecreaseBy from 较2020年"],
    );
    check(
        "融资成本较上年至少下降0.5个百分点",
        &[
            "融资成本较上年至少下降0.5个百分点 | 融资成本 | AtLeast 0.5个百分点 | DecreaseBy from 较上年",
        ],
    );
    check(
        "装机占比从23.3%提高到40.4%",
        &["装机占比从23.3%提高到40.4% | 装机占比 | Reach 40.4% | IncreaseTo from 从23.3%"],
    );
    check(
        "办理年限由7年缩短为2至5年",
        &["办理年限由7年缩短为2至5年 | 办理年限 | Between 2..5年 | DecreaseTo from 由7年"],
    );
    check(
        "人均地区生产总值比2020年翻一番",
        &[
            "人均地区生产总值比2020年翻一番 | 人均地区生产总值 | Equal 1番 | IncreaseBy from 比2020年",
        ],
    );
    check(
        "到2025年,教师数达到全省平均水平的1.1倍",
        &["教师数达到全省平均水平的1.1倍 | 教师数 | Reach 1.1倍 | by 到2025年 from 全省平均水平"],
    );
    check(
        "将企业开办时间压缩至1个工作日以内",
        &["将企业开办时间压缩至1个工作日以内 | 企业开办时间 | AtMost 1个工作日 | DecreaseTo"],
    );
    check(
        "对一线人员增加不少于5天的带薪休假",
        &["对一线人员增加不少于5天的带薪休假 | 带薪休假 | AtLeast 5天 | IncreaseBy"],
    );
}

#[test]
fn reads_counts_of_what_is_to_be_built() {
    check(
        "到2027年,培育40个以上应用标杆",
        &["培育40个以上应用标杆 | 应用标杆 | AtLeast 40个 | by 到2027年"],
    );
    check(
        "培育开源创新企业150家以上",
        &["培育开源创新企业150家以上 | 开源创新企业 | AtLeast 150家"],
    );
    check(
        "建设全国知名的开源社区3-4个",
        &["建设全国知名的开源社区3-4个 | 全国知名的开源社区 | Between 3..4个"],
    );
    check(
        "在人形机器人领域培育创新载体5家、企业研发机构30家,实施重大科技项目30项",
        &[
            "在人形机器人领域培育创新载体5家 | 创新载体 | Equal 5家",
            "企业研发机构30家 | 企业研发机构 | Equal 30家",
            "实施重大科技项目30项 | 重大科技项目 | Equal 30项",
        ],
    );
    check(
        "每年新增省级工业设计中心50家",
        &["每年新增省级工业设计中心50家 | 省级工业设计中心 | Equal 50家"],
    );
    check(
        "每个县(市、区)至少建成1所养老机构",
        &["每个县(市、区)至少建成1所养老机构 | 养老机构 | AtLeast 1所 | in 每个县(市、区)"],
    );
    check(
        "每年争取1-2个地级市成为试点城市",
        &["每年争取1-2个地级市成为试点城市 | 地级市成为试点城市 | Between 1..2个 | ~争取"],
    );
    check("组织千家以上", &["组织千家以上 | - | AtLeast 1000家"]);
    check(
        "面向公众、医生等6大领域建设100个以上场景",
        &["面向公众、医生等6大领域建设100个以上场景 | 场景 | AtLeast 100个"],
    );
    check("投资10亿元以上项目10个", &["投资10亿元以上项目10个 | 10亿元以上项目 | Equal 10个"]);
    check("为30个村配备智能终端", &["为30个村配备智能终端 | 村配备智能终端 | Equal 30个"]);
    check(
        "开展5万名40-74周岁居民筛查",
        &["开展5万名40-74周岁居民筛查 | 40-74周岁居民筛查 | Equal 5万名"],
    );
    check(
        "力争展会交易额突破千亿元",
        &["力争展会交易额突破千亿元 | 展会交易额 | MoreThan 1000亿元 | ~力争"],
    );
    check(
        "到2027年,80%以上的县建成中心",
        &["80%以上的县建成中心 | 县建成中心 | AtLeast 80% | by 到2027年"],
    );
    check("城镇新增就业18万人以上", &["城镇新增就业18万人以上 | 城镇新增就业 | AtLeast 18万人"]);
}

#[test]
fn shares_words_among_values_and_clauses() {
    check(
        "小学、初中、高中学生近视率分别控制在46.8%、67.51%、72.73%",
        &[
            "小学、初中、高中学生近视率分别控制在46.8%、67.51%、72.73% | 小学学生近视率 | AtMost 46.8%",
            "小学、初中、高中学生近视率分别控制在46.8%、67.51%、72.73% | 初中学生近视率 | AtMost 67.51%",
            "小学、初中、高中学生近视率分别控制在46.8%、67.51%、72.73% | 高中学生近视率 | AtMost 72.73%",
        ],
    );
    check(
        "氨氮、氮氧化物排放总量比2020年分别下降8%、10%以上",
        &[
            "氨氮、氮氧化物排放总量比2020年分别下降8%、10%以上 | 氨氮 | AtLeast 8% | DecreaseBy from 比2020年",
            "氨氮、氮氧化物排放总量比2020年分别下降8%、10%以上 | 氮氧化物排放总量 | AtLeast 10% | DecreaseBy from 比2020年",
        ],
    );
    check(
        "到2023年,力争每万人家庭医生数不低于4人,到2025年不低于4.66人",
        &[
            "力争每万人家庭医生数不低于4人 | 每万人家庭医生数 | AtLeast 4人 | by 到2023年 ~力争",
            "不低于4.66人 | 每万人家庭医生数 | AtLeast 4.66人 | by 到2025年",
        ],
    );
}

#[test]
fn reads_deadlines_and_how_far_they_reach() {
    check(
        "加强管理,到2027年,覆盖率达到60%,风险明显下降;到2035年,实现全覆盖。水平提高",
        &[
            "覆盖率达到60% | 覆盖率 | Reach 60% | by 到2027年",
            "风险明显下降 | 风险 | by 到2027年 ~明显",
            "实现全覆盖 | - | by 到2035年 ~全覆盖",
        ],
    );
    let deadline = |text: &str| {
        let target =
            extract_targets(text, &TargetContext { document_year: Some(2024), ..context() })
                .remove(0);
        let deadline = target.deadline.expect("a deadline");
        (deadline.text, deadline.kind, deadline.year, deadline.month, deadline.day)
    };
    let owned = |text: &str, kind, year, month, day| (text.to_owned(), kind, year, month, day);
    use DeadlineKind::{Day, Month, Period, Recurring, Relative, Year};
    assert_eq!(
        deadline("2025年底前,覆盖率达到60%"),
        owned("2025年底前", Year, Some(2025), None, None)
    );
    assert_eq!(
        deadline("到二〇三五年,覆盖率达到60%"),
        owned("到二〇三五年", Year, Some(2035), None, None)
    );
    assert_eq!(
        deadline("2026年6月底前,覆盖率达到60%"),
        owned("2026年6月底前", Month, Some(2026), Some(6), None)
    );
    assert_eq!(
        deadline("2028年12月31日前,覆盖率达到60%"),
        owned("2028年12月31日前", Day, Some(2028), Some(12), Some(31))
    );
    assert_eq!(
        deadline("“十五五”期间,覆盖率达到60%"),
        owned("“十五五”期间", Period, None, None, None)
    );
    assert_eq!(
        deadline("展望本世纪中叶,覆盖率达到60%"),
        owned("展望本世纪中叶", Period, None, None, None)
    );
    assert_eq!(deadline("力争三年内覆盖率达到60%"), owned("三年内", Relative, None, None, None));
    assert_eq!(deadline("今年,覆盖率达到60%"), owned("今年", Year, Some(2024), None, None));
    assert_eq!(
        deadline("每年2月底前,覆盖率达到60%"),
        owned("每年2月底前", Recurring, None, Some(2), None)
    );
    assert_eq!(
        deadline("我国力争2025年覆盖率达到60%"),
        owned("2025年", Year, Some(2025), None, None)
    );
}

#[test]
fn introducing_lines_set_a_deadline() {
    let introduced = |line| introduced_deadline(line).map(|deadline| deadline.text);
    assert_eq!(introduced("到2025年,主要目标如下:"), Some("到2025年".to_owned()));
    assert_eq!(introduced("2025年主要目标"), Some("2025年".to_owned()));
    assert_eq!(introduced("“十五五”时期主要目标:"), Some("“十五五”时期".to_owned()));
    assert_eq!(introduced("截至2023年底,情况如下:"), None);
    assert_eq!(introduced("到2025年,覆盖率达到60%。"), None);
    let inherited = introduced_deadline("到2025年,主要目标如下:");
    let context = TargetContext { inherited_deadline: inherited, ..context() };
    assert_eq!(dump("覆盖率达到60%", &context), "覆盖率达到60% | 覆盖率 | Reach 60% | by 到2025年");
    assert_eq!(dump("加强组织领导", &context), "");
}

#[test]
fn opening_deadlines_hold_for_the_paragraph() {
    assert_eq!(
        dump("到2030年,薄弱环节基本解决。农机总动力超过10亿千瓦。", &context()).lines().last(),
        Some("农机总动力超过10亿千瓦 | 农机总动力 | MoreThan 10亿千瓦 | by 到2030年")
    );
    // Another time ends it.
    let text = "到2030年,薄弱环节基本解决。2027年覆盖率达到60%。总动力超过10亿千瓦。";
    assert!(!dump(text, &context()).ends_with("by 到2030年"));
    let year = |heading| heading_deadline(&[heading]).and_then(|deadline| deadline.year);
    assert_eq!(year("2026年工作安排"), Some(2026));
    assert_eq!(year("2025年工作回顾"), None);
    assert_eq!(year("发展目标(2025-2027年)"), None);
}

#[test]
fn levels_of_today_and_conditions() {
    check(
        "在原有贷款利率水平上下浮10%以上",
        &[
            "在原有贷款利率水平上下浮10%以上 | 贷款利率 | AtLeast 10% | DecreaseBy from 在原有贷款利率水平上",
        ],
    );
    check(
        "对已达付款期的,加快支付账款,确保账款清偿率达100%",
        &["确保账款清偿率达100% | 账款清偿率 | Reach 100%"],
    );
    check("单个项目最高支持1000万元", &[""]);
    check("每年累计培训5000人以上", &["每年累计培训5000人以上 | 培训 | AtLeast 5000人"]);
    check(
        "到2027年,赋能1000家以上科技型企业",
        &["赋能1000家以上科技型企业 | 科技型企业 | AtLeast 1000家 | by 到2027年"],
    );
}

#[test]
fn a_date_may_tell_which_thing_or_stand_inside() {
    check("对2030年6月30日前到期的在保企业采取续保措施", &[""]);
    check(
        "该项工作于2030年4月底前完成",
        &["该项工作于2030年4月底前完成 | 该项工作 | by 2030年4月底前"],
    );
    check(
        "全市各部门在2030年6月底前完成欠款清零",
        &["全市各部门在2030年6月底前完成欠款清零 | 欠款 | by 2030年6月底前"],
    );
}

#[test]
fn facts_are_no_targets() {
    for text in [
        "截至2023年底,全市累计建成基站1.2万个,覆盖率达到60%",
        "过去五年,粮食产量连续13年稳定在430亿斤以上",
        "2016年实现地区生产总值132.76亿元,年均增长10.6%",
        "上半年,全市完成地区生产总值802.81亿元",
        "已建成示范区20个",
        "2023年,引进税收千万级以上项目156个,同比增长39%",
    ] {
        check(text, &[]);
    }
    let past = TargetContext { document_year: Some(2024), ..context() };
    assert_eq!(dump("到2020年,覆盖率达到60%", &past), "");
    assert_eq!(dump("“十三五”期间,覆盖率达到60%", &past), "");
    for heading in ["一、过去一年工作回顾", "现状分析", "现状基础", "主要短板"]
    {
        let review = TargetContext { titles: &Titles::new(vec![heading], None), ..context() };
        assert_eq!(dump("优良天数比例提高6.1个百分点", &review), "", "{heading}");
    }
}

#[test]
fn money_conditions_and_names_are_no_targets() {
    for text in [
        "给予最高不超过3万元补助",
        "处违法所得1倍以上5倍以下的罚款",
        "按平台投资额的10%-30%给予扶持",
        "每人每月785.4元",
        "45周岁以下",
        "市辖区户籍人口不超过100万的城市",
        "开通12345热线,提供7×24小时服务",
        "PM2.5治理",
        "按照《行动方案(2023-2030年)》要求",
        "维护“五大安全”,落实“6天+365天”",
        "治理大凌河等3条生态廊道",
        "依据第三条和第5条",
        "浙卫发〔2025〕12号",
        "自2026年7月20日起施行,有效期5年",
        "系数为1.15",
        "围绕5个重点领域开展工作",
        "省级等10部门联合印发",
        "第十四届代表大会",
        "应当有三名以上评估师",
    ] {
        check(text, &[]);
    }
    let rules = TargetContext { goals_expected: false, ..context() };
    assert_eq!(dump("信息应当保存不少于30日,比例不低于20%", &rules), "");
}

#[test]
fn blacked_out_numbers_stay_targets() {
    check(
        "到2035年,比例达到**%左右",
        &["比例达到**%左右 | 比例 | About ?% | by 到2035年 ~左右 redacted"],
    );
    check(
        "到2035年,森林覆盖率提高至**",
        &["森林覆盖率提高至** | 森林覆盖率 | Reach ? | IncreaseTo by 到2035年 redacted"],
    );
}

/// The folding this module reads, for plain paragraphs of the founding document.
fn paragraphs() -> Vec<String> {
    include_str!("../../../../../seeds/documents/liaoning-meili-2024.txt")
        .lines()
        .skip(14)
        .take(97)
        .map(|line| line.split_whitespace().collect::<String>())
        .map(|line| match line.rfind("。(") {
            Some(end) => line[..end + '。'.len_utf8()].to_owned(),
            None => line,
        })
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn founding_document() {
    let context = TargetContext { document_year: Some(2024), ..context() };
    let dumps: Vec<String> = paragraphs()
        .iter()
        .map(|text| dump(text, &context))
        .filter(|dump| !dump.is_empty())
        .collect();
    let all = dumps.join("\n");
    let with_number: Vec<&str> = all
        .lines()
        .filter(|line| {
            line.matches(" | ").count() >= 2
                && line.split(" | ").nth(2).is_some_and(|cell| cell.starts_with(char::is_uppercase))
        })
        .collect();
    assert_eq!(
        with_number,
        [
            "坚守4.1万平方公里生态环境保护红线 | 生态环境保护红线 | AtLeast 4.1万平方公里",
            "坚决守住7603万亩耕地 | 耕地 | AtLeast 7603万亩",
            "6251万亩永久基本农田保护红线 | 永久基本农田保护红线 | AtLeast 6251万亩",
            "将城镇开发边界面积控制在2020年现状城镇建设用地规模的1.3倍以内 | 城镇开发边界面积 | AtMost 1.3倍 | from 2020年现状城镇建设用地规模",
            "大陆自然岸线保有率不低于35% | 大陆自然岸线保有率 | AtLeast 35% | by 到2035年",
            "新增汽车中新能源汽车占比力争达到30% | 新增汽车中新能源汽车占比 | Reach 30% | by 到2027年 ~力争",
            "铁路货运周转量占总周转量比例达到**%左右 | 铁路货运周转量占总周转量比例 | About ?% | by 到2035年 ~左右 redacted",
            "新建矿山投产后1年内建成绿色矿山 | 建成绿色矿山 | AtMost 1年 | in 新建矿山 by 投产后1年内",
            "全省细颗粒物平均浓度下降到32微克/立方米以下 | 细颗粒物平均浓度 | AtMost 32微克/立方米 | DecreaseTo in 全省 by 到2027年",
            "全省细颗粒物浓度下降到28微克/立方米以下 | 细颗粒物浓度 | AtMost 28微克/立方米 | DecreaseTo in 全省 by 到2035年",
            "全省地表水水质优良比例达到83% | 地表水水质优良比例 | Reach 83% | in 全省 by 到2027年",
            "美丽河湖建成率达到38% | 美丽河湖建成率 | Reach 38% | by 到2027年",
            "全省近岸海域水质优良比例达到92% | 近岸海域水质优良比例 | Reach 92% | in 全省 by 到2027年",
            "美丽海湾建成率达到40% | 美丽海湾建成率 | Reach 40% | by 到2027年",
            "受污染耕地安全利用率达到94% | 受污染耕地安全利用率 | Reach 94% | by 到2027年",
            "地下水国控点位Ⅰ-Ⅳ类水体比例达到60% | 地下水国控点位Ⅰ-Ⅳ类水体比例 | Reach 60% | by 到2035年",
            "“无废城市”建设比例达到60% | “无废城市”建设比例 | Reach 60% | by 到2027年",
            "全省废弃矿山治理面积达290平方公里 | 废弃矿山治理面积 | Reach 290平方公里 | in 全省 by 到2025年",
            "全省森林覆盖率提高至** | 森林覆盖率 | Reach ? | IncreaseTo in 全省 by 到2035年 redacted",
            "水土保持率提高至83.26% | 水土保持率 | Reach 83.26% | IncreaseTo by 到2035年",
            "全省自然保护地陆域面积占陆域国土面积比例不低于8% | 自然保护地陆域面积占陆域国土面积比例 | AtLeast 8% | in 全省 by 到2035年",
            "每市至少2个县(区)整县建成美丽乡村 | 整县建成美丽乡村 | AtLeast 2个县(区) | in 每市 by 到2027年",
            "全省比例达到35% | 整县建成美丽乡村比例 | Reach 35% | in 全省 by 到2027年",
        ]
    );
    assert_eq!(all.lines().count() - with_number.len(), 55, "goals in words:\n{all}");
    for clause in [
        "确保可以长期稳定利用的耕地不再减少 | ",
        "除国家重大项目外,不再新增围填海 | ",
        "生态保护红线生态功能不降低 | ",
        "性质不改变 | ",
        "治理任务全清零 | ",
        "典型生态系统、国家重点保护野生动植物及其栖息地得到全面保护 | 典型生态系统、国家重点保护野生动植物及其栖息地 | by 到2035年",
        "实现生态环境持续改善 | 生态环境 | by “十四五” ~持续",
        "美丽辽宁全面建成 | 美丽辽宁 | by 展望本世纪中叶 ~全面",
    ] {
        assert!(all.contains(clause), "{clause} is missing in\n{all}");
    }
    assert!(!all.contains("蓝天常在"), "a rhetorical tail is no goal");
}

#[test]
fn one_long_paragraph_takes_linear_time() {
    let started = Instant::now();
    for piece in [
        "到2025年,覆盖率达到60%、",
        "(《“1,",
        "培育5家、",
        "较2020年下降1%到2030年",
        "分别5%、6%",
        "十五五年内",
        "**%",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        extract_targets(&text, &context());
    }
    assert!(started.elapsed() < Duration::from_secs(60), "took {:?}", started.elapsed());
}

proptest! {
    #[test]
    fn ranges_lie_inside_on_any_text(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "到2025年", "“十四五”", "三年内", "投产后1年内", "达到", "不低于", "60%", "**", "%", "1,000", "个县(区)",
                "万亩", "5", "、", ",", "。", ";", ":", "(", ")", "《", "“", "分别", "从", "较2020年", "下降", "翻一番",
                "全省", "比例", "的", "倍", "培育", "坚守", "至", "-", "年", "月底前", "每", "不再减少", "确保", "十八亿亩", "é", "𠮷",
            ]),
            0..40,
        ),
    ) {
        let text: String = pieces.concat();
        for target in extract_targets(&text, &context()) {
            let deadline = target.deadline.as_ref().and_then(|deadline| deadline.range.clone());
            let indicator = match target.indicator.clone() {
                Some(Wording::Place(range)) => Some(range),
                _ => None,
            };
            let ranges = [Some(target.range.clone()), indicator, target.scope.clone(), target.unit.clone(), target.value_text.clone(), deadline, target.baseline.as_ref().map(|baseline| baseline.range.clone())];
            for range in ranges.into_iter().flatten().chain(target.qualifiers.clone()) {
                prop_assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?} in {text:?}");
            }
        }
    }
}
