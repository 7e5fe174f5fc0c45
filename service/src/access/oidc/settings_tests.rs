//! What configurations are taken.

use super::{Grant, Issuer, NoVerifier, Verifier, check};

fn issuer() -> Issuer {
    toml::from_str(
        r#"
        issuer = "https://login.example"
        audience = "redress"
        grants = [{ claim = "azp", value = "crm", landlord = "hartlepool", role = "integration" }]
        "#,
    )
    .unwrap()
}

fn expect(issuers: &[Issuer], expected: &[&str]) {
    let problems: Vec<String> =
        check(issuers, Some(&["hartlepool"])).iter().map(ToString::to_string).collect();
    assert_eq!(problems, expected);
}

#[test]
fn little_needs_to_be_said() {
    assert_eq!(issuer().algorithms, ["RS256", "ES256"]);
    assert_eq!(issuer().jwks_url, None);
    assert_eq!(issuer().grants[0].scopes, [""; 0]);
    expect(&[issuer()], &[]);
    expect(&[], &[]);
    assert!(Verifier::new(&[issuer()], &["hartlepool"]).is_ok());
}

#[test]
fn a_misspelt_setting_is_not_passed_over() {
    let text = r#"issuer = "https://login.example"
        audience = "redress"
        grants = []
        algorithm = ["RS256"]"#;
    assert!(toml::from_str::<Issuer>(text).unwrap_err().to_string().contains("unknown field `algorithm`"));
}

#[test]
fn an_issuer_is_reached_over_https_or_is_on_this_machine() {
    const NOT_SECURE: &str = "issuers[0].issuer: must begin with https://, because keys read over anything else could be anybody's";
    for (url, expected) in [
        ("https://login.example/realms/one/", &[][..]),
        ("http://localhost:8180/realms/one", &[]),
        ("http://127.0.0.1:8180", &[]),
        ("http://[::1]:8180", &[]),
        ("http://login.example", &[NOT_SECURE]),
        ("http://localhost.login.example", &[NOT_SECURE]),
        ("http://10.0.0.1", &[NOT_SECURE]),
        ("file:///etc/passwd", &[NOT_SECURE]),
        ("login.example", &["issuers[0].issuer: is not a URL"]),
        ("", &["issuers[0].issuer: is not a URL"]),
        ("https://me:secret@login.example", &["issuers[0].issuer: must not contain a user name or password"]),
        ("https://login.example/?a=b", &["issuers[0].issuer: must end with its path, without `?` or `#`"]),
    ] {
        expect(&[Issuer { issuer: url.to_owned(), ..issuer() }], expected);
    }
}

#[test]
fn every_problem_is_found_at_once() {
    let wrong = Issuer {
        issuer: "https://login.example/".to_owned(),
        audience: " ".to_owned(),
        jwks_url: Some("ftp://login.example/keys".to_owned()),
        algorithms: ["none", "RS256", "HS256", "RS256"].map(str::to_owned).to_vec(),
        grants: vec![
            Grant {
                claim: String::new(),
                value: String::new(),
                landlord: "nowhere".to_owned(),
                role: String::new(),
                scopes: vec![],
            },
            issuer().grants[0].clone(),
            issuer().grants[0].clone(),
        ],
    };
    let nothing =
        Issuer { issuer: "https://other.example".to_owned(), algorithms: vec![], grants: vec![], ..issuer() };
    let expected = [
        "issuers[1].jwks_url: must begin with https://, because keys read over anything else could be anybody's",
        "issuers[1].issuer: is configured more than once",
        "issuers[1].audience: is empty",
        "issuers[1].algorithms: `none` is not one of RS256, PS256, ES256, EdDSA",
        "issuers[1].algorithms: `HS256` is not one of RS256, PS256, ES256, EdDSA",
        "issuers[1].algorithms: `RS256` is there more than once",
        "issuers[1].grants[0].claim: is empty",
        "issuers[1].grants[0].value: is empty",
        "issuers[1].grants[0].landlord: there is no landlord `nowhere`",
        "issuers[1].grants[0].role: it is no role; the roles are integration, officer, manager, auditor, administrator",
        "issuers[1].grants[2].value: fits what an earlier grant fits, which comes first",
        "issuers[2].algorithms: is empty",
        "issuers[2].grants: is empty, so that every token would be refused",
    ];
    let issuers = [issuer(), wrong, nothing];
    expect(&issuers, &expected);
    let Err(NoVerifier::Settings(problems)) = Verifier::new(&issuers, &["hartlepool"]) else {
        panic!("it was taken")
    };
    assert_eq!(problems.len(), expected.len());
}
