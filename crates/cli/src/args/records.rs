//! Which records of documents are written.

use clap::ValueEnum;
use gangmu_query::RecordKind;

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum RecordsArg {
    #[value(alias = "document")]
    Documents,
    #[value(alias = "division")]
    Divisions,
    #[value(alias = "assignment")]
    Assignments,
    #[value(alias = "target")]
    Targets,
    #[value(alias = "citation")]
    Citations,
    Boilerplate,
    #[value(alias = "diagnostic")]
    Diagnostics,
    #[value(alias = "task")]
    Tasks,
}

impl From<RecordsArg> for RecordKind {
    fn from(records: RecordsArg) -> Self {
        match records {
            RecordsArg::Documents => Self::Document,
            RecordsArg::Divisions => Self::Division,
            RecordsArg::Assignments => Self::Assignment,
            RecordsArg::Targets => Self::Target,
            RecordsArg::Citations => Self::Citation,
            RecordsArg::Boilerplate => Self::Boilerplate,
            RecordsArg::Diagnostics => Self::Diagnostic,
            RecordsArg::Tasks => Self::Task,
        }
    }
}
