//! What the characters of a question are worth in a clause.
//!
//! They say little alone, and to find the clauses that have them would take as many postings as
//! everything else. But among clauses that pairs and words have chosen they tell the better from
//! the worse, and in these they are counted as they stand in the texts.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, Score};

use crate::ranker::score_of;
use crate::texts::{Form, Texts};

/// Characters, each with its weight.
pub(crate) struct Characters {
    all: Vec<(char, Score)>,
    /// For each coded length of a text what is added to a count there.
    damping: [Score; 256],
}

/// How often each of the characters stands in a text.
struct Counts<'a> {
    characters: &'a Characters,
    texts: &'a Texts,
    /// For each code of the segment the number of the character, from 1 on; 0 for no character.
    of_code: Vec<u8>,
    counts: Vec<u32>,
}

impl Characters {
    pub(crate) fn new(damping: [Score; 256]) -> Self {
        Self { all: Vec::new(), damping }
    }

    /// Adds a character with its weight; there are at most 255.
    pub(crate) fn push(&mut self, ch: char, weight: Score) {
        self.all.push((ch, weight));
    }

    /// Adds what the characters are worth in their texts to the scores of clauses of one segment.
    pub(crate) fn add(
        &self,
        texts: &Texts,
        lengths: &FieldNormReader,
        clauses: &mut [(DocAddress, Score)],
    ) {
        let mut counts = Counts::new(self, texts);
        for (address, score) in clauses {
            let damping = self.damping[usize::from(lengths.fieldnorm_id(address.doc_id))];
            counts.count(address.doc_id);
            for (&count, &(_, weight)) in counts.counts.iter().zip(&self.all) {
                if count > 0 {
                    *score += score_of(weight, count, damping);
                }
            }
        }
    }

    fn number(&self, ch: char) -> Option<usize> {
        self.all.iter().position(|&(known, _)| known == ch)
    }
}

impl<'a> Counts<'a> {
    fn new(characters: &'a Characters, texts: &'a Texts) -> Self {
        let mut of_code = vec![0; Texts::N_CODES];
        for (&(ch, _), number) in characters.all.iter().zip(1..) {
            let rank = texts.known(ch).map(|known| usize::from(known.rank));
            if let Some(at) = rank.and_then(|rank| of_code.get_mut(rank)) {
                *at = number;
            }
        }
        Self { characters, texts, of_code, counts: vec![0; characters.all.len()] }
    }

    fn count(&mut self, doc: u32) {
        self.counts.fill(0);
        let Self { characters, texts, of_code, counts } = self;
        if texts.form(doc) == Form::Other {
            let view = texts.view(doc);
            view.chars()
                .filter_map(|ch| characters.number(ch))
                .for_each(|number| counts[number] += 1);
            return;
        }
        let mut rare = Vec::new();
        texts.codes(
            doc,
            |code| {
                if let Some(number) = usize::from(of_code[code]).checked_sub(1) {
                    counts[number] += 1;
                }
            },
            |ch| rare.push(ch),
        );
        rare.into_iter()
            .filter_map(|ch| characters.number(ch))
            .for_each(|number| counts[number] += 1);
    }
}
