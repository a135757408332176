//! Findings as JUnit XML: a test suite for each file, a failed test for each finding.

use crate::document::visible;
use crate::finding::{Placed, Severity};
use crate::report::Envelope;
use crate::report::findings::Findings;

pub fn junit(paper: &Envelope<Findings>, findings: &[Placed]) -> String {
    let errors = |findings: &[Placed]| {
        let errors = findings.iter().filter(|f| f.severity == Severity::Error);
        errors.count()
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // A report without a test would look like a run that never happened.
    let tests = findings.len().max(1);
    xml += &format!(
        "<testsuites name=\"plan validate\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\">\n",
        errors(findings),
        paper.incomplete.len()
    );
    for file in &paper.incomplete {
        let message = escaped(&format!("INCOMPLETE: {file} could not be read"));
        xml += &format!(
            "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
             <testcase name=\"readable\" classname=\"{0}\"><error message=\"{message}\"/></testcase>\n  \
             </testsuite>\n",
            escaped(file)
        );
    }
    if findings.is_empty() {
        xml += "  <testsuite name=\"plans\" tests=\"1\" failures=\"0\" errors=\"0\">\n    \
                <testcase name=\"no findings\" classname=\"plan\"/>\n  </testsuite>\n";
    }
    for file in findings.chunk_by(|a, b| a.place.path == b.place.path) {
        xml += &format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
            escaped(&file[0].place.path),
            file.len(),
            errors(file)
        );
        xml.extend(file.iter().map(case));
        xml += "  </testsuite>\n";
    }
    xml + "</testsuites>\n"
}

/// An error is a failed test, a warning a passed one with something to say.
fn case(finding: &Placed) -> String {
    let (path, start) = (escaped(&finding.place.path), finding.place.start);
    let place = format!("{path}:{}:{}", start.line, start.column);
    let message = escaped(&finding.message);
    let help = escaped(finding.help.as_deref().unwrap_or_default());
    let body = match finding.severity {
        Severity::Error => format!(
            "<failure type=\"{}\" message=\"{message}\">{place}: {message}\n{help}</failure>",
            finding.rule
        ),
        Severity::Warning => {
            format!("<system-out>{place}: warning: {message}\n{help}</system-out>")
        }
    };
    format!(
        "    <testcase name=\"{} {place}\" classname=\"{path}\" file=\"{path}\" line=\"{}\">\
         {body}</testcase>\n",
        finding.rule, start.line
    )
}

fn escaped(text: &str) -> String {
    let text = visible(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
