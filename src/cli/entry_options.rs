//! One option for each field of an entry, made from the table of fields.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::scope;
use super::writing::refused;
use crate::calendar::Day;
use crate::plan::Board;
use crate::plan::fields::{CHALLENGE, ENTRY, Field, FieldKind, Shape};
use crate::record::{EntryDraft, EntryValue};

/// The fields of an entry, as the user gives them: of an updates file, or of the challenge log.
#[derive(Debug)]
pub struct EntryFieldOptions<const OF_LOG: bool>(pub TypedFields);

pub type EntryOptions = EntryFieldOptions<false>;
pub type ChallengeOptions = EntryFieldOptions<true>;

/// Fields by their names, each with what was typed.
pub type TypedFields = Vec<(&'static str, Vec<String>)>;

/// The field that stands without a name behind the command, and the one that is an option everywhere.
const EVERYWHERE: &str = "plan";

fn augment(shape: &'static Shape, behind: &'static str, mut command: Command) -> Command {
    let fields = shape.fields.iter();
    for field in fields.filter(|field| field.name != EVERYWHERE) {
        command = command.arg(argument(field, behind));
    }
    command
}

fn argument(field: &'static Field, behind: &'static str) -> Arg {
    let several = takes_several(field.kind);
    let arg = Arg::new(field.name)
        .help(help(field))
        .value_name(value_name(field.kind))
        .action(if several {
            ArgAction::Append
        } else {
            ArgAction::Set
        });
    if field.name == behind {
        return if several { arg.num_args(0..) } else { arg };
    }
    let arg = arg
        .allow_hyphen_values(true)
        .value_parser(parse_text)
        .long(field.name.replace('_', "-"))
        .help_heading("What is recorded");
    if field.name.contains('_') {
        arg.alias(field.name)
    } else {
        arg
    }
}

/// Takes a text that begins with a dash (`- Two sessions`, `-5%`), but not an option behind one whose text
/// was forgotten.
pub fn parse_text(text: &str) -> Result<String, String> {
    let is_option = |rest: &str| {
        let is_long = rest
            .strip_prefix('-')
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
        let is_short = rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_alphabetic());
        (is_long || is_short) && !rest.contains(char::is_whitespace)
    };
    if text.strip_prefix('-').is_some_and(is_option) {
        return Err("it is an option; write the text before it".into());
    }
    Ok(text.to_owned())
}

/// Whether an option may be given several times.
pub fn takes_several(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Ids | FieldKind::Texts | FieldKind::Groups | FieldKind::Evidence
    )
}

/// The table's words, with a capital, and how to give what is no plain text.
pub fn help(field: &Field) -> String {
    let mut words = field.help.chars();
    let capital = words.next().map(|c| c.to_uppercase().to_string());
    let help = capital.unwrap_or_default() + words.as_str();
    match field.kind {
        FieldKind::Date => format!("{help}, as `2018-05-01` or `1 May 2018`"),
        FieldKind::Rag => format!("{help}: red, amber, green or blue"),
        FieldKind::Status => format!("{help}: \"in progress\", complete, …"),
        FieldKind::Evidence => {
            format!("{help}: a title, or `[title](link)`; may be given several times")
        }
        FieldKind::Groups => format!("{help}; several with commas, or given several times"),
        _ => help,
    }
}

pub fn value_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Id | FieldKind::Ids => "ID",
        FieldKind::Date => "DATE",
        FieldKind::Rag => "RAG",
        FieldKind::Status => "STATUS",
        FieldKind::Group | FieldKind::GroupOrNone => "GROUP",
        FieldKind::Groups => "GROUPS",
        FieldKind::Timescale => "WHEN",
        FieldKind::DataPeriod => "PERIOD",
        FieldKind::Evidence => "WHAT",
        FieldKind::YesNo => "true|false",
        _ => "TEXT",
    }
}

fn given(shape: &'static Shape, matches: &ArgMatches) -> TypedFields {
    let fields = shape.fields.iter().filter(|field| field.name != EVERYWHERE);
    let given = fields.filter_map(|field| {
        let values = matches.get_many::<String>(field.name)?;
        Some((field.name, values.cloned().collect()))
    });
    given.collect()
}

impl<const OF_LOG: bool> EntryFieldOptions<OF_LOG> {
    /// The table, and the field whose values stand behind the command without a name.
    const fn table() -> (&'static Shape, &'static str) {
        if OF_LOG {
            (&CHALLENGE, "challenge")
        } else {
            (&ENTRY, "action")
        }
    }
}

impl<const OF_LOG: bool> clap::Args for EntryFieldOptions<OF_LOG> {
    fn augment_args(command: Command) -> Command {
        let (shape, behind) = Self::table();
        augment(shape, behind, command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const OF_LOG: bool> clap::FromArgMatches for EntryFieldOptions<OF_LOG> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(EntryFieldOptions(given(Self::table().0, matches)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0 = given(Self::table().0, matches);
        Ok(())
    }
}

/// An entry of all that was typed; `day` is its day where none was.
pub fn draft(
    shape: &'static Shape,
    given: &TypedFields,
    board: &Board,
    day: Day,
) -> anyhow::Result<EntryDraft> {
    let mut draft = EntryDraft::new(shape);
    draft.set("date", EntryValue::text(day.to_string()));
    for (name, words) in given {
        let mut words = words.clone();
        if *name == "date" {
            // On the command line `last-meeting` is a day too.
            for word in &mut words {
                *word = scope::when(word)?.for_board(board, day)?.to_string();
            }
        }
        draft.give(name, &words, board).map_err(refused)?;
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `plan update` and `plan challenge` take every field of the table, each by one argument of its own
    /// name (`plan` is an option of every command), and nothing else is named like a field.
    #[test]
    fn options_and_the_table_of_fields_agree() {
        for (shape, behind) in [(&ENTRY, "action"), (&CHALLENGE, "challenge")] {
            let command = augment(shape, behind, Command::new("x"));
            for field in shape.fields.iter().filter(|field| field.name != EVERYWHERE) {
                let arguments = command
                    .get_arguments()
                    .filter(|arg| arg.get_id() == field.name);
                let arguments: Vec<&Arg> = arguments.collect();
                let [arg] = arguments[..] else {
                    panic!("{} has {} arguments", field.name, arguments.len());
                };
                let long = field.name.replace('_', "-");
                let expected = (field.name != behind).then_some(long.as_str());
                assert_eq!(arg.get_long(), expected);
                let words = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(
                    words.to_lowercase().contains(&field.help.to_lowercase()),
                    "{}: {words}",
                    field.name
                );
            }
            assert_eq!(command.get_arguments().count() + 1, shape.fields.len());
        }
    }
}
