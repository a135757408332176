//! Every field of an action, once: how it is written, what a plan gives in it, and where answers tell
//! of it. The shapes of actions, objectives and priorities, `show`, JSON, `export`, `diff`, the search
//! and the table of the work plan walk this table; its order is theirs.

use super::{Field, FieldKind, MILESTONE, SOURCE, optional};
use crate::calendar::Day;
use crate::plan::{Action, ActionSource, Deadline, Evidence, Located, Shared, Text};

/// A field of an action.
#[derive(Debug)]
pub struct ActionField {
    pub field: Field,
    given: GivenOn,
    pub told: Told,
    /// The field's label in `plan show`.
    pub label: &'static str,
    /// Whether it is running text, for whose sake the other columns of a table give way.
    pub is_running: bool,
    /// Whether it is a column of the work plan's table by itself.
    pub is_column: bool,
}

/// Where a plan may give a field, and how what it gives is found.
#[derive(Debug)]
enum GivenOn {
    /// On the action alone.
    Action(fn(&Action) -> Option<FieldValue<'_>>),
    /// On a priority or an objective as well, for every action below that does not say otherwise.
    Above(fn(&Shared) -> Option<FieldValue<'_>>),
}

/// Where answers tell what a plan gives in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Wherever an action's facts are told.
    Always,
    /// Where one action is shown whole.
    InFull,
    /// Not straight from the plan: the standing says what is in force of it.
    ByStanding,
}

/// What a plan gives in a field.
#[derive(Clone, Copy, Debug)]
pub enum FieldValue<'p> {
    Text(&'p Text),
    Texts(&'p [Text]),
    Evidence(&'p [Evidence]),
    Deadline(&'p Deadline),
    Day(Located<Day>),
    Source(&'p ActionSource),
}

/// All but the id. A new field is a row here, its place in [`Action`] or [`Shared`], and the line of
/// `baseline.rs` that reads it.
pub static ACTION_FIELDS: [ActionField; 18] = [
    of_action("title", FieldKind::Text, "a short name for tables", |it| {
        text(&it.title)
    })
    .in_no_column(),
    shared(
        "action",
        FieldKind::Text,
        "how it is going to be done",
        |it| text(&it.action),
    )
    .running()
    .in_no_column(),
    of_action(
        "impact",
        FieldKind::Text,
        "what should be seen and how it is measured",
        |it| text(&it.impact),
    )
    .running(),
    shared(
        "measure",
        FieldKind::Text,
        "how the impact of several rows is measured",
        |it| text(&it.measure),
    ),
    shared(
        "indicator",
        FieldKind::Id,
        "the indicator that measures it",
        |it| text(&it.indicator),
    )
    .in_no_column(),
    shared(
        "responsibility",
        FieldKind::Text,
        "who is to do it, as written",
        |it| text(&it.responsibility),
    )
    .in_no_column(),
    shared(
        "owners",
        FieldKind::Groups,
        "who is to do it, in the board's groups",
        |it| it.owners.as_deref().map(FieldValue::Texts),
    )
    .told(Told::ByStanding),
    shared(
        "lead",
        FieldKind::Group,
        "the one accountable owner",
        |it| text(&it.lead),
    )
    .told(Told::ByStanding),
    shared(
        "evidence",
        FieldKind::Evidence,
        "what will prove it",
        |it| it.evidence.as_deref().map(FieldValue::Evidence),
    )
    .told(Told::ByStanding),
    shared(
        "timescale",
        FieldKind::Timescale,
        "when it should be done",
        |it| it.timescale.as_ref().map(FieldValue::Deadline),
    )
    .told(Told::ByStanding),
    // Each is a thing of its own, with its own fields.
    of_action(
        "milestones",
        FieldKind::List(&MILESTONE),
        "its deadlines, where it has several",
        |_| None,
    )
    .told(Told::ByStanding),
    of_action(
        "starts",
        FieldKind::Timescale,
        "when work is to begin: its first day counts",
        |it| it.starts.as_ref().map(FieldValue::Deadline),
    )
    .told(Told::ByStanding),
    shared(
        "threads",
        FieldKind::Ids,
        "the plan's threads that it serves",
        |it| it.threads.as_deref().map(FieldValue::Texts),
    )
    .told(Told::ByStanding),
    of_action(
        "added",
        FieldKind::Date,
        "the day it was added, if after adoption",
        |it| it.added.map(FieldValue::Day),
    )
    .told(Told::InFull),
    of_action(
        "from",
        FieldKind::Reference,
        "the action of an earlier plan that it carries on",
        |it| text(&it.from),
    )
    .told(Told::InFull)
    .labelled("carries on"),
    of_action(
        "supports",
        FieldKind::Reference,
        "the action or priority of another plan of the board that it serves",
        |it| text(&it.supports),
    )
    .told(Told::InFull),
    of_action(
        "source",
        FieldKind::Map(&SOURCE),
        "the recommendation that it answers",
        |it| it.source.as_ref().map(FieldValue::Source),
    )
    .told(Told::InFull),
    of_action(
        "note",
        FieldKind::Text,
        "a remark that belongs nowhere else",
        |it| text(&it.note),
    )
    .told(Told::InFull),
];

fn text(text: &Option<Text>) -> Option<FieldValue<'_>> {
    text.as_ref().map(FieldValue::Text)
}

const fn of_action(
    name: &'static str,
    kind: FieldKind,
    help: &'static str,
    read: fn(&Action) -> Option<FieldValue<'_>>,
) -> ActionField {
    row(optional(name, kind, help), GivenOn::Action(read))
}

const fn shared(
    name: &'static str,
    kind: FieldKind,
    help: &'static str,
    read: fn(&Shared) -> Option<FieldValue<'_>>,
) -> ActionField {
    row(optional(name, kind, help), GivenOn::Above(read))
}

const fn row(field: Field, given: GivenOn) -> ActionField {
    ActionField {
        label: field.name,
        field,
        given,
        told: Told::Always,
        is_running: false,
        is_column: true,
    }
}

impl ActionField {
    const fn told(self, told: Told) -> ActionField {
        ActionField { told, ..self }
    }

    const fn labelled(self, label: &'static str) -> ActionField {
        ActionField { label, ..self }
    }

    const fn running(self) -> ActionField {
        ActionField {
            is_running: true,
            ..self
        }
    }

    /// The work plan's table shows it in a column that is more than this field, or nowhere.
    const fn in_no_column(self) -> ActionField {
        ActionField {
            is_column: false,
            ..self
        }
    }

    pub fn name(&self) -> &'static str {
        self.field.name
    }

    /// Whether it holds sentences, and no names.
    pub fn is_text(&self) -> bool {
        matches!(self.field.kind, FieldKind::Text)
    }

    /// Whether a priority or an objective may give it for all actions below.
    pub const fn is_shared(&self) -> bool {
        matches!(self.given, GivenOn::Above(_))
    }

    /// What an action gives in it, of the fields that only actions have.
    pub fn on_action<'p>(&self, action: &'p Action) -> Option<FieldValue<'p>> {
        match self.given {
            GivenOn::Action(read) => read(action),
            GivenOn::Above(_) => None,
        }
    }

    /// What is given in it for all actions below, of the fields that may be.
    pub fn on_shared<'p>(&self, shared: &'p Shared) -> Option<FieldValue<'p>> {
        match self.given {
            GivenOn::Action(_) => None,
            GivenOn::Above(read) => read(shared),
        }
    }
}

/// How many fields of the table may be given for all actions below.
pub(super) const SHARED_FIELDS: usize = {
    let (mut count, mut at) = (0, 0);
    while at < ACTION_FIELDS.len() {
        count += ACTION_FIELDS[at].is_shared() as usize;
        at += 1;
    }
    count
};

/// The fields of a shape that has some of its own, and then those of the table: all of them, or those
/// that may be given for all actions below.
pub(super) const fn with_action_fields<const N: usize>(first: &[Field], all: bool) -> [Field; N] {
    let mut fields = [first[0]; N];
    let (mut filled, mut at) = (0, 0);
    while filled < first.len() {
        fields[filled] = first[filled];
        filled += 1;
    }
    while at < ACTION_FIELDS.len() {
        if all || ACTION_FIELDS[at].is_shared() {
            fields[filled] = ACTION_FIELDS[at].field;
            filled += 1;
        }
        at += 1;
    }
    assert!(filled == N, "every place is filled");
    fields
}
