//! The views the service keeps for this program: every column once, with what it holds. From this list come the diesel tables, the
//! typed rows, the check of the schema, and the extract with its description.

use chrono::NaiveDate;
use diesel::QueryResult;
use parquet::errors::ParquetError;

use super::connection::EitherConnection;
use super::extract::{Group, GroupWriter, Kind};

/// A view and the columns it must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Its name in the database.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Its columns, in the order they are read.
    pub columns: &'static [Column],
}

/// A column of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the database.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a row may hold nothing there.
    pub optional: bool,
    /// What that means.
    pub about: &'static str,
}

/// By which year an extract files a view's rows.
pub enum Filed<T> {
    /// By none: one file for each landlord.
    Whole,
    /// By the year in which the case was received.
    ByCase(fn(&T) -> &str),
    /// By the year of a day of the row's own.
    ByDay(fn(&T) -> NaiveDate),
}

/// A row of a view.
pub trait Row: Sized + Ord + Clone {
    /// The view.
    const VIEW: View;
    /// By which year an extract files it.
    const FILED: Filed<Self>;

    /// A landlord's rows from a database, in no order.
    ///
    /// # Errors
    /// When reading fails.
    fn load(connection: &mut EitherConnection, landlord_id: &str) -> QueryResult<Vec<Self>>;

    /// Those of one landlord's rows that are of this view.
    fn held(held: &Held) -> &[Self];

    /// Writes rows into a Parquet file, column by column.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn write(rows: &[Self], group: &mut GroupWriter<'_>) -> Result<(), ParquetError>;

    /// Reads the rows of a Parquet file behind those that are there.
    ///
    /// # Errors
    /// When the file lacks a column, or a column holds something else.
    fn read(group: &Group<'_>, rows: &mut Vec<Self>) -> Result<(), ParquetError>;

    /// Adds every column, in the contract's order, to the bytes that a digest is made of: no two rows add the same.
    fn spell(&self, bytes: &mut Vec<u8>);
}

/// Something to do with the rows of a view, whichever it is.
pub trait Visitor {
    /// Does it.
    ///
    /// # Errors
    /// As the visitor says.
    fn visit<R: Row>(&mut self) -> crate::Result<()>;
}

macro_rules! contract {
    ($($(#[doc = $about:literal])+ $view:ident as $row:ident by $filed:ident {
        $($(#[doc = $says:literal])+ $column:ident $(= $sql_name:literal)? : [$($sql:tt)+] => $rust:ty,)+
    })+) => {
        $(
            diesel::table! {
                $view (landlord_id) {
                    $($(#[sql_name = $sql_name])? $column -> $($sql)+,)+
                }
            }

            $(#[doc = $about])+
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, diesel::Queryable, serde::Serialize, serde::Deserialize)]
            pub struct $row { $($(#[doc = $says])+ pub $column: $rust,)+ }

            impl Row for $row {
                const VIEW: View = View {
                    name: stringify!($view),
                    about: concat!($($about),+),
                    columns: &[$(Column {
                        name: contract!(@name $column $($sql_name)?),
                        kind: <$rust as Field>::KIND,
                        optional: <$rust as Field>::OPTIONAL,
                        about: concat!($($says),+),
                    }),+],
                };
                const FILED: Filed<Self> = contract!(@filed $filed);

                fn load(connection: &mut EitherConnection, landlord_id: &str) -> QueryResult<Vec<Self>> {
                    let query = $view::table.filter($view::landlord_id.eq(landlord_id));
                    match connection {
                        EitherConnection::Sqlite(sqlite) => query.load(sqlite),
                        // A row at a time: the answer is not held whole beside its rows, and the server goes on while they are taken apart.
                        EitherConnection::Postgres(postgres) => {
                            query.load_iter::<Self, PgRowByRowLoadingMode>(postgres)?.collect()
                        }
                    }
                }

                fn held(held: &Held) -> &[Self] {
                    &held.$view
                }

                fn write(rows: &[Self], group: &mut GroupWriter<'_>) -> Result<(), ParquetError> {
                    $(group.column(rows.iter().map(|row| &row.$column))?;)+
                    Ok(())
                }

                fn read(group: &Group<'_>, rows: &mut Vec<Self>) -> Result<(), ParquetError> {
                    $(let mut $column = group.column::<$rust>(contract!(@name $column $($sql_name)?))?;)+
                    for _ in 0..group.rows() {
                        rows.push(Self { $($column: $column.next()?,)+ });
                    }
                    Ok(())
                }

                fn spell(&self, bytes: &mut Vec<u8>) {
                    $(Field::spell(&self.$column, bytes);)+
                }
            }
        )+

        /// One landlord's rows of every view, in memory: of a source that is read whole.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Held {
            $($(#[doc = $about])+ pub $view: Vec<$row>,)+
            /// The people on record, so that nothing published names them; none where the cases came without.
            pub people: Option<Vec<Person>>,
            /// All references of the cases, so that nothing published has one of them.
            pub references: Vec<String>,
        }

        /// Every view of the contract.
        pub const VIEWS: &[View] = &[$(<$row as Row>::VIEW),+];

        /// Does something with the rows of every view, in the contract's order.
        ///
        /// # Errors
        /// With the first error that came of it.
        pub fn each_view<V: Visitor>(visitor: &mut V) -> $crate::Result<()> {
            $(visitor.visit::<$row>()?;)+
            Ok(())
        }
    };
    (@name $column:ident) => { stringify!($column) };
    (@name $column:ident $sql_name:literal) => { $sql_name };
    (@filed whole) => { Filed::Whole };
    (@filed case) => { Filed::ByCase(|row| row.case_id.as_str()) };
    (@filed $column:ident) => { Filed::ByDay(|row| row.$column) };
}

mod views;

pub use views::{
    Action, Case, Category, Equality, Escalation, Extension, FailureOrder, Finding, Held, KeptCalendar,
    Landlord, Learning, LoggedEvent, Order, Refusal, Remedy, Restriction, Risk, Stage, Stock, Survey, VIEWS,
    each_view, report_events, report_landlords,
};

impl Case {
    /// What the landlord knows it by: its own reference, or the id where it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.reference.as_ref().unwrap_or(&self.case_id)
    }
}
