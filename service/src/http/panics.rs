//! A handler that panics answers too, and takes nobody else with it.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use actix_web::HttpResponse;

use crate::operations::metrics::Metrics;
use crate::problem::Problem;

/// What came of answering; 500 where it panicked. Where that was is in the log by then.
pub async fn caught(
    answering: impl Future<Output = Result<HttpResponse, Problem>>,
    metrics: &Metrics,
) -> Result<HttpResponse, Problem> {
    let mut answering = pin!(answering);
    let polled = poll_fn(|context| {
        // It is not polled again after a panic, so that nobody sees what it left half done.
        match catch_unwind(AssertUnwindSafe(|| answering.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(answered)) => Poll::Ready(answered),
            Err(_) => {
                metrics.panicked();
                Poll::Ready(Err(Problem::internal()))
            }
        }
    });
    polled.await
}

#[cfg(test)]
mod tests {
    use actix_web::HttpResponse;

    use super::caught;
    use crate::operations::metrics::Metrics;

    #[actix_web::test]
    async fn a_panic_is_answered_as_a_failure_of_the_services_own() {
        let metrics = Metrics::default();
        let answered = caught(
            async {
                actix_web::rt::task::yield_now().await;
                let status: u16 = "a word".parse().unwrap();
                Ok(HttpResponse::build(status.try_into().unwrap()).finish())
            },
            &metrics,
        );
        assert_eq!(answered.await.unwrap_err().code(), "internal");
        let answered = caught(async { Ok(HttpResponse::Ok().finish()) }, &metrics);
        assert_eq!(answered.await.unwrap().status(), 200);
    }
}
