//! Digits in the places that a number format has for them.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

/// Characters a number may take in a cell without a format of its own.
const GENERAL_WIDTH: u32 = 11;

/// How much nearer a fraction must be to be written instead of a simpler one.
const NEAR: f64 = 1e-12;

/// Digits of a denominator, at most.
const DENOMINATOR_DIGITS: usize = 3;

/// Writes a number as a cell without a format shows it, but never as a power.
pub(super) fn general(number: Decimal) -> String {
    let whole = number.trunc().abs().to_string().len() as u32;
    let places = GENERAL_WIDTH.saturating_sub(whole + 1);
    round(number, places).normalize().to_string()
}

fn round(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Writes a number in places of digits.
pub(super) fn in_places(number: Decimal, places: &str) -> String {
    let (whole, behind) = places.split_once('.').unwrap_or((places, ""));
    let is_place = |ch: &char| matches!(ch, '0' | '#' | '?');
    let n_thousands = places.len() - places.trim_end_matches(',').len();
    let mut number = number;
    for _ in 0..n_thousands {
        number /= Decimal::ONE_THOUSAND;
    }
    let most = behind.chars().filter(is_place).count().min(28);
    let least = behind.chars().filter(|ch| *ch == '0').count();
    let rounded = round(number, most as u32);
    let mut text = format!("{:.most$}", rounded.abs());
    if text.contains('.') {
        while text.len() - text.find('.').unwrap_or(0) - 1 > least && text.ends_with('0') {
            text.pop();
        }
    }
    let (digits, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let n_whole = whole.chars().filter(|ch| *ch == '0').count();
    let digits = match digits {
        "0" if n_whole == 0 => String::new(),
        digits => format!("{digits:0>n_whole$}"),
    };
    let grouped = whole.trim_end_matches(',').contains(',');
    let mut written = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        written.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if grouped && at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    if !fraction.is_empty() {
        written.push('.');
        written.push_str(fraction);
    }
    written
}

/// Writes a whole number in several runs of places, from the last digit on:
/// `000-0000`.
pub(super) fn in_runs(number: Decimal, runs: &[&str]) -> Vec<String> {
    let last = runs.last().copied().unwrap_or_default();
    let n_thousands = last.len() - last.trim_end_matches(',').len();
    let scaled = (0..n_thousands).fold(number, |number, _| number / Decimal::ONE_THOUSAND);
    let n_least: usize = runs.concat().chars().filter(|ch| *ch == '0').count();
    let rounded = round(scaled, 0);
    let digits = rounded.abs().to_string();
    let digits = if digits == "0" { String::new() } else { digits };
    let mut left = format!("{digits:0>n_least$}");
    let mut written = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate().rev() {
        let n_places = run.chars().filter(|ch| matches!(ch, '0' | '#' | '?')).count();
        let n_kept = if at == 0 { 0 } else { left.len().saturating_sub(n_places) };
        written.push(left.split_off(n_kept));
    }
    written.reverse();
    if let Some(first) =
        written.first_mut().filter(|_| rounded.is_sign_negative() && !rounded.is_zero())
    {
        first.insert(0, '-');
    }
    written
}

/// Writes a number as a fraction with what stands in front of it: `1 1/2`. The
/// places have a stroke; the whole part is written apart where it has places too.
pub(super) fn fraction(number: Decimal, has_whole: bool, places: &str) -> Option<String> {
    let (_, below) = places.split_once('/')?;
    let value = number.abs();
    let whole = if has_whole { value.trunc() } else { Decimal::ZERO };
    let part = (value - whole).to_f64()?;
    let given = below.contains(|ch| matches!(ch, '1'..='9')).then(|| below.parse::<u64>().ok());
    let denominators = match given {
        Some(given) => given.filter(|given| *given > 0).map(|given| given..=given)?,
        None => 1..=10_u64.pow(below.len().min(DENOMINATOR_DIGITS) as u32) - 1,
    };
    let distance =
        |(numerator, denominator): (u64, u64)| (numerator as f64 / denominator as f64 - part).abs();
    let nearest = denominators
        .map(|denominator| ((part * denominator as f64).round() as u64, denominator))
        .reduce(|best, next| if distance(next) + NEAR < distance(best) { next } else { best })?;
    let (mut whole, (mut numerator, denominator)) = (whole.to_u64()?, nearest);
    if has_whole && numerator == denominator {
        (whole, numerator) = (whole + 1, 0);
    }
    let written = match (has_whole, whole, numerator) {
        (true, _, 0) => whole.to_string(),
        (true, 1.., _) => format!("{whole} {numerator}/{denominator}"),
        _ => format!("{numerator}/{denominator}"),
    };
    let is_nought = whole == 0 && numerator == 0;
    let sign = if number.is_sign_negative() && !is_nought { "-" } else { "" };
    Some(format!("{sign}{written}"))
}
