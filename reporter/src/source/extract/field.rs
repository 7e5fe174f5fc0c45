//! What a column holds, and how Parquet keeps it: dates as dates, whole numbers as such, words as text.

use chrono::NaiveDate;
use parquet::basic::{LogicalType, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words in UTF-8.
    Text,
    /// A calendar date in London.
    Date,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    BigInteger,
    /// Yes or no.
    Bool,
}

impl Kind {
    /// Its name, for whoever reads the description of an extract.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Integer => "whole number, 32 bits",
            Self::BigInteger => "whole number, 64 bits",
            Self::Bool => "yes or no",
        }
    }

    /// How Parquet stores it.
    pub(super) const fn physical(self) -> Physical {
        match self {
            Self::Text => Physical::BYTE_ARRAY,
            Self::Date | Self::Integer => Physical::INT32,
            Self::BigInteger => Physical::INT64,
            Self::Bool => Physical::BOOLEAN,
        }
    }

    /// What Parquet tells of it besides.
    pub(super) const fn logical(self) -> Option<LogicalType> {
        match self {
            Self::Text => Some(LogicalType::String),
            Self::Date => Some(LogicalType::Date),
            Self::Integer | Self::BigInteger | Self::Bool => None,
        }
    }
}

/// A value that is always there.
pub trait Plain: Sized {
    /// How Parquet stores it.
    type Stored: DataType;
    /// What it is.
    const KIND: Kind;

    /// As it is stored.
    fn stored(&self) -> <Self::Stored as DataType>::T;

    /// From what is stored; `None` where that is no such value.
    fn restored(stored: &<Self::Stored as DataType>::T) -> Option<Self>;

    /// Adds the value to the bytes that a digest is made of. Where each value ends can be told from the bytes alone.
    fn spell(&self, bytes: &mut Vec<u8>);
}

/// A column's value, which may be missing where the column says so.
pub trait Field: Sized {
    /// How Parquet stores it.
    type Stored: DataType;
    /// What it is.
    const KIND: Kind;
    /// Whether it may be missing.
    const OPTIONAL: bool;

    /// As it is stored.
    fn stored(&self) -> Option<<Self::Stored as DataType>::T>;

    /// From what is stored; `None` where that is no such value.
    fn restored(stored: Option<&<Self::Stored as DataType>::T>) -> Option<Self>;

    /// Adds the value, or that there is none, to the bytes that a digest is made of.
    fn spell(&self, bytes: &mut Vec<u8>);
}

impl<P: Plain> Field for P {
    type Stored = P::Stored;
    const KIND: Kind = P::KIND;
    const OPTIONAL: bool = false;

    fn stored(&self) -> Option<<Self::Stored as DataType>::T> {
        Some(Plain::stored(self))
    }

    fn restored(stored: Option<&<Self::Stored as DataType>::T>) -> Option<Self> {
        stored.and_then(Plain::restored)
    }

    fn spell(&self, bytes: &mut Vec<u8>) {
        Plain::spell(self, bytes);
    }
}

impl<P: Plain> Field for Option<P> {
    type Stored = P::Stored;
    const KIND: Kind = P::KIND;
    const OPTIONAL: bool = true;

    fn stored(&self) -> Option<<Self::Stored as DataType>::T> {
        self.as_ref().map(Plain::stored)
    }

    fn restored(stored: Option<&<Self::Stored as DataType>::T>) -> Option<Self> {
        match stored {
            None => Some(None),
            Some(stored) => P::restored(stored).map(Some),
        }
    }

    fn spell(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(self.is_some()));
        if let Some(value) = self {
            Plain::spell(value, bytes);
        }
    }
}

impl Plain for String {
    type Stored = ByteArrayType;
    const KIND: Kind = Kind::Text;

    fn stored(&self) -> ByteArray {
        ByteArray::from(self.as_str())
    }

    fn restored(stored: &ByteArray) -> Option<Self> {
        stored.as_utf8().ok().map(str::to_owned)
    }

    fn spell(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&u64::try_from(self.len()).unwrap_or(u64::MAX).to_le_bytes());
        bytes.extend_from_slice(self.as_bytes());
    }
}

/// Days from 1 January 1970.
impl Plain for NaiveDate {
    type Stored = Int32Type;
    const KIND: Kind = Kind::Date;

    fn stored(&self) -> i32 {
        i32::try_from(self.signed_duration_since(Self::default()).num_days()).unwrap_or(i32::MAX)
    }

    fn restored(stored: &i32) -> Option<Self> {
        Self::from_epoch_days(*stored)
    }

    fn spell(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&Plain::stored(self).to_le_bytes());
    }
}

macro_rules! as_it_is {
    ($($value:ty, $stored:ty, $kind:ident, $bytes:expr;)+) => { $(
        impl Plain for $value {
            type Stored = $stored;
            const KIND: Kind = Kind::$kind;

            fn stored(&self) -> Self {
                *self
            }

            fn restored(stored: &Self) -> Option<Self> {
                Some(*stored)
            }

            fn spell(&self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&$bytes(*self));
            }
        }
    )+ };
}

as_it_is! {
    i32, Int32Type, Integer, i32::to_le_bytes;
    i64, Int64Type, BigInteger, i64::to_le_bytes;
    bool, BoolType, Bool, |yes| [u8::from(yes)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_kept_as_its_distance_from_1970() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (text, days) in [("1970-01-01", 0), ("1969-12-31", -1), ("2026-03-31", 20_543)] {
            assert_eq!(Plain::stored(&date(text)), days);
            assert_eq!(<NaiveDate as Plain>::restored(&days), Some(date(text)));
        }
        assert_eq!(<NaiveDate as Plain>::restored(&i32::MAX), None);
    }
}
