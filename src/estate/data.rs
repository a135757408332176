//! Reads the performance data that indicators name, and sees that every row serves one.

use std::collections::{BTreeSet, HashMap};

use super::{Estate, Reading, unsafe_path};
use crate::finding::{Finding, suggest};
use crate::plan;
use crate::source::{FileId, Source, Sources, Span};

/// A data file's rows by their indicator, or why it could not be read.
type Data = Result<DataTable, String>;

/// The rows of a data file.
struct DataTable {
    file: FileId,
    rows: HashMap<String, Vec<plan::DataRow>>,
}

impl Estate {
    /// Reads the performance data that the board's indicators name, each file once.
    pub(super) fn load_data(&self, reading: &mut Reading) {
        let Reading {
            board,
            sources,
            findings,
            ..
        } = reading;
        let mut files: HashMap<String, Data> = HashMap::new();
        // The indicators that take their values from each file.
        let mut served: BTreeSet<(FileId, String)> = BTreeSet::new();
        let indicators = board.plans.iter_mut().flat_map(|plan| &mut plan.indicators);
        for indicator in indicators {
            let Some(data) = &indicator.data else {
                continue;
            };
            let key = match self.inside(&sources.get(data.at.file).key, data) {
                Ok(key) => key,
                Err(why) => {
                    findings.push(unsafe_path(data.at, data, &why));
                    continue;
                }
            };
            let known = files
                .entry(key)
                .or_insert_with_key(|key| self.data(key, sources, findings));
            match known {
                Ok(table) => {
                    indicator.series.file = Some(table.file);
                    served.insert((table.file, indicator.id.value.to_string()));
                    // Plans of several years have indicators of one name.
                    let rows = table.rows.get(indicator.id.as_str());
                    for row in rows.into_iter().flatten() {
                        indicator.series.add(row);
                    }
                }
                Err(message) => {
                    let help = "write the path of a CSV file, counted from this file's folder";
                    let message = message.as_str();
                    findings.push(Finding::new("unreadable-data", data.at, message).help(help));
                }
            }
        }
        for table in files.values().flatten() {
            findings.extend(unserved(table, &served));
        }
    }

    /// A data file's rows by their indicator. Rows that cannot be read are findings.
    fn data(&self, key: &str, sources: &mut Sources, findings: &mut Vec<Finding>) -> Data {
        let shown = self.show(key);
        let loaded = (self.files.read(key))
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                String::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())
            });
        let text = loaded.map_err(|error| {
            if self.files.has(key) {
                format!("{shown} could not be read: {error}")
            } else {
                format!("there is no file {shown}")
            }
        })?;
        let (rows, bad) = plan::rows(&text);
        let file = (sources.find(key))
            .unwrap_or_else(|| sources.add(Source::new(shown, key.to_owned(), text)));
        findings.extend(bad.into_iter().map(|bad| {
            Finding::new("unreadable-data", span(file, bad.range), bad.message).help(bad.help)
        }));
        let mut by_indicator: HashMap<String, Vec<plan::DataRow>> = HashMap::new();
        for row in rows {
            let of_indicator = by_indicator.entry(row.indicator.clone()).or_default();
            of_indicator.push(row);
        }
        Ok(DataTable {
            file,
            rows: by_indicator,
        })
    }
}

/// The names in a data file that no indicator has: their rows count for nothing. Each is named once.
fn unserved(table: &DataTable, served: &BTreeSet<(FileId, String)>) -> Vec<Finding> {
    let names = served.range((table.file, String::new())..);
    let names = names.take_while(|(file, _)| *file == table.file);
    let known: BTreeSet<&str> = names.map(|(_, name)| name.as_str()).collect();
    let others = (table.rows.iter()).filter(|(name, _)| !known.contains(name.as_str()));
    let known: Vec<&str> = known.iter().copied().collect();
    let named = others.filter_map(|(name, rows)| {
        let first = rows.iter().map(|row| row.range).min()?;
        let message = format!(
            "no indicator takes its values here under the name `{name}`: {} of this file",
            match rows.len() {
                1 => "1 row".to_owned(),
                count => format!("{count} rows"),
            }
        );
        let help = suggest(name, &known, "indicators");
        Some(Finding::new("unknown-indicator", span(table.file, first), message).help(help))
    });
    named.collect()
}

/// A range of a file's bytes.
fn span(file: FileId, (start, end): (usize, usize)) -> Span {
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}
