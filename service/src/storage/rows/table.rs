//! What all the tables that hang on a case have in common.

use crate::storage::{Connection, StorageError};

/// A row of such a table.
pub trait Row: PartialEq + Sized {
    /// Whether the two stand in the same place: one can only replace the other.
    fn same_place(&self, other: &Self) -> bool;
    /// The table, and what tells the row from the others of its case.
    fn place(&self) -> String;
    /// The columns in which the two are not the same.
    fn differing(&self, other: &Self) -> Vec<&'static str>;
    /// The rows of a landlord's case.
    fn load(connection: &mut Connection, landlord: &str, case: &str) -> Result<Vec<Self>, StorageError>;
    /// Puts it there.
    fn insert(&self, connection: &mut Connection) -> Result<(), StorageError>;
    /// Puts many there.
    fn insert_all(connection: &mut Connection, rows: &[&Self]) -> Result<(), StorageError>;
    /// Puts it in place of the one there.
    fn update(&self, connection: &mut Connection) -> Result<(), StorageError>;
    /// Takes it away.
    fn delete(&self, connection: &mut Connection) -> Result<(), StorageError>;
    /// Takes all of a landlord's case away, whether they read or not.
    fn clear(connection: &mut Connection, landlord: &str, case: &str) -> Result<(), StorageError>;
}

/// Makes what stands into what is to stand.
pub fn replace<R: Row>(
    connection: &mut Connection,
    standing: &[R],
    wanted: &[R],
) -> Result<(), StorageError> {
    for gone in standing.iter().filter(|old| !wanted.iter().any(|new| new.same_place(old))) {
        gone.delete(connection)?;
    }
    for row in wanted {
        match standing.iter().find(|old| old.same_place(row)) {
            Some(old) if old == row => {}
            Some(_) => row.update(connection)?,
            None => row.insert(connection)?,
        }
    }
    Ok(())
}

/// Makes what stands into what is to stand, also where a row of it does not read.
pub fn renew<R: Row>(
    connection: &mut Connection,
    (landlord, case): (&str, &str),
    wanted: &[R],
) -> Result<(), StorageError> {
    match R::load(connection, landlord, case) {
        Ok(standing) => replace(connection, &standing, wanted),
        Err(StorageError::Unreadable { .. }) => {
            R::clear(connection, landlord, case)?;
            R::insert_all(connection, &wanted.iter().collect::<Vec<_>>())
        }
        Err(error) => Err(error),
    }
}

/// What is not as it should be, row by row: `case_stages 2: policy_respond_due_on`. A table with a row that does not read is named with the
/// column.
pub fn differences<R: Row>(
    connection: &mut Connection,
    (landlord, case): (&str, &str),
    wanted: &[R],
) -> Result<Vec<String>, StorageError> {
    match R::load(connection, landlord, case) {
        Ok(standing) => Ok(between(&standing, wanted)),
        Err(error @ StorageError::Unreadable { .. }) => Ok(vec![error.to_string()]),
        Err(error) => Err(error),
    }
}

fn between<R: Row>(standing: &[R], wanted: &[R]) -> Vec<String> {
    let mut found = Vec::new();
    for row in wanted {
        match standing.iter().find(|old| old.same_place(row)) {
            Some(old) if old == row => {}
            Some(old) => found.push(format!("{}: {}", row.place(), row.differing(old).join(", "))),
            None => found.push(format!("{}: missing", row.place())),
        }
    }
    let unwanted = standing.iter().filter(|old| !wanted.iter().any(|new| new.same_place(old)));
    found.extend(unwanted.map(|old| format!("{}: should not be there", old.place())));
    found
}

/// Declares the rows of a table by what they hold besides the case and its landlord; `by` names what tells one row of a case from
/// another. A column that is not computed from the case, and begins anew whenever the row is another, is named after `resetting`.
macro_rules! rows {
    (
        $(#[$meta:meta])* $name:ident in $table:ident by $($key:ident),+ $(resetting $reset:ident to $anew:literal)?
        { $($field:ident: $kind:ty),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, PartialEq, Eq, diesel::Insertable, diesel::AsChangeset, diesel::Queryable, diesel::Selectable,
        )]
        #[diesel(table_name = $table, primary_key(case_id, $($key),+), treat_none_as_null = true, treat_none_as_default_value = false)]
        pub struct $name {
            pub(super) case_id: String,
            pub(super) landlord_id: String,
            $(pub(super) $field: $kind,)+
        }

        impl $name {
            /// A row as it was computed, with whose it is.
            pub(super) fn of(of: $crate::storage::rows::Of<'_>, row: redress_shared::case::rows::$name) -> Self {
                Self {
                    case_id: of.id.to_owned(),
                    landlord_id: of.landlord.to_owned(),
                    $($field: row.$field,)+
                }
            }
        }

        impl $crate::storage::rows::table::Row for $name {
            fn same_place(&self, other: &Self) -> bool {
                self.case_id == other.case_id $(&& self.$key == other.$key)+
            }

            fn place(&self) -> String {
                let mut place = stringify!($table).to_owned();
                $(place.push_str(&format!(" {}", self.$key));)+
                place
            }

            fn differing(&self, other: &Self) -> Vec<&'static str> {
                let mut columns = Vec::new();
                $(if self.$field != other.$field { columns.push(stringify!($field)); })+
                columns
            }

            fn load(
                connection: &mut $crate::storage::Connection,
                landlord: &str,
                case: &str,
            ) -> Result<Vec<Self>, $crate::storage::StorageError> {
                use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
                let rows = $table::table
                    .filter($table::case_id.eq(case))
                    .filter($table::landlord_id.eq(landlord))
                    .order(($($table::$key),+,))
                    .select(Self::as_select());
                $crate::storage::error::reads(stringify!($table), rows.load(connection))
            }

            fn insert(&self, connection: &mut $crate::storage::Connection) -> Result<(), $crate::storage::StorageError> {
                use diesel::prelude::RunQueryDsl;
                let row = diesel::insert_into($table::table).values(self);
                $crate::storage::prepared::on!(connection => |it| row.execute(it))?;
                Ok(())
            }

            fn insert_all(
                connection: &mut $crate::storage::Connection,
                rows: &[&Self],
            ) -> Result<(), $crate::storage::StorageError> {
                $crate::storage::bulk::insert_all!(connection, $table::table, rows.to_vec());
                Ok(())
            }

            fn update(&self, connection: &mut $crate::storage::Connection) -> Result<(), $crate::storage::StorageError> {
                use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, RunQueryDsl};
                use diesel::query_builder::AsChangeset;
                let place = $table::case_id
                    .eq(&self.case_id)
                    .and($table::landlord_id.eq(&self.landlord_id))
                    $(.and($table::$key.eq(&self.$key)))+;
                let changed = $crate::storage::prepared::update(stringify!($table), (self, $($table::$reset.eq($anew),)?).as_changeset(), place);
                let row = $crate::storage::prepared::kept!(changed);
                $crate::storage::prepared::on!(connection => |it| row.execute(it))?;
                Ok(())
            }

            fn delete(&self, connection: &mut $crate::storage::Connection) -> Result<(), $crate::storage::StorageError> {
                use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
                let place = $table::table
                    .filter($table::case_id.eq(&self.case_id))
                    .filter($table::landlord_id.eq(&self.landlord_id))
                    $(.filter($table::$key.eq(&self.$key)))+;
                let row = diesel::delete(place);
                $crate::storage::prepared::on!(connection => |it| row.execute(it))?;
                Ok(())
            }

            fn clear(
                connection: &mut $crate::storage::Connection,
                landlord: &str,
                case: &str,
            ) -> Result<(), $crate::storage::StorageError> {
                use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
                let rows = $table::table
                    .filter($table::case_id.eq(case))
                    .filter($table::landlord_id.eq(landlord));
                diesel::delete(rows).execute(connection)?;
                Ok(())
            }
        }
    };
}
pub(super) use rows;
