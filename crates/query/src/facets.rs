//! How many clauses found fall under each agency, year, issuer and the like.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gangmu_model::{DivisionId, DivisionKind, Document, FacetRecord, Role};

use crate::layers::Layers;

/// What clauses are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The bodies with a duty in the clause or in one it stands in, by full name where known.
    Agency,
    /// The roles of these.
    Role,
    /// The years in which goals of the clause are due.
    Year,
    /// The chapter it stands in, by number and title.
    Chapter,
    /// The document, by id.
    Document,
    /// The document's kind: 通知, 规划.
    Kind,
    /// Who issued the document.
    Issuer,
    /// The document's region.
    Region,
    /// The document's status: `draft_for_comment`, `trial`, `final`.
    Status,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 9] = [
        Self::Agency,
        Self::Role,
        Self::Year,
        Self::Chapter,
        Self::Document,
        Self::Kind,
        Self::Issuer,
        Self::Region,
        Self::Status,
    ];

    /// Returns the name in records and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Role => "role",
            Self::Year => "year",
            Self::Chapter => "chapter",
            Self::Document => "document",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
            Self::Region => "region",
            Self::Status => "status",
        }
    }
}

/// Counts clauses, each once under every value it has. `found` holds the ids of
/// documents and divisions; those of documents that are not given are left out.
///
/// The records come facet by facet in the order asked, years and chapters in
/// their own order, other values with the most clauses first. A clause without
/// a value (no duty, no region) is in no count.
pub fn facets<'d>(
    asked: &[Facet],
    found: impl IntoIterator<Item = (&'d str, &'d DivisionId)>,
    documents: &[Document],
) -> Vec<FacetRecord> {
    let mut divisions: BTreeMap<&str, Vec<&DivisionId>> = BTreeMap::new();
    for (document, division) in found {
        divisions.entry(document).or_default().push(division);
    }
    let mut counts: HashMap<(Facet, String), u32> = HashMap::new();
    for document in documents {
        let Some(ids) = divisions.get(document.id.as_str()) else { continue };
        let layers = Layers::new(document);
        let by_id: HashMap<&DivisionId, _> =
            document.divisions.iter().map(|division| (&division.id, division)).collect();
        for division in ids.iter().filter_map(|id| by_id.get(id)) {
            for &facet in asked {
                for value in values(facet, &layers, division) {
                    *counts.entry((facet, value)).or_default() += 1;
                }
            }
        }
    }
    let mut records = Vec::with_capacity(counts.len());
    for &facet in asked {
        let counted = counts.iter().filter(|((of, _), _)| *of == facet);
        let mut group: Vec<(String, u32)> =
            counted.map(|((_, value), count)| (value.clone(), *count)).collect();
        match facet {
            Facet::Year => group.sort_unstable(),
            Facet::Chapter => group.sort_unstable_by_key(|(value, _)| {
                (value.split(' ').next().and_then(|n| n.parse::<u32>().ok()), value.clone())
            }),
            _ => group.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))),
        }
        records.extend(group.into_iter().map(|(value, count)| FacetRecord {
            facet: facet.name().to_owned(),
            value,
            count,
        }));
    }
    records
}

fn values(
    facet: Facet,
    layers: &Layers<'_>,
    division: &gangmu_model::Division,
) -> BTreeSet<String> {
    let metadata = &layers.document().metadata;
    let duties = || layers.with_ancestors(division).flat_map(|above| layers.assignments_of(above));
    match facet {
        Facet::Agency => duties()
            .flat_map(|assignment| &assignment.agencies)
            .map(|agency| agency.full_name.clone().unwrap_or_else(|| agency.name.clone()))
            .collect(),
        Facet::Role => duties().map(|assignment| Role::name(assignment.role).to_owned()).collect(),
        Facet::Year => layers
            .targets_of(division)
            .filter_map(|target| target.deadline.as_ref()?.year)
            .map(|year| year.to_string())
            .collect(),
        Facet::Chapter => layers
            .with_ancestors(division)
            .find(|above| above.kind == DivisionKind::Chapter)
            .and_then(|chapter| {
                let number = chapter.marker.as_ref()?.ordinal;
                Some(format!("{number} {}", chapter.title.as_deref().unwrap_or_default()))
            })
            .into_iter()
            .collect(),
        Facet::Document => BTreeSet::from([layers.document().id.clone()]),
        Facet::Kind => metadata.document_kind.iter().cloned().collect(),
        Facet::Issuer => metadata.issuers.iter().cloned().collect(),
        Facet::Region => metadata.region.iter().cloned().collect(),
        Facet::Status => metadata.status.iter().map(|status| status.name().to_owned()).collect(),
    }
}
