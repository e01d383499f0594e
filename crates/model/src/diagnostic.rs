//! What is wrong or unsure in a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DivisionId, Span};

/// How grave a finding is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A slip of the text that changes what is read from it.
    Error,
    /// The text is faulty, and a safe assumption was made.
    Warning,
    /// Worth a look.
    Note,
}

/// What a finding is about. The names are stable.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticCode {
    /// A number is left out or mistyped: 三、 then 五、.
    NumberingGap,
    /// A number stands twice: 三、 then 三、.
    NumberingRepeat,
    /// 责任单位省发展改革委: the colon after the label is missing.
    MissingColon,
    /// 责任位 for 责任单位: a label has lost a character.
    MistypedLabel,
    /// A label or a list with nothing where a name should be.
    EmptyAgency,
    /// A name in an assignment that has no form of a body's name.
    UnknownAgency,
    /// A bracket that is never closed, or closed twice.
    UnbalancedBracket,
    /// A number is blacked out: **%.
    RedactedFigure,
    /// A deadline lies before the document's own date.
    DeadlineBeforeDocument,
    /// A measure without a responsible body, beside others that have one.
    MissingAssignment,
    /// A goal with a number and no unit.
    MissingUnit,
    /// The level of a division is a guess.
    UncertainLevel,
    /// No text, or none that could be read as a document.
    EmptyDocument,
}

impl DiagnosticCode {
    /// Every code.
    pub const ALL: [Self; 13] = [
        Self::NumberingGap,
        Self::NumberingRepeat,
        Self::MissingColon,
        Self::MistypedLabel,
        Self::EmptyAgency,
        Self::UnknownAgency,
        Self::UnbalancedBracket,
        Self::RedactedFigure,
        Self::DeadlineBeforeDocument,
        Self::MissingAssignment,
        Self::MissingUnit,
        Self::UncertainLevel,
        Self::EmptyDocument,
    ];

    /// Returns the code's name as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::NumberingGap => "numbering-gap",
            Self::NumberingRepeat => "numbering-repeat",
            Self::MissingColon => "missing-colon",
            Self::MistypedLabel => "mistyped-label",
            Self::EmptyAgency => "empty-agency",
            Self::UnknownAgency => "unknown-agency",
            Self::UnbalancedBracket => "unbalanced-bracket",
            Self::RedactedFigure => "redacted-figure",
            Self::DeadlineBeforeDocument => "deadline-before-document",
            Self::MissingAssignment => "missing-assignment",
            Self::MissingUnit => "missing-unit",
            Self::UncertainLevel => "uncertain-level",
            Self::EmptyDocument => "empty-document",
        }
    }

    /// Returns how grave a finding of this code is.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnbalancedBracket | Self::EmptyAgency => Severity::Error,
            Self::EmptyDocument
            | Self::NumberingGap
            | Self::NumberingRepeat
            | Self::MissingColon
            | Self::MistypedLabel
            | Self::RedactedFigure
            | Self::DeadlineBeforeDocument => Severity::Warning,
            Self::UnknownAgency
            | Self::MissingAssignment
            | Self::MissingUnit
            | Self::UncertainLevel => Severity::Note,
        }
    }
}

/// One finding, with its place and one plain sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// What it is about.
    pub code: DiagnosticCode,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence without a final stop: what is wrong and what was assumed.
    pub message: String,
    /// The division it stands in, or null outside all.
    pub division: Option<DivisionId>,
    /// The place.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_json() {
        for code in DiagnosticCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
        }
    }
}
