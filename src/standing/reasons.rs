//! Why an action stands as it does, in sentences that a board can read (point 9).

use crate::calendar::Day;
use crate::plan::{Action, Status};

use super::fold::FoldedAction;
use super::{Judge, Standing, how_often};

pub(super) fn of(
    judge: &Judge,
    action: &Action,
    standing: &Standing,
    folded: &FoldedAction,
) -> Vec<String> {
    let mut reasons = Vec::new();
    if standing.status.is_open() {
        dates(judge, action, standing, folded, &mut reasons);
        reports(judge, standing, &mut reasons);
    } else {
        closed(standing, &mut reasons);
    }
    if reasons.is_empty() {
        reasons.push(on_course(standing));
    }
    asked(judge, standing, &mut reasons);
    impact(standing, folded, &mut reasons);
    reasons
}

/// What is to be said of an action about which nothing is to be said.
fn on_course(standing: &Standing) -> String {
    let short = |day: Option<Day>| day.map(Day::short);
    let said = [
        short(standing.last_update).map(|day| format!("last reported {day}")),
        short(standing.due).map(|day| format!("due {day}")),
        short(standing.review_due).map(|day| format!("next report by {day}")),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn days(count: i64) -> String {
    match count {
        1 => "1 day".into(),
        count => format!("{count} days"),
    }
}

fn dates(
    judge: &Judge,
    action: &Action,
    standing: &Standing,
    folded: &FoldedAction,
    reasons: &mut Vec<String>,
) {
    // Of an action with several deadlines, whose turn it is.
    let shown = folded.shown(judge.day);
    let which = (folded.milestones.iter())
        .position(|milestone| std::ptr::eq(milestone, shown))
        .map_or(String::new(), |at| format!("{} ", action.milestones[at].id));
    if let Some(due) = standing.due {
        let day = due.short();
        if standing.overdue {
            let late = days(judge.day.days_since(due));
            reasons.push(format!("{which}due {day}, {late} ago"));
        } else if due == judge.day {
            reasons.push(format!("{which}due today, {day}"));
        } else if standing.due_soon {
            let left = days(due.days_since(judge.day));
            reasons.push(format!("{which}due {day}, in {left}"));
        }
    } else if standing
        .timescale
        .is_some_and(|deadline| deadline.read.is_err())
    {
        reasons.push("its timescale cannot be read, so it has no due day".into());
    }
    let condition = standing
        .timescale
        .and_then(|deadline| deadline.timescale()?.condition());
    if let (Some(condition), Some(_)) = (condition, standing.due) {
        reasons.push(format!("its date has a condition: {condition}"));
    }
    slips(standing, folded.slips(), reasons);
}

/// How often the deadline was moved back, by this plan's entries and before it was carried on.
fn slips(standing: &Standing, own: u32, reasons: &mut Vec<String>) {
    let times = |count: u32| match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    if own > 0 {
        let first = standing
            .first_due
            .map_or(String::new(), |day| format!("; first due {}", day.short()));
        reasons.push(format!("deadline moved back {}{first}", times(own)));
    }
    if standing.slips > own {
        let carried = times(standing.slips - own);
        reasons.push(format!(
            "deadline moved back {carried} before or when it was carried forward"
        ));
    }
}

fn reports(judge: &Judge, standing: &Standing, reasons: &mut Vec<String>) {
    if standing.status == Status::Paused {
        reasons.push("paused; the clock runs on".into());
    }
    if standing.unreported {
        let since = match standing.last_update {
            Some(day) => format!("not reported since {}", day.short()),
            None => "never reported".into(),
        };
        reasons.push(format!("{since}; {}", expected(judge, standing)));
    } else if standing.history.is_empty() {
        reasons.push("nothing reported yet".into());
    }
    if standing.rosy
        && let Some(rag) = standing.reported_rag
    {
        let but = if standing.overdue {
            "overdue"
        } else if standing.status == Status::Paused {
            "paused"
        } else {
            "not reported in time"
        };
        reasons.push(format!("reported {}, but {but}", rag.word()));
    }
    if let Some(group) = standing.escalated {
        let name = judge.board.group_name(group);
        reasons.push(format!("escalated to {name}"));
    }
}

/// How often a report is expected: by the timescale's own cycle, else by the plan's policy.
fn expected(judge: &Judge, standing: &Standing) -> String {
    let policy = judge.plan.policy.review;
    let timescale = standing.timescale.and_then(|deadline| deadline.timescale());
    match (timescale, standing.review_due) {
        (Some(timescale), Some(review)) => match timescale.interval() {
            Some(interval) => how_often(interval),
            None if timescale.due_on_or_after(review) == Some(review)
                && timescale.last_day().is_none() =>
            {
                format!("a report was due by {}", review.short())
            }
            None => how_often(policy),
        },
        _ => how_often(policy),
    }
}

fn closed(standing: &Standing, reasons: &mut Vec<String>) {
    let since = |day: Option<Day>| day.map_or(String::new(), |day| format!(" {}", day.short()));
    let late = standing
        .days_late
        .map_or(String::new(), |late| format!(", {} late", days(late)));
    reasons.push(match standing.status {
        Status::Complete => format!("complete since{}{late}", since(standing.completed)),
        status => format!("{}{}", status.word(), since(standing.last_update)),
    });
}

fn asked(judge: &Judge, standing: &Standing, reasons: &mut Vec<String>) {
    let asked = &standing.asked;
    let mut ask = |what: &str| reasons.push(format!("{what} asked for, not agreed"));
    if let Some(deadline) = asked.timescale {
        ask(&deadline.text);
    }
    if let Some(owners) = asked.owners {
        let names: Vec<&str> = owners.iter().map(|id| judge.board.group_name(id)).collect();
        ask(&format!("other owners ({})", names.join(", ")));
    }
    match asked.status {
        Some(Status::Paused) => ask("a pause"),
        Some(Status::Withdrawn) => ask("withdrawal"),
        Some(Status::CarriedForward) => ask("carrying it forward"),
        _ => {}
    }
}

fn impact(standing: &Standing, folded: &FoldedAction, reasons: &mut Vec<String>) {
    let Some(impact) = &standing.impact else {
        return;
    };
    match impact.latest {
        None => reasons.push(format!("impact: no data for {} yet", impact.indicator)),
        Some(latest) => {
            let compared = match (impact.target, impact.before) {
                (Some(target), _) => format!(", target {target}"),
                (None, Some(before)) => format!(", {} in {}", before.value, before.period),
                (None, None) => ", nothing to compare it with".into(),
            };
            reasons.push(format!(
                "impact {}: {} was {} in {}{compared}",
                impact.rag.word(),
                impact.indicator,
                latest.value,
                latest.period
            ));
        }
    }
    if let Some(reported) = folded.impact_rag
        && reported.badness() > 0
        && reported.badness() < impact.rag.badness()
    {
        reasons.push(format!(
            "impact reported {}, but {} is {}",
            reported.word(),
            impact.indicator,
            impact.rag.word()
        ));
    }
}
