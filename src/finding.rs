//! What is wrong with a file, where, and what would be right.

use crate::source::{Place, Span};

/// How much a finding matters. Errors fail a check; warnings do not, unless asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One thing that a rule says about one place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's name, as in the table of rules.
    pub rule: &'static str,
    /// What is wrong, in a sentence without a capital or a full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    pub at: Span,
    /// Other places that belong to it, each with what it is there for.
    pub related: Vec<(Span, String)>,
    /// What would mend it without changing the meaning, if that is beyond doubt.
    pub fix: Option<Fix>,
    /// What an allowance of a change must name: an action's id, or a key of the plan.
    pub changed: Option<String>,
}

/// A text in place of another: the finding's own span, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub at: Span,
    pub text: String,
}

impl Finding {
    pub fn new(rule: &'static str, at: Span, message: impl Into<String>) -> Finding {
        Finding {
            rule,
            message: message.into(),
            help: None,
            at,
            related: Vec::new(),
            fix: None,
            changed: None,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    pub fn fix(mut self, at: Span, text: impl Into<String>) -> Finding {
        self.fix = Some(Fix {
            at,
            text: text.into(),
        });
        self
    }

    pub fn related(mut self, at: Span, label: impl Into<String>) -> Finding {
        self.related.push((at, label.into()));
        self
    }
}

/// A finding with its severity and its places in words: what the emitters show.
#[derive(Clone, Debug)]
pub struct Placed {
    pub rule: &'static str,
    pub severity: Severity,
    pub message: String,
    pub help: Option<String>,
    pub place: Place,
    pub related: Vec<(Place, String)>,
    pub fix: Option<Fix>,
}

/// How many slips of the hand a word of a length may hold and still be told.
fn slips(word: &str) -> usize {
    (word.chars().count() / 3).clamp(1, 3)
}

/// The candidate that a misspelt word was most likely meant to be, if one is near: a slip or two of
/// the hand away, or alike from the beginning on.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    let near = candidates.into_iter().filter_map(|candidate| {
        let other = candidate.to_lowercase();
        let distance = strsim::osa_distance(&word, &other);
        let alike = strsim::jaro_winkler(&word, &other) > 0.85;
        let near = !other.is_empty() && (distance <= slips(&word) || alike);
        near.then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The one candidate that a misspelt word can have been meant to be: a slip of the hand away, where
/// no other is nearly as near. Strict, because a fix rests on it.
pub fn only_near<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let word = word.to_lowercase();
    let distance = |candidate: &str| strsim::osa_distance(&word, &candidate.to_lowercase());
    let allowed = slips(&word).min(2);
    let mut near = candidates
        .iter()
        .filter(|other| distance(other) <= allowed + 1);
    match (near.next(), near.next()) {
        (Some(only), None) if distance(only) <= allowed => Some(only),
        _ => None,
    }
}

/// "did you mean `x`?" where something is near, else what there is to choose from.
pub fn suggest(word: &str, candidates: &[&str], what: &str) -> String {
    let candidates: Vec<&str> = candidates
        .iter()
        .copied()
        .filter(|c| !c.is_empty())
        .collect();
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if candidates.is_empty() => format!("there are no {what} here"),
        None if candidates.len() > 30 => format!("it is none of the {} {what}", candidates.len()),
        None => format!("the {what} are {}", candidates.join(", ")),
    }
}

#[cfg(test)]
mod tests {
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
}
