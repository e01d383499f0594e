//! What the head of a column says of its cells: 任务, 牵头单位, 目标值(2025年).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use gangmu_model::Role;
use regex::Regex;

use crate::extract::column_role;

const TABLE: &str = include_str!("../../../seeds/lexicon/table-headers.tsv");

/// No head that is read has more bytes.
const LONGEST_HEAD: usize = 120;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// 序号.
    Number,
    /// 重点任务, 具体举措.
    Task,
    /// 牵头单位 and the like, with the role.
    Body(Role),
    /// 完成时限.
    Deadline,
    /// 指标名称.
    Indicator,
    /// 单位.
    Unit,
    /// 基期值.
    Base,
    /// 目标值.
    Target,
    /// 2025年 alone, which may be a base or a target.
    Year,
    /// 属性: 约束性, 预期性.
    Nature,
    /// 备注.
    Other,
}

static KINDS: LazyLock<HashMap<&'static str, ColumnKind, RandomState>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (word, kind, role) = (cells.next()?, cells.next()?, cells.next()?);
        Some((word, named_kind(kind, role)?))
    })
    .collect()
});

fn named_kind(kind: &str, role: &str) -> Option<ColumnKind> {
    Some(match kind {
        "number" => ColumnKind::Number,
        "task" => ColumnKind::Task,
        "body" => ColumnKind::Body(Role::ALL.into_iter().find(|each| each.name() == role)?),
        "deadline" => ColumnKind::Deadline,
        "indicator" => ColumnKind::Indicator,
        "unit" => ColumnKind::Unit,
        "base" => ColumnKind::Base,
        "target" => ColumnKind::Target,
        "nature" => ColumnKind::Nature,
        "other" => ColumnKind::Other,
        _ => return None,
    })
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:到|至)?(?P<year>(?:19|20)[0-9]{2})年?(?:底|末|度)?")
        .expect("the pattern is constant")
});

/// A plan of five years: “十四五”目标.
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("“?(?P<plan>十[一二三四五六七八九]?五)”?(?:时期|期间)?")
        .expect("the pattern is constant")
});

/// Says what stands below a folded head, if it is known.
pub(crate) fn kind_of(head: &str) -> Option<ColumnKind> {
    if head.len() > LONGEST_HEAD {
        return None;
    }
    let head = head.strip_prefix("其中:").unwrap_or(head);
    let head: String = head.chars().filter(|ch| !matches!(ch, '\n' | ' ' | ':')).collect();
    let (plain, inner) = without_brackets(&head);
    let known = |words: &str| {
        column_role(words).map(ColumnKind::Body).or_else(|| KINDS.get(words).copied())
    };
    if let Some(kind) = known(&head).or_else(|| known(&plain)) {
        return Some(kind);
    }
    let planned = PERIOD.is_match(&plain);
    let plain = PERIOD.replace(&plain, "");
    if planned && let Some(kind) = known(&plain) {
        return Some(kind);
    }
    let dated = YEAR.is_match(&plain);
    let undated = YEAR.replace(&plain, "");
    if dated && undated.is_empty() {
        let told = KINDS.get(inner.as_str()).copied();
        return Some(told.unwrap_or(ColumnKind::Year));
    }
    dated.then(|| known(&undated)).flatten()
}

/// Whether folded words say how an indicator binds: 约束性, 预期性.
pub(crate) fn names_nature(folded: &str) -> bool {
    matches!(folded, "约束性" | "预期性" | "约束" | "预期" | "指导性" | "引导性")
}

/// The year in a folded head, and where its words stand: 2025年 of 2025年目标值.
pub(crate) fn year_of(head: &str) -> Option<(i32, Range<usize>)> {
    let found = YEAR.captures(head)?;
    let year = found.name("year")?.as_str().parse().ok()?;
    Some((year, found.get(0)?.range()))
}

/// The plan of five years in a folded head or caption, and where its words stand:
/// 十四五 of “十四五”目标.
pub(crate) fn period_of(head: &str) -> Option<(&str, Range<usize>)> {
    let found = PERIOD.captures(head)?;
    Some((found.name("plan")?.as_str(), found.get(0)?.range()))
}

/// A folded text without its brackets, and what stood in them.
pub(crate) fn without_brackets(text: &str) -> (String, String) {
    let (mut plain, mut inner, mut depth) = (String::new(), String::new(), 0usize);
    for ch in text.chars() {
        match ch {
            '(' | '[' | '〔' | '【' => depth += 1,
            ')' | ']' | '〕' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(ch),
            _ => inner.push(ch),
        }
    }
    (plain, inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_list_is_read_and_names_its_source() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        assert_eq!(rows.len(), KINDS.len(), "a word stands twice, or its kind is unknown");
        assert!(rows.iter().all(|row| row.split('\t').nth(3).is_some_and(|cell| !cell.is_empty())));
    }

    #[test]
    fn heads() {
        for (head, kind) in [
            ("牵头单位", ColumnKind::Body(Role::Lead)),
            ("责任(配合)单位", ColumnKind::Body(Role::Responsible)),
            ("责任单位(列第一位的为牵头单位)", ColumnKind::Body(Role::Responsible)),
            ("配合部门", ColumnKind::Body(Role::Support)),
            ("2027年目标值", ColumnKind::Target),
            ("目标值(2027年)", ColumnKind::Target),
            ("目标值\n2027年", ColumnKind::Target),
            ("2020年基期值", ColumnKind::Base),
            ("2020年(基期)", ColumnKind::Base),
            ("2030年", ColumnKind::Year),
            ("指标名称", ColumnKind::Indicator),
        ] {
            assert_eq!(kind_of(head), Some(kind), "{head}");
        }
        assert_eq!(kind_of("公安部"), None);
        assert_eq!(year_of("目标值(2027年)").map(|(year, _)| year), Some(2027));
    }
}
