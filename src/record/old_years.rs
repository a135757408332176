//! Texts of a plan that name a year which the plan is not about any more, so that nobody copies them unread.

use std::collections::BTreeSet;

use crate::yaml::{self, Node, NodeKind};

/// A text that names such a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldYear {
    /// Where it begins in the file, in bytes.
    pub at: usize,
    /// Whose it is: "action 2.1.1", "the plan".
    pub whose: String,
    pub field: String,
    /// The words around the year.
    pub words: String,
}

/// Fields that are no prose, and those whose days are judged elsewhere.
const PASSED_OVER: [&str; 12] = [
    "period",
    "adopted",
    "id",
    "from",
    "supports",
    "source",
    "link",
    "data",
    "timescale",
    "starts",
    "added",
    "date",
];

/// The texts of a plan's file that name one of these years, in the file's order.
pub fn old_years(text: &str, years: &BTreeSet<i32>) -> Vec<OldYear> {
    let Ok(tree) = yaml::read(text) else {
        return Vec::new();
    };
    let mut found = OldYearSearch {
        years,
        texts: Vec::new(),
    };
    found.walk(tree.root(text), "the plan", "");
    found.texts
}

struct OldYearSearch<'y> {
    years: &'y BTreeSet<i32>,
    texts: Vec<OldYear>,
}

impl OldYearSearch<'_> {
    fn walk(&mut self, node: Node, whose: &str, field: &str) {
        match node.kind() {
            NodeKind::Scalar => self.text(node, whose, field),
            NodeKind::List => {
                for item in node.items() {
                    let name = name(item, field).unwrap_or_else(|| whose.to_owned());
                    self.walk(item, &name, field);
                }
            }
            NodeKind::Map => {
                for (key, value) in node.pairs() {
                    let name = key.text().unwrap_or_default().trim();
                    // A target of each year has the years for its keys.
                    if field == "target" {
                        self.text(key, whose, field);
                    } else if !PASSED_OVER.contains(&name) {
                        self.walk(value, whose, name);
                    }
                }
            }
        }
    }

    fn text(&mut self, node: Node, whose: &str, field: &str) {
        let text = node.text().unwrap_or_default().trim();
        let Some(place) = named(text, self.years) else {
            return;
        };
        self.texts.push(OldYear {
            at: node.range().0 as usize,
            whose: whose.to_owned(),
            field: field.to_owned(),
            words: around(text, place),
        });
    }
}

/// What an item of a list is called: by its kind and its id, or its title.
fn name(item: Node, list: &str) -> Option<String> {
    let kind = match list {
        "priorities" => "priority",
        "objectives" => "objective",
        "actions" => "action",
        "milestones" => "milestone",
        "indicators" => "indicator",
        "sections" => "section",
        _ => return None,
    };
    let field = |name: &str| {
        let mut pairs = item.pairs();
        let found = pairs.find(|(key, _)| key.text().map(str::trim) == Some(name));
        found.and_then(|(_, value)| value.text())
    };
    let name = field("id").or_else(|| field("title"))?;
    Some(format!("{kind} {}", name.trim()))
}

/// Where a text first names one of these years: as 2025, or as the first of 25/26.
fn named(text: &str, years: &BTreeSet<i32>) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + start;
        let rest = text[start..].trim_start_matches(|c: char| c.is_ascii_digit());
        let end = text.len() - rest.len();
        let figures = &text[start..end];
        let number = figures.parse::<i32>().ok();
        let is_year = match (figures.len(), number) {
            (4, Some(year)) => years.contains(&year),
            (2, Some(year)) => years.contains(&(2000 + year)) && begins_with(rest, year + 1),
            _ => false,
        };
        if is_year {
            return Some(start);
        }
        at = end;
    }
    None
}

/// Whether a text goes on with a stroke and a year of two figures: "/26 and later".
fn begins_with(text: &str, year: i32) -> bool {
    let Some(text) = text.strip_prefix(['/', '-', '–']) else {
        return false;
    };
    let rest = text.strip_prefix(&format!("{:02}", year % 100));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A line of words around a place of a text.
fn around(text: &str, place: usize) -> String {
    const BEFORE: usize = 30;
    const ALL: usize = 70;
    let begin = text[..place].char_indices().rev().nth(BEFORE - 1);
    // From the beginning of a word.
    let begin = begin.map_or(0, |(at, _)| {
        let gap = text[at..place].find(char::is_whitespace);
        gap.map_or(at, |gap| at + gap)
    });
    let end = text[begin..].char_indices().nth(ALL);
    let end = end.map_or(text.len(), |(at, _)| begin + at);
    let words: Vec<&str> = text[begin..end].split_whitespace().collect();
    let dots = |cut: bool| if cut { "…" } else { "" };
    format!(
        "{}{}{}",
        dots(begin > 0),
        words.join(" "),
        dots(end < text.len())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "\
plan: Plan 2024-25
period: 2025-26
sections: [{title: Foreword, text: What we learned in 2024.}]
priorities:
  - id: 1
    title: Neglect
    outcomes: [Fewer plans than in 24/25, Version 24.1 of the tool]
    actions:
      - {id: 1.1, from: plan-2024-25#1.1, action: Audit of 2025, timescale: May 2024}
      - {id: 1.2, action: Order 120245, milestones: [{id: 1.2a, title: Draft of 2024–25, timescale: May 2025}]}
indicators:
  - {id: X, title: Missing, target: {2024-25: 8, 2025-26: 7}}
";

    #[test]
    fn each_text_that_names_the_old_year_is_found_and_no_other() {
        let found = old_years(PLAN, &BTreeSet::from([2024]));
        let mentions: Vec<(&str, &str, &str)> = (found.iter())
            .map(|mention| {
                (
                    mention.whose.as_str(),
                    mention.field.as_str(),
                    mention.words.as_str(),
                )
            })
            .collect();
        let expected = [
            ("the plan", "plan", "Plan 2024-25"),
            ("section Foreword", "text", "What we learned in 2024."),
            ("priority 1", "outcomes", "Fewer plans than in 24/25"),
            ("milestone 1.2a", "title", "Draft of 2024–25"),
            ("indicator X", "target", "2024-25"),
        ];
        assert_eq!(mentions, expected);
        assert!(PLAN[found[4].at..].starts_with("2024-25: 8"));
    }

    #[test]
    fn of_a_long_text_the_words_around_the_year_are_shown() {
        let text = "word ".repeat(20) + "in 2024 " + &"more ".repeat(30);
        let place = named(&text, &BTreeSet::from([2024])).unwrap();
        let words = around(&text, place);
        assert!(
            words.starts_with("…word") && words.ends_with('…'),
            "{words}"
        );
        assert!(words.contains("in 2024 more"), "{words}");
        assert!(words.chars().count() <= 72, "{words}");
    }
}
