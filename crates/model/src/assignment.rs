//! Who must do what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DivisionId, Span};

/// What a body has to do with a measure.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 责任单位, 负责.
    Responsible,
    /// 按(照)职责分工负责, with no leader named.
    Joint,
    /// 配合, 参与.
    Support,
    /// 指导, 督导.
    Supervise,
    /// A duty in running text that fits none of the others.
    Mention,
}

impl Role {
    /// Every role, in the order in which a department reads its tasks.
    pub const ALL: [Self; 6] =
        [Self::Lead, Self::Responsible, Self::Joint, Self::Support, Self::Supervise, Self::Mention];

    /// Returns the role's name as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Responsible => "responsible",
            Self::Joint => "joint",
            Self::Support => "support",
            Self::Supervise => "supervise",
            Self::Mention => "mention",
        }
    }
}

/// How an assignment is written.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentForm {
    /// A parenthesis, 【】 or a line of its own at the end.
    Closing,
    /// In running text.
    Inline,
    /// A cell of a table.
    Table,
    /// Said once and holding for all.
    Document,
}

/// A body as an assignment names it.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct AgencyMention {
    /// The name verbatim: 省林草局.
    pub name: String,
    /// The full name, resolved with the document's region: 辽宁省林业和草原局; null where unknown.
    pub full_name: Option<String>,
}

/// One role group of an assignment: the bodies that share a role in a division.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assignment {
    /// The division the duty belongs to.
    pub division: DivisionId,
    /// What the bodies have to do.
    pub role: Role,
    /// The label as written, without its colon (牵头单位), or the suffix that
    /// says the role (按照职责分工负责); null where a bracket holds names alone.
    pub label: Option<String>,
    /// The bodies, in the order of the text.
    pub agencies: Vec<AgencyMention>,
    /// Whether the group's own list ends in 等.
    pub open_ended: bool,
    /// How it is written.
    pub form: AssignmentForm,
    /// The whole bracket, line or clause, verbatim.
    pub text: String,
    /// Where `text` stands.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_names_agree_with_json() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
    }
}
