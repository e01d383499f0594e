//! Units of targets: 万亩, 微克/立方米, 个百分点, 个县(区).

use crate::fold::fold_char;
use crate::table::{DataError, Map, Table};

/// Longest listed unit in characters.
const LONGEST_UNIT_CHARS: usize = 10;
/// Most bytes of a folded unit.
const LONGEST_UNIT_BYTES: usize = 4 * LONGEST_UNIT_CHARS;
/// Most characters of a multiplier (千万亿 does not occur; 百万, 万亿 do).
const LONGEST_MULTIPLIER_CHARS: usize = 3;
/// Most denominators of a compound (元/人·月 has two).
const MOST_DENOMINATORS: usize = 2;

/// One unit of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// As written: 平方千米.
    pub text: &'static str,
    /// What it measures: area, mass, ratio, money, count, time….
    pub kind: &'static str,
    /// Whether 百, 千, 万, 亿 may stand in front (亿立方米, but not 万%).
    pub scalable: bool,
    /// The one spelling for equal units: 平方公里 for 平方千米.
    pub canonical: &'static str,
}

/// A unit found at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitMatch<'l, 't> {
    /// The whole unit as written, multiplier and denominators included: 亿千瓦时, 元/吨.
    pub text: &'t str,
    /// The multiplier in front: 亿 → 100,000,000; 1 where there is none.
    pub multiplier: u64,
    /// The unit itself, or the numerator of a compound.
    pub unit: &'l Unit,
    /// The first denominator of a compound made by rule (吨 in 元/吨).
    pub per: Option<&'l Unit>,
}

/// All units, found at the start of a text.
#[derive(Debug, Default)]
pub struct UnitTable {
    units: Vec<Unit>,
    /// Width-folded, ASCII lower-cased spelling to index.
    by_text: Map<String, usize>,
    /// By their first folded character, how many characters the units have at most.
    longest: Map<char, usize>,
}

impl UnitTable {
    pub(crate) fn load(table: Table, errors: &mut Vec<DataError>) -> Self {
        let mut units = Vec::new();
        let mut by_text = Map::default();
        let mut longest: Map<char, usize> = Map::default();
        for row in table.rows::<5>(errors) {
            let [text, kind, scalable, canonical, _source] = row.cells;
            let scalable = match scalable {
                "yes" => true,
                "no" => false,
                other => {
                    errors.push(table.error(row.line, format!("scalable is {other:?}")));
                    continue;
                }
            };
            if text.chars().count() > LONGEST_UNIT_CHARS {
                errors.push(table.error(row.line, "unit longer than the lookup reads"));
            }
            // Spellings that differ only in case (MW, mW) keep the first listed.
            by_text.entry(key(text)).or_insert(units.len());
            if let Some(first) = text.chars().next() {
                let most = longest.entry(folded(first)).or_default();
                *most = text.chars().count().min(LONGEST_UNIT_CHARS).max(*most);
            }
            units.push(Unit { text, kind, scalable, canonical });
        }
        Self { units, by_text, longest }
    }

    /// Returns every unit in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// Finds a listed unit by its whole spelling, width and ASCII case aside.
    pub fn find(&self, text: &str) -> Option<&Unit> {
        if text.chars().count() > LONGEST_UNIT_CHARS {
            return None;
        }
        self.by_text.get(&key(text)).map(|at| &self.units[*at])
    }

    /// Returns the longest unit that `text` begins with: a listed unit, behind a
    /// multiplier where the unit takes one, with denominators (元/吨, 千瓦时/人·年).
    /// A multiplier alone is no unit. A Latin unit ends where its letters end
    /// (`GB` is not found in `GBase`).
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let units = Lexicon::builtin().units();
    /// let found = units.longest_prefix("万平方公里生态环境保护红线").expect("a unit");
    /// assert_eq!((found.text, found.multiplier), ("万平方公里", 10_000));
    /// assert_eq!(units.longest_prefix("微克/立方米以下").map(|found| found.text), Some("微克/立方米"));
    /// assert_eq!(units.longest_prefix("个县(区)整县").map(|found| found.text), Some("个县(区)"));
    /// ```
    pub fn longest_prefix<'l, 't>(&'l self, text: &'t str) -> Option<UnitMatch<'l, 't>> {
        let plain = self.listed(text).map(|(unit, length)| (unit, length, 1));
        let scaled = multiplier_prefix(text).and_then(|(written, factor)| {
            let (unit, length) = self.listed(&text[written.len()..])?;
            unit.scalable.then_some((unit, written.len() + length, factor))
        });
        let (unit, mut length, multiplier) = match (plain, scaled) {
            (Some(plain), Some(scaled)) if plain.1 >= scaled.1 => plain,
            (plain, scaled) => scaled.or(plain)?,
        };
        let mut per = None;
        for _ in 0..MOST_DENOMINATORS {
            let Some((next, more)) = self.denominator(&text[length..], per.is_some()) else {
                break;
            };
            per = per.or(Some(next));
            length += more;
        }
        Some(UnitMatch { text: &text[..length], multiplier, unit, per })
    }

    /// Reads `/吨`, `每吨`, or after a first denominator `·月`.
    fn denominator(&self, text: &str, follows: bool) -> Option<(&Unit, usize)> {
        let sign = text.chars().next()?;
        let joins = matches!(sign, '/' | '／' | '每') || (follows && matches!(sign, '·' | '•'));
        if !joins {
            return None;
        }
        let rest = &text[sign.len_utf8()..];
        let scale = match multiplier_prefix(rest) {
            Some((written, _)) if self.listed(rest).is_none() => written.len(),
            _ => 0,
        };
        let (unit, length) = self.listed(&rest[scale..])?;
        // 每 begins a new clause before most units (亿元每年新增): only 每 between
        // measures (微克每立方米) makes a compound.
        let measures = !matches!(unit.kind, "time" | "count" | "people");
        (sign != '每' || measures).then_some((unit, sign.len_utf8() + scale + length))
    }

    fn listed(&self, text: &str) -> Option<(&Unit, usize)> {
        let most = *self.longest.get(&folded(text.chars().next()?))?;
        // Folding may change byte lengths, so both ends of each prefix are kept.
        let mut key = [0; LONGEST_UNIT_BYTES];
        let mut ends = [(0, 0); LONGEST_UNIT_CHARS];
        let mut n_chars = 0;
        let mut length = 0;
        for (at, c) in text.char_indices().take(most) {
            length += folded(c).encode_utf8(&mut key[length..]).len();
            ends[n_chars] = (at + c.len_utf8(), length);
            n_chars += 1;
        }
        let key = std::str::from_utf8(&key[..length]).ok()?;
        for &(end, folded_end) in ends[..n_chars].iter().rev() {
            let Some(at) = self.by_text.get(&key[..folded_end]) else {
                continue;
            };
            let unit = &self.units[*at];
            let inside_word = unit.text.ends_with(|c: char| c.is_ascii_alphabetic())
                && text[end..].starts_with(|c: char| fold_char(c).is_ascii_alphanumeric());
            if !inside_word {
                return Some((unit, end));
            }
        }
        None
    }
}

fn key(text: &str) -> String {
    text.chars().map(folded).collect()
}

/// Folds a character's width and, of ASCII letters, its case.
fn folded(c: char) -> char {
    fold_char(c).to_ascii_lowercase()
}

/// Returns the multiplier that `text` begins with, as written and as a number:
/// 万亿 → 1,000,000,000,000. 十 alone is no multiplier behind a number.
///
/// ```
/// use gangmu_lexicon::multiplier_prefix;
/// assert_eq!(multiplier_prefix("万亿斤"), Some(("万亿", 1_000_000_000_000)));
/// assert_eq!(multiplier_prefix("亩"), None);
/// ```
pub fn multiplier_prefix(text: &str) -> Option<(&str, u64)> {
    let mut factor = 1u64;
    let mut length = 0;
    let mut last = 0u64;
    for c in text.chars().take(LONGEST_MULTIPLIER_CHARS) {
        let step = match c {
            '百' => 100,
            '千' => 1_000,
            '万' | '萬' => 10_000,
            '亿' | '億' => 100_000_000,
            _ => break,
        };
        // Only rising steps multiply: 百万, 千万, 万亿; 亿千 begins 亿 + 千瓦.
        if step <= last {
            break;
        }
        last = step;
        factor = factor.saturating_mul(step);
        length += c.len_utf8();
    }
    (length > 0).then(|| (&text[..length], factor))
}
