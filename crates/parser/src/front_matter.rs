//! What the block of `key: value` lines at the top of a Markdown file says of the
//! document: keys named as in the JSON of its metadata, `title: "…"`, `issuers: […]`.

use gangmu_model::{DocumentStatus, Metadata};
use serde_json::Value;

/// Reads the block; what it does not say is taken from `given`.
pub(crate) fn hints(block: &str, given: &Metadata) -> Metadata {
    let mut hints = given.clone();
    for (key, value) in block.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        // YAML reads a quoted value as JSON does; a bare one is text.
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        let text = || value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let list = || -> Vec<String> {
            let entries = value.as_array().into_iter().flatten();
            entries.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let field = match key {
            "title" => &mut hints.title,
            "attached_title" => &mut hints.attached_title,
            "document_kind" => &mut hints.document_kind,
            "drafted_by" => &mut hints.drafted_by,
            "document_number" => &mut hints.document_number,
            "issued_on" => &mut hints.issued_on,
            "effective_on" => &mut hints.effective_on,
            "published_at" => &mut hints.published_at,
            "region" => &mut hints.region,
            "issuers" => {
                hints.issuers = list();
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
