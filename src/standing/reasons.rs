//! Finds the reasons for which an action stands as it does (point 9).

use crate::plan::{Action, Status};

use super::fold::FoldedAction;
use super::reason::{Against, Expected, Reason, Request};
use super::{Judge, Standing};

/// All that is to be said of an action's standing, in the order in which a page says it.
pub(super) fn for_standing(
    judge: &Judge,
    action: &Action,
    standing: &Standing,
    folded: &FoldedAction,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if standing.status.is_open() {
        dates(judge, action, standing, folded, &mut reasons);
        reports(judge, standing, &mut reasons);
    } else {
        reasons.push(Reason::Closed {
            status: standing.status,
            since: match standing.status {
                Status::Complete => standing.completed,
                _ => standing.last_update,
            },
            days_late: standing.days_late,
        });
    }
    if reasons.is_empty() {
        reasons.push(Reason::OnCourse {
            last_update: standing.last_update,
            due: standing.due,
            review_due: standing.review_due,
        });
    }
    requests(judge, standing, &mut reasons);
    impact(standing, folded, &mut reasons);
    reasons
}

fn dates(
    judge: &Judge,
    action: &Action,
    standing: &Standing,
    folded: &FoldedAction,
    reasons: &mut Vec<Reason>,
) {
    let shown = folded.shown(judge.day);
    let turn = (folded.milestones.iter()).position(|milestone| std::ptr::eq(milestone, shown));
    if let Some(due) = standing.due {
        if standing.overdue || standing.due_soon {
            reasons.push(Reason::Due {
                milestone: turn.map(|at| action.milestones[at].id.value.clone()),
                due,
                today: judge.day,
            });
        }
    } else if standing
        .timescale
        .is_some_and(|deadline| deadline.read.is_err())
    {
        reasons.push(Reason::TimescaleUnreadable);
    }
    let condition = standing
        .timescale
        .and_then(|deadline| deadline.timescale()?.condition());
    if let (Some(condition), Some(_)) = (condition, standing.due) {
        reasons.push(Reason::Condition(condition.to_owned()));
    }
    let here = folded.slips();
    if here > 0 {
        reasons.push(Reason::MovedBack {
            times: here,
            first_due: standing.first_due,
        });
    }
    if standing.slips > here {
        reasons.push(Reason::MovedBackBefore(standing.slips - here));
    }
}

fn reports(judge: &Judge, standing: &Standing, reasons: &mut Vec<Reason>) {
    if standing.status == Status::Paused {
        reasons.push(Reason::Paused);
    }
    if standing.unreported || standing.history.is_empty() {
        reasons.push(Reason::Reported {
            last: standing.last_update,
            expected: expected(judge, standing),
        });
    }
    if standing.over_rated
        && let Some(reported) = standing.reported_rag
    {
        let against = if standing.overdue {
            Against::Overdue
        } else if standing.status == Status::Paused {
            Against::Paused
        } else {
            Against::NotReportedInTime
        };
        reasons.push(Reason::OverRated { reported, against });
    }
    if let Some(group) = standing.escalated {
        reasons.push(Reason::Escalated(judge.board.group_name(group).to_owned()));
    }
}

/// How often a report is due: by the timescale's own cycle, else by the plan's policy.
fn expected(judge: &Judge, standing: &Standing) -> Expected {
    let policy = Expected::Every(judge.plan.policy.review);
    let timescale = standing.timescale.and_then(|deadline| deadline.timescale());
    let (Some(timescale), Some(review)) = (timescale, standing.review_due) else {
        return policy;
    };
    let has_named_day =
        timescale.due_on_or_after(review) == Some(review) && timescale.last_day().is_none();
    match timescale.interval() {
        Some(interval) => Expected::Every(interval),
        None if has_named_day && review < judge.day => Expected::ByThen(review),
        None if has_named_day => Expected::By(review),
        None => policy,
    }
}

fn requests(judge: &Judge, standing: &Standing, reasons: &mut Vec<Reason>) {
    let asked = &standing.asked;
    let name = |id: &crate::plan::Text| judge.board.group_name(id).to_owned();
    let requests = [
        (asked.timescale).map(|deadline| Request::Timescale(deadline.text.value.clone())),
        (asked.owners).map(|owners| Request::Owners(owners.iter().map(name).collect())),
        asked.status.map(Request::Status),
    ];
    reasons.extend(requests.into_iter().flatten().map(Reason::Requested));
}

fn impact(standing: &Standing, folded: &FoldedAction, reasons: &mut Vec<Reason>) {
    let Some(impact) = &standing.impact else {
        return;
    };
    reasons.push(Reason::Impact(impact.clone()));
    if let Some(reported) = folded.impact_rag
        && reported.badness() > 0
        && reported.badness() < impact.rag.badness()
    {
        reasons.push(Reason::ImpactOverRated {
            reported,
            indicator: impact.indicator.clone(),
            shown: impact.rag,
        });
    }
}
