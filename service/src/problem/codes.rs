//! Every code that a problem can have. A problem is made of one of these, so that none goes out that is not documented.

use std::sync::LazyLock;

use redress_shared::case::RefusalCode;
use schemars::JsonSchema;
use serde::Serialize;

/// A kind of problem.
#[derive(Debug, Clone, Serialize, JsonSchema)]
// Not `ProblemCode`: generators give that name to the list of words that `Problem::code` is one of.
#[schemars(rename = "ProblemKind")]
pub struct Code {
    /// The stable word; integrations may rely on it.
    pub code: &'static str,
    /// The HTTP status that it comes with.
    pub status: u16,
    /// The kind in a few words.
    pub title: &'static str,
    /// What it means.
    pub meaning: String,
    /// What to do about it, where the problem itself says nothing nearer.
    pub remedy: &'static str,
}

/// A code of the service's own; those of the rules come from [`RefusalCode`].
#[derive(Debug)]
pub struct Own {
    /// See [`Code::code`].
    pub code: &'static str,
    /// See [`Code::status`].
    pub status: u16,
    /// See [`Code::title`].
    pub title: &'static str,
    /// See [`Code::meaning`].
    pub meaning: &'static str,
    /// See [`Code::remedy`].
    pub remedy: &'static str,
}

macro_rules! codes {
    ($($name:ident = $status:literal $code:literal { $title:literal, $meaning:literal, $remedy:literal $(,)? })+) => {
        $(
            #[doc = $meaning]
            pub const $name: &Own = &Own {
                code: $code, status: $status, title: $title, meaning: $meaning, remedy: $remedy,
            };
        )+

        /// The service's own codes, in the order of their status.
        pub const OWN: &[&Own] = &[$($name),+];
    };
}

codes! {
    NO_KEY = 401 "no-key" {
        "No key",
        "The request does not say who asks.",
        "send `Authorization: Bearer` with a key that is in force; an administrator of the landlord can issue one",
    }
    KEY_NOT_VALID = 401 "key-not-valid" {
        "Not a valid key",
        "The key or token is not known, has expired or was revoked: the three are answered alike.",
        "send a key that is in force; an administrator of the landlord can issue one",
    }
    SCOPE_MISSING = 403 "scope-missing" {
        "Not permitted",
        "The key is in force, and lacks the scope that this needs, or that a part of its body needs.",
        "use a key that has the scope",
    }
    NOT_FOUND = 404 "not-found" {
        "Not found",
        "There is nothing at that address, or it is another landlord's: the two are answered alike.",
        "check the address",
    }
    UNKNOWN_COMMAND = 404 "unknown-command" {
        "Not a command",
        "The last part of the address is no command on a case.",
        "see the list of operations at /openapi.json",
    }
    METHOD_NOT_ALLOWED = 405 "method-not-allowed" {
        "Not a method of this address",
        "The address is there, and is not used with that method.",
        "use one of the methods in the answer's Allow header",
    }
    KEY_OVER = 409 "key-over" {
        "The key is over",
        "The key has expired, was revoked, or has been replaced already.",
        "rotate the key that took its place, or issue a new one",
    }
    WEBHOOK_DISABLED = 409 "webhook-disabled" {
        "The webhook is disabled",
        "The webhook is told nothing until it is enabled.",
        "enable it first",
    }
    TOO_MANY_WEBHOOKS = 409 "too-many-webhooks" {
        "Too many webhooks",
        "The landlord has as many webhooks as it may.",
        "take one away that is not needed any more",
    }
    REFERENCE_TAKEN = 409 "reference-taken" {
        "The reference is taken",
        "Another case of the landlord has that reference in that system.",
        "look the case up by its reference",
    }
    REFERENCE_DIFFERS = 409 "reference-differs" {
        "The case was received otherwise",
        "There is a case with that reference, and what differs from it cannot be corrected; `errors` names every place.",
        "give the commands that the errors name, or send what was received",
    }
    LETTER_INCOMPLETE = 409 "letter-incomplete" {
        "The letter leaves something out",
        "The letter does not say something that the policy or the Code wants in it; `missing` names every item, with what wants it.",
        "put it back into the landlord's template, or record what is missing, and issue the letter then",
    }
    LETTER_ISSUED = 409 "letter-issued" {
        "Issued before",
        "The letter was issued to that addressee before, and that letter stands.",
        "read the letter that stands, or issue it anew with `reissue`",
    }
    LETTER_REPLACED = 409 "letter-replaced" {
        "Replaced before",
        "Another letter was issued in the place of this one.",
        "look which letter stands, and issue that one anew",
    }
    LETTER_WORDS_GONE = 409 "letter-words-gone" {
        "Its words are gone",
        "Something that the letter quotes has been erased, so that it can be shown but not issued.",
        "nothing is to be done: what was erased does not come back",
    }
    IMPORT_STATE = 409 "import-state" {
        "Not at this point of the import",
        "The import is not where that can be done: it has no file yet, is under way, or is over.",
        "look at its `state`, and make a new import where this one is over",
    }
    ON_HOLD = 409 "on-hold" {
        "On hold",
        "The case is held for a reason of law: nothing of it is erased or taken away until the hold is lifted.",
        "lift the hold, once its reason is over",
    }
    STILL_OPEN = 409 "still-open" {
        "Something is still to be done",
        "The case is not over, or something is still owed on it: its words are needed to do it.",
        "bring the case to its end first",
    }
    IDEMPOTENCY_IN_FLIGHT = 409 "idempotency-in-flight" {
        "Being carried out",
        "A request with the same Idempotency-Key has come in and is not answered yet.",
        "send it again after as many seconds as Retry-After says",
    }
    LETTER_ERASED = 410 "letter-erased" {
        "What it said is erased",
        "The letter was issued, and what it said has been erased since; its digests stay.",
        "ask without `format` for what is still known of it",
    }
    STALE = 412 "stale" {
        "It has changed",
        "What the request is about is no longer what If-Match names, or is there although If-None-Match says that it is not.",
        "read it again and decide anew",
    }
    TOO_SLOW = 408 "too-slow" {
        "Too slow",
        "The body did not come within the time that the service waits for one; nothing was done.",
        "send the request again, all of it at once",
    }
    TOO_LARGE = 413 "too-large" {
        "Too large",
        "The body is larger than the service reads.",
        "send less at once",
    }
    CASE_FULL = 413 "case-full" {
        "The case has too many documents",
        "With this document the case would have more of them, or more bytes in them, than one case has.",
        "take away what the case does not need, or send something smaller",
    }
    ADDRESS_TOO_LONG = 414 "address-too-long" {
        "The address is too long",
        "Path and query together are longer than the service reads.",
        "ask for less at once",
    }
    MEDIA_TYPE = 415 "media-type" {
        "Not JSON",
        "The body is not declared to be JSON in UTF-8, or is compressed.",
        "send the body uncompressed, with `Content-Type: application/json`",
    }
    DOCUMENT_TYPE = 415 "document-type" {
        "Not a document that is kept",
        "What came is not what it was declared to be, or is a program, a script, a page, an archive, or has macros in it.",
        "send it with its right media type, or send a PDF or a picture of it",
    }
    RANGE_NOT_SATISFIABLE = 416 "range-not-satisfiable" {
        "Not a part of it",
        "The document has no such bytes.",
        "ask for bytes that it has, or for all of it",
    }
    MALFORMED = 422 "malformed" {
        "Not readable",
        "A body, a query, a header or a path cannot be read; `errors` names every field that is wrong.",
        "hold the request against the description of the operation at /openapi.json",
    }
    IDEMPOTENCY_KEY_REUSED = 422 "idempotency-key-reused" {
        "The key was another request's",
        "The Idempotency-Key was sent with another request in the last seven days.",
        "send every new request with a key of its own, and the same request with the same key",
    }
    VERSION_REQUIRED = 428 "version-required" {
        "If-Match is needed",
        "Done blindly, this could undo what somebody else has just done.",
        "read what is there, and send its ETag as If-Match",
    }
    TOO_MANY_REQUESTS = 429 "too-many-requests" {
        "Too many requests",
        "The key has sent more requests than it may in this time.",
        "wait as long as Retry-After says, then go on more slowly",
    }
    TOO_MANY_AT_ONCE = 429 "too-many-at-once" {
        "Too many requests at once",
        "The service is at work on as many requests as it takes on.",
        "try again after as many seconds as Retry-After says",
    }
    TOO_MANY_HEADERS = 431 "too-many-headers" {
        "Too many headers",
        "The request has more headers than the service reads.",
        "send fewer headers",
    }
    INTERNAL = 500 "internal" {
        "Something went wrong",
        "The service failed; nothing of the request was kept.",
        "try again; tell the operator, with the request's id, if it happens again",
    }
    BUSY = 503 "busy" {
        "Busy",
        "The database was busy for too long; nothing of the request was kept.",
        "try again in a moment",
    }
    NOT_READY = 503 "not-ready" {
        "Not ready",
        "The service stops, its database does not answer, or that has not this program's tables.",
        "send requests to another instance until this one is ready",
    }
    STUCK = 503 "stuck" {
        "Stuck",
        "The thread that writes has ended, or has been at one piece of work for too long.",
        "start the service again",
    }
    STORE_AWAY = 503 "store-away" {
        "The store of documents is away",
        "The store of documents does not do what it is asked; nothing of the request was kept.",
        "try again after as many seconds as Retry-After says",
    }
    ISSUER_AWAY = 503 "issuer-away" {
        "The issuer of the token is away",
        "Whoever issued the token cannot be asked for its keys, so that nobody can tell whether it is good.",
        "try again after as many seconds as Retry-After says",
    }
    OUTCOME_UNKNOWN = 503 "outcome-unknown" {
        "Not known whether it was kept",
        "The database was lost while it kept the request: it was kept, or it was not.",
        "send the same request with the same Idempotency-Key again, or read the case before you try anew",
    }
}

/// The title of every refusal.
pub const REFUSED: &str = "The rules do not allow it";

/// Every code, the service's own first, then those of the rules, which are all answered with 409.
pub static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
    let own = OWN.iter().map(|own| Code {
        code: own.code,
        status: own.status,
        title: own.title,
        meaning: own.meaning.to_owned(),
        remedy: own.remedy,
    });
    own.chain(refusals()).collect()
});

/// What the rules refuse with; each word's meaning is the sentence that documents it.
fn refusals() -> Vec<Code> {
    let schema = schemars::schema_for!(RefusalCode).to_value();
    let described = schema.get("oneOf").and_then(|words| words.as_array()).cloned().unwrap_or_default();
    let meaning = |code: &str| {
        let entry = described.iter().find(|entry| entry.get("const").is_some_and(|word| word == code));
        entry.and_then(|entry| entry.get("description")?.as_str()).unwrap_or_default().to_owned()
    };
    let code = |refusal: &RefusalCode| Code {
        code: refusal.as_str(),
        status: 409,
        title: REFUSED,
        meaning: meaning(refusal.as_str()),
        remedy: "the problem's `hint` says what to do instead",
    };
    RefusalCode::ALL.iter().map(code).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CODES, OWN};

    #[test]
    fn every_code_is_there_once_and_says_what_it_means_and_what_to_do() {
        let unique: BTreeSet<_> = CODES.iter().map(|code| code.code).collect();
        assert_eq!(unique.len(), CODES.len());
        for code in CODES.iter() {
            assert!(code.meaning.ends_with('.') && code.meaning.len() > 10, "{code:?}");
            assert!(!code.remedy.is_empty() && !code.title.is_empty(), "{code:?}");
            assert!((400..600).contains(&code.status), "{code:?}");
        }
    }

    /// A code is reached through its constant alone, so that one whose constant nothing names can never go out.
    #[test]
    fn every_code_of_the_services_own_is_used_somewhere() {
        let mut sources = String::new();
        gather(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
        let list = include_str!("codes.rs");
        for own in OWN {
            let name = list.lines().find(|line| line.contains(&format!("\"{}\" {{", own.code))).unwrap();
            let name = name.split_whitespace().next().unwrap();
            let used = sources.matches(&format!("codes::{name}")).count();
            assert!(used > 0, "nothing answers with {name}");
        }
    }

    fn gather(folder: &std::path::Path, sources: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, sources);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
}
