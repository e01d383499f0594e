//! What the block of `key: value` lines at the top of a Markdown file says of the
//! document: keys named as in the JSON of its metadata, `title: "…"`, `issuers: […]`,
//! or as others name them: `official_number`, `issuer`. A list may stand below its key,
//! an entry a line.

use gangmu_model::{DocumentStatus, Metadata};
use serde_json::Value;

/// Entries of a list below its key, at most.
const MOST_ENTRIES: usize = 50;

/// Reads the block; what it does not say is taken from `given`.
pub(crate) fn hints(block: &str, given: &Metadata) -> Metadata {
    let mut hints = given.clone();
    let lines: Vec<&str> = block.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches('\'');
        // YAML reads a quoted value as JSON does; a bare one is text.
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        let text = || value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let list = || -> Vec<String> {
            let entries = value.as_array().into_iter().flatten();
            let below =
                lines[at + 1..].iter().map_while(|line| line.trim_start().strip_prefix("- "));
            let below = below.take(if value == "" { MOST_ENTRIES } else { 0 });
            entries.filter_map(Value::as_str).chain(below).map(str::to_owned).collect()
        };
        let field = match key {
            "title" => &mut hints.title,
            "attached_title" => &mut hints.attached_title,
            "document_kind" => &mut hints.document_kind,
            "drafted_by" => &mut hints.drafted_by,
            "document_number" | "official_number" => &mut hints.document_number,
            "issued_on" => &mut hints.issued_on,
            "effective_on" => &mut hints.effective_on,
            "published_at" => &mut hints.published_at,
            "region" => &mut hints.region,
            "issuers" | "issuer" => {
                hints.issuers = text().map_or_else(list, |issuer| vec![issuer]);
                continue;
            }
            "based_on" => {
                hints.based_on = list();
                continue;
            }
            "status" => {
                let named = |status: &DocumentStatus| value == status.name();
                hints.status = DocumentStatus::ALL.into_iter().find(named).or(hints.status);
                continue;
            }
            _ => continue,
        };
        *field = text().or(field.take());
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stand_below_their_keys() {
        let block = "---\nofficial_number: 苏市监〔2022〕1号\nissuer:\n- 某省发展改革委\n- 某局\ndate: '2020-01-01'\n---\n";
        let found = hints(block, &Metadata::default());
        assert_eq!(found.issuers, ["某省发展改革委", "某局"]);
        assert_eq!(found.document_number.as_deref(), Some("苏市监〔2022〕1号"));
        let none = hints("---\nofficial_number: ''\nissuer: []\n---\n", &Metadata::default());
        assert_eq!((none.document_number, none.issuers.len()), (None, 0));
    }

    #[test]
    fn values_are_read_quoted_and_bare() {
        let block = "---\ntitle: \"甲：“乙”\"\nregion: 辽宁省\nissuers: [\"某部\", \"某局\"]\nstatus: trial\n\
                     document_number: \"\"\nurl: https://example.cn\n---\n";
        let given = Metadata { document_number: Some("1号".into()), ..Metadata::default() };
        let hints = hints(block, &given);
        assert_eq!(hints.title.as_deref(), Some("甲：“乙”"));
        assert_eq!(hints.region.as_deref(), Some("辽宁省"));
        assert_eq!(hints.issuers, ["某部", "某局"]);
        assert_eq!(hints.status, Some(DocumentStatus::Trial));
        assert_eq!(hints.document_number.as_deref(), Some("1号"));
    }
}
