//! Words by which names are told to be bodies, offices, persons, everybody or nobody.

use super::super::spelling::{is_initials, without_brackets};
use crate::words::{is_one_of, letters_only};

/// Words that end the name of a body.
const BODIES: &str = "group groups subgroup subgroups sub-group sub-groups sg team teams board \
    partnership committee panel forum network hub agency agencies partners police council service \
    services department directorate trust trusts icb ccg authority authorities schools school college \
    colleges university association associations executive constabulary commission nhs camhs charity \
    charities office unit society club federation consortium alliance sector healthwatch";

/// Words that end the name of an office.
const OFFICES: &str = "manager managers officer officers lead leads chair chairs members member \
    coordinator co-ordinator coordinators director directors nurse doctor clerk councillor councillors \
    secretary treasurer headteacher headteachers head heads governor governors mayor trustee trustees \
    warden practitioner practitioners commissioner commissioners adviser advisor advisers consultant \
    administrator executive senco sendco dsl dsls teacher teachers principal leader leaders \
    representative representatives staff supervisor superintendent inspector solicitor accountant \
    assistant assistants caretaker contractor planner analyst worker workers support chairperson chairman \
    professional professionals expert experts dentist gp gps matron midwife bursar deputies deputy volunteer volunteers";

/// Words that begin the name of an office: "Head of Parks", "Designated Nurse for Children".
const OFFICES_BEGIN: &str = "head deputy assistant associate executive director chief designated named \
    cabinet portfolio service strategic lead principal senior interim acting independent vice";

/// Words of bodies by which a name is told from a person's.
const OF_BODIES: &str = "health care social public adult adults child children childrens education \
    housing community safety probation fire ambulance safeguarding early help youth family families \
    commissioning quality assurance training learning performance audit policy practice human \
    resources finance legal parks roads planning environmental corporate digital business customer \
    democratic parish town county borough district city local government central senior leadership \
    front door protection fostering adoption assessment virtual edge \
    mental substance domestic abuse violence hr it all each every partner partners workforce \
    communications engagement participation neighbourhood village hall church capital project projects \
    economic development tourism heritage arts culture environment infrastructure recreation enterprise \
    regeneration works waste libraries sports operations";

/// Agencies that are known by one word, and that no post of another body has in its name.
const AGENCIES: &str = "police probation camhs nhs cafcass icb ccg healthwatch";

/// Agencies known by one word that may as well be what a post is for: "Director of Adults, Health and
/// Housing".
const SUBJECTS: &str = "health education housing";

/// Posts of a body that are no subject's: "Health and Business Manager" are two.
const WHOLE_POSTS: &str = "businessmanager|boardmanager|servicemanager|townclerk|parishclerk|chiefexecutive|\
    independentchair|generalmanager|projectmanager|programmemanager|monitoringofficer";

/// Words that say what somebody does and name nobody: the board has many a chair and many a lead.
const ROLES: &str = "chair chairs chairperson chairman vice deputy deputies co co-chair lead leads manager \
    managers officer officers member members support supporting coordinator co-ordinator director head worker \
    staff representative rep governor governors trustee trustees executive author owner contact sponsor \
    senior responsible accountable interim acting agency champion link named designated";

/// Ranks that say nothing of what they are for.
const RANKS_OF_POSTS: &str = "director|assistantdirector|deputydirector|servicedirector|strategicdirector|\
    executivedirector|interimdirector|headofservice|servicemanager|teammanager|groupmanager|areamanager|servicelead";

/// What the name of a body may begin with that has several things in it.
const TOPICS: &str = "policy procedure procedures practice performance quality equality diversity inclusion prevention \
    protection learning training improvement standards workforce governance data communication communications \
    engagement audit assurance finance planning research case";

/// Posts that are known by their initials.
const OFFICE_INITIALS: &str =
    "dcs dass dsl ddsl ceo coo cfo cno dph dco dmo sro bm md gp ht dht sbm";

/// What stands before a person's name.
const TITLES: &str = "mr mrs ms miss mx dr cllr clr councillor prof professor rev revd reverend canon \
    archdeacon bishop father sister sir dame lord lady baroness alderman mayor";

/// Ranks of the police, of which several words make one.
const RANKS: &str = "inspector superintendent sergeant constable supt insp sgt ps di dci ds dsu dc dcc acc ci pc pcso wpc";
const BEFORE_RANKS: &str = "detective chief deputy assistant temporary acting det ch";

/// What stands for nobody.
const NOBODY: &str = "na|none|tbc|tba|tbd|nil|vacant|vacancy|tobeconfirmed|tobeagreed|tobedecided|\
    tobeallocated|tobeidentified|tobedetermined|toconfirm|unknown|notapplicable|tobeassigned|tobeappointed|notassigned|unassigned";

/// What stands for every agency.
const EVERYBODY: &str = "all|everyone|everybody|allagencies|eachagency|everyagency|allpartneragencies|\
    leadforeachagency|leadineachagency|leadfromeachagency|allpartners|allmemberagencies|\
    eachpartneragency|leadofeachagency|allorganisations|eachpartner|allpartnerorganisations|agencyleads|\
    allstatutorypartners|allagencyleads|safeguardingleadineachagency";

/// Whether a word is one of a list, whatever signs and capitals it has.
pub fn in_list(word: &str, list: &str) -> bool {
    let word = word
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    is_one_of(&word, list)
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
    in_list(word, AGENCIES) || is_subject(word)
}

/// Whether a name is that of an agency which is no subject of a post: "Police", "Healthwatch Wexmoor".
pub fn is_only_agency(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    in_list(name, AGENCIES) || in_list(first, "healthwatch")
}

/// Whether a word is an agency that may as well be the subject of a post.
pub fn is_subject(word: &str) -> bool {
    in_list(word, SUBJECTS)
}

/// Whether a name is that of a post which stands by itself wherever it is named.
pub fn is_whole_post(name: &str) -> bool {
    in_names(name, WHOLE_POSTS)
}

/// Whether initials are those of a health body.
pub fn is_health_body(name: &str) -> bool {
    in_list(name, "icb ccg nhs icp")
}

/// Whether a name is that of a rank alone: "Assistant Director", "Service Manager", "Det. Supt".
pub fn is_rank(name: &str) -> bool {
    let mut words = name.split_whitespace().rev();
    let of_police = words.next().is_some_and(|word| in_list(word, RANKS))
        && words.all(|word| in_list(word, BEFORE_RANKS));
    of_police || in_names(name, RANKS_OF_POSTS)
}

/// Whether a name is that of a rank and what it is for: "Assistant Director, Roads and Bridges".
pub fn is_of_rank(name: &str) -> bool {
    let parts = name.split_once(", ");
    parts.is_some_and(|(rank, _)| is_rank(rank))
}

/// Whether a word is what a body may be for, and no body itself: "Policy".
pub fn is_topic(name: &str) -> bool {
    in_list(name, TOPICS)
}

/// Whether a post is one that any body has, and the board as well: "Business Manager", "Chair".
pub fn is_any_bodys(post: &str) -> bool {
    let last = post.split_whitespace().next_back().unwrap_or_default();
    in_list(
        last,
        "manager chair officer lead member coordinator clerk secretary administrator",
    )
}

/// Whether a text says only what somebody does, and is no name: "Chair", "Lead officer".
pub fn is_role_alone(text: &str) -> bool {
    text.split([' ', '/']).all(|word| in_list(word, ROLES))
}

/// Whether initials are those of a post: "DCS".
pub fn is_office_initials(text: &str) -> bool {
    in_list(text, OFFICE_INITIALS)
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

/// Whether a text begins as the name of an office does: "Head of …", "Director for …".
pub fn begins_office(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let linked = words
        .iter()
        .skip(1)
        .take(3)
        .any(|word| ["of", "for"].contains(word));
    let first = words.first().copied().unwrap_or_default();
    (linked && (in_list(first, OFFICES_BEGIN) || ends_office(first)))
        || (words.len() > 1
            && in_list(first, OFFICES_BEGIN)
            && words[1..].iter().any(|word| ends_office(word)))
}

/// Whether a name is a person's with a title or a rank before it: "Cllr P. Ashby", "Detective Inspector
/// Laura Finch".
pub fn is_titled(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let before = words
        .iter()
        .take_while(|word| {
            [TITLES, RANKS, BEFORE_RANKS]
                .iter()
                .any(|list| in_list(word, list))
        })
        .count();
    let (titles, rest) = words.split_at(before);
    let is_title = |word: &&str| in_list(word, TITLES) || in_list(word, RANKS);
    titles.iter().any(is_title) && (1..=3).contains(&rest.len()) && rest.iter().all(is_name_word)
}

/// Whether a name is a councillor's.
pub fn is_councillor(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    is_titled(name) && in_list(first, "cllr clr councillor")
}

/// Whether an office is one that a councillor holds.
pub fn is_councillors_office(name: &str) -> bool {
    let held = "chair chairman chairperson leader mayor cabinet portfolio member champion lead representative";
    name.split_whitespace().any(|word| in_list(word, held))
}

/// A word of a person's name: "Rowe", "J.", "O’Neil".
fn is_name_word(word: &&str) -> bool {
    word.starts_with(char::is_uppercase)
        && word
            .chars()
            .all(|c| c.is_alphabetic() || "’'-.".contains(c))
        && !is_initials(word)
        && !ends_body(word)
        && !ends_office(word)
}

/// Whether a name can be a person's: one with a title, or two or three words with capitals, none of them a
/// body's or an office's.
pub fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    is_titled(name)
        || (2..=3).contains(&words.len())
            && words
                .iter()
                .all(|word| is_name_word(word) && !in_list(word, OF_BODIES))
}

/// Whether a text is surely the name of a body, an office or an agency.
pub fn is_body_or_office(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    name.split_whitespace().count() <= 10
        && (ends_body(last)
            || is_office(name)
            || is_titled(name)
            || (is_agency(name) && !name.contains(' '))
            || is_everybody(name))
}

/// What kind of group a name says it is.
pub fn kind_of(name: &str) -> Option<&'static str> {
    let name = &without_brackets(name);
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
