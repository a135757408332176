//! What a shell offers behind an option: boards, groups, ids and words, from the files themselves.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Command;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use super::{Globals, scope};
use crate::document::visible;
use crate::lint::RULES;
use crate::plan::{Board, Plan, Rag, Status, WHOLE_BOARD};
use crate::report::framework::BUILT_IN;
use crate::report::manual::PAGES;
use crate::world::World;

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArgumentKind {
    Action,
    Board,
    Challenge,
    Framework,
    Group,
    Indicator,
    Meeting,
    Objective,
    Plan,
    Priority,
    Rag,
    Rule,
    Status,
    Thread,
    Topic,
    YesNo,
}

/// The kind of value that an argument takes, told from its name or its value's name in the help.
fn kind_of(argument: &clap::Arg) -> Option<ArgumentKind> {
    let value = argument.get_value_names().and_then(|names| names.first());
    let kind = match (argument.get_id().as_str(), value.map(|name| name.as_str())) {
        ("as_of" | "since", _) => ArgumentKind::Meeting,
        ("board", _) => ArgumentKind::Board,
        ("challenge", _) => ArgumentKind::Challenge,
        ("framework" | "show_framework", _) => ArgumentKind::Framework,
        ("indicator", _) => ArgumentKind::Indicator,
        ("objective", _) => ArgumentKind::Objective,
        ("plan", _) | (_, Some("PLAN")) => ArgumentKind::Plan,
        ("priority", _) => ArgumentKind::Priority,
        ("rag", _) | (_, Some("RAG")) => ArgumentKind::Rag,
        ("internal" | "right_internal", _) => ArgumentKind::YesNo,
        ("rule", _) => ArgumentKind::Rule,
        ("status" | "right_status", _) => ArgumentKind::Status,
        ("thread", _) => ArgumentKind::Thread,
        ("words", Some("TOPIC")) => ArgumentKind::Topic,
        ("group" | "old", _) | (_, Some("GROUP" | "GROUPS")) => ArgumentKind::Group,
        ("action" | "id", _) | (_, Some("ID")) => ArgumentKind::Action,
        _ => return None,
    };
    // A path or one of a few words is offered by itself.
    let of_itself = argument.get_value_hint() != clap::ValueHint::Unknown
        || !argument.get_possible_values().is_empty();
    (argument.get_action().takes_values() && !of_itself).then_some(kind)
}

/// The most characters that stand beside a word: a list is read at a glance.
const HELP: usize = 72;

/// What is taken, a word that may be written, and what it is.
pub type Word = (ArgumentKind, String, String);

/// The command with what each of its arguments may be given.
pub fn offer(command: Command, words: &Arc<[Word]>) -> Command {
    let command = command.mut_args(|argument| match (kind_of(&argument), words.clone()) {
        (None, _) => argument,
        (Some(what), words) => argument.add(ArgValueCandidates::new(move || {
            let offered = words.iter().filter(|(of, _, _)| *of == what);
            offered
                .map(|(_, word, help)| {
                    CompletionCandidate::new(word).help(Some(help.clone().into()))
                })
                .collect()
        })),
    });
    command.mut_subcommands(|command| offer(command, words))
}

/// Every word that the boards and this program know, for the arguments typed so far.
pub fn words(typed: &[OsString], world: &mut World) -> Vec<Word> {
    let plans = option(typed, "--plans").map(PathBuf::from);
    let board = option(typed, "--board");
    let plan = option(typed, "--plan");
    let mut read = |board: Option<String>| {
        let globals = Globals {
            plans: plans.clone(),
            board,
            ..Globals::default()
        };
        scope::boards(&globals, world, |reading| {
            let board = &reading.board;
            let name = (
                ArgumentKind::Board,
                board.name.clone(),
                board.title().to_owned(),
            );
            (name, of_board(board, plan.as_deref()))
        })
    };
    // The board's name may be what is being typed; and where nothing can be read, there is nothing
    // to offer of it.
    let boards = read(board).or_else(|_| read(None)).unwrap_or_default();
    let mut words = fixed();
    for (board, its_words) in boards {
        words.push(board);
        words.extend(its_words);
    }
    let mut seen = BTreeSet::new();
    words.retain(|(what, word, _)| is_plain(word) && seen.insert((*what, word.clone())));
    for (_, _, help) in &mut words {
        let line: String = help
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(HELP)
            .collect();
        *help = visible(&line).into_owned();
    }
    words
}

/// What an option was given among the words typed so far.
fn option(typed: &[OsString], name: &str) -> Option<String> {
    let mut typed = typed.iter().filter_map(|word| word.to_str());
    while let Some(word) = typed.next() {
        match word.strip_prefix(name) {
            Some("") => return typed.next().map(str::to_owned),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    None
}

/// Whether a word can stand on a command line as it is, in every shell. A plan's text is data: it
/// must never become a command.
fn is_plain(word: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "._/+@-".contains(c);
    !word.is_empty() && word.chars().all(plain) && !word.starts_with('-')
}

/// The words of the program itself.
fn fixed() -> Vec<Word> {
    let ratings = Rag::ALL.map(|rag| (ArgumentKind::Rag, rag.word().to_owned(), String::new()));
    let statuses = Status::ALL.map(|status| {
        let word = status.word().replace(' ', "-");
        (ArgumentKind::Status, word, String::new())
    });
    let meetings = [
        ("last-meeting", "the board's last meeting"),
        ("next-meeting", "the board's next meeting"),
    ];
    let meetings = meetings.map(|(word, help)| (ArgumentKind::Meeting, word.into(), help.into()));
    let yes_no = ["true", "false"].map(|word| (ArgumentKind::YesNo, word.into(), String::new()));
    let rules = RULES.iter();
    let rules = rules.map(|rule| (ArgumentKind::Rule, rule.name.into(), rule.summary.into()));
    let frameworks = BUILT_IN.iter();
    let frameworks = frameworks
        .map(|(name, title, _)| (ArgumentKind::Framework, (*name).into(), (*title).into()));
    let pages = PAGES.iter();
    let pages = pages.map(|page| (ArgumentKind::Topic, page.topic.into(), page.about.into()));
    (ratings.into_iter().chain(statuses))
        .chain(meetings)
        .chain(yes_no)
        .chain(frameworks)
        .chain(rules)
        .chain(pages)
        .collect()
}

/// The words of a board; of its plans, those of the one that was named.
fn of_board(board: &Board, named: Option<&str>) -> Vec<Word> {
    let mut words = Vec::new();
    let mut add = |what: ArgumentKind, word: &str, help: &str| {
        words.push((what, word.to_owned(), help.to_owned()));
    };
    for group in &board.groups {
        add(ArgumentKind::Group, &group.id, board.group_name(&group.id));
    }
    add(ArgumentKind::Group, WHOLE_BOARD, "the whole board");
    for entry in &board.challenges {
        add(
            ArgumentKind::Challenge,
            &entry.id,
            entry.raised.as_deref().unwrap_or_default(),
        );
    }
    for plan in &board.plans {
        add(ArgumentKind::Plan, &plan.stem, &plan.title);
    }
    let asked = |plan: &&Plan| named.is_none_or(|named| plan.stem == named);
    for plan in board.plans.iter().filter(asked) {
        words.extend(of_plan(plan));
    }
    words
}

fn of_plan(plan: &Plan) -> Vec<Word> {
    let mut words = Vec::new();
    let mut add = |what: ArgumentKind, word: &str, help: &str| {
        words.push((what, word.to_owned(), help.to_owned()));
    };
    for (name, help) in &plan.threads {
        add(ArgumentKind::Thread, name, help);
    }
    for indicator in &plan.indicators {
        add(ArgumentKind::Indicator, &indicator.id, "");
    }
    for priority in &plan.priorities {
        add(ArgumentKind::Priority, &priority.id, &priority.title);
    }
    for objective in &plan.objectives {
        add(
            ArgumentKind::Objective,
            objective.id.as_deref().map_or("", |id| id),
            &objective.title,
        );
    }
    for action in &plan.actions {
        add(ArgumentKind::Action, &action.id, plan.name(action));
        for milestone in &action.milestones {
            let title = milestone
                .title
                .as_deref()
                .unwrap_or_else(|| plan.name(action));
            add(ArgumentKind::Action, &milestone.id, title);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What help calls values that nothing but the user knows.
    const FREE: &[&str] = &[
        "A",
        "B",
        "COLUMN",
        "COLUMN=FIELD",
        "COMMAND",
        "DATE",
        "DUE_BEFORE",
        "FIELD",
        "NAME",
        "NEW",
        "PERIOD",
        "PORT",
        "REV",
        "REVIEW",
        "REVISION",
        "TEXT",
        "URL",
        "WHAT",
        "WHEN",
        "WORDS",
        "YEAR",
        "YEARS",
    ];

    fn unknown(command: &Command, found: &mut Vec<String>) {
        for argument in command.get_arguments() {
            let name = argument.get_id().as_str();
            let value = argument.get_value_names().and_then(|names| names.first());
            let free = value.is_some_and(|value| FREE.contains(&value.as_str()));
            let offered = !argument.get_action().takes_values()
                || argument.get_value_hint() != clap::ValueHint::Unknown
                || !argument.get_possible_values().is_empty()
                || kind_of(argument).is_some();
            if !offered && !free {
                found.push(format!("{} {name}", command.get_name()));
            }
        }
        for command in command.get_subcommands() {
            unknown(command, found);
        }
    }

    #[test]
    fn a_shell_offers_something_for_every_argument_or_nobody_could() {
        let mut found = Vec::new();
        unknown(
            &<super::super::Cli as clap::CommandFactory>::command(),
            &mut found,
        );
        assert!(
            found.is_empty(),
            "name what they take, or call them free: {found:?}"
        );
    }

    #[test]
    fn what_a_plan_says_never_becomes_a_command() {
        for word in [
            "1.1.1",
            "2.2.4a",
            "da-subgroup",
            "work-plan-2017-19",
            "Öffentlich",
        ] {
            assert!(is_plain(word), "{word}");
        }
        for word in [
            "",
            "$(reboot)",
            "a;b",
            "a b",
            "`x`",
            "-rf",
            "a\tb",
            "a\nb",
            "é|x",
            "a'b",
            "x*",
            "~",
            "a&b",
        ] {
            assert!(!is_plain(word), "{word}");
        }
    }
}
