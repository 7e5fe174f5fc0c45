//! What is kept besides the cases' tables: events and records, of which those are made, and what stands nowhere else.

use super::table::{Column, Holds, Table, column, tables};
use crate::access::Scope;

tables! {
    KEPT, derived: false;
    landlords (CasesRead) by [landlord_id] from "landlords" of "id": "The landlord." {
        landlord_id Text "id", name Text, policy_id Text, year_end_month Number, year_end_day Number,
    }
    stock (CasesRead) by [year_start, stock_type] from "stock" of "landlord_id":
        "The homes at the end of a reporting year, by stock type." {
        landlord_id Text, year_start Day, stock_type Text, homes Number,
    }
    events (CasesRead) by [case_id, sequence] from "case_events" of "landlord_id":
        "An event of a case's log, with the digest that chains it to the one before: of these and the records every table that is `derived` can be made anew." {
        landlord_id Text, case_id Text, sequence Number, type Text "kind", event Json "body", digest Text,
    }
    records (CasesRead) by [record_id] from "case_records" of "landlord_id":
        "Words and personal data that events refer to, with the salt of their digest. Masked without `personal:read`; special-category words without `special-category`." {
        landlord_id Text, record_id Text "id", case_id Text, kind Text, body Words, salt Words "SALT",
    }
    notices (FeedRead) by [notice_id] from "notices" of "landlord_id": "What the service noticed by itself." {
        landlord_id Text, notice_id Text "id", case_id Text, type Text "kind", key Text, notice Json "body",
        occurred_at Instant, recorded_at Instant,
    }
    feed (FeedRead) by [feed] from "feed" of "landlord_id": "A line of the feed: an event, or a notice, by its number." {
        landlord_id Text, feed Number "number", case_id Text, sequence Number, notice_id Text, type Text "kind",
    }
    issued_letters (CasesRead) by [issued_id] from "issued_letters" of "landlord_id":
        "A letter that was issued, byte for byte as it was, with the digests of its page and its text. Masked without `personal:read`." {
        landlord_id Text, issued_id Text "id", case_id Text, letter Text, kind Text, addressee Number, issued_at Instant,
        issued_by Text, template Text, html_digest Text, text_digest Text, html Words, text Words "plain",
        erased_at Instant, replaces Text, replaced_at Instant,
    }
    documents (DocumentsRead) by [document_id]
        from "(SELECT * FROM documents WHERE digest IS NOT NULL) AS documents" of "landlord_id":
        "A document of a case, those that were removed too, with its SHA-256; `content` is the address that gives the document itself. The name is masked without `personal:read`." {
        landlord_id Text, document_id Text "id", case_id Text, name Words, kind Text, resident Number, media_type Text,
        size Number, digest Text, added_at Instant, added_by Text, removed_at Instant, removed_by Text,
        removed_why Text,
        content Text "CASE WHEN state = 'kept' THEN '/v1/cases/' || case_id || '/documents/' || id || '/content' END",
    }
    holds (CasesRead) by [hold_id] from "case_holds" of "landlord_id":
        "A reason of law for which nothing of a case may be erased, in force until it was lifted." {
        landlord_id Text, hold_id Text "id", case_id Text, reason Text, placed_at Instant, placed_by Text,
        lifted_at Instant, lifted_by Text,
    }
    erasures (CasesRead) by [erasure_id] from "erasures" of "landlord_id":
        "That personal data was erased: of one resident or representative of a case, or all of its words." {
        landlord_id Text, erasure_id Text "id", case_id Text, scope Text, resident Number, reason Text, records Number,
        documents Number, erased_at Instant, erased_by Text,
    }
    erased_records (CasesRead) by [record_id] from "erased_records" of "landlord_id":
        "That a record was erased which an event still names, so that it is told from one that was lost." {
        landlord_id Text, record_id Text, case_id Text, erasure_id Text, erased_at Instant,
    }
    personal_access (CasesRead) by [access_id] from "personal_access" of "landlord_id":
        "That somebody looked for residents, or had given out or erased what is held on them: ids alone." {
        landlord_id Text, access_id Text "id", what Text, subjects Json, accessed_at Instant, accessed_by Text,
        request_id Text,
    }
    calendars (CasesRead) by [number] from "calendars JOIN landlords ON 1 = 1" of "landlords.id":
        "A calendar that dates were counted on, in the order in which they held, as the JSON that its digest was made of; the same for all landlords of this service." {
        landlord_id Text "landlords.id", number Number, version Text, release Text, source Text, calendar Text "body",
        digest Text, recorded_at Instant,
    }
    imports (HistoryImport) by [import_id] from "imports" of "landlord_id":
        "A history that was brought in, or tried, with its mapping and what came of it." {
        landlord_id Text, import_id Text "id", state Text, mapping Json, special_category Flag, dry_run Flag,
        origin Text, created_at Instant, created_by Text, file_bytes Number, file_digest Text, started_at Instant,
        ended_at Instant, bytes_read Number, rows_read Number, rows_failed Number, cases_made Number,
        cases_unchanged Number, events_made Number, errors Number, why Text,
    }
    import_errors (HistoryImport) by [import_id, number]
        from "import_errors JOIN imports ON imports.id = import_errors.import_id" of "imports.landlord_id":
        "What was wrong with a row of such a history, without a word of what stood there." {
        landlord_id Text "imports.landlord_id", import_id Text "import_errors.import_id",
        number Number "import_errors.number", row Number "import_errors.row_number", field Text "import_errors.field",
        source Text "import_errors.source", code Text "import_errors.code", detail Text "import_errors.detail",
    }
    imported_cases (CasesRead) by [case_id] from "imported_cases" of "landlord_id":
        "That a case came with a history, and a digest of what it came as." {
        landlord_id Text, case_id Text, import_id Text, digest Text, imported_on Day,
    }
}

/// The tables that are not taken out, and why a landlord that leaves misses nothing without them.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("api_keys", "Keys open this service alone, and are kept as digests; `/v1/keys` lists them."),
    (
        "webhook_endpoints",
        "They are told of this service's news, and hold secrets; `/v1/webhooks` lists them.",
    ),
    ("webhook_deliveries", "What became of telling them, kept for 30 days; what was told stands in `feed`."),
    ("kept_answers", "Answers kept for a day, in case a request comes twice."),
    ("import_chunks", "A file on its way in, which is the landlord's own and goes when it has been read."),
    ("feed_heads", "The greatest number in `feed`."),
    ("feed_waiting", "What waits for its number; it has one when `feed` is taken out."),
    ("calendar_sources", "How asking for bank holidays went last; what came of it stands in `calendars`."),
    ("leases", "Which instance of the service does what at this moment."),
    ("duty_marks", "How far the service has come with what it does by itself."),
];
