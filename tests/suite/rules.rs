//! Every rule, seen to fire and to stay silent on plans beyond its own examples: with inherited
//! fields, milestones, and two plans of one board.

use crate::support::Estate;

const BOARD: &str = "\
board: Testshire Board
short: TB
groups:
  vemt: {name: VEMT Subgroup, aka: [VEMT Chairs and members]}
  police: {name: Police}
meetings:
  board: [2018-03-06, 2018-06-05]
";

/// The plan of the tests: 1.1 inherits all, 1.2 gives its own, 2.1 has milestones.
const PLAN: &str = "\
plan: Testshire Plan
period: 2017-19
adopted: 2017-04-10
threads: {voice: The voice of the child}
indicators:
  - {id: I1, better: lower, target: 8, data: i1.csv}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report, {title: Audit, link: evidence/audit.pdf}]
    objectives:
      - id: 1.1
        title: Reduce it
        timescale: June 2018
        threads: [voice]
        actions:
          - {id: 1.1.1, impact: Staff are trained}
          - {id: 1.1.2, impact: Guidance is published, timescale: September 2018, owners: [police]}
  - id: 2
    title: Leadership
    owners: [vemt]
    evidence: [Minutes]
    actions:
      - id: 2.1
        action: Publish the arrangements
        indicator: I1
        milestones:
          - {id: 2.1a, timescale: 29 June 2018}
          - {id: 2.1b, timescale: 29 September 2018}
";

/// A second plan of the board that uses the same numbers again.
const NEXT: &str = "\
plan: Testshire Plan, the next
period: 2019-20
adopted: 2019-04-02
priorities:
  - id: 1
    title: Neglect
    owners: [police]
    evidence: [Report]
    actions:
      - {id: 1.1.1, action: Train more staff, timescale: June 2019, from: \"plan#1.1.1\"}
";

const DATA: &str = "indicator,period,value,reported\nI1,2017-18 Q1,9,2017-07-20\nI1,2017-18 Q2,,\n";

/// An updates file about the first plan with these entries.
fn updates(entries: &str) -> String {
    format!("updates: Return\nplan: plan\ndate: 2018-04-16\nby: vemt\nentries:\n{entries}")
}

/// The rules that fire on the board with some of its files in other words, as of 1 May 2018.
fn rules(changed: &[(&str, &str)]) -> Vec<String> {
    let files = [
        ("t/board.yaml", BOARD),
        ("t/plan.yaml", PLAN),
        ("t/next.yaml", NEXT),
        ("t/i1.csv", DATA),
    ];
    let estate = Estate::of(&files);
    for (path, text) in changed {
        estate.write(&format!("t/{path}"), text);
    }
    let found = estate.findings("2018-05-01");
    found.into_iter().map(|(rule, _, _)| rule).collect()
}

/// The rules that fire on these entries.
fn on(entries: &str) -> Vec<String> {
    rules(&[("u.yaml", &updates(entries))])
}

/// The rules that fire where some words of the plan are others.
fn with(from: &str, to: &str) -> Vec<String> {
    assert!(PLAN.contains(from), "{from}");
    rules(&[("plan.yaml", &PLAN.replacen(from, to, 1))])
}

fn next(from: &str, to: &str) -> Vec<String> {
    assert!(NEXT.contains(from), "{from}");
    rules(&[("next.yaml", &NEXT.replacen(from, to, 1))])
}

#[test]
fn nothing_fires_on_the_plans_as_they_are() {
    assert_eq!(rules(&[]), [""; 0]);
}

#[test]
fn each_rule_fires_on_its_mistake_alone() {
    let second = |entries: &str| {
        format!("updates: R\nplan: next\ndate: 2018-04-16\nby: police\nentries:\n{entries}")
    };
    let cases: Vec<(&str, Vec<String>)> = vec![
        (
            "unknown-field",
            with(
                "timescale: June 2018",
                "timescales: June 2018\n        timescale: June 2018",
            ),
        ),
        ("missing-field", with("    title: Leadership\n", "")),
        ("missing-field", on("  - {rag: red}\n")),
        ("missing-field", on("  - {action: [], rag: red}\n")),
        ("wrong-type", on("  - {action: 2.1a, status: done}\n")),
        ("wrong-type", next("\"plan#1.1.1\"", "plan")),
        (
            "duplicate-key",
            with(
                "    title: Leadership\n",
                "    title: Leadership\n    title: Again\n",
            ),
        ),
        ("duplicate-id", with("id: 2.1a", "id: 1.1.1")),
        ("unknown-plan", next("plan#1.1.1", "plam#1.1.1")),
        ("unknown-action", next("plan#1.1.1", "plan#1.1.9")),
        ("unknown-action", on("  - {action: 2.1c, rag: red}\n")),
        ("unknown-action", on("  - {objective: 1.2, rag: red}\n")),
        (
            "unknown-action",
            rules(&[("u.yaml", &second("  - {action: 2.1, rag: red}\n"))]),
        ),
        (
            "unknown-group",
            with("owners: [police]", "owners: [polcie]"),
        ),
        (
            "unknown-group",
            on("  - {action: 1.1.1, rag: red, escalate: chair}\n"),
        ),
        ("unknown-indicator", with("indicator: I1", "indicator: I2")),
        (
            "unknown-thread",
            with("threads: [voice]", "threads: [voice, vioce]"),
        ),
        ("unreadable-timescale", with("29 June 2018", "29 Juin 2018")),
        (
            "unreadable-date",
            with("adopted: 2017-04-10", "adopted: 10 April 2017"),
        ),
        (
            "future-update",
            on("  - {action: 1.1.1, rag: red, date: 2018-05-02}\n"),
        ),
        (
            "conflicting-updates",
            on("  - {action: 1.1.1, rag: red}\n  - {objective: 1.1, rag: amber}\n"),
        ),
        (
            "conflicting-updates",
            on("  - {action: 2.1a, rag: blue, status: in progress, evidence: [Minutes]}\n"),
        ),
        (
            "shared-change",
            on("  - {objective: 1.1, timescale: May 2018}\n"),
        ),
        (
            "shared-change",
            on("  - {action: [1.1.1, 2.1a], rag: blue}\n"),
        ),
        (
            "unreadable-data",
            rules(&[(
                "i1.csv",
                "indicator,period,value\nI1,2017-18 Q9,4\nI1,2017-18,7\n",
            )]),
        ),
        (
            "change-without-reason",
            on("  - {action: 2.1b, timescale: May 2018, agreed: board}\n"),
        ),
        (
            "change-without-reason",
            on("  - {action: 1.1.1, status: paused, agreed: board}\n"),
        ),
        (
            "milestone-conflict",
            with(
                "        indicator: I1\n",
                "        indicator: I1\n        timescale: June 2018\n",
            ),
        ),
        (
            "milestone-conflict",
            on("  - {action: 2.1, status: complete, evidence: [Minutes]}\n"),
        ),
        ("unsafe-path", with("evidence/audit.pdf", "../../audit.pdf")),
        (
            "unsafe-path",
            with("evidence/audit.pdf", "\"file:///etc/passwd\""),
        ),
        (
            "unsafe-path",
            with("evidence/audit.pdf", "\"ms-word:ofe|u|//host/audit.docx\""),
        ),
        (
            "no-owner",
            with(
                "    owners: [vemt]\n    evidence: [Minutes]\n",
                "    evidence: [Minutes]\n",
            ),
        ),
        ("no-timescale", next(", timescale: June 2019", "")),
        (
            "open-ended",
            with("timescale: September 2018", "timescale: Ongoing"),
        ),
        (
            "due-after-period",
            with("29 September 2018", "29 September 2019"),
        ),
        ("numbering-gap", with("id: 1.1.2", "id: 1.1.3")),
        (
            "repeated-text",
            with("Guidance is published", "Staff are  Trained"),
        ),
        ("similar-names", with("[Minutes]", "[Minutes, VEMT Reprot]")),
        (
            "unused-group",
            rules(&[(
                "board.yaml",
                &BOARD.replace("  police:", "  health: {name: Health}\n  police:"),
            )]),
        ),
        (
            "update-after-closure",
            on(
                "  - {action: 1.1.1, status: complete, date: 2018-04-10, evidence: [Audit]}\n  - {action: 1.1.1, rag: red}\n",
            ),
        ),
        (
            "unplanned-evidence",
            on("  - {action: 1.1.2, evidence: [Minutes]}\n"),
        ),
        (
            "complete-without-evidence",
            on("  - {action: 1.1.1, status: complete}\n"),
        ),
        (
            "not-agreed",
            on("  - {action: 2.1a, timescale: July 2018, reason: Late}\n"),
        ),
        (
            "not-agreed",
            on("  - {action: 1.1.1, status: withdrawn, reason: Done elsewhere}\n"),
        ),
        ("not-adopted", next("adopted: 2019-04-02\n", "")),
        // Due on 31 March and reported green since.
        (
            "over-rated",
            rules(&[
                (
                    "plan.yaml",
                    &PLAN.replace("timescale: June 2018", "timescale: March 2018"),
                ),
                ("u.yaml", &updates("  - {action: 1.1.1, rag: green}\n")),
            ]),
        ),
        ("no-evidence-planned", with("    evidence: [Minutes]\n", "")),
        (
            "indicator-without-data",
            rules(&[("i1.csv", "indicator,period,value\n")]),
        ),
        (
            "conditional-timescale",
            with(
                "timescale: September 2018",
                "timescale: September 2018 (funding permitting)",
            ),
        ),
        (
            "possible-personal-data",
            on(
                "  - {action: 1.1.1, done: \"Spoke to the family at 4 Mill Lane, Testshire AB1 2CD\"}\n",
            ),
        ),
        (
            "hidden-characters",
            on("  - {action: 1.1.1, done: \"Do\\u200bne\"}\n"),
        ),
        (
            "cut-off-text",
            with("    title: Leadership\n", "    title: Leadership #2\n"),
        ),
        (
            "swallowed-field",
            on("  - action: 1.1.1\n    done: Trained,\n      next: an audit\n")
                .into_iter()
                .chain(on(
                    "  - action: 1.1.1\n    done: |\n      Trained\n      rag: green\n",
                ))
                .filter(|r| r != "syntax")
                .collect(),
        ),
        (
            "swallowed-field",
            with(
                "evidence: [Minutes]",
                "evidence:\n      -Minutes\n      -Annual Report",
            ),
        ),
        (
            "swallowed-field",
            with(
                "evidence: [Minutes]",
                "evidence:\n      – Minutes\n      – Annual Report",
            ),
        ),
        (
            "bad-allowance",
            with(
                "    title: Leadership\n",
                "    title: Leadership # plan: allow no-owner: why\n",
            ),
        ),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(rule, found)| found != &[*rule])
        .map(|(rule, found)| format!("{rule}: {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_stay_silent_where_there_is_nothing_to_say() {
    for (rule, found) in [
        // A closed action may get evidence and a word on its impact.
        (
            "update-after-closure",
            on(
                "  - {action: 1.1.1, status: complete, date: 2018-04-10, evidence: [Audit]}\n  - {action: 1.1.1, impact: Staff know}\n",
            ),
        ),
        // Opening it again is no report after closure.
        (
            "update-after-closure",
            on(
                "  - {action: 1.1.1, status: complete, date: 2018-04-10, evidence: [Audit]}\n  - {action: 1.1.1, rag: amber, status: in progress}\n",
            ),
        ),
        // Two milestones of one action may be rated apart.
        (
            "conflicting-updates",
            on("  - {action: 2.1a, rag: red}\n  - {action: 2.1b, rag: green}\n"),
        ),
        (
            "conflicting-updates",
            on(
                "  - {action: 1.1.1, rag: red, date: 2018-04-10}\n  - {action: 1.1.1, rag: green}\n",
            ),
        ),
        // The same words twice are no disagreement.
        (
            "conflicting-updates",
            on("  - {action: 1.1.1, rag: red}\n  - {objective: 1.1, rag: red}\n"),
        ),
        (
            "shared-change",
            on("  - {action: [1.1.1], timescale: May 2018, reason: Sooner, agreed: board}\n"),
        ),
        (
            "shared-change",
            on("  - {objective: 1.1, status: in progress}\n"),
        ),
        // Agreed later: no longer waiting.
        (
            "not-agreed",
            on(
                "  - {action: 2.1a, timescale: July 2018, reason: Late, date: 2018-04-10}\n  - {action: 2.1a, timescale: July 2018, reason: Late, agreed: board}\n",
            ),
        ),
        // Asked for by its name or by another spelling of it, evidence is the same.
        (
            "unplanned-evidence",
            on("  - {action: 1.1.2, evidence: [vemt  report]}\n"),
        ),
        // An entry about several actions may bring what any of them promises.
        (
            "unplanned-evidence",
            on("  - {action: [1.1.1, 2.1], evidence: [Minutes, Audit]}\n"),
        ),
        (
            "milestone-conflict",
            on(
                "  - {action: 2.1a, status: complete, evidence: [Minutes]}\n  - {action: 2.1b, status: complete}\n  - {action: 2.1, status: complete}\n",
            ),
        ),
        (
            "no-owner",
            with(
                "    owners: [vemt]\n    evidence: [Minutes]\n",
                "    lead: vemt\n    evidence: [Minutes]\n",
            ),
        ),
        (
            "open-ended",
            with(
                "timescale: September 2018",
                "timescale: Ongoing - quarterly",
            ),
        ),
        ("numbering-gap", with("id: 1.1.2", "id: 1.1.1a")),
        (
            "repeated-text",
            next("Train more staff", "Publish the arrangements"),
        ),
        (
            "similar-names",
            with(
                "[Minutes]",
                "[Minutes, LA, LA / Police, Q1 Report, Q2 Report, Reports]",
            ),
        ),
        ("duplicate-id", next("id: 1\n", "id: 2\n")),
        (
            "due-after-period",
            with("29 September 2018", "31 March 2019"),
        ),
        (
            "cut-off-text",
            with(
                "    title: Leadership\n",
                "    title: Leadership # in two parts\n",
            ),
        ),
        (
            "swallowed-field",
            on(
                "  - action: 1.1.1\n    done: |\n      Trained.\n      Next: an audit; rag unchanged\n",
            ),
        ),
        (
            "possible-personal-data",
            on(
                "  - {action: 1.1.1, done: \"12 of 40 files, 2017-04-01 to 2018-03-31, call 01429 284284\"}\n",
            ),
        ),
        (
            "bad-allowance",
            with("timescale: September 2018,", "timescale: Ongoing,")
                .into_iter()
                .filter(|r| r == "bad-allowance")
                .collect(),
        ),
    ] {
        assert!(!found.iter().any(|name| name == rule), "{rule}: {found:?}");
    }
}
