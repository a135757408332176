//! A text as a file holds it: plain, in quotes, or in block form, whichever is the plainest that is
//! read back as the very same text.

/// How far a line of running text goes, as in the boards' own files.
const WIDTH: usize = 110;

/// The longest text that stands on its field's own line in block form.
const SHORT: usize = 90;

/// Words that other programs read as something else than text.
const TAKEN: [&str; 8] = ["null", "~", "true", "false", "yes", "no", "on", "off"];

/// A text on one line: as it is, or in quotes. In brackets more signs have a meaning.
pub fn inline(text: &str, in_brackets: bool) -> String {
    if is_plain(text) && !(in_brackets && text.contains([',', '[', ']', '{', '}'])) {
        return text.to_owned();
    }
    if text.chars().any(needs_escape) {
        return escaped(text);
    }
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Whether a text stands for itself without quotes, outside brackets. Careful rather than complete:
/// quotes do no harm.
fn is_plain(text: &str) -> bool {
    let begins_well = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '(' | '/' | '_') || (!c.is_ascii() && !hides(c))
    };
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    text.chars().next().is_some_and(begins_well)
        && !space(text.chars().last())
        && !text.chars().any(|c| needs_escape(c) || c == '\t')
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.contains(" #")
        && !TAKEN.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Characters that a file does not hold as they are: controls, and what some readers take for the end
/// of a line or of the text.
fn needs_escape(c: char) -> bool {
    (c.is_control() && c != '\t') || hides(c)
}

fn hides(c: char) -> bool {
    matches!(
        c,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// A text in double quotes, with what needs it escaped.
fn escaped(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            c if needs_escape(c) => quoted += &format!("\\u{:04X}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A field's text outside brackets: what follows the field's colon on its line, and the lines below it,
/// which stand in the column `column`.
pub fn field(text: &str, column: usize) -> (String, Vec<String>) {
    let long = text.chars().count() + column > SHORT;
    if text.contains('\n') && keeps_its_lines(text) {
        return ("|-".into(), text.split('\n').map(str::to_owned).collect());
    }
    if long && folds(text) {
        let lines = wrapped(text, WIDTH.saturating_sub(column).max(40));
        if lines.len() > 1 {
            return (">-".into(), lines);
        }
    }
    (inline(text, false), Vec::new())
}

/// Whether lines in block form are read back as they are.
fn keeps_its_lines(text: &str) -> bool {
    let ends_bare = |line: &str| line.ends_with([' ', '\t']);
    let special = |c: char| c != '\n' && needs_escape(c);
    !text.contains(special)
        && !text.starts_with('\n')
        && !text.ends_with('\n')
        // A first line that stands in would be taken for the indent of all.
        && !text.starts_with(' ')
        && !text.contains('\t')
        && !text.split('\n').any(ends_bare)
}

/// Whether a text can be broken at its spaces and joined again.
fn folds(text: &str) -> bool {
    let special = |c: char| needs_escape(c) || c == '\t';
    !text.contains(special) && !text.contains("  ") && text.trim_matches(' ') == text
}

/// Breaks a text at single spaces into lines. No line begins with a word that looks like a field's
/// name or a list's dash: a reader would take it for one.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut filled = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        let may_begin = !word.ends_with(':') && !word.starts_with(['-', '#']);
        match lines.last_mut() {
            Some(line) if filled + 1 + length <= width || !may_begin => {
                line.push(' ');
                line.push_str(word);
                filled += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                filled = length;
            }
        }
    }
    lines
}
