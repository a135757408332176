//! What a cell says of how an action stands: by a word, a letter, a colour, a tick, or the document's
//! own key.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::calendar::{Day, Period, PeriodKind};
use crate::office::looks::Hue;
use crate::plan::{Rag, Status};
use crate::timescale::parse_date;
use crate::words::{has_one_of, is_one_of, letters_only, one_line};

/// What a cell says of how an action stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    pub rag: Option<Rag>,
    pub status: Option<Status>,
    /// The day that it names beside its word: "Completed 12/06/23"; of a month the last.
    pub day: Option<Day>,
    /// Whether it names no more of that day than its month.
    pub is_month: bool,
    /// What is said beside the word.
    pub rest: String,
}

impl Rating {
    /// Whether it names a day that no entry takes over, as that since which something is under way: the words are
    /// to be kept. That of a completion is its own, and a reason keeps its words.
    pub fn names_other_day(&self) -> bool {
        let is_taken = |status: Status| status == Status::Complete || status.needs_agreement();
        self.day.is_some() && !self.status.is_some_and(is_taken)
    }

    /// Whether the day or the month that it names lies behind another.
    pub fn is_after(&self, day: Day) -> bool {
        let begins = self.day.and_then(|named| {
            let of_month = if self.is_month { 1 } else { named.day() };
            Day::new(named.year(), named.month(), of_month)
        });
        begins.is_some_and(|begins| begins > day)
    }

    fn rag(rag: Rag) -> Rating {
        Rating {
            rag: Some(rag),
            ..Rating::default()
        }
    }

    fn status(status: Status) -> Rating {
        Rating {
            status: Some(status),
            ..Rating::default()
        }
    }
}

/// The words and letters of ratings; of two the worse.
const RAGS: [(Rag, &str); 7] = [
    (Rag::Red, "red, r"),
    (Rag::Amber, "amber, a, yellow, orange"),
    (
        Rag::Red,
        "red/amber, amber/red, red amber, amber red, a/r, r/a",
    ),
    (
        Rag::Amber,
        "amber/green, green/amber, amber green, green amber, a/g, g/a",
    ),
    (Rag::Green, "green, g"),
    (Rag::Blue, "blue, b"),
    (Rag::Grey, "grey, gray, white, black"),
];

/// The words that boards have for a status, the longest of which a cell begins with counts.
const STATUSES: [(Status, &str); 6] = [
    (
        Status::NotStarted,
        "not started, not yet started, not begun, to be started, not commenced, not yet commenced, \
         outstanding, to do, todo, no progress, not yet begun, new, pending, \
         yet to start, to start, planned, not actioned, no action taken, work not started, action not started, not implemented, not yet implemented",
    ),
    (
        Status::InProgress,
        "in progress, started, ongoing, on-going, on going, underway, under way, on track, on target, \
         progressing, commenced, begun, open, partially complete, partially completed, partly complete, \
         partly completed, partly done, nearly complete, near completion, in hand, active, part complete, \
         partially achieved, part completed, part met, partially met, on schedule, work in progress, \
         some progress, progress made, in progress on track, ongoing action, in development, being progressed, partial, partly, partially, in part, live, \
         partially implemented, in progress and on track, started on track, on target to achieve, on track to achieve, \
         on target to complete, on track to complete, on target to deliver, on track to deliver",
    ),
    (
        Status::Complete,
        "complete, completed, done, closed, achieved, finished, fully complete, action complete, \
         action completed, implemented, fully implemented, delivered, met, fully met, action closed, \
         fully achieved, completed and closed, complete and closed, completed on time, actioned, fully completed, \
         work completed, completed early, completed late, signed off, discharged",
    ),
    (
        Status::Paused,
        "on hold, paused, suspended, deferred, postponed, put on hold, on pause, parked, stalled, \
         currently on hold",
    ),
    (
        Status::Withdrawn,
        "cancelled, canceled, withdrawn, no longer required, not required, abandoned, superseded, removed, \
         no longer applicable, deleted, no longer needed, discontinued, rejected, not accepted, not pursued, \
         merged, merged with, merged into, incorporated into, replaced by, duplicate",
    ),
    (
        Status::CarriedForward,
        "carried forward, carried over, rolled over, rolled forward, carry forward, moved to next year",
    ),
];

/// What says how fast the work goes, and that it is in progress. Which rating that is, the board must say.
const PACE: &str = "behind schedule, delayed, off track, off target, at risk, overdue, slightly delayed, late, \
    behind, slipping, slightly behind schedule, behind plan, delays, some delay, some delays, slipped, slippage, missed, \
    not on track, not on target, not on schedule, not on target to achieve, not on track to achieve, not on target to \
    complete, not achieved, not yet achieved, not met, not complete, not completed, not yet complete, not yet completed, \
    incomplete, not done, not delivered, not fully achieved, not finished";

/// What says that nothing was to be done yet: neither whether it was begun nor how it goes.
const NOT_DUE: &str = "not due, not yet due, not due yet";

/// Words for a status that say no more than its own name does.
const SAME: &str = "not started, not yet started, not begun, not commenced, to be started, to do, todo, in progress, started, \
    ongoing, on going, underway, under way, progressing, commenced, begun, open, work in progress, complete, completed, \
    done, closed, achieved, finished, action complete, action completed, implemented, delivered, met, actioned";

/// Whether words are read as a status and say more than its name, "On track", "Nearly complete": they are to be kept. A
/// reason for what has to be agreed keeps its words anyway.
pub fn says_more(text: &str) -> bool {
    let status = read(text).and_then(|rating| rating.status);
    let plain = squeezed(&bare(text));
    status.is_some_and(|status| !status.needs_agreement())
        && !SAME.split(", ").any(|same| squeezed(same.trim()) == plain)
}

/// A text as its words are compared: lower case, one space between, no signs at its ends.
fn bare(text: &str) -> String {
    let joined = one_line(text);
    joined
        .to_lowercase()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// A text without its spaces and dashes: "on-going" is "ongoing".
fn squeezed(text: &str) -> String {
    text.replace([' ', '-'], "")
}

/// What words say, where they are a rating or a status and nothing else.
pub fn read(text: &str) -> Option<Rating> {
    static KNOWN: LazyLock<HashMap<String, Rating>> = LazyLock::new(|| {
        let words = |list: &'static str| list.split(", ").map(|words| squeezed(words.trim()));
        let rags = RAGS
            .iter()
            .flat_map(|(rag, list)| words(list).map(|words| (words, Rating::rag(*rag))));
        let statuses = STATUSES
            .iter()
            .flat_map(|(status, list)| words(list).map(|words| (words, Rating::status(*status))));
        // These say more than that something is in progress: the words themselves.
        let pace = words(PACE).map(|words| {
            let rest = words.clone();
            let rating = Rating {
                rest,
                ..Rating::status(Status::InProgress)
            };
            (words, rating)
        });
        let not_due = words(NOT_DUE).map(|words| {
            let rest = words.clone();
            (
                words,
                Rating {
                    rest,
                    ..Rating::default()
                },
            )
        });
        statuses.chain(rags).chain(pace).chain(not_due).collect()
    });
    // No phrase is longer, and one with a question mark only asks.
    if text.len() > 60 || text.contains('?') {
        return None;
    }
    let mut rating = KNOWN.get(&squeezed(&bare(text))).cloned()?;
    if !rating.rest.is_empty() {
        rating.rest = text.trim().to_owned();
    }
    Some(rating)
}

/// What a cell says: a rating or a status, alone or at its beginning with more behind it: "Amber – late",
/// "Completed 12/06/23", "Green: on track".
pub fn read_cell(text: &str) -> Option<Rating> {
    let text = text.trim();
    if let Some((rag, words)) = coloured_sign(text) {
        let rating = read_cell(words).unwrap_or_else(|| Rating {
            rest: words.to_owned(),
            ..Rating::default()
        });
        let rag = rating.rag.or(rag);
        return Some(Rating { rag, ..rating });
    }
    if let Some(rating) = read(text) {
        return Some(rating);
    }
    // Several words of a system's: "Assigned; In Progress".
    let mut parts = text.split(';').filter_map(|part| read(part.trim()));
    if let (Some(known), None, true) = (parts.next(), parts.next(), text.contains(';')) {
        let rest = text.to_owned();
        return Some(Rating { rest, ..known });
    }
    // The longest beginning that is known, up to a sign, a line's end or a day.
    let ends = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || "–—-:;,.(/".contains(*c));
    let mut found = None;
    for (at, _) in ends {
        let Some(rating) = read(&text[..at]) else {
            continue;
        };
        let rest = &text[at..];
        let marked = rest
            .trim_start_matches(' ')
            .starts_with(['–', '—', '-', ':', ';', ',', '.', '(', '\n']);
        let words = rest.trim_matches(|c: char| !c.is_alphanumeric());
        let day = day_in(words).or_else(|| month_of(words));
        // "Amber for now", "Red not started", and not "Green light given".
        let begins = |list| has_one_of(words.split(' ').next().unwrap_or_default(), list);
        let colour = rating.rag.is_some() && text[..at].chars().count() > 1;
        let colour = colour && (begins(BEHIND_COLOUR) || read(words).is_some());
        // "Met with the ICB", "Achieved in part", "Complete by March" do not say that something is done.
        let ended = rating.status.is_some_and(|status| !status.is_open());
        let goes_on = if ended { BEHIND_END } else { BEHIND_COLOUR };
        let second = words.split(' ').nth(1).unwrap_or_default();
        let in_full = begins("in") && is_one_of(&second.to_lowercase(), IN_FULL);
        let joined = rating.status.is_some() && (begins(goes_on) || in_full);
        if marked || day.is_some() || colour || joined {
            let is_closed = is_one_of(&bare(&text[..at]), "closed");
            let given_up = is_closed.then(|| given_up(words)).flatten();
            // The whole of it is then the reason.
            found = Some(match given_up {
                Some(status) => Rating::status(status),
                None => with_more(rating, rest, text),
            });
        }
    }
    found
}

/// How what is closed was given up, where its words say so: "superseded by action 3".
fn given_up(words: &str) -> Option<Status> {
    let ends = words.match_indices(' ').map(|(at, _)| at).take(6);
    let statuses = ends
        .chain([words.len()])
        .filter_map(|end| read(&words[..end])?.status);
    let mut ended =
        statuses.filter(|status| matches!(status, Status::Withdrawn | Status::CarriedForward));
    ended.next()
}

/// Words that go on behind a colour or a status, and behind a status that ends an action.
const BEHIND_COLOUR: &str =
    "and but as by on to with in awaiting for since due because until pending at";
const BEHIND_END: &str = "and but as awaiting although though however";

/// "Implemented in full", "Completed in line with the policy".
const IN_FULL: &str = "full line accordance regard respect all";

/// Words behind a status that take a part of it back: "Completed (in part)".
const IN_PART: &str = "part partially partly partial";

/// A coloured sign at the beginning of a text, and the words behind it.
fn coloured_sign(text: &str) -> Option<(Option<Rag>, &str)> {
    let rag = match text.chars().next()? {
        '🔴' | '🟥' => Some(Rag::Red),
        '🟠' | '🟧' | '🟡' | '🟨' => Some(Rag::Amber),
        '🟢' | '🟩' => Some(Rag::Green),
        '🔵' | '🟦' => Some(Rag::Blue),
        '⚪' | '⚫' | '⬜' | '⬛' => None,
        _ => return None,
    };
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    Some((rag, words))
}

/// A rating with what stands behind it in a text; "Delayed – the builder is ill" says both.
fn with_more(rating: Rating, rest: &str, text: &str) -> Rating {
    let says_itself = !rating.rest.is_empty();
    let mut found = beside(rating, rest);
    if says_itself {
        found.rest = text.to_owned();
    }
    found
}

/// A rating with what stands behind it: another rating, a day, or words.
fn beside(mut rating: Rating, rest: &str) -> Rating {
    let words = rest
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches([' ', '\n', ')'])
        .trim();
    let month = month_of(words);
    rating.day = day_in(words).or(month);
    rating.is_month = month.is_some();
    let only_day = is_day(words);
    let first_words: Vec<&str> = words.split_whitespace().take(2).collect();
    if rating.status == Some(Status::Complete) && has_one_of(&first_words.join(" "), IN_PART) {
        rating.status = Some(Status::InProgress);
    }
    match read(words) {
        // "Green: on track": the words are the colour's own. "Amber: not started" says both.
        Some(more) if rating.status.is_none() && more.status != Some(Status::InProgress) => {
            rating.status = more.status;
            rating.rag = rating.rag.or(more.rag);
        }
        Some(more) if rating.rag.is_none() && more.rag.is_some() => rating.rag = more.rag,
        // "Open – not yet started"
        Some(more)
            if rating.status == Some(Status::InProgress)
                && more.status == Some(Status::NotStarted)
                && more.rest.is_empty() =>
        {
            rating.status = more.status;
        }
        _ if only_day => {}
        // "Green for police, red for health": of two ratings none is better than the worse.
        _ if rating.rag.is_some() => {
            rating.rag = rating.rag.into_iter().chain(colours_in(words)).min();
            rating.rest = words.to_owned();
        }
        _ => rating.rest = words.to_owned(),
    }
    rating
}

/// Whether a sentence opens with the word for one rating and names no other: "Amber: paint is late", "Green".
pub fn opens(text: &str) -> bool {
    let (word, behind) = text.split_at(
        text.find(|c: char| !c.is_alphabetic())
            .unwrap_or(text.len()),
    );
    let is_apart =
        behind.trim_start().is_empty() || behind.trim_start().starts_with([':', '–', '—', '-']);
    word.len() > 1
        && is_apart
        && read(word).is_some_and(|rating| rating.rag.is_some())
        && colours_in(text).count() <= 1
}

/// The ratings whose names stand in a text.
pub fn colours_in(text: &str) -> impl Iterator<Item = Rag> {
    let rags = [Rag::Red, Rag::Amber, Rag::Green];
    rags.into_iter().filter(|rag| has_one_of(text, rag.word()))
}

/// The last day of the month that a text is, with its year, or begins with before a dash or the like.
fn month_of(text: &str) -> Option<Day> {
    let bare = text.trim_start_matches("in ");
    let signs = [" – ", " — ", " - ", ";", ":", ",", " (", ". "];
    let bare = signs
        .iter()
        .filter_map(|sign| bare.find(sign))
        .min()
        .map_or(bare, |end| &bare[..end]);
    let month = Period::parse_data(bare).filter(|_| bare.contains(char::is_alphabetic))?;
    (month.kind == PeriodKind::Month).then_some(month.last)
}

/// Whether a text is a day and nothing else.
pub fn is_day(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix("on ").unwrap_or(text);
    parse_date(bare).is_ok()
}

/// A day that a text is, or begins or ends with.
pub fn day_in(text: &str) -> Option<Day> {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', ',', '.', ';', ':']))
        .filter(|word| !["on", "at", "-", "–"].contains(word))
        .collect();
    let read = |words: &[&str]| parse_date(&words.join(" ")).ok();
    (1..=words.len().min(4))
        .rev()
        .find_map(|length| read(&words[..length]).or_else(|| read(&words[words.len() - length..])))
}

/// The day on which something was done, where a text says nothing else: "Adopted 28.11.22", "Launched on 12 June 2023".
pub fn ended_on(text: &str) -> Option<Day> {
    const OPEN: &str =
        "started commenced delayed postponed planned expected scheduled proposed updated reviewed";
    let (word, rest) = text.trim().trim_end_matches('.').split_once(' ')?;
    let rest = rest.trim();
    let is_deed = word.ends_with("ed") && !is_one_of(&word.to_lowercase(), OPEN);
    parse_date(rest.strip_prefix("on ").unwrap_or(rest))
        .ok()
        .filter(|_| is_deed)
}

/// Whether a colour that is amber by its hue is yellow, and not orange.
pub fn is_yellow(figures: &str) -> bool {
    let part = |at: usize| u8::from_str_radix(figures.get(at..at + 2)?, 16).ok();
    let [Some(red), Some(green), Some(blue)] = [0, 2, 4].map(part) else {
        return false;
    };
    red > 0xd8 && green > 0xd8 && blue < 0xb0
}

/// The rating that a colour is, by its hue; none for white, grey and black.
pub fn by_colour(figures: &str) -> Option<Rag> {
    Some(match Hue::from_figures(figures)? {
        Hue::Red => Rag::Red,
        Hue::Amber => Rag::Amber,
        Hue::Green => Rag::Green,
        Hue::Blue => Rag::Blue,
    })
}

/// What a document's key says of a colour, a word or a figure, where its words are a status and nothing
/// else. A key in two languages says it twice, "dim byd / not started".
fn by_key(words: &str) -> Option<Rating> {
    let mut known = words.split(" / ").filter_map(read);
    let rating = known.next()?;
    let is_one = known.all(|other| other.status == rating.status);
    // "On track" is what green means, and "at risk" amber: no status beside the colour.
    let mut parts = words.split(" / ");
    let of_colour = parts.any(|part| {
        is_on_course(part) || is_one_of(&letters_only(part), "progressing someprogress")
    });
    (is_one && rating.rest.is_empty() && !of_colour).then_some(rating)
}

/// Whether words begin by saying that an action goes as it should: it may still have to begin. On a scale of
/// ratings that is green.
pub fn is_on_course(words: &str) -> bool {
    let plain = letters_only(words);
    let plain = plain
        .trim_start_matches("actions")
        .trim_start_matches("action");
    ["ontrack", "ontarget", "onschedule"]
        .iter()
        .any(|known| plain.starts_with(known))
}

/// What a colour or its name says where the document's key has these words for it: "Amber – started, some delay"
/// is amber, and in progress. That it is done, of two things that the key says, is not said. Of a key that tells
/// states apart and nothing else, the state is all that a colour says; beside others, "Amber – in progress" stays
/// amber.
pub fn with_key(colour: Rating, words: &str, is_of_states: bool) -> Rating {
    let is_under_way = |rating: &Rating| rating.status == Some(Status::InProgress);
    match by_key(words) {
        Some(state) if is_of_states || !is_under_way(&state) => state,
        state => {
            let beside = state.or_else(|| read_cell(words).filter(|_| read(words).is_none()));
            // "Not begun, or will not be met" leaves open which of them it is.
            let beside = beside.filter(|_| !has_one_of(words, "or"));
            let beside = beside.and_then(|beside| beside.status);
            Rating {
                status: colour.status.or(beside.filter(|status| status.is_open())),
                ..colour
            }
        }
    }
}

/// Whether a document's key has nothing but a status for a colour.
pub fn is_state(words: &str) -> bool {
    by_key(words).is_some_and(|rating| rating.status.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_told_from_what_stands_beside_it() {
        let say = |text: &str| {
            let rating = read_cell(text).unwrap_or_default();
            (
                rating.rag,
                rating.status,
                rating.day.map(|day| day.to_string()),
                rating.rest,
            )
        };
        let cases = [
            (
                "Amber – paint is late",
                Some(Rag::Amber),
                None,
                None,
                "paint is late",
            ),
            (
                "Completed 12/06/23",
                None,
                Some(Status::Complete),
                Some("2023-06-12"),
                "",
            ),
            (
                "Completed June 2023",
                None,
                Some(Status::Complete),
                Some("2023-06-30"),
                "June 2023",
            ),
            ("Green: on track", Some(Rag::Green), None, None, "on track"),
            ("RED", Some(Rag::Red), None, None, ""),
            (
                "Amber not started",
                Some(Rag::Amber),
                Some(Status::NotStarted),
                None,
                "",
            ),
            (
                "In Progress (awaiting quotes)",
                None,
                Some(Status::InProgress),
                None,
                "awaiting quotes",
            ),
            ("Complete the review", None, None, None, ""),
            ("A protocol was agreed", None, None, None, ""),
            ("Done", None, Some(Status::Complete), None, ""),
        ];
        for (text, rag, status, day, rest) in cases {
            assert_eq!(
                say(text),
                (rag, status, day.map(str::to_owned), rest.to_owned()),
                "{text}"
            );
        }
    }

    /// "Amber = some delay" leaves amber what it is; "Green = achieved" makes green complete.
    #[test]
    fn a_key_that_only_says_what_a_colour_means_changes_no_rating() {
        for words in ["At risk", "some delay", "Off track", "On track"] {
            assert_eq!(by_key(words), None, "{words}");
        }
        let status = by_key("Achieved").and_then(|rating| rating.status);
        assert_eq!(status, Some(Status::Complete));
    }
}
