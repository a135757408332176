//! A board: its groups, when they meet, and everything that its folder holds.

use std::sync::OnceLock;

use foldhash::{HashMap, HashSet};

use super::{ChallengeEntry, Entry, Group, Meetings, Plan, Review, Text, WHOLE_BOARD};
use crate::calendar::{Schedule, Terms};
use crate::finding::Severity;
use crate::source::Span;
use crate::words::{capitalised, composed, words_of};

/// A board with everything that its folder holds.
#[derive(Debug, Default)]
pub struct Board {
    /// The name of its folder.
    pub name: String,
    /// The first key of its document; none where files stand together that no board claims.
    pub at: Option<Span>,
    pub title: Option<Text>,
    pub short: Option<Text>,
    pub kind: Option<Text>,
    pub area: Option<Text>,
    /// Whom the board is there for, in its own words; see [`Board::people`].
    pub people: Option<Text>,
    /// Who writes its papers: a group, or words.
    pub author: Option<Text>,
    /// What is done with many of them looks for them by [`Board::group`].
    pub groups: Vec<Group>,
    /// Where each group stands among them, once one is looked for.
    pub(super) places: OnceLock<HashMap<String, usize>>,
    pub meetings: Vec<Meetings>,
    /// Severities that the board sets for rules; none is `off`.
    pub severities: Vec<(Text, Option<Severity>)>,
    pub terms: Terms,
    /// Where the terms and the meetings are given.
    pub terms_at: Option<Span>,
    pub meetings_at: Option<Span>,
    pub plans: Vec<Plan>,
    /// All its entries, in the order in which they apply.
    pub entries: Vec<Entry>,
    pub challenges: Vec<ChallengeEntry>,
    /// The register of reviews; of two with one id, the first counts.
    pub reviews: Vec<Review>,
}

impl Board {
    /// The board's own title, else its folder's name.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// A title without the board's own name before it, where the name ends there: "Hart" leaves
    /// "Hartlepool", "Hart's Plan" and "Hart-wide Plan" alone.
    pub fn without_name<'t>(&self, title: &'t str) -> &'t str {
        let joins = |sign: char| [':', ',', '-', '–', '—', '|'].contains(&sign);
        let rest = title.strip_prefix(self.title()).and_then(|rest| {
            let after = rest.trim_start_matches(joins);
            let ends = after.is_empty() || after.starts_with(char::is_whitespace);
            ends.then(|| rest.trim_start_matches(|sign: char| sign.is_whitespace() || joins(sign)))
        });
        rest.unwrap_or(title).trim()
    }

    /// What kind of board it is and for which area, as it says itself: "Safeguarding adults board for
    /// Testshire". None where it says neither.
    pub fn description(&self) -> Option<String> {
        let area = self.area.as_ref().map(|area| format!("for {area}"));
        let kind = self.kind.as_ref().map(|kind| kind.value.to_string());
        let words: Vec<String> = [kind, area].into_iter().flatten().collect();
        (!words.is_empty()).then(|| capitalised(&words.join(" ")))
    }

    /// Whom the board is there for, as every paper, form and letter says it: its own words, else
    /// "children and families", or "adults and their families and carers" where its kind (or, where
    /// it gives none, its name) speaks of adults and not of children (design section 3).
    pub fn people(&self) -> &str {
        match &self.people {
            Some(people) => people,
            None => people_of(self.kind.as_deref().unwrap_or(self.title())),
        }
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        let places = self.places.get_or_init(|| {
            // Of two with one id the first counts.
            let ids = self.groups.iter().map(|group| group.id.value.to_string());
            let mut places: Vec<(String, usize)> = ids.zip(0..).collect();
            places.reverse();
            places.into_iter().collect()
        });
        places.get(id).map(|&place| &self.groups[place])
    }

    /// A group's name as papers print it.
    pub fn group_name<'b>(&'b self, id: &'b str) -> &'b str {
        match self.group(id).and_then(|group| group.name.as_deref()) {
            Some(name) => name,
            None if id == WHOLE_BOARD => "Board",
            None => id,
        }
    }

    /// The same where there is little room: the abbreviation by which the board's own text calls a group,
    /// where it has one ("QPS").
    pub fn short_group_name<'b>(&'b self, id: &'b str) -> &'b str {
        let also = self.group(id).into_iter().flat_map(|group| &group.aka);
        let is_short = |aka: &&Text| {
            let is_capital = |c: char| !c.is_lowercase() && !c.is_whitespace();
            aka.chars().count() <= 8 && aka.chars().all(is_capital)
        };
        also.into_iter()
            .find(is_short)
            .map_or_else(|| self.group_name(id), |aka| aka.as_str())
    }

    /// Whether words mean a group: its id, its name, or another name for it; case does not matter.
    pub fn means_group(&self, words: &str, id: &str) -> bool {
        let words = Board::key(words);
        self.names(id).any(|name| Board::key(name) == words)
    }

    /// All names of a group: its id, its name, its other names (`aka`).
    pub fn names<'b>(&'b self, id: &'b str) -> impl Iterator<Item = &'b str> {
        let group = self.group(id).into_iter();
        let names = group.flat_map(|group| group.name.iter().chain(&group.aka));
        std::iter::once(id).chain(names.map(|name| name.as_str()))
    }

    /// The same for all words that mean one group.
    pub fn key(words: &str) -> String {
        composed(words.trim()).to_lowercase()
    }

    /// The groups that a group stands for, to any depth: itself first, then its members and theirs,
    /// each once, however they are nested or lead back to each other.
    pub fn within<'b>(&'b self, id: &'b str) -> Vec<&'b str> {
        let mut found = vec![id];
        let mut seen = HashSet::from_iter([id]);
        let mut next = 0;
        while let Some(group) = found.get(next).map(|id| self.group(id)) {
            let members = group.into_iter().flat_map(|group| &group.members);
            found.extend(members.map(|id| id.as_str()).filter(|id| seen.insert(id)));
            next += 1;
        }
        found
    }

    /// Those who answer for what a group owns: the groups within it that have no members. A group of
    /// groups has no letter box; one that only stands for itself answers itself.
    pub fn answering<'b>(&'b self, id: &'b str) -> Vec<&'b str> {
        let mut found = self.within(id);
        found.retain(|id| self.group(id).is_none_or(|group| group.members.is_empty()));
        if found.is_empty() { vec![id] } else { found }
    }

    /// Whether words mean a group or one of those that it stands for.
    pub fn means_within(&self, words: &str, id: &str) -> bool {
        self.within(id).iter().any(|id| self.means_group(words, id))
    }

    /// Whether a report by `by` counts as one of `group`: `by` is the group itself, or a group within it.
    pub fn speaks_for(&self, by: &str, group: &str) -> bool {
        let has_members = |group: &Group| !group.members.is_empty();
        by == group
            || self.group(group).is_some_and(has_members) && self.within(group).contains(&by)
    }

    /// When a group meets, if the board says.
    pub fn schedule(&self, group: &str) -> Option<&Schedule> {
        let meetings = self.meetings.iter().find(|m| m.group.as_str() == group)?;
        Some(&meetings.schedule)
    }

    /// The action that `PLAN#ID` names, or whose milestone it names: indices into [`Board::plans`] and
    /// [`Plan::actions`].
    pub fn referred(&self, reference: &str) -> Option<(usize, usize)> {
        let (stem, id) = reference.split_once('#')?;
        let plan = self.plan(stem)?;
        Some((plan, self.plans[plan].index.get(id)?.action))
    }

    /// The review that an action's `source` names.
    pub fn review(&self, id: &str) -> Option<&Review> {
        self.reviews.iter().find(|review| *review.id.value == *id)
    }

    pub fn plan(&self, stem: &str) -> Option<usize> {
        let stem = composed(stem);
        self.plans.iter().position(|plan| plan.stem == *stem)
    }
}

/// Whether a board's kind, or its name, speaks of adults and not of children: in full, or as the
/// abbreviation SAB.
pub fn is_of_adults(words: &str) -> bool {
    let words = words.to_lowercase();
    let mut parts = words_of(&words);
    (words.contains("adult") || parts.any(|part| part == "sab")) && !words.contains("child")
}

/// Whom a board of a kind, or of a name, is there for, where it does not say so itself.
pub fn people_of(words: &str) -> &'static str {
    if is_of_adults(words) {
        "adults and their families and carers"
    } else {
        "children and families"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_told_without_the_name_of_its_board() {
        let board = Board {
            name: "Hart".into(),
            ..Board::default()
        };
        for (title, told) in [
            ("Hart Work Plan", "Work Plan"),
            ("Hart: Work Plan", "Work Plan"),
            ("Hart – Work Plan", "Work Plan"),
            ("Hart", ""),
            ("Hartlepool Work Plan", "Hartlepool Work Plan"),
            ("Hart's Work Plan", "Hart's Work Plan"),
            ("Hart-wide Work Plan", "Hart-wide Work Plan"),
        ] {
            assert_eq!(board.without_name(title), told, "{title}");
        }
    }

    #[test]
    fn a_board_of_adults_is_known_by_the_word_or_its_abbreviation() {
        for words in [
            "Testshire Safeguarding Adults Board",
            "Testshire SAB",
            "safeguarding adults board",
        ] {
            assert!(is_of_adults(words), "{words}");
        }
        for words in [
            "Sabden Children Board",
            "Testshire Partnership",
            "Children and Adults Board",
            "Sabrina",
        ] {
            assert!(!is_of_adults(words), "{words}");
        }
    }
}
