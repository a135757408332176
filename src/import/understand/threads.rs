//! What runs through all priorities: the list below a heading that says so.

use super::spelling::short_id;
use crate::words::TakenNames;

/// Whether a heading stands over what runs through all priorities.
pub fn is_threads(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.contains("thread") || lower.contains("cross-cutting") || lower.contains("cross cutting")
}

/// The threads of a list, each with a short name.
pub fn threads(text: &str) -> Vec<(String, String)> {
    let mut threads: Vec<(String, String)> = Vec::new();
    let mut used = TakenNames::default();
    for line in text.lines() {
        let Some(words) = line.strip_prefix("- ") else {
            // A list within a list belongs to its item.
            if let Some((_, before)) = threads.last_mut() {
                before.push('\n');
                before.push_str(line);
            }
            continue;
        };
        let small = [
            "the", "a", "an", "all", "of", "our", "we", "to", "in", "is", "are", "and", "this",
        ];
        let word = words
            .split([' ', ',', ':'])
            .find(|word| !small.contains(&word.to_lowercase().as_str()));
        let id = used.free(short_id(word.unwrap_or(words), "thread"));
        threads.push((id, words.to_owned()));
    }
    threads
}
