//! The domain: a board, its plans as adopted, and what was reported of them. Design section 3.

mod baseline;
mod data;
mod entry;
pub mod fields;
mod phrases;
mod reader;
mod resolve;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use crate::calendar::{Day, Interval, Period, Schedule, Terms};
use crate::finding::Severity;
use crate::source::Span;
use crate::timescale::{Timescale, Unreadable};

pub use data::{Row, Series, Value, rows};
pub use entry::{About, ChallengeEntry, Entry};
pub use resolve::{Kind, kind_of, resolve, stem};

/// A text as a file gives it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub value: String,
    pub at: Span,
}

impl Text {
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

/// The name of a priority, objective, action, milestone or indicator: the characters as written
/// ("1.10" is not 1.1), in natural order (1.2 before 1.10, 2.2.4 before 2.2.4a).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(pub Text);

impl Id {
    /// The id of a thing that has none: it counts all the same.
    pub fn none(at: Span) -> Id {
        Id(Text {
            value: String::new(),
            at,
        })
    }
}

impl Deref for Id {
    type Target = Text;
    fn deref(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Compares two ids as a person sorts them: runs of digits by their value, the rest by characters.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a.first(), b.first()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (m, rest_a) = number(a);
                let (n, rest_b) = number(b);
                match m.len().cmp(&n.len()).then(m.cmp(n)) {
                    Ordering::Equal => (a, b) = (rest_a, rest_b),
                    unequal => return unequal,
                }
            }
            (Some(x), Some(y)) if x == y => (a, b) = (&a[1..], &b[1..]),
            (Some(x), Some(y)) => return x.cmp(y),
        }
    }
}

/// The run of digits that a text begins with, without leading zeros, and what follows it.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let zeros = text[..end].iter().take_while(|&&byte| byte == b'0').count();
    (&text[zeros.min(end)..end], &text[end..])
}

/// A red, amber or green rating, blue for complete, grey where there is nothing to rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rag {
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

impl Rag {
    pub const ALL: [Rag; 5] = [Rag::Red, Rag::Amber, Rag::Green, Rag::Blue, Rag::Grey];

    pub fn word(self) -> &'static str {
        match self {
            Rag::Red => "red",
            Rag::Amber => "amber",
            Rag::Green => "green",
            Rag::Blue => "blue",
            Rag::Grey => "grey",
        }
    }

    /// The rating that a word names; case and space around it do not matter.
    pub fn parse(word: &str) -> Option<Rag> {
        let word = word.trim();
        Rag::ALL
            .into_iter()
            .find(|rag| rag.word().eq_ignore_ascii_case(word))
    }

    /// How bad a rating of open work is: red 3, amber 2, green 1, and 0 for what rates nothing.
    pub fn badness(self) -> u8 {
        match self {
            Rag::Red => 3,
            Rag::Amber => 2,
            Rag::Green => 1,
            Rag::Blue | Rag::Grey => 0,
        }
    }

    /// The worse of two ratings; grey gives way to any other.
    pub fn worse(self, other: Rag) -> Rag {
        if other.badness() > self.badness() {
            other
        } else {
            self
        }
    }
}

impl fmt::Display for Rag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// As its word, `amber`.
impl Serialize for Rag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// How far an action has come, as was last reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    NotStarted,
    InProgress,
    Paused,
    Complete,
    Withdrawn,
    CarriedForward,
}

impl Status {
    pub const ALL: [Status; 6] = [
        Status::NotStarted,
        Status::InProgress,
        Status::Paused,
        Status::Complete,
        Status::Withdrawn,
        Status::CarriedForward,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Status::NotStarted => "not started",
            Status::InProgress => "in progress",
            Status::Paused => "paused",
            Status::Complete => "complete",
            Status::Withdrawn => "withdrawn",
            Status::CarriedForward => "carried forward",
        }
    }

    /// The status that words name; case and space around and between them do not matter.
    pub fn parse(words: &str) -> Option<Status> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Status::ALL
            .into_iter()
            .find(|status| status.word().eq_ignore_ascii_case(&words))
    }

    /// Whether there is still work to do.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Status::NotStarted | Status::InProgress | Status::Paused
        )
    }

    /// Whether it counts only once somebody agreed to it (design section 5, point 2).
    pub fn needs_agreement(self) -> bool {
        matches!(
            self,
            Status::Paused | Status::Withdrawn | Status::CarriedForward
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// As its words, `in progress`.
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<T> {
    pub value: T,
    pub at: Span,
}

/// A deadline: the words of the plan, and how they are read.
#[derive(Clone, Debug)]
pub struct Deadline {
    pub text: Text,
    pub read: Result<Timescale, Unreadable>,
}

impl Deadline {
    /// The timescale, unless its words cannot be read.
    pub fn timescale(&self) -> Option<&Timescale> {
        self.read.as_ref().ok()
    }
}

/// A board with everything that its folder holds.
#[derive(Debug, Default)]
pub struct Board {
    /// The name of its folder.
    pub name: String,
    /// The first key of its document; none where files stand together that no board claims.
    pub at: Option<Span>,
    pub title: Option<Text>,
    pub short: Option<Text>,
    pub kind: Option<Text>,
    #[expect(dead_code, reason = "the papers print it")]
    pub area: Option<Text>,
    /// Whom the board is there for, in its own words; see [`Board::people`].
    pub people: Option<Text>,
    /// What is done with many of them looks for them by [`Board::group`].
    pub groups: Vec<Group>,
    /// Where each group stands among them, once one is looked for.
    places: OnceLock<HashMap<String, usize>>,
    pub meetings: Vec<Meetings>,
    /// Severities that the board sets for rules; none is `off`.
    pub severities: Vec<(Text, Option<Severity>)>,
    pub terms: Terms,
    pub plans: Vec<Plan>,
    /// All its entries, in the order in which they apply.
    pub entries: Vec<Entry>,
    pub challenges: Vec<ChallengeEntry>,
}

/// Who may own, report and agree.
#[derive(Debug)]
pub struct Group {
    pub id: Text,
    pub name: Option<Text>,
    pub kind: Option<Text>,
    pub aka: Vec<Text>,
    pub members: Vec<Text>,
    /// Where its forms are sent: a role's mailbox.
    pub contact: Option<Text>,
}

impl Group {
    /// A group of which only the name is known.
    pub fn called(id: Text) -> Group {
        Group {
            id,
            name: None,
            kind: None,
            aka: Vec::new(),
            members: Vec::new(),
            contact: None,
        }
    }
}

/// When a group meets.
#[derive(Debug)]
pub struct Meetings {
    pub group: Text,
    pub schedule: Schedule,
}

/// The whole board, as a group.
pub const WHOLE_BOARD: &str = "board";

/// What takes an escalation back, in the place of a group.
pub const NO_GROUP: &str = "none";

impl Board {
    /// What the board calls itself, else its folder's name.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// Whom the board is there for, as every paper, form and letter says it: its own words, else
    /// "children and families", or "adults and their families and carers" where its kind (or, where
    /// it gives none, its name) speaks of adults and not of children (design section 3).
    pub fn people(&self) -> &str {
        const CHILDREN: &str = "children and families";
        const ADULTS: &str = "adults and their families and carers";
        if let Some(people) = &self.people {
            return people;
        }
        let kind = self.kind.as_deref().unwrap_or(self.title()).to_lowercase();
        if kind.contains("adult") && !kind.contains("child") {
            ADULTS
        } else {
            CHILDREN
        }
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        let places = self.places.get_or_init(|| {
            // Of two with one id the first counts.
            let ids = self.groups.iter().map(|group| group.id.value.clone());
            let mut places: Vec<(String, usize)> = ids.zip(0..).collect();
            places.reverse();
            places.into_iter().collect()
        });
        places.get(id).map(|&place| &self.groups[place])
    }

    /// A group's name as papers print it.
    pub fn group_name<'b>(&'b self, id: &'b str) -> &'b str {
        match self.group(id).and_then(|group| group.name.as_deref()) {
            Some(name) => name,
            None if id == WHOLE_BOARD => "Board",
            None => id,
        }
    }

    /// Whether words mean a group: its id, its name, or another name for it; case does not matter.
    pub fn means_group(&self, words: &str, id: &str) -> bool {
        let same = |name: &str| name.to_lowercase() == words.trim().to_lowercase();
        same(id)
            || self.group(id).is_some_and(|group| {
                group.name.as_deref().is_some_and(same) || group.aka.iter().any(|aka| same(aka))
            })
    }

    /// Whether a group is another, or a member of it.
    pub fn speaks_for(&self, by: &str, group: &str) -> bool {
        by == group
            || self.group(group).is_some_and(|group| {
                let mut members = group.members.iter();
                members.any(|member| member.as_str() == by)
            })
    }

    /// When a group meets, if the board says.
    pub fn schedule(&self, group: &str) -> Option<&Schedule> {
        let meetings = self.meetings.iter().find(|m| m.group.as_str() == group)?;
        Some(&meetings.schedule)
    }

    /// The action that `PLAN#ID` names, or whose milestone it names: indices into [`Board::plans`] and
    /// [`Plan::actions`].
    pub fn referred(&self, reference: &str) -> Option<(usize, usize)> {
        let (stem, id) = reference.split_once('#')?;
        let plan = self.plan(stem)?;
        Some((plan, self.plans[plan].index.get(id)?.action))
    }

    pub fn plan(&self, stem: &str) -> Option<usize> {
        self.plans.iter().position(|plan| plan.stem == stem)
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
    pub adopted: Option<Said<Day>>,
    /// Whether a day of adoption is written, readable or not.
    pub says_adopted: bool,
    pub sections: Vec<Section>,
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
    pub index: HashMap<String, Target>,
}

/// An action of a plan, or one of its milestones: indices into [`Plan::actions`] and
/// [`Action::milestones`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    pub action: usize,
    pub milestone: Option<usize>,
}

/// Words around the tables.
#[derive(Debug)]
pub struct Section {
    pub title: Text,
    pub text: Option<Text>,
}

/// How the board wants its plan judged.
#[derive(Debug)]
pub struct Policy {
    pub due_soon: DueSoon,
    /// How often an open action must be reported on.
    pub review: Interval,
    pub labels: Vec<(Text, Text)>,
    /// Further words of the board's own scheme, each with the rating that it stands for.
    pub words: Vec<(Text, Rag)>,
    /// When a report of completion counts.
    pub complete: Completion,
    /// How long an overdue action is amber before it is red; none: red at once.
    pub red_after: Option<Interval>,
}

/// When a report that an action is complete counts (design section 5, point 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completion {
    /// As soon as it is reported by whom it may be.
    #[default]
    Reported,
    /// Once somebody agreed to it.
    Agreed,
}

impl Completion {
    pub fn word(self) -> &'static str {
        match self {
            Completion::Reported => "reported",
            Completion::Agreed => "agreed",
        }
    }
}

/// What counts as due soon.
#[derive(Clone, Copy, Debug)]
pub enum DueSoon {
    Within(Interval),
    NextMeeting,
}

/// The window of `due_soon` where a plan gives none, or where no next meeting is known.
pub const DUE_SOON: Interval = Interval::Days(30);

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            due_soon: DueSoon::Within(DUE_SOON),
            review: Interval::Months(3),
            labels: Vec::new(),
            words: Vec::new(),
            complete: Completion::Reported,
            red_after: None,
        }
    }
}

/// A measure of what difference is made.
#[derive(Debug)]
pub struct Indicator {
    pub id: Id,
    pub title: Option<Text>,
    pub unit: Option<Text>,
    pub better: Option<Better>,
    pub target: Option<Aim>,
    pub tolerance: Option<Tolerance>,
    /// The file that holds its values, from the plan's file.
    pub data: Option<Text>,
    pub series: Series,
}

impl Indicator {
    /// The number that it should reach in a period: the one target, or that of the period's
    /// financial year; none where the plan only says which way it should go.
    pub fn target_in(&self, period: Period) -> Option<f64> {
        match self.target.as_ref()? {
            Aim::Number(target) => Some(*target),
            Aim::ByYear(years) => {
                let label = period.financial_year_label();
                let year = years.iter().find(|(year, _)| *year == label);
                year.map(|(_, target)| *target)
            }
            Aim::Towards(_) => None,
        }
    }

    /// Which way is good: as the plan says, else as its target does.
    pub fn good_way(&self) -> Option<Better> {
        match self.target {
            Some(Aim::Towards(way)) => Some(way),
            _ => self.better,
        }
    }
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Lower,
    Higher,
}

/// What an indicator should reach.
#[derive(Debug)]
pub enum Aim {
    Number(f64),
    /// By financial year, as "2017-18".
    ByYear(Vec<(String, f64)>),
    Towards(Better),
}

/// How far off its target a value may be and still count as on it.
#[derive(Clone, Copy, Debug)]
pub enum Tolerance {
    Points(f64),
    Percent(f64),
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
    pub added: Option<Said<Day>>,
    /// When work is to begin: the first day of what is written.
    pub starts: Option<Deadline>,
    pub source: Option<Source>,
    pub supports: Option<Text>,
    /// The action that it carries on: `PLAN#ID`.
    pub from: Option<Text>,
    pub milestones: Vec<Milestone>,
    /// What it gives itself of what it may inherit.
    pub own: Shared,
    /// Indices into [`Plan::priorities`] (none in a log) and [`Plan::objectives`].
    pub priority: Option<usize>,
    pub objective: Option<usize>,
}

/// The recommendation that an action answers.
#[derive(Debug)]
pub struct Source {
    /// The review, inspection or audit that asked for it: an id of the board's register, or words.
    pub review: Option<Text>,
    pub recommendation: Option<Text>,
}

impl Source {
    /// What is given of it, each with its name in the files.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let both = [
            ("review", &self.review),
            ("recommendation", &self.recommendation),
        ];
        both.into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref()?)))
    }
}

#[derive(Debug)]
pub struct Milestone {
    pub id: Id,
    pub title: Option<Text>,
    /// Absent only where a required field is missing.
    pub timescale: Option<Deadline>,
}

impl Plan {
    /// What an action gives itself, else its objective, else its priority.
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

    /// The running text of its tables.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let shared = self.shared().flat_map(|shared| {
            let evidence = shared.evidence.iter().flatten().map(|item| &item.title);
            let texts = [&shared.action, &shared.responsibility, &shared.measure];
            texts.into_iter().flatten().chain(evidence)
        });
        let priorities = self.priorities.iter().map(|priority| &priority.title);
        let objectives = self.objectives.iter().map(|objective| &objective.title);
        let actions = self.actions.iter().flat_map(|action| {
            [&action.title, &action.impact, &action.note]
                .into_iter()
                .flatten()
        });
        priorities.chain(objectives).chain(actions).chain(shared)
    }

    /// An action's name in tables: its title, else its own action, else its impact, else the
    /// inherited action.
    pub fn name<'p>(&'p self, action: &'p Action) -> &'p str {
        let own = [&action.title, &action.own.action, &action.impact];
        let inherited = || self.given(action, |shared| shared.action.as_ref());
        own.into_iter()
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

    pub fn indicator_of<'p>(&'p self, action: &'p Action) -> Option<&'p Indicator> {
        let id = self.given(action, |shared| shared.indicator.as_ref())?;
        self.indicators
            .iter()
            .find(|i| i.id.as_str() == id.as_str())
    }

    /// The baseline's timescale of an action that has no milestones.
    pub fn baseline<'p>(&'p self, action: &'p Action) -> Option<&'p Deadline> {
        self.given(action, |shared| shared.timescale.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_naturally() {
        let mut ids = [
            "2.2.4b", "1.10", "2.2.4", "1.2", "2.2.4a", "1.2.1", "10", "2",
        ];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(
            ids,
            [
                "1.2", "1.2.1", "1.10", "2", "2.2.4", "2.2.4a", "2.2.4b", "10"
            ]
        );
    }

    #[test]
    fn words_of_status_and_rag_ignore_case_and_surrounding_space() {
        assert_eq!(Rag::parse(" Amber "), Some(Rag::Amber));
        assert_eq!(
            Status::parse(" Carried  Forward"),
            Some(Status::CarriedForward)
        );
        assert_eq!(Status::parse("done"), None);
    }
}
