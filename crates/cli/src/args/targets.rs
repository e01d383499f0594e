//! What `targets` takes.

use clap::{Args, ValueEnum};
use gangmu_model::TargetType;
use gangmu_query::TargetOrder;
use gangmu_tables::labels;

use super::{DocumentArgs, EngineArgs, OutputArgs, Sources};
use crate::language::{Message, say};

/// List what is to be reached, and by when
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu targets seeds/documents --type quantitative
  gangmu targets --indicator 细颗粒物 --year 2027 --sort year")]
pub(crate) struct TargetsArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// Only goals due in this year
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i32>,
    /// Only goals whose indicator or clause has this word
    #[arg(long, value_name = "WORD")]
    pub(crate) indicator: Option<String>,
    /// Only goals in this unit; 亩 finds 万亩 too, but % is not 百分点
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    /// Only goals with a number, or only those without
    #[arg(long = "type", alias = "kind", value_name = "TYPE", value_parser = target_type)]
    pub(crate) target_type: Option<TargetType>,
    /// Only goals of clauses in which this body has a duty
    #[arg(long, value_name = "AGENCY")]
    pub(crate) agency: Option<String>,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    /// The order: as in the documents, by year of the deadline, or by indicator
    #[arg(long, value_name = "ORDER", default_value = "document")]
    pub(crate) sort: SortArg,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum SortArg {
    Document,
    Year,
    Indicator,
}

impl From<SortArg> for TargetOrder {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Document => Self::Document,
            SortArg::Year => Self::Year,
            SortArg::Indicator => Self::Indicator,
        }
    }
}

/// Reads 定量 and 定性 besides the names in JSON.
fn target_type(text: &str) -> Result<TargetType, Message> {
    labels::target_type_named(text).ok_or_else(|| say!("types are quantitative and qualitative"))
}
