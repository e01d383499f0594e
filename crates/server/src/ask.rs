//! From parameters to the typed questions of the query crate.

use gangmu_query::{
    DocumentFilter, Facet, Field, Fields, SearchRequest, Sort, Stretch, TargetOrder, TargetQuery,
    TaskQuery, chapter_number, is_date,
};
use gangmu_tables::labels;

use crate::parameters::{Parameters, quoted};
use crate::problem::Problem;

/// Records that are given where nobody says how many.
pub(crate) const DEFAULT_LIMIT: usize = 50;
/// Records that are given at most.
pub(crate) const MAX_LIMIT: usize = 1_000;

/// Returns how many records to leave out and how many to give.
pub(crate) fn page(parameters: &Parameters, default: usize) -> Result<(usize, usize), Problem> {
    let limit = parameters.number("limit").unwrap_or(default);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::bad_request(
            format!("limit: 1 to {MAX_LIMIT}, not {limit}"),
            format!("limit：应为1到{MAX_LIMIT}，而不是{limit}"),
        ));
    }
    Ok((parameters.number("offset").unwrap_or(0), limit))
}

/// Returns which documents are asked.
pub(crate) fn documents(parameters: &Parameters) -> Result<DocumentFilter, Problem> {
    let all = |name| parameters.all(name).map(str::to_owned).collect();
    let date = |name: &str| match parameters.one(name) {
        Some(date) if !is_date(date) => Err(Problem::bad_request(
            format!("{name}: a date is written 2024, 2024-03 or 2024-03-01, not {}", quoted(date)),
            format!("{name}：日期写作2024、2024-03或2024-03-01，而不是{}", quoted(date)),
        )),
        date => Ok(date.map(str::to_owned)),
    };
    Ok(DocumentFilter {
        words: all("document"),
        issuers: all("issuer"),
        regions: all("region"),
        kinds: all("kind"),
        statuses: parameters.choices("status").filter_map(labels::status_named).collect(),
        since: date("since")?,
        until: date("until")?,
    })
}

/// Returns what is searched for.
pub(crate) fn search(parameters: &Parameters, default: usize) -> Result<SearchRequest, Problem> {
    let (offset, limit) = page(parameters, default)?;
    let fields = parameters.choices("in").filter_map(Field::from_name).map(Fields::from);
    let chapter = match parameters.one("chapter") {
        Some(chapter) => Some(chapter_number(chapter).ok_or_else(|| {
            Problem::bad_request(
                format!("chapter: a number, 3, c3, 三 or 第三章, not {}", quoted(chapter)),
                format!("chapter：应为章号，如3、c3、三、第三章，而不是{}", quoted(chapter)),
            )
        })?),
        None => None,
    };
    let (exact, fuzzy) = (parameters.flag("exact"), parameters.flag("fuzzy"));
    if exact && fuzzy {
        return Err(Problem::bad_request(
            "exact and fuzzy exclude each other; leave one out",
            "exact 与 fuzzy 不能同时使用，请去掉一个",
        ));
    }
    Ok(SearchRequest {
        words: parameters.one("q").unwrap_or_default().to_owned(),
        fields: fields.reduce(|a, b| a | b),
        exact,
        fuzzy,
        same: parameters.one("same").map(|same| match same {
            "paragraph" => Stretch::Paragraph,
            _ => Stretch::Sentence,
        }),
        agency: parameters.one("agency").map(str::to_owned),
        role: parameters.one("role").and_then(labels::role_named),
        year: parameters.number("year"),
        chapter,
        documents: documents(parameters)?,
        sort: match parameters.one("sort") {
            Some("date") => Sort::Date,
            Some("document") => Sort::Document,
            _ => Sort::Score,
        },
        limit,
        offset,
    })
}

/// Returns what clauses found are counted by.
pub(crate) fn facets(parameters: &Parameters) -> Vec<Facet> {
    let asked = parameters.choices("facets");
    asked.filter_map(|name| Facet::ALL.into_iter().find(|facet| facet.name() == name)).collect()
}

/// Returns which tasks are asked for.
pub(crate) fn tasks(parameters: &Parameters) -> Result<TaskQuery, Problem> {
    Ok(TaskQuery {
        agency: parameters.one("agency").map(str::to_owned),
        roles: parameters.choices("role").filter_map(labels::role_named).collect(),
        year: parameters.number("year"),
        documents: documents(parameters)?,
        first_is_lead: false,
    })
}

/// Returns which goals are asked for.
pub(crate) fn targets(parameters: &Parameters) -> Result<TargetQuery, Problem> {
    Ok(TargetQuery {
        year: parameters.number("year"),
        indicator: parameters.one("indicator").map(str::to_owned),
        unit: parameters.one("unit").map(str::to_owned),
        target_type: parameters.one("type").and_then(labels::target_type_named),
        agency: parameters.one("agency").map(str::to_owned),
        documents: documents(parameters)?,
        order: match parameters.one("sort") {
            Some("year") => TargetOrder::Year,
            Some("indicator") => TargetOrder::Indicator,
            _ => TargetOrder::Document,
        },
    })
}
