//! What does an operation, and so what it takes.

use std::any::TypeId;
use std::future::Future;

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::method::Access;
use super::schemas::taken;
use super::{Call, Nothing, Open, Operation};
use crate::problem::Problem;

impl Operation {
    /// The same, done by this handler for known callers. What it takes is told by the handler's types.
    #[must_use]
    pub fn handled<P, Q, B, F, Fut>(mut self, handler: F) -> Self
    where
        P: DeserializeOwned + JsonSchema + 'static,
        Q: DeserializeOwned + JsonSchema + 'static,
        B: DeserializeOwned + JsonSchema + 'static,
        F: Fn(Call<P, Q, B>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<HttpResponse, Problem>> + 'static,
    {
        self.path_schema = taken::<P>();
        self.query_schema = taken::<Q>();
        if TypeId::of::<B>() != TypeId::of::<Nothing>() {
            self.body = Some(taken::<B>());
        }
        self.handler = Box::new(move |incoming| match Call::read(incoming) {
            Ok(call) => Box::pin(handler(call)),
            Err(problem) => Box::pin(async { Err(problem) }),
        });
        self
    }

    /// The same, done by this handler for anybody, without a key.
    #[must_use]
    pub fn open<P, Q, F, Fut>(mut self, handler: F) -> Self
    where
        P: DeserializeOwned + JsonSchema + 'static,
        Q: DeserializeOwned + JsonSchema + 'static,
        F: Fn(Open<P, Q>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<HttpResponse, Problem>> + 'static,
    {
        self.access = Access::Public;
        self.path_schema = taken::<P>();
        self.query_schema = taken::<Q>();
        self.handler = Box::new(move |incoming| match Open::read(incoming) {
            Ok(call) => Box::pin(handler(call)),
            Err(problem) => Box::pin(async { Err(problem) }),
        });
        self
    }
}
