//! Paths from the estate, with `/`.

use std::collections::HashSet;

/// The nearest folder at or above one that holds a board document.
pub fn home_of<'h>(mut folder: &str, homes: &'h HashSet<String>) -> Option<&'h str> {
    loop {
        if let Some(home) = homes.get(folder) {
            return Some(home);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}

/// Whether a folder is another or lies in it.
pub fn is_in(folder: &str, other: &str) -> bool {
    let rest = folder.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The folder of a path from the estate.
pub fn parent(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(folder, _)| folder)
}
