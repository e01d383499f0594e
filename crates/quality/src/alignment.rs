//! Which division of gold each division of the document is.

use std::collections::HashMap;

use gangmu_model::{Division, DivisionId, DivisionKind, Document, MarkerStyle};

use crate::source::{SourceText, fold};
use crate::{Gold, GoldDivision};

/// What a division read stands for in gold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// That division, by its index in gold.
    Gold(usize),
    /// No division of gold, and none is asked for: it has no number, or gold leaves it open.
    Open,
    /// A number that gold does not have.
    False,
}

/// Where a division is found, seen from one inside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Home {
    /// In no numbered division.
    Top,
    /// In that division, by its index in gold.
    Gold(usize),
    /// In a division that gold does not have.
    Unknown,
}

/// The divisions of a document beside those of gold.
pub(crate) struct Alignment<'d> {
    standings: Vec<Standing>,
    read_of_gold: Vec<Option<usize>>,
    index_of_n: HashMap<usize, usize>,
    index_of_id: HashMap<&'d DivisionId, usize>,
    divisions: &'d [Division],
}

impl<'d> Alignment<'d> {
    /// Pairs divisions that have the same marker (width and blanks aside) on
    /// the same line. Where several have, the first words decide, then the order.
    pub(crate) fn new(document: &'d Document, source: &SourceText<'_>, gold: &Gold) -> Self {
        let divisions = document.divisions.as_slice();
        let mut standings: Vec<Standing> = divisions.iter().map(unpaired).collect();
        let mut by_place: HashMap<(String, u32), Vec<usize>> = HashMap::new();
        for (index, division) in divisions.iter().enumerate() {
            if let Some(marker) = &division.marker {
                let key = (fold(&marker.text), division.span.line());
                by_place.entry(key).or_default().push(index);
            }
        }
        let mut read_of_gold = vec![None; gold.divisions.len()];
        let mut take = |wanted: &GoldDivision, by_words: bool| {
            let readings = by_place.get_mut(&(fold(&wanted.marker), wanted.line))?;
            let at = readings.iter().position(|&read| {
                !by_words
                    || opening(&divisions[read], source).starts_with(&fold(&wanted.first_words))
            })?;
            Some(readings.remove(at))
        };
        for by_words in [true, false] {
            for (index, wanted) in gold.divisions.iter().enumerate() {
                if read_of_gold[index].is_none()
                    && let Some(read) = take(wanted, by_words)
                {
                    read_of_gold[index] = Some(read);
                    standings[read] = Standing::Gold(index);
                }
            }
        }
        for wanted in &gold.borderline_divisions {
            if let Some(read) = take(wanted, false) {
                standings[read] = Standing::Open;
            }
        }
        Self {
            standings,
            read_of_gold,
            index_of_n: gold
                .divisions
                .iter()
                .enumerate()
                .map(|(index, division)| (division.n, index))
                .collect(),
            index_of_id: divisions
                .iter()
                .enumerate()
                .map(|(index, division)| (&division.id, index))
                .collect(),
            divisions,
        }
    }

    /// Returns the reading of a division of gold.
    pub(crate) fn reading(&self, gold_index: usize) -> Option<&'d Division> {
        self.read_of_gold[gold_index].map(|read| &self.divisions[read])
    }

    /// Returns the divisions read, each with what it stands for.
    pub(crate) fn standings(&self) -> impl Iterator<Item = (&'d Division, Standing)> {
        self.divisions.iter().zip(self.standings.iter().copied())
    }

    /// Returns the numbered division that a division is, or the nearest above it.
    pub(crate) fn home(&self, id: &DivisionId) -> Home {
        let mut at = self.index_of_id.get(id).copied();
        // A broken document may have a ring of parents: no path is longer than the list.
        for _ in 0..=self.divisions.len() {
            let Some(index) = at else { return Home::Top };
            match self.standings[index] {
                Standing::Gold(gold_index) => return Home::Gold(gold_index),
                Standing::False => return Home::Unknown,
                Standing::Open => {
                    at = self.parent_index(index);
                }
            }
        }
        Home::Unknown
    }

    /// Returns the numbered division above a division.
    pub(crate) fn home_of_parent(&self, division: &Division) -> Home {
        division.parent.as_ref().map_or(Home::Top, |parent| self.home(parent))
    }

    /// Returns where gold says that something stands.
    pub(crate) fn wanted_home(&self, n: Option<usize>) -> Home {
        match n {
            None => Home::Top,
            Some(n) => self.index_of_n.get(&n).map_or(Home::Unknown, |&index| Home::Gold(index)),
        }
    }

    fn parent_index(&self, index: usize) -> Option<usize> {
        self.index_of_id.get(self.divisions[index].parent.as_ref()?).copied()
    }
}

/// What a division stands for as long as gold has none like it. Gold lists
/// numbered units; a bare 附件, a box or a table may be read beside them.
fn unpaired(division: &Division) -> Standing {
    let Some(marker) = &division.marker else { return Standing::Open };
    let bare = marker.style == MarkerStyle::Attachment && !marker.text.chars().any(is_numeral);
    if bare || matches!(division.kind, DivisionKind::Box | DivisionKind::Table) {
        Standing::Open
    } else {
        Standing::False
    }
}

fn is_numeral(ch: char) -> bool {
    ch.is_numeric() || "一二三四五六七八九十百".contains(ch)
}

/// The words after a division's marker, folded, as many as first words need.
fn opening(division: &Division, source: &SourceText<'_>) -> String {
    const LONGEST: usize = 80;
    let Some(text) = source.text().get(division.span.range()) else { return String::new() };
    let head: String = text.chars().take(LONGEST).collect();
    let folded = fold(&head);
    let marker = division.marker.as_ref().map(|marker| fold(&marker.text)).unwrap_or_default();
    folded.strip_prefix(marker.as_str()).unwrap_or(&folded).to_owned()
}
