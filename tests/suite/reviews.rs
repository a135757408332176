//! The register of reviews: read, held against what actions' sources name, and known to editors.

use crate::support::Estate;

const BOARD: &str = "\
board: Testshire Adults Board
groups:
  vemt: {name: VEMT Subgroup}
";

const PLAN: &str = "\
plan: Testshire Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Learning
    owners: [vemt]
    evidence: [Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: June 2018, source: {review: SAR-2017-01, recommendation: F1}}
      - {id: 1.2, action: Share letters, timescale: June 2018, source: {review: SAR-2017-01, recommendation: Letters are shared}}
";

const REVIEWS: &str = "\
reviews: Reviews and their findings
entries:
  - review: SAR-2017-01
    title: Adult A
    kind: safeguarding adults review
    commissioned: 2017-06-03
    concluded: 2018-02-14
    link: reviews/sar-2017-01.pdf
    findings:
      - {id: F1, text: Staff did not know the thresholds., decision: accepted}
      - {id: F2, text: Letters were not shared., decision: Not accepted, reason: They are., decided: 2018-03-06}
  - {review: AUDIT-3, kind: audit, commissioned: 2018-04-01}
";

/// The findings of a board with this plan and this register: line, rule, message and help.
fn findings(plan: &str, reviews: &str) -> Vec<String> {
    let estate = Estate::of(&[
        ("b/board.yaml", BOARD),
        ("b/plan.yaml", plan),
        ("b/reviews.yaml", reviews),
    ]);
    let answer = estate.json(&["validate"]);
    let findings = answer["findings"].as_array().expect("findings").iter();
    findings
        .map(|f| {
            let word = |name: &str| f[name].as_str().unwrap_or_default().to_owned();
            let (rule, message, help) = (word("rule"), word("message"), word("help"));
            format!("{}:{} {rule}: {message}; {help}", f["line"], f["column"])
        })
        .collect()
}

#[test]
fn a_register_is_read_and_sources_that_it_has_are_no_findings() {
    assert_eq!(findings(PLAN, REVIEWS), [""; 0]);
}

#[test]
fn a_source_that_the_register_lacks_is_named_with_what_was_meant() {
    let plan = PLAN
        .replace(
            "{review: SAR-2017-01, recommendation: F1}",
            "{review: SAR-2017-1, recommendation: F1}",
        )
        .replace("recommendation: Letters are shared", "recommendation: F3");
    assert_eq!(
        findings(&plan, REVIEWS),
        [
            "10:79 unknown-review: the register has no review `SAR-2017-1`; did you mean \
             `SAR-2017-01`?",
            "11:110 unknown-review: the review SAR-2017-01 has no finding `F3`; did you mean `F1`?",
        ]
    );
}

#[test]
fn where_no_register_is_kept_a_source_is_words() {
    let estate = Estate::of(&[("b/board.yaml", BOARD), ("b/plan.yaml", PLAN)]);
    assert_eq!(estate.findings("2018-05-01"), []);
}

#[test]
fn a_review_twice_a_finding_twice_and_dates_the_wrong_way_round_are_found() {
    let reviews = REVIEWS
        .replace("id: F2", "id: F1")
        .replace("2018-02-14", "2017-02-14")
        + "  - {review: SAR-2017-01, title: Again}\n";
    assert_eq!(
        findings(PLAN, &reviews),
        [
            "7:16 impossible-dates: the review SAR-2017-01 ended before it was commissioned, on 3 June \
             2017; correct the day that is wrong",
            "11:14 duplicate-id: two findings have the id `F1`; give one of them another id; reports \
             about it count for the first",
            "13:14 duplicate-id: two reviews have the id `SAR-2017-01`; give one of them another id; \
             reports about it count for the first",
        ]
    );
}

#[test]
fn what_is_not_accepted_says_why_and_words_of_decisions_are_few() {
    let reviews = REVIEWS
        .replace(", reason: They are.", "")
        .replace("decision: accepted", "decision: acepted");
    assert_eq!(
        findings(PLAN, &reviews),
        [
            "10:70 wrong-type: \"acepted\" is not a decision; did you mean `accepted`?",
            "11:60 missing-field: a finding is not accepted, and no reason is given; write `reason: …`: \
             the annual report has to give it",
        ]
    );
}

#[test]
fn a_link_that_leads_out_of_the_estate_is_not_followed() {
    let reviews = REVIEWS.replace("reviews/sar", "../../sar");
    let found = findings(PLAN, &reviews);
    assert!(found[0].starts_with("8:11 unsafe-path"), "{found:?}");
}
