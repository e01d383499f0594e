//! The sheets of a 任务分解表.

mod bodies;
mod goals;
mod notes;
mod table;

use std::borrow::Borrow;
use std::collections::HashSet;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, Role};
use gangmu_query::{BreakdownQuery, DutyGroup, Task};
use gangmu_workbook::{Book, Date, Row, Shape, Sheet};

use crate::labels;
use crate::words::{first_words, title_of};

/// How the table is known when it is read again.
pub const SHAPE: Shape<'static> = Shape {
    table: "任务分解表",
    lost: "已失配",
    title: "文件",
    place: "原文位置",
    words: &["任务", "具体措施"],
};

/// Graphemes of a task without a title that name it.
const N_FIRST_WORDS: usize = 24;

/// What the sheets are made of.
struct Material<'a, 'd> {
    query: &'a BreakdownQuery,
    by: Grain,
    tasks: &'a [Task<'d>],
    documents: Vec<&'d Document>,
    lexicon: &'a Lexicon,
}

/// What a row of the table is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A clause with a duty.
    Clause,
    /// A sentence of such a clause.
    Sentence,
}

/// Puts the sheets of an answer together: `tasks` is what `query` found in
/// `documents`.
pub fn book<'d, D: Borrow<Document>>(
    query: &BreakdownQuery,
    by: Grain,
    tasks: &[Task<'d>],
    documents: &'d [D],
    lexicon: &Lexicon,
) -> Book {
    let with_tasks: HashSet<&str> = tasks.iter().map(|task| task.document.id.as_str()).collect();
    let has_task = |document: &&Document| with_tasks.contains(document.id.as_str());
    let named = documents.iter().map(Borrow::borrow).filter(has_task).collect();
    let material = Material { query, by, tasks, documents: named, lexicon };
    let dates = material.documents.iter().filter_map(|document| {
        let metadata = &document.metadata;
        metadata.issued_on.as_deref().or(metadata.published_at.as_deref())
    });
    Book {
        title: material.heading(SHAPE.table),
        created: dates.max().and_then(Date::from_iso),
        sheets: vec![
            table::sheet(&material),
            without_title(bodies::duties(&material), &material),
            without_title(goals::sheet(&material, documents), &material),
            bodies::counts(&material),
            notes::sheet(&material),
        ],
    }
}

impl Material<'_, '_> {
    /// Returns what stands over a printed page.
    fn heading(&self, what: &str) -> String {
        let of = self.query.agency.as_deref().unwrap_or_default();
        match self.documents.as_slice() {
            [document] => format!("{of}{what}({})", title_of(document)),
            documents => format!("{of}{what}({}份文件)", documents.len()),
        }
    }
}

/// Leaves the column of titles out where there is one document, which the
/// heading of the page names.
fn without_title(mut sheet: Sheet, material: &Material<'_, '_>) -> Sheet {
    if material.documents.len() == 1
        && let Some(at) = sheet.column(SHAPE.title)
    {
        sheet.columns.remove(at);
        for row in &mut sheet.rows {
            if let Row::Cells(cells) = row {
                cells.remove(at);
            }
        }
    }
    sheet
}

/// Returns what a task is called: its title, or the first words of its text.
fn name(task: &Task<'_>) -> String {
    task.division.title.clone().unwrap_or_else(|| {
        let ends = |ch: char| matches!(ch, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '\n');
        let clause = task.text.split(ends).next().unwrap_or_default();
        first_words(clause, N_FIRST_WORDS)
    })
}

/// Returns the bodies that lead, 推定 where the order of the names alone says so.
fn lead(groups: &[DutyGroup<'_>]) -> String {
    bodies_of(groups, &[Role::Lead])
}

/// Returns the bodies of some roles: a line for each group, with what is special
/// about its role; none is named twice in a role.
fn bodies_of(groups: &[DutyGroup<'_>], roles: &[Role]) -> String {
    let mut named: Vec<(Role, &str)> = Vec::new();
    let mut lines = Vec::new();
    for group in groups.iter().filter(|group| roles.contains(&group.role)) {
        let new: Vec<&str> = group
            .agencies
            .iter()
            .map(|mention| mention.name.as_str())
            .filter(|name| !named.contains(&(group.role, name)))
            .collect();
        if new.is_empty() {
            continue;
        }
        named.extend(new.iter().map(|name| (group.role, *name)));
        let open = if group.open_ended { "等" } else { "" };
        let special = match group.role {
            Role::Lead if group.inferred => format!("({})", labels::INFERRED),
            Role::Joint => "(按职责分工负责)".to_owned(),
            Role::Supervise | Role::Mention => format!("({})", labels::role(group.role)),
            Role::Lead | Role::Responsible | Role::Support => String::new(),
        };
        lines.push(format!("{}{open}{special}", new.join("、")));
    }
    lines.join("\n")
}

/// Returns where a task stands: the path of its clause, which `show` finds, and its line.
fn place(task: &Task<'_>, sentence: Option<usize>) -> String {
    let (clause, line) = (&task.division.id, task.division.span.line());
    match sentence {
        Some(sentence) => format!("{clause}\n第{sentence}句\n第{line}行"),
        None => format!("{clause}\n第{line}行"),
    }
}

/// Returns what is to be looked at in a task, once each.
fn doubts(task: &Task<'_>) -> Vec<String> {
    let told = task
        .doubts
        .iter()
        .map(|doubt| format!("{}(第{}行)", labels::diagnostic(doubt.code), doubt.span.line()));
    let inferred = task.groups.iter().any(|group| group.inferred);
    let inferred = inferred.then(|| format!("牵头单位为{}", labels::INFERRED));
    let mut doubts: Vec<String> = told.chain(inferred).collect();
    doubts.dedup();
    doubts
}
