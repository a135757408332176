//! What a board keeps to itself: what is marked `internal: true` is taken out of a board before a public site is
//! made of it. Ratings, dates and decisions stay, so that every figure is the same as inside.

use std::collections::BTreeSet;

use crate::plan::Board;

/// Takes out of a board what its files mark as internal: sections of plans, challenges with all their entries,
/// reviews and what names them, and the words of entries; and the notes that stand beside its actions, which were
/// never part of what it adopted.
pub fn leave_out_internal(board: &mut Board) {
    for plan in &mut board.plans {
        plan.sections.retain(|section| !section.is_internal);
    }
    let challenges = board.challenges.iter().filter(|entry| entry.is_internal);
    let hidden: BTreeSet<String> = challenges.map(|entry| entry.id.value.to_string()).collect();
    board
        .challenges
        .retain(|entry| !hidden.contains(&*entry.id.value));
    let reviews = board.reviews.iter().filter(|review| review.is_internal);
    let hidden: BTreeSet<String> = reviews.map(|review| review.id.value.to_string()).collect();
    board
        .reviews
        .retain(|review| !hidden.contains(&*review.id.value));
    for action in board.plans.iter_mut().flat_map(|plan| &mut plan.actions) {
        let review = action
            .source
            .as_ref()
            .and_then(|source| source.review.as_ref());
        if review.is_some_and(|review| hidden.contains(&*review.value)) {
            action.source = None;
        }
        action.note = None;
    }
    for entry in board.entries.iter_mut().filter(|entry| entry.is_internal) {
        let texts = [
            &mut entry.done,
            &mut entry.impact,
            &mut entry.voice,
            &mut entry.next,
            &mut entry.note,
            &mut entry.reason,
        ];
        for text in texts.into_iter().flatten() {
            text.value = LEFT_OUT.into();
        }
    }
}

/// What stands in place of words that are left out: that something was said still counts.
const LEFT_OUT: &str = "(internal)";
