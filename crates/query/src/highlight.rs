//! Looking at one clause with a query in hand: whether it answers, by which
//! words, and where these stand in the text that is shown.
//!
//! This is the meaning of a query, without any index: an engine may find the
//! clauses faster but must find these and no others.

use crate::{Field, Normalized, SearchQuery, Word};

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
struct Part {
    field: Field,
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
        if query.without.iter().any(|word| stands(&parts, word, &word.folded)) {
            return None;
        }
        let mut highlights = Vec::new();
        let mut used: Vec<String> = Vec::new();
        for clause in &query.clauses {
            let mut literal = false;
            for word in &clause.any_of {
                literal |= mark(&parts, word, &word.folded, &mut highlights);
            }
            if literal {
                continue;
            }
            let mut found = false;
            for word in &clause.any_of {
                for other in &word.alternatives {
                    if mark(&parts, word, &other.folded, &mut highlights)
                        || stands(&parts, word, &other.folded)
                    {
                        found = true;
                        let name = format!("{} {}", other.origin.name(), other.text);
                        if !used.contains(&name) {
                            used.push(name);
                        }
                    }
                }
            }
            let in_heading = |word: &Word| stands(&parts, word, &word.folded);
            if !found && !clause.any_of.iter().any(in_heading) {
                return None;
            }
        }
        let matched_by = if used.is_empty() { "words".to_owned() } else { used.join("; ") };
        Some(Finding { highlights: merged(highlights), matched_by })
    }

    /// Returns the places of those pairs of characters of the query's words
    /// that stand in the clause, for a clause found by relaxing.
    pub fn find_relaxed(&self, query: &SearchQuery) -> Finding {
        let parts = self.parts();
        let mut highlights = Vec::new();
        for word in query.words() {
            let starts: Vec<usize> = word.folded.char_indices().map(|(at, _)| at).collect();
            if starts.len() < 3 {
                mark(&parts, word, &word.folded, &mut highlights);
            }
            for (pair, &start) in starts.iter().enumerate() {
                if starts.len() >= 3 && pair + 1 < starts.len() {
                    let end = starts.get(pair + 2).copied().unwrap_or(word.folded.len());
                    mark(&parts, word, &word.folded[start..end], &mut highlights);
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

    fn parts(&self) -> Vec<Part> {
        let mut offset = 0;
        let mut parts = Vec::new();
        for (field, piece) in self.pieces() {
            parts.push(Part { field, shown_at: Some(offset), view: Normalized::new(piece) });
            offset += piece.chars().count() as u32 + 1;
        }
        parts.extend(self.headings.iter().map(|heading| Part {
            field: Field::Heading,
            shown_at: None,
            view: Normalized::new(heading),
        }));
        parts
    }
}

fn stands(parts: &[Part], word: &Word, folded: &str) -> bool {
    parts.iter().any(|part| word.fields.has(part.field) && part.view.contains(folded))
}

/// Notes where a word stands in the text shown and returns whether it does.
fn mark(parts: &[Part], word: &Word, folded: &str, highlights: &mut Vec<[u32; 2]>) -> bool {
    let before = highlights.len();
    for part in parts.iter().filter(|part| word.fields.has(part.field)) {
        if let Some(offset) = part.shown_at {
            let places = part.view.find_all(folded);
            highlights.extend(places.map(|[start, end]| [start + offset, end + offset]));
        }
    }
    highlights.len() > before
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

    fn find(query: &str) -> Option<(Vec<String>, String)> {
        let headings = ["三、污染防治".to_owned(), "(七)蓝天保卫战".to_owned()];
        let assignments = ["(牵头单位:省生态环境厅)".to_owned()];
        let clause = ClauseText {
            title: Some("蓝天保卫战"),
            headings: &headings,
            text: "到2027年,全省細顆粒物平均浓 度下降到32微克/立方米以下。",
            assignments: &assignments,
        };
        let groups = [SynonymGroup {
            origin: Origin::Synonym,
            words: vec!["PM2.5".to_owned(), "细颗粒物".to_owned()],
        }];
        let query = SearchQuery::parse(query).unwrap().expand(&groups);
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
        let expected = expected.map(|(marked, by)| {
            (marked.iter().map(|&mark| mark.to_owned()).collect::<Vec<_>>(), by.to_owned())
        });
        assert_eq!(find(query), expected, "{query}");
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
        check("PM2.5 OR 全省", Some((&["全省"], "words")));
        check("\"PM2.5\"", None);
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
        check("全省 -text:蓝天", Some((&["全省"], "words")));
    }
}
