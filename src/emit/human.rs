//! Findings for people, as a good compiler shows them: the line, what is wrong with it, and what
//! would be right.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::document::visible;
use crate::finding::{Placed, Severity};
use crate::render::terminal::{self, Terminal};
use crate::report::Envelope;
use crate::report::findings::{Findings, SeverityCounts};
use crate::source::Place;

/// How many findings of one rule in one file are listed; the rest are counted.
const LISTED: usize = 200;

/// All findings, one after another, with an empty line between them; then how many there are.
pub fn human(paper: &Envelope<Findings>, findings: &[Placed], terminal: Terminal) -> String {
    let renderer = match terminal.colour {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let renderer = renderer
        .decor_style(DecorStyle::Ascii)
        .term_width(terminal.width);
    let mut text = terminal::render(&paper.document(|_, _| {}), terminal);
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    // Errors come last, where the eye is when the page has run through.
    let of = |severity| findings.iter().filter(move |f| f.severity == severity);
    for finding in of(Severity::Warning).chain(of(Severity::Error)) {
        let count = counts
            .entry((&finding.place.path, finding.rule))
            .or_default();
        *count += 1;
        if *count <= LISTED {
            text += &render(finding, &renderer);
            text += "\n\n";
        }
    }
    for ((path, rule), count) in counts.into_iter().filter(|(_, count)| *count > LISTED) {
        let more = count - LISTED;
        text += &format!("{}: {more} more of {rule}\n\n", visible(path));
    }
    text + &summary(&paper.data.counts) + "\n"
}

fn summary(counts: &SeverityCounts) -> String {
    let of = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    match (counts.error, counts.warning) {
        (0, 0) => "No errors, no warnings.".into(),
        (error, warning) => format!("{}, {}.", of(error, "error"), of(warning, "warning")),
    }
}

fn render(finding: &Placed, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = visible(&finding.message);
    let place = Excerpt::of(&finding.place);
    let related: Vec<(Excerpt, String)> = (finding.related.iter())
        .map(|(place, label)| (Excerpt::of(place), visible(label).into_owned()))
        .collect();
    let help = finding.help.as_deref().map(visible);
    let title = level.primary_title(&*message).id(finding.rule);
    let mut group = place.show(Group::with_title(title), AnnotationKind::Primary, None);
    for (excerpt, label) in &related {
        group = excerpt.show(group, AnnotationKind::Context, Some(label));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
}

/// A place's lines with hidden characters escaped, and its mark moved along.
struct Excerpt<'p> {
    place: &'p Place,
    text: String,
    marked: Range<usize>,
    /// The excerpt's first line.
    line: usize,
}

impl<'p> Excerpt<'p> {
    fn of(place: &'p Place) -> Excerpt<'p> {
        let Range { start, end } = place.marked;
        let shown = |text: &str| escaped(text);
        let before = shown(&place.excerpt[..start]);
        let marked = shown(&place.excerpt[start..end]);
        let after = shown(&place.excerpt[end..]);
        Excerpt {
            place,
            marked: before.len()..before.len() + marked.len(),
            line: place.start.line - place.excerpt[..start].matches('\n').count(),
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
