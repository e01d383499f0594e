//! The tables that a run leaves.

use std::fmt::{self, Display, Formatter};

use crate::process::Cost;

/// What one engine did on one collection of clauses.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Measured {
    /// The engine's name, with what it was measured on where that is a part.
    pub name: String,
    /// Building, scaled to the whole collection.
    pub build: Option<Cost>,
    /// The bytes of its index, scaled to the whole collection.
    pub index_bytes: Option<u64>,
    /// For each kind of question in order, p50 and p99 in microseconds and the share of
    /// questions that found something; `None` where it is not asked.
    pub answers: Vec<Option<(f64, f64, f64)>>,
    /// Time on the processor of a whole process that answers one word, in microseconds.
    pub cold: Option<f64>,
}

/// The table of one collection. The second engine is the one that others are compared with.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// What the clauses are.
    pub title: String,
    /// The bytes of the clauses' texts.
    pub n_bytes: u64,
    /// The engines; the first is this project's.
    pub engines: Vec<Measured>,
    /// The kinds of questions.
    pub kinds: Vec<&'static str>,
    /// Time on the processor of a process that does nothing, in microseconds.
    pub empty: f64,
}

type Value<'a> = Box<dyn Fn(&Measured) -> Option<f64> + 'a>;
/// A measure: its name, how to read it and how to write it.
type Row<'a> = (String, Value<'a>, fn(f64) -> String);

impl Table {
    fn rows(&self) -> Vec<Row<'_>> {
        fn build<'a>(of: fn(&Cost) -> f64) -> Value<'a> {
            Box::new(move |engine| engine.build.as_ref().map(of))
        }
        let mut rows: Vec<Row<'_>> = vec![
            ("build, CPU".to_owned(), build(|cost| cost.cpu_seconds), seconds),
            ("build, wall".to_owned(), build(|cost| cost.wall_seconds), seconds),
            (
                "build, own memory at most".to_owned(),
                build(|cost| cost.own_bytes as f64),
                megabytes,
            ),
            ("… with mapped files".to_owned(), build(|cost| cost.resident_bytes as f64), megabytes),
            (
                "index".to_owned(),
                Box::new(|engine| engine.index_bytes.map(|n| n as f64)),
                megabytes,
            ),
            (
                "index ÷ texts".to_owned(),
                Box::new(|engine| engine.index_bytes.map(|n| n as f64 / self.n_bytes as f64)),
                ratio,
            ),
        ];
        for (at, kind) in self.kinds.iter().enumerate() {
            let answer = move |engine: &Measured| engine.answers.get(at).copied().flatten();
            let p50 = move |engine: &Measured| Some(answer(engine)?.0);
            let p99 = move |engine: &Measured| Some(answer(engine)?.1);
            let found = move |engine: &Measured| Some(answer(engine)?.2);
            rows.push((format!("{kind}, p50"), Box::new(p50), microseconds));
            rows.push((format!("{kind}, p99"), Box::new(p99), microseconds));
            rows.push((format!("{kind}, something found"), Box::new(found), percent));
        }
        rows.push(("cold process, one word, CPU".to_owned(), Box::new(|e| e.cold), microseconds));
        let over_empty = |engine: &Measured| Some(engine.cold? / self.empty);
        rows.push(("… ÷ empty process".to_owned(), Box::new(over_empty), ratio));
        rows
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n", self.title)?;
        let names: Vec<&str> = self.engines.iter().map(|engine| engine.name.as_str()).collect();
        writeln!(f, "| | {} | first ÷ second |", names.join(" | "))?;
        writeln!(f, "| --- |{} --- |", " ---: |".repeat(names.len()))?;
        for (name, value, write) in self.rows() {
            let values: Vec<Option<f64>> = self.engines.iter().map(value).collect();
            let cells: Vec<String> =
                values.iter().map(|value| value.map_or("–".to_owned(), write)).collect();
            let compared = match values[..] {
                [Some(first), Some(second), ..] if second > 0.0 => ratio(first / second),
                _ => String::new(),
            };
            writeln!(f, "| {name} | {} | {compared} |", cells.join(" | "))?;
        }
        Ok(())
    }
}

fn seconds(value: f64) -> String {
    format!("{value:.2} s")
}

fn megabytes(value: f64) -> String {
    format!("{:.1} MB", value / 1e6)
}

fn microseconds(value: f64) -> String {
    if value < 10_000.0 { format!("{value:.0} µs") } else { format!("{:.1} ms", value / 1e3) }
}

fn percent(value: f64) -> String {
    format!("{:.0} %", value * 100.0)
}

fn ratio(value: f64) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_engine_does_not_do_is_a_dash() {
        let table = Table {
            title: "t".to_owned(),
            n_bytes: 1_000_000,
            engines: vec![
                Measured { cold: Some(300.0), index_bytes: Some(1_500_000), ..Measured::default() },
                Measured { cold: Some(600.0), ..Measured::default() },
            ],
            kinds: vec!["one word"],
            empty: 200.0,
        };
        let text = table.to_string();
        assert!(text.contains("| index ÷ texts | 1.50 | – |  |"), "{text}");
        assert!(
            text.contains("| cold process, one word, CPU | 300 µs | 600 µs | 0.50 |"),
            "{text}"
        );
        assert!(text.contains("| … ÷ empty process | 1.50 | 3.00 | 0.50 |"), "{text}");
    }
}
