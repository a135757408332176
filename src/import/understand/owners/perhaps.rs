//! Owners that are perhaps one person under two spellings, which only somebody who knows them can say.

use super::DraftGroup;
use super::kinds::is_titled;

/// The pairs of persons with one title and surname of whom one is named without a first name: "Cllr Rowe" and "Cllr
/// J. Rowe".
pub fn perhaps_one(groups: &[DraftGroup]) -> Vec<(&str, &str)> {
    let persons: Vec<&str> = (groups.iter().map(|group| group.name.as_str()))
        .filter(|name| is_titled(name))
        .collect();
    let mut pairs = Vec::new();
    for short in &persons {
        let words: Vec<&str> = short.split_whitespace().collect();
        let [title, surname] = words.as_slice() else {
            continue;
        };
        let same = |other: &&&str| {
            let words: Vec<&str> = other.split_whitespace().collect();
            words.len() > 2 && words[0] == *title && words.last() == Some(surname)
        };
        pairs.extend(persons.iter().filter(same).map(|long| (*short, *long)));
    }
    pairs
}
