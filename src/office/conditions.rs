//! Colours that depend on what a cell says, as far as they can be worked out: comparisons with a word, a number
//! or a day.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::blocks::{Cell, CellValue, Place};
use super::formula::{Formula, literal};
use super::sheet::{Area, Sheet};
use crate::words::first_listed;

/// The most comparisons that the conditions of a sheet may ask of each cell, and the most areas of a condition.
pub const MOST: usize = 200;

/// A condition, and what it lays over the cells of its areas for which it holds.
#[derive(Debug)]
pub struct CellCondition {
    pub areas: Vec<Area>,
    /// None where what it asks is not known here.
    pub test: Option<Test>,
    /// The colour behind the cell, and that of its words.
    pub fill: Option<String>,
    pub ink: Option<String>,
}

/// What a rule asks of a cell. Words are in small letters.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Is(String),
    IsNot(String),
    Contains(String),
    Lacks(String),
    Begins(String),
    Ends(String),
    Number(RangeInclusive<f64>),
    NotNumber(RangeInclusive<f64>),
    Formula(Formula),
}

impl Test {
    /// A comparison by its sign with a word in quotes or a number; between two, with the second.
    pub fn comparison(sign: &str, first: &str, second: Option<&str>) -> Option<Test> {
        if let Some(word) = literal(first) {
            return match sign {
                "=" => Some(Test::Is(word)),
                "<>" => Some(Test::IsNot(word)),
                _ => None,
            };
        }
        let number: f64 = first.trim().parse().ok()?;
        let other = || second?.trim().parse::<f64>().ok();
        Some(match sign {
            "=" => Test::Number(number..=number),
            "<>" => Test::NotNumber(number..=number),
            "<=" => Test::Number(f64::MIN..=number),
            ">" => Test::NotNumber(f64::MIN..=number),
            ">=" => Test::Number(number..=f64::MAX),
            "<" => Test::NotNumber(number..=f64::MAX),
            "between" => Test::Number(number..=other()?),
            "not between" => Test::NotNumber(number..=other()?),
            _ => return None,
        })
    }

    /// A formula, which is written for the first cell of these areas.
    pub fn formula(formula: &str, areas: &[Area]) -> Option<Test> {
        let (start, _) = areas.first()?;
        Some(Test::Formula(Formula::read(formula, *start)))
    }

    /// How many comparisons it is.
    fn comparisons(&self) -> usize {
        match self {
            Test::Formula(formula) => formula.comparisons(),
            _ => 1,
        }
    }

    /// Whether it holds for a cell; none where that is not known.
    fn holds(&self, sheet: &Sheet, at: (usize, usize), cell: &Cell) -> Option<bool> {
        if let Test::Formula(formula) = self {
            return formula.holds(sheet, at);
        }

        let text = cell.text.trim().to_lowercase();
        let number = || match cell.value {
            CellValue::Number(number) => Some(number),
            _ => None,
        };
        Some(match self {
            Test::Formula(_) => return None,
            Test::Is(word) => text == *word,
            Test::IsNot(word) => text != *word,
            Test::Contains(word) => text.contains(word),
            Test::Lacks(word) => !text.contains(word),
            Test::Begins(word) => text.starts_with(word),
            Test::Ends(word) => text.ends_with(word),
            Test::Number(range) => number().is_some_and(|number| range.contains(&number)),
            Test::NotNumber(range) => number().is_some_and(|number| !range.contains(&number)),
        })
    }
}

/// Lays over the cells of a sheet what their conditions ask for, the first that holds; says what could not
/// be worked out. `unknown`: whether there is more than these rules say. A cell for which an earlier rule may
/// hold has no colour by a later one.
pub fn lay_over(
    rules: &[CellCondition],
    mut unknown: bool,
    sheet: &mut Sheet,
    notes: &mut Vec<(Place, String)>,
) {
    let (mut done, mut unsure, mut unread) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let laid = |rule: &&CellCondition| rule.fill.is_some() || rule.ink.is_some();
    let mut asked = 0;
    for rule in rules.iter().filter(laid) {
        asked += rule.test.as_ref().map_or(1, Test::comparisons);
        if asked > MOST {
            unknown = true;
            break;
        }
        for (at, holds) in asked_in(rule, sheet) {
            if holds.is_none() {
                unknown = true;
                unsure.insert(at);
            } else if holds == Some(true) && done.insert(at) {
                match sheet.cells.get_mut(&at) {
                    Some(cell) if !unsure.contains(&at) => {
                        cell.fill = rule.fill.clone().or(cell.fill.take());
                        cell.ink = rule.ink.clone().or(cell.ink.take());
                    }
                    _ => unread.push(at),
                }
            }
        }
    }
    if unknown && !sheet.hidden {
        let place = Place::Part(format!("the sheet {}", sheet.name).into());
        let mut note =
            "it has colours or icons that depend on formulas, which are not reckoned here: look \
            whether they say something that no cell says"
                .to_owned();
        if !unread.is_empty() {
            note = format!("{note}; {} no colour for that", have(sheet, &unread));
        }
        notes.push((place, note));
    }
}

/// The cells at some places, and that they have something: "E4, E7 and 3 more have".
fn have(sheet: &Sheet, places: &[(usize, usize)]) -> String {
    let names = places.iter().map(|at| {
        let place = sheet.place(at.0, at.1).to_string();
        place.rsplit('!').next().unwrap_or_default().to_owned()
    });
    let names: Vec<String> = names.collect();
    let verb = if places.len() == 1 { "has" } else { "have" };
    format!("{} {verb}", first_listed(&names, 8))
}

/// The cells in a rule's areas, and whether it holds for each, as far as that is known; of cells for which it does
/// not hold none.
fn asked_in(rule: &CellCondition, sheet: &Sheet) -> Vec<((usize, usize), Option<bool>)> {
    let mut found = Vec::new();
    for (start, end) in &rule.areas {
        let rows = sheet.cells.range((start.0, 0)..=(end.0, usize::MAX));
        let within = rows.filter(|((_, column), _)| (start.1..=end.1).contains(column));
        let holds = |at, cell| {
            let test = rule.test.as_ref();
            test.and_then(|test| test.holds(sheet, at, cell))
        };
        let asked = within.map(|(at, cell)| (*at, holds(*at, cell)));
        found.extend(asked.filter(|(_, holds)| *holds != Some(false)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_asked_for_more_comparisons_than_the_most() {
        let sheet = || {
            let mut sheet = Sheet::new("Plan", false);
            let cell = Cell::new(sheet.place(0, 0), "Late".to_owned());
            sheet.cells.insert((0, 0), cell);
            sheet
        };
        let area = vec![((0, 0), (0, 0))];
        let rule = |formula: &str, fill: &str| CellCondition {
            areas: area.clone(),
            test: Test::formula(formula, &area),
            fill: Some(fill.to_owned()),
            ink: None,
        };
        let laid = |counts: [usize; 2]| {
            let long = counts.map(|count| {
                let formula = format!("OR({})", vec!["A1=\"x\""; count].join(","));
                rule(&formula, "00FF00")
            });
            let last = rule("A1=\"Late\"", "FF0000");
            let (mut sheet, mut notes) = (sheet(), Vec::new());
            let rules: Vec<CellCondition> = long.into_iter().chain([last]).collect();
            lay_over(&rules, false, &mut sheet, &mut notes);
            (sheet.cells[&(0, 0)].fill.clone(), notes.len())
        };
        assert_eq!(laid([MOST / 2, MOST / 2 - 1]), (Some("FF0000".into()), 0));
        assert_eq!(laid([MOST / 2, MOST / 2]), (None, 1));
    }
}
