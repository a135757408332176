//! Colours of cells and of their words.

/// A colour as six figures; none where it is left to the program.
pub fn colour(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches('#');
    let figures = value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    figures.then(|| value.to_uppercase())
}

/// A colour as web pages write it, as six figures: `#f00`, `#ff0000`, `rgb(255, 0, 0)`, `red`.
pub fn named_colour(value: &str) -> Option<String> {
    let value = value.trim().to_lowercase();
    if let Some(found) = colour(&value) {
        return Some(found);
    }
    let short = value.strip_prefix('#').filter(|figures| figures.len() == 3);
    if let Some(figures) = short.filter(|figures| figures.bytes().all(|c| c.is_ascii_hexdigit())) {
        return Some(
            figures
                .to_uppercase()
                .chars()
                .flat_map(|figure| [figure, figure])
                .collect(),
        );
    }
    if let Some(parts) = value
        .strip_prefix("rgb(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        let parts: Option<Vec<u8>> = parts
            .split(',')
            .map(|part| part.trim().parse().ok())
            .collect();
        let parts = parts.filter(|parts| parts.len() == 3)?;
        return Some(parts.iter().map(|part| format!("{part:02X}")).collect());
    }
    let figures = match value.as_str() {
        "red" => "FF0000",
        "darkred" | "maroon" => "800000",
        "tomato" => "FF6347",
        "orange" => "FFA500",
        "darkorange" => "FF8C00",
        "gold" => "FFD700",
        "yellow" => "FFFF00",
        "green" => "008000",
        "lime" => "00FF00",
        "limegreen" => "32CD32",
        "lightgreen" => "90EE90",
        "blue" => "0000FF",
        "lightblue" => "ADD8E6",
        "grey" | "gray" => "808080",
        "white" => "FFFFFF",
        "black" => "000000",
        _ => return None,
    };
    Some(figures.to_owned())
}

/// What all words of a cell have in common.
#[derive(Clone, Debug, Default)]
pub enum Common {
    #[default]
    Unseen,
    All(Option<String>),
    Mixed,
}

impl Common {
    /// Takes the colour of some words; none is the usual one.
    pub fn see(&mut self, value: Option<&String>) {
        match self {
            Common::Unseen => *self = Common::All(value.cloned()),
            Common::All(before) if before.as_ref() == value => {}
            _ => *self = Common::Mixed,
        }
    }

    /// The colour that all words had since it was asked last.
    pub fn take(&mut self) -> Option<String> {
        match std::mem::take(self) {
            Common::All(value) => value,
            _ => None,
        }
    }
}

/// The name of a colour's hue ("red", "amber"), where ratings use that hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hue {
    Red,
    Amber,
    Green,
    Blue,
}

impl Hue {
    /// The hue of a colour of six figures; none for white, grey, black and what lies between hues.
    pub fn from_figures(figures: &str) -> Option<Hue> {
        let part = |at: usize| u8::from_str_radix(figures.get(at..at + 2)?, 16).ok();
        let [red, green, blue] = [part(0)?, part(2)?, part(4)?].map(f64::from);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let range = most - least;
        // Pale fills are as plain as strong ones: "C6EFCE" is Excel's green. What is nearer to grey has no name.
        if range < 24.0 || range < most * 0.12 {
            return None;
        }
        let degrees = if most == red {
            60.0 * ((green - blue) / range).rem_euclid(6.0)
        } else if most == green {
            60.0 * ((blue - red) / range + 2.0)
        } else {
            60.0 * ((red - green) / range + 4.0)
        };
        match degrees {
            ..20.0 | 330.0.. => Some(Hue::Red),
            20.0..68.0 => Some(Hue::Amber),
            68.0..170.0 => Some(Hue::Green),
            170.0..255.0 => Some(Hue::Blue),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_pages_write_colours_in_several_ways() {
        let cases = [
            ("#FF0000", Some("FF0000")),
            ("#0f0", Some("00FF00")),
            ("rgb(255, 192, 0)", Some("FFC000")),
            ("Orange", Some("FFA500")),
            ("transparent", None),
            ("rgb(1,2)", None),
        ];
        for (written, figures) in cases {
            assert_eq!(named_colour(written).as_deref(), figures, "{written}");
        }
    }

    #[test]
    fn colours_have_the_names_that_people_give_them() {
        let cases = [
            // The standard colours of office programs.
            ("FF0000", Some(Hue::Red)),
            ("C00000", Some(Hue::Red)),
            ("FFC000", Some(Hue::Amber)),
            ("FFFF00", Some(Hue::Amber)),
            ("00B050", Some(Hue::Green)),
            ("92D050", Some(Hue::Green)),
            ("0070C0", Some(Hue::Blue)),
            ("00B0F0", Some(Hue::Blue)),
            // Pale ones, as cells have them behind words.
            ("FFC7CE", Some(Hue::Red)),
            ("FFEB9C", Some(Hue::Amber)),
            ("C6EFCE", Some(Hue::Green)),
            ("ED7D31", Some(Hue::Amber)),
            ("70AD47", Some(Hue::Green)),
            ("DDEBF7", None),
            ("F2F2F2", None),
            ("FFFFFF", None),
            ("D9D9D9", None),
            ("000000", None),
            ("7030A0", None),
        ];
        for (figures, hue) in cases {
            assert_eq!(Hue::from_figures(figures), hue, "{figures}");
        }
    }
}
