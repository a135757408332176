//! What a revision is called.

use gix::ObjectId;
use gix::bstr::ByteSlice;

use super::object::{Result, Unavailable, ask};
use crate::finding::nearest;

/// The commit that a name stands for.
pub(super) fn commit_of(git: &gix::Repository, name: &str) -> Result<ObjectId> {
    if name.contains("..") {
        return Err(Unavailable(format!(
            "`{name}` names two revisions; write one here, or `plan diff A B` to compare two"
        )));
    }
    let find = || {
        let object = git.rev_parse_single(name).and_then(|id| id.object());
        let object = object.map_err(|error| unknown(git, name, &error.to_string()))?;
        let commit = object.peel_to_commit().map_err(|_| {
            Unavailable(format!(
                "`{name}` names no commit; write a branch, a tag or a commit, as `origin/main`"
            ))
        })?;
        Ok(commit.id)
    };
    ask(find)?
}

pub(super) fn shortened(git: &gix::Repository, id: ObjectId) -> String {
    let short = gix::prelude::ObjectIdExt::attach(id, git).shorten_or_id();
    short.to_string()
}

/// What to say of a revision that is not there.
fn unknown(git: &gix::Repository, name: &str, error: &str) -> Unavailable {
    if git.head().is_ok_and(|head| head.is_unborn()) {
        return Unavailable(format!(
            "there is no revision `{name}`: nothing was committed here yet"
        ));
    }
    if git.is_shallow().unwrap_or(false) {
        return Unavailable(format!(
            "this clone is shallow and does not have `{name}`; {}, or in CI check out with `fetch-depth: 0`",
            fetch(name)
        ));
    }
    let names: Vec<String> = git.references().ok().map_or_else(Vec::new, |references| {
        let all = references.all().ok().into_iter().flatten();
        let all = all.filter_map(std::result::Result::ok);
        all.map(|reference| reference.name().shorten().to_str_lossy().into_owned())
            .take(10_000)
            .collect()
    });
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if name.contains('/') => fetch(name),
        None => "write a branch, a tag or a commit, as `origin/main`, `v1` or `HEAD~2`".into(),
    };
    let plain = error
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let why = match git.try_find_reference(name) {
        Ok(Some(_)) | Err(_) => format!(" ({plain})"),
        Ok(None) => String::new(),
    };
    Unavailable(format!("git knows no revision `{name}`{why}; {help}"))
}

/// The command that fetches a revision.
fn fetch(name: &str) -> String {
    let is_hash = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.split_once('/') {
        Some((remote, branch)) if !branch.is_empty() && !name.contains(['~', '^', '@', ':']) => {
            format!(
                "fetch it with `git fetch --depth=1 {remote} {branch}:refs/remotes/{remote}/{branch}`"
            )
        }
        _ if is_hash => format!("fetch it with `git fetch --depth=1 origin {name}`"),
        _ => "fetch what it lacks with `git fetch --unshallow`".into(),
    }
}
