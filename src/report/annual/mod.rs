//! `plan report annual`: the sections of the annual report that come from the plan. What they hold is
//! in `aspect.rs` and `whole.rs`; in which order a framework asks for them, and in what words, in `sections.rs`.

mod aspect;
mod index;
mod reviews;
mod sections;
mod whole;
mod year;

use serde::Serialize;

use std::collections::{BTreeSet, HashSet};

use super::Report;
use super::action::tone;
use super::brief::{Brief, PlanBrief};
use super::counts::Counts;
use super::indicators::IndicatorFacts;
use super::item::Item;
use super::key::{self, Labels};
use crate::calendar::{Day, FinancialYear, Period};
use crate::document::{
    Block, Cell, Col, Document, Level, Line, Table, Tone, deadlines, piece, plain, running, short,
    words,
};
use crate::plan::{Plan, Rag};
use crate::select::Row;
use crate::standing::{BoardStanding, Standing, judge};
use crate::words::{counted, late, listed, sentence, shortened};

use index::YearIndex;

#[derive(Serialize)]
pub struct Annual {
    pub board: String,
    pub name: String,
    /// What kind of board it is, and for which area.
    pub description: Option<String>,
    /// The period reported on.
    pub period: String,
    pub framework: String,
    /// By when to publish, and to whom to send it.
    pub publish: Option<String>,
    /// The day of it, where the framework names one.
    pub publish_by: Option<Day>,
    pub recipients: Vec<String>,
    /// The plans whose period overlaps it, by their stems.
    pub plans: Vec<String>,
    pub sections: Vec<AnnualSection>,
    #[serde(skip)]
    day: Day,
    /// Whether the period had ended on the day.
    #[serde(skip)]
    has_ended: bool,
    /// How many of the framework's questions nobody has held against the guidance's own text.
    #[serde(skip)]
    recalled: usize,
    #[serde(skip)]
    labels: Labels,
}

/// A section of the report.
#[derive(Serialize)]
pub struct AnnualSection {
    pub title: String,
    /// What the framework asks for here, and where it does.
    pub asks: Option<String>,
    pub parts: Vec<AspectPart>,
}

/// A part of a section: one aspect of one priority, of a group, or of a review.
#[derive(Debug, Default, Serialize)]
pub struct AspectPart {
    /// What it is about, where a section has parts about several things.
    pub aspect: Option<String>,
    /// The priority, group or review; nothing where it is about all.
    pub title: String,
    pub sentences: Vec<String>,
    pub points: Vec<EntryPoint>,
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
pub struct EntryPoint {
    pub actions: Vec<String>,
    /// The actions by number and title, as it stands in bold before the words.
    #[serde(skip)]
    about: String,
    pub words: String,
    pub by: Option<String>,
    pub date: Option<Day>,
}

/// What the annual report is made from.
struct ReportYear<'r, 'b> {
    brief: &'r Brief<'b>,
    period: Period,
    plans: Vec<PlanBrief<'b>>,
    /// How the board stood at the end of the year, or stands on the day asked if that comes first.
    end: BoardStanding<'b>,
    index: YearIndex<'b>,
    /// The entries of which the first page gives what difference was made.
    told: BTreeSet<usize>,
    /// What these say, with their dates.
    told_words: HashSet<(Option<Day>, &'b str)>,
}

impl Report for Annual {
    fn from_brief(brief: &Brief) -> Annual {
        let period = brief.options.period.unwrap_or_else(|| last_year(brief));
        let plans = brief.plans().into_iter();
        let plans: Vec<PlanBrief> = plans.filter(|plan| overlaps(plan.plan, period)).collect();
        let mut end = judge(brief.board(), period.last.min(brief.day()));
        year::judge_by_own_values(&mut end, &plans, brief.day(), period);
        let mut year = ReportYear {
            index: YearIndex::new(brief.board(), &plans, &end, brief.day(), period.last),
            brief,
            period,
            plans,
            end,
            told: BTreeSet::new(),
            told_words: HashSet::new(),
        };
        year.told = year.all().filter_map(|row| year.change(row)).collect();
        let told = year.told.iter().map(|&at| &brief.board().entries[at]);
        year.told_words = told
            .filter_map(|entry| {
                let date = entry.date.map(|date| date.value);
                Some((date, entry.impact.as_ref()?.as_str()))
            })
            .collect();
        let framework = &brief.options.framework;
        Annual {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            description: brief.board().description(),
            period: period.to_string(),
            framework: framework.name.clone(),
            publish: framework.publish.clone(),
            publish_by: framework
                .publish_by
                .as_ref()
                .and_then(|day| day.after(period.last)),
            recipients: framework.recipients.clone(),
            plans: (year.plans.iter())
                .map(|plan| plan.plan.stem.clone())
                .collect(),
            sections: std::iter::once(year.in_brief())
                .chain(sections::sections(framework, &year))
                .collect(),
            day: brief.day(),
            has_ended: year.has_ended(),
            recalled: (framework.sections.iter())
                .filter(|ask| ask.recalled)
                .count(),
            labels: (year.plans.first()).map_or_else(Labels::new, |plan| key::labels(plan.plan)),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        let from = document.blocks.len();
        let title = format!("Annual report {} · {}", self.period, self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if let Some(description) = &self.description {
            document.remark(format!("{description}."));
        }
        if self.plans.is_empty() {
            document.paragraph(format!("No plan of the board runs in {}.", self.period));
            return;
        }
        let (period, day) = (&self.period, self.day.long());
        document.remark(if self.has_ended {
            format!(
                "The sections that come from the plan: what was reported of {period}, and how actions stood at \
                 its end. What moved by {day} is said beside it."
            )
        } else {
            format!(
                "The sections that come from the plan: what was reported of {period} and how actions stand, by \
                 {day}; the year has not ended."
            )
        });
        if self.recalled > 0 {
            let were = if self.recalled == 1 { "was" } else { "were" };
            document.remark(format!(
                "For the author: of the questions of {}, {} {were} not held against the guidance's own text yet; \
                 its file says which.",
                self.framework, self.recalled
            ));
        }
        for section in &self.sections {
            section.lay_out(document);
        }
        if let Some(publish) = &self.publish {
            document.heading(Level::Section, "Publication", "");
            let by = self.publish_by;
            let by = by.map(|day| format!(" For {} that is {}.", self.period, day.long()));
            document.paragraph(format!(
                "To be published {publish}.{}",
                by.unwrap_or_default()
            ));
            let to = self.recipients.iter().map(plain);
            document.list(to.collect());
        }
        key::insert(document, from, &self.labels);
    }
}

/// The last financial year that had ended on the day, if a plan ran in it; else the one of the day.
fn last_year(brief: &Brief) -> Period {
    let current = FinancialYear::of(brief.day()).period();
    let before = FinancialYear::of(current.first.pred()).period();
    let runs = |plan: &PlanBrief| overlaps(plan.plan, before);
    if brief.plans().iter().any(runs) {
        before
    } else {
        current
    }
}

fn overlaps(plan: &Plan, period: Period) -> bool {
    plan.period
        .is_none_or(|planned| planned.first <= period.last && period.first <= planned.last)
}

impl ReportYear<'_, '_> {
    /// The front page: what changed for the people whom the board is there for, what did not, and the
    /// figures.
    fn in_brief(&self) -> AnnualSection {
        let people = self.brief.board().people();
        let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
        let (mut total, mut figures) = (Counts::default(), Vec::new());
        for plan in &self.plans {
            for row in &plan.rows {
                let Some(standing) = self.at_end(row) else {
                    continue;
                };
                total = total.plus(&Counts::of(std::iter::once(standing)));
                let is_bad = [
                    Some(standing.rag),
                    standing.impact_rag,
                    standing.rag_at_closure,
                ]
                .contains(&Some(Rag::Red));
                if let Some(at) = self.change(row) {
                    let actions = vec![row.action.id.value.to_string()];
                    let entry = &row.board.entries[at];
                    changed.extend(self.point(entry, actions, |entry| entry.impact.as_ref()));
                }
                if is_bad {
                    unchanged.push(self.not_changed(row, standing));
                }
            }
        }
        unchanged.extend(self.index.red_by_themselves());
        figures.extend(self.index.figures().filter_map(IndicatorFacts::sentence));
        figures.insert(0, self.in_figures(&total));
        figures.splice(1..1, self.given_up(self.all()));
        let part = |title: String, sentences: Vec<String>, nothing: &str| {
            let part = AspectPart {
                title,
                sentences,
                ..AspectPart::default()
            };
            part.or(nothing)
        };
        let none = "Nothing to draw on: no action's impact is rated green.";
        AnnualSection {
            title: "The year in brief".into(),
            asks: None,
            parts: vec![
                AspectPart {
                    title: format!("What changed for {people}"),
                    points: changed,
                    ..AspectPart::default()
                }
                .or(none),
                part("What did not".into(), unchanged, "Nothing is red."),
                part("The figures".into(), figures, ""),
            ],
        }
    }

    /// The entry that says last what difference an action made, where its impact was green at the end of
    /// the year.
    fn change(&self, row: &Row) -> Option<usize> {
        let standing = self.at_end(row)?;
        if standing.impact_rag != Some(Rag::Green) {
            return None;
        }
        let mut history = row.standing.history.iter().rev().copied();
        history.find(|&at| {
            let entry = &row.board.entries[at];
            self.speaks(entry) && entry.impact.is_some()
        })
    }

    /// How what was withdrawn or carried forward was rated before, in a sentence: a year does not lose its
    /// reds because the next plan has them.
    fn given_up<'y>(&self, rows: impl Iterator<Item = &'y Row<'y>>) -> Option<String> {
        let before: Vec<Rag> = rows
            .filter_map(|row| self.at_end(row)?.rag_at_closure)
            .collect();
        let counts = [Rag::Red, Rag::Amber].map(|rag| {
            let count = before.iter().filter(|before| **before == rag).count();
            (count > 0).then(|| format!("{count} {rag}"))
        });
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        (!counts.is_empty()).then(|| {
            format!(
                "Before they were withdrawn or carried forward: {}.",
                listed(&counts)
            )
        })
    }

    fn not_changed(&self, row: &Row, standing: &Standing) -> String {
        let why = match standing.days_late.filter(|_| standing.overdue) {
            Some(days) => format!("{} {}", late(days), self.at_its_end()),
            None if standing.rag == Rag::Red => format!("red {}", self.at_its_end()),
            None if standing.rag_at_closure == Some(Rag::Red) => {
                format!("red before it was {}", standing.status)
            }
            None => "its impact is red".to_owned(),
        };
        format!("{}: {why}.", titled(row))
    }

    /// How many actions were what at the end of the year.
    fn in_figures(&self, counts: &Counts) -> String {
        format!(
            "Of {}, {}: complete {}, overdue {}, red {}.",
            counted(counts.total, "action"),
            self.at_its_end(),
            counts.complete,
            counts.overdue,
            counts.red
        )
    }
}

/// How much of an action's name stands beside what is said of it.
const NAME: usize = 60;

/// What an action is called beside what is said of it; its table has the whole name.
fn short_name(row: &Row) -> String {
    let name = super::action::name(row);
    shortened(name.trim_end_matches('.'), NAME)
}

/// An action's number and what it is called.
fn titled(row: &Row) -> String {
    format!("{} {}", row.action.id, short_name(row))
}

impl AnnualSection {
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
    short("RAG", YearAction::rating),
    words("since then", |it| Cell::maybe(it.since_then.as_deref())),
];

impl YearAction {
    /// The rating; of what was given up also the one before.
    fn rating(&self) -> Cell {
        let facts = &self.item.facts;
        match facts.rag_at_closure.filter(|&rag| rag != Rag::Grey) {
            Some(before) => Cell::Rating(tone(facts.rag), format!("{}, was {before}", facts.rag)),
            None => self.item.rating(),
        }
    }
}

impl AspectPart {
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
            document.list(self.points.iter().map(EntryPoint::line).collect());
        }
        if !self.actions.is_empty() {
            // Where nothing moved after the year, that has no column.
            let table = Table::new(ACTIONS, &self.actions).without_empty_columns();
            document.blocks.push(Block::Table(table));
        }
    }

    fn is_empty(&self) -> bool {
        self.sentences.is_empty() && self.points.is_empty() && self.actions.is_empty()
    }

    /// The part, or if it is empty, the sentence that says so.
    fn or(mut self, nothing: &str) -> AspectPart {
        self.nothing = self.is_empty().then(|| nothing.to_owned());
        self
    }
}

impl EntryPoint {
    fn line(&self) -> Line {
        let day = self.date;
        let source = [self.by.clone(), day.map(Day::short)];
        let source: Vec<String> = source.into_iter().flatten().collect();
        let mut line = Vec::new();
        if !self.about.is_empty() {
            line.push(piece(Tone::Strong, format!("{}: ", self.about)));
        }
        line.push(piece(Tone::Plain, sentence(&self.words)));
        if !source.is_empty() {
            line.push(piece(Tone::Faint, format!(" ({})", source.join(", "))));
        }
        line
    }
}
