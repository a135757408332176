//! A document as GitHub-flavoured Markdown, which pandoc reads as well. Text of a plan is data: what
//! would be Markdown in it is escaped.

use std::fmt::Write as _;

use crate::document::{Align, Block, Cell, Document, Level, Line, Table, Tone, visible};

/// Writes a document as Markdown.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut out = String::new();
    let document = document.on_pages();
    for block in document.without_charts() {
        let text = self::block(block);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&text);
        out.push('\n');
    }
    Ok(out.into_bytes())
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(title, remark) => match remark.as_str() {
            "" => format!("# {}", inline(title)),
            remark => format!("# {}\n\n*{}*", inline(title), inline(remark)),
        },
        Block::Notice(text) => format!("> **{}**", inline(text)),
        Block::Heading(level, text, remark) => {
            let marks = match level {
                Level::Section => "##",
                Level::Part => "###",
                Level::Point => "####",
            };
            let remark = match remark.as_str() {
                "" => String::new(),
                remark => format!(" ({})", inline(remark)),
            };
            format!("{marks} {}{remark}", inline(text))
        }
        Block::Paragraph(text) => line(text, "\\\n"),
        Block::Facts(facts) => {
            let facts = facts.iter().map(|(name, text)| {
                let text = line(text, "\\\n  ");
                format!("- **{}:** {text}", inline(name))
            });
            facts.collect::<Vec<_>>().join("\n")
        }
        Block::List(lines) => {
            let lines = lines.iter();
            let lines = lines.map(|text| format!("- {}", line(text, "\\\n  ")));
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Code(text) => code(text),
        Block::Table(table) => self::table(table),
        Block::Chart(_) => String::new(),
    }
}

/// A fenced block; the fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    format!("{fence}\n{}\n{fence}", visible(text))
}

fn line(line: &Line, line_end: &str) -> String {
    let mut out = String::new();
    for piece in line {
        let text = escaped(&piece.text).replace('\n', line_end);
        // What parts a piece from those beside it stays outside its marks.
        let gap = |is: bool| if is { " " } else { "" };
        out.push_str(gap(piece.text.starts_with(' ')));
        match piece.tone {
            _ if text.is_empty() => continue,
            Tone::Strong => {
                let _ = write!(out, "**{text}**");
            }
            _ => out.push_str(&text),
        }
        out.push_str(gap(piece.text.ends_with(' ')));
    }
    out.trim_end().to_owned()
}

/// A table; a column of pictures, whose figures stand beside it, is left out.
fn table(table: &Table) -> String {
    let drawn = |index: &usize| table.rows().iter().all(|row| !row[*index].is_picture());
    let columns: Vec<usize> = (0..table.columns().len()).filter(drawn).collect();
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        row((columns.iter())
            .map(|&index| inline(table.columns()[index].title()))
            .collect()),
        row((columns.iter())
            .map(|&index| match table.columns()[index].align {
                Align::Left => "---".to_owned(),
                Align::Right => "---:".to_owned(),
            })
            .collect()),
    ];
    for at in 0..table.rows().len() {
        let cells = columns.iter().map(|&index| cell(table.cell(at, index)));
        lines.push(row(cells.collect()));
    }
    lines.join("\n")
}

fn cell(cell: &Cell) -> String {
    let text = escaped(&cell.words()).replace('\n', "<br>");
    match cell {
        Cell::Rating(..) => format!("**{text}**"),
        _ => text,
    }
}

/// A text in one line.
pub fn inline(text: &str) -> String {
    escaped(text).replace('\n', " ")
}

/// A text in which nothing is Markdown, HTML or a link, each line of it.
fn escaped(text: &str) -> String {
    let lines = text.split('\n').map(|line| escaped_line(line.trim()));
    lines.collect::<Vec<_>>().join("\n")
}

fn escaped_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    for (at, c) in visible(line).char_indices() {
        let starts = at == 0;
        let special = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&'
        );
        let at_start = starts && matches!(c, '#' | '+' | '-' | '=' | ':');
        if special || at_start {
            out.push('\\');
        }
        out.push(c);
    }
    uncalled(&unlisted(out))
}

/// What stands in a name or a number so that it is shown and is none: an empty comment.
const NOTHING: &str = "<!-- -->";

/// A line in which nobody is called and nothing is linked, where it is posted on a pull request: `@name`,
/// `#12`, `GH-7` and what may be the hash of a commit.
fn uncalled(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let is_word = |c: char| c.is_alphanumeric();
    let mut before = ' ';
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let behind = rest.chars().nth(1);
        let caught = match c {
            '@' if !is_word(before) && behind.is_some_and(is_word) => 1,
            '#' if behind.is_some_and(|c| c.is_ascii_digit()) && is_linked(&out) => 1,
            'G' | 'g' if !is_word(before) && is_issue(rest) => "GH-".len(),
            _ if !is_word(before) && is_hash(&rest[..word]) => 1,
            _ => 0,
        };
        let length = if caught > 0 {
            caught
        } else if is_word(c) {
            word
        } else {
            c.len_utf8()
        };
        out.push_str(&rest[..length]);
        if caught > 0 {
            out.push_str(NOTHING);
        }
        before = rest[..length].chars().next_back().unwrap_or(c);
        rest = &rest[length..];
    }
    out
}

/// Whether a number behind what stands before it is an issue's: alone, or behind a repository's name. Behind a
/// plan's (`work-plan#1.1`) it is an action's.
fn is_linked(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || "()[]{},;".contains(c))
        .next()
        .unwrap_or_default();
    !word.ends_with(char::is_alphanumeric) || word.contains('/')
}

/// Whether a text begins with an issue's number, as `GH-7`.
fn is_issue(text: &str) -> bool {
    let begins = text
        .get(..3)
        .is_some_and(|mark| mark.eq_ignore_ascii_case("gh-"));
    begins && text[3..].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word may be the hash of a commit, shortened or whole.
fn is_hash(word: &str) -> bool {
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    (7..=64).contains(&word.len())
        && hex
        && !is_number
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// A line that begins like an item of a numbered list ("1. ", "2) ") does not become one.
fn unlisted(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let follows = line[digits..].starts_with(['.', ')']);
    let ends = line[digits..].len() == 1 || line[digits..].get(1..2) == Some(" ");
    if (1..=9).contains(&digits) && follows && ends {
        format!("{}\\{}", &line[..digits], &line[digits..])
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markdown() {
        assert_eq!(escaped("# a | *b* <i>"), r"\# a \| \*b\* \<i\>");
        assert_eq!(escaped("1. first"), r"1\. first");
        assert_eq!(escaped("1.2.3 first"), "1.2.3 first");
        assert_eq!(escaped("- item"), r"\- item");
        assert_eq!(escaped("2017-18"), "2017-18");
    }

    #[test]
    fn nobody_is_called_and_nothing_linked() {
        for (text, shown) in [
            ("Ask @octocat/team", "Ask @<!-- -->octocat/team"),
            ("(@octocat)", "(@<!-- -->octocat)"),
            (
                "see #12, GH-7 and gh-8",
                "see #<!-- -->12, GH-<!-- -->7 and gh-<!-- -->8",
            ),
            ("org/repo#3", "org/repo#<!-- -->3"),
            ("since a1b2c3d4e5f6a7b8.", "since a<!-- -->1b2c3d4e5f6a7b8."),
            ("work-plan-2017-19#2.1.5", "work-plan-2017-19#2.1.5"),
            // None of these is any of that.
            (
                "user@example.org, @ home, # 1, C#",
                "user@example.org, @ home, # 1, C#",
            ),
            (
                "LSCB11(b) defaced 4857773456 GHX-7 1.1.1",
                "LSCB11(b) defaced 4857773456 GHX-7 1.1.1",
            ),
            ("é @é", "é @<!-- -->é"),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn a_fence_is_longer_than_those_inside() {
        assert_eq!(code("a\n```\nb"), "````\na\n```\nb\n````");
    }
}
