//! What the challenge log says of each challenge, and what may be said next.

use super::Refused;
use super::draft::EntryDraft;
use crate::calendar::Day;
use crate::plan::{Board, ChallengeEntry, Text, natural};

/// Where a challenge stands, by all its entries.
#[derive(Debug, Default)]
pub struct ChallengeStanding<'b> {
    pub raised: Option<Day>,
    pub closed: Option<Day>,
    /// The plan that it is about: an index into [`Board::plans`].
    pub plan: Option<usize>,
    pub first: Option<&'b ChallengeEntry>,
}

/// Folds the log's entries about one challenge.
pub fn standing<'b>(board: &'b Board, id: &str) -> ChallengeStanding<'b> {
    let about_it = board
        .challenges
        .iter()
        .filter(|entry| entry.id.as_str() == id);
    about_it.fold(ChallengeStanding::default(), |mut standing, entry| {
        let day = entry.date.map(|date| date.value);
        let on = |words: &Option<Text>| words.as_ref().and(day);
        standing.raised = standing.raised.or(on(&entry.raised));
        standing.closed = standing.closed.or(on(&entry.closed));
        standing.plan = standing.plan.or(entry.plan);
        standing.first = standing.first.or(Some(entry));
        standing
    })
}

/// The next id in the log's own pattern: after C09, C10; in an empty log, C1.
pub fn next_id(board: &Board) -> String {
    let numbered = |id: &str| id.ends_with(|c: char| c.is_ascii_digit());
    let ids = board.challenges.iter().map(|entry| entry.id.as_str());
    let last = ids.filter(|id| numbered(id)).max_by(|a, b| natural(a, b));
    let Some(last) = last else {
        return "C1".into();
    };
    let (name, number) = last.split_at(last.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let next = number.parse::<u64>().unwrap_or_default().saturating_add(1);
    format!("{name}{next:0width$}", width = number.len())
}

/// Whether an entry may be the log's next: nothing is answered or closed that was never raised, nothing
/// raised or closed twice.
pub fn may_follow(board: &Board, draft: &EntryDraft) -> Result<(), Refused> {
    let id = draft.words("challenge").unwrap_or_default();
    let known = standing(board, id);
    let says = |field: &str| draft.get(field).is_some();
    let refuse = |why: String| Err(Refused(why));
    let day = draft.words("date").and_then(Day::parse_iso);
    if let (Some(raised), Some(first)) = (known.raised, known.first)
        && !says("raised")
        && (says("from") || says("to"))
    {
        let name = |text: &Option<Text>| text.as_ref().map(|id| board.group_name(id).to_owned());
        let by = name(&first.from).map(|from| format!(" by {from}"));
        return refuse(format!(
            "{id} was raised{} on {}, and keeps its two sides; say who speaks now with `--by`",
            by.unwrap_or_default(),
            raised.long()
        ));
    }
    match (known.raised, known.closed) {
        (None, _) if !says("raised") => refuse(format!(
            "{id} was never raised; raise it with `--raised \"…\"`, or name one that was"
        )),
        (Some(raised), _) if says("raised") => refuse(format!(
            "{id} was raised on {} already; leave the id out for a new challenge",
            raised.long()
        )),
        (_, Some(closed)) if says("closed") => {
            refuse(format!("{id} was closed on {} already", closed.long()))
        }
        (Some(raised), _) if day.is_some_and(|day| day < raised) => refuse(format!(
            "{id} was raised on {}; nothing of it can be dated before",
            raised.long()
        )),
        _ => Ok(()),
    }
}
