//! A sparse checkout has some files of the commit and not others. A board without them is not the board.

use std::fs;
use std::path::Path;

use crate::git::{PathKind, Repository, Revision};

use super::files::{FileRefusal, FoundFile};

/// The YAML files that the commit has below an estate's folder and a sparse checkout has left out.
pub fn left_out(root: &Path) -> Vec<FoundFile> {
    if !is_sparse(root) {
        return Vec::new();
    }
    let commit = Repository::holding(root).and_then(|repository| repository.revision("HEAD"));
    let mut keys = Vec::new();
    if let Ok(revision) = commit {
        collect(&revision, "", &mut keys);
    }
    keys.retain(|key| fs::symlink_metadata(root.join(key)).is_err());
    let found = keys.into_iter().map(|key| FoundFile {
        key,
        refusal: Some(FileRefusal::LeftOut),
    });
    found.collect()
}

/// Whether the folder stands in a working tree that has such a list, and heeds it.
fn is_sparse(root: &Path) -> bool {
    let Ok(real) = root.canonicalize() else {
        return false;
    };
    let Some(git) = real
        .ancestors()
        .map(|folder| folder.join(".git"))
        .find(|git| git.exists())
    else {
        return false;
    };
    let heeds = |config: &str| {
        let text = fs::read_to_string(git.join(config)).unwrap_or_default();
        text.to_lowercase()
            .replace([' ', '\t'], "")
            .contains("sparsecheckout=true")
    };
    git.join("info/sparse-checkout").is_file() && (heeds("config.worktree") || heeds("config"))
}

fn collect(revision: &Revision, folder: &str, keys: &mut Vec<String>) {
    for (name, kind) in revision.list(folder) {
        let is_yaml = [".yaml", ".yml"]
            .iter()
            .any(|ending| name.to_lowercase().ends_with(ending));
        let key = if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        };
        match kind {
            PathKind::Folder => collect(revision, &key, keys),
            PathKind::File if is_yaml => keys.push(key),
            _ => {}
        }
    }
}
