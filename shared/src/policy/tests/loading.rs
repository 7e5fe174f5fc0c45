//! Profiles that are refused, and why.

use rstest::rstest;

use super::{SMALL, changed};
use crate::policy::Profile;

fn refused(from: &str, to: &str) -> Vec<String> {
    let errors = Profile::from_toml("small.toml", &changed(from, to)).unwrap_err();
    errors.0.iter().map(ToString::to_string).collect()
}

#[test]
fn the_small_policy_is_read() {
    let profile = Profile::from_toml("small.toml", SMALL).unwrap();
    assert_eq!(profile.landlord.id, "small");
    assert_eq!(profile.stage_1.respond.count, 10);
}

#[test]
fn a_date_may_be_written_with_or_without_quotes() {
    let quoted = changed("2024-04-01", "\"2024-04-01\"");
    assert_eq!(Profile::from_toml("a.toml", &quoted), Profile::from_toml("a.toml", SMALL));
}

#[rstest]
#[case::unknown_key(
    "[policy]",
    "short_nam = \"Small\"\n\n[policy]",
    "small.toml:8: landlord.short_nam: this key is not known (did you mean `short_name`?)"
)]
#[case::missing_key(
    "telephone = \"0300 000 0000\"\n",
    "",
    "small.toml:79: ombudsman.telephone: it is missing (Telephone)"
)]
#[case::word(
    "from = \"receipt\"",
    "from = \"recept\"",
    "small.toml:40: stage_1.acknowledge.from: \"recept\" is not one of its words (allowed are receipt, logging, acknowledgement, request, request-logging)"
)]
#[case::kind(
    "months = 12",
    "months = \"12\"",
    "small.toml:29: intake.time_limit.months: \"12\" is not a whole number"
)]
#[case::too_small("count = 10,", "count = 0,", "small.toml:42: stage_1.respond.count: 0 is less than 1")]
#[case::too_large(
    "months = 12",
    "months = 121",
    "small.toml:29: intake.time_limit.months: 121 is more than 120"
)]
#[case::date(
    "2024-04-01",
    "\"2024-04-31\"",
    "small.toml:12: policy.effective_from.value: \"2024-04-31\" is not a date of the form 2024-04-01"
)]
#[case::pattern(
    "id = \"small\"",
    "id = \"Small\"",
    "small.toml:3: landlord.id: \"Small\" does not have the form"
)]
#[case::no_source(
    "\"letter\", clause = \"2\"",
    "\"letter\"",
    "small.toml:20: intake.channels[1]: it has no source (give the `clause`"
)]
#[case::empty(
    "covers = \"What comes later.\"",
    "covers = \" \"",
    "small.toml:35: refusal.grounds[1].covers: it is empty"
)]
#[case::spaces(
    "clause = \"7\"",
    "clause = \"7 \"",
    "behaviour.governed_by.clause: it begins or ends with a space"
)]
#[case::repeated(
    "channels = [",
    "channels = [{ channel = \"letter\", clause = \"9\" }, ",
    "small.toml:20: intake.channels[2]: it repeats intake.channels[1]"
)]
#[case::ground_twice(
    "covers = \"What comes later.\", clause = \"3\" }",
    "covers = \"A.\", clause = \"3\" }, { ground = \"out-of-time\", covers = \"B.\", clause = \"4\" }",
    "refusal.grounds[2]: it repeats refusal.grounds[1]"
)]
#[case::backwards(
    "status = \"adopted\"",
    "status = \"adopted\"\neffective_to = { value = 2024-03-31, clause = \"1\" }",
    "policy.effective_to: it is before effective_from, 2024-04-01"
)]
#[case::edition(
    "status = \"adopted\"",
    "status = \"adopted\"\nfollows_code = { value = \"2023\", clause = \"1\" }",
    "there is no edition `2023` of the Code (allowed are 2022, 2024)"
)]
#[case::hour(
    "[counting]",
    "[counting]\ncut_off_hour = { value = 24, clause = \"1\" }",
    "counting.cut_off_hour.value: it is not an hour from 1 to 23"
)]
#[case::closure(
    "[counting]",
    "[counting]\nclosures = [{ name = \"Christmas\", first_day = 2024-12-31, last_day = 2024-12-24 }]",
    "counting.closures[1].last_day: it is before the first day"
)]
#[case::no_channel(
    "[{ channel = \"letter\", clause = \"2\" }]",
    "[]",
    "intake.channels: no way to complain is named"
)]
#[case::signposted(
    "channels = [{ channel = \"letter\", clause = \"2\" }]\nsocial_media = { value = \"accept\"",
    "channels = [{ channel = \"social-media\", clause = \"2\" }]\nsocial_media = { value = \"signpost\"",
    "complaints on social media are only signposted"
)]
#[case::elsewhere(
    "representative\", reading = \"Taken.\" }\nchannels = [",
    "corporate-complaints\", reading = \"Taken.\" }\nchannels = [{ channel = \"elected-member\", clause = \"2\" }, ",
    "`channels` lists elected-member"
)]
#[case::assumed(
    "elected_members = { value = \"representative\"",
    "consent_assumed_for = [{ value = \"member-of-parliament\", clause = \"2\" }]\nelected_members = { value = \"consent-assumed\"",
    "`consent_assumed_for` does not list councillor"
)]
#[case::approver(
    "clause = \"3\" }]\nombudsman",
    "clause = \"3\" }, { value = \"approval\", clause = \"3\" }]\nombudsman",
    "refusal.approver: `needs` has approval, and nobody is named to give it"
)]
#[case::idle_approver(
    "[refusal]",
    "[refusal]\napprover = { value = \"manager\", clause = \"3\" }",
    "refusal.approver: it has no effect"
)]
#[case::start(
    "count = 10, unit = \"working-days\", from = \"acknowledgement\"",
    "count = 10, unit = \"working-days\", from = \"request\"",
    "stage_1.respond.from: it counts from request, which is not in this stage (allowed are receipt, logging, acknowledgement)"
)]
#[case::second_start(
    "count = 20, unit = \"working-days\", from = \"acknowledgement\"",
    "count = 20, unit = \"working-days\", from = \"logging\"",
    "stage_2.respond.from: it counts from logging, which is not in this stage (allowed are request, request-logging, acknowledgement)"
)]
#[case::no_acknowledgement(
    "acknowledge = { count = 5, unit = \"working-days\", from = \"request\", clause = \"5\" }\n",
    "",
    "stage_2.respond.from: it counts from an acknowledgement for which there is no time limit"
)]
#[case::circular(
    "unit = \"working-days\", from = \"receipt\"",
    "unit = \"working-days\", from = \"acknowledgement\"",
    "stage_1.acknowledge.from: it counts from"
)]
#[case::unit(
    "count = 10, unit = \"working-days\"",
    "count = 10, unit = \"months\"",
    "stage_1.respond.unit: months make no sense here (allowed are days, working-days)"
)]
#[case::hours_to_respond(
    "count = 10, unit = \"working-days\"",
    "count = 10, unit = \"hours\"",
    "stage_1.respond.unit: hours make no sense here (allowed are days, working-days)"
)]
#[case::hours_to_acknowledge(
    "count = 5, unit = \"working-days\", from = \"request\"",
    "count = 48, unit = \"hours\", from = \"request\"",
    "stage_2.acknowledge.unit: hours make no sense here (allowed are days, working-days)"
)]
#[case::window_unit(
    "[escalation]",
    "[escalation]\nwindow = { count = 48, unit = \"hours\", clause = \"5\" }",
    "escalation.window.unit: hours make no sense here (allowed are working-days, days, months)"
)]
#[case::offer_unit(
    "[remedies]",
    "[remedies]\noffer_open_at_most = { count = 48, unit = \"hours\", clause = \"6\" }",
    "remedies.offer_open_at_most.unit: hours make no sense here (allowed are working-days, days, months)"
)]
#[case::reopening_unit(
    "reopening = { value = \"never\", reading = \"Taken.\" }",
    "reopening = { value = \"new-evidence\", clause = \"6\" }\nreopen_within = { count = 48, unit = \"hours\", clause = \"6\" }",
    "after.reopen_within.unit: hours make no sense here (allowed are working-days, days, months)"
)]
#[case::cap_unit(
    "extend = {",
    "extend = { cap = { count = 3, unit = \"hours\", clause = \"4\" }, ",
    "stage_1.extend.cap.unit: hours make no sense here"
)]
#[case::urgent(
    "written = { value = \"always\", clause = \"4\" }",
    "written = { value = \"always\", clause = \"4\" }\nurgent = [{ risk = \"risk-to-life\", respond = { count = 24, unit = \"hours\", from = \"request\", clause = \"4\" }, clause = \"4\" }]",
    "stage_1.urgent[1].respond.from: it counts from request; a shorter time counts from the moment that the complaint or request came in (allowed are receipt)"
)]
#[case::urgent_from_logging(
    "written = { value = \"always\", clause = \"5\" }",
    "written = { value = \"always\", clause = \"5\" }\nurgent = [{ risk = \"risk-to-life\", respond = { count = 24, unit = \"hours\", from = \"request-logging\", clause = \"5\" }, clause = \"5\" }]",
    "stage_2.urgent[1].respond.from: it counts from request-logging; a shorter time counts from the moment that the complaint or request came in (allowed are request)"
)]
#[case::urgent_in_days(
    "written = { value = \"always\", clause = \"4\" }",
    "written = { value = \"always\", clause = \"4\" }\nurgent = [{ risk = \"risk-to-life\", respond = { count = 2, unit = \"working-days\", from = \"receipt\", clause = \"4\" }, clause = \"4\" }]",
    "stage_1.urgent[1].respond.unit: working-days make no sense here (allowed are hours)"
)]
#[case::nothing_to_refuse(
    "extend = { beyond_cap = { value = \"good-reason\"",
    "extend = { beyond_cap = { value = \"refuse\"",
    "stage_1.extend.beyond_cap: nothing can be refused"
)]
#[case::own_review(
    "handlers = {",
    "handlers = { reviewed = { role = \"officer\", by = \"officer\", clause = \"4\" }, ",
    "stage_1.handlers.reviewed: work is reviewed by another role"
)]
#[case::late_for_nothing(
    "[escalation]",
    "[escalation]\nlate = { value = \"discretion\", clause = \"5\" }",
    "escalation.late: it has no effect"
)]
#[case::no_window(
    "[escalation]",
    "[escalation]\ngrounds = [{ ground = \"out-of-time\", covers = \"Late.\", clause = \"5\" }]",
    "escalation.grounds[1].ground: a request cannot be out of time"
)]
#[case::outcome("{ value = \"not-upheld\", clause = \"6\" }", "", "remedies.outcomes: not-upheld is missing")]
#[case::whole(
    "{ value = \"partly-upheld\", clause = \"6\" },",
    "",
    "remedies.whole: the whole may come out partly-upheld"
)]
#[case::reopening(
    "[after]",
    "[after]\nreopen_within = { count = 6, unit = \"months\", clause = \"6\" }",
    "after.reopen_within: it has no effect"
)]
#[case::closing(
    "closing = { value = \"answered\"",
    "closing = { value = \"window-passed\"",
    "after.closing: it closes when the window"
)]
#[case::review(
    "[reporting]",
    "[reporting]\npolicy_review_months = { value = 0, clause = \"9\" }",
    "reporting.policy_review_months.value: it is not a number of months"
)]
#[case::topic(
    "universal-definition",
    "universal-definitions",
    "statements[1].topic: there is no topic `universal-definitions` (did you mean `universal-definition`?)"
)]
#[case::note("says = \"meets\"", "says = \"partly\"", "statements[1].note: it is missing")]
fn a_damaged_policy_is_refused(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let errors = refused(from, to);
    assert!(errors.iter().any(|error| error.contains(expected)), "{errors:#?}");
    assert_eq!(errors.len(), 1, "one mistake, one error: {errors:#?}");
}

#[test]
fn everything_is_said_at_once_and_in_the_order_of_the_lines() {
    let text = changed("short_name", "shrt_name")
        .replace("count = 10,", "count = 0,")
        .replace("from = \"request\"", "from = \"receipt\"")
        .replace("says = \"meets\"", "says = \"partly\"");
    let errors = Profile::from_toml("small.toml", &text).unwrap_err().0;
    let keys: Vec<_> = errors.iter().map(|error| error.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "landlord.short_name",
            "landlord.shrt_name",
            "stage_1.respond.count",
            "stage_2.acknowledge.from",
            "statements[1].note"
        ]
    );
    assert!(errors.is_sorted_by_key(|error| error.line));
}

#[test]
fn what_is_not_toml_is_refused_with_line_and_column() {
    let errors = Profile::from_toml("a.toml", "a = \nb = [\n").unwrap_err().to_string();
    let lines: Vec<_> = errors.lines().collect();
    assert_eq!(lines.len(), 2, "{errors}");
    assert!(lines[0].starts_with("a.toml:1: not TOML at column 5: "), "{errors}");
    assert!(lines[1].starts_with("a.toml:2: not TOML at column "), "{errors}");
}

#[test]
fn a_key_twice_is_refused() {
    let errors = refused("months = 12", "months = 12\nmonths = 6");
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("small.toml:30: not TOML"), "{errors:?}");
}

const LETTERHEAD: &str = "[letterhead]\naddress = { value = [\"1 Any Street\", \"Anytown\"], clause = \"1\" }\n\
     email = { value = \"complaints@example.org\", clause = \"1\" }\nlogo = \"logo.svg\"\ncolours = { main = \"#134b5f\", tint = \"#f2f5f8\" }\n\n[policy]";

#[test]
fn what_letters_print_of_the_landlord_is_read() {
    let profile = Profile::from_toml("small.toml", &changed("[policy]", LETTERHEAD)).unwrap();
    let letterhead = profile.letterhead.unwrap();
    assert_eq!(letterhead.address.unwrap().value, ["1 Any Street", "Anytown"]);
    assert_eq!(letterhead.logo.unwrap(), "logo.svg");
    assert_eq!(letterhead.colours.unwrap().tint(), "#f2f5f8");
}

#[rstest]
#[case::email(
    "complaints@example.org",
    "complaints",
    "small.toml:10: letterhead.email: it is not an email address"
)]
#[case::elsewhere(
    "logo.svg",
    "../logo.svg",
    "small.toml:11: letterhead.logo: \"../logo.svg\" does not have the form ^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\\.(svg|png)$"
)]
#[case::no_picture(
    "logo.svg",
    "logo.gif",
    "small.toml:11: letterhead.logo: \"logo.gif\" does not have the form ^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\\.(svg|png)$"
)]
#[case::no_lines(
    "[\"1 Any Street\", \"Anytown\"]",
    "[]",
    "small.toml:9: letterhead.address: it has no lines: leave it out"
)]
#[case::yellow(
    "#134b5f",
    "#ffcc00",
    "small.toml:12: letterhead.colours.main: the contrast of #ffcc00 with white, #ffffff, is 151 to 100, and has to be at least 450 to 100"
)]
#[case::no_colour(
    "#f2f5f8",
    "grey",
    "small.toml:12: letterhead.colours.tint: \"grey\" does not have the form ^#[0-9A-Fa-f]{6}$"
)]
#[case::no_source(
    ", clause = \"1\" }\nlogo",
    " }\nlogo",
    "small.toml:10: letterhead.email: it has no source (give the `clause` that it comes from, or the `reading` taken where the text is silent)"
)]
fn what_is_no_letterhead(#[case] from: &str, #[case] to: &str, #[case] error: &str) {
    assert_eq!(refused("[policy]", &LETTERHEAD.replace(from, to)), [error]);
}
