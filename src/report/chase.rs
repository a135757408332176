//! `plan chase`: by group, who owes the board a report, and the letter that asks for it.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::action::own_title;
use super::brief::{Brief, Options};
use super::item::Item;
use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Level, Table, Tone, deadlines, figures, plain, running, short,
    words,
};
use crate::estate::Reading;
use crate::plan::{Board, DUE_SOON, DueSoon, Plan, WHOLE_BOARD};
use crate::select::{Filter, Order, Row, by_group, sort};
use crate::standing::{BoardStanding, Judging, judge};
use crate::words::{capitalised, counted};

/// Who owes a report, board by board.
#[derive(Serialize)]
pub struct Chase {
    pub boards: Vec<BoardChase>,
}

#[derive(Serialize)]
pub struct BoardChase {
    pub board: String,
    /// The board's own title.
    pub name: String,
    /// The board's next meeting, where one is known.
    pub next_meeting: Option<Day>,
    /// The day by which reports are asked for, where one was named.
    pub by: Option<Day>,
    pub counts: OwedCounts,
    pub groups: Vec<GroupChase>,
    #[serde(skip)]
    day: Option<Day>,
    /// Whom the board is there for.
    #[serde(skip)]
    people: String,
}

/// What one group owes; an action of several owners stands under each of them.
#[derive(Serialize)]
pub struct GroupChase {
    /// None for the actions that nobody is named for.
    pub group: Option<String>,
    pub name: String,
    /// The address to which the group's forms are sent.
    pub contact: Option<String>,
    /// On how many days it has reported so far, on anything, and the last of them.
    pub returns: usize,
    pub last_return: Option<Day>,
    pub counts: OwedCounts,
    pub actions: Vec<Owed>,
}

/// An open action on which a report is owed. Its facts are those of the day asked.
#[derive(Clone, Serialize)]
pub struct Owed {
    #[serde(flatten)]
    pub item: Item,
    /// Whether it is due from now to the day by which reports are asked for.
    pub due_by_meeting: bool,
    /// Whether, if nobody sends anything, no report will have come in time by then.
    pub unreported_by_meeting: bool,
    /// The day by which reports are asked for: the one that was named, else the next meeting, else
    /// the end of the plan's window.
    pub due_by: Day,
    /// The title of the action's plan.
    #[serde(skip)]
    plan_title: String,
}

/// How many actions are open, and on how many a report is owed, and why; one may count for several
/// reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OwedCounts {
    pub open: usize,
    pub owed: usize,
    pub overdue: usize,
    pub due_by_meeting: usize,
    /// Without a report in time on the day by which reports are asked for.
    pub unreported: usize,
}

/// What is asked: on which day, of which group, and for which day. Where no day is named, it is
/// the board's next meeting.
#[derive(Clone, Copy, Debug)]
pub struct ChaseRequest<'r> {
    pub day: Day,
    pub group: Option<&'r str>,
    pub by: Option<Day>,
}

impl ChaseRequest<'_> {
    /// The same, if the day for which it asks is not past.
    pub fn checked(self) -> anyhow::Result<Self> {
        match self.by {
            Some(by) if by < self.day => anyhow::bail!(
                "--by names {}, which is before {}, the day asked",
                by.long(),
                self.day.long()
            ),
            _ => Ok(self),
        }
    }

    /// The day by which reports on a plan are asked for.
    fn due_by(self, board: &Board, plan: &Plan) -> Day {
        let named = self.by.or_else(|| next_meeting(board, self.day));
        named.unwrap_or_else(|| window(plan, self.day))
    }
}

impl BoardChase {
    /// What a board's groups will owe. The board must know nothing yet of what is reported after the
    /// day asked: the reports that are owed are those that would be missing if nobody sent anything.
    pub fn for_board(reading: &Reading, filter: &Filter, request: ChaseRequest) -> BoardChase {
        let board = &reading.board;
        let now = judge(board, request.day);
        let ends: BTreeSet<Day> = (board.plans.iter())
            .map(|plan| request.due_by(board, plan))
            .collect();
        let mut judging = Judging::new(board);
        let then: Vec<BoardStanding> = ends.into_iter().map(|end| judging.on(end)).collect();
        let options = Options::default();
        let mut open: Vec<Row> = Vec::new();
        for then in &then {
            let brief = Brief {
                reading,
                now: then,
                then: None,
                filter,
                options: &options,
                meetings: None,
            };
            let plans = brief.current().into_iter();
            let due = plans.filter(|plan| request.due_by(board, plan.plan) == then.day);
            open.extend(due.flat_map(|plan| plan.rows));
        }
        open.retain(|row| row.standing.status.is_open());
        open.retain(|row| request.group.is_none_or(|group| row.is_answered_by(group)));
        sort(&mut open, Order::Due);
        let owed = |row: &Row| Owed::by_meeting(&today(*row, &now), row, reading, request.day);
        let groups = groups(board, &open, request.group).into_iter();
        let returns = returns(board);
        let groups = groups.map(|(group, rows)| {
            let returns = group.as_deref().and_then(|id| returns.get(id));
            let owed = rows.iter().map(owed).collect();
            GroupChase::for_group(board, group.clone(), returns, owed)
        });
        let all: Vec<Owed> = open.iter().map(owed).collect();
        BoardChase {
            board: board.name.clone(),
            name: board.title().to_owned(),
            next_meeting: next_meeting(board, request.day),
            by: request.by,
            counts: OwedCounts::of(&all),
            groups: groups.filter(|group| group.counts.owed > 0).collect(),
            day: Some(request.day),
            people: board.people().to_owned(),
        }
    }
}

/// The same action as it stands today; as it will stand where it does not exist yet.
fn today<'b>(row: Row<'b>, now: &'b BoardStanding<'b>) -> Row<'b> {
    match row.on(now) {
        Some(standing) => Row { standing, ..row },
        None => row,
    }
}

impl GroupChase {
    fn for_group(
        board: &Board,
        group: Option<String>,
        returns: Option<&BTreeSet<Day>>,
        all: Vec<Owed>,
    ) -> GroupChase {
        let id = group.as_deref();
        let known = id.and_then(|id| board.group(id));
        GroupChase {
            name: match id {
                Some(id) => board.group_name(id).to_owned(),
                None => "Nobody named".into(),
            },
            contact: known
                .and_then(|group| group.contact.as_ref())
                .map(|contact| contact.value.to_string()),
            returns: returns.map_or(0, BTreeSet::len),
            last_return: returns.and_then(BTreeSet::last).copied(),
            counts: OwedCounts::of(&all),
            actions: all.into_iter().filter(Owed::is_owed).collect(),
            group,
        }
    }

    /// How often it has answered so far: "never reported", "3 returns, the last on 16 January 2018".
    pub fn answers(&self) -> String {
        match self.last_return {
            None => "never sent a return".into(),
            Some(last) => format!(
                "{}, the last on {}",
                counted(self.returns, "return"),
                last.long()
            ),
        }
    }
}

impl BoardChase {
    /// The id of the group that words mean.
    pub fn group_of<'b>(board: &'b Board, asked: &'b str) -> &'b str {
        let mut listed = board.groups.iter().map(|group| group.id.as_str());
        let id = listed.find(|id| board.means_group(asked, id));
        id.unwrap_or(asked)
    }
}

/// The days of each group's reports.
fn returns(board: &Board) -> HashMap<&str, BTreeSet<Day>> {
    let mut returns: HashMap<&str, BTreeSet<Day>> = HashMap::new();
    for entry in &board.entries {
        if let (Some(by), Some(date)) = (entry.by.as_deref(), entry.date) {
            returns.entry(by).or_default().insert(date.value);
        }
    }
    returns
}

/// The board's next meeting after a day.
fn next_meeting(board: &Board, day: Day) -> Option<Day> {
    board.schedule(WHOLE_BOARD)?.next_after(day)
}

/// The last day of the plan's own window, for a board whose next meeting is not known.
fn window(plan: &Plan, day: Day) -> Day {
    match plan.policy.due_soon {
        DueSoon::Within(interval) => day.plus(interval),
        DueSoon::NextMeeting => day.plus(DUE_SOON),
    }
}

/// The groups that answer for actions, each with its own, in the order of the board's list, then of
/// those that it does not list; last, what nobody answers for. A group of groups has no letter box:
/// its members answer.
fn groups<'b>(
    board: &Board,
    rows: &[Row<'b>],
    asked: Option<&str>,
) -> Vec<(Option<String>, Vec<Row<'b>>)> {
    if let Some(asked) = asked {
        let id = BoardChase::group_of(board, asked);
        return vec![(Some(id.to_owned()), rows.to_vec())];
    }
    let mut ids: Vec<&str> = Vec::new();
    for row in rows {
        for owner in row.answerable() {
            ids.extend(board.answering(owner));
        }
    }
    let listed = board.groups.iter().map(|group| group.id.as_str());
    let listed: HashMap<&str, usize> = listed.zip(0..).collect();
    ids.sort_by_key(|id| (listed.get(id).copied().unwrap_or(usize::MAX), *id));
    ids.dedup();
    let by_group = by_group(rows, Row::answerable);
    let of = |id: &str| {
        let rows = by_group.get(&Board::key(id)).cloned();
        (Some(id.to_owned()), rows.unwrap_or_default())
    };
    let nobody = rows.iter().filter(|row| row.answerable().is_empty());
    let nobody = (None, nobody.copied().collect());
    ids.into_iter().map(of).chain([nobody]).collect()
}

impl Owed {
    /// From an action as it stands on the day asked, and as it will stand if nobody sends anything.
    fn by_meeting(now: &Row, then: &Row, reading: &Reading, day: Day) -> Owed {
        let due_by = then.standing.day;
        let due = then.standing.due.filter(|&due| due >= day && due <= due_by);
        Owed {
            item: Item::of(now, &reading.sources, day),
            due_by_meeting: due.is_some(),
            unreported_by_meeting: then.standing.unreported,
            due_by,
            plan_title: own_title(now.board, now.plan),
        }
    }

    fn is_owed(&self) -> bool {
        self.item.facts.overdue || self.due_by_meeting || self.unreported_by_meeting
    }

    /// The reason in words, for a reader who does not know the tool.
    fn why(&self) -> Cell {
        let mut why = Vec::new();
        if self.item.facts.overdue {
            why.push("overdue");
        }
        if self.due_by_meeting {
            why.push("due");
        }
        if self.unreported_by_meeting {
            why.push("no recent report");
        }
        Cell::text(why.join(", "))
    }

    fn last_report(&self) -> Cell {
        match self.item.facts.last_update {
            Some(day) => Cell::Date(day),
            None => Cell::toned(Tone::Faint, "never"),
        }
    }
}

const OWED: &[Col<Owed>] = &[
    figures("days late", |owed| Cell::number(owed.item.facts.days_late)),
    short("action", |owed| owed.item.id()),
    deadlines("timescale", |owed| owed.item.timescale()),
    short("last report", Owed::last_report),
    running("what", |owed| owed.item.what()),
];

const PLAN: &[Col<Owed>] = &[words("plan", |owed| Cell::text(&owed.plan_title))];

const LETTER_PLAN: &[Col<Owed>] = &[words("Plan", |owed| Cell::text(&owed.plan_title))];

const LETTER: &[Col<Owed>] = &[
    short("Action", |owed| owed.item.id()),
    running("What", |owed| owed.item.what()),
    deadlines("Timescale", |owed| owed.item.timescale()),
    words("Why we ask", Owed::why),
    short("Last report", Owed::last_report),
];

impl OwedCounts {
    fn of(all: &[Owed]) -> OwedCounts {
        let count = |holds: fn(&Owed) -> bool| all.iter().filter(|owed| holds(owed)).count();
        OwedCounts {
            open: all.len(),
            owed: count(Owed::is_owed),
            overdue: count(|owed| owed.item.facts.overdue),
            due_by_meeting: count(|owed| owed.due_by_meeting),
            unreported: count(|owed| owed.unreported_by_meeting),
        }
    }

    /// "4 overdue, 1 due, 9 not reported on"; what there is none of is left out.
    fn words(&self, due: &str) -> String {
        let parts = [
            (self.overdue, "overdue"),
            (self.due_by_meeting, due),
            (self.unreported, "without a report in time"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        parts.join(", ")
    }
}

impl Chase {
    /// A table for each group, the latest action first.
    pub fn lay_out(&self, document: &mut Document) {
        for board in &self.boards {
            board.lay_out(document);
        }
    }

    /// A letter for each group, to be pasted in a mail.
    pub fn letters(&self, document: &mut Document) {
        for board in &self.boards {
            let named = board.groups.iter().filter(|group| group.group.is_some());
            for group in named {
                board.letter(group, document);
            }
            // What nobody answers for can be asked of nobody: the manager must know.
            let nobody = board.groups.iter().filter(|group| group.group.is_none());
            for group in nobody {
                board.table(group, document);
            }
            if board.groups.is_empty() {
                board.lay_out(document);
            }
        }
    }
}

impl BoardChase {
    fn lay_out(&self, document: &mut Document) {
        let title = format!("{} · reports owed", self.name);
        let day = self.day.map(Day::long).unwrap_or_default();
        document.blocks.push(Block::Title(title, day));
        if self.groups.is_empty() {
            document.paragraph(format!("Nothing is owed: {}.", self.open()));
            return;
        }
        let summary = self.counts.words(&self.due_by_then());
        document.remark(format!("{}{}: {summary}", self.asked_for(), self.open()));
        if self.next_meeting.is_none() && self.by.is_none() {
            document.remark("No next meeting is known; `meetings` in board.yaml says when it is.");
        }
        for group in &self.groups {
            self.table(group, document);
        }
    }

    /// What one group owes, the latest first.
    fn table(&self, group: &GroupChase, document: &mut Document) {
        let OwedCounts { open, owed, .. } = group.counts;
        let why = group.counts.words(&self.due_by_then());
        let mut remark = format!("{owed} of {open}: {why}");
        if group.group.is_some() {
            remark = format!("{remark}. {}", capitalised(&group.answers()));
        }
        document.heading(Level::Section, &group.name, remark);
        let columns = self.columns(OWED, PLAN);
        let table = Table::new(&columns, &group.actions).cut();
        document.blocks.push(Block::Table(table));
    }

    /// The columns, with the plan where the board asks about several.
    fn columns(&self, columns: &[Col<Owed>], plan: &[Col<Owed>]) -> Vec<Col<Owed>> {
        let owed = self.groups.iter().flat_map(|group| &group.actions);
        let plan = if of_several_plans(owed) { plan } else { &[] };
        [columns, plan].concat()
    }

    fn open(&self) -> String {
        match self.counts.open {
            1 => "1 open action".into(),
            open => format!("{open} open actions"),
        }
    }

    /// For which day reports are asked: "Asked for the meeting on 15 May 2018: ".
    fn asked_for(&self) -> String {
        match (self.by, self.next_meeting) {
            (Some(by), _) => format!("Asked for {}, if nothing comes in before: ", by.long()),
            (None, Some(meeting)) => format!(
                "Asked for the meeting on {}, if nothing comes in before: ",
                meeting.long()
            ),
            (None, None) => String::new(),
        }
    }

    /// What "due" means below the line that says for which day reports are asked.
    fn due_by_then(&self) -> String {
        if self.asked_for().is_empty() {
            self.due()
        } else {
            "due by then".into()
        }
    }

    /// What "due" means in a letter. The windows of two plans may differ.
    fn due(&self) -> String {
        if let (None, Some(meeting)) = (self.by, self.next_meeting) {
            return format!("due by the meeting on {}", meeting.long());
        }
        match self.return_by() {
            Some(end) => format!("due by {}", end.long()),
            None => "due soon".into(),
        }
    }

    /// The day by which all that is owed here is asked for; none where plans differ in it.
    pub fn return_by(&self) -> Option<Day> {
        let owed = self.groups.iter().flat_map(|group| &group.actions);
        let mut ends = owed.map(|owed| owed.due_by);
        let first = ends.next()?;
        ends.all(|end| end == first).then_some(first)
    }

    /// The letter that asks a group for its reports.
    pub fn letter(&self, group: &GroupChase, document: &mut Document) {
        let title = format!("Reports from {} to the {}", group.name, self.name);
        document.blocks.push(Block::Title(title, String::new()));
        document.paragraph("Dear colleague,");
        let OwedCounts { open, owed, .. } = group.counts;
        let several = of_several_plans(&group.actions);
        let open = match open {
            1 => "the one open action".to_owned(),
            open => format!("the {open} open actions"),
        };
        let owes = match owed {
            1 => "one report is".to_owned(),
            owed => format!("{owed} reports are"),
        };
        let when = match self.next_meeting {
            Some(meeting) => format!("The {} next meets on {}.", self.name, meeting.long()),
            None => format!("The {} is preparing its next meeting.", self.name),
        };
        document.paragraph(format!(
            "{when} Of {open} of its {} that {} answers for, {owes} owed: {}.",
            if several { "plans" } else { "plan" },
            group.name,
            group.counts.words(&self.due())
        ));
        document.paragraph(match (self.by, self.next_meeting) {
            (Some(day), _) => format!("Please let me have them by {}:", day.long()),
            (None, Some(meeting)) => format!("Please let me have them before {}:", meeting.long()),
            (None, None) => "Please let me have them as soon as you can:".into(),
        });
        document.table(&self.columns(LETTER, LETTER_PLAN), &group.actions);
        document.paragraph(if several {
            format!("{FORMS} {OR_IN_WORDS}")
        } else {
            format!("{FORM} {OR_IN_WORDS}")
        });
        let people = &self.people;
        let lines = ANSWER
            .iter()
            .map(|line| plain(line.replace("{people}", people)));
        document.blocks.push(Block::List(lines.collect()));
        document.paragraph(AFTER_ANSWER);
    }
}

/// Whether actions stand in more than one plan.
fn of_several_plans<'o>(owed: impl IntoIterator<Item = &'o Owed>) -> bool {
    let mut plans = owed.into_iter().map(|owed| &owed.item.facts.plan);
    let first = plans.next();
    plans.any(|plan| Some(plan) != first)
}

/// How to answer; PEOPLE are those whom the board is there for.
const FORM: &str = "The easiest way to answer is the form that comes with this letter: fill in its coloured cells and \
    send it back.";
const FORMS: &str = "The easiest way to answer are the forms that come with this letter, one for each plan: fill in their \
    coloured cells and send them back.";
const OR_IN_WORDS: &str = "If you would rather write, please say for each action:";
const ANSWER: &[&str] = &[
    "how it stands: red, amber, green or complete;",
    "what was done, and what difference it made to {people};",
    "what {people} said about it;",
    "what comes next, and what evidence the Board can see;",
    "if it cannot be done in time: a new date, and the reason. The Board decides about new dates.",
];
const AFTER_ANSWER: &str = "An action on which nothing happened is worth a line too. Thank you.";
