//! Cases (典型案例): what was done somewhere, with the sources of each statement. A case explains results; nothing is
//! computed of it.

use quanheng_core::model::{Names, RegionIx};
use quanheng_words::number::short;
use quanheng_words::{Language, date, text, word};

/// What was done somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its code; each case of a project has another one.
    pub code: String,
    /// Its title.
    pub title: Names,
    /// The regions that it is about; none where it is about all.
    pub regions: Vec<RegionIx>,
    /// The nodes that it belongs to, by code; each is in a system of the project.
    pub nodes: Vec<String>,
    /// At which level of government it takes place, such as city.
    pub level: Names,
    /// By what it works, such as the co-ordination of departments.
    pub mechanism: Names,
    /// When it began.
    pub from: Option<Date>,
    /// When it ended.
    pub until: Option<Date>,
    /// What there is to say of it.
    pub text: Names,
    /// Where its statements come from.
    pub sources: Vec<String>,
    /// What is done, step by step.
    pub steps: Vec<Step>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// What happened when, in the order of the dates.
    pub timeline: Vec<Event>,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub title: Names,
    /// Who does it.
    pub who: Names,
    /// The steps that follow, by position, each with the condition under which it does; none after the last step.
    pub then: Vec<(usize, Names)>,
}

/// A figure of a case: a value, or one before and one after.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is the figure of.
    pub title: Names,
    /// The value before; none where only one is known.
    pub before: Option<f64>,
    /// The value, or that afterwards.
    pub value: f64,
    /// Its unit.
    pub unit: Names,
    /// When the value before was taken.
    pub before_date: Option<Date>,
    /// When the value was taken.
    pub date: Option<Date>,
    /// How many were asked or counted.
    pub n: Option<usize>,
}

/// What happened at a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub date: Date,
    /// What.
    pub what: Names,
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    /// 0 for a whole year.
    month: u8,
    /// 0 for a whole year or month.
    day: u8,
}

impl Date {
    /// Reads `2019`, `2019-01` or `2019-01-31`; none for anything else.
    pub fn read(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut next = |length: usize| -> Option<Option<u16>> {
            let Some(part) = parts.next() else { return Some(None) };
            let is_number = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| part.parse().ok())
        };
        let (year, month, day) = (next(4)??, next(2)?, next(2)?);
        if parts.next().is_some() {
            return None;
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            None => 0,
            Some(2) => 28 + u16::from(leap),
            Some(4 | 6 | 9 | 11) => 30,
            Some(1..=12) => 31,
            Some(_) => return None,
        };
        if day.is_some_and(|day| day == 0 || day > last) {
            return None;
        }
        let small = |part: Option<u16>| part.unwrap_or(0) as u8;
        Some(Date { year, month: small(month), day: small(day) })
    }

    /// As a reader of the language writes it: `31 January 2019`, `2019年1月31日`.
    pub fn shown(self, language: Language) -> String {
        date::shown(self.year, self.month, self.day, language)
    }

    /// As data have it: `2019-01-31`.
    pub fn stored(self) -> String {
        match (self.month, self.day) {
            (0, _) => format!("{:04}", self.year),
            (month, 0) => format!("{:04}-{month:02}", self.year),
            (month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    /// Where it stands on an axis of years: the beginning of the year, month or day.
    pub fn years(self) -> f64 {
        let before = |part: u8| f64::from(part.max(1) - 1);
        f64::from(self.year) + (before(self.month) + before(self.day) / 31.0) / 12.0
    }
}

impl Case {
    /// Its title in a language.
    pub fn title(&self, language: Language) -> &str {
        self.title.get(language.tag()).unwrap_or(&self.code)
    }

    /// When it took place, for a reader; empty where no date is stated.
    pub fn dates(&self, language: Language) -> String {
        let shown = |date: Date| date.shown(language);
        match (self.from, self.until) {
            (None, None) => String::new(),
            (Some(from), None) => text!(case_since, date = shown(from)).render(language),
            (None, Some(until)) => text!(case_until, date = shown(until)).render(language),
            (Some(from), Some(until)) if from == until => shown(from),
            (Some(from), Some(until)) => format!("{} – {}", shown(from), shown(until)),
        }
    }

    /// Whether a case is about a region; one that names no region is about all.
    pub fn is_about(&self, region: RegionIx) -> bool {
        self.regions.is_empty() || self.regions.contains(&region)
    }

    /// Whether every word of a search stands in it, in whatever language and however it is written.
    pub fn has(&self, words: &str) -> bool {
        let all = self.texts().to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }

    /// Every text in it.
    fn texts(&self) -> String {
        let mut all = vec![self.code.clone()];
        let mut add = |names: &Names| all.extend(names.iter().map(|(_, text)| text.to_owned()));
        [&self.title, &self.level, &self.mechanism, &self.text].into_iter().for_each(&mut add);
        for step in &self.steps {
            add(&step.title);
            add(&step.who);
            step.then.iter().for_each(|(_, when)| add(when));
        }
        self.figures.iter().for_each(|figure| add(&figure.title));
        self.timeline.iter().for_each(|event| add(&event.what));
        all.extend(self.sources.iter().cloned());
        all.join("\n")
    }
}

impl Step {
    /// The steps that follow, for a reader: `3, 4 (if it is not solved)`.
    pub fn follows(&self, language: Language) -> String {
        let one = |(to, when): &(usize, Names)| match when.get(language.tag()) {
            Some(when) => text!(case_step_when, step = to + 1, when = when).render(language),
            None => (to + 1).to_string(),
        };
        let all: Vec<String> = self.then.iter().map(one).collect();
        all.join(word!(list_comma, language))
    }
}

impl Figure {
    /// The value or the values with the unit, for a reader: `53 % → 97 %`.
    pub fn shown(&self, language: Language) -> String {
        let unit = self.unit.get(language.tag()).unwrap_or_default();
        let of = |x: f64| match unit {
            "" => short(x),
            unit => text!(case_value, value = short(x), unit = unit).render(language),
        };
        match self.before {
            Some(before) => format!("{} → {}", of(before), of(self.value)),
            None => of(self.value),
        }
    }

    /// When the value or the values were taken, for a reader; empty where no date is stated.
    pub fn dates(&self, language: Language) -> String {
        let dates = [self.before_date, self.date].into_iter().flatten();
        let all: Vec<String> = dates.map(|date| date.shown(language)).collect();
        all.join(" → ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_shown() {
        let shown = |text: &str| {
            Date::read(text)
                .map(|date| (date.stored(), date.shown(Language::En), date.shown(Language::Zh)))
        };
        let of = |a: &str, b: &str, c: &str| Some((a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(shown("2019"), of("2019", "2019", "2019年"));
        assert_eq!(shown("2019-01"), of("2019-01", "January 2019", "2019年1月"));
        assert_eq!(shown("2020-02-29"), of("2020-02-29", "29 February 2020", "2020年2月29日"));
        for wrong in [
            "",
            "19",
            "2019-1",
            "2019-13",
            "2019-02-29",
            "2019-00",
            "2019-01-00",
            "2019-01-01-01",
            "二零",
            "2019/01",
        ] {
            assert_eq!(Date::read(wrong), None, "{wrong}");
        }
        let order = ["2019", "2019-01-02", "2019-02", "2020"].map(Date::read);
        assert!(order.windows(2).all(|two| two[0] < two[1]));
    }
}
