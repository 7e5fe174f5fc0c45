//! The tables every report draws on, and the proof that they hold the same rows.

use super::Table;
use crate::error::Result;
use crate::frames::{EARLIER, Frames, Ledger, NOW, Scope};

/// Every table.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Stages by month.
    pub months: Table,
    /// Stages by type of home.
    pub stock: Table,
    /// Stages on both clocks.
    pub clocks: Table,
    /// Acknowledgements on both clocks.
    pub acknowledged: Table,
    /// Stages by outcome.
    pub outcomes: Table,
    /// Stages by channel.
    pub channels: Table,
    /// Stages by who provided the service.
    pub providers: Table,
    /// Extensions and agreed updates.
    pub handling: Table,
    /// Stages not answered on the report's date.
    pub open: Table,
    /// How long stages of the report's periods took.
    pub waits: Table,
    /// How long stages of the control charts' periods took.
    pub waits_by_period: Table,
    /// How stages of the control charts' periods stand.
    pub history: Table,
    /// Stages by the area of the home.
    pub areas: Table,
    /// Stages by the service that they are about.
    pub services: Table,
    /// Stages by what is recorded of the resident and of the hazard.
    pub recorded: Table,
    /// Cases by kind.
    pub kinds: Table,
    /// What is remarkable about complaints.
    pub remarks: Table,
    /// Complaints by category.
    pub categories: Table,
    /// Refusals.
    pub refusals: Table,
    /// Requests to escalate.
    pub escalations: Table,
    /// Remedies.
    pub remedies: Table,
    /// Money.
    pub money: Table,
    /// Actions.
    pub actions: Table,
    /// Findings.
    pub findings: Table,
    /// Notices of an extension.
    pub extensions: Table,
    /// Restrictions of contact.
    pub restrictions: Table,
    /// What residents told of themselves.
    pub equality: Table,
    /// Risks flagged.
    pub risks: Table,
    /// Orders and recommendations.
    pub orders: Table,
    /// Failure orders.
    pub failure_orders: Table,
    /// What is outstanding on the report's date.
    pub outstanding: Table,
    /// The learning register.
    pub learning: Table,
    /// Survey answers.
    pub surveys: Table,
}

impl Tables {
    /// Counts all frames.
    ///
    /// # Errors
    /// When a frame lacks a column.
    pub fn of(frames: &Frames) -> Result<Self> {
        Ok(Self {
            months: Table::of(&frames.stages, &["window", "stage", "month", "in_time"])?,
            stock: Table::of(&frames.stages, &["window", "stage", "stock", "in_time"])?,
            clocks: Table::of(&frames.stages, &["window", "stage", "in_time", "policy_in_time"])?,
            acknowledged: Table::of(
                &frames.stages,
                &["window", "stage", "acknowledged", "policy_acknowledged"],
            )?,
            outcomes: Table::of(&frames.stages, &["window", "stage", "outcome"])?,
            channels: Table::of(&frames.stages, &["window", "stage", "channel"])?,
            providers: Table::of(&frames.stages, &["window", "stage", "provider", "outcome"])?,
            handling: Table::of(&frames.stages, &["window", "stage", "in_time", "extension", "updates"])?,
            open: Table::of(&frames.open, &["stage", "age", "clock", "policy_clock"])?,
            waits: Table::of(&frames.waits, &["window", "stage", "what", "days"])?,
            waits_by_period: Table::of(&frames.waits, &["period", "stage", "what", "days"])?,
            history: Table::of(&frames.history, &["window", "period", "stage", "in_time"])?,
            areas: Table::of(&frames.stages, &["window", "stage", "area"])?,
            services: Table::of(&frames.stages, &["window", "stage", "service"])?,
            recorded: Table::of(
                &frames.stages,
                &["window", "stage", "vulnerable", "adjustments", "hazard", "outcome", "in_time"],
            )?,
            kinds: Table::of(&frames.cases, &["window", "kind", "triage"])?,
            remarks: Table::of(&frames.remarks, &["window", "remark"])?,
            categories: Table::of(&frames.categories, &["window", "category", "outcome", "in_time"])?,
            refusals: Table::of(
                &frames.refusals,
                &["window", "what", "ground", "clause", "discretion", "overturned"],
            )?,
            escalations: Table::of(&frames.escalations, &["window", "outcome", "reasons", "late"])?,
            remedies: Table::of(&frames.remedies, &["window", "stage", "kind", "state"])?,
            money: Table::of(&frames.money, &["window", "what", "amount"])?,
            actions: Table::of(&frames.actions, &["window", "stage", "state"])?,
            extensions: Table::of(&frames.extensions, &["window", "stage", "details"])?,
            equality: Table::of(&frames.equality, &["window", "characteristic", "answer"])?,
            risks: Table::of(&frames.risks, &["window", "kind", "handed"])?,
            restrictions: Table::of(&frames.restrictions, &["window", "state"])?,
            findings: Table::of(&frames.findings, &["window", "reference", "finding"])?,
            orders: Table::of(&frames.orders, &["window", "kind", "severe", "state"])?,
            failure_orders: Table::of(&frames.failure_orders, &["window", "type", "state"])?,
            outstanding: Table::of(&frames.outstanding, &["what", "state"])?,
            learning: Table::of(&frames.learning, &["window", "theme", "cause", "state", "reported"])?,
            surveys: Table::of(&frames.surveys, &["window", "answer"])?,
        })
    }

    /// Every table by its name.
    #[must_use]
    pub const fn each(&self) -> [(&'static str, &Table); 33] {
        [
            ("months", &self.months),
            ("stock", &self.stock),
            ("clocks", &self.clocks),
            ("acknowledged", &self.acknowledged),
            ("outcomes", &self.outcomes),
            ("channels", &self.channels),
            ("providers", &self.providers),
            ("handling", &self.handling),
            ("open", &self.open),
            ("waits", &self.waits),
            ("waits_by_period", &self.waits_by_period),
            ("history", &self.history),
            ("areas", &self.areas),
            ("services", &self.services),
            ("recorded", &self.recorded),
            ("kinds", &self.kinds),
            ("remarks", &self.remarks),
            ("categories", &self.categories),
            ("refusals", &self.refusals),
            ("escalations", &self.escalations),
            ("remedies", &self.remedies),
            ("money", &self.money),
            ("actions", &self.actions),
            ("findings", &self.findings),
            ("extensions", &self.extensions),
            ("restrictions", &self.restrictions),
            ("equality", &self.equality),
            ("risks", &self.risks),
            ("orders", &self.orders),
            ("failure_orders", &self.failure_orders),
            ("outstanding", &self.outstanding),
            ("learning", &self.learning),
            ("surveys", &self.surveys),
        ]
    }

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
        self.reconcile_charts(ledger);
    }

    /// The report's own stages are all in the charts, and what is in the charts alone has been booked as such.
    fn reconcile_charts(&self, ledger: &mut Ledger) {
        let own = self.months.rows(&[("window", NOW)]);
        ledger.compare("stages in the control charts", own, self.history.rows(&[("window", NOW)]));
        let earlier = ledger.excluded("report_stages", EARLIER);
        ledger.compare("stages in the control charts alone", earlier, self.history.rows(&[("window", "")]));
    }
}
