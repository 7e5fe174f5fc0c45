//! Remedies offered, what became of the offers, and the money in them.

use super::account::Tally;
use super::derived::AMOUNTS;
use super::linked::stage_or_other;
use super::{ById, Ledger, Place, Rows, Scope, with_case};
use crate::source::{Remedy, Source};

pub(super) fn remedies(
    source: &Source,
    by_id: &ById<'_>,
    scope: &Scope,
    ledger: &mut Ledger,
) -> (Rows, Rows) {
    let mut remedies = Rows::with_room(&["slot", "stage", "kind", "state"], source.remedies.len());
    let mut money = Rows::new(&["slot", "what", "amount"]);
    let place_of = |row: &Remedy| {
        with_case(by_id, &row.case_id, || match amounts(row).any(|(_, amount)| amount < 0) {
            true => Place::Nowhere("an amount below zero".to_owned()),
            false => scope.place(row.offered_on),
        })
    };
    let (mut found, mut tally) = (0, Tally::default());
    let mut booking = ledger.booking("report_remedies", source.remedies.len());
    for row in &source.remedies {
        let place = place_of(row);
        booking.book(&place, || format!("case {} remedy {}", row.case_id, row.remedy));
        if let Place::Counted(slot) = place {
            let words = [slot, &stage_or_other(row.stage), &row.kind, offer_state(scope, row)];
            remedies.push(&row.case_id, words, 1, pence(row.pence));
        }
        for (what, amount) in amounts(row) {
            found += 1;
            tally.add(&place);
            if let Place::Counted(slot) = place {
                money.push(&row.case_id, [slot, what, &amount.to_string()], 1, pence(Some(amount)));
            }
        }
    }
    drop(booking);
    ledger.derive(AMOUNTS, found, tally);
    (remedies, money)
}

/// The money of a remedy, each with what it is. Nothing is no amount: where no arrears were set off, 0 is recorded.
fn amounts(row: &Remedy) -> impl Iterator<Item = (&'static str, i64)> {
    let all = [("offered", row.pence), ("paid", row.paid_pence), ("set-off", row.offset_pence)];
    all.into_iter().filter_map(|(what, amount)| Some((what, amount.filter(|amount| *amount != 0)?)))
}

/// What has become of an offer by the report's date.
fn offer_state(scope: &Scope, row: &Remedy) -> &'static str {
    let answers = [("accepted", row.accepted_on), ("declined", row.declined_on), ("lapsed", row.lapsed_on)];
    answers.iter().find(|(_, on)| scope.known(*on).is_some()).map_or("open", |(state, _)| state)
}

/// Amounts below zero have been turned away before.
pub(super) fn pence(amount: Option<i64>) -> u64 {
    amount.and_then(|amount| u64::try_from(amount).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use redress_shared::calendar::Calendar;
    use redress_shared::measure::Choices;

    use super::offer_state;
    use crate::frames::{History, Scope};
    use crate::source::Remedy;

    fn offer(accepted: Option<&str>, declined: Option<&str>, lapsed: Option<&str>) -> Remedy {
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        Remedy {
            landlord_id: "one".to_owned(),
            case_id: "case-1".to_owned(),
            stage: Some(1),
            remedy: 1,
            kind: "financial".to_owned(),
            pence: Some(5000),
            offered_on: on("2025-06-02"),
            accepted_on: accepted.map(on),
            declined_on: declined.map(on),
            lapsed_on: lapsed.map(on),
            paid_pence: None,
            offset_pence: None,
            basis: None,
            due_on: None,
        }
    }

    #[test]
    fn nothing_set_off_is_no_amount() {
        let paid = Remedy { paid_pence: Some(5000), offset_pence: Some(0), ..offer(None, None, None) };
        assert_eq!(super::amounts(&paid).collect::<Vec<_>>(), [("offered", 5000), ("paid", 5000)]);
    }

    #[test]
    fn a_declined_offer_is_not_open_from_the_day_it_was_declined() {
        let scope = |as_of: &str| Scope {
            is_of_year: false,
            windows: Vec::new(),
            history: History::default(),
            as_of: as_of.parse().unwrap(),
            choices: Choices::default(),
            calendar: Calendar::england_and_wales().unwrap(),
        };
        let declined = offer(None, Some("2025-06-10"), None);
        assert_eq!(offer_state(&scope("2025-06-09"), &declined), "open");
        assert_eq!(offer_state(&scope("2025-06-10"), &declined), "declined");
        let late = scope("2025-12-31");
        assert_eq!(offer_state(&late, &offer(Some("2025-06-10"), None, None)), "accepted");
        assert_eq!(offer_state(&late, &offer(None, None, Some("2025-06-23"))), "lapsed");
        assert_eq!(offer_state(&late, &offer(None, None, None)), "open");
    }
}
