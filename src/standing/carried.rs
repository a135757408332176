//! What an action takes over from the one that it carries on (`from`): its status, its last report,
//! its rating and the moves of its deadline.

use foldhash::HashMap;

use crate::calendar::Day;
use crate::plan::{Board, Status};

use super::action::FoldedAction;
use super::fold::Fold;
use super::handed_on::HandedOn;
use super::subject::Promise;

/// An action, by the indices of its plan and of itself.
type ActionPlace = (usize, usize);

/// What actions take over on a day. Actions that carry on one another in a circle take over
/// nothing.
#[derive(Debug, Default)]
pub(super) struct TakenOver(HashMap<ActionPlace, HandedOn>);

impl TakenOver {
    /// Of all actions of a board.
    pub fn all(board: &Board, folded: &[Fold], day: Day) -> TakenOver {
        let plans = board.plans.iter().enumerate();
        let all = plans.flat_map(|(plan, baseline)| {
            let actions = 0..baseline.actions.len();
            actions.map(move |action| (plan, action))
        });
        TakenOver::of(all, board, folded, day)
    }

    /// Of some actions.
    pub fn of(
        actions: impl Iterator<Item = ActionPlace>,
        board: &Board,
        folded: &[Fold],
        day: Day,
    ) -> TakenOver {
        let mut carried = TakenOver::default();
        for (plan, action) in actions {
            if board.plans[plan].actions[action].from.is_some() {
                carried.follow(board, folded, (plan, action), day);
            }
        }
        carried
    }

    /// What an action takes over; nothing where it carries on none.
    pub fn taken_over(&self, plan: usize, action: usize) -> HandedOn {
        self.0.get(&(plan, action)).copied().unwrap_or_default()
    }

    /// Works out what an action takes over, from the far end of its chain: each link once, however
    /// many actions share it, and without recursion, however long it is.
    fn follow(&mut self, board: &Board, folded: &[Fold], place: ActionPlace, day: Day) {
        let mut chain = vec![place];
        let mut at_depth = HashMap::from_iter([(place, 0)]);
        let mut next = place;
        while !self.0.contains_key(&next) {
            let Some(before) = carries_on(board, next, day) else {
                break;
            };
            if let Some(&start) = at_depth.get(&before) {
                let circle = chain.drain(start..);
                self.0
                    .extend(circle.map(|place| (place, HandedOn::default())));
                break;
            }
            at_depth.insert(before, chain.len());
            chain.push(before);
            next = before;
        }
        for place in chain.into_iter().rev() {
            if !self.0.contains_key(&place) {
                let handed = carries_on(board, place, day)
                    .map(|before| self.hand_on(folded, before, place, day));
                self.0.insert(place, handed.unwrap_or_default());
            }
        }
    }

    /// What an action hands on to the next.
    fn hand_on(
        &self,
        folded: &[Fold],
        before: ActionPlace,
        next: ActionPlace,
        day: Day,
    ) -> HandedOn {
        let own = &folded[before.0].folded.actions[before.1];
        let taken_over = self.taken_over(before.0, before.1);
        let due = own
            .shown(day)
            .in_force
            .and_then(|promise| promise.last_day());
        let first_due = folded[next.0].folded.actions[next.1].first_due(Promise::last_day);
        let later = first_due.zip(due).is_some_and(|(first, due)| first > due);
        let carried_forward = own.known_status() == Some(Status::CarriedForward);
        let status = own.closure.as_ref().filter(|_| carried_forward);
        HandedOn {
            status: status.map(|closure| taken_over.status_of(&closure.before)),
            last_report: own
                .last_report
                .map(|(_, day)| day)
                .or(taken_over.last_report),
            rag: own.rag.or(taken_over.rag),
            slips: own.slips() + taken_over.slips + u32::from(later),
        }
    }
}

impl HandedOn {
    /// The status of the action that takes this over (point 1).
    pub fn status_of(&self, folded: &FoldedAction) -> Status {
        if let Some(status) = folded.known_status() {
            return status;
        }
        match self.status {
            Some(Status::Paused) => Status::Paused,
            Some(Status::InProgress) => Status::InProgress,
            _ if folded.last_report.is_some() => Status::InProgress,
            _ => Status::NotStarted,
        }
    }
}

/// The action that another carries on, if both are there on a day.
fn carries_on(board: &Board, (plan, action): ActionPlace, day: Day) -> Option<ActionPlace> {
    let from = board.plans[plan].actions[action].from.as_ref()?;
    let before = board.referred(from)?;
    let earlier = &board.plans[before.0];
    let added = earlier.actions[before.1].added;
    let exists = earlier.is_adopted_on(day) && added.is_none_or(|added| added.value <= day);
    exists.then_some(before)
}
