//! What brackets in a responsibility hold: a role, more of the name before them, or names of their own.

use super::super::spelling::is_initials;
use super::kinds::{ends_body, is_everybody, is_office, is_only_agency, is_person};
use super::known::Known;
use super::name::with_role;
use super::parts::partnered;
use crate::words::letters_only;

/// What stands in brackets behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracket {
    /// That it leads or helps: "Police (lead)".
    Role { leads: bool },
    /// Its initials: "Quality Assurance Group (QAG)".
    Initials,
    /// Words in the middle of it: "Engagement (participation) Team".
    PartOfName,
    /// What is said of the name before it: "Highways (County)", "Cy Dunn (Head of Roads)".
    OfNameBefore,
    /// Further names: "Council (with Police and Probation)".
    Names,
}

/// What the words in brackets behind a name are.
pub fn bracket(before: &str, inside: &str, known: &Known) -> Bracket {
    let lower = inside.to_lowercase();
    let leads = ["lead", "leads", "lead agency", "lead officer", "leading"];
    let helps = [
        "support",
        "supporting",
        "tbc",
        "deputy",
        "if applicable",
        "joint",
        "jointly",
    ];
    if before.is_empty() {
        Bracket::Names
    } else if leads.contains(&lower.as_str()) || helps.contains(&lower.as_str()) {
        Bracket::Role {
            leads: leads.contains(&lower.as_str()),
        }
    } else if are_initials_of(inside, before) || are_initials_of(before, inside) {
        Bracket::Initials
    } else if partnered(inside) != inside
        || with_role(inside).text != inside
        || is_everybody(before)
    {
        Bracket::Names
    } else if inside.starts_with(char::is_lowercase) {
        Bracket::PartOfName
    } else if holds_names(before, inside, known) {
        Bracket::Names
    } else {
        Bracket::OfNameBefore
    }
}

/// Whether the words in brackets are names of their own: a person of a body, several of them, or one that
/// stands by itself elsewhere.
fn holds_names(before: &str, inside: &str, known: &Known) -> bool {
    if is_person(before) {
        return false;
    }
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let body = !is_office(before)
        && (ends_body(last) || known.is_strong(before) || is_only_agency(before));
    let (_, name) = inside.split_once(": ").unwrap_or(("", inside));
    let person = is_person(name) && !is_office(before);
    let several = inside.contains([',', '/', '&', '+', ';'])
        && inside
            .split([',', '/', '&', '+', ';'])
            .all(|name| !is_office(before) || known.is_strong(name.trim()));
    // "Business Manager (Helpers – youth worker)": a body, and who of it.
    let with_who = inside.contains(" – ") || inside.contains(" - ");
    person || several || with_who || body && known.whole.contains(&letters_only(inside))
}

/// Whether a word is made of the first letters of a name, or of letters of it in their order: "HW" of
/// "Healthwatch".
fn are_initials_of(initials: &str, name: &str) -> bool {
    if !is_initials(initials) || is_initials(name) {
        return false;
    }
    let mut letters = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let mut wanted = initials
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric());
    let begins = wanted.next() == letters.next();
    begins && wanted.all(|letter| letters.any(|other| other == letter))
}
