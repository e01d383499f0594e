//! What people read where JSON has a name: 牵头 for `lead`.

use gangmu_model::{
    BoilerplateReason, Change, Comparator, DocumentStatus, FacetRecord, Role, Severity, TargetType,
};
pub use gangmu_rendition::labels::{finding as diagnostic, kind, role, status};

/// What stands beside a leader that only the order of the names makes one.
pub const INFERRED: &str = "推定";

/// Returns the names of leaders, with 推定 where they are inferred.
pub fn lead(names: &str, inferred: bool) -> String {
    if inferred { format!("{names}({INFERRED})") } else { names.to_owned() }
}

/// Returns how a value bounds its indicator; a bare value says nothing.
pub fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "不低于",
        Comparator::AtMost => "不超过",
        Comparator::MoreThan => "超过",
        Comparator::LessThan => "低于",
        Comparator::Reach => "达到",
        Comparator::Equal => "为",
        Comparator::About => "约",
        Comparator::Between => "介于",
    }
}

/// Returns how a value moves: 提高到.
pub fn change(change: Change) -> &'static str {
    match change {
        Change::IncreaseTo => "提高到",
        Change::DecreaseTo => "下降到",
        Change::IncreaseBy => "提高",
        Change::DecreaseBy => "下降",
    }
}

/// Returns whether a goal has a number, in a word.
pub fn target_type(target_type: TargetType) -> &'static str {
    match target_type {
        TargetType::Quantitative => "定量",
        TargetType::Qualitative => "定性",
    }
}

/// Returns the heading of a group of counts, by its name in records.
pub fn facet(name: &str) -> &str {
    match name {
        "agency" => "单位",
        "role" => "角色",
        "year" => "完成年份",
        "chapter" => "章",
        "document" => "文件",
        "kind" => "文种",
        "issuer" => "发文机关",
        "region" => "地区",
        "status" => "状态",
        other => other,
    }
}

/// Returns the value of a count as people read it: 牵头 for `lead`.
pub fn facet_value(record: &FacetRecord) -> &str {
    let value = record.value.as_str();
    let role_of = || Role::ALL.into_iter().find(|role| role.name() == value).map(role);
    let status_of =
        || DocumentStatus::ALL.into_iter().find(|status| status.name() == value).map(status);
    match record.facet.as_str() {
        "role" => role_of(),
        "status" => status_of(),
        _ => None,
    }
    .unwrap_or(value)
}

/// Returns how grave a finding is, in a word.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Note => "提示",
    }
}

/// Returns the reason's name as it stands in JSON.
pub fn boilerplate(reason: BoilerplateReason) -> &'static str {
    match reason {
        BoilerplateReason::Navigation => "navigation",
        BoilerplateReason::SourceLine => "source_line",
        BoilerplateReason::DuplicateTitle => "duplicate_title",
        BoilerplateReason::Summary => "summary",
        BoilerplateReason::RelatedLinks => "related_links",
        BoilerplateReason::Share => "share",
        BoilerplateReason::Footer => "footer",
    }
}

/// Returns the role of that name, in JSON or as people say it: `lead`, 牵头.
pub fn role_named(text: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|known| text == known.name() || text == role(*known))
}

/// Returns the status of that name, in JSON or as people say it: `trial`, 试行.
pub fn status_named(text: &str) -> Option<DocumentStatus> {
    let named = |known: &DocumentStatus| text == known.name() || text == status(*known);
    DocumentStatus::ALL.into_iter().find(named)
}

/// Returns the type of goals of that name, in JSON or as people say it: 定量.
pub fn target_type_named(text: &str) -> Option<TargetType> {
    match text {
        "quantitative" | "定量" => Some(TargetType::Quantitative),
        "qualitative" | "定性" => Some(TargetType::Qualitative),
        _ => None,
    }
}
