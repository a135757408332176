//! The names in a responsibility: "Head of Parks, Police & DV Subgroup (lead)" are three.

use super::super::spelling::is_initials;
use super::brackets::{Bracket, bracket};
use super::glued::{ends_glued_body, glued};
use super::kinds::{ends_body, is_agency, is_nobody, is_person, is_titled};
use super::known::{Known, stripped};
use super::labels::labelled;
use super::name::{Name, with_role};
use super::parts::{are_one_post, continues_post, is_fixed, partnered, parts};
use super::several::{helped, titled_together};
use crate::words::letters_only;

/// The names in a responsibility, in its order.
pub fn names_in(text: &str, known: &Known) -> Vec<Name> {
    let mut names = Vec::new();
    for line in lines(text) {
        for (label, part) in labelled(&line) {
            let before = names.len();
            segment(part, known, &mut names);
            if label == Some(true) {
                names[before..]
                    .iter_mut()
                    .take(1)
                    .for_each(|name| name.leads = true);
            }
        }
    }
    names.retain(|name| !is_nobody(&name.text));
    names
}

/// The lines of a responsibility, and what stands between semicolons.
pub fn lines(text: &str) -> impl Iterator<Item = String> {
    let lines = text
        .split(['\n', ';', '|'])
        .map(|line| line.trim().trim_start_matches("- ").trim().to_owned());
    lines.filter(|line| !line.is_empty())
}

/// The names of a part of a line.
fn segment(text: &str, known: &Known, names: &mut Vec<Name>) {
    if is_nobody(text) {
        return;
    }
    // "Led by Police", "Additional support from the Clerk"
    let lower = text.to_ascii_lowercase();
    let before = [
        "led by ",
        "with ",
        "supported by ",
        "support from ",
        "additional support from ",
    ];
    if let Some(before) = before.iter().find(|before| lower.starts_with(**before)) {
        let (first, leads) = (names.len(), *before == "led by ");
        segment(&text[before.len()..], known, names);
        names[first..]
            .iter_mut()
            .take(1)
            .for_each(|name| name.leads |= leads);
        return;
    }
    let whole = known.stands_alone(text) && !text.contains(['/', '(']) && !text.contains(", ");
    if whole {
        names.push(with_role(text));
        return;
    }
    if let Some(persons) = titled_together(text) {
        names.extend(persons.into_iter().map(Name::new));
        return;
    }
    let two = helped(text, known).or_else(|| two_bodies(text, known));
    if let Some((left, right)) = two {
        segment(left, known, names);
        segment(right, known, names);
        return;
    }
    for part in parts(text, known) {
        bracketed(&part, known, names);
    }
}

/// The two sides of an "and" that stands right behind the name of a body, where what follows is a name as
/// well: "Quality Subgroup & Training & Development Subgroup".
fn two_bodies<'t>(text: &'t str, known: &Known) -> Option<(&'t str, &'t str)> {
    if is_fixed(text) || text.contains(['(', ',', '/', '+']) {
        return None;
    }
    let ands = [" & ", " and "].into_iter();
    let mut sides = ands.flat_map(|and| {
        text.match_indices(and)
            .map(move |(at, _)| (text[..at].trim(), text[at + and.len()..].trim()))
    });
    let body = |name: &str| {
        let last = name.split_whitespace().next_back().unwrap_or_default();
        name.contains(' ') && ends_glued_body(last)
    };
    sides.find(|(left, right)| {
        body(left) && right.contains(' ') && known.is_strong(right) && !continues_post(right)
    })
}

/// Takes the brackets of a part apart: a role, more of the name before them, or names of their own.
fn bracketed(part: &str, known: &Known, names: &mut Vec<Name>) {
    let Some((before, rest)) = part.split_once('(') else {
        return run_together(part, known, names);
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let (before, inside, after) = (before.trim(), inside.trim(), after.trim());
    let start = names.len();
    match bracket(before, inside, known) {
        Bracket::PartOfName => {
            // "Engagement (participation) Team"
            let name = format!("{before} ({inside}) {after}");
            return run_together(name.trim(), known, names);
        }
        Bracket::Initials => names.push(Name::new(before.to_owned()).called(inside)),
        Bracket::Role { leads } => {
            run_together(before, known, names);
            if let Some(name) = names[start..].last_mut() {
                name.leads |= leads;
            }
        }
        Bracket::Names => {
            run_together(before, known, names);
            segment(partnered(inside), known, names);
        }
        Bracket::OfNameBefore => {
            run_together(before, known, names);
            if let Some(name) = names[start..].last_mut() {
                name.add_bracket(inside, known);
            }
        }
    }
    if !after.is_empty() {
        segment(after, known, names);
    }
}

/// Adds the names of a text that has no brackets left to take apart.
fn run_together(text: &str, known: &Known, names: &mut Vec<Name>) {
    let pieces = glued(text, known);
    let apart = known.flattened
        || pieces
            .iter()
            .all(|piece| known.is_strong(&stripped(piece).0));
    let pieces = if apart { pieces } else { vec![text.to_owned()] };
    for piece in pieces.into_iter().filter(|piece| !piece.trim().is_empty()) {
        joined(&piece, known, names);
    }
}

/// "LIPSG and JTSG Chair and members" are two; "Health and Wellbeing Board" is one.
fn joined(name: &str, known: &Known, names: &mut Vec<Name>) {
    let (base, _) = stripped(name);
    let parts: Vec<&str> = base
        .split(" and ")
        .flat_map(|part| part.split(" & "))
        .collect();
    let initials = parts.iter().all(|part| is_initials(part.trim()));
    // "All Subgroup Chairs and members" are one.
    let all = base.to_lowercase().starts_with("all ");
    let one = (known.whole.contains(&letters_only(&base)) && !initials) || all;
    // "Health and Housing Board" is one body, "Police and Probation" are two.
    let last = parts.last().copied().unwrap_or_default().trim();
    let agencies = is_agency(last) || !ends_body(last.split(' ').next_back().unwrap_or_default());
    // "Neglect Task and Finish Group" is no person and a group.
    let of_body = ends_body(last.split(' ').next_back().unwrap_or_default());
    let only_capitals = |part: &str| {
        of_body
            && is_person(part)
            && !is_titled(part)
            && !known.key.words.contains_key(&letters_only(part))
    };
    let strong = |part: &&str| {
        let part = part.trim();
        !only_capitals(part)
            && (known.is_strong(part) || agencies && is_agency(part))
            && !continues_post(part)
    };
    let several = parts.len() > 1 && !one && !is_fixed(&base) && !are_one_post(&parts, known);
    if several && parts.iter().all(strong) {
        names.extend(parts.iter().map(|part| with_role(part)));
    } else {
        names.push(with_role(name));
    }
}
