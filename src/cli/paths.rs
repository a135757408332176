//! Paths as services that look at a repository match them: from its root, whatever the folder in which the
//! command ran, and however `--plans` was typed.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::finding::Placed;
use crate::world::World;

/// Names the files of findings, and those that could not be read, from the root of their repository; what
/// lies outside it, as a `file:` address.
pub fn from_repository(findings: &mut [Placed], unread: &mut [String], world: &World) {
    let roots = Roots::new(world);
    let mut known: HashMap<Arc<str>, Arc<str>> = HashMap::new();
    let mut rename = |path: &mut Arc<str>| {
        let named = known
            .entry(path.clone())
            .or_insert_with(|| roots.named(path).into());
        *path = named.clone();
    };
    for finding in findings {
        rename(&mut finding.place.path);
        finding
            .related
            .iter_mut()
            .for_each(|(place, _)| rename(&mut place.path));
    }
    for file in unread {
        *file = roots.named(file);
    }
}

struct Roots {
    directory: PathBuf,
    /// Where the service has its copy of the repository, for files in none; else where the command runs.
    workspace: PathBuf,
}

impl Roots {
    fn new(world: &World) -> Roots {
        let workspace = (world.environment)("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty());
        Roots {
            directory: world.directory.clone(),
            workspace: real(workspace.as_deref().map_or(&world.directory, Path::new)),
        }
    }

    fn named(&self, path: &str) -> String {
        let file = real(&self.directory.join(path));
        let repository = file
            .ancestors()
            .skip(1)
            .find(|folder| folder.join(".git").exists());
        let inside = file
            .strip_prefix(repository.unwrap_or(&self.workspace))
            .ok();
        let slashes = |path: &Path| path.to_string_lossy().replace('\\', "/");
        match inside {
            Some(inside) => slashes(inside),
            None => format!("file:///{}", slashes(&file).trim_start_matches('/')),
        }
    }
}

/// A path without links, `.` and `..`, as far as it is there; what is not, without these in letters alone.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|folder| {
        let real = folder.canonicalize().ok()?;
        Some((real, path.strip_prefix(folder).ok()?))
    });
    let (mut real, rest) = there.unwrap_or((PathBuf::new(), path));
    for part in rest.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
    }
    real
}
