//! `plan chase --all`: a form and a letter for every group that owes a report, and a list of them.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::gather::gather;
use super::group_forms::{filter, forms};
use super::output::Exit;
use super::scope::NamedDay;
use super::{Globals, writing};
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Document, Table, running};
use crate::estate::Reading;
use crate::form;
use crate::render::{self, Format};
use crate::report::chase::{BoardChase, ChaseRequest, GroupChase};
use crate::select::Filter;
use crate::words::{TakenNames, counted};
use crate::world::World;

/// A file of the mailing.
struct MailingFile {
    name: String,
    bytes: Vec<u8>,
}

/// What one group is sent: a row of the list.
struct Mail {
    board: String,
    group: String,
    name: String,
    contact: Option<String>,
    letter: String,
    forms: Vec<String>,
    /// The day by which its reports are asked for; none where its plans differ in it.
    return_by: Option<Day>,
    owed: usize,
    overdue: usize,
    returns: usize,
    last_return: Option<Day>,
}

/// The list, for a mail merge.
const INDEX: &[Col<Mail>] = &[
    running("board", |mail| Cell::text(&mail.board)),
    running("group", |mail| Cell::text(&mail.group)),
    running("name", |mail| Cell::text(&mail.name)),
    running("contact", |mail| Cell::maybe(mail.contact.as_ref())),
    running("letter", |mail| Cell::text(&mail.letter)),
    running("forms", |mail| Cell::text(mail.forms.join("; "))),
    running("return_by", |mail| Cell::day(mail.return_by)),
    running("owed", |mail| Cell::Number(mail.owed as i64)),
    running("overdue", |mail| Cell::Number(mail.overdue as i64)),
    running("returns", |mail| Cell::Number(mail.returns as i64)),
    running("last_return", |mail| Cell::day(mail.last_return)),
];

pub fn write(by: Option<NamedDay>, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let Some(folder) = globals.output.clone() else {
        bail!("name the folder for the forms and the letters, as in `plan chase --all -o forms/`");
    };
    let format = form_format(globals)?;
    let filter = filter(None, globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let by = by.map(|by| by.for_board(&reading.board, day)).transpose()?;
        let request = ChaseRequest {
            day,
            group: None,
            by,
        };
        reading.forget_after(day);
        board(reading, &filter, request.checked()?, format)
    })?;
    writing::refuse_incomplete(&gathered.unread)?;
    // Two boards may have groups of one name.
    let several = gathered.parts.len() > 1;
    let (mut mails, mut pieces) = (Vec::new(), Vec::new());
    for (mut mail, mut files) in gathered.parts.into_iter().flatten() {
        if several {
            let board = mail.board.clone();
            let inside = |name: &mut String| *name = format!("{board}-{name}");
            inside(&mut mail.letter);
            mail.forms.iter_mut().for_each(inside);
            files.iter_mut().for_each(|file| inside(&mut file.name));
        }
        pieces.extend(files);
        mails.push(mail);
    }
    if mails.is_empty() {
        writeln!(world.stderr, "nobody owes a report; nothing was written")?;
        return Ok(Exit::Done);
    }
    let mut index = Document::default();
    index.blocks.push(Block::Table(Table::new(INDEX, &mails)));
    pieces.push(MailingFile {
        name: "index.csv".into(),
        bytes: render::one_table(&index)?,
    });
    put(&world.directory.join(&folder), &pieces)
        .with_context(|| format!("{} could not be written", folder.display()))?;
    let shown = folder.display().to_string();
    let shown = shown.trim_end_matches(['/', '\\']);
    for mail in &mails {
        let files = [&mail.forms[..], std::slice::from_ref(&mail.letter)].concat();
        let owed = counted(mail.owed, "report");
        let files = files.join(", ");
        writeln!(world.stdout, "{}: {owed} owed · {files}", mail.name)?;
    }
    writeln!(
        world.stdout,
        "{} written to {shown}/index.csv",
        counted(mails.len(), "group")
    )?;
    Ok(Exit::Done)
}

/// The format of the forms: Excel, unless another is asked for.
fn form_format(globals: &Globals) -> anyhow::Result<&'static form::FormFormat> {
    let ending = match globals.format {
        None | Some(Format::Xlsx) => "xlsx",
        Some(Format::Docx) => "docx",
        Some(Format::Csv) => "csv",
        Some(_) => bail!("forms are made as xlsx, docx or csv; name one of these with -O"),
    };
    form::format_of(&format!(".{ending}"))
        .with_context(|| format!("no form is written as {ending}"))
}

/// What a board's groups are sent, and the files of each.
fn board(
    reading: &Reading,
    filter: &Filter,
    request: ChaseRequest,
    format: &form::FormFormat,
) -> anyhow::Result<Vec<(Mail, Vec<MailingFile>)>> {
    let chase = BoardChase::for_board(reading, filter, request);
    let named = chase.groups.iter();
    let named = named.filter_map(|group| Some((group, group.group.as_deref()?)));
    let mut slugs = TakenNames::default();
    named
        .map(|(group, id)| {
            // Ids that differ in signs alone ("a & b", "a b") are told apart by a number.
            let slug = slugs.free(crate::words::file_name(id));
            mail(
                &chase,
                group,
                (id, &slug),
                reading,
                filter,
                request.day,
                format,
            )
        })
        .collect()
}

/// A letter, and a form for each plan of which the group owes something. The group is given by its id,
/// and by what its files are called.
fn mail(
    chase: &BoardChase,
    group: &GroupChase,
    (id, slug): (&str, &str),
    reading: &Reading,
    filter: &Filter,
    day: Day,
    format: &form::FormFormat,
) -> anyhow::Result<(Mail, Vec<MailingFile>)> {
    let owes_in = |plan: &str| (group.actions.iter()).any(|owed| owed.item.facts.plan == plan);
    let owed = forms(reading, day, filter, id).into_iter();
    let owed: Vec<form::Form> = owed.filter(|form| owes_in(&form.plan)).collect();
    let mut files = Vec::new();
    for form in &owed {
        let name = match owed.len() {
            1 => format!("{slug}.{}", format.ending),
            _ => format!("{slug}-{}.{}", form.plan, format.ending),
        };
        files.push(MailingFile {
            name,
            bytes: (format.write)(form)?,
        });
    }
    let forms = files.iter().map(|piece| piece.name.clone()).collect();
    let mut letter = Document::default();
    chase.letter(group, &mut letter);
    let write = (Format::Docx.writer()).context("no letter is written")?;
    let name = format!("{slug}-letter.docx");
    files.push(MailingFile {
        name: name.clone(),
        bytes: write(&letter)?,
    });
    let mut ends = group.actions.iter().map(|owed| owed.due_by);
    let first = ends.next();
    let mail = Mail {
        board: chase.board.clone(),
        group: id.to_owned(),
        name: group.name.clone(),
        contact: group.contact.clone(),
        letter: name,
        forms,
        return_by: first.filter(|first| ends.all(|end| end == *first)),
        owed: group.counts.owed,
        overdue: group.counts.overdue,
        returns: group.returns,
        last_return: group.last_return,
    };
    Ok((mail, files))
}

/// Writes all files into a folder that is new or empty: all of them, or none.
fn put(folder: &Path, pieces: &[MailingFile]) -> anyhow::Result<()> {
    let is_empty = |folder: &Path| {
        let entries = fs::read_dir(folder);
        entries.is_ok_and(|mut entries| entries.next().is_none())
    };
    if folder.symlink_metadata().is_ok() {
        if !is_empty(folder) {
            bail!(
                "it is there already and is not an empty folder; forms that were filled in are never written \
                 over: name another, or empty it"
            );
        }
        fs::remove_dir(folder)?;
    }
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let scratch = tempfile::Builder::new()
        .prefix(".forms-")
        .tempdir_in(parent)?;
    for piece in pieces {
        // No group's form may take another's place.
        let file = fs::File::create_new(scratch.path().join(&piece.name));
        let mut file = file.with_context(|| format!("two of its files would be {}", piece.name))?;
        file.write_all(&piece.bytes)?;
    }
    let scratch = scratch.keep();
    open_to_others(&scratch)?;
    if let Err(error) = fs::rename(&scratch, folder) {
        let _ = fs::remove_dir_all(&scratch);
        return Err(error.into());
    }
    Ok(())
}

/// Gives a folder the mode of any other new one: a temporary one is its maker's alone.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> std::io::Result<()> {
    Ok(())
}
