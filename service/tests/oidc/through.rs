//! The same through HTTP: a gateway's token is a caller like any other.

use std::sync::Arc;

use redress_service::application::Application;
use redress_service::settings::Settings;
use redress_service::storage::Address;
use serde_json::{Value, json};

use crate::keys::Key;
use crate::provider::{Provider, noon};

/// Status and body of the answer to a token.
async fn asked(address: &str, path: &str, token: &str) -> (u16, Value) {
    redress_service::access::tls::install();
    let answer = reqwest::Client::new()
        .get(format!("http://{address}{path}"))
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[actix_web::test]
async fn a_token_is_let_in_as_its_grant_says_and_no_further() {
    let key = Key::rs256();
    let provider = Provider::start(&[&key]);
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::default();
    settings.database.url = Address::file(&folder.path().join("redress.db"));
    settings.http.listen = "127.0.0.1:0".to_owned();
    settings.operations.listen = None;
    settings.oidc.issuers = vec![provider.issuer()];
    let application = Application::build(&settings, Arc::new(noon)).unwrap();
    let (address, handle) = (application.address().to_string(), application.handle());
    let running = actix_web::rt::spawn(application.run());

    let (status, me) = asked(&address, "/v1/whoami", &provider.token(&key)).await;
    assert_eq!(
        (status, &me["landlord"], &me["role"]),
        (200, &json!("hartlepool"), &json!("integration")),
        "{me}"
    );
    assert_eq!(asked(&address, "/v1/cases", &provider.token(&key)).await.0, 200);
    let (status, problem) = asked(&address, "/v1/keys", &provider.token(&key)).await;
    assert_eq!((status, &problem["code"]), (403, &json!("scope-missing")));
    let over = key.sign(&provider.claims_but("exp", json!(noon().timestamp() - 3600)));
    let stranger = key.sign(&provider.claims_but("azp", json!("somebody-else")));
    let forged = Key::next().called("rsa").sign(&provider.claims());
    for (why, token) in [("over", over), ("of a stranger", stranger), ("forged", forged)] {
        let (status, problem) = asked(&address, "/v1/whoami", &token).await;
        assert_eq!((status, &problem["code"]), (401, &json!("key-not-valid")), "{why}: {problem}");
        assert!(!problem.to_string().contains(&token), "{why}");
    }
    handle.stop(true).await;
    running.await.unwrap().unwrap();
}
