//! `plan validate --fix`: the findings' own suggestions, as patches of their files.

use std::collections::BTreeMap;

use anyhow::anyhow;

use super::unified::unified;
use super::{scope, writing};
use crate::document::visible;
use crate::edit::{self, Patch, Replacement, Unwritten};
use crate::estate::Reading;
use crate::finding::Placed;
use crate::world::World;

/// A file as it was when it was judged.
pub struct JudgedFile {
    /// The folder of its board, and its own path, from the estate.
    home: String,
    key: String,
    /// As messages show it.
    path: String,
    text: String,
}

/// A file before and after its patches.
pub struct Fixed<'j> {
    judged: &'j JudgedFile,
    after: String,
    count: usize,
}

impl JudgedFile {
    /// The files of a board that findings have a suggestion for.
    pub fn with_fixes(reading: &Reading, findings: &[Placed]) -> Vec<JudgedFile> {
        let has_fix = |path: &str| {
            let mut with_fix = findings.iter().filter(|finding| finding.fix.is_some());
            with_fix.any(|finding| *finding.place.path == *path)
        };
        let files = reading.sources.iter().map(|(_, source)| source);
        let files = files.filter(|source| has_fix(&source.path));
        files
            .map(|source| JudgedFile {
                home: reading.home.clone(),
                key: source.key.clone(),
                path: source.path.to_string(),
                text: source.text.clone(),
            })
            .collect()
    }
}

/// Applies the fixes of findings to the very texts that were judged; nothing is written yet.
pub fn files<'j>(findings: &[Placed], judged: &'j [JudgedFile]) -> anyhow::Result<Vec<Fixed<'j>>> {
    let mut patches: BTreeMap<&str, Vec<Patch>> = BTreeMap::new();
    for finding in findings {
        if let Some(fix) = &finding.fix {
            let patch = Patch {
                range: fix.at.start as usize..fix.at.end as usize,
                text: fix.text.clone(),
            };
            let of_file = patches.entry(&finding.place.path).or_default();
            // Two rules may suggest the same.
            if !of_file.contains(&patch) {
                of_file.push(patch);
            }
        }
    }
    let to_mend = |judged: &'j JudgedFile| Some((judged, patches.get(judged.path.as_str())?));
    let fixed = judged.iter().filter_map(to_mend).map(|(judged, patches)| {
        let after = edit::apply(&judged.text, patches).map_err(|_| {
            anyhow!(
                "two suggestions for {} overlap; mend one by hand",
                judged.path
            )
        })?;
        Ok(Fixed {
            judged,
            after,
            count: patches.len(),
        })
    });
    fixed.collect()
}

/// What would change, as a unified diff.
pub fn diff(fixed: &[Fixed<'_>]) -> String {
    if fixed.is_empty() {
        return "Nothing to mend.\n".into();
    }
    let diffs = fixed
        .iter()
        .map(|file| unified(&file.judged.path, Some(&file.judged.text), &file.after));
    diffs.collect()
}

/// Writes the files, those of a board all or none, and says so. Gives whether all are written: one that is
/// not any more what was judged must be judged again.
pub fn write(
    fixed: &[Fixed<'_>],
    root: &scope::Root,
    quiet: bool,
    world: &mut World,
) -> anyhow::Result<bool> {
    let mut boards: BTreeMap<&str, Vec<&Fixed>> = BTreeMap::new();
    for file in fixed {
        boards.entry(&file.judged.home).or_default().push(file);
    }
    for (home, files) in boards {
        let folder = root.path.join(home);
        let mut lock = writing::lock(&folder, &folder.display().to_string())?;
        let new: Vec<Replacement> = files.iter().map(|file| file.replacement(root)).collect();
        match writing::replace(&mut lock, &new, world) {
            Ok(()) => {}
            Err(error) if matches!(error.downcast_ref(), Some(Unwritten::Changed(_))) => {
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        for file in files.iter().filter(|_| !quiet) {
            let places = if file.count == 1 {
                "1 place".to_owned()
            } else {
                format!("{} places", file.count)
            };
            // That it cannot be said must not look as if nothing had been mended.
            let _ = writeln!(
                world.stderr,
                "mended {places} in {}",
                visible(&file.judged.path)
            );
        }
    }
    Ok(true)
}

impl Fixed<'_> {
    fn replacement(&self, root: &scope::Root) -> Replacement {
        Replacement {
            path: root.path.join(&self.judged.key),
            shown: self.judged.path.clone(),
            before: Some(self.judged.text.clone().into_bytes()),
            after: self.after.clone(),
        }
    }
}
