//! Words of a deadline that hold more than the deadline: a revision, or that it is done.

use super::ratings;
use crate::timescale::{Timescale, TimescaleContext};
use crate::words::has_one_of;

/// What the words of a deadline say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// The deadline that was first agreed.
    pub first: Option<String>,
    /// A later one.
    pub revised: Option<String>,
    /// How the action stands.
    pub status: Option<String>,
}

impl Apart {
    /// What was read, in words.
    pub fn describe(&self) -> String {
        let parts = [
            self.first
                .as_ref()
                .map(|text| format!("the deadline {text}")),
            self.revised
                .as_ref()
                .map(|text| format!("a new one that is asked for, {text}")),
            self.status.as_ref().map(|text| {
                let day = ratings::read_cell(text).and_then(|rating| rating.day);
                let on = day.map(|day| format!(", on {}", day.long()));
                format!("the status \"{text}\"{}", on.unwrap_or_default())
            }),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Signs and words between a first deadline and a later one, and whether the later stands first.
const BETWEEN: [(&str, bool); 14] = [
    ("(revised to ", false),
    ("(revised ", false),
    ("(extended to ", false),
    ("(now ", false),
    (", now ", false),
    ("; now ", false),
    ("revised to ", false),
    ("revised: ", false),
    ("revised ", false),
    ("extended to ", false),
    ("moved to ", false),
    ("(was ", true),
    ("(originally ", true),
    ("originally ", true),
];

/// Words that only say that a deadline is a later one.
const LATER: [&str; 6] = [
    "revised:",
    "revised to",
    "revised",
    "extended to",
    "new date:",
    "now",
];

/// Takes words that are no deadline apart; none where their parts are none either.
pub fn apart(text: &str, context: &TimescaleContext) -> Option<Apart> {
    let lower = text.to_lowercase();
    let reads = |text: &str| {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let was = ["was ", "Was ", "originally ", "Originally "];
        let text = was
            .iter()
            .find_map(|was| text.strip_prefix(was))
            .unwrap_or(text);
        let read = Timescale::parse(text, context).is_ok();
        read.then(|| text.to_owned())
    };
    if lower.len() == text.len() {
        for (between, later_first) in BETWEEN {
            let Some(at) = lower.find(between).filter(|at| *at > 0) else {
                continue;
            };
            let (one, other) = (reads(&text[..at]), reads(&text[at + between.len()..]));
            if let (Some(one), Some(other)) = (one, other) {
                let (first, revised) = if later_first {
                    (other, one)
                } else {
                    (one, other)
                };
                return Some(Apart {
                    first: Some(first),
                    revised: Some(revised),
                    status: None,
                });
            }
        }
        let later = LATER.iter().find_map(|word| lower.strip_prefix(word));
        if let Some(first) = later.and_then(|rest| reads(&text[text.len() - rest.len()..])) {
            return Some(Apart {
                first: Some(first),
                ..Apart::default()
            });
        }
    }
    let at_meeting = |text: &str| {
        Some(Apart {
            first: Some(reads(without_meeting(text)?)?),
            ..Apart::default()
        })
    };
    with_status(text, reads).or_else(|| at_meeting(text))
}

/// A day without the meeting that it is of: "September" of "For the September Board meeting".
fn without_meeting(text: &str) -> Option<&str> {
    const MEETINGS: &str =
        "board boards meeting meetings committee cabinet council governors panel executive";
    let before = ["for the ", "at the ", "to the ", "by the ", "for ", "to "];
    let lower = text.to_lowercase();
    let begins = before
        .iter()
        .find(|before| lower.starts_with(**before))
        .map_or(0, |before| before.len());
    let mut kept = text.get(begins..)?;
    while let Some((before, _)) =
        (kept.rsplit_once(' ')).filter(|(_, last)| has_one_of(last, MEETINGS))
    {
        kept = before.trim_end_matches([',', '–', '-', ' ']);
    }
    (kept.len() < text.len() - begins).then_some(kept)
}

/// The words of the longest deadline or status that are told from each other.
const LONGEST: usize = 30;

/// "Completed June 2023", "March 2024 – achieved": a status before or behind a deadline, or alone.
fn with_status(text: &str, reads: impl Fn(&str) -> Option<String>) -> Option<Apart> {
    let is_status = |text: &str| ratings::read(text).is_some_and(|rating| rating.status.is_some());
    if is_status(text) {
        return Some(Apart {
            status: Some(text.to_owned()),
            ..Apart::default()
        });
    }
    if ratings::read_cell(text)
        .is_some_and(|rating| rating.status.is_some() && rating.day.is_some())
    {
        return Some(Apart {
            status: Some(text.to_owned()),
            ..Apart::default()
        });
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_short = |at: &usize| *at <= LONGEST || words.len() - at <= LONGEST;
    (1..words.len()).filter(is_short).find_map(|at| {
        let (before, behind) = (words[..at].join(" "), words[at..].join(" "));
        let (deadline, status) = if is_status(&behind) {
            (before, behind)
        } else if is_status(&before) {
            (behind, before)
        } else {
            return None;
        };
        Some(Apart {
            first: Some(reads(&deadline)?),
            revised: None,
            status: Some(status),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::when::anything;
    use super::*;

    #[test]
    fn a_revision_and_a_status_are_told_from_the_deadline() {
        let read = |text| {
            let found = apart(text, &anything()).unwrap_or_default();
            (found.first, found.revised, found.status)
        };
        let some = |text: &str| Some(text.to_owned());
        let cases = [
            (
                "March 2024 (was December 2023)",
                some("December 2023"),
                some("March 2024"),
                None,
            ),
            (
                "December 2023 revised to March 2024",
                some("December 2023"),
                some("March 2024"),
                None,
            ),
            ("Revised: March 2024", some("March 2024"), None, None),
            (
                "March 2024 – achieved",
                some("March 2024"),
                None,
                some("– achieved"),
            ),
            (
                "Completed 12 June 2023",
                None,
                None,
                some("Completed 12 June 2023"),
            ),
            ("Completed", None, None, some("Completed")),
            ("June or July, whichever is later", None, None, None),
        ];
        for (text, first, revised, status) in cases {
            assert_eq!(read(text), (first, revised, status), "{text}");
        }
    }
}
