//! The conditions of a spreadsheet's sheets, as LibreOffice writes them: `="Red"`, `between(1,3)`,
//! `contains-text("Red")`, `formula-is([.$E2]="Red")`.

use crate::office::conditions::{CellCondition, MOST, Test};
use crate::office::formula::literal;
use crate::office::sheet::{Area, area};
use crate::office::xml::XmlEvent;

/// The conditions of a sheet, as they are read.
#[derive(Debug, Default)]
pub struct Conditions {
    areas: Vec<Area>,
    /// Each with the name of the style that it lays over.
    written: Vec<(Vec<Area>, String, String)>,
    /// Whether any condition draws icons or shades of colour.
    pub pictured: bool,
}

impl Conditions {
    /// Takes what a sheet says of its conditions.
    pub fn take(&mut self, event: XmlEvent) {
        let XmlEvent::Start(name, attributes) = event else {
            return;
        };
        let value = |name: &str| attributes.get(name).unwrap_or_default();
        match name {
            "conditional-format" => self.areas = areas(&value("target-range-address")),
            "condition" => {
                let written = (
                    self.areas.clone(),
                    value("value"),
                    value("apply-style-name"),
                );
                self.written.push(written);
            }
            "color-scale" | "icon-set" | "data-bar" => self.pictured = true,
            _ => {}
        }
    }

    /// The rules, in their order; `look` gives the colours of a style.
    pub fn rules(
        self,
        look: impl Fn(&str) -> (Option<String>, Option<String>),
    ) -> Vec<CellCondition> {
        let rules = self.written.into_iter().map(|(areas, value, style)| {
            let (fill, ink) = look(&style);
            CellCondition {
                test: test(&value, &areas),
                areas,
                fill,
                ink,
            }
        });
        rules.collect()
    }
}

/// The areas of `Plan.E2:Plan.E10 Plan.G2`; names of sheets with spaces stand in quotes.
fn areas(list: &str) -> Vec<Area> {
    let unnamed: String = list.split('\'').step_by(2).collect();
    let cells = |address: &str| {
        let ends: Vec<&str> = (address.split(':'))
            .map(|end| end.rsplit('.').next().unwrap_or(end))
            .collect();
        area(&ends.join(":"))
    };
    unnamed
        .split_whitespace()
        .filter_map(cells)
        .take(MOST)
        .collect()
}

fn test(value: &str, areas: &[Area]) -> Option<Test> {
    let value = value.trim();
    if let Some((name, inside)) = value.split_once('(')
        && let Some(inside) = inside.strip_suffix(')')
        && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    {
        let two = || inside.split_once(',');
        return match name {
            "contains-text" => literal(inside).map(Test::Contains),
            "not-contains-text" => literal(inside).map(Test::Lacks),
            "begins-with" => literal(inside).map(Test::Begins),
            "ends-with" => literal(inside).map(Test::Ends),
            "between" => two().and_then(|(from, to)| Test::comparison(name, from, Some(to))),
            "not-between" => {
                two().and_then(|(from, to)| Test::comparison("not between", from, Some(to)))
            }
            "formula-is" => Test::formula(&inside.replace("[.", "").replace(']', ""), areas),
            _ => None,
        };
    }
    let signs = [
        ("!=", "<>"),
        ("<=", "<="),
        (">=", ">="),
        ("=", "="),
        ("<", "<"),
        (">", ">"),
    ];
    let (sign, rest) = signs
        .into_iter()
        .find_map(|(written, sign)| Some((sign, value.strip_prefix(written)?)))?;
    Test::comparison(sign, rest, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::formula::Formula;

    #[test]
    fn conditions_are_read_as_libreoffice_writes_them() {
        let column = areas("'My plan'.E2:'My plan'.E9");
        assert_eq!(column, [((1, 4), (8, 4))]);
        let read = |value: &str| test(value, &column);
        assert_eq!(read("=\"Red\""), Some(Test::Is("red".into())));
        assert_eq!(read("between(1,3)"), Some(Test::Number(1.0..=3.0)));
        assert_eq!(read("!=2"), Some(Test::NotNumber(2.0..=2.0)));
        assert_eq!(
            read("contains-text(\"late\")"),
            Some(Test::Contains("late".into()))
        );
        let formula = |text: &str| Some(Test::Formula(Formula::read(text, (1, 4))));
        assert_eq!(read("formula-is([.$F2]=\"R\")"), formula("$F2=\"R\""));
        assert_eq!(
            read("formula-is(AND([.F2]>3;[.$G$1]<DATE(2023;1;17)))"),
            formula("AND(F2>3,$G$1<DATE(2023,1,17))")
        );
    }
}
