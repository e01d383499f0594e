//! Whether a search finds a word exactly where a plain scan of the texts does,
//! in a large collection and for any words.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::ensure;
use gangmu_indexer::Index;
use gangmu_model::{Document, SearchRecord};
use gangmu_query::{Clause, SearchQuery, Word, normalize};
use memchr::memmem;

/// The clauses of a collection, one after the other as they are searched.
#[derive(Debug)]
pub struct Scan {
    /// All texts normalised, each followed by a mark that no text has.
    haystack: String,
    /// For each clause where its text ends, in bytes.
    ends: Vec<usize>,
    /// The document and the division.
    names: Vec<(String, String)>,
}

/// Stands between two clauses, so that no word runs from one into the next.
const BETWEEN: char = '\u{10ffff}';

impl Scan {
    /// Normalises the texts of all clauses.
    pub fn new(documents: &[Document]) -> Self {
        let mut scan = Self { haystack: String::new(), ends: Vec::new(), names: Vec::new() };
        for document in documents {
            for division in &document.divisions {
                scan.haystack.push_str(&normalize(&division.text));
                scan.haystack.push(BETWEEN);
                scan.ends.push(scan.haystack.len());
                scan.names.push((document.id.clone(), division.id.to_string()));
            }
        }
        scan
    }

    /// Returns the clauses in which a normalised word stands.
    fn find(&self, word: &str) -> BTreeSet<&(String, String)> {
        let finder = memmem::Finder::new(word);
        let mut found = BTreeSet::new();
        let mut at = 0;
        while let Some(hit) = finder.find(&self.haystack.as_bytes()[at..]) {
            let clause = self.ends.partition_point(|&end| end <= at + hit);
            found.insert(&self.names[clause]);
            at = self.ends[clause];
        }
        found
    }
}

/// What was compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Compared {
    /// The words that were looked for.
    pub n_words: usize,
    /// Of these, words that stand nowhere.
    pub n_absent: usize,
    /// The clauses found, summed over all words.
    pub n_found: usize,
}

/// Looks for `n_words` random pieces of the texts by a search and by a scan.
///
/// A third is taken as it stands, a third holds a mark, digit or letter, and a
/// third is two pieces joined, which may stand nowhere. Half of all are typed in
/// wide, capital and traditional characters. They are 1 to 12 characters
/// long, and one in ten up to 120. The same `seed` gives the same words.
///
/// # Errors
///
/// Where the index cannot be asked, and at the first word that is not found
/// exactly where it stands.
pub fn compare_with_scan(
    index: &Index,
    documents: &[Document],
    scan: &Scan,
    n_words: usize,
    seed: u64,
) -> anyhow::Result<Compared> {
    let texts: Vec<&str> = documents
        .iter()
        .flat_map(|document| &document.divisions)
        .map(|division| division.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    ensure!(!texts.is_empty(), "the collection holds no text");
    let typing = Typing::new();
    let mut numbers = Numbers(seed);
    let mut compared = Compared::default();
    while compared.n_words < n_words {
        let piece = match compared.n_words % 3 {
            0 => piece(&texts, &mut numbers),
            1 => mixed_piece(&texts, &mut numbers),
            _ => piece(&texts, &mut numbers) + &piece(&texts, &mut numbers),
        };
        let typed = if numbers.below(2) == 0 { piece } else { typing.other(&piece) };
        let Some(word) = Word::new(&typed) else { continue };
        let folded = word.folded.clone();
        let clauses = vec![Clause { any_of: vec![word] }];
        let query = SearchQuery { clauses, limit: usize::MAX, ..SearchQuery::default() }.exact();
        let page = index.search(&query)?;
        let expected = scan.find(&folded);
        let found: BTreeSet<(String, String)> = page
            .records
            .iter()
            .map(|record| (record.document.clone(), record.division.to_string()))
            .collect();
        ensure!(
            page.total == found.len() && found.iter().eq(expected.iter().copied()),
            "{typed:?}: a search finds {} clauses, a scan {}",
            page.total,
            expected.len()
        );
        for record in &page.records {
            check_highlights(record, &folded)?;
        }
        compared.n_words += 1;
        compared.n_absent += usize::from(expected.is_empty());
        compared.n_found += expected.len();
    }
    Ok(compared)
}

/// Every place marked holds the word.
fn check_highlights(record: &SearchRecord, folded: &str) -> anyhow::Result<()> {
    let chars: Vec<char> = record.text.chars().collect();
    ensure!(!record.highlights.is_empty(), "{folded:?} is not marked in {}", record.text);
    for &[start, end] in &record.highlights {
        let marked: String = chars[start as usize..end as usize].iter().collect();
        ensure!(
            normalize(&marked).contains(folded),
            "{folded:?} is not {marked:?}, which is marked in {}",
            record.text
        );
    }
    Ok(())
}

fn piece(texts: &[&str], numbers: &mut Numbers) -> String {
    let text: Vec<char> = texts[numbers.below(texts.len())].chars().collect();
    let longest = if numbers.below(10) == 0 { 120 } else { 12 };
    let (start, length) = (numbers.below(text.len()), 1 + numbers.below(longest));
    text[start..].iter().take(length).collect()
}

/// Returns a piece with a mark, a digit or a letter in it.
fn mixed_piece(texts: &[&str], numbers: &mut Numbers) -> String {
    const TRIES: usize = 100;
    let mut found = String::new();
    for _ in 0..TRIES {
        found = piece(texts, numbers);
        if found.chars().count() > 1 && found.chars().any(|ch| !gangmu_query::is_han(ch)) {
            break;
        }
    }
    found
}

/// Other ways of typing a word that mean the same to a search.
struct Typing {
    /// For a simplified character a traditional one.
    traditional: BTreeMap<char, char>,
}

impl Typing {
    fn new() -> Self {
        let han = ('\u{4e00}'..='\u{9fff}').filter_map(|ch| {
            let simple = normalize(&ch.to_string()).chars().next()?;
            (simple != ch).then_some((simple, ch))
        });
        Self { traditional: han.collect() }
    }

    fn other(&self, word: &str) -> String {
        let other = |ch: char| match ch {
            '!'..='~' => char::from_u32(u32::from(ch.to_ascii_uppercase()) + 0xfee0).unwrap_or(ch),
            _ => self.traditional.get(&ch).copied().unwrap_or(ch),
        };
        word.chars().map(other).collect()
    }
}

/// Numbers without order that are the same for the same seed (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
