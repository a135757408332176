//! The two shapes of a list: on a page it stands in parts under headings, and a column with little in it is a
//! line under the words of its rows; where rows are sorted and filtered it is one table with all its columns.

use std::borrow::Cow;

use super::{Align, Block, Cell, Column, Document, Line, Table};
use crate::words::capitalised;

/// Of so many rows one at most has something in a column that a page has no room for.
const FEW: usize = 3;

/// One part of a list, and what stands over it.
struct ListPart<'d> {
    heading: &'d str,
    facts: &'d [(String, Line)],
    table: &'d Table,
}

impl Document {
    /// The paper as pages show it.
    pub fn on_pages(&self) -> Cow<'_, Document> {
        let changes = |block: &Block| match block {
            Block::Table(table) => {
                let joins = |column: &Column| !column.joined_by.is_empty();
                let joins = table.columns().iter().any(joins);
                joins || table.is_part().is_some() || !table.folding().is_empty()
            }
            _ => false,
        };
        if !self.blocks.iter().any(changes) {
            return Cow::Borrowed(self);
        }
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Table(table) if changes(block) => Block::Table(table.on_page()),
            block => block.clone(),
        });
        Cow::Owned(Document {
            blocks: blocks.collect(),
        })
    }

    /// The paper with each list as one table right below its title; what its headings said are columns of it.
    pub fn in_whole_lists(&self) -> Document {
        let mut whole = Document::default();
        let starts = |_: &Block, block: &Block| !matches!(block, Block::Title(..));
        for paper in self.blocks.chunk_by(starts) {
            let (title, below) = match paper {
                [title @ Block::Title(..), below @ ..] => (Some(title), below),
                below => (None, below),
            };
            let (mut parts, mut others, mut at) = (Vec::new(), Vec::new(), 0);
            while at < below.len() {
                match ListPart::at(&below[at..]) {
                    Some((part, length)) => {
                        parts.push(part);
                        at += length;
                    }
                    None => {
                        others.push(below[at].clone());
                        at += 1;
                    }
                }
            }
            whole.blocks.extend(title.cloned());
            whole.blocks.extend(whole_list(&parts).map(Block::Table));
            whole.blocks.extend(others);
        }
        whole
    }
}

impl Table {
    /// The table as a page shows it.
    fn on_page(&self) -> Table {
        let folding = self.folding();
        let running = self.running();
        let page = self.with_cells(|row, at| match &self.rows()[row][at] {
            Cell::Text(words) if Some(at) == running => {
                let mut words = words.clone();
                for &from in &folding {
                    let label = capitalised(self.columns()[from].folds_as);
                    let line = self.cell(row, from).words();
                    if !line.is_empty() {
                        words.text.push_str(&format!("\n{label}: {line}"));
                    }
                }
                Cell::Text(words)
            }
            cell => cell.clone(),
        });
        let kept = (0..self.columns().len()).map(|at| !folding.contains(&at));
        let page = page.with_columns(kept.collect()).joined();
        match self.is_part() {
            // Its columns are those of the whole list.
            Some(_) => page.without_empty_columns(),
            None => page,
        }
    }

    /// The table with the columns as one that a page shows so.
    fn joined(self) -> Table {
        let columns = self.columns();
        let begins: Vec<usize> = (0..columns.len())
            .filter(|&at| at == 0 || columns[at].joined_by.is_empty())
            .collect();
        if begins.len() == columns.len() {
            return self;
        }
        let ends = begins.iter().skip(1).copied().chain([columns.len()]);
        let runs: Vec<&[Column]> = (begins.iter().zip(ends))
            .map(|(&begin, end)| &columns[begin..end])
            .collect();
        let headings = runs.iter().map(|run| Column::joined(run)).collect();
        let joined = Table::with(headings, 0..self.rows().len(), |at, &row| {
            let cells = &self.rows()[row][begins[at]..][..runs[at].len()];
            cells
                .iter()
                .zip(runs[at])
                .fold(Cell::Empty, |left, (right, column)| {
                    joined(left, right, column.joined_by)
                })
        });
        joined.like(&self)
    }

    /// The column of running text.
    fn running(&self) -> Option<usize> {
        self.columns().iter().position(Column::is_running)
    }

    /// The columns that a page tells in lines under the running text: few rows have something in them, a line
    /// at most, and words of their own that it can stand under.
    fn folding(&self) -> Vec<usize> {
        let Some(running) = self.running() else {
            return Vec::new();
        };
        let may_fold = |&at: &usize| !self.columns()[at].folds_as.is_empty();
        let folds = |&at: &usize| {
            let filled: Vec<usize> = (0..self.rows().len())
                .filter(|&row| !self.cell(row, at).words().is_empty())
                .collect();
            let fits = |&row: &usize| {
                matches!(self.rows()[row][running], Cell::Text(_))
                    && self.span(row, running) == 1
                    && !self.cell(row, at).words().contains('\n')
            };
            let is_sparse = !filled.is_empty() && filled.len() * FEW < self.rows().len();
            is_sparse && filled.iter().all(fits)
        };
        let columns = (0..self.columns().len()).filter(may_fold);
        columns.filter(folds).collect()
    }
}

impl Column {
    /// Columns that a page shows as one; there is one at least.
    fn joined(run: &[Column]) -> Column {
        let mut column = run[0].clone();
        for other in &run[1..] {
            column.wraps |= other.wraps;
            if other.align == Align::Left {
                column.align = Align::Left;
            }
            column.keeps = column.keeps.max(other.keeps);
            // A number's name needs no heading of its own.
            if other.joined_by == "\n" {
                let first = column.title().split(' ').next().unwrap_or_default();
                let more = other.title();
                // "requested by" and "requested on".
                let more = more.strip_prefix(first).map_or(more, str::trim_start);
                column.heading = format!("{}, {more}", column.title());
                column.name.clear();
            }
        }
        column
    }
}

/// Two cells of a row as one.
fn joined(left: Cell, right: &Cell, between: &str) -> Cell {
    let words = right.words();
    match left {
        left if words.is_empty() && left != Cell::Empty => left,
        Cell::Empty => right.clone(),
        Cell::Text(mut piece) => {
            piece.text.push_str(between);
            piece.text.push_str(&words);
            Cell::Text(piece)
        }
        left => Cell::text(format!("{}{between}{words}", left.words())),
    }
}

/// The parts of a list as one table: what their headings say, and the facts below these, are columns before
/// the others. All parts have the same columns.
fn whole_list(parts: &[ListPart]) -> Option<Table> {
    let first = parts.first()?;
    let name = first.table.is_part()?;
    let column = |heading: &str| Column {
        heading: heading.to_owned(),
        name: String::new(),
        align: Align::Left,
        wraps: true,
        keeps: 0,
        folds_as: "",
        joined_by: "",
    };
    let mut facts: Vec<&str> = Vec::new();
    for (name, _) in parts.iter().flat_map(|part| part.facts) {
        if !facts.contains(&name.as_str()) {
            facts.push(name);
        }
    }
    let before = [name].into_iter().chain(facts.iter().copied()).map(column);
    let columns = before
        .chain(first.table.columns().iter().cloned())
        .collect();
    let rows =
        (parts.iter()).flat_map(|part| (0..part.table.rows().len()).map(move |row| (part, row)));
    let list = Table::with(columns, rows, |at, &(part, row)| {
        let text = |words: String| Cell::maybe(Some(words).filter(|words| !words.is_empty()));
        match at.checked_sub(1 + facts.len()) {
            Some(at) => part.table.rows()[row][at].clone(),
            None if row > 0 => Cell::Above,
            None if at == 0 => text(part.heading.to_owned()),
            None => text(part.fact(facts[at - 1])),
        }
    });
    Some(list.without_empty_columns())
}

impl<'d> ListPart<'d> {
    /// The part with which some blocks begin, and of how many it consists.
    fn at(blocks: &'d [Block]) -> Option<(ListPart<'d>, usize)> {
        let (heading, facts, table) = match blocks {
            [Block::Table(table), ..] => ("", &[][..], table),
            [Block::Heading(_, heading, _), Block::Table(table), ..] => {
                (heading.as_str(), &[][..], table)
            }
            [
                Block::Heading(_, heading, _),
                Block::Facts(facts),
                Block::Table(table),
                ..,
            ] => (heading.as_str(), &facts[..], table),
            _ => return None,
        };
        let length = 1 + usize::from(!heading.is_empty()) + usize::from(!facts.is_empty());
        let part = ListPart {
            heading,
            facts,
            table,
        };
        table.is_part().map(|_| (part, length))
    }

    fn fact(&self, name: &str) -> String {
        let facts = self.facts.iter().filter(|(known, _)| known == name);
        let pieces = facts.flat_map(|(_, line)| line);
        pieces.map(|piece| piece.text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Col, Level, plain, running, short, words};
    use super::*;

    type Row = (&'static str, &'static str, &'static str);

    const COLUMNS: &[Col<Row>] = &[
        short("id", |row| Cell::text(row.0)),
        running("action", |row| Cell::text(row.1)),
        words("measure", |row: &Row| {
            Cell::maybe(Some(row.2).filter(|words| !words.is_empty()))
        })
        .folding("measure"),
    ];

    fn rows(table: &Table) -> Vec<String> {
        let cells = |row: usize| {
            let cells = (0..table.columns().len()).map(move |at| table.cell(row, at).words());
            cells.collect::<Vec<_>>().join("|")
        };
        (0..table.rows().len()).map(cells).collect()
    }

    fn on_pages(list: &[Row]) -> Vec<String> {
        let mut document = Document::default();
        document.table(COLUMNS, list);
        match &document.on_pages().blocks[..] {
            [Block::Table(table)] => rows(table),
            blocks => panic!("{blocks:?}"),
        }
    }

    #[test]
    fn a_column_with_something_in_fewer_than_a_third_of_its_rows_is_lines_on_a_page() {
        let few = [
            ("1", "a", ""),
            ("2", "b", "m"),
            ("3", "c", ""),
            ("4", "d", ""),
        ];
        assert_eq!(on_pages(&few), ["1|a", "2|b\nMeasure: m", "3|c", "4|d"]);
        assert_eq!(on_pages(&few[..3]), ["1|a|", "2|b|m", "3|c|"]);
        // Several lines in a cell could not be told from the action's own.
        let long = [few[0], ("2", "b", "m\nn"), few[2], few[3]];
        assert_eq!(on_pages(&long)[1], "2|b|m\nn");
    }

    #[test]
    fn parts_of_a_list_are_one_table_with_what_stands_over_them() {
        let mut document = Document::default();
        document
            .blocks
            .push(Block::Title("Board · Plan".into(), String::new()));
        document.paragraph("Adopted");
        for (heading, row) in [("1 One", ("1.1", "a", "")), ("2 Two", ("2.1", "b", "m"))] {
            document.heading(Level::Section, heading, "");
            if heading == "1 One" {
                let outcomes = vec![("Outcomes".to_owned(), plain("less harm"))];
                document.blocks.push(Block::Facts(outcomes));
            }
            let table = Table::new(COLUMNS, [row]).part_of_a_list("priority");
            document.blocks.push(Block::Table(table));
        }
        let whole = document.in_whole_lists();
        let [Block::Title(..), Block::Table(table), Block::Paragraph(_)] = &whole.blocks[..] else {
            panic!("{whole:?}");
        };
        let headings: Vec<&str> = table.columns().iter().map(Column::title).collect();
        assert_eq!(
            headings,
            ["priority", "Outcomes", "id", "action", "measure"]
        );
        assert_eq!(rows(table), ["1 One|less harm|1.1|a|", "2 Two||2.1|b|m"]);
    }
}
