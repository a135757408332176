//! `plan update --from FILE…`: records forms that came back, each whole or not at all.

use std::cell::RefCell;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use super::entry_options::TypedFields;
use super::output::{self, Exit};
use super::target::TargetPlan;
use super::writing::{self, BoardToWrite, Mode, WrittenBoard, refused};
use super::{Globals, scope};
use crate::calendar::Day;
use crate::document::visible;
use crate::estate::Reading;
use crate::finding::Placed;
use crate::form::returned::Returned;
use crate::form::take::{self, JudgedForm, Remark, ReturnedReport};
use crate::form::{self, Form, MAX_FILE};
use crate::plan::Board;
use crate::plan::fields::ENTRY;
use crate::record::{self, EntryDraft, EntryValue, FileChange};
use crate::render::Format;
use crate::report::Envelope;
use crate::report::recorded::{Recorded, changes};
use crate::report::taken::{FormTaken, RemarkFacts, ReportFacts, TakenField};
use crate::words::file_name;
use crate::world::World;

/// A form in hand, and what the manager says of it.
struct Job<'j> {
    /// How messages call the file.
    name: String,
    returned: Returned,
    given: &'j TypedFields,
    /// Whether it is one of several.
    among_others: bool,
    plan: String,
    today: Day,
    /// What was made of it, for the answer.
    judged: RefCell<JudgedForm>,
}

/// Takes forms, one after the other: what is wrong with one keeps no other from being recorded.
pub fn run(
    files: &[PathBuf],
    given: &TypedFields,
    dry_run: bool,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    check_options(given)?;
    if let [only] = files {
        return one(only, false, given, dry_run, globals, world);
    }
    if globals.output.is_some() {
        bail!(
            "with several forms, each has an answer of its own: leave -o out, or take one at a time"
        );
    }
    let mut refused = Vec::new();
    for file in files {
        let result = one(file, true, given, dry_run, globals, world);
        if output::finish(result, world) != Exit::Done {
            refused.push(visible(&file.display().to_string()).into_owned());
        }
    }
    if refused.is_empty() {
        return Ok(Exit::Done);
    }
    let outcome = if dry_run {
        "can be taken"
    } else {
        "are recorded"
    };
    bail!(
        "{} of {} forms {outcome}; not {}",
        files.len() - refused.len(),
        files.len(),
        refused.join(", ")
    )
}

/// Takes a form: shows what it says, and records it.
fn one(
    file: &Path,
    among_others: bool,
    given: &TypedFields,
    dry_run: bool,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let name = file.display().to_string();
    let bytes = read(&world.directory.join(file), &name)?;
    let returned =
        form::read(&bytes, &name).map_err(|why| anyhow!("{}; nothing was recorded", why.0))?;
    let found = whose(&returned, &name, globals, world)?;
    let job = Job {
        name,
        returned,
        given,
        among_others,
        plan: found.plan,
        today: scope::today(world)?,
        judged: RefCell::default(),
    };
    let target = BoardToWrite::open(&found.home, globals, world)?;
    let make = |reading: &Reading| job.make(reading, globals);
    let origin = |changes: &[FileChange], finding: &Placed| job.origin(changes, finding);
    match target.write_from(Mode::from_dry_run(dry_run), make, &origin, globals, world) {
        Ok(written) => job.answer(written, dry_run, globals, world),
        Err(error) => job.refuse(error, globals, world),
    }
}

/// A form says itself what is reported; the command says when, by whom and to whom.
fn check_options(given: &TypedFields) -> anyhow::Result<()> {
    const TAKEN: [&str; 4] = ["date", "covers", "by", "meeting"];
    match given.iter().find(|(name, _)| !TAKEN.contains(name)) {
        None => Ok(()),
        Some((name, _)) => {
            let name = name.replace('_', "-");
            bail!("a form says itself what is reported; with --from, `{name}` has no place")
        }
    }
}

fn read(path: &Path, name: &str) -> anyhow::Result<Vec<u8>> {
    let could_not = || format!("{name} could not be read");
    let meta = std::fs::metadata(path).with_context(could_not)?;
    if !meta.is_file() {
        bail!("{name} is not a file");
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).with_context(could_not)?;
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .with_context(could_not)?;
    if bytes.len() as u64 > MAX_FILE {
        bail!(
            "{name} is larger than any form ({} MB); nothing was recorded",
            MAX_FILE >> 20
        );
    }
    Ok(bytes)
}

/// The board and the plan that the form is of: as it says itself, else the one plan that has its actions.
fn whose(
    returned: &Returned,
    name: &str,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<TargetPlan> {
    let mark = &returned.mark;
    if let (Some(marked), Some(asked)) = (&mark.plan, &globals.plan)
        && marked != asked
    {
        bail!("{name} is a form for {marked}, not for {asked}; nothing was recorded");
    }
    let plan = globals.plan.clone().or_else(|| mark.plan.clone());
    let ids = returned.ids();
    let parts = scope::boards(globals, world, |reading| {
        let board = &reading.board;
        let is_meant = |stem: &String| plan.as_ref().is_none_or(|plan| plan == stem);
        let has = |stem: &String| {
            let plan = board.plan(stem).map(|index| &board.plans[index]);
            plan.is_some_and(|plan| ids.iter().any(|id| plan.index.contains_key(id)))
        };
        let stems = scope::stems(board).into_iter().filter(is_meant);
        let stems = stems.filter(|stem| mark.plan.is_some() || has(stem));
        let found = stems.map(|plan| (board.name.clone(), reading.home.clone(), plan));
        (found.collect::<Vec<_>>(), reading.unread.clone())
    })?;
    let unread = parts.iter().flat_map(|(_, unread)| unread.clone());
    let unread: Vec<String> = unread.collect();
    let all = parts.into_iter().flat_map(|(found, _)| found);
    let marked = |(board, _, _): &(String, String, String)| {
        mark.board.as_ref().is_none_or(|marked| marked == board)
    };
    let mut all: Vec<(String, String, String)> = all.filter(marked).collect();
    match all.len() {
        1 => {
            let (_, home, plan) = all.remove(0);
            Ok(TargetPlan { home, plan })
        }
        0 => {
            let board = mark.board.as_deref().unwrap_or("any board here");
            let plan = plan.as_deref().unwrap_or("no plan that has its actions");
            bail!(
                "{name} is a form for {plan} of {board}, which is not here{}",
                scope::incomplete(&unread)
            )
        }
        _ => {
            let plans = all
                .iter()
                .map(|(board, _, plan)| format!("{plan} of {board}"));
            let plans: Vec<String> = plans.collect();
            bail!(
                "{name} does not say which plan it is of; it may be {}: name one with --board and --plan{}",
                plans.join(", "),
                lost(returned)
            )
        }
    }
}

/// What begins the words of a new action that a form proposes.
const PROPOSED: &str = "Proposed new action: ";

fn proposed(proposal: &take::GivenField) -> String {
    format!("{PROPOSED}{}", proposal.words[0])
}

/// Whether an updates file has a proposal among its notes: these lines, and no more.
fn has_note(text: &str, note: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let note: Vec<&str> = note.lines().map(str::trim).collect();
    let ends = |next: Option<&&str>| {
        next.is_none_or(|next| !next.starts_with(' ') || next.trim().starts_with(PROPOSED))
    };
    (0..lines.len()).any(|at| {
        let end = at + note.len();
        let found = lines.get(at..end).into_iter().flatten();
        found.map(|line| line.trim()).eq(note.iter().copied()) && ends(lines.get(end))
    })
}

/// What else a form has lost that does not say which plan it is of.
fn lost(returned: &Returned) -> &'static str {
    match (&returned.mark.group, &returned.date) {
        (None, None) => ", its group with --by, its day with --date",
        (None, Some(_)) => ", its group with --by",
        _ => "",
    }
}

impl Job<'_> {
    /// The file that the form becomes.
    fn make(&self, reading: &Reading, globals: &Globals) -> anyhow::Result<Vec<FileChange>> {
        let board = &reading.board;
        let day = scope::as_of(globals, board, self.today)?;
        let index = board
            .plan(&self.plan)
            .ok_or_else(|| anyhow!("there is no plan `{}`", self.plan))?;
        let mark = &self.returned.mark;
        let earlier = reading.sources.iter();
        let earlier = earlier.filter(|(_, source)| Form::is_named(&mark.id, &source.text));
        let mut context = take::FormContext::for_plan(board, index, day, mark);
        context.earlier.extend(earlier.map(|(file, _)| file));
        let mut judged = take::take(&self.returned, &context, self.date(board, day)?);
        let is_new = self.check_new(&context, &mut judged, reading);
        self.judged.replace(judged.clone());
        is_new?;
        if !judged.problems.is_empty() {
            let count = judged.problems.len();
            let cells = if count == 1 {
                "one cell".into()
            } else {
                format!("{count} cells")
            };
            bail!(
                "{} cannot be taken as it is: {cells} to mend; nothing was recorded",
                self.name
            );
        }
        let Some(first) = judged.reports.first() else {
            bail!("{} {}; nothing was recorded", self.name, nothing(&judged));
        };
        let head = self.head(first, board)?;
        let drafts = judged
            .reports
            .iter()
            .map(|report| self.draft(report, &head, board));
        let drafts = drafts.collect::<anyhow::Result<Vec<EntryDraft>>>();
        let head = EntryValue::Map(head);
        let entries: Vec<EntryValue> = drafts?.iter().map(|draft| draft.below(&head)).collect();
        let EntryValue::Map(head) = head else {
            return Ok(Vec::new());
        };
        let change = record::create(&self.key(reading, &head), &head, &entries).map_err(refused)?;
        Ok(vec![change])
    }

    /// The day that the command gives the form.
    fn date(&self, board: &Board, day: Day) -> anyhow::Result<Option<Day>> {
        let given = self.given.iter().find(|(name, _)| *name == "date");
        let words = given.and_then(|(_, words)| words.first());
        words
            .map(|words| scope::when(words)?.for_board(board, day))
            .transpose()
    }

    /// What a form says is recorded once. Its id stands in the files that it became.
    fn check_new(
        &self,
        context: &take::FormContext,
        judged: &mut JudgedForm,
        reading: &Reading,
    ) -> anyhow::Result<()> {
        let sources = context
            .earlier
            .iter()
            .map(|file| reading.sources.get(*file));
        let sources: Vec<_> = sources.collect();
        let is_new = |proposal: &take::GivenField| {
            let note = proposed(proposal);
            !sources.iter().any(|source| has_note(&source.text, &note))
        };
        judged.proposals.retain(is_new);
        match sources.first() {
            Some(first) if judged.has_nothing() => bail!(
                "{} is form {}, which is recorded already in {}; nothing in it is new",
                self.name,
                self.returned.mark.id,
                first.path
            ),
            _ => Ok(()),
        }
    }

    /// What the file says once for all its entries.
    fn head(
        &self,
        first: &ReturnedReport,
        board: &Board,
    ) -> anyhow::Result<Vec<(String, EntryValue)>> {
        let mut frame = EntryDraft::new(&ENTRY);
        frame.set("plan", EntryValue::text(&self.plan));
        frame.set("date", EntryValue::text(first.date.to_string()));
        if let Some(group) = &self.returned.mark.group {
            frame
                .give("by", std::slice::from_ref(group), board)
                .map_err(refused)?;
        }
        for (name, words) in self.given.iter().filter(|(name, _)| *name != "date") {
            frame.give(name, words, board).map_err(refused)?;
        }
        let by = frame.words("by").map(|by| board.group_name(by).to_owned());
        let title = format!(
            "{} return, {}",
            by.as_deref().unwrap_or("Form"),
            first.date.long()
        );
        let mut head = vec![("updates".to_owned(), EntryValue::text(title))];
        for name in ["plan", "date", "covers", "by", "meeting"] {
            head.extend(
                frame
                    .get(name)
                    .map(|value| (name.to_owned(), value.clone())),
            );
        }
        let mark = &self.returned.mark;
        let mut notes = Vec::new();
        if !mark.id.is_empty() {
            let made = mark.made.map(|day| format!(", made on {}", day.long()));
            notes.push(format!("Form {}{}", mark.id, made.unwrap_or_default()));
        }
        notes.extend(self.judged.borrow().proposals.iter().map(proposed));
        if !notes.is_empty() {
            head.push(("note".to_owned(), EntryValue::text(notes.join("\n"))));
        }
        Ok(head)
    }

    fn draft(
        &self,
        report: &ReturnedReport,
        head: &[(String, EntryValue)],
        board: &Board,
    ) -> anyhow::Result<EntryDraft> {
        let mut draft = EntryDraft::new(&ENTRY);
        for (name, value) in head
            .iter()
            .filter(|(name, _)| !["updates", "note"].contains(&name.as_str()))
        {
            draft.set(name, value.clone());
        }
        draft.set("action", EntryValue::text(&report.action));
        draft.set("date", EntryValue::text(report.date.to_string()));
        for given in &report.fields {
            let words = given.words.as_slice();
            let given = draft
                .give(given.field, words, board)
                .map_err(|why| (&given.place, why));
            given.map_err(|(place, why)| anyhow!("{place}: {}; nothing was recorded", why.0))?;
        }
        Ok(draft)
    }

    /// A name for the file that is not taken: of the day and the group, then with the form's id.
    fn key(&self, reading: &Reading, head: &[(String, EntryValue)]) -> String {
        let words = |name: &str| {
            let found = head
                .iter()
                .find(|(given, _)| given == name)
                .map(|(_, value)| value);
            match found {
                Some(EntryValue::Text(text)) => Some(text.as_str()),
                _ => None,
            }
        };
        let id = &self.returned.mark.id;
        let stem = [words("date"), Some(words("by").unwrap_or("form"))];
        let stem = stem.into_iter().flatten().collect::<Vec<_>>().join("-");
        let short = id.split('-').next().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let names = [stem.clone(), format!("{stem}-{short}")]
            .into_iter()
            .chain(numbered);
        let names = names.map(|name| {
            record::home_key(&reading.home, &format!("updates/{}.yaml", file_name(&name)))
        });
        let mut free = names.filter(|key| reading.sources.find(key).is_none());
        free.next().unwrap_or_default()
    }

    /// The cell that a finding about the new file comes from.
    fn origin(&self, changes: &[FileChange], finding: &Placed) -> Option<String> {
        let change = changes
            .iter()
            .find(|change| finding.place.path.ends_with(&change.key))?;
        let line = finding.place.start.line;
        let line_of = |offset: usize| change.after[..offset].matches('\n').count() + 1;
        let at = change
            .entries
            .iter()
            .position(|entry| (line_of(entry.start)..=line_of(entry.end)).contains(&line))?;
        let judged = self.judged.borrow();
        let report = judged.reports.get(at)?;
        let entry = &change.entries[at];
        let until = change
            .after
            .lines()
            .take(line)
            .skip(line_of(entry.start) - 1);
        let names = until
            .filter_map(|line| line.split_once(':'))
            .map(|(name, _)| name.trim());
        let field = names
            .filter_map(|name| report.fields.iter().find(|given| given.field == name))
            .last();
        Some(field.map_or(&report.place, |given| &given.place).clone())
    }

    fn paper(&self) -> FormTaken {
        let judged = self.judged.borrow();
        let mark = &self.returned.mark;
        FormTaken {
            file: visible(&self.name).into_owned(),
            among_others: self.among_others,
            form: Some(mark.id.clone()).filter(|id| !id.is_empty()),
            board: mark.board.clone().unwrap_or_default(),
            plan: self.plan.clone(),
            by: mark.group.clone(),
            dry_run: false,
            reports: judged.reports.iter().map(report_facts).collect(),
            proposed: judged.proposals.iter().map(field_facts).collect(),
            notices: judged.notices.iter().map(remark_facts).collect(),
            refused: judged.problems.iter().map(remark_facts).collect(),
            diff: None,
            written: Vec::new(),
            changes: Vec::new(),
        }
    }

    fn answer(
        &self,
        written: WrittenBoard,
        dry_run: bool,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<Exit> {
        let changes = changes(&written.before, &written.after, written.day);
        let board = written.after.board.name.clone();
        let paper = FormTaken {
            board,
            ..self.paper()
        };
        let files = written.files;
        let paper = paper.with(Recorded {
            dry_run,
            diff: written.diff,
            written: written.entries,
            changes,
        });
        let paper = Envelope::new("form", written.day, Vec::new(), paper);
        let diff = paper.data.diff.as_deref();
        writing::answer(&paper, FormTaken::lay_out, diff, &files, globals, world)
    }

    /// Names every cell that cannot be taken.
    fn refuse(
        &self,
        error: anyhow::Error,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<Exit> {
        let judged = self.judged.borrow();
        if matches!(output::format(globals)?, Format::Json) && !judged.problems.is_empty() {
            let paper = Envelope::new("form", self.today, Vec::new(), self.paper());
            output::write(&paper, FormTaken::lay_out, globals, world)?;
        } else {
            // A form that reports nothing may still say something, in remarks or beside its table.
            let is_refused = judged.problems.is_empty() && judged.reports.is_empty();
            let notices = judged.notices.iter().filter(|_| is_refused);
            for problem in judged.problems.iter().chain(notices) {
                let sentence = visible(&problem.sentence()).into_owned();
                writeln!(world.stderr, "{sentence}")?;
            }
        }
        Err(error)
    }
}

fn report_facts(report: &ReturnedReport) -> ReportFacts {
    ReportFacts {
        action: report.action.clone(),
        what: report.what.clone(),
        date: report.date,
        date_cell: report.date_place.clone(),
        cell: report.place.clone(),
        fields: report.fields.iter().map(field_facts).collect(),
    }
}

fn field_facts(given: &form::take::GivenField) -> TakenField {
    TakenField {
        field: given.field,
        words: given.words.clone(),
        cell: given.place.clone(),
    }
}

/// Why a form reports on nothing.
fn nothing(judged: &JudgedForm) -> String {
    let proposals = judged.proposals.iter();
    let proposals: Vec<String> = proposals
        .map(|proposal| format!("\"{}\" ({})", proposal.words[0], proposal.place))
        .collect();
    if proposals.is_empty() {
        return "has nothing filled in".into();
    }
    format!(
        "reports on no action of the plan, and proposes {}, which is for the board to add to the plan",
        proposals.join(", ")
    )
}

fn remark_facts(remark: &Remark) -> RemarkFacts {
    RemarkFacts {
        cell: remark.place.clone(),
        about: remark.about.as_deref().map(str::to_owned),
        says: remark.says.clone(),
        wrong: remark.wrong.clone(),
        right: remark.right.clone(),
        sentence: remark.sentence(),
    }
}
