//! `check --explain CODE`: what a code means, shown on a text that has it.

use anyhow::Error;
use gangmu_model::{DiagnosticCode, Source};

use super::check::{FindingRecord, excerpts_of, findings, write_findings};
use crate::exit::Exit;
use crate::input::Input;
use crate::language::{Message, say};
use crate::library::parse;
use crate::terminal::Terminal;

/// What is said of one code.
struct Explanation {
    /// What is wrong in the text.
    what: Message,
    /// What is read all the same.
    assumed: Message,
    /// A text in which it is the only thing wrong.
    example: &'static str,
}

fn explanation(code: DiagnosticCode) -> Explanation {
    let (what, assumed, example) = match code {
        DiagnosticCode::NumberingGap => (
            say!(
                "A number is left out or mistyped: the one before it and the one after it do not meet. \
             Told neither where the number stands in the running text nor inside a quotation."
            ),
            say!("Every number is kept as it is written."),
            "一、完善标准。\n二、加强培训。\n四、严格检查。\n五、公开结果。\n",
        ),
        DiagnosticCode::NumberingRepeat => (
            say!("A number stands twice in a row under one heading."),
            say!("Both divisions are kept; the id of the second ends in -2."),
            "一、完善标准。\n二、加强培训。\n二、严格检查。\n三、公开结果。\n",
        ),
        DiagnosticCode::MissingColon => (
            say!("The colon between a label and the bodies is missing."),
            say!("The bodies are read as if it stood there."),
            "一、完善标准。制定地方标准。（责任单位市市场监管局、市商务局）\n",
        ),
        DiagnosticCode::MistypedLabel => (
            say!("A label has lost a character."),
            say!("It is read as the label it resembles."),
            "一、完善标准。制定地方标准。（责任位：市市场监管局、市商务局）\n",
        ),
        DiagnosticCode::EmptyAgency => (
            say!(
                "A label, or a mark in its list, has no name behind it: the document says that \
             somebody is responsible and does not say who."
            ),
            say!("The other names are kept; none is made up."),
            "一、完善标准。制定地方标准。（责任单位：、市商务局）\n",
        ),
        DiagnosticCode::UnknownAgency => (
            say!(
                "What stands in a list of bodies is neither a known name nor ends as the name of an \
             organisation does. Told once for each name, with the other lines it stands on."
            ),
            say!("It is kept as a name, as it is written."),
            "一、完善标准。制定地方标准。（责任单位：市市场监管局、推进落实到位）\n",
        ),
        DiagnosticCode::UnbalancedBracket => (
            say!(
                "The bracket round the bodies is never closed, or is closed by a mark of another kind, \
             so where the list ends is a guess."
            ),
            say!("It ends before the next number, the next such bracket, or at the full stop."),
            "一、完善标准。制定地方标准。（责任单位：市市场监管局\n\
             二、加强培训。开展法规培训。（责任单位：市商务局）\n",
        ),
        DiagnosticCode::RedactedFigure => (
            say!("The figure of a goal is blacked out."),
            say!("The goal is kept without a value, its `redacted` is true."),
            "一、总体目标。到2030年，全市森林覆盖率提高至**%。\n",
        ),
        DiagnosticCode::DeadlineBeforeDocument => (
            say!(
                "A goal is to be reached before the year of the document. Told once for the goals \
             under one deadline; what lies more than three years back is read as a fact."
            ),
            say!("The deadline is kept as it is written."),
            "某市人民政府关于加快充电设施建设的通知\n某政发〔2024〕9号\n\n\
             一、加快布局。到2022年，建成公共充电桩5000个。\n\
             二、规范运营。到2026年，公共充电桩完好率达到98%以上。\n",
        ),
        DiagnosticCode::MissingAssignment => (
            say!(
                "A measure names no body, while most of the measures beside it end in one. What stands \
             before the first duty of a text or after its last one is not asked for any."
            ),
            say!("No body is assumed."),
            "一、完善标准。制定地方标准。（责任单位：市市场监管局）\n\
             二、加强培训。开展法规培训。（责任单位：市商务局）\n\
             三、严格检查。开展专项检查。\n\
             四、公开结果。公布检查结果。（责任单位：市市场监管局）\n",
        ),
        DiagnosticCode::MissingUnit => (
            say!(
                "A goal has a number and no unit, and its indicator is none that goes without, such as \
             an index or PUE."
            ),
            say!("The goal is kept with its number alone."),
            "一、总体目标。到2030年，全市森林覆盖率达到45。\n",
        ),
        DiagnosticCode::UncertainLevel => (
            say!(
                "Numbers that usually stand above others come after them at the top of the text, so \
             which stands inside which is a guess."
            ),
            say!("They are read as a level of their own."),
            "（一）完善标准。制定地方标准。\n（二）加强培训。开展法规培训。\n\
             一、严格检查。开展专项检查。\n二、公开结果。公布检查结果。\n",
        ),
        DiagnosticCode::EmptyDocument => (
            say!(
                "No chapter, article, measure or paragraph was found: the text is blank, or is no \
             document of the kinds read here."
            ),
            say!("The text is kept as front matter and preamble."),
            "某市概况\n",
        ),
    };
    Explanation { what, assumed, example }
}

pub(super) fn run(code: DiagnosticCode, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let (language, width) = (terminal.language, terminal.width());
    let Explanation { what, assumed, example } = explanation(code);
    for sentence in [&what, &assumed] {
        for line in crate::wrap::wrap(sentence.text(language).as_str(), width) {
            writeln!(terminal.out, "{line}")?;
        }
        writeln!(terminal.out)?;
    }
    let records = findings_in(example);
    write_findings(&records, &excerpts_of(&records, example, width), terminal)?;
    Ok(Exit::Found)
}

fn findings_in(example: &str) -> Vec<FindingRecord> {
    let source = Source { path: "example.txt".to_owned(), ..Source::default() };
    let input = Input { text: example.to_owned(), source, ..Input::default() };
    findings(parse("example".to_owned(), &input))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_has_its_code_and_no_other() {
        for code in DiagnosticCode::ALL {
            let found: Vec<DiagnosticCode> = findings_in(explanation(code).example)
                .iter()
                .map(|record| record.diagnostic.code)
                .collect();
            assert_eq!(found, [code], "{}", code.name());
        }
    }
}
