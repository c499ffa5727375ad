//! PROSA-C: PROMETHEE II less what a region's flows are apart from their mean.

use indexmap::IndexMap;

use super::mcdm::{ByChild, criteria, refuse_unknown, zeros};
use super::promethee::{Method, Preference};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Only, Scratch, Settings, Shape,
    Units, settings,
};

settings! {
    /// Settings of PROSA-C.
    pub struct ProsaC {
        /// The shape of the preference for a difference.
        preference: Preference = Preference::Usual,
        /// The difference from which preference is full.
        p: f64 [0, 1e300] = 0.5 => Only::Is("preference", &["vshape", "level", "vshape_2"]),
        /// The difference up to which there is none.
        q: f64 [0, 1e300] = 0.0 => Only::Is("preference", &["ushape", "level", "vshape_2"]),
        /// The deviation of the Gaussian shape.
        s: f64 [0, 1e300] = 0.5 => Only::Is("preference", &["gaussian"]),
        /// Whether `p`, `q` and `s` are shares of a column's range rather than differences themselves.
        relative: bool = false => Only::Stated("preference"),
        /// The settings `preference`, `p`, `q`, `s` and `relative` of single children, by their code: `children.x1.p = 3`; what is left out is as for the others.
        children: IndexMap<String, Settings> = IndexMap::new(),
        /// How much of the distance between the flow in a child and the net flow is taken off: the more, the less can other children make up for it.
        balance: f64 [0, 1] = 0.3,
        /// The same for single children, by their code, from 0 to 1.
        balances: ByChild = ByChild::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "prosa_c",
    summary: "PROSA-C: the net flow of PROMETHEE II, less the weighted distances of a region's flows in the children from it, so that balanced regions come first",
    formula: "S = φ − Σ w·s·|φ_j − φ|, with φ_j(a) = Σ_b (P(a − b) − P(b − a)) / (n − 1) in a child, and φ = Σ w·φ_j",
    reference: "Ziemba (2019), Sustainability 11",
    settings: ProsaC::declared,
    make: |values: &Settings| {
        let ProsaC { balance, balances, .. } = ProsaC::read(values)?;
        let mut flows = values.clone();
        flows.0.retain(|key, _| !["balance", "balances"].contains(&key.as_str()));
        if balances.values().any(|share| !(0.0..=1.0).contains(share)) {
            return Err(crate::method::SettingError {
                setting: "balances".to_owned(),
                fault: crate::method::SettingFault::OutOfRange { least: 0.0, greatest: 1.0 },
            });
        }
        Ok(Box::new(Balanced { flows: Method::new(&flows)?, balance, balances }))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new("phi", "φ", Shape::REGIONS, "The net flow of PROMETHEE II."),
        Given::new("distance", "", Shape::REGIONS, "What is taken off the net flow."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![1.0, 3.0, 2.0]],
        expected: vec![-1.0, 0.5 - 0.3 * 0.5, 0.5 - 0.3 * 0.5],
        source: "by hand: flows of −1 and −1, 0 and 1, 1 and 0, so that φ = −1, 0.5 and 0.5".into(),
        ..Example::default()
    },
};

struct Balanced {
    flows: Method,
    balance: f64,
    balances: ByChild,
}

impl Aggregation for Balanced {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        self.flows.refuse_unknown(children)?;
        refuse_unknown(children, self.balances.keys())?;
        let others = crate::number::max(out.len() as f64 - 1.0, 1.0);
        let criteria: Vec<_> = criteria(children)?.collect();
        out.fill(0.0);
        for c in criteria.iter().filter(|c| c.greatest > c.least) {
            self.flows.add_flows(c, children, c.weight, out);
        }
        out.iter_mut().for_each(|flow| *flow /= others);
        scratch.intermediate.regions("phi", out.iter().copied());
        let distances = zeros(&mut scratch.a, out);
        for c in &criteria {
            let own = zeros(&mut scratch.b, out);
            if c.greatest > c.least {
                self.flows.add_flows(c, children, 1.0, own);
            }
            let balance = self.balances.get(&children.nodes[c.child].code);
            let share = c.weight * balance.copied().unwrap_or(self.balance);
            for ((distance, own), flow) in distances.iter_mut().zip(own.iter()).zip(&*out) {
                *distance += share * (own / others - flow).abs();
            }
        }
        scratch.intermediate.regions("distance", distances.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score -= distances[row];
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn scale(&self, _: &[f64], weights: &[f64]) -> f64 {
        weights.iter().sum()
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn compares_regions(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(-2.0, 1.0)
    }
}
