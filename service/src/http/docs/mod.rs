//! The browsable documentation: Swagger UI and the guide for those who join a CRM. Their files are part of this program, so that nothing
//! is loaded from elsewhere.

mod guide;

use std::sync::{Arc, LazyLock};

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use schemars::JsonSchema;
use serde::Deserialize;
use utoipa_swagger_ui::Config;

use crate::http::contract::{Answer, Nothing, Open, Operation, Tag};
use crate::problem::Problem;

static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    let config = Config::new(["/openapi.json"])
        .try_it_out_enabled(true)
        .persist_authorization(false)
        .display_request_duration(true)
        .doc_expansion("none")
        .default_models_expand_depth(0)
        .filter(true)
        .validator_url("none");
    Arc::new(config)
});

/// A file of the pages.
#[derive(Debug, Deserialize, JsonSchema)]
struct File {
    /// Its name.
    file: String,
}

/// `GET /docs/`.
pub fn index() -> Operation {
    Operation::get("/docs/", "getDocs", Tag::Service)
        .says("This description as a page", "Every operation can be tried out there.")
        .answers(Answer::other(200, "The page.", "text/html"))
        .open(async |_: Open| page("index.html"))
}

/// `GET /docs`, as people write it.
pub fn bare() -> Operation {
    Operation::get("/docs", "getDocsBare", Tag::Service)
        .says("The way to that page", "")
        .answers(Answer::other(308, "The page is at `/docs/`.", "text/html").header("Location", "`/docs/`"))
        .open(async |_: Open| {
            Ok(HttpResponse::PermanentRedirect().insert_header((LOCATION, "/docs/")).finish())
        })
}

/// `GET /docs/{file}`.
pub fn file() -> Operation {
    Operation::get("/docs/{file}", "getDocsFile", Tag::Service)
        .says(
            "A file of that page",
            "Its script, style and pictures; `crms.html`, how the cases of Dynamics 365, Salesforce and Open311 map to these, field by \
             field; and the mapping files and examples that it names.",
        )
        .answers(Answer::other(200, "The file.", "text/html").or(&[
            "text/css",
            "text/javascript",
            "image/png",
            "application/toml",
            "application/x-ndjson",
        ]))
        .open(async |call: Open<File, Nothing>| page(&call.path.file))
}

fn page(name: &str) -> Result<HttpResponse, Problem> {
    if let Some((kind, text)) = guide::file(name) {
        return Ok(answer(kind, text.to_owned()));
    }
    let found = utoipa_swagger_ui::serve(name, CONFIG.clone()).map_err(|error| {
        tracing::error!(%error, "a page of the documentation failed");
        Problem::internal()
    })?;
    let file = found.filter(|_| !name.is_empty()).ok_or_else(|| Problem::not_found("file"))?;
    Ok(answer(&file.content_type, file.bytes.to_vec()))
}

fn answer(kind: &str, body: impl MessageBody + 'static) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).insert_header((CACHE_CONTROL, "public, max-age=300")).body(body)
}
