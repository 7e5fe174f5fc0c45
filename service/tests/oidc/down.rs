//! What happens while the issuer does not answer.

use std::time::Duration;

use chrono::TimeDelta;
use redress_service::access::oidc::TokenError;
use serde_json::json;

use crate::keys::Key;
use crate::provider::{Mood, Provider, after, noon, verifier};

#[actix_web::test]
async fn without_keys_nobody_can_tell() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    provider.is(Mood::Status(503));
    for (seconds, fetches) in [(0, 1), (1, 1), (9, 1), (10, 2)] {
        let found = verifier.verify(&provider.token(&key), after(seconds)).await;
        assert_eq!(found, Err(TokenError::KeysUnavailable));
        assert_eq!(provider.fetches(), fetches, "after {seconds} s");
    }
    provider.is(Mood::Well);
    assert_eq!(verifier.verify(&provider.token(&key), after(20)).await, provider.granted());
}

#[actix_web::test]
async fn nobody_there_is_the_same_as_no_answer() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let mut issuer = provider.issuer();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    issuer.jwks_url = Some(format!("http://{free}/keys"));
    let found = verifier(issuer).verify(&provider.token(&key), noon()).await;
    assert_eq!(found, Err(TokenError::KeysUnavailable));
}

#[actix_web::test]
async fn old_keys_are_gone_by_for_a_day() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let token = key.sign(&provider.claims_but("exp", json!(after(200_000).timestamp())));
    assert_eq!(verifier.verify(&token, noon()).await, provider.granted());
    provider.is(Mood::Status(500));
    let day = TimeDelta::days(1).num_seconds();
    for (seconds, fetches) in [(600, 2), (609, 2), (610, 3), (day - 1, 4)] {
        assert_eq!(verifier.verify(&token, after(seconds)).await, provider.granted());
        assert_eq!(provider.fetches(), fetches, "after {seconds} s");
    }
    assert_eq!(verifier.verify(&token, after(day)).await, Err(TokenError::KeysUnavailable));
    provider.is(Mood::Well);
    assert_eq!(verifier.verify(&token, after(day + 60)).await, provider.granted());
}

#[actix_web::test]
async fn a_key_that_could_not_be_asked_for_is_not_called_unknown() {
    let (old, new) = (Key::rs256(), Key::next());
    let provider = Provider::start(&[&old, &new]);
    let verifier = provider.verifier();
    provider.publish(&[&old]);
    assert_eq!(verifier.verify(&provider.token(&old), noon()).await, provider.granted());
    provider.is(Mood::Status(500));
    assert_eq!(verifier.verify(&provider.token(&new), after(60)).await, Err(TokenError::KeysUnavailable));
    assert_eq!(verifier.verify(&provider.token(&old), after(60)).await, provider.granted());
}

#[actix_web::test]
async fn those_with_an_old_key_do_not_wait_for_a_slow_issuer() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let token = provider.token(&key);
    assert_eq!(verifier.verify(&token, noon()).await, provider.granted());
    provider.is(Mood::Held);
    let first = {
        let (verifier, token) = (verifier.clone(), token.clone());
        actix_web::rt::spawn(async move { verifier.verify(&token, after(700)).await })
    };
    provider.holds_somebody().await;
    let at_once = tokio::time::timeout(Duration::from_secs(2), verifier.verify(&token, after(701))).await;
    assert_eq!(at_once, Ok(provider.granted()));
    assert!(!first.is_finished());
    provider.let_go();
    assert_eq!(first.await.unwrap(), provider.granted());
    assert_eq!(provider.fetches(), 2);
}
