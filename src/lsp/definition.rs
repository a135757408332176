//! Go to definition: from a word to the place where what it names is given.

use std::path::Path;

use lsp_types::{Location, Position, Uri};

use super::desk::{Desk, range};
use super::meaning::meaning;
use super::spot::{Expected, spot};
use crate::plan::fields::Kind;

pub fn definition(desk: &mut Desk, path: &Path, position: Position) -> Option<Location> {
    let home = desk.home(path)?;
    let reading = desk.last_good(path)?;
    let source = &desk.open.get(path)?.source;
    let offset = source.offset_of_utf16(position.line, position.character);
    let spot = spot(&source.text, offset)?;
    let word = source.text.get(spot.token.clone())?;
    if let Some(meaning) = meaning(&reading.board, &spot, &home.key, word) {
        let at = meaning.at(&reading.board);
        let address = desk.address(&home.root, &reading.sources.get(at.file).key);
        return Some(Location::new(address.parse().ok()?, range(&reading, at)));
    }
    // A path in a file names another file.
    let is_path =
        matches!(spot.expected, Expected::Value(_, field) if matches!(field.kind, Kind::Path));
    let folder = home.key.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = home.root.join(folder).join(word);
    let address: Uri = (is_path && named.is_file())
        .then(|| desk.address(&home.root.join(folder), word))?
        .parse()
        .ok()?;
    Some(Location::new(address, lsp_types::Range::default()))
}
