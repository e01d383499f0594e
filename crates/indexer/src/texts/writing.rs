//! Writing the texts of a segment, new or joined of others.

use std::any::Any;
use std::io::{self, Write};

use tantivy::directory::TerminatingWrite;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders};
use tantivy::index::SegmentComponent;
use tantivy::indexer::DocIdMapping;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, Schema};
use tantivy::{
    DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin,
    TantivyError,
};

use super::{EXTENSION, Form, GROUP, N_CODES, Texts, component, encode};
use crate::room::Record;

/// Hands each text on in the order of records.
type Each<'a> = dyn Fn(&mut dyn FnMut(&str, Form) -> io::Result<()>) -> io::Result<()> + 'a;

/// Writes texts of so many terms, which are gone through twice: characters are counted before
/// they are coded.
pub(super) fn write(out: &mut impl Write, n_tokens: u64, each: &Each<'_>) -> io::Result<()> {
    let mut counts = vec![(0u64, 0u32, 0u32); usize::from(u16::MAX) + 1];
    let mut n_texts = 0u32;
    each(&mut |text, _| {
        n_texts += 1;
        for ch in text.chars() {
            let Ok(unit) = u16::try_from(u32::from(ch)) else { continue };
            let (n_places, n_with, last) = &mut counts[usize::from(unit)];
            *n_places += 1;
            *n_with += u32::from(*last != n_texts);
            *last = n_texts;
        }
        Ok(())
    })?;
    let mut by_rank: Vec<u16> =
        (0..=u16::MAX).filter(|&unit| counts[usize::from(unit)].0 > 0).collect();
    by_rank.sort_by_key(|&unit| std::cmp::Reverse(counts[usize::from(unit)].0));
    let mut ranks = vec![u16::MAX; counts.len()];
    for (&unit, rank) in by_rank.iter().zip(0..) {
        ranks[usize::from(unit)] = rank;
    }
    let mut places = Vec::with_capacity(n_texts as usize + 1);
    let mut at = 0u64;
    let mut bytes = Vec::new();
    each(&mut |text, form| {
        bytes.clear();
        bytes.push(form as u8);
        for ch in text.chars() {
            let unit = u16::try_from(u32::from(ch)).ok();
            encode(ch, unit.map(|unit| ranks[usize::from(unit)]), &mut bytes);
        }
        places.push(at);
        at += bytes.len() as u64;
        out.write_all(&bytes)
    })?;
    places.push(at);
    for group in places.chunks(GROUP) {
        out.write_all(&group[0].to_le_bytes())?;
        for at in 0..GROUP {
            let more = group.get(at).map_or(0, |place| place - group[0]);
            let more = u32::try_from(more).map_err(|_| io::Error::other("texts too long"))?;
            out.write_all(&more.to_le_bytes())?;
        }
    }
    for unit in &by_rank[..by_rank.len().min(N_CODES)] {
        out.write_all(&unit.to_le_bytes())?;
    }
    let mut in_order = by_rank.clone();
    in_order.sort_unstable();
    for unit in in_order {
        out.write_all(&unit.to_le_bytes())?;
        out.write_all(&ranks[usize::from(unit)].to_le_bytes())?;
        out.write_all(&counts[usize::from(unit)].1.to_le_bytes())?;
    }
    out.write_all(&n_tokens.to_le_bytes())?;
    out.write_all(&n_texts.to_le_bytes())?;
    out.write_all(&(by_rank.len() as u32).to_le_bytes())
}

/// Gives each segment its file of texts.
#[derive(Debug)]
pub(crate) struct TextsPlugin {
    /// The field of the texts.
    pub text: Field,
}

impl SegmentPlugin for TextsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(
        &self,
        _context: &PluginWriterContext<'_>,
    ) -> Result<Box<dyn PluginWriter>, TantivyError> {
        let (text, each) = (String::new(), Vec::new());
        Ok(Box::new(TextsWriter { field: self.text, text, each }))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> Result<(), TantivyError> {
        let opened: Vec<Texts> = context.readers.iter().map(Texts::of).collect::<Result<_, _>>()?;
        let missing = || io::Error::new(io::ErrorKind::InvalidData, "a text makes no sense");
        let n_tokens = n_tokens(context.target_segment, self.text)?;
        let mut out = context.target_segment.open_write(component())?;
        write(&mut out, n_tokens, &|see| {
            for (reader, texts) in context.readers.iter().zip(&opened) {
                for doc in reader.doc_ids_alive() {
                    see(&texts.text(doc).ok_or_else(missing)?, texts.form(doc))?;
                }
            }
            Ok(())
        })?;
        Ok(out.terminate()?)
    }
}

/// Returns the number of terms in all texts of a segment whose lengths are written already.
fn n_tokens(segment: &Segment, text: Field) -> Result<u64, TantivyError> {
    let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let lengths = lengths.get_field(text)?;
    let sum = |lengths: FieldNormReader| {
        (0..lengths.num_docs()).map(|doc| u64::from(lengths.fieldnorm(doc))).sum()
    };
    Ok(lengths.map_or(0, sum))
}

/// The texts of a segment that is being filled.
struct TextsWriter {
    field: Field,
    text: String,
    /// The length in bytes of each text, and its form.
    each: Vec<(usize, Form)>,
}

impl PluginWriter for TextsWriter {
    fn add_document(
        &mut self,
        _doc: DocId,
        document: &dyn ErasedDocument,
        _schema: &Schema,
    ) -> Result<(), TantivyError> {
        let record = document.as_any().downcast_ref::<Record>();
        let record = record.ok_or_else(|| TantivyError::InvalidArgument("no record".to_owned()))?;
        self.text.push_str(&record.text.text);
        self.each.push((record.text.text.len(), record.text.form));
        Ok(())
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        _order: Option<&DocIdMapping>,
    ) -> Result<(), TantivyError> {
        let n_tokens = n_tokens(segment, self.field)?;
        let mut out = segment.open_write(component())?;
        write(&mut out, n_tokens, &|see| {
            let mut rest = self.text.as_str();
            for &(length, form) in &self.each {
                let (text, behind) = rest.split_at(length);
                rest = behind;
                see(text, form)?;
            }
            Ok(())
        })?;
        Ok(out.terminate()?)
    }

    fn mem_usage(&self) -> usize {
        self.text.capacity() + self.each.capacity() * size_of::<(usize, Form)>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
