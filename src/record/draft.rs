//! An entry as it is given: field by field, in the words of a person.

use super::value::EntryValue;
use crate::calendar::{Day, Period};
use crate::finding::suggest;
use crate::plan::fields::{EVIDENCE, Field, FieldKind, Shape};
use crate::plan::{Board, NO_GROUP, Rag, Status, WHOLE_BOARD};
use crate::timescale;
use crate::yaml;

use super::Refused;

/// An entry that is not written yet. Its fields stand in the order of the table, whatever the order in
/// which they were given.
#[derive(Clone, Debug)]
pub struct EntryDraft {
    shape: &'static Shape,
    given: Vec<Option<EntryValue>>,
}

impl EntryDraft {
    /// An entry of a kind (of an updates file, or of the challenge log) with no fields yet.
    pub fn new(shape: &'static Shape) -> EntryDraft {
        EntryDraft {
            shape,
            given: vec![None; shape.fields.len()],
        }
    }

    /// Gives a field from a person's words, one text or several: ratings and statuses in any case, dates
    /// as a person writes them, groups by any of their names. What is given empty is not given.
    ///
    /// Refused with a sentence that says what would be right.
    pub fn give(&mut self, name: &str, words: &[String], board: &Board) -> Result<(), Refused> {
        let Some(at) = self.shape.fields.iter().position(|f| f.name == name) else {
            return Err(Refused(format!(
                "{} has no field `{name}`",
                self.shape.name
            )));
        };
        let words: Vec<String> = (words.iter())
            .map(|words| tidy(words))
            .filter(|words| !words.is_empty())
            .collect();
        let field = &self.shape.fields[at];
        words
            .iter()
            .try_for_each(|words| can_be_held(name, words))?;
        self.given[at] = if words.is_empty() {
            None
        } else {
            Some(value(field, &words, board)?)
        };
        Ok(())
    }

    /// Gives a field that needs no reading.
    pub fn set(&mut self, name: &str, value: EntryValue) {
        if let Some(at) = self.shape.fields.iter().position(|f| f.name == name) {
            self.given[at] = Some(value);
        }
    }

    pub fn get(&self, name: &str) -> Option<&EntryValue> {
        let at = self.shape.fields.iter().position(|f| f.name == name)?;
        self.given[at].as_ref()
    }

    /// A field that holds one text.
    pub fn words(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(EntryValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The names of the fields that are given.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.shape.fields.iter().zip(&self.given);
        fields.filter_map(|(field, given)| given.is_some().then_some(field.name))
    }

    /// The entry as a file says it, without those fields whose value the file's head gives already.
    pub fn below(&self, head: &EntryValue) -> EntryValue {
        let fields = self.shape.fields.iter().zip(&self.given);
        let fields = fields.filter_map(|(field, given)| {
            let given = given.as_ref()?;
            (head.field(field.name) != Some(given) || !DEFAULTS.contains(&field.name))
                .then(|| (field.name.to_owned(), given.clone()))
        });
        EntryValue::Map(fields.collect())
    }
}

/// What a file gives once for all its entries.
pub const DEFAULTS: [&str; 5] = ["plan", "date", "covers", "by", "meeting"];

/// A text without space around it and with one kind of line end.
fn tidy(words: &str) -> String {
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    lines.trim().to_owned()
}

/// Whether a file can hold a text.
fn can_be_held(name: &str, words: &str) -> Result<(), Refused> {
    let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\t');
    if let Some(control) = words.chars().find(control) {
        return Err(Refused(format!(
            "`{name}` holds a control character (U+{:04X}), which no text holds; delete it",
            control as u32
        )));
    }
    if words.len() > yaml::MAX_TEXT {
        return Err(Refused(format!(
            "`{name}` is {} bytes long; 1 MB is the most that a text may hold",
            words.len()
        )));
    }
    Ok(())
}

/// What a field holds, from a person's words.
fn value(field: &Field, words: &[String], board: &Board) -> Result<EntryValue, Refused> {
    let one = || match words {
        [one] => Ok(one.as_str()),
        _ => Err(Refused(format!(
            "`{}` is given {} times",
            field.name,
            words.len()
        ))),
    };
    let bad = |why: String| Refused(format!("`{}`: {why}", field.name));
    Ok(match field.kind {
        FieldKind::Ids => ids(words),
        FieldKind::Id | FieldKind::Timescale => {
            EntryValue::text(one()?.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        FieldKind::Date => EntryValue::text(date(one()?).map_err(bad)?.to_string()),
        FieldKind::DataPeriod => EntryValue::text(period(one()?).map_err(bad)?),
        FieldKind::Rag => EntryValue::text(rag(one()?).map_err(bad)?),
        FieldKind::Status => EntryValue::text(status(one()?).map_err(bad)?),
        FieldKind::YesNo => EntryValue::text(yes_no(one()?).map_err(bad)?),
        FieldKind::Group => EntryValue::text(group(one()?, board).map_err(bad)?),
        FieldKind::GroupOrNone if one()?.eq_ignore_ascii_case(NO_GROUP) => {
            EntryValue::text(NO_GROUP)
        }
        FieldKind::GroupOrNone => EntryValue::text(group(one()?, board).map_err(bad)?),
        FieldKind::Groups => EntryValue::List(
            (groups(words, board).map_err(bad)?.into_iter())
                .map(EntryValue::text)
                .collect(),
        ),
        FieldKind::Texts if words.len() > 1 => {
            EntryValue::List(words.iter().map(EntryValue::text).collect())
        }
        FieldKind::Evidence => EntryValue::List(words.iter().map(|item| evidence(item)).collect()),
        _ => EntryValue::text(one()?),
    })
}

/// One id, or a list of several.
fn ids(words: &[String]) -> EntryValue {
    let ids = words.iter().flat_map(|words| words.split([',', ' ', '\n']));
    let mut ids: Vec<EntryValue> = ids
        .filter(|id| !id.is_empty())
        .map(EntryValue::text)
        .collect();
    match ids.len() {
        1 => ids.remove(0),
        _ => EntryValue::List(ids),
    }
}

fn date(words: &str) -> Result<Day, String> {
    timescale::parse_date(words).map_err(|bad| format!("{}; {}", bad.message, bad.help))
}

fn period(words: &str) -> Result<String, String> {
    match Period::parse_data(words) {
        Some(_) => Ok(words.to_owned()),
        None => Err(format!(
            "\"{words}\" is not a period; write `2017-18 Q1`, `2017-18`, `April 2018` or a day as \
             `2018-04-30`"
        )),
    }
}

fn rag(word: &str) -> Result<&'static str, String> {
    let known = [Rag::Red, Rag::Amber, Rag::Green, Rag::Blue];
    let found = Rag::parse(word).filter(|rag| known.contains(rag));
    let words = known.map(Rag::word);
    found.map(Rag::word).ok_or_else(|| {
        format!(
            "\"{word}\" is not a RAG rating; {}",
            suggest(word, &words, "ratings")
        )
    })
}

fn yes_no(word: &str) -> Result<&'static str, String> {
    match word.to_lowercase().as_str() {
        "true" | "yes" => Ok("true"),
        "false" | "no" => Ok("false"),
        _ => Err(format!("\"{word}\" is not true or false")),
    }
}

fn status(words: &str) -> Result<&'static str, String> {
    let found = Status::parse(&words.replace(['-', '_'], " "));
    let known = Status::ALL.map(Status::word);
    found.map(Status::word).ok_or_else(|| {
        format!(
            "\"{words}\" is not a status; {}",
            suggest(words, &known, "statuses")
        )
    })
}

/// The id of the group that words mean: its id, its name, or another name for it.
pub fn group(words: &str, board: &Board) -> Result<String, String> {
    let words = words.trim();
    if board.at.is_none() || words.eq_ignore_ascii_case(WHOLE_BOARD) {
        let whole = words.eq_ignore_ascii_case(WHOLE_BOARD);
        return Ok(if whole { WHOLE_BOARD } else { words }.to_owned());
    }
    if board.group(words).is_some() {
        return Ok(words.to_owned());
    }
    let known = || board.groups.iter();
    let meant: Vec<&str> = known()
        .filter(|group| board.means_group(words, &group.id))
        .map(|group| group.id.as_str())
        .collect();
    match meant[..] {
        [one] => Ok(one.to_owned()),
        [] => {
            let ids = known().map(|group| group.id.as_str());
            let ids: Vec<&str> = ids.chain([WHOLE_BOARD]).collect();
            let help = suggest(words, &ids, "groups");
            Err(format!("the board has no group `{words}`; {help}"))
        }
        _ => Err(format!(
            "\"{words}\" may mean {}; name one by its id",
            meant.join(" or ")
        )),
    }
}

/// Groups, each given by itself or several parted by commas. A name may hold a comma itself.
fn groups(words: &[String], board: &Board) -> Result<Vec<String>, String> {
    let mut ids: Vec<String> = Vec::new();
    for words in words {
        let named = match group(words, board) {
            Ok(id) if board.at.is_some() || !words.contains(',') => vec![id],
            _ => (words.split(',').map(str::trim))
                .filter(|word| !word.is_empty())
                .map(|word| group(word, board))
                .collect::<Result<Vec<String>, String>>()?,
        };
        for id in named {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

/// An item of evidence: its title, or `[title](link)`.
fn evidence(words: &str) -> EntryValue {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let linked = words
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(')'));
    match linked.and_then(|rest| rest.split_once("](")) {
        Some((title, link)) if !title.trim().is_empty() && !link.trim().is_empty() => {
            let [title, link] = [title, link].map(|text| EntryValue::text(text.trim()));
            let [first, second] = [EVIDENCE.fields[0].name, EVIDENCE.fields[1].name];
            EntryValue::Map(vec![(first.into(), title), (second.into(), link)])
        }
        _ => EntryValue::text(words),
    }
}
