//! What is wrong with a file, where, and what would be right.

mod near;

use crate::source::{Place, Span};

pub use near::{Names, nearest, only_near, suggest};

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
    /// Other places in the files that explain the finding, each with a label.
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

/// The longest message, in characters: what a file says is quoted in it, and may be as long as a file.
const LONGEST: usize = 400;

/// Of a longer one, how much of its beginning and of its end is kept. What is quoted stands between, and
/// neither part holds more than 200 characters of it.
const KEPT: (usize, usize) = (200, 150);

/// A message that a person can read: what is in the middle of a very long one is left out.
fn readable(message: impl Into<String>) -> String {
    let message = message.into();
    if message.len() <= LONGEST || message.chars().nth(LONGEST).is_none() {
        return message;
    }
    let start: String = message.chars().take(KEPT.0).collect();
    let mut end: Vec<char> = message.chars().rev().take(KEPT.1).collect();
    end.reverse();
    format!("{start} … {}", end.into_iter().collect::<String>())
}

impl Finding {
    pub fn new(rule: &'static str, at: Span, message: impl Into<String>) -> Finding {
        Finding {
            rule,
            message: readable(message),
            help: None,
            at,
            related: Vec::new(),
            fix: None,
            changed: None,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(readable(help));
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
        self.related.push((at, readable(label)));
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
    /// What an allowance of a change must name.
    pub changed: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_quotes_no_more_than_two_hundred_characters_of_a_value() {
        let value = "é".repeat(1_000_000);
        let finding = Finding::new("x", Span::default(), format!("\"{value}\" is not a status"))
            .help(format!("add `{value}: …`"))
            .related(Span::default(), value.as_str());
        let texts = [
            finding.message.as_str(),
            finding.help.as_deref().unwrap_or_default(),
            finding.related[0].1.as_str(),
        ];
        for words in texts {
            let longest = words
                .split(|c| c != 'é')
                .map(|run| run.chars().count())
                .max();
            assert!(longest <= Some(200), "{words}");
            assert!(words.chars().count() <= LONGEST);
        }
        assert!(finding.message.ends_with(" is not a status"));
    }

    #[test]
    fn a_message_of_usual_length_stays_as_it_is() {
        let message = "é".repeat(LONGEST);
        assert_eq!(
            Finding::new("x", Span::default(), message.as_str()).message,
            message
        );
    }
}
