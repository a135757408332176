//! Performance data against what a revision had: values are added, and never changed.

use std::collections::HashMap;

use crate::calendar::{Day, Period};
use crate::finding::Finding;
use crate::plan::{Indicator, IndicatorValue};
use crate::source::Span;

use super::Rule;
use super::changes::SinceRevision;

/// The values of adopted plans' indicators that are others now, or gone.
pub fn check(rule: &Rule, since: &SinceRevision) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (then, change) in since.frozen() {
        let before = then.indicators.iter();
        let before: HashMap<&str, &Indicator> = before
            .map(|indicator| (indicator.id.as_str(), indicator))
            .collect();
        let indicators = change.now.into_iter().flat_map(|plan| &plan.indicators);
        for now in indicators {
            if let Some(then) = before.get(now.id.as_str()) {
                compare(rule, since.name, then, now, &mut findings);
            }
        }
    }
    findings
}

fn compare(
    rule: &Rule,
    since: &str,
    then: &Indicator,
    now: &Indicator,
    findings: &mut Vec<Finding>,
) {
    let id = &now.id;
    let mut gone = Vec::new();
    let mut values: HashMap<(Period, Day), &IndicatorValue> = HashMap::new();
    for is in now.series.values() {
        values.entry((is.period, is.known)).or_insert(is);
    }
    for was in then.series.values() {
        match values.get(&(was.period, was.known)) {
            None => gone.push(was),
            Some(is) if is.value != was.value => {
                let message = format!(
                    "the value of {id} for {} was {} since {since}, and is {}",
                    was.period, was.value, is.value
                );
                let at = now.series.file.map(|file| Span {
                    file,
                    start: is.row.0 as u32,
                    end: is.row.1 as u32,
                });
                let finding = finding(rule, at.unwrap_or(id.at), id, message);
                findings.push(finding.related(id.at, "the indicator"));
            }
            Some(_) => {}
        }
    }
    if let Some(first) = gone.first() {
        let more = if gone.len() > 1 {
            format!(", and {} more", gone.len() - 1)
        } else {
            String::new()
        };
        let message = format!(
            "the value of {id} for {} ({}) is gone since {since}{more}",
            first.period, first.value
        );
        let at = now.data.as_ref().map_or(id.at, |data| data.at);
        findings.push(finding(rule, at, id, message));
    }
}

fn finding(rule: &Rule, at: Span, id: &str, message: String) -> Finding {
    let name = rule.name;
    let help = format!(
        "put it back, and give what is right in a row of its own, with the day in a column `reported`; or, \
         if it was a slip of the pen, write at the head of the plan's file: # plan: allow {name} {id}: why"
    );
    Finding {
        changed: Some(id.to_owned()),
        ..Finding::new(name, at, message).help(help)
    }
}
