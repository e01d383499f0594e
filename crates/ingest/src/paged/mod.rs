//! Files that know where words stand on a page, not what a paragraph is: PDF and OFD.
//!
//! Words in a grid of drawn lines ([`ruling`]) become a table ([`grid`]), the others
//! lines ([`lines`]). What stands on every page and belongs to none of it is left
//! out ([`furniture`]), rows of words in columns are a table as well ([`aligned`]), a
//! page in two columns is read column by column ([`halves`]), and lines become
//! paragraphs ([`paragraphs`]), over the ends of pages where the text runs on.

mod aligned;
mod furniture;
mod grid;
mod halves;
mod lines;
mod paragraphs;
mod ruling;

use crate::decoded::Decoded;
use crate::error::{Error, Limit};
use crate::options::Limits;
use crate::writer::TextWriter;

use self::grid::Grid;
use self::lines::Line;
use self::paragraphs::Joiner;
use self::ruling::Lattice;
pub(crate) use self::ruling::{N_RULINGS, Ruling};

/// Words as a page shows them, in any one unit of length; `y` grows downwards.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Fragment {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// The line on which the letters stand.
    pub(crate) baseline: f32,
    /// The size of the letters, which is the width of a Chinese one.
    pub(crate) size: f32,
}

/// A page with its words in any order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Page {
    /// 1 is the first.
    pub(crate) number: u32,
    pub(crate) height: f32,
    pub(crate) fragments: Vec<Fragment>,
    /// The lines drawn on it.
    pub(crate) rulings: Vec<Ruling>,
}

/// A page whose words are lines.
struct LinedPage {
    number: u32,
    height: f32,
    lines: Vec<Line>,
    /// From the top down.
    grids: Vec<Grid>,
    /// Whether its lines are only as wide as one of two columns.
    is_half: bool,
}

impl LinedPage {
    /// Reads a page; `before` is the last table of the page before, whose rows may
    /// go on.
    fn of(mut page: Page, before: Option<&Grid>) -> Self {
        let mut sizes: Vec<f32> = page.fragments.iter().map(|each| each.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(1.0);
        let mut grids: Vec<Grid> = Vec::new();
        for lattice in Lattice::of(&page.rulings, size) {
            let before = if grids.is_empty() { before } else { None };
            grids.extend(Grid::take(&lattice, &mut page.fragments, size, before));
        }
        grids.sort_by(|a, b| a.top.total_cmp(&b.top));
        let lines = lines::of(page.fragments);
        Self { number: page.number, height: page.height, lines, grids, is_half: false }
    }

    fn is_blank(&self) -> bool {
        self.lines.is_empty() && self.grids.is_empty()
    }
}

/// Puts the text of pages together; the notices say what was left out for it.
///
/// # Errors
///
/// [`Error::NoText`] where no page has a word, [`Error::OverLimit`] where the
/// text grows too large. `kind` is what the file is called in a sentence.
pub(crate) fn read(
    pages: Vec<Page>,
    kind: &'static str,
    media_type: &str,
    limits: Limits,
) -> Result<Decoded, Error> {
    let n_pages = pages.len();
    let mut lined: Vec<LinedPage> = Vec::with_capacity(n_pages);
    let mut n_cells = 0;
    for page in pages {
        let before = lined.last().and_then(|page| page.grids.last());
        lined.push(LinedPage::of(page, before));
        let grids = lined.last().into_iter().flat_map(|page| &page.grids);
        n_cells += grids.flat_map(|grid| &grid.rows).map(Vec::len).sum::<usize>();
        limits.check(Limit::TableCells, n_cells)?;
    }
    let blank: Vec<u32> =
        lined.iter().filter(|page| page.is_blank()).map(|page| page.number).collect();
    if blank.len() == n_pages {
        let pages = if n_pages == 1 { "1 page".to_owned() } else { format!("{n_pages} pages") };
        return Err(Error::NoText {
            kind,
            detail: format!("{pages} without a word, as of a scan"),
        });
    }
    let n_removed = furniture::remove(&mut lined);
    let mut writer = TextWriter::new(limits);
    lined.iter_mut().for_each(aligned::take);
    let mut lined: Vec<LinedPage> = lined.into_iter().flat_map(halves::of).collect();
    Joiner::new(&lined).write(&mut lined, limits, &mut writer)?;
    let (text, places) = writer.finish();
    let mut notices = Vec::new();
    if !blank.is_empty() {
        notices.push(format!(
            "{} of {n_pages} pages hold no text, as scans do, and are left out: {}",
            blank.len(),
            listed(&blank)
        ));
    }
    if n_removed > 0 {
        // The same words for every file: of many it is said once.
        notices.push("running headers and page numbers are left out".to_owned());
    }
    Ok(Decoded {
        text,
        media_type: media_type.to_owned(),
        charset: "utf-8".to_owned(),
        places,
        notices,
        ..Decoded::default()
    })
}

/// Says how many words are left out since they are turned against their page.
pub(crate) fn turned(n: usize) -> String {
    format!("words turned against their page, as watermarks are, are left out, {n} in all")
}

/// Lists the first numbers of many.
pub(crate) fn listed(numbers: &[u32]) -> String {
    const N_SHOWN: usize = 10;
    let shown: Vec<String> = numbers.iter().take(N_SHOWN).map(u32::to_string).collect();
    let more = if numbers.len() > N_SHOWN { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of lines, each with its left edge in letters; letters are 10 wide,
    /// lines 20 high, and a line holds 20 letters between 100 and 300.
    fn page(number: u32, lines: &[(f32, &str)]) -> Page {
        let fragments = lines
            .iter()
            .enumerate()
            .filter(|(_, (_, text))| !text.is_empty())
            .map(|(at, (indent, text))| {
                let left = 100.0 + indent * 10.0;
                Fragment {
                    text: (*text).to_owned(),
                    left,
                    right: left + text.chars().count() as f32 * 10.0,
                    baseline: 40.0 + at as f32 * 20.0,
                    size: 10.0,
                }
            })
            .collect();
        let height = 40.0 + 20.0 * lines.len() as f32;
        Page { number, height, fragments, rulings: Vec::new() }
    }

    fn text(pages: Vec<Page>) -> String {
        read(pages, "a PDF file", "application/pdf", Limits::default()).unwrap().text
    }

    const FULL: &str = "坚持全面转型协同发力统筹推进各项重点任务";

    #[test]
    fn lines_are_joined_until_one_ends_short_or_begins_indented() {
        let lines = [
            (2.0, &FULL[..54]),
            (0.0, FULL),
            (0.0, "落实到位。"),
            (2.0, &FULL[..54]),
            (2.0, &FULL[..54]),
            (0.0, "其他。"),
        ];
        let expected = format!("{0}{FULL}落实到位。\n{0}\n{0}其他。\n", &FULL[..54]);
        assert_eq!(text(vec![page(1, &lines)]), expected);
    }

    #[test]
    fn a_marker_begins_a_paragraph_behind_a_sentence_only_where_first_lines_are_indented() {
        let stop = format!("{}。", &FULL[..57]);
        let lines = [
            (2.0, &FULL[..54]),
            (0.0, FULL),
            (0.0, "第三条规定的任务。"),
            (2.0, &FULL[..54]),
            (0.0, &stop),
            (0.0, "二、重点任务"),
            (2.0, &FULL[..54]),
            (0.0, "完成。"),
        ];
        let found = text(vec![page(1, &lines)]);
        assert!(found.contains(&format!("{FULL}第三条规定")), "{found}");
        assert!(found.contains("。\n二、重点任务\n"), "{found}");
    }

    #[test]
    fn a_paragraph_runs_over_the_end_of_a_page_and_past_what_stands_on_every_page() {
        let page = |number: u32, lines: &[(f32, &str)]| {
            let head = [(5.0, "某省人民政府文件"), (0.0, ""), (0.0, "")];
            let foot = format!("— {number} —");
            let foot = [(0.0, ""), (0.0, ""), (8.0, foot.as_str())];
            page(number, &[&head[..], lines, &foot[..]].concat())
        };
        let body = [(0.0, FULL); 24];
        let mut first = vec![(2.0, &FULL[..54])];
        first.extend(body);
        let mut second = body.to_vec();
        second.push((0.0, "落实。"));
        let pages = vec![page(1, &first), page(2, &second)];
        let read = read(pages, "a PDF file", "application/pdf", Limits::default()).unwrap();
        assert_eq!(read.text, format!("{}{}落实。\n", &FULL[..54], FULL.repeat(48)));
        assert_eq!(read.notices.len(), 1, "{:?}", read.notices);
        assert!(read.notices[0].contains("running headers"), "{:?}", read.notices);
        let place = |at: usize| read.places.at(at).unwrap();
        let (start, end) = (place(0), place(read.text.find("落实").unwrap()));
        assert_eq!((start.page, end.page), (Some(1), Some(2)));
        assert_eq!(start.paragraph, end.paragraph);
    }

    #[test]
    fn pages_without_a_word_are_said() {
        let blank = |number| Page { number, height: 800.0, ..Page::default() };
        let error =
            read(vec![blank(1), blank(2)], "a PDF file", "application/pdf", Limits::default())
                .err();
        assert_eq!(
            error.unwrap().to_string(),
            "a PDF file without text (2 pages without a word, as of a scan); recognise its text (OCR) first"
        );
        let pages = vec![page(1, &[(0.0, "通知")]), blank(2)];
        let notices =
            read(pages, "a PDF file", "application/pdf", Limits::default()).unwrap().notices;
        assert_eq!(notices, ["1 of 2 pages hold no text, as scans do, and are left out: 2"]);
    }
}
