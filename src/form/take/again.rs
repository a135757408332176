//! A form that comes back once more: what is recorded of it stays, and what is new in it is taken.

use std::mem;

use super::{FormContext, GivenField, JudgedForm, Remark, ReturnedReport, fields_of, same};
use crate::calendar::Day;
use crate::plan::Entry;

/// Leaves of each report what is not recorded yet. An answer that was changed, or another day, is asked: the
/// record is corrected where it stands.
pub fn keep_what_is_new(context: &FormContext, judged: &mut JudgedForm) {
    let mut known = 0;
    for report in mem::take(&mut judged.reports) {
        let entries = recorded(context, &report.action);
        if entries.is_empty() {
            judged.reports.push(report);
            continue;
        }
        let (before, problems) = (report.fields.len(), judged.problems.len());
        let report = new_in(report, &entries, judged);
        known += before - report.fields.len();
        if !report.fields.is_empty() && judged.problems.len() == problems {
            judged.reports.push(report);
        }
    }
    if known > 0 && !judged.reports.is_empty() {
        let wrong = "it is recorded already; of what it says now, only what is new is recorded";
        judged.notices.push(Remark::of_form(wrong));
    }
}

/// The entries about an action that this form has become.
pub fn recorded<'b>(context: &FormContext<'b>, action: &str) -> Vec<&'b Entry> {
    let entries = context.entries_about(action);
    entries
        .filter(|entry| context.earlier.contains(&entry.at.file))
        .collect()
}

/// A report without what is recorded of it.
fn new_in(
    mut report: ReturnedReport,
    entries: &[&Entry],
    judged: &mut JudgedForm,
) -> ReturnedReport {
    let days = entries.iter().filter_map(|entry| entry.date);
    let days: Vec<Day> = days.map(|date| date.value).collect();
    if let Some(first) = days.first().filter(|_| !days.contains(&report.date)) {
        let action = &report.action;
        let wrong = format!(
            "what it says of {action} is recorded with the date {}",
            first.long()
        );
        judged.problems.push(Remark {
            place: report.date_place.clone(),
            right: format!("write that date, or {}", amend(action, *first)),
            ..Remark::of_form(wrong)
        });
    }
    let recorded: Vec<(&str, Vec<String>)> =
        entries.iter().flat_map(|entry| fields_of(entry)).collect();
    let mut new = Vec::new();
    for given in mem::take(&mut report.fields) {
        let known = recorded
            .iter()
            .filter(|(field, words)| *field == given.field && !words.is_empty());
        let known: Vec<&[String]> = known.map(|(_, words)| words.as_slice()).collect();
        // A reason stays with the change that it is for.
        let is_reason = given.field == "reason" && new.iter().any(is_change);
        match known[..] {
            [first, ..] if !known.iter().any(|words| is_same(words, &given.words)) => {
                judged.problems.push(changed(&report, &given, first));
            }
            [_, ..] if !is_reason => {}
            _ => new.push(given),
        }
    }
    report.fields = new;
    report
}

/// Whether a field asks for what needs its reason.
fn is_change(given: &GivenField) -> bool {
    ["timescale", "status"].contains(&given.field)
}

/// An answer that is recorded otherwise.
fn changed(report: &ReturnedReport, given: &GivenField, recorded: &[String]) -> Remark {
    let before = super::excerpt(&recorded.join("; "));
    Remark {
        place: given.place.clone(),
        about: Some(report.action.as_str().into()),
        says: Some(super::excerpt(&given.words.join("; "))),
        right: amend(&report.action, report.date),
        ..Remark::of_form(format!("this form is recorded, and said \"{before}\" here"))
    }
}

fn amend(action: &str, date: Day) -> String {
    format!("correct what is recorded with `plan amend {action} --date {date}`")
}

fn is_same(recorded: &[String], given: &[String]) -> bool {
    recorded.len() == given.len() && recorded.iter().zip(given).all(|(a, b)| same(a, b))
}
