//! Agencies, regions, units, comparators and synonyms, read from `seeds/lexicon`.
//!
//! In go written words (省林草局, 万亩, 不低于), out come what they mean. The
//! lists are embedded at build time and parsed once; the crate opens no file
//! and knows no document. Each list names the source of every line.

mod agency;
mod comparator;
mod ending;
mod fold;
mod local;
mod national;
mod nearest;
mod place;
mod region;
mod synonym;
#[macro_use]
mod table;
mod unit;
mod wording;

use std::sync::OnceLock;

pub use agency::{AgencyContext, AgencyLikeness};
pub use comparator::{Change, Comparator, ComparatorWord, Position};
pub use nearest::nearest_agency_names;
pub use region::{Region, RegionLevel, RegionTable};
pub use synonym::SynonymGroup;
pub use unit::{Unit, UnitMatch, UnitTable, multiplier_prefix};

use ending::Endings;
use local::LocalBodies;
use national::NationalBodies;
use table::{DataError, Table};
use wording::Wording;

/// Date of the data; change it with the files under `seeds/lexicon`.
const DATA_DATE: &str = "2026-11-23";

const AGENCIES: Table = table!("agencies.tsv");
const LOCAL_AGENCIES: Table = table!("local_agencies.tsv");
const AGENCY_SUFFIXES: Table = table!("agency_suffixes.tsv");
const AGENCY_COLLECTIVES: Table = table!("agency_collectives.tsv");
const AGENCY_SHORT_MARKS: Table = table!("agency_short_marks.tsv");
const REGIONS: Table = table!("regions.tsv");
const UNITS: Table = table!("units.tsv");
const COMPARATORS: Table = table!("comparators.tsv");
const SYNONYMS: Table = table!("synonyms.tsv");

const TABLES: [Table; 9] = [
    AGENCIES,
    LOCAL_AGENCIES,
    AGENCY_SUFFIXES,
    AGENCY_COLLECTIVES,
    AGENCY_SHORT_MARKS,
    REGIONS,
    UNITS,
    COMPARATORS,
    SYNONYMS,
];

/// All lists, ready for look-up.
///
/// ```
/// use gangmu_lexicon::Lexicon;
/// let lexicon = Lexicon::builtin();
/// assert!(lexicon.synonyms().iter().any(|group| group.terms.contains(&"PM2.5")));
/// ```
#[derive(Debug)]
pub struct Lexicon {
    national: NationalBodies,
    local: LocalBodies,
    wording: Wording,
    endings: Endings,
    regions: RegionTable,
    units: UnitTable,
    comparators: Vec<ComparatorWord>,
    synonyms: Vec<SynonymGroup>,
}

impl Lexicon {
    /// Returns the lexicon that is built into the program; built on first use.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| Self::load().0)
    }

    /// Returns the date of the data and a short hash of its bytes
    /// (`2026-11-23-1a2b3c4d`), for an index to record.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// assert_eq!(Lexicon::version().len(), "2026-11-23-1a2b3c4d".len());
    /// ```
    pub fn version() -> &'static str {
        static VERSION: OnceLock<String> = OnceLock::new();
        VERSION.get_or_init(|| {
            // FNV-1a, 64 bits, folded to 32: a fingerprint, not a safeguard.
            let bytes = TABLES.iter().flat_map(|table| table.text.bytes());
            let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
            let short = (hash >> 32) ^ (hash & 0xffff_ffff);
            format!("{DATA_DATE}-{short:08x}")
        })
    }

    /// Parses the embedded files; lines that do not fit are left out and noted.
    fn load() -> (Self, Vec<DataError>) {
        let mut errors = Vec::new();
        let national = NationalBodies::load(AGENCIES, &mut errors);
        let local = LocalBodies::load(LOCAL_AGENCIES, &mut errors);
        let wording =
            Wording::load(AGENCY_SUFFIXES, AGENCY_COLLECTIVES, AGENCY_SHORT_MARKS, &mut errors);
        let lexicon = Self {
            endings: Endings::of(&national, &local, &wording),
            national,
            local,
            wording,
            regions: RegionTable::load(REGIONS, &mut errors),
            units: UnitTable::load(UNITS, &mut errors),
            comparators: comparator::load(COMPARATORS, &mut errors),
            synonyms: synonym::load(SYNONYMS, &mut errors),
        };
        (lexicon, errors)
    }

    /// Returns the units of targets.
    pub fn units(&self) -> &UnitTable {
        &self.units
    }

    /// Returns the words that tell how a number binds, longest first.
    pub fn comparators(&self) -> &[ComparatorWord] {
        &self.comparators
    }

    /// Returns the groups of terms that mean the same.
    pub fn synonyms(&self) -> &[SynonymGroup] {
        &self.synonyms
    }

    /// Returns the regions.
    pub fn regions(&self) -> &RegionTable {
        &self.regions
    }

    /// Returns agency names, names without their place, and synonyms, each
    /// once and sorted, for the user dictionary of a tokenizer.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// assert!(Lexicon::builtin().dictionary_words().any(|word| word == "林草局"));
    /// ```
    pub fn dictionary_words(&self) -> impl Iterator<Item = &'static str> {
        let mut words: Vec<&'static str> = self.national.words.clone();
        words.extend(self.local.words.iter().copied());
        words.extend(self.synonyms.iter().flat_map(|group| group.terms.iter().copied()));
        words.retain(|word| word.chars().count() >= 2);
        words.sort_unstable();
        words.dedup();
        words.into_iter()
    }
}

#[cfg(test)]
mod tests;
