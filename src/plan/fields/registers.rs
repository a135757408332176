//! The fields of the challenge log and of the register of reviews.

use super::{FieldKind, Shape, optional, required};

pub static CHALLENGES: Shape = Shape {
    name: "a challenge log",
    fields: &[
        required("challenges", FieldKind::Text, "the title of the log"),
        optional(
            "plan",
            FieldKind::Id,
            "the plan that it is about: its file's stem",
        ),
        required(
            "entries",
            FieldKind::List(&CHALLENGE),
            "what was raised, answered and closed",
        ),
    ],
    either: &[],
};

pub static CHALLENGE: Shape = Shape {
    name: "an entry of the challenge log",
    fields: &[
        required(
            "challenge",
            FieldKind::Id,
            "the challenge's name, the same in all its entries",
        ),
        required("date", FieldKind::Date, "the day on which it was said"),
        optional(
            "plan",
            FieldKind::Id,
            "the plan that it is about: its file's stem",
        ),
        optional("meeting", FieldKind::Group, "whose meeting it was"),
        optional("from", FieldKind::Group, "who challenges"),
        optional("to", FieldKind::Group, "who is challenged"),
        optional(
            "by",
            FieldKind::Group,
            "who speaks: who answers, or says that it is closed",
        ),
        optional("action", FieldKind::Id, "the action that it is about"),
        optional("raised", FieldKind::Text, "what was asked"),
        optional("response", FieldKind::Text, "what was answered"),
        optional("closed", FieldKind::Text, "how it ended"),
        optional("impact", FieldKind::Text, "what difference it made"),
        optional(
            "note",
            FieldKind::Text,
            "a remark that belongs nowhere else",
        ),
        optional(
            "internal",
            FieldKind::YesNo,
            "`true` where a public site leaves the challenge out, all its entries",
        ),
    ],
    either: &[],
};

pub static REVIEWS: Shape = Shape {
    name: "a register of reviews",
    fields: &[
        required("reviews", FieldKind::Text, "the title of the register"),
        required(
            "entries",
            FieldKind::List(&REVIEW),
            "the reviews, audits and inspections",
        ),
    ],
    either: &[],
};

pub static REVIEW: Shape = Shape {
    name: "a review",
    fields: &[
        required(
            "review",
            FieldKind::Id,
            "the name that an action's source gives it",
        ),
        optional(
            "title",
            FieldKind::Text,
            "what it is called, without anybody's name",
        ),
        optional(
            "kind",
            FieldKind::Text,
            "what sort of review it is, as printed",
        ),
        optional(
            "commissioned",
            FieldKind::Date,
            "the day on which it was commissioned",
        ),
        optional(
            "concluded",
            FieldKind::Date,
            "the day on which it ended; left out while it goes on",
        ),
        optional(
            "link",
            FieldKind::Path,
            "where it is: a web address or a path",
        ),
        optional(
            "note",
            FieldKind::Text,
            "a remark that belongs nowhere else",
        ),
        optional(
            "internal",
            FieldKind::YesNo,
            "`true` where a public site leaves the review out",
        ),
        optional(
            "findings",
            FieldKind::List(&REVIEW_FINDING),
            "what it found or recommends",
        ),
    ],
    either: &[],
};

pub static REVIEW_FINDING: Shape = Shape {
    name: "a review's finding",
    fields: &[
        required("id", FieldKind::Id, "its number"),
        required("text", FieldKind::Text, "what was found or is recommended"),
        optional(
            "decision",
            FieldKind::Decision,
            "whether the board takes it up",
        ),
        optional(
            "reason",
            FieldKind::Text,
            "why: required where it is not accepted",
        ),
        optional(
            "decided",
            FieldKind::Date,
            "the day on which the board decided",
        ),
    ],
    either: &[],
};
