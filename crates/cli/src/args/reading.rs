//! From the words typed to a command, and from a mistake to what was meant.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _, ValueEnum as _};

use super::{Cli, ColorChoice, Command, SearchCli};
use crate::language::{Language, chinese_help};
use crate::terminal::Terminal;

/// Names of the command that is read alone.
const SEARCH: [&str; 2] = ["search", "检索"];

/// Least likeness (0 to 1) of a command's name to what was typed; half of two Han characters.
const LEAST_LIKENESS: f64 = 0.5;

/// Widest help, however wide the terminal is.
const WIDEST_HELP: usize = 100;

impl Cli {
    /// Reads the arguments, the first of which is the program's name.
    ///
    /// A search is tried first and alone: to set up what every other command takes costs
    /// more than a short search itself. A file in the place of a command is parsed.
    ///
    /// # Errors
    ///
    /// Help that was asked for, and what is wrong with the arguments.
    pub(crate) fn read(
        args: &[OsString],
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, clap::Error> {
        if args.get(1).is_some_and(|command| SEARCH.iter().any(|name| command == name))
            && let Ok(SearchCli { search, terminal }) = SearchCli::try_parse_from(&args[1..])
        {
            return Ok(Self { command: Command::Search(search), terminal });
        }
        let mut args = args.to_vec();
        let mut result = Self::try_parse_from(&args);
        if let Err(error) = &result
            && let Some(at) = bare_file(&args, error)
        {
            args.insert(at, "parse".into());
            result = Self::try_parse_from(&args);
        }
        result.map_err(|error| {
            // Where the arguments make no whole, what they say of the terminal still holds.
            if let Some(color) = value_of("--color", &args)
                && let Ok(color) = ColorChoice::from_str(color, true)
            {
                terminal.paint(color);
            }
            if let Some(columns) = value_of("--width", &args).and_then(|text| text.parse().ok()) {
                terminal.columns = Some(columns);
            }
            told(error, &args, terminal)
        })
    }
}

/// Returns the value of an option, wherever it stands.
fn value_of<'a>(option: &str, args: &'a [OsString]) -> Option<&'a str> {
    let mut texts = args.iter().filter_map(|arg| arg.to_str());
    texts
        .by_ref()
        .find_map(|text| match text.strip_prefix(option)? {
            "" => Some(None),
            rest => rest.strip_prefix('=').map(Some),
        })?
        .or_else(|| texts.next())
}

/// Returns the place of the word that stands where a command should and is a
/// file, or is called as files are.
fn bare_file(args: &[OsString], error: &clap::Error) -> Option<usize> {
    let context = match error.kind() {
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        ErrorKind::UnknownArgument => ContextKind::InvalidArg,
        _ => return None,
    };
    let Some(ContextValue::String(word)) = error.get(context) else { return None };
    let path = Path::new(word);
    let is_file = word == "-"
        || context == ContextKind::InvalidSubcommand
            && (path.exists() || gangmu_ingest::is_document_name(path) || word.contains('/'));
    let at = args.iter().skip(1).position(|arg| arg.as_os_str() == word.as_str())?;
    is_file.then_some(at + 1)
}

/// Reads the arguments once more with the commands as help shows them, in the
/// language and the width of the terminal.
fn told(error: clap::Error, args: &[OsString], terminal: &Terminal<'_>) -> clap::Error {
    let command = match (terminal.language, terminal.columns) {
        (Language::Chinese, _) => {
            let palette = terminal.palette();
            chinese_help(Cli::command(), terminal.width().min(WIDEST_HELP), palette)
        }
        (Language::English, Some(columns)) => Cli::command().term_width(columns.min(WIDEST_HELP)),
        (Language::English, None) => Cli::command(),
    };
    let mut error = command.clone().try_get_matches_from(args).err().unwrap_or(error);
    let typed = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(typed)) if error.kind() == ErrorKind::InvalidSubcommand => typed,
        _ => return error,
    };
    if error.get(ContextKind::SuggestedSubcommand).is_none()
        && let nearest = nearest(typed, &command)
        && !nearest.is_empty()
    {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(nearest));
    }
    error
}

/// Returns the names of commands most like a word.
fn nearest(typed: &str, command: &clap::Command) -> Vec<String> {
    let names = command.get_subcommands().flat_map(|command| {
        std::iter::once(command.get_name()).chain(command.get_visible_aliases())
    });
    let mut near: Vec<(f64, &str)> = names
        .map(|name| (strsim::normalized_levenshtein(typed, name), name))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    near.sort_by(|left, right| right.0.total_cmp(&left.0));
    near.into_iter().map(|(_, name)| name.to_owned()).collect()
}
