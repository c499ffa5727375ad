//! ELECTRE II: two rankings by a strong and a weak relation of outranking.

use quanheng_words::text;

use super::electre::{CONCORDANCE, DISCORDANCE, Discordance, Pairs, at_least};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    fault, settings,
};
use crate::model::Direction;
use crate::number;

settings! {
    /// Settings of ELECTRE II.
    pub struct Electre2 {
        /// The least concordance of the strong relation with the greater discordance.
        c_high: f64 [0, 1] = 0.65,
        /// The least concordance of the strong relation with the lesser discordance.
        c_middle: f64 [0, 1] = 0.5,
        /// The least concordance of the weak relation.
        c_low: f64 [0, 1] = 0.35,
        /// The greater bound of discordance.
        d_high: f64 [0, 1] = 0.65,
        /// The lesser bound of discordance.
        d_low: f64 [0, 1] = 0.35,
        /// What the distance behind is measured in: the greatest range of all children, for columns in one scale (`all`), or the range of the child itself (`own`).
        range: Discordance = Discordance::All,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "electre_2",
    summary: "ELECTRE II: the mean of a region's places in a ranking from the top and in one from the bottom, by strong and weak outranking; less is better",
    formula: "with c(a, b) > c(b, a): strong where c ≥ c_high and d ≤ d_high, or c ≥ c_middle and d ≤ d_low; weak where c ≥ c_low and d ≤ d_high",
    reference: "Roy & Bertier (1973), La méthode ELECTRE II, in OR'72; Maystre, Pictet & Simos (1994), Méthodes multicritères ELECTRE",
    settings: Electre2::declared,
    make: |values: &Settings| {
        let method = Electre2::read(values)?;
        if !(method.c_low <= method.c_middle && method.c_middle <= method.c_high) {
            return Err(fault("c_middle", text!(expect_between_c)));
        }
        if method.d_low > method.d_high {
            return Err(fault("d_low", text!(expect_at_most_d_high)));
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("direct", "V′", Shape::REGIONS, "The place in the ranking from the top."),
        Given::new(
            "inverse",
            "V″",
            Shape::REGIONS,
            "The place in the ranking from the bottom, 1 being the best.",
        ),
        CONCORDANCE,
        DISCORDANCE,
        Given::new(
            "outranking",
            "",
            Shape::REGIONS_REGIONS,
            "2 where the region of the row strongly outranks that of the column, 1 where weakly, else 0.",
        ),
    ],
    example: || Example {
        columns: vec![vec![3.0, 2.0, 0.0], vec![3.0, 3.0, 4.0]],
        weights: vec![3.0, 1.0],
        expected: vec![1.0, 2.0, 3.0],
        source:
            "by hand: c(1, 2) = 1, c(1, 3) = c(2, 3) = 3/4, and none is behind by more than 1/4"
                .into(),
        ..Example::default()
    },
};

impl Aggregation for Electre2 {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let rows = out.len();
        let pairs = Pairs::new(children, rows, self.range)?;
        let relation = |a: usize, b: usize| {
            let (c, back, d) =
                (pairs.concordance(a, b), pairs.concordance(b, a), pairs.discordance(a, b));
            let within = |least: f64, most: f64| at_least(c, least) && at_least(most, d);
            match () {
                () if c - back <= 1e-9 => Relation::None,
                () if within(self.c_high, self.d_high) || within(self.c_middle, self.d_low) => {
                    Relation::Strong
                }
                () if within(self.c_low, self.d_high) => Relation::Weak,
                () => Relation::None,
            }
        };
        let relations: Vec<Relation> =
            (0..rows * rows).map(|k| relation(k / rows, k % rows)).collect();
        let direct = places(rows, &|a, b| relations[a * rows + b]);
        let mut inverse = places(rows, &|a, b| relations[b * rows + a]);
        let last = inverse.iter().copied().fold(0.0, number::max);
        inverse.iter_mut().for_each(|place| *place = last + 1.0 - *place);
        for (row, score) in out.iter_mut().enumerate() {
            *score = (direct[row] + inverse[row]) / 2.0;
        }
        let into = &mut scratch.intermediate;
        into.regions("direct", direct);
        into.regions("inverse", inverse);
        pairs.give(into);
        into.pairs("outranking", rows, |a, b| match relations[a * rows + b] {
            Relation::None => 0.0,
            Relation::Weak => 1.0,
            Relation::Strong => 2.0,
        });
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn compares_regions(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { direction: Direction::Negative, lower: 1.0, ..Domain::ANY }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    None,
    Weak,
    Strong,
}

/// The places in the ranking from the top: those that no other one of the rest strongly outranks, and of them not those
/// that another one of them weakly outranks. Where a circuit leaves none, all of the step before take the place.
fn places(rows: usize, relation: &dyn Fn(usize, usize) -> Relation) -> Vec<f64> {
    let mut places = vec![0.0; rows];
    let mut rest: Vec<usize> = (0..rows).collect();
    let mut place = 0.0;
    let free = |of: &[usize], by: Relation| -> Vec<usize> {
        let beaten = |b: usize| of.iter().any(|&a| a != b && relation(a, b) == by);
        let free: Vec<usize> = of.iter().copied().filter(|&b| !beaten(b)).collect();
        if free.is_empty() { of.to_vec() } else { free }
    };
    while !rest.is_empty() {
        place += 1.0;
        let top = free(&free(&rest, Relation::Strong), Relation::Weak);
        top.iter().for_each(|&row| places[row] = place);
        rest.retain(|row| !top.contains(row));
    }
    places
}
