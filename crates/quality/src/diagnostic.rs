//! What is wrong or unsure in the text, by code and line.

use gangmu_model::{Diagnostic, Document};

use crate::{Aspect, Gold, Score};

pub(crate) fn score(document: &Document, gold: &Gold, score: &mut Score) {
    let Some(diagnostics) = &gold.diagnostics else { return };
    let mut rest: Vec<&Diagnostic> = document.diagnostics.iter().collect();
    let tally = score.entry(Aspect::Diagnostics);
    tally.expected += diagnostics.len() as u64;
    tally.read += rest.len() as u64;
    for wanted in diagnostics {
        let found = rest
            .iter()
            .position(|each| each.code == wanted.code && each.span.line() == wanted.line);
        match found {
            Some(index) => {
                rest.remove(index);
                score.entry(Aspect::Diagnostics).right += 1;
            }
            None => {
                let expected = wanted.code.name().to_owned();
                score.fault(Aspect::Diagnostics, wanted.line, Some(expected), None);
            }
        }
    }
    for each in rest {
        let read = format!("{}: {}", each.code.name(), each.message);
        score.fault(Aspect::Diagnostics, each.span.line(), None, Some(read));
    }
}
