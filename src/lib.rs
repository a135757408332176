//! `plan` keeps a safeguarding board's work plan as YAML in a git repository, checks it, and says
//! what is late, at risk, unreported or unproven on any day. Files are read into spanned trees, trees
//! are resolved into a board, a board is judged on a day, and reports lay the standing out.
//!
//! The map of the house, lower layers first; a module uses only those above it in this list:
//!
//! | layer | modules |
//! | --- | --- |
//! | 0 | `world`, `caught`, `source`, `bytes`, `encoding`, `calendar`, `timescale`, `words` |
//! | 1 | `yaml`, `document`, `agenda`, `edit`, `office` |
//! | 2 | `finding` |
//! | 3 | `plan`, `git` |
//! | 4 | `estate`, `standing` |
//! | 5 | `select`, `diff`, `record` |
//! | 6 | `lint`, `report`, `form`, `import` |
//! | 7 | `render`, `emit`, `schema` |
//! | 8 | `site` |
//! | 9 | `cli`, `lsp` |
//!
//! "April 2018" on its way to a red row: `estate` reads the file, `yaml` finds the scalar, `plan::baseline`
//! takes the field through `plan::reader`, which has `timescale` read its words, `standing::judge` decides that the action is overdue
//! and red, `report::status` makes a row of it, `render::terminal` prints it.
//!
//! Where else a newcomer looks first:
//!
//! | what | where |
//! | --- | --- |
//! | the fields of every file, and what may be written in them | `plan::fields` |
//! | a paper in Word, Excel or HTML | `render::word`, `render::excel`, `render::html` |
//! | the files of office programs, read and written | `office` |
//! | a form that goes out to a group | `form::word`, `form::excel`, `form::csv` |
//! | a form that comes back: opened, then judged cell by cell, then recorded | `form::opened`, `form::take`, `record` |
//! | a board's own document becomes a plan | `import` |
//! | what a user types, command by command | `cli` |

mod caught;
mod world;

mod bytes;
mod calendar;
mod encoding;
mod source;
mod timescale;
mod words;

mod agenda;
mod document;
mod edit;
mod office;
mod yaml;

mod finding;

mod git;
mod plan;

mod estate;
mod standing;

mod diff;
mod record;
mod select;

mod form;
mod import;
mod lint;
mod report;

mod emit;
mod render;
mod schema;

mod site;

mod cli;
mod lsp;

pub use world::World;

/// Runs the program: the arguments with the program's own name first, and the world that it sees.
/// Gives the exit code: 0 done, 1 errors found or a condition met, 2 could not run or incomplete.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, world: &mut World) -> u8 {
    cli::run(arguments, world) as u8
}
