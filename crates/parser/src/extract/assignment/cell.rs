//! The bodies in a cell of a table, under a column whose head says their role.

use std::ops::Range;

use gangmu_model::Role;

use super::bodies::Bodies;
use super::grammar::{self, Ground};
use super::leaders::Leaders;
use super::names::{self, says_none};
use super::{label, note};

/// Bodies of a cell that share a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CellGroup {
    pub(crate) role: Role,
    /// The label or verb in the cell itself; none where the head of the column says the role.
    pub(crate) label: Option<Range<usize>>,
    pub(crate) agencies: Vec<Range<usize>>,
    /// Whether the list ends in 等.
    pub(crate) open_ended: bool,
}

/// Returns the role that the head of a column says, if it is a label of bodies
/// and nothing else: 牵头单位, 责任(配合)单位.
pub(crate) fn column_role(head: &str) -> Option<Role> {
    let label = label::read(head, 0)?;
    (label.range == (0..head.len()) && label.mistyped_for.is_none()).then_some(label.role)
}

/// Whether the head of a column declares 列第一位的为牵头单位.
pub(crate) fn declares_first_leads(head: &str) -> bool {
    note::says_leaders(head) == Some(Leaders::First)
}

/// Reads the bodies of one cell, a list a line. `first_leads` is whether the
/// first body leads where nothing in the cell or beside it says who does.
///
/// A cell may say roles itself: 市商务局牵头,市财政局配合.
pub(crate) fn read_cell(
    text: &str,
    lines: impl Iterator<Item = Range<usize>>,
    role: Role,
    bodies: &Bodies<'_>,
    first_leads: bool,
) -> Vec<CellGroup> {
    let mut groups: Vec<CellGroup> = Vec::new();
    for line in lines.filter(|line| !says_none(&text[line.clone()])) {
        let told = grammar::read(text, line.clone(), bodies, Leaders::Unsaid)
            .filter(|reading| reading.ground != Ground::Names);
        if let Some(reading) = told {
            groups.extend(reading.groups.into_iter().map(|group| CellGroup {
                role: group.role,
                label: group.label,
                agencies: group.names,
                open_ended: group.open_ended,
            }));
            continue;
        }
        let list = names::split(text, line, bodies);
        match groups.iter_mut().find(|group| group.role == role && group.label.is_none()) {
            Some(group) => {
                group.agencies.extend(list.names);
                group.open_ended |= list.open_ended;
            }
            None => groups.push(CellGroup {
                role,
                label: None,
                agencies: list.names,
                open_ended: list.open_ended,
            }),
        }
    }
    groups.retain(|group| !group.agencies.is_empty());
    let leads = groups.iter().any(|group| group.role == Role::Lead);
    if first_leads
        && !leads
        && let Some(at) = groups.iter().position(|group| group.role == Role::Responsible)
    {
        let mut lead = groups[at].clone();
        let others = lead.agencies.split_off(1);
        lead.role = Role::Lead;
        lead.open_ended &= others.is_empty();
        if others.is_empty() {
            groups[at] = lead;
        } else {
            groups[at].agencies = others;
            groups.insert(at, lead);
        }
    }
    groups
}
