//! What is wrong with the arguments, told in Chinese.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Language;
use crate::terminal::Palette;

/// Returns what clap found wrong, with what comes close and how to go on.
pub(crate) fn chinese(error: &clap::Error, palette: Palette) -> String {
    let mut text = format!("{}{}\n", palette.error("错误："), sentence(error));
    for tip in tips(error) {
        text.push_str(&format!("  {}{tip}\n", palette.address("提示：")));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text.push_str(&format!("\n{}\n", usage_line(usage)));
    }
    text.push_str("\n用 --help 查看说明。\n");
    text
}

/// Returns the line that says what is typed, with Chinese in the place of clap's words.
pub(crate) fn usage_line(usage: &StyledStr) -> String {
    usage
        .to_string()
        .replace("Usage:", "用法：")
        .replace("： ", "：")
        .replace("[OPTIONS]", "[选项]")
}

fn sentence(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少命令".to_owned()
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少值"),
        ErrorKind::InvalidValue => {
            format!("“{argument}”没有“{value}”这个值，可选：{}", text(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let source = std::error::Error::source(error);
            let reason = source.map(|source| Language::Chinese.cause(source)).unwrap_or_default();
            format!("“{argument}”的值“{value}”不对：{reason}")
        }
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            prior if prior == argument => format!("“{argument}”只能写一次"),
            prior if prior.is_empty() => format!("“{argument}”不能与其他参数同时使用"),
            prior => format!("“{argument}”不能与“{prior}”同时使用"),
        },
        ErrorKind::NoEquals => format!("“{argument}”与它的值之间要用等号"),
        ErrorKind::TooManyValues => format!("“{argument}”不再接受更多的值：{value}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8 文字".to_owned(),
        _ => error.to_string(),
    }
}

/// Returns what was perhaps meant.
fn tips(error: &clap::Error) -> Vec<String> {
    let kinds = [
        (ContextKind::SuggestedSubcommand, "相近的命令有："),
        (ContextKind::SuggestedArg, "相近的参数有："),
        (ContextKind::SuggestedValue, "相近的值有："),
        (ContextKind::TrailingArg, "如果它本身就是要查的文字，请写在 -- 之后："),
    ];
    let tip = |(kind, lead): (ContextKind, &str)| match error.get(kind)? {
        ContextValue::String(text) => Some(format!("{lead}{text}")),
        ContextValue::Strings(texts) => Some(format!("{lead}{}", texts.join("、"))),
        _ => None,
    };
    kinds.into_iter().filter_map(tip).collect()
}
