//! A total that is ranked as if it were a region.

use quanheng_core::model::Region;
use quanheng_words::text;
use rayon::prelude::*;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};

pub(super) const KIND: Kind = Kind {
    code: "total_row",
    summary: "A row that is ranked seems to be the total or the mean of the others, by its name or because its values are their sums or means.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_total_row, count = count, items = items),
        hint: text!(note_total_row_hint),
    },
};

/// What totals and means are called, in small letters and without blanks.
const NAMES: [&str; 58] = [
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全州",
    "全盟",
    "合计",
    "总计",
    "共计",
    "小计",
    "总和",
    "总数",
    "累计",
    "平均",
    "均值",
    "平均值",
    "平均数",
    "全国平均",
    "全省平均",
    "全市平均",
    "全国合计",
    "全国总计",
    "全国平均水平",
    "地区合计",
    "世界",
    "全球",
    "欧盟",
    "不分地区",
    "total",
    "totals",
    "grandtotal",
    "subtotal",
    "sum",
    "all",
    "allregions",
    "allcountries",
    "overall",
    "average",
    "mean",
    "median",
    "national",
    "nationalaverage",
    "nationwide",
    "world",
    "wld",
    "global",
    "oecd",
    "oecdtotal",
    "oecdaverage",
    "eu",
    "europeanunion",
    "eurozone",
    "euroarea",
    "g20",
    "g7",
    "brics",
    "000000",
];

/// Whether this is a name of a total: one of the list, `EU27`, `EA19`, `OECD38`, or `EU27_2020`. `plain` is room to work in.
pub(crate) fn is_total(name: &str, plain: &mut String) -> bool {
    let is_seen = |c: char| {
        !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '(' | ')' | '（' | '）' | '*')
    };
    plain.clear();
    match name.is_ascii() {
        true => {
            let seen = name.bytes().map(char::from).filter(|c| is_seen(*c));
            plain.extend(seen.map(|c| c.to_ascii_lowercase()));
        }
        false => {
            let seen = name.chars().filter(|c| is_seen(*c));
            plain.extend(seen.flat_map(char::to_lowercase));
        }
    }
    if NAMES.contains(&plain.as_str()) {
        return true;
    }
    ["eu", "ea", "oecd", "euro"].iter().any(|start| {
        plain.strip_prefix(start).is_some_and(|rest| {
            (2..=8).contains(&rest.len()) && rest.chars().all(|c| c.is_ascii_digit())
        })
    })
}

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let study = evaluation.study();
    let panel = &study.panel;
    let named = |plain: &mut String, region: &Region| {
        is_total(&region.code, plain) || region.names.iter().any(|(_, name)| is_total(name, plain))
    };
    let totals: Vec<bool> = study.regions.par_iter().map_init(String::new, named).collect();
    let mut found = vec![false; totals.len()];
    for (row, region) in panel.regions().iter().enumerate() {
        let at = region.0 as usize;
        found[at] |= totals[at] && !evaluation.ranks()[row].is_nan();
    }
    for row in sums(evaluation.indicators().columns(), panel.slices()) {
        found[panel.regions()[row].0 as usize] = true;
    }
    let regions = study.regions.iter().zip(found).filter(|(_, found)| *found);
    let row_of = |region: &Region| {
        let code = |row: &usize| super::region(evaluation, *row) == region.code;
        (0..panel.rows()).find(code)
    };
    let note = |(region, _): (&Region, bool)| {
        let name = region.name("zh");
        let shown = match name == region.code {
            true => quanheng_words::Text::plain(format!("`{}`", region.code)),
            false => super::with(&region.code, quanheng_words::Text::plain(name)),
        };
        let place = row_of(region).and_then(|row| super::cell(seen, 0, row));
        Note::new(&KIND, &region.code).shown(shown).at(place)
    };
    regions.map(note).collect()
}

/// The rows whose values are the sums of all others of their slice in every column, of at least two columns and over at
/// least four others.
fn sums(
    columns: &[quanheng_core::model::Column],
    slices: &[quanheng_core::model::Slice],
) -> Vec<usize> {
    let mut rows = Vec::new();
    for slice in slices.iter().filter(|slice| slice.rows.len() >= 5 && columns.len() >= 2) {
        let mut candidates: Option<Vec<usize>> = None;
        for column in columns {
            let values = &column.values()[slice.rows.clone()];
            if values.iter().all(|x| x.is_nan() || *x == 0.0) {
                continue;
            }
            let present: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
            let sum = quanheng_core::number::sum(&present);
            let is_sum = |x: f64| (2.0 * x - sum).abs() <= 1e-9 * x.abs();
            let of_column = slice.rows.clone().filter(|row| is_sum(column.values()[*row]));
            candidates = Some(match candidates {
                None => of_column.collect(),
                Some(before) => of_column.filter(|row| before.contains(row)).collect(),
            });
            if candidates.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
        }
        // A column can have at most a few rows that are half of its sum.
        rows.extend(candidates.into_iter().flatten());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_by_their_names() {
        for name in [
            "全国",
            " 合 计",
            "Total",
            "World",
            "EU27_2020",
            "EU-28",
            "EA19",
            "Grand total",
            "OECD - Total",
        ] {
            assert!(is_total(name, &mut String::new()), "{name}");
        }
        for name in ["北京", "Europe Street", "EUR", "Alland", "全椒县", "Summerland", "2020", "EE"]
        {
            assert!(!is_total(name, &mut String::new()), "{name}");
        }
    }
}
