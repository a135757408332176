use std::path::Path;

use super::{Judging, judge};
use crate::estate::Estate;
use crate::plan::WHOLE_BOARD;

#[test]
fn a_board_judged_on_one_day_after_another_stands_as_if_judged_on_each_alone() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let estate = Estate::open(&examples, "examples").unwrap();
    let days = estate.each(|reading| {
        let board = &reading.board;
        let decided = board.entries.iter().filter_map(|entry| entry.date);
        let decided = decided.flat_map(|date| [date.value, date.value.succ()]);
        let schedule = board.schedule(WHOLE_BOARD).unwrap();
        let last = decided.clone().max().unwrap();
        let meetings =
            std::iter::successors(schedule.last_before(last), |day| schedule.last_before(*day));
        let mut days: Vec<_> = decided.chain(meetings).collect();
        days.sort_unstable();
        // The last goes back to the first: earlier days may be asked as well.
        days.extend(days.first().copied());
        let mut judging = Judging::new(board);
        for &day in &days {
            let (anew, after) = (judge(board, day), judging.on(day));
            assert_eq!(format!("{anew:?}"), format!("{after:?}"), "{day}");
        }
        days.len()
    });
    assert!(days.iter().sum::<usize>() > 50, "{days:?}");
}
