//! `plan report annual`.

/// Whose questions the annual report answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Framework {
    #[default]
    Plan,
}
