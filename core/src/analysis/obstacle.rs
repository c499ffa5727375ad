//! Obstacle degrees: which indicators hold each region back.

use crate::method::{ABOVE_ZERO, settings};
use crate::model::NodeId;
use crate::number;

use super::finding::{FIRST, WHOLE, columns};
use super::{Cell, Column, Form, Found, Further, Kind, Need, Reason, Subject, analysis};

settings! {
    /// Settings of the obstacle degrees.
    pub(super) struct Settings {
        /// The full score of an indicator, with which 1 − score / full is what it lacks. Unless stated, an indicator lacks the share of the range of its normalisation that is above its score, or the share of its full marks that it has not got.
        full: Option<f64> [ABOVE_ZERO, f64::INFINITY] = None,
        /// The nodes whose obstacle degrees are the sums of those of the indicators below them; unless stated, those below the index.
        nodes: Vec<String> = Vec::new(),
    }
}

analysis!(Settings, compute, {
    name: "obstacle",
    label: "Obstacle degree",
    summary: "Which indicators hold each region back: the share of each indicator, and of each dimension, in what the region lacks.",
    formula: "O_ij = F_j·(1 − x_ij) / Σ_k F_k·(1 − x_ik), with F_j the weight of indicator j in the index (its factor contribution) and x_ij its score on a scale from 0 to 1; U_id = Σ_{j in d} O_ij for dimension d",
    reference: "None of its own: the obstacle degree model in common use in Chinese evaluations (factor contribution, deviation 1 − x, obstacle degree)",
    needs: Need::Nothing,
    forms: &[INDICATORS, REGIONS, DEGREES],
});

const DEGREE: Column = Column::decimals("degree", "Obstacle degree, %", 2);

const INDICATORS: Form = Form {
    name: "indicators",
    label: "Mean obstacle degrees",
    columns: &[
        columns::NODE,
        Column::decimals("contribution", "Factor contribution", 4),
        columns::N,
        Column::decimals("shortfall", "Deviation 1 − x", 4),
        DEGREE,
        Column::number("times_greatest", "Times greatest"),
    ],
    shown: WHOLE,
};

const REGIONS: Form = Form {
    name: "regions",
    label: "Greatest obstacles of each region",
    columns: &[
        columns::REGION,
        Column::text("obstacle", "Greatest obstacle"),
        DEGREE,
        Column::text("second", "Second obstacle").detail(),
        Column::decimals("second_degree", "Its degree, %", 2).detail(),
        Column::text("third", "Third obstacle").detail(),
        Column::decimals("third_degree", "Its degree, %", 2).detail(),
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

const DEGREES: Form = Form {
    name: "degrees",
    label: "Obstacle degrees of regions and indicators",
    columns: &[
        columns::REGION,
        columns::NODE,
        Column::number("place", "Place"),
        Column::decimals("contribution", "Factor contribution", 4),
        Column::decimals("shortfall", "Deviation 1 − x", 4),
        DEGREE,
    ],
    shown: 0,
};

/// The obstacle degrees of one region, as shares of 1: what each indicator lacks (1 − x, from 0 to 1; NaN where it has
/// no score, and then it has no degree either), times its factor contribution, over the sum of these products.
///
/// # Errors
/// A shortfall outside 0 to 1, contributions that are all zero, or a region that lacks nothing.
///
/// # Panics
/// If there are not as many contributions as shortfalls.
pub fn obstacles(contributions: &[f64], shortfalls: &[f64]) -> Result<Vec<f64>, Reason> {
    assert_eq!(contributions.len(), shortfalls.len(), "a contribution for each indicator");
    let there: Vec<usize> = (0..shortfalls.len()).filter(|&j| !shortfalls[j].is_nan()).collect();
    if there.is_empty() {
        return Err(Reason::TooFew { n: 0, least: 1 });
    }
    let n = there.iter().filter(|&&j| !(0.0..=1.0).contains(&shortfalls[j])).count();
    if n > 0 {
        return Err(Reason::OffScale { n });
    }
    if there.iter().all(|&j| contributions[j] <= 0.0) {
        return Err(Reason::NoWeights);
    }
    let products: Vec<f64> = contributions.iter().zip(shortfalls).map(|(f, d)| f * d).collect();
    let total = number::sum(&products);
    if total <= 0.0 {
        return Err(Reason::NothingLacks);
    }
    Ok(products.into_iter().map(|product| product / total).collect())
}

/// An indicator: its leaf, its factor contribution, and what each region of the slice lacks of it.
struct Indicator {
    leaf: NodeId,
    contribution: f64,
    shortfalls: Vec<f64>,
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let root = subject.root();
    let dimensions = subject.nodes(&settings.nodes, || subject.parts().to_vec())?;
    let indicators = indicators(subject, slice, settings.full)?;
    let regions = subject.regions(slice);
    let system = &subject.evaluation.methodology().system;
    let contributions: Vec<f64> = indicators.iter().map(|one| one.contribution).collect();
    let is_below: Vec<Vec<bool>> = dimensions
        .iter()
        .map(|&node| {
            let leaves = system.leaves_below(node);
            indicators.iter().map(|one| leaves.contains(&one.leaf)).collect()
        })
        .collect();

    let (mut table, mut degrees) = (Found::new(&REGIONS), Found::new(&DEGREES));
    table.more = dimensions
        .iter()
        .map(|&node| Further { of: Cell::Node(node), kind: Kind::Decimals(2) })
        .collect();
    // For each indicator the degrees of the regions that have one, and how often it is the greatest obstacle.
    let mut of_indicator = vec![(Vec::new(), 0_usize); indicators.len()];
    let index = subject.evaluation.ranks_in(root, slice);
    let mut order: Vec<usize> = (0..regions.len()).filter(|&i| !index[i].is_nan()).collect();
    number::sort_by_key(&mut order, &|i| index[i]);
    for i in order {
        let shortfalls: Vec<f64> = indicators.iter().map(|one| one.shortfalls[i]).collect();
        let found = match obstacles(&contributions, &shortfalls) {
            Ok(found) => found,
            Err(why) => {
                let nothing = std::iter::repeat_n(Cell::Empty, 6);
                let more = std::iter::repeat_n(Cell::Empty, dimensions.len());
                let head = [Cell::Region(regions[i])].into_iter();
                table.push(head.chain(nothing).chain([Cell::None(why)]).chain(more));
                continue;
            }
        };
        let there: Vec<usize> = (0..found.len()).filter(|&j| !found[j].is_nan()).collect();
        let mut greatest = there.clone();
        number::sort_items(&mut greatest, |&a, &b| number::ascending(-found[a], -found[b]));
        let mut row = vec![Cell::Region(regions[i])];
        for place in 0..3 {
            let at = greatest.get(place).filter(|&&j| found[j] > 0.0);
            row.push(at.map_or(Cell::Empty, |&j| Cell::Node(indicators[j].leaf)));
            row.push(at.map_or(Cell::Empty, |&j| (100.0 * found[j]).into()));
        }
        row.push(Cell::Empty);
        row.extend(is_below.iter().map(|below| {
            let of: Vec<f64> = there.iter().filter(|&&j| below[j]).map(|&j| found[j]).collect();
            Cell::from(if of.is_empty() { f64::NAN } else { 100.0 * number::sum(&of) })
        }));
        table.push(row);
        for (place, &j) in greatest.iter().enumerate() {
            of_indicator[j].0.push(found[j]);
            // Of equal degrees none is greater than the other.
            of_indicator[j].1 += usize::from(found[j] == found[greatest[0]]);
            degrees.push([
                Cell::Region(regions[i]),
                Cell::Node(indicators[j].leaf),
                (place + 1).into(),
                contributions[j].into(),
                shortfalls[j].into(),
                (100.0 * found[j]).into(),
            ]);
        }
    }
    let mut means = Found::new(&INDICATORS);
    let mean = |values: &[f64]| number::mean(values).unwrap_or(f64::NAN);
    let mut order: Vec<usize> = (0..indicators.len()).collect();
    let key = |j: usize| {
        let mean = mean(&of_indicator[j].0);
        if mean.is_nan() { f64::INFINITY } else { -mean }
    };
    number::sort_items(&mut order, |&a, &b| number::ascending(key(a), key(b)));
    for j in order {
        let (of, times) = &of_indicator[j];
        means.push([
            Cell::Node(indicators[j].leaf),
            contributions[j].into(),
            of.len().into(),
            mean(&indicators[j].shortfalls).into(),
            (100.0 * mean(of)).into(),
            (*times).into(),
        ]);
    }
    Ok(vec![means, table, degrees])
}

/// The indicators that have weight or not, in the order of the system.
///
/// # Errors
/// An indicator whose scores have no greatest value.
fn indicators(
    subject: &Subject<'_>,
    slice: usize,
    full: Option<f64>,
) -> Result<Vec<Indicator>, Reason> {
    let evaluation = subject.evaluation;
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let weights = evaluation.effective_weights(slice);
    let domains = methodology.domains();
    let rows = subject.study().panel.slices()[slice].rows.clone();
    let marks = |node: NodeId| evaluation.node_at(rows.start, node).full_marks;
    // Where scores are points that are added up, an indicator counts by its share of the full marks.
    let of_points = |leaf: NodeId| {
        let above = system.node(leaf).parent.unwrap_or(leaf);
        let points = methodology.aggregation.at(above).method.gives_points();
        marks(leaf).filter(|_| points && full.is_none())
    };
    let all_points = marks(subject.root())
        .filter(|all| *all > 0.0 && system.leaves().iter().all(|leaf| of_points(*leaf).is_some()));
    let each = system.leaves().iter().map(|&leaf| {
        let scores = subject.scores(leaf, slice);
        let marks = of_points(leaf).filter(|marks| *marks > 0.0);
        let domain = domains[leaf.index()];
        let (lower, upper) = match (full, marks) {
            (Some(full), _) => (0.0, full),
            (None, Some(marks)) => (0.0, marks),
            (None, None) => (domain.lower, domain.upper),
        };
        if !(lower.is_finite() && upper.is_finite() && lower < upper) {
            return Err(Reason::Unbounded(system.node(leaf).code.clone()));
        }
        let contribution = match (all_points, marks) {
            (Some(all), Some(marks)) => marks / all,
            _ => weights[leaf.index()],
        };
        let shortfalls = scores.iter().map(|score| (upper - score) / (upper - lower)).collect();
        Ok(Indicator { leaf, contribution, shortfalls })
    });
    each.collect()
}
