//! Every field of every file, once: its name, what it holds, and words for help.
//!
//! The reader takes exactly these; nothing else names a field's type.

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Words, kept as written.
    Text,
    /// One text or a list of texts.
    Texts,
    /// The name of a thing: a short text.
    Id,
    /// One id or a list of ids.
    Ids,
    /// An ISO date.
    Date,
    /// A deadline as boards write them (design section 4).
    Timescale,
    /// A financial year or several, or two dates.
    Period,
    /// A quarter, a year, a month or a day.
    DataPeriod,
    /// red, amber, green or blue.
    Rag,
    /// not started, in progress, and so on.
    Status,
    /// A group's name.
    Group,
    /// One group's name or a list of them.
    Groups,
    /// A length of time: `6 weeks`, `quarterly`.
    Interval,
    /// A length of time or `next meeting`.
    DueSoon,
    /// `lower` or `higher`.
    Better,
    /// A number, one for each financial year, or `decreasing` or `increasing`.
    Target,
    /// `10% of target` or `2 points`.
    Tolerance,
    /// A path from the file.
    Path,
    /// `PLAN#ID`: something of another plan of the board.
    Reference,
    /// Rules, each with its severity.
    Severities,
    /// A text, a title with a link, or a list of these.
    Evidence,
    /// Names, each with a text.
    NamedTexts,
    /// Names, each with the same fields.
    Named(&'static Shape),
    /// A group's name, or `none`.
    GroupOrNone,
    /// Words, each with the rating that it stands for.
    Ratings,
    /// `agreed` or `reported`.
    Completion,
    /// Groups, each with dates or a rule.
    Meetings,
    /// School years, each with the last days of its three terms.
    Terms,
    /// A map of these fields.
    Map(&'static Shape),
    /// A list of such maps.
    List(&'static Shape),
}

impl Kind {
    /// How such a thing is written; empty where nothing need be said.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Text | Kind::Map(_) => "",
            Kind::Texts => "One text, or a list of texts.",
            Kind::Id => "A short name, kept as the characters written: 1.10 is not 1.1.",
            Kind::Ids => "One name, or a list of names.",
            Kind::Date => "A date as year-month-day.",
            Kind::Timescale => {
                "A deadline as the board writes it, kept so: a day, a month (its last day), a quarter, \
                 a season, a year, an interval, or Ongoing."
            }
            Kind::Period => "One financial year or several, or two dates with `to` between.",
            Kind::DataPeriod => "A quarter, a financial year, a month or a day.",
            Kind::Rag => "Red, amber, green, or blue for complete.",
            Kind::Status => {
                "One of: not started, in progress, paused, complete, withdrawn, carried forward."
            }
            Kind::Group => "A group's name in board.yaml, or `board` for the whole board.",
            Kind::Groups => {
                "One group's name in board.yaml or a list of them; `board` is the whole board."
            }
            Kind::GroupOrNone => {
                "A group's name in board.yaml, `board` for the whole board, or `none`."
            }
            Kind::Ratings => "Words, each with red, amber, green or blue.",
            Kind::Completion => "Agreed or reported.",
            Kind::Interval => "A length of time.",
            Kind::DueSoon => "A length of time, or `next meeting`.",
            Kind::Better => "Lower or higher.",
            Kind::Target => {
                "A number, one for each financial year, or `decreasing` or `increasing`."
            }
            Kind::Tolerance => "A share of the target, or points.",
            Kind::Path => {
                "A path counts from this file's folder and stays inside the plans' folder."
            }
            Kind::Reference => "The plan's file without its ending, `#`, and the id, in quotes.",
            Kind::Evidence => "A text, a title with a link, or a list of these.",
            Kind::NamedTexts => "Names, each with a text.",
            Kind::Severities => "Names of rules, each with `off`, `warning` or `error`.",
            Kind::Named(_) => "Names, each with fields of its own.",
            Kind::Meetings => "Groups, each with a list of dates, or how often and from when.",
            Kind::Terms => "School years, each with the last days of its three terms.",
            Kind::List(_) => "A list, each item beginning with a dash.",
        }
    }

    /// Ways in which such a thing is written.
    pub fn examples(self) -> &'static [&'static str] {
        match self {
            Kind::Date => &["2018-01-16"],
            Kind::Timescale => &[
                "29 June 2019",
                "April 2018",
                "Q2 2019/20",
                "Summer 2019",
                "2019/20",
                "quarterly",
                "Continuous cycle – quarterly and yearly",
                "Ongoing",
            ],
            Kind::Period => &["2017-19", "2019-20", "2017-04-01 to 2019-03-31"],
            Kind::DataPeriod => &["2017-18 Q3", "2017-18", "April 2018", "2018-04-30"],
            Kind::Id | Kind::Ids => &["1.1.1"],
            Kind::Interval => &["6 weeks", "30 days", "2 months", "quarterly"],
            Kind::DueSoon => &["30 days", "next meeting"],
            Kind::Target => &["7.5", "decreasing", "increasing"],
            Kind::Tolerance => &["10% of target", "2 points"],
            Kind::Reference => &["work-plan-2017-19#2.1.5"],
            _ => &[],
        }
    }

    /// The fields of the maps that it holds, where they are known.
    pub fn shape(self) -> Option<&'static Shape> {
        match self {
            Kind::Named(shape) | Kind::Map(shape) | Kind::List(shape) => Some(shape),
            Kind::Evidence => Some(&EVIDENCE),
            Kind::Meetings => Some(&MEETING_RULE),
            _ => None,
        }
    }
}

/// A field.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
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
}

const fn required(name: &'static str, kind: Kind, help: &'static str) -> Field {
    Field {
        name,
        kind,
        required: true,
        help,
    }
}

const fn optional(name: &'static str, kind: Kind, help: &'static str) -> Field {
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

/// The four kinds of file: the first key that tells each, and its fields.
pub static FILES: [(&str, &Shape); 4] = [
    ("board", &BOARD),
    ("plan", &PLAN),
    ("updates", &UPDATES),
    ("challenges", &CHALLENGES),
];

pub static BOARD: Shape = Shape {
    name: "a board",
    fields: &[
        required("board", Kind::Text, "the board's full name"),
        optional("short", Kind::Text, "its short name, as people say it"),
        optional("kind", Kind::Text, "what kind of board it is, as printed"),
        optional("area", Kind::Text, "the area it serves"),
        optional(
            "people",
            Kind::Text,
            "whom it is there for, as papers and letters say it",
        ),
        optional(
            "groups",
            Kind::Named(&GROUP),
            "who may own, report and agree",
        ),
        optional("meetings", Kind::Meetings, "when the groups meet"),
        optional(
            "terms",
            Kind::Terms,
            "the last days of school terms, by school year",
        ),
        optional(
            "rules",
            Kind::Severities,
            "severities of rules: off, warning or error",
        ),
    ],
};

pub static GROUP: Shape = Shape {
    name: "a group",
    fields: &[
        optional("name", Kind::Text, "its name as papers print it"),
        optional("kind", Kind::Text, "subgroup, agency, officer, …"),
        optional("aka", Kind::Texts, "how the plan's text spells it"),
        optional("members", Kind::Groups, "the groups that it stands for"),
        optional(
            "contact",
            Kind::Text,
            "where its forms are sent: a role's mailbox",
        ),
    ],
};

pub static MEETING_RULE: Shape = Shape {
    name: "a rule for meetings",
    fields: &[
        required("every", Kind::Interval, "how often it meets"),
        required("from", Kind::Date, "its first meeting"),
    ],
};

pub static PLAN: Shape = Shape {
    name: "a plan",
    fields: &[
        required("plan", Kind::Text, "the plan's title"),
        required("period", Kind::Period, "the financial years it covers"),
        optional(
            "adopted",
            Kind::Date,
            "the day from which the plan is frozen",
        ),
        optional(
            "sections",
            Kind::List(&SECTION),
            "the words around the tables",
        ),
        optional(
            "threads",
            Kind::NamedTexts,
            "what runs through all priorities",
        ),
        optional(
            "headings",
            Kind::NamedTexts,
            "the board's own column headings",
        ),
        optional("rag", Kind::Map(&POLICY), "how the plan is judged"),
        optional(
            "indicators",
            Kind::List(&INDICATOR),
            "measures of what difference is made",
        ),
        required(
            "priorities",
            Kind::List(&PRIORITY),
            "what the plan is to achieve",
        ),
    ],
};

pub static SECTION: Shape = Shape {
    name: "a section",
    fields: &[
        required("title", Kind::Text, "its heading"),
        optional("text", Kind::Text, "its words, with paragraphs and lists"),
    ],
};

pub static POLICY: Shape = Shape {
    name: "the policy",
    fields: &[
        optional(
            "due_soon",
            Kind::DueSoon,
            "how long before its day an action is due soon",
        ),
        optional(
            "review",
            Kind::Interval,
            "how often an open action must be reported on",
        ),
        optional(
            "labels",
            Kind::NamedTexts,
            "the board's own words for red, amber, green and blue",
        ),
        optional(
            "words",
            Kind::Ratings,
            "further words of the board's own scheme, as forms and imports may bring them",
        ),
        optional(
            "complete",
            Kind::Completion,
            "whether complete counts once it is agreed, or as soon as it is reported",
        ),
        optional(
            "red_after",
            Kind::Interval,
            "how long after its deadline an action is amber before it is red",
        ),
    ],
};

pub static INDICATOR: Shape = Shape {
    name: "an indicator",
    fields: &[
        required("id", Kind::Id, "the name that actions and data give it"),
        optional("title", Kind::Text, "what it measures"),
        optional("unit", Kind::Text, "what it is counted in"),
        optional("better", Kind::Better, "which way is good"),
        optional("target", Kind::Target, "what it should reach"),
        optional(
            "tolerance",
            Kind::Tolerance,
            "how far off still counts as on target",
        ),
        optional(
            "data",
            Kind::Path,
            "its values: CSV with indicator,period,value",
        ),
    ],
};

/// What may be given once for all actions below.
macro_rules! shape_with_shared {
    ($($field:expr),* $(,)?) => {
        &[
            $($field,)*
            optional("action", Kind::Text, "how it is going to be done"),
            optional("responsibility", Kind::Text, "who is to do it, as written"),
            optional("owners", Kind::Groups, "who is to do it, in the board's groups"),
            optional("lead", Kind::Group, "the one accountable owner"),
            optional("evidence", Kind::Evidence, "what will prove it"),
            optional("measure", Kind::Text, "how the impact of several rows is measured"),
            optional("timescale", Kind::Timescale, "when it should be done"),
            optional("threads", Kind::Ids, "the plan's threads that it serves"),
            optional("indicator", Kind::Id, "the indicator that measures it"),
        ]
    };
}

pub static PRIORITY: Shape = Shape {
    name: "a priority",
    fields: shape_with_shared![
        required("id", Kind::Id, "its number"),
        required("title", Kind::Text, "what it is called"),
        optional("outcomes", Kind::Texts, "what it should lead to"),
        optional("objectives", Kind::List(&OBJECTIVE), "its objectives"),
        optional(
            "actions",
            Kind::List(&ACTION),
            "its actions, with no objective between"
        ),
    ],
};

pub static OBJECTIVE: Shape = Shape {
    name: "an objective",
    fields: shape_with_shared![
        optional("id", Kind::Id, "its number"),
        optional("theme", Kind::Text, "the heading that it stands under"),
        required("title", Kind::Text, "what is to be achieved"),
        optional("actions", Kind::List(&ACTION), "its actions"),
    ],
};

pub static ACTION: Shape = Shape {
    name: "an action",
    fields: shape_with_shared![
        required("id", Kind::Id, "its number"),
        optional("title", Kind::Text, "a short name for tables"),
        optional(
            "impact",
            Kind::Text,
            "what should be seen and how it is measured"
        ),
        optional(
            "milestones",
            Kind::List(&MILESTONE),
            "its deadlines, where it has several"
        ),
        optional(
            "starts",
            Kind::Timescale,
            "when work is to begin: its first day counts"
        ),
        optional(
            "added",
            Kind::Date,
            "the day it was added, if after adoption"
        ),
        optional(
            "source",
            Kind::Map(&SOURCE),
            "the recommendation that it answers"
        ),
        optional(
            "supports",
            Kind::Reference,
            "the action or priority of another plan of the board that it serves"
        ),
        optional(
            "from",
            Kind::Reference,
            "the action of an earlier plan that it carries on"
        ),
        optional("note", Kind::Text, "a remark that belongs nowhere else"),
    ],
};

pub static SOURCE: Shape = Shape {
    name: "a source",
    fields: &[
        optional(
            "review",
            Kind::Text,
            "the review, inspection or audit that asked for it",
        ),
        optional("recommendation", Kind::Text, "its recommendation"),
    ],
};

pub static MILESTONE: Shape = Shape {
    name: "a milestone",
    fields: &[
        required("id", Kind::Id, "its number"),
        required("timescale", Kind::Timescale, "when it should be reached"),
        optional("title", Kind::Text, "what is reached"),
    ],
};

pub static EVIDENCE: Shape = Shape {
    name: "an item of evidence",
    fields: &[
        required("title", Kind::Text, "what it is called"),
        optional("link", Kind::Path, "where it is: a web address or a path"),
    ],
};

/// What an updates file may give once for all its entries.
macro_rules! shape_with_defaults {
    ($($field:expr),* $(,)?) => {
        &[
            $($field,)*
            optional("plan", Kind::Id, "the plan that it reports on: its file's stem"),
            optional("date", Kind::Date, "the day of the report"),
            optional("covers", Kind::DataPeriod, "the period that it speaks of"),
            optional("by", Kind::Group, "who reports"),
            optional("meeting", Kind::Group, "whose meeting it was reported to"),
        ]
    };
}

pub static UPDATES: Shape = Shape {
    name: "an updates file",
    fields: shape_with_defaults![
        required("updates", Kind::Text, "the title of the report"),
        optional("note", Kind::Text, "a remark that belongs nowhere else"),
        required("entries", Kind::List(&ENTRY), "what is reported"),
    ],
};

pub static ENTRY: Shape = Shape {
    name: "an entry",
    fields: shape_with_defaults![
        optional(
            "action",
            Kind::Ids,
            "the action, milestone or actions that it is about"
        ),
        optional(
            "objective",
            Kind::Id,
            "the objective whose open actions it is about"
        ),
        optional("priority", Kind::Id, "the priority that it is about"),
        optional("rag", Kind::Rag, "how its lead rates it"),
        optional("status", Kind::Status, "how far it has come"),
        optional("done", Kind::Text, "what was done"),
        optional("impact", Kind::Text, "what difference it made"),
        optional("impact_rag", Kind::Rag, "how the impact is rated"),
        optional("voice", Kind::Text, "what the people it is for said"),
        optional("next", Kind::Text, "what comes next"),
        optional("note", Kind::Text, "a remark that belongs nowhere else"),
        optional("evidence", Kind::Evidence, "what evidence came in"),
        optional("timescale", Kind::Timescale, "a new deadline"),
        optional("owners", Kind::Groups, "other owners"),
        optional(
            "reason",
            Kind::Text,
            "why: required with a change to what was agreed"
        ),
        optional("agreed", Kind::Group, "who agreed the change"),
        optional("refused", Kind::Group, "who refused what is asked for"),
        optional(
            "escalate",
            Kind::GroupOrNone,
            "who is asked to look at it; `none` takes it back"
        ),
    ],
};

pub static CHALLENGES: Shape = Shape {
    name: "a challenge log",
    fields: &[
        required("challenges", Kind::Text, "the title of the log"),
        optional(
            "plan",
            Kind::Id,
            "the plan that it is about: its file's stem",
        ),
        required(
            "entries",
            Kind::List(&CHALLENGE),
            "what was raised, answered and closed",
        ),
    ],
};

pub static CHALLENGE: Shape = Shape {
    name: "an entry of the challenge log",
    fields: &[
        required(
            "challenge",
            Kind::Id,
            "the challenge's name, the same in all its entries",
        ),
        required("date", Kind::Date, "the day on which it was said"),
        optional(
            "plan",
            Kind::Id,
            "the plan that it is about: its file's stem",
        ),
        optional("meeting", Kind::Group, "whose meeting it was"),
        optional("from", Kind::Group, "who challenges"),
        optional("to", Kind::Group, "who is challenged"),
        optional("action", Kind::Id, "the action that it is about"),
        optional("raised", Kind::Text, "what was asked"),
        optional("response", Kind::Text, "what was answered"),
        optional("closed", Kind::Text, "how it ended"),
        optional("impact", Kind::Text, "what difference it made"),
        optional("note", Kind::Text, "a remark that belongs nowhere else"),
    ],
};
