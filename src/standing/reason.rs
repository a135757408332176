//! The sentences that say why an action stands as it does (design section 5, point 9).

use std::fmt;

use serde::{Serialize, Serializer};

use crate::calendar::Day;
use crate::plan::{Frequency, Rag, Status};
use crate::words::{late, often};

use super::Impact;

/// Why an action stands as it does: as a page shows it by `Display`, one sentence without its full
/// stop.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// When it is, was or will be due, seen from the day asked.
    Due {
        /// Of an action with several deadlines, the milestone whose turn it is.
        milestone: Option<String>,
        due: Day,
        today: Day,
    },
    /// The words of its timescale cannot be read.
    TimescaleUnreadable,
    /// What the words of its timescale make its date depend on.
    Condition(String),
    /// How often its deadline was moved back, and the first one.
    MovedBack {
        times: u32,
        first_due: Option<Day>,
    },
    /// How often its deadline was moved back before or when it was carried forward.
    MovedBackBefore(u32),
    Paused,
    /// Nothing was reported yet, and work is to begin only on this day.
    NotBegun(Day),
    /// The last report, where it is too long ago or there is none, and when one is due.
    Reported {
        last: Option<Day>,
        expected: ReportDue,
    },
    /// It is reported better than dates and reports allow.
    OverRated {
        reported: Rag,
        against: Against,
    },
    /// It is reported worse than dates and reports make it: by its lead, else by whom.
    Rates {
        by: Option<String>,
        rag: Rag,
    },
    /// The board itself rates it so.
    BoardRates(Rag),
    /// It is reported on and was never rated.
    NotRated,
    /// What each of its owners last reported, where they differ.
    Disagree(Views),
    /// Whom a report asks to look at it, by name.
    Escalated(String),
    /// It is closed, since when, by how many days too late, and how it was rated before it was
    /// given up.
    Closed {
        status: Status,
        since: Option<Day>,
        days_late: Option<i64>,
        rag_before: Option<Rag>,
    },
    /// What is asked for and nobody has decided.
    Requested(Request),
    /// What its indicator shows.
    Impact(Impact),
    /// Its impact is reported better than its indicator shows.
    ImpactOverRated {
        reported: Rag,
        indicator: String,
        shown: Rag,
    },
    /// Nothing else is to be said of it.
    OnCourse {
        last_update: Option<Day>,
        due: Option<Day>,
        review_due: Option<Day>,
    },
}

/// How often a report is due, or by when one is or was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReportDue {
    Every(Frequency),
    By(Day),
    ByThen(Day),
}

/// What a report leaves out that rates too well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Against {
    Overdue,
    Paused,
    NotReportedInTime,
}

/// What each of its owners last reported of an action: by whom, by name, how rated, which status.
#[derive(Clone, Debug, PartialEq)]
pub struct Views(pub Vec<(String, Option<Rag>, Option<Status>)>);

/// What an entry asks for that counts only once somebody agreed to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A new date, as written.
    Timescale(String),
    /// Other owners, by their names.
    Owners(Vec<String>),
    Status(Status),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Due {
                milestone,
                due,
                today,
            } => when_due(milestone.as_deref(), *due, *today, f),
            Reason::TimescaleUnreadable => {
                f.write_str("Its timescale cannot be read, so it has no due day")
            }
            Reason::Condition(words) => write!(f, "Its date has a condition: {words}"),
            Reason::MovedBack { times, first_due } => {
                write!(f, "Deadline moved back {}", often(*times as usize))?;
                first_due.map_or(Ok(()), |day| write!(f, ", first due {}", day.long()))
            }
            Reason::MovedBackBefore(times) => {
                let often = often(*times as usize);
                write!(
                    f,
                    "Deadline moved back {often} before or when it was carried forward"
                )
            }
            Reason::NotBegun(day) => write!(f, "Not begun: it starts on {}", day.long()),
            Reason::Rates { by, rag } => {
                let by = by.as_deref().unwrap_or("Its lead");
                write!(f, "{by} rates it {}", rag.word())
            }
            Reason::BoardRates(rag) => write!(f, "The board rates it {}", rag.word()),
            Reason::NotRated => f.write_str("Reported, not rated"),
            Reason::Disagree(views) => write!(f, "Its owners disagree: {views}"),
            Reason::Paused => f.write_str("Paused: the deadline is unchanged"),
            Reason::Reported { last, expected } => last_report(*last, *expected, f),
            Reason::OverRated { reported, against } => {
                write!(f, "Rated {}, but {against}", reported.word())
            }
            Reason::Escalated(to) => write!(f, "Escalated to {to}"),
            Reason::Closed {
                status,
                since,
                days_late,
                rag_before,
            } => closed(*status, *since, *days_late, *rag_before, f),
            Reason::Requested(request) => write!(f, "{request}, not yet decided"),
            Reason::Impact(impact) => shown_impact(impact, f),
            Reason::ImpactOverRated {
                reported,
                indicator,
                shown,
            } => {
                let (reported, shown) = (reported.word(), shown.word());
                write!(f, "Impact rated {reported}, but {indicator} is {shown}")
            }
            Reason::OnCourse {
                last_update,
                due,
                review_due,
            } => on_course(*last_update, *due, *review_due, f),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for ReportDue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReportDue::Every(frequency) => write!(f, "one is due {frequency}"),
            ReportDue::By(day) => write!(f, "one is due by {}", day.long()),
            ReportDue::ByThen(day) => write!(f, "one was due by {}", day.long()),
        }
    }
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Against::Overdue => "overdue",
            Against::Paused => "paused",
            Against::NotReportedInTime => "not reported on in time",
        })
    }
}

impl fmt::Display for Views {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, rag, status)) in self.0.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            let words = [rag.map(Rag::word), status.map(Status::word)];
            let words: Vec<&str> = words.into_iter().flatten().collect();
            let words = if words.is_empty() {
                "not rated".into()
            } else {
                words.join(" and ")
            };
            write!(f, "{comma}{name} {words}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Request::Timescale(words) => write!(f, "New date requested: {words}"),
            Request::Owners(names) => write!(f, "Other owners requested: {}", names.join(", ")),
            Request::Status(Status::Paused) => f.write_str("Pause requested"),
            Request::Status(Status::Withdrawn) => f.write_str("Withdrawal requested"),
            Request::Status(Status::Complete) => f.write_str("Reported complete"),
            Request::Status(_) => f.write_str("Carrying it forward requested"),
        }
    }
}

/// Sentences one after the other, as a cell of a table shows them.
pub fn sentences<'r>(reasons: impl IntoIterator<Item = &'r Reason>) -> String {
    let sentences: Vec<String> = reasons.into_iter().map(Reason::to_string).collect();
    sentences.join(". ")
}

fn days(count: i64) -> String {
    match count {
        1 => "1 day".into(),
        count => format!("{count} days"),
    }
}

fn last_report(last: Option<Day>, expected: ReportDue, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match last {
        Some(day) => write!(f, "Last report {}: {expected}", day.long()),
        None => write!(f, "No report yet: {expected}"),
    }
}

fn when_due(
    milestone: Option<&str>,
    due: Day,
    today: Day,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match milestone {
        Some(id) => write!(f, "{id} due ")?,
        None => f.write_str("Due ")?,
    }
    match due.days_since(today) {
        0 => write!(f, "today, {}", due.long()),
        left if left > 0 => write!(f, "{}, in {}", due.long(), days(left)),
        late => write!(f, "{}, {} ago", due.long(), days(-late)),
    }
}

fn closed(
    status: Status,
    since: Option<Day>,
    days_late: Option<i64>,
    rag_before: Option<Rag>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str(match status {
        Status::Complete => "Complete since",
        Status::Withdrawn => "Withdrawn",
        _ => "Carried forward",
    })?;
    if let Some(day) = since {
        write!(f, " {}", day.long())?;
    }
    if let Some(days) = days_late {
        write!(f, ", {}", late(days))?;
    }
    rag_before.map_or(Ok(()), |rag| write!(f, ", rated {} before", rag.word()))
}

fn shown_impact(impact: &Impact, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(latest) = impact.latest else {
        return write!(f, "Impact: no data for {} yet", impact.indicator);
    };
    write!(
        f,
        "Impact {}: {} was {} in {}",
        impact.rag.word(),
        impact.indicator,
        latest.value,
        latest.period
    )?;
    match (impact.target, impact.before) {
        (Some(target), _) => write!(f, ", target {target}"),
        (None, Some(before)) => write!(f, ", {} in {}", before.value, before.period),
        (None, None) => f.write_str(", nothing to compare it with"),
    }
}

fn on_course(
    last_update: Option<Day>,
    due: Option<Day>,
    review_due: Option<Day>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let facts = [
        ("last reported", last_update),
        ("due", due),
        ("next report by", review_due),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .filter_map(|(what, day)| Some(format!("{what} {}", day?.long())))
        .collect();
    let mut sentence = facts.join(", ");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    f.write_str(&sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect("a day")
    }

    #[test]
    fn a_deadline_is_told_from_the_day_asked() {
        for (milestone, due, today, sentence) in [
            (None, "2018-05-01", "2018-05-01", "Due today, 1 May 2018"),
            (
                Some("2a"),
                "2018-05-02",
                "2018-05-01",
                "2a due 2 May 2018, in 1 day",
            ),
            (
                None,
                "2018-04-29",
                "2018-05-01",
                "Due 29 April 2018, 2 days ago",
            ),
        ] {
            let milestone = milestone.map(str::to_owned);
            let (due, today) = (day(due), day(today));
            let reason = Reason::Due {
                milestone,
                due,
                today,
            };
            assert_eq!(reason.to_string(), sentence);
        }
        let (times, first_due) = (2, None);
        let moved = Reason::MovedBack { times, first_due };
        assert_eq!(moved.to_string(), "Deadline moved back twice");
    }

    #[test]
    fn what_is_closed_says_since_when_how_late_and_how_it_was_rated() {
        let may = Some(day("2018-05-01"));
        for (status, since, days_late, rag_before, sentence) in [
            (
                Status::Complete,
                may,
                Some(1),
                None,
                "Complete since 1 May 2018, 1 day late",
            ),
            (
                Status::Withdrawn,
                None,
                None,
                Some(Rag::Red),
                "Withdrawn, rated red before",
            ),
            (
                Status::CarriedForward,
                may,
                None,
                None,
                "Carried forward 1 May 2018",
            ),
        ] {
            let reason = Reason::Closed {
                status,
                since,
                days_late,
                rag_before,
            };
            assert_eq!(reason.to_string(), sentence);
        }
    }

    #[test]
    fn what_is_on_course_says_what_is_known() {
        let may = Some(day("2018-05-01"));
        for (last_update, due, review_due, sentence) in [
            (
                may,
                None,
                Some(day("2018-08-01")),
                "Last reported 1 May 2018, next report by 1 August 2018",
            ),
            (None, may, None, "Due 1 May 2018"),
            (None, None, None, ""),
        ] {
            let reason = Reason::OnCourse {
                last_update,
                due,
                review_due,
            };
            assert_eq!(reason.to_string(), sentence);
        }
    }
}
