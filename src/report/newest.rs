//! The newest words about an action: what those who do the work last said of it, whatever was decided
//! or only rated since.

use serde::Serialize;

use crate::calendar::Day;
use crate::document::{Line, Tone, piece};
use crate::plan::{Board, Entry, Text, WHOLE_BOARD};
use crate::select::Row;
use crate::words::{counted, sentence};

/// The words of an action's newest report, with its author and day.
#[derive(Clone, Debug, Serialize)]
pub struct Newest {
    /// What was done and what comes next; where neither is said, what difference it made.
    pub words: String,
    /// The author's name, as papers print it.
    pub by: Option<String>,
    pub date: Option<Day>,
    /// Full months from then to the day asked.
    pub months_ago: u32,
    /// The day asked, from which the date is spoken of.
    #[serde(skip)]
    pub today: Day,
    /// Where its owners disagree, the newest words of each of the others, where these are not old.
    pub others: Vec<Newest>,
}

/// From how many months on words are old enough for a reader to be told.
const OLD: u32 = 4;

impl Newest {
    /// The newest of some entries (oldest first) that says what was done, what comes next or what
    /// difference it made. The board's own words are no report, and a decision or a bare rating
    /// says nothing of the kind, so neither hides it.
    pub fn of_entries<'e>(
        board: &Board,
        entries: impl DoubleEndedIterator<Item = &'e Entry>,
        today: Day,
    ) -> Option<Newest> {
        let mut reports = entries.filter(|entry| entry.by.as_deref() != Some(WHOLE_BOARD));
        let (entry, words) = reports
            .by_ref()
            .rev()
            .find_map(|entry| Some((entry, words(entry)?)))?;
        let date = entry.date.map(|date| date.value);
        Some(Newest {
            words,
            by: entry
                .by
                .as_deref()
                .map(|id| board.group_name(id).to_owned()),
            date,
            months_ago: date.map_or(0, |date| months_between(date, today)),
            today,
            others: Vec::new(),
        })
    }

    /// The newest words about an action; where its owners disagree, of each of them that spoke of late.
    pub fn of_action(row: &Row, today: Day) -> Option<Newest> {
        let history = || {
            row.standing
                .history
                .iter()
                .map(|&at| &row.board.entries[at])
        };
        let newest = Newest::of_entries(row.board, history(), today)?;
        let others = row.standing.disagree.iter().filter_map(|report| {
            let own = history().filter(|entry| entry.by.as_ref() == Some(report.by));
            Newest::of_entries(row.board, own, today)
        });
        let is_new = |other: &Newest| other.by != newest.by && other.months_ago < OLD;
        let others = others.filter(is_new).collect();
        Some(Newest { others, ..newest })
    }

    /// "Exampleshire Police, 17 February", and how long ago that is where it is long.
    pub fn source(&self) -> String {
        let date = self.date.map(|date| spoken(date, self.today));
        let age = self.months_ago;
        let age = (age >= OLD).then(|| format!("{} ago", counted(age as usize, "month")));
        let parts = [self.by.clone(), date, age];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The words, and where they come from.
    pub fn text(&self) -> String {
        let own = format!("{} ({})", self.words, self.source());
        let others = self
            .others
            .iter()
            .map(|other| format!(" But: {}", other.text()));
        own + &others.collect::<String>()
    }

    /// The same, the source less loud.
    pub fn line(&self) -> Line {
        self.line_without(std::iter::empty())
    }

    /// The same, but of words that a reader has read already only that they stand above.
    pub fn line_without(&self, read: impl IntoIterator<Item = String>) -> Line {
        let mut read = read.into_iter();
        let rest =
            read.find_map(|read| Some(format!("As above.{}", self.words.strip_prefix(&*read)?)));
        let mut line = vec![
            piece(Tone::Plain, rest.unwrap_or_else(|| self.words.clone())),
            piece(Tone::Faint, format!(" ({})", self.source())),
        ];
        for other in &self.others {
            line.push(piece(Tone::Plain, " But: "));
            line.extend(other.line());
        }
        line
    }
}

fn words(entry: &Entry) -> Option<String> {
    let text = |text: &Option<Text>| text.as_ref().map(|text| sentence(&text.value));
    let done = text(&entry.done);
    let next = text(&entry.next).map(|next| format!("Next: {next}"));
    let sentences: Vec<String> = [done, next].into_iter().flatten().collect();
    if sentences.is_empty() {
        text(&entry.impact)
    } else {
        Some(sentences.join(" "))
    }
}

/// A date as it is spoken: "17 February", with its year where that is not the year of the day asked.
pub fn spoken(date: Day, today: Day) -> String {
    let long = date.long();
    let year = format!(" {}", today.year());
    match long.strip_suffix(&year) {
        Some(short) => short.to_owned(),
        None => long,
    }
}

fn months_between(first: Day, last: Day) -> u32 {
    let months = (last.year() - first.year()) * 12 + last.month() as i32 - first.month() as i32;
    let unfinished = i32::from(last.day() < first.day());
    u32::try_from(months - unfinished).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse_iso(iso).unwrap()
    }

    #[test]
    fn a_date_of_another_year_says_which() {
        assert_eq!(spoken(day("2026-02-17"), day("2026-03-04")), "17 February");
        let before = spoken(day("2025-12-03"), day("2026-03-04"));
        assert_eq!(before, "3 December 2025");
    }

    #[test]
    fn months_are_counted_when_they_are_full() {
        let today = day("2026-03-04");
        assert_eq!(months_between(day("2025-07-04"), today), 8);
        assert_eq!(months_between(day("2025-07-05"), today), 7);
        assert_eq!(months_between(day("2026-03-04"), today), 0);
    }
}
