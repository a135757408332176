//! A row's values → an action's fields.

use super::super::fields::Field;
use super::super::owners::Groups;
use super::super::reader::Value;
use super::super::{evidence, revisions};
use super::{DraftAction, calendar_years, deadlines, join};
use crate::calendar::Day;
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
        if !text.chars().any(char::is_alphanumeric) || text.eq_ignore_ascii_case("n/a") {
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
        let why = "as the plan's years are those of the calendar";
        account.note(item, format!("\"{text}\" is read as {months}, {why}"));
        self.add_note(&format!("Timescale: {text}"));
        months
    }

    /// When work is to begin; a note where that cannot be read.
    fn begins(&mut self, context: &TimescaleContext, account: &mut Account) {
        let Some(text) = self.text(Field::Starts).map(|text| one_line(&text)) else {
            return;
        };
        if Timescale::parse(&text, context).is_ok_and(|read| read.last_day().is_some()) {
            self.starts = Some(text);
            return;
        }
        let item = self.first_item(Field::Starts);
        if text.chars().any(char::is_alphanumeric) {
            account.note(
                item,
                format!("\"{text}\" is no day on which work begins; it is kept as a note"),
            );
            self.add_note(&format!("Starts: {text}"));
        }
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
