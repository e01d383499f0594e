//! Pictures of numbers: goals over the years as SVG, duties by chapter as a coloured table.

use gangmu_model::Document;
use gangmu_query::{ChapterTable, TimelineSeries};
use gangmu_tables::goal;
use maud::{Markup, html};

use crate::answer::Asked;
use crate::pages::{clause_address, tasks_address};

/// Lines in one picture; each has a colour of its own.
const MOST_LINES: usize = 6;
/// Bodies in one picture.
const MOST_BODIES: usize = 30;
/// Shades of the coloured table.
const N_SHADES: u32 = 5;

/// The room for the picture, in units of its own.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 36.0;

/// Shows goals of one unit over the years: those of the first line, and of the others in
/// the same unit. The list of goals below says the same in words.
pub(crate) fn timeline(asked: &Asked, lines: &[TimelineSeries<'_>]) -> Markup {
    let Some(first) = lines.first() else { return html! {} };
    let shown: Vec<&TimelineSeries<'_>> =
        lines.iter().filter(|line| line.unit == first.unit).take(MOST_LINES).collect();
    let points = || shown.iter().flat_map(|line| &line.points);
    let value =
        |amount: gangmu_model::Amount| amount.to_string().parse::<f64>().unwrap_or_default();
    let years = points().map(|point| point.year);
    let (from, to) = (years.clone().min().unwrap_or(0), years.max().unwrap_or(0));
    // A single year stands in the middle.
    let (from, to) = if from == to { (from - 1, to + 1) } else { (from, to) };
    let values: Vec<f64> = points().map(|point| value(point.value)).collect();
    let (low, high, step) = scale(&values);
    let x =
        |year: i32| LEFT + f64::from(year - from) / f64::from(to - from) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
    let n_ticks = ((high - low) / step).round() as u32;
    let year_step = ((to - from) / 8).max(1);
    let mut labelled: Vec<i32> = (from..=to).step_by(year_step as usize).collect();
    labelled.dedup();
    let about = format!(
        "{}：{}（{}）",
        asked.say("各年目标", "Targets by year"),
        first.indicator,
        first.unit
    );
    html! {
        figure {
            div.picture { svg.timeline viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-labelledby="timeline-title" xmlns="http://www.w3.org/2000/svg" {
                title #timeline-title { (about) }
                g.grid {
                    @for tick in 0..=n_ticks {
                        @let at = low + step * f64::from(tick);
                        line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(round(y(at))) y2=(round(y(at))) {}
                        text x=(LEFT - 8.0) y=(round(y(at) + 4.0)) text-anchor="end" { (short(at)) }
                    }
                    @for year in &labelled {
                        text x=(round(x(*year))) y=(HEIGHT - 12.0) text-anchor="middle" { (year) }
                    }
                }
                @for (at, line) in shown.iter().enumerate() {
                    g.(format!("series-{at}")) {
                        @if line.points.len() > 1 {
                            polyline points=(line.points.iter().map(|point| format!("{},{}", round(x(point.year)), round(y(value(point.value))))).collect::<Vec<_>>().join(" ")) {}
                        }
                        @for point in &line.points {
                            a href=(clause_address(line.document, point.record.target.division.as_str())) {
                                circle cx=(round(x(point.year))) cy=(round(y(value(point.value)))) r="5" {
                                    title { (goal::sentence(&point.record.target)) }
                                }
                                text.point x=(round(x(point.year))) y=(round(y(value(point.value)) - 10.0)) text-anchor="middle" { (point.value) }
                            }
                        }
                    }
                }
            } }
            figcaption {
                ul.key {
                    @for (at, line) in shown.iter().enumerate() {
                        li { span.(format!("swatch series-{at}")) aria-hidden="true" {} (line.scope.unwrap_or_default()) (line.indicator) " (" (line.unit) ") " span.soft { (line.document) } }
                    }
                }
                @if lines.len() > shown.len() { p.soft { (asked.say("另有", "and ")) (lines.len() - shown.len()) (asked.say("项指标未画出，请用筛选选择。", " more indicators; choose one by the filters.")) } }
            }
        }
    }
}

/// Returns the lowest and highest line of a grid round the values and the way between two.
fn scale(values: &[f64]) -> (f64, f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = if low < high {
        (low, high)
    } else {
        (low - low.abs().max(1.0) / 4.0, high + high.abs().max(1.0) / 4.0)
    };
    let rough = (high - low) / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    // Nothing stands on the edge of the picture.
    ((low / step - 0.25).floor() * step, (high / step + 0.25).ceil() * step, step)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn short(value: f64) -> String {
    let rounded = (value * 1_000.0).round() / 1_000.0;
    if rounded.abs() >= 1e8 { format!("{rounded:e}") } else { rounded.to_string() }
}

/// Shows which bodies have duties in which chapters of a document.
pub(crate) fn heat(asked: &Asked, document: &Document) -> Markup {
    let table = ChapterTable::of(document);
    let most = table.rows.iter().flat_map(|row| &row.counts).copied().max().unwrap_or(1).max(1);
    // A few duties are told from none as well as from many.
    let shade = |n: u32| (n * N_SHADES).div_ceil(most);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.say("单位与章节", "Bodies by chapter")) {
            table.heat {
                thead {
                    tr {
                        th scope="col" { (asked.say("单位", "Body")) }
                        @for (id, heading) in &table.chapters {
                            th scope="col" { a href=(clause_address(&document.id, id.as_str())) { (heading) } }
                        }
                    }
                }
                tbody {
                    @for row in table.rows.iter().take(MOST_BODIES) {
                        tr {
                            th scope="row" { a href=(tasks_address(&row.full_name)) { (row.full_name) } }
                            @for n in &row.counts { td.(format!("shade-{}", shade(*n))) { @if *n > 0 { (n) } } }
                        }
                    }
                }
            }
        }
        @if table.rows.len() > MOST_BODIES { p.soft { (asked.say("列出前", "The first ")) (MOST_BODIES) " / " (table.rows.len()) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_holds_its_values_in_round_steps() {
        assert_eq!(scale(&[28.0, 32.0]), (27.0, 33.0, 1.0));
        for values in [&[1.0, 1e9][..], &[-5.0, 5.0], &[0.001, 0.002]] {
            let (low, high, step) = scale(values);
            assert!(values.iter().all(|value| low <= *value && *value <= high), "{values:?}");
            assert!((high - low) / step <= 8.0, "{values:?}");
        }
    }
}
