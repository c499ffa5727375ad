//! COMET: between characteristic objects, whose order a judge has stated.

use indexmap::IndexMap;
use quanheng_words::text;

use super::mcdm::{Criterion, Ends, criteria, refuse_unknown};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    choice, fault, settings,
};
use crate::number::{self, Ties};

choice! {
    /// Who says which of two characteristic objects is better.
    pub enum Judge {
        /// TOPSIS in min-max scale.
        Topsis = "topsis",
        /// The weighted mean in min-max scale.
        Mean = "mean",
        /// The judgements that are stated.
        Stated = "stated",
    }
}

settings! {
    /// Settings of COMET.
    pub struct Comet {
        /// The characteristic values of single children, by their code, in ascending order, the least and the greatest that there can be included; of the others three of equal distances from the least to the greatest among the regions. With values stated for every child, no region can change the score of another one.
        values: IndexMap<String, Vec<f64>> = IndexMap::new(),
        /// Who says which of two characteristic objects is better: TOPSIS in min-max scale (`topsis`), the weighted mean in min-max scale (`mean`), or an expert whose judgements are stated (`stated`).
        judge: Judge = Judge::Topsis,
        /// The judgements of the expert: a row for each characteristic object, which has for each object 1 where the row's object is better, 0.5 where both are as good, and 0 where it is worse. The objects stand in the order of the children, the values of the last child changing fastest.
        judgements: Vec<Vec<f64>> = Vec::new(),
    }
}

/// The greatest number of characteristic objects.
const MOST: usize = 100_000;

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "comet",
    summary: "Puts characteristic objects, one for each combination of characteristic values, in order, and places each region between those around it",
    formula: "S = Σ over the objects of P·Π μ, with P = (place from the worst − 1) / (number of places − 1), and μ the triangular membership of x in the object's characteristic value",
    reference: "Sałabun (2015), Journal of Multi-Criteria Decision Analysis 22; with a method as judge: Paradowski, Bączkiewicz & Wątróbski (2021), Procedia Computer Science 192; triads: Sałabun, Shekhovtsov & Kizielewicz (2021), Computational Science – ICCS 2021, 715-727",
    settings: Comet::declared,
    make: |values: &Settings| {
        let method = Comet::read(values)?;
        for values in method.values.values() {
            if values.len() < 2 || values.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(fault("values", text!(expect_two_ascending)));
            }
        }
        if (method.judge == Judge::Stated) != is_judged(&method.judgements) {
            return Err(fault("judgements", text!(expect_judgements)));
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new("objects", "", Shape::FIGURE, "The number of characteristic objects."),
        Given::new("places", "", Shape::FIGURE, "The number of places that these take."),
        Given::new(
            "triads",
            "",
            Shape::FIGURE,
            "The share of every three objects whose judgements do not contradict each other; a formula as judge has 1.",
        ),
    ],
    example: || Example {
        columns: vec![vec![0.0, 2.0, 3.0, 4.0]],
        expected: vec![0.0, 0.5, 0.75, 1.0],
        source: "by hand: the objects 0, 2 and 4 have the places 1, 2 and 3".into(),
        ..Example::default()
    },
};

impl Aggregation for Comet {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.values.keys())?;
        let mut axes = Vec::new();
        for c in criteria(children)? {
            let code = &children.nodes[c.child].code;
            let stated = self.values.get(code);
            if let Some(values) = stated {
                let (least, greatest) = (values[0], values[values.len() - 1]);
                // The last digits of a score may lie beyond.
                let slack = 1e-9 * (greatest - least);
                c.refuse(
                    |x| x < least - slack || x > greatest + slack,
                    text!(needed_within, least = least, greatest = greatest),
                )?;
            } else if c.greatest == c.least {
                // A column without any spread says nothing.
                continue;
            }
            let middle = c.least + (c.greatest - c.least) / 2.0;
            let values = stated.cloned().unwrap_or_else(|| vec![c.least, middle, c.greatest]);
            axes.push(Axis { criterion: c, values });
        }
        let mut objects = 1_usize;
        for axis in &axes {
            objects = objects.saturating_mul(axis.values.len());
        }
        if objects > MOST {
            return Err(MethodError::Other(text!(too_many_objects, most = MOST)));
        }
        if axes.is_empty() && !out.is_empty() {
            return Err(MethodError::Other(text!(alike_all)));
        }
        if self.judge == Judge::Stated && self.judgements.len() != objects && !out.is_empty() {
            let stated = self.judgements.len();
            return Err(MethodError::Other(text!(judged_objects, stated = stated, n = objects)));
        }
        let (judged, places) = (&mut scratch.a, &mut scratch.b);
        judged.clear();
        judged.extend((0..objects).map(|object| self.judged(&axes, object)));
        places.clear();
        places.resize(objects, 0.0);
        number::rank(judged, Ties::Dense, 1e-9, &mut scratch.order, places);
        let last = places.iter().copied().fold(1.0, number::max);
        scratch.intermediate.figure("objects", objects as f64);
        scratch.intermediate.figure("places", last);
        if scratch.intermediate.is_asked() {
            scratch.intermediate.figure("triads", consistency(&self.judgements));
        }
        for (row, score) in out.iter_mut().enumerate() {
            // Where each axis has the value: after which characteristic value, and how far on the way to the next.
            let at: Vec<(usize, f64)> = axes.iter().map(|axis| axis.place(row)).collect();
            let mut sum = 0.0;
            for corner in 0..1_usize << axes.len() {
                let (mut object, mut share) = (0, 1.0);
                for (k, (axis, &(before, way))) in axes.iter().zip(&at).enumerate() {
                    let next = corner >> k & 1;
                    share *= if next == 1 { way } else { 1.0 - way };
                    object = object * axis.values.len() + before + next;
                }
                if share > 0.0 {
                    sum += share * (places[object] - 1.0);
                }
            }
            *score = sum / number::max(last - 1.0, 1.0);
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}

/// A child with its characteristic values, ascending.
struct Axis<'a> {
    criterion: Criterion<'a>,
    values: Vec<f64>,
}

impl Axis<'_> {
    /// After which characteristic value the value of a region is, and how far on the way to the next.
    fn place(&self, row: usize) -> (usize, f64) {
        let x = self.criterion.values[row];
        let before = self.values.partition_point(|value| *value <= x);
        let before = before.saturating_sub(1).min(self.values.len() - 2);
        let (from, to) = (self.values[before], self.values[before + 1]);
        (before, number::clamp((x - from) / (to - from), 0.0, 1.0))
    }

    /// How near a characteristic value is to the better end.
    fn score(&self, k: usize) -> f64 {
        let (least, greatest) = (self.values[0], self.values[self.values.len() - 1]);
        let cost = self.criterion.cost;
        let ends = Ends {
            best: if cost { least } else { greatest },
            worst: if cost { greatest } else { least },
        };
        (self.values[k] - ends.worst) / (ends.best - ends.worst)
    }
}

impl Comet {
    /// How good an object is, by its number: the values of the last axis change fastest.
    fn judged(&self, axes: &[Axis<'_>], object: usize) -> f64 {
        if let Some(row) = self.judgements.get(object) {
            return row.iter().sum();
        }
        let mut rest = object;
        let (mut near, mut far, mut sum) = (0.0, 0.0, 0.0);
        for axis in axes.iter().rev() {
            let score = axis.score(rest % axis.values.len());
            rest /= axis.values.len();
            let weight = axis.criterion.weight;
            near += weight * weight * (1.0 - score) * (1.0 - score);
            far += weight * weight * score * score;
            sum += weight * score;
        }
        match self.judge {
            Judge::Mean | Judge::Stated => sum,
            Judge::Topsis => {
                let (near, far): (f64, f64) = (near.sqrt(), far.sqrt());
                far / (near + far)
            }
        }
    }
}

/// Whether the judgements say of every two objects which is better, and the same from both sides.
fn is_judged(judgements: &[Vec<f64>]) -> bool {
    let square = judgements.iter().all(|row| row.len() == judgements.len());
    let agrees = |i: usize, j: usize| {
        [0.0, 0.5, 1.0].contains(&judgements[i][j]) && judgements[i][j] + judgements[j][i] == 1.0
    };
    let n = judgements.len();
    n > 0 && square && (0..n).all(|i| (0..n).all(|j| agrees(i, j)))
}

/// The share of every three objects whose judgements do not contradict each other.
///
/// If the first object is at least as good as the second, and the second as the third, the first is at least as good as the
/// third, and better if one of the two was better; and the same where they are worse.
fn consistency(judgements: &[Vec<f64>]) -> f64 {
    let n = judgements.len();
    let (mut all, mut contradictory) = (0_usize, 0_usize);
    for i in 0..n {
        for j in i + 1..n {
            for k in j + 1..n {
                let (first, second) = (judgements[i][j], judgements[j][k]);
                let follows = if first == 0.5 { second } else { first };
                // One step up and one down: anything may follow.
                let is_open =
                    number::max(first, second) == 1.0 && number::min(first, second) == 0.0;
                all += 1;
                contradictory += usize::from(!is_open && judgements[i][k] != follows);
            }
        }
    }
    if all == 0 { 1.0 } else { 1.0 - contradictory as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use indexmap::IndexMap;

    use super::super::TABLE;
    use super::consistency;
    use crate::conformance::Trial;
    use crate::evaluation::Evaluation;
    use crate::evaluation::tests::choose;
    use crate::method::{Example, Intermediate, Scratch, Settings, Value, find};
    use crate::methodology::{Methodology, Plan, Scope};
    use crate::model::{
        Column, Direction, Indicator, League, LeagueIx, NodeDraft, Period, PeriodIx, PeriodKind,
        Region, RegionIx, Study, System,
    };
    use crate::normalisation;

    /// The three matrices in pymcdm's test of `triads_consistency`.
    #[test]
    fn triads_of_pymcdm() {
        let ordered: Vec<Vec<f64>> = (0..6)
            .map(|i| {
                let better = |j| match i {
                    i if i == j => 0.5,
                    i if i < j => 0.0,
                    _ => 1.0,
                };
                (0..6).map(better).collect()
            })
            .collect();
        let mut matrix = ordered;
        for (turned, expected) in [(None, 1.0), (Some((0, 5)), 0.8), (Some((0, 3)), 0.75)] {
            if let Some((i, j)) = turned {
                (matrix[i][j], matrix[j][i]) = (matrix[j][i], matrix[i][j]);
            }
            assert!((consistency(&matrix) - expected).abs() < 1e-15);
        }
    }

    /// An expert who judges as the mean does, and one who puts the objects of one child in a circle.
    #[test]
    fn stated_judgements() {
        let columns = vec![vec![0.0, 2.0, 3.0, 4.0]];
        let run = |rows: [[f64; 3]; 3]| {
            let rows = rows.map(|row| Value::List(row.map(Value::Number).to_vec())).to_vec();
            let settings =
                Settings::from([("judge", "stated".into()), ("judgements", Value::List(rows))]);
            let method = (find(TABLE, "comet").unwrap().make)(&settings).unwrap();
            let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
            let example = Example { columns: columns.clone(), ..Example::default() };
            let scores = method.trial_in(&example, &mut scratch).unwrap();
            let given = scratch.intermediate.take();
            (scores, given.iter().find(|g| g.name == "triads").unwrap().values[0])
        };
        let ordered = run([[0.5, 0.0, 0.0], [1.0, 0.5, 0.0], [1.0, 1.0, 0.5]]);
        assert_eq!(ordered, (vec![0.0, 0.5, 0.75, 1.0], 1.0));
        let circle = run([[0.5, 0.0, 1.0], [1.0, 0.5, 0.0], [0.0, 1.0, 0.5]]);
        assert_eq!(circle, (vec![0.0; 4], 0.0));
    }

    /// Structural COMET (Shekhovtsov, Kołodziejczyk & Sałabun 2020, Symmetry 12(9), 1541) is a tree whose nodes are COMETs:
    /// the figures are those of pymcdm's test of `StructuralCOMET`.
    #[test]
    fn a_tree_of_comets() {
        let region = |at: usize| Region { code: format!("r{at:02}"), ..Region::default() };
        let rows: Vec<_> = (0..10).map(|r| (LeagueIx(0), PeriodIx(0), RegionIx(r))).collect();
        let column = |k: usize| CARS.iter().map(|row| row[k]).collect();
        let (study, _) = Study::new(
            (0..10).map(region).collect(),
            vec![League::default()],
            vec![Period { label: "2020".into(), kind: PeriodKind::Year, time: 2020.0 }],
            &rows,
            &(0..10).collect::<Vec<_>>(),
            (0..9).map(|k| (format!("c{}", k + 1), Column::new(column(k)))),
        );
        let node = |code: &str, parent: &str| {
            let less = ["c6", "c7", "c9"].contains(&code);
            let direction = if less { Direction::Negative } else { Direction::Positive };
            NodeDraft {
                code: code.into(),
                parent: (!parent.is_empty()).then(|| parent.into()),
                indicator: Indicator { direction, ..Indicator::default() },
                ..NodeDraft::default()
            }
        };
        let drafts = [("final", ""), ("p1", "final"), ("p3", "final"), ("p2", "final")]
            .into_iter()
            .chain([("c1", "p1"), ("c2", "p1"), ("c3", "p1"), ("c4", "p2"), ("c5", "p2")])
            .chain([("c6", "p3"), ("c7", "p3"), ("c8", "p3"), ("c9", "final")]);
        let system = System::new(drafts.map(|(code, parent)| node(code, parent)).collect());
        let system = Arc::new(system.unwrap());
        let none = choose(normalisation::TABLE, "none", &[]);
        let none = Plan::new(&system, none, vec![], true);
        let mut made = Methodology::new("m".into(), Arc::clone(&system), "s".into(), none);
        let values =
            VALUES.iter().map(|(code, values)| ((*code).to_owned(), values.to_vec().into()));
        let values: IndexMap<String, Value> = values.collect();
        let stated = ["final", "p1", "p2", "p3"].map(|code| {
            let at = system.find(code).unwrap();
            let children = system.nodes()[at.index()].children.iter();
            let own = children.map(|child| {
                let code = system.nodes()[child.index()].code.clone();
                (code.clone(), values[&code].clone())
            });
            let own = ("values", Value::Table(own.collect()));
            (Scope::Node(at), choose(TABLE, "comet", &[own]))
        });
        let default = choose(TABLE, "arithmetic", &[]);
        made.aggregation = Plan::new(&system, default, stated.into(), false);
        let e = Evaluation::new(Arc::new(study), Arc::new(made)).unwrap();
        for (code, expected) in SCORES {
            let scores = e.scores(system.find(code).unwrap());
            for (found, expected) in scores.values().iter().zip(expected) {
                assert!((found - expected).abs() < 5.1e-5, "{code}: {found}, expected {expected}");
            }
        }
    }

    const CARS: [[f64; 9]; 10] = [
        [3000.0, 96.0, 145.0, 200.0, 610.0, 10.0, 120.0, 99.0, 120.0],
        [2000.0, 100.0, 145.0, 200.0, 610.0, 10.0, 120.0, 99.0, 90.0],
        [705.0, 120.0, 170.0, 80.0, 270.0, 4.0, 30.0, 24.0, 25.0],
        [613.0, 140.0, 180.0, 140.0, 400.0, 8.0, 40.0, 24.2, 50.0],
        [350.0, 100.0, 110.0, 30.0, 196.0, 4.5, 15.0, 10.5, 12.9],
        [350.0, 100.0, 100.0, 30.0, 196.0, 4.5, 15.0, 10.5, 15.5],
        [350.0, 100.0, 150.0, 30.0, 196.0, 7.0, 35.0, 16.0, 18.7],
        [635.0, 110.0, 170.0, 49.0, 200.0, 8.0, 35.0, 22.5, 31.5],
        [340.0, 150.0, 160.0, 110.0, 500.0, 6.0, 10.0, 35.0, 45.0],
        [750.0, 57.0, 110.0, 10.0, 80.0, 8.0, 120.0, 35.0, 24.4],
    ];

    const VALUES: [(&str, [f64; 3]); 12] = [
        ("c1", [340.0, 909.3, 3000.0]),
        ("c2", [57.0, 107.3, 150.0]),
        ("c3", [100.0, 144.0, 180.0]),
        ("c4", [10.0, 87.9, 200.0]),
        ("c5", [80.0, 325.8, 610.0]),
        ("c6", [4.0, 7.0, 10.0]),
        ("c7", [10.0, 54.0, 120.0]),
        ("c8", [10.5, 37.57, 99.0]),
        ("c9", [12.9, 43.3, 120.0]),
        ("p1", [0.082_404_144_4, 0.453_869_58, 0.785_105_159]),
        ("p2", [0.0, 0.443_071_484, 1.0]),
        ("p3", [0.149_566_75, 0.481_255_932, 0.715_106_856]),
    ];

    #[expect(clippy::approx_constant, reason = "the figures are as the suite prints them")]
    const SCORES: [(&str, [f64; 10]); 4] = [
        ("p1", [0.7851, 0.6136, 0.5950, 0.7187, 0.1378, 0.0917, 0.3298, 0.5354, 0.6491, 0.0824]),
        ("p2", [1.0, 1.0, 0.3492, 0.6850, 0.1715, 0.1715, 0.1715, 0.2110, 0.6709, 0.0]),
        ("p3", [0.3684, 0.3684, 0.7151, 0.3927, 0.6439, 0.6439, 0.4342, 0.4062, 0.6901, 0.1496]),
        ("final", [0.5732, 0.5972, 0.7718, 0.6996, 0.4911, 0.4619, 0.4595, 0.5138, 0.8374, 0.1512]),
    ];
}
