//! A board's own website, from the same files: plain pages that lead to each other, made of the papers' layouts.
//!
//! A visitor sees, board by board: where the plans stand today and what needs attention (`index.html`), each
//! plan as its own table, each priority, each action with all that was ever said of it, each group with what it
//! owes and its form, what was decided, challenged, reviewed and measured, the days to keep in mind, what the
//! ratings mean, and every paper of every meeting as it stood. From everywhere the menu leads to all of these,
//! so that nothing is further away than three clicks.

mod addresses;
mod board;
mod folder;
mod pages;
mod papers;
mod public;
mod search;
mod serve;

use std::collections::BTreeSet;

use crate::calendar::Day;
use crate::document::{Block, Document, Subject};
use crate::render::html::{Entry, Frame, stylesheet, write_in};
use crate::report::estate::{BoardRow, EstatePaper};

pub use board::{Written, write as write_board};
pub use folder::{Folder, Outcome};
pub use public::leave_out_internal;
pub use serve::Shown;

/// Parts of a board's site that may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Part {
    /// Where the plans stand, each plan, priority and action, and what the ratings mean
    Board,
    /// Each group: what it owns and owes, and its form
    Group,
    /// The papers of every past meeting, to read and as Word
    Papers,
    /// What was agreed and refused, meeting by meeting
    Decisions,
    /// The challenge log
    Challenges,
    /// Reviews, audits and inspections, and what came of them
    Reviews,
    /// The scorecard
    Indicators,
    /// Meetings and deadlines of the next months
    Calendar,
}

/// Takes a file of the site, by its address from the site's top.
pub type Put<'p> = dyn Fn(&str, &[u8]) -> anyhow::Result<()> + Sync + 'p;

/// What is asked of a site.
pub struct Site {
    /// Where it will stand in the world, ending in `/`, where that is known.
    pub base: Option<String>,
    /// The parts asked for; none is all.
    pub only: BTreeSet<Part>,
    /// Whether what boards mark as internal is left out.
    pub is_public: bool,
    /// Whether there are several boards, with a front page of their own.
    pub has_several: bool,
    /// The files that could not be read, as far as they are known.
    pub unread: Vec<String>,
}

/// What stands above the table of all boards.
const ALL_BOARDS: &str = "All boards";

impl Site {
    fn has(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// The files that all pages share.
    pub fn write_shared(&self, put: &Put) -> anyhow::Result<()> {
        put("plan.css", stylesheet().as_bytes())?;
        put("plan.js", include_bytes!("site.js"))
    }

    /// The front page of several boards: all of them in one table.
    pub fn write_front(
        &self,
        boards: Vec<BoardRow>,
        homes: &[String],
        day: Day,
        put: &Put,
    ) -> anyhow::Result<()> {
        let names: Vec<String> = boards.iter().map(|board| board.board.clone()).collect();
        let mut document = Document::default();
        self.add_notices(&[], &mut document);
        EstatePaper::from_boards(boards, day).lay_out(&mut document);
        document.link(|subject| match subject {
            Subject::Board(name) => {
                let place = names.iter().position(|own| own == name)?;
                Some(format!("{}/index.html", homes[place]))
            }
            _ => None,
        });
        let frame = Frame {
            home: Entry {
                name: ALL_BOARDS.into(),
                address: "index.html".into(),
                is_here: true,
            },
            menu: Vec::new(),
            top: String::new(),
            index: None,
            canonical: self.canonical("index.html"),
            remarks: self.remarks(day),
        };
        put("index.html", &write_in(&frame, &document))
    }

    /// What every page says below: of which day it is, where it is from, and what is left out.
    fn remarks(&self, day: Day) -> Vec<String> {
        let mut remarks = vec![format!(
            "Position at {}. Made with plan from the board’s own files. A rating is a word and a shape as well as \
             a colour.",
            day.long()
        )];
        if self.is_public {
            let left_out = "Public edition: what the board marked as internal, and notes beside actions, are not shown.";
            remarks.push(left_out.into());
        }
        remarks
    }

    fn canonical(&self, address: &str) -> Option<String> {
        let page = address.strip_suffix("index.html").unwrap_or(address);
        self.base.as_ref().map(|base| format!("{base}{page}"))
    }

    /// Says what could not be read, of the site as a whole or of a board.
    fn add_notices(&self, own: &[String], document: &mut Document) {
        let files: BTreeSet<&String> = self.unread.iter().chain(own).collect();
        let notices = files
            .into_iter()
            .map(|file| Block::Notice(format!("INCOMPLETE: {file} could not be read")));
        document.blocks.extend(notices);
    }
}
