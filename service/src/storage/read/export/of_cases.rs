//! The tables of cases. Where a `report_*` view has the table, the columns are its columns, by the same names, with what else tells one
//! row from another. All of them follow from events and records.

use super::table::{Column, Holds, Table, column, tables};
use crate::access::Scope;

tables! {
    OF_CASES, derived: true;
    cases (CasesRead) by [case_id] from "report_cases JOIN cases ON cases.id = report_cases.case_id"
        of "cases.landlord_id": "A case as its events have left it." {
        landlord_id Text "cases.landlord_id", case_id Text "cases.id", reference Text "report_cases.reference",
        version Number "cases.version", kind Text "cases.kind", received_on Day "cases.received_on",
        recorded_on Day "cases.recorded_on", channel Text "cases.channel", stock_type Text "cases.stock_type",
        tenure Text "cases.tenure", residents Number "cases.residents", anonymous Flag "cases.anonymous",
        represented Flag "cases.represented", service_area Text "cases.service_area",
        contractor Text "cases.contractor", area Text "cases.area", phase Text "cases.phase",
        triage Text "cases.triage", stage Number "cases.stage", handler Text "cases.handler",
        next_due_on Day "cases.next_due_on", closed_on Day "cases.closed_on", closed_why Text "cases.closed_why",
        withdrawn_on Day "cases.withdrawn_on", directed_on Day "cases.directed_on", hazard Flag "cases.hazard",
        third_party Flag "report_cases.third_party", adjustments Number "cases.adjustments",
        vulnerable Flag "cases.vulnerable", came_from Text "cases.came_from",
        from_service_request Flag "report_cases.from_service_request",
        became_complaint Flag "cases.became_complaint", reopened Number "cases.reopened",
        policy_id Text "cases.policy_id", code_id Text "cases.code_id", referred_on Day "cases.referred_on",
        settled_on Day "cases.settled_on", imported Flag "report_cases.imported",
    }
    references (CasesRead) by [system, value] from "case_references" of "landlord_id":
        "A reference of another system to a case." {
        landlord_id Text, case_id Text, system Text, value Text,
    }
    categories (CasesRead) by [case_id, category] from "case_categories" of "landlord_id":
        "A category that a case is about." {
        landlord_id Text, case_id Text, category Text,
    }
    stages (CasesRead) by [case_id, stage] from "case_stages" of "landlord_id":
        "A stage that a case has come to, with its dates and due dates by both clocks." {
        landlord_id Text, case_id Text, stage Number, requested_on Day, logged_on Day, acknowledged_on Day,
        responded_on Day, outcome Text, policy_acknowledge_due_on Day, policy_respond_due_on Day,
        policy_extended_due_on Day, code_acknowledge_due_on Day, code_respond_due_on Day,
        code_respond_due_as_acknowledged_on Day, code_extended_due_on Day, extensions Number, updates Number,
        updates_agreed Flag, updates_late Number, directed_on Day, first_contact Flag,
    }
    deadlines (CasesRead) by [case_id, clock, name] from "case_deadlines" of "landlord_id":
        "Something that is owed and not done." {
        landlord_id Text, case_id Text, clock Text, name Text, due_on Day, due_at Instant, projected Flag,
        clause Text,
    }
    refusals (CasesRead) by [case_id, what, number] from "case_refusals" of "landlord_id":
        "A complaint, or stage 2, declined." {
        landlord_id Text, case_id Text, what Text, number Number, refused_on Day, ground Text, clause Text,
        discretion_considered Flag, overturned_on Day,
    }
    escalations (CasesRead) by [case_id, number] from "case_escalations" of "landlord_id":
        "A request for stage 2." {
        landlord_id Text, case_id Text, number Number, requested_on Day, reasons_given Flag, outcome Text, late Flag,
        decided_on Day,
    }
    remedies (CasesRead) by [case_id, remedy] from "case_remedies" of "landlord_id":
        "A remedy that was offered, and what became of it." {
        landlord_id Text, case_id Text, stage Number, remedy Number, kind Text, pence Number, offered_on Day,
        accepted_on Day, declined_on Day, lapsed_on Day, paid_pence Number, offset_pence Number,
        basis Text, due_on Day,
    }
    actions (CasesRead) by [case_id, action] from "case_actions" of "landlord_id": "An action that was promised." {
        landlord_id Text, case_id Text, action Number, stage Number, due_on Day, done_on Day, owner Text,
    }
    findings (CasesRead) by [case_id, issue] from "case_findings" of "landlord_id":
        "What the Ombudsman found on one issue." {
        landlord_id Text, case_id Text, reference Text, determined_on Day, issue Number, finding Text,
        about Text,
    }
    orders (CasesRead) by [case_id, number] from "case_orders" of "landlord_id":
        "What the Ombudsman ordered or recommended." {
        landlord_id Text, case_id Text, reference Text, number Number, kind Text, due_on Day, complied_on Day,
        pence Number,
    }
    failure_orders (CasesRead) by [case_id, number] from "case_failure_orders" of "landlord_id":
        "A complaint handling failure order." {
        landlord_id Text, case_id Text, number Number, reference Text, type Number, issued_on Day, due_on Day,
        complied_on Day,
    }
    learning (CasesRead) by [case_id, learning]
        from "case_learning LEFT JOIN case_records ON case_records.id = case_learning.improvement_record"
        of "case_learning.landlord_id": "What was learnt." {
        landlord_id Text "case_learning.landlord_id", case_id Text "case_learning.case_id", learning Number,
        theme Text, root_cause Text, improvement Words "case_records.body", owner Text, recorded_on Day,
        done_on Day, reported_to Text,
    }
    surveys (CasesRead) by [case_id, number] from "case_surveys" of "landlord_id":
        "How satisfied a resident was with how the complaint was handled, 1 very to 5 not at all." {
        landlord_id Text, case_id Text, number Number, stage Number, answer Number, answered_on Day,
    }
    risks (CasesRead) by [case_id, risk] from "case_risks" of "landlord_id": "A risk that was flagged, and handed on." {
        landlord_id Text, case_id Text, risk Number, kind Text, aware_on Day, handed_on Day,
    }
    extensions (CasesRead) by [case_id, stage, number] from "case_extensions" of "landlord_id":
        "A notice that an answer would be later." {
        landlord_id Text, case_id Text, stage Number, number Number, decided_on Day, respond_by Day,
        ombudsman_details Flag,
    }
    restrictions (CasesRead) by [case_id, restriction] from "case_restrictions" of "landlord_id":
        "A restriction on contact." {
        landlord_id Text, case_id Text, restriction Number, since_on Day, review_on Day, lifted_on Day,
    }
    windows (CasesRead) by [case_id, name] from "case_windows" of "landlord_id":
        "Until when the resident may do something, such as ask for stage 2." {
        landlord_id Text, case_id Text, name Text, due_on Day, clause Text,
    }
    equality (SpecialCategory) by [received_on, characteristic, answer] from "report_equality" of "landlord_id":
        "How many residents who complained told the same of themselves, by the day of receipt and never by case: what reports on equality count." {
        landlord_id Text, received_on Day, characteristic Text, answer Text, residents Number,
    }
    residents (SpecialCategory) by [case_id, resident] from "case_residents" of "landlord_id":
        "That a resident told of themselves, for the figures on equality; the words stand in the records." {
        landlord_id Text, case_id Text, resident Number, ethnicity_record Text, disability Flag, vulnerability Flag,
        adjustment Flag,
    }
}
