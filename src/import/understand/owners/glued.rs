//! Names that stand side by side with nothing between, as in text taken out of a PDF.

use super::super::spelling::is_initials;
use super::kinds::{ends_office, in_list};
use super::known::Known;

/// Names that stand side by side with nothing between, as in text taken out of a PDF: "Business
/// Manager VEMT Chairs and members".
pub fn glued(text: &str, known: &Known) -> Vec<String> {
    if known.stands_alone(text) {
        return vec![text.to_owned()];
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut names = Vec::new();
    let mut begin = 0;
    for at in 0..words.len() {
        let last = at + 1 == words.len();
        if last || ends_name(&words, begin, at) {
            names.push(words[begin..=at].join(" "));
            begin = at + 1;
        }
    }
    names
}

/// Words that end a name where another may follow with nothing between.
const GLUED_OFFICES: &str = "manager managers officer officers lead leads chair chairs members member \
    coordinator co-ordinator director nurse doctor";
const GLUED_BODIES: &str = "group groups subgroup subgroups sub-group sub-groups sg team teams board \
    partnership committee panel forum network hub agency agencies partners police council";

/// Whether a word ends the name of a body there.
pub fn ends_glued_body(word: &str) -> bool {
    in_list(word, GLUED_BODIES)
}

/// Whether a name ends with a word: one that ends names, before a capital letter that begins another.
fn ends_name(words: &[&str], begin: usize, at: usize) -> bool {
    let (word, next) = (words[at], words[at + 1]);
    let office = |word: &str| in_list(word, GLUED_OFFICES);
    let body = ends_glued_body;
    let capital = next.starts_with(char::is_uppercase);
    if capital && word.ends_with('.') && (body(word) || office(word)) {
        return true;
    }
    if !capital || word.ends_with([',', ':', '–', '-']) {
        return false;
    }
    if office(word) {
        return at > begin && (is_initials(next) || !office(next));
    }
    let lone = ["Police", "Health", "Education", "Probation"].contains(&word);
    let members = ["chair", "chairs"].contains(&next.to_lowercase().as_str());
    body(word) && (at > begin || lone) && !office(next) && !ends_office(next) && !members
}
