//! The page of every field of every file, in Markdown, from the table that the reader uses.

use std::fmt::Write as _;

use crate::plan::fields::{FILES, Field, Shape};

/// The whole page.
pub fn page() -> String {
    let mut page = "\
# The format: every field of every file

Made from the table that the reader, the JSON Schema and the language server use. [The files](files.md) explains whole files, with
examples. A file says what it is by its first key. What must be there is marked **\u{2217}**.
"
    .to_owned();
    let mut told: Vec<&str> = Vec::new();
    for (word, shape) in FILES {
        let _ = write!(page, "\n## A file that begins with `{word}:`\n");
        let mut open: Vec<&Shape> = vec![shape];
        while let Some(shape) = open.pop() {
            if told.contains(&shape.name) {
                continue;
            }
            told.push(shape.name);
            table(shape, word, &mut page);
            let below = shape
                .fields
                .iter()
                .rev()
                .filter_map(|field| field.kind.shape());
            open.extend(below);
        }
    }
    page
}

fn table(shape: &Shape, file: &str, page: &mut String) {
    if FILES
        .iter()
        .all(|(_, file_shape)| file_shape.name != shape.name)
    {
        let _ = write!(page, "\n### The fields of {}\n", shape.name);
    }
    page.push_str("\n| field | what it is for | how it is written | for example |\n| --- | --- | --- | --- |\n");
    for field in shape.fields {
        row(field, page);
    }
    if let [_, _, ..] = shape.either {
        let ways = shape.either.iter().map(|names| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(" and ")
        });
        let ways: Vec<String> = ways.collect();
        let _ = write!(
            page,
            "\nOf a `{file}` file {} must be there.\n",
            ways.join(", or ")
        );
    }
}

fn row(field: &Field, page: &mut String) {
    let mark = if field.required { " **\u{2217}**" } else { "" };
    let examples = field.kind.examples().iter().take(3);
    let examples: Vec<String> = examples.map(|example| format!("`{example}`")).collect();
    let cell = |text: &str| text.replace('|', "\\|");
    let _ = writeln!(
        page,
        "| `{}`{mark} | {} | {} | {} |",
        field.name,
        cell(field.help),
        cell(field.kind.words()),
        cell(&examples.join(", "))
    );
}
