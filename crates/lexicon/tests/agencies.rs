//! Agency names as policy papers write them, and the bodies they mean.

use gangmu_lexicon::{AgencyContext, AgencyLikeness, Lexicon, nearest_agency_names};

fn resolve(region: Option<&str>, name: &str) -> Option<String> {
    Lexicon::builtin().resolve_agency(name, AgencyContext { region })
}

#[track_caller]
fn check(region: &str, cases: &[(&str, &str)]) {
    let region = (!region.is_empty()).then_some(region);
    for (name, full) in cases {
        assert_eq!(
            resolve(region, name).as_deref(),
            Some(*full),
            "{name} in a document of {region:?}"
        );
    }
}

fn matches(region: &str, query: &str, name: &str) -> bool {
    let lexicon = Lexicon::builtin();
    let context = AgencyContext { region: (!region.is_empty()).then_some(region) };
    let full = lexicon.resolve_agency(name, context);
    lexicon.agency_matches(query, name, full.as_deref(), context)
}

/// Names that the founding document's readers use for one body.
const ALIASES: &[&[&str]] = &[
    &["辽宁省发展和改革委员会", "省发展改革委", "省发改委", "辽宁发改委", "辽宁省发改委"],
    &["辽宁省工业和信息化厅", "省工业和信息化厅", "省工信厅"],
    &["辽宁省住房和城乡建设厅", "省住房城乡建设厅", "省住建厅"],
    &["辽宁省生态环境厅", "省生态环境厅", "省环保厅(旧称)", "省环境保护厅"],
    &["辽宁省林业和草原局", "省林草局", "省林业和草原局"],
    &["辽宁省文化和旅游厅", "省文化和旅游厅", "省文旅厅"],
    &["辽宁省卫生健康委员会", "省卫生健康委", "省卫健委"],
    &["辽宁省应急管理厅", "省应急厅", "省应急管理厅"],
    &["辽宁省市场监督管理局", "省市场监管局", "省市场监督管理局"],
    &["辽宁省人民政府国有资产监督管理委员会", "省国资委"],
    &["辽宁省广播电视局", "省广电局", "省广播电视局"],
    &["共青团辽宁省委员会", "团省委", "共青团辽宁省委"],
    &["辽宁省妇女联合会", "省妇联", "省妇女联合会"],
    &["辽宁省总工会", "省总工会"],
    &["辽宁省机关事务管理局", "省机关事务局", "省机关事务管理局"],
    &["辽宁省地方金融监督管理局", "省地方金融监管局", "省金融监管局"],
    &["中国人民银行辽宁省分行", "人行辽宁省分行", "人民银行辽宁省分行"],
    &[
        "国家金融监督管理总局辽宁监管局",
        "国家金融监管总局辽宁监管局",
        "辽宁金融监管局",
        "辽宁银保监局",
        "省银保监局",
    ],
    &["沈阳铁路监督管理局", "沈阳铁路监管局"],
    &["中共辽宁省纪律检查委员会辽宁省监察委员会", "省纪委监委机关", "省纪委监委", "省纪委省监委"],
    &["辽宁省科学技术厅", "省科技厅", "省科学技术厅"],
    &[
        "中共辽宁省委军民融合发展委员会办公室",
        "省军民融合办",
        "省委军民融合发展委员会办公室",
        "省委军民融合办",
    ],
    &["中共辽宁省委宣传部", "省委宣传部"],
    &["中共辽宁省委组织部", "省委组织部"],
    &["辽宁省地方矿山安全监督管理局", "省地方矿山安全监督管理局", "省地方矿山安全监管局"],
    &["辽宁海事局"],
    &["沈阳海关"],
    &["大连海关"],
    &["辽宁省邮政管理局", "省邮政管理局"],
    &["辽宁省气象局", "省气象局"],
    &["辽宁省数据局", "省数据局"],
    &["国家税务总局辽宁省税务局", "省税务局"],
    &["辽宁省农牧厅", "农牧厅"],
];

#[test]
fn all_names_of_a_body_resolve_alike() {
    for names in ALIASES {
        for name in *names {
            assert_eq!(resolve(Some("辽宁省"), name).as_deref(), Some(names[0]), "{name}");
        }
    }
}

#[test]
fn a_query_by_any_name_finds_the_body_and_no_other() {
    for (at, names) in ALIASES.iter().enumerate() {
        for (other_at, others) in ALIASES.iter().enumerate() {
            for query in *names {
                // A bare query means the body at every level, which other tests cover.
                for name in others.iter().filter(|_| *query != "农牧厅") {
                    assert_eq!(
                        matches("辽宁省", query, name),
                        at == other_at,
                        "query {query}, name {name}"
                    );
                }
            }
        }
    }
}

#[test]
fn national_bodies() {
    check(
        "",
        &[
            ("国家发展改革委", "国家发展和改革委员会"),
            ("国家发改委", "国家发展和改革委员会"),
            ("发展改革委", "国家发展和改革委员会"),
            ("工信部", "工业和信息化部"),
            ("住房城乡建设部", "住房和城乡建设部"),
            ("人社部", "人力资源和社会保障部"),
            ("文旅部", "文化和旅游部"),
            ("科技部", "科学技术部"),
            ("卫生健康委", "国家卫生健康委员会"),
            ("市场监管总局", "国家市场监督管理总局"),
            ("金融监管总局", "国家金融监督管理总局"),
            ("国家林草局", "国家林业和草原局"),
            ("中宣部", "中共中央宣传部"),
            ("中央网信办", "中共中央网络安全和信息化委员会办公室"),
            ("全国工商联", "中华全国工商业联合会"),
            ("供销合作总社", "中华全国供销合作总社"),
            ("国铁集团", "中国国家铁路集团有限公司"),
            ("国管局", "国家机关事务管理局"),
            ("国务院国资委", "国务院国有资产监督管理委员会"),
        ],
    );
    // The same names inside a province's document, where they say they are national.
    check("辽宁省", &[("国家发展改革委", "国家发展和改革委员会"), ("生态环境部", "生态环境部")]);
}

#[test]
fn former_names_give_the_body_of_today() {
    check(
        "",
        &[
            ("环境保护部", "生态环境部"),
            ("国土资源部", "自然资源部"),
            ("农业部", "农业农村部"),
            ("银保监会", "国家金融监督管理总局"),
            ("国家卫生计生委", "国家卫生健康委员会"),
            ("食品药品监管总局", "国家药品监督管理局"),
        ],
    );
    check(
        "辽宁省",
        &[
            ("省国土资源厅", "辽宁省自然资源厅"),
            ("省食品药品监管局", "辽宁省药品监督管理局"),
            ("省卫生计生委", "辽宁省卫生健康委员会"),
            ("省农业厅", "辽宁省农业农村厅"),
        ],
    );
}

#[test]
fn cities_counties_and_districts() {
    check(
        "沈阳市",
        &[
            ("市卫生健康委", "沈阳市卫生健康委员会"),
            ("市人力资源社会保障局", "沈阳市人力资源和社会保障局"),
            ("市科技局", "沈阳市科学技术局"),
            ("团市委", "共青团沈阳市委员会"),
            ("市市场监管局", "沈阳市市场监督管理局"),
            ("市税务局", "国家税务总局沈阳市税务局"),
            ("市直机关工委", "中共沈阳市委直属机关工作委员会"),
            ("市委组织部", "中共沈阳市委组织部"),
            ("市营商环境建设局", "沈阳市营商环境建设局"),
            ("市法院", "沈阳市中级人民法院"),
            ("市民政局", "沈阳市民政局"),
            ("市食品药品监管局", "沈阳市市场监督管理局"),
            ("省生态环境厅", "辽宁省生态环境厅"),
        ],
    );
    check(
        "上海市闵行区",
        &[
            ("区商务委", "上海市闵行区商务委员会"),
            ("区经委", "上海市闵行区经济委员会"),
            ("区科委", "上海市闵行区科学技术委员会"),
            ("区数据局", "上海市闵行区数据局"),
            ("区投促中心", "上海市闵行区投资促进中心"),
            ("区委网信办", "中共上海市闵行区委网络安全和信息化委员会办公室"),
            ("区公安分局", "上海市公安局闵行分局"),
            ("区政府外办", "上海市闵行区人民政府外事办公室"),
            ("区文化旅游局", "上海市闵行区文化和旅游局"),
            ("莘庄海关", "莘庄海关"),
            ("市发展改革委", "上海市发展和改革委员会"),
            ("闵行区商务委", "上海市闵行区商务委员会"),
        ],
    );
    check(
        "上海市",
        &[
            ("市经济信息化委", "上海市经济和信息化委员会"),
            ("市生态环境局", "上海市生态环境局"),
            ("市住房城乡建设管理委", "上海市住房和城乡建设管理委员会"),
            ("市规划资源局", "上海市规划和自然资源局"),
            ("市国资委", "上海市人民政府国有资产监督管理委员会"),
            ("市高院", "上海市高级人民法院"),
        ],
    );
    check("昆山市", &[("市发改委", "昆山市发展和改革委员会"), ("省教育厅", "江苏省教育厅")]);
    check(
        "内蒙古自治区",
        &[("自治区农牧厅", "内蒙古自治区农牧厅"), ("区发展改革委", "内蒙古自治区发展和改革委员会")],
    );
    check("延边朝鲜族自治州", &[("州司法局", "延边朝鲜族自治州司法局")]);
}

#[test]
fn provinces_of_other_habits() {
    check(
        "内蒙古自治区",
        &[
            ("自治区党委", "中共内蒙古自治区委员会"),
            ("自治区党委宣传部", "中共内蒙古自治区委员会宣传部"),
            ("自治区党委网信办", "中共内蒙古自治区委员会网络安全和信息化委员会办公室"),
            ("内蒙古自治区党委宣传部", "中共内蒙古自治区委员会宣传部"),
        ],
    );
    check(
        "北京市",
        &[
            ("市交通委", "北京市交通委员会"),
            ("市高级法院", "北京市高级人民法院"),
            ("海淀区政府", "北京市海淀区人民政府"),
            ("北京经济技术开发区管委会", "北京经济技术开发区管理委员会"),
        ],
    );
    check(
        "浙江省",
        &[
            ("省经信厅", "浙江省经济和信息化厅"),
            ("省建设厅", "浙江省住房和城乡建设厅"),
            ("省人力社保厅", "浙江省人力资源和社会保障厅"),
            ("省委金融办", "中共浙江省委金融委员会办公室"),
            ("省委人才办", "中共浙江省委人才工作领导小组办公室"),
            ("省海洋经济厅", "浙江省海洋经济发展厅"),
            ("省市场监管局（省知识产权局）", "浙江省市场监督管理局"),
            ("省市场监管（知识产权）局", "浙江省市场监督管理局"),
            ("省疾控局", "浙江省疾病预防控制局"),
            ("省文化广电和旅游厅", "浙江省文化广电和旅游厅"),
            ("杭州市政府", "杭州市人民政府"),
            ("疾控局", "浙江省疾病预防控制局"),
            ("医保局", "浙江省医疗保障局"),
            ("工商联", "浙江省工商业联合会"),
        ],
    );
    check(
        "江西省",
        &[
            ("人行南昌中心支行", "中国人民银行南昌中心支行"),
            ("江西银保监局", "国家金融监督管理总局江西监管局"),
            ("赣江新区管委会", "赣江新区管理委员会"),
            ("江西证监局", "中国证券监督管理委员会江西监管局"),
        ],
    );
    check(
        "辽宁省",
        &[
            ("人民银行沈阳分行", "中国人民银行沈阳分行"),
            ("人行辽宁分行", "中国人民银行辽宁省分行"),
            ("国网辽宁省电力有限公司", "国网辽宁省电力有限公司"),
            ("国网辽宁电力", "国网辽宁省电力有限公司"),
            ("省通信管理局", "辽宁省通信管理局"),
            ("武警辽宁省总队", "中国人民武装警察部队辽宁省总队"),
            ("民航东北地区管理局", "中国民用航空东北地区管理局"),
        ],
    );
}

#[test]
fn what_cannot_be_known_stays_unknown() {
    for name in [
        "各有关部门",
        "相关街镇",
        "各市、县人民政府",
        "各市、县（市、区）人民政府",
        "省直有关部门",
        "省控局",
        "省技厅",
        "省数据集团（筹）",
        "南虹桥集团",
        "市发展改革委",
        "数据管理机构",
        "国务院公安部门",
        "",
        "🏛️",
        "省",
        "局",
    ] {
        assert_eq!(resolve(Some("辽宁省"), name), None, "{name}");
    }
    assert_eq!(resolve(None, "省发展改革委"), None);
    assert_eq!(resolve(None, "农牧厅"), None);
}

#[test]
fn a_query_without_a_place_means_every_level() {
    for (query, name) in [
        ("发改委", "省发展改革委"),
        ("发改委", "国家发展改革委"),
        ("卫健委", "市卫生健康委"),
        ("生态环境厅", "省生态环境厅"),
        ("林草局", "省林草局"),
        ("证监局", "辽宁证监局"),
        ("海事局", "辽宁海事局"),
        ("铁路监管局", "沈阳铁路监管局"),
        ("宣传部", "省委宣传部"),
        ("环保厅", "省生态环境厅"),
        ("海关", "沈阳海关"),
    ] {
        assert!(matches("辽宁省", query, name), "query {query}, name {name}");
    }
}

#[test]
fn look_alikes_do_not_match() {
    for (query, name) in [
        ("省地方金融监管局", "国家金融监管总局辽宁监管局"),
        ("国家金融监管总局辽宁监管局", "省市场监管局"),
        ("省市场监管局", "沈阳铁路监管局"),
        ("省委", "省委宣传部"),
        ("省委宣传部", "省委"),
        ("省委", "省委组织部"),
        ("生态环境部", "省生态环境厅"),
        ("省生态环境厅", "生态环境部"),
        ("生态环境局", "省生态环境厅"),
        ("市发改委", "省发展改革委"),
        ("吉林省发改委", "省发展改革委"),
        ("四川省生态环境厅", "省生态环境厅"),
        ("国家发展改革委", "省发展改革委"),
        ("沈阳海关", "大连海关"),
        ("省水利厅", "各有关部门"),
        ("监管局", "省市场监管局"),
        ("省", "省水利厅"),
        ("厅", "省水利厅"),
        ("", "省水利厅"),
    ] {
        assert!(!matches("辽宁省", query, name), "query {query}, name {name}");
    }
}

#[test]
fn likeness_of_names() {
    let cases = [
        (
            AgencyLikeness::Known,
            vec!["省林草局", "沈阳海关", "财政部", "团省委", "区公安分局", "国铁集团"],
        ),
        (
            AgencyLikeness::Official,
            vec![
                "明星电力公司",
                "新虹桥公司",
                "贵安新区管委会",
                "省海洋发展研究院",
                "省数据集团（筹）",
                "省控局",
            ],
        ),
        (
            AgencyLikeness::Collective,
            vec![
                "各市、县人民政府",
                "各有关部门",
                "省直有关部门",
                "各级党委、政府",
                "相关街镇",
                "试点城市政府",
                "各县市区人民政府",
                "数据管理机构",
                "拖欠民营企业账款的所有部门和单位",
                "各相关区人民政府",
                "各街道办事处",
                "各级人大及其常委会",
                "市直园区管委会",
                "管委会",
            ],
        ),
        (
            AgencyLikeness::Unlikely,
            vec![
                "",
                "包括通算中心",
                "辽宁段",
                "水量",
                "2030年",
                "下同",
                "🏛️",
                "公益性是指政府通过投资入股",
            ],
        ),
    ];
    for (likeness, names) in cases {
        for name in names {
            assert_eq!(Lexicon::builtin().agency_likeness(name), likeness, "{name}");
        }
    }
}

#[test]
fn known_agencies_are_those_that_are_like_known_ones() {
    let lexicon = Lexicon::builtin();
    let words =
        ["博物馆", "数据中心", "辽宁", "委员会", "省委", "市场监管（知识产权）局", "（筹）"];
    let names = ALIASES.iter().copied().flatten().copied().chain(words);
    for name in names.chain(lexicon.dictionary_words()) {
        let known = lexicon.agency_likeness(name) == AgencyLikeness::Known;
        assert_eq!(lexicon.knows_agency(name), known, "{name}");
    }
}

#[test]
fn hostile_input_is_answered() {
    let lexicon = Lexicon::builtin();
    let long = "省委".repeat(5_000);
    let nested = format!("省{}", "（".repeat(50));
    let marks = "\u{200D}\u{FEFF}\u{0}";
    for text in ["", " ", "\t\n", "🏛️局", "{P}委", "{R}", "省省省省局", marks, &long, &nested]
    {
        for region in [None, Some(""), Some("辽宁省"), Some("🏛️"), Some(long.as_str())] {
            let context = AgencyContext { region };
            let _ = lexicon.resolve_agency(text, context);
            let _ = lexicon.agency_likeness(text);
            assert!(!lexicon.agency_matches(text, "省水利厅", None, context));
            let _ = lexicon.regions().region_of_issuer(text);
            let _ = lexicon.regions().longest_prefix(text);
            let _ = lexicon.units().longest_prefix(text);
        }
    }
    assert_eq!(resolve(Some("辽宁省"), &long), None);
}

#[test]
fn suggestions_for_a_name_not_found() {
    let names = ["省生态环境厅", "省水利厅", "省卫生健康委", "省发展改革委", "省水利厅"];
    let near = |query, limit| nearest_agency_names(query, names.iter().copied(), limit);
    assert_eq!(near("省水力厅", 3)[0], "省水利厅");
    assert_eq!(near("卫建委", 3)[0], "省卫生健康委");
    assert_eq!(near("省水利厅", 9).iter().filter(|name| **name == "省水利厅").count(), 1);
    assert!(near("量子力学", 3).is_empty());
    assert!(near("", 3).is_empty());
    assert!(near("省水利厅", 0).is_empty());
}
