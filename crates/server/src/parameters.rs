//! What stands behind the ? of an address: checked against what is known, each
//! fault told with the name of the parameter.

use std::borrow::Cow;

use crate::problem::Problem;

/// Parameters in one address.
const MOST_PARAMETERS: usize = 64;
/// Characters of one value.
const LONGEST_VALUE: usize = 1_000;

/// A parameter that is known, and what is said of it in the description of the API.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) about: &'static str,
}

/// What values a parameter takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any words.
    Text,
    /// Any words, once or more.
    Texts,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Some of these, one parameter each or parted by commas.
    Choices(&'static [&'static str]),
}

const fn parameter(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
    Parameter { name, kind, about }
}

/// Which documents are asked.
pub(crate) const DOCUMENTS: &[Parameter] = &[
    parameter("document", Kind::Texts, "Only documents whose id or title has this word."),
    parameter("issuer", Kind::Texts, "Only documents of an issuer whose name has this word."),
    parameter("region", Kind::Texts, "Only documents of this region: 辽宁, 沈阳市."),
    parameter("kind", Kind::Texts, "Only documents of this kind: 意见, 行动方案, 规划."),
    parameter(
        "status",
        Kind::Choices(&["draft_for_comment", "trial", "final"]),
        "Only documents of this status.",
    ),
    parameter(
        "since",
        Kind::Text,
        "Only documents issued, else posted, on this day or later: 2024, 2024-03, 2024-03-01.",
    ),
    parameter("until", Kind::Text, "Only documents issued on this day or earlier."),
];

/// Which part of an answer is given.
pub(crate) const PAGE: &[Parameter] = &[
    parameter("offset", Kind::Number, "How many records to leave out before the first given."),
    parameter(
        "limit",
        Kind::Number,
        "How many records to give at most: 1 to 1000; 50 where it is left out.",
    ),
];

const AGENCY: Parameter = parameter(
    "agency",
    Kind::Text,
    "A body, by any of its names: 省发改委, 辽宁省发展和改革委员会.",
);
const YEAR: Parameter = parameter("year", Kind::Number, "The year of a deadline.");
const ROLES: &[&str] = &["lead", "responsible", "joint", "support", "supervise", "mention"];

/// What a search takes.
pub(crate) const SEARCH: &[Parameter] = &[
    parameter("q", Kind::Text, "The words, in the query language of the command search."),
    parameter(
        "in",
        Kind::Choices(&["title", "text", "assignment", "heading"]),
        "Where to look; all but headings where it is left out.",
    ),
    parameter(
        "exact",
        Kind::Flag,
        "Takes the words literally: no other names, no synonyms, nothing near.",
    ),
    parameter(
        "fuzzy",
        Kind::Flag,
        "Gives what comes nearest, whether it holds all the words or not.",
    ),
    parameter(
        "same",
        Kind::Choice(&["sentence", "paragraph"]),
        "All the words in one such stretch.",
    ),
    AGENCY,
    parameter(
        "role",
        Kind::Choice(ROLES),
        "Only clauses with a duty of this role, of the body where one is named.",
    ),
    YEAR,
    parameter("chapter", Kind::Text, "Only inside the chapter of this number: 3, c3, 三, 第三章."),
    parameter(
        "sort",
        Kind::Choice(&["score", "date", "document"]),
        "The order: the best first, the newest document first, or as in the documents.",
    ),
];

/// What counts of a search can be asked for.
pub(crate) const FACETS: &[Parameter] = &[parameter(
    "facets",
    Kind::Choices(&[
        "agency", "role", "year", "chapter", "document", "kind", "issuer", "region", "status",
    ]),
    "Also counts all clauses found by these.",
)];

/// What a question for tasks takes.
pub(crate) const TASKS: &[Parameter] =
    &[AGENCY, parameter("role", Kind::Choices(ROLES), "Only these roles."), YEAR];

/// What a question for goals takes.
pub(crate) const TARGETS: &[Parameter] = &[
    parameter("indicator", Kind::Text, "Only goals whose indicator or clause has this word."),
    parameter(
        "unit",
        Kind::Text,
        "Only goals in this unit; 亩 finds 万亩 too, but % is not 百分点.",
    ),
    parameter(
        "type",
        Kind::Choice(&["quantitative", "qualitative"]),
        "Only goals with a number, or only those without.",
    ),
    AGENCY,
    YEAR,
    parameter("sort", Kind::Choice(&["document", "year", "indicator"]), "The order."),
];

/// How a listing is written.
pub(crate) const FORMAT: &[Parameter] = &[parameter(
    "format",
    Kind::Choice(&["json", "jsonl", "csv", "xlsx"]),
    "json: a page of records with their number; the others: all records of the answer.",
)];

/// What a clause is asked for by.
pub(crate) const ADDRESS: &[Parameter] = &[parameter(
    "address",
    Kind::Text,
    "The clause as people write it: c3.m7, m7, 三(七), (七), 第十二条.",
)];

/// What a file that comes in is called.
pub(crate) const NAME: &[Parameter] = &[parameter(
    "name",
    Kind::Text,
    "The name of the file, 意见.docx; it decides what the bytes leave open, and the id.",
)];

/// What a body is looked for by in the list of all.
pub(crate) const NAME_PART: &[Parameter] =
    &[parameter("name", Kind::Text, "Only bodies whose names have this word.")];

/// What every page takes.
pub(crate) const DISPLAY: &[Parameter] = &[
    parameter("lang", Kind::Choice(&["zh", "en"]), "The language of the page."),
    parameter("theme", Kind::Choice(&["auto", "light", "dark"]), "The colours of the page."),
];

/// Checked parameters. One that is empty, as forms send them, is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    /// Reads what stands behind the ?.
    ///
    /// # Errors
    ///
    /// A parameter is not known, or its value not what it takes.
    pub(crate) fn read(query: Option<&str>, known: &[&[Parameter]]) -> Result<Self, Problem> {
        let query = query.unwrap_or_default();
        let mut pairs = Vec::new();
        for (at, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            if at >= MOST_PARAMETERS {
                return Err(Problem::bad_request(
                    format!("there are more than {MOST_PARAMETERS} parameters; leave some out"),
                    format!("参数多于{MOST_PARAMETERS}个，请减少一些"),
                ));
            }
            let Some(parameter) = known.iter().copied().flatten().find(|known| known.name == name)
            else {
                return Err(unknown(&name, known));
            };
            let value = value.trim();
            if !value.is_empty() {
                parameter.check(value)?;
                pairs.push((parameter.name, value.to_owned()));
            }
        }
        Ok(Self(pairs))
    }

    /// Returns the value of a parameter; the last where it stands several times.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the values of a parameter.
    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the choices of a parameter, however they are parted.
    pub(crate) fn choices<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.all(name).flat_map(|value| value.split(','))
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.one(name).is_some_and(is_yes)
    }

    /// Returns the value as a number; what [`read`](Self::read) let through is one.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.one(name)?.parse().ok()
    }

    /// Returns what stands behind the ? of an address with other values for some
    /// parameters: none where the value is empty. `?` included, where anything is left.
    pub(crate) fn with(&self, changed: &[(&str, &str)]) -> String {
        let mut encoder = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.0 {
            if !changed.iter().any(|(other, _)| other == name) {
                encoder.append_pair(name, value);
            }
        }
        for (name, value) in changed.iter().filter(|(_, value)| !value.is_empty()) {
            encoder.append_pair(name, value);
        }
        let query = encoder.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

fn is_yes(value: &str) -> bool {
    matches!(value, "true" | "1" | "on")
}

impl Parameter {
    fn check(&self, value: &str) -> Result<(), Problem> {
        let name = self.name;
        if value.chars().count() > LONGEST_VALUE {
            return Err(Problem::bad_request(
                format!("{name}: longer than {LONGEST_VALUE} characters; shorten it"),
                format!("{name}：超过{LONGEST_VALUE}字，请缩短"),
            ));
        }
        let is_one = |choices: &[&str], value: &str| choices.contains(&value);
        match self.kind {
            Kind::Text | Kind::Texts => Ok(()),
            Kind::Number if value.parse::<u32>().is_ok() => Ok(()),
            Kind::Number => Err(Problem::bad_request(
                format!("{name}: {} is no whole number", quoted(value)),
                format!("{name}：{}不是整数", quoted(value)),
            )),
            Kind::Flag if is_yes(value) || matches!(value, "false" | "0" | "off") => Ok(()),
            Kind::Flag => Err(Problem::bad_request(
                format!("{name}: true or false, not {}", quoted(value)),
                format!("{name}：应为 true 或 false，而不是{}", quoted(value)),
            )),
            Kind::Choice(choices) if is_one(choices, value) => Ok(()),
            Kind::Choices(choices) if value.split(',').all(|value| is_one(choices, value)) => {
                Ok(())
            }
            Kind::Choice(choices) | Kind::Choices(choices) => Err(Problem::bad_request(
                format!("{name}: {} is none of {}", quoted(value), choices.join(", ")),
                format!("{name}：{}不是{}之一", quoted(value), choices.join("、")),
            )),
        }
    }
}

fn unknown(name: &str, known: &[&[Parameter]]) -> Problem {
    let names: Vec<&str> = known.iter().copied().flatten().map(|known| known.name).collect();
    Problem::bad_request(
        format!("no parameter is called {}; there are {}", quoted(name), names.join(", ")),
        format!("没有参数{}；可用的有{}", quoted(name), names.join("、")),
    )
}

/// Returns the beginning of what somebody sent, fit for a sentence.
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 60;
    let plain = |ch: char| if ch.is_control() { ' ' } else { ch };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text[..end].replace(char::is_control, " "))),
        None if text.chars().any(char::is_control) => Cow::Owned(text.chars().map(plain).collect()),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_the_parameter_and_what_it_takes() {
        let read = |query| Parameters::read(Some(query), &[SEARCH, PAGE]);
        for (query, fault) in [
            ("agncy=省", "no parameter is called agncy; there are q, in,"),
            ("year=20x7", "year: 20x7 is no whole number"),
            ("limit=-1", "limit: -1 is no whole number"),
            ("role=boss", "role: boss is none of lead, responsible"),
            ("in=title,body", "in: title,body is none of title"),
            ("exact=maybe", "exact: true or false, not maybe"),
        ] {
            let problem = read(query).unwrap_err();
            assert!(problem.detail.starts_with(fault), "{}", problem.detail);
            assert_eq!(problem.status, 400);
        }
        let long = format!("q={}", "长".repeat(1_001));
        assert!(read(&long).is_err());
        assert!(read(&"q=a&".repeat(65)).is_err());
    }

    #[test]
    fn what_forms_leave_empty_is_left_out_and_the_rest_kept_for_links() {
        let parameters =
            Parameters::read(Some("q=%E6%B0%B4+%26&agency=&role=lead"), &[SEARCH, PAGE]).unwrap();
        assert_eq!(parameters.one("q"), Some("水 &"));
        assert_eq!(parameters.one("agency"), None);
        assert_eq!(
            parameters.with(&[("offset", "20"), ("role", "")]),
            "?q=%E6%B0%B4+%26&offset=20"
        );
        assert_eq!(Parameters::default().with(&[]), "");
    }
}
