//! `plan report annual`: the sections of the annual report that come from the plan. What they hold is
//! in `aspect.rs`; in which order a framework asks for them, and in what words, in `framework.rs`.

mod aspect;
mod framework;

use serde::Serialize;

use super::Report;
use super::brief::{Brief, PlanBrief};
use super::item::Item;
use crate::calendar::{Day, FinancialYear, Period};
use crate::document::{
    Block, Col, Document, Level, Line, Tone, deadlines, piece, plain, running, short,
};
use crate::plan::Plan;

use aspect::Aspect;
pub use framework::Framework;

#[derive(Serialize)]
pub struct Annual {
    pub board: String,
    pub name: String,
    /// The period reported on.
    pub period: String,
    pub framework: &'static str,
    /// The plans whose period overlaps it, by their stems.
    pub plans: Vec<String>,
    pub sections: Vec<Section>,
    #[serde(skip)]
    day: Day,
}

/// A section of the report.
#[derive(Serialize)]
pub struct Section {
    pub title: String,
    /// What the framework asks for here, and where it does.
    pub asks: Option<String>,
    pub parts: Vec<Part>,
}

/// A part of a section: one aspect of one priority, of a group, or of a review.
#[derive(Debug, Default, Serialize)]
pub struct Part {
    /// What it is about, where a section has parts about several things.
    pub aspect: Option<String>,
    /// The priority, group or review; nothing where it is about all.
    pub title: String,
    pub sentences: Vec<String>,
    pub points: Vec<Point>,
    pub actions: Vec<Item>,
    /// What is plainly missing, where there is nothing to draw on.
    pub nothing: Option<String>,
}

/// What an entry says: in its words, of which actions, by whom and when.
#[derive(Clone, Debug, Serialize)]
pub struct Point {
    pub actions: Vec<String>,
    pub words: String,
    pub by: Option<String>,
    pub date: Option<Day>,
}

/// What the annual report is made from.
struct Year<'r, 'b> {
    brief: &'r Brief<'b>,
    period: Period,
    plans: Vec<PlanBrief<'b>>,
}

impl Report for Annual {
    fn of(brief: &Brief) -> Annual {
        let period = brief.options.period.unwrap_or_else(|| last_year(brief));
        let plans = brief.plans().into_iter();
        let plans = plans.filter(|plan| overlaps(plan.plan, period));
        let year = Year {
            brief,
            period,
            plans: plans.collect(),
        };
        let framework = brief.options.framework;
        Annual {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            period: period.to_string(),
            framework: framework.name(),
            plans: (year.plans.iter())
                .map(|plan| plan.plan.stem.clone())
                .collect(),
            sections: framework.sections(&year),
            day: brief.day(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        let title = format!("Annual report {} · {}", self.period, self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if self.plans.is_empty() {
            document.paragraph(format!("No plan of the board runs in {}.", self.period));
            return;
        }
        document.remark(format!(
            "The sections that come from the plan: what was reported of {}, and how actions stand on {}.",
            self.period,
            self.day.long()
        ));
        for section in &self.sections {
            section.lay_out(document);
        }
    }
}

/// The last financial year that had ended on the day, if a plan ran in it; else the one of the day.
fn last_year(brief: &Brief) -> Period {
    let own = FinancialYear::of(brief.day()).period();
    let before = FinancialYear::of(own.first.pred()).period();
    let runs = |plan: &PlanBrief| overlaps(plan.plan, before);
    match brief.plans().iter().any(runs) {
        true => before,
        false => own,
    }
}

fn overlaps(plan: &Plan, period: Period) -> bool {
    plan.period
        .is_none_or(|own| own.first <= period.last && period.first <= own.last)
}

impl Section {
    fn lay_out(&self, document: &mut Document) {
        document.heading(Level::Section, &self.title, "");
        if let Some(asks) = &self.asks {
            document.remark(asks);
        }
        let mut aspect = &None;
        for part in &self.parts {
            if let Some(title) = part.aspect.as_ref().filter(|_| part.aspect != *aspect) {
                document.heading(Level::Part, title, "");
            }
            aspect = &part.aspect;
            part.lay_out(document);
        }
    }
}

const ACTIONS: &[Col<Item>] = &[
    short("action", Item::id),
    running("what", Item::what),
    deadlines("timescale", Item::timescale),
    short("status", Item::status),
    short("RAG", Item::rating),
];

impl Part {
    fn lay_out(&self, document: &mut Document) {
        let level = match self.aspect {
            Some(_) => Level::Point,
            None => Level::Part,
        };
        if !self.title.is_empty() {
            document.heading(level, &self.title, "");
        }
        if let Some(nothing) = &self.nothing {
            document.remark(nothing);
        }
        if !self.sentences.is_empty() {
            document.list(self.sentences.iter().map(plain).collect());
        }
        if !self.points.is_empty() {
            document.list(self.points.iter().map(Point::line).collect());
        }
        if !self.actions.is_empty() {
            document.table(ACTIONS, &self.actions);
        }
    }

    /// The part, or if it is empty, the sentence that says so.
    fn or(mut self, nothing: &str) -> Part {
        let empty = self.sentences.is_empty() && self.points.is_empty() && self.actions.is_empty();
        self.nothing = empty.then(|| nothing.to_owned());
        self
    }
}

impl Point {
    fn line(&self) -> Line {
        let day = self.date;
        let source = [self.by.clone(), day.map(Day::short)];
        let source: Vec<String> = source.into_iter().flatten().collect();
        let mut line = match self.actions.is_empty() {
            true => Vec::new(),
            false => vec![piece(
                Tone::Strong,
                format!("{}: ", self.actions.join(", ")),
            )],
        };
        line.push(piece(Tone::Plain, &self.words));
        if !source.is_empty() {
            line.push(piece(Tone::Faint, format!(" ({})", source.join(", "))));
        }
        line
    }
}
