//! How wide the columns of a table are on paper, in twentieths of a point.

use super::drawing;
use crate::document::{Column, Table};
use crate::render::widths::{Need, need};

/// A character of a table's text (10 point) on average, how much more a wide one takes, and the space
/// at both sides of a cell.
const CHARACTER: usize = 102;
const MORE: usize = 38;
const SIDES: usize = 230;

/// The most that a column of words, and one of running text, ask for before a page is turned.
const WORDS: usize = 20;
const RUNNING: usize = 32;

/// The longest word that a column is as wide as; a longer one is broken.
const LONGEST: usize = 22;

/// The room for a line; few letters may all be wide ones.
fn twips(characters: usize) -> usize {
    characters * CHARACTER + characters.min(4) * MORE + SIDES
}

/// The width of a column of pictures; none for one of words or figures.
fn picture(table: &Table, index: usize) -> Option<usize> {
    let is_drawn = table.rows().iter().any(|row| row[index].is_picture());
    is_drawn.then_some(drawing::WIDTH as usize + SIDES)
}

/// The width at which a table reads well.
pub fn comfortable(table: &Table) -> u32 {
    let columns = 0..table.columns().len();
    let wanted = columns.map(|index| {
        if let Some(width) = picture(table, index) {
            return width;
        }
        let (column, need) = (&table.columns()[index], need(table, index));
        let characters = match (column.wraps, column.keeps >= RUNNING) {
            (false, _) => need.line,
            (true, true) => need.line.min(RUNNING),
            (true, false) => need.line.min(WORDS).max(need.word.min(LONGEST)),
        };
        twips(characters.max(need.heading))
    });
    wanted.sum::<usize>() as u32
}

/// The room for the longest word of a heading, whose letters are bold.
fn heading(need: &Need) -> usize {
    twips(need.heading) * 107 / 100
}

/// The least that a column can do with.
fn least(column: &Column, need: &Need) -> usize {
    let kept = column.keeps.min(WORDS).min(need.line);
    let characters = if column.wraps {
        need.word.min(LONGEST).max(kept)
    } else {
        need.line.min(2 * LONGEST)
    };
    twips(characters).max(heading(need))
}

/// The width of each column. A table that needs more than half of the page is as wide as the
/// page; figures keep their width, and what is left over goes to the columns with the most text.
pub fn columns(table: &Table, room: u32) -> Vec<u32> {
    let room = room as usize;
    let needs: Vec<(&Column, Need)> = (0..table.columns().len())
        .map(|index| (&table.columns()[index], need(table, index)))
        .collect();
    let fixed = |index: usize, width: usize| picture(table, index).unwrap_or(width);
    let mut widths: Vec<usize> = needs
        .iter()
        .enumerate()
        .map(|(index, (column, need))| fixed(index, least(column, need)))
        .collect();
    let total: usize = widths.iter().sum();
    let natural = needs
        .iter()
        .enumerate()
        .map(|(index, (_, need))| fixed(index, twips(need.line.max(need.heading))));
    let natural: Vec<usize> = natural.collect();
    if natural.iter().sum::<usize>() < room / 2 {
        widths = natural;
    } else if total > room {
        widths
            .iter_mut()
            .for_each(|width| *width = *width * room / total);
    } else {
        share(&needs, &mut widths, room - total);
    }
    widths.into_iter().map(|width| width as u32).collect()
}

/// Shares what is left over among the columns that wrap, by how much text they hold, none more than
/// its longest line needs; then what nobody needs among all that wrap.
fn share(needs: &[(&Column, Need)], widths: &mut [usize], mut left: usize) {
    let wraps = |index: &usize| needs[*index].0.wraps;
    let wrapping: Vec<usize> = (0..needs.len()).filter(wraps).collect();
    loop {
        let wants = |&index: &usize| twips(needs[index].1.line).saturating_sub(widths[index]);
        let open: Vec<(usize, usize)> = (wrapping.iter())
            .map(|index| (*index, wants(index)))
            .filter(|(_, wanted)| *wanted > 0)
            .collect();
        let mass: usize = open.iter().map(|(index, _)| needs[*index].1.mass).sum();
        let before = left;
        for (index, wanted) in open {
            let part = (before * needs[index].1.mass / mass.max(1)).min(wanted);
            widths[index] += part;
            left -= part;
        }
        if left == before {
            break;
        }
    }
    let mass: usize = wrapping.iter().map(|&index| needs[index].1.mass).sum();
    for &index in &wrapping {
        widths[index] += left * needs[index].1.mass / mass.max(1);
    }
}
