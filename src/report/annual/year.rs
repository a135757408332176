//! What is known of the year: its priorities, how its actions stood at its end, and what its entries say.

use std::collections::{BTreeMap, HashMap};

use super::super::action;
use super::{EntryPoint, NAME, ReportYear, YearAction, titled};
use crate::calendar::Day;
use crate::plan::{About, Entry, Text};
use crate::select::Row;
use crate::standing::Standing;
use crate::words::{listed, shortened};

impl<'b> ReportYear<'_, 'b> {
    /// The plans' priorities that had an action in the year, as indices; a log is a part of its own.
    pub fn priorities(&self) -> impl Iterator<Item = (usize, Option<usize>)> {
        self.index.priorities.iter().copied()
    }

    /// A priority's number and title; with its plan's, where several plans have priorities. A log has its
    /// own title.
    pub fn heading(&self, plan: usize, priority: Option<usize>) -> String {
        let own = self.plans[plan].plan;
        let title = || action::own_title(self.brief.board(), own);
        let Some(priority) = priority.map(|at| &own.priorities[at]) else {
            return title().to_owned();
        };
        let heading = format!("{} {}", priority.id, priority.title);
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
                    .push(row.action.id.value.clone());
            }
        }
        let own = &self.plans[plan];
        let number = priority.map(|at| own.plan.priorities[at].id.as_str());
        let itself = number.map_or(&[][..], |number| self.index.entries(own.index, number));
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

    /// How an action stood at the end of the year.
    pub fn at_end(&self, row: &Row<'b>) -> Option<&Standing<'b>> {
        row.on(&self.end)
    }

    /// What changed of an action between the end of the year and the day asked.
    pub fn since_then(&self, row: &Row<'b>) -> Option<String> {
        let then = self.at_end(row)?;
        let now = row.standing;
        if then.status != now.status {
            let day = now.completed.map(|day| format!(" on {}", day.long()));
            return Some(format!(
                "since then {}{}",
                now.status,
                day.unwrap_or_default()
            ));
        }
        let (then, now) = (then.due, now.due);
        (then != now).then(|| match now {
            Some(day) => format!("since then due {}", day.long()),
            None => "since then without a date".to_owned(),
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
            words: says(entry)?.value.clone(),
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
