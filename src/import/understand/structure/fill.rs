//! A row's values → an action's fields.

use super::super::cells::is_only_sign;
use super::super::fields::Field;
use super::super::owners::Groups;
use super::super::reader::Value;
use super::super::when::dated;
use super::super::{evidence, headings, revisions};
use std::collections::BTreeMap;

use super::{DraftAction, calendar_years, deadlines, join};
use crate::calendar::{Day, month_name};
use crate::import::account::Account;
use crate::timescale::{Timescale, TimescaleContext, parse_date};
use crate::words::one_line;

impl DraftAction {
    /// The text of a field, as its cells have it; none where they are blank.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        let found = self.values.get(&field)?;
        let text = join(found, "\n\n");
        (!text.trim().is_empty()).then_some(text)
    }

    /// Adds a line to its note.
    pub(super) fn add_note(&mut self, text: &str) {
        self.note = Some(match self.note.take() {
            None => text.to_owned(),
            Some(before) => format!("{before}\n\n{text}"),
        });
    }

    fn first_item(&self, field: Field) -> usize {
        let found = self.values.get(&field).and_then(|found| found.first());
        found.map_or(0, |value| value.item)
    }

    /// Fills its fields from its row's values.
    pub(super) fn fill(
        &mut self,
        groups: &mut Groups,
        context: &TimescaleContext,
        account: &mut Account,
    ) {
        self.impact = self.text(Field::Impact);
        let notes: Vec<String> = self.values.get(&Field::Note).map_or(Vec::new(), |found| {
            found.iter().map(|value| value.text.clone()).collect()
        });
        notes.iter().for_each(|note| self.add_note(note));
        self.own.action = self.text(Field::Action);
        self.own.measure = self.text(Field::Measure);
        self.own.evidence = self.text(Field::Evidence).map_or(Vec::new(), |text| {
            evidence::items(&text, groups.are_run_together())
        });
        self.due_beside_owner(context);
        self.days_by_label(account);
        self.owners(groups);
        // A theme with no objective to stand on.
        if let Some(theme) = self.text(Field::Theme) {
            self.add_note(&theme);
        }
        self.find_milestones(context, account);
        if self.milestones.is_empty() {
            self.done_below_deadline(context);
            self.timescale(context, account);
        }
        self.begins(context, account);
        self.raised(account);
        if self.own.action.is_none() && self.impact.is_none() {
            // A row with no text of its own, such as one that is only numbered.
            let note = self.note.take();
            self.own.action = note.or_else(|| self.own.measure.take());
        }
    }

    /// "Chair – by 30 April 2015" says who and by when, where no column has the deadline.
    fn due_beside_owner(&mut self, context: &TimescaleContext) {
        if self.values.contains_key(&Field::Timescale) {
            return;
        }
        let owners = self.values.get_mut(&Field::Responsibility);
        let Some([owner]) = owners.map(Vec::as_mut_slice) else {
            return;
        };
        if let [(who, due)] = deadlines::deadlines(&owner.text, context).as_slice() {
            let due = owner.with_text(due);
            let who = who.trim_end_matches([' ', '–', '-', ',', '(']);
            owner.text = who.to_owned();
            self.values.insert(Field::Timescale, vec![due]);
        }
    }

    /// "Start: June 2024 / End: March 2025": each part of the cell is the day that its label names.
    fn days_by_label(&mut self, account: &mut Account) {
        let Some([cell]) = self.values.get(&Field::Timescale).map(Vec::as_slice) else {
            return;
        };
        let lines = cell
            .text
            .split(['\n', ';'])
            .flat_map(|line| line.split(" / "));
        let lines = lines
            .map(|line| line.trim_matches([' ', '-', ',']))
            .filter(|line| !line.is_empty());
        let parts: Option<Vec<(Field, Value)>> = lines
            .map(|line| {
                let (field, day) = labelled_day(line)?;
                let item = 0;
                Some((
                    field,
                    Value {
                        item,
                        ..cell.with_text(day)
                    },
                ))
            })
            .collect();
        let parts = parts.filter(|parts| parts.len() > 1).unwrap_or_default();
        let days: BTreeMap<Field, Value> = parts.iter().cloned().collect();
        let is_free =
            |field: &Field| *field == Field::Timescale || !self.values.contains_key(field);
        if days.len() == parts.len()
            && days.contains_key(&Field::Timescale)
            && days.keys().all(is_free)
        {
            let fields: Vec<&str> = days.keys().map(|field| field.name()).collect();
            account.read_as(
                cell.item,
                format!("action {}: {}", self.id, fields.join(", ")),
            );
            self.values
                .extend(days.into_iter().map(|(field, day)| (field, vec![day])));
        }
    }

    /// What stands below a deadline in its cell is what was done.
    fn done_below_deadline(&mut self, context: &TimescaleContext) {
        let due = self.values.get_mut(&Field::Timescale);
        let Some([due]) = due.map(Vec::as_mut_slice) else {
            return;
        };
        let reads = |text: &str| Timescale::parse(&one_line(text), context).is_ok();
        let is_sentence =
            |text: &str| text.starts_with(char::is_uppercase) && text.ends_with(['.', '!']);
        if let Some((first, below)) = due.text.split_once('\n')
            && reads(first)
            && !reads(below)
            && is_sentence(below.trim())
            && revisions::apart(below.trim(), context).is_none()
        {
            let done = due.with_text(below.trim());
            due.text = first.to_owned();
            self.values.entry(Field::Done).or_default().push(done);
        }
    }

    fn owners(&mut self, groups: &mut Groups) {
        let (lead, others) = (self.text(Field::Lead), self.text(Field::Responsibility));
        if let Some(lead) = &lead {
            let read = groups.read(lead);
            if let [only] = read.ids.as_slice() {
                self.own.lead = Some(only.clone());
            }
        }
        let both: Vec<String> = [lead, others].into_iter().flatten().collect();
        if both.is_empty() {
            return;
        }
        let words = both.join("\n\n");
        let read = groups.read(&words);
        self.own.owners = read.ids;
        self.own.lead = self.own.lead.take().or(read.lead);
        self.own.responsibility = Some(words);
    }

    /// Its deadline: as written, where it can be read or is no more than one; the words of a revision or a
    /// status beside it go into its first report.
    fn timescale(&mut self, context: &TimescaleContext, account: &mut Account) {
        let Some(text) = self.text(Field::Timescale).map(|text| one_line(&text)) else {
            return;
        };
        let item = self.first_item(Field::Timescale);
        if is_only_sign(&text) || text.eq_ignore_ascii_case("n/a") {
            account.read_as(item, format!("action {}: no timescale", self.id));
            return;
        }
        account.counts.timescales += 1;
        let text = self.in_months(text, item, context, account);
        let read = Timescale::parse(&text, context);
        let is_before = |day: Day| context.period.is_some_and(|period| day < period.first);
        if let Some(day) = read
            .as_ref()
            .ok()
            .and_then(Timescale::last_day)
            .filter(|day| is_before(*day))
        {
            let day = day.long();
            let note = format!("\"{text}\" is read as {day}, which lies before the plan begins");
            account.note(item, note);
        }
        let Err(bad) = read else {
            self.readable = true;
            account.counts.timescales_read += 1;
            self.own.timescale = Some(text);
            return;
        };
        let Some(apart) = revisions::apart(&text, context) else {
            account.note(item, format!("{bad}; the words stay as they are"));
            self.own.timescale = Some(text);
            return;
        };
        account.counts.timescales_read += 1;
        self.readable = true;
        self.own.timescale = apart.first.clone();
        self.add_note(&format!("Timescale: {text}"));
        let value = |text: &str| Value {
            text: text.to_owned(),
            item: 0,
            own: true,
            shade: None,
            when: None,
            place: account.place(item),
        };
        for (field, words) in [
            (Field::Revised, &apart.revised),
            (Field::Status, &apart.status),
        ] {
            if let Some(words) = words {
                self.values.entry(field).or_default().push(value(words));
            }
        }
        account.note(item, format!("\"{text}\" is read as {}", apart.describe()));
    }

    /// The words of a deadline, with quarters and years as months where the plan's years are those of the calendar.
    fn in_months(
        &mut self,
        text: String,
        item: usize,
        context: &TimescaleContext,
        account: &mut Account,
    ) -> String {
        let Some(months) = calendar_years::as_months(&text, context.period) else {
            return text;
        };
        let first = context.period.map(|plan| month_name(plan.first.month()));
        let why = match first {
            None | Some("January") => "as the plan's years are those of the calendar".to_owned(),
            Some(month) => format!("as the plan's year begins in {month}"),
        };
        account.note(item, format!("\"{text}\" is read as {months}, {why}"));
        self.add_note(&format!("Timescale: {text}"));
        months
    }

    /// When work is to begin; a note where that cannot be read, or lies behind the deadline: then one of the two is
    /// wrong, and only a person knows which.
    fn begins(&mut self, context: &TimescaleContext, account: &mut Account) {
        let Some(text) = self.text(Field::Starts).map(|text| one_line(&text)) else {
            return;
        };
        let from = calendar_years::as_months(&format!("from {text}"), context.period);
        let starts = from.as_deref().and_then(|from| from.strip_prefix("from "));
        let starts = starts.unwrap_or(&text);
        let read = Timescale::parse(starts, context).ok();
        let first = read.filter(|read| read.last_day().is_some());
        let first = first.and_then(|read| read.start().or(read.last_day()));
        let due = self
            .own
            .timescale
            .as_deref()
            .and_then(|due| dated(due, context));
        let late = due.filter(|due| first.is_some_and(|first| first > *due));
        if first.is_some() && late.is_none() {
            self.starts = Some(starts.to_owned());
            return;
        }
        if is_only_sign(&text) {
            return;
        }
        let why = match late {
            Some(due) => format!("as a first day lies after the deadline, {}", due.long()),
            None => "is no day on which work begins".to_owned(),
        };
        let note = format!("action {}: \"{text}\" {why}; it is kept as a note", self.id);
        match self
            .values
            .get(&Field::Starts)
            .and_then(|found| found.first())
        {
            Some(value) => account.note_at(value.place.clone(), note),
            None => account.note(0, note),
        }
        self.add_note(&format!("Starts: {text}"));
    }

    /// The day on which it was raised; a note where that is no day.
    fn raised(&mut self, account: &mut Account) {
        let Some(text) = self.text(Field::Added).map(|text| one_line(&text)) else {
            return;
        };
        let item = self.first_item(Field::Added);
        match parse_date(&text) {
            Ok(day) => {
                self.added = Some(day);
                account.read_as(item, format!("action {}: added", self.id));
            }
            Err(_) => self.add_note(&format!("Raised: {text}")),
        }
    }
}

/// What day a label names, and the day: "Start: June 2024", "To March 2025".
fn labelled_day(line: &str) -> Option<(Field, &str)> {
    let signs = [":", " – ", " - ", " "];
    let mut cut = signs.iter().filter_map(|sign| line.split_once(sign));
    cut.find_map(|(label, day)| {
        let field = match label.to_lowercase().as_str() {
            "to" => Field::Timescale,
            label => headings::sure(label)?,
        };
        let names_day = matches!(
            field,
            Field::Starts | Field::Timescale | Field::Revised | Field::Completed | Field::Added
        );
        names_day.then_some((field, day.trim()))
    })
}
