//! The conditions of a workbook's sheets, by which cells have colours.

use super::styles::SheetStyles;
use crate::office::conditions::{CellCondition, MOST, Test};
use crate::office::sheet::{Area, area};
use crate::office::xml::XmlEvent;

/// The conditions of a sheet, as they are read.
#[derive(Debug, Default)]
pub struct SheetConditions {
    areas: Vec<Area>,
    written: Vec<WrittenCondition>,
    in_formula: bool,
    /// Whether any condition draws icons or shades of colour.
    pub pictured: bool,
}

/// A condition as it is written.
#[derive(Debug, Default)]
struct WrittenCondition {
    areas: Vec<Area>,
    kind: String,
    operator: String,
    text: String,
    formulas: Vec<String>,
    look: Option<usize>,
    priority: usize,
}

impl SheetConditions {
    /// Takes what a sheet says of its conditions.
    pub fn take(&mut self, event: XmlEvent) {
        match event {
            XmlEvent::Start("conditionalFormatting", attributes) => {
                let areas = attributes.get("sqref").unwrap_or_default();
                self.areas = areas
                    .split_whitespace()
                    .filter_map(area)
                    .take(MOST)
                    .collect();
            }
            XmlEvent::Start("cfRule", attributes) => {
                let value = |name: &str| attributes.get(name).unwrap_or_default();
                self.pictured |= ["iconSet", "colorScale"].contains(&value("type").as_str());
                self.written.push(WrittenCondition {
                    areas: self.areas.clone(),
                    kind: value("type"),
                    operator: value("operator"),
                    text: value("text"),
                    formulas: Vec::new(),
                    look: attributes.number("dxfId"),
                    priority: attributes.number("priority").unwrap_or(usize::MAX),
                });
            }
            XmlEvent::Start("formula", _) => {
                self.in_formula = true;
                if let Some(rule) = self.written.last_mut() {
                    rule.formulas.push(String::new());
                }
            }
            XmlEvent::End("formula") => self.in_formula = false,
            XmlEvent::Text(text) if self.in_formula => {
                let rule = self.written.last_mut();
                if let Some(formula) = rule.and_then(|rule| rule.formulas.last_mut()) {
                    formula.push_str(text);
                }
            }
            _ => {}
        }
    }

    /// The rules, the first that counts first.
    pub fn rules(mut self, styles: &SheetStyles) -> Vec<CellCondition> {
        self.written.sort_by_key(|rule| rule.priority);
        let rules = self.written.into_iter().map(|rule| {
            let laid = rule.look.and_then(|look| styles.laid_over.get(look));
            let (fill, ink) = laid.cloned().unwrap_or_default();
            CellCondition {
                test: rule.test(),
                areas: rule.areas,
                fill,
                ink,
            }
        });
        rules.collect()
    }
}

impl WrittenCondition {
    fn test(&self) -> Option<Test> {
        let text = || Some(self.text.to_lowercase()).filter(|text| !text.is_empty());
        let first = self.formulas.first().map_or("", |formula| formula.trim());
        let second = self.formulas.get(1).map(String::as_str);
        let sign = match self.operator.as_str() {
            "equal" => "=",
            "notEqual" => "<>",
            "lessThanOrEqual" => "<=",
            "greaterThan" => ">",
            "greaterThanOrEqual" => ">=",
            "lessThan" => "<",
            "notBetween" => "not between",
            other => other,
        };
        match self.kind.as_str() {
            "containsText" => text().map(Test::Contains),
            "notContainsText" => text().map(Test::Lacks),
            "beginsWith" => text().map(Test::Begins),
            "endsWith" => text().map(Test::Ends),
            "containsBlanks" => Some(Test::Is(String::new())),
            "notContainsBlanks" => Some(Test::IsNot(String::new())),
            "cellIs" => Test::comparison(sign, first, second),
            "expression" => Test::formula(first, &self.areas),
            _ => None,
        }
    }
}
