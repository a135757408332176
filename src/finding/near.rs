//! What a misspelt word was most likely meant to be.

use foldhash::{HashMap, HashSet};
use std::cell::{OnceCell, RefCell};

/// The longest word, in characters, for which a near one is looked for: no name of a group or a field
/// is longer, and comparing costs the product of the lengths.
const LONGEST: usize = 64;

/// Up to so many names a word is held against each of them.
const FEW: usize = 200;

/// Of more names, on either side of its place in their order, as many as it is held against.
const AROUND: usize = 50;

/// The names that may stand in a place, to find the one that a misspelt word was meant to be. Asked
/// for many words of the same names, it takes time in proportion to the words.
pub struct Names<'n> {
    names: Vec<&'n str>,
    /// The names in small letters.
    small: OnceCell<Vec<String>>,
    /// Where many are: their order by their beginnings, and by their ends.
    orders: OnceCell<[Vec<(String, usize)>; 2]>,
    /// The names as they are written.
    exact: OnceCell<HashSet<&'n str>>,
    /// What was asked before: the same slip is often made again and again.
    known: RefCell<HashMap<String, Option<usize>>>,
}

/// How many slips of the hand a word of a length may hold and still be told.
fn slips(word: &str) -> usize {
    (word.chars().count() / 3).clamp(1, 3)
}

fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}

impl<'n> Names<'n> {
    pub fn new(names: impl IntoIterator<Item = &'n str>) -> Names<'n> {
        Names {
            names: names.into_iter().filter(|name| !name.is_empty()).collect(),
            small: OnceCell::new(),
            orders: OnceCell::new(),
            exact: OnceCell::new(),
            known: RefCell::default(),
        }
    }

    /// Whether a word is one of the names, to the letter.
    pub fn has(&self, word: &str) -> bool {
        let exact = || self.names.iter().copied().collect();
        self.exact.get_or_init(exact).contains(word)
    }

    fn small(&self) -> &[String] {
        let small = || self.names.iter().map(|name| name.to_lowercase()).collect();
        self.small.get_or_init(small)
    }

    /// Those that a word (in small letters) is held against, in the order given: all of a few; of many
    /// those that begin or end most like it, for a slip leaves one end of a word as it is.
    fn held_against(&self, word: &str) -> Vec<usize> {
        if self.names.len() <= FEW {
            return (0..self.names.len()).collect();
        }
        let orders = self.orders.get_or_init(|| {
            let forwards = self.small().iter().cloned();
            let backwards = self.small().iter().map(|name| backwards(name));
            let mut orders = [forwards.zip(0..).collect(), backwards.zip(0..).collect()];
            orders
                .iter_mut()
                .for_each(|order: &mut Vec<_>| order.sort());
            orders
        });
        let mut found = Vec::with_capacity(4 * AROUND);
        for (order, word) in orders.iter().zip([word.to_owned(), backwards(word)]) {
            let place = order.partition_point(|(name, _)| *name < word);
            let last = order.len().min(place + AROUND);
            let near = &order[place.saturating_sub(AROUND)..last];
            found.extend(near.iter().map(|(_, index)| *index));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The name that a word was most likely meant to be, if one is near: a slip or two of the hand away,
    /// or alike from the beginning on. Of several the nearest, and of these the first.
    pub fn nearest(&self, word: &str) -> Option<&'n str> {
        if is_long(word) {
            return None;
        }
        let word = word.to_lowercase();
        let known = self.known.borrow().get(&word).copied();
        let found = known.unwrap_or_else(|| {
            let found = self.search(&word);
            self.known.borrow_mut().insert(word, found);
            found
        });
        found.map(|index| self.names[index])
    }

    fn search(&self, word: &str) -> Option<usize> {
        let mut best: Option<(usize, usize)> = None;
        for index in self.held_against(word) {
            let name = self.small()[index].as_str();
            if is_long(name) {
                continue;
            }
            let nearest = best.map_or(usize::MAX, |(nearest, _)| nearest);
            if !may_be_near(word, name, nearest) {
                continue;
            }
            let distance = distance(word, name);
            // Of equals the first stays, and what is no better need not be looked at again.
            if nearest <= distance {
                continue;
            }
            if distance <= slips(word) || strsim::jaro_winkler(word, name) > ALIKE {
                best = Some((distance, index));
            }
        }
        best.map(|(_, index)| index)
    }

    /// The one name that a misspelt word can have been meant to be: a slip of the hand away, where no
    /// other is nearly as near. Strict, because a fix rests on it.
    pub fn only_near(&self, word: &str) -> Option<&'n str> {
        if is_long(word) {
            return None;
        }
        let word = word.to_lowercase();
        let allowed = slips(&word).min(2);
        let distances = self.held_against(&word).into_iter().map(|index| {
            let name = self.small()[index].as_str();
            let distance = if is_long(name) {
                usize::MAX
            } else {
                distance(&word, name)
            };
            (distance, index)
        });
        let mut near = distances.filter(|(distance, _)| *distance <= allowed + 1);
        match (near.next(), near.next()) {
            (Some((distance, only)), None) if distance <= allowed => Some(self.names[only]),
            _ => None,
        }
    }

    /// "did you mean `x`?" where something is near, else what there is to choose from.
    pub fn suggest(&self, word: &str, what: &str) -> String {
        match self.nearest(word) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.names.is_empty() => format!("there are no {what} here"),
            None if self.names.len() > 30 => {
                format!("it is none of the {} {what}", self.names.len())
            }
            None => format!("the {what} are {}", self.names.join(", ")),
        }
    }
}

/// How alike words are from the beginning on that count as near whatever is between them.
const ALIKE: f64 = 0.85;

/// Whether a name can be nearer to a word than `nearest`, told from the letters that they share, wherever
/// these stand: each slip of the hand leaves all but one, and no words are more alike than their letters.
fn may_be_near(word: &str, name: &str, nearest: usize) -> bool {
    let mut letters = [0_u8; 128];
    // Letters that fall together only make words seem nearer.
    let place = |c: char| c as usize % 128;
    let (mut length, mut others, mut shared) = (0_usize, 0_usize, 0_usize);
    for c in word.chars() {
        letters[place(c)] += 1;
        length += 1;
    }
    for c in name.chars() {
        let left = &mut letters[place(c)];
        if *left > 0 {
            *left -= 1;
            shared += 1;
        }
        others += 1;
    }
    let least = length.max(others) - shared;
    if least >= nearest {
        return false;
    }
    let part = |of: usize| shared as f64 / of.max(1) as f64;
    let alike = (part(length) + part(others) + 1.0) / 3.0;
    let begin = word.chars().zip(name.chars()).take(4);
    let begin = begin.take_while(|(a, b)| a == b).count() as f64;
    least <= slips(word) || alike + 0.1 * begin * (1.0 - alike) > ALIKE
}

/// How many slips of the hand are between two words. What both begin and end with costs nothing, and is not
/// looked at.
fn distance(a: &str, b: &str) -> usize {
    let same = |(a, b): &(char, char)| a == b;
    let length = |(c, _): (char, char)| c.len_utf8();
    let begins: usize = (a.chars().zip(b.chars()))
        .take_while(same)
        .map(length)
        .sum();
    let (a, b) = (&a[begins..], &b[begins..]);
    let from_ends = a.chars().rev().zip(b.chars().rev());
    let ends: usize = from_ends.take_while(same).map(length).sum();
    strsim::osa_distance(&a[..a.len() - ends], &b[..b.len() - ends])
}

/// Whether a word is too long to be held against others.
fn is_long(word: &str) -> bool {
    word.len() > LONGEST && word.chars().nth(LONGEST).is_some()
}

/// [`Names::nearest`] of names that are asked once.
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    Names::new(names).nearest(word)
}

/// [`Names::only_near`] of names that are asked once.
pub fn only_near<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    Names::new(names.iter().copied()).only_near(word)
}

/// [`Names::suggest`] of names that are asked once.
pub fn suggest(word: &str, names: &[&str], what: &str) -> String {
    Names::new(names.iter().copied()).suggest(word, what)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips_of_the_hand_are_recognised_and_other_words_are_not() {
        let fields = ["action", "rag", "status", "owners", "timescale"];
        assert_eq!(nearest("rga", fields), Some("rag"));
        assert_eq!(nearest("owner", fields), Some("owners"));
        assert_eq!(nearest("Timescales", fields), Some("timescale"));
        assert_eq!(nearest("deadline", fields), None);
        assert_eq!(nearest("2.2.33", ["2.2.3", "2.1.3"]), Some("2.2.3"));
    }

    #[test]
    fn a_fix_rests_only_on_what_is_beyond_doubt() {
        let groups = ["vemt", "police", "board", "lipsg"];
        assert_eq!(only_near("vmet", &groups), Some("vemt"));
        assert_eq!(only_near("polcie", &groups), Some("police"));
        for doubtful in ["police-north", "police, vemt", "health", "vm"] {
            assert_eq!(only_near(doubtful, &groups), None, "{doubtful}");
        }
        assert_eq!(only_near("da-sub", &["da-sub1", "da-sub2"]), None);
    }

    #[test]
    fn among_thousands_of_names_a_slip_at_either_end_is_still_told() {
        let names: Vec<String> = (0..5000).map(|i| format!("group-{i:04}-north")).collect();
        let names = Names::new(names.iter().map(String::as_str).chain(["police"]));
        for slip in ["plice", "polic", "pollice", "opolice"] {
            assert_eq!(names.nearest(slip), Some("police"), "{slip}");
            assert_eq!(names.only_near(slip), Some("police"), "{slip}");
        }
        assert_eq!(names.nearest("xyz"), None);
    }

    /// [`Names::search`] as it is meant: the first of the nearest.
    fn nearest_of_all(word: &str, names: &[String]) -> Option<usize> {
        let near = names.iter().enumerate().filter_map(|(index, name)| {
            let distance = strsim::osa_distance(word, name);
            let alike = strsim::jaro_winkler(word, name) > ALIKE;
            (distance <= slips(word) || alike).then_some((distance, index))
        });
        near.min_by_key(|(distance, _)| *distance)
            .map(|(_, index)| index)
    }

    proptest! {
        #[test]
        fn what_is_passed_over_is_not_near(
            word in "[abcdé ]{0,9}", names in prop::collection::vec("[abcdé ]{1,9}", 0..9),
        ) {
            let known = Names::new(names.iter().map(String::as_str));
            prop_assert_eq!(known.search(&word), nearest_of_all(&word, &names));
        }

        #[test]
        fn what_two_words_share_at_their_ends_is_no_distance(
            begin in "[abé]{0,3}", a in "[abé]{0,4}", b in "[abé]{0,4}", end in "[abé]{0,3}",
        ) {
            let [a, b] = [a, b].map(|word| format!("{begin}{word}{end}"));
            prop_assert_eq!(distance(&a, &b), strsim::osa_distance(&a, &b));
        }
    }

    #[test]
    fn a_very_long_word_is_near_nothing() {
        let long = "ab".repeat(100_000);
        let like = "ab".repeat(99_999);
        assert_eq!(nearest(&long, [like.as_str(), "ab"]), None);
        assert_eq!(nearest("ab", [like.as_str(), "abc"]), Some("abc"));
    }
}
