//! Makes the table of the words of `seeds/lexicon/words.tsv`, so that a program that indexes has
//! nothing to load.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/packed.rs"]
mod packed;

use packed::{
    MARK_BITS, N_CODES, RANK_SHIFT, TABLE_BITS, code, first, group, key, key_of, mark, rank_of,
    slot,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/lexicon/words.tsv");
    println!("cargo::rerun-if-changed={}", words.display());
    println!("cargo::rerun-if-changed=src/packed.rs");
    let text = fs::read_to_string(&words)?;
    let mut rows = Vec::new();
    for row in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let mut cells = row.split('\t');
        let (Some(word), Some(frequency)) = (cells.next(), cells.next()) else {
            return Err(format!("{}: {row} has no frequency", words.display()).into());
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
