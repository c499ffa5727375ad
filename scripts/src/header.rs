//! The description of a script in the `//!` comments at its top.

use quanheng_core::method::{Claims, Units};

/// The head of a script.
///
/// The first paragraph is the summary. Lines `key: value` state facts, continued on indented lines:
///
/// ```text
/// //! Entropy weights: an indicator on which regions differ more carries more weight.
/// //!
/// //! zh: 熵权法
/// //! formula: e_j = -Σ p ln p / ln n; w_j ∝ 1 - e_j
/// //! reference: Shannon (1948)
/// //! needs: non_negative
/// //! claims: scale, absent
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// What it does, in one sentence.
    pub summary: String,
    /// Its name in Chinese.
    pub zh: String,
    /// The formula in plain text.
    pub formula: String,
    /// Where it comes from.
    pub reference: String,
    /// What its input must be: `positive`, `non_negative`, `uncentred`, `complete`, `oriented`, `panel`, `weight`,
    /// `full_marks`.
    pub needs: Vec<String>,
    /// What its result is: `0 to 1` (bounds may be names of constants), `centred`, `centred at MEAN`, `points`, `any`,
    /// `mean`, `sum`; then `, reached` where some region has the lower bound itself, and `, less is better`.
    pub gives: String,
    /// The properties that it claims; the battery checks them.
    pub claims: Vec<String>,
    /// Whatever else it says.
    pub notes: String,
}

const NEEDS: [&str; 8] = [
    "positive",
    "non_negative",
    "uncentred",
    "complete",
    "oriented",
    "panel",
    "weight",
    "full_marks",
];
const CLAIMS: [&str; 7] =
    ["monotone", "scale", "scale_and_shift", "zero_weight", "absent", "rowwise", "leaves_absent"];

/// What can come out.
const OUTCOMES: [&str; 9] = [
    "LOWER to UPPER",
    "centred",
    "centred at MEAN",
    "mean",
    "sum",
    "points",
    "any",
    "reached",
    "less is better",
];

/// Whether a part of `gives:` says what can come out; names of constants may stand for numbers.
fn is_outcome(part: &str) -> bool {
    let number = |word: &str| {
        let word = word.trim();
        let is_name = word.chars().all(|c| c.is_alphanumeric() || c == '_');
        !word.is_empty() && (is_name || word.parse::<f64>().is_ok())
    };
    match (part.split_once(" to "), part.strip_prefix("centred at ")) {
        (Some((lower, upper)), _) => number(lower) && number(upper),
        (None, Some(mean)) => number(mean),
        (None, None) => OUTCOMES.contains(&part) && part != "LOWER to UPPER",
    }
}

/// What a key says, on one line or several, joined by blanks.
#[derive(Debug, Default)]
struct Value {
    text: String,
    /// For the part that is of each line, where it stands in `text` and in the script.
    pieces: Vec<(usize, usize)>,
}

impl Value {
    /// Takes in what a line of the script says, which starts at the byte `at`.
    fn push(&mut self, words: &str, at: usize) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.pieces.push((self.text.len(), at));
        self.text.push_str(words);
    }

    /// Where a part of the value stands in the script, from its first byte to its last; other lines may lie between.
    fn place(&self, part: &str) -> std::ops::Range<usize> {
        let place = |at: usize| {
            let piece = self.pieces.iter().rfind(|(from, _)| *from <= at);
            piece.map_or(0, |(from, place)| place + at - from)
        };
        let from = offset(&self.text, part);
        match part.len() {
            0 => place(from)..place(from),
            length => place(from)..place(from + length - 1) + 1,
        }
    }
}

/// Where a part of a text starts in it.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// A word that means nothing: its bytes, and the words that are known there.
pub type Unknown = (std::ops::Range<usize>, &'static [&'static str]);

impl Header {
    /// Reads the head of a script. Also returns the words that mean nothing, each with its place and what is known.
    pub fn read(text: &str) -> (Header, Vec<Unknown>) {
        let mut header = Header::default();
        let mut unknown = Vec::new();
        let mut key: Option<String> = None;
        let mut values: Vec<(String, Value)> = Vec::new();
        let mut summary_done = false;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let trimmed = line.trim();
            if trimmed.is_empty() {
                continue;
            }
            let Some(words) = trimmed.strip_prefix("//!") else { break };
            if words.trim().is_empty() {
                summary_done |= !header.summary.is_empty();
                key = None;
                continue;
            }
            let drawn_in = words.starts_with("  ");
            let stated = words.trim().split_once(':').filter(|(k, _)| {
                matches!(*k, "zh" | "formula" | "reference" | "needs" | "gives" | "claims")
            });
            match (stated, &key) {
                (Some((k, v)), _) if !drawn_in => {
                    key = Some(k.to_owned());
                    summary_done = true;
                    let mut value = Value::default();
                    value.push(v.trim(), start + offset(line, v.trim()));
                    values.push((k.to_owned(), value));
                }
                (_, Some(_)) if drawn_in => {
                    let last = values.last_mut().expect("a key has a value");
                    last.1.push(words.trim(), start + offset(line, words.trim()));
                }
                _ if !summary_done => {
                    let space = if header.summary.is_empty() { "" } else { " " };
                    header.summary = format!("{}{space}{}", header.summary, words.trim());
                }
                _ => {
                    key = None;
                    let space = if header.notes.is_empty() { "" } else { "\n" };
                    header.notes = format!("{}{space}{}", header.notes, words.trim());
                }
            }
        }
        for (key, value) in values {
            let list = |known: &'static [&'static str], unknown: &mut Vec<_>| {
                let mut words = Vec::new();
                for word in value.text.split([',', ' ']).map(str::trim).filter(|w| !w.is_empty()) {
                    if known.contains(&word) {
                        words.push(word.to_owned());
                    } else {
                        unknown.push((value.place(word), known));
                    }
                }
                words
            };
            match key.as_str() {
                "zh" => header.zh = value.text,
                "formula" => header.formula = value.text,
                "reference" => header.reference = value.text,
                "needs" => header.needs = list(&NEEDS, &mut unknown),
                "claims" => header.claims = list(&CLAIMS, &mut unknown),
                _ => {
                    for part in value.text.split(',').map(str::trim).filter(|p| !is_outcome(p)) {
                        unknown.push((value.place(part), &OUTCOMES[..]));
                    }
                    header.gives = value.text;
                }
            }
        }
        (header, unknown)
    }

    /// Whether it needs this.
    pub fn needs(&self, word: &str) -> bool {
        self.needs.iter().any(|w| w == word)
    }

    /// Whether it claims this.
    pub fn claims(&self, word: &str) -> bool {
        self.claims.iter().any(|w| w == word)
    }

    /// The claims as the battery takes them.
    pub fn as_claims(&self) -> Claims {
        Claims {
            monotone: self.claims("monotone"),
            units: match (self.claims("scale_and_shift"), self.claims("scale")) {
                (true, _) => Units::ScaleAndShift,
                (false, true) => Units::Scale,
                (false, false) => Units::Matter,
            },
            zero_weight: self.claims("zero_weight"),
            absent: self.claims("absent"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every head of up to three lines out of these: the place of a word that means nothing is a part of the script that
    /// begins and ends as the word does, although the value goes over lines.
    #[test]
    fn places_of_unknown_words() {
        const LINES: [&str; 12] = [
            "//! gives: mean",
            "//! gives: 均值, any",
            "//! gives:",
            "//! gives: mean,, \u{3000}sum",
            "//! needs: positive 正",
            "//! claims:   scale,缩放\r",
            "//!   source:   source: \"by hand: (1 + 3·3)/4 =",
            "//!   positive,mean",
            "//!\u{3000}\u{3000}half·",
            "//!",
            "  //! a summary: gives: needs:",
            "fn f() {}",
        ];
        let mut unknown = 0;
        for first in LINES {
            for second in LINES {
                for third in LINES {
                    let text = [first, second, third].join("\n");
                    for (span, _) in Header::read(&text).1 {
                        let found = text.get(span.clone());
                        let found = found.unwrap_or_else(|| panic!("{span:?} of {text:?}"));
                        assert_eq!(found, found.trim(), "{text:?}");
                        unknown += 1;
                    }
                }
            }
        }
        assert!(unknown > 1000, "{unknown}");
        let text = "//! gives: mean\n//!   half";
        assert_eq!(Header::read(text).1[0].0, 11..text.len());
        let text = "//! needs: positive\n//!   half positive";
        assert_eq!(&text[Header::read(text).1[0].0.clone()], "half");
    }
}
