//! Everything that can be read of every case that the scenarios leave, each answer held against the published description, as every
//! answer is.

use std::collections::BTreeSet;

use redress_tests::simulator::LANDLORDS;
use serde_json::{Value, json};

use crate::api::play;
use crate::api::server::{Asking, Server};

fn texts<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|line| line[member].as_str().unwrap()).collect()
}

/// Reads a case in every way, and says how many letters it has.
fn read(asking: Asking<'_>, case: &str) -> usize {
    let path = format!("/v1/cases/{case}");
    let shown = asking.get(&path).done();
    assert_eq!(asking.get(&format!("{path}/deadlines")).done()["deadlines"], shown["deadlines"]);
    let history = asking.get(&format!("{path}/history")).done();
    assert_eq!(history["events"].as_array().map(Vec::len), shown["version"].as_u64().map(|n| n as usize));
    let about = &history["events"][0]["event"]["event"]["received"]["about"]["record"];
    asking.get(&format!("{path}/records/{}", about.as_str().unwrap())).done();
    let letters = asking.get(&format!("{path}/letters")).done();
    let letters = letters["letters"].as_array().unwrap();
    for letter in letters {
        let whole = asking.get(&format!("{path}/letters/{}", letter["id"].as_str().unwrap())).done();
        assert_eq!(whole["letter"]["kind"], letter["kind"]);
        // Everything that the policy and the Code want in it is on the page and in the text.
        assert_eq!(whole["missing"], json!([]), "{whole}");
    }
    letters.len()
}

/// Every case of a landlord's, page by page, each once and as many as there are said to be.
fn listed(asking: Asking<'_>) -> Vec<String> {
    let mut ids = Vec::new();
    let mut after = String::new();
    loop {
        let page = asking.get(&format!("/v1/cases?count=true{after}")).done();
        ids.extend(texts(&page["cases"], "id").into_iter().map(ToOwned::to_owned));
        let Some(next) = page["next"].as_str() else {
            let different: BTreeSet<_> = ids.iter().collect();
            assert_eq!((&page["total"], different.len()), (&json!(ids.len()), ids.len()));
            return ids;
        };
        after = format!("&after={next}");
    }
}

#[test]
fn whatever_a_case_has_become_it_can_be_read_as_described() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let (mut cases, mut letters) = (0, 0);
    for landlord in &LANDLORDS {
        let asking = server.of(landlord.id);
        let ids = listed(asking);
        for case in &ids {
            letters += read(asking, case);
        }
        cases += ids.len();
        let due = asking.get("/v1/due?within_days=366").done();
        assert!(!texts(&due["due"], "case_id").is_empty());
        let profile = asking.get("/v1/landlord").done();
        for policy in texts(&profile["policies"], "policy") {
            asking.get(&format!("/v1/policies/{policy}")).done();
            for code in ["2022", "2024"] {
                asking.get(&format!("/v1/policies/{policy}/check?code={code}")).done();
            }
        }
    }
    assert!(cases > 100 && letters > cases, "{cases} cases, {letters} letters");
}
