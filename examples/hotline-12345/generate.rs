//! Writes invented tickets of a hotline, for the example `examples/hotline-12345`:
//!
//! ```sh
//! cargo run --example hotline-12345 -- 100000 > tickets.csv
//! ```
//! The same number of tickets always gives the same file. No place, ticket or figure is real.

use std::io::{self, BufWriter, Write};

use quanheng_core::number::uniform;

/// With another seed the tickets are others.
const SEED: u64 = 12345;

/// Districts, subdistricts in each of them, and departments.
const DISTRICTS: u64 = 4;
const SUBDISTRICTS: u64 = 4;
const DEPARTMENTS: u64 = 8;

/// The days from 19 January to 18 July 2025, in months.
const MONTHS: [(u32, u64); 7] = [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31)];
const FIRST_DAY: u64 = 19;
const DAYS: u64 = 181;

fn main() -> io::Result<()> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse());
    let Ok(count) = count else {
        return Err(io::Error::other("the number of tickets is a whole number"));
    };
    let mut out = BufWriter::new(io::stdout().lock());
    write(count, &mut out)?;
    out.flush()
}

/// Writes so many tickets.
pub fn write(count: u64, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "ticket,created,district,subdistrict,department,callback,reached,solved,grade")?;
    for ticket in 0..count {
        let draw = |column: u64| uniform(SEED, column, ticket);
        let pick = |column: u64, of: u64| (draw(column) * of as f64) as u64;
        let minute = ticket * DAYS * 1440 / count;
        let district = pick(0, DISTRICTS) + 1;
        // Seven of ten tickets go to the subdistrict, the others to a department.
        let is_local = draw(1) < 0.7;
        let (subdistrict, department) = (pick(2, SUBDISTRICTS) + 1, pick(3, DEPARTMENTS) + 1);
        let unit = if is_local { 10 * district + subdistrict } else { 100 + department };
        // Each unit has a quality of its own, which drifts from month to month.
        let month = minute / (30 * 1440);
        let own = uniform(SEED, 100, unit);
        let drift = uniform(SEED, 101 + month, unit) - 0.5;
        let quality = 0.90 + 0.08 * own + 0.03 * drift;
        let reached = draw(4) < quality + 0.02;
        let solved = reached && draw(5) < quality;
        let grade = match draw(6) {
            x if solved && x < quality - 0.1 => "满意",
            x if x < quality => "基本满意",
            _ => "不满意",
        };
        let yes = |is: bool| if is { "是" } else { "否" };
        let answers = match draw(7) < 0.88 {
            true => format!("有效,{},{},{grade}", yes(reached), yes(solved)),
            false => "无效,,,".to_owned(),
        };
        let (to_subdistrict, to_department) = match is_local {
            true => (format!("S{district}{subdistrict}"), String::new()),
            false => (String::new(), format!("U{department}")),
        };
        let created = created(minute);
        writeln!(
            out,
            "{:07},{created},D{district},{to_subdistrict},{to_department},{answers}",
            ticket + 1
        )?;
    }
    Ok(())
}

/// A minute since the beginning of the first day, as a time.
fn created(minute: u64) -> String {
    let mut day = FIRST_DAY + minute / 1440;
    let mut month = 0;
    while day > MONTHS[month].1 {
        day -= MONTHS[month].1;
        month += 1;
    }
    let (hour, minute) = (minute % 1440 / 60, minute % 60);
    format!("2025-{:02}-{day:02} {hour:02}:{minute:02}", MONTHS[month].0)
}
