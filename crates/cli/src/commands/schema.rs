//! `schema [TYPE]`.

use anyhow::Error;
use gangmu_model::{
    AgencyRecord, Document, FacetRecord, SearchRecord, ShowRecord, TargetRecord, TaskRecord,
};
use gangmu_query::ExportRecord;
use schemars::schema_for;

use super::check::FindingRecord;
use super::index_status::IndexStatusRecord;
use crate::args::{SchemaArgs, SchemaOf};
use crate::exit::Exit;
use crate::output::write_json;
use crate::stream::StreamRecord;
use crate::terminal::Terminal;

pub(super) fn run(args: &SchemaArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let schema = match args.of {
        SchemaOf::Document => schema_for!(Document),
        SchemaOf::Search => schema_for!(SearchRecord),
        SchemaOf::Task => schema_for!(TaskRecord),
        SchemaOf::Target => schema_for!(TargetRecord),
        SchemaOf::Agency => schema_for!(AgencyRecord),
        SchemaOf::Facet => schema_for!(FacetRecord),
        SchemaOf::Show => schema_for!(ShowRecord),
        SchemaOf::Export => schema_for!(ExportRecord),
        SchemaOf::Stream => schema_for!(StreamRecord),
        SchemaOf::Finding => schema_for!(FindingRecord),
        SchemaOf::Status => schema_for!(IndexStatusRecord),
    };
    write_json(terminal.out, &schema)?;
    Ok(Exit::Found)
}
