use super::{Width, read};
use crate::grid::check_rows;
use crate::lines::column_width;

/// Sets lines out: each word at its column, of which a character takes one.
fn set_out(lines: &[&[(usize, &str)]]) -> String {
    set_out_by(|_, _| 1, lines)
}

/// Sets lines out: each word at its column, of which a character takes as many as `width` says.
fn set_out_by(width: Width, lines: &[&[(usize, &str)]]) -> String {
    let mut text = String::new();
    for words in lines {
        let mut column = 0;
        for &(at, word) in *words {
            text.extend(std::iter::repeat_n(' ', at - column));
            text.push_str(word);
            column = at + word.chars().map(|ch| width(ch, 0)).sum::<usize>();
        }
        text.push('\n');
    }
    text
}

const HEADS: &[(usize, &str)] =
    &[(0, "序号"), (5, "重点任务"), (24, "具体工作"), (44, "责任单位"), (52, "完成时限")];

#[test]
fn a_row_is_the_line_with_its_number_and_those_round_it() {
    let text = set_out(&[
        HEADS,
        &[],
        &[(0, "一"), (5, "特色赛道（智慧农业）")],
        &[(16, "聚焦环境精准调控，支持全域构建智慧种养全流")],
        &[(5, "构建种养体系")],
        &[(0, "1"), (16, "程体系，实现闭环管理。"), (44, "市农业农村局")],
        &[],
        &[(16, "聚焦特色农产品产业链，支持企业运用识别技术"), (44, "市农业农村")],
        &[
            (0, "2"),
            (5, "赋能品牌"),
            (16, "实现采摘环节自动化，"),
            (44, "局、市国资"),
            (52, "2028年"),
        ],
        &[(16, "打造示范案例。"), (44, "委")],
        &[(0, "二"), (5, "特色赛道（半导体）")],
        &[(44, "河湾经开区")],
        &[(0, "1"), (5, "攻关技术"), (16, "优化工艺，提升产品良率。"), (44, "管委会")],
    ]);
    check_rows(
        read(&text, 0..0),
        &text,
        &[
            "序号~重点任务~具体工作~责任单位~完成时限",
            "一~特色赛道（智慧农业）~~~",
            "1~构建种养体系~聚焦环境精准调控，支持全域构建智慧种养全流程体系，实现闭环管理。~市农业农村局~",
            "2~赋能品牌~聚焦特色农产品产业链，支持企业运用识别技术实现采摘环节自动化，打造示范案例。~市农业农村局、市国资委~2028年",
            "二~特色赛道（半导体）~~~",
            "1~攻关技术~优化工艺，提升产品良率。~河湾经开区管委会~",
        ],
    );
}

#[test]
fn a_page_may_set_the_columns_anew_with_the_heads_or_without() {
    let first = set_out(&[
        &[(0, "序号"), (14, "具体任务"), (30, "牵头部门")],
        &[(0, "1"), (6, "推进试点建设。"), (30, "市发改委")],
        &[(0, "2"), (6, "开展资产评估。"), (30, "市财政局")],
        &[(20, "— 1 —")],
    ]);
    let second = set_out(&[
        &[(0, "序号"), (18, "具体任务"), (40, "牵头部门")],
        &[(0, "3"), (6, "制定政策，构建安全合规体系，探索立法。"), (40, "市经信局")],
        &[(20, "— 2 —")],
    ]);
    let third = set_out(&[
        &[(2, "4"), (9, "组建产业联盟，培育新业态，壮大主体。"), (44, "市数据局")],
        &[(2, "5"), (9, "建设专区。"), (44, "市科技局")],
        &[],
        &[(0, "附件2")],
    ]);
    let text = format!("{first}\x0c{second}\x0c{third}");
    let found = read(&text, 0..0);
    let grid = found.as_ref().and_then(|(grid, _)| grid.as_ref()).expect("a table");
    let set_aside: Vec<&str> = grid.furniture.iter().map(|line| &text[line.clone()]).collect();
    assert_eq!(set_aside.len(), 3);
    assert_eq!((set_aside[0], set_aside[2]), ("— 1 —", "— 2 —"));
    assert!(set_aside[1].starts_with("序号"));
    check_rows(
        found,
        &text,
        &[
            "序号~具体任务~牵头部门",
            "1~推进试点建设。~市发改委",
            "2~开展资产评估。~市财政局",
            "3~制定政策，构建安全合规体系，探索立法。~市经信局",
            "4~组建产业联盟，培育新业态，壮大主体。~市数据局",
            "5~建设专区。~市科技局",
        ],
    );
}

#[test]
fn heads_may_stand_on_three_lines() {
    let text = set_out(&[
        &[(0, "序")],
        &[(14, "具体任务"), (30, "牵头部门")],
        &[(0, "号")],
        &[(0, "1"), (6, "推进试点建设。"), (30, "市发改委")],
        &[(0, "2"), (6, "开展资产评估。"), (30, "市财政局")],
        &[(0, "3"), (6, "制定扶持政策。"), (30, "市经信局")],
        &[(0, "三、保障措施")],
    ]);
    check_rows(
        read(&text, 0..0),
        &text,
        &[
            "序/号~具体任务~牵头部门",
            "1~推进试点建设。~市发改委",
            "2~开展资产评估。~市财政局",
            "3~制定扶持政策。~市经信局",
        ],
    );
}

#[test]
fn text_is_no_table() {
    for lines in [
        // Two rows are too few.
        &[HEADS, &[(0, "1"), (5, "甲"), (44, "市教育局")], &[(0, "2"), (5, "乙"), (44, "市财政局")]]
            as &[&[(usize, &str)]],
        // Rows that do not count on.
        &[HEADS, &[(0, "1"), (5, "甲")], &[(0, "7"), (5, "乙")], &[(0, "9"), (5, "丙")]],
        &[&[(0, "序号是什么"), (10, "意思")], &[(0, "1"), (5, "甲")]],
    ] {
        let text = set_out(lines);
        assert!(read(&text, 0..0).is_none_or(|(grid, _)| grid.is_none()), "{text}");
    }
}

#[test]
fn wide_characters_may_take_two_columns() {
    let text = set_out_by(
        column_width,
        &[
            &[(0, "序号"), (6, "任务"), (30, "内容"), (52, "责任单位")],
            &[(12, "完善算力布局，推进云网边端协同发展。"), (52, "省发展改革委、省通")],
            &[(1, "1"), (6, "算力"), (52, "信管理局")],
            &[(1, "2"), (6, "数据"), (12, "培育数据商，开展试点。"), (52, "省数据局")],
            &[(12, "推进迁移上云，形成统一的目录和监测"), (52, "省数据局、省财")],
            &[(1, "3"), (6, "政务")],
            &[(12, "机制。"), (52, "政厅")],
        ],
    );
    check_rows(
        read(&text, 0..0),
        &text,
        &[
            "序号~任务~内容~责任单位",
            "1~算力~完善算力布局，推进云网边端协同发展。~省发展改革委、省通信管理局",
            "2~数据~培育数据商，开展试点。~省数据局",
            "3~政务~推进迁移上云，形成统一的目录和监测机制。~省数据局、省财政厅",
        ],
    );
}
