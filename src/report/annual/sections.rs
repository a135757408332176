//! The sections of an annual report, as its framework asks for them.

use super::super::framework::{Aspect, Framework, FrameworkSection};
use super::{AnnualSection, AspectPart, ReportYear};
use crate::words::listed;

/// What the plan's own order says of each priority.
const OF_A_PRIORITY: &[Aspect] = &[
    Aspect::SetOut,
    Aspect::Done,
    Aspect::Impact,
    Aspect::Voice,
    Aspect::LittleProgress,
    Aspect::Next,
];

/// The sections of a year's report.
pub(super) fn sections(framework: &Framework, year: &ReportYear) -> Vec<AnnualSection> {
    if framework.sections.is_empty() {
        by_priority(year)
    } else {
        let asks = framework.sections.iter();
        asks.map(|ask| answered(ask, year)).collect()
    }
}

/// A section for each priority, then those of the whole board.
fn by_priority(year: &ReportYear) -> Vec<AnnualSection> {
    let mut sections = Vec::new();
    for (plan, priority) in year.priorities() {
        let parts = OF_A_PRIORITY.iter().map(|aspect| AspectPart {
            title: aspect.title(year),
            ..aspect.of_priority(year, plan, priority)
        });
        // What there is nothing to draw on for is named in one line.
        let (empty, parts): (Vec<AspectPart>, Vec<AspectPart>) =
            parts.partition(|part| part.nothing.is_some());
        let names: Vec<&str> = empty.iter().map(|part| part.title.as_str()).collect();
        let missing = (!names.is_empty()).then(|| AspectPart {
            nothing: Some(format!("Nothing to draw on under: {}.", listed(&names))),
            ..AspectPart::default()
        });
        let parts = parts.into_iter().chain(missing);
        sections.push(AnnualSection {
            title: year.heading(plan, priority),
            asks: None,
            parts: parts.collect(),
        });
    }
    let whole = [
        Aspect::Members,
        Aspect::Reviews,
        Aspect::Audits,
        Aspect::CarriedForward,
        Aspect::Challenges,
    ];
    sections.extend(whole.iter().map(|aspect| AnnualSection {
        title: aspect.title(year),
        asks: None,
        parts: aspect.parts(year),
    }));
    sections
}

fn answered(ask: &FrameworkSection, year: &ReportYear) -> AnnualSection {
    let several = ask.answers.len() > 1;
    let answers = ask.answers.iter();
    let mut parts: Vec<AspectPart> = answers
        .flat_map(|aspect| aspect.titled_parts(year, several))
        .collect();
    if let Some(write) = &ask.write {
        parts.push(AspectPart {
            nothing: Some(format!(
                "Not in the plan, for the author to write: {write}."
            )),
            ..AspectPart::default()
        });
    }
    AnnualSection {
        title: ask.title.clone(),
        asks: Some(ask.asks.clone()),
        parts,
    }
}
