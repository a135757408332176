//! How wide the columns of a table are on paper, in twentieths of a point.

use super::drawing;
use crate::document::{Cell, Column, Table, visible};
use crate::render::widths::{Need, need, width};

/// A character of a table's text (10 point) on average, how much more a wide one takes, and the space
/// at both sides of a cell.
const CHARACTER: usize = 102;
const MORE: usize = 30;
const SIDES: usize = 200;

/// The most that a column of words, and one of running text, ask for before a page is turned.
const WORDS: usize = 20;
const RUNNING: usize = 32;

/// The longest word that a column is as wide as; a longer one is broken.
const LONGEST: usize = 22;

/// The room for a line; few letters may all be wide ones.
fn twips(characters: usize) -> usize {
    characters * CHARACTER + characters.min(4) * MORE + SIDES
}

/// The width of a picture in a column that is so wide.
pub fn inside(column: u32) -> u32 {
    column.saturating_sub(SIDES as u32).min(drawing::WIDTH)
}

/// The width of a column of pictures; none for one of words or figures.
fn picture(table: &Table, index: usize) -> Option<usize> {
    let is_drawn = table.rows().iter().any(|row| row[index].is_picture());
    is_drawn.then_some(drawing::WIDTH as usize + SIDES)
}

/// The width below which words are broken.
pub fn unbroken_width(table: &Table) -> u32 {
    let columns = 0..table.columns().len();
    let least = columns.map(|index| match picture(table, index) {
        Some(_) => drawing::NARROW as usize + SIDES,
        None => unbroken(&table.columns()[index], &need(table, index)),
    });
    least.sum::<usize>() as u32
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

/// The least in which no word of a column is broken.
fn unbroken(column: &Column, need: &Need) -> usize {
    let characters = if column.wraps {
        need.word.min(LONGEST)
    } else {
        need.line.min(2 * LONGEST)
    };
    twips(characters).max(heading(need))
}

/// The least that a column can do with, and still be read well.
fn least(column: &Column, need: &Need) -> usize {
    let kept = column.keeps.min(WORDS).min(need.line);
    let kept = if column.wraps { twips(kept) } else { 0 };
    unbroken(column, need).max(kept)
}

/// The width of each column. A table that needs more than half of the page is as wide as the
/// page; figures keep their width, and what is left over goes to the columns with the most text.
pub fn columns(table: &Table, room: u32) -> Vec<u32> {
    let room = room as usize;
    let needs: Vec<(&Column, Need)> = (0..table.columns().len())
        .map(|index| (&table.columns()[index], need(table, index)))
        .collect();
    let pictures: Vec<Option<usize>> = (0..needs.len())
        .map(|index| picture(table, index))
        .collect();
    let each = |width: &dyn Fn(&Column, &Need) -> usize, picture: &dyn Fn(usize) -> usize| {
        let columns = needs.iter().zip(&pictures);
        let widths = columns.map(|((column, need), drawn)| match drawn {
            Some(wide) => picture(*wide),
            None => width(column, need),
        });
        widths.collect::<Vec<usize>>()
    };
    // Pictures say nothing of their own: they get what words leave over.
    let narrow = |_| drawing::NARROW as usize + SIDES;
    let mut widths = each(&least, &narrow);
    if widths.iter().sum::<usize>() > room {
        widths = each(&unbroken, &narrow);
    }
    let total: usize = widths.iter().sum();
    let natural = each(&|_, need| twips(need.line.max(need.heading)), &|wide| wide);
    if natural.iter().sum::<usize>() < room / 2 {
        widths = natural;
    } else if total > room {
        widths
            .iter_mut()
            .for_each(|width| *width = *width * room / total);
    } else {
        share(&needs, &pictures, &mut widths, room - total);
        settle(table, &each(&unbroken, &narrow), &mut widths);
    }
    widths.into_iter().map(|width| width as u32).collect()
}

/// How much one column gives another at a time, and how often, when widths are settled: a little may save no
/// line where more does.
const STEPS: [usize; 4] = [120, 240, 480, 960];
const MOVES: usize = 40;

/// So many rows tell how high the others are.
const SAMPLE: usize = 60;

/// Moves room between the columns that wrap for as long as that makes the table lower.
fn settle(table: &Table, least: &[usize], widths: &mut [usize]) {
    // How long the lines of each cell are, and over how many rows it stands.
    let cells = |row: usize| {
        let cells = table.rows()[row].iter().enumerate();
        cells.map(move |(at, cell)| (line_lengths(cell), table.span(row, at).max(1)))
    };
    let rows: Vec<Vec<(Vec<usize>, usize)>> = (0..table.rows().len().min(SAMPLE))
        .map(|row| cells(row).collect())
        .collect();
    let lines = |(lengths, rows): &(Vec<usize>, usize), width: usize| -> usize {
        let room = width.saturating_sub(SIDES).max(1);
        let lines = |length: &usize| (length * CHARACTER).div_ceil(room).max(1);
        lengths.iter().map(lines).sum::<usize>().div_ceil(*rows)
    };
    let filled = |widths: &[usize]| -> Vec<Vec<usize>> {
        let row = |row: &Vec<(Vec<usize>, usize)>| {
            let cells = row.iter().zip(widths);
            cells.map(|(cell, &width)| lines(cell, width)).collect()
        };
        rows.iter().map(row).collect()
    };
    // A move changes two columns; the lines of the others stand.
    let height = |now: &[Vec<usize>], widths: &[usize], (from, to, step): (usize, usize, usize)| {
        let both = rows.iter().zip(now);
        let heights = both.map(|(row, now)| {
            let others = now.iter().enumerate();
            let others = others.filter(|(at, _)| *at != from && *at != to);
            let highest = others.map(|(_, lines)| *lines).max().unwrap_or(0);
            let given = lines(&row[from], widths[from] - step);
            highest.max(given).max(lines(&row[to], widths[to] + step))
        });
        heights.sum::<usize>()
    };
    let wrapping: Vec<usize> = (0..widths.len())
        .filter(|&index| table.columns()[index].wraps && picture(table, index).is_none())
        .collect();
    let moves = || {
        let all = wrapping.iter();
        let pairs = all.flat_map(|&from| wrapping.iter().map(move |&to| (from, to)));
        let apart = pairs.filter(|(from, to)| from != to);
        apart.flat_map(|(from, to)| STEPS.map(|step| (from, to, step)))
    };
    let mut now = filled(widths);
    for _ in 0..MOVES {
        let highest = now.iter().map(|row| row.iter().max().copied().unwrap_or(0));
        let before: usize = highest.sum();
        let tried = moves().filter(|&(from, _, step)| widths[from] >= least[from] + step);
        let tried = tried.map(|tried| (height(&now, widths, tried), tried));
        match tried.min_by_key(|(height, _)| *height) {
            Some((lower, (from, to, step))) if lower < before => {
                widths[from] -= step;
                widths[to] += step;
                now = filled(widths);
            }
            _ => break,
        }
    }
}

/// How long each line of a cell is, in characters.
fn line_lengths(cell: &Cell) -> Vec<usize> {
    let words = cell.words();
    visible(&words).lines().map(width).collect()
}

/// Shares what is left over among the columns that wrap, by how much text they hold, none more than
/// its longest line needs; then pictures grow, and what nobody needs goes to all that wrap.
fn share(
    needs: &[(&Column, Need)],
    pictures: &[Option<usize>],
    widths: &mut [usize],
    mut left: usize,
) {
    let wraps = |index: &usize| needs[*index].0.wraps && pictures[*index].is_none();
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
    for (width, wide) in widths.iter_mut().zip(pictures) {
        let grows = wide.map_or(0, |wide| wide.saturating_sub(*width).min(left));
        *width += grows;
        left -= grows;
    }
    let mass: usize = wrapping.iter().map(|&index| needs[index].1.mass).sum();
    for &index in &wrapping {
        widths[index] += left * needs[index].1.mass / mass.max(1);
    }
}
