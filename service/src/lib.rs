//! Live complaint cases over REST: a thin shell of HTTP and storage round the rules in `redress-shared`.

pub mod access;
pub mod application;
pub mod background;
pub mod documents;
pub mod event_type;
pub mod feed;
pub mod http;
pub mod imports;
pub mod letters;
pub mod notices;
pub mod operations;
pub mod problem;
pub mod rulebook;
pub mod settings;
pub mod stop;
pub mod storage;
pub mod together;
pub mod upkeep;
pub mod use_cases;
pub mod webhooks;
