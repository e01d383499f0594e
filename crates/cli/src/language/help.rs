//! Help in Chinese: the same commands and options, with Chinese names and texts,
//! laid out by the columns that characters take.

use std::sync::LazyLock;

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command};
use unicode_width::UnicodeWidthStr;

use super::Language;
use super::tables::HELP;
use super::usage::usage_line;
use crate::terminal::Palette;
use crate::wrap::wrap;

/// The widest column of names; what is wider has its text on the next line.
const WIDEST_NAMES: usize = 30;

/// Columns before names, and between names and texts.
const INDENT: usize = 2;

/// Returns the commands as someone sees them who reads Chinese: called by their
/// Chinese names, the English ones being others that do as well.
pub(crate) fn chinese_names(command: Command) -> Command {
    static VERSION: LazyLock<String> =
        LazyLock::new(|| Language::Chinese.told(crate::args::version()));
    let mut command = command.version(VERSION.as_str()).mut_subcommands(|subcommand| {
        let named = HELP.iter().find(|text| text.english == subcommand.get_name());
        match named {
            Some(name) => subcommand
                .name(name.chinese)
                .visible_alias(Resettable::Reset)
                .visible_alias(name.english),
            None => subcommand,
        }
    });
    command.build();
    translated(command)
}

/// Returns the commands in Chinese, each with its help laid out in `width` columns.
pub(crate) fn chinese(command: Command, width: usize, palette: Palette) -> Command {
    laid_out(chinese_names(command), width, palette)
}

/// Returns the Chinese of a text of the help.
pub(crate) fn text(english: &str) -> Option<&'static str> {
    let at = HELP.binary_search_by(|text| text.english.cmp(english)).ok()?;
    Some(HELP[at].chinese)
}

fn translated(command: Command) -> Command {
    let mut command = command.mut_args(translated_argument);
    if let Some(about) = command.get_about().and_then(|about| text(&about.to_string())) {
        command = command.about(about);
    }
    if let Some(after) = command.get_after_help().and_then(|after| text(&after.to_string())) {
        command = command.after_help(after);
    }
    if let Some(placeholder) = text("COMMAND") {
        command = command.subcommand_value_name(placeholder);
    }
    command.mut_subcommands(translated)
}

fn translated_argument(argument: Arg) -> Arg {
    let help = argument.get_help().and_then(|help| text(&help.to_string()));
    let heading = argument.get_help_heading().and_then(text);
    let names: Vec<&str> =
        argument.get_value_names().into_iter().flatten().filter_map(|name| text(name)).collect();
    let mut argument = argument;
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(heading) = heading {
        argument = argument.help_heading(heading);
    }
    if !names.is_empty() {
        argument = argument.value_names(names);
    }
    argument
}

fn laid_out(command: Command, width: usize, palette: Palette) -> Command {
    let mut command = command;
    let page = page(&mut command, width, palette);
    command.override_help(page).mut_subcommands(|subcommand| laid_out(subcommand, width, palette))
}

/// Returns the help of one command.
fn page(command: &mut Command, width: usize, palette: Palette) -> String {
    let mut page = String::new();
    if let Some(about) = command.get_about() {
        push_prose(&mut page, &about.to_string(), width);
        page.push('\n');
    }
    page.push_str(&usage_line(&command.render_usage()));
    page.push('\n');
    let commands: Vec<Row> =
        command.get_subcommands().filter(|c| !c.is_hide_set()).map(Row::of_command).collect();
    push_rows(&mut page, "命令", &commands, width, palette);
    let shown = || command.get_arguments().filter(|argument| !argument.is_hide_set());
    let positional: Vec<Row> =
        shown().filter(|argument| argument.is_positional()).map(Row::of_argument).collect();
    push_rows(&mut page, "参数", &positional, width, palette);
    let mut headings: Vec<Option<&str>> = vec![None];
    for argument in shown() {
        if !headings.contains(&argument.get_help_heading()) {
            headings.push(argument.get_help_heading());
        }
    }
    for heading in headings {
        let rows: Vec<Row> = shown()
            .filter(|argument| !argument.is_positional() && argument.get_help_heading() == heading)
            .map(Row::of_argument)
            .collect();
        push_rows(&mut page, heading.unwrap_or("选项"), &rows, width, palette);
    }
    if let Some(after) = command.get_after_help() {
        page.push('\n');
        push_prose(&mut page, &after.to_string(), width);
    }
    page
}

/// A name and what is said of it, in pieces that are not parted where they fit on a line.
struct Row {
    name: String,
    pieces: Vec<String>,
}

impl Row {
    fn of_command(command: &Command) -> Self {
        let others: Vec<&str> = command.get_visible_aliases().collect();
        let name = std::iter::once(command.get_name()).chain(others).collect::<Vec<_>>().join(", ");
        Self { name, pieces: vec![plain(command.get_about())] }
    }

    fn of_argument(argument: &Arg) -> Self {
        let name = match argument.get_short() {
            Some(short) if argument.get_long().is_some() => format!("-{short}, {argument}"),
            None if argument.get_long().is_some() => format!("    {argument}"),
            _ => argument.to_string(),
        };
        let mut pieces = vec![plain(argument.get_help())];
        let takes_value = argument.get_action().takes_values();
        let values: Vec<String> = argument
            .get_possible_values()
            .iter()
            .filter(|value| takes_value && !value.is_hide_set())
            .map(|value| value.get_name().to_owned())
            .collect();
        if !values.is_empty() && !argument.is_hide_possible_values_set() {
            pieces.push(format!("[可选：{}]", values.join(", ")));
        }
        let defaults: Vec<_> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if takes_value && !defaults.is_empty() && !argument.is_hide_default_value_set() {
            pieces.push(format!("[默认：{}]", defaults.join(", ")));
        }
        if let Some(variable) = argument.get_env().filter(|_| !argument.is_hide_env_set()) {
            pieces.push(format!("[环境变量：{}]", variable.to_string_lossy()));
        }
        Self { name, pieces }
    }
}

impl Row {
    fn lines(&self, width: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for piece in &self.pieces {
            match lines.last_mut() {
                Some(last) if last.width() + 1 + piece.width() <= width => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => lines.extend(wrap(piece, width)),
            }
        }
        lines
    }
}

fn plain(text: Option<&StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn push_rows(page: &mut String, heading: &str, rows: &[Row], width: usize, palette: Palette) {
    if rows.is_empty() {
        return;
    }
    page.push_str(&format!("\n{}\n", palette.title(&format!("{heading}："))));
    let widest = if width < 3 * WIDEST_NAMES { WIDEST_NAMES * 2 / 3 } else { WIDEST_NAMES };
    let names = rows.iter().map(|row| row.name.width()).filter(|name| *name <= widest).max();
    let column = INDENT + names.unwrap_or(INDENT) + INDENT;
    for row in rows {
        let used = INDENT + row.name.width();
        page.push_str(&format!("{:INDENT$}{}", "", palette.address(&row.name)));
        let mut lines = row.lines(width.saturating_sub(column)).into_iter();
        if used + INDENT <= column {
            let first = lines.next().unwrap_or_default();
            page.push_str(&format!("{:gap$}{first}", "", gap = column - used));
        }
        page.push('\n');
        for line in lines {
            page.push_str(&format!("{:column$}{line}\n", ""));
        }
    }
}

/// Adds lines of text, wrapped but for those that are set in, such as commands.
fn push_prose(page: &mut String, text: &str, width: usize) {
    for line in text.lines() {
        if line.is_empty() || line.starts_with(' ') {
            page.push_str(line);
            page.push('\n');
        } else {
            for piece in wrap(line, width) {
                page.push_str(&piece);
                page.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Cli;

    /// What the tree of commands says in English, names included.
    fn texts(command: &Command, texts: &mut BTreeSet<String>) {
        texts.extend(command.get_about().map(ToString::to_string));
        texts.extend(command.get_after_help().map(ToString::to_string));
        for argument in command.get_arguments() {
            texts.extend(argument.get_help().map(ToString::to_string));
            texts.extend(argument.get_help_heading().map(str::to_owned));
            if argument.get_action().takes_values() {
                let names = argument.get_value_names().unwrap_or_default();
                texts.extend(names.iter().map(ToString::to_string));
            }
        }
        for subcommand in command.get_subcommands() {
            texts.extend(subcommand.get_about().map(ToString::to_string));
            // Under `help` every command stands once more.
            if subcommand.get_name() != "help" {
                texts.insert(subcommand.get_name().to_owned());
                self::texts(subcommand, texts);
            }
        }
    }

    #[test]
    fn commands_are_called_in_chinese_as_help_names_them() {
        for command in Cli::command().get_subcommands() {
            let aliases: Vec<&str> = command.get_visible_aliases().collect();
            assert_eq!(aliases, [text(command.get_name()).unwrap()]);
        }
    }

    #[test]
    fn every_text_of_the_help_has_its_chinese_and_none_is_left_over() {
        let mut command = Cli::command();
        command.build();
        let mut said = BTreeSet::from(["COMMAND".to_owned()]);
        texts(&command, &mut said);
        let known: BTreeSet<String> = HELP.iter().map(|text| text.english.to_owned()).collect();
        assert_eq!(said.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(known.difference(&said).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
