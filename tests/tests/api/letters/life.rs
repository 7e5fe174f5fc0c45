//! A complaint under one landlord's policy, from its receipt to its closing and what may come after.

use redress_shared::policy::{Library, Profile};
use serde_json::{Value, json};

use crate::api::server::{Answer, Asking, Server};

/// A complaint being told.
pub struct Life<'a> {
    asking: Asking<'a>,
    landlord: &'a str,
    profile: &'static Profile,
    pub case: String,
}

impl<'a> Life<'a> {
    /// It is received, by email or, where the policy confirms what was said, by telephone.
    pub fn received(server: &'a Server, landlord: &'a str, reference: &str, residents: &Value) -> Self {
        let profile = Library::embedded().unwrap().versions(landlord).first().unwrap();
        let asking = server.of(landlord);
        let channel = if landlord == "portsmouth" { "telephone" } else { "email" };
        let stock_type = if landlord == "housing-solutions" { "leasehold" } else { "lcra" };
        let content = json!({
            "kind": "complaint", "channel": channel, "stock_type": stock_type,
            "event_on": "2025-03-20", "aware_on": "2025-03-20",
            "about": "The boiler has been broken since March, and two visits were missed.",
            "outcome_sought": "Mend the boiler and say why nobody came.",
            "residents": residents,
            "references": [{ "system": "crm", "value": reference }],
        });
        let body = json!({ "occurred_at": "2025-04-14T09:00:00Z", "actor": "crm", "content": content });
        let case = asking.post("/v1/cases", &body).case();
        let mut life = Self { asking, landlord, profile, case };
        if landlord == "portsmouth" {
            life.then("2025-04-14T10:00:00Z", "confirm", json!({ "in_writing": true, "agreed": true }));
        }
        life
    }

    pub fn then(&mut self, at: &str, verb: &str, content: Value) -> &mut Self {
        let body = json!({ "occurred_at": at, "actor": "crm", "content": content });
        self.asking.order(&self.case, verb, &body).done();
        self
    }

    pub fn acknowledged(&mut self) -> &mut Self {
        let every = self.profile.stage_1.contact_frequency_agreed.as_ref().map(|_| 5);
        let handler = self.handler(1, "S-204");
        self.then("2025-04-15T09:00:00Z", "accept", json!({ "needs_investigation": true })).then(
            "2025-04-16T09:00:00Z",
            "acknowledge",
            json!({
                "channel": "email",
                "points": [
                    { "understanding": "The boiler has been broken since 20 March.", "responsible": true },
                    { "understanding": "Two visits were missed.", "responsible": true },
                    { "understanding": "The gas supplier sent a wrong bill.", "responsible": false },
                ],
                "outcomes_sought": "mend the boiler, and tell me why nobody came",
                "handler": handler, "handler_contact": "01632 960100, complaints@example.org",
                "conflict_of_interest": "none", "offered_to_discuss": true, "update_every_working_days": every,
                "next_steps": "we speak to the contractor and look at the visits in our records",
            }),
        )
    }

    fn handler(&self, stage: u8, id: &str) -> Value {
        let rules = if stage == 1 { &self.profile.stage_1 } else { &self.profile.stage_2 };
        let role = rules.handlers.roles.first().map_or("officer", |role| role.value.as_str());
        json!({ "id": id, "role": role, "job_title": "Customer Resolution Manager" })
    }

    pub fn extended(&mut self) -> &mut Self {
        self.then(
            "2025-04-28T09:00:00Z",
            "extend",
            json!({ "respond_by": "2025-05-09", "reason": "The boiler's maker has to send us a report.", "agreed": true,
                "discussed": true, "in_writing": true, "ombudsman_details_given": true }),
        )
        .then("2025-05-02T09:00:00Z", "update-resident", json!({ "note": "The report is on its way." }))
    }

    pub fn answered(&mut self, at: &str, points: u16) -> &mut Self {
        let decision = |point: u16| {
            let outcome = if point == 3 { "not-upheld" } else { "upheld" };
            json!({ "point": point, "outcome": outcome, "reasons": format!("This is why, for point {point}.") })
        };
        let decisions: Vec<Value> = (1..=points).map(decision).collect();
        self.then(
            at,
            "respond",
            json!({
                "decisions": decisions, "sources": "our repairs policy, and the contractor's log of visits",
                "steps_taken": "We read the log and spoke to the contractor.",
                "remedies": [
                    { "kind": "apology", "detail": "we are sorry for the missed visits" },
                    { "kind": "financial", "detail": "for the time without heating", "pence": 12_500,
                      "basis": "distress-and-inconvenience", "due_on": "2025-07-31", "open_until": "2025-08-29" },
                ],
                "actions": [{ "what": "Fit a new boiler.", "due_on": "2025-08-15", "owner": "Heating team" }],
            }),
        )
    }

    /// Stage 2 is asked for without reasons, which come later, and is answered.
    pub fn answered_again(&mut self) -> &mut Self {
        self.then("2025-05-12T09:00:00Z", "request-escalation", json!({}))
            .then(
                "2025-05-12T15:00:00Z",
                "explain-escalation",
                json!({ "reasons": "The boiler is still broken." }),
            )
            .then("2025-05-13T09:00:00Z", "accept-escalation", json!({}));
        let every = self.profile.stage_2.contact_frequency_agreed.as_ref().map(|_| 5);
        let handler = self.handler(2, "S-901");
        self.then(
            "2025-05-14T09:00:00Z",
            "acknowledge",
            json!({ "channel": "email", "outcomes_sought": "Mend the boiler.", "handler": handler,
                "points": [{ "understanding": "The boiler is still broken.", "responsible": true }],
                "conflict_of_interest": "none", "update_every_working_days": every }),
        )
        .answered("2025-06-05T09:00:00Z", 1)
    }

    pub fn closed(&mut self) -> &mut Self {
        let reason = if self.landlord == "cheshire-west" {
            self.then("2025-06-06T08:00:00Z", "agree-remedy", json!({ "note": "Agreed by telephone." }));
            "remedy-agreed"
        } else {
            "answered"
        };
        self.then("2025-06-06T09:00:00Z", "close", json!({ "reason": reason }))
    }

    /// Its letters, as the list has them.
    pub fn letters(&self) -> Vec<Value> {
        let all = self.asking.get(&format!("/v1/cases/{}/letters", self.case)).done();
        all["letters"].as_array().unwrap().clone()
    }

    /// A letter, printed.
    pub fn printed(&self, id: &str, format: &str, addressee: u16) -> Answer {
        let case = &self.case;
        self.asking.get(&format!("/v1/cases/{case}/letters/{id}?format={format}&addressee={addressee}"))
    }
}
