//! The line under a regulation's title that tells how it was promulgated:
//! (2019年4月4日国家市场监督管理总局令第6号公布 自2019年5月1日起施行).

use crate::dates::leading_date;

/// What the line says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Promulgation {
    /// ISO date of the order.
    pub(crate) date: String,
    pub(crate) issuer: String,
    /// The order's name and number: 国家市场监督管理总局令第6号.
    pub(crate) number: String,
}

impl Promulgation {
    /// Finds the first promulgation in a folded line; later ones amend the text.
    pub(crate) fn find(line: &str) -> Option<Self> {
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
            number: rest[..end].to_owned(),
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
        assert_eq!(found.number, "国家市场监督管理总局令第6号");
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
    }
}
