//! Everything outside the program, so that a test can make its own.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use chrono::NaiveDate;

/// What the program sees of the machine that it runs on.
pub struct World<'w> {
    pub stdin: &'w mut dyn BufRead,
    /// Whether somebody sits at standard input, who can be asked.
    pub asks: bool,
    pub stdout: &'w mut dyn Write,
    pub stderr: &'w mut dyn Write,
    /// The working directory.
    pub directory: PathBuf,
    /// What a variable of the environment is set to.
    pub environment: &'w dyn Fn(&str) -> Option<String>,
    /// Today, where the user is. Nothing else reads a clock.
    pub today: &'w dyn Fn() -> NaiveDate,
    /// The terminal's width in columns, if standard output is one.
    pub terminal: Option<usize>,
    /// Whether standard error is a terminal, where somebody waits for a long command.
    pub attended: bool,
}
