//! The tables every report draws on, and the proof that they hold the same rows.

use std::sync::Arc;

use super::Table;
use super::rolled_up::Of;
use crate::error::Result;
use crate::frames::{
    AMOUNTS, EARLIER, Frames, Ledger, NOW, OPEN_STAGES, OUTSTANDING, REMARKS, Scope, Slots, TO_DATE, WAITS,
};

macro_rules! tables {
    ($($(#[doc = $about:literal])+ $table:ident: $frame:ident $of:ident [$($column:literal),+],)+) => {
        /// Every table.
        #[derive(Debug, Clone, Default)]
        pub struct Tables { $($(#[doc = $about])+ pub $table: Table,)+ }

        impl Tables {
            /// Counts all frames of each landlord: a query for each table, whosever a row is. Time is still slots:
            /// [`Tables::of_report`].
            ///
            /// # Errors
            /// When the counting fails.
            pub fn of_each(landlords: &[&Frames]) -> Result<Vec<Self>> {
                let mut tables = vec![Self::default(); landlords.len()];
                $(
                    let rows: Vec<_> = landlords.iter().map(|frames| frames.$frame.clone()).collect();
                    for (tables, table) in tables.iter_mut().zip(Table::of_each(&rows, &[$($column),+])?) {
                        tables.$table = table;
                    }
                )+
                Ok(tables)
            }

            /// The tables of one report.
            ///
            /// # Errors
            /// When words are too many.
            pub fn of_report(&self, slots: &Arc<Slots>) -> Result<Self> {
                Ok(Self { $($table: self.$table.rolled_up(&[$($column),+], Of::$of, slots)?,)+ })
            }

            /// Every table by its name.
            #[must_use]
            pub fn each(&self) -> Vec<(&'static str, &Table)> {
                vec![$((stringify!($table), &self.$table)),+]
            }
        }
    };
}

tables! {
    /// Stages by month.
    months: stages Windows ["window", "stage", "month", "in_time"],
    /// Stages by type of home.
    stock: stages Windows ["window", "stage", "stock", "in_time"],
    /// Stages on both clocks.
    clocks: stages Windows ["window", "stage", "in_time", "policy_in_time"],
    /// Acknowledgements on both clocks.
    acknowledged: stages Windows ["window", "stage", "acknowledged", "policy_acknowledged"],
    /// Stages by outcome.
    outcomes: stages Windows ["window", "stage", "outcome", "imported"],
    /// Stages by channel.
    channels: stages Windows ["window", "stage", "channel"],
    /// Stages by who provided the service.
    providers: stages Windows ["window", "stage", "provider", "outcome", "in_time"],
    /// Extensions and agreed updates.
    handling: stages Windows ["window", "stage", "in_time", "extension", "updates"],
    /// Stages not answered on the report's date.
    open: open Neither ["stage", "age", "clock", "policy_clock"],
    /// How long stages of the report's periods took.
    waits: waits Both ["window", "stage", "what", "days"],
    /// How long stages of the control charts' periods took.
    waits_by_period: waits Both ["period", "stage", "what", "days"],
    /// How stages of the control charts' periods stand.
    history: stages Charts ["window", "period", "stage", "in_time"],
    /// Stages by the area of the home.
    areas: stages Windows ["window", "stage", "area"],
    /// Stages by the service that they are about.
    services: stages Windows ["window", "stage", "service"],
    /// Stages by what is recorded of the resident and of the hazard.
    recorded: stages Windows ["window", "stage", "vulnerable", "adjustments", "hazard", "outcome", "in_time"],
    /// Cases by kind.
    kinds: cases Windows ["window", "kind", "triage"],
    /// What is remarkable about complaints.
    remarks: remarks Windows ["window", "remark"],
    /// Complaints by category.
    categories: categories Windows ["window", "category", "outcome", "in_time"],
    /// Refusals.
    refusals: refusals Windows ["window", "what", "ground", "clause", "discretion", "overturned"],
    /// Requests to escalate.
    escalations: escalations Windows ["window", "outcome", "reasons", "late"],
    /// Remedies.
    remedies: remedies Windows ["window", "stage", "kind", "state"],
    /// Money.
    money: money Windows ["window", "what", "amount"],
    /// Actions.
    actions: actions Windows ["window", "stage", "state"],
    /// Findings.
    findings: findings Windows ["window", "reference", "finding"],
    /// Notices of an extension.
    extensions: extensions Windows ["window", "stage", "details"],
    /// Restrictions of contact.
    restrictions: restrictions Windows ["window", "state"],
    /// What residents told of themselves.
    equality: equality Windows ["window", "characteristic", "answer"],
    /// Risks flagged.
    risks: risks Windows ["window", "kind", "handed"],
    /// Orders and recommendations.
    orders: orders Windows ["window", "kind", "severe", "state"],
    /// Failure orders.
    failure_orders: failure_orders Windows ["window", "type", "state"],
    /// What is outstanding on the report's date.
    outstanding: outstanding Neither ["what", "state"],
    /// The learning register.
    learning: learning Windows ["window", "theme", "cause", "state", "reported"],
    /// Survey answers.
    surveys: surveys Windows ["window", "answer"],
}

impl Tables {
    /// Compares each table with the rows that were placed.
    pub fn reconcile(&self, scope: &Scope, ledger: &mut Ledger) {
        let of_view = [
            ("report_stages", "stages by month", &self.months),
            ("report_stages", "stages by type of home", &self.stock),
            ("report_stages", "stages on both clocks", &self.clocks),
            ("report_stages", "acknowledgements", &self.acknowledged),
            ("report_stages", "stages by outcome", &self.outcomes),
            ("report_stages", "stages by channel", &self.channels),
            ("report_stages", "stages by provider", &self.providers),
            ("report_stages", "extensions and updates", &self.handling),
            ("report_stages", "stages by area", &self.areas),
            ("report_stages", "stages by service", &self.services),
            ("report_stages", "stages by what is recorded", &self.recorded),
            ("report_cases", "cases by kind", &self.kinds),
            ("report_categories", "categories", &self.categories),
            ("report_refusals", "refusals", &self.refusals),
            ("report_escalations", "escalations", &self.escalations),
            ("report_remedies", "remedies", &self.remedies),
            ("report_actions", "actions", &self.actions),
            ("report_extensions", "notices of extensions", &self.extensions),
            ("report_restrictions", "restrictions of contact", &self.restrictions),
            ("report_equality", "what residents told of themselves", &self.equality),
            ("report_risks", "risks flagged", &self.risks),
            ("report_findings", "findings", &self.findings),
            ("report_orders", "orders", &self.orders),
            ("report_failure_orders", "failure orders", &self.failure_orders),
            ("report_learning", "learning", &self.learning),
            ("report_surveys", "survey answers", &self.surveys),
        ];
        for (view, what, table) in of_view {
            for window in &scope.windows {
                let placed = ledger.counted(view, window.key);
                ledger.compare(
                    &format!("{what}, {}", window.period.label),
                    placed,
                    table.rows(&[("window", window.key)]),
                );
            }
        }
        self.reconcile_derived(scope, ledger);
        self.reconcile_charts(ledger);
    }

    /// What is counted out of the rows of views is in its tables as it was booked.
    fn reconcile_derived(&self, scope: &Scope, ledger: &mut Ledger) {
        let of_windows = [
            (WAITS, "waits", &self.waits),
            (REMARKS, "remarks", &self.remarks),
            (AMOUNTS, "amounts of money", &self.money),
        ];
        for window in &scope.windows {
            let (key, label) = (window.key, &window.period.label);
            for (account, what, table) in of_windows {
                let booked = ledger.derived_in(account, key);
                ledger.compare(&format!("{what}, {label}"), booked, table.rows(&[("window", key)]));
            }
            let offered = self.money.pence(&[("window", key), ("what", "offered")]);
            let of_remedies = self.remedies.pence(&[("window", key)]);
            ledger.compare_pence(&format!("money offered, {label}"), of_remedies, offered);
        }
        let (open, outstanding) =
            (ledger.derived_in(OPEN_STAGES, TO_DATE), ledger.derived_in(OUTSTANDING, TO_DATE));
        ledger.compare("open stages", open, self.open.rows(&[]));
        ledger.compare("what is outstanding", outstanding, self.outstanding.rows(&[]));
        let charted = ledger.derived_out(WAITS, EARLIER);
        ledger.compare("waits in the control charts alone", charted, self.waits.rows(&[("window", "")]));
        ledger.compare("waits by period", self.waits.rows(&[]), self.waits_by_period.rows(&[]));
    }

    /// The report's own stages are all in the charts, and what is in the charts alone has been booked as such.
    fn reconcile_charts(&self, ledger: &mut Ledger) {
        let own = self.months.rows(&[("window", NOW)]);
        ledger.compare("stages in the control charts", own, self.history.rows(&[("window", NOW)]));
        let earlier = ledger.excluded("report_stages", EARLIER);
        ledger.compare("stages in the control charts alone", earlier, self.history.rows(&[("window", "")]));
    }
}

#[cfg(test)]
mod tests {
    use redress_shared::calendar::Calendar;
    use redress_shared::measure::Quarter;

    use super::*;
    use crate::Request;
    use crate::frames::{Place, Tally};
    use crate::request::Span;
    use crate::source::Address;

    #[test]
    fn a_wait_an_amount_or_an_open_stage_that_is_lost_on_the_way_to_its_table_fails_the_run() {
        let span = Span::Quarter(Quarter { year: 2025, number: 1 });
        let address = Address::file(std::path::Path::new("none.db"));
        let request =
            Request::new(address, std::path::Path::new("out"), "one", span, "2025-08-01".parse().unwrap());
        let scope = request.unwrap().scope(&Calendar::england_and_wales().unwrap()).unwrap();
        for (account, window, lost) in [
            (WAITS, NOW, "waits, 2025-26 Q1: 0 in the table, but 1 rows were counted"),
            (REMARKS, NOW, "remarks, 2025-26 Q1: 0 in the table"),
            (AMOUNTS, NOW, "amounts of money, 2025-26 Q1: 0 in the table"),
            (OPEN_STAGES, TO_DATE, "open stages: 0 in the table"),
            (OUTSTANDING, TO_DATE, "what is outstanding: 0 in the table"),
        ] {
            let mut ledger = Ledger::default();
            Tables::default().reconcile(&scope, &mut ledger);
            assert!(ledger.settle().is_ok());
            let mut tally = Tally::default();
            tally.add(&Place::Counted(window));
            ledger.derive(account, 1, tally);
            Tables::default().reconcile(&scope, &mut ledger);
            let error = ledger.settle().unwrap_err().to_string();
            assert!(error.contains(lost), "{error}");
        }
    }
}
