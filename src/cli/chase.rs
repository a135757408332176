//! `plan chase`.

use anyhow::bail;

use super::gather::gather;
use super::group_forms::{filter, forms};
use super::output::{self, Exit};
use super::{Globals, kept, mailing, scope};
use crate::form::{self, Form};
use crate::render::Format;
use crate::report::Envelope;
use crate::report::chase::{BoardChase, Chase, ChaseRequest};
use crate::world::World;

/// What each group owes on the day of the board's next meeting: what is overdue, due by then, or
/// without a report in time
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan chase                               every group that will owe a report at the next meeting
  plan chase --by \"14 June 2018\"           on another day
  plan chase vemt                          one group
  plan chase vemt -O markdown              a letter to paste in a mail
  plan chase vemt -o form.xlsx             the form that the group fills in; also .docx and .csv
  plan chase --all -o forms/               a form and a letter for every group, and index.csv
  plan update --from form.xlsx             records a form that came back

An action that names a lead is its lead's to report on, else every owner's; of a group of groups, every
member's. Reports that are dated later than the day asked are not known yet.")]
pub struct Arguments {
    /// Only this group
    group: Option<String>,
    /// The day by which reports are asked for [default: the board's next meeting]
    #[arg(long, value_name = "DATE")]
    by: Option<String>,
    /// A form and a letter for every group that owes a report, and a list of them for a mail merge, in
    /// the folder that -o names; -O docx makes Word forms
    #[arg(long, conflicts_with = "group")]
    all: bool,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let by = arguments.by.as_deref().map(scope::when).transpose()?;
    if arguments.all {
        return mailing::write(by, globals, world);
    }
    let group = arguments.group.as_deref();
    if let Some(format) = form_format(globals, group)? {
        return write_form(format, group, globals, world);
    }
    let filter = filter(group, globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let known = filter.names(&reading.board).iter().any(|asked| asked.known);
        if group.is_some() && !known {
            return Ok(None);
        }
        let by = by.map(|by| by.for_board(&reading.board, day)).transpose()?;
        let request = ChaseRequest { day, group, by }.checked()?;
        reading.forget_after(day);
        Ok(Some(BoardChase::for_board(reading, &filter, request)))
    })?;
    let day = gathered.day()?;
    let boards = gathered.parts.into_iter().flatten().collect();
    let paper = Envelope::new("chase", day, gathered.unread, Chase { boards });
    let lay_out = match output::format(globals)? {
        Format::Markdown => Chase::letters,
        _ => Chase::lay_out,
    };
    output::write(&paper, lay_out, globals, world)?;
    Ok(output::exit(&paper))
}

/// The format of the form that is asked for: by the ending of a file.
fn form_format(
    globals: &Globals,
    group: Option<&str>,
) -> anyhow::Result<Option<&'static form::FormFormat>> {
    let Some(file) = &globals.output else {
        return Ok(None);
    };
    let name = file.to_string_lossy();
    let format = form::format_of(&name).filter(|_| globals.format.is_none());
    if format.is_some() && group.is_none() {
        bail!("a form is for one group; name it, as in `plan chase vemt -o {name}`");
    }
    Ok(format)
}

/// Writes the form of one group for one plan.
fn write_form(
    format: &form::FormFormat,
    group: Option<&str>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let asked = group.unwrap_or_default();
    let filter = filter(group, globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        Ok(forms(reading, day, &filter, asked))
    })?;
    let forms = gathered.parts.into_iter().flatten().collect();
    let form = only(forms, asked)?;
    if let Some(file) = gathered.unread.first() {
        bail!(
            "INCOMPLETE: {file} could not be read; no form is made until it can be: `plan validate` says why"
        );
    }
    if let Some(file) = &globals.output {
        kept::refuse_form(file, world)?;
    }
    output::write_bytes(&(format.write)(&form)?, globals, world)?;
    if !globals.quiet {
        let count = form.rows.len();
        writeln!(
            world.stderr,
            "form {} for {}: {count} to report on",
            form.id, form.group_name
        )?;
    }
    Ok(Exit::Done)
}

/// The one form that is meant.
fn only(mut forms: Vec<Form>, asked: &str) -> anyhow::Result<Form> {
    match forms.len() {
        0 => bail!("{asked} answers for no open action; there is nothing to fill in"),
        1 => Ok(forms.remove(0)),
        _ => {
            let plans = forms
                .iter()
                .map(|form| format!("{} of {}", form.plan, form.board));
            let plans: Vec<String> = plans.collect();
            bail!(
                "{asked} answers for open actions of several plans: {}; a form is for one, name it with --plan \
                 or --board",
                plans.join(", ")
            )
        }
    }
}
