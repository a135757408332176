//! Ratings and statuses, and when a report of completion counts.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::words::capitalised;

/// A red, amber or green rating, blue for complete, grey where there is nothing to rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rag {
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

/// What ratings mean and where they come from (design section 5.7, 5.8 and 5.10), as papers say below
/// their first table: two lines, with the board's own words for the ratings.
pub fn rating_key<'l>(label: impl Fn(Rag) -> Option<&'l str>) -> [String; 2] {
    let meanings = Rag::ALL.map(|rag| {
        // A label that says no more than the meaning ("Complete") is not said twice.
        let label = label(rag).filter(|label| !label.eq_ignore_ascii_case(rag.meaning()));
        let label = label.map(|label| format!(" ({label})"));
        let (word, label) = (capitalised(rag.word()), label.unwrap_or_default());
        format!("{word}{label}: {}.", rag.meaning())
    });
    let origin = "Ratings come from dates and reports: the worse counts. A priority takes its worst open \
                  action's, else grey.";
    [meanings.join(" "), origin.to_owned()]
}

impl Rag {
    pub const ALL: [Rag; 5] = [Rag::Red, Rag::Amber, Rag::Green, Rag::Blue, Rag::Grey];

    pub fn word(self) -> &'static str {
        match self {
            Rag::Red => "red",
            Rag::Amber => "amber",
            Rag::Green => "green",
            Rag::Blue => "blue",
            Rag::Grey => "grey",
        }
    }

    /// What it means, in a few words (design section 5.7 and 5.8).
    pub fn meaning(self) -> &'static str {
        match self {
            Rag::Red => "overdue or rated red",
            Rag::Amber => "no report in time, moved back, paused or rated amber",
            Rag::Green => "rated green and on time",
            Rag::Blue => "complete",
            Rag::Grey => "not rated, withdrawn or carried forward",
        }
    }

    /// The rating that a word names; case and space around it do not matter.
    pub fn parse(word: &str) -> Option<Rag> {
        let word = word.trim();
        Rag::ALL
            .into_iter()
            .find(|rag| rag.word().eq_ignore_ascii_case(word))
    }

    /// How bad a rating of open work is: red 3, amber 2, green 1, and 0 for what rates nothing.
    pub fn badness(self) -> u8 {
        match self {
            Rag::Red => 3,
            Rag::Amber => 2,
            Rag::Green => 1,
            Rag::Blue | Rag::Grey => 0,
        }
    }

    /// Whether it rates open work, and better than another rating does.
    pub fn is_better_than(self, other: Rag) -> bool {
        (1..other.badness()).contains(&self.badness())
    }

    /// The worse of two ratings; grey gives way to any other.
    pub fn worse(self, other: Rag) -> Rag {
        if other.badness() > self.badness() {
            other
        } else {
            self
        }
    }
}

impl fmt::Display for Rag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// As its word, `amber`.
impl Serialize for Rag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// How far an action has come, as was last reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    NotStarted,
    InProgress,
    Paused,
    Complete,
    Withdrawn,
    CarriedForward,
}

impl Status {
    pub const ALL: [Status; 6] = [
        Status::NotStarted,
        Status::InProgress,
        Status::Paused,
        Status::Complete,
        Status::Withdrawn,
        Status::CarriedForward,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Status::NotStarted => "not started",
            Status::InProgress => "in progress",
            Status::Paused => "paused",
            Status::Complete => "complete",
            Status::Withdrawn => "withdrawn",
            Status::CarriedForward => "carried forward",
        }
    }

    /// The status that words name; case and space around and between them do not matter.
    pub fn parse(words: &str) -> Option<Status> {
        let is_named = |status: &Status| {
            let mut given = words.split_whitespace();
            let mut known = status.word().split(' ');
            let are_same = known.all(|word| {
                given
                    .next()
                    .is_some_and(|given| given.eq_ignore_ascii_case(word))
            });
            are_same && given.next().is_none()
        };
        Status::ALL.into_iter().find(is_named)
    }

    /// Whether there is still work to do.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Status::NotStarted | Status::InProgress | Status::Paused
        )
    }

    /// Whether it counts only once somebody agreed to it (design section 5, point 2).
    pub fn needs_agreement(self) -> bool {
        matches!(
            self,
            Status::Paused | Status::Withdrawn | Status::CarriedForward
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// As its words, `in progress`.
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// When a report that an action is complete counts (design section 5, point 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completion {
    /// As soon as a group that may report on the action says so.
    #[default]
    Reported,
    /// Once somebody agreed to it.
    Agreed,
}

impl Completion {
    pub fn word(self) -> &'static str {
        match self {
            Completion::Reported => "reported",
            Completion::Agreed => "agreed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_status_and_rag_ignore_case_and_surrounding_space() {
        assert_eq!(Rag::parse(" Amber "), Some(Rag::Amber));
        assert_eq!(
            Status::parse(" Carried  Forward"),
            Some(Status::CarriedForward)
        );
        assert_eq!(Status::parse("done"), None);
    }
}
