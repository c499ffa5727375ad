//! Faults of data files in words.

use quanheng_words::{Text, text};

use super::Words;
use crate::gate::bounds::{self, Beyond};
use crate::problem::closest;
use crate::problem::data::{AmbiguousRegion, DataFault, KnownRegion, Reading, Unread};
use crate::problem::render::letters;

pub(super) fn words(fault: &DataFault) -> Words {
    match fault {
        DataFault::BadText { encoding, stated, line, column, zero } => Words::new(
            text!(data_bad_text, line = *line, column = *column, encoding = *encoding),
            match (zero, stated) {
                (true, _) => text!(data_bad_text_zero_hint),
                (false, true) => text!(data_bad_text_stated_hint),
                (false, false) => text!(data_bad_text_hint),
            },
        ),
        DataFault::UnsureEncoding { readings } => Words::new(
            text!(data_unsure_encoding),
            match readings.is_empty() {
                true => text!(data_unsure_encoding_none_hint),
                false => {
                    let one = |reading: &Reading| {
                        let names = reading.names.iter().map(Text::plain).collect::<Vec<_>>();
                        text!(data_reading, encoding = &reading.encoding, names = names)
                    };
                    let readings: Vec<Text> = readings.iter().map(one).collect();
                    text!(data_unsure_encoding_hint, readings = readings)
                }
            },
        ),
        DataFault::OtherMark { mark, stated } => Words::new(
            text!(data_other_mark, mark = *mark, stated = stated),
            text!(data_other_mark_hint, stated = stated),
        ),
        DataFault::Empty => Words::new(text!(data_empty), text!(data_empty_hint)),
        DataFault::Delimiters { found } => {
            let found: Vec<Text> = found.iter().map(|mark| delimiter(*mark)).collect();
            Words::new(text!(data_delimiters, found = found), text!(data_delimiters_hint))
        }
        DataFault::UnnamedColumn { column } => Words::new(
            text!(data_unnamed_column, column = *column),
            text!(data_unnamed_column_hint),
        ),
        DataFault::RepeatedColumn { name } => {
            Words::new(text!(data_repeated_column, name = name), text!(data_repeated_column_hint))
        }
        DataFault::Ragged { expected, found, lines } => Words::new(
            text!(data_ragged, found = *found, expected = *expected),
            match (*lines > 2, found > expected) {
                (true, _) => text!(data_ragged_open_hint, lines = *lines),
                (false, true) => text!(data_ragged_many_hint),
                (false, false) => text!(data_ragged_few_hint),
            },
        ),
        DataFault::Workbook { reason } => Words::new(
            text!(
                data_workbook,
                reason = match reason.as_str() {
                    "Cannot detect file format" => text!(data_workbook_format),
                    other => text!(reason_original, message = other),
                }
            ),
            text!(data_workbook_hint),
        ),
        DataFault::Beyond(beyond) => self::beyond(beyond),
        DataFault::NoSheet { sheet, sheets } => Words::new(
            text!(data_no_sheet, sheet = sheet),
            text!(data_no_sheet_hint, sheets = quoted(sheets)),
        ),
        DataFault::SeveralSheets { sheets } => Words::new(
            text!(data_several_sheets, sheets = quoted(sheets)),
            text!(data_several_sheets_hint, sheet = sheets.first().cloned().unwrap_or_default()),
        ),
        DataFault::HiddenSheet { sheet } => Words::new(
            text!(data_hidden_sheet, sheet = sheet),
            text!(data_hidden_sheet_hint, sheet = sheet),
        ),
        DataFault::OneSheet { sheets } => {
            Words::new(text!(data_one_sheet, sheets = quoted(sheets)), text!(data_one_sheet_hint))
        }
        DataFault::NoRow { row, last } => {
            Words::new(text!(data_no_row, row = *row, last = *last), text!(data_no_row_hint))
        }
        DataFault::UnitsInHeader { row } => {
            Words::new(text!(data_units_in_header, row = *row), text!(data_units_in_header_hint))
        }
        DataFault::HeaderElsewhere { rows } => match rows.as_slice() {
            [] => Words::new(text!(data_header_title), text!(data_header_title_hint)),
            [row] => Words::new(
                text!(data_header_elsewhere, row = *row),
                text!(data_header_elsewhere_hint, row = *row),
            ),
            [first, .., last] => Words::new(
                text!(data_header_rows, first = *first, last = *last),
                text!(data_header_rows_hint, first = *first, last = *last),
            ),
        },
        DataFault::NoPeriodHeads { columns } => Words::new(
            text!(data_no_period_heads),
            text!(data_no_period_heads_hint, columns = quoted(columns)),
        ),
        DataFault::SaidTwice { axis } => Words::new(
            text!(data_said_twice, axis = role(axis)),
            text!(data_said_twice_hint, axis = *axis),
        ),
        DataFault::NotComparable { column, shows } => Words::new(
            text!(data_not_comparable, column = column, shows = shows),
            text!(data_not_comparable_hint, column = column, shows = shows),
        ),
        DataFault::Parquet { reason } => Words::new(
            text!(data_parquet, reason = text!(reason_original, message = reason)),
            text!(data_parquet_hint),
        ),
        DataFault::NoParquet => Words::new(text!(data_no_parquet), text!(data_no_parquet_hint)),
        DataFault::NoColumn { name, role, columns, near, .. }
            if ["where", "rename", "columns", "fill_down", "numbers"].contains(role)
                || role.starts_with("records.") =>
        {
            Words::new(
                text!(data_named_column, name = name, key = *role),
                match near {
                    Some(near) => text!(did_you_mean, name = near),
                    None => text!(data_named_column_hint, columns = quoted(columns)),
                },
            )
        }
        DataFault::NoColumn { name, role, columns, near, is_key } => Words::new(
            text!(data_no_column, name = name, role = self::role(role)),
            match (near, is_key) {
                (Some(near), true) => text!(data_no_column_near_hint, near = near, role = *role),
                (Some(near), false) => text!(data_no_column_head_hint, near = near, name = name),
                (None, true) => {
                    text!(data_no_column_key_hint, columns = quoted(columns), role = *role)
                }
                (None, false) => {
                    text!(data_no_column_hint, columns = quoted(columns), name = name)
                }
            },
        ),
        DataFault::NoPeriodHere { name } => {
            Words::new(text!(data_no_period, name = name), text!(data_no_period_hint))
        }
        DataFault::PeriodsMixed { first, second } => Words::new(
            text!(
                data_periods_mixed,
                first = &first.0,
                first_kind = first.1.word(),
                second = &second.0,
                second_kind = second.1.word()
            ),
            text!(data_periods_mixed_hint),
        ),
        DataFault::PeriodAmbiguous { label, meanings: [first, second] } => Words::new(
            text!(data_period_ambiguous, label = label, first = first, second = second),
            text!(data_period_ambiguous_hint, first = first, second = second),
        ),
        DataFault::Blank { column } => {
            Words::new(text!(data_blank, column = column), text!(data_blank_hint))
        }
        DataFault::BadCell { shows, why: Unread::Spreadsheet } => Words::new(
            text!(data_spreadsheet_error, shows = shows),
            text!(data_spreadsheet_error_hint),
        ),
        DataFault::BadCell { shows, why } => Words::new(text!(data_bad_cell), unread(*why, shows)),
        DataFault::OwnNeighbour { code } => {
            Words::new(text!(data_own_neighbour, code = code), text!(data_own_neighbour_hint))
        }
        DataFault::NeighboursTwice { region, neighbour } => Words::new(
            text!(data_neighbours_twice, region = region, neighbour = neighbour),
            text!(data_neighbours_twice_hint),
        ),
        DataFault::WeightOfNeighbour { region, neighbour, shows } => Words::new(
            text!(data_weight_of_neighbour, region = region, neighbour = neighbour, shows = shows),
            text!(data_weight_of_neighbour_hint),
        ),
        DataFault::RepeatedRegion { code } => {
            Words::new(text!(data_repeated_region, code = code), text!(data_repeated_hint))
        }
        DataFault::MappingColumns { columns } => Words::new(
            text!(data_mapping_columns),
            text!(data_mapping_columns_hint, columns = quoted(columns)),
        ),
        DataFault::MappedTwice { code } => {
            Words::new(text!(data_mapped_twice, code = code), text!(data_mapped_twice_hint))
        }
        DataFault::LostDigits { code } => {
            Words::new(text!(data_lost_digits, code = code), text!(data_lost_digits_hint))
        }
        DataFault::UnknownRegions { codes, count, rows, are_names } => {
            let shown: Vec<Text> = codes
                .iter()
                .map(|c| match &c.near {
                    Some(near) => text!(data_unknown_near, code = &c.code, near = region(near)),
                    None => Text::plain(&c.code),
                })
                .collect();
            let shown = text!(several_texts, texts = shown);
            let shown = match count - codes.len() {
                0 => shown,
                more => text!(data_unknown_regions_more, codes = shown, more = more),
            };
            Words::new(
                text!(data_unknown_regions, count = *count, rows = *rows, codes = shown),
                match (codes.iter().any(|c| is_mangled(&c.code)), are_names) {
                    (true, _) => text!(data_unknown_codes_mangled_hint),
                    (false, Some(None)) => text!(data_unknown_names_hint),
                    (false, Some(Some(table))) => {
                        text!(data_unknown_names_of_hint, table = *table)
                    }
                    (false, None) => text!(data_unknown_regions_hint),
                },
            )
        }
        DataFault::AmbiguousRegions { names, count } => {
            let one = |name: &AmbiguousRegion| {
                let of: Vec<Text> = name.of.iter().map(region).collect();
                text!(data_ambiguous_region, name = &name.name, regions = of)
            };
            let shown: Vec<Text> = names.iter().map(one).collect();
            let shown = text!(several_texts, texts = shown);
            let shown = match count - names.len() {
                0 => shown,
                more => text!(data_unknown_regions_more, codes = shown, more = more),
            };
            Words::new(
                text!(data_ambiguous_regions, count = *count, names = shown),
                text!(data_ambiguous_regions_hint),
            )
        }
        DataFault::RepeatedRow { region, period } => Words::new(
            text!(data_repeated_row, at = at(region, period)),
            text!(data_repeated_row_hint),
        ),
        DataFault::RepeatedCell { region, period, indicator } => Words::new(
            text!(data_repeated_cell, indicator = indicator, at = at(region, period)),
            text!(data_repeated_hint),
        ),
        DataFault::NotANumber { indicator, region, period, shows, why } => {
            let at = at(region, period);
            let what = match why {
                Unread::Blank => text!(data_number_blank, indicator = indicator, at = at),
                Unread::NoFormat => {
                    text!(data_number_no_format, indicator = indicator, at = at, shows = shows)
                }
                _ => text!(data_not_a_number, indicator = indicator, at = at, shows = shows),
            };
            Words::new(what, unread(*why, shows))
        }
        DataFault::BadTime { column, shows, has_date: true } => Words::new(
            text!(data_no_clock, column = column, shows = shows),
            text!(data_no_clock_hint),
        ),
        DataFault::BadTime { column, shows, has_date: false } => Words::new(
            text!(data_bad_time, column = column, shows = shows),
            text!(data_bad_time_hint),
        ),
        DataFault::UnknownGrade { column, shows, known } => Words::new(
            match shows.is_empty() {
                true => text!(data_blank_grade, column = column),
                false => text!(data_unknown_grade, column = column, shows = shows),
            },
            match closest(shows, known.iter().map(String::as_str)) {
                Some(near) => text!(data_unknown_grade_near_hint, near = near, shows = shows),
                None => {
                    text!(data_unknown_grade_hint, known = quoted(known), shows = shows)
                }
            },
        ),
        DataFault::BadNumber { column, shows, why } => Words::new(
            text!(data_bad_number, column = column, shows = shows),
            match why {
                Unread::Text => text!(data_bad_number_text_hint, shows = shows),
                _ => unread(*why, shows),
            },
        ),
        DataFault::RepeatedRecord { column, key } => Words::new(
            text!(data_repeated_record, column = column, key = key),
            text!(data_repeated_record_hint),
        ),
        DataFault::CodedTwice { coder, region, period, indicator } => Words::new(
            text!(data_coded_twice, coder = coder, indicator = indicator, at = at(region, period)),
            text!(data_coded_twice_hint),
        ),
        DataFault::NoSuchCoder { name, known } => Words::new(
            text!(data_no_coder, name = name),
            text!(data_no_coder_hint, known = quoted(known)),
        ),
        DataFault::Disagreements { cells, count } => {
            let shown: Vec<Text> = cells.iter().map(Text::plain).collect();
            let shown = match count - cells.len() {
                0 => text!(note_list, items = shown),
                more => text!(note_list_more, items = shown, count = more),
            };
            Words::new(
                text!(data_disagreements, count = *count, cells = shown),
                text!(data_disagreements_hint),
            )
        }
        DataFault::MeasureTwice { name } => {
            Words::new(text!(data_measure_twice, name = name), text!(data_measure_twice_hint))
        }
        DataFault::SumTooLarge { measure } => {
            Words::new(text!(data_sum_too_large, measure = measure), text!(data_sum_too_large_hint))
        }
        DataFault::More { count, like } => {
            let Words { what, hint } = words(like);
            Words { what: text!(data_more, count = *count, what = what), hint }
        }
    }
}

fn beyond(beyond: &Beyond) -> Words {
    let what = match beyond {
        Beyond::Unpacked => text!(data_beyond_unpacked, megabytes = bounds::UNPACKED >> 20),
        Beyond::Ratio => text!(data_beyond_ratio, times = bounds::RATIO),
        Beyond::Text => text!(data_beyond_text, kilobytes = bounds::TAG_TEXT >> 10),
        Beyond::Cells { cells, filled, last: (row, column) } => {
            let last = format!("{}{row}", letters(column.saturating_sub(1) as usize));
            text!(data_beyond_cells, last = last, cells = *cells, filled = *filled)
        }
        Beyond::Sheets { sheets } => {
            text!(data_beyond_sheets, sheets = *sheets, most = bounds::SHEETS)
        }
        Beyond::Record => text!(data_beyond_record, megabytes = bounds::RECORD >> 20),
        Beyond::Columns => text!(data_beyond_columns, columns = bounds::COLUMNS),
    };
    let hint = match beyond {
        Beyond::Unpacked | Beyond::Ratio | Beyond::Text | Beyond::Sheets { .. } => {
            text!(data_beyond_unpacked_hint)
        }
        Beyond::Cells { .. } => text!(data_beyond_cells_hint),
        Beyond::Record | Beyond::Columns => text!(data_beyond_record_hint),
    };
    Words::new(what, hint)
}

fn unread(why: Unread, shows: &str) -> Text {
    match why {
        Unread::Blank => text!(data_unread_blank_hint),
        Unread::Separator { mark, thousands: true, decimal: true } => {
            text!(data_unread_separator_both_hint, mark = mark)
        }
        Unread::Separator { mark, thousands: true, decimal: false } => {
            text!(data_unread_separator_thousands_hint, mark = mark)
        }
        Unread::Separator { mark, thousands: false, decimal: true } => {
            text!(data_unread_separator_decimal_hint, mark = mark)
        }
        Unread::Separator { .. } => text!(data_unread_separator_hint),
        Unread::Mark { from, to } => {
            let mark: String = shows.chars().take(to).skip(from).collect();
            let mark = mark.trim();
            let known = UNITS.iter().find(|(unit, _)| *unit == mark);
            let factor = known.map_or(1_u64, |(_, factor)| *factor);
            text!(data_unread_mark_hint, mark = mark, factor = factor)
        }
        Unread::Percent => text!(data_unread_percent_hint),
        Unread::NoFormat => text!(data_unread_no_format_hint),
        Unread::NotFinite => text!(data_unread_not_finite_hint, shows = shows),
        Unread::Spreadsheet => text!(data_unread_spreadsheet_hint, shows = shows),
        Unread::Formula => text!(data_unread_formula_hint),
        Unread::Date => text!(data_unread_date_hint),
        Unread::Truth => text!(data_unread_truth_hint),
        Unread::Text => text!(data_unread_text_hint, shows = shows),
    }
}

/// Chinese units that stand behind numbers.
const UNITS: [(&str, u64); 6] = [
    ("千", 1000),
    ("万", 10_000),
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("亿", 100_000_000),
    ("万亿", 1_000_000_000_000),
];

/// Whether a code looks like a number that a spreadsheet has rewritten.
fn is_mangled(code: &str) -> bool {
    let number = code.parse::<f64>().is_ok();
    number && (code.contains(['e', 'E']) || code.ends_with(".0"))
}

fn at(region: &str, period: &str) -> Text {
    match period.is_empty() {
        true => Text::plain(region),
        false => text!(data_region_in_period, region = region, period = period),
    }
}

/// A region by its code and its name.
fn region(region: &KnownRegion) -> Text {
    match region.name.is_empty() {
        true => Text::plain(&region.code),
        false => Text::plain(format!("{} {}", region.code, region.name)),
    }
}

/// What a column is for; any other key of `[data]` stands as it is.
pub(super) fn role(role: &str) -> Text {
    match role {
        "code" => text!(data_role_code),
        "indicator" => text!(data_role_indicator),
        "parent" => text!(data_role_parent),
        "period" => text!(data_role_period),
        "region" => text!(data_role_region),
        "node" => text!(data_role_node),
        "rank" => text!(data_role_rank),
        "score" => text!(data_role_score),
        "tier" => text!(data_role_tier),
        "value" => text!(data_role_value),
        other => Text::plain(other),
    }
}

fn delimiter(mark: char) -> Text {
    match mark {
        '\t' => text!(data_delimiter_tab),
        mark => Text::plain(format!("\"{mark}\"")),
    }
}

pub(super) fn quoted(names: &[String]) -> Vec<Text> {
    names.iter().map(|name| Text::plain(format!("\"{name}\""))).collect()
}
