//! `plan validate --fix`: the findings' own suggestions, as patches of their files.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use similar::TextDiff;

use crate::document::visible;
use crate::edit::{self, Patch, Replacement};
use crate::finding::Placed;
use crate::world::World;

/// How long it waits for another writer.
const WAIT: Duration = Duration::from_secs(30);

/// A file before and after its patches.
pub struct Fixed {
    /// As messages show it.
    path: String,
    before: String,
    after: String,
    count: usize,
}

/// Applies the fixes of findings to the files' texts; nothing is written yet.
pub fn files(findings: &[Placed], world: &World) -> anyhow::Result<Vec<Fixed>> {
    let mut patches: BTreeMap<&str, Vec<Patch>> = BTreeMap::new();
    for finding in findings {
        if let Some(fix) = &finding.fix {
            let patch = Patch {
                range: fix.at.start as usize..fix.at.end as usize,
                text: fix.text.clone(),
            };
            let own = patches.entry(&finding.place.path).or_default();
            // Two rules may suggest the same.
            if !own.contains(&patch) {
                own.push(patch);
            }
        }
    }
    let fixed = patches.into_iter().map(|(path, patches)| {
        let before = fs::read_to_string(world.directory.join(path))
            .with_context(|| format!("{path} could not be read again"))?;
        let after = edit::apply(&before, &patches)
            .map_err(|_| anyhow!("two suggestions for {path} overlap; mend one by hand"))?;
        Ok(Fixed {
            path: path.to_owned(),
            before,
            after,
            count: patches.len(),
        })
    });
    fixed.collect()
}

/// What would change, as a unified diff.
pub fn diff(fixed: &[Fixed]) -> String {
    if fixed.is_empty() {
        return "Nothing to mend.\n".into();
    }
    let diffs = fixed
        .iter()
        .map(|file| unified(&file.path, Some(&file.before), &file.after));
    diffs.collect()
}

/// What changes in a file, as a unified diff; before is none where it is new.
pub fn unified(path: &str, before: Option<&str>, after: &str) -> String {
    let diff = TextDiff::from_lines(before.unwrap_or_default(), after);
    let old = before.map_or("/dev/null".into(), |_| format!("a/{path}"));
    let mut unified = diff.unified_diff();
    let text = unified.header(&old, &format!("b/{path}")).to_string();
    visible(&text.replace("\r\n", "\n")).into_owned()
}

/// Writes the files, each whole or not at all, and says so.
pub fn write(fixed: &[Fixed], quiet: bool, world: &mut World) -> anyhow::Result<()> {
    for file in fixed {
        let path = world.directory.join(&file.path);
        let folder = path.parent().unwrap_or(&world.directory);
        let lock = edit::lock(folder, WAIT)
            .map_err(|_| anyhow!("another program is writing to {}", folder.display()))?;
        let new = Replacement {
            shown: file.path.clone(),
            before: Some(file.before.clone()),
            after: file.after.clone(),
            path,
        };
        edit::replace(&[new], &lock).map_err(|error| anyhow!(error.0))?;
        if quiet {
            continue;
        }
        let places = match file.count {
            1 => "1 place".to_owned(),
            count => format!("{count} places"),
        };
        writeln!(world.stderr, "mended {places} in {}", visible(&file.path))?;
    }
    Ok(())
}
