//! `plan explain`: rules in words, from the same text that the page of rules is made of.

use serde::Serialize;

use crate::document::{Block, Cell, Col, Document, Level, Table, plain, running, short};
use crate::lint::{FIXED, Rule};

#[derive(Serialize)]
pub struct Rules {
    pub rules: Vec<RuleFacts>,
    /// Whether one rule was asked for, which is then shown in full.
    #[serde(skip)]
    in_full: bool,
}

#[derive(Serialize)]
pub struct RuleFacts {
    pub name: &'static str,
    pub severity: &'static str,
    pub summary: &'static str,
    pub why: &'static str,
    pub bad: &'static str,
    pub good: &'static str,
    #[serde(skip)]
    allowable: bool,
}

impl RuleFacts {
    fn of(rule: &Rule) -> RuleFacts {
        RuleFacts {
            name: rule.name,
            severity: rule.severity.word(),
            summary: rule.summary,
            why: rule.why,
            bad: rule.bad,
            good: rule.good,
            allowable: !FIXED.contains(&rule.name),
        }
    }
}

impl Rules {
    pub fn list(rules: &[&Rule]) -> Rules {
        Rules {
            rules: rules.iter().map(|rule| RuleFacts::of(rule)).collect(),
            in_full: false,
        }
    }

    pub fn one(rule: &Rule) -> Rules {
        Rules {
            rules: vec![RuleFacts::of(rule)],
            in_full: true,
        }
    }

    pub fn lay_out(&self, document: &mut Document) {
        if self.in_full {
            return self.rules.iter().for_each(|rule| rule.lay_out(document));
        }
        let table = Table::new(RULES, &self.rules).cut();
        document.blocks.push(Block::Table(table));
    }
}

const RULES: &[Col<RuleFacts>] = &[
    short("rule", |rule| Cell::text(rule.name)),
    short("severity", |rule| Cell::text(rule.severity)),
    running("what it finds", |rule| Cell::text(rule.summary)),
];

impl RuleFacts {
    fn lay_out(&self, document: &mut Document) {
        let blocks = &mut document.blocks;
        blocks.push(Block::Title(self.name.into(), self.severity.into()));
        blocks.push(Block::Paragraph(plain(format!(
            "{} {}",
            self.summary, self.why
        ))));
        for (heading, example) in [("Bad", self.bad), ("Good", self.good)] {
            document.heading(Level::Section, heading, "");
            // Each file of an example begins with a line `=== PATH`.
            let files = example.replace("=== ", "# ");
            document.blocks.push(Block::Code(files.trim_end().into()));
        }
        let allow = if self.allowable {
            format!(
                "To let one finding pass: `# plan: allow {}: why` on the line or above it.",
                self.name
            )
        } else {
            "It cannot be allowed or turned off.".to_owned()
        };
        document.remark(allow);
    }
}
