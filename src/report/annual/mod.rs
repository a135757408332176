//! `plan report annual`: the sections of the annual report that come from the plan. What they hold is
//! in `aspect.rs` and `whole.rs`; in which order a framework asks for them, and in what words, in `framework.rs`.

mod aspect;
mod framework;
mod whole;

use serde::Serialize;

use super::Report;
use super::brief::{Brief, PlanBrief};
use super::counts::Counts;
use super::indicators::{self, IndicatorFacts};
use super::item::Item;
use crate::calendar::{Day, FinancialYear, Period};
use crate::document::{
    Block, Cell, Col, Document, Level, Line, Tone, deadlines, piece, plain, running, short, words,
};
use crate::plan::{Plan, Rag};
use crate::select::Row;
use crate::standing::{BoardStanding, Standing, judge};
use crate::words::{counted, first_sentence, listed, sentence, shortened};

use aspect::Aspect;
pub use framework::{BUILT_IN, Framework};

#[derive(Serialize)]
pub struct Annual {
    pub board: String,
    pub name: String,
    /// The period reported on.
    /// What kind of board it is, and for which area.
    pub description: Option<String>,
    pub period: String,
    pub framework: String,
    /// By when to publish, and to whom to send it.
    pub publish: Option<String>,
    pub recipients: Vec<String>,
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
    pub actions: Vec<YearAction>,
    /// What is plainly missing, where there is nothing to draw on.
    pub nothing: Option<String>,
}

/// An action as it stood at the end of the year.
#[derive(Debug, Serialize)]
pub struct YearAction {
    #[serde(flatten)]
    pub item: Item,
    /// What changed of it between then and the day asked.
    pub since_then: Option<String>,
}

/// What an entry says: in its words, of which actions, by whom and when.
#[derive(Clone, Debug, Serialize)]
pub struct Point {
    pub actions: Vec<String>,
    /// What the one action is called; of several, nothing.
    #[serde(skip)]
    title: Option<String>,
    pub words: String,
    pub by: Option<String>,
    pub date: Option<Day>,
}

/// What the annual report is made from.
struct Year<'r, 'b> {
    brief: &'r Brief<'b>,
    period: Period,
    plans: Vec<PlanBrief<'b>>,
    /// How the board stood at the end of the year, or stands on the day asked if that comes first.
    end: BoardStanding<'b>,
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
            end: judge(brief.board(), period.last.min(brief.day())),
        };
        let framework = &brief.options.framework;
        Annual {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            description: brief.board().description(),
            period: period.to_string(),
            framework: framework.name.clone(),
            publish: framework.publish.clone(),
            recipients: framework.recipients.clone(),
            plans: (year.plans.iter())
                .map(|plan| plan.plan.stem.clone())
                .collect(),
            sections: std::iter::once(year.in_brief())
                .chain(framework.sections(&year))
                .collect(),
            day: brief.day(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        let title = format!("Annual report {} · {}", self.period, self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if let Some(description) = &self.description {
            document.remark(format!("{description}."));
        }
        if self.plans.is_empty() {
            document.paragraph(format!("No plan of the board runs in {}.", self.period));
            return;
        }
        document.remark(format!(
            "The sections that come from the plan: what was reported of {}, and how actions stood at its end. \
             What moved by {} is said beside it.",
            self.period,
            self.day.long()
        ));
        for section in &self.sections {
            section.lay_out(document);
        }
        if let Some(publish) = &self.publish {
            document.heading(Level::Section, "Publication", "");
            document.paragraph(format!("To be published {publish}."));
            let to = self.recipients.iter().map(plain);
            document.list(to.collect());
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

impl Year<'_, '_> {
    /// The front page: what changed for the people whom the board is there for, what did not, and the
    /// figures.
    fn in_brief(&self) -> Section {
        let people = self.brief.board().people();
        let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
        let (mut total, mut figures) = (Counts::default(), Vec::new());
        for plan in &self.plans {
            for row in &plan.rows {
                let Some(standing) = self.at_end(row) else {
                    continue;
                };
                total = total.plus(&Counts::of(std::iter::once(standing)));
                let is_bad = standing.rag == Rag::Red || standing.impact_rag == Some(Rag::Red);
                if standing.impact_rag == Some(Rag::Green) {
                    changed.extend(self.impact_words(row));
                }
                if is_bad {
                    unchanged.push(self.not_changed(row, standing));
                }
            }
            let facts = indicators::facts(plan, self.brief.day(), Some(self.period.last));
            figures.extend(facts.iter().filter_map(IndicatorFacts::sentence));
        }
        let counts = format!(
            "Of {}, at the end of the year: complete {}, overdue {}, rated red {}.",
            counted(total.total, "action"),
            total.complete,
            total.overdue,
            total.red
        );
        figures.insert(0, counts);
        let part = |title: String, sentences: Vec<String>, nothing: &str| {
            let part = Part {
                title,
                sentences,
                ..Part::default()
            };
            part.or(nothing)
        };
        let none = "Nothing to draw on: no action's impact is rated green.";
        Section {
            title: "The year in brief".into(),
            asks: None,
            parts: vec![
                part(format!("What changed for {people}"), changed, none),
                part("What did not".into(), unchanged, "Nothing is red."),
                part("The figures".into(), figures, ""),
            ],
        }
    }

    /// The last words of the year about what difference an action made.
    fn impact_words(&self, row: &Row) -> Option<String> {
        let entries = row.standing.history.iter().rev();
        let mut entries = entries.map(|&at| &row.board.entries[at]);
        let entry = entries.find(|entry| self.speaks(entry) && entry.impact.is_some())?;
        let words = entry.impact.as_ref()?;
        Some(format!(
            "{} ({} {})",
            sentence(first_sentence(&words.value)),
            row.action.id,
            short_name(row)
        ))
    }

    fn not_changed(&self, row: &Row, standing: &Standing) -> String {
        let why = match standing.days_late.filter(|_| standing.overdue) {
            Some(days) => {
                let days = usize::try_from(days).unwrap_or_default();
                format!("{} late at the end of the year", counted(days, "day"))
            }
            None if standing.rag == Rag::Red => "red at the end of the year".to_owned(),
            None => "its impact is red".to_owned(),
        };
        format!("{} {}: {why}.", row.action.id, short_name(row))
    }
}

/// How much of an action's name stands beside what is said of it.
const NAME: usize = 60;

/// What an action is called beside what is said of it; its table has the whole name.
fn short_name(row: &Row) -> String {
    let name = super::action::name(row);
    shortened(name.trim_end_matches('.'), NAME)
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

const ACTIONS: &[Col<YearAction>] = &[
    short("action", |it| it.item.id()),
    running("what", |it| it.item.what()),
    deadlines("timescale", |it| it.item.timescale()),
    short("status", |it| it.item.status()),
    short("RAG", |it| it.item.rating()),
    words("since then", |it| Cell::maybe(it.since_then.as_deref())),
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
            false => {
                let title = self.title.as_ref().map(|title| format!(" {title}"));
                let about = listed(&self.actions) + &title.unwrap_or_default();
                vec![piece(Tone::Strong, format!("{about}: "))]
            }
        };
        line.push(piece(Tone::Plain, &self.words));
        if !source.is_empty() {
            line.push(piece(Tone::Faint, format!(" ({})", source.join(", "))));
        }
        line
    }
}
