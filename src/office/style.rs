//! What the style sheet of a web page says of its classes: colours behind cells, words that are struck out
//! or hidden. Only rules for one class are read (`.amber`, `td.amber`).

use std::collections::HashMap;

use super::looks::named_colour;
use crate::words::one_line;

/// How an element looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub fill: Option<String>,
    pub struck: bool,
    pub hidden: bool,
}

impl Look {
    /// What declarations such as `background: #f00; display: none` say.
    pub fn from_declarations(text: &str) -> Look {
        let plain = one_line(text);
        let plain = plain.to_lowercase();
        let mut look = Look::default();
        for (name, value) in plain.split(';').filter_map(|part| part.split_once(':')) {
            let value = value.trim().trim_end_matches("!important").trim();
            match name.trim() {
                "background" | "background-color" => {
                    let value = value.replace(", ", ",");
                    let fill = value.split(' ').find_map(named_colour);
                    look.fill = fill.or(look.fill);
                }
                "display" => look.hidden |= value == "none",
                "visibility" => look.hidden |= value == "hidden",
                "mso-hide" => look.hidden |= value == "all",
                "text-decoration" | "text-decoration-line" => {
                    look.struck |= value.contains("line-through");
                }
                _ => {}
            }
        }
        look
    }

    /// This look; what it leaves open is taken from another.
    fn over(self, other: &Look) -> Look {
        Look {
            fill: self.fill.or_else(|| other.fill.clone()),
            struck: self.struck || other.struck,
            hidden: self.hidden || other.hidden,
        }
    }
}

/// The looks of classes.
#[derive(Debug, Default)]
pub struct Classes(HashMap<String, Look>);

impl Classes {
    /// Takes a style sheet. What holds only under a condition, such as on a printed page, is passed over.
    pub fn take(&mut self, sheet: &str) {
        let sheet = without_remarks(&sheet.replace("<!--", " ").replace("-->", " "));
        let mut rest = sheet.as_str();
        while let Some((selectors, behind)) = rest.split_once('{') {
            let conditional = selectors.trim_start().starts_with('@');
            let end = if conditional {
                closing(behind)
            } else {
                behind.find('}')
            };
            let end = end.unwrap_or(behind.len());
            let look = Look::from_declarations(&behind[..end]);
            if !conditional && look != Look::default() {
                for class in selectors.split(',').filter_map(only_class) {
                    let before = self.0.entry(class).or_default();
                    *before = look.clone().over(before);
                }
            }
            rest = behind.get(end + 1..).unwrap_or_default();
        }
    }

    /// The look of an element: what its own style says, over that of its classes.
    pub fn look(&self, classes: &str, style: &str) -> Look {
        let inline = Look::from_declarations(style);
        let named = classes
            .split_whitespace()
            .filter_map(|class| self.0.get(class));
        named.fold(inline, |look, class| look.over(class))
    }
}

/// The class of a selector that names one class and at most an element.
fn only_class(selector: &str) -> Option<String> {
    let (element, class) = selector.trim().split_once('.')?;
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c))
    };
    (plain(element) && plain(class) && !class.is_empty()).then(|| class.to_owned())
}

/// Where the brace stands that closes what is open.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().position(|sign| {
        match sign {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

fn without_remarks(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_looks_as_its_style_sheet_says() {
        let mut classes = Classes::default();
        classes.take(
            "<!-- td.amber, .late { background: rgb(255, 192, 0) url(x.png) } /* .amber {background: red} */
             .gone{DISPLAY:none} .a .b {background: red} @media print { .amber { background: white } .late { background: white } } -->",
        );
        let fill = |name: &str, style: &str| classes.look(name, style).fill;
        assert_eq!(fill("cell amber", ""), Some("FFC000".into()));
        assert_eq!(fill("amber", "background:#F00"), Some("FF0000".into()));
        assert_eq!(fill("late", ""), Some("FFC000".into()));
        assert_eq!(fill("b", ""), None);
        assert!(classes.look("gone", "").hidden);
    }
}
