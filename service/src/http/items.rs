//! What hangs on cases, over all of them: one operation for each list, all in the same style.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, NaiveDate};
use redress_shared::case::CaseId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::{Caller, Scope};
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use super::request::cursor::{Cursor, LONGEST, list_of};
use crate::application::State;
use crate::problem::Problem;
use crate::storage::read::items::{
    ActionLine, DeterminationLine, FailureOrderLine, Item, ItemFilter, ItemPlace, LearningLine, OrderLine,
    RefusalLine,
};

/// What every such list takes.
#[derive(Debug, Deserialize)]
struct Page {
    after: Option<String>,
    limit: Option<u32>,
    count: Option<bool>,
}

/// Declares what a list takes: its own filters, and the page.
macro_rules! query {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $name {
            /// Only this case.
            case: Option<CaseId>,
            $($(#[$field_meta])* $field: Option<$kind>,)*
            /// The `next` of the answer before, to the same question.
            #[schemars(length(max = LONGEST))]
            after: Option<String>,
            /// How many lines at most; 50 where it is not given.
            #[schemars(range(min = 1, max = 200))]
            limit: Option<u32>,
            /// Whether to say in `total` how many there are over all pages.
            count: Option<bool>,
        }

        impl $name {
            fn apart(self, caller: Caller) -> (ItemFilter, Page) {
                let filter = ItemFilter {
                    landlord: caller.landlord,
                    case: self.case.map(|case| case.to_string()),
                    $($field: self.$field,)*
                    ..ItemFilter::default()
                };
                (filter, Page { after: self.after, limit: self.limit, count: self.count })
            }
        }
    };
}

query! {
    /// What is narrowed by what is still to be done, and by when.
    ToBeDone {
        /// Only what is not done, or only what is.
        open: bool,
        /// Only what is due before this London day.
        due_before: NaiveDate,
    }
}

query! {
    /// What is narrowed by when it happened.
    Happened {
        /// From this London day on.
        from: NaiveDate,
        /// Up to and including this London day.
        to: NaiveDate,
    }
}

query! {
    /// What is narrowed by both.
    HappenedToBeDone {
        /// Only what is not done, or only what is.
        open: bool,
        /// From this London day on.
        from: NaiveDate,
        /// Up to and including this London day.
        to: NaiveDate,
    }
}

/// Lines of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{Line}List")]
struct List<Line> {
    /// The lines, in order.
    items: Vec<Line>,
    /// What to send as `after` to have the next page; null where there is none.
    next: Option<String>,
    /// How many there are over all pages; there where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
}

macro_rules! list {
    ($(#[$meta:meta])* $function:ident, $path:literal, $id:literal, $query:ident => $line:ident, $summary:literal, $description:literal) => {
        $(#[$meta])*
        pub fn $function() -> Operation {
            Operation::get($path, $id, Tag::Lists)
                .says($summary, $description)
                .needs(Scope::CasesRead)
                .answers(Answer::json::<List<$line>>(200, "A page of them."))
                .handled(async |call: Call<Nothing, $query>| {
                    let (filter, page) = call.query.apart(call.caller);
                    list::<$line>(call.state, $path, filter, page).await
                })
        }
    };
}

list! {
    /// `GET /v1/actions`.
    actions, "/v1/actions", "listActions", ToBeDone => ActionLine,
    "Actions that were promised", "Over all cases, the earliest due first."
}
list! {
    /// `GET /v1/determinations`.
    determinations, "/v1/determinations", "listDeterminations", Happened => DeterminationLine,
    "The Ombudsman's findings", "Over all cases, issue by issue, the earliest first."
}
list! {
    /// `GET /v1/orders`.
    orders, "/v1/orders", "listOrders", ToBeDone => OrderLine,
    "The Ombudsman's orders and recommendations", "Over all cases, case by case: some have no date."
}
list! {
    /// `GET /v1/failure-orders`.
    failure_orders, "/v1/failure-orders", "listFailureOrders", HappenedToBeDone => FailureOrderLine,
    "Complaint handling failure orders", "Over all cases, the earliest issued first."
}
list! {
    /// `GET /v1/learning`.
    learning, "/v1/learning", "listLearning", HappenedToBeDone => LearningLine,
    "What was learnt", "Over all cases, the earliest first. The words of an improvement are a record of its case."
}
list! {
    /// `GET /v1/refusals`.
    refusals, "/v1/refusals", "listRefusals", Happened => RefusalLine,
    "Complaints and requests for stage 2 that were declined", "Over all cases, the earliest first."
}

async fn list<Line: Item + Serialize>(
    state: Data<State>,
    name: &str,
    filter: ItemFilter,
    page: Page,
) -> Result<HttpResponse, Problem> {
    let list = list_of(name, &filter);
    let cursor = page.after.as_deref().map(|after| Cursor::read(after, &list)).transpose()?;
    let after = cursor.as_ref().map(place).transpose()?;
    let size = usize::try_from(page.limit.unwrap_or(50)).unwrap_or(usize::MAX);
    let count = page.count == Some(true);
    let (mut items, total) = super::read(state, move |_, connection| {
        let lines = Line::page(connection, &filter, after.as_ref(), size + 1)?;
        let total = if count { Some(Line::count(connection, &filter)?) } else { None };
        Ok::<_, Problem>((lines, total))
    })
    .await?;
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|line| {
        let ItemPlace { on, case, what, number } = line.place();
        Cursor { as_of: DateTime::default(), place: vec![on.to_string(), case, what, number.to_string()] }
            .write(&list)
    });
    Ok(HttpResponse::Ok().json(List { items, next, total }))
}

fn place(cursor: &Cursor) -> Result<ItemPlace, Problem> {
    Ok(ItemPlace {
        on: cursor.date(0)?,
        case: cursor.text(1)?,
        what: cursor.text(2)?,
        number: cursor.number(3)?,
    })
}
