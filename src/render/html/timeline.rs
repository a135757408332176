//! Deadlines on a line of time: each a shape in the colour of its rating, as low as is needed for no
//! two to touch; a moved one trails a dashed line from where it was at first.

use std::fmt::Write as _;

use super::canvas::{Canvas, ChartWords, Drawing, cut, label, rule, text_width};
use super::picture::{rating, shape};
use super::text::inline;
use crate::calendar::{Day, month_name};
use crate::document::{Timeline, TimelineMark, Tone};

/// Up to so many deadlines have a line of their own, on which their words stand.
const IN_WORDS: usize = 14;

/// The least room in which the words of a deadline are worth reading.
const READABLE: f64 = 260.0;

const ROW: f64 = 20.0;
const TOP: f64 = 44.0;
const EDGE: f64 = 32.0;

/// What the chart says, and how to read it.
pub fn words(chart: &Timeline) -> ChartWords {
    let mut key = String::new();
    for (tone, word) in ratings(chart) {
        let _ = write!(
            key,
            "<span class=\"key\">{}{}</span>",
            shape(tone),
            inline(word)
        );
    }
    let shows = |what: fn(&TimelineMark) -> bool| chart.marks.iter().any(what);
    let strokes = [
        (
            shows(|mark| mark.late_until.is_some()),
            "late",
            "late, so long",
        ),
        (
            shows(|mark| mark.moved_from.is_some()),
            "slip",
            "moved, from its first date",
        ),
        (
            shows(|mark| mark.requested.is_some()),
            "ask",
            "a new date requested, not agreed",
        ),
    ];
    for (_, class, words) in strokes.iter().filter(|(is_shown, ..)| *is_shown) {
        let _ = write!(
            key,
            "<span class=\"key\"><svg class=\"dash\" viewBox=\"0 0 30 10\" aria-hidden=\"true\">\
             <line class=\"{class}\" x1=\"0\" y1=\"5\" x2=\"30\" y2=\"5\"/></svg>{words}</span>"
        );
    }
    let day = chart.day.long();
    let day = if DaySpan::over(chart).holds(chart.day) {
        format!("the upright line is {day}")
    } else {
        format!("{day} is not within these dates")
    };
    let _ = write!(key, "<span class=\"key\">{day}</span>");
    ChartWords {
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
    let span = DaySpan::over(chart);
    let counts = ratings(chart).into_iter().map(|(tone, word)| {
        let same = |mark: &&TimelineMark| (mark.tone, mark.rating.as_str()) == (tone, word);
        format!("{} {word}", chart.marks.iter().filter(same).count())
    });
    let mut text = format!(
        "{} from {} to {}: {}.",
        if chart.marks.len() == 1 {
            "1 deadline".to_owned()
        } else {
            format!("{} deadlines", chart.marks.len())
        },
        span.first.long(),
        span.last.long(),
        counts.collect::<Vec<_>>().join(", "),
    );
    let before = chart.marks.iter().filter(|mark| mark.due < chart.day);
    let _ = write!(text, " {} before {}.", before.count(), chart.day.long());
    for mark in &chart.marks {
        let (id, due) = (&mark.id, mark.due.short());
        if let Some(first) = mark.moved_from {
            let _ = write!(text, " {id} was moved from {} to {due}.", first.short());
        }
        if let Some(until) = mark.late_until {
            let late = days(until.days_since(mark.due));
            let _ = write!(text, " {id} is {late} late.");
        }
        if let Some(requested) = mark.requested {
            let day = requested.short();
            let _ = write!(text, " For {id} {day} is requested, not agreed.");
        }
    }
    text
}

fn days(count: i64) -> String {
    if count == 1 {
        "1 day".into()
    } else {
        format!("{count} days")
    }
}

/// The days that a chart shows.
#[derive(Clone, Copy)]
struct DaySpan {
    first: Day,
    last: Day,
}

impl DaySpan {
    /// From the first of a month to the last of one, so that every mark is within; the day asked
    /// too, unless that would press the marks together.
    fn over(chart: &Timeline) -> DaySpan {
        let days_of = |mark: &TimelineMark| {
            let others = [mark.moved_from, mark.requested, mark.late_until];
            std::iter::once(mark.due).chain(others.into_iter().flatten())
        };
        let all = || chart.marks.iter().flat_map(days_of);
        let mut first = all().fold(chart.first, Day::min);
        let mut last = all().fold(chart.last, Day::max);
        let near = last.days_since(first) / 2;
        if chart.day > last && chart.day.days_since(last) <= near {
            last = chart.day;
        }
        if chart.day < first && first.days_since(chart.day) <= near {
            first = chart.day;
        }
        DaySpan {
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
struct DayScale {
    span: DaySpan,
    left: f64,
    width: f64,
}

impl DayScale {
    fn x(&self, day: Day) -> f64 {
        let days = day.days_since(self.span.first) as f64;
        self.left + self.width * days / self.span.days()
    }
}

/// A mark and the place found for it.
struct PlacedMark<'a> {
    mark: &'a TimelineMark,
    x: f64,
    row: usize,
    label: String,
    label_at: LabelAt,
}

/// Where the words of a mark stand.
#[derive(Clone, Copy)]
enum LabelAt {
    /// They begin here, at the right of the mark.
    Begins(f64),
    /// They end here, at its left.
    Ends(f64),
}

/// The room between a mark and its words.
const BESIDE: f64 = 11.0;

/// The room between the day's line and words.
const CLEAR: f64 = 6.0;

/// Draws the chart.
pub fn draw(chart: &Timeline, canvas: Canvas) -> Drawing {
    let in_words = !canvas.narrow && chart.marks.len() <= IN_WORDS;
    let ids = chart.marks.iter().map(|mark| text_width(&short_id(mark)));
    let beside = if in_words {
        EDGE
    } else {
        ids.fold(0.0, f64::max) + EDGE
    };
    let scale = DayScale {
        span: DaySpan::over(chart),
        left: EDGE,
        width: canvas.width - EDGE - beside,
    };
    let day_at = Some(chart.day).filter(|day| scale.span.holds(*day));
    let day_at = day_at.map(|day| scale.x(day));
    let placed = if in_words {
        lines(chart, &scale, day_at, canvas)
    } else {
        packed(chart, &scale, day_at)
    };
    let rows = placed.iter().map(|placed| placed.row + 1).max();
    let rows = rows.unwrap_or(0);
    let is_long = rows > 12;
    let bottom = TOP + rows as f64 * ROW + 6.0;
    let mut content = axis(&scale, day_at, bottom, is_long);
    if let Some(x) = day_at {
        content.push_str(&day_line(chart.day, x, bottom, canvas));
    }
    for placed in &placed {
        content.push_str(&drawn(placed, &scale));
    }
    Drawing {
        height: bottom + if is_long { 22.0 } else { 4.0 },
        content,
    }
}

fn short_id(mark: &TimelineMark) -> String {
    cut(&mark.id, 100.0)
}

/// The ends of what is drawn of a mark.
fn ends(mark: &TimelineMark, scale: &DayScale) -> (f64, f64) {
    let days = [mark.moved_from, mark.requested, mark.late_until];
    let places = days.into_iter().flatten().map(|day| scale.x(day));
    let x = scale.x(mark.due);
    places.fold((x, x), |(left, right), x| (left.min(x), right.max(x)))
}

/// Where words begin at the right of a mark: behind the day's line, if they would cross it.
fn begin(right: f64, width: f64, day_at: Option<f64>) -> f64 {
    let begins = right + BESIDE;
    match day_at {
        Some(day) if begins < day + CLEAR && day < begins + width + CLEAR => day + CLEAR,
        _ => begins,
    }
}

/// A row for each mark, with its words at the side that has room.
fn lines<'a>(
    chart: &'a Timeline,
    scale: &DayScale,
    day_at: Option<f64>,
    canvas: Canvas,
) -> Vec<PlacedMark<'a>> {
    let marks = chart.marks.iter().enumerate();
    let placed = marks.map(|(row, mark)| {
        let (left, right) = ends(mark, scale);
        let words = format!("{} {}", mark.id, mark.what);
        let needed = text_width(&words).min(420.0);
        let begins = begin(right, needed, day_at);
        let at_right = canvas.width - begins - 3.0;
        let at_left = left - BESIDE - 3.0;
        // Words at the left that would cross the day's line stay at the right, cut.
        let crosses = |day: f64| left - BESIDE > day && left - BESIDE - needed < day;
        let fits_better = at_right < READABLE || needed <= at_left;
        let is_better = needed > at_right && at_left > at_right && fits_better;
        let (label, label_at) = if is_better && !day_at.is_some_and(crosses) {
            (cut(&words, at_left), LabelAt::Ends(left - BESIDE))
        } else {
            (cut(&words, at_right), LabelAt::Begins(begins))
        };
        PlacedMark {
            mark,
            x: scale.x(mark.due),
            row,
            label,
            label_at,
        }
    });
    placed.collect()
}

/// Marks with their ids, each in the first row in which it touches no other.
fn packed<'a>(chart: &'a Timeline, scale: &DayScale, day_at: Option<f64>) -> Vec<PlacedMark<'a>> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let place = |mark: &'a TimelineMark| {
        let (left, right) = ends(mark, scale);
        let label = short_id(mark);
        let width = text_width(&label);
        let begins = begin(right, width, day_at);
        let used = (left - 9.0, begins + width + 5.0);
        let is_free = |row: &Vec<(f64, f64)>| {
            let apart = |other: &(f64, f64)| other.1 <= used.0 || used.1 <= other.0;
            row.iter().all(apart)
        };
        let row = rows.iter().position(is_free).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push(used);
        PlacedMark {
            mark,
            x: scale.x(mark.due),
            row,
            label,
            label_at: LabelAt::Begins(begins),
        }
    };
    chart.marks.iter().map(place).collect()
}

fn drawn(placed: &PlacedMark, scale: &DayScale) -> String {
    let PlacedMark { mark, x, .. } = placed;
    let y = TOP + placed.row as f64 * ROW + ROW / 2.0;
    let name = rating(mark.tone).unwrap_or("grey");
    let mut out = format!(
        "<g class=\"mark {name}\"><title>{}</title>\n",
        inline(&in_words(mark))
    );
    if let Some(until) = mark.late_until {
        out.push_str(&rule((*x, y), (scale.x(until), y), "late"));
    }
    // A move too short for a line is told in words alone.
    let first = mark.moved_from.map(|day| scale.x(day));
    if let Some(from) = first.filter(|from| (from - x).abs() > 20.0) {
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
    if let Some(requested) = mark.requested {
        let at = scale.x(requested);
        let _ = writeln!(
            out,
            "{}<path class=\"first\" d=\"M{:.1} {y:.1}l5 -5 5 5 -5 5z\"/>",
            rule((*x, y), (at, y), "ask"),
            at - 5.0,
        );
    }
    let (left, top) = (x - 6.5, y - 6.5);
    let _ = writeln!(
        out,
        "<use class=\"shape\" href=\"#shape-{name}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"13\" height=\"13\"/>"
    );
    out.push_str(&match placed.label_at {
        LabelAt::Begins(at) => label(at, y + 4.5, "start", "name", &placed.label),
        LabelAt::Ends(at) => label(at, y + 4.5, "end", "name", &placed.label),
    });
    out.push_str("</g>\n");
    out
}

/// A mark in words.
fn in_words(mark: &TimelineMark) -> String {
    let TimelineMark {
        id, what, rating, ..
    } = mark;
    let mut text = format!("{id} {what}: due {}", mark.due.short());
    if let Some(first) = mark.moved_from {
        let _ = write!(text, ", first {}", first.short());
    }
    if let Some(until) = mark.late_until {
        let _ = write!(text, ", {} late", days(until.days_since(mark.due)));
    }
    if let Some(requested) = mark.requested {
        let _ = write!(text, ", {} requested", requested.short());
    }
    format!("{text}, {rating}")
}

/// The months, with the place of the day's line, above the marks and, where these are many, below them.
fn axis(scale: &DayScale, day_at: Option<f64>, bottom: f64, twice: bool) -> String {
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
        // Where the day's line would cross its name, the date on top of the line names the month.
        let half = text_width(&text) / 2.0 + 2.0;
        if !day_at.is_some_and(|day| (day - x).abs() < half) {
            out.push_str(&label(x, TOP - 9.0, "middle", "axis", &text));
        }
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
fn months_between_ticks(scale: &DayScale) -> u32 {
    let month = scale.width / f64::from(scale.span.months());
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
    let fits = |step: &&u32| f64::from(**step) * month >= 62.0;
    *steps.iter().find(fits).unwrap_or(&2400)
}

/// The day asked, as an upright line with its date on top.
fn day_line(day: Day, x: f64, bottom: f64, canvas: Canvas) -> String {
    let text = day.short();
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

    fn mark(id: &str, moved_from: Option<&str>, due: &str) -> TimelineMark {
        TimelineMark {
            id: id.into(),
            what: "Return interviews".into(),
            moved_from: moved_from.map(day),
            due: day(due),
            late_until: None,
            requested: None,
            tone: Tone::Red,
            rating: "red".into(),
        }
    }

    fn timeline(marks: Vec<TimelineMark>) -> Timeline {
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

    const PAGE: Canvas = Canvas {
        width: 840.0,
        narrow: false,
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
    fn lateness_has_a_length_and_a_requested_date_is_drawn_and_told() {
        let mut late = mark("2.2.3", None, "2018-02-28");
        late.late_until = Some(day("2018-05-01"));
        late.requested = Some(day("2018-06-30"));
        let chart = timeline(vec![late]);
        let drawn = draw(&chart, PHONE).content;
        assert_eq!(drawn.matches("class=\"late\"").count(), 1);
        assert_eq!(drawn.matches("class=\"ask\"").count(), 1);
        // 28 February to 1 May: 31 days of March, 30 of April, 1 of May.
        assert_eq!(
            words(&chart).description,
            "1 deadline from 1 April 2017 to 31 March 2019: 1 red. 1 before 1 May 2018. \
             2.2.3 is 62 days late. For 2.2.3 30 Jun 2018 is requested, not agreed."
        );
    }

    #[test]
    fn no_words_stand_on_the_days_line() {
        let due = [
            "2017-06-30",
            "2018-03-31",
            "2018-04-30",
            "2018-05-01",
            "2018-05-31",
            "2019-03-31",
        ];
        let marks = due.map(|due| mark("2.2.4a", None, due));
        let chart = timeline(marks.to_vec());
        for canvas in [PHONE, PAGE] {
            let scale = DayScale {
                span: DaySpan::over(&chart),
                left: EDGE,
                width: canvas.width - 2.0 * EDGE,
            };
            let x = scale.x(chart.day);
            let by_id = packed(&chart, &scale, Some(x));
            for placed in by_id.iter().chain(&lines(&chart, &scale, Some(x), canvas)) {
                let width = text_width(&placed.label);
                let (left, right) = match placed.label_at {
                    LabelAt::Begins(at) => (at, at + width),
                    LabelAt::Ends(at) => (at - width, at),
                };
                assert!(
                    right < x || x < left,
                    "{} {left} {right} {x}",
                    placed.mark.due
                );
            }
        }
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
        let scale = DayScale {
            span: DaySpan::over(&chart),
            left: EDGE,
            width: 260.0,
        };
        let rows: Vec<usize> = packed(&chart, &scale, None)
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
