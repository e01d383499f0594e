//! Whatever the text, nothing is lost: random mixtures of numbers, brackets,
//! widths and line ends, and random characters, are read and verified.

use gangmu_model::verify;
use gangmu_parser::{ParseOptions, parse};
use proptest::prelude::*;

/// Pieces that structure hangs on, in the widths and spellings that occur.
const PIECES: &[&str] = &[
    "一、",
    "二、",
    "三. ",
    "（一）",
    "(二)",
    "㈢",
    "1.",
    "２．",
    "3、",
    "（1）",
    "2）",
    "①",
    "第一，",
    "第一章",
    "第二节 ",
    "第一条　",
    "第 2 5 条",
    "第三条规定的",
    "1.1 ",
    "2.1.3",
    "附件1",
    "附件：",
    "专栏1 ",
    "【重点任务1】",
    "任务2：",
    "一是",
    "目录",
    "总体要求",
    "加强组织领导。",
    "加快建设,完善体系；",
    "关于加强保护的实施意见",
    "关于印发《方案》的通知",
    "（征求意见稿）",
    "各市人民政府：",
    "到2027年，",
    "细颗粒物平均浓度下降到32微克/立方米以下",
    "比例达到**%左右",
    "较2020年下降18%",
    "3-4个",
    "（牵头单位：省生态环境厅；责任单位：省水利厅等）",
    "(责任单位省财政厅",
    "（省林草局、省农业农村厅按职责分工负责）",
    "【责任单位：",
    "列第一位的为牵头单位，下同",
    "由省发展改革委牵头组织",
    "省人民政府",
    "2024年3月22日",
    "二〇二四年三月",
    "国办发〔2018〕128号",
    "来源：某网",
    "打印",
    "首页 > 政务",
    "上一篇：",
    "— 2 —",
    "……12",
    "2024-03-20",
    "(",
    "）",
    "》",
    "《",
    "“",
    "\u{200d}",
    "\u{feff}",
    " ",
    "　　",
    "        ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "😀",
    "e\u{301}",
    "ﬀ",
    "\u{0}",
    "%",
    "。",
    "；",
];

fn assert_kept(text: &str) {
    let document = parse(text, &ParseOptions::default());
    let violations = verify(&document, text);
    assert!(violations.is_empty(), "{text:?}: {}", violations[0]);
    assert_eq!(
        document,
        parse(text, &ParseOptions::default()),
        "the same text gives the same document"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_of_structure_lose_nothing(picks in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        assert_kept(&text);
    }

    #[test]
    fn any_characters_lose_nothing(text in ".{0,400}") {
        assert_kept(&text);
    }

    #[test]
    fn long_lines_and_many_paragraphs_lose_nothing(
        picks in prop::collection::vec((0..PIECES.len(), 1usize..40), 1..40),
    ) {
        let text: String = picks.into_iter().map(|(pick, times)| PIECES[pick].repeat(times)).collect();
        assert_kept(&text);
    }
}
