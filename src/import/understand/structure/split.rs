//! The actions of a row: one, or one for each number, paragraph or item of a list in its cell.

use super::super::fields::Field;
use super::super::headings;
use super::super::ids::{self, Sure};
use super::super::ratings;
use super::super::reader::{Value, Values};
use super::super::when::anything;
use super::{DraftAction, join};
use crate::import::account::Account;
use crate::plan::Status;
use crate::timescale::Timescale;

/// The actions of a row. `numbers` is the column whose texts begin with ids, if one does; `alone` whether
/// nothing but the actions' own text tells the actions of a row apart.
pub fn actions(
    mut values: Values,
    numbers: Option<Field>,
    alone: bool,
    account: &mut Account,
) -> Vec<DraftAction> {
    let (id, id_item) = take_id(&mut values);
    take_labelled(&mut values);
    hear_completion(&mut values);
    let own_value = |field: Field| {
        let found = values.get(&field).and_then(|found| found.first());
        found.filter(|value| value.own).cloned()
    };
    if let Some(found) = own_value(Field::Action) {
        if let Some(parts) = numbered_parts(&found.text, &id) {
            account.read_as(id_item, "the numbers in its actions");
            return side_by_side(&values, &found, &parts);
        }
        let parts = items(&found.text);
        if parts.len() > 1 && stands_beside(&values, parts.len()) {
            account.note(
                found.item,
                "each item of this cell is an action of its own, with its own deadline beside it",
            );
            account.read_as(id_item, "the numbers of its actions");
            return side_by_side(&values, &found, &lettered(&id, parts));
        }
    }
    if !id.is_empty() {
        return vec![DraftAction {
            id,
            id_item,
            values,
            ..DraftAction::default()
        }];
    }
    if let Some(field) = numbers
        && let Some(found) = own_value(field)
    {
        let parts = ids::split(&found.text);
        if !parts.is_empty() {
            return numbered(&values, field, &found, &parts);
        }
    }
    if let Some(found) = own_value(Field::Action).filter(|found| alone && found.text.contains('\n'))
    {
        account.note(
            found.item,
            "each paragraph of this cell is an action of its own",
        );
        return items(&found.text)
            .into_iter()
            .map(|part| with(&values, Field::Action, &found, part))
            .collect();
    }
    vec![DraftAction {
        values,
        ..DraftAction::default()
    }]
}

/// Takes out of an action's cell the lines that say with a label how it goes, what it should change, how that
/// is measured or proved, who is to do it or by when, "Status: on hold", where no column of its own does.
fn take_labelled(values: &mut Values) {
    let Some(found) = values.get(&Field::Action).and_then(|found| found.first()) else {
        return;
    };
    let found = found.clone();
    let mut kept: Vec<&str> = Vec::new();
    for line in found.text.lines() {
        let labelled = line.split_once(':').and_then(|(label, said)| {
            let field = headings::sure(label.trim_start_matches("- "))?;
            let is_aim = matches!(field, Field::Impact | Field::Measure | Field::Evidence);
            let is_apart = is_aim || field.is_progress() || field.says_who_or_when();
            (is_apart && !kept.is_empty() && !said.trim().is_empty()).then_some((field, said))
        });
        match labelled {
            Some((field, said)) if found.own && !values.contains_key(&field) => {
                values.insert(field, vec![found.with_text(said.trim())]);
            }
            _ => kept.push(line),
        }
    }
    let action = kept.join("\n").trim_end().to_owned();
    if let Some(value) = values
        .get_mut(&Field::Action)
        .and_then(|found| found.first_mut())
    {
        value.text = action;
    }
}

/// Takes from the bracket at the end of an action's cell on which day it was completed, where no column says how it
/// stands: "Mend the shelf (completed July 2015)". The words stay as they are.
fn hear_completion(values: &mut Values) {
    let found = values.get(&Field::Action).and_then(|found| found.first());
    let inside = found.filter(|action| action.own).and_then(|action| {
        let text = action.text.trim_end_matches('.').strip_suffix(')')?;
        let (_, inside) = text.rsplit_once(" (")?;
        Some(action.with_text(inside))
    });
    let is_completion = |inside: &Value| {
        let rating = ratings::read_cell(&inside.text);
        rating.is_some_and(|it| it.status == Some(Status::Complete) && it.day.is_some())
    };
    let is_told = values.keys().any(|field| field.is_progress());
    if let Some(inside) = inside.filter(|inside| !is_told && is_completion(inside)) {
        values.insert(Field::Status, vec![inside]);
    }
}

/// Takes a row's own number out of its values, with its number in the account. What it is about, on the lines
/// below the number, is a note.
fn take_id(values: &mut Values) -> (String, usize) {
    let Some(found) = values.remove(&Field::Id) else {
        return (String::new(), 0);
    };
    let text = join(&found, " ");
    if let Some(first) = found.first() {
        let about = first
            .text
            .strip_prefix(number_line(&first.text))
            .unwrap_or_default();
        if !about.trim().is_empty() {
            let note = first.with_text(about.trim());
            values.entry(Field::Note).or_default().push(note);
        }
    }
    (bare_id(&text), found.first().map_or(0, |value| value.item))
}

/// The first line of an id, where that is a number and the lines below it say what it is about.
fn number_line(text: &str) -> &str {
    let Some((number, about)) = text.split_once('\n') else {
        return text;
    };
    let is_words = about
        .split_whitespace()
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let is_number = number.contains(|c: char| c.is_ascii_digit());
    if is_number && is_words { number } else { text }
}

/// A number as actions have it: without a full stop or brackets around all of it.
pub fn bare_id(text: &str) -> String {
    let id = number_line(text).trim_matches(['.', ':', ' ']);
    // The brackets of "1.2 (a)" belong to the number, those of "[22PR]" do not.
    let bare = id.trim_matches(['[', ']', '(', ')']).trim_end_matches('.');
    let id = if bare.contains(['(', '[']) { id } else { bare };
    id.to_owned()
}

/// Parts with the row's number and a letter each; without a number where the row has none.
fn lettered<'t>(id: &str, parts: Vec<&'t str>) -> Vec<(String, &'t str)> {
    let letters = ('a'..='z').map(|letter| format!("{id}{letter}"));
    let ids = letters.chain(std::iter::repeat(String::new()));
    let ids = ids.map(|letter| if id.is_empty() { String::new() } else { letter });
    ids.zip(parts).collect()
}

/// The paragraphs of a text, and the items of its lists.
pub fn items(text: &str) -> Vec<&str> {
    let lines = text.split("\n\n").flat_map(|part| {
        if part.lines().all(|line| line.starts_with("- ")) {
            part.lines()
                .map(|line| line.trim_start_matches("- "))
                .collect()
        } else {
            vec![part]
        }
    });
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// The texts of a cell that each begin with a number: several, or one that goes on from the row's own
/// ("2a" in row 2).
fn numbered_parts<'t>(text: &'t str, row: &str) -> Option<Vec<(String, &'t str)>> {
    let parts: Option<Vec<(String, &str)>> = items(text)
        .into_iter()
        .map(|item| {
            let (id, rest, sure) = ids::leading(item)?;
            let good = sure == Sure::Yes && !rest.is_empty();
            good.then(|| (id.to_owned(), rest))
        })
        .collect();
    let parts = parts?;
    let goes_on = |id: &str| {
        !row.is_empty()
            && id.len() > row.len()
            && id
                .strip_prefix(row)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    // Bare "1." and "2." under a row's own number only count the steps of one action.
    let several = parts.len() > 1 && (row.is_empty() || parts.iter().all(|(id, _)| goes_on(id)));
    let one = parts.len() == 1 && goes_on(&parts[0].0);
    let letters = parts
        .iter()
        .all(|(id, _)| id.contains('.') || id.contains(|c: char| c.is_alphabetic()));
    ((several && letters) || one).then_some(parts)
}

/// Whether a deadline of its own stands beside each of so many items of a row's action.
fn stands_beside(values: &Values, count: usize) -> bool {
    let Some([value]) = values.get(&Field::Timescale).map(Vec::as_slice) else {
        return false;
    };
    let times = items(&value.text);
    let is_status = |text: &str| ratings::read(text).is_some_and(|rating| rating.status.is_some());
    let reads = |text: &&str| Timescale::parse(text, &anything()).is_ok() || is_status(text);
    // Somebody for each of them says so as well, where a day cannot be read.
    let owners = values
        .get(&Field::Responsibility)
        .and_then(|found| found.first());
    let is_owned = owners.is_some_and(|owners| items(&owners.text).len() == count);
    value.own && times.len() == count && (is_owned || times.iter().all(reads))
}

/// Actions whose texts stand in one cell, each with its own part of the cells beside it that have as many;
/// the row's other cells are said of each.
fn side_by_side(values: &Values, found: &Value, parts: &[(String, &str)]) -> Vec<DraftAction> {
    let count = parts.len();
    let several = count > 1;
    let action = |(at, (id, text)): (usize, &(String, &str))| {
        let mut action = with(values, Field::Action, found, text);
        for (field, cells) in &mut action.values {
            for cell in cells
                .iter_mut()
                .filter(|_| several && *field != Field::Action)
            {
                let own_parts = items(&cell.text);
                if own_parts.len() == count {
                    cell.text = own_parts[at].to_owned();
                } else {
                    cell.own = false;
                }
            }
        }
        action.id.clone_from(id);
        action.id_item = found.item;
        action
    };
    parts.iter().enumerate().map(action).collect()
}

/// The actions of one cell that numbers several; what follows the last of them after a paragraph's
/// end is said of all.
fn numbered(
    values: &Values,
    field: Field,
    found: &Value,
    parts: &[(&str, &str)],
) -> Vec<DraftAction> {
    let mut values = values.clone();
    let mut parts = parts.to_vec();
    if parts.len() > 1
        && parts[..parts.len() - 1]
            .iter()
            .all(|(_, text)| !text.contains("\n\n"))
        && let Some((_, last)) = parts.last_mut()
        && let Some((text, tail)) = last.split_once("\n\n")
    {
        *last = text;
        let shared = Value {
            text: tail.to_owned(),
            own: false,
            ..found.clone()
        };
        values.entry(Field::Measure).or_default().push(shared);
    }
    let several = parts.len() > 1;
    let actions = parts.iter().map(|(id, text)| {
        let mut action = with(&values, field, found, text);
        if several {
            // The row's other cells are said of each of them.
            action
                .values
                .values_mut()
                .flatten()
                .for_each(|value| value.own &= value.item == found.item);
        }
        action.id = (*id).to_owned();
        action.id_item = found.item;
        action
    });
    actions.collect()
}

/// An action of a row, with a part of one of its cells.
fn with(values: &Values, field: Field, found: &Value, text: &str) -> DraftAction {
    let mut values = values.clone();
    let part = Value {
        text: text.to_owned(),
        ..found.clone()
    };
    if text.is_empty() {
        values.remove(&field);
    } else {
        values.insert(field, vec![part]);
    }
    DraftAction {
        values,
        ..DraftAction::default()
    }
}
