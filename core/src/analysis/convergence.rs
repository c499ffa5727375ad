//! Convergence: whether those behind grow faster (beta), and whether the spread falls (sigma).

use crate::method::settings;
use crate::number::{self, Regression};

use super::finding::{FIRST, WHOLE, columns};
use super::subject::{Usual, at_least};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, Word, analysis};

settings! {
    /// Settings of convergence.
    pub(super) struct Settings {
        /// The period at the beginning; the first unless stated.
        from: Option<String> = None,
        /// The period at the end; unless stated, the one that is looked at.
        to: Option<String> = None,
        /// The nodes, by code; the index unless stated.
        nodes: Vec<String> = Vec::new(),
        /// Whether convergence is also tested under the condition of the covariates of `[analysis]`, with their values at the beginning.
        conditional: bool = true,
    }
}

analysis!(Settings, compute, {
    name: "convergence",
    label: "Convergence",
    summary: "Whether regions with low scores grow faster (beta convergence), and whether the spread of scores falls (sigma convergence).",
    formula: "ln(y_i,T / y_i,0) / T = a + b ln y_i,0 + c·z_i,0 + e_i by least squares; speed λ = −ln(1 + bT) / T; half-life ln 2 / λ; sigma: sd_t, sd_t / mean_t and sd of ln y_t of each period, and their slope over time",
    reference: "Barro & Sala-i-Martin (1992), Journal of Political Economy 100(2), 223-251; Sala-i-Martin (1996), Economic Journal 106, 1019-1036",
    needs: Need::Periods,
    forms: &[BETA, TRENDS, SPREADS],
});

const BETA: Form = Form {
    name: "beta",
    label: "Beta convergence",
    columns: &[
        columns::NODE,
        Column::text("model", "Model"),
        Column::text("from", "From"),
        Column::text("to", "To"),
        columns::N,
        Column::text("term", "Term"),
        Column::decimals("coefficient", "Coefficient", 6),
        Column::decimals("error", "Standard error", 6),
        Column::decimals("t", "t", 3),
        Column::p_value("p", "p"),
        Column::decimals("r_squared", "R²", 4),
        Column::decimals("speed", "Speed", 6).detail(),
        Column::decimals("half_life", "Half-life", 2),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const TRENDS: Form = Form {
    name: "trends",
    label: "Sigma convergence: trend of the spread",
    columns: &[
        columns::NODE,
        Column::text("measure", "Measure"),
        Column::number("periods", "Periods"),
        Column::decimals("first", "First", 6),
        Column::decimals("last", "Last", 6),
        Column::decimals("slope", "Slope", 6),
        Column::decimals("error", "Standard error", 6).detail(),
        Column::decimals("t", "t", 3),
        Column::p_value("p", "p"),
        Column::text("direction", "Direction"),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const SPREADS: Form = Form {
    name: "spreads",
    label: "Spread by period",
    columns: &[
        columns::NODE,
        columns::PERIOD,
        columns::N,
        columns::MEAN,
        Column::decimals("sd", "Standard deviation", 6),
        Column::decimals("cv", "Coefficient of variation", 6),
        Column::decimals("sd_log", "Standard deviation of logarithms", 6),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    if !subject.has_time() {
        return Err(Reason::NoTime);
    }
    let (from, to) =
        subject.between(settings.from.as_deref(), settings.to.as_deref(), Usual::First)?;
    let nodes = subject.nodes(&settings.nodes, || vec![subject.root()])?;
    let (mut beta, mut trends) = (Found::new(&BETA), Found::new(&TRENDS));
    let mut spreads = Found::new(&SPREADS);
    for node in nodes {
        let mut models = vec![Word::Absolute];
        models.extend(
            Some(Word::Conditional)
                .filter(|_| settings.conditional && !subject.inputs.covariates.is_empty()),
        );
        for model in models {
            let head = vec![
                Cell::Node(node),
                Cell::Word(model),
                Cell::Period(subject.period_of(from)),
                Cell::Period(subject.period_of(to)),
            ];
            match regression(subject, node, (from, to), model) {
                Ok((line, terms)) => {
                    let time = subject.time(to) - subject.time(from);
                    let speed = speed(line.coefficients[1], time);
                    // The level first, then the covariates, the constant last.
                    for at in (1..=terms.len()).chain([0]) {
                        let of_level = |x: f64| Cell::from(if at == 1 { x } else { f64::NAN });
                        let term = at.checked_sub(1).map(|k| terms[k].clone());
                        beta.push(head.iter().cloned().chain([
                            line.n.into(),
                            term.unwrap_or(Cell::Word(Word::Intercept)),
                            line.coefficients[at].into(),
                            line.errors[at].into(),
                            line.t(at).into(),
                            line.p(at).into(),
                            of_level(line.r_squared),
                            of_level(speed),
                            of_level(half_life(speed)),
                            Cell::Empty,
                        ]));
                    }
                }
                Err(why) => {
                    let nothing = std::iter::repeat_n(Cell::Empty, 9);
                    beta.push(head.into_iter().chain(nothing).chain([Cell::None(why)]));
                }
            }
        }
        sigma(subject, node, (from, to), &mut trends, &mut spreads);
    }
    Ok(vec![beta, trends, spreads])
}

/// The speed of convergence by the coefficient of the level over so much time; NaN where growth overtakes it.
fn speed(coefficient: f64, time: f64) -> f64 {
    let kept = 1.0 + coefficient * time;
    if kept > 0.0 { -libm::log(kept) / time } else { f64::NAN }
}

/// The time until half of the gap is closed; NaN where it is not.
fn half_life(speed: f64) -> f64 {
    if speed > 0.0 { std::f64::consts::LN_2 / speed } else { f64::NAN }
}

/// The regression of growth on the level at the beginning, and what its columns are.
fn regression(
    subject: &Subject<'_>,
    node: crate::model::NodeId,
    (from, to): (usize, usize),
    model: Word,
) -> Result<(Regression, Vec<Cell>), Reason> {
    let [before, after] = [from, to].map(|slice| subject.scores(node, slice));
    let regions = subject.regions(to);
    let place = |region| regions.iter().position(|other| *other == region);
    let later =
        subject.regions(from).iter().map(|region| place(*region).map_or(f64::NAN, |at| after[at]));
    let later: Vec<f64> = later.collect();
    let n = [&before, &later].into_iter().flatten().filter(|x| **x <= 0.0).count();
    if n > 0 {
        return Err(Reason::NotPositive { n });
    }
    let mut terms = vec![Cell::Word(Word::InitialLevel)];
    let mut columns = vec![before.iter().map(|x| libm::log(*x)).collect::<Vec<f64>>()];
    if model == Word::Conditional {
        for (at, covariate) in subject.inputs.covariates.iter().enumerate() {
            terms.push(Cell::Covariate(at));
            columns.push(subject.covariate(covariate, from)?);
        }
    }
    let time = subject.time(to) - subject.time(from);
    let growth: Vec<f64> =
        later.iter().zip(&columns[0]).map(|(x, level)| (libm::log(*x) - level) / time).collect();
    let all: Vec<&[f64]> = columns.iter().chain([&growth]).map(Vec::as_slice).collect();
    let rows = Subject::complete(&all);
    let least = columns.len() + 2;
    if rows.len() < least {
        return Err(Reason::TooFew { n: rows.len(), least });
    }
    let of_rows = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<f64>>();
    let (growth, columns) =
        (of_rows(&growth), columns.iter().map(|c| of_rows(c)).collect::<Vec<_>>());
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let line = Regression::new(&growth, &columns).ok_or(Reason::Collinear)?;
    Ok((line, terms))
}

/// The spread of each period from the first to the last, and its trend.
fn sigma(
    subject: &Subject<'_>,
    node: crate::model::NodeId,
    (from, to): (usize, usize),
    trends: &mut Found,
    spreads: &mut Found,
) {
    let mut times = Vec::new();
    let mut measures: [(Word, Vec<f64>); 3] =
        [(Word::Sd, Vec::new()), (Word::Cv, Vec::new()), (Word::SdLog, Vec::new())];
    for slice in from..=to {
        let scores = subject.scores(node, slice);
        let mean = number::mean(&scores).unwrap_or(f64::NAN);
        let sd = number::sample_variance(&scores).map_or(f64::NAN, f64::sqrt);
        let positive = scores.iter().all(|x| x.is_nan() || *x > 0.0);
        let logs: Vec<f64> = scores.iter().map(|x| libm::log(*x)).collect();
        let sd_log =
            number::sample_variance(&logs).filter(|_| positive).map_or(f64::NAN, f64::sqrt);
        let cv = if positive { sd / mean } else { f64::NAN };
        times.push(subject.time(slice));
        measures.iter_mut().zip([sd, cv, sd_log]).for_each(|((_, all), x)| all.push(x));
        spreads.push([
            Cell::Node(node),
            Cell::Period(subject.period_of(slice)),
            number::count(&scores).into(),
            mean.into(),
            sd.into(),
            cv.into(),
            sd_log.into(),
        ]);
    }
    for (measure, values) in measures {
        let there = Subject::complete(&[&values]);
        let of = |column: &[f64]| there.iter().map(|&at| column[at]).collect::<Vec<f64>>();
        let (x, y) = (of(&times), of(&values));
        let head = [Cell::Node(node), Cell::Word(measure), there.len().into()];
        let ends = [y.first(), y.last()].map(|x| Cell::from(x.copied().unwrap_or(f64::NAN)));
        let line =
            at_least(&y, 3).and_then(|()| Regression::new(&y, &[&x]).ok_or(Reason::Constant));
        let rest: Vec<Cell> = match line {
            Ok(line) => {
                let slope = line.coefficients[1];
                let direction = if slope < 0.0 { Word::Converges } else { Word::Diverges };
                vec![
                    slope.into(),
                    line.errors[1].into(),
                    line.t(1).into(),
                    line.p(1).into(),
                    Cell::Word(direction),
                    Cell::Empty,
                ]
            }
            Err(why) => {
                let nothing = std::iter::repeat_n(Cell::Empty, 5);
                nothing.chain([Cell::None(why)]).collect()
            }
        };
        trends.push(head.into_iter().chain(ends).chain(rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_and_half_life() {
        // A gap of which half is left after ten years: 1 + bT = 0.5.
        let speed = speed(-0.05, 10.0);
        assert!((speed - std::f64::consts::LN_2 / 10.0).abs() < 1e-15);
        assert!((half_life(speed) - 10.0).abs() < 1e-12);
        assert!(half_life(super::speed(0.01, 10.0)).is_nan());
        assert!(super::speed(-0.2, 10.0).is_nan());
    }
}
