//! Quarters and years of a plan whose years are those of the calendar: "Q4 2024" ends with December there, and
//! "2024-2025" as well.

use super::super::period::tokens;
use crate::calendar::{Period, is_dash, month_name};

/// Words of a deadline with its quarters and years as months, where the plan runs from January to December; none where
/// there are none of these.
pub(super) fn as_months(text: &str, plan: Option<Period>) -> Option<String> {
    let plan = plan?;
    let begins = (plan.first.month(), plan.first.day()) == (1, 1);
    if !begins || (plan.last.month(), plan.last.day()) != (12, 31) {
        return None;
    }
    let year = |word: &String| {
        let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
        (plan.first.year()..=plan.last.year())
            .contains(&year)
            .then_some(year)
    };
    let words = tokens(&text.replace('/', "-"));
    if let [first, dash, last] = words.as_slice()
        && dash.starts_with(is_dash)
        && let (Some(first), Some(last)) = (year(first), year(last))
    {
        return (first < last).then(|| format!("January {first} – December {last}"));
    }
    let mut kept: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let quarter = quarter_of(&words[at..]).and_then(|(length, quarter)| {
            Some((length + 1, quarter, year(words.get(at + length)?)?))
        });
        let Some((length, quarter, year)) = quarter else {
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
        let month = if is_first {
            quarter * 3 - 2
        } else {
            quarter * 3
        };
        kept.push(format!("{} {year}", month_name(month)));
        at += length;
    }
    (kept.len() < words.len()).then(|| kept.join(" "))
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
        assert_eq!(as_months("Q4 2024", None), None);
    }
}
