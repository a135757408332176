//! Every field of every file, once: its name, what it holds, and words for help.
//!
//! The reader takes exactly these; nothing else names a field's type.

mod action;
mod kind;
mod registers;

pub use action::{ACTION_FIELDS, ActionField, FieldValue, Told};
use action::{SHARED_FIELDS, with_action_fields};
pub use kind::FieldKind;
pub use registers::{CHALLENGE, CHALLENGES, REVIEW, REVIEW_FINDING, REVIEWS};

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
    pub required: bool,
    /// What it is for, in a few words.
    pub help: &'static str,
}

impl Field {
    /// What it is for and how it is written, in sentences: what editors show.
    pub fn describe(&self) -> String {
        let mut words = sentence(self.help);
        let how = self.kind.words();
        if !how.is_empty() {
            words += " ";
            words += how;
        }
        if self.required {
            words += " It must be there.";
        }
        words
    }
}

/// A few words with a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), rest.as_str())
}

/// A map with known fields.
#[derive(Debug)]
pub struct Shape {
    /// What such a map is, with its article.
    pub name: &'static str,
    pub fields: &'static [Field],
    /// Sets of further fields of which one must be there whole; the first is the usual one.
    pub either: &'static [&'static [&'static str]],
}

const fn required(name: &'static str, kind: FieldKind, help: &'static str) -> Field {
    Field {
        name,
        kind,
        required: true,
        help,
    }
}

const fn optional(name: &'static str, kind: FieldKind, help: &'static str) -> Field {
    Field {
        name,
        kind,
        required: false,
        help,
    }
}

impl Shape {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The kinds of file: the first key that tells each, and its fields.
pub static FILES: [(&str, &Shape); 5] = [
    ("board", &BOARD),
    ("plan", &PLAN),
    ("updates", &UPDATES),
    ("challenges", &CHALLENGES),
    ("reviews", &REVIEWS),
];

pub static BOARD: Shape = Shape {
    name: "a board",
    fields: &[
        required("board", FieldKind::Text, "the board's full name"),
        optional("short", FieldKind::Text, "its short name, as people say it"),
        optional(
            "kind",
            FieldKind::Text,
            "what kind of board it is, as printed",
        ),
        optional("area", FieldKind::Text, "the area it serves"),
        optional(
            "people",
            FieldKind::Text,
            "whom it is there for, as papers and letters say it",
        ),
        optional(
            "author",
            FieldKind::Text,
            "who writes its papers, as their cover says it: a group, or words",
        ),
        optional(
            "groups",
            FieldKind::Named(&GROUP),
            "who may own, report and agree",
        ),
        optional("meetings", FieldKind::Meetings, "when the groups meet"),
        optional(
            "terms",
            FieldKind::Terms,
            "the last days of school terms, by school year",
        ),
        optional(
            "rules",
            FieldKind::Severities,
            "severities of rules: off, warning or error",
        ),
    ],
    either: &[],
};

pub static GROUP: Shape = Shape {
    name: "a group",
    fields: &[
        optional("name", FieldKind::Text, "its name as papers print it"),
        optional("kind", FieldKind::Text, "subgroup, agency, officer, …"),
        optional("aka", FieldKind::Texts, "how the plan's text spells it"),
        optional(
            "members",
            FieldKind::Groups,
            "the groups that it stands for",
        ),
        optional(
            "contact",
            FieldKind::Text,
            "where its forms are sent: a role's mailbox",
        ),
    ],
    either: &[],
};

pub static MEETING_RULE: Shape = Shape {
    name: "a rule for meetings",
    fields: &[
        required("every", FieldKind::Interval, "how often it meets"),
        required("from", FieldKind::Date, "its first meeting"),
    ],
    either: &[],
};

pub static PLAN: Shape = Shape {
    name: "a plan",
    fields: &[
        required("plan", FieldKind::Text, "the plan's title"),
        optional(
            "period",
            FieldKind::Period,
            "the financial years it covers; only a log may leave it out",
        ),
        optional(
            "adopted",
            FieldKind::Date,
            "the day from which the plan is frozen",
        ),
        optional(
            "sections",
            FieldKind::List(&SECTION),
            "the words around the tables",
        ),
        optional(
            "threads",
            FieldKind::NamedTexts,
            "what runs through all priorities",
        ),
        optional(
            "headings",
            FieldKind::NamedTexts,
            "the board's own column headings",
        ),
        optional("rag", FieldKind::Map(&POLICY), "how the plan is judged"),
        optional(
            "indicators",
            FieldKind::List(&INDICATOR),
            "measures of what difference is made",
        ),
        optional(
            "priorities",
            FieldKind::List(&PRIORITY),
            "what the plan is to achieve",
        ),
        optional(
            "actions",
            FieldKind::List(&ACTION),
            "in a log, which has no priorities: its actions",
        ),
    ],
    either: &[&["period", "priorities"], &["actions"]],
};

pub static SECTION: Shape = Shape {
    name: "a section",
    fields: &[
        required("title", FieldKind::Text, "its heading"),
        optional(
            "text",
            FieldKind::Text,
            "its words, with paragraphs and lists",
        ),
        optional(
            "internal",
            FieldKind::YesNo,
            "`true` where a public site leaves it out",
        ),
    ],
    either: &[],
};

pub static POLICY: Shape = Shape {
    name: "the policy",
    fields: &[
        optional(
            "due_soon",
            FieldKind::DueSoon,
            "how long before its day an action is due soon",
        ),
        optional(
            "review",
            FieldKind::Interval,
            "how often an open action must be reported on",
        ),
        optional(
            "labels",
            FieldKind::NamedTexts,
            "the board's own words for red, amber, green and blue",
        ),
        optional(
            "words",
            FieldKind::Ratings,
            "further words of the board's own scheme, as forms and imports may bring them",
        ),
        optional(
            "complete",
            FieldKind::Completion,
            "whether complete counts once it is agreed, or as soon as it is reported",
        ),
        optional(
            "red_after",
            FieldKind::Interval,
            "how long after its deadline an action is amber before it is red",
        ),
    ],
    either: &[],
};

pub static INDICATOR: Shape = Shape {
    name: "an indicator",
    fields: &[
        required(
            "id",
            FieldKind::Id,
            "the name that actions and data give it",
        ),
        optional("title", FieldKind::Text, "what it measures"),
        optional("unit", FieldKind::Text, "what it is counted in"),
        optional("better", FieldKind::Better, "which way is good"),
        optional("target", FieldKind::Target, "what it should reach"),
        optional(
            "tolerance",
            FieldKind::Tolerance,
            "how far off still counts as on target",
        ),
        optional(
            "data",
            FieldKind::Path,
            "its values: CSV with indicator,period,value",
        ),
    ],
    either: &[],
};

pub static PRIORITY: Shape = Shape {
    name: "a priority",
    fields: &with_action_fields::<{ 5 + SHARED_FIELDS }>(
        &[
            required("id", FieldKind::Id, "its number"),
            required("title", FieldKind::Text, "what it is called"),
            optional("outcomes", FieldKind::Texts, "what it should lead to"),
            optional("objectives", FieldKind::List(&OBJECTIVE), "its objectives"),
            optional(
                "actions",
                FieldKind::List(&ACTION),
                "its actions, with no objective between",
            ),
        ],
        false,
    ),
    either: &[],
};

pub static OBJECTIVE: Shape = Shape {
    name: "an objective",
    fields: &with_action_fields::<{ 4 + SHARED_FIELDS }>(
        &[
            optional("id", FieldKind::Id, "its number"),
            optional("theme", FieldKind::Text, "the heading that it stands under"),
            required("title", FieldKind::Text, "what is to be achieved"),
            optional("actions", FieldKind::List(&ACTION), "its actions"),
        ],
        false,
    ),
    either: &[],
};

pub static ACTION: Shape = Shape {
    name: "an action",
    fields: &with_action_fields::<{ 1 + ACTION_FIELDS.len() }>(
        &[required("id", FieldKind::Id, "its number")],
        true,
    ),
    either: &[],
};

pub static SOURCE: Shape = Shape {
    name: "a source",
    fields: &[
        optional(
            "review",
            FieldKind::Id,
            "the review, inspection or audit that asked for it, as the board's register calls it",
        ),
        optional(
            "recommendation",
            FieldKind::Id,
            "its finding or recommendation, by its number",
        ),
    ],
    either: &[],
};

pub static MILESTONE: Shape = Shape {
    name: "a milestone",
    fields: &[
        required("id", FieldKind::Id, "its number"),
        required(
            "timescale",
            FieldKind::Timescale,
            "when it should be reached",
        ),
        optional("title", FieldKind::Text, "what is reached"),
    ],
    either: &[],
};

pub static EVIDENCE: Shape = Shape {
    name: "an item of evidence",
    fields: &[
        required("title", FieldKind::Text, "what it is called"),
        optional(
            "link",
            FieldKind::Path,
            "where it is: a web address or a path",
        ),
    ],
    either: &[],
};

/// What an updates file may give once for all its entries.
macro_rules! shape_with_defaults {
    ($($field:expr),* $(,)?) => {
        &[
            $($field,)*
            optional("plan", FieldKind::Id, "the plan that it reports on: its file's stem"),
            optional("date", FieldKind::Date, "the day of the report"),
            optional("covers", FieldKind::DataPeriod, "the period that it speaks of"),
            optional("by", FieldKind::Group, "who reports"),
            optional("meeting", FieldKind::Group, "whose meeting it was reported to"),
        ]
    };
}

pub static UPDATES: Shape = Shape {
    name: "an updates file",
    fields: shape_with_defaults![
        required("updates", FieldKind::Text, "the title of the report"),
        optional(
            "note",
            FieldKind::Text,
            "a remark that belongs nowhere else"
        ),
        required("entries", FieldKind::List(&ENTRY), "what is reported"),
    ],
    either: &[],
};

pub static ENTRY: Shape = Shape {
    name: "an entry",
    fields: shape_with_defaults![
        optional(
            "action",
            FieldKind::Ids,
            "the action, milestone or actions that it is about"
        ),
        optional(
            "objective",
            FieldKind::Id,
            "the objective whose open actions it is about"
        ),
        optional("priority", FieldKind::Id, "the priority that it is about"),
        optional("rag", FieldKind::Rag, "how its lead rates it"),
        optional("status", FieldKind::Status, "how far it has come"),
        optional("done", FieldKind::Text, "what was done"),
        optional("impact", FieldKind::Text, "what difference it made"),
        optional("impact_rag", FieldKind::Rag, "how the impact is rated"),
        optional("voice", FieldKind::Text, "what the people it is for said"),
        optional("next", FieldKind::Text, "what comes next"),
        optional(
            "note",
            FieldKind::Text,
            "a remark that belongs nowhere else"
        ),
        optional("evidence", FieldKind::Evidence, "what evidence came in"),
        optional("timescale", FieldKind::Timescale, "a new deadline"),
        optional("owners", FieldKind::Groups, "other owners"),
        optional(
            "reason",
            FieldKind::Text,
            "why: required with a change to what was agreed"
        ),
        optional("agreed", FieldKind::Group, "who agreed the change"),
        optional("refused", FieldKind::Group, "who refused what is asked for"),
        optional(
            "escalate",
            FieldKind::GroupOrNone,
            "who is asked to look at it; `none` takes it back"
        ),
        optional(
            "internal",
            FieldKind::YesNo,
            "`true` where a public site leaves its words out; ratings and dates still count"
        ),
    ],
    either: &[],
};
