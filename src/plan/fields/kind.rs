//! What a field may hold, and the words and examples that say so.

use super::{EVIDENCE, MEETING_RULE, Shape};

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
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
    /// `true` or `false`.
    YesNo,
    /// accepted, partly accepted or not accepted.
    Decision,
    /// Groups, each with dates or a rule.
    Meetings,
    /// School years, each with the last days of its three terms.
    Terms,
    /// A map of these fields.
    Map(&'static Shape),
    /// A list of such maps.
    List(&'static Shape),
}

impl FieldKind {
    /// How such a thing is written; empty where nothing need be said.
    pub fn words(self) -> &'static str {
        match self {
            FieldKind::Text | FieldKind::Map(_) => "",
            FieldKind::Texts => "One text, or a list of texts.",
            FieldKind::Id => "A short name, kept as the characters written: 1.10 is not 1.1.",
            FieldKind::Ids => "One name, or a list of names.",
            FieldKind::Date => "A date as year-month-day.",
            FieldKind::Timescale => {
                "A deadline as the board writes it, kept so: a day, a month (its last day), a quarter, \
                 a season, a year, an interval, or Ongoing."
            }
            FieldKind::Period => "One financial year or several, or two dates with `to` between.",
            FieldKind::DataPeriod => "A quarter, a financial year, a month or a day.",
            FieldKind::Rag => "Red, amber, green, or blue for complete.",
            FieldKind::Status => {
                "One of: not started, in progress, paused, complete, withdrawn, carried forward."
            }
            FieldKind::Group => "A group's name in board.yaml, or `board` for the whole board.",
            FieldKind::Groups => {
                "One group's name in board.yaml or a list of them; `board` is the whole board."
            }
            FieldKind::GroupOrNone => {
                "A group's name in board.yaml, `board` for the whole board, or `none`."
            }
            FieldKind::Ratings => "Words, each with red, amber, green or blue.",
            FieldKind::Completion => "Agreed or reported.",
            FieldKind::YesNo => "True or false.",
            FieldKind::Decision => "One of: accepted, partly accepted, not accepted.",
            FieldKind::Interval => "A length of time.",
            FieldKind::DueSoon => "A length of time, or `next meeting`.",
            FieldKind::Better => "Lower or higher.",
            FieldKind::Target => {
                "A number, one for each financial year, or `decreasing` or `increasing`."
            }
            FieldKind::Tolerance => "A share of the target, or points.",
            FieldKind::Path => {
                "A path counts from this file's folder and stays inside the plans' folder."
            }
            FieldKind::Reference => {
                "The plan's file without its ending, `#`, and the id, in quotes."
            }
            FieldKind::Evidence => "A text, a title with a link, or a list of these.",
            FieldKind::NamedTexts => "Names, each with a text.",
            FieldKind::Severities => "Names of rules, each with `off`, `warning` or `error`.",
            FieldKind::Named(_) => "Names, each with fields of its own.",
            FieldKind::Meetings => "Groups, each with a list of dates, or how often and from when.",
            FieldKind::Terms => "School years, each with the last days of its three terms.",
            FieldKind::List(_) => "A list, each item beginning with a dash.",
        }
    }

    /// Whether it names things, so that it is compared with other names.
    pub fn is_name(self) -> bool {
        matches!(
            self,
            FieldKind::Id
                | FieldKind::Ids
                | FieldKind::Group
                | FieldKind::Groups
                | FieldKind::GroupOrNone
                | FieldKind::Reference
        )
    }

    /// Ways in which such a thing is written.
    pub fn examples(self) -> &'static [&'static str] {
        match self {
            FieldKind::Date => &["2018-01-16"],
            FieldKind::Timescale => &[
                "29 June 2019",
                "April 2018",
                "Q2 2019/20",
                "Summer 2019",
                "2019/20",
                "quarterly",
                "Continuous cycle – quarterly and yearly",
                "Ongoing",
            ],
            FieldKind::Period => &["2017-19", "2019-20", "2017-04-01 to 2019-03-31"],
            FieldKind::DataPeriod => &["2017-18 Q3", "2017-18", "April 2018", "2018-04-30"],
            FieldKind::Id | FieldKind::Ids => &["1.1.1"],
            FieldKind::Interval => &["6 weeks", "30 days", "2 months", "quarterly"],
            FieldKind::DueSoon => &["30 days", "next meeting"],
            FieldKind::Target => &["7.5", "decreasing", "increasing"],
            FieldKind::Tolerance => &["10% of target", "2 points"],
            FieldKind::Reference => &["work-plan-2017-19#2.1.5"],
            _ => &[],
        }
    }

    /// The fields of the maps that it holds, where they are known.
    pub fn shape(self) -> Option<&'static Shape> {
        match self {
            FieldKind::Named(shape) | FieldKind::Map(shape) | FieldKind::List(shape) => Some(shape),
            FieldKind::Evidence => Some(&EVIDENCE),
            FieldKind::Meetings => Some(&MEETING_RULE),
            _ => None,
        }
    }
}
