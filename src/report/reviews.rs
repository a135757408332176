//! `plan report reviews`: the register of reviews, audits and inspections: what each found, which actions
//! answer it, and what was not accepted and why. The Care Act asks for all of it.

use serde::Serialize;

use super::Report;
use super::action::own_title;
use super::brief::Brief;
use super::cover::Ask;
use super::item::Item;
use super::key::{self, Labels};
use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Level, Line, Table, Tone, figures, piece, plain, running, short,
    words,
};
use crate::plan::{Review, ReviewDecision, ReviewFinding, Text};
use crate::select::Row;
use crate::words::{capitalised, counted, sentence};

#[derive(Serialize)]
pub struct Register {
    pub board: String,
    pub name: String,
    pub reviews: Vec<ReviewFacts>,
    #[serde(skip)]
    day: Day,
    #[serde(skip)]
    labels: Labels,
}

/// A review as it stands on the day asked.
#[derive(Serialize)]
pub struct ReviewFacts {
    /// The name by which an action's `source` refers to the review.
    pub review: String,
    pub title: Option<String>,
    pub kind: Option<String>,
    pub commissioned: Option<Day>,
    /// None while it is still going on.
    pub concluded: Option<Day>,
    pub link: Option<String>,
    pub note: Option<String>,
    /// Whether the board's register has it; else only actions name it.
    pub is_registered: bool,
    pub findings: Vec<ReviewFindingFacts>,
    /// The actions that answer it and name none of its findings.
    pub answers: Vec<AnsweringAction>,
}

/// A finding or recommendation, and what came of it.
#[derive(Serialize)]
pub struct ReviewFindingFacts {
    pub id: String,
    pub text: Option<String>,
    /// `accepted`, `partly accepted` or `not accepted`; none while nothing is decided.
    pub decision: Option<&'static str>,
    pub reason: Option<String>,
    pub decided: Option<Day>,
    pub answers: Vec<AnsweringAction>,
}

/// An action that answers a finding.
#[derive(Serialize)]
pub struct AnsweringAction {
    #[serde(flatten)]
    pub item: Item,
    #[serde(skip)]
    plan: String,
    /// The recommendation in the action's own words.
    #[serde(skip)]
    words: Option<String>,
}

impl Report for Register {
    fn from_brief(brief: &Brief) -> Register {
        let plans = brief.plans();
        let labels = plans.first().map(|plan| key::labels(plan.plan));
        let rows: Vec<Row> = plans.into_iter().flat_map(|plan| plan.rows).collect();
        let board = brief.board();
        let known = board.reviews.iter().filter(|review| {
            let commissioned = review.commissioned.map(|day| day.value);
            commissioned.is_none_or(|day| day <= brief.day())
        });
        let mut reviews: Vec<ReviewFacts> = known
            .map(|review| ReviewFacts::of(brief, review, &rows))
            .collect();
        for row in &rows {
            let Some(name) = source_of(row).filter(|name| board.review(name).is_none()) else {
                continue;
            };
            let answer = AnsweringAction::of(brief, row);
            match reviews.iter_mut().find(|it| it.review == *name.value) {
                Some(review) => review.answers.push(answer),
                None => reviews.push(ReviewFacts::unregistered(name, answer)),
            }
        }
        Register {
            board: board.name.clone(),
            name: board.title().to_owned(),
            reviews,
            day: brief.day(),
            labels: labels.unwrap_or_default(),
        }
    }

    fn asks(&self) -> Vec<Ask> {
        let findings = self.reviews.iter().flat_map(|review| &review.findings);
        let open = findings.filter(|finding| finding.is_unanswered()).count();
        let open = Ask::some(open, "finding", |count| {
            Ask::discuss(format!("ask who answers {count} that no action answers"))
        });
        let noted = Ask::note(if self.reviews.is_empty() {
            "that no review is known"
        } else {
            "what came of each review"
        });
        open.into_iter().chain([noted]).collect()
    }

    fn lay_out(&self, document: &mut Document) {
        let from = document.blocks.len();
        let title = format!("Reviews and what came of them · {}", self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if self.reviews.is_empty() {
            document.paragraph(
                "The board keeps no register of reviews, and no action names one that it answers.",
            );
            return;
        }
        document.remark(self.summary());
        document.table(REVIEWS, &self.reviews);
        let findings = || {
            let reviews = self.reviews.iter();
            reviews.flat_map(|review| review.findings.iter().map(move |it| (review, it)))
        };
        let refused = findings().filter(|(_, finding)| finding.reason.is_some());
        let refused: Vec<Line> = refused.map(|(review, it)| it.refusal(review)).collect();
        document.listing(Level::Section, "Not accepted, or in part, and why", refused);
        let open = findings().filter(|(_, finding)| finding.is_unanswered());
        let open: Vec<Line> = open.map(|(review, it)| it.line(review)).collect();
        document.listing(
            Level::Section,
            "Accepted, at least in part, and no action answers it",
            open,
        );
        for review in &self.reviews {
            review.lay_out(document);
        }
        key::insert(document, from, &self.labels);
    }
}

impl Register {
    fn summary(&self) -> String {
        let findings = self.reviews.iter().flat_map(|review| &review.findings);
        let open = (self.reviews.iter()).filter(|it| it.is_registered && it.concluded.is_none());
        let reviews = match self.reviews.len() {
            1 => "1 review".to_owned(),
            count => format!("{count} reviews, audits and inspections"),
        };
        let mut words = format!("{reviews}, with {}.", counted(findings.count(), "finding"));
        match open.count() {
            0 => {}
            1 => words.push_str(" 1 is not concluded."),
            count => words.push_str(&format!(" {count} are not concluded.")),
        }
        words
    }
}

/// The review that an action's `source` names.
fn source_of<'b>(row: &Row<'b>) -> Option<&'b Text> {
    row.action.source.as_ref()?.review.as_ref()
}

impl ReviewFacts {
    fn of(brief: &Brief, review: &Review, rows: &[Row]) -> ReviewFacts {
        let day = brief.day();
        let concluded = review.concluded.map(|date| date.value);
        let concluded = concluded.filter(|&date| date <= day);
        // What a review finds is known when it is concluded, or while no end of it is written.
        let is_known = review.concluded.is_none() || concluded.is_some();
        let answering: Vec<&Row> = rows
            .iter()
            .filter(|row| source_of(row).is_some_and(|name| *name.value == *review.id.value))
            .collect();
        let answers_to = |finding: Option<&ReviewFinding>| -> Vec<AnsweringAction> {
            let named = |row: &&&Row| {
                let about = row.action.source.as_ref().and_then(|it| it.finding(review));
                about.map(|it| it.id.as_str()) == finding.map(|it| it.id.as_str())
            };
            let rows = answering.iter().filter(named);
            rows.map(|row| AnsweringAction::of(brief, row)).collect()
        };
        let findings = review.findings.iter().filter(|_| is_known);
        ReviewFacts {
            review: review.id.value.to_string(),
            title: review.title.as_ref().map(|text| text.value.to_string()),
            kind: review.kind.as_ref().map(|text| text.value.to_string()),
            commissioned: review.commissioned.map(|date| date.value),
            concluded,
            link: review.link.as_ref().map(|text| text.value.to_string()),
            note: review.note.as_ref().map(|text| text.value.to_string()),
            is_registered: true,
            findings: findings
                .map(|finding| ReviewFindingFacts::of(finding, answers_to(Some(finding)), day))
                .collect(),
            answers: answers_to(None),
        }
    }

    /// A review that actions name and the board's file does not.
    fn unregistered(name: &Text, answer: AnsweringAction) -> ReviewFacts {
        ReviewFacts {
            review: name.value.to_string(),
            title: None,
            kind: None,
            commissioned: None,
            concluded: None,
            link: None,
            note: None,
            is_registered: false,
            findings: Vec::new(),
            answers: vec![answer],
        }
    }

    /// The review's title and its name, or the one that it has.
    fn called(&self) -> String {
        match &self.title {
            Some(title) => format!("{} {title}", self.review),
            None => self.review.clone(),
        }
    }

    fn state(&self) -> Cell {
        match self.concluded {
            Some(day) => Cell::Date(day),
            None if self.is_registered => Cell::text("going on"),
            None => Cell::toned(Tone::Faint, "not in the register"),
        }
    }

    fn count(&self, holds: impl Fn(&ReviewFindingFacts) -> bool) -> Cell {
        Cell::Count(self.findings.iter().filter(|it| holds(it)).count())
    }

    /// The actions that answer it, whichever finding.
    fn answered(&self) -> usize {
        let answers = self.findings.iter().map(|finding| finding.answers.len());
        answers.sum::<usize>() + self.answers.len()
    }

    fn lay_out(&self, document: &mut Document) {
        if self.findings.is_empty() && self.answers.is_empty() {
            return;
        }
        let called = self.called();
        let is_named = |kind: &&str| called.to_lowercase().contains(&kind.to_lowercase());
        let kind = self.kind.as_deref().filter(|kind| !is_named(kind));
        document.heading(Level::Section, &called, kind.unwrap_or_default());
        let about = [self.note.clone(), self.link.clone()];
        for words in about.into_iter().flatten() {
            document.paragraph(words);
        }
        let mut rows: Vec<FindingRow> = self.findings.iter().flat_map(FindingRow::all).collect();
        rows.extend(self.answers.iter().map(|answer| FindingRow {
            finding: None,
            answer: Some(answer),
            is_first: true,
        }));
        let table = Table::new(&findings(), &rows).without_empty_columns();
        document.blocks.push(Block::Table(table));
    }
}

impl ReviewFindingFacts {
    fn of(finding: &ReviewFinding, answers: Vec<AnsweringAction>, day: Day) -> ReviewFindingFacts {
        let decided = finding.decided.map(|date| date.value);
        let is_decided = decided.is_none_or(|date| date <= day);
        let decision = finding.decision.filter(|_| is_decided);
        let reason = finding.reason.as_ref().filter(|_| decision.is_some());
        ReviewFindingFacts {
            id: finding.id.value.to_string(),
            text: finding.text.as_ref().map(|text| text.value.to_string()),
            decision: decision.map(|decision| decision.value.word()),
            reason: reason.map(|text| text.value.to_string()),
            decided: decided.filter(|_| is_decided),
            answers,
        }
    }

    fn is(&self, decision: ReviewDecision) -> bool {
        self.decision == Some(decision.word())
    }

    /// Whether it was accepted, if only in part, and nothing was planned for it.
    fn is_unanswered(&self) -> bool {
        let accepted = self.is(ReviewDecision::Accepted) || self.is(ReviewDecision::PartlyAccepted);
        accepted && self.answers.is_empty()
    }

    /// "Lighthouse, 3: Every agency should give each child one worker."
    fn line(&self, review: &ReviewFacts) -> Line {
        let text = self.text.as_deref().map(sentence).unwrap_or_default();
        vec![
            piece(Tone::Strong, format!("{}, {}", review.called(), self.id)),
            piece(Tone::Plain, format!(": {text}")),
        ]
    }

    /// The same, with what was decided instead, when and why.
    fn refusal(&self, review: &ReviewFacts) -> Line {
        let decision = self.decision.unwrap_or_default();
        let day = self.decided.map(|day| format!(" on {}", day.long()));
        let reason = self.reason.as_deref().map(sentence).unwrap_or_default();
        let mut line = self.line(review);
        let rest = format!(
            " {}{}: {reason}",
            capitalised(decision),
            day.unwrap_or_default()
        );
        line.extend(plain(rest));
        line
    }

    fn decision(&self) -> Cell {
        match (self.decision, self.decided) {
            (Some(decision), Some(day)) => Cell::text(format!("{decision}, {}", day.short())),
            (Some(decision), None) => Cell::text(decision),
            (None, _) => Cell::toned(Tone::Faint, "not decided"),
        }
    }
}

impl AnsweringAction {
    fn of(brief: &Brief, row: &Row) -> AnsweringAction {
        let source = row.action.source.as_ref();
        let words = source.and_then(|source| source.recommendation.as_ref());
        AnsweringAction {
            item: brief.item(row),
            plan: own_title(brief.board(), row.plan),
            words: words.map(|text| text.value.to_string()),
        }
    }

    fn action(&self) -> Cell {
        let item = &self.item;
        let words = format!("{} {} ({})", item.facts.id, item.name, self.plan);
        Cell::text(words).about(item.subject())
    }

    fn due(&self) -> Cell {
        let facts = &self.item.facts;
        match (facts.completed, facts.status.is_open()) {
            (Some(day), _) => Cell::text(format!("complete {}", day.short())),
            (None, true) => self.item.timescale(),
            (None, false) => self.item.status(),
        }
    }
}

const REVIEWS: &[Col<ReviewFacts>] = &[
    running("review", |it| Cell::text(it.called())),
    words("kind", |it: &ReviewFacts| Cell::maybe(it.kind.as_deref())).below(),
    short("commissioned", |it| Cell::day(it.commissioned)),
    short("concluded", ReviewFacts::state),
    figures("findings", |it| Cell::Count(it.findings.len())),
    figures("not accepted", |it| {
        it.count(|it| it.is(ReviewDecision::NotAccepted))
    }),
    figures("actions", |it| Cell::Count(it.answered())),
];

/// A finding beside one of the actions that answer it.
struct FindingRow<'r> {
    finding: Option<&'r ReviewFindingFacts>,
    answer: Option<&'r AnsweringAction>,
    is_first: bool,
}

impl<'r> FindingRow<'r> {
    /// A row for each action that answers a finding, and one where none does.
    fn all(finding: &'r ReviewFindingFacts) -> Vec<FindingRow<'r>> {
        let row = |(at, answer): (usize, Option<&'r AnsweringAction>)| FindingRow {
            finding: Some(finding),
            answer,
            is_first: at == 0,
        };
        if finding.answers.is_empty() {
            return vec![row((0, None))];
        }
        let answers = finding.answers.iter().map(Some);
        answers.enumerate().map(row).collect()
    }

    /// What the finding shows in a column, once for all its actions.
    fn finding(&self, cell: impl Fn(&ReviewFindingFacts) -> Cell) -> Cell {
        match self.finding {
            Some(_) if !self.is_first => Cell::Above,
            Some(finding) => cell(finding),
            None => Cell::Empty,
        }
    }

    fn text(&self) -> Cell {
        match (self.finding, self.answer) {
            (None, Some(answer)) => Cell::maybe(answer.words.as_deref()),
            _ => self.finding(|it| Cell::maybe(it.text.as_deref())),
        }
    }

    fn action(&self) -> Cell {
        match (self.answer, self.finding) {
            (Some(answer), _) => answer.action(),
            (None, Some(finding)) if finding.is(ReviewDecision::NotAccepted) => Cell::Empty,
            (None, _) => Cell::toned(Tone::Faint, "no action"),
        }
    }
}

fn findings<'r>() -> [Col<FindingRow<'r>>; 6] {
    [
        short("finding", |row| row.finding(|it| Cell::text(&it.id))),
        running("what was found", FindingRow::text),
        words("decision", |row| row.finding(ReviewFindingFacts::decision)),
        running("answered by", FindingRow::action),
        short("RAG", |row| {
            row.answer.map_or(Cell::Empty, |it| it.item.rating())
        }),
        words("due", |row| {
            row.answer.map_or(Cell::Empty, AnsweringAction::due)
        }),
    ]
}
