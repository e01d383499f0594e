//! Cutting a text into words exactly as jieba does, with a table made from its dictionary.
//!
//! jieba-rs spends most of its time waiting for its table of words, which is larger than what a
//! processor keeps at hand; ours is half of it and needs no loading. What the dictionary
//! does not explain is cut by jieba's own hidden Markov model.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::dictionary::{LOG_SHARES, words};
use crate::packed::{code, han};

/// The words of the dictionary that stand in a text, and the way to cut it by them. Its room is
/// used for text after text.
#[derive(Default)]
pub(crate) struct Cutter {
    text: String,
    chars: Vec<Character>,
    /// The words that stand in the text: the place after each and the number of its frequency,
    /// those that begin at one character after the other.
    edges: Vec<(u32, u16)>,
    /// For each character the best score of the rest and the place after its word.
    route: Vec<(f64, usize)>,
}

struct Character {
    /// Where it begins in the text, in bytes.
    start: u32,
    /// Where its edges begin.
    edges: u32,
    /// Its number in the dictionary.
    code: u16,
    /// Whether it may be a part of a word.
    of_words: bool,
}

thread_local! {
    static CUTTER: RefCell<Cutter> = RefCell::default();
}

impl Cutter {
    /// Calls `see` with a text of which the words are known.
    pub(crate) fn with<T>(text: &str, see: impl FnOnce(&mut Self) -> T) -> T {
        CUTTER.with_borrow_mut(|cutter| {
            cutter.take_in(text);
            see(cutter)
        })
    }

    fn take_in(&mut self, text: &str) {
        self.text.clear();
        self.text.push_str(text);
        self.chars.clear();
        self.edges.clear();
        self.chars.extend(text.char_indices().map(|(start, ch)| Character {
            start: start as u32,
            edges: 0,
            code: code(ch),
            of_words: is_of_words(ch),
        }));
        let n_chars = self.chars.len();
        self.chars.push(Character { start: text.len() as u32, edges: 0, code: 0, of_words: false });
        for at in 0..n_chars {
            self.chars[at].edges = self.edges.len() as u32;
            if self.chars[at].of_words {
                // Between words stands no character of the dictionary but signs that jieba
                // takes for no part of a word.
                let codes = self.chars[at..].iter().map_while(|ch| ch.of_words.then_some(ch.code));
                words(codes, |n_chars, number| self.edges.push(((at + n_chars) as u32, number)));
            }
        }
        self.chars[n_chars].edges = self.edges.len() as u32;
    }

    fn edges(&self, at: usize) -> &[(u32, u16)] {
        &self.edges[self.chars[at].edges as usize..self.chars[at + 1].edges as usize]
    }

    /// Writes the places of the words of the text, in bytes, and of each character between them.
    pub(crate) fn cut(&mut self, words: &mut Vec<Range<usize>>) {
        words.clear();
        self.find_route();
        let n_chars = self.chars.len() - 1;
        let mut at = 0;
        let mut run = 0;
        while at < n_chars {
            let next = self.route[at].1;
            if next - at > 1 || !self.chars[at].of_words {
                self.cut_run(run..at, words);
                words.push(self.place(at..next));
                run = next;
            }
            at = next;
        }
        self.cut_run(run..n_chars, words);
    }

    fn place(&self, chars: Range<usize>) -> Range<usize> {
        self.chars[chars.start].start as usize..self.chars[chars.end].start as usize
    }

    /// Finds the words that are together the most frequent; of equal ones the longer.
    fn find_route(&mut self) {
        let n_chars = self.chars.len() - 1;
        let mut route = std::mem::take(&mut self.route);
        route.clear();
        route.resize(n_chars + 1, (0.0, n_chars));
        let shares = &*LOG_SHARES;
        for at in (0..n_chars).rev() {
            let mut best = (f64::NEG_INFINITY, 0);
            for &(end, number) in self.edges(at) {
                let score = shares[usize::from(number)] + route[end as usize].0;
                if score >= best.0 {
                    best = (score, end as usize);
                }
            }
            route[at] = match best {
                // What is between words parts the sums, too.
                _ if !self.chars[at].of_words => (0.0, at + 1),
                (_, 0) => (shares[0] + route[at + 1].0, at + 1),
                best => best,
            };
        }
        self.route = route;
    }

    /// Cuts characters that are no part of a longer word.
    fn cut_run(&self, run: Range<usize>, words: &mut Vec<Range<usize>>) {
        match run.len() {
            0 => {}
            1 => words.push(self.place(run)),
            _ if self.edges(run.start).iter().any(|&(end, _)| end as usize == run.end) => {
                words.extend(run.map(|at| self.place(at..at + 1)));
            }
            _ => {
                let place = self.place(run);
                let found = without_words().cut(&self.text[place.clone()], true);
                let within = |at: usize| place.start + at;
                words.extend(
                    found.iter().map(|word| within(word.byte_start)..within(word.byte_end)),
                );
            }
        }
    }
}

/// The words of three and of four Han characters that begin at each character of a text. Its room
/// is used for text after text.
#[derive(Debug, Clone, Default)]
pub(crate) struct LongWords {
    /// The number of each character in the dictionary, 0 for one that is not Han.
    codes: Vec<u16>,
    /// For each character whether a word of three begins with it, and whether one of four does.
    pub marks: Vec<(bool, bool)>,
}

impl LongWords {
    pub(crate) fn take_in(&mut self, text: &str) {
        self.codes.clear();
        self.codes.extend(text.chars().map(han));
        self.marks.clear();
        self.marks.extend((0..self.codes.len()).map(|at| {
            let mark = &mut (false, false);
            words(self.codes[at..].iter().copied().take(4), |n_chars, _| {
                mark.0 |= n_chars == 3;
                mark.1 |= n_chars == 4;
            });
            *mark
        }));
    }
}

/// Returns whether jieba looks for words among characters like this one.
fn is_of_words(ch: char) -> bool {
    han(ch) > 0
        || if ch.is_ascii() {
            ch.is_ascii_alphanumeric() || matches!(ch, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        } else {
            matches!(ch,
                '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}'
                | '\u{2a700}'..='\u{2ebef}' | '\u{2f800}'..='\u{2fa1f}')
        }
}

/// Returns jieba without a dictionary: its hidden Markov model, which needs no loading.
fn without_words() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::empty)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[track_caller]
    fn check(jieba: &Jieba, text: &str) -> usize {
        let mut words = Vec::new();
        Cutter::with(text, |cutter| cutter.cut(&mut words));
        let expected: Vec<&str> = jieba.cut(text, true).into_iter().map(|word| word.word).collect();
        let found: Vec<&str> = words.into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, expected, "{text}");
        found.len()
    }

    #[test]
    fn texts_are_cut_as_jieba_does() {
        let jieba = Jieba::new();
        for text in [
            "",
            "到2027年,全省细颗粒物(PM2.5)平均浓度下降到32微克/立方米以下",
            "大陆自然岸线保有率不低于35%,森林覆盖率达到42.5%;4.1万平方公里",
            "AT&T、C++、T恤、1号店、10-20、a_b、-1、.5%、e\u{301}cole",
            "𠮷野家与𪚥(罕见字)㐀,　碳 达 峰\n中和",
            "的的的的 他来到了网易杭研大厦 小明硕士毕业于中国科学院计算所",
        ] {
            check(&jieba, text);
        }
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut n_words = 0;
        let mut folders = vec![home.join("seeds/documents"), home.join("tests/fixtures")];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(text) = std::fs::read_to_string(path) {
                    for line in text.lines() {
                        n_words += check(&jieba, line);
                        n_words += check(&jieba, &gangmu_query::normalize(line));
                    }
                }
            }
        }
        assert!(n_words > 100_000, "{n_words} words");
    }

    /// `GANGMU_TEXTS=clauses.txt cargo test --lib texts_at_hand -- --ignored`
    #[test]
    #[ignore = "GANGMU_TEXTS names a file of texts, which take a while"]
    fn texts_at_hand_are_cut_as_jieba_does() {
        let jieba = Jieba::new();
        let texts = std::fs::read_to_string(std::env::var("GANGMU_TEXTS").unwrap()).unwrap();
        let n_words: usize = texts
            .lines()
            .map(|line| check(&jieba, line) + check(&jieba, &gangmu_query::normalize(line)))
            .sum();
        assert!(n_words > 0);
    }

    /// Every word alone: whether the table holds the words that jieba loads.
    #[test]
    fn the_dictionary_is_that_of_jieba() {
        let jieba = Jieba::new();
        let list = std::fs::read_to_string(env!("JIEBA_DICTIONARY")).unwrap();
        let words: Vec<&str> = list.lines().filter_map(|row| row.split(' ').next()).collect();
        // Another number is another dictionary: `ANALYZER_VERSION` must change with it.
        assert_eq!(words.len(), 349_045);
        for word in words {
            assert!(jieba.has_word(word), "{word}");
            check(&jieba, word);
        }
    }
}
