//! Accounting windows: which period a record counts for, by its time. A window begins with its first moment and ends
//! before its last one.

use super::time::{DAY, date, day_of};

/// Which periods there are.
#[derive(Clone, Debug, PartialEq)]
pub enum Windows {
    /// One for each month or day, by a rule.
    Rule(Rule),
    /// Those that the project states.
    Stated(Vec<Window>),
}

/// A window that the project states.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The label of the period.
    pub label: String,
    /// The seconds at which it begins.
    pub from: i64,
    /// The seconds before which it ends.
    pub to: i64,
}

quanheng_core::method::choice! {
    /// How often a window ends.
    #[derive(Default)]
    pub enum Every {
        /// Once a month.
        #[default]
        Month = "month",
        /// Once a day.
        Day = "day",
    }
}

/// A rule for windows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// How often one ends.
    pub every: Every,
    /// The day of the month on which it begins, and the seconds of that day.
    pub from: (i64, i64),
    /// The day of the month on which it ends, and the seconds of that day; when the next one begins unless stated.
    pub to: Option<(i64, i64)>,
    /// How many months before that of its end it begins; found from its days unless stated.
    pub months: Option<i64>,
}

impl Rule {
    /// How many months, or days, before its end a window begins.
    fn before(&self) -> i64 {
        let (first, own) = match self.every {
            Every::Month => ((1, 0), self.from),
            Every::Day => ((0, 0), (0, self.from.1)),
        };
        let to = self.to.map(|to| if self.every == Every::Day { (0, to.1) } else { to });
        self.months.unwrap_or(i64::from(match to {
            Some(to) => own >= to,
            None => own != first,
        }))
    }

    fn at(&self, number: i64, (day, seconds): (i64, i64)) -> i64 {
        match self.every {
            Every::Month => day_of(number, day) * DAY + seconds,
            Every::Day => number * DAY + seconds,
        }
    }

    /// When the window of a month or day begins, and before when it ends.
    fn span(&self, number: i64) -> (i64, i64) {
        let begins = |number: i64| self.at(number - self.before(), self.from);
        let end = self.to.map_or_else(|| begins(number + 1), |to| self.at(number, to));
        (begins(number), end)
    }
}

impl Windows {
    /// Whether all windows begin and end with a day, so that a date says enough.
    pub fn are_of_days(&self) -> bool {
        match self {
            Windows::Rule(rule) => {
                rule.from.1 % DAY == 0 && rule.to.is_none_or(|(_, seconds)| seconds % DAY == 0)
            }
            Windows::Stated(windows) => {
                windows.iter().all(|w| w.from % DAY == 0 && w.to % DAY == 0)
            }
        }
    }

    /// The numbers of the windows in which a moment lies.
    pub(in crate::data) fn of(&self, seconds: i64, found: &mut Vec<i64>) {
        found.clear();
        match self {
            Windows::Stated(windows) => {
                let holds = |w: &Window| (w.from..w.to).contains(&seconds);
                let numbers = windows.iter().enumerate().filter(|(_, w)| holds(w));
                found.extend(numbers.map(|(at, _)| at as i64));
            }
            Windows::Rule(rule) => {
                let day = seconds.div_euclid(DAY);
                let own = match rule.every {
                    Every::Day => day,
                    Every::Month => {
                        let (year, month, _) = date(day);
                        year * 12 + month - 1
                    }
                };
                let near = own - 1..=own + rule.before() + 1;
                found.extend(near.filter(|number| {
                    let (from, to) = rule.span(*number);
                    (from..to).contains(&seconds)
                }));
            }
        }
    }

    /// The label of a window: that of the month or day in which it ends.
    pub(in crate::data) fn label(&self, number: i64) -> String {
        match self {
            Windows::Stated(windows) => windows[number as usize].label.clone(),
            Windows::Rule(Rule { every: Every::Month, .. }) => {
                format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
            }
            Windows::Rule(Rule { every: Every::Day, .. }) => {
                let (year, month, day) = date(number);
                format!("{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::time::{TimeFormat, clock};
    use super::*;

    fn labels(windows: &Windows, time: &str) -> Vec<String> {
        let mut found = Vec::new();
        windows.of(TimeFormat::Usual.read(time).unwrap().seconds, &mut found);
        found.into_iter().map(|number| windows.label(number)).collect()
    }

    #[test]
    fn a_period_from_the_19th_to_noon_of_the_report_day() {
        let noon = clock("12:00").unwrap();
        let rule = Rule { from: (19, 0), to: Some((18, noon)), ..Rule::default() };
        let windows = Windows::Rule(rule);
        assert_eq!(labels(&windows, "2023-04-19 00:00"), ["2023-05"]);
        assert_eq!(labels(&windows, "2023-04-18 23:59:59"), [""; 0]);
        assert_eq!(labels(&windows, "2023-05-18 11:59:59"), ["2023-05"]);
        assert_eq!(labels(&windows, "2023-05-18 12:00"), [""; 0]);
        assert_eq!(labels(&windows, "2023-12-31 23:00"), ["2024-01"]);
        assert!(!windows.are_of_days());
    }

    #[test]
    fn windows_of_other_kinds() {
        let months = Windows::Rule(Rule { from: (1, 0), ..Rule::default() });
        assert_eq!(labels(&months, "2023-05-01"), ["2023-05"]);
        assert_eq!(labels(&months, "2023-05-31 23:59"), ["2023-05"]);
        // The 31st of a month that has none is its last day.
        let last = Windows::Rule(Rule { from: (31, 0), ..Rule::default() });
        assert_eq!(labels(&last, "2023-02-27 23:00"), ["2023-02"]);
        assert_eq!(labels(&last, "2023-02-28"), ["2023-03"]);
        // From the 10th of the month before: a record may lie in two windows.
        let long = Rule { from: (10, 0), to: Some((18, 0)), months: Some(1), ..Rule::default() };
        let long = Windows::Rule(long);
        assert_eq!(labels(&long, "2023-05-12 08:00"), ["2023-05", "2023-06"]);
        assert_eq!(labels(&long, "2023-05-18"), ["2023-06"]);
        let noon = clock("12:00").unwrap();
        let days = Windows::Rule(Rule { every: Every::Day, from: (1, noon), ..Rule::default() });
        assert_eq!(labels(&days, "2023-05-31 11:59"), ["2023-05-31"]);
        assert_eq!(labels(&days, "2023-05-31 12:00"), ["2023-06-01"]);
        let stated = Windows::Stated(vec![Window { label: "甲".into(), from: 0, to: DAY }]);
        assert_eq!(labels(&stated, "1970-01-01 23:59"), ["甲"]);
        assert_eq!(labels(&stated, "1970-01-02"), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn windows_without_an_end_lie_side_by_side(
            day in 1_i64..=31, clock in 0..DAY, at in 0_i64..4_000_000_000, every in 0..2_usize,
        ) {
            let every = [Every::Month, Every::Day][every];
            let windows = Windows::Rule(Rule { every, from: (day, clock), ..Rule::default() });
            let mut found = Vec::new();
            windows.of(at, &mut found);
            proptest::prop_assert_eq!(found.len(), 1);
        }
    }
}
