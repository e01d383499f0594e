//! Agency names: what a written name may mean, its full name, and whether a
//! person's query means the same body.

use crate::Lexicon;
use crate::ending;
use crate::fold::{begins_with, chars, ends_in, fold, without_brackets};
use crate::local::{FREE_NAME_CHARS, Fit, Gap};
use crate::place::{self, Place, Site, word_fits};

/// Where a document speaks from: 省 in 省林草局 means this region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgencyContext<'a> {
    /// 辽宁省, 沈阳市, 上海市闵行区; `None` for a national document.
    pub region: Option<&'a str>,
}

/// How agency-like a string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgencyLikeness {
    /// Nothing speaks for an agency.
    Unlikely,
    /// Several bodies or an undetermined one: 各市、县人民政府, 各有关部门.
    Collective,
    /// Has an official form, but is not in the lexicon: 省海洋发展研究院, 新虹桥公司.
    Official,
    /// In the lexicon, the place aside: 省林草局, 沈阳海关, 财政部.
    Known,
}

/// The body a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    National(usize),
    Local(usize),
    /// Not in the lexicon; the official name without its place.
    Literal(String),
}

/// One way to read a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading<'l> {
    place: Place<'l>,
    body: Body,
}

/// The one weak ending that is a whole name behind a place.
const GOVERNMENT: &str = "政府";

impl Lexicon {
    /// Writes an agency's name out in full, as it is called today.
    ///
    /// Level words (省, 市, 区) and bare names are settled by the document's
    /// region. `None` where the body cannot be known: collective names,
    /// abbreviations outside the lexicon, a level word without a region.
    ///
    /// ```
    /// use gangmu_lexicon::{AgencyContext, Lexicon};
    /// let lexicon = Lexicon::builtin();
    /// let liaoning = AgencyContext { region: Some("辽宁省") };
    /// let full = |name| lexicon.resolve_agency(name, liaoning);
    /// assert_eq!(full("省林草局").as_deref(), Some("辽宁省林业和草原局"));
    /// assert_eq!(full("团省委").as_deref(), Some("共青团辽宁省委员会"));
    /// assert_eq!(full("省环保厅").as_deref(), Some("辽宁省生态环境厅"));
    /// assert_eq!(full("各有关部门"), None);
    /// ```
    pub fn resolve_agency(&self, name: &str, context: AgencyContext<'_>) -> Option<String> {
        let site = self.context_site(context);
        let folded = fold(name)?;
        let readings = self.readings(&folded, site.as_ref());
        if readings.is_empty() && self.wording.is_collective(&folded) {
            return None;
        }
        readings.iter().find_map(|reading| self.write(reading, site.as_ref()))
    }

    /// Says whether a person's `query` means the agency that a document calls
    /// `name` (`full_name` where it was resolved). 省发改委, 辽宁发改委 and
    /// 辽宁省发展和改革委员会 mean 省发展改革委 in a document of 辽宁省; a query
    /// without a place (发改委) means that body at every level.
    ///
    /// ```
    /// use gangmu_lexicon::{AgencyContext, Lexicon};
    /// let lexicon = Lexicon::builtin();
    /// let liaoning = AgencyContext { region: Some("辽宁省") };
    /// assert!(lexicon.agency_matches("辽宁发改委", "省发展改革委", None, liaoning));
    /// assert!(lexicon.agency_matches("发改委", "国家发展改革委", None, liaoning));
    /// assert!(!lexicon.agency_matches("生态环境部", "省生态环境厅", None, liaoning));
    /// ```
    pub fn agency_matches(
        &self,
        query: &str,
        name: &str,
        full_name: Option<&str>,
        context: AgencyContext<'_>,
    ) -> bool {
        let (Some(query), Some(name)) = (fold(query), fold(name)) else {
            return false;
        };
        let full_name = full_name.and_then(fold);
        if query == name || full_name.as_ref() == Some(&query) {
            return true;
        }
        let site = self.context_site(context);
        let asked = self.query_readings(&query, site.as_ref());
        if asked.is_empty() {
            return false;
        }
        let meant = [Some(name), full_name]
            .into_iter()
            .flatten()
            .filter_map(|written| self.readings(&written, site.as_ref()).into_iter().next());
        meant
            .into_iter()
            .any(|reading| asked.iter().any(|asked| self.same(asked, &reading, site.as_ref())))
    }

    /// Tells how agency-like a string is.
    ///
    /// ```
    /// use gangmu_lexicon::{AgencyLikeness, Lexicon};
    /// let lexicon = Lexicon::builtin();
    /// assert_eq!(lexicon.agency_likeness("省军民融合办"), AgencyLikeness::Known);
    /// assert_eq!(lexicon.agency_likeness("明星电力公司"), AgencyLikeness::Official);
    /// assert_eq!(lexicon.agency_likeness("各市、县人民政府"), AgencyLikeness::Collective);
    /// assert_eq!(lexicon.agency_likeness("包括通算中心"), AgencyLikeness::Unlikely);
    /// ```
    pub fn agency_likeness(&self, name: &str) -> AgencyLikeness {
        if !name.chars().next_back().is_some_and(ending::may_end_in) {
            return AgencyLikeness::Unlikely;
        }
        let Some(folded) = fold(name) else {
            return AgencyLikeness::Unlikely;
        };
        let readings = self.readings(&folded, None);
        if readings.iter().any(|reading| !matches!(reading.body, Body::Literal(_))) {
            return AgencyLikeness::Known;
        }
        if self.wording.is_collective(&folded) {
            return AgencyLikeness::Collective;
        }
        if !readings.is_empty() {
            return AgencyLikeness::Official;
        }
        let plain = without_brackets(&folded).unwrap_or(folded);
        if plain.contains([',', '、', '。', ';', ':', '!', '?', '《', '“', '"']) {
            return AgencyLikeness::Unlikely;
        }
        let official = match self.wording.suffix(&plain) {
            None => false,
            // 管委会 alone is some such body, not one.
            Some(suffix) if suffix.text == plain && suffix.strong => {
                return AgencyLikeness::Collective;
            }
            Some(suffix) if suffix.strong => chars(&plain) > chars(suffix.text) + 1,
            Some(_) if place::opens_another_word(&plain) => false,
            Some(suffix) => {
                place::at_start(&plain, None, &self.regions)
                    .iter()
                    .any(|(_, rest)| chars(rest) > chars(suffix.text))
                    // 鼓楼区教育局, 南山区政府: whichever of those places it is.
                    || self.regions.shared_prefix(&plain).is_some_and(|length| {
                        let rest = &plain[length..];
                        rest == GOVERNMENT || chars(rest) > chars(suffix.text)
                    })
            }
        };
        if official { AgencyLikeness::Official } else { AgencyLikeness::Unlikely }
    }

    /// Says whether the lexicon knows a name, as [`Self::agency_likeness`] does, but reads
    /// no list that does not come into question: few words that a person looks for name a body.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// let lexicon = Lexicon::builtin();
    /// assert!(lexicon.knows_agency("省林草局"));
    /// assert!(!lexicon.knows_agency("数据中心"));
    /// ```
    pub fn knows_agency(&self, name: &str) -> bool {
        if !name.chars().next_back().is_some_and(ending::may_end_in) {
            return false;
        }
        let Some(folded) = fold(name) else { return false };
        let plain = without_brackets(&folded);
        let knows = |name: &str| {
            ending::may_be_listed(name) && self.may_know(name) && !self.known(name, None).is_empty()
        };
        knows(&folded) || plain.as_deref().is_some_and(knows)
    }

    /// Says whether [`Self::known`] may find a name, without a look at the regions.
    fn may_know(&self, name: &str) -> bool {
        let local = &self.local;
        let ends = || name.char_indices().map(|(at, _)| &name[at..]);
        self.national.by_name.contains_key(name)
            || local.bare.contains_key(name)
            || ends()
                .any(|end| local.prefixes.iter().any(|&at| local.placed.contains_key(&(at, end))))
            || local.doubled.iter().any(|(_, suffix, _)| ends_in(name, suffix))
            || local.free.iter().any(|(_, suffix, _)| ends_in(name, suffix))
    }

    /// Says whether a name ends like a body's behind words of its own, whatever place
    /// or field they name: what it stands beside must tell that it is one.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// assert!(Lexicon::builtin().ends_like_agency("河套发展署"));
    /// assert!(!Lexicon::builtin().ends_like_agency("机制创新"));
    /// ```
    pub fn ends_like_agency(&self, name: &str) -> bool {
        fold(name).is_some_and(|folded| {
            let suffix = self.wording.suffix(&folded);
            suffix.is_some_and(|suffix| chars(&folded) > chars(suffix.text) + 1)
        })
    }

    /// Says whether an agency's name, in the sense of [`Self::agency_likeness`],
    /// may end in `last`; a quick answer before the exact one.
    ///
    /// ```
    /// use gangmu_lexicon::Lexicon;
    /// assert!(Lexicon::builtin().agency_may_end_in('局'));
    /// assert!(!Lexicon::builtin().agency_may_end_in('的'));
    /// ```
    pub fn agency_may_end_in(&self, last: char) -> bool {
        ending::may_end_in(last)
    }

    fn context_site(&self, context: AgencyContext<'_>) -> Option<Site<'_>> {
        Site::of_context(&self.regions, &fold(context.region?)?)
    }

    /// Returns what a name in a document may mean, likeliest first.
    fn readings<'l>(&'l self, folded: &str, context: Option<&Site<'l>>) -> Vec<Reading<'l>> {
        let mut readings = self.known(folded, context);
        if readings.is_empty()
            && let Some(plain) = without_brackets(folded)
        {
            readings = self.known(&plain, context);
            if readings.is_empty() && !self.wording.is_collective(&plain) {
                readings.extend(self.literal(&plain, context));
            }
        }
        if readings.is_empty() && !self.wording.is_collective(folded) {
            readings.extend(self.literal(folded, context));
        }
        readings
    }

    /// Returns what a query may mean: every body of that name, whatever the
    /// document's region, and names that only a query cuts (证监局, 宣传部).
    fn query_readings<'l>(&'l self, folded: &str, context: Option<&Site<'l>>) -> Vec<Reading<'l>> {
        let mut readings = self.readings(folded, context);
        // With a place the likeliest reading is meant; a bare name means them all.
        if readings.first().is_some_and(|first| first.place != Place::Unsaid) {
            readings.truncate(1);
        }
        let tails = self.local.tails.get(folded).into_iter().flatten();
        readings
            .extend(tails.map(|body| Reading { place: Place::Unsaid, body: Body::Local(*body) }));
        readings
    }

    /// Reads a name by the lists alone.
    fn known<'l>(&'l self, name: &str, context: Option<&Site<'l>>) -> Vec<Reading<'l>> {
        let national = self
            .national
            .by_name
            .get(name)
            .map(|at| Reading { place: Place::Unsaid, body: Body::National(*at) });
        let bare = self.local.bare.get(name).into_iter().flatten();
        let mut readings: Vec<Reading<'l>> =
            bare.map(|body| Reading { place: Place::Unsaid, body: Body::Local(*body) }).collect();
        if let Some(site) = context {
            // 发展改革委 alone is the province's in a provincial document.
            readings.sort_by_key(|reading| self.fit(reading, site));
            readings.extend(national);
        } else {
            readings.splice(0..0, national);
        }
        if readings.is_empty() {
            readings = self.placed(name, context);
        }
        readings
    }

    /// Reads names with a place in them: 省林草局, 团省委, 人民银行沈阳分行.
    fn placed<'l>(&'l self, name: &str, context: Option<&Site<'l>>) -> Vec<Reading<'l>> {
        let mut ranked = Vec::new();
        let mut keep = |place: &Place<'l>, body: usize, gap: Gap| {
            let fit = match place {
                Place::Site(site) => self.local.bodies[body].fit(site),
                Place::Level(word) => self.local.bodies[body].fit_word(word),
                Place::Unsaid | Place::Written(_) => Fit::AsCity,
            };
            let reading = Reading { place: place.clone(), body: Body::Local(body) };
            // 辽宁金融监管局 is the central body's office, 省金融监管局 the province's.
            ranked.push(((fit == Fit::No, gap != Gap::Region, fit), reading));
        };
        for prefix in &self.local.prefixes {
            if !begins_with(name, prefix) {
                continue;
            }
            let text = &name[prefix.len()..];
            for (place, rest) in place::at_start(text, context, &self.regions) {
                let said = &text[..text.len() - rest.len()];
                let aliases = self.local.placed.get(&(*prefix, rest));
                for alias in aliases.into_iter().flatten() {
                    if alias.gap == Gap::Place || place.is_short(said) {
                        keep(&place, alias.body, alias.gap);
                    }
                }
            }
        }
        for (prefix, suffix, alias) in &self.local.doubled {
            if !ends_in(name, suffix) {
                continue;
            }
            let Some(text) = name.strip_prefix(prefix).and_then(|text| text.strip_suffix(suffix))
            else {
                continue;
            };
            for (place, rest) in place::at_start(text, context, &self.regions) {
                let said = &text[..text.len() - rest.len()];
                if rest.strip_prefix(alias.middle) == Some(said) {
                    keep(&place, alias.body, alias.gap);
                }
            }
        }
        for (prefix, suffix, body) in &self.local.free {
            if !ends_in(name, suffix) {
                continue;
            }
            let free = name
                .strip_prefix(prefix)
                .and_then(|text| text.strip_suffix(suffix))
                .filter(|free| self.is_free_name(free));
            if let Some(free) = free {
                keep(&Place::Written(free.to_owned()), *body, Gap::Free);
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, reading)| reading).collect()
    }

    /// Says whether text may fill the gap of {x}海关: a short Chinese name that
    /// is not a level word and no collective.
    fn is_free_name(&self, text: &str) -> bool {
        FREE_NAME_CHARS.contains(&chars(text))
            && text.chars().all(is_han)
            && !self.wording.opens_collective(text)
            && !["全省", "全市", "全区", "全国", "国家"].contains(&text)
    }

    /// Reads a name outside the lists by its official form.
    fn literal<'l>(&'l self, name: &str, context: Option<&Site<'l>>) -> Vec<Reading<'l>> {
        if place::opens_another_word(name) {
            return Vec::new();
        }
        let placed = place::at_start(name, context, &self.regions).into_iter();
        let placed = placed.filter_map(|(place, rest)| {
            let body = self.wording.write_out(rest)?;
            let said = &name[..name.len() - rest.len()];
            // A region without its rank is part of the name (沈阳经济技术开发区管委会).
            Some(if place.is_short(said) {
                Reading { place: Place::Unsaid, body: Body::Literal(format!("{said}{body}")) }
            } else {
                Reading { place, body: Body::Literal(body) }
            })
        });
        let mut readings: Vec<_> = placed.collect();
        if readings.is_empty()
            && self.wording.suffix(name).is_some_and(|suffix| suffix.strong)
            && chars(name) >= SHORTEST_OWN_NAME_CHARS
            && name.chars().all(is_han)
            && let Some(body) = self.wording.write_out(name)
        {
            readings.push(Reading { place: Place::Unsaid, body: Body::Literal(body) });
        }
        readings
    }

    fn fit(&self, reading: &Reading<'_>, site: &Site<'_>) -> Fit {
        match reading.body {
            Body::Local(body) => self.local.bodies[body].fit(site),
            Body::National(_) | Body::Literal(_) => Fit::No,
        }
    }

    /// Writes a reading out in full.
    fn write(&self, reading: &Reading<'_>, context: Option<&Site<'_>>) -> Option<String> {
        let site = match (&reading.place, &reading.body) {
            (_, Body::National(at)) => return Some(self.national.full[*at].to_owned()),
            (Place::Unsaid, Body::Literal(body)) => return Some(body.clone()),
            (Place::Written(_), Body::Literal(_)) | (Place::Level(_), _) => return None,
            (Place::Site(site), Body::Literal(body)) => {
                return Some(format!("{}{body}", site.full));
            }
            (Place::Written(free), Body::Local(body)) => {
                return Some(self.local.bodies[*body].form.replace("{x}", free));
            }
            (Place::Unsaid, Body::Local(body)) => {
                let exists = |site: &Site<'_>| self.local.bodies[*body].exists_at(site);
                context?.upward(&self.regions, exists)?
            }
            (Place::Site(site), Body::Local(_)) => site.clone(),
        };
        match reading.body {
            Body::Local(body) => self.local.bodies[body].write(&site),
            Body::National(_) | Body::Literal(_) => None,
        }
    }

    /// Says whether a query's reading and a name's reading are one body.
    fn same(&self, asked: &Reading<'_>, meant: &Reading<'_>, context: Option<&Site<'_>>) -> bool {
        let bodies_equal = asked.body == meant.body;
        if bodies_equal {
            match (&asked.place, &meant.place) {
                (Place::Unsaid, _) => return true,
                (Place::Level(asked), Place::Level(meant)) => return asked == meant,
                (Place::Level(word), Place::Site(site)) => return word_fits(word, site),
                (Place::Written(asked), Place::Written(meant)) => return asked == meant,
                _ => {}
            }
        }
        match (self.write(asked, context), self.write(meant, context)) {
            (Some(asked), Some(meant)) => asked == meant,
            _ => false,
        }
    }
}

/// Fewest characters of an unlisted name without a place that is taken as full
/// (平潭综合实验区管委会).
const SHORTEST_OWN_NAME_CHARS: usize = 6;

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}
