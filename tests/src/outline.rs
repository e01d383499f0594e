//! A document as lines that people compare.

use std::fmt::{self, Display, Write};

use gangmu_model::{Assignment, Boilerplate, Diagnostic, Division, Document, Target, TargetType};

/// How many characters of a text are shown.
const SHOWN: usize = 24;

/// Shows a document: its metadata, a line for each division indented by level,
/// then boilerplate, assignments, targets, citations and diagnostics.
pub fn outline(document: &Document, text: &str) -> String {
    let mut out = String::new();
    write_outline(document, text, &mut out).expect("a string takes every write");
    out
}

fn write_outline(document: &Document, text: &str, out: &mut String) -> fmt::Result {
    write_metadata(document, out)?;
    writeln!(out, "\ndivisions")?;
    let tree = document.tree();
    for division in &document.divisions {
        let level = tree.ancestors(division).count() + 1;
        writeln!(out, "{:width$}{}", "", Line(division), width = 2 * level)?;
    }
    section(out, "boilerplate", &document.boilerplate, |out, piece: &Boilerplate| {
        let words = text.get(piece.span.range()).unwrap_or("");
        let reason = serde_name(&piece.reason);
        writeln!(out, "  {}: {reason} {}", piece.span.line(), shorten(words))
    })?;
    section(out, "assignments", &document.assignments, write_assignment)?;
    section(out, "targets", &document.targets, write_target)?;
    section(out, "citations", &document.citations, |out, citation| {
        let number = citation.document_number.as_deref().unwrap_or("");
        writeln!(out, "  {} 《{}》{number}", citation.division, citation.title)
    })?;
    section(out, "diagnostics", &document.diagnostics, |out, each: &Diagnostic| {
        let (line, column) = (each.span.line(), each.span.column());
        writeln!(out, "  {line}:{column} {}: {}", each.code.name(), each.message)
    })
}

fn write_metadata(document: &Document, out: &mut String) -> fmt::Result {
    let metadata = &document.metadata;
    let fields: [(&str, Option<String>); 12] = [
        ("title", metadata.title.clone()),
        ("attached_title", metadata.attached_title.clone()),
        ("document_kind", metadata.document_kind.clone()),
        ("status", metadata.status.as_ref().map(serde_name)),
        ("issuers", join(&metadata.issuers)),
        ("drafted_by", metadata.drafted_by.clone()),
        ("document_number", metadata.document_number.clone()),
        ("issued_on", metadata.issued_on.clone()),
        ("effective_on", metadata.effective_on.clone()),
        ("published_at", metadata.published_at.clone()),
        ("region", metadata.region.clone()),
        ("based_on", join(&metadata.based_on)),
    ];
    writeln!(out, "metadata")?;
    for (field, value) in fields {
        if let Some(value) = value {
            writeln!(out, "  {field}: {value}")?;
        }
    }
    Ok(())
}

fn section<T>(
    out: &mut String,
    title: &str,
    entries: &[T],
    write: impl Fn(&mut String, &T) -> fmt::Result,
) -> fmt::Result {
    if entries.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    entries.iter().try_for_each(|entry| write(out, entry))
}

/// One division on a line: id, kind, line, marker, title, first words.
struct Line<'d>(&'d Division);

impl Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let division = self.0;
        write!(f, "{} {} {}:", division.id, division.kind.name(), division.span.line())?;
        if let Some(marker) = &division.marker {
            write!(f, " {}", marker.text)?;
        }
        if let Some(title) = &division.title {
            write!(f, " [{title}]")?;
        }
        if !division.text.is_empty() {
            write!(f, " {}", shorten(&division.text))?;
        }
        Ok(())
    }
}

fn write_assignment(out: &mut String, assignment: &Assignment) -> fmt::Result {
    let names: Vec<String> = assignment
        .agencies
        .iter()
        .map(|agency| match &agency.full_name {
            Some(full) if *full != agency.name => format!("{} = {full}", agency.name),
            _ => agency.name.clone(),
        })
        .collect();
    writeln!(
        out,
        "  {} {} {} ({}): {}{}",
        assignment.division,
        serde_name(&assignment.form),
        assignment.role.name(),
        assignment.label.as_deref().unwrap_or("-"),
        names.join(", "),
        if assignment.open_ended { ", 等" } else { "" },
    )
}

fn write_target(out: &mut String, target: &Target) -> fmt::Result {
    write!(out, "  {} {}", target.division, target.text.replace('\n', "⏎"))?;
    if let Some(deadline) = &target.deadline {
        write!(out, " | {} ({}", deadline.text, serde_name(&deadline.kind))?;
        if let Some(year) = deadline.year {
            write!(out, " {year}")?;
        }
        write!(out, ")")?;
    }
    if target.target_type == TargetType::Qualitative {
        return writeln!(out, " | in words");
    }
    write!(out, " | {}", target.indicator.as_deref().unwrap_or("?"))?;
    if let Some(scope) = &target.scope {
        write!(out, " @ {scope}")?;
    }
    if let Some(comparator) = &target.comparator {
        write!(out, " {}", serde_name(comparator))?;
    }
    match (target.value, target.value_max) {
        (Some(value), Some(max)) => write!(out, " {value}..{max}")?,
        (Some(value), None) => write!(out, " {value}")?,
        _ if target.redacted => write!(out, " redacted")?,
        _ => {}
    }
    if let Some(unit) = &target.unit {
        write!(out, " {unit}")?;
    }
    if let Some(change) = &target.change {
        write!(out, " | {}", serde_name(change))?;
    }
    if let Some(baseline) = &target.baseline {
        write!(out, " | {}", baseline.text)?;
    }
    if !target.qualifiers.is_empty() {
        write!(out, " | {}", target.qualifiers.join("、"))?;
    }
    writeln!(out)
}

/// The name of a plain enum value as it stands in JSON.
fn serde_name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => panic!("not a plain name: {other:?}"),
    }
}

fn join(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(" | "))
}

/// The first characters of a text, line ends shown as ⏎.
fn shorten(text: &str) -> String {
    let head: String = text.chars().take(SHOWN).collect();
    let more = if head.len() < text.len() { "…" } else { "" };
    format!("{}{more}", head.replace('\n', "⏎"))
}
