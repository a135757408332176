//! The draft as the board's files, laid out as the plans of this repository are.

use std::path::PathBuf;

use super::account::Imported;
use super::understand::{Action, Draft, Group, Objective, Priority, Shared, Wishes, slug};
use crate::yaml::scalar;

/// Writes the files' texts: the board, the plan, and a first report where progress was given.
pub fn files(mut draft: Draft, name: &str, wishes: &Wishes) -> Imported {
    let stem = stem(&draft);
    let mut files = vec![
        (PathBuf::from("board.yaml"), board(&draft, name)),
        (PathBuf::from(format!("{stem}.yaml")), plan(&draft, name)),
    ];
    if let Some(day) = wishes.reported.filter(|_| !draft.entries.is_empty()) {
        let path = PathBuf::from(format!("updates/{day}-import.yaml"));
        files.push((path, updates(&draft, &stem, &day.to_string(), name, wishes)));
    }
    let account = std::mem::take(&mut draft.account);
    let names = files
        .iter()
        .map(|(path, _)| path.to_string_lossy().replace('\\', "/"))
        .collect();
    Imported {
        report: account.report(name, names),
        files,
    }
}

/// The plan's file name: its title without the board's name, and its period.
fn stem(draft: &Draft) -> String {
    let front = &draft.front;
    let title = front.title.replace(&front.board, " ");
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<&str> = words
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let name = match words.is_empty() {
        true => "plan".to_owned(),
        false => slug(&words.join(" ")),
    };
    let period: String = front
        .period
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{name}-{period}")
}

/// Lines of YAML that grow.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.0.push_str(&" ".repeat(indent));
            self.0.push_str(text);
        }
        self.0.push('\n');
    }

    /// A comment; in one line, whatever it quotes.
    fn comment(&mut self, indent: usize, text: &str) {
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.line(indent, &format!("# {}", crate::document::visible(&text)));
    }

    /// `key: text`; `dash` where it is the first of a list's item.
    fn text(&mut self, indent: usize, key: &str, text: &str) {
        let value = value(text, indent + 2);
        self.line(indent, &format!("{key}: {value}"));
    }

    fn some(&mut self, indent: usize, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(indent, key, text);
        }
    }

    /// A list of texts: on one line where it fits, else an item a line.
    fn list(&mut self, indent: usize, key: &str, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        let items: Vec<String> = texts
            .iter()
            .map(|text| scalar::inline(text, true))
            .collect();
        let line = format!("{key}: [{}]", items.join(", "));
        let lines = texts.iter().any(|text| text.contains('\n'));
        if indent + line.chars().count() <= 110 && !lines {
            self.line(indent, &line);
            return;
        }
        self.items(indent, key, texts);
    }

    fn items(&mut self, indent: usize, key: &str, texts: &[String]) {
        self.line(indent, &format!("{key}:"));
        for text in texts {
            let value = value(text, indent + 4);
            self.line(indent + 2, &format!("- {value}"));
        }
    }
}

/// A text after its key, with the lines below it if it takes several; these stand in by `indent`.
fn value(text: &str, indent: usize) -> String {
    let (mut value, lines) = scalar::field(text, indent);
    for line in lines {
        value.push('\n');
        if !line.is_empty() {
            value.push_str(&" ".repeat(indent));
            value.push_str(&line);
        }
    }
    value
}

fn board(draft: &Draft, name: &str) -> String {
    let front = &draft.front;
    let mut lines = Lines::default();
    lines.comment(0, &format!("The groups that {name} makes responsible, in its own words; `aka` are their other spellings there."));
    lines.text(0, "board", &front.board);
    lines.some(0, "short", front.short.as_ref());
    lines.some(0, "kind", front.kind.as_ref());
    lines.some(0, "area", front.area.as_ref());
    if !draft.groups.is_empty() {
        lines.line(0, "groups:");
        draft
            .groups
            .iter()
            .for_each(|group| group_lines(group, &mut lines));
    }
    lines.0
}

fn group_lines(group: &Group, lines: &mut Lines) {
    lines.line(2, &format!("{}:", group.id));
    lines.text(4, "name", &group.name);
    if let Some(kind) = group.kind {
        lines.text(4, "kind", kind);
    }
    lines.list(4, "aka", &group.aka);
}

fn plan(draft: &Draft, name: &str) -> String {
    let front = &draft.front;
    let mut lines = Lines::default();
    lines.comment(0, &format!("Imported from {name}. What a cell says for several actions stands once, on their objective."));
    lines.comment(
        0,
        "`owners` are a reading of the responsibilities, in the groups of board.yaml.",
    );
    lines.text(0, "plan", &front.title);
    lines.text(0, "period", &front.period);
    lines.some(
        0,
        "adopted",
        front.adopted.map(|day| day.to_string()).as_ref(),
    );
    if !front.sections.is_empty() {
        lines.line(0, "");
        lines.line(0, "sections:");
    }
    for section in &front.sections {
        lines.text(2, "- title", &section.title);
        lines.some(4, "text", section.text.as_ref());
    }
    named(
        "threads",
        front.threads.iter().map(|(id, text)| (id.as_str(), text)),
        &mut lines,
    );
    named(
        "headings",
        draft.headings.iter().map(|(field, text)| (*field, text)),
        &mut lines,
    );
    lines.line(0, "");
    lines.line(0, "priorities:");
    for (number, priority) in draft.priorities.iter().enumerate() {
        if number > 0 {
            lines.line(0, "");
        }
        priority_lines(priority, &mut lines);
    }
    lines.0
}

fn named<'d>(key: &str, texts: impl Iterator<Item = (&'d str, &'d String)>, lines: &mut Lines) {
    let mut texts = texts.peekable();
    if texts.peek().is_none() {
        return;
    }
    lines.line(0, "");
    lines.line(0, &format!("{key}:"));
    for (name, text) in texts {
        lines.text(2, name, text);
    }
}

fn priority_lines(priority: &Priority, lines: &mut Lines) {
    lines.line(2, &format!("- id: {}", scalar::inline(&priority.id, false)));
    lines.text(4, "title", &priority.title);
    if !priority.outcomes.is_empty() {
        lines.items(4, "outcomes", &priority.outcomes);
    }
    let untitled: Vec<&Action> = priority
        .objectives
        .iter()
        .filter(|o| o.title.is_none())
        .flat_map(|o| &o.actions)
        .collect();
    if !untitled.is_empty() {
        lines.line(4, "actions:");
        untitled
            .iter()
            .for_each(|action| action_lines(action, 6, lines));
    }
    let titled: Vec<&Objective> = priority
        .objectives
        .iter()
        .filter(|o| o.title.is_some())
        .collect();
    if !titled.is_empty() {
        lines.line(4, "objectives:");
    }
    for (number, objective) in titled.into_iter().enumerate() {
        if number > 0 {
            lines.line(0, "");
        }
        objective_lines(objective, lines);
    }
}

fn objective_lines(objective: &Objective, lines: &mut Lines) {
    let title = objective.title.as_deref().unwrap_or_default();
    let mut dash = "- ";
    let mut first = |key: &str, text: &str, lines: &mut Lines| {
        let indent = if dash.is_empty() { 8 } else { 6 };
        lines.text(indent, &format!("{dash}{key}"), text);
        dash = "";
    };
    if let Some(id) = &objective.id {
        first("id", id, lines);
    }
    if let Some(theme) = &objective.theme {
        first("theme", theme, lines);
    }
    first("title", title, lines);
    lines.some(8, "action", objective.shared.action.as_ref());
    shared_lines(&objective.shared, true, 8, lines);
    if !objective.actions.is_empty() {
        lines.line(8, "actions:");
        objective
            .actions
            .iter()
            .for_each(|action| action_lines(action, 10, lines));
    }
}

fn shared_lines(shared: &Shared, readable: bool, indent: usize, lines: &mut Lines) {
    lines.some(indent, "measure", shared.measure.as_ref());
    lines.some(indent, "responsibility", shared.responsibility.as_ref());
    lines.list(indent, "owners", &shared.owners);
    lines.some(indent, "lead", shared.lead.as_ref());
    if let Some(timescale) = &shared.timescale {
        if !readable {
            lines.line(
                indent,
                "# plan: allow unreadable-timescale: so the source has it",
            );
        }
        lines.text(indent, "timescale", timescale);
    }
    lines.list(indent, "evidence", &shared.evidence);
}

fn action_lines(action: &Action, indent: usize, lines: &mut Lines) {
    if let Some(remark) = &action.remark {
        lines.comment(indent, remark);
    }
    lines.line(
        indent,
        &format!("- id: {}", scalar::inline(&action.id, false)),
    );
    let indent = indent + 2;
    lines.some(indent, "action", action.own.action.as_ref());
    lines.some(indent, "impact", action.impact.as_ref());
    shared_lines(&action.own, action.readable, indent, lines);
    lines.some(indent, "note", action.note.as_ref());
    if !action.milestones.is_empty() {
        lines.line(indent, "milestones:");
    }
    for (id, title, timescale) in &action.milestones {
        lines.line(indent + 2, &format!("- id: {}", scalar::inline(id, false)));
        lines.text(indent + 4, "title", title);
        lines.text(indent + 4, "timescale", timescale);
    }
}

fn updates(draft: &Draft, stem: &str, day: &str, name: &str, wishes: &Wishes) -> String {
    let mut lines = Lines::default();
    lines.text(0, "updates", &format!("Progress as {name} has it"));
    lines.text(0, "plan", stem);
    lines.text(0, "date", day);
    lines.some(0, "by", wishes.by.as_ref());
    lines.line(0, "entries:");
    for entry in &draft.entries {
        lines.line(
            2,
            &format!("- action: {}", scalar::inline(&entry.action, false)),
        );
        lines.some(
            4,
            "rag",
            entry.rag.map(|rag| rag.word().to_owned()).as_ref(),
        );
        lines.some(
            4,
            "status",
            entry.status.map(|status| status.word().to_owned()).as_ref(),
        );
        lines.some(4, "done", entry.done.as_ref());
        lines.some(4, "voice", entry.voice.as_ref());
        lines.some(4, "next", entry.next.as_ref());
        lines.some(4, "note", entry.note.as_ref());
    }
    lines.0
}
