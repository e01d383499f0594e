//! `search QUERY`.

use std::collections::BTreeMap;
use std::io;

use anyhow::Error;
use gangmu_indexer::{FacetPage, Index};
use gangmu_lexicon::Lexicon;
use gangmu_model::{FacetRecord, SearchRecord};
use gangmu_opensearch::Engine;
use gangmu_query::{
    DocumentSummary, Facet, Fields, SearchPage, SearchQuery, SearchRequest, Sort, Unanswerable,
    below_title, sentences_around, snippet,
};
use gangmu_tables::{Listing, columns};

use super::{Origins, print_table, report_unknown_agency};
use crate::args::{Format, InputArg, SearchArgs, SearchSortArg, Shape, StretchArg};
use crate::excerpt::{Excerpt, excerpt};
use crate::exit::Exit;
use crate::files::is_standard_input;
use crate::language::{Noun, Value, counted, say};
use crate::library::{Library, open_index};
use crate::listing::deliver;
use crate::stream::{Stream, Wanted};
use crate::table::{short, wrapped};
use crate::terminal::{Palette, Terminal};
use crate::wrap::hanging;

/// Clauses in a table where no limit is given.
const TABLE_LIMIT: usize = 20;

/// Characters of a clause that are shown around the words.
const SNIPPET_CHARS: usize = 160;

/// Where the clauses are looked for.
struct Place {
    engine: Asked,
    /// The documents, where the question needs them beside the index.
    summaries: Vec<DocumentSummary>,
    library: Option<Library>,
}

/// Who answers.
enum Asked {
    /// Never given back piece by piece: the process ends with the answer.
    Own(&'static Index),
    Server(Engine),
}

impl Asked {
    fn summaries(&self) -> Result<Vec<DocumentSummary>, Error> {
        Ok(match self {
            Self::Own(index) => index.summaries()?,
            Self::Server(engine) => engine.summaries()?,
        })
    }

    fn search(&self, query: &SearchQuery) -> Result<SearchPage, Error> {
        Ok(match self {
            Self::Own(index) => index.search(query)?,
            Self::Server(engine) => engine.search(query)?,
        })
    }

    fn facets(&self, query: &SearchQuery, asked: &[Facet]) -> Result<FacetPage, Error> {
        Ok(match self {
            Self::Own(index) => index.facets(query, asked)?,
            Self::Server(engine) => engine.facets(query, asked)?,
        })
    }
}

pub(super) fn run(args: &SearchArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let lexicon = Lexicon::builtin();
    let request = request(args);
    let query = read_query(args, &request, terminal)?;
    if args.stream.input == InputArg::Jsonl {
        return run_over_lines(args, &request, query, terminal);
    }
    let place = Place::open(args, &request, &query, lexicon, terminal)?;
    let documents = place.summaries.as_slice();
    let query = match request.resolve(query, documents, lexicon) {
        Ok(query) => query,
        Err(Unanswerable::NoAgency) => {
            let asked = args.agency.as_deref().unwrap_or_default();
            report_unknown_agency(asked, documents, lexicon, terminal)?;
            return Ok(place.exit(Exit::Nothing));
        }
        Err(Unanswerable::NoDocument) => {
            match args.documents.names() {
                Some(names) => {
                    terminal.tell(&say!("no document is called {names}", names = names))?;
                }
                None => terminal
                    .tell(&say!("no document is of that kind, issuer, region, status and date"))?,
            }
            return Ok(place.exit(Exit::Nothing));
        }
    };
    if args.list_documents || args.count || !args.facets.is_empty() {
        let of_documents = args.facets.is_empty();
        let asked = if of_documents { &[Facet::Document][..] } else { &args.facets };
        let page = place.engine.facets(&query, asked)?;
        if of_documents {
            print_documents(args, &page.records, terminal)?;
        } else {
            print_facets(args, &page.records, terminal)?;
        }
        report(args, page.total, page.relaxed, terminal)?;
        if !of_documents && page.total > 0 {
            terminal.sum_up(&counted(page.total, Noun::Clause))?;
        }
        return Ok(place.exit(Exit::found(page.total > 0)));
    }
    let page = place.engine.search(&query)?;
    print(args, &page, terminal)?;
    report(args, page.total, page.relaxed, terminal)?;
    report_shown(args, &page, terminal)?;
    Ok(place.exit(Exit::found(page.total > 0)))
}

/// Looks through a document a line of standard input.
fn run_over_lines(
    args: &SearchArgs,
    request: &SearchRequest,
    query: SearchQuery,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Error> {
    args.engine.open(&args.sources)?;
    let (lexicon, read) = (Lexicon::builtin(), &args.sources.read);
    if !matches!(args.sources.paths.as_slice(), [path] if is_standard_input(path))
        || read.files_from.is_some()
    {
        return Err(say!("--input jsonl reads standard input; give - as the only FILE").into());
    }
    let of_all = args.list_documents || args.count || !args.facets.is_empty();
    let in_part = args.limit.is_some() || args.offset > 0 || args.sort != SearchSortArg::Score;
    let prints = args.output.output.is_none()
        && args.output.shape().is_ok_and(|shape| shape == Shape::Printed(Format::Jsonl));
    if !args.exact || !prints || of_all || in_part || request.needs_documents(&query, lexicon) {
        return Err(say!(
            "of a stream, each document is looked through alone; give --exact and --format jsonl, \
             and leave out what orders, counts or chooses documents and bodies"
        )
        .into());
    }
    let documents: &[DocumentSummary] = &[];
    let mut query = request.resolve(query, documents, lexicon)?;
    query.sort = Sort::Document;
    let stream = Stream {
        options: read.options(),
        raised: read.raised(),
        n_threads: args.stream.threads,
        wanted: Wanted::Clauses(Box::new(query)),
    };
    let Terminal { input, out, .. } = terminal;
    let streamed = stream.run(*input, *out)?;
    streamed.tell(terminal)?;
    Ok(Exit::Found)
}

impl Place {
    /// Opens the index, or makes one in memory of the files named.
    fn open(
        args: &SearchArgs,
        request: &SearchRequest,
        query: &SearchQuery,
        lexicon: &Lexicon,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Error> {
        let library = args
            .sources
            .names_files()
            .then(|| Library::open(&args.sources, terminal))
            .transpose()?;
        let engine = match (args.engine.open(&args.sources)?, &library) {
            (Some(engine), _) => Asked::Server(engine),
            (None, None) => Asked::Own(Box::leak(Box::new(open_index(&args.sources.index)?))),
            (None, Some(library)) => {
                Asked::Own(Box::leak(Box::new(Index::in_memory(&library.documents)?)))
            }
        };
        let needs_documents = request.needs_documents(query, lexicon);
        let summaries = if needs_documents { engine.summaries()? } else { Vec::new() };
        Ok(Self { engine, summaries, library })
    }

    fn exit(&self, exit: Exit) -> Exit {
        self.library.as_ref().map_or(exit, |library| library.exit(exit))
    }
}

fn request(args: &SearchArgs) -> SearchRequest {
    let table = args.output.is_for_a_screen()
        && !args.list_documents
        && !args.count
        && args.facets.is_empty();
    SearchRequest {
        words: args.query.clone(),
        fields: args.fields.iter().map(|field| Fields::from(*field)).reduce(|a, b| a | b),
        exact: args.exact,
        fuzzy: args.fuzzy,
        same: args.same.map(Into::into),
        agency: args.agency.clone(),
        role: args.role,
        year: args.year,
        chapter: args.chapter,
        documents: args.documents.filter(),
        sort: args.sort.into(),
        limit: args.limit.unwrap_or(if table { TABLE_LIMIT } else { usize::MAX }),
        offset: args.offset,
    }
}

fn read_query(
    args: &SearchArgs,
    request: &SearchRequest,
    terminal: &Terminal<'_>,
) -> Result<SearchQuery, Error> {
    request.read().map_err(|error| {
        let start = args.query.char_indices().nth(error.position - 1);
        let place =
            start.map_or(args.query.len()..args.query.len(), |(at, ch)| at..at + ch.len_utf8());
        let Excerpt { text, carets } = excerpt(&args.query, place, terminal.width() - 2);
        let message = say!(
            "character {position} of the query: {reason}\n  {text}\n  {carets}",
            position = error.position,
            reason = Value::Told(error.reason),
            text = text,
            carets = carets,
        );
        message.into()
    })
}

/// Prints how many clauses fall under each value.
fn print_facets(
    args: &SearchArgs,
    records: &[FacetRecord],
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let columns = [short("序号"), short("分组"), wrapped("值"), short("条款数")];
    let row = |n: usize, record: &FacetRecord| {
        vec![
            n.to_string(),
            gangmu_tables::labels::facet(&record.facet).to_owned(),
            gangmu_tables::labels::facet_value(record).to_owned(),
            record.count.to_string(),
        ]
    };
    let listing = Listing {
        name: "条款数",
        heading: format!("条款数({})", args.query),
        records,
        fields: columns::facets(),
    };
    deliver(&listing, &args.output, terminal, |terminal| {
        print_table(records, "", &columns, row, terminal)
    })
}

/// Prints the ids of the documents found, sorted, with the number of clauses
/// where that is asked for.
fn print_documents(
    args: &SearchArgs,
    records: &[FacetRecord],
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let counts: BTreeMap<&str, u32> =
        records.iter().map(|record| (record.value.as_str(), record.count)).collect();
    for (document, n_clauses) in counts {
        if args.count {
            writeln!(terminal.out, "{document}:{n_clauses}")?;
        } else {
            writeln!(terminal.out, "{document}")?;
        }
    }
    Ok(())
}

fn print(args: &SearchArgs, page: &SearchPage, terminal: &mut Terminal<'_>) -> Result<(), Error> {
    let listing = Listing {
        name: "检索结果",
        heading: format!("检索结果({})", args.query),
        records: &page.records,
        fields: columns::clauses(),
    };
    deliver(&listing, &args.output, terminal, |terminal| {
        let palette = terminal.palette();
        for record in &page.records {
            write_hit(record, args.context, palette, terminal)?;
        }
        Ok(())
    })
}

fn write_hit(
    record: &SearchRecord,
    context: Option<usize>,
    palette: Palette,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let (columns, language) = (terminal.columns, terminal.language);
    let out = &mut *terminal.out;
    let path = record.path.join(" › ");
    let place = if path.is_empty() { &record.citation } else { &path };
    let found_by = match record.matched_by.as_str() {
        "words" => String::new(),
        other => {
            let ways: Vec<String> = other.split("; ").map(|way| language.told(way)).collect();
            palette.dim(&format!("  ({})", ways.join("; ")))
        }
    };
    let address = palette.address(record.division.as_str());
    let heading = format!("{}{found_by}", palette.title(place));
    writeln!(out, "{}", hanging(&format!("{address}  "), &heading, columns))?;
    let title = record.title.as_deref().unwrap_or(&record.document);
    let title = palette.dim(&format!("{title} [{}]", record.document));
    writeln!(out, "{}", hanging("  ", &title, columns))?;
    let (text, highlights) = below_title(record);
    let pieces = match context {
        Some(n_sentences) => sentences_around(text, &highlights, n_sentences),
        None => vec![snippet(text, &highlights, SNIPPET_CHARS)],
    };
    for piece in pieces {
        let (before, after) =
            (if piece.cut_before { "…" } else { "" }, if piece.cut_after { "…" } else { "" });
        let shown = highlighted(&piece.text, &piece.highlights, palette);
        let shown = shown.replace(['\n', '\r'], " ");
        writeln!(out, "{}", hanging("  ", &format!("{before}{}{after}", shown.trim()), columns))?;
    }
    writeln!(out)
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

/// Says on standard error that nothing, or nothing exact, was found.
fn report(
    args: &SearchArgs,
    total: usize,
    relaxed: bool,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    if total == 0 {
        let query = &args.query;
        return terminal.tell(&match args.same {
            Some(StretchArg::Sentence) => say!(
                "nothing found for {query} in one sentence; leave --same out to look in whole clauses",
                query = query,
            ),
            Some(StretchArg::Paragraph) => say!(
                "nothing found for {query} in one paragraph; leave --same out to look in whole clauses",
                query = query,
            ),
            None => say!("nothing found for {query}", query = query),
        });
    }
    match (args.fuzzy, relaxed) {
        (true, _) => terminal.tell(&say!(
            "these come nearest to {query}; not all of them hold all the words",
            query = &args.query,
        )),
        (false, true) => terminal
            .tell(&say!("no clause has all of {query}; these come close", query = &args.query,)),
        (false, false) => Ok(()),
    }
}

/// Says on standard error how much was found and which part of it is shown.
fn report_shown(
    args: &SearchArgs,
    page: &SearchPage,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let (shown, offset) = (page.records.len(), args.offset);
    let clauses = counted(page.total, Noun::Clause);
    terminal.sum_up(&match (shown, args.sort) {
        _ if page.total == 0 => return Ok(()),
        _ if shown == page.total => {
            let ids = page.records.iter().map(|record| record.document.as_str());
            let place = Origins::of(ids).counted();
            say!("{things} in {place}", things = clauses, place = place)
        }
        (0, _) => say!(
            "{clauses}, none after the first {offset} (--offset)",
            clauses = clauses,
            offset = offset,
        ),
        _ if offset > 0 => say!(
            "{clauses}, {first} to {last} shown (--offset, --limit)",
            clauses = clauses,
            first = offset + 1,
            last = offset + shown,
        ),
        (_, SearchSortArg::Score) => {
            say!("{clauses}, the best {n} shown (--limit)", clauses = clauses, n = shown)
        }
        _ => say!("{clauses}, the first {n} shown (--limit)", clauses = clauses, n = shown),
    })
}
