//! The role groups of a division, with the leader that an office would assume.

use gangmu_model::{AgencyMention, Assignment, AssignmentForm, Division, Role};

use crate::layers::Layers;

/// Bodies that share a role in a division.
#[derive(Debug, Clone, Copy)]
pub struct DutyGroup<'d> {
    /// Where the document says it.
    pub assignment: &'d Assignment,
    /// What the bodies have to do.
    pub role: Role,
    /// The bodies, in the order of the text.
    pub agencies: &'d [AgencyMention],
    /// Whether the group's list ends in 等.
    pub open_ended: bool,
    /// Whether the role follows from the order of the names alone: nothing in
    /// the document says that the first-listed body leads.
    pub inferred: bool,
}

impl<'d> DutyGroup<'d> {
    fn of(assignment: &'d Assignment) -> Self {
        Self {
            assignment,
            role: assignment.role,
            agencies: &assignment.agencies,
            open_ended: assignment.open_ended,
            inferred: false,
        }
    }
}

/// Returns the role groups of the division itself, in document order.
///
/// With `first_is_lead`, the first body of the first bracket or cell leads where
/// no body of the division does, as it would where the document declared
/// 列第一位的为牵头单位; a list of bodies that hold a role by running text is no bracket.
pub(crate) fn duty_groups<'d>(
    layers: &Layers<'d>,
    division: &Division,
    first_is_lead: bool,
) -> Vec<DutyGroup<'d>> {
    let mut groups: Vec<DutyGroup<'d>> =
        layers.assignments_of(division).map(DutyGroup::of).collect();
    if !first_is_lead || groups.iter().any(|group| group.role == Role::Lead) {
        return groups;
    }
    let is_list = |group: &DutyGroup<'_>| {
        matches!(group.role, Role::Responsible | Role::Joint)
            && matches!(group.assignment.form, AssignmentForm::Closing | AssignmentForm::Table)
            && !group.agencies.is_empty()
    };
    let Some(at) = groups.iter().position(is_list) else { return groups };
    let list = groups[at];
    let (first, others) = list.agencies.split_at(1);
    let lead = DutyGroup {
        role: Role::Lead,
        agencies: first,
        // 人民银行等部门: the one that is named leads others that are not.
        open_ended: list.open_ended && others.is_empty(),
        inferred: true,
        ..list
    };
    if others.is_empty() {
        groups[at] = lead;
    } else {
        groups[at] = DutyGroup { role: Role::Responsible, agencies: others, ..list };
        groups.insert(at, lead);
    }
    groups
}
