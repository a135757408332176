//! What a spreadsheet shows of a number that it keeps, by the cell's format. Dates are written as a
//! person writes them, in the parts that the format shows. What a format would show and is not known here
//! is said to be unreadable: nobody guesses from a stored number.
//!
//! Not by a library: `ssfmt` 0.1 (the one that knows such formats) writes dates in the order of the United
//! States, which is what must not reach a plan, and ended in a panic for some formats that were tried.

use chrono::Datelike as _;

use super::blocks::{CellValue, Unreadable};
use crate::calendar::{Day, month_name};
use crate::words::one_line;

/// A number as it is shown.
#[derive(Debug, PartialEq)]
pub struct ShownNumber {
    pub text: String,
    pub value: CellValue,
    /// The time of day that stands beside a day, where it is not its first minute.
    pub time: Option<String>,
    pub unreadable: Option<Unreadable>,
}

/// Shows a number by its format. `dates_from_1904`: whether the workbook counts days from 1904 on.
pub fn show(number: f64, format: &str, dates_from_1904: bool) -> ShownNumber {
    let sections = sections(format);
    let has_condition = format.contains(['<', '>', '=']) && format.contains('[');
    let section = match (&sections[..], number) {
        ([_, negative, ..], ..0.0) => negative,
        ([_, _, zero, ..], 0.0) => zero,
        (all, _) => &all[0],
    };
    // In a section of their own, negative numbers are shown by its signs alone.
    let own_sign = number < 0.0 && sections.len() > 1;
    let shown = if has_condition {
        None
    } else if section.is_date() {
        return date(number, section, format, dates_from_1904);
    } else {
        section.number(if own_sign { -number } else { number })
    };
    match shown {
        Some(text) => ShownNumber {
            text,
            value: CellValue::Number(number),
            time: None,
            unreadable: None,
        },
        None => unreadable(Unreadable::Format(plain(number), format.to_owned())),
    }
}

/// Whether a format shows nothing of a text: its fourth section is there, and empty.
pub fn hides_text(format: &str) -> bool {
    let sections = sections(format);
    sections.len() == 4 && sections[3].pieces.is_empty()
}

/// A day as the parts that are shown of it.
pub fn day_text(day: Day, shows: DateParts) -> Option<String> {
    let month = month_name(day.month());
    Some(match (shows.day, shows.month, shows.year) {
        (true, true, true) => day.long(),
        (true, true, false) => format!("{} {month}", day.day()),
        (false, true, true) => format!("{month} {}", day.year()),
        (false, true, false) => month.to_owned(),
        (false, false, true) => day.year().to_string(),
        _ => return None,
    })
}

/// Which parts of a date are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    pub day: bool,
    pub month: bool,
    pub year: bool,
}

impl DateParts {
    pub const ALL: DateParts = DateParts {
        day: true,
        month: true,
        year: true,
    };
}

fn unreadable(why: Unreadable) -> ShownNumber {
    ShownNumber {
        text: String::new(),
        value: CellValue::Other,
        time: None,
        unreadable: Some(why),
    }
}

/// The day that a spreadsheet's number stands for. Excel counts a 29 February 1900 that there was not.
pub fn day_from_serial(number: f64, dates_from_1904: bool) -> Option<Day> {
    // A day after the year 9999 is none that anybody plans for.
    const LAST: f64 = 2_958_466.0;
    let number = if dates_from_1904 {
        number + 1462.0
    } else {
        number
    };
    if !(1.0..LAST).contains(&number) || (60.0..61.0).contains(&number) {
        return None;
    }
    let first = chrono::NaiveDate::from_ymd_opt(1899, 12, if number < 60.0 { 31 } else { 30 })?;
    let date = first.checked_add_days(chrono::Days::new(number as u64))?;
    Day::new(date.year(), date.month(), date.day())
}

fn date(number: f64, section: &FormatSection, format: &str, dates_from_1904: bool) -> ShownNumber {
    let Some(day) = day_from_serial(number, dates_from_1904) else {
        return unreadable(Unreadable::NoDate(plain(number)));
    };
    let text = section.date(day);
    match text {
        Some(text) => ShownNumber {
            text,
            value: CellValue::Day(day),
            time: section.time(number),
            unreadable: None,
        },
        None => unreadable(Unreadable::Format(plain(number), format.to_owned())),
    }
}

/// A part of a format: what it shows, piece by piece.
#[derive(Debug, Default)]
struct FormatSection {
    pieces: Vec<FormatPiece>,
}

#[derive(Debug, PartialEq)]
enum FormatPiece {
    /// Words that are shown as they stand.
    Literal(String),
    /// A run of one letter that stands for a part of a date or a time.
    Letter(char, usize),
    /// A sign of a number: a place for a figure, a point, a comma.
    Figure(char),
    General,
    Percent,
    /// What is not known here: fractions, powers of ten, calendars of other countries.
    Other,
}

/// A format taken apart at its semicolons.
fn sections(format: &str) -> Vec<FormatSection> {
    let mut sections = vec![FormatSection::default()];
    let mut rest = format.chars().peekable();
    while let Some(c) = rest.next() {
        let pieces = &mut sections.last_mut().expect("there is one").pieces;
        let piece = match c {
            ';' => {
                sections.push(FormatSection::default());
                continue;
            }
            '"' => FormatPiece::Literal(rest.by_ref().take_while(|c| *c != '"').collect()),
            '\\' => FormatPiece::Literal(rest.next().into_iter().collect()),
            // As wide as the next sign; filled with it.
            '_' => {
                rest.next();
                FormatPiece::Literal(" ".into())
            }
            '*' => {
                rest.next();
                continue;
            }
            '[' => match bracket(&rest.by_ref().take_while(|c| *c != ']').collect::<String>()) {
                Some(piece) => piece,
                None => continue,
            },
            '0' | '#' | '?' | '.' | ',' => FormatPiece::Figure(c),
            '%' => FormatPiece::Percent,
            '@' => FormatPiece::General,
            'G' | 'g' if takes(&mut rest, "eneral") => FormatPiece::General,
            'A' | 'a' if takes(&mut rest, "m/pm") || takes(&mut rest, "/p") => {
                FormatPiece::Letter('h', 1)
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => {
                let letter = c.to_ascii_lowercase();
                let mut count = 1;
                while rest
                    .next_if(|next| next.eq_ignore_ascii_case(&letter))
                    .is_some()
                {
                    count += 1;
                }
                FormatPiece::Letter(letter, count)
            }
            'e' | 'E' | 'g' | 'G' | 'b' | 'B' => FormatPiece::Other,
            other => FormatPiece::Literal(other.into()),
        };
        pieces.push(piece);
    }
    sections
}

/// What stands in brackets: a colour or a country shows nothing, a currency its sign.
fn bracket(inside: &str) -> Option<FormatPiece> {
    if let Some(rest) = inside.strip_prefix('$') {
        let sign = rest.split('-').next().unwrap_or_default();
        return (!sign.is_empty()).then(|| FormatPiece::Literal(sign.to_owned()));
    }
    // Hours, minutes or seconds that go on past a day.
    let elapsed = !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c));
    elapsed.then_some(FormatPiece::Other)
}

/// Passes over these letters if they come next, in whatever case.
fn takes(rest: &mut std::iter::Peekable<std::str::Chars>, letters: &str) -> bool {
    let mut ahead = rest.clone();
    let comes = letters.chars().all(|letter| {
        ahead
            .next()
            .is_some_and(|c| c.eq_ignore_ascii_case(&letter))
    });
    if comes {
        *rest = ahead;
    }
    comes
}

impl FormatSection {
    fn is_date(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, FormatPiece::Letter(..)))
    }

    /// A day as this format shows it, in a person's words; none where it shows something else, as an
    /// hour or a weekday alone.
    fn date(&self, day: Day) -> Option<String> {
        let mut shows = DateParts::default();
        let (mut before, mut after) = (String::new(), String::new());
        let mut time = false;
        for piece in &self.pieces {
            match piece {
                FormatPiece::Letter('h' | 's', _) => time = true,
                // After hours, m is minutes.
                FormatPiece::Letter('m', _) if time => {}
                FormatPiece::Letter('y', _) if shows.year => return None,
                FormatPiece::Letter('y', _) => shows.year = true,
                FormatPiece::Letter('m', 5..) => return None,
                FormatPiece::Letter('m', _) => shows.month = true,
                // Three or four are the day of the week.
                FormatPiece::Letter('d', 1 | 2) => shows.day = true,
                FormatPiece::Letter(..) | FormatPiece::Figure('.' | ',' | '0') => {}
                FormatPiece::Literal(words) if shows == DateParts::default() => {
                    before.push_str(words)
                }
                FormatPiece::Literal(words) if !time => after.push_str(words),
                FormatPiece::Literal(_) => {}
                _ => return None,
            }
            // Words between the parts only part them.
            if let FormatPiece::Letter(..) = piece {
                after.clear();
            }
        }
        let words = |text: &str| {
            text.chars()
                .any(char::is_alphanumeric)
                .then(|| text.to_owned())
        };
        let day = day_text(day, shows)?;
        let text = [words(&before), Some(day), words(&after)];
        let text: String = text.into_iter().flatten().collect();
        Some(one_line(&text))
    }

    /// The time of day of a number, where this format shows it and it is not the first minute.
    fn time(&self, number: f64) -> Option<String> {
        let mut pieces = self.pieces.iter();
        let shows = pieces.any(|piece| matches!(piece, FormatPiece::Letter('h', _)));
        let minutes = ((number - number.floor()) * 1440.0).round() as u32;
        (shows && minutes > 0 && minutes < 1440)
            .then(|| format!("{:02}:{:02}", minutes / 60, minutes % 60))
    }

    /// A number as this format shows it; none where that is not known here.
    fn number(&self, number: f64) -> Option<String> {
        let has = |wanted: &FormatPiece| self.pieces.iter().any(|piece| piece == wanted);
        if !number.is_finite() || has(&FormatPiece::Other) {
            return None;
        }
        let percent = has(&FormatPiece::Percent);
        let number = if percent { number * 100.0 } else { number };
        let figures = self.figures();
        let slash = FormatPiece::Literal("/".into());
        // A format such as `# ?/?` shows fractions, one such as `00-00` parts the figures.
        if figures.runs > 1 || (figures.runs > 0 && has(&slash) && has(&FormatPiece::Figure('?'))) {
            return None;
        }
        let mut text = String::new();
        let mut written = false;
        for piece in &self.pieces {
            match piece {
                FormatPiece::Literal(words) => text.push_str(words),
                FormatPiece::Percent => text.push('%'),
                FormatPiece::General => text.push_str(&plain(number)),
                FormatPiece::Figure(_) if !written => {
                    written = true;
                    text.push_str(&figures.write(number)?);
                }
                _ => {}
            }
        }
        Some(text.trim().to_owned())
    }

    /// How the figures of a number are written.
    fn figures(&self) -> Digits {
        let mut figures = Digits::default();
        let (mut in_run, mut after_point) = (false, false);
        for (at, piece) in self.pieces.iter().enumerate() {
            let FormatPiece::Figure(sign) = piece else {
                in_run = false;
                continue;
            };
            figures.runs += usize::from(!in_run);
            in_run = true;
            let next = self.pieces.get(at + 1);
            match sign {
                '.' => after_point = true,
                ',' if matches!(next, Some(FormatPiece::Figure('0' | '#' | '?'))) => {
                    figures.groups = true
                }
                ',' => figures.thousands += 1,
                '0' if after_point => {
                    figures.decimals += 1;
                    figures.least_decimals = figures.decimals;
                }
                _ if after_point => figures.decimals += 1,
                '0' => figures.least += 1,
                _ => {}
            }
        }
        figures
    }
}

/// How the figures of a number are written: how many before the point at least, how many after it.
#[derive(Debug, Default)]
struct Digits {
    runs: usize,
    least: usize,
    decimals: usize,
    least_decimals: usize,
    /// Whether thousands are set apart by commas.
    groups: bool,
    /// By how many thousands it is divided.
    thousands: i32,
}

impl Digits {
    fn write(&self, number: f64) -> Option<String> {
        if self.decimals > 20 || self.least > 20 || number.abs() >= 1e15 {
            return None;
        }
        let number = number / 1000f64.powi(self.thousands);
        let text = format!(
            "{:.*}",
            self.decimals,
            round_half_up(number.abs(), self.decimals)
        );
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.trim_start_matches('0');
        let whole = format!(
            "{}{whole}",
            "0".repeat(self.least.saturating_sub(whole.len()))
        );
        let kept = decimals
            .trim_end_matches('0')
            .len()
            .max(self.least_decimals);
        let decimals = &decimals[..kept.min(decimals.len())];
        let mut shown = String::new();
        if number < 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) {
            shown.push('-');
        }
        for (at, figure) in whole.chars().enumerate() {
            if self.groups && at > 0 && (whole.len() - at).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(figure);
        }
        if !decimals.is_empty() {
            shown.push('.');
            shown.push_str(decimals);
        }
        Some(shown)
    }
}

/// Rounds as spreadsheets do, halves away from zero, though 1.005 is kept as a little less.
fn round_half_up(number: f64, decimals: usize) -> f64 {
    let factor = 10f64.powi(decimals as i32);
    let scaled = number * factor;
    // Fifteen figures are all that a spreadsheet shows of a number.
    let nearest: f64 = format!("{scaled:.14e}").parse().unwrap_or(scaled);
    nearest.round() / factor
}

/// A number in the general format: ten figures and no more, as spreadsheets show it.
pub fn plain(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let size = number.abs();
    if !(1e-9..1e11).contains(&size) {
        return format!("{number:E}").replace('E', if size > 1.0 { "E+" } else { "E" });
    }
    let whole = size.log10().floor().max(0.0) as usize + 1;
    let text = format!("{number:.*}", 10usize.saturating_sub(whole));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Excel shows of these numbers; days counted by hand from 1 January 2019, which is 43466.
    #[test]
    fn a_number_is_shown_as_its_format_shows_it() {
        let cases = [
            (1.1, "0.00", "1.10"),
            (1.2000000000000002, "General", "1.2"),
            (0.1 + 0.2, "General", "0.3"),
            (0.95, "0%", "95%"),
            (0.955, "0.0%", "95.5%"),
            (0.285, "0%", "29%"),
            (1.005, "0.00", "1.01"),
            (1234.5, "#,##0.00", "1,234.50"),
            (1234567.0, "#,##0", "1,234,567"),
            (1234.0, "\"£\"#,##0", "£1,234"),
            (1234.0, "[$£-809]#,##0;[Red]-[$£-809]#,##0", "£1,234"),
            (-5.0, "0;(0)", "(5)"),
            (-5.0, "0.0", "-5.0"),
            (-0.2, "0", "0"),
            (7.0, "000", "007"),
            (3.0, "0\" weeks\"", "3 weeks"),
            (3.0, "\"Action \"0", "Action 3"),
            (0.5, "#.##", ".5"),
            (2500000.0, "0.0,,\"m\"", "2.5m"),
            (43589.0, "dd/mm/yyyy", "4 May 2019"),
            (43589.0, "m/d/yy", "4 May 2019"),
            (43589.75, "d mmm yyyy hh:mm", "4 May 2019"),
            (43589.0, "[$-F800]dddd, mmmm dd, yyyy", "4 May 2019"),
            (43589.0, "\"w/c \"dd/mm/yy", "w/c 4 May 2019"),
            (43525.0, "[Red]mmm yyyy", "March 2019"),
            (43525.0, "mmm-yy;@", "March 2019"),
            (43466.0, "yyyy", "2019"),
            (43589.0, "d-mmm", "4 May"),
            (43589.0, "mmmm", "May"),
            (61.0, "dd/mm/yyyy", "1 March 1900"),
            (1.0, "dd/mm/yyyy", "1 January 1900"),
        ];
        for (number, format, text) in cases {
            let shown = show(number, format, false);
            assert_eq!(
                (shown.text.as_str(), shown.unreadable),
                (text, None),
                "{number} {format}"
            );
        }
    }

    #[test]
    fn what_is_not_known_is_said_and_nothing_is_guessed() {
        let formats = [
            "# ?/?",
            "0.00E+00",
            "[h]:mm",
            "hh:mm",
            "dddd",
            "[>100]0;0.0",
            "ggge\"年\"",
            "mmmmm",
        ];
        for format in formats {
            let shown = show(43589.25, format, false);
            assert_eq!(shown.text, "", "{format}");
            assert!(
                matches!(shown.unreadable, Some(Unreadable::Format(..))),
                "{format}"
            );
        }
        for number in [
            -1e18,
            -1.0,
            0.5,
            60.0,
            2_958_466.0,
            1e300,
            f64::NAN,
            f64::INFINITY,
        ] {
            let shown = show(number, "dd/mm/yyyy", false);
            assert!(
                matches!(shown.unreadable, Some(Unreadable::NoDate(_))),
                "{number}"
            );
        }
    }

    #[test]
    fn days_may_be_counted_from_1904() {
        // 1 January 1904 is 0 there, and 1462 days after what Excel calls 0.
        assert_eq!(show(42127.0, "d/m/yyyy", true).text, "4 May 2019");
    }
}
