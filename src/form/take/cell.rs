//! What single cells mean: ratings, statuses, days, deadlines, evidence.

use super::Remark;
use crate::calendar::Day;
use crate::form::returned::ReturnedCell;
use crate::form::{RAG_CHOICES, STATUS_CHOICES, word};
use crate::office::blocks::{CellValue, Why};
use crate::office::looks::Hue;
use crate::plan::Status;
use crate::timescale::parse_date;
use crate::words::{as_typed, is_invisible, words_of};

/// How a cell rates an action or says where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rated {
    pub rag: Option<&'static str>,
    pub status: Option<Status>,
    /// The day since which it is complete, where the cell says one.
    pub since: Option<Day>,
    /// Words beside it, which are kept as a note.
    pub note: Option<String>,
}

/// A text as it was meant: without what pasting leaves behind. Its words, quotes and line breaks stay.
pub fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let letters = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        space if space.is_whitespace() => Some(' '),
        nothing if is_invisible(nothing) => None,
        other => Some(other),
    });
    let text: String = letters.collect();
    let lines: Vec<&str> = text.trim().split('\n').map(str::trim_end).collect();
    lines.join("\n")
}

/// Whether two texts say the same; what pasting changes does not matter.
pub fn same(a: &str, b: &str) -> bool {
    plainly(a) == plainly(b)
}

/// A text as it is compared: without what pasting changes.
pub fn plainly(text: &str) -> String {
    as_typed(&tidy(text))
}

/// Whether a cell says nothing: empty, a dash, or a list from which nothing was chosen.
pub fn says_nothing(cell: &ReturnedCell) -> bool {
    let words = as_typed(&cell.text);
    let nothing = words.trim_matches(['-', '.', '?', ' ']).is_empty();
    cell.unreadable.is_none() && (nothing || words == as_typed(word::PLACEHOLDER))
}

/// Whether a cell that says nothing has a sign in it, which somebody put there.
pub fn is_dash(cell: &ReturnedCell) -> bool {
    says_nothing(cell)
        && cell
            .text
            .contains(|c: char| crate::calendar::is_dash(c) || c == '?')
}

/// The same, or that there is nothing to say: "n/a", "Nothing to report".
pub fn is_not_applicable(cell: &ReturnedCell) -> bool {
    says_nothing(cell) || is_none(&cell.text)
}

/// Whether words say that there is nothing to say.
fn is_none(words: &str) -> bool {
    const NONE: [&str; 8] = [
        "n/a",
        "na",
        "n.a",
        "not applicable",
        "none",
        "nil",
        "nothing",
        "nothing to report",
    ];
    NONE.contains(&as_typed(words).trim_end_matches('.'))
}

/// Whether what the cell shows is known. Errors: a formula without a result, a sign of an unknown font.
pub fn check(cell: &ReturnedCell) -> Result<(), Remark> {
    match &cell.unreadable {
        None => Ok(()),
        Some(why) => Err(Remark::new(cell, why.to_string(), "or write it in words")),
    }
}

/// A text that may be recorded.
pub fn text(cell: &ReturnedCell) -> Result<String, Remark> {
    if cell.value == CellValue::Other {
        let wrong = "the cell keeps no text: an error, a time, or true or false";
        return Err(Remark::new(cell, wrong, "write it in words"));
    }
    let text = tidy(&cell.text);
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

/// A rating: Red, R, " amber ", Complete, "amber - see notes"; the board's own words for one
/// (`labels`); a colour alone. Words of status rate nothing.
pub fn rating(cell: &ReturnedCell, labels: &[(String, &'static str)]) -> Result<Rated, Remark> {
    let right = format!("write one of {}", RAG_CHOICES.join(", "));
    let (head, rest) = remark(&cell.text);
    let words = as_typed(head.trim_end_matches(['.', '!']));
    let rated = |rag| Rated {
        rag: Some(rag),
        ..Rated::default()
    };
    if words.is_empty() {
        return colour(cell, right);
    }
    if let Some(complete) = complete_since(&cell.text) {
        return Ok(complete);
    }
    let label = labels.iter().find(|(label, _)| as_typed(label) == words);
    let rated_as = match (words.as_str(), label) {
        (_, Some((_, rag))) => Some(rated(rag)),
        ("on track", None) => Some(rated("green")),
        ("r", None) => Some(rated("red")),
        ("a", None) => Some(rated("amber")),
        ("g", None) => Some(rated("green")),
        ("b", None) => Some(Status::Complete.into()),
        (word, None) => match ratings(word)[..] {
            [one] if word == one => Some(rated_as(one)),
            _ => not_due(word, &cell.text).or_else(|| stage(word)),
        },
    };
    // What stands behind must not rate otherwise.
    let others = ratings(&as_typed(rest.unwrap_or_default()));
    match rated_as {
        Some(rated_as) if others.is_empty() => Ok(rated_as.with_note("RAG", rest, &cell.text)),
        _ => {
            let all = ratings(&as_typed(&cell.text));
            let wrong = match all.len() {
                0 => "that is no rating",
                1 if others.is_empty() => "more than a rating",
                _ => "these are two ratings, and only the group can say which it is",
            };
            let right = match all.len() {
                1 => format!("{right}; other words go to another column"),
                _ => right,
            };
            Err(Remark::new(cell, wrong, right))
        }
    }
}

/// A status: "In progress", "in-progress", Completed, Started.
pub fn status(cell: &ReturnedCell) -> Result<Rated, Remark> {
    let (head, rest) = remark(&cell.text);
    let words = as_typed(head).replace('_', " ");
    let words = words.trim_end_matches(['.', '!']).trim();
    let known = complete_since(&cell.text);
    let known = known.or_else(|| not_due(words, &cell.text).or_else(|| stage(words)));
    let known = known.map(|known| known.with_note("Status", rest, &cell.text));
    known.ok_or_else(|| {
        let right = format!("write one of {}", STATUS_CHOICES.join(", "));
        Remark::new(cell, "that is no status", right)
    })
}

impl From<Status> for Rated {
    fn from(status: Status) -> Rated {
        Rated {
            status: Some(status),
            ..Rated::default()
        }
    }
}

impl Rated {
    /// The same with the whole text as a note, where more stands in it than was understood.
    fn with_note(self, column: &str, rest: Option<&str>, text: &str) -> Rated {
        let more = rest.filter(|_| self.since.is_none());
        let more = more.map(|_| format!("{column}: {}", tidy(text)));
        Rated {
            note: self.note.or(more),
            ..self
        }
    }
}

/// What is said first in a cell, and what is added to it behind a dash, a bracket or on the next line.
fn remark(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let signs = |(at, c): (usize, char)| {
        let spaced = text[..at].ends_with(char::is_whitespace);
        let parts = matches!(c, ':' | ';' | ',' | '(' | '\n')
            || (crate::calendar::is_dash(c) && spaced)
            || (c == '.' && text[at + 1..].starts_with(char::is_whitespace));
        parts.then_some((at, c.len_utf8()))
    };
    match text.char_indices().find_map(signs) {
        Some((at, length)) => {
            let rest = text[at + length..].trim();
            (&text[..at], Some(rest).filter(|rest| !rest.is_empty()))
        }
        None => (text, None),
    }
}

/// The ratings that stand in words, each once.
fn ratings(words: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in words_of(words) {
        let rating = match word {
            "r" if found.is_empty() && words.len() <= 3 => "red",
            "a" if words.len() <= 3 => "amber",
            "g" if words.len() <= 3 => "green",
            "red" => "red",
            "amber" => "amber",
            "green" => "green",
            "blue" => "blue",
            "complete" | "completed" => "complete",
            _ => continue,
        };
        if !found.contains(&rating) {
            found.push(rating);
        }
    }
    found
}

fn rated_as(word: &'static str) -> Rated {
    match word {
        "blue" | "complete" => Status::Complete.into(),
        rag => Rated {
            rag: Some(rag),
            ..Rated::default()
        },
    }
}

/// The status that words name, as boards name it. That it goes badly may be red or amber: that is asked.
fn stage(words: &str) -> Option<Rated> {
    let known = crate::import::rated_by(words)?;
    let is_plain = known.rag.is_none() && known.rest.is_empty();
    known.status.filter(|_| is_plain).map(Rated::from)
}

/// "Complete 12/02/26", "Completed on 12 February 2026", "Done (12/2/26)": complete since that day.
fn complete_since(text: &str) -> Option<Rated> {
    let (word, day) = text.trim().split_once(char::is_whitespace)?;
    let day = as_typed(day.trim_matches(['(', ')', '.', ' ']));
    let day = parse_date(day.strip_prefix("on ").unwrap_or(&day)).ok()?;
    let known = stage(&as_typed(word)).filter(|known| known.status == Some(Status::Complete))?;
    Some(Rated {
        since: Some(day),
        ..known
    })
}

/// What is not due yet is no rating and no status: the words are kept.
fn not_due(words: &str, text: &str) -> Option<Rated> {
    ["not due", "not yet due", "not due yet"]
        .contains(&words)
        .then(|| Rated {
            note: Some(tidy(text)),
            ..Rated::default()
        })
}

/// A rating by its colour alone.
fn colour(cell: &ReturnedCell, right: String) -> Result<Rated, Remark> {
    let hue = cell.fill.as_deref().and_then(Hue::from_figures);
    let rag = match hue {
        Some(Hue::Red) => "red",
        Some(Hue::Amber) => "amber",
        Some(Hue::Green) => "green",
        Some(Hue::Blue) => {
            let wrong = "the cell is coloured blue and says nothing";
            return Err(Remark::new(cell, wrong, right));
        }
        None => return Ok(Rated::default()),
    };
    Ok(Rated {
        rag: Some(rag),
        ..Rated::default()
    })
}

/// Whether a cell's colour rates without a word.
pub fn is_coloured(cell: &ReturnedCell) -> bool {
    let hue = cell.fill.as_deref().and_then(Hue::from_figures);
    hue.is_some() && as_typed(&cell.text).is_empty()
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
                .all(|part| promised.iter().any(|known| same(known, part)))
        };
        if parts.len() > 1 && all_promised() {
            parts
        } else {
            vec![line]
        }
    });
    items.collect()
}

/// What a cell holds beside what it says: words struck out, remarks, letters that nobody sees.
pub fn beside(cell: &ReturnedCell) -> Vec<Remark> {
    let asides = cell.asides.iter().map(|aside| {
        let wrong = match aside.why {
            Why::StruckOut => "words in it are struck out; they are not recorded",
            Why::Comment => "it has a remark, which is not recorded",
            Why::TimeOfDay => "it has a time of day; only the day is recorded",
            _ => "words in it are hidden; they are not recorded",
        };
        Remark::about(cell, &aside.words, wrong)
    });
    let invisible = cell
        .text
        .chars()
        .find(|c| is_invisible(*c) && *c != '\u{feff}');
    let invisible = invisible.map(|c| {
        let wrong = format!(
            "a character that nobody sees (U+{:04X}) is left out of it",
            u32::from(c)
        );
        Remark::new(cell, wrong, "")
    });
    asides.chain(invisible).collect()
}
