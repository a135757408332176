//! The times that headings of progress columns name: "Q1 RAG", "Update June 2023", "Position at 30/6/23".

use std::sync::LazyLock;

use crate::calendar::{
    Day, FinancialYear, Interval, Period, Term, Terms, is_dash, is_plan_year, month_number,
};
use crate::timescale::{Timescale, TimescaleContext};
use crate::words::is_one_of;

/// A time that a heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A day, or the last day of a month, a quarter or a year that is named with its year.
    Day(Day),
    /// A quarter of the plan's only year, whichever month that begins with.
    Quarter(u32),
    /// A month of the plan's only year.
    Month(u32),
    /// A school term of the plan's only year.
    Term(Term),
}

impl When {
    /// Its last day; none where the plan's period is longer than a year, so that it is several.
    pub fn last_day(self, plan: Option<Period>) -> Option<Day> {
        let year = || plan.filter(|plan| plan.last.days_since(plan.first) < 366);
        match self {
            When::Day(day) => Some(day),
            When::Quarter(number) => Some(year()?.quarter(number)?.last),
            When::Month(month) => {
                let plan = year()?;
                [plan.first.year(), plan.last.year()]
                    .into_iter()
                    .filter_map(|year| Day::last_of_month(year, month))
                    .find(|day| (plan.first..=plan.last).contains(day))
            }
            When::Term(term) => {
                let period = Some(year()?);
                let name = format!("{term:?} term");
                let context = TimescaleContext {
                    period,
                    ..only_dated()
                };
                dated(&name, &context)
            }
        }
    }
}

/// The year that times without one are of, in a plan of several: the last of its years in which all of them had
/// begun by the day of the report; the plan's own period where that is one year.
pub fn year_of(times: &[When], plan: Option<Period>, reported: Option<Day>) -> Option<Period> {
    let plan = plan?;
    let (Some(reported), true) = (reported, plan.last.days_since(plan.first) >= 366) else {
        return Some(plan);
    };
    let mut year = FinancialYear::of(reported).period();
    while year.last >= plan.first {
        let mut ends = times.iter().filter_map(|time| time.last_day(Some(year)));
        if ends.all(|end| has_begun(end, reported)) {
            return Some(year);
        }
        year = year.year_before();
    }
    Some(plan)
}

/// Whether a time of at most a quarter that ends on a day has begun.
pub fn has_begun(ends: Day, day: Day) -> bool {
    ends < day.plus(Interval::Months(3))
}

/// The context in which a text is asked whether it is a timescale, while the plan's period is not known:
/// one of a single year, so that "March" and "Quarter 4" are.
pub fn anything() -> TimescaleContext<'static> {
    TimescaleContext {
        period: Period::parse_plan("1999-2000"),
        ..only_dated()
    }
}

/// The context in which only a timescale that names its year has a day.
pub fn only_dated() -> TimescaleContext<'static> {
    static TERMS: LazyLock<Terms> = LazyLock::new(Terms::default);
    TimescaleContext {
        period: None,
        terms: &TERMS,
    }
}

/// The last day of a timescale that depends on nothing else.
pub fn dated(text: &str, context: &TimescaleContext) -> Option<Day> {
    let read = Timescale::parse(text, context).ok()?;
    read.last_day().filter(|_| read.condition().is_none())
}

/// Whether words give what stands below them a deadline, and begin with it: "By September 2015", "To be completed by
/// June 2016".
pub fn begins_with_deadline(words: &str) -> bool {
    const BEFORE: &str = "to be for completion completed complete achieved delivered delivery done due actions milestones";
    let lower = words.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let by = words.iter().position(|word| *word == "by");
    by.is_some_and(|by| {
        words[..by].iter().all(|word| is_one_of(word, BEFORE))
            && longest_timescale(&words, by, &anything()).is_some()
    })
}

/// The longest run of words after "by" that is a timescale with a day; the end of its sentence ends it.
pub fn longest_timescale(
    words: &[&str],
    by: usize,
    context: &TimescaleContext,
) -> Option<(usize, String)> {
    let most = (by + 8).min(words.len());
    let stop = (by + 1..most)
        .find(|&at| words[at].ends_with(['.', ',', ';', ')']))
        .map_or(most, |at| at + 1);
    (by + 2..=stop).rev().find_map(|end| {
        let phrase = words[by..end].join(" ");
        let phrase = phrase.trim_end_matches(['.', ',', ';', ':', ')']);
        dated(phrase, context).map(|_| (end, phrase.to_owned()))
    })
}

/// A heading without the time that it names, and that time.
pub fn apart(heading: &str) -> (String, Option<When>) {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let month = |word: &&str| month_number(&word.to_lowercase()).is_some();
    let season = |word: &&str| term(&word.to_lowercase()).is_some();
    let timed = heading.contains(|c: char| c.is_ascii_digit())
        || words.iter().any(month)
        || words.iter().any(season);
    if !timed || words.len() > 12 {
        return (heading.to_owned(), None);
    }
    if let Some(found) = part_of_year(&words) {
        return found;
    }
    // What months its quarter has the heading itself says best.
    if let Some((around, (_, last))) = months_of_quarter(heading) {
        let (rest, when) = apart(&around);
        return (rest, when.map(|_| When::Month(last)));
    }
    for length in (1..=words.len().min(4)).rev() {
        for from in 0..=words.len() - length {
            let time = words[from..from + length].join(" ");
            if let Some(when) = read(time.trim_matches(['(', ')', ':', ',', '-', '–', '[', ']']))
            {
                let around = [&words[..from], &words[from + length..]].concat().join(" ");
                let signs = [' ', '(', ')', ':', ',', '-', '–', '[', ']'];
                let mut rest = around.trim_matches(signs);
                while let Some(before) = ["at", "as", "to", "of", "for", "on", "end", "by", "in"]
                    .iter()
                    .find_map(|small| rest.strip_suffix(small)?.strip_suffix(' '))
                {
                    rest = before.trim_matches(signs);
                }
                return (rest.to_owned(), Some(when));
            }
        }
    }
    (heading.to_owned(), None)
}

/// A quarter or a month and the year that stands over it, "2023/24 Q1 Apr-Jun", "2017 May": the months of a
/// quarter say the same again.
fn part_of_year(words: &[&str]) -> Option<(String, Option<When>)> {
    let is_quarter = |word: &&&str| matches!(read(word), Some(When::Quarter(_)));
    let is_month = |word: &&&str| month_number(&word.to_lowercase()).is_some();
    let is_year = |word: &&&str| {
        let alone = word.parse().is_ok_and(is_plan_year);
        alone || word.len() > 3 && Period::parse_plan(word).is_some()
    };
    let mut parts = words.iter();
    let part = parts
        .clone()
        .find(is_quarter)
        .or_else(|| parts.find(is_month))?;
    let year = words.iter().find(is_year)?;
    let when = read(&format!("{part} {year}"))?;
    let is_months = |word: &str| {
        let mut months = word.split(['-', '–']).filter(|month| !month.is_empty());
        months.all(|month| month_number(&month.trim_matches(['(', ')']).to_lowercase()).is_some())
    };
    let rest = words
        .iter()
        .filter(|word| *word != part && *word != year && !is_months(word));
    let rest: Vec<&str> = rest.copied().collect();
    let rest = rest.join(" ");
    // "30 June 2023" is a day.
    (!rest.contains(|c: char| c.is_ascii_digit())).then_some((rest, Some(when)))
}

/// The first and the last month that a heading gives its quarter, and the heading without them: "Q1 comment (Jul-Sep)".
pub fn months_of_quarter(heading: &str) -> Option<(String, (u32, u32))> {
    let spaced = heading.replace('\u{a0}', " ");
    let joined = spaced
        .replace(" - ", "-")
        .replace(" – ", "–")
        .replace(" to ", "-");
    let mut words: Vec<&str> = joined.split_whitespace().collect();
    let is_quarter = |word: &str| {
        matches!(
            read(word.trim_end_matches([':', ',', '-', '–'])),
            Some(When::Quarter(_))
        )
    };
    let is_two = |two: &[&str]| is_quarter(&two.join(" "));
    if !words.iter().any(|word| is_quarter(word)) && !words.windows(2).any(is_two) {
        return None;
    }
    let month = |word: &str| month_number(&word.to_lowercase());
    let range = |word: &&str| {
        let bare = word.trim_matches(['(', ')', '[', ']', ',', ':']);
        let (first, last) = bare.split_once(is_dash)?;
        let (first, last) = (month(first)?, month(last)?);
        // A quarter has three months.
        ((last + 12 - first) % 12 == 2).then_some((first, last))
    };
    let at = words.iter().position(|word| range(word).is_some())?;
    let months = range(&words.remove(at))?;
    Some((words.join(" "), months))
}

/// The school term of a name: "Autumn", "Spring term".
fn term(lower: &str) -> Option<Term> {
    let name = lower.strip_suffix(" term").unwrap_or(lower);
    let terms = [
        ("autumn", Term::Autumn),
        ("spring", Term::Spring),
        ("summer", Term::Summer),
    ];
    terms
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, term)| term)
}

fn read(text: &str) -> Option<When> {
    let lower = text.to_lowercase();
    if let Some(term) = term(&lower) {
        return Some(When::Term(term));
    }
    let quarter = lower
        .strip_prefix("quarter ")
        .or_else(|| lower.strip_prefix("qtr "))
        .or_else(|| lower.strip_prefix("qtr"))
        .or_else(|| lower.strip_prefix('q'))
        .or_else(|| lower.strip_suffix(" quarter"));
    if let Some(number) = quarter {
        let number = number
            .trim()
            .trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        if let Some(number) = number
            .parse()
            .ok()
            .filter(|number| (1..=4).contains(number))
        {
            return Some(When::Quarter(number));
        }
    }
    if lower.len() >= 3
        && !["may", "march", "mar"].contains(&text)
        && let Some(month) = month_number(&lower)
    {
        return Some(When::Month(month));
    }
    if !text.contains(|c: char| c.is_ascii_digit())
        || !text.contains(char::is_alphabetic) && text.len() < 6
    {
        return None;
    }
    // The years of a plan are no day of a report.
    let is_long = |period: Period| period.last.days_since(period.first) > 366;
    if Period::parse_plan(text).is_some_and(is_long) {
        return None;
    }
    dated(text, &only_dated()).map(When::Day)
}

/// Whether a heading is a time and nothing else: "Q1", "March 2024".
pub fn is_time(text: &str) -> bool {
    let (name, when) = apart(text);
    name.is_empty() && when.is_some()
}

/// Whether a heading is a year and nothing else.
pub fn is_year(text: &str) -> bool {
    text.parse().is_ok_and(is_plan_year)
}

/// Whether a heading names a time before all else: "Q1 Apr-Jun".
pub fn starts_with_time(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    is_time(text) || is_time(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_heading_stands_apart_from_its_name() {
        let day = |year, month, day| Some(When::Day(Day::new(year, month, day).unwrap()));
        let cases = [
            ("Q1 RAG", "RAG", Some(When::Quarter(1))),
            ("RAG Quarter 3", "RAG", Some(When::Quarter(3))),
            ("Update June 2023", "Update", day(2023, 6, 30)),
            ("Progress as at 30/06/2023", "Progress", day(2023, 6, 30)),
            ("RAG (Q2 2023/24)", "RAG", day(2023, 9, 30)),
            (
                "Autumn term review",
                "review",
                Some(When::Term(Term::Autumn)),
            ),
            ("Summer", "", Some(When::Term(Term::Summer))),
            ("Progress", "Progress", None),
            ("September", "", Some(When::Month(9))),
            ("Objective 1", "Objective 1", None),
            ("Q1 comment (Jul-Sep)", "comment", Some(When::Month(9))),
            ("Quarter 4: Apr – Jun", "", Some(When::Month(6))),
            ("Jul-Sep comment", "Jul-Sep comment", None),
        ];
        for (heading, name, when) in cases {
            assert_eq!(apart(heading), (name.to_owned(), when), "{heading}");
        }
    }

    #[test]
    fn a_quarter_without_its_year_needs_a_plan_of_one_year() {
        let one = Period::parse_plan("2023-24");
        assert_eq!(When::Quarter(1).last_day(one), Day::new(2023, 6, 30));
        assert_eq!(When::Month(1).last_day(one), Day::new(2024, 1, 31));
        // The first quarter of a calendar year ends with March, that of a year from July with September.
        let calendar = Period::parse_plan("2021-01-01 to 2021-12-31");
        assert_eq!(When::Quarter(1).last_day(calendar), Day::new(2021, 3, 31));
        let july = Period::parse_plan("2015-07-01 to 2016-06-30");
        assert_eq!(When::Quarter(1).last_day(july), Day::new(2015, 9, 30));
        assert_eq!(When::Quarter(4).last_day(july), Day::new(2016, 6, 30));
        assert_eq!(
            When::Term(Term::Spring).last_day(one),
            Day::new(2024, 4, 30)
        );
        assert_eq!(
            When::Quarter(1).last_day(Period::parse_plan("2023-25")),
            None
        );
    }
}
