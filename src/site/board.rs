//! The pages of one board.

use std::collections::{BTreeMap, HashMap};

use super::addresses::{Addresses, chains, home};
use super::pages::{MENU, MenuPlace, Pages};
use super::papers::{self, PastMeetings};
use super::search::Index;
use super::{Part, Put, Site};
use crate::calendar::Day;
use crate::document::{Block, Document, Level, Line, Subject, Tone, named};
use crate::estate::Reading;
use crate::form::{self, Form};
use crate::plan::Board;
use crate::report::Report;
use crate::report::board::BoardPapers;
use crate::report::brief::{Brief, Options, PlanBrief, PlanReport};
use crate::report::challenges::{self, Challenge, challenges};
use crate::report::decided::{Decisions, Meeting, by_meeting};
use crate::report::estate::BoardRow;
use crate::report::group::GroupPapers;
use crate::report::indicators::Indicators;
use crate::report::meanings::Meanings;
use crate::report::priority::{self, PriorityPaper};
use crate::report::quarter::Quarter;
use crate::report::reviews;
use crate::report::show::{ActionInFull, Histories};
use crate::report::work_plan::WorkPlan;
use crate::select::{Filter, Row, by_group, by_priority};
use crate::standing::judge;

/// How many days to keep in mind the front page shows.
const NEXT: usize = 8;

/// What a board is to the rest of the site.
pub struct Written {
    pub row: BoardRow,
    /// Its folder in the site.
    pub home: String,
}

/// Writes the pages of a board as it stands on a day.
pub fn write(site: &Site, reading: &Reading, day: Day, put: &Put) -> anyhow::Result<Written> {
    let (filter, options) = (Filter::default(), Options::default());
    let board = &reading.board;
    let now = judge(board, day);
    let brief = Brief {
        reading,
        now: &now,
        then: None,
        filter: &filter,
        options: &options,
        meetings: None,
    };
    let groups = GroupPapers::from_brief(&brief);
    let ids: Vec<&str> = groups.ids().collect();
    let home = home(&reading.home, &board.name);
    let pages = Pages {
        site,
        reading,
        day,
        addresses: Addresses::new(site, board, home, &ids),
        put,
    };
    let past = papers::write(&pages)?;
    let book = Book {
        pages: &pages,
        brief: &Brief {
            then: past.before.last(),
            meetings: Some(&past.before),
            ..brief
        },
        past: &past,
    };
    book.write(&groups)?;
    Ok(Written {
        row: BoardRow::judged(board, &now, &past.before, &filter),
        home: pages.addresses.home,
    })
}

/// What all pages of a board are made of.
struct Book<'b, 's> {
    pages: &'s Pages<'b, 's>,
    brief: &'s Brief<'b>,
    past: &'s PastMeetings<'b>,
}

impl<'b> Book<'b, '_> {
    fn board(&self) -> &'b Board {
        &self.brief.reading.board
    }

    fn write(&self, groups: &GroupPapers) -> anyhow::Result<()> {
        let mut index = Index::default();
        let plans = self.brief.plans();
        let decisions: Vec<Decisions> = plans
            .iter()
            .map(|plan| Decisions::from_brief(self.brief, plan))
            .collect();
        self.today()?;
        if self.pages.site.has(Part::Board) {
            self.plans(&plans, &decisions, &mut index)?;
            self.actions(&plans, &mut index)?;
            self.pages
                .write_own(MenuPlace::Meanings, "ratings.html", |document| {
                    Meanings::of(self.brief).lay_out(document);
                })?;
        }
        if self.pages.site.has(Part::Group) {
            self.groups(groups, &plans, &mut index)?;
        }
        if self.pages.site.has(Part::Papers) {
            self.meetings(&plans, &decisions, &mut index)?;
        }
        if self.pages.site.has(Part::Decisions) {
            self.decisions(&plans, &decisions)?;
        }
        self.registers(&mut index)?;
        for (_, part, name, address) in MENU {
            if self.pages.site.has(*part) {
                index.add(name, "", &self.pages.in_site(address));
            }
        }
        (self.pages.put)(&self.pages.index(), index.script().as_bytes())
    }

    /// The front page. Of a board alone it is the site's as well.
    fn today(&self) -> anyhow::Result<()> {
        let papers = BoardPapers::from_brief(self.brief);
        let quarter = Quarter::of(self.brief);
        let lay_out = |document: &mut Document| {
            papers.front(|document| quarter.lay_out_next(NEXT, document), document);
        };
        self.pages
            .write_own(MenuPlace::Today, "index.html", lay_out)?;
        if !self.pages.site.has_several {
            self.pages
                .write(MenuPlace::Today, "index.html".into(), lay_out)?;
        }
        Ok(())
    }

    fn plans(
        &self,
        plans: &[PlanBrief<'b>],
        decisions: &[Decisions],
        index: &mut Index,
    ) -> anyhow::Result<()> {
        self.pages
            .write_own(MenuPlace::Plans, "plans/index.html", |document| {
                let row = BoardRow::judged(
                    self.board(),
                    self.brief.now,
                    &self.past.before,
                    self.brief.filter,
                );
                row.lay_out_plans(self.brief.day(), document);
            })?;
        for (plan, decisions) in plans.iter().zip(decisions) {
            let stem = &plan.plan.stem;
            let address = self.pages.addresses.plan(plan.index);
            index.add(&plan.plan.title, stem, &address);
            let register = self.pages.addresses.register(plan.index);
            let has_decisions =
                self.pages.site.has(Part::Decisions) && !decisions.meetings.is_empty();
            self.pages.write(MenuPlace::Plans, address, |document| {
                self.plan(plan, document);
                if has_decisions {
                    let words = "What was agreed and refused of this plan";
                    let link = named(Tone::Plain, words, Subject::Address(register.clone()));
                    document.blocks.push(Block::Paragraph(vec![link]));
                }
            })?;
            if has_decisions {
                self.pages
                    .write(MenuPlace::Decisions, register.clone(), |document| {
                        decisions.lay_out(document)
                    })?;
            }
            self.priorities(plan, index)?;
        }
        Ok(())
    }

    /// A plan as its own table, opened by its counts.
    fn plan(&self, plan: &PlanBrief<'b>, document: &mut Document) {
        let from = document.blocks.len();
        WorkPlan::from_brief(self.brief, plan).lay_out(document);
        if !plan.plan.priorities.is_empty() {
            let ratings = Block::Table(priority::ratings(plan));
            document.blocks.insert(from + 1, ratings);
        }
    }

    fn priorities(&self, plan: &PlanBrief<'b>, index: &mut Index) -> anyhow::Result<()> {
        let below = by_priority(&plan.rows);
        for (at, priority) in plan.plan.priorities.iter().enumerate() {
            let none = Vec::new();
            let rows = below.get(&Some(at)).unwrap_or(&none);
            let address = self.pages.addresses.priority(plan.index, at);
            let title = format!("{} {}", priority.id, priority.title);
            index.add(&title, &plan.plan.title, &address);
            self.pages.write(MenuPlace::Plans, address, |document| {
                PriorityPaper::of(self.brief, plan, at, rows).lay_out(document);
            })?;
        }
        Ok(())
    }

    /// The page of each action, which it shares with those that it carries on: as the latest plan has it.
    fn actions(&self, plans: &[PlanBrief<'b>], index: &mut Index) -> anyhow::Result<()> {
        let board = self.board();
        let histories = Histories::new(board);
        let mut rows: HashMap<(usize, usize), &Row> = HashMap::new();
        for row in plans.iter().flat_map(|plan| &plan.rows) {
            rows.insert((row.plan_index, row.index), row);
        }
        let mut about: HashMap<(String, String), Vec<Challenge>> = HashMap::new();
        if self.pages.site.has(Part::Challenges) {
            for challenge in challenges(board, self.brief.day()) {
                if let (Some(plan), Some(id)) = (&challenge.plan, &challenge.action) {
                    let of = about.entry((plan.clone(), id.clone())).or_default();
                    of.push(challenge);
                }
            }
        }
        for chain in chains(board) {
            let known = chain.iter().filter_map(|place| rows.get(place));
            let known: Vec<&&Row> = known.collect();
            let Some(row) = known.last() else {
                continue;
            };
            let of_row = |row: &&&Row| {
                let key = (row.plan.stem.clone(), row.action.id.value.to_string());
                about.get(&key).cloned().unwrap_or_default()
            };
            let raised: Vec<Challenge> = known.iter().flat_map(of_row).collect();
            let address = self.pages.addresses.action((row.plan_index, row.index));
            let title = format!("{} {}", row.action.id, row.plan.name(row.action));
            index.add(&title, &row.plan.title, address);
            let sources = &self.brief.reading.sources;
            let action = ActionInFull::among(row, sources, self.brief.day(), &histories);
            self.pages
                .write(MenuPlace::Plans, address.to_owned(), |document| {
                    action.lay_out_page(row, &raised, document);
                })?;
        }
        Ok(())
    }

    fn groups(
        &self,
        groups: &GroupPapers,
        plans: &[PlanBrief<'b>],
        index: &mut Index,
    ) -> anyhow::Result<()> {
        self.pages
            .write_own(MenuPlace::Groups, "groups/index.html", |document| {
                document.blocks.extend(groups.front().blocks);
            })?;
        let current = self.brief.in_force_first();
        let in_hand = (current.iter())
            .filter_map(|current| plans.iter().find(|plan| plan.index == current.index));
        let answered: Vec<(usize, HashMap<String, Vec<Row>>)> = in_hand
            .map(|plan| (plan.index, by_group(&plan.rows, Row::answerable)))
            .collect();
        for group in &groups.groups {
            let Some(id) = &group.group else { continue };
            let Some(address) = self.pages.addresses.group(id) else {
                continue;
            };
            index.add(&group.name, "group", &address);
            let forms = self.forms(id, &answered)?;
            self.pages.write(MenuPlace::Groups, address, |document| {
                let page = group.page(self.board().title(), self.brief.day());
                document.blocks.extend(page.blocks);
                if !forms.is_empty() {
                    document.heading(Level::Section, "Form to fill in", "");
                    document.list(forms.clone());
                }
            })?;
        }
        Ok(())
    }

    /// Writes the forms of a group, and gives a line for each.
    fn forms(
        &self,
        id: &str,
        answered: &[(usize, HashMap<String, Vec<Row>>)],
    ) -> anyhow::Result<Vec<Line>> {
        let Some(format) = form::format_of(".xlsx") else {
            return Ok(Vec::new());
        };
        let mut lines = Vec::new();
        for (plan, by_group) in answered {
            let rows = by_group.get(&Board::key(id));
            let form = rows.and_then(|rows| Form::of(rows, id, self.brief.day()));
            let (Some(form), Some(address)) = (form, self.pages.addresses.form(id, *plan)) else {
                continue;
            };
            (self.pages.put)(&address, &(format.write)(&form)?)?;
            let words = format!("{} (Excel)", form.plan_name);
            lines.push(vec![named(Tone::Plain, words, Subject::Address(address))]);
        }
        Ok(lines)
    }

    fn meetings(
        &self,
        plans: &[PlanBrief<'b>],
        decisions: &[Decisions],
        index: &mut Index,
    ) -> anyhow::Result<()> {
        let mut by_day: BTreeMap<Day, Vec<(&str, &Meeting)>> = BTreeMap::new();
        for (plan, decisions) in plans.iter().zip(decisions) {
            for meeting in &decisions.meetings {
                by_day
                    .entry(meeting.date)
                    .or_default()
                    .push((&plan.plan.title, meeting));
            }
        }
        let title = format!("Meetings · {}", self.board().title());
        self.pages
            .write_own(MenuPlace::Meetings, "meetings/index.html", |document| {
                document
                    .blocks
                    .push(Block::Title(title.clone(), self.brief.day().long()));
                let decided = |day: Day| {
                    let meetings = by_day.get(&day).into_iter().flatten();
                    meetings
                        .map(|(_, meeting)| meeting.decided.len())
                        .sum::<usize>()
                };
                let addresses = &self.pages.addresses;
                self.past.lay_out_list(addresses, decided, document);
            })?;
        for day in &self.past.days {
            let name = format!("Meeting of {}", day.long());
            let folder = self.pages.addresses.meeting(*day);
            let address = format!("{folder}index.html");
            index.add(&name, "papers and decisions", &address);
            self.pages.write(MenuPlace::Meetings, address, |document| {
                let board = self.board().title();
                document
                    .blocks
                    .push(Block::Title(name.clone(), board.to_owned()));
                document.heading(Level::Section, "Papers, as they stood on the day", "");
                document.list(papers::links(&folder));
                document.heading(Level::Section, "What was decided", "");
                let decided = by_day.get(day).map(Vec::as_slice).unwrap_or_default();
                if decided.is_empty() {
                    document.paragraph("Nothing was agreed or refused.");
                }
                for (plan, meeting) in decided {
                    if plans.len() > 1 {
                        document.heading(Level::Part, *plan, "");
                    }
                    meeting.lay_out(document);
                }
            })?;
        }
        Ok(())
    }

    /// What was decided of the plans in hand; the registers of others are a click away.
    fn decisions(&self, plans: &[PlanBrief<'b>], decisions: &[Decisions]) -> anyhow::Result<()> {
        let current: Vec<usize> = self
            .brief
            .in_force_first()
            .iter()
            .map(|plan| plan.index)
            .collect();
        self.pages
            .write_own(MenuPlace::Decisions, "decisions.html", |document| {
                let in_hand = plans.iter().zip(decisions);
                let in_hand = in_hand.filter(|(plan, _)| current.contains(&plan.index));
                let in_hand = in_hand.map(|(_, decisions)| decisions);
                by_meeting(self.board().title(), self.brief.day(), in_hand, document);
                let others = plans.iter().zip(decisions).filter(|(plan, decisions)| {
                    !current.contains(&plan.index) && !decisions.meetings.is_empty()
                });
                let others = others.map(|(plan, _)| {
                    let address = self.pages.addresses.register(plan.index);
                    vec![named(
                        Tone::Plain,
                        &*plan.plan.title,
                        Subject::Address(address),
                    )]
                });
                let others: Vec<Line> = others.collect();
                if !others.is_empty() && self.pages.site.has(Part::Board) {
                    document.heading(Level::Section, "Decisions of earlier plans", "");
                    document.list(others);
                }
            })
    }

    /// The pages of what the board keeps beside its plans.
    fn registers(&self, index: &mut Index) -> anyhow::Result<()> {
        let brief = self.brief;
        if self.pages.site.has(Part::Challenges) {
            self.pages
                .write_own(MenuPlace::Challenges, "challenges.html", |document| {
                    challenges::Log::from_brief(brief).lay_out(document);
                })?;
        }
        if self.pages.site.has(Part::Reviews) {
            self.pages
                .write_own(MenuPlace::Reviews, "reviews.html", |document| {
                    reviews::Register::from_brief(brief).lay_out(document);
                })?;
        }
        if self.pages.site.has(Part::Indicators) {
            self.indicators(index)?;
        }
        if self.pages.site.has(Part::Calendar) {
            let quarter = Quarter::of(brief);
            self.pages
                .write_own(MenuPlace::Calendar, "calendar.html", |document| {
                    let title = format!("Calendar · {}", self.board().title());
                    document.blocks.push(Block::Title(title, quarter.title()));
                    quarter.lay_out(document);
                })?;
        }
        Ok(())
    }

    /// The scorecard of the plans in hand, and a page for each indicator.
    fn indicators(&self, index: &mut Index) -> anyhow::Result<()> {
        let (brief, title) = (self.brief, self.board().title());
        let plans = brief.in_force_first();
        let measured: Vec<(&PlanBrief, Indicators)> = (plans.iter())
            .map(|plan| (plan, Indicators::from_brief(brief, plan)))
            .filter(|(_, report)| !report.indicators.is_empty())
            .collect();
        self.pages
            .write_own(MenuPlace::Indicators, "indicators.html", |document| {
                for (_, report) in &measured {
                    report.front(document);
                }
                if measured.is_empty() {
                    let title = format!("Indicators · {title}");
                    document
                        .blocks
                        .push(Block::Title(title, brief.day().long()));
                    document.paragraph("The plans name no indicators.");
                }
            })?;
        for (plan, report) in &measured {
            for (at, indicator) in report.indicators.iter().enumerate() {
                let Some(address) = self.pages.addresses.indicator(plan.index, at) else {
                    continue;
                };
                let name = indicator.title.as_deref().unwrap_or_default();
                index.add(&format!("{} {name}", indicator.id), "indicator", &address);
                self.pages
                    .write(MenuPlace::Indicators, address, |document| {
                        indicator.page(brief.day(), document);
                    })?;
            }
        }
        Ok(())
    }
}
