//! Which field a heading names. A heading is matched as a whole: a known word inside another heading
//! ("Resource target", "State of evidence") names nothing.

use super::fields::{FIELDS, Field};
use super::ids::{self, Sure};
use crate::calendar::is_plan_year;
use crate::words::{has_one_of, is_one_of, words_of};

/// What a heading names, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub field: Field,
    /// Whether the heading is one that boards are known to use, rather than one that is like it.
    pub sure: bool,
}

/// Words before a known heading that leave it what it is: "Key actions", "Our outcomes".
const BEFORE: &str = "the our your key main agreed proposed planned specific current latest overall \
    suggested recommended required smart detailed individual lscb lscp sab sapb scp board partnership \
    overarching project intended expected anticipated strategic operational high level detail primary name of \
    named relevant further improvement multi overview local corporate council trust school \
    parish service town cqc ofsted management governor governing provider";

/// Words after a known heading that leave it what it is: "Action required", "Outcomes sought".
const AFTER: &str = "required needed agreed identified planned proposed detail description sought if \
    applicable where relevant s column and";

/// The words of a heading: lower case, without signs, plurals as singulars.
fn words(heading: &str) -> Vec<String> {
    let lower = heading
        .to_lowercase()
        .replace(['’', '\''], "")
        .replace("(s)", "s")
        .replace("(ies)", "")
        .replace("co-ord", "coord")
        .replace("sub-", "sub ")
        .replace('#', " no ");
    let words = words_of(&lower);
    words.map(singular).collect()
}

fn singular(word: &str) -> String {
    let keep = word.len() < 4
        || word.ends_with("ss")
        || word.ends_with("us")
        || ["progress", "success", "address", "analysis"].contains(&word);
    match word {
        "criterion" => "criteria".into(),
        "children" => "child".into(),
        "people" => "person".into(),
        "adults" => "adult".into(),
        _ if keep => word.into(),
        _ => match (word.strip_suffix("ies"), word.strip_suffix('s')) {
            (Some(stem), _) => format!("{stem}y"),
            (None, Some(stem)) => stem.into(),
            _ => word.into(),
        },
    }
}

/// The field whose heading is exactly these words.
fn exactly(words: &[String]) -> Option<Field> {
    use std::collections::HashMap;
    use std::sync::LazyLock;
    static KNOWN: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
        let each = |row: &'static super::fields::FieldRow| {
            row.headings
                .split(", ")
                .map(move |known| (known.split(' ').map(singular).collect(), row.field))
        };
        let all = FIELDS.iter().flat_map(each);
        all.map(|(words, field): (Vec<String>, Field)| (words.join(" "), field))
            .filter(|(words, _)| !words.is_empty())
            .collect()
    });
    KNOWN.get(&words.join(" ")).copied()
}

fn all_in(words: &[String], list: &str) -> bool {
    words.iter().all(|word| is_one_of(word, list))
}

/// The field of words that are a known heading, with nothing around it that makes it another.
fn whole(all: &[String]) -> Option<Named> {
    if all.is_empty() || all.len() > 12 {
        return None;
    }
    if let Some(field) = exactly(all) {
        return Some(Named { field, sure: true });
    }
    (0..all.len())
        .flat_map(|from| (from + 1..=all.len()).rev().map(move |to| (from, to)))
        .filter(|&(from, to)| all_in(&all[..from], BEFORE) && all_in(&all[to..], AFTER))
        .find_map(|(from, to)| exactly(&all[from..to]))
        .map(|field| Named { field, sure: true })
}

const QUESTIONS: [&str; 7] = ["what", "how", "who", "when", "where", "why", "which"];

/// A heading's name and the question that is glued to it: "Timescales", "When should it be
/// completed?".
pub fn name_and_question(heading: &str) -> (&str, &str) {
    let Some(mark) = heading.find('?') else {
        return (heading, "");
    };
    let mut at = 0;
    for word in heading[..mark].split_inclusive(char::is_whitespace) {
        let plain = word
            .trim()
            .trim_start_matches(['(', '-', '–'])
            .to_lowercase();
        if QUESTIONS.contains(&plain.as_str()) {
            return (heading[..at].trim(), heading[at..].trim());
        }
        at += word.len();
    }
    (heading, "")
}

/// Whether a heading is a field's own name, or says nothing: "Timescales".
pub fn is_name_of(heading: &str, field: Field) -> bool {
    let name = words(heading).join(" ");
    name.is_empty() || name == singular(field.name())
}

/// What a text says that begins with a label of an aim, "Aim: all gates are sound", and the label: under a name it is no
/// name of its own.
pub fn aim(text: &str) -> Option<(&str, &str)> {
    let (label, words) = text.split_once(':')?;
    let label = label.trim_start_matches("- ").trim();
    let is_aim = is_one_of(
        &label.to_lowercase(),
        "aim aims goal goals purpose outcome outcomes",
    );
    (is_aim && !words.trim().is_empty()).then_some((label, words.trim()))
}

/// The field that a heading names; none where it is no heading that is known.
pub fn field(heading: &str) -> Option<Field> {
    named(heading).map(|named| named.field)
}

/// The field of a heading that boards are known to use; none of one that is only like such a heading.
pub fn sure(heading: &str) -> Option<Field> {
    let named = named(heading).filter(|named| named.sure)?;
    Some(named.field)
}

/// The field that a heading names, and how surely.
pub fn named(heading: &str) -> Option<Named> {
    let is_long = |text: &str| text.chars().count() > 160;
    // What stands below a heading tells how its column is to be filled in.
    let heading = if is_long(heading) {
        heading.split_once('\n')?.0
    } else {
        heading
    };
    if is_long(heading) {
        return None;
    }
    let (name, question) = name_and_question(heading);
    by_name(name).or_else(|| by_question(question))
}

fn by_name(name: &str) -> Option<Named> {
    let all = words(name);
    if let Some(found) = whole(&all) {
        return Some(found);
    }
    let guess = |field| Named { field, sure: false };
    // "The Trust must …"
    if all.len() <= 5 && matches!(all.last().map(String::as_str), Some("must" | "should")) {
        return Some(Named {
            field: Field::Objective,
            sure: true,
        });
    }
    // What stands in brackets or after a dash explains: "Lead (name and agency)", "Lead – named person".
    let outside = without_brackets(name);
    if outside.len() < name.len()
        && let Some(found) = by_name(&outside)
    {
        return Some(found);
    }
    // "Evaluation (BRAG)"
    let inside = name
        .split_once('(')
        .map(|(_, rest)| rest.trim_end_matches([')', ' ']));
    if inside.is_some_and(|inside| exactly(&words(inside)) == Some(Field::Rag)) {
        return Some(Named {
            field: Field::Rag,
            sure: true,
        });
    }
    if let Some((first, rest)) = name
        .split_once([':', '–', '\n'])
        .or_else(|| name.split_once(" - "))
        && let Some(found) = whole(&words(first))
    {
        // "No – give the new date" asks for the date.
        let answers = ["yes", "no"].contains(&first.trim().to_lowercase().as_str());
        return by_name(rest).filter(|_| answers).or(Some(found));
    }
    // "Progress / Comments", "Lead & partners": one part is enough, and two are sure.
    let parts: Vec<Vec<String>> = name
        .split(['/', '&', ',', '+'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
        .map(words)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 {
        let found: Vec<Option<Named>> = parts.iter().map(|part| whole(part)).collect();
        if let Some(first) = found.iter().flatten().next() {
            let sure = found.iter().all(Option::is_some);
            return Some(Named { sure, ..*first });
        }
    }
    dated(&all)
        .or_else(|| post(&all))
        .or_else(|| of_a_year(&all))
        .map(|field| Named { field, sure: true })
        .or_else(|| asked(&all).or_else(|| said_of(&all)).map(guess))
}

/// Words of which the heading of a column of dates is made, by the field that they make it.
const DATES: [(Field, &str); 4] = [
    (Field::Completed, "actual closed closure achieved"),
    (
        Field::Revised,
        "revised new amended extended updated rescheduled extension reforecast",
    ),
    (
        Field::Added,
        "raised opened added logged identified meeting recorded created assigned",
    ),
    (
        Field::Timescale,
        "original initial baseline first expected estimated anticipated planned proposed agreed \
         implementation completion due target end delivery finish final",
    ),
];

/// Whether a heading's day is one that is only expected: "Anticipated completion", "Date to be achieved".
pub fn is_forecast(heading: &str) -> bool {
    const EXPECTED: &str =
        "anticipated expected planned target estimated forecast projected proposed due deadline";
    has_one_of(heading, EXPECTED) || heading.to_lowercase().contains("to be ")
}

/// "Original implementation date", "Revised target completion date": a date by what kind of date it is,
/// where every word of the heading says so.
fn dated(all: &[String]) -> Option<Field> {
    let date = "date deadline timescale timeframe timeline";
    let small = "for of to be by the action completed complete task give achievement requested";
    let known = |word: &String| {
        is_one_of(word, date)
            || is_one_of(word, small)
            || DATES.iter().any(|(_, words)| is_one_of(word, words))
    };
    let names_date = all.iter().any(|word| is_one_of(word, date));
    if !names_date || !all.iter().all(known) {
        return None;
    }
    let forecast = is_forecast(&all.join(" "));
    let mut found = DATES.iter().filter(|(field, words)| {
        let is_past = *field == Field::Completed;
        !(forecast && is_past) && all.iter().any(|word| is_one_of(word, words))
    });
    let found = found.next().map(|(field, _)| *field);
    found.or(forecast.then_some(Field::Timescale))
}

/// "Lead service", "Responsible director and team": who is to do it, where every word of the heading says
/// so.
fn post(all: &[String]) -> Option<Field> {
    const LEADS: &str = "lead responsible accountable owner responsibility sponsor accountability";
    const POSTS: &str = "officer person agency service department directorate team manager director \
        member partner organisation body group post holder councillor trustee contact executive \
        senior name role job title staff board and or operational delivery action subgroup sub em section";
    let leads = all.iter().any(|word| is_one_of(word, LEADS));
    let known = |word: &String| is_one_of(word, LEADS) || is_one_of(word, POSTS);
    (leads && all.iter().all(known)).then_some(Field::Responsibility)
}

/// "Actions 2021": what the plan of a year holds.
fn of_a_year(all: &[String]) -> Option<Field> {
    let (year, before) = all.split_last()?;
    year.parse().ok().filter(|year| is_plan_year(*year))?;
    let field = whole(before)?.field;
    (field == Field::Action).then_some(field)
}

/// The field that a heading over one column names: also that of the body's own lead, "Testshire Lead". A cell may say the
/// same of who is to do something, so that this makes no row a heading.
pub fn of_column(heading: &str) -> Option<Named> {
    let all = words(heading);
    let is_lead = (2..=3).contains(&all.len()) && all.last().is_some_and(|word| word == "lead");
    named(heading).or(is_lead.then_some(Named {
        field: Field::Responsibility,
        sure: false,
    }))
}

/// A heading without its brackets and what stands in them.
fn without_brackets(name: &str) -> String {
    let mut kept = String::new();
    let mut depth = 0usize;
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

/// "Evidence of completion", "Measures for success": the word before says what it is, where no other
/// reading of it is near.
fn said_of(all: &[String]) -> Option<Field> {
    let at = all
        .iter()
        .position(|word| ["of", "for", "on", "against", "from"].contains(&word.as_str()))?;
    let field = whole(&all[..at])?.field;
    let safe = [
        Field::Objective,
        Field::Evidence,
        Field::Timescale,
        Field::Responsibility,
        Field::Measure,
        Field::Impact,
        Field::Done,
        Field::Action,
    ];
    let vague = [
        "date",
        "target",
        "end",
        "period",
        "description",
        "result",
        "year",
        "response",
    ];
    (safe.contains(&field) && !vague.contains(&all[at - 1].as_str())).then_some(field)
}

fn by_question(question: &str) -> Option<Named> {
    let first = question.split('?').next().unwrap_or_default();
    let all = words(first);
    // "What should we expect to see and how will it be measured?" begins as a question that is known.
    let known = (4..all.len()).rev().find_map(|to| exactly(&all[..to]));
    whole(&all)
        .or_else(|| known.map(|field| Named { field, sure: true }))
        .or_else(|| asked(&all).map(|field| Named { field, sure: false }))
}

/// What a question asks for, by its words: "What will the impact be and how measured".
fn asked(all: &[String]) -> Option<Field> {
    let first = all.first()?.as_str();
    if !QUESTIONS.contains(&first) && first != "by" {
        return None;
    }
    let has = |words: &str| all.iter().any(|word| is_one_of(word, words));
    Some(match first {
        "which" | "where" | "why" => return None,
        "who" => Field::Responsibility,
        "when" => Field::Timescale,
        "by" if has("when") => Field::Timescale,
        "by" if has("who whom") => Field::Responsibility,
        "by" => return None,
        _ if has("evidence evidenced assurance assured proof") => Field::Evidence,
        _ if has("measure measured know monitor monitored") => Field::Measure,
        _ if has("difference different impact success look benefit change") => Field::Impact,
        _ if has("done progress completed") && has("been have has") => Field::Done,
        _ if has("achieve want aim outcome trying") && first == "what" => Field::Objective,
        _ if has("do done action deliver achieve happen going") => Field::Action,
        _ => return None,
    })
}

/// A label without its colon, and the number that it bears: "Action 1.1".
pub fn numbered_label(text: &str) -> (String, Option<String>) {
    // A year is none.
    let is_number = |word: &str| matches!(ids::leading(word), Some((_, "", _)));
    let label = text.trim().trim_end_matches(':').trim_end();
    match label.rsplit_once(' ') {
        Some((name, number)) if is_number(number) && field(name).is_some() => {
            (name.to_owned(), Some(number.to_owned()))
        }
        // "1. Action required"
        _ => match ids::leading(label) {
            Some((number, name, Sure::Yes)) if field(name).is_some() => {
                (name.to_owned(), Some(number.to_owned()))
            }
            _ => (label.to_owned(), None),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::*;

    #[test]
    fn a_label_may_bear_the_number_of_its_action() {
        let read = |text| {
            let (label, number) = numbered_label(text);
            format!("{label}|{}", number.unwrap_or_default())
        };
        let labels = [
            "Action 1.1",
            "Lead:",
            "Action 3a:",
            "Year 2018",
            "1. Action Required:",
        ]
        .map(read);
        assert_eq!(
            labels,
            [
                "Action|1.1",
                "Lead|",
                "Action|3a",
                "Year 2018|",
                "Action Required|1"
            ]
        );
    }

    #[test]
    fn headings_are_known_by_their_words() {
        let expected = [
            ("Timescales When should it be completed?", Timescale),
            ("Responsibility Who is going to do it?", Responsibility),
            (
                "Evidence What assurance has the Board had? RAG Rated",
                Evidence,
            ),
            ("Objective What do we need to achieve?", Objective),
            ("How are we going to do it?", Action),
            ("Who?", Responsibility),
            ("Lead", Responsibility),
            ("Responsible Officer(s)", Responsibility),
            ("By When", Timescale),
            ("Target date", Timescale),
            ("Success Measure", Measure),
            ("What will be different?", Impact),
            ("BRAG", Rag),
            ("RAG Rating", Rag),
            ("Progress / Comments", Done),
            ("Action Lead", Responsibility),
            ("Lead / Owner", Responsibility),
            ("No.", Id),
            ("#", Id),
            ("Strategic Priority", Priority),
            ("Desired outcomes", Outcomes),
            ("Key Actions", Action),
            ("Evidence of completion", Evidence),
            ("Action taken", Done),
            ("Work to date", Done),
            ("Action Measure", Action),
            ("Lead (name and agency)", Responsibility),
            ("Revised date", Revised),
            ("Date completed", Completed),
            ("Meeting date", Added),
            ("What will impact be and how measured", Measure),
            ("Agreed actions", Action),
            ("Original implementation date", Timescale),
            ("Revised implementation date", Revised),
            ("Actual completion date", Completed),
            ("Lead Service", Responsibility),
            ("Lead Officer/EM", Responsibility),
        ];
        for (heading, is) in expected {
            assert_eq!(field(heading), Some(is), "{heading}");
        }
    }

    #[test]
    fn a_known_word_inside_another_heading_names_nothing() {
        let unknown = [
            "Budget",
            "Cost (£)",
            "April 2018",
            "",
            "Resource target",
            "State of evidence",
            "Issues arising",
            "Outcome target",
            "Lead time",
            "Date of birth",
            "Risk rating of provider",
            "Ward",
        ];
        for heading in unknown {
            assert_eq!(field(heading), None, "{heading}");
        }
    }
}
