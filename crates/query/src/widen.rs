//! What else a query's words are called.

use gangmu_lexicon::Lexicon;

use crate::normalize::folded;
use crate::{AgencyMatcher, Described, Origin, SearchQuery, SynonymGroup};

impl SearchQuery {
    /// Gives each word what may stand in its place: the lexicon's synonyms,
    /// and for a body its names in the documents.
    #[must_use]
    pub fn widen(self, documents: &[impl Described], lexicon: &Lexicon) -> Self {
        // Few groups have to do with the words typed, and a quick look leaves out the others.
        let typed: String = self.words().map(|word| word.folded.as_str()).collect();
        let begins = |term: &str| term.chars().next().is_some_and(|ch| typed.contains(folded(ch)));
        let near =
            lexicon.synonyms().iter().filter(|group| group.terms.iter().any(|term| begins(term)));
        let synonyms = near.map(|group| SynonymGroup {
            origin: Origin::Synonym,
            words: group.terms.iter().map(|&term| term.to_owned()).collect(),
        });
        let aliases = self.agency_names(lexicon).map(|asked| {
            let mut words = AgencyMatcher::new(asked, lexicon).names_in(documents);
            words.push(asked.to_owned());
            SynonymGroup { origin: Origin::Alias, words }
        });
        let groups: Vec<SynonymGroup> = synonyms.chain(aliases).collect();
        self.expand(&groups)
    }

    /// Returns the words that are names of bodies.
    pub fn agency_names<'q>(&'q self, lexicon: &'q Lexicon) -> impl Iterator<Item = &'q str> {
        self.words()
            .filter(|word| !word.quoted)
            .map(|word| word.text.as_str())
            .filter(|word| lexicon.knows_agency(word))
    }
}
