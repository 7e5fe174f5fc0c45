//! The self-assessment, the answers that people give for it, and the annual report round it.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use redress_reporter::form::{Assessment, LastYear};
use redress_reporter::source::{Snapshot, Source};
use redress_reporter::{Error, Request, Variant, annual, self_assessment_of};
use redress_shared::assessment::answers::Answers;
use redress_shared::code::form;
use redress_shared::policy::Library;
use support::small::{ID, landlord};
use support::{Ending, Fixture, Page, StageOf};

const AS_OF: &str = "2026-07-20";

const POLICIES: [&str; 5] =
    ["hartlepool-2024", "bradford-draft", "portsmouth-2024", "housing-solutions-2024", "cheshire-west-2023"];

/// The small landlord, each of its cases with a reference of a CRM's.
fn referenced() -> Fixture {
    let mut fixture = landlord();
    fixture.run("UPDATE report_cases SET reference = 'CRM-' || (4000 + CAST(substr(case_id, 6) AS INTEGER))");
    fixture
}

/// A request for the year under a policy, with its form.
fn under(fixture: &Fixture, policy: &str, year: i32, variant: Variant) -> Request {
    let library = Library::embedded().expect("the policies");
    let profile = library.by_id(policy).expect("the policy");
    let request = fixture.year(ID, year, AS_OF);
    let assessment = Assessment::of(&request.span, Some(profile), library).expect("the form");
    Request { policy: Some(profile.clone()), assessment, variant, ..request }
}

/// The same with answers.
fn answered(request: Request, answers: &str) -> Request {
    let answers = Answers::from_toml("answers.toml", answers).unwrap_or_else(|errors| panic!("{errors}"));
    let mut assessment = request.assessment.clone().expect("a form");
    assessment.given.answers = Some(answers);
    Request { assessment: Some(assessment), ..request }
}

fn assess(request: &Request) -> Page {
    Page::read(&self_assessment_of(&rows(request), request).expect("a self-assessment")[0])
}

fn rows(request: &Request) -> Source {
    let mut snapshot = Snapshot::open(&request.origin).expect("the database");
    snapshot.source(&request.landlord_id).expect("the rows")
}

fn row<'a>(page: &'a Page, number: &str) -> &'a str {
    let start = page.0.find(&format!("<tr><th scope=\"row\">{number}</th>")).expect("the row");
    let rest = &page.0[start..];
    &rest[..rest.find("</tr>").expect("its end")]
}

const HEAD: &str = "landlord = 'northgate'\nyear = '2025-26'\ncode = '2024'\n";

/// An answer that an office has confirmed.
fn confirmed(number: &str, comply: &str, more: &str) -> String {
    format!(
        "[provisions.'{number}']\ncomply = '{comply}'\nconfirmed_by = 'Head of Housing'\nconfirmed_on = 2026-06-30\n{more}\n"
    )
}

#[test]
fn every_provision_has_its_row_with_what_is_held_of_it() {
    let fixture = referenced();
    let page = assess(&under(&fixture, "hartlepool-2024", 2025, Variant::Committee));
    assert_eq!(page.0.matches(".comply\">To be confirmed<").count(), 72);
    assert!(page.0.contains("72 of the 72 provisions have no confirmed answer yet."));
    let answered = row(&page, "6.3");
    for words in [
        "Measured: 34 of 44 (77.3%) stage 1 complaints were answered within the Code&#x27;s time",
        "The workflow: the due date is counted for every case",
        "Policy, 5.2: answered within 10 working days of the acknowledgement.",
        "Cases: CRM-4015, ",
        "Proposed: no, by the rule not-always-kept, because the year&#x27;s cases show that it was not always kept.",
    ] {
        assert!(answered.contains(words), "{words}\n{answered}");
    }
    assert!(
        row(&page, "2.3").contains("in 2 of 2 (100%) refusals of late complaints discretion was considered")
    );
    let published = assess(&under(&fixture, "hartlepool-2024", 2025, Variant::Published));
    assert!(row(&published, "2.3").contains("<li>Measured, of so few cases that no figure is told.</li>"));
    assert!(row(&page, "6.13").contains("Proposed: yes, by the rule cannot-be-broken"));
    assert!(row(&page, "1.2").contains("Proposed: yes, by the rule policy-says-so"));
    assert!(row(&page, "4.1").contains("Nothing is proposed"));
    assert!(!page.0.contains("{}"));
}

#[test]
fn cases_of_another_system_prove_nothing_of_this_workflow() {
    let mut fixture = referenced();
    let drawn = |fixture: &Fixture| assess(&under(fixture, "hartlepool-2024", 2025, Variant::Committee));
    fixture.run("UPDATE report_cases SET imported = 1 WHERE case_id <> 'case-20'");
    assert!(row(&drawn(&fixture), "6.13").contains("by the rule cannot-be-broken"), "one went through it");
    fixture.run("UPDATE report_cases SET imported = 1");
    assert!(!row(&drawn(&fixture), "6.13").contains("cannot-be-broken"));
    assert!(row(&drawn(&fixture), "6.3").contains("by the rule not-always-kept"), "what they show holds");
}

#[test]
fn what_is_published_has_the_answer_alone() {
    let fixture = referenced();
    let answers = [
        HEAD.to_owned(),
        confirmed("6.3", "no", "action = 'A second officer'\naction_by = 2026-09-30"),
        confirmed(
            "6.13",
            "yes",
            "evidence = 'Handlers are assigned by the team.'\nweb_address = 'https://northgate.example/how'",
        ),
        confirmed(
            "9.1",
            "no",
            "action = 'A register'\naction_by = 2026-09-30\noverrules = 'Two entries are not learning.'",
        ),
        confirmed("4.1", "yes", "evidence = 'A team of three.'"),
    ]
    .concat();
    let page = |variant| assess(&answered(under(&fixture, "hartlepool-2024", 2025, variant), &answers));
    let (committee, published) = (page(Variant::Committee), page(Variant::Published));
    for page in [&committee, &published] {
        assert!(row(page, "6.3").contains(">No<"));
        assert!(row(page, "6.3").contains("What will be done, by 30 September 2026: A second officer"));
        assert!(row(page, "6.13").contains(
            "<li>Handlers are assigned by the team.</li><li>See https://northgate.example/how</li>"
        ));
        assert!(page.0.contains("68 of the 72 provisions have no confirmed answer yet."));
        assert!(page.0.contains(">Draft<"));
    }
    assert!(row(&committee, "6.3").contains("Confirmed by Head of Housing on 30 June 2026."));
    assert!(row(&committee, "9.1").contains("Proposed: yes, by the rule done-in-the-year"));
    assert!(
        row(&committee, "9.1")
            .contains("Overruled by Head of Housing on 30 June 2026: Two entries are not learning.")
    );
    assert!(row(&committee, "4.1").contains("Answered by Head of Housing on 30 June 2026."));
    for words in ["Proposed", "Overruled", "Confirmed by", "CRM-", "Code check", "Two entries"] {
        assert!(!published.0.contains(words), "{words}");
    }
}

/// What was confirmed after the report's date was not confirmed yet.
#[test]
fn an_answer_counts_from_the_day_it_was_confirmed() {
    let fixture = landlord();
    let answers = format!("{HEAD}{}", confirmed("4.1", "yes", "evidence = 'A team of three.'"));
    let mut request = answered(under(&fixture, "hartlepool-2024", 2025, Variant::Published), &answers);
    assert!(row(&assess(&request), "4.1").contains(">Yes<"));
    request.as_of = "2026-06-29".parse().expect("a date");
    assert!(row(&assess(&request), "4.1").contains(">To be confirmed<"));
}

#[test]
fn an_overrule_without_a_reason_is_refused_and_named() {
    let fixture = landlord();
    let answers = [
        HEAD.to_owned(),
        confirmed("6.3", "yes", ""),
        confirmed("6.13", "no", "action = 'x'\naction_by = 2026-09-30"),
    ];
    let request = answered(under(&fixture, "hartlepool-2024", 2025, Variant::Published), &answers.concat());
    let error = annual(&request).expect_err("a reason is missing");
    assert_eq!(error.exit_code(), 4);
    let text = error.to_string();
    assert!(
        text.contains("provisions.6.3.overrules: yes is confirmed and no is proposed (rule not-always-kept"),
        "{text}"
    );
    assert!(text.contains("provisions.6.13.overrules: no is confirmed and yes is proposed"), "{text}");
}

/// Whatever policy and variant: no id or reference of a case, and nothing of a person, in what is published.
#[test]
fn nothing_that_is_published_names_a_case() {
    let fixture = referenced();
    for policy in POLICIES {
        let published = under(&fixture, policy, 2025, Variant::Published);
        let committee = under(&fixture, policy, 2025, Variant::Committee);
        for page in [Page::annual(&published), assess(&published)] {
            for word in ["CRM-4", "case-", "DET-1", "CHFO-1", "J Bloggs"] {
                assert!(!page.0.contains(word), "{policy} {word}");
            }
        }
        // The same figures for the landlord's own committee, with the cases behind them.
        let (annual, form) = (Page::annual(&committee), assess(&committee));
        assert!(annual.0.contains("CRM-4015") && form.0.contains("CRM-4015"), "{policy}");
        assert!(annual.0.contains("(CHFO-1, CRM-4001)"), "{policy}");
        assert!(!annual.0.contains("J Bloggs"), "{policy}");
    }
}

#[test]
fn a_complete_annual_report_is_no_draft() {
    let fixture = landlord();
    let mut request = under(&fixture, "portsmouth-2024", 2025, Variant::Published);
    let proposals = {
        let file = redress_reporter::answers_of(&rows(&request), &request).expect("a file");
        Answers::from_toml("a.toml", &file).unwrap_or_else(|errors| panic!("{errors}"))
    };
    let mut answers = format!(
        "{HEAD}accountable_officer = 'Director of Housing'\nanalysis = ['Repairs led, as before.']\n\
         nothing_to_report = ['landlord-report', 'non-compliance']\n\
         [governing_body]\nname = 'Cabinet'\nresponse = ['Cabinet welcomes it.']\nresponded_on = 2026-07-10\n\
         [[ombudsman_reports]]\non = 'other'\ntitle = 'Repairing trust'\npublished_on = 2025-05-29\n\
         web_address = 'https://ombudsman.example/trust'\n\
         [[improvements]]\nwhat = 'One number for repairs'\nlearnt_from = 'Residents were sent round'\nmade_on = 2025-12-01\n"
    );
    for row in form("2024").expect("the form").rows() {
        let number = row.number.to_string();
        let proposed =
            proposals.to(&number).and_then(|answer| answer.comply).map_or("yes", |comply| comply.as_str());
        let more = if proposed == "no" {
            "action = 'Change it'\naction_by = 2026-12-31"
        } else {
            "evidence = 'Seen.'"
        };
        answers.push_str(&confirmed(&number, proposed, more));
    }
    request = answered(request, &answers);
    let page = Page::annual(&request).0;
    assert!(!page.contains(">Draft<") && !page.contains("Still wanted"), "nothing is wanted any more");
    for words in [
        "<strong>Cabinet</strong>, 10 July 2026:",
        "Cabinet welcomes it.",
        "Repairs led, as before.",
        "Repairing trust",
        "29 May 2025",
        "One number for repairs",
        "There is no annual report of the Ombudsman&#x27;s on the landlord for the year.",
        "The landlord knows of no other finding of non-compliance.",
        "<th scope=\"row\">8.1(f)</th>",
        "Elected members: the self-assessment, every year (s.13",
        "<dd>Director of Housing</dd>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // A response that was given after the report's date has not been given yet.
    request.as_of = "2026-07-09".parse().expect("a date");
    assert!(Page::annual(&request).0.contains("The governing body has not responded to it yet (8.2)."));
}

#[test]
fn each_policy_names_who_reads_the_report() {
    let fixture = landlord();
    for (policy, reader) in [
        ("hartlepool-2024", "Finance and Policy Committee: the annual report, every year (9.11)."),
        (
            "portsmouth-2024",
            "Elected members: the self-assessment, every year (s.13 Self-assessment: elected members).",
        ),
        ("housing-solutions-2024", "Board: the periodic report on complaints, how often is not said (16.2)."),
        (
            "cheshire-west-2023",
            "Tenants, in the annual report on the website: the annual report, every year (How the Policy",
        ),
        (
            "bradford-draft",
            "Scrutiny committee: the periodic report on complaints, how often is not said (9.1.2).",
        ),
    ] {
        let page = Page::annual(&under(&fixture, policy, 2025, Variant::Published)).0;
        let section = page.split_once("<h2 id=\"response\">").expect("the section").1;
        assert!(section.contains(reader), "{policy}");
    }
}

#[test]
fn a_year_under_the_code_of_2022_has_its_form() {
    let fixture = landlord();
    let page = assess(&under(&fixture, "cheshire-west-2023", 2023, Variant::Committee));
    assert_eq!(page.0.matches(".comply\">To be confirmed<").count(), 72);
    for words in [
        "On the form of the Complaint Handling Code, March 2022",
        "What a landlord must do: 5.1 to 5.20",
        "What it should do: 5.2 to 5.19",
        "<th scope=\"col\">Evidence, commentary and any explanations</th>",
    ] {
        assert!(page.0.contains(words), "{words}");
    }
    assert!(row(&page, "5.12").contains("whoever considered stage 1 is not given stage 2"));
    assert!(!page.0.contains(".commentary\""), "evidence and commentary share a column");
    // Nothing of the year is in the cases, and that is said.
    assert!(row(&page, "5.13").contains("Measured: there was nothing in the year to which it applied."));
    // What the Code of 2024 wants in an annual report is not asked of that year.
    let annual = Page::annual(&under(&fixture, "cheshire-west-2023", 2023, Variant::Published)).0;
    assert!(!annual.contains("8.1(a)"));
}

#[test]
fn the_official_wording_stands_in_place_of_the_summaries() {
    let fixture = landlord();
    let mut request = under(&fixture, "hartlepool-2024", 2025, Variant::Published);
    let rows = form("2024")
        .expect("the form")
        .rows()
        .map(|row| format!("{0},\"Official {0}, <in> full\"\n", row.number));
    let file = format!("number,text\n{}", rows.collect::<String>());
    let assessment = request.assessment.as_mut().expect("a form");
    assessment.given.wording =
        Some(redress_shared::code::Wording::from_csv(assessment.form, &file).expect("the wording"));
    let page = assess(&request);
    assert!(row(&page, "6.10").contains("<td>Official 6.10, &lt;in&gt; full</td>"));
    assert!(page.0.contains("in the Ombudsman&#x27;s own words"));
    assert!(!page.0.contains("A complaint is acknowledged, defined and logged"));
}

#[test]
fn what_changed_since_the_year_before_is_told_with_its_reasons() {
    let fixture = landlord();
    let mut request = under(&fixture, "hartlepool-2024", 2025, Variant::Committee);
    let answers = [
        HEAD.to_owned(),
        confirmed("6.13", "yes", ""),
        confirmed("4.1", "yes", "evidence = 'A team of three.'"),
        confirmed("4.2", "yes", "evidence = 'By job description.'"),
    ]
    .concat();
    request = answered(request, &answers);
    let last = [
        HEAD.replace("2025-26", "2024-25"),
        confirmed("6.13", "yes", ""),
        confirmed("4.1", "no", "action = 'Recruit'\naction_by = 2025-10-01"),
        confirmed("4.2", "yes", "evidence = 'By job description.'"),
    ]
    .concat();
    let last = Answers::from_toml("last.toml", &last).unwrap_or_else(|errors| panic!("{errors}"));
    let form = form("2024").expect("the form");
    request.assessment.as_mut().expect("a form").given.last = Some(LastYear { answers: last, form });
    let page = assess(&request);
    assert_eq!(page.figure("changes.4.1.before"), "No");
    assert_eq!(page.figure("changes.4.1.now"), "Yes");
    assert_eq!(page.figure("changes.4.1.why"), "The answer alone. To be done by 1 October 2025: Recruit.");
    assert!(!page.has("changes.4.2.why") && !page.has("changes.6.13.why"));
    // Of nine complaints in the year before some were late too: no change. All orders of this year's actions are new: nothing before.
    assert!(!page.has("changes.6.3.why") && !page.has("changes.7.3.why"));
}

#[test]
fn performance_that_changed_is_told_with_both_years_figures() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "Northgate");
    for (day, ending) in [("2024-06-03", Ending::Late), ("2025-06-02", Ending::InTime)] {
        let case = fixture.case(ID, "complaint", "lcra", day, "");
        fixture.stage(ID, &case, StageOf { stage: 1, requested_on: day, ending, outcome: "not-upheld" });
    }
    let mut request = under(&fixture, "hartlepool-2024", 2025, Variant::Published);
    let last = Answers {
        landlord: ID.to_owned(),
        year: "2024-25".to_owned(),
        code: "2024".to_owned(),
        ..Answers::default()
    };
    let form = form("2024").expect("the form");
    request.assessment.as_mut().expect("a form").given.last = Some(LastYear { answers: last, form });
    let page = assess(&request);
    assert_eq!(page.figure("changes.6.3.why"), "Performance: 1 of 1 (100%), before 0 of 1 (0%).");
}

/// Notices of an extension, restrictions of contact, and answers that came late without updates.
#[test]
fn notices_restrictions_and_updates_are_measured() {
    let mut fixture = landlord();
    fixture.run("DELETE FROM report_extensions");
    for (stage, details) in [(1, 1), (1, 0), (2, 1)] {
        fixture.insert(
            "report_extensions",
            &format!(
                "'{ID}','case-4',{stage},{},'2025-11-14','2025-12-01',{details}",
                1 + stage * 10 - details
            ),
        );
    }
    fixture.insert("report_restrictions", &format!("'{ID}','case-5',1,'2025-09-01','2026-03-01',NULL"));
    fixture.insert("report_restrictions", &format!("'{ID}','case-6',1,'2025-09-01',NULL,'2025-12-01'"));
    let page = assess(&under(&fixture, "hartlepool-2024", 2025, Variant::Committee));
    for (number, words) in [
        ("6.5", "1 of 2 (50%) notices of an extension at stage 1 carried the Ombudsman&#x27;s details"),
        ("6.16", "1 of 1 (100%) notices of an extension at stage 2"),
        ("5.14", "1 of 2 (50%) restrictions of contact begun in the year have no review overdue"),
        ("5.9", "0 of 10 (0%) stages outside the Code&#x27;s time had agreed updates"),
        ("5.14", "Proposed: no, by the rule not-always-kept"),
    ] {
        assert!(row(&page, number).contains(words), "{words}\n{}", row(&page, number));
    }
}

#[test]
fn failings_in_how_a_complaint_was_handled_are_non_compliance() {
    let mut fixture = referenced();
    fixture.run(
        "UPDATE report_findings SET about = CASE issue WHEN 2 THEN 'Complaint handling' ELSE 'Repairs' END",
    );
    let page = |variant| Page::annual(&under(&fixture, "hartlepool-2024", 2025, variant));
    let (published, committee) = (page(Variant::Published), page(Variant::Committee));
    let rows = |page: &Page| page.0.matches("data-figure=\"non-compliance.").count();
    assert_eq!((rows(&published), rows(&committee)), (4, 4), "two findings of two cells each");
    assert_eq!(published.figure("non-compliance.1.done"), "Complied with on 12 December 2025");
    assert_eq!(published.figure("non-compliance.2.done"), "1 of 2 orders of the determination complied with");
    assert!(published.0.contains("Service failure in how a complaint was handled</th>"));
    assert!(committee.0.contains("Service failure in how a complaint was handled (DET-1, CRM-4001)</th>"));
    // The lists of cases stand with the figures that they are behind.
    assert!(
        committee.0.contains("Answered late in this period") && !published.0.contains("Answered late in")
    );
}

/// No complaint, one complaint, no homes: sentences, and never a share of nothing.
#[test]
fn empty_and_tiny_years_read_sensibly() {
    let mut nothing = Fixture::new();
    nothing.landlord(ID, "Northgate");
    let mut one = Fixture::new();
    one.landlord(ID, "Northgate");
    let case = one.case(ID, "complaint", "lcra", "2025-06-02", "");
    one.stage(
        ID,
        &case,
        StageOf { stage: 1, requested_on: "2025-06-02", ending: Ending::InTime, outcome: "upheld" },
    );
    for fixture in [&nothing, &one] {
        for variant in [Variant::Published, Variant::Committee] {
            let request = under(fixture, "hartlepool-2024", 2025, variant);
            for page in [Page::annual(&request), assess(&request)] {
                let odd = [
                    "the 1 complaints",
                    "which 1 complaints",
                    " 1 residents",
                    "÷ 0<",
                    ">0%</span> <span class=\"of\">0 of 0",
                ];
                for word in ["NaN", "0 of 0 ("].iter().chain(&odd) {
                    assert!(!page.0.contains(word), "{word}");
                }
            }
        }
    }
    let page = |fixture: &Fixture| Page::annual(&under(fixture, "hartlepool-2024", 2025, Variant::Committee));
    assert!(page(&nothing).0.contains("No stage 1 complaint was made in the year."));
    let published = under(&nothing, "hartlepool-2024", 2025, Variant::Published);
    assert_eq!(Page::annual(&published).figure("remarks.third-party.cases"), "0", "there is nothing to hide");
    assert!(!page(&nothing).0.contains("<svg") && page(&one).0.contains("<svg"), "a chart of nothing");
    assert!(row(&page(&nothing), "6.2").contains("Nothing is proposed"));
    assert!(page(&one).0.contains("1 stage 1 complaint; there was none the year before."));
    assert!(row(&page(&one), "6.2").contains("Measured: 1 of 1 (100%) stage 1 complaints"));
    // Upheld, and nothing offered.
    assert!(row(&page(&one), "7.1").contains("Proposed: no, by the rule not-always-kept"));
}

/// Runs the program; gives the exit code in words, what it wrote and what it said.
fn run(words: &[&str]) -> (String, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (format!("{code:?}"), text(out), text(errors))
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn a_file_of_answers_goes_from_the_one_command_to_the_others() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    let (database, out) = (fixture.database(), fixture.out());
    let folder = tempfile::tempdir().expect("a folder");
    let (database, out) = (database.to_string(), out.to_string_lossy());
    let place = ["--landlord", ID, "--as-of", AS_OF, "--database", &*database, "--out", &*out];

    let last = [HEAD.replace("2025-26", "2024-25"), confirmed("4.1", "yes", "evidence = 'A team of three.'")]
        .concat();
    let last = file(folder.path(), "last.toml", &last);
    let last = last.to_string_lossy();
    let (_, ready, errors) = run(&[&["answers", "--year", "2025-26", "--last", &last], &place[..]].concat());
    assert_eq!(errors, "");
    assert!(ready.contains("carried_from = \"2024-25\"\nevidence = \"A team of three.\""), "{ready}");
    assert!(ready.contains("accountable_officer = \"Assistant Director for Development and Growth\""));
    assert!(ready.contains("# - Measured: 34 of 44 (77.3%) stage 1 complaints were answered within"));

    let answers = file(folder.path(), "answers.toml", &ready);
    let answers = answers.to_string_lossy();
    let given = ["--year", "2025-26", "--answers", &answers, "--last-answers", &last];
    let (_, paths, errors) = run(&[&["self-assessment"], &given[..], &place[..]].concat());
    assert_eq!((paths, errors), (format!("{out}/northgate-self-assessment-2025-26.html\n"), String::new()));
    let page = fs::read_to_string(format!("{out}/northgate-self-assessment-2025-26.html")).expect("the page");
    // Proposals that stand in the file confirm nothing.
    assert_eq!(page.matches(".comply\">To be confirmed<").count(), 72);
    assert!(page.contains("From 2024-25, not read again yet: A team of three."));
    assert!(page.contains("Since the year before"));

    let later = [HEAD.to_owned(), confirmed("1.2", "yes", "").replace("2026-06-30", "2030-01-01")].concat();
    let later = file(folder.path(), "later.toml", &later);
    let given = ["--year", "2025-26", "--answers", &*later.to_string_lossy()];
    let (code, _, errors) = run(&[&["self-assessment"], &given[..], &place[..]].concat());
    let said = "warning: northgate: confirmed only after the report's date, and so not answered in it: 1.2\n";
    assert_eq!((code, errors.as_str()), (format!("{:?}", std::process::ExitCode::SUCCESS), said));
}

#[test]
fn a_policy_that_did_not_hold_yet_stands_in_with_a_warning() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    let (database, out) = (fixture.database().to_string(), fixture.out());
    let out = out.to_string_lossy();
    let place = ["--landlord", ID, "--as-of", AS_OF, "--database", &*database, "--out", &*out];
    let said = |year: &str| run(&[&["tsm", "--year", year], &place[..]].concat()).2;
    assert_eq!(said("2024-25"), "");
    let errors = said("2022-23");
    assert!(errors.starts_with("warning: northgate: ") && errors.contains("2023-03-31"), "{errors}");
    assert!(errors.contains("the report goes by the present one, hartlepool-2024"), "{errors}");
}

#[test]
fn files_that_do_not_fit_are_refused_with_what_to_do() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    let (database, out) = (fixture.database(), fixture.out());
    let folder = tempfile::tempdir().expect("a folder");
    let place = [
        "--landlord",
        ID,
        "--as-of",
        AS_OF,
        "--database",
        &*database.to_string(),
        "--out",
        &*out.to_string_lossy(),
    ]
    .map(str::to_owned);
    for (option, text, problem) in [
        (
            "--answers",
            HEAD.replace("northgate", "southgate"),
            "landlord: it is about `southgate`, and the report is about `northgate`",
        ),
        (
            "--answers",
            HEAD.replace("2025-26", "2024-25"),
            "year: it is about `2024-25`, and the report is about `2025-26`",
        ),
        (
            "--answers",
            HEAD.replace("2024'", "2022'"),
            "it answers the form of 2022, and the year falls under that of 2024",
        ),
        ("--last-answers", HEAD.to_owned(), "year: it is about `2025-26`, and the report is about `2024-25`"),
        ("--answers", "landlord = ".to_owned(), "not TOML"),
        ("--code-wording", "number,text\n6.2,Words\n".to_owned(), "no row for 1.2, 1.3"),
    ] {
        let path = file(folder.path(), "given", &text);
        let words = [
            &[
                "annual".to_owned(),
                "--year".to_owned(),
                "2025-26".to_owned(),
                option.to_owned(),
                path.display().to_string(),
            ],
            &place[..],
        ]
        .concat();
        let (code, paths, errors) = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(errors.contains(problem) && errors.contains("given"), "{option}: {errors}");
        assert!(code.contains('4') && paths.is_empty(), "{code} {paths}");
    }
    assert!(!out.exists(), "nothing is written");
}

#[test]
fn a_year_before_the_first_edition_has_a_report_and_no_form() {
    let fixture = landlord();
    let request = under(&fixture, "hartlepool-2024", 2020, Variant::Published);
    assert!(request.assessment.is_none());
    assert!(Page::annual(&request).0.contains("no edition of the Code is known for the year"));
    assert!(matches!(self_assessment_of(&rows(&request), &request), Err(Error::Request(_))));
}
