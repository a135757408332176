//! Deadlines on a line of time: each a shape in the colour of its rating, as low as is needed for no
//! two to touch; a moved one trails a dashed line from where it was at first.

use std::fmt::Write as _;

use super::chart::{Canvas, Drawing, Words, cut, label, rule, text_width};
use super::picture::{rating, shape};
use super::text::inline;
use crate::calendar::{Day, month_name};
use crate::document::{Mark, Timeline, Tone};

/// Up to so many deadlines have a line of their own, on which their words stand.
const IN_WORDS: usize = 14;

/// The least room in which the words of a deadline are worth reading.
const READABLE: f64 = 260.0;

const ROW: f64 = 20.0;
const TOP: f64 = 44.0;
const EDGE: f64 = 32.0;

/// What the chart says, and how to read it.
pub fn words(chart: &Timeline) -> Words {
    let mut key = String::new();
    for (tone, word) in ratings(chart) {
        let _ = write!(
            key,
            "<span class=\"key\">{}{}</span>",
            shape(tone),
            inline(word)
        );
    }
    let moved = chart.marks.iter().any(|mark| mark.moved_from.is_some());
    if moved {
        key.push_str(
            "<span class=\"key\"><svg class=\"dash\" viewBox=\"0 0 30 10\" aria-hidden=\"true\">\
             <line class=\"slip\" x1=\"0\" y1=\"5\" x2=\"30\" y2=\"5\"/></svg>moved, from its first date</span>",
        );
    }
    let day = match Span::of(chart).holds(chart.day) {
        true => format!("the upright line is {}", chart.day.long()),
        false => format!("{} is not within these dates", chart.day.long()),
    };
    let _ = write!(key, "<span class=\"key\">{day}</span>");
    Words {
        title: chart.title.clone(),
        description: description(chart),
        key: format!("<span class=\"keys\">{key}</span>"),
    }
}

/// The ratings that the chart shows, each once.
fn ratings(chart: &Timeline) -> Vec<(Tone, &str)> {
    let mut found: Vec<(Tone, &str)> = Vec::new();
    for mark in &chart.marks {
        let pair = (mark.tone, mark.rating.as_str());
        if !found.contains(&pair) {
            found.push(pair);
        }
    }
    let order = [Tone::Red, Tone::Amber, Tone::Green, Tone::Blue, Tone::Grey];
    found.sort_by_key(|(tone, _)| order.iter().position(|other| other == tone));
    found
}

/// How many deadlines there are, of which rating, and each that was moved.
fn description(chart: &Timeline) -> String {
    let span = Span::of(chart);
    let counts = ratings(chart).into_iter().map(|(tone, word)| {
        let same = |mark: &&Mark| (mark.tone, mark.rating.as_str()) == (tone, word);
        format!("{} {word}", chart.marks.iter().filter(same).count())
    });
    let mut text = format!(
        "{} from {} to {}: {}.",
        match chart.marks.len() {
            1 => "1 deadline".to_owned(),
            count => format!("{count} deadlines"),
        },
        span.first.long(),
        span.last.long(),
        counts.collect::<Vec<_>>().join(", "),
    );
    let before = chart.marks.iter().filter(|mark| mark.due < chart.day);
    let _ = write!(text, " {} before {}.", before.count(), chart.day.long());
    for mark in &chart.marks {
        if let Some(first) = mark.moved_from {
            let (first, due) = (first.short(), mark.due.short());
            let _ = write!(text, " {} was moved from {first} to {due}.", mark.id);
        }
    }
    text
}

/// The days that a chart shows.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
    last: Day,
}

impl Span {
    /// From the first of a month to the last of one, so that every mark is within; the day asked
    /// too, unless that would press the marks together.
    fn of(chart: &Timeline) -> Span {
        let days = chart.marks.iter().map(|mark| mark.due);
        let firsts = chart.marks.iter().filter_map(|mark| mark.moved_from);
        let all = || days.clone().chain(firsts.clone());
        let mut first = all().fold(chart.first, Day::min);
        let mut last = all().fold(chart.last, Day::max);
        let near = last.days_since(first) / 2;
        if chart.day > last && chart.day.days_since(last) <= near {
            last = chart.day;
        }
        if chart.day < first && first.days_since(chart.day) <= near {
            first = chart.day;
        }
        Span {
            first: Day::new(first.year(), first.month(), 1).unwrap_or(first),
            last: Day::last_of_month(last.year(), last.month()).unwrap_or(last),
        }
    }

    fn holds(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    fn days(&self) -> f64 {
        self.last.days_since(self.first).max(1) as f64
    }

    fn months(&self) -> u32 {
        let months = (self.last.year() - self.first.year()) * 12 + self.last.month() as i32
            - self.first.month() as i32;
        u32::try_from(months).unwrap_or(0) + 1
    }
}

/// Where days stand on the canvas.
struct Scale {
    span: Span,
    left: f64,
    width: f64,
}

impl Scale {
    fn x(&self, day: Day) -> f64 {
        let days = day.days_since(self.span.first) as f64;
        self.left + self.width * days / self.span.days()
    }
}

/// A mark and the place found for it.
struct Placed<'a> {
    mark: &'a Mark,
    x: f64,
    from: Option<f64>,
    row: usize,
    label: String,
    /// Where the label ends, if it stands at the left of the mark.
    label_ends: Option<f64>,
}

/// Draws the chart.
pub fn draw(chart: &Timeline, canvas: Canvas) -> Drawing {
    let in_words = !canvas.narrow && chart.marks.len() <= IN_WORDS;
    let ids = chart.marks.iter().map(|mark| text_width(&short_id(mark)));
    let beside = match in_words {
        true => EDGE,
        false => ids.fold(0.0, f64::max) + EDGE,
    };
    let scale = Scale {
        span: Span::of(chart),
        left: EDGE,
        width: canvas.width - EDGE - beside,
    };
    let placed = match in_words {
        true => lines(chart, &scale, canvas),
        false => packed(chart, &scale),
    };
    let rows = placed.iter().map(|placed| placed.row + 1).max();
    let bottom = TOP + rows.unwrap_or(0) as f64 * ROW + 6.0;
    let mut content = axis(&scale, bottom, rows.unwrap_or(0) > 12);
    content.push_str(&day_line(chart, &scale, bottom, canvas));
    for placed in &placed {
        content.push_str(&drawn(placed));
    }
    let height = match rows.unwrap_or(0) > 12 {
        true => bottom + 22.0,
        false => bottom + 4.0,
    };
    Drawing { height, content }
}

fn short_id(mark: &Mark) -> String {
    cut(&mark.id, 100.0)
}

/// A row for each mark, with its words at the side that has room.
fn lines<'a>(chart: &'a Timeline, scale: &Scale, canvas: Canvas) -> Vec<Placed<'a>> {
    let marks = chart.marks.iter().enumerate();
    let placed = marks.map(|(row, mark)| {
        let x = scale.x(mark.due);
        let from = mark.moved_from.map(|day| scale.x(day));
        let right = canvas.width - x.max(from.unwrap_or(x)) - 14.0;
        let left = x.min(from.unwrap_or(x)) - 14.0;
        let words = format!("{} {}", mark.id, mark.what);
        let needed = text_width(&words).min(420.0);
        let at_left = needed > right && left > right && right < READABLE;
        Placed {
            mark,
            x,
            from,
            row,
            label: cut(&words, if at_left { left } else { right }.min(480.0)),
            label_ends: at_left.then_some(left + 2.0),
        }
    });
    placed.collect()
}

/// Marks with their ids, each in the first row in which it touches no other.
fn packed<'a>(chart: &'a Timeline, scale: &Scale) -> Vec<Placed<'a>> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let place = |mark: &'a Mark| {
        let x = scale.x(mark.due);
        let from = mark.moved_from.map(|day| scale.x(day));
        let label = short_id(mark);
        let taken = (
            x.min(from.unwrap_or(x)) - 9.0,
            x.max(from.unwrap_or(x)) + 16.0 + text_width(&label),
        );
        let free = |row: &Vec<(f64, f64)>| {
            let apart = |other: &(f64, f64)| other.1 <= taken.0 || taken.1 <= other.0;
            row.iter().all(apart)
        };
        let row = rows.iter().position(free).unwrap_or(rows.len());
        match rows.get_mut(row) {
            Some(own) => own.push(taken),
            None => rows.push(vec![taken]),
        }
        Placed {
            mark,
            x,
            from,
            row,
            label,
            label_ends: None,
        }
    };
    chart.marks.iter().map(place).collect()
}

fn drawn(placed: &Placed) -> String {
    let Placed { mark, x, .. } = placed;
    let y = TOP + placed.row as f64 * ROW + ROW / 2.0;
    let name = rating(mark.tone).unwrap_or("grey");
    let mut out = format!(
        "<g class=\"mark {name}\"><title>{}</title>\n",
        inline(&said(mark))
    );
    // A move too short for a line is said in words alone.
    if let Some(from) = placed.from.filter(|from| (from - x).abs() > 20.0) {
        let ahead = if from < *x { -1.0 } else { 1.0 };
        let tip = x + ahead * 9.0;
        let _ = writeln!(
            out,
            "<circle class=\"first\" cx=\"{from:.1}\" cy=\"{y:.1}\" r=\"3\"/>{}\
             <path class=\"tip\" d=\"M{tip:.1} {y:.1}l{:.1} -4v8z\"/>",
            rule((from - ahead * 3.0, y), (tip + ahead * 5.0, y), "slip"),
            ahead * 6.0,
        );
    }
    let (left, top) = (x - 6.5, y - 6.5);
    let _ = writeln!(
        out,
        "<use class=\"shape\" href=\"#shape-{name}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"13\" height=\"13\"/>"
    );
    let right = x.max(placed.from.unwrap_or(*x)) + 11.0;
    out.push_str(&match placed.label_ends {
        Some(end) => label(end, y + 4.5, "end", "name", &placed.label),
        None => label(right, y + 4.5, "start", "name", &placed.label),
    });
    out.push_str("</g>\n");
    out
}

/// A mark in words.
fn said(mark: &Mark) -> String {
    let Mark {
        id, what, rating, ..
    } = mark;
    let moved = mark
        .moved_from
        .map_or_else(String::new, |first| format!(", first {}", first.short()));
    format!("{id} {what}: due {}{moved}, {rating}", mark.due.short())
}

/// The months, above the marks and, where these are many, below them.
fn axis(scale: &Scale, bottom: f64, twice: bool) -> String {
    let mut out = String::new();
    let step = months_between_ticks(scale);
    let months = scale.span.months();
    let (year, month) = (scale.span.first.year(), scale.span.first.month());
    for number in 0..=months {
        let count = month - 1 + number;
        let (year, month) = (year + (count / 12) as i32, count % 12 + 1);
        // Ticks stand on April, the first month of a financial year, and in even steps from there.
        let from_april = (year * 12 + month as i32 - 4).rem_euclid(step as i32);
        let Some(day) = Day::new(year, month, 1).filter(|_| from_april == 0) else {
            continue;
        };
        let x = scale.x(day);
        if x > scale.left + scale.width + 1.0 {
            continue;
        }
        out.push_str(&rule((x, TOP - 4.0), (x, bottom), "tick"));
        let text = format!("{} {}", &month_name(month)[..3], year);
        out.push_str(&label(x, TOP - 9.0, "middle", "axis", &text));
        if twice {
            out.push_str(&label(x, bottom + 15.0, "middle", "axis", &text));
        }
    }
    let (left, right) = (scale.left, scale.left + scale.width);
    out.push_str(&rule((left, TOP - 4.0), (right, TOP - 4.0), "base"));
    if twice {
        out.push_str(&rule((left, bottom), (right, bottom), "base"));
    }
    out
}

/// So many months that their names do not touch.
fn months_between_ticks(scale: &Scale) -> u32 {
    let month = scale.width / f64::from(scale.span.months());
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
    let fits = |step: &&u32| f64::from(**step) * month >= 62.0;
    *steps.iter().find(fits).unwrap_or(&2400)
}

/// The day asked, as an upright line with its date on top.
fn day_line(chart: &Timeline, scale: &Scale, bottom: f64, canvas: Canvas) -> String {
    if !scale.span.holds(chart.day) {
        return String::new();
    }
    let x = scale.x(chart.day);
    let text = chart.day.short();
    let half = text_width(&text) / 2.0;
    let middle = x.clamp(half + 2.0, canvas.width - half - 2.0);
    rule((x, 18.0), (x, bottom), "day") + &label(middle, 13.0, "middle", "day", &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse_iso(iso).unwrap()
    }

    fn mark(id: &str, moved_from: Option<&str>, due: &str) -> Mark {
        Mark {
            id: id.into(),
            what: "Return interviews".into(),
            moved_from: moved_from.map(day),
            due: day(due),
            tone: Tone::Red,
            rating: "red".into(),
        }
    }

    fn timeline(marks: Vec<Mark>) -> Timeline {
        Timeline {
            title: "Deadlines".into(),
            first: day("2017-04-01"),
            last: day("2019-03-31"),
            day: day("2018-05-01"),
            marks,
        }
    }

    const PHONE: Canvas = Canvas {
        width: 340.0,
        narrow: true,
    };

    #[test]
    fn a_moved_deadline_is_drawn_from_its_first_day_and_said() {
        let moved = mark("2.2.4a", Some("2018-04-30"), "2018-09-30");
        let chart = timeline(vec![mark("1.1.1", None, "2018-04-30"), moved]);
        let drawn = draw(&chart, PHONE).content;
        assert_eq!(drawn.matches("class=\"slip\"").count(), 1);
        assert_eq!(drawn.matches("class=\"tip\"").count(), 1);
        assert!(drawn.contains(">1 May 2018</text>"));
        assert_eq!(
            words(&chart).description,
            "2 deadlines from 1 April 2017 to 31 March 2019: 2 red. 1 before 1 May 2018. \
             2.2.4a was moved from 30 Apr 2018 to 30 Sep 2018."
        );
    }

    #[test]
    fn a_day_far_from_all_deadlines_is_said_not_drawn() {
        let mut chart = timeline(vec![mark("1.1.1", None, "2018-04-30")]);
        chart.day = day("2026-05-01");
        assert!(!draw(&chart, PHONE).content.contains("class=\"day\""));
        assert!(
            words(&chart)
                .key
                .contains("1 May 2026 is not within these dates")
        );
    }

    #[test]
    fn marks_of_one_day_stand_below_each_other() {
        let marks = (0..70).map(|number| mark(&format!("2.{number}"), None, "2018-03-31"));
        let chart = timeline(marks.collect());
        let scale = Scale {
            span: Span::of(&chart),
            left: EDGE,
            width: 260.0,
        };
        let rows: Vec<usize> = packed(&chart, &scale)
            .iter()
            .map(|placed| placed.row)
            .collect();
        assert_eq!(rows, (0..70).collect::<Vec<_>>());
    }

    #[test]
    fn the_whole_calendar_and_no_deadline_at_all_can_be_drawn() {
        let far = vec![mark(&"9".repeat(1000), Some("1900-01-01"), "2199-12-31")];
        for chart in [timeline(far), timeline(Vec::new())] {
            let drawn = draw(&chart, PHONE).content;
            assert!(!drawn.contains("NaN") && drawn.len() < 20_000);
        }
    }
}
