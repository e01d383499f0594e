//! What several pages show alike.

use gangmu_model::{DiagnosticCode, Role};
use gangmu_tables::{labels, title_of};
use maud::{Markup, html};

use crate::answer::{Asked, segment};
use crate::parameters::Parameters;
use crate::snapshot::Snapshot;

/// Returns the address of a document.
pub(crate) fn document_address(id: &str) -> String {
    format!("/documents/{}", segment(id))
}

/// Returns the lasting address of a clause.
pub(crate) fn clause_address(document: &str, division: &str) -> String {
    format!("{}/{}", document_address(document), segment(division))
}

/// Returns the address of the tasks of a body.
pub(crate) fn tasks_address(agency: &str) -> String {
    format!(
        "/tasks?{}",
        form_urlencoded::Serializer::new(String::new()).append_pair("agency", agency).finish()
    )
}

/// Returns the role's name in the language of the page.
pub(crate) fn role(asked: &Asked, role: Role) -> &'static str {
    let english = match role {
        Role::Lead => "leads",
        Role::Responsible => "responsible",
        Role::Joint => "shares",
        Role::Support => "supports",
        Role::Supervise => "supervises",
        Role::Mention => "mentioned",
    };
    asked.say(labels::role(role), english)
}

/// Returns what a finding is about in the language of the page.
pub(crate) fn finding(asked: &Asked, code: DiagnosticCode) -> String {
    asked.say(labels::diagnostic(code).to_owned(), code.name().replace('-', " "))
}

/// Returns the bodies that documents name, as what can be typed in a form.
pub(crate) fn agency_field(asked: &Asked, snapshot: &Snapshot, value: Option<&str>) -> Markup {
    let names = snapshot.agencies().iter().take(MOST_NAMES).map(|record| &record.full_name);
    html! {
        div.field {
            label for="agency" { (asked.say("单位", "Body")) }
            input #agency type="search" name="agency" value=[value] list="agencies" autocomplete="off"
                placeholder=(asked.say("省林草局、省发改委…", "省林草局, 省发改委 …"));
            datalist #agencies { @for name in names { option value=(name) {} } }
        }
    }
}

/// Bodies that a field offers to complete what is typed.
const MOST_NAMES: usize = 1_000;

/// Returns a field that chooses one of some values, or none.
pub(crate) fn choice<'c>(
    name: &str,
    label: &str,
    any: &str,
    choices: impl IntoIterator<Item = (&'c str, String)>,
    value: Option<&str>,
) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" selected[value.is_none()] { (any) }
                @for (choice, shown) in choices {
                    option value=(choice) selected[value == Some(choice)] { (shown) }
                }
            }
        }
    }
}

/// Returns a field that chooses a document, where there are some to choose.
pub(crate) fn document_field(asked: &Asked, snapshot: &Snapshot, value: Option<&str>) -> Markup {
    let choices: Vec<(&str, String)> = snapshot
        .documents
        .iter()
        .take(MOST_CHOICES)
        .map(|document| (document.id.as_str(), title_of(document).to_owned()))
        .collect();
    html! {
        @if choices.len() > 1 || value.is_some() {
            (choice("document", asked.say("文件", "Document"), asked.say("全部文件", "All"), choices, value))
        }
    }
}

/// Documents that a field offers; of more, one is asked for on the page 文件.
const MOST_CHOICES: usize = 300;

/// Returns the way through the parts of a long answer.
pub(crate) fn pager(
    asked: &Asked,
    parameters: &Parameters,
    total: usize,
    (offset, limit): (usize, usize),
) -> Markup {
    let last = offset.saturating_add(limit).min(total);
    let at = |offset: usize| {
        let offset = if offset == 0 { String::new() } else { offset.to_string() };
        format!("{}{}", asked.path, parameters.with(&[("offset", &offset)]))
    };
    html! {
        @if total > limit || offset > 0 {
            nav.pager aria-label=(asked.say("翻页", "Pages")) {
                @if offset > 0 {
                    a.button rel="prev" href=(at(offset.saturating_sub(limit))) { (asked.say("← 上一页", "← Before")) }
                }
                span.soft { ((offset + 1).min(total)) "–" (last) " / " (total) }
                @if last < total {
                    a.button rel="next" href=(at(last)) { (asked.say("下一页 →", "Next →")) }
                }
            }
        }
    }
}

/// Says that there is nothing, and what to do.
pub(crate) fn empty(heading: &str, advice: &Markup) -> Markup {
    html! { div.empty role="status" { p.first { (heading) } (advice) } }
}

/// Returns a link to where files are added.
pub(crate) fn add_files(asked: &Asked) -> Markup {
    html! {
        p { a.button href="/#add" { (asked.say("添加文件", "Add a file")) } }
    }
}

/// Returns what a page shows where nothing is found: the way to add a first file where
/// there is none, else the way back to all at `address`. Each pair is Chinese and English.
pub(crate) fn nothing_found(
    asked: &Asked,
    snapshot: &Snapshot,
    none_yet: (&str, &str),
    none_fits: (&str, &str),
    (address, all): (&str, (&str, &str)),
) -> Markup {
    if snapshot.documents.is_empty() {
        return empty(asked.say(none_yet.0, none_yet.1), &add_files(asked));
    }
    let back = html! { p { a href=(address) { (asked.say(all.0, all.1)) } } };
    empty(asked.say(none_fits.0, none_fits.1), &back)
}

/// Returns the buttons that save a listing, whose files stand beside its page at `address`.
pub(crate) fn downloads(asked: &Asked, address: &str, parameters: &Parameters) -> Markup {
    let all = parameters.with(&[("offset", ""), ("limit", "")]);
    html! {
        p.tools.noprint {
            a.button download href={ (address) ".xlsx" (all) } { (asked.say("下载 Excel", "Excel")) }
            " "
            a.button download href={ (address) ".csv" (all) } { (asked.say("下载 CSV", "CSV")) }
        }
    }
}
