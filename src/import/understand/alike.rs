//! Columns that would be one field, told apart: two numbers, two deadlines, two texts side by side.

use std::collections::BTreeSet;

use super::cells::only;
use super::columns::{Column, Columns, is_bare_id, is_timescale};
use super::fields::Field;
use super::headings;
use super::owners::is_named;
use crate::import::blocks::{Cell, Table};
use crate::words::letters_only;

/// Words of a heading over the deadlines that were agreed first: one beside it has the later ones.
const FIRST: &str = "original initial baseline first";

impl Columns {
    /// Two columns that would be one field.
    pub(super) fn tell_apart(&mut self, table: &Table) {
        self.who_and_what(table);
        self.title_and_description(table);
        self.one_id(table);
        self.by_whom(table);
        self.lead_and_partners();
        self.one_deadline(table);
        self.why_later();
        self.newest_rating(table);
        for column in 1..self.all.len() {
            let (left, right) = (self.all[column - 1].field, self.all[column].field);
            if left != right || left.is_none() {
                continue;
            }
            let ids = self.holds_ids(table, column - 1);
            match left {
                Some(Field::Action) if ids && !self.has(Field::Id) => {
                    self.all[column - 1].field = Some(Field::Id);
                }
                Some(Field::Action) if self.groups_the_next(table, column - 1) => {
                    self.set(
                        column - 1,
                        Field::Objective,
                        "it stands before the actions, once for several",
                    );
                }
                Some(Field::Objective) if !ids => self.all[column - 1].field = Some(Field::Theme),
                Some(Field::Priority) => {
                    self.set(column, Field::Theme, "another column holds the priority");
                }
                _ => {}
            }
        }
    }

    /// "Item" and "Action": where the actions' cells are all bodies or offices, the action is for them, and
    /// the item is what is to be done.
    fn who_and_what(&mut self, table: &Table) {
        let Some(action) = self
            .at(Field::Action)
            .filter(|_| !self.has(Field::Responsibility))
        else {
            return;
        };
        let is_item = |column: &Column| {
            ["item", "issue", "topic", "project", "task"]
                .contains(&letters_only(&column.heading).as_str())
        };
        let item = self.all.iter().position(is_item);
        // What nobody has yet, and a name of a kind that is not known, are in most such columns.
        let named = self
            .texts(table, action)
            .filter(|text| is_named(text))
            .count();
        let are_named = named > 1 && named * 4 >= self.texts(table, action).count() * 3;
        if let Some(item) = item.filter(|_| are_named) {
            self.set(
                action,
                Field::Responsibility,
                "its cells are bodies, offices or persons",
            );
            self.set(item, Field::Action, "another column says who is to do it");
        }
    }

    /// "Title" beside "Description": where every action has a title, that is the action, and what describes it
    /// is a note.
    fn title_and_description(&mut self, table: &Table) {
        let is_title = |column: &Column| {
            ["title", "name", "actiontitle", "actionname"]
                .contains(&letters_only(&column.heading).as_str())
        };
        let title = (self.all.iter()).position(|column| column.field.is_none() && is_title(column));
        let (Some(title), Some(action)) = (title, self.at(Field::Action)) else {
            return;
        };
        let describes = letters_only(&self.all[action].heading).contains("description");
        if describes && self.texts(table, title).count() >= self.texts(table, action).count() {
            self.set(
                title,
                Field::Action,
                "another column describes what it names",
            );
            self.set(action, Field::Note, "another column names the action");
        }
    }

    /// "RAG last meeting" beside "RAG this meeting": the newer one is how an action stands, the other a note.
    fn newest_rating(&mut self, table: &Table) {
        const BEFORE: &str = "last previous prior former earlier";
        let rates =
            |column: &usize| self.names_rating(*column) && self.holds_ratings(table, *column);
        let rated = (0..self.all.len()).filter(rates);
        let (old, new): (Vec<usize>, Vec<usize>) =
            rated.partition(|&column| self.heading_has(column, BEFORE));
        if let ([newest], false) = (new.as_slice(), old.is_empty()) {
            self.all[*newest].field.get_or_insert(Field::Rag);
            for column in old {
                self.set(column, Field::Note, "another column holds the newer rating");
            }
        }
    }

    /// "Reason" beside a later deadline is why that is asked for.
    fn why_later(&mut self) {
        let is_why = |column: &Column| {
            column.field.is_none()
                && ["reason", "reasons", "why"].contains(&letters_only(&column.heading).as_str())
        };
        if let Some(column) = self.all.iter().position(is_why)
            && self.names_revised()
        {
            self.set(column, Field::Reason, "it stands beside a later deadline");
        }
    }

    /// "To be completed by" may be asked of a person as well as of a day: its cells tell.
    fn by_whom(&mut self, table: &Table) {
        let due = self.at(Field::Timescale);
        let Some(column) = due.filter(|_| !self.has(Field::Responsibility)) else {
            return;
        };
        let is_by = self.heading_has(column, "by") && !self.heading_has(column, "date when");
        let texts = || self.texts(table, column);
        // "Spring Term" might be called so.
        let named = texts().filter(|text| is_named(text) && !is_timescale(text));
        let named = named.count();
        if is_by && named > 1 && named * 3 >= texts().count() * 2 {
            let why = "its cells are bodies, offices or persons";
            self.set(column, Field::Responsibility, why);
        }
    }

    /// "Lead" beside "Partners": the one who answers for it, and those who help.
    fn lead_and_partners(&mut self) {
        const HELP: &str = "partner partners support supporting supported";
        let columns = self.columns_of(Field::Responsibility);
        let helps = |column: usize| {
            let is_body = self.heading_has(column, "agency agencies organisation organisations");
            self.heading_has(column, HELP) || is_body && !self.heading_has(column, "lead leading")
        };
        let (helping, others): (Vec<usize>, Vec<usize>) =
            (columns.into_iter()).partition(|&column| helps(column));
        if let ([lead], false) = (others.as_slice(), helping.is_empty())
            && self.heading_has(*lead, "lead leading")
        {
            self.all[*lead].field = Some(Field::Lead);
        }
    }

    /// Where an action's cell is merged over several measures, and each of them has a deadline beside it, they are its
    /// milestones.
    pub(super) fn steps_of_merged(&mut self, table: &Table) {
        let measures = [Field::Measure, Field::Impact, Field::Outcomes];
        let measure = measures.into_iter().find_map(|field| self.at(field));
        let (Some(action), Some(measure), Some(due)) =
            (self.at(Field::Action), measure, self.at(Field::Timescale))
        else {
            return;
        };
        let id = self.at(Field::Id);
        let begins = self.first;
        let mut goes_on = (table.rows.iter().enumerate().skip(begins))
            .filter(|(number, row)| {
                let under = row.get(action).and_then(|cell| cell.under);
                under.is_some_and(|(from, _)| (begins..*number).contains(&from))
            })
            .map(|(_, row)| row)
            .peekable();
        let is_own = |row: &[Cell], column: usize| {
            let cell = row.get(column);
            cell.is_some_and(|cell| cell.under.is_none() && !cell.text.is_empty())
        };
        let is_step = |row: &Vec<Cell>| {
            is_own(row, measure) && is_own(row, due) && !id.is_some_and(|id| is_own(row, id))
        };
        if goes_on.peek().is_some() && goes_on.all(is_step) && !self.has(Field::Milestones) {
            let why = "an action is merged over several, each with a deadline";
            self.set(measure, Field::Milestones, why);
        }
    }

    /// Whether a column has fewer texts than the one on its right, each for several of its rows.
    fn groups_the_next(&self, table: &Table, column: usize) -> bool {
        self.texts(table, column).count() < self.texts(table, column + 1).count()
            || !self.has(Field::Objective) && self.all[column].heading.ends_with('?')
    }

    /// Of several columns of numbers, the one whose cells are most like ids; another is a note.
    fn one_id(&mut self, table: &Table) {
        let columns: Vec<usize> = self.columns_of(Field::Id);
        let best = columns.iter().copied().max_by_key(|&column| {
            let texts: Vec<&str> = self.texts(table, column).collect();
            let bare = texts.iter().filter(|text| is_bare_id(text)).count();
            let distinct: BTreeSet<&&str> = texts.iter().collect();
            (
                bare * 2 > texts.len(),
                distinct.len(),
                std::cmp::Reverse(column),
            )
        });
        for column in columns {
            if Some(column) != best {
                self.set(column, Field::Note, "another column holds the number");
            } else if self.has_text(table, column)
                && !self.any(table, column, |text| {
                    text.contains(|c: char| c.is_ascii_digit())
                })
            {
                self.set(column, Field::Note, "its cells are words and no numbers");
            }
        }
    }

    /// Of several columns of deadlines, the one that is the plan's; others are the day of completion,
    /// of the meeting, or a note.
    fn one_deadline(&mut self, table: &Table) {
        let columns = self.columns_of(Field::Timescale);
        let action = self
            .at(Field::Action)
            .or_else(|| self.at(Field::Objective))
            .unwrap_or(0);
        let name = |columns: &Columns, column: usize| letters_only(&columns.all[column].heading);
        if let [only] = columns[..] {
            let told = self.has(Field::Status) || self.has(Field::Done) || self.has(Field::Rag);
            if name(self, only) == "date" && only < action && told {
                self.set(
                    only,
                    Field::Added,
                    "it stands before the action, as in a log",
                );
            }
            return;
        }
        if columns.is_empty() {
            // A new deadline with no first one beside it is the deadline.
            let why = "no other column holds the deadline";
            self.replace(Field::Revised, Field::Timescale, Some(why));
            return;
        }
        let first = columns
            .iter()
            .find(|column| self.heading_has(**column, FIRST));
        let main = first
            .copied()
            .unwrap_or_else(|| self.main_deadline(table, &columns));
        for column in columns.into_iter().filter(|&column| column != main) {
            let name = name(self, column);
            let is_target = ["target", "targets"].contains(&name.as_str());
            if is_target && self.are_aims(table, column) {
                continue;
            }
            let figure = is_target && !self.any(table, column, is_timescale);
            let is_past = !headings::is_forecast(&self.all[column].heading);
            let field = if self.heading_has(main, FIRST) && !is_past {
                Field::Revised
            } else if is_past && (name.contains("completion") || name == "completedby") {
                Field::Completed
            } else if name == "date" && column < action {
                Field::Added
            } else if figure && !self.has(Field::Measure) {
                Field::Measure
            } else {
                Field::Note
            };
            self.set(column, field, "another column holds the deadline");
        }
    }

    /// "Targets" in words before what is to be done are what it is for; beside "Strategies" or "Methods" they are what is
    /// to be done, and these say how.
    fn are_aims(&mut self, table: &Table, column: usize) -> bool {
        let Some(action) = self.at(Field::Action).filter(|action| column < *action) else {
            return false;
        };
        // A heading within the table stands alone in its row.
        let rows = table.rows.iter().skip(self.first);
        let cells = rows
            .filter(|row| only(row).is_none())
            .filter_map(|row| row.get(column));
        let mut texts = cells
            .map(|cell| cell.text.as_str())
            .filter(|text| !text.is_empty())
            .peekable();
        let says = |text: &str| text.split_whitespace().count() > 2 && !is_timescale(text);
        if texts.peek().is_none() || !texts.all(says) {
            return false;
        }
        if self.heading_has(action, "strategy strategies method methods") {
            self.set(
                column,
                Field::Action,
                "another column says how it is to be reached",
            );
            self.set(
                action,
                Field::Note,
                "another column says what is to be reached",
            );
        } else {
            self.set(
                column,
                Field::Objective,
                "it stands before the actions, in words",
            );
        }
        true
    }

    /// Which of several columns holds the deadlines: one whose heading says so plainly, and of these the first
    /// with most cells that can be read ("Short" and "Long" are no deadlines).
    fn main_deadline(&self, table: &Table, columns: &[usize]) -> usize {
        let weak = [
            "date",
            "reviewdate",
            "completiondate",
            "completion",
            "year",
            "period",
            "end",
            "target",
            "targets",
            "dateofcompletion",
        ];
        let is_plain =
            |column: &usize| !weak.contains(&letters_only(&self.all[*column].heading).as_str());
        let read = |column: &usize| {
            let texts = self.texts(table, *column);
            texts.filter(|text| is_timescale(text)).count()
        };
        // Of equals `max_by_key` takes the last.
        let plain = columns.iter().rev().filter(|column| is_plain(column));
        let main = plain.max_by_key(|column| read(column));
        main.or(columns.first()).copied().unwrap_or_default()
    }
}
