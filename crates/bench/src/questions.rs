//! What is asked, drawn from the clauses themselves.

use fastrand::Rng;
use gangmu_ranking::Law;
use jieba_rs::Jieba;
use serde::{Deserialize, Serialize};

/// A kind of question.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One word of two to four characters, as often as it stands in the texts.
    Word,
    /// Two words of one clause.
    TwoWords,
    /// Six to twelve characters copied from a clause.
    Phrase,
    /// One word, in one law.
    Filter,
    /// How many clauses hold a word.
    Count,
    /// A question in a sentence.
    Question,
}

impl Kind {
    /// Every kind, in the order of a report.
    pub const ALL: [Self; 6] =
        [Self::Word, Self::TwoWords, Self::Phrase, Self::Filter, Self::Count, Self::Question];

    /// Returns the name as a report prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "one word",
            Self::TwoWords => "two words",
            Self::Phrase => "phrase",
            Self::Filter => "word in one law",
            Self::Count => "count",
            Self::Question => "question",
        }
    }
}

/// A question as every engine gets it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// Its kind.
    pub kind: Kind,
    /// The words, the phrase or the question.
    pub words: Vec<String>,
    /// The law it is asked in, or any.
    pub law: Option<String>,
}

/// Draws `n` questions of each kind from laws; questions in sentences are taken from
/// `sentences`, and from the texts where there are none.
pub fn draw(laws: &[Law], sentences: &[String], n: usize, seed: u64) -> Vec<Asked> {
    let jieba = Jieba::new();
    let clauses: Vec<(&str, &str)> = laws
        .iter()
        .flat_map(|law| law.clauses.iter().map(|clause| (law.name.as_str(), clause.text.as_str())))
        .collect();
    let mut rng = Rng::with_seed(seed);
    let mut asked = Vec::new();
    for kind in Kind::ALL {
        let mut found = 0;
        // A few clauses hold nothing to ask for.
        for _ in 0..100 * n {
            if found == n || clauses.is_empty() {
                break;
            }
            let (law, text) = clauses[rng.usize(..clauses.len())];
            let words = match kind {
                Kind::Word | Kind::Filter | Kind::Count => words(&jieba, text, 1, &mut rng),
                Kind::TwoWords => words(&jieba, text, 2, &mut rng),
                Kind::Phrase => copied(text, &mut rng),
                Kind::Question if sentences.is_empty() => {
                    text.split(['。', '；', '\n']).next().map(|first| vec![format!("{first}吗？")])
                }
                Kind::Question => Some(vec![sentences[rng.usize(..sentences.len())].clone()]),
            };
            if let Some(words) = words {
                let law = (kind == Kind::Filter).then(|| law.to_owned());
                asked.push(Asked { kind, words, law });
                found += 1;
            }
        }
    }
    asked
}

fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}

/// Returns `n` different words of a text.
fn words(jieba: &Jieba, text: &str, n: usize, rng: &mut Rng) -> Option<Vec<String>> {
    let cut = jieba.cut(text, true).into_iter().map(|token| token.word);
    let mut words: Vec<&str> = cut
        .filter(|word| (2..=4).contains(&word.chars().count()) && word.chars().all(is_han))
        .collect();
    words.sort_unstable();
    words.dedup();
    rng.shuffle(&mut words);
    (words.len() >= n).then(|| words.into_iter().take(n).map(str::to_owned).collect())
}

/// Returns a piece of a text without marks.
fn copied(text: &str, rng: &mut Rng) -> Option<Vec<String>> {
    let runs: Vec<&str> =
        text.split(|ch| !is_han(ch)).filter(|run| run.chars().count() >= 6).collect();
    let run = *runs.get(rng.usize(..runs.len().max(1)))?;
    let n_chars = run.chars().count();
    let length = rng.usize(6..=12.min(n_chars));
    let start = rng.usize(..=n_chars - length);
    Some(vec![run.chars().skip(start).take(length).collect()])
}
