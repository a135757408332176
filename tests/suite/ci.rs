//! What continuous integration is given: the hooks of pre-commit, the action, the examples.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::repository::Repository;
use crate::support::{Estate, repository};
use serde_yaml::Value;
use tempfile::TempDir;

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(repository().join(path)).expect(path);
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_hooks_of_pre_commit_run_what_the_program_knows() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    let board = Repository::of(&[("b/plan.yaml", "plan: P\nperiod: 2017-19\npriorities: []\n")]);
    for hook in hooks {
        let entry = hook["entry"].as_str().unwrap();
        let command = entry.split('\'').nth(1).unwrap();
        let command = command.split(" || ").next().unwrap();
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let said = board.run(&arguments);
        assert_eq!(said.code, 0, "{entry}: {said:?}");
        // One that fails says which program it was.
        assert!(
            entry.ends_with("plan --version; exit $failed; }'"),
            "{entry}"
        );
        let id = hook["id"].as_str().unwrap();
        let language = hook["language"].as_str().unwrap();
        let expected = if id.ends_with("-installed") {
            "system"
        } else {
            "rust"
        };
        assert_eq!(language, expected, "{id}");
    }
    assert_eq!(hooks.len(), 4);
}

/// A release with an archive for Linux, whose `plan` is a script, and a `cargo` that builds another one.
struct Release {
    folder: TempDir,
}

impl Release {
    const NAME: &'static str = "plan-x86_64-unknown-linux-gnu";

    fn new() -> Release {
        let folder = TempDir::new().unwrap();
        let at = folder.path();
        let script = |path: &Path, text: &str| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        };
        script(
            &at.join(Self::NAME).join("plan"),
            "#!/bin/sh\necho released\n",
        );
        let built = "#!/bin/sh\nmkdir -p $4/bin\nprintf '#!/bin/sh\\necho built\\n' > $4/bin/plan\nchmod +x $4/bin/plan\n";
        script(&at.join("tools/cargo"), built);
        let pack = format!(
            "tar -czf {0}.tar.gz {0} && sha256sum {0}.tar.gz > SHA256SUMS",
            Self::NAME
        );
        let done = Command::new("bash")
            .args(["-c", &pack])
            .current_dir(at)
            .status();
        assert!(done.unwrap().success());
        Release { folder }
    }

    /// What the action's script says, and whether it ends well.
    fn install(&self, releases: &str, architecture: &str) -> (bool, String) {
        let at = self.folder.path();
        let path = std::env::var("PATH").unwrap();
        let done = Command::new("bash")
            .arg(repository().join(".github/actions/plan/install.sh"))
            .env("PATH", format!("{}:{path}", at.join("tools").display()))
            .env("TO", at.join("installed"))
            .env("RELEASES", releases)
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", architecture)
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8(said).unwrap())
    }
}

#[test]
fn the_action_takes_a_releases_archive_only_with_its_checksum_and_builds_where_there_is_none() {
    let release = Release::new();
    let at = release.folder.path();
    let here = format!("file://{}", at.display());
    let (done, said) = release.install(&here, "X64");
    assert!(done && said.contains("released"), "{said}");
    // For another machine, or another tag, it is built.
    for (address, architecture) in [(&*here, "RISCV"), ("file:///nowhere", "X64")] {
        let (done, said) = release.install(address, architecture);
        assert!(done && said.contains("built"), "{said}");
    }
    // What was changed on its way is not installed, and not built around.
    fs::remove_dir_all(at.join("installed")).unwrap();
    let archive = at.join(format!("{}.tar.gz", Release::NAME));
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    let (done, said) = release.install(&here, "X64");
    assert!(
        !done && said.contains("is not what SHA256SUMS beside it says"),
        "{said}"
    );
    assert!(!at.join("installed").exists());
    fs::write(at.join("SHA256SUMS"), "").unwrap();
    assert!(!release.install(&here, "X64").0);
}

#[test]
fn the_examples_and_the_action_are_yaml_and_name_what_exists() {
    let action = yaml(".github/actions/plan/action.yml");
    assert_eq!(action["runs"]["using"], Value::from("composite"));
    let inputs = action["inputs"].as_mapping().unwrap();
    for (file, job) in [("github-pull-request", "plan"), ("github-pages", "site")] {
        let workflow = yaml(&format!(".github/workflows-examples/{file}.yml"));
        let steps = workflow["jobs"][job]["steps"].as_sequence().unwrap();
        let own = steps.iter().find(|step| {
            let uses = step["uses"].as_str();
            uses.is_some_and(|uses| uses.contains("/.github/actions/plan@"))
        });
        for (name, _) in own.unwrap()["with"].as_mapping().unwrap() {
            assert!(
                inputs.contains_key(name),
                "{name:?} is no input of the action"
            );
        }
    }
    yaml(".github/workflows-examples/gitlab.yml");
}

#[test]
fn no_script_of_the_action_holds_a_text_that_a_pull_request_chooses() {
    // What GitHub puts into a script before a shell reads it can be a command; the environment cannot.
    let action = yaml(".github/actions/plan/action.yml");
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("${{"), "{script}");
    }
}

/// A `gh` that writes down what it is asked, and knows one comment if a file says so.
fn gh(folder: &Path) {
    let script = "#!/bin/sh\nfor a in \"$@\"; do case $a in body=@*) cp \"${a#body=@}\" \"$LOG.body\";; esac; done\n\
                  echo \"$*\" >> \"$LOG\"\ncase $* in *--paginate*) cat \"$LOG.known\" 2>/dev/null;; esac\nexit 0\n";
    let path = folder.join("gh");
    fs::write(&path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_comment_of_a_pull_request_is_written_once_and_then_anew() {
    let plan = "plan: P\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: A\n    actions:\n      - {id: 1.1, action: Old}\n";
    let board = Repository::of(&[("b/plan.yaml", plan)]);
    board.edit("b/plan.yaml", "action: Old", "action: New");
    let tools = TempDir::new().unwrap();
    gh(tools.path());
    let log = tools.path().join("log");
    let path = format!(
        "{}:{}",
        tools.path().display(),
        std::env::var("PATH").unwrap()
    );
    let run = || {
        let done = Command::new("bash")
            .arg(repository().join(".github/actions/plan/comment.sh"))
            .current_dir(board.path())
            .env("PATH", &path)
            .env("LOG", &log)
            .env("PLAN", env!("CARGO_BIN_EXE_plan"))
            .env("AGAINST", "HEAD")
            .env("REPOSITORY", "o/r")
            .env("NUMBER", "7")
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        fs::read_to_string(&log).unwrap()
    };
    let asked = run();
    assert!(
        asked.contains("--method POST repos/o/r/issues/7/comments"),
        "{asked}"
    );
    let body = fs::read_to_string(tools.path().join("log.body")).unwrap();
    assert!(
        body.starts_with("<!-- plan diff -->\n# What changed from HEAD"),
        "{body}"
    );
    assert!(body.contains(r"\[-Old-\]{+New+}"), "{body}");
    fs::write(tools.path().join("log.known"), "41\n42\n").unwrap();
    let asked = run();
    assert!(
        asked.contains("--method PATCH repos/o/r/issues/comments/41"),
        "{asked}"
    );
}

#[test]
fn nothing_to_compare_posts_nothing() {
    let board = Estate::of(&[]);
    let tools = TempDir::new().unwrap();
    gh(tools.path());
    let done = Command::new("bash")
        .arg(repository().join(".github/actions/plan/comment.sh"))
        .current_dir(board.dir.path())
        .env("LOG", tools.path().join("log"))
        .env("PLAN", env!("CARGO_BIN_EXE_plan"))
        .env("AGAINST", "HEAD")
        .env("REPOSITORY", "o/r")
        .env("NUMBER", "7")
        .output()
        .unwrap();
    assert!(!done.status.success());
    assert!(!tools.path().join("log").exists());
}
