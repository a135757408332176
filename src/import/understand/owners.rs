//! Who is to do it: the names in responsibilities, and the groups that they are.

use std::collections::{HashMap, HashSet};

use crate::plan::WHOLE_BOARD;

/// A group of the board, as the plan's words show it.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub name: String,
    pub kind: Option<&'static str>,
    /// Its other spellings.
    pub aka: Vec<String>,
}

/// The groups found so far.
#[derive(Debug, Default)]
pub struct Groups {
    pub groups: Vec<Group>,
    /// What a document's own key says that initials stand for.
    key: HashMap<String, String>,
    /// The names that stand by themselves somewhere, in plain form.
    whole: HashSet<String>,
    /// What means the whole board, which is no group of it.
    board: Vec<String>,
    /// The names of the document by their initials.
    initials: HashMap<String, String>,
    /// Where each group stands, by what is the same in all its spellings.
    index: HashMap<String, usize>,
}

/// Words that end the name of a body, and words that end the name of an office.
const BODIES: [&str; 21] = [
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
const OFFICES: [&str; 15] = [
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

impl Groups {
    /// `key` says what initials stand for, `board` what the whole board calls itself.
    pub fn new<'n>(key: HashMap<String, String>, board: impl Iterator<Item = &'n str>) -> Groups {
        Groups {
            key,
            board: ["board", "the board", "whole board", "partnership board"]
                .into_iter()
                .chain(board)
                .map(plain)
                .collect(),
            ..Groups::default()
        }
    }

    /// Takes note of the names that stand by themselves in a responsibility, and of those that hold a
    /// comma and go on in lower case: elsewhere they may be written with capitals.
    pub fn learn(&mut self, text: &str, flattened: bool) {
        let lines: Vec<String> = lines(text).collect();
        let alone =
            |line: &str| !flattened || lines.len() > 1 || glued(line, &HashSet::new()).len() == 1;
        let whole = lines.iter().filter(|line| {
            alone(line) && !line.contains([',', '/', '(', '&']) && !line.contains(" and ")
        });
        let whole: Vec<String> = whole.map(|line| plain(&stripped(line).0)).collect();
        self.whole.extend(whole);
        let names = self.names_in(text);
        let commas = names.iter().filter(|name| name.contains(','));
        self.whole
            .extend(commas.map(|name| plain(&without_brackets(&stripped(name).0))));
        for name in names.iter().map(|name| stripped(name).0) {
            if let Some(initials) = initials_of(&name) {
                self.initials.entry(initials).or_insert(name);
            }
        }
    }

    /// The ids of the groups that a responsibility names, in its order; new ones are added.
    pub fn read(&mut self, text: &str) -> Vec<String> {
        let mut ids = Vec::new();
        for name in self.names_in(text) {
            let id = self.group(&name);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The names in a responsibility, as written.
    fn names_in(&self, text: &str) -> Vec<String> {
        let mut names = Vec::new();
        for line in lines(text) {
            for part in apart(&line, &self.whole) {
                for name in glued(&part, &self.whole) {
                    self.joined(&name, &mut names);
                }
            }
        }
        names.retain(|name| name.chars().any(char::is_alphabetic));
        names
    }

    /// "LIPSG and JTSG Chair and members" are two; "Health and Wellbeing Board" is one.
    fn joined(&self, name: &str, names: &mut Vec<String>) {
        let (base, _) = stripped(name);
        let parts: Vec<&str> = base
            .split(" and ")
            .flat_map(|part| part.split(" & "))
            .collect();
        let alone = |part: &&str| {
            let part = part.trim();
            is_initials(part)
                || self.key.contains_key(&plain(part))
                || self.whole.contains(&plain(part))
                || part
                    .split_whitespace()
                    .next_back()
                    .is_some_and(|word| ends(word, &OFFICES) || ends(word, &BODIES))
        };
        let initials = parts.iter().all(|part| is_initials(part.trim()));
        // "All Subgroup Chairs and members" are one.
        let all = base.to_lowercase().starts_with("all ");
        let known = (self.whole.contains(&plain(&base)) && !initials) || all;
        if parts.len() > 1 && !known && parts.iter().all(alone) {
            names.extend(parts.iter().map(|part| part.trim().to_owned()));
        } else {
            names.push(name.to_owned());
        }
    }

    /// The group that a name means, made where it is new.
    fn group(&mut self, spelling: &str) -> String {
        let (base, label) = stripped(spelling);
        if self.board.contains(&plain(&base)) {
            return WHOLE_BOARD.to_owned();
        }
        let meant = self.key.get(&plain(&base)).cloned();
        let name = meant.clone().unwrap_or(base);
        let key = self.key_of(&name);
        let known = self.index.get(&key).copied();
        let at = known.unwrap_or_else(|| {
            self.index.insert(key, self.groups.len());
            let id = self.free_id(&name);
            self.groups.push(Group {
                id,
                kind: kind_of(&name),
                name: name.clone(),
                aka: Vec::new(),
            });
            self.groups.len() - 1
        });
        let group = &mut self.groups[at];
        let spellings = [
            Some(name),
            Some(spelling.to_owned()),
            label,
            meant.map(|_| stripped(spelling).0),
        ];
        for other in spellings.into_iter().flatten() {
            let other = other.trim_end_matches(['.', ',', ';']).to_owned();
            let same = |known: &String| known.to_lowercase() == other.to_lowercase();
            if !same(&group.name) && !group.aka.iter().any(same) {
                group.aka.push(other);
            }
        }
        group.id.clone()
    }

    /// What is the same in all spellings of a name, initials among them.
    fn key_of(&self, name: &str) -> String {
        let full = match is_initials(name) {
            true => self.initials.get(&name.to_lowercase()),
            false => None,
        };
        key_of(full.map_or(name, String::as_str))
    }

    fn free_id(&self, name: &str) -> String {
        let base = slug(name);
        let taken = |id: &str| id == WHOLE_BOARD || self.groups.iter().any(|group| group.id == id);
        let mut id = base.clone();
        let mut number = 2;
        while taken(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    let lines = text
        .split(['\n', ';'])
        .map(|line| line.trim().trim_start_matches("- ").trim().to_owned());
    lines.filter(|line| !line.is_empty())
}

/// Cuts a line at commas, slashes and brackets where names stand between them.
fn apart(line: &str, whole: &HashSet<String>) -> Vec<String> {
    if whole.contains(&plain(&stripped(line).0))
        && !line.contains(['/', '('])
        && !line.contains(", ")
    {
        return vec![line.to_owned()];
    }
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('(') {
        let close = rest[open..]
            .find(')')
            .map_or(rest.len(), |close| open + close);
        let inside = &rest[open + 1..close];
        let after = rest.get(close + 1..).unwrap_or_default();
        // "Engagement (participation) Team": the bracket is part of a name.
        let lower = inside.starts_with(char::is_lowercase) && partnered(inside) == inside;
        if lower {
            let end = after.find(['(', ',', '/']).unwrap_or(after.len());
            let name = format!("{}{}", &rest[..=close.min(rest.len() - 1)], &after[..end]);
            parts.extend(at_commas(&name, whole));
            rest = &after[end..];
            continue;
        }
        parts.extend(at_commas(&rest[..open], whole));
        parts.extend(at_commas(partnered(inside), whole));
        rest = after;
    }
    parts.extend(at_commas(rest, whole));
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// "via partnership working with the Police" → "Police".
fn partnered(text: &str) -> &str {
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
    ];
    while let Some(after) = words.iter().find_map(|word| {
        let start = rest.get(..word.len())?;
        start
            .eq_ignore_ascii_case(word)
            .then(|| &rest[word.len()..])
    }) {
        rest = after.trim_start();
    }
    match rest.len() < text.trim().len() && !rest.is_empty() {
        true => rest,
        false => text,
    }
}

fn at_commas(text: &str, whole: &HashSet<String>) -> Vec<String> {
    let text = text.trim().trim_matches([',', '/']).trim();
    if whole.contains(&plain(&stripped(text).0)) {
        return vec![text.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    for piece in text.split(" / ").flat_map(slashes) {
        for (number, part) in piece.split(',').enumerate() {
            // "Standards, engagement and development Team" goes on in lower case.
            let goes_on = number > 0 && part.trim_start().starts_with(char::is_lowercase);
            match parts.last_mut().filter(|_| goes_on) {
                Some(before) => *before = format!("{before},{part}"),
                None => parts.push(part.to_owned()),
            }
        }
    }
    // A name that is known with its commas stays one.
    parts
        .iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// "MAAG/LIPSG" are two.
fn slashes(text: &str) -> Vec<&str> {
    text.split('/').collect()
}

/// Names that stand side by side with nothing between, as in text taken out of a PDF: "Business
/// Manager VEMT Chairs and members".
fn glued(text: &str, whole: &HashSet<String>) -> Vec<String> {
    if whole.contains(&plain(&stripped(text).0)) {
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

/// Whether a name ends with a word: one that ends names, before a capital letter that begins another.
fn ends_name(words: &[&str], begin: usize, at: usize) -> bool {
    let (word, next) = (words[at], words[at + 1]);
    let capital = next.starts_with(char::is_uppercase);
    if capital && word.ends_with('.') && (ends(word, &BODIES) || ends(word, &OFFICES)) {
        return true;
    }
    if !capital || word.ends_with([',', ':', '–', '-']) {
        return false;
    }
    if ends(word, &OFFICES) {
        return at > begin && (is_initials(next) || !ends(next, &OFFICES));
    }
    let lone = ["Police", "Health", "Education", "Probation"].contains(&word);
    ends(word, &BODIES)
        && (at > begin || lone)
        && !ends(next, &OFFICES)
        && !and_members(&words[at + 1..])
}

fn and_members(words: &[&str]) -> bool {
    words
        .first()
        .is_some_and(|word| ["chair", "chairs"].contains(&word.to_lowercase().as_str()))
}

fn ends(word: &str, list: &[&str]) -> bool {
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    list.contains(&word.as_str())
}

fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters)
        && !word.contains(' ')
        && word.chars().filter(|c| c.is_uppercase()).count() * 3 >= letters * 2
}

/// A name without what says only who of the body: "VEMT Chair and members" → "VEMT"; "Barnardos – CSE
/// worker" → "Barnardos"; "Officers: Development Team" → "Development Team". With it, the label that
/// stood before a colon.
fn stripped(spelling: &str) -> (String, Option<String>) {
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
    let all = lower.starts_with("all ");
    let tail = tails
        .iter()
        .find(|tail| lower.ends_with(*tail))
        .filter(|_| !all);
    let kept = tail.and_then(|tail| name.get(..name.len() - tail.len()));
    let few = ["lead", "board", "core"];
    match kept {
        Some(kept)
            if !kept.trim().is_empty() && !few.contains(&kept.trim().to_lowercase().as_str()) =>
        {
            (kept.trim().to_owned(), label)
        }
        _ => (name.to_owned(), label),
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn without_brackets(name: &str) -> String {
    match name.split_once(" (") {
        Some((before, rest)) => match rest.split_once(')') {
            Some((_, after)) => format!("{before}{after}"),
            None => before.to_owned(),
        },
        None => name.to_owned(),
    }
}

/// What is the same in all spellings of a name: no case, no signs, no word for the sort of body.
fn key_of(name: &str) -> String {
    let joined = without_brackets(name)
        .to_lowercase()
        .replace("sub-group", "subgroup")
        .replace("sub group", "subgroup");
    let words: Vec<&str> = joined
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let sort = [
        "subgroup",
        "subgroups",
        "group",
        "sg",
        "the",
        "hscb",
        "lscb",
    ];
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !sort.contains(word))
        .collect();
    match kept.is_empty() || words.first() == Some(&"all") {
        true => words.join(""),
        false => kept.join(""),
    }
}

/// The initials of a name of three words or more: "jtsg" for the Joint Training sub-group.
fn initials_of(full: &str) -> Option<String> {
    let lower = full.to_lowercase().replace("subgroup", "sub group");
    let small = ["", "and", "of", "the", "for"];
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !small.contains(word));
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    (initials.chars().count() >= 3).then_some(initials)
}

fn kind_of(name: &str) -> Option<&'static str> {
    let last = name.split_whitespace().next_back()?.to_lowercase();
    let last = last.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    let name = name.to_lowercase();
    Some(match last {
        _ if name.starts_with("all ") => return None,
        "subgroup" | "sub-group" | "sg" | "subgroups" => "subgroup",
        "group" if name.ends_with("sub group") => "subgroup",
        "group" | "groups" => "group",
        "team" | "teams" => "team",
        "manager" | "officer" | "coordinator" | "co-ordinator" | "director" | "chair" | "nurse" => {
            "officer"
        }
        "lead" | "leads" | "members" | "officers" | "managers" | "chairs" => "leads",
        "partnership" | "board" => "partnership",
        "police" => "agency",
        _ => return None,
    })
}

/// A short name for files and the command line: lower-case words with dashes.
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase().replace(['’', '\''], "");
    let lower = lower
        .replace("sub-group", "subgroup")
        .replace("sub group", "subgroup");
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let small = [
        "and", "of", "the", "for", "to", "a", "an", "in", "with", "on",
    ];
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !small.contains(word))
        .collect();
    if !kept.is_empty() {
        words = kept;
    }
    words.truncate(3);
    let slug = words.join("-");
    match slug.chars().next() {
        None => "group".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("group-{slug}"),
        Some(_) => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, alone: &[&str]) -> Vec<String> {
        let mut groups = Groups::default();
        alone.iter().for_each(|name| groups.learn(name, false));
        groups.names_in(text)
    }

    #[test]
    fn names_that_stand_apart_are_told_apart() {
        assert_eq!(
            names("Police, Health / Education; LA", &[]),
            ["Police", "Health", "Education", "LA"]
        );
        assert_eq!(
            names("Head of Service\n\n- Named Nurse", &[]),
            ["Head of Service", "Named Nurse"]
        );
        assert_eq!(
            names("Health and Wellbeing Board", &[]),
            ["Health and Wellbeing Board"]
        );
        assert_eq!(
            names("LIPSG and JTSG Chair and members", &[]),
            ["LIPSG", "JTSG"]
        );
        assert_eq!(
            names(
                "DV Subgroup chair and members (via partnership working with the Community Safety Partnership, Police)",
                &[]
            ),
            [
                "DV Subgroup chair and members",
                "Community Safety Partnership",
                "Police"
            ]
        );
    }

    #[test]
    fn names_that_were_run_together_are_told_apart() {
        let apart = |text| names(text, &[]);
        assert_eq!(
            apart("Business Manager VEMT Chairs and members MAAG / LIPSG"),
            [
                "Business Manager",
                "VEMT Chairs and members",
                "MAAG",
                "LIPSG"
            ]
        );
        assert_eq!(
            apart("PMF Group Subgroup leads Business manager"),
            ["PMF Group", "Subgroup leads", "Business manager"]
        );
        assert_eq!(
            apart("VEMT Practitioners Group Police"),
            ["VEMT Practitioners Group", "Police"]
        );
        assert_eq!(
            apart("HSCB Chair Business Manager"),
            ["HSCB Chair", "Business Manager"]
        );
        assert_eq!(
            apart("Business Manager Standards, engagement and development (participation) Team."),
            [
                "Business Manager",
                "Standards, engagement and development (participation) Team."
            ]
        );
    }

    #[test]
    fn spellings_of_one_group_are_one() {
        let mut groups = Groups::default();
        let all = [
            "VEMT Chairs and members",
            "VEMT Chair and members",
            "Joint Training sub-group",
            "Joint-Training Group",
            "JTSG",
        ];
        all.iter().for_each(|text| groups.learn(text, true));
        let ids: Vec<_> = all.iter().flat_map(|text| groups.read(text)).collect();
        assert_eq!(
            ids,
            [
                "vemt",
                "vemt",
                "joint-training-subgroup",
                "joint-training-subgroup",
                "joint-training-subgroup"
            ]
        );
        assert_eq!(
            groups.groups[0].aka,
            ["VEMT Chairs and members", "VEMT Chair and members"]
        );
    }
}
