//! JSON Schemas (2020-12, as OpenAPI 3.1 has them) of everything that comes in or goes out, said as exactly as a schema can.
//!
//! What a schema accepts is read without an error of type; beyond that only the rules of a case can say no. Two things hold
//! because whatever comes in is held against its schema before it is read, formats included: the most items of a list and the
//! largest sum are limits of the schemas alone, and so are the years, 1000 to 2999, of dates and instants.

mod check;
mod exact;
mod numbers;
pub mod patterns;
mod said;
pub mod strict;
pub mod wording;

pub use check::Checker;
pub use numbers::whole_numbers;

pub(crate) use exact::{plain_enum, without_default, without_null};

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::case::Command;

/// The schemas of one document, both ways: as things are taken, where what may be left out may also be null, and as they are
/// given, where nothing is null that can be left out. The names are the same in both.
///
/// ```
/// use redress_shared::case::{Case, Command};
/// use redress_shared::schema::Schemas;
///
/// let mut schemas = Schemas::at("/components/schemas");
/// let close = schemas.content("close").ok_or("no such command")?;
/// assert_eq!(close.to_value()["$ref"], "#/components/schemas/Close");
/// assert!(schemas.content("delete").is_none());
/// schemas.given::<Case>();
/// let definitions = schemas.into_definitions();
/// assert_eq!(definitions["Close"]["additionalProperties"], false);
/// assert_eq!(definitions["Phase"]["type"], "string");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Schemas {
    taking: SchemaGenerator,
    giving: SchemaGenerator,
}

impl Schemas {
    /// No schemas yet. `definitions_path` is the JSON pointer of the place in the document where the named ones will stand, such
    /// as `/components/schemas` or `/$defs`.
    #[must_use]
    pub fn at(definitions_path: &'static str) -> Self {
        let settings = SchemaSettings::draft2020_12()
            .with(|settings| {
                settings.definitions_path = definitions_path.into();
                settings.meta_schema = None;
            })
            .with_transform(RecursiveTransform(exact::exact as fn(&mut Schema)))
            .with_transform(RecursiveTransform(plain_enum as fn(&mut Schema)));
        let given = settings.clone().with_transform(RecursiveTransform(exact::as_given as fn(&mut Schema)));
        Self {
            taking: settings.for_deserialize().into_generator(),
            giving: given.for_serialize().into_generator(),
        }
    }

    /// The schema of something as it is taken: a reference, where it is named.
    pub fn taken<T: JsonSchema + ?Sized>(&mut self) -> Schema {
        let schema = self.taking.subschema_for::<T>();
        transformed(&mut self.taking, schema)
    }

    /// The schema of something as it is given: a reference, where it is named.
    pub fn given<T: JsonSchema + ?Sized>(&mut self) -> Schema {
        let schema = self.giving.subschema_for::<T>();
        transformed(&mut self.giving, schema)
    }

    /// The schema of what a command carries: a reference. Nothing, where there is no such command.
    pub fn content(&mut self, verb: &str) -> Option<Schema> {
        Command::content_schema(verb, &mut self.taking)
    }

    /// The named schemas that were asked for and all that they refer to, by name. What goes both ways stands as it is taken,
    /// which is how it is given or wider.
    #[must_use]
    pub fn into_definitions(mut self) -> Map<String, Value> {
        let mut definitions = self.giving.take_definitions(true);
        definitions.extend(self.taking.take_definitions(true));
        definitions
    }

    /// As [`Schemas::into_definitions`], each way by itself: what is taken, and what is given.
    #[must_use]
    pub fn into_both(mut self) -> (Map<String, Value>, Map<String, Value>) {
        (self.taking.take_definitions(true), self.giving.take_definitions(true))
    }
}

/// A schema that stands where it is used gets what the named ones get in the end.
fn transformed(generator: &mut SchemaGenerator, mut schema: Schema) -> Schema {
    for transform in generator.transforms_mut() {
        transform.transform(&mut schema);
    }
    schema
}
