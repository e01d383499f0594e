//! Makes the table of the words of jieba's dictionary, so that a program that indexes has nothing
//! to load. The dictionary is the one in the sources of `jieba-rs`, which does not hand it out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use cargo_metadata::MetadataCommand;

#[path = "src/packed.rs"]
mod packed;

use packed::{
    MARK_BITS, N_CODES, RANK_SHIFT, TABLE_BITS, code, first, group, key, key_of, mark, rank_of,
    slot,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = dictionary()?;
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    println!("cargo::rerun-if-changed=src/packed.rs");
    println!("cargo::rustc-env=JIEBA_DICTIONARY={}", path.display());
    let text = fs::read_to_string(&path)?;
    let mut rows = Vec::new();
    for row in text.lines() {
        let mut cells = row.split_whitespace();
        let (Some(word), Some(frequency)) = (cells.next(), cells.next()) else {
            return Err(format!("{}: {row} has no frequency", path.display()).into());
        };
        rows.push((word, frequency.parse::<u32>()?));
    }
    let total: u64 = rows.iter().map(|&(_, frequency)| u64::from(frequency)).sum();
    let frequencies: BTreeSet<u32> = rows.iter().map(|&(_, frequency)| frequency).collect();
    let frequencies: Vec<u32> = frequencies.into_iter().collect();
    let mut table = vec![0u64; 1 << TABLE_BITS];
    let mut marks = vec![0u8; (1 << MARK_BITS) / 8];
    let mut singles = vec![0u16; N_CODES];
    let mut n_entries = 0;
    // A character that no text in which words are looked for has makes a word that is not found.
    for (word, frequency) in rows.iter().filter(|(word, _)| word.chars().all(|ch| code(ch) > 0)) {
        let number = frequencies.binary_search(frequency).map_err(|_| "a frequency is missing")?;
        let number = u16::try_from(number + 1)?;
        let codes: Vec<u16> = word.chars().map(code).collect();
        let mut node = first(codes[0]);
        for (place, &code) in codes.iter().enumerate().skip(1) {
            let key = key(node, code);
            if place == 1 {
                marks[mark(key) / 8] |= 1 << (mark(key) % 8);
            } else {
                table[node as usize] |= group(code);
            }
            let mut at = slot(key);
            while table[at] != 0 && key_of(table[at]) != key {
                at = (at + 1) % table.len();
            }
            n_entries += usize::from(table[at] == 0);
            table[at] |= key;
            node = at as u32;
        }
        match codes[..] {
            [single] => singles[usize::from(single)] = number,
            _ => table[node as usize] |= u64::from(number) << RANK_SHIFT,
        }
    }
    if table.iter().any(|&entry| usize::from(rank_of(entry)) > frequencies.len()) {
        return Err("there are too many frequencies for an entry".into());
    }
    if n_entries > table.len() * 2 / 3 {
        return Err(format!("{n_entries} entries are too many for a quick table").into());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let bytes: Vec<u8> = table.into_iter().flat_map(u64::to_le_bytes).collect();
    fs::write(out.join("words.table"), bytes)?;
    fs::write(out.join("words.marks"), marks)?;
    let lists = format!(
        "const TOTAL: u64 = {total};\n\
         static FREQUENCIES: &[u32] = &{frequencies:?};\n\
         static SINGLES: &[u16; N_CODES] = &{singles:?};\n"
    );
    fs::write(out.join("words.rs"), lists)?;
    Ok(())
}

/// Returns where the sources of `jieba-rs` that this crate is built with keep their dictionary.
fn dictionary() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let metadata = |more: &[&str]| {
        let target = env::var("TARGET").unwrap_or_default();
        let options = ["--filter-platform", &target].into_iter().chain(more.iter().copied());
        let options: Vec<String> = options.map(str::to_owned).collect();
        MetadataCommand::new().other_options(options).exec()
    };
    // What is here already is asked first; on a new machine the sources that only tests need are
    // still to be fetched.
    let metadata = metadata(&["--offline"]).or_else(|_| metadata(&[])).map_err(|error| {
        format!("the sources of jieba-rs are not found; run `cargo fetch` once: {error}")
    })?;
    let package = metadata.packages.iter().find(|package| package.name == "jieba-rs");
    let package = package.ok_or("jieba-rs is not among the dependencies")?;
    let folder = package.manifest_path.parent().ok_or("jieba-rs has no folder")?;
    Ok(folder.join("src/data/dict.txt").into())
}
