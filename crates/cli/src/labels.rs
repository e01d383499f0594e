//! What people read where JSON has a name: 牵头 for `lead`.

use gangmu_model::{
    BoilerplateReason, Change, Comparator, DiagnosticCode, DivisionKind, DocumentStatus,
    FacetRecord, Role, Severity, TargetType,
};

/// What stands beside a leader that only the order of the names makes one.
pub(crate) const INFERRED: &str = "推定";

/// Returns the names of leaders, with 推定 where they are inferred.
pub(crate) fn lead(names: &str, inferred: bool) -> String {
    if inferred { format!("{names}({INFERRED})") } else { names.to_owned() }
}

pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::Responsible => "责任",
        Role::Joint => "共同负责",
        Role::Support => "配合",
        Role::Supervise => "指导督导",
        Role::Mention => "文中提及",
    }
}

/// Returns how a value bounds its indicator; a bare value says nothing.
pub(crate) fn comparator(comparator: Comparator) -> &'static str {
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

pub(crate) fn change(change: Change) -> &'static str {
    match change {
        Change::IncreaseTo => "提高到",
        Change::DecreaseTo => "下降到",
        Change::IncreaseBy => "提高",
        Change::DecreaseBy => "下降",
    }
}

pub(crate) fn target_type(target_type: TargetType) -> &'static str {
    match target_type {
        TargetType::Quantitative => "定量",
        TargetType::Qualitative => "定性",
    }
}

pub(crate) fn status(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::DraftForComment => "征求意见稿",
        DocumentStatus::Trial => "试行",
        DocumentStatus::Final => "正式",
    }
}

/// Returns the heading of a group of counts, by its name in records.
pub(crate) fn facet(name: &str) -> &str {
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
pub(crate) fn facet_value(record: &FacetRecord) -> &str {
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

/// Returns what a finding is about.
pub(crate) fn diagnostic(code: DiagnosticCode) -> &'static str {
    match code {
        DiagnosticCode::NumberingGap => "编号不连续",
        DiagnosticCode::NumberingRepeat => "编号重复",
        DiagnosticCode::MissingColon => "单位标签后缺冒号",
        DiagnosticCode::MistypedLabel => "单位标签有错漏字",
        DiagnosticCode::EmptyAgency => "单位名称空缺",
        DiagnosticCode::UnknownAgency => "不像单位名称",
        DiagnosticCode::UnbalancedBracket => "括号不成对",
        DiagnosticCode::RedactedFigure => "数字被遮盖",
        DiagnosticCode::DeadlineBeforeDocument => "时限早于文件日期",
        DiagnosticCode::MissingAssignment => "未写明责任单位",
        DiagnosticCode::MissingUnit => "指标缺计量单位",
        DiagnosticCode::UncertainLevel => "层级不确定",
        DiagnosticCode::EmptyDocument => "未读出正文",
    }
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Note => "提示",
    }
}

pub(crate) fn kind(kind: DivisionKind) -> &'static str {
    match kind {
        DivisionKind::Part => "编",
        DivisionKind::Chapter => "章",
        DivisionKind::Section => "节",
        DivisionKind::Article => "条",
        DivisionKind::Measure => "措施",
        DivisionKind::Item => "项",
        DivisionKind::Subitem => "目",
        DivisionKind::Paragraph => "段",
        DivisionKind::ListEntry => "列举",
        DivisionKind::Box => "专栏",
        DivisionKind::Table => "表",
        DivisionKind::Attachment => "附件",
        DivisionKind::FrontMatter => "题头",
        DivisionKind::Preamble => "引言",
        DivisionKind::Closing => "落款",
    }
}

/// Returns the reason's name as it stands in JSON.
pub(crate) fn boilerplate(reason: BoilerplateReason) -> &'static str {
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
