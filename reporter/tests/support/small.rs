//! One small landlord with something in every view.

use super::{Ending, Fixture, StageOf};

/// The landlord's id.
pub const ID: &str = "northgate";

/// What is said of a landlord whose policy nobody knows.
pub const UNKNOWN: &str = "its policy, policy, is not known: the report says nothing of it";

/// Its rows: a year 2025-26 with a quarter before and a year before, a little of everything.
pub fn landlord() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "Northgate Homes <&> Co");
    for (year, lcra, lcho) in [(2024, 4_000, 980), (2025, 4_100, 990)] {
        fixture.stock(ID, year, "lcra", lcra);
        fixture.stock(ID, year, "lcho", lcho);
    }
    for (day, count) in
        [("2024-11-04", 9), ("2025-05-06", 12), ("2025-08-11", 10), ("2025-10-06", 14), ("2025-11-10", 8)]
    {
        complaints(&mut fixture, day, count);
    }
    others(&mut fixture);
    refusals(&mut fixture);
    remedies(&mut fixture);
    ombudsman(&mut fixture);
    fixture
}

fn complaints(fixture: &mut Fixture, day: &str, count: usize) {
    for index in 0..count {
        let stock = ["lcra", "lcra", "lcra", "lcho", "leasehold"][index % 5];
        let contractor = if index % 3 == 0 { "Brightfix" } else { "" };
        let case = fixture.case(ID, "complaint", stock, day, contractor);
        let ending = match index % 7 {
            3 => Ending::Extended,
            5 => Ending::Late,
            6 => Ending::Open,
            _ => Ending::InTime,
        };
        let outcome = ["upheld", "partly-upheld", "not-upheld"][index % 3];
        fixture.stage(ID, &case, StageOf { stage: 1, requested_on: day, ending, outcome });
        if index % 4 == 1 {
            fixture.stage(
                ID,
                &case,
                StageOf { stage: 2, requested_on: day, ending: Ending::InTime, outcome },
            );
            fixture
                .insert("report_escalations", &format!("'{ID}','{case}','{day}',{},'accepted',0", index % 2));
        }
        for category in [["repairs"].as_slice(), &["repairs", "damp-and-mould"], &["asb"]][index % 3] {
            fixture.insert("report_categories", &format!("'{ID}','{case}','{category}'"));
        }
        if index == 0 {
            fixture.run(&format!(
                "UPDATE report_cases SET represented=1, vulnerable=1, residents=3, channel='telephone' WHERE case_id='{case}'"
            ));
        }
    }
}

fn others(fixture: &mut Fixture) {
    for kind in ["service-request", "service-request", "enquiry", "compliment"] {
        fixture.case(ID, kind, "lcra", "2025-10-15", "");
    }
    for (answer, day) in
        [(1, "2025-11-20"), (2, "2025-11-20"), (2, "2025-12-01"), (4, "2025-12-02"), (5, "2025-12-03")]
    {
        fixture.insert("report_surveys", &format!("'{ID}','case-1',1,{answer},'{day}'"));
    }
    fixture.insert(
        "report_learning",
        &format!(
            "'{ID}','case-2',1,'repairs','Appointments were not confirmed','A text the day before each visit','J Bloggs',\
             '2025-11-14','2025-12-10','Residents'' panel'"
        ),
    );
    fixture.insert(
        "report_learning",
        &format!("'{ID}',NULL,2,'communication','Letters were hard to read','Plain templates','J Bloggs','2025-12-01',NULL,NULL"),
    );
}

fn refusals(fixture: &mut Fixture) {
    for (ground, clause, overturned) in [
        ("out-of-time", "2.2", "NULL"),
        ("out-of-time", "2.2", "'2025-12-12'"),
        ("legal-proceedings", "2.2", "NULL"),
    ] {
        let case = fixture.case(ID, "complaint", "lcra", "2025-10-20", "");
        fixture.run(&format!("UPDATE report_cases SET triage='refused' WHERE case_id='{case}'"));
        fixture.insert(
            "report_refusals",
            &format!("'{ID}','{case}','complaint','2025-10-22','{ground}','{clause}',1,{overturned}"),
        );
    }
    fixture.insert(
        "report_refusals",
        &format!("'{ID}','case-3','escalation','2025-11-05','no-grounds','6.3',0,NULL"),
    );
    fixture.insert("report_escalations", &format!("'{ID}','case-3','2025-11-03',1,'refused',1"));
}

fn remedies(fixture: &mut Fixture) {
    for (number, kind, pence, accepted) in [
        (1, "apology", "NULL", "NULL"),
        (2, "financial", "12550", "'2025-11-25'"),
        (3, "financial", "5001", "NULL"),
    ] {
        fixture.insert(
            "report_remedies",
            &format!(
                "'{ID}','case-4',1,{number},'{kind}',{pence},'2025-11-20',{accepted},NULL,NULL,NULL,NULL"
            ),
        );
    }
    fixture.run("UPDATE report_remedies SET paid_pence=10000, offset_pence=2550 WHERE remedy=2");
    for (number, due, done) in [
        (1, "2025-11-28", "'2025-11-27'"),
        (2, "2025-12-05", "'2025-12-09'"),
        (3, "2025-12-15", "NULL"),
        (4, "2026-08-01", "NULL"),
    ] {
        fixture.insert("report_actions", &format!("'{ID}','case-4',{number},1,'{due}',{done}"));
    }
}

fn ombudsman(fixture: &mut Fixture) {
    for (issue, finding) in [
        (1, "maladministration"),
        (2, "service-failure"),
        (3, "no-maladministration"),
        (4, "outside-jurisdiction"),
    ] {
        fixture
            .insert("report_findings", &format!("'{ID}','case-1','DET-1','2025-12-08',{issue},'{finding}'"));
    }
    fixture.insert(
        "report_orders",
        &format!("'{ID}','case-1','DET-1',1,'order','2026-01-05','2026-01-02',40000"),
    );
    fixture.insert("report_orders", &format!("'{ID}','case-1','DET-1',2,'order','2026-01-05',NULL,NULL"));
    fixture.insert("report_orders", &format!("'{ID}','case-1','DET-1',3,'recommendation',NULL,NULL,NULL"));
    fixture.insert(
        "report_failure_orders",
        &format!("'{ID}','case-1','CHFO-1',2,'2025-12-01','2025-12-15','2025-12-12'"),
    );
}
