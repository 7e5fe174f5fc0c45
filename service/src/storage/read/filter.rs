//! What a list of cases is narrowed to.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not, sql};
use diesel::prelude::{
    BoolExpressionMethods, EscapeExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl,
    TextExpressionMethods,
};
use diesel::sql_types::Bool;

use super::{EVEN, Either, UNEVEN, lower, lowered, translate};
use crate::storage::overdue::{overdue, today};
use crate::storage::schema::{case_categories, case_deadlines, case_records, cases};

/// What a list of cases is narrowed to; what is not given narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Whose cases.
    pub landlord: String,
    /// The instant that it is looked from.
    pub as_of: DateTime<Utc>,
    /// Only this case.
    pub case: Option<String>,
    /// Only this phase.
    pub phase: Option<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Only those that are still dealt with, or only the others.
    pub open: Option<bool>,
    /// Only those whose last stage is this one.
    pub stage: Option<i32>,
    /// Only those on which something should have been done by now, or only the others.
    pub overdue: Option<bool>,
    /// Only those on which something is due before this London day.
    pub due_before: Option<NaiveDate>,
    /// Only those with this category.
    pub category: Option<String>,
    /// Only those that this member of staff deals with.
    pub handler: Option<String>,
    /// Only this area.
    pub area: Option<String>,
    /// Only those in whose words or labels this occurs.
    pub text: Option<String>,
}

impl CaseFilter {
    /// Whether it lets through only cases on which something is due.
    #[must_use]
    pub fn wants_a_due_date(&self) -> bool {
        self.due_before.is_some() || self.overdue == Some(true)
    }
}

/// The phases of those that are still dealt with, word for word as the index on them has it: SQLite uses the index for nothing
/// else. It is no list, which SQLite would put into a table of its own whenever a case is written.
pub(in crate::storage) const OPEN: &str = "cases.phase <> 'refused' AND cases.phase <> 'escalation-refused' AND cases.phase <> 'closed' \
    AND cases.phase <> 'withdrawn' AND cases.phase <> 'settled'";

type Query<'a, Selected> = cases::BoxedQuery<'a, Either, Selected>;

/// A query of cases, narrowed.
pub fn narrowed<'a, Selected>(query: Query<'a, Selected>, filter: &'a CaseFilter) -> Query<'a, Selected> {
    let mut query = query.filter(cases::landlord_id.eq(&filter.landlord));
    if let Some(case) = &filter.case {
        query = query.filter(cases::id.eq(case));
    }
    if let Some(phase) = &filter.phase {
        query = query.filter(cases::phase.eq(phase));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(cases::kind.eq(kind));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(cases::stage.eq(stage));
    }
    if let Some(handler) = &filter.handler {
        query = query.filter(cases::handler.eq(handler));
    }
    if let Some(area) = &filter.area {
        query = query.filter(cases::area.eq(area));
    }
    let query = by_dates(query, filter);
    let query = by_category(query, filter);
    match &filter.text {
        Some(text) => by_text(query, text),
        None => query,
    }
}

fn by_dates<'a, Selected>(mut query: Query<'a, Selected>, filter: &'a CaseFilter) -> Query<'a, Selected> {
    match filter.open {
        Some(true) => query = query.filter(sql::<Bool>(OPEN)),
        Some(false) => query = query.filter(not(sql::<Bool>(OPEN))),
        None => {}
    }
    if let Some(date) = filter.due_before {
        query = query.filter(cases::next_due_on.lt(date));
    }
    let late = || {
        let owed = case_deadlines::table.filter(case_deadlines::case_id.eq(cases::id));
        exists(
            owed.filter(overdue(filter.as_of.naive_utc(), today(filter.as_of)))
                .select(case_deadlines::case_id),
        )
    };
    match filter.overdue {
        // The date is there for the index: something that should have been done is due by today.
        Some(true) => query.filter(cases::next_due_on.le(today(filter.as_of))).filter(late()),
        Some(false) => query.filter(not(late())),
        None => query,
    }
}

fn by_category<'a, Selected>(query: Query<'a, Selected>, filter: &'a CaseFilter) -> Query<'a, Selected> {
    let Some(category) = &filter.category else { return query };
    let with = case_categories::table
        .filter(case_categories::case_id.eq(cases::id))
        .filter(case_categories::category.eq(category))
        .select(case_categories::case_id);
    query.filter(exists(with))
}

/// Words of the case, of what it came out of, and its labels. What came out of another case refers to words that stand there.
fn by_text<'a, Selected>(query: Query<'a, Selected>, text: &str) -> Query<'a, Selected> {
    let pattern = containing(&lowered(text));
    macro_rules! even {
        ($text:expr) => {
            translate(lower($text), UNEVEN, EVEN)
        };
    }
    let said = case_records::table
        .filter(
            case_records::case_id
                .eq(cases::id)
                .or(case_records::case_id.nullable().eq(cases::came_from).assume_not_null()),
        )
        .filter(case_records::landlord_id.eq(cases::landlord_id))
        .filter(case_records::kind.eq("narrative"))
        .filter(even!(case_records::body).like(pattern.clone()).escape('\\'))
        .select(case_records::id);
    let category = case_categories::table
        .filter(case_categories::case_id.eq(cases::id))
        .filter(even!(case_categories::category).like(pattern.clone()).escape('\\'))
        .select(case_categories::case_id);
    macro_rules! label {
        ($column:expr) => {
            $column.is_not_null().and(even!($column.assume_not_null()).like(pattern.clone()).escape('\\'))
        };
    }
    query.filter(
        exists(said)
            .or(exists(category))
            .or(label!(cases::service_area))
            .or(label!(cases::area))
            .or(label!(cases::contractor)),
    )
}

/// The pattern of whatever contains the text; what means something in a pattern means itself.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_means_something_in_a_pattern_means_itself() {
        assert_eq!(super::containing("100% a_b\\c"), "%100\\% a\\_b\\\\c%");
    }
}
