//! What an annual report says of reviews, audits and inspections, from the board's register and the
//! actions whose `source` names them. The Care Act asks for it point by point: Schedule 2, paragraph 4(1)(d)
//! to (g).

use super::{AspectPart, ReportYear, titled};
use crate::calendar::Day;
use crate::plan::{ActionSource, Review, ReviewDecision, ReviewFinding, Status, Text};
use crate::select::Row;
use crate::standing::Standing;
use crate::words::{capitalised, sentence};

/// The practice reviews, or the audits and inspections, which are never called practice reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewKind {
    Practice,
    Audit,
}

impl ReviewKind {
    /// What the words of a register's `kind` make a review; without them, its name.
    fn from_words(words: &str) -> ReviewKind {
        let words = words.to_lowercase();
        if words.contains("audit") || words.contains("inspection") {
            ReviewKind::Audit
        } else {
            ReviewKind::Practice
        }
    }

    fn of_review(review: &Review) -> ReviewKind {
        ReviewKind::from_words(review.kind.as_ref().unwrap_or(&review.id.0))
    }
}

/// (d): the findings of the reviews that ended in the year, whenever they began.
pub fn findings(year: &ReportYear) -> Vec<AspectPart> {
    let ended = practice_reviews(year).filter(|review| {
        let concluded = review.concluded.map(|date| date.value);
        concluded.is_some_and(|day| year.holds(day))
    });
    let parts = ended.map(|review| {
        let found = review.findings.iter().map(|finding| {
            let decision = decided(finding, year.end.day);
            format!("{}{}", numbered(finding), decision.unwrap_or_default())
        });
        let mut sentences: Vec<String> = found.collect();
        if sentences.is_empty() {
            sentences.push("The board's register does not have its findings.".to_owned());
        }
        AspectPart {
            title: called(review),
            sentences,
            ..AspectPart::default()
        }
    });
    parts.collect()
}

/// (e): the reviews that had not ended by the end of the year, whenever they began.
pub fn going_on(year: &ReportYear) -> AspectPart {
    let end = year.end.day;
    let open = practice_reviews(year).filter(|review| {
        let begun = review.commissioned.is_none_or(|date| date.value <= end);
        begun && review.concluded.is_none_or(|date| date.value > end)
    });
    let sentences = open.map(|review| {
        let begun = review.commissioned;
        let begun = begun.map(|date| format!(", begun on {}", date.value.long()));
        format!("{}{}.", called(review), begun.unwrap_or_default())
    });
    AspectPart {
        sentences: sentences.collect(),
        ..AspectPart::default()
    }
}

/// (f): what was done to implement findings: each with the actions of the year's plans that answer it, as
/// they stood at the end of the year. A review that no such action answers is left out.
pub fn answered(year: &ReportYear, kind: ReviewKind) -> Vec<AspectPart> {
    let board = year.brief.board();
    let mut parts = Vec::new();
    let known = board.reviews.iter();
    for review in known.filter(|review| ReviewKind::of_review(review) == kind) {
        let rows: Vec<(&Row, &ActionSource)> = (sourced(year))
            .filter(|(_, source)| names(source, &review.id.value))
            .collect();
        let mut sentences: Vec<String> = (review.findings.iter())
            .filter_map(|finding| answer(year, review, finding, &rows))
            .collect();
        let others = rows
            .iter()
            .filter(|(_, source)| source.finding(review).is_none());
        sentences.extend(others.filter_map(|(row, source)| by_words(year, row, source)));
        if !rows.is_empty() {
            parts.push(AspectPart {
                title: called(review),
                sentences,
                ..AspectPart::default()
            });
        }
    }
    parts.extend(unregistered(year, kind));
    parts
}

/// The reviews that only actions name, in the order in which they do.
fn unregistered(year: &ReportYear, kind: ReviewKind) -> Vec<AspectPart> {
    let mut parts: Vec<AspectPart> = Vec::new();
    for (row, source) in sourced(year) {
        let name = source.review.as_ref().map(|name| name.value.to_string());
        let is_known = name
            .as_ref()
            .is_some_and(|name| year.brief.board().review(name).is_some());
        let name = name.unwrap_or_else(|| "Review not named".into());
        if is_known || ReviewKind::from_words(&name) != kind {
            continue;
        }
        let sentence = by_words(year, row, source);
        match parts.iter_mut().find(|part| part.title == name) {
            Some(part) => part.sentences.extend(sentence),
            None => parts.push(AspectPart {
                title: name,
                sentences: sentence.into_iter().collect(),
                ..AspectPart::default()
            }),
        }
    }
    parts
}

/// (g): where it was decided in the year not to implement a finding, or not all of it, and why; and what
/// was planned for a finding and withdrawn.
pub fn not_implemented(year: &ReportYear) -> AspectPart {
    let board = year.brief.board();
    let refused = board.reviews.iter().flat_map(|review| {
        let findings = review.findings.iter().filter(|finding| {
            let is_whole =
                finding.decision.map(|decision| decision.value) == Some(ReviewDecision::Accepted);
            let day = finding.decided.or(review.concluded).map(|date| date.value);
            let is_reasoned = finding.decision.is_some() && finding.reason.is_some();
            !is_whole && is_reasoned && day.is_some_and(|day| year.holds(day))
        });
        findings.map(|finding| {
            let reason = finding.reason.as_ref().map(|reason| sentence(reason));
            let decision = decided(finding, year.brief.day()).unwrap_or_default();
            format!(
                "{}, {}{decision} {}",
                called(review),
                numbered(finding),
                reason.unwrap_or_default()
            )
        })
    });
    let mut sentences: Vec<String> = refused.collect();
    let withdrawn = sourced(year).filter(|(row, _)| {
        let standing = year.at_end(row);
        standing.is_some_and(|standing| standing.status == Status::Withdrawn)
    });
    sentences.extend(withdrawn.map(|(row, source)| {
        let mut history = row
            .standing
            .history
            .iter()
            .rev()
            .map(|&at| &board.entries[at]);
        let reason = history.find_map(|entry| entry.reason.as_ref());
        let reason = reason.map(|reason| format!(": {}", sentence(reason)));
        let review = source.review.as_ref().map(|name| format!(" for {name}"));
        format!(
            "{}, planned{}, was withdrawn{}",
            titled(row),
            review.unwrap_or_default(),
            reason.unwrap_or_else(|| ".".into())
        )
    }));
    AspectPart {
        sentences,
        ..AspectPart::default()
    }
}

/// The reviews of the register, without its audits and inspections.
fn practice_reviews<'b>(year: &ReportYear<'_, 'b>) -> impl Iterator<Item = &'b Review> {
    let reviews = year.brief.board().reviews.iter();
    reviews.filter(|review| ReviewKind::of_review(review) == ReviewKind::Practice)
}

/// The actions of the year's plans that answer something.
fn sourced<'y, 'b>(
    year: &'y ReportYear<'_, 'b>,
) -> impl Iterator<Item = (&'y Row<'b>, &'b ActionSource)> {
    let rows = year.all().filter(|row| year.at_end(row).is_some());
    rows.filter_map(|row| Some((row, row.action.source.as_ref()?)))
}

fn names(source: &ActionSource, review: &str) -> bool {
    source
        .review
        .as_ref()
        .is_some_and(|name| *name.value == *review)
}

/// What a review is called: its name with its title.
fn called(review: &Review) -> String {
    match &review.title {
        Some(title) => format!("{} {title}", review.id),
        None => review.id.value.to_string(),
    }
}

/// "2. The tool should be one."
fn numbered(finding: &ReviewFinding) -> String {
    let text = finding.text.as_ref().map(|text| sentence(text));
    format!("{}. {}", finding.id, text.unwrap_or_default())
}

/// What was decided about a finding by a day, and when, after its text: " Accepted on 21 November 2023.".
fn decided(finding: &ReviewFinding, day: Day) -> Option<String> {
    let date = finding.decided.map(|date| date.value);
    let decision = finding
        .decision
        .filter(|_| date.is_none_or(|date| date <= day))?;
    let date = date.map(|date| format!(" on {}", date.long()));
    let decision = capitalised(decision.value.word());
    Some(format!(" {decision}{}.", date.unwrap_or_default()))
}

/// A finding with what was decided and which actions answer it; nothing for one that was not accepted,
/// which stands with its reason among those.
fn answer(
    year: &ReportYear,
    review: &Review,
    finding: &ReviewFinding,
    rows: &[(&Row, &ActionSource)],
) -> Option<String> {
    let decision = finding.decision.map(|decision| decision.value);
    if decision == Some(ReviewDecision::NotAccepted) {
        return None;
    }
    let answers = rows.iter().filter(|(_, source)| {
        let about = source.finding(review);
        about.is_some_and(|about| std::ptr::eq(about, finding))
    });
    let answers: Vec<String> = answers
        .filter_map(|(row, _)| Some(state(year, row, year.at_end(row)?)))
        .collect();
    let answers = if answers.is_empty() {
        "No action of the year's plans answers it.".to_owned()
    } else {
        answers.join(" ")
    };
    let decided = decided(finding, year.end.day).unwrap_or_default();
    Some(format!("{}{decided} {answers}", numbered(finding)))
}

/// An action that names a recommendation in words of its own.
fn by_words(year: &ReportYear, row: &Row, source: &ActionSource) -> Option<String> {
    let words = source.recommendation.as_ref();
    let words = words.map(|words: &Text| {
        if words.contains(' ') {
            sentence(words)
        } else {
            format!("Recommendation {words}.")
        }
    });
    let state = state(year, row, year.at_end(row)?);
    Some(
        format!("{} {state}", words.unwrap_or_default())
            .trim_start()
            .to_owned(),
    )
}

/// How an action stood at the end of the year, in a sentence.
fn state(year: &ReportYear, row: &Row, standing: &Standing) -> String {
    let how = if standing.status.is_open() {
        let late = if standing.overdue { ", overdue" } else { "" };
        format!("{}, {}{late}", standing.status, standing.rag)
    } else {
        let first = standing.reasons.first().map(|reason| year.reason(reason));
        let how = first.unwrap_or_else(|| standing.status.to_string());
        how.to_lowercase()
            .chars()
            .take(1)
            .chain(how.chars().skip(1))
            .collect()
    };
    let since = year
        .since_then(row)
        .map(|since| format!(". Since then: {since}"));
    format!("{}: {how}{}.", titled(row), since.unwrap_or_default())
}
