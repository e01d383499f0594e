use super::*;
use crate::grid::{check_rows, line_at};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_rows(read(text, line_at(text, 0)), text, expected);
}

#[test]
fn unknown_heads_and_groups() {
    check(
        "序号\n城市\n时间\n一类：\n1\n甲市\n2020年\n2\n乙市\n2021年\n二类：\n3\n丙市\n2022年\n后文。\n",
        &[
            "序号~城市~时间",
            "一类：~~",
            "1~甲市~2020年",
            "2~乙市~2021年",
            "二类：~~",
            "3~丙市~2022年",
        ],
    );
}

#[test]
fn broken_and_empty_cells() {
    check(
        "序号\n\n类别\n\n主要指标\n\n2030年\n\n指标\n\n属性\n\n1\n\n水源\n\n保障\n\n供水覆盖率（%）\n\n95\n\n约束性\n\n             2\n\n\n\n水质达标率（%）\n\n城市≥60\n\n县城≥35\n\n约束性\n\n后文\n",
        &[
            "序号~类别~主要指标~2030年~指标属性",
            "1~水源保障~供水覆盖率（%）~95~约束性",
            "2~~水质达标率（%）~城市≥60/县城≥35~约束性",
        ],
    );
}

#[test]
fn a_figure_that_is_the_next_number() {
    check(
        "序号\n指标\n单位\n2030年\n属性\n1\n甲\n个\n2\n约束性\n2\n乙\n个\n3\n约束性\n3\n丙\n个\n4\n约束性\n",
        &["序号~指标~单位~2030年~属性", "1~甲~个~2~约束性", "2~乙~个~3~约束性", "3~丙~个~4~约束性"],
    );
}

#[test]
fn no_tables() {
    check("序号\n名称\n1\n甲\n2\n乙\n3\n丙\n", &[]);
    check("序号\n下列材料一式三份。\n提交地点\n1\n甲\n2\n乙\n3\n丙\n", &[]);
    check("序号\n名称\n地点\n1\n甲\n乙\n3\n丙\n丁\n", &[]);
}
