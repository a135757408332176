//! Tables in text whose columns stand below each other between spaces, as `pdftotext -layout` writes them, and whose
//! rows take several lines with a blank line between: each row becomes one line, its cells between tabs.

use super::headings;

/// The lines of a text, each with its number from 1; a table's row is one, with the number of its first line.
pub fn lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_end_matches('\r'))
        .collect();
    // The number at a page's foot.
    let mut last_words = None;
    for at in 0..lines.len() {
        if let Some(line) = lines[at].strip_prefix('\u{c}') {
            lines[at] = line;
            let is_number = |foot: &usize| lines[*foot].trim().parse::<u16>().is_ok();
            if let Some(foot) = last_words.filter(is_number) {
                lines[foot] = "";
            }
        }
        if !lines[at].trim().is_empty() {
            last_words = Some(at);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match Laid::read(&lines[at..]) {
            Some(laid) => {
                let rows = laid.rows.into_iter();
                found.extend(rows.map(|(from, row)| (at + from + 1, row)));
                at += laid.length;
            }
            None => {
                found.push((at + 1, lines[at].to_owned()));
                at += 1;
            }
        }
    }
    found
}

/// A table that is laid out: its rows, each with where it begins and its cells between tabs, and how many lines
/// it takes.
struct Laid {
    rows: Vec<(usize, String)>,
    length: usize,
}

/// The lines that a row of headings takes at most.
const HEAD: usize = 6;

/// The columns that it names at most.
const COLUMNS: usize = 40;

impl Laid {
    /// The table whose row of headings is the first of these lines.
    fn read(lines: &[&str]) -> Option<Laid> {
        let ends = Ends::read(lines.first()?)?;
        // A long run of lines is not gone through once for each of them.
        let ends_soon = lines.len() <= HEAD || lines[..=HEAD].iter().any(is_blank);
        let mut groups = groups(lines);
        let head = ends_soon.then(|| groups.next())??;
        let fits = |(from, to): &(usize, usize)| ends.fit(&lines[*from..*to]);
        if !fits(&head) {
            return None;
        }
        let below: Vec<(usize, usize)> = groups.take_while(fits).collect();
        let length = below.last()?.1;
        let is_wrapped = below.iter().any(|(from, to)| to - from > 1) && head.1 == 1;
        if matches!(ends, Ends::Tabs(_)) && !is_wrapped {
            // Each line is a row as it is.
            let rows = lines[..length].iter().map(|line| (*line).to_owned());
            let rows = rows.enumerate().collect();
            return Some(Laid { rows, length });
        }
        let mut rows = vec![(0, ends.row(&lines[head.0..head.1]))];
        for (from, to) in below {
            let mut begins: Vec<usize> = (from + 1..to)
                .filter(|&line| {
                    lines[from].starts_with(|c: char| c.is_ascii_digit())
                        && lines[line].starts_with(|c: char| c.is_ascii_digit())
                })
                .collect();
            begins.insert(0, from);
            begins.push(to);
            let each = begins.windows(2);
            rows.extend(each.map(|two| (two[0], ends.row(&lines[two[0]..two[1]]))));
        }
        Some(Laid { rows, length })
    }
}

fn is_blank(line: &&str) -> bool {
    line.trim().is_empty()
}

/// The runs of lines with blank lines between.
fn groups<'l>(lines: &'l [&str]) -> impl Iterator<Item = (usize, usize)> + 'l {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + lines[at..].iter().position(|line| !is_blank(line))?;
        let length = lines[from..].iter().position(is_blank);
        at = length.map_or(lines.len(), |length| from + length);
        Some((from, at))
    })
}

/// How the cells of a line end.
enum Ends {
    /// How many cells the headings are.
    Tabs(usize),
    /// Where each column begins.
    Spaces(Vec<usize>),
}

impl Ends {
    /// Those of a row of headings: three at least, one of which says what is to be done or achieved.
    fn read(line: &str) -> Option<Ends> {
        let (names, ends) = if line.contains('\t') {
            let names: Vec<&str> = line.split('\t').map(str::trim).collect();
            let count = names.len();
            (names, Ends::Tabs(count))
        } else {
            let pieces = pieces(line);
            let names = pieces.iter().map(|(_, name)| *name).collect();
            let mut begins: Vec<usize> = pieces.iter().map(|(at, _)| *at).collect();
            *begins.first_mut()? = 0;
            (names, Ends::Spaces(begins))
        };
        let fields: Vec<_> = names
            .iter()
            .filter_map(|name| headings::sure(name))
            .collect();
        let is_plan = fields.iter().any(|field| field.is_text())
            && fields.iter().any(|field| field.says_who_or_when());
        let is_table = (3..=COLUMNS).contains(&names.len()) && fields.len() * 2 > names.len();
        (is_table && is_plan).then_some(ends)
    }

    /// Whether lines stand in these columns, and no word lies over the edge of two.
    fn fit(&self, lines: &[&str]) -> bool {
        let is_within = |line: &&str| match self {
            Ends::Tabs(_) => line.contains('\t'),
            Ends::Spaces(begins) => {
                let letters: Vec<char> = line.chars().collect();
                let is_gap = |at: usize| letters.get(at).is_none_or(|c| c.is_whitespace());
                // Between the words of a sentence stands one space, between cells two or more.
                let is_edge = |at: usize| (at - 2..=at).any(|at| is_gap(at) && is_gap(at + 1));
                begins.iter().skip(1).all(|&at| at > 1 && is_edge(at))
            }
        };
        let said = self.cells(lines);
        let filled = said.iter().filter(|cell| !cell.is_empty()).count();
        filled > 1 && lines.iter().all(is_within)
    }

    /// A row that takes these lines, its cells between tabs.
    fn row(&self, lines: &[&str]) -> String {
        self.cells(lines).join("\t")
    }

    /// The cells of a row that takes these lines.
    fn cells(&self, lines: &[&str]) -> Vec<String> {
        let mut cells: Vec<String> = Vec::new();
        for line in lines {
            let parts: Vec<String> = match self {
                Ends::Tabs(_) => line.split('\t').map(str::to_owned).collect(),
                Ends::Spaces(begins) => {
                    let letters: Vec<char> = line.chars().collect();
                    let part = |(number, &from): (usize, &usize)| {
                        let to = begins.get(number + 1).copied().unwrap_or(usize::MAX);
                        let part = letters.iter().take(to.min(letters.len()));
                        part.skip(from).collect()
                    };
                    begins.iter().enumerate().map(part).collect()
                }
            };
            cells.resize(cells.len().max(parts.len()), String::new());
            for (cell, part) in cells.iter_mut().zip(parts) {
                let part = part.trim();
                if !cell.is_empty() && !part.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(part);
            }
        }
        if let Ends::Tabs(count) = self {
            cells.resize(cells.len().max(*count), String::new());
        }
        cells
    }
}

/// The words of a line between runs of spaces, each with where it begins.
fn pieces(line: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for piece in line.split("  ") {
        let indent = piece.chars().take_while(|c| c.is_whitespace()).count();
        if !piece.trim().is_empty() {
            pieces.push((at + indent, piece.trim()));
        }
        at += piece.chars().count() + 2;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_between_spaces_become_lines() {
        let text = [
            "Aim 1: Shelves",
            "",
            "Objective      Action         Who       When",
            "",
            "1.1 Stand      Mend the       Library   May",
            "               shelf          team      2017",
            "",
            "1.2 Shine      Dust it                  June 2017",
            "",
            "         1",
        ];
        let rows: Vec<(usize, String)> = lines(&text.join("\n"));
        let right = [
            (1, "Aim 1: Shelves"),
            (2, ""),
            (3, "Objective\tAction\tWho\tWhen"),
            (5, "1.1 Stand\tMend the shelf\tLibrary team\tMay 2017"),
            (8, "1.2 Shine\tDust it\t\tJune 2017"),
            (9, ""),
            (10, "         1"),
        ];
        let right: Vec<(usize, String)> = right.map(|(at, line)| (at, line.to_owned())).to_vec();
        assert_eq!(rows, right);
    }
}
