//! Hover: how an action stands and why, how a timescale is read, what a field is for.

use std::path::Path;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::desk::{Desk, range_in};
use super::meaning::{Meaning, meaning, plan_of};
use super::spot::{Expected, spot};
use crate::calendar::Day;
use crate::document::visible;
use crate::plan::fields::{Field, FieldKind};
use crate::plan::{ActionOrMilestone, Board, Plan, Review, ReviewFinding, Text};
use crate::standing::judge;
use crate::timescale::{Timescale, TimescaleContext};

pub fn hover(desk: &mut Desk, path: &Path, position: Position) -> Option<Hover> {
    desk.ask(path, |desk, home, reading| {
        let board = &reading.board;
        let day = (desk.day)(board)?;
        let source = &desk.open.get(path)?.source;
        let offset = source.offset_of_utf16(position.line, position.character);
        let spot = spot(&source.text, offset)?;
        let word = source.text.get(spot.token.clone())?;
        if word.is_empty() || !(spot.token.start..=spot.token.end).contains(&offset) {
            return None;
        }
        let lines = match (spot.expected, meaning(board, &spot, &home.key, word)) {
            (_, Some(meaning)) => about(board, &meaning, day),
            (Expected::Name(shape), None) => field(shape.field(word)?),
            (Expected::Value(_, field), None) if matches!(field.kind, FieldKind::Timescale) => {
                let plan = plan_of(board, &spot, &home.key).map(|plan| &board.plans[plan]);
                timescale(board, plan, word, day)
            }
            _ => return None,
        };
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent {
                kind: MarkupKind::Markdown,
                value: lines.join("\n\n"),
            }),
            range: Some(range_in(source, &spot.token)),
        })
    })
}

/// What a field is for.
fn field(field: &Field) -> Vec<String> {
    let mut lines = vec![format!("**{}**", field.name), field.describe()];
    let examples = field.kind.examples();
    if !examples.is_empty() {
        let examples: Vec<String> = examples.iter().map(|text| format!("`{text}`")).collect();
        lines.push(format!("For example: {}", examples.join(", ")));
    }
    lines
}

/// How a timescale is read.
fn timescale(board: &Board, plan: Option<&Plan>, words: &str, day: Day) -> Vec<String> {
    let context = TimescaleContext {
        period: plan.and_then(|plan| plan.period),
        terms: &board.terms,
    };
    let read = match Timescale::parse(words, &context) {
        Ok(read) => read,
        Err(unreadable) => return vec![text(&unreadable.message), text(&unreadable.help)],
    };
    let last = match (read.last_day(), read.due_on_or_after(day)) {
        (Some(last), _) => format!("last day {}", last.long()),
        (None, Some(next)) => format!("next due {}", next.long()),
        (None, None) => "no last day".to_owned(),
    };
    let mut lines = vec![format!("{}: {last}", text(words))];
    let mut about = format!("Read as: {}", read.kind());
    if let Some(start) = read.start() {
        about += &format!(", work begins {}", start.long());
    }
    if let Some(length) = read.length() {
        about += &format!(", {length} from the action's first day");
    }
    if let Some(review) = read.next_review() {
        about += &format!(", next review {}", review.long());
    }
    if read.is_every_meeting() {
        about += ", reviewed at every meeting of the board";
    }
    if let Some(interval) = read.interval() {
        about += &format!(", reviewed every {interval}");
    }
    if let Some(condition) = read.condition() {
        about += &format!(", on the condition: {}", text(condition));
    }
    lines.push(about + ".");
    lines
}

/// What a name stands for.
fn about(board: &Board, meaning: &Meaning, day: Day) -> Vec<String> {
    match meaning {
        Meaning::Action(plan, target) => action(board, *plan, *target, day),
        Meaning::Objective(objective) => vec![text(&objective.title)],
        Meaning::Priority(plan, at, priority) => {
            let rag = judge(board, day).plans[*plan].priorities[*at];
            let rag = format!("**{}** as of {}", rag.word().to_uppercase(), day.long());
            vec![
                format!("Priority {}: {}", text(&priority.id), text(&priority.title)),
                rag,
            ]
        }
        Meaning::Group(group) => {
            let mut lines = vec![format!("**{}**", text(board.group_name(&group.id)))];
            let mut add = |what: &str, texts: &[Text]| {
                let texts: Vec<String> = texts.iter().map(|each| text(each)).collect();
                if !texts.is_empty() {
                    lines.push(format!("{what}: {}", texts.join(", ")));
                }
            };
            add("FieldKind", group.kind.as_slice());
            add("Also written", &group.aka);
            add("Stands for", &group.members);
            lines
        }
        Meaning::Indicator(indicator) => {
            let title = indicator.title.as_ref().map(|title| text(title));
            let name = format!("**{}**", text(&indicator.id));
            std::iter::once(name).chain(title).collect()
        }
        Meaning::Review(review) => self::review(review),
        Meaning::Finding(finding) => self::finding(finding),
        Meaning::Thread((name, words)) => vec![format!("**{}**", text(name)), text(words)],
        Meaning::Plan(plan) => {
            let period = plan.period.map(|period| period.to_string());
            std::iter::once(format!("**{}**", text(&plan.title)))
                .chain(period)
                .collect()
        }
    }
}

/// A review: what it is called, when it was, and what it found.
fn review(review: &Review) -> Vec<String> {
    let mut lines = vec![format!("**{}**", text(&review.id))];
    let texts = [&review.title, &review.kind, &review.link, &review.note];
    lines.extend(texts.into_iter().flatten().map(|each| text(each)));
    let began = (review.commissioned).map(|day| format!("commissioned {}", day.value.long()));
    let ended = match review.concluded {
        Some(day) => format!("concluded {}", day.value.long()),
        None => "still going on".to_owned(),
    };
    lines.push(
        began
            .into_iter()
            .chain([ended])
            .collect::<Vec<_>>()
            .join(", "),
    );
    lines.extend(review.findings.iter().flat_map(finding));
    lines
}

/// A review's finding, and what the board decided about it.
fn finding(finding: &ReviewFinding) -> Vec<String> {
    let words = finding
        .text
        .as_ref()
        .map(|words| text(words))
        .unwrap_or_default();
    let mut decided = match finding.decision {
        Some(decision) => decision.value.to_string(),
        None => "not decided yet".to_owned(),
    };
    if let Some(day) = finding.decided {
        decided += &format!(", {}", day.value.long());
    }
    if let Some(reason) = &finding.reason {
        decided += &format!(": {}", text(reason));
    }
    vec![format!("**{}** {words}", text(&finding.id)), decided]
}

/// How an action stands on a day, and why.
fn action(board: &Board, plan: usize, target: ActionOrMilestone, day: Day) -> Vec<String> {
    let standings = judge(board, day);
    let (given, standings) = (&board.plans[plan], &standings.plans[plan]);
    let action = &given.actions[target.action];
    let mut lines = vec![format!(
        "**{}** {}",
        text(&action.id),
        text(given.name(action))
    )];
    let Some(standing) = &standings.actions[target.action] else {
        lines.push("added only later".into());
        return lines;
    };
    let (rag, status) = (standing.rag.word().to_uppercase(), standing.status.word());
    lines.push(format!("**{rag}** · {status} · as of {}", day.long()));
    let milestone = target.milestone.and_then(|at| {
        let (milestone, standing) = (action.milestones.get(at)?, standing.milestones.get(at)?);
        let due = standing
            .due
            .map_or("no day".into(), |due| format!("due {}", due.long()));
        let (id, status) = (text(&milestone.id), standing.status.word());
        Some(format!("Milestone {id}: {status}, {due}"))
    });
    lines.extend(milestone);
    let reasons: Vec<String> = (standing.reasons.iter())
        .map(|reason| format!("- {}", text(&reason.to_string())))
        .collect();
    if !reasons.is_empty() {
        lines.push(reasons.join("\n"));
    }
    let owners: Vec<String> = (standing.owners.iter())
        .map(|owner| text(board.group_name(owner)))
        .collect();
    if !owners.is_empty() {
        lines.push(format!("Owners: {}", owners.join(", ")));
    }
    lines
}

/// A plan's text inside Markdown: in one line, and never as markup.
fn text(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut safe = String::with_capacity(line.len());
    for c in visible(&line).chars() {
        if c.is_ascii_punctuation()
            && !matches!(c, '.' | ',' | ';' | '/' | '(' | ')' | '\'' | ':' | '-')
        {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
