//! Findings for people, as a good compiler shows them: the line, what is wrong with it, and what
//! would be right.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::UnicodeWidthStr;

use crate::document::{Document, visible};
use crate::finding::{Placed, Severity};
use crate::render::terminal::{self, Terminal};
use crate::report::findings::SeverityCounts;
use crate::source::{Place, Sources};

/// How many findings of one rule in one file are listed; the rest are counted.
const LISTED: usize = 200;

/// Findings as text, made board by board while the files are in hand, so that only what is shown is
/// kept.
#[derive(Default)]
pub struct FindingsPage {
    warnings: String,
    errors: String,
    /// Of a file and a rule, how many findings are not listed.
    unlisted: Vec<(Arc<str>, &'static str, usize)>,
    counts: SeverityCounts,
}

impl FindingsPage {
    /// What is found in one board.
    pub fn new(findings: &[Placed], sources: &Sources, terminal: Terminal) -> FindingsPage {
        let writer = FindingWriter::new(sources, terminal);
        let mut page = FindingsPage {
            counts: SeverityCounts::of(findings),
            ..FindingsPage::default()
        };
        let mut counts: HashMap<(&Arc<str>, &'static str), usize> = HashMap::new();
        for finding in findings {
            let count = counts
                .entry((&finding.place.path, finding.rule))
                .or_default();
            *count += 1;
            if *count <= LISTED {
                let text = match finding.severity {
                    Severity::Warning => &mut page.warnings,
                    Severity::Error => &mut page.errors,
                };
                writer.write(finding, text);
            }
        }
        let unlisted = counts.into_iter().filter(|(_, count)| *count > LISTED);
        page.unlisted
            .extend(unlisted.map(|((path, rule), count)| (Arc::clone(path), rule, count - LISTED)));
        page
    }

    /// Adds what is found in another board.
    pub fn add(&mut self, other: FindingsPage) {
        self.warnings += &other.warnings;
        self.errors += &other.errors;
        self.unlisted.extend(other.unlisted);
        self.counts.error += other.counts.error;
        self.counts.warning += other.counts.warning;
    }

    pub fn counts(&self) -> SeverityCounts {
        self.counts
    }

    /// All findings, one after another, with an empty line between them; then how many there are.
    /// `opening` is what stands before them: which files could not be read.
    pub fn finish(mut self, opening: &Document, terminal: Terminal) -> String {
        // The longest part is not copied: of many boards it may be most of what is in memory.
        let mut text = self.warnings;
        text.insert_str(0, &terminal::render(opening, terminal));
        // Errors come last, where the eye is when the page has run through.
        text += &self.errors;
        self.unlisted.sort_unstable();
        for (path, rule, more) in &self.unlisted {
            let _ = write!(text, "{}: {more} more of {rule}\n\n", visible(path));
        }
        text += &summary(self.counts);
        text.push('\n');
        text
    }
}

fn summary(counts: SeverityCounts) -> String {
    let number = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    match (counts.error, counts.warning) {
        (0, 0) => "No errors, no warnings.".into(),
        (error, warning) => format!(
            "{}, {}.",
            number(error, "error"),
            number(warning, "warning")
        ),
    }
}

/// Writes findings about some files.
struct FindingWriter<'s> {
    sources: &'s Sources,
    terminal: Terminal,
    renderer: Renderer,
}

impl<'s> FindingWriter<'s> {
    fn new(sources: &'s Sources, terminal: Terminal) -> FindingWriter<'s> {
        let renderer = if terminal.colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        FindingWriter {
            sources,
            terminal,
            renderer: renderer
                .decor_style(DecorStyle::Ascii)
                .term_width(terminal.width),
        }
    }

    /// Writes a finding, and an empty line after it.
    fn write(&self, finding: &Placed, text: &mut String) {
        if self.write_plain(finding, text).is_none() {
            *text += &self.rendered(finding);
        }
        *text += "\n\n";
    }

    /// Writes a finding of the most frequent kind, about a part of one short line, as the renderer does,
    /// which takes thirty times as long; of any other kind nothing is written.
    fn write_plain(&self, finding: &Placed, text: &mut String) -> Option<()> {
        let excerpt = self.sources.excerpt(finding.place.at);
        let Range { start, end } = excerpt.marked;
        let (line, before) = (excerpt.text, &excerpt.text[..start]);
        let marked = line[start..end].width();
        let in_one_row = |words: &str| !words.contains(['\n', '\r', '\t']);
        let is_narrow = |words: &str| words.is_ascii() || words.width() == words.chars().count();
        let words = finding.help.as_deref().unwrap_or_default();
        // Beside the line stand its number and the signs around it.
        let fits = line.len() + 20 <= self.terminal.width;
        let is_plain = !self.terminal.colour
            && fits
            && marked > 0
            && finding.related.is_empty()
            && before.chars().count() + 1 == finding.place.start.column
            && [line, &finding.message, words].into_iter().all(in_one_row)
            && is_narrow(line)
            && matches!(visible(line), std::borrow::Cow::Borrowed(_));
        if !is_plain {
            return None;
        }
        let number = finding.place.start.line.to_string();
        let gap = " ".repeat(number.len());
        let (severity, rule) = (finding.severity.word(), finding.rule);
        let message = visible(&finding.message);
        let (path, column) = (visible(&finding.place.path), finding.place.start.column);
        let (indent, mark) = (" ".repeat(before.width()), "^".repeat(marked));
        let shown = line.trim_end();
        let _ = write!(
            text,
            "{severity}[{rule}]: {message}\n\
             {gap}--> {path}:{number}:{column}\n\
             {gap} |\n\
             {number} | {shown}\n\
             {gap} | {indent}{mark}",
        );
        if let Some(help) = &finding.help {
            let _ = write!(text, "\n{gap} |\n{gap} = help: {}", visible(help));
        }
        Some(())
    }

    fn rendered(&self, finding: &Placed) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = visible(&finding.message);
        let shown = |place| ShownPlace::new(place, self.sources);
        let place = shown(&finding.place);
        let related: Vec<(ShownPlace, String)> = (finding.related.iter())
            .map(|(place, label)| (shown(place), visible(label).into_owned()))
            .collect();
        let help = finding.help.as_deref().map(visible);
        let title = level.primary_title(&*message).id(finding.rule);
        let mut group = place.show(Group::with_title(title), AnnotationKind::Primary, None);
        for (place, label) in &related {
            group = place.show(group, AnnotationKind::Context, Some(label));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        self.renderer.render(&[group])
    }
}

/// A place's lines with hidden characters escaped, and its mark moved along.
struct ShownPlace<'p> {
    place: &'p Place,
    text: String,
    marked: Range<usize>,
    /// The first line that is shown.
    line: usize,
}

impl<'p> ShownPlace<'p> {
    fn new(place: &'p Place, sources: &Sources) -> ShownPlace<'p> {
        let excerpt = sources.excerpt(place.at);
        let Range { start, end } = excerpt.marked;
        let before = escaped(&excerpt.text[..start]);
        let marked = escaped(&excerpt.text[start..end]);
        let after = escaped(&excerpt.text[end..]);
        ShownPlace {
            place,
            marked: before.len()..before.len() + marked.len(),
            line: place.start.line - excerpt.text[..start].matches('\n').count(),
            text: before + &marked + &after,
        }
    }

    /// Adds the place and its lines. The figures are those of the file: where the excerpt leaves out or
    /// escapes something before the mark, they are given apart from it.
    fn show<'e>(
        &'e self,
        group: Group<'e>,
        kind: AnnotationKind,
        label: Option<&'e str>,
    ) -> Group<'e> {
        let start = self.place.start;
        let path = visible(&self.place.path);
        let annotation = kind.span(self.marked.clone()).label(label);
        let snippet = Snippet::source(&self.text)
            .line_start(self.line)
            .annotation(annotation);
        let before = &self.text[..self.marked.start];
        let line = before.rsplit('\n').next().unwrap_or(before);
        if line.chars().count() + 1 == start.column {
            return group.element(snippet.path(path));
        }
        let origin = Origin::path(path)
            .line(start.line)
            .char_column(start.column);
        group.element(origin).element(snippet)
    }
}

/// Hidden characters escaped; a tab is shown as one space, so that the mark stands under it.
fn escaped(text: &str) -> String {
    let tabs = text.replace('\t', " ").replace("\r\n", "\n");
    visible(&tabs).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Source, Span};

    proptest! {
        /// What is written plainly is what the renderer makes of it, to the last space.
        #[test]
        fn a_plain_finding_looks_as_the_renderer_shows_it(
            text in "([ a-z–é\"#:\\t一]{0,70}\n){1,12}",
            (from, length) in (0..300usize, 0..40usize),
            message in "[a-z`é一 \n\u{200b}]{1,40}",
            help in prop::option::of("[a-z`é \n]{1,40}"),
            is_error in any::<bool>(),
            width in 40..160usize,
        ) {
            let edge = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let (start, end) = (edge(from), edge(from + length));
            let mut sources = Sources::default();
            let source = Source::new("plans/b/plan.yaml".into(), "b/plan.yaml".into(), text.clone());
            let at = Span { file: sources.add(source), start: start as u32, end: end as u32 };
            let finding = Placed {
                rule: "no-owner",
                severity: if is_error { Severity::Error } else { Severity::Warning },
                message,
                help,
                place: sources.place(at),
                related: Vec::new(),
                fix: None,
                changed: None,
            };
            let writer = FindingWriter::new(&sources, Terminal { width, colour: false });
            let mut plain = String::new();
            if writer.write_plain(&finding, &mut plain).is_some() {
                prop_assert_eq!(plain, writer.rendered(&finding));
            }
        }
    }
}
