//! Who leads where a document declares it once: 列第一位的为牵头单位,下同;
//! 逗号前为牵头部门,下同.

use gangmu_model::Role;

use super::grammar::{Group, Reader};

/// Which bodies of a list a document has declared to lead.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Leaders {
    /// It has said nothing.
    #[default]
    Unsaid,
    /// 列第一位的为牵头单位,下同.
    First,
    /// 列逗号之前的为牵头单位,下同.
    BeforeComma(Others),
}

/// What those have to do that are not declared to lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Others {
    /// 其他有关单位按职责分工配合.
    Support,
    /// 未明确牵头单位的按职责分工负责: where nobody leads, all share the work.
    Share,
    /// Nothing is said of them.
    Answer,
}

impl Leaders {
    /// What the others do, where those before the first comma lead.
    pub(super) fn before_comma(self) -> Option<Others> {
        match self {
            Self::BeforeComma(others) => Some(others),
            _ => None,
        }
    }
}

impl Reader<'_> {
    /// Gives the bodies before the first comma the lead, and the others a part in it; without a
    /// comma nobody was said to lead, but where the others are to support those who are named.
    pub(super) fn settle_by_comma(&mut self, others: Others) {
        let mut lists = std::mem::take(&mut self.pending).into_iter();
        self.pending.extend(lists.next());
        let first = self.take_pending();
        let is_alone = lists.len() == 0;
        let several = first.names.len() > 1;
        let role = match others {
            Others::Share if is_alone && several => Role::Joint,
            Others::Share | Others::Answer if is_alone => Role::Responsible,
            _ => Role::Lead,
        };
        self.push(role, None, first);
        self.pending.extend(lists);
        let rest = self.take_pending();
        let role = if others == Others::Support { Role::Support } else { Role::Responsible };
        self.push(role, None, rest);
    }

    /// 责任单位:甲局,乙局、丙局 where those before the comma were declared to lead; without
    /// a comma several may share the work.
    pub(super) fn lead_before_comma(&mut self, others: Others) {
        if self.groups.iter().any(|group| group.role == Role::Lead) {
            return;
        }
        let text = self.text;
        let Some(at) = self.groups.iter().position(|group| group.role == Role::Responsible) else {
            return;
        };
        let group = &mut self.groups[at];
        let comma = group
            .names
            .windows(2)
            .position(|pair| text[pair[0].end..pair[1].start.max(pair[0].end)].contains(','));
        match comma {
            Some(last) => {
                let others = group.names.split_off(last + 1);
                let rest = Group { names: others, ..group.clone() };
                group.role = Role::Lead;
                group.open_ended = false;
                self.groups.insert(at + 1, rest);
            }
            None if others == Others::Share && group.names.len() > 1 => {
                group.role = Role::Joint;
            }
            None => {}
        }
    }

    /// Makes the first body of the list a group of its own that leads.
    pub(super) fn first_leads(&mut self) {
        let Some(at) = self.groups.iter().position(|group| {
            !group.standing && matches!(group.role, Role::Responsible | Role::Joint)
        }) else {
            return;
        };
        let group = &mut self.groups[at];
        group.role = Role::Responsible;
        let first = group.names.remove(0);
        let label = group.label.clone();
        // 人民银行等部门: the one that is named leads others that are not.
        let open_ended = group.names.is_empty() && group.open_ended;
        if group.names.is_empty() {
            self.groups.remove(at);
        }
        self.groups.insert(
            at,
            Group { role: Role::Lead, label, names: vec![first], open_ended, standing: false },
        );
    }
}
