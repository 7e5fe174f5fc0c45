//! The people of a case.

use actix_web::HttpResponse;
use redress_shared::case::command::intake::Person;
use redress_shared::case::record::RecordRef;
use redress_shared::policy::vocabulary::{ConsentEvidence, RepresentativeKind};
use schemars::JsonSchema;
use serde::Serialize;

use super::CasePath;
use super::view::load;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::Problem;
use crate::storage::{Connection, records};

/// The people of a case.
#[derive(Debug, Serialize, JsonSchema)]
struct Residents {
    /// Whether nobody said who they are.
    anonymous: bool,
    /// The residents, in order; a group's nominee is counted from 1 in it.
    residents: Vec<ResidentView>,
    /// The resident who answers for a group.
    nominee: Option<u16>,
    /// Who speaks for them.
    representative: Option<RepresentativeView>,
}

/// A resident.
#[derive(Debug, Serialize, JsonSchema)]
struct ResidentView {
    /// Who, and how to reach them; null once it has been erased.
    person: Option<Person>,
    /// Adjustments that they need.
    adjustments: Told,
    /// Vulnerabilities that they have told of.
    vulnerabilities: Told,
    /// Disabilities that they have told of.
    disabilities: Told,
    /// Their ethnicity: one word at the most.
    ethnicity: Told,
}

/// Things told of somebody that are not for everybody to read.
#[derive(Debug, Serialize, JsonSchema)]
struct Told {
    /// How many.
    number: usize,
    /// The words, without those that have been erased; only for keys with the scope `special-category`.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Vec<String>>,
}

/// A representative.
#[derive(Debug, Serialize, JsonSchema)]
struct RepresentativeView {
    /// What they are.
    kind: RepresentativeKind,
    /// Who, and how to reach them; null once it has been erased.
    person: Option<Person>,
    /// The resident's consent.
    consent: Option<ConsentEvidence>,
}

/// `GET /v1/cases/{case}/residents`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/residents", "getResidents", Tag::Cases)
        .says(
            "The people of a case",
            "Names and contact details. What they have told of health, disability and ethnicity is counted; the words are given to \
             keys that have the scope `special-category` too.",
        )
        .needs(Scope::PersonalRead)
        .can_be_refused()
        .answers(Answer::json::<Residents>(200, "The people."))
        .handled(show)
}

async fn show(call: Call<CasePath, Nothing>) -> Result<HttpResponse, Problem> {
    let special = call.caller.may(Scope::SpecialCategory);
    let (landlord, id) = (call.caller.landlord, call.path.case);
    let shown = crate::http::read(call.state, move |state, connection| {
        let (case, _) = load(state, connection, (&landlord, id), None)?;
        let mut reader = Reader { connection, landlord: &landlord, special };
        let mut residents = Vec::new();
        for recorded in &case.parties.recorded {
            residents.push(ResidentView {
                person: reader.person(recorded.person)?,
                adjustments: reader.told(&recorded.adjustments)?,
                vulnerabilities: reader.told(&recorded.vulnerabilities)?,
                disabilities: reader.told(&recorded.disabilities)?,
                ethnicity: reader.told(recorded.ethnicity.as_slice())?,
            });
        }
        let representative = match &case.parties.representative {
            Some(other) => Some(RepresentativeView {
                kind: other.kind,
                person: reader.person(other.person)?,
                consent: other.consent,
            }),
            None => None,
        };
        let (anonymous, nominee) = (case.parties.anonymous, case.parties.nominee);
        Ok::<_, Problem>(Residents { anonymous, residents, nominee, representative })
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

struct Reader<'a> {
    connection: &'a mut Connection,
    landlord: &'a str,
    special: bool,
}

impl Reader<'_> {
    fn person(&mut self, record: RecordRef) -> Result<Option<Person>, Problem> {
        let body = records::body(self.connection, self.landlord, record.record)?;
        Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
    }

    fn told(&mut self, told: &[RecordRef]) -> Result<Told, Problem> {
        let number = told.len();
        if !self.special {
            return Ok(Told { number, words: None });
        }
        let mut words = Vec::new();
        for record in told {
            words.extend(records::body(self.connection, self.landlord, record.record)?);
        }
        Ok(Told { number, words: Some(words) })
    }
}
