//! The line under a regulation's title that tells how it was promulgated:
//! (2019年4月4日国家市场监督管理总局令第6号公布 自2019年5月1日起施行).

use crate::dates::{dates_before, leading_date};
use crate::furniture::is_longer_than;
use crate::titles::names_issuer;

/// The longest line that tells it, in characters.
const LONGEST_LINE: usize = 80;

/// The characters of a date before its 日: 2024年12月31.
const LONGEST_DATE: usize = 10;

/// What the line says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Promulgation {
    /// ISO date of the order.
    pub(crate) date: String,
    pub(crate) issuer: String,
    /// The order's name and number: 国家市场监督管理总局令第6号. What a party's central
    /// committee promulgates has none.
    pub(crate) number: Option<String>,
}

impl Promulgation {
    /// Finds the first promulgation in a folded line; later ones amend the text.
    pub(crate) fn find(line: &str) -> Option<Self> {
        Self::by_order(line).or_else(|| Self::without_order(line))
    }

    fn by_order(line: &str) -> Option<Self> {
        let open = line.find('(')?;
        let inner = &line[open + 1..];
        let (date, len) = leading_date(inner)?;
        date.day?;
        let rest = &inner[len..];
        let order = rest.find("令第")?;
        let end = order + rest[order..].find('号')? + '号'.len_utf8();
        let issuer = rest[..order].trim_start_matches("中华人民共和国");
        let plain = !issuer.is_empty() && !issuer.contains(['。', ',', ';', ')', '第']);
        let promulgates = ["公布", "发布", "颁布"].iter().any(|word| rest[end..].starts_with(word));
        (plain && promulgates).then(|| Self {
            date: date.iso(),
            issuer: issuer.to_owned(),
            number: Some(rest[..end].to_owned()),
        })
    }

    /// (2024年1月18日…会议审议批准2024年2月5日中共中央发布), which may be broken over lines.
    fn without_order(line: &str) -> Option<Self> {
        if is_longer_than(line, LONGEST_LINE) || !line.starts_with('(') && !line.ends_with(')') {
            return None;
        }
        let act = ["发布", "公布", "颁布"].iter().filter_map(|word| line.find(word)).min()?;
        let before = &line[..act];
        let day = before.rfind('日')?;
        let dates = dates_before(before, day, LONGEST_DATE);
        let (at, date, len) = dates.filter(|(_, date, _)| date.day.is_some()).last()?;
        let issuer = &before[at + len..];
        let names_one = issuer.ends_with("中央") || names_issuer(issuer);
        (names_one && !issuer.contains(['(', ',', '、', '第'])).then(|| Self {
            date: date.iso(),
            issuer: issuer.to_owned(),
            number: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_order_counts() {
        let found = Promulgation::find(
            "专利代理管理办法(2019年4月4日国家市场监督管理总局令第6号公布自2019年5月1日起施行)",
        )
        .unwrap();
        assert_eq!(found.date, "2019-04-04");
        assert_eq!(found.issuer, "国家市场监督管理总局");
        assert_eq!(found.number.as_deref(), Some("国家市场监督管理总局令第6号"));
        let found = Promulgation::find(
            "(1997年7月3日中华人民共和国国务院令第223号发布根据2013年7月18日《决定》第一次修订)",
        )
        .unwrap();
        assert_eq!((found.issuer.as_str(), found.date.as_str()), ("国务院", "1997-07-03"));
        assert_eq!(
            Promulgation::find(
                "(2022年9月2日第十三届全国人民代表大会常务委员会第三十六次会议通过)"
            ),
            None
        );
        assert_eq!(Promulgation::find("(征求意见稿)"), None);
        for line in [
            "2024年2月5日中共中央发布)",
            "(2024年1月18日中共中央政治局常委会会议审议批准2024年2月5日中共中央发布)",
        ] {
            let found = Promulgation::find(line).unwrap();
            assert_eq!((found.issuer.as_str(), found.date.as_str()), ("中共中央", "2024-02-05"));
        }
        assert_eq!(Promulgation::find("2024年2月5日中共中央发布了通知"), None);
    }
}
