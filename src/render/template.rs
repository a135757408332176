//! A user's own template, filled in with a report's JSON. It sees that data and nothing else: no
//! file, no other template, no clock; what it may compute is bounded.

use anyhow::{Context as _, anyhow, bail};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, escape_formatter};

use super::markdown;
use crate::calendar::Day;
use crate::document::visible;
use crate::plan::Rag;

/// The largest template that is read, in bytes.
pub const LARGEST: u64 = 64 << 10;

/// How many steps a template may take: enough for every action of a thousand boards.
const STEPS: u64 = 10_000_000;

/// How deep macros may call each other.
const DEEP: usize = 100;

/// The longest paper that a template may write, in bytes.
const LONGEST: usize = 64 << 20;

/// What a template writes, by its own file's ending; in a text of the data nothing is that markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Markup {
    Html,
    Markdown,
    None,
}

impl Markup {
    fn for_file(file: &str) -> Markup {
        let name = file.to_lowercase();
        let name = [".j2", ".jinja", ".jinja2"]
            .iter()
            .find_map(|ending| name.strip_suffix(ending))
            .unwrap_or(&name);
        match name.rsplit('.').next() {
            Some("html" | "htm" | "xml") => Markup::Html,
            Some("md" | "markdown") => Markup::Markdown,
            _ => Markup::None,
        }
    }

    /// What must be known before all else, as a paragraph of its own.
    fn notice(self, text: &str) -> String {
        match self {
            Markup::Html => {
                let text = visible(text).replace('&', "&amp;").replace('<', "&lt;");
                format!("<p role=\"alert\"><strong>{text}</strong></p>\n")
            }
            Markup::Markdown => format!("> **{}**\n\n", markdown::inline(text)),
            Markup::None => format!("{}\n", visible(text)),
        }
    }
}

/// Fills in a template. `file` is its name, `notices` what must be said first, whatever the template
/// says. An error names the file and the line.
pub fn fill(
    file: &str,
    source: &str,
    data: &serde_json::Value,
    notices: &[String],
) -> anyhow::Result<String> {
    // A long chain of signs is read sign within sign: on a stack that holds the longest.
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(STACK);
        let filling = deep.spawn_scoped(scope, || filled(file, source, data, notices))?;
        filling
            .join()
            .unwrap_or_else(|_| bail!("{file} could not be filled in"))
    })
}

/// The stack on which a template is filled in, in bytes.
const STACK: usize = 512 * 1024 * 1024;

fn filled(
    file: &str,
    source: &str,
    data: &serde_json::Value,
    notices: &[String],
) -> anyhow::Result<String> {
    let markup = Markup::for_file(file);
    let engine = engine(markup)?;
    let context = Value::from(Serde(shown(data)));
    let mut out = Bounded(Vec::new());
    for notice in notices {
        out.0.extend(markup.notice(notice).bytes());
    }
    let template = engine.template_from_named_str(file, source);
    let filled = template.and_then(|template| {
        template.render_captured_to(context, &mut out)?;
        Ok(())
    });
    filled.map_err(|error| explained(file, &error))?;
    String::from_utf8(out.0).context("the template wrote something that is no text")
}

fn engine(markup: Markup) -> Result<Environment<'static>, Error> {
    let mut engine = Environment::new();
    engine.set_debug(true);
    engine.set_fuel(Some(STEPS));
    engine.set_recursion_limit(DEEP);
    // A line that only steers leaves no line behind.
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    engine.set_syntax(syntax);
    // A misspelt field is an error; one that may be missing can still be asked for.
    engine.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    engine.set_auto_escape_callback(move |_| match markup {
        Markup::Html => AutoEscape::Html,
        Markup::Markdown => AutoEscape::Custom("markdown".into()),
        Markup::None => AutoEscape::None,
    });
    engine.set_formatter(|out, state, value| {
        if value.is_none() {
            return Ok(());
        }
        let escapes = matches!(state.auto_escape(), AutoEscape::Custom(_)) && !value.is_safe();
        match value.as_str() {
            Some(text) if escapes => Ok(out.write_str(&markdown::inline(text))?),
            _ if escapes => Ok(write!(out, "{value}")?),
            _ => escape_formatter(out, state, value),
        }
    });
    engine.add_filter("long_date", |value: Value| date(&value, Day::long));
    engine.add_filter("short_date", |value: Value| date(&value, Day::short));
    engine.add_filter("rag_word", |value: Value| {
        rag(&value, |word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        })
    });
    engine.add_filter("rag_letter", |value: Value| {
        rag(&value, |word| match word {
            "grey" => "–".into(),
            word => word[..1].to_uppercase(),
        })
    });
    Ok(engine)
}

/// A day of the data in words; what is missing stays empty.
fn date(value: &Value, words: fn(Day) -> String) -> Result<String, Error> {
    known(value, "a day such as 2018-05-01", |text| {
        Day::parse_iso(text).map(words)
    })
}

/// A rating of the data in another form; what is missing stays empty.
fn rag(value: &Value, form: fn(&str) -> String) -> Result<String, Error> {
    known(value, "a rating such as red", |text| {
        Rag::parse(text).map(|rag| form(rag.word()))
    })
}

fn known(
    value: &Value,
    what: &str,
    read: impl Fn(&str) -> Option<String>,
) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    value.as_str().and_then(read).ok_or_else(|| {
        let message = format!("this filter takes {what}, not {value}");
        Error::new(ErrorKind::InvalidOperation, message)
    })
}

/// The data with the hidden characters of its texts escaped.
fn shown(data: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match data {
        Json::String(text) => Json::String(visible(text).into_owned()),
        Json::Array(values) => Json::Array(values.iter().map(shown).collect()),
        Json::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| (visible(name).into_owned(), shown(value)));
            Json::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// What is wrong with a template, and where.
fn explained(file: &str, error: &Error) -> anyhow::Error {
    let place = match error.line() {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    };
    let what = match error.kind() {
        ErrorKind::OutOfFuel => "it takes too many steps and was stopped".into(),
        ErrorKind::WriteFailure => format!("it writes more than {} MB", LONGEST >> 20),
        kind => match error.detail() {
            Some(detail) => format!("{kind}: {detail}"),
            None => kind.to_string(),
        },
    };
    match error.template_source().zip(error.range()) {
        Some((source, range)) => {
            let part = source.get(range).unwrap_or_default();
            let part: String = part.chars().take(60).collect();
            match part.trim() {
                "" => anyhow!("{place}: {what}"),
                part => anyhow!("{place}: {what} (at `{}`)", part.replace('\n', " ")),
            }
        }
        None => anyhow!("{place}: {what}"),
    }
}

/// What a template wrote, up to a limit.
struct Bounded(Vec<u8>);

impl std::io::Write for &mut Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Reads a template; `shown` is how messages name it.
pub fn read(path: &std::path::Path, shown: &str) -> anyhow::Result<String> {
    use std::io::Read as _;
    let cannot = || format!("the template {shown} could not be read");
    let file = std::fs::File::open(path).with_context(cannot)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .with_context(cannot)?;
    if bytes.len() as u64 > LARGEST {
        bail!("the template {shown} is larger than 1 MB");
    }
    String::from_utf8(bytes).map_err(|_| anyhow!("the template {shown} is not UTF-8 text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_signs_as_long_as_a_template_may_be_ends_in_a_sentence_or_an_answer() {
        for chain in [
            "not ".repeat(16_000),
            "-".repeat(64_000),
            "1+".repeat(32_000),
        ] {
            let source = format!("{{{{ {chain}1 }}}}");
            let _ = fill("t.txt", &source, &serde_json::json!({}), &[]);
        }
    }
    use serde_json::json;

    fn filled(file: &str, source: &str) -> Result<String, String> {
        let data = json!({
            "as_of": "2018-05-01", "rag": "amber", "grey": "grey", "none": null,
            "text": "# a | <b>\u{202e}", "number": 3,
        });
        fill(file, source, &data, &[]).map_err(|error| error.to_string())
    }

    #[test]
    fn dates_and_ratings_in_words() {
        let of = |source| filled("cover.txt", source);
        assert_eq!(of("{{ as_of | long_date }}"), Ok("1 May 2018".into()));
        assert_eq!(
            of("{{ rag | rag_word }} {{ rag | rag_letter }}"),
            Ok("Amber A".into())
        );
        assert_eq!(of("{{ grey | rag_letter }}"), Ok("–".into()));
        assert_eq!(of("[{{ none | short_date }}{{ none }}]"), Ok("[]".into()));
    }

    #[test]
    fn a_text_of_the_data_is_no_markup_of_the_template() {
        let source = "{{ text }} {{ number }}";
        assert_eq!(
            filled("cover.txt", source),
            Ok(r"# a | <b>\u{202e} 3".into())
        );
        assert_eq!(
            filled("cover.html", source),
            Ok(r"# a | &lt;b&gt;\u{202e} 3".into())
        );
        assert_eq!(
            filled("cover.md.j2", source),
            Ok(r"\# a \| \<b\>\\u{202e} 3".into())
        );
    }

    #[test]
    fn an_error_names_the_file_and_the_line() {
        let wrong = |source: &str| filled("cover.txt", source).unwrap_err();
        assert!(wrong("one\n{{ mising }}").starts_with("cover.txt:2: undefined value"));
        assert!(wrong("{% if %}").starts_with("cover.txt:1: syntax error"));
        assert!(
            wrong("{{ rag | long_date }}").contains("takes a day such as 2018-05-01, not amber")
        );
    }

    #[test]
    fn a_template_sees_no_file_and_ends() {
        let wrong = |source: &str| filled("cover.txt", source).unwrap_err();
        assert!(wrong("{% include '/etc/hostname' %}").starts_with("cover.txt:1: syntax error"));
        let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
        assert!(wrong(loops).contains("too many steps"));
        let calls = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}";
        assert!(wrong(calls).contains("recursion"));
        let long = "{% set x = 'x' * 60000 %}{% for a in range(9999) %}{{ x }}{% endfor %}";
        assert!(wrong(long).contains("more than 64 MB"));
    }

    #[test]
    fn what_is_incomplete_is_said_first_whatever_the_template_says() {
        let notice = ["INCOMPLETE: a_b.yaml could not be read".to_owned()];
        let of = |file| fill(file, "text", &json!({}), &notice).unwrap();
        assert_eq!(of("c.txt"), "INCOMPLETE: a_b.yaml could not be read\ntext");
        assert!(of("c.md").starts_with("> **INCOMPLETE: a\\_b.yaml"));
        assert!(of("c.html").starts_with("<p role=\"alert\"><strong>INCOMPLETE: a_b.yaml"));
    }
}
