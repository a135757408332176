//! Asks for an entry field by field, where somebody sits at the terminal.

use std::io::ErrorKind;

use anyhow::bail;

use super::drafting::{draft, says_something};
use super::entry_options::TypedFields;
use super::{Globals, output};
use crate::calendar::Day;
use crate::document::visible;
use crate::estate::Reading;
use crate::plan::fields::{ENTRY, Field, FieldKind};
use crate::render::terminal::render;
use crate::report::Envelope;
use crate::report::show::{ActionInFull, InBrief};
use crate::select::{Filter, select};
use crate::standing::judge;
use crate::world::World;

/// Fields that say what an entry is about, or whom it is shown to: they stand on the command line.
const ABOUT: [&str; 5] = ["action", "objective", "priority", "plan", "internal"];

/// What is asked about.
pub struct Asking<'r> {
    pub reading: &'r Reading,
    pub plan: &'r str,
    pub day: Day,
}

impl Asking<'_> {
    /// Shows the actions and their last reports, then asks for each field; Enter leaves it out.
    ///
    /// Nothing where whoever is asked gives up (`q`, or the end of input).
    pub fn all(
        &self,
        given: TypedFields,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<Option<TypedFields>> {
        self.show(&given, globals, world)?;
        writeln!(world.stderr, "\nEnter leaves a field out; q gives up.\n")?;
        let mut given = given;
        for field in ENTRY.fields {
            let known = given.iter().any(|(name, _)| *name == field.name);
            if ABOUT.contains(&field.name) || known {
                continue;
            }
            match self.field(field, &given, world)? {
                None => return Ok(None),
                Some(words) if words.is_empty() => {}
                Some(words) => given.push((field.name, words)),
            }
        }
        if !given.iter().any(|(name, _)| says_something(name)) {
            return Ok(None);
        }
        Ok(Some(given))
    }

    /// Asks for one field again, by its name; nothing where nobody wants to.
    pub fn again(
        &self,
        given: TypedFields,
        world: &mut World,
    ) -> anyhow::Result<Option<TypedFields>> {
        loop {
            let names = "which field shall be another? (Enter gives up): ";
            let Some(name) = line(names, world)?.filter(|name| !name.is_empty()) else {
                return Ok(None);
            };
            let field = ENTRY.fields.iter().find(|field| field.name == name);
            let Some(field) = field.filter(|field| !ABOUT.contains(&field.name)) else {
                writeln!(world.stderr, "  an entry has no field `{}`", visible(&name))?;
                continue;
            };
            let mut others = given.clone();
            others.retain(|(name, _)| *name != field.name);
            let Some(words) = self.field(field, &others, world)? else {
                return Ok(None);
            };
            if !words.is_empty() {
                others.push((field.name, words));
            }
            return Ok(Some(others));
        }
    }

    /// Asks for one field until the answer can be taken; of several values, one on each line.
    fn field(
        &self,
        field: &'static Field,
        given: &TypedFields,
        world: &mut World,
    ) -> anyhow::Result<Option<Vec<String>>> {
        let several = matches!(field.kind, FieldKind::Evidence | FieldKind::Groups);
        let mut words = Vec::new();
        loop {
            let question = match (field.name, words.is_empty()) {
                ("date", _) => format!("date, {} [{}]: ", field.help, self.day),
                (name, true) => format!("{name}, {}: ", field.help),
                (name, false) => format!("{name}, another: "),
            };
            let Some(answer) = line(&question, world)? else {
                return Ok(None);
            };
            if answer.is_empty() {
                return Ok(Some(words));
            }
            let mut tried = given.clone();
            tried.push((field.name, vec![answer.clone()]));
            match draft(&tried, self.plan, &self.reading.board, self.day) {
                Err(error) => writeln!(world.stderr, "  {}", visible(&reason(&error)))?,
                Ok(_) => {
                    words.push(answer);
                    if !several {
                        return Ok(Some(words));
                    }
                }
            }
        }
    }

    fn show(
        &self,
        given: &TypedFields,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let board = &self.reading.board;
        let standing = judge(board, self.day);
        let filter = Filter {
            plan: Some(self.plan.to_owned()),
            ..Filter::default()
        };
        let ids = given.iter().find(|(name, _)| *name == "action");
        let ids: Vec<String> = ids.map(|(_, words)| words.clone()).unwrap_or_default();
        let rows = select(board, &standing, &filter);
        let named = rows.iter().filter(|row| {
            let milestones = row.action.milestones.iter().map(|milestone| &milestone.id);
            let mut its_ids = std::iter::once(&row.action.id).chain(milestones);
            its_ids.any(|id| {
                ids.iter()
                    .any(|asked| asked.split([',', ' ']).any(|asked| asked == id.as_str()))
            })
        });
        let actions = named.map(|row| ActionInFull::of(row, &self.reading.sources, self.day));
        let brief = InBrief(actions.collect());
        let paper = Envelope::new("action", self.day, Vec::new(), brief);
        let page = render(
            &paper.document(InBrief::lay_out),
            output::terminal(globals, world),
        );
        world.stderr.write_all(page.as_bytes())?;
        Ok(())
    }
}

/// An error without what the command adds at its end.
fn reason(error: &anyhow::Error) -> String {
    let words = format!("{error:#}");
    words.trim_end_matches("; nothing was recorded").to_owned()
}

/// Asks whether to go on; only a yes is one.
pub fn agrees(question: &str, world: &mut World) -> anyhow::Result<bool> {
    let answer = line(question, world)?.unwrap_or_default().to_lowercase();
    Ok(["y", "yes"].contains(&answer.as_str()))
}

/// Asks until the answer can be read; Enter takes what is suggested. Errors: `q` or the end of input, with
/// what is missing.
pub fn until<T>(
    question: &str,
    suggested: Option<T>,
    read: impl Fn(&str) -> Result<T, String>,
    missing: &impl std::fmt::Display,
    world: &mut World,
) -> anyhow::Result<T> {
    loop {
        let Some(answer) = line(question, world)? else {
            bail!("{missing}");
        };
        if answer.is_empty() {
            match suggested {
                Some(suggested) => return Ok(suggested),
                None => continue,
            }
        }
        match read(&answer) {
            Ok(given) => return Ok(given),
            Err(why) => writeln!(world.stderr, "  {}", visible(&why))?,
        }
    }
}

/// One line of an answer; nothing where whoever is asked gives up.
pub fn line(question: &str, world: &mut World) -> anyhow::Result<Option<String>> {
    write!(world.stderr, "{question}")?;
    world.stderr.flush()?;
    let mut answer = String::new();
    match world.stdin.read_line(&mut answer) {
        Ok(0) => {
            writeln!(world.stderr)?;
            return Ok(None);
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::InvalidData => bail!("what was typed is not text"),
        Err(error) => return Err(error.into()),
    }
    let answer = answer.trim();
    Ok((answer != "q").then(|| answer.to_owned()))
}
