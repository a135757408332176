//! A second judge of actions, written from the sentences of the design's section 5 alone and in another
//! way: it walks through the days one by one and keeps no index of anything. On random plans and reports
//! both must say the same. Indicators have tests of their own.

use chrono::{Days, Months, NaiveDate};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::Estate;

mod milestones;

type Day = NaiveDate;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A timescale whose meaning is known without reading a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Term {
    On(Day),
    /// The month's first day.
    Month(Day),
    Range(Day, Day),
    From(Day),
    Ongoing,
    Monthly,
    Quarterly,
}

fn month_end(first: Day) -> Day {
    first + Months::new(1) - Days::new(1)
}

impl Term {
    fn text(self) -> String {
        let month = |first: Day| first.format("%B %Y").to_string();
        match self {
            Term::On(day) => day.format("%-d %B %Y").to_string(),
            Term::Month(first) => month(first),
            Term::Range(first, last) => format!("{} to {}", month(first), month(last)),
            Term::From(day) => format!("from {}", day.format("%-d %B %Y")),
            Term::Ongoing => "Ongoing".into(),
            Term::Monthly => "Monthly".into(),
            Term::Quarterly => "Quarterly".into(),
        }
    }

    fn last_day(self) -> Option<Day> {
        match self {
            Term::On(day) => Some(day),
            Term::Month(first) | Term::Range(_, first) => Some(month_end(first)),
            _ => None,
        }
    }

    fn start(self) -> Option<Day> {
        match self {
            Term::Range(first, _) | Term::From(first) => Some(first),
            _ => None,
        }
    }

    fn cycle(self) -> Option<Months> {
        match self {
            Term::Monthly => Some(Months::new(1)),
            Term::Quarterly => Some(Months::new(3)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Status {
    NotStarted,
    InProgress,
    Paused,
    Complete,
    Withdrawn,
    Carried,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Status::NotStarted => "not started",
            Status::InProgress => "in progress",
            Status::Paused => "paused",
            Status::Complete => "complete",
            Status::Withdrawn => "withdrawn",
            Status::Carried => "carried forward",
        }
    }

    fn open(self) -> bool {
        matches!(
            self,
            Status::NotStarted | Status::InProgress | Status::Paused
        )
    }
}

/// Ordered from the worst to the best that nobody rates: red, amber, green.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Rating {
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

impl Rating {
    fn word(self) -> &'static str {
        match self {
            Rating::Red => "red",
            Rating::Amber => "amber",
            Rating::Green => "green",
            Rating::Blue => "blue",
            Rating::Grey => "grey",
        }
    }

    fn rated(self) -> bool {
        self <= Rating::Green
    }
}

#[derive(Clone, Debug)]
struct Action {
    term: Option<Term>,
    starts: Option<Day>,
    added: Option<Day>,
    lead: bool,
}

#[derive(Clone, Debug)]
struct Entry {
    date: Day,
    /// One of the actions, or the first two together.
    about: About,
    by: Option<&'static str>,
    rag: Option<Rating>,
    status: Option<Status>,
    done: bool,
    term: Option<Term>,
    owners: Option<&'static str>,
    agreed: bool,
    refused: bool,
    escalate: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum About {
    One(usize),
    FirstTwo,
}

/// Two actions of the plan, and a third in the next plan that carries on the first.
#[derive(Clone, Debug)]
struct Case {
    actions: [Action; 3],
    entries: Vec<Entry>,
    agreed_only: bool,
    red_after: bool,
    monthly_review: bool,
}

const FIRST_DAYS: [&str; 2] = ["2017-09-05", "2018-10-01"];
const IDS: [&str; 3] = ["1", "2", "3"];

fn plan_of(action: usize) -> usize {
    usize::from(action == 2)
}

impl Case {
    fn files(&self) -> Vec<(String, String)> {
        let board =
            "board: Example Board\ngroups:\n  one: {name: Group One}\n  two: {name: Group Two}\n";
        let mut files = vec![("b/board.yaml".to_owned(), board.to_owned())];
        for (plan, name) in ["old", "new"].into_iter().enumerate() {
            let period = ["2017-19", "2018-20"][plan];
            let adopted = FIRST_DAYS[plan];
            let review = if self.monthly_review {
                "monthly"
            } else {
                "quarterly"
            };
            let mut text = format!(
                "plan: {name} plan\nperiod: {period}\nadopted: {adopted}\nrag:\n  review: {review}\n"
            );
            if self.agreed_only {
                text += "  complete: agreed\n";
            }
            if self.red_after {
                text += "  red_after: 1 month\n";
            }
            text += "priorities:\n  - id: P\n    title: Priority\n    actions:\n";
            for (number, action) in self.actions.iter().enumerate() {
                if plan_of(number) == plan {
                    text += &action_text(number, action);
                }
            }
            files.push((format!("b/{name}.yaml"), text));
            let own = |entry: &&Entry| match entry.about {
                About::One(action) => plan_of(action) == plan,
                About::FirstTwo => plan == 0,
            };
            let entries: String = self.entries.iter().filter(own).map(entry_text).collect();
            if !entries.is_empty() {
                let text = format!("updates: Reports\nplan: {name}\nentries:\n{entries}");
                files.push((format!("b/updates/{name}.yaml"), text));
            }
        }
        files
    }
}

fn action_text(number: usize, action: &Action) -> String {
    let mut text = format!("      - id: {}\n        action: Work\n", IDS[number]);
    text += "        owners: [one, two]\n";
    if action.lead {
        text += "        lead: one\n";
    }
    if let Some(term) = action.term {
        text += &format!("        timescale: {}\n", term.text());
    }
    if let Some(starts) = action.starts {
        text += &format!("        starts: {starts}\n");
    }
    if let Some(added) = action.added {
        text += &format!("        added: {added}\n");
    }
    if number == 2 {
        text += "        from: old#1\n";
    }
    text
}

fn entry_text(entry: &Entry) -> String {
    let about = match entry.about {
        About::One(action) => IDS[action].to_owned(),
        About::FirstTwo => "[1, 2]".to_owned(),
    };
    let mut text = format!("  - action: {about}\n    date: {}\n", entry.date);
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            text += &format!("    {name}: {value}\n");
        }
    };
    line("by", entry.by);
    line("rag", entry.rag.map(Rating::word));
    line("status", entry.status.map(Status::word));
    line("done", entry.done.then_some("Something"));
    line("timescale", entry.term.map(Term::text).as_deref());
    line(
        "owners",
        entry.owners.map(|owner| format!("[{owner}]")).as_deref(),
    );
    line("reason", Some("It had to be"));
    line("agreed", entry.agreed.then_some("board"));
    line("refused", entry.refused.then_some("board"));
    line("escalate", entry.escalate);
    text
}

/// What is known of an action at the end of a day.
#[derive(Clone, Debug)]
struct State {
    status: Option<Status>,
    since_complete: Option<Day>,
    complete_asked: Option<Day>,
    term: Option<Term>,
    /// Once others own it, the lead that the plan named leads no more.
    lead: bool,
    owners: Vec<&'static str>,
    slips: u32,
    asked_term: Option<Term>,
    asked_owners: Option<&'static str>,
    asked_status: Option<Status>,
    reported: Option<Rating>,
    boards_own: Option<Rating>,
    last_report: Option<Day>,
    /// How many entries had been told whenever it was closed.
    closed_at: Vec<usize>,
    told: usize,
    closed_on: Option<Day>,
}

/// What the second judge says.
#[derive(Clone, Debug)]
struct Verdict {
    status: Status,
    due: Option<Day>,
    overdue: bool,
    days_late: Option<i64>,
    due_soon: bool,
    review_due: Option<Day>,
    unreported: bool,
    start: Option<Day>,
    not_begun: bool,
    slips: u32,
    reported: Rating,
    computed: Rating,
    rag: Rating,
    overrated: bool,
    last_report: Option<Day>,
    completed: Option<Day>,
    at_closure: Option<Rating>,
    escalated: Vec<&'static str>,
    state: State,
}

impl State {
    fn note_closed(&mut self) {
        let is_closed = !self.status.is_none_or(Status::open);
        if is_closed && self.closed_at.last() != Some(&self.told) {
            self.closed_at.push(self.told);
        }
    }
}

impl Case {
    /// The state of an action when a day has ended, everything of the days before it included.
    fn state(&self, number: usize, until: Day) -> State {
        let action = &self.actions[number];
        let mut state = State {
            status: None,
            since_complete: None,
            complete_asked: None,
            term: action.term,
            lead: action.lead,
            owners: vec!["one", "two"],
            slips: 0,
            asked_term: None,
            asked_owners: None,
            asked_status: None,
            reported: None,
            boards_own: None,
            last_report: None,
            closed_at: Vec::new(),
            told: 0,
            closed_on: None,
        };
        let mut today = day("2017-01-01");
        while today <= until {
            let yesterday = today - Days::new(1);
            for entry in self.about(number, yesterday) {
                self.decide(&mut state, entry, today);
                // What one decision closes and the next opens again was closed.
                state.note_closed();
            }
            for entry in self.about(number, today) {
                self.report(&mut state, entry);
                state.told += 1;
                state.note_closed();
            }
            today = today + Days::new(1);
        }
        state
    }

    fn about(&self, number: usize, date: Day) -> impl Iterator<Item = &Entry> {
        let added = self.actions[number].added;
        self.entries.iter().filter(move |entry| {
            let named = match entry.about {
                About::One(action) => action == number,
                About::FirstTwo => number < 2,
            };
            named && entry.date == date && added.is_none_or(|added| date >= added)
        })
    }

    /// What was agreed or refused the day before, as the first thing of a day.
    fn decide(&self, state: &mut State, entry: &Entry, today: Day) {
        let alone = entry.about != About::FirstTwo;
        let status = entry.status;
        if entry.refused && !entry.agreed {
            let all = entry.term.is_none() && entry.owners.is_none() && status.is_none();
            if all || entry.term.is_some() {
                state.asked_term = None;
            }
            if all || entry.owners.is_some() {
                state.asked_owners = None;
            }
            if all || status.is_some() {
                state.asked_status = None;
                state.complete_asked = None;
            }
        }
        if !entry.agreed || entry.refused || !alone {
            return;
        }
        if let Some(term) = entry.term {
            let (before, after) = (state.term, term);
            let cycle = |term: Option<Term>| term.is_some_and(|term| term.cycle().is_some());
            let (old, new) = (before.and_then(Term::last_day), after.last_day());
            let later = match (old, new) {
                (Some(old), Some(new)) => new > old,
                (Some(_), None) => true,
                _ => false,
            };
            state.slips += u32::from(later && !(old.is_none() && cycle(before)));
            state.term = Some(term);
            state.asked_term = None;
        }
        if let Some(owner) = entry.owners {
            state.owners = vec![owner];
            state.lead &= owner == "one";
            state.asked_owners = None;
        }
        if let Some(status) = status {
            let since = state.complete_asked.unwrap_or(entry.date);
            set_status(state, status, today, since);
        }
    }

    /// What an entry reports and asks for, on its own day.
    fn report(&self, state: &mut State, entry: &Entry) {
        let alone = entry.about != About::FirstTwo;
        let decides = entry.agreed || entry.refused;
        let by_board = entry.by == Some("board");
        let open = state.status.is_none_or(Status::open);
        if alone && !decides {
            if let Some(term) = entry.term {
                state.asked_term = Some(term);
            }
            if let Some(owner) = entry.owners {
                state.asked_owners = Some(owner);
            }
        }
        if alone
            && !decides
            && let Some(status) = entry.status
        {
            let by_owner = match (entry.by, state.lead) {
                (None, _) => true,
                (Some(by), true) => by == "one",
                (Some(by), false) => state.owners.contains(&by),
            };
            let counts = match status {
                Status::NotStarted | Status::InProgress => true,
                Status::Complete => by_owner && !self.agreed_only,
                _ => false,
            };
            if counts {
                set_status(state, status, entry.date, entry.date);
            } else {
                if status == Status::Complete && open {
                    state.complete_asked = state.complete_asked.or(Some(entry.date));
                } else {
                    state.complete_asked = None;
                }
                state.asked_status = Some(status);
            }
        }
        let rates = entry.rag.filter(|rag| rag.rated());
        if let (Some(rag), true) = (rates, by_board) {
            state.boards_own = Some(rag);
        }
        let reports =
            rates.is_some() || entry.done || (alone && !decides && entry.status.is_some());
        if reports && !by_board {
            state.last_report = Some(entry.date);
            if let Some(rag) = rates {
                state.reported = Some(rag);
                let complete = state.status == Some(Status::Complete);
                if alone && entry.status.is_none() && complete {
                    // It says nothing of a status that somebody may have asked for.
                    let asked = (state.asked_status, state.complete_asked);
                    set_status(state, Status::InProgress, entry.date, entry.date);
                    (state.asked_status, state.complete_asked) = asked;
                }
            }
        }
    }

    /// Who is asked to look at an action: each entry that asks, unless the body has spoken by the day
    /// before in another entry, a later entry takes it back, or the action was closed since.
    fn escalated(&self, number: usize, today: Day, state: &State) -> Vec<&'static str> {
        let entries: Vec<&Entry> = self.in_order(number, today);
        let stands = |(place, entry): &(usize, &&Entry)| {
            let body = entry.escalate?;
            let answered = entries.iter().enumerate().any(|(other, answer)| {
                let speaks = answer.by == Some(body)
                    || (body == "board" && (answer.agreed || answer.refused));
                other != *place && answer.date >= entry.date && answer.date < today && speaks
            });
            let taken_back = entries[place + 1..]
                .iter()
                .any(|later| later.escalate == Some("none"));
            let closed = state.closed_at.iter().any(|told| told > place);
            (body != "none" && !answered && !taken_back && !closed).then_some(body)
        };
        let mut bodies: Vec<&str> = entries
            .iter()
            .enumerate()
            .filter_map(|entry| stands(&entry))
            .collect();
        let mut seen = Vec::new();
        bodies.retain(|body| !seen.contains(body) && (seen.push(*body), true).1);
        bodies
    }

    fn in_order(&self, number: usize, until: Day) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = Vec::new();
        let mut today = day("2017-01-01");
        while today <= until {
            entries.extend(self.about(number, today));
            today = today + Days::new(1);
        }
        entries
    }

    fn judge(&self, number: usize, today: Day) -> Verdict {
        let action = &self.actions[number];
        let state = self.state(number, today);
        let before = (number == 2).then(|| self.judge(0, today));
        let carried = before
            .as_ref()
            .filter(|before| before.status == Status::Carried);
        let handed = carried.map(|before| {
            let closed = before.state.closed_on.unwrap();
            self.judge(0, closed - Days::new(1)).status
        });
        let any_report = state.last_report.is_some();
        let status = match (state.status, handed) {
            (Some(status), _) => status,
            (None, Some(Status::Paused)) => Status::Paused,
            (None, Some(Status::InProgress)) => Status::InProgress,
            (None, _) if any_report => Status::InProgress,
            (None, _) => Status::NotStarted,
        };
        let first = day(FIRST_DAYS[plan_of(number)]);
        let start = action.starts.or(state.term.and_then(Term::start));
        let first_day = [Some(first), action.added, start].into_iter().flatten();
        let first_day = first_day.max().unwrap();
        let due = state.term.and_then(Term::last_day);
        let overdue = status.open() && due.is_some_and(|due| due < today);
        let due_soon =
            status.open() && due.is_some_and(|due| due >= today && due <= today + Days::new(30));
        let from_report = before.as_ref().and_then(|before| before.last_report);
        let last_report = state.last_report.or(from_report);
        let counted_from = match (state.last_report, from_report) {
            (Some(own), _) => own,
            (None, Some(other)) => other.max(first_day),
            (None, None) => first_day,
        };
        let policy = Months::new(if self.monthly_review { 1 } else { 3 });
        let interval = state.term.and_then(Term::cycle).unwrap_or(policy);
        let review_due = status.open().then(|| counted_from + interval);
        let unreported = review_due.is_some_and(|review| review < today);
        let mut slips = state.slips;
        if let Some(before) = &before {
            slips += before.slips;
            let later = match (action.term.and_then(Term::last_day), before.due) {
                (Some(own), Some(other)) => own > other,
                _ => false,
            };
            slips += u32::from(later);
        }
        let reported = state.reported.or(before
            .as_ref()
            .map(|before| before.reported)
            .filter(|rag| rag.rated()));
        let lenient = self.red_after && due.is_some_and(|due| today <= due + Months::new(1));
        let ever = last_report.is_some();
        let compute = |slips: u32| match status {
            Status::Complete => Rating::Blue,
            Status::Withdrawn | Status::Carried => Rating::Grey,
            _ if overdue && lenient => Rating::Amber,
            _ if overdue => Rating::Red,
            Status::Paused => Rating::Amber,
            _ if unreported || slips > 0 => Rating::Amber,
            _ if !ever && due_soon => Rating::Amber,
            _ if !ever => Rating::Grey,
            _ => Rating::Green,
        };
        let computed = compute(slips);
        let mut rag = match (status.open(), reported) {
            (false, _) => computed,
            (true, Some(reported)) if computed.rated() => {
                if reported < computed {
                    reported
                } else {
                    computed
                }
            }
            (true, Some(reported)) => reported,
            (true, None) => computed,
        };
        if status.open() {
            if rag == Rating::Green && reported != Some(Rating::Green) {
                rag = Rating::Grey;
            }
            // Grey is better than amber here, and no better than green.
            if let Some(cap) = state.boards_own.filter(|cap| *cap < Rating::Green)
                && rag > cap
            {
                rag = cap;
            }
        }
        let strict = compute(0);
        let overrated =
            status.open() && strict.rated() && reported.is_some_and(|reported| reported > strict);
        let completed = state.since_complete.filter(|_| status == Status::Complete);
        let days_late = if overdue {
            due.map(|due| (today - due).num_days())
        } else {
            let late = completed
                .zip(due)
                .map(|(done, due)| (done - due).num_days());
            late.filter(|days| *days > 0)
        };
        let at_closure = matches!(status, Status::Withdrawn | Status::Carried).then(|| {
            self.judge(number, state.closed_on.unwrap() - Days::new(1))
                .rag
        });
        Verdict {
            status,
            due,
            overdue,
            days_late,
            due_soon,
            review_due,
            unreported,
            start,
            not_begun: status.open() && !ever && start.is_some_and(|start| start > today),
            slips,
            reported: reported.unwrap_or(Rating::Grey),
            computed,
            rag,
            overrated,
            last_report,
            completed,
            at_closure,
            escalated: self.escalated(number, today, &state),
            state,
        }
    }
}

fn set_status(state: &mut State, status: Status, today: Day, since: Day) {
    let was_open = state.status.is_none_or(Status::open);
    if status == Status::Complete {
        state.since_complete = state.since_complete.or(Some(since));
    } else {
        state.since_complete = None;
    }
    if status.open() {
        state.closed_on = None;
    } else if was_open || state.status == Some(Status::Complete) {
        // Of two ways of giving it up the first closed it.
        state.closed_on = Some(today);
    }
    state.status = Some(status);
    state.asked_status = None;
    state.complete_asked = None;
}

impl Verdict {
    fn asked(&self, open: bool) -> Value {
        let state = &self.state;
        let asked = [
            ("timescale", state.asked_term.map(|term| json!(term.text()))),
            ("owners", state.asked_owners.map(|owner| json!([owner]))),
            (
                "status",
                state.asked_status.map(|status| json!(status.word())),
            ),
        ];
        let asked = asked.into_iter().filter(|_| open);
        asked
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    fn json(&self) -> Value {
        let open = self.status.open();
        let none_if_grey = |rag: Rating| rag.rated().then(|| rag.word());
        json!({
            "status": self.status.word(),
            "due": self.due,
            "overdue": self.overdue,
            "days_late": self.days_late,
            "due_soon": self.due_soon,
            "review_due": self.review_due,
            "unreported": self.unreported,
            "starts": self.start,
            "not_begun": self.not_begun,
            "slips": self.slips,
            "reported_rag": none_if_grey(self.reported),
            "computed_rag": self.computed.word(),
            "rag": self.rag.word(),
            "overrated": self.overrated,
            "last_update": self.last_report,
            "completed": self.completed,
            "rag_at_closure": self.at_closure.map(Rating::word),
            "escalated_to": self.escalated.iter().filter(|_| open).collect::<Vec<_>>(),
            "asked": self.asked(open),
        })
    }
}

fn some_day() -> impl Strategy<Value = Day> {
    (0u64..900).prop_map(|days| day("2017-09-06") + Days::new(days))
}

fn first_of_month() -> impl Strategy<Value = Day> {
    (0u32..28).prop_map(|months| day("2017-09-01") + Months::new(months))
}

fn term() -> impl Strategy<Value = Term> {
    let range = (first_of_month(), 1u32..6)
        .prop_map(|(first, months)| Term::Range(first, first + Months::new(months)));
    prop_oneof![
        some_day().prop_map(Term::On),
        first_of_month().prop_map(Term::Month),
        range,
        some_day().prop_map(Term::From),
        select(vec![Term::Ongoing, Term::Monthly, Term::Quarterly]),
    ]
}

/// What a revision may bring: a revised range or start would be another beginning as well.
fn revision() -> impl Strategy<Value = Term> {
    prop_oneof![
        3 => first_of_month().prop_map(Term::Month),
        1 => some_day().prop_map(Term::On),
        1 => select(vec![Term::Ongoing, Term::Quarterly]),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let added = of(some_day()).prop_map(|day| day.filter(|day| *day < self::day("2018-06-01")));
    (
        of(term()),
        prop_oneof![4 => Just(None), 1 => some_day().prop_map(Some)],
        added,
        any::<bool>(),
    )
        .prop_map(|(term, starts, added, lead)| Action {
            term,
            starts,
            added,
            lead,
        })
}

fn entry() -> impl Strategy<Value = Entry> {
    let about = prop_oneof![
        6 => (0usize..3).prop_map(About::One),
        1 => Just(About::FirstTwo),
    ];
    let status = select(vec![
        Status::NotStarted,
        Status::InProgress,
        Status::Paused,
        Status::Complete,
        Status::Complete,
        Status::Withdrawn,
        Status::Carried,
    ]);
    let verdict =
        prop_oneof![3 => Just((false, false)), 2 => Just((true, false)), 1 => Just((false, true))];
    let rag = select(vec![Rating::Red, Rating::Amber, Rating::Green]);
    let fields = (
        of(rag),
        of(status),
        any::<bool>(),
        of(revision()),
        of(select(vec!["one", "two"])),
    );
    let by = select(vec![None, Some("one"), Some("two"), Some("board")]);
    let escalate = prop_oneof![4 => Just(None), 1 => Just(Some("board")), 1 => Just(Some("two")), 1 => Just(Some("none"))];
    (about, some_day(), by, fields, verdict, escalate).prop_map(
        |(about, date, by, (rag, status, done, term, owners), (agreed, refused), escalate)| {
            let alone = about != About::FirstTwo;
            let first = match about {
                About::One(action) => FIRST_DAYS[plan_of(action)],
                About::FirstTwo => FIRST_DAYS[0],
            };
            Entry {
                about,
                date: date.max(day(first)),
                by,
                rag,
                // A shared entry may not move any of these, and a refusal only names what was asked.
                status: status
                    .filter(|status| alone && !(refused && *status == Status::InProgress)),
                done,
                term: term.filter(|_| alone),
                owners: owners.filter(|_| alone),
                agreed,
                refused,
                // Nobody asks in the same breath what he answers.
                escalate: escalate
                    .filter(|body| by != Some(*body) && !(*body == "board" && (agreed || refused))),
            }
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    let actions = [action(), action(), action()];
    (
        actions,
        vec(entry(), 0..9),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(actions, entries, agreed_only, red_after, monthly_review)| Case {
                actions,
                entries,
                agreed_only,
                red_after,
                monthly_review,
            },
        )
}

proptest! {
    #[test]
    fn both_judges_say_the_same(
        case in case(),
        some_day in some_day(),
        due in of((0usize..3, 0u64..2)),
    ) {
        // Mostly on the very day on which an action is due, or on the next: there judges differ.
        let due = due.and_then(|(number, after)| {
            let due = case.judge(number, some_day).due?;
            Some(due + Days::new(after))
        });
        let today = due.unwrap_or(some_day);
        let files = case.files();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let estate = Estate::of(&files);
        let list = estate.json(&["list", "--as-of", &today.to_string()]);
        for (number, action) in case.actions.iter().enumerate() {
            let found = list["actions"].as_array().unwrap().iter().find(|row| row["id"] == IDS[number]);
            let adopted = day(FIRST_DAYS[plan_of(number)]) <= today;
            let exists = adopted && action.added.is_none_or(|added| added <= today);
            prop_assert_eq!(found.is_some(), exists, "action {} on {}", IDS[number], today);
            let Some(found) = found else { continue };
            let second = case.judge(number, today).json();
            for (name, value) in second.as_object().unwrap() {
                prop_assert_eq!(
                    &found[name], value,
                    "{} of action {} on {}\n{}", name, IDS[number], today,
                    files.iter().map(|(path, text)| format!("-- {path}\n{text}")).collect::<String>()
                );
            }
        }
    }
}
