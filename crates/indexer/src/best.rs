//! The best clauses of a plan, and how many there are.
//!
//! All that can stand on the page are kept, ties among them, and only these are put in order by
//! their places. What only adds to a score is looked at where the clause may come among the best
//! by it. Where terms alone decide, each block of postings tells its highest score, so only
//! what may be among the best is scored; the others are counted.

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, EnableScoring, Occur, Query, Scorer, TermQuery,
};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader, TantivyError};

use crate::place::{Places, Ranked};
use crate::plan::Plan;
use crate::statistics::Statistics;

/// Returns how many clauses a plan finds and the best `n` of them, the best first; by place
/// where scores are equal.
pub(crate) fn best(
    searcher: &Searcher,
    statistics: &Statistics<'_>,
    places: Places<'_>,
    plan: &Plan,
    n: usize,
) -> Result<(usize, Vec<Ranked>), TantivyError> {
    let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
    let weight = plan.must.weight(scoring)?;
    let counting = plan.must.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let more = plan.more.as_ref().map(|more| more.weight(scoring)).transpose()?;
    // What is lost in rounding is far below a thousandth.
    let most = plan.most * ROUNDING;
    let fields = fields_of_terms(plan.must.as_ref());
    let mut top = Top::new(n);
    let mut total = 0;
    for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
        let mut more = more.as_ref().map(|more| more.scorer(reader, 1.0)).transpose()?;
        let mut doubt: Score = 1.0;
        for &field in fields.iter().flatten() {
            doubt = doubt.max(doubt_of(reader, statistics, field)?);
        }
        let pruned = |least: Score| ((least - most) / doubt).next_down();
        let start = pruned(top.least);
        // Returns the least score that is enough from now on.
        let mut consider = |doc: DocId, score: Score| {
            if score + most >= top.least && !reader.is_deleted(doc) {
                let score = score + more.as_mut().map_or(0.0, |more| added(more.as_mut(), doc));
                if score >= top.least {
                    top.add(DocAddress::new(segment, doc), score);
                }
            }
            pruned(top.least)
        };
        if fields.is_some() {
            total += counting.count(reader)? as usize;
            weight.for_each_pruning(start, reader, &mut consider)?;
        } else {
            weight.for_each(reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    total += 1;
                    consider(doc, score);
                }
            })?;
        }
    }
    let mut ranked = places.of(top.all);
    places.sort_by_score(&mut ranked, n)?;
    ranked.truncate(n);
    Ok((total, ranked))
}

/// Returns the fields of a query of one term, or of terms that must all stand; `None` of any other.
fn fields_of_terms(query: &dyn Query) -> Option<Vec<Field>> {
    let field = |query: &dyn Query| Some(query.downcast_ref::<TermQuery>()?.term().field());
    match query.downcast_ref::<BooleanQuery>() {
        Some(all) => {
            let of = |(occur, part): &(Occur, Box<dyn Query>)| {
                (*occur == Occur::Must).then(|| field(part.as_ref())).flatten()
            };
            all.clauses().iter().map(of).collect()
        }
        None => Some(vec![field(query)?]),
    }
}

/// Returns what is added to the score of a clause; clauses come in their order.
fn added(more: &mut dyn Scorer, doc: DocId) -> Score {
    if more.doc() < doc {
        more.seek(doc);
    }
    if more.doc() == doc { more.score() } else { 0.0 }
}

/// Scores that are summed and multiplied in another order differ by far less than this factor.
const ROUNDING: Score = 1.001;

/// Returns by how much a block's highest score may be too low. What a block tells is the clause
/// that was the best when it was written, by the mean length of its own piece of the index; by
/// that of the whole index another may be, and its score is higher by no more than the two means differ.
fn doubt_of(
    reader: &SegmentReader,
    statistics: &Statistics<'_>,
    field: Field,
) -> Result<Score, TantivyError> {
    let n_tokens = reader.inverted_index(field)?.total_num_tokens() as Score;
    let here = n_tokens / reader.max_doc().max(1) as Score;
    let all =
        statistics.total_num_tokens(field)? as Score / statistics.total_num_docs()?.max(1) as Score;
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
