//! What keeps the service's duties going.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use redress_service::background::{Duty, Next, keep};

use crate::api::logs;
use crate::api::server::Server;

static ROUNDS: AtomicU32 = AtomicU32::new(0);

#[test]
fn a_round_that_panics_is_told_of_and_gone_again() {
    let server = Server::start();
    let duty = Duty {
        name: "panicking",
        every: Duration::from_millis(1),
        on_news: false,
        alone_for: None,
        round: |_| {
            Box::pin(async {
                let round = ROUNDS.fetch_add(1, Ordering::SeqCst);
                assert!(round > 0, "the first goes wrong");
                Ok(Next::Rest)
            })
        },
    };
    let state = server.state();
    actix_web::rt::System::new().block_on(async {
        let kept = actix_web::rt::spawn(keep(duty, state.clone(), "test".to_owned()));
        while ROUNDS.load(Ordering::SeqCst) < 3 {
            actix_web::rt::time::sleep(Duration::from_millis(1)).await;
        }
        state.drain.begin();
        kept.await.unwrap();
    });
    let said = logs::so_far();
    let failed =
        said.lines().filter(|line| line.contains("a round of a duty failed") && line.contains("panicking"));
    assert_eq!(failed.count(), 1);
}
