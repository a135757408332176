//! An action as papers speak of it: its facts, the words for them, and its last report.

use serde::Serialize;

use super::action::{self, ActionFacts};
use super::entry::EntryFacts;
use super::newest::Newest;
use crate::calendar::Day;
use crate::document::{Cell, Line, Piece, Subject, Tone, named, piece};
use crate::select::Row;
use crate::source::Sources;
use crate::standing::{Reason, Request, sentences};
use crate::words::{first_sentence, late, listed, sentence, shortened};

#[derive(Clone, Debug, Serialize)]
pub struct Item {
    #[serde(flatten)]
    pub facts: ActionFacts,
    /// The action's name in tables.
    pub name: String,
    /// Names of the lead, else of the owners, as papers print them.
    pub who: Vec<String>,
    /// Its last report.
    pub latest: Option<EntryFacts>,
    /// What those who do the work last said of it.
    pub newest: Option<Newest>,
    #[serde(skip)]
    lead: Option<String>,
}

/// How much of an action's name stands before what is said of it.
const NAME: usize = 80;

/// How much of it a table has where the row says other things; the work plan has the whole.
pub const NAME_IN_TABLE: usize = 120;

impl Item {
    pub fn of(row: &Row, sources: &Sources, today: Day) -> Item {
        let lead = row.standing.lead;
        let owners = row.standing.owners.iter();
        let others = owners.filter(|owner| lead.is_none_or(|lead| ***owner != **lead));
        let who = lead.into_iter().chain(others);
        Item {
            facts: ActionFacts::of(row),
            name: action::name(row),
            who: who.map(|id| row.board.group_name(id).to_owned()).collect(),
            latest: (row.standing.last_report)
                .map(|at| EntryFacts::as_of(&row.board.entries[at], sources, row.standing.day)),
            newest: Newest::of_action(row, today),
            lead: lead.map(|id| row.board.group_name(id).to_owned()),
        }
    }

    pub fn id(&self) -> Cell {
        let words = match self.facts.id.as_str() {
            "" => "(no id)",
            id => id,
        };
        Cell::text(words).about(self.subject())
    }

    /// The action, as what a text names.
    pub fn subject(&self) -> Subject {
        Subject::action(&self.facts.plan, &self.facts.id)
    }

    /// Its number and name, as the head of what a paper says of it.
    pub fn head(&self) -> Piece {
        named(Tone::Strong, self.called(), self.subject())
    }

    /// Its number and name, and who answers for it.
    pub fn line(&self) -> Line {
        let lead = self.lead().words().into_owned();
        vec![piece(Tone::Plain, format!("{} ({lead})", self.called()))]
    }

    pub fn rating(&self) -> Cell {
        action::rag(self.facts.rag)
    }

    pub fn status(&self) -> Cell {
        Cell::text(self.facts.status.word())
    }

    pub fn what(&self) -> Cell {
        Cell::text(&self.name)
    }

    /// Everybody who answers for it.
    pub fn who(&self) -> Cell {
        match &self.who[..] {
            [] => Cell::toned(Tone::Faint, "nobody named"),
            [only] => self.of_group(only, self.facts.owners.first()),
            several => Cell::text(several.join(", ")),
        }
    }

    /// A name that leads to its group.
    fn of_group(&self, name: &str, owner: Option<&String>) -> Cell {
        let cell = Cell::text(name);
        match self.facts.lead.as_ref().or(owner) {
            Some(id) => cell.about(Subject::Group(id.clone())),
            None => cell,
        }
    }

    /// A table's cell with who answers for the action: its lead, else its owners.
    pub fn lead(&self) -> Cell {
        match &self.lead {
            Some(lead) => self.of_group(lead, None),
            None => self.who(),
        }
    }

    /// Its number, and as much of its name as a table shows.
    pub fn named(&self) -> Cell {
        let name = shortened(&self.name, NAME_IN_TABLE);
        Cell::text(format!("{} {name}", self.facts.id)).about(self.subject())
    }

    /// When it is due, and by how many days it is late.
    pub fn due(&self) -> Cell {
        match (self.facts.due, self.late()) {
            (Some(due), Some(late)) => Cell::text(format!("{}\n{late}", due.short())),
            (due, _) => Cell::day(due),
        }
    }

    /// How late it is while it is open: "32 days late".
    pub fn late(&self) -> Option<String> {
        let days = self.facts.days_late.filter(|_| self.facts.overdue);
        days.map(late)
    }

    /// How late it is; what is not late, when it is due.
    pub fn lateness(&self) -> String {
        match (self.late(), self.facts.due) {
            (Some(late), _) => late,
            (None, Some(due)) => format!("due {}", due.long()),
            (None, None) => "without a date".into(),
        }
    }

    /// What stands in place of its newest words where there are none: whether anything was ever reported.
    pub fn without_words(&self) -> String {
        let Some(latest) = &self.latest else {
            return "Nothing was ever reported.".into();
        };
        let reported = match latest.rag {
            Some(rag) => format!("Rated {rag}"),
            None => "Reported".into(),
        };
        let day = latest.date.map(|day| format!(" on {}", day.long()));
        format!(
            "{reported}{}, and nothing was said of it.",
            day.unwrap_or_default()
        )
    }

    /// The first sentence of its newest words; where there are none, why it stands so.
    pub fn last_said(&self) -> String {
        match &self.newest {
            Some(newest) => first_sentence(&newest.words).to_owned(),
            None => sentence(&self.why(|_| true)),
        }
    }

    /// Its number, and as much of its name as stands before what is said of it; the whole name is in
    /// the table of actions.
    pub fn called(&self) -> String {
        let name = self.name.trim_end_matches('.');
        format!("{} {}", self.facts.id, shortened(name, NAME))
    }

    /// Whom its entries ask to look at it, by name.
    pub fn escalated_to(&self) -> Vec<&str> {
        let reasons = self.facts.reasons.iter();
        let escalated = reasons.filter_map(|reason| match reason {
            Reason::Escalated(to) => Some(to.as_str()),
            _ => None,
        });
        escalated.collect()
    }

    /// What is requested and not yet decided, in words: a date, other owners, a pause.
    pub fn requested(&self) -> Option<String> {
        let requests = self.facts.reasons.iter().filter_map(|reason| match reason {
            Reason::Requested(Request::Timescale(words)) => Some(words.clone()),
            Reason::Requested(Request::Owners(names)) => Some(format!("owners {}", listed(names))),
            Reason::Requested(Request::Status(status)) => Some(status.to_string()),
            _ => None,
        });
        let all: Vec<String> = requests.collect();
        (!all.is_empty()).then(|| listed(&all))
    }

    /// Why it stands so, for where its day and what is requested have columns of their own; empty where these
    /// say it all.
    pub fn why_besides_its_date(&self) -> String {
        let reasons = &self.facts.reasons;
        let they_disagree = reasons.iter().any(|it| matches!(it, Reason::Disagree(_)));
        let why = self.why(|reason| match reason {
            Reason::Due { .. } | Reason::Requested(_) | Reason::OnCourse { .. } => false,
            // The reason that owners disagree says already how each of them rates.
            Reason::Rates { .. } => !they_disagree,
            _ => true,
        });
        if why.is_empty() && self.facts.overdue {
            return "Overdue".into();
        }
        why
    }

    /// The deadline in force, as written.
    pub fn timescale(&self) -> Cell {
        match &self.facts.timescale {
            Some(words) => Cell::text(words.replace('\n', " ")),
            None => Cell::toned(Tone::Faint, "none"),
        }
    }

    /// The reasons of its standing that a test picks out; none where it picks none.
    pub fn why(&self, picks: impl Fn(&Reason) -> bool) -> String {
        sentences(self.facts.reasons.iter().filter(|reason| picks(reason)))
    }
}
