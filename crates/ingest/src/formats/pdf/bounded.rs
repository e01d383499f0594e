//! A PDF file whose pages are painted within limits.
//!
//! A page may paint a form many times, and a form other forms: a few hundred
//! bytes can stand for more than any memory holds. What is painted is counted,
//! and beyond the limit nothing more is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use unpdf::Result;
use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, GlyphAdvance, PageBox, PageContent,
    PageId, PaintedXObject, PdfBackend, PdfMetadataRaw, PdfValue, RawBackend, RawOutlineItem,
    RawXObject, ResourceScope,
};

use super::direction::Direction;
use super::lean::without_drawing;
use super::{drawn, guard};

/// A file, of which only what shows text is read: no links, outlines, pictures.
pub(super) struct Bounded {
    file: RawBackend,
    all_pages: BTreeMap<u32, PageId>,
    /// The number of the page that began last.
    page: AtomicU32,
    /// Bytes of drawing that one page may take.
    max_page_bytes: usize,
    n_page_bytes: AtomicUsize,
    n_bytes: AtomicUsize,
    is_over: AtomicBool,
    /// The lines that the page draws itself; `None` before its drawing is read.
    drawn: Mutex<Option<Vec<Line>>>,
    /// Which way the page that began last is turned.
    turn: Mutex<Direction>,
}

/// A line from one place to another, in the units of the page.
pub(super) type Line = ((f32, f32), (f32, f32));

impl Bounded {
    pub(super) fn new(file: RawBackend, max_page_bytes: usize) -> Self {
        Self {
            all_pages: file.pages(),
            page: AtomicU32::new(0),
            file,
            max_page_bytes,
            n_page_bytes: AtomicUsize::new(0),
            n_bytes: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            drawn: Mutex::new(None),
            turn: Mutex::new(Direction::Right),
        }
    }

    /// Returns all pages by their numbers.
    pub(super) fn all_pages(&self) -> &BTreeMap<u32, PageId> {
        &self.all_pages
    }

    /// Begins the page of that number, turned so that what runs in a direction runs to
    /// the right: words that do not are put together with less care.
    pub(super) fn begin_page(&self, number: u32, direction: Direction) {
        *self.turn.lock().unwrap_or_else(PoisonError::into_inner) = direction;
        self.page.store(number, Ordering::Relaxed);
        self.n_page_bytes.store(0, Ordering::Relaxed);
        self.is_over.store(false, Ordering::Relaxed);
        self.take_drawn();
    }

    fn turn(&self) -> Direction {
        *self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lines that the page that began last has drawn.
    pub(super) fn take_drawn(&self) -> Vec<Line> {
        self.drawn.lock().ok().and_then(|mut drawn| drawn.take()).unwrap_or_default()
    }

    /// Whether the page that began last takes more than it may.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Returns the bytes of drawing that were unpacked of all pages so far.
    pub(super) fn n_bytes(&self) -> usize {
        self.n_bytes.load(Ordering::Relaxed)
    }

    /// Counts drawing; returns whether it may be painted.
    fn allows_drawing(&self, drawing: &[u8]) -> bool {
        let is_flat = guard::n_openings(drawing) <= guard::N_LEVELS;
        if !is_flat {
            self.is_over.store(true, Ordering::Relaxed);
        }
        self.allows(drawing.len()) && is_flat
    }

    /// Counts the drawing of a page and returns what of it may be painted: of a large
    /// one only what shows text.
    fn allowed(&self, drawing: Vec<u8>) -> Vec<u8> {
        let mut drawing = drawing;
        if drawing.len() > self.max_page_bytes {
            let lean = without_drawing(&drawing);
            self.n_bytes.fetch_add(drawing.len().saturating_sub(lean.len()), Ordering::Relaxed);
            drawing = lean;
        }
        if self.allows_drawing(&drawing) { drawing } else { Vec::new() }
    }

    /// Counts bytes of drawing; returns whether they may be painted.
    fn allows(&self, n: usize) -> bool {
        self.n_bytes.fetch_add(n, Ordering::Relaxed);
        let before = self.n_page_bytes.fetch_add(n, Ordering::Relaxed);
        let allows = before.saturating_add(n) <= self.max_page_bytes;
        if !allows {
            self.is_over.store(true, Ordering::Relaxed);
        }
        allows
    }
}

/// Leaves out lines and areas that are painted, but for the edges that text is cut
/// off at: hundreds of thousands of them would be looked through for tables.
fn without_lines(operators: Vec<ContentOp>) -> Vec<ContentOp> {
    let mut kept: Vec<ContentOp> = Vec::with_capacity(operators.len());
    let mut path_start = None;
    let mut is_edge = false;
    for mut operator in operators {
        match operator.operator.as_str() {
            "m" | "l" | "c" | "v" | "y" | "h" | "re" => {
                path_start.get_or_insert(kept.len());
            }
            "W" | "W*" => is_edge = true,
            "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n" => {
                let start = path_start.take();
                if !std::mem::take(&mut is_edge) {
                    kept.truncate(start.unwrap_or(kept.len()));
                    continue;
                }
                "n".clone_into(&mut operator.operator);
            }
            "sh" => continue,
            _ => {}
        }
        kept.push(operator);
    }
    kept
}

/// What even an empty form or a picture costs when it is painted, in bytes of drawing.
const OBJECT_BYTES: usize = 64;

impl PdfBackend for Bounded {
    fn xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject> {
        if self.is_over() {
            return None;
        }
        let painted = self.file.xobject(scope, name)?;
        let allows = match &painted {
            PaintedXObject::Form(form) => {
                self.allows_drawing(form.content.as_deref().unwrap_or_default())
            }
            PaintedXObject::Image | PaintedXObject::Other => true,
        } && self.allows(OBJECT_BYTES);
        allows.then_some(painted)
    }

    fn page_content(&self, page: PageId) -> Result<Vec<u8>> {
        Ok(self.allowed(self.file.page_content(page)?))
    }

    fn page_content_with_losses(&self, page: PageId) -> Result<PageContent> {
        let mut content = self.file.page_content_with_losses(page)?;
        content.data = self.allowed(content.data);
        Ok(content)
    }

    /// Returns the page that began alone: it is looked for among these each time.
    fn pages(&self) -> BTreeMap<u32, PageId> {
        let page = self.page.load(Ordering::Relaxed);
        self.all_pages.get(&page).map(|id| (page, *id)).into_iter().collect()
    }

    fn page_fonts(&self, scope: ResourceScope) -> Result<Vec<BackendFontInfo>> {
        self.file.page_fonts(scope)
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        let mut operators = self.file.decode_content(data)?;
        // A page is read before the forms on it.
        if let Ok(mut drawn) = self.drawn.lock()
            && drawn.is_none()
        {
            if let Some(turn) = self.turn().matrix() {
                let turn = turn.map(PdfValue::Real).to_vec();
                operators.insert(0, ContentOp::new("cm", turn));
            }
            *drawn = Some(drawn::lines(&operators));
        }
        Ok(without_lines(operators))
    }

    fn decode_text(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedText {
        self.file.decode_text(scope, font, bytes)
    }

    fn decode_run(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedRun {
        self.file.decode_run(scope, font, bytes)
    }

    fn glyph_advances(
        &self,
        scope: ResourceScope,
        font: &[u8],
        bytes: &[u8],
    ) -> Option<Vec<GlyphAdvance>> {
        self.file.glyph_advances(scope, font, bytes)
    }

    fn is_vertical_font(&self, scope: ResourceScope, font: &[u8]) -> bool {
        self.file.is_vertical_font(scope, font)
    }

    fn font_bounds(&self, scope: ResourceScope, font: &[u8]) -> Option<PageBox> {
        self.file.font_bounds(scope, font)
    }

    fn metadata(&self) -> PdfMetadataRaw {
        self.file.metadata()
    }

    fn page_box(&self, page: PageId) -> PageBox {
        self.turn().turned(self.file.page_box(page))
    }

    fn crop_box(&self, page: PageId) -> PageBox {
        self.turn().turned(self.file.crop_box(page))
    }

    fn page_rotation(&self, page: PageId) -> u16 {
        match self.turn() {
            Direction::Right => self.file.page_rotation(page),
            _ => 0,
        }
    }

    fn outline(&self) -> Result<Vec<RawOutlineItem>> {
        Ok(Vec::new())
    }

    fn page_xobjects(&self, _page: PageId) -> Result<Vec<RawXObject>> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_cut_text_off_are_kept() {
        let operators = |words: &str| -> Vec<ContentOp> {
            words.split(' ').map(|word| ContentOp::new(word, Vec::new())).collect()
        };
        let kept = without_lines(operators("q m l S re W f BT Tj ET re re f* m W* n S Do Q m"));
        let kept: Vec<&str> = kept.iter().map(|each| each.operator.as_str()).collect();
        assert_eq!(kept.join(" "), "q re W n BT Tj ET m W* n Do Q m");
    }
}
