//! Which documents a question is put to.

use gangmu_model::DocumentStatus;

use crate::{Described, normalize};

/// The documents a question asks. Each field that is filled narrows them; one
/// of its values is enough. An empty filter asks all.
///
/// Width, case and blanks do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// A word is the id, or stands in the id or title.
    pub words: Vec<String>,
    /// A word stands in the name of an issuer.
    pub issuers: Vec<String>,
    /// A word stands in the region's name.
    pub regions: Vec<String>,
    /// The document's kind: 通知; 意见 asks 实施意见 too.
    pub kinds: Vec<String>,
    /// Its status.
    pub statuses: Vec<DocumentStatus>,
    /// The first day, see [`Described::date`]: an ISO date, year or month.
    /// Documents without a date are left out.
    pub since: Option<String>,
    /// The last day, or the year or month of it.
    pub until: Option<String>,
}

impl DocumentFilter {
    /// Asks the documents that any of the words names.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        Self {
            words: words.into_iter().map(|word| word.as_ref().to_owned()).collect(),
            ..Self::default()
        }
    }

    /// Returns whether every document is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns whether `document` is asked.
    pub fn admits(&self, document: &impl Described) -> bool {
        let metadata = document.metadata();
        let title = metadata.title.as_deref().unwrap_or_default();
        any_in(&self.words, [document.id(), title])
            && any_in(&self.issuers, metadata.issuers.iter().map(String::as_str))
            && any_in(&self.regions, metadata.region.as_deref())
            && (self.kinds.is_empty()
                || metadata.document_kind.as_ref().is_some_and(|kind| {
                    self.kinds.iter().any(|asked| kind.ends_with(asked.as_str()))
                }))
            && (self.statuses.is_empty()
                || metadata.status.is_some_and(|status| self.statuses.contains(&status)))
            && self.admits_date(document.date())
    }

    fn admits_date(&self, date: Option<&str>) -> bool {
        // ISO dates are in the order of their letters; 2024 stands for all of 2024.
        let from = |since: &String| date.is_some_and(|date| date >= since.as_str());
        let to = |until: &String| {
            date.is_some_and(|date| date <= until.as_str() || date.starts_with(until.as_str()))
        };
        self.since.as_ref().is_none_or(from) && self.until.as_ref().is_none_or(to)
    }
}

/// Whether one of the words stands in one of the texts, or there is no word.
fn any_in<'t>(words: &[String], texts: impl IntoIterator<Item = &'t str>) -> bool {
    if words.is_empty() {
        return true;
    }
    let words: Vec<String> = words.iter().map(|word| normalize(word)).collect();
    let mut texts = texts.into_iter().map(normalize);
    texts.any(|text| words.iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_be_years_or_months() {
        let filter = |since: &str, until: &str| DocumentFilter {
            since: Some(since.to_owned()).filter(|date| !date.is_empty()),
            until: Some(until.to_owned()).filter(|date| !date.is_empty()),
            ..DocumentFilter::default()
        };
        for (since, until, date, admitted) in [
            ("2024", "", Some("2024-01-01"), true),
            ("2024-02", "", Some("2024-01-31"), false),
            ("", "2024", Some("2024-12-31"), true),
            ("", "2024-11", Some("2024-12-01"), false),
            ("2024-03-01", "2024-03-01", Some("2024-03-01"), true),
            ("2024", "", None, false),
            ("", "", None, true),
        ] {
            assert_eq!(
                filter(since, until).admits_date(date),
                admitted,
                "{since}..{until} {date:?}"
            );
        }
    }

    #[test]
    fn words_are_looked_for_in_any_width() {
        assert!(any_in(&["ＡＢ".to_owned()], ["x-ab"]));
        assert!(any_in(&[], []));
        assert!(!any_in(&["省".to_owned()], []));
    }
}
