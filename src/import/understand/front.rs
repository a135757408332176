//! The words around the tables: the plan's title, its period, its sections and threads, and what they say
//! of the board.

use std::collections::BTreeSet;

use super::board_name::{in_line, in_prose, in_title, parts};
use super::cells::filled;
use super::fields::Field;
use super::key::Key;
use super::over_tables::{Over, headings_over};
use super::texts::{SourceText, around_tables};
use super::threads::{is_threads, threads};
use super::title::{Title, position, says_plan};
use super::{Layout, Wishes, headings, period};
use crate::calendar::{Day, Period, Terms};
use crate::import::account::Account;
use crate::import::blocks::{Block, Blocks, Piece, Place};
use crate::plan::rating_key;
use crate::timescale::{TimescaleContext, parse_date};
use crate::words::{has_one_of, words_of};

/// What stands around the tables.
#[derive(Debug, Default)]
pub struct Front {
    pub title: String,
    /// The years that the plan covers; none where the source does not say them.
    pub period: Option<String>,
    pub board: String,
    /// Whether the source itself names the board.
    pub names_board: bool,
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
    /// The day of which the title says it is.
    bears: Option<Day>,
    /// Outcomes that stand in a paragraph below a priority's heading: the heading's number in the
    /// account, the words and their own number.
    outcomes: Vec<(usize, String, usize)>,
    /// The label of that paragraph.
    pub outcomes_called: Option<String>,
    adopted_item: usize,
    /// Paragraphs of this program's own that say what ratings mean.
    meanings: Vec<usize>,
    /// Of every block that is a table of the plan, the headings that name its priority and objective.
    pub over: Vec<Option<Over>>,
}

#[derive(Debug)]
pub struct Section {
    pub title: String,
    pub text: Option<String>,
    items: Vec<usize>,
}

impl Front {
    /// Reads what stands around the tables; `name` is the source's file name.
    pub fn read(
        blocks: &Blocks,
        layouts: &[Option<Layout>],
        name: &str,
        wishes: &Wishes,
        account: &mut Account,
    ) -> Front {
        let mut front = Front::default();
        let texts = around_tables(blocks);
        let title = Title::find(blocks, layouts, &texts);
        let titles = title.texts.clone();
        for text in &texts[titles.clone()] {
            account.put(text.piece.item, "the plan's title");
        }
        front.bears = title.day;
        front.title = if !title.words.is_empty() {
            // This tool's own papers part the board's name from the plan's.
            title.words.replace(" · ", " ")
        } else if let Some((place, text, title)) = title_of_pages(blocks) {
            account.take_title(place, text, title);
            title.to_owned()
        } else {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            account.note(
                0,
                format!("the source has no title: the plan is called \"{stem}\", as the file is"),
            );
            stem.to_owned()
        };
        for number in title.more {
            let piece = texts[number].piece;
            front.add_to(&front.title.clone(), Some(&piece.text), piece.item);
        }
        front.over = headings_over(blocks, layouts, &texts, titles.clone());
        front.sections(&texts, titles.clone());
        let first = layouts.iter().position(Option::is_some).unwrap_or_default();
        let before = texts.iter().take_while(|text| text.block < first).count();
        front.read_cover(&blocks.blocks[..first], account);
        front.find_period(&texts[..before], name, wishes, account);
        if wishes.period.is_none() {
            front.period_of_headings(&texts, layouts, first, account);
        }
        let named = front.find_board(blocks, &texts, before, titles);
        front.name_board(named, &texts, wishes, account);
        front
    }

    /// The period that the user names, or the first in the title, the file's name, the text before the plan's
    /// tables: below them stand deadlines.
    fn find_period(
        &mut self,
        texts: &[SourceText],
        name: &str,
        wishes: &Wishes,
        account: &mut Account,
    ) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let titled = period::in_title(&self.title).or_else(|| period::in_title(stem));
        self.period = wishes.period.clone().or(titled).or(self.period.take());
        if self.period.is_some() {
            return;
        }
        let found = texts
            .iter()
            .find_map(|text| Some((text.piece.item, period::in_text(&text.piece.text)?)));
        if let Some((item, period)) = found {
            account.note(
                item,
                format!("the plan's period is read as {period} from here"),
            );
            self.period = Some(period);
        }
    }

    /// Reads the years and the day that a cover's table says: "Plan period | April 2022 to March 2023", "RAG as at | 29
    /// September 2022".
    fn read_cover(&mut self, before: &[Block], account: &mut Account) {
        let tables = before.iter().filter_map(|block| match block {
            Block::Table(table) => Some(&table.rows),
            _ => None,
        });
        for row in tables.flatten() {
            let [label, said] = filled(row).collect::<Vec<_>>()[..] else {
                continue;
            };
            if self.period.is_none() && has_one_of(&label.text, "period") {
                self.period = period::in_text(&said.text);
                let period = self.period.iter();
                let notes =
                    period.map(|period| format!("the plan's period is read as {period} from here"));
                notes.for_each(|note| account.note(said.item, note));
            }
            let line = format!("{} {}", label.text, said.text);
            self.bears = self.bears.or_else(|| position(&line));
        }
    }

    /// The years that headings give: those of a plan within the plan that the title names, "Implementation Plan,
    /// January 2024 to December 2025", and the ones after it that a heading right over a table names.
    fn period_of_headings(
        &mut self,
        texts: &[SourceText],
        layouts: &[Option<Layout>],
        first: usize,
        account: &mut Account,
    ) {
        for text in texts.iter().filter(|text| text.level.is_some()) {
            let words = &text.piece.text;
            let named = period::in_text(words);
            let days = |period: &Option<String>| Period::parse_plan(period.as_deref()?);
            let (Some(plan), Some(part)) = (days(&self.period), days(&named)) else {
                continue;
            };
            let is_within = part.first >= plan.first && part.last <= plan.last && part != plan;
            let over = layouts.iter().skip(text.block + 1).take(2);
            let goes_on = part.first.days_since(plan.last) == 1 && over.flatten().next().is_some();
            if is_within && text.block < first && says_plan(words) {
                self.period = named;
            } else if goes_on {
                self.period = period::written(plan.first, part.last);
            } else {
                continue;
            }
            let period = self.period.clone().unwrap_or_default();
            account.note(
                text.piece.item,
                format!("the plan's period is read as {period} by this heading"),
            );
        }
    }

    /// The period as days; none where the source says none.
    pub fn days(&self) -> Option<Period> {
        Period::parse_plan(self.period.as_deref()?)
    }

    /// What timescales are read in.
    pub fn context<'t>(&self, terms: &'t Terms) -> TimescaleContext<'t> {
        TimescaleContext {
            period: self.days(),
            terms,
        }
    }

    /// The day that the source itself bears.
    pub fn day(&self) -> Option<Day> {
        self.day.map(|(day, _)| day).or(self.bears)
    }

    /// Gathers the sections: every heading that names no priority, with its paragraphs.
    fn sections(&mut self, texts: &[SourceText], titles: std::ops::Range<usize>) {
        let named: BTreeSet<usize> = self
            .over
            .iter()
            .flatten()
            .flat_map(Over::pieces)
            .map(|piece| piece.item)
            .collect();
        let mut title = self.title.clone();
        let mut priority = None;
        for (number, text) in texts.iter().enumerate() {
            if titles.contains(&number) {
                continue;
            }
            let piece = text.piece;
            if named.contains(&piece.item) {
                title.clone_from(&piece.text);
                priority = Some(piece.item);
            } else if (number == titles.end && self.dated(piece))
                || self.says_adopted(piece)
                || self.says_outcomes(piece, priority)
                || self.says_what_ratings_mean(piece)
            {
                // It was read into a field of the plan, and is no section as well.
            } else if text.level.is_some() {
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
        self.day = day.map(|day| (day, piece.item)).or(self.day);
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
        let says = headings::field(label);
        let is = headings::aim(&piece.text).is_some()
            || label.split_whitespace().count() <= 6
                && says.is_some_and(|field| matches!(field, Field::Outcomes | Field::Impact));
        if is {
            self.outcomes
                .push((priority, words.trim().to_owned(), piece.item));
            self.outcomes_called = Some(label.to_owned());
        }
        is
    }

    /// Takes what this program's own papers say below their first table; a format may have made one line
    /// of two.
    fn says_what_ratings_mean(&mut self, piece: &Piece) -> bool {
        let [meanings, origin] = rating_key(|_| None);
        let both = format!("{meanings} {origin}");
        let words: Vec<&str> = piece.text.split_whitespace().collect();
        let is = [meanings, origin, both].contains(&words.join(" "));
        if is {
            self.meanings.push(piece.item);
        }
        is
    }

    /// The outcomes that stand below a heading.
    pub fn outcomes_under(&self, heading: usize) -> impl Iterator<Item = (&str, usize)> {
        let outcomes = self
            .outcomes
            .iter()
            .filter(move |(under, ..)| *under == heading);
        outcomes.map(|(_, words, item)| (words.as_str(), *item))
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

    /// The body whose plan it is: as the title names it, a line before the tables that says nothing else, or
    /// running text that is about a safeguarding board.
    fn find_board(
        &self,
        blocks: &Blocks,
        texts: &[SourceText],
        before: usize,
        titles: std::ops::Range<usize>,
    ) -> Option<String> {
        let words = |text: &SourceText| text.piece.text.clone();
        let mut titled = texts[titles].iter().map(words).chain([self.title.clone()]);
        let over: BTreeSet<usize> = (self.over.iter().flatten())
            .flat_map(Over::pieces)
            .map(|piece| piece.item)
            .collect();
        let mut lines = texts[..before]
            .iter()
            .filter(|text| !over.contains(&text.piece.item));
        let mut furniture = blocks.furniture.iter().map(|(_, text)| text.as_str());
        let mut prose = texts.iter().filter(|text| text.level.is_none());
        titled
            .find_map(|title| in_title(&title))
            .or_else(|| lines.find_map(|text| in_line(&text.piece.text)))
            .or_else(|| furniture.find_map(in_line))
            .or_else(|| prose.find_map(|text| in_prose(&text.piece.text)))
    }

    /// Takes the name of the board, else that of its folder.
    fn name_board(
        &mut self,
        named: Option<String>,
        texts: &[SourceText],
        wishes: &Wishes,
        account: &mut Account,
    ) {
        let Some(board) = named else {
            self.board.clone_from(&wishes.folder);
            let board = &self.board;
            account.note(
                0,
                format!("the source names no board: it is called \"{board}\", as its folder is"),
            );
            return;
        };
        let all = || {
            std::iter::once(self.title.as_str())
                .chain(texts.iter().map(|text| text.piece.text.as_str()))
        };
        let parts = parts(&board);
        let used = |text: &str| words_of(text).any(|word| word == parts.initials);
        if parts.initials.len() > 1 && all().any(used) {
            self.short = Some(parts.initials);
        }
        (self.kind, self.area) = (parts.kind, parts.area);
        self.board = board;
        self.names_board = true;
    }

    /// Makes sections of the tables that are keys.
    pub fn add_keys(&mut self, blocks: &Blocks, layouts: &[Option<Layout>], account: &mut Account) {
        for (block, layout) in blocks.blocks.iter().zip(layouts) {
            let (Block::Table(table), None) = (block, layout) else {
                continue;
            };
            let Some(text) = Key::default().read_table(table) else {
                continue;
            };
            let items: Vec<usize> = table.rows.iter().flatten().map(|cell| cell.item).collect();
            items
                .iter()
                .for_each(|item| account.put(*item, "sections: Key"));
            self.sections.push(Section {
                title: "Key".into(),
                text: Some(text),
                items,
            });
        }
    }

    /// Says in the account where the words went.
    pub fn settle(&self, wishes: &Wishes, account: &mut Account) {
        account.read_as(self.adopted_item, "adopted");
        match self.day {
            Some((day, item)) if wishes.reported == Some(day) => {
                account.read_as(item, "updates: date")
            }
            Some((_, item)) => account.leave(item, "the day of the document, not of the plan"),
            None => {}
        }
        for item in &self.meanings {
            account.read_as(*item, "what ratings mean, as every paper says");
        }
        for section in &self.sections {
            for item in &section.items {
                account.put(*item, format!("sections: {}", section.title));
            }
        }
    }
}

fn is_list(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().starts_with("- "))
}

/// The line at the head of the pages that names a plan, where it stands and all that stands there.
fn title_of_pages(blocks: &Blocks) -> Option<(&Place, &str, &str)> {
    blocks.furniture.iter().find_map(|(place, text)| {
        let mut lines = text.lines().map(str::trim);
        let title = lines.find(|line| says_plan(line) && line.split_whitespace().count() <= 16)?;
        Some((place, text.as_str(), title))
    })
}
