//! `plan report group`: a subgroup's own actions and what it owes.

use std::collections::HashSet;

use serde::Serialize;

use super::Report;
use super::action::own_title;
use super::brief::Brief;
use super::counts::{Counted, Counts, ratings, unreported};
use super::cover::{Ask, Readers};
use super::escalated::Escalated;
use super::item::Item;
use super::key::{self, Labels};
use super::newest::spoken;
use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Level, Subject, Table, actions, deadlines, figures, running, short,
    words,
};
use crate::plan::Board;
use crate::select::{Row, by_group};
use crate::standing::Reason;
use crate::words::{capitalised, counted, sentence, with_article};

#[derive(Serialize)]
pub struct GroupPapers {
    pub board: String,
    pub name: String,
    pub groups: Vec<GroupPaper>,
    #[serde(skip)]
    day: Day,
    /// The words for ratings of the plan that comes first.
    #[serde(skip)]
    labels: Labels,
}

#[derive(Serialize)]
pub struct GroupPaper {
    /// Its id; absent for the actions that name nobody.
    pub group: Option<String>,
    pub name: String,
    pub kind: Option<String>,
    pub counts: Counts,
    /// Whether nothing was ever reported on any of its actions.
    pub nothing_reported: bool,
    pub plans: Vec<GroupPlan>,
}

/// A group's part of a plan.
#[derive(Serialize)]
pub struct GroupPlan {
    pub plan: String,
    pub title: String,
    #[serde(skip)]
    heading: String,
    pub actions: Vec<GroupAction>,
    /// Open actions that are late, due soon or not reported on in time.
    pub owes: Vec<Item>,
    #[serde(skip)]
    is_over: bool,
}

/// An action of a group, and who else answers for it.
#[derive(Serialize)]
pub struct GroupAction {
    #[serde(flatten)]
    pub item: Item,
    /// The action's other owners.
    pub with: Vec<String>,
    #[serde(skip)]
    why: String,
    /// What is requested and not yet decided, in words.
    pub requested: Option<String>,
}

impl Report for GroupPapers {
    fn from_brief(brief: &Brief) -> GroupPapers {
        let board = brief.board();
        let plans = brief.in_force_first();
        let labels = plans.first().map(|plan| key::labels(plan.plan));
        let rows: Vec<Row> = plans.into_iter().flat_map(|plan| plan.rows).collect();
        let asked = |id: &String| {
            let owners = &brief.filter.owners;
            owners.is_empty() || owners.iter().any(|name| board.means_group(name, id))
        };
        let by_group = by_group(&rows, Row::owned_by);
        let ids = group_ids(board, &rows);
        let of_group = |id: &String| {
            let rows = by_group.get(&Board::key(id))?;
            Some(GroupPaper::for_group(brief, Some(id), rows))
        };
        let mut groups: Vec<GroupPaper> = (ids.iter().filter(|id| asked(id)))
            .filter_map(of_group)
            .collect();
        let nobodys: Vec<Row> = rows
            .iter()
            .filter(|row| row.is_nobodys())
            .copied()
            .collect();
        if !nobodys.is_empty() {
            groups.push(GroupPaper::for_group(brief, None, &nobodys));
        }
        GroupPapers {
            board: board.name.clone(),
            name: board.title().to_owned(),
            groups,
            day: brief.day(),
            labels: labels.unwrap_or_default(),
        }
    }

    fn asks(&self) -> Vec<Ask> {
        let plans = self.groups.iter().flat_map(|group| &group.plans);
        let owed = plans.flat_map(|plan| &plan.owes);
        // Several groups may own one.
        let owed: HashSet<(&str, &str)> = owed
            .map(|item| (item.facts.plan.as_str(), item.facts.id.as_str()))
            .collect();
        let owes = Ask::some(owed.len(), "action", |count| {
            Ask::discuss(format!(
                "answer for {count} late, due soon or not reported on in time"
            ))
        });
        owes.into_iter().chain([Ask::note("the rest")]).collect()
    }

    fn readers(&self, brief: &Brief) -> Readers {
        match &self.groups[..] {
            [
                GroupPaper {
                    group: Some(id),
                    name,
                    ..
                },
            ] => Readers::of_group(brief.board(), id, name, brief.day()),
            _ => Readers::of_board(brief.board(), brief.day()),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        let from = document.blocks.len();
        let title = format!("Groups · {}", self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if self.groups.is_empty() {
            document.paragraph("No group has an action.");
            return;
        }
        if self.groups.len() > 1 {
            document.heading(Level::Section, "All groups", self.groups.len().to_string());
            let columns = [GROUP, &ratings(), OWING].concat();
            document.table(&columns, &self.groups);
        }
        for group in &self.groups {
            group.lay_out(document);
        }
        key::insert(document, from, &self.labels);
    }
}

/// The groups that may have actions: those that the board declares, then others that are named.
fn group_ids(board: &Board, rows: &[Row]) -> Vec<String> {
    let mut ids: Vec<String> = board
        .groups
        .iter()
        .map(|g| g.id.value.to_string())
        .collect();
    let mut known: HashSet<&str> = board.groups.iter().map(|g| g.id.as_str()).collect();
    for row in rows {
        let lead = row.plan.given(row.action, |shared| shared.lead.as_ref());
        for owner in lead.into_iter().chain(row.standing.owners) {
            if known.insert(&owner.value) {
                ids.push(owner.value.to_string());
            }
        }
    }
    ids
}

impl GroupPaper {
    /// The paper of a group, or of the actions that name nobody: of these rows.
    fn for_group(brief: &Brief, group: Option<&str>, rows: &[Row]) -> GroupPaper {
        let board = brief.board();
        let plans = rows.chunk_by(|a, b| std::ptr::eq(a.plan, b.plan));
        let kind = group.and_then(|id| board.group(id)?.kind.as_ref());
        GroupPaper {
            group: group.map(str::to_owned),
            name: group
                .map_or("Nobody named", |id| board.group_name(id))
                .to_owned(),
            kind: kind.map(|kind| kind.value.to_string()),
            counts: Counts::of(rows.iter().map(|row| row.standing)),
            nothing_reported: (rows.iter()).all(|row| row.standing.last_update.is_none()),
            plans: plans
                .map(|rows| GroupPlan::for_group(brief, group, rows))
                .collect(),
        }
    }

    /// The group by itself, on a page of its own.
    pub fn page(&self, board: &str, day: Day) -> Document {
        let mut document = Document::default();
        let title = format!("{} · {board}", self.name);
        document.blocks.push(Block::Title(title, day.long()));
        if let Some(kind) = &self.kind {
            document.remark(capitalised(kind));
        }
        let columns = [&ratings(), OWING].concat();
        document.table(&columns, [self]);
        self.plans(Level::Section, &mut document);
        document
    }

    fn lay_out(&self, document: &mut Document) {
        let Counts {
            total,
            overdue,
            unreported,
            ..
        } = self.counts;
        let total = counted(total, "action");
        let reported = if self.nothing_reported && unreported == 0 {
            "nothing reported yet".to_owned()
        } else {
            format!("{unreported} unreported")
        };
        let remark = format!("{total}, {overdue} overdue, {reported}");
        document.heading(Level::Section, &self.name, remark);
        self.plans(Level::Part, document);
    }

    /// Lays out what the group owes and what else it owns, plan by plan; each action once.
    fn plans(&self, level: Level, document: &mut Document) {
        for plan in &self.plans {
            plan.lay_out(level, document);
        }
    }
}

impl GroupPapers {
    /// The ids of the groups that have actions.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.groups
            .iter()
            .filter_map(|group| group.group.as_deref())
    }

    /// All of them in a table, each leading to its page.
    pub fn front(&self) -> Document {
        let mut document = Document::default();
        let title = format!("Groups · {}", self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if self.groups.is_empty() {
            document.paragraph("No group has an action.");
        } else {
            let columns = [GROUP, &ratings(), OWING].concat();
            document.table(&columns, &self.groups);
            key::insert(&mut document, 0, &self.labels);
        }
        document
    }
}

impl GroupPlan {
    fn for_group(brief: &Brief, group: Option<&str>, rows: &[Row]) -> GroupPlan {
        let plan = rows[0].plan;
        let owes = rows.iter().filter(|row| {
            let standing = row.standing;
            standing.overdue || standing.due_soon || standing.unreported
        });
        GroupPlan {
            plan: plan.stem.clone(),
            title: plan.title.value.to_string(),
            heading: own_title(brief.board(), plan),
            actions: (rows.iter())
                .map(|row| GroupAction::for_group(brief, group, row))
                .collect(),
            owes: owes.map(|row| brief.item(row)).collect(),
            is_over: plan.is_over(brief.day()),
        }
    }

    /// What is owed, then the others; of a plan that is over, those that are still open.
    fn lay_out(&self, level: Level, document: &mut Document) {
        let owes = self.owes.iter().map(|item| item.facts.id.as_str());
        let owes: HashSet<&str> = owes.collect();
        let (owed, others): (Vec<&GroupAction>, Vec<&GroupAction>) =
            (self.actions.iter()).partition(|it| owes.contains(it.item.facts.id.as_str()));
        let all = others.len();
        let is_shown = |it: &&GroupAction| !self.is_over || it.item.facts.status.is_open();
        let others: Vec<&GroupAction> = others.into_iter().filter(is_shown).collect();
        let part = |what: &str, actions: &[&GroupAction], document: &mut Document| {
            let heading = format!("{}: {what}", self.heading);
            document.heading(level, heading, actions.len().to_string());
            let table = Table::new(ACTIONS, actions.iter().copied()).without_empty_columns();
            document.blocks.push(Block::Table(table));
        };
        if !owed.is_empty() {
            part("owed", &owed, document);
        }
        let what = if owed.is_empty() {
            "actions, of which nothing is owed"
        } else {
            "other actions"
        };
        if !others.is_empty() {
            part(what, &others, document);
        }
        if others.len() < all {
            let closed = counted(all - others.len(), "action");
            document.remark(format!("{}, which is over: {closed} closed.", self.heading));
        }
    }
}

impl Counted for GroupPaper {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

const GROUP: &[Col<GroupPaper>] = &[words("group", |group| {
    let name = Cell::text(&group.name);
    match &group.group {
        Some(id) => name.about(Subject::Group(id.clone())),
        None => name,
    }
})];

const OWING: &[Col<GroupPaper>] = &[
    figures("overdue", |group| Cell::Count(group.counts.overdue)),
    figures("unreported", |group| {
        unreported(&group.counts, group.nothing_reported)
    }),
];

const ACTIONS: &[Col<GroupAction>] = &[
    actions(|it| it.item.named()),
    short("RAG", |it| it.item.rating()),
    deadlines("due", |it| match it.item.facts.due {
        Some(_) => it.item.due(),
        None => it.item.timescale(),
    }),
    running("why", |it| Cell::text(&it.why)),
    words("with", |it| Cell::text(it.with.join(", "))),
];

impl GroupAction {
    fn for_group(brief: &Brief, group: Option<&str>, row: &Row) -> GroupAction {
        let board = brief.board();
        let item = brief.item(row);
        let name = group.map(|id| board.group_name(id));
        let escalated = row.standing.escalated.iter();
        let escalated: Vec<Escalated> = escalated.map(|to| Escalated::of(brief, row, to)).collect();
        GroupAction {
            with: (item.who.iter())
                .filter(|who| Some(who.as_str()) != name)
                .cloned()
                .collect(),
            why: why(&item, &escalated, brief.day()),
            requested: item.requested(),
            item,
        }
    }
}

/// Why an action stands so, beside its day: with what is requested, and why it was escalated.
fn why(item: &Item, escalated: &[Escalated], today: Day) -> String {
    let reasons = item.why(|reason| !matches!(reason, Reason::Due { .. } | Reason::Escalated(_)));
    let escalated = escalated.iter().map(|it| {
        let date = it.date.map(|date| format!(" on {}", spoken(date, today)));
        let date = date.unwrap_or_default();
        format!(
            "Escalated to {}{date}: {}",
            with_article(&it.to),
            it.reason()
        )
    });
    let all: Vec<String> = (!reasons.is_empty())
        .then(|| sentence(&reasons))
        .into_iter()
        .chain(escalated)
        .collect();
    if all.is_empty() {
        sentence(&item.why(|_| true))
    } else {
        all.join(" ")
    }
}
