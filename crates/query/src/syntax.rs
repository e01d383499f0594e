//! The query language: what a person types into one line.
//!
//! | typed | meaning |
//! | --- | --- |
//! | `黑土地 保护` | both stand in the clause |
//! | `"乡村 建设"` | the phrase, taken literally: no synonyms |
//! | `“乡村 建设”` `「乡村 建设」` | the phrase, with these marks around it or without |
//! | `-沿海` | does not stand in it |
//! | `海水 OR 近岸海域` | one of the two; `OR` joins its neighbours only |
//! | `title:蓝天` `标题:蓝天` | in the title; likewise `heading:` `text:` `assignment:` |
//!
//! Every other mark is text: a pasted 牵头单位: is looked for as it stands, and so
//! are （七）, “六五”环境日 and 35%. Chinese quotation marks part a phrase only where they
//! stand around the whole of it, for documents use them too; a query that is
//! taken literally ([`SearchQuery::exact`]) keeps them.

use thiserror::Error;

use crate::{Alternative, Clause, Field, Fields, Origin, SearchQuery, Word};

/// A query that cannot be read: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("character {position} of the query: {reason}")]
pub struct SyntaxError {
    /// The 1-based place of the first character at fault, counted in characters.
    pub position: usize,
    /// One sentence without a final stop: what is wrong and what to type.
    pub reason: String,
}

impl SyntaxError {
    fn at(offset: usize, reason: impl Into<String>) -> Self {
        Self { position: offset + 1, reason: reason.into() }
    }
}

/// A word or an `OR`, with its offset in characters.
enum Token {
    Or(usize),
    Word { at: usize, word: Word, without: bool },
}

impl SearchQuery {
    /// Reads a query as a person types it. See the module's table.
    ///
    /// # Errors
    ///
    /// [`SyntaxError`] for an empty query, a quotation mark that is never
    /// closed, nothing after `title:` or `-`, an `OR` with nothing on one side,
    /// and `-` beside `OR`.
    ///
    /// ```
    /// use gangmu_query::SearchQuery;
    ///
    /// let query = SearchQuery::parse("title:蓝天 臭氧 OR 细颗粒物 -沿海").unwrap();
    /// assert_eq!((query.clauses.len(), query.without.len()), (2, 1));
    /// let error = SearchQuery::parse("黑土地 \"保护").unwrap_err();
    /// assert_eq!(error.position, 5);
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut query = Self::default();
        let mut or_at = None;
        // Whether the last token was a word that an OR can join.
        let mut joinable = false;
        for token in tokens(text)? {
            match token {
                Token::Or(at) => {
                    if !joinable || or_at.is_some() {
                        return Err(SyntaxError::at(
                            at,
                            "OR joins two words, and none stands before it; to look for the word itself, type \"OR\"",
                        ));
                    }
                    or_at = Some(at);
                }
                Token::Word { at, without: true, .. } if or_at.is_some() => {
                    return Err(SyntaxError::at(
                        at,
                        "a word to leave out cannot be one side of OR; put it after the words joined by OR",
                    ));
                }
                Token::Word { word, without: true, .. } => {
                    query.without.push(word);
                    joinable = false;
                }
                Token::Word { word, .. } => {
                    match query.clauses.last_mut() {
                        Some(clause) if or_at.take().is_some() => clause.any_of.push(word),
                        _ => query.clauses.push(Clause { any_of: vec![word] }),
                    }
                    joinable = true;
                }
            }
        }
        if let Some(at) = or_at {
            return Err(SyntaxError::at(
                at,
                "OR joins two words, and none stands after it; to look for the word itself, type \"OR\"",
            ));
        }
        if query.clauses.is_empty() && query.without.is_empty() {
            return Err(SyntaxError::at(0, "the query is empty; type a word to look for"));
        }
        Ok(query)
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_whitespace() {
            at += 1;
            continue;
        }
        let (token, end) = read_token(&chars, at)?;
        tokens.push(token);
        at = end;
    }
    Ok(tokens)
}

fn read_token(chars: &[char], start: usize) -> Result<(Token, usize), SyntaxError> {
    let mut at = start;
    let without = chars[at] == '-';
    at += usize::from(without);
    if without && chars.get(at).is_none_or(|ch| ch.is_whitespace()) {
        return Err(SyntaxError::at(
            start,
            "- leaves out the word after it, and none follows; write it without a blank, \
             as in -沿海, or type \"-\" to look for the mark itself",
        ));
    }
    let mut fields = Fields::CLAUSE;
    if let Some((field, after)) = field_at(chars, at) {
        if chars.get(after).is_none_or(|ch| ch.is_whitespace()) {
            let name = field.name();
            return Err(SyntaxError::at(
                at,
                format!(
                    "nothing stands after {name}:; write the word without a blank, as in {name}:保护"
                ),
            ));
        }
        fields = field.into();
        at = after;
    }
    if let Some((word, end)) = marked_phrase(chars, at) {
        return Ok((Token::Word { at: start, word: Word { fields, ..word }, without }, end));
    }
    let quoted = is_quote(chars[at]);
    let (content, end) = if quoted {
        let length = chars[at + 1..].iter().position(|&ch| is_quote(ch)).ok_or_else(|| {
            SyntaxError::at(
                at,
                "this quotation mark is never closed; add the second one or leave it out",
            )
        })?;
        (&chars[at + 1..at + 1 + length], at + length + 2)
    } else {
        let length = chars[at..].iter().take_while(|ch| !ch.is_whitespace()).count();
        (&chars[at..at + length], at + length)
    };
    let content: String = content.iter().collect();
    if content == "OR" && !quoted && !without && fields == Fields::CLAUSE {
        return Ok((Token::Or(start), end));
    }
    let word = Word::new(&content)
        .ok_or_else(|| SyntaxError::at(at, "nothing stands between these quotation marks"))?;
    Ok((Token::Word { at: start, word: Word { quoted, fields, ..word }, without }, end))
}

/// Returns the field named at this place and the offset after its colon.
fn field_at(chars: &[char], at: usize) -> Option<(Field, usize)> {
    // No field has a longer name: a colon further off is text.
    let length = chars[at..].iter().take(12).position(|&ch| matches!(ch, ':' | '：'))?;
    let name: String = chars[at..at + length].iter().collect();
    Some((Field::from_name(&name)?, at + length + 1))
}

/// Quotation marks of Chinese text, which a person may type around a phrase.
const MARKS: [(char, char); 3] = [('“', '”'), ('「', '」'), ('『', '』')];

/// Returns the phrase that stands between Chinese quotation marks with blanks
/// around, and the offset after it; `None` where they are part of a text.
fn marked_phrase(chars: &[char], at: usize) -> Option<(Word, usize)> {
    let &(_, closing) = MARKS.iter().find(|(opening, _)| *opening == chars[at])?;
    let end = at + chars[at..].iter().position(|&ch| ch == closing)? + 1;
    if chars.get(end).is_some_and(|ch| !ch.is_whitespace()) {
        return None;
    }
    let typed: String = chars[at..end].iter().collect();
    let inside: String = chars[at + 1..end - 1].iter().collect();
    let inside = Word::new(&inside)?;
    let bare = Alternative { text: inside.text, folded: inside.folded, origin: Origin::Phrase };
    Some((Word { quoted: true, alternatives: vec![bare], ..Word::new(&typed)? }, end))
}

/// Straight quotation marks, narrow and wide.
fn is_quote(ch: char) -> bool {
    matches!(ch, '"' | '＂')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows a query in short: words by `+`, alternatives by `|`.
    fn show(text: &str) -> String {
        let word = |word: &Word| {
            let field = if word.fields == Fields::CLAUSE {
                String::new()
            } else {
                format!("{:?}:", word.fields)
            };
            let quote = if word.quoted { "'" } else { "" };
            let others = word.alternatives.iter().map(|other| format!("/{}", other.folded));
            format!("{field}{quote}{}{quote}{}", word.folded, others.collect::<String>())
        };
        match SearchQuery::parse(text) {
            Ok(query) => {
                let clauses = query.clauses.iter().map(|clause| {
                    let words: Vec<_> = clause.any_of.iter().map(word).collect();
                    format!("+{}", words.join("|"))
                });
                let without = query.without.iter().map(|out| format!("-{}", word(out)));
                clauses.chain(without).collect::<Vec<_>>().join(" ")
            }
            Err(error) => format!("{}: {}", error.position, error.reason),
        }
    }

    #[test]
    fn words_phrases_fields_and_marks() {
        for (query, expected) in [
            ("黑土地", "+黑土地"),
            ("黑土地　保護", "+黑土地 +保护"),
            ("\"乡村 建设\" 绿色", "+'乡村建设' +绿色"),
            ("海水 OR 近岸海域 -大连", "+海水|近岸海域 --大连".replace("--", "-").as_str()),
            ("a OR b OR c d", "+a|b|c +d"),
            ("title:蓝天", "+{Title}:蓝天"),
            ("-heading：\"总体 要求\"", "-{Heading}:'总体要求'"),
            ("牵头单位:省林草局", "+牵头单位:省林草局"),
            ("“六五”环境日", "+“六五”环境日"),
            ("“十四五”", "+'“十四五”'/十四五"),
            ("「乡村 建设」 绿色", "+'「乡村建设」'/乡村建设 +绿色"),
            ("-“乡村 建设”", "-'“乡村建设”'/乡村建设"),
            ("“双碳”和“十四五”", "+“双碳”和“十四五”"),
            ("“六五 环境日", "+“六五 +环境日"),
            ("“”", "+“”"),
            ("标题：蓝天", "+{Title}:蓝天"),
            ("（七） 35% 2023-2030 \"-\"", "+(七) +35% +2023-2030 +'-'"),
            ("\"OR\" or", "+'or' +or"),
            ("5\"寸", "+5\"寸"),
            ("titles:a", "+titles:a"),
        ] {
            assert_eq!(show(query), expected, "{query}");
        }
    }

    #[test]
    fn errors_name_the_place() {
        for (query, start) in [
            ("", "1: the query is empty"),
            ("　 ", "1: the query is empty"),
            ("黑土 \"保护", "4: this quotation mark is never closed"),
            ("黑土 \" \"", "4: nothing stands between"),
            ("黑土 title:", "4: nothing stands after title:"),
            ("OR 黑土", "1: OR joins two words, and none stands before"),
            ("黑土 OR", "4: OR joins two words, and none stands after"),
            ("a OR OR b", "6: OR joins two words, and none stands before"),
            ("a OR -b", "6: a word to leave out"),
            ("黑土 - 沿海", "4: - leaves out the word after it"),
            ("-", "1: - leaves out the word after it"),
            ("-title:", "2: nothing stands after title:"),
            ("-a OR b", "4: OR joins two words, and none stands before"),
        ] {
            assert!(show(query).starts_with(start), "{query}: {}", show(query));
        }
    }

    #[test]
    fn no_input_panics() {
        proptest::proptest!(|(text in "[a-bO R\":：\\-\u{3000}title碳＂“”「」]{0,24}")| {
            let _ = SearchQuery::parse(&text);
        });
    }
}
