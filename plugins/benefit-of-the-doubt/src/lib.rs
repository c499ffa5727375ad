//! Benefit of the doubt, with bounds on what share of a region's score each child makes up.
//!
//! For region r with values s ≥ 0 (more is better) and children k, weights u of its own choice:
//!
//! ```text
//! S_r = max  Σ u_k s_rk
//!       over u ≥ 0
//!       with Σ u_k s_ik ≤ 1                                   for every region i
//!            lower_k Σ u_j s_rj ≤ u_k s_rk ≤ upper_k Σ u_j s_rj   for every child k
//! ```
//!
//! The best region under its own weights scores 1, and no region scores more. The score is that of Cherchye, Moesen,
//! Rogge & Van Puyenbroeck (2007), Social Indicators Research 82, 111-145; the bounds on shares are those of Wong &
//! Beasley (1990), Journal of the Operational Research Society 41(9), 829-835, laid on the region itself.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};
use quanheng_plugin::{
    Aggregation, Claims, Example, Fault, Given, Gives, Info, Intermediate, Method, Needs, Settings,
    setting,
};

/// The method with its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct BenefitOfTheDoubt {
    every: Share,
    own: Vec<(String, Share)>,
}

/// The least and the greatest share of a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The least.
    pub lower: f64,
    /// The greatest.
    pub upper: f64,
}

impl Share {
    /// Any share.
    pub const ANY: Share = Share { lower: 0.0, upper: 1.0 };
}

impl Method for BenefitOfTheDoubt {
    fn info() -> Info {
        Info {
            zh: "有利怀疑法（份额约束）",
            formula: "S = max Σ u·s over u ≥ 0 with Σ u·s ≤ 1 for every region, and lower·S ≤ u·s ≤ upper·S for each child",
            reference: "Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), Social Indicators Research 82, 111-145; bounds on shares: Wong & Beasley (1990), Journal of the Operational Research Society 41(9), 829-835",
            settings: vec![
                setting(
                    "lower",
                    0.0,
                    "The least share of a region's score that each child makes up.",
                )
                .between(0.0, 1.0),
                setting("upper", 1.0, "The greatest share that a child makes up.")
                    .between(0.0, 1.0),
                setting(
                    "children",
                    Vec::<&str>::new(),
                    "Codes of children with bounds of their own.",
                ),
                setting("lowers", Vec::<f64>::new(), "The least shares of these, in their order.")
                    .between(0.0, 1.0),
                setting(
                    "uppers",
                    Vec::<f64>::new(),
                    "The greatest shares of these, in their order.",
                )
                .between(0.0, 1.0),
            ],
            needs: Needs { non_negative: true, complete: true, oriented: true, ..Needs::default() },
            gives: Gives::Between(0.0, 1.0),
            claims: Claims { monotone: true, scale: true, zero_weight: true, ..Claims::default() },
            example: Some(Example {
                settings: vec![("lower", 0.25.into())],
                columns: vec![vec![4.0, 2.0, 1.0], vec![2.0, 4.0, 3.0]],
                expected: vec![1.0, 1.0, 2.0 / 3.0],
                source: "by hand: unbounded, the third region would have 3/4 by u = (0, 1/4); a share of 1/4 for the first \
                         child means u1 ≥ u2, so that u = (1/6, 1/6) is the best, and 1/6 + 3/6 the score",
                ..Example::default()
            }),
            ..Info::new(
                "benefit_of_the_doubt",
                "Scores each region with the weights that suit it best, within bounds on the share of each child.",
            )
        }
    }

    fn make(settings: &Settings) -> Result<Self, String> {
        let every = Share { lower: settings.number("lower"), upper: settings.number("upper") };
        if every.lower > every.upper {
            return Err("lower: must be at most `upper`".to_owned());
        }
        let codes = settings.texts("children");
        let bounds = |name: &str, otherwise: f64| match settings.numbers(name) {
            [] => Ok(vec![otherwise; codes.len()]),
            stated if stated.len() == codes.len() => Ok(stated.to_vec()),
            stated => Err(format!(
                "{name}: must have a number for each of the {} codes in `children`, and has {}",
                codes.len(),
                stated.len()
            )),
        };
        let (lowers, uppers) = (bounds("lowers", every.lower)?, bounds("uppers", every.upper)?);
        let mut own: Vec<(String, Share)> = Vec::new();
        for (k, code) in codes.iter().enumerate() {
            let share = Share { lower: lowers[k], upper: uppers[k] };
            if share.lower > share.upper {
                return Err(format!("lowers: that of `{code}` must be at most that of `uppers`"));
            }
            if own.iter().any(|(other, _)| other == code) {
                return Err(format!("children: `{code}` is there twice"));
            }
            own.push((code.clone(), share));
        }
        Ok(BenefitOfTheDoubt { every, own })
    }
}

impl Aggregation for BenefitOfTheDoubt {
    fn aggregate(&self, given: &Given<'_>, out: &mut [f64]) -> Result<(), Fault> {
        if let Some((code, _)) =
            self.own.iter().find(|(c, _)| (0..given.width()).all(|k| given.code(k) != c.as_str()))
        {
            return Err(Fault::new(format!("`children` names `{code}`, which is no child here")));
        }
        let columns: Vec<&[f64]> = given.columns().collect();
        let shares: Vec<Share> = (0..given.width())
            .map(|k| {
                let own = self.own.iter().find(|(code, _)| code == given.code(k));
                own.map_or(self.every, |(_, share)| *share)
            })
            .collect();
        let counts: Vec<bool> = given.weights().iter().map(|w| *w > 0.0).collect();
        let found = weighed(&columns, &shares, &counts, out)?;
        if given.is_asked() {
            let weights: Vec<f64> = found.concat();
            let result = Intermediate::regions_siblings("weights", columns.len(), &weights);
            given.give(&result.one_of_several());
        }
        Ok(())
    }
}

/// Writes the scores of all regions into `out`. A child that does not count is left out.
///
/// # Errors
/// A cell without a value or below zero, bounds that contradict each other, or no region to compare with.
pub fn scores(
    columns: &[&[f64]],
    shares: &[Share],
    counts: &[bool],
    out: &mut [f64],
) -> Result<(), Fault> {
    weighed(columns, shares, counts, out).map(|_| ())
}

/// As [`scores`]; gives the weights that were found for each region, NaN where it has no score above zero.
fn weighed(
    columns: &[&[f64]],
    shares: &[Share],
    counts: &[bool],
    out: &mut [f64],
) -> Result<Vec<Vec<f64>>, Fault> {
    for (k, column) in columns.iter().enumerate() {
        for (row, x) in column.iter().enumerate() {
            if x.is_nan() {
                return Err(Fault::at(row, format!("child {} has no value: impute before", k + 1)));
            }
            if *x < 0.0 {
                return Err(Fault::at(
                    row,
                    format!("child {} is {x}, and shares need 0 or above", k + 1),
                ));
            }
        }
    }
    // Each column in units of its greatest value: the score does not depend on the unit, and the numbers of the program
    // lie between 0 and 1. A column of zeros adds nothing under any weight, and is kept for its bound alone.
    let mut used: Vec<(usize, f64)> = Vec::new();
    for (k, column) in columns.iter().enumerate() {
        let greatest = column.iter().fold(0.0, |m, x| if *x > m { *x } else { m });
        if counts[k] && (greatest > 0.0 || shares[k].lower > 0.0) {
            used.push((k, if greatest > 0.0 { greatest } else { 1.0 }));
        }
    }
    let bounds: Vec<Share> = used.iter().map(|&(k, _)| shares[k]).collect();
    let rows: Vec<Vec<f64>> = (0..out.len())
        .map(|row| used.iter().map(|&(k, greatest)| columns[k][row] / greatest).collect())
        .collect();
    if out.is_empty() {
        return Ok(Vec::new());
    }
    if rows.iter().flatten().all(|x| *x == 0.0) {
        return Err(Fault::new(
            "no region has a value above 0, so that there is nothing to score against",
        ));
    }
    let (least, most) =
        bounds.iter().fold((0.0, 0.0), |(l, u), share| (l + share.lower, u + share.upper));
    if least > 1.0 + 1e-12 || most < 1.0 - 1e-12 {
        return Err(Fault::new(format!(
            "the shares of {} children cannot add up to 1: their lower bounds add up to {least}, their upper bounds to {most}",
            bounds.len()
        )));
    }
    let rivals = frontier(&rows);
    let mut found = Vec::with_capacity(out.len());
    for (row, score) in out.iter_mut().enumerate() {
        let best = best(&rows[row], &rivals, &bounds).map_err(|words| Fault::at(row, words))?;
        let mut weights = vec![0.0; columns.len()];
        for (&(k, greatest), u) in used.iter().zip(&best.1) {
            weights[k] = u / greatest;
        }
        if best.0 <= 0.0 {
            weights.fill(f64::NAN);
        }
        *score = best.0;
        found.push(weights);
    }
    Ok(found)
}

/// The regions that no other one equals or beats in everything: only these can be the first to reach 1.
fn frontier(rows: &[Vec<f64>]) -> Vec<&[f64]> {
    let beats = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a >= b);
    let mut kept: Vec<&[f64]> = Vec::new();
    for row in rows {
        if !kept.iter().any(|other| beats(other, row)) {
            kept.retain(|other| !beats(row, other));
            kept.push(row);
        }
    }
    // In an order of their own, so that the order of the regions does not reach the program.
    kept.sort_by(|a, b| {
        let differ = a.iter().zip(*b).find(|(a, b)| a != b);
        differ.map_or(std::cmp::Ordering::Equal, |(a, b)| b.total_cmp(a))
    });
    kept
}

/// How far a rival may be above 1 before it counts as forgotten.
const CLOSE: f64 = 1e-12;
/// How far it may be where it was not forgotten, but the program left it there.
const LOOSE: f64 = 1e-9;

/// The greatest score of one region, and weights that give it.
///
/// Few rivals matter to a region. The program starts with the best one in each child, and adds the region that its
/// weights bring furthest above 1, until no region is above 1. Its value without some rivals is never below the true
/// one; the weights, made smaller until the best rival has 1, give a value that is never above it. So the two enclose
/// it.
fn best(own: &[f64], rivals: &[&[f64]], bounds: &[Share]) -> Result<(f64, Vec<f64>), String> {
    let strongest = |k: usize| rivals.iter().position(|r| r[k] >= 1.0);
    let mut taken: Vec<usize> = (0..own.len()).filter_map(strongest).collect();
    taken.dedup();
    loop {
        let weights = program(own, taken.iter().map(|&i| rivals[i]), bounds)?;
        let worth = |values: &[f64]| values.iter().zip(&weights).map(|(s, u)| s * u).sum::<f64>();
        let mut greatest = (0, 0.0);
        for (i, rival) in rivals.iter().enumerate() {
            let worth = worth(rival);
            if worth > greatest.1 {
                greatest = (i, worth);
            }
        }
        let (first, greatest) = greatest;
        if greatest > 1.0 + CLOSE && !taken.contains(&first) {
            taken.push(first);
            continue;
        }
        if greatest > 1.0 + LOOSE {
            return Err("its linear program was not solved exactly enough".to_owned());
        }
        let score = worth(own);
        if score <= CLOSE || greatest <= 0.0 {
            return Ok((0.0, weights));
        }
        // The shares do not depend on the size of the weights: so scaled, the best rival has 1 to the last digit.
        let score = score / greatest;
        let weights = weights.iter().map(|u| u / greatest).collect();
        return Ok((if score > 1.0 - 1e-11 { 1.0 } else { score }, weights));
    }
}

/// The weights that are best for one region, where only these rivals are to have 1 at most.
fn program<'a>(
    own: &[f64],
    rivals: impl Iterator<Item = &'a [f64]>,
    bounds: &[Share],
) -> Result<Vec<f64>, String> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let weights: Vec<_> = own.iter().map(|s| problem.add_var(*s, (0.0, f64::INFINITY))).collect();
    for rival in rivals {
        let terms = weights.iter().copied().zip(rival.iter().copied());
        problem.add_constraint(terms, ComparisonOp::Le, 1.0);
    }
    for (k, share) in bounds.iter().enumerate() {
        // u_k s_k - share Σ u_j s_j, at least 0 for the lower bound, at most 0 for the upper one.
        let beyond = |share: f64| {
            let part =
                move |j: usize| if j == k { own[k] - share * own[j] } else { -share * own[j] };
            weights.iter().copied().enumerate().map(move |(j, u)| (u, part(j))).collect::<Vec<_>>()
        };
        if share.lower > 0.0 {
            problem.add_constraint(beyond(share.lower), ComparisonOp::Ge, 0.0);
        }
        if share.upper < 1.0 {
            problem.add_constraint(beyond(share.upper), ComparisonOp::Le, 0.0);
        }
    }
    let solved = problem.solve().map_err(|error| match error {
        Error::Infeasible => "the bounds on shares cannot hold together".to_owned(),
        other => format!("its linear program has no solution: {other}"),
    })?;
    let solution = solved.into_solution().map_err(|_| "its linear program ran out of steps")?;
    let values = weights.iter().map(|u| solution.var_value(*u));
    Ok(values.map(|u| if u > 0.0 { u } else { 0.0 }).collect())
}

quanheng_plugin::export! { aggregation: BenefitOfTheDoubt }

#[cfg(test)]
mod tests {
    use super::*;

    fn all(columns: &[Vec<f64>], shares: &[Share]) -> Result<Vec<f64>, Fault> {
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut out = vec![f64::NAN; columns[0].len()];
        scores(&columns, shares, &vec![true; columns.len()], &mut out)?;
        Ok(out)
    }

    /// The greatest score over every corner of the polytope of weights: each place where as many constraints meet as
    /// there are weights, and the others hold.
    fn corners(columns: &[Vec<f64>], shares: &[Share], row: usize) -> f64 {
        let n = columns.len();
        let own: Vec<f64> = columns.iter().map(|c| c[row]).collect();
        // Each a·u ≤ b.
        let mut half: Vec<(Vec<f64>, f64)> = Vec::new();
        for i in 0..columns[0].len() {
            half.push((columns.iter().map(|c| c[i]).collect(), 1.0));
        }
        for k in 0..n {
            let only = |x: f64| (0..n).map(|j| if j == k { x } else { 0.0 }).collect::<Vec<_>>();
            half.push((only(-1.0), 0.0));
            let part = only(own[k]);
            half.push(((0..n).map(|j| shares[k].lower * own[j] - part[j]).collect(), 0.0));
            half.push(((0..n).map(|j| part[j] - shares[k].upper * own[j]).collect(), 0.0));
        }
        let worth = |a: &[f64], u: &[f64]| a.iter().zip(u).map(|(a, u)| a * u).sum::<f64>();
        let mut best = 0.0;
        for chosen in subsets(half.len(), n) {
            let Some(u) = meet(chosen.iter().map(|&c| half[c].clone()).collect()) else { continue };
            let score = worth(&own, &u);
            if score > best && half.iter().all(|(a, b)| worth(a, &u) <= b + 1e-10) {
                best = score;
            }
        }
        best
    }

    fn subsets(of: usize, size: usize) -> Vec<Vec<usize>> {
        if size == 0 {
            return vec![Vec::new()];
        }
        let with = |last: usize| {
            subsets(last, size - 1).into_iter().map(move |mut s| {
                s.push(last);
                s
            })
        };
        (size - 1..of).flat_map(with).collect()
    }

    /// Where planes meet, by elimination; `None` where they do not meet in one point.
    fn meet(mut rows: Vec<(Vec<f64>, f64)>) -> Option<Vec<f64>> {
        let n = rows.len();
        for at in 0..n {
            let pivot =
                (at..n).max_by(|&a, &b| rows[a].0[at].abs().total_cmp(&rows[b].0[at].abs()))?;
            rows.swap(at, pivot);
            let (head, value) = rows[at].clone();
            if head[at].abs() < 1e-9 {
                return None;
            }
            for (r, (row, right)) in rows.iter_mut().enumerate() {
                if r != at {
                    let factor = row[at] / head[at];
                    row.iter_mut().zip(&head).for_each(|(x, h)| *x -= factor * h);
                    *right -= factor * value;
                }
            }
        }
        Some(rows.iter().enumerate().map(|(k, (row, right))| right / row[k]).collect())
    }

    #[test]
    fn as_every_corner_has_it() {
        let columns = [
            vec![4.0, 2.0, 1.0, 3.0, 0.5],
            vec![2.0, 4.0, 3.0, 0.0, 0.5],
            vec![1.0, 3.0, 0.2, 5.0, 2.0],
        ];
        let one = |lower, upper| Share { lower, upper };
        for shares in [
            [Share::ANY; 3],
            [one(0.1, 1.0); 3],
            [one(0.0, 0.5); 3],
            [one(0.2, 0.5); 3],
            [one(0.3, 0.4), Share::ANY, one(0.0, 0.25)],
        ] {
            for width in [2, 3] {
                let (columns, shares) = (&columns[..width], &shares[..width]);
                if shares.iter().map(|s| s.upper).sum::<f64>() < 1.0 {
                    continue;
                }
                for (row, score) in all(columns, shares).expect("scores").into_iter().enumerate() {
                    let known = corners(columns, shares, row);
                    assert!((score - known).abs() < 1e-9, "{shares:?} {row}: {score}, {known}");
                }
            }
        }
    }

    #[test]
    fn a_share_is_a_share() {
        // Alone among equals, a child of the region itself decides: 3 of 10 at least.
        let columns = vec![vec![10.0, 1.0], vec![1.0, 10.0]];
        let shares = [Share { lower: 0.3, upper: 1.0 }; 2];
        // The best has 0.7 from its strong child and 0.3 from its weak one: u = (0.07, 0.3) brings the other to 3.07.
        let ratio = (0.7 + 0.3) / (0.07 + 3.0);
        let found = all(&columns, &shares).expect("scores");
        for score in found {
            assert!((score - ratio).abs() < 1e-12 && score < 1.0, "{score}, {ratio}");
        }
    }

    #[test]
    fn zeros() {
        let columns = vec![vec![4.0, 0.0, 0.0], vec![2.0, 4.0, 0.0]];
        assert_eq!(all(&columns, &[Share::ANY; 2]).expect("scores"), [1.0, 1.0, 0.0]);
        // A zero in a child with a lower bound: no weights give a score.
        let asked = [Share { lower: 0.1, upper: 1.0 }; 2];
        assert_eq!(all(&columns, &asked).expect("scores")[1..], [0.0, 0.0]);
        assert!(all(&[vec![0.0; 3]], &[Share::ANY]).is_err());
        assert!(all(&[vec![1.0, f64::NAN]], &[Share::ANY]).is_err());
        assert!(all(&[vec![1.0, -1.0]], &[Share::ANY]).is_err());
        assert_eq!(all(&[vec![]], &[Share::ANY]).expect("nothing to score"), []);
    }

    #[test]
    fn only_the_frontier_is_a_rival() {
        let rows = [vec![1.0, 0.0], vec![0.5, 0.5], vec![0.5, 0.4], vec![0.5, 0.5], vec![0.0, 1.0]];
        assert_eq!(frontier(&rows), [&[1.0, 0.0][..], &[0.5, 0.5], &[0.0, 1.0]]);
    }

    #[test]
    fn bounds_of_one_child() {
        let settings = Settings::from([
            ("lower", 0.0.into()),
            ("upper", 1.0.into()),
            ("children", vec!["x2"].into()),
            ("uppers", vec![0.25].into()),
        ]);
        let method = BenefitOfTheDoubt::make(&settings).expect("made");
        let columns: [&[f64]; 2] = [&[4.0, 2.0], &[2.0, 4.0]];
        let mut out = [f64::NAN; 2];
        let run = |given: &Given<'_>| method.aggregate(given, &mut out);
        Given::with(&columns, &[0.5, 0.5], run).expect("scores");
        // The second has at most a quarter of x2: u2 · 4 ≤ u1 · 2 / 3, so u = (6, 1) / 26 and 16/26 of the first's 26/26.
        assert_eq!(out[0], 1.0);
        assert!((out[1] - 16.0 / 26.0).abs() < 1e-12, "{out:?}");
    }
}
