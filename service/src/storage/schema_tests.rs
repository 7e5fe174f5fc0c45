//! The migrated database holds what `schema.rs` says, table by table and column by column, in the same order.

use diesel::prelude::{QueryDsl, RunQueryDsl};
use diesel::sqlite::Sqlite;
use diesel::{QueryableByName, Table, debug_query, sql_query, sql_types::Text};

use super::read::export;
use super::{Address, Connection, Database, schema};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(connection: &mut Connection, query: &str) -> Vec<String> {
    sql_query(query).load(connection).unwrap().into_iter().map(|line: Line| line.line).collect()
}

/// The columns that a query selects, from its own SQL: `` SELECT `a`.`x`, `a`.`y` FROM … ``.
fn selected(sql: &str) -> Vec<String> {
    let columns = sql.strip_prefix("SELECT ").unwrap().split(" FROM ").next().unwrap();
    columns.split(", ").map(|column| column.split('`').nth(3).unwrap().to_owned()).collect()
}

macro_rules! compare {
    ($connection:expr, $($table:ident),+ $(,)?) => {{
        let mut known = Vec::new();
        $({
            let query = schema::$table::table.select(schema::$table::table::all_columns()).limit(1);
            query.execute($connection).unwrap();
            let name = stringify!($table);
            let there = lines($connection, &format!("SELECT name AS line FROM pragma_table_info('{name}')"));
            assert_eq!(selected(&debug_query::<Sqlite, _>(&query).to_string()), there, "{name}");
            known.push(name.to_owned());
        })+
        known
    }};
}

#[test]
fn every_table_and_column_is_there_and_none_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&Address::file(&folder.path().join("schema.db")), 8).unwrap();
    let connection: &mut Connection = &mut database.connection().unwrap();
    let mut known = compare!(
        connection,
        landlords,
        stock,
        cases,
        case_events,
        feed,
        feed_heads,
        feed_waiting,
        notices,
        leases,
        webhook_endpoints,
        webhook_deliveries,
        imports,
        import_chunks,
        import_errors,
        imported_cases,
        api_keys,
        kept_answers,
        case_records,
        case_references,
        case_categories,
        case_stages,
        case_deadlines,
        case_windows,
        calendars,
        calendar_sources,
        duty_marks,
        case_refusals,
        case_escalations,
        case_remedies,
        case_actions,
        case_findings,
        case_orders,
        case_failure_orders,
        case_learning,
        case_surveys,
        case_risks,
        case_extensions,
        case_restrictions,
        case_residents,
        issued_letters,
        documents,
        erasures,
        erased_records,
        case_holds,
        personal_access,
    );
    known.sort();
    assert_eq!(known, tables_of(connection));
}

fn tables_of(connection: &mut Connection) -> Vec<String> {
    lines(
        connection,
        "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name",
    )
}

/// Whoever adds a table decides here whether a landlord that leaves takes it along.
#[test]
fn every_table_is_taken_out_or_named_with_the_reason_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&Address::file(&folder.path().join("out.db")), 1).unwrap();
    let there = tables_of(&mut database.connection().unwrap());
    for table in &there {
        let from = export::tables()
            .any(|out| out.from.split_whitespace().any(|word| word.trim_end_matches(')') == table));
        let left_out = export::LEFT_OUT.iter().any(|(name, why)| name == table && why.ends_with('.'));
        assert!(from != left_out, "{table}: taken out {from}, named as left out {left_out}");
    }
    assert!(export::LEFT_OUT.iter().all(|(name, _)| there.iter().any(|table| table == name)));
}
