//! The one bounded parse that makes the tree: `granit-parser`'s events, decoded.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle};

use super::tree::{NodeKind, Slot};
use super::{MAX_DEPTH, MAX_TEXT, Problem, Tree};

/// Reads a text into its tree, or says everything that keeps it from being one.
pub(super) fn read(text: &str) -> Result<Tree, Vec<Problem>> {
    let mut builder = TreeBuilder::new(text);
    let options = granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        // The notes at the head of a file may be as long as the file.
        max_buffered_comment_events: usize::MAX,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    while let Some(next) = parser.next_event() {
        let go_on = match next {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => {
                builder.fail(&error);
                false
            }
        };
        if !go_on {
            break;
        }
    }
    builder.finish()
}

const TOO_DEEP: (&str, &str) = (
    "lists and maps stand more than 64 deep in each other here",
    "a plan needs ten at most: look for brackets or indentation that never close",
);

struct TreeBuilder<'t> {
    text: &'t str,
    tree: Tree,
    /// The containers that are open, outermost first: their indices in the tree.
    open: Vec<u32>,
    problems: Vec<Problem>,
    documents: usize,
}

impl<'t> TreeBuilder<'t> {
    fn new(text: &'t str) -> TreeBuilder<'t> {
        let mut tree = Tree::default();
        // About one value for every two dozen bytes in the plans seen; one growth is spared.
        tree.slots.reserve(text.len() / 24);
        TreeBuilder {
            text,
            tree,
            open: Vec::new(),
            problems: Vec::new(),
            documents: 0,
        }
    }

    /// Takes one event; false when there is no point in reading on.
    fn take(&mut self, event: Event, span: Span) -> bool {
        let (start, end) = bytes(span);
        match event {
            Event::Scalar(value, style, _, tag) => {
                if tag.is_some() {
                    self.tag(span);
                }
                return self.scalar(&value, style, start, end);
            }
            Event::MappingStart(style, _, tag) => {
                if tag.is_some() {
                    self.tag(span);
                }
                return self.container(NodeKind::Map, style, start);
            }
            Event::SequenceStart(style, _, tag) => {
                if tag.is_some() {
                    self.tag(span);
                }
                return self.container(NodeKind::List, style, start);
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(end),
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.problem(
                        (start, end),
                        "a second document begins here",
                        "keep one document a file: move what follows into a file of its own, \
                         and delete this line",
                    );
                    return false;
                }
            }
            Event::Anchor(..) => self.problem(
                (start, end),
                "an anchor (`&name`), which plan files do not use",
                "delete it, or put the text in quotes if it is meant to begin with `&`",
            ),
            Event::Alias(..) | Event::UnresolvedAlias(..) => {
                self.problem(
                    (start, end),
                    "an alias (`*name`), which plan files do not use",
                    "write the value out again here, or put the text in quotes if it is meant to \
                     begin with `*`",
                );
                return self.scalar("", ScalarStyle::Plain, start, end);
            }
            Event::Comment(..) => self.tree.comments.push((start, end)),
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            _ => {}
        }
        true
    }

    fn problem(&mut self, range: (u32, u32), message: &str, help: &str) {
        self.problems.push(Problem::new(range, message, help));
    }

    fn tag(&mut self, span: Span) {
        let range = span.tag_span().map_or_else(|| bytes(span), bytes);
        self.problem(
            range,
            "a tag (`!name`), which plan files do not use",
            "delete it, or put the text in quotes if it is meant to begin with `!`",
        );
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, start: u32, end: u32) -> bool {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let (start, end) = if block {
            trimmed(self.text, start, end)
        } else {
            (start, end)
        };
        if value.len() > MAX_TEXT {
            self.problems.push(Problem {
                too_large: true,
                ..Problem::new(
                    (start, start),
                    format!("a text of {} bytes; 1 MB is the most", value.len()),
                    "move it into a document of its own, and give its name here",
                )
            });
            return false;
        }
        // Nothing written is read as YAML's null, which the parser gives as a tilde of no length.
        let absent = style == ScalarStyle::Plain && start == end;
        let (copied, first) = match in_file(self.text, value, start) {
            _ if absent => (false, start),
            Some(first) => (false, first),
            None => {
                let first = self.tree.copies.len() as u32;
                self.tree.copies.push_str(value);
                (true, first)
            }
        };
        if style == ScalarStyle::Plain && value == "<<" && self.expects_key() {
            self.problem(
                (start, end),
                "a merge key (`<<`), which plan files do not use",
                "write the fields out here",
            );
        }
        self.push(Slot {
            kind: NodeKind::Scalar,
            copied,
            start,
            end,
            first,
            last: if absent {
                first
            } else {
                first + value.len() as u32
            },
        });
        true
    }

    /// Whether the next child of the open container is a map's key.
    fn expects_key(&self) -> bool {
        let Some(&map) = self.open.last() else {
            return false;
        };
        // `last` counts the children of an open container.
        let slot = &self.tree.slots[map as usize];
        slot.kind == NodeKind::Map && slot.last.is_multiple_of(2)
    }

    fn push(&mut self, slot: Slot) {
        if slot.kind != NodeKind::Scalar && self.expects_key() {
            self.problem(
                (slot.start, slot.start + 1),
                "a list or a map where a field's name belongs",
                "write the name as plain text, then a colon and a space",
            );
        }
        if let Some(&parent) = self.open.last() {
            self.tree.slots[parent as usize].last += 1;
        }
        self.tree.slots.push(slot);
    }

    fn container(&mut self, kind: NodeKind, style: StructureStyle, start: u32) -> bool {
        if self.open.len() == MAX_DEPTH {
            self.problem((start, start + 1), TOO_DEEP.0, TOO_DEEP.1);
            return false;
        }
        let index = self.tree.slots.len() as u32;
        self.push(Slot {
            kind,
            copied: style == StructureStyle::Flow,
            start,
            end: start,
            first: 0,
            last: 0,
        });
        self.open.push(index);
        true
    }

    /// Ends a container. One in brackets spans from bracket to bracket, one in block form from its
    /// first child to its last one's end.
    fn close(&mut self, end: u32) {
        let Some(index) = self.open.pop() else { return };
        let after = self.tree.slots.len() as u32;
        let first_child = self.tree.slots.get(index as usize + 1).map(|c| c.start);
        let last_end = self.last_child_end(index);
        let slot = &mut self.tree.slots[index as usize];
        slot.first = after;
        if std::mem::take(&mut slot.copied) {
            slot.end = end;
        } else if let (Some(start), Some(end)) = (first_child, last_end) {
            slot.start = start;
            slot.end = end;
        }
    }

    fn last_child_end(&self, container: u32) -> Option<u32> {
        let mut at = container as usize + 1;
        let mut end = None;
        while let Some(slot) = self.tree.slots.get(at) {
            end = Some(slot.end);
            at = if slot.kind == NodeKind::Scalar {
                at + 1
            } else {
                slot.first as usize
            };
        }
        end
    }

    fn fail(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.text.len());
        let at = at.min(self.text.len());
        let line = |offset: usize| {
            self.text.as_bytes()[..offset.min(self.text.len())]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
        };
        // What follows an alias or a tag on its line is its consequence.
        if let Some(last) = self.problems.last()
            && line(last.range.0 as usize) == line(at)
        {
            return;
        }
        if let Some(open) = self.unclosed(error.kind(), at) {
            self.problems.push(open);
            return;
        }
        let (message, help) = explain(error.kind(), self.text, at);
        // A tab is reported where the text before it begins.
        let at = if message.contains("a tab") {
            self.text[at..].find('\t').map_or(at, |tab| at + tab)
        } else {
            at
        } as u32;
        let end = (at + 1).min(self.text.len() as u32);
        self.problems.push(Problem::new((at, end), message, help));
    }

    /// A text in quotes that closes only where another opens, some lines below: what is wrong is
    /// where it opens.
    fn unclosed(&self, kind: &ErrorKind, at: usize) -> Option<Problem> {
        let quote = match kind {
            ErrorKind::InvalidTrailingDoubleQuotedScalar => '"',
            ErrorKind::InvalidTrailingSingleQuotedScalar => '\'',
            _ => return None,
        };
        let read = self.tree.slots.last().map_or(0, |slot| slot.end as usize);
        let start = read + self.text.get(read..at)?.find(quote)?;
        let below = self.text[start..at].matches('\n').count();
        (below > 0).then(|| {
            let range = (start as u32, start as u32 + 1);
            let message = format!("the text that opens here closes only {below} lines below");
            let help = format!("close it where it ends, with the same straight mark: {quote}");
            Problem::new(range, message, help)
        })
    }

    fn finish(mut self) -> Result<Tree, Vec<Problem>> {
        if self.problems.is_empty() && self.tree.slots.iter().all(|slot| slot.start == slot.end) {
            self.problem(
                (0, 0),
                "the file is empty",
                "begin it with `board:`, `plan:`, `updates:`, `challenges:` or `reviews:`, or delete it",
            );
        }
        if self.problems.is_empty() {
            Ok(self.tree)
        } else {
            Err(self.problems)
        }
    }
}

/// Where the file itself holds a scalar's value, if it stands there unbroken.
pub(super) fn in_file(text: &str, value: &str, start: u32) -> Option<u32> {
    let bytes = text.as_bytes();
    [start, start + 1].into_iter().find(|&first| {
        bytes
            .get(first as usize..)
            .is_some_and(|rest| rest.starts_with(value.as_bytes()))
    })
}

/// A block text's range without the blanks around it.
pub(super) fn trimmed(text: &str, start: u32, end: u32) -> (u32, u32) {
    let text = &text[start as usize..end as usize];
    let left = text.len() - text.trim_start().len();
    let kept = text.trim().len();
    (start + left as u32, start + (left + kept) as u32)
}

fn bytes(span: Span) -> (u32, u32) {
    let range = span.byte_range().unwrap_or(0..0);
    (range.start as u32, range.end as u32)
}

/// A syntax error in words for someone who does not know YAML: what is wrong, and what to write.
fn explain(kind: &ErrorKind, text: &str, at: usize) -> (String, String) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let before = &text[start..at];
    let word = line.trim_start();
    if word.starts_with('-') && !word.starts_with("- ") && word.len() > 1 {
        return (
            "no space after the dash of a list item".to_owned(),
            format!(
                "write the dash, a space, and then the item: `- {}`",
                &word[1..]
            ),
        );
    }
    if word.starts_with(['–', '—']) {
        return (
            "a list item that begins with a long dash".to_owned(),
            "begin it with a hyphen and a space: `- `".to_owned(),
        );
    }
    if let Some((message, help)) = mistake_above(kind, &text[..start]) {
        return (message.to_owned(), help.to_owned());
    }
    let field = before
        .trim_start()
        .trim_start_matches("- ")
        .split_once(": ");
    if let (ErrorKind::MappingValueNotAllowed, Some((name, _))) = (kind, field) {
        let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
        let shown: String = value.chars().take(60).collect();
        let more = if shown.len() < value.len() { "…" } else { "" };
        return (
            "a colon and a space inside a text that is not in quotes".to_owned(),
            format!("put the whole text in double quotes: `{name}: \"{shown}{more}\"`"),
        );
    }
    let bracket = field.is_some_and(|(_, value)| value.starts_with(['[', '{']));
    if bracket && matches!(kind, ErrorKind::ExpectedBlockMappingKey) {
        return (
            "words after a closing bracket".to_owned(),
            "put the whole text in double quotes if the brackets belong to it".to_owned(),
        );
    }
    let (message, help) = plainly(kind);
    match columns(line, &text[..start]) {
        Some((_, above)) if message.contains("a tab") => {
            let help = format!("{help}; the field above begins in column {above}");
            (message, help)
        }
        Some((column, above)) if help.contains("column") && column != above => {
            let help =
                format!("this line begins in column {column}, the field above in {above}; {help}");
            (message, help)
        }
        _ => (message, help),
    }
}

/// The columns in which a line and the field above it begin, a list item's after its dash.
fn columns(line: &str, above: &str) -> Option<(usize, usize)> {
    let begins = |line: &str| {
        let spaces = line.len() - line.trim_start().len();
        let dash = usize::from(line.trim_start().starts_with("- ")) * 2;
        spaces + dash + 1
    };
    let is_field = |line: &&str| {
        let name = line.trim_start().trim_start_matches("- ").split(':').next();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        line.contains(':') && name.is_some_and(|name| !name.is_empty() && name.chars().all(plain))
    };
    let above = above.lines().rev().find(is_field)?;
    Some((begins(line), begins(above)))
}

/// What is wrong with the line above, where an error shows only on the next one.
fn mistake_above(kind: &ErrorKind, above: &str) -> Option<(&'static str, &'static str)> {
    let late = matches!(
        kind,
        ErrorKind::MappingValueNotAllowed
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::ExpectedBlockMappingKey
    );
    let line = above
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())?;
    let word = line.split_whitespace().next().unwrap_or_default();
    let found = if line.starts_with(['–', '—']) {
        (
            "the line above begins with a long dash",
            "begin a list item with a hyphen and a space: `- `",
        )
    } else if line.starts_with('-') && !line.starts_with("- ") && line.len() > 1 {
        (
            "the line above has no space after its dash",
            "write the dash, a space, and then the item: `- id: 1.1`",
        )
    } else if line.matches('[').count() > line.matches(']').count() {
        (
            "the list in square brackets above is not closed",
            "write `[one, two]`, with a closing bracket",
        )
    } else if !line.contains(": ") && !line.ends_with(':') && word.contains(':') {
        (
            "the line above has no space after its colon",
            "write the field's name, a colon, a space, and then the value",
        )
    } else {
        return None;
    };
    late.then_some(found)
}

/// The message and the help for an error whose place is exact.
fn plainly(kind: &ErrorKind) -> (String, String) {
    let known = of_quotes(kind)
        .or_else(|| of_brackets(kind))
        .or_else(|| of_layout(kind));
    match known {
        Some((message, help)) => (message.to_owned(), help.to_owned()),
        None => (
            format!("this is not YAML: {kind}"),
            "mend the line, or put the text in quotes".to_owned(),
        ),
    }
}

/// A message and what to write, of what is wrong with a text in quotes.
fn of_quotes(kind: &ErrorKind) -> Option<Plainly> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => (
            "a quotation mark that opens a text and never closes",
            "close the text with the same straight mark, \" or ' (curly quotes do not count)",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "words after a closing quotation mark",
            "put the whole text in quotes; inside '…' write an apostrophe twice (''), inside \"…\" \
             write \\\" for a quotation mark; or close a mark that opens some lines above",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "a backslash that means nothing in a text in double quotes",
            "write the backslash twice, or put the text in single quotes",
        ),
        _ => return None,
    })
}

/// The same of brackets.
fn of_brackets(kind: &ErrorKind) -> Option<Plainly> {
    Some(match kind {
        ErrorKind::UnclosedFlowCollection { open: '[' }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::ExpectedFlowSequenceSeparator => (
            "a list in square brackets that is not closed, or lacks a comma",
            "write `[one, two]`, with a comma between items and a closing bracket",
        ),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator => (
            "a map in curly brackets that is not closed, or lacks a comma",
            "write `{name: value, name: value}`, with a comma between fields and a closing bracket",
        ),
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => (
            "a closing bracket that closes nothing",
            "put the text in quotes if the bracket belongs to it",
        ),
        _ => return None,
    })
}

/// The same of how lines stand below each other, and what they begin with.
fn of_layout(kind: &ErrorKind) -> Option<Plainly> {
    Some(match kind {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "a field begins where the line before has not ended",
            "look at the line before: every field is `name: value`, the fields of one thing stand \
             in one column, and brackets and quotes are closed",
        ),
        ErrorKind::TabInPlainScalar
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabAtBlockScalarStart => (
            "a tab is used to indent",
            "indent with spaces, as the lines around it do",
        ),
        ErrorKind::UnexpectedCharacter { .. } => (
            "a text may not begin with this character",
            "put the whole text in double quotes",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => (
            "a list item (`- `) where none can stand",
            "begin the list on the next line, or put the text in quotes if it begins with a dash",
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "a list goes on with something that is no item",
            "the fields of an item stand in one column; a new item begins with `- `",
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent => (
            "this line does not stand in the column of the lines that it belongs to",
            "the fields of one thing begin in one column; so do the items of one list",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "a line that is neither `name: value` nor a list item",
            "put a colon and a space after the field's name",
        ),
        ErrorKind::InvalidBlockScalarHeader => (
            "words after `|` or `>`",
            "begin the text on the next line, indented, or put it in quotes",
        ),
        ErrorKind::RecursionLimitExceeded => TOO_DEEP,
        _ => return None,
    })
}

/// What is wrong, and what to write instead.
type Plainly = (&'static str, &'static str);
