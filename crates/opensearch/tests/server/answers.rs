//! Every form of question: the server finds what gangmu's own index finds.

use std::collections::BTreeMap;
use std::time::Duration;

use gangmu_indexer::Index;
use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, Role, SearchRecord, TargetType};
use gangmu_opensearch::{Connection, Credentials, Engine, Patience, Sender};
use gangmu_query::{
    DocumentFilter, Facet, Field, SearchPage, SearchQuery, SearchRequest, Sort, Stretch,
    TargetQuery, TaskQuery,
};

use crate::osmem::Osmem;
use crate::{document, documents};

/// More clauses than hold most of a few words.
const LIST: usize = 50;
/// What a question is given at most: the best, in each engine's own order.
const MAX_RANKED: usize = 500;

/// Long enough for a machine with other things to do.
fn patience() -> Patience {
    Patience { n_attempts: 5, first_wait: Duration::from_millis(50), ..Patience::default() }
}

pub(crate) fn connect(url: &str) -> Connection {
    Connection::new(url, Credentials::default(), patience()).unwrap()
}

/// Documents in both engines.
struct Both {
    documents: Vec<Document>,
    own: Index,
    server: Engine,
    _osmem: Osmem,
}

impl Both {
    fn start() -> Option<Self> {
        let osmem = Osmem::start()?;
        let mut documents = documents();
        documents.push(document(
            "odd",
            "关于 a b 的办法\n一、总则\n第一条 \u{1}碳 x\u{1f}y A  B。35%以下；PM2.5。“六五”环境日。的的的\n",
        ));
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        let mut sender = Sender::open(connect(&osmem.url)).unwrap();
        for document in &documents {
            sender.add(document).unwrap();
        }
        let sent = sender.finish().unwrap();
        assert_eq!((sent.n_documents, sent.refused.as_slice()), (documents.len(), &[][..]));
        let own = Index::in_memory(&documents).unwrap();
        let server = Engine::open(connect(&osmem.url)).unwrap();
        Some(Self { documents, own, server, _osmem: osmem })
    }

    fn resolve(&self, request: &SearchRequest) -> SearchQuery {
        let query = request.read().unwrap();
        let summaries = self.server.summaries().unwrap();
        assert_eq!(summaries.len(), self.documents.len());
        request.resolve(query, &summaries, Lexicon::builtin()).unwrap()
    }

    /// Compares the answers of both, and returns how many clauses they are.
    #[track_caller]
    fn check(&self, request: &SearchRequest) -> usize {
        let query = self.resolve(request);
        let (own, server) = (self.own.search(&query).unwrap(), self.server.search(&query).unwrap());
        let told = format!("{request:?}");
        assert_eq!(server.relaxed, own.relaxed, "{told}");
        if own.relaxed && query.clauses.len() == 1 && own.total > LIST {
            // What holds a part of a question: its words are cut by another vocabulary.
            let (server, own) = (by_place(&server), by_place(&own));
            let shared = own.keys().filter(|place| server.contains_key(*place)).count();
            let ranked = own.len().max(server.len());
            assert!(
                ranked == MAX_RANKED || shared * 100 >= ranked * 98,
                "{shared} {ranked} {told}"
            );
            return ranked;
        }
        assert_eq!(server.total, own.total, "{told}");
        assert_eq!(by_place(&server), by_place(&own), "{told}");
        if request.sort != Sort::Score {
            let order = |page: &SearchPage| page.records.iter().map(place).collect::<Vec<_>>();
            assert_eq!(order(&server), order(&own), "{told}");
        }
        own.total
    }
}

fn place(record: &SearchRecord) -> (String, String) {
    (record.document.clone(), record.division.to_string())
}

/// The records without their scores, which are each engine's own.
fn by_place(page: &SearchPage) -> BTreeMap<(String, String), SearchRecord> {
    let records = page.records.iter();
    records.map(|record| (place(record), SearchRecord { score: 0.0, ..record.clone() })).collect()
}

fn request(words: &str) -> SearchRequest {
    SearchRequest { words: words.to_owned(), limit: usize::MAX, ..SearchRequest::default() }
}

#[test]
fn every_form_of_question_has_the_same_hits() {
    let Some(both) = Both::start() else { return };
    let found = |request: SearchRequest| assert!(both.check(&request) > 0, "{request:?}");
    for words in [
        "黑土地",
        "黑",
        "的的",
        "碳达峰 试点",
        "\"乡村建设\"",
        "“六五”环境日",
        "水 -沿海",
        "海水 OR 近岸海域",
        "title:保护",
        "heading:污染",
        "assignment:生态环境厅",
        "text:森林 -title:森林",
        "35%",
        "PM2.5",
        "ＰＭ２．５浓度",
        "細顆粒物",
        "a b",
        "a  b",
        "省发改委",
        "林草局 湿地",
    ] {
        found(request(words));
        both.check(&SearchRequest { exact: true, sort: Sort::Document, ..request(words) });
    }
    for words in [
        "沿海滩涂红树林",
        "大力推进生态环境保护修复工作格局",
        "没有这样的词语在任何条款里面出现过",
        "zzqqxx",
    ] {
        both.check(&request(words));
        assert_eq!(both.check(&SearchRequest { exact: true, ..request("zzqqxx") }), 0);
    }
    for words in ["如何保护黑土地？", "谁负责细颗粒物浓度下降？"] {
        found(request(words));
        let documents = DocumentFilter::new(["liaoning"]);
        let n_found = both.check(&SearchRequest { documents: documents.clone(), ..request(words) });
        assert!(0 < n_found && n_found < MAX_RANKED);
        found(SearchRequest { fuzzy: true, sort: Sort::Date, documents, ..request(words) });
    }
    for same in [Stretch::Sentence, Stretch::Paragraph] {
        found(SearchRequest { same: Some(same), ..request("生态 保护") });
    }
    for (agency, role) in [
        (Some("省生态环境厅"), None),
        (Some("省生态环境厅"), Some(Role::Lead)),
        (Some("省林草局"), Some(Role::Support)),
        (None, Some(Role::Responsible)),
    ] {
        let agency = agency.map(str::to_owned);
        both.check(&SearchRequest { agency, role, ..request("保护") });
    }
    found(SearchRequest { agency: Some("省生态环境厅".to_owned()), ..request("保护") });
    found(SearchRequest { year: Some(2027), ..request("浓度 OR 比例 OR 率") });
    found(SearchRequest { chapter: Some(3), ..request("保护") });
    found(SearchRequest { fields: Some(Field::Title.into()), ..request("保护") });
    found(SearchRequest { documents: DocumentFilter::new(["liaoning"]), ..request("保护") });
    for (offset, limit) in [(0, 3), (2, 3), (1000, 3), (0, 0)] {
        for sort in [Sort::Date, Sort::Document] {
            both.check(&SearchRequest { offset, limit, sort, ..request("保护") });
        }
    }
}

#[test]
fn counts_tasks_goals_and_documents_are_the_same() {
    let Some(both) = Both::start() else { return };
    let lexicon = Lexicon::builtin();
    for words in ["保护", "如何保护黑土地？"] {
        let query = both.resolve(&request(words));
        let own = both.own.facets(&query, &Facet::ALL).unwrap();
        assert_eq!(both.server.facets(&query, &Facet::ALL).unwrap(), own, "{words}");
        assert!(!own.records.is_empty());
    }
    let ids: Vec<&str> = both.documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(both.server.documents(&ids).unwrap(), both.documents);
    let summaries = both.server.summaries().unwrap();
    for (agency, roles, year) in [
        (None, vec![], None),
        (Some("省生态环境厅"), vec![], None),
        (Some("省林草局"), vec![Role::Lead], None),
        (Some("省发改委"), vec![Role::Support, Role::Joint], Some(2027)),
    ] {
        let agency = agency.map(str::to_owned);
        let query = TaskQuery { agency, roles, year, ..TaskQuery::default() };
        let found = both.server.documents_with_tasks(&query, &summaries, lexicon).unwrap();
        let own = query.answer(&both.documents, lexicon);
        assert_eq!(query.answer(&found, lexicon), own, "{query:?}");
    }
    for (year, agency, target_type) in [
        (None, None, None),
        (Some(2027), None, Some(TargetType::Quantitative)),
        (None, Some("省生态环境厅"), None),
    ] {
        let agency = agency.map(str::to_owned);
        let query = TargetQuery { year, agency, target_type, ..TargetQuery::default() };
        let found = both.server.documents_with_targets(&query, &summaries, lexicon).unwrap();
        let own = query.answer(&both.documents, lexicon);
        assert!(!own.is_empty());
        assert_eq!(query.answer(&found, lexicon), own, "{query:?}");
    }
}

#[test]
fn a_changed_document_takes_the_place_of_the_old_one() {
    let Some(osmem) = Osmem::start() else { return };
    let long = document("a", "一、总则\n（一）旧的内容。\n（二）更多内容。\n");
    let short = document("a", "一、新的内容。\n");
    for (document, n_known) in [(&long, 0), (&long, 1), (&short, 0), (&short, 1)] {
        let mut sender = Sender::open(connect(&osmem.url)).unwrap();
        sender.add(document).unwrap();
        assert_eq!(sender.finish().unwrap().n_known, n_known);
        let server = Engine::open(connect(&osmem.url)).unwrap();
        assert_eq!(server.documents(&["a"]).unwrap(), std::slice::from_ref(document));
    }
    let server = Engine::open(connect(&osmem.url)).unwrap();
    assert_eq!(server.search(&SearchQuery::parse("旧的").unwrap().exact()).unwrap().total, 0);
}
