//! Go to definition: from a word to the place where what it names is given.

use std::path::Path;

use lsp_types::{Location, Position, Uri};

use super::desk::{Desk, Home, range};
use super::meaning::meaning;
use super::spot::{Expected, spot};
use crate::plan::fields::FieldKind;

pub fn definition(desk: &mut Desk, path: &Path, position: Position) -> Option<Location> {
    desk.ask(path, |desk, home, reading| {
        let source = &desk.open.get(path)?.source;
        let offset = source.offset_of_utf16(position.line, position.character);
        let spot = spot(&source.text, offset)?;
        let word = source.text.get(spot.token.clone())?;
        let Some(meaning) = meaning(&reading.board, &spot, &home.key, word) else {
            return file(desk, home, spot.expected, word);
        };
        let at = meaning.at(&reading.board);
        let address = desk.address(&home.root, &reading.sources.get(at.file).key);
        Some(Location::new(address.parse().ok()?, range(reading, at)))
    })
}

/// The file that a path in a file names.
fn file(desk: &Desk, home: &Home, expected: Expected, word: &str) -> Option<Location> {
    let Expected::Value(_, field) = expected else {
        return None;
    };
    let (folder, _) = home.key.rsplit_once('/').unwrap_or_default();
    let folder = home.root.join(folder);
    let is_file = matches!(field.kind, FieldKind::Path) && folder.join(word).is_file();
    let address: Uri = is_file.then(|| desk.address(&folder, word))?.parse().ok()?;
    Some(Location::new(address, lsp_types::Range::default()))
}
