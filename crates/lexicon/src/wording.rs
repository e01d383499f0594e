//! How agency names end and how collective names begin, from the lists.

use crate::fold::{chars, ends_in};
use crate::table::{DataError, Map, Table};

/// What an ending tells about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Suffix {
    pub(crate) text: &'static str,
    /// Makes a name of its own, without a place in front.
    pub(crate) strong: bool,
    form: SuffixForm,
    min_chars: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SuffixForm {
    Full,
    Expands(&'static str),
    Short,
}

/// Endings, collective words and shortened words.
#[derive(Debug, Default)]
pub(crate) struct Wording {
    suffixes: Map<&'static str, Suffix>,
    longest_suffix_chars: usize,
    collective_prefixes: Vec<&'static str>,
    collective_suffixes: Vec<&'static str>,
    collective_parts: Vec<&'static str>,
    collective_ends: Vec<&'static str>,
    short_marks: Vec<&'static str>,
}

impl Wording {
    pub(crate) fn load(
        suffixes: Table,
        collectives: Table,
        marks: Table,
        errors: &mut Vec<DataError>,
    ) -> Self {
        let mut loaded = Self::default();
        for row in suffixes.rows::<6>(errors) {
            let [text, strength, form, full, min_chars, _source] = row.cells;
            let form = match form {
                "full" => SuffixForm::Full,
                "expands" if !full.is_empty() => SuffixForm::Expands(full),
                "short" => SuffixForm::Short,
                _ => {
                    errors.push(suffixes.error(row.line, "unknown form"));
                    continue;
                }
            };
            let (Ok(min_chars), true) = (min_chars.parse(), matches!(strength, "strong" | "weak"))
            else {
                errors.push(suffixes.error(row.line, "unreadable strength or min_chars"));
                continue;
            };
            loaded.longest_suffix_chars = loaded.longest_suffix_chars.max(chars(text));
            let suffix = Suffix { text, strong: strength == "strong", form, min_chars };
            loaded.suffixes.insert(text, suffix);
        }
        for row in collectives.rows::<3>(errors) {
            let [word, position, _source] = row.cells;
            match position {
                "prefix" => loaded.collective_prefixes.push(word),
                "suffix" => loaded.collective_suffixes.push(word),
                "contains" => loaded.collective_parts.push(word),
                "end" => loaded.collective_ends.push(word),
                _ => errors.push(collectives.error(row.line, "unknown position")),
            }
        }
        for row in marks.rows::<2>(errors) {
            loaded.short_marks.push(row.cells[0]);
        }
        loaded
    }

    /// Returns the ends that names and collective names have, in no order.
    #[cfg(test)]
    pub(crate) fn endings(&self) -> impl Iterator<Item = &'static str> {
        let collective = self.collective_suffixes.iter().chain(&self.collective_ends);
        self.suffixes.keys().copied().chain(collective.copied())
    }

    /// Returns the longest listed ending of a name.
    pub(crate) fn suffix(&self, name: &str) -> Option<Suffix> {
        let starts: Vec<usize> =
            name.char_indices().rev().take(self.longest_suffix_chars).map(|(at, _)| at).collect();
        starts.into_iter().rev().find_map(|at| self.suffixes.get(&name[at..]).copied())
    }

    /// Writes out the part of a name behind the place where it is official as
    /// it stands (营商环境建设局) or by a rule (…监管局, …管委会). A name that
    /// contains a shortened word, or is too short to be full, gives `None`.
    pub(crate) fn write_out(&self, body: &str) -> Option<String> {
        let suffix = self.suffix(body)?;
        if chars(body) < suffix.min_chars || body.contains(['(', ')', '、', ',', '。', ';']) {
            return None;
        }
        let stem = body.strip_suffix(suffix.text)?;
        if self.short_marks.iter().any(|mark| stem.contains(mark)) {
            return None;
        }
        match suffix.form {
            SuffixForm::Full => Some(body.to_owned()),
            SuffixForm::Expands(full) => Some(format!("{stem}{full}")),
            SuffixForm::Short => None,
        }
    }

    /// Says whether a folded name stands for several bodies, or for one that
    /// is not told: 各有关部门, 相关街镇, 国务院公安部门.
    pub(crate) fn is_collective(&self, name: &str) -> bool {
        self.collective_suffixes.iter().any(|word| ends_in(name, word))
            || self.collective_ends.iter().any(|word| ends_in(name, word))
                && self.opens_collective(name)
    }

    /// Says whether a name contains or begins with a word for several bodies (各, 有关).
    pub(crate) fn opens_collective(&self, name: &str) -> bool {
        self.collective_prefixes.iter().any(|word| name.starts_with(word))
            || self.collective_parts.iter().any(|word| name.contains(word))
    }
}
