//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use crate::document::visible;
use crate::finding::Placed;
use crate::report::Envelope;
use crate::report::findings::Findings;

pub fn github(paper: &Envelope<Findings>, findings: &[Placed]) -> String {
    let incomplete = paper.incomplete.iter().map(|file| {
        let message = data(&format!("INCOMPLETE: {file} could not be read"));
        format!("::error file={}::{message}\n", property(file))
    });
    let annotations = findings.iter().map(|finding| {
        let (start, end) = (finding.place.start, finding.place.end);
        // GitHub marks columns only within one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            format!(",col={}", start.column)
        };
        let help = finding.help.as_ref();
        let help = help.map_or(String::new(), |help| format!("\n{help}"));
        format!(
            "::{} file={},line={},endLine={}{columns},title={}::{}\n",
            finding.severity.word(),
            property(&finding.place.path),
            start.line,
            end.line,
            property(finding.rule),
            data(&format!("{}{help}", finding.message)),
        )
    });
    incomplete.chain(annotations).collect()
}

fn data(text: &str) -> String {
    let text = visible(text).replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
