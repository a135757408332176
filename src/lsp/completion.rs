//! Completion: what may be written where the cursor stands, in any half-written state of a file.

use std::path::Path;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, Position, TextEdit,
};

use super::desk::{Desk, range_in};
use super::meaning::plan_of;
use super::spot::{Expected, Spot, spot};
use crate::calendar::Day;
use crate::document::visible;
use crate::lint::{FIXED, RULES};
use crate::plan::fields::{CHALLENGE, ENTRY, FILES, Field, FieldKind, SOURCE, Shape};
use crate::plan::{Board, NO_GROUP, Plan, Rag, ReviewDecision, Status, WHOLE_BOARD};

/// One thing that may be written.
struct Choice {
    text: String,
    kind: CompletionItemKind,
    /// What it is, in a few words beside it.
    detail: String,
    help: Option<String>,
    /// What follows it.
    tail: &'static str,
}

impl Choice {
    fn value(text: &str, detail: &str) -> Choice {
        Choice {
            text: text.to_owned(),
            kind: CompletionItemKind::VALUE,
            detail: detail.to_owned(),
            help: None,
            tail: "",
        }
    }

    fn name(field: &Field) -> Choice {
        Choice {
            text: field.name.to_owned(),
            kind: CompletionItemKind::FIELD,
            detail: field.help.to_owned(),
            help: Some(field.describe()),
            tail: ": ",
        }
    }
}

pub fn completion(desk: &mut Desk, path: &Path, position: Position) -> Option<Vec<CompletionItem>> {
    desk.ask(path, |desk, home, reading| {
        let day = (desk.day)(&reading.board)?;
        let source = &desk.open.get(path)?.source;
        let offset = source.offset_of_utf16(position.line, position.character);
        if let Some(allowed) = allowances(&source.text, offset) {
            return Some(items(source, allowed, &(offset..offset), None));
        }
        let Some(spot) = spot(&source.text, offset) else {
            let first = opens_the_file(&source.text, offset).then(files)?;
            let line = source.text[..offset].rfind('\n').map_or(0, |at| at + 1);
            return Some(items(source, first, &(line..offset), None));
        };
        let place = CompletionPlace {
            board: &reading.board,
            plan: plan_of(&reading.board, &spot, &home.key).map(|at| &reading.board.plans[at]),
            spot: &spot,
            day,
        };
        let choices = match spot.expected {
            Expected::Name(shape) => names(shape, &spot),
            Expected::Key(field) => keys(&reading.board, field),
            Expected::Value(shape, field) => place.values(shape, field),
        };
        // The editor wants the cursor inside what is replaced.
        let replaced = spot.token.start.min(offset)..spot.token.end.max(offset);
        let items = items(source, choices, &replaced, Some(&spot));
        (!items.is_empty()).then_some(items)
    })
}

/// The choices as the protocol wants them.
fn items(
    source: &crate::source::Source,
    choices: Vec<Choice>,
    replaced: &std::ops::Range<usize>,
    spot: Option<&Spot>,
) -> Vec<CompletionItem> {
    let range = range_in(source, replaced);
    let before = source.text[..replaced.start].chars().next_back();
    let quoted = matches!(before, Some('"' | '\''));
    // A space is missing where the cursor stands right behind a colon or a dash.
    let space = matches!(before, Some(':' | '-' | ','));
    let after = &source.text[replaced.end..];
    let has_colon = after.trim_start_matches(['"', '\'']).starts_with(':');
    let dash = if spot.is_some_and(|spot| spot.lacks_dash) {
        "- "
    } else {
        ""
    };
    let item = |(index, choice): (usize, Choice)| {
        let is_name = !choice.tail.is_empty();
        let written = if quoted || is_name {
            choice.text.clone()
        } else {
            written(&choice.text, spot.is_some_and(|spot| spot.in_brackets))
        };
        let space = if space { " " } else { "" };
        let tail = if has_colon { "" } else { choice.tail };
        CompletionItem {
            label: visible(&choice.text).into_owned(),
            kind: Some(choice.kind),
            detail: Some(visible(&choice.detail).into_owned()).filter(|text| !text.is_empty()),
            documentation: choice.help.map(Documentation::String),
            // The order is the plan's own.
            sort_text: Some(format!("{index:05}")),
            filter_text: Some(choice.text),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range,
                new_text: format!("{space}{dash}{written}{tail}"),
            })),
            ..CompletionItem::default()
        }
    };
    choices.into_iter().enumerate().map(item).collect()
}

/// A text as YAML: as it is where that is safe, else in quotes.
fn written(text: &str, in_brackets: bool) -> String {
    let risky_start = text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@` ".contains(c));
    let risky = risky_start
        || text.ends_with([' ', ':'])
        || [": ", " #", "#"].iter().any(|part| text.contains(part))
        || text.contains(|c: char| c.is_control())
        || (in_brackets && text.contains([',', '[', ']', '{', '}']));
    if risky {
        serde_json::Value::from(text).to_string()
    } else {
        text.to_owned()
    }
}

/// The names of rules behind `# plan: allow `.
fn allowances(text: &str, offset: usize) -> Option<Vec<Choice>> {
    let before = text.get(..offset)?.rsplit(['\n', '\r']).next()?;
    let (_, words) = before.rsplit_once('#')?;
    let typed = words.trim_start().strip_prefix("plan: allow ")?;
    let rules = RULES.iter().filter(|rule| !FIXED.contains(&rule.name));
    let begun = rules.filter(|rule| typed.is_empty() && !rule.name.is_empty());
    Some(
        begun
            .map(|rule| Choice {
                tail: ": ",
                ..Choice::value(rule.name, rule.summary)
            })
            .collect(),
    )
}

/// Whether nothing stands before the cursor but comments, and no key in the file.
fn opens_the_file(text: &str, offset: usize) -> bool {
    let content = |text: &str| {
        let lines = text
            .lines()
            .filter(|line| !line.trim_start_matches('\u{feff}').starts_with('#'));
        lines.collect::<Vec<_>>().join("\n")
    };
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    content(&text[..line]).trim().is_empty() && !content(text).contains(':')
}

fn files() -> Vec<Choice> {
    let first = FILES.iter().filter_map(|(word, shape)| shape.field(word));
    first.map(Choice::name).collect()
}

/// The fields of a map that are not yet given.
fn names(shape: &'static Shape, spot: &Spot) -> Vec<Choice> {
    let given = |name: &str| spot.given.iter().any(|(given, _)| *given == name);
    let open = shape
        .fields
        .iter()
        .filter(|field| !given(field.name) || spot.lacks_dash);
    open.map(Choice::name).collect()
}

/// The names that a map of names may give.
fn keys(board: &Board, field: &Field) -> Vec<Choice> {
    let mut choices = match field.kind {
        FieldKind::Severities => {
            let rules = RULES.iter().filter(|rule| !FIXED.contains(&rule.name));
            rules
                .map(|rule| Choice::value(rule.name, rule.summary))
                .collect()
        }
        FieldKind::Meetings => groups(board),
        _ => Vec::new(),
    };
    for choice in &mut choices {
        choice.tail = ": ";
    }
    choices
}

fn groups(board: &Board) -> Vec<Choice> {
    let whole = Choice::value(WHOLE_BOARD, "the whole board");
    let groups = board.groups.iter();
    groups
        .map(|group| Choice::value(&group.id, board.group_name(&group.id)))
        .chain([whole])
        .collect()
}

/// What the values of a place are chosen from.
struct CompletionPlace<'p> {
    board: &'p Board,
    /// The plan that the place speaks of.
    plan: Option<&'p Plan>,
    spot: &'p Spot<'p>,
    day: Day,
}

impl CompletionPlace<'_> {
    fn values(&self, shape: &'static Shape, field: &Field) -> Vec<Choice> {
        let words = |words: &[&str]| words.iter().map(|word| Choice::value(word, "")).collect();
        match field.kind {
            FieldKind::Rag => words(&[Rag::Red, Rag::Amber, Rag::Green, Rag::Blue].map(Rag::word)),
            FieldKind::Status => words(&Status::ALL.map(Status::word)),
            FieldKind::Ratings => {
                words(&[Rag::Red, Rag::Amber, Rag::Green, Rag::Blue].map(Rag::word))
            }
            FieldKind::Completion => words(&["agreed", "reported"]),
            FieldKind::YesNo => words(&["true", "false"]),
            FieldKind::Decision => words(&ReviewDecision::ALL.map(ReviewDecision::word)),
            FieldKind::Better => words(&["lower", "higher"]),
            FieldKind::Severities => words(&["off", "warning", "error"]),
            FieldKind::Group | FieldKind::Groups => groups(self.board),
            FieldKind::GroupOrNone => {
                let nobody = Choice::value(NO_GROUP, "nobody: takes it back");
                groups(self.board).into_iter().chain([nobody]).collect()
            }
            FieldKind::Date => self.dates(),
            FieldKind::Reference => self.references(),
            FieldKind::Evidence => self.evidence(),
            FieldKind::Id | FieldKind::Ids => self.ids(shape, field.name),
            kind => kind
                .examples()
                .iter()
                .map(|text| Choice::value(text, "for example"))
                .collect(),
        }
    }

    fn dates(&self) -> Vec<Choice> {
        let meeting = self.board.schedule(WHOLE_BOARD);
        let last = meeting.and_then(|schedule| schedule.last_before(self.day));
        let last = last.map(|day| Choice::value(&day.to_string(), "the board's last meeting"));
        std::iter::once(Choice::value(
            &self.day.to_string(),
            "the day asked, as a rule today",
        ))
        .chain(last)
        .collect()
    }

    fn ids(&self, shape: &Shape, name: &str) -> Vec<Choice> {
        let is = |other: &Shape| std::ptr::eq(shape, other);
        if name == "plan" {
            let plans = self.board.plans.iter();
            return plans
                .map(|plan| Choice::value(&plan.stem, &plan.title))
                .collect();
        }
        if is(&SOURCE) {
            return self.reviews(name);
        }
        let Some(plan) = self.plan else {
            return Vec::new();
        };
        match name {
            "action" if is(&ENTRY) || is(&CHALLENGE) => actions(plan),
            "objective" => (plan.objectives.iter())
                .filter_map(|objective| {
                    Some(Choice::value(objective.id.as_ref()?, &objective.title))
                })
                .collect(),
            "priority" => (plan.priorities.iter())
                .map(|priority| Choice::value(&priority.id, &priority.title))
                .collect(),
            "threads" => (plan.threads.iter())
                .map(|(name, words)| Choice::value(name, words))
                .collect(),
            "indicator" => (plan.indicators.iter())
                .map(|indicator| {
                    Choice::value(
                        &indicator.id,
                        indicator.title.as_deref().unwrap_or_default(),
                    )
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The reviews of the board's register, or the findings of the one that the source names.
    fn reviews(&self, name: &str) -> Vec<Choice> {
        if name == "review" {
            let reviews = self.board.reviews.iter();
            return reviews
                .map(|review| {
                    Choice::value(&review.id, review.title.as_deref().unwrap_or_default())
                })
                .collect();
        }
        let given = self.spot.given.iter().find(|(name, _)| *name == "review");
        let review = given.and_then(|(_, id)| self.board.review(id));
        let findings = review.into_iter().flat_map(|review| &review.findings);
        findings
            .map(|finding| Choice::value(&finding.id, finding.text.as_deref().unwrap_or_default()))
            .collect()
    }

    /// `PLAN#ID` of the board's other plans.
    fn references(&self) -> Vec<Choice> {
        let edited = self.plan.map(|plan| plan.stem.as_str());
        let others = self
            .board
            .plans
            .iter()
            .filter(|plan| Some(plan.stem.as_str()) != edited);
        others
            .flat_map(|plan| {
                actions(plan).into_iter().map(|choice| Choice {
                    text: format!("{}#{}", plan.stem, choice.text),
                    ..choice
                })
            })
            .collect()
    }

    /// In an entry, the evidence that the plan promises of its action; in a plan, all that it names.
    fn evidence(&self) -> Vec<Choice> {
        let Some(plan) = self.plan else {
            return Vec::new();
        };
        let given = self.spot.given.iter().find(|(name, _)| *name == "action");
        let target = given.and_then(|(_, id)| plan.index.get(*id));
        let named: Vec<&str> = match target {
            Some(target) => (plan.evidence(&plan.actions[target.action]).iter())
                .map(|item| item.title.as_str())
                .collect(),
            None => (plan.shared())
                .flat_map(|shared| shared.evidence.iter().flatten())
                .map(|item| item.title.as_str())
                .collect(),
        };
        let mut seen = std::collections::HashSet::new();
        let once = named.into_iter().filter(|title| seen.insert(*title));
        once.map(|title| Choice::value(title, "")).collect()
    }
}

/// The ids of a plan's actions and milestones, in its order.
fn actions(plan: &Plan) -> Vec<Choice> {
    let of = plan.actions.iter().flat_map(|action| {
        let whole = (&action.id, plan.name(action));
        let parts = action.milestones.iter().map(|milestone| {
            let title = milestone
                .title
                .as_deref()
                .unwrap_or_else(|| plan.name(action));
            (&milestone.id, title)
        });
        std::iter::once(whole).chain(parts)
    });
    of.filter(|(id, _)| !id.is_empty())
        .map(|(id, title)| Choice {
            kind: CompletionItemKind::REFERENCE,
            ..Choice::value(id, title)
        })
        .collect()
}
