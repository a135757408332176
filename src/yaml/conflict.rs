//! Two edits that git could not put together: both stand in the file, between signs of git's own.

use super::Problem;

/// One side of a conflict: its first and last line, counted from 1, and git's name for it.
struct Side<'t> {
    first: usize,
    last: usize,
    name: &'t str,
    /// The first of its lines that says something.
    begins: &'t str,
}

/// The first pair of edits that git left in a text for somebody to put together.
pub fn find(text: &str) -> Option<Problem> {
    if !text.starts_with("<<<<<<< ") && !text.contains("\n<<<<<<< ") {
        return None;
    }
    let lines: Vec<&str> = text.lines().collect();
    let opens = lines.iter().position(|line| line.starts_with("<<<<<<< "))?;
    let after = |from: usize, mark: &str| {
        let found = lines[from..]
            .iter()
            .position(|line| *line == mark || line.starts_with(&format!("{mark} ")));
        found.map(|at| from + at)
    };
    let parts = after(opens, "=======")?;
    let closes = after(parts, ">>>>>>>")?;
    // Some show what both came from, between the two.
    let ours = after(opens, "|||||||")
        .filter(|&at| at < parts)
        .unwrap_or(parts);
    let sides = [
        side(&lines, opens + 1..ours, lines[opens]),
        side(&lines, parts + 1..closes, lines[closes]),
    ];
    let start: usize = text.split_inclusive('\n').take(opens).map(str::len).sum();
    let range = (start as u32, (start + lines[opens].len()) as u32);
    let [ours, theirs] =
        sides.map(|side| side.map_or_else(|| "nothing".to_owned(), |side| side.words()));
    Some(Problem::new(
        range,
        "two edits of the same lines, which git left for you to put together",
        format!(
            "one side says {ours}; the other {theirs}. To keep both, as for two reports, delete the lines that begin with `<<<<<<<`, \
             `=======` and `>>>>>>>`; else delete the side that does not count as well. Then `git add` the file"
        ),
    ))
}

fn side<'t>(lines: &[&'t str], range: std::ops::Range<usize>, mark: &'t str) -> Option<Side<'t>> {
    let begins = lines[range.clone()]
        .iter()
        .find(|line| !line.trim().is_empty())?;
    Some(Side {
        first: range.start + 1,
        last: range.end,
        name: mark.split_once(' ').map_or("", |(_, name)| name.trim()),
        begins: begins.trim(),
    })
}

impl Side<'_> {
    fn words(&self) -> String {
        let Side {
            first,
            last,
            name,
            begins,
        } = self;
        let lines = if first == last {
            format!("line {first}")
        } else {
            format!("lines {first} to {last}")
        };
        let short: String = begins.chars().take(60).collect();
        let more = if short.len() < begins.len() || first != last {
            " …"
        } else {
            ""
        };
        format!("`{short}{more}` ({lines}, {name})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_named_and_how_to_keep_them() {
        let text = "updates: U\nentries:\n<<<<<<< HEAD\n  - {action: 1.1}\n=======\n  - action: 1.2\n    rag: red\n>>>>>>> their return\n";
        let problem = find(text).unwrap();
        assert_eq!(
            &text[problem.range.0 as usize..problem.range.1 as usize],
            "<<<<<<< HEAD"
        );
        let help = "one side says `- {action: 1.1}` (line 4, HEAD); the other `- action: 1.2 …` (lines 6 to 7, their return). To keep both";
        assert!(problem.help.starts_with(help), "{}", problem.help);
    }

    #[test]
    fn one_side_may_be_empty_and_what_both_came_from_may_stand_between() {
        let text = "<<<<<<< a\n||||||| b\nx: 1\n=======\ny: 2\n>>>>>>> c\n";
        assert!(
            find(text)
                .unwrap()
                .help
                .starts_with("one side says nothing; the other `y: 2` (line 5, c)")
        );
        for none in [
            "",
            "a: <<<<<<< x\n",
            "<<<<<<< a\n",
            "  <<<<<<< a\n=======\n>>>>>>> b\n",
        ] {
            assert_eq!(find(none), None, "{none}");
        }
    }
}
