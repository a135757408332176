//! The name of the board or body that a plan is of.

use super::spelling::is_initials;
use crate::words::is_one_of;

/// Sorts of bodies that are a name by themselves, where a document has one such body; the longer first.
const NAMES: &str = "safeguarding adults partnership board, safeguarding adults board, safeguarding adult \
    board, safeguarding children partnership board, safeguarding children partnership, safeguarding \
    childrens partnership, safeguarding children board, safeguarding childrens board, safeguarding \
    partnership, safeguarding board, community safety partnership, health and wellbeing board, integrated \
    care board, integrated care partnership";

/// Sorts of bodies that have a name before them; the longer first.
const NAMED: &str = "safeguarding group, child protection committee, adult protection committee, public \
    protection committee, youth justice board, nhs foundation trust, nhs trust, multi academy trust, \
    academy trust, metropolitan borough council, parish council, town council, district council, borough \
    council, county council, city council, community council, primary school, infant school, junior school, \
    secondary school, high school, grammar school, fire and rescue service, fire and rescue authority, fire \
    service, ambulance service, probation service, police service, housing association, police and crime \
    commissioner";

/// What ends the name of a body of no such sort.
const ENDS: &str = "board partnership council trust school academy college university authority federation \
    diocese constabulary hospice alliance police icb";

/// Initials that end the name of a board, and what they stand for.
const INITIALS: [(&str, &str); 8] = [
    ("opcc", "police and crime commissioner"),
    ("lscb", "safeguarding children board"),
    ("scb", "safeguarding children board"),
    ("lscp", "safeguarding children partnership"),
    ("scp", "safeguarding children partnership"),
    ("sapb", "safeguarding adults partnership board"),
    ("sab", "safeguarding adults board"),
    ("csp", "community safety partnership"),
];

/// What the name of a body begins with that has its place behind it: "University of Hillbury".
const BEFORE_A_PLACE: [&str; 6] = [
    "safeguarding board for ",
    "university of ",
    "diocese of ",
    "london borough of ",
    "royal borough of ",
    "city of ",
];

/// Sorts of bodies that have their area before them.
const OF_AN_AREA: &str = "board council partnership";

/// Words that no body's own name begins with.
const NO_NAME: &str = "the our your this that each every all any full whole annual joint local draft new youth \
    corporate digital one multi-agency healthy safer a an to building strengthening developing improving \
    raising delivering working making supporting enhancing promoting achieving creating reducing tackling \
    keeping embedding ensuring maintaining managing responding strengthen develop improve work support trust \
    council school review report inspection audit update progress plan action minutes meeting summary response evaluation";

/// A word in lower case, without signs and without the "’s" of an owner.
fn bare(word: &str) -> String {
    if word == "&" {
        return "and".to_owned();
    }
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let word = word.replace('’', "'");
    word.strip_suffix("'s").unwrap_or(&word).replace('\'', "")
}

fn is_small(word: &str) -> bool {
    is_one_of(word, "and of & the in on upon under with le y yr")
}

/// The name of a body in a title: one that a part of it begins with, or that stands behind "of" or "for" there
/// ("Hillbury Parish Council – Action Plan", "Action plan of the Hillbury Safeguarding Adults Board").
pub fn in_title(title: &str) -> Option<String> {
    parts_of(title).find_map(|part| {
        let behind = [" of the ", " for the ", " of ", " for ", " by "]
            .iter()
            .filter_map(|small| part.split_once(small))
            .map(|(_, behind)| behind);
        std::iter::once(part)
            .chain(behind)
            .find_map(|words| at_start(words, false))
    })
}

/// The name of a body that is all that a line says.
pub fn in_line(line: &str) -> Option<String> {
    parts_of(line).find_map(|part| at_start(part, true))
}

/// The parts of a title, as dashes, colons and commas part them.
fn parts_of(title: &str) -> impl Iterator<Item = &str> {
    title
        .split([':', '|', '·', ';', '\n', '\t', '(', ')', ',', '–', '—'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" / "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The name of a body that a text begins with; `whole` where nothing may stand behind it.
fn at_start(text: &str, whole: bool) -> Option<String> {
    let text = text.strip_prefix("The ").unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let of_a_place = BEFORE_A_PLACE
        .iter()
        .any(|begins| lower.starts_with(begins));
    let bare_words: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let named = |word: &&&str| word.starts_with(char::is_uppercase) || is_small(word);
    // "LSCB Kingsmead upon Tame", "Safer Thornley Partnership"
    let initials_first = (2..=5).contains(&words.len())
        && is_initials_of_sort(&bare_words[0])
        && words.iter().all(|word| named(&word));
    let safer = bare_words.len() == 3 && bare_words[0] == "safer" && bare_words[2] == "partnership";
    if of_a_place && words.len() <= 5 || initials_first || safer {
        return Some(text.to_owned());
    }
    let longest = words.iter().take_while(named).count();
    let ends = |at: usize| is_one_of(&bare_words[at], ENDS) || is_sort_end(&bare_words[..=at]);
    let mut end = (0..longest).find(|&at| {
        let goes_on = words
            .get(at + 1)
            .is_some_and(|next| ["for", "of"].contains(next));
        (ends(at) && !goes_on) || is_short_name(words[at], at)
    })?;
    while end + 1 < longest && ends(end + 1) {
        end += 1;
    }
    let fills = end + 1 == words.len();
    if (whole && !fills) || !is_name(&bare_words[..=end], words[end], fills) {
        return None;
    }
    let name = words[..=end].join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let possessive = name.strip_suffix("’s").or_else(|| name.strip_suffix("'s"));
    Some(possessive.unwrap_or(name).to_owned())
}

fn is_sort_end(words: &[String]) -> bool {
    sort_of(words).is_some()
}

/// The sort of body that words end with, its words' number, and how many words must stand before it.
fn sort_of(words: &[String]) -> Option<(usize, usize)> {
    let sorts = [(NAMES, 0), (NAMED, 1)].into_iter();
    let mut sorts =
        sorts.flat_map(|(list, before)| list.split(", ").map(move |sort| (sort, before)));
    sorts.find_map(|(sort, before)| {
        let sort: Vec<&str> = sort.split(' ').collect();
        let ends = words.len() >= sort.len() && words[words.len() - sort.len()..] == sort[..];
        ends.then_some((sort.len(), before))
    })
}

/// "Stoke SAB", "HSCB": initials that end as those of a board do.
fn is_short_name(word: &str, at: usize) -> bool {
    let bare_word = bare(word);
    is_initials(word)
        && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
        && INITIALS.iter().any(|(end, _)| bare_word.ends_with(end))
        && (at > 0 || !is_initials_of_sort(&bare_word))
}

/// "lscb": initials of a sort of board, which are no board's.
fn is_initials_of_sort(word: &str) -> bool {
    INITIALS.iter().any(|(initials, _)| *initials == word)
}

/// Whether words that end as a body's name does are one, and not only its sort or a phrase: `fills` where
/// nothing else stands beside them.
fn is_name(words: &[String], last: &str, fills: bool) -> bool {
    let first = words.first().map(String::as_str).unwrap_or_default();
    let before = words
        .len()
        .checked_sub(2)
        .map(|at| words[at].as_str())
        .unwrap_or_default();
    let article = is_one_of(before, "the our your this a each every");
    if is_short_name(last, words.len() - 1) {
        return !is_one_of(first, NO_NAME);
    }
    if let Some((count, least)) = sort_of(words) {
        let before_sort = &words[..words.len() - count];
        let local = before_sort.len() == 1 && before_sort[0] == "local" && least == 0;
        return local
            || before_sort.len() >= least
                && !before_sort
                    .first()
                    .is_some_and(|word| is_one_of(word, NO_NAME));
    }
    // "Eastholm Council", "Domestic Abuse Partnership Board": two words at least before a weak end.
    let end = words.last().map(String::as_str).unwrap_or_default();
    let least = if fills || is_one_of(end, "council police icb") {
        1
    } else {
        2
    };
    let ends = words
        .iter()
        .rev()
        .take_while(|word| is_one_of(word, ENDS))
        .count();
    words.len() - ends >= least && !article && !is_one_of(first, NO_NAME)
}

/// The safeguarding board that running text is about: one that it begins with, or whose initials it gives.
pub fn in_prose(text: &str) -> Option<String> {
    let begins = at_start(text, false).filter(|name| name.to_lowercase().contains("safeguarding"));
    let spelt = || {
        let (before, behind) = text.split_once(" (")?;
        let (initials, _) = behind.split_once(')')?;
        let words: Vec<&str> = before.split_whitespace().collect();
        let longest = words.len().min(10);
        let names = (3..=longest).map(|count| words[words.len() - count..].join(" "));
        let mut names = names.filter(|name| parts(name).initials == initials);
        names.find_map(|name| at_start(&name, true).filter(|name| name.contains("Safeguarding")))
    };
    let area = |name: &String| {
        parts(name)
            .area
            .is_some_and(|area| area.to_lowercase() != "local")
    };
    begins.filter(area).or_else(|| spelt().filter(area))
}

/// What a board's name says of it: its initials, what kind of board it is, and its area.
pub struct Parts {
    pub initials: String,
    pub kind: Option<String>,
    pub area: Option<String>,
}

/// Takes a board's name apart: "Hartlepool Safeguarding Children Board".
pub fn parts(board: &str) -> Parts {
    let words: Vec<&str> = board.split_whitespace().collect();
    let bare_words: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let safeguarding = bare_words.iter().position(|word| word == "safeguarding");
    let by_sort = || sort_of(&bare_words).map(|(count, _)| bare_words.len() - count);
    let at = safeguarding.or_else(by_sort);
    let mut kind = at.map(|at| words[at..].join(" ").to_lowercase());
    let mut before = at.unwrap_or_default();
    let last = bare_words.last().map(String::as_str).unwrap_or_default();
    let short = INITIALS.iter().find(|(end, _)| last == *end);
    if let (None, Some((_, sort))) = (at, short) {
        kind = Some((*sort).to_owned());
        before = words.len() - 1;
    }
    let area = words[..before].iter().filter(|word| **word != "NHS");
    let area = area.copied().collect::<Vec<_>>().join(" ");
    let has_area = kind
        .as_ref()
        .is_some_and(|kind| kind.split(' ').any(|word| is_one_of(word, OF_AN_AREA)));
    Parts {
        initials: words
            .iter()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect(),
        kind,
        area: Some(area)
            .filter(|area| has_area && !area.is_empty() && area.to_lowercase() != "the"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::arrows;

    /// Titles, and the names in them.
    const TITLES: &str = "
        Hartlepool Safeguarding Children Board Work Plan → Hartlepool Safeguarding Children Board
        Hillbury Parish Council → Hillbury Parish Council
        Action Plan - Hillbury and Moss Town Council → Hillbury and Moss Town Council
        Action plan of the Ferndale Integrated Care Board 2024 → Ferndale Integrated Care Board
        Hillbury District Council’s Action Plan → Hillbury District Council
        Elm Vale NHS Foundation Trust – CQC actions → Elm Vale NHS Foundation Trust
        St. Bede’s Primary School: School Improvement Plan → St. Bede’s Primary School
        Ferndale Community Safety Partnership – Delivery Plan → Ferndale Community Safety Partnership
        Northam Council: Corporate Peer Challenge Action Plan → Northam Council
        Harbour Academy Trust Development Plan → Harbour Academy Trust
        Domestic Violence Partnership Board – Action Plan → Domestic Violence Partnership Board
        Isle of Moss SAB Executive – Action Log → Isle of Moss SAB
        HILLBURY SAFEGUARDING ADULTS BOARD ACTION LOG → HILLBURY SAFEGUARDING ADULTS BOARD
        Moss and Elm Fire & Rescue Service Improvement Plan → Moss and Elm Fire & Rescue Service
        Elm Housing Association – Risk Register → Elm Housing Association
        University of Hillbury – Equality Action Plan → University of Hillbury
        15th Meeting of the Safeguarding Board for Moss → Safeguarding Board for Moss
        Moss Child Protection Committee Improvement Plan → Moss Child Protection Committee
        LSCB Moss upon Elm → LSCB Moss upon Elm
        Review of Moss Local Safeguarding Children Board → Moss Local Safeguarding Children Board
        Safer Moss Partnership → Safer Moss Partnership
        Moss Police Improvement Plan → Moss Police
        Elm and Moss ICB – Safeguarding Strategy → Elm and Moss ICB
        CYNGOR MOSS / MOSS COUNTY COUNCIL → MOSS COUNTY COUNCIL
        Marsh Health and Wellbeing Board strategy → Marsh Health and Wellbeing Board
        Coed y Moss Primary School Access Plan → Coed y Moss Primary School
        Moss Vale OPCC Delivery Plan → Moss Vale OPCC
    ";

    #[test]
    fn a_board_is_named_in_its_title() {
        for (title, name) in arrows(TITLES) {
            assert_eq!(in_title(title).as_deref(), Some(name), "{title}");
        }
    }

    #[test]
    fn what_only_sounds_like_a_body_is_none() {
        for title in [
            "The Board meets",
            "School Improvement Plan",
            "Whole School Action Plan",
            "Primary School Improvement Plan",
            "Building Community Trust",
            "Strengthening the Partnership",
            "Our Council Plan",
            "Council Tax recovery plan",
            "Full Council action log",
            "Council-wide plan",
            "Boardman Street works",
            "NHS Foundation Trust action plan",
            "Work with the Safeguarding Adults Board",
            "Safer Schools action plan",
            "Action plan for schools",
            "Meeting of the Board",
            "Nursery Milk Partnership for Parents",
        ] {
            assert_eq!(in_title(title), None, "{title}");
        }
        assert_eq!(in_line("Priority: Work with Moss Parish Council"), None);
        assert_eq!(in_line("Moss Parish Council has a plan"), None);
        assert_eq!(
            in_line("Moss Parish Council").as_deref(),
            Some("Moss Parish Council")
        );
    }

    #[test]
    fn a_board_in_running_text_is_the_one_that_it_is_about() {
        let about = "This plan is that of Moss Safeguarding Children Board (MSCB) for two years.";
        assert_eq!(
            in_prose(about).as_deref(),
            Some("Moss Safeguarding Children Board")
        );
        let begins = "Moss Safeguarding Adults Board has four priorities.";
        assert_eq!(
            in_prose(begins).as_deref(),
            Some("Moss Safeguarding Adults Board")
        );
        let other = "We shall learn from Fern Safeguarding Children Board and others.";
        assert_eq!(in_prose(other), None);
        let law = "The Act makes each Local Safeguarding Children Board (LSCB) report.";
        assert_eq!(in_prose(law), None);
    }

    #[test]
    fn a_name_says_the_kind_and_the_area() {
        let read = |name| {
            let parts = parts(name);
            format!(
                "{} | {}",
                parts.kind.unwrap_or_default(),
                parts.area.unwrap_or_default()
            )
        };
        assert_eq!(
            read("Moss Safeguarding Adults Board"),
            "safeguarding adults board | Moss"
        );
        assert_eq!(read("Moss Parish Council"), "parish council | Moss");
        assert_eq!(
            read("NHS Moss Integrated Care Board"),
            "integrated care board | Moss"
        );
        assert_eq!(
            read("Isle of Moss SAB"),
            "safeguarding adults board | Isle of Moss"
        );
        assert_eq!(read("Moss Primary School"), "primary school | ");
        assert_eq!(read("Moss Trust"), " | ");
    }
}
