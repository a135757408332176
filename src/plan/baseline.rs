//! Reads a plan's file: the baseline, from its priorities down to its milestones.

use foldhash::{HashMap, HashMapExt};

use super::data::number;
use super::fields;
use super::reader::{FieldReader, Fields};
use super::*;
use crate::calendar::{PeriodKind, Terms};
use crate::timescale::TimescaleContext;
use crate::yaml::{self, Node};

/// As many actions as most plans have: actions are large, and growing step by step would copy each several
/// times.
const USUAL_ACTIONS: usize = 64;

pub(super) struct PlanReader<'r, 't> {
    reader: FieldReader<'r>,
    context: TimescaleContext<'t>,
    objectives: Vec<Objective>,
    actions: Vec<Action>,
}

impl<'r, 't> PlanReader<'r, 't> {
    /// A reader of one plan of a board with these school terms.
    pub fn new(reader: FieldReader<'r>, terms: &'t Terms) -> PlanReader<'r, 't> {
        PlanReader {
            reader,
            context: TimescaleContext {
                period: None,
                terms,
            },
            objectives: Vec::new(),
            actions: Vec::with_capacity(USUAL_ACTIONS),
        }
    }

    fn deadline(&mut self, fields: &Fields, name: &str) -> Option<Deadline> {
        self.reader.deadline(fields, name, &self.context)
    }

    /// The plan; none only where the file is no map.
    pub fn plan(mut self, root: Node, stem: String) -> Option<Plan> {
        let fields = self.reader.fields(root, &fields::PLAN)?;
        let period = self.period(&fields);
        self.context.period = period;
        let title = self.reader.words(&fields, "plan");
        let mut priorities = Vec::new();
        for map in fields.maps("priorities") {
            if let Some(fields) = self.reader.item(map) {
                priorities.push(self.priority(priorities.len(), &fields));
            }
        }
        self.log(&fields);
        let mut plan = Plan {
            title: title.unwrap_or_else(|| Text {
                value: stem.as_str().into(),
                at: fields.head,
            }),
            stem,
            at: fields.head,
            period,
            period_at: self.place(&fields, "period"),
            policy_at: self.place(&fields, "rag"),
            adopted: self.reader.date(&fields, "adopted"),
            says_adopted: fields.gave("adopted"),
            sections: self.sections(&fields),
            threads: self.reader.named_texts(fields.node("threads")),
            headings: self.reader.named_texts(fields.node("headings")),
            policy: self.policy(&fields),
            indicators: self.indicators(&fields),
            priorities,
            index: HashMap::new(),
            indicator_index: HashMap::new(),
            objectives: self.objectives,
            actions: self.actions,
        };
        plan.index = index(&plan.actions);
        for (at, indicator) in plan.indicators.iter().enumerate() {
            let id = indicator.id.value.to_string();
            plan.indicator_index.entry(id).or_insert(at);
        }
        for action in &plan.actions {
            if plan.name(action).is_empty() {
                self.reader.finding(
                    "missing-field",
                    action.id.at,
                    format!("action {} has no text, its own or inherited", action.id),
                    "write what is to be done (`action`) or what should be seen (`impact`)".into(),
                );
            }
        }
        Some(plan)
    }

    /// The actions of a log, which stand at its top.
    fn log(&mut self, fields: &Fields) {
        if fields.gave("priorities") && fields.gave("actions") {
            let at = self.reader.place_of(fields, "actions");
            self.reader.finding(
                "wrong-type",
                at,
                "the plan has priorities, and actions that stand in none of them".into(),
                "move these below a priority, or into a file of their own: a log has `plan` and \
                 `actions`, and no `priorities`"
                    .into(),
            );
        }
        self.actions(fields, None, None);
    }

    /// Where a field of the plan stands, else where the plan begins.
    fn place(&self, fields: &Fields, name: &str) -> Span {
        let node = fields.node(name);
        node.map_or(fields.head, |node| self.reader.span(node))
    }

    fn period(&mut self, fields: &Fields) -> Option<Period> {
        let text = self.reader.words(fields, "period")?;
        let period = Period::parse_plan(&text);
        if period.is_none() {
            self.reader.finding(
                "unreadable-date",
                text.at,
                format!("\"{}\" is not a plan's period", text.value),
                "write financial years (`2017-19`, `2019-20`) or two dates (`2017-04-01 to \
                 2019-03-31`)"
                    .into(),
            );
        }
        period
    }

    fn sections(&mut self, fields: &Fields) -> Vec<PlanSection> {
        let read = |map| {
            let fields = self.reader.item(map)?;
            Some(PlanSection {
                title: self.reader.words(&fields, "title")?,
                text: self.reader.words(&fields, "text"),
                is_internal: self.reader.is_true(&fields, "internal"),
            })
        };
        fields.maps("sections").filter_map(read).collect()
    }

    fn policy(&mut self, fields: &Fields) -> Policy {
        let default = Policy::default();
        let Some(fields) = self.reader.map(fields, "rag") else {
            return default;
        };
        let next_meeting = self
            .reader
            .words(&fields, "due_soon")
            .is_some_and(|words| words.eq_ignore_ascii_case("next meeting"));
        Policy {
            due_soon: if next_meeting {
                DueSoon::NextMeeting
            } else {
                let within = self.reader.interval(&fields, "due_soon");
                within.map_or(default.due_soon, DueSoon::Within)
            },
            review: self
                .reader
                .frequency(&fields, "review")
                .unwrap_or(default.review),
            labels: self.reader.named_texts(fields.node("labels")),
            words: self.reader.ratings(&fields, "words"),
            complete: self.completion(&fields).unwrap_or_default(),
            red_after: self.reader.interval(&fields, "red_after"),
        }
    }

    fn completion(&mut self, fields: &Fields) -> Option<Completion> {
        let text = self.reader.words(fields, "complete")?;
        let known = [Completion::Agreed, Completion::Reported];
        let found = known
            .into_iter()
            .find(|known| known.word().eq_ignore_ascii_case(&text));
        found.or_else(|| {
            let words = known.map(Completion::word);
            self.reader
                .no_such_word(&text, "a way to count completion", &words)
        })
    }

    fn indicators(&mut self, fields: &Fields) -> Vec<Indicator> {
        let read = |map| {
            let fields = &self.reader.item(map)?;
            Some(Indicator {
                id: self.id(fields),
                title: self.reader.words(fields, "title"),
                unit: self.reader.words(fields, "unit"),
                better: self.better(fields),
                target: fields.node("target").and_then(|node| self.aim(node)),
                tolerance: self.tolerance(fields),
                data: self.reader.words(fields, "data"),
                series: Series::default(),
            })
        };
        fields.maps("indicators").filter_map(read).collect()
    }

    fn better(&mut self, fields: &Fields) -> Option<Better> {
        let text = self.reader.words(fields, "better")?;
        match text.to_lowercase().as_str() {
            "lower" => Some(Better::Lower),
            "higher" => Some(Better::Higher),
            _ => self
                .reader
                .no_such_word(&text, "a direction", &["lower", "higher"]),
        }
    }

    fn aim(&mut self, node: Node) -> Option<Aim> {
        if node.kind() == yaml::NodeKind::Map {
            let years = self.reader.named(Some(node));
            let years = years
                .into_iter()
                .filter_map(|(year, value)| self.target_of_year(&year, value));
            return Some(Aim::ByYear(years.collect()));
        }
        let text = self.reader.scalar(node)?;
        match text.to_lowercase().as_str() {
            "decreasing" => Some(Aim::Towards(Better::Lower)),
            "increasing" => Some(Aim::Towards(Better::Higher)),
            _ => self.figure(&text).map(Aim::Number),
        }
    }

    fn target_of_year(&mut self, year: &Text, value: Node) -> Option<(String, f64)> {
        let period = Period::parse_plan(year).filter(|period| period.kind == PeriodKind::Year);
        let Some(period) = period else {
            self.reader.finding(
                "unreadable-date",
                year.at,
                format!("\"{}\" is not a financial year", year.value),
                "write `2017-18: 8`".into(),
            );
            return None;
        };
        let text = self.reader.scalar(value)?;
        Some((period.financial_year_label(), self.figure(&text)?))
    }

    fn figure(&mut self, text: &Text) -> Option<f64> {
        let figure = number(text);
        if figure.is_none() {
            let message = format!("\"{}\" is not a target", text.value);
            let help = "write a number, one for each year (`{2017-18: 8, 2018-19: 7}`), \
                        `decreasing` or `increasing`";
            self.reader
                .finding("wrong-type", text.at, message, help.into());
        }
        figure
    }

    fn tolerance(&mut self, fields: &Fields) -> Option<Tolerance> {
        let text = self.reader.words(fields, "tolerance")?;
        let words = text.to_lowercase();
        let read = if let Some(figure) = words.strip_suffix("of target") {
            let percent = figure.trim().strip_suffix('%').and_then(number);
            percent.map(Tolerance::Percent)
        } else {
            let points = words
                .strip_suffix("points")
                .or_else(|| words.strip_suffix("point"));
            points.and_then(number).map(Tolerance::Points)
        };
        let Some(Tolerance::Points(size) | Tolerance::Percent(size)) = read else {
            let message = format!("\"{}\" is not a tolerance", text.value);
            let help = "write `10% of target` or `2 points`".to_owned();
            self.reader.finding("wrong-type", text.at, message, help);
            return None;
        };
        if size < 0.0 {
            let message = format!("the tolerance \"{}\" is below nought", text.value);
            let help = "write how far off either way still counts as on target, as `10% of target`";
            self.reader
                .finding("wrong-type", text.at, message, help.into());
            return None;
        }
        read
    }

    fn priority(&mut self, index: usize, fields: &Fields) -> Priority {
        let priority = Priority {
            id: self.id(fields),
            title: self.title(fields),
            outcomes: self.reader.texts(fields, "outcomes").unwrap_or_default(),
            shared: self.shared(fields),
        };
        let actions_first = fields.node("actions").map(|node| node.range())
            < fields.node("objectives").map(|node| node.range());
        if actions_first {
            self.actions(fields, Some(index), None);
        }
        for map in fields.maps("objectives") {
            if let Some(fields) = self.reader.item(map) {
                self.objective(&fields, index);
            }
        }
        if !actions_first {
            self.actions(fields, Some(index), None);
        }
        priority
    }

    fn objective(&mut self, fields: &Fields, priority: usize) {
        let objective = Objective {
            id: self.reader.id(fields, "id"),
            theme: self.reader.words(fields, "theme"),
            title: self.title(fields),
            shared: self.shared(fields),
        };
        self.objectives.push(objective);
        let index = self.objectives.len() - 1;
        self.actions(fields, Some(priority), Some(index));
    }

    /// The actions that stand in what holds them.
    fn actions(&mut self, holder: &Fields, priority: Option<usize>, objective: Option<usize>) {
        for map in holder.maps("actions") {
            if let Some(fields) = self.reader.item(map) {
                let action = self.action(&fields, priority, objective);
                self.actions.push(action);
            }
        }
    }

    fn action(
        &mut self,
        fields: &Fields,
        priority: Option<usize>,
        objective: Option<usize>,
    ) -> Action {
        Action {
            id: self.id(fields),
            title: self.reader.words(fields, "title"),
            impact: self.reader.words(fields, "impact"),
            note: self.reader.words(fields, "note"),
            added: self.reader.date(fields, "added"),
            starts: self.deadline(fields, "starts"),
            source: self.source(fields),
            supports: self.reader.words(fields, "supports"),
            from: self.reader.words(fields, "from"),
            milestones: self.milestones(fields),
            own: self.shared(fields),
            priority,
            objective,
        }
    }

    fn milestones(&mut self, fields: &Fields) -> Vec<Milestone> {
        let read = |map| {
            let fields = &self.reader.item(map)?;
            Some(Milestone {
                id: self.id(fields),
                title: self.reader.words(fields, "title"),
                timescale: self.deadline(fields, "timescale"),
            })
        };
        fields.maps("milestones").filter_map(read).collect()
    }

    /// The review and the recommendation that an action answers.
    fn source(&mut self, fields: &Fields) -> Option<ActionSource> {
        let fields = self.reader.map(fields, "source")?;
        Some(ActionSource {
            review: self.reader.words(&fields, "review"),
            recommendation: self.reader.words(&fields, "recommendation"),
        })
    }

    fn id(&mut self, fields: &Fields) -> Id {
        self.reader
            .id(fields, "id")
            .unwrap_or_else(|| Id::none(fields.head))
    }

    fn title(&mut self, fields: &Fields) -> Text {
        let title = self.reader.words(fields, "title");
        title.unwrap_or_else(|| Id::none(fields.head).0)
    }

    fn shared(&mut self, fields: &Fields) -> Shared {
        Shared {
            action: self.reader.words(fields, "action"),
            responsibility: self.reader.words(fields, "responsibility"),
            owners: self.reader.texts(fields, "owners"),
            lead: self.reader.words(fields, "lead"),
            evidence: self.reader.evidence(fields, "evidence"),
            measure: self.reader.words(fields, "measure"),
            timescale: self.deadline(fields, "timescale"),
            threads: self.reader.texts(fields, "threads"),
            indicator: self.reader.words(fields, "indicator"),
        }
    }
}

/// What each id of an action or a milestone names; of two with one id, the first in the file.
fn index(actions: &[Action]) -> HashMap<String, ActionOrMilestone> {
    let mut index = HashMap::new();
    for (action, given) in actions.iter().enumerate() {
        let whole = (&given.id, None);
        let milestones = given.milestones.iter().enumerate();
        let parts = milestones.map(|(at, milestone)| (&milestone.id, Some(at)));
        for (id, milestone) in std::iter::once(whole).chain(parts) {
            if !id.is_empty() {
                let target = ActionOrMilestone { action, milestone };
                index.entry(id.value.to_string()).or_insert(target);
            }
        }
    }
    index
}
