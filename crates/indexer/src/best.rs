//! The best clauses of a plan, and how many there are.
//!
//! All that can stand on the page are kept, ties among them, and only these are put in order by
//! their places. A plan of one term is not walked at all but for what may be among the best: how
//! many clauses hold a term is known, and each block of its postings tells its highest score.

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, TermQuery};
use tantivy::schema::Field;
use tantivy::{DocAddress, Score, Searcher, SegmentReader, TantivyError};

use crate::place::{Places, Ranked};
use crate::statistics::Statistics;

/// Returns how many clauses a plan finds and the best `n` of them, the best first; by place
/// where scores are equal.
pub(crate) fn best(
    searcher: &Searcher,
    statistics: &Statistics<'_>,
    places: Places<'_>,
    plan: &dyn Query,
    n: usize,
) -> Result<(usize, Vec<Ranked>), TantivyError> {
    let weight =
        plan.weight(EnableScoring::enabled_from_statistics_provider(statistics, searcher))?;
    let term = plan.downcast_ref::<TermQuery>().map(|query| query.term().field());
    let mut top = Top::new(n);
    let mut total = 0;
    for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
        if let Some(field) = term {
            total += weight.count(reader)? as usize;
            let doubt = doubt(reader, statistics, field)?;
            let pruned = |least: Score| (least / doubt).next_down();
            weight.for_each_pruning(pruned(top.least), reader, &mut |doc, score| {
                if score >= top.least && !reader.is_deleted(doc) {
                    top.add(DocAddress::new(segment, doc), score);
                }
                pruned(top.least)
            })?;
        } else {
            weight.for_each(reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    total += 1;
                    if score >= top.least {
                        top.add(DocAddress::new(segment, doc), score);
                    }
                }
            })?;
        }
    }
    let mut ranked = places.of(top.all);
    places.sort_by_score(&mut ranked, n)?;
    ranked.truncate(n);
    Ok((total, ranked))
}

/// Returns by how much a block's highest score may be too low. What a block tells is the clause
/// that was the best when it was written, by the mean length of its own piece of the index; by
/// that of the whole index another may be, and its score is higher by no more than the two means differ.
fn doubt(
    reader: &SegmentReader,
    statistics: &Statistics<'_>,
    field: Field,
) -> Result<Score, TantivyError> {
    let n_tokens = reader.inverted_index(field)?.total_num_tokens() as Score;
    let here = n_tokens / reader.max_doc().max(1) as Score;
    let all =
        statistics.total_num_tokens(field)? as Score / statistics.total_num_docs()?.max(1) as Score;
    // What is lost in rounding is far below a thousandth.
    const ROUNDING: Score = 1.001;
    Ok(if here > 0.0 && all > 0.0 { (here / all).max(all / here) * ROUNDING } else { Score::MAX })
}

/// The clauses with the highest scores so far, and some more; none is left out that has the
/// score of the last.
struct Top {
    n: usize,
    all: Vec<(DocAddress, Score)>,
    /// A lower score is not among the best.
    least: Score,
    /// How many there may be before the lowest are left out.
    room: usize,
}

impl Top {
    fn new(n: usize) -> Self {
        Self { n, all: Vec::new(), least: 0.0, room: n.saturating_mul(2).max(64) }
    }

    fn add(&mut self, address: DocAddress, score: Score) {
        self.all.push((address, score));
        if self.all.len() < self.room {
            return;
        }
        let (_, &mut (_, score), _) =
            self.all.select_nth_unstable_by(self.n - 1, |(_, a), (_, b)| b.total_cmp(a));
        self.all.retain(|(_, each)| *each >= score);
        self.least = score;
        self.room = (2 * self.all.len()).max(self.room);
    }
}
