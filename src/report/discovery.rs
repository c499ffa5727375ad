//! Boxes: under which choices and values something happens, in words; and pairs of regions whose order depends on a choice.

use quanheng_core::discovery::{Bounds, Found, Pair, Restriction};
use quanheng_core::model::{RegionIx, Study};
use quanheng_core::multiverse::Fork;
use quanheng_words::{text, word};

use super::{Block, Cell, Columns, Language, Reader, Report, Table, number};
use crate::sensitivity::Sample;

/// What is shown, and whose words it is shown in.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// The study: for the names of regions and leagues.
    pub study: &'a Study,
    /// The code of the multiverse or sensitivity analysis.
    pub name: &'a str,
    /// The condition as it was written.
    pub condition: &'a str,
}

/// A box that is described, and those through which it arose.
#[derive(Clone, Debug)]
pub struct Box {
    /// The boxes as they arose.
    pub trajectory: Vec<Found>,
    /// The one that was chosen, by position.
    pub step: usize,
    /// The same without restrictions that can be chance.
    pub chosen: Found,
}

/// The pairs of regions of one league and period.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// The code of the league.
    pub league: String,
    /// The label of the period.
    pub period: String,
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// The choices.
    pub forks: Vec<Fork>,
}

/// So many pairs are shown to people.
const PAIRS: usize = 15;

/// The whole report; for people trajectories and pairs are cut.
pub fn report(
    sample: &Sample,
    (cases, hits): (usize, usize),
    boxes: &[Box],
    pairs: Option<&[Pairs]>,
    view: &View<'_>,
    short: bool,
) -> Report {
    let language = view.language;
    let mut report = Report::default();
    let blocks = &mut report.blocks;
    let title = view.study.title.get(language.tag()).unwrap_or_default();
    let heading = [title, view.name, view.condition];
    let heading: Vec<&str> = heading.into_iter().filter(|text| !text.is_empty()).collect();
    blocks.push(Block::Heading(heading.join(" · ")));
    let lost: usize = sample.failed.iter().map(|reason| reason.runs).sum();
    blocks.push(Block::Line(
        text!(discover_counts, hits = hits, cases = cases, lost = lost).render(language),
    ));
    for reason in &sample.failed {
        let (n, why) = (reason.runs, reason.why.clone());
        blocks.push(Block::Line(text!(discover_lost, n = n, why = why).render(language)));
    }
    if boxes.is_empty() {
        let words = if hits == 0 { text!(discover_never) } else { text!(discover_always) };
        blocks.push(Block::Line(words.render(language)));
    }
    for (at, found) in boxes.iter().enumerate() {
        blocks.push(Block::Heading(text!(discover_box, n = at + 1).render(language)));
        blocks.push(Block::Line(sentence(sample, &found.chosen, language)));
        blocks.push(Block::Table(restrictions(sample, &found.chosen, at + 1, language)));
        blocks.push(Block::Table(trajectory(found, at + 1, language)));
    }
    if !boxes.is_empty() {
        blocks.push(Block::Line(text!(discover_meaning).render(language)));
    }
    for of in pairs.into_iter().flatten() {
        blocks.push(Block::Heading(word!(discover_pairs, language).to_owned()));
        blocks.push(Block::Table(unstable(sample, of, view, short)));
    }
    report
}

/// What a box says of an input.
fn condition(sample: &Sample, restriction: &Restriction, language: Language) -> String {
    let name = &sample.factors[restriction.input];
    match &restriction.bounds {
        Bounds::Between(lower, upper) => match (restriction.lower, restriction.upper) {
            (Some(_), Some(_)) => {
                format!("{} ≤ {name} ≤ {}", number::short(*lower), number::short(*upper))
            }
            (Some(_), None) => format!("{name} ≥ {}", number::short(*lower)),
            _ => format!("{name} ≤ {}", number::short(*upper)),
        },
        Bounds::Among(is_in) => {
            let labels = sample.inputs[restriction.input].1.as_deref().unwrap_or_default();
            let inside: Vec<String> =
                labels.iter().zip(is_in).filter(|(_, is)| **is).map(|(l, _)| l.clone()).collect();
            let joined = inside.join(word!(discover_or, language));
            format!("{name} = {joined}")
        }
    }
}

fn sentence(sample: &Sample, found: &Found, language: Language) -> String {
    let all: Vec<String> =
        found.restrictions.iter().map(|r| condition(sample, r, language)).collect();
    if all.is_empty() {
        return text!(discover_nothing).render(language);
    }
    text!(
        discover_sentence,
        when = all.join(word!(discover_and, language)),
        density = number::fixed(100.0 * found.density, 1),
        hits = found.hits,
        cases = found.cases,
        coverage = number::fixed(100.0 * found.coverage, 1),
    )
    .render(language)
}

fn restrictions(sample: &Sample, found: &Found, of_box: usize, language: Language) -> Table {
    Columns::<&Restriction>::new()
        .number("box", word!(label_box, language), move |_| of_box)
        .only_for(Reader::Files)
        .text("input", word!(label_factor, language), |r| &sample.factors[r.input])
        .text("restriction", word!(label_restriction, language), |r| condition(sample, r, language))
        .number("quasi_p_lower", word!(label_quasi_p_lower, language), |r| {
            r.lower.map(Cell::number)
        })
        .digits(4)
        .number("quasi_p_upper", word!(label_quasi_p_upper, language), |r| {
            r.upper.map(Cell::number)
        })
        .digits(4)
        .table("restrictions", Reader::People, &found.restrictions)
}

fn trajectory(found: &Box, of_box: usize, language: Language) -> Table {
    let rows = found.trajectory.iter().enumerate();
    Columns::<(usize, &Found)>::new()
        .number("box", word!(label_box, language), move |_| of_box)
        .only_for(Reader::Files)
        .number("step", word!(label_step_number, language), |row| row.0)
        .text(
            "chosen",
            word!(label_chosen, language),
            |row| {
                if row.0 == found.step { "*" } else { "" }
            },
        )
        .number("coverage", word!(label_coverage, language), |row| Cell::number(row.1.coverage))
        .digits(3)
        .number("density", word!(label_density, language), |row| Cell::number(row.1.density))
        .digits(3)
        .number("mass", word!(label_mass, language), |row| Cell::number(row.1.mass))
        .digits(3)
        .number("restricted", word!(label_restricted, language), |row| row.1.restrictions.len())
        .number("cases", word!(label_count, language), |row| row.1.cases)
        .table("trajectory", Reader::People, rows)
}

/// Pairs whose order is least certain first.
fn unstable(sample: &Sample, of: &Pairs, view: &View<'_>, short: bool) -> Table {
    let language = view.language;
    let mut rows: Vec<&Pair> = of.pairs.iter().filter(|pair| pair.n > 0).collect();
    let certainty = |pair: &Pair| pair.wins / pair.n as f64;
    if short {
        quanheng_core::number::sort_items(&mut rows, |a, b| certainty(a).total_cmp(&certainty(b)));
        rows.truncate(PAIRS);
    }
    let name = |row: usize| {
        let code = &sample.rows[row].region;
        match view.study.region(code) {
            Some(RegionIx(at)) => view.study.regions[at as usize].name(language.tag()).to_owned(),
            None => code.clone(),
        }
    };
    // The choice that decides most, and what each of its options says.
    let deciding = |pair: &Pair| {
        let mut best: Option<usize> = None;
        for (fork, share) in pair.shares.iter().enumerate() {
            if best.is_none_or(|b| *share > pair.shares[b]) {
                best = Some(fork);
            }
        }
        best
    };
    let options = |pair: &&Pair| {
        let Some(fork) = deciding(pair) else { return String::new() };
        let of_option = |(label, share): (&String, &Option<f64>)| {
            share.map(|share| format!("{label} {}", number::fixed(share, 2)))
        };
        let all = of.forks[fork].options.iter().zip(&pair.by_option[fork]);
        all.filter_map(of_option).collect::<Vec<_>>().join(", ")
    };
    Columns::<&Pair>::new()
        .text("league", word!(label_league, language), |_| &of.league)
        .only_for(Reader::Files)
        .text("period", word!(label_period, language), |_| &of.period)
        .only_for(Reader::Files)
        .text("ahead", word!(label_ahead, language), |pair| name(pair.ahead))
        .text("behind", word!(label_behind, language), |pair| name(pair.behind))
        .number("share", word!(label_ahead_share, language), |pair| Cell::number(certainty(pair)))
        .digits(3)
        .number("n", word!(label_count, language), |pair| pair.n)
        .text("choice", word!(label_deciding, language), |pair| {
            deciding(pair).map_or("", |fork| of.forks[fork].name.as_str())
        })
        .number("decides", word!(label_share, language), |pair| {
            deciding(pair).map(|fork| Cell::number(pair.shares[fork]))
        })
        .digits(3)
        .text("options", word!(label_options, language), options)
        .table("pairs", if short { Reader::People } else { Reader::Files }, rows)
}
