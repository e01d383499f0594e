//! Clauses in whose text a word stands that is no term.
//!
//! The terms that cover the word say which clauses may hold it, and the texts of these are looked
//! at. Where the clauses are scored, it is as a phrase would be: by the terms together, and by
//! how often the word stands there.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight,
    intersect_scorers,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError, Term,
};

use crate::texts::{Needle, Texts, TextsOf};

/// So many times as long as a step through postings takes a look at a text.
const LOOK: u64 = 10;

/// A word of which some clauses hold the terms that cover it.
#[derive(Debug, Clone)]
pub(crate) struct Contained {
    /// The word, normalised.
    pub word: Arc<str>,
    /// Terms of one field that stand wherever the word does.
    pub terms: Vec<Term>,
    pub texts: TextsOf,
}

impl Query for Contained {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>, TantivyError> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(Bm25Weight::for_terms(statistics_provider, &self.terms)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        let unscored = EnableScoring::disabled_from_schema(scoring.schema());
        let term =
            |term: &Term| TermQuery::new(term.clone(), IndexRecordOption::Basic).weight(unscored);
        let terms = self.terms.iter().map(term).collect::<Result<_, _>>()?;
        let (word, texts) = (Arc::clone(&self.word), self.texts.clone());
        let field = self.terms[0].field();
        Ok(Box::new(ContainedWeight { word, field, terms, texts, similarity }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.terms.iter().for_each(|term| visitor(term, false));
    }
}

struct ContainedWeight {
    word: Arc<str>,
    field: Field,
    terms: Vec<Box<dyn Weight>>,
    texts: TextsOf,
    similarity: Option<Bm25Weight>,
}

impl Weight for ContainedWeight {
    fn scorer(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> Result<Box<dyn Scorer>, TantivyError> {
        let mut terms = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            let scorer = term.scorer(reader, 1.0)?;
            if scorer.doc() == TERMINATED {
                return Ok(Box::new(EmptyScorer));
            }
            terms.push(scorer);
        }
        let texts = self.texts.of(reader)?.clone();
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost));
        let lengths = match similarity {
            Some(_) => reader.get_fieldnorms_reader(self.field)?,
            None => FieldNormReader::constant(reader.max_doc(), 1),
        };
        let mut scorer = ContainedScorer {
            candidates: intersect_scorers(terms, reader.max_doc()),
            needle: texts.needle(&self.word),
            texts,
            lengths,
            similarity,
            n_places: 0,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation, TantivyError> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("{} is not in {doc}", self.word)));
        }
        Ok(Explanation::new("Contained", scorer.score()))
    }
}

struct ContainedScorer {
    candidates: Box<dyn Scorer>,
    needle: Needle,
    texts: Texts,
    lengths: FieldNormReader,
    similarity: Option<Bm25Weight>,
    /// How often the word stands in the present text, where it is scored.
    n_places: u32,
}

impl ContainedScorer {
    /// Looks whether the text of a clause holds the word, and where it is scored how often.
    fn holds(&mut self, doc: DocId) -> bool {
        if self.similarity.is_none() {
            return self.texts.holds(doc, &self.needle);
        }
        self.n_places = self.texts.count(doc, &self.needle);
        self.n_places > 0
    }

    /// Goes on from the present candidate to the first that holds the word.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.candidates.doc();
            if doc == TERMINATED || self.holds(doc) {
                return doc;
            }
            self.candidates.advance();
        }
    }
}

impl DocSet for ContainedScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.candidates.seek(target);
        self.settle()
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        match self.candidates.seek_danger(target) {
            SeekDangerResult::Found if !self.holds(target) => {
                SeekDangerResult::SeekLowerBound(target + 1)
            }
            result => result,
        }
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        u64::from(self.candidates.size_hint()) * LOOK
    }
}

impl Scorer for ContainedScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc();
        self.similarity.as_ref().map_or(1.0, |similarity| {
            similarity.score(self.lengths.fieldnorm_id(doc), self.n_places)
        })
    }
}
