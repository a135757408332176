//! Colours that depend on what a cell says, as far as they can be worked out without reckoning formulas:
//! comparisons with a word or a number.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::blocks::{Cell, CellValue, Place};
use super::sheet::{self, Area, Sheet};

/// The most conditions of a sheet that are looked at.
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
    /// That another cell of its row says something: in which column.
    Other(usize, String),
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

    /// A formula of the form `$E2="Red"` for the cells of these areas: only a column that is held fast is
    /// the same for every cell.
    pub fn formula(formula: &str, areas: &[Area]) -> Option<Test> {
        let (cell, word) = formula.split_once('=')?;
        let cell = cell.trim();
        let (row, column) = sheet::place(cell)?;
        let start = areas.first()?.0;
        let one_column = areas.iter().all(|(start, end)| start.1 == end.1);
        (row == start.0 && (cell.starts_with('$') || one_column))
            .then_some(Test::Other(column, literal(word)?))
    }

    fn holds(&self, sheet: &Sheet, at: (usize, usize), cell: &Cell) -> bool {
        let text = cell.text.trim().to_lowercase();
        let number = || match cell.value {
            CellValue::Number(number) => Some(number),
            _ => None,
        };
        match self {
            Test::Is(word) => text == *word,
            Test::IsNot(word) => text != *word,
            Test::Contains(word) => text.contains(word),
            Test::Lacks(word) => !text.contains(word),
            Test::Begins(word) => text.starts_with(word),
            Test::Ends(word) => text.ends_with(word),
            Test::Number(range) => number().is_some_and(|number| range.contains(&number)),
            Test::NotNumber(range) => number().is_some_and(|number| !range.contains(&number)),
            Test::Other(column, word) => {
                let other = sheet.cells.get(&(at.0, *column));
                other.is_some_and(|other| other.text.trim().to_lowercase() == *word)
            }
        }
    }
}

/// A word that a formula gives in quotes, in small letters, as such comparisons ignore case.
pub fn literal(formula: &str) -> Option<String> {
    let inside = formula.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('"')).then(|| inside.trim().to_lowercase())
}

/// Lays over the cells of a sheet what their conditions ask for, the first that holds; says what could not
/// be worked out. `unknown`: whether there is more than these rules say.
pub fn lay_over(
    rules: &[CellCondition],
    mut unknown: bool,
    sheet: &mut Sheet,
    notes: &mut Vec<(Place, String)>,
) {
    unknown |= rules.len() > MOST;
    let mut done = BTreeSet::new();
    let laid = |rule: &&CellCondition| rule.fill.is_some() || rule.ink.is_some();
    for rule in rules.iter().take(MOST).filter(laid) {
        let Some(test) = &rule.test else {
            unknown = true;
            continue;
        };
        for at in holds_in(rule, test, sheet) {
            if done.insert(at)
                && let Some(cell) = sheet.cells.get_mut(&at)
            {
                cell.fill = rule.fill.clone().or(cell.fill.take());
                cell.ink = rule.ink.clone().or(cell.ink.take());
            }
        }
    }
    if unknown && !sheet.hidden {
        let place = Place::Part(format!("the sheet {}", sheet.name).into());
        let note = "it has colours or icons that depend on formulas, which are not reckoned here: look \
            whether they say something that no cell says";
        notes.push((place, note.into()));
    }
}

/// The cells in a rule's areas for which it holds.
fn holds_in(rule: &CellCondition, test: &Test, sheet: &Sheet) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, end) in &rule.areas {
        let rows = sheet.cells.range((start.0, 0)..=(end.0, usize::MAX));
        let within = rows.filter(|((_, column), _)| (start.1..=end.1).contains(column));
        let holds = within.filter(|(at, cell)| test.holds(sheet, **at, cell));
        found.extend(holds.map(|(at, _)| *at));
    }
    found
}
