//! A form that comes back once more: what is recorded of it stays, and what is new in it is taken.

use std::mem;

use super::{FormContext, GivenField, JudgedForm, Remark, ReturnedReport, fields_of, same};
use crate::plan::{About, Entry};

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
fn recorded<'b>(context: &FormContext<'b>, action: &str) -> Vec<&'b Entry> {
    let entries = context.board.entries.iter();
    let of_form = entries.filter(|entry| context.earlier.contains(&entry.at.file));
    let about = of_form.filter(|entry| {
        entry.plan == Some(context.index)
            && matches!(&entry.about, About::One(id) if id.as_str() == action)
    });
    about.collect()
}

/// A report without what is recorded of it.
fn new_in(
    mut report: ReturnedReport,
    entries: &[&Entry],
    judged: &mut JudgedForm,
) -> ReturnedReport {
    let action = report.action.clone();
    let amend =
        |date: String| format!("correct what is recorded with `plan amend {action} --date {date}`");
    let mut dates = entries.iter().filter_map(|entry| entry.date);
    let first = dates.next().map(|date| date.value);
    if let Some(first) = first.filter(|first| *first != report.date)
        && !dates.any(|date| date.value == report.date)
    {
        let wrong = format!(
            "what it says of {action} is recorded with the date {}",
            first.long()
        );
        let mut problem = Remark::of_form(wrong);
        problem.place.clone_from(&report.date_place);
        problem.right = format!("write that date, or {}", amend(first.to_string()));
        judged.problems.push(problem);
    }
    let all: Vec<(&str, Vec<String>)> = entries.iter().flat_map(|entry| fields_of(entry)).collect();
    let (reasons, fields): (Vec<GivenField>, Vec<GivenField>) = report
        .fields
        .into_iter()
        .partition(|given| given.field == "reason");
    let mut is_new = |given: &GivenField| {
        let known = all
            .iter()
            .filter(|(field, words)| *field == given.field && !words.is_empty());
        let mut known = known.map(|(_, words)| words).peekable();
        let Some(&first) = known.peek() else {
            return true;
        };
        if !known.any(|words| is_same(words, &given.words)) {
            let wrong = format!(
                "this form is recorded, and said \"{}\" here",
                super::excerpt(&first.join("; "))
            );
            let mut problem = Remark::of_form(wrong);
            problem.place.clone_from(&given.place);
            problem.about = Some(action.as_str().into());
            problem.says = Some(super::excerpt(&given.words.join("; ")));
            let date = report.date.to_string();
            problem.right = amend(date);
            judged.problems.push(problem);
        }
        false
    };
    let fields: Vec<GivenField> = fields.into_iter().filter(&mut is_new).collect();
    // A reason stays with the change that it is for.
    let reasons: Vec<GivenField> = reasons
        .into_iter()
        .filter(|given| is_new(given) || !fields.is_empty())
        .collect();
    report.fields = fields;
    report.fields.extend(reasons);
    report
}

fn is_same(recorded: &[String], given: &[String]) -> bool {
    recorded.len() == given.len() && recorded.iter().zip(given).all(|(a, b)| same(a, b))
}
