//! The years that a plan covers, as titles say them, and as its deadlines suggest.

use std::collections::BTreeMap;

use crate::calendar::{Day, FinancialYear, Period, is_dash, month_number};
use crate::timescale::parse_date;

/// The period that a title, a file's name or `--period` gives, as the files write it: two years, two
/// months or two days with a dash or "to" between, or one year.
pub fn in_title(text: &str) -> Option<String> {
    let written = text.trim();
    Period::parse_plan(written)
        .map(|_| written.to_owned())
        .or_else(|| in_text(text))
        .or_else(|| short_year(text))
        .or_else(|| one_year(text))
}

/// The first period that a running text gives: two years, months or days. One year alone is none there.
pub fn in_text(text: &str) -> Option<String> {
    days(text)
        .or_else(|| financial_years(text))
        .or_else(|| pair(text))
}

/// What is written: years where the period is of whole financial years, else its two days.
pub fn written(first: Day, last: Day) -> Option<String> {
    let text = format!("{first} to {last}");
    let period = Period::parse_plan(&text)?;
    let year = FinancialYear::of(first);
    if year.period() == period {
        return Some(year.to_string());
    }
    Some(text)
}

/// Words of a text with what parts two ends of a period set apart: "2019/20 – 2021/22" is four words.
pub fn tokens(text: &str) -> Vec<String> {
    let spaced: String = text
        .chars()
        .map(|c| {
            if is_dash(c) {
                " - ".to_owned()
            } else {
                c.to_string()
            }
        })
        .collect();
    spaced
        .replace(['(', ')', ',', ':'], " ")
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

fn is_between(word: &str) -> bool {
    ["-", "to", "until", "till"].contains(&word.to_lowercase().as_str())
}

/// "April 2021 to March 2022", "1 April 2021 – 31 March 2022", "Sept 2022 to Aug 2023".
fn days(text: &str) -> Option<String> {
    let words = tokens(text);
    let between = (0..words.len()).filter(|&at| is_between(&words[at]));
    between
        .filter_map(|at| {
            let before = (1..=3.min(at)).rev().find_map(|count| {
                let text = words[at - count..at].join(" ");
                day_or_month(&text).map(|(first, _)| first)
            });
            let after = (1..=3.min(words.len() - at - 1)).rev().find_map(|count| {
                let text = words[at + 1..=at + count].join(" ");
                day_or_month(&text).map(|(_, last)| last)
            });
            written(before?, after?)
        })
        .next()
}

/// The first and the last day of what names a month or a day, with its year.
fn day_or_month(text: &str) -> Option<(Day, Day)> {
    if let Ok(day) = parse_date(text) {
        return Some((day, day));
    }
    let month = Period::parse_data(text).filter(|_| text.contains(char::is_alphabetic))?;
    Some((month.first, month.last))
}

/// "2019/20 – 2021/22": from the first day of one financial year to the last of another.
fn financial_years(text: &str) -> Option<String> {
    let words = tokens(text);
    let year = |text: &str| -> Option<Period> {
        let (first, second) = text.split_once('/')?;
        let first: i32 = first
            .parse()
            .ok()
            .filter(|year| (2000..2100).contains(year))?;
        let second: i32 = second.parse().ok()?;
        let next = second == (first + 1) % 100 || second == first + 1;
        next.then(|| FinancialYear::starting(first).map(FinancialYear::period))?
    };
    (1..words.len().saturating_sub(1)).find_map(|at| {
        let (from, to) = (year(&words[at - 1])?, year(&words[at + 1])?);
        is_between(&words[at]).then(|| written(from.first, to.last))?
    })
}

/// The first pair of years in a text, as the files write it: "2019 -20" is 2019-20.
fn pair(text: &str) -> Option<String> {
    let is_year = |at: usize| {
        let figures = text
            .get(at..at + 4)
            .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        let before = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && c != '/');
        (before && figures.starts_with("20")).then_some(figures)
    };
    text.char_indices().find_map(|(at, _)| {
        let first = is_year(at)?;
        let rest = text[at + 4..].trim_start();
        let rest = rest
            .strip_prefix(|c| is_dash(c) || c == '/' || c == '_')
            .or_else(|| rest.strip_prefix("to "))
            .or_else(|| rest.strip_prefix("and "))?
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

/// "Action Plan 23/24": two figures each, one year after the other.
fn short_year(text: &str) -> Option<String> {
    tokens(text).iter().find_map(|word| {
        let (first, second) = word.split_once('/')?;
        let both =
            [first, second].map(|year| (year.len() == 2).then(|| year.parse::<i32>().ok())?);
        let [Some(first), Some(second)] = both else {
            return None;
        };
        let year = FinancialYear::starting(2000 + first).filter(|_| second == first + 1);
        year.map(|year| year.to_string())
    })
}

/// "Action Plan 2022": the calendar year, where a title names no other.
fn one_year(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut years = words.filter_map(|word| {
        let year = word.parse::<i32>().ok()?;
        (word.len() == 4 && (2000..2100).contains(&year)).then_some(year)
    });
    let year = years.next()?;
    let only = years.all(|other| other == year);
    // "28 November 2023" and "31/10/2023" are days, and no year of a plan.
    let all: Vec<&str> = text.split_whitespace().collect();
    let dated = all.iter().any(|word| parse_date(word).is_ok())
        || all.windows(2).any(|two| {
            let month = two[0].trim_matches(|c: char| !c.is_alphabetic());
            month_number(month).is_some() && two[1].contains(&year.to_string())
        });
    (only && !dated).then(|| written(Day::new(year, 1, 1)?, Day::new(year, 12, 31)?))?
}

/// What a plan's deadlines suggest: the financial year, or the fewest of them, in which most of them
/// fall, and how many do. None where there is no deadline.
pub fn suggested(days: &[Day]) -> Option<(String, usize)> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for day in days {
        *counts
            .entry(FinancialYear::of(*day).period().first.year())
            .or_default() += 1;
    }
    let years: Vec<i32> = counts.keys().copied().collect();
    let span =
        |first: i32, last: i32| -> usize { counts.range(first..=last).map(|(_, n)| n).sum() };
    // The fewest years in a row that hold four in five.
    let mut best: Option<(i32, i32, usize)> = None;
    for &first in &years {
        for &last in years.iter().filter(|&&last| last >= first) {
            let held = span(first, last);
            let better = best.is_none_or(|(from, to, count)| {
                (last - first, std::cmp::Reverse(held)) < (to - from, std::cmp::Reverse(count))
            });
            if held * 5 >= days.len() * 4 && better {
                best = Some((first, last, held));
            }
        }
    }
    let (first, last, held) = best?;
    let text = format!("{first}-{:02}", (last + 1) % 100);
    Period::parse_plan(&text).map(|_| (text, held))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_its_years_however_it_writes_them() {
        for (text, period) in [
            ("Business Plan 2019 -20", Some("2019-20")),
            (
                "identified by Board partners for 2017-19. It",
                Some("2017-19"),
            ),
            ("Plan 2017/2018", Some("2017-18")),
            ("adopted on 2018-04-01", None),
            ("Business Plan April 2021 to March 2022", Some("2021-22")),
            ("Plan 2019/20 – 2021/22", Some("2019-04-01 to 2022-03-31")),
            (
                "Plan (January 2022 - December 2024)",
                Some("2022-01-01 to 2024-12-31"),
            ),
            (
                "Plan 1 September 2022 to 31 August 2023",
                Some("2022-09-01 to 2023-08-31"),
            ),
            ("Action Plan 2022", Some("2022-01-01 to 2022-12-31")),
            ("Action Plan 23/24", Some("2023-24")),
            ("Plan 2023-27", Some("2023-27")),
            ("Plan 2020 to 2023", Some("2020-23")),
            ("Follow-up report, 28 November 2023", None),
            ("Plan", None),
        ] {
            assert_eq!(in_title(text).as_deref(), period, "{text}");
        }
        assert_eq!(in_text("Working Together 2018"), None);
    }

    #[test]
    fn the_years_of_most_deadlines_are_suggested() {
        let days = |dates: &[(i32, u32)]| -> Vec<Day> {
            dates
                .iter()
                .map(|&(year, month)| Day::new(year, month, 1).unwrap())
                .collect()
        };
        let mostly = days(&[(2023, 5), (2023, 6), (2024, 1), (2024, 3), (2025, 1)]);
        assert_eq!(suggested(&mostly), Some(("2023-24".into(), 4)));
        let two = days(&[(2023, 5), (2024, 5), (2024, 6), (2025, 3)]);
        assert_eq!(suggested(&two), Some(("2023-25".into(), 4)));
        assert_eq!(suggested(&[]), None);
    }
}
