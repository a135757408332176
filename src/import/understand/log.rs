//! Logs: the actions of meetings, the recommendations of a review. A log is a plan with its actions at the
//! top and no priorities (design section 3).

use super::Layout;
use super::fields::Field;
use super::front::Front;
use crate::words::has_one_of;

/// Whether a source is a log: its title, its file's name or a heading says so, or its rows say when each
/// was raised.
pub fn is_log(front: &Front, layouts: &[Option<Layout>], name: &str) -> bool {
    let raised = layouts
        .iter()
        .flatten()
        .any(|layout| layout.columns.has(Field::Added));
    let answers = layouts.iter().flatten().any(answers_recommendations);
    raised
        || answers && !is_of_plan(&front.title)
        || says_log(&front.title)
        || says_log(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// Whether what is to be done is what was recommended.
fn answers_recommendations(layout: &Layout) -> bool {
    let mut columns = layout.columns.all.iter();
    columns.any(|column| {
        column.field == Some(Field::Action)
            && has_one_of(&column.heading, "recommendation recommendations")
    })
}

/// Whether a title is that of a plan.
fn is_of_plan(title: &str) -> bool {
    has_one_of(title, "plan plans strategy strategic programme business")
}

/// Whether a title is that of a log: "Action log", "Recommendations tracker". A plan's tracker is the plan.
fn says_log(title: &str) -> bool {
    const LISTS: [&str; 4] = [
        "matters arising",
        "actions arising",
        "action list",
        "action sheet",
    ];
    let lower = title.to_lowercase();
    has_one_of(title, "log logs tracker recommendations minutes") && !is_of_plan(title)
        || LISTS.iter().any(|list| lower.contains(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_told_from_a_plan_by_its_title() {
        for title in [
            "Board action log",
            "SAR recommendations tracker",
            "Actions arising from 2 May",
        ] {
            assert!(says_log(title), "{title}");
        }
        for title in [
            "Improvement plan tracker",
            "Business plan",
            "Logistics",
            "Action Plan 2023-24",
        ] {
            assert!(!says_log(title), "{title}");
        }
    }
}
