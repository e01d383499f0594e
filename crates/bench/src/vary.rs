//! Many laws made of a few: their sentences in other company, with other
//! numbers, years, places and names.
//!
//! The same seed makes the same laws. What a clause is made of is real, so words
//! are as frequent beside one another as in the texts; what is put in is new, so
//! the vocabulary grows with the number of clauses as it does in a real collection.

use fastrand::Rng;
use gangmu_lexicon::Lexicon;
use gangmu_ranking::{Law, LawClause};

/// Clauses of a made law.
const LAW_CLAUSES: usize = 40;
/// One sentence in this many comes from another clause.
const STRANGER: usize = 3;
/// One clause in this many names a place and a body that no text names.
const NAMED: usize = 4;
const KINDS: [&str; 8] =
    ["产业园区", "保护工程", "灌区", "示范基地", "水库", "管理中心", "博物馆", "集团公司"];
const DIGITS: &str = "一二三四五六七八九";

/// Makes laws of at least `n_clauses` clauses in all, none of them the same.
pub fn laws(base: &[Law], n_clauses: usize, seed: u64) -> impl Iterator<Item = Law> {
    let clauses: Vec<(&str, Vec<&str>)> = base
        .iter()
        .flat_map(|law| law.clauses.iter().map(|clause| (law.name.as_str(), &clause.text)))
        .map(|(law, text)| (law, text.split_inclusive(['。', ';', '；', '\n']).collect()))
        .collect();
    let characters: Vec<char> =
        base.iter().flat_map(|law| law.name.chars()).filter(|ch| *ch >= '\u{4e00}').collect();
    let places: Vec<&str> = Lexicon::builtin().regions().iter().map(|region| region.name).collect();
    let mut rng = Rng::with_seed(seed);
    let mut made = 0;
    std::iter::from_fn(move || {
        if made >= n_clauses || clauses.is_empty() {
            return None;
        }
        let first = rng.usize(..clauses.len());
        let name = format!("{}({made})", clauses[first].0);
        let n_here = LAW_CLAUSES.min(n_clauses - made);
        let clauses = (0..n_here).map(|at| {
            let (_, sentences) = &clauses[rng.usize(..clauses.len())];
            let mut text = String::new();
            if rng.usize(..NAMED) == 0 {
                let coined: String = (0..rng.usize(2..4))
                    .map(|_| characters[rng.usize(..characters.len())])
                    .collect();
                text.push_str(places[rng.usize(..places.len())]);
                text.push_str(&coined);
                text.push_str(KINDS[rng.usize(..KINDS.len())]);
                text.push('，');
            }
            for &own in sentences {
                let sentence = if rng.usize(..STRANGER) == 0 {
                    let (_, others) = &clauses[rng.usize(..clauses.len())];
                    others[rng.usize(..others.len())]
                } else {
                    own
                };
                text.extend(sentence.chars().map(|ch| renumbered(ch, &mut rng)));
            }
            LawClause { id: format!("v{}", made + at), text }
        });
        let law = Law { name, clauses: clauses.collect() };
        made += n_here;
        Some(law)
    })
}

/// Returns another digit for a digit, Arabic or Chinese, half of the time.
fn renumbered(ch: char, rng: &mut Rng) -> char {
    let is_chinese = DIGITS.contains(ch);
    if !is_chinese && !ch.is_ascii_digit() || rng.bool() {
        return ch;
    }
    if is_chinese {
        DIGITS.chars().nth(rng.usize(..9)).unwrap_or(ch)
    } else {
        char::from(b'0' + rng.u8(..10))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_laws_and_no_clause_twice() {
        let base = [Law {
            name: "湿地保护法".to_owned(),
            clauses: vec![
                LawClause {
                    id: "1".to_owned(), text: "国家保护湿地。罚款5万元。".to_owned()
                },
                LawClause { id: "2".to_owned(), text: "自2022年6月1日起施行。".to_owned() },
            ],
        }];
        let made: Vec<Law> = laws(&base, 100, 7).collect();
        assert_eq!(made, laws(&base, 100, 7).collect::<Vec<_>>());
        assert_ne!(made, laws(&base, 100, 8).collect::<Vec<_>>());
        let clauses = made.iter().flat_map(|law| &law.clauses);
        assert_eq!(clauses.clone().count(), 100);
        assert_eq!(clauses.map(|clause| &clause.id).collect::<BTreeSet<_>>().len(), 100);
    }
}
