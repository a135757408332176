//! Reads each phrase of a timescale once: the plans of an estate write the same few again and again.

use std::cell::RefCell;

use foldhash::HashMap;

use crate::calendar::Period;
use crate::timescale::{Timescale, TimescaleContext, UnreadableTimescale};

type ReadPhrase = Result<Timescale, UnreadableTimescale>;

/// The longest phrase that is kept, in bytes: others are seldom written twice.
const LONGEST: usize = 64;

/// How many phrases are kept of plans of one period, and of how many periods.
const MOST: (usize, usize) = (2000, 100);

thread_local! {
    /// What was read, by the period of its plan. Where a board gives no school terms, what is read of a
    /// phrase depends on nothing else, so that this changes no answer.
    static KNOWN: RefCell<HashMap<Option<Period>, HashMap<String, ReadPhrase>>> = RefCell::default();
}

/// Reads a phrase as [`Timescale::parse`] does.
pub(super) fn read(text: &str, context: &TimescaleContext) -> ReadPhrase {
    if text.len() > LONGEST || !context.terms.is_empty() {
        return Timescale::parse(text, context);
    }
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST.1 && !known.contains_key(&context.period) {
            known.clear();
        }
        let phrases = known.entry(context.period).or_default();
        if let Some(read) = phrases.get(text) {
            return read.clone();
        }
        if phrases.len() >= MOST.0 {
            phrases.clear();
        }
        let read = Timescale::parse(text, context);
        phrases.insert(text.to_owned(), read.clone());
        read
    })
}
