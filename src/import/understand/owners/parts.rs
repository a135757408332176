//! Where one name ends and the next begins: at commas, slashes and pluses, but for those of one post.

use super::super::spelling::is_initials;
use super::kinds::{
    begins_office, ends_body, ends_office, is_agency, is_any_bodys, is_councillor,
    is_councillors_office, is_health_body, is_nobody, is_of_rank, is_office, is_only_agency,
    is_person, is_rank, is_subject, is_titled, is_topic, is_whole_post,
};
use super::known::Known;

/// "members" after "Chair and" is no name of its own.
pub fn continues_post(part: &str) -> bool {
    ["members", "deputies", "deputy", "vice chair"].contains(&part.to_lowercase().as_str())
}

/// Names that have an "and" within them wherever they stand.
pub fn is_fixed(name: &str) -> bool {
    const FIXED: &str = "police and crime, police & crime, health and wellbeing, health & wellbeing, health and \
        social, health & social, fire and rescue, crime and disorder, learning and improvement, adults and children, \
        children and adults, quality and assurance";
    let lower = name.to_lowercase();
    FIXED.split(", ").any(|fixed| lower.contains(fixed))
}

/// Cuts a text at commas, slashes and pluses outside brackets, where names stand between them: the
/// commas of one post are its own ("Assistant Director, Parks, Roads and Bridges").
pub fn parts(text: &str, known: &Known) -> Vec<String> {
    // A name that is known with its commas stays one.
    if known.stands_alone(text) {
        return vec![text.to_owned()];
    }
    let pieces = pieces(text);
    let mut parts: Vec<String> = Vec::new();
    for (number, (sign, piece)) in pieces.iter().enumerate() {
        let piece = piece.trim();
        let after_and = ["and ", "& "]
            .iter()
            .find_map(|and| piece.strip_prefix(and));
        let begins = after_and.unwrap_or(piece).trim();
        let last = parts.last_mut().filter(|_| !begins.is_empty());
        let goes_on = last.as_ref().is_some_and(|before| match sign {
            ',' => goes_on(before, begins, &pieces[number..], known),
            '&' => !splits(before, begins, known),
            '/' => is_one_body(&pieces[number - 1].1, &pieces[number].1, known),
            _ => false,
        });
        match last {
            Some(before) if goes_on => {
                let between = match sign {
                    ',' => ", ",
                    '/' => "/",
                    _ => " & ",
                };
                *before = format!("{before}{between}{piece}");
            }
            _ if !begins.is_empty() => parts.push(begins.trim_matches([',', ' ']).to_owned()),
            _ => {}
        }
    }
    parts
}

/// Whether what stands behind a comma goes on with the name before it; `rest` are the pieces from there on.
fn goes_on(before: &str, begins: &str, rest: &[(char, String)], known: &Known) -> bool {
    let outside = outside(before);
    // "PCF, schools" are two; "Head of Fostering, adoption and kinship" is one.
    let words = begins
        .rsplit_once(' ')
        .filter(|_| !begins.contains(" and "));
    let last = words.map_or(begins, |(_, last)| last);
    let alone =
        ends_office(last) || ends_body(last) && known.is_strong(outside) && !is_post_for(outside);
    let lower = begins.starts_with(char::is_lowercase) && !alone;
    // "Assistant Director, Safeguarding and Family Support": a rank is of what stands behind it.
    let of_rank = is_rank(outside) && !begins_office(begins) && !is_only_agency(begins);
    let is_other = is_person(begins) || is_rank(begins) || is_whole_post(begins);
    let of_rank = of_rank && !is_other && !known.stands_alone(begins);
    let post = (is_office(outside) || is_rank(outside))
        && (!is_new(begins, known) || of_rank || is_post_for(outside) && are_subjects(rest, known));
    // "Policy, Practice and Performance Subgroup"
    let of_body = is_topic(outside)
        && begins.contains(" and ")
        && ends_body(begins.split(' ').next_back().unwrap_or_default());
    let of_person = is_person(outside)
        && is_office(self::outside(begins))
        && !is_titled(begins)
        && (!is_councillor(outside) || is_councillors_office(begins));
    // "Chief Nurse, ICB" is the post of a health body, "Board Manager, ICB" may be two.
    let of_health =
        rest.len() == 1 && is_health_body(begins) && is_office(outside) && !is_any_bodys(outside);
    lower || post || of_body || of_person || of_health
}

/// Whether a slash with no space around it joins the initials in the name of one body, as in "CPR/APR Sub Group",
/// where no body is called by the first of them.
fn is_one_body(before: &str, behind: &str, known: &Known) -> bool {
    let mut words = behind.split_whitespace();
    let first = words.next().unwrap_or_default();
    is_initials(before)
        && !before.ends_with(' ')
        && behind.starts_with(first)
        && is_initials(first)
        && words.next_back().is_some_and(ends_body)
        && !known.is_named(before)
        && !is_agency(before)
}

/// A name without what stands in brackets behind it.
fn outside(name: &str) -> &str {
    name.split('(').next().unwrap_or(name).trim()
}

/// Whether a post says what it is for: "Director of Adults".
fn is_post_for(name: &str) -> bool {
    is_office(name) && [" of ", " for "].iter().any(|small| name.contains(small))
}

/// Whether a list behind a post ends with an "and" and names only what a post can be for: "Director of
/// Adults, Health and Housing" is one post, "Director of Adults, Police and Healthwatch" are three names.
fn are_subjects(rest: &[(char, String)], known: &Known) -> bool {
    let joined = rest
        .iter()
        .any(|(sign, piece)| *sign == '&' || piece.contains(" and "));
    let mut names = rest.iter().flat_map(|(_, piece)| piece.split(" and "));
    joined
        && names.all(|name| {
            let name = name.trim();
            let name = name.strip_prefix("and ").unwrap_or(name);
            is_subject(name) || !is_new(name, known)
        })
}

/// Whether names beside an "and" are one post: "Housing and Homelessness Manager", "Director of Education and
/// Housing".
pub fn are_one_post(parts: &[&str], known: &Known) -> bool {
    let Some((last, before)) = parts.split_last() else {
        return false;
    };
    let (last, first) = (last.trim(), parts[0].trim());
    let of_subject = before.iter().any(|part| is_subject(part.trim()))
        && last.contains(' ')
        && is_office(last)
        && !begins_office(last)
        && !is_titled(last)
        && !is_whole_post(last)
        && !known.stands_alone(last);
    // "Head of Safeguarding and QA", where nobody else is called QA.
    let is_topic = |part: &str| is_subject(part) || is_initials(part) && !known.is_named(part);
    let for_subjects = is_post_for(first) && parts[1..].iter().all(|part| is_topic(part.trim()));
    // "Assistant Director, Safeguarding and Family Support"
    // "Family Support" is what a post is for.
    let is_post = is_office(last) && !last.to_lowercase().ends_with("support");
    let of_rank = is_of_rank(first) && !is_post && !is_only_agency(last);
    of_subject || for_subjects || of_rank
}

/// Whether an "&" stands between two names.
fn splits(before: &str, after: &str, known: &Known) -> bool {
    let whole = format!("{before} & {after}");
    let strong = |name: &str| known.is_strong(name) || is_agency(before) && is_agency(after);
    !is_fixed(&whole)
        && strong(before)
        && strong(after)
        && !continues_post(after)
        && !are_one_post(&[before, after], known)
        || (begins_office(after) || is_titled(after)) && known.is_strong(before)
}

/// The pieces of a text between signs outside brackets, each with the sign before it.
fn pieces(text: &str) -> Vec<(char, String)> {
    let mut pieces = vec![(' ', String::new())];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let parts = depth == 0 && matches!(c, ',' | '/' | '+' | '&');
        if parts {
            pieces.push((c, String::new()));
        } else if let Some((_, piece)) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// Whether a text after a comma begins another name rather than going on with a post.
fn is_new(text: &str, known: &Known) -> bool {
    let outside = outside(text);
    let mut names = outside.split(" and ");
    known.stands_alone(outside)
        || known.is_strong(outside)
        || is_agency(outside)
        || names.any(|name| is_only_agency(name.trim()))
        || is_nobody(outside)
}

/// "via partnership working with the Police" → "Police".
pub fn partnered(text: &str) -> &str {
    const BEFORE: &str = "via, in, through, supported by, support from, partnership working, partnership, working, with, \
        and, the, led by, from, plus";
    let mut rest = text.trim();
    while let Some(behind) = BEFORE.split(", ").find_map(|word| behind(rest, word)) {
        rest = behind.trim_start();
    }
    if rest.is_empty() { text } else { rest }
}

/// What stands behind a word with which a text begins.
fn behind<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (begins, behind) = text.split_at_checked(word.len())?;
    let is_word = begins.eq_ignore_ascii_case(word);
    is_word.then_some(behind)?.strip_prefix(' ')
}
