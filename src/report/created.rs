//! Files that were made to begin with.

use serde::Serialize;

use super::recorded::below_each_other;
use crate::document::{Document, Tone, piece, plain};

#[derive(Serialize)]
pub struct Created {
    pub files: Vec<String>,
    /// A command to go on with.
    #[serde(skip)]
    pub next: String,
}

impl Created {
    pub fn lay_out(&self, document: &mut Document) {
        let made = self.files.iter().map(|file| plain(format!("made {file}")));
        let next = vec![
            piece(Tone::Faint, "next: "),
            piece(Tone::Plain, &*self.next),
        ];
        let lines = made.chain([next]).collect();
        document.blocks.push(below_each_other(lines));
    }
}
