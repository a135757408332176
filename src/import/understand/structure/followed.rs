//! Rows of later tables that are about actions read before: what they say of them goes to these.

use super::super::fields::Field;
use super::super::reader::{Value, Values};
use super::{DraftAction, Outline, join, split};
use crate::import::account::Account;
use crate::words::letters_only;

impl Outline {
    /// Adds what a row says of an action to it; what the action says already is not said again.
    pub(super) fn follow_up(&mut self, values: Values, account: &mut Account) {
        for mut row in split::actions(values, Some(Field::Action), false, account) {
            let id = row.id.clone();
            let Some(action) = self.each_mut().find(|action| action.id == id) else {
                row.leave(&format!("no table before it has an action {id}"), account);
                continue;
            };
            action.hear_row(&mut row, account);
        }
    }

    /// Adds what a row says to the action of the same number and words that stands before it; not where it says
    /// that somebody else is to do it, or by another day. Whether it was added.
    pub(super) fn tell_again(&mut self, row: &mut DraftAction, account: &mut Account) -> bool {
        if row.id.is_empty() {
            return false;
        }
        let plain = row.plain();
        let mut known = self.each_mut();
        let Some(action) = known.find(|action| action.id == row.id && action.plain() == plain)
        else {
            return false;
        };
        let mut who_or_when = row
            .values
            .iter()
            .filter(|(field, _)| field.says_who_or_when());
        let same = who_or_when.all(|(field, found)| {
            let known = action.values.get(field).map_or(&[][..], Vec::as_slice);
            letters_only(&join(found, " ")) == letters_only(&join(known, " "))
        });
        if same {
            action.hear_row(row, account);
        }
        same
    }
}

impl DraftAction {
    /// What is to be done, in plain form.
    pub(super) fn plain(&self) -> String {
        let text = self
            .values
            .get(&Field::Action)
            .or_else(|| self.values.get(&Field::Impact));
        text.map_or(String::new(), |text| letters_only(&join(text, " ")))
    }

    /// Takes what another row says of it.
    fn hear_row(&mut self, row: &mut DraftAction, account: &mut Account) {
        account.read_as(row.id_item, format!("action {}: id", self.id));
        for (field, found) in std::mem::take(&mut row.values) {
            self.hear(field, found, account);
        }
    }

    /// Takes what a later table says of a field.
    fn hear(&mut self, field: Field, found: Vec<Value>, account: &mut Account) {
        let adds = field.is_progress() || field == Field::Note;
        if adds || !self.values.contains_key(&field) {
            let heard = self.values.entry(field).or_default();
            heard.extend(found.into_iter().filter(|value| value.own));
            return;
        }
        let known = letters_only(&join(&self.values[&field], " "));
        let id = &self.id;
        for value in found.iter().filter(|value| value.own) {
            if known.contains(&letters_only(&value.text)) {
                account.read_as(value.item, format!("action {id}: {} again", field.name()));
            } else {
                let why = format!("another table says it of {id} in other words, which stand");
                account.leave(value.item, why);
            }
        }
    }

    fn leave(&self, why: &str, account: &mut Account) {
        for value in self.values.values().flatten().filter(|value| value.own) {
            account.leave(value.item, why);
        }
        account.leave(self.id_item, why);
    }
}
