//! The house's plan: a module uses only layers below its own, and a folder with a table lists its
//! files there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::house::House;

/// Lower layers first, as `src/lib.rs` and the design list them.
const LAYERS: &[&[&str]] = &[
    &[
        "world",
        "caught",
        "source",
        "bytes",
        "encoding",
        "calendar",
        "timescale",
        "words",
    ],
    &["yaml", "document", "agenda", "edit", "office"],
    &["finding"],
    &["plan", "git"],
    &["estate", "standing"],
    &["select", "diff", "record"],
    &["lint", "report", "form", "import"],
    &["render", "emit", "schema"],
    &["site"],
    &["cli", "lsp"],
];

/// Modules of one layer that may use each other: the one on the left the one on the right.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("timescale", "calendar"),
    ("words", "calendar"),
    ("emit", "render"),
    ("report", "lint"),
    ("form", "import"),
    ("cli", "lsp"),
];

/// Folders whose `mod.rs` holds a table: each of their files has its `mod` line, and a row that
/// names it in this form.
const TABLES: &[(&str, &str)] = &[
    ("lint", "&{}::RULE"),
    ("cli", "{}::run"),
    ("emit", "{0}::{0}("),
    ("form", "{}::write"),
    ("import", "read: {}::read"),
];

/// Files of these folders that are not rows but what the rows share.
const SHARED: &[&str] = &[
    "lint/allowance",
    "lint/changes",
    "lint/example",
    "lint/figures",
    "lint/relied_on",
    "lint/tests",
    // A page is made board by board, not of all findings at the end.
    "emit/human",
    "cli/ask",
    "cli/entry_options",
    "cli/candidates",
    "import/account",
    "import/write",
    "import/yaml",
    "cli/drafting",
    "cli/fix",
    "cli/gather",
    "cli/group_forms",
    "cli/kept",
    "cli/mailing",
    "cli/output",
    "cli/paths",
    "cli/progress",
    "cli/revision",
    "cli/scope",
    "cli/take",
    "cli/target",
    "cli/unified",
    "cli/writing",
    "form/grid",
    "form/opened",
    "form/returned",
    "form/take",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below `src`, by its path from there.
pub fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(source()).unwrap().to_str().unwrap();
                files.insert(name.replace('\\', "/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn imports_point_only_to_lower_layers() {
    let mut wrong = Vec::new();
    for (module, uses) in House::read().uses().remove(&Vec::new()).unwrap() {
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let own = layer(&module).unwrap_or_else(|| panic!("src/{module} stands in no layer"));
        for used in uses {
            let below = layer(&used).is_some_and(|layer| layer < own);
            if !below && !NEIGHBOURS.contains(&(module.as_str(), used.as_str())) {
                wrong.push(format!("src/{module} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_in_a_folder_with_a_table_has_its_mod_line_and_its_row() {
    let files = files();
    for (folder, form) in TABLES {
        let table = &files[&format!("{folder}/mod.rs")];
        let own = files.keys().filter_map(|file| {
            let name = file
                .strip_prefix(&format!("{folder}/"))?
                .strip_suffix(".rs")?;
            let shared = name == "mod" || SHARED.contains(&format!("{folder}/{name}").as_str());
            (!shared && !name.contains('/')).then_some(name)
        });
        for name in own {
            assert!(table.contains(&format!("mod {name};")), "{folder}/{name}");
            let row = form.replace("{}", name).replace("{0}", name);
            assert!(table.contains(&row), "{folder}/mod.rs lacks {row}");
        }
    }
}

#[test]
fn the_map_in_lib_rs_is_the_layers() {
    let files = files();
    for (number, layer) in LAYERS.iter().enumerate() {
        let names: Vec<String> = layer.iter().map(|name| format!("`{name}`")).collect();
        let row = format!("//! | {number} | {} |", names.join(", "));
        assert!(files["lib.rs"].contains(&row), "lib.rs lacks: {row}");
    }
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    for file in files().keys() {
        assert!(!file.contains("util") && !file.contains("helper"), "{file}");
    }
}
