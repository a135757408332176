//! What will prove an action: a cell's items.

use crate::words::is_one_of;

/// Words that end the name of a paper or a set of figures, where items stand side by side with
/// nothing between.
const PAPERS: &str = "report reports reporting data dataset datasets dive dives thematic audit audits plan \
    plans minutes feedback evaluation evaluations survey surveys dashboard scorecard review reviews log \
    logs return returns figures statistics records policy findings";

/// The items of a cell: its lines, what stands between semicolons, short names between commas; where
/// lines were run together, what ends with the word for a paper.
pub fn items(text: &str, flattened: bool) -> Vec<String> {
    let lines: Vec<&str> = text
        .split(['\n', ';'])
        .map(|line| line.trim().trim_start_matches("- ").trim())
        .collect();
    let mut items: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let short = |part: &&str| part.split_whitespace().count() <= 6;
        let commas: Vec<&str> = line.split(", ").collect();
        if commas.len() > 1
            && commas.iter().all(short)
            && !line.contains(['.', '('])
            && !line.contains(" and ")
        {
            items.extend(commas.iter().map(|part| part.trim().to_owned()));
        } else if flattened && lines.len() == 1 {
            items.extend(run_together(line));
        } else {
            items.push((*line).to_owned());
        }
    }
    items
}

fn run_together(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let paper = |word: &str| is_one_of(&word.trim_end_matches(['.', ',']).to_lowercase(), PAPERS);
    let mut items = Vec::new();
    let mut begin = 0;
    for at in 0..words.len() {
        let ends = match words.get(at + 1) {
            None => true,
            Some(next) => paper(words[at]) && next.starts_with(char::is_uppercase) && !paper(next),
        };
        if ends {
            items.push(words[begin..=at].join(" "));
            begin = at + 1;
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_apart() {
        assert_eq!(
            items(
                "DV Deep Dive DV Thematic DV Report PMF Data LA / Police data",
                true
            ),
            [
                "DV Deep Dive",
                "DV Thematic",
                "DV Report",
                "PMF Data",
                "LA / Police data"
            ]
        );
        assert_eq!(
            items("Training evaluations\n\nMulti-agency audits", true),
            ["Training evaluations", "Multi-agency audits"]
        );
        assert_eq!(
            items("Audit report, dataset", false),
            ["Audit report", "dataset"]
        );
        assert_eq!(
            items("A report on what we did, and why we did it so late.", false).len(),
            1
        );
    }
}
