//! A document as a person reads it first: head, tree, counts.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, Write};

use gangmu_model::{Division, DivisionId, DivisionKind, Document, Role, Severity, TargetType};
use unicode_width::UnicodeWidthStr;

use crate::terminal::Palette;
use crate::wrap::hanging;
use gangmu_tables::first_words;
use gangmu_tables::labels;

/// Graphemes of an untitled division that are shown.
const N_FIRST_WORDS: usize = 28;

/// Widest column of addresses; longer ones move their line to the right.
const MAX_ADDRESS: usize = 14;

/// Writes the outline of a document.
pub(crate) fn write(
    out: &mut dyn Write,
    document: &Document,
    palette: Palette,
    columns: Option<usize>,
) -> io::Result<()> {
    write_head(out, document, palette, columns)?;
    writeln!(out)?;
    write_tree(out, document, palette, columns)?;
    writeln!(out)?;
    write_summary(out, document)
}

fn write_head(
    out: &mut dyn Write,
    document: &Document,
    palette: Palette,
    columns: Option<usize>,
) -> io::Result<()> {
    let metadata = &document.metadata;
    let title = metadata.title.as_deref().unwrap_or(&document.id);
    writeln!(out, "{}", hanging("", &palette.title(title), columns))?;
    let kind = match (&metadata.document_kind, metadata.status) {
        (Some(kind), Some(status)) => format!("{kind}({})", labels::status(status)),
        (Some(kind), None) => kind.clone(),
        (None, status) => status.map(labels::status).unwrap_or_default().to_owned(),
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let head = [
        ("印发文件", text(&metadata.attached_title)),
        ("文种", kind),
        ("发文机关", metadata.issuers.join("、")),
        ("起草单位", text(&metadata.drafted_by)),
        ("发文字号", text(&metadata.document_number)),
        ("成文日期", text(&metadata.issued_on)),
        ("施行日期", text(&metadata.effective_on)),
        ("发布时间", text(&metadata.published_at)),
        ("地区", text(&metadata.region)),
        ("依据", metadata.based_on.iter().map(|title| format!("《{title}》")).collect()),
    ];
    for (label, value) in head.iter().filter(|(_, value)| !value.is_empty()) {
        let gap = " ".repeat(10usize.saturating_sub(label.width()));
        let lead = format!("  {}{gap}", palette.dim(label));
        writeln!(out, "{}", hanging(&lead, value, columns))?;
    }
    Ok(())
}

fn write_tree(
    out: &mut dyn Write,
    document: &Document,
    palette: Palette,
    columns: Option<usize>,
) -> io::Result<()> {
    let tree = document.tree();
    let counts = counts(document);
    let widest = document.divisions.iter().map(|division| division.id.as_str().len()).max();
    let width = widest.unwrap_or(0).min(MAX_ADDRESS);
    for division in &document.divisions {
        let address = palette.address(&format!("{:width$}", division.id.as_str()));
        let indent = "  ".repeat(tree.ancestors(division).count());
        let counts = counts.get(&division.id).map(|counts| palette.dim(&counts.to_string()));
        let counts = counts.map(|counts| format!("  {counts}")).unwrap_or_default();
        let line = format!("{}{counts}", caption(division));
        writeln!(out, "{}", hanging(&format!("{address}  {indent}"), &line, columns))?;
    }
    Ok(())
}

/// Returns the heading, or the number and the first words of the text.
fn caption(division: &Division) -> String {
    let words = first_words(division.text.trim(), N_FIRST_WORDS);
    let words = match (&division.title, words.is_empty()) {
        (Some(title), _) => title.clone(),
        (None, false) => words,
        (None, true) => format!("({})", labels::kind(division.kind)),
    };
    match &division.marker {
        Some(marker) if marker.text.ends_with(|ch: char| ch.is_ascii_alphanumeric()) => {
            format!("{} {words}", marker.text)
        }
        Some(marker) => format!("{}{words}", marker.text),
        None => words,
    }
}

/// How many bodies and goals a division itself names.
#[derive(Default)]
struct Counts {
    n_bodies: BTreeMap<Role, usize>,
    n_targets: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self
            .n_bodies
            .iter()
            .map(|(role, n_bodies)| format!("{} {n_bodies}", labels::role(*role)))
            .collect();
        if self.n_targets > 0 {
            parts.push(format!("目标 {}", self.n_targets));
        }
        write!(f, "[{}]", parts.join(" · "))
    }
}

fn counts(document: &Document) -> HashMap<&DivisionId, Counts> {
    let mut counts: HashMap<&DivisionId, Counts> = HashMap::new();
    for assignment in &document.assignments {
        let of_division = counts.entry(&assignment.division).or_default();
        *of_division.n_bodies.entry(assignment.role).or_default() += assignment.agencies.len();
    }
    for target in &document.targets {
        counts.entry(&target.division).or_default().n_targets += 1;
    }
    counts
}

fn write_summary(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let n_of_kind = |kind| document.divisions.iter().filter(|found| found.kind == kind).count();
    let content: Vec<String> = DivisionKind::ALL
        .into_iter()
        .filter(|kind| kind.is_content() && n_of_kind(*kind) > 0)
        .map(|kind| format!("{} {}", labels::kind(kind), n_of_kind(kind)))
        .collect();
    writeln!(out, "结构: {}", content.join(" · "))?;
    let n_mentions: usize =
        document.assignments.iter().map(|assignment| assignment.agencies.len()).sum();
    let mut divisions: Vec<_> =
        document.assignments.iter().map(|assignment| &assignment.division).collect();
    divisions.sort_unstable();
    divisions.dedup();
    writeln!(out, "责任分工: {} 条 · 单位 {n_mentions} 个次", divisions.len())?;
    let n_of_type = |target_type| {
        document.targets.iter().filter(|target| target.target_type == target_type).count()
    };
    writeln!(
        out,
        "目标: 定量 {} · 定性 {}",
        n_of_type(TargetType::Quantitative),
        n_of_type(TargetType::Qualitative)
    )?;
    writeln!(out, "引用文件: {}", document.citations.len())?;
    if !document.boilerplate.is_empty() {
        writeln!(out, "网页附带内容(不计入正文): {} 处", document.boilerplate.len())?;
    }
    let n_of_severity =
        |severity| document.diagnostics.iter().filter(|found| found.severity == severity).count();
    let findings: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|severity| n_of_severity(*severity) > 0)
        .map(|severity| format!("{} {}", labels::severity(severity), n_of_severity(severity)))
        .collect();
    if !findings.is_empty() {
        writeln!(out, "待核: {} (gangmu check {})", findings.join(" · "), document.source.path)?;
    }
    Ok(())
}
