//! The tables, as diesel sees them. The migrations are the truth; the tests hold the two together.

diesel::table! {
    landlords (id) {
        id -> Text,
        name -> Text,
        policy_id -> Text,
        year_end_month -> Integer,
        year_end_day -> Integer,
    }
}

diesel::table! {
    stock (landlord_id, year_start, stock_type) {
        landlord_id -> Text,
        year_start -> Date,
        stock_type -> Text,
        homes -> Integer,
    }
}

diesel::table! {
    cases (id) {
        id -> Text,
        landlord_id -> Text,
        version -> Integer,
        made_by -> Text,
        kind -> Text,
        phase -> Text,
        triage -> Text,
        stage -> Nullable<Integer>,
        handler -> Nullable<Text>,
        next_due_on -> Nullable<Date>,
        policy_id -> Text,
        code_id -> Text,
        came_from -> Nullable<Text>,
        channel -> Text,
        stock_type -> Text,
        tenure -> Nullable<Text>,
        service_area -> Nullable<Text>,
        contractor -> Nullable<Text>,
        area -> Nullable<Text>,
        residents -> Integer,
        anonymous -> Bool,
        represented -> Bool,
        adjustments -> Integer,
        vulnerable -> Bool,
        hazard -> Bool,
        became_complaint -> Bool,
        received_on -> Date,
        recorded_on -> Date,
        directed_on -> Nullable<Date>,
        closed_on -> Nullable<Date>,
        closed_why -> Nullable<Text>,
        withdrawn_on -> Nullable<Date>,
        reopened -> Integer,
        referred_on -> Nullable<Date>,
        settled_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_events (case_id, sequence) {
        case_id -> Text,
        sequence -> Integer,
        landlord_id -> Text,
        kind -> Text,
        body -> Text,
        digest -> Text,
    }
}

diesel::table! {
    feed (landlord_id, number) {
        landlord_id -> Text,
        number -> BigInt,
        case_id -> Nullable<Text>,
        sequence -> Nullable<Integer>,
        notice_id -> Nullable<Text>,
        kind -> Text,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        landlord_id -> Text,
        case_id -> Nullable<Text>,
        kind -> Text,
        key -> Text,
        body -> Text,
        occurred_at -> Timestamp,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> Timestamp,
    }
}

diesel::table! {
    feed_heads (landlord_id) {
        landlord_id -> Text,
        last -> BigInt,
    }
}

diesel::table! {
    case_records (id) {
        id -> Text,
        landlord_id -> Text,
        case_id -> Text,
        kind -> Text,
        salt -> Binary,
        body -> Text,
    }
}

diesel::table! {
    erasures (id) {
        id -> Text,
        landlord_id -> Text,
        case_id -> Text,
        scope -> Text,
        resident -> Nullable<Integer>,
        reason -> Text,
        records -> Integer,
        documents -> Integer,
        erased_at -> Timestamp,
        erased_by -> Text,
    }
}

diesel::table! {
    erased_records (record_id) {
        record_id -> Text,
        landlord_id -> Text,
        case_id -> Text,
        erasure_id -> Text,
        erased_at -> Timestamp,
    }
}

diesel::table! {
    case_holds (id) {
        id -> Text,
        landlord_id -> Text,
        case_id -> Text,
        reason -> Text,
        placed_at -> Timestamp,
        placed_by -> Text,
        lifted_at -> Nullable<Timestamp>,
        lifted_by -> Nullable<Text>,
    }
}

diesel::table! {
    personal_access (id) {
        id -> Text,
        landlord_id -> Text,
        what -> Text,
        subjects -> Text,
        accessed_at -> Timestamp,
        accessed_by -> Text,
        request_id -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        landlord_id -> Text,
        case_id -> Text,
        state -> Text,
        object_key -> Nullable<Text>,
        name -> Nullable<Text>,
        kind -> Text,
        resident -> Nullable<Integer>,
        media_type -> Text,
        size -> Nullable<BigInt>,
        digest -> Nullable<Text>,
        added_at -> Timestamp,
        added_by -> Text,
        removed_at -> Nullable<Timestamp>,
        removed_by -> Nullable<Text>,
        removed_why -> Nullable<Text>,
    }
}

diesel::table! {
    case_references (landlord_id, system, value) {
        landlord_id -> Text,
        system -> Text,
        value -> Text,
        case_id -> Text,
    }
}

diesel::table! {
    case_categories (case_id, category) {
        case_id -> Text,
        landlord_id -> Text,
        category -> Text,
    }
}

diesel::table! {
    case_stages (case_id, stage) {
        case_id -> Text,
        landlord_id -> Text,
        stage -> Integer,
        requested_on -> Date,
        logged_on -> Nullable<Date>,
        acknowledged_on -> Nullable<Date>,
        responded_on -> Nullable<Date>,
        outcome -> Nullable<Text>,
        policy_acknowledge_due_on -> Nullable<Date>,
        policy_respond_due_on -> Nullable<Date>,
        policy_extended_due_on -> Nullable<Date>,
        code_acknowledge_due_on -> Nullable<Date>,
        code_respond_due_on -> Nullable<Date>,
        code_respond_due_as_acknowledged_on -> Nullable<Date>,
        code_extended_due_on -> Nullable<Date>,
        extensions -> Integer,
        updates -> Integer,
        updates_agreed -> Bool,
        updates_late -> Integer,
        directed_on -> Nullable<Date>,
        first_contact -> Bool,
    }
}

diesel::table! {
    case_deadlines (case_id, clock, name) {
        case_id -> Text,
        landlord_id -> Text,
        clock -> Text,
        name -> Text,
        due_on -> Date,
        due_at -> Nullable<Timestamp>,
        projected -> Bool,
        clause -> Text,
        untold_below -> Nullable<Integer>,
    }
}

diesel::table! {
    case_windows (case_id, name) {
        case_id -> Text,
        landlord_id -> Text,
        name -> Text,
        due_on -> Date,
        clause -> Text,
        untold_below -> Nullable<Integer>,
    }
}

diesel::table! {
    calendars (number) {
        number -> Integer,
        version -> Text,
        release -> Text,
        source -> Text,
        body -> Text,
        digest -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    calendar_sources (source) {
        source -> Text,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
        etag -> Nullable<Text>,
        failure -> Nullable<Text>,
        unlisted -> Text,
    }
}

diesel::table! {
    duty_marks (duty) {
        duty -> Text,
        goal -> Text,
        place -> Text,
        reached_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    case_refusals (case_id, what, number) {
        case_id -> Text,
        landlord_id -> Text,
        what -> Text,
        number -> Integer,
        refused_on -> Date,
        ground -> Text,
        clause -> Text,
        discretion_considered -> Bool,
        overturned_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_escalations (case_id, number) {
        case_id -> Text,
        landlord_id -> Text,
        number -> Integer,
        requested_on -> Date,
        reasons_given -> Bool,
        outcome -> Text,
        late -> Bool,
        decided_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_remedies (case_id, remedy) {
        case_id -> Text,
        landlord_id -> Text,
        remedy -> Integer,
        stage -> Nullable<Integer>,
        kind -> Text,
        pence -> Nullable<BigInt>,
        offered_on -> Date,
        accepted_on -> Nullable<Date>,
        declined_on -> Nullable<Date>,
        lapsed_on -> Nullable<Date>,
        paid_pence -> Nullable<BigInt>,
        offset_pence -> Nullable<BigInt>,
        basis -> Nullable<Text>,
        due_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_actions (case_id, action) {
        case_id -> Text,
        landlord_id -> Text,
        action -> Integer,
        stage -> Nullable<Integer>,
        due_on -> Date,
        done_on -> Nullable<Date>,
        owner -> Text,
    }
}

diesel::table! {
    case_findings (case_id, issue) {
        case_id -> Text,
        landlord_id -> Text,
        issue -> Integer,
        reference -> Text,
        determined_on -> Date,
        finding -> Text,
        about -> Text,
    }
}

diesel::table! {
    case_orders (case_id, number) {
        case_id -> Text,
        landlord_id -> Text,
        number -> Integer,
        reference -> Text,
        kind -> Text,
        due_on -> Nullable<Date>,
        complied_on -> Nullable<Date>,
        pence -> Nullable<BigInt>,
    }
}

diesel::table! {
    case_failure_orders (case_id, number) {
        case_id -> Text,
        landlord_id -> Text,
        number -> Integer,
        reference -> Text,
        #[sql_name = "type"]
        kind -> Integer,
        issued_on -> Date,
        due_on -> Nullable<Date>,
        complied_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_learning (case_id, learning) {
        case_id -> Text,
        landlord_id -> Text,
        learning -> Integer,
        theme -> Text,
        root_cause -> Text,
        improvement_record -> Text,
        owner -> Text,
        recorded_on -> Date,
        done_on -> Nullable<Date>,
        reported_to -> Nullable<Text>,
    }
}

diesel::table! {
    case_surveys (case_id, number) {
        case_id -> Text,
        landlord_id -> Text,
        number -> Integer,
        stage -> Nullable<Integer>,
        answer -> Integer,
        answered_on -> Date,
    }
}

diesel::table! {
    case_risks (case_id, risk) {
        case_id -> Text,
        landlord_id -> Text,
        risk -> Integer,
        kind -> Text,
        aware_on -> Date,
        handed_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_extensions (case_id, stage, number) {
        case_id -> Text,
        landlord_id -> Text,
        stage -> Integer,
        number -> Integer,
        decided_on -> Date,
        respond_by -> Date,
        ombudsman_details -> Bool,
    }
}

diesel::table! {
    case_restrictions (case_id, restriction) {
        case_id -> Text,
        landlord_id -> Text,
        restriction -> Integer,
        since_on -> Date,
        review_on -> Nullable<Date>,
        lifted_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_residents (case_id, resident) {
        case_id -> Text,
        landlord_id -> Text,
        resident -> Integer,
        ethnicity_record -> Nullable<Text>,
        disability -> Bool,
        vulnerability -> Bool,
        adjustment -> Bool,
    }
}

diesel::table! {
    feed_waiting (landlord_id, source, sequence) {
        landlord_id -> Text,
        source -> Text,
        sequence -> Integer,
        case_id -> Nullable<Text>,
        kind -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    api_keys (id) {
        id -> Text,
        landlord_id -> Text,
        prefix -> Text,
        digest -> Text,
        name -> Text,
        role -> Text,
        scopes -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        replaced_by -> Nullable<Text>,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    kept_answers (landlord_id, key_digest) {
        landlord_id -> Text,
        key_digest -> Text,
        request_digest -> Text,
        status -> Integer,
        headers -> Text,
        body -> Text,
        kept_at -> Timestamp,
    }
}

diesel::table! {
    issued_letters (id) {
        id -> Text,
        landlord_id -> Text,
        case_id -> Text,
        letter -> Text,
        kind -> Text,
        addressee -> Integer,
        issued_at -> Timestamp,
        issued_by -> Text,
        template -> Text,
        html_digest -> Text,
        text_digest -> Text,
        html -> Nullable<Text>,
        plain -> Nullable<Text>,
        erased_at -> Nullable<Timestamp>,
        replaces -> Nullable<Text>,
        replaced_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    webhook_endpoints (id) {
        id -> Text,
        landlord_id -> Text,
        url -> Text,
        description -> Text,
        types -> Text,
        secret -> Text,
        previous_secret -> Nullable<Text>,
        previous_until -> Nullable<Timestamp>,
        told_to -> BigInt,
        failing_since -> Nullable<Timestamp>,
        rests_until -> Nullable<Timestamp>,
        disabled_at -> Nullable<Timestamp>,
        disabled_why -> Nullable<Text>,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        landlord_id -> Text,
        state -> Text,
        mapping -> Text,
        special_category -> Bool,
        dry_run -> Bool,
        origin -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        upload -> Nullable<Text>,
        file_bytes -> Nullable<BigInt>,
        file_digest -> Nullable<Text>,
        started_at -> Nullable<Timestamp>,
        stepped_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        bytes_read -> BigInt,
        rows_read -> BigInt,
        rows_failed -> BigInt,
        cases_made -> BigInt,
        cases_unchanged -> BigInt,
        events_made -> BigInt,
        errors -> BigInt,
        why -> Nullable<Text>,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Text,
        landlord_id -> Text,
        endpoint_id -> Text,
        message -> Text,
        kind -> Text,
        number -> Nullable<BigInt>,
        case_id -> Nullable<Text>,
        sequence -> Nullable<Integer>,
        notice_id -> Nullable<Text>,
        occurred_at -> Timestamp,
        recorded_at -> Timestamp,
        lane -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Nullable<Timestamp>,
        claim -> Nullable<Text>,
        last_attempt_at -> Nullable<Timestamp>,
        last_status -> Nullable<Integer>,
        last_problem -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    import_chunks (import_id, upload, number) {
        import_id -> Text,
        upload -> Text,
        number -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    import_errors (import_id, number) {
        import_id -> Text,
        number -> BigInt,
        row_number -> BigInt,
        field -> Text,
        source -> Nullable<Text>,
        code -> Text,
        detail -> Text,
    }
}

diesel::table! {
    imported_cases (case_id) {
        case_id -> Text,
        landlord_id -> Text,
        import_id -> Text,
        digest -> Text,
        imported_on -> Date,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    cases,
    case_actions,
    case_categories,
    case_deadlines,
    case_events,
    case_findings,
    case_holds,
    case_learning,
    case_orders,
    case_records,
    case_references,
    documents,
    feed,
    imported_cases,
    notices,
);

diesel::allow_tables_to_appear_in_same_query!(webhook_endpoints, webhook_deliveries, feed_heads);
