//! Who is to do it: the names in responsibilities, and the groups that they are.

mod kinds;
mod names;

use std::collections::HashMap;

use super::key::Key;
use super::spelling::{initials_of, is_initials, same_in_all, short_id, without_brackets};
use crate::plan::WHOLE_BOARD;
use crate::words::letters_only;
use names::{Known, Name, glued, lines, names_in, stripped};

pub use kinds::is_body_or_office;

/// Whether every name in a text is surely one of a body, an office or a person.
pub fn is_named(text: &str) -> bool {
    let names = names_in(text, &Known::default());
    let sure = |name: &Name| is_body_or_office(&name.text) || kinds::is_person(&name.text);
    !names.is_empty() && names.iter().all(sure)
}

/// A group of the board, as the plan's words show it.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub name: String,
    pub kind: Option<&'static str>,
    /// Its other spellings.
    pub aka: Vec<String>,
}

/// The groups that a responsibility names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// Their ids, in its order.
    pub ids: Vec<String>,
    /// The one that it says leads.
    pub lead: Option<String>,
}

/// The groups found so far.
#[derive(Debug, Default)]
pub struct Groups {
    pub groups: Vec<Group>,
    /// What a document's own key says that initials stand for.
    key: Key,
    known: Known,
    /// What means the whole board, which is no group of it.
    board: Vec<String>,
    /// The names of the document by their initials.
    initials: HashMap<String, String>,
    /// Where each group stands, by what is the same in all its spellings.
    index: HashMap<String, usize>,
}

/// What a group is called that stands for every agency.
const EVERYBODY: &str = "All agencies";

impl Groups {
    /// `key` says what initials stand for, `board` what the whole board calls itself; `flattened` where the
    /// lines within a cell were run together.
    pub fn new<'n>(key: &Key, board: impl Iterator<Item = &'n str>, flattened: bool) -> Groups {
        Groups {
            known: Known {
                initials: key.words.keys().cloned().collect(),
                flattened,
                ..Known::default()
            },
            key: key.clone(),
            board: ["board", "the board", "whole board", "partnership board"]
                .into_iter()
                .chain(board)
                .map(letters_only)
                .collect(),
            ..Groups::default()
        }
    }

    /// Whether lines within a cell were run together.
    pub fn are_run_together(&self) -> bool {
        self.known.flattened
    }

    /// Takes note of the names that stand by themselves in a responsibility, and of those that hold a
    /// comma and go on in lower case: elsewhere they may be written with capitals.
    pub fn learn(&mut self, text: &str) {
        let lines: Vec<String> = lines(text).collect();
        let alone = |line: &str| {
            !self.known.flattened || lines.len() > 1 || glued(line, &Known::default()).len() == 1
        };
        let bare =
            |line: &str| !line.contains([',', '/', '(', '&', '+', ':']) && !line.contains(" and ");
        let whole = lines.iter().filter(|line| alone(line) && bare(line));
        let whole: Vec<String> = whole.map(|line| letters_only(&stripped(line).0)).collect();
        self.known.whole.extend(whole);
        let names = names_in(text, &self.known);
        let commas = names.iter().filter(|name| name.text.contains(','));
        let commas: Vec<String> = commas
            .map(|name| letters_only(&without_brackets(&stripped(&name.text).0)))
            .collect();
        self.known.whole.extend(commas);
        for name in names.iter().map(|name| stripped(&name.text).0) {
            // "JTSG" is the Joint Training Subgroup as well as its sub-group.
            for spelt in [
                name.clone(),
                name.to_lowercase().replace("subgroup", "sub group"),
            ] {
                if let Some(initials) = initials_of(&spelt, 3) {
                    self.initials
                        .entry(initials)
                        .or_insert_with(|| name.clone());
                }
            }
        }
    }

    /// The groups that a responsibility names; new ones are added.
    pub fn read(&mut self, text: &str) -> Owners {
        let mut owners = Owners::default();
        for name in names_in(text, &self.known) {
            let id = self.group(&name.text);
            if name.leads && owners.lead.is_none() {
                owners.lead = Some(id.clone());
            }
            if !owners.ids.contains(&id) {
                owners.ids.push(id);
            }
        }
        owners
    }

    /// The group that a name means, made where it is new.
    fn group(&mut self, spelling: &str) -> String {
        let (base, label) = stripped(spelling);
        if self.board.contains(&letters_only(&base)) {
            return WHOLE_BOARD.to_owned();
        }
        if kinds::is_everybody(&base) {
            return self.add(EVERYBODY.to_owned(), [spelling.to_owned()]);
        }
        // "Cy Dunn (Head of Roads)", "Cy Dunn, Head of Roads": one group, by either name.
        let (name, beside) = match base.split_once(" (").or_else(|| {
            base.split_once(", ")
                .filter(|(before, after)| kinds::is_person(before) && kinds::is_office(after))
        }) {
            Some((name, beside)) if !beside.contains(") ") => (
                name.to_owned(),
                Some(beside.trim_end_matches(')').to_owned()),
            ),
            _ => (base.clone(), None),
        };
        let meant = self.key.meaning(&name).to_owned();
        let spellings = [
            Some(name.clone()),
            Some(spelling.to_owned()),
            label,
            beside.clone(),
        ];
        let id = self.add(meant, spellings.into_iter().flatten());
        if let Some(beside) = beside {
            let at = self.groups.iter().position(|group| group.id == id);
            let key = self.key_of(&beside);
            self.index.entry(key).or_insert(at.unwrap_or_default());
        }
        id
    }

    /// The group of a name, made where it is new, with further spellings.
    fn add(&mut self, name: String, spellings: impl IntoIterator<Item = String>) -> String {
        let key = self.key_of(&name);
        let known = self.index.get(&key).copied();
        let at = known.unwrap_or_else(|| {
            self.index.insert(key, self.groups.len());
            let id = self.free_id(&name);
            self.groups.push(Group {
                id,
                kind: kinds::kind_of(&name),
                name: name.clone(),
                aka: Vec::new(),
            });
            self.groups.len() - 1
        });
        let group = &mut self.groups[at];
        for other in std::iter::once(name).chain(spellings) {
            let other = other.trim_end_matches(['.', ',', ';']).trim().to_owned();
            let same = |known: &String| known.to_lowercase() == other.to_lowercase();
            if !same(&group.name) && !group.aka.iter().any(same) {
                group.aka.push(other);
            }
        }
        group.id.clone()
    }

    /// What is the same in all spellings of a name, initials among them.
    fn key_of(&self, name: &str) -> String {
        let full = if is_initials(name) {
            self.initials.get(&name.to_lowercase())
        } else {
            None
        };
        same_in_all(full.map_or(name, String::as_str))
    }

    fn free_id(&self, name: &str) -> String {
        let base = short_id(name, "group");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let names = names_in(text, &Known::default());
        names.into_iter().map(|name| name.text).collect()
    }

    /// The names of the groups that each text gives, the one that leads with a star.
    fn owners(texts: &[&str]) -> Vec<String> {
        let mut groups = Groups::default();
        texts.iter().for_each(|text| groups.learn(text));
        let mut found = Vec::new();
        for text in texts {
            let owners = groups.read(text);
            let name = |id: &String| {
                let group = groups.groups.iter().find(|group| group.id == *id);
                let star = if owners.lead.as_ref() == Some(id) {
                    "*"
                } else {
                    ""
                };
                format!("{}{star}", group.map_or(id.as_str(), |group| &group.name))
            };
            let names: Vec<String> = owners.ids.iter().map(name).collect();
            found.push(names.join(" | "));
        }
        found
    }

    #[test]
    fn posts_bodies_and_persons_are_told_apart() {
        let cases = [
            (
                "Assistant Director, Parks, Roads and Bridges",
                "Assistant Director, Parks, Roads and Bridges",
            ),
            (
                "Assistant Director Parks and Roads",
                "Assistant Director Parks and Roads",
            ),
            ("N/A", ""),
            ("TBC", ""),
            ("Clerk & Councillors", "Clerk | Councillors"),
            ("Clerk and councillors", "Clerk | Councillors"),
            (
                "Ann Bell (Head of Parks) and Cy Dunn (Head of Roads)",
                "Ann Bell | Cy Dunn",
            ),
            ("Cy Dunn (Head of Roads)", "Cy Dunn"),
            ("Head of Roads", "Cy Dunn"),
            (
                "Training Subgroup to lead; Audit Subgroup to support",
                "Training Subgroup* | Audit Subgroup",
            ),
            ("Lead: Police Support: Health", "Police* | Health"),
            ("Elected Members", "Elected Members"),
            ("Clerk + Cllr Hill", "Clerk | Cllr Hill"),
            ("+ lead for each agency", "All agencies"),
            ("All partners", "All agencies"),
            (
                "Training Subgroup and Policy Sub-Group",
                "Training Subgroup | Policy Sub-Group",
            ),
            (
                "Training and Policy Subgroup",
                "Training and Policy Subgroup",
            ),
            ("Policy Sub Group", "Policy Sub-Group"),
            ("Head of Y & Head of Z", "Head of Y | Head of Z"),
            (
                "Police (lead), Head of Nursing",
                "Police* | Head of Nursing",
            ),
            ("Health and Wellbeing Board", "Health and Wellbeing Board"),
            (
                "Children’s Services; Childrens services",
                "Children’s Services",
            ),
            (
                "Chief Executive, Police, Director of Nursing",
                "Chief Executive | Police | Director of Nursing",
            ),
        ];
        let texts: Vec<&str> = cases.iter().map(|(text, _)| *text).collect();
        for (found, (text, expected)) in owners(&texts).iter().zip(cases) {
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn names_that_stand_apart_are_told_apart() {
        assert_eq!(
            names("Police, Health / Education; LA"),
            ["Police", "Health", "Education", "LA"]
        );
        assert_eq!(
            names("Head of Service\n\n- Named Nurse"),
            ["Head of Service", "Named Nurse"]
        );
        assert_eq!(
            names("Health and Wellbeing Board"),
            ["Health and Wellbeing Board"]
        );
        assert_eq!(names("LIPSG and JTSG Chair and members"), ["LIPSG", "JTSG"]);
        assert_eq!(
            names(
                "DV Subgroup chair and members (via partnership working with the Community Safety Partnership, Police)",
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
        let apart = |text| names(text);
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
        all.iter().for_each(|text| groups.learn(text));
        let ids: Vec<_> = all.iter().flat_map(|text| groups.read(text).ids).collect();
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
