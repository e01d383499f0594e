//! Who issued a document: those who signed it, or whom its title names.

use gangmu_lexicon::{AgencyLikeness, Lexicon};

use crate::dates::is_signature_date;
use crate::frame::{behind_release, is_printing_note, signed_and_dated};
use crate::furniture::is_longer_than;
use crate::metadata::{Evidence, FrameText, counts_departments};
use crate::numeral::is_digit;
use crate::page_head::BARE_ORDER;
use crate::page_table::table_value;
use crate::titles::names_issuer;

pub(crate) fn issuers(
    evidence: &Evidence<'_>,
    title: Option<&str>,
    lexicon: &Lexicon,
) -> Vec<String> {
    let frame = &evidence.frame;
    if let Some(names) = joint_order(frame) {
        return names;
    }
    // 某市某局办公室, 2023年8月9日印发: who had it printed, on one line or two.
    let is_printer = |at: usize| {
        is_printing_note(frame[at].folded)
            || frame
                .get(at + 1)
                .is_some_and(|next| next.folded.ends_with("印发") && is_signature_date(next.folded))
    };
    let signed: Vec<String> = frame
        .iter()
        .enumerate()
        .filter(|(_, text)| text.closing && (text.of_notice || evidence.attached_title.is_none()))
        .filter(|(at, _)| !is_printer(*at))
        .flat_map(|(_, text)| signature_names(&text.source))
        .collect();
    let signed = join_torn(signed, lexicon);
    // A text that is cut off ends in what no one has signed: the cells of a table.
    let n_bodies = signed.iter().filter(|name| may_sign(name, lexicon)).count();
    let n_signed = signed.len();
    // 二0一一年四月, 附件(1).xlsx: no name, whole or torn, has figures in it.
    let is_figure = |name: &String| name.contains(is_digit);
    let signed: Vec<String> =
        signed.into_iter().filter(|name| may_sign(name, lexicon) || !is_figure(name)).collect();
    let named = || title.map(|title| title_issuers(title, lexicon)).unwrap_or_default();
    if n_bodies > 0 && n_bodies * 2 >= n_signed {
        // 中共某市委 某市人民政府关于…: a copy may have one of the two signatures alone.
        let of_title = if signed.len() == 1 { named() } else { Vec::new() };
        return if of_title.len() > 1 { of_title } else { signed };
    }
    // 某省科学技术厅等12部门关于印发…: all twelve sign below the issued text.
    if title.is_some_and(names_some_of_many) {
        let all = evidence.frame.iter().filter(|text| text.closing);
        let all: Vec<String> = all.flat_map(|text| signature_names(&text.source)).collect();
        if all.len() > 1 {
            return join_torn(all, lexicon);
        }
    }
    if let Some(government) =
        title.and_then(|title| reporting_government(title, &evidence.frame, lexicon))
    {
        return vec![government];
    }
    let named = named();
    if !named.is_empty() {
        return named;
    }
    let tabled = table_value(
        &evidence.page,
        &[
            "发文机关",
            "发文机构",
            "发文单位",
            "制发机关",
            "制定机关",
            "发布机构",
            "发布机关",
            "发布部门",
            "发布单位",
        ],
    );
    let names_one = |value: &String| {
        !is_place(value, lexicon)
            && !value.ends_with("网站")
            && lexicon.agency_likeness(value) != AgencyLikeness::Collective
            && !is_longer_than(value, 40)
    };
    if let Some(value) = tabled {
        // Several sign in a row: 某县水务局、某县农业农村局.
        let names: Vec<String> = value.split('、').map(|name| name.trim().to_owned()).collect();
        if names.iter().all(names_one) {
            return names;
        }
    }
    let order = evidence
        .frame
        .iter()
        .find(|text| text.folded.ends_with('令') && !is_longer_than(text.folded, 30));
    if let Some(order) = order {
        let name = order.folded.trim_end_matches('令').trim_start_matches("中华人民共和国");
        return vec![name.to_owned()];
    }
    if let Some(issuer) = evidence.page.iter().find_map(|line| issuer_of_announcement(line)) {
        return vec![issuer];
    }
    let printer = frame.iter().find(|text| text.closing && is_printing_note(text.folded));
    printer.map(|text| signature_names(&text.source)).unwrap_or_default()
}

/// Those over whose order, 令 on a line of its own, their names stand.
fn joint_order(frame: &[FrameText<'_>]) -> Option<Vec<String>> {
    let order = frame.iter().position(|text| text.folded == BARE_ORDER)?;
    let above = frame[..order].iter().rev();
    let mut names: Vec<String> = above
        .take_while(|text| names_issuer(text.folded))
        .map(|text| text.source.trim().to_owned())
        .collect();
    names.reverse();
    (!names.is_empty()).then_some(names)
}

/// Joins a name that goes on in the next line: 某省制造业高质量发展（数字经济发展）,
/// 领导小组办公室.
fn join_torn(names: Vec<String>, lexicon: &Lexicon) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let whole = lexicon
            .regions()
            .region_of_issuer(&name)
            .is_some_and(|region| name.starts_with(region.as_str()));
        match joined.last_mut().filter(|last| !whole && is_torn(last, lexicon)) {
            Some(last) => last.push_str(&name),
            None => joined.push(name),
        }
    }
    joined
}

fn is_torn(name: &str, lexicon: &Lexicon) -> bool {
    name.chars()
        .next_back()
        .is_some_and(|last| matches!(last, '）' | ')') || !lexicon.agency_may_end_in(last))
}

/// 1月8日,上海市闵行区人民政府办公室关于印发《…》的通知。 in a page's summary.
fn issuer_of_announcement(line: &str) -> Option<String> {
    let at = ["关于印发《", "印发《", "发布《", "出台《"]
        .iter()
        .filter_map(|word| line.find(word))
        .min()?;
    let before = &line[..at];
    let start = before
        .rfind([',', '。', ':', '|', '】'])
        .map_or(0, |mark| mark + before[mark..].chars().next().map_or(0, char::len_utf8));
    let name = before[start..].trim_start_matches("近日").trim_start_matches("日前");
    let plausible = ["府", "委", "厅", "局", "院", "部", "室", "会", "署", "行"]
        .iter()
        .any(|end| name.ends_with(end));
    (plausible && !is_longer_than(name, 30) && name.len() >= 9).then(|| name.to_owned())
}

/// The bodies that a line of signatures names, parted by blanks.
fn signature_names(line: &str) -> Vec<String> {
    let line = behind_release(line);
    let folded = crate::fold::fold(line);
    if is_person(&folded)
        || is_signature_date(&folded)
        || folded.contains([':', '。', '《', ',', '@'])
        || folded.starts_with('(')
        || crate::marker::recognise(&folded).is_some()
    {
        return Vec::new();
    }
    // 国 家 数 据 局: a name whose characters were set apart.
    let is_apart = |word: &str| word.chars().nth(1).is_none();
    let apart: Option<String> =
        line.split_whitespace().all(is_apart).then(|| line.split_whitespace().collect());
    apart
        .as_deref()
        .unwrap_or(line)
        .split_whitespace()
        .map(|name| name.trim_end_matches("（代章）").trim_end_matches("（章）"))
        // （某省数据局代章）: whose seal stands for the issuer's.
        .filter(|name| !name.trim_end_matches(['）', ')']).ends_with("代章"))
        // The date of a line that signs and dates: 2021年4月12日, also with blanks in it.
        .take_while(|name| !name.starts_with(is_digit))
        .map(|name| signed_and_dated(name).map_or(name, |date| &name[..date]))
        .filter(|name| name.chars().count() >= 3 && !is_person(name))
        .flat_map(split_at_place)
        .map(str::to_owned)
        .collect()
}

/// 黄浦区教育局黄浦区民政局, two bodies of one place with nothing between them.
fn split_at_place(name: &str) -> Vec<&str> {
    let place_ends = ['省', '市', '区', '县', '州', '盟', '旗'];
    let mut head = name.char_indices().skip(1).take(7);
    let Some((at, end)) = head.find(|(_, ch)| place_ends.contains(ch)) else { return vec![name] };
    let place = &name[..at + end.len_utf8()];
    let body_ends = ['局', '会', '委', '厅', '府', '室', '办', '院', '部', '心'];
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in name.match_indices(place).skip(1) {
        if name[..at].ends_with(body_ends) {
            parts.push(&name[start..at]);
            start = at;
        }
    }
    parts.push(&name[start..]);
    parts
}

/// 总理 and other offices that sign in person.
fn is_person(name: &str) -> bool {
    ["总理", "主席", "省长", "市长", "部长", "主任", "局长", "厅长", "区长", "县长"]
        .iter()
        .any(|office| name.starts_with(office) && name.chars().count() <= 8)
}

/// Whether a title names the first of its issuers and says that there are more: 等12部门.
fn names_some_of_many(title: &str) -> bool {
    let head = title.find("关于").or_else(|| title.find("印发")).map_or(title, |at| &title[..at]);
    head.find('等').is_some_and(|at| {
        let rest = head[at + '等'.len_utf8()..].trim_start_matches(|ch: char| {
            is_digit(ch) || crate::numeral::digit(ch).is_some() || matches!(ch, '十' | '个')
        });
        matches!(rest, "部门" | "单位" | "部委" | "委办局" | "厅局")
    })
}

/// The bodies named before 关于 or 印发 in a title.
fn title_issuers(title: &str, lexicon: &Lexicon) -> Vec<String> {
    let Some(at) =
        ["关于", "印发", "转发", "公布", "发布"].iter().filter_map(|word| title.find(word)).min()
    else {
        return Vec::new();
    };
    let head = title[..at].trim();
    let head = head.split("等").next().unwrap_or(head);
    if head.is_empty() || head.contains(['《', '。']) {
        return Vec::new();
    }
    let names: Vec<&str> = head
        .split([' ', '\u{3000}', '\u{a0}', '、', ','])
        .filter(|name| !name.is_empty())
        .collect();
    names
        .into_iter()
        .filter(|name| !is_place(name, lexicon) && !counts_departments(name))
        .filter(|name| !name.contains(['【', '|']) && !is_dated(name))
        .flat_map(|name| split_glued(name, lexicon))
        .collect()
}

/// 每周一学(2025年6月23日-6月29日)…: what a page puts before the name.
fn is_dated(name: &str) -> bool {
    name.split_once(['(', '（'])
        .is_some_and(|(_, behind)| behind.starts_with(is_digit) && behind.contains('年'))
}

/// The government that reports on its work: 2026年某省政府工作报告.
fn reporting_government(title: &str, frame: &[FrameText<'_>], lexicon: &Lexicon) -> Option<String> {
    let place = title[..title.find("政府工作报告")?].trim_end_matches("人民");
    // (某省)2018年某县人民政府工作报告: a collection says of which province.
    let place = place
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.split_once([')', '）']))
        .map_or(place, |(_, rest)| rest);
    let place =
        place.trim_matches(|ch: char| is_digit(ch) || matches!(ch, '年' | '度' | ' ' | '\u{3000}'));
    // (2026年1月27日在某省第十四届人民代表大会第四次会议上) below a title without a place.
    let congress = || {
        frame.iter().find_map(|text| {
            let before = &text.folded[..text.folded.find("人民代表大会")?];
            let place = &before[before.rfind('在')? + '在'.len_utf8()..];
            Some(&place[..place.find('第')?])
        })
    };
    // 我代表某县人民政府,向大会报告工作.
    let speaks_for = || {
        frame.iter().find_map(|text| {
            let (_, behind) = text.folded.split_once("我代表")?;
            Some(behind.split_once("人民政府")?.0).filter(|place| place.chars().nth(1).is_some())
        })
    };
    let place = if place.is_empty() { congress().or_else(speaks_for)? } else { place };
    let named = place.chars().nth(1).is_some()
        && place.ends_with(['省', '市', '县', '区', '州', '盟', '旗'])
        && !place.contains("关于");
    named.then(|| {
        let place = lexicon.regions().region_of_issuer(place).unwrap_or_else(|| place.to_owned());
        format!("{place}人民政府")
    })
}

/// Whether a name can be of a body, or of a place whose government signs.
fn may_sign(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.agency_likeness(name) != AgencyLikeness::Unlikely
        || name.chars().nth(3).is_some()
            && name.chars().next_back().is_some_and(|last| {
                lexicon.agency_may_end_in(last) && last.is_alphabetic() && !is_place(name, lexicon)
            })
}

/// Whether a name is a place's and no body's: 上海市, 上海关于….
fn is_place(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.regions().chain(name).is_some_and(|(_, len)| len == name.len())
}

/// 中共辽宁省委辽宁省人民政府, two bodies with nothing between them: cut where
/// the second one's region, or the second central body, begins.
fn split_glued(name: &str, lexicon: &Lexicon) -> Vec<String> {
    let regions = lexicon.regions();
    for (at, _) in name.char_indices().skip(3) {
        let (head, tail) = name.split_at(at);
        let ends = ["委", "厅", "室", "府", "会", "央"].iter().any(|end| head.ends_with(end));
        let begins = tail.starts_with("国务院")
            || tail.starts_with("中共")
            || regions.region_of_issuer(tail).is_some_and(|region| {
                tail.starts_with(region.as_str())
                    && (tail.contains("人民政府") || tail.contains("委员会"))
            });
        let central = head == "中共中央" || head == "中共中央办公厅" || !head.ends_with('央');
        if ends && begins && central {
            return vec![head.to_owned(), tail.to_owned()];
        }
    }
    vec![name.to_owned()]
}
