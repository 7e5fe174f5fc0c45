//! How often the issuer is asked, and which keys are good when.

use redress_service::access::oidc::TokenError;

use crate::keys::Key;
use crate::provider::{Mood, Provider, after, noon};

const MADE_UP: [&str; 5] = ["a", "b", "c", "d", "e"];

#[actix_web::test]
async fn keys_are_read_once_in_ten_minutes() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    for (seconds, fetches) in [(0, 1), (1, 1), (599, 1), (600, 2), (1199, 2), (1200, 3)] {
        assert_eq!(verifier.verify(&provider.token(&key), after(seconds)).await, provider.granted());
        assert_eq!(provider.fetches(), fetches, "after {seconds} s");
    }
}

#[actix_web::test]
async fn a_new_key_is_found_as_soon_as_it_is_used() {
    let (old, new) = (Key::rs256(), Key::next());
    let provider = Provider::start(&[&old]);
    let verifier = provider.verifier();
    assert_eq!(verifier.verify(&provider.token(&old), noon()).await, provider.granted());
    provider.publish(&[&old, &new]);
    for seconds in [31, 32] {
        assert_eq!(verifier.verify(&provider.token(&new), after(seconds)).await, provider.granted());
        assert_eq!(verifier.verify(&provider.token(&old), after(seconds)).await, provider.granted());
    }
    assert_eq!(provider.fetches(), 2);
}

#[actix_web::test]
async fn a_new_key_may_have_to_wait_half_a_minute() {
    let (old, new) = (Key::rs256(), Key::next());
    let provider = Provider::start(&[&old]);
    let verifier = provider.verifier();
    assert_eq!(verifier.verify(&provider.token(&old), noon()).await, provider.granted());
    provider.publish(&[&old, &new]);
    assert_eq!(verifier.verify(&provider.token(&new), after(29)).await, Err(TokenError::UnknownKey));
    assert_eq!(verifier.verify(&provider.token(&new), after(30)).await, provider.granted());
}

#[actix_web::test]
async fn a_key_that_is_withdrawn_is_good_for_ten_minutes_at_most() {
    let (old, new) = (Key::rs256(), Key::next());
    let provider = Provider::start(&[&old]);
    let verifier = provider.verifier();
    assert_eq!(verifier.verify(&provider.token(&old), noon()).await, provider.granted());
    provider.publish(&[&new]);
    assert_eq!(verifier.verify(&provider.token(&old), after(599)).await, provider.granted());
    assert_eq!(verifier.verify(&provider.token(&old), after(600)).await, Err(TokenError::UnknownKey));
    assert_eq!(verifier.verify(&provider.token(&new), after(601)).await, provider.granted());
    provider.publish(&[]);
    assert_eq!(verifier.verify(&provider.token(&new), after(1200)).await, Err(TokenError::UnknownKey));
}

#[actix_web::test]
async fn fifty_who_come_at_once_share_one_fetch() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let token = provider.token(&key);
    let all: Vec<_> = (0..50)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            actix_web::rt::spawn(async move { verifier.verify(&token, noon()).await })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), provider.granted());
    }
    assert_eq!(provider.fetches(), 1);
}

#[actix_web::test]
async fn made_up_keys_cost_one_fetch_in_half_a_minute() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    assert_eq!(verifier.verify(&provider.token(&key), noon()).await, provider.granted());
    for seconds in 30..60 {
        for id in MADE_UP {
            let token = provider.token(&Key::es256().called(id));
            assert_eq!(verifier.verify(&token, after(seconds)).await, Err(TokenError::UnknownKey));
        }
        assert_eq!(verifier.verify(&provider.token(&key), after(seconds)).await, provider.granted());
    }
    assert_eq!(provider.fetches(), 2);
}

#[actix_web::test]
async fn made_up_keys_that_come_first_and_together_cost_one_fetch() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let all: Vec<_> = MADE_UP
        .iter()
        .map(|id| {
            let (verifier, token) = (verifier.clone(), provider.token(&Key::es256().called(id)));
            actix_web::rt::spawn(async move { verifier.verify(&token, noon()).await })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), Err(TokenError::UnknownKey));
    }
    assert_eq!(verifier.verify(&provider.token(&key), noon()).await, provider.granted());
    assert_eq!(provider.fetches(), 1);
}

#[actix_web::test]
async fn a_caller_that_goes_away_does_not_undo_the_fetch() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let token = provider.token(&key);
    provider.is(Mood::Held);
    let caller = {
        let (verifier, token) = (verifier.clone(), token.clone());
        actix_web::rt::spawn(async move { verifier.verify(&token, noon()).await })
    };
    provider.holds_somebody().await;
    caller.abort();
    assert!(caller.await.is_err());
    provider.let_go();
    assert_eq!(verifier.verify(&token, noon()).await, provider.granted());
    assert_eq!(provider.fetches(), 1);
}

#[actix_web::test]
async fn a_clock_that_is_put_back_does_not_stop_rotation() {
    let (old, new) = (Key::rs256(), Key::next());
    let provider = Provider::start(&[&old]);
    let verifier = provider.verifier();
    assert_eq!(verifier.verify(&provider.token(&old), after(1800)).await, provider.granted());
    provider.publish(&[&new]);
    assert_eq!(verifier.verify(&provider.token(&new), noon()).await, provider.granted());
    assert_eq!(provider.fetches(), 2);
}
