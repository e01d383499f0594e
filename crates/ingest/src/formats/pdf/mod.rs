//! PDF files that hold their text.
//!
//! Words come with their places on the page, and become paragraphs as in every
//! paged format ([`paged`]). Text turned against the rest of its page is a
//! watermark or a stamp and left out.

mod bounded;
mod direction;
mod drawn;
mod guard;
mod lean;
mod packed;

use std::path::Path;

use unpdf::parser::backend::{PageId, PdfBackend, RawBackend};
use unpdf::parser::{LayoutAnalyzer, TextSpan};

use self::bounded::Bounded;
use self::direction::Direction;
use crate::decoded::Decoded;
use crate::error::{Error, Limit};
use crate::format::Format;
use crate::options::{Limits, Options};
use crate::paged::{self, Fragment, Page, Ruling};

const NAME: &str = "a PDF file";

/// What a PDF file begins with, among its first bytes.
const SIGNATURE: &[u8] = b"%PDF-";

/// How far behind other bytes programs look for the signature.
const SIGNATURE_WITHIN: usize = 1024;

/// Bytes of a file for each object that opens in it, at least, once they are many.
const BYTES_PER_OPENING: usize = 16;

/// A file in the portable document format.
pub(in crate::formats) struct Pdf;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "application/pdf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn fits(&self, bytes: &[u8], file_name: &Path) -> bool {
        bytes.starts_with(SIGNATURE)
            || (crate::ending(file_name).as_deref() == Some("pdf")
                && memchr::memmem::find(&bytes[..bytes.len().min(SIGNATURE_WITHIN)], SIGNATURE)
                    .is_some())
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let limits = options.limits;
        // What stands in front of it is none of the file.
        let head = &bytes[..bytes.len().min(SIGNATURE_WITHIN)];
        let bytes = &bytes[memchr::memmem::find(head, SIGNATURE).unwrap_or(0)..];
        let n_openings = guard::n_openings(bytes);
        limits.check(Limit::Elements, n_openings)?;
        let n_objects = memchr::memmem::find_iter(bytes, b" obj").count();
        limits.check(Limit::Entries, n_objects)?;
        let work = || {
            let is_endless = n_openings > (bytes.len() / BYTES_PER_OPENING).max(guard::N_LEVELS)
                || packed::n_openings(bytes, limits)? > guard::N_LEVELS;
            if is_endless {
                let detail = "it opens more objects than a file of its size holds".to_owned();
                return Err(Error::Damaged { kind: NAME, detail });
            }
            pages(bytes, limits)
        };
        let (pages, losses) = guard::run(n_openings, work)
            .unwrap_or_else(|detail| Err(Error::Damaged { kind: NAME, detail }))?;
        let mut decoded = paged::read(pages, NAME, self.media_type(), limits)?;
        decoded.notices.splice(..0, losses);
        Ok(decoded)
    }
}

/// Returns the pages with their words, and what was lost.
fn pages(bytes: &[u8], limits: Limits) -> Result<(Vec<Page>, Vec<String>), Error> {
    let file = RawBackend::load_bytes(bytes).map_err(refusal)?;
    let is_incomplete = file.integrity().pages_incomplete();
    // An operator takes a byte at least, and far more than that in memory.
    let file = Bounded::new(file, limits.get(Limit::Elements));
    let ids = file.all_pages();
    limits.check(Limit::Entries, ids.len())?;
    if ids.is_empty() {
        return Err(Error::Damaged { kind: NAME, detail: "it has no page".to_owned() });
    }
    let mut pages = Vec::with_capacity(ids.len());
    let mut losses = Losses { is_incomplete, ..Losses::default() };
    let (mut n_text, mut n_rulings) = (0_usize, 0);
    for (&number, &id) in ids {
        file.begin_page(number, Direction::Right);
        let mut analyzer = LayoutAnalyzer::new(&file);
        let mut spans = analyzer.extract_page_spans(number);
        let direction = spans.as_deref().map_or(Direction::Right, Direction::of_most);
        if direction != Direction::Right {
            file.begin_page(number, direction);
            analyzer = LayoutAnalyzer::new(&file);
            spans = analyzer.extract_page_spans(number);
        }
        let spans = spans.unwrap_or_else(|_| {
            losses.damaged.push(number);
            Vec::new()
        });
        if file.is_over() {
            losses.overdrawn.push(number);
        }
        limits.check(Limit::UnpackedBytes, file.n_bytes())?;
        losses.n_runs += analyzer.suppressed_text_runs();
        losses.n_letters += analyzer.page_facts().undecoded_text_codes as usize;
        n_text = spans.iter().fold(n_text, |sum, span| sum.saturating_add(span.text.len()));
        limits.check(Limit::TextBytes, n_text)?;
        let page = page(&file, (number, id), spans, &mut losses);
        n_rulings += page.rulings.len();
        limits.check(Limit::Elements, n_rulings)?;
        pages.push(page);
    }
    Ok((pages, losses.notices()))
}

/// Returns a page with its words the way up they are read.
fn page(
    file: &Bounded,
    (number, id): (u32, PageId),
    spans: Vec<TextSpan>,
    losses: &mut Losses,
) -> Page {
    let paper = file.crop_box(id);
    let place = |(x, y): (f32, f32)| (x - paper.llx, paper.ury - y);
    let mut fragments = Vec::with_capacity(spans.len());
    for span in spans {
        if Direction::of(span.direction) != Some(Direction::Right) {
            losses.n_turned += usize::from(!span.text.trim().is_empty());
            continue;
        }
        let (left, baseline) = place((span.x, span.y));
        // In fonts of few letters any of them may have the code of a blank.
        let width = if span.text.ends_with(char::is_whitespace) {
            span.ink_width.unwrap_or(span.width)
        } else {
            span.width
        };
        fragments.push(Fragment {
            text: span.text,
            left,
            right: left + width,
            baseline,
            size: span.font_size.abs(),
        });
    }
    let rulings = file.take_drawn().into_iter();
    let rulings = rulings.filter_map(|(one, other)| Ruling::between(place(one), place(other)));
    Page { number, height: paper.height(), fragments, rulings: rulings.collect() }
}

/// What a file has and its text has not.
#[derive(Default)]
struct Losses {
    damaged: Vec<u32>,
    /// Pages that draw more than a page may.
    overdrawn: Vec<u32>,
    is_incomplete: bool,
    /// Pieces of text in a font that does not say which letters its signs are.
    n_runs: usize,
    /// Letters that such a font hides inside other words.
    n_letters: usize,
    n_turned: usize,
}

impl Losses {
    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if !self.damaged.is_empty() {
            let pages = paged::listed(&self.damaged);
            notices.push(format!("damaged pages are left out: {pages}"));
        }
        if !self.overdrawn.is_empty() {
            let pages = paged::listed(&self.overdrawn);
            notices.push(format!(
                "pages drawn of more than the limit of elements are read in part: {pages}; if the file can be trusted, raise the limits with --raise-limits"
            ));
        }
        if self.is_incomplete {
            notices.push("some pages it counts are not in it; fetch or save it again".to_owned());
        }
        let n_hidden = self.n_runs + self.n_letters;
        if n_hidden > 0 {
            notices.push(format!(
                "pieces of text in fonts that do not say which letters they show are left out, {n_hidden} in all"
            ));
        }
        if self.n_turned > 0 {
            notices.push(paged::turned(self.n_turned));
        }
        notices
    }
}

fn refusal(error: unpdf::Error) -> Error {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => Error::Locked { kind: NAME },
        other => Error::Damaged { kind: NAME, detail: lower_first(&other.to_string()) },
    }
}

fn lower_first(sentence: &str) -> String {
    match sentence.strip_prefix("PDF ") {
        Some(rest) => rest.to_owned(),
        None => sentence
            .chars()
            .take(1)
            .flat_map(char::to_lowercase)
            .chain(sentence.chars().skip(1))
            .collect(),
    }
}
