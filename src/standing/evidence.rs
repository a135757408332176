//! Evidence by its name: case and spaces do not matter.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::Assured;
use super::action::FoldedAction;
use crate::plan::Evidence;
use crate::words::{same_words, spaced_letters};

/// A name of evidence, to find it among many.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceName<'b>(pub &'b str);

impl PartialEq for EvidenceName<'_> {
    fn eq(&self, other: &Self) -> bool {
        same_words(self.0, other.0)
    }
}

impl Eq for EvidenceName<'_> {}

impl Hash for EvidenceName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A stretch at a time: a hasher takes many bytes as fast as a few.
        let (mut stretch, mut length) = ([0; 64], 0);
        for letter in spaced_letters(self.0) {
            if length + letter.len_utf8() > stretch.len() {
                state.write(&stretch[..length]);
                length = 0;
            }
            length += letter.encode_utf8(&mut stretch[length..]).len();
        }
        state.write(&stretch[..length]);
    }
}

/// The evidence that an action promises and the evidence that came in (point 13), promised first.
pub fn assurance<'b>(promised: &'b [Evidence], folded: &FoldedAction<'b>) -> Vec<Assured<'b>> {
    let promised = promised.iter().map(|item| Assured {
        title: &item.title,
        planned: true,
        received: Vec::new(),
    });
    let mut assurance: Vec<Assured> = promised.collect();
    if folded.evidence.is_empty() {
        return assurance;
    }
    // Where each name stands; a plan may promise one twice.
    let mut places: HashMap<EvidenceName, Vec<usize>> = HashMap::new();
    for (place, item) in assurance.iter().enumerate() {
        let name = EvidenceName(item.title);
        places.entry(name).or_default().push(place);
    }
    for &(title, day) in &folded.evidence {
        let named = places.entry(EvidenceName(title)).or_default();
        if named.is_empty() {
            named.push(assurance.len());
            assurance.push(Assured {
                title,
                planned: false,
                received: Vec::new(),
            });
        }
        for &place in named.iter() {
            assurance[place].received.push(day);
        }
    }
    assurance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_again_whatever_its_case_and_spaces() {
        let names: HashMap<EvidenceName, u8> = [("PMF Data", 1), ("ÉTUDE", 2)]
            .map(|(name, at)| (EvidenceName(name), at))
            .into();
        for (asked, found) in [
            ("pmf  data", Some(&1)),
            (" PMF Data ", Some(&1)),
            ("étude", Some(&2)),
            ("PMFData", None),
            ("PMF", None),
        ] {
            assert_eq!(names.get(&EvidenceName(asked)), found, "{asked}");
        }
    }

    #[test]
    fn a_long_name_is_found_by_all_of_it() {
        // Longer than a stretch, and with a letter of two bytes across its end.
        let long = format!("{}é of the year", "report ".repeat(9));
        let longer = format!("{long} 2018");
        let names = HashMap::from([(EvidenceName(&long), 1), (EvidenceName(&longer), 2)]);
        assert_eq!(names.len(), 2);
        assert_eq!(names.get(&EvidenceName(&long.to_uppercase())), Some(&1));
        assert_eq!(names.get(&EvidenceName(&longer)), Some(&2));
    }
}
