//! Lists whose marks are lost, whose labels stand apart, and names that say
//! their role themselves.

use super::check;

#[test]
fn lost_marks() {
    check(
        "（责任单位：区国资委、区政府集体资产监管办区住房城市建设委）",
        &["responsible 责任单位 = 区国资委 | 区政府集体资产监管办 | 区住房城市建设委"],
    );
    check(
        "（责任单位：县农业农村局县水利局县林业局，市委市政府）",
        &["responsible 责任单位 = 县农业农村局 | 县水利局 | 县林业局 | 市委 | 市政府"],
    );
    check(
        "（责任单位：市公安局市中区分局、市委市政府督查室、省市场监管局）",
        &["responsible 责任单位 = 市公安局市中区分局 | 市委市政府督查室 | 省市场监管局"],
    );
    check(
        "（牵头单位　市发展改革委　责任单位　市财政局、市科技局）",
        &["lead 牵头单位 = 市发展改革委", "responsible 责任单位 = 市财政局 | 市科技局"],
    );
}

#[test]
fn labels_apart() {
    check(
        "做好衔接。【牵头单位】市发展改革委【责任单位】市财政局、市科技局",
        &["lead 牵头单位 = 市发展改革委", "responsible 责任单位 = 市财政局 | 市科技局"],
    );
    check("［责任单位］：市财政局", &["responsible 责任单位 = 市财政局"]);
    check("——责任单位：市财政局", &["responsible 责任单位 = 市财政局"]);
    check("（牵头单位：市教育局；配合单位：无）", &["lead 牵头单位 = 市教育局"]);
}

#[test]
fn roles_inside() {
    check(
        "（责任单位：市财政局（牵头）、市教育局、市水利局）",
        &["lead 牵头 = 市财政局", "responsible 责任单位 = 市教育局 | 市水利局"],
    );
    check(
        "（责任单位：市财政局牵头，市教育局配合）",
        &["lead 牵头 = 市财政局", "support 配合 = 市教育局"],
    );
    check(
        "（市财政局、市教育局按职责分别牵头，各区政府负责）",
        &["lead 牵头 = 市财政局 | 市教育局", "responsible 负责 = 各区政府"],
    );
    check("（此项工作由市财政局负责）", &["responsible 负责 = 市财政局"]);
    check(
        "（市财政局牵头，市教育局、市民政局等部门和各区政府配合）",
        &["lead 牵头 = 市财政局", "support 配合 = 市教育局 | 市民政局 | 各区政府 +等"],
    );
    check("（责任单位：市财政局等8个部门）", &["responsible 责任单位 = 市财政局 +等"]);
    check("（负责部门：财政部等部门，列第一位的为牵头单位）", &["lead 负责部门 = 财政部 +等"]);
}

#[test]
fn a_bracket_before_more_sentences() {
    check(
        "推广绿色包装。（邮政局、商务部指导）加强回收。（生态环境部负责）完善标准体系。",
        &["supervise 指导 = 邮政局 | 商务部", "responsible 负责 = 生态环境部"],
    );
}
