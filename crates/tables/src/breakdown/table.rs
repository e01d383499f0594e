//! 任务分解表: a row for each task, or for each sentence of it.

use gangmu_model::{Deadline, Role, Target, TargetType};
use gangmu_query::Task;
use gangmu_workbook::ColumnKind::{Own, Short, Text};
use gangmu_workbook::{Cell, Column, Row, Sheet};

use super::{Grain, Material, SHAPE, bodies_of, doubts, lead, name, place};
use crate::goal;
use crate::words::title_of;

/// A row before it has its number.
struct Entry<'e> {
    text: &'e str,
    sentence: Option<usize>,
    deadlines: Vec<&'e str>,
    targets: Vec<&'e Target>,
    doubts: Vec<String>,
}

pub(super) fn sheet(material: &Material<'_, '_>) -> Sheet {
    let columns = [
        ("序号", Short),
        (SHAPE.title, Text),
        ("章", Text),
        ("条目", Short),
        ("任务", Text),
        ("具体措施", Text),
        ("牵头单位", Text),
        ("责任单位", Text),
        ("配合单位", Text),
        ("完成时限", Short),
        ("量化目标", Text),
        (SHAPE.place, Short),
        ("待核", Text),
        ("进展", Own),
        ("备注", Own),
    ];
    let mut rows = Vec::new();
    for task in material.tasks {
        for entry in entries(task, material.by) {
            let number = rows.len() + 1;
            rows.push(row(number, task, &entry));
        }
    }
    Sheet {
        name: SHAPE.table.to_owned(),
        heading: material.heading(SHAPE.table),
        columns: columns.map(|(heading, kind)| Column::new(heading, kind)).to_vec(),
        rows,
    }
}

fn entries<'t>(task: &'t Task<'_>, by: Grain) -> Vec<Entry<'t>> {
    let whole = || Entry {
        text: &task.text,
        sentence: None,
        deadlines: task.deadlines.iter().map(|deadline| deadline.text.as_str()).collect(),
        targets: task.targets.clone(),
        doubts: doubts(task),
    };
    if by == Grain::Clause {
        return vec![whole()];
    }
    let sentences = task.sentences();
    if sentences.is_empty() {
        return vec![whole()];
    }
    let entry = |(at, sentence): (usize, gangmu_query::TaskSentence<'t, 't>)| {
        let mut deadlines: Vec<&str> = sentence
            .targets
            .iter()
            .filter_map(|target| target.deadline.as_ref())
            .map(|deadline: &Deadline| deadline.text.as_str())
            .collect();
        deadlines.dedup();
        Entry {
            text: sentence.text,
            sentence: Some(at + 1),
            deadlines,
            targets: sentence.targets,
            // Of the whole clause; told once.
            doubts: if at == 0 { doubts(task) } else { Vec::new() },
        }
    };
    sentences.into_iter().enumerate().map(entry).collect()
}

fn row(number: usize, task: &Task<'_>, entry: &Entry<'_>) -> Row {
    let is_number = |target: &&&Target| target.target_type == TargetType::Quantitative;
    let goals: Vec<String> =
        entry.targets.iter().filter(is_number).map(|target| goal::sentence(target)).collect();
    let responsible = [Role::Responsible, Role::Joint, Role::Mention];
    Row::Cells(vec![
        Cell::count(number),
        Cell::text(title_of(task.document)),
        Cell::text(task.above.join("\n")),
        Cell::text(&task.division.citation),
        Cell::text(name(task)),
        Cell::text(entry.text),
        Cell::text(lead(&task.groups)),
        Cell::text(bodies_of(&task.groups, &responsible)),
        Cell::text(bodies_of(&task.groups, &[Role::Support, Role::Supervise])),
        Cell::text(entry.deadlines.join("\n")),
        Cell::text(goals.join("\n")),
        Cell::text(place(task, entry.sentence)),
        Cell::text(entry.doubts.join("\n")),
        Cell::Empty,
        Cell::Empty,
    ])
}
