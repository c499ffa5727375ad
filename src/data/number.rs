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
    /// What stands for each kind of absence. The texts are compared with the trimmed cell.
    pub states: Vec<(String, State)>,
}

impl Default for Notation {
    fn default() -> Self {
        Notation {
            decimal: '.',
            thousands: None,
            percent: None,
            states: vec![(String::new(), State::Missing)],
        }
    }
}

impl Notation {
    /// The state that a marker stands for.
    pub fn state(&self, text: &str) -> Option<State> {
        self.states.iter().find(|(marker, _)| marker == text).map(|(_, state)| *state)
    }

    /// What a cell says: a number and [`State::Value`], or NaN and the state.
    pub fn cell(&self, cell: Cell<'_>) -> Result<(f64, State), Unread> {
        let (text, why) = match cell {
            Cell::Text(text) => return self.read(text),
            Cell::Number(x) => return self.read_number(x),
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
        let (digits, percent) = match wide.strip_suffix('%') {
            Some(rest) => (rest.trim_end(), true),
            None => (wide.as_str(), false),
        };
        let Some(number) = Parts::new(digits, self.decimal, self.thousands) else {
            return Err(self.why(&wide, digits));
        };
        let shift = match (percent, self.percent) {
            (false, _) | (true, Some(Percent::Points)) => 0,
            (true, Some(Percent::Fraction)) => -2,
            (true, None) => return Err(Unread::Percent),
        };
        number.value(shift).ok_or(Unread::NotFinite)
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
        // 12.3* or 1.2万: more than digits and marks, behind a number.
        let end = digits.find(|c: char| !c.is_ascii_digit() && !"+-.,".contains(c));
        let end = end.filter(|end| !digits[*end..].starts_with(|c: char| c.is_ascii_alphabetic()));
        let number = end.map(|end| digits[..end].trim_end_matches([',', '.']));
        let is_marked =
            number.is_some_and(|n| Parts::new(n, self.decimal, self.thousands).is_some());
        let short = digits.chars().count() <= number.map_or(0, |n| n.chars().count()) + 4;
        if is_marked && short { Unread::Marked } else { Unread::Text }
    }
}

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

/// Full-width digits and signs as ASCII.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        '，' => ',',
        '－' | '\u{2212}' => '-',
        '＋' => '+',
        '％' => '%',
        'ｅ' | 'Ｅ' => 'e',
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
                ("0x1F", Err(Unread::Text)),
                ("NA", Err(Unread::Text)),
                ("-", Err(Unread::Text)),
                (".", Err(Unread::Text)),
                ("…", Err(Unread::Text)),
                ("e5", Err(Unread::Text)),
                ("1e", Err(Unread::Text)),
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
