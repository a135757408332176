//! In which order, and in what words, a framework asks for the sections of an annual report. A
//! framework is data: the built-in ones are the YAML files in `annual/frameworks/`, and a board's own has the
//! same fields, so that next year's guidance needs no new release.

use crate::calendar::Day;
use crate::source::{Position, Source};
use crate::timescale;
use crate::words::listed;
use crate::yaml::{self, Node, NodeKind};

/// Whose questions the annual report answers.
#[derive(Clone, Debug, Default)]
pub struct Framework {
    pub name: String,
    pub title: String,
    /// The law or guidance that asks.
    pub source: String,
    /// By when to publish, and to whom to send it.
    pub publish: Option<String>,
    pub publish_by: Option<DayOfYear>,
    pub recipients: Vec<String>,
    pub sections: Vec<FrameworkSection>,
}

/// A section that a framework asks for: its title, what is asked, and what answers it.
#[derive(Clone, Debug, Default)]
pub struct FrameworkSection {
    pub title: String,
    pub asks: String,
    /// Whether nobody has held this line against the guidance's own text.
    pub recalled: bool,
    pub answers: Vec<Aspect>,
    /// What no plan holds and the author writes.
    pub write: Option<String>,
}

/// A day of any year: "30 September".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfYear {
    day: u32,
    month: u32,
}

impl DayOfYear {
    fn parse(text: &str) -> Option<DayOfYear> {
        // A leap year has every day.
        let day = timescale::parse_date(&format!("{} 2024", text.trim())).ok()?;
        Some(DayOfYear {
            day: day.day(),
            month: day.month(),
        })
    }

    /// The first such day after another.
    pub fn after(self, day: Day) -> Option<Day> {
        let years = [day.year(), day.year() + 1].into_iter();
        let mut days = years.filter_map(|year| Day::new(year, self.month, self.day));
        days.find(|&date| date > day)
    }
}

/// The frameworks that come with the program, by name; the first is the plan's own order.
pub const BUILT_IN: &[(&str, &str, &str)] = &[
    ("plan", "The plan's own order, priority by priority", ""),
    (
        "lscb",
        "What was asked of local safeguarding children boards, to 2019",
        include_str!("annual/frameworks/lscb.yaml"),
    ),
    (
        "wt2018",
        "What is asked of safeguarding partners (Working Together 2018)",
        include_str!("annual/frameworks/wt2018.yaml"),
    ),
    (
        "wt2023",
        "What is asked of safeguarding partners (Working Together 2023)",
        include_str!("annual/frameworks/wt2023.yaml"),
    ),
    (
        "wt2026",
        "What is asked of safeguarding partners (Working Together 2026)",
        include_str!("annual/frameworks/wt2026.yaml"),
    ),
    (
        "care-act",
        "What is asked of safeguarding adults boards (Care Act 2014)",
        include_str!("annual/frameworks/care-act.yaml"),
    ),
    (
        "wales",
        "What is asked of safeguarding boards in Wales",
        include_str!("annual/frameworks/wales.yaml"),
    ),
];

impl Framework {
    /// A framework that comes with the program.
    pub fn built_in(name: &str) -> Option<Framework> {
        let (name, title, text) = BUILT_IN.iter().find(|(known, ..)| *known == name)?;
        if text.is_empty() {
            return Some(Framework {
                name: (*name).to_owned(),
                title: (*title).to_owned(),
                ..Framework::default()
            });
        }
        Framework::read(name, text).ok()
    }

    /// Reads a framework from YAML; `path` is what messages call the file. Gives every mistake, each
    /// with its place: `FILE:LINE:COLUMN: what is wrong; what would be right`.
    pub fn read(path: &str, text: &str) -> Result<Framework, Vec<String>> {
        let source = Source::new(path.to_owned(), path.to_owned(), text.to_owned());
        let mut reader = FrameworkReader {
            path,
            source: &source,
            mistakes: Vec::new(),
        };
        let framework = match yaml::read(text) {
            Ok(tree) => reader.framework(tree.root(text)),
            Err(problems) => {
                for problem in problems {
                    let words = format!("{}; {}", problem.message, problem.help);
                    reader.mistake(problem.range.0, &words);
                }
                Framework::default()
            }
        };
        if reader.mistakes.is_empty() {
            Ok(framework)
        } else {
            Err(reader.mistakes)
        }
    }
}

/// Takes the fields of a framework, and says what does not fit.
struct FrameworkReader<'s> {
    path: &'s str,
    source: &'s Source,
    mistakes: Vec<String>,
}

impl FrameworkReader<'_> {
    fn mistake(&mut self, offset: u32, words: &str) {
        let Position { line, column, .. } = self.source.position(offset as usize);
        let mistake = format!("{}:{line}:{column}: {words}", self.path);
        self.mistakes.push(mistake);
    }

    fn framework(&mut self, root: Node) -> Framework {
        let mut framework = Framework::default();
        if root.kind() != NodeKind::Map {
            self.mistake(0, "a framework is a map; begin with `framework: NAME`");
        }
        for (key, value) in root.pairs() {
            match key.text().unwrap_or_default() {
                "framework" => framework.name = self.text(value),
                "title" => framework.title = self.text(value),
                "source" => framework.source = self.text(value),
                "publish" => framework.publish = Some(self.text(value)),
                "publish_by" => framework.publish_by = self.day_of_year(value),
                "recipients" => framework.recipients = self.texts(value),
                "sections" => {
                    framework.sections = value.items().map(|item| self.ask(item)).collect();
                }
                other => self.unknown(
                    key,
                    other,
                    "framework, title, source, publish, publish_by, recipients and sections",
                ),
            }
        }
        if framework.sections.is_empty() && self.mistakes.is_empty() {
            self.mistake(0, "a framework without sections; give `sections`, a list");
        }
        framework
    }

    fn ask(&mut self, item: Node) -> FrameworkSection {
        let mut ask = FrameworkSection::default();
        for (key, value) in item.pairs() {
            match key.text().unwrap_or_default() {
                "title" => ask.title = self.text(value),
                "asks" => ask.asks = self.text(value),
                "recalled" => ask.recalled = value.text() == Some("true"),
                "write" => ask.write = Some(self.text(value)),
                "answers" => ask.answers = self.answers(value),
                other => self.unknown(key, other, "title, asks, answers, write and recalled"),
            }
        }
        if ask.title.is_empty() {
            self.mistake(item.range().0, "a section without a title; give `title`");
        }
        ask
    }

    fn answers(&mut self, list: Node) -> Vec<Aspect> {
        let mut answers = Vec::new();
        for item in list.items() {
            let word = item.text().unwrap_or_default();
            match Aspect::parse(word) {
                Some(aspect) => answers.push(aspect),
                None => {
                    let known = Aspect::NAMED.map(|(name, _)| name);
                    let words =
                        format!("`{word}` answers nothing; write one of {}", listed(&known));
                    self.mistake(item.range().0, &words);
                }
            }
        }
        answers
    }

    fn text(&mut self, value: Node) -> String {
        match value.text() {
            Some(text) => text.trim().to_owned(),
            None => {
                self.mistake(value.range().0, "a text belongs here");
                String::new()
            }
        }
    }

    fn day_of_year(&mut self, value: Node) -> Option<DayOfYear> {
        let text = self.text(value);
        let day = DayOfYear::parse(&text);
        if day.is_none() && !text.is_empty() {
            let words = format!(
                "`{text}` is no day of a year; write a day and a month, as in 30 September"
            );
            self.mistake(value.range().0, &words);
        }
        day
    }

    fn texts(&mut self, list: Node) -> Vec<String> {
        list.items().map(|item| self.text(item)).collect()
    }

    fn unknown(&mut self, key: Node, name: &str, known: &str) {
        let words = format!("`{name}` is no field of a framework; it has {known}");
        self.mistake(key.range().0, &words);
    }
}

/// What a section of an annual report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    SetOut,
    Standing,
    Done,
    Impact,
    Voice,
    LittleProgress,
    Next,
    CarriedForward,
    Members,
    /// What the reviews that ended in the year found.
    Findings,
    /// The reviews that had not ended.
    GoingOn,
    /// What was done for the findings of reviews.
    Reviews,
    /// What was done for those of audits and inspections.
    Audits,
    NotImplemented,
    Challenges,
    /// The indicators, each in a sentence.
    Indicators,
    /// What was completed in the year.
    Complete,
    /// Who belongs to the board.
    Groups,
}

impl Aspect {
    /// The aspects that a framework may name, by the names that it uses.
    pub const NAMED: [(&'static str, Aspect); 18] = [
        ("set out", Aspect::SetOut),
        ("standing", Aspect::Standing),
        ("done", Aspect::Done),
        ("impact", Aspect::Impact),
        ("voice", Aspect::Voice),
        ("little progress", Aspect::LittleProgress),
        ("next", Aspect::Next),
        ("carried forward", Aspect::CarriedForward),
        ("members", Aspect::Members),
        ("findings", Aspect::Findings),
        ("going on", Aspect::GoingOn),
        ("reviews", Aspect::Reviews),
        ("audits", Aspect::Audits),
        ("not implemented", Aspect::NotImplemented),
        ("challenges", Aspect::Challenges),
        ("indicators", Aspect::Indicators),
        ("complete", Aspect::Complete),
        ("groups", Aspect::Groups),
    ];

    /// The aspect that a framework's word names.
    pub fn parse(word: &str) -> Option<Aspect> {
        let named = Aspect::NAMED
            .into_iter()
            .find(|(name, _)| *name == word.trim());
        named.map(|(_, aspect)| aspect)
    }
}
