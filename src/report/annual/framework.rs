//! In which order, and in what words, a framework asks for the sections of an annual report.
//!
//! Sources: Working Together to Safeguard Children 2018, chapter 3 (yearly report of the safeguarding
//! partners); the Care Act 2014, Schedule 2, paragraph 4 (safeguarding adults boards); Working
//! Together 2015, chapter 3, and section 14A of the Children Act 2004 (local safeguarding children
//! boards).

use super::{Aspect, Part, Section, Year};

/// Whose questions the annual report answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Framework {
    /// The plan's own order, priority by priority
    #[default]
    Plan,
    /// What was asked of local safeguarding children boards (Working Together 2015)
    Lscb,
    /// What is asked of safeguarding partners (Working Together 2018)
    Wt2018,
    /// What is asked of safeguarding adults boards (Care Act 2014)
    CareAct,
}

/// A section that a framework asks for: its title, what is asked, and what answers it.
struct Ask {
    title: &'static str,
    asks: &'static str,
    aspects: &'static [Aspect],
}

const LSCB: &[Ask] = &[
    Ask {
        title: "Performance and effectiveness of local services",
        asks: "Working Together 2015, chapter 3: a rigorous and transparent assessment.",
        aspects: &[
            Aspect::Standing,
            Aspect::Done,
            Aspect::Impact,
            Aspect::Voice,
        ],
    },
    Ask {
        title: "Areas of weakness, their causes, and what is being done",
        asks: "Working Together 2015, chapter 3.",
        aspects: &[Aspect::LittleProgress],
    },
    Ask {
        title: "Other proposals for action",
        asks: "Working Together 2015, chapter 3.",
        aspects: &[Aspect::Next, Aspect::CarriedForward],
    },
    Ask {
        title: "Lessons from reviews",
        asks: "Working Together 2015, chapter 3: reviews undertaken in the period.",
        aspects: &[Aspect::Reviews],
    },
    Ask {
        title: "Contributions of partner agencies",
        asks: "Working Together 2015, chapter 3.",
        aspects: &[Aspect::Partners],
    },
    Ask {
        title: "What the board has spent",
        asks: "Working Together 2015, chapter 3.",
        aspects: &[Aspect::NotInThePlan("what was spent")],
    },
];

const WT2018: &[Ask] = &[
    Ask {
        title: "What was done as a result of the arrangements",
        asks: "Working Together 2018, chapter 3: including on child safeguarding practice reviews.",
        aspects: &[Aspect::Done],
    },
    Ask {
        title: "How effective the arrangements have been in practice",
        asks: "Working Together 2018, chapter 3.",
        aspects: &[Aspect::Standing, Aspect::Challenges, Aspect::Partners],
    },
    Ask {
        title: "Evidence of impact",
        asks: "Working Together 2018, chapter 3: the impact of the partners' work, training included, on \
               outcomes for children and families.",
        aspects: &[Aspect::Impact],
    },
    Ask {
        title: "Little or no progress on agreed priorities",
        asks: "Working Together 2018, chapter 3: an analysis of areas with little or no evidence of progress.",
        aspects: &[Aspect::LittleProgress, Aspect::Next, Aspect::CarriedForward],
    },
    Ask {
        title: "Decisions and actions on recommendations of reviews",
        asks: "Working Together 2018, chapter 3: of local and national child safeguarding practice reviews.",
        aspects: &[Aspect::Reviews],
    },
    Ask {
        title: "Feedback from children and families",
        asks: "Working Together 2018, chapter 3: how it was sought and used.",
        aspects: &[Aspect::Voice],
    },
];

const CARE_ACT: &[Ask] = &[
    Ask {
        title: "What was done to achieve the board's objective",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(a).",
        aspects: &[Aspect::Standing, Aspect::Impact, Aspect::Voice],
    },
    Ask {
        title: "What was done to implement the strategy",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(b).",
        aspects: &[
            Aspect::Done,
            Aspect::LittleProgress,
            Aspect::Next,
            Aspect::CarriedForward,
        ],
    },
    Ask {
        title: "What each member has done to implement the strategy",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(c).",
        aspects: &[Aspect::Partners],
    },
    Ask {
        title: "Findings of reviews that concluded in the year",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(d).",
        aspects: &[Aspect::NotInThePlan("when a review concluded")],
    },
    Ask {
        title: "Reviews that are ongoing at the end of the year",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(e).",
        aspects: &[Aspect::NotInThePlan("which reviews are ongoing")],
    },
    Ask {
        title: "What was done to implement the findings of reviews",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(f).",
        aspects: &[Aspect::Reviews],
    },
    Ask {
        title: "Findings that it was decided not to implement, and why",
        asks: "Care Act 2014, Schedule 2, paragraph 4(1)(g).",
        aspects: &[Aspect::NotImplemented],
    },
];

/// What the plan's own order says of each priority.
const OF_A_PRIORITY: &[Aspect] = &[
    Aspect::SetOut,
    Aspect::Done,
    Aspect::Impact,
    Aspect::Voice,
    Aspect::LittleProgress,
    Aspect::Next,
    Aspect::CarriedForward,
];

impl Framework {
    pub fn name(self) -> &'static str {
        match self {
            Framework::Plan => "plan",
            Framework::Lscb => "lscb",
            Framework::Wt2018 => "wt2018",
            Framework::CareAct => "care-act",
        }
    }

    /// The sections of a year's report.
    pub(super) fn sections(self, year: &Year) -> Vec<Section> {
        match self {
            Framework::Plan => by_priority(year),
            Framework::Lscb => asked(LSCB, year),
            Framework::Wt2018 => asked(WT2018, year),
            Framework::CareAct => asked(CARE_ACT, year),
        }
    }
}

/// A section for each priority, then those of the whole board.
fn by_priority(year: &Year) -> Vec<Section> {
    let mut sections = Vec::new();
    for (plan, priority) in year.priorities() {
        let parts = OF_A_PRIORITY.iter().map(|aspect| Part {
            title: aspect.title().to_owned(),
            ..aspect.of_priority(year, plan, priority)
        });
        sections.push(Section {
            title: year.heading(plan, priority),
            asks: None,
            parts: parts.collect(),
        });
    }
    let whole = [Aspect::Partners, Aspect::Reviews, Aspect::Challenges];
    sections.extend(whole.iter().map(|aspect| Section {
        title: aspect.title().to_owned(),
        asks: None,
        parts: aspect.parts(year),
    }));
    sections
}

fn asked(asks: &[Ask], year: &Year) -> Vec<Section> {
    let sections = asks.iter().map(|ask| Section {
        title: ask.title.to_owned(),
        asks: Some(ask.asks.to_owned()),
        parts: (ask.aspects.iter())
            .flat_map(|aspect| aspect.titled_parts(year, ask.aspects.len() > 1))
            .collect(),
    });
    sections.collect()
}
