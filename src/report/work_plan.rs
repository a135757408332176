//! `plan report work-plan`: the plan as the board's own table, for its website.

use std::collections::BTreeMap;

use serde::Serialize;

use super::action::tone;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::field_facts::{column, fields_told};
use super::item::Item;
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Document, Level, Table, deadlines, running, short, words};
use crate::plan::fields::{ActionField, FieldValue, Told};
use crate::plan::{Action, Objective, Plan, PlanSection, Status, Text};
use crate::select::{Row, by_priority};
use crate::words::{capitalised, one_line};

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
    /// Whether it is the plan as the board first agreed it, whatever was reported or decided since.
    pub as_adopted: bool,
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
    /// Who is responsible: as the plan writes it, or the owners in force where they are others.
    #[serde(skip)]
    responsibility: Option<String>,
    /// The dates, as adopted or in force.
    #[serde(skip)]
    timescale: Option<String>,
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
    fn from_brief(brief: &Brief, brief_of: &PlanBrief) -> WorkPlan {
        let plan = brief_of.plan;
        let pair = |(name, text): &(Text, Text)| (name.value.to_string(), text.value.to_string());
        WorkPlan {
            head: Head::of(brief, plan),
            adopted: plan.adopted.map(|day| day.value),
            sections: (plan.sections.iter())
                .map(|section| SectionFacts::of(plan, section))
                .collect(),
            headings: plan.headings.iter().map(pair).collect(),
            priorities: priorities(brief, brief_of),
            as_adopted: brief.options.as_adopted,
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("", document);
        if let Some(day) = self.adopted {
            document.remark(format!("Adopted {}", day.long()));
        }
        if self.as_adopted {
            document.remark(
                "As the board first agreed it, without what was reported or decided since.",
            );
        }
        for section in &self.sections {
            document.heading(Level::Section, &section.title, "");
            if let Some(text) = &section.text {
                document.prose(text);
            }
        }
        let columns = self.columns();
        for priority in &self.priorities {
            if let (Some(id), Some(title)) = (&priority.id, &priority.title) {
                document.heading(Level::Section, format!("{id} {title}"), "");
            }
            if !priority.outcomes.is_empty() {
                let outcomes = priority.outcomes.join("\n");
                let facts = vec![(self.called("outcomes"), crate::document::plain(outcomes))];
                document.blocks.push(Block::Facts(facts));
            }
            self.table(priority, &columns, document);
        }
    }
}

impl SectionFacts {
    /// A section; one about the threads that has no words of its own lists them.
    fn of(plan: &Plan, section: &PlanSection) -> SectionFacts {
        let title = section.title.value.to_string();
        let written = section.text.as_ref().map(|text| text.value.to_string());
        let is_of_threads = title.to_lowercase().contains("threads") && !plan.threads.is_empty();
        let threads = || {
            let threads = plan.threads.iter();
            let lines = threads.map(|(_, words)| format!("- {}", one_line(words)));
            lines.collect::<Vec<_>>().join("\n")
        };
        SectionFacts {
            text: written.or_else(|| is_of_threads.then(threads)),
            title,
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
                field => capitalised(field),
            },
        }
    }

    /// The columns of all its tables; one in which nothing stands is none.
    fn columns(&self) -> Vec<WorkPlanColumn> {
        let rows = || self.priorities.iter().flat_map(|priority| &priority.rows);
        let is_filled =
            |column: &WorkPlanColumn| rows().any(|row| column.col.cell(row) != Cell::Empty);
        let shown = |column: &WorkPlanColumn| {
            let is_rating = column.field == "rag" && self.as_adopted;
            !is_rating && (column.always || is_filled(column))
        };
        columns().into_iter().filter(shown).collect()
    }

    fn table(&self, priority: &PriorityTable, columns: &[WorkPlanColumn], document: &mut Document) {
        let headed = |column: &WorkPlanColumn| {
            let field = column.field;
            column.col.column().headed(self.called(field))
        };
        let headings = columns.iter().map(headed).collect();
        let table = Table::with(headings, &priority.rows, |at, row| {
            let column = columns[at];
            if row.merged.contains(&column.field) {
                Cell::Above
            } else {
                column.col.cell(row)
            }
        });
        let table = table.part_of_a_list("Priority");
        document.blocks.push(Block::Table(table));
    }
}

/// A column of the board's table, and the field that it shows.
#[derive(Clone, Copy)]
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

/// What is to be done and where it stands; then come the fields that are a column by themselves, then
/// who does it, by when, and how it goes.
fn columns() -> Vec<WorkPlanColumn> {
    let given = fields_told(Told::Always).filter(|field| field.is_column);
    let given = given.map(|field| {
        let cell = |row: &TableRow, name: &str| row.action.facts.given.cell(name);
        used(field.name(), column(field, cell).folding(field.name()))
    });
    let first = FIRST.iter().copied();
    first.chain(given).chain(LAST.iter().copied()).collect()
}

const FIRST: &[WorkPlanColumn] = &[
    used(
        "objective",
        words("objective", |row| {
            Cell::maybe(row.objective.as_ref().map(ObjectiveFacts::words))
        }),
    ),
    always("id", short("id", |row| row.action.id())),
    always("action", running("action", |row| Cell::maybe(row.words()))),
];

const LAST: &[WorkPlanColumn] = &[
    used(
        "responsibility",
        words("responsibility", |row| {
            Cell::maybe(row.responsibility.as_deref())
        }),
    ),
    used(
        "timescale",
        deadlines("timescale", |row| Cell::maybe(row.timescale.as_deref())),
    ),
    used(
        "evidence",
        words("evidence", |row: &TableRow| {
            Cell::maybe(joined(&row.action.facts.evidence_planned))
        })
        .folding("evidence"),
    ),
    always("rag", short("rag", TableRow::rating)),
];

fn joined(texts: &[String]) -> Option<String> {
    Some(texts.join("\n")).filter(|text| !text.is_empty())
}

impl ObjectiveFacts {
    fn of(objective: &Objective) -> ObjectiveFacts {
        ObjectiveFacts {
            id: objective.id.as_ref().map(|id| id.value.to_string()),
            theme: objective.theme.as_ref().map(|text| text.value.to_string()),
            title: objective.title.value.to_string(),
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
        let given = &self.action.facts.given;
        let texts = [given.text("title"), given.text("action")];
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    /// The rating; of what is paused or was given up, the word for that.
    fn rating(&self) -> Cell {
        let facts = &self.action.facts;
        match facts.status {
            Status::Paused => Cell::Rating(tone(facts.rag), format!("{}, paused", facts.rag)),
            Status::Withdrawn | Status::CarriedForward => {
                Cell::Rating(tone(facts.rag), facts.status.to_string())
            }
            _ => self.action.rating(),
        }
    }
}

/// As the plan writes it; where other owners were agreed, or none are written out, these by name.
fn responsibility(brief: &Brief, row: &Row, item: &Item) -> Option<String> {
    let written = item.facts.given.text("responsibility");
    let written = written.map(str::to_owned);
    let first = row.plan.owners(row.action);
    let same = first.len() == row.standing.owners.len()
        && first
            .iter()
            .zip(row.standing.owners)
            .all(|(a, b)| **a == **b);
    let named = |owners: &[Text]| {
        let names: Vec<&str> = owners
            .iter()
            .map(|id| brief.board().group_name(id))
            .collect();
        Some(names.join(", ")).filter(|names| !names.is_empty())
    };
    if brief.options.as_adopted {
        return written.or_else(|| named(first));
    }
    if same {
        written.or_else(|| joined(&item.who).map(|names| names.replace('\n', ", ")))
    } else {
        named(row.standing.owners)
    }
}

/// The deadline in force, or those of its milestones; what was moved says from when. As adopted, the
/// first ones.
fn timescale(brief: &Brief, row: &Row, item: &Item) -> Option<String> {
    let facts = &item.facts;
    let as_adopted = brief.options.as_adopted;
    if facts.milestones.is_empty() {
        let first = row.plan.baseline(row.action);
        if as_adopted {
            return first.map(|deadline| deadline.text.value.to_string());
        }
        let moved = facts.slips > 0 && facts.first_due != facts.due;
        let first = facts.first_due.filter(|_| moved);
        let words = facts.timescale.clone()?;
        return Some(match first {
            Some(first) => format!("{words}\n(first {})", first.short()),
            None => words,
        });
    }
    let both = facts.milestones.iter().zip(&row.action.milestones);
    let lines = both.map(|(milestone, adopted)| {
        let first = adopted
            .timescale
            .as_ref()
            .map(|deadline| deadline.text.as_str());
        let when = if as_adopted {
            first
        } else {
            milestone.timescale.as_deref()
        };
        let when = when.unwrap_or("no timescale");
        match &milestone.title {
            Some(title) => format!("{when}: {title}"),
            None => when.to_owned(),
        }
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn priorities(brief: &Brief, brief_of: &PlanBrief) -> Vec<PriorityTable> {
    let plan = brief_of.plan;
    let columns = columns();
    let below = by_priority(&brief_of.rows);
    let each = plan.priorities.iter().enumerate();
    let each = each.map(|(index, priority)| (Some(index), Some(priority)));
    // The actions of a log stand below no priority.
    let tables = each.chain([(None, None)]).map(|(index, priority)| {
        let rows = below.get(&index).into_iter().flatten().copied();
        let was_adopted = |row: &&Row| !brief.options.as_adopted || row.action.added.is_none();
        let shown: Vec<&Row> = rows.filter(was_adopted).collect();
        let above = std::iter::once(None).chain(shown.iter().map(|row| Some(row.action)));
        PriorityTable {
            id: priority.map(|priority| priority.id.value.to_string()),
            title: priority.map(|priority| priority.title.value.to_string()),
            outcomes: (priority.iter().flat_map(|priority| &priority.outcomes))
                .map(|outcome| outcome.value.to_string())
                .collect(),
            rows: (shown.iter().zip(above))
                .map(|(row, above)| {
                    let item = brief.item(row);
                    TableRow {
                        objective: (row.action.objective)
                            .map(|at| ObjectiveFacts::of(&plan.objectives[at])),
                        responsibility: responsibility(brief, row, &item),
                        timescale: timescale(brief, row, &item),
                        action: item,
                        merged: above.map_or_else(Vec::new, |above| {
                            merged(plan, above, row.action, &columns)
                        }),
                    }
                })
                .collect(),
        }
    });
    tables.filter(|table| !table.rows.is_empty()).collect()
}

/// The columns in which two actions, one above the other, share what stands above them both.
fn merged(
    plan: &Plan,
    above: &Action,
    action: &Action,
    columns: &[WorkPlanColumn],
) -> Vec<&'static str> {
    let same = |field: &ActionField| {
        let both = [above, action].map(|action| plan.value(action, field));
        match both {
            [Some(FieldValue::Text(a)), Some(FieldValue::Text(b))] => std::ptr::eq(a, b),
            _ => false,
        }
    };
    let evidence = || {
        let (a, b) = (plan.evidence(above), plan.evidence(action));
        !a.is_empty() && std::ptr::eq(a, b)
    };
    let untitled = above.title.is_none() && action.title.is_none();
    let mut merged = Vec::new();
    if action.objective.is_some() && above.objective == action.objective {
        merged.push("objective");
    }
    let has_column = |field: &&ActionField| columns.iter().any(|it| it.field == field.name());
    // The column of what is to be done holds the title as well.
    let is_whole = |field: &&ActionField| field.name() != "action" || untitled;
    let shared = fields_told(Told::Always).filter(has_column);
    let shared = shared.filter(|field| field.is_shared() && is_whole(field) && same(field));
    merged.extend(shared.map(ActionField::name));
    if evidence() {
        merged.push("evidence");
    }
    merged
}
