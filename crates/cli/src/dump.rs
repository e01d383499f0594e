//! A document with every layer and span, line by line: the text that tests
//! compare and that a bug report carries.

use std::collections::HashMap;
use std::io::{self, Write};

use gangmu_model::{
    Amount, Assignment, Citation, Deadline, Division, DivisionId, Document, Span, Target,
};

use gangmu_tables::labels;

/// Writes the dump of a document. Each division is a line, the entries of its
/// layers stand under it: `@` assignments, `>` targets, `"` citations; then
/// come boilerplate (`#`) and diagnostics (`!`).
pub(crate) fn write(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    writeln!(out, "document {}", document.id)?;
    write_metadata(out, document)?;
    let tree = document.tree();
    let layers = layers(document);
    for division in &document.divisions {
        let indent = "  ".repeat(tree.ancestors(division).count());
        write_division(out, division, &indent)?;
        for entry in layers.get(&division.id).into_iter().flatten() {
            writeln!(out, "{indent}    {entry}")?;
        }
    }
    for piece in &document.boilerplate {
        writeln!(out, "# {} {}", labels::boilerplate(piece.reason), place(&piece.span))?;
    }
    for found in &document.diagnostics {
        let division = found.division.as_ref().map_or("-", |division| division.as_str());
        let (code, place) = (found.code.name(), place(&found.span));
        writeln!(out, "! {code} {division} {place} {}", found.message)?;
    }
    Ok(())
}

/// Returns the entries of the layers as lines, by division.
fn layers(document: &Document) -> HashMap<&DivisionId, Vec<String>> {
    let assignments = document
        .assignments
        .iter()
        .map(|entry| (&entry.division, format!("@ {}", assignment(entry))));
    let targets =
        document.targets.iter().map(|entry| (&entry.division, format!("> {}", target(entry))));
    let citations =
        document.citations.iter().map(|entry| (&entry.division, format!("\" {}", citation(entry))));
    let mut layers: HashMap<&DivisionId, Vec<String>> = HashMap::new();
    for (division, line) in assignments.chain(targets).chain(citations) {
        layers.entry(division).or_default().push(line);
    }
    layers
}

fn write_metadata(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let metadata = &document.metadata;
    let status = metadata.status.map(labels::status).map(str::to_owned);
    let fields = [
        ("title", metadata.title.clone()),
        ("attached_title", metadata.attached_title.clone()),
        ("document_kind", metadata.document_kind.clone()),
        ("status", status),
        ("issuers", Some(metadata.issuers.join("|"))),
        ("drafted_by", metadata.drafted_by.clone()),
        ("document_number", metadata.document_number.clone()),
        ("issued_on", metadata.issued_on.clone()),
        ("effective_on", metadata.effective_on.clone()),
        ("published_at", metadata.published_at.clone()),
        ("region", metadata.region.clone()),
        ("based_on", Some(metadata.based_on.join("|"))),
    ];
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            writeln!(out, "  {name}: {value}")?;
        }
    }
    Ok(())
}

fn write_division(out: &mut dyn Write, division: &Division, indent: &str) -> io::Result<()> {
    let marker = division.marker.as_ref().map(|marker| format!(" 「{}」", marker.text));
    let title = division.title.as_ref().map(|title| format!(" {title}"));
    writeln!(
        out,
        "{indent}{} {} {}{}{}",
        division.id,
        division.kind.name(),
        place(&division.span),
        marker.unwrap_or_default(),
        title.unwrap_or_default()
    )?;
    for paragraph in division.text.lines() {
        writeln!(out, "{indent}    = {paragraph}")?;
    }
    Ok(())
}

fn assignment(entry: &Assignment) -> String {
    let names: Vec<String> = entry
        .agencies
        .iter()
        .map(|mention| match &mention.full_name {
            Some(full_name) if *full_name != mention.name => {
                format!("{}={full_name}", mention.name)
            }
            Some(_) => mention.name.clone(),
            None => format!("{}=?", mention.name),
        })
        .collect();
    let label = entry.label.as_deref().unwrap_or("-");
    let open = if entry.open_ended { " 等" } else { "" };
    format!("{} {label} [{}]{open} {}", entry.role.name(), names.join(" "), place(&entry.span))
}

fn target(entry: &Target) -> String {
    let amount = |amount: Option<Amount>| amount.map(|amount| amount.to_string());
    let fields = [
        ("indicator", entry.indicator.clone()),
        ("scope", entry.scope.clone()),
        ("deadline", entry.deadline.as_ref().map(deadline)),
        ("comparator", entry.comparator.map(|found| labels::comparator(found).to_owned())),
        ("value", amount(entry.value)),
        ("value_max", amount(entry.value_max)),
        ("unit", entry.unit.clone()),
        ("change", entry.change.map(|found| labels::change(found).to_owned())),
        ("baseline", entry.baseline.as_ref().map(|baseline| baseline.text.clone())),
        ("qualifiers", Some(entry.qualifiers.join("|")).filter(|words| !words.is_empty())),
        ("redacted", entry.redacted.then(|| "yes".to_owned())),
    ];
    let fields: String = fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!(" {name}={}", value?)))
        .collect();
    let kind = labels::target_type(entry.target_type);
    format!("{kind} {} {}{fields}", entry.text, place(&entry.span))
}

fn citation(entry: &Citation) -> String {
    let number = entry.document_number.as_deref().unwrap_or_default();
    format!("《{}》{number} {}", entry.title, place(&entry.span))
}

fn deadline(deadline: &Deadline) -> String {
    let date = match (deadline.year, deadline.month, deadline.day) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(year), Some(month), None) => format!("{year}-{month:02}"),
        (Some(year), None, _) => year.to_string(),
        (None, ..) => deadline.period.clone().unwrap_or_else(|| "-".to_owned()),
    };
    format!("{}({date})", deadline.text)
}

fn place(span: &Span) -> String {
    format!("{}..{}@{}:{}", span.start(), span.end(), span.line(), span.column())
}
