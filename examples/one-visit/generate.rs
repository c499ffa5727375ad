//! Writes the invented answers and matters of the example `examples/one-visit`:
//!
//! ```sh
//! cargo run --example one-visit -- answers > answers.csv
//! cargo run --example one-visit -- matters > matters.csv
//! ```
//! No place, matter or answer is real.

use std::io::{self, BufWriter, Write};

use quanheng_core::number::uniform;

/// With another seed the answers and matters are others.
const SEED: u64 = 2018;

/// Provinces, cities in each of them, and counties in each city.
const PROVINCES: u64 = 3;
const CITIES: u64 = 4;
const COUNTIES: u64 = 2;

const YEARS: [u64; 2] = [2017, 2018];

/// Matters of each county.
const MATTERS: u64 = 20;

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match std::env::args().nth(1).as_deref() {
        Some("answers") => answers(&mut out)?,
        Some("matters") => matters(&mut out)?,
        _ => return Err(io::Error::other("say `answers` or `matters`")),
    }
    out.flush()
}

/// Every county by its province, city and county, with its number, and its quality between 0 and 1.
fn counties() -> impl Iterator<Item = ([String; 3], u64, f64)> {
    (0..PROVINCES * CITIES * COUNTIES).map(|number| {
        let (city, county) = (number / COUNTIES, number % COUNTIES + 1);
        let (province, of_city) = (city / CITIES + 1, city % CITIES + 1);
        let codes = [
            format!("P{province}"),
            format!("C{province}{of_city}"),
            format!("T{province}{of_city}{county}"),
        ];
        let quality = 0.6 * uniform(SEED, 1, city) + 0.4 * uniform(SEED, 2, number);
        (codes, number, quality)
    })
}

/// The people who were asked: whether their case took one visit at most, and whether they were satisfied.
pub fn answers(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "answer,year,province,city,county,one_visit,satisfied")?;
    let mut answer = 0_u64;
    for (at, year) in (0..).zip(YEARS) {
        for ([province, city, county], number, quality) in counties() {
            // Some counties ask more people than others.
            let asked = 40 + (uniform(SEED, 3, number) * 120.0) as u64;
            for _ in 0..asked {
                answer += 1;
                let better = 0.03 * at as f64;
                let yes = |column: u64, share: f64| match uniform(SEED, column, answer) < share {
                    true => "是",
                    false => "否",
                };
                let one_visit = yes(4, 0.80 + 0.12 * quality + better);
                let satisfied = yes(5, 0.88 + 0.08 * quality + better);
                writeln!(
                    out,
                    "{answer:05},{year},{province},{city},{county},{one_visit},{satisfied}"
                )?;
            }
        }
    }
    Ok(())
}

/// The matters of each county: how many cases there were, and whether one visit at most is enough.
pub fn matters(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "year,province,city,county,matter,cases,one_visit")?;
    for (at, year) in (0..).zip(YEARS) {
        for ([province, city, county], number, quality) in counties() {
            for matter in 1..=MATTERS {
                let place = 1000 * number + matter;
                // A few matters have most of the cases.
                let u = uniform(SEED, 6, matter);
                let cases = 10 + (400.0 * u * u * u * (0.5 + uniform(SEED, 7, place))) as u64;
                let is_covered = uniform(SEED, 8, place) < 0.70 + 0.15 * quality + 0.08 * at as f64;
                let covered = if is_covered { "是" } else { "否" };
                writeln!(out, "{year},{province},{city},{county},M{matter:02},{cases},{covered}")?;
            }
        }
    }
    Ok(())
}
