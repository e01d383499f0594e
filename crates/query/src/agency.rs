//! The body a question asks for, and which names in a document mean it.
//!
//! How names are shortened is the lexicon's knowledge; this module only brings
//! the question, the name as written and the document's region together.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use gangmu_lexicon::{AgencyContext, Lexicon, nearest_agency_names};
use gangmu_model::AgencyMention;

use crate::{AgencyFilter, Described};

/// How many names are offered where the one asked for is unknown.
const N_NEAREST: usize = 5;

/// The body a question asks for: 省林草局, or 辽宁省林业和草原局.
///
/// What a name was found to mean is kept, for documents repeat their names.
#[derive(Debug)]
pub struct AgencyMatcher<'a> {
    lexicon: &'a Lexicon,
    asked: &'a str,
    /// Whether the body is meant, by region, name and full name.
    known: RefCell<HashMap<[String; 3], bool>>,
}

impl<'a> AgencyMatcher<'a> {
    /// Asks for a body by any of its names.
    pub fn new(asked: &'a str, lexicon: &'a Lexicon) -> Self {
        Self { lexicon, asked, known: RefCell::default() }
    }

    /// Returns whether a name in `document` means the body asked for.
    ///
    /// The document's own region decides what 省 stands for, so 省林草局 of a
    /// document of 辽宁省 is 辽宁省林业和草原局.
    pub fn matches(&self, document: &impl Described, mention: &AgencyMention) -> bool {
        let region = document.metadata().region.as_deref();
        let full_name = mention.full_name.as_deref();
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let key = [text(region), mention.name.clone(), text(full_name)];
        *self.known.borrow_mut().entry(key).or_insert_with(|| {
            let context = AgencyContext { region };
            self.lexicon.agency_matches(self.asked, &mention.name, full_name, context)
        })
    }

    /// Returns whether any of the documents names the body.
    pub fn is_named_in(&self, documents: &[impl Described]) -> bool {
        mentions(documents).any(|(document, mention)| self.matches(document, mention))
    }

    /// Returns the body as a filter of a search over the documents: its full
    /// names in them, and the names as written where none is known.
    pub fn filter(&self, documents: &[impl Described]) -> AgencyFilter {
        let names: BTreeSet<&str> = mentions(documents)
            .filter(|(document, mention)| self.matches(document, mention))
            .map(|(_, mention)| mention.full_name.as_deref().unwrap_or(&mention.name))
            .collect();
        AgencyFilter { names: names.into_iter().map(str::to_owned).collect() }
    }

    /// Returns the names as written in the documents that mean the body, each
    /// once, sorted.
    pub fn names_in(&self, documents: &[impl Described]) -> Vec<String> {
        let names: BTreeSet<&str> = mentions(documents)
            .filter(|(document, mention)| self.matches(document, mention))
            .map(|(_, mention)| mention.name.as_str())
            .collect();
        names.into_iter().map(str::to_owned).collect()
    }

    /// Returns the names as written in the documents that come closest to the
    /// one asked for, the nearest first.
    pub fn nearest(&self, documents: &[impl Described]) -> Vec<String> {
        let names = mentions(documents).map(|(_, mention)| mention.name.as_str());
        let names = nearest_agency_names(self.asked, names, N_NEAREST);
        names.into_iter().map(str::to_owned).collect()
    }
}

fn mentions<D: Described>(documents: &[D]) -> impl Iterator<Item = (&D, &AgencyMention)> {
    documents
        .iter()
        .flat_map(|document| document.mentions().map(move |mention| (document, mention)))
}
