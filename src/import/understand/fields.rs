//! Which field of the plan a column is, by the words of its heading.

/// What a column of a board's table can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Id,
    Priority,
    Theme,
    Objective,
    Outcomes,
    Action,
    Impact,
    Measure,
    Responsibility,
    Lead,
    Timescale,
    Evidence,
    Note,
    Rag,
    Status,
    Done,
    Next,
    Voice,
}

use Field::*;

impl Field {
    /// Whether the column groups actions: a blank cell of it means the one above.
    pub fn is_group(self) -> bool {
        matches!(self, Priority | Theme | Objective | Outcomes)
    }

    /// Whether the column says how an action stands, which is no part of the plan as adopted.
    pub fn is_progress(self) -> bool {
        matches!(self, Rag | Status | Done | Next | Voice)
    }

    /// Its name in the files.
    pub fn name(self) -> &'static str {
        FIELDS[self as usize].0
    }

    pub fn named(name: &str) -> Option<Field> {
        let name = name.trim().to_lowercase();
        let found = FIELDS.iter().position(|(known, _)| *known == name)?;
        ALL.get(found).copied()
    }
}

const ALL: [Field; 18] = [
    Id,
    Priority,
    Theme,
    Objective,
    Outcomes,
    Action,
    Impact,
    Measure,
    Responsibility,
    Lead,
    Timescale,
    Evidence,
    Note,
    Rag,
    Status,
    Done,
    Next,
    Voice,
];

/// The fields by name, each with the headings that boards give it. Of two headings that fit, the
/// longer one counts.
pub static FIELDS: [(&str, &[&str]); 18] = [
    (
        "id",
        &[
            "id",
            "no",
            "nr",
            "number",
            "ref",
            "reference",
            "item",
            "item no",
            "ref no",
            "action no",
            "action number",
            "action ref",
            "action id",
            "reference number",
            "action reference",
        ],
    ),
    (
        "priority",
        &[
            "priority",
            "strategic priority",
            "key priority",
            "priority area",
            "strategic aim",
            "strategic goal",
            "workstream",
            "work stream",
            "strand",
            "strategic objective",
        ],
    ),
    (
        "theme",
        &[
            "theme",
            "area",
            "topic",
            "heading",
            "issue",
            "area of work",
            "work area",
        ],
    ),
    (
        "objective",
        &[
            "objective",
            "aim",
            "goal",
            "recommendation",
            "key objective",
            "sub objective",
            "finding",
            "what do we need to achieve",
            "what do we want to achieve",
            "what are we trying to achieve",
            "what we want to achieve",
        ],
    ),
    (
        "outcomes",
        &[
            "outcome",
            "desired outcome",
            "intended outcome",
            "expected outcome",
            "our outcome",
            "strategic outcome",
            "key outcome",
        ],
    ),
    (
        "action",
        &[
            "action",
            "task",
            "activity",
            "key action",
            "key activity",
            "action required",
            "deliverable",
            "step",
            "what we will do",
            "what will we do",
            "what are we going to do",
            "how are we going to do it",
            "how will we do it",
            "how will we achieve it",
            "what needs to be done",
            "what",
            "how",
            "actions required",
            "agreed action",
            "planned action",
            "key task",
            "action to be taken",
        ],
    ),
    (
        "impact",
        &[
            "impact",
            "what will be different",
            "difference",
            "expected impact",
            "intended impact",
            "benefit",
            "impact outcome",
            "what difference will it make",
            "what should we expect to see",
            "anticipated impact",
            "impact on children",
            "what will success look like",
            "result",
            "expected result",
            "difference made",
        ],
    ),
    (
        "measure",
        &[
            "measure",
            "success measure",
            "success criteria",
            "measure of success",
            "kpi",
            "performance measure",
            "how will we measure",
            "how will it be measured",
            "how will we know",
            "performance indicator",
            "success indicator",
            "outcome measure",
            "impact measure",
            "target measure",
        ],
    ),
    (
        "responsibility",
        &[
            "responsibility",
            "lead",
            "responsible officer",
            "who",
            "owner",
            "responsible",
            "lead officer",
            "lead agency",
            "by whom",
            "whom",
            "led by",
            "person responsible",
            "accountable",
            "lead person",
            "lead partner",
            "delivery lead",
            "assigned to",
            "action by",
            "agency",
            "partner",
            "lead professional",
            "responsible person",
            "responsible lead",
            "action lead",
            "action owner",
            "who is going to do it",
            "who will do it",
            "who is responsible",
            "lead responsibility",
            "accountability",
            "delivery partner",
            "supporting partner",
            "support",
            "lead group",
            "responsible agency",
            "subgroup",
            "delivered by",
            "lead name",
            "responsible group",
            "lead organisation",
            "accountable officer",
            "supporting agency",
            "supported by",
        ],
    ),
    ("lead", &["accountable lead"]),
    (
        "timescale",
        &[
            "timescale",
            "by when",
            "deadline",
            "target date",
            "when",
            "due",
            "due date",
            "completion date",
            "date",
            "end date",
            "timeframe",
            "time frame",
            "time scale",
            "timing",
            "date due",
            "target completion date",
            "date for completion",
            "completion",
            "target",
            "timeline",
            "milestone date",
            "when should it be completed",
            "when will it be done",
            "completed by",
            "complete by",
            "finish date",
            "planned completion",
            "target timescale",
        ],
    ),
    (
        "evidence",
        &[
            "evidence",
            "assurance",
            "evidence of completion",
            "how evidenced",
            "proof",
            "source of evidence",
            "evidence source",
            "evidenced by",
            "evidence base",
            "data source",
            "what assurance has the board had",
            "how will we evidence",
            "evidence of impact",
            "evidence required",
            "assurance source",
            "source of assurance",
        ],
    ),
    (
        "note",
        &[
            "note",
            "further information",
            "additional information",
            "remark",
        ],
    ),
    (
        "rag",
        &[
            "rag",
            "brag",
            "rag rating",
            "rag rated",
            "rag status",
            "brag rating",
            "brag status",
            "rating",
            "brag rated",
            "rag rate",
        ],
    ),
    (
        "status",
        &[
            "status",
            "progress status",
            "state",
            "action status",
            "current status",
            "delivery status",
        ],
    ),
    (
        "done",
        &[
            "progress",
            "update",
            "comment",
            "progress update",
            "current position",
            "latest position",
            "progress to date",
            "narrative",
            "commentary",
            "progress made",
            "progress report",
            "latest update",
            "progress comment",
            "progress note",
            "position statement",
            "what we have done",
            "done",
        ],
    ),
    ("next", &["next step", "next", "further action"]),
    (
        "voice",
        &[
            "voice",
            "voice of the child",
            "what children told us",
            "voice of children",
        ],
    ),
];

/// The words of a heading: lower case, without signs, plurals as singulars.
fn words(heading: &str) -> Vec<String> {
    let lower = heading
        .to_lowercase()
        .replace(['’', '\''], "")
        .replace('#', " no ");
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(singular).collect()
}

fn singular(word: &str) -> String {
    let keep = word.len() < 4
        || word.ends_with("ss")
        || word.ends_with("us")
        || ["progress", "success", "address"].contains(&word);
    match word {
        "criterion" => "criteria".into(),
        _ if keep => word.into(),
        _ => match (word.strip_suffix("ies"), word.strip_suffix('s')) {
            (Some(stem), _) => format!("{stem}y"),
            (None, Some(stem)) => stem.into(),
            _ => word.into(),
        },
    }
}

/// The fields whose headings are exactly these words.
fn exactly(words: &[String]) -> Option<Field> {
    let joined = words.join(" ");
    let is = |known: &&&str| singulars(known) == joined;
    let found = FIELDS
        .iter()
        .position(|(_, known)| known.iter().any(|k| is(&k)));
    found.map(|at| ALL[at])
}

fn singulars(known: &str) -> String {
    known.split(' ').map(singular).collect::<Vec<_>>().join(" ")
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
        let plain = word.trim().to_lowercase();
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
    name.is_empty() || name == singulars(field.name())
}

/// The field that a heading names; none where no word of it is known.
pub fn field(heading: &str) -> Option<Field> {
    let (name, question) = name_and_question(heading);
    of_name(name).or_else(|| of_question(question))
}

fn of_name(name: &str) -> Option<Field> {
    let all = words(name);
    if all.is_empty() || all.len() > 10 {
        return None;
    }
    if let Some(found) = exactly(&all) {
        return Some(found);
    }
    // "Lead / Owner", "Action (what will be done)": the first part that is known.
    let parts = name.split(['/', '(', ')', '&', ',', ':', '\n', '–', '-']);
    let parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
    if parts.len() > 1
        && let Some(found) = parts.iter().find_map(|part| of_name(part))
    {
        return Some(found);
    }
    // "Evidence of completion": what stands before the "of" is what it is.
    let of = all
        .iter()
        .position(|word| ["of", "for", "to", "in", "by"].contains(&word.as_str()));
    if let Some(at) = of.filter(|&at| at > 0)
        && let Some(found) = longest_end(&all[..at])
    {
        return Some(found);
    }
    longest_end(&all).or_else(|| longest_start(&all))
}

/// "Which officer leads?" has no place here: only questions that are known, or their first word.
fn of_question(question: &str) -> Option<Field> {
    let first = question.split('?').next().unwrap_or_default();
    let all = words(first);
    longest_start(&all)
}

/// "Desired outcome": a heading's last words say what it is.
fn longest_end(all: &[String]) -> Option<Field> {
    (0..all.len()).find_map(|from| exactly(&all[from..]))
}

fn longest_start(all: &[String]) -> Option<Field> {
    (1..=all.len()).rev().find_map(|to| exactly(&all[..to]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_named_where_it_stands() {
        for (at, field) in ALL.into_iter().enumerate() {
            assert_eq!(field as usize, at);
            assert_eq!(Field::named(field.name()), Some(field));
        }
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
        ];
        for (heading, is) in expected {
            assert_eq!(field(heading), Some(is), "{heading}");
        }
        for unknown in ["Budget", "Cost (£)", "April 2018", ""] {
            assert_eq!(field(unknown), None, "{unknown}");
        }
    }
}
