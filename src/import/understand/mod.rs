//! What a source means: its blocks become the draft of a board and a plan, the same way for every
//! source format.

mod alike;
mod bars;
mod board_name;
mod by_shape;
mod cells;
mod colours;
mod columns;
mod continued;
mod evidence;
mod fields;
mod follow_up;
mod front;
mod heading_rows;
mod headings;
mod ids;
mod key;
pub mod laid_out;
mod log;
mod no_action;
mod over_tables;
mod owners;
mod period;
mod prepare;
mod progress;
mod ratings;
mod reader;
mod realign;
mod revisions;
mod says;
mod spelling;
mod structure;
mod texts;
mod threads;
mod ticks;
mod title;
mod when;
mod without_tables;

use std::fmt;

use crate::calendar::{Day, Terms};
use crate::plan::WHOLE_BOARD;
use crate::words::{counted, letters_only, one_line, shortened};

use super::Refusal;
use super::account::{Account, ColumnRead};
use super::blocks::{Block, Blocks, Table};

use cells::{filled, is_control};
use columns::{Column, Columns};
use follow_up::Numbered;
use front::Front;
use key::Key;
use progress::{ProgressContext, Reports};
use structure::Outline;

pub use fields::{FIELDS, Field};
pub use headings::sure;
pub use owners::DraftGroup;
pub use period::in_title as read_period;
pub use progress::DraftEntry;
pub use ratings::read as rated_by;
pub use spelling::short_id;
pub use structure::{DraftAction, DraftObjective, DraftPriority, DraftShared};

/// What the user says beside the source.
#[derive(Debug)]
pub struct Wishes {
    /// Columns whose field the user names.
    pub map: Vec<(String, Field)>,
    /// The day of the progress that the source reports.
    pub reported: Option<Day>,
    /// Who reports it: a group's name.
    pub by: Option<String>,
    /// The plan's period, where the source does not say it.
    pub period: Option<String>,
    /// The name of the board's folder.
    pub folder: String,
    /// Nothing is reported on a later day.
    pub today: Day,
}

impl Wishes {
    /// Takes "Column=field".
    pub fn map_column(&mut self, wish: &str) -> Result<(), String> {
        let (column, name) = wish
            .rsplit_once('=')
            .ok_or_else(|| format!("write --map \"Column=field\", not \"{wish}\""))?;
        let field = Field::named(name).ok_or_else(|| {
            let names: Vec<&str> = FIELDS.iter().map(|row| row.name).collect();
            format!(
                "there is no field \"{}\" for a column; the fields are {} (plan import --help says what \
                 each means)",
                name.trim(),
                names.join(", ")
            )
        })?;
        self.map.push((column.trim().to_owned(), field));
        Ok(())
    }

    /// Keeps a column in the actions' notes.
    pub fn keep_column(&mut self, column: &str) {
        self.map.push((column.trim().to_owned(), Field::Note));
    }
}

/// A board and its plan as understood, and the account of the source.
#[derive(Debug)]
pub struct Draft {
    pub front: Front,
    pub headings: Vec<(&'static str, String)>,
    pub priorities: Vec<DraftPriority>,
    pub groups: Vec<DraftGroup>,
    pub entries: Vec<DraftEntry>,
    /// Whether it is a log: actions with no priorities.
    pub is_log: bool,
    pub account: Account,
}

/// What nobody said yet, and what can be suggested for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Missing {
    /// The file's name.
    pub source: String,
    pub period: Option<MissingPeriod>,
    pub reported: Option<MissingDay>,
}

/// The plan's years are not known.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MissingPeriod {
    /// The years that its deadlines suggest, how many of them fall there, and of how many.
    pub suggested: Option<(String, usize, usize)>,
}

/// The day of the progress is not known.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MissingDay {
    /// How many actions say how they stand.
    pub actions: usize,
    /// The day that the document bears.
    pub suggested: Option<Day>,
}

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = &self.source;
        let mut options = Vec::new();
        let mut why = Vec::new();
        if let Some(period) = &self.period {
            why.push("it does not say which years the plan covers".to_owned());
            options.push(match &period.suggested {
                Some((years, held, all)) => {
                    format!("--period {} (from {held} of {all} dates)", quoted(years))
                }
                None => "--period 2023-24".into(),
            });
        }
        if let Some(day) = &self.reported {
            let actions = counted(day.actions, "action");
            let verb = if day.actions == 1 { "stands" } else { "stand" };
            why.push(format!(
                "it says how {actions} {verb}, and not on which day"
            ));
            options.push(match day.suggested {
                Some(day) => format!("--reported {day} (the day that it bears)"),
                None => "--reported DATE".into(),
            });
        }
        write!(
            out,
            "{source} needs a word more: {}; say {}",
            why.join(", and "),
            options.join(" and ")
        )
    }
}

/// Why nothing came of a source.
#[derive(Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It cannot be imported.
    Refused(Refusal),
    /// It can, once somebody says what is missing.
    Asks(Missing),
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Stopped {
        Stopped::Refused(refusal)
    }
}

/// Understands a source. Errors: no table of actions; years or a day that only the user can say.
pub fn understand(mut blocks: Blocks, name: &str, wishes: &Wishes) -> Result<Draft, Stopped> {
    prepare::blank_cells(&mut blocks);
    prepare::lift_aims(&mut blocks, &wishes.map);
    without_tables::turn_over(&mut blocks);
    without_tables::take_in(&mut blocks, &wishes.map);
    without_tables::make_tables(&mut blocks, &wishes.map);
    let mut account = Account::open(&mut blocks);
    prepare::take_apart(&mut blocks, &wishes.map);
    let layouts = layouts(&blocks, wishes);
    if layouts.iter().flatten().next().is_none() {
        return Err(no_table(&blocks, name).into());
    }
    check_map(&blocks, &layouts, wishes)?;
    account.counts.tables = layouts.iter().flatten().count();
    let mut front = Front::read(&blocks, &layouts, name, wishes, &mut account);
    let mut headings = headings_of(&blocks, &layouts, &mut account);
    if let Some(called) = front
        .outcomes_called
        .clone()
        .filter(|called| called.to_lowercase() != "outcomes")
    {
        headings.push(("outcomes", called));
    }
    let key = key::of(&blocks, &layouts);
    front.add_keys(&blocks, &layouts, &mut account);
    let mut outline = Outline::read(&blocks, &layouts, &front, &mut account);
    front.add_asides(&outline.asides);
    if outline.is_empty() {
        let why =
            format!("{name} has a table with headings, and no row below them holds an action");
        return Err(Refusal(why).into());
    }
    let is_log = outline.flatten_log(&front, &layouts, name, &mut account);
    outline.number(is_log, &mut account);
    let mut groups = owners::Groups::new(&key, front.board_names(), blocks.flattened);
    outline.share_out(&mut groups, &front, is_log, &mut account);
    for (short, long) in owners::perhaps_one(&groups.groups) {
        let note = format!(
            "\"{short}\" and \"{long}\" may be one person: if so, make one group of them in board.yaml"
        );
        account.note(0, note);
    }
    let reports = reports(&outline, &key, &front, wishes, &mut account);
    if let Some(missing) = missing(&front, &outline, &reports, is_log, name, wishes) {
        return Err(Stopped::Asks(missing));
    }
    outline.settle(&mut account);
    account.counts.groups = groups.groups.len();
    account.counts.entries = reports.entries.len();
    front.settle(wishes, &mut account);
    Ok(Draft {
        front,
        headings,
        priorities: outline.priorities,
        groups: groups.groups,
        entries: reports.entries,
        is_log,
        account,
    })
}

/// The first reports that the source's progress makes.
fn reports(
    outline: &Outline,
    key: &Key,
    front: &Front,
    wishes: &Wishes,
    account: &mut Account,
) -> Reports {
    let terms = Terms::default();
    let progress = ProgressContext {
        key,
        period: progress::period_of_times(outline, front.days(), wishes.reported),
        context: front.context(&terms),
        reported: wishes.reported,
        latest: wishes.reported.unwrap_or(wishes.today),
    };
    let reports = progress::reports(outline, &progress, account);
    if wishes.by.as_deref() == Some(WHOLE_BOARD) && !reports.entries.is_empty() {
        let note = format!(
            "--by {WHOLE_BOARD} makes {} the board's own: they count as decisions and not as reports, so that \
             no action is reported on, green counts for nothing, and complete is only asked for; import without --by, so \
             that they count as the owners', or with --by and the one group that reported them all",
            counted(reports.entries.len(), "entry")
        );
        account.note_at("--by".into(), note);
    }
    reports
}

/// What only the user can say: asked for at once.
fn missing(
    front: &Front,
    outline: &Outline,
    reports: &Reports,
    is_log: bool,
    name: &str,
    wishes: &Wishes,
) -> Option<Missing> {
    let period = (front.period.is_none() && !is_log).then(|| {
        let days = outline.days();
        let suggested = period::suggested(&days).map(|(years, held)| (years, held, days.len()));
        MissingPeriod { suggested }
    });
    let reported = (reports.undated > 0 && wishes.reported.is_none()).then(|| MissingDay {
        actions: reports.undated,
        suggested: front.day(),
    });
    (period.is_some() || reported.is_some()).then(|| Missing {
        source: name.to_owned(),
        period,
        reported,
    })
}

/// An option's value as it is typed: in quotes where it holds a space.
fn quoted(value: &str) -> String {
    if value.contains(' ') {
        format!("\"{value}\"")
    } else {
        value.to_owned()
    }
}

impl Draft {
    /// Every action, in the plan's order.
    pub fn actions(&self) -> impl Iterator<Item = &DraftAction> {
        self.priorities.iter().flat_map(DraftPriority::actions)
    }
}

/// What a block's table is read as: nothing for other blocks and tables that are no part of the plan.
#[derive(Clone, Debug)]
pub struct Layout {
    pub columns: Columns,
    /// Whether it goes on with the table before, without a heading of its own.
    pub goes_on: bool,
    /// Whether its rows are about actions of the tables before it.
    pub follows_up: bool,
}

/// The layout of every block that is a table of the plan; where no heading names a column, of those whose
/// cells tell what they hold.
fn layouts(blocks: &Blocks, wishes: &Wishes) -> Vec<Option<Layout>> {
    let read = |read: &dyn Fn(&Table) -> Option<Columns>| -> Vec<Option<Columns>> {
        let each = blocks.blocks.iter().map(|block| match block {
            Block::Table(table) => read(table),
            _ => None,
        });
        each.collect()
    };
    let mut found = read(&|table| columns::columns(table, &wishes.map));
    if !found.iter().flatten().any(Columns::has_text_field) {
        found = read(&Columns::by_shape);
    }
    let all: Vec<Columns> = found.iter().flatten().cloned().collect();
    let key = key::of(blocks, &[]);
    let mut numbered = Numbered::default();
    let mut layouts: Vec<Option<Layout>> = Vec::new();
    let mut last: Option<Layout> = None;
    for (at, (block, columns)) in blocks.blocks.iter().zip(found).enumerate() {
        let Block::Table(table) = block else {
            layouts.push(None);
            continue;
        };
        let layout = match columns {
            Some(mut columns) => {
                if blocks.flattened {
                    columns.realign(table, &all);
                }
                columns.by_key(table, &key);
                if structure::has_deadline_over(&blocks.blocks[..at], table) {
                    columns.keep_revised();
                }
                let follows_up = numbered.is_followed_up(table, &mut columns);
                numbered.learn(table, &columns);
                let is_plan = follows_up || columns.has_text_field();
                is_plan.then_some(Layout {
                    columns,
                    goes_on: false,
                    follows_up,
                })
            }
            None => last
                .take()
                .filter(|last| width(table) == last.columns.all.len() && width(table) > 2)
                .filter(|_| !key::is_key(table) && !is_control(&table.rows[0]))
                .map(|last| Layout {
                    goes_on: true,
                    ..last
                }),
        };
        last.clone_from(&layout);
        layouts.push(layout);
    }
    layouts
}

fn width(table: &Table) -> usize {
    table.rows.first().map_or(0, Vec::len)
}

fn no_table(blocks: &Blocks, name: &str) -> Refusal {
    let mut tables = blocks.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => table.rows.iter().find(|row| filled(row).next().is_some()),
        _ => None,
    });
    let Some(first) = tables.next() else {
        let pictures = if blocks.left.is_empty() {
            ""
        } else {
            " (a picture of a table cannot be read: type it)"
        };
        return Refusal(format!(
            "{name} holds no table{pictures}, and no lines such as \"Action: …\" and \"Lead: …\"; a plan is a table \
             of actions with a row of headings: paste it into one in Word or Excel, a row for each action, with \
             headings such as Action, Who, By when"
        ));
    };
    let cells: Vec<String> = filled(first)
        .take(6)
        .map(|cell| format!("\"{}\"", short(&cell.text)))
        .collect();
    Refusal(format!(
        "{name}: no table has a row of headings that names an action or objective and another column (the first begins \
         {}); write headings such as Action, Who, By when above it, or name the columns with --map \"Column=field\"",
        cells.join(", ")
    ))
}

/// The beginning of a text, for messages.
pub fn short(text: &str) -> String {
    shortened(&one_line(text), 61)
}

/// A wish about a column that no table has must not pass in silence.
fn check_map(blocks: &Blocks, layouts: &[Option<Layout>], wishes: &Wishes) -> Result<(), Refusal> {
    // A table whose columns are left out is none of the plan's any more.
    let is_heading = |name: &str| {
        let tables = blocks.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table.rows.iter().flatten()),
            _ => None,
        });
        tables
            .flatten()
            .any(|cell| letters_only(&cell.text) == letters_only(name))
    };
    let columns = || layouts.iter().flatten().map(|layout| &layout.columns.all);
    let headings = || columns().flatten().map(|column| column.heading.as_str());
    let widest = columns().map(Vec::len).max().unwrap_or(0);
    for (name, field) in &wishes.map {
        let numbered = (1..=widest).any(|number| letters_only(name) == format!("column{number}"));
        let named = headings().any(|heading| letters_only(heading) == letters_only(name));
        if !(numbered || named || *field == Field::Nothing && is_heading(name)) {
            let mut all: Vec<&str> = headings().filter(|heading| !heading.is_empty()).collect();
            all.sort_unstable();
            all.dedup();
            let all = all.join(", ");
            return Err(format!("no table has a column \"{name}\"; the columns are {all}").into());
        }
    }
    Ok(())
}

/// The board's own column headings, of the first table that names each field; every heading cell is
/// placed, and every column is told of in the account.
fn headings_of(
    blocks: &Blocks,
    layouts: &[Option<Layout>],
    account: &mut Account,
) -> Vec<(&'static str, String)> {
    let mut headings: Vec<(&'static str, String)> = Vec::new();
    let mut tables = 0;
    for (block, layout) in blocks.blocks.iter().zip(layouts) {
        let (Block::Table(table), Some(layout)) = (block, layout) else {
            continue;
        };
        tables += 1;
        if layout.goes_on {
            continue;
        }
        let columns = &layout.columns;
        for row in &table.rows[columns.head..columns.first] {
            for (cell, column) in row.iter().zip(&columns.all) {
                match column.field.filter(|field| *field != Field::Nothing) {
                    Some(field) => {
                        account.read_as(cell.item, format!("headings: {}", field.name()))
                    }
                    None => account.leave(cell.item, "the heading of a column that is left out"),
                }
            }
        }
        let named = table.name.as_deref().map(str::to_owned);
        tell_columns(
            named.unwrap_or_else(|| tables.to_string()),
            columns,
            account,
        );
        let named = |column: &&Column| {
            !column.heading.is_empty() && !column.ticked && column.when.is_none()
        };
        for column in columns.all.iter().filter(named) {
            let Some(field) = column
                .field
                .and_then(|field| own_heading(&column.heading, field))
            else {
                continue;
            };
            let (name, words) = field;
            if !headings.iter().any(|(known, _)| *known == name) && letters_only(words) != name {
                headings.push((name, words.to_owned()));
            }
        }
    }
    headings
}

/// The field that a heading is kept for, and its words: where its name is the field's own, the question
/// beside it says more. None for what a plan has no heading for.
fn own_heading(heading: &str, field: Field) -> Option<(&'static str, &str)> {
    // One heading over themes and objectives is the objectives'.
    let field = match (field, headings::field(heading)) {
        (Field::Theme, Some(Field::Objective)) => Field::Objective,
        (Field::Note, Some(Field::Note)) => field,
        (
            Field::Nothing
            | Field::Note
            | Field::Milestones
            | Field::Revised
            | Field::Completed
            | Field::Added,
            _,
        ) => {
            return None;
        }
        _ => field,
    };
    let (known, question) = headings::name_and_question(heading);
    let words = if !question.is_empty() && headings::is_name_of(known, field) {
        question
    } else {
        heading
    };
    Some((field.name(), words))
}

/// Tells in the account what each column of a table was read as; a guess is listed.
fn tell_columns(table: String, columns: &Columns, account: &mut Account) {
    if let Some((first, last)) = columns.calendar() {
        let note = format!(
            "the coloured or marked cells from \"{first}\" to \"{last}\" are read as bars: an action begins with the first \
             of its row, and its deadline is the last"
        );
        account.note_at(format!("table {table}"), note);
    }
    for (number, column) in columns.all.iter().enumerate() {
        let name = if column.heading.is_empty() {
            format!("column {}", number + 1)
        } else {
            column.heading.clone()
        };
        let field = column.field.filter(|field| *field != Field::Nothing);
        if field.is_none() && column.heading.is_empty() {
            continue;
        }
        let read = ColumnRead {
            table: table.clone(),
            column: name.clone(),
            field: field.map(Field::name),
            guess: column.guess.map(str::to_owned).filter(|_| field.is_some()),
        };
        let known = |other: &ColumnRead| other.column == read.column && other.field == read.field;
        if account.columns.iter().any(known) {
            continue;
        }
        if let (Some(field), Some(why)) = (read.field, &read.guess) {
            let name = short(&name);
            let note = format!(
                "the column \"{name}\" is taken for {field}: {why}; --map \"{name}=…\" says otherwise"
            );
            account.note_at(format!("table {table}"), note);
        }
        account.columns.push(read);
    }
}
