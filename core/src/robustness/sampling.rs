//! Sampling error of the data: between which ranks each region is, and which regions differ.

use crate::analysis::finding::{FIRST, WHOLE, columns};
use crate::analysis::{Cell, Column, Form, Found, Need, Reason, Subject, Usual, Word, analysis};
use crate::method::{choice, settings};
use crate::methodology::RankOn;
use crate::model::NodeId;
use crate::number;

use super::{
    Differences, ErrorSource, Estimates, NoWay, Propagation, SamplingError, Slopes, Unknown, Way,
    differences_of_counts,
};

/// With more regions than this, rank sets of each region by itself would take too long.
const MOST: usize = 500;

choice! {
    /// How errors of cells come to the scores.
    pub enum Errors {
        /// By slopes where the score is smooth, else by draws.
        Auto = "auto",
        /// By slopes, or not at all.
        Slopes = "slopes",
        /// By draws.
        Draws = "draws",
    }
}

settings! {
    /// Settings of the sampling error.
    pub(super) struct Settings {
        /// The nodes whose ranks are looked at, by code; unless stated, the index.
        nodes: Vec<String> = Vec::new(),
        /// The probability of an interval or of a confidence set.
        level: f64 [0.5, 0.9999] = 0.95,
        /// How errors of cells come to the scores: by the slopes of the score (`slopes`), by drawing all cells and computing everything again (`draws`), or by slopes where the score is smooth and else by draws (`auto`).
        errors: Errors = Errors::Auto,
        /// How many draws the critical values are quantiles of.
        draws: usize [100, 1_000_000] = 10_000,
        /// How many times everything is computed again where errors are drawn.
        evaluations: usize [100, 100_000] = 1_000,
        /// The seed of the draws: each is a function of the seed and of its number.
        seed: u64 = 1,
        /// Whether pairs that differ leave the comparison, so that others can differ too.
        stepdown: bool = true,
        /// How many of the best regions a set is made for: which regions may be among them.
        best: Vec<f64> = vec![1.0, 3.0, 5.0, 10.0],
        /// The earlier period of a change; unless stated, the one before the period that is looked at.
        from: Option<String> = None,
    }
}

analysis!(Settings, compute, {
    name: "sampling",
    label: "Sampling error",
    summary: "Between which ranks each region is, given the sampling errors of the data, which neighbours in the ranking do not differ, which regions may be among the best, and which changes are beyond the errors.",
    formula: "Σ = Σ_c s_c² g_c g_cᵀ over all cells c with standard error s_c and slopes g_c of the scores; j is greater than k if θ_j − θ_k > c·√(Σ_jj + Σ_kk − 2Σ_jk), c = the quantile of max over the compared pairs of (Z_j − Z_k)/√(Σ_jj + Σ_kk − 2Σ_jk), Z ~ N(0, Σ); rank set of i = [1 + number greater than i, n − number less than i]; a share has the error of half its Wilson interval, (√(p(1 − p)/n + z²/4n²))/(1 + z²/n)",
    reference: "Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91(1), 476-518; Bazylik, Mogstad, Romano, Shaikh & Wilhelm (2021), cemmap working paper CWP40/21; Wilson (1927), Journal of the American Statistical Association 22(158), 209-212",
    needs: Need::SamplingErrors,
    forms: &[SUMMARY, RANKS, BEST, CHANGES, CELLS],
});

/// The node, in tables about regions, which mostly are about the index.
const NODE: Column = Column::text("node", "Indicator");
const ERROR: Column = Column::score("error", "Standard error");

const SUMMARY: Form = Form {
    name: "summary",
    label: "How errors come to the scores",
    columns: &[
        columns::NODE,
        columns::N,
        Column::text("way", "Errors"),
        Column::number("cells", "Cells with an error"),
        Column::number("cells_exact", "Cells taken as exact"),
        Column::decimals("critical", "Critical value", 3).detail(),
        Column::number("pairs", "Pairs"),
        Column::number("pairs_apart", "Pairs that differ"),
        Column::number("draws", "Draws").detail(),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const RANKS: Form = Form {
    name: "ranks",
    label: "Intervals of ranks",
    columns: &[
        columns::REGION,
        NODE.detail(),
        columns::RANK,
        columns::SCORE,
        ERROR,
        Column::number("rank_first_alone", "Best, alone"),
        Column::number("rank_last_alone", "Worst, alone"),
        Column::number("rank_first", "Best, together"),
        Column::number("rank_last", "Worst, together"),
        Column::text("next", "And the next"),
    ],
    shown: WHOLE,
};

const BEST: Form = Form {
    name: "best",
    label: "Who may be among the best",
    columns: &[
        NODE.detail(),
        Column::number("among_best", "Among the best"),
        Column::number("may_be", "Regions that may be"),
        Column::text("who", "Who"),
    ],
    shown: WHOLE,
};

const CHANGES: Form = Form {
    name: "changes",
    label: "Changes of scores",
    columns: &[
        columns::REGION,
        NODE.detail(),
        Column::text("from", "From").detail(),
        Column::text("to", "To").detail(),
        Column::score("change", "Change of score"),
        ERROR,
        Column::score("lower", "Lower end"),
        Column::score("upper", "Upper end"),
        Column::text("direction", "Direction"),
    ],
    shown: WHOLE,
};

const CELLS: Form = Form {
    name: "cells",
    label: "Intervals of the data",
    columns: &[
        columns::REGION,
        NODE,
        Column::number("value", "Value"),
        Column::number("sample", "Sample"),
        Column::decimals("error", "Standard error", 4),
        Column::decimals("lower", "Lower end", 4),
        Column::decimals("upper", "Upper end", 4),
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let errors = &subject.inputs.errors;
    let now = subject.now()?;
    let (cells, any) = cells(subject, errors, now, settings.level);
    if !any {
        return Err(Reason::NoSamplingErrors);
    }
    let propagation = Propagation::new(subject.evaluation, errors).map_err(because)?;
    let nodes = subject.nodes(&settings.nodes, || vec![subject.root()])?;
    let (mut summary, mut ranks) = (Found::new(&SUMMARY), Found::new(&RANKS));
    let (mut best, mut changes) = (Found::new(&BEST), Found::new(&CHANGES));
    for node in nodes {
        let work = Work { subject, settings, propagation: &propagation, node };
        match work.spread() {
            Ok(spread) => {
                work.ranks(now, &spread, &mut summary, &mut ranks, &mut best)?;
                match subject.between(settings.from.as_deref(), None, Usual::Before) {
                    Ok((from, to)) => work.changes(from, to, &spread, &mut changes),
                    Err(Reason::OnePeriod) => {}
                    Err(reason) => return Err(reason),
                }
            }
            Err(why) => {
                let none = std::iter::repeat_n(Cell::Empty, SUMMARY.columns.len() - 2);
                let row = [Cell::Node(node)].into_iter().chain(none);
                summary.push(row.chain([Cell::None(because(why))]));
            }
        }
    }
    let tables = [summary, ranks, best, changes];
    Ok(tables.into_iter().filter(|found| !found.rows.is_empty()).chain([cells]).collect())
}

pub(super) fn because(why: NoWay) -> Reason {
    match why {
        NoWay::NoErrors => Reason::NoSamplingErrors,
        NoWay::Formula(code) => Reason::OfFormula(code),
        NoWay::NotSmooth(code) => Reason::NotSmooth(code),
        NoWay::Failed { failed, of } => Reason::FailedDraws { failed, of },
    }
}

/// The intervals of the cells in a slice, and whether any cell has one.
fn cells(
    subject: &Subject<'_>,
    errors: &[SamplingError],
    slice: usize,
    level: f64,
) -> (Found, bool) {
    let evaluation = subject.evaluation;
    let system = &evaluation.methodology().system;
    let rows = subject.study().panel.slices()[slice].rows.clone();
    let (mut table, mut any) = (Found::new(&CELLS), false);
    for (k, &leaf) in system.leaves().iter().enumerate() {
        let code = &system.node(leaf).code;
        let Some(stated) = errors.iter().find(|error| error.leaf == *code) else { continue };
        let values = evaluation.indicators().column(k).values();
        for (at, row) in rows.clone().enumerate().filter(|&(_, row)| !values[row].is_nan()) {
            let head = [Cell::Region(subject.regions(slice)[at]), Cell::Node(leaf)];
            let value = values[row];
            let tail = match stated.of_cell(evaluation, row, value, level) {
                Ok(cell) => {
                    any = true;
                    let (lower, upper) = cell.interval;
                    [cell.n, cell.error, lower, upper]
                        .map(Cell::from)
                        .into_iter()
                        .chain([Cell::Empty])
                        .collect::<Vec<Cell>>()
                }
                Err(why) => {
                    let why = match why {
                        Unknown::Absent => Reason::NoErrorOfCell,
                        Unknown::Impossible => Reason::ImpossibleError,
                        Unknown::Outside => Reason::OutsideSample,
                    };
                    std::iter::repeat_n(Cell::Empty, 4).chain([Cell::None(why)]).collect()
                }
            };
            table.push(head.into_iter().chain([value.into()]).chain(tail));
        }
    }
    (table, any)
}

/// How the scores of a node depend on the errors.
enum Spread {
    Slopes(Slopes),
    Draws(Vec<Vec<f64>>),
}

struct Work<'a> {
    subject: &'a Subject<'a>,
    settings: &'a Settings,
    propagation: &'a Propagation,
    node: NodeId,
}

impl Work<'_> {
    fn spread(&self) -> Result<Spread, NoWay> {
        let Settings { errors, evaluations, seed, .. } = *self.settings;
        let draws = || Ok(Spread::Draws(self.propagation.draws(self.node, evaluations, seed)?));
        match errors {
            Errors::Draws => draws(),
            Errors::Slopes => Ok(Spread::Slopes(self.propagation.slopes(self.node)?)),
            Errors::Auto => match self.propagation.slopes(self.node) {
                Err(NoWay::NotSmooth(_)) => draws(),
                found => Ok(Spread::Slopes(found?)),
            },
        }
    }

    /// The score of a row before it is rounded, turned so that more is better.
    fn score(&self, row: usize) -> f64 {
        let evaluation = self.subject.evaluation;
        let grid =
            evaluation.grid(self.node, self.subject.study().panel.slice_at(row), RankOn::Full);
        evaluation.better(self.node).sign()
            * grid.nearest(evaluation.unrounded(self.node).values()[row])
    }

    /// The ranked rows of a slice with a score, by rank.
    fn rows(&self, slice: usize) -> Vec<(usize, f64)> {
        let start = self.subject.study().panel.slices()[slice].rows.start;
        let ranks = self.subject.evaluation.ranks_in(self.node, slice);
        let mut rows: Vec<(usize, f64)> = (0..ranks.len())
            .filter(|&i| !ranks[i].is_nan())
            .map(|i| (start + i, ranks[i]))
            .collect();
        number::sort_items(&mut rows, |a, b| number::ascending(a.1, b.1));
        rows
    }

    /// The estimates of some numbers, each of which is the score of a row, or what it is beyond that of an earlier row.
    fn estimates(&self, of: &[(usize, Option<usize>)], spread: &Spread) -> Estimates {
        let minus = |scores: &dyn Fn(usize) -> f64| -> Vec<f64> {
            of.iter().map(|&(row, before)| scores(row) - before.map_or(0.0, scores)).collect()
        };
        let values = minus(&|row| self.score(row));
        let Settings { draws, seed, .. } = *self.settings;
        match spread {
            Spread::Slopes(slopes) => {
                let moved: Vec<Vec<f64>> =
                    slopes.by_source.iter().map(|slopes| minus(&|row| slopes[row])).collect();
                let moved = moved.into_iter().filter(|one| one.iter().any(|x| *x != 0.0));
                Estimates::of_slopes(values, &moved.collect::<Vec<_>>(), draws, seed)
            }
            Spread::Draws(drawn) => {
                let drawn = drawn.iter().flat_map(|scores| minus(&|row| scores[row]));
                Estimates::of_draws(values, drawn.collect())
            }
        }
    }

    /// Whether the node is a leaf of counts that are compared as they are, so that exact tests can compare them.
    fn counts(&self, rows: &[(usize, f64)]) -> Option<Vec<f64>> {
        let evaluation = self.subject.evaluation;
        let system = &evaluation.methodology().system;
        let k = system.leaves().iter().position(|leaf| *leaf == self.node)?;
        let code = &system.node(self.node).code;
        let stated = self.subject.inputs.errors.iter().find(|error| error.leaf == *code)?;
        let is_plain = system.indicator(k).denominator.is_none();
        let values = evaluation.indicators().column(k).values();
        let counts: Vec<f64> = rows.iter().map(|(row, _)| values[*row]).collect();
        let in_order = rows.windows(2).zip(counts.windows(2)).all(|(rows, counts)| {
            self.score(rows[0].0) >= self.score(rows[1].0) && counts[0] >= counts[1]
        });
        let is_count = stated.source == ErrorSource::Count && is_plain && in_order;
        (is_count && counts.iter().all(|x| x.fract() == 0.0)).then_some(counts)
    }

    fn ranks(
        &self,
        slice: usize,
        spread: &Spread,
        summary: &mut Found,
        ranks: &mut Found,
        best: &mut Found,
    ) -> Result<(), Reason> {
        let Settings { level, stepdown, draws, evaluations, .. } = *self.settings;
        let rows = self.rows(slice);
        match rows.len() {
            n if n < 2 => return Err(Reason::TooFew { n, least: 2 }),
            n if n > MOST => return Err(Reason::TooMany { n, most: MOST }),
            _ => {}
        }
        let of: Vec<(usize, Option<usize>)> = rows.iter().map(|&(row, _)| (row, None)).collect();
        let estimates = self.estimates(&of, spread);
        let counts = self.counts(&rows);
        let (together, alone): (Differences, _) = match &counts {
            Some(counts) => {
                let together = differences_of_counts(counts, level);
                let sets = together.rank_sets();
                (together, sets)
            }
            None => (estimates.differences(level, stepdown), estimates.marginal(level, stepdown)),
        };
        let sets = together.rank_sets();
        let regions = self.subject.study().panel.regions();
        let sign = self.subject.evaluation.better(self.node).sign();
        for (i, &(row, rank)) in rows.iter().enumerate() {
            let next = match i + 1 < rows.len() {
                false => Cell::Empty,
                true if together.differ(i, i + 1) => Cell::Word(Word::Apart),
                true => Cell::Word(Word::Overlaps),
            };
            ranks.push([
                Cell::Region(regions[row]),
                Cell::Node(self.node),
                Cell::Rank(rank),
                (sign * self.score(row)).into(),
                estimates.errors()[i].into(),
                alone[i].0.into(),
                alone[i].1.into(),
                sets[i].0.into(),
                sets[i].1.into(),
                next,
            ]);
        }
        for &tau in &self.settings.best {
            let tau = tau as usize;
            if (1..rows.len()).contains(&tau) {
                let may: Vec<usize> = together.best(tau);
                let who = may.iter().map(|&i| regions[rows[i].0]).collect();
                best.push([
                    Cell::Node(self.node),
                    tau.into(),
                    may.len().into(),
                    Cell::Regions(who),
                ]);
            }
        }
        let (with, without) = self.propagation.cells();
        let (apart, pairs) = together.pairs();
        let (way, draws) = match (&counts, spread) {
            (Some(_), _) => (Word::ExactTests, Cell::Empty),
            (None, Spread::Draws(_)) => (Word::Draws, evaluations.into()),
            (None, Spread::Slopes(slopes)) => match slopes.way {
                Way::Exact => (Word::Exact, draws.into()),
                Way::Slopes | Way::Draws => (Word::Slopes, draws.into()),
            },
        };
        summary.push([
            Cell::Node(self.node),
            rows.len().into(),
            Cell::Word(way),
            with.into(),
            without.into(),
            together.critical.map_or(Cell::Empty, Cell::from),
            pairs.into(),
            apart.into(),
            draws,
            Cell::Empty,
        ]);
        Ok(())
    }

    /// The change of each region that is ranked in both slices.
    fn changes(&self, from: usize, to: usize, spread: &Spread, table: &mut Found) {
        let panel = &self.subject.study().panel;
        let earlier = self.rows(from);
        let of = |&(row, _): &(usize, f64)| {
            let region = panel.regions()[row];
            let before = earlier.iter().find(|(other, _)| panel.regions()[*other] == region)?;
            Some((row, Some(before.0)))
        };
        let pairs: Vec<(usize, Option<usize>)> = self.rows(to).iter().filter_map(of).collect();
        if pairs.is_empty() {
            return;
        }
        let estimates = self.estimates(&pairs, spread);
        let width = estimates.band(self.settings.level);
        let sign = self.subject.evaluation.better(self.node).sign();
        let periods = [from, to].map(|slice| Cell::Period(self.subject.period_of(slice)));
        for (i, &(row, before)) in pairs.iter().enumerate() {
            let change = self.score(row) - before.map_or(0.0, |before| self.score(before));
            let half = width.map_or(0.0, |width| width * estimates.errors()[i]);
            let direction = match (change - half > 0.0, change + half < 0.0) {
                (true, _) => Word::Up,
                (_, true) => Word::Down,
                _ => Word::WithinError,
            };
            let [from, to] = periods.clone();
            let ends = [sign * change - half, sign * change + half];
            table.push([
                Cell::Region(panel.regions()[row]),
                Cell::Node(self.node),
                from,
                to,
                (sign * change).into(),
                estimates.errors()[i].into(),
                ends[0].into(),
                ends[1].into(),
                Cell::Word(direction),
            ]);
        }
    }
}
