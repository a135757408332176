//! Owners that are perhaps one person under two spellings, which only somebody who knows them can say.

use std::collections::HashMap;

use super::DraftGroup;
use super::kinds::is_titled;

/// The pairs of persons with one title and surname of whom one is named without a first name: "Cllr Rowe" and "Cllr
/// J. Rowe".
pub fn perhaps_one(groups: &[DraftGroup]) -> Vec<(&str, &str)> {
    let names = groups.iter().map(|group| group.name.as_str());
    let persons: Vec<(&str, Vec<&str>)> = names
        .filter(|name| is_titled(name))
        .map(|name| (name, name.split_whitespace().collect()))
        .collect();
    let mut in_full: HashMap<[&str; 2], Vec<&str>> = HashMap::new();
    for (name, words) in &persons {
        if let [title, _, .., surname] = words[..] {
            in_full.entry([title, surname]).or_default().push(name);
        }
    }
    let mut pairs = Vec::new();
    for (short, words) in &persons {
        let [title, surname] = words[..] else {
            continue;
        };
        let long = in_full.get(&[title, surname]).into_iter().flatten();
        pairs.extend(long.map(|long| (*short, *long)));
    }
    pairs
}
