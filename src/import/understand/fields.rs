//! What a column of a board's table can hold, and the headings that boards give it. `headings.rs` holds
//! a heading against them.

/// What a column of a board's table can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Id,
    Priority,
    Theme,
    Objective,
    Outcomes,
    Action,
    Impact,
    Measure,
    Responsibility,
    Lead,
    Timescale,
    Starts,
    Revised,
    Completed,
    Added,
    Milestones,
    Evidence,
    Note,
    Rag,
    Status,
    Done,
    Next,
    Voice,
    /// Why a later deadline, a pause or the like is asked for.
    Reason,
    /// Left out, as the user asked.
    Nothing,
}

use Field::*;

/// A field as `--map` names it.
#[derive(Debug)]
pub struct FieldRow {
    pub field: Field,
    pub name: &'static str,
    /// One line for `--help`.
    pub help: &'static str,
    /// The headings that boards give it, as whole headings, between commas.
    pub headings: &'static str,
}

impl Field {
    /// Whether the column groups actions: a blank cell of it means the one above.
    pub fn is_group(self) -> bool {
        matches!(self, Priority | Theme | Objective | Outcomes)
    }

    /// Whether the column says how an action stands, which is no part of the plan as adopted.
    pub fn is_progress(self) -> bool {
        matches!(
            self,
            Rag | Status | Done | Next | Voice | Reason | Revised | Completed
        )
    }

    /// Whether the column says by whom or by when.
    pub fn says_who_or_when(self) -> bool {
        matches!(self, Responsibility | Lead | Timescale)
    }

    /// Whether the column rates an action.
    pub fn is_rating(self) -> bool {
        matches!(self, Rag | Status)
    }

    /// Whether the column says what is to be done or achieved: no plan is without one.
    pub fn is_text(self) -> bool {
        matches!(self, Action | Impact | Objective | Measure | Outcomes)
    }

    /// Its name in the files.
    pub fn name(self) -> &'static str {
        FIELDS[self as usize].name
    }

    /// The field of a name; none where there is no such field.
    pub fn named(name: &str) -> Option<Field> {
        let name = name.trim().to_lowercase();
        let row = FIELDS.iter().find(|row| row.name == name)?;
        Some(row.field)
    }
}

/// The fields in the order of [`Field`], each with the headings that boards give it, singular and in
/// lower case. A heading is held against them as a whole.
pub static FIELDS: [FieldRow; 25] = [
    FieldRow {
        field: Id,
        name: "id",
        help: "the action's own number or reference",
        headings: "id, no, nr, number, ref, reference, item, item no, ref no, action no, action number, action \
            ref, action id, reference number, action reference, serial, serial no, line, rec no, \
            recommendation no, recommendation number, recommendation ref, task no, step no, minute ref, minute \
            no, minute, minute reference, unique ref, audit ref, log no, id no, risk no, risk ref, risk id, \
            risk number, challenge no, challenge ref, challenge id, issue no, issue ref, s no, sr no, sl no, \
            index, agenda item, agenda no, code, action code",
    },
    FieldRow {
        field: Priority,
        name: "priority",
        help: "the priority that the action belongs to",
        headings: "priority, strategic priority, key priority, priority area, strategic aim, strategic goal, \
            workstream, work stream, strand, strategic objective, pillar, domain, business priority, \
            priority theme, ambition, pledge, commitment",
    },
    FieldRow {
        field: Theme,
        name: "theme",
        help: "a heading over objectives or actions",
        headings: "theme, area, topic, heading, issue, area of work, work area, subject, audit, audit area, \
            audit title, audit name, governance issue, category, focus, area of focus, portfolio, focus area, \
            key line of enquiry, kloe, standard, section, key area, service area",
    },
    FieldRow {
        field: Objective,
        name: "objective",
        help: "what the action is to achieve, or the recommendation that it answers",
        headings: "objective, aim, goal, recommendation, key objective, sub objective, finding, what do we \
            need to achieve, what do we want to achieve, what are we trying to achieve, what we want to \
            achieve, area for improvement, area for development, key finding, learning point, learning, smart \
            objective, key driver, primary driver, driver, what we will achieve, issue identified, \
            requirement, recommendation made, what we need to achieve, improvement required, development area, \
            we will, challenge, concern, challenge and concern, concern raised, challenge raised, \
            developmental objective, development objective",
    },
    FieldRow {
        field: Outcomes,
        name: "outcomes",
        help: "what the priority is to bring about",
        headings: "outcome, desired outcome, intended outcome, expected outcome, our outcome, strategic outcome, \
            key outcome, planned outcome, anticipated outcome, outcome required, outcome sought, outcome for \
            child, outcome and impact, outcome we want to achieve, outcome we want to see, outcome we want",
    },
    FieldRow {
        field: Action,
        name: "action",
        help: "what is to be done",
        headings: "action, task, activity, key action, key activity, action required, deliverable, step, what \
            we will do, what will we do, what are we going to do, how are we going to do it, how will we do \
            it, how will we achieve it, what needs to be done, what, how, agreed action, planned action, key \
            task, action to be taken, action measure, action point, action needed, action agreed, action \
            description, description of action, key deliverable, smart action, action detail, required action, \
            improvement action, proposed action, action arising, action plan, what we are going to do, how we \
            will do it, how we will achieve this, how will this be achieved, what will it do, work required, \
            action item, project, initiative, intervention, method, how will we achieve this, what needs to \
            happen, what do we need to do, action and activity, key step, action to be completed, action to \
            achieve objective, action task, description, what will be done, specific action, supporting \
            action, delivery action, additional action, mitigating action, corrective action, action to take, \
            agency action, strategy, work to be done, action for agency, action we will take, task to be \
            completed, action area, priority action, item issue",
    },
    FieldRow {
        field: Impact,
        name: "impact",
        help: "what will be different",
        headings: "impact, what will be different, difference, expected impact, intended impact, benefit, impact \
            outcome, what difference will it make, what should we expect to see, anticipated impact, impact \
            on child, what will success look like, result, expected result, difference made, what success \
            looks like, what good looks like, expected benefit, desired impact, outcome impact, impact for \
            child, what difference will this make, what will it look like, what does good look like, what \
            does success look like, success, planned impact, desired result, output",
    },
    FieldRow {
        field: Measure,
        name: "measure",
        help: "how success is measured",
        headings: "measure, success measure, success criteria, measure of success, kpi, performance measure, \
            how will we measure, how will it be measured, how will we know, performance indicator, success \
            indicator, outcome measure, impact measure, target measure, key performance indicator, success \
            factor, measure of impact, how will we measure success, how we will measure success, how will we \
            know it has worked, measurable outcome, how we will know, indicator, measurement, monitoring \
            measure, how will success be measured, how will impact be measured, metric, measuring success, \
            monitoring and evaluation, monitoring evaluation, monitoring arrangement, monitoring, performance standard",
    },
    FieldRow {
        field: Responsibility,
        name: "responsibility",
        help: "who is to do it",
        headings: "responsibility, lead, responsible officer, who, owner, responsible, lead officer, lead \
            agency, by whom, whom, led by, person responsible, accountable, lead person, lead partner, \
            delivery lead, assigned to, action by, agency, partner, lead professional, responsible person, \
            responsible lead, action lead, action owner, who is going to do it, who will do it, who is \
            responsible, lead responsibility, accountability, delivery partner, supporting partner, support, \
            lead group, responsible agency, subgroup, delivered by, lead name, responsible group, lead \
            organisation, accountable officer, supporting agency, supported by, officer, responsible body, \
            responsible party, responsible team, lead member, lead director, lead manager, task owner, named \
            lead, named person, staff responsible, who by, allocated to, accountable person, key partner, lead \
            and partner, nominated lead, action holder, responsible manager, sponsor, executive lead, sro, \
            senior responsible owner, operational lead, accountable body, officer responsible, lead contact, \
            person accountable, service lead, organisation, lead sub group, sub group, lead subgroup, \
            operational owner, executive owner, executive sponsor, lead owner, designated lead, responsible \
            owner, council lead, delivery owner, responsible department, department, strategic lead, who lead, \
            who will lead, monitored by, team, person, initial, supporting, supporting lead, owned by, \
            assignee, agency lead, board lead, senior lead, leading, lead body, managed by, personnel, \
            individual, individual group",
    },
    FieldRow {
        field: Lead,
        name: "lead",
        help: "the one who answers for it",
        headings: "accountable lead",
    },
    FieldRow {
        field: Timescale,
        name: "timescale",
        help: "by when, as the board writes it",
        headings: "timescale, by when, by, deadline, target date, when, due, due date, completion date, date, \
            end date, timeframe, time frame, time scale, timing, date due, target completion date, date for \
            completion, completion, target, timeline, milestone date, when should it be completed, when will \
            it be done, completed by, complete by, finish date, planned completion, target timescale, original \
            date, original deadline, original target date, original due date, original timescale, original \
            completion date, original target, baseline date, planned date, planned end date, planned \
            completion date, target end date, proposed date, proposed completion date, agreed date, agreed \
            deadline, time limit, due by, completion due, target for completion, completion target, target \
            completion, date to be completed, date to be completed by, to be completed by, implementation \
            date, target implementation date, delivery date, end, finish, date of completion, period, \
            completion by, when will it be completed, when by, date required, action due date, action \
            deadline, deadline date, planned timescale, proposed timescale, implementation timescale, year, \
            fy, financial year, due for completion, expected date, target deadline, year to action, year of \
            action, schedule, timetable, deadline for completion, review date, date to be complied with, date of \
            compliance, comply by, to be complied with by",
    },
    FieldRow {
        field: Starts,
        name: "starts",
        help: "when work is to begin",
        headings: "start, start date, planned start, planned start date, commencement date, from, date start, \
            begin, commence, start by, target start date, proposed start date, commencement",
    },
    FieldRow {
        field: Revised,
        name: "revised",
        help: "a later deadline, which is then asked for in a first report",
        headings: "revised date, revised deadline, revised timescale, revised target date, revised due date, \
            revised completion date, revised target, new date, new deadline, new target date, new due date, \
            new timescale, extended to, amended date, amended deadline, amended timescale, updated \
            timescale, updated deadline, updated target date, forecast date, forecast completion date, \
            forecast completion, revised end date, extension, extension date, extended date, extended \
            deadline, current deadline, current due date, current target date, revision, revised, expected \
            completion date, revised completion, rescheduled date, rescheduled to, revised implementation \
            date, revised timeframe, revised date for completion, extension requested, extension requested to, \
            extended until, slipped to, moved to, date moved to, now due, now due by",
    },
    FieldRow {
        field: Completed,
        name: "completed",
        help: "the day on which it was completed, or a tick",
        headings: "date completed, completed, completed on, actual completion date, actual completion, actual date, \
            date closed, closed, closed on, closure date, actual end date, actual date completed, date \
            achieved, achieved on, date of closure, date complete, date action completed, date done, actual \
            finish, actual finish date, close date, closed date, date of actual completion, completed date, \
            actual, date delivered, date implemented, date finished",
    },
    FieldRow {
        field: Added,
        name: "added",
        help: "the day on which it was raised or agreed, such as a meeting's",
        headings: "meeting date, date of meeting, date raised, raised, raised on, date added, date logged, date \
            opened, opened, date agreed, date identified, date assigned, added, meeting, date set, date of \
            action, action date, date action agreed, date allocated, date action raised, date raised on, \
            date of request, logged, date of decision, minute date, date recorded, date entered, date \
            created, created, date of log, open date, opened on, date issued, source meeting, meeting raised",
    },
    FieldRow {
        field: Milestones,
        name: "milestones",
        help: "a step of the action; the deadline in its row is the step's",
        headings: "milestone, key milestone, interim milestone, stage, sub task, subtask, sub action, milestone \
            step, action milestone, delivery milestone, phase",
    },
    FieldRow {
        field: Evidence,
        name: "evidence",
        help: "what will show that it is done",
        headings: "evidence, assurance, evidence of completion, how evidenced, proof, source of evidence, evidence \
            source, evidenced by, evidence base, data source, what assurance has the board had, how will we \
            evidence, evidence of impact, evidence required, assurance source, source of assurance, evidence \
            of success, evidence to be provided, supporting evidence, method of assurance, evidence link, \
            evidence of outcome, monitoring and evidence, assurance and evidence, evidence of progress, how \
            will this be evidenced, evidence of achievement, evidence of change",
    },
    FieldRow {
        field: Note,
        name: "note",
        help: "anything else, kept with the column's name",
        headings: "note, further information, additional information, remark, consulted, informed, consultee, \
            who consulted, to be consulted, to be informed, raised by, challenged by, identified by, directed \
            to, publication, target band, current band, target rating, target rag, target score",
    },
    FieldRow {
        field: Rag,
        name: "rag",
        help: "red, amber, green or blue: a word, a letter or a cell's colour",
        headings: "rag, brag, rag rating, rag rated, rag status, brag rating, brag status, rating, brag rated, \
            rag rate, status rag, progress rag, rag score, current rag, current rag status, current rag \
            rating, ragb, ragb status, traffic light, colour, rag progress, delivery rag, rag b, progress \
            rating, action rag, confidence, assessment of progress, progress assessment, progress category, \
            progress grade, progress grading, r a g, b r a g, r a g b, r a g rating, r a g status",
    },
    FieldRow {
        field: Status,
        name: "status",
        help: "not started, in progress, complete and the like",
        headings: "status, progress status, state, action status, current status, delivery status, status of \
            action, open closed, open or closed, complete yes no, implementation status, completion status, \
            overall status, current state, recommendation status",
    },
    FieldRow {
        field: Done,
        name: "done",
        help: "what was done so far",
        headings: "progress, update, comment, progress update, current position, latest position, progress to \
            date, narrative, commentary, progress made, progress report, latest update, progress comment, \
            latest note, latest comment, progress note, position statement, what we have done, done, action \
            taken, work to date, action taken to date, work completed, what has been done, progress so far, \
            status update, current progress, action to date, position, outcome of action, latest progress, \
            update on progress, progress and next step, activity to date, what have we done, achievement to \
            date, progress against action, board update, action update, quarterly update, update comment, \
            progress and comment, implementation update, work undertaken, work done, achievement, response, \
            management response, review comment, review, evaluation, termly review, lead comment, update and \
            comment, action undertaken, comment update, comment and progress, position to date, outcome to \
            date, action you have taken or are planning to take, please state the action you have taken or are \
            planning to take, action taken or planned",
    },
    FieldRow {
        field: Next,
        name: "next",
        help: "what comes next",
        headings: "next step, next, further action, further action required, outstanding action, action \
            outstanding, still to do, planned next step",
    },
    FieldRow {
        field: Voice,
        name: "voice",
        help: "what children, adults or families said",
        headings: "voice, voice of the child, what children told us, voice of child, lived experience, voice of the \
            adult, what people told us, what child told us",
    },
    FieldRow {
        field: Reason,
        name: "reason",
        help: "why a later deadline, a pause or a withdrawal is asked for",
        headings: "reason for extension, reason for delay, reason for change, reason for revision, reason for slippage, \
            reason for revised date, reason for new date, reason for date change, reason for amendment, reason for \
            variation, reason for extension request, reason for request, reason for deletion, reason for withdrawal, \
            reason for not achieving, reason for late delivery, reason for slip, explanation for delay, why delayed",
    },
    FieldRow {
        field: Nothing,
        name: "none",
        help: "leave the column out",
        headings: "",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_named_where_it_stands() {
        for (at, row) in FIELDS.iter().enumerate() {
            assert_eq!(row.field as usize, at, "{}", row.name);
            assert_eq!(Field::named(row.name), Some(row.field));
        }
    }

    #[test]
    fn no_heading_names_two_fields() {
        let mut seen = std::collections::BTreeMap::new();
        for row in &FIELDS {
            for heading in row
                .headings
                .split(", ")
                .filter(|heading| !heading.is_empty())
            {
                let before = seen.insert(heading, row.name);
                assert!(before.is_none(), "{heading}: {before:?} and {}", row.name);
            }
        }
    }
}
