//! Labels in a responsibility that say who leads and who helps.

/// Labels that say who leads, and who helps.
const LABELS: [(&str, bool); 14] = [
    ("lead agency:", true),
    ("lead officer:", true),
    ("lead:", true),
    ("led by:", true),
    ("lead -", true),
    ("lead –", true),
    ("leads:", true),
    ("supporting:", false),
    ("supported by:", false),
    ("support from:", false),
    ("support:", false),
    ("partners:", false),
    ("with:", false),
    ("owner:", true),
];

/// The parts of a line behind labels, each with whether its label says that it leads: "Lead: Police
/// Support: Health".
pub fn labelled(line: &str) -> Vec<(Option<bool>, &str)> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return vec![(None, line)];
    }
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    for (label, leads) in LABELS {
        for (at, _) in lower.match_indices(label) {
            let apart = at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
            // "PSHE lead – to be confirmed": a post, and no label.
            let begins = apart
                && (at == 0
                    || !leads
                    || line[..at].trim_end().ends_with([',', ';', '/', '.', ')'])
                    || label.ends_with(':') && line[at..].starts_with(char::is_uppercase));
            let inside = marks.iter().any(|(from, to, _)| (*from..*to).contains(&at));
            if begins && !inside {
                marks.push((at, at + label.len(), leads));
            }
        }
    }
    marks.sort_unstable();
    let mut parts = Vec::new();
    let first = marks.first().map_or(line.len(), |(at, ..)| *at);
    parts.push((None, line[..first].trim()));
    for (number, (_, end, leads)) in marks.iter().enumerate() {
        let next = marks.get(number + 1).map_or(line.len(), |(at, ..)| *at);
        parts.push((Some(*leads), line[*end..next].trim_matches([' ', ',', '/'])));
    }
    parts.retain(|(_, part)| !part.is_empty());
    parts
}
