//! Quarters and years of a plan whose years are not financial ones: of calendar years "Q4 2024" ends with December,
//! and "2024-2025" as well; in a year from July "Q1" ends with September.

use super::super::period::tokens;
use crate::calendar::{Period, is_dash, month_name};

/// Words of a deadline with its quarters and years as months, where they are those of the plan's own year and not of
/// the financial one: a plan that runs from January to December has calendar years, and a quarter without a year is
/// one of a plan's own twelve months, whichever they begin with. None where there are none of these.
pub(super) fn as_months(text: &str, plan: Option<Period>) -> Option<String> {
    let plan = plan?;
    let words = tokens(&text.replace('/', "-"));
    let is_calendar = (plan.first.month(), plan.first.day()) == (1, 1)
        && (plan.last.month(), plan.last.day()) == (12, 31);
    let year = |word: &String| {
        let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
        (plan.first.year()..=plan.last.year())
            .contains(&year)
            .then_some(year)
            .filter(|_| is_calendar)
    };
    if let [first, dash, last] = words.as_slice()
        && dash.starts_with(is_dash)
        && let (Some(first), Some(last)) = (year(first), year(last))
    {
        return (first < last).then(|| format!("January {first} – December {last}"));
    }
    let own = |number| plan.quarter(number).filter(|_| names_no_year(&words, plan));
    let mut kept: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let quarter = quarter_of(&words[at..]).and_then(|(length, number)| {
            let of_year = words.get(at + length).and_then(year);
            let of_year = of_year.and_then(|year| calendar_quarter(number, year));
            of_year
                .map(|quarter| (length + 1, quarter))
                .or_else(|| Some((length, own(number)?)))
        });
        let Some((length, quarter)) = quarter else {
            kept.push(words[at].clone());
            at += 1;
            continue;
        };
        let is_first = words
            .get(at + length)
            .is_some_and(|word| word.starts_with(is_dash) || word == "to")
            || kept
                .last()
                .is_some_and(|word| word.eq_ignore_ascii_case("from"));
        let day = if is_first {
            quarter.first
        } else {
            quarter.last
        };
        kept.push(format!("{} {}", month_name(day.month()), day.year()));
        at += length;
    }
    let text = kept.join(" ");
    (text != words.join(" ")).then_some(text)
}

/// A quarter of a calendar year.
fn calendar_quarter(number: u32, year: i32) -> Option<Period> {
    Period::parse_plan(&format!("{year}-01-01 to {year}-12-31"))?.quarter(number)
}

/// Whether quarters among words are the plan's own: no figure but theirs stands there, no cycle is meant, and the
/// plan's year is not the financial one, in which they stay as they are.
fn names_no_year(words: &[String], plan: Period) -> bool {
    const EACH: [&str; 4] = ["each", "every", "annually", "yearly"];
    let is_figure = |word: &String| word.contains(|c: char| c.is_ascii_digit());
    let figures = words.iter().filter(|word| is_figure(word)).count();
    let quarters = (0..words.len()).filter(|&at| quarter_of(&words[at..]).is_some());
    let is_cycle = words
        .iter()
        .any(|word| EACH.contains(&word.to_lowercase().as_str()));
    plan.first.month() != 4 && figures == quarters.count() && !is_cycle
}

/// The quarter that words begin with, "Q4" or "Quarter 4", and how many words it is.
fn quarter_of(words: &[String]) -> Option<(usize, u32)> {
    let first = words.first()?.to_lowercase();
    let number = |word: &str| word.parse().ok().filter(|number| (1..=4).contains(number));
    if first == "quarter" {
        return Some((2, number(words.get(1)?)?));
    }
    Some((1, number(first.strip_prefix('q')?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_of_a_plan_of_calendar_years_are_those_of_the_calendar() {
        let plan = Period::parse_plan("2024-01-01 to 2025-12-31");
        let cases = [
            ("Q4 2024", Some("December 2024")),
            ("By end of Quarter 2 2025", Some("By end of June 2025")),
            ("Q3 2024 – Q2 2025", Some("July 2024 - June 2025")),
            ("from Q2 2024", Some("from April 2024")),
            ("2024-2025", Some("January 2024 – December 2025")),
            ("2024/2025", Some("January 2024 – December 2025")),
            ("Q4 2027", None),
            ("2025", None),
            ("June 2024", None),
        ];
        for (text, right) in cases {
            assert_eq!(as_months(text, plan).as_deref(), right, "{text}");
        }
        assert_eq!(as_months("Q4 2024", Period::parse_plan("2024-26")), None);
        assert_eq!(as_months("Q4", plan), None);
        assert_eq!(as_months("Q4 2024", None), None);
    }

    #[test]
    fn a_quarter_without_its_year_is_the_plans_own() {
        let cases = [
            ("2021-01-01 to 2021-12-31", "Q1", Some("March 2021")),
            (
                "2021-01-01 to 2021-12-31",
                "End Q3",
                Some("End September 2021"),
            ),
            (
                "2021-01-01 to 2021-12-31",
                "Q2 – Q4",
                Some("April 2021 - December 2021"),
            ),
            (
                "2021-01-01 to 2021-12-31",
                "from Q3",
                Some("from July 2021"),
            ),
            (
                "2015-07-01 to 2016-06-30",
                "Quarter 2",
                Some("December 2015"),
            ),
            (
                "2015-07-01 to 2016-06-30",
                "Q3 to Q4",
                Some("January 2016 to June 2016"),
            ),
            // A financial year's, a named year's, a cycle's and a longer plan's stay.
            ("2018-19", "Q2", None),
            ("2015-07-01 to 2016-06-30", "Q2 2015/16", None),
            ("2021-01-01 to 2021-12-31", "each Q1", None),
            ("2021-01-01 to 2022-12-31", "Q1", None),
        ];
        for (plan, text, right) in cases {
            let plan = Period::parse_plan(plan);
            assert_eq!(as_months(text, plan).as_deref(), right, "{text}");
        }
    }
}
