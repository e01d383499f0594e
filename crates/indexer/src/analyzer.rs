//! The tokens that a normalised text is indexed as, and those that servers are given.
//!
//! * [`GRAMS`]: for each character the pair it begins, at the character's position; the last
//!   character alone; and each word of the dictionary, of three or four Han characters, wherever
//!   it stands, at the position of its first character. Terms that cover a word one after the
//!   other stand in the text exactly where the word stands, and so does the word itself where it
//!   is a term; a single character stands where a term begins with it. Pairs of letters or
//!   digits rank, too.
//! * [`WORDS`], on servers alone: the words that jieba cuts a text into, without those that are
//!   only marks, and beside them each Han character that is not too common to say anything, with
//!   a sign before it, for ranking. Gangmu's own index ranks by pairs and by the text itself.
//!
//! The dictionary says which words are found by one look-up, and never which are found: one that
//! it does not have is found by its pairs. The input is normalised already; see
//! [`gangmu_query::normalize`].

use std::ops::Range;
use std::sync::LazyLock;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::cut::{Cutter, LongWords};
use crate::packed::han;

/// The version of the token streams, of the lists that they read, and of the normalised view
/// beneath them.
pub const ANALYZER_VERSION: u32 = 5;

/// The name of the stream of pairs and words with positions.
pub(crate) const GRAMS: &str = "grams";
/// The name of the field of words on a server.
pub const WORDS: &str = "words";

/// Returns the tokenizers of the index.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(GRAMS, Grams::default());
    manager
}

/// Returns the words that jieba cuts a normalised text into, without those that are only marks,
/// and behind each its characters as [`characters`] has them: for engines that are given tokens
/// and not a text.
pub fn word_tokens(text: &str) -> Vec<String> {
    let mut places = Vec::new();
    Cutter::with(text, |cutter| cutter.cut(&mut places));
    let is_letter = |ch| han(ch) > 0 || char::is_alphanumeric(ch);
    let words = places.into_iter().map(|place| &text[place]);
    let words = words.filter(|word| word.chars().any(is_letter));
    words.flat_map(|word| std::iter::once(word.to_owned()).chain(characters(word))).collect()
}

/// Returns for each character of a normalised text the pair it begins, and the last character
/// alone, for such engines.
pub fn pair_tokens(text: &str) -> impl Iterator<Item = &str> {
    let last = text.char_indices().next_back().map(|(at, _)| &text[at..]);
    pairs(text).chain(last)
}

/// Returns the pairs of a normalised word, for asking the stream of pairs; none for a word of
/// fewer than two characters.
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
    telling(word).map(|ch| String::from_iter([CHARACTER, ch]))
}

/// Returns the Han characters of a normalised word that say something alone.
pub(crate) fn telling(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|&ch| is_telling(ch))
}

/// Returns whether a character may stand in a word of the dictionary.
pub(crate) fn is_han(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether a Han character says something alone: whether it is none of
/// `seeds/lexicon/common-characters.tsv`.
fn is_telling(ch: char) -> bool {
    static COMMON: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let list = include_str!("../../../seeds/lexicon/common-characters.tsv");
        let rows = list.lines().filter(|line| !line.starts_with('#')).skip(1);
        let mut common = vec![false; usize::from(u16::MAX)];
        rows.flat_map(|row| row.chars().next())
            .for_each(|ch| common[usize::from(han(ch))] = han(ch) > 0);
        common
    });
    is_han(ch) && !COMMON[usize::from(han(ch))]
}

#[derive(Clone, Default)]
struct Grams {
    words: LongWords,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        self.words.take_in(text);
        let (words, token) = (self.words.marks.iter(), Token::default());
        GramStream { text, words, at: 0, next: 0, three: false, four: false, token }
    }
}

struct GramStream<'a> {
    text: &'a str,
    /// For each pair to come whether a word of three characters begins with it, and of four.
    words: std::slice::Iter<'a, (bool, bool)>,
    /// Where the last pair given begins, in bytes, and where the next one does.
    at: usize,
    next: usize,
    /// Whether a word of so many characters begins with the last pair and was not given yet.
    three: bool,
    four: bool,
    token: Token,
}

/// The bytes of a character that words of three and four are made of.
const HAN_BYTES: usize = 3;

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        if std::mem::take(&mut self.three) {
            fill(&mut self.token, self.text, self.at..self.at + 3 * HAN_BYTES);
            return true;
        }
        if std::mem::take(&mut self.four) {
            fill(&mut self.token, self.text, self.at..self.at + 4 * HAN_BYTES);
            return true;
        }
        let mut chars = self.text[self.next..].chars();
        let Some(first) = chars.next() else { return false };
        self.at = self.next;
        self.next += first.len_utf8();
        let end = self.next + chars.next().map_or(0, char::len_utf8);
        (self.three, self.four) = self.words.next().copied().unwrap_or_default();
        fill(&mut self.token, self.text, self.at..end);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn fill(token: &mut Token, text: &str, place: Range<usize>) {
    token.text.clear();
    token.text.push_str(&text[place.clone()]);
    token.offset_from = place.start;
    token.offset_to = place.end;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut tokenizer = tokenizers().get(GRAMS).unwrap();
        let mut tokens = Vec::new();
        tokenizer.token_stream(text).process(&mut |token: &Token| {
            assert_eq!(&text[token.offset_from..token.offset_to], token.text);
            tokens.push(format!("{}{}", token.text, token.position));
        });
        assert_eq!(tokens.join(" "), expected);
    }

    #[test]
    fn each_pair_has_the_position_of_its_first_character() {
        check("碳中和", "碳中0 中和1 和2");
        check("达35%", "达30 351 5%2 %3");
        check("碳", "碳0");
        check("", "");
    }

    #[test]
    fn each_word_of_the_dictionary_has_the_position_of_its_first_character() {
        check("博物馆。", "博物0 博物馆0 物馆1 馆。2 。3");
        check("在博物馆", "在博0 博物1 博物馆1 物馆2 馆3");
        check("实事求是", "实事0 实事求是0 事求1 求是2 是3");
    }

    #[test]
    fn words_come_from_the_dictionary_and_numbers_stay_whole() {
        let tokens: Vec<String> = ["黑臭", "水体", "35%"]
            .into_iter()
            .flat_map(|word| std::iter::once(word.to_owned()).chain(characters(word)))
            .collect();
        assert_eq!(word_tokens("黑臭水体,35%"), tokens);
        assert!(tokens.len() > 3);
    }

    #[test]
    fn pairs_of_a_word() {
        assert_eq!(pairs("碳中和").collect::<Vec<_>>(), ["碳中", "中和"]);
        assert_eq!(pairs("碳").count(), 0);
        assert_eq!(letter_pairs("达5%").collect::<Vec<_>>(), ["达5"]);
    }
}
