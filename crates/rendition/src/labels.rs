//! What people read where JSON has a name; tables and pages say the same.

use gangmu_model::{DiagnosticCode, DivisionKind, DocumentStatus, Role};

/// Returns the role's name.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::Responsible => "责任",
        Role::Joint => "共同负责",
        Role::Support => "配合",
        Role::Supervise => "指导督导",
        Role::Mention => "文中提及",
    }
}

/// Returns the status's name.
pub fn status(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::DraftForComment => "征求意见稿",
        DocumentStatus::Trial => "试行",
        DocumentStatus::Final => "正式",
    }
}

/// Returns the kind's name.
pub fn kind(kind: DivisionKind) -> &'static str {
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

/// Returns what a finding is about.
pub fn finding(code: DiagnosticCode) -> &'static str {
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
