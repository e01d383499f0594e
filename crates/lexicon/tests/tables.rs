//! Regions, units and comparators as policy papers write them.

use gangmu_lexicon::{Change, Comparator, Lexicon, Position, RegionLevel};

#[test]
fn regions_of_issuers() {
    let regions = Lexicon::builtin().regions();
    for (issuer, region) in [
        ("中共辽宁省委", Some("辽宁省")),
        ("辽宁省人民政府", Some("辽宁省")),
        ("中共辽宁省委办公厅", Some("辽宁省")),
        ("沈阳市人民政府办公室", Some("沈阳市")),
        ("上海市闵行区人民政府", Some("上海市闵行区")),
        ("上海市闵行区人民政府办公室", Some("上海市闵行区")),
        ("闵行区人民政府", Some("上海市闵行区")),
        ("浙江省卫生健康委员会", Some("浙江省")),
        ("浙江省财", Some("浙江省")),
        ("广州市天河区人民政府", Some("广州市天河区")),
        ("昆山市人民政府", Some("昆山市")),
        ("内蒙古自治区人民政府", Some("内蒙古自治区")),
        ("吉林省长春市人民政府", Some("长春市")),
        ("海南省人民政府", Some("海南省")),
        ("国务院", None),
        ("中共中央", None),
        ("国家数据局", None),
        ("中央网信办", None),
        ("", None),
    ] {
        assert_eq!(regions.region_of_issuer(issuer).as_deref(), region, "{issuer}");
    }
}

#[test]
fn regions_by_rank() {
    let regions = Lexicon::builtin().regions();
    let count = |level| regions.iter().filter(|region| region.level == level).count();
    assert_eq!(count(RegionLevel::Province), 34);
    assert_eq!(count(RegionLevel::Prefecture), 333);
    assert!(count(RegionLevel::County) > 2_800);
    let name = |text| regions.find(text).map(|region| region.name);
    assert_eq!(name("吉林"), Some("吉林省"));
    assert_eq!(name("吉林市"), Some("吉林市"));
    assert_eq!(name("海南"), Some("海南省"));
    assert_eq!(name("延边"), Some("延边朝鲜族自治州"));
    assert_eq!(name("朝阳区"), None);
    assert_eq!(name("火星"), None);
    for region in regions.iter().filter(|region| !region.province.is_empty()) {
        assert!(regions.find(region.province).is_some(), "{region:?}");
        assert!(
            region.prefecture.is_empty() || regions.find(region.prefecture).is_some(),
            "{region:?}"
        );
    }
}

#[test]
fn units_at_the_start_of_a_text() {
    let units = Lexicon::builtin().units();
    for (text, unit, multiplier) in [
        ("万亩耕地", "万亩", 10_000),
        ("万平方公里生态环境保护红线", "万平方公里", 10_000),
        ("微克/立方米以下", "微克/立方米", 1),
        ("微克每立方米", "微克每立方米", 1),
        ("%以上", "%", 1),
        ("％以上", "％", 1),
        ("‰", "‰", 1),
        ("个百分点", "个百分点", 1),
        ("百分点", "百分点", 1),
        ("个基点", "个基点", 1),
        ("倍以内", "倍", 1),
        ("个县(区)整县", "个县(区)", 1),
        ("个县（市、区）", "个县（市、区）", 1),
        ("个县整县", "个", 1),
        ("万亿元", "万亿元", 1_000_000_000_000),
        ("亿千瓦左右", "亿千瓦", 100_000_000),
        ("千瓦时", "千瓦时", 1),
        ("亿千瓦时", "亿千瓦时", 100_000_000),
        ("万亿斤以上", "万亿斤", 1_000_000_000_000),
        ("元/千克以下", "元/千克", 1),
        ("元/人·月", "元/人·月", 1),
        ("万吨标准煤", "万吨标准煤", 10_000),
        ("克标准煤/千瓦时", "克标准煤/千瓦时", 1),
        ("亿元每年", "亿元", 100_000_000),
        ("EFlops", "EFlops", 1),
        ("EFLOPS", "EFLOPS", 1),
        ("PB以上", "PB", 1),
        ("万人次以上", "万人次", 10_000),
        ("个工作日内", "个工作日", 1),
        ("年内", "年", 1),
        ("岁", "岁", 1),
        ("番", "番", 1),
        ("GW", "GW", 1),
    ] {
        let found = units.longest_prefix(text);
        assert_eq!(
            found.map(|found| (found.text, found.multiplier)),
            Some((unit, multiplier)),
            "{text}"
        );
    }
    for text in ["", "万", "以上", "GBase数据库", "G网络", "🏛️", "、", "/吨"] {
        assert!(units.longest_prefix(text).is_none(), "{text}");
    }
    assert_eq!(units.find("平方千米").map(|unit| unit.canonical), Some("平方公里"));
    let price = units.longest_prefix("元/吨").expect("a compound");
    assert_eq!((price.unit.kind, price.per.map(|unit| unit.text)), ("money", Some("吨")));
}

#[test]
fn every_unit_finds_itself() {
    let units = Lexicon::builtin().units();
    for unit in units.iter() {
        let found = units.longest_prefix(unit.text).map(|found| found.text);
        assert_eq!(found, Some(unit.text));
        assert!(!unit.kind.is_empty() && !unit.canonical.is_empty());
    }
}

#[test]
fn comparators_read_as_the_civil_code_says() {
    let words = Lexicon::builtin().comparators();
    let find = |text: &str, position| {
        words
            .iter()
            .find(|word| word.word == text && word.position == position)
            .map(|word| (word.comparator, word.change))
    };
    let before = |text| find(text, Position::Before);
    let after = |text| find(text, Position::After);
    assert_eq!(after("以上"), Some((Some(Comparator::AtLeast), None)));
    assert_eq!(after("以内"), Some((Some(Comparator::AtMost), None)));
    assert_eq!(before("超过"), Some((Some(Comparator::MoreThan), None)));
    assert_eq!(before("不足"), Some((Some(Comparator::LessThan), None)));
    assert_eq!(before("不超过"), Some((Some(Comparator::AtMost), None)));
    assert_eq!(after("左右"), Some((Some(Comparator::About), None)));
    assert_eq!(before("下降到"), Some((Some(Comparator::Reach), Some(Change::DecreaseTo))));
    assert_eq!(before("提高至"), Some((Some(Comparator::Reach), Some(Change::IncreaseTo))));
    assert_eq!(before("下降"), Some((None, Some(Change::DecreaseBy))));
    assert_eq!(before("增长"), Some((None, Some(Change::IncreaseBy))));
    assert_eq!(find("—", Position::Infix), Some((Some(Comparator::Between), None)));
    // 下降到 must be tried before 下降, 不超过 before 超过.
    let lengths: Vec<usize> = words.iter().map(|word| word.word.chars().count()).collect();
    assert!(lengths.is_sorted_by(|left, right| left >= right));
}

#[test]
fn dictionary_words_are_sorted_and_single() {
    let words: Vec<&str> = Lexicon::builtin().dictionary_words().collect();
    assert!(words.is_sorted_by(|left, right| left < right));
    for word in ["林草局", "国家发展改革委", "数据局", "细颗粒物", "碳达峰碳中和", "宣传部"]
    {
        assert!(words.contains(&word), "{word}");
    }
    assert!(words.iter().all(|word| !word.contains(['{', '}'])));
}
