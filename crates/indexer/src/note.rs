//! What a commit notes beside the records: when it was, and which parts no clause has.
//!
//! To look for a word in a part that no clause has takes the engine longer than to look in one
//! that many have, and most collections have only some of the parts.

use std::path::Path;

use gangmu_query::Field;
use serde::Deserialize;
use tantivy::Directory as _;

use crate::home::ENGINE_STATE;

/// A commit's note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Note {
    /// Seconds since 1970 UTC.
    pub written_at: Option<u64>,
    /// Parts of which no record has had a text so far.
    pub absent: Vec<Field>,
}

impl Note {
    /// Returns the note of an index that holds nothing yet.
    pub(crate) fn of_nothing() -> Self {
        Self { written_at: None, absent: Field::ALL.to_vec() }
    }

    /// Returns the note of an engine's last commit. A commit in between can only have fewer
    /// parts absent, so it is read after the records are opened and never before.
    pub(crate) fn of(engine: &tantivy::Index) -> Self {
        #[derive(Deserialize)]
        struct State {
            payload: Option<String>,
        }
        let state = engine.directory().atomic_read(Path::new(ENGINE_STATE)).ok();
        let state = state.and_then(|json| serde_json::from_slice::<State>(&json).ok());
        state.and_then(|state| state.payload).map(|text| Self::read(&text)).unwrap_or_default()
    }

    fn read(text: &str) -> Self {
        let mut words = text.split(' ');
        let written_at = words.next().and_then(|seconds| seconds.parse().ok());
        let absent = words.filter_map(|name| Field::ALL.into_iter().find(|of| of.name() == name));
        Self { written_at, absent: absent.collect() }
    }

    /// Returns the note as the engine keeps it: the seconds and the names of absent parts.
    pub(crate) fn text(&self) -> String {
        let mut text = self.written_at.unwrap_or_default().to_string();
        for part in &self.absent {
            text.push(' ');
            text.push_str(part.name());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let note = Note { written_at: Some(17), absent: vec![Field::Title, Field::Assignment] };
        assert_eq!(note.text(), "17 title assignment");
        assert_eq!(Note::read(&note.text()), note);
        assert_eq!(Note::read("17"), Note { written_at: Some(17), absent: Vec::new() });
    }
}
