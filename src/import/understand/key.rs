//! A document's own key: what its initials, figures, words and colours stand for.

use std::collections::{BTreeMap, HashMap};

use super::Layout;
use super::cells::{filled, is_count, only};
use super::fields::Field;
use super::headings;
use super::ratings::{self, Rating, by_colour};
use super::spelling::{initials_of, is_initials};
use crate::import::blocks::{Block, Blocks, Cell, Table};
use crate::plan::Rag;
use crate::words::{has_one_of, letters_only};

/// What a document's own key says.
#[derive(Clone, Debug, Default)]
pub struct Key {
    /// Initials, figures and words, in plain form.
    pub words: HashMap<String, String>,
    /// What a colour means, by the rating whose hue it has.
    colours: BTreeMap<Rag, String>,
}

impl Key {
    /// A word's meaning by the document's key, else the word itself.
    pub fn meaning<'k>(&'k self, word: &'k str) -> &'k str {
        self.words
            .get(&letters_only(word))
            .map_or(word, String::as_str)
    }

    /// The word of a cell that the key explains, else all of it: "Red" of "Coch / Red".
    pub fn known_word<'t>(&self, text: &'t str) -> &'t str {
        let known = |word: &&str| self.words.contains_key(&letters_only(word));
        text.split(" / ").find(known).unwrap_or(text)
    }

    /// Whether the key says what a colour of this hue means.
    pub fn names_colour(&self, hue: Rag) -> bool {
        self.of_hue(hue).is_some()
    }

    fn of_hue(&self, hue: Rag) -> Option<&str> {
        let by_word = || self.words.get(hue.word()).map(String::as_str);
        self.colours.get(&hue).map(String::as_str).or_else(by_word)
    }

    /// What a colour says of an action: what the key has for it, else the rating of its hue.
    pub fn colour(&self, hue: Rag) -> Rating {
        let colour = Rating {
            rag: Some(hue),
            ..Rating::default()
        };
        match self.of_hue(hue) {
            Some(meant) => ratings::with_key(colour, meant, self.is_of_states()),
            None => colour,
        }
    }

    /// Whether its yellow, apart from another amber, is the colour of what is on course.
    pub fn has_good_yellow(&self) -> bool {
        let meant = self.words.get("yellow");
        meant.is_some_and(|meant| ratings::is_on_course(meant))
    }

    /// The rating that a colour is, by its hue; yellow, where the key has it for what is on course, is green.
    pub fn hue(&self, figures: &str) -> Option<Rag> {
        if self.has_good_yellow() && ratings::is_yellow(figures) {
            return Some(Rag::Green);
        }
        by_colour(figures)
    }

    /// Whether its colours tell states apart, and not how well it goes.
    pub fn is_of_states(&self) -> bool {
        let hues = [Rag::Red, Rag::Amber, Rag::Green];
        let mut meant = hues.into_iter().filter_map(|hue| self.of_hue(hue));
        meant.all(ratings::is_state)
    }

    /// Adds what a paragraph says: a key of several pairs, or one that says so; initials and what they
    /// stand for; a name with its initials in brackets.
    pub fn read_text(&mut self, text: &str) {
        let pairs = key_pairs(text);
        // "BM = Business Manager" and nothing else.
        let code = text.split_once('=').map_or("", |(code, _)| code.trim());
        if pairs.len() > 1 || is_initials(code) || text.to_lowercase().starts_with("key") {
            self.words.extend(pairs);
        }
        for line in text.lines() {
            self.words.extend(
                line.split(';')
                    .flat_map(|part| part.split(". "))
                    .flat_map(spelt_out),
            );
            self.words.extend(side_by_side(line));
        }
    }

    /// Adds the initials in a cell of a plan's table behind the words that they stand for.
    pub fn read_cell(&mut self, text: &str) {
        for (initials, name) in text.lines().flat_map(bracketed) {
            self.words.entry(initials).or_insert(name);
        }
    }

    /// Adds what a heading or a cell above a table says, where it holds pairs.
    pub fn read_pairs(&mut self, text: &str) {
        self.words.extend(key_pairs(text));
    }

    fn add(&mut self, code: Option<&str>, colour: Option<Rag>, meaning: &str) {
        // "on track or successfully completed (C)"
        if let Some((before, mark)) = meaning.trim_end_matches(['.', ')']).rsplit_once(" (")
            && mark.chars().count() == 1
            && let Some(status) = before.split_whitespace().next_back()
            && ratings::read(status).is_some_and(|rating| rating.status.is_some())
        {
            self.words.insert(letters_only(mark), status.to_owned());
        }
        if let Some(code) = code {
            self.words.insert(letters_only(code), meaning.to_owned());
        }
        if let Some(colour) = colour {
            self.colours.insert(colour, meaning.to_owned());
        }
    }

    /// Reads a table that is a key: its rows each hold a code or a colour, and what it stands for. Its
    /// words, a line for each row; none where it is no key.
    pub fn read_table(&mut self, table: &Table) -> Option<String> {
        let rows: Vec<&Vec<Cell>> = (table.rows.iter())
            .filter(|row| filled(row).next().is_some())
            .collect();
        let pairs = rows.iter().filter(|row| pair(row).is_some()).count();
        let is_sum = |row: &&&Vec<Cell>| {
            filled(row)
                .next()
                .is_some_and(|first| has_one_of(&first.text, "total"))
        };
        if pairs < 2 || pairs + 1 + rows.iter().filter(is_sum).count() < rows.len() {
            return None;
        }
        for (code, colour, meaning) in rows.iter().filter_map(|row| pair(row)) {
            self.add(code, colour, &meaning);
        }
        // That it is a key is said by the section's title.
        let only_says_so = |row: &Vec<Cell>| {
            let mut words = filled(row).map(|cell| letters_only(&cell.text));
            words.all(|words| words == "key")
        };
        let line = |row: &Vec<Cell>| {
            let words: Vec<String> = filled(row)
                .map(|cell| cell.text.replace('\n', " "))
                .collect();
            format!("- {}", words.join(": "))
        };
        let lines = rows.into_iter().filter(|row| !only_says_so(row)).map(line);
        Some(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// What a document's own key says: of its paragraphs, of tables that are keys, of what stands in and above the headings
/// of the plan's tables. Where it is not known yet which tables are the plan's, `layouts` are none.
pub fn of(blocks: &Blocks, layouts: &[Option<Layout>]) -> Key {
    let mut key = Key::default();
    key.words.extend(scale(blocks));
    for (at, block) in blocks.blocks.iter().enumerate() {
        match (block, layouts.get(at).and_then(Option::as_ref)) {
            (Block::Heading(_, piece) | Block::Paragraph(piece), _) => key.read_text(&piece.text),
            (Block::Table(table), None) => _ = key.read_table(table),
            (Block::Table(table), Some(layout)) => {
                let headings = layout.columns.all.iter().map(|column| &column.heading);
                headings.for_each(|heading| key.read_pairs(heading));
                let above = table.rows.iter().take(layout.columns.head).flatten();
                above.for_each(|cell| key.read_pairs(&cell.text));
                let below = table.rows.iter().skip(layout.columns.first).flatten();
                below.for_each(|cell| key.read_cell(&cell.text));
            }
        }
    }
    key
}

/// A scale in lines below each other, a figure and a state in each from 1 on: "1 Fully achieved", "2 On track".
fn scale(blocks: &Blocks) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for block in &blocks.blocks {
        let line = match block {
            Block::Heading(_, piece) | Block::Paragraph(piece) => piece.text.split_once(' '),
            Block::Table(_) => None,
        };
        let is_next = |figure: &str| figure.parse() == Ok(found.len() + 1);
        let state =
            line.filter(|(figure, state)| is_next(figure) && ratings::read_cell(state).is_some());
        match state {
            Some((figure, state)) => found.push((figure.to_owned(), state.trim().to_owned())),
            None if found.len() > 2 => break,
            None => found.clear(),
        }
    }
    found.truncate(if found.len() > 2 { found.len() } else { 0 });
    found
}

/// The row from which on a plan's table is a key below its actions: initials or ratings, and what each
/// stands for, under a row that says so, after an empty one, or beyond doubt. Lines of text may stand
/// below it.
pub fn first_row(rows: &[Vec<Cell>]) -> Option<usize> {
    let mut numbers: Vec<usize> = (0..rows.len())
        .filter(|&row| filled(&rows[row]).next().is_some())
        .collect();
    while numbers.last().is_some_and(|&row| is_text(&rows[row])) {
        numbers.pop();
    }
    let pairs = numbers.iter().rev();
    let pairs = pairs.take_while(|row| is_sure_pair(&rows[**row])).count();
    let (above, pairs) = numbers.split_at(numbers.len() - pairs);
    let (&last, &first) = (above.last()?, pairs.first()?);
    // Above it stand headings and an action.
    if pairs.len() < 2 || above.len() < 2 {
        return None;
    }
    if says_key(&rows[last]) {
        return Some(last);
    }
    // Nothing says that it is a key: the last actions, with initials or a rating and no day, are none.
    let is_known = |row: &usize| match pair(&rows[*row]) {
        Some((Some(code), _, meaning)) if is_initials(code) => fits(code, &meaning),
        _ => true,
    };
    let is_beyond_doubt = |row: &usize| match pair(&rows[*row]) {
        Some((Some(code), _, meaning)) => {
            let is_coloured = rows[*row].iter().any(|cell| cell.fill.is_some());
            is_initials(code) || is_coloured || ratings::read(&meaning).is_some()
        }
        _ => false,
    };
    let is_apart = last + 1 < first || pairs.iter().all(is_beyond_doubt);
    (is_apart && pairs.iter().all(is_known)).then_some(first)
}

/// Whether a row is one cell of running text.
fn is_text(row: &[Cell]) -> bool {
    let is_long = |text: &str| text.split_whitespace().count() > 8 || text.contains('=');
    only(row).is_some_and(|(_, cell)| is_long(&cell.text) || is_spelt_out(&cell.text))
}

/// Whether a table is a key and nothing else: it goes on with no table above it.
pub fn is_key(table: &Table) -> bool {
    let mut rows = (table.rows.iter())
        .filter(|row| filled(row).next().is_some())
        .peekable();
    let is_said = rows.next_if(|row| says_key(row)).is_some();
    let is_known = |row: &Vec<Cell>| match pair(row) {
        Some((Some(code), _, meaning)) if is_initials(code) => is_said || fits(code, &meaning),
        _ => is_sure_pair(row),
    };
    rows.peek().is_some() && rows.all(is_known)
}

/// Whether a row gives initials or a rating, and what they stand for: no number and its action.
fn is_sure_pair(row: &[Cell]) -> bool {
    let is_rating = |code: &str| ratings::read(code).is_some_and(|rating| rating.rag.is_some());
    match pair(row) {
        Some((Some(code), ..)) => is_initials(code) || is_rating(code),
        _ => false,
    }
}

/// Whether a text is nothing but a key of several initials: "VS – Visitor Services; CS – Corporate Services".
pub fn is_spelt_out(text: &str) -> bool {
    let mut parts = text
        .split([';', '\n'])
        .filter(|part| !part.trim().is_empty());
    text.contains(';') && parts.all(|part| spelt_out(part).len() == 1)
}

/// Whether a row only says that a key follows: "Key", "RAG key:", "Abbreviations".
fn says_key(row: &[Cell]) -> bool {
    only(row).is_some_and(|(_, cell)| is_key_label(&cell.text))
}

/// Whether a few words say that a key follows.
fn is_key_label(text: &str) -> bool {
    const WORDS: &str = "key legend abbreviations abbreviation glossary acronyms acronym initials rag \
        owners leads roles";
    text.split_whitespace().count() <= 4 && has_one_of(text, WORDS)
}

/// What a row of a key says: a code, a colour, and their meaning.
fn pair(row: &[Cell]) -> Option<(Option<&str>, Option<Rag>, String)> {
    let colour = row.iter().find_map(|cell| by_colour(cell.fill.as_deref()?));
    let mut words: Vec<&Cell> = filled(row).collect();
    // How many actions are so may stand beside it.
    let is_counted =
        words.len() > 1 + usize::from(colour.is_none()) && !is_count(&words[words.len() - 2].text);
    words.pop_if(|last| is_counted && is_count(&last.text));
    match words.as_slice() {
        [code, meaning] if is_code(&code.text) => {
            // "Green | Complete": the word names the colour, whatever the fill.
            let named = ratings::read(&code.text).and_then(|rating| rating.rag);
            Some((Some(&code.text), colour.or(named), meaning.text.clone()))
        }
        // "DM | Dina Marsh | Director: Place"
        [code, name, post] if fits(&code.text, &name.text) => {
            let meaning = format!("{}, {}", name.text, post.text.replace(": ", ", "));
            Some((Some(&code.text), None, meaning))
        }
        // The colour's own name stands in the words beside it: "Grey – complete".
        [meaning] if row.iter().any(|cell| cell.fill.is_some()) => {
            let code = meaning.text.split(|c: char| !c.is_alphanumeric()).next();
            let named = code.and_then(ratings::read).and_then(|rating| rating.rag);
            let (code, words) = match key_pair(&meaning.text, false).filter(|_| named.is_some()) {
                Some((_, words)) => (code, words),
                None => (None, meaning.text.clone()),
            };
            let colour = colour.or(named);
            colour.map(|colour| (code, Some(colour), words))
        }
        _ => None,
    }
}

fn is_code(text: &str) -> bool {
    text.chars().count() <= 8 && !text.contains(' ')
}

/// "BM = Business Manager; 1 = not started": the pairs of a key.
pub fn key_pairs(text: &str) -> Vec<(String, String)> {
    let is_label =
        |label: &str| is_key_label(label) || headings::sure(label).is_some_and(Field::is_rating);
    let labelled = text.split_once(':').filter(|(label, _)| is_label(label));
    let text = labelled.map_or(text, |(_, behind)| behind);
    let text = text.trim_start_matches([' ', '-', '\n']);
    let lines: Vec<&str> = text.split([';', '\n', '|']).flat_map(sentences).collect();
    let parts = lines.iter().flat_map(|line| line.split(','));
    let is_scale = parts.filter(|part| begins_with_rating(part)).count() > 2;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in lines {
        for (number, part) in line.split(',').enumerate() {
            if let Some(pair) = key_pair(part, is_scale) {
                pairs.push(pair);
            } else if let Some((_, long)) = pairs.last_mut().filter(|(code, _)| {
                // "DM = Dina Marsh, Director of Finance"
                let rates = ratings::read(code).is_some_and(|rating| rating.rag.is_some());
                let goes_on = rates || part.trim().starts_with(char::is_uppercase);
                number > 0 && code.len() > 1 && goes_on
            }) {
                long.push_str(", ");
                long.push_str(unclosed(part));
            }
        }
    }
    pairs
}

/// The sentences of a line that each give a pair: "Green = on track. Red = late."
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begins = 0;
    for (at, _) in line.match_indices(". ") {
        // "BM = Prof. Una Gill" goes on. A code is short, so that no more is looked at.
        let ahead = &line[at + 2..];
        let ahead = ahead
            .char_indices()
            .nth(60)
            .map_or(ahead, |(end, _)| &ahead[..end]);
        let code = ahead.split_once('=').map_or("", |(code, _)| code);
        let is_pair = (1..=3).contains(&code.split_whitespace().count());
        if is_pair && !code.contains([',', '.']) && line[begins..at].contains('=') {
            found.push(&line[begins..at]);
            begins = at + 2;
        }
    }
    let last = &line[begins..];
    let ends = last.find(". ").filter(|_| !found.is_empty());
    found.push(&last[..ends.unwrap_or(last.len())]);
    found
}

/// Whether a part of a key is a letter or a word for a rating, and behind a dash what it means: "R – late".
fn begins_with_rating(part: &str) -> bool {
    let code = part
        .split_once(['–', ':'])
        .map_or("", |(code, _)| code.trim());
    ratings::read(code).is_some_and(|rating| rating.rag.is_some())
}

/// The pair that a part of a key gives: "BM = Business Manager", "1: not started", "Red – late"; on a scale of
/// ratings also "C – complete".
fn key_pair(part: &str, is_scale: bool) -> Option<(String, String)> {
    let (short, long) = part.split_once('=').or_else(|| {
        let (short, long) = part.split_once(['–', ':'])?;
        let code = short.trim().trim_start_matches("- ");
        let figure = code.parse::<u8>().is_ok();
        let colour =
            ratings::read(code).is_some_and(|rating| rating.rag.is_some()) && code.len() > 1;
        (figure || colour || is_scale && is_code(code)).then_some((short, long))
    })?;
    let short = short
        .trim()
        .trim_start_matches("- ")
        .trim()
        .trim_matches(['(', ')']);
    let code = short.rsplit(' ').next().unwrap_or(short);
    let fits = is_code(code) && !code.is_empty() && !long.trim().is_empty();
    fits.then(|| (letters_only(code), unclosed(long).to_owned()))
}

/// What a key says without a full stop, and without a bracket that nothing in it opens.
fn unclosed(text: &str) -> &str {
    let mut text = text.trim();
    let mut unopened = text
        .matches(')')
        .count()
        .saturating_sub(text.matches('(').count());
    while let Some(less) = text.strip_suffix('.').or_else(|| {
        let less = text.strip_suffix(')').filter(|_| unopened > 0)?;
        unopened -= 1;
        Some(less)
    }) {
        text = less.trim_end();
    }
    text
}

/// Initials side by side with what they stand for: "Abbreviations: HT headteacher; DHT deputy headteacher", "HT – Headteacher,
/// DHT – Deputy". Where nothing says that it is a key, the words have the initials as first letters.
fn side_by_side(line: &str) -> Vec<(String, String)> {
    let (label, rest) = line.split_once(':').unwrap_or(("", line));
    let says_so = is_key_label(label);
    let rest = if says_so { rest } else { line };
    let sign = if rest.contains(';') { ';' } else { ',' };
    let pairs: Vec<Option<(String, String)>> = rest
        .split(sign)
        .map(|part| {
            let (short, behind) = part.trim().split_once(' ')?;
            let long = behind.trim_start_matches(['–', '-', '=', ' ']);
            let is_parted = long.len() < behind.len() && long.starts_with(char::is_uppercase);
            let words = long
                .chars()
                .all(|c| c.is_alphabetic() || " ’'-.,()&".contains(c));
            let is = is_initials(short) && words && (says_so || is_parted || fits(short, long));
            is.then(|| (letters_only(short), unclosed(long).to_owned()))
        })
        .collect();
    let all = pairs.len() > 1 && pairs.iter().all(Option::is_some);
    pairs.into_iter().flatten().filter(|_| all).collect()
}

/// Initials beside the words that they stand for: "BM – Board Manager", "Training Subgroup (TS)".
fn spelt_out(line: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let line = line.trim().trim_start_matches("- ");
    // "BBO………Board Business Office"
    if let Some((short, rest)) = line.find(['…', '.']).map(|at| line.split_at(at))
        && (rest.starts_with("...") || rest.starts_with('…'))
    {
        let long = rest.trim_start_matches(['…', '.', ' ']).trim();
        if short.chars().count() <= 12 && !short.is_empty() && !long.is_empty() {
            found.push((letters_only(short), long.to_owned()));
        }
    }
    let parted = [" – ", " - ", ": ", " = ", "\t"];
    if let Some((short, long)) = parted.iter().find_map(|sign| line.split_once(sign)) {
        found.extend(fitting(short.trim(), long.trim().trim_end_matches('.')));
    }
    found.extend(bracketed(line));
    found
}

/// Initials in brackets behind the words that they stand for: "Training Subgroup (TS)".
fn bracketed(line: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(" (") {
        let Some((inside, behind)) = after.split_once(')') else {
            break;
        };
        rest = behind;
        if !is_initials(inside) {
            continue;
        }
        let words: Vec<&str> = before.split_whitespace().collect();
        // The initials cover no more words than they have letters, but for small words between.
        let longest = (inside.chars().count() + 3).min(words.len());
        let name = (1..=longest)
            .map(|count| words[words.len() - count..].join(" "))
            .find(|name| fits(inside, name) && name.starts_with(char::is_uppercase));
        found.extend(name.map(|name| (letters_only(inside), name)));
    }
    found
}

fn fitting(short: &str, long: &str) -> Option<(String, String)> {
    fits(short, long).then(|| (letters_only(short), long.to_owned()))
}

/// Whether initials are those of a name.
fn fits(short: &str, long: &str) -> bool {
    is_initials(short)
        && long.split_whitespace().count() <= 8
        && [long.to_owned(), long.replace("ubgroup", "ub group")]
            .iter()
            .filter_map(|long| initials_of(long, 2))
            .any(|initials| initials == letters_only(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_what_initials_and_figures_stand_for() {
        let pairs = key_pairs("Key: BM = Business Manager; NN = Named Nurse");
        assert_eq!(
            pairs,
            [
                ("bm".into(), "Business Manager".into()),
                ("nn".into(), "Named Nurse".into())
            ]
        );
        assert!(key_pairs("Neglect, and what we do").is_empty());
        let pairs = key_pairs("Status: C – complete; G – fine; A – behind; R – far behind");
        assert_eq!(pairs[0], ("c".into(), "complete".into()));
        assert_eq!(pairs.len(), 4);
        assert_eq!(
            key_pairs("B – done, G – fine, A – behind, R – not met").len(),
            4
        );
        let pairs =
            key_pairs("Glas / Blue = wedi / complete. Coch / Red = dim / not started. May 2017.");
        assert_eq!(pairs[0], ("blue".into(), "wedi / complete".into()));
        assert_eq!(pairs[1].0, "red");
        assert_eq!(key_pairs("UG = Prof. Una Gill, KH = Kit Hume").len(), 2);
        let pairs =
            key_pairs("RT = Ray Toll (County Roads); DP = Dot Pell, Head of Roads, G = on course");
        assert_eq!(
            pairs,
            [
                ("rt".into(), "Ray Toll (County Roads)".into()),
                ("dp".into(), "Dot Pell, Head of Roads".into()),
                ("g".into(), "on course".into())
            ]
        );
    }

    #[test]
    fn only_brackets_that_nothing_opens_are_taken_off() {
        for (text, left) in [
            ("late).", "late"),
            ("Ray Toll (Roads))).", "Ray Toll (Roads)"),
            ("(a) late) .)", "(a) late"),
            ("))", ""),
        ] {
            assert_eq!(unclosed(text), left, "{text}");
        }
    }

    #[test]
    fn initials_are_spelt_out_in_running_text() {
        let mut key = Key::default();
        key.read_text("BM – Board Manager");
        key.read_text("The work of the Quality Assurance Group (QAG) goes on.");
        key.read_text("A plan (see below) for Work (NHS)");
        assert_eq!(key.meaning("BM"), "Board Manager");
        assert_eq!(key.meaning("QAG"), "Quality Assurance Group");
        assert_eq!(key.meaning("NHS"), "NHS");
        key.read_text("Abbreviations: HT headteacher; AM Amy Moss");
        assert_eq!(key.meaning("HT"), "headteacher");
        assert_eq!(key.meaning("AM"), "Amy Moss");
        key.read_text("The NHS is to write, the ICB is to answer");
        assert_eq!(key.meaning("ICB"), "ICB");
    }
}
