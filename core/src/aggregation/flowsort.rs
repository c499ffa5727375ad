//! FlowSort: sorting regions into ordered categories by the flows of PROMETHEE between each region and profiles.

use indexmap::IndexMap;
use quanheng_words::text;

use super::mcdm::{Criterion, criteria, refuse_unknown};
use super::profiles::{BY_PROFILE, Profiles, how_many, of_child};
use super::promethee::{self, Preference};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Only, Scratch, Settings, Shape,
    Units, Value, choice, settings,
};
use crate::model::{Direction, Indicator};

choice! {
    /// What the profiles stand for.
    pub enum Kind { Limiting = "limiting", Boundary = "boundary", Central = "central" }
}

choice! {
    /// The flow by which a region is sorted.
    pub enum Flow { Net = "net", Leaving = "leaving", Entering = "entering" }
}

settings! {
    /// Settings of FlowSort.
    pub struct FlowSort {
        /// Of every child of weight above 0, by its code, its values in the profiles from the worst to the best one.
        profiles: Profiles = Profiles::new(),
        /// What profiles stand for: the limits of the categories with the worst and the best value that there can be, so that there is one more of them than categories (`limiting`); only the limits between two categories, so that there is one fewer (`boundary`); or the middle of each category (`central`).
        kind: Kind = Kind::Limiting,
        /// The flow that decides: the net flow, the leaving flow φ⁺ or the entering flow φ⁻.
        flow: Flow = Flow::Net,
        /// The shape of the preference for a difference.
        preference: Preference = Preference::Usual,
        /// The difference from which preference is full.
        p: f64 [0, 1e300] = 0.5 => Only::Is("preference", &["vshape", "level", "vshape_2"]),
        /// The difference up to which there is none.
        q: f64 [0, 1e300] = 0.0 => Only::Is("preference", &["ushape", "level", "vshape_2"]),
        /// The deviation of the Gaussian shape.
        s: f64 [0, 1e300] = 0.5 => Only::Is("preference", &["gaussian"]),
        /// Whether `p`, `q` and `s` are shares of the way from the worst profile to the best rather than differences themselves.
        relative: bool = false => Only::Stated("preference"),
        /// The settings `preference`, `p`, `q`, `s` and `relative` of single children, by their code: `children.x1.p = 3`; what is left out is as for the others.
        children: IndexMap<String, Settings> = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "flowsort",
    summary: "FlowSort: the category of a region, 1 being the worst, by the flows of preference between it and the profiles of the categories; cut points halfway between the categories then make them tiers",
    formula: "limiting and boundary: S = 1 + the number of limits r between two categories with φ(a) > φ(r); central: S = the h for which |φ(a) − φ(r_h)| is least, the worse of two; φ = φ⁺ − φ⁻ among the region and the K profiles, φ⁺(x) = Σ_y Σ w·P(x − y) / K, φ⁻(x) = Σ_y Σ w·P(y − x) / K",
    reference: "Nemery & Lamboray (2008), TOP 16, 90-113",
    settings: FlowSort::declared,
    make: |values: &Settings| {
        let FlowSort { profiles, kind, flow, .. } = FlowSort::read(values)?;
        let count = match kind {
            Kind::Limiting => how_many(&profiles, 2, text!(expect_profiles_limiting))?,
            Kind::Boundary | Kind::Central => how_many(&profiles, 1, text!(expect_profiles))?,
        };
        let mut flows = values.clone();
        flows.0.retain(|key, _| !["profiles", "kind", "flow"].contains(&key.as_str()));
        let preferences = promethee::Method::new(&flows)?;
        Ok(Box::new(Method { preferences, profiles, count, kind, flow }))
    },
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: false },
    intermediate: &[
        Given::new("net", "", Shape::REGIONS, "The category by the net flow, 1 being the worst."),
        Given::new(
            "leaving",
            "",
            Shape::REGIONS,
            "The category by the leaving flow, 1 being the worst.",
        ),
        Given::new(
            "entering",
            "",
            Shape::REGIONS,
            "The category by the entering flow, 1 being the worst.",
        ),
        Given::new(
            "phi_plus",
            "φ⁺",
            Shape::REGIONS,
            "The leaving flow: how far the region is preferred to the profiles.",
        ),
        Given::new(
            "phi_minus",
            "φ⁻",
            Shape::REGIONS,
            "The entering flow: how far the profiles are preferred to it.",
        ),
        Given::new("phi", "φ", Shape::REGIONS, "The net flow φ⁺ − φ⁻."),
        Given::new(
            "profiles_plus",
            "φ⁺(r)",
            BY_PROFILE,
            "The leaving flow of each profile beside the region, from the worst profile to the best.",
        ),
        Given::new(
            "profiles_minus",
            "φ⁻(r)",
            BY_PROFILE,
            "The entering flow of each profile beside the region, from the worst profile to the best.",
        ),
    ],
    example: || {
        let profiles = [
            ("x1", vec![12.0, 15.0, 18.0]),
            ("x2", vec![80.0, 68.0, 55.0]),
            ("x3", vec![16.0, 18.0, 20.0]),
        ];
        let profiles = profiles.map(|(code, of)| (code.to_owned(), of.into()));
        let shape = |word: &str| ("preference".to_owned(), word.into());
        let children = [
            ("x1", vec![shape("ushape"), ("q".to_owned(), 1.0.into())]),
            (
                "x2",
                vec![
                    shape("vshape_2"),
                    ("q".to_owned(), 5.0.into()),
                    ("p".to_owned(), 10.0.into()),
                ],
            ),
        ];
        let children =
            children.map(|(code, own)| (code.to_owned(), Value::Table(own.into_iter().collect())));
        let less = Indicator { direction: Direction::Negative, ..Indicator::default() };
        Example {
            columns: vec![
                vec![15.0, 10.0, 11.0, 18.0, 17.0, 22.0, 13.0],
                vec![83.0, 90.0, 75.0, 59.0, 60.0, 44.0, 62.0],
                vec![21.0, 15.0, 20.0, 20.0, 28.0, 15.0, 22.0],
            ],
            indicators: vec![Indicator::default(), less, Indicator::default()],
            weights: vec![3.0, 2.0, 5.0],
            expected: vec![3.0, 1.0, 3.0, 3.0, 4.0, 2.0, 3.0],
            source: "the example of FlowSort in the program Construct-your-own-PROMETHEE (commit 70acbba)".into(),
            ..Example::default()
        }
        .with([
            ("profiles", Value::Table(profiles.into_iter().collect())),
            ("kind", "boundary".into()),
            ("children", Value::Table(children.into_iter().collect())),
        ])
    },
};

struct Method {
    preferences: promethee::Method,
    profiles: Profiles,
    count: usize,
    kind: Kind,
    flow: Flow,
}

/// Flows that differ by no more than this differ by rounding only.
const NOISE: f64 = 1e-9;

/// A child with its profiles.
struct Sorted<'a> {
    criterion: Criterion<'a>,
    code: &'a str,
    profiles: &'a [f64],
}

/// The leaving and the entering flow of the region and of the profiles.
struct Flows {
    own: [f64; 2],
    profiles: [Vec<f64>; 2],
}

impl Aggregation for Method {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        self.preferences.refuse_unknown(children)?;
        refuse_unknown(children, self.profiles.keys())?;
        let mut all = Vec::new();
        for criterion in criteria(children)? {
            let code = children.nodes[criterion.child].code.as_str();
            let profiles = of_child(&self.profiles, code, criterion.cost)?;
            if self.preferences.is_relative(code) && profiles[0] == profiles[self.count - 1] {
                return Err(MethodError::Other(text!(profiles_alike, code = code)));
            }
            all.push(Sorted { criterion, code, profiles });
        }
        let among = self.among_profiles(&all);
        let mut given = [(); 8].map(|()| Vec::new());
        let asked = scratch.intermediate.is_asked();
        for (row, score) in out.iter_mut().enumerate() {
            let flows = self.flows(&all, &among, row);
            let categories = [Flow::Net, Flow::Leaving, Flow::Entering]
                .map(|flow| self.category(&flows, flow) as f64);
            *score = match self.flow {
                Flow::Net => categories[0],
                Flow::Leaving => categories[1],
                Flow::Entering => categories[2],
            };
            if asked {
                let [plus, minus] = flows.own;
                let figures = categories.into_iter().chain([plus, minus, plus - minus]);
                given.iter_mut().zip(figures).for_each(|(all, x)| all.push(x));
                given[6].extend(&flows.profiles[0]);
                given[7].extend(&flows.profiles[1]);
            }
        }
        if asked {
            for (declared, values) in ENTRY.intermediate.iter().zip(given) {
                let width = if declared.shape == BY_PROFILE { self.count } else { 1 };
                scratch.intermediate.give(declared.name, declared.shape, width, &[], values);
            }
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(1.0, self.categories() as f64)
    }
}

impl Method {
    fn categories(&self) -> usize {
        match self.kind {
            Kind::Limiting => self.count - 1,
            Kind::Boundary => self.count + 1,
            Kind::Central => self.count,
        }
    }

    /// How far one thing is preferred to another one in all children, by the value of each.
    fn preference(
        &self,
        all: &[Sorted<'_>],
        one: impl Fn(&Sorted<'_>) -> f64,
        other: impl Fn(&Sorted<'_>) -> f64,
    ) -> f64 {
        let parts = all.iter().map(|c| {
            let ahead = if c.criterion.cost { other(c) - one(c) } else { one(c) - other(c) };
            let range = (c.profiles[self.count - 1] - c.profiles[0]).abs();
            c.criterion.weight * self.preferences.preference(c.code, range, ahead)
        });
        parts.sum()
    }

    /// How far each profile is preferred to the others, and these to it.
    fn among_profiles(&self, all: &[Sorted<'_>]) -> [Vec<f64>; 2] {
        let of = |h: usize| {
            let others = (0..self.count).filter(move |other| *other != h);
            others.fold((0.0, 0.0), |(plus, minus), other| {
                let forth = self.preference(all, |c| c.profiles[h], |c| c.profiles[other]);
                let back = self.preference(all, |c| c.profiles[other], |c| c.profiles[h]);
                (plus + forth, minus + back)
            })
        };
        let (plus, minus) = (0..self.count).map(of).unzip();
        [plus, minus]
    }

    /// The flows among a region and the profiles.
    fn flows(&self, all: &[Sorted<'_>], among: &[Vec<f64>; 2], row: usize) -> Flows {
        let mut flows = Flows { own: [0.0; 2], profiles: among.clone() };
        for h in 0..self.count {
            let own = |c: &Sorted<'_>| c.criterion.values[row];
            let forth = self.preference(all, own, |c| c.profiles[h]);
            let back = self.preference(all, |c| c.profiles[h], own);
            flows.own[0] += forth;
            flows.own[1] += back;
            flows.profiles[0][h] += back;
            flows.profiles[1][h] += forth;
        }
        let others = self.count as f64;
        flows.own.iter_mut().chain(flows.profiles.iter_mut().flatten()).for_each(|x| *x /= others);
        flows
    }

    /// The category by a flow, from 1.
    fn category(&self, flows: &Flows, by: Flow) -> usize {
        let of = |plus: f64, minus: f64| match by {
            Flow::Net => plus - minus,
            Flow::Leaving => plus,
            Flow::Entering => -minus,
        };
        let own = of(flows.own[0], flows.own[1]);
        let profiles = flows.profiles[0].iter().zip(&flows.profiles[1]);
        let ahead: Vec<f64> = profiles.map(|(plus, minus)| own - of(*plus, *minus)).collect();
        let over = |limits: &[f64]| 1 + limits.iter().filter(|ahead| **ahead > NOISE).count();
        match self.kind {
            Kind::Limiting => over(&ahead[1..self.count - 1]),
            Kind::Boundary => over(&ahead),
            Kind::Central => {
                let distance = |h: usize| ahead[h].abs();
                let nearer = |a, b| if distance(b) < distance(a) - NOISE { b } else { a };
                1 + (0..self.count).reduce(nearer).unwrap_or(0)
            }
        }
    }
}
