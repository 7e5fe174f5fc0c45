//! Personal data is erased.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use redress_shared::case::CaseId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{MOST, Subject, targets, written};
use crate::access::Caller;
use crate::application::State;
use crate::http::caller::Scope;
use crate::http::cases::CasePath;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{Problem, codes};
use crate::storage::kept_answers::Request;
use crate::storage::personal::access;
use crate::storage::personal::erasures::{ErasureReason, Whose};
use crate::use_cases::personal::erase::{Erased, Order, Target, erase};

/// Why somebody has personal data erased.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "AskedErasureReason")]
enum Why {
    /// The person asked for it.
    Request,
    /// The person took back the consent that it rested on.
    ConsentWithdrawn,
    /// It should never have been held.
    Unlawful,
    /// It is not needed any more.
    NotNeeded,
}

impl From<Why> for ErasureReason {
    fn from(why: Why) -> Self {
        match why {
            Why::Request => Self::Request,
            Why::ConsentWithdrawn => Self::ConsentWithdrawn,
            Why::Unlawful => Self::Unlawful,
            Why::NotNeeded => Self::NotNeeded,
        }
    }
}

/// Whose data is to be erased.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfPeople {
    /// Somebody, as they are on one case or on several.
    #[schemars(length(min = 1, max = MOST))]
    people: Vec<Subject>,
    /// Why.
    reason: Why,
    /// Whether nothing is erased, and only said what would be.
    #[serde(default)]
    dry_run: bool,
}

/// That all the words of a case are to be erased.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfCase {
    /// Why.
    reason: Why,
    /// Whether nothing is erased, and only said what would be.
    #[serde(default)]
    dry_run: bool,
}

/// What was erased.
#[derive(Debug, Serialize, JsonSchema)]
struct Erasures {
    /// Whether nothing was erased, and this is what would be.
    dry_run: bool,
    /// What was erased, case by case.
    erased: Vec<ErasedView>,
}

/// What was erased of one case.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Erased")]
struct ErasedView {
    /// Of which case.
    case: CaseId,
    /// Which resident's; null where it was the representative's, or all of the case.
    resident: Option<u16>,
    /// Whether all of the case's words went: they do with its only resident's.
    whole_case: bool,
    /// How many records went, of names, contact details, health and words.
    records: usize,
    /// How many documents went.
    documents: usize,
    /// How many issued letters lose their words, those to others on the case too: a letter may name and quote anybody, and goes whole.
    letters: usize,
    /// How many records stay for now, since other cases have them too: those go with the last of them.
    shared: usize,
    /// The cases that have them.
    shared_with: Vec<CaseId>,
    /// How many records of the case stay, since they are of others too.
    left: usize,
}

impl From<Erased> for ErasedView {
    fn from(erased: Erased) -> Self {
        let subject = Subject::from(erased.target);
        Self {
            case: subject.case,
            resident: subject.resident,
            whole_case: erased.target.whose == Whose::Case,
            records: erased.records,
            documents: erased.documents,
            letters: erased.letters,
            shared: erased.shared.0,
            shared_with: erased.shared.1.into_iter().collect(),
            left: erased.left,
        }
    }
}

const ABOUT: &str = "Records, documents and their names go; the events, their chain and every published figure stay, and what was \
    learnt and written to be published. Where words stood, letters say so. Done whole or not at all; done again, nothing more goes. \
    Refused while a case is not over (its words are needed to end it, which the law allows) or is on hold.";

/// `POST /v1/residents/erase`.
pub fn of_people() -> Operation {
    Operation::post("/v1/residents/erase", "eraseResident", Tag::Personal)
        .says("What is held on somebody is erased", ABOUT)
        .needs(Scope::PersonalErase)
        .fails_with(&[codes::NOT_FOUND, codes::STILL_OPEN, codes::ON_HOLD])
        .answers(Answer::json::<Erasures>(200, "Erased, or what would be."))
        .handled(people)
        .example(json!({
            "people": [{ "case": "01890a5d-ac96-774b-bcce-b302099a8057", "resident": 1 }], "reason": "request",
        }))
}

/// `POST /v1/cases/{case}/erase`.
pub fn of_case() -> Operation {
    Operation::post("/v1/cases/{case}/erase", "eraseCase", Tag::Personal)
        .says("All the words of a case are erased", ABOUT)
        .needs(Scope::PersonalErase)
        .fails_with(&[codes::STILL_OPEN, codes::ON_HOLD])
        .answers(Answer::json::<Erasures>(200, "Erased, or what would be."))
        .handled(case)
        .example(json!({ "reason": "not-needed" }))
}

async fn people(call: Call<Nothing, Nothing, OfPeople>) -> Result<HttpResponse, Problem> {
    let targets = targets(&call.body.people)?;
    let (why, dry_run) = (call.body.reason, call.body.dry_run);
    carry_out(call.state, (call.caller, call.request_id), call.repeat, (targets, why, dry_run)).await
}

async fn case(call: Call<CasePath, Nothing, OfCase>) -> Result<HttpResponse, Problem> {
    let targets = vec![Target { case: call.path.case, whose: Whose::Case }];
    let (why, dry_run) = (call.body.reason, call.body.dry_run);
    carry_out(call.state, (call.caller, call.request_id), call.repeat, (targets, why, dry_run)).await
}

async fn carry_out(
    state: Data<State>,
    (caller, request_id): (Caller, String),
    repeat: Option<Request>,
    (targets, why, dry_run): (Vec<Target>, Why, bool),
) -> Result<HttpResponse, Problem> {
    answer_once(state, repeat, move |state, connection| {
        let now = state.now();
        let order = Order { landlord: &caller.landlord, reason: why.into(), by: &caller.actor, now };
        let erased = erase(connection, &order, &targets, dry_run)?;
        if !dry_run {
            let by = (caller.actor.as_str(), request_id.as_str());
            access::note(connection, &caller.landlord, ("erase", &written(&targets)), by, now)?;
        }
        let erased = erased.into_iter().map(ErasedView::from).collect();
        Ok(Reply::json(StatusCode::OK, &Erasures { dry_run, erased })?)
    })
    .await
}
