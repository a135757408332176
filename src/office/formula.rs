//! The formulas of conditions, as far as they compare cells with words, numbers and days: `$E2="Red"`,
//! `AND($I5<0.5,$G5<DATE(2023,1,17))`. Of what else they ask nothing is known.

use super::blocks::CellValue;
use super::sheet::{self, Sheet};
use crate::calendar::Day;

/// What a formula asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Compares(Operand, &'static str, Operand),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    Unknown,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A cell by its row and column, each held fast or counted from the cell that is asked about.
    Cell(Axis, Axis),
    Number(f64),
    /// In small letters.
    Word(String),
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Axis {
    At(usize),
    From(isize),
}

impl Axis {
    fn read(number: usize, is_fixed: bool, start: usize) -> Axis {
        if is_fixed {
            Axis::At(number)
        } else {
            Axis::From(number as isize - start as isize)
        }
    }

    fn of(self, asked: usize) -> Option<usize> {
        match self {
            Axis::At(number) => Some(number),
            Axis::From(more) => asked.checked_add_signed(more),
        }
    }
}

/// How deep formulas are read that stand within each other, and how long they may be.
const DEPTH: usize = 8;
const LONGEST: usize = 1_000;

/// The comparisons, the longer first.
const SIGNS: [&str; 6] = ["<=", ">=", "<>", "<", ">", "="];

impl Formula {
    /// Reads a formula that is written for the cell `start`, by row and column from 0.
    pub fn read(text: &str, start: (usize, usize)) -> Formula {
        if text.len() > LONGEST {
            return Formula::Unknown;
        }
        let text = text.trim();
        within(text.strip_prefix('=').unwrap_or(text), start, DEPTH)
    }

    /// How many comparisons it is.
    pub fn comparisons(&self) -> usize {
        match self {
            Formula::All(parts) | Formula::Any(parts) => {
                parts.iter().map(Formula::comparisons).sum()
            }
            Formula::Not(part) => part.comparisons(),
            Formula::Compares(..) | Formula::Unknown => 1,
        }
    }

    /// Whether it holds for a cell; none where that is not known.
    pub fn holds(&self, sheet: &Sheet, at: (usize, usize)) -> Option<bool> {
        let all = |parts: &[Formula], wanted: bool| {
            let found: Vec<Option<bool>> = parts.iter().map(|part| part.holds(sheet, at)).collect();
            if found.contains(&Some(!wanted)) {
                Some(!wanted)
            } else {
                (!found.contains(&None)).then_some(wanted)
            }
        };
        match self {
            Formula::All(parts) => all(parts, true),
            Formula::Any(parts) => all(parts, false),
            Formula::Not(part) => part.holds(sheet, at).map(|holds| !holds),
            Formula::Compares(left, sign, right) => {
                compares(&left.value(sheet, at)?, sign, &right.value(sheet, at)?)
            }
            Formula::Unknown => None,
        }
    }
}

fn within(text: &str, start: (usize, usize), depth: usize) -> Formula {
    let text = text.trim();
    let read = |part: &str| match depth.checked_sub(1) {
        Some(depth) => within(part, start, depth),
        None => Formula::Unknown,
    };
    if let Some((name, arguments)) = call(text) {
        let operand =
            |at: usize| Operand::read(arguments.get(at).copied().unwrap_or_default(), start);
        return match name.to_ascii_uppercase().as_str() {
            "AND" => Formula::All(arguments.into_iter().map(read).collect()),
            "OR" => Formula::Any(arguments.into_iter().map(read).collect()),
            "NOT" | "" if arguments.len() == 1 => match read(arguments[0]) {
                inside if name.is_empty() => inside,
                inside => Formula::Not(Box::new(inside)),
            },
            "ISBLANK" => Formula::Compares(operand(0), "=", Operand::Word(String::new())),
            _ => Formula::Unknown,
        };
    }
    let sign = outside(text).find_map(|at| {
        let sign = SIGNS.iter().find(|sign| text[at..].starts_with(**sign))?;
        Some((at, *sign))
    });
    let Some((at, sign)) = sign else {
        return Formula::Unknown;
    };
    let left = Operand::read(&text[..at], start);
    Formula::Compares(left, sign, Operand::read(&text[at + sign.len()..], start))
}

/// The name of a function and its arguments, where a text is no more than its call; brackets alone have none.
fn call(text: &str) -> Option<(&str, Vec<&str>)> {
    let (name, inside) = text.split_once('(')?;
    let inside = inside.strip_suffix(')')?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric());
    let mut depth = 0i32;
    let mut is_quoted = false;
    let is_whole = inside.chars().all(|c| {
        is_quoted ^= c == '"';
        depth += match c {
            '(' if !is_quoted => 1,
            ')' if !is_quoted => -1,
            _ => 0,
        };
        depth >= 0
    });
    if !is_name || !is_whole {
        return None;
    }
    let (mut parts, mut begun) = (Vec::new(), 0);
    for at in outside(inside).filter(|&at| inside[at..].starts_with([',', ';'])) {
        parts.push(inside[begun..at].trim());
        begun = at + 1;
    }
    parts.push(inside[begun..].trim());
    Some((name, parts))
}

/// The places in a text that stand in no brackets and no quotes.
fn outside(text: &str) -> impl Iterator<Item = usize> {
    let (mut depth, mut is_quoted) = (0usize, false);
    text.char_indices().filter_map(move |(at, c)| {
        is_quoted ^= c == '"';
        match c {
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0 && !is_quoted).then_some(at)
    })
}

/// A word that a formula gives in quotes, in small letters, as such comparisons ignore case.
pub fn literal(formula: &str) -> Option<String> {
    let inside = formula.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('"')).then(|| inside.trim().to_lowercase())
}

/// What is known of a value that is compared.
enum Known {
    Blank,
    Number(f64),
    Word(String),
}

impl Operand {
    fn read(text: &str, start: (usize, usize)) -> Operand {
        let text = text.trim();
        if let Some(word) = literal(text) {
            return Operand::Word(word);
        }
        if let Some(share) = text.strip_suffix('%') {
            let share = share
                .parse()
                .map(|share: f64| Operand::Number(share / 100.0));
            return share.unwrap_or(Operand::Unknown);
        }
        if let Ok(number) = text.parse() {
            return Operand::Number(number);
        }
        if let Some(("DATE", parts)) = call(text) {
            let part = |at: usize| parts.get(at)?.parse().ok();
            let day = || {
                let year = i32::try_from(part(0)?).ok()?;
                Day::new(year, part(1)?, part(2)?)
            };
            return day().map_or(Operand::Unknown, |day| Operand::Number(serial(day)));
        }
        let Some((row, column)) = sheet::place(text) else {
            return Operand::Unknown;
        };
        let is_row_fixed = text.trim_start_matches('$').contains('$');
        Operand::Cell(
            Axis::read(row, is_row_fixed, start.0),
            Axis::read(column, text.starts_with('$'), start.1),
        )
    }

    fn value(&self, sheet: &Sheet, at: (usize, usize)) -> Option<Known> {
        Some(match self {
            Operand::Unknown => return None,
            Operand::Number(number) => Known::Number(*number),
            Operand::Word(word) => Known::Word(word.clone()),
            Operand::Cell(row, column) => {
                let place = (row.of(at.0)?, column.of(at.1)?);
                let Some(cell) = sheet.cells.get(&place) else {
                    return Some(Known::Blank);
                };
                match cell.value {
                    _ if cell.unreadable.is_some() => return None,
                    CellValue::Number(number) => Known::Number(number),
                    CellValue::Day(day) => Known::Number(serial(day)),
                    CellValue::Text if cell.text.trim().is_empty() => Known::Blank,
                    CellValue::Text => Known::Word(cell.text.trim().to_lowercase()),
                    CellValue::Other => return None,
                }
            }
        })
    }
}

/// A day as spreadsheets count it: the first of 1900 is 2 here, as they have a day too many in that February.
fn serial(day: Day) -> f64 {
    Day::new(1900, 1, 1).map_or(0.0, |first| (day.days_since(first) + 2) as f64)
}

/// What a comparison gives. A blank cell is no word and the number 0; a number is no word, and words are not
/// put in an order here.
fn compares(left: &Known, sign: &str, right: &Known) -> Option<bool> {
    use Known::{Blank, Number, Word};
    let number = |known: &Known| match known {
        Number(number) => Some(*number),
        Blank => Some(0.0),
        Word(_) => None,
    };
    if let (Some(left), Some(right)) = (number(left), number(right)) {
        return Some(match sign {
            "=" => left == right,
            "<>" => left != right,
            "<" => left < right,
            ">" => left > right,
            "<=" => left <= right,
            _ => left >= right,
        });
    }
    let is_same = match (left, right) {
        (Word(left), Word(right)) => left == right,
        (Blank, Word(word)) | (Word(word), Blank) => word.is_empty(),
        _ => false,
    };
    match sign {
        "=" => Some(is_same),
        "<>" => Some(!is_same),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::blocks::Cell;

    #[test]
    fn a_formula_is_reckoned_as_far_as_it_is_known() {
        let mut sheet = Sheet::new("Plan", false);
        let mut put = |at: (usize, usize), text: &str, value| {
            let mut cell = Cell::new(sheet.place(at.0, at.1), text.to_owned());
            cell.value = value;
            sheet.cells.insert(at, cell);
        };
        put((1, 0), "40%", CellValue::Number(0.4));
        put(
            (1, 1),
            "31/12/2022",
            CellValue::Day(Day::new(2022, 12, 31).unwrap()),
        );
        put((1, 2), "Complete", CellValue::Text);
        let cases = [
            ("AND($A1<0.5,$B1<DATE(2023,1,17))", Some(true)),
            ("AND($A1<25%,$B1<TODAY())", Some(false)),
            ("AND($A1<0.5,$B1<TODAY())", None),
            ("OR($C1=\"complete\",$B1<TODAY())", Some(true)),
            ("=NOT($C1=\"Complete\")", Some(false)),
            ("ISBLANK($D1)", Some(true)),
            ("$C1<>\"\"", Some(true)),
            ("($A1>=0.4)", Some(true)),
            ("$D1<DATE(2023,1,17)", Some(true)),
            ("SEARCH(\"late\",$C1)", None),
            ("AND($C1=\"a)b,c\",$A1=1)", Some(false)),
            ("$C1<\"d\"", None),
        ];
        for (text, right) in cases {
            // The formula is written for the first row, and asked of the second.
            let holds = Formula::read(text, (0, 0)).holds(&sheet, (1, 0));
            assert_eq!(holds, right, "{text}");
        }
    }
}
