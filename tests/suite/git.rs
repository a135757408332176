//! Repositories of every shape: each works, or says in a sentence why not; and nothing of a repository
//! ever runs.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::repository::{Repository, clone, git_in};
use crate::support::{Estate, run_in};
use tempfile::TempDir;

const NOW: &str = "2018-05-01T10:00:00+01:00";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
adopted: 2017-09-05
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
";

const BOARD: &str = "board: Example Board\ngroups:\n  vemt: {name: VEMT Subgroup}\n";

const REPORT: &str = "\
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: green, done: Half are trained., evidence: [VEMT Report]}
";

/// A board whose first commit has the plan, and whose second has a report.
fn example() -> Repository {
    let repository = Repository::of(&[("b/board.yaml", BOARD), ("b/plan.yaml", PLAN)]);
    repository.git(&["tag", "adopted"]);
    repository.estate.write("b/updates.yaml", REPORT);
    repository.commit("VEMT's return", "2018-01-17T09:00:00+00:00");
    repository
}

/// Moves a deadline in the working tree of a repository that stands in a folder.
fn break_plan(folder: &Path) {
    let path = folder.join("plans/b/plan.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text.replace("April 2018", "July 2018")).unwrap();
}

/// Asserts that the moved deadline is found against a revision.
#[track_caller]
fn finds(folder: &Path, revision: &str) {
    let said = run_in(folder, &["validate", "--against", revision]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("baseline-changed"), "{said:?}");
    assert!(said.out.contains("plans/b/plan.yaml:10:"), "{said:?}");
}

/// Asserts that it could not be compared, and that these words say why.
#[track_caller]
fn refuses(folder: &Path, arguments: &[&str], words: &[&str]) {
    let said = run_in(folder, arguments);
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(said.out, "");
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    for word in words {
        assert!(said.err.contains(word), "{word:?} in {}", said.err);
    }
}

#[test]
fn a_revision_is_spelt_in_any_way_that_git_knows() {
    let repository = example();
    let head = repository.git(&["rev-parse", "HEAD"]);
    break_plan(repository.path());
    let spellings = [
        "main",
        "HEAD",
        "@",
        "adopted",
        "HEAD~1",
        "HEAD^",
        "refs/heads/main",
        "main^{commit}",
    ];
    for revision in spellings.into_iter().chain([head.trim(), &head[..7]]) {
        finds(repository.path(), revision);
    }
    repository.git(&["tag", "-a", "v1", "-m", "annotated", "adopted"]);
    repository.git(&["pack-refs", "--all"]);
    repository.git(&["gc", "-q", "--prune=now"]);
    repository.git(&["checkout", "-q", "--detach"]);
    for revision in ["main", "v1", "HEAD", &head[..7]] {
        finds(repository.path(), revision);
    }
}

#[test]
fn a_revision_that_is_not_there_is_a_sentence() {
    let repository = example();
    let against = |revision: &'static str| ["validate", "--against", revision];
    refuses(
        repository.path(),
        &against("mian"),
        &["no revision `mian`", "did you mean `main`?"],
    );
    refuses(
        repository.path(),
        &against("origin/main"),
        &["git fetch", "origin main"],
    );
    refuses(
        repository.path(),
        &against("main:plans"),
        &["`main:plans` names no commit"],
    );
    refuses(
        repository.path(),
        &against("a...b"),
        &["`a...b` names two revisions"],
    );
    refuses(repository.path(), &against(""), &["no revision ``"]);
    refuses(
        repository.path(),
        &["diff", "adopted", "mian"],
        &["did you mean `main`?"],
    );
}

#[test]
fn a_shallow_clone_works_with_what_it_has_and_says_what_to_fetch() {
    let (repository, there) = (example(), TempDir::new().unwrap());
    repository.git(&["branch", "base", "adopted"]);
    let shallow = clone(repository.path(), &there.path().join("s"), &["--depth=1"]);
    break_plan(&shallow);
    finds(&shallow, "origin/main");
    refuses(
        &shallow,
        &["validate", "--against", "origin/base"],
        &[
            "this clone is shallow",
            "git fetch --depth=1 origin base:refs/remotes/origin/base",
            "fetch-depth: 0",
        ],
    );
    git_in(
        &shallow,
        &[
            "fetch",
            "-q",
            "--depth=1",
            "origin",
            "base:refs/remotes/origin/base",
        ],
        NOW,
    );
    finds(&shallow, "origin/base");
    refuses(
        &shallow,
        &["diff", "HEAD~1"],
        &["this clone is shallow", "git fetch --unshallow"],
    );
    let said = run_in(&shallow, &["show", "1.1", "--log"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out.contains("where this shallow clone begins"),
        "{}",
        said.out
    );
}

#[test]
fn a_worktree_a_submodule_and_a_sha256_repository_work() {
    let (repository, there) = (example(), TempDir::new().unwrap());
    let tree = there.path().join("tree");
    repository.git(&["worktree", "add", "-q", "--detach", tree.to_str().unwrap()]);
    break_plan(&tree);
    finds(&tree, "main");

    let outer = there.path().join("outer");
    fs::create_dir(&outer).unwrap();
    git_in(&outer, &["init", "-q"], NOW);
    let url = repository.path().to_str().unwrap();
    let add = [
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        url,
        "inner",
    ];
    git_in(&outer, &add, NOW);
    break_plan(&outer.join("inner"));
    finds(&outer.join("inner"), "origin/main");
    // Below an estate a submodule is somebody else's history, and that is said.
    fs::create_dir_all(outer.join("plans/own")).unwrap();
    fs::write(outer.join("plans/own/plan.yaml"), PLAN).unwrap();
    let add = [
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        url,
        "plans/theirs",
    ];
    git_in(&outer, &add, NOW);
    git_in(&outer, &["add", "-A"], NOW);
    git_in(&outer, &["commit", "-q", "-m", "both"], NOW);
    let said = run_in(&outer, &["validate", "--against", "HEAD"]);
    assert_eq!(
        said.err,
        "plans/theirs could not be read at HEAD: what changed in it is not known\n"
    );

    let sha256 = there.path().join("sha256");
    fs::create_dir(&sha256).unwrap();
    git_in(
        &sha256,
        &["init", "-q", "-b", "main", "--object-format=sha256"],
        NOW,
    );
    fs::create_dir_all(sha256.join("plans/b")).unwrap();
    fs::write(sha256.join("plans/b/board.yaml"), BOARD).unwrap();
    fs::write(sha256.join("plans/b/plan.yaml"), PLAN).unwrap();
    git_in(&sha256, &["add", "-A"], NOW);
    git_in(&sha256, &["commit", "-q", "-m", "plan"], NOW);
    break_plan(&sha256);
    finds(&sha256, "main");
}

#[test]
fn a_bare_repository_and_none_at_all_are_sentences() {
    let (repository, there) = (example(), TempDir::new().unwrap());
    let bare = clone(
        repository.path(),
        &there.path().join("bare.git"),
        &["--bare"],
    );
    fs::create_dir_all(bare.join("plans/b")).unwrap();
    fs::write(bare.join("plans/b/plan.yaml"), PLAN).unwrap();
    refuses(
        &bare,
        &["validate", "--against", "main"],
        &["without a working tree", "clone"],
    );

    let none = Estate::of(&[("b/board.yaml", BOARD), ("b/plan.yaml", PLAN)]);
    let folder = none.dir.path();
    refuses(
        folder,
        &["validate", "--against", "main"],
        &["plans is not in a git repository", "git init"],
    );
    refuses(
        folder,
        &["diff", "main"],
        &["plans is not in a git repository"],
    );
    refuses(
        folder,
        &["show", "1.1", "--log"],
        &["plans is not in a git repository"],
    );
    git_in(folder, &["init", "-q"], NOW);
    refuses(
        folder,
        &["validate", "--against", "HEAD"],
        &["nothing was committed here yet"],
    );
}

#[test]
fn a_repository_of_somebody_else_works_for_nothing_of_it_is_trusted() {
    let repository = example();
    break_plan(repository.path());
    let owner = std::os::unix::fs::chown(repository.path().join(".git"), Some(4321), Some(4321));
    if owner.is_err() {
        return; // Only the superuser can give a folder away.
    }
    std::os::unix::fs::chown(repository.path(), Some(4321), Some(4321)).unwrap();
    std::os::unix::fs::chown(
        repository.path().join(".git/config"),
        Some(4321),
        Some(4321),
    )
    .unwrap();
    finds(repository.path(), "main");
}

#[test]
fn refs_in_a_form_that_cannot_be_read_are_a_sentence() {
    let there = TempDir::new().unwrap();
    let init = std::process::Command::new("git")
        .args(["init", "-q", "-b", "main", "--ref-format=reftable"])
        .current_dir(there.path())
        .output()
        .unwrap();
    if !init.status.success() {
        return; // An older git.
    }
    fs::create_dir_all(there.path().join("plans/b")).unwrap();
    fs::write(there.path().join("plans/b/plan.yaml"), PLAN).unwrap();
    git_in(there.path(), &["add", "-A"], NOW);
    git_in(there.path(), &["commit", "-q", "-m", "plan"], NOW);
    refuses(
        there.path(),
        &["validate", "--against", "main"],
        &["reftable"],
    );
}

#[test]
fn the_estate_may_be_the_whole_repository_or_any_folder_of_it() {
    let whole = TempDir::new().unwrap();
    let nested = TempDir::new().unwrap();
    for (top, below) in [(&whole, "."), (&nested, "work/of the/board")] {
        let estate = top.path().join(below);
        fs::create_dir_all(estate.join("b")).unwrap();
        fs::write(estate.join("b/board.yaml"), BOARD).unwrap();
        fs::write(estate.join("b/plan.yaml"), PLAN).unwrap();
        git_in(top.path(), &["init", "-q", "-b", "main"], NOW);
        git_in(top.path(), &["add", "-A"], NOW);
        git_in(top.path(), &["commit", "-q", "-m", "plan"], NOW);
        fs::write(estate.join("b/plan.yaml"), PLAN.replace("April", "July")).unwrap();
        let said = run_in(
            top.path(),
            &["validate", "--plans", below, "--against", "main"],
        );
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.out.contains("error[baseline-changed]"), "{}", said.out);
    }
    // Where the revision has no such folder yet, everything is new.
    fs::create_dir_all(whole.path().join("later/c")).unwrap();
    fs::write(whole.path().join("later/c/plan.yaml"), PLAN).unwrap();
    let said = run_in(
        whole.path(),
        &["validate", "--plans", "later", "--against", "main"],
    );
    assert!(!said.out.contains("baseline-changed"), "{}", said.out);
    assert_eq!(
        said.err,
        "main has no folder later: all that stands there is new\n"
    );
}

#[test]
fn a_plan_that_could_not_be_read_at_the_revision_is_not_passed_as_unchanged() {
    let repository = example();
    let plan = repository.estate.read("b/plan.yaml");
    repository.estate.write("b/plan.yaml", "plan: [\n");
    repository.commit("broken", NOW);
    repository.estate.write("b/plan.yaml", &plan);
    let said = repository.run(&["validate", "--against", "HEAD", "-O", "json"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.out.contains("plans/b/plan.yaml at HEAD"),
        "{}",
        said.out
    );
    // Against the revision before, everything can be compared.
    assert_eq!(repository.run(&["validate", "--against", "HEAD~1"]).code, 0);
}

#[test]
fn links_lfs_pointers_and_names_that_are_no_text_are_said_and_the_rest_is_compared() {
    let repository = example();
    let plans = repository.estate.plans();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 12\n";
    repository.estate.write("b/lfs.yaml", pointer);
    std::os::unix::fs::symlink("plan.yaml", plans.join("b/link.yaml")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.yaml");
    fs::write(plans.join("b").join(name), REPORT.replace("1.1", "1.2")).unwrap();
    repository.commit("odd files", NOW);
    for odd in ["b/lfs.yaml", "b/link.yaml"] {
        repository.remove(odd);
    }
    fs::remove_file(plans.join("b").join(name)).unwrap();
    break_plan(repository.path());
    let said = repository.run(&["validate", "--against", "HEAD", "-O", "json"]);
    assert_eq!(said.code, 1, "{said:?}");
    for odd in ["plans/b/lfs.yaml", "plans/b/link.yaml"] {
        assert!(
            said.err
                .contains(&format!("{odd} could not be read at HEAD")),
            "{}",
            said.err
        );
    }
    assert!(said.out.contains("baseline-changed"));
    // The report in the file with the odd name is gone, and that is seen.
    assert!(said.out.contains("update-rewritten"), "{}", said.out);
}

/// Plants a command wherever a repository's settings can name one. Each leaves a file if it runs.
fn plant(repository: &Repository) -> String {
    let git = repository.path().join(".git");
    let mark = repository.path().join("RAN");
    let command = repository.path().join("evil.sh");
    let script = format!(
        "#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\nexit 0\n",
        mark.display()
    );
    fs::write(&command, &script).unwrap();
    fs::set_permissions(&command, fs::Permissions::from_mode(0o755)).unwrap();
    for hook in [
        "post-checkout",
        "pre-commit",
        "post-index-change",
        "fsmonitor-watchman",
        "reference-transaction",
    ] {
        let path = git.join("hooks").join(hook);
        fs::create_dir_all(git.join("hooks")).unwrap();
        fs::write(&path, &script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let evil = command.display().to_string();
    let settings = format!(
        "[core]\n\tfsmonitor = {evil}\n\tpager = {evil}\n\teditor = {evil}\n\tsshCommand = {evil}\n\tgitProxy = {evil}\n\
         \taskPass = {evil}\n\talternateRefsCommand = {evil}\n\thooksPath = {hooks}\n[filter \"x\"]\n\tclean = {evil}\n\t\
         smudge = {evil}\n\tprocess = {evil}\n\trequired = true\n[diff \"x\"]\n\ttextconv = {evil}\n\tcommand = {evil}\n\
         [diff]\n\texternal = {evil}\n[merge \"x\"]\n\tdriver = {evil}\n[credential]\n\thelper = {evil}\n\
         [uploadpack]\n\tpackObjectsHook = {evil}\n[gpg]\n\tprogram = {evil}\n[log]\n\tshowSignature = true\n\
         [alias]\n\tshow = !{evil}\n[remote \"origin\"]\n\turl = ext::{evil}\n\tpromisor = true\n\
         \tpartialclonefilter = blob:none\n[extensions]\n\tpartialClone = origin\n[include]\n\tpath = {included}\n",
        hooks = git.join("hooks").display(),
        included = git.join("more").display(),
    );
    fs::write(
        git.join("more"),
        format!("[core]\n\tfsmonitor = {evil}\n[core]\n\tworktree = /\n"),
    )
    .unwrap();
    let config = fs::read_to_string(git.join("config")).unwrap();
    fs::write(git.join("config"), config + &settings).unwrap();
    let attributes = "* filter=x diff=x merge=x working-tree-encoding=UTF-16 ident text\n";
    fs::create_dir_all(git.join("info")).unwrap();
    fs::write(git.join("info/attributes"), attributes).unwrap();
    fs::write(repository.path().join(".gitattributes"), attributes).unwrap();
    mark.display().to_string()
}

#[test]
fn nothing_that_a_repository_configures_runs() {
    let repository = example();
    break_plan(repository.path());
    let mark = plant(&repository);
    finds(repository.path(), "main");
    for arguments in [
        &["diff", "main"][..],
        &["diff", "adopted", "HEAD"],
        &["diff", "adopted", "HEAD", "-O", "json"],
        &["show", "1.1", "--log"],
        &["validate", "--against", "adopted", "-O", "sarif"],
    ] {
        let said = repository.run(arguments);
        assert!(said.code < 2, "{said:?}");
    }
    let refused = repository.run(&["validate", "--against", "nowhere"]);
    assert_eq!(refused.code, 2);
    assert!(
        !Path::new(&mark).exists(),
        "{}",
        fs::read_to_string(&mark).unwrap_or_default()
    );
    // The trap is a real one: git itself runs what is planted.
    let _ = std::process::Command::new("git")
        .args(["diff"])
        .current_dir(repository.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output();
    assert!(
        Path::new(&mark).exists(),
        "git itself should have run something"
    );
}

#[test]
fn replaced_objects_do_not_mislead() {
    let repository = example();
    break_plan(repository.path());
    // A commit in which the deadline always was July stands in for the one on main.
    let honest = repository.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let forged = repository.commit("forged", NOW);
    repository.git(&["reset", "-q", "--soft", &honest]);
    repository.git(&["replace", &honest, &forged]);
    let seen = repository.git(&["show", "HEAD:plans/b/plan.yaml"]);
    assert!(seen.contains("July 2018"), "git itself is misled");
    finds(repository.path(), "main");
}

#[test]
fn a_working_tree_that_is_set_elsewhere_does_not_mislead() {
    let (repository, there) = (example(), TempDir::new().unwrap());
    repository.git(&["config", "core.worktree", there.path().to_str().unwrap()]);
    break_plan(repository.path());
    finds(repository.path(), "main");
    let config = repository.path().join(".git/config");
    fs::write(
        config,
        "[core]\n\tworktree = /nowhere/at/all\n\tbare = true\n",
    )
    .unwrap();
    finds(repository.path(), "main");
}

#[test]
fn objects_of_an_alternate_are_found() {
    let (repository, there) = (example(), TempDir::new().unwrap());
    let shared = there.path().join("shared");
    let (from, to) = (
        repository.path().to_str().unwrap(),
        shared.to_str().unwrap(),
    );
    git_in(
        repository.path(),
        &["clone", "-q", "--shared", from, to],
        NOW,
    );
    break_plan(&shared);
    finds(&shared, "origin/main");
}

#[test]
fn an_object_that_is_missing_or_broken_is_a_sentence() {
    let repository = example();
    let tree = repository.git(&["rev-parse", "HEAD:plans/b"]);
    let tree = tree.trim();
    let object = repository
        .path()
        .join(".git/objects")
        .join(&tree[..2])
        .join(&tree[2..]);
    fs::remove_file(object).unwrap();
    refuses(
        repository.path(),
        &["validate", "--against", "HEAD"],
        &["does not hold all of that revision"],
    );
    let repository = example();
    let plan = repository.git(&["rev-parse", "HEAD:plans/b/plan.yaml"]);
    let forged = repository.git(&["rev-parse", "HEAD:plans/b/updates.yaml"]);
    let object = |id: &str| {
        let objects = repository.path().join(".git/objects");
        objects.join(&id[..2]).join(id[2..].trim())
    };
    fs::remove_file(object(&plan)).unwrap();
    fs::copy(object(&forged), object(&plan)).unwrap();
    let said = repository.run(&["diff", "HEAD"]);
    assert_eq!(said.code, 2, "a text under another's name: {said:?}");
    assert!(
        said.out
            .contains("plans/b/plan.yaml at HEAD could not be read"),
        "{}",
        said.out
    );
    fs::write(repository.path().join(".git/HEAD"), "nonsense\n").unwrap();
    let said = repository.run(&["validate", "--against", "HEAD"]);
    assert_eq!(said.code, 2, "{said:?}");
}

/// Writes an object of a kind whatever it holds, as a damaged or hostile repository has it.
fn odd_object(repository: &Repository, kind: &str, held: &str) -> String {
    let file = repository.path().join(".git/odd");
    fs::write(&file, held).unwrap();
    let write = ["hash-object", "-t", kind, "-w", "--literally", ".git/odd"];
    repository.git(&write).trim().to_owned()
}

#[test]
fn a_commit_or_a_tag_that_is_none_is_a_sentence_however_it_is_asked_for() {
    let repository = example();
    let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
    let tree = tree.trim();
    let held = [
        "".to_owned(),
        "no commit\n".into(),
        format!("tree {tree}\n"),
        format!("tree {tree}\nparent nothing\nauthor x\n\nwords\n"),
        format!("object {tree}\ntype commit\ntag v\ntagger A <a@b> 1 +0000\n\nx"),
        format!("object {tree}\ntype nothing\n"),
    ];
    for (kind, held) in ["commit", "tag"]
        .into_iter()
        .flat_map(|kind| held.iter().map(move |held| (kind, held)))
    {
        let id = odd_object(&repository, kind, held);
        fs::write(
            repository.path().join(".git/refs/heads/odd"),
            format!("{id}\n"),
        )
        .unwrap();
        for name in [
            "odd",
            "odd^{/x}",
            "odd~1",
            "odd^{commit}",
            "odd^{}",
            "odd^{tree}",
            "odd:plans",
            ":/x",
            &id[..8],
        ] {
            for command in [&["validate", "--against", name][..], &["diff", name]] {
                let said = run_in(repository.path(), command);
                assert_eq!(said.code, 2, "{kind} {held:?} {name}: {said:?}");
                assert_eq!(
                    (said.out.as_str(), said.err.lines().count()),
                    ("", 1),
                    "{kind} {held:?} {name}: {said:?}"
                );
            }
        }
    }
    fs::remove_file(repository.path().join(".git/refs/heads/odd")).unwrap();
    let said = run_in(repository.path(), &["validate", "--against", "HEAD"]);
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_pipe_in_a_repository_is_a_sentence_and_nobody_waits() {
    for place in [
        "HEAD",
        "config",
        "packed-refs",
        "shallow",
        "refs/heads/main",
        "objects/info/alternates",
        "objects/aa/bb",
    ] {
        let repository = example();
        let path = repository.path().join(".git").join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.is_ok_and(|status| status.success()));
        refuses(
            repository.path(),
            &["validate", "--against", "HEAD"],
            &[place, "is no regular file"],
        );
        refuses(
            repository.path(),
            &["diff", "HEAD"],
            &[place, "is no regular file"],
        );
    }
}

#[test]
fn a_tree_that_stands_in_itself_a_million_times_ends_in_a_sentence() {
    let repository = example();
    let file = repository.path().join(".git/listing");
    let tree_of = |listing: String| {
        fs::write(&file, listing).unwrap();
        let made = std::process::Command::new("git")
            .arg("mktree")
            .current_dir(repository.path())
            .stdin(fs::File::open(&file).unwrap())
            .output()
            .unwrap();
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    };
    let mut tree = repository.git(&["rev-parse", "HEAD:plans/b"]);
    for _ in 0..12 {
        let entry = |n| format!("040000 tree {}\tf{n}\n", tree.trim());
        tree = tree_of((0..10).map(entry).collect());
    }
    let top = tree_of(format!("040000 tree {tree}\tplans\n"));
    let commit = repository.git(&["commit-tree", "-m", "bomb", &top]);
    repository.git(&["branch", "bomb", commit.trim()]);
    refuses(
        repository.path(),
        &["validate", "--against", "bomb"],
        &["too many files"],
    );
}

#[test]
fn show_with_the_log_names_the_commit_that_brought_each_report() {
    let repository = example();
    let second = repository.git(&["rev-parse", "--short", "HEAD"]);
    // The file is renamed and rewritten in another form: the report stays the one of the second commit.
    repository.remove("b/updates.yaml");
    repository.estate.write(
        "b/returns/vemt.yaml",
        "updates: VEMT\nplan: plan\nby: vemt\nentries:\n  - date: 2018-01-16\n    action: [1.1]\n    done: \"Half are trained.\"\n    \
         rag: green\n    evidence: VEMT Report\n  - {action: 1.1, date: 2018-03-06, rag: amber}\n",
    );
    repository.commit("Another form", "2018-03-07T23:30:00-05:00");
    let third = repository.git(&["rev-parse", "--short", "HEAD"]);
    let text = repository.estate.read("b/returns/vemt.yaml");
    repository.estate.write(
        "b/returns/vemt.yaml",
        &format!("{text}  - {{action: 1.1, date: 2018-04-03, rag: red}}\n"),
    );
    let answer = repository.estate.json(&["show", "1.1", "--log"]);
    let history = &answer["actions"][0]["history"];
    let commit = |hash: &str, day: &str| serde_json::json!({"hash": hash.trim(), "author": "Business Manager", "date": day, "note": null});
    assert_eq!(history[0]["commit"], commit(&second, "2018-01-17"));
    assert_eq!(history[1]["commit"], commit(&third, "2018-03-07"));
    assert_eq!(history[2]["commit"]["note"], "not committed yet");
    assert_eq!(history[2]["commit"]["hash"], serde_json::Value::Null);
    let said = repository.run(&["show", "1.1", "--log"]);
    let line = format!(
        "commit: {} · Business Manager · 17 January 2018",
        second.trim()
    );
    assert!(said.out.contains(&line), "{}", said.out);
    // Without the option nothing is asked of git.
    let plain = repository.estate.json(&["show", "1.1"]);
    assert!(plain["actions"][0]["history"][0].get("commit").is_none());
}

#[test]
fn a_report_that_came_with_a_merge_is_the_branchs_commit() {
    let repository = example();
    repository.git(&["checkout", "-q", "-b", "return", "adopted"]);
    repository
        .estate
        .write("b/second.yaml", &REPORT.replace("1.1", "1.2"));
    let branch = repository.commit("On a branch", "2018-02-01T09:00:00+00:00");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "Merge", "return"]);
    let answer = repository.estate.json(&["show", "1.2", "--log"]);
    let hash = answer["actions"][0]["history"][0]["commit"]["hash"]
        .as_str()
        .unwrap();
    assert!(branch.starts_with(hash), "{hash} {branch}");
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository_however_plans_was_typed() {
    let repository = example();
    break_plan(repository.path());
    let root = repository.path().canonicalize().unwrap();
    let inside = root.join("plans/b");
    let absolute = root.join("plans").display().to_string();
    let ways: [(&Path, &[&str]); 5] = [
        (&root, &[]),
        (&root, &["--plans", "./plans"]),
        (&root, &["--plans", &absolute]),
        (&inside, &[]),
        (&inside, &["--plans", "../../plans"]),
    ];
    for (folder, plans) in ways {
        for (format, words) in [
            ("github", "file=plans/b/plan.yaml,line=10,"),
            ("sarif", "\"uri\": \"plans/b/plan.yaml\""),
        ] {
            let said = run_in(
                folder,
                &[&["validate", "--against", "HEAD", "-O", format], plans].concat(),
            );
            assert_eq!(said.code, 1, "{folder:?} {plans:?}: {said:?}");
            assert!(
                said.out.contains(words),
                "{folder:?} {plans:?}: {}",
                said.out
            );
        }
    }
    // In no repository it is the folder in which the command runs; what lies outside stands for itself.
    let alone = Estate::of(&[
        ("b/board.yaml", BOARD),
        ("b/plan.yaml", &PLAN.replace("[vemt]", "[vemtt]")),
    ]);
    let said = alone.run(&["validate", "-O", "github"]);
    assert!(said.out.contains("file=plans/b/plan.yaml,"), "{}", said.out);
    let plans = alone.plans().canonicalize().unwrap().display().to_string();
    let elsewhere = TempDir::new().unwrap();
    let said = run_in(
        elsewhere.path(),
        &["validate", "-O", "github", "--plans", &plans],
    );
    assert!(
        said.out
            .contains(&format!("file=file%3A//{plans}/b/plan.yaml,")),
        "{}",
        said.out
    );
}

#[test]
fn a_sparse_checkout_says_which_files_it_left_out_and_its_answers_are_incomplete() {
    let repository = example();
    repository
        .estate
        .write("c/board.yaml", &BOARD.replace("Example", "Other"));
    repository.commit("Another board", "2018-01-18T09:00:00+00:00");
    let folder = repository.path();
    repository.git(&[
        "sparse-checkout",
        "set",
        "--no-cone",
        "/*",
        "!/plans/b/updates.yaml",
        "!/plans/c/",
    ]);
    assert!(!folder.join("plans/b/updates.yaml").exists() && !folder.join("plans/c").exists());
    for command in [
        &["status"][..],
        &["list"],
        &["validate"],
        &["export", "-O", "csv"],
    ] {
        let said = run_in(folder, command);
        assert_eq!(said.code, 2, "{command:?}: {said:?}");
        for file in ["plans/b/updates.yaml", "plans/c/board.yaml"] {
            let all = said.out.clone() + &said.err;
            assert!(
                all.contains(&format!("INCOMPLETE: {file}")),
                "{command:?}: {said:?}"
            );
        }
    }
    let said = run_in(folder, &["validate"]);
    assert!(
        said.out.contains("this sparse checkout left it out"),
        "{said:?}"
    );
    let said = run_in(folder, &["update", "1.1", "--note", "x", "--by", "vemt"]);
    assert_eq!(said.code, 2, "{said:?}");
    repository.git(&["sparse-checkout", "disable"]);
    assert_eq!(run_in(folder, &["list"]).code, 0);
}
