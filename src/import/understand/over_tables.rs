//! The headings over tables that name priorities.

use std::collections::BTreeSet;

use super::fields::Field;
use super::texts::SourceText;
use super::when::begins_with_deadline;
use super::{Layout, headings, ids};
use crate::import::blocks::{Block, Blocks, Piece, Place, Table};
use crate::words::has_one_of;

/// What the headings above a table name.
#[derive(Clone, Debug)]
pub struct Over {
    pub priority: Piece,
    /// "Objective 1.1" between "Priority 1" and the table.
    pub objective: Option<Piece>,
}

impl Over {
    /// The headings themselves.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        [&self.priority].into_iter().chain(&self.objective)
    }
}

/// Of every block that is a table of the plan, the heading that names its priority: the nearest above
/// it that says "Priority" or has a number, or that differs from table to table, or stands right over the
/// only one; else the name of its sheet. Where that is a part of a priority named further up, it is an
/// objective.
pub fn headings_over(
    blocks: &Blocks,
    layouts: &[Option<Layout>],
    texts: &[SourceText],
    titles: std::ops::Range<usize>,
) -> Vec<Option<Over>> {
    let free: Vec<&SourceText> = (texts.iter().enumerate())
        .filter(|(number, _)| !titles.contains(number))
        .map(|(_, text)| text)
        .collect();
    let above = headings_above(layouts, &free);
    let is_plan = |block: &usize| {
        layouts[*block]
            .as_ref()
            .is_some_and(|layout| !layout.goes_on)
    };
    let plans: Vec<usize> = (0..layouts.len()).filter(is_plan).collect();
    let column = layouts
        .iter()
        .flatten()
        .any(|layout| layout.columns.has(Field::Priority));
    let distinct: BTreeSet<&str> = plans
        .iter()
        .filter_map(|&block| Some(above[block]?.piece.text.as_str()))
        .collect();
    let several = distinct.len() > 1 && !column;
    let named_by_text = |block: usize| {
        above[block].filter(|text| {
            let words = &text.piece.text;
            let right_over = plans.len() == 1
                && text.level.is_some()
                && text.block + 1 == block
                && !is_general(words);
            several
                || ids::after_priority(words).is_some()
                || (!column && (ids::priority(words).0.is_some() || right_over))
        })
    };
    let named: Vec<&SourceText> = (free.iter().copied())
        .filter(|text| names_priority(text))
        .collect();
    let by_sheet = sheet_names(blocks, &plans).len() > 1 && !column;
    (0..layouts.len())
        .map(|block| {
            let (Block::Table(table), Some(_)) = (&blocks.blocks[block], &layouts[block]) else {
                return None;
            };
            let named = named_by_text(block).map(|text| under(text, &named));
            let sheet = || by_name(table).filter(|_| by_sheet);
            named.or_else(|| {
                Some(Over {
                    priority: sheet()?,
                    objective: None,
                })
            })
        })
        .collect()
}

/// Whether a text names a priority, not an objective.
fn names_priority(text: &SourceText) -> bool {
    let words = &text.piece.text;
    ids::after_priority(words).is_some() && !words.to_lowercase().contains("objective")
}

/// The priority of a heading: the one among `named` that it is a part of, else the heading itself.
fn under(text: &SourceText, named: &[&SourceText]) -> Over {
    let above = named[..named.partition_point(|above| above.block < text.block)].last();
    let part = |above: &&SourceText| {
        let (id, _) = ids::priority(&above.piece.text);
        id.is_some_and(|id| ids::is_part_of(&text.piece.text, &id))
    };
    let words = || text.piece.clone();
    match above.copied().filter(part) {
        Some(above) => Over {
            priority: above.piece.clone(),
            objective: Some(words()),
        },
        None => Over {
            priority: words(),
            objective: None,
        },
    }
}

fn sheet_names<'b>(blocks: &'b Blocks, plans: &[usize]) -> BTreeSet<&'b str> {
    let name = |&block: &usize| match &blocks.blocks[block] {
        Block::Table(table) => table.name.as_deref(),
        _ => None,
    };
    plans.iter().filter_map(name).collect()
}

fn by_name(table: &Table) -> Option<Piece> {
    let name = table.name.clone()?;
    let place = Place::Part(format!("the name of the sheet {name}").into());
    Some(Piece::new(place, name.to_string()))
}

/// Whether a heading is no name of a part: it names a field of what stands below it, "The outcomes we want to
/// achieve", or says one, "Lead sub group: Early Help", "By June 2016".
fn is_label(heading: &str) -> bool {
    if begins_with_deadline(heading) {
        return true;
    }
    let label = heading.split_once(": ").map(|(label, _)| label);
    let says = |field: Field| field.says_who_or_when() || field == Field::Outcomes;
    match label {
        Some(label) => headings::sure(label).is_some_and(says),
        None => headings::sure(heading).is_some_and(|field| !field.is_group() || says(field)),
    }
}

/// Whether a heading says only what stands below it: "Action plan", "Appendix 1".
fn is_general(heading: &str) -> bool {
    const GENERAL: &str = "plan plans action actions appendix introduction table tracker log progress \
        update updates key contents background recommendations recommendation annex timetable summary overview \
        programme strategy schedule monitoring";
    has_one_of(heading, GENERAL)
}

/// Of every block that is a table the heading above it.
fn headings_above<'b>(
    layouts: &[Option<Layout>],
    texts: &[&'b SourceText<'b>],
) -> Vec<Option<&'b SourceText<'b>>> {
    let mut above = vec![None; layouts.len()];
    // Where the table before a table stands.
    let mut before = 0;
    for (block, _) in layouts.iter().enumerate().filter(|(_, it)| it.is_some()) {
        let place = |block| texts.partition_point(|text| text.block < block);
        above[block] = heading_above(&texts[place(before)..place(block)]);
        before = block;
    }
    above
}

/// Of the texts between a table and the one before, the heading that stands nearest above the table: one
/// that says "Priority" before any other.
fn heading_above<'b>(near: &[&'b SourceText<'b>]) -> Option<&'b SourceText<'b>> {
    // A paragraph may say the outcomes of the priority above it.
    let says_outcomes = |text: &SourceText| {
        let label = text.piece.text.split(':').next().unwrap_or_default();
        text.level.is_none() && headings::field(label) == Some(Field::Outcomes)
    };
    let named = |text: &&&SourceText| {
        ids::after_priority(&text.piece.text).is_some()
            && text.piece.text.len() < 200
            && !says_outcomes(text)
    };
    // Under a name "Aim: …" is what it is for.
    let is_aim =
        |text: &&&SourceText| text.level.is_none() && headings::aim(&text.piece.text).is_some();
    let last = near.iter().rev();
    (last.clone().find(|text| named(text) && !is_aim(text)))
        .or_else(|| {
            last.clone()
                .find(|text| text.level.is_some() && !is_label(&text.piece.text))
        })
        .or_else(|| last.clone().find(named))
        .copied()
}
