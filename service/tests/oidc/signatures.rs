//! Which signatures are taken.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use redress_service::access::oidc::TokenError;
use serde_json::json;

use crate::keys::Key;
use crate::provider::{Mood, Provider, noon, verifier};

#[actix_web::test]
async fn a_token_of_each_algorithm_is_taken() {
    for key in [Key::rs256(), Key::ps256(), Key::es256(), Key::ed25519()] {
        let provider = Provider::start(&[&key]);
        let found = provider.verifier().verify(&provider.token(&key), noon()).await;
        assert_eq!(found, provider.granted(), "{:?}", key.algorithm);
    }
}

#[actix_web::test]
async fn an_algorithm_that_is_not_allowed_is_refused_without_asking_for_keys() {
    let provider = Provider::start(&[&Key::ps256()]);
    let mut issuer = provider.issuer();
    issuer.algorithms = vec!["RS256".to_owned(), "ES256".to_owned()];
    let verifier = verifier(issuer);
    for key in [Key::ps256(), Key::ed25519()] {
        let found = verifier.verify(&provider.token(&key), noon()).await;
        assert_eq!(found, Err(TokenError::BadSignature), "{:?}", key.algorithm);
    }
    assert_eq!(provider.fetches(), 0);
}

#[actix_web::test]
async fn a_public_key_is_no_shared_secret() {
    let key = Key::rs256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let public = key.published();
    let secrets = [public.to_string(), public["n"].as_str().unwrap().to_owned(), String::new()];
    for (secret, algorithm) in secrets.iter().zip([Algorithm::HS256, Algorithm::HS384, Algorithm::HS512]) {
        let header = Header { alg: algorithm, ..key.header() };
        let token =
            encode(&header, &provider.claims(), &EncodingKey::from_secret(secret.as_bytes())).unwrap();
        assert_eq!(verifier.verify(&token, noon()).await, Err(TokenError::BadSignature));
    }
}

#[actix_web::test]
async fn a_shared_secret_that_the_issuer_publishes_is_not_used() {
    let provider = Provider::start(&[]);
    provider.publish_as_it_is(vec![json!({"kid": "rsa", "kty": "oct", "k": "c2VjcmV0", "alg": "RS256"})]);
    let found = provider.verifier().verify(&provider.token(&Key::rs256()), noon()).await;
    assert_eq!(found, Err(TokenError::UnknownKey));
}

#[actix_web::test]
async fn an_unsigned_token_is_refused() {
    let key = Key::rs256();
    let provider = Provider::start(&[&key]);
    let token = provider.token(&key);
    let claims = token.split('.').nth(1).unwrap();
    // {"alg":"none","typ":"JWT","kid":"rsa"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoicnNhIn0";
    for token in [format!("{none}.{claims}."), format!("{none}.{claims}")] {
        assert_eq!(provider.verifier().verify(&token, noon()).await, Err(TokenError::Malformed));
    }
    let header = token.split('.').next().unwrap();
    let unsigned = format!("{header}.{claims}.");
    assert_eq!(provider.verifier().verify(&unsigned, noon()).await, Err(TokenError::BadSignature));
}

#[actix_web::test]
async fn another_key_under_the_name_of_one_that_is_published_is_refused() {
    let provider = Provider::start(&[&Key::rs256(), &Key::es256()]);
    let verifier = provider.verifier();
    let forged = [Key::next().called("rsa"), Key::es256().called("rsa"), Key::rs256().called("ec")];
    for key in forged {
        let found = verifier.verify(&provider.token(&key), noon()).await;
        assert_eq!(found, Err(TokenError::BadSignature), "{:?}", key.algorithm);
    }
    // A key that says RS256 is not used for PS256.
    let found = verifier.verify(&provider.token(&Key::ps256()), noon()).await;
    assert_eq!(found, Err(TokenError::BadSignature));
}

#[actix_web::test]
async fn a_change_anywhere_breaks_the_signature() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let token = provider.token(&key);
    let other = key.sign(&provider.claims_but("azp", json!("someone")));
    let parts: Vec<&str> = token.split('.').collect();
    let others: Vec<&str> = other.split('.').collect();
    let swapped = format!("{}.{}.{}", parts[0], others[1], parts[2]);
    assert_eq!(verifier.verify(&swapped, noon()).await, Err(TokenError::BadSignature));
    assert_eq!(verifier.verify(&token, noon()).await, provider.granted());
}

#[actix_web::test]
async fn two_keys_of_one_name_are_told_apart_by_their_kind() {
    let keys = [Key::rs256().called("main"), Key::es256().called("main")];
    let provider = Provider::start(&[&keys[0], &keys[1]]);
    let verifier = provider.verifier();
    for key in &keys {
        assert_eq!(verifier.verify(&provider.token(key), noon()).await, provider.granted());
    }
}

#[actix_web::test]
async fn keys_are_found_by_the_issuers_description_of_itself() {
    let key = Key::rs256();
    let provider = Provider::start(&[&key]);
    let mut issuer = provider.issuer();
    issuer.jwks_url = None;
    let found = verifier(issuer.clone()).verify(&provider.token(&key), noon()).await;
    assert_eq!(found, provider.granted());

    provider.describes("https://another.example");
    let found = verifier(issuer).verify(&provider.token(&key), noon()).await;
    assert_eq!(found, Err(TokenError::KeysUnavailable));
    assert_eq!(provider.fetches(), 1);
}

#[actix_web::test]
async fn what_is_not_an_answer_is_not_taken_for_one() {
    let key = Key::rs256();
    for mood in [Mood::Status(500), Mood::Status(302), Mood::Status(203), Mood::Garbage, Mood::Endless] {
        let provider = Provider::start(&[&key]);
        provider.is(mood);
        let found = provider.verifier().verify(&provider.token(&key), noon()).await;
        assert_eq!(found, Err(TokenError::KeysUnavailable));
        assert_eq!(provider.fetches(), 1);
    }
}
