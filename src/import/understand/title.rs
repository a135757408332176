//! The plan's title: what stands over its own table, without the mark of an annex and the day of which it is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Layout;
use super::board_name;
use super::ids;
use super::ratings;
use super::texts::{SourceText, title_run};
use crate::calendar::Day;
use crate::import::blocks::{Block, Blocks, Place};
use crate::timescale::parse_date;
use crate::words::{has_one_of, is_one_of};

/// A plan's title.
#[derive(Debug, Default)]
pub struct Title {
    /// Its words; empty where the source has none.
    pub words: String,
    /// The texts around the tables that are it.
    pub texts: Range<usize>,
    /// Those of them whose words it does not have whole: "Annex A", "Position as at 30 November 2023".
    pub more: Vec<usize>,
    /// The day of which the document says it is.
    pub day: Option<Day>,
}

/// Whether a line says when a system put it out: "Exported 02/05/2023 09:14".
fn is_export(words: &str) -> bool {
    let first = words.split([' ', ':']).next().unwrap_or_default();
    let is_out = is_one_of(
        &first.to_lowercase(),
        "exported printed downloaded generated",
    );
    is_out && words.contains(|c: char| c.is_ascii_digit())
}

impl Title {
    /// Finds the title among the texts around the tables.
    pub fn find(blocks: &Blocks, layouts: &[Option<Layout>], texts: &[SourceText]) -> Title {
        let sheets = plan_sheets(blocks, layouts);
        let run = title_run(texts, blocks.flattened);
        let other_sheet = texts
            .first()
            .and_then(sheet)
            .is_some_and(|first| !sheets.is_empty() && !sheets.contains(first));
        let run = if !other_sheet || texts[run.clone()].iter().any(is_cover) {
            run
        } else if sheets.len() == 1 {
            over_its_table(texts, &sheets)
        } else {
            return Title {
                words: common_words(&sheets, texts),
                ..Title::default()
            };
        };
        let first = layouts.iter().position(Option::is_some).unwrap_or_default();
        let run = of_the_plan(texts, &run, first).unwrap_or(run);
        let run = without_heading_of_table(texts, run, layouts);
        let mut title = Title {
            texts: run,
            ..Title::default()
        };
        title.read(texts);
        title.go_on(texts);
        title
    }

    fn read(&mut self, texts: &[SourceText]) {
        for number in self.texts.clone() {
            let text = texts[number].piece.text.as_str();
            let (words, said_of) = without_position(text);
            self.day = self.day.or_else(|| day_in(said_of));
            // "Reviewed by the Audit Committee: 12 September 2024" below the title is no part of it.
            let of_meeting =
                ratings::day_in(words).filter(|_| !self.words.is_empty() && !says_plan(words));
            self.day = self.day.or(of_meeting);
            let words = if is_annex(words) || is_export(words) || of_meeting.is_some() {
                ""
            } else {
                words
            };
            if words.len() < text.len() {
                self.more.push(number);
            }
            if !words.is_empty() {
                let gap = if self.words.is_empty() { "" } else { " " };
                self.words = format!("{}{gap}{words}", self.words);
            }
        }
    }

    /// A title that is only a body's name goes on in the line below it, where that names a plan.
    fn go_on(&mut self, texts: &[SourceText]) {
        let end = self.texts.end;
        let (Some(last), Some(next)) = (end.checked_sub(1).map(|at| &texts[at]), texts.get(end))
        else {
            return;
        };
        let line = next.piece.text.as_str();
        let short = line.split_whitespace().count() <= 14 && !line.ends_with(['.', ';', ':']);
        let only_body =
            board_name::in_line(&self.words).is_some_and(|name| name.len() + 4 >= self.words.len());
        if only_body
            && short
            && next.block == last.block + 1
            && (says_plan(line) || next.level.is_some() && last.level != next.level)
            && parse_date(line).is_err()
        {
            self.texts.end += 1;
            self.more.clear();
            self.words.clear();
            self.read(texts);
        }
    }
}

/// The heading that names a plan, where the page's first heading, as large or smaller, names neither a plan nor a
/// body: "Governors’ Action Plan" below "Governor Handbook"; or where a menu or a key stands before all headings.
/// `run` are the texts of that first heading, `first` is the block of the plan's first table.
fn of_the_plan(texts: &[SourceText], run: &Range<usize>, first: usize) -> Option<Range<usize>> {
    let names_plan = |words: &str| says_plan(words) && !ids::names_part(words);
    let mut headings =
        (texts.iter().enumerate()).filter(|(_, text)| text.level.is_some() && text.block < first);
    let (at, page) = headings.next()?;
    let words = &page.piece.text;
    if run.is_empty() {
        return names_plan(words).then_some(at..at + 1);
    }
    if says_plan(words) || board_name::in_title(words).is_some() {
        return None;
    }
    let is_level = |at: usize, text: &SourceText| at == run.end || text.level <= page.level;
    let mut below = headings.filter(|(at, text)| *at >= run.end && is_level(*at, text));
    let (at, _) = below.find(|(_, text)| names_plan(&text.piece.text))?;
    Some(at..at + 1)
}

/// A title without the heading right over the first of several tables that have headings of its level.
fn without_heading_of_table(
    texts: &[SourceText],
    run: Range<usize>,
    layouts: &[Option<Layout>],
) -> Range<usize> {
    let is_over = |text: &SourceText| {
        let below = layouts.iter().skip(text.block + 1).take(2);
        text.level.is_some() && below.flatten().next().is_some()
    };
    let end = run.end;
    let Some(last) = texts[run.clone()]
        .last()
        .filter(|last| run.len() > 1 && is_over(last))
    else {
        return run;
    };
    let is_another = |text: &SourceText| text.level == last.level && is_over(text);
    if texts[end..].iter().any(is_another) {
        run.start..end - 1
    } else {
        run
    }
}

/// The names of the sheets whose tables are the plan's.
fn plan_sheets<'b>(blocks: &'b Blocks, layouts: &[Option<Layout>]) -> BTreeSet<&'b str> {
    let tables = blocks.blocks.iter().zip(layouts);
    let named = tables.filter_map(|(block, layout)| match (block, layout) {
        (Block::Table(table), Some(_)) => table.name.as_deref(),
        _ => None,
    });
    named.collect()
}

fn sheet<'b>(text: &SourceText<'b>) -> Option<&'b str> {
    match &text.piece.place {
        Place::Sheet(name, ..) => Some(name),
        _ => None,
    }
}

/// Whether what stands on a sheet of its own is the cover of a plan, and not how to fill it in.
fn is_cover(text: &SourceText) -> bool {
    let words = &text.piece.text;
    says_plan(words) || board_name::in_title(words).is_some()
}

/// Whether a line names a plan, a log or the like.
pub fn says_plan(line: &str) -> bool {
    const PLANS: &str = "plan plans strategy log tracker programme recommendations framework";
    const HOW: &str =
        "how instructions guidance notes readme contents using completing workbook template";
    has_one_of(line, PLANS) && !has_one_of(line, HOW)
}

/// The headings over the table of the only sheet that holds the plan.
fn over_its_table(texts: &[SourceText], sheets: &BTreeSet<&str>) -> Range<usize> {
    let on_it = |text: &SourceText| sheet(text).is_some_and(|sheet| sheets.contains(sheet));
    let Some(first) = texts.iter().position(on_it) else {
        return 0..0;
    };
    let run = texts[first..]
        .iter()
        .enumerate()
        .take_while(|(number, text)| {
            on_it(text) && text.level.is_some() && text.block == texts[first].block + number
        });
    first..first + run.count()
}

/// What the titles of several sheets have in common: "Moss Trust – CQC Must Do actions" and "… Should Do
/// actions" are "Moss Trust – CQC actions".
fn common_words(sheets: &BTreeSet<&str>, texts: &[SourceText]) -> String {
    let titles: Option<Vec<Vec<&str>>> = sheets
        .iter()
        .map(|name| {
            let text = texts.iter().find(|text| sheet(text) == Some(name))?;
            Some(text.piece.text.split_whitespace().collect())
        })
        .collect();
    let Some((first, others)) = titles.as_deref().and_then(<[_]>::split_first) else {
        return String::new();
    };
    let shortest = others.iter().map(Vec::len).fold(first.len(), usize::min);
    let same_front = |count: &usize| others.iter().all(|other| other[*count] == first[*count]);
    let front = (0..shortest).take_while(same_front).count();
    let same_back = |count: &usize| {
        others
            .iter()
            .all(|other| other[other.len() - 1 - count] == first[first.len() - 1 - count])
    };
    let back = (0..shortest - front).take_while(same_back).count();
    let words: Vec<&str> = [&first[..front], &first[first.len() - back..]].concat();
    let words = words.join(" ");
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if says_plan(words) || words.to_lowercase().contains("action") {
        words.to_owned()
    } else {
        String::new()
    }
}

/// Whether a line is only the mark of an annex: "ANNEX A", "Appendix 2", "Agenda item 7".
pub fn is_annex(line: &str) -> bool {
    let lower = line.trim_end_matches([':', '.']).to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let words = words.strip_prefix(&["agenda"]).unwrap_or(&words);
    let marks = [
        "annex",
        "annexe",
        "appendix",
        "app",
        "enclosure",
        "enc",
        "item",
        "attachment",
        "paper",
    ];
    match words {
        [mark] => ["annex", "annexe", "appendix", "enclosure"].contains(mark),
        [mark, number] => marks.contains(mark) && number.chars().count() <= 3,
        _ => false,
    }
}

/// A title without what it says of the day of which it is, and that: "RAG as at 30 Sept 2023", "Last updated:
/// 31/10/2023".
fn without_position(title: &str) -> (&str, &str) {
    const MARKS: [&str; 18] = [
        "position as at",
        "position as of",
        "position at",
        "status as at",
        "rag as at",
        "progress as at",
        "update as at",
        "correct as at",
        "as at",
        "as of",
        "last updated",
        "updated",
        "last reviewed",
        "version",
        "meeting of",
        "meeting held on",
        "date of meeting",
        "printed",
    ];
    let lower = title.to_ascii_lowercase();
    let found = MARKS.iter().find_map(|mark| {
        let mut places = lower.match_indices(mark).map(|(at, _)| at);
        places.find(|&at| {
            let begins = at == 0 || lower[..at].ends_with([' ', '(']);
            let tail = &lower[at + mark.len()..];
            let short = tail.split_whitespace().count() <= 5;
            begins && short && tail.contains(|c: char| c.is_ascii_digit())
        })
    });
    let Some(at) = found else {
        return (title, "");
    };
    let words = title[..at].trim_end_matches([' ', '-', '–', '—', ',', ':', '(', '|']);
    (words, &title[at..])
}

/// The day of which a line says that it is.
pub fn position(line: &str) -> Option<Day> {
    day_in(without_position(line).1)
}

/// The day at the end of what a title says of it.
fn day_in(said_of: &str) -> Option<Day> {
    let said_of = said_of.trim_end_matches(['.', ')', ' ']);
    let first = said_of.find(|c: char| c.is_ascii_digit())?;
    parse_date(&said_of[first..]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_an_annex_are_no_part_of_a_title() {
        for (title, words, day) in [
            ("Position as at 30 November 2023", "", "2023-11-30"),
            (
                "Moss Action Plan 2023-25 RAG as at 30 Sept 2023",
                "Moss Action Plan 2023-25",
                "2023-09-30",
            ),
            (
                "Moss Action Plan – position at 31 October 2023",
                "Moss Action Plan",
                "2023-10-31",
            ),
            (
                "Progress tracker (last updated 31/10/2023)",
                "Progress tracker",
                "2023-10-31",
            ),
            (
                "Updated data for the board",
                "Updated data for the board",
                "",
            ),
            ("Plan 2023-24", "Plan 2023-24", ""),
        ] {
            let (read, said_of) = without_position(title);
            assert_eq!(read, words, "{title}");
            let found = day_in(said_of).map(|day| day.to_string());
            assert_eq!(found.unwrap_or_default(), day, "{title}");
        }
        assert!(is_annex("ANNEX A") && is_annex("Appendix 2:") && is_annex("Agenda item 7"));
        assert!(!is_annex("Annex A Action plan") && !is_annex("Item of interest"));
    }
}
