//! What is to be reached, and by when.

use std::borrow::Borrow;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, Target, TargetRecord, TargetType};

use crate::layers::Layers;
use crate::normalize;
use crate::{AgencyMatcher, DocumentFilter};

/// The order of the goals in an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TargetOrder {
    /// As they stand in the documents.
    #[default]
    Document,
    /// By the year of the deadline, goals without one last.
    Year,
    /// By indicator, so that the same one stands together, then by year.
    Indicator,
}

/// A question for goals. A filter that is left out admits every goal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetQuery {
    /// The calendar year of the deadline.
    pub year: Option<i32>,
    /// A word of the indicator or of the clause.
    pub indicator: Option<String>,
    /// The unit: 亩 also admits 万亩, 百分点 also 个百分点; % and 百分点 differ.
    pub unit: Option<String>,
    /// With or without a number.
    pub target_type: Option<TargetType>,
    /// A body that has a duty in the division, or in one above it.
    pub agency: Option<String>,
    /// The documents asked.
    pub documents: DocumentFilter,
    /// The order of the answer.
    pub order: TargetOrder,
}

impl TargetQuery {
    /// Answers from the documents.
    pub fn answer<D: Borrow<Document>>(
        &self,
        documents: &[D],
        lexicon: &Lexicon,
    ) -> Vec<TargetRecord> {
        let agency = self.agency.as_deref().map(|asked| AgencyMatcher::new(asked, lexicon));
        let mut records: Vec<TargetRecord> = documents
            .iter()
            .map(Borrow::borrow)
            .filter(|document| self.documents.admits(document))
            .flat_map(|document| self.in_document(document, agency.as_ref()))
            .collect();
        self.sort(&mut records);
        records
    }

    /// Answers from the goals of all documents, as [`TargetQuery::default`] gives
    /// them; `is_asked` says whether a document is, by id. A body is not looked for.
    pub fn among<'r>(
        &self,
        records: &'r [TargetRecord],
        is_asked: impl Fn(&str) -> bool,
    ) -> Vec<&'r TargetRecord> {
        let admitted =
            |record: &&TargetRecord| self.admits(&record.target) && is_asked(&record.document);
        let mut records: Vec<&TargetRecord> = records.iter().filter(admitted).collect();
        self.sort(&mut records);
        records
    }

    fn sort<R: Borrow<TargetRecord>>(&self, records: &mut [R]) {
        let year = |record: &R| {
            let deadline = record.borrow().target.deadline.as_ref();
            deadline.and_then(|deadline| deadline.year).unwrap_or(i32::MAX)
        };
        match self.order {
            TargetOrder::Document => {}
            TargetOrder::Year => records.sort_by_key(year),
            TargetOrder::Indicator => records.sort_by_key(|record| {
                let indicator = record.borrow().target.indicator.clone();
                (indicator.is_none(), indicator, year(record))
            }),
        }
    }

    fn in_document(
        &self,
        document: &Document,
        agency: Option<&AgencyMatcher<'_>>,
    ) -> Vec<TargetRecord> {
        let layers = Layers::new(document);
        document
            .targets
            .iter()
            .filter(|target| self.admits(target))
            .filter(|target| agency.is_none_or(|agency| has_duty(&layers, target, agency)))
            .map(|target| {
                let division = layers.tree().get(&target.division);
                TargetRecord {
                    document: document.id.clone(),
                    citation: division.map(|found| found.citation.clone()).unwrap_or_default(),
                    division_title: division.and_then(|found| found.title.clone()),
                    target: target.clone(),
                }
            })
            .collect()
    }

    fn admits(&self, target: &Target) -> bool {
        let year = target.deadline.as_ref().and_then(|deadline| deadline.year);
        self.year.is_none_or(|asked| year == Some(asked))
            && self.target_type.is_none_or(|asked| target.target_type == asked)
            && self.indicator.as_deref().is_none_or(|asked| names_indicator(target, asked))
            && self.unit.as_deref().is_none_or(|asked| {
                target.unit.as_deref().is_some_and(|unit| is_same_unit(unit, asked))
            })
    }
}

fn names_indicator(target: &Target, asked: &str) -> bool {
    let asked = normalize(asked);
    target.indicator.as_deref().is_some_and(|indicator| normalize(indicator).contains(&asked))
        || normalize(&target.text).contains(&asked)
}

/// A unit is the same with or without 个 and the multiples 十 to 亿 before it,
/// where the question names none.
fn is_same_unit(unit: &str, asked: &str) -> bool {
    let (unit, asked) = (normalize(unit), normalize(asked));
    let bare = unit.trim_start_matches(['十', '百', '千', '万', '亿']);
    let bare = if bare.is_empty() { unit.as_str() } else { bare };
    unit == asked || bare == asked || unit.strip_prefix('个') == Some(asked.as_str())
}

fn has_duty(layers: &Layers<'_>, target: &Target, agency: &AgencyMatcher<'_>) -> bool {
    let Some(division) = layers.tree().get(&target.division) else { return false };
    layers
        .with_ancestors(division)
        .flat_map(|division| layers.assignments_of(division))
        .flat_map(|assignment| &assignment.agencies)
        .any(|mention| agency.matches(layers.document(), mention))
}
