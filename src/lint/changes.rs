//! What the rules about changes look at: an earlier state of the board, and what changed since.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::calendar::Day;
use crate::diff::baseline::{Thing, ThingKind};
use crate::diff::{BoardChange, PlanChange, between};
use crate::estate::Reading;
use crate::finding::Finding;
use crate::plan::{self, Plan, Text};
use crate::source::Span;
use crate::words::{one_line, words_of};

use super::Rule;

/// The rules about changes, whose allowances name what is changed.
pub const RULES: [&str; 5] = [
    "baseline-changed",
    "action-removed",
    "update-rewritten",
    "update-backdated",
    "id-reused",
];

/// A board as a revision has it, and how the user called the revision.
#[derive(Clone, Copy)]
pub struct BoardBefore<'r> {
    pub name: &'r str,
    pub reading: &'r Reading,
}

/// What changed since a revision.
pub struct SinceRevision<'r> {
    pub name: &'r str,
    pub before: &'r Reading,
    pub change: BoardChange<'r>,
    day: Day,
    /// The stems and paths of files that cannot be read now: nothing is known of what they hold.
    unread: Vec<&'r str>,
    /// The words of the revision's comments.
    comments: OnceCell<HashSet<String>>,
}

impl<'r> SinceRevision<'r> {
    pub fn between(before: BoardBefore<'r>, now: &'r Reading, day: Day) -> SinceRevision<'r> {
        SinceRevision {
            name: before.name,
            before: before.reading,
            change: between(before.reading, now),
            day,
            unread: now.unread.iter().map(String::as_str).collect(),
            comments: OnceCell::new(),
        }
    }

    /// The plans that the revision had and that were adopted by the day asked: nothing in them may
    /// change.
    pub fn frozen(&self) -> impl Iterator<Item = (&'r Plan, &PlanChange<'r>)> {
        self.change.plans.iter().filter_map(|change| {
            let then = change.then.filter(|plan| is_frozen(plan, self.day))?;
            let unread = || self.unread.iter().any(|path| plan::stem(path) == then.stem);
            (change.now.is_some() || !unread()).then_some((then, change))
        })
    }

    /// Whether a file of the revision cannot be read any more.
    pub fn lost(&self, at: Span) -> bool {
        let path = self.before.sources.get(at.file).path.as_ref();
        self.unread.contains(&path)
    }

    /// Whether the revision had a comment in one of the board's files; space does not matter.
    pub fn had(&self, comment: &str) -> bool {
        let words = |text: &str| one_line(text.trim_start_matches('#'));
        let before = || {
            let comments = self.before.comments.iter();
            let texts = comments.filter_map(|at| {
                let text = &self.before.sources.get(at.file).text;
                text.get(at.start as usize..at.end as usize)
            });
            texts.map(words).collect()
        };
        let comments = self.comments.get_or_init(before);
        comments.contains(&words(comment))
    }
}

/// Whether a plan may no longer change on a day: it was adopted by then. One whose date of adoption
/// cannot be read is taken for adopted.
pub fn is_frozen(plan: &Plan, day: Day) -> bool {
    match plan.adopted {
        Some(adopted) => adopted.value <= day,
        None => plan.says_adopted,
    }
}

/// A finding about a change, with what is right, and the line that would let it pass.
pub fn finding(rule: &Rule, at: Span, key: &str, message: String, right: &str) -> Finding {
    let name = rule.name;
    let help = format!(
        "{right}; or, if the board agreed to it, write at the head of this file: \
         # plan: allow {name} {key}: why, and who agreed when"
    );
    Finding {
        changed: Some(key.to_owned()),
        ..Finding::new(name, at, message).help(help)
    }
}

/// What an allowance must name: the id of an action, a priority and the like, else the plan's key.
pub fn key<'b>(thing: Thing<'b>, field: &'b str) -> &'b str {
    match thing.kind {
        ThingKind::Plan => field.split(':').next().unwrap_or(field),
        ThingKind::Section => "sections",
        ThingKind::Thread => "threads",
        ThingKind::Heading => "headings",
        _ => thing.id,
    }
}

/// A text in quotation marks, cut where it is long.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 200;
    let text = one_line(text);
    match text.char_indices().nth(MOST) {
        None => format!("\"{text}\""),
        Some((end, _)) => format!("\"{} …\"", text[..end].trim_end()),
    }
}

/// Whether an id stands for another action than before: of its own words (title, action, impact) not
/// half are the same, taken together, nor in any field that both have.
pub fn is_reused(then: &Plan, now: &Plan, id: &str) -> bool {
    let texts = |plan: &Plan| -> Option<[String; 3]> {
        let target = plan.index.get(id)?;
        let action = &plan.actions[target.action];
        let words =
            |text: &Option<Text>| text.as_ref().map_or(String::new(), |t| t.value.to_string());
        Some(match target.milestone {
            None => [
                words(&action.title),
                words(&action.own.action),
                words(&action.impact),
            ],
            Some(at) => [
                words(&action.milestones[at].title),
                String::new(),
                String::new(),
            ],
        })
    };
    let (Some(before), Some(after)) = (texts(then), texts(now)) else {
        return false;
    };
    let (whole, other) = (before.join(" "), after.join(" "));
    // One word ("Published") tells nothing.
    if [&whole, &other]
        .iter()
        .any(|text| text.split_whitespace().count() < 2)
    {
        return false;
    }
    let both = before.iter().zip(&after);
    let mut both = both.filter(|(a, b)| !a.is_empty() && !b.is_empty());
    likeness(&whole, &other) < HALF && both.all(|(a, b)| likeness(a, b) < HALF)
}

/// Below this likeness a text is another text.
const HALF: f64 = 0.5;

/// How much of two texts is the same words, whatever their order: from 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> Vec<String> { words_of(text).map(str::to_lowercase).collect() };
    let (first, second) = (words(a), words(b));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in &second {
        *counts.entry(word).or_default() += 1;
    }
    let mut same = 0;
    for word in &first {
        if let Some(count) = counts.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            same += 1;
        }
    }
    match first.len() + second.len() {
        0 => 1.0,
        total => 2.0 * f64::from(same) / total as f64,
    }
}

/// When a plan was adopted, in words.
pub fn adopted(plan: &Plan) -> String {
    plan.adopted
        .map_or_else(|| "before".to_owned(), |day| day.value.long())
}
