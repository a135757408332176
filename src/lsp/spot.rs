//! Where the cursor stands in a file, told from the text alone: while somebody types, a file is
//! seldom whole, and its lines' indentation and brackets still say what belongs there.

use std::ops::Range;

use crate::plan::fields::{BOARD, FILES, Field, FieldKind, POLICY, Shape};

/// A step from a file's top down to the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PathStep<'t> {
    Key(&'t str),
    Item,
    /// Into a map in brackets, before one of its keys.
    Fields,
}

/// What may stand where the cursor is.
#[derive(Clone, Copy, Debug)]
pub enum Expected {
    /// The name of a field of such a map.
    Name(&'static Shape),
    /// What a field of such a map holds.
    Value(&'static Shape, &'static Field),
    /// A name that the file gives: a group's, a thread's, a rule's.
    Key(&'static Field),
}

/// The cursor's place.
#[derive(Debug)]
pub struct Spot<'t> {
    pub expected: Expected,
    /// The word or phrase that the cursor stands in or behind, without quotes; perhaps empty.
    pub token: Range<usize>,
    /// The fields that the same map gives, each with its words.
    pub given: Vec<(&'t str, &'t str)>,
    /// The fields at the top of the file.
    pub top: Vec<(&'t str, &'t str)>,
    /// Whether it stands within brackets, where a comma ends a value.
    pub in_brackets: bool,
    /// Whether an item of a list is to begin here, and its dash is not yet written.
    pub lacks_dash: bool,
    /// What its file is: `board`, `plan`, `updates`, `challenges` or `reviews`.
    pub file: &'static str,
}

/// A dash or a key at the beginning of a line.
#[derive(Clone, Copy, Debug)]
struct LineStart<'t> {
    column: usize,
    /// The key, and where what follows its colon begins; none for a dash.
    key: Option<(&'t str, usize)>,
}

/// What the brackets before the cursor leave open.
#[derive(Debug)]
enum OpenBracket<'t> {
    List,
    Map {
        key: Option<&'t str>,
        given: Vec<(&'t str, &'t str)>,
    },
}

/// Tells where an offset stands; none in a comment, inside a long text, or where nothing known
/// belongs.
pub fn spot(text: &str, offset: usize) -> Option<Spot<'_>> {
    let offset = (0..=offset.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))?;
    let lines = TextLines::of(text);
    let file = lines.kind()?;
    let number = lines.number(offset);
    if lines
        .comment(number)
        .is_some_and(|comment| offset > comment)
    {
        return None;
    }
    let found = match lines.brackets(number, offset) {
        Some(start) => in_brackets(&lines, start, offset),
        None => in_block(&lines, number, offset),
    }?;
    let (_, shape) = FILES.iter().find(|(word, _)| *word == file)?;
    let expected = descend(shape, &found.steps)?;
    // Fields and names begin on a line of their own.
    if found.on_line_of_key && !matches!(expected, Expected::Value(..)) {
        return None;
    }
    let lacks_dash = matches!(expected, Expected::Name(_)) && found.in_list_of_maps(shape);
    Some(Spot {
        expected,
        token: found.token,
        given: found.given,
        top: lines.top(),
        in_brackets: found.in_brackets,
        lacks_dash,
        file,
    })
}

/// The place as the text alone gives it.
struct SpotInText<'t> {
    steps: Vec<PathStep<'t>>,
    token: Range<usize>,
    given: Vec<(&'t str, &'t str)>,
    in_brackets: bool,
    /// Whether the key that it belongs to stands on its line.
    on_line_of_key: bool,
}

impl SpotInText<'_> {
    /// Whether the cursor stands straight below a field that holds a list of maps.
    fn in_list_of_maps(&self, root: &'static Shape) -> bool {
        !self.in_brackets
            && matches!(self.steps.last(), Some(PathStep::Key(_)))
            && matches!(holder(root, &self.steps), Some(FieldKind::List(_)))
    }
}

/// What the field at the end of the steps holds.
fn holder(root: &'static Shape, steps: &[PathStep]) -> Option<FieldKind> {
    let (PathStep::Key(name), above) = steps.split_last()? else {
        return None;
    };
    match descend(root, above)? {
        Expected::Name(shape) => Some(shape.field(name)?.kind),
        _ => None,
    }
}

/// Follows the steps down the table of fields.
fn descend(root: &'static Shape, steps: &[PathStep]) -> Option<Expected> {
    let mut at = Expected::Name(root);
    for step in steps {
        at = match (at, step) {
            (Expected::Name(shape), PathStep::Key(name)) => below(shape, shape.field(name)?),
            // A bracket too many, or a dash where a map's names stand.
            (Expected::Name(_), PathStep::Item) => at,
            (Expected::Key(field), PathStep::Key(_)) => named(field)?,
            (Expected::Value(_, field), PathStep::Key(name)) => match field.kind {
                FieldKind::Evidence => below(field.kind.shape()?, field.kind.shape()?.field(name)?),
                _ => return None,
            },
            (Expected::Value(_, field), PathStep::Fields) => Expected::Name(field.kind.shape()?),
            (at, PathStep::Item | PathStep::Fields) => at,
        };
    }
    Some(at)
}

/// What belongs straight below a field.
fn below(shape: &'static Shape, field: &'static Field) -> Expected {
    match field.kind {
        FieldKind::Map(inner) | FieldKind::List(inner) => Expected::Name(inner),
        FieldKind::Named(_) | FieldKind::Severities | FieldKind::Ratings | FieldKind::Meetings => {
            Expected::Key(field)
        }
        _ => Expected::Value(shape, field),
    }
}

/// What belongs below a name that the file gives.
fn named(field: &'static Field) -> Option<Expected> {
    match field.kind {
        FieldKind::Named(shape) => Some(Expected::Name(shape)),
        FieldKind::Meetings => Some(Expected::Name(field.kind.shape()?)),
        FieldKind::Severities => Some(Expected::Value(&BOARD, field)),
        FieldKind::Ratings => Some(Expected::Value(&POLICY, field)),
        _ => None,
    }
}

/// A text's lines, each without its end.
struct TextLines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> TextLines<'t> {
    fn of(text: &'t str) -> TextLines<'t> {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|&at| {
            bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        });
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        TextLines {
            text,
            starts: std::iter::once(mark).chain(ends.map(|at| at + 1)).collect(),
        }
    }

    fn count(&self) -> usize {
        self.starts.len()
    }

    fn number(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    fn line(&self, number: usize) -> &'t str {
        let end = self.starts.get(number + 1).copied();
        let line = &self.text[self.starts[number]..end.unwrap_or(self.text.len())];
        line.trim_end_matches(['\r', '\n'])
    }

    /// Where a line's comment begins, as an offset in the text.
    fn comment(&self, number: usize) -> Option<usize> {
        comment(self.line(number)).map(|at| self.starts[number] + at)
    }

    /// A line without its comment.
    fn content(&self, number: usize) -> &'t str {
        let line = self.line(number);
        comment(line).map_or(line, |at| &line[..at])
    }

    /// The dashes and the key that a line begins with.
    fn marks(&self, number: usize) -> Vec<LineStart<'t>> {
        let line = self.content(number);
        let mut marks = Vec::new();
        let mut at = line.len() - line.trim_start_matches(' ').len();
        while let Some(rest) = line[at..].strip_prefix('-')
            && (rest.is_empty() || rest.starts_with(' '))
        {
            marks.push(LineStart {
                column: at,
                key: None,
            });
            at += 1 + rest.len() - rest.trim_start_matches(' ').len();
        }
        if let Some((name, after)) = key(&line[at..]) {
            marks.push(LineStart {
                column: at,
                key: Some((name, at + after)),
            });
        }
        marks
    }

    /// Where the content of a line begins, behind its dashes and its key.
    fn body(&self, number: usize) -> usize {
        let line = self.line(number);
        let after = match self.marks(number).last() {
            Some(LineStart {
                key: Some((_, after)),
                ..
            }) => *after,
            Some(LineStart { column, .. }) => column + 1,
            None => 0,
        };
        let after = after.min(line.len());
        after + line[after..].len() - line[after..].trim_start().len()
    }

    /// The first key of the file: what it is.
    fn kind(&self) -> Option<&'static str> {
        let first = (0..self.count()).find_map(|number| {
            let marks = self.marks(number);
            marks.into_iter().find_map(|mark| Some(mark.key?.0))
        })?;
        FILES
            .iter()
            .find(|(word, _)| *word == first)
            .map(|(word, _)| *word)
    }

    /// The fields at the top of the file, with the words on their lines.
    fn top(&self) -> Vec<(&'t str, &'t str)> {
        let lines = (0..self.count()).flat_map(|number| {
            let marks = self.marks(number);
            marks.into_iter().map(move |mark| (number, mark))
        });
        let tops = lines.filter(|(_, mark)| mark.column == 0);
        tops.filter_map(|(number, mark)| Some((mark.key?.0, self.value(number, mark)?)))
            .collect()
    }

    /// What stands behind a key on its line, without quotes.
    fn value(&self, number: usize, mark: LineStart) -> Option<&'t str> {
        let line = self.content(number);
        Some(bare(line.get(mark.key?.1..)?.trim()))
    }

    /// How many lines above the cursor an open bracket is looked for.
    const FAR: usize = 80;

    /// Where brackets begin that are open at an offset: the line and the offset of the first.
    fn brackets(&self, number: usize, offset: usize) -> Option<(usize, usize)> {
        let nearest = number.saturating_sub(TextLines::FAR);
        (nearest..=number).rev().find_map(|line| {
            let start = self.starts[line] + self.body(line);
            let opens = start < offset && self.text[start..].starts_with(['{', '[']);
            let open = opens && !open_brackets(&self.text[start..offset]).0.is_empty();
            open.then_some((line, start))
        })
    }

    /// The steps down to a column of a line: of the marks above it, those that it stands below.
    fn steps(&self, number: usize, column: usize) -> Vec<PathStep<'t>> {
        let mut steps = Vec::new();
        let (mut limit, mut behind_dash) = (column, false);
        for number in (0..=number).rev() {
            for mark in self.marks(number).into_iter().rev() {
                match mark.key {
                    Some((name, _))
                        if mark.column < limit || (behind_dash && mark.column == limit) =>
                    {
                        steps.push(PathStep::Key(name));
                        (limit, behind_dash) = (mark.column, false);
                    }
                    None if mark.column < limit => {
                        steps.push(PathStep::Item);
                        (limit, behind_dash) = (mark.column, true);
                    }
                    _ => {}
                }
            }
            if limit == 0 && !behind_dash {
                break;
            }
        }
        steps.reverse();
        steps
    }

    /// The fields of the map whose keys stand in a column around a line.
    fn given(&self, number: usize, column: usize) -> Vec<(&'t str, &'t str)> {
        let mut given = Vec::new();
        let up: Vec<usize> = (0..=number).rev().collect();
        let down: Vec<usize> = (number + 1..self.count()).collect();
        for (lines, is_up) in [(up, true), (down, false)] {
            for line in lines {
                let marks = self.marks(line);
                let ends = marks.iter().any(|mark| mark.column < column);
                if ends && !is_up {
                    break;
                }
                let in_column = marks.iter().filter(|mark| mark.column == column);
                given.extend(
                    in_column.filter_map(|mark| Some((mark.key?.0, self.value(line, *mark)?))),
                );
                if ends {
                    break;
                }
            }
        }
        given
    }
}

/// A place in lines without brackets.
fn in_block<'t>(lines: &TextLines<'t>, number: usize, offset: usize) -> Option<SpotInText<'t>> {
    let start = lines.starts[number];
    let column = offset.checked_sub(start)?;
    let line = lines.content(number);
    let marks = lines.marks(number);
    let end = line.trim_end().len();
    let last = marks.last().filter(|mark| mark.column <= column);
    let (level, from, to, key) = match last.and_then(|mark| Some((mark.column, mark.key?))) {
        Some((level, (name, after))) if column >= after => {
            let value = line.get(after..).unwrap_or_default();
            if value.trim_start().starts_with(['|', '>']) {
                return None;
            }
            (level, lines.body(number), end, Some(name))
        }
        Some((level, (name, _))) => {
            let quote = usize::from(line[level..].starts_with(['"', '\'']));
            (level, level + quote, level + quote + name.len(), None)
        }
        None => {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let level = match last {
                // Behind a dash, its item begins.
                Some(_) => lines.body(number).min(column),
                None => indent.min(column),
            };
            if lines.is_running_text(number, level) {
                return None;
            }
            (level, level, end, None)
        }
    };
    let mut steps = lines.steps(number, level);
    steps.extend(key.map(PathStep::Key));
    let token = token(line, from, to, column);
    Some(SpotInText {
        steps,
        token: start + token.start..start + token.end,
        given: lines.given(number, level),
        in_brackets: false,
        on_line_of_key: key.is_some(),
    })
}

impl TextLines<'_> {
    /// Whether a line without a key goes on with a text that a key above began.
    fn is_running_text(&self, number: usize, level: usize) -> bool {
        let above = (0..number).rev().find_map(|line| {
            let last = self.marks(line).pop()?;
            let below = last.column < level || self.marks(line).iter().any(|m| m.column < level);
            below.then_some((line, last))
        });
        above.is_some_and(|(line, mark)| {
            mark.column < level
                && mark.key.is_some_and(|(_, after)| {
                    let value = self.content(line).get(after..).unwrap_or_default();
                    !value.trim().is_empty()
                })
        })
    }
}

/// A place inside brackets that begin at an offset of a line.
fn in_brackets<'t>(
    lines: &TextLines<'t>,
    (number, start): (usize, usize),
    offset: usize,
) -> Option<SpotInText<'t>> {
    let (open, item) = open_brackets(&lines.text[start..offset]);
    let marks = lines.marks(number);
    let column = marks
        .last()
        .map_or(start - lines.starts[number], |mark| mark.column);
    let mut steps = lines.steps(number, column);
    match marks.last() {
        Some(LineStart {
            key: Some((name, _)),
            ..
        }) => steps.push(PathStep::Key(name)),
        Some(_) => steps.push(PathStep::Item),
        None => {}
    }
    for bracket in &open {
        match bracket {
            OpenBracket::List => steps.push(PathStep::Item),
            OpenBracket::Map { key: Some(key), .. } => steps.push(PathStep::Key(key)),
            OpenBracket::Map { .. } => steps.push(PathStep::Fields),
        }
    }
    let given = match open.into_iter().last() {
        Some(OpenBracket::Map { given, .. }) => given,
        _ => Vec::new(),
    };
    let from = start + item;
    let token = token(
        lines.text,
        from,
        offset + end_of_item(&lines.text[offset..]),
        offset,
    );
    Some(SpotInText {
        steps,
        token,
        given,
        in_brackets: true,
        on_line_of_key: false,
    })
}

/// Where an item or a key inside brackets ends.
fn end_of_item(rest: &str) -> usize {
    let ends = |(at, c): (usize, char)| {
        let next = rest[at + c.len_utf8()..].chars().next();
        match c {
            ',' | ']' | '}' | '\r' | '\n' => true,
            ':' => next.is_none_or(char::is_whitespace),
            ' ' => next == Some('#'),
            _ => false,
        }
    };
    let end = rest.char_indices().find(|&found| ends(found));
    end.map_or(rest.len(), |(at, _)| at)
}

/// The brackets that a text leaves open, and where its last item or value begins.
fn open_brackets(text: &str) -> (Vec<OpenBracket<'_>>, usize) {
    let mut open: Vec<OpenBracket> = Vec::new();
    let (mut from, mut quote, mut before) = (0, None, ' ');
    let mut in_comment = false;
    for (at, c) in text.char_indices() {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\r', '\n', '"', '\'']);
        match (quote, c) {
            _ if in_comment => in_comment = !matches!(c, '\r' | '\n'),
            (Some(mark), _) => quote = Some(mark).filter(|mark| *mark != c),
            (None, '"' | '\'') if text[from..at].trim().is_empty() => quote = Some(c),
            (None, '#') if before.is_whitespace() => in_comment = true,
            (None, '[' | '{') if text[from..at].trim().is_empty() => {
                open.push(match c {
                    '[' => OpenBracket::List,
                    _ => OpenBracket::Map {
                        key: None,
                        given: Vec::new(),
                    },
                });
                from = at + 1;
            }
            (None, ']' | '}') => {
                open.pop();
                from = at + 1;
                end_value(&mut open, "");
            }
            (None, ',') => {
                end_value(&mut open, &text[from..at]);
                from = at + 1;
            }
            (None, ':') if ends(&text[at + 1..]) => {
                if let Some(OpenBracket::Map {
                    key: key @ None, ..
                }) = open.last_mut()
                {
                    *key = Some(bare(text[from..at].trim()));
                    from = at + 1;
                }
            }
            _ => {}
        }
        before = c;
    }
    (open, from)
}

/// A value inside brackets ends: its key has been given.
fn end_value<'t>(open: &mut [OpenBracket<'t>], value: &'t str) {
    if let Some(OpenBracket::Map { key, given }) = open.last_mut()
        && let Some(name) = key.take()
    {
        given.push((name, bare(value.trim())));
    }
}

/// The token between two offsets: without space around it and without quotes; empty at the cursor
/// where nothing is written.
fn token(text: &str, from: usize, to: usize, cursor: usize) -> Range<usize> {
    let whole = text.get(from..to).unwrap_or_default();
    let trimmed = whole.trim();
    if trimmed.is_empty() {
        return cursor..cursor;
    }
    let start = from + (whole.len() - whole.trim_start().len());
    let inner = bare(trimmed);
    let quoted = inner.len() < trimmed.len();
    let start = start + usize::from(quoted);
    start..start + inner.len()
}

/// A text without the quotes around it, closed or not.
fn bare(text: &str) -> &str {
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return text;
    };
    let inner = &text[1..];
    inner.strip_suffix(mark).unwrap_or(inner)
}

/// Where a line's comment begins: a `#` at its beginning or behind a space, outside quotes.
fn comment(line: &str) -> Option<usize> {
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(mark), _) if mark == c => quote = None,
            (Some(_), _) => {}
            (None, '#') if before.is_whitespace() => return Some(at),
            (None, '"' | '\'') if before.is_whitespace() || matches!(before, '[' | '{' | ',') => {
                quote = Some(c);
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// The key that a text begins with, and the offset behind its colon.
fn key(text: &str) -> Option<(&str, usize)> {
    if text.starts_with(['{', '[', '|', '>', '#']) {
        return None;
    }
    let colon = text.match_indices(':').map(|(at, _)| at).find(|&at| {
        let rest = &text[at + 1..];
        rest.is_empty() || rest.starts_with(' ')
    })?;
    let name = bare(text[..colon].trim());
    (!name.is_empty() && !name.contains(['{', '[', '"'])).then_some((name, colon + 1))
}

#[cfg(test)]
mod tests;
