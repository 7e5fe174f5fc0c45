//! When the operator, or the supervisor, wants the service to stop.

use std::future::Future;

/// Done when the process is interrupted (as by Ctrl-C) or terminated (as by a supervisor). Both are a wish to stop and not to cut
/// off: what has been asked is still answered. A quit signal is left to the system, which ends the process at once.
///
/// # Errors
/// When the signals cannot be listened for.
#[cfg(unix)]
pub fn asked_to_stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use std::task::Poll;

    use actix_web::rt::signal::unix::{SignalKind, signal};

    let mut signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
    Ok(std::future::poll_fn(move |context| {
        // Every one of them is asked, so that each wakes this task.
        let [interrupted, terminated] = signals.each_mut().map(|signal| signal.poll_recv(context).is_ready());
        if interrupted || terminated { Poll::Ready(()) } else { Poll::Pending }
    }))
}

/// Done when the process is interrupted.
///
/// # Errors
/// None here; where there are more signals, listening for them can fail.
#[cfg(not(unix))]
pub fn asked_to_stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Where it cannot be listened for, the service runs until the system ends it.
        if actix_web::rt::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
