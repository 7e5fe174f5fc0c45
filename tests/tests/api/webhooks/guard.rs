//! The service is not sent to where only it can go.

use serde_json::json;

use super::receiver::{Answer, Receiver};
use super::{deliver, delivery, made, nearby, server, webhook};
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, execute};

#[test]
fn an_address_that_not_everybody_can_reach_is_refused() {
    let server = Server::start();
    for url in [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/hook",
        "https://172.16.3.4/",
        "https://192.168.0.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://224.0.0.1/",
        "https://0/",
        "https://2130706433/",
    ] {
        let said = server.post("/v1/webhooks", &json!({ "url": url })).malformed("/url");
        assert!(said.contains("private"), "{url}: {said}");
    }
    for url in
        ["http://8.8.8.8/", "ftp://crm.example.org/", "crm", "https://a:b@8.8.8.8/", "https://8.8.8.8/#x"]
    {
        server.post("/v1/webhooks", &json!({ "url": url })).malformed("/url");
    }
}

#[test]
fn an_address_is_looked_at_again_whenever_something_is_sent() {
    let receiver = Receiver::answering(200);
    let server = Server::set(NOW, |settings| {
        nearby(settings);
        settings.webhooks.allow_private.push("localhost".parse().unwrap());
    });
    let by_name = format!("http://localhost:{}/", receiver.port());
    let (id, _) = made(&server, &json!({ "url": by_name }));
    let strict = server.beside(|settings| settings.webhooks.allow_private.clear());
    server.case();
    // This instance may not: neither by the name, which leads to this machine, nor, below, by the address itself.
    deliver(&strict);
    assert_eq!(delivery(&server, &id)["last_problem"], "address-refused");
    let by_address = format!("UPDATE webhook_endpoints SET url = 'https://127.0.0.1:{}/'", receiver.port());
    execute(&mut connect(server.database()), &by_address);
    server.pass(chrono::TimeDelta::minutes(10));
    deliver(&strict);
    assert_eq!(delivery(&server, &id)["attempts"], 2);
    assert!(receiver.take().is_empty());
    // A name that leads to this machine is refused also to whoever asks for TLS.
    let secure = format!("UPDATE webhook_endpoints SET url = 'https://localhost:{}/'", receiver.port());
    execute(&mut connect(server.database()), &secure);
    server.pass(chrono::TimeDelta::hours(1));
    deliver(&strict);
    let standing = delivery(&server, &id);
    assert_eq!((&standing["last_problem"], &standing["attempts"]), (&json!("address-refused"), &json!(3)));
}

#[test]
fn nobody_is_led_on_by_a_redirect() {
    let server = server();
    let inside = Receiver::answering(200);
    let target = inside.url();
    let receiver = Receiver::start(move |_| Answer::With(307, "Location", target.clone()));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    deliver(&server);
    assert_eq!((receiver.take().len(), inside.take().len()), (1, 0));
    assert_eq!(delivery(&server, &id)["last_status"], 307);
}
