//! An import is made, with its mapping.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::ImportView;
use crate::access::Scope;
use crate::http::caller::ensure;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::imports::mapping::Wrong;
use crate::imports::{ImportId, Mapping, State};
use crate::problem::{FieldError, Problem};
use crate::storage::imports::{self, Import, Progress};

/// An import that is to be made. The mapping is given as JSON, or as the text of a mapping file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewImport {
    /// How the columns of the file become the fields of a case.
    mapping: Option<Mapping>,
    /// The same as the text of a mapping file, in TOML.
    #[schemars(length(min = 1, max = 200_000))]
    mapping_toml: Option<String>,
}

/// `POST /v1/imports`.
pub fn operation() -> Operation {
    Operation::post("/v1/imports", "createImport", Tag::Transfers)
        .says(
            "An import of a history is made",
            "With the mapping of its file, of which everything that is wrong is said at once. Next it gets its file, and is started. A \
             mapping that fills special-category fields wants the scope `special-category` too; so does a file without one that has them.",
        )
        .needs(Scope::HistoryImport)
        .answers(
            Answer::json::<ImportView>(201, "Made.").header("Location", "The address of the import."),
        )
        .handled(create)
        .example(json!({ "mapping": {
            "format": "csv",
            "date_formats": ["%d/%m/%Y"],
            "columns": {
                "references.0.value": "Case Number", "received": "Received", "about": "Description",
                "stage_1.acknowledged": "Acknowledged", "stage_1.responded": "Answered", "stage_1.outcome": "Decision",
                "closed.on": "Closed",
            },
            "constants": { "references.0.system": "dynamics", "stock_type": "lcra" },
            "values": { "stage_1.outcome": { "Upheld in part": "partly-upheld" } },
        } }))
}

fn read(body: NewImport) -> Result<Mapping, Problem> {
    let said = |wrong: Vec<Wrong>, at: &dyn Fn(&str) -> String| {
        let error = |(place, detail): Wrong| FieldError::at(at(&place), detail);
        Problem::malformed(wrong.into_iter().map(error).collect())
    };
    match (body.mapping, body.mapping_toml) {
        (Some(mapping), None) => {
            let wrong = mapping.wrong();
            let pointer = |place: &str| format!("/mapping/{}", place.replacen('.', "/", 1));
            if wrong.is_empty() { Ok(mapping) } else { Err(said(wrong, &pointer)) }
        }
        (None, Some(text)) => Mapping::from_toml(&text).map_err(|wrong| {
            let named = |(place, detail): Wrong| (String::new(), format!("{place}: {detail}"));
            said(wrong.into_iter().map(named).collect(), &|_| "/mapping_toml".to_owned())
        }),
        _ => {
            let detail = "expected either `mapping` or `mapping_toml`";
            Err(Problem::malformed(vec![FieldError::at("/mapping", detail)]))
        }
    }
}

async fn create(call: Call<Nothing, Nothing, NewImport>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, body, repeat, .. } = call;
    let mapping = read(body)?;
    if mapping.has_special_category() {
        ensure(&caller, Scope::SpecialCategory)?;
    }
    let import = Import {
        id: ImportId(Uuid::now_v7().as_u128()),
        landlord: caller.landlord.clone(),
        state: State::AwaitingFile,
        mapping,
        special_category: caller.may(Scope::SpecialCategory),
        dry_run: false,
        origin: "service".to_owned(),
        created_at: state.now(),
        created_by: caller.actor,
        upload: None,
        file_bytes: None,
        file_digest: None,
        started_at: None,
        stepped_at: None,
        ended_at: None,
        progress: Progress::default(),
        why: None,
    };
    answer_once(state, repeat, move |_, connection| {
        imports::create(connection, &import)?;
        let address = format!("/v1/imports/{}", import.id);
        Ok(Reply::json(StatusCode::CREATED, &ImportView::from(import.clone()))?.header("Location", address))
    })
    .await
}
