//! 指标: what is to be reached, and by when.

use std::borrow::Borrow;
use std::collections::HashMap;

use gangmu_model::{Document, TargetRecord};
use gangmu_query::TargetQuery;
use gangmu_workbook::ColumnKind::{Short, Text};
use gangmu_workbook::{Cell, Column, Row, Sheet};

use super::{Material, lead};
use crate::goal;
use crate::labels;
use crate::words::title_of;

/// Goals of all clauses, and not only of those with a duty; of the clauses of the
/// body asked for where one is.
pub(super) fn sheet<D: Borrow<Document>>(material: &Material<'_, '_>, documents: &[D]) -> Sheet {
    let columns = [
        ("序号", Short),
        ("文件", Text),
        ("条目", Short),
        ("指标", Text),
        ("范围", Short),
        ("要求", Short),
        ("数值", Short),
        ("计量单位", Short),
        ("时限", Short),
        ("基期", Short),
        ("类型", Short),
        ("原文", Text),
        ("牵头单位", Text),
        ("原文位置", Short),
    ];
    let query = TargetQuery {
        agency: material.query.agency.clone(),
        year: material.query.year,
        documents: material.query.documents.clone(),
        ..TargetQuery::default()
    };
    let records = query.answer(documents, material.lexicon);
    let mut leads: HashMap<(&str, usize), String> = HashMap::new();
    for task in material.tasks {
        for target in &task.targets {
            leads.insert((&task.document.id, target.span.start()), lead(&task.groups));
        }
    }
    let titles: HashMap<&str, &str> = documents
        .iter()
        .map(|document| (document.borrow().id.as_str(), title_of(document.borrow())))
        .collect();
    let title =
        |record: &TargetRecord| titles.get(record.document.as_str()).copied().unwrap_or_default();
    let row = |(at, record): (usize, &TargetRecord)| {
        let target = &record.target;
        let of = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
        let lead = leads.get(&(record.document.as_str(), target.span.start()));
        Row::Cells(vec![
            Cell::count(at + 1),
            Cell::text(title(record)),
            Cell::text(&record.citation),
            of(&target.indicator),
            of(&target.scope),
            Cell::text(goal::demand(target)),
            number(record),
            of(&target.unit),
            Cell::text(goal::deadline(target)),
            of(&target.baseline.as_ref().map(|baseline| baseline.text.clone())),
            Cell::text(labels::target_type(target.target_type)),
            Cell::text(&target.text),
            Cell::text(lead.cloned().unwrap_or_default()),
            Cell::text(format!("{}\n第{}行", target.division, target.span.line())),
        ])
    };
    Sheet {
        name: "指标".to_owned(),
        heading: material.heading("指标表"),
        columns: columns.map(|(heading, kind)| Column::new(heading, kind)).to_vec(),
        rows: records.iter().enumerate().map(row).collect(),
    }
}

/// Returns the value as a number to count with, where it is one alone.
fn number(record: &TargetRecord) -> Cell {
    let shown = goal::value(&record.target);
    match shown.parse::<f64>() {
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::text(shown),
    }
}
