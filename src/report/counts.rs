//! How many actions are what.

use serde::Serialize;

use super::action::{rag, tone};
use crate::document::{Cell, Col, Subject, Tone, figures, short};
use crate::plan::{Rag, Status as Stage};
use crate::standing::Standing;
use crate::words::one_line;

/// How many actions are what. Every action is in `total`, in one rating and in one status.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    pub total: usize,
    pub red: usize,
    pub amber: usize,
    pub green: usize,
    pub blue: usize,
    pub grey: usize,
    pub overdue: usize,
    pub due_soon: usize,
    pub unreported: usize,
    pub slipped: usize,
    pub overrated: usize,
    pub not_begun: usize,
    pub not_started: usize,
    pub in_progress: usize,
    pub paused: usize,
    pub complete: usize,
    pub withdrawn: usize,
    pub carried_forward: usize,
}

impl Counts {
    pub fn of<'s>(standings: impl Iterator<Item = &'s Standing<'s>>) -> Counts {
        let mut counts = Counts::default();
        for standing in standings {
            counts.add(standing);
        }
        counts
    }

    fn add(&mut self, standing: &Standing) {
        self.total += 1;
        *match standing.rag {
            Rag::Red => &mut self.red,
            Rag::Amber => &mut self.amber,
            Rag::Green => &mut self.green,
            Rag::Blue => &mut self.blue,
            Rag::Grey => &mut self.grey,
        } += 1;
        *match standing.status {
            Stage::NotStarted => &mut self.not_started,
            Stage::InProgress => &mut self.in_progress,
            Stage::Paused => &mut self.paused,
            Stage::Complete => &mut self.complete,
            Stage::Withdrawn => &mut self.withdrawn,
            Stage::CarriedForward => &mut self.carried_forward,
        } += 1;
        self.overdue += usize::from(standing.overdue);
        self.due_soon += usize::from(standing.due_soon);
        self.unreported += usize::from(standing.unreported);
        self.slipped += usize::from(standing.slips > 0);
        self.overrated += usize::from(standing.over_rated);
        self.not_begun += usize::from(standing.not_begun);
    }

    /// The ratings, worst first, as tables and bars show them.
    pub fn rags(&self) -> [(usize, Tone); 5] {
        [
            (self.red, Tone::Red),
            (self.amber, Tone::Amber),
            (self.green, Tone::Green),
            (self.blue, Tone::Blue),
            (self.grey, Tone::Grey),
        ]
    }

    /// Both together.
    pub fn plus(mut self, other: &Counts) -> Counts {
        let pairs = [
            (&mut self.total, other.total),
            (&mut self.red, other.red),
            (&mut self.amber, other.amber),
            (&mut self.green, other.green),
            (&mut self.blue, other.blue),
            (&mut self.grey, other.grey),
            (&mut self.overdue, other.overdue),
            (&mut self.due_soon, other.due_soon),
            (&mut self.unreported, other.unreported),
            (&mut self.slipped, other.slipped),
            (&mut self.overrated, other.overrated),
            (&mut self.not_begun, other.not_begun),
            (&mut self.not_started, other.not_started),
            (&mut self.in_progress, other.in_progress),
            (&mut self.paused, other.paused),
            (&mut self.complete, other.complete),
            (&mut self.withdrawn, other.withdrawn),
            (&mut self.carried_forward, other.carried_forward),
        ];
        for (count, other) in pairs {
            *count += other;
        }
        self
    }
}

/// A priority in a table of ratings, or all of them together.
pub struct RatingLine {
    pub id: String,
    pub title: String,
    /// The plan that it is of; empty for all together.
    pub plan: String,
    pub rag: Option<Rag>,
    pub then: Option<Rag>,
    pub counts: Counts,
    /// Whether its counts are drawn as well.
    pub has_bar: bool,
}

impl RatingLine {
    /// The last line of such a table: all actions together.
    pub fn total(counts: Counts, has_bar: bool) -> RatingLine {
        RatingLine {
            id: String::new(),
            title: "all".into(),
            plan: String::new(),
            rag: None,
            then: None,
            counts,
            has_bar,
        }
    }

    /// Its title.
    pub fn title(&self) -> Cell {
        let title = Cell::text(one_line(&self.title));
        if self.plan.is_empty() {
            title
        } else {
            title.about(Subject::priority(&self.plan, &self.id))
        }
    }

    /// A table's cell with the rating, and before it the earlier one where they differ.
    pub fn rating(&self) -> Cell {
        match (self.then, self.rag) {
            (Some(then), Some(now)) if then != now => {
                Cell::Rating(tone(now), format!("{then} → {now}"))
            }
            (_, Some(now)) => rag(now),
            (_, None) => Cell::Empty,
        }
    }
}

impl Counted for RatingLine {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

/// The counts as parts of a bar.
pub const BAR: &[Col<RatingLine>] = &[short("", |line: &RatingLine| {
    if line.has_bar {
        Cell::Bar(line.counts.rags().to_vec())
    } else {
        Cell::Empty
    }
})
.named("ratings")];

/// How many actions are not reported on in time. Where nothing was reported yet and none is due, there is
/// nothing to count.
pub fn unreported(counts: &Counts, nothing_reported: bool) -> Cell {
    if nothing_reported && counts.unreported == 0 {
        Cell::toned(Tone::Faint, "–")
    } else {
        Cell::Count(counts.unreported)
    }
}

/// What stands in a table with its counts.
pub trait Counted {
    fn counts(&self) -> &Counts;
}

/// The columns that say how many are of each rating, and of how many.
pub const fn ratings<R: Counted>() -> [Col<R>; 6] {
    [
        figures("R", |row: &R| Cell::Tally(row.counts().red, Tone::Red)).named("red"),
        figures("A", |row: &R| Cell::Tally(row.counts().amber, Tone::Amber)).named("amber"),
        figures("G", |row: &R| Cell::Tally(row.counts().green, Tone::Green)).named("green"),
        figures("B", |row: &R| Cell::Tally(row.counts().blue, Tone::Blue)).named("blue"),
        figures("–", |row: &R| Cell::Tally(row.counts().grey, Tone::Grey)).named("grey"),
        figures("of", |row: &R| Cell::Count(row.counts().total)).named("all"),
    ]
}
