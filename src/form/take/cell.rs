//! What single cells mean: ratings, statuses, days, deadlines, evidence.

use super::Remark;
use crate::calendar::{Day, month_name};
use crate::form::grid::plain;
use crate::form::returned::{Cell, Content, is_space};
use crate::form::{RAG_CHOICES, STATUS_CHOICES, word};
use crate::plan::Status;
use crate::timescale::{Context, Timescale, parse_date};

/// A rating as a form gives it: complete is a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    Rag(&'static str),
    Complete,
}

/// A text as it was meant: without what pasting leaves behind. Its words, quotes and line breaks stay.
pub fn tidy(text: &str) -> String {
    let text = text
        .replace("_x000D_\n", "\n")
        .replace("_x000D_", "\n")
        .replace("\r\n", "\n");
    let letters = text.chars().filter_map(|c| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\n' => Some('\n'),
        space if space.is_whitespace() => Some(' '),
        nothing if is_space(nothing) => None,
        other => Some(other),
    });
    let text: String = letters.collect();
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        // An empty line between paragraphs says something; a second one does not.
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

/// Whether two texts say the same; what pasting changes does not matter.
pub fn same(a: &str, b: &str) -> bool {
    plainly(a) == plainly(b)
}

/// A text as it is compared: without what pasting changes.
pub fn plainly(text: &str) -> String {
    plain(&tidy(text))
}

/// Whether a cell says nothing: empty, a dash, or a list from which nothing was chosen.
pub fn says_nothing(cell: &Cell) -> bool {
    let words = plain(&cell.content.words());
    words.trim_matches(['-', '.', '?', ' ']).is_empty() || words == plain(word::PLACEHOLDER)
}

/// The same for cells of one word, in which "n/a" is no answer either.
pub fn is_not_applicable(cell: &Cell) -> bool {
    says_nothing(cell) || is_none(&cell.content.words())
}

/// Whether words say that there is nothing to say.
fn is_none(words: &str) -> bool {
    ["n/a", "na", "n.a.", "none", "nil"].contains(&plain(words).trim_end_matches('.'))
}

/// A text that may be recorded.
pub fn text(cell: &Cell) -> Result<String, Remark> {
    // What a spreadsheet shows of a number or a date may be another than what it keeps: 0.5 is 50%.
    let shown_otherwise = match &cell.content {
        Content::Other(_) | Content::Day(_) => true,
        Content::Number(number) => number.parse::<i64>().is_err(),
        Content::Text(_) => false,
    };
    if shown_otherwise {
        let wrong = "the cell keeps no text, and may show something else";
        return Err(Remark::new(
            cell,
            wrong,
            "write it in words, or with an apostrophe before it",
        ));
    }
    let text = tidy(&cell.content.words());
    match text.chars().find(|c| c.is_control() && *c != '\n') {
        None => Ok(text),
        Some(control) => {
            let wrong = format!(
                "it holds a character that nobody sees (U+{:04X})",
                control as u32
            );
            Err(Remark::new(
                cell,
                wrong,
                "write the text again, without pasting",
            ))
        }
    }
}

/// A rating: Red, R, " amber ", Complete.
pub fn rating(cell: &Cell) -> Result<Rating, Remark> {
    let words = plain(&cell.content.words());
    let known = |word: &&str| match *word {
        "r" | "red" => Some(Rating::Rag("red")),
        "a" | "amber" => Some(Rating::Rag("amber")),
        "g" | "green" => Some(Rating::Rag("green")),
        "b" | "blue" | "complete" | "completed" => Some(Rating::Complete),
        _ => None,
    };
    let parts: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut ratings: Vec<Rating> = parts.iter().filter_map(known).collect();
    ratings.dedup();
    let right = format!("write one of {}", RAG_CHOICES.join(", "));
    match ratings[..] {
        [one] if parts.len() == 1 => Ok(one),
        [_] => Err(Remark::new(
            cell,
            "more than a rating",
            format!("{right}; other words go to another column"),
        )),
        [] => Err(Remark::new(cell, "that is no rating", right)),
        _ => Err(Remark::new(
            cell,
            "these are two ratings, and only the group can say which it is",
            right,
        )),
    }
}

/// A status: "In progress", "in-progress", Completed.
pub fn status(cell: &Cell) -> Result<Status, Remark> {
    let words = plain(&cell.content.words()).replace(['-', '_'], " ");
    let words = words.trim_end_matches('.').trim();
    let known = match words {
        "completed" => Some(Status::Complete),
        "not yet started" => Some(Status::NotStarted),
        words => Status::parse(words),
    };
    known.ok_or_else(|| {
        let right = format!("write one of {}", STATUS_CHOICES.join(", "));
        Remark::new(cell, "that is no status", right)
    })
}

/// A day that is not after the day asked.
pub fn day(cell: &Cell, today: Day) -> Result<Day, Remark> {
    const RIGHT: &str = "write the day on which the group reports, as 8 May 2018";
    let day = match &cell.content {
        Content::Day(day) => *day,
        Content::Text(text) => {
            parse_date(&tidy(text)).map_err(|_| Remark::new(cell, "that is no date", RIGHT))?
        }
        _ => return Err(Remark::new(cell, "that is a number and no date", RIGHT)),
    };
    match day > today {
        true => {
            let wrong = format!("that day is still to come; it is {}", today.long());
            Err(Remark::new(cell, wrong, RIGHT))
        }
        false => Ok(day),
    }
}

/// A new deadline, in words.
///
/// A date on the first of a month may be what a spreadsheet made of "June 2018", whose last day is the
/// 30th: that is asked.
pub fn deadline(cell: &Cell, context: &Context) -> Result<String, Remark> {
    const RIGHT: &str = "write a month or a day, as June 2018 or 15 June 2018";
    match &cell.content {
        Content::Day(day) if day.day() == 1 => {
            let (month, year) = (month_name(day.month()), day.year());
            let wrong = format!("a spreadsheet makes this of \"{month} {year}\" too");
            let right = format!(
                "write it as text: \"{month} {year}\" or \"by {}\"",
                day.long()
            );
            Err(Remark::new(cell, wrong, right))
        }
        Content::Day(day) => Ok(day.long()),
        Content::Text(text) => {
            let words = tidy(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let bad = |why: crate::timescale::Unreadable| {
                Remark::new(cell, "no date can be read in it", why.help)
            };
            Timescale::parse(&words, context).map_err(bad)?;
            Ok(words)
        }
        _ => Err(Remark::new(cell, "that is no date", RIGHT)),
    }
}

/// Items of evidence: one a line; or with semicolons between; or with commas, where each is one that
/// the plan promises.
pub fn evidence(text: &str, promised: &[String]) -> Vec<String> {
    let bare = |item: &str| {
        item.trim()
            .trim_start_matches(['-', '–', '•', '*', '·'])
            .trim()
            .to_owned()
    };
    let lines = text.split(['\n', ';']).map(bare);
    let lines = lines.filter(|line| !line.is_empty() && !is_none(line));
    let items = lines.flat_map(|line| {
        let parts: Vec<String> = line.split(',').map(bare).collect();
        let all_promised = || {
            parts
                .iter()
                .all(|part| promised.iter().any(|own| same(own, part)))
        };
        match parts.len() > 1 && all_promised() {
            true => parts,
            false => vec![line],
        }
    });
    items.collect()
}
