//! Coupling coordination: how well the subsystems of each region develop, and how evenly.

use quanheng_words::text;

use crate::method::{ABOVE_ZERO, SettingError, choice, fault, settings};
use crate::number;

use super::finding::{FIRST, WHOLE, columns};
use super::{Cell, Column, Form, Found, Further, Kind, Need, Reason, Subject, Word, analysis};

choice! {
    /// How the degree of coupling is found.
    pub enum Model {
        /// The geometric mean over the arithmetic mean, to the power of a coefficient.
        Standard = "standard",
        /// Corrected so that it spreads over the whole range from 0 to 1.
        Corrected = "corrected",
    }
}

choice! {
    /// Over which regions subsystems are rescaled.
    pub enum Over {
        /// Those of every period together.
        Panel = "panel",
        /// Those of each period by themselves.
        Period = "period",
    }
}

settings! {
    /// Settings of the coupling coordination.
    pub(super) struct Settings {
        /// The subsystems, by code; unless stated, the nodes below the index.
        nodes: Vec<String> = Vec::new(),
        /// `standard` is the degree of coupling of Liao (1999) with the corrected coefficient; `corrected` is that of Wang, Kong, Ren et al. (2021), which spreads over the whole range from 0 to 1.
        model: Model = Model::Standard,
        /// The power k in C = (Π u / (Σ u / n)^n)^k of the standard model; 1/n unless stated, with which C is the geometric over the arithmetic mean.
        exponent: Option<f64> [ABOVE_ZERO, f64::INFINITY] = None,
        /// The weights of the subsystems in T, in the order of `nodes`; unless stated, those that they have in the index.
        weights: Vec<f64> = Vec::new(),
        /// The full score of a subsystem, by which scores are divided to lie between 0 and 1; the greatest score that the methods allow unless stated.
        full: Option<f64> [ABOVE_ZERO, f64::INFINITY] = None,
        /// Two numbers between 0 and 1, such as `[0.01, 0.99]`, to which the scores of each subsystem are rescaled from their least and greatest; they stay as they are unless stated.
        rescale: Vec<f64> = Vec::new(),
        /// Over which regions the least and greatest scores are found where `rescale` is stated.
        over: Over = Over::Panel,
        /// What a score below it counts as, so that one subsystem at zero does not make every degree zero.
        floor: f64 [0.0, 1.0] = 0.0,
        /// The degrees D at which the grades begin, in ascending order; 0.1, 0.2 … 0.9 unless stated, which make ten grades. A degree at a bound is in the higher grade.
        cuts: Vec<f64> = Vec::new(),
        /// The names of the grades, best first, one more than `cuts`.
        labels: Vec<String> = Vec::new(),
    }
}

analysis!(Settings, compute, check = sound, {
    name: "coupling",
    label: "Coupling coordination",
    summary: "How evenly the subsystems of each region develop (C), how far (T), and both together (D), with ten grades.",
    formula: "C = (Π u_k / (Σ u_k / n)^n)^(1/n), or corrected C = √((1 − Σ_{i>j} |u_i − u_j| / (n(n − 1)/2)) · (Π u_k / max u)^(1/(n − 1)) / max u); T = Σ w_k u_k; D = √(C·T)",
    reference: "Liao (1999), Tropical Geography 19(2), 171-177, for the degree and its ten grades; Wang, Kong, Ren et al. (2021), Journal of Natural Resources 36(3), 793-810, for both forms of C",
    needs: Need::Nothing,
    forms: &[DEGREES, GRADES, PERIODS],
});

const C: Column = Column::decimals("c", "Coupling C", 4);
const T: Column = Column::decimals("t_development", "Development T", 4);
const D: Column = Column::decimals("d", "Coordination D", 4);

const DEGREES: Form = Form {
    name: "degrees",
    label: "Degrees of regions",
    columns: &[
        columns::REGION,
        C,
        T,
        D,
        Column::text("grade", "Grade"),
        Column::text("weakest", "Weakest subsystem").detail(),
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

const GRADES: Form = Form {
    name: "grades",
    label: "Regions by grade",
    columns: &[
        Column::text("grade", "Grade"),
        columns::N,
        columns::SHARE,
        Column::text("regions", "Regions"),
    ],
    shown: WHOLE,
};

const PERIODS: Form = Form {
    name: "periods",
    label: "Means by period",
    columns: &[
        columns::PERIOD,
        columns::N,
        C,
        T,
        D,
        Column::text("grade", "Grade"),
        Column::decimals("least", "Least", 4).detail(),
        Column::decimals("greatest", "Greatest", 4).detail(),
    ],
    shown: FIRST,
};

/// The degree of coupling of subsystems from 0 to 1: the standard one to the power of `exponent` (1/n where none is
/// stated), or the corrected one. It is 0 where a subsystem is at 0.
///
/// # Panics
/// With fewer than two subsystems.
pub fn coupling(subsystems: &[f64], model: Model, exponent: Option<f64>) -> f64 {
    let n = subsystems.len();
    assert!(n >= 2, "coupling is between subsystems");
    let greatest = subsystems.iter().copied().fold(0.0, number::max);
    if greatest <= 0.0 {
        return 0.0;
    }
    // Each is divided by the greatest first, so that no product becomes too small to be a number.
    let shares: Vec<f64> = subsystems.iter().map(|u| u / greatest).collect();
    let product: f64 = shares.iter().product();
    match model {
        Model::Standard => {
            let mean = number::sum(&shares) / n as f64;
            let even = libm::pow(product, 1.0 / n as f64) / mean;
            // Even subsystems may come out at a little more than 1.
            let even = number::min(even, 1.0);
            match exponent {
                None => even,
                Some(k) => libm::pow(even, n as f64 * k),
            }
        }
        Model::Corrected => {
            let mut gaps = Vec::new();
            for (i, a) in subsystems.iter().enumerate() {
                gaps.extend(subsystems[..i].iter().map(|b| (a - b).abs()));
            }
            let spread = number::sum(&gaps) / gaps.len() as f64;
            let ratio = libm::pow(product, 1.0 / (n - 1) as f64);
            number::max((1.0 - spread) * ratio, 0.0).sqrt()
        }
    }
}

/// What `cuts`, `labels`, `rescale` and `weights` must be, beside each other.
fn sound(settings: &Settings) -> Result<(), SettingError> {
    let Settings { cuts, labels, rescale, weights, nodes, .. } = settings;
    let inside = |x: &f64| *x > 0.0 && *x < 1.0;
    if !cuts.iter().all(inside) || !cuts.is_sorted_by(|a, b| a < b) {
        return Err(fault("cuts", text!(expect_cuts_of_degrees)));
    }
    let grades = if cuts.is_empty() { Word::GRADES.len() } else { cuts.len() + 1 };
    if labels.len() != grades && !(labels.is_empty() && cuts.is_empty()) {
        return Err(fault("labels", text!(expect_labels_of_grades, n = grades)));
    }
    if !rescale.is_empty() && !matches!(rescale[..], [a, b] if 0.0 <= a && a < b && b <= 1.0) {
        return Err(fault("rescale", text!(expect_two_ends)));
    }
    let n = nodes.len();
    let some = weights.iter().all(|w| *w >= 0.0) && weights.iter().any(|w| *w > 0.0);
    if !weights.is_empty() && (!some || (n > 0 && n != weights.len())) {
        return Err(fault("weights", text!(expect_weights_of_subsystems)));
    }
    Ok(())
}

/// The degrees of a region.
struct Degrees {
    c: f64,
    t: f64,
    d: f64,
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let now = subject.now()?;
    let nodes = subject.nodes(&settings.nodes, || subject.parts().to_vec())?;
    let n = nodes.len();
    if n < 2 {
        return Err(Reason::TooFewSubsystems { n });
    }
    if !settings.weights.is_empty() && settings.weights.len() != n {
        return Err(Reason::WeightsOfOthers { weights: settings.weights.len(), nodes: n });
    }
    let scales = nodes.iter().map(|&node| scale(subject, node, settings.full));
    let scales: Vec<f64> = scales.collect::<Result<_, _>>()?;
    let slices = subject.slices();
    let mut subsystems: Vec<Vec<Vec<f64>>> = slices
        .iter()
        .map(|&slice| {
            let of = |(&node, scale): (&_, &f64)| -> Vec<f64> {
                subject.scores(node, slice).iter().map(|x| x / scale).collect()
            };
            nodes.iter().zip(&scales).map(of).collect()
        })
        .collect();
    if let [lower, upper] = settings.rescale[..] {
        for k in 0..n {
            rescale(&mut subsystems, k, (lower, upper), settings.over)?;
        }
    }
    let (mut degrees, mut periods) = (Found::new(&DEGREES), Found::new(&PERIODS));
    let further = |&node: &_| Further { of: Cell::Node(node), kind: Kind::Decimals(4) };
    degrees.more = nodes.iter().map(further).collect();
    let mut grades = Found::new(&GRADES);
    for (&slice, of_slice) in slices.iter().zip(&subsystems) {
        let regions = subject.regions(slice);
        let weights = weights(subject, slice, &nodes, settings)?;
        let of_region = |i: usize| -> Vec<f64> { of_slice.iter().map(|u| u[i]).collect() };
        let all: Vec<Result<Degrees, Reason>> =
            (0..regions.len()).map(|i| degrees_of(&of_region(i), &weights, settings)).collect();
        let values = |of: &dyn Fn(&Degrees) -> f64| -> Vec<f64> {
            all.iter().map(|found| found.as_ref().map_or(f64::NAN, of)).collect()
        };
        let (c, t, d) = (values(&|x| x.c), values(&|x| x.t), values(&|x| x.d));
        let mean = |values: &[f64]| number::mean(values).unwrap_or(f64::NAN);
        let (least, greatest) = number::extremes(&d).unwrap_or((f64::NAN, f64::NAN));
        let grade_of = |d: f64| grade(d, settings).map_or(Cell::Empty, |at| cell(at, settings));
        periods.push([
            Cell::Period(subject.period_of(slice)),
            number::count(&d).into(),
            mean(&c).into(),
            mean(&t).into(),
            mean(&d).into(),
            grade_of(mean(&d)),
            least.into(),
            greatest.into(),
        ]);
        if slice != now {
            continue;
        }
        let mut order: Vec<usize> = (0..regions.len()).collect();
        let takes_part = |i: &usize| !of_region(*i).iter().all(|u| u.is_nan());
        order.retain(takes_part);
        let key = |i: usize| if d[i].is_nan() { f64::INFINITY } else { -d[i] };
        number::sort_by_key(&mut order, &key);
        for &i in &order {
            let u = of_region(i);
            let row: Vec<Cell> = match &all[i] {
                Ok(found) => {
                    let least = u.iter().copied().fold(f64::INFINITY, number::min);
                    let weakest = nodes.iter().zip(&u).filter(|(_, u)| **u == least);
                    let weakest = weakest.map(|(&node, _)| node).collect();
                    vec![
                        found.c.into(),
                        found.t.into(),
                        found.d.into(),
                        grade_of(found.d),
                        Cell::Nodes(weakest),
                        Cell::Empty,
                    ]
                }
                Err(why) => {
                    let nothing = std::iter::repeat_n(Cell::Empty, 5);
                    nothing.chain([Cell::None(why.clone())]).collect()
                }
            };
            let head = [Cell::Region(regions[i])].into_iter();
            degrees.push(head.chain(row).chain(u.into_iter().map(Cell::from)));
        }
        let counted = number::count(&d);
        for at in 0..count(settings) {
            let members = order.iter().filter(|&&i| grade(d[i], settings) == Some(at));
            let members: Vec<_> = members.map(|&i| regions[i]).collect();
            let share = if counted > 0 {
                Cell::Percent(100.0 * members.len() as f64 / counted as f64, 2)
            } else {
                Cell::Empty
            };
            grades.push([cell(at, settings), members.len().into(), share, Cell::Regions(members)]);
        }
    }
    // Over one period the means say nothing that the degrees do not.
    if slices.len() == 1 {
        periods.rows.clear();
    }
    let tables = [degrees, grades, periods];
    Ok(tables.into_iter().filter(|table| !table.rows.is_empty()).collect())
}

/// By what the scores of a node are divided to lie between 0 and 1.
fn scale(
    subject: &Subject<'_>,
    node: crate::model::NodeId,
    full: Option<f64>,
) -> Result<f64, Reason> {
    let evaluation = subject.evaluation;
    let methodology = evaluation.methodology();
    let domain = methodology.domains()[node.index()];
    let upper = full.unwrap_or(domain.upper);
    if upper.is_finite() && upper > 0.0 {
        return Ok(upper);
    }
    Err(Reason::Unbounded(methodology.system.node(node).code.clone()))
}

/// Rescales one subsystem from its least and greatest scores to two ends.
fn rescale(
    subsystems: &mut [Vec<Vec<f64>>],
    k: usize,
    (lower, upper): (f64, f64),
    over: Over,
) -> Result<(), Reason> {
    let all: Vec<f64> = subsystems.iter().flat_map(|of| of[k].iter().copied()).collect();
    for of_slice in subsystems {
        let among = match over {
            Over::Panel => &all,
            Over::Period => &of_slice[k],
        };
        let Some((least, greatest)) = number::extremes(among) else { continue };
        if least == greatest {
            return Err(Reason::Constant);
        }
        for u in &mut of_slice[k] {
            *u = lower + (upper - lower) * (*u - least) / (greatest - least);
        }
    }
    Ok(())
}

/// The weights of the subsystems in a slice, with a sum of one.
fn weights(
    subject: &Subject<'_>,
    slice: usize,
    nodes: &[crate::model::NodeId],
    settings: &Settings,
) -> Result<Vec<f64>, Reason> {
    let stated = match settings.weights.is_empty() {
        false => settings.weights.clone(),
        true => {
            let effective = subject.evaluation.effective_weights(slice);
            nodes.iter().map(|node| effective[node.index()]).collect()
        }
    };
    let sum = number::sum(&stated);
    if sum > 0.0 { Ok(stated.iter().map(|w| w / sum).collect()) } else { Err(Reason::NoWeights) }
}

fn degrees_of(u: &[f64], weights: &[f64], settings: &Settings) -> Result<Degrees, Reason> {
    let there = number::count(u);
    if there < u.len() {
        return Err(Reason::AbsentSubsystems { n: u.len() - there });
    }
    let raised: Vec<f64> = u.iter().map(|u| number::max(*u, settings.floor)).collect();
    let n = raised.iter().filter(|u| !(0.0..=1.0).contains(*u)).count();
    if n > 0 {
        return Err(Reason::OffScale { n });
    }
    let c = coupling(&raised, settings.model, settings.exponent);
    let t = number::dot(weights, &raised);
    Ok(Degrees { c, t, d: (c * t).sqrt() })
}

const CUTS: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// How many grades there are.
fn count(settings: &Settings) -> usize {
    if settings.cuts.is_empty() { CUTS.len() + 1 } else { settings.cuts.len() + 1 }
}

/// The grade of a degree, 0 being the best.
fn grade(d: f64, settings: &Settings) -> Option<usize> {
    let cuts = if settings.cuts.is_empty() { &CUTS[..] } else { &settings.cuts };
    (!d.is_nan()).then(|| cuts.iter().filter(|cut| d < **cut).count())
}

fn cell(at: usize, settings: &Settings) -> Cell {
    match settings.labels.get(at) {
        Some(label) => Cell::Tier(at as _, count(settings), label.clone()),
        None => Cell::Word(Word::GRADES[at]),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_subsystems() {
        // C = 2√(0.2·0.8) / (0.2 + 0.8) = 0.8, with k = 2 its fourth power; corrected √((1 − 0.6)·0.2/0.8).
        let of = |model, k| coupling(&[0.2, 0.8], model, k);
        assert!((of(Model::Standard, None) - 0.8).abs() < 1e-15);
        assert!((of(Model::Standard, Some(2.0)) - 0.8 * 0.8 * 0.8 * 0.8).abs() < 1e-15);
        assert!((of(Model::Corrected, None) - 0.1_f64.sqrt()).abs() < 1e-15);
        assert_eq!(coupling(&[0.0, 0.0], Model::Corrected, None), 0.0);
    }

    #[test]
    fn a_degree_at_a_bound_is_in_the_higher_grade() {
        let settings = Settings::read(&Default::default()).expect("defaults");
        for (d, at) in [(0.0, 9), (0.1, 8), (0.0999, 9), (0.5, 4), (0.9, 0), (1.0, 0)] {
            assert_eq!(grade(d, &settings), Some(at), "{d}");
        }
        assert_eq!(grade(f64::NAN, &settings), None);
    }

    proptest! {
        #[test]
        fn even_subsystems_are_coupled_and_others_less(
            u in prop::collection::vec(0.01_f64..1.0, 2..6), level in 0.01_f64..1.0,
        ) {
            for model in [Model::Standard, Model::Corrected] {
                let even = coupling(&vec![level; u.len()], model, None);
                prop_assert!((even - 1.0).abs() < 1e-12);
                let c = coupling(&u, model, None);
                prop_assert!((0.0..=1.0).contains(&c));
                let mut other = u.clone();
                other.reverse();
                prop_assert!((coupling(&other, model, None) - c).abs() < 1e-12);
            }
        }
    }
}
