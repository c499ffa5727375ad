//! Colours, as classes of one style sheet with a light and a dark side.
//!
//! Kinds of things have the colours of Okabe & Ito (2008), which colour-blind readers distinguish, each with a pattern of
//! its own. Amounts have one hue whose lightness ascends, so that a print in grey shows them too; negative amounts have
//! another hue and a pattern.

use std::fmt::Write as _;

use super::letters::Type;

/// How many colours kinds of things have, before they begin again.
pub(super) const COLOURS: usize = 8;

/// How many steps amounts have.
pub(super) const STEPS: usize = 7;

/// A colour on a light page and on a dark one, and whether letters on it are dark on either.
type Colour = (&'static str, &'static str, bool, bool);

/// Kinds of things.
const KINDS: [Colour; COLOURS] = [
    ("#0072b2", "#4ba3e3", false, true),
    ("#e69f00", "#e6a91f", true, true),
    ("#009e73", "#2fbf94", true, true),
    ("#cc79a7", "#d88fb8", true, true),
    ("#56b4e9", "#86cdf2", true, true),
    ("#d55e00", "#f0813a", true, true),
    ("#e8d93a", "#f0e442", true, true),
    ("#8a8a8a", "#a8a8a8", true, true),
];

/// Amounts from the least to the greatest.
const AMOUNTS: [Colour; STEPS] = [
    ("#eaf2fa", "#12283d", true, false),
    ("#d0e2f2", "#173d61", true, false),
    ("#a7cae7", "#1f5484", true, false),
    ("#73aeda", "#3072aa", true, false),
    ("#4c93cc", "#5d9dd0", true, true),
    ("#1f639f", "#97c4e8", false, true),
    ("#0a3d73", "#d3e8f8", false, true),
];

/// Amounts on both sides of zero, from the most negative.
const SIDES: [Colour; 9] = [
    ("#8a3b00", "#f0a765", false, true),
    ("#b95a0a", "#c9782f", false, true),
    ("#e79a55", "#8d4d16", true, false),
    ("#f6d3b0", "#4d2f16", true, false),
    ("#f2f2f2", "#262a30", true, false),
    ("#cfe0ef", "#173045", true, false),
    ("#8fb9dc", "#1f5480", true, false),
    ("#2f74ab", "#5598d2", false, true),
    ("#114e86", "#9fcbec", false, true),
];

/// The rest: class, what it sets, light, dark.
const REST: [(&str, &str, &str, &str); 14] = [
    ("q-paper", "fill", "#ffffff", "#16181c"),
    ("q-ink", "fill", "#1a1a1a", "#ececec"),
    ("q-soft", "fill", "#595959", "#b0b3b8"),
    ("q-accent", "fill", "#b84a00", "#ff9a57"),
    ("q-plain", "fill", "#dfe3e8", "#33383f"),
    ("q-pale", "fill", "#f1f3f5", "#212429"),
    ("q-axis", "stroke", "#595959", "#b0b3b8"),
    ("q-grid", "stroke", "#dcdfe3", "#33373d"),
    ("q-leader", "stroke", "#9aa0a6", "#6c7178"),
    ("q-edge", "stroke", "#ffffff", "#16181c"),
    ("q-line", "stroke", "#9aa0a6", "#7d838a"),
    ("q-up", "stroke", "#0072b2", "#4ba3e3"),
    ("q-down", "stroke", "#c25400", "#f0813a"),
    ("q-chosen", "stroke", "#1a1a1a", "#ffffff"),
];

/// What is the same on light and on dark pages: class, what it sets, and to what. The later ones overrule the earlier.
const LOOKS: [(&str, &str, &str); 23] = [
    ("q-e", "text-anchor", "end"),
    ("q-m", "text-anchor", "middle"),
    ("q-hatch", "stroke", "#000"),
    ("q-hatch", "stroke-opacity", "0.45"),
    ("q-hatch", "stroke-width", "1.2"),
    ("q-hatch", "fill", "none"),
    ("q-axis", "stroke-width", "1"),
    ("q-grid", "stroke-width", "1"),
    ("q-leader", "stroke-width", "1"),
    ("q-edge", "stroke-width", "1"),
    ("q-line", "stroke-width", "1.6"),
    ("q-up", "stroke-width", "2"),
    ("q-down", "stroke-width", "2"),
    ("q-down", "stroke-dasharray", "6 3"),
    ("q-chosen", "stroke-width", "2.4"),
    ("q-bold", "stroke-width", "3"),
    ("q-dash", "stroke-dasharray", "3 3"),
    ("q-ribbon", "fill-opacity", "0.55"),
    ("q-faint", "stroke-opacity", "0.45"),
    ("q-veil", "fill-opacity", "0.22"),
    ("q-rim", "stroke-width", "1"),
    ("q-none", "fill", "none"),
    ("q-evenodd", "fill-rule", "evenodd"),
];

/// Letters on colours.
const DARK_INK: &str = "#141414";
const LIGHT_INK: &str = "#ffffff";

/// The step of an amount between two others.
pub(super) fn step(x: f64, (low, high): (f64, f64)) -> usize {
    let share = if high > low { (x - low) / (high - low) } else { 0.5 };
    let at = libm::floor(share * STEPS as f64);
    super::max(0.0, super::min(at, (STEPS - 1) as f64)) as usize
}

/// The step of an amount between -1 and 1.
pub(super) fn side(x: f64) -> usize {
    let at = libm::floor((x + 1.0) / 2.0 * 9.0);
    super::max(0.0, super::min(at, 8.0)) as usize
}

/// The step of a tier, so many from the best: the best is the darkest on paper.
pub(super) fn tier(at: usize, of: usize) -> usize {
    if of <= 1 {
        return STEPS - 2;
    }
    let share = (of - 1 - at.min(of - 1)) as f64 / (of - 1) as f64;
    1 + libm::round(share * (STEPS - 2) as f64) as usize
}

/// The class of a kind of thing; of letters on it, with `ink`.
pub(super) fn kind(at: usize) -> String {
    format!("q-c{}", at % COLOURS)
}

/// The class of letters on the colour of another class, such as `q-c0`.
pub(super) fn ink_on(class: &str) -> String {
    format!("q-on{}", class.trim_start_matches("q-"))
}

/// How a text of a chart looks unless a class states something else, as classes: letters of names, in the colour of ink.
pub fn usual() -> [&'static str; 2] {
    [Type::Label.class(), REST[1].0]
}

/// The style sheet of every chart.
pub fn style() -> String {
    let mut light = String::from(
        ".q{font-family:\"Helvetica Neue\",Arial,\"Liberation Sans\",\"Noto Sans CJK SC\",\"PingFang SC\",\
         \"Microsoft YaHei\",sans-serif;font-variant-numeric:tabular-nums;",
    );
    // What a text is that has no class.
    let (size, usual) = (Type::Label.size(), REST[1]);
    let size = quanheng_words::number::coordinate(size);
    let _ = writeln!(light, "font-size:{size}px;{}:{}}}", usual.1, usual.2);
    for of in [Type::Title, Type::Lead, Type::Label, Type::Strong, Type::Small, Type::Note] {
        let weight = match of {
            Type::Title | Type::Strong => ";font-weight:700",
            _ => "",
        };
        let size = quanheng_words::number::coordinate(of.size());
        let _ = writeln!(light, ".{}{{font-size:{size}px{weight}}}", of.class());
    }
    let mut dark = format!(".q{{{}:{}}}", usual.1, usual.3);
    let ink = |is_dark: bool| if is_dark { DARK_INK } else { LIGHT_INK };
    let ramps: [(&str, &[Colour]); 3] = [("c", &KINDS), ("s", &AMOUNTS), ("d", &SIDES)];
    for (name, colours) in ramps {
        for (k, (day, night, on_day, on_night)) in colours.iter().enumerate() {
            let _ =
                write!(light, ".q-{name}{k}{{fill:{day}}}.q-on{name}{k}{{fill:{}}}", ink(*on_day));
            let _ = write!(
                dark,
                ".q-{name}{k}{{fill:{night}}}.q-on{name}{k}{{fill:{}}}",
                ink(*on_night)
            );
            if name == "c" {
                let _ = write!(light, ".q-l{k}{{stroke:{day};fill:none}}");
                let _ = write!(dark, ".q-l{k}{{stroke:{night}}}");
            }
        }
        light.push('\n');
        dark.push('\n');
    }
    for (class, what, day, night) in REST {
        // A line has no inside; the edge of an area leaves its colour.
        let is_line = ["q-line", "q-up", "q-down"].contains(&class);
        let fill = if is_line { ";fill:none" } else { "" };
        let _ = write!(light, ".{class}{{{what}:{day}{fill}}}");
        let _ = write!(dark, ".{class}{{{what}:{night}}}");
    }
    light.push('\n');
    for (class, what, value) in LOOKS {
        let _ = write!(light, ".{class}{{{what}:{value}}}");
    }
    light.push('\n');
    dark.push('\n');
    format!("{light}@media (prefers-color-scheme:dark){{\n{dark}}}\n")
}

/// The patterns of kinds of things that are used, with ids of a drawing: each is the colour with lines or dots on it.
pub(super) fn patterns(id: &str, is_used: impl Fn(&str) -> bool) -> String {
    const LINES: [&str; COLOURS] = [
        "",
        "M-2 2l4 -4M0 8l8 -8M6 10l4 -4",
        "M2 2h.1M6 6h.1",
        "M-2 6l4 4M0 0l8 8M6 -2l4 4",
        "M0 4h8",
        "M4 0v8",
        "M0 4h8M4 0v8",
        "M0 0l8 8M8 0l-8 8",
    ];
    let mut out = String::new();
    for (k, lines) in LINES.iter().enumerate().filter(|(k, _)| is_used(&format!("{id}-p{k}"))) {
        let round = if k == 2 { " stroke-linecap=\"round\" stroke-width=\"2.4\"" } else { "" };
        let over = match lines.is_empty() {
            true => String::new(),
            false => format!("<path d=\"{lines}\" class=\"q-hatch\"{round}/>"),
        };
        let _ = writeln!(
            out,
            "<pattern id=\"{id}-p{k}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\" class=\"q-c{k}\"/>{over}</pattern>"
        );
    }
    if !is_used(&format!("{id}-h")) {
        return out;
    }
    let _ = writeln!(
        out,
        "<pattern id=\"{id}-h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <path d=\"M-1 1l2 -2M0 6l6 -6M5 7l2 -2\" class=\"q-hatch\"/></pattern>"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let x =
                f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
            if x <= 0.04045 { x / 12.92 } else { libm::pow((x + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (super::super::max(a, b) + 0.05) / (super::super::min(a, b) + 0.05)
    }

    #[test]
    fn letters_can_be_read() {
        let ink = |is_dark: bool| if is_dark { DARK_INK } else { LIGHT_INK };
        for (day, night, on_day, on_night) in KINDS.iter().chain(&AMOUNTS).chain(&SIDES) {
            for (colour, is_dark) in [(day, on_day), (night, on_night)] {
                let found = contrast(colour, ink(*is_dark));
                assert!(found >= 4.5, "letters on {colour}: {found}");
            }
        }
        for (class, what, day, night) in REST.iter().filter(|rest| rest.1 == "fill") {
            if ["q-ink", "q-soft", "q-accent"].contains(class) {
                assert!(
                    contrast(day, "#ffffff") >= 4.5 && contrast(night, "#16181c") >= 4.5,
                    "{what}"
                );
            }
        }
    }

    #[test]
    fn amounts_are_ordered_in_grey_too() {
        let day: Vec<f64> = AMOUNTS.iter().map(|a| luminance(a.0)).collect();
        let night: Vec<f64> = AMOUNTS.iter().map(|a| luminance(a.1)).collect();
        assert!(day.is_sorted_by(|a, b| a > b) && night.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn steps_stay_in_range() {
        assert_eq!([-1.0, 0.0, 0.5, 1.0, 9.0].map(|x| step(x, (0.0, 1.0))), [0, 0, 3, 6, 6]);
        assert_eq!([-1.0, 0.0, 1.0].map(side), [0, 4, 8]);
        assert_eq!([0, 1, 2, 3].map(|at| tier(at, 4)), [6, 4, 3, 1]);
    }
}
