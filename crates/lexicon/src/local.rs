//! Local bodies as forms: {R}发展和改革委员会, 共青团{R}委员会, {x}海关.

use crate::fold::chars;
use crate::place::Site;
use crate::region::RegionLevel;
use crate::table::{DataError, Map, Table, names};

/// Fewest and most characters of the free name in {x}海关.
pub(crate) const FREE_NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=6;

/// One form of a local body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalBody {
    /// Full name with placeholders.
    pub(crate) form: &'static str,
    levels: Levels,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Levels {
    province: bool,
    city: bool,
    county: bool,
}

/// How well a form suits a place, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Exists at that level; with the number of levels it exists at.
    Own(u8),
    /// Exists in cities, and the place is a municipality.
    AsCity,
    /// Does not exist there.
    No,
}

impl Levels {
    fn count(self) -> u8 {
        u8::from(self.province) + u8::from(self.city) + u8::from(self.county)
    }
}

impl LocalBody {
    /// Says whether a body of this form exists at the place's level.
    pub(crate) fn exists_at(&self, site: &Site<'_>) -> bool {
        self.fit(site) < Fit::No
    }

    /// Tells how well the form suits the place. A municipality is a province
    /// first and a city as well (上海市高级人民法院, 上海市教育局); a county-level
    /// city has what counties have. Of two forms that suit, the one for fewer
    /// levels is meant.
    pub(crate) fn fit(&self, site: &Site<'_>) -> Fit {
        let levels = self.levels;
        let (first, second) = match site.level {
            RegionLevel::Province if site.full.ends_with('市') => (levels.province, levels.city),
            RegionLevel::Province | RegionLevel::Corps => (levels.province, false),
            RegionLevel::Prefecture => (levels.city, false),
            RegionLevel::County | RegionLevel::NewArea => (levels.county, false),
        };
        match (first, second) {
            (true, _) => Fit::Own(levels.count()),
            (false, true) => Fit::AsCity,
            (false, false) => Fit::No,
        }
    }

    /// Tells how well the form suits a level word that no region settles.
    pub(crate) fn fit_word(&self, word: &str) -> Fit {
        let levels = self.levels;
        let exists = match word {
            "省" | "全省" | "自治区" => levels.province,
            "市" => levels.city || levels.county,
            "州" | "自治州" | "盟" => levels.city,
            _ => levels.county,
        };
        if exists { Fit::Own(levels.count()) } else { Fit::No }
    }

    /// Writes the full name out for a place; `None` where the form needs a city
    /// above the place and there is none known.
    pub(crate) fn write(&self, site: &Site<'_>) -> Option<String> {
        let form = self.form;
        let mut name = String::with_capacity(form.len() + site.full.len());
        let mut rest = form;
        while let Some((before, gap)) = rest.split_once('{') {
            let (kind, behind) = gap.split_once('}')?;
            name.push_str(before);
            rest = behind;
            match kind {
                "R" => name.push_str(&site.full),
                "r" | "x" => name.push_str(&site.short),
                "C" => match site.region?.city() {
                    "" => return None,
                    city => name.push_str(city),
                },
                "d" => name.push_str(site.region?.bare()),
                _ => return None,
            }
            if before.ends_with("中共") && site.full.ends_with("自治区") {
                // 中共辽宁省委宣传部, but 中共内蒙古自治区委员会宣传部.
                let part = rest.strip_prefix('委').filter(|part| !part.starts_with("员会"));
                if let Some(part) = part {
                    name.push_str("委员会");
                    rest = part;
                }
            }
        }
        name.push_str(rest);
        Some(name)
    }
}

/// What may fill the gap of an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// A level word or a region.
    Place,
    /// A region without its rank, or as written in full.
    Region,
    /// Any short name.
    Free,
}

/// An alias cut at its placeholder; found by prefix, then by suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) body: usize,
    pub(crate) gap: Gap,
    /// Text between two gaps for the same place (省纪委省监委), empty for one gap.
    pub(crate) middle: &'static str,
}

/// All forms, found by the parts of their names.
#[derive(Debug, Default)]
pub(crate) struct LocalBodies {
    pub(crate) bodies: Vec<LocalBody>,
    /// Names without a place: 发改委, 发展和改革委员会.
    pub(crate) bare: Map<&'static str, Vec<usize>>,
    /// Names behind a place that nobody writes without one, for queries only: 证监局, 宣传部.
    pub(crate) tails: Map<&'static str, Vec<usize>>,
    /// Text in front of the place, longest first; the empty one last.
    pub(crate) prefixes: Vec<&'static str>,
    /// (Prefix, suffix) to the aliases of that shape.
    pub(crate) placed: Map<(&'static str, &'static str), Vec<Placed>>,
    /// Aliases with a free name: (prefix, suffix, body).
    pub(crate) free: Vec<(&'static str, &'static str, usize)>,
    /// Every name without a place, for the tokenizer's dictionary.
    pub(crate) words: Vec<&'static str>,
    /// Aliases with two gaps: (prefix, suffix, alias).
    pub(crate) doubled: Vec<(&'static str, &'static str, Placed)>,
}

impl LocalBodies {
    /// Returns the ends of all forms, in no order.
    #[cfg(test)]
    pub(crate) fn endings(&self) -> impl Iterator<Item = &'static str> {
        let placed = self.placed.keys().map(|(_, suffix)| *suffix);
        let free = self.free.iter().map(|(_, suffix, _)| *suffix);
        let doubled = self.doubled.iter().map(|(_, suffix, _)| *suffix);
        self.bare.keys().copied().chain(placed).chain(free).chain(doubled)
    }

    pub(crate) fn load(table: Table, errors: &mut Vec<DataError>) -> Self {
        let mut loaded = Self::default();
        for row in table.rows::<5>(errors) {
            let [form, levels, aliases, former, _source] = row.cells;
            let Some(levels) = read_levels(levels) else {
                errors.push(table.error(row.line, "unknown level"));
                continue;
            };
            let body = loaded.bodies.len();
            loaded.bodies.push(LocalBody { form, levels });
            for name in std::iter::once(form).chain(names(aliases)).chain(names(former)) {
                if !loaded.add(name, body) {
                    errors.push(table.error(row.line, format!("unreadable form {name}")));
                }
            }
        }
        loaded.prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
        loaded.prefixes.dedup();
        loaded
    }

    fn add(&mut self, name: &'static str, body: usize) -> bool {
        // {C}{d} stand only in full names; such a body is found by its aliases.
        if name.contains("{C}") {
            return name.contains("{d}");
        }
        let Some((prefix, gap, rest)) = cut(name) else {
            if name.contains(['{', '}']) {
                return false;
            }
            push(&mut self.bare, name, body);
            self.words.push(name);
            self.place("", name, body, Gap::Place);
            return true;
        };
        if let Some((middle, _, suffix)) = cut(rest) {
            let alias = Placed { body, gap, middle };
            self.doubled.push((prefix, suffix, alias));
            return !suffix.contains(['{', '}']);
        }
        if rest.contains(['{', '}']) {
            return false;
        }
        if gap == Gap::Free {
            self.free.push((prefix, rest, body));
        } else {
            self.place(prefix, rest, body, gap);
        }
        if prefix.is_empty() {
            if name.starts_with("{R}") {
                push(&mut self.bare, rest, body);
            }
            self.words.push(rest.strip_prefix('委').unwrap_or(rest));
            push(&mut self.tails, rest, body);
            let part = rest.strip_prefix('委').filter(|part| chars(part) >= 2);
            if let Some(part) = part {
                push(&mut self.tails, part, body);
            }
        }
        true
    }

    fn place(&mut self, prefix: &'static str, suffix: &'static str, body: usize, gap: Gap) {
        if !self.prefixes.contains(&prefix) {
            self.prefixes.push(prefix);
        }
        let aliases = self.placed.entry((prefix, suffix)).or_default();
        let alias = Placed { body, gap, middle: "" };
        if !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
}

fn push(map: &mut Map<&'static str, Vec<usize>>, name: &'static str, body: usize) {
    let bodies = map.entry(name).or_default();
    if !bodies.contains(&body) {
        bodies.push(body);
    }
}

/// Cuts a form at its first placeholder.
fn cut(form: &'static str) -> Option<(&'static str, Gap, &'static str)> {
    let (prefix, rest) = form.split_once('{')?;
    let (kind, rest) = rest.split_once('}')?;
    let gap = match kind {
        "P" | "R" => Gap::Place,
        "r" => Gap::Region,
        "x" => Gap::Free,
        _ => return None,
    };
    Some((prefix, gap, rest))
}

fn read_levels(cell: &'static str) -> Option<Levels> {
    let mut levels = Levels::default();
    for level in names(cell) {
        match level {
            "province" => levels.province = true,
            "city" => levels.city = true,
            "county" => levels.county = true,
            _ => return None,
        }
    }
    (levels != Levels::default()).then_some(levels)
}
