//! Runs a scenario through the API, and says everything that was not as expected.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::expect;
use super::format::{Scenario, Step};
use crate::client::{Answer, Client};
use crate::london;

/// What came of a scenario: what was not as expected, step by step; nothing where it all was.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// One line each.
    pub surprises: Vec<String>,
}

/// Runs a scenario against a service of this process at an address.
///
/// # Errors
/// When the service cannot be reached, or the scenario itself makes no sense: a label that nothing has, a time that is none.
pub fn run(base: &str, scenario: &Scenario) -> anyhow::Result<Outcome> {
    run_with(Client::new(base, &scenario.landlord)?, scenario)
}

/// Runs a scenario as a client, whose key is the scenario's landlord's.
///
/// # Errors
/// As [`run`].
pub fn run_with(client: Client, scenario: &Scenario) -> anyhow::Result<Outcome> {
    let mut runner = Runner { client, cases: BTreeMap::new() };
    let mut outcome = Outcome::default();
    for (number, step) in (1_u32..).zip(&scenario.steps) {
        let context = || format!("step {number}, {} {}", step.on, step.verb);
        let found = runner.step(step).with_context(context)?;
        outcome.surprises.extend(found.into_iter().map(|what| format!("{}: {what}", context())));
    }
    Ok(outcome)
}

struct Runner {
    client: Client,
    cases: BTreeMap<String, String>,
}

impl Runner {
    fn step(&mut self, step: &Step) -> anyhow::Result<Vec<String>> {
        let at = london::instant(&step.on)?;
        if step.verb == "look" {
            return self.look(step, at, None);
        }
        let case = match step.verb.as_str() {
            "receive" => None,
            _ => Some(self.case(&step.case)?.to_owned()),
        };
        let before = match &case {
            Some(case) => self.client.get(&format!("cases/{case}"))?,
            None => Value::Null,
        };
        let content = if step.with.is_null() { json!({}) } else { step.with.clone() };
        match self.client.command(case.as_deref(), &step.verb, at, &content)? {
            Answer::Refused(problem) => {
                let mut surprises = expect::refusal(&problem, step.expect.refused.as_ref());
                if let Some(case) = case {
                    let after = self.client.get(&format!("cases/{case}"))?;
                    if after.get("version") != before.get("version") {
                        surprises
                            .push("the command was refused, and the case changed all the same".to_owned());
                    }
                    if step.expect.refused.is_some() {
                        surprises.extend(self.look(step, at, None)?);
                    }
                }
                Ok(surprises)
            }
            Answer::Done(answer) => self.done(step, at, &answer),
        }
    }

    fn done(
        &mut self,
        step: &Step,
        at: chrono::DateTime<chrono::Utc>,
        answer: &Value,
    ) -> anyhow::Result<Vec<String>> {
        if let Some(refused) = &step.expect.refused {
            return Ok(vec![format!("it was done, and should have been refused as `{}`", refused.code)]);
        }
        let id = answer.pointer("/case/id").and_then(Value::as_str).context("the answer has no case")?;
        if step.verb == "receive" {
            self.cases.insert(step.case.clone(), id.to_owned());
        }
        let mut surprises = Vec::new();
        match (&step.expect.spawned, answer.get("complaint").and_then(Value::as_str)) {
            (Some(label), Some(complaint)) => {
                self.cases.insert(label.clone(), complaint.to_owned());
            }
            (Some(_), None) => surprises.push("no complaint came of it".to_owned()),
            (None, _) => {}
        }
        surprises.extend(expect::cautions(answer, step.expect.cautions.as_deref()));
        surprises.extend(self.look(step, at, Some(answer))?);
        Ok(surprises)
    }

    fn case(&self, label: &str) -> anyhow::Result<&str> {
        self.cases
            .get(label)
            .map(String::as_str)
            .with_context(|| format!("there is no case with the label `{label}`"))
    }

    /// Looks at the case as of the step's time and holds it against what is expected.
    fn look(
        &self,
        step: &Step,
        at: chrono::DateTime<chrono::Utc>,
        answer: Option<&Value>,
    ) -> anyhow::Result<Vec<String>> {
        let id = self.case(&step.case)?;
        let case = self.client.get(&format!("cases/{id}"))?;
        let mut surprises = expect::case(&case, at, &step.expect);
        if let Some(wanted) = &step.expect.letter {
            let sequences = answer.and_then(|answer| answer.get("events")).and_then(Value::as_array);
            let sequence = sequences.and_then(|events| events.last()).and_then(|event| event.get("sequence"));
            surprises.extend(self.letter(id, sequence, wanted)?);
        }
        Ok(surprises)
    }

    fn letter(
        &self,
        case: &str,
        sequence: Option<&Value>,
        wanted: &super::format::LetterExpect,
    ) -> anyhow::Result<Vec<String>> {
        let letters = self.client.get(&format!("cases/{case}/letters"))?;
        let all = letters.get("letters").and_then(Value::as_array).cloned().unwrap_or_default();
        let fits = |letter: &&Value| {
            letter.get("kind").and_then(Value::as_str) == Some(&wanted.kind)
                && sequence.is_none_or(|sequence| letter.get("sequence") == Some(sequence))
        };
        let Some(found) = all.iter().rfind(fits) else {
            return Ok(vec![format!("there is no letter of kind `{}`", wanted.kind)]);
        };
        let id = found.get("id").and_then(Value::as_str).unwrap_or_default();
        let addressees = found.get("addressees").and_then(Value::as_array).map_or(0, Vec::len);
        let mut text = String::new();
        for number in 1..=addressees {
            let letter = self.client.get(&format!("cases/{case}/letters/{id}?addressee={number}"))?;
            text.push_str(letter.get("text").and_then(Value::as_str).unwrap_or_default());
        }
        Ok(expect::letter(&text, wanted))
    }
}
