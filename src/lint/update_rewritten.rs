use crate::diff::entries::{Gone, ToldEntry};
use crate::finding::{Finding, Severity};
use crate::source::Span;

use super::changes::{self, SinceRevision, quoted};
use super::{Context, Rule, figures};

pub static RULE: Rule = Rule {
    name: "update-rewritten",
    severity: Severity::Error,
    summary: "An entry of an updates file or of the challenge log was changed or deleted.",
    why: "What was reported was reported: the board acted on it. What was wrong is put right by a new \
          entry, which leaves both to be seen. Moving an entry to another file is no change. It is \
          looked for under `plan validate --against REV`.",
    bad: "\
=== updates/vemt.yaml as it was
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, done: Half of the staff were trained.}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: green, done: Half of the staff were trained.}
",
    good: "\
=== updates/vemt.yaml as it was
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, done: Half of the staff were trained.}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, done: Half of the staff were trained.}
  - {action: 1.1, date: 2018-01-23, rag: green, note: All were trained; the report of last week was wrong.}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(since) = &context.since else {
        return;
    };
    findings.extend(figures::check(&RULE, since));
    let gone = since.change.entries.gone.iter();
    // Nothing is known of what stands in a file that cannot be read.
    for gone in gone.filter(|gone| !since.lost(gone.then.at)) {
        findings.push(match &gone.now {
            Some(now) => rewritten(since, &gone.then, now),
            None => deleted(context, since, gone),
        });
    }
}

fn rewritten(since: &SinceRevision, then: &ToldEntry, now: &ToldEntry) -> Finding {
    let changed = then.facts.iter().filter(|fact| !now.facts.contains(fact));
    let mut differences: Vec<String> = changed
        .map(|(name, was)| {
            let after = now.facts.iter().find(|(field, _)| field == name);
            match after {
                Some((_, is)) => format!("{name} was {} and is {}", quoted(was), quoted(is)),
                None => format!("{name} was {}", quoted(was)),
            }
        })
        .collect();
    let new = now
        .facts
        .iter()
        .filter(|(name, _)| then.facts.iter().all(|(field, _)| field != name));
    differences.extend(new.map(|(name, _)| format!("{name} is new")));
    let message = format!(
        "{} was changed since {}: {}",
        called(then),
        since.name,
        differences.join("; ")
    );
    let right = "put it back, and say what is right in a new entry";
    changes::finding(&RULE, now.at, key(then), message, right)
}

fn deleted(context: &Context, since: &SinceRevision, gone: &Gone) -> Finding {
    let then = &gone.then;
    let message = format!(
        "{} is gone since {}: {}",
        called(then),
        since.name,
        shown(then)
    );
    let right = "put it back: what was wrong in it is corrected by a new entry";
    let at = gone.near.unwrap_or_else(|| nearest(context, since, then));
    changes::finding(&RULE, at, key(then), message, right)
}

/// The head of the file that an entry stood in, else of the board.
fn nearest(context: &Context, since: &SinceRevision, then: &ToldEntry) -> Span {
    let key = &since.before.sources.get(then.at.file).key;
    let head = |file| Span {
        file,
        start: 0,
        end: 1,
    };
    let file = context.sources.find(key).map(head);
    file.or(context.board.at).unwrap_or_default()
}

fn called(told: &ToldEntry) -> String {
    let what = if told.is_challenge {
        "the event"
    } else {
        "the entry"
    };
    let day = told
        .date
        .map_or_else(String::new, |day| format!(" of {}", day.long()));
    format!("{what}{day} about {}", told.about)
}

/// An entry on one line, in the form of its file.
fn shown(told: &ToldEntry) -> String {
    let facts = told
        .facts
        .iter()
        .map(|(name, text)| format!("{name}: {text}"));
    quoted(&facts.collect::<Vec<_>>().join(", "))
}

/// What an allowance names: the first action, or the challenge.
fn key(told: &ToldEntry) -> &str {
    told.about.split(", ").next().unwrap_or_default()
}
