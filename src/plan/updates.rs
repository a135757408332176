//! Reads what is reported after adoption: updates files and the challenge log.

use foldhash::{HashSet, HashSetExt};

use super::fields;
use super::reader::{FieldReader, Fields};
use super::resolve::Resolver;
use super::*;
use crate::finding::Finding;
use crate::source::FileId;
use crate::timescale::TimescaleContext;
use crate::yaml::Node;

impl Resolver<'_> {
    pub(super) fn updates(&mut self, file: FileId, root: Node) {
        let mut reader = self.reader(file);
        let Some(fields) = reader.fields(root, &fields::UPDATES) else {
            return;
        };
        reader.words(&fields, "updates");
        reader.words(&fields, "note");
        let plan_name = reader.words(&fields, "plan");
        let defaults = Defaults {
            dated: fields.gave("date"),
            date: reader.date(&fields, "date"),
            covers: data_period(&mut reader, &fields),
            by: reader.words(&fields, "by"),
            meeting: reader.words(&fields, "meeting"),
            names_plan: fields.gave("plan"),
            plan: plan_name.as_ref().and_then(|name| self.find_plan(name)),
            plan_name,
        };
        // Entries are large: growing step by step would copy each several times.
        self.board.entries.reserve(fields.maps("entries").count());
        for map in fields.maps("entries") {
            if let Some(entry) = self.reader(file).item(map) {
                self.entry(file, &entry, &defaults);
            }
        }
    }

    fn entry(&mut self, file: FileId, fields: &Fields, defaults: &Defaults) {
        let (plan, plan_name) = self.plan_of(file, fields, defaults);
        if !fields.gave("date") && !defaults.dated {
            self.missing(
                fields.head,
                "an entry has no date; it counts for nothing",
                "write `date: …` here or at the head of the file",
            );
        }
        let terms = std::mem::take(&mut self.board.terms);
        let context = TimescaleContext {
            period: plan.and_then(|plan| self.board.plans[plan].period),
            terms: &terms,
        };
        let entry = Entry {
            plan,
            plan_name,
            ..entry(&mut self.reader(file), fields, &context, defaults)
        };
        self.board.terms = terms;
        self.findings.extend(both_ways(&entry));
        self.board.entries.push(entry);
    }

    /// The plan that an entry is about, and the name that it or its file gives.
    fn plan_of(
        &mut self,
        file: FileId,
        fields: &Fields,
        defaults: &Defaults,
    ) -> (Option<usize>, Option<Text>) {
        if !fields.gave("plan") {
            if !defaults.names_plan {
                self.missing(fields.head, "an entry names no plan; it counts for none", {
                    "write `plan: …` with the stem of the plan's file, here or at the head of the file"
                });
            }
            return (defaults.plan, defaults.plan_name.clone());
        }
        let name = self.reader(file).words(fields, "plan");
        let plan = name.as_ref().and_then(|name| self.find_plan(name));
        (plan, name)
    }

    fn missing(&mut self, at: Span, message: &str, help: &str) {
        self.findings
            .push(Finding::new("missing-field", at, message).help(help));
    }

    pub(super) fn challenges(&mut self, file: FileId, root: Node) {
        let mut reader = self.reader(file);
        let Some(fields) = reader.fields(root, &fields::CHALLENGES) else {
            return;
        };
        reader.words(&fields, "challenges");
        let plan_name = reader.words(&fields, "plan");
        let plan = plan_name.as_ref().and_then(|name| self.find_plan(name));
        for map in fields.maps("entries") {
            let Some(fields) = self.reader(file).item(map) else {
                continue;
            };
            let own_plan = self.reader(file).words(&fields, "plan");
            let plan = match &own_plan {
                Some(name) => self.find_plan(name),
                None => plan,
            };
            let mut reader = self.reader(file);
            let entry = ChallengeEntry {
                at: fields.at,
                id: reader
                    .id(&fields, "challenge")
                    .unwrap_or_else(|| Id::none(fields.head)),
                plan,
                plan_name: own_plan.or_else(|| plan_name.clone()),
                date: reader.date(&fields, "date"),
                meeting: reader.words(&fields, "meeting"),
                from: reader.words(&fields, "from"),
                to: reader.words(&fields, "to"),
                by: reader.words(&fields, "by"),
                action: reader.words(&fields, "action"),
                raised: reader.words(&fields, "raised"),
                response: reader.words(&fields, "response"),
                closed: reader.words(&fields, "closed"),
                impact: reader.words(&fields, "impact"),
                note: reader.words(&fields, "note"),
                is_internal: reader.is_true(&fields, "internal"),
            };
            self.board.challenges.push(entry);
        }
    }
}

/// What an updates file says once for its entries.
struct Defaults {
    plan: Option<usize>,
    plan_name: Option<Text>,
    names_plan: bool,
    /// Whether a date is written, readable or not.
    dated: bool,
    date: Option<Located<Day>>,
    covers: Option<Located<Period>>,
    by: Option<Text>,
    meeting: Option<Text>,
}

/// What an entry says, and what its file says for it; whose plan it is stands to be told.
fn entry(
    reader: &mut FieldReader,
    fields: &Fields,
    context: &TimescaleContext,
    defaults: &Defaults,
) -> Entry {
    let owners_at = fields.node("owners").map(|node| reader.span(node));
    Entry {
        at: fields.at,
        plan: None,
        plan_name: None,
        about: about(reader, fields),
        date: match reader.date(fields, "date") {
            None if !fields.gave("date") => defaults.date,
            date => date,
        },
        covers: match data_period(reader, fields) {
            None if !fields.gave("covers") => defaults.covers,
            covers => covers,
        },
        by: reader.words(fields, "by").or_else(|| defaults.by.clone()),
        meeting: reader
            .words(fields, "meeting")
            .or_else(|| defaults.meeting.clone()),
        rag: reader.rag(fields, "rag"),
        status: reader.status(fields, "status"),
        impact_rag: reader.rag(fields, "impact_rag"),
        done: reader.words(fields, "done"),
        impact: reader.words(fields, "impact"),
        voice: reader.words(fields, "voice"),
        next: reader.words(fields, "next"),
        note: reader.words(fields, "note"),
        evidence: reader.evidence(fields, "evidence").unwrap_or_default(),
        timescale: reader.deadline(fields, "timescale", context),
        owners: reader.texts(fields, "owners"),
        owners_at: owners_at.unwrap_or(fields.at),
        reason: reader.words(fields, "reason"),
        agreed: reader.words(fields, "agreed"),
        refused: reader.words(fields, "refused"),
        escalate: reader.words(fields, "escalate"),
        is_internal: reader.is_true(fields, "internal"),
    }
}

/// A finding about an entry that agrees and refuses at once.
fn both_ways(entry: &Entry) -> Option<Finding> {
    let (agreed, refused) = (entry.agreed.as_ref()?, entry.refused.as_ref()?);
    let message = "an entry that agrees and refuses at once changes nothing that it asks for";
    let help = "keep `agreed` or `refused`, whichever the minutes say; one that agrees to a part and \
                refuses the rest is two entries";
    let finding = Finding::new("conflicting-updates", refused.at, message).help(help);
    Some(finding.related(agreed.at, "agreed here"))
}

fn data_period(reader: &mut FieldReader, fields: &Fields) -> Option<Located<Period>> {
    let text = reader.words(fields, "covers")?;
    let period = Period::parse_data(&text);
    if period.is_none() {
        let message = format!("\"{}\" is not a period", text.value);
        let help = "write `2017-18 Q1`, `2017-18`, `April 2018` or a day as `2018-04-30`";
        reader
            .findings
            .push(Finding::new("unreadable-date", text.at, message).help(help));
    }
    Some(Located {
        value: period?,
        at: text.at,
    })
}

/// What an entry speaks of. A list of one is an entry about that one.
fn about(reader: &mut FieldReader, fields: &Fields) -> About {
    let action = reader.texts(fields, "action");
    let objective = reader.words(fields, "objective");
    let priority = reader.words(fields, "priority");
    let given = usize::from(action.is_some())
        + usize::from(objective.is_some())
        + usize::from(priority.is_some());
    if given > 1 {
        let message = "an entry is about actions, an objective or a priority, not several of these";
        let help = "write an entry for each; here only the first of action, objective and priority \
                    counts";
        reader
            .findings
            .push(Finding::new("wrong-type", fields.head, message).help(help));
    }
    if let Some(mut ids) = action {
        if ids.len() > 1 {
            let mut seen = HashSet::new();
            ids.retain(|id| seen.insert(id.value.clone()));
        }
        return match ids.len() {
            0 => {
                let message = "an entry is about no action: the list is empty";
                let help = "write the action's id: `action: 2.2.3`";
                reader
                    .findings
                    .push(Finding::new("missing-field", fields.head, message).help(help));
                About::Nothing
            }
            1 => About::One(ids.remove(0)),
            _ => About::Several(ids),
        };
    }
    if let Some(id) = objective {
        return About::Objective(id);
    }
    if let Some(id) = priority {
        return About::Priority(id);
    }
    if !["action", "objective", "priority"]
        .iter()
        .any(|name| fields.gave(name))
    {
        let message = "an entry does not say what it is about";
        let help = "write `action: …`, `objective: …` or `priority: …`";
        reader
            .findings
            .push(Finding::new("missing-field", fields.head, message).help(help));
    }
    About::Nothing
}
