//! The token streams that a normalised text is indexed as.
//!
//! * [`PAIRS`]: for each character the pair it begins, at the character's
//!   position; the last character alone. A word of two characters or more stands in the
//!   text exactly where its pairs stand one after the other, and a single
//!   character where a term begins with it. Pairs of letters or digits rank, too.
//! * [`WORDS`]: jieba's words, without those that are only marks, and beside them each Han
//!   character with a sign before it, for ranking.
//!
//! The input is normalised already; see [`gangmu_query::normalize`].

use std::sync::OnceLock;

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The version of the token streams and of the normalised view beneath them.
pub const ANALYZER_VERSION: u32 = 2;

/// The name of the stream of pairs with positions.
pub const PAIRS: &str = "pairs";
/// The name of the stream of words.
pub const WORDS: &str = "words";

/// Returns the tokenizers of the index. No dictionary is loaded until a text
/// goes through [`WORDS`].
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(PAIRS, Pairs);
    manager.register(WORDS, Words);
    manager
}

/// Returns the tokens of a normalised text in [`PAIRS`] or [`WORDS`], in their order,
/// for engines that are given tokens and not a text.
pub fn tokens(stream: &str, text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    if let Some(mut tokenizer) = tokenizers().get(stream) {
        tokenizer.token_stream(text).process(&mut |token| tokens.push(token.text.clone()));
    }
    tokens
}

/// Returns the pairs of a normalised word with their positions, for asking
/// [`PAIRS`]; none for a word of fewer than two characters.
pub fn pairs(word: &str) -> impl Iterator<Item = &str> {
    let starts = word.char_indices().map(|(at, _)| at);
    let ends = word.char_indices().map(|(at, ch)| at + ch.len_utf8()).skip(1);
    starts.zip(ends).map(|(start, end)| &word[start..end])
}

/// Returns the pairs of letters or digits of a normalised word.
pub fn letter_pairs(word: &str) -> impl Iterator<Item = &str> {
    pairs(word).filter(|pair| pair.chars().all(char::is_alphanumeric))
}

/// Stands before a character in [`WORDS`], so that no word is taken for one.
const CHARACTER: char = '\u{1}';

/// Returns the terms of the Han characters of a normalised word in [`WORDS`].
pub fn characters(word: &str) -> impl Iterator<Item = String> {
    word.chars().filter(|&ch| is_han(ch)).map(|ch| String::from_iter([CHARACTER, ch]))
}

fn is_han(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[derive(Clone)]
struct Pairs;

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        PairStream { text, at: 0, token: Token::default() }
    }
}

struct PairStream<'a> {
    text: &'a str,
    at: usize,
    token: Token,
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        let mut chars = self.text[self.at..].chars();
        let Some(first) = chars.next() else { return false };
        let next = self.at + first.len_utf8();
        let end = next + chars.next().map_or(0, char::len_utf8);
        fill(&mut self.token, self.text, self.at, end);
        self.token.position = self.token.position.wrapping_add(1);
        self.at = next;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Clone)]
struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        // Without its hidden Markov model jieba breaks 4.1, 35% and PM2.5.
        let words = jieba().cut(text, true).into_iter().map(|token| token.word).collect();
        WordStream { words, next: 0, at: 0, characters: "", token: Token::default() }
    }
}

/// Returns jieba with its own dictionary, loaded at the first call (0.1 s).
fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

struct WordStream<'a> {
    words: Vec<&'a str>,
    next: usize,
    /// The byte offset of the next word.
    at: usize,
    /// What is left of the last word, to be given character by character.
    characters: &'a str,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(ch) = self.characters.chars().next() {
            let start = self.at - self.characters.len();
            self.characters = &self.characters[ch.len_utf8()..];
            if is_han(ch) {
                self.token.text.clear();
                self.token.text.extend([CHARACTER, ch]);
                self.token.offset_from = start;
                self.token.offset_to = start + ch.len_utf8();
                return true;
            }
        }
        while let Some(word) = self.words.get(self.next) {
            let start = self.at;
            self.next += 1;
            self.at += word.len();
            if word.chars().any(char::is_alphanumeric) {
                self.characters = word;
                self.token.text.clear();
                self.token.text.push_str(word);
                self.token.offset_from = start;
                self.token.offset_to = self.at;
                self.token.position = self.token.position.wrapping_add(1);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn fill(token: &mut Token, text: &str, start: usize, end: usize) {
    token.text.clear();
    token.text.push_str(&text[start..end]);
    token.offset_from = start;
    token.offset_to = end;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stream: &str, text: &str, expected: &str) {
        let mut tokenizer = tokenizers().get(stream).unwrap();
        let mut tokens = Vec::new();
        tokenizer.token_stream(text).process(&mut |token: &Token| {
            let written = token.text.trim_start_matches(CHARACTER);
            assert_eq!(&text[token.offset_from..token.offset_to], written);
            tokens.push(format!("{}{}", token.text, token.position));
        });
        assert_eq!(tokens.join(" "), expected);
    }

    #[test]
    fn each_pair_has_the_position_of_its_first_character() {
        check(PAIRS, "碳中和", "碳中0 中和1 和2");
        check(PAIRS, "达35%", "达30 351 5%2 %3");
        check(PAIRS, "碳", "碳0");
        check(PAIRS, "", "");
    }

    #[test]
    fn words_come_from_the_dictionary_and_numbers_stay_whole() {
        let characters = |word: &str, at: usize| {
            characters(word).map(|ch| format!("{ch}{at}")).collect::<Vec<_>>().join(" ")
        };
        let (a, b) = (characters("黑臭", 0), characters("水体", 1));
        check(WORDS, "黑臭水体,35%", &format!("黑臭0 {a} 水体1 {b} 35%2"));
    }

    #[test]
    fn pairs_of_a_word() {
        assert_eq!(pairs("碳中和").collect::<Vec<_>>(), ["碳中", "中和"]);
        assert_eq!(pairs("碳").count(), 0);
        assert_eq!(letter_pairs("达5%").collect::<Vec<_>>(), ["达5"]);
    }
}
