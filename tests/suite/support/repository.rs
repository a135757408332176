//! A repository that the real `git` makes in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Estate, Said, run_in};

/// A repository whose working tree holds a `plans` folder.
pub struct Repository {
    pub estate: Estate,
}

impl Repository {
    /// A repository of these files below `plans`, committed on the branch `main`.
    pub fn of(files: &[(&str, &str)]) -> Repository {
        let repository = Repository {
            estate: Estate::of(files),
        };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit("The plan as adopted", "2017-09-06T10:00:00+01:00");
        repository
    }

    pub fn path(&self) -> &Path {
        self.estate.dir.path()
    }

    /// Runs the real git, with no settings but its own; gives what it said.
    pub fn git(&self, arguments: &[&str]) -> String {
        git_in(self.path(), arguments, "2018-05-01T10:00:00+01:00")
    }

    /// Commits all that is there, on a day; gives the commit.
    pub fn commit(&self, message: &str, date: &str) -> String {
        git_in(self.path(), &["add", "-A"], date);
        let commit = ["commit", "-q", "--allow-empty", "-m", message];
        git_in(self.path(), &commit, date);
        self.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        run_in(self.path(), arguments)
    }

    /// Replaces a text that stands once in a file below `plans`.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.estate.read(path);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {path}");
        self.estate.write(path, &text.replacen(old, new, 1));
    }

    /// The line (from 1) of a file below `plans` that holds a text first.
    pub fn line(&self, path: &str, needle: &str) -> u64 {
        let text = self.estate.read(path);
        let line = text.lines().position(|line| line.contains(needle));
        line.unwrap_or_else(|| panic!("{needle:?} in {path}")) as u64 + 1
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.estate.plans().join(path)).expect("a file to remove");
    }

    /// The findings of `plan validate --against REV` whose rule is about changes or allowances, as
    /// rule, file and line.
    pub fn against(&self, revision: &str) -> Vec<(String, String, u64)> {
        let answer = self.estate.json(&["validate", "--against", revision]);
        let findings = answer["findings"].as_array().expect("findings").iter();
        let word = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        findings
            .map(|f| {
                (
                    word(&f["rule"]),
                    word(&f["file"]),
                    f["line"].as_u64().unwrap(),
                )
            })
            .filter(|(rule, ..)| CHANGES.contains(&rule.as_str()))
            .collect()
    }
}

const CHANGES: [&str; 6] = [
    "baseline-changed",
    "action-removed",
    "update-rewritten",
    "update-backdated",
    "id-reused",
    "bad-allowance",
];

/// Runs the real git in a folder at a time, with no settings but its own.
pub fn git_in(folder: &Path, arguments: &[&str], date: &str) -> String {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Business Manager")
        .env("GIT_AUTHOR_EMAIL", "manager@example.org")
        .env("GIT_COMMITTER_NAME", "Business Manager")
        .env("GIT_COMMITTER_EMAIL", "manager@example.org")
        .env("GIT_AUTHOR_DATE", date)
        .env("GIT_COMMITTER_DATE", date)
        .output()
        .expect("git is installed");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let problem = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {said}{problem}");
    said
}

/// The folder that a repository is cloned to: beside nothing else.
pub fn clone(from: &Path, to: &Path, options: &[&str]) -> PathBuf {
    let url = format!("file://{}", from.display());
    let to_text = to.display().to_string();
    let arguments = [&["clone", "-q"], options, &[&url, &to_text]].concat();
    git_in(from, &arguments, "2018-05-01T10:00:00+01:00");
    to.to_owned()
}
