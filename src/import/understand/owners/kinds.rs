//! Words by which names are told to be bodies, offices, persons, everybody or nobody.

use super::super::spelling::is_initials;
use crate::words::letters_only;

/// Words that end the name of a body.
const BODIES: &str = "group groups subgroup subgroups sub-group sub-groups sg team teams board \
    partnership committee panel forum network hub agency agencies partners police council service \
    services department directorate trust icb ccg authority authorities schools school college \
    university association executive constabulary commission nhs camhs charity office unit society club federation consortium alliance";

/// Words that end the name of an office.
const OFFICES: &str = "manager managers officer officers lead leads chair chairs members member \
    coordinator co-ordinator coordinators director directors nurse doctor clerk councillor councillors \
    secretary treasurer headteacher headteachers head heads governor governors mayor trustee trustees \
    warden practitioner practitioners commissioner commissioners adviser advisor advisers consultant \
    administrator executive senco sendco dsl dsls teacher teachers principal leader leaders \
    representative representatives staff supervisor superintendent inspector solicitor accountant \
    assistant assistants caretaker contractor planner analyst worker workers support chairperson chairman \
    dentist gp gps matron midwife bursar deputies deputy";

/// Words that begin the name of an office: "Head of Parks", "Designated Nurse for Children".
const OFFICES_BEGIN: &str = "head deputy assistant associate executive director chief designated named \
    cabinet portfolio service strategic lead principal senior interim acting independent vice";

/// Words of bodies by which a name is told from a person's.
const OF_BODIES: &str = "health care social public adult adults child children childrens education \
    housing community safety probation fire ambulance safeguarding early help youth family families \
    commissioning quality assurance training learning performance audit policy practice human \
    resources finance legal parks roads planning environmental corporate digital business customer \
    democratic parish town county borough district city local government central senior leadership \
    mental substance domestic abuse violence hr it all each every partner partners workforce \
    communications engagement participation neighbourhood village hall church";

/// Agencies that are known by one word.
const AGENCIES: &str = "police health education probation housing camhs nhs cafcass icb ccg";

/// What stands for nobody.
const NOBODY: &str = "na|none|tbc|tba|tbd|nil|vacant|vacancy|tobeconfirmed|tobeagreed|tobedecided|\
    tobeallocated|tobeidentified|tobedetermined|toconfirm|unknown|notapplicable|tobeassigned|tobeappointed|notassigned|unassigned";

/// What stands for every agency.
const EVERYBODY: &str = "all|everyone|everybody|allagencies|eachagency|everyagency|allpartneragencies|\
    leadforeachagency|leadineachagency|leadfromeachagency|allpartners|allmemberagencies|\
    eachpartneragency|leadofeachagency|allorganisations|eachpartner|allpartnerorganisations|agencyleads|\
    allstatutorypartners|allagencyleads|safeguardingleadineachagency";

fn in_list(word: &str, list: &str) -> bool {
    let word = word
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    list.split_whitespace().any(|known| known == word)
}

fn in_names(name: &str, list: &str) -> bool {
    let name = letters_only(name);
    list.split('|').any(|known| known == name)
}

pub fn ends_body(word: &str) -> bool {
    in_list(word, BODIES)
}

pub fn ends_office(word: &str) -> bool {
    in_list(word, OFFICES)
}

pub fn is_agency(word: &str) -> bool {
    in_list(word, AGENCIES)
}

pub fn is_nobody(name: &str) -> bool {
    in_names(name, NOBODY) || !name.chars().any(char::is_alphabetic)
}

pub fn is_everybody(name: &str) -> bool {
    in_names(name, EVERYBODY)
}

/// Whether a name is that of an office: "Head of Parks", "Business Manager".
pub fn is_office(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let holds = words.iter().any(|word| ends_office(word));
    let begins = words
        .first()
        .is_some_and(|word| in_list(word, OFFICES_BEGIN));
    words.last().is_some_and(|word| ends_office(word)) || (holds && begins) || begins_office(name)
}

/// Whether a text begins as the name of an office does: "Head of …", "Director for …", "Cllr …".
pub fn begins_office(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let linked = words
        .iter()
        .skip(1)
        .take(3)
        .any(|word| ["of", "for"].contains(word));
    let first = words.first().copied().unwrap_or_default();
    is_title(first)
        || (linked && (in_list(first, OFFICES_BEGIN) || ends_office(first)))
        || (words.len() > 1
            && in_list(first, OFFICES_BEGIN)
            && words[1..].iter().any(|word| ends_office(word)))
}

fn is_title(word: &str) -> bool {
    in_list(
        word,
        "mr mrs ms miss dr cllr councillor prof professor rev sgt di dci pc",
    )
}

/// Whether a name can be a person's: two or three words with capitals, none of them a body's or an
/// office's.
pub fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.first().is_some_and(|word| is_title(word)) && words.len() > 1 {
        return true;
    }
    let name_like = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "’'-.".contains(c))
            && !is_initials(word)
            && !ends_body(word)
            && !ends_office(word)
            && !in_list(word, OF_BODIES)
    };
    (2..=3).contains(&words.len()) && words.iter().all(name_like)
}

/// Whether a text is surely the name of a body, an office or an agency.
pub fn is_body_or_office(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    name.split_whitespace().count() <= 10
        && (ends_body(last)
            || is_office(name)
            || (is_agency(name) && !name.contains(' '))
            || is_everybody(name))
}

/// What kind of group a name says it is.
pub fn kind_of(name: &str) -> Option<&'static str> {
    let last = name.split_whitespace().next_back()?.to_lowercase();
    let last = last.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    let name = name.to_lowercase();
    Some(match last {
        _ if name.starts_with("all ") => return None,
        "subgroup" | "sub-group" | "sg" | "subgroups" => "subgroup",
        "group" if name.ends_with("sub group") => "subgroup",
        "group" | "groups" => "group",
        "team" | "teams" => "team",
        "manager" | "officer" | "coordinator" | "co-ordinator" | "director" | "chair" | "nurse" => {
            "officer"
        }
        "lead" | "leads" | "members" | "officers" | "managers" | "chairs" => "leads",
        "partnership" | "board" => "partnership",
        "police" => "agency",
        _ => return None,
    })
}
