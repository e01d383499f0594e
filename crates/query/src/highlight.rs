//! Looking at one clause with a query in hand: whether it answers, by which
//! words, and where these stand in the text that is shown.
//!
//! This is the meaning of a query, without any index: an engine may find the
//! clauses faster but must find these and no others.

use crate::{Field, Normalized, SearchQuery, Stretch, Word, sentences};

/// The parts of a clause in which words are looked for.
#[derive(Clone, Copy, Debug)]
pub struct ClauseText<'a> {
    /// The division's own title.
    pub title: Option<&'a str>,
    /// The headings from the top down, its own included.
    pub headings: &'a [String],
    /// Its own text.
    pub text: &'a str,
    /// Its closing assignments, each once.
    pub assignments: &'a [String],
}

/// How a clause was found in which the words themselves stand.
const WORDS: &str = "words";

/// Where and how a clause answers a query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Finding {
    /// `[start, end)` character offsets into [`ClauseText::shown`], in order,
    /// without overlaps.
    pub highlights: Vec<[u32; 2]>,
    /// `words`; else each alternative used (`synonym 细颗粒物`), parted by a
    /// semicolon; or `relaxed`.
    pub matched_by: String,
}

/// One part as it is searched.
struct Part<'a> {
    field: Field,
    text: &'a str,
    /// Its offset in the text shown, in characters; none for a heading.
    shown_at: Option<u32>,
    view: Normalized,
}

impl ClauseText<'_> {
    /// Returns the text that a record shows: title, own text and closing
    /// assignments, each on a line of its own.
    pub fn shown(&self) -> String {
        self.pieces().map(|(_, piece)| piece).collect::<Vec<_>>().join("\n")
    }

    /// Returns where and how the clause answers the query, or `None` where it
    /// does not. Filters are not looked at.
    pub fn find(&self, query: &SearchQuery) -> Option<Finding> {
        let parts = self.parts();
        let whole = Scope { parts: &parts, stretch: None };
        if query.without.iter().any(|word| whole.has(word)) {
            return None;
        }
        let Some(stretch) = query.same else { return whole.find(query) };
        let mut found: Option<Finding> = None;
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.shown_at.is_some()) {
            if !query.words().any(|word| word.fields.has(part.field)) {
                continue;
            }
            for range in stretch.cut(part.text) {
                let scope = Scope { parts: &parts, stretch: Some((at, range)) };
                if let Some(here) = scope.find(query) {
                    match &mut found {
                        Some(found) => found.add(here),
                        None => found = Some(here),
                    }
                }
            }
        }
        found.map(|found| Finding { highlights: merged(found.highlights), ..found })
    }

    /// Returns the places of those pairs of characters of the query's words
    /// that stand in the clause, for a clause found by relaxing.
    pub fn find_relaxed(&self, query: &SearchQuery) -> Finding {
        let parts = self.parts();
        let scope = Scope { parts: &parts, stretch: None };
        let mut highlights = Vec::new();
        for word in query.words() {
            let starts: Vec<usize> = word.folded.char_indices().map(|(at, _)| at).collect();
            if starts.len() < 3 {
                scope.look(word, &word.folded, &mut highlights);
            }
            for (pair, &start) in starts.iter().enumerate() {
                if starts.len() >= 3 && pair + 1 < starts.len() {
                    let end = starts.get(pair + 2).copied().unwrap_or(word.folded.len());
                    scope.look(word, &word.folded[start..end], &mut highlights);
                }
            }
        }
        Finding { highlights: merged(highlights), matched_by: "relaxed".to_owned() }
    }

    /// Returns the pieces that are shown, empty ones left out.
    fn pieces(&self) -> impl Iterator<Item = (Field, &str)> {
        let title = self.title.map(|title| (Field::Title, title));
        let assignments =
            self.assignments.iter().map(|assignment| (Field::Assignment, assignment.as_str()));
        title
            .into_iter()
            .chain([(Field::Text, self.text)])
            .chain(assignments)
            .filter(|(_, piece)| !piece.is_empty())
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let mut offset = 0;
        let mut parts = Vec::new();
        for (field, piece) in self.pieces() {
            parts.push(Part {
                field,
                text: piece,
                shown_at: Some(offset),
                view: Normalized::new(piece),
            });
            offset += piece.chars().count() as u32 + 1;
        }
        parts.extend(self.headings.iter().map(|heading| Part {
            field: Field::Heading,
            text: heading,
            shown_at: None,
            view: Normalized::new(heading),
        }));
        parts
    }
}

impl Finding {
    /// Adds what was found in another stretch. Where one holds the words
    /// themselves, that is how the clause was found.
    fn add(&mut self, other: Self) {
        self.highlights.extend(other.highlights);
        if other.matched_by == WORDS {
            self.matched_by = other.matched_by;
        } else if self.matched_by != WORDS {
            for name in other.matched_by.split("; ") {
                if !self.matched_by.split("; ").any(|known| known == name) {
                    self.matched_by = format!("{}; {name}", self.matched_by);
                }
            }
        }
    }
}

impl Stretch {
    /// Cuts a text into such stretches: `[start, end)` character offsets.
    fn cut(self, text: &str) -> Vec<[u32; 2]> {
        match self {
            Self::Sentence => sentences(text),
            Self::Paragraph => {
                let mut end = 0;
                let lines = text.split_inclusive('\n').map(|line| {
                    let start = end;
                    end += line.chars().count() as u32;
                    [start, end]
                });
                lines.collect()
            }
        }
    }
}

/// What of a clause is looked at: all of it, or for the fields of one part a
/// stretch of that part alone.
struct Scope<'a> {
    parts: &'a [Part<'a>],
    /// The part, and the character offsets in it.
    stretch: Option<(usize, [u32; 2])>,
}

impl Scope<'_> {
    fn find(&self, query: &SearchQuery) -> Option<Finding> {
        let mut highlights = Vec::new();
        let mut used: Vec<String> = Vec::new();
        for clause in &query.clauses {
            let mut literal = false;
            for word in &clause.any_of {
                literal |= self.look(word, &word.folded, &mut highlights);
            }
            let mut found = literal;
            let others = clause.any_of.iter().flat_map(|word| {
                word.alternatives.iter().map(move |alternative| (word, alternative))
            });
            for (word, other) in others {
                if self.look(word, &other.folded, &mut highlights) && !literal {
                    found = true;
                    let name = format!("{} {}", other.origin.name(), other.text);
                    if !used.contains(&name) {
                        used.push(name);
                    }
                }
            }
            if !found {
                return None;
            }
        }
        let matched_by = if used.is_empty() { WORDS.to_owned() } else { used.join("; ") };
        Some(Finding { highlights: merged(highlights), matched_by })
    }

    /// Notes where a word stands in the text shown and returns whether it
    /// stands in one of its fields.
    fn look(&self, word: &Word, folded: &str, highlights: &mut Vec<[u32; 2]>) -> bool {
        let narrowed = self.stretch.filter(|(at, _)| word.fields.has(self.parts[*at].field));
        let mut found = false;
        for (at, part) in self.parts.iter().enumerate() {
            if !word.fields.has(part.field) || narrowed.is_some_and(|(only, _)| only != at) {
                continue;
            }
            let [from, to] = narrowed.map_or([0, u32::MAX], |(_, range)| range);
            let places = part.view.find_all(folded);
            for [start, end] in places.filter(|&[start, end]| from <= start && end <= to) {
                found = true;
                match part.shown_at {
                    Some(offset) => highlights.push([start + offset, end + offset]),
                    None => break,
                }
            }
        }
        found
    }

    /// Returns whether a word or what may stand in its place stands here.
    fn has(&self, word: &Word) -> bool {
        let others = word.alternatives.iter().map(|other| other.folded.as_str());
        let mut asked = std::iter::once(word.folded.as_str()).chain(others);
        asked.any(|folded| {
            let parts = self.parts.iter().filter(|part| word.fields.has(part.field));
            parts.into_iter().any(|part| part.view.contains(folded))
        })
    }
}

/// Sorts the places and joins those that overlap.
fn merged(mut places: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    places.sort_unstable();
    let mut merged: Vec<[u32; 2]> = Vec::new();
    for [start, end] in places {
        match merged.last_mut() {
            Some(last) if start < last[1] => last[1] = last[1].max(end),
            _ => merged.push([start, end]),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, SynonymGroup};

    fn find(query: &str, same: Option<Stretch>) -> Option<(Vec<String>, String)> {
        let headings = ["三、污染防治".to_owned(), "(七)蓝天保卫战".to_owned()];
        let assignments = ["(牵头单位:省生态环境厅)".to_owned()];
        let clause = ClauseText {
            title: Some("蓝天保卫战"),
            headings: &headings,
            text: "到2027年,全省細顆粒物平均浓 度下降到32微克/立方米以下。臭氧達標；\n全省通报👨‍👩‍👧e\u{301}𠮷臭氧。",
            assignments: &assignments,
        };
        let groups = [SynonymGroup {
            origin: Origin::Synonym,
            words: vec!["PM2.5".to_owned(), "细颗粒物".to_owned()],
        }];
        let query = SearchQuery { same, ..SearchQuery::parse(query).unwrap().expand(&groups) };
        let shown: Vec<char> = clause.shown().chars().collect();
        let finding = clause.find(&query)?;
        let marked = finding
            .highlights
            .iter()
            .map(|&[start, end]| shown[start as usize..end as usize].iter().collect())
            .collect();
        Some((marked, finding.matched_by))
    }

    #[track_caller]
    fn check(query: &str, expected: Option<(&[&str], &str)>) {
        check_in(None, query, expected);
    }

    #[track_caller]
    fn check_in(same: Option<Stretch>, query: &str, expected: Option<(&[&str], &str)>) {
        let expected = expected.map(|(marked, by)| {
            (marked.iter().map(|&mark| mark.to_owned()).collect::<Vec<_>>(), by.to_owned())
        });
        assert_eq!(find(query, same), expected, "{query}");
    }

    #[test]
    fn marks_the_original_text() {
        check("浓度", Some((&["浓 度"], "words")));
        check("细颗粒物 ３２微克", Some((&["細顆粒物", "32微克"], "words")));
        check("全省細 省细颗", Some((&["全省細顆"], "words")));
    }

    #[test]
    fn says_which_synonym_was_used() {
        check("PM2.5", Some((&["細顆粒物"], "synonym 细颗粒物")));
        check("PM2.5 OR 全省", Some((&["全省", "細顆粒物", "全省"], "words")));
        check("\"PM2.5\"", None);
    }

    #[test]
    fn phrases_stand_with_or_without_their_marks() {
        check("“细颗粒物”", Some((&["細顆粒物"], "phrase 细颗粒物")));
        check("全省 -“细颗粒物”", None);
    }

    #[test]
    fn places_are_characters_of_the_text_shown() {
        check("𠮷臭氧", Some((&["𠮷臭氧"], "words")));
        check("👧ｅ\u{301}", Some((&["👧e\u{301}"], "words")));
    }

    #[test]
    fn words_in_one_sentence_or_paragraph() {
        let sentence = Some(Stretch::Sentence);
        check("浓度 臭氧", Some((&["浓 度", "臭氧", "臭氧"], "words")));
        check_in(sentence, "浓度 臭氧", None);
        check_in(sentence, "全省 臭氧", Some((&["全省", "臭氧"], "words")));
        check_in(sentence, "PM2.5 浓度", Some((&["細顆粒物", "浓 度"], "synonym 细颗粒物")));
        check_in(sentence, "以下。臭氧", None);
        check_in(sentence, "全省 -达标", None);
        check_in(sentence, "title:蓝天 浓度", Some((&["蓝天", "浓 度"], "words")));
        check_in(sentence, "heading:污染 浓度", Some((&["浓 度"], "words")));
        check_in(sentence, "蓝天 浓度", None);
        let paragraph = Some(Stretch::Paragraph);
        check_in(paragraph, "浓度 臭氧", Some((&["浓 度", "臭氧"], "words")));
        check_in(paragraph, "浓度 通报", None);
    }

    #[test]
    fn no_match_crosses_from_one_part_to_the_next() {
        check("卫战到2027", None);
        check("以下。(牵头", None);
    }

    #[test]
    fn fields_are_kept_apart() {
        check("title:蓝天", Some((&["蓝天"], "words")));
        check("text:蓝天", None);
        check("assignment:生态环境", Some((&["生态环境"], "words")));
        check("heading:污染防治", Some((&[], "words")));
        check("污染防治", None);
        check("全省 -蓝天", None);
        check("全省 -text:蓝天", Some((&["全省", "全省"], "words")));
    }
}
