//! Places inside agency names: 省 in 省林草局, 辽宁 in 辽宁海事局, 上海市闵行区.

use crate::region::{Region, RegionLevel, RegionTable};

/// Level words that stand for the place a document speaks from, longest first.
/// 州 and 盟 are prefectures, 旗 is a county of Inner Mongolia.
const LEVEL_WORDS: [&str; 13] = [
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "新区",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
    "全省",
];

/// The first characters of the level words.
const LEVEL_OPENINGS: &str = "自新省市区县州盟旗全";

/// Words that begin with a level word and are not it (市场, 区域).
const NOT_LEVELS: [&str; 5] = ["市场", "市容", "市民", "区域", "县域"];

/// Says whether text that begins like a level word is another word; look-ups in
/// a list need not ask (市民政局 is listed), reading by form must.
pub(crate) fn opens_another_word(text: &str) -> bool {
    NOT_LEVELS.iter().any(|word| text.starts_with(word))
}

/// A place named in full or settled by the document's own region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site<'l> {
    /// As it stands in a full name: 辽宁省, 上海市闵行区.
    pub(crate) full: String,
    /// Without its rank: 辽宁, 闵行.
    pub(crate) short: String,
    /// The region where the table knows it.
    pub(crate) region: Option<&'l Region>,
    pub(crate) level: RegionLevel,
}

/// The place part of an agency's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place<'l> {
    /// Not said: 发改委.
    Unsaid,
    /// A level word that the document's region does not settle.
    Level(&'static str),
    /// A region.
    Site(Site<'l>),
    /// Free text of a form that takes any name: 沈阳 in 沈阳铁路监管局.
    Written(String),
}

impl Place<'_> {
    /// Says whether `said` names this place as a region without its rank (辽宁).
    pub(crate) fn is_short(&self, said: &str) -> bool {
        match self {
            Place::Site(site) => site.region.is_some_and(|region| region.short == said),
            Place::Unsaid | Place::Level(_) | Place::Written(_) => false,
        }
    }
}

impl<'l> Site<'l> {
    pub(crate) fn of(region: &'l Region) -> Self {
        Self {
            full: region.agency_name(),
            short: region.bare().to_owned(),
            region: Some(region),
            level: region.level,
        }
    }

    /// Reads a region as a document states it; a name that the table does not
    /// know is kept as written, its level read off its last character.
    pub(crate) fn of_context(regions: &'l RegionTable, written: &str) -> Option<Self> {
        let chained = regions.chain(written).filter(|(_, length)| *length == written.len());
        if let Some((region, _)) = chained {
            return Some(Self::of(region));
        }
        let level = match written.chars().last()? {
            '省' => RegionLevel::Province,
            '市' | '州' | '盟' => RegionLevel::Prefecture,
            _ => RegionLevel::County,
        };
        Some(Self { full: written.to_owned(), short: written.to_owned(), region: None, level })
    }

    /// Returns the place that a level word means here: 市 in a document of
    /// 上海市闵行区 is 上海市, 省 in one of 沈阳市 is 辽宁省.
    pub(crate) fn settle(&self, word: &str, regions: &'l RegionTable) -> Option<Site<'l>> {
        self.upward(regions, |site| word_fits(word, site))
    }

    /// Returns the innermost place, from here upwards, whose level `accepts`.
    pub(crate) fn upward(
        &self,
        regions: &'l RegionTable,
        accepts: impl Fn(&Site<'_>) -> bool,
    ) -> Option<Site<'l>> {
        if accepts(self) {
            return Some(self.clone());
        }
        let region = self.region?;
        [region.city(), region.province]
            .iter()
            .filter_map(|name| regions.find(name))
            .map(Site::of)
            .find(|site| accepts(site))
    }
}

/// Says whether a level word may stand for this place. 区 is a district, and
/// in a document of an autonomous region the region itself.
pub(crate) fn word_fits(word: &str, site: &Site<'_>) -> bool {
    let name = site.full.as_str();
    match word {
        "省" | "全省" | "自治区" => {
            site.level == RegionLevel::Province && !name.ends_with('市')
        }
        "市" => name.ends_with('市'),
        "州" | "自治州" => site.level == RegionLevel::Prefecture && name.ends_with('州'),
        "盟" => name.ends_with('盟'),
        "县" | "自治县" => name.ends_with('县'),
        "旗" | "自治旗" => name.ends_with('旗'),
        "新区" => name.ends_with("新区"),
        "区" => name.ends_with('区'),
        _ => false,
    }
}

/// Returns every reading of a place at the start of `text` with the rest of
/// the text: region names (longest first), then level words (longest first).
/// A level word is settled by `context` where that is possible.
pub(crate) fn at_start<'l, 't>(
    text: &'t str,
    context: Option<&Site<'l>>,
    regions: &'l RegionTable,
) -> Vec<(Place<'l>, &'t str)> {
    let mut found = Vec::new();
    let within = context.and_then(|site| site.region);
    if let Some((region, length)) = regions.chain(text) {
        found.push((Place::Site(Site::of(region)), &text[length..]));
    }
    for (region, length) in regions.prefixes(text, within) {
        let site = match context {
            Some(site) if site.region.is_none() && text[..length] == site.full => site.clone(),
            _ => Site::of(region),
        };
        found.push((Place::Site(site), &text[length..]));
    }
    if let Some(site) = context
        && site.region.is_none()
        && let Some(rest) = text.strip_prefix(site.full.as_str())
    {
        found.push((Place::Site(site.clone()), rest));
    }
    let opens = text.chars().next().is_some_and(|first| LEVEL_OPENINGS.contains(first));
    for word in LEVEL_WORDS.into_iter().filter(|_| opens) {
        if let Some(rest) = text.strip_prefix(word) {
            let place = context
                .and_then(|site| site.settle(word, regions))
                .map_or(Place::Level(word), Place::Site);
            found.push((place, rest));
        }
    }
    found
}
