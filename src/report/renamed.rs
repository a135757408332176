//! A group that has another name.

use serde::Serialize;

use super::recorded::below_each_other;
use crate::document::{Document, plain};

#[derive(Serialize)]
pub struct Renamed {
    /// Whether this only shows what would be written.
    pub dry_run: bool,
    /// What would be written, as a unified diff.
    pub diff: Option<String>,
    pub board: String,
    /// The group's key, which stays: adopted plans and what was reported name it.
    pub group: String,
    pub was: String,
    pub name: String,
    /// In how many places of the files the key stands.
    pub named: usize,
    pub files: Vec<String>,
}

impl Renamed {
    pub fn lay_out(&self, document: &mut Document) {
        let Renamed {
            group,
            was,
            name,
            named,
            ..
        } = self;
        let files = match named {
            1 => "in 1 place".into(),
            named => format!("in {named} places"),
        };
        let mut lines = vec![
            plain(format!(
                "{was} is called {name} from now on, in papers and forms of any day"
            )),
            plain(format!(
                "the files go on naming it `{group}` ({files}): adopted plans and what was reported stay as they are"
            )),
        ];
        let written = self.files.iter().filter(|_| !self.dry_run);
        lines.extend(written.map(|file| plain(format!("written to {file}"))));
        document.blocks.push(below_each_other(lines));
    }
}
