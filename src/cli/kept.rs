//! What an answer is never written over, because nothing makes it again: a file of the estate,
//! performance data, a form that holds a group's answers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::{Globals, scope};
use crate::estate::Estate;
use crate::form;
use crate::plan;
use crate::world::World;

/// The largest file that is looked into, in bytes; what is larger is no form, and no data of a board.
const LARGEST: u64 = 64 << 20;

/// Refuses to write an answer to a file that holds what only people could write again.
pub fn refuse(file: &Path, globals: &Globals, world: &World) -> anyhow::Result<()> {
    let path = world.directory.join(file);
    let shown = file.display();
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    if ending == "yaml" || ending == "yml" {
        bail!("{shown} is the name of a plan file; an answer is not written over it");
    }
    let Some(bytes) = read(&path) else {
        return Ok(());
    };
    if plan::has_heading(&String::from_utf8_lossy(&bytes))
        || is_data_of_a_board(&path, globals, world)
    {
        bail!("{shown} holds performance data; an answer is not written over it");
    }
    if form::read(&bytes, &shown.to_string()).is_ok_and(|form| form.is_marked() && !form.is_blank())
    {
        bail!("{}", holds_answers(file));
    }
    Ok(())
}

/// Refuses to write a form over anything but a form that is still blank: what came back may have lost all
/// that tells it from another table.
pub fn refuse_form(file: &Path, world: &World) -> anyhow::Result<()> {
    let Some(bytes) = read(&world.directory.join(file)) else {
        return Ok(());
    };
    match form::read(&bytes, &file.display().to_string()) {
        Ok(form) if form.is_blank() => Ok(()),
        Ok(_) => bail!("{}", holds_answers(file)),
        Err(_) => bail!(
            "{} is there already and is no blank form; name another file, or delete it",
            file.display()
        ),
    }
}

fn holds_answers(file: &Path) -> String {
    let file = file.display();
    format!(
        "{file} is a form with answers in it, which nothing is written over; record it first with `plan update \
         --from {file}`, or name another file"
    )
}

/// A file's bytes, where there is one that can be looked into.
fn read(path: &Path) -> Option<Vec<u8>> {
    let meta = fs::metadata(path).ok()?;
    (meta.is_file() && meta.len() <= LARGEST).then_some(())?;
    fs::read(path).ok()
}

/// Whether an indicator of any board here takes its values from a file.
fn is_data_of_a_board(path: &Path, globals: &Globals, world: &World) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let (Some(file), Ok(root)) = (real(path), scope::root(globals, world)) else {
        return false;
    };
    if !real(&root.path).is_some_and(|folder| file.starts_with(folder)) {
        return false;
    }
    let Ok(estate) = Estate::open(&root.path, &root.shown) else {
        return false;
    };
    let named = estate.each(|reading| -> Vec<PathBuf> {
        let indicators = reading.board.plans.iter().flat_map(|plan| &plan.indicators);
        let data = indicators.filter_map(|indicator| indicator.data.as_ref());
        data.map(|data| {
            let key = &reading.sources.get(data.at.file).key;
            let folder = key.rsplit_once('/').map_or("", |(folder, _)| folder);
            root.path.join(folder).join(data.as_str())
        })
        .collect()
    });
    named
        .iter()
        .flatten()
        .any(|data| real(data).as_ref() == Some(&file))
}
