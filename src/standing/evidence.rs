//! Evidence by its name: case and spaces do not matter.

use std::hash::{Hash, Hasher};

use foldhash::{HashMap, HashMapExt};

use super::Assured;
use super::action::FoldedAction;
use crate::plan::Evidence;
use crate::words::same_words;

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
        // A step of FNV-1a a letter, spaces left out: names are compared after all.
        let step =
            |hash: u64, letter: u32| (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3);
        let start = 0xcbf2_9ce4_8422_2325;
        state.write_u64(if self.0.is_ascii() {
            let letters = self
                .0
                .bytes()
                .filter(|&byte| !char::from(byte).is_whitespace());
            letters.fold(start, |hash, byte| {
                step(hash, u32::from(byte.to_ascii_lowercase()))
            })
        } else {
            let letters = self.0.chars().filter(|letter| !letter.is_whitespace());
            let small = letters.flat_map(char::to_lowercase);
            small.fold(start, |hash, letter| step(hash, u32::from(letter)))
        });
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
        let names = [("PMF Data", 1), ("ÉTUDE", 2), ("Kelvin", 3)];
        let names = names.map(|(name, at)| (EvidenceName(name), at));
        let names: HashMap<EvidenceName, u8> = HashMap::from_iter(names);
        for (asked, found) in [
            ("pmf  data", Some(&1)),
            (" PMF Data ", Some(&1)),
            ("étude", Some(&2)),
            ("PMFData", None),
            // The sign of Kelvin is a large k.
            ("\u{212a}ELVIN", Some(&3)),
            ("étude\u{2003}", Some(&2)),
            ("PMF", None),
        ] {
            assert_eq!(names.get(&EvidenceName(asked)), found, "{asked}");
        }
    }

    #[test]
    fn a_long_name_is_found_by_all_of_it() {
        let long = format!("{}é of the year", "report ".repeat(9));
        let longer = format!("{long} 2018");
        let names = HashMap::from_iter([(EvidenceName(&long), 1), (EvidenceName(&longer), 2)]);
        assert_eq!(names.len(), 2);
        assert_eq!(names.get(&EvidenceName(&long.to_uppercase())), Some(&1));
        assert_eq!(names.get(&EvidenceName(&longer)), Some(&2));
    }
}
