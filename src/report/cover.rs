//! The cover of a paper for a meeting: for whom it is, who wrote it, what it is for, and what its readers are
//! asked to do.

use crate::calendar::Day;
use crate::document::{Block, Document, plain};
use crate::plan::{Board, WHOLE_BOARD};
use crate::words::{counted, listed};

/// What a paper asks its readers to do, in words that follow "to".
#[derive(Clone, Debug)]
pub struct Ask {
    purpose: &'static str,
    words: String,
}

impl Ask {
    pub fn decide(words: impl Into<String>) -> Ask {
        Ask {
            purpose: "decision",
            words: format!("decide {}", words.into()),
        }
    }

    /// What the readers are to talk about; the words have the verb.
    pub fn discuss(words: impl Into<String>) -> Ask {
        Ask {
            purpose: "discussion",
            words: words.into(),
        }
    }

    pub fn note(words: impl Into<String>) -> Ask {
        Ask {
            purpose: "information",
            words: format!("note {}", words.into()),
        }
    }

    /// What is asked where there is any of what it counts; `ask` is given the count, as in "3 actions".
    pub fn some(count: usize, noun: &str, ask: impl Fn(String) -> Ask) -> Option<Ask> {
        (count > 0).then(|| ask(counted(count, noun)))
    }
}

/// What is longer than so many letters needs a comma before what follows.
const LONG: usize = 40;

/// Who reads a paper: a board or a group by its name, and when it meets.
pub struct Readers {
    pub name: String,
    pub meeting: Option<Day>,
}

impl Readers {
    /// The whole board, at its meeting on the day or the next one.
    pub fn of_board(board: &Board, day: Day) -> Readers {
        Readers::of_group(board, WHOLE_BOARD, board.title(), day)
    }

    pub fn of_group(board: &Board, id: &str, name: &str, day: Day) -> Readers {
        let schedule = board.schedule(id);
        Readers {
            name: name.to_owned(),
            meeting: schedule.and_then(|schedule| schedule.next_after(day.pred())),
        }
    }
}

/// Who writes a board's papers, where it says so.
pub fn author(board: &Board) -> Option<&str> {
    let author = board.author.as_ref()?;
    Some(board.group_name(author))
}

/// The cover itself.
pub fn cover(readers: &Readers, author: Option<&str>, asks: &[Ask]) -> Block {
    let meeting = readers.meeting;
    let meeting = meeting.map(|day| format!(", meeting of {}", day.long()));
    let mut purposes: Vec<&str> = asks.iter().map(|ask| ask.purpose).collect();
    purposes.dedup();
    let words = match asks {
        [first, last] if first.words.len() > LONG => format!("{}, and {}", first.words, last.words),
        asks => listed(&asks.iter().map(|ask| &ask.words).collect::<Vec<_>>()),
    };
    let facts = [
        (
            "Paper for",
            format!("{}{}", readers.name, meeting.unwrap_or_default()),
        ),
        ("Author", author.unwrap_or("to be added").to_owned()),
        ("Purpose", format!("For {}", listed(&purposes))),
        ("Recommended", format!("To {words}.")),
    ];
    let facts = facts.map(|(name, words)| (name.to_owned(), plain(words)));
    Block::Facts(facts.into())
}

/// Puts a cover below the title of a paper, which then says of which day its facts are.
pub fn insert(cover: Block, day: Day, document: &mut Document) {
    let titles = document.blocks.iter_mut().enumerate();
    let mut titles = titles.filter_map(|(at, block)| match block {
        Block::Title(_, remark) => Some((at, remark)),
        _ => None,
    });
    let Some((at, remark)) = titles.next() else {
        return;
    };
    if *remark == day.long() {
        *remark = format!("Position at {remark}");
    }
    document.blocks.insert(at + 1, cover);
}
