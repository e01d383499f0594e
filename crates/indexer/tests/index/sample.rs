//! Documents for tests, made by hand or by the simplest cutting of the shipped text.

use gangmu_model::{
    AgencyMention, Assignment, AssignmentForm, Deadline, DeadlineKind, Division, DivisionId,
    DivisionKind, Document, LineTable, Marker, MarkerStyle, Metadata, Role, SCHEMA_VERSION, Source,
    Target, TargetType,
};

/// The shipped document's text.
pub(crate) const SEED: &str = include_str!("../../../../seeds/documents/liaoning-meili-2024.txt");

/// Returns the shipped document: chapters by lines 一、, measures by lines
/// (一), any other line of the text a paragraph. The page around it is left out.
pub(crate) fn seed(id: &str, text: &str) -> Document {
    let table = LineTable::new(text);
    let mut document = empty(id, text);
    let (mut chapter, mut measures, mut paragraphs) = (0, 0, 0);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        // The list of other pages at the end is indented.
        if line.starts_with("  ") {
            break;
        }
        if line.is_empty() {
            continue;
        }
        let span = table.span(start..start + line.len());
        let head = line.chars().next().unwrap_or(' ');
        if "一二三四五六七八九".contains(head) && line.contains('、') && line.len() < 60 {
            chapter += 1;
            let (marker, title) = line.split_once('、').unwrap();
            document.divisions.push(Division {
                id: DivisionId::new(format!("c{chapter}")),
                parent: None,
                kind: DivisionKind::Chapter,
                marker: Some(Marker {
                    text: format!("{marker}、"),
                    style: MarkerStyle::HanComma,
                    ordinal: chapter,
                }),
                citation: format!("{marker}、"),
                title: Some(title.to_owned()),
                text: String::new(),
                table: None,
                span,
            });
        } else if let Some((marker, rest)) = marker(line) {
            measures += 1;
            let (title, rest) = rest.split_once('。').unwrap();
            let own = rest
                .find("(牵头单位")
                .or_else(|| rest.find("(责任单位"))
                .or_else(|| rest.rfind('(').filter(|_| rest.ends_with("负责)")));
            let (own, closing) = rest.split_at(own.unwrap_or(rest.len()));
            let division = DivisionId::new(format!("c{chapter}.m{measures}"));
            document.assignments.extend(assignments(&division, closing, span));
            document.targets.extend(goals(&division, own, span));
            document.divisions.push(Division {
                id: division,
                parent: Some(DivisionId::new(format!("c{chapter}"))),
                kind: DivisionKind::Measure,
                marker: Some(Marker {
                    text: marker.to_owned(),
                    style: MarkerStyle::HanParen,
                    ordinal: measures,
                }),
                citation: format!("{}、{marker}", chapter),
                title: Some(title.to_owned()),
                text: own.to_owned(),
                table: None,
                span,
            });
        } else if chapter > 0 {
            paragraphs += 1;
            document.divisions.push(Division {
                id: DivisionId::new(format!("c{chapter}.p{paragraphs}")),
                parent: Some(DivisionId::new(format!("c{chapter}"))),
                kind: DivisionKind::Paragraph,
                marker: None,
                citation: format!("{chapter}、第{paragraphs}段"),
                title: None,
                text: line.to_owned(),
                table: None,
                span,
            });
        }
    }
    document
}

pub(crate) fn empty(id: &str, text: &str) -> Document {
    Document {
        schema_version: SCHEMA_VERSION,
        id: id.to_owned(),
        source: Source {
            path: format!("{id}.txt"),
            media_type: "text/plain".to_owned(),
            charset: "utf-8".to_owned(),
            sha256: format!("{:064x}", text.len()),
            bytes: text.len() as u64,
        },
        metadata: Metadata { title: Some(format!("{id}的标题")), ..Metadata::default() },
        divisions: Vec::new(),
        assignments: Vec::new(),
        targets: Vec::new(),
        citations: Vec::new(),
        boilerplate: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn marker(line: &str) -> Option<(&str, &str)> {
    let end = line.starts_with('(').then(|| line.find(')'))??;
    line[1..end]
        .chars()
        .all(|ch| "一二三四五六七八九十".contains(ch))
        .then(|| line.split_at(end + 1))
}

fn assignments(division: &DivisionId, closing: &str, span: gangmu_model::Span) -> Vec<Assignment> {
    let inner = closing.trim_start_matches('(').trim_end_matches(')');
    let groups = inner.split([';', '；']).filter(|group| !group.is_empty());
    groups
        .map(|group| {
            let (label, names) = group.split_once(':').unwrap_or(("", group));
            let role = match label {
                "牵头单位" => Role::Lead,
                "责任单位" => Role::Responsible,
                _ => Role::Joint,
            };
            let mention = |name: &str| AgencyMention {
                name: name.to_owned(),
                full_name: name.strip_prefix('省').map(|rest| format!("辽宁省{rest}")),
            };
            Assignment {
                division: division.clone(),
                role,
                label: (!label.is_empty()).then(|| label.to_owned()),
                agencies: names.trim_end_matches('等').split('、').map(mention).collect(),
                open_ended: names.ends_with('等'),
                form: AssignmentForm::Closing,
                text: closing.to_owned(),
                span,
            }
        })
        .collect()
}

fn goals(division: &DivisionId, own: &str, span: gangmu_model::Span) -> Vec<Target> {
    let sentences = own.split('。').filter(|sentence| sentence.starts_with("到20"));
    sentences
        .map(|sentence| Target {
            division: division.clone(),
            target_type: TargetType::Qualitative,
            text: sentence.to_owned(),
            span,
            indicator: None,
            scope: None,
            deadline: Some(Deadline {
                text: sentence.chars().take(6).collect(),
                kind: DeadlineKind::Year,
                year: sentence.chars().skip(1).take(4).collect::<String>().parse().ok(),
                month: None,
                day: None,
                period: None,
                relative: None,
            }),
            comparator: None,
            value: None,
            value_max: None,
            unit: None,
            value_text: None,
            change: None,
            baseline: None,
            qualifiers: Vec::new(),
            redacted: false,
        })
        .collect()
}
