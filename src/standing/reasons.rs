//! Finds the reasons for which an action stands as it does (point 9).

use crate::plan::{Board, Frequency, Plan, Rag, Status, Text};

use super::Standing;
use super::action::FoldedAction;
use super::reason::{Against, Reason, ReportDue, Request, Views};

/// All that is to be said of an action's standing, in the order in which a page says it.
pub(super) fn for_standing(
    board: &Board,
    plan: &Plan,
    standing: &Standing,
    folded: &FoldedAction,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if standing.status.is_open() {
        dates(standing, folded, &mut reasons);
        reports(plan, standing, &mut reasons);
        ratings(board, standing, folded, &mut reasons);
        people(board, standing, &mut reasons);
    } else {
        let closure = folded.closure.as_ref();
        reasons.push(Reason::Closed {
            status: standing.status,
            since: standing.completed.or(closure.map(|closure| closure.date)),
            days_late: standing.days_late,
            rag_before: standing.rag_at_closure,
        });
    }
    if reasons.is_empty() {
        reasons.push(Reason::OnCourse {
            last_update: standing.last_update,
            due: standing.due,
            review_due: standing.review_due,
        });
    }
    requests(board, standing, &mut reasons);
    impact(standing, folded, &mut reasons);
    reasons
}

fn dates(standing: &Standing, folded: &FoldedAction, reasons: &mut Vec<Reason>) {
    let shown = folded.shown(standing.day);
    let turn = (folded.milestones.iter()).position(|milestone| std::ptr::eq(milestone, shown));
    if let Some(due) = standing.due {
        if standing.overdue || standing.due_soon {
            reasons.push(Reason::Due {
                milestone: turn.map(|at| folded.action.milestones[at].id.value.to_string()),
                due,
                today: standing.day,
            });
        }
    } else if (standing.timescale).is_some_and(|deadline| deadline.read.is_err()) {
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

fn reports(plan: &Plan, standing: &Standing, reasons: &mut Vec<Reason>) {
    if standing.status == Status::Paused {
        reasons.push(Reason::Paused);
    }
    if let Some(starts) = standing.starts.filter(|_| standing.not_begun) {
        reasons.push(Reason::NotBegun(starts));
    } else if standing.unreported || standing.last_update.is_none() {
        reasons.push(Reason::Reported {
            last: standing.last_update,
            expected: expected(plan, standing),
        });
    }
}

/// How often a report is due: by the timescale's own cycle, else by the plan's policy.
fn expected(plan: &Plan, standing: &Standing) -> ReportDue {
    let policy = ReportDue::Every(plan.policy.review);
    let (Some(deadline), Some(review)) = (standing.timescale, standing.review_due) else {
        return policy;
    };
    let Some(timescale) = deadline.timescale() else {
        return policy;
    };
    let has_named_day =
        timescale.due_on_or_after(review) == Some(review) && timescale.last_day().is_none();
    match timescale.interval() {
        // "Annually in November" is late in December, however few months the last report is old.
        _ if has_named_day && review < standing.day => ReportDue::ByThen(review),
        _ if has_named_day => ReportDue::By(review),
        Some(interval) => ReportDue::Every(Frequency::written(interval, &deadline.text)),
        None => policy,
    }
}

/// How its lead and the board rate it, where that is not what dates and reports allow.
fn ratings(board: &Board, standing: &Standing, folded: &FoldedAction, reasons: &mut Vec<Reason>) {
    let allowed = standing.computed_rag;
    match standing.reported_rag {
        Some(reported) if standing.over_rated => {
            let against = if standing.overdue {
                Against::Overdue
            } else if standing.status == Status::Paused {
                Against::Paused
            } else {
                Against::NotReportedInTime
            };
            reasons.push(Reason::OverRated { reported, against });
        }
        Some(reported) if reported.badness() > allowed.badness() => {
            // The lead, or the one owner; anybody else is called by name.
            let answers = standing.lead.or(match standing.owners {
                [owner] => Some(owner),
                _ => None,
            });
            let other = folded
                .rag_by
                .filter(|by| answers.is_none_or(|own| own.value != by.value));
            reasons.push(Reason::Rates {
                by: other.map(|by| board.group_name(by).to_owned()),
                rag: reported,
            });
        }
        None if standing.last_update.is_some() => reasons.push(Reason::NotRated),
        _ => {}
    }
    if let Some(rag @ (Rag::Red | Rag::Amber)) = folded.board_rag {
        reasons.push(Reason::BoardRates(rag));
    }
}

fn people(board: &Board, standing: &Standing, reasons: &mut Vec<Reason>) {
    let name = |id: &Text| board.group_name(id).to_owned();
    if !standing.disagree.is_empty() {
        let reports = standing.disagree.iter();
        let reports = reports.map(|report| (name(report.by), report.rag, report.status));
        reasons.push(Reason::Disagree(Views(reports.collect())));
    }
    let escalated = standing.escalated.iter();
    reasons.extend(escalated.map(|group| Reason::Escalated(name(group))));
}

fn requests(board: &Board, standing: &Standing, reasons: &mut Vec<Reason>) {
    let asked = &standing.asked;
    let name = |id: &Text| board.group_name(id).to_owned();
    let requests = [
        (asked.timescale).map(|ask| Request::Timescale(ask.value.text.value.to_string())),
        (asked.owners).map(|ask| Request::Owners(ask.value.iter().map(name).collect())),
        (asked.status).map(|ask| Request::Status(ask.value)),
    ];
    reasons.extend(requests.into_iter().flatten().map(Reason::Requested));
}

fn impact(standing: &Standing, folded: &FoldedAction, reasons: &mut Vec<Reason>) {
    let Some(impact) = &standing.impact else {
        return;
    };
    reasons.push(Reason::Impact(impact.clone()));
    if let Some(reported) = folded.impact_rag
        && reported.is_better_than(impact.rag)
    {
        reasons.push(Reason::ImpactOverRated {
            reported,
            indicator: impact.indicator.clone(),
            shown: impact.rag,
        });
    }
}
