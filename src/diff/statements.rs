//! What a plan says of a thing, one statement a field, in words that can be compared.

use crate::calendar::Day;
use crate::plan::fields::{ACTION_FIELDS, ActionField, FieldValue};
use crate::plan::{
    Action, ActionSource, Aim, Better, Completion, Deadline, DueSoon, Evidence, Indicator, Policy,
    Shared, Text, Tolerance,
};
use crate::source::Span;
use crate::words::one_line;

/// The value of one field of a plan, priority, objective, action or milestone.
#[derive(Clone, Debug)]
pub struct Statement {
    pub field: &'static str,
    /// As a reader is shown it.
    pub text: String,
    /// The same where it means the same.
    pub(super) meaning: String,
    /// Where it stands; an empty list stands nowhere.
    pub at: Option<Span>,
    /// The last day of a deadline.
    pub day: Option<Day>,
}

/// A statement whose text is compared as it is.
pub(super) fn plain(field: &'static str, text: String, at: Span) -> Statement {
    Statement {
        field,
        meaning: text.clone(),
        text,
        at: Some(at),
        day: None,
    }
}

/// A text: how its lines are broken does not matter.
pub(super) fn of_text(field: &'static str, text: Option<&Text>) -> Option<Statement> {
    let text = text?;
    Some(Statement {
        field,
        text: text.value.trim().to_owned(),
        meaning: one_line(text),
        at: Some(text.at),
        day: None,
    })
}

pub(super) fn of_deadline(field: &'static str, deadline: Option<&Deadline>) -> Option<Statement> {
    let deadline = deadline?;
    Some(Statement {
        day: deadline
            .timescale()
            .and_then(|timescale| timescale.last_day()),
        ..of_text(field, Some(&deadline.text))?
    })
}

/// A list whose order says something.
pub(super) fn in_order(field: &'static str, texts: &[Text]) -> Option<Statement> {
    let first = texts.first()?;
    let lines: Vec<String> = texts.iter().map(|text| one_line(text)).collect();
    Some(Statement {
        field,
        text: lines.join("; "),
        meaning: lines.join("\n"),
        at: Some(first.at),
        day: None,
    })
}

/// A list whose order says nothing.
pub(super) fn in_any_order(field: &'static str, items: Vec<String>, at: Option<Span>) -> Statement {
    let text = items.join(", ");
    let mut sorted = items;
    sorted.sort_unstable();
    Statement {
        field,
        text,
        meaning: sorted.join("\n"),
        at,
        day: None,
    }
}

/// Pieces of evidence as texts, with what they link to: a page by its address, a file by its name,
/// for the path to it changes where either of the two files is moved.
pub fn evidence(items: &[Evidence]) -> Vec<String> {
    let texts = items.iter().map(|Evidence { title, link }| {
        let link = link.as_ref().map(|link| {
            if link.contains("://") {
                link.as_str()
            } else {
                link.rsplit('/').next().unwrap_or_default()
            }
        });
        match link {
            None => one_line(title),
            Some(link) => format!("{} ({link})", one_line(title)),
        }
    });
    texts.collect()
}

/// What an action gives in the fields that only actions have.
pub(super) fn of_action(action: &Action) -> impl Iterator<Item = Option<Statement>> {
    let fields = ACTION_FIELDS.iter();
    fields.map(|field| of_field(field, field.on_action(action)))
}

/// What is given once for all actions below.
pub(super) fn of_shared(shared: &Shared) -> impl Iterator<Item = Option<Statement>> {
    let fields = ACTION_FIELDS.iter();
    fields.map(|field| of_field(field, field.on_shared(shared)))
}

/// What is given in a field of an action.
pub(super) fn of_field(field: &ActionField, value: Option<FieldValue>) -> Option<Statement> {
    let name = field.name();
    match value? {
        FieldValue::Text(text) => of_text(name, Some(text)),
        FieldValue::Texts(texts) => Some(of_texts(name, texts)),
        FieldValue::Evidence(items) => Some(of_evidence(name, items)),
        FieldValue::Deadline(deadline) => of_deadline(name, Some(deadline)),
        FieldValue::Day(day) => Some(plain(name, day.value.to_string(), day.at)),
        FieldValue::Source(source) => of_source(name, source),
    }
}

fn of_texts(field: &'static str, texts: &[Text]) -> Statement {
    let at = texts.first().map(|text| text.at);
    let items = texts.iter().map(|text| one_line(text)).collect();
    in_any_order(field, items, at)
}

fn of_evidence(field: &'static str, items: &[Evidence]) -> Statement {
    let at = items.first().map(|item| item.title.at);
    in_any_order(field, evidence(items), at)
}

fn of_source(field: &'static str, source: &ActionSource) -> Option<Statement> {
    let (_, first) = source.named().next()?;
    let named = source.named();
    let named = named.map(|(name, text)| format!("{name}: {}", one_line(text)));
    let text = named.collect::<Vec<_>>().join("; ");
    Some(plain(field, text, first.at))
}

pub(super) fn of_policy(policy: &Policy, at: Span) -> Vec<Option<Statement>> {
    let Policy {
        due_soon,
        review,
        labels,
        words,
        complete,
        red_after,
    } = policy;
    let due_soon = match due_soon {
        DueSoon::Within(interval) => interval.to_string(),
        DueSoon::NextMeeting => "next meeting".to_owned(),
    };
    let labels: Vec<String> = labels
        .iter()
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    let words: Vec<String> = words
        .iter()
        .map(|(word, rag)| format!("{word}: {}", rag.word()))
        .collect();
    vec![
        Some(plain("rag: due_soon", due_soon, at)),
        Some(plain("rag: review", review.to_string(), at)),
        (!labels.is_empty()).then(|| in_any_order("rag: labels", labels, Some(at))),
        (!words.is_empty()).then(|| in_any_order("rag: words", words, Some(at))),
        (*complete != Completion::default())
            .then(|| plain("rag: complete", complete.word().to_owned(), at)),
        red_after.map(|interval| plain("rag: red_after", interval.to_string(), at)),
    ]
}

pub(super) fn of_indicator(indicator: &Indicator) -> Vec<Option<Statement>> {
    let Indicator {
        id,
        title,
        unit,
        better,
        target,
        tolerance,
        // Where the figures stand says nothing of what was agreed, nor do the figures.
        data: _,
        series: _,
    } = indicator;
    let direction = |better: &Better| match better {
        Better::Lower => "lower",
        Better::Higher => "higher",
    };
    let target = target.as_ref().map(|aim| match aim {
        Aim::Number(number) => number.to_string(),
        Aim::Towards(Better::Lower) => "decreasing".to_owned(),
        Aim::Towards(Better::Higher) => "increasing".to_owned(),
        Aim::ByYear(years) => {
            let mut years: Vec<String> = years
                .iter()
                .map(|(year, number)| format!("{year}: {number}"))
                .collect();
            years.sort_unstable();
            years.join(", ")
        }
    });
    let tolerance = tolerance.map(|tolerance| match tolerance {
        Tolerance::Points(points) => format!("{points} points"),
        Tolerance::Percent(percent) => format!("{percent}% of target"),
    });
    vec![
        of_text("title", title.as_ref()),
        of_text("unit", unit.as_ref()),
        better
            .as_ref()
            .map(|better| plain("better", direction(better).into(), id.at)),
        target.map(|target| plain("target", target, id.at)),
        Some(plain("tolerance", tolerance.unwrap_or_default(), id.at)),
    ]
}
