//! Who is to do it: the names in responsibilities, and the groups that they are.

mod brackets;
mod glued;
mod kinds;
mod known;
mod labels;
mod name;
mod names;
mod parts;
mod perhaps;
mod several;

use std::collections::{HashMap, HashSet};

use super::key::Key;
use super::spelling::{initials_of, is_initials, same_in_all, short_id, without_brackets};
use crate::plan::WHOLE_BOARD;
use crate::words::{TakenNames, letters_only};
use glued::glued;
use known::{Known, stripped};
use name::Name;
use names::{lines, names_in};
use several::{helped, titled_together};

pub use kinds::{is_body_or_office, is_titled};
pub use perhaps::perhaps_one;

/// Whether every name in a text is surely one of a body, an office or a person.
pub fn is_named(text: &str) -> bool {
    let names = names_in(text, &Known::default());
    let sure = |name: &Name| is_body_or_office(&name.text) || kinds::is_person(&name.text);
    !names.is_empty() && names.iter().all(sure)
}

/// A group of the board, as the plan's words show it.
#[derive(Debug, PartialEq, Eq)]
pub struct DraftGroup {
    pub id: String,
    pub name: String,
    pub kind: Option<&'static str>,
    /// Its other spellings.
    pub aka: Vec<String>,
}

/// The groups that a responsibility names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// The ids of the groups that a cell names, in its order.
    pub ids: Vec<String>,
    /// The id of the group that the cell names as lead.
    pub lead: Option<String>,
}

/// The groups found so far.
#[derive(Debug, Default)]
pub struct Groups {
    pub groups: Vec<DraftGroup>,
    known: Known,
    /// What means the whole board, which is no group of it.
    board: Vec<String>,
    /// The names of the document by their initials.
    initials: HashMap<String, String>,
    /// Where each group stands, by what is the same in all its spellings.
    index: HashMap<String, usize>,
    /// The groups that are a person and their post.
    posted: HashSet<usize>,
    /// The ids that groups have.
    ids: TakenNames,
}

/// What a group is called that stands for every agency.
const EVERYBODY: &str = "All agencies";

impl Groups {
    /// `key` says what initials stand for, `board` what the whole board calls itself; `flattened` where the
    /// lines within a cell were run together.
    pub fn new<'n>(key: &Key, board: impl Iterator<Item = &'n str>, flattened: bool) -> Groups {
        Groups {
            ids: TakenNames::new([WHOLE_BOARD]),
            known: Known {
                key: key.clone(),
                flattened,
                ..Known::default()
            },
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
        let one = |line: &str| {
            helped(line, &Known::default()).is_none() && titled_together(line).is_none()
        };
        let bare = |line: &str| {
            !line.contains([',', '/', '(', '&', '+', ':']) && !line.contains(" and ") && one(line)
        };
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
        let names = names_in(text, &self.known).into_iter();
        let names: Vec<Name> = names.flat_map(|name| self.spelt_out(name)).collect();
        for name in names {
            let id = self.group(&name);
            if name.leads && owners.lead.is_none() {
                owners.lead = Some(id.clone());
            }
            if !owners.ids.contains(&id) {
                owners.ids.push(id);
            }
        }
        owners
    }

    /// A name, or those that the document's key has for its initials: "DM = Dina Marsh, Director of Finance".
    fn spelt_out(&self, name: Name) -> Vec<Name> {
        let (base, _) = stripped(&name.text);
        let meant = self.known.key.meaning(&base);
        let mut names = names_in(meant, &self.known);
        // "MAP & P" may stand for a name as initials do.
        let is_code = is_initials(&base) || base.chars().count() <= 12;
        if meant == base || names.is_empty() || !is_code {
            return vec![name];
        }
        // "Equality, Diversity and Inclusion Committee" is one, as the key has it.
        if names.len() > 1 {
            names = vec![Name::new(meant.to_owned())];
        }
        names[0].leads = name.leads;
        names[0].spellings.push(name.text);
        names[0].spellings.extend(name.spellings);
        names
    }

    /// The group that a name means, made where it is new.
    fn group(&mut self, name: &Name) -> String {
        let (base, label) = stripped(&name.text);
        if self.board.contains(&letters_only(&base)) {
            return WHOLE_BOARD.to_owned();
        }
        if kinds::is_everybody(&base) {
            return self.add(EVERYBODY.to_owned(), [name.text.clone()], None);
        }
        // "Cy Dunn, Head of Roads": one group, by either name.
        let (base, beside) = match base.split_once(", ") {
            Some((before, after)) if kinds::is_person(before) && kinds::is_office(after) => {
                (before.to_owned(), Some(after.to_owned()))
            }
            _ => (base, None),
        };
        let also = name.also.clone().or(beside);
        let also = also.filter(|also| !kinds::is_role_alone(also));
        let label = label.filter(|label| !kinds::is_role_alone(label));
        let meant = self.known.key.meaning(&base).to_owned();
        let mut spellings = vec![base, name.text.clone()];
        spellings.extend(label);
        spellings.extend(name.spellings.iter().cloned());
        self.add(meant, spellings, also.as_deref())
    }

    /// The group of a name, made where it is new, with further spellings. `also` is what the same is called
    /// as well: a person's post, a post's person.
    fn add(
        &mut self,
        name: String,
        spellings: impl IntoIterator<Item = String>,
        also: Option<&str>,
    ) -> String {
        let key = self.key_of(&name);
        let by_also = also.map(|also| self.key_of(self.known.key.meaning(also)));
        let free = |at: &usize| !self.posted.contains(at);
        let other = by_also
            .as_ref()
            .and_then(|key| self.index.get(key).copied());
        let known = self.index.get(&key).copied().or(other.filter(free));
        let at = known.unwrap_or_else(|| {
            let id = self.ids.free(short_id(&name, "group"));
            self.groups.push(DraftGroup {
                id,
                kind: kinds::kind_of(&name),
                name: name.clone(),
                aka: Vec::new(),
            });
            self.groups.len() - 1
        });
        self.index.entry(key).or_insert(at);
        let mut also = also.filter(|_| other.is_none_or(|other| other == at));
        if let Some(by_also) = by_also.filter(|_| also.is_some()) {
            self.index.entry(by_also).or_insert(at);
            self.posted.insert(at);
        }
        let group = &mut self.groups[at];
        let also = also.take().map(str::to_owned);
        for other in std::iter::once(name).chain(spellings).chain(also) {
            let other = other.trim_end_matches(['.', ',', ';']).trim().to_owned();
            let small = other.to_lowercase();
            let same = |known: &String| known.to_lowercase() == small;
            if !same(&group.name) && !group.aka.iter().any(same) {
                group.aka.push(other);
            }
        }
        group.id.clone()
    }

    /// What is the same in all spellings of a name, initials among them.
    fn key_of(&self, name: &str) -> String {
        // "LSRs" are more than one LSR.
        let several = name
            .strip_suffix('s')
            .filter(|one| is_initials(one) && one.len() > 2);
        let name = several.unwrap_or(name);
        let full = if is_initials(name) {
            self.initials.get(&name.to_lowercase())
        } else {
            None
        };
        // "Service Manager (Adults)" is another than "Service Manager (Children)".
        let name = full.map_or(name, String::as_str);
        if name.ends_with(')') {
            same_in_all(&name.replace(['(', ')'], " "))
        } else {
            same_in_all(name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::arrows;

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

    /// Holds the groups of each text against those behind its arrow; all texts are of one plan.
    fn check(cases: &str) {
        let (texts, right): (Vec<&str>, Vec<&str>) = arrows(cases).unzip();
        for ((found, right), text) in owners(&texts).iter().zip(right).zip(&texts) {
            assert_eq!(found, right, "{text}");
        }
    }

    #[test]
    fn posts_bodies_and_persons_are_told_apart() {
        check(
            "
            Assistant Director, Parks, Roads and Bridges → Assistant Director, Parks, Roads and Bridges
            Assistant Director Parks and Roads → Assistant Director Parks and Roads
            N/A →
            TBC →
            Clerk & Councillors → Clerk | Councillors
            Clerk and councillors → Clerk | Councillors
            Ann Bell (Head of Parks) and Cy Dunn (Head of Roads) → Ann Bell | Cy Dunn
            Cy Dunn (Head of Roads) → Cy Dunn
            Head of Roads → Cy Dunn
            Training Subgroup to lead; Audit Subgroup to support → Training Subgroup* | Audit Subgroup
            Lead: Police Support: Health → Police* | Health
            Elected Members → Elected Members
            Clerk + Cllr Hill → Clerk | Cllr Hill
            + lead for each agency → All agencies
            All partners → All agencies
            Training Subgroup and Policy Sub-Group → Training Subgroup | Policy Sub-Group
            Training and Policy Subgroup → Training and Policy Subgroup
            Policy Sub Group → Policy Sub-Group
            Head of Y & Head of Z → Head of Y | Head of Z
            Police (lead), Head of Nursing → Police* | Head of Nursing
            Health and Wellbeing Board → Health and Wellbeing Board
            Children’s Services; Childrens services → Children’s Services
            Chief Executive, Police, Director of Nursing → Chief Executive | Police | Director of Nursing
        ",
        );
    }

    #[test]
    fn each_person_is_an_owner_of_their_own() {
        check(
            "
            Cllr B. Moss, Cllr D. Penn → Cllr B. Moss | Cllr D. Penn
            Cllr Quill & Mrs R Tarn → Cllr Quill | Mrs R Tarn
            Cllrs Wren, Yarrow and A. Zell → Cllr Wren | Cllr Yarrow | Cllr A. Zell
            Dr Ivo Fenn, Rev. Una Gill, Prof. Kit Hume → Dr Ivo Fenn | Rev. Una Gill | Prof. Kit Hume
            Detective Inspector Lou Marl and PC Nye → Detective Inspector Lou Marl | PC Nye
            Cllr Oake, Clerk → Cllr Oake | Clerk
            Cllr Pike, Vice Chair → Cllr Pike
            Parish Clerk with PCSO Reed → Parish Clerk | PCSO Reed
            Town Clerk supported by the Events Team → Town Clerk | Events Team
            Head of Children with Disabilities Service → Head of Children with Disabilities Service
            Una Vale (ICB), Wyn Yeo (Police) → Una Vale | Wyn Yeo
            Probation (Zoe Ash) & Council (Bo Elm) → Probation | Zoe Ash | Council | Bo Elm
            Police → Police
        ",
        );
    }

    #[test]
    fn a_post_keeps_its_subjects_and_its_bracket() {
        check(
            "
            Director of Children, Education and Housing → Director of Children, Education and Housing
            Director of Children, Probation and Healthwatch → Director of Children | Probation | Healthwatch
            Housing → Housing
            Housing and Tenancy Manager → Housing and Tenancy Manager
            Health & Safety Officer → Health & Safety Officer
            Head of Education and Housing → Head of Education and Housing
            Police and Business Manager → Police | Business Manager
            Health and Business Manager → Health | Business Manager
            Team Manager (North) → Team Manager (North)
            Head of Service – Bridges → Head of Service – Bridges
            Head of Service – Tunnels and Head of Service – Ferries (joint) → Head of Service – Tunnels | Head of Service – Ferries
            Wexshire Council – Housing → Wexshire Council – Housing
            Wexshire Council → Wexshire Council
            Wexshire Council – housing worker → Wexshire Council
            Head of Service, Front Door → Head of Service, Front Door
            Det. Supt, Public Protection → Det. Supt, Public Protection
            Detective Superintendent, Public Protection and Head of Roads → Detective Superintendent, Public Protection | Head of Roads
            Chief Inspector, Police → Chief Inspector | Police
            Insp, Bridges and School Travel Officer → Insp, Bridges | School Travel Officer
            Deputy Shelf Keeper (DSK) → Deputy Shelf Keeper
            DSKs → Deputy Shelf Keeper
            QRS/TUV Sub Group → QRS/TUV Sub Group
            ICB/LA → ICB | LA
            Business Manager (Helpers – youth worker) → Business Manager | Helpers
            Team Manager (South) → Team Manager (South)
            Roads (County) → Roads (County)
            Ivy Dell, Team Leader (Adults) → Ivy Dell
            Leader; Group leaders → Leader | Group leaders
            S151 Officer; Group leaders → S151 Officer | Group leaders
            YPF, schools → YPF | schools
            Head of Fostering, adoption and kinship → Head of Fostering, adoption and kinship
            Music lead – tbc → Music lead
            Reading lead: tbc → Reading lead
            Audit Subgroup (Chair: Ina Lark) → Audit Subgroup | Ina Lark
            Council and housing associations → Council | housing associations
            Assistant Director, Safeguarding and Family Support → Assistant Director, Safeguarding and Family Support
            Policy, Practice and Performance Subgroup → Policy, Practice and Performance Subgroup
            Head of Safeguarding and QA, Police → Head of Safeguarding and QA | Police
            Led by Police; additional support from Kay Lund → Police* | Kay Lund
        ",
        );
    }

    #[test]
    fn a_role_or_a_body_beside_a_person_is_no_other_name_of_theirs() {
        let mut groups = Groups::default();
        for text in [
            "Audit Subgroup (Chair: Ina Lark)",
            "Una Vale (ICB)",
            "Bo Elm (Chair)",
        ] {
            groups.read(text);
        }
        let spelt = |name: &str| {
            let group = groups.groups.iter().find(|group| group.name == name);
            group.map(|group| group.aka.clone()).unwrap_or_default()
        };
        assert_eq!(spelt("Ina Lark"), ["Chair: Ina Lark"]);
        assert_eq!(spelt("Una Vale"), ["Una Vale (ICB)"]);
        assert_eq!(spelt("Bo Elm"), ["Bo Elm (Chair)"]);
    }

    #[test]
    fn initials_are_those_that_the_document_s_key_names() {
        let mut key = Key::default();
        key.read_text("DP = Dot Pell, Head of Roads; RT = Ray Toll (County Roads)");
        key.read_text("Abbreviations: HT headteacher; AM Amy Moss");
        let mut groups = Groups::new(&key, std::iter::empty(), false);
        let texts = ["DP/RT", "HT", "Maths lead (AM)", "AM", "Head of Roads"];
        texts.iter().for_each(|text| groups.learn(text));
        let ids: Vec<String> = texts
            .iter()
            .map(|text| groups.read(text).ids.join(" "))
            .collect();
        assert_eq!(
            ids,
            [
                "dot-pell ray-toll",
                "headteacher",
                "maths-lead",
                "maths-lead",
                "dot-pell"
            ]
        );
        let ray = groups.groups.iter().find(|group| group.id == "ray-toll");
        assert_eq!(
            ray.map(|ray| ray.aka.clone()),
            Some(vec!["Ray Toll (County Roads)".into(), "RT".into()])
        );
    }

    /// Holds the names in each text against those behind its arrow.
    fn check_names(cases: &str) {
        for (text, right) in arrows(cases) {
            assert_eq!(names(text).join(" | "), right, "{text}");
        }
    }

    #[test]
    fn names_that_stand_apart_are_told_apart() {
        check_names(
            "
            Police, Health / Education; LA → Police | Health | Education | LA
            Health and Wellbeing Board → Health and Wellbeing Board
            LIPSG and JTSG Chair and members → LIPSG | JTSG
            DV Subgroup chair and members (via partnership working with the Community Safety Partnership, Police) → DV Subgroup chair and members | Community Safety Partnership | Police
        ",
        );
        assert_eq!(
            names("Head of Service\n\n- Named Nurse"),
            ["Head of Service", "Named Nurse"]
        );
    }

    #[test]
    fn names_that_were_run_together_are_told_apart() {
        check_names(
            "
            Business Manager VEMT Chairs and members MAAG / LIPSG → Business Manager | VEMT Chairs and members | MAAG | LIPSG
            PMF Group Subgroup leads Business manager → PMF Group | Subgroup leads | Business manager
            VEMT Practitioners Group Police → VEMT Practitioners Group | Police
            HSCB Chair Business Manager → HSCB Chair | Business Manager
            Business Manager Standards, engagement and development (participation) Team. → Business Manager | Standards, engagement and development (participation) Team.
        ",
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
