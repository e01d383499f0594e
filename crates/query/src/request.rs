//! A search as people ask for it, and what it comes to over given documents.

use std::fmt;

use gangmu_lexicon::Lexicon;
use gangmu_model::Role;

use crate::{
    AgencyMatcher, Described, DocumentFilter, Fields, Filters, Relax, SearchQuery, Sort, Stretch,
    SyntaxError,
};

/// What can be said of a search besides its words. What is left out does not narrow it.
#[derive(Debug, Clone, Default)]
pub struct SearchRequest {
    /// The words, in the query language.
    pub words: String,
    /// Where words are looked for that name no field.
    pub fields: Option<Fields>,
    /// Takes the words literally.
    pub exact: bool,
    /// Ranks and does not require the words.
    pub fuzzy: bool,
    /// The stretch of text that all the words stand in.
    pub same: Option<Stretch>,
    /// A body with a duty in the clause, by any of its names.
    pub agency: Option<String>,
    /// The role of a duty, of that body where one is named.
    pub role: Option<Role>,
    /// The year of a deadline.
    pub year: Option<i32>,
    /// The number of the chapter.
    pub chapter: Option<u32>,
    /// The documents asked.
    pub documents: DocumentFilter,
    /// The order.
    pub sort: Sort,
    /// How many records to give at most.
    pub limit: usize,
    /// How many to leave out before.
    pub offset: usize,
}

/// Why a search cannot find anything, whatever the clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswerable {
    /// No document names the body asked for.
    NoAgency,
    /// No document is one of those asked.
    NoDocument,
}

impl fmt::Display for Unanswerable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAgency => "no document names that body",
            Self::NoDocument => "no document is one of those asked for",
        })
    }
}

impl std::error::Error for Unanswerable {}

impl SearchRequest {
    /// Reads the words, before any document is looked at.
    ///
    /// # Errors
    ///
    /// The words break a rule of the query language.
    pub fn read(&self) -> Result<SearchQuery, SyntaxError> {
        let mut query = SearchQuery::parse(&self.words)?;
        if let Some(fields) = self.fields {
            query = query.within(fields);
        }
        if self.fuzzy {
            query.relax = Relax::Always;
        }
        query.same = self.same;
        query.sort = self.sort;
        query.limit = self.limit;
        query.offset = self.offset;
        Ok(query)
    }

    /// Returns whether [`resolve`](Self::resolve) looks at the documents.
    pub fn needs_documents(&self, query: &SearchQuery, lexicon: &Lexicon) -> bool {
        self.agency.is_some()
            || !self.documents.is_empty()
            || !self.exact && query.agency_names(lexicon).next().is_some()
    }

    /// Completes the query that was read with the other names of its words and
    /// with the filters.
    ///
    /// # Errors
    ///
    /// The documents leave nothing that could be found.
    pub fn resolve(
        &self,
        query: SearchQuery,
        documents: &[impl Described],
        lexicon: &Lexicon,
    ) -> Result<SearchQuery, Unanswerable> {
        let mut query = if self.exact { query.exact() } else { query.widen(documents, lexicon) };
        let agency = self.agency.as_deref();
        let agency = agency.map(|asked| AgencyMatcher::new(asked, lexicon).filter(documents));
        if agency.as_ref().is_some_and(|agency| agency.names.is_empty()) {
            return Err(Unanswerable::NoAgency);
        }
        let mut ids = Vec::new();
        if !self.documents.is_empty() {
            let wanted = documents.iter().filter(|document| self.documents.admits(*document));
            ids.extend(wanted.map(|document| document.id().to_owned()));
            if ids.is_empty() {
                return Err(Unanswerable::NoDocument);
            }
        }
        query.filters = Filters {
            agency,
            role: self.role,
            year: self.year,
            chapter: self.chapter,
            documents: ids,
            kinds: Vec::new(),
        };
        Ok(query)
    }
}

/// Reads a chapter's number as people write it: `3`, `c3`, 三, 第三章, 三、.
///
/// ```
/// assert_eq!(gangmu_query::chapter_number("第十二章"), Some(12));
/// ```
pub fn chapter_number(text: &str) -> Option<u32> {
    let bare = text.trim_start_matches(['c', 'C', '第']).trim_end_matches(['章', '、']);
    bare.parse().ok().or_else(|| han_number(bare))
}

/// Reads 一 to 九十九.
fn han_number(text: &str) -> Option<u32> {
    let digit = |text: &str| {
        let mut chars = text.chars();
        let (first, rest) = (chars.next()?, chars.next());
        let place = "一二三四五六七八九".chars().position(|digit| digit == first)?;
        rest.is_none().then_some(place as u32 + 1)
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(tens * 10 + ones)
        }
    }
}
