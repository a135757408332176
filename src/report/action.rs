//! An action with its standing, as JSON gives it and as tables show it.

use std::fmt;

use serde::Serialize;

use super::field_facts::FieldFacts;
use crate::calendar::{Day, Period, is_dash};
use crate::document::{Cell, Subject, Tone};
use crate::plan::fields::Told;
use crate::plan::{Board, Deadline, Plan, Rag, Status, Text};
use crate::select::Row;
use crate::standing::{Asked, OwnReport, Reason};

/// An action: the promise of design section 6, field by field.
#[derive(Clone, Debug, Serialize)]
pub struct ActionFacts {
    pub board: String,
    pub plan: String,
    /// None in a log.
    pub priority: Option<String>,
    pub objective: Option<String>,
    pub id: String,
    /// Its title, action, impact and whatever else is always told.
    #[serde(flatten)]
    pub given: FieldFacts,
    pub owners: Vec<String>,
    pub lead: Option<String>,
    pub evidence_planned: Vec<String>,
    pub evidence_received: Vec<String>,
    pub threads: Vec<String>,
    pub timescale: Option<String>,
    pub due: Option<Day>,
    pub status: Status,
    pub overdue: bool,
    pub days_late: Option<i64>,
    pub due_soon: bool,
    pub unreported: bool,
    pub review_due: Option<Day>,
    pub first_due: Option<Day>,
    pub starts: Option<Day>,
    pub not_begun: bool,
    pub slips: u32,
    pub asked: AskedFacts,
    pub reported_rag: Option<Rag>,
    pub computed_rag: Rag,
    pub rag: Rag,
    pub overrated: bool,
    pub impact_rag: Option<Rag>,
    pub last_update: Option<Day>,
    pub completed: Option<Day>,
    /// Whom its entries ask to look at it, and who has not spoken since.
    pub escalated_to: Vec<String>,
    /// Every owner's last report, where two of them differ.
    pub disagree: Vec<OwnReportFacts>,
    /// How it was rated on the day before it was withdrawn or carried forward.
    pub rag_at_closure: Option<Rag>,
    pub reasons: Vec<Reason>,
    pub milestones: Vec<MilestoneFacts>,
}

/// The last report that an owner made itself.
#[derive(Clone, Debug, Serialize)]
pub struct OwnReportFacts {
    pub by: String,
    pub rag: Option<Rag>,
    pub status: Option<Status>,
    pub date: Day,
}

/// "vemt: amber, in progress, 16 Jan 2018".
impl fmt::Display for OwnReportFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.by)?;
        let words = [self.rag.map(Rag::word), self.status.map(Status::word)];
        for word in words.into_iter().flatten() {
            write!(f, "{word}, ")?;
        }
        f.write_str(&self.date.short())
    }
}

impl OwnReportFacts {
    fn of(report: &OwnReport) -> OwnReportFacts {
        OwnReportFacts {
            by: report.by.value.to_string(),
            rag: report.rag,
            status: report.status,
            date: report.date,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct MilestoneFacts {
    pub id: String,
    pub title: Option<String>,
    pub timescale: Option<String>,
    pub due: Option<Day>,
    pub first_due: Option<Day>,
    pub status: Status,
    pub overdue: bool,
    pub slips: u32,
    pub asked: AskedFacts,
    pub completed: Option<Day>,
}

/// What is asked for and not agreed, as the entry has it; what is not asked for is left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AskedFacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timescale: Option<String>,
    /// The last day of the timescale that is asked for, where it has one.
    #[serde(skip)]
    pub due: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

fn owned(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.to_string())
}

fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.to_string()).collect()
}

fn titles<'t>(texts: impl Iterator<Item = &'t Text>) -> Vec<String> {
    texts.map(|text| text.value.to_string()).collect()
}

fn words(deadline: Option<&Deadline>) -> Option<String> {
    deadline.map(|deadline| deadline.text.value.to_string())
}

impl AskedFacts {
    fn of(asked: &Asked) -> AskedFacts {
        AskedFacts {
            timescale: words(asked.timescale.map(|ask| ask.value)),
            due: (asked.timescale.and_then(|ask| ask.value.timescale()))
                .and_then(|timescale| timescale.last_day()),
            owners: asked.owners.map(|ask| values(ask.value)),
            status: asked.status.map(|ask| ask.value),
        }
    }
}

impl ActionFacts {
    pub fn of(row: &Row) -> ActionFacts {
        let Row {
            board,
            plan,
            action,
            standing,
            ..
        } = *row;
        let received = standing
            .assurance
            .iter()
            .filter(|item| !item.received.is_empty());
        let objective = action
            .objective
            .and_then(|at| plan.objectives[at].id.as_ref());
        ActionFacts {
            board: board.name.clone(),
            plan: plan.stem.clone(),
            priority: plan
                .priority_of(action)
                .map(|priority| priority.id.value.to_string()),
            objective: objective.map(|id| id.value.to_string()),
            id: action.id.value.to_string(),
            given: FieldFacts::of(row, Told::Always),
            owners: values(standing.owners),
            lead: owned(standing.lead),
            evidence_planned: titles(plan.evidence(action).iter().map(|item| &item.title)),
            evidence_received: titles(received.map(|item| item.title)),
            threads: values(plan.threads_of(action)),
            timescale: words(standing.timescale),
            due: standing.due,
            status: standing.status,
            overdue: standing.overdue,
            days_late: standing.days_late,
            due_soon: standing.due_soon,
            unreported: standing.unreported,
            review_due: standing.review_due,
            first_due: standing.first_due,
            starts: standing.starts,
            not_begun: standing.not_begun,
            slips: standing.slips,
            asked: AskedFacts::of(&standing.asked),
            reported_rag: standing.reported_rag,
            computed_rag: standing.computed_rag,
            rag: standing.rag,
            overrated: standing.over_rated,
            impact_rag: standing.impact_rag,
            last_update: standing.last_update,
            completed: standing.completed,
            escalated_to: titles(standing.escalated.iter().copied()),
            disagree: standing.disagree.iter().map(OwnReportFacts::of).collect(),
            rag_at_closure: standing.rag_at_closure,
            reasons: standing.reasons.clone(),
            milestones: milestones(row),
        }
    }
}

fn milestones(row: &Row) -> Vec<MilestoneFacts> {
    let both = row.action.milestones.iter().zip(&row.standing.milestones);
    both.map(|(milestone, standing)| MilestoneFacts {
        id: milestone.id.value.to_string(),
        title: owned(milestone.title.as_ref()),
        timescale: words(standing.timescale),
        due: standing.due,
        first_due: standing.first_due,
        status: standing.status,
        overdue: standing.overdue,
        slips: standing.slips,
        asked: AskedFacts::of(&standing.asked),
        completed: standing.completed,
    })
    .collect()
}

/// "Hartlepool Safeguarding Children Board · Work Plan 2017-19", without saying the board's name or
/// the period twice.
pub fn title(board: &Board, plan: &Plan) -> String {
    match own_title(board, plan).as_str() {
        "" => board.title().to_owned(),
        title => format!("{} · {title}", board.title()),
    }
}

/// "Work Plan 2017-19": a plan's title without its board's name, with its period.
pub fn own_title(board: &Board, plan: &Plan) -> String {
    let title = board.without_name(&plan.title);
    match plan.period {
        Some(period) if !is_named(&period, title) => format!("{title} {period}").trim().to_owned(),
        _ => title.to_owned(),
    }
}

/// Whether a title says its plan's period already, with whatever dash or in full years: "2016/17", "2016 – 2018".
fn is_named(period: &Period, title: &str) -> bool {
    let letters = title.chars().filter(|c| !c.is_whitespace());
    let letters = letters.map(|c| if c == '/' || is_dash(c) { '-' } else { c });
    let letters: String = letters.collect();
    let (first, last) = (period.first.year(), period.last.year());
    let forms = [
        period.to_string().replace(' ', ""),
        format!("{first}-{last}"),
        format!("{first}-{:02}", last % 100),
    ];
    forms.iter().any(|form| letters.contains(form))
}

/// What an action is called in tables.
pub fn name(row: &Row) -> String {
    row.plan.name(row.action).replace('\n', " ")
}

/// An action's id, or what stands for a missing one.
pub fn id(row: &Row) -> String {
    match row.action.id.as_str() {
        "" => "(no id)".into(),
        id => id.into(),
    }
}

/// An action, as what a text names.
pub fn subject(row: &Row) -> Subject {
    Subject::action(&row.plan.stem, row.action.id.as_str())
}

/// Who answers for an action, shortly: its lead, else its first owner, and how many more there are.
pub fn who(row: &Row) -> Cell {
    let lead = row.standing.lead;
    let owners = row.standing.owners;
    let Some(first) = lead.or(owners.first()) else {
        return Cell::toned(Tone::Faint, "–");
    };
    let others = owners.iter().filter(|owner| ***owner != **first).count();
    let name = row.board.short_group_name(first);
    let words = match others {
        0 => name.to_owned(),
        others => format!("{name} +{others}"),
    };
    Cell::text(words).about(Subject::Group(first.value.to_string()))
}

/// A timescale as written.
pub fn timescale(row: &Row) -> Cell {
    match row.standing.timescale {
        Some(deadline) => Cell::text(deadline.text.value.replace('\n', " ")),
        None => Cell::toned(Tone::Faint, "–"),
    }
}

/// The tone of a rating.
pub fn tone(rag: Rag) -> Tone {
    match rag {
        Rag::Red => Tone::Red,
        Rag::Amber => Tone::Amber,
        Rag::Green => Tone::Green,
        Rag::Blue => Tone::Blue,
        Rag::Grey => Tone::Grey,
    }
}

/// A rating in its word.
pub fn rag(rag: Rag) -> Cell {
    Cell::Rating(tone(rag), rag.word().into())
}

/// A rating that may be missing.
pub fn maybe_rag(rating: Option<Rag>) -> Cell {
    rating.map_or(Cell::Empty, rag)
}
