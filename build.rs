//! Tells the program which commit it is built from, where it is built in a clone of its repository.
//! A package, a vendored copy or a machine without git builds as well, and says nothing of it. And has an
//! optimised program linked so that it starts fast.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = commit().map_or(String::new(), |commit| format!(" ({commit})"));
    println!("cargo::rustc-env=PLAN_COMMIT={commit}");
    start_fast();
}

/// On Linux with the GNU C library: at fixed addresses, so that twenty thousand of them need not be put right
/// at every start, and with functions of libraries looked up when they are first called. Most of what a
/// command on one board takes is its start.
fn start_fast() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|own| own == value);
    if is("PROFILE", "release")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
    {
        for argument in ["-no-pie", "-Wl,-z,lazy"] {
            println!("cargo::rustc-link-arg-bins={argument}");
        }
    }
}

fn commit() -> Option<String> {
    // A copy inside another repository must not take that one's commit for its own.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().ok()?;
    let top = Path::new(&git(&["rev-parse", "--show-toplevel"])?)
        .canonicalize()
        .ok()?;
    if own != top {
        return None;
    }
    // HEAD names a branch, whose file moves; packed branches stand in one file together.
    let branch = git(&["symbolic-ref", "--quiet", "HEAD"]);
    for name in ["HEAD", "packed-refs"].into_iter().chain(branch.as_deref()) {
        if let Some(file) = git(&["rev-parse", "--git-path", name])
            && Path::new(&file).exists()
        {
            println!("cargo::rerun-if-changed={file}");
        }
    }
    git(&["rev-parse", "--short=9", "HEAD"])
}

/// What git says in the crate's folder, if it is there and content.
fn git(arguments: &[&str]) -> Option<String> {
    let git = Command::new("git")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .ok()?;
    let said = String::from_utf8(git.stdout).ok()?;
    let said = said.trim();
    (git.status.success() && !said.is_empty()).then(|| said.to_owned())
}
