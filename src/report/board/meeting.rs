//! The first page: what this meeting is for. What it decides, what was brought to it, what is red, and
//! what became of what it asked for last time.

use serde::Serialize;

use crate::calendar::Day;
use crate::document::{Block, Document, Level, Line, Tone, piece, plain};
use crate::plan::{About, Entry, WHOLE_BOARD};
use crate::report::action::{self, tone};
use crate::report::asked::asked_words;
use crate::report::brief::{Brief, PlanBrief};
use crate::report::challenges::{Challenge, DatedWords};
use crate::report::decision::RequestedDecision;
use crate::report::item::Item;
use crate::report::newest::{Newest, spoken};
use crate::select::Row;
use crate::words::{capitalised, counted, listed, sentence, with_article};

/// An action that somebody is asked to look at.
#[derive(Serialize)]
pub struct Escalated {
    #[serde(flatten)]
    pub item: Item,
    /// Whom it was brought to, by whom, and when.
    pub to: String,
    pub by: Option<String>,
    pub date: Option<Day>,
    /// Why, in the words of the report that did it.
    pub because: Option<String>,
    /// What the whole board is called.
    #[serde(skip)]
    board: String,
}

/// What the board asked for or decided at its last meeting, and what came of it.
#[derive(Serialize)]
pub struct FollowUp {
    /// What it is about: an action's id, a priority's or a challenge's.
    pub id: String,
    pub name: String,
    /// What was asked or decided, in a sentence.
    pub asked: String,
    /// What was reported since; none where nothing was.
    pub since: Option<Newest>,
    /// Whether reports are about it: those about a priority are about its actions.
    #[serde(skip)]
    is_reported_on: bool,
}

impl Escalated {
    pub fn all(brief: &Brief, plan: &PlanBrief) -> Vec<Escalated> {
        let rows = plan.rows.iter();
        rows.flat_map(|row| {
            let groups = row.standing.escalated.iter();
            groups.map(|to| Escalated::of(brief, row, to))
        })
        .collect()
    }

    fn of(brief: &Brief, row: &Row, to: &str) -> Escalated {
        let board = brief.board();
        let mut history = brief.history(row).rev();
        let entry = history.find(|entry| entry.escalate.as_deref() == Some(to));
        let because = entry.and_then(|entry| {
            let words = [&entry.reason, &entry.note, &entry.done];
            words.into_iter().find_map(|text| text.as_ref())
        });
        let by = entry.and_then(|entry| entry.by.as_deref());
        Escalated {
            item: brief.item(row),
            to: board.group_name(to).to_owned(),
            by: by.map(|id| board.group_name(id).to_owned()),
            date: entry.and_then(|entry| Some(entry.date?.value)),
            because: because.map(|text| text.value.clone()),
            board: board.group_name(WHOLE_BOARD).to_owned(),
        }
    }

    /// By whom and why; where a decision above gives the same reason, that it does.
    fn line(&self, today: Day, decisions: &[RequestedDecision]) -> Line {
        let by = self
            .by
            .as_ref()
            .map(|by| format!("by {}", with_article(by)));
        let date = self.date.map(|date| format!("on {}", spoken(date, today)));
        let to = (self.to != self.board).then(|| format!("to {}", with_article(&self.to)));
        let source: Vec<String> = [to, by, date].into_iter().flatten().collect();
        let is_above = decisions.iter().any(|decision| {
            decision.item.facts.id == self.item.facts.id && decision.reason == self.because
        });
        let because = match &self.because {
            Some(_) if is_above => "for the reason above.".to_owned(),
            Some(because) => sentence(because),
            None => "no reason was given.".to_owned(),
        };
        let mut line = named(&self.item);
        line.push(piece(
            Tone::Plain,
            format!(", {}: {because}", source.join(" ")),
        ));
        line
    }
}

impl FollowUp {
    /// What the board decided and said at its meeting on a day, what had been brought to it, and the
    /// challenges raised there.
    pub fn all(brief: &Brief, plan: &PlanBrief, challenges: &[Challenge]) -> Vec<FollowUp> {
        let Some(then) = brief.then.map(|then| then.day) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for row in &plan.rows {
            all.extend(FollowUp::about(brief, plan, row, then));
        }
        all.extend(FollowUp::about_priorities(brief, plan, then));
        let raised = challenges.iter().filter(|challenge| {
            let date = |said: &Option<DatedWords>| said.as_ref().map(|said| said.date);
            date(&challenge.raised) == Some(then)
        });
        let today = brief.day();
        all.extend(raised.map(|challenge| FollowUp::of_challenge(challenge, today)));
        all
    }

    fn about(brief: &Brief, plan: &PlanBrief, row: &Row, then: Day) -> Option<FollowUp> {
        let at_meeting = |entry: &&Entry| is_of_meeting(entry, then);
        let mut asked: Vec<String> = (brief.history(row).filter(at_meeting))
            .filter_map(|entry| said_at_meeting(brief, entry))
            .collect();
        let escalated = plan.before(row).map(|then| &then.escalated);
        if escalated.is_some_and(|all| all.iter().any(|group| group.as_str() == WHOLE_BOARD)) {
            asked.push("It had been escalated to the board.".into());
        }
        if asked.is_empty() {
            return None;
        }
        let after = brief.history(row).filter(|entry| {
            let date = entry.date.map(|date| date.value);
            date.is_some_and(|date| date > then)
        });
        Some(FollowUp {
            id: action::id(row),
            name: action::name(row),
            asked: asked.join(" "),
            since: Newest::of_entries(brief.board(), after, brief.day()),
            is_reported_on: true,
        })
    }

    /// What the board said of whole priorities.
    fn about_priorities(brief: &Brief, plan: &PlanBrief, then: Day) -> Vec<FollowUp> {
        let priorities = plan.plan.priorities.iter();
        let told = priorities.filter_map(|priority| {
            let about = |entry: &&Entry| {
                entry.plan == Some(plan.index)
                    && matches!(&entry.about, About::Priority(id) if *id.value == *priority.id.value)
            };
            let entries = brief.board().entries.iter().filter(about);
            let at_meeting = entries.filter(|entry| is_of_meeting(entry, then));
            let said: Vec<String> = at_meeting
                .filter_map(|entry| said_at_meeting(brief, entry))
                .collect();
            (!said.is_empty()).then(|| FollowUp {
                id: priority.id.value.clone(),
                name: priority.title.value.clone(),
                asked: said.join(" "),
                since: None,
                is_reported_on: false,
            })
        });
        told.collect()
    }

    fn of_challenge(challenge: &Challenge, today: Day) -> FollowUp {
        let raised = challenge.raised.as_ref();
        let answer = challenge.closed.as_ref().or(challenge.responses.last());
        let newest = answer.map(|answer| Newest {
            words: sentence(&answer.words),
            by: challenge.to.clone(),
            date: Some(answer.date),
            months_ago: 0,
            today,
        });
        FollowUp {
            id: challenge.id.clone(),
            name: "Challenge".into(),
            asked: raised.map_or_else(String::new, |said| said.words.clone()),
            since: newest,
            is_reported_on: true,
        }
    }

    /// What was asked, and what came of it; the newest words about what is red stand above.
    fn line(&self, red: &[Item]) -> Line {
        let mut line = vec![
            piece(
                Tone::Strong,
                format!("{} {}", self.id, self.name.trim_end_matches('.')),
            ),
            piece(Tone::Plain, format!(": {}", self.asked)),
        ];
        match &self.since {
            Some(newest) if red.iter().any(|item| item.facts.id == self.id) => {
                let text = format!(" Since then: see above ({}).", newest.source());
                line.push(piece(Tone::Plain, text));
            }
            Some(newest) => {
                line.push(piece(Tone::Plain, " Since then: "));
                line.extend(newest.line());
            }
            None if self.is_reported_on => {
                line.push(piece(Tone::Plain, " Nothing was reported since."));
            }
            None => {}
        }
        line
    }
}

/// Whether an entry was made at the board's meeting on a day.
fn is_of_meeting(entry: &Entry, then: Day) -> bool {
    let is_boards = |group: &Option<crate::plan::Text>| group.as_deref() == Some(WHOLE_BOARD);
    let dated = entry.date.is_some_and(|date| date.value == then);
    dated
        && (is_boards(&entry.meeting)
            || is_boards(&entry.by)
            || is_boards(&entry.agreed)
            || is_boards(&entry.refused))
}

/// What an entry of a meeting decided, and what was said there.
fn said_at_meeting(brief: &Brief, entry: &Entry) -> Option<String> {
    let decision = match (&entry.agreed, &entry.refused) {
        (Some(_), None) => Some("agreed"),
        (None, Some(_)) => Some("refused"),
        _ => None,
    };
    let decided = decision.map(|outcome| match asked_words(brief.board(), entry) {
        Some(what) => format!("{outcome}: {what}."),
        None => format!("{outcome} what was requested."),
    });
    let decided = decided.map(|words| capitalised(&words));
    let rated = entry.rag.filter(|_| decision.is_none());
    let rated = rated.map(|rag| format!("Rated {}.", rag.value));
    let said = [&entry.note, &entry.done].into_iter().flatten();
    let said = said.map(|text| sentence(&text.value));
    let parts: Vec<String> = (decided.into_iter().chain(rated)).chain(said).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// An action's number, name and rating.
fn named(item: &Item) -> Line {
    vec![
        item.head(),
        piece(Tone::Plain, " ("),
        piece(tone(item.facts.rag), item.facts.rag.word()),
        piece(Tone::Plain, ")"),
    ]
}

/// Lays out the first page.
pub struct FirstPage<'p> {
    /// What the board calls itself.
    pub board: &'p str,
    pub author: Option<&'p str>,
    pub today: Day,
    pub meeting: Option<Day>,
    pub to_decide: &'p [RequestedDecision],
    pub escalated: &'p [Escalated],
    pub red: &'p [Item],
    pub follow_ups: &'p [FollowUp],
    pub since: Option<Day>,
}

impl FirstPage<'_> {
    /// What the paper is, for whom, by whom, and what it asks of them.
    fn cover(&self, document: &mut Document) {
        let meeting = self.meeting;
        let meeting = meeting.map(|day| format!(", meeting of {}", day.long()));
        let paper_for = format!("{}{}", self.board, meeting.unwrap_or_default());
        let asks = [
            (self.to_decide.len(), "decide", "request"),
            (self.escalated.len(), "answer", "escalation"),
        ];
        let asks = asks.into_iter().filter(|(count, ..)| *count > 0);
        let asks = asks.map(|(count, verb, noun)| format!("{verb} {}", counted(count, noun)));
        let mut asks: Vec<String> = asks.collect();
        let noted = if asks.is_empty() { "position" } else { "rest" };
        asks.push(format!("note the {noted}"));
        let purpose = match (self.to_decide.is_empty(), self.escalated.is_empty()) {
            (true, true) => "For information",
            (true, false) => "For discussion and information",
            (false, true) => "For decision and information",
            (false, false) => "For decision, discussion and information",
        };
        let facts = [
            ("Paper for", paper_for),
            ("Author", self.author.unwrap_or("to be added").to_owned()),
            ("Purpose", purpose.to_owned()),
            ("Recommended", format!("To {}.", listed(&asks))),
        ];
        let facts = facts.map(|(name, words)| (name.to_owned(), plain(words)));
        document.blocks.push(Block::Facts(facts.into()));
    }

    /// The paper's first page.
    pub fn lay_out(&self, document: &mut Document) {
        self.cover(document);
        self.matters("For this meeting", document);
    }

    /// What is to be decided, what was brought to the board, and what is red.
    pub fn matters(&self, heading: &str, document: &mut Document) {
        let today = self.today;
        document.heading(Level::Section, heading, "");
        let decisions = self.to_decide.iter().map(|decision| decision.line(today));
        part(document, "To decide", decisions.collect());
        let escalated = self
            .escalated
            .iter()
            .map(|it| it.line(today, self.to_decide));
        part(document, "Escalated", escalated.collect());
        let red = self.red.iter().map(|item| self.red_line(item));
        part(document, "Red", red.collect());
    }

    pub fn last_time(&self, document: &mut Document) {
        let today = self.today;
        if let Some(since) = self.since {
            let heading = format!("What we asked for last time, on {}", spoken(since, today));
            let lines = self.follow_ups.iter().map(|it| it.line(self.red));
            part(document, &heading, lines.collect());
        }
    }

    /// A red action, how late it is, and its newest words, of which what stands above is not said again.
    fn red_line(&self, item: &Item) -> Line {
        let mut line = vec![
            item.head(),
            piece(Tone::Plain, format!(", {}: ", item.lateness())),
        ];
        match &item.newest {
            Some(newest) => {
                let above = self
                    .escalated
                    .iter()
                    .filter(|it| it.item.facts.id == item.facts.id);
                let because = above.filter_map(|it| it.because.as_deref().map(sentence));
                line.extend(newest.line_without(because));
            }
            None => line.push(piece(Tone::Plain, "Nothing was ever reported.")),
        }
        line
    }
}

/// A part with a line for each; where there is none, it is named among the empty ones at the end.
fn part(document: &mut Document, heading: &str, lines: Vec<Line>) {
    if !lines.is_empty() {
        document.heading(Level::Part, heading, lines.len().to_string());
        document.list(lines);
    }
}
