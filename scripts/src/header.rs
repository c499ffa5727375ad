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

/// A word that means nothing: its bytes, and the words that are known there.
pub type Unknown = (std::ops::Range<usize>, &'static [&'static str]);

impl Header {
    /// Reads the head of a script. Also returns the words that mean nothing, each with its place and what is known.
    pub fn read(text: &str) -> (Header, Vec<Unknown>) {
        let mut header = Header::default();
        let mut unknown = Vec::new();
        let mut key: Option<String> = None;
        let mut values: Vec<(String, String, usize)> = Vec::new();
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
                    let offset = line.find(k).unwrap_or(0) + k.len() + 1;
                    values.push((k.to_owned(), v.trim().to_owned(), start + offset));
                }
                (_, Some(_)) if drawn_in => {
                    let last = values.last_mut().expect("a key has a value");
                    last.1 = format!("{} {}", last.1, words.trim());
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
        for (key, value, at) in values {
            let list = |known: &'static [&'static str], unknown: &mut Vec<_>| {
                let mut words = Vec::new();
                for word in value.split([',', ' ']).map(str::trim).filter(|w| !w.is_empty()) {
                    if known.contains(&word) {
                        words.push(word.to_owned());
                    } else {
                        let from = text[at..].find(word).map_or(at, |n| at + n);
                        unknown.push((from..from + word.len(), known));
                    }
                }
                words
            };
            match key.as_str() {
                "zh" => header.zh = value,
                "formula" => header.formula = value,
                "reference" => header.reference = value,
                "needs" => header.needs = list(&NEEDS, &mut unknown),
                "claims" => header.claims = list(&CLAIMS, &mut unknown),
                _ => {
                    for part in value.split(',').map(str::trim).filter(|p| !is_outcome(p)) {
                        let from = text[at..].find(part).map_or(at, |n| at + n);
                        unknown.push((from..from + part.len(), &OUTCOMES[..]));
                    }
                    header.gives = value;
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
