//! A search as a plain value that no engine has a part in.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::BitOr;

use gangmu_model::{DivisionKind, Role, SearchRecord};

use crate::normalize;

/// A part of a clause that words are looked for in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Field {
    /// The division's own title.
    Title,
    /// The headings above the division and its own.
    Heading,
    /// The division's own text.
    Text,
    /// Its closing assignment: （牵头单位：…）.
    Assignment,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 4] = [Self::Title, Self::Heading, Self::Text, Self::Assignment];

    /// Returns the name that stands before the colon in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Text => "text",
            Self::Assignment => "assignment",
        }
    }

    /// Returns the field of that name, or of its Chinese one.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "标题" {
            return Some(Self::Title);
        }
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// A set of fields.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fields(u8);

impl Fields {
    /// Where a word is looked for unless a field is named: the clause itself.
    pub const CLAUSE: Self =
        Self(1 << Field::Title as u8 | 1 << Field::Text as u8 | 1 << Field::Assignment as u8);

    /// Returns whether the field is in the set.
    pub fn has(self, field: Field) -> bool {
        self.0 & 1 << field as u8 != 0
    }

    /// Returns the fields of the set in the order of [`Field::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(move |&field| self.has(field))
    }
}

impl Default for Fields {
    fn default() -> Self {
        Self::CLAUSE
    }
}

impl From<Field> for Fields {
    fn from(field: Field) -> Self {
        Self(1 << field as u8)
    }
}

impl BitOr for Fields {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// How an alternative stands to the word typed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// Another word for the same thing: 细颗粒物 for PM2.5.
    Synonym,
    /// Another name of the same body: 省发展改革委 for 省发改委.
    Alias,
    /// The words between quotation marks, without these: 十四五 for “十四五”.
    Phrase,
}

impl Origin {
    /// Returns the word that a record's `matched_by` begins with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Synonym => "synonym",
            Self::Alias => "alias",
            Self::Phrase => "phrase",
        }
    }
}

/// What may stand in place of a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alternative {
    /// The words as a record's `matched_by` reports them.
    pub text: String,
    /// The same, normalised.
    pub folded: String,
    /// How it stands to the word typed.
    pub origin: Origin,
}

/// A word or phrase that must stand in a clause as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// As typed.
    pub text: String,
    /// Normalised; never empty.
    pub folded: String,
    /// Whether it stood in quotation marks, and so has no synonyms.
    pub quoted: bool,
    /// Where it may stand.
    pub fields: Fields,
    /// What may stand in its place.
    pub alternatives: Vec<Alternative>,
}

impl Word {
    /// Makes a word to be looked for in the clause itself, or `None` where
    /// nothing but blanks is given.
    pub fn new(text: &str) -> Option<Self> {
        let folded = normalize(text).trim().to_owned();
        (!folded.is_empty()).then(|| Self {
            text: text.trim().to_owned(),
            folded,
            quoted: false,
            fields: Fields::CLAUSE,
            alternatives: Vec::new(),
        })
    }
}

/// One demand of a search: at least one of the words stands in the clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// The words; more than one where they were joined by `OR`.
    pub any_of: Vec<Word>,
}

/// A body, under any of its names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AgencyFilter {
    /// Names as written and full names; one that fits is enough.
    pub names: Vec<String>,
}

/// What a clause must be besides holding the words. An empty filter admits all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filters {
    /// The clause, or one it stands in, assigns a duty to this body.
    pub agency: Option<AgencyFilter>,
    /// The clause, or one it stands in, assigns a duty with this role; together
    /// with `agency`, to that body.
    pub role: Option<Role>,
    /// A goal in the clause has its deadline in this year.
    pub year: Option<i32>,
    /// The clause stands in a chapter of this number.
    pub chapter: Option<u32>,
    /// The clause stands in one of these documents, by id; empty: any.
    pub documents: Vec<String>,
    /// The clause is of one of these kinds; empty: any.
    pub kinds: Vec<DivisionKind>,
}

/// The order of the answers. Each is total, so pages never overlap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// The best first, then as by date.
    #[default]
    Score,
    /// Those of the newest document first and of documents without a date
    /// last, then as by document.
    Date,
    /// By document id, then in document order.
    Document,
}

/// A stretch of a clause's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stretch {
    /// A sentence, as [`crate::sentences`] cuts them.
    Sentence,
    /// A paragraph: a line of the text. The title and each assignment are one too.
    Paragraph,
}

/// When clauses that hold only a part of the words are given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Relax {
    /// Never.
    Never,
    /// Where no clause holds all the words, and for a question.
    #[default]
    IfNothing,
    /// Always: the words are ranked and not required, as those of a question are.
    Always,
}

/// What to look for, in which clauses, and how much of the answer to give.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchQuery {
    /// All must hold.
    pub clauses: Vec<Clause>,
    /// None of these may stand in the clause.
    pub without: Vec<Word>,
    /// What the clause must be besides.
    pub filters: Filters,
    /// The stretch of text in which all the words must stand together.
    pub same: Option<Stretch>,
    /// Whether clauses that hold only a part of the words may be given.
    pub relax: Relax,
    /// The order of the answers.
    pub sort: Sort,
    /// How many records to give at most.
    pub limit: usize,
    /// How many records to leave out before the first.
    pub offset: usize,
}

impl Default for SearchQuery {
    fn default() -> Self {
        Self {
            clauses: Vec::new(),
            without: Vec::new(),
            filters: Filters::default(),
            same: None,
            relax: Relax::default(),
            sort: Sort::Score,
            limit: 20,
            offset: 0,
        }
    }
}

/// Words that mean the same, or names of the same body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SynonymGroup {
    /// What the words are to one another.
    pub origin: Origin,
    /// The words, any of which may stand for any other.
    pub words: Vec<String>,
}

/// No word gets more alternatives than this.
const MAX_ALTERNATIVES: usize = 16;

impl SearchQuery {
    /// Takes the query literally: no alternatives, no relaxing.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.relax = Relax::Never;
        let words = self.clauses.iter_mut().flat_map(|clause| &mut clause.any_of);
        words.chain(&mut self.without).for_each(|word| word.alternatives.clear());
        self
    }

    /// Restricts the words that name no field to these fields (`--in`).
    #[must_use]
    pub fn within(mut self, fields: Fields) -> Self {
        let words = self.clauses.iter_mut().flat_map(|clause| &mut clause.any_of);
        for word in words.chain(&mut self.without) {
            if word.fields == Fields::CLAUSE {
                word.fields = fields;
            }
        }
        self
    }

    /// Gives each word its alternatives: the other words of a group that it is
    /// in, and the word itself with a part replaced by its synonyms
    /// (PM2.5浓度 → 细颗粒物浓度). Words in quotation marks stay as they are.
    #[must_use]
    pub fn expand(mut self, groups: &[SynonymGroup]) -> Self {
        let folded: Vec<(Origin, Vec<(&str, String)>)> = groups
            .iter()
            .map(|group| {
                let words = group.words.iter().map(|word| (word.as_str(), normalize(word)));
                (group.origin, words.filter(|(_, folded)| !folded.is_empty()).collect())
            })
            .collect();
        let words = self.clauses.iter_mut().flat_map(|clause| &mut clause.any_of);
        for word in words.filter(|word| !word.quoted) {
            let mut seen = BTreeSet::from([word.folded.clone()]);
            let mut alternatives = Vec::new();
            for (origin, members) in &folded {
                // The longest member that stands in the word is the one meant.
                let Some((at, member)) = members
                    .iter()
                    .filter_map(|(_, member)| Some((find_part(&word.folded, member)?, member)))
                    .max_by_key(|(at, member)| (member.len(), usize::MAX - at))
                else {
                    continue;
                };
                let (before, rest) = word.folded.split_at(at);
                let after = &rest[member.len()..];
                for (text, other) in members {
                    let replaced = format!("{before}{other}{after}");
                    if seen.insert(replaced.clone()) {
                        let whole = before.is_empty() && after.is_empty();
                        let text = if whole { (*text).to_owned() } else { replaced.clone() };
                        alternatives.push(Alternative { text, folded: replaced, origin: *origin });
                    }
                }
            }
            // A replacement that holds the word itself finds nothing new.
            alternatives.retain(|other| !other.folded.contains(&word.folded));
            alternatives.truncate(MAX_ALTERNATIVES);
            word.alternatives = alternatives;
        }
        self
    }

    /// Returns every word that must stand, in the order typed.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.clauses.iter().flat_map(|clause| &clause.any_of)
    }
}

/// Finds a group's member in a word: alone, or as a part of two characters or
/// more that does not begin or end inside a run of letters and digits.
fn find_part(word: &str, member: &str) -> Option<usize> {
    if word == member {
        return Some(0);
    }
    if member.chars().count() < 2 {
        return None;
    }
    let inside_run = |left: Option<char>, right: Option<char>| {
        let in_run = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
        in_run(left) && in_run(right)
    };
    word.match_indices(member).map(|(at, _)| at).find(|&at| {
        let (before, rest) = word.split_at(at);
        let after = &rest[member.len()..];
        !inside_run(before.chars().next_back(), member.chars().next())
            && !inside_run(member.chars().next_back(), after.chars().next())
    })
}

/// One page of answers.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SearchPage {
    /// The records of this page, in the order asked for.
    pub records: Vec<SearchRecord>,
    /// How many clauses answer the query in all.
    pub total: usize,
    /// Whether no clause holds all the words, and these hold most of them.
    pub relaxed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(words: &[&str]) -> SynonymGroup {
        SynonymGroup {
            origin: Origin::Synonym,
            words: words.iter().map(|&word| word.to_owned()).collect(),
        }
    }

    fn alternatives(word: &str, groups: &[SynonymGroup]) -> Vec<String> {
        let query = SearchQuery {
            clauses: vec![Clause { any_of: vec![Word::new(word).unwrap()] }],
            ..SearchQuery::default()
        };
        let query = query.expand(groups);
        let word = query.words().next().unwrap();
        word.alternatives.iter().map(|alternative| alternative.text.clone()).collect()
    }

    #[test]
    fn whole_words_and_parts_are_replaced() {
        let groups =
            [group(&["PM2.5", "细颗粒物"]), group(&["双碳", "碳达峰碳中和", "碳达峰、碳中和"])];
        for (word, expected) in [
            ("ＰＭ2.5", vec!["细颗粒物"]),
            ("细颗粒物浓度", vec!["pm2.5浓度"]),
            ("双碳", vec!["碳达峰碳中和", "碳达峰、碳中和"]),
            ("PM2.50", vec![]),
            ("黑土地", vec![]),
        ] {
            assert_eq!(alternatives(word, &groups), expected, "{word}");
        }
    }

    #[test]
    fn a_replacement_that_holds_the_word_is_left_out() {
        assert_eq!(alternatives("环保", &[group(&["环保", "生态环保"])]), Vec::<String>::new());
    }

    #[test]
    fn exact_takes_the_query_literally() {
        let query = SearchQuery {
            clauses: vec![Clause { any_of: vec![Word::new("双碳").unwrap()] }],
            ..SearchQuery::default()
        };
        let query = query.expand(&[group(&["双碳", "碳达峰碳中和"])]).exact();
        assert_eq!(query.relax, Relax::Never);
        assert!(query.words().all(|word| word.alternatives.is_empty()));
    }

    #[test]
    fn field_names_are_read_back() {
        for field in Field::ALL {
            assert_eq!(Field::from_name(field.name()), Some(field));
            assert!(Fields::from(field).has(field));
        }
        assert!(!Fields::CLAUSE.has(Field::Heading));
        assert_eq!(Fields::CLAUSE.iter().count(), 3);
    }
}
