//! The style, the script and the picture of the pages. Their addresses hold their
//! bytes' checksum, so a browser keeps each for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::answer::Asked;
use crate::app::hex;
use crate::problem::Problem;

/// A file of the pages.
struct Asset {
    stem: &'static str,
    ending: &'static str,
    media_type: &'static str,
    body: &'static str,
    /// Its name with the checksum.
    name: String,
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        asset("style", "css", "text/css; charset=utf-8", include_str!("../assets/style.css")),
        asset(
            "script",
            "js",
            "text/javascript; charset=utf-8",
            include_str!("../assets/script.js"),
        ),
        asset("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg")),
    ]
});

fn asset(
    stem: &'static str,
    ending: &'static str,
    media_type: &'static str,
    body: &'static str,
) -> Asset {
    let digest = hex(&Sha256::digest(body)[..4]);
    Asset { stem, ending, media_type, body, name: format!("{stem}.{digest}.{ending}") }
}

/// Returns the address of a file: `style.css`.
pub(crate) fn address(file: &str) -> String {
    let known = ASSETS.iter().find(|asset| {
        file.strip_prefix(asset.stem).and_then(|rest| rest.strip_prefix('.')) == Some(asset.ending)
    });
    format!("/static/{}", known.map_or(file, |asset| &asset.name))
}

/// Gives one file.
pub(crate) async fn give(Path(name): Path<String>, asked: Asked) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return asked.refused(&Problem::not_found(
            "there is no such file; load the page again",
            "没有这个文件，请重新打开页面",
        ));
    };
    let headers = [
        ("content-type", asset.media_type),
        ("cache-control", "public, max-age=31536000, immutable"),
    ];
    (StatusCode::OK, headers, asset.body).into_response()
}
