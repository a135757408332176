//! Colours that depend on what a cell says, as far as they can be worked out without reckoning formulas:
//! comparisons with a word or a number.

use std::ops::RangeInclusive;

use super::area;
use super::styles::Styles;
use crate::office::blocks::{Cell, Place, Value};
use crate::office::sheet::{Area, Sheet};
use crate::office::xml::Said;

/// The conditions of a sheet, as they are read.
#[derive(Debug, Default)]
pub struct Conditions {
    areas: Vec<Area>,
    rules: Vec<Rule>,
    in_formula: bool,
    /// Whether any condition draws icons or shades of colour.
    pictured: bool,
}

#[derive(Debug, Default)]
struct Rule {
    areas: Vec<Area>,
    kind: String,
    operator: String,
    text: String,
    formulas: Vec<String>,
    look: Option<usize>,
    priority: usize,
}

/// The most conditions of a sheet that are looked at.
const MOST: usize = 200;

/// What a rule asks of a cell.
enum Test {
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

impl Conditions {
    /// Takes what a sheet says of its conditions.
    pub fn take(&mut self, said: Said) {
        match said {
            Said::Start("conditionalFormatting", attributes) => {
                let areas = attributes.get("sqref").unwrap_or_default();
                self.areas = areas
                    .split_whitespace()
                    .filter_map(area)
                    .take(MOST)
                    .collect();
            }
            Said::Start("cfRule", attributes) => {
                let value = |name: &str| attributes.get(name).unwrap_or_default();
                self.pictured |= ["iconSet", "colorScale"].contains(&value("type").as_str());
                self.rules.push(Rule {
                    areas: self.areas.clone(),
                    kind: value("type"),
                    operator: value("operator"),
                    text: value("text"),
                    formulas: Vec::new(),
                    look: attributes.number("dxfId"),
                    priority: attributes.number("priority").unwrap_or(usize::MAX),
                });
            }
            Said::Start("formula", _) => {
                self.in_formula = true;
                if let Some(rule) = self.rules.last_mut() {
                    rule.formulas.push(String::new());
                }
            }
            Said::End("formula") => self.in_formula = false,
            Said::Text(text) if self.in_formula => {
                if let Some(formula) = self
                    .rules
                    .last_mut()
                    .and_then(|rule| rule.formulas.last_mut())
                {
                    formula.push_str(text);
                }
            }
            _ => {}
        }
    }

    /// Lays over the cells what their conditions ask for, the first that holds; says what could not be
    /// worked out.
    pub fn apply(mut self, sheet: &mut Sheet, styles: &Styles, notes: &mut Vec<(Place, String)>) {
        let mut unknown = self.pictured;
        self.rules.sort_by_key(|rule| rule.priority);
        unknown |= self.rules.len() > MOST;
        let mut done = std::collections::BTreeSet::new();
        for rule in self.rules.iter().take(MOST) {
            let laid = rule.look.and_then(|look| styles.laid_over.get(look));
            let Some((fill, ink)) = laid.filter(|(fill, ink)| fill.is_some() || ink.is_some())
            else {
                continue;
            };
            let Some(test) = rule.test() else {
                unknown = true;
                continue;
            };
            for at in rule.holds_in(sheet, &test) {
                if done.insert(at)
                    && let Some(cell) = sheet.cells.get_mut(&at)
                {
                    cell.fill = fill.clone().or(cell.fill.take());
                    cell.ink = ink.clone().or(cell.ink.take());
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
}

impl Rule {
    fn test(&self) -> Option<Test> {
        let text = || self.text.to_lowercase();
        let first = self.formulas.first().map_or("", |formula| formula.trim());
        match self.kind.as_str() {
            "containsText" if !self.text.is_empty() => Some(Test::Contains(text())),
            "notContainsText" if !self.text.is_empty() => Some(Test::Lacks(text())),
            "beginsWith" if !self.text.is_empty() => Some(Test::Begins(text())),
            "endsWith" if !self.text.is_empty() => Some(Test::Ends(text())),
            "cellIs" => self.comparison(first),
            "expression" => {
                let (cell, word) = first.split_once('=')?;
                let cell = cell.trim();
                // Only a column that is held fast is the same for every cell of the area.
                let ((_, column), fixed) = (super::place(cell)?, cell.starts_with('$'));
                let start = self.areas.first()?.0;
                (super::place(cell)?.0 == start.0 && (fixed || self.is_one_column()))
                    .then_some(Test::Other(column, literal(word)?))
            }
            _ => None,
        }
    }

    fn is_one_column(&self) -> bool {
        self.areas.iter().all(|(start, end)| start.1 == end.1)
    }

    fn comparison(&self, first: &str) -> Option<Test> {
        if let Some(word) = literal(first) {
            return match self.operator.as_str() {
                "equal" => Some(Test::Is(word)),
                "notEqual" => Some(Test::IsNot(word)),
                _ => None,
            };
        }
        let number: f64 = first.parse().ok()?;
        let other = self
            .formulas
            .get(1)
            .and_then(|formula| formula.trim().parse().ok());
        match self.operator.as_str() {
            "equal" => Some(Test::Number(number..=number)),
            "notEqual" => Some(Test::NotNumber(number..=number)),
            "lessThanOrEqual" => Some(Test::Number(f64::MIN..=number)),
            "greaterThan" => Some(Test::NotNumber(f64::MIN..=number)),
            "greaterThanOrEqual" => Some(Test::Number(number..=f64::MAX)),
            "lessThan" => Some(Test::NotNumber(number..=f64::MAX)),
            "between" => Some(Test::Number(number..=other?)),
            "notBetween" => Some(Test::NotNumber(number..=other?)),
            _ => None,
        }
    }

    /// The cells in the rule's areas for which it holds.
    fn holds_in(&self, sheet: &Sheet, test: &Test) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (start, end) in &self.areas {
            let rows = sheet.cells.range((start.0, 0)..=(end.0, usize::MAX));
            let within = rows.filter(|((_, column), _)| (start.1..=end.1).contains(column));
            found.extend(
                within
                    .filter(|(at, cell)| holds(sheet, **at, cell, test))
                    .map(|(at, _)| *at),
            );
        }
        found
    }
}

fn holds(sheet: &Sheet, at: (usize, usize), cell: &Cell, test: &Test) -> bool {
    let text = cell.text.trim().to_lowercase();
    let number = || match cell.value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    match test {
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

/// A word that a formula gives in quotes, in small letters, as such comparisons ignore case.
fn literal(formula: &str) -> Option<String> {
    let inside = formula.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('"')).then(|| inside.trim().to_lowercase())
}
