//! `plan report decisions`: the register of what was agreed and refused, meeting by meeting.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use super::action;
use super::asked::{asked_words, asker};
use super::brief::{Brief, ByPlan, Head, PlanBrief, PlanReport};
use super::cover::Ask;
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Document, Level, Subject, actions, running, short, words};
use crate::plan::Entry;
use crate::select::Row;
use crate::words::{counted, shortened};

#[derive(Serialize)]
pub struct Decisions {
    #[serde(flatten)]
    pub head: Head,
    /// The latest meeting first.
    pub meetings: Vec<Meeting>,
}

/// What was decided on a day.
#[derive(Serialize)]
pub struct Meeting {
    pub date: Day,
    pub decided: Vec<Decided>,
}

/// A decision about an action.
#[derive(Serialize)]
pub struct Decided {
    #[serde(skip)]
    date: Day,
    /// What its plan is called.
    #[serde(skip)]
    plan: String,
    #[serde(skip)]
    subject: Subject,
    pub id: String,
    pub name: String,
    /// What was agreed or refused, in words.
    pub what: String,
    /// `agreed` or `refused`.
    pub outcome: &'static str,
    /// Who agreed or refused.
    pub by: String,
    pub reason: Option<String>,
    /// Who had asked for it, and when; none where nobody had.
    pub asked_by: Option<String>,
    pub asked: Option<Day>,
}

impl PlanReport for Decisions {
    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Decisions {
        let rows = plan.rows.iter();
        let mut all: Vec<Decided> = rows.flat_map(|row| Decided::all(brief, row)).collect();
        all.sort_by_key(|decided| Reverse(decided.date));
        let mut meetings: Vec<Meeting> = Vec::new();
        for decided in all {
            match meetings.last_mut().filter(|last| last.date == decided.date) {
                Some(last) => last.decided.push(decided),
                None => meetings.push(Meeting {
                    date: decided.date,
                    decided: vec![decided],
                }),
            }
        }
        Decisions {
            head: Head::of(brief, plan.plan),
            meetings,
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn is_empty(&self) -> bool {
        self.meetings.is_empty()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Register of decisions", document);
        if self.meetings.is_empty() {
            document.paragraph("Nothing was agreed or refused yet.");
            return;
        }
        let all = self.meetings.iter().map(|meeting| meeting.decided.len());
        count(all.sum(), self.meetings.len(), document);
        for meeting in &self.meetings {
            let count = meeting.decided.len().to_string();
            document.heading(Level::Section, meeting.date.long(), count);
            meeting.lay_out(document);
        }
    }
}

/// How many decisions a register holds, and of how many days.
fn count(decisions: usize, days: usize, document: &mut Document) {
    let (decisions, days) = (counted(decisions, "decision"), counted(days, "day"));
    document.remark(format!("{decisions} on {days}."));
}

/// The register of a board: one, meeting by meeting, whatever plan was spoken of.
#[derive(Serialize)]
pub struct Register {
    #[serde(flatten)]
    by_plan: ByPlan<Decisions>,
    #[serde(skip)]
    day: Day,
}

impl Report for Register {
    fn from_brief(brief: &Brief) -> Register {
        Register {
            by_plan: ByPlan::from_brief(brief),
            day: brief.day(),
        }
    }

    fn asks(&self) -> Vec<Ask> {
        let meetings = self.by_plan.plans.iter().flat_map(|plan| &plan.meetings);
        let all = meetings.map(|meeting| meeting.decided.len()).sum();
        vec![Ask::note(match all {
            0 => "that nothing was agreed or refused yet".to_owned(),
            all => format!("the register of {}", counted(all, "decision")),
        })]
    }

    fn lay_out(&self, document: &mut Document) {
        let plans = &self.by_plan.plans;
        if plans.iter().filter(|plan| !plan.is_empty()).count() < 2 {
            self.by_plan.lay_out(document);
            return;
        }
        by_meeting(&self.by_plan.name, self.day, plans, document);
    }
}

/// The register of several plans of a board, meeting by meeting.
pub fn by_meeting<'d>(
    board: &str,
    day: Day,
    plans: impl IntoIterator<Item = &'d Decisions>,
    document: &mut Document,
) {
    let title = format!("Register of decisions · {board}");
    document.blocks.push(Block::Title(title, day.long()));
    let mut meetings: BTreeMap<Reverse<Day>, Vec<&Decided>> = BTreeMap::new();
    for meeting in plans.into_iter().flat_map(|plan| &plan.meetings) {
        let decided = meetings.entry(Reverse(meeting.date)).or_default();
        decided.extend(&meeting.decided);
    }
    if meetings.is_empty() {
        document.paragraph("Nothing was agreed or refused yet.");
        return;
    }
    let decisions = meetings.values().map(Vec::len).sum();
    count(decisions, meetings.len(), document);
    let (action, others) = DECIDED.split_at(1);
    let columns = [action, PLAN, others].concat();
    for (Reverse(date), decided) in &meetings {
        document.section(&date.long(), &columns, decided, "");
    }
}

impl Meeting {
    /// What was decided, without the day.
    pub fn lay_out(&self, document: &mut Document) {
        document.table(DECIDED, &self.decided);
    }
}

const DECIDED: &[Col<Decided>] = &[
    actions(|it| {
        let name = shortened(&it.name, NAME);
        Cell::text(format!("{} {name}", it.id)).about(it.subject.clone())
    }),
    words("decision", |it| Cell::text(&it.what)),
    short("outcome", |it| Cell::text(it.outcome)),
    words("by", |it: &Decided| Cell::text(&it.by)).below(),
    running("reason", |it| {
        Cell::text(it.reason.as_deref().unwrap_or("no reason given"))
    }),
    words("requested by", |it| Cell::maybe(it.asked_by.as_deref())),
    short("requested on", |it: &Decided| Cell::day(it.asked)).below(),
];

/// Of which plan a decision is, where a register has several.
const PLAN: &[Col<Decided>] = &[words("plan", |it: &Decided| Cell::text(&it.plan)).below()];

/// How much of an action's name the table has; the work plan has the whole.
const NAME: usize = 80;

impl Decided {
    /// The decisions about an action, oldest first.
    fn all(brief: &Brief, row: &Row) -> Vec<Decided> {
        let history: Vec<&Entry> = brief.history(row).collect();
        let decided = history.iter().enumerate().filter_map(|(at, entry)| {
            let (outcome, by) = match (&entry.agreed, &entry.refused) {
                (Some(group), None) => ("agreed", group),
                (None, Some(group)) => ("refused", group),
                _ => return None,
            };
            if entry.decided_from()? > brief.day() {
                return None;
            }
            let request = asker(&history[..at], entry);
            // A refusal that names nothing refuses all that is asked for; what is agreed must be named.
            let what = asked_words(brief.board(), entry);
            if what.is_none() && entry.agreed.is_some() {
                return None;
            }
            let what = what.or_else(|| asked_words(brief.board(), request?));
            let asked_by = request.and_then(|request| request.by.as_deref());
            Some(Decided {
                date: entry.date?.value,
                plan: action::own_title(brief.board(), row.plan),
                subject: action::subject(row),
                id: action::id(row),
                name: action::name(row),
                what: what.unwrap_or_else(|| "what was requested".into()),
                outcome,
                by: brief.board().group_name(by).to_owned(),
                reason: entry.reason.as_ref().map(|text| text.value.to_string()),
                asked_by: asked_by.map(|id| brief.board().group_name(id).to_owned()),
                asked: request.and_then(|request| Some(request.date?.value)),
            })
        });
        decided.collect()
    }
}
