//! 说明: where the table comes from, how it is to be read, what is to be looked at.

use gangmu_lexicon::Lexicon;
use gangmu_model::Document;
use gangmu_query::duties_by_agency;
use gangmu_workbook::ColumnKind::{Short, Text};
use gangmu_workbook::{Cell, Column, Row, Sheet};

use super::{Grain, Material, doubts, name};
use crate::labels;
use crate::words::title_of;

pub(super) fn sheet(material: &Material<'_, '_>) -> Sheet {
    let mut rows = Vec::new();
    for document in &material.documents {
        rows.push(Row::Section(format!("来源: {}", title_of(document))));
        rows.extend(source(document));
    }
    rows.push(Row::Section("范围与数量".to_owned()));
    rows.extend(scope(material));
    rows.push(Row::Section("填写与阅读约定".to_owned()));
    rows.extend(conventions(material));
    rows.push(Row::Section("待核清单".to_owned()));
    rows.extend(open_points(material));
    Sheet {
        name: "说明".to_owned(),
        heading: material.heading("任务分解表说明"),
        columns: vec![Column::new("项目", Short), Column::new("内容", Text)],
        rows,
    }
}

fn line(what: impl Into<String>, text: impl Into<String>) -> Row {
    Row::Cells(vec![Cell::text(what), Cell::text(text)])
}

fn source(document: &Document) -> Vec<Row> {
    let metadata = &document.metadata;
    let kind = metadata.document_kind.clone().unwrap_or_default();
    let status = metadata.status.map(|status| format!("({})", labels::status(status)));
    let date = |date: &Option<String>| date.clone().unwrap_or_default();
    [
        ("标题", metadata.title.clone().unwrap_or_default()),
        ("文种", kind + &status.unwrap_or_default()),
        ("发文机关", metadata.issuers.join("、")),
        ("发文字号", date(&metadata.document_number)),
        ("成文日期", date(&metadata.issued_on)),
        ("施行日期", date(&metadata.effective_on)),
        ("发布时间", date(&metadata.published_at)),
        ("来源文件", document.source.path.clone()),
        ("文件校验", format!("SHA-256 {}", document.source.sha256)),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(what, text)| line(what, text))
    .collect()
}

fn scope(material: &Material<'_, '_>) -> Vec<Row> {
    let query = material.query;
    let unit = query.agency.clone().unwrap_or_else(|| "全部单位".to_owned());
    let roles: Vec<&str> = query.roles.iter().map(|role| labels::role(*role)).collect();
    let year = query.year.map(|year| format!("{year}年到期")).unwrap_or_default();
    let narrowed: Vec<String> =
        [roles.join("、"), year].into_iter().filter(|text| !text.is_empty()).collect();
    let n_bodies = duties_by_agency(material.tasks).len();
    let made_by = format!("gangmu {},词表{}", env!("CARGO_PKG_VERSION"), Lexicon::version());
    let mut rows = vec![line("单位", unit)];
    rows.extend((!narrowed.is_empty()).then(|| line("筛选", narrowed.join(","))));
    rows.push(line("数量", format!("任务{}项,涉及单位{n_bodies}个", material.tasks.len())));
    rows.push(line("生成工具", made_by));
    rows
}

fn conventions(material: &Material<'_, '_>) -> Vec<Row> {
    let grain = match material.by {
        Grain::Clause => "一行一项任务(一个条目);条目内未另写责任单位的下级条目并入本行。",
        Grain::Sentence => "一行一句;同一条目各句的责任单位相同,时限与量化目标只列本句所写。",
    };
    let inferred = if material.query.first_is_lead {
        "原文未写明牵头单位的,以列第一位的单位为牵头单位,并注“推定”。"
    } else {
        "原文未写明牵头单位的,牵头单位留空,不作推定。"
    };
    vec![
        line("任务", grain),
        line("单位", "单位名称、“等”字均照原文;“按职责分工负责”“指导督导”“文中提及”注于单位之后。"),
        line("牵头", inferred),
        line("时限、目标", "均为原文所写;“以上”“以下”“以内”包括本数。"),
        line("原文位置", "条款编号与所在行;编号可供 gangmu show 查看原文。"),
        line(
            "进展、备注",
            "供填写。重新生成本表时,这两栏和自加的栏按条款对应保留;条款已删除的,整行移入“已失配”表。",
        ),
        line("单位统计", "按任务计数:同一单位在同一任务中的同一角色计一次。"),
    ]
}

fn open_points(material: &Material<'_, '_>) -> Vec<Row> {
    let several = material.documents.len() > 1;
    let mut rows = Vec::new();
    for task in material.tasks {
        for doubt in doubts(task) {
            let of = if several { format!("{}: ", title_of(task.document)) } else { String::new() };
            rows.push(line(&task.division.citation, format!("{of}{}: {doubt}", name(task))));
        }
    }
    if rows.is_empty() {
        rows.push(line("无", "未发现需要核对的地方。"));
    }
    rows
}
