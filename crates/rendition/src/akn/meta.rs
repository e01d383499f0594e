//! What a document is, whom and what it speaks of: the head of an Akoma Ntoso file.

use std::collections::HashMap;

use gangmu_model::{
    AgencyMention, Deadline, DeadlineKind, Division, Document, Role, Target, TargetType,
};
use serde_json::Value;

use super::xml::Xml;
use crate::labels;

/// The namespace of Akoma Ntoso 3.0.
pub(super) const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// The namespace of what the standard has no element for.
pub(super) const OWN: &str = "urn:gangmu:akn:1";

/// Who made the file, as the references of the head name it.
const MAKER: &str = "#gangmu";

/// The date of a document whose text does not say one; a date must be given.
const NO_DATE: &str = "0001-01-01";

/// The head, and what inline elements refer to in it.
pub(super) struct Meta<'d> {
    document: &'d Document,
    /// Bodies by their full names, in order of appearance.
    organizations: Numbered<'d>,
    /// What goals measure, in order of appearance.
    indicators: Numbered<'d>,
}

/// Names in the order in which they were met.
#[derive(Default)]
struct Numbered<'d> {
    names: Vec<&'d str>,
    places: HashMap<&'d str, usize>,
}

impl<'d> Numbered<'d> {
    fn add(&mut self, name: &'d str) {
        let next = self.names.len();
        if *self.places.entry(name).or_insert(next) == next {
            self.names.push(name);
        }
    }

    fn reference(&self, prefix: &str, name: &str) -> String {
        self.places.get(name).map_or_else(|| MAKER.to_owned(), |at| format!("#{prefix}.{}", at + 1))
    }
}

impl<'d> Meta<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut organizations = Numbered::default();
        let metadata = &document.metadata;
        metadata.issuers.iter().for_each(|issuer| organizations.add(issuer));
        metadata.drafted_by.iter().for_each(|drafter| organizations.add(drafter));
        for mention in document.assignments.iter().flat_map(|assignment| &assignment.agencies) {
            organizations.add(full_name(mention));
        }
        let mut indicators = Numbered::default();
        document.targets.iter().for_each(|target| indicators.add(measured(target)));
        Self { document, organizations, indicators }
    }

    /// The reference to a body.
    pub(super) fn organization(&self, mention: &AgencyMention) -> String {
        self.organizations.reference("org", full_name(mention))
    }

    /// The reference to what a goal measures.
    pub(super) fn indicator(&self, target: usize) -> String {
        self.indicators.reference("indicator", measured(&self.document.targets[target]))
    }

    /// Writes the head of the document.
    pub(super) fn write(&self, xml: &mut Xml) {
        xml.open("meta", &[]);
        self.identification(xml, "main", None);
        self.references(xml);
        self.records(xml);
        xml.close("meta");
    }

    /// Writes the head of an attachment.
    pub(super) fn write_component(&self, xml: &mut Xml, division: &Division) {
        xml.open("meta", &[]);
        self.identification(xml, division.id.as_str(), division.title.as_deref());
        xml.close("meta");
    }

    fn identification(&self, xml: &mut Xml, component: &str, title: Option<&str>) {
        let metadata = &self.document.metadata;
        let (date, date_name) = self.date();
        let number = metadata.document_number.as_deref().unwrap_or(&self.document.id);
        let kind = metadata.document_kind.as_deref().unwrap_or("doc");
        let steps = [kind, date.as_str(), number].map(step);
        let work = format!("/akn/cn/doc/{}", steps.join("/"));
        let expression = format!("{work}/zho@{date}");
        let author = metadata.issuers.first();
        let author = author
            .map_or_else(|| MAKER.to_owned(), |issuer| self.organizations.reference("org", issuer));
        xml.open("identification", &[("source", MAKER)]);
        xml.open("FRBRWork", &[]);
        core(xml, &format!("{work}/!{component}"), &work, (&date, date_name), &author);
        xml.empty("FRBRcountry", &[("value", "cn")]);
        xml.empty("FRBRsubtype", &[("value", kind)]);
        if let Some(number) = &metadata.document_number {
            xml.empty("FRBRnumber", &[("value", number)]);
        }
        if let Some(title) = title.or(metadata.title.as_deref()) {
            xml.empty("FRBRname", &[("value", title)]);
        }
        xml.close("FRBRWork");
        xml.open("FRBRExpression", &[]);
        core(xml, &format!("{expression}/!{component}"), &expression, (&date, date_name), &author);
        xml.empty("FRBRlanguage", &[("language", "zho")]);
        xml.close("FRBRExpression");
        xml.open("FRBRManifestation", &[]);
        let manifestation = format!("{expression}.akn");
        core(
            xml,
            &format!("{expression}/!{component}.akn"),
            &manifestation,
            (&date, date_name),
            MAKER,
        );
        xml.empty("FRBRformat", &[("value", "application/akn+xml")]);
        xml.close("FRBRManifestation");
        xml.close("identification");
    }

    /// The day of the document as an ISO date, and which day that is.
    fn date(&self) -> (String, &'static str) {
        let metadata = &self.document.metadata;
        let dates = [
            ("issued", &metadata.issued_on),
            ("published", &metadata.published_at),
            ("effective", &metadata.effective_on),
        ];
        let found = dates.into_iter().find_map(|(name, date)| {
            let date = date.as_deref()?;
            let day = date.get(..10).unwrap_or(date);
            // A month alone is dated by its first day.
            match day.len() {
                10 => Some((day.to_owned(), name)),
                7 => Some((format!("{day}-01"), "month")),
                _ => None,
            }
        });
        found.unwrap_or_else(|| (NO_DATE.to_owned(), "unknown"))
    }

    fn references(&self, xml: &mut Xml) {
        xml.open("references", &[("source", MAKER)]);
        let reference = |xml: &mut Xml, name: &str, id: &str, href: &str, shown: &str| {
            xml.empty(name, &[("eId", id), ("href", href), ("showAs", shown)]);
        };
        reference(xml, "TLCObject", "gangmu", "/akn/ontology/object/gangmu", "gangmu");
        for (at, name) in self.organizations.names.iter().enumerate() {
            let href = format!("/akn/ontology/organization/cn/{}", step(name));
            reference(xml, "TLCOrganization", &format!("org.{}", at + 1), &href, name);
        }
        for role in Role::ALL {
            if self.document.assignments.iter().any(|assignment| assignment.role == role) {
                let href = format!("/akn/ontology/role/{}", role.name());
                let id = format!("role.{}", role.name());
                reference(xml, "TLCRole", &id, &href, labels::role(role));
            }
        }
        for (at, name) in self.indicators.names.iter().enumerate() {
            let href = format!("/akn/ontology/concept/cn/{}", step(name));
            reference(xml, "TLCConcept", &format!("indicator.{}", at + 1), &href, name);
        }
        for (at, cited) in self.document.citations.iter().enumerate() {
            let number = cited.document_number.as_deref().unwrap_or(&cited.title);
            let href = format!("/akn/cn/doc/{}", step(number));
            let id = citation_id(at);
            xml.empty(
                "TLCReference",
                &[("name", "cites"), ("eId", &id), ("href", &href), ("showAs", &cited.title)],
            );
        }
        xml.close("references");
    }

    /// Writes duties, targets and findings as records, field by field as in JSON.
    fn records(&self, xml: &mut Xml) {
        xml.open("proprietary", &[("source", MAKER)]);
        xml.open("gangmu:document", &[("id", &self.document.id)]);
        for (at, assignment) in self.document.assignments.iter().enumerate() {
            let id = format!("assignment.{}", at + 1);
            xml.open(
                "gangmu:assignment",
                &[
                    ("id", &id),
                    ("division", &format!("#{}", assignment.division)),
                    ("role", &role_reference(assignment.role)),
                    ("label", assignment.label.as_deref().unwrap_or_default()),
                    ("openEnded", if assignment.open_ended { "true" } else { "false" }),
                ],
            );
            for mention in &assignment.agencies {
                let organization = self.organization(mention);
                xml.empty("gangmu:agency", &[("refersTo", &organization), ("name", &mention.name)]);
            }
            xml.close("gangmu:assignment");
        }
        for (at, target) in self.document.targets.iter().enumerate() {
            self.target(xml, at, target);
        }
        for found in &self.document.diagnostics {
            let division = found.division.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
            let fields = [
                ("code", found.code.name()),
                ("division", division.as_str()),
                ("message", found.message.as_str()),
            ];
            let fields: Vec<_> =
                fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
            xml.empty("gangmu:finding", &fields);
        }
        xml.close("gangmu:document");
        xml.close("proprietary");
    }

    fn target(&self, xml: &mut Xml, at: usize, target: &Target) {
        let mut fields = vec![
            ("id", target_id(at)),
            ("division", format!("#{}", target.division)),
            ("refersTo", self.indicator(at)),
        ];
        // The names of the fields and of their values are those of JSON.
        if let Ok(Value::Object(object)) = serde_json::to_value(target) {
            for name in
                ["type", "scope", "comparator", "value", "value_max", "unit", "change", "redacted"]
            {
                match object.get(name) {
                    Some(Value::String(text)) => fields.push((name, text.clone())),
                    Some(value @ (Value::Number(_) | Value::Bool(true))) => {
                        fields.push((name, value.to_string()));
                    }
                    _ => {}
                }
            }
        }
        if let Some(deadline) = &target.deadline {
            fields.push(("deadline", deadline.text.clone()));
            fields.extend(deadline.year.map(|year| ("year", year.to_string())));
        }
        if let Some(baseline) = &target.baseline {
            fields.push(("baseline", baseline.text.clone()));
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        xml.empty("gangmu:target", &fields);
    }
}

fn core(xml: &mut Xml, this: &str, uri: &str, date: (&str, &str), author: &str) {
    xml.empty("FRBRthis", &[("value", this)]);
    xml.empty("FRBRuri", &[("value", uri)]);
    xml.empty("FRBRdate", &[("date", date.0), ("name", date.1)]);
    xml.empty("FRBRauthor", &[("href", author)]);
}

fn full_name(mention: &AgencyMention) -> &str {
    mention.full_name.as_deref().unwrap_or(&mention.name)
}

/// What a goal measures; one in words that names nothing is a goal and no more.
fn measured(target: &Target) -> &str {
    match (target.indicator.as_deref(), target.target_type) {
        (Some(indicator), _) => indicator,
        (None, TargetType::Quantitative) => "定量目标",
        (None, TargetType::Qualitative) => "定性目标",
    }
}

/// The id of a goal's record, which its words name.
pub(super) fn target_id(at: usize) -> String {
    format!("target.{}", at + 1)
}

/// The id of a cited work.
pub(super) fn citation_id(at: usize) -> String {
    format!("cited.{}", at + 1)
}

/// The reference to a role.
pub(super) fn role_reference(role: Role) -> String {
    format!("#role.{}", role.name())
}

/// Returns a deadline that is a day as an ISO date.
pub(super) fn day(deadline: Option<&Deadline>) -> Option<String> {
    let deadline = deadline.filter(|deadline| deadline.kind == DeadlineKind::Day)?;
    let (year, month, day) = (deadline.year?, deadline.month?, deadline.day?);
    let days = match month {
        2 => 28 + u8::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=9999).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// One step of an address: letters, digits and hyphens.
fn step(name: &str) -> String {
    let step: String = name.chars().map(|ch| if ch.is_alphanumeric() { ch } else { '-' }).collect();
    let step = step.trim_matches('-');
    if step.is_empty() { "-".to_owned() } else { step.to_owned() }
}
