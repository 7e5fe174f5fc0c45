//! What a table is that can be taken out, and how the two lists of them are written.

use crate::access::Scope;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// A whole number; sums are in pence.
    Number,
    /// Yes or no.
    Flag,
    /// A London day.
    Day,
    /// An instant.
    Instant,
    /// JSON, as it is kept, to the byte.
    Json,
    /// What somebody said or who they are: masked for whoever may not read it.
    Words,
}

impl Holds {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Day => "day",
            Self::Instant => "instant",
            Self::Json => "json",
            Self::Words => "words",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What the database has for it.
    pub from: &'static str,
}

/// A table as it is taken out.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub meaning: &'static str,
    /// The scope that it wants.
    pub scope: Scope,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// The columns that tell one row from another, by which the rows are sorted.
    pub key: &'static [&'static str],
    /// Whether its rows follow from those of `events` and `records`, so that they can be made anew.
    pub derived: bool,
    /// The tables that the database reads.
    pub(in crate::storage) from: &'static str,
    /// The column that says whose the row is.
    pub(super) landlord: &'static str,
}

impl Table {
    /// A table by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        super::tables().find(|table| table.name == name)
    }

    /// The columns of the key, in order.
    pub fn key_columns(&self) -> impl Iterator<Item = &'static Column> {
        self.key.iter().filter_map(|name| self.columns.iter().find(|column| column.name == *name))
    }
}

macro_rules! column {
    ($name:ident $holds:ident) => {
        Column { name: stringify!($name), holds: Holds::$holds, from: stringify!($name) }
    };
    ($name:ident $holds:ident $from:literal) => {
        Column { name: stringify!($name), holds: Holds::$holds, from: $from }
    };
}

macro_rules! tables {
    ($list:ident, derived: $derived:literal;
     $($name:ident ($scope:ident) by [$($key:ident),+] from $from:literal of $landlord:literal: $meaning:literal {
        $($column:ident $holds:ident $($expression:literal)?),+ $(,)?
    })+) => {
        /// The tables of this list.
        pub const $list: &[Table] = &[$(Table {
            name: stringify!($name),
            meaning: $meaning,
            scope: Scope::$scope,
            columns: &[$(column!($column $holds $($expression)?)),+],
            key: &[$(stringify!($key)),+],
            derived: $derived,
            from: $from,
            landlord: $landlord,
        }),+];
    };
}

pub(super) use {column, tables};
