//! The register of reviews: what an action's `source` names (design section 3).

use std::fmt;

use super::fields;
use super::reader::{FieldReader, Fields};
use super::resolve::Resolver;
use super::{Id, Located, Text};
use crate::calendar::Day;
use crate::source::FileId;
use crate::yaml::Node;

/// A review, an audit or an inspection, and what it found.
#[derive(Debug)]
pub struct Review {
    /// What an action's `source` calls it.
    pub id: Id,
    pub title: Option<Text>,
    pub kind: Option<Text>,
    pub commissioned: Option<Located<Day>>,
    /// None while it is still going on.
    pub concluded: Option<Located<Day>>,
    pub link: Option<Text>,
    pub note: Option<Text>,
    /// Whether a public site leaves it out.
    pub is_internal: bool,
    pub findings: Vec<ReviewFinding>,
}

impl Review {
    pub fn finding(&self, id: &str) -> Option<&ReviewFinding> {
        self.findings
            .iter()
            .find(|finding| *finding.id.value == *id)
    }
}

/// A finding or recommendation of a review, and what the board decided about it.
#[derive(Debug)]
pub struct ReviewFinding {
    pub id: Id,
    pub text: Option<Text>,
    /// None where nothing is decided yet.
    pub decision: Option<Located<ReviewDecision>>,
    pub reason: Option<Text>,
    pub decided: Option<Located<Day>>,
}

/// Whether a board takes a review's finding up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewDecision {
    Accepted,
    PartlyAccepted,
    NotAccepted,
}

impl ReviewDecision {
    pub const ALL: [ReviewDecision; 3] = [
        ReviewDecision::Accepted,
        ReviewDecision::PartlyAccepted,
        ReviewDecision::NotAccepted,
    ];

    pub fn word(self) -> &'static str {
        match self {
            ReviewDecision::Accepted => "accepted",
            ReviewDecision::PartlyAccepted => "partly accepted",
            ReviewDecision::NotAccepted => "not accepted",
        }
    }

    /// The decision that words name; case and space around and between them do not matter.
    pub fn parse(words: &str) -> Option<ReviewDecision> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (ReviewDecision::ALL.into_iter())
            .find(|decision| decision.word().eq_ignore_ascii_case(&words))
    }
}

impl fmt::Display for ReviewDecision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

impl Resolver<'_> {
    /// Reads a register of reviews.
    pub(super) fn reviews(&mut self, file: FileId, root: Node) {
        let mut reader = self.reader(file);
        let Some(fields) = reader.fields(root, &fields::REVIEWS) else {
            return;
        };
        reader.words(&fields, "reviews");
        let reviews: Vec<Review> = (fields.maps("entries"))
            .filter_map(|map| {
                let fields = reader.item(map)?;
                Some(review(&mut reader, &fields))
            })
            .collect();
        self.board.reviews.extend(reviews);
    }
}

fn review(reader: &mut FieldReader, fields: &Fields) -> Review {
    Review {
        id: (reader.id(fields, "review")).unwrap_or_else(|| Id::none(fields.head)),
        title: reader.words(fields, "title"),
        kind: reader.words(fields, "kind"),
        commissioned: reader.date(fields, "commissioned"),
        concluded: reader.date(fields, "concluded"),
        link: reader.words(fields, "link"),
        note: reader.words(fields, "note"),
        is_internal: reader.is_true(fields, "internal"),
        findings: (fields.maps("findings"))
            .filter_map(|map| {
                let fields = reader.item(map)?;
                Some(finding(reader, &fields))
            })
            .collect(),
    }
}

fn finding(reader: &mut FieldReader, fields: &Fields) -> ReviewFinding {
    let decision = decision(reader, fields);
    if decision.is_some_and(|decision| decision.value == ReviewDecision::NotAccepted)
        && !fields.gave("reason")
    {
        let at = decision.map_or(fields.head, |decision| decision.at);
        let message = "a finding is not accepted, and no reason is given".to_owned();
        let help = "write `reason: …`: the annual report has to give it".to_owned();
        reader.finding("missing-field", at, message, help);
    }
    ReviewFinding {
        id: (reader.id(fields, "id")).unwrap_or_else(|| Id::none(fields.head)),
        text: reader.words(fields, "text"),
        decision,
        reason: reader.words(fields, "reason"),
        decided: reader.date(fields, "decided"),
    }
}

fn decision(reader: &mut FieldReader, fields: &Fields) -> Option<Located<ReviewDecision>> {
    let text = reader.words(fields, "decision")?;
    if let Some(value) = ReviewDecision::parse(&text) {
        return Some(Located { value, at: text.at });
    }
    let words = ReviewDecision::ALL.map(ReviewDecision::word);
    reader.no_such_word(&text, "a decision", &words)
}
