//! Which actions are asked for, and in what order.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use crate::calendar::Day;
use crate::plan::fields::{ACTION_FIELDS, FieldValue};
use crate::plan::{Action, Board, Plan, Rag, Status, natural};
use crate::standing::{BoardStanding, Standing};

/// An action of a plan with its standing.
#[derive(Clone, Copy)]
pub struct Row<'b> {
    pub board: &'b Board,
    pub plan: &'b Plan,
    pub action: &'b Action,
    pub standing: &'b Standing<'b>,
    /// The plan's place in the board, and the action's in the plan.
    pub plan_index: usize,
    pub index: usize,
}

impl Row<'_> {
    /// How the action stands on another day, if it exists on that.
    pub fn on<'s, 'b>(&self, standing: &'s BoardStanding<'b>) -> Option<&'s Standing<'b>> {
        standing.plans[self.plan_index].actions[self.index].as_ref()
    }
}

/// The rows of one plan, of rows that stand in the board's order.
pub fn of_plan<'r, 'b>(rows: &'r [Row<'b>], plan: usize) -> &'r [Row<'b>] {
    let first = rows.partition_point(|row| row.plan_index < plan);
    let next = rows.partition_point(|row| row.plan_index <= plan);
    &rows[first..next]
}

/// The row of an action, by its place in the plan, of a plan's rows that stand in its order.
pub fn row_of<'r, 'b>(rows: &'r [Row<'b>], action: usize) -> Option<&'r Row<'b>> {
    let place = rows.binary_search_by_key(&action, |row| row.index);
    place.ok().map(|place| &rows[place])
}

/// Rows by every name of the groups that they belong to, as [`Board::key`] writes it: those that
/// `owners` gives of a row, and those within them.
pub fn by_group<'r, 'b>(
    rows: &'r [Row<'b>],
    owners: impl Fn(&'r Row<'b>) -> Vec<&'b str>,
) -> HashMap<String, Vec<Row<'b>>> {
    let mut names: HashMap<&str, BTreeSet<String>> = HashMap::new();
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        for owner in owners(row) {
            let names = names.entry(owner).or_insert_with(|| {
                let within = row.board.within(owner).into_iter();
                let names = within.flat_map(|id| row.board.names(id));
                names.map(Board::key).collect()
            });
            for name in names.iter() {
                let places = places.entry(name.clone()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
    }
    let of_group = |places: Vec<usize>| places.into_iter().map(|place| rows[place]).collect();
    let groups = places.into_iter();
    groups
        .map(|(name, places)| (name, of_group(places)))
        .collect()
}

/// A plan's rows by the priority, as an index, that they stand below; those of a log stand below none.
pub fn by_priority<'r, 'b>(rows: &'r [Row<'b>]) -> HashMap<Option<usize>, Vec<&'r Row<'b>>> {
    let mut below: HashMap<Option<usize>, Vec<&Row>> = HashMap::new();
    for row in rows {
        below.entry(row.action.priority).or_default().push(row);
    }
    below
}

/// Which actions are asked for: those that every filter takes. Of a filter given several times, one
/// value is enough.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The plan's stem.
    pub plan: Option<String>,
    pub priorities: Vec<String>,
    /// Groups, by id or by any of their names.
    pub owners: Vec<String>,
    pub rags: Vec<Rag>,
    pub statuses: Vec<Status>,
    pub threads: Vec<String>,
    /// Words that the action's text holds; case does not matter.
    pub text: Option<String>,
    pub due_before: Option<Day>,
    pub marks: Vec<ActionMark>,
}

/// What an action may be besides its rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionMark {
    Overdue,
    DueSoon,
    Unreported,
    OverRated,
    Slipped,
    Asked,
    Escalated,
    Disagreed,
}

impl ActionMark {
    pub fn holds(self, standing: &Standing) -> bool {
        match self {
            ActionMark::Overdue => standing.overdue,
            ActionMark::DueSoon => standing.due_soon,
            ActionMark::Unreported => standing.unreported,
            ActionMark::OverRated => standing.over_rated,
            ActionMark::Slipped => standing.slips > 0,
            ActionMark::Asked => !standing.asked.is_empty(),
            ActionMark::Escalated => !standing.escalated.is_empty(),
            // What is closed is settled, whoever thought otherwise before.
            ActionMark::Disagreed => standing.status.is_open() && !standing.disagree.is_empty(),
        }
    }
}

/// A name that a filter asks for, and what there is of its kind.
pub struct AskedName {
    pub what: &'static str,
    pub name: String,
    /// Whether the board has it.
    pub known: bool,
    pub candidates: Vec<String>,
}

impl Filter {
    /// The names that the filter asks for, held against what a board has.
    pub fn names(&self, board: &Board) -> Vec<AskedName> {
        let plans = || board.plans.iter().filter(|plan| self.takes_plan(plan));
        let priorities: Vec<String> = plans()
            .flat_map(|plan| &plan.priorities)
            .map(|priority| priority.id.value.to_string())
            .collect();
        let threads: Vec<String> = plans()
            .flat_map(|plan| &plan.threads)
            .map(|(key, _)| key.value.to_string())
            .collect();
        let declared = board.groups.iter().map(|group| group.id.value.to_string());
        // Where no document declares the groups, they are the names that the files use.
        let used = plans().flat_map(|plan| plan.shared()).flat_map(|shared| {
            let owners = shared.owners.iter().flatten();
            owners
                .chain(&shared.lead)
                .map(|name| name.value.to_string())
        });
        let groups: Vec<String> = declared.chain(used).collect();
        let owns = |name: &String| groups.iter().any(|id| board.means_group(name, id));
        let is = |list: &[String], name: &String| {
            list.iter().any(|other| other.eq_ignore_ascii_case(name))
        };
        let asked = |what, name: &String, known, candidates: &[String]| AskedName {
            what,
            name: name.clone(),
            known,
            candidates: candidates.to_vec(),
        };
        let owners = self.owners.iter();
        let owners = owners.map(|name| asked("group", name, owns(name), &groups));
        let priority = |name| asked("priority", name, is(&priorities, name), &priorities);
        let thread = |name| asked("thread", name, is(&threads, name), &threads);
        owners
            .chain(self.priorities.iter().map(priority))
            .chain(self.threads.iter().map(thread))
            .collect()
    }

    /// Whether everything is asked for, whatever the plan.
    pub fn takes_all(&self) -> bool {
        self.priorities.is_empty()
            && self.owners.is_empty()
            && self.rags.is_empty()
            && self.statuses.is_empty()
            && self.threads.is_empty()
            && self.text.is_none()
            && self.due_before.is_none()
            && self.marks.is_empty()
    }

    pub fn takes_plan(&self, plan: &Plan) -> bool {
        self.plan.as_ref().is_none_or(|stem| *stem == plan.stem)
    }

    pub fn takes(&self, row: &Row) -> bool {
        let Row {
            plan,
            action,
            standing,
            ..
        } = row;
        let priority = plan.priority_of(action);
        let is_priority =
            |asked: &String| priority.is_some_and(|named| named.id.as_str() == asked.as_str());
        let thread = |asked: &String| {
            let mut threads = plan.threads_of(action).iter();
            threads.any(|thread| thread.eq_ignore_ascii_case(asked))
        };
        let due_before = |day: Day| standing.due.is_some_and(|due| due < day);
        any(&self.priorities, is_priority)
            && any(&self.owners, |asked| row.is_owned_by(asked))
            && any(&self.rags, |&asked| asked == standing.rag)
            && any(&self.statuses, |&asked| asked == standing.status)
            && any(&self.threads, thread)
            && self.marks.iter().all(|mark| mark.holds(standing))
            && self.due_before.is_none_or(due_before)
            && self.text.as_ref().is_none_or(|text| row.says(text))
    }
}

fn any<T>(asked: &[T], holds: impl Fn(&T) -> bool) -> bool {
    asked.is_empty() || asked.iter().any(holds)
}

impl<'b> Row<'b> {
    /// Whether a group owns or leads it, itself or as a member of a group that does.
    pub fn is_owned_by(&self, asked: &str) -> bool {
        let mut owners = self.owned_by().into_iter();
        owners.any(|owner| self.board.means_within(asked, owner))
    }

    /// The ids of the action's owners and of its lead.
    pub fn owned_by(&self) -> Vec<&'b str> {
        let owners = self.standing.owners.iter().chain(self.standing.lead);
        owners.map(|owner| owner.as_str()).collect()
    }

    /// Who answers for it to the board: its lead if it has one, else every owner.
    pub fn answerable(&self) -> Vec<&'b str> {
        match self.standing.lead {
            Some(lead) => vec![lead.as_str()],
            None => (self.standing.owners.iter())
                .map(|owner| owner.as_str())
                .collect(),
        }
    }

    /// Whether a group answers for it, itself or as a member of a group that does.
    pub fn is_answered_by(&self, asked: &str) -> bool {
        let owners = self.answerable();
        owners
            .iter()
            .any(|owner| self.board.means_within(asked, owner))
    }

    /// Whether neither a lead nor an owner is named.
    pub fn is_nobodys(&self) -> bool {
        self.standing.lead.is_none() && self.standing.owners.is_empty()
    }

    /// Whether its id or one of its texts holds some words; case does not matter.
    fn says(&self, words: &str) -> bool {
        let texts = ACTION_FIELDS.iter().filter(|field| field.is_text());
        let texts = texts.filter_map(|field| match self.plan.value(self.action, field) {
            Some(FieldValue::Text(text)) => Some(text),
            _ => None,
        });
        let words = words.to_lowercase();
        let mut texts = std::iter::once(&self.action.id.0).chain(texts);
        texts.any(|text| text.to_lowercase().contains(&words))
    }
}

/// The actions of a board that a filter takes, in the order of their plans.
pub fn select<'b>(
    board: &'b Board,
    standing: &'b BoardStanding<'b>,
    filter: &Filter,
) -> Vec<Row<'b>> {
    let plans = board.plans.iter().zip(&standing.plans).enumerate();
    plans
        .filter(|(_, (plan, _))| filter.takes_plan(plan))
        .flat_map(|(plan_index, (plan, standing))| {
            let actions = plan.actions.iter().zip(&standing.actions).enumerate();
            actions.filter_map(move |(index, (action, standing))| {
                Some(Row {
                    board,
                    plan,
                    action,
                    standing: standing.as_ref()?,
                    plan_index,
                    index,
                })
            })
        })
        .filter(|row| filter.takes(row))
        .collect()
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// As the plan has them.
    #[default]
    Plan,
    /// By id, naturally: 1.2 before 1.10.
    Id,
    /// The earliest due day first, then those without one.
    Due,
    /// Red first.
    Rag,
    /// Most days late first.
    Late,
}

/// Puts rows in order; equals stay as the plan has them.
pub fn sort(rows: &mut [Row], order: Order) {
    match order {
        Order::Plan => {}
        Order::Id => rows.sort_by(|a, b| natural(&a.action.id, &b.action.id)),
        Order::Due => rows.sort_by_key(|row| (row.standing.due.is_none(), row.standing.due)),
        Order::Rag => rows.sort_by_key(|row| Reverse(row.standing.rag.badness())),
        Order::Late => rows.sort_by_key(|row| Reverse(row.standing.days_late)),
    }
}
