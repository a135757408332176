//! The first page: what this meeting is for. What it decides, what was brought to it, what is red, and
//! what became of what it asked for last time.

use serde::Serialize;

use crate::calendar::Day;
use crate::document::{Document, Level, Line, Tone, piece};
use crate::plan::{About, Entry, WHOLE_BOARD};
use crate::report::action;
use crate::report::asked::asked_words;
use crate::report::brief::{Brief, PlanBrief};
use crate::report::challenges::{Challenge, DatedWords};
use crate::report::cover::{Ask, Readers, cover};
use crate::report::decision::RequestedDecision;
use crate::report::escalated::Escalated;
use crate::report::item::Item;
use crate::report::newest::{Newest, spoken};
use crate::select::Row;
use crate::words::{capitalised, listed, sentence, shortened};

/// What is said of an action that had been brought to the last meeting.
const ESCALATED: &str = "It had been escalated to the board.";

/// How much of the name of another plan's action stands before what came of it.
const NAME: usize = 40;

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
    /// What is said where nobody said what became of it; empty where nothing is to be said, as of a priority,
    /// of which its actions report.
    #[serde(skip)]
    without_words: String,
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
        let today = brief.day();
        let told = challenges.iter();
        all.extend(told.filter_map(|challenge| FollowUp::of_challenge(challenge, then, today)));
        all
    }

    /// What the board decided and said at its last meeting of the actions of other plans in force.
    pub fn of_others(brief: &Brief, others: &[PlanBrief]) -> Vec<FollowUp> {
        let Some(then) = brief.then.map(|then| then.day) else {
            return Vec::new();
        };
        let in_force = (others.iter()).filter(|plan| !plan.plan.is_over(brief.day()));
        let mut all = Vec::new();
        for plan in in_force {
            let title = action::own_title(brief.board(), plan.plan);
            for row in &plan.rows {
                let told = FollowUp::about(brief, plan, row, then);
                all.extend(told.map(|told| FollowUp {
                    name: format!(
                        "{} ({title})",
                        shortened(told.name.trim_end_matches('.'), NAME)
                    ),
                    ..told
                }));
            }
        }
        all
    }

    fn about(brief: &Brief, plan: &PlanBrief, row: &Row, then: Day) -> Option<FollowUp> {
        let at_meeting = |entry: &&Entry| is_of_meeting(entry, then);
        let mut asked: Vec<String> = (brief.history(row).filter(at_meeting))
            .filter_map(|entry| said_at_meeting(brief, entry))
            .collect();
        let escalated = plan.before(row).map(|then| &then.escalated);
        if escalated.is_some_and(|all| all.iter().any(|group| group.as_str() == WHOLE_BOARD)) {
            asked.push(ESCALATED.into());
        }
        if asked.is_empty() {
            return None;
        }
        let after = || {
            brief.history(row).filter(|entry| {
                let date = entry.date.map(|date| date.value);
                date.is_some_and(|date| date > then)
            })
        };
        let report = after().rfind(|entry| entry.is_report());
        Some(FollowUp {
            id: action::id(row),
            name: action::name(row),
            asked: asked.join(" "),
            without_words: without_words(report, brief.day()),
            since: Newest::of_entries(brief.board(), after(), brief.day()),
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
            let sentences: Vec<String> = at_meeting
                .filter_map(|entry| said_at_meeting(brief, entry))
                .collect();
            (!sentences.is_empty()).then(|| FollowUp {
                id: priority.id.value.to_string(),
                name: priority.title.value.to_string(),
                asked: sentences.join(" "),
                since: None,
                without_words: String::new(),
            })
        });
        told.collect()
    }

    /// What was said of a challenge on the day of the meeting: that it was raised, answered or closed.
    fn of_challenge(challenge: &Challenge, then: Day, today: Day) -> Option<FollowUp> {
        let at_meeting = |said: &&DatedWords| said.date == then;
        let raised = challenge.raised.as_ref();
        let closed = challenge.closed.as_ref();
        let is_new = raised.filter(at_meeting).is_some();
        let answers = challenge.responses.iter().filter(at_meeting);
        let answers = answers.map(|said| ("Answered", said));
        let ends = closed.filter(at_meeting).map(|said| ("Closed", said));
        let told: Vec<(&str, &DatedWords)> = answers.chain(ends).collect();
        let is_open = is_new && told.is_empty();
        if !is_new && told.is_empty() {
            return None;
        }
        // The question itself stands in the log, and with what is open.
        let new = raised.filter(at_meeting).map(|said| sentence(&said.words));
        let told = told.iter();
        let told = told.map(|(what, said)| format!("{what}: {}", sentence(&said.words)));
        let asked: Vec<String> = new.into_iter().chain(told).collect();
        let later = closed.into_iter().chain(challenge.responses.iter().rev());
        let later = later.into_iter().find(|said| said.date > then);
        let since = later.map(|said| Newest {
            words: sentence(&said.words),
            by: challenge.to.clone(),
            date: Some(said.date),
            months_ago: 0,
            today,
            others: Vec::new(),
        });
        Some(FollowUp {
            id: challenge.id.clone(),
            name: match &challenge.action {
                Some(action) => format!("about {action}"),
                None => "Challenge".into(),
            },
            asked: asked.join(" "),
            since,
            without_words: if is_open {
                "Not answered.".into()
            } else {
                String::new()
            },
        })
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
            None if !self.without_words.is_empty() => {
                line.push(piece(Tone::Plain, format!(" {}", self.without_words)));
            }
            None => {}
        }
        line
    }
}

/// What is said where no report says in words what came of it: that it was reported on, or that it was not.
fn without_words(report: Option<&Entry>, today: Day) -> String {
    let date = report.and_then(|report| report.date);
    match date {
        Some(date) => format!(
            "Reported on {}, and nothing was said of it.",
            spoken(date.value, today)
        ),
        None => "No report since.".into(),
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
    let texts = [&entry.note, &entry.done].into_iter().flatten();
    let sentences = texts.map(|text| sentence(&text.value));
    let parts: Vec<String> = (decided.into_iter().chain(rated))
        .chain(sentences)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Lays out the first page.
pub struct FirstPage<'p> {
    /// The board's own title.
    pub board: &'p str,
    pub author: Option<&'p str>,
    pub today: Day,
    pub meeting: Option<Day>,
    pub to_decide: &'p [RequestedDecision],
    pub escalated: &'p [Escalated],
    pub red: &'p [Item],
    pub follow_ups: &'p [FollowUp],
    pub since: Option<Day>,
    /// Whether nothing was ever reported on any action of the plan: then no line says it.
    pub nothing_reported: bool,
}

impl FirstPage<'_> {
    /// The cover: the kind of paper, its readers, its author, and what the readers are asked to do.
    fn cover(&self, document: &mut Document) {
        let decide = Ask::some(self.to_decide.len(), "request", Ask::decide);
        let answer = Ask::some(self.escalated.len(), "escalation", |count| {
            Ask::discuss(format!("answer {count}"))
        });
        let mut asks: Vec<Ask> = decide.into_iter().chain(answer).collect();
        // A meeting with nothing to decide or answer has what is red to talk about.
        if asks.is_empty() {
            asks.extend(Ask::some(self.red.len(), "red action", |count| {
                Ask::discuss(format!("discuss {count}"))
            }));
        }
        let noted = if asks.is_empty() { "position" } else { "rest" };
        asks.push(Ask::note(format!("the {noted}")));
        let readers = Readers {
            name: self.board.to_owned(),
            meeting: self.meeting,
        };
        document.blocks.push(cover(&readers, self.author, &asks));
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
        document.listing(Level::Part, "To decide", decisions.collect());
        let escalated = self
            .escalated
            .iter()
            .map(|it| it.line(today, self.to_decide));
        document.listing(Level::Part, "Escalated", escalated.collect());
        let red = self.red.iter().map(|item| self.red_line(item));
        document.listing(Level::Part, "Red", red.collect());
        if self.is_calm() {
            document.paragraph("Nothing is to be decided, was escalated or is red.");
        }
    }

    /// Whether there is nothing to decide or answer, and nothing red.
    pub fn is_calm(&self) -> bool {
        self.to_decide.is_empty() && self.escalated.is_empty() && self.red.is_empty()
    }

    pub fn last_time(&self, document: &mut Document) {
        let today = self.today;
        if let Some(since) = self.since {
            let heading = format!("What we asked for last time, on {}", spoken(since, today));
            let (told_above, others): (Vec<&FollowUp>, Vec<&FollowUp>) =
                (self.follow_ups.iter()).partition(|it| self.is_told_above(it));
            let mut lines: Vec<Line> = others.iter().map(|it| it.line(self.red)).collect();
            if !told_above.is_empty() {
                let names = told_above.iter().map(|it| format!("{} {}", it.id, it.name));
                let names: Vec<String> = names.collect();
                lines.push(vec![
                    piece(Tone::Strong, listed(&names)),
                    piece(Tone::Plain, ": escalated then and still, as above."),
                ]);
            }
            document.listing(Level::Part, &heading, lines);
        }
    }

    /// Whether all that is to be told of it is an escalation that still stands above.
    fn is_told_above(&self, it: &FollowUp) -> bool {
        let mut escalated = self.escalated.iter();
        it.asked == ESCALATED && escalated.any(|above| above.item.facts.id == it.id)
    }

    /// A red action, how late it is, and its newest words, of which what stands above is not said again.
    fn red_line(&self, item: &Item) -> Line {
        let lateness = item.lateness();
        if self.nothing_reported {
            return vec![item.head(), piece(Tone::Plain, format!(", {lateness}."))];
        }
        let mut line = vec![item.head(), piece(Tone::Plain, format!(", {lateness}: "))];
        match &item.newest {
            Some(newest) => {
                let above = self
                    .escalated
                    .iter()
                    .filter(|it| it.item.facts.id == item.facts.id);
                let because = above.filter_map(|it| it.because.as_deref().map(sentence));
                line.extend(newest.line_without(because));
            }
            None => line.push(piece(Tone::Plain, item.without_words())),
        }
        line
    }
}
