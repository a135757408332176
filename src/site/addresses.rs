//! Where each page of a board stands, from the site's top.
//!
//! An address is made of the plan's stem and of ids, so that it stays while texts change. An action that a later
//! plan carries on keeps the page of the plan where it began.

use std::collections::{BTreeMap, BTreeSet};

use super::{Part, Site};
use crate::calendar::Day;
use crate::document::Subject;
use crate::plan::Board;
use crate::words::TakenNames;

/// An action by its place: its plan's in the board, and its own in the plan.
pub type Place = (usize, usize);

/// The addresses of a board's pages.
pub struct Addresses<'b> {
    board: &'b Board,
    /// The board's folder in the site.
    pub home: String,
    plans: Vec<String>,
    priorities: Vec<Vec<String>>,
    indicators: Vec<Vec<String>>,
    actions: Vec<Vec<String>>,
    groups: BTreeMap<String, String>,
    has_board: bool,
    has_indicators: bool,
    has_groups: bool,
}

/// The folder of a board in the site, of its folder in the estate.
pub fn home(of: &str, name: &str) -> String {
    let parts = of.split('/').filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(safe_name).collect();
    if parts.is_empty() {
        safe_name(name)
    } else {
        parts.join("--")
    }
}

impl<'b> Addresses<'b> {
    /// Of a board, and the groups that have a page, by their ids.
    pub fn new(site: &Site, board: &'b Board, home: String, groups: &[&str]) -> Addresses<'b> {
        let mut taken = TakenNames::default();
        let plans: Vec<String> = (board.plans.iter())
            .map(|plan| taken.free(safe_name(&plan.stem)))
            .collect();
        let names = |ids: &mut dyn Iterator<Item = &'b str>| -> Vec<String> {
            let mut taken = TakenNames::new(["index", "decisions"]);
            ids.map(|id| taken.free(safe_name(id))).collect()
        };
        let priorities = board
            .plans
            .iter()
            .map(|plan| names(&mut plan.priorities.iter().map(|priority| priority.id.as_str())));
        let priorities: Vec<Vec<String>> = priorities.collect();
        let indicators = board.plans.iter().map(|plan| {
            names(
                &mut plan
                    .indicators
                    .iter()
                    .map(|indicator| indicator.id.as_str()),
            )
        });
        let indicators: Vec<Vec<String>> = indicators.collect();
        let own = board.plans.iter().zip(&plans).map(|(plan, folder)| {
            let names = names(&mut plan.actions.iter().map(|action| action.id.as_str()));
            let addresses = names
                .iter()
                .map(|name| format!("{home}/actions/{folder}/{name}.html"));
            addresses.collect::<Vec<String>>()
        });
        let mut actions: Vec<Vec<String>> = own.collect();
        for chain in chains(board) {
            if let Some(&(plan, action)) = chain.first() {
                let first = actions[plan][action].clone();
                chain
                    .iter()
                    .for_each(|&(plan, action)| actions[plan][action].clone_from(&first));
            }
        }
        let mut taken = TakenNames::new(["index"]);
        // Those that the board declares first, so that another who is named in a plan moves none of them.
        let groups = groups
            .iter()
            .map(|id| ((*id).to_owned(), taken.free(safe_name(id))));
        Addresses {
            board,
            groups: groups.collect(),
            home,
            plans,
            priorities,
            indicators,
            actions,
            has_board: site.has(Part::Board),
            has_indicators: site.has(Part::Indicators),
            has_groups: site.has(Part::Group),
        }
    }

    /// The page of what a text names, if it has one.
    pub fn of(&self, subject: &Subject) -> Option<String> {
        match subject {
            Subject::Address(address) => Some(address.clone()),
            Subject::Group(id) => self.group(id),
            Subject::Board(_) => Some(format!("{}/index.html", self.home)),
            Subject::Indicator { plan, id } => {
                let plan = self.board.plan(plan)?;
                let mut ids = self.board.plans[plan].indicators.iter();
                self.indicator(plan, ids.position(|indicator| indicator.id.as_str() == id)?)
            }
            _ if !self.has_board => None,
            Subject::Plan(plan) => Some(self.plan(self.board.plan(plan)?)),
            Subject::Priority { plan, id } => {
                let plan = self.board.plan(plan)?;
                let mut ids = self.board.plans[plan].priorities.iter();
                Some(self.priority(plan, ids.position(|priority| priority.id.as_str() == id)?))
            }
            Subject::Action { plan, id } => {
                let plan = self.board.plan(plan)?;
                let target = self.board.plans[plan].index.get(id)?;
                Some(self.action((plan, target.action)).to_owned())
            }
        }
    }

    pub fn plan(&self, plan: usize) -> String {
        format!("{}index.html", self.plan_folder(plan))
    }

    /// The folder of a plan's pages, with a slash at its end.
    pub fn plan_folder(&self, plan: usize) -> String {
        format!("{}/plans/{}/", self.home, self.plans[plan])
    }

    /// The register of what was decided of a plan.
    pub fn register(&self, plan: usize) -> String {
        format!("{}decisions.html", self.plan_folder(plan))
    }

    pub fn priority(&self, plan: usize, priority: usize) -> String {
        let name = &self.priorities[plan][priority];
        format!("{}{name}.html", self.plan_folder(plan))
    }

    pub fn action(&self, (plan, action): Place) -> &str {
        &self.actions[plan][action]
    }

    pub fn group(&self, id: &str) -> Option<String> {
        let name = self.groups.get(id).filter(|_| self.has_groups)?;
        Some(format!("{}/groups/{name}.html", self.home))
    }

    /// The page of a plan's indicator, by its place.
    pub fn indicator(&self, plan: usize, indicator: usize) -> Option<String> {
        let name = self
            .has_indicators
            .then(|| &self.indicators[plan][indicator])?;
        let plan = &self.plans[plan];
        Some(format!("{}/indicators/{plan}/{name}.html", self.home))
    }

    /// The folder of a meeting's papers, with a slash at its end.
    pub fn meeting(&self, day: Day) -> String {
        format!("{}/meetings/{day}/", self.home)
    }

    /// The form of a group for a plan.
    pub fn form(&self, id: &str, plan: usize) -> Option<String> {
        let name = self.groups.get(id)?;
        let plan = &self.plans[plan];
        Some(format!("{}/groups/{name}-{plan}.xlsx", self.home))
    }
}

/// The actions of a board's plans, each with those that carry it on one after the other, the earliest first. Of
/// several that carry on the same one, the first keeps its place in the line, and the others begin one of their
/// own.
pub fn chains(board: &Board) -> Vec<Vec<Place>> {
    let mut next: BTreeMap<Place, Place> = BTreeMap::new();
    let mut carries_on: BTreeSet<Place> = BTreeSet::new();
    let all = || {
        let plans = board.plans.iter().enumerate();
        plans.flat_map(|(plan, own)| (0..own.actions.len()).map(move |action| (plan, action)))
    };
    for place in all() {
        let action = &board.plans[place.0].actions[place.1];
        let from = action.from.as_ref().and_then(|from| board.referred(from));
        if let Some(from) = from.filter(|from| *from != place && !next.contains_key(from)) {
            next.insert(from, place);
            carries_on.insert(place);
        }
    }
    let mut told: BTreeSet<Place> = BTreeSet::new();
    let begin = all().filter(|place| !carries_on.contains(place));
    // What leads back to itself has no beginning, and begins where it is met.
    let mut chains = Vec::new();
    for place in begin.chain(all()) {
        let mut chain = Vec::new();
        let mut at = Some(place);
        while let Some(place) = at.filter(|place| told.insert(*place)) {
            chain.push(place);
            at = next.get(&place).copied();
        }
        if !chain.is_empty() {
            chains.push(chain);
        }
    }
    chains
}

/// The longest name of a file, without its ending.
const LONGEST: usize = 80;

/// What no file may be called on some machines.
const RESERVED: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "con", "lpt1", "lpt2", "lpt3", "nul", "prn",
];

/// A text as the name of a file that any machine and server takes: small ASCII letters, digits, dots and hyphens.
pub fn safe_name(text: &str) -> String {
    let lower = text.to_lowercase();
    let kept = lower.chars().map(|c| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    });
    let kept: String = kept.collect();
    let parts: Vec<&str> = kept.split('-').filter(|part| !part.is_empty()).collect();
    let name: String = parts.join("-").chars().take(LONGEST).collect();
    let name = name.trim_matches(['.', '-']);
    let stem = name.split('.').next().unwrap_or_default();
    if name.is_empty() {
        "x".to_owned()
    } else if RESERVED.contains(&stem) {
        format!("x-{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_gives_a_name_that_every_machine_takes() {
        for (text, name) in [
            ("2.2.4a", "2.2.4a"),
            ("LSCB11(b)", "lscb11-b"),
            ("../../etc/passwd", "etc-passwd"),
            ("con", "x-con"),
            ("NUL.1", "x-nul.1"),
            ("…", "x"),
            ("a/b\\c:d", "a-b-c-d"),
            ("Établir", "tablir"),
        ] {
            assert_eq!(safe_name(text), name, "{text}");
        }
    }

    #[test]
    fn boards_of_nested_folders_have_folders_of_their_own() {
        assert_eq!(home("north/hartlepool", "hartlepool"), "north--hartlepool");
        assert_eq!(home("", "Our Board"), "our-board");
    }
}
