//! How a table is fitted to a page: how wide its columns are, and what stands on lines of its own.

use super::shown::ShownCell;
use super::{GAP, LEAST};
use crate::document::{Align, Column, Table};
use crate::render::widths::width;

/// The narrowest column in which words are comfortably read.
const READABLE: usize = 14;

/// The longest word that makes its column wider ("recommendations" and a comma); a longer one is broken.
const WORD: usize = 16;

/// The narrowest column for a name that may be cut short; with less it stands on a line of its own. Beside
/// many figures, which are read by their place, it may be as narrow as any words.
const NAME: usize = 24;

/// The narrowest page that has room for bars and other pictures.
const WIDE: usize = 60;

/// So many columns of figures make a list one for comparing rows.
const FIGURES: usize = 4;

/// So many columns that never give way make a table that is for comparing rows and nothing else: what names
/// them may stand above them, which beside many words only puzzles.
const MOSTLY_FIGURES: usize = 8;

/// How many lines its rows have on average where a table is better read as records.
const TALL: usize = 5;

/// What a column needs.
struct ColumnNeed<'a> {
    column: &'a Column,
    is_picture: bool,
    /// Its widest line, its heading included.
    natural: usize,
    /// What it needs where its heading is broken into lines; a column of words, where its texts are.
    least: usize,
}

impl ColumnNeed<'_> {
    fn gives_way(&self) -> bool {
        self.column.wraps
    }

    /// What it keeps for as long as others can give way.
    fn kept(&self, page: usize) -> usize {
        self.column.keeps.min(page / 3)
    }
}

/// How a table stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableLayout {
    /// Side by side.
    Grid(SideBySide),
    /// The columns are too many: each row is a list of names and texts.
    Records,
}

/// Columns side by side; one of width 0 is not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBySide {
    pub widths: Vec<usize>,
    /// The columns whose texts stand on a line of their own, and where it is.
    pub alone: Vec<usize>,
    pub place: Alone,
}

/// Where the texts stand that are on a line of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// Above the figures that they name.
    Above,
    /// Below, indented so that the eye finds the next row.
    Below,
}

/// Fits a table, whose cells show these texts, to a page.
pub fn fit(table: &Table, rows: &[Vec<ShownCell>], page: usize) -> TableLayout {
    let needs = needs(table, rows, page);
    let alone = alone(table, &needs, page);
    let place = if table.is_whole() {
        Alone::Above
    } else {
        Alone::Below
    };
    let side_by_side = |index: &usize| !alone.contains(index);
    let inside: Vec<&ColumnNeed> = (0..needs.len())
        .filter(side_by_side)
        .map(|index| &needs[index])
        .collect();
    if total(inside.iter().map(|need| need.least)) > page {
        return TableLayout::Records;
    }
    let mut widths = vec![0; needs.len()];
    let fitted = shared(&inside, page);
    for (index, width) in (0..needs.len()).filter(side_by_side).zip(fitted) {
        widths[index] = width;
    }
    if table.is_whole() && is_tall(rows, &widths) {
        return TableLayout::Records;
    }
    TableLayout::Grid(SideBySide {
        widths,
        alone,
        place,
    })
}

/// Whether the rows are towers of short lines at these widths.
fn is_tall(rows: &[Vec<ShownCell>], widths: &[usize]) -> bool {
    let height = |row: &Vec<ShownCell>| {
        let cells = row.iter().zip(widths).filter(|(_, width)| **width > 0);
        let lines = cells.map(|(cell, &room)| {
            let lines = cell.words().split('\n');
            lines.map(|line| width(line).div_ceil(room)).sum::<usize>()
        });
        lines.max().unwrap_or(0)
    };
    rows.iter().map(height).sum::<usize>() > TALL * rows.len()
}

fn needs<'t>(table: &'t Table, rows: &[Vec<ShownCell>], page: usize) -> Vec<ColumnNeed<'t>> {
    let need = |(index, column): (usize, &'t Column)| {
        let cells = || rows.iter().map(|row| &row[index]);
        let is_picture = cells().any(|cell| cell.picture.is_some());
        let widest = cells().map(|cell| cell.width).max().unwrap_or(0);
        let natural = widest.max(width(&column.heading));
        let heading = column.heading.split(' ').map(width).max().unwrap_or(0);
        let longest_word = || cells().map(ShownCell::longest_word).max().unwrap_or(0);
        let least = if !column.wraps {
            widest.max(heading)
        } else if table.is_whole() {
            let kept = column.keeps.min(page / 5);
            natural.min(READABLE.max(kept).max(longest_word().min(WORD)))
        } else {
            let word = longest_word().max(heading);
            natural.min(word.clamp(LEAST, READABLE))
        };
        let hidden = is_picture && page < WIDE;
        ColumnNeed {
            column,
            is_picture,
            natural: if hidden { 0 } else { natural },
            least: if hidden { 0 } else { least },
        }
    };
    table.columns().iter().enumerate().map(need).collect()
}

/// The columns whose texts have no room beside the others. Of a list it is the names of its rows, of a
/// table of figures all its words; of another table none.
fn alone(table: &Table, needs: &[ColumnNeed], page: usize) -> Vec<usize> {
    let all = 0..needs.len();
    let is_figure = |need: &&ColumnNeed| !need.gives_way() && !need.is_picture;
    let is_of_figures = needs.iter().filter(is_figure).count() >= MOSTLY_FIGURES;
    if table.is_whole() {
        let is_crowded = total(needs.iter().map(|need| need.least)) > page;
        if !is_crowded || !is_of_figures {
            return Vec::new();
        }
        let words: Vec<usize> = all
            .clone()
            .filter(|&index| needs[index].gives_way())
            .collect();
        let rest = needs.iter().filter(|need| !need.gives_way());
        if total(rest.map(|need| need.least)) <= page {
            return words;
        }
        // What is no figure may stand with the names.
        let is_figure = |need: &ColumnNeed| need.is_picture || need.column.align == Align::Right;
        return all.filter(|&index| !is_figure(&needs[index])).collect();
    }
    let mut running = all.filter(|&index| needs[index].column.is_running());
    let Some(name) = running.next_back() else {
        return Vec::new();
    };
    let others = needs.iter().enumerate().filter(|(index, _)| *index != name);
    let room = page.saturating_sub(total(others.map(|(_, need)| need.least)) + GAP.len());
    let right = |need: &&ColumnNeed| need.column.align == Align::Right;
    let least = if needs.iter().filter(right).count() >= FIGURES {
        READABLE
    } else {
        NAME
    };
    if room < needs[name].natural.min(least) {
        vec![name]
    } else {
        Vec::new()
    }
}

/// The width of columns side by side.
fn total(widths: impl Iterator<Item = usize>) -> usize {
    let (mut sum, mut count) = (0, 0usize);
    for width in widths.filter(|width| *width > 0) {
        sum += width;
        count += 1;
    }
    sum + count.saturating_sub(1) * GAP.len()
}

/// How wide each column may be: what it needs, and where that is more than the page, headings are
/// broken into lines, and those columns that give way share what is left; the widest gives first.
fn shared(needs: &[&ColumnNeed], page: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = needs.iter().map(|need| need.natural).collect();
    let sum = |widths: &[usize]| total(widths.iter().copied());
    // Headings wider than their columns are broken where those that give way would lose what they keep.
    let kept = needs.iter().map(|need| {
        if need.gives_way() {
            need.natural.min(need.kept(page).max(need.least))
        } else {
            need.natural
        }
    });
    if total(kept) > page {
        for (width, need) in widths.iter_mut().zip(needs) {
            if !need.gives_way() {
                *width = need.least;
            }
        }
    }
    while sum(&widths) > page {
        let over = sum(&widths) - page;
        let mut giving: Vec<usize> = (0..needs.len())
            .filter(|&index| needs[index].gives_way() && widths[index] > needs[index].least)
            .collect();
        // What a column keeps it gives last.
        giving.sort_by_key(|&index| {
            let kept = widths[index] <= needs[index].kept(page);
            (kept, std::cmp::Reverse(widths[index]))
        });
        let Some(&widest) = giving.first() else {
            break;
        };
        // The widest gives until it is no wider than the next, or all that is needed.
        let need = needs[widest];
        let next = giving.get(1).map_or(need.least, |&index| widths[index]);
        let kept = if widths[widest] > need.kept(page) {
            need.kept(page)
        } else {
            need.least
        };
        let gives = widths[widest]
            .saturating_sub(next.max(kept).max(need.least))
            .clamp(1, over);
        widths[widest] -= gives;
    }
    widths
}
