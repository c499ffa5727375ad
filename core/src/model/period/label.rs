//! What one label says about time.
//!
//! A label is taken apart into numbers and the words between them, its shape: `2019年1月` is `N年N月` with the numbers
//! 2019 and 1. Each shape that is known has a reading.

use super::PeriodKind;

/// One thing that a label may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    /// The kind of period.
    pub(super) kind: PeriodKind,
    /// Its place in time, in units of the kind.
    pub(super) time: f64,
}

impl Reading {
    fn new(kind: PeriodKind, time: i64) -> Reading {
        Reading { kind, time: time as f64 }
    }

    /// The month or year whose first day, or whose last one, this day is.
    pub(super) fn within(&self, kind: PeriodKind, last: bool) -> Option<Reading> {
        if self.kind != PeriodKind::Day || self.time != self.time.trunc() {
            return None;
        }
        let (year, month, day) = civil(self.time as i64);
        let (month_of, day_of) = match (kind, last) {
            (PeriodKind::Month, false) => (month, 1),
            (PeriodKind::Month, true) => (month, days_in(year, month)),
            (PeriodKind::Year, false) => (1, 1),
            (PeriodKind::Year, true) => (12, 31),
            _ => return None,
        };
        let time = if kind == PeriodKind::Year { year } else { months(year, month) };
        ((month, day) == (month_of, day_of)).then(|| Reading::new(kind, time))
    }

    /// A day as year, month and day.
    pub(super) fn day(&self) -> String {
        let (year, month, day) = civil(self.time as i64);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The months and years whose first or last day this is.
    pub(super) fn coarser(&self) -> Vec<Reading> {
        let kinds = [PeriodKind::Month, PeriodKind::Year];
        let of = |kind| [false, true].into_iter().filter_map(move |last| self.within(kind, last));
        kinds.into_iter().flat_map(of).collect()
    }
}

/// The readings of a label, the most usual first; none where it says nothing about time.
pub(super) fn readings(label: &str) -> Vec<Reading> {
    let parts = Parts::of(label);
    let mut found: Vec<Reading> = parts.calendar().into_iter().collect();
    found.extend(parts.others());
    if let Some(number) = plain_number(label) {
        let whole = number == number.trunc();
        if whole && (1000.0..10000.0).contains(&number) {
            found.insert(0, Reading { kind: PeriodKind::Year, time: number });
        }
        if whole && (0.0..1000.0).contains(&number) {
            found.push(Reading { kind: PeriodKind::Edition, time: number });
        }
        found.push(Reading { kind: PeriodKind::Number, time: number });
    }
    found
}

/// The words around the one number of a label, and the number.
pub(super) fn numbered(label: &str) -> Option<(String, f64)> {
    let parts = Parts::of(label);
    match parts.numbers.as_slice() {
        [only] => Some((parts.shape, only.value as f64)),
        _ => None,
    }
}

/// A number and nothing else.
fn plain_number(label: &str) -> Option<f64> {
    let text: String = narrow(label).collect();
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.parse().ok().filter(|x: &f64| plain && x.is_finite()).map(|x| x + 0.0)
}

/// A number of a label: how many digits it is written with, and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Digits {
    digits: usize,
    value: i64,
}

/// A label taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
struct Parts {
    /// The words, `N` in place of each number and `M` in place of the name of a month; without blanks.
    shape: String,
    /// The numbers, names of months among them.
    numbers: Vec<Digits>,
}

impl Parts {
    fn of(label: &str) -> Parts {
        let text = chinese_numbers(&narrow(label).collect::<String>());
        let mut parts = Parts::default();
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let of_kind =
                |fits: fn(char) -> bool| rest.find(|c: char| !fits(c)).unwrap_or(rest.len());
            if first.is_ascii_digit() {
                let (number, after) = rest.split_at(of_kind(|c| c.is_ascii_digit()));
                let value = number.parse().unwrap_or(i64::MAX);
                parts.numbers.push(Digits { digits: number.len(), value });
                parts.shape.push('N');
                rest = after;
            } else if first.is_ascii_lowercase() {
                let (word, after) = rest.split_at(of_kind(|c| c.is_ascii_lowercase()));
                match month_of(word) {
                    Some(value) => {
                        parts.numbers.push(Digits { digits: 2, value });
                        parts.shape.push('M');
                    }
                    None => parts.shape.push_str(word),
                }
                rest = after;
            } else {
                if !first.is_whitespace() {
                    parts.shape.push(first);
                }
                rest = &rest[first.len_utf8()..];
            }
        }
        parts
    }

    /// What the shape means, where it means one thing.
    fn calendar(&self) -> Option<Reading> {
        use PeriodKind::*;
        let value = |k: usize| self.numbers[k].value;
        let (year, two_digits) = match self.numbers.first() {
            Some(n) if n.digits == 4 => (Some(n.value), None),
            // 19年 is 2019.
            Some(n) if n.digits == 2 => (None, Some(century(n.value))),
            _ => (None, None),
        };
        let year_word = year.or(two_digits);
        let last = self.numbers.last().filter(|n| n.digits == 4).map(|n| n.value);
        let part = |kind, year: Option<i64>, part: i64, most: i64| {
            let time = year? * most + part - 1;
            ((1..=most).contains(&part)).then(|| Reading::new(kind, time))
        };
        let only = |kind, part: i64, most: i64| {
            ((1..=most).contains(&part)).then(|| Reading::new(kind, part))
        };
        match self.shape.as_str() {
            "N年" | "N年度" | "N年末" | "N年底" | "N年份" | "fyN" | "N财年" => {
                Some(Reading::new(Year, year_word?))
            }
            "N年上半年" => part(Half, year_word, 1, 2),
            "N年下半年" => part(Half, year_word, 2, 2),
            "N上半年" => part(Half, year, 1, 2),
            "N下半年" => part(Half, year, 2, 2),
            "上半年" => only(HalfOnly, 1, 2),
            "下半年" => only(HalfOnly, 2, 2),
            "NhN" | "N-hN" | "N/hN" | "NsN" | "N-sN" | "N年hN" => part(Half, year, value(1), 2),
            "hNN" | "hN-N" | "hN/N" => part(Half, last, value(0), 2),
            "hN" => only(HalfOnly, value(0), 2),
            "NqN" if year.is_none() => part(Quarter, last, value(0), 4),
            "NqN" | "N-qN" | "N/qN" | "N.qN" | "N年qN" | "N年N季度" | "N年第N季度" | "N年N季"
            | "N年第N季" => part(Quarter, year_word, value(1), 4),
            "N第N季度" | "N第N季" => part(Quarter, year, value(1), 4),
            "qNN" | "qN-N" | "qN/N" => part(Quarter, last, value(0), 4),
            "qN" | "N季度" | "第N季度" | "N季" | "第N季" => only(QuarterOnly, value(0), 4),
            "N年N月" | "N年N月份" | "N年-N月" => part(Month, year_word, value(1), 12),
            "NmN" | "N-mN" | "NM" | "N-M" | "N/M" | "N.M" => part(Month, year, value(1), 12),
            "MN" | "M.N" | "M,N" => part(Month, last, value(0), 12),
            // As spreadsheets write a month: Jan-19.
            "M-N" | "M/N" if self.numbers[1].digits == 2 => {
                part(Month, Some(century(value(1))), value(0), 12)
            }
            "M-N" | "M/N" => part(Month, last, value(0), 12),
            "N月" | "N月份" | "M" => only(MonthOnly, value(0), 12),
            "N年N-N月" | "N年N月-N月" | "N年N至N月" | "N年N~N月" if value(1) == 1 => {
                part(MonthsTo, year_word, value(2), 12)
            }
            "N-N月" | "N月-N月" | "N至N月" | "N~N月" if value(0) == 1 => {
                only(MonthsToOnly, value(1), 12)
            }
            "NwN" | "N-wN" | "N年N周" | "N年第N周" | "N第N周" | "N年wN" => {
                let (year, number) = (year_word?, value(1));
                (1..=weeks_in(year)).contains(&number).then(|| {
                    // Weeks are counted through all years by their Mondays.
                    let monday = first_monday(year).div_euclid(7) + number - 1;
                    Reading::new(Week, monday)
                })
            }
            "wN" | "N周" | "第N周" => only(WeekOnly, value(0), 53),
            "N-N-N" | "N/N/N" | "N.N.N" | "N年N月N日" | "N年N月N号" if year.is_some() => {
                day(year?, value(1), value(2)).map(|at| Reading::new(Day, at))
            }
            "N.N.N" => day(last?, value(1), value(0)).map(|at| Reading::new(Day, at)),
            "N-N-NN:N:N" | "N-N-NtN:N:N" | "N-N-NtN:N:Nz" | "N/N/NN:N:N" | "N-N-NN:N"
            | "N/N/NN:N" => {
                let seconds = self.numbers.get(5).map_or(0, |n| n.value);
                let (hour, minute) = (value(3), value(4));
                let clock = (0..24).contains(&hour)
                    && (0..60).contains(&minute)
                    && (0..60).contains(&seconds);
                let at = day(year?, value(1), value(2)).filter(|_| clock)?;
                let part = (hour * 3600 + minute * 60 + seconds) as f64 / 86400.0;
                Some(Reading { kind: Day, time: at as f64 + part })
            }
            "MN,N" | "M.N,N" => day(last?, value(0), value(1)).map(|at| Reading::new(Day, at)),
            "NMN" | "N-M-N" => day(last?, value(1), value(0)).map(|at| Reading::new(Day, at)),
            // In a leap year, so that every day of a year has its place.
            "N月N日" | "N月N号" => {
                day(2000, value(0), value(1)).map(|at| Reading::new(DayOnly, at))
            }
            "第N期" | "N期" | "第N届" | "第N次" | "第N轮" | "第N版" | "第N辑" | "第N回"
            | "editionN" | "waveN" | "roundN" | "issueN" | "volumeN" | "vol.N" | "no.N" => {
                Some(Reading::new(Edition, value(0)))
            }
            _ => None,
        }
    }

    /// The readings of shapes that mean several things.
    fn others(&self) -> Vec<Reading> {
        use PeriodKind::*;
        let numbers = self.numbers.as_slice();
        let mut found = Vec::new();
        let month = |year: Digits, month: Digits| {
            let fits = year.digits == 4 && month.digits <= 2 && (1..=12).contains(&month.value);
            fits.then(|| Reading::new(Month, months(year.value, month.value)))
        };
        match (self.shape.as_str(), numbers) {
            ("N-N" | "N/N" | "N~N" | "N至N", [a, b]) if a.digits == 4 => {
                let next = match b.digits {
                    2 => b.value == (a.value + 1) % 100,
                    _ => b.digits == 4 && b.value == a.value + 1,
                };
                let dashed = matches!(self.shape.as_str(), "N-N" | "N/N");
                found.extend(month(*a, *b).filter(|_| dashed));
                if next {
                    found.push(Reading::new(SplitYear, a.value));
                }
            }
            // The month first: 1/2019.
            ("N-N" | "N/N" | "N.N", [a, b]) if b.digits == 4 => found.extend(month(*b, *a)),
            ("N.N", [a, b]) if a.digits == 4 => found.extend(month(*a, *b)),
            ("N", [n]) if n.digits == 6 => {
                let (year, of_year) = (n.value / 100, n.value % 100);
                let parts =
                    [(4, year), (2, of_year)].map(|(digits, value)| Digits { digits, value });
                found.extend(month(parts[0], parts[1]).filter(|_| likely(year)));
            }
            ("N", [n]) if n.digits == 8 => {
                let (year, rest) = (n.value / 10000, n.value % 10000);
                let at = day(year, rest / 100, rest % 100).filter(|_| likely(year));
                found.extend(at.map(|at| Reading::new(Day, at)));
            }
            ("N-N-N" | "N/N/N", [a, b, year]) if a.digits <= 2 && year.digits == 4 => {
                let of = |kind, month: &Digits, of_month: &Digits| {
                    let at = day(year.value, month.value, of_month.value)?;
                    Some(Reading::new(kind, at))
                };
                found.extend(of(DayFirst, b, a));
                found.extend(of(MonthFirst, a, b));
            }
            _ => {}
        }
        found
    }
}

/// Whether the first digits of a long number are likely to be a year.
fn likely(year: i64) -> bool {
    (1800..2200).contains(&year)
}

/// The year of two digits: from 1970 to 2069.
fn century(year: i64) -> i64 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// Months through all years.
fn months(year: i64, month: i64) -> i64 {
    year * 12 + month - 1
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day counted from 1 January of the year 1, where there is such a day.
fn day(year: i64, month: i64, day: i64) -> Option<i64> {
    let fits = (1..10_000).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day);
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    fits.then(|| years + (1..month).map(|m| days_in(year, m)).sum::<i64>() + day - 1)
}

/// Year, month and day of a day counted from 1 January of the year 1.
fn civil(at: i64) -> (i64, i64, i64) {
    let mut year = at * 400 / 146_097 + 1;
    let start = |year: i64| day(year, 1, 1).unwrap_or(i64::MAX);
    while start(year) > at {
        year -= 1;
    }
    while start(year + 1) <= at {
        year += 1;
    }
    let mut rest = at - start(year);
    let mut month = 1;
    while rest >= days_in(year, month) {
        rest -= days_in(year, month);
        month += 1;
    }
    (year, month, rest + 1)
}

/// The Monday of the first week of a year, the one with its first Thursday. 1 January of the year 1 was a Monday.
fn first_monday(year: i64) -> i64 {
    let january_4 = day(year, 1, 4).unwrap_or(0);
    january_4 - january_4.rem_euclid(7)
}

fn weeks_in(year: i64) -> i64 {
    (first_monday(year + 1) - first_monday(year)) / 7
}

/// The month of an English name or its abbreviation.
fn month_of(word: &str) -> Option<i64> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let fits =
        |name: &str| word == name || word == &name[..3] || word == "sept" && name == "september";
    NAMES.iter().position(|name| fits(name)).map(|k| k as i64 + 1)
}

/// Full-width characters as ASCII, letters small, dashes as one, and nothing that cannot be seen.
fn narrow(label: &str) -> impl Iterator<Item = char> + '_ {
    label.chars().filter(|c| !quanheng_words::is_invisible(*c)).map(|c| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        '—' | '–' | '−' | '‑' | '‐' | '―' => '-',
        '〜' => '~',
        '\u{3000}' | '\u{a0}' => ' ',
        c => c.to_ascii_lowercase(),
    })
}

/// Chinese numbers as digits: 二〇一九年, 十二月, 第三期.
fn chinese_numbers(text: &str) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| match c {
        '零' | '○' => Some(0),
        '两' => Some(2),
        _ => DIGITS.iter().position(|d| *d == c),
    };
    let is_number = |c: char| c == '十' || c == '百' || digit(c).is_some();
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_number) {
        out.push_str(&rest[..start]);
        let number = &rest[start..];
        let (number, after) =
            number.split_at(number.find(|c| !is_number(c)).unwrap_or(number.len()));
        let mut digits = String::new();
        if number.contains(['十', '百']) {
            let (mut total, mut open) = (0, None);
            for c in number.chars() {
                match c {
                    '十' => total += 10 * open.take().unwrap_or(1),
                    '百' => total += 100 * open.take().unwrap_or(1),
                    c => open = digit(c),
                }
            }
            digits.push_str(&(total + open.unwrap_or(0)).to_string());
        } else {
            digits.extend(
                number.chars().filter_map(digit).filter_map(|d| char::from_digit(d as u32, 10)),
            );
        }
        out.push_str(&digits);
        rest = after;
    }
    out + rest
}
