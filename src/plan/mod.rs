//! The domain: a board, its plans as adopted, and what was reported of them. Design section 3.

mod baseline;
mod board;
mod data;
mod entry;
pub mod fields;
mod file_kind;
mod group;
mod indicator;
mod phrases;
mod policy;
mod rating;
mod reader;
mod resolve;
mod review;
mod text;
mod updates;

use foldhash::HashMap;

use crate::calendar::{Day, Period};
use crate::source::Span;
use crate::timescale::{Timescale, UnreadableTimescale};
use crate::words::letters_only;

pub use board::{Board, is_of_adults, people_of};
pub use data::{DataRow, IndicatorValue, Series, has_heading, rows};
pub use entry::{About, ChallengeEntry, Entry};
use fields::{ACTION_FIELDS, ActionField, FieldValue};
pub use file_kind::{FileKind, kind_of, stem};
pub use group::{Group, Meetings, NO_GROUP, WHOLE_BOARD};
pub use indicator::{Aim, Better, Indicator, Tolerance};
pub use policy::{DUE_SOON, DueSoon, Frequency, Policy};
pub use rating::{Completion, Rag, Status, rating_key};
pub use resolve::resolve;
pub use review::{Review, ReviewDecision, ReviewFinding};
pub use text::{Id, Located, Text, natural};

/// A deadline: the words of the plan, and how they are read.
#[derive(Clone, Debug)]
pub struct Deadline {
    pub text: Text,
    pub read: Result<Timescale, UnreadableTimescale>,
}

impl Deadline {
    /// The timescale, unless its words cannot be read.
    pub fn timescale(&self) -> Option<&Timescale> {
        self.read.as_ref().ok()
    }
}

/// A plan as the board adopted it.
#[derive(Debug)]
pub struct Plan {
    /// The stem of its file's name: how other files refer to it.
    pub stem: String,
    /// Its first key, for findings about the plan as a whole.
    pub at: Span,
    pub title: Text,
    pub period: Option<Period>,
    /// Where the period stands; the plan's first key where it has none.
    pub period_at: Span,
    pub adopted: Option<Located<Day>>,
    /// Whether a day of adoption is written, readable or not.
    pub says_adopted: bool,
    pub sections: Vec<PlanSection>,
    pub threads: Vec<(Text, Text)>,
    pub headings: Vec<(Text, Text)>,
    pub policy: Policy,
    /// Where the policy stands; the plan's first key where it has none.
    pub policy_at: Span,
    pub indicators: Vec<Indicator>,
    pub priorities: Vec<Priority>,
    pub objectives: Vec<Objective>,
    /// All actions in the order of the file.
    pub actions: Vec<Action>,
    /// What each id of an action or milestone names; of two with one id, the first.
    pub index: HashMap<String, ActionOrMilestone>,
    /// Where each indicator stands in [`Plan::indicators`], by its id; of two with one id, the first.
    pub indicator_index: HashMap<String, usize>,
}

/// An action of a plan, or one of its milestones: indices into [`Plan::actions`] and
/// [`Action::milestones`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ActionOrMilestone {
    pub action: usize,
    pub milestone: Option<usize>,
}

/// Words around the tables.
#[derive(Debug)]
pub struct PlanSection {
    pub title: Text,
    pub text: Option<Text>,
    /// Whether a public site leaves it out.
    pub is_internal: bool,
}

/// What may be given on a priority or an objective for all actions below: the merged cells.
#[derive(Debug, Default)]
pub struct Shared {
    pub action: Option<Text>,
    pub responsibility: Option<Text>,
    pub owners: Option<Vec<Text>>,
    pub lead: Option<Text>,
    pub evidence: Option<Vec<Evidence>>,
    pub measure: Option<Text>,
    pub timescale: Option<Deadline>,
    pub threads: Option<Vec<Text>>,
    pub indicator: Option<Text>,
}

/// Something that will prove, or has proved, that an action was done.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub title: Text,
    pub link: Option<Text>,
}

#[derive(Debug)]
pub struct Priority {
    pub id: Id,
    pub title: Text,
    pub outcomes: Vec<Text>,
    pub shared: Shared,
}

#[derive(Debug)]
pub struct Objective {
    pub id: Option<Id>,
    pub theme: Option<Text>,
    pub title: Text,
    pub shared: Shared,
}

#[derive(Debug)]
pub struct Action {
    pub id: Id,
    pub title: Option<Text>,
    pub impact: Option<Text>,
    pub note: Option<Text>,
    /// The day from which it exists, where that is after adoption.
    pub added: Option<Located<Day>>,
    /// When work is to begin: the first day of what is written.
    pub starts: Option<Deadline>,
    pub source: Option<ActionSource>,
    pub supports: Option<Text>,
    /// The action that it carries on: `PLAN#ID`.
    pub from: Option<Text>,
    pub milestones: Vec<Milestone>,
    /// The fields that it could inherit from its objective or priority, as far as it gives them itself.
    pub own: Shared,
    /// Indices into [`Plan::priorities`] (none in a log) and [`Plan::objectives`].
    pub priority: Option<usize>,
    pub objective: Option<usize>,
}

/// The recommendation that an action answers.
#[derive(Debug)]
pub struct ActionSource {
    /// The review, inspection or audit that asked for it: an id of the board's register, or words.
    pub review: Option<Text>,
    pub recommendation: Option<Text>,
}

impl ActionSource {
    /// What is given of it, each with its name in the files.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let both = [
            ("review", &self.review),
            ("recommendation", &self.recommendation),
        ];
        both.into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref()?)))
    }

    /// The finding that it names, by its number ("3"), by that and its words ("3. Staff should know"), or
    /// by its words alone.
    pub fn finding<'r>(&self, review: &'r Review) -> Option<&'r ReviewFinding> {
        let words = self.recommendation.as_ref()?.trim();
        let by_number = |finding: &&ReviewFinding| {
            let number = finding.id.as_str();
            let rest = words.strip_prefix(number).filter(|_| !number.is_empty());
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(['.', ':', ')']) && !begins_with_digit(rest)
            })
        };
        let by_words = |finding: &&ReviewFinding| {
            let text = finding.text.as_ref();
            text.is_some_and(|text| letters_only(text) == letters_only(words))
        };
        let mut findings = review.findings.iter();
        let numbered = findings.clone().find(by_number);
        numbered.or_else(|| findings.find(by_words))
    }
}

/// Whether what follows a number goes on with it: of "1.2" the number is not 1.
fn begins_with_digit(rest: &str) -> bool {
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_digit())
}

#[derive(Debug)]
pub struct Milestone {
    pub id: Id,
    pub title: Option<Text>,
    /// Absent only where a required field is missing.
    pub timescale: Option<Deadline>,
}

impl Plan {
    /// Whether its last day is past.
    pub fn is_over(&self, day: Day) -> bool {
        self.period.is_some_and(|period| period.last < day)
    }

    /// A field's value in force for an action: its own, else its objective's, else its priority's.
    pub fn given<'p, T>(
        &'p self,
        action: &'p Action,
        field: impl Fn(&'p Shared) -> Option<T>,
    ) -> Option<T> {
        field(&action.own)
            .or_else(|| field(&self.objectives[action.objective?].shared))
            .or_else(|| field(&self.priorities[action.priority?].shared))
    }

    /// The priority that an action stands below; none in a log.
    pub fn priority_of(&self, action: &Action) -> Option<&Priority> {
        Some(&self.priorities[action.priority?])
    }

    /// Whether it is there on a day: it was adopted by then, or gives no day of adoption.
    pub fn is_adopted_on(&self, day: Day) -> bool {
        self.adopted.is_none_or(|adopted| adopted.value <= day)
    }

    /// All that is given on priorities, objectives and actions, each where it is given.
    pub fn shared(&self) -> impl Iterator<Item = &Shared> {
        let priorities = self.priorities.iter().map(|priority| &priority.shared);
        let objectives = self.objectives.iter().map(|objective| &objective.shared);
        let actions = self.actions.iter().map(|action| &action.own);
        priorities.chain(objectives).chain(actions)
    }

    /// Every deadline of the baseline whose words can be read, where it is given.
    pub fn deadlines(&self) -> impl Iterator<Item = (&Deadline, &Timescale)> {
        let shared = self.shared().filter_map(|shared| shared.timescale.as_ref());
        let milestones = self.actions.iter().flat_map(|action| &action.milestones);
        let milestones = milestones.filter_map(|milestone| milestone.timescale.as_ref());
        shared
            .chain(milestones)
            .filter_map(|deadline| Some((deadline, deadline.timescale()?)))
    }

    /// What is given in a field of an action, by itself or for all below its objective or priority.
    pub fn value<'p>(&'p self, action: &'p Action, field: &ActionField) -> Option<FieldValue<'p>> {
        if field.is_shared() {
            self.given(action, |shared| field.on_shared(shared))
        } else {
            field.on_action(action)
        }
    }

    /// The running text of its tables.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let running = || ACTION_FIELDS.iter().filter(|field| field.is_text());
        let text = |value| match value {
            FieldValue::Text(text) => Some(text),
            _ => None,
        };
        let shared = self.shared().flat_map(move |shared| {
            let texts = running().filter_map(move |field| field.on_shared(shared).and_then(text));
            let evidence = shared.evidence.iter().flatten().map(|item| &item.title);
            texts.chain(evidence)
        });
        let priorities = self.priorities.iter().map(|priority| &priority.title);
        let objectives = self.objectives.iter().map(|objective| &objective.title);
        let actions = self.actions.iter().flat_map(move |action| {
            running().filter_map(move |field| field.on_action(action).and_then(text))
        });
        priorities.chain(objectives).chain(actions).chain(shared)
    }

    /// An action's name in tables: its title, else its own action, else its impact, else the
    /// inherited action.
    pub fn name<'p>(&'p self, action: &'p Action) -> &'p str {
        let texts = [&action.title, &action.own.action, &action.impact];
        let inherited = || self.given(action, |shared| shared.action.as_ref());
        texts
            .into_iter()
            .find_map(Option::as_ref)
            .or_else(inherited)
            .map_or("", |text| text)
    }

    pub fn owners<'p>(&'p self, action: &'p Action) -> &'p [Text] {
        self.given(action, |shared| shared.owners.as_deref())
            .unwrap_or_default()
    }

    /// The one accountable owner, where the plan names one.
    pub fn lead<'p>(&'p self, action: &'p Action) -> Option<&'p Text> {
        self.given(action, |shared| shared.lead.as_ref())
    }

    pub fn evidence<'p>(&'p self, action: &'p Action) -> &'p [Evidence] {
        self.given(action, |shared| shared.evidence.as_deref())
            .unwrap_or_default()
    }

    pub fn threads_of<'p>(&'p self, action: &'p Action) -> &'p [Text] {
        self.given(action, |shared| shared.threads.as_deref())
            .unwrap_or_default()
    }

    /// The indicator that measures an action, as an index into [`Plan::indicators`].
    pub fn indicator_at(&self, action: &Action) -> Option<usize> {
        let id = self.given(action, |shared| shared.indicator.as_ref())?;
        self.indicator_index.get(id.as_str()).copied()
    }

    pub fn indicator_of(&self, action: &Action) -> Option<&Indicator> {
        Some(&self.indicators[self.indicator_at(action)?])
    }

    /// The baseline's timescale of an action that has no milestones.
    pub fn baseline<'p>(&'p self, action: &'p Action) -> Option<&'p Deadline> {
        self.given(action, |shared| shared.timescale.as_ref())
    }
}
