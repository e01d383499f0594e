//! The best clauses for a question, without scoring every clause.
//!
//! What answers a question seldom repeats it, so any clause that holds a part
//! of it may be the best, and common terms stand in most clauses. So the rarest terms
//! choose: their postings, up to a fixed number, are added up, and the best
//! clauses by these are scored by all terms and by the question's characters, which are counted
//! in the texts themselves. The work is bounded however large the index.
//!
//! The score is BM25, of each stream with its own mean length, plus the mean of
//! the ten best scores in the same document: a document that speaks of the matter
//! in many places is the one to look into. The constants were tuned on two
//! thirds of the judged sets; see `gangmu-ranking`.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocAddress, DocId, DocSet, InvertedIndexReader, Score, Searcher, SegmentReader, TERMINATED,
    TantivyError,
};

use crate::characters::Characters;
use crate::place::{Places, Ranked};
use crate::question::{Asked, AskedTerm};
use crate::statistics::Statistics;
use crate::texts::TextsOf;

/// How soon the repetition of a term counts no more. Lower than usual: in a
/// clause of a few sentences a repeated word says little.
const K1: Score = 0.5;
/// The same for a character.
const CHARACTER_K1: Score = 0.4;
/// How much a long clause is held against its terms.
const B: Score = 0.7;
/// How many postings choose the candidates.
const CHOOSING_POSTINGS: u64 = 100_000;
/// Of the terms that do not choose, and of characters, those in a greater share of the clauses
/// say nothing.
pub(crate) const COMMON: f64 = 0.2;
/// How many clauses are scored by all terms, and so are given at most.
const MAX_CANDIDATES: usize = 500;
/// How many clauses of a document count for each of them.
const DOCUMENT_CLAUSES: usize = 10;
/// Clauses whose scores are added up at a time: 64 KiB, which stay in the cache.
const WINDOW: DocId = 1 << 14;
/// Sums that are compared at once; most of them are too low.
const LANES: usize = 16;

/// Puts a question's terms to one state of an index.
pub(crate) struct Ranker<'a> {
    pub searcher: &'a Searcher,
    pub statistics: &'a Statistics<'a>,
    pub places: Places<'a>,
    pub texts: &'a TextsOf,
    /// The field of the texts.
    pub text: Field,
    /// What a clause must be; `None` admits every clause.
    pub frame: Option<&'a dyn Query>,
}

/// A term that stands somewhere.
struct Scored {
    field: Field,
    weight: Score,
    above: bool,
    n_clauses: u64,
    /// For each segment where it stands.
    infos: Vec<Option<(Arc<InvertedIndexReader>, TermInfo)>>,
    /// For each coded length of a field what is added to the count of a term there.
    damping: Arc<[Score; 256]>,
    /// For each coded length the score where the term stands once, as most terms do.
    once: Box<[Score; 256]>,
}

/// A term's postings in one segment.
struct Cursor<'t> {
    postings: SegmentPostings,
    lengths: FieldNormReader,
    term: &'t Scored,
}

pub(crate) fn score_of(weight: Score, count: u32, damping: Score) -> Score {
    let count = count as Score;
    weight * count / (count + damping)
}

impl Cursor<'_> {
    fn score(&self) -> Score {
        let length = usize::from(self.lengths.fieldnorm_id(self.postings.doc()));
        match self.postings.term_freq() {
            1 => self.term.once[length],
            count => score_of(self.term.weight, count, self.term.damping[length]),
        }
    }
}

impl Ranker<'_> {
    /// Returns the best clauses, the best first, by place where scores are equal.
    pub(crate) fn best(&self, asked: &Asked) -> Result<Vec<Ranked>, TantivyError> {
        let mut terms = self.scored(&asked.terms)?;
        let characters = self.characters(asked)?;
        let mut sum = 0;
        let fits = |term: &&Scored| {
            sum += term.n_clauses;
            sum <= CHOOSING_POSTINGS
        };
        let n_choosing = terms.iter().take_while(fits).count().max(1).min(terms.len());
        let mut rest = terms.split_off(n_choosing);
        let most = self.statistics.total_num_docs()? as f64 * COMMON;
        rest.retain(|term| (term.n_clauses as f64) < most);
        let mut candidates = Vec::new();
        let admitted = self.admitted()?;
        let n_admitted = admitted.as_ref().map(|all| all.iter().map(Vec::len).sum::<usize>());
        if let (Some(admitted), Some(0..=MAX_CANDIDATES)) = (&admitted, n_admitted) {
            for (segment, docs) in (0u32..).zip(admitted) {
                let zero = |&doc| (DocAddress::new(segment, doc), 0.0);
                let mut here: Vec<(DocAddress, Score)> = docs.iter().map(zero).collect();
                self.add(&terms, segment, &mut here)?;
                self.add(&rest, segment, &mut here)?;
                // Characters alone find nothing.
                here.retain(|(_, score)| *score > 0.0);
                self.add_characters(&characters, segment, &mut here)?;
                candidates.push(here);
            }
        } else {
            let mut chosen = Chosen::default();
            for segment in 0..self.searcher.segment_readers().len() as u32 {
                let admitted = admitted.as_ref().map(|all| all[segment as usize].as_slice());
                self.choose(&terms, segment, admitted, &mut chosen)?;
            }
            let chosen = chosen.best(self.places)?;
            let mut of_segment = vec![Vec::new(); self.searcher.segment_readers().len()];
            for (address, score) in chosen {
                of_segment[address.segment_ord as usize].push((address, score));
            }
            for (segment, mut here) in (0u32..).zip(of_segment) {
                here.sort_unstable_by_key(|(address, _)| *address);
                self.add(&rest, segment, &mut here)?;
                self.add_characters(&characters, segment, &mut here)?;
                candidates.push(here);
            }
        }
        let mut ranked = self.places.of(candidates.concat());
        ranked.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
        add_documents(&mut ranked);
        self.places.sort_by_score(&mut ranked, usize::MAX)?;
        Ok(ranked)
    }

    /// Returns the terms that stand somewhere: those of the clause before those of
    /// headings, and the rarest first.
    fn scored(&self, asked: &[AskedTerm]) -> Result<Vec<Scored>, TantivyError> {
        let n_records = self.statistics.total_num_docs()?;
        let mut damping: HashMap<Field, Arc<[Score; 256]>> = HashMap::new();
        let mut readers: HashMap<Field, Vec<Arc<InvertedIndexReader>>> = HashMap::new();
        let mut terms = Vec::with_capacity(asked.len());
        let asked = asked.iter().filter(|asked| self.statistics.holds(asked.field));
        for AskedTerm { field, term, weight, above } in asked {
            if !readers.contains_key(field) {
                let segments = self.searcher.segment_readers().iter();
                let opened = segments.map(|segment| segment.inverted_index(*field));
                readers.insert(*field, opened.collect::<Result<_, _>>()?);
                let n_tokens = self.statistics.total_num_tokens(*field)?;
                damping.insert(*field, Arc::new(damping_of(K1, n_tokens, n_records)));
            }
            let mut infos = Vec::new();
            let mut n_clauses = 0;
            for (segment, reader) in readers[field].iter().enumerate() {
                let info = reader.get_term_info(term)?;
                if let Some(info) = &info {
                    n_clauses += self.statistics.removed.doc_freq_in(segment, reader, info)?;
                }
                infos.push(info.map(|info| (Arc::clone(reader), info)));
            }
            if n_clauses > 0 {
                let weight = weight * rarity(n_clauses, n_records) * (K1 + 1.0);
                let damping = Arc::clone(&damping[field]);
                let once = Box::new(damping.map(|damping| score_of(weight, 1, damping)));
                let (field, above) = (*field, *above);
                terms.push(Scored { field, weight, above, n_clauses, infos, damping, once });
            }
        }
        // The sort is stable: equally frequent terms stay in the order asked.
        terms.sort_by_key(|term| (term.above, term.n_clauses));
        Ok(terms)
    }

    /// Returns the characters of a question that say something, each with what it is worth.
    fn characters(&self, asked: &Asked) -> Result<Characters, TantivyError> {
        let n_records = self.statistics.total_num_docs()?;
        let n_tokens = self.statistics.total_num_tokens(self.text)?;
        let removed = self.statistics.removed;
        let mut characters = Characters::new(damping_of(CHARACTER_K1, n_tokens, n_records));
        for &(ch, weight) in &asked.characters {
            let n_clauses = self.texts.n_texts(ch, removed);
            if n_clauses > 0 && (n_clauses as f64) < n_records as f64 * COMMON {
                characters.push(ch, weight * rarity(n_clauses, n_records) * (K1 + 1.0));
            }
        }
        Ok(characters)
    }

    /// Adds the scores of characters to clauses of one segment.
    fn add_characters(
        &self,
        characters: &Characters,
        segment: u32,
        clauses: &mut [(DocAddress, Score)],
    ) -> Result<(), TantivyError> {
        if clauses.is_empty() || !self.statistics.holds(self.text) {
            return Ok(());
        }
        let lengths = self.searcher.segment_reader(segment).get_fieldnorms_reader(self.text)?;
        characters.add(self.texts.at(segment), &lengths, clauses);
        Ok(())
    }

    /// Returns the clauses that the frame admits, by segment, each in order.
    fn admitted(&self) -> Result<Option<Vec<Vec<DocId>>>, TantivyError> {
        let Some(frame) = self.frame else { return Ok(None) };
        let weight = frame.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let mut admitted = Vec::new();
        for segment in self.searcher.segment_readers() {
            let mut docs = Vec::new();
            weight.for_each_no_score(segment, &mut |found| docs.extend_from_slice(found))?;
            docs.retain(|&doc| !segment.is_deleted(doc));
            admitted.push(docs);
        }
        Ok(Some(admitted))
    }

    fn cursors<'t>(
        &self,
        terms: &'t [Scored],
        segment: u32,
    ) -> Result<Vec<Cursor<'t>>, TantivyError> {
        let reader: &SegmentReader = self.searcher.segment_reader(segment);
        let mut cursors = Vec::with_capacity(terms.len());
        for term in terms {
            if let Some((index, info)) = &term.infos[segment as usize] {
                let postings =
                    index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                let lengths = reader.get_fieldnorms_reader(term.field)?;
                cursors.push(Cursor { postings, lengths, term });
            }
        }
        Ok(cursors)
    }

    /// Adds up the scores of a few terms over a whole segment.
    fn choose(
        &self,
        terms: &[Scored],
        segment: u32,
        admitted: Option<&[DocId]>,
        chosen: &mut Chosen,
    ) -> Result<(), TantivyError> {
        let reader = self.searcher.segment_reader(segment);
        let mut cursors = self.cursors(terms, segment)?;
        let mut sums = vec![0.0; WINDOW as usize];
        loop {
            let next = cursors.iter().map(|cursor| cursor.postings.doc()).min();
            let Some(start) = next.filter(|&doc| doc != TERMINATED) else { return Ok(()) };
            let end = start.saturating_add(WINDOW);
            for cursor in &mut cursors {
                let mut doc = cursor.postings.doc();
                while doc < end {
                    sums[(doc - start) as usize] += cursor.score();
                    doc = cursor.postings.advance();
                }
            }
            for (first, sums) in (start..).step_by(LANES).zip(sums.chunks_exact_mut(LANES)) {
                let least = chosen.least;
                if sums.iter().fold(false, |any, &sum| any | (sum > least)) {
                    for (doc, &score) in (first..).zip(sums.iter()) {
                        if score > chosen.least
                            && admitted.is_none_or(|admitted| admitted.binary_search(&doc).is_ok())
                            && !reader.is_deleted(doc)
                        {
                            chosen.add(DocAddress::new(segment, doc), score);
                        }
                    }
                }
                sums.fill(0.0);
            }
        }
    }

    /// Adds the scores of terms to clauses of one segment, which are in order.
    fn add(
        &self,
        terms: &[Scored],
        segment: u32,
        clauses: &mut [(DocAddress, Score)],
    ) -> Result<(), TantivyError> {
        for mut cursor in self.cursors(terms, segment)? {
            for (address, score) in clauses.iter_mut() {
                let doc = address.doc_id;
                if cursor.postings.doc() < doc {
                    cursor.postings.seek(doc);
                }
                if cursor.postings.doc() == doc {
                    *score += cursor.score();
                }
            }
        }
        Ok(())
    }
}

/// Returns how much what stands in so many clauses says: the less the more stand there.
fn rarity(n_clauses: u64, n_records: u64) -> Score {
    let missing = n_records.saturating_sub(n_clauses) as Score;
    (1.0 + (missing + 0.5) / (n_clauses as Score + 0.5)).ln()
}

/// Clauses with the highest sums so far, and some more; none is left out that
/// has the sum of the last.
#[derive(Default)]
struct Chosen {
    all: Vec<(DocAddress, Score)>,
    /// A lower sum, or this one or less at the start, is not chosen.
    least: Score,
    /// How many there may be before the lowest are left out.
    room: usize,
}

impl Chosen {
    fn add(&mut self, address: DocAddress, score: Score) {
        self.all.push((address, score));
        if self.all.len() < self.room.max(2 * MAX_CANDIDATES) {
            return;
        }
        let last = MAX_CANDIDATES - 1;
        let (_, &mut (_, score), _) =
            self.all.select_nth_unstable_by(last, |(_, a), (_, b)| b.total_cmp(a));
        self.all.retain(|(_, each)| *each >= score);
        // The next below is left out, equal ones stay.
        self.least = score.next_down();
        self.room = 2 * self.all.len();
    }

    /// Returns those with the highest sums, and of equal ones the first in the order of clauses.
    fn best(mut self, places: Places<'_>) -> Result<Vec<(DocAddress, Score)>, TantivyError> {
        if self.all.len() <= MAX_CANDIDATES {
            return Ok(self.all);
        }
        self.all.sort_unstable_by(|(_, a), (_, b)| b.total_cmp(a));
        let last = self.all[MAX_CANDIDATES - 1].1;
        let n_above = self.all.partition_point(|&(_, score)| score > last);
        let n_equal = self.all[n_above..].partition_point(|&(_, score)| score == last);
        if n_above + n_equal > MAX_CANDIDATES {
            let equal = self.all[n_above..n_above + n_equal].iter().copied();
            let mut equal = places.of(equal);
            places.sort_by_score(&mut equal, MAX_CANDIDATES - n_above)?;
            self.all.truncate(n_above);
            self.all.extend(equal.into_iter().map(|each| (each.address, each.score)));
        }
        self.all.truncate(MAX_CANDIDATES);
        Ok(self.all)
    }
}

fn damping_of(k1: Score, n_tokens: u64, n_records: u64) -> [Score; 256] {
    let mean = (n_tokens as Score / n_records.max(1) as Score).max(1.0);
    let mut damping = [0.0; 256];
    for (code, value) in (0..=u8::MAX).zip(&mut damping) {
        let length = FieldNormReader::id_to_fieldnorm(code) as Score;
        *value = k1 * (1.0 - B + B * length / mean);
    }
    damping
}

/// Adds to each clause the mean of the best scores in its document.
fn add_documents(ranked: &mut [Ranked]) {
    // The clauses come with the best first.
    let mut best: HashMap<(u32, u64), (usize, Score)> = HashMap::new();
    for each in ranked.iter() {
        let (n, sum) = best.entry(each.document).or_default();
        if *n < DOCUMENT_CLAUSES {
            *n += 1;
            *sum += each.score;
        }
    }
    for each in ranked {
        each.score += best[&each.document].1 / DOCUMENT_CLAUSES as Score;
    }
}
