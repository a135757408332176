//! The rules: one file each, one row each in [`RULES`], and one gate that all findings pass.

mod action_removed;
mod allowance;
mod bad_allowance;
mod baseline_changed;
mod change_without_reason;
mod changes;
mod circular;
mod complete_without_evidence;
mod conditional_timescale;
mod conflicting_updates;
mod cut_off_text;
mod cycle_complete;
mod due_after_period;
mod duplicate_id;
mod duplicate_key;
#[cfg(test)]
mod example;
mod figures;
mod future_update;
mod hidden_characters;
mod id_reused;
mod impossible_dates;
mod indicator_without_data;
mod milestone_conflict;
mod missing_field;
mod no_evidence_planned;
mod no_owner;
mod no_timescale;
mod not_adopted;
mod not_agreed;
mod numbering_gap;
mod open_ended;
mod over_rated;
mod possible_personal_data;
mod relied_on;
mod repeated_text;
mod shared_change;
mod similar_names;
mod swallowed_field;
mod syntax;
mod too_large;
mod unasked_refusal;
mod unknown_action;
mod unknown_field;
mod unknown_group;
mod unknown_indicator;
mod unknown_plan;
mod unknown_review;
mod unknown_thread;
mod unplanned_evidence;
mod unreadable_data;
mod unreadable_date;
mod unreadable_timescale;
mod unsafe_path;
mod unused_group;
mod update_after_closure;
mod update_backdated;
mod update_rewritten;
mod wrong_type;
mod wrong_weekday;

use crate::calendar::Day;
use crate::estate::Reading;
use crate::finding::{Finding, Placed, Severity, suggest};
use crate::plan::{Action, Board, Plan};
use crate::source::{FileId, Sources, Span};
use crate::standing::{BoardStanding, PlanEntries, Standing, account, judge};

pub use baseline_changed::board_gone;
pub use changes::{BoardBefore, RULES as RULES_ABOUT_CHANGES};
pub use unknown_group::named as named_groups;

use changes::SinceRevision;

/// A rule, with the words that explain it.
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub summary: &'static str,
    /// Why it matters to a board.
    pub why: &'static str,
    /// Files that break it, and the same files mended. Each begins with a line `=== PATH`; a
    /// `board.yaml` and a `plan.yaml` that an example leaves out hold what is usual. Those of a rule
    /// about changes end in ` as it was` where they are the files of the revision.
    pub bad: &'static str,
    pub good: &'static str,
    /// Looks for it in a board. Rules that the reader finds by itself have none.
    pub check: Option<fn(&Context, &mut Vec<Finding>)>,
}

/// All rules, in the order in which they are listed.
pub static RULES: &[&Rule] = &[
    &syntax::RULE,
    &too_large::RULE,
    &unknown_field::RULE,
    &missing_field::RULE,
    &wrong_type::RULE,
    &duplicate_key::RULE,
    &duplicate_id::RULE,
    &unknown_plan::RULE,
    &unknown_action::RULE,
    &unknown_group::RULE,
    &unknown_indicator::RULE,
    &unknown_thread::RULE,
    &unreadable_timescale::RULE,
    &unreadable_date::RULE,
    &future_update::RULE,
    &conflicting_updates::RULE,
    &shared_change::RULE,
    &circular::RULE,
    &impossible_dates::RULE,
    &unreadable_data::RULE,
    &change_without_reason::RULE,
    &milestone_conflict::RULE,
    &unsafe_path::RULE,
    &baseline_changed::RULE,
    &action_removed::RULE,
    &update_rewritten::RULE,
    &id_reused::RULE,
    &no_owner::RULE,
    &no_timescale::RULE,
    &open_ended::RULE,
    &due_after_period::RULE,
    &numbering_gap::RULE,
    &repeated_text::RULE,
    &similar_names::RULE,
    &unused_group::RULE,
    &update_after_closure::RULE,
    &unplanned_evidence::RULE,
    &complete_without_evidence::RULE,
    &not_agreed::RULE,
    &unasked_refusal::RULE,
    &unknown_review::RULE,
    &cycle_complete::RULE,
    &not_adopted::RULE,
    &update_backdated::RULE,
    &over_rated::RULE,
    &no_evidence_planned::RULE,
    &indicator_without_data::RULE,
    &conditional_timescale::RULE,
    &wrong_weekday::RULE,
    &possible_personal_data::RULE,
    &hidden_characters::RULE,
    &cut_off_text::RULE,
    &swallowed_field::RULE,
    &bad_allowance::RULE,
];

/// Rules whose severity a board cannot set: what they find leaves the answer incomplete.
pub const FIXED: [&str; 2] = ["syntax", "too-large"];

/// What a rule looks at.
pub struct Context<'r> {
    pub board: &'r Board,
    sources: &'r Sources,
    comments: &'r [Span],
    /// The day asked: entries after it are in the future.
    pub day: Day,
    /// How the board stands on that day.
    standing: BoardStanding<'r>,
    /// What the entries amount to, by plan.
    pub accounts: Vec<PlanEntries>,
    /// What changed since a revision, where one is named.
    since: Option<SinceRevision<'r>>,
}

impl<'r> Context<'r> {
    fn for_board(reading: &'r Reading, day: Day, before: Option<BoardBefore<'r>>) -> Context<'r> {
        let board = &reading.board;
        Context {
            board,
            sources: &reading.sources,
            comments: &reading.comments,
            day,
            standing: judge(board, day),
            accounts: account(board),
            since: before.map(|before| SinceRevision::between(before, reading, day)),
        }
    }

    /// Every action that exists on the day, with its standing.
    pub fn standings(&self) -> impl Iterator<Item = (&'r Action, &Standing<'r>)> {
        let plans = self.board.plans.iter().zip(&self.standing.plans);
        plans.flat_map(|(plan, standing)| {
            let actions = plan.actions.iter().zip(&standing.actions);
            actions.filter_map(|(action, standing)| Some((action, standing.as_ref()?)))
        })
    }

    /// What a file holds in a place, as written.
    fn written(&self, at: Span) -> &'r str {
        let text = &self.sources.get(at.file).text;
        text.get(at.start as usize..at.end as usize)
            .unwrap_or_default()
    }

    /// Whether something stands before a place on its line.
    fn has_text_before(&self, at: Span) -> bool {
        let before = &self.sources.get(at.file).text[..at.start as usize];
        // From the place back: a line may be as long as the file.
        let kept = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
        !kept.is_empty() && !kept.ends_with('\n')
    }

    /// The text of every YAML file of the board that could be read.
    pub fn texts(&self) -> impl Iterator<Item = (FileId, &'r str)> {
        let files = self.sources.iter();
        files
            .filter(|(_, source)| !source.key.ends_with(".csv"))
            .map(|(file, source)| (file, source.text.as_str()))
    }
}

/// Checks a board against every rule; findings come in the order of their files and lines.
pub fn check(reading: &Reading, day: Day) -> Vec<Placed> {
    check_since(reading, day, None)
}

/// The same, with the rules about changes if an earlier state of the board is given.
pub fn check_since(reading: &Reading, day: Day, before: Option<BoardBefore>) -> Vec<Placed> {
    let context = Context::for_board(reading, day, before);
    let mut findings = reading.findings.clone();
    for rule in RULES {
        if let Some(check) = rule.check {
            check(&context, &mut findings);
        }
    }
    check_severities(context.board, &mut findings);
    gate(reading, findings, context.since.as_ref())
}

/// The one gate: what a board turned off goes, what it allows passes, the rest gets its severity
/// and its place.
fn gate(
    reading: &Reading,
    mut findings: Vec<Finding>,
    since: Option<&SinceRevision>,
) -> Vec<Placed> {
    in_order(reading, &mut findings);
    // What a file gives once for all its entries is looked at with each of them, and named once.
    findings.dedup_by(|a, b| a.rule == b.rule && a.at == b.at && a.message == b.message);
    let mut findings = allowance::apply(reading, findings, since);
    // Those about the allowances themselves have come in last.
    in_order(reading, &mut findings);
    let sources = &reading.sources;
    let placed = findings.into_iter().filter_map(|finding| {
        // A board cannot turn a rule about changes off by the very change.
        let board = match since.filter(|_| changes::RULES.contains(&finding.rule)) {
            Some(since) => &since.before.board,
            None => &reading.board,
        };
        Some(Placed {
            rule: finding.rule,
            severity: severity(board, finding.rule)?,
            message: finding.message,
            help: finding.help,
            place: sources.place(finding.at),
            related: (finding.related.into_iter())
                .map(|(at, label)| (sources.place(at), label))
                .collect(),
            fix: finding.fix,
            changed: finding.changed,
        })
    });
    placed.collect()
}

/// Puts findings in the order of their files and places.
fn in_order(reading: &Reading, findings: &mut [Finding]) {
    // Files by the order of their paths, so that these are not compared again for each finding.
    let mut files: Vec<FileId> = reading.sources.iter().map(|(file, _)| file).collect();
    files.sort_by_key(|&file| &reading.sources.get(file).path);
    let mut rank = vec![0; files.len()];
    for (order, file) in files.into_iter().enumerate() {
        rank[file.0 as usize] = order;
    }
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| {
            let at = finding.at;
            (rank[at.file.0 as usize], at.start, at.end, finding.rule)
        };
        (place(a).cmp(&place(b))).then_with(|| a.message.cmp(&b.message))
    });
}

/// A rule by its name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}

/// Names each action of a plan that lacks something; where all lack it, the plan once.
fn each_or_all(
    rule: &Rule,
    plan: &Plan,
    lacks: impl Fn(&Action) -> bool,
    what: &str,
    help: &str,
    findings: &mut Vec<Finding>,
) {
    let lacking: Vec<&Action> = plan.actions.iter().filter(|action| lacks(action)).collect();
    if lacking.len() > 1 && lacking.len() == plan.actions.len() {
        let message = format!("each of the plan's {} actions {what}", lacking.len());
        findings.push(Finding::new(rule.name, plan.at, message).help(help));
        return;
    }
    findings.extend(lacking.into_iter().map(|action| {
        let message = format!("action {} {what}", action.id);
        Finding::new(rule.name, action.id.at, message).help(help)
    }));
}

/// How much a rule's findings matter to a board; none where the board turned it off.
fn severity(board: &Board, name: &str) -> Option<Severity> {
    let set = board
        .severities
        .iter()
        .find(|(rule, _)| rule.as_str() == name);
    match set {
        Some(&(_, severity)) if !FIXED.contains(&name) => severity,
        _ => Some(rule(name).map_or(Severity::Error, |rule| rule.severity)),
    }
}

/// Finds settings of severities that name no rule, or one that cannot be set.
fn check_severities(board: &Board, findings: &mut Vec<Finding>) {
    for (name, _) in &board.severities {
        if FIXED.contains(&name.as_str()) {
            let message = format!("the severity of `{name}` cannot be set");
            let help = "delete the line: a file that cannot be read makes every figure doubtful";
            findings.push(Finding::new("wrong-type", name.at, message).help(help));
        } else if rule(name).is_none() {
            let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
            let message = format!("there is no rule `{name}`");
            findings.push(
                Finding::new("unknown-field", name.at, message)
                    .help(suggest(name, &names, "rules")),
            );
        }
    }
}

#[cfg(test)]
mod tests;
