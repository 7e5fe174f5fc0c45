//! What a token must claim.

use jsonwebtoken::{Header, encode};
use redress_service::access::oidc::{Grant, Granted, TokenError};
use serde_json::{Value, json};

use crate::keys::Key;
use crate::provider::{Provider, after, noon, verifier};

/// What becomes of a token with one claim changed, so many seconds after noon.
async fn check(name: &str, value: Value, seconds: i64, expected: Result<(), TokenError>) {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let token = key.sign(&provider.claims_but(name, value.clone()));
    let found = provider.verifier().verify(&token, after(seconds)).await;
    assert_eq!(found.map(|_| ()), expected, "{name} = {value} after {seconds} s");
}

#[actix_web::test]
async fn a_token_is_good_until_a_minute_after_it_expires() {
    let expires = noon().timestamp();
    check("exp", json!(expires), 59, Ok(())).await;
    check("exp", json!(expires), 60, Err(TokenError::Expired)).await;
    check("exp", json!(0), 0, Err(TokenError::Expired)).await;
    check("exp", json!(-1), 0, Err(TokenError::Expired)).await;
    check("exp", json!(u64::MAX), 0, Ok(())).await;
    check("exp", json!(1e300), 0, Ok(())).await;
}

#[actix_web::test]
async fn a_fraction_of_a_second_is_cut_off() {
    let expires: Value = serde_json::from_str(&format!("{}.9", noon().timestamp())).unwrap();
    check("exp", expires.clone(), 59, Ok(())).await;
    check("exp", expires, 60, Err(TokenError::Expired)).await;
}

#[actix_web::test]
async fn a_token_is_good_from_a_minute_before_its_time() {
    for name in ["nbf", "iat"] {
        check(name, json!(after(60).timestamp()), 0, Ok(())).await;
        check(name, json!(after(61).timestamp()), 0, Err(TokenError::NotYet)).await;
        check(name, Value::Null, 0, Ok(())).await;
        check(name, json!("2026-11-02"), 0, Err(TokenError::Malformed)).await;
        check(name, json!(i64::MIN), 0, Ok(())).await;
    }
}

#[actix_web::test]
async fn a_token_that_never_expires_is_refused() {
    check("exp", Value::Null, 0, Err(TokenError::Malformed)).await;
    check("exp", json!("1793620800"), 0, Err(TokenError::Malformed)).await;
}

#[actix_web::test]
async fn a_token_must_be_meant_for_this_service() {
    check("aud", json!(["other", "redress"]), 0, Ok(())).await;
    for audience in [json!("other"), json!(["other"]), json!([]), json!("redress2"), json!({}), Value::Null] {
        check("aud", audience, 0, Err(TokenError::WrongAudience)).await;
    }
}

#[actix_web::test]
async fn a_token_must_say_who_issued_it() {
    check("iss", json!("https://another.example"), 0, Err(TokenError::UnknownIssuer)).await;
    check("iss", Value::Null, 0, Err(TokenError::Malformed)).await;
    check("iss", json!(["http://127.0.0.1"]), 0, Err(TokenError::Malformed)).await;
}

#[actix_web::test]
async fn a_token_that_no_grant_fits_gives_nothing() {
    check("azp", json!("another"), 0, Err(TokenError::NotGranted)).await;
    check("azp", Value::Null, 0, Err(TokenError::NotGranted)).await;
}

#[actix_web::test]
async fn a_subject_must_be_fit_to_be_kept() {
    check("sub", json!("é".repeat(127)), 0, Ok(())).await;
    check("sub", json!("é".repeat(128)), 0, Err(TokenError::Malformed)).await;
    check("sub", json!("a\u{0}b"), 0, Err(TokenError::Malformed)).await;
    check("sub", json!(""), 0, Err(TokenError::Malformed)).await;
    check("sub", json!(7), 0, Err(TokenError::Malformed)).await;
}

#[actix_web::test]
async fn without_a_subject_the_client_is_it() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let token = key.sign(&provider.claims_but("sub", Value::Null));
    let found = provider.verifier().verify(&token, noon()).await;
    assert_eq!(found, provider.granted().map(|granted| Granted { subject: "crm".to_owned(), ..granted }));
}

#[actix_web::test]
async fn the_first_grant_that_fits_wins() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let mut issuer = provider.issuer();
    let grant = |claim: &str, value: &str, landlord: &str, role: &str| Grant {
        claim: claim.to_owned(),
        value: value.to_owned(),
        landlord: landlord.to_owned(),
        role: role.to_owned(),
        scopes: vec![],
    };
    issuer.grants = vec![
        grant("/realm_access/roles", "chief", "portsmouth", "administrator"),
        grant("scope", "cases", "portsmouth", "officer"),
        grant("azp", "crm", "hartlepool", "integration"),
    ];
    let verifier = verifier(issuer);
    let check = async |name: &str, value: Value, landlord: &str, role: &str| {
        let token = key.sign(&provider.claims_but(name, value));
        let found = verifier.verify(&token, noon()).await.unwrap();
        assert_eq!((found.landlord.as_str(), found.role.as_str()), (landlord, role));
        assert!(found.scopes.is_empty());
    };
    check("realm_access", json!({"roles": ["x", "chief"]}), "portsmouth", "administrator").await;
    check("scope", json!("openid cases"), "portsmouth", "officer").await;
    check("scope", json!("openid cases:read"), "hartlepool", "integration").await;
    check("landlord", json!("portsmouth"), "hartlepool", "integration").await;
}

#[actix_web::test]
async fn text_that_is_no_token_is_refused() {
    let provider = Provider::start(&[]);
    let verifier = provider.verifier();
    let good = provider.token(&Key::es256());
    let texts =
        ["", ".", "..", "a.b.c", "rdr_abc_def", "é.é.é", &format!("{good}."), &format!("Bearer {good}")];
    for text in texts {
        assert_eq!(verifier.verify(text, noon()).await, Err(TokenError::Malformed), "{text}");
    }
    assert_eq!(provider.fetches(), 0);
}

#[actix_web::test]
async fn a_token_must_not_be_too_long() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let long = |length: usize| key.sign(&provider.claims_but("pad", json!("a".repeat(length))));
    // Every three bytes of claims are four of token.
    let rest = (8 * 1024 - long(0).len()) / 4 * 3;
    assert!((8 * 1024 - 8..=8 * 1024).contains(&long(rest).len()));
    assert_eq!(verifier.verify(&long(rest), noon()).await, provider.granted());
    assert_eq!(verifier.verify(&long(rest + 12), noon()).await, Err(TokenError::Malformed));
}

#[actix_web::test]
async fn a_token_of_another_type_or_with_something_critical_is_refused() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    let check = async |header: Header, expected: Result<Granted, TokenError>| {
        let token = encode(&header, &provider.claims(), &key.key).unwrap();
        assert_eq!(verifier.verify(&token, noon()).await, expected, "{header:?}");
    };
    let of_type = |kind: Option<&str>| Header { typ: kind.map(str::to_owned), ..key.header() };
    for kind in [None, Some("JWT"), Some("jwt"), Some("at+jwt"), Some("application/at+JWT")] {
        check(of_type(kind), provider.granted()).await;
    }
    for kind in ["logout+jwt", "secevent+jwt", "JWE", ""] {
        check(of_type(Some(kind)), Err(TokenError::Malformed)).await;
    }
    let critical = Header { crit: Some(vec!["exp".to_owned()]), ..key.header() };
    check(critical, Err(TokenError::Malformed)).await;
    check(Header { kid: None, ..key.header() }, Err(TokenError::UnknownKey)).await;
}

#[actix_web::test]
async fn no_message_repeats_what_the_token_says() {
    let key = Key::es256();
    let provider = Provider::start(&[&key]);
    let verifier = provider.verifier();
    for name in ["iss", "aud", "azp", "exp", "sub"] {
        let token = key.sign(&provider.claims_but(name, json!("TELLTALE\n")));
        let error = verifier.verify(&token, noon()).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("TELLTALE"), "{name}: {error}");
    }
}
