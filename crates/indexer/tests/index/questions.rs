//! Questions over the shipped document, asked as a person asks them.

use gangmu_indexer::Index;
use gangmu_model::{DivisionKind, Role};
use gangmu_query::{
    AgencyFilter, Field, Filters, Origin, SearchPage, SearchQuery, Sort, SynonymGroup,
};

use crate::plain::plain;
use crate::sample::{SEED, seed};

fn index() -> Index {
    Index::in_memory([&seed("liaoning", SEED)]).unwrap()
}

fn ask(query: &SearchQuery) -> SearchPage {
    index().search(query).unwrap()
}

/// Returns the numbers of the measures found, sorted.
fn measures(page: &SearchPage) -> Vec<u32> {
    let number = |id: &str| id.rsplit_once(".m").and_then(|(_, number)| number.parse().ok());
    let mut found: Vec<u32> =
        page.records.iter().filter_map(|record| number(record.division.as_str())).collect();
    found.sort_unstable();
    found
}

#[track_caller]
fn check(query: &str, expected: &[u32]) {
    let query = SearchQuery { limit: 100, ..SearchQuery::parse(query).unwrap() }.exact();
    let page = ask(&query);
    assert_eq!(measures(&page), expected, "{query:?}");
    assert_eq!(page.total, page.records.len());
}

#[test]
fn words_that_segmentation_loses() {
    check("黑臭水体", &[8, 10, 23]);
    check("碳中和", &[3]);
    check("公转铁", &[5]);
    check("止锚湾", &[24]);
    check("省数据局", &[31]);
    check(
        "生态环境",
        &measures(&ask(&SearchQuery {
            limit: 100, ..SearchQuery::parse("\"生态环境\"").unwrap()
        })),
    );
    assert!(measures(&ask(&SearchQuery::parse("生态环境").unwrap())).contains(&1));
}

#[test]
fn any_width_case_script_and_mark() {
    check("４．１万平方公里", &[1]);
    check("碳達峰碳中和", &[3]);
    check("“六五”环境日", &[25]);
    check("不低于35%", &[1]);
    check("黑土地　保护", &[1]);
}

#[test]
fn nothing_comes_from_the_page_around_the_text() {
    for word in ["首页", "环保节能网", "肺炎疫情", "四川省生态环境厅", "排污许可证申请"]
    {
        let page = ask(&SearchQuery::parse(word).unwrap().exact());
        assert_eq!((page.total, page.records.len()), (0, 0), "{word}");
    }
}

#[test]
fn what_the_language_says_holds() {
    check("黑臭水体 -title:乡村", &[8, 10]);
    check("止锚湾 OR 公转铁", &[5, 24]);
    check("title:蓝天", &[7]);
    check("assignment:省数据局", &[31]);
    check("text:省数据局", &[]);
    check("heading:污染防治 黑臭水体", &[8, 10]);
    check("title:蓝 OR title:碧", &[7, 8]);
}

#[test]
fn records_say_where_and_why() {
    let page = ask(&SearchQuery::parse("止锚湾").unwrap());
    let [record] = &page.records[..] else { panic!("{page:?}") };
    assert_eq!(record.document, "liaoning");
    assert_eq!(record.title.as_deref(), Some("liaoning的标题"));
    assert_eq!(record.path, ["六、打造美丽辽宁建设示范样板", "(二十四)开展美丽辽宁创新示范"]);
    assert_eq!(record.matched_by, "words");
    let shown: Vec<char> = record.text.chars().collect();
    for &[start, end] in &record.highlights {
        assert_eq!(shown[start as usize..end as usize].iter().collect::<String>(), "止锚湾");
    }
    assert!(!record.highlights.is_empty());
    assert!(record.score > 0.0);
}

#[test]
fn filters_hold_together_with_the_words() {
    let with = |filters: Filters| {
        let query = SearchQuery::parse("生态").unwrap();
        measures(&ask(&SearchQuery { filters, limit: 100, ..query }))
    };
    let agency = |name: &str| Some(AgencyFilter { names: vec![name.to_owned()] });
    let led = with(Filters {
        agency: agency("省自然资源厅"),
        role: Some(Role::Lead),
        ..Filters::default()
    });
    let by_full_name = with(Filters {
        agency: agency("辽宁省自然资源厅"),
        role: Some(Role::Lead),
        ..Filters::default()
    });
    assert_eq!(led, by_full_name);
    assert!(led.contains(&1));
    let named = with(Filters { agency: agency("省自然资源厅"), ..Filters::default() });
    assert!(named.len() > led.len() && led.iter().all(|measure| named.contains(measure)));
    let chapter = with(Filters { chapter: Some(3), ..Filters::default() });
    assert!(!chapter.is_empty() && chapter.iter().all(|measure| (7..=11).contains(measure)));
    let year = with(Filters { year: Some(2035), ..Filters::default() });
    assert!(year.contains(&1), "{year:?}");
    let kinds = vec![DivisionKind::Chapter];
    assert!(with(Filters { kinds, ..Filters::default() }).is_empty());
    let documents = vec!["another".to_owned()];
    assert!(with(Filters { documents, ..Filters::default() }).is_empty());
}

#[test]
fn a_synonym_is_found_and_named() {
    let groups = [SynonymGroup {
        origin: Origin::Synonym,
        words: vec!["PM2.5".to_owned(), "细颗粒物".to_owned()],
    }];
    let query = SearchQuery::parse("PM2.5").unwrap().expand(&groups);
    let page = ask(&query);
    assert!(measures(&page).contains(&7));
    assert!(page.records.iter().all(|record| record.matched_by == "synonym 细颗粒物"));
    assert!(!page.relaxed);
    assert_eq!(ask(&query.exact()).total, 0);
}

#[test]
fn relaxing_is_said_and_can_be_turned_off() {
    let query = SearchQuery::parse("黑臭水体的彻底消除").unwrap();
    assert_eq!(ask(&query.clone().exact()).total, 0);
    let page = ask(&SearchQuery::parse("城乡黑臭水体基本消除了").unwrap());
    assert!(page.relaxed);
    assert!(page.records.iter().all(|record| record.matched_by == "relaxed"));
    assert!(page.records.iter().all(|record| !record.highlights.is_empty()));
    let strange = ask(&SearchQuery::parse("火星移民").unwrap());
    assert_eq!((strange.total, strange.relaxed), (0, false));
}

#[test]
fn a_question_in_a_sentence_is_ranked_and_not_gated() {
    let page = ask(&SearchQuery::parse("农村的黑臭水体应该怎么治理？").unwrap());
    assert!(page.relaxed);
    let best: Vec<&str> =
        page.records.iter().take(2).map(|record| record.division.as_str()).collect();
    assert!(best.contains(&"c3.m8") || best.contains(&"c6.m23"), "{best:?}");
}

#[test]
fn a_title_that_says_it_comes_first() {
    let page = ask(&SearchQuery::parse("蓝天保卫战").unwrap());
    assert_eq!(page.records[0].division.as_str(), "c3.m7");
    let page = ask(&SearchQuery::parse("生物多样性保护").unwrap());
    assert_eq!(page.records[0].title.as_deref(), Some("liaoning的标题"));
    assert_eq!(page.records[0].division.as_str(), "c4.m15");
}

#[test]
fn pages_follow_one_another_and_orders_are_total() {
    let index = index();
    for sort in [Sort::Score, Sort::Document] {
        let query = SearchQuery { sort, limit: 100, ..SearchQuery::parse("建设").unwrap() };
        let all = index.search(&query).unwrap();
        assert!(all.total > 20);
        let mut paged = Vec::new();
        for offset in (0..all.total + 7).step_by(7) {
            let page = index.search(&SearchQuery { offset, limit: 7, ..query.clone() }).unwrap();
            assert_eq!(page.total, all.total);
            paged.extend(page.records);
        }
        assert_eq!(paged, all.records);
    }
    let everything = SearchQuery { limit: usize::MAX, ..SearchQuery::parse("的").unwrap() };
    assert_eq!(index.search(&everything).unwrap().records.len(), everything_with(&index, "的"));
    let none = SearchQuery { limit: 0, ..everything };
    let page = index.search(&none).unwrap();
    assert!(page.records.is_empty() && page.total > 0);
}

fn everything_with(index: &Index, word: &str) -> usize {
    let document = index.document("liaoning").unwrap().unwrap();
    document
        .divisions
        .iter()
        .filter(|division| {
            let title = division.title.as_deref().unwrap_or_default();
            title.contains(word) || division.text.contains(word)
        })
        .count()
}

#[test]
fn ties_are_broken_by_document_and_place() {
    let text = ["推进绿色发展。", "推进绿色发展。"];
    let (a, b) = (plain("a", &text), plain("b", &text));
    let ids = |documents: [&gangmu_model::Document; 2]| {
        let page = Index::in_memory(documents)
            .unwrap()
            .search(&SearchQuery::parse("绿色").unwrap())
            .unwrap();
        let name = |record: &gangmu_model::SearchRecord| {
            format!("{} {}", record.document, record.division)
        };
        page.records.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(ids([&a, &b]), ["a p1", "a p2", "b p1", "b p2"]);
    assert_eq!(ids([&b, &a]), ids([&a, &b]));
}

#[test]
fn only_words_to_leave_out() {
    let page = ask(&SearchQuery { limit: 100, ..SearchQuery::parse("-生态").unwrap() });
    assert!(page.total > 0 && page.records.iter().all(|record| !record.text.contains("生态")));
    let title = SearchQuery::parse("-title:美丽").unwrap().within(Field::Title.into());
    assert!(ask(&title).total > 0);
}
