//! Sorting by a majority rule (MR-Sort), the plain form of ELECTRE TRI.
//!
//! Classes are stated by their limits: profile h says what a region should have in each child to be above limit h. A
//! region passes a limit where the children in which it reaches the limit carry enough weight, and where it falls short
//! of it nowhere by as much as a veto:
//!
//! ```text
//! passes(a, b)  ⇔  Σ_{k: a_k ≥ b_k} w_k ≥ majority  and  b_k - a_k < veto_k for every k
//! score(a)      =  how many profiles, from the lowest up, it passes
//! ```
//!
//! So a weak child cannot be bought off by a strong one, and no unit is exchanged for another: this is what sets it apart
//! from a mean with cut points. Leroy, Mousseau & Pirlot (2011), Algorithmic Decision Theory, LNAI 6992, 219-233; the
//! pessimistic rule of ELECTRE TRI in Roy & Bouyssou (1993), Aide multicritère à la décision.
//!
//! The work is a stage of aggregation, since it needs the children and their weights; `classes`, a tiering, gives the
//! numbers their names.

use quanheng_plugin::{
    Aggregation, Claims, Example, Fault, Given, Gives, Info, Method, Needs, Settings, Tiering,
    Value, setting,
};

/// A sum of weights this close to the majority is one.
const ROUNDING: f64 = 1e-9;

/// The rule with its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct MrSort {
    /// Codes of the children that the numbers belong to; none where each number holds for every child.
    children: Vec<String>,
    /// The profiles, the lowest first.
    profiles: Vec<Vec<f64>>,
    /// For each child by its place in `children`, or one for every child, or none.
    vetoes: Vec<f64>,
    majority: f64,
}

impl Method for MrSort {
    fn info() -> Info {
        Info {
            zh: "多数规则分级法",
            formula: "score = number of profiles b, from the lowest up, with Σ_{k: a_k ≥ b_k} w_k ≥ majority and b_k - a_k < veto_k for every k",
            reference: "Leroy, Mousseau & Pirlot (2011), Algorithmic Decision Theory, LNAI 6992, 219-233; Roy & Bouyssou (1993), Aide multicritère à la décision, for ELECTRE TRI",
            settings: vec![
                setting(
                    "profiles",
                    Vec::<f64>::new(),
                    "The limits between classes, the lowest first: one number each, or one for each of `children`, row after row.",
                )
                .required(),
                setting(
                    "children",
                    Vec::<&str>::new(),
                    "The codes of the children that the numbers of a profile belong to; none where one number holds for all.",
                ),
                setting(
                    "majority",
                    0.5,
                    "The least weight of the children that reach a limit for the region to pass it.",
                )
                .between(0.5, 1.0),
                setting(
                    "veto",
                    Vec::<f64>::new(),
                    "How far below a limit bars the way whatever the others say: one number, or one for each of `children`; none for no veto.",
                ),
            ],
            needs: Needs { oriented: true, ..Needs::default() },
            gives: Gives::Between(0.0, f64::INFINITY),
            claims: Claims {
                monotone: true,
                zero_weight: true,
                absent: true,
                rowwise: true,
                ..Claims::default()
            },
            example: Some(Example {
                settings: vec![
                    ("profiles", Value::from(vec![50.0, 70.0])),
                    ("majority", 0.6.into()),
                    ("veto", vec![40.0].into()),
                ],
                columns: vec![
                    vec![80.0, 60.0, 90.0, 95.0, 40.0],
                    vec![75.0, 55.0, 90.0, 40.0, 45.0],
                    vec![30.0, 90.0, 25.0, 75.0, 100.0],
                ],
                weights: vec![0.4, 0.3, 0.3],
                expected: vec![1.0, 1.0, 1.0, 2.0, 0.0],
                source: "by hand: the first region reaches 70 with a weight of 0.7, but its third child is 40 below it, \
                         a veto; the second reaches 70 with 0.3 only; the fourth is 30 below it in one child, which is none",
                ..Example::default()
            }),
            ..Info::new(
                "mr_sort",
                "Counts the limiting profiles that a weighted majority of the children reaches, none falling far below.",
            )
        }
    }

    fn make(settings: &Settings) -> Result<Self, String> {
        let children = settings.texts("children").to_vec();
        if let Some(k) = (1..children.len()).find(|&k| children[..k].contains(&children[k])) {
            return Err(format!("children: `{}` is there twice", children[k]));
        }
        let numbers = settings.numbers("profiles");
        let wide = if children.is_empty() { 1 } else { children.len() };
        if numbers.is_empty() || !numbers.len().is_multiple_of(wide) {
            return Err(format!(
                "profiles: must have {wide} numbers for each profile, and has {} in all",
                numbers.len()
            ));
        }
        let profiles: Vec<Vec<f64>> = numbers.chunks(wide).map(<[f64]>::to_vec).collect();
        for (h, pair) in profiles.windows(2).enumerate() {
            if let Some(k) = (0..wide).find(|&k| pair[0][k] > pair[1][k]) {
                let whose = children.get(k).map_or(String::new(), |c| format!(" for `{c}`"));
                return Err(format!(
                    "profiles: must not fall, and go from {} in profile {} to {} in the next{whose}",
                    pair[0][k],
                    h + 1,
                    pair[1][k]
                ));
            }
        }
        let vetoes = settings.numbers("veto").to_vec();
        if !vetoes.is_empty() && vetoes.len() != 1 && vetoes.len() != wide {
            return Err(format!("veto: must have 1 number or {wide}, and has {}", vetoes.len()));
        }
        if vetoes.iter().any(|v| *v <= 0.0) {
            return Err("veto: must be above 0".to_owned());
        }
        Ok(MrSort { children, profiles, vetoes, majority: settings.number("majority") })
    }
}

impl Aggregation for MrSort {
    fn aggregate(&self, given: &Given<'_>, out: &mut [f64]) -> Result<(), Fault> {
        let places = self.places((0..given.width()).map(|k| given.code(k)))?;
        let columns: Vec<&[f64]> = given.columns().collect();
        for (row, score) in out.iter_mut().enumerate() {
            let region: Vec<Child> = (0..columns.len())
                .map(|k| Child {
                    place: places[k],
                    value: columns[k][row],
                    weight: given.weight(row, k),
                })
                .collect();
            *score = self.score(&region);
        }
        Ok(())
    }
}

/// A child of one region.
#[derive(Clone, Copy, Debug)]
struct Child {
    /// Which number of a profile is its own.
    place: usize,
    value: f64,
    weight: f64,
}

impl MrSort {
    /// Which number of a profile each child has.
    fn places<'a>(&self, codes: impl Iterator<Item = &'a str>) -> Result<Vec<usize>, Fault> {
        if self.children.is_empty() {
            return Ok(codes.map(|_| 0).collect());
        }
        let place = |code: &str| {
            self.children.iter().position(|c| c == code).ok_or_else(|| {
                Fault::new(format!(
                    "`children` has no `{code}`: its profiles are unknown; it has {}",
                    self.children.join(", ")
                ))
            })
        };
        codes.map(place).collect()
    }

    /// How many profiles a region passes, the lowest first. NaN where it has no child with a weight.
    fn score(&self, region: &[Child]) -> f64 {
        // An absent child has no weight, and a child without weight has no say and no veto.
        let speaks = |child: &&Child| child.weight > 0.0 && !child.value.is_nan();
        if region.iter().filter(speaks).count() == 0 {
            return f64::NAN;
        }
        let passes = |profile: &Vec<f64>| {
            let mut weight = 0.0;
            for child in region.iter().filter(speaks) {
                let short = profile[child.place] - child.value;
                if short <= 0.0 {
                    weight += child.weight;
                }
                let veto = match self.vetoes.as_slice() {
                    [] => f64::INFINITY,
                    [every] => *every,
                    each => each[child.place],
                };
                if short >= veto {
                    return false;
                }
            }
            weight >= self.majority - ROUNDING
        };
        self.profiles.iter().take_while(|p| passes(p)).count() as f64
    }
}

/// Names for the numbers that `mr_sort` gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    count: usize,
}

impl Method for Classes {
    fn info() -> Info {
        Info {
            zh: "等级命名",
            formula: "tier = number of labels - score",
            reference: "Leroy, Mousseau & Pirlot (2011), Algorithmic Decision Theory, LNAI 6992, 219-233",
            settings: vec![
                setting(
                    "labels",
                    Vec::<&str>::new(),
                    "The names of the classes, the best first: one more than there are profiles.",
                )
                .required(),
            ],
            claims: Claims { monotone: true, absent: true, ..Claims::default() },
            example: Some(Example {
                settings: vec![("labels", Value::from(vec!["good", "fair", "poor"]))],
                columns: vec![vec![2.0, 0.0, 1.0, f64::NAN, 2.0]],
                expected: vec![1.0, 3.0, 2.0, f64::NAN, 1.0],
                source: "by hand: three classes, of which 2 profiles passed is the best",
                ..Example::default()
            }),
            ..Info::new("classes", "Names the classes that `mr_sort` counts from 0 upwards.")
        }
    }

    fn make(settings: &Settings) -> Result<Self, String> {
        match settings.texts("labels").len() {
            0 | 1 => Err("labels: must have at least two names".to_owned()),
            count => Ok(Classes { count }),
        }
    }
}

impl Tiering for Classes {
    fn tiers(&self, given: &Given<'_>, out: &mut [f64]) -> Result<(), Fault> {
        for (row, (tier, score)) in out.iter_mut().zip(given.values()).enumerate() {
            let class = *score >= 0.0 && *score < self.count as f64 && score.fract() == 0.0;
            if !class && !score.is_nan() {
                return Err(Fault::at(
                    row,
                    format!(
                        "{score} is no number of a class from 0 to {}: state a label for each class, best first",
                        self.count - 1
                    ),
                ));
            }
            *tier = self.count as f64 - score;
        }
        Ok(())
    }
}

quanheng_plugin::export! { aggregation: MrSort, tiering: Classes }

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(profiles: &[&[f64]], vetoes: &[f64], majority: f64) -> MrSort {
        let profiles: Vec<Vec<f64>> = profiles.iter().map(|p| p.to_vec()).collect();
        let children = (0..profiles[0].len()).map(|k| format!("c{k}")).collect();
        MrSort { children, profiles, vetoes: vetoes.to_vec(), majority }
    }

    fn region(values: &[f64], weights: &[f64]) -> Vec<Child> {
        let child = |place| Child { place, value: values[place], weight: weights[place] };
        (0..values.len()).map(child).collect()
    }

    const EQUAL: [f64; 3] = [1.0 / 3.0; 3];

    #[test]
    fn each_child_has_its_own_limits() {
        let rule = sort(&[&[10.0, 0.5, 3.0], &[20.0, 0.8, 4.0]], &[], 0.6);
        let score = |values: [f64; 3]| rule.score(&region(&values, &EQUAL));
        assert_eq!(score([9.0, 0.4, 9.0]), 0.0);
        assert_eq!(score([10.0, 0.5, 0.0]), 1.0, "a limit that is met counts");
        assert_eq!(score([10.0, 0.9, 4.0]), 2.0, "two of three");
        assert_eq!(score([20.0, 0.5, 3.9]), 1.0);
    }

    #[test]
    fn a_veto_bars_the_way() {
        let rule = sort(&[&[50.0, 50.0, 50.0]], &[30.0, 10.0, 20.0], 0.5);
        let score = |values: [f64; 3]| rule.score(&region(&values, &EQUAL));
        assert_eq!(score([50.0, 90.0, 30.1]), 1.0);
        assert_eq!(score([50.0, 90.0, 30.0]), 0.0, "as far below as the veto");
        assert_eq!(score([50.0, 40.0, 90.0]), 0.0, "each child has its own");
    }

    #[test]
    fn a_majority_by_rounding_is_one() {
        // In binary 0.7 + 0.1 is less than 0.8.
        let rule = sort(&[&[1.0, 1.0, 1.0]], &[], 0.8);
        assert_eq!(rule.score(&region(&[1.0, 1.0, 0.0], &[0.7, 0.1, 0.2])), 1.0);
        assert_eq!(rule.score(&region(&[1.0, 1.0, 0.0], &[0.7, 0.0999, 0.2001])), 0.0);
    }

    #[test]
    fn who_has_no_weight_has_no_say() {
        let rule = sort(&[&[1.0, 1.0, 1.0]], &[0.5], 0.5);
        assert_eq!(rule.score(&region(&[2.0, 2.0, f64::NAN], &[0.5, 0.5, 0.0])), 1.0);
        assert_eq!(rule.score(&region(&[2.0, 2.0, -9.0], &[0.5, 0.5, 0.0])), 1.0, "nor a veto");
        assert!(rule.score(&region(&[f64::NAN; 3], &[f64::NAN; 3])).is_nan());
    }

    /// Leroy, Mousseau & Pirlot's point: with profiles that never fall, a region that passes one profile passes those
    /// below it.
    #[test]
    fn classes_are_nested() {
        let rule = sort(&[&[1.0, 2.0], &[2.0, 2.0], &[3.0, 4.0]], &[2.0, 3.0], 0.5);
        let alone = |h: usize| MrSort { profiles: vec![rule.profiles[h].clone()], ..rule.clone() };
        for a in 0..12 {
            for b in 0..12 {
                let region = region(&[f64::from(a) / 2.0, f64::from(b) / 2.0], &[0.6, 0.4]);
                let passed = (0..3).filter(|&h| alone(h).score(&region) == 1.0).count();
                assert_eq!(rule.score(&region), passed as f64, "{a} {b}");
            }
        }
    }

    #[test]
    fn children_by_their_codes() {
        let rule = sort(&[&[1.0, 2.0, 3.0]], &[], 0.5);
        assert_eq!(rule.places(["c2", "c0"].into_iter()), Ok(vec![2, 0]));
        assert!(rule.places(["c9"].into_iter()).is_err());
        let every = MrSort { children: vec![], profiles: vec![vec![1.0]], ..rule };
        assert_eq!(every.places(["x", "y"].into_iter()), Ok(vec![0, 0]));
    }
}
