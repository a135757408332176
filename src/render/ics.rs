//! An agenda as a calendar file (RFC 5545): all-day events that a second import moves rather than
//! doubles, because each keeps its UID. Written here: what it takes is escaping and folding.

use crate::agenda::{Agenda, Event, EventKind};
use crate::calendar::Day;
use crate::document::visible;

/// The most octets in a line, without its end (RFC 5545, section 3.1).
const OCTETS: usize = 75;

/// Writes an agenda as a calendar in UTF-8 with CRLF line ends. Nothing in it tells when it was
/// made but the day that it was made for.
pub fn write(agenda: &Agenda) -> Vec<u8> {
    let mut out = CalendarLines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//plan//plan//EN");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    out.text("X-WR-CALNAME", &agenda.name);
    if !agenda.notices.is_empty() {
        out.text("X-WR-CALDESC", &agenda.notices.join("; "));
    }
    for (number, notice) in agenda.notices.iter().enumerate() {
        out.event(&self::notice(number, notice, agenda.day), agenda.day);
    }
    for event in &agenda.events {
        out.event(event, agenda.day);
    }
    out.line("END", "VCALENDAR");
    out.0.into_bytes()
}

/// What is incomplete stands in the calendar on the day asked, where a reader sees it.
fn notice(number: usize, text: &str, day: Day) -> Event {
    Event {
        key: format!("notice/{}", number + 1),
        kind: EventKind::Notice,
        day,
        summary: text.to_owned(),
        text: vec!["The days of what could not be read are missing.".into()],
        revision: 0,
        off: false,
    }
}

/// Lines of a calendar file.
#[derive(Default)]
struct CalendarLines(String);

impl CalendarLines {
    fn event(&mut self, event: &Event, asked: Day) {
        let stamp = format!("{}T000000Z", compact(asked));
        self.line("BEGIN", "VEVENT");
        self.text("UID", &format!("{}@plan", event.key));
        self.line("DTSTAMP", &stamp);
        // What it says is true of the day asked, so that a later export is the newer one.
        self.line("LAST-MODIFIED", &stamp);
        self.line("SEQUENCE", &event.revision.to_string());
        self.line("DTSTART;VALUE=DATE", &compact(event.day));
        self.text("SUMMARY", &event.summary);
        if !event.text.is_empty() {
            self.text("DESCRIPTION", &event.text.join("\n"));
        }
        let category = match event.kind {
            EventKind::Notice => "NOTICE",
            EventKind::Deadline => "DEADLINE",
            EventKind::Meeting => "MEETING",
        };
        self.line("CATEGORIES", category);
        self.line("STATUS", if event.off { "CANCELLED" } else { "CONFIRMED" });
        // A deadline keeps nobody from being invited elsewhere that day.
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// A line, folded where it is too long, never inside a character.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            octets += c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

/// A day as calendars write it: `20180430`.
fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A text in which nothing is the calendar's own (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_marks_and_its_lines() {
        assert_eq!(escaped("a, b; c\\d\ne"), r"a\, b\; c\\d\ne");
        assert_eq!(escaped("a\r\nEND:VEVENT"), r"a\\u{d}\nEND:VEVENT");
    }

    #[test]
    fn a_line_is_folded_at_75_octets_and_never_inside_a_character() {
        let mut lines = CalendarLines::default();
        lines.line("X", &"é".repeat(60));
        let folded: Vec<&str> = lines.0.split("\r\n").collect();
        // "X:" and 36 characters of two octets are 74; a space and 24 are 49.
        assert_eq!(folded[0], format!("X:{}", "é".repeat(36)));
        assert_eq!(folded[1], format!(" {}", "é".repeat(24)));
        assert_eq!(folded[2..], [""]);
    }
}
