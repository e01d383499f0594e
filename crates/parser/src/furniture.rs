//! What a line of a page's furniture looks like, line by line.
//!
//! The words were seen on the pages of central, provincial and city governments
//! and in saved posts of their accounts; each list names a form, not a page.

use std::sync::LazyLock;

use gangmu_model::BoilerplateReason;

use crate::page_table::{is_dated_source, labels};
use crate::word_set::WordSet;

/// Words of a page's foot.
const FOOTER_WORDS: &[&str] = &[
    "版权所有",
    "Copyright",
    "copyright",
    "©",
    "ICP备",
    "ICP证",
    "公网安备",
    "网站标识码",
    "主办单位:",
    "承办单位:",
    "主办:",
    "承办:",
    "网站地图",
    "联系我们",
    "技术支持:",
    "违者必究",
    "设为首页",
    "加入收藏",
    "备案序号",
    "备案号",
    "互联网新闻信息服务许可证",
    "建议使用",
    "站点地图",
    "隐私声明",
    "关于我们",
    "转载请注明",
    "禁止转载",
    "原创发布",
    "本文转载自",
    "本文翻译自",
];

/// Words of a page's share and print buttons, and of a saved post's.
const SHARE_WORDS: &[&str] = &[
    "分享到",
    "打印本页",
    "打印正文",
    "关闭窗口",
    "关闭本页",
    "扫一扫",
    "扫码关注",
    "扫码订阅",
    "预览时标签不可点",
    "轻触阅读原文",
    "继续滑动看下一个",
    "向上滑动看下一个",
    "微信扫一扫",
    "轻点两下取消",
    "点个在看",
    "点个赞",
    "三连",
    "长按识别",
    "关注该公众号",
    "使用小程序",
    "使用完整服务",
    "阅读原文",
    "点击下图",
    "欢迎关注",
    "收藏本页",
    "返回顶部",
    "我要纠错",
    "[打印]",
    "[关闭]",
    "公报PDF",
    "PDF格式下载",
    "【打印",
    "【关闭",
    "【字体",
    "【字号",
    "保护视力色",
];

/// Words over or in front of links to other texts.
const RELATED_WORDS: &[&str] = &[
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "相关链接",
    "相关阅读",
    "相关新闻",
    "相关文章",
    "相关文件",
    "相关解读",
    "相关推荐",
    "相关报道",
    "相关附件",
    "原文下载",
    "附件下载",
    "文件下载",
    "阅读推荐",
    "推荐阅读",
    "延伸阅读",
    "热门推荐",
    "猜你喜欢",
    "更多阅读",
    "往期推荐",
    "精彩推荐",
    "政策解读:",
];

/// Whole lines that are a button or a menu word wherever they stand.
const BUTTONS: &[&str] = &[
    "打印",
    "关闭",
    "下载",
    "分享",
    "分享:",
    "收藏",
    "全屏",
    "首页",
    "打印关闭",
    "赞",
    "在看",
    "留言",
    "听过",
    "视频",
    "小程序",
    "知道了",
    "取消",
    "允许",
    "分析",
    "加大",
    "还原",
    "减小",
    "大",
    "中",
    "小",
    "简",
    "繁",
    "无障碍",
    "长者助手",
    "取消允许",
    "登录",
    "注册",
    "登录|注册",
    "*END*",
    "END",
    "-END-",
    "—END—",
    "搜索",
    "返回",
    "更多",
];

static FOOTER_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::of(FOOTER_WORDS.iter().copied()));

/// Either of the two: most lines have neither, which one search tells.
static TAIL_SET: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::of(FOOTER_WORDS.iter().chain(SHARE_WORDS).copied()));

/// Words of a foot that say whose a page is, in sentences too.
static RIGHTS_SET: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(
        "版权所有|Copyright|copyright|©|ICP备|ICP证|公网安备|网站标识码|违者必究|许可证|转载请注明|禁止转载|本文翻译自",
    )
});

static RELATED_SET: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::of(RELATED_WORDS.iter().copied()));

static SHARE_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::of(SHARE_WORDS.iter().copied()));

/// Longest line, in characters, that is looked at for a button's or a foot's words.
const FURNITURE_CHARS: usize = 140;

/// Says what a line after the text is, if its words tell: the start of a page's tail.
pub(crate) fn tail_reason(line: &str) -> Option<BoilerplateReason> {
    if is_longer_than(line, FURNITURE_CHARS) {
        return None;
    }
    let link = line.trim_start_matches(['←', '→', '<', '>', '«', '»', '[', '【', ' ']);
    if RELATED_SET.at_start(link).is_some()
        || !is_longer_than(line, 60) && line.contains("←上一")
        || line.starts_with("返回") && line.ends_with("列表")
    {
        return Some(BoilerplateReason::RelatedLinks);
    }
    // 可通过网站“联系我们”栏目反映。 is a sentence of the text; 违者必究。 is none.
    let has_words = TAIL_SET.is_in(line) && (!line.ends_with('。') || RIGHTS_SET.is_in(line));
    if has_words && FOOTER_SET.is_in(line) {
        return Some(BoilerplateReason::Footer);
    }
    if has_words || BUTTONS.contains(&line) {
        return Some(BoilerplateReason::Share);
    }
    if says_when(line) || line == "原文链接:" {
        return Some(BoilerplateReason::SourceLine);
    }
    // PDF:某通知.pdf: the page's own file.
    if line.starts_with("PDF") && line.ends_with(".pdf") {
        return Some(BoilerplateReason::Share);
    }
    let source = line.trim_start_matches(['(', '[', '【']);
    let is_source = ["来源:", "来源于:", "稿源:", "责任编辑:", "编辑:", "信息来源:", "文章来源:"]
        .iter()
        .any(|label| source.starts_with(label));
    let is_short = !is_longer_than(line, 60) || line.contains("https:") || line.contains("http:");
    (is_source && is_short).then_some(BoilerplateReason::Footer)
}

/// 更新时间:2026-01-26 11:25: when a page was made, and nothing else.
fn says_when(line: &str) -> bool {
    ["更新时间", "发布时间", "发布日期", "更新日期", "抓取时间", "采集时间", "检索时间"].iter().any(
        |label| {
            line.strip_prefix(label)
                .and_then(|rest| rest.strip_prefix(':'))
                .is_some_and(|value| is_date_line(value.trim()))
        },
    )
}

/// Whether a line gives the value of a key: 原文链接:…, 检索关键词:测绘,卫星.
pub(crate) fn is_key_value(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        !key.is_empty()
            && !is_longer_than(key, 8)
            && key.chars().all(|ch| ch.is_alphanumeric() || ch == ' ')
    })
}

/// Whether a line gives what a program noted when it saved the page: an address, a
/// moment, the words it searched for.
pub(crate) fn is_saved_key(line: &str) -> bool {
    is_key_value(line)
        && line.split_once(':').is_some_and(|(key, value)| {
            value.trim_start().starts_with("http") || key.ends_with("关键词") || says_when(line)
        })
}

/// Says what a line before the text's first number is, if its form tells.
pub(crate) fn head_reason(line: &str) -> Option<BoilerplateReason> {
    if is_page_number(line) {
        return Some(BoilerplateReason::Footer);
    }
    if is_longer_than(line, FURNITURE_CHARS) {
        return None;
    }
    if is_breadcrumb(line) {
        return Some(BoilerplateReason::Navigation);
    }
    if labels(line).next().is_some() || is_dated_source(line) || counts_readers(line) {
        return Some(BoilerplateReason::SourceLine);
    }
    if BUTTONS.contains(&line) || SHARE_SET.is_in(line) {
        return Some(BoilerplateReason::Share);
    }
    if FOOTER_SET.is_in(line) {
        return Some(BoilerplateReason::Footer);
    }
    None
}

/// 阅读量52376: how often the page was read, and nothing else.
fn counts_readers(line: &str) -> bool {
    let counted = ["阅读量", "阅读数", "浏览量", "访问量", "点击量"];
    counted.iter().find_map(|word| line.strip_prefix(word)).is_some_and(|number| {
        !number.is_empty() && number.chars().all(|ch| ch.is_ascii_digit() || ch == ',')
    })
}

/// Whether a line says when an account posted the text: 某某经信 2026-07-30.
pub(crate) fn is_posting_line(line: &str) -> bool {
    let Some(at) = line.find(|ch: char| ch.is_ascii_digit()) else { return false };
    let (account, date) = line.split_at(at);
    date.contains(['-', '/'])
        && is_date_line(date)
        && !is_longer_than(account, 12)
        && !account.contains(['。', ',', '、', ':', '《', '('])
}

/// 首页 > 政务公开 > 文件.
pub(crate) fn is_breadcrumb(line: &str) -> bool {
    line.contains("当前位置")
        || line.contains("您的位置")
        || line.contains("您现在的位置")
        || line.contains("首页>")
        || line.matches('|').count() >= 2
        || line.matches('>').count() >= 2 && !line.contains('<')
}

/// — 2 —, -3-, 第2页, or a bare number: a page's number.
pub(crate) fn is_page_number(line: &str) -> bool {
    if is_longer_than(line, 12) {
        return false;
    }
    let inner = line.trim_matches(|ch: char| {
        matches!(ch, '-' | '—' | '–' | '－' | '·' | '.' | ' ' | '/' | '第' | '页' | '共')
    });
    !inner.is_empty()
        && inner.len() <= 7
        && inner.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '/' | '页' | '共' | '第'))
        && inner.bytes().filter(u8::is_ascii_digit).count() <= 4
        && !inner.starts_with('0')
}

/// 2024-03-20, 2024/3/20, 2024.03.20, 2024年3月20日, alone on a line, or with a time:
/// 10:00:19, 10时00分.
pub(crate) fn is_date_line(line: &str) -> bool {
    let inner = line.trim_start_matches(['(', ')', '[', ']', ' ']);
    if !inner.bytes().take(4).all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let inner = inner.trim_end_matches(['(', ')', '[', ']', ' ']);
    let Some(after_year) = inner.get(4..) else { return false };
    let mut chars = after_year.chars();
    chars.clone().next().is_some_and(|ch| matches!(ch, '-' | '/' | '.' | '年'))
        && inner.chars().count() <= 20
        && chars.all(|ch| {
            ch.is_ascii_digit()
                || matches!(
                    ch,
                    '-' | '/' | '.' | ':' | ' ' | '年' | '月' | '日' | '时' | '分' | '秒'
                )
        })
}

/// A line that ends in a date in brackets, as lists of links do: …[06-11], …(2024-03-20).
pub(crate) fn ends_in_bracketed_date(line: &str) -> bool {
    let Some(inner) = line.strip_suffix([']', ')']) else { return false };
    let Some(open) = inner.rfind(['[', '(']) else { return false };
    let date = inner[open + 1..].trim();
    (4..=16).contains(&date.len())
        && date.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '-' | '/' | '.' | ':' | ' '))
        && date.contains(['-', '/', '.'])
}

/// A line of a table of contents: a heading, leaders, a page number.
pub(crate) fn is_contents_line(line: &str) -> bool {
    let head =
        line.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '-' | '—' | ' '));
    head.len() < line.len()
        && (head.ends_with("……")
            || head.ends_with("...")
            || head.ends_with("····")
            || head.ends_with("…"))
}

pub(crate) fn is_longer_than(text: &str, chars: usize) -> bool {
    // No character takes more than four bytes.
    text.len() > 4 * chars || text.len() > chars && text.chars().nth(chars).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_dates_and_contents() {
        for line in ["—2—", "-3-", "15", "第2页", "3/12"] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["2027年", "一", "12345678", "1.", "—", ""] {
            assert!(!is_page_number(line) || line == "1.", "{line}");
        }
        assert!(is_date_line("2024-03-20") && is_date_line("2026年6月25日"));
        assert!(!is_date_line("2024年工作要点"));
        assert!(
            ends_in_bracketed_date("党建工作…[06-11]")
                && !ends_in_bracketed_date("方案(2023-2030年)")
        );
        assert!(is_contents_line("一、现实基础和发展形势………1") && !is_contents_line("到2027年"));
    }
}
