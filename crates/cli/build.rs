//! Makes a table of the texts in `texts/zh-CN.po`, so that none is read at a start.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const TEXTS: &str = "texts/zh-CN.po";

fn main() {
    println!("cargo::rerun-if-changed={TEXTS}");
    if let Err(fault) = write_tables() {
        println!("cargo::error={TEXTS}: {fault}");
    }
}

/// Writes one sorted table for each context: what help says, what the commands
/// say, and what other crates said in English.
fn write_tables() -> Result<(), String> {
    let catalog = polib::po_file::parse(Path::new(TEXTS)).map_err(|error| error.to_string())?;
    let mut tables: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for message in catalog.messages() {
        let (english, context) = (message.msgid(), message.msgctxt().unwrap_or_default());
        let chinese = message.msgstr().map_err(|_| format!("a plural is not read: {english}"))?;
        if chinese.is_empty() {
            return Err(format!("no Chinese stands under: {english}"));
        }
        if names(english) != names(chinese) {
            return Err(format!("the names in braces differ in: {english}"));
        }
        if tables.entry(context).or_default().insert(english, chinese).is_some() {
            return Err(format!("stands twice: {english}"));
        }
    }
    let mut code = String::new();
    for context in ["help", "said", "told"] {
        let table = tables.remove(context).ok_or_else(|| format!("no {context} in it"))?;
        let name = context.to_uppercase();
        writeln!(code, "pub(super) static {name}: &[Text] = &[").map_err(|e| e.to_string())?;
        for (english, chinese) in table {
            writeln!(code, "    Text {{ english: {english:?}, chinese: {chinese:?} }},")
                .map_err(|e| e.to_string())?;
        }
        code.push_str("];\n");
    }
    if let Some(other) = tables.keys().next() {
        return Err(format!("no such context: {other}"));
    }
    let directory = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&directory).join("texts.rs"), code).map_err(|error| error.to_string())
}

/// Returns the names in braces, sorted.
fn names(text: &str) -> Vec<&str> {
    let pieces = text.split('{').skip(1);
    let mut names: Vec<&str> = pieces.filter_map(|piece| Some(piece.split_once('}')?.0)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
