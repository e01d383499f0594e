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
mod radical;
mod region;
mod synonym;
#[macro_use]
mod table;
mod unit;
mod wording;

use std::sync::LazyLock;

pub use agency::{AgencyContext, AgencyLikeness};
pub use comparator::{Change, Comparator, ComparatorWord, Position};
pub use nearest::nearest_agency_names;
pub use radical::plain_form;
pub use region::{Region, RegionLevel, RegionTable};
pub use synonym::SynonymGroup;
pub use unit::{Unit, UnitMatch, UnitTable, multiplier_prefix};

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

#[cfg(test)]
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

/// The fingerprint of the lists: FNV-1a, 64 bits, folded to 32; no safeguard. It is
/// made when the program is compiled, for every command needs it.
const FINGERPRINT: u32 = {
    // A constant for each list, since the compiler limits the work for one.
    const A: u64 = fnv(0xcbf2_9ce4_8422_2325, AGENCIES.text);
    const B: u64 = fnv(A, LOCAL_AGENCIES.text);
    const C: u64 = fnv(B, AGENCY_SUFFIXES.text);
    const D: u64 = fnv(C, AGENCY_COLLECTIVES.text);
    const E: u64 = fnv(D, AGENCY_SHORT_MARKS.text);
    const F: u64 = fnv(E, REGIONS.text);
    const G: u64 = fnv(F, UNITS.text);
    const H: u64 = fnv(G, COMPARATORS.text);
    const I: u64 = fnv(H, SYNONYMS.text);
    (I >> 32) as u32 ^ I as u32
};

const fn fnv(mut hash: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// All lists, ready for look-up; each is read when it is first asked.
///
/// ```
/// use gangmu_lexicon::Lexicon;
/// let lexicon = Lexicon::builtin();
/// assert!(lexicon.synonyms().iter().any(|group| group.terms.contains(&"PM2.5")));
/// ```
#[derive(Debug)]
pub struct Lexicon {
    national: LazyLock<NationalBodies>,
    local: LazyLock<LocalBodies>,
    wording: LazyLock<Wording>,
    regions: LazyLock<RegionTable>,
    units: LazyLock<UnitTable>,
    comparators: LazyLock<Vec<ComparatorWord>>,
    synonyms: LazyLock<Vec<SynonymGroup>>,
}

/// Lines that do not fit are left out; a test shows that there are none.
static BUILTIN: Lexicon = Lexicon {
    national: LazyLock::new(|| NationalBodies::load(AGENCIES, &mut Vec::new())),
    local: LazyLock::new(|| LocalBodies::load(LOCAL_AGENCIES, &mut Vec::new())),
    wording: LazyLock::new(|| load_wording(&mut Vec::new())),
    regions: LazyLock::new(|| RegionTable::load(REGIONS, &mut Vec::new())),
    units: LazyLock::new(|| UnitTable::load(UNITS, &mut Vec::new())),
    comparators: LazyLock::new(|| comparator::load(COMPARATORS, &mut Vec::new())),
    synonyms: LazyLock::new(|| synonym::load(SYNONYMS, &mut Vec::new())),
};

fn load_wording(errors: &mut Vec<DataError>) -> Wording {
    Wording::load(AGENCY_SUFFIXES, AGENCY_COLLECTIVES, AGENCY_SHORT_MARKS, errors)
}

impl Lexicon {
    /// Returns the lexicon that is built into the program.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Returns the date of the data and a short hash of its bytes
    /// (`2026-11-23-1a2b3c4d`), for an index to record.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// assert_eq!(Lexicon::version().len(), "2026-11-23-1a2b3c4d".len());
    /// ```
    pub fn version() -> &'static str {
        static VERSION: LazyLock<String> =
            LazyLock::new(|| format!("{DATA_DATE}-{FINGERPRINT:08x}"));
        &VERSION
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
