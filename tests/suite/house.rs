//! What keeps the house readable: no file and no function outgrows one sitting, and no files of a
//! folder use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::files;

const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 60;

#[test]
fn no_file_is_longer_than_one_sitting() {
    let long = files().into_iter().filter_map(|(file, text)| {
        let lines = text.lines().count();
        (lines > FILE_LINES).then(|| format!("src/{file}: {lines} lines"))
    });
    assert_none(long);
}

#[test]
fn no_function_needs_a_scroll() {
    let mut long = Vec::new();
    for (file, text) in files() {
        let lines: Vec<&str> = text.lines().collect();
        for (start, name) in functions(&lines) {
            let length = length(&lines[start..]);
            if length > FUNCTION_LINES {
                long.push(format!("src/{file}: {name} has {length} lines"));
            }
        }
    }
    assert_none(long);
}

#[test]
fn no_files_of_a_folder_use_each_other_in_a_circle() {
    let house = House::read();
    let mut circles = Vec::new();
    for (folder, uses) in house.uses() {
        for module in uses.keys() {
            if reachable(&uses, module).contains(module.as_str()) {
                circles.push(format!("src/{}: {module}", folder.join("/")));
            }
        }
    }
    assert_none(circles);
}

/// The measure itself: two files that name each other, one of them through what the folder hands on.
#[test]
fn a_circle_is_seen_through_super_and_through_what_the_folder_hands_on() {
    let house = House::of([
        ("a/mod.rs", "mod one;\nmod two;\npub use two::Two;\n"),
        ("a/one.rs", "use super::Two;\n"),
        ("a/two.rs", "fn f() { super::one::g() }\n"),
    ]);
    let uses = &house.uses()[&vec!["a".to_owned()]];
    assert!(reachable(uses, "one").contains("one"));
}

fn assert_none(found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Where each function begins, and its name.
fn functions(lines: &[&str]) -> Vec<(usize, String)> {
    let name = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "fn")?;
        let plain = |word: &&str| ["const", "unsafe"].contains(word) || word.starts_with("pub");
        let opens = words[..at].iter().all(plain) && !line.trim_end().ends_with(';');
        let name = words.get(at + 1)?.split(['(', '<']).next()?;
        opens.then(|| name.to_owned())
    };
    let numbered = lines.iter().enumerate();
    numbered
        .filter_map(|(number, line)| Some((number, name(line)?)))
        .collect()
}

/// The lines of a function from its first one to the brace that stands below it.
fn length(lines: &[&str]) -> usize {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let end = format!("{}}}", &lines[0][..indent]);
    let last = lines.iter().position(|line| *line == end);
    last.map_or(1, |last| last + 1)
}

pub type Path = Vec<String>;

/// For each module of a folder, those of the same folder that it, or a file below it, uses.
pub type Uses = BTreeMap<String, BTreeSet<String>>;

/// The modules of `src/` and what they use.
pub struct House {
    /// The text of each module without comments and tests, by its path.
    modules: BTreeMap<Path, String>,
}

impl House {
    pub fn read() -> House {
        House::of(
            files()
                .iter()
                .map(|(file, text)| (file.as_str(), text.as_str())),
        )
    }

    fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> House {
        let module = |file: &str| -> Path {
            let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
            stem.split('/').map(str::to_owned).collect()
        };
        let modules = files.into_iter().map(|(file, text)| {
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let lines = text.lines().map(|line| line.split("//").next().unwrap());
            (module(file), lines.collect::<Vec<_>>().join("\n"))
        });
        let mut modules: BTreeMap<Path, String> = modules.collect();
        modules.retain(|path, _| path.last().is_none_or(|name| name != "tests"));
        House { modules }
    }

    /// For each folder, by its path, what its modules use of each other.
    pub fn uses(&self) -> BTreeMap<Path, Uses> {
        let mut uses: BTreeMap<Path, Uses> = BTreeMap::new();
        for (module, text) in &self.modules {
            for named in named_paths(text) {
                let Some(target) = self.target(module, &named) else {
                    continue;
                };
                let shared = module.iter().zip(&target).take_while(|(a, b)| a == b);
                let shared = shared.count();
                if let (Some(from), Some(to)) = (module.get(shared), target.get(shared)) {
                    let folder = uses.entry(module[..shared].to_vec()).or_default();
                    folder.entry(from.clone()).or_default().insert(to.clone());
                }
            }
        }
        uses
    }

    /// The module that a path in another one leads to.
    fn target(&self, module: &Path, named: &[String]) -> Option<Path> {
        let mut rest = named;
        let mut target = match rest.first()?.as_str() {
            "crate" => Path::new(),
            "super" | "self" => module.clone(),
            _ => return None,
        };
        while let Some(word @ ("crate" | "super" | "self")) = rest.first().map(String::as_str) {
            if word == "super" {
                target.pop();
            }
            rest = &rest[1..];
        }
        for name in rest {
            match self.child(&target, name) {
                Some(child) => target = child,
                None => {
                    target = self.handed_on(&target, name).unwrap_or(target);
                    break;
                }
            }
        }
        Some(target)
    }

    fn child(&self, folder: &Path, name: &str) -> Option<Path> {
        let child: Path = folder
            .iter()
            .map(String::as_str)
            .chain([name])
            .map(str::to_owned)
            .collect();
        let stands = |path: &Path| path.starts_with(&child);
        self.modules.keys().any(stands).then_some(child)
    }

    /// The file from which a folder's `pub use` hands a name on.
    fn handed_on(&self, folder: &Path, name: &str) -> Option<Path> {
        let text = self.modules.get(folder)?;
        let public = text.split(';').filter(|statement| {
            let statement = statement.trim_start();
            statement.starts_with("pub use ") || statement.starts_with("pub(crate) use ")
        });
        let mut paths = public.flat_map(|statement| named_paths(&format!("{statement};")));
        let path =
            paths.find(|path| path.len() > 1 && path.last().is_some_and(|last| last == name))?;
        self.child(folder, &path[0])
    }
}

/// Every path that a text names: each one of its `use` lines, and each that stands in its code behind
/// `crate`, `super` or `self`.
fn named_paths(text: &str) -> Vec<Path> {
    let mut paths = Vec::new();
    for (at, _) in text.match_indices("use ") {
        let starts_word = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if let Some(end) = text[at..].find(';').filter(|_| starts_word) {
            spread(&Path::new(), &text[at + 4..at + end], &mut paths);
        }
    }
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(root) {
            let path = text[at..].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            paths.push(words(path.into_iter().next().unwrap_or_default()));
        }
    }
    paths
}

fn words(path: &str) -> Path {
    let words = path.split("::").map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Adds the paths of a `use` tree: `a::{b, c::d}` names `a::b` and `a::c::d`.
fn spread(prefix: &Path, tree: &str, paths: &mut Vec<Path>) {
    let (mut depth, mut start) = (0, 0);
    let mut branches = Vec::new();
    for (at, sign) in tree.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                branches.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.push(&tree[start..]);
    for branch in branches {
        let (head, below) = match branch.split_once('{') {
            Some((head, below)) => (head, below.rsplit_once('}').map(|(below, _)| below)),
            None => (branch.split(" as ").next().unwrap(), None),
        };
        let path: Path = prefix.iter().cloned().chain(words(head)).collect();
        match below {
            Some(below) => spread(&path, below, paths),
            None => paths.push(path),
        }
    }
}

/// Every module that one leads to, itself only if it stands in a circle.
fn reachable<'u>(uses: &'u Uses, module: &str) -> BTreeSet<&'u str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = vec![module];
    while let Some(module) = open.pop() {
        for next in uses.get(module).into_iter().flatten() {
            if reached.insert(next.as_str()) {
                open.push(uses.get_key_value(next).map_or(next, |(name, _)| name));
            }
        }
    }
    reached
}
