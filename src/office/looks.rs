//! Colours of cells and of their words.

/// A colour as six figures; none where it is left to the program.
pub fn colour(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches('#');
    let figures = value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    figures.then(|| value.to_uppercase())
}

/// What all words of a cell have in common.
#[derive(Clone, Debug, Default)]
pub enum Common {
    #[default]
    Unseen,
    All(Option<String>),
    Mixed,
}

impl Common {
    /// Takes the colour of some words; none is the usual one.
    pub fn see(&mut self, value: Option<&String>) {
        match self {
            Common::Unseen => *self = Common::All(value.cloned()),
            Common::All(before) if before.as_ref() == value => {}
            _ => *self = Common::Mixed,
        }
    }

    /// The colour that all words had since it was asked last.
    pub fn take(&mut self) -> Option<String> {
        match std::mem::take(self) {
            Common::All(value) => value,
            _ => None,
        }
    }
}
