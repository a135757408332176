//! The name of the board that a plan is of.

/// The name of a board in a text: the capitalised words up to "Board" or "Partnership".
pub fn board_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        ["board", "partnership"].contains(&bare.to_lowercase().as_str())
    };
    let small = |word: &str| ["and", "of", "&", "for", "the", "in"].contains(&word);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    for (end, word) in words.iter().enumerate() {
        if !is(word) || !capital(word) {
            continue;
        }
        let mut begin = end;
        while begin > 0
            && (capital(words[begin - 1]) || small(words[begin - 1]))
            && !words[begin - 1].ends_with(['.', ',', ':'])
        {
            begin -= 1;
        }
        while begin < end && small(words[begin].to_lowercase().as_str()) {
            begin += 1;
        }
        let name = words[begin..=end].join(" ");
        if name.to_lowercase().contains("safeguarding") {
            return Some(name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        }
    }
    None
}

/// What a board's name says of it: its initials, what kind of board it is, and its area.
pub struct Parts {
    pub initials: String,
    pub kind: Option<String>,
    pub area: Option<String>,
}

/// Takes a board's name apart: "Hartlepool Safeguarding Children Board".
pub fn parts(board: &str) -> Parts {
    let words: Vec<&str> = board.split_whitespace().collect();
    let at = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case("safeguarding"));
    let area = at.map(|at| words[..at].join(" "));
    Parts {
        initials: words
            .iter()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect(),
        kind: at.map(|at| words[at..].join(" ").to_lowercase()),
        area: area.filter(|area| !area.is_empty() && area.to_lowercase() != "the"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_named_in_its_title() {
        assert_eq!(
            board_name("Hartlepool Safeguarding Children Board Work Plan").as_deref(),
            Some("Hartlepool Safeguarding Children Board")
        );
        assert_eq!(board_name("The Board meets"), None);
    }
}
