//! How the board's paper is laid out.

use super::meeting::FirstPage;
use super::rows::ACTIONS;
use super::{BoardPaper, OtherPlan};
use crate::calendar::Day;
use crate::document::{
    Block, Chart, Col, Document, Level, Line, Table, Timeline, TimelineMark, Tone, piece, plain,
    running, words,
};
use crate::plan::Rag;
use crate::report::action;
use crate::report::challenges::Challenge;
use crate::report::counts::{BAR, Counts, RatingLine, ratings};
use crate::report::item::Item;
use crate::report::key;
use crate::report::newest::spoken;
use crate::report::trend;
use crate::words::{counted, listed, sentence, shortened};

impl BoardPaper {
    pub(super) fn lay_out(&self, document: &mut Document) {
        let from = document.blocks.len();
        self.head
            .open_as("Report to the Board", "Position at", document);
        let page = self.page();
        page.lay_out(document);
        self.standing(document);
        page.last_time(document);
        trend::lay_out(&self.trend, document);
        self.actions(document);
        self.better(document);
        self.challenges(document);
        self.indicators(document);
        self.appendix(document);
        key::insert(document, from, &self.head.labels);
    }

    /// The same for a site's front page: what needs attention, then where the plan stands and what comes next.
    pub(super) fn lay_out_front(
        &self,
        between: impl FnOnce(&mut Document),
        document: &mut Document,
    ) {
        let from = document.blocks.len();
        self.head.open_as("", "Position at", document);
        let page = self.page();
        page.matters("What needs attention", document);
        self.standing(document);
        trend::lay_out(&self.trend, document);
        between(document);
        self.actions(document);
        page.last_time(document);
        self.better(document);
        self.challenges(document);
        self.indicators(document);
        key::insert(document, from, &self.head.labels);
    }

    fn page(&self) -> FirstPage<'_> {
        FirstPage {
            board: &self.name,
            author: self.author.as_deref(),
            today: self.head.day(),
            meeting: self.meeting,
            to_decide: &self.to_decide,
            escalated: &self.escalated,
            red: &self.red,
            follow_ups: &self.follow_ups,
            since: self.since,
            nothing_reported: self.nothing_reported,
        }
    }

    fn summary(&self) -> String {
        let now = counted(self.counts.total, "action");
        if self.nothing_reported {
            let overdue = self.counts.overdue;
            return format!("{now}: {overdue} overdue. Nothing was reported yet.");
        }
        let then = match (&self.counts_then, self.since) {
            (Some(then), Some(day)) => {
                let day = spoken(day, self.head.day());
                format!(" ({day}: {} and {}).", then.overdue, then.unreported)
            }
            _ => ". No earlier meeting is known to compare with.".into(),
        };
        let Counts {
            overdue,
            unreported,
            ..
        } = self.counts;
        format!("{now}: {overdue} overdue and {unreported} not reported on in time{then}")
    }

    /// The counts by priority, and how they were at the last meetings.
    fn standing(&self, document: &mut Document) {
        document.heading(Level::Part, "RAG by priority", "");
        let priorities = self.priorities.iter().map(|priority| RatingLine {
            id: priority.id.clone(),
            title: format!("{} {}", priority.id, priority.title),
            plan: self.head.plan.clone(),
            rag: Some(priority.rag),
            then: priority.rag_then,
            counts: priority.counts,
            has_bar: true,
        });
        let total = RatingLine::total(self.counts, false);
        let columns = [PRIORITY, &ratings(), BAR].concat();
        document.table(&columns, priorities.chain([total]));
        document.remark(self.summary());
    }

    fn actions(&self, document: &mut Document) {
        let heading = "Actions to look at";
        if !self.actions.is_empty() {
            document.heading(Level::Section, heading, self.actions.len().to_string());
            let table = Table::new(ACTIONS, &self.actions).without_empty_columns();
            document.blocks.push(Block::Table(table));
            self.timeline(document);
        }
        let is_all = self.unreported.len() == self.counts.total && self.counts.total > 1;
        if is_all && !self.nothing_reported {
            document.paragraph(format!(
                "None of the {} actions was reported on in time.",
                self.counts.total
            ));
        }
        let unreported: &[Item] = if is_all { &[] } else { &self.unreported };
        let lines = unreported.iter().map(Item::line).collect();
        document.listing(Level::Part, "Not reported on in time", lines);
        let lines = self.unproven.iter().map(|item| plain(item.called()));
        let claims = self.unproven_claims.iter();
        let claims =
            claims.map(|item| plain(format!("{}: only its lead calls it green", item.called())));
        document.listing(
            Level::Part,
            "Complete or green without evidence",
            lines.chain(claims).collect(),
        );
    }

    fn better(&self, document: &mut Document) {
        let lines: Vec<Line> = (self.better.iter())
            .map(|changed| {
                let item = &changed.item;
                let was = changed.then.map(|then| format!("{then} → "));
                vec![
                    piece(
                        Tone::Strong,
                        format!("{} {}", item.facts.id, item.name.trim_end_matches('.')),
                    ),
                    piece(Tone::Plain, format!(": {}", was.unwrap_or_default())),
                    piece(action::tone(changed.now), changed.now.word()),
                    piece(Tone::Plain, format!(". {}", item.last_said())),
                ]
            })
            .collect();
        document.listing(Level::Section, "Better than at the last meeting", lines);
    }

    fn challenges(&self, document: &mut Document) {
        let lines = self.challenges.iter().map(challenge_line);
        document.listing(Level::Section, "Open challenges", lines.collect());
    }

    fn indicators(&self, document: &mut Document) {
        let worse = self
            .indicators_worse
            .iter()
            .filter_map(|facts| facts.sentence());
        let missing = self.indicators_missing.iter().map(|facts| facts.missing());
        let lines = worse.chain(missing).map(plain);
        document.listing(
            Level::Section,
            "Indicators with bad news or none",
            lines.collect(),
        );
    }

    /// What came in, and what there is nothing of: a line each.
    fn appendix(&self, document: &mut Document) {
        let today = self.head.day();
        let evidence = self.evidence.iter().map(|received| {
            let planned = if received.planned {
                ""
            } else {
                " (not in the plan)"
            };
            format!("{} {}{planned}", received.id, received.title)
        });
        let evidence: Vec<String> = evidence.collect();
        let since = self
            .since
            .map(|day| format!(" since {}", spoken(day, today)));
        let heading = format!("Evidence received{}", since.unwrap_or_default());
        if !evidence.is_empty() {
            let heading = format!("{heading} ({}): ", evidence.len());
            let names = sentence(&listed(&evidence));
            let line = vec![piece(Tone::Strong, heading), piece(Tone::Plain, names)];
            document.blocks.push(Block::Paragraph(line));
        }
        // The first page says it of all three.
        let is_calm = self.page().is_calm();
        let empty = [
            ("decisions to make", self.to_decide.is_empty() && !is_calm),
            ("escalations", self.escalated.is_empty() && !is_calm),
            ("red actions", self.red.is_empty() && !is_calm),
            (
                "follow-up of the last meeting",
                self.since.is_some() && self.follow_ups.is_empty(),
            ),
            ("actions to look at", self.actions.is_empty()),
            ("actions not reported on", self.unreported.is_empty()),
            (
                "actions without evidence",
                self.unproven.is_empty() && self.unproven_claims.is_empty(),
            ),
            (
                "actions that got better",
                self.since.is_some() && self.better.is_empty(),
            ),
            ("open challenges", self.challenges.is_empty()),
            (
                "indicators with bad news or none",
                self.indicators_worse.is_empty() && self.indicators_missing.is_empty(),
            ),
            ("evidence received", self.evidence.is_empty()),
        ];
        let empty = empty.into_iter().filter(|(_, is_empty)| *is_empty);
        let empty: Vec<&str> = empty.map(|(name, _)| name).collect();
        if !empty.is_empty() {
            document.remark(format!("Nothing under: {}.", listed(&empty)));
        }
    }

    /// The deadlines of what is late, was moved or is due before the next meeting, as a picture.
    fn timeline(&self, document: &mut Document) {
        let slipped = self.slipped.iter().map(|moved| &moved.item);
        let items = self.overdue.iter().chain(slipped).chain(&self.due);
        let day = self.head.day();
        let mut marks: Vec<TimelineMark> = Vec::new();
        for item in items {
            let Some(due) = item.facts.due else {
                continue;
            };
            if marks.iter().any(|mark| mark.id == item.facts.id) {
                continue;
            }
            let rag = item.facts.rag;
            marks.push(TimelineMark {
                id: item.facts.id.clone(),
                what: item.name.clone(),
                moved_from: item.facts.first_due.filter(|&first| first != due),
                due,
                late_until: item.facts.overdue.then_some(day),
                requested: item.facts.asked.due,
                tone: action::tone(rag),
                rating: rag.word().to_owned(),
            });
        }
        marks.sort_by_key(|mark| mark.due);
        let days = marks
            .iter()
            .flat_map(|mark| [Some(mark.due), mark.moved_from]);
        let days: Vec<Day> = days.flatten().chain([day]).collect();
        let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else {
            return;
        };
        if marks.is_empty() {
            return;
        }
        document.blocks.push(Block::Chart(Chart::Timeline(Timeline {
            title: "Deadlines that are late, were moved, or fall before the next meeting".into(),
            first,
            last,
            day,
            marks,
        })));
    }
}

const PRIORITY: &[Col<RatingLine>] = &[
    running("priority", RatingLine::title),
    words("RAG", RatingLine::rating),
];

/// A challenge in a line: how long it is open, between whom, what was asked, and whether it was
/// answered; the answers are in the log.
fn challenge_line(challenge: &Challenge) -> Line {
    let days = counted(usize::try_from(challenge.days).unwrap_or_default(), "day");
    let about = challenge.action.as_ref().map(|id| format!(" about {id}"));
    let raised = challenge
        .raised
        .as_ref()
        .map(|words| sentence(&words.words));
    let answer = match challenge.responses.last() {
        Some(_) => "Answered.",
        None => "Not answered.",
    };
    vec![
        piece(Tone::Strong, challenge.id.clone()),
        piece(
            Tone::Plain,
            format!(
                "{}, {days}, {}: {} {answer}",
                about.unwrap_or_default(),
                challenge.between(),
                raised.unwrap_or_default()
            ),
        ),
    ]
}

/// The plans of which the paper gives a few lines.
pub(super) fn others(plans: &[OtherPlan], document: &mut Document) {
    let lines: Vec<Line> = plans.iter().map(OtherPlan::line).collect();
    document.listing(Level::Section, "Other plans", lines);
}

impl OtherPlan {
    fn line(&self) -> Line {
        let Counts {
            total, red, amber, ..
        } = self.counts;
        let mut sentences = Vec::new();
        match self.ended {
            Some(day) => {
                sentences.push(format!("ended on {}.", day.long()));
                if !self.actions.is_empty() {
                    sentences.push(format!("Still open: {}.", self.rated()));
                }
            }
            None => {
                sentences.push(format!(
                    "{}, {red} red and {amber} amber.",
                    counted(total, "action")
                ));
                if !self.actions.is_empty() {
                    sentences.push(format!("Red: {}.", self.rated()));
                }
            }
        }
        if !self.carried_on.is_empty() {
            let runs = self.carried_on.chunk_by(|a, b| a.plan == b.plan);
            sentences.extend(runs.map(|run| {
                let from: Vec<&str> = run.iter().map(|it| it.id.as_str()).collect();
                format!("Carried into the {}: {}.", run[0].plan, listed(&from))
            }));
        }
        vec![
            piece(Tone::Strong, self.title.clone()),
            piece(Tone::Plain, format!(": {}", sentences.join(" "))),
        ]
    }

    fn rated(&self) -> String {
        let actions = self.actions.iter().map(|item| {
            let late = item.late().map(|late| format!(", {late}"));
            let rag: Rag = item.facts.rag;
            let name = shortened(item.name.trim_end_matches('.'), 40);
            let escalated = item.escalated_to();
            let escalated =
                (!escalated.is_empty()).then(|| format!(", escalated to {}", listed(&escalated)));
            let marks: String = [late, escalated].into_iter().flatten().collect();
            format!("{} {name} ({rag}{marks})", item.facts.id)
        });
        listed(&actions.collect::<Vec<_>>())
    }
}
