//! `plan report decisions`: the register of what was agreed and refused, meeting by meeting.

use serde::Serialize;

use super::action;
use super::asked::{asked_words, asker};
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use crate::calendar::Day;
use crate::document::{Cell, Col, Document, Level, Subject, running, short, words};
use crate::plan::Entry;
use crate::select::Row;
use crate::words::counted;

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
        all.sort_by_key(|decided| std::cmp::Reverse(decided.date));
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

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Register of decisions", document);
        if self.meetings.is_empty() {
            document.paragraph("Nothing was agreed or refused yet.");
            return;
        }
        let all: usize = self
            .meetings
            .iter()
            .map(|meeting| meeting.decided.len())
            .sum();
        let days = counted(self.meetings.len(), "day");
        document.remark(format!("{} on {days}.", counted(all, "decision")));
        for meeting in &self.meetings {
            let count = meeting.decided.len().to_string();
            document.heading(Level::Section, meeting.date.long(), count);
            meeting.lay_out(document);
        }
    }
}

impl Meeting {
    /// What was decided, without the day.
    pub fn lay_out(&self, document: &mut Document) {
        document.table(DECIDED, &self.decided);
    }
}

const DECIDED: &[Col<Decided>] = &[
    short("action", |it| Cell::text(&it.id).about(it.subject.clone())),
    words("what", |it| Cell::text(&it.what)),
    short("outcome", |it| Cell::text(it.outcome)),
    words("by", |it| Cell::text(&it.by)),
    running("reason", |it| {
        Cell::text(it.reason.as_deref().unwrap_or("no reason given"))
    }),
    words("requested by", |it| Cell::maybe(it.asked_by.as_deref())),
    short("requested", |it| Cell::day(it.asked)),
    running("action in words", |it| Cell::text(&it.name)),
];

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
            let what = asked_words(brief.board(), entry);
            let what = what.or_else(|| asked_words(brief.board(), request?));
            let asked_by = request.and_then(|request| request.by.as_deref());
            Some(Decided {
                date: entry.date?.value,
                subject: action::subject(row),
                id: action::id(row),
                name: action::name(row),
                what: what.unwrap_or_else(|| "what was requested".into()),
                outcome,
                by: brief.board().group_name(by).to_owned(),
                reason: entry.reason.as_ref().map(|text| text.value.clone()),
                asked_by: asked_by.map(|id| brief.board().group_name(id).to_owned()),
                asked: request.and_then(|request| Some(request.date?.value)),
            })
        });
        decided.collect()
    }
}
