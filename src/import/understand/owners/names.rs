//! The names in a responsibility: "Head of Parks, Police & DV Subgroup (lead)" are three.

use std::collections::HashSet;

use super::super::spelling::is_initials;
use super::kinds::{
    begins_office, ends_body, ends_office, is_agency, is_everybody, is_nobody, is_office, is_person,
};
use crate::words::letters_only;

/// A name as written, and whether it is said to lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub leads: bool,
}

/// What is known of the names of a source.
#[derive(Debug, Default)]
pub struct Known {
    /// The names that stand by themselves somewhere, in plain form.
    pub whole: HashSet<String>,
    /// Initials of the document's key, in plain form.
    pub initials: HashSet<String>,
    /// Whether lines within a cell were run together: text taken out of a PDF.
    pub flattened: bool,
}

impl Known {
    fn stands_alone(&self, name: &str) -> bool {
        self.whole.contains(&letters_only(&stripped(name).0))
    }

    /// Whether a name is surely one by itself, beside an "and".
    fn is_strong(&self, name: &str) -> bool {
        let last = name.split_whitespace().next_back().unwrap_or_default();
        is_initials(name)
            || self.initials.contains(&letters_only(name))
            || self.whole.contains(&letters_only(name))
            || ends_body(last)
            || ends_office(last)
            || is_office(name)
            || is_everybody(name)
            || (is_person(name) && name.split_whitespace().count() > 1)
    }
}

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

/// Labels that say who leads, and who helps.
const LABELS: [(&str, bool); 14] = [
    ("lead agency:", true),
    ("lead officer:", true),
    ("lead:", true),
    ("led by:", true),
    ("lead -", true),
    ("lead –", true),
    ("leads:", true),
    ("supporting:", false),
    ("supported by:", false),
    ("support from:", false),
    ("support:", false),
    ("partners:", false),
    ("with:", false),
    ("owner:", true),
];

/// The parts of a line behind labels, each with whether its label says that it leads: "Lead: Police
/// Support: Health".
fn labelled(line: &str) -> Vec<(Option<bool>, &str)> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return vec![(None, line)];
    }
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    for (label, leads) in LABELS {
        for (at, _) in lower.match_indices(label) {
            let begins = at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
            let inside = marks.iter().any(|(from, to, _)| (*from..*to).contains(&at));
            if begins && !inside {
                marks.push((at, at + label.len(), leads));
            }
        }
    }
    marks.sort_unstable();
    let mut parts = Vec::new();
    let first = marks.first().map_or(line.len(), |(at, ..)| *at);
    parts.push((None, line[..first].trim()));
    for (number, (_, end, leads)) in marks.iter().enumerate() {
        let next = marks.get(number + 1).map_or(line.len(), |(at, ..)| *at);
        parts.push((Some(*leads), line[*end..next].trim_matches([' ', ',', '/'])));
    }
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// The names of a part of a line.
fn segment(text: &str, known: &Known, names: &mut Vec<Name>) {
    if is_nobody(text) {
        return;
    }
    let whole = known.stands_alone(text) && !text.contains(['/', '(']) && !text.contains(", ");
    if whole {
        names.push(with_role(text));
        return;
    }
    if let Some((left, right)) = two_bodies(text, known) {
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
        name.contains(' ') && is_one_of(last, &GLUED_BODIES)
    };
    sides.find(|(left, right)| {
        body(left) && right.contains(' ') && known.is_strong(right) && !continues_post(right)
    })
}

/// Takes the brackets of a part apart: a role, the initials or the post of the name before them, or
/// further names.
fn bracketed(part: &str, known: &Known, names: &mut Vec<Name>) {
    let Some((before, rest)) = part.split_once('(') else {
        return run_together(part, known, names);
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let (before, inside, after) = (before.trim(), inside.trim(), after.trim());
    let role = ["lead", "leads", "lead agency", "lead officer", "leading"];
    let help = ["support", "supporting", "tbc", "deputy", "if applicable"];
    let lower = inside.to_lowercase();
    let spelt =
        is_initials(inside) && !before.is_empty() && !known.whole.contains(&letters_only(inside));
    let post = is_office(inside)
        && !before.is_empty()
        && (is_person(before) || !is_office(before) && !known.is_strong(before));
    let person = is_person(inside) && is_office(before);
    let of_name = inside.starts_with(char::is_lowercase) && partnered(inside) == inside;
    let start = names.len();
    if before.is_empty() {
        segment(partnered(inside), known, names);
    } else if role.contains(&lower.as_str()) || help.contains(&lower.as_str()) {
        run_together(before, known, names);
        if role.contains(&lower.as_str())
            && let Some(name) = names[start..].last_mut()
        {
            name.leads = true;
        }
    } else if spelt || post || person {
        names.push(with_role(&format!("{before} ({inside})")));
    } else if of_name {
        // "Engagement (participation) Team": the bracket is part of a name.
        let name = format!("{before} ({inside}) {after}");
        run_together(name.trim(), known, names);
        return;
    } else {
        run_together(before, known, names);
        segment(partnered(inside), known, names);
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

/// A name with its role: "Training Subgroup to lead".
fn with_role(text: &str) -> Name {
    let text = text.trim();
    let lower = text.to_lowercase();
    let cut = |tails: &[&str]| {
        tails
            .iter()
            .find(|tail| lower.ends_with(*tail))
            .and_then(|tail| text.get(..text.len() - tail.len()))
    };
    let (kept, leads) = match (
        cut(&[" to lead", " - lead", " – lead", " (lead)", " leading"]),
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
        text: kept.trim().to_owned(),
        leads,
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
    let strong = |part: &&str| {
        let part = part.trim();
        (known.is_strong(part) || agencies && is_agency(part)) && !continues_post(part)
    };
    if parts.len() > 1 && !one && !is_fixed(&base) && parts.iter().all(strong) {
        names.extend(parts.iter().map(|part| with_role(part)));
    } else {
        names.push(with_role(name));
    }
}

/// "members" after "Chair and" is no name of its own.
fn continues_post(part: &str) -> bool {
    ["members", "deputies", "deputy", "vice chair"].contains(&part.to_lowercase().as_str())
}

/// Names that have an "and" within them wherever they stand.
fn is_fixed(name: &str) -> bool {
    const FIXED: [&str; 12] = [
        "police and crime",
        "police & crime",
        "health and wellbeing",
        "health & wellbeing",
        "health and social",
        "health & social",
        "fire and rescue",
        "crime and disorder",
        "learning and improvement",
        "adults and children",
        "children and adults",
        "quality and assurance",
    ];
    let lower = name.to_lowercase();
    FIXED.iter().any(|fixed| lower.contains(fixed))
}

/// Cuts a text at commas, slashes and pluses outside brackets, where names stand between them: the
/// commas of one post are its own ("Assistant Director, Parks, Roads and Bridges").
fn parts(text: &str, known: &Known) -> Vec<String> {
    // A name that is known with its commas stays one.
    if known.stands_alone(text) {
        return vec![text.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    for (sign, piece) in pieces(text) {
        let piece = piece.trim();
        let after_and = ["and ", "& "]
            .iter()
            .find_map(|and| piece.strip_prefix(and));
        let begins = after_and.unwrap_or(piece).trim();
        let last = parts.last_mut().filter(|_| !begins.is_empty());
        let goes_on = last.as_ref().is_some_and(|before| match sign {
            ',' => {
                let lower = begins.starts_with(char::is_lowercase) && !ends_office(begins);
                lower
                    || (is_office(before) && !is_new(begins, known))
                    || (is_person(before) && is_office(begins))
            }
            '&' => !(splits(before, begins, known)),
            _ => false,
        });
        match last {
            Some(before) if goes_on => {
                let between = if sign == ',' { ", " } else { " & " };
                *before = format!("{before}{between}{piece}");
            }
            _ if !begins.is_empty() => parts.push(begins.trim_matches([',', ' ']).to_owned()),
            _ => {}
        }
    }
    parts
}

/// Whether an "&" stands between two names.
fn splits(before: &str, after: &str, known: &Known) -> bool {
    let whole = format!("{before} & {after}");
    let strong = |name: &str| known.is_strong(name) || is_agency(before) && is_agency(after);
    !is_fixed(&whole) && strong(before) && strong(after) && !continues_post(after)
        || begins_office(after) && known.is_strong(before)
}

/// The pieces of a text between signs outside brackets, each with the sign before it.
fn pieces(text: &str) -> Vec<(char, String)> {
    let mut pieces = vec![(' ', String::new())];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let parts = depth == 0 && matches!(c, ',' | '/' | '+' | '&');
        if parts {
            pieces.push((c, String::new()));
        } else if let Some((_, piece)) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// Whether a text after a comma begins another name rather than going on with a post.
fn is_new(text: &str, known: &Known) -> bool {
    let outside = text.split('(').next().unwrap_or(text).trim();
    let last = outside.split_whitespace().next_back().unwrap_or_default();
    known.stands_alone(outside)
        || is_initials(outside)
        || known.initials.contains(&letters_only(outside))
        || ends_body(last)
        || ends_office(last)
        || begins_office(outside)
        || is_agency(outside)
        || is_person(outside)
        || is_nobody(outside)
        || is_everybody(outside)
}

/// "via partnership working with the Police" → "Police".
pub fn partnered(text: &str) -> &str {
    let mut rest = text.trim();
    let words = [
        "via ",
        "in ",
        "through ",
        "supported by ",
        "support from ",
        "partnership working ",
        "partnership ",
        "working ",
        "with ",
        "and ",
        "the ",
        "led by ",
        "from ",
        "plus ",
    ];
    while let Some(after) = words.iter().find_map(|word| {
        let start = rest.get(..word.len())?;
        start
            .eq_ignore_ascii_case(word)
            .then(|| &rest[word.len()..])
    }) {
        rest = after.trim_start();
    }
    if rest.len() < text.trim().len() && !rest.is_empty() {
        rest
    } else {
        text
    }
}

/// Names that stand side by side with nothing between, as in text taken out of a PDF: "Business
/// Manager VEMT Chairs and members".
pub fn glued(text: &str, known: &Known) -> Vec<String> {
    if known.stands_alone(text) {
        return vec![text.to_owned()];
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut names = Vec::new();
    let mut begin = 0;
    for at in 0..words.len() {
        let last = at + 1 == words.len();
        if last || ends_name(&words, begin, at) {
            names.push(words[begin..=at].join(" "));
            begin = at + 1;
        }
    }
    names
}

/// Words that end a name where another may follow with nothing between.
const GLUED_OFFICES: [&str; 15] = [
    "manager",
    "managers",
    "officer",
    "officers",
    "lead",
    "leads",
    "chair",
    "chairs",
    "members",
    "member",
    "coordinator",
    "co-ordinator",
    "director",
    "nurse",
    "doctor",
];
const GLUED_BODIES: [&str; 21] = [
    "group",
    "groups",
    "subgroup",
    "subgroups",
    "sub-group",
    "sub-groups",
    "sg",
    "team",
    "teams",
    "board",
    "partnership",
    "committee",
    "panel",
    "forum",
    "network",
    "hub",
    "agency",
    "agencies",
    "partners",
    "police",
    "council",
];

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    list.contains(&word.as_str())
}

/// Whether a name ends with a word: one that ends names, before a capital letter that begins another.
fn ends_name(words: &[&str], begin: usize, at: usize) -> bool {
    let (word, next) = (words[at], words[at + 1]);
    let office = |word: &str| is_one_of(word, &GLUED_OFFICES);
    let body = |word: &str| is_one_of(word, &GLUED_BODIES);
    let capital = next.starts_with(char::is_uppercase);
    if capital && word.ends_with('.') && (body(word) || office(word)) {
        return true;
    }
    if !capital || word.ends_with([',', ':', '–', '-']) {
        return false;
    }
    if office(word) {
        return at > begin && (is_initials(next) || !office(next));
    }
    let lone = ["Police", "Health", "Education", "Probation"].contains(&word);
    let members = ["chair", "chairs"].contains(&next.to_lowercase().as_str());
    body(word) && (at > begin || lone) && !office(next) && !members
}

/// A name without what says only who of the body: "VEMT Chair and members" → "VEMT"; "Barnardos – CSE
/// worker" → "Barnardos"; "Officers: Development Team" → "Development Team". With it, the label that
/// stood before a colon.
pub fn stripped(spelling: &str) -> (String, Option<String>) {
    let mut name = spelling
        .trim()
        .trim_end_matches(['.', ',', ';', ':'])
        .trim();
    let mut label = None;
    if let Some((before, after)) = name.split_once(": ") {
        label = Some(before.trim().to_owned());
        name = after.trim();
    }
    if let Some((body, _)) = name.split_once(" – ").or_else(|| name.split_once(" - ")) {
        name = body.trim();
    }
    let lower = name.to_lowercase();
    let tails = [
        " chairs and members",
        " chair and members",
        " chair & members",
        " chairs & members",
        " and members",
        " members",
    ];
    let tail = tails
        .iter()
        .find(|tail| lower.ends_with(*tail))
        .filter(|_| !lower.starts_with("all "));
    let kept = tail.and_then(|tail| name.get(..name.len() - tail.len()));
    // "Elected Members" are no body of the name Elected.
    let is_body = |kept: &str| {
        let last = kept.split_whitespace().next_back().unwrap_or_default();
        let few = ["lead", "board", "core"];
        (is_initials(last) || ends_body(last)) && !few.contains(&kept.to_lowercase().as_str())
    };
    match kept.map(str::trim) {
        Some(kept) if is_body(kept) => (kept.to_owned(), label),
        _ => (name.to_owned(), label),
    }
}
