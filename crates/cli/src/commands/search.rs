//! `search QUERY`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anyhow::Error;
use gangmu_indexer::Index;
use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, DocumentStatus, FacetRecord, Role, SearchRecord};
use gangmu_query::{AgencyMatcher, Fields, Filters, SearchPage, SearchQuery, facets, snippet};

use super::{Origins, counted, print_listing, report_unknown_agency};
use crate::args::{Format, SearchArgs};
use crate::exit::Exit;
use crate::library::{Library, open_index};
use crate::output::{write_json, write_jsonl};
use crate::table::{short, wrapped};
use crate::terminal::{Palette, Terminal};

/// Clauses in a table where no limit is given.
const TABLE_LIMIT: usize = 20;

/// Characters of a clause that are shown around the words.
const SNIPPET_CHARS: usize = 160;

/// Where the clauses are looked for.
struct Place {
    index: Index,
    /// The documents, where the question needs them beside the index.
    documents: Vec<Document>,
    library: Option<Library>,
}

pub(super) fn run(args: &SearchArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let lexicon = Lexicon::builtin();
    let query = read_query(args)?;
    let place = Place::open(args, &query, lexicon, terminal)?;
    let documents = place.documents();
    let mut query = if args.exact { query.exact() } else { query.widen(documents, lexicon) };
    query.filters = filters(args, documents, lexicon);
    if let Some(asked) = args.agency.as_deref()
        && query.filters.agency.as_ref().is_some_and(|agency| agency.names.is_empty())
    {
        report_unknown_agency(asked, documents, lexicon, terminal)?;
        return Ok(place.exit(Exit::Nothing));
    }
    if !args.documents.filter().is_empty() && query.filters.documents.is_empty() {
        match args.documents.names() {
            Some(names) => writeln!(terminal.err, "gangmu: no document is called {names}")?,
            None => writeln!(
                terminal.err,
                "gangmu: no document is of that kind, issuer, region, status and date"
            )?,
        }
        return Ok(place.exit(Exit::Nothing));
    }
    let page = place.index.search(&query)?;
    if !args.facets.is_empty() {
        print_facets(args, &page, &place, terminal)?;
        report(args, &page, terminal)?;
        return Ok(place.exit(Exit::found(page.total > 0)));
    }
    print(args, &page, terminal)?;
    report(args, &page, terminal)?;
    Ok(place.exit(Exit::found(page.total > 0)))
}

impl Place {
    /// Opens the index, or makes one in memory of the files named.
    fn open(
        args: &SearchArgs,
        query: &SearchQuery,
        lexicon: &Lexicon,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Error> {
        if !args.sources.names_files() {
            let index = open_index(&args.sources.index)?;
            let needs_documents = args.agency.is_some()
                || !args.documents.filter().is_empty()
                || !args.exact && query.agency_names(lexicon).next().is_some();
            let documents = if needs_documents {
                index.documents()?.collect::<Result<_, _>>()?
            } else {
                Vec::new()
            };
            return Ok(Self { index, documents, library: None });
        }
        let library = Library::open(&args.sources, terminal)?;
        let index = Index::in_memory(&library.documents)?;
        Ok(Self { index, documents: Vec::new(), library: Some(library) })
    }

    fn documents(&self) -> &[Document] {
        self.library.as_ref().map_or(&self.documents, |library| &library.documents)
    }

    fn exit(&self, exit: Exit) -> Exit {
        self.library.as_ref().map_or(exit, |library| library.exit(exit))
    }
}

fn read_query(args: &SearchArgs) -> Result<SearchQuery, Error> {
    let mut query = SearchQuery::parse(&args.query)?;
    let fields = args.fields.iter().map(|field| Fields::from(*field));
    if let Some(fields) = fields.reduce(|a, b| a | b) {
        query = query.within(fields);
    }
    let table = args.format.format == Format::Table
        && !args.list_documents
        && !args.count
        && args.facets.is_empty();
    query.sort = args.sort.into();
    query.offset = args.offset;
    query.limit = args.limit.unwrap_or(if table { TABLE_LIMIT } else { usize::MAX });
    Ok(query)
}

fn filters(args: &SearchArgs, documents: &[Document], lexicon: &Lexicon) -> Filters {
    let agency =
        args.agency.as_deref().map(|asked| AgencyMatcher::new(asked, lexicon).filter(documents));
    let wanted = args.documents.filter();
    let documents = if wanted.is_empty() {
        Vec::new()
    } else {
        let wanted = documents.iter().filter(|document| wanted.admits(document));
        wanted.map(|document| document.id.clone()).collect()
    };
    Filters {
        agency,
        role: args.role,
        year: args.year,
        chapter: args.chapter,
        documents,
        kinds: Vec::new(),
    }
}

/// Prints how many clauses fall under each value, from the documents they stand in.
fn print_facets(
    args: &SearchArgs,
    page: &SearchPage,
    place: &Place,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let ids: BTreeSet<&str> = page.records.iter().map(|record| record.document.as_str()).collect();
    let read;
    let documents = match place.documents() {
        [] => {
            let found = ids.iter().filter_map(|id| place.index.document(id).transpose());
            read = found.collect::<Result<Vec<_>, _>>()?;
            &read[..]
        }
        all => all,
    };
    let found = page.records.iter().map(|record| (record.document.as_str(), &record.division));
    let records = facets(&args.facets, found, documents);
    let columns = [short("序号"), short("分组"), wrapped("值"), short("条款数")];
    let row = |n: usize, record: &FacetRecord| {
        vec![
            n.to_string(),
            crate::labels::facet(&record.facet).to_owned(),
            value_shown(record),
            record.count.to_string(),
        ]
    };
    print_listing(&records, args.format.format, "", &columns, row, terminal)
}

/// Returns a value as people read it: 牵头 for `lead`.
fn value_shown(record: &FacetRecord) -> String {
    let role = || Role::ALL.into_iter().find(|role| role.name() == record.value);
    let status = || DocumentStatus::ALL.into_iter().find(|status| status.name() == record.value);
    match record.facet.as_str() {
        "role" => role().map(|role| crate::labels::role(role).to_owned()),
        "status" => status().map(|status| crate::labels::status(status).to_owned()),
        _ => None,
    }
    .unwrap_or_else(|| record.value.clone())
}

fn print(args: &SearchArgs, page: &SearchPage, terminal: &mut Terminal<'_>) -> Result<(), Error> {
    let palette = terminal.palette();
    if args.list_documents || args.count {
        for (document, n_clauses) in counts(&page.records) {
            if args.count {
                writeln!(terminal.out, "{document}:{n_clauses}")?;
            } else {
                writeln!(terminal.out, "{document}")?;
            }
        }
        return Ok(());
    }
    match args.format.format {
        Format::Json => write_json(terminal.out, &page.records)?,
        Format::Jsonl => write_jsonl(terminal.out, &page.records)?,
        Format::Table => {
            for record in &page.records {
                write_hit(terminal.out, record, palette)?;
            }
        }
    }
    Ok(())
}

/// Returns the documents of the records, each with the number of these.
fn counts(records: &[SearchRecord]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for record in records {
        *counts.entry(record.document.as_str()).or_default() += 1;
    }
    counts
}

fn write_hit(out: &mut dyn Write, record: &SearchRecord, palette: Palette) -> io::Result<()> {
    let path = record.path.join(" › ");
    let place = if path.is_empty() { &record.citation } else { &path };
    let found_by = match record.matched_by.as_str() {
        "words" => String::new(),
        other => palette.dim(&format!("  ({other})")),
    };
    let address = palette.address(record.division.as_str());
    writeln!(out, "{address}  {}{found_by}", palette.title(place))?;
    let title = record.title.as_deref().unwrap_or(&record.document);
    writeln!(out, "  {}", palette.dim(&format!("{title} [{}]", record.document)))?;
    let (text, highlights) = below_title(record);
    let piece = snippet(text, &highlights, SNIPPET_CHARS);
    let (before, after) =
        (if piece.cut_before { "…" } else { "" }, if piece.cut_after { "…" } else { "" });
    let shown = highlighted(&piece.text, &piece.highlights, palette);
    let shown = shown.replace(['\n', '\r'], " ");
    writeln!(out, "  {before}{}{after}", shown.trim())?;
    writeln!(out)
}

/// Returns the text without the title, which the path ends with already,
/// unless the words stand in the title.
fn below_title(record: &SearchRecord) -> (&str, Vec<[u32; 2]>) {
    let whole = (record.text.as_str(), record.highlights.clone());
    let Some(title) = &record.division_title else { return whole };
    let below = record.text.strip_prefix(title.as_str()).and_then(|rest| rest.strip_prefix('\n'));
    let Some(below) = below else { return whole };
    let n_above = title.chars().count() as u32 + 1;
    if record.highlights.iter().any(|[start, _]| *start < n_above) {
        return whole;
    }
    let moved = record.highlights.iter().map(|[start, end]| [start - n_above, end - n_above]);
    (below, moved.collect())
}

/// Marks the places, which are in order and apart, in a text.
fn highlighted(text: &str, places: &[[u32; 2]], palette: Palette) -> String {
    let chars: Vec<char> = text.chars().collect();
    let slice = |from: u32, to: u32| -> String {
        let to = (to as usize).min(chars.len());
        chars[(from as usize).min(to)..to].iter().collect()
    };
    let mut marked = String::new();
    let mut at = 0;
    for [start, end] in places {
        marked.push_str(&slice(at, *start));
        marked.push_str(&palette.hit(&slice(*start, *end)));
        at = *end;
    }
    marked.push_str(&slice(at, chars.len() as u32));
    marked
}

/// Says on standard error how much was found.
fn report(args: &SearchArgs, page: &SearchPage, terminal: &mut Terminal<'_>) -> io::Result<()> {
    if page.total == 0 {
        return writeln!(terminal.err, "gangmu: nothing found for {}", args.query);
    }
    if page.relaxed {
        writeln!(terminal.err, "gangmu: no clause has all of {}; these come close", args.query)?;
    }
    let shown = page.records.len();
    let clauses = counted(page.total, "clause");
    if shown < page.total {
        return writeln!(terminal.err, "{clauses}, the best {shown} shown (--limit)");
    }
    let origins = Origins::of(page.records.iter().map(|record| record.document.as_str()));
    writeln!(terminal.err, "{clauses} in {}", origins.counted())
}
