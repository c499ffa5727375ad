//! Sensitivity: which factor moves the results, one change at a time, and how far each weight can go.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Part;
use quanheng_core::model::{RegionIx, Study};
use quanheng_core::multiverse::RowKey;
use quanheng_core::sensitivity::{
    Change, Effects, Estimate, Holds, Output, Shares, Step, Taken, WeightRange,
};
use quanheng_words::{Text, text, word};

use super::{Block, Cell, Columns, Language, Reader, Report, Table, number};
use crate::sensitivity::{Analysed, ByOrder, Group, Reason, Sample, Screened};

/// What is shown, and whose words it is shown in.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// The study: for the names of regions and leagues.
    pub study: &'a Study,
    /// What the analysis is called.
    pub name: &'a str,
    /// For people: one figure a cell, long lists cut.
    pub short: bool,
}

/// An interval whose half is more than this is too wide to say much.
const WIDE: f64 = 0.1;

/// So many pairs of factors are shown to people.
const PAIRS: usize = 10;

fn reader(view: &View<'_>) -> Reader {
    if view.short { Reader::People } else { Reader::Files }
}

fn region<'v>(view: &View<'v>, code: &str) -> &'v str {
    match view.study.region(code) {
        Some(RegionIx(at)) => view.study.regions[at as usize].name(view.language.tag()),
        None => "",
    }
}

fn heading(view: &View<'_>, what: String) -> Block {
    let title = view.study.title.get(view.language.tag()).unwrap_or_default();
    let all = [title.to_owned(), view.name.to_owned(), what];
    let all: Vec<String> = all.into_iter().filter(|text| !text.is_empty()).collect();
    Block::Heading(all.join(" · "))
}

fn group_heading(view: &View<'_>, league: &str, period: &str) -> Option<Block> {
    let leagues = &view.study.leagues;
    let of = leagues.iter().find(|l| l.code == league).filter(|_| leagues.len() > 1);
    let name = of.map(|of| of.names.get(view.language.tag()).unwrap_or(league).to_owned());
    let all: Vec<String> =
        name.into_iter().chain(Some(period.to_owned()).filter(|p| !p.is_empty())).collect();
    (!all.is_empty()).then(|| Block::Heading(all.join(" · ")))
}

fn line(text: Text, language: Language) -> Block {
    Block::Line(text.render(language))
}

/// How many runs gave nothing, and why.
fn failures(failed: &[Reason], runs: usize, language: Language) -> Table {
    let lost: usize = failed.iter().map(|reason| reason.runs).sum();
    let rows: Vec<(&str, usize, String)> =
        std::iter::once((word!(label_branch_ok, language), runs - lost, String::new()))
            .chain(failed.iter().map(|reason| {
                (word!(label_branch_failed, language), reason.runs, reason.why.render(language))
            }))
            .collect();
    Columns::<(&str, usize, String)>::new()
        .text("outcome", word!(label_outcome, language), |row| row.0)
        .number("n", word!(label_count, language), |row| row.1)
        .text("why", word!(label_why, language), |row| row.2.clone())
        .table("outcomes", Reader::People, rows)
}

/// What is to be said of an estimate: nothing, below zero, above one, or too wide to say much.
fn flags(of: &[&Estimate], language: Language) -> String {
    let mut words = Vec::new();
    if of.iter().any(|e| e.value < 0.0) {
        words.push(word!(sensitivity_negative, language).to_owned());
    }
    if of.iter().any(|e| e.value > 1.0) {
        words.push(word!(sensitivity_above_one, language).to_owned());
    }
    if of.iter().any(|e| e.half > WIDE || e.half.is_nan()) {
        words.push(word!(sensitivity_wide, language).to_owned());
    }
    super::joined(&words, language)
}

fn output_word(output: Output) -> &'static str {
    match output {
        Output::Score => "score",
        Output::Rank => "rank",
        Output::Tier => "tier",
    }
}

/// The report of shares of variance.
pub fn shares(analysed: &Analysed, view: &View<'_>) -> Report {
    let language = view.language;
    let mut report = Report::default();
    let runs = text!(sensitivity_runs, n = analysed.runs).render(language);
    report.blocks.push(heading(view, runs));
    report.blocks.push(Block::Table(failures(&analysed.failed, analysed.runs, language)));
    for group in &analysed.groups {
        let blocks = &mut report.blocks;
        blocks.extend(group_heading(view, &group.league, &group.period));
        let whole = &group.outputs[0].shares;
        blocks.push(line(
            text!(sensitivity_rows, n = whole.rows, left_out = whole.left_out),
            language,
        ));
        if whole.first.is_empty() {
            blocks.push(line(text!(sensitivity_constant), language));
            continue;
        }
        blocks.push(line(text!(sensitivity_shift_is), language));
        blocks.push(Block::Table(of_shift(analysed, whole, view)));
        blocks.push(line(text!(sensitivity_convergence_is), language));
        blocks.push(Block::Table(convergence(analysed, group, view)));
        if !whole.second.is_empty() {
            blocks.push(Block::Table(pairs(analysed, whole, view)));
        }
        blocks.push(line(text!(sensitivity_regions_is), language));
        blocks.push(Block::Table(ranks_across(analysed, group, view)));
    }
    report.blocks.push(line(text!(sensitivity_meaning), language));
    report
}

/// All tables for files.
pub fn share_tables(analysed: &Analysed, view: &View<'_>) -> Vec<Table> {
    let view = &View { short: false, ..*view };
    vec![
        failures(&analysed.failed, analysed.runs, view.language),
        every_share(analysed, view),
        convergence_long(analysed, view),
        every_pair(analysed, view),
    ]
}

fn of_shift(analysed: &Analysed, shares: &Shares, view: &View<'_>) -> Table {
    let language = view.language;
    let rows: Vec<(&String, &Estimate, &Estimate)> = analysed
        .factors
        .iter()
        .zip(&shares.first)
        .zip(&shares.total)
        .map(|((f, a), b)| (f, a, b))
        .collect();
    Columns::<(&String, &Estimate, &Estimate)>::new()
        .text("factor", word!(label_factor, language), |row| row.0)
        .number("first", word!(label_alone, language), |row| Cell::number(row.1.value))
        .digits(3)
        .number("first_half", "±", |row| Cell::number_or_missing(row.1.half))
        .digits(3)
        .number("total", word!(label_with_others, language), |row| Cell::number(row.2.value))
        .digits(3)
        .number("total_half", "±", |row| Cell::number_or_missing(row.2.half))
        .digits(3)
        .text("flags", word!(label_flags, language), |row| flags(&[row.1, row.2], language))
        .table("shares", reader(view), rows)
}

/// The total share of each factor from parts of the rows.
fn convergence(analysed: &Analysed, group: &Group, view: &View<'_>) -> Table {
    let mut columns = Columns::<&Shares>::new()
        .number("rows", word!(label_rows, view.language), |shares| shares.rows)
        .number("widest", word!(label_widest, view.language), |shares| {
            let halves = shares.first.iter().chain(&shares.total).map(|e| e.half);
            Cell::number(halves.fold(0.0, quanheng_core::number::max))
        })
        .digits(3);
    for (k, factor) in analysed.factors.iter().enumerate() {
        columns = columns
            .number(factor, factor, move |shares: &&Shares| {
                shares.total.get(k).map(|total| Cell::number(total.value))
            })
            .digits(3);
    }
    columns.table("convergence", Reader::People, &group.convergence)
}

fn convergence_long(analysed: &Analysed, view: &View<'_>) -> Table {
    let language = view.language;
    let rows = analysed.groups.iter().flat_map(|group| {
        group.convergence.iter().flat_map(move |shares| {
            let both = shares.first.iter().zip(&shares.total);
            analysed
                .factors
                .iter()
                .zip(both)
                .map(move |(factor, both)| (group, shares, factor, both))
        })
    });
    type Row<'a> = (&'a Group, &'a Shares, &'a String, (&'a Estimate, &'a Estimate));
    Columns::<Row<'_>>::new()
        .text("league", word!(label_league, language), |row| &row.0.league)
        .text("period", word!(label_period, language), |row| &row.0.period)
        .number("rows", word!(label_rows, language), |row| row.1.rows)
        .text("factor", word!(label_factor, language), |row| row.2)
        .number("first", word!(label_alone, language), |row| Cell::number(row.3.0.value))
        .number("first_half", "±", |row| Cell::number_or_missing(row.3.0.half))
        .number("total", word!(label_with_others, language), |row| Cell::number(row.3.1.value))
        .number("total_half", "±", |row| Cell::number_or_missing(row.3.1.half))
        .table("convergence", Reader::Files, rows)
}

/// The strongest pairs of factors.
fn pairs(analysed: &Analysed, shares: &Shares, view: &View<'_>) -> Table {
    let language = view.language;
    let mut rows: Vec<&(usize, usize, Estimate)> = shares.second.iter().collect();
    quanheng_core::number::sort_items(&mut rows, |a, b| {
        b.2.value.abs().total_cmp(&a.2.value.abs())
    });
    rows.truncate(PAIRS);
    Columns::<&(usize, usize, Estimate)>::new()
        .text("factor", word!(label_factor, language), |row| &analysed.factors[row.0])
        .text("other", word!(label_other_factor, language), |row| &analysed.factors[row.1])
        .number("second", word!(label_together, language), |row| Cell::number(row.2.value))
        .digits(3)
        .number("half", "±", |row| Cell::number_or_missing(row.2.half))
        .digits(3)
        .text("flags", word!(label_flags, language), |row| flags(&[&row.2], language))
        .table("pairs", reader(view), rows)
}

/// A row for each region: the total share of each factor in its rank.
fn ranks_across(analysed: &Analysed, group: &Group, view: &View<'_>) -> Table {
    let language = view.language;
    let rows: Vec<(&RowKey, &Shares)> = group
        .outputs
        .iter()
        .filter(|of| of.output == Output::Rank)
        .filter_map(|of| Some((&analysed.rows[of.row?], &of.shares)))
        .collect();
    let mut columns = Columns::<(&RowKey, &Shares)>::new()
        .text("code", word!(label_code, language), |row| &row.0.region)
        .text("region", word!(label_region, language), |row| region(view, &row.0.region))
        .number("sd", word!(label_rank_sd, language), |row| Cell::number(row.1.variance.sqrt()))
        .digits(2);
    for (k, factor) in analysed.factors.iter().enumerate() {
        columns = columns.text(factor, factor, move |row: &(&RowKey, &Shares)| {
            match (row.1.first.get(k), row.1.total.get(k)) {
                (Some(first), Some(total)) => {
                    format!("{} ({})", number::fixed(first.value, 2), number::fixed(total.value, 2))
                }
                _ => "–".to_owned(),
            }
        });
    }
    columns.table("rank_shares", Reader::People, rows)
}

fn every_share(analysed: &Analysed, view: &View<'_>) -> Table {
    let language = view.language;
    type Row<'a> = (&'a Group, &'a crate::sensitivity::OfOutput, usize);
    let rows = analysed.groups.iter().flat_map(|group| {
        group
            .outputs
            .iter()
            .flat_map(move |of| (0..of.shares.first.len()).map(move |k| (group, of, k)))
    });
    Columns::<Row<'_>>::new()
        .text("league", word!(label_league, language), |row| &row.0.league)
        .text("period", word!(label_period, language), |row| &row.0.period)
        .text("code", word!(label_code, language), |row| {
            row.1.row.map_or("", |at| analysed.rows[at].region.as_str())
        })
        .text("output", word!(label_output, language), |row| match row.1.row {
            Some(_) => output_word(row.1.output),
            None => "shift",
        })
        .text("factor", word!(label_factor, language), |row| &analysed.factors[row.2])
        .number("first", word!(label_alone, language), |row| {
            Cell::number(row.1.shares.first[row.2].value)
        })
        .number("first_half", "±", |row| Cell::number_or_missing(row.1.shares.first[row.2].half))
        .number("total", word!(label_with_others, language), |row| {
            Cell::number(row.1.shares.total[row.2].value)
        })
        .number("total_half", "±", |row| Cell::number_or_missing(row.1.shares.total[row.2].half))
        .text("flags", word!(label_flags, language), |row| {
            flags(&[&row.1.shares.first[row.2], &row.1.shares.total[row.2]], language)
        })
        .number("mean", word!(label_mean, language), |row| Cell::number(row.1.shares.mean))
        .number("variance", word!(label_variance, language), |row| {
            Cell::number(row.1.shares.variance)
        })
        .number("rows", word!(label_rows, language), |row| row.1.shares.rows)
        .number("left_out", word!(label_left_out, language), |row| row.1.shares.left_out)
        .table("shares", Reader::Files, rows)
}

fn every_pair(analysed: &Analysed, view: &View<'_>) -> Table {
    let language = view.language;
    type Row<'a> = (&'a Group, &'a crate::sensitivity::OfOutput, &'a (usize, usize, Estimate));
    let rows = analysed.groups.iter().flat_map(|group| {
        group
            .outputs
            .iter()
            .flat_map(move |of| of.shares.second.iter().map(move |s| (group, of, s)))
    });
    Columns::<Row<'_>>::new()
        .text("league", word!(label_league, language), |row| &row.0.league)
        .text("period", word!(label_period, language), |row| &row.0.period)
        .text("code", word!(label_code, language), |row| {
            row.1.row.map_or("", |at| analysed.rows[at].region.as_str())
        })
        .text("output", word!(label_output, language), |row| match row.1.row {
            Some(_) => output_word(row.1.output),
            None => "shift",
        })
        .text("factor", word!(label_factor, language), |row| &analysed.factors[row.2.0])
        .text("other", word!(label_other_factor, language), |row| &analysed.factors[row.2.1])
        .number("second", word!(label_together, language), |row| Cell::number(row.2.2.value))
        .number("half", "±", |row| Cell::number_or_missing(row.2.2.half))
        .table("pairs", Reader::Files, rows)
}

/// The report of elementary effects.
pub fn effects(screened: &Screened, view: &View<'_>) -> Report {
    let language = view.language;
    let mut report = Report::default();
    let runs = text!(sensitivity_runs, n = screened.runs).render(language);
    report.blocks.push(heading(view, runs));
    report.blocks.push(Block::Table(failures(&screened.failed, screened.runs, language)));
    for (league, period, all) in &screened.groups {
        report.blocks.extend(group_heading(view, league, period));
        let of: Vec<_> = all
            .iter()
            .filter(|(row, _)| !view.short || row.is_none())
            .flat_map(|(row, effects)| {
                screened.factors.iter().zip(effects).map(move |(f, e)| (*row, f, e))
            })
            .collect();
        let table = Columns::<(Option<usize>, &String, &Effects)>::new()
            .text("league", word!(label_league, language), move |_| league)
            .only_for(Reader::Files)
            .text("period", word!(label_period, language), move |_| period)
            .only_for(Reader::Files)
            .text("code", word!(label_code, language), |row| {
                row.0.map_or("", |at| screened.rows[at].region.as_str())
            })
            .only_for(Reader::Files)
            .text("factor", word!(label_factor, language), |row| row.1)
            .number("size", word!(label_effect_size, language), |row| {
                Cell::number_or_missing(row.2.size.value)
            })
            .digits(3)
            .number("size_half", "±", |row| Cell::number_or_missing(row.2.size.half))
            .digits(3)
            .number("mean", word!(label_mean, language), |row| Cell::number_or_missing(row.2.mean))
            .digits(3)
            .number("spread", word!(label_effect_spread, language), |row| {
                Cell::number_or_missing(row.2.spread)
            })
            .digits(3)
            .number("n", word!(label_count, language), |row| row.2.n)
            .table("effects", reader(view), of);
        report.blocks.push(Block::Table(table));
    }
    report.blocks.push(line(text!(sensitivity_effects_meaning), language));
    report
}

/// The report of shares by order.
pub fn order(sample: &Sample, found: &ByOrder, view: &View<'_>) -> Report {
    let language = view.language;
    let mut report = Report::default();
    let runs = sample.ranks.first().map_or(0, Vec::len);
    report.blocks.push(heading(view, text!(sensitivity_runs, n = runs).render(language)));
    report.blocks.push(Block::Table(failures(&sample.failed, runs, language)));
    for (league, period, all) in found {
        report.blocks.extend(group_heading(view, league, period));
        let mut columns = Columns::<&(Option<usize>, Vec<Option<f64>>)>::new()
            .text("code", word!(label_code, language), |row| {
                row.0.map_or("", |at| sample.rows[at].region.as_str())
            })
            .text("region", word!(label_region, language), |row| match row.0 {
                Some(at) => region(view, &sample.rows[at].region),
                None => word!(sensitivity_shift, language),
            });
        for (k, factor) in sample.factors.iter().enumerate() {
            columns = columns
                .number(factor, factor, move |row: &&(Option<usize>, Vec<Option<f64>>)| {
                    row.1[k].map(Cell::number)
                })
                .digits(3);
        }
        report.blocks.push(Block::Table(columns.table("shares_by_order", reader(view), all)));
    }
    report.blocks.push(line(text!(sensitivity_order_meaning), language));
    report
}

/// The report of one change at a time.
pub fn steps(
    evaluation: &Evaluation,
    changes: &[Change],
    why: &dyn Fn(&Change) -> Option<Text>,
    view: &View<'_>,
) -> Report {
    let language = view.language;
    let system = &evaluation.methodology().system;
    let mut report = Report::default();
    report.blocks.push(heading(view, text!(sensitivity_steps, n = changes.len()).render(language)));
    let words = |step: &Step| match step {
        Step::Without(node) => {
            text!(sensitivity_without, node = system.node(*node).code.clone()).render(language)
        }
        Step::EqualBelow(node) => {
            text!(sensitivity_equal_below, node = system.node(*node).code.clone()).render(language)
        }
        Step::EqualEverywhere => text!(sensitivity_equal).render(language),
        Step::Method(stage, name) => format!("{}: {name}", Part::of_stage(*stage).word(language)),
    };
    let mut fine: Vec<(&Change, &Taken)> =
        changes.iter().filter_map(|c| Some((c, c.taken.as_ref().ok()?))).collect();
    if view.short {
        quanheng_core::number::sort_items(&mut fine, |a, b| b.1.shift.total_cmp(&a.1.shift));
    }
    let keys: Vec<&str> = (0..evaluation.study().panel.rows())
        .map(|row| {
            let region = evaluation.study().panel.regions()[row];
            evaluation.study().regions[region.0 as usize].code.as_str()
        })
        .collect();
    let tiered = evaluation.tiers().iter().any(Option::is_some);
    let table = Columns::<(&Change, &Taken)>::new()
        .text("step", word!(label_step, language), |row| words(&row.0.step))
        .number("shift", word!(label_branch_shift, language), |row| {
            Cell::number_or_missing(row.1.shift)
        })
        .digits(2)
        .number("moved", word!(label_moved_regions, language), |row| row.1.moved)
        .number("largest", word!(label_largest, language), |row| {
            row.1.largest.map(|(_, places)| Cell::number(places))
        })
        .digits(1)
        .text("code", word!(label_code, language), |row| {
            row.1.largest.map_or("", |(at, _)| keys[at])
        })
        .text("region", word!(label_region, language), |row| {
            row.1.largest.map_or("", |(at, _)| region(view, keys[at]))
        })
        .number("tiers", word!(label_other_tier, language), |row| row.1.other_tier)
        .only_if(tiered)
        .number("kendall", word!(label_kendall, language), |row| {
            row.1.correlation.map(Cell::number)
        })
        .digits(3)
        .table("steps", reader(view), fine);
    report.blocks.push(Block::Table(table));
    let failed: Vec<(String, String)> =
        changes.iter().filter_map(|c| Some((words(&c.step), why(c)?.render(language)))).collect();
    if !failed.is_empty() {
        report.blocks.push(line(text!(sensitivity_unfit, n = failed.len()), language));
        let table = Columns::<(String, String)>::new()
            .text("step", word!(label_step, language), |row| row.0.clone())
            .text("why", word!(label_why, language), |row| row.1.clone())
            .table("unfit", reader(view), failed);
        report.blocks.push(Block::Table(table));
    }
    report.blocks.push(line(text!(sensitivity_steps_meaning), language));
    report
}

/// The report of how far each weight can go, in each slice that was asked for.
pub fn ranges(
    evaluation: &Evaluation,
    all: &[(usize, Vec<WeightRange>)],
    view: &View<'_>,
) -> Report {
    let language = view.language;
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let mut report = Report::default();
    report.blocks.push(heading(view, word!(sensitivity_weights, language).to_owned()));
    for (slice, ranges) in all {
        let of = &study.panel.slices()[*slice];
        let league = &study.leagues[of.league.0 as usize].code;
        let period = &study.periods[of.period.0 as usize].label;
        report.blocks.extend(group_heading(view, league, period));
        if ranges.is_empty() {
            report.blocks.push(line(text!(sensitivity_no_weights), language));
            continue;
        }
        let code = |row: usize| {
            let region = study.panel.regions()[row];
            study.regions[region.0 as usize].code.as_str()
        };
        if view.short {
            report.blocks.push(Block::Table(order_ranges(evaluation, ranges, &code, view)));
            continue;
        }
        let rows = ranges.iter().flat_map(|range| range.held.iter().map(move |held| (range, held)));
        let table = Columns::<(&WeightRange, &quanheng_core::sensitivity::Held)>::new()
            .text("league", word!(label_league, language), move |_| league)
            .text("period", word!(label_period, language), move |_| period)
            .text("node", word!(label_node, language), |row| &system.node(row.0.node).code)
            .number("weight", word!(label_weight, language), |row| Cell::number(row.0.weight))
            .text("holds", word!(label_holds, language), |row| match row.1.what {
                Holds::Order => "order",
                Holds::Rank(_) => "rank",
                Holds::Tier(_) => "tier",
            })
            .text("code", word!(label_code, language), |row| match row.1.what {
                Holds::Order => "",
                Holds::Rank(row) | Holds::Tier(row) => code(row),
            })
            .number("lower", word!(label_from, language), |row| Cell::number(row.1.range.0))
            .number("upper", word!(label_to, language), |row| Cell::number(row.1.range.1))
            .text("exact", word!(label_how, language), |row| match row.1.exact {
                true => "exact",
                false => "search",
            })
            .table("weights", Reader::Files, rows);
        report.blocks.push(Block::Table(table));
    }
    report.blocks.push(line(text!(sensitivity_weights_meaning), language));
    report
}

/// For people: the range of each weight in which the whole order holds, that in which the first place does, and how many
/// regions keep rank and tier if the weight changes by a tenth.
fn order_ranges<'a>(
    evaluation: &'a Evaluation,
    ranges: &'a [WeightRange],
    code: &'a dyn Fn(usize) -> &'a str,
    view: &View<'_>,
) -> Table {
    let language = view.language;
    let system = &evaluation.methodology().system;
    let of = |range: &WeightRange, what: Holds| range.held.iter().find(|h| h.what == what).copied();
    let words = |held: Option<quanheng_core::sensitivity::Held>| {
        held.map_or(String::new(), |held| {
            let exact = if held.exact { "" } else { "≈ " };
            format!(
                "{exact}{} – {}",
                number::fixed(held.range.0, 4),
                number::fixed(held.range.1, 4)
            )
        })
    };
    let first = |range: &WeightRange| {
        let best = range.held.iter().filter_map(|h| match h.what {
            Holds::Rank(row) if evaluation.ranks()[row] == 1.0 => Some(*h),
            _ => None,
        });
        best.into_iter().next()
    };
    let keeps = |range: &&WeightRange, is_meant: fn(&Holds) -> bool| {
        let (low, high) = (range.weight * 0.9, quanheng_core::number::min(range.weight * 1.1, 1.0));
        let own: Vec<_> = range.held.iter().filter(|h| is_meant(&h.what)).collect();
        let kept = own.iter().filter(|h| h.range.0 <= low && h.range.1 >= high).count();
        if own.is_empty() { String::new() } else { format!("{kept}/{}", own.len()) }
    };
    let tiered = evaluation.tiers().iter().any(Option::is_some);
    let leader = ranges.first().and_then(|range| match first(range)?.what {
        Holds::Rank(row) => Some(code(row).to_owned()),
        _ => None,
    });
    Columns::<&WeightRange>::new()
        .text("node", word!(label_node, language), |range| &system.node(range.node).code)
        .number("weight", word!(label_weight, language), |range| Cell::number(range.weight))
        .digits(4)
        .text("order", word!(label_order_holds, language), |range| words(of(range, Holds::Order)))
        .text(
            "first",
            text!(sensitivity_first_holds, region = leader.unwrap_or_default()).render(language),
            |range| words(first(range)),
        )
        .text("ranks", word!(label_ranks_kept, language), |range| {
            keeps(range, |what| matches!(what, Holds::Rank(_)))
        })
        .text("tiers", word!(label_tiers_kept, language), |range| {
            keeps(range, |what| matches!(what, Holds::Tier(_)))
        })
        .only_if(tiered)
        .table("weights", Reader::People, ranges)
}
