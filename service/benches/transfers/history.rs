//! A history as a CRM might write it out: most complaints closed at stage 1, some at stage 2, some contacts that are none.

/// How its columns become fields.
pub const MAPPING: &str = r#"
format = "csv"
[columns]
"references.0.value" = "Case"
received = "Received"
about = "About"
categories = "Categories"
area = "Area"
"residents.0.person.name" = "Name"
"residents.0.person.email" = "Email"
"stage_1.acknowledged" = "Acknowledged"
"stage_1.responded" = "Answered"
"stage_1.outcome" = "Outcome"
"stage_1.remedies.0.pence" = "Compensation"
"escalation.requested" = "Asked"
"stage_2.acknowledged" = "Acknowledged 2"
"stage_2.responded" = "Answered 2"
"stage_2.outcome" = "Outcome 2"
"closed.on" = "Closed"
[constants]
"references.0.system" = "crm"
stock_type = "lcra"
"stage_1.remedies.0.kind" = "financial"
"stage_1.remedies.0.basis" = "distress-and-inconvenience"
"#;

/// So many complaints, each a line.
pub fn csv(cases: usize) -> String {
    let mut text = String::from(
        "Case,Received,About,Categories,Area,Name,Email,Acknowledged,Answered,Outcome,Compensation,Asked,Acknowledged 2,Answered 2,Outcome 2,Closed\n",
    );
    for number in 0..cases {
        let day = |after: usize| {
            let first = chrono::NaiveDate::from_ymd_opt(2024, 4, 2).expect("a day");
            let days = u64::try_from(number % 500 + after).expect("few enough");
            first.checked_add_days(chrono::Days::new(days)).expect("a day").to_string()
        };
        let about =
            "The repair was booked three times and nobody came; the resident took the day off each time. "
                .repeat(2);
        let outcome = ["upheld", "partly-upheld", "not-upheld"][number % 3];
        let pence = if number % 3 == 0 { (number % 300).to_string() } else { String::new() };
        let second = if number % 5 == 0 {
            format!("{},{},{},upheld,{}", day(20), day(24), day(45), day(45))
        } else {
            format!(",,,,{}", day(14))
        };
        text.push_str(&format!(
            "H-{number},{},{about},Repairs;Delays,Estate {},Resident {number},r{number}@example.org,{},{},{outcome},{pence},{second}\n",
            day(0), number % 40, day(3), day(14),
        ));
    }
    text
}
