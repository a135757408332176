//! Columns of status, RAG and progress → first reports: one of the day that the user says, one for each
//! time that a heading names, and an entry for each day of completion.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::cells::{is_only_sign, tick};
use super::fields::Field;
use super::key::Key;
use super::ratings::{self, Rating};
use super::reader::Value;
use super::says::{Says, add};
use super::short;
use super::structure::{DraftAction, Outline};
use super::when::{dated, has_begun, year_of};
use crate::calendar::{Day, Period};
use crate::import::account::Account;
use crate::plan::{Rag, Status};
use crate::timescale::{Timescale, TimescaleContext};
use crate::words::{counted, first_listed, letters_only, one_line};

/// An entry of a first report.
#[derive(Debug)]
pub struct DraftEntry {
    pub action: String,
    /// The day of the report that it stands in.
    pub report: Day,
    /// Its own day: the report's, or that of the action's completion.
    pub date: Day,
    pub says: Says,
}

/// What is needed to read a source's words about progress.
pub struct ProgressContext<'p> {
    pub key: &'p Key,
    /// The period in which times without a year are, as far as it is known.
    pub period: Option<Period>,
    pub context: TimescaleContext<'p>,
    /// The day of the whole report; none where nobody said it.
    pub reported: Option<Day>,
    /// No report is later than this day.
    pub latest: Day,
}

/// What the progress columns make.
#[derive(Debug, Default)]
pub struct Reports {
    pub entries: Vec<DraftEntry>,
    /// How many actions say how they stand and not on which day.
    pub undated: usize,
    /// How often a colour was read by its hue, as no key says what it means.
    hues: BTreeMap<Rag, usize>,
}

/// The entries that the progress columns make.
pub fn reports(outline: &Outline, progress: &ProgressContext, account: &mut Account) -> Reports {
    let mut reports = Reports::default();
    let mut found: Vec<(&DraftAction, ByDay)> = Vec::new();
    for action in outline.each() {
        let reported = by_day(action, progress, &mut reports.hues, account);
        let says = reported.now.completes || reported.now.says_something();
        reports.undated += usize::from(says);
        found.push((action, reported));
    }
    note_hues(&reports.hues, account);
    // Days of completion stand in the report of the source, or, where it has none, in one of the last.
    let completed = found
        .iter()
        .filter_map(|(_, reported)| reported.completed.as_ref());
    let last = completed.map(|(day, _)| *day).max();
    let main = progress.reported.or(last).unwrap_or(progress.latest);
    let mut late: BTreeMap<Day, Vec<&str>> = BTreeMap::new();
    for (action, mut reported) in found {
        if let Some(same_day) = reported.then.remove(&main) {
            reported.now.join(same_day, !action.milestones.is_empty());
        }
        let due = action.last_day(&progress.context);
        if let Some(day) = reported.ends_unknown(main)
            && due.is_some_and(|due| due < day)
        {
            late.entry(day).or_default().push(&action.id);
        }
        let mut add = |report: Day, date: Day, says: Says| {
            let entry = |action: &str, says| DraftEntry {
                action: action.to_owned(),
                report,
                date,
                says,
            };
            if says.completes {
                let each = action.milestones.iter();
                let complete = each.map(|milestone| entry(&milestone.id, Says::complete()));
                reports.entries.extend(complete);
            }
            if says.says_something() {
                reports.entries.push(entry(&action.id, says));
            }
        };
        for (day, says) in reported.then {
            add(day, day, says);
        }
        if let Some((day, says)) = reported.completed {
            add(main.max(day), day, says);
        }
        add(main, main, reported.now);
    }
    late.iter()
        .for_each(|(day, ids)| note_undated(ids, *day, account));
    reports
}

/// Says how often a colour was read by its hue.
fn note_hues(hues: &BTreeMap<Rag, usize>, account: &mut Account) {
    if !hues.is_empty() {
        let counts: Vec<String> = (hues.iter())
            .map(|(hue, count)| format!("{count} {}", hue.word()))
            .collect();
        let counts = counts.join(", ");
        let note =
            format!("no key says what the colours mean: they are read by their hue ({counts})");
        account.note(0, note);
    }
}

/// Says which complete actions count as late for want of the day on which they ended: that of their report is taken.
fn note_undated(late: &[&str], report: Day, account: &mut Account) {
    let counts = counted(late.len(), "complete action");
    let (ids, day) = (first_listed(late, 12), report.long());
    let note = format!(
        "nothing says on which day {counts} ended ({ids}): that of the report, {day}, is taken, by which the deadline had \
         passed; where an earlier day is known, write it as the `date` of the entry"
    );
    account.note(0, note);
}

/// What the source reports of one action, by day.
#[derive(Default)]
struct ByDay {
    then: BTreeMap<Day, Says>,
    completed: Option<(Day, Says)>,
    now: Says,
}

fn by_day(
    action: &DraftAction,
    progress: &ProgressContext,
    hues: &mut BTreeMap<Rag, usize>,
    account: &mut Account,
) -> ByDay {
    let mut reported = ByDay::default();
    let mut completed = None;
    let due = action.last_day(&progress.context);
    for (field, value) in told(action) {
        let when = value.when.and_then(|when| when.last_day(progress.period));
        let late = when.is_some_and(|day| day > progress.latest);
        if field.is_rating() && when.is_some_and(|day| !has_begun(day, progress.latest)) {
            let why = "a rating for a time that has not begun";
            if value.item > 0 {
                account.leave(value.item, why);
            } else {
                account.note_at(value.place.clone(), why);
            }
            continue;
        }
        let says = match when.filter(|_| !late) {
            Some(day) => reported.then.entry(day).or_default(),
            None => &mut reported.now,
        };
        let mut teller = Teller {
            action: &action.id,
            due,
            progress,
            hues,
            account,
        };
        let day = teller.tell(says, field, value);
        completed = completed.or(day);
    }
    let milestones = !action.milestones.is_empty();
    for says in reported.then.values_mut().chain([&mut reported.now]) {
        says.settle(milestones);
    }
    let first_closed = reported.ends_unknown(progress.latest);
    let mut ended = told(action)
        .filter(|(field, _)| *field == Field::Done)
        .filter_map(|(_, value)| ratings::ended_on(&value.text));
    let done = first_closed.and_then(|closed| ended.find(|day| *day <= closed));
    if let Some(day) = completed.or(done) {
        reported.complete(day, milestones);
    }
    reported
}

/// What an action's cells tell of it: of several ratings the last comes first, and counts.
fn told(action: &DraftAction) -> impl Iterator<Item = (Field, &Value)> {
    let values = action.values.iter();
    let values = values.filter(|(field, _)| field.is_progress());
    let all = values.flat_map(|(field, found)| found.iter().map(move |value| (*field, value)));
    let (mut ratings, others): (Vec<_>, Vec<_>) = all.partition(|(field, _)| field.is_rating());
    ratings.sort_by_key(|(_, value)| Reverse(value.when));
    ratings.into_iter().chain(others)
}

/// The period in which the times of a source's headings are, as far as they have no year of their own.
pub fn period_of_times(
    outline: &Outline,
    plan: Option<Period>,
    reported: Option<Day>,
) -> Option<Period> {
    let told = outline.each().flat_map(told);
    let says = told.filter(|(_, value)| !value.text.is_empty() || value.shade.is_some());
    let times: Vec<_> = says.filter_map(|(_, value)| value.when).collect();
    year_of(&times, plan, reported)
}

impl ByDay {
    /// The day of the first report that has the action complete, where nothing says on which day it was.
    fn ends_unknown(&self, main: Day) -> Option<Day> {
        let mut then = self.then.iter().filter(|(_, says)| says.is_closed());
        let first = then.next().map(|(day, _)| *day);
        let first = first.or(self.now.is_closed().then_some(main));
        first.filter(|_| self.completed.is_none())
    }

    /// The action was completed on a day that the source names: a rating beside that is no news, and
    /// would open it again.
    fn complete(&mut self, day: Day, milestones: bool) {
        if let Some(rag) = self.now.rag.take() {
            self.now.add_note(&format!("RAG: {}", rag.word()));
        }
        if self.now.status == Some(Status::Complete) {
            self.now.status = None;
        }
        let mut says = Says::complete();
        says.settle(milestones);
        self.completed = Some((day, says));
    }
}

/// Tells what a cell says of an action.
struct Teller<'t> {
    action: &'t str,
    /// The last day of its deadline.
    due: Option<Day>,
    progress: &'t ProgressContext<'t>,
    hues: &'t mut BTreeMap<Rag, usize>,
    account: &'t mut Account,
}

impl Teller<'_> {
    /// Adds what a cell says; gives the day of completion, where it names one.
    fn tell(&mut self, says: &mut Says, field: Field, value: &Value) -> Option<Day> {
        let text = value.text.trim();
        match field {
            _ if field.is_rating() => return self.rate(says, field, value),
            Field::Completed => return self.completed(says, value),
            Field::Revised => self.revised(says, value),
            Field::Reason => says.explain(text),
            Field::Next => add(&mut says.next, text),
            Field::Voice => add(&mut says.voice, text),
            _ => {
                // "Completed", "To do", "Amber: paint is late" in a column of progress say how it stands.
                let rating = ratings::read_cell(text).or_else(|| share(text));
                let rating = rating.filter(|rating| rating.rag.is_none() || ratings::opens(text));
                // A cell of a status says it before words about progress do.
                let rating = rating.filter(|rating| {
                    says.is_open_to(rating.status) && !rating.is_after(self.progress.latest)
                });
                let bare = rating
                    .as_ref()
                    .is_some_and(|rating| rating.rest.is_empty() && !rating.names_other_day());
                // That it is not due yet is no report of what was done.
                let says_nothing = rating
                    .as_ref()
                    .is_some_and(|rating| rating.rag.is_none() && rating.status.is_none());
                let day = rating.and_then(|rating| self.take(says, rating, text));
                if says_nothing || bare && ratings::says_more(text) {
                    says.add_note(text);
                } else if bare {
                    self.account
                        .read_as(value.item, format!("entry about {}: status", self.action));
                } else {
                    add(&mut says.done, text);
                }
                return day;
            }
        }
        None
    }

    /// Reads a rating or a status; words that are neither are kept.
    fn rate(&mut self, says: &mut Says, field: Field, value: &Value) -> Option<Day> {
        let text = value.text.trim();
        let name = if field == Field::Rag { "RAG" } else { "Status" };
        let key = self.progress.key;
        let hue = value.shade.as_deref().and_then(|shade| key.hue(shade));
        let word = key.known_word(text);
        let meant = key.meaning(word);
        let rating = by_meaning(word, key).or_else(|| ratings::read_cell(text));
        let by_hue = rating
            .as_ref()
            .is_none_or(|rating| rating.rag.is_none() && rating.status.is_none());
        if by_hue && let Some(hue) = hue {
            if !key.names_colour(hue) {
                *self.hues.entry(hue).or_default() += 1;
            }
            let rating = key.colour(hue);
            self.take(says, rating, text);
            self.keep(says, field, name, value);
            return None;
        }
        let latest = self.progress.latest;
        let is_forecast =
            |rating: &Rating| rating.status == Some(Status::Complete) && rating.is_after(latest);
        let Some(mut rating) = rating.filter(|rating| !is_forecast(rating)) else {
            if !text.is_empty() {
                let quoted = short(text);
                let why = "is no rating or status that is known; its words are kept";
                self.account.note(value.item, format!("\"{quoted}\" {why}"));
                self.keep(says, field, name, value);
            }
            return None;
        };
        self.take_mark(&mut rating);
        self.note_two(value, &mut rating);
        if let Some(hue) = hue.filter(|_| rating.rag.is_none()) {
            rating.rag = self.beside_words(says, hue, rating.status);
        } else if field == Field::Rag && meant != word && ratings::is_on_course(meant) {
            // "2 = On track" of a scale of ratings.
            rating.rag = rating.rag.or(Some(Rag::Green));
        }
        if let (Some(known), Some(rag)) = (says.rag, rating.rag)
            && known != rag
        {
            let why = format!(
                "another column rates {} {}, which stands",
                self.action,
                known.word()
            );
            self.account.note(value.item, why);
        }
        self.keep_words(says, name, value, &rating);
        let rates_nothing = rating.rag == Some(Rag::Grey) && rating.status.is_none();
        let place = if rates_nothing {
            format!("no rating of {}: grey rates nothing", self.action)
        } else {
            format!("entry about {}: {}", self.action, field.name())
        };
        self.account.read_as(value.item, place);
        self.take(says, rating, text)
    }

    /// Says that a cell names two ratings, of which the worse is taken.
    fn note_two(&mut self, value: &Value, rating: &mut Rating) {
        let text = value.text.trim();
        if ratings::colours_in(text).count() > 1 {
            let quoted = short(text);
            let why = "names two ratings: the worse is taken, and the words are kept";
            self.account.note(value.item, format!("\"{quoted}\" {why}"));
            rating.rest = text.to_owned();
        }
    }

    /// Takes a mark behind a rating for the status that the key has for it: "G (C)".
    fn take_mark(&self, rating: &mut Rating) {
        let mark = self.progress.key.words.get(&letters_only(&rating.rest));
        if let Some(status) = mark.and_then(|mark| ratings::read(mark)?.status) {
            rating.status = Some(status);
            rating.rest.clear();
        }
    }

    /// Keeps whatever the words of a rating say beside it; that it goes badly, and how badly, the board must say.
    fn keep_words(&mut self, says: &mut Says, name: &str, value: &Value, rating: &Rating) {
        let text = value.text.trim();
        let meant = self.progress.key.meaning(text);
        if meant != text {
            says.add_note(&format!("{name}: {text} ({meant})"));
        } else if rating.rest == text
            || rating.rest.is_empty() && (rating.names_other_day() || ratings::says_more(text))
        {
            says.add_note(&format!("{name}: {text}"));
        } else if !rating.rest.is_empty() {
            says.add_note(&rating.rest);
        }
        let is_pace = ratings::read(meant)
            .is_some_and(|meant| !meant.rest.is_empty() && meant.status.is_some());
        if is_pace && rating.rag.is_none() {
            let quoted = short(meant);
            let why = format!(
                "\"{quoted}\" says how it goes and is no rating: it is kept as a note; add `rag` to the entry \
                 where the board means red or amber by it"
            );
            self.account.note(value.item, why);
        }
    }

    /// What a colour behind words of a status rates. That an action is complete is enough; another colour behind
    /// it is a note.
    fn beside_words(&mut self, says: &mut Says, hue: Rag, status: Option<Status>) -> Option<Rag> {
        let key = self.progress.key;
        let is_complete = status == Some(Status::Complete);
        let rag = key.colour(hue).rag.filter(|_| !is_complete);
        if rag.is_some() && !key.names_colour(hue) {
            *self.hues.entry(hue).or_default() += 1;
        }
        if rag.is_none() && !(is_complete && matches!(hue, Rag::Blue | Rag::Green)) {
            says.add_note(&format!("Colour: {}", hue.word()));
        }
        rag
    }

    /// Keeps the words of a cell: of a status what was done, of a rating a note.
    fn keep(&mut self, says: &mut Says, field: Field, name: &str, value: &Value) {
        let text = value.text.trim();
        let long = text.split_whitespace().count() > 3;
        if field == Field::Status && long {
            add(&mut says.done, text);
        } else if !text.is_empty() {
            says.add_note(&format!("{name}: {text}"));
        }
    }

    /// Takes a rating over; gives the day of completion, where it names one.
    fn take(&mut self, says: &mut Says, rating: Rating, words: &str) -> Option<Day> {
        if let Some(rag) = rating.rag.filter(|rag| *rag != Rag::Grey) {
            if says.rag.is_some_and(|known| known != rag) {
                says.add_note(&format!("RAG: {}", rag.word()));
            } else {
                says.rag = Some(rag);
            }
        }
        let status = rating.status?;
        // Another cell may say on which day what is complete was so.
        let day = rating.day.filter(|day| *day <= self.progress.latest);
        let day = day.filter(|_| status == Status::Complete);
        let fresh = says.status.is_none() || says.status == Some(Status::InProgress);
        if !fresh {
            if says.status == Some(status) {
                return day;
            }
            says.add_note(&format!("Status: {words}"));
            return None;
        }
        says.status = Some(status);
        let meant = self.progress.key.meaning(words);
        says.is_pace = ratings::is_on_course(meant)
            || ratings::read(meant).is_some_and(|meant| !meant.rest.is_empty());
        if status.needs_agreement() && says.reason.is_none() {
            says.reason = Some(words.to_owned());
        }
        day
    }

    /// A cell of a column of days of completion.
    fn completed(&mut self, says: &mut Says, value: &Value) -> Option<Day> {
        let text = value.text.trim();
        if tick(text).is_none() && is_only_sign(text) {
            return None;
        }
        let place = format!("entry about {}: status", self.action);
        let latest = self.progress.latest;
        // "Yes – August 2023"
        let behind_tick = text.split_once(['–', '-', ':', ',', '(']);
        let behind_tick = behind_tick.filter(|(yes, _)| tick(yes) == Some(true));
        let when = behind_tick.map_or(text, |(_, when)| when.trim_matches([' ', ')']));
        let named = ratings::day_in(text);
        if let Some(day) = named.or_else(|| dated(when, &self.progress.context)) {
            let rating = Rating {
                day: Some(day),
                is_month: named.is_none(),
                ..Rating::default()
            };
            if rating.is_after(latest) {
                let quoted = short(text);
                let why = format!("\"{quoted}\" is still to come: it is kept as a note");
                self.account.note(value.item, why);
                says.add_note(&format!("Completed: {text}"));
                return None;
            }
            self.account.read_as(value.item, place);
            if !ratings::is_day(text) {
                says.add_note(&format!("Completed: {text}"));
            }
            // Of a month it is only known that it was complete when that ended, or is now.
            return Some(day.min(latest));
        }
        match ratings::read_cell(text).or_else(|| ticked(text)) {
            Some(rating) => {
                self.account.read_as(value.item, place);
                says.add_note_if(&rating.rest);
                self.take(says, rating, text)
            }
            None => {
                add(&mut says.done, text);
                None
            }
        }
    }

    /// A later deadline is asked for, with a reason that somebody has to write.
    fn revised(&mut self, says: &mut Says, value: &Value) {
        let text = one_line(&value.text);
        if is_only_sign(&text) {
            return;
        }
        let Ok(read) = Timescale::parse(&text, &self.progress.context) else {
            self.account.note(
                value.item,
                format!(
                    "\"{}\" is no new deadline that can be read; it is kept as a note",
                    short(&text)
                ),
            );
            says.add_note(&format!("Revised: {text}"));
            return;
        };
        if read.last_day().is_some() && read.last_day() == self.due {
            let place = format!("action {}: timescale again", self.action);
            self.account.read_as(value.item, place);
            return;
        }
        says.timescale = Some(text);
        says.reason
            .get_or_insert_with(|| "The source gives no reason.".into());
        let place = if value.item > 0 {
            self.account.place(value.item)
        } else {
            value.place.clone()
        };
        self.account.note_at(place, format!("a new deadline for {} is asked for: write its reason, and who agreed to it, if anybody did", self.action));
    }
}

/// A yes or a no in a column of completion.
fn ticked(text: &str) -> Option<Rating> {
    let status = tick(text)?.then_some(Status::Complete);
    Some(Rating {
        status,
        ..Rating::default()
    })
}

/// The share of the work that is done: all of it is complete.
fn share(text: &str) -> Option<Rating> {
    let figure: u32 = text.strip_suffix('%')?.trim().parse().ok()?;
    let status = match figure {
        0 => Status::NotStarted,
        1..100 => Status::InProgress,
        100 => Status::Complete,
        _ => return None,
    };
    Some(Rating {
        status: Some(status),
        rest: text.to_owned(),
        ..Rating::default()
    })
}

/// What the key says of a word, as far as that is a rating or a status.
fn by_meaning(text: &str, key: &Key) -> Option<Rating> {
    let meant = key.meaning(text);
    if meant == text {
        return None;
    }
    // A letter that the key explains is a code, and no colour.
    let is_code = text.chars().count() == 1 || key.is_of_states();
    if key.has_good_yellow() && letters_only(text) == "yellow" {
        return Some(Rating {
            rag: Some(Rag::Green),
            ..Rating::default()
        });
    }
    // The colour's own name keeps its rating, where its meaning is only what that colour means.
    let rated = ratings::read(text).filter(|rating| rating.rag.is_some());
    match rated {
        Some(rated) => Some(ratings::with_key(rated, meant, is_code)),
        None => ratings::read_cell(meant).map(|rating| Rating {
            rest: String::new(),
            ..rating
        }),
    }
}
