//! The embedded data is whole: every line reads, sorted, without repeats, with a source.

use super::*;

#[test]
fn every_line_of_the_data_reads() {
    let mut errors = Vec::new();
    NationalBodies::load(AGENCIES, &mut errors);
    LocalBodies::load(LOCAL_AGENCIES, &mut errors);
    load_wording(&mut errors);
    RegionTable::load(REGIONS, &mut errors);
    UnitTable::load(UNITS, &mut errors);
    comparator::load(COMPARATORS, &mut errors);
    synonym::load(SYNONYMS, &mut errors);
    assert!(errors.is_empty(), "fix these lines: {errors:#?}");
}

#[test]
fn lists_are_sorted_without_repeats_and_name_their_sources() {
    for table in TABLES {
        let mut lines = table.lines();
        let (_, header) = lines.next().expect("a header line");
        assert!(header.ends_with("\tsource"), "{}: the last column is the source", table.file);
        let rows: Vec<(usize, &str)> = lines.collect();
        assert!(!rows.is_empty(), "{} is empty", table.file);
        for (line, row) in &rows {
            let source = row.rsplit('\t').next().unwrap_or_default();
            assert!(!source.trim().is_empty(), "{}:{line} has no source", table.file);
            assert!(
                row.split('\t').all(|cell| cell.trim() == cell),
                "{}:{line} has blanks at a cell's edge",
                table.file
            );
        }
        let keys: Vec<&str> = rows.iter().map(|(_, row)| sort_key(table, row)).collect();
        for (pair, (line, _)) in keys.windows(2).zip(&rows[1..]) {
            assert!(
                pair[0] < pair[1],
                "{}:{line} is out of order or repeated: {}",
                table.file,
                pair[1]
            );
        }
    }
}

/// Lines are sorted as a whole, except that 国家级新区 have no code and come last.
fn sort_key(table: Table, row: &str) -> &str {
    if table.file == "regions.tsv" && row.starts_with('\t') {
        // A code is digits, and every name sorts after digits.
        return row.trim_start();
    }
    row
}

#[test]
fn version_is_date_and_hash() {
    let version = Lexicon::version();
    assert!(version.starts_with(DATA_DATE));
    let hash = &version[DATA_DATE.len() + 1..];
    assert!(hash.len() == 8 && hash.chars().all(|c| c.is_ascii_hexdigit()));
}
