//! Who may own, report and agree, and when they meet.

use super::Text;
use crate::calendar::Schedule;

/// Who may own, report and agree.
#[derive(Debug)]
pub struct Group {
    pub id: Text,
    pub name: Option<Text>,
    pub kind: Option<Text>,
    pub aka: Vec<Text>,
    pub members: Vec<Text>,
    /// Where its forms are sent: a role's mailbox.
    pub contact: Option<Text>,
}

impl Group {
    /// A group of which only the name is known.
    pub fn called(id: Text) -> Group {
        Group {
            id,
            name: None,
            kind: None,
            aka: Vec::new(),
            members: Vec::new(),
            contact: None,
        }
    }
}

/// When a group meets.
#[derive(Debug)]
pub struct Meetings {
    pub group: Text,
    pub schedule: Schedule,
}

/// The whole board, as a group.
pub const WHOLE_BOARD: &str = "board";

/// What takes an escalation back, in the place of a group.
pub const NO_GROUP: &str = "none";
