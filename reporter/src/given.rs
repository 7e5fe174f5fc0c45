//! Figures that come in files: the landlord's perception survey, and the regulator's published data.

use std::fs;
use std::path::Path;

use csv::StringRecord;
use redress_shared::measure::{Hundredths, Marker, Satisfaction, StockType, Weighted};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// The answers to how satisfied tenants are, in the order in which they are counted.
pub const ANSWERS: [&str; 5] =
    ["very-satisfied", "fairly-satisfied", "neither", "fairly-dissatisfied", "very-dissatisfied"];

/// The measures that the regulator publishes of a landlord, in the order of [`Published::figures`].
pub const MEASURES: [&str; 4] = ["CH01(1)", "CH02(1)", "CH01(2)", "CH02(2)"];

/// What a perception survey gave for TP09.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// Of tenants in low cost rental homes.
    pub lcra: Option<Satisfaction>,
    /// Of low cost home owners.
    pub lcho: Option<Satisfaction>,
}

/// One landlord's figures for one type of home, as the regulator has published them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its name.
    pub landlord: String,
    /// The type of home.
    pub stock: StockType,
    /// Homes of that type; none where a marker stands in their place.
    pub homes: Option<u64>,
    /// Its figures, in the order of [`MEASURES`]; none where a marker stands in the place of one.
    pub figures: [Option<Hundredths>; 4],
}

#[derive(Deserialize)]
struct SurveyLine {
    stock: String,
    answer: String,
    count: String,
}

#[derive(Deserialize)]
struct PublishedLine {
    landlord: String,
    stock: String,
    homes: String,
    ch01_1_pub: String,
    ch02_1_pub: String,
    ch01_2_pub: String,
    ch02_2_pub: String,
}

/// Reads a survey: a CSV file of `stock,answer,count`, with all five answers of each type of home that it has. Counts may be
/// weighted, with at most three decimals.
///
/// # Errors
/// When the file cannot be read, or says what it must not; every such line is named.
pub fn survey(path: &Path) -> Result<Survey> {
    let mut counts = [[None; 5]; 2];
    each_line(path, |line: SurveyLine| {
        let stock = usize::from(match measured(&line.stock) {
            Some(StockType::Lcra) => false,
            Some(_) => true,
            None => return Err(format!("\"{}\" is no type of home (lcra, lcho)", line.stock)),
        });
        let answer = ANSWERS.iter().position(|answer| *answer == line.answer.trim());
        let unknown = || format!("\"{}\" is no answer ({})", line.answer, ANSWERS.join(", "));
        let place = &mut counts[stock][answer.ok_or_else(unknown)?];
        if place.is_some() {
            return Err(format!("{} {} comes a second time", line.stock, line.answer));
        }
        let count: Weighted = line.count.trim().parse().map_err(|error| format!("count: {error}"))?;
        *place = Some(count);
        Ok(())
    })?;
    let [lcra, lcho] = counts.map(|answers| (answers.iter().any(Option::is_some)).then_some(answers));
    let whole = |answers: Option<[Option<Weighted>; 5]>| match answers {
        Some(answers) if answers.iter().any(Option::is_none) => Err(Error::Given(format!(
            "{}: a type of home needs all five answers: {}",
            path.display(),
            ANSWERS.join(", ")
        ))),
        answers => {
            Ok(answers.map(|answers| Satisfaction { answers: answers.map(Option::unwrap_or_default) }))
        }
    };
    Ok(Survey { lcra: whole(lcra)?, lcho: whole(lcho)? })
}

/// Reads the regulator's published data: a CSV file with a line for each landlord and type of home, and at least the columns
/// `landlord,stock,homes,ch01_1_pub,ch02_1_pub,ch01_2_pub,ch02_2_pub`. A marker of the regulator's in the place of a figure is none.
///
/// # Errors
/// When the file cannot be read, or says what it must not; every such line is named.
pub fn published(path: &Path) -> Result<Vec<Published>> {
    let mut all = Vec::new();
    each_line(path, |line: PublishedLine| {
        let stock = measured(&line.stock)
            .ok_or_else(|| format!("\"{}\" is no type of home (LCRA, LCHO)", line.stock))?;
        let cell = |text: &str| Marker::parse(text).is_none().then(|| text.trim().replace(',', ""));
        let figure = |name: &str, text: &str| -> std::result::Result<Option<Hundredths>, String> {
            cell(text).map(|text| text.parse().map_err(|error| format!("{name}: {error}"))).transpose()
        };
        let homes = cell(&line.homes)
            .map(|text| text.parse().map_err(|_| format!("homes: \"{text}\" is no number of homes")))
            .transpose()?;
        all.push(Published {
            landlord: line.landlord.trim().to_owned(),
            stock,
            homes,
            figures: [
                figure("ch01_1_pub", &line.ch01_1_pub)?,
                figure("ch02_1_pub", &line.ch02_1_pub)?,
                figure("ch01_2_pub", &line.ch01_2_pub)?,
                figure("ch02_2_pub", &line.ch02_2_pub)?,
            ],
        });
        Ok(())
    })?;
    Ok(all)
}

fn measured(word: &str) -> Option<StockType> {
    StockType::parse(&word.trim().to_lowercase()).filter(|stock| stock.is_measured())
}

/// Does something with every line of a CSV file.
///
/// # Errors
/// When the file cannot be read, and with everything that is wrong with its lines, each by its number; the headings are line 1.
pub(crate) fn each_line<T: DeserializeOwned>(
    path: &Path,
    mut with: impl FnMut(T) -> std::result::Result<(), String>,
) -> Result<()> {
    let unreadable = |what: String| Error::Given(format!("{}: {what}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    // Spreadsheets put a mark of the byte order before the headings.
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().map_err(|error| unreadable(error.to_string()))?.clone();
    let mut wrong = Vec::new();
    for record in reader.records() {
        let number = |record: &StringRecord| record.position().map_or(0, csv::Position::line);
        let (line, read) = match record {
            Ok(record) => (number(&record), record.deserialize(Some(&headings))),
            Err(error) => (error.position().map_or(0, csv::Position::line), Err(error)),
        };
        if let Err(what) = read.map_err(|error| said(&error, &headings)).and_then(&mut with) {
            wrong.push(format!("{}, line {line}: {what}", path.display()));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Given(wrong.join("\n"))) }
}

/// What is wrong with a line, by the name of its column.
fn said(error: &csv::Error, headings: &StringRecord) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} columns, and the first line {expected_len}")
        }
        csv::ErrorKind::Deserialize { err, .. } => {
            let place = err.field().and_then(|place| usize::try_from(place).ok());
            let column = place.and_then(|place| headings.get(place));
            column.map_or_else(|| err.kind().to_string(), |column| format!("{column}: {}", err.kind()))
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn a_survey_has_all_five_answers_of_a_type_of_home() {
        let whole = "\u{feff}stock,answer,count\nLCRA,very-satisfied,10.25\nlcra,fairly-satisfied,20.5\nlcra,neither,5\n\
                     lcra,fairly-dissatisfied,9.25\nlcra,very-dissatisfied,55\n";
        let survey_of = |text: &str| survey(file(text).path());
        let given = survey_of(whole).unwrap();
        assert_eq!((given.lcra.unwrap().figure().trimmed(), given.lcho), ("30.8".to_owned(), None));
        for (text, told) in [
            (whole.replace("lcra,neither,5\n", ""), "a type of home needs all five answers"),
            (format!("{whole}lcra,neither,5\n"), "line 7: lcra neither comes a second time"),
            (whole.replace("10.25", "10.2555"), "line 2: count: \"10.2555\" is not a count"),
            (whole.replace("LCRA", "castle"), "line 2: \"castle\" is no type of home"),
            (whole.replace("neither", "so-so"), "line 4: \"so-so\" is no answer (very-satisfied, "),
            (whole.replace("answer", "reply"), "line 2: missing field `answer`"),
            (whole.replace("neither,5", "neither"), "line 4: it has 2 columns, and the first line 3"),
        ] {
            let error = survey_of(&text).unwrap_err();
            assert!(error.exit_code() == 4 && error.to_string().contains(told), "{error}");
        }
    }

    #[test]
    fn published_data_is_read_with_its_markers() {
        let headings = "landlord,stock,s1_made,homes,ch01_1_pub,ch02_1_pub,ch01_2_pub,ch02_2_pub\n";
        let line = "\"A, B & Co\",LCRA,7,\"1,234\",24,[E],8.35,100\n";
        let all = published(file(&format!("{headings}{line}")).path()).unwrap();
        assert_eq!((all[0].landlord.as_str(), all[0].homes), ("A, B & Co", Some(1_234)));
        assert_eq!(
            all[0].figures,
            [Some(Hundredths(2_400)), None, Some(Hundredths(835)), Some(Hundredths(10_000))]
        );
        let error =
            published(file(&format!("{headings}{}", line.replace("8.35", "about 8"))).path()).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("line 2: ch01_2_pub: \"about 8\" is not a figure with at most two decimals")
        );
    }
}
