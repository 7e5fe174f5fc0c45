//! How an address is used, and who may use it.

use crate::http::caller::Scope;

/// How an address is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// To read.
    Get,
    /// To put in place of what is there.
    Put,
    /// To do.
    Post,
    /// To take away.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }

    /// Whether an `Idempotency-Key` means something with it.
    #[must_use]
    pub const fn repeats(self) -> bool {
        matches!(self, Self::Post | Self::Put)
    }
}

/// Who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a key.
    Public,
    /// Whoever has a key that is in force.
    AnyKey,
    /// Whoever has a key with this scope.
    With(Scope),
}
