//! Times of records: a date of the calendar with a time of day, without a time zone.

/// The seconds of a day.
pub(in crate::data) const DAY: i64 = 86_400;

/// A time, in seconds since the beginning of 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The seconds.
    pub seconds: i64,
    /// Whether the text has a time of day; else it is the beginning of the day.
    pub has_clock: bool,
}

/// How times are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TimeFormat {
    /// `2023-05-18 12:00`, with `/`, `.` or 年, 月 and 日 between the numbers of the date, a blank or `T` before the time of
    /// day, and with or without seconds.
    #[default]
    Usual,
    /// As a format such as `%d/%m/%Y %H:%M` says.
    Stated(Vec<Piece>),
}

/// A piece of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A number.
    Number(Unit),
    /// A character as it stands.
    Character(char),
}

/// What a number of a time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `%Y`, four digits.
    Year,
    /// `%m`, one or two digits, as the following.
    Month,
    /// `%d`
    Day,
    /// `%H`
    Hour,
    /// `%M`
    Minute,
    /// `%S`
    Second,
}

impl TimeFormat {
    /// A format as it is written; nothing where it has another sign than those of [`Unit`], or lacks a part of the date.
    pub fn parse(text: &str) -> Option<TimeFormat> {
        let mut pieces = Vec::new();
        let mut characters = text.chars();
        while let Some(c) = characters.next() {
            pieces.push(match c {
                '%' => Piece::Number(match characters.next()? {
                    'Y' => Unit::Year,
                    'm' => Unit::Month,
                    'd' => Unit::Day,
                    'H' => Unit::Hour,
                    'M' => Unit::Minute,
                    'S' => Unit::Second,
                    _ => return None,
                }),
                c => Piece::Character(c),
            });
        }
        let has = |unit| pieces.iter().filter(|p| **p == Piece::Number(unit)).count() == 1;
        let whole = [Unit::Year, Unit::Month, Unit::Day].into_iter().all(has);
        whole.then_some(TimeFormat::Stated(pieces))
    }

    /// Reads a time; nothing where the text is none.
    pub fn read(&self, text: &str) -> Option<Moment> {
        match self {
            TimeFormat::Usual => usual(text),
            TimeFormat::Stated(pieces) => stated(pieces, text),
        }
    }
}

/// The number that digits of a text make, at most `most` of them.
fn digits(bytes: &[u8], at: &mut usize, most: usize) -> Option<i64> {
    let start = *at;
    let mut number = 0;
    while *at < start + most
        && let Some(digit) = bytes.get(*at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10)
    {
        number = number * 10 + i64::from(digit);
        *at += 1;
    }
    (*at > start).then_some(number)
}

fn usual(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let year = digits(bytes, &mut at, 4).filter(|_| at == 4)?;
    let between = |signs: &[&'static str], at: &mut usize| {
        let sign =
            signs.iter().find(|sign| text.get(*at..).is_some_and(|t| t.starts_with(**sign)))?;
        *at += sign.len();
        Some(*sign)
    };
    let first = between(&["-", "/", ".", "年"], &mut at)?;
    let month = digits(bytes, &mut at, 2)?;
    let second = between(&[if first == "年" { "月" } else { first }], &mut at);
    second?;
    let day = digits(bytes, &mut at, 2)?;
    if first == "年" {
        between(&["日"], &mut at)?;
    }
    let date = days(year, month, day)? * DAY;
    let mark = at;
    while matches!(bytes.get(at), Some(b' ' | b'T')) {
        at += 1;
    }
    if at == bytes.len() {
        return (at == mark).then_some(Moment { seconds: date, has_clock: false });
    }
    let clock =
        clock(&text[at..]).filter(|seconds| *seconds < DAY && (at > mark || first == "年"))?;
    Some(Moment { seconds: date + clock, has_clock: true })
}

fn stated(pieces: &[Piece], text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let (mut year, mut month, mut day, mut clock) = (0, 0, 0, [0; 3]);
    let mut has_clock = false;
    let mut at = 0;
    for piece in pieces {
        match piece {
            Piece::Character(c) => {
                at += text.get(at..)?.starts_with(*c).then(|| c.len_utf8())?;
            }
            Piece::Number(Unit::Year) => {
                let start = at;
                year = digits(bytes, &mut at, 4).filter(|_| at == start + 4)?;
            }
            Piece::Number(unit) => {
                let number = digits(bytes, &mut at, 2)?;
                match unit {
                    Unit::Year => {}
                    Unit::Month => month = number,
                    Unit::Day => day = number,
                    Unit::Hour => (clock[0], has_clock) = (number, true),
                    Unit::Minute => clock[1] = number,
                    Unit::Second => clock[2] = number,
                }
            }
        }
    }
    let [hour, minute, second] = clock;
    let fits = at == bytes.len() && hour < 24 && minute < 60 && second < 60;
    let seconds = days(year, month, day)? * DAY + hour * 3600 + minute * 60 + second;
    fits.then_some(Moment { seconds, has_clock })
}

/// A time of day in seconds, such as `12:00` or `23:59:59`; `24:00` is the end of the day.
pub fn clock(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let hour = digits(bytes, &mut at, 2)?;
    let colon = |at: &mut usize| {
        *at += 1;
        bytes.get(*at - 1) == Some(&b':')
    };
    if !colon(&mut at) {
        return None;
    }
    let minute = digits(bytes, &mut at, 2)?;
    let mut second = 0;
    if at < bytes.len() {
        if !colon(&mut at) {
            return None;
        }
        second = digits(bytes, &mut at, 2)?;
        // Fractions of a second have no effect on what is before or behind a whole one.
        if bytes.get(at) == Some(&b'.') {
            at += 1;
            digits(bytes, &mut at, 9)?;
        }
    }
    let seconds = hour * 3600 + minute * 60 + second;
    (at == bytes.len() && minute < 60 && second < 60 && seconds <= DAY).then_some(seconds)
}

/// The days of a month.
fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of a day, that of the first day of 1970 being 0; nothing for a day that the calendar does not have.
pub(in crate::data) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let fits = (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
    fits.then(|| {
        // Years that begin in March have the leap day at their end; 400 of them have 146,097 days.
        let year = if month < 3 { year - 1 } else { year };
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        era * 146_097 + year * 365 + year / 4 - year / 100 + of_year - 719_468
    })
}

/// The year, the month and the day of a number of [`days`].
pub(in crate::data) fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month < 3), month, day)
}

/// A day of a month, the last one where the month is shorter. Months are counted from the first of year 0.
pub(in crate::data) fn day_of(month: i64, day: i64) -> i64 {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let day = if day > length(year, month) { length(year, month) } else { day };
    days(year, month, day).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        TimeFormat::Usual.read(text).map(|moment| moment.seconds)
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        // Seconds by `date -u -d TEXT +%s` of GNU coreutils.
        for (text, expected) in [
            ("1970-01-01 00:00", 0),
            ("2023-05-18 12:00", 1_684_411_200),
            ("2023/5/18 12:00:01", 1_684_411_201),
            (concat!("2023-05-18T12:00:01", ".5"), 1_684_411_201),
            ("2023年5月18日 12:00", 1_684_411_200),
            ("2023年5月18日12:00", 1_684_411_200),
            ("2024.02.29", 1_709_164_800),
            ("1969-12-31 23:59:59", -1),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "2023",
            "2023-05",
            "2023-02-29",
            "2023-5-18 24:00",
            "2023-05-18 12",
            "2023-05-18 ",
            "23-05-18",
            "2023-05/18",
            "2023-05-18 12:00Z",
            "18.05.2023",
            "2023-05-1812:00",
            "2023-13-01",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
        let format = TimeFormat::parse("%d/%m/%Y %H.%M").unwrap();
        assert_eq!(format.read("18/05/2023 12.00").unwrap().seconds, 1_684_411_200);
        assert_eq!(format.read("18/05/2023"), None);
        assert_eq!(TimeFormat::parse("%d/%m"), None);
        assert_eq!(TimeFormat::parse("%Y-%m-%d %y"), None);
    }

    proptest::proptest! {
        #[test]
        fn dates_and_days_agree(number in -800_000_i64..3_000_000) {
            let (year, month, day) = date(number);
            proptest::prop_assert_eq!(days(year, month, day), Some(number));
        }
    }
}
