//! Ids where boards write them: in a column of their own, or at the start of a text.

/// How surely the first word of a text is an id rather than a word of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// `A1`, `22PR`, `3`: only where the column's other texts begin so too.
    Perhaps,
    /// `1.1.1`, `[22PR]`, `(1a)`, `1)`, `C1.1`.
    Yes,
}

/// An id at the start of a text, what follows it, and how sure that is.
pub fn leading(text: &str) -> Option<(&str, &str, Sure)> {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix(['[', '(']) {
        let end = inside.find([']', ')'])?;
        let id = inside[..end].trim();
        let rest = &inside[end + 1..];
        return is_id(id).then(|| (id, trim_mark(rest), Sure::Yes));
    }
    let is_sign = |c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '/');
    let coded = code(text);
    let end = text[coded..].find(is_sign).map(|end| coded + end);
    let word = &text[..end.unwrap_or(text.len())];
    let rest = &text[word.len()..];
    if let Some((number, begins)) = glued_number(word, rest) {
        return Some((number, &text[begins..], Sure::Yes));
    }
    let marked = rest.starts_with([')', ':']) || (word.ends_with('.') && word.len() > 1);
    let id = word.trim_end_matches('.');
    let letter = letter_behind(rest);
    let follows =
        rest.is_empty() || rest.starts_with(char::is_whitespace) || marked || letter.is_some();
    if !is_id(id) || !follows || is_year(id) {
        return None;
    }
    if let Some(letter) = letter {
        let end = word.len() + letter;
        return Some((&text[..end], trim_mark(&text[end..]), Sure::Yes));
    }
    let sure = if marked || id.contains('.') || coded > 2 {
        Sure::Yes
    } else {
        Sure::Perhaps
    };
    Some((id, trim_mark(rest), sure))
}

/// How long the letters are that a text begins with and that a dash joins to a number, with the dash: 3 of "DS-1.1";
/// 0 where there are none.
fn code(text: &str) -> usize {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let behind = text[letters..].strip_prefix('-');
    let is_code = (1..=4).contains(&letters)
        && behind.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    if is_code { letters + 1 } else { 0 }
}

/// A number whose full stop has no space behind it, and where its text begins: "1.The organisation is open".
fn glued_number<'t>(word: &'t str, rest: &str) -> Option<(&'t str, usize)> {
    let begins = word.find(|c: char| c.is_ascii_alphabetic())?;
    let number = word[..begins].strip_suffix('.')?;
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_words = rest.trim_start().starts_with(char::is_alphabetic);
    let glued = is_number && is_words && word[begins..].starts_with(char::is_uppercase);
    (glued && !number.is_empty()).then_some((number, begins))
}

/// Where a letter or a small Roman number in brackets ends that goes on with a number: "2 (i)"; none where
/// the brackets count the parts of one text.
fn letter_behind(rest: &str) -> Option<usize> {
    let inside = rest.trim_start_matches(' ').strip_prefix('(')?;
    let (letter, after) = inside.split_once(')')?;
    let counts = ["(b)", "(ii)", "(c)", "(iii)"];
    let alone = !counts.iter().any(|next| after.contains(next));
    (is_letter(letter) && alone).then_some(rest.len() - after.len())
}

/// Whether an id is no more than a letter or a small Roman number.
pub fn is_letter(id: &str) -> bool {
    let roman = !id.is_empty() && id.len() <= 4 && id.chars().all(|c| "ivx".contains(c));
    roman || (id.len() == 1 && id.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The number of an id with another letter, in brackets where the id has its own in brackets: "1.2 (a)" and
/// "b" give "1.2 (b)", "2a" and "b" give "2b".
pub fn with_letter(id: &str, letter: &str) -> String {
    let number = id
        .trim_end_matches([')', ' '])
        .trim_end_matches(|c: char| c.is_ascii_lowercase());
    match number.strip_suffix('(') {
        Some(number) => format!("{number}({letter})"),
        None => format!("{}{letter}", number.trim_end()),
    }
}

fn trim_mark(rest: &str) -> &str {
    rest.trim_start_matches([')', ':', '.', ' ', '\t', '\n', '\u{a0}', '–', '-'])
}

fn is_year(id: &str) -> bool {
    id.len() == 4
        && id
            .parse::<u32>()
            .is_ok_and(|year| (1900..2200).contains(&year))
}

/// Whether a word can be an id: up to three letters, numbers with points between, up to three
/// letters: `1`, `1.1.1`, `2.2.4a`, `22PR`, `C1.1.1`.
pub fn is_id(word: &str) -> bool {
    let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
    let numbers = word[letters..].strip_prefix('-').filter(|_| letters > 0);
    let numbers = numbers.unwrap_or(&word[letters..]);
    if letters > 4 || numbers.is_empty() || !numbers.is_ascii() || word.len() > 16 {
        return false;
    }
    let tail = numbers
        .chars()
        .rev()
        .take_while(char::is_ascii_alphabetic)
        .count();
    let numbers = numbers[..numbers.len() - tail].trim_matches(['.', '/']);
    let part = |part: &str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
    };
    tail <= 3 && numbers.split(['.', '/']).all(part) && !numbers.is_empty()
}

/// How many levels an id has: 3 for 1.1.1.
fn depth(id: &str) -> usize {
    id.split('.').count()
}

/// One text that holds several numbered ones, cut at their ids: "3.3.1 Leaflets … 3.3.2 Website …".
/// Only ids that count on from the first, with its levels and its parent, cut.
pub fn split(text: &str) -> Vec<(&str, &str)> {
    let Some((first, rest, _)) = leading(text) else {
        return Vec::new();
    };
    let (mut parts, mut id, mut begun) = (Vec::new(), first, rest);
    let mut from = 0;
    while let Some(at) = next_word(begun, from) {
        from = at;
        let Some((next, after, sure)) = leading(&begun[at..]) else {
            continue;
        };
        let counts = depth(id) > 1 && counts_on(id, next);
        if sure == Sure::Yes && counts && ends_sentence(&begun[..at]) {
            parts.push((id, begun[..at].trim()));
            (id, begun, from) = (next, after, 0);
        }
    }
    parts.push((id, begun.trim()));
    parts
}

/// Where the next word after a place begins.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let space = rest.find(char::is_whitespace)?;
    let word = rest[space..].find(|c: char| !c.is_whitespace())?;
    Some(from + space + word)
}

/// Whether a text may end here: a number in the middle of a sentence only refers to another action.
fn ends_sentence(before: &str) -> bool {
    let gap = &before[before.trim_end().len()..];
    gap.contains('\n') || before.trim_end().ends_with(['.', ';', ':', ')', '?', '!'])
}

/// Whether a number goes on from another, with its levels and its parent.
pub fn counts_on(before: &str, next: &str) -> bool {
    let parent = |id: &str| id.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    depth(before) == depth(next)
        && parent(before) == parent(next)
        && crate::plan::natural(before, next).is_lt()
}

/// "Priority 2: Neglect" → its number and its title; also "Priority Two – Neglect", "2. Neglect".
pub fn priority(text: &str) -> (Option<String>, &str) {
    let text = text.trim();
    if let Some(rest) = after_priority(text) {
        let word = first_word(rest);
        let title = rest[word.len()..]
            .trim_start_matches(|c: char| c.is_whitespace() || ":.–-—)".contains(c));
        if let Some(number) = number(word) {
            return (Some(number), if title.is_empty() { text } else { title });
        }
        return (None, text);
    }
    match leading(text) {
        Some((id, title, sure))
            if !title.is_empty()
                && !title.starts_with(['&', '+', ',', '/'])
                && (sure == Sure::Yes || is_small(id)) =>
        {
            (Some(id.to_owned()), title)
        }
        _ => (None, text),
    }
}

/// A number that counts priorities: no plan has a score of them, and "16 days of action" is a name.
fn is_small(id: &str) -> bool {
    id.parse::<u32>()
        .is_ok_and(|number| (1..=12).contains(&number))
}

/// Words before the number or the name of a part of a plan.
const PARTS: &str = "area, recommendation, priority, strategic priority, key priority, priority area, aim, \
    strategic aim, key aim, objective, strategic objective, key objective, goal, strategic goal, outcome, \
    strategic outcome, key outcome, theme, pledge, ambition, pillar, workstream, work stream, strand, \
    domain, commitment, principle, indicator, standard, high level goal, stretch outcome, improvement area, \
    area for improvement, improvement priority";

/// What follows "Priority", "Strategic Objective", "Pledge" and the like at the start of a text, where that
/// is a number, or stands behind a colon or a dash.
pub fn after_priority(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let parts = PARTS.split(", ").filter(|part| lower.starts_with(part));
    let rest = text.get(parts.map(|part| part.len()).max()?..)?;
    let plain = rest.trim_start();
    let marked = plain.starts_with([':', '–', '—']) || rest.starts_with(" - ");
    let word = first_word(plain);
    let numbered = plain.len() < rest.len() && number(word).is_some();
    let counted =
        lower.starts_with("area") && !(numbered && plain[word.len()..].starts_with(MARKS));
    ((marked || numbered) && !counted).then_some(plain)
}

/// Signs between a number and what it numbers.
const MARKS: [char; 6] = [':', '.', '–', '-', '—', ')'];

/// The number or word that a text begins with: "1.1" of "1.1: Neglect", "1" of "1. Neglect".
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || ":–-—)".contains(c));
    text[..end.unwrap_or(text.len())].trim_end_matches('.')
}

/// Whether a heading is that of a part of the priority of this number: an objective, or what has a number
/// below its.
pub fn is_part_of(heading: &str, priority: &str) -> bool {
    let Some(rest) = after_priority(heading) else {
        return false;
    };
    let below = first_word(rest).strip_prefix(priority);
    below.is_some_and(|below| !priority.is_empty() && below.starts_with('.'))
        || heading.to_lowercase().contains("objective")
            && !heading.to_lowercase().starts_with("strategic")
}

/// Whether a heading is that of a part of a plan rather than of the whole: "Priority 1", "1.0 Gates".
pub fn names_part(text: &str) -> bool {
    after_priority(text).is_some()
        || matches!(leading(text), Some((id, rest, Sure::Yes)) if id.contains('.') && !rest.is_empty())
}

/// The id that a word gives: as written where it has figures, a word for a number as that number.
fn number(word: &str) -> Option<String> {
    const NUMBERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let lower = word.to_lowercase();
    let at = NUMBERS.iter().position(|number| *number == lower);
    let single = word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let roman = ["II", "III", "IV", "VI", "VII", "VIII", "IX"].contains(&word);
    match at {
        Some(at) => Some((at + 1).to_string()),
        None => (is_id(word) || single || roman).then(|| word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_wherever_it_stands() {
        let found = |text| leading(text).map(|(id, rest, _)| (id, rest));
        for (text, id) in [
            ("1.1.1 Early help", "1.1.1"),
            ("[22PR] Early help", "22PR"),
            ("(1a) Early help", "1a"),
            ("C1.1.1 Early help", "C1.1.1"),
            ("2.2.4a Early help", "2.2.4a"),
            ("1. Early help", "1"),
            ("3) Early help", "3"),
            ("2 (i) Early help", "2 (i)"),
            ("2(a) Early help", "2(a)"),
        ] {
            assert_eq!(found(text), Some((id, "Early help")), "{text}");
        }
        for text in [
            "Early help",
            "2018 review",
            "(LSCB19)x y",
            "i)Children",
            "16-year-olds",
            "e.g. this",
        ] {
            assert!(found(text).is_none() || text.starts_with('('), "{text}");
        }
    }

    #[test]
    fn a_letter_goes_on_from_a_number() {
        for (id, letter, next) in [
            ("1.2 (a)", "b", "1.2 (b)"),
            ("3(i)", "ii", "3(ii)"),
            ("2a", "b", "2b"),
            ("2", "a", "2a"),
        ] {
            assert_eq!(with_letter(id, letter), next);
        }
    }

    #[test]
    fn one_cell_may_hold_several_numbered_texts() {
        assert_eq!(
            split("3.3.1 Leaflets, as 3.3.2 says. 3.3.2 Website 1.2; 3.3.3 Media"),
            [
                ("3.3.1", "Leaflets, as 3.3.2 says."),
                ("3.3.2", "Website 1.2;"),
                ("3.3.3", "Media")
            ]
        );
        assert_eq!(split("1.1.1 In line with 1.2.3 of the guidance").len(), 1);
    }

    #[test]
    fn a_priority_is_numbered_in_figures_or_words() {
        assert_eq!(
            priority("Priority 1: Neglect"),
            (Some("1".into()), "Neglect")
        );
        assert_eq!(
            priority("Priority Two – Neglect"),
            (Some("2".into()), "Neglect")
        );
        assert_eq!(priority("3. Neglect"), (Some("3".into()), "Neglect"));
        assert_eq!(priority("1 Neglect"), (Some("1".into()), "Neglect"));
        assert_eq!(priority("Neglect"), (None, "Neglect"));
        assert_eq!(priority("16 days of action").0, None);
        assert_eq!(
            priority("Objective 1.1: Neglect"),
            (Some("1.1".into()), "Neglect")
        );
        assert_eq!(priority("Area 2: Neglect"), (Some("2".into()), "Neglect"));
        assert_eq!(priority("Area 2 and Area 3").0, None);
    }
}
