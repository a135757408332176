//! A change of a file as a unified diff.

use similar::TextDiff;

use crate::document::visible;

/// What changes in a file, as a unified diff; before is none where it is new.
pub fn unified(path: &str, before: Option<&str>, after: &str) -> String {
    let diff = TextDiff::from_lines(before.unwrap_or_default(), after);
    let old = before.map_or("/dev/null".into(), |_| format!("a/{path}"));
    let mut unified = diff.unified_diff();
    let text = unified.header(&old, &format!("b/{path}")).to_string();
    visible(&text.replace("\r\n", "\n")).into_owned()
}
