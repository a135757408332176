//! `plan report work-plan`: the plan as the board's own table, for its website.

use std::collections::BTreeMap;

use serde::Serialize;

use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::item::Item;
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Document, Level, Table, deadlines, running, short, words};
use crate::plan::{Action, Objective, Plan, Text};
use crate::select::Row;

#[derive(Serialize)]
pub struct WorkPlan {
    #[serde(flatten)]
    pub head: Head,
    pub adopted: Option<Day>,
    /// The words around the tables.
    pub sections: Vec<SectionFacts>,
    /// The board's own column headings, by the name of the field.
    pub headings: BTreeMap<String, String>,
    pub priorities: Vec<PriorityTable>,
}

#[derive(Serialize)]
pub struct SectionFacts {
    pub title: String,
    pub text: Option<String>,
}

#[derive(Serialize)]
pub struct PriorityTable {
    /// None, as its title, for the actions of a log.
    pub id: Option<String>,
    pub title: Option<String>,
    pub outcomes: Vec<String>,
    pub rows: Vec<TableRow>,
}

/// An action in its row of the table.
#[derive(Serialize)]
pub struct TableRow {
    pub objective: Option<ObjectiveFacts>,
    pub action: Item,
    /// The columns in which it shares one cell with the row above.
    pub merged: Vec<&'static str>,
}

#[derive(Clone, Serialize)]
pub struct ObjectiveFacts {
    pub id: Option<String>,
    pub theme: Option<String>,
    pub title: String,
}

impl PlanReport for WorkPlan {
    fn of(brief: &Brief, brief_of: &PlanBrief) -> WorkPlan {
        let plan = brief_of.plan;
        let pair = |(name, text): &(Text, Text)| (name.value.clone(), text.value.clone());
        WorkPlan {
            head: Head::of(brief, plan),
            adopted: plan.adopted.map(|day| day.value),
            sections: (plan.sections.iter())
                .map(|section| SectionFacts {
                    title: section.title.value.clone(),
                    text: section.text.as_ref().map(|text| text.value.clone()),
                })
                .collect(),
            headings: plan.headings.iter().map(pair).collect(),
            priorities: priorities(brief, brief_of),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("", document);
        if let Some(day) = self.adopted {
            document.remark(format!("Adopted {}", day.long()));
        }
        for section in &self.sections {
            document.heading(Level::Section, &section.title, "");
            if let Some(text) = &section.text {
                document.prose(text);
            }
        }
        for priority in &self.priorities {
            if let (Some(id), Some(title)) = (&priority.id, &priority.title) {
                document.heading(Level::Section, format!("{id} {title}"), "");
            }
            if !priority.outcomes.is_empty() {
                let outcomes = priority.outcomes.join("\n");
                let facts = vec![(self.called("outcomes"), crate::document::plain(outcomes))];
                document.blocks.push(Block::Facts(facts));
            }
            self.table(priority, document);
        }
    }
}

impl WorkPlan {
    /// What the board calls a column.
    fn called(&self, field: &str) -> String {
        match self.headings.get(field) {
            Some(words) => words.clone(),
            None => match field {
                "rag" => "RAG".into(),
                field => sentence(field),
            },
        }
    }

    fn table(&self, priority: &PriorityTable, document: &mut Document) {
        let used = |column: &&WorkPlanColumn| {
            let mut rows = priority.rows.iter();
            column.always || rows.any(|row| column.col.cell(row) != Cell::Empty)
        };
        let columns: Vec<&WorkPlanColumn> = COLUMNS.iter().filter(used).collect();
        let headed = |column: &&WorkPlanColumn| {
            let field = column.field;
            column.col.column().headed(self.called(field))
        };
        let headings = columns.iter().map(headed).collect();
        let table = Table::with(headings, &priority.rows, |at, row| {
            if row.merged.contains(&columns[at].field) {
                Cell::Above
            } else {
                columns[at].col.cell(row)
            }
        });
        document.blocks.push(Block::Table(table));
    }
}

/// A text with a capital at its beginning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A column of the board's table, and the field that it shows.
struct WorkPlanColumn {
    field: &'static str,
    col: Col<TableRow>,
    /// Whether it stands there even if every cell is empty.
    always: bool,
}

/// A column that is left out where every cell is empty.
const fn used(field: &'static str, col: Col<TableRow>) -> WorkPlanColumn {
    WorkPlanColumn {
        field,
        col,
        always: false,
    }
}

const fn always(field: &'static str, col: Col<TableRow>) -> WorkPlanColumn {
    WorkPlanColumn {
        field,
        col,
        always: true,
    }
}

const COLUMNS: &[WorkPlanColumn] = &[
    used(
        "objective",
        words("objective", |row| {
            Cell::maybe(row.objective.as_ref().map(ObjectiveFacts::words))
        }),
    ),
    always("id", short("id", |row| row.action.id())),
    always("action", running("action", |row| Cell::maybe(row.words()))),
    used(
        "impact",
        running("impact", |row| {
            Cell::maybe(row.action.facts.impact.as_deref())
        }),
    ),
    used(
        "measure",
        words("measure", |row| {
            Cell::maybe(row.action.facts.measure.as_deref())
        }),
    ),
    used(
        "responsibility",
        words("responsibility", |row| Cell::maybe(row.responsibility())),
    ),
    used(
        "timescale",
        deadlines("timescale", |row| Cell::maybe(row.timescale())),
    ),
    used(
        "evidence",
        words("evidence", |row| {
            Cell::maybe(joined(&row.action.facts.evidence_planned))
        }),
    ),
    always("rag", short("rag", |row| row.action.rating())),
];

fn joined(texts: &[String]) -> Option<String> {
    Some(texts.join("\n")).filter(|text| !text.is_empty())
}

impl ObjectiveFacts {
    fn of(objective: &Objective) -> ObjectiveFacts {
        ObjectiveFacts {
            id: objective.id.as_ref().map(|id| id.value.clone()),
            theme: objective.theme.as_ref().map(|text| text.value.clone()),
            title: objective.title.value.clone(),
        }
    }

    fn words(&self) -> String {
        let title = match &self.id {
            Some(id) => format!("{id} {}", self.title),
            None => self.title.clone(),
        };
        match &self.theme {
            Some(theme) => format!("{theme}\n{title}"),
            None => title,
        }
    }
}

impl TableRow {
    /// Its short name, if it has one, and the board's own sentence.
    fn words(&self) -> Option<String> {
        let facts = &self.action.facts;
        let said = [facts.title.as_deref(), facts.action.as_deref()];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    /// As the plan writes it, else the owners' names.
    fn responsibility(&self) -> Option<String> {
        let written = self.action.facts.responsibility.clone();
        written.or_else(|| joined(&self.action.who).map(|names| names.replace('\n', ", ")))
    }

    /// The deadline in force, or those of its milestones; what was moved says from when.
    fn timescale(&self) -> Option<String> {
        let facts = &self.action.facts;
        if facts.milestones.is_empty() {
            let moved = facts.slips > 0 && facts.first_due != facts.due;
            let first = facts.first_due.filter(|_| moved);
            let words = facts.timescale.clone()?;
            return Some(match first {
                Some(first) => format!("{words}\n(first {})", first.short()),
                None => words,
            });
        }
        let lines = facts.milestones.iter().map(|milestone| {
            let when = milestone.timescale.as_deref().unwrap_or("no timescale");
            match &milestone.title {
                Some(title) => format!("{when}: {title}"),
                None => when.to_owned(),
            }
        });
        Some(lines.collect::<Vec<_>>().join("\n"))
    }
}

fn priorities(brief: &Brief, brief_of: &PlanBrief) -> Vec<PriorityTable> {
    let plan = brief_of.plan;
    let each = plan.priorities.iter().enumerate();
    let each = each.map(|(index, priority)| (Some(index), Some(priority)));
    // The actions of a log stand below no priority.
    let tables = each.chain([(None, None)]).map(|(index, priority)| {
        let own = brief_of.rows.iter();
        let own: Vec<&Row> = own.filter(|row| row.action.priority == index).collect();
        let above = std::iter::once(None).chain(own.iter().map(|row| Some(row.action)));
        PriorityTable {
            id: priority.map(|priority| priority.id.value.clone()),
            title: priority.map(|priority| priority.title.value.clone()),
            outcomes: (priority.iter().flat_map(|priority| &priority.outcomes))
                .map(|outcome| outcome.value.clone())
                .collect(),
            rows: (own.iter().zip(above))
                .map(|(row, above)| TableRow {
                    objective: (row.action.objective)
                        .map(|at| ObjectiveFacts::of(&plan.objectives[at])),
                    action: brief.item(row),
                    merged: above.map_or_else(Vec::new, |above| merged(plan, above, row.action)),
                })
                .collect(),
        }
    });
    tables.filter(|table| !table.rows.is_empty()).collect()
}

/// The columns in which two actions, one above the other, share what stands above them both.
fn merged(plan: &Plan, above: &Action, action: &Action) -> Vec<&'static str> {
    let text = |field: fn(&crate::plan::Shared) -> Option<&Text>| {
        let (a, b) = (plan.given(above, field), plan.given(action, field));
        a.zip(b).is_some_and(|(a, b)| std::ptr::eq(a, b))
    };
    let evidence = || {
        let (a, b) = (plan.evidence(above), plan.evidence(action));
        !a.is_empty() && std::ptr::eq(a, b)
    };
    let untitled = above.title.is_none() && action.title.is_none();
    let shares = [
        (
            "objective",
            action.objective.is_some() && above.objective == action.objective,
        ),
        ("action", untitled && text(|shared| shared.action.as_ref())),
        ("measure", text(|shared| shared.measure.as_ref())),
        (
            "responsibility",
            text(|shared| shared.responsibility.as_ref()),
        ),
        ("evidence", evidence()),
    ];
    let shared = shares.into_iter().filter(|(_, shared)| *shared);
    shared.map(|(field, _)| field).collect()
}
