//! What a report is made from: one board as read and judged, and what was asked of it.

use std::borrow::Cow;

use serde::Serialize;

use crate::calendar::{Day, Period};
use crate::diff;
use crate::document::{Block, Document};
use crate::estate::Reading;
use crate::plan::{Board, Entry, Plan};
use crate::select::{Filter, Row, of_plan, row_of, select};
use crate::source::Sources;
use crate::standing::{BoardStanding, PlanStanding, Standing};
use crate::words::listed;

use super::Report;
use super::action::{own_title, title};
use super::cover::Ask;
use super::framework::Framework;
use super::item::Item;
use super::key::{self, Labels};
use super::news::DecidedFacts;
use super::trend::LastMeetings;

pub struct Brief<'b> {
    pub reading: &'b Reading,
    pub now: &'b BoardStanding<'b>,
    /// How the board stood on the earlier day that the report compares with: the last meeting, or
    /// the day asked for. None where neither is known.
    pub then: Option<&'b BoardStanding<'b>>,
    pub filter: &'b Filter,
    pub options: &'b Options,
    /// The last meetings before the day, for whoever makes several papers of it; else each paper that needs
    /// them judges them.
    pub meetings: Option<&'b LastMeetings<'b>>,
}

/// What only some reports ask.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The period of the annual report.
    pub period: Option<Period>,
    pub framework: Framework,
    /// Whether the work plan is shown as it was adopted.
    pub as_adopted: bool,
}

/// The plans of a meeting.
pub struct Chosen<'b> {
    pub main: Vec<PlanBrief<'b>>,
    pub others: Vec<PlanBrief<'b>>,
}

/// Where an action that was carried forward went.
#[derive(Serialize)]
pub struct CarriedOn {
    /// The action in the plan that is over.
    pub id: String,
    /// The plan that carries the action on, and below, the action's id there.
    pub plan: String,
    pub into: String,
}

/// One plan of a brief: its standing now and then, and its actions that are asked for.
pub struct PlanBrief<'b> {
    pub index: usize,
    pub plan: &'b Plan,
    pub now: &'b PlanStanding<'b>,
    pub then: Option<&'b PlanStanding<'b>>,
    pub rows: Vec<Row<'b>>,
}

impl<'b> Brief<'b> {
    pub fn board(&self) -> &'b Board {
        &self.reading.board
    }

    pub fn sources(&self) -> &'b Sources {
        &self.reading.sources
    }

    pub fn day(&self) -> Day {
        self.now.day
    }

    pub fn item(&self, row: &Row) -> Item {
        Item::of(row, self.sources(), self.day())
    }

    /// How the board stood at its last meetings before the day.
    pub fn meetings(&self) -> Cow<'b, LastMeetings<'b>> {
        match self.meetings {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(LastMeetings::before(self.board(), self.day())),
        }
    }

    /// The entries about an action up to the day, oldest first.
    pub fn history<'s>(
        &'s self,
        row: &'s Row<'b>,
    ) -> impl DoubleEndedIterator<Item = &'b Entry> + 's {
        let entries = row.standing.history.iter();
        entries.map(|&at| &row.board.entries[at])
    }

    /// Which actions of other plans carry on those of a plan.
    pub fn carried_on(&self, index: usize) -> Vec<CarriedOn> {
        let board = self.board();
        let all = board
            .plans
            .iter()
            .flat_map(|plan| plan.actions.iter().map(move |action| (plan, action)));
        let carried = all.filter_map(|(plan, action)| {
            let (from, at) = board.referred(action.from.as_ref()?)?;
            (from == index).then(|| CarriedOn {
                id: board.plans[from].actions[at].id.value.to_string(),
                plan: own_title(board, plan),
                into: action.id.value.to_string(),
            })
        });
        carried.collect()
    }

    /// The action that another carries on, as it stands on the day.
    pub fn carried_from(&self, row: &Row<'b>) -> Option<Row<'b>> {
        let (index, action) = self.board().referred(row.action.from.as_ref()?)?;
        let plan = &self.board().plans[index];
        Some(Row {
            board: self.board(),
            plan,
            action: &plan.actions[action],
            standing: self.now.plans[index].actions[action].as_ref()?,
            plan_index: index,
            index: action,
        })
    }

    /// The actions that an action carries on, the one before it first: each once, in whatever circle their
    /// files have them.
    pub fn earlier(&self, row: &Row<'b>) -> Vec<Row<'b>> {
        let mut all: Vec<Row> = Vec::new();
        let mut next = self.carried_from(row);
        while let Some(earlier) = next {
            let place = (earlier.plan_index, earlier.index);
            if all.iter().any(|row| (row.plan_index, row.index) == place) {
                break;
            }
            next = self.carried_from(&earlier);
            all.push(earlier);
        }
        all
    }

    /// Every plan that the filter takes, in the order of its file.
    pub fn plans(&self) -> Vec<PlanBrief<'b>> {
        let rows = select(self.board(), self.now, self.filter);
        let plans = self.board().plans.iter().enumerate();
        let asked = plans.filter(|(_, plan)| self.filter.takes_plan(plan));
        asked
            .map(|(index, plan)| PlanBrief {
                index,
                plan,
                now: &self.now.plans[index],
                then: self.then.map(|then| &then.plans[index]),
                rows: of_plan(&rows, index).to_vec(),
            })
            .collect()
    }

    /// The plans for a meeting of the board: in `main` those in force, in `others` the plans under
    /// these (logs, and plans of which an action supports another plan's) and those that are over
    /// and have open actions. A plan that is asked for by name is the main one; where no plan is in
    /// force, those that are over are.
    pub fn for_meeting(&self) -> Chosen<'b> {
        if self.filter.plan.is_some() {
            return Chosen {
                main: self.plans(),
                others: Vec::new(),
            };
        }
        let (in_force, over): (Vec<_>, Vec<_>) =
            (self.current().into_iter()).partition(|plan| !plan.plan.is_over(self.day()));
        let (main, mut others): (Vec<_>, Vec<_>) = in_force
            .into_iter()
            .partition(|plan| !plan.is_under_another());
        if main.is_empty() && others.is_empty() {
            return Chosen {
                main: over,
                others: Vec::new(),
            };
        }
        if main.is_empty() {
            return Chosen {
                main: others,
                others: over,
            };
        }
        others.extend(over);
        Chosen { main, others }
    }

    /// The plans, by their indices, that a meeting's paper is about where none is asked for by name.
    pub fn meetings_plans(&self) -> Vec<usize> {
        let all = Filter::default();
        let brief = Brief {
            filter: &all,
            ..*self
        };
        let main = brief.for_meeting().main;
        main.iter().map(|plan| plan.index).collect()
    }

    /// The same as [`Brief::current`], those in force before those that are over.
    pub fn in_force_first(&self) -> Vec<PlanBrief<'b>> {
        self.by_force(self.current())
    }

    /// Plans, those in force before those that are over.
    fn by_force(&self, mut plans: Vec<PlanBrief<'b>>) -> Vec<PlanBrief<'b>> {
        plans.sort_by_key(|plan| plan.plan.is_over(self.day()));
        plans
    }

    /// The plans that a paper of the day speaks of: those that run or still have open actions;
    /// where there is none, or one is asked for by name, all of them.
    pub fn current(&self) -> Vec<PlanBrief<'b>> {
        let (mut current, mut others) = (Vec::new(), Vec::new());
        for plan in self.plans() {
            if self.filter.plan.is_some() || plan.is_current(self.day()) {
                current.push(plan);
            } else {
                others.push(plan);
            }
        }
        if current.is_empty() { others } else { current }
    }
}

impl<'b> PlanBrief<'b> {
    /// How an action stood on the earlier day, if it existed.
    pub fn before(&self, row: &Row) -> Option<&'b Standing<'b>> {
        self.then?.actions[row.index].as_ref()
    }

    /// The entries about the plan that are dated after a day, up to the day asked.
    pub fn entries_after<'s>(
        &'s self,
        brief: &'s Brief<'b>,
        day: Day,
    ) -> impl Iterator<Item = &'b Entry> + 's {
        let entries = brief.board().entries.iter();
        entries.filter(move |entry| {
            let known = entry.known_from();
            entry.plan == Some(self.index)
                && known.is_some_and(|known| known > day && known <= brief.day())
        })
    }

    /// What was decided of the actions that are asked for since a day, its own meeting included.
    pub fn decided(&self, brief: &Brief, since: Day) -> Vec<DecidedFacts> {
        let decided = diff::decided(brief.board(), since, self.now);
        let decided =
            (decided.iter()).filter(|decided| row_of(&self.rows, decided.action).is_some());
        decided
            .map(|decided| DecidedFacts::of(brief.board(), self.plan, self.now, decided))
            .collect()
    }

    /// Whether it is a log, or supports another plan.
    fn is_under_another(&self) -> bool {
        let mut actions = self.plan.actions.iter();
        self.plan.priorities.is_empty() || actions.any(|action| action.supports.is_some())
    }

    /// Whether the plan has begun, and is not over or has actions that are still open.
    fn is_current(&self, day: Day) -> bool {
        let adopted = self.plan.adopted.map(|adopted| adopted.value);
        let Some(period) = self.plan.period else {
            return true;
        };
        let standings = self.now.actions.iter().flatten();
        let open = || standings.clone().any(|standing| standing.status.is_open());
        let begun = period.first <= day && adopted.is_none_or(|adopted| adopted <= day);
        begun && (day <= period.last || open())
    }
}

/// Which plan a part of a paper is about.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub plan: String,
    pub title: String,
    /// The plan as papers call it, with its board's name.
    #[serde(skip)]
    heading: String,
    /// The same without its board's name.
    #[serde(skip)]
    own_title: String,
    #[serde(skip)]
    day: Day,
    /// The board's own words for ratings, by the rating.
    pub labels: Labels,
}

impl Head {
    pub fn of(brief: &Brief, plan: &Plan) -> Head {
        Head {
            plan: plan.stem.clone(),
            title: plan.title.value.to_string(),
            heading: title(brief.board(), plan),
            own_title: own_title(brief.board(), plan),
            day: brief.day(),
            labels: key::labels(plan),
        }
    }

    pub fn day(&self) -> Day {
        self.day
    }

    /// What the plan is called, without its board's name.
    pub fn own_title(&self) -> &str {
        &self.own_title
    }

    /// Opens the part: what paper it is (nothing where it is the plan itself), of which plan, on
    /// which day.
    pub fn open(&self, paper: &str, document: &mut Document) {
        self.open_as(paper, "", document);
    }

    /// The same, with words before the day.
    pub fn open_as(&self, paper: &str, before: &str, document: &mut Document) {
        let title = match paper {
            "" => self.heading.clone(),
            paper => format!("{paper} · {}", self.heading),
        };
        let day = format!("{before} {}", self.day.long());
        let title = Block::Title(title, day.trim_start().to_owned());
        document.blocks.push(title);
    }
}

/// A part of a paper that is about one plan.
pub trait PlanReport: Serialize {
    /// Whether the paper speaks of current plans alone.
    const CURRENT: bool = false;
    /// Whether it says what ratings mean.
    const HAS_KEY: bool = true;

    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Self;
    fn head(&self) -> &Head;
    fn lay_out(&self, document: &mut Document);

    /// What the readers of a paper about some plans are asked to do.
    fn asks(_plans: &[Self]) -> Vec<Ask>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// Whether the plan has nothing of what the paper is about: beside plans that have, it is only named.
    fn is_empty(&self) -> bool {
        false
    }
}

/// A paper about a board's plans, one after the other.
#[derive(Serialize)]
pub struct ByPlan<P> {
    pub board: String,
    pub name: String,
    pub plans: Vec<P>,
}

impl<P: PlanReport> Report for ByPlan<P> {
    fn from_brief(brief: &Brief) -> ByPlan<P> {
        let plans = if P::CURRENT {
            brief.current()
        } else {
            brief.plans()
        };
        let plans = brief.by_force(plans);
        ByPlan {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            plans: plans
                .iter()
                .map(|plan| P::from_brief(brief, plan))
                .collect(),
        }
    }

    fn asks(&self) -> Vec<Ask> {
        P::asks(&self.plans)
    }

    fn lay_out(&self, document: &mut Document) {
        let mut told: Option<&Labels> = None;
        let none = self.plans.iter().all(PlanReport::is_empty);
        for plan in (self.plans.iter()).filter(|plan| none || !plan.is_empty()) {
            let from = document.blocks.len();
            plan.lay_out(document);
            // What one plan's part has explained, the next need not, unless its words are others.
            let labels = &plan.head().labels;
            let needs_key = P::HAS_KEY && told != Some(labels);
            if needs_key && key::insert(document, from, labels) {
                told = Some(labels);
            }
        }
        if self.plans.is_empty() {
            document.paragraph(format!("{} has no plan here.", self.name));
        }
        let empty = self.plans.iter().filter(|plan| !none && plan.is_empty());
        let empty: Vec<&str> = empty.map(|plan| plan.head().own_title()).collect();
        if !empty.is_empty() {
            document.remark(format!("Nothing of this in: {}.", listed(&empty)));
        }
    }
}
