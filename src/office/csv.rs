//! Separated values, as Excel and others save them; and texts that no spreadsheet takes for a formula.

use super::Refusal;

/// A row of a file of separated values: the line on which it begins, from 1, and its cells.
pub type Record = (usize, Vec<String>);

/// Reads all rows. What parts the cells is what stands most often in the first line that `is_headings`,
/// else in the first that is not blank: a comma, a semicolon or a tab.
///
/// Errors: what is no CSV; cells are given as they stand, without the apostrophe of [`guarded`].
pub fn read(
    text: &str,
    name: &str,
    is_headings: impl Fn(&str) -> bool,
) -> Result<Vec<Record>, Refusal> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text, name, is_headings))
        .from_reader(text.as_bytes());
    let mut counted = (0, 1);
    let records = reader.records().map(|record| {
        let record = record.map_err(|error| Refusal(format!("{name} is no CSV: {error}")))?;
        let byte = record.position().map_or(0, |position| position.byte()) as usize;
        let line = line_at(text, byte, &mut counted);
        let cells = record.iter().map(|cell| unguarded(cell).to_owned());
        Ok((line, cells.collect()))
    });
    records.collect()
}

/// The line on which a record begins that follows a byte: ends of lines before it are skipped. `counted` is
/// the last byte up to which lines were counted, and its line.
fn line_at(text: &str, byte: usize, counted: &mut (usize, usize)) -> usize {
    let bytes = text.as_bytes();
    let blank = bytes[byte..]
        .iter()
        .take_while(|&&byte| byte == b'\r' || byte == b'\n');
    let begins = byte + blank.count();
    let between = bytes[counted.0..begins]
        .iter()
        .filter(|&&byte| byte == b'\n');
    *counted = (begins, counted.1 + between.count());
    counted.1
}

fn separator(text: &str, name: &str, is_headings: impl Fn(&str) -> bool) -> u8 {
    if name.to_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let filled_lines = || text.lines().filter(|line| !line.trim().is_empty());
    let line = filled_lines()
        .find(|line| is_headings(line))
        .or_else(|| filled_lines().next());
    let count = |sign: u8| {
        line.unwrap_or_default()
            .bytes()
            .filter(|&byte| byte == sign)
            .count()
    };
    let signs = [b';', b'\t', b','].into_iter();
    // Of two that stand equally often, the comma.
    signs.max_by_key(|&sign| count(sign)).unwrap_or(b',')
}

/// A text that no spreadsheet takes for a formula (design section 6): with an apostrophe before it where
/// one would.
pub fn guarded(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that was guarded so.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| is_formula(rest))
        .unwrap_or(text)
}

/// Whether a spreadsheet would take a text for a formula.
pub fn is_formula(text: &str) -> bool {
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '＝' | '＋' | '－' | '＠');
    text.starts_with('\t') || text.trim_start().starts_with(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_and_every_text_comes_back() {
        let formulas = ["=1+1", "  =1", "+44", "-1", "@x", "\tx", "＝1", "\u{a0}=1"];
        for text in formulas {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in formulas.into_iter().chain(["", "a=1", "'tis", "1-2"]) {
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }

    #[test]
    fn a_row_has_the_line_on_which_it_begins_however_lines_end() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "c,\"d", "e\"", "", "f,g"].join(end);
            let lines: Vec<usize> = (read(&text, "x.csv", |_| false).unwrap().into_iter())
                .map(|(line, _)| line)
                .collect();
            assert_eq!(lines, [1, 2, 5], "{end:?}");
        }
    }

    #[test]
    fn cells_stand_between_whatever_stands_most_often() {
        let cells = |text: &str| read(text, "x.csv", |_| false).unwrap().remove(0).1;
        assert_eq!(cells("a;b, c;d\n"), ["a", "b, c", "d"]);
        assert_eq!(cells("a,b;c\n"), ["a", "b;c"]);
        assert_eq!(cells("a\tb\n"), ["a", "b"]);
    }
}
