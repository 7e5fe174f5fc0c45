//! A web server beside everything else: on a thread of its own, until it is dropped.

use std::thread::JoinHandle;

use actix_web::dev::{Server, ServerHandle};

/// A running web server. It stops when this is dropped.
pub struct Running {
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Makes a server on a thread of its own, and runs it there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn start(make: impl FnOnce() -> std::io::Result<Server> + Send + 'static) -> anyhow::Result<Self> {
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = make();
                let _ = tell.send(server.as_ref().map(Server::handle).map_err(ToString::to_string));
                if let Ok(server) = server {
                    let _ = server.await;
                }
            });
        });
        let handle = told.recv()?.map_err(anyhow::Error::msg)?;
        Ok(Self { handle, thread: Some(thread) })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let stopped = self.handle.stop(false);
        // It runs on its own thread; waiting for its answer here would need a runtime of its own.
        let stopper = std::thread::spawn(move || actix_web::rt::System::new().block_on(stopped));
        let _ = stopper.join();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
