//! `plan chase`.

use anyhow::bail;

use super::gather::gather;
use super::output::{self, Exit};
use super::{Globals, kept};
use crate::calendar::Day;
use crate::estate::Reading;
use crate::form::{self, Form};
use crate::render::Format;
use crate::report::Envelope;
use crate::report::brief::{Brief, Options, PlanBrief};
use crate::report::chase::{BoardChase, Chase};
use crate::select::{Filter, Row};
use crate::standing::{BoardStanding, judge};
use crate::world::World;

/// Who owes a report, by group: what is overdue, due before the next meeting, or not reported on in
/// time
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan chase                               every group that owes a report
  plan chase vemt                          one group
  plan chase vemt -O markdown              a letter to paste in a mail
  plan chase vemt -o form.xlsx             the form that the group fills in; also .docx and .csv
  plan update --from form.xlsx             records a form that came back

An action that names a lead is its lead's to report on, else every owner's; of a group of groups, every
member's.")]
pub struct Arguments {
    /// Only this group
    group: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let group = arguments.group.as_deref();
    if let Some(format) = form_format(globals, group)? {
        return write_form(format, group, globals, world);
    }
    let filter = filter(group, globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let known = filter.names(&reading.board).iter().any(|asked| asked.known);
        let chase = || board_chase(reading, day, group, &filter);
        Ok((group.is_none() || known).then(chase))
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
) -> anyhow::Result<Option<&'static form::Format>> {
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
    format: &form::Format,
    group: Option<&str>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let asked = group.unwrap_or_default();
    let filter = filter(group, globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let board = &reading.board;
        let id = BoardChase::group_of(board, asked);
        let (now, options) = (judge(board, day), Options::default());
        let forms = rows_by_plan(reading, &now, &filter, &options, asked);
        let forms: Vec<Form> = (forms.iter())
            .filter_map(|rows| Form::of(rows, id, day))
            .collect();
        Ok(forms)
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

fn filter(group: Option<&str>, globals: &Globals) -> Filter {
    Filter {
        plan: globals.plan.clone(),
        owners: group.map(str::to_owned).into_iter().collect(),
        ..Filter::default()
    }
}

/// The actions that a group answers for, by the plans of the day.
fn rows_by_plan<'b>(
    reading: &'b Reading,
    now: &'b BoardStanding<'b>,
    filter: &'b Filter,
    options: &'b Options,
    asked: &str,
) -> Vec<Vec<Row<'b>>> {
    let brief = Brief {
        reading,
        now,
        then: None,
        filter,
        options,
    };
    let plans = brief.current().into_iter();
    let own = |plan: PlanBrief<'b>| -> Vec<Row<'b>> {
        let rows = plan.rows.into_iter();
        rows.filter(|row| row.is_answered_by(asked)).collect()
    };
    plans.map(own).collect()
}

fn board_chase(reading: &Reading, day: Day, group: Option<&str>, filter: &Filter) -> BoardChase {
    let board = &reading.board;
    let now = judge(board, day);
    let brief = Brief {
        reading,
        now: &now,
        then: None,
        filter,
        options: &Options::default(),
    };
    let plans = brief.current();
    let rows: Vec<Row> = plans.into_iter().flat_map(|plan| plan.rows).collect();
    BoardChase::of(board, &rows, &reading.sources, day, group)
}
