//! What came into a form from elsewhere: rows of another group's form, or of another table.

use super::Remark;
use super::cell::tidy;
use super::row::Taking;
use crate::form::FormField;
use crate::form::returned::Returned;
use crate::import;

impl Taking<'_, '_> {
    /// A row about an action that the form did not ask about came from elsewhere, such as another group's form.
    pub fn check_asked(&mut self, id: &str, returned: &Returned) {
        let states = &returned.mark.states;
        if states.is_empty() || states.iter().any(|(asked, _)| asked == id) {
            return;
        }
        if let Some(cell) = self.row.get(FormField::Id) {
            let wrong = "the form did not ask this group about it";
            let right = "where its lead did not write this, take the row out";
            self.judged.notices.push(Remark::new(cell, wrong, right));
        }
    }

    /// Whether the row is the row of headings of another table, which was pasted in with rows below it.
    pub fn check_headings(&mut self) -> bool {
        const FEWEST: usize = 4;
        let mut cells = self.row.cells.iter();
        let names = |text: &str| import::heading(text).is_some();
        let named = cells.clone().filter(|(_, cell)| names(&cell.text)).count();
        let id = cells.find(|(field, cell)| *field == FormField::Id && names(&cell.text));
        let Some((_, cell)) = id.filter(|_| named >= FEWEST) else {
            return false;
        };
        let wrong = "these are the headings of another table";
        let right =
            "take them and the rows below them out; a new action has \"new\" for its number";
        self.judged.problems.push(Remark::new(cell, wrong, right));
        true
    }

    /// Words where the form has its own code are said, as they are not recorded.
    pub fn check_code(&mut self) {
        let code = self.row.get(FormField::State);
        if let Some(code) = code.filter(|code| tidy(&code.text).contains(' ')) {
            let wrong = "the form has its own code there; these words are not recorded";
            self.judged.notices.push(Remark::new(code, wrong, ""));
        }
    }
}
