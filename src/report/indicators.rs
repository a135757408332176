//! `plan report indicators`: the scorecard, for the performance group.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::cover::Ask;
use crate::calendar::{Day, FinancialYear, Period};
use crate::document::{
    Block, Cell, Chart, ChartValue, Col, CourseChart, Document, Level, Line, Subject, Table, Tone,
    figures, named, running, short, words,
};
use crate::plan::{Aim, Better, Indicator, IndicatorValue, Plan, Rag, Text, Tolerance};
use crate::standing::{Impact, Trend, judged_until, known, limits, stand};
use crate::words::{counted, listed};

#[derive(Serialize)]
pub struct Indicators {
    #[serde(flatten)]
    pub head: Head,
    pub indicators: Vec<IndicatorFacts>,
}

/// An indicator as it stands on the day asked.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorFacts {
    pub id: String,
    pub title: Option<String>,
    pub unit: Option<String>,
    /// `lower` or `higher`.
    pub better: Option<&'static str>,
    /// The number to reach in the latest value's year, or `decreasing` or `increasing`.
    pub target: Option<TargetFacts>,
    /// How far off still counts as on target.
    pub tolerance: Option<String>,
    pub latest: Option<PeriodValue>,
    pub year_before: Option<PeriodValue>,
    /// Against the same period a year before, else the period before: `better`, `worse`, `no clear
    /// change`.
    pub course: Option<&'static str>,
    pub impact_rag: Rag,
    pub values: Vec<PeriodValue>,
    /// The periods that are over and have no value.
    pub gaps: Vec<String>,
    /// The ids of the actions that the indicator measures.
    pub actions: Vec<String>,
    /// The stem of the plan that has the indicator.
    #[serde(skip)]
    plan: String,
    /// With how many decimals its values are written.
    #[serde(skip)]
    decimals: usize,
    /// What the latest value is compared with.
    pub compared_with: Option<&'static str>,
    /// The lower and upper limits of chance variation, where there are enough values to reckon them.
    pub limits: Option<(f64, f64)>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TargetFacts {
    Number(f64),
    Way(&'static str),
}

/// A value in a period, with the number that it should reach there; a gap has no value.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodValue {
    pub period: String,
    pub value: Option<f64>,
    pub target: Option<f64>,
    #[serde(skip)]
    decimals: usize,
    /// The last day of the period, and its first.
    #[serde(skip)]
    order: (Day, Day),
}

impl PlanReport for Indicators {
    const CURRENT: bool = true;
    /// What is rated here is what difference was made: it has a key of its own.
    const HAS_KEY: bool = false;

    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Indicators {
        Indicators {
            head: Head::of(brief, plan.plan),
            indicators: facts(plan, brief.day(), None),
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn asks(plans: &[Indicators]) -> Vec<Ask> {
        // A plan that is over has the same ones, judged by its own years.
        let mut seen = HashSet::new();
        let all = plans.iter().flat_map(|plan| &plan.indicators);
        let all: Vec<&IndicatorFacts> = all.filter(|it| seen.insert(&it.id)).collect();
        let red = all.iter().filter(|it| it.is_bad_news()).count();
        let red = Ask::some(red, "indicator", |count| {
            Ask::discuss(format!("discuss {count} with bad news"))
        });
        let noted = Ask::note(match all.len() {
            0 => "that no indicators are named".to_owned(),
            count => format!("the position of {}", counted(count, "indicator")),
        });
        red.into_iter().chain([noted]).collect()
    }

    fn is_empty(&self) -> bool {
        self.indicators.is_empty()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Indicators", document);
        if self.indicators.is_empty() {
            document.paragraph("The plan names no indicators.");
            return;
        }
        self.scorecard(document);
        let measured = || self.indicators.iter().filter(|it| !it.values.is_empty());
        if measured().next().is_none() {
            return;
        }
        document.heading(Level::Section, "From period to period", "");
        let charts = measured().map(|it| Block::Chart(Chart::Course(it.chart())));
        document.blocks.extend(charts);
        document.heading(Level::Section, "Figures", "");
        let tolerances = measured().filter_map(|it| {
            let tolerance = it.tolerance.as_ref()?;
            Some(format!("{} within {tolerance}", it.id))
        });
        let tolerances: Vec<String> = tolerances.collect();
        let mut remark = "A target stands behind its value: 50 / 60.".to_owned();
        if !tolerances.is_empty() {
            remark.push_str(&format!(" On target counts as {}.", listed(&tolerances)));
        }
        document.remark(remark);
        let measured: Vec<&IndicatorFacts> = measured().collect();
        for some in measured.chunks(ACROSS) {
            document
                .blocks
                .push(Block::Table(figures_table(some).folded()));
        }
    }
}

impl Indicators {
    /// The scorecard alone, of indicators that have pages of their own.
    pub fn front(&self, document: &mut Document) {
        self.head.open("Indicators", document);
        self.scorecard(document);
    }

    fn scorecard(&self, document: &mut Document) {
        document.section("Scorecard", SCORECARD, &self.indicators, "");
        document.remark(KEY);
    }
}

impl IndicatorFacts {
    /// One indicator by itself: how it stands, its values as a picture and as figures, and what it measures.
    pub fn page(&self, day: Day, document: &mut Document) {
        let title = Block::Title(self.name(), day.long());
        document.blocks.push(title);
        document.table(SCORECARD, [self]);
        document.remark(KEY);
        if !self.values.is_empty() {
            document.heading(Level::Section, "From period to period", "");
            let chart = Block::Chart(Chart::Course(self.chart()));
            document.blocks.push(chart);
            document.heading(Level::Section, "Figures", "");
            document.blocks.push(Block::Table(figures_table(&[self])));
        }
        document.heading(Level::Section, "Actions that it measures", "");
        let actions = self.actions.iter().map(|id| {
            let subject = Subject::action(&self.plan, id);
            vec![named(Tone::Plain, id, subject)]
        });
        let actions: Vec<Line> = actions.collect();
        if actions.is_empty() {
            document.paragraph("None.");
        } else {
            document.list(actions);
        }
    }
}

/// What the ratings of an impact mean (design section 5.12).
const KEY: &str = "Green: on target, or clearly better where it should only fall or rise. Amber: off target but \
    clearly better than a year before, or without a clear change where it should fall or rise. Red: neither.\n\
    Grey: no data, or no target. A change is clear beyond the tolerance, else beyond the limits of chance.";

pub const SCORECARD: &[Col<IndicatorFacts>] = &[
    short("indicator", |it| {
        let subject = Subject::Indicator {
            plan: it.plan.clone(),
            id: it.id.clone(),
        };
        Cell::text(&it.id).about(subject)
    }),
    running("what it measures", IndicatorFacts::measures).behind(),
    words("actions", |it: &IndicatorFacts| list(&it.actions)).after(" – measures "),
    figures("latest", |it| match it.latest {
        Some(_) => it.value(&it.latest),
        None => Cell::text("no data"),
    }),
    words("period", |it: &IndicatorFacts| {
        Cell::maybe(it.latest.as_ref().map(|point| point.period.as_str()))
    })
    .below(),
    figures("target", |it| match &it.target {
        Some(TargetFacts::Number(target)) => {
            Cell::Value(*target, decimals([*target]).max(it.decimals))
        }
        Some(TargetFacts::Way(way)) => Cell::text(*way),
        None => Cell::Empty,
    }),
    short("good is", |it: &IndicatorFacts| Cell::maybe(it.better)).below(),
    figures("a year before", |it| it.value(&it.year_before)),
    words("course", |it: &IndicatorFacts| {
        Cell::maybe(it.course_words())
    })
    .keeping(14)
    .below(),
    short("impact", |it| action::rag(it.impact_rag)),
    words("trend", |it| {
        Cell::Trend(it.values.iter().map(|point| point.value).collect())
    }),
    words("gaps", |it| list(&it.gaps)),
];

fn list(texts: &[String]) -> Cell {
    if texts.is_empty() {
        Cell::text("none")
    } else {
        Cell::text(texts.join(", "))
    }
}

/// The indicators of a plan, in its order, as known on a day; of a past year's report, by values of
/// periods up to its end.
pub fn facts(plan: &PlanBrief, day: Day, until: Option<Day>) -> Vec<IndicatorFacts> {
    let mut measured: HashMap<usize, Vec<String>> = HashMap::new();
    for row in &plan.rows {
        if let Some(at) = plan.plan.indicator_at(row.action) {
            let actions = measured.entry(at).or_default();
            actions.push(row.action.id.value.to_string());
        }
    }
    let indicators = plan.plan.indicators.iter().enumerate();
    indicators
        .map(|(at, indicator)| {
            let actions = measured.remove(&at).unwrap_or_default();
            let known = values(plan.plan, indicator, day, until);
            let day = judged_until(plan.plan, until.unwrap_or(day).min(day));
            IndicatorFacts {
                plan: plan.plan.stem.clone(),
                ..IndicatorFacts::of(indicator, actions, &known, day)
            }
        })
        .collect()
}

/// The values of an indicator by which its plan is judged on a day; for a past year's report, those of periods up
/// to its end, also where they came in later.
pub fn values(
    plan: &Plan,
    indicator: &Indicator,
    day: Day,
    until: Option<Day>,
) -> Vec<IndicatorValue> {
    let mut values = known(plan, indicator, day);
    values.retain(|value| until.is_none_or(|until| value.period.last <= until));
    values
}

impl IndicatorFacts {
    fn of(
        indicator: &Indicator,
        actions: Vec<String>,
        known: &[IndicatorValue],
        day: Day,
    ) -> IndicatorFacts {
        let impact = stand(indicator, known);
        let decimals = decimals(known.iter().map(|value| value.value));
        let point = |value: &IndicatorValue| {
            PeriodValue::of(indicator, value.period, Some(value.value), decimals)
        };
        let gaps = indicator.series.gaps(day);
        let latest = impact.latest;
        let year_before = latest.and_then(|latest| {
            let before = latest.period.year_before();
            known.iter().find(|value| value.period == before)
        });
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.to_string());
        IndicatorFacts {
            id: indicator.id.value.to_string(),
            title: text(&indicator.title),
            unit: text(&indicator.unit),
            better: indicator.good_way().map(|way| match way {
                Better::Lower => "lower",
                Better::Higher => "higher",
            }),
            target: target(indicator, &impact, day),
            tolerance: tolerance(indicator.tolerance),
            latest: latest.as_ref().map(point),
            year_before: year_before.map(point),
            course: course(&impact),
            impact_rag: impact.rag,
            values: PeriodValue::all(indicator, known, &gaps, decimals),
            gaps: gaps.iter().map(ToString::to_string).collect(),
            actions,
            plan: String::new(),
            decimals,
            compared_with: compared_with(&impact),
            limits: limits(known),
        }
    }

    fn value(&self, point: &Option<PeriodValue>) -> Cell {
        let value = point.as_ref().and_then(|point| point.value);
        value.map_or(Cell::Empty, |value| Cell::Value(value, self.decimals))
    }

    /// "better than a year before", "unchanged from the period before".
    fn course_words(&self) -> Option<String> {
        let with = self.compared_with?;
        Some(match self.course? {
            "no clear change" => format!("no clear change from {with}"),
            course => format!("{course} than {with}"),
        })
    }

    fn measures(&self) -> Cell {
        Cell::text(match (&self.title, &self.unit) {
            (Some(title), Some(unit)) => format!("{title} ({unit})"),
            (Some(title), None) => title.clone(),
            (None, unit) => unit.clone().unwrap_or_default(),
        })
    }

    /// How it stands, in a sentence; nothing where there is no value.
    pub fn sentence(&self) -> Option<String> {
        let latest = self.latest.as_ref()?;
        let unit = match self.unit.as_deref() {
            Some("%") => "%".to_owned(),
            Some(unit) => format!(" {unit}"),
            None => String::new(),
        };
        let target = match &self.target {
            Some(TargetFacts::Number(target)) => format!(" (target {target}{unit})"),
            Some(TargetFacts::Way(way)) => format!(" (it should be {way})"),
            None => String::new(),
        };
        let course = match self.course_words() {
            Some(words) => format!(", {words}"),
            None => String::new(),
        };
        let (name, value, decimals) = (self.name(), latest.value?, self.decimals);
        Some(format!(
            "{name}: {value:.decimals$}{unit} in {}{course}{target}. Rated {}.",
            latest.period, self.impact_rag
        ))
    }

    /// Its number, and its title where it has one.
    pub fn name(&self) -> String {
        match &self.title {
            Some(title) => format!("{} {title}", self.id),
            None => self.id.clone(),
        }
    }

    /// Whether it is red, or worse than it was.
    pub fn is_bad_news(&self) -> bool {
        self.impact_rag == Rag::Red || self.course == Some("worse")
    }

    /// Whether there is no value, or none for the last period that is over.
    pub fn has_no_news(&self) -> bool {
        self.values.last().is_none_or(|point| point.value.is_none())
    }

    /// What is missing, in a sentence.
    pub fn missing(&self) -> String {
        let name = self.name();
        match (self.values.last(), &self.latest) {
            (Some(gap), Some(latest)) => format!(
                "{name}: no value for {}, and the last known is of {}.",
                gap.period, latest.period
            ),
            _ => format!("{name}: no data."),
        }
    }

    fn chart(&self) -> CourseChart {
        CourseChart {
            title: self.name(),
            unit: self.unit.clone().unwrap_or_default(),
            points: (self.values.iter())
                .map(|point| ChartValue {
                    period: point.period.clone(),
                    value: point.value,
                    target: point.target,
                })
                .collect(),
            limits: self.limits,
        }
    }
}

/// So many indicators stand side by side in a table of figures.
const ACROSS: usize = 8;

/// The values of indicators, a row for each period and a column for each indicator; its targets stand in a column
/// of their own, which a page shows behind the values.
fn figures_table(indicators: &[&IndicatorFacts]) -> Table {
    let values = indicators.iter().flat_map(|it| &it.values);
    let periods: BTreeMap<(Day, Day), &str> = values
        .map(|point| (point.order, point.period.as_str()))
        .collect();
    let mut columns = vec![words::<()>("period", |()| Cell::Empty).column()];
    let mut shown: Vec<(&IndicatorFacts, bool)> = Vec::new();
    for it in indicators {
        let figure = figures::<()>("", |()| Cell::Empty);
        let heading = match &it.unit {
            Some(unit) => format!("{} ({unit})", it.id),
            None => it.id.clone(),
        };
        columns.push(figure.column().headed(heading));
        shown.push((it, false));
        if it.values.iter().any(|point| point.target.is_some()) {
            let target = figure.after(" / ").column();
            columns.push(target.headed(format!("{} target", it.id)));
            shown.push((it, true));
        }
    }
    Table::with(columns, periods, |at, (order, period)| {
        let Some((it, is_target)) = at.checked_sub(1).map(|at| shown[at]) else {
            return Cell::text(*period);
        };
        let point = it.values.iter().find(|point| point.order == *order);
        match point {
            Some(point) if is_target => point.target.map_or(Cell::Empty, |target| {
                Cell::Value(target, decimals([target]).max(point.decimals))
            }),
            Some(point) => match point.value {
                Some(value) => Cell::Value(value, point.decimals),
                None => Cell::text("gap"),
            },
            None => Cell::Empty,
        }
    })
}

impl PeriodValue {
    fn of(
        indicator: &Indicator,
        period: Period,
        value: Option<f64>,
        decimals: usize,
    ) -> PeriodValue {
        PeriodValue {
            period: period.to_string(),
            value,
            target: indicator.target_in(period),
            decimals,
            order: (period.last, period.first),
        }
    }

    /// The values and the gaps between them, in the order of their periods.
    fn all(
        indicator: &Indicator,
        known: &[IndicatorValue],
        gaps: &[Period],
        decimals: usize,
    ) -> Vec<PeriodValue> {
        let values = known.iter().map(|value| (value.period, Some(value.value)));
        let mut all: Vec<(Period, Option<f64>)> =
            values.chain(gaps.iter().map(|&gap| (gap, None))).collect();
        all.sort_by_key(|(period, _)| (period.last, period.first));
        let points = all.into_iter();
        points
            .map(|(period, value)| PeriodValue::of(indicator, period, value, decimals))
            .collect()
    }
}

/// The most decimals that any of some values has, up to three: of 21.4 and 22, one.
fn decimals(values: impl IntoIterator<Item = f64>) -> usize {
    let of = |value: f64| {
        let written = format!("{value:.3}");
        let (_, fraction) = written.split_once('.').unwrap_or_default();
        fraction.trim_end_matches('0').len()
    };
    values.into_iter().map(of).max().unwrap_or(0)
}

fn compared_with(impact: &Impact) -> Option<&'static str> {
    let (latest, before) = (impact.latest?, impact.before?);
    Some(if before.period == latest.period.year_before() {
        "a year before"
    } else {
        "in the period before"
    })
}

fn target(indicator: &Indicator, impact: &Impact, day: Day) -> Option<TargetFacts> {
    match indicator.target {
        Some(Aim::Towards(Better::Lower)) => Some(TargetFacts::Way("decreasing")),
        Some(Aim::Towards(Better::Higher)) => Some(TargetFacts::Way("increasing")),
        // Where no value is known yet, what it should reach now.
        _ => match impact.latest {
            Some(_) => impact.target.map(TargetFacts::Number),
            None => {
                let year = FinancialYear::of(day).period();
                indicator.target_in(year).map(TargetFacts::Number)
            }
        },
    }
}

fn tolerance(tolerance: Option<Tolerance>) -> Option<String> {
    match tolerance? {
        Tolerance::Points(0.0) => None,
        Tolerance::Points(points) => Some(format!("{points} points of the target")),
        Tolerance::Percent(percent) => Some(format!("{percent}% of the target")),
    }
}

/// Whether the latest value is better or worse than the one that it is compared with.
fn course(impact: &Impact) -> Option<&'static str> {
    Some(match impact.change? {
        Trend::Better => "better",
        Trend::Worse => "worse",
        Trend::NoClearChange => "no clear change",
    })
}
