//! What an annual report may say of a year: each aspect drawn from the plan and its entries, with a
//! plain sentence where there is nothing to draw on.

use super::super::counts::Counts;
use super::super::framework::Aspect;
use super::super::indicators::IndicatorFacts;
use super::reviews::{self, ReviewKind};
use super::whole::{carried_forward, challenge, complete, groups, members};
use super::{AspectPart, EntryPoint, ReportYear, titled};
use crate::plan::{Entry, Rag, Status, Text};
use crate::select::Row;
use crate::words::{counted, listed};

impl Aspect {
    pub(super) fn title(self, year: &ReportYear) -> String {
        let title = match self {
            Aspect::SetOut => "What we set out to do",
            Aspect::Standing if year.has_ended() => "How the plan stood at the end of the year",
            Aspect::Standing => return format!("How the plan stands {}", year.at_its_end()),
            Aspect::Done => "What we did",
            Aspect::Impact => "What difference it made",
            Aspect::Voice => return format!("What {} said", year.brief.board().people()),
            Aspect::LittleProgress => "Little or no progress, and why",
            Aspect::Next => "What comes next",
            Aspect::CarriedForward => "Carried forward",
            Aspect::Members => "What each member contributed",
            Aspect::Findings => "Findings of reviews that ended in the year",
            Aspect::GoingOn if year.has_ended() => "Reviews that had not ended",
            Aspect::GoingOn => "Reviews that have not ended",
            Aspect::Reviews => "Recommendations of reviews, and what answers them",
            Aspect::Audits => "Audits and inspections, and what answers them",
            Aspect::NotImplemented => "Not implemented",
            Aspect::Challenges => "Challenge between partners",
            Aspect::Indicators => "What the figures show",
            Aspect::Complete => "What was completed",
            Aspect::Groups => "Who belongs to the board",
        };
        title.to_owned()
    }

    /// What is said where there is nothing to draw on.
    fn nothing(self, year: &ReportYear) -> String {
        let period = year.span();
        match self {
            Aspect::SetOut | Aspect::Standing => "No action.".into(),
            Aspect::Done => format!("Nothing to draw on: no entry of {period} says what was done."),
            Aspect::Impact => {
                format!("Nothing to draw on: no entry of {period} says what difference was made.")
            }
            Aspect::Voice => format!(
                "Nothing to draw on: no entry of {period} says what {} said.",
                year.brief.board().people()
            ),
            Aspect::LittleProgress => "None that dates and reports show.".into(),
            Aspect::Next => {
                "Nothing to draw on: no open action's last report says what comes next.".into()
            }
            Aspect::CarriedForward => "Nothing was carried forward.".into(),
            Aspect::Members => "The board's file names no agency as a member.".into(),
            Aspect::Indicators => "The plan names no indicator that has data.".into(),
            Aspect::Complete => format!("Nothing was completed in {period}."),
            Aspect::Groups => "The board's file names no group.".into(),
            Aspect::Findings | Aspect::GoingOn if year.brief.board().reviews.is_empty() => {
                let what = if self == Aspect::Findings {
                    "the findings of reviews that ended in the year"
                } else if year.has_ended() {
                    "which reviews had not ended by the end of the year"
                } else {
                    "which reviews have not ended"
                };
                format!(
                    "Not in the plan, for the author to write: {what}. The board keeps no register of reviews."
                )
            }
            Aspect::Findings => format!("No review of the board's register ended in {period}."),
            Aspect::GoingOn => "No review of the board's register was going on.".into(),
            Aspect::Reviews => {
                "Nothing to draw on: no action names the review or recommendation that it answers."
                    .into()
            }
            Aspect::Audits => "No action names an audit or an inspection that it answers.".into(),
            Aspect::NotImplemented => {
                format!(
                    "No finding was turned down in {period}, and nothing planned for one withdrawn."
                )
            }
            Aspect::Challenges => format!("No challenge was raised or closed in {period}."),
        }
    }

    /// The aspect's parts under its own title, where a section has several aspects.
    pub(super) fn titled_parts(self, year: &ReportYear, titled: bool) -> Vec<AspectPart> {
        let mut parts = self.parts(year);
        for part in parts.iter_mut().filter(|_| titled) {
            part.aspect = Some(self.title(year));
        }
        parts
    }

    /// The aspect of a whole year: by priority, by group or by review.
    pub(super) fn parts(self, year: &ReportYear) -> Vec<AspectPart> {
        let parts: Vec<AspectPart> = match self {
            Aspect::Members => vec![members(year)],
            Aspect::Groups => vec![groups(year)],
            Aspect::Complete => vec![complete(year)],
            Aspect::Findings => reviews::findings(year),
            Aspect::GoingOn => vec![reviews::going_on(year)],
            Aspect::Reviews => reviews::answered(year, ReviewKind::Practice),
            Aspect::Audits => reviews::answered(year, ReviewKind::Audit),
            Aspect::NotImplemented => vec![reviews::not_implemented(year)],
            Aspect::Challenges => vec![challenge(year)],
            Aspect::CarriedForward => vec![carried_forward(year)],
            Aspect::Standing => vec![standings(year)],
            Aspect::Next => vec![next_of_all(year)],
            _ => return self.by_priority(year),
        };
        if parts.iter().all(AspectPart::is_empty) {
            vec![AspectPart::default().or(&self.nothing(year))]
        } else {
            parts
        }
    }

    /// A part for each priority; those with nothing to draw on are named together.
    fn by_priority(self, year: &ReportYear) -> Vec<AspectPart> {
        let parts = year.priorities().map(|(plan, priority)| AspectPart {
            title: year.heading(plan, priority),
            ..self.of_priority(year, plan, priority)
        });
        let (empty, mut parts): (Vec<AspectPart>, Vec<AspectPart>) =
            parts.partition(AspectPart::is_empty);
        if self == Aspect::LittleProgress {
            let figures = AspectPart {
                title: "Figures that measure no action".into(),
                sentences: year.index.red_by_themselves().collect(),
                ..AspectPart::default()
            };
            parts.extend((!figures.is_empty()).then_some(figures));
        }
        if parts.is_empty() {
            return vec![AspectPart::default().or(&self.nothing(year))];
        }
        let names: Vec<&str> = empty.iter().map(|part| part.title.as_str()).collect();
        if !names.is_empty() && self != Aspect::LittleProgress {
            parts.push(AspectPart {
                nothing: Some(format!("Nothing to draw on under: {}.", listed(&names))),
                ..AspectPart::default()
            });
        }
        parts
    }

    /// The aspect of one priority of a plan.
    pub(super) fn of_priority(
        self,
        year: &ReportYear,
        plan: usize,
        priority: Option<usize>,
    ) -> AspectPart {
        let rows = year.rows(plan, priority);
        let points = |says: fn(&Entry) -> Option<&Text>| AspectPart {
            points: year.points(plan, priority, says),
            ..AspectPart::default()
        };
        let part = match self {
            Aspect::SetOut => set_out(year, plan, priority, rows),
            Aspect::Indicators => AspectPart {
                sentences: measured(year, plan, rows),
                ..AspectPart::default()
            },
            Aspect::Done => AspectPart {
                points: year.last_words(points(|entry| entry.done.as_ref()).points),
                ..AspectPart::default()
            },
            Aspect::Voice => points(|entry| entry.voice.as_ref()),
            Aspect::Impact => impact(year, plan, priority, rows),
            Aspect::LittleProgress => little_progress(year, rows),
            Aspect::Next => next(year, rows),
            _ => AspectPart::default(),
        };
        part.or(&self.nothing(year))
    }
}

fn set_out(year: &ReportYear, plan: usize, priority: Option<usize>, rows: &[Row]) -> AspectPart {
    let plan = year.plans[plan].plan;
    let outcomes = priority.map(|at| &plan.priorities[at].outcomes);
    let outcomes = outcomes.into_iter().flatten();
    let mut sentences: Vec<String> = outcomes.map(|outcome| outcome.value.to_string()).collect();
    let mut last = None;
    for row in rows {
        if let Some(at) = row.action.objective.filter(|at| last != Some(*at)) {
            last = Some(at);
            let objective = &plan.objectives[at];
            let id = objective.id.as_ref().map_or("", |id| id.as_str());
            sentences.push(format!("{id} {}", objective.title).trim().to_owned());
        }
    }
    AspectPart {
        sentences,
        actions: rows.iter().filter_map(|row| year.action(row)).collect(),
        ..AspectPart::default()
    }
}

/// How each priority stood, in a line.
fn standings(year: &ReportYear) -> AspectPart {
    let sentences = year.priorities().map(|(plan, priority)| {
        let rows = year.rows(plan, priority);
        format!("{}: {}", year.heading(plan, priority), standing(year, rows))
    });
    AspectPart {
        sentences: sentences.collect(),
        ..AspectPart::default()
    }
}

/// What comes next, of all priorities.
fn next_of_all(year: &ReportYear) -> AspectPart {
    let priorities = year.priorities();
    let points =
        priorities.flat_map(|(plan, priority)| next(year, year.rows(plan, priority)).points);
    AspectPart {
        points: points.collect(),
        ..AspectPart::default()
    }
}

/// What was said last of the difference that each action made; what stands on the first page is named.
fn impact(year: &ReportYear, plan: usize, priority: Option<usize>, rows: &[Row]) -> AspectPart {
    let says: fn(&Entry) -> Option<&Text> = |entry| entry.impact.as_ref();
    let is_told = |row: &&Row| {
        let mut history = row.standing.history.iter();
        history.any(|at| year.told.contains(at))
    };
    let told: Vec<String> = rows.iter().filter(is_told).map(titled).collect();
    let above = (!told.is_empty()).then(|| format!("On the first page: {}.", listed(&told)));
    let points = year.points(plan, priority, says);
    let points = year.last_words(points).into_iter();
    let stands_above = |point: &EntryPoint| {
        year.told_words
            .contains(&(point.date, point.words.as_str()))
    };
    AspectPart {
        sentences: above.into_iter().collect(),
        points: points.filter(|point| !stands_above(point)).collect(),
        ..AspectPart::default()
    }
}

/// How many actions are what, in a sentence.
fn standing<'b>(year: &ReportYear<'_, 'b>, rows: &[Row<'b>]) -> String {
    let counts = Counts::of(rows.iter().filter_map(|row| year.at_end(row)));
    let parts = [
        (counts.complete, "complete"),
        (counts.in_progress, "in progress"),
        (counts.not_started, "not started"),
        (counts.paused, "paused"),
        (counts.withdrawn, "withdrawn"),
        (counts.carried_forward, "carried forward"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let mut words = format!(
        "of {}, {}. {} overdue. Rated red: {}, amber: {}, green: {}.",
        counted(counts.total, "action"),
        parts.join(", "),
        counts.overdue,
        counts.red,
        counts.amber,
        counts.green
    );
    if let Some(given_up) = year.given_up(rows.iter()) {
        words.push_str(&format!(" {given_up}"));
    }
    words
}

/// The indicators of a priority's actions, each in a sentence.
fn measured(year: &ReportYear, plan: usize, rows: &[Row]) -> Vec<String> {
    let indicators = year.index.measured(plan, rows);
    indicators.filter_map(IndicatorFacts::sentence).collect()
}

/// What is open and late, red, paused, or was not reported on in time; and what was withdrawn or
/// carried forward without being done.
fn little_progress<'b>(year: &ReportYear<'_, 'b>, rows: &[Row<'b>]) -> AspectPart {
    let entries = &year.brief.board().entries;
    let sentence = |row: &Row<'b>| {
        let standing = year.at_end(row)?;
        let silent = !row
            .standing
            .history
            .iter()
            .any(|&at| year.speaks(&entries[at]));
        let open = standing.status.is_open();
        // What went on in the next plan and was on track is no failure.
        let on_track = standing.reported_rag == Some(Rag::Green);
        let given_up = standing.status == Status::Withdrawn
            || standing.status == Status::CarriedForward && !on_track;
        let stuck = standing.overdue
            || standing.unreported
            || standing.rag == Rag::Red
            || standing.status == Status::Paused;
        let no_impact = standing.impact_rag == Some(Rag::Red);
        // What is to begin only later is no lack of progress.
        let no_progress = open && !standing.not_begun && (stuck || silent);
        if !(given_up || no_impact || no_progress) {
            return None;
        }
        let reasons = standing.reasons.iter();
        let mut why: Vec<String> = reasons.map(|reason| year.reason(reason)).collect();
        if open && silent && standing.last_update.is_some() {
            why.push(format!("Nothing reported for {}", year.span()));
        }
        if no_impact && standing.impact.is_none() {
            why.push("Its impact is rated red".into());
        }
        let last = standing.history.iter().rev().map(|&at| &entries[at]);
        let reason = last.filter_map(|entry| Some((entry, entry.reason.as_ref()?)));
        why.extend(reason.take(1).map(|(entry, reason)| {
            let reason = reason.value.trim_end_matches('.');
            if entry.refused.is_some() {
                format!("A change was refused: {reason}")
            } else {
                reason.to_owned()
            }
        }));
        why.extend(
            year.since_then(row)
                .map(|since| format!("Since then {since}")),
        );
        Some(format!("{}: {}.", titled(row), why.join(". ")))
    };
    AspectPart {
        sentences: rows.iter().filter_map(sentence).collect(),
        ..AspectPart::default()
    }
}

/// What the last report of each action that was open at the year's end says comes next: what went on in the
/// next plan since then, too.
fn next<'b>(year: &ReportYear<'_, 'b>, rows: &[Row<'b>]) -> AspectPart {
    let entries = &year.brief.board().entries;
    let points = rows.iter().filter_map(|row| {
        let standing = year.at_end(row)?;
        let history = standing.history.iter().rev().map(|&at| &entries[at]);
        let mut reports = history.filter(|entry| entry.is_report());
        let entry = reports.next().filter(|_| standing.status.is_open())?;
        let actions = vec![row.action.id.value.to_string()];
        year.point(entry, actions, |entry| entry.next.as_ref())
    });
    AspectPart {
        points: points.collect(),
        ..AspectPart::default()
    }
}
