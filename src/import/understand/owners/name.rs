//! A name in a responsibility, and what stands beside it.

use super::super::spelling::is_initials;
use super::kinds::{is_office, is_office_initials, is_person, is_role_alone};
use super::known::Known;

/// A name, its spellings, what else the same is called there, and whether it is said to lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    /// How it is written with what stands beside it: "Cy Dunn (Head of Roads)".
    pub spellings: Vec<String>,
    /// What it is called as well: "Head of Roads".
    pub also: Option<String>,
    pub leads: bool,
}

impl Name {
    pub fn new(text: String) -> Name {
        Name {
            text,
            ..Name::default()
        }
    }

    /// With another name of the same in brackets.
    pub fn called(self, also: &str) -> Name {
        Name {
            spellings: vec![format!("{} ({also})", self.text)],
            also: Some(also.to_owned()),
            ..self
        }
    }

    /// Takes in what stands in brackets behind it: the post of a person, the person of a post, or what tells
    /// it from others of its name ("Service Manager (Adults)"). A person's body tells nobody apart.
    pub fn add_bracket(&mut self, inside: &str, known: &Known) {
        let written = format!("{} ({inside})", self.text);
        let person = is_person(&self.text)
            || self
                .text
                .split_once(", ")
                .is_some_and(|(before, _)| is_person(before));
        let post_of_person =
            person && (is_office(inside) || is_office_initials(inside)) && !is_role_alone(inside);
        let both_initials = is_initials(&self.text) && is_initials(inside);
        let tells_apart = !person && !both_initials && !is_role_alone(inside);
        let person_of_post = !person && (is_person(inside) || known.is_person(inside));
        if let Some((name, post)) = self.text.split_once(", ").filter(|_| person) {
            // "Jo Park, Head of Service (Adults)"
            self.also = Some(format!("{post} ({inside})"));
            self.text = name.to_owned();
        } else if post_of_person || person_of_post {
            self.also = Some(inside.to_owned());
        } else if tells_apart {
            self.text.clone_from(&written);
        }
        self.spellings.push(written);
    }
}

/// A name with its role: "Training Subgroup to lead".
pub fn with_role(text: &str) -> Name {
    let text = text.trim();
    let lower = text.to_lowercase();
    let cut = |tails: &[&str]| {
        tails
            .iter()
            .find(|tail| lower.ends_with(*tail))
            .and_then(|tail| text.get(..text.len() - tail.len()))
    };
    let (kept, leads) = match (
        cut(&[
            " to lead",
            " - lead",
            " – lead",
            " (lead)",
            " leading",
            " to co-ordinate",
            " to coordinate",
            " to oversee",
        ]),
        cut(&[
            " to support",
            " - support",
            " – support",
            " to assist",
            " to contribute",
        ]),
    ) {
        (Some(kept), _) => (kept, true),
        (None, Some(kept)) => (kept, false),
        (None, None) => (text, false),
    };
    Name {
        leads,
        ..Name::new(kept.trim().to_owned())
    }
}
