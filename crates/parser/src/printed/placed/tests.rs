use super::read;
use crate::grid::check_rows;

#[test]
fn cells_lie_over_one_another() {
    let text = "\
序号     重点任务                      具体工作                         责任单位   完成时限

              聚焦农业环境精准调控，支持全域构建智慧种养
1   构建种养体系   全流程体系，实现闭环管理。                       市农业农村局    2027年

              聚焦特色农产品产业链，支持企业运用识别技术，       市农业农村
2   赋能品牌升级   覆盖全域的产业大脑，实现采摘环节自动化管控，   局、市国资委   2028年
              打造示范案例。
二  特色赛道
                                            丽水经开区管
1   攻关核心技术   优化制备工艺，提升产品良率。                      委会
";
    check_rows(
        read(text, 0..0),
        text,
        &[
            "序号~重点任务~具体工作~责任单位~完成时限",
            "1~构建种养体系~聚焦农业环境精准调控，支持全域构建智慧种养全流程体系，实现闭环管理。~市农业农村局~2027年",
            "2~赋能品牌升级~聚焦特色农产品产业链，支持企业运用识别技术，覆盖全域的产业大脑，实现采摘环节自动化管控，打造示范案例。~市农业农村局、市国资委~2028年",
            "二~特色赛道~~~",
            "1~攻关核心技术~优化制备工艺，提升产品良率。~丽水经开区管委会~",
        ],
    );
}

#[test]
fn debug_file() {
    let Ok(file) = std::env::var("DBG") else { return };
    let text = std::fs::read_to_string(file).unwrap();
    let at = text.find("\n序").unwrap() + 1;
    let heads = super::read_heads(&text, at, super::WIDTHS[0]);
    eprintln!("{heads:?}");
    let (heads, n, behind) = heads.unwrap();
    let extent = super::Extent::find(&text, &heads, behind, n, super::WIDTHS[0]);
    let Some(extent) = extent else { panic!("no extent") };
    eprintln!(
        "lines {} last {:?}",
        extent.lines.len(),
        &text[extent.lines.last().unwrap().source()]
    );
    let parts = super::parts(&text, &heads, &extent.lines, n);
    let columns = super::columns::of_pages(&text, &heads, &extent.lines, &parts, super::WIDTHS[0]);
    let Some(columns) = columns else { panic!("no columns") };
    for row in super::rows::of(&text, &extent.lines, &parts, &columns) {
        let mut cells = vec![Vec::new(); heads.len()];
        for at in row.lines.clone().filter(|&at| parts[at] == super::Part::Row) {
            columns.place(&extent.lines[at], &mut cells);
        }
        let shown: Vec<String> = cells
            .iter()
            .map(|c| c.iter().map(|p| &text[p.clone()]).collect::<Vec<_>>().join("/"))
            .collect();
        eprintln!("{:?} {}", row.number, shown.join(" ~ "));
    }
}
