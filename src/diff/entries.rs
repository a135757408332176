//! Compares what two states of a board have reported: its entries by what they say, whichever file
//! they stand in and however it is written.

use std::collections::{BTreeMap, HashMap};

use crate::calendar::Day;
use crate::plan::{About, Board, ChallengeEntry, Entry, Text};
use crate::source::{FileId, Sources, Span};

use super::statements::evidence;
use crate::words::one_line;

/// What a field of an entry says.
pub type Fact = (&'static str, String);

/// An entry of an updates file or of the challenge log, by what it says.
#[derive(Clone, Debug)]
pub struct ToldEntry {
    /// Its index into [`Board::entries`], or into [`Board::challenges`].
    pub index: usize,
    pub is_challenge: bool,
    pub date: Option<Day>,
    /// What it is about: an action's id, several, or a challenge's.
    pub about: String,
    /// Its beginning.
    pub at: Span,
    /// The plan, the date and all that it says.
    pub facts: Vec<Fact>,
}

/// An entry that is no longer there, and what it seems to have become.
#[derive(Clone, Debug)]
pub struct Gone {
    pub then: ToldEntry,
    pub now: Option<ToldEntry>,
    /// The entry before it in its file, where the later state has it.
    pub near: Option<Span>,
}

/// What changed in a board's entries.
#[derive(Debug, Default)]
pub struct EntryChanges {
    pub added: Vec<ToldEntry>,
    pub gone: Vec<Gone>,
}

/// Compares the entries of two states of a board.
pub fn changes(then: (&Board, &Sources), now: (&Board, &Sources)) -> EntryChanges {
    let old = told(then.0);
    let mut fresh: Vec<Option<ToldEntry>> = told(now.0).into_iter().map(Some).collect();
    let mut known: HashMap<Vec<Fact>, Vec<usize>> = HashMap::new();
    for (index, told) in fresh.iter().enumerate().rev() {
        let facts = told.as_ref().map(|told| told.facts.clone());
        known
            .entry(facts.unwrap_or_default())
            .or_default()
            .push(index);
    }
    let mut missing = Vec::new();
    let mut kept: BTreeMap<Span, Span> = BTreeMap::new();
    for told in old {
        match known.get_mut(&told.facts).and_then(Vec::pop) {
            Some(index) => {
                let same = fresh[index].take();
                kept.extend(same.map(|same| (told.at, same.at)));
            }
            None => missing.push(told),
        }
    }
    let key = |sources: &Sources, file: FileId| sources.get(file).key.clone();
    let mut left = Left::by_key(fresh.into_iter().flatten(), now.1);
    let mut gone = Vec::new();
    for missing in missing {
        let before = kept
            .range(..missing.at)
            .next_back()
            .filter(|(at, _)| at.file == missing.at.file);
        gone.push(Gone {
            near: before.map(|(_, now)| *now),
            now: left.take_likest(&missing, &key(then.1, missing.at.file)),
            then: missing,
        });
    }
    let added = left.told.into_iter().flatten();
    EntryChanges {
        added: added.collect(),
        gone,
    }
}

/// The entries of the later state that the earlier one does not have, found by what they are about
/// and by their file.
struct Left {
    told: Vec<Option<ToldEntry>>,
    /// By file, as its path from the estate.
    files: Vec<String>,
    by_subject: HashMap<(bool, String), Vec<usize>>,
    by_file: HashMap<String, Vec<usize>>,
}

/// How many entries are looked at to find what one became: more alike ones than this tell nothing.
const CANDIDATES: usize = 64;

impl Left {
    fn by_key(told: impl Iterator<Item = ToldEntry>, sources: &Sources) -> Left {
        let mut left = Left {
            told: told.map(Some).collect(),
            files: Vec::new(),
            by_subject: HashMap::new(),
            by_file: HashMap::new(),
        };
        for (index, told) in left.told.iter().flatten().enumerate() {
            let file = sources.get(told.at.file).key.clone();
            let subject = (told.is_challenge, told.about.clone());
            left.by_subject.entry(subject).or_default().push(index);
            left.by_file.entry(file.clone()).or_default().push(index);
            left.files.push(file);
        }
        left
    }

    /// Takes the entry that one of a file most likely became, if any is likely.
    fn take_likest(&mut self, then: &ToldEntry, file: &str) -> Option<ToldEntry> {
        let subject = (then.is_challenge, then.about.clone());
        let lists = [
            self.by_subject.get_mut(&subject),
            self.by_file.get_mut(file),
        ];
        let mut best: Option<(usize, usize)> = None;
        for list in lists.into_iter().flatten() {
            // What was taken is passed over for good.
            let matched = list
                .iter()
                .take_while(|&&index| self.told[index].is_none())
                .count();
            list.drain(..matched);
            for &index in list.iter().take(CANDIDATES) {
                let Some(told) = &self.told[index] else {
                    continue;
                };
                let likeness = likeness(then, told, self.files[index] == file);
                if likeness > best.map_or(0, |(_, most)| most) {
                    best = Some((index, likeness));
                }
            }
        }
        self.told[best?.0].take()
    }
}

/// How sure it is that one entry became another: nothing where they have neither subject nor file
/// in common.
fn likeness(then: &ToldEntry, now: &ToldEntry, same_file: bool) -> usize {
    let same_subject = then.about == now.about;
    if then.is_challenge != now.is_challenge
        || !(same_file || same_subject && then.date == now.date)
    {
        return 0;
    }
    let shared = then.facts.iter().filter(|fact| now.facts.contains(fact));
    let shared = shared.count();
    // The plan and the date alone are those of every entry of a file.
    let enough = if same_subject {
        1
    } else {
        then.facts.len().div_ceil(2)
    };
    if shared >= enough {
        shared + if same_subject { 100 } else { 0 }
    } else {
        0
    }
}

/// All that a board's files report.
pub fn told(board: &Board) -> Vec<ToldEntry> {
    let updates = board
        .entries
        .iter()
        .enumerate()
        .map(|(index, entry)| ToldEntry {
            index,
            is_challenge: false,
            date: entry.date.map(|date| date.value),
            about: about(&entry.about).1,
            at: entry.head(),
            facts: facts(entry),
        });
    let challenges = board.challenges.iter().enumerate();
    let challenges = challenges.map(|(index, entry)| ToldEntry {
        index,
        is_challenge: true,
        date: entry.date.map(|date| date.value),
        about: entry.id.value.to_string(),
        at: Span {
            end: entry.at.start + 1,
            ..entry.at
        },
        facts: challenge_facts(entry),
    });
    updates.chain(challenges).collect()
}

fn about(about: &About) -> (&'static str, String) {
    match about {
        About::One(id) => ("action", id.value.to_string()),
        About::Several(ids) => {
            let mut ids: Vec<&str> = ids.iter().map(Text::as_str).collect();
            ids.sort_unstable();
            ("action", ids.join(", "))
        }
        About::Objective(id) => ("objective", id.value.to_string()),
        About::Priority(id) => ("priority", id.value.to_string()),
        About::Nothing => ("action", String::new()),
    }
}

fn text(name: &'static str, text: &Option<Text>) -> Option<Fact> {
    text.as_ref().map(|text| (name, one_line(text)))
}

/// A list whose order says nothing, as one text.
fn sorted(mut items: Vec<String>) -> String {
    items.sort_unstable();
    items.join(", ")
}

/// All that an entry says. Every field is named here, so that a new one cannot be forgotten.
pub fn facts(entry: &Entry) -> Vec<Fact> {
    let Entry {
        at: _,
        plan: _,
        plan_name,
        about: subject,
        date,
        covers,
        by,
        meeting,
        rag,
        status,
        impact_rag,
        done,
        impact,
        voice,
        next,
        note,
        evidence: proof,
        timescale,
        owners,
        owners_at: _,
        reason,
        agreed,
        refused,
        escalate,
        // Being internal is about who may read the entry, and no fact that it reports.
        is_internal: _,
    } = entry;
    let owners = owners.as_ref().map(|owners| {
        let ids = owners.iter().map(|id| id.value.to_string());
        ("owners", sorted(ids.collect()))
    });
    let proof = (!proof.is_empty()).then(|| ("evidence", sorted(evidence(proof))));
    let timescale = timescale.as_ref();
    let facts = [
        text("plan", plan_name),
        Some(about(subject)),
        date.map(|date| ("date", date.value.to_string())),
        covers.map(|covers| ("covers", covers.value.to_string())),
        text("by", by),
        text("meeting", meeting),
        rag.map(|rag| ("rag", rag.value.word().to_owned())),
        status.map(|status| ("status", status.value.word().to_owned())),
        impact_rag.map(|rag| ("impact_rag", rag.value.word().to_owned())),
        text("done", done),
        text("impact", impact),
        text("voice", voice),
        text("next", next),
        text("note", note),
        proof,
        timescale.map(|deadline| ("timescale", one_line(&deadline.text))),
        owners,
        text("reason", reason),
        text("agreed", agreed),
        text("refused", refused),
        text("escalate", escalate),
    ];
    facts.into_iter().flatten().collect()
}

fn challenge_facts(entry: &ChallengeEntry) -> Vec<Fact> {
    let ChallengeEntry {
        at: _,
        id,
        plan: _,
        plan_name,
        date,
        meeting,
        from,
        to,
        by,
        action,
        raised,
        response,
        closed,
        impact,
        note,
        // Being internal is about who may read the entry, and no fact that it reports.
        is_internal: _,
    } = entry;
    let facts = [
        text("plan", plan_name),
        Some(("challenge", id.value.to_string())),
        date.map(|date| ("date", date.value.to_string())),
        text("meeting", meeting),
        text("from", from),
        text("to", to),
        text("by", by),
        text("action", action),
        text("raised", raised),
        text("response", response),
        text("closed", closed),
        text("impact", impact),
        text("note", note),
    ];
    facts.into_iter().flatten().collect()
}
