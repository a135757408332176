//! What a text of a paper names.

/// What a text names, where that may have a page of its own among papers that lead to each other. A format of
/// single papers takes no notice of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A board, by the name of its folder.
    Board(String),
    /// A plan, by its file's stem; so is the plan of each of the following.
    Plan(String),
    Priority {
        plan: String,
        id: String,
    },
    Action {
        plan: String,
        id: String,
    },
    Indicator {
        plan: String,
        id: String,
    },
    /// By its id.
    Group(String),
    /// A page or file by its address, which is not yet known to lead anywhere else.
    Address(String),
}

impl Subject {
    pub fn action(plan: impl Into<String>, id: impl Into<String>) -> Subject {
        Subject::Action {
            plan: plan.into(),
            id: id.into(),
        }
    }

    pub fn priority(plan: impl Into<String>, id: impl Into<String>) -> Subject {
        Subject::Priority {
            plan: plan.into(),
            id: id.into(),
        }
    }
}
