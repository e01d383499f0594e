//! Regions of China from the province down to the county, and how a text names them.

use crate::fold::{chars, fold};
use crate::table::{DataError, Map, Row, Table};

/// Longest region name in characters (积石山保安族东乡族撒拉族自治县 has 15).
const LONGEST_REGION_CHARS: usize = 16;

/// The rank of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RegionLevel {
    /// 省、自治区、直辖市、特别行政区.
    Province,
    /// 设区的市、自治州、地区、盟.
    Prefecture,
    /// 县、县级市、市辖区、旗.
    County,
    /// 国家级新区 such as 贵安新区, where it is no district.
    NewArea,
    /// 新疆生产建设兵团.
    Corps,
}

/// One region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Code of GB/T 2260; empty for 国家级新区.
    pub code: &'static str,
    /// Full name: 辽宁省, 延边朝鲜族自治州, 闵行区.
    pub name: &'static str,
    /// Name without its rank: 辽宁, 延边. Empty for counties, where it is never used alone.
    pub short: &'static str,
    /// One-character name of a province (辽); empty elsewhere.
    pub abbreviation: &'static str,
    /// Rank.
    pub level: RegionLevel,
    /// Full name of the province it lies in; empty for a province.
    pub province: &'static str,
    /// Full name of the prefecture it lies in; empty where there is none.
    pub prefecture: &'static str,
}

impl Region {
    /// Says whether it is one of 北京市、天津市、上海市、重庆市.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let regions = Lexicon::builtin().regions();
    /// assert!(regions.find("上海").is_some_and(|region| region.is_municipality()));
    /// ```
    pub fn is_municipality(&self) -> bool {
        self.level == RegionLevel::Province && self.name.ends_with('市')
    }

    /// Returns the name as it stands in an agency's name: a district behind its
    /// city (上海市闵行区), everything else alone (沈阳市, 昆山市, 桓仁满族自治县).
    pub fn agency_name(&self) -> String {
        if self.level == RegionLevel::County && self.name.ends_with('区') {
            let city = self.city();
            if !city.is_empty() {
                return format!("{city}{}", self.name);
            }
        }
        self.name.to_owned()
    }

    /// Returns the city above a county: its prefecture, or the municipality.
    pub(crate) fn city(&self) -> &'static str {
        if !self.prefecture.is_empty() {
            self.prefecture
        } else if self.province.ends_with('市') {
            self.province
        } else {
            ""
        }
    }

    /// Returns the name without its rank, counties included (闵行, 昆山).
    pub(crate) fn bare(&self) -> &'static str {
        if !self.short.is_empty() {
            return self.short;
        }
        let cut = ["自治县", "自治旗", "新区", "市", "县", "区", "旗"]
            .iter()
            .find_map(|rank| self.name.strip_suffix(rank))
            .unwrap_or(self.name);
        if cut.chars().count() >= 2 { cut } else { self.name }
    }
}

/// All regions, found by name.
#[derive(Debug, Default)]
pub struct RegionTable {
    regions: Vec<Region>,
    /// Full and short names to the regions of that name, higher ranks first.
    by_name: Map<&'static str, Vec<usize>>,
    /// First characters of names to the lengths, in characters, of those
    /// names: bit n stands for n characters.
    lengths: Map<char, u32>,
}

impl RegionTable {
    pub(crate) fn load(table: Table, errors: &mut Vec<DataError>) -> Self {
        let rows: Vec<Row<8>> = table.rows(errors);
        let mut regions: Vec<Region> = Vec::with_capacity(rows.len());
        for row in rows {
            let [code, name, short, abbreviation, level, province, prefecture, _source] = row.cells;
            let level = match level {
                "province" => RegionLevel::Province,
                "prefecture" => RegionLevel::Prefecture,
                "county" => RegionLevel::County,
                "new_area" => RegionLevel::NewArea,
                "corps" => RegionLevel::Corps,
                other => {
                    errors.push(table.error(row.line, format!("unknown level {other:?}")));
                    continue;
                }
            };
            regions.push(Region { code, name, short, abbreviation, level, province, prefecture });
        }
        let mut by_rank: Vec<usize> = (0..regions.len()).collect();
        by_rank.sort_by_key(|at| (regions[*at].level, *at));
        let mut by_name: Map<&'static str, Vec<usize>> = Map::default();
        for at in by_rank {
            let region = &regions[at];
            by_name.entry(region.name).or_default().push(at);
            if !region.short.is_empty() && region.short != region.name {
                by_name.entry(region.short).or_default().push(at);
            }
        }
        let mut lengths: Map<char, u32> = Map::default();
        for region in &regions {
            for name in [region.name, region.short] {
                if let Some(first) = name.chars().next() {
                    *lengths.entry(first).or_default() |=
                        1 << chars(name).min(LONGEST_REGION_CHARS);
                }
            }
        }
        Self { regions, by_name, lengths }
    }

    /// Returns every region in the order of its code.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter()
    }

    /// Finds a region by its full or short name. A name that several counties
    /// share (朝阳区) gives `None`; a province goes before a city (吉林).
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let regions = Lexicon::builtin().regions();
    /// assert_eq!(regions.find("辽宁").map(|region| region.name), Some("辽宁省"));
    /// assert_eq!(regions.find("朝阳区"), None);
    /// ```
    pub fn find(&self, name: &str) -> Option<&Region> {
        self.pick(name, None)
    }

    /// Returns the region whose full or short name is the longest that `text` begins with.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let regions = Lexicon::builtin().regions();
    /// let (region, length) = regions.longest_prefix("辽宁海事局").expect("a region");
    /// assert_eq!((region.name, length), ("辽宁省", "辽宁".len()));
    /// ```
    pub fn longest_prefix(&self, text: &str) -> Option<(&Region, usize)> {
        self.prefixes(text, None).into_iter().next()
    }

    /// Returns all regions that `text` begins with, longest first, with the
    /// byte length of the name. `within` settles names that several regions share.
    pub(crate) fn prefixes(&self, text: &str, within: Option<&Region>) -> Vec<(&Region, usize)> {
        let Some(lengths) = text.chars().next().and_then(|first| self.lengths.get(&first)) else {
            return Vec::new();
        };
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).zip(1..);
        let mut found: Vec<(&Region, usize)> = ends
            .take(LONGEST_REGION_CHARS)
            .filter(|(_, n_chars)| lengths & (1 << n_chars) != 0)
            .filter_map(|(length, _)| Some((self.pick(&text[..length], within)?, length)))
            .collect();
        found.reverse();
        found
    }

    /// Returns the byte length of the full name at the start of `text` that several
    /// regions share: which of them is meant stays open, but 鼓楼区 is a place.
    pub(crate) fn shared_prefix(&self, text: &str) -> Option<usize> {
        let lengths = text.chars().next().and_then(|first| self.lengths.get(&first))?;
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).zip(1..);
        let is_shared = |name: &str| {
            self.by_name.get(name).is_some_and(|found| {
                found.len() > 1 && found.iter().all(|at| self.regions[*at].name == name)
            })
        };
        ends.take(LONGEST_REGION_CHARS)
            .filter(|(_, n_chars)| lengths & (1 << n_chars) != 0)
            .map(|(length, _)| length)
            .filter(|length| is_shared(&text[..*length]))
            .last()
    }

    fn pick(&self, name: &str, within: Option<&Region>) -> Option<&Region> {
        let found = self.by_name.get(name)?;
        let first = &self.regions[*found.first()?];
        let alike =
            found.iter().map(|at| &self.regions[*at]).filter(|region| region.level == first.level);
        if found.len() > 1
            && let Some(outer) = within
        {
            let inside =
                found.iter().map(|at| &self.regions[*at]).find(|region| is_within(region, outer));
            if inside.is_some() {
                return inside;
            }
        }
        (alike.count() == 1).then_some(first)
    }

    /// Reads a chain of region names at the start of `text` (辽宁省沈阳市和平区)
    /// and returns the innermost region with the byte length of the chain.
    /// Only full names continue a chain.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let regions = Lexicon::builtin().regions();
    /// let (region, _) = regions.chain("上海市闵行区商务委").expect("a region");
    /// assert_eq!(region.agency_name(), "上海市闵行区");
    /// ```
    pub fn chain(&self, text: &str) -> Option<(&Region, usize)> {
        let (mut region, mut length) = self.longest_prefix(text)?;
        while let Some((inner, more)) = self
            .prefixes(&text[length..], Some(region))
            .into_iter()
            .find(|(inner, more)| is_within(inner, region) && inner.name.len() == *more)
        {
            region = inner;
            length += more;
        }
        Some((region, length))
    }

    /// Returns the region an issuing body speaks for: 中共辽宁省委 and
    /// 辽宁省人民政府 → 辽宁省, 上海市闵行区人民政府办公室 → 上海市闵行区.
    /// Only a full region name counts; national issuers give `None`.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let regions = Lexicon::builtin().regions();
    /// assert_eq!(regions.region_of_issuer("中共辽宁省委").as_deref(), Some("辽宁省"));
    /// assert_eq!(regions.region_of_issuer("国家数据局"), None);
    /// ```
    pub fn region_of_issuer(&self, issuer: &str) -> Option<String> {
        let folded = fold(issuer)?;
        let name = ["中国共产党", "中共", "共青团", "政协"]
            .iter()
            .find_map(|party| folded.strip_prefix(party))
            .unwrap_or(&folded);
        let (region, length) = self.chain(name)?;
        let written = &name[..length];
        written.ends_with(region.name).then(|| region.agency_name())
    }
}

/// Says whether `inner` lies in `outer`.
pub(crate) fn is_within(inner: &Region, outer: &Region) -> bool {
    match outer.level {
        RegionLevel::Province => inner.province == outer.name,
        RegionLevel::Prefecture => inner.prefecture == outer.name,
        _ => false,
    }
}
