//! The pages. Each is an address that can be passed on, works without a script, and
//! says what to do where there is nothing to show.

mod agencies;
mod document;
mod documents;
mod home;
mod parts;
mod search;
mod targets;
mod tasks;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use crate::answer::Asked;
use crate::app::App;
use crate::assets;
use crate::problem::Problem;
use crate::wording::{Language, Theme};

pub(crate) use parts::{clause_address, finding, role, tasks_address};

/// The pages that the head of every page leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Search,
    Documents,
    Tasks,
    Agencies,
    Targets,
    /// None of them.
    Elsewhere,
}

const PLACES: [(Place, &str, &str, &str); 5] = [
    (Place::Search, "/search", "检索", "Search"),
    (Place::Documents, "/documents", "文件", "Documents"),
    (Place::Tasks, "/tasks", "任务", "Tasks"),
    (Place::Agencies, "/agencies", "单位", "Bodies"),
    (Place::Targets, "/targets", "目标", "Targets"),
];

/// Returns the addresses of the pages.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(home::page))
        .route("/search", get(search::page))
        .route("/documents", get(documents::page))
        .route("/documents/{id}", get(document::page))
        .route("/documents/{id}/{address}", get(document::clause))
        .route("/tasks", get(tasks::page))
        .route("/tasks.xlsx", get(tasks::workbook))
        .route("/tasks.csv", get(tasks::csv))
        .route("/agencies", get(agencies::page))
        .route("/targets", get(targets::page))
        .route("/targets.xlsx", get(targets::workbook))
        .route("/targets.csv", get(targets::csv))
}

impl Asked {
    /// Returns the one of two texts that is in the language of the page.
    pub(crate) fn say<T>(&self, chinese: T, english: T) -> T {
        self.language.pick(chinese, english)
    }

    /// Returns the address of this page with another choice of language or colours.
    fn with(&self, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let asked = self.query.as_deref().unwrap_or_default();
        for (known, value) in form_urlencoded::parse(asked.as_bytes()) {
            if known != name && !value.is_empty() {
                query.append_pair(&known, &value);
            }
        }
        query.append_pair(name, value);
        format!("{}?{}", self.path, query.finish())
    }
}

/// Puts a page together.
pub(crate) fn layout(asked: &Asked, place: Place, title: &str, body: &Markup) -> Markup {
    let brand = asked.say("纲目", "Gangmu");
    let title = if title.is_empty() { brand.to_owned() } else { format!("{title} · {brand}") };
    let (other, other_name) =
        asked.language.pick((Language::English, "English"), (Language::Chinese, "中文"));
    html! {
        (DOCTYPE)
        html lang=(asked.say("zh-CN", "en")) data-theme=(asked.theme.name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                link rel="stylesheet" href=(assets::address("style.css"));
                script src=(assets::address("script.js")) defer {}
            }
            body {
                a.skip href="#main" { (asked.say("跳到正文", "Skip to content")) }
                header.top {
                    div.bar {
                        a.brand href="/" aria-current=[(place == Place::Home).then_some("page")] {
                            span.seal aria-hidden="true" { "纲" } (brand)
                        }
                        nav.places aria-label=(asked.say("主导航", "Main")) {
                            ul {
                                @for (here, address, chinese, english) in PLACES {
                                    li {
                                        a href=(address) aria-current=[(here == place).then_some("page")] {
                                            (asked.say(chinese, english))
                                        }
                                    }
                                }
                            }
                        }
                        div.choices {
                            a href=(asked.with("lang", other.name())) lang=(asked.say("en", "zh-CN")) hreflang=(asked.say("en", "zh-CN")) { (other_name) }
                            (theme_switch(asked))
                        }
                    }
                }
                main #main tabindex="-1" { (body) }
                footer.foot {
                    p {
                        (asked.say("内容据原文自动析出，以原文为准。", "Read from the documents by a program; the documents themselves decide."))
                        " "
                        a href="/api/v1/openapi.json" { (asked.say("数据接口", "API")) }
                    }
                }
            }
        }
    }
}

fn theme_switch(asked: &Asked) -> Markup {
    let (next, sign, chinese, english) = match asked.theme {
        Theme::System => (Theme::Dark, "◐", "改用深色", "Dark colours"),
        Theme::Dark => (Theme::Light, "●", "改用浅色", "Light colours"),
        Theme::Light => (Theme::System, "○", "颜色随系统", "Colours of the system"),
    };
    let name = asked.say(chinese, english);
    html! {
        a.theme href=(asked.with("theme", next.name())) aria-label=(name) title=(name) rel="nofollow" {
            span aria-hidden="true" { (sign) }
        }
    }
}

/// Says what went wrong, and where to go on.
pub(crate) fn problem(asked: &Asked, problem: &Problem) -> Markup {
    let title = match problem.status {
        404 => asked.say("没有找到", "Not found"),
        400 | 409 | 422 => asked.say("请求有误", "This cannot be answered"),
        413 => asked.say("文件太大", "Too large"),
        _ => asked.say("未能完成", "Something went wrong"),
    };
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.problem role="alert" { (asked.say(problem.chinese.as_str(), problem.detail.as_str())) }
            p {
                a.button href="/" { (asked.say("回到首页", "To the first page")) }
                " "
                a href="/search" { (asked.say("去检索", "Search")) }
            }
        }
    };
    layout(asked, Place::Elsewhere, title, &body)
}

/// Asks for the token.
pub(crate) fn login(asked: &Asked, next: &str, was_wrong: bool) -> Markup {
    let title = asked.say("请输入口令", "A token is needed");
    let body = html! {
        div.narrow {
            h1 { (title) }
            @if was_wrong {
                p.problem role="alert" { (asked.say("口令不对，请再试一次。", "That is not the token; try again.")) }
            }
            form.stacked method="post" action="/login" {
                input type="hidden" name="next" value=(next);
                label for="token" { (asked.say("口令", "Token")) }
                input #token type="password" name="token" required autocomplete="current-password" autofocus;
                button type="submit" { (asked.say("进入", "Go on")) }
            }
            p.soft { (asked.say("口令由启动服务的人设定（gangmu serve --token）。", "Whoever started the server knows it (gangmu serve --token).")) }
        }
    };
    layout(asked, Place::Elsewhere, title, &body)
}
