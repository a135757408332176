//! `plan amend`: an entry is corrected or taken out, and who looks at the change later finds the reason.

use super::{Estate, FILE, RETURN, committed, done, files, refused, run_with, texts};
use crate::support::repository::Repository;

const ALLOW: &str = "# plan: allow update-rewritten";

/// That no change since the last commit is found, and that the files are right in themselves. (An allowance
/// that an earlier commit brought is named, as one that may go: git keeps it.)
fn passes(repository: &Repository) {
    let found = repository.against("HEAD");
    let spent = |found: &(String, String, u64)| found.0 == "bad-allowance";
    assert!(found.iter().all(spent), "{found:?}");
    let said = repository.run(&["validate", "--against", "HEAD"]);
    assert_eq!(said.code, 0, "{}", said.out);
}

#[test]
fn where_no_commit_has_the_entry_it_is_corrected_without_a_reason() {
    let estate = Estate::of(&files());
    let said = estate.run(&["amend", "1.1.1", "--date", "17 April 2018", "--rag", "red"]);
    let words = "1.1.1 red as before; written to plans/tscb/updates/2018-04-17-vemt.yaml";
    let page = done(&said);
    assert!(
        page.contains("-    rag: amber\n") && page.contains("+    rag: red\n"),
        "{page}"
    );
    assert!(
        page.ends_with(&words.replace("; ", "\n")) || page.contains("written to"),
        "{page}"
    );
    assert_eq!(estate.read(FILE), RETURN.replace("rag: amber", "rag: red"));
    // A reason that stands nowhere is not passed over in silence.
    let fields = [
        "amend",
        "1.1.1",
        "--date",
        "17 April 2018",
        "--rag",
        "amber",
    ];
    let said = estate.run(&[&fields[..], &["--reason", "Misread."]].concat());
    assert!(said.err.contains("the reason is not kept"), "{}", said.err);
    assert_eq!(estate.read(FILE), RETURN);
}

#[test]
fn where_a_commit_has_it_the_reason_stands_at_the_files_head() {
    let repository = committed();
    let wrong = ["amend", "1.1.1", "--date", "2018-04-17", "--rag", "red"];
    refused(&repository.estate, &wrong, "give the reason with --reason");
    let reason = ["--reason", "Typed into the wrong row."];
    done(&repository.run(&[&wrong[..], &reason].concat()));
    let expected = format!(
        "{ALLOW} 1.1.1: Typed into the wrong row.\n{}",
        RETURN.replace("rag: amber", "rag: red")
    );
    assert_eq!(repository.estate.read(FILE), expected);
    passes(&repository);
    // A second mistake in what is not committed yet needs no second line.
    done(&repository.run(&[
        "amend",
        "1.1.1",
        "--date",
        "2018-04-17",
        "--done",
        "Offered.",
    ]));
    let text = repository.estate.read(FILE);
    assert_eq!(text.matches(ALLOW).count(), 1, "{text}");
    passes(&repository);
    // Once committed, the line has had its effect: the next correction gives its own reason.
    repository.commit("Corrected", "2018-05-01T11:00:00+01:00");
    let third = ["amend", "1.1.1", "--date", "2018-04-17", "--rag", "amber"];
    refused(&repository.estate, &third, "give the reason with --reason");
    done(&repository.run(&[&third[..], &reason].concat()));
    assert_eq!(repository.estate.read(FILE).matches(ALLOW).count(), 2);
    passes(&repository);
}

#[test]
fn a_wrong_date_is_put_right() {
    let repository = committed();
    let said = repository.run(&[
        "amend",
        "1.1.3",
        "--date",
        "17 April 2018",
        "--new-date",
        "16 April 2018",
        "--reason",
        "Sent a day earlier.",
    ]);
    done(&said);
    let text = repository.estate.read(FILE);
    let expected = RETURN.to_owned() + "    date: 2018-04-16\n";
    assert_eq!(
        text,
        format!("{ALLOW} 1.1.3: Sent a day earlier.\n{expected}")
    );
    let action = repository.estate.action("1.1.3", "2018-05-01");
    assert_eq!(action["last_update"], "2018-04-16");
    passes(&repository);
}

#[test]
fn a_report_that_was_entered_for_the_wrong_group_is_given_to_the_right_one() {
    let repository = committed();
    let wrong = [
        "amend",
        "1.1.3",
        "--date",
        "2018-04-17",
        "--new-by",
        "polcie",
        "--reason",
        "x",
    ];
    refused(&repository.estate, &wrong, "did you mean `police`?");
    let right = [
        "amend",
        "1.1.3",
        "--date",
        "2018-04-17",
        "--by",
        "VEMT Chairs",
        "--new-by",
        "Police",
        "--reason",
        "Theirs.",
    ];
    done(&repository.run(&right));
    let shown = repository.estate.json(&["show", "1.1.3"]);
    assert_eq!(shown["actions"][0]["history"][0]["by"], "police");
    passes(&repository);
    let gone = [
        "amend",
        "1.1.3",
        "--date",
        "2018-04-17",
        "--by",
        "vemt",
        "--rag",
        "red",
    ];
    refused(&repository.estate, &gone, "there is no such entry");
    let other = ["amend", "1.1.3", "--date", "2018-04-16", "--rag", "red"];
    let words =
        "about it are\n  17 Apr 2018 by police (plans/tscb/updates/2018-04-17-vemt.yaml:10)";
    refused(&repository.estate, &other, words);
}

#[test]
fn a_whole_return_is_withdrawn_or_moved_to_its_right_day() {
    let repository = committed();
    let path = format!("plans/{FILE}");
    let withdraw = ["amend", "--file", &path, "--delete"];
    refused(
        &repository.estate,
        &withdraw,
        "give the reason with --reason",
    );
    done(&repository.run(&[&withdraw[..], &["--reason", "A draft."]].concat()));
    let head = RETURN.split_once("entries:").unwrap().0;
    // One line names all that it lets pass.
    let expected = format!("{ALLOW} 1.1.1, 1.1.3: A draft.\n{head}entries: []\n");
    assert_eq!(repository.estate.read(FILE), expected);
    let action = repository.estate.action("1.1.1", "2018-05-01");
    assert_eq!(
        (&action["last_update"], &action["status"]),
        (&serde_json::Value::Null, &"not started".into())
    );
    passes(&repository);

    let repository = committed();
    let moved = [
        "amend",
        "--file",
        &path,
        "--new-date",
        "2018-04-16",
        "--reason",
        "The day before.",
    ];
    done(&repository.run(&moved));
    let text = repository.estate.read(FILE);
    assert!(
        text.contains("date: 2018-04-16\n") && !text.contains("2018-04-17"),
        "{text}"
    );
    passes(&repository);
    let rating = ["amend", "--file", &path, "--rag", "red", "--reason", "x"];
    refused(
        &repository.estate,
        &rating,
        "name the entry whose `rag` is wrong",
    );
}

#[test]
fn of_two_entries_of_a_day_it_asks_which() {
    let repository = committed();
    let police = "updates: Police\nplan: work-plan\ndate: 2018-04-17\nby: police\nentries:\n  - {action: 1.1.1, note: Seen.}\n";
    repository.estate.write("tscb/updates/police.yaml", police);
    let both = ["amend", "1.1.1", "--date", "2018-04-17", "--note", "Heard."];
    refused(
        &repository.estate,
        &both,
        "several entries are meant; say which with --by, or --file PATH:LINE",
    );
    done(&repository.run(&[&both[..], &["--by", "police"]].concat()));
    assert_eq!(
        repository.estate.read("tscb/updates/police.yaml"),
        police.replace("Seen", "Heard")
    );
    assert_eq!(repository.estate.read(FILE), RETURN);
}

/// Two entries of one day, one group and one file are told apart by their lines, as the message gives them.
#[test]
fn an_entry_can_be_named_by_its_line() {
    let estate = Estate::of(&files());
    let text = RETURN.to_owned() + "  - {action: 1.1.1, note: Seen.}\n";
    estate.write(FILE, &text);
    let both = ["amend", "1.1.1", "--date", "2018-04-17", "--note", "Heard."];
    refused(
        &estate,
        &both,
        &format!("17 Apr 2018 by vemt (plans/{FILE}:14)"),
    );
    let line = |line: usize| format!("plans/{FILE}:{line}");
    done(&estate.run(&["amend", "--file", &line(14), "--note", "Heard."]));
    assert_eq!(estate.read(FILE), text.replace("Seen", "Heard"));
    let elsewhere = ["amend", "--file", &line(8), "--note", "x"];
    refused(&estate, &elsewhere, "there is no such entry");
}

#[test]
fn what_cannot_be_right_is_refused_and_changes_nothing() {
    let repository = committed();
    let estate = &repository.estate;
    let entry = ["amend", "1.1.1", "--date", "2018-04-17", "--reason", "x"];
    for (more, words) in [
        (
            &["--rag", "purple"][..],
            "the ratings are red, amber, green, blue",
        ),
        (&["--timescale", "soonish"], "soonish"),
        (&["--new-action", "9.9.9"], "9.9.9"),
        (
            &["--timescale", "June 2018"],
            "error[change-without-reason]",
        ),
        (&["--clear", "colour"], "an entry has no field `colour`"),
        (&["--rag", "amber"], "the entry says this already"),
        (
            &["--delete", "--rag", "red"],
            "--delete takes the whole entry out",
        ),
        (&[], "there is nothing to correct"),
    ] {
        refused(estate, &[&entry[..], more].concat(), words);
    }
    refused(estate, &["amend"], "say which entry it is");
    refused(
        estate,
        &["amend", "1.1.1", "--rag", "red"],
        "name the day of the entry with --date",
    );
    refused(
        estate,
        &["amend", "2.1", "--date", "2018-04-17", "--rag", "red"],
        "there is no such entry",
    );
}

#[test]
fn on_a_terminal_the_difference_is_shown_and_asked_about() {
    let estate = Estate::of(&files());
    let entry = ["amend", "1.1.3", "--date", "2018-04-17", "--clear", "done"];
    let expected = RETURN.split_once("    done: |-").unwrap().0;
    for (answer, is_written) in [("n\n", false), ("\n", false), ("y\n", true)] {
        let said = run_with(estate.dir.path(), &entry, None, Some(answer));
        done(&said);
        assert!(said.err.contains("-      Two sessions.\n"), "{}", said.err);
        assert!(said.err.contains("write this? [y/N]"), "{}", said.err);
        assert_eq!(said.err.contains("nothing was changed"), !is_written);
        let text = estate.read(FILE);
        if is_written {
            assert!(
                text.starts_with(expected) && !text.contains("Two sessions"),
                "{text}"
            );
        } else {
            assert_eq!(text, RETURN);
        }
    }
    let before = texts(&estate);
    let shown = estate.run(&[
        "amend",
        "1.1.1",
        "--date",
        "2018-04-17",
        "--delete",
        "--dry-run",
    ]);
    assert!(
        done(&shown).starts_with("--- a/plans/tscb/updates"),
        "{shown:?}"
    );
    assert_eq!(texts(&estate), before);
}
