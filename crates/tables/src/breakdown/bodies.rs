//! 按单位, a block for each body, and 单位统计, how often each has which role.

use std::collections::HashSet;

use gangmu_model::{Role, Target, TargetType};
use gangmu_query::{AgencyDuties, AgencyMatcher, duties_by_agency};
use gangmu_workbook::ColumnKind::{Short, Text};
use gangmu_workbook::{Cell, Column, Row, Sheet};

use super::{Material, lead, name, place};
use crate::goal;
use crate::labels;
use crate::words::title_of;

/// 按单位: the tasks of each body under its name, those it leads first; of the
/// body asked for alone where one is.
pub(super) fn duties(material: &Material<'_, '_>) -> Sheet {
    let asked: Option<HashSet<String>> = material.query.agency.as_deref().map(|agency| {
        let matcher = AgencyMatcher::new(agency, material.lexicon);
        matcher.filter(&material.documents).names.into_iter().collect()
    });
    let bodies = duties_by_agency(material.tasks);
    let is_asked = |body: &&AgencyDuties<'_>| {
        asked.as_ref().is_none_or(|names| names.contains(body.full_name))
    };
    let columns = [
        ("单位", Short),
        ("角色", Short),
        ("文件", Text),
        ("章", Text),
        ("条目", Short),
        ("任务", Text),
        ("牵头单位", Text),
        ("完成时限", Short),
        ("量化目标", Text),
        ("原文位置", Short),
    ];
    Sheet {
        name: "按单位".to_owned(),
        heading: material.heading("按单位任务表"),
        columns: columns.map(|(heading, kind)| Column::new(heading, kind)).to_vec(),
        rows: bodies.iter().filter(is_asked).flat_map(|body| block(material, body)).collect(),
    }
}

fn block(material: &Material<'_, '_>, body: &AgencyDuties<'_>) -> Vec<Row> {
    let mut rows = vec![Row::Section(section(body))];
    for (role, inferred, at) in &body.duties {
        let task = &material.tasks[*at];
        let named = body.names.iter().find(|name| {
            let mut mentions = task.groups.iter().flat_map(|group| group.agencies);
            mentions.any(|mention| mention.name == **name)
        });
        let is_number = |target: &&&Target| target.target_type == TargetType::Quantitative;
        let goals: Vec<String> =
            task.targets.iter().filter(is_number).map(|target| goal::sentence(target)).collect();
        let deadlines: Vec<&str> =
            task.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
        rows.push(Row::Cells(vec![
            Cell::text(*named.unwrap_or(&body.full_name)),
            Cell::text(labels::lead(labels::role(*role), *inferred)),
            Cell::text(title_of(task.document)),
            Cell::text(task.above.join("\n")),
            Cell::text(&task.division.citation),
            Cell::text(name(task)),
            Cell::text(lead(&task.groups)),
            Cell::text(deadlines.join("\n")),
            Cell::text(goals.join("\n")),
            Cell::text(place(task, None)),
        ]));
    }
    rows
}

/// Returns the head of a block: 辽宁省林业和草原局(省林草局): 牵头3项、责任9项.
fn section(body: &AgencyDuties<'_>) -> String {
    let others: Vec<&str> =
        body.names.iter().copied().filter(|name| *name != body.full_name).collect();
    let others =
        if others.is_empty() { String::new() } else { format!("({})", others.join("、")) };
    let counts: Vec<String> = Role::ALL
        .into_iter()
        .map(|role| (role, n_of(body, role)))
        .filter(|(_, n)| *n > 0)
        .map(|(role, n)| format!("{}{n}项", labels::role(role)))
        .collect();
    format!("{}{others}: {}", body.full_name, counts.join("、"))
}

fn n_of(body: &AgencyDuties<'_>, role: Role) -> usize {
    body.duties.iter().filter(|(other, ..)| *other == role).count()
}

/// 单位统计: the bodies of all the tasks listed, each with the number of tasks in
/// which it has a role.
pub(super) fn counts(material: &Material<'_, '_>) -> Sheet {
    let named = ["序号", "单位", "文中写法"];
    let kinds = [Short, Text, Text];
    let columns = named.into_iter().zip(kinds).chain(
        Role::ALL.into_iter().map(labels::role).chain(["合计"]).map(|heading| (heading, Short)),
    );
    let row = |(at, body): (usize, &AgencyDuties<'_>)| {
        let first =
            [Cell::count(at + 1), Cell::text(body.full_name), Cell::text(body.names.join("、"))];
        let counts = Role::ALL.into_iter().map(|role| Cell::count(n_of(body, role)));
        let total = [Cell::count(body.duties.len())];
        Row::Cells(first.into_iter().chain(counts).chain(total).collect())
    };
    Sheet {
        name: "单位统计".to_owned(),
        heading: material.heading("单位统计"),
        columns: columns.map(|(heading, kind)| Column::new(heading, kind)).collect(),
        rows: duties_by_agency(material.tasks).iter().enumerate().map(row).collect(),
    }
}
