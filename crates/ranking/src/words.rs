//! The baseline: BM25 over jieba's words and nothing else.

use std::collections::HashMap;

use gangmu_model::Document;
use gangmu_query::normalize;
use jieba_rs::Jieba;

use crate::{Answer, DEPTH};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Every clause by its words, in memory.
pub struct Words {
    jieba: Jieba,
    clauses: Vec<Answer>,
    /// The number of words of each clause.
    lengths: Vec<f32>,
    /// For each word the clauses it stands in, and how often.
    postings: HashMap<String, Vec<(usize, f32)>>,
}

impl Words {
    /// Reads the clauses: title, text and closing assignments, as a search does.
    pub fn new(documents: &[Document]) -> Self {
        let mut baseline = Self {
            jieba: Jieba::new(),
            clauses: Vec::new(),
            lengths: Vec::new(),
            postings: HashMap::new(),
        };
        for document in documents {
            for division in &document.divisions {
                let closing = document
                    .assignments
                    .iter()
                    .filter(|assignment| assignment.division == division.id)
                    .map(|assignment| assignment.text.as_str());
                let mut pieces: Vec<&str> = division.title.as_deref().into_iter().collect();
                pieces.push(&division.text);
                pieces.extend(closing);
                let answer = Answer {
                    document: document.id.clone(),
                    division: division.id.as_str().to_owned(),
                };
                baseline.add(answer, &pieces.join("\n"));
            }
        }
        baseline
    }

    fn add(&mut self, answer: Answer, text: &str) {
        let clause = self.clauses.len();
        self.clauses.push(answer);
        let words = words(&self.jieba, text);
        self.lengths.push(words.len() as f32);
        for word in words {
            let postings = self.postings.entry(word).or_default();
            match postings.last_mut() {
                Some((last, count)) if *last == clause => *count += 1.0,
                _ => postings.push((clause, 1.0)),
            }
        }
    }

    /// Returns the best clauses for a query, the best first.
    pub fn ask(&self, query: &str) -> Vec<Answer> {
        let n_clauses = self.clauses.len() as f32;
        let mean_length = self.lengths.iter().sum::<f32>() / n_clauses.max(1.0);
        let mut scores = vec![0.0f32; self.clauses.len()];
        let mut asked = words(&self.jieba, query);
        asked.sort_unstable();
        asked.dedup();
        for postings in asked.iter().filter_map(|word| self.postings.get(word)) {
            let n_found = postings.len() as f32;
            let rarity = (1.0 + (n_clauses - n_found + 0.5) / (n_found + 0.5)).ln();
            for &(clause, count) in postings {
                let length = self.lengths[clause] / mean_length;
                scores[clause] +=
                    rarity * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).filter(|&at| scores[at] > 0.0).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        order.into_iter().take(DEPTH).map(|clause| self.clauses[clause].clone()).collect()
    }
}

fn words(jieba: &Jieba, text: &str) -> Vec<String> {
    let text = normalize(text);
    let cut = jieba.cut(&text, true).into_iter().map(|token| token.word);
    cut.filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}
