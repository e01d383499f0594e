//! What `tasks` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gangmu_model::Role;
use gangmu_tables::Grain;

use super::role::role;
use super::{DocumentArgs, EngineArgs, OutputArgs, Sources};

/// List what a department has to do
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu tasks 省林草局 seeds/documents
  gangmu tasks --all seeds/documents -o 任务分解表.xlsx

Any of a body's names will do: 省发改委, 省发展改革委, 辽宁省发展和改革委员会.
Tasks it leads come first, then those it is responsible for, shares, supports
and supervises, then duties in running text.

A workbook (-o 任务分解表.xlsx) has a sheet of tasks, one by body, goals, counts and
notes. Written again, also from a newer version of the documents, it keeps what was
typed under 进展 and 备注 and in columns of your own: each row is found by its clause.")]
pub(crate) struct TasksArgs {
    /// The body, by any of its names; with --all, a PATH
    #[arg(value_name = "AGENCY", required_unless_present = "all")]
    agency: Option<String>,
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// The tasks of every body
    #[arg(long)]
    pub(crate) all: bool,
    /// Only these roles: lead, responsible, joint, support, supervise, mention
    #[arg(long, value_name = "ROLE", value_delimiter = ',', value_parser = role)]
    pub(crate) role: Vec<Role>,
    /// Only tasks with a deadline in this year
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i32>,
    /// A row of the workbook for each clause, or for each sentence of it
    #[arg(long, value_name = "GRAIN", default_value = "clause")]
    pub(crate) by: GrainArg,
    /// Take the first body of a list for the leader where none is named; marked as 推定
    #[arg(long)]
    pub(crate) first_is_lead: bool,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrainArg {
    Clause,
    Sentence,
}

impl From<GrainArg> for Grain {
    fn from(grain: GrainArg) -> Self {
        match grain {
            GrainArg::Clause => Self::Clause,
            GrainArg::Sentence => Self::Sentence,
        }
    }
}

impl TasksArgs {
    /// Returns the body asked for and the paths: with `--all` no body is, and
    /// what stands first is a path like the others.
    pub(crate) fn split(&self) -> (Option<&str>, Vec<PathBuf>) {
        let agency = self.agency.as_deref().filter(|_| !self.all);
        let first = self.agency.as_deref().filter(|_| self.all).map(PathBuf::from);
        (agency, first.into_iter().chain(self.sources.paths.iter().cloned()).collect())
    }
}
