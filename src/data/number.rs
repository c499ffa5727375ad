//! Converts the text of a cell to a value or a named kind of absence. Nothing is guessed: what is not declared is
//! rejected.

use quanheng_core::model::State;

use super::file::Cell;
use crate::problem::Unread;

quanheng_core::method::choice! {
    /// What a percent sign means.
    pub enum Percent {
        /// 12% is 0.12.
        Fraction = "fraction",
        /// 12% is 12.
        Points = "points",
    }
}

/// How the project writes numbers and what it writes where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Notation {
    /// The decimal mark.
    pub decimal: char,
    /// What may stand between groups of three digits.
    pub thousands: Option<char>,
    /// What a percent sign means; refused unless stated.
    pub percent: Option<Percent>,
    /// What it means in the values of some indicators.
    pub percents: Vec<(String, Percent)>,
    /// What may stand before or behind a number, and by what the number is multiplied then.
    pub marks: Vec<(String, f64)>,
    /// What stands for each kind of absence. The texts are compared with the trimmed cell.
    pub states: Vec<(String, State)>,
}

impl Default for Notation {
    fn default() -> Self {
        Notation {
            decimal: '.',
            thousands: None,
            percent: None,
            percents: Vec::new(),
            marks: Vec::new(),
            states: vec![(String::new(), State::Missing)],
        }
    }
}

impl Notation {
    /// The same for the values of one indicator; nothing where this is it.
    pub fn of(&self, indicator: &str) -> Option<Notation> {
        let (_, percent) = self.percents.iter().find(|(name, _)| name == indicator)?;
        Some(Notation { percent: Some(*percent), ..self.clone() })
    }

    /// Whether digits with a decimal point among them are the number that they look like: no marker is one.
    pub(super) fn reads_plain(&self) -> bool {
        let is_number = |marker: &str| marker.bytes().any(|b| b.is_ascii_digit());
        self.decimal == '.' && !self.states.iter().any(|(marker, _)| is_number(marker))
    }

    /// The state that a marker stands for.
    pub fn state(&self, text: &str) -> Option<State> {
        self.states.iter().find(|(marker, _)| marker == text).map(|(_, state)| *state)
    }

    /// What a cell says: a number and [`State::Value`], or NaN and the state.
    pub fn cell(&self, cell: Cell<'_>) -> Result<(f64, State), Unread> {
        let (text, why) = match cell {
            Cell::Text(text) => return self.read(text),
            Cell::Number(x) | Cell::Padded(x, _) => return self.read_number(x),
            Cell::Bare(_) if self.percent.is_some() => return Err(Unread::NoFormat),
            Cell::Bare(x) => return self.read_number(x),
            Cell::Percent(x, _) => {
                return match self.percent {
                    None => Err(Unread::Percent),
                    Some(Percent::Fraction) => self.read_number(x),
                    Some(Percent::Points) => self.read_number(as_percent(x)),
                };
            }
            Cell::Empty => return self.read(""),
            Cell::Formula => return Err(Unread::Formula),
            Cell::Truth(true) => ("TRUE", Unread::Truth),
            Cell::Truth(false) => ("FALSE", Unread::Truth),
            Cell::Date(text) => (text, Unread::Date),
            Cell::Error(text) => (text, Unread::Spreadsheet),
        };
        self.state(text).map(|state| (f64::NAN, state)).ok_or(why)
    }

    /// What a cell of text says: a number and [`State::Value`], or NaN and the state.
    pub fn read(&self, text: &str) -> Result<(f64, State), Unread> {
        let text = text.trim();
        if let Some(state) = self.state(text) {
            return Ok((f64::NAN, state));
        }
        if self.decimal == '.'
            && let Some(number) = plain(text)
        {
            return Ok((number, State::Value));
        }
        self.number(text).map(|x| (x, State::Value))
    }

    /// What a cell that holds a number says: the number, unless the way it is shown is a stated marker such as -9999.
    pub fn read_number(&self, number: f64) -> Result<(f64, State), Unread> {
        if let Some((_, state)) =
            self.states.iter().find(|(marker, _)| marker.parse::<f64>().is_ok_and(|m| m == number))
        {
            return Ok((f64::NAN, *state));
        }
        if number.is_finite() { Ok((number + 0.0, State::Value)) } else { Err(Unread::NotFinite) }
    }

    fn number(&self, shown: &str) -> Result<f64, Unread> {
        if shown.is_empty() {
            return Err(Unread::Blank);
        }
        let wide: String = shown.chars().map(narrow).collect();
        let (bare, factor) = self.unmarked(&wide);
        let (digits, percent) = match bare.strip_suffix('%') {
            Some(rest) => (rest.trim_end(), true),
            None => (bare, false),
        };
        let Some(number) = Parts::new(digits, self.decimal, self.thousands) else {
            return Err(self.why(&wide, digits));
        };
        let percent = match (percent, self.percent) {
            (false, _) | (true, Some(Percent::Points)) => 0,
            (true, Some(Percent::Fraction)) => -2,
            (true, None) => return Err(Unread::Percent),
        };
        // A power of ten moves the decimal mark, and loses nothing.
        let power = POWERS.iter().position(|power| *power == factor);
        let value = number.value(percent + power.unwrap_or(0) as i64);
        let value = value.map(|x| if power.is_some() { x } else { x * factor });
        value.filter(|x| x.is_finite()).ok_or(Unread::NotFinite)
    }

    /// A number without the marks beside it, and the product of their factors.
    fn unmarked<'t>(&self, text: &'t str) -> (&'t str, f64) {
        let (mut bare, mut factor) = (text, 1.0);
        if self.marks.is_empty() {
            return (bare, factor);
        }
        while Parts::new(bare, self.decimal, self.thousands).is_none() {
            let without = |(mark, by): &(String, f64)| {
                let mark: String = mark.chars().map(narrow).collect();
                let mark = Some(mark.trim()).filter(|mark| !mark.is_empty())?;
                let rest = bare.strip_suffix(mark).or_else(|| bare.strip_prefix(mark))?;
                Some((rest.trim(), *by))
            };
            // The longest mark that fits: 万亿 before 亿.
            let found = self.marks.iter().filter_map(without).min_by_key(|(rest, _)| rest.len());
            let Some((rest, by)) = found else { break };
            bare = rest;
            factor *= by;
        }
        (bare, factor)
    }

    /// Why a text that is not a number is none.
    fn why(&self, text: &str, digits: &str) -> Unread {
        if text.starts_with('#') {
            return Unread::Spreadsheet;
        }
        let bare = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
        if matches!(bare.as_str(), "inf" | "infinity" | "nan" | "∞") {
            return Unread::NotFinite;
        }
        let marks = [',', '.', ' ', '\'', '’', '\u{a0}', '\u{202f}', '_'];
        if let Some(mark) = digits.chars().find(|c| marks.contains(c) && *c != self.decimal) {
            let thousands = Parts::new(digits, self.decimal, Some(mark)).is_some();
            let decimal = matches!(mark, ',' | '.')
                && (Parts::new(digits, mark, None).is_some()
                    || Parts::new(digits, mark, Some(self.decimal)).is_some());
            if thousands || decimal || self.thousands == Some(mark) && numeric(digits) {
                let thousands = thousands && self.thousands != Some(mark);
                return Unread::Separator { mark, thousands, decimal };
            }
            // 1,234.5 where the comma is the decimal mark, and the like.
        }
        if numeric(digits)
            && let Some(mark) = digits.chars().find(|c| marks.contains(c))
        {
            return Unread::Separator {
                mark,
                thousands: Parts::new(digits, other(mark), Some(mark)).is_some(),
                decimal: false,
            };
        }
        self.mark(text).unwrap_or(Unread::Text)
    }

    /// Whether a text is a number with something before or behind it that has no digit: `12.3*`, `1.2万`, `<0.1`.
    fn mark(&self, text: &str) -> Option<Unread> {
        let chars = text.chars().count();
        if chars > 60 {
            return None;
        }
        let number = |part: &str| Parts::new(part.trim(), self.decimal, self.thousands).is_some();
        let mark = |part: &str| {
            let of_numbers = |c: char| "+-.,'’ ".contains(c);
            !part.chars().all(of_numbers) && !part.contains(|c: char| c.is_ascii_digit())
        };
        let split = |k: usize| text.char_indices().nth(k).map(|(at, _)| text.split_at(at));
        let mut splits = (1..chars).filter_map(|k| Some((k, split(k)?)));
        splits.find_map(|(k, (before, after))| match () {
            () if number(before) && mark(after) => Some(Unread::Mark { from: k, to: chars }),
            () if mark(before) && number(after) => Some(Unread::Mark { from: 0, to: k }),
            () => None,
        })
    }
}

/// A hundred times a number, without loss: 0.07 is 7 per cent.
pub fn as_percent(x: f64) -> f64 {
    let text = format!("{x:e}");
    let shifted = text.split_once('e').and_then(|(digits, exponent)| {
        format!("{digits}e{}", exponent.parse::<i32>().ok()? + 2).parse().ok()
    });
    shifted.unwrap_or(x * 100.0)
}

/// The factors that move the decimal mark.
const POWERS: [f64; 16] =
    [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Only digits and marks, with a digit in it.
fn numeric(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || " ,.'’+-\u{a0}\u{202f}_".contains(c))
}

fn other(mark: char) -> char {
    if mark == ',' { '.' } else { ',' }
}

/// The number that nearly every cell holds: ASCII, a decimal point, nothing between its digits.
fn plain(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let ok = bytes.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    if !ok {
        return None;
    }
    // Only a number has these letters and parses; adding zero makes -0 a plain 0.
    text.parse().ok().filter(|x: &f64| x.is_finite()).map(|x| x + 0.0)
}

/// Full-width characters as ASCII.
fn narrow(c: char) -> char {
    match c {
        '－' | '\u{2212}' => '-',
        'ｅ' | 'Ｅ' => 'e',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A number taken apart.
struct Parts {
    /// Sign, digits and point, as Rust writes them.
    mantissa: String,
    exponent: i64,
}

impl Parts {
    fn new(text: &str, decimal: char, thousands: Option<char>) -> Option<Parts> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => {
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                // An exponent that does not fit an i64 means infinity or zero, just as this one does.
                let limit = if exponent.starts_with('-') { -1_000_000 } else { 1_000_000 };
                (number, exponent.parse().unwrap_or(limit))
            }
            None => (text, 0),
        };
        let (sign, number) = match number.strip_prefix(['+', '-']) {
            Some(rest) => (if number.starts_with('-') { "-" } else { "" }, rest),
            None => ("", number),
        };
        let (whole, fraction) = number.split_once(decimal).unwrap_or((number, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(fraction) {
            return None;
        }
        let whole = match thousands.filter(|mark| whole.contains(*mark)) {
            Some(mark) => {
                let mut groups = whole.split(mark);
                let first = groups.next().unwrap_or("");
                let well_formed = (1..=3).contains(&first.len())
                    && all_digits(first)
                    && groups.all(|g| g.len() == 3 && all_digits(g));
                if !well_formed {
                    return None;
                }
                whole.replace(mark, "")
            }
            None if all_digits(whole) => whole.to_string(),
            None => return None,
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        Some(Parts { mantissa: format!("{sign}{whole}.{fraction}"), exponent })
    }

    /// The number nearest to the decimal text shifted by `shift` places; none where it is infinite.
    fn value(&self, shift: i64) -> Option<f64> {
        let exponent = self.exponent.clamp(-1_000_000, 1_000_000) + shift;
        let text = format!("{}e{exponent}", self.mantissa);
        text.parse().ok().filter(|x: &f64| x.is_finite()).map(|x| x + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(notation: &Notation, cases: &[(&str, Result<f64, Unread>)]) {
        for (text, expected) in cases {
            let got = notation.read(text).map(|(x, state)| {
                assert_eq!(state, State::Value, "{text}");
                x
            });
            assert_eq!(got.map(f64::to_bits), expected.map(f64::to_bits), "{text}: {got:?}");
        }
    }

    fn separator(mark: char, thousands: bool, decimal: bool) -> Result<f64, Unread> {
        Err(Unread::Separator { mark, thousands, decimal })
    }

    #[test]
    fn nothing_but_numbers_unless_stated() {
        check(
            &Notation::default(),
            &[
                ("12.5", Ok(12.5)),
                (" \u{3000}12.5\u{a0} ", Ok(12.5)),
                ("-0.5", Ok(-0.5)),
                ("-0", Ok(0.0)),
                (".5", Ok(0.5)),
                ("5.", Ok(5.0)),
                ("+7", Ok(7.0)),
                ("1e5", Ok(1e5)),
                ("1E-5", Ok(1e-5)),
                ("１２．５", Ok(12.5)),
                ("－３", Ok(-3.0)),
                ("−3", Ok(-3.0)),
                ("1,234", separator(',', true, true)),
                ("1，234", separator(',', true, true)),
                ("12,5", separator(',', false, true)),
                ("1,234.5", separator(',', true, false)),
                ("1.234,5", separator(',', false, true)),
                ("1 234", separator(' ', true, false)),
                ("12%", Err(Unread::Percent)),
                ("1２％", Err(Unread::Percent)),
                ("inf", Err(Unread::NotFinite)),
                ("-Infinity", Err(Unread::NotFinite)),
                ("NaN", Err(Unread::NotFinite)),
                ("1e999", Err(Unread::NotFinite)),
                ("1e99999999999999999999", Err(Unread::NotFinite)),
                ("#N/A", Err(Unread::Spreadsheet)),
                ("12.3*", Err(Unread::Mark { from: 4, to: 5 })),
                ("1.2万", Err(Unread::Mark { from: 3, to: 4 })),
                ("3.5 ①", Err(Unread::Mark { from: 3, to: 5 })),
                ("<0.1", Err(Unread::Mark { from: 0, to: 1 })),
                ("约 5", Err(Unread::Mark { from: 0, to: 1 })),
                ("1/3", Err(Unread::Text)),
                ("0x1F", Err(Unread::Text)),
                ("NA", Err(Unread::Text)),
                ("-", Err(Unread::Text)),
                (".", Err(Unread::Text)),
                ("…", Err(Unread::Text)),
                ("e5", Err(Unread::Mark { from: 0, to: 1 })),
                ("1e", Err(Unread::Mark { from: 1, to: 2 })),
                ("--1", Err(Unread::Text)),
                ("2020-01-05", Err(Unread::Text)),
            ],
        );
    }

    #[test]
    fn stated_marks() {
        let european = Notation { decimal: ',', thousands: Some('.'), ..Notation::default() };
        check(
            &european,
            &[
                ("12,5", Ok(12.5)),
                ("1.234.567,5", Ok(1234567.5)),
                ("1.234", Ok(1234.0)),
                ("12.34", separator('.', false, true)),
                ("1,234.5", separator('.', false, true)),
            ],
        );
        let grouped = Notation { thousands: Some(','), ..Notation::default() };
        check(
            &grouped,
            &[
                ("1,234,567.5", Ok(1234567.5)),
                ("1234", Ok(1234.0)),
                ("１，２３４", Ok(1234.0)),
                ("1,23", separator(',', false, true)),
                ("12,34,567", separator(',', false, false)),
            ],
        );
    }

    #[test]
    fn marks_beside_a_number() {
        let marks = [("*", 1.0), ("①", 1.0), ("万", 1e4), ("万亿", 1e12), ("亿", 1e8), ("<", 1.0)];
        let marks = marks.map(|(mark, by)| (mark.to_owned(), by)).to_vec();
        let notation = Notation { marks, percent: Some(Percent::Points), ..Notation::default() };
        check(
            &notation,
            &[
                ("12.3*", Ok(12.3)),
                ("1.2万", Ok(12000.0)),
                ("0.07 万亿", Ok(7e10)),
                ("0.07亿", Ok(7e6)),
                ("3.5万①", Ok(35000.0)),
                ("＜0.1", Ok(0.1)),
                ("12%*", Ok(12.0)),
                ("*", Err(Unread::Text)),
                ("5 r", Err(Unread::Mark { from: 1, to: 3 })),
            ],
        );
    }

    #[test]
    fn percent_is_an_exact_shift() {
        let fraction = Notation { percent: Some(Percent::Fraction), ..Notation::default() };
        check(
            &fraction,
            &[
                ("12%", Ok(0.12)),
                ("7 %", Ok(0.07)),
                ("５５．７％", Ok(0.557)),
                ("1e1%", Ok(0.1)),
                ("12", Ok(12.0)),
            ],
        );
        let points = Notation { percent: Some(Percent::Points), ..Notation::default() };
        check(&points, &[("12.5%", Ok(12.5)), ("%", Err(Unread::Text))]);
    }

    #[test]
    fn states_are_the_users_own() {
        let notation = Notation {
            states: [
                ("", State::Missing),
                ("…", State::Missing),
                ("不适用", State::NotApplicable),
                ("*", State::Withheld),
                ("-9999", State::Missing),
            ]
            .map(|(text, state)| (text.to_string(), state))
            .to_vec(),
            ..Notation::default()
        };
        for (text, state) in notation.states.clone() {
            let (x, got) = notation.read(&format!(" {text} ")).unwrap();
            assert!(x.is_nan());
            assert_eq!(got, state);
        }
        assert_eq!(notation.read_number(-9999.0).unwrap().1, State::Missing);
        assert_eq!(notation.read_number(0.1 + 0.2).unwrap(), (0.1 + 0.2, State::Value));
        assert_eq!(Notation::default().read("\u{3000}").unwrap().1, State::Missing);
        let none = Notation { states: Vec::new(), ..Notation::default() };
        assert_eq!(none.read(" ").unwrap_err(), Unread::Blank);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9eE.,%％０１． '#a]{0,12}|\\PC*") {
            for decimal in ['.', ','] {
                for thousands in [None, Some(','), Some('.'), Some(' ')] {
                    let notation = Notation {
                        decimal, thousands, percent: Some(Percent::Fraction), ..Notation::default()
                    };
                    if let Ok((x, state)) = notation.read(&text) {
                        prop_assert_eq!(x.is_nan(), state != State::Value);
                        prop_assert!(!x.is_infinite());
                    }
                }
            }
        }

        #[test]
        fn every_number_comes_back(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            if x.is_finite() {
                let text = format!("{x}");
                prop_assert_eq!(Notation::default().read(&text).unwrap().0, x);
                prop_assert_eq!(Notation::default().read(&format!("{x:e}")).unwrap().0, x);
            }
        }
    }
}
