//! The same of actions with milestones (point 11): a judge that walks through the days, written from the
//! design's sentences alone.

use chrono::Days;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Day, Status};
use crate::support::Estate;

const IDS: [&str; 4] = ["1", "1a", "1b", "1c"];
const FIRST_DAY: &str = "2018-04-01";

/// What an entry does: a report counts on its day, a decision from the next.
#[derive(Clone, Copy, Debug)]
enum Does {
    Reports(Status),
    Rates,
    Asks(Day),
    Agrees(Status),
    Moves(Day),
}

#[derive(Clone, Debug)]
struct Entry {
    date: Day,
    /// The action, or one of its milestones, by its place among the ids.
    about: usize,
    does: Does,
}

#[derive(Clone, Debug)]
struct Case {
    due: [Option<Day>; 3],
    entries: Vec<Entry>,
    agreed_only: bool,
}

/// What is known of the action, or of a milestone.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    status: Option<Status>,
    /// The day on which somebody reported it complete who only asks for it by that.
    asked: Option<Day>,
    since: Option<Day>,
    due: Option<Day>,
    slips: u32,
}

impl Part {
    fn set(&mut self, status: Status, since: Day) {
        let is_complete = status == Status::Complete;
        self.since = is_complete.then(|| self.since.unwrap_or(since));
        self.status = Some(status);
        self.asked = None;
    }

    fn open(&self) -> bool {
        self.status.is_none_or(Status::open)
    }
}

#[derive(Debug, Default)]
struct State {
    parts: [Part; 4],
    reported: bool,
    complete_since: Option<Day>,
}

impl State {
    fn status(&self) -> &'static str {
        let milestones = &self.parts[1..];
        let all_closed = milestones.iter().all(|part| !part.open());
        let any = |status| milestones.iter().any(|part| part.status == Some(status));
        let of_milestones = || {
            let mut open = milestones.iter().filter(|part| part.open());
            if !all_closed && open.all(|part| part.status == Some(Status::Paused)) {
                Some(Status::Paused)
            } else if !all_closed {
                None
            } else if any(Status::Complete) {
                Some(Status::Complete)
            } else if any(Status::Carried) {
                Some(Status::Carried)
            } else {
                Some(Status::Withdrawn)
            }
        };
        let gives_way = all_closed && self.parts[0].status == Some(Status::InProgress);
        let own = self.parts[0].status.filter(|_| !gives_way);
        match own.or_else(of_milestones) {
            Some(status) => status.word(),
            // What a decision alone says of a milestone puts the whole under way as well.
            None if self.reported || milestones.iter().any(|part| part.status.is_some()) => {
                "in progress"
            }
            None => "not started",
        }
    }

    fn is_open(&self) -> bool {
        ["in progress", "paused", "not started"].contains(&self.status())
    }

    fn is_complete(&self) -> bool {
        self.status() == "complete"
    }

    /// Since when the whole is complete, after an entry that made a part of it complete since a day.
    fn note(&mut self, about: usize, date: Day) {
        if !self.is_complete() {
            self.complete_since = None;
        } else if self.complete_since.is_none() {
            let own = self.parts[about].since.unwrap_or(date);
            let all = self.parts[1..].iter().filter_map(|part| part.since);
            let last = if about == 0 {
                own
            } else {
                all.fold(own, Day::max)
            };
            self.complete_since = Some(last);
        }
    }
}

impl Case {
    fn files(&self) -> [(&'static str, String); 3] {
        let board = "board: Example Board\ngroups:\n  one: {name: Group One}\n";
        let mut plan = format!("plan: Plan\nperiod: 2018-20\nadopted: {FIRST_DAY}\n");
        if self.agreed_only {
            plan += "rag: {complete: agreed}\n";
        }
        plan += "priorities:\n  - id: P\n    title: Priority\n    actions:\n      - id: 1\n        action: Work\n        \
                 owners: [one]\n        milestones:\n";
        for (id, due) in IDS[1..].iter().zip(self.due) {
            let due = due.map_or("Ongoing".into(), |due| due.to_string());
            plan += &format!("          - {{id: {id}, timescale: {due}}}\n");
        }
        let mut entries = String::from("updates: Reports\nplan: plan\nentries:\n");
        for entry in &self.entries {
            let words = match entry.does {
                Does::Reports(status) => format!("by: one, status: {}", status.word()),
                Does::Rates => "by: one, rag: green".into(),
                Does::Asks(day) => format!("by: one, timescale: {day}, reason: Late"),
                Does::Agrees(status) => {
                    format!("status: {}, agreed: board, reason: So", status.word())
                }
                Does::Moves(day) => format!("timescale: {day}, agreed: board, reason: So"),
            };
            let (date, about) = (entry.date, IDS[entry.about]);
            entries += &format!("  - {{date: {date}, action: {about}, {words}}}\n");
        }
        [
            ("b/board.yaml", board.into()),
            ("b/plan.yaml", plan),
            ("b/updates.yaml", entries),
        ]
    }

    /// All that is known when a day has ended, what it decided left out.
    fn state(&self, until: Day) -> State {
        let mut state = State::default();
        for (part, due) in state.parts[1..].iter_mut().zip(self.due) {
            part.due = due;
        }
        let mut today: Day = FIRST_DAY.parse().unwrap();
        while today <= until {
            let on = |date: Day| self.entries.iter().filter(move |entry| entry.date == date);
            for entry in on(today - Days::new(1)) {
                self.decide(&mut state, entry);
            }
            for entry in on(today) {
                self.report(&mut state, entry);
            }
            today = today + Days::new(1);
        }
        state
    }

    fn decide(&self, state: &mut State, entry: &Entry) {
        match entry.does {
            Does::Agrees(status) => {
                let part = &mut state.parts[entry.about];
                part.set(status, part.asked.unwrap_or(entry.date));
                state.note(entry.about, entry.date);
            }
            Does::Moves(day) if entry.about > 0 => {
                let part = &mut state.parts[entry.about];
                part.slips += u32::from(part.due.is_some_and(|before| day > before));
                part.due = Some(day);
            }
            _ => {}
        }
    }

    fn report(&self, state: &mut State, entry: &Entry) {
        let all_closed = state.parts[1..].iter().all(|part| !part.open());
        let whole_is_open = state.is_open();
        let part = &mut state.parts[entry.about];
        match entry.does {
            Does::Reports(Status::Complete) if self.agreed_only => {
                state.reported = true;
                // Nothing is asked for of what is closed, nor of its milestones.
                if part.open() && whole_is_open {
                    part.asked = part.asked.or(Some(entry.date));
                }
            }
            Does::Reports(status @ (Status::Complete | Status::InProgress)) => {
                state.reported = true;
                part.set(status, entry.date);
            }
            // It asks to be paused, withdrawn or carried forward.
            Does::Reports(_) => {
                state.reported = true;
                part.asked = None;
            }
            Does::Rates => {
                state.reported = true;
                let reopens = part.status == Some(Status::Complete);
                if reopens && (entry.about > 0 || !all_closed) {
                    let asked = part.asked;
                    part.set(Status::InProgress, entry.date);
                    part.asked = asked;
                }
            }
            Does::Asks(_) | Does::Agrees(_) | Does::Moves(_) => {}
        }
        state.note(entry.about, entry.date);
    }

    /// What is to be found in the program's JSON.
    fn judge(&self, today: Day) -> serde_json::Value {
        let state = self.state(today);
        let milestones = &state.parts[1..];
        let is_open = state.is_open();
        let mut open: Vec<Option<Day>> = milestones
            .iter()
            .filter(|part| part.open())
            .map(|part| part.due)
            .collect();
        let due = if open.is_empty() {
            milestones.iter().filter_map(|part| part.due).max()
        } else {
            open.retain(Option::is_some);
            open.into_iter().flatten().min()
        };
        let overdue = is_open && due.is_some_and(|due| due < today);
        let completed = state.complete_since.filter(|_| state.is_complete());
        let late = if overdue { Some(today) } else { completed };
        let days_late = late.zip(due).map(|(day, due)| (day - due).num_days());
        let statuses = milestones.iter().map(|part| match part.status {
            Some(status) => status.word(),
            None => "",
        });
        serde_json::json!({
            "status": state.status(),
            "due": due,
            "overdue": overdue,
            "completed": completed,
            "days_late": days_late.filter(|days| *days > 0),
            "slips": milestones.iter().map(|part| part.slips).sum::<u32>(),
            "milestones": statuses.collect::<Vec<_>>(),
        })
    }
}

fn some_day() -> impl Strategy<Value = Day> {
    let first: Day = FIRST_DAY.parse().unwrap();
    (1u64..60).prop_map(move |days| first + Days::new(days))
}

fn entry() -> impl Strategy<Value = Entry> {
    let status = || {
        select(vec![
            Status::InProgress,
            Status::Paused,
            Status::Complete,
            Status::Complete,
            Status::Complete,
            Status::Withdrawn,
            Status::Carried,
        ])
    };
    let does = prop_oneof![
        3 => status().prop_map(Does::Reports),
        1 => Just(Does::Rates),
        1 => some_day().prop_map(Does::Asks),
        3 => status().prop_map(Does::Agrees),
        1 => some_day().prop_map(Does::Moves),
    ];
    let about = prop_oneof![1 => Just(0usize), 5 => 1usize..4];
    (some_day(), about, does).prop_map(|(date, about, does)| Entry { date, about, does })
}

fn case() -> impl Strategy<Value = Case> {
    let due = [of(some_day()), of(some_day()), of(some_day())];
    (due, vec(entry(), 0..12), any::<bool>()).prop_map(|(due, entries, agreed_only)| Case {
        due,
        entries,
        agreed_only,
    })
}

proptest! {
    #[test]
    fn both_judges_say_the_same_of_milestones(case in case(), today in some_day()) {
        let files = case.files();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let estate = Estate::of(&files);
        let found = estate.action("1", &today.to_string());
        let second = case.judge(today);
        for (name, value) in second.as_object().unwrap() {
            let told = || format!("{name} on {today}\n{}\n{}", files[1].1, files[2].1);
            if name != "milestones" {
                prop_assert_eq!(&found[name], value, "{}", told());
                continue;
            }
            let milestones = found["milestones"].as_array().unwrap().iter();
            for (milestone, status) in milestones.zip(value.as_array().unwrap()) {
                let own = &milestone["status"];
                let untold = status == "" && (own == "not started" || own == "in progress");
                prop_assert!(untold || own == status, "{own} and {status}: {}", told());
            }
        }
    }
}
