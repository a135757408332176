//! Several names that no sign stands between: "Cllrs Hill and Lee", "Town Clerk with PCSO Lee".

use super::kinds::{in_list, is_agency, is_titled};
use super::known::Known;
use super::parts::partnered;

/// Words between a name and that of one who helps.
const HELPED: &str = "supported by, with support from, in partnership with, in conjunction with, \
    in collaboration with, together with, jointly with, working with, assisted by, alongside, with";

/// Words behind "with" that say whom a service is for: "Head of Children with Disabilities".
const NEEDS: &str = "disabilities disability complex special additional learning send sen ld mental autism \
    dementia care needs multiple physical no";

/// A name, and that of one who helps: "Town Clerk with PCSO Lee".
pub fn helped<'t>(text: &'t str, known: &Known) -> Option<(&'t str, &'t str)> {
    let lower = text.to_ascii_lowercase();
    HELPED.split(", ").find_map(|between| {
        let at = lower.find(&format!(" {between} "))?;
        let before = text[..at].trim_matches([' ', ',']);
        let after = &text[at + between.len() + 2..];
        let open = before.matches('(').count() > before.matches(')').count();
        let after = partnered(after.trim());
        let first = after.split([',', '/', '&', '(']).next().unwrap_or(after);
        let first = first.split(" and ").next().unwrap_or(first).trim();
        let need = first.split(' ').next().unwrap_or_default();
        let is_name = known.is_strong(first) || is_agency(first);
        let bare = between == "with";
        let fits = !bare || is_name && known.is_strong(before) && !in_list(need, NEEDS);
        (!open && fits && !before.is_empty() && !after.is_empty()).then_some((before, after))
    })
}

/// The persons of one title: "Cllrs Hill, Lee and P. Orr" are "Cllr Hill", "Cllr Lee" and "Cllr P. Orr".
pub fn titled_together(text: &str) -> Option<Vec<String>> {
    let (title, rest) = text.trim().split_once(' ')?;
    let title = match title.trim_end_matches('.').to_lowercase().as_str() {
        "cllrs" | "clrs" => "Cllr",
        "councillors" => "Councillor",
        "drs" => "Dr",
        "messrs" => "Mr",
        _ => return None,
    };
    let spaced = rest.replace(" and ", ",").replace(['&', '/', '+'], ",");
    let names = spaced
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let persons: Vec<String> = names
        .map(|name| {
            if is_titled(name) {
                name.to_owned()
            } else {
                format!("{title} {name}")
            }
        })
        .collect();
    (!persons.is_empty() && persons.iter().all(|person| is_titled(person))).then_some(persons)
}
