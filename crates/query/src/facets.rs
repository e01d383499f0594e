//! What clauses found are counted by: agency, year, issuer and the like.
//!
//! The values come from here, and the order of the answer; an engine only
//! counts.

use std::collections::{BTreeMap, BTreeSet};

use gangmu_model::{Division, DivisionKind, Document, FacetRecord, Role};

use crate::Described;
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

    /// The facets whose values are a clause's own; the others are those of its document.
    pub const OF_CLAUSES: [Self; 4] = [Self::Agency, Self::Role, Self::Year, Self::Chapter];

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

    /// Returns the values that every clause of a document has; none for the
    /// facets of clauses.
    pub fn values_of(self, document: &impl Described) -> Vec<String> {
        let metadata = document.metadata();
        match self {
            Self::Agency | Self::Role | Self::Year | Self::Chapter => Vec::new(),
            Self::Document => vec![document.id().to_owned()],
            Self::Kind => metadata.document_kind.iter().cloned().collect(),
            Self::Issuer => {
                let issuers: BTreeSet<&String> = metadata.issuers.iter().collect();
                issuers.into_iter().cloned().collect()
            }
            Self::Region => metadata.region.iter().cloned().collect(),
            Self::Status => metadata.status.iter().map(|status| status.name().to_owned()).collect(),
        }
    }
}

/// Returns the values of each division of a document by [`Facet::OF_CLAUSES`],
/// in document order.
pub fn clause_values(document: &Document) -> Vec<Vec<(Facet, String)>> {
    let layers = Layers::new(document);
    let of = |division| {
        let facets = Facet::OF_CLAUSES.into_iter();
        facets
            .flat_map(|facet| {
                values(facet, &layers, division).into_iter().map(move |value| (facet, value))
            })
            .collect()
    };
    document.divisions.iter().map(of).collect()
}

fn values(facet: Facet, layers: &Layers<'_>, division: &Division) -> BTreeSet<String> {
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
        Facet::Document | Facet::Kind | Facet::Issuer | Facet::Region | Facet::Status => {
            BTreeSet::new()
        }
    }
}

/// Counts clauses by what is known of their documents, from the number of them in
/// each document, by id.
pub fn facets_of_documents<'d, D: Described + 'd>(
    asked: &[Facet],
    n_clauses: &BTreeMap<&str, u32>,
    documents: impl IntoIterator<Item = &'d D>,
) -> Vec<FacetRecord> {
    let mut counts = BTreeMap::new();
    for document in documents {
        let Some(n) = n_clauses.get(document.id()) else { continue };
        for &facet in asked {
            for value in facet.values_of(document) {
                *counts.entry((facet, value)).or_default() += n;
            }
        }
    }
    facet_records(asked, &counts)
}

/// Makes records of counts: facet by facet in the order asked, years and chapters
/// in their own order, other values with the most clauses first.
///
/// A clause counts once under each value it has, and in no count of a facet
/// that it has none of (no duty, no region).
pub fn facet_records(asked: &[Facet], counts: &BTreeMap<(Facet, String), u32>) -> Vec<FacetRecord> {
    let mut records = Vec::with_capacity(counts.len());
    for &facet in asked {
        let counted = counts.iter().filter(|((of, _), _)| *of == facet);
        let mut group: Vec<(&String, u32)> =
            counted.map(|((_, value), count)| (value, *count)).collect();
        match facet {
            Facet::Year => {}
            Facet::Chapter => group.sort_by_key(|(value, _)| {
                value.split(' ').next().and_then(|number| number.parse::<u32>().ok())
            }),
            _ => group.sort_by_key(|(_, count)| std::cmp::Reverse(*count)),
        }
        records.extend(group.into_iter().map(|(value, count)| FacetRecord {
            facet: facet.name().to_owned(),
            value: value.clone(),
            count,
        }));
    }
    records
}
