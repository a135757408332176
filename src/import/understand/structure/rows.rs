//! How the rows of tables find their priority and objective, and become actions.

use std::collections::{BTreeSet, HashSet};

use super::super::Layout;
use super::super::cells::is_no_deed;
use super::super::continued::without_continued;
use super::super::fields::Field;
use super::super::front::Front;
use super::super::headings;
use super::super::ids::{self, Sure};
use super::super::over_tables::Over;
use super::super::reader::{ReadRow, RowReader, Value, Values, has_own};
use super::deadlines::{self, Due};
use super::who::{WhoOver, without_labelled_lines};
use super::{DraftAction, DraftObjective, DraftPriority, Outline, join, split};
use crate::calendar::Terms;
use crate::import::account::Account;
use crate::import::blocks::{Block, Blocks};
use crate::timescale::TimescaleContext;
use crate::words::{is_one_of, letters_only};

impl Outline {
    /// Reads every table of the plan.
    pub fn read(
        blocks: &Blocks,
        layouts: &[Option<Layout>],
        front: &Front,
        account: &mut Account,
    ) -> Outline {
        let terms = Terms::default();
        let context = &front.context(&terms);
        let mut builder = Builder {
            outline: Outline::default(),
            numbers: numbered_field(blocks, layouts),
            plan: front.title.clone(),
            placed: false,
            banded: false,
            is_named: false,
            seen: HashSet::new(),
            context,
            due_over: None,
            due: None,
            who: WhoOver::default(),
            by_column: layouts
                .iter()
                .flatten()
                .any(|layout| layout.columns.has(Field::Priority)),
        };
        let mut reader = RowReader::default();
        let mut before = 0;
        for (at, (layout, named)) in layouts.iter().zip(&front.over).enumerate() {
            let (Block::Table(table), Some(layout)) = (&blocks.blocks[at], layout) else {
                continue;
            };
            builder.due_over = deadlines::over(&blocks.blocks[..at], context);
            builder.due.clone_from(&builder.due_over);
            let texts = &blocks.blocks[before..at];
            builder.who.hear(texts, named.as_ref(), builder.placed);
            before = at;
            if let Some(named) = named {
                builder.under(named, front);
            }
            let alone = only_actions(layout);
            for row in reader.rows(
                table,
                &layout.columns,
                blocks.flattened,
                layout.goes_on,
                account,
            ) {
                match row {
                    ReadRow::Values(values) if layout.follows_up => {
                        builder.outline.follow_up(values, account);
                    }
                    ReadRow::Band(band) => builder.band(&band),
                    ReadRow::Aside(aside) => builder.outline.asides.push((aside.text, aside.item)),
                    ReadRow::Values(values) => builder.row(values, alone, account),
                }
            }
        }
        builder.outline
    }
}

/// Whether nothing but the actions' own text tells the actions of a row apart.
fn only_actions(layout: &Layout) -> bool {
    layout
        .columns
        .fields()
        .flatten()
        .all(|field| field.is_group() || matches!(field, Field::Action))
}

/// The column whose texts begin with the actions' ids: of those of actions and impacts, the one
/// where more do. Numbers that come again and again count something else, such as outcomes.
fn numbered_field(blocks: &Blocks, layouts: &[Option<Layout>]) -> Option<Field> {
    let count = |wanted: Field| {
        let texts = texts_of(blocks, layouts, wanted);
        let ids: Vec<(&str, Sure)> = texts
            .iter()
            .filter_map(|text| ids::leading(text).map(|(id, _, sure)| (id, sure)))
            .collect();
        let distinct: BTreeSet<&str> = ids.iter().map(|(id, _)| *id).collect();
        if distinct.len() * 10 < ids.len() * 8 && wanted != Field::Action {
            return 0;
        }
        let sure = ids.iter().filter(|(_, sure)| *sure == Sure::Yes).count();
        if ids.len() * 2 > texts.len() {
            ids.len()
        } else {
            sure
        }
    };
    let counts = [Field::Action, Field::Impact].map(|field| (count(field), field));
    let best = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, _)| *count);
    best.map(|(_, field)| field)
}

/// The texts of the columns of a field, in all tables.
fn texts_of<'b>(blocks: &'b Blocks, layouts: &[Option<Layout>], wanted: Field) -> Vec<&'b str> {
    let mut texts = Vec::new();
    for (block, layout) in blocks.blocks.iter().zip(layouts) {
        let (Block::Table(table), Some(layout)) = (block, layout) else {
            continue;
        };
        let first = if layout.goes_on {
            0
        } else {
            layout.columns.first
        };
        for row in table.rows.iter().skip(first) {
            let cells = row.iter().zip(layout.columns.fields());
            let found =
                cells.filter(|(cell, field)| *field == Some(wanted) && !cell.text.is_empty());
            texts.extend(found.map(|(cell, _)| cell.text.as_str()));
        }
    }
    texts
}

pub(super) struct Builder<'b> {
    pub(super) outline: Outline,
    context: &'b TimescaleContext<'b>,
    /// The deadline that the text over the table gives its rows, and the one in force: that of the heading
    /// within the table, where it gives one.
    due_over: Option<Due>,
    due: Option<Due>,
    who: WhoOver,
    numbers: Option<Field>,
    plan: String,
    /// Whether the source itself names the priority that rows belong to.
    placed: bool,
    by_column: bool,
    /// Whether headings within tables have named the priorities so far.
    banded: bool,
    /// Whether the row above is a heading within the table.
    is_named: bool,
    /// The numbers and words of the actions so far.
    seen: HashSet<(String, String)>,
}

impl Builder<'_> {
    /// The headings over a table name the priority of its rows, and their objective.
    fn under(&mut self, named: &Over, front: &Front) {
        let priority = &named.priority;
        self.priority(&priority.text, priority.item);
        for (outcomes, item) in front.outcomes_under(priority.item) {
            self.add_outcomes(outcomes, item);
        }
        if let Some(objective) = &named.objective {
            self.part(&objective.text, &[objective.item]);
        }
    }

    /// The priority of these words is the one that follows; an earlier one of the same goes on.
    fn priority(&mut self, text: &str, item: usize) {
        self.placed = true;
        let text = without_continued(text).unwrap_or(text);
        let (id, title) = ids::priority(text);
        let same = |known: &DraftPriority| {
            letters_only(&known.title) == letters_only(title)
                && (id.is_none() || id.as_deref() == Some(&known.id))
        };
        let all = &mut self.outline.priorities;
        let mut priority = match all.iter().position(same) {
            Some(at) => all.remove(at),
            None => DraftPriority {
                id: id.unwrap_or_default(),
                title: title.to_owned(),
                ..DraftPriority::default()
            },
        };
        if !priority.items.contains(&item) {
            priority.items.push(item);
        }
        all.push(priority);
    }

    /// A heading within a table names a priority, unless the priorities are named otherwise.
    fn band(&mut self, cells: &[Value]) {
        let text = join(cells, " ");
        let Some(first) = cells.first() else { return };
        if let Some((_, aim)) = headings::aim(&text).filter(|_| self.is_named) {
            self.add_outcomes(aim, first.item);
            return;
        }
        self.is_named = true;
        let (text, beside) = without_labelled_lines(&text);
        if !beside.is_empty() {
            self.outline.asides.push((beside.to_owned(), first.item));
        }
        self.who.hear_band(beside, first);
        let due = deadlines::of_heading(text, first.item, self.context);
        self.due = due.or_else(|| self.due_over.clone());

        let above = (self.outline.priorities.last()).filter(|_| self.placed && !self.banded);
        let below = above.is_some_and(|above| ids::is_part_of(text, &above.id));
        let named = ids::after_priority(text).is_some() && !below;
        if named || self.banded || !(self.by_column || self.placed) {
            self.banded = true;
            self.priority(text, first.item);
            let items = cells.iter().skip(1).map(|cell| cell.item);
            self.last().items.extend(items);
            return;
        }
        let items: Vec<usize> = cells.iter().map(|cell| cell.item).collect();
        self.part(text, &items);
    }

    /// A heading names an objective of the priority in hand.
    fn part(&mut self, text: &str, items: &[usize]) {
        let (id, title) = ids::priority(text);
        let same = |last: &DraftObjective| last.id == id && last.plain == letters_only(title);
        if self.last().objectives.last().is_some_and(same) {
            return;
        }
        let objective = DraftObjective {
            plain: letters_only(title),
            title: Some(title.to_owned()),
            id,
            items: items.iter().map(|item| (*item, "title")).collect(),
            ..DraftObjective::default()
        };
        self.last().objectives.push(objective);
    }

    pub(super) fn last(&mut self) -> &mut DraftPriority {
        if self.outline.priorities.is_empty() {
            self.outline.priorities.push(DraftPriority {
                title: self.plan.clone(),
                ..DraftPriority::default()
            });
        }
        let at = self.outline.priorities.len() - 1;
        &mut self.outline.priorities[at]
    }

    fn row(&mut self, mut values: Values, alone: bool, account: &mut Account) {
        self.is_named = false;
        if let Some(found) = values.remove(&Field::Priority) {
            let item = found.first().map_or(0, |value| value.item);
            let is_own = found.iter().any(|value| value.own);
            let current = self
                .outline
                .priorities
                .last()
                .is_some_and(|last| last.items.contains(&item));
            if is_own || !current {
                let text = join(&found, " ");
                self.priority(&text, item);
            }
            for value in found.iter().skip(1) {
                account.put(value.item, "priorities: title");
            }
        }
        self.outcomes(&mut values);
        objective_is_action(&mut values);
        self.objective(&mut values, account);
        if !values
            .values()
            .flatten()
            .any(|value| value.own && !value.text.is_empty())
        {
            return;
        }
        let Some(mut values) = self.join_to_above(values) else {
            return;
        };
        leave_none(&mut values, account);
        if says_nothing_to_do(&values) {
            for value in values.values().flatten().filter(|value| value.own) {
                account.leave(value.item, "nothing in its row says what is to be done");
            }
            return;
        }
        self.who.give(&mut values);
        for mut action in split::actions(values, self.numbers, alone, account) {
            let is_new = self.seen.insert((action.id.clone(), action.plain()));
            if is_new || !self.outline.tell_again(&mut action, account) {
                self.add_action(action);
            }
        }
    }

    fn add_action(&mut self, mut action: DraftAction) {
        action.due_above.clone_from(&self.due);
        let priority = self.last();
        if priority.objectives.is_empty() {
            priority.objectives.push(DraftObjective::default());
        }
        if let Some(objective) = priority.objectives.last_mut() {
            objective.actions.push(action);
        }
    }

    /// Outcomes beside a column of priorities are the priority's; else they group actions as
    /// objectives do.
    fn outcomes(&mut self, values: &mut Values) {
        let Some(found) = values.remove(&Field::Outcomes) else {
            return;
        };
        if !self.by_column && !values.contains_key(&Field::Objective) {
            values.insert(Field::Objective, found);
            return;
        }
        for value in found {
            self.add_outcomes(&value.text, value.item);
        }
    }

    fn add_outcomes(&mut self, text: &str, item: usize) {
        let priority = self.last();
        {
            if !priority.outcome_items.contains(&item) {
                priority.outcome_items.push(item);
                let texts = text.split("\n\n").flat_map(|part| {
                    let list = part.lines().all(|line| line.starts_with("- "));
                    let lines: Vec<String> = if list {
                        part.lines()
                            .map(|line| line.trim_start_matches("- ").to_owned())
                            .collect()
                    } else {
                        vec![part.to_owned()]
                    };
                    lines
                });
                // A sheet that is filtered says them in every row.
                for text in texts {
                    if !priority.outcomes.contains(&text) {
                        priority.outcomes.push(text);
                    }
                }
            }
        }
    }

    /// Finds or opens the objective of a row.
    fn objective(&mut self, values: &mut Values, account: &mut Account) {
        let theme = values.remove(&Field::Theme);
        let Some(found) = values.remove(&Field::Objective) else {
            values.extend(theme.map(|theme| (Field::Theme, theme)));
            return;
        };
        let text = join(&found, "\n\n");
        let item = found.first().map_or(0, |value| value.item);
        // The number of the heading that it stands under.
        if text.trim_end_matches('.') == self.last().id {
            account.read_as(item, format!("priority {}: id", self.last().id));
            values.extend(theme.map(|theme| (Field::Theme, theme)));
            return;
        }
        let (above, text) = theme_above(&text);
        let (id, title) = match ids::leading(text) {
            Some((id, rest, Sure::Yes)) if !rest.is_empty() => {
                (Some(id.to_owned()), rest.to_owned())
            }
            _ => (None, text.to_owned()),
        };
        let theme = theme.or_else(|| Some(vec![found.first()?.with_text(above?)]));
        let priority = self.last();
        let plain = letters_only(&title);
        let by_id = |known: &DraftObjective| id.is_some() && known.id == id;
        let by_words = |known: &DraftObjective| {
            known.id == id && known.title.is_some() && known.plain == plain
        };
        let at = priority
            .objectives
            .iter()
            .position(|known| by_words(known) || by_id(known));
        let at = at.unwrap_or_else(|| {
            priority.objectives.push(DraftObjective {
                id: id.clone(),
                title: Some(title.clone()),
                plain: plain.clone(),
                ..DraftObjective::default()
            });
            priority.objectives.len() - 1
        });
        let objective = priority.objectives.remove(at);
        priority.objectives.push(objective);
        let Some(objective) = priority.objectives.last_mut() else {
            return;
        };
        if !by_words(objective) {
            let id = id.unwrap_or_default();
            account.leave(
                item,
                format!("objective {id} is worded otherwise before; the first wording stands"),
            );
        }
        for value in &found {
            objective.put(value.item, "title");
        }
        for value in theme.iter().flatten() {
            objective.under(value, account);
        }
    }
}

/// Leaves out the action of a row that says that there is none, or says nothing that can be done.
fn leave_none(values: &mut Values, account: &mut Account) {
    if let Some(value) = values.get(&Field::Action).and_then(|found| found.first())
        && (is_no_deed(&value.text) || says_none(&value.text, values))
    {
        account.leave(value.item, "it says nothing that is to be done");
        values.remove(&Field::Action);
        let theme = values.remove(&Field::Theme).into_iter().flatten();
        for value in theme.filter(|value| value.own) {
            account.leave(value.item, "nothing in its row says what is to be done");
        }
    }
}

/// Whether an action's cell says that there is none: "Completed" and nothing else, whoever stands beside it;
/// "None – tolerate", with nobody to do it and no day.
fn says_none(text: &str, values: &Values) -> bool {
    const WHOLE: &str = "none na nil noaction nofurtheraction noactionrequired nofurtheractionrequired complete \
        completed closed notapplicable noneneeded nonerequired noactionneeded nofurtheractionneeded noactionnecessary \
        nofurtheractionnecessary noactionproposed nofurtheractionproposed noactionidentified";
    let lower = text.to_lowercase();
    let now = [
        "at this time",
        "at this stage",
        "at present",
        "currently",
        "at the moment",
    ];
    let bare = lower.trim_end_matches('.');
    let bare = now
        .iter()
        .find_map(|now| bare.strip_suffix(now))
        .unwrap_or(bare);
    if is_one_of(&letters_only(bare), WHOLE) {
        return true;
    }
    let none = [
        "no further action required",
        "no further action",
        "no action",
        "none",
        "nil",
        "n/a",
    ];
    let Some(rest) = none.iter().find_map(|none| lower.strip_prefix(none)) else {
        return false;
    };
    // Each risk of a register has its owner, "None – tolerate".
    let is_risk = lower.starts_with("none") && rest.trim_start().starts_with(['–', '-']);
    let says = |field: Field| field.says_who_or_when() && !(is_risk && field != Field::Timescale);
    let mut who_or_when = (values.iter()).filter(|(field, _)| says(**field));
    let is_alone = !who_or_when.any(|(_, found)| {
        found
            .iter()
            .any(|it| it.text.contains(char::is_alphanumeric))
    });
    is_alone && !rest.trim_start().starts_with(char::is_alphanumeric)
}

/// Whether nothing in a row says what is to be done, not even a note or a step. A theme and a number are no action:
/// "High", 3.
fn says_nothing_to_do(values: &Values) -> bool {
    let is_counted = values
        .keys()
        .all(|field| matches!(field, Field::Theme | Field::Id));
    let says = |field: Field| {
        field.is_text() || field == Field::Milestones || field == Field::Theme && !is_counted
    };
    !values
        .iter()
        .any(|(field, found)| says(*field) && found.iter().any(|value| !value.text.is_empty()))
}

/// Where the objective is given in a row of its own with a deadline or an owner and no action, it is what
/// is to be done.
fn objective_is_action(values: &mut Values) {
    let due = [Field::Timescale, Field::Responsibility, Field::Lead];
    let due = due.into_iter().any(|field| has_own(values, field));
    let texts = [
        Field::Action,
        Field::Impact,
        Field::Measure,
        Field::Milestones,
    ];
    let has_text = texts.into_iter().any(|field| values.contains_key(&field));
    if due && has_own(values, Field::Objective) && !has_text {
        let objective = values[&Field::Objective].clone();
        values.insert(Field::Action, objective);
    }
}

/// A theme on the lines above a numbered objective, in one cell with it.
fn theme_above(text: &str) -> (Option<&str>, &str) {
    let numbered =
        |text: &str| matches!(ids::leading(text), Some((_, rest, Sure::Yes)) if !rest.is_empty());
    match text.split_once("\n\n") {
        Some((above, below)) if !numbered(text) && numbered(below) => (Some(above), below),
        _ => (None, text),
    }
}

impl DraftObjective {
    /// Sets the theme that it stands under; the first counts.
    fn under(&mut self, theme: &Value, account: &mut Account) {
        match &self.theme {
            None => self.theme = Some(theme.text.clone()),
            Some(known) if letters_only(known) != letters_only(&theme.text) => {
                let why = "its objective stands under another theme already";
                account.leave(theme.item, why);
            }
            Some(_) => {}
        }
        self.put(theme.item, "theme");
    }

    fn put(&mut self, item: usize, what: &'static str) {
        if item > 0 && !self.items.contains(&(item, what)) {
            self.items.push((item, what));
        }
    }
}
