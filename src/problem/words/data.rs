//! Faults of data files in words.

use super::Words;
use crate::problem::data::{DataFault, Unread};

pub(super) fn words(fault: &DataFault) -> Words {
    match fault {
        DataFault::BadText { encoding, stated, line, column, zero } => Words {
            what: format!("line {line}, character {column} is not text in {encoding}"),
            hint: Some(if *zero {
                "a zero byte: if the file is UTF-16, say encoding = \"utf-16\" in [data]".into()
            } else if *stated {
                "encoding in [data] says how to read it: utf-8, gb18030 or utf-16; left out, it is found".into()
            } else {
                "the file is neither UTF-8 nor GB18030 throughout: save it as UTF-8, or state its encoding in [data]"
                    .into()
            }),
        },
        DataFault::Empty => {
            Words { what: "there is no table in it".into(), hint: Some("its first line must name the columns".into()) }
        }
        DataFault::Delimiters { found } => Words {
            what: format!("the header can be split at {}", list(found.iter().map(|c| delimiter(*c)), "and")),
            hint: Some("say which one: delimiter = \",\" in [data]".into()),
        },
        DataFault::UnnamedColumn { column } => Words {
            what: format!("column {column} has no name"),
            hint: Some("name it in the first line, or delete it".into()),
        },
        DataFault::RepeatedColumn { name } => Words {
            what: format!("two columns are called \"{name}\""),
            hint: Some("give each column a name of its own".into()),
        },
        DataFault::Ragged { expected, found, lines } => Words {
            what: format!("{} here, and the header has {expected}", count(*found, "cell")),
            hint: Some(if *lines > 2 {
                format!("it goes over {lines} lines: is a quotation mark not closed?")
            } else if found > expected {
                "a cell that holds the delimiter must stand in quotation marks".into()
            } else {
                "a blank cell still needs its delimiter".into()
            }),
        },
        DataFault::Workbook { reason } => {
            let hint = "open it in a spreadsheet program and save it again, as .xlsx or .csv";
            Words::new(format!("the workbook cannot be read: {reason}"), hint)
        }
        DataFault::NoSheet { sheet, sheets } => Words {
            what: format!("there is no sheet \"{sheet}\""),
            hint: Some(format!("the sheets are {}", quoted(sheets))),
        },
        DataFault::Parquet { reason } => {
            Words { what: format!("the Parquet file cannot be read: {reason}"), hint: None }
        }
        DataFault::NoParquet => Words {
            what: "this program was built without Parquet".into(),
            hint: Some("save the table as CSV, or build with --features parquet".into()),
        },
        DataFault::NoColumn { name, role, columns, near } => Words {
            what: format!("there is no column \"{name}\", which should hold the {role}"),
            hint: Some(match near {
                Some(near) => format!("is it \"{near}\"? Then say {role} = \"{near}\""),
                None => format!("the columns are {}", quoted(columns)),
            }),
        },
        DataFault::NoPeriodHere { name } => Words {
            what: format!("other tables have a column \"{name}\" with the period, and this one has none"),
            hint: Some("add the column, or leave the table out".into()),
        },
        DataFault::Blank { column } => Words {
            what: format!("\"{column}\" is blank"),
            hint: Some("fill it in, or delete the row".into()),
        },
        DataFault::BadCell { shows, why: Unread::Spreadsheet } => Words {
            what: format!("the cell holds an error of the spreadsheet: {shows}"),
            hint: Some("mend its formula".into()),
        },
        DataFault::BadCell { shows, why } => {
            Words { what: "the cell holds no text".into(), hint: Some(unread(*why, shows)) }
        }
        DataFault::RepeatedRegion { code } => Words {
            what: format!("region {code} is listed twice"),
            hint: Some("delete one of the two".into()),
        },
        DataFault::MappingColumns { columns } => Words {
            what: "a mapping has the columns \"from\" and \"to\"".into(),
            hint: Some(format!("here they are {}", list(columns.iter().map(|c| format!("\"{c}\"")), "and"))),
        },
        DataFault::MappedTwice { code } => Words {
            what: format!("{code} has two counterparts"),
            hint: Some("one line for each on either side; delete the others".into()),
        },
        DataFault::UnknownRegions { codes, count: number, rows } => {
            let shown: Vec<String> = codes
                .iter()
                .map(|c| match &c.near {
                    Some(near) => format!("{} ({near}?)", c.code),
                    None => c.code.clone(),
                })
                .collect();
            let more =
                if *number > codes.len() { format!(" and {} more", number - codes.len()) } else { String::new() };
            let mangled = codes.iter().any(|c| is_mangled(&c.code));
            Words {
                what: format!(
                    "{} in {} not in the table of regions: {}{more}",
                    count(*number, "region code"),
                    if *rows == 1 { "1 row is".into() } else { format!("{rows} rows are") },
                    shown.join(", ")
                ),
                hint: Some(if mangled {
                    "a code such as 1E+05 or 110000.0 was taken for a number by a spreadsheet: format the column as text"
                        .into()
                } else {
                    "add them to the table of regions, or delete their rows; leading zeros count".into()
                }),
            }
        }
        DataFault::RepeatedRow { region, period } => Words {
            what: format!("two rows for region {}", at(region, period)),
            hint: Some("one row a region and period; if the column of periods has another name, say period = \"…\"".into()),
        },
        DataFault::RepeatedCell { region, period, indicator } => Words {
            what: format!("two values of {indicator} for region {}", at(region, period)),
            hint: Some("delete one of the two".into()),
        },
        DataFault::NotANumber { indicator, region, period, shows, why } => Words {
            what: match why {
                Unread::Blank => format!("{indicator} of region {} is blank", at(region, period)),
                _ => format!("{indicator} of region {} is not a number: \"{shows}\"", at(region, period)),
            },
            hint: Some(unread(*why, shows)),
        },
        DataFault::More { count: number, like } => Words {
            what: format!("{} more like this: {}", number, words(like).what),
            hint: words(like).hint,
        },
    }
}

fn unread(why: Unread, shows: &str) -> String {
    match why {
        Unread::Blank => "if blank is missing, states.missing in [data] must hold \"\"".into(),
        Unread::Separator { mark, thousands: true, decimal: true } => format!(
            "say thousands = \"{mark}\" in [data] if the mark groups digits, decimal = \"{mark}\" if decimals follow it"
        ),
        Unread::Separator { mark, thousands: true, decimal: false } => {
            format!("say thousands = \"{mark}\" in [data]")
        }
        Unread::Separator { mark, thousands: false, decimal: true } => {
            format!("say decimal = \"{mark}\" in [data]")
        }
        Unread::Separator { .. } => "digits must stand in groups of three".into(),
        Unread::Percent => {
            "say percent = \"fraction\" in [data] if 12% is 0.12, percent = \"points\" if it is 12".into()
        }
        Unread::NotFinite => format!(
            "a number must be finite; if it stands for no value, add \"{shows}\" to states.missing in [data]"
        ),
        Unread::Spreadsheet => format!(
            "an error of the spreadsheet: mend its formula, or add \"{shows}\" to states.missing in [data]"
        ),
        Unread::Formula => {
            "the workbook holds a formula without its result: open it in a spreadsheet program and save it again".into()
        }
        Unread::Date => "a date or a time: format the cell as a number or as text".into(),
        Unread::Truth => "write 1 or 0".into(),
        Unread::Text => format!(
            "if it stands for no value, add \"{shows}\" to states.missing, not_applicable or withheld in [data]"
        ),
    }
}

/// Whether a code looks like a number that a spreadsheet has rewritten.
fn is_mangled(code: &str) -> bool {
    let number = code.parse::<f64>().is_ok();
    number && (code.contains(['e', 'E']) || code.ends_with(".0"))
}

fn at(region: &str, period: &str) -> String {
    if period.is_empty() { region.into() } else { format!("{region} in {period}") }
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn delimiter(mark: char) -> String {
    if mark == '\t' { "tabs".into() } else { format!("\"{mark}\"") }
}

fn quoted(names: &[String]) -> String {
    list(names.iter().map(|n| format!("\"{n}\"")), "and")
}

fn list(items: impl Iterator<Item = String>, joint: &str) -> String {
    let items: Vec<String> = items.collect();
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {joint} {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => "none".into(),
    }
}
