//! What is known of the year: its priorities, how its actions stood at its end, and what its entries say.

use std::collections::{BTreeMap, HashMap};

use super::super::action;
use super::super::brief::PlanBrief;
use super::super::indicators;
use super::{EntryPoint, NAME, ReportYear, YearAction, titled};
use crate::calendar::{Day, Period};
use crate::plan::{About, Entry, Status, Text};
use crate::select::Row;
use crate::standing::{BoardStanding, Reason, Standing, stand};
use crate::words::{late, listed, one_line, shortened};

/// Judges what difference actions made by all values of the year: the last of them come in after its end.
pub fn judge_by_own_values(end: &mut BoardStanding, plans: &[PlanBrief], day: Day, period: Period) {
    for brief in plans {
        let standings = end.plans[brief.index].actions.iter_mut();
        for (action, standing) in brief.plan.actions.iter().zip(standings) {
            let measured = brief.plan.indicator_of(action).zip(standing.as_mut());
            let Some((indicator, standing)) = measured else {
                continue;
            };
            let values = indicators::values(brief.plan, indicator, day, Some(period.last));
            let own = stand(indicator, &values);
            let (rag, reasons) = (own.rag, &mut standing.reasons);
            reasons.retain_mut(|reason| match reason {
                Reason::Impact(impact) => {
                    *impact = own.clone();
                    true
                }
                Reason::ImpactOverRated {
                    reported, shown, ..
                } => {
                    *shown = rag;
                    reported.is_better_than(rag)
                }
                _ => true,
            });
            standing.impact_rag = Some(rag);
            standing.impact = Some(own);
        }
    }
}

impl<'b> ReportYear<'_, 'b> {
    /// The plans' priorities that had an action in the year, as indices; a log is a part of its own.
    pub fn priorities(&self) -> impl Iterator<Item = (usize, Option<usize>)> {
        self.index.priorities.iter().copied()
    }

    /// A priority's number and title; with its plan's, where several plans have priorities. A log has its
    /// own title.
    pub fn heading(&self, plan: usize, priority: Option<usize>) -> String {
        let found = self.plans[plan].plan;
        let title = || action::own_title(self.brief.board(), found);
        let Some(priority) = priority.map(|at| &found.priorities[at]) else {
            return title().to_owned();
        };
        let named = one_line(&priority.title);
        let heading = format!("{} {}", priority.id, named.trim_end_matches('.'));
        if self.index.others_have_priorities(plan) {
            format!("{}: {heading}", title())
        } else {
            heading
        }
    }

    pub fn rows(&self, plan: usize, priority: Option<usize>) -> &[Row<'b>] {
        self.index.rows((plan, priority))
    }

    /// Whether an entry speaks of the year: by the period that it covers, else by its date.
    pub fn speaks(&self, entry: &Entry) -> bool {
        match (entry.covers, entry.date) {
            (Some(covers), _) => {
                let covers = covers.value;
                covers.first <= self.period.last && self.period.first <= covers.last
            }
            (None, Some(date)) => self.holds(date.value),
            (None, None) => false,
        }
    }

    pub fn holds(&self, day: Day) -> bool {
        self.period.first <= day && day <= self.period.last
    }

    /// What the year's entries about a priority's actions, or about itself, say in one field. An
    /// entry about several actions stands once.
    pub fn points(
        &self,
        plan: usize,
        priority: Option<usize>,
        says: fn(&Entry) -> Option<&Text>,
    ) -> Vec<EntryPoint> {
        let entries = &self.brief.board().entries;
        let mut about: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for row in self.rows(plan, priority) {
            for &at in &row.standing.history {
                about
                    .entry(at)
                    .or_default()
                    .push(row.action.id.value.to_string());
            }
        }
        let plan_brief = &self.plans[plan];
        let number = priority.map(|at| plan_brief.plan.priorities[at].id.as_str());
        let itself = number.map_or(&[][..], |number| {
            self.index.entries(plan_brief.index, number)
        });
        for &at in itself {
            let date = entries[at].date;
            if date.is_some_and(|date| date.value <= self.brief.day()) {
                about.entry(at).or_default();
            }
        }
        let mut order: HashMap<&str, usize> = HashMap::new();
        for (place, row) in self.rows(plan, priority).iter().enumerate() {
            order.entry(row.action.id.as_str()).or_insert(place);
        }
        let mut points: Vec<EntryPoint> = (about.into_iter())
            .filter(|(at, _)| self.speaks(&entries[*at]))
            .filter_map(|(at, actions)| self.point(&entries[at], actions, says))
            .collect();
        // What is said of one action stands together; what is said of the whole comes first.
        points.sort_by_key(|point| {
            let first = point.actions.first();
            first.map(|first| order.get(first.as_str()).copied())
        });
        points
    }

    /// Of what was said of the same actions, the last.
    pub fn last_words(&self, points: Vec<EntryPoint>) -> Vec<EntryPoint> {
        let mut last: Vec<EntryPoint> = Vec::new();
        let mut places: HashMap<Vec<String>, usize> = HashMap::new();
        for point in points {
            match places.get(&point.actions) {
                Some(&place) if last[place].date <= point.date => last[place] = point,
                Some(_) => {}
                None => {
                    places.insert(point.actions.clone(), last.len());
                    last.push(point);
                }
            }
        }
        last
    }

    /// Whether the year had ended on the day asked.
    pub fn has_ended(&self) -> bool {
        self.period.last <= self.brief.day()
    }

    /// When its actions stand as they are told: "at the end of the year", or of a year that runs the day asked.
    pub fn at_its_end(&self) -> String {
        if self.has_ended() {
            "at the end of the year".into()
        } else {
            format!("on {}", self.end.day.long())
        }
    }

    /// The year as far as it is told: "2024-25", "2025-26 up to 4 March 2026".
    pub fn span(&self) -> String {
        if self.has_ended() {
            self.period.to_string()
        } else {
            format!("{} up to {}", self.period, self.end.day.long())
        }
    }

    /// How an action stood at the end of the year.
    pub fn at_end(&self, row: &Row<'b>) -> Option<&Standing<'b>> {
        row.on(&self.end)
    }

    /// Why an action stood so. The paper is read on another day than the year's last, from which no days are
    /// counted in it.
    pub fn reason(&self, reason: &Reason) -> String {
        let Reason::Due {
            milestone,
            due,
            today,
        } = reason
        else {
            return reason.to_string();
        };
        if *today == self.brief.day() {
            return reason.to_string();
        }
        let due_words = match milestone {
            Some(id) => format!("{id} due {}", due.long()),
            None => format!("Due {}", due.long()),
        };
        match today.days_since(*due) {
            days @ 1.. => format!("{due_words}, {} {}", late(days), self.at_its_end()),
            _ => due_words,
        }
    }

    /// What changed of an action between the end of the year and the day asked.
    pub fn since_then(&self, row: &Row<'b>) -> Option<String> {
        let then = self.at_end(row)?;
        let now = row.standing;
        if then.day == now.day {
            return None;
        }
        let mut parts = Vec::new();
        if now.status == Status::Complete {
            parts.extend(self.completion(row, then));
        } else if then.status != now.status {
            parts.push(now.status.to_string());
        }
        if now.status.is_open() {
            let words = |standing: &Standing| standing.timescale.map(|it| it.text.value.clone());
            if words(then) != words(now) {
                parts.push(match now.due {
                    Some(day) => format!("due {}", day.long()),
                    None => "without a date".to_owned(),
                });
            }
            if then.rag != now.rag {
                parts.push(now.rag.to_string());
            } else if then.overdue && now.overdue {
                parts.push("still open".to_owned());
            }
            parts.extend(now.days_late.filter(|_| now.overdue).map(late));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// When what is complete now was completed, if that was after the year; of what was complete at its end
    /// and taken up again, that too.
    fn completion(&self, row: &Row<'b>, then: &Standing) -> Option<String> {
        let now = row.standing.completed?;
        if then.completed == Some(now) {
            return None;
        }
        if then.status != Status::Complete {
            return Some(format!("complete on {}", now.long()));
        }
        let mut history = row.standing.history.iter();
        let reopened = history.find_map(|&at| {
            let entry = &row.board.entries[at];
            let date = entry.date?.value;
            let is_open = entry.reported_status().is_none_or(|it| it.value.is_open());
            (date > then.day && is_open && entry.rag.is_some()).then_some(date)
        });
        Some(match reopened {
            Some(day) => format!(
                "reopened on {}, complete again on {}",
                day.long(),
                now.long()
            ),
            None => format!("complete again on {}", now.long()),
        })
    }

    /// What an entry says of some actions in one field, if it does.
    pub fn point(
        &self,
        entry: &Entry,
        actions: Vec<String>,
        says: fn(&Entry) -> Option<&Text>,
    ) -> Option<EntryPoint> {
        let by = entry.by.as_deref();
        Some(EntryPoint {
            about: self.about(entry, &actions),
            actions,
            words: says(entry)?.value.to_string(),
            by: by.map(|id| self.brief.board().group_name(id).to_owned()),
            date: entry.date.map(|date| date.value),
        })
    }

    /// What an entry is about, in words: its objective, or the actions by number and title.
    fn about(&self, entry: &Entry, actions: &[String]) -> String {
        let first = actions.first().and_then(|id| self.index.numbered(id));
        let objective = first.and_then(|row| Some(&row.plan.objectives[row.action.objective?]));
        if let (About::Objective(id), Some(objective)) = (&entry.about, objective) {
            let title = objective.theme.as_ref().unwrap_or(&objective.title);
            return format!("{} {}", id.value, shortened(title, NAME));
        }
        let called = |id: &String| match self.index.numbered(id) {
            Some(row) => titled(row),
            None => id.clone(),
        };
        listed(&actions.iter().map(called).collect::<Vec<_>>())
    }

    /// An action as it stood at the end of the year, and what changed since.
    pub fn action(&self, row: &Row<'b>) -> Option<YearAction> {
        let standing = self.at_end(row)?;
        Some(YearAction {
            item: self.brief.item(&Row { standing, ..*row }),
            since_then: self.since_then(row),
        })
    }

    /// All actions of the year's plans.
    pub fn all(&self) -> impl Iterator<Item = &Row<'b>> {
        self.plans.iter().flat_map(|plan| &plan.rows)
    }
}
