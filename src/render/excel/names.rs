//! Names of sheets: at most 31 characters, none twice, none that Excel forbids.

use std::collections::HashSet;

use super::text::shown;

/// Excel's limit, in UTF-16 units.
const MOST: usize = 31;

/// The names that are taken, in lower case: Excel does not tell `Late` from `late`.
#[derive(Default)]
pub struct TakenNames(HashSet<String>);

impl TakenNames {
    /// A name for a sheet about something.
    pub fn free(&mut self, heading: &str) -> String {
        let forbidden = |c: char| matches!(c, '*' | '?' | ':' | '[' | ']' | '\\' | '/' | '\n');
        let text = shown(heading).replace(forbidden, " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let name = words.join(" ");
        // Excel keeps the name History for itself.
        let name = match name.trim_matches(['\'', ' ']) {
            "" => "Table",
            history if history.eq_ignore_ascii_case("history") => "History of entries",
            name => name,
        };
        let mut free = fitted(name, "");
        let mut number = 2;
        while !self.0.insert(free.to_lowercase()) {
            free = fitted(name, &format!(" ({number})"));
            number += 1;
        }
        free
    }
}

/// A name cut to the limit, with an ending.
fn fitted(name: &str, ending: &str) -> String {
    let units = |text: &str| text.encode_utf16().count();
    let mut name = name.to_owned();
    if units(&name) + units(ending) > MOST {
        while units(&name) + units(ending) + 1 > MOST {
            name.pop();
        }
        name = format!("{}…", name.trim_end());
    }
    name + ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_unlike_all_others_and_without_what_excel_forbids() {
        let mut names = TakenNames::default();
        assert_eq!(names.free("Overdue"), "Overdue");
        assert_eq!(names.free("overdue"), "overdue (2)");
        assert_eq!(names.free("a/b: [c]?"), "a b c");
        assert_eq!(names.free("'quoted'"), "quoted");
        assert_eq!(names.free("HISTORY"), "History of entries");
        assert_eq!(names.free(""), "Table");
        let long = "Strengthening partnerships ensuring that all play their part";
        assert_eq!(names.free(long), "Strengthening partnerships ens…");
        assert_eq!(names.free(long), "Strengthening partnerships… (2)");
        assert_eq!(
            names.free(&"😀".repeat(40)),
            format!("{}…", "😀".repeat(15))
        );
    }
}
