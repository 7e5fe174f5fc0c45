//! What is found wrong in the case data.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fs;
use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use support::Fixture;
use support::small::{ID, landlord};

/// Checks the landlord's cases on the last day of June 2026; gives the exit code, what was said and the faults.
fn check(fixture: &Fixture) -> (ExitCode, String, String) {
    let [database, out] = [fixture.file(), fixture.out()].map(|path| path.to_string_lossy().into_owned());
    let words =
        ["redress-reporter", "check", "--landlord", ID, "--as-of", "2026-06-30", "--format", "csv,html"];
    let cli = Cli::try_parse_from([&words[..], &["--database", &database, "--out", &out]].concat());
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.expect("arguments").run(&mut out, &mut errors, &Steps::default());
    let faults = fixture.out().join("northgate-check-2026-06-30-with-references/faults.csv");
    let faults = fs::read_to_string(faults).expect("faults");
    (code, String::from_utf8(errors).expect("text"), faults)
}

#[test]
fn faults_in_the_data_are_told_with_their_cases() {
    let mut fixture = landlord();
    let (_, _, before) = check(&fixture);
    fixture.run("UPDATE report_cases SET reference='NG-1', closed_on='2025-01-01' WHERE case_id='case-12'");
    fixture.run("UPDATE report_cases SET reference='NG-2', area='North' WHERE case_id='case-13'");
    fixture.run("UPDATE report_cases SET reference='NG-3', area='North' WHERE case_id='case-19'");
    fixture.run(
        "UPDATE report_cases SET (received_on, channel, stock_type, tenure, service_area, contractor) =
         (SELECT received_on, channel, stock_type, tenure, service_area, contractor FROM report_cases WHERE case_id='case-13')
         WHERE case_id='case-19'",
    );
    fixture.run("DELETE FROM report_categories WHERE case_id IN ('case-13', 'case-19')");
    for case in ["case-13", "case-19"] {
        fixture.insert("report_categories", &format!("'{ID}','{case}','repairs'"));
    }
    fixture.run("UPDATE report_stages SET acknowledged_on=NULL WHERE case_id='case-13'");
    fixture.run("UPDATE report_stages SET responded_on='2024-01-01' WHERE case_id='case-14'");
    // A history brought in after the report's day is no fault.
    fixture.run("UPDATE report_cases SET recorded_on='2026-11-23' WHERE case_id='case-15'");
    let (code, errors, faults) = check(&fixture);
    assert!(!faults.contains("recorded on 23 November 2026"), "{faults}");
    assert!(code == ExitCode::from(3) && errors.contains("error: faults in the case data: "), "{errors}");
    for said in [
        "NG-1,\"closed on 1 January 2025, but received on ",
        "NG-2,\"Stage 1 is answered, and no acknowledgement is recorded.\"",
        "NG-2,\"Received on ",
        "case-14,\"stage 1 answered on 1 January 2024, but stage 1 acknowledged on ",
    ] {
        assert!(faults.contains(said), "{said}\n{faults}");
    }
    assert!(faults.lines().count() >= before.lines().count() + 3, "{before}\n{faults}");
}

/// Reports are refused for such rows, whatever their period, and so whoever mends them is told of them here.
#[test]
fn what_no_figure_can_count_is_told() {
    let mut fixture = landlord();
    fixture.run("PRAGMA ignore_check_constraints = ON");
    fixture.run("UPDATE report_stages SET outcome='lost' WHERE case_id='case-13' AND stage=1");
    fixture.run("UPDATE report_cases SET kind='grumble' WHERE case_id='case-14'");
    let (code, _, faults) = check(&fixture);
    assert_eq!(code, ExitCode::from(3));
    for said in [
        "report_stages, case case-13 stage 1: its outcome is not upheld",
        "report_cases, case case-14: \"\"grumble\"\"",
    ] {
        assert!(faults.contains(said) && faults.contains("Cannot be counted"), "{said}\n{faults}");
    }
}

/// Dates put where they cannot be, and what is told of each. A line without a change follows from one above, or from what the test adds.
const MISPLACED: &[(&str, &str)] = &[
    (
        "report_cases SET closed_on='2025-10-10' WHERE case_id='case-32'",
        "closed on 10 October 2025, but stage 1 answered",
    ),
    (
        "report_cases SET settled_on='2025-01-02' WHERE case_id='case-33'",
        "settled on 2 January 2025, but received",
    ),
    (
        "report_cases SET directed_on='2025-01-03' WHERE case_id='case-33'",
        "taken on as the Ombudsman directed on 3 January 2025, but received",
    ),
    (
        "report_cases SET referred_on='2025-01-04' WHERE case_id='case-33'",
        "referred to the Ombudsman on 4 January 2025, but received",
    ),
    (
        "report_cases SET withdrawn_on='2025-12-04', closed_on='2025-12-03' WHERE case_id='case-34'",
        "closed on 3 December 2025, but withdrawn",
    ),
    (
        "report_stages SET logged_on='2025-01-05' WHERE case_id='case-33'",
        "stage 1 logged on 5 January 2025, but stage 1 asked for",
    ),
    (
        "report_stages SET directed_on='2025-01-06' WHERE case_id='case-33'",
        "stage 1 directed by the Ombudsman on 6 January 2025, but received",
    ),
    (
        "report_extensions SET decided_on='2026-01-07', respond_by='2026-01-06'",
        "stage 1's extended time over on 6 January 2026, but stage 1 extended on 7 January 2026",
    ),
    ("", "but stage 1 extended on 7 January 2026"),
    (
        "report_escalations SET decided_on='2025-01-08' WHERE case_id='case-3'",
        "escalation decided on 8 January 2025, but escalation asked for",
    ),
    ("report_actions SET due_on='2024-01-09' WHERE action=3", "action due on 9 January 2024, but received"),
    ("report_orders SET due_on='2025-01-10' WHERE number=1", "order due on 10 January 2025, but determined"),
    (
        "report_orders SET complied_on='2025-01-11' WHERE number=1",
        "order complied with on 11 January 2025, but determined",
    ),
    (
        "report_failure_orders SET due_on='2025-01-12'",
        "failure order due on 12 January 2025, but failure order issued",
    ),
    (
        "report_failure_orders SET complied_on='2025-01-13'",
        "failure order complied with on 13 January 2025, but failure order issued",
    ),
    (
        "report_learning SET recorded_on='2024-01-14' WHERE learning=1",
        "learning recorded on 14 January 2024, but received",
    ),
    (
        "report_learning SET done_on='2026-07-15' WHERE learning=2",
        "improvement made on 15 July 2026, which is after 30 June 2026",
    ),
    ("", "risk handed over on 1 May 2025, but risk known"),
    ("", "restriction lifted on 2 May 2025, but restriction began"),
    ("", "restriction to be reviewed on 1 May 2025, but restriction began"),
];

/// Every date that the case data holds, put where it cannot be.
#[test]
fn every_date_is_held_against_those_that_go_before_it() {
    let mut fixture = landlord();
    let ((_, _, before), mut wanted) = (check(&fixture), Vec::new());
    fixture
        .insert("report_restrictions", &format!("'{ID}','case-12',1,'2025-06-01','2025-05-01','2025-05-02'"));
    fixture.insert("report_risks", &format!("'{ID}','case-12',1,'hazard','2025-06-01','2025-05-01'"));
    for &(change, told) in MISPLACED {
        assert!(!before.contains(told), "{told}\n{before}");
        wanted.push(told);
        if !change.is_empty() {
            fixture.run(&format!("UPDATE {change}"));
        }
    }
    let (code, _, faults) = check(&fixture);
    assert_eq!(code, ExitCode::from(3));
    for told in wanted {
        assert!(faults.contains(told), "{told}\n{faults}");
    }
}
