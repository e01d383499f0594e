//! The names met in a document, each judged once: whether it is a body's, and
//! of what kind. Documents name the same bodies over and over.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use gangmu_lexicon::{AgencyContext, AgencyLikeness, Lexicon};
use regex::Regex;

use crate::furniture::is_longer_than;

/// The longest name seen has 34 characters; one of more than this is a clause.
pub(super) const MAX_NAME_CHARS: usize = 48;

/// A piece of the name of all local governments: 各市, 县(市、区), 自治州.
pub(super) const LEVEL: &str = "(?:地\\(市\\)|地市|设区的?市|地级以上市|地级市|县级市|自治区|自治州|直辖市|开发区|特区|省|市|州|盟|县|区|旗|镇|乡|街道)";

static ALL_LEVELS: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(r"^各(?:{LEVEL}(?:[(〔][^)〕]*[)〕])?、?)+(?:(?:人民)?政府)?(?:\([^)]*\))?$"))
});

/// Several levels of one body: 省、自治区、直辖市人民政府财政部门.
static LEVELS_OF_ONE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^(?:有关|相关)?(?:{LEVEL}级?(?:[(〔][^)〕]*[)〕])?、)+{LEVEL}级?(?:[(〔][^)〕]*[)〕])?[^、,;。]{{0,30}}(?:政府|部门|机关|机构|局)$"
    ))
});

/// A place that no list knows alone, or that several share: 朝阳区, 白银高新区.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^[^各本全该及和与、,的()]{1,3}[^市城社园地小校景库厂片各分郊辖]区$|\
         ^[^各本全该及和与、,的()]{2,12}(?:高新区|经开区|开发区|度假区|名胜区|试验区|示范区|新区)$",
    )
});

/// Those who lead, or have a part, in each of several fields: 各领域牵头部门.
fn is_each_in_charge(name: &str) -> bool {
    const ROLES: [&str; 5] = ["牵头部门", "牵头单位", "责任部门", "责任单位", "成员单位"];
    name.starts_with('各')
        && !name.contains(['的', '、', ',', '('])
        && ROLES.iter().any(|role| name.ends_with(role))
}

/// The authorities nearest to people: 乡镇(街道), 镇人民政府.
static GRASSROOTS: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"^(?:(?:乡镇|镇|乡|街道)\((?:街道|乡镇|镇|乡)\)|(?:乡|镇)(?:人民)?政府)$")
});

/// What no name holds and a clause does.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:^|[^自])由|的|是|^指|包括|按照|通过|以下|简称|不[属能予再按依履]|应当|可以|负责|牵头|会同|其中|用于|提供|报送|上报|对(?:[^外口台]|$)|设立|下设|指定|采用",
    )
});

/// How a name begins that stands for public bodies: 各有关部门, 省直有关部门.
static OF_LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:各|省|市|区|县|州|自治区|自治州|国家|国务院|中央|党中央|有关|相关|地方|全省|全市|全县|全区|本级|同级|乡|镇|街道|党委|人民)",
    )
});

/// How a name ends that stands for public bodies without saying which.
static PUBLIC: LazyLock<Regex> =
    LazyLock::new(|| compile("(?:部门|机关|政府|管理机构|监管机构|主管机构|领导机构)$"));

/// A department told by its work, as laws do: 国务院负责药品监督管理的部门,
/// 省、自治区、直辖市人民政府管理专利工作的部门; or by what concerns it: 涉及权责清单调整的相关处室.
static DESCRIBED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:(?:国务院|中央|国家|本级|同级|上级|[^,;。:的负责管理]{0,24}?(?:人民)?政府|[^,;。:的负责管理]{0,20}?级(?:以上)?(?:地方)?)(?:有关|相关|确定的)?)?\
         (?:负责|管理|主管|承担|履行)[^,;。:的部门]{2,24}的(?:行政)?(?:主管)?(?:部门|机构|机关)\
         |^涉及[^,;。:、的]{2,16}的(?:相关|有关)(?:部门|单位|处室|机构)",
    )
});

/// Parties that are not of the State.
static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:企业|公司|集团|个人|人员|者|高校|院校|学校|医院|医疗机构|协会|商会|学会|院所|联盟)$",
    )
});

/// How institutions are named that are no authority, and still have work of their
/// own: 考核机构负责…, 试点城市负责….
static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:单位|机构|中心|医院|学校|院校|幼儿园|城市|地区|园区|公司|企业|协会|银行|院|所|科室|办公室|小组|指挥部|[^布格结全大]局)$",
    )
});

/// The units inside the body that issues a document, as it names them itself:
/// 厅建设处, 局办公室, 厅机关有关处室, 厅直有关单位, 执法局.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:(?:省|市|区|县)?(?:厅|局|委)[^,;。、的]{1,14}(?:处室|科室|处|科|室|办|中心|局|队|站|院|所|单位|部门|领导小组)\
         |[^,;。、的由其本各该]{2,14}(?:处室|处)|[^,;。、的由其本各该]{2,8}(?:局|科|科室))$",
    )
});

/// Kinds of institutions, and labels, which name none.
const NO_INSTITUTION: [&str; 12] = [
    "单位",
    "机构",
    "中心",
    "企业",
    "公司",
    "城市",
    "地区",
    "园区",
    "责任单位",
    "牵头单位",
    "配合单位",
    "法院",
];

/// Words that make what follows the object of somebody else's deed.
static DEED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:充分|支持|鼓励|授权|委托|引导|推动|督促|组织|指导|依托|加强|协调|建立|完善|发挥|邀请|配合|帮助|任何)",
    )
});

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// What is known of a name.
#[derive(Clone, Copy, Debug)]
struct Judgement {
    likeness: AgencyLikeness,
    is_named: bool,
    is_public: bool,
}

/// The lexicon, asked once for each name of a document.
#[derive(Debug)]
pub(crate) struct Bodies<'l> {
    lexicon: &'l Lexicon,
    region: Option<&'l str>,
    judged: RefCell<HashMap<Box<str>, Judgement, RandomState>>,
    full_names: RefCell<HashMap<Box<str>, Option<String>, RandomState>>,
}

impl<'l> Bodies<'l> {
    /// Starts on a document of `region` (辽宁省; `None` for the whole country).
    pub(crate) fn new(lexicon: &'l Lexicon, region: Option<&'l str>) -> Self {
        Self { lexicon, region, judged: RefCell::default(), full_names: RefCell::default() }
    }

    /// Writes an agency's name out in full, as [`Lexicon::resolve_agency`] does.
    pub(crate) fn full_name(&self, name: &str) -> Option<String> {
        if let Some(known) = self.full_names.borrow().get(name) {
            return known.clone();
        }
        let full = self.lexicon.resolve_agency(name, AgencyContext { region: self.region });
        self.full_names.borrow_mut().insert(name.into(), full.clone());
        full
    }

    /// Parts a name as written at its blanks where each part is a body's name
    /// on its own: 市发改委 市财政局. Otherwise the name is whole.
    pub(crate) fn parts<'n>(&self, name: &'n str) -> Vec<&'n str> {
        let is_blank = |mark: char| mark.is_whitespace() && !matches!(mark, '\n' | '\r');
        if name.contains(is_blank) {
            let parts: Vec<&str> = name.split(is_blank).filter(|part| !part.is_empty()).collect();
            if parts.iter().all(|part| self.is_named(part)) {
                return parts;
            }
            // 各行政执法部门 本政策执行期暂定为…: a flattened text goes on behind the last name.
            if let [name, rest] = parts[..]
                && self.is_body(name)
                && ["本", "以上", "自"].iter().any(|word| rest.starts_with(word))
            {
                return vec![name];
            }
        }
        vec![name]
    }

    /// Returns whether a body's name may end in `last`, those with 各 aside; a
    /// quick answer before the exact one.
    pub(super) fn may_end_in(&self, last: char) -> bool {
        self.lexicon.agency_may_end_in(last)
    }

    /// Returns whether a name has the form of a body's name.
    pub(super) fn is_body(&self, name: &str) -> bool {
        self.judge(name).likeness != AgencyLikeness::Unlikely
    }

    /// Returns whether a name beside bodies is one as well by how it ends: 河套发展署.
    pub(super) fn is_body_beside_others(&self, name: &str) -> bool {
        !is_longer_than(name, MAX_NAME_CHARS)
            && !is_clause(name)
            && self.lexicon.ends_like_agency(name)
    }

    /// Returns whether a name in a bracket that says who does what is of a unit inside
    /// the issuing body: 厅建设处, 运输局.
    pub(super) fn is_unit(&self, name: &str) -> bool {
        !is_longer_than(name, MAX_NAME_CHARS)
            && (UNIT.is_match(name) && !is_clause(name) || described_len(name) == Some(name.len()))
    }

    /// Returns whether a name is of a unit told by the issuing body it is in, which running
    /// text may name as well: 省局信用监管处, 厅机关有关处室.
    pub(super) fn is_unit_of_issuer(&self, name: &str) -> bool {
        const OF: [&str; 4] = ["省局", "市局", "省厅", "厅机关"];
        const ENDS: [&str; 4] = ["处", "处室", "科", "科室"];
        OF.iter().any(|of| name.starts_with(of))
            && ENDS.iter().any(|end| name.ends_with(end))
            && self.is_unit(name)
    }

    /// Returns whether a name is in the lexicon, its place aside.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.judge(name).likeness == AgencyLikeness::Known
    }

    /// Returns whether a name says which body it means, or which bodies: not
    /// 企业, 单位 or 服务机构 alone.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.judge(name).is_named
    }

    /// Returns whether a name in running text is of a body that the State can
    /// give a duty: 国务院公安部门, 各有关部门; not 支持企业 or 建设单位.
    pub(super) fn is_public(&self, name: &str) -> bool {
        self.judge(name).is_public
    }

    /// Returns whether a name is of an institution that can be given work, though it
    /// is no authority: 考核机构, 试点城市, 幼儿园.
    pub(super) fn is_institution(&self, name: &str) -> bool {
        const MOST_CHARS: usize = 18;
        name.char_indices().nth(MOST_CHARS).is_none()
            && INSTITUTION.is_match(name)
            && !NO_INSTITUTION.contains(&name)
            && !["其", "本", "该", "各该", "具有", "具备", "实现", "同一"].iter().any(|word| name.starts_with(word))
            // 分包单位向总承包单位负责 tells to whom, 与所负责工作相关 with what.
            && !name.contains(['向', '与'])
            && !DEED.is_match(name)
            && !is_clause(name)
    }

    /// Returns whether a name is a place's, whose government is meant: 杨浦区.
    pub(super) fn is_place(&self, name: &str) -> bool {
        self.lexicon.regions().chain(name).is_some_and(|(_, len)| len == name.len())
            || PLACE.is_match(name)
    }

    fn judge(&self, name: &str) -> Judgement {
        // 有关部门(单位) are both, and so are 镇人民政府(街道办事处).
        let name = ["(单位)", "(机构)"]
            .iter()
            .find_map(|aside| name.strip_suffix(aside))
            .filter(|rest| rest.ends_with("部门"))
            .or_else(|| {
                let governed = ["(街道办事处)", "(街道)", "(管委会)", "(管理委员会)"];
                let rest = governed.iter().find_map(|aside| name.strip_suffix(aside));
                rest.filter(|rest| rest.ends_with("政府"))
            })
            .unwrap_or(name);
        const NOTHING: Judgement =
            Judgement { likeness: AgencyLikeness::Unlikely, is_named: false, is_public: false };
        if is_longer_than(name, MAX_NAME_CHARS) || name.chars().nth(1).is_none() {
            return NOTHING;
        }
        let listed = name.chars().next_back().is_some_and(|c| self.lexicon.agency_may_end_in(c));
        let grassroots = || name.ends_with(')') && GRASSROOTS.is_match(name);
        if !listed && !name.starts_with('各') && !grassroots() {
            return NOTHING;
        }
        if PLACES_AT_LARGE.contains(&name) {
            let likeness = AgencyLikeness::Collective;
            return Judgement { likeness, is_named: false, is_public: false };
        }
        if let Some(known) = self.judged.borrow().get(name) {
            return *known;
        }
        let likeness = self.likeness(name);
        let judgement = if likeness == AgencyLikeness::Unlikely {
            NOTHING
        } else {
            let is_named = likeness != AgencyLikeness::Collective || says_level(name);
            let is_public = (is_named || PUBLIC.is_match(name))
                && !PRIVATE.is_match(name)
                && !DEED.is_match(name);
            Judgement { likeness, is_named, is_public }
        };
        self.judged.borrow_mut().insert(name.into(), judgement);
        judgement
    }

    fn likeness(&self, name: &str) -> AgencyLikeness {
        if described_len(name) == Some(name.len()) {
            return AgencyLikeness::Collective;
        }
        if is_each_in_charge(name) {
            return AgencyLikeness::Collective;
        }
        // 统一指挥、分级分部门负责 says how.
        if is_clause(name) || name.starts_with("分级") {
            return AgencyLikeness::Unlikely;
        }
        match self.lexicon.agency_likeness(name) {
            // 各县(市、区), 各县、区人民政府(管委会): the governments of all of them.
            AgencyLikeness::Unlikely if name.starts_with('各') && ALL_LEVELS.is_match(name) => {
                AgencyLikeness::Collective
            }
            AgencyLikeness::Unlikely if name.contains('、') && LEVELS_OF_ONE.is_match(name) => {
                AgencyLikeness::Collective
            }
            AgencyLikeness::Unlikely
                if name.ends_with([')', '府']) && GRASSROOTS.is_match(name) =>
            {
                AgencyLikeness::Collective
            }
            likeness => likeness,
        }
    }
}

/// Whoever governs each place: bodies beside others in a bracket, 各地按职责分工负责, and in
/// running text too general for a duty.
const PLACES_AT_LARGE: [&str; 2] = ["各地", "各地方"];

/// Returns whether a body's name says its level, as 省委 and 各有关部门 do.
pub(super) fn says_level(name: &str) -> bool {
    OF_LEVEL.is_match(name)
}

/// Returns the length of the department told by its work that a text opens
/// with: 国务院管理节能工作的部门.
pub(super) fn described_len(text: &str) -> Option<usize> {
    // Few texts have the words; the search for them is cheap.
    if !text.contains('的') {
        return None;
    }
    DESCRIBED.find(text).map(|found| found.end())
}

/// Returns whether a name is of a party that is not of the State, or the
/// object of somebody else's deed: 支持医疗….
pub(super) fn is_other_party(name: &str) -> bool {
    PRIVATE.is_match(name) || DEED.is_match(name)
}

/// Returns whether words hold what no name does.
pub(super) fn is_clause(words: &str) -> bool {
    CLAUSE.is_match(words)
}
