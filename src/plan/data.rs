//! Performance data: CSV with the columns `indicator,period,value` and perhaps `reported`.

use std::collections::{HashMap, HashSet};

use crate::calendar::{Day, Period};
use crate::source::FileId;

/// An indicator's values as its file gives them.
#[derive(Debug, Default)]
pub struct Series {
    /// The file that they were read from.
    pub file: Option<FileId>,
    values: Vec<IndicatorValue>,
    /// The periods whose value is left empty.
    gaps: Vec<Period>,
}

/// A value of an indicator in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorValue {
    pub period: Period,
    pub value: f64,
    /// The day from which it is known: the day it was reported, else the period's last day.
    pub known: Day,
    /// Where its row stands in the file, as a range of bytes.
    pub row: (usize, usize),
}

/// A row that cannot be read: the range of bytes of its line, why, and what would be right.
pub struct BadRow {
    pub range: (usize, usize),
    pub message: String,
    pub help: String,
}

impl Series {
    /// The values known on a day; of a period given twice, the later row that was known.
    pub fn known(&self, day: Day) -> Vec<IndicatorValue> {
        let known = self.values.iter().filter(|value| value.known <= day);
        let mut known: Vec<IndicatorValue> = known.copied().collect();
        // Of a period given twice, the one that was known last, and of these the later row, comes first.
        known.reverse();
        let period =
            |value: &IndicatorValue| (value.period.last, value.period.first, value.period.kind);
        known.sort_by_key(|value| (period(value), std::cmp::Reverse(value.known)));
        known.dedup_by_key(|value| value.period);
        known
    }

    /// All values, whenever they are known.
    pub fn values(&self) -> impl Iterator<Item = &IndicatorValue> {
        self.values.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The periods that were over on a day and have no value: gaps, not noughts.
    pub fn gaps(&self, day: Day) -> Vec<Period> {
        let known = self.known(day);
        let known: HashSet<Period> = known.iter().map(|value| value.period).collect();
        let open = |gap: &&Period| gap.last <= day && !known.contains(*gap);
        let mut gaps: Vec<Period> = self.gaps.iter().filter(open).copied().collect();
        gaps.sort_by_key(|period| (period.last, period.first));
        gaps.dedup();
        gaps
    }

    /// Takes a row of data about the indicator.
    pub fn add(&mut self, row: &DataRow) {
        match row.value {
            Some(value) => self.values.push(IndicatorValue {
                row: row.range,
                ..value
            }),
            None => self.gaps.push(row.period),
        }
    }
}

/// One readable row of a data file.
pub struct DataRow {
    /// Where it stands in the file, as a range of bytes.
    pub range: (usize, usize),
    pub indicator: String,
    pub period: Period,
    /// None where the value is empty: a gap, not a zero.
    pub value: Option<IndicatorValue>,
}

/// Whether a text begins as performance data does: with the three columns, however they are ordered, quoted
/// and parted.
pub fn has_heading(text: &str) -> bool {
    let heading = text
        .trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap_or_default();
    let is_quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let columns: Vec<String> = (heading.split([',', ';', '\t']))
        .map(|column| column.trim_matches(is_quote).to_lowercase())
        .collect();
    ["indicator", "period", "value"]
        .iter()
        .all(|name| columns.iter().any(|column| column == name))
}

/// Reads a data file. A row that cannot be read costs that row alone.
pub fn rows(text: &str) -> (Vec<DataRow>, Vec<BadRow>) {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(&text.as_bytes()[mark..]);
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(_) => csv::StringRecord::new(),
    };
    let Some(columns) = DataColumns::from_headings(&headers) else {
        let end = text.find(['\r', '\n']).unwrap_or(text.len());
        let bad = BadRow {
            range: (mark.min(end), end),
            message: "the file has no heading `indicator,period,value`".into(),
            help: if text[..end].contains(';') {
                "part the columns by commas: save it as \"CSV (comma delimited)\"".into()
            } else {
                "give it these three columns, and `reported` if the day matters".into()
            },
        };
        return (Vec::new(), vec![bad]);
    };
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    let mut once = Once::default();
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize + mark;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            // A row of empty cells, as office programs leave them below a table.
            Ok(true) if record.iter().all(str::is_empty) => {}
            Ok(true) => match columns.row(&record).and_then(|row| once.check(row)) {
                Ok(row) => rows.push(DataRow {
                    range: row_range(text, start),
                    ..row
                }),
                Err((message, help)) => bad.push(bad_row(text, start, message, help)),
            },
            Err(error) => {
                bad.push(bad_row(
                    text,
                    start,
                    error.to_string(),
                    "save it as CSV in UTF-8".into(),
                ));
                if !matches!(error.kind(), csv::ErrorKind::UnequalLengths { .. }) {
                    break;
                }
            }
        }
    }
    (rows, bad)
}

/// Sees that a period has one value. A later day in `reported` makes a value a correction, and both
/// stand, each from its own day on.
#[derive(Default)]
struct Once {
    known: HashMap<(String, Period, Day), f64>,
}

impl Once {
    fn check(&mut self, row: DataRow) -> Result<DataRow, (String, String)> {
        let Some(value) = row.value else {
            return Ok(row);
        };
        let key = (row.indicator.clone(), row.period, value.known);
        let Some(first) = self.known.get(&key) else {
            self.known.insert(key, value.value);
            return Ok(row);
        };
        let message = format!(
            "{} has a second value for {}; the first, {first}, counts",
            row.indicator, row.period
        );
        let help = "delete the one that is wrong; a figure that was corrected later gives the day in a \
                    column `reported`";
        Err((message, help.to_owned()))
    }
}

/// What is wrong with a row, at its line.
fn bad_row(text: &str, start: usize, message: String, help: String) -> BadRow {
    BadRow {
        range: row_range(text, start),
        message,
        help,
    }
}

/// The line that a row begins in, without blank lines before it.
fn row_range(text: &str, start: usize) -> (usize, usize) {
    let start = start.min(text.len());
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let end = text[start..].find(['\r', '\n']);
    (start, end.map_or(text.len(), |at| start + at))
}

struct DataColumns {
    indicator: usize,
    period: usize,
    value: usize,
    reported: Option<usize>,
}

impl DataColumns {
    /// None where one of the three that must be there is missing.
    fn from_headings(headings: &csv::StringRecord) -> Option<DataColumns> {
        let column = |name: &str| {
            let mut headings = headings.iter();
            headings.position(|heading| heading.eq_ignore_ascii_case(name))
        };
        Some(DataColumns {
            indicator: column("indicator")?,
            period: column("period")?,
            value: column("value")?,
            reported: column("reported"),
        })
    }

    fn row(&self, record: &csv::StringRecord) -> Result<DataRow, (String, String)> {
        let cell = |index: usize| record.get(index).unwrap_or_default();
        let indicator = cell(self.indicator).to_owned();
        if indicator.is_empty() {
            return Err((
                "the row names no indicator".into(),
                "write its id first".into(),
            ));
        }
        let period = Period::parse_data(cell(self.period)).ok_or_else(|| {
            (
                format!("\"{}\" is not a period", cell(self.period)),
                "write `2017-18 Q1`, `2017-18`, `April 2018` or `2018-04-30`".to_owned(),
            )
        })?;
        let reported = match self.reported.map(cell).filter(|text| !text.is_empty()) {
            None => period.last,
            Some(text) => Day::parse_iso(text).ok_or_else(|| {
                (
                    format!("\"{text}\" is not a date"),
                    "write the day it was reported as `2018-04-30`".to_owned(),
                )
            })?,
        };
        if record.len() <= self.value {
            return Err((
                format!("the row of {indicator} ends before its value"),
                "write a comma and the value; a comma with nothing behind it is a gap".to_owned(),
            ));
        }
        let value = match cell(self.value) {
            "" => None,
            text => Some(number(text).ok_or_else(|| {
                (
                    format!("\"{text}\" is not a number"),
                    "write figures alone, as `7.5`, or leave the cell empty for a gap".to_owned(),
                )
            })?),
        };
        Ok(DataRow {
            range: (0, 0),
            indicator,
            period,
            value: value.map(|value| IndicatorValue {
                period,
                value,
                known: reported,
                row: (0, 0),
            }),
        })
    }
}

/// A number as people write it: with a percent sign, thousands with commas.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let plain = match text.split_once(',') {
        None => text.to_owned(),
        Some((head, _)) => {
            let groups: Vec<&str> = text.split('.').next()?.split(',').skip(1).collect();
            let thousands = !head.is_empty() && groups.iter().all(|group| group.len() == 3);
            thousands.then(|| text.replace(',', ""))?
        }
    };
    let figures = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let written = figures.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && figures.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number: f64 = written.then(|| plain.parse().ok()).flatten()?;
    // Hundreds of figures are more than a number can hold.
    number.is_finite().then_some(number)
}
