//! What is to be reached, and by when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Amount, DivisionId, Span};

/// Whether a goal has a number.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TargetType {
    /// 下降到32微克/立方米以下. A blacked-out number (**%) counts too.
    Quantitative,
    /// Dated, or a floor in words, without a number: 到2035年,美丽乡村基本建成.
    Qualitative,
}

/// How a value bounds its indicator.
///
/// 以上, 以下, 以内 include the number (民法典 第一千二百五十九条); 超过, 不足 do not.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// 不低于, 以上, 至少.
    AtLeast,
    /// 不超过, 以下, 以内.
    AtMost,
    /// 超过, 突破.
    MoreThan,
    /// 不足, 低于.
    LessThan,
    /// 达到.
    Reach,
    /// A bare value.
    Equal,
    /// 左右.
    About,
    /// 5%—6%.
    Between,
}

/// Which way a value moves, and whether the number is the level or the step.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 提高到.
    IncreaseTo,
    /// 下降到.
    DecreaseTo,
    /// 提高…个百分点.
    IncreaseBy,
    /// 下降18%.
    DecreaseBy,
}

/// The precision, or the kind, of a deadline.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// 到2027年.
    Year,
    /// 2026年6月底前.
    Month,
    /// 2018年12月31日前.
    Day,
    /// “十四五”期间, 本世纪中叶.
    Period,
    /// 投产后1年内.
    Relative,
    /// 每年2月底前.
    Recurring,
}

/// By when. Dates keep the precision they are written with.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// The words verbatim: 到2027年.
    pub text: String,
    /// What kind of deadline it is.
    pub kind: DeadlineKind,
    /// The calendar year, where one is written, or told by the document's date: 今年, 年底前.
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    pub day: Option<u8>,
    /// A named period without quotation marks: 十四五, 本世纪中叶.
    pub period: Option<String>,
    /// A relative deadline verbatim: 投产后1年内.
    pub relative: Option<String>,
}

/// What a change is measured from.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Baseline {
    /// The words verbatim: 较2020年.
    pub text: String,
    /// The year, where one is written.
    pub year: Option<i32>,
}

/// One goal: one clause that states it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// The division the clause stands in.
    pub division: DivisionId,
    /// With or without a number.
    #[serde(rename = "type")]
    pub target_type: TargetType,
    /// The clause verbatim, without its deadline: 全省细颗粒物平均浓度下降到32微克/立方米以下.
    pub text: String,
    /// Where `text` stands.
    pub span: Span,
    /// What is measured: 细颗粒物平均浓度. Null where the clause does not say.
    pub indicator: Option<String>,
    /// Where or for whom the goal holds, verbatim: 全省. Null where the clause names none.
    pub scope: Option<String>,
    /// By when; null: undated.
    pub deadline: Option<Deadline>,
    /// How the value bounds the indicator; null in a qualitative goal.
    pub comparator: Option<Comparator>,
    /// The number as written before the unit.
    pub value: Option<Amount>,
    /// The upper end of a range.
    pub value_max: Option<Amount>,
    /// The unit as written: 微克/立方米, 万平方公里, 个百分点.
    pub unit: Option<String>,
    /// Number and unit verbatim: 32微克/立方米.
    pub value_text: Option<String>,
    /// Which way the value moves.
    pub change: Option<Change>,
    /// What a change is measured from.
    pub baseline: Option<Baseline>,
    /// Hedges and degree words, verbatim: 力争, 左右, 显著.
    pub qualifiers: Vec<String>,
    /// Whether the number is blacked out (**); `value` is then null.
    pub redacted: bool,
}
