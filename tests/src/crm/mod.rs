//! A CRM joined to Redress: a worked client of the public API, to be read beside the API's description and to copy from.
//!
//! It knows of Redress what `/openapi.json` and the README say, uses nothing of its code, and is what the demo's five CRMs are made of.
//! `redress-crm` (`src/bin/crm.rs`) has it live through a [`day`](story::day) on which everything goes wrong that can; the tests have the
//! same day on both databases, with the service started anew in the middle.
//!
//! | step | file | what a CRM has to get right |
//! |---|---|---|
//! | 1 | [`connection`] | no answer, 429 and 503 are no answers: the same request again, after as long as was asked |
//! | 2 | [`webhook`], [`inbox`], [`listener`] | who is told of what; what comes in is verified, taken once, and in its order |
//! | 3 | [`cases`] | a case by the CRM's own reference, without undoing what somebody put right in Redress |
//! | 4 | [`outbox`] | a command is written down with its key before it is sent, and goes when it has an answer |
//! | 5 | [`letters`] | what is to be sent to the resident: looked at, issued, fetched, its digest checked |
//! | 6 | [`documents`] | what the resident sent in |
//! | 7 | [`mirror`] | the CRM's own view of the cases, and how it finds out what it missed |

pub mod cases;
pub mod connection;
pub mod documents;
pub mod inbox;
pub mod letters;
pub mod listener;
pub mod mirror;
pub mod outbox;
pub mod story;
pub mod webhook;

pub use connection::{Connection, Patience, Problem, Reply};
