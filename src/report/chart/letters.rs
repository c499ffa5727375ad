//! How much room texts take, without a font at hand.
//!
//! Widths of Latin letters are those of Helvetica (Adobe's font metrics, in thousandths), a tenth wider, since the fonts
//! that take its place are up to that much wider; Chinese characters are as wide as they are high.

use unicode_width::UnicodeWidthChar;

/// The kinds of text of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// The title.
    Title,
    /// What stands below the title: what is shown, of whom and when.
    Lead,
    /// Names and values.
    Label,
    /// Names and values that stand out.
    Strong,
    /// Names and values where there is little room.
    Small,
    /// Sources and remarks.
    Note,
}

impl Type {
    /// The height of a line's letters.
    pub(super) fn size(self) -> f64 {
        match self {
            Type::Title => 17.0,
            Type::Lead => 12.5,
            Type::Label | Type::Strong => 12.0,
            Type::Small => 10.0,
            Type::Note => 10.5,
        }
    }

    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Type::Title => "q-title",
            Type::Lead => "q-lead",
            Type::Label => "q-label",
            Type::Strong => "q-strong",
            Type::Small => "q-small",
            Type::Note => "q-note",
        }
    }

    fn is_bold(self) -> bool {
        matches!(self, Type::Title | Type::Strong)
    }
}

/// Helvetica from the blank to the tilde.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

fn of_letter(letter: char) -> f64 {
    let at = (letter as usize).checked_sub(32);
    match at.and_then(|at| HELVETICA.get(at)) {
        Some(&width) => f64::from(width) * 0.0011,
        None => match letter.width() {
            Some(2) => 1.0,
            Some(0) | None => 0.0,
            Some(_) => 0.66,
        },
    }
}

/// The width of a text.
pub(super) fn width(text: &str, of: Type) -> f64 {
    let bold = if of.is_bold() { 1.06 } else { 1.0 };
    text.chars().map(of_letter).fold(0.0, |sum, letter| sum + letter) * of.size() * bold
}

/// The width of the widest of some texts.
pub(super) fn widest<'t>(texts: impl IntoIterator<Item = &'t str>, of: Type) -> f64 {
    texts.into_iter().map(|text| width(text, of)).fold(0.0, super::max)
}

/// A text in lines that fit into `room`. A line is broken at blanks and beside Chinese characters, and within a
/// word that is too long by itself.
pub(super) fn lines(text: &str, of: Type, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && width(&format!("{line}{}", word.trim_end()), of) > room {
            lines.push(std::mem::take(&mut line));
        }
        match width(word.trim_end(), of) > room {
            false => line.push_str(word),
            true => {
                for letter in word.chars() {
                    line.push(letter);
                    if width(&line, of) > room && line.chars().count() > 1 {
                        line.pop();
                        lines.push(std::mem::take(&mut line));
                        line.push(letter);
                    }
                }
            }
        }
    }
    lines.push(line);
    lines.retain(|line| !line.trim().is_empty());
    lines.iter().map(|line| line.trim().to_owned()).collect()
}

/// The pieces of a text between which it can be broken.
fn words(text: &str) -> Vec<&str> {
    let is_wide = |letter: char| letter.width() == Some(2);
    // What closes stays with what is before it, what opens with what follows.
    let closes = |letter: char| "，。；：、！？）》”’…,.;:!?)%".contains(letter);
    let opens = |letter: char| "（《“‘(".contains(letter);
    let mut found = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            !closes(letter)
                && !opens(before)
                && (before == ' ' || is_wide(before) || is_wide(letter))
                && letter != ' '
        });
        if breaks {
            found.push(&text[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    found.push(&text[start..]);
    found
}

/// A text that fits into `room`; where it is longer, its end is left out: `Hong Ko…`.
pub(super) fn shortened(text: &str, of: Type, room: f64) -> String {
    if width(text, of) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if width(&format!("{kept}{letter}…"), of) > room {
            break;
        }
        kept.push(letter);
    }
    match kept.trim_end() {
        "" => String::new(),
        kept => format!("{kept}…"),
    }
}

/// Places for labels near the wanted ones, which ascend: at least `gap` apart, and within the bounds where they have room
/// for all. Labels that push each other share the shift equally.
pub(super) fn spread(wanted: &[f64], gap: f64, (from, to): (f64, f64)) -> Vec<f64> {
    // With the gaps taken out, labels may only not go backwards: runs of equal places, each at the mean of its wishes.
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for (k, wish) in wanted.iter().enumerate() {
        runs.push((wish - gap * k as f64, 1));
        while let [.., (a, n), (b, m)] = runs[..]
            && b < a
        {
            runs.truncate(runs.len() - 2);
            runs.push(((a * n as f64 + b * m as f64) / (n + m) as f64, n + m));
        }
    }
    let last = gap * wanted.len().saturating_sub(1) as f64;
    let places = runs.iter().flat_map(|&(at, n)| std::iter::repeat_n(at, n));
    let within = |at: f64| super::max(from, super::min(at, super::max(from, to - last)));
    places.enumerate().map(|(k, at)| within(at) + gap * k as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_where_they_may_be() {
        let broken = lines("新疆维吾尔自治区（西部）2019", Type::Label, 75.0);
        assert_eq!(broken, ["新疆维吾尔自", "治区（西部）", "2019"]);
        assert_eq!(lines("one two three", Type::Label, 50.0), ["one two", "three"]);
        assert_eq!(lines("", Type::Label, 50.0), Vec::<String>::new());
        for line in lines("abcdefghijklmnopqrstuvwxyz", Type::Label, 40.0) {
            assert!(width(&line, Type::Label) <= 40.0, "{line}");
        }
    }

    #[test]
    fn labels_are_spread() {
        assert_eq!(spread(&[0.0, 10.0, 10.0, 40.0], 10.0, (0.0, 50.0)), [0.0, 10.0, 20.0, 40.0]);
        assert_eq!(spread(&[20.0, 20.0], 10.0, (0.0, 50.0)), [15.0, 25.0]);
        assert_eq!(spread(&[49.0, 50.0], 10.0, (0.0, 50.0)), [40.0, 50.0]);
        assert_eq!(spread(&[], 10.0, (0.0, 50.0)), Vec::<f64>::new());
    }

    #[test]
    fn a_long_name_is_shortened() {
        let short = shortened("Hong Kong SAR", Type::Label, 50.0);
        assert!(short.ends_with('…') && width(&short, Type::Label) <= 50.0, "{short}");
        assert_eq!(shortened("甲", Type::Label, 50.0), "甲");
    }
}
