//! The one place where dates become text for readers.

use crate::{Language, text, word};

/// A year, a month or a day as a reader of the language writes it: `31 January 2019`, `2019年1月31日`. A month or a day
/// of 0 is not stated.
pub fn shown(year: u16, month: u8, day: u8, language: Language) -> String {
    let name = match month {
        1 => word!(month_1, language),
        2 => word!(month_2, language),
        3 => word!(month_3, language),
        4 => word!(month_4, language),
        5 => word!(month_5, language),
        6 => word!(month_6, language),
        7 => word!(month_7, language),
        8 => word!(month_8, language),
        9 => word!(month_9, language),
        10 => word!(month_10, language),
        11 => word!(month_11, language),
        12 => word!(month_12, language),
        _ => return text!(date_year, year = year.to_string()).render(language),
    };
    let year = year.to_string();
    match day {
        0 => text!(date_month, year = year, month = name).render(language),
        day => text!(date_day, year = year, month = name, day = day.to_string()).render(language),
    }
}
