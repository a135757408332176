//! The words around the tables: the plan's title, its period, its sections and threads, the headings
//! that name priorities, and the key to initials and scales.

use std::collections::{BTreeSet, HashMap};

use super::fields::{self, Field};
use super::owners::slug;
use super::{Layout, Wishes, ids, tables};
use crate::calendar::{Day, Period, is_dash};
use crate::import::Refusal;
use crate::import::account::Account;
use crate::import::blocks::{Block, Blocks, Piece, Table};
use crate::timescale::parse_date;

/// What stands around the tables.
#[derive(Debug, Default)]
pub struct Front {
    pub title: String,
    pub period: String,
    pub board: String,
    pub short: Option<String>,
    pub kind: Option<String>,
    pub area: Option<String>,
    pub sections: Vec<Section>,
    /// What runs through all priorities: a short name and the words.
    pub threads: Vec<(String, String)>,
    /// The day of adoption, where the source itself says it.
    pub adopted: Option<Day>,
    /// The day that stands below the title: that of the document, not of the plan.
    day: Option<(Day, usize)>,
    /// Outcomes that stand in a paragraph below a priority's heading: the heading's number in the
    /// account, the words and their own number.
    outcomes: Vec<(usize, String, usize)>,
    /// What that paragraph calls them.
    pub outcomes_called: Option<String>,
    adopted_item: usize,
    /// Of every block that is a table of the plan, the heading that names its priority.
    pub priorities: Vec<Option<Piece>>,
}

#[derive(Debug)]
pub struct Section {
    pub title: String,
    pub text: Option<String>,
    items: Vec<usize>,
}

impl Front {
    pub fn read(
        blocks: &Blocks,
        layouts: &[Option<Layout>],
        name: &str,
        wishes: &Wishes,
        account: &mut Account,
    ) -> Result<Front, Refusal> {
        let mut front = Front::default();
        let texts = texts(blocks, layouts);
        let titles = title_run(&texts, blocks.flattened);
        for text in &texts[titles.clone()] {
            account.put(text.piece.item, "the plan's title");
        }
        let words: Vec<&str> = texts[titles.clone()]
            .iter()
            .map(|text| text.piece.text.as_str())
            .collect();
        front.title = match words.is_empty() {
            true => {
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                account.note(
                    0,
                    format!(
                        "the source has no title: the plan is called \"{stem}\", as the file is"
                    ),
                );
                stem.to_owned()
            }
            // This tool's own papers part the board's name from the plan's.
            false => words.join(" ").replace(" · ", " "),
        };
        front.priorities = priorities(blocks, layouts, &texts, titles.clone());
        front.sections(&texts, titles);
        front.period = period(&front, &texts, name, wishes, account)?;
        front.name_board(&texts, wishes, account);
        Ok(front)
    }

    /// Gathers the sections: every heading that names no priority, with its paragraphs.
    fn sections(&mut self, texts: &[Said], titles: std::ops::Range<usize>) {
        let named: BTreeSet<usize> = self
            .priorities
            .iter()
            .flatten()
            .map(|piece| piece.item)
            .collect();
        let mut title = self.title.clone();
        let mut priority = None;
        for (number, said) in texts.iter().enumerate() {
            if titles.contains(&number) || said.is_key {
                continue;
            }
            let piece = said.piece;
            if named.contains(&piece.item) {
                title.clone_from(&piece.text);
                priority = Some(piece.item);
            } else if (number == titles.end && self.dated(piece))
                || self.says_adopted(piece)
                || self.says_outcomes(piece, priority)
            {
                // It has its own place.
            } else if said.level.is_some() {
                title.clone_from(&piece.text);
                self.sections.push(Section {
                    title: title.clone(),
                    text: None,
                    items: vec![piece.item],
                });
            } else if is_threads(&title) && is_list(&piece.text) && self.threads.is_empty() {
                self.threads = threads(&piece.text);
                self.add_to(&title, None, piece.item);
            } else {
                self.add_to(&title, Some(&piece.text), piece.item);
            }
        }
    }

    /// Takes a paragraph below the title that is only a day.
    fn dated(&mut self, piece: &Piece) -> bool {
        let day = parse_date(piece.text.trim_end_matches('.')).ok();
        self.day = day.map(|day| (day, piece.item));
        day.is_some()
    }

    /// Takes a paragraph that only says when the plan was adopted.
    fn says_adopted(&mut self, piece: &Piece) -> bool {
        let lower = piece.text.to_lowercase();
        let Some(day) = ["adopted on ", "adopted: ", "adopted "]
            .iter()
            .find_map(|word| lower.strip_prefix(word))
        else {
            return false;
        };
        let Ok(day) = parse_date(day.trim_end_matches('.')) else {
            return false;
        };
        self.adopted = Some(day);
        self.adopted_item = piece.item;
        true
    }

    /// Takes a paragraph below a priority's heading that gives its outcomes.
    fn says_outcomes(&mut self, piece: &Piece, priority: Option<usize>) -> bool {
        let (Some(priority), Some((label, words))) = (priority, piece.text.split_once(':')) else {
            return false;
        };
        let label = label.trim_start_matches("- ").trim();
        let is =
            label.split_whitespace().count() <= 4 && fields::field(label) == Some(Field::Outcomes);
        if is {
            self.outcomes
                .push((priority, words.trim().to_owned(), piece.item));
            self.outcomes_called = Some(label.to_owned());
        }
        is
    }

    /// The outcomes that stand below a heading.
    pub fn outcomes_under(&self, heading: usize) -> impl Iterator<Item = (&str, usize)> {
        let own = self
            .outcomes
            .iter()
            .filter(move |(under, ..)| *under == heading);
        own.map(|(_, words, item)| (words.as_str(), *item))
    }

    /// Adds words to the last section of a title, or to a new one.
    fn add_to(&mut self, title: &str, text: Option<&str>, item: usize) {
        if self
            .sections
            .last()
            .is_none_or(|section| section.title != title)
        {
            self.sections.push(Section {
                title: title.to_owned(),
                text: None,
                items: Vec::new(),
            });
        }
        let Some(section) = self.sections.last_mut() else {
            return;
        };
        section.items.push(item);
        if let Some(text) = text {
            let both_lists = section.text.as_deref().is_some_and(is_list) && is_list(text);
            section.text = Some(match section.text.take() {
                None => text.to_owned(),
                Some(before) => format!("{before}{}{text}", if both_lists { "\n" } else { "\n\n" }),
            });
        }
    }

    /// What the whole board calls itself.
    pub fn board_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.board.as_str()).chain(self.short.as_deref())
    }

    /// Adds what stands below or between a table's rows and is no part of it.
    pub fn add_asides(&mut self, asides: &[(String, usize)]) {
        let title = self.title.clone();
        for (text, item) in asides {
            self.add_to(&title, Some(text), *item);
        }
    }

    /// The board that the plan is of: "… Board" or "… Partnership" in the title, else in the text.
    fn name_board(&mut self, texts: &[Said], wishes: &Wishes, account: &mut Account) {
        let all = || {
            std::iter::once(self.title.as_str())
                .chain(texts.iter().map(|said| said.piece.text.as_str()))
        };
        let Some(board) = all().find_map(board_name) else {
            self.board.clone_from(&wishes.folder);
            account.note(
                0,
                format!(
                    "the source names no board: it is called \"{}\", as its folder is",
                    self.board
                ),
            );
            return;
        };
        let words: Vec<&str> = board.split_whitespace().collect();
        if let Some(at) = words
            .iter()
            .position(|word| word.eq_ignore_ascii_case("safeguarding"))
        {
            self.kind = Some(words[at..].join(" ").to_lowercase());
            let area = words[..at].join(" ");
            self.area = (!area.is_empty() && area.to_lowercase() != "the").then_some(area);
        }
        let initials: String = words
            .iter()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        let used = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric())
                .any(|word| word == initials)
        };
        if initials.len() > 1 && all().any(used) {
            self.short = Some(initials);
        }
        self.board = board;
    }

    /// What the document's own key says: initials and their names, figures of a scale and their words.
    pub fn key(
        &mut self,
        blocks: &Blocks,
        layouts: &[Option<Layout>],
        account: &mut Account,
    ) -> HashMap<String, String> {
        let mut key = HashMap::new();
        for (block, layout) in blocks.blocks.iter().zip(layouts) {
            match block {
                Block::Heading(_, piece) | Block::Paragraph(piece) => {
                    key.extend(pairs_of(&piece.text))
                }
                Block::Table(table) if layout.is_none() => self.key_table(table, &mut key, account),
                Block::Table(table) => {
                    let columns = layout.iter().flat_map(|layout| &layout.columns.headings);
                    columns.for_each(|heading| key.extend(key_pairs(heading)));
                    let above = layout.as_ref().map_or(0, |layout| layout.columns.head);
                    for cell in table.rows[..above.min(table.rows.len())].iter().flatten() {
                        key.extend(key_pairs(&cell.text));
                    }
                }
            }
        }
        key
    }

    /// A table of two columns whose first holds short codes is a key; its words become a section.
    fn key_table(
        &mut self,
        table: &Table,
        key: &mut HashMap<String, String>,
        account: &mut Account,
    ) {
        let rows: Vec<Vec<&crate::import::blocks::Cell>> = table
            .rows
            .iter()
            .map(|row| tables::said(row).collect())
            .collect();
        let code = |text: &str| text.chars().count() <= 8 && !text.contains(' ');
        let pairs: Vec<_> = rows
            .iter()
            .filter(|row| row.len() == 2 && code(&row[0].text))
            .collect();
        if pairs.len() < 2 || pairs.len() + 1 < rows.len() {
            return;
        }
        let mut lines = Vec::new();
        let mut items = Vec::new();
        for row in &rows {
            let words: Vec<String> = row
                .iter()
                .map(|cell| cell.text.replace('\n', " "))
                .collect();
            lines.push(format!("- {}", words.join(": ")));
            items.extend(row.iter().map(|cell| cell.item));
            if let [short, long] = row.as_slice() {
                key.insert(tables::plain(&short.text), long.text.clone());
            }
        }
        for item in &items {
            account.put(*item, "sections: Key");
        }
        self.sections.push(Section {
            title: "Key".into(),
            text: Some(lines.join("\n")),
            items,
        });
    }

    /// Says in the account where the words went.
    pub fn settle(&self, wishes: &Wishes, account: &mut Account) {
        account.put(self.adopted_item, "adopted");
        match self.day {
            Some((day, item)) if wishes.reported == Some(day) => account.put(item, "updates: date"),
            Some((_, item)) => account.leave(item, "the day of the document, not of the plan"),
            None => {}
        }
        for section in &self.sections {
            for item in &section.items {
                account.put(*item, format!("sections: {}", section.title));
            }
        }
    }
}

/// A heading or paragraph of the source.
struct Said<'b> {
    /// The number of its block.
    block: usize,
    level: Option<u8>,
    piece: &'b Piece,
    /// Whether its words are the key of a table and stand elsewhere already.
    is_key: bool,
}

/// The texts around the tables; a line above a table's heading row, within it, is one of them.
fn texts<'b>(blocks: &'b Blocks, _layouts: &[Option<Layout>]) -> Vec<Said<'b>> {
    let texts = blocks
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(block, found)| {
            let (level, piece) = match found {
                Block::Heading(level, piece) => (Some(*level), piece),
                Block::Paragraph(piece) => (None, piece),
                Block::Table(_) => return None,
            };
            Some(Said {
                block,
                level,
                piece,
                is_key: false,
            })
        });
    texts.collect()
}

/// The headings at the start that are the plan's title: those of the first one's level. Where the
/// format marks no levels, the last before a paragraph is that paragraph's.
fn title_run(texts: &[Said], flattened: bool) -> std::ops::Range<usize> {
    let Some(first) = texts.first() else {
        return 0..0;
    };
    let Some(level) = first.level else {
        // A short first line that is no sentence names the plan.
        let named = first.piece.text.split_whitespace().count() <= 14
            && !first.piece.text.ends_with(['.', ':', ';']);
        return 0..usize::from(named && key_pairs(&first.piece.text).is_empty());
    };
    let title = |(number, said): (usize, &Said)| {
        said.level == Some(level)
            && said.block == first.block + number
            && ids::after_priority(&said.piece.text).is_none()
            && parse_date(&said.piece.text).is_err()
    };
    let run = texts
        .iter()
        .enumerate()
        .take_while(|(number, said)| title((*number, said)))
        .count();
    let next = texts
        .get(run)
        .filter(|next| next.level.is_none() && next.block == first.block + run);
    match next {
        Some(_) if run > 1 && flattened => 0..run - 1,
        _ => 0..run,
    }
}

/// The headings that name the priority of each table: the nearest above it that says "Priority" or
/// has a number, or that differs from table to table; else the name of its sheet.
fn priorities(
    blocks: &Blocks,
    layouts: &[Option<Layout>],
    texts: &[Said],
    titles: std::ops::Range<usize>,
) -> Vec<Option<Piece>> {
    let free: Vec<&Said> = (texts.iter().enumerate())
        .filter(|(number, _)| !titles.contains(number))
        .map(|(_, said)| said)
        .collect();
    let above: Vec<Option<&Said>> = (0..layouts.len())
        .map(|block| heading_above(block, layouts, &free))
        .collect();
    let is_plan = |block: &usize| {
        layouts[*block]
            .as_ref()
            .is_some_and(|layout| !layout.goes_on)
    };
    let plans: Vec<usize> = (0..layouts.len()).filter(is_plan).collect();
    let column = layouts
        .iter()
        .flatten()
        .any(|layout| layout.columns.fields.contains(&Some(Field::Priority)));
    let distinct: BTreeSet<&str> = plans
        .iter()
        .filter_map(|&block| Some(above[block]?.piece.text.as_str()))
        .collect();
    let several = distinct.len() > 1 && !column;
    let name = |&block: &usize| match &blocks.blocks[block] {
        Block::Table(table) => table.name.as_deref(),
        _ => None,
    };
    let sheets: BTreeSet<&str> = plans.iter().filter_map(name).collect();
    let by_sheet = sheets.len() > 1 && !column;
    (0..layouts.len())
        .map(|block| {
            let Block::Table(table) = &blocks.blocks[block] else {
                return None;
            };
            layouts[block].as_ref()?;
            let named = above[block].filter(|said| {
                let text = &said.piece.text;
                several
                    || ids::after_priority(text).is_some()
                    || (!column && ids::priority(text).0.is_some())
            });
            named.map(|said| said.piece.clone()).or_else(|| {
                let name = table.name.clone().filter(|_| by_sheet)?;
                let place = crate::import::blocks::Place::Part(
                    format!("the name of the sheet {name}").into(),
                );
                Some(Piece::new(place, name.to_string()))
            })
        })
        .collect()
}

/// The heading that stands nearest above a table, with no other table between: one that says
/// "Priority" before any other.
fn heading_above<'b>(
    block: usize,
    layouts: &[Option<Layout>],
    texts: &[&'b Said<'b>],
) -> Option<&'b Said<'b>> {
    let mut earlier = (0..block).rev();
    let before = earlier
        .find(|&before| layouts[before].is_some())
        .unwrap_or(0);
    let near: Vec<&Said> = (texts.iter().copied())
        .filter(|said| said.block >= before && said.block < block)
        .collect();
    let named = |said: &&&Said| {
        ids::after_priority(&said.piece.text).is_some() && said.piece.text.len() < 200
    };
    let last = near.iter().rev();
    (last.clone().find(named))
        .or_else(|| last.clone().find(|said| said.level.is_some()))
        .copied()
}

fn is_list(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().starts_with("- "))
}

/// Whether a heading stands over what runs through all priorities.
fn is_threads(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.contains("thread")
        || lower.contains("cross-cutting")
        || lower.contains("cross cutting")
        || lower.contains("golden thread")
}

fn threads(text: &str) -> Vec<(String, String)> {
    let mut threads: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let Some(words) = line.strip_prefix("- ") else {
            // A list within a list belongs to its item.
            if let Some((_, before)) = threads.last_mut() {
                *before = format!("{before}\n{line}");
            }
            continue;
        };
        let small = [
            "the", "a", "an", "all", "of", "our", "we", "to", "in", "is", "are", "and", "this",
        ];
        let word = words
            .split([' ', ',', ':'])
            .find(|word| !small.contains(&word.to_lowercase().as_str()));
        let base = slug(word.unwrap_or(words));
        let mut id = base.clone();
        let mut number = 2;
        while threads.iter().any(|(known, _)| *known == id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        threads.push((id, words.to_owned()));
    }
    threads
}

/// The period that the user names, or the first pair of years in the title, the file's name, the text.
fn period(
    front: &Front,
    texts: &[Said],
    name: &str,
    wishes: &Wishes,
    account: &mut Account,
) -> Result<String, Refusal> {
    if let Some(period) = &wishes.period {
        return match Period::parse_plan(period) {
            Some(_) => Ok(period.trim().to_owned()),
            None => Err(format!(
                "\"{period}\" is no period; write --period 2017-19 or --period 2019-20"
            )
            .into()),
        };
    }
    if let Some(period) = years(&front.title).or_else(|| years(name)) {
        return Ok(period);
    }
    for said in texts {
        if let Some(period) = years(&said.piece.text) {
            account.note(
                said.piece.item,
                format!("the plan's period is read as {period} from here"),
            );
            return Ok(period);
        }
    }
    Err(
        format!("{name} does not say which years the plan covers; say it with --period 2017-19")
            .into(),
    )
}

/// The first pair of years in a text, as the files write it: "2019 -20" is 2019-20.
fn years(text: &str) -> Option<String> {
    let is_year = |at: usize| {
        let figures = text
            .get(at..at + 4)
            .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        let before = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        (before && figures.starts_with("20")).then_some(figures)
    };
    text.char_indices().find_map(|(at, _)| {
        let first = is_year(at)?;
        let rest = text[at + 4..].trim_start();
        let rest = rest
            .strip_prefix(|c| is_dash(c) || c == '/')
            .or_else(|| rest.strip_prefix("to "))?
            .trim_start();
        let figures: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let after = rest[figures.len()..].chars().next();
        if ![2, 4].contains(&figures.len())
            || after.is_some_and(|c| is_dash(c) || c == '/' || c.is_alphabetic())
        {
            return None;
        }
        let period = format!("{first}-{}", &figures[figures.len() - 2..]);
        Period::parse_plan(&period).map(|_| period)
    })
}

/// The name of a board in a text: the capitalised words up to "Board" or "Partnership".
fn board_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |word: &str| {
        ["board", "partnership"].contains(
            &word
                .trim_matches(|c: char| !c.is_alphabetic())
                .to_lowercase()
                .as_str(),
        )
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

/// The pairs of a text that is a key: several, or one that says so.
fn pairs_of(text: &str) -> Vec<(String, String)> {
    let pairs = key_pairs(text);
    match pairs.len() > 1 || text.to_lowercase().starts_with("key") {
        true => pairs,
        false => Vec::new(),
    }
}

/// "BM = Business Manager; 1 = not started": the pairs of a key.
fn key_pairs(text: &str) -> Vec<(String, String)> {
    let text = text
        .strip_prefix("Key")
        .unwrap_or(text)
        .trim_start_matches([':', ' ', '-', '\n']);
    let parts = text.split([';', '\n', ',', '|']);
    let pairs = parts.filter_map(|part| {
        let (short, long) = part.split_once('=').or_else(|| {
            let (short, long) = part.split_once(['–', ':'])?;
            short.trim().trim_start_matches("- ").parse::<u8>().ok()?;
            Some((short, long))
        })?;
        let short = short
            .trim()
            .trim_start_matches("- ")
            .trim()
            .trim_matches(['(', ')']);
        let code = short.rsplit(' ').next().unwrap_or(short);
        let fits = code.chars().count() <= 8 && !code.is_empty() && !long.trim().is_empty();
        fits.then(|| {
            (
                tables::plain(code),
                long.trim().trim_matches([')', '.']).to_owned(),
            )
        })
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_the_first_pair_of_years() {
        for (text, period) in [
            ("Business Plan 2019 -20", Some("2019-20")),
            (
                "identified by Board partners for 2017-19. It",
                Some("2017-19"),
            ),
            ("Plan 2017/2018", Some("2017-18")),
            ("adopted on 2018-04-01", None),
            ("Working Together 2018", None),
        ] {
            assert_eq!(years(text).as_deref(), period, "{text}");
        }
    }

    #[test]
    fn a_board_is_named_in_its_title() {
        assert_eq!(
            board_name("Hartlepool Safeguarding Children Board Work Plan").as_deref(),
            Some("Hartlepool Safeguarding Children Board")
        );
        assert_eq!(board_name("The Board meets"), None);
    }

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
    }
}
