//! One operation: a method on an address.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use actix_web::HttpResponse;

use super::method::{Access, Method};
use super::schemas::{SchemaOf, taken};
use super::{Answer, Incoming, Nothing, Tag};
use crate::http::caller::Scope;
use crate::problem::Problem;
use crate::problem::codes::Own;

/// What a handler gives back, when it is done.
type Answered = Pin<Box<dyn Future<Output = Result<HttpResponse, Problem>>>>;
/// A handler, whatever the types that it takes.
pub type Handler = Box<dyn Fn(Incoming) -> Answered + Send + Sync>;

/// A header that an operation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenHeader {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Whether it must be there.
    pub required: bool,
}

/// A method on an address: what it takes, who may, what it answers, and how.
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The address, with its parameters in braces.
    pub path: Cow<'static, str>,
    /// The name that generated clients give it.
    pub id: String,
    /// What it is about.
    pub tag: Tag,
    /// What it does, in a few words.
    pub summary: Cow<'static, str>,
    /// What more there is to know.
    pub description: Cow<'static, str>,
    /// Who may.
    pub access: Access,
    /// The parameters in the address.
    pub path_schema: SchemaOf,
    /// The parameters of the query.
    pub query_schema: SchemaOf,
    /// The body, where it takes one.
    pub body: Option<SchemaOf>,
    /// The media types of the file that it takes as its body, where it takes one.
    pub file: Option<&'static [&'static str]>,
    /// Headers that it takes besides those that follow from the rest.
    pub headers: Vec<TakenHeader>,
    /// Whether it changes nothing although its method is one for changes, so that an `Idempotency-Key` means nothing with it.
    pub only_reads: bool,
    /// An example of the body.
    pub example: Option<serde_json::Value>,
    /// What it answers when it succeeds.
    pub answers: Vec<Answer>,
    /// What it can be answered with besides what follows from the rest.
    pub problems: Vec<&'static Own>,
    /// Whether the rules of the procedure can refuse it.
    pub refusable: bool,
    /// Whether `If-Match` means something with it.
    pub takes_version: bool,
    /// Whether it is refused where the request does not say what it replaces.
    pub requires_version: bool,
    /// Whether `If-None-Match` means something with it: a reading is not sent again, a putting is the first.
    pub takes_none_match: bool,
    /// The command that its body carries, some parts of which want a scope of their own.
    pub carries: Option<&'static str>,
    /// Whether it is let in however many requests there are.
    pub unmetered: bool,
    /// What does it.
    pub handler: Handler,
}

impl Operation {
    /// A reading of an address.
    #[must_use]
    pub fn get(path: impl Into<Cow<'static, str>>, id: impl Into<String>, tag: Tag) -> Self {
        Self::new(Method::Get, path.into(), id.into(), tag)
    }

    /// A doing.
    #[must_use]
    pub fn post(path: impl Into<Cow<'static, str>>, id: impl Into<String>, tag: Tag) -> Self {
        Self::new(Method::Post, path.into(), id.into(), tag)
    }

    /// A putting in place.
    #[must_use]
    pub fn put(path: impl Into<Cow<'static, str>>, id: impl Into<String>, tag: Tag) -> Self {
        Self::new(Method::Put, path.into(), id.into(), tag)
    }

    /// A taking away.
    #[must_use]
    pub fn delete(path: impl Into<Cow<'static, str>>, id: impl Into<String>, tag: Tag) -> Self {
        Self::new(Method::Delete, path.into(), id.into(), tag)
    }

    fn new(method: Method, path: Cow<'static, str>, id: String, tag: Tag) -> Self {
        Self {
            method,
            path,
            id,
            tag,
            summary: Cow::default(),
            description: Cow::default(),
            access: Access::AnyKey,
            path_schema: taken::<Nothing>(),
            query_schema: taken::<Nothing>(),
            body: None,
            file: None,
            headers: Vec::new(),
            only_reads: false,
            example: None,
            answers: Vec::new(),
            problems: Vec::new(),
            refusable: false,
            takes_version: false,
            requires_version: false,
            takes_none_match: false,
            carries: None,
            unmetered: false,
            handler: Box::new(|_| Box::pin(async { Err(Problem::internal()) })),
        }
    }

    /// The same, with what it does: in a few words, and at length.
    #[must_use]
    pub fn says(
        mut self,
        summary: impl Into<Cow<'static, str>>,
        description: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.summary = summary.into();
        self.description = description.into();
        self
    }

    /// The same, for keys with this scope.
    #[must_use]
    pub const fn needs(mut self, scope: Scope) -> Self {
        self.access = Access::With(scope);
        self
    }

    /// The same, with one more success.
    #[must_use]
    pub fn answers(mut self, answer: Answer) -> Self {
        self.answers.push(answer);
        self
    }

    /// The same, with problems that do not follow from the rest.
    #[must_use]
    pub fn fails_with(mut self, problems: &[&'static Own]) -> Self {
        self.problems.extend_from_slice(problems);
        self
    }

    /// The same, where the rules of the procedure can refuse it.
    #[must_use]
    pub const fn can_be_refused(mut self) -> Self {
        self.refusable = true;
        self
    }

    /// The same, where `If-Match` is heeded.
    #[must_use]
    pub const fn takes_version(mut self) -> Self {
        self.takes_version = true;
        self
    }

    /// The same, where `If-None-Match` is heeded.
    #[must_use]
    pub const fn takes_none_match(mut self) -> Self {
        self.takes_none_match = true;
        self
    }

    /// The same, where `If-Match` is needed.
    #[must_use]
    pub const fn requires_version(mut self) -> Self {
        self.takes_version = true;
        self.requires_version = true;
        self
    }

    /// The same, let in however many requests there are.
    #[must_use]
    pub const fn unmetered(mut self) -> Self {
        self.unmetered = true;
        self
    }

    /// The same, where the body's `content` is that of a command.
    #[must_use]
    pub const fn carries(mut self, verb: &'static str) -> Self {
        self.carries = Some(verb);
        self
    }

    /// The same, with a file as its body, of one of these media types; it comes to the handler unread, as `Call::file`.
    #[must_use]
    pub const fn takes_file(mut self, media_types: &'static [&'static str]) -> Self {
        self.file = Some(media_types);
        self
    }

    /// The same, with one more header that it takes.
    #[must_use]
    pub fn takes_header(mut self, name: &'static str, meaning: &'static str, required: bool) -> Self {
        self.headers.push(TakenHeader { name, meaning, required });
        self
    }

    /// The same, which changes nothing although what it is asked does not fit into an address.
    #[must_use]
    pub const fn only_reads(mut self) -> Self {
        self.only_reads = true;
        self
    }

    /// Whether an `Idempotency-Key` means something with it.
    #[must_use]
    pub const fn repeats(&self) -> bool {
        self.method.repeats() && !self.only_reads
    }

    /// The same, with an example of the body.
    #[must_use]
    pub fn example(mut self, example: serde_json::Value) -> Self {
        self.example = Some(example);
        self
    }

    /// The same, with a body of this schema in place of that of the handler's type, and an example of it.
    #[must_use]
    pub fn body(mut self, schema: SchemaOf, example: Option<serde_json::Value>) -> Self {
        self.body = Some(schema);
        self.example = example;
        self
    }
}
