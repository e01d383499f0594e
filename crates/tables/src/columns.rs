//! Which value of a record stands in which column, in full: what csv, markdown
//! and workbooks of one sheet have in common. A table for a screen shows less.

use gangmu_model::{
    AgencyRecord, Assignment, Deadline, FacetRecord, SearchRecord, ShowRecord, TargetRecord,
    TaskRecord,
};
use gangmu_workbook::Cell;

use crate::goal;
use crate::labels;
use crate::{Field, long, short};

/// What parts the entries of a list in one cell: no name has it in itself, as
/// 各市、县人民政府 has the other mark.
const BETWEEN: &str = "；";

/// The columns of `tasks`.
pub fn tasks() -> Vec<Field<TaskRecord>> {
    vec![
        short("文件", |record: &TaskRecord| Cell::text(&record.document)),
        short("条款", |record| Cell::text(record.division.as_str())),
        short("条目", |record| Cell::text(&record.citation)),
        long("任务", |record| maybe(record.task.as_deref())),
        long("具体措施", |record| Cell::text(&record.text)),
        short("单位", |record| Cell::text(&record.agency)),
        short("单位全称", |record| maybe(record.full_name.as_deref())),
        short("角色", |record| Cell::text(labels::role(record.role))),
        long("牵头单位", |record| list(&record.lead)),
        short("牵头推定", |record| {
            Cell::text(if record.inferred { labels::INFERRED } else { "" })
        }),
        long("责任单位", |record| list(&record.responsible)),
        long("配合单位", |record| list(&record.support)),
        long("共同负责单位", |record| list(&record.joint)),
        short("完成时限", |record| {
            list_of(&record.deadlines, |deadline: &Deadline| &deadline.text)
        }),
        long("量化目标", |record| Cell::text(record.targets.join("\n"))),
    ]
}

/// The columns of `targets`.
pub fn targets() -> Vec<Field<TargetRecord>> {
    vec![
        short("文件", |record: &TargetRecord| Cell::text(&record.document)),
        short("条款", |record| Cell::text(record.target.division.as_str())),
        short("条目", |record| Cell::text(&record.citation)),
        long("任务", |record| maybe(record.division_title.as_deref())),
        short("类型", |record| Cell::text(labels::target_type(record.target.target_type))),
        long("指标", |record| maybe(record.target.indicator.as_deref())),
        short("范围", |record| maybe(record.target.scope.as_deref())),
        short("要求", |record| Cell::text(goal::demand(&record.target))),
        short("数值", |record| Cell::text(goal::value(&record.target))),
        short("单位", |record| maybe(record.target.unit.as_deref())),
        short("时限", |record| Cell::text(goal::deadline(&record.target))),
        short("年份", |record| {
            let year = record.target.deadline.as_ref().and_then(|deadline| deadline.year);
            Cell::text(year.map(|year| year.to_string()).unwrap_or_default())
        }),
        short("基期", |record| {
            maybe(record.target.baseline.as_ref().map(|baseline| baseline.text.as_str()))
        }),
        short("限定词", |record| list(&record.target.qualifiers)),
        long("原文", |record| Cell::text(&record.target.text)),
        short("行", |record| Cell::count(record.target.span.line() as usize)),
    ]
}

/// The columns of `agencies`.
pub fn agencies() -> Vec<Field<AgencyRecord>> {
    vec![
        short("单位", |record: &AgencyRecord| Cell::text(&record.full_name)),
        long("文中写法", |record| list(&record.names)),
        short("牵头", |record| Cell::Number(f64::from(record.lead))),
        short("责任", |record| Cell::Number(f64::from(record.responsible))),
        short("配合", |record| Cell::Number(f64::from(record.support))),
        short("共同负责", |record| Cell::Number(f64::from(record.joint))),
        long("文件", |record| list(&record.documents)),
    ]
}

/// The columns of `search`.
pub fn clauses() -> Vec<Field<SearchRecord>> {
    vec![
        short("文件", |record: &SearchRecord| Cell::text(&record.document)),
        long("标题", |record| maybe(record.title.as_deref())),
        short("条款", |record| Cell::text(record.division.as_str())),
        short("条目", |record| Cell::text(&record.citation)),
        long("所在章节", |record| Cell::text(record.path.join(" › "))),
        long("原文", |record| Cell::text(&record.text)),
        short("匹配", |record| Cell::text(&record.matched_by)),
        short("得分", |record| Cell::text(format!("{:.4}", record.score))),
    ]
}

/// The columns of `search --facets`.
pub fn facets() -> Vec<Field<FacetRecord>> {
    vec![
        short("分组", |record: &FacetRecord| Cell::text(labels::facet(&record.facet))),
        long("值", |record| Cell::text(labels::facet_value(record))),
        short("条款数", |record| Cell::Number(f64::from(record.count))),
    ]
}

/// The columns of `show`.
pub fn shown() -> Vec<Field<ShowRecord>> {
    vec![
        short("文件", |record: &ShowRecord| Cell::text(&record.document)),
        short("条款", |record| Cell::text(record.division.id.as_str())),
        short("条目", |record| Cell::text(&record.division.citation)),
        long("所在章节", |record| Cell::text(record.path.join(" › "))),
        long("原文", |record| {
            let below = record.children.iter().flat_map(|division| {
                [division.heading().unwrap_or_default(), division.text.clone()]
            });
            let lines = [record.division.text.clone()].into_iter().chain(below);
            Cell::text(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
        }),
        long("责任分工", |record| {
            let group = |assignment: &Assignment| {
                let names = assignment.agencies.iter().map(|mention| mention.name.as_str());
                let names = names.collect::<Vec<_>>().join("、");
                let open = if assignment.open_ended { "等" } else { "" };
                format!("{}:{names}{open}", labels::role(assignment.role))
            };
            Cell::text(record.assignments.iter().map(group).collect::<Vec<_>>().join("\n"))
        }),
        long("目标", |record| {
            Cell::text(record.targets.iter().map(goal::sentence).collect::<Vec<_>>().join("\n"))
        }),
    ]
}

fn maybe(text: Option<&str>) -> Cell {
    Cell::text(text.unwrap_or_default())
}

fn list(entries: &[String]) -> Cell {
    Cell::text(entries.join(BETWEEN))
}

fn list_of<T>(entries: &[T], text: impl Fn(&T) -> &String) -> Cell {
    let texts: Vec<&str> = entries.iter().map(|entry| text(entry).as_str()).collect();
    Cell::text(texts.join(BETWEEN))
}
