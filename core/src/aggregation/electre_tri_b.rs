//! ELECTRE Tri-B: sorting regions into ordered categories by comparing each with the profiles between these.

use indexmap::IndexMap;
use quanheng_words::text;

use super::electre_3::{Thresholds, all_thresholds, credibility};
use super::mcdm::{Criterion, criteria, refuse_unknown};
use super::profiles::{BY_PROFILE, Profiles, how_many, of_child};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    Value, choice, settings,
};

choice! {
    /// Which of two procedures assigns the category.
    pub enum Rule { Pessimistic = "pessimistic", Optimistic = "optimistic" }
}

settings! {
    /// Settings of ELECTRE Tri-B.
    pub struct ElectreTriB {
        /// The profiles between the categories: of every child of weight above 0, by its code, its values in the profiles from the worst to the best one; one number fewer than there are categories.
        profiles: Profiles = Profiles::new(),
        /// The credibility from which a region counts as at least as good as a profile.
        cut: f64 [0.5, 1] = 0.75,
        /// A region is in the best category whose lower profile it is at least as good as (`pessimistic`), or in the worst one whose upper profile is preferred to it (`optimistic`). Where it cannot be compared with profiles, the second is the better category.
        rule: Rule = Rule::Pessimistic,
        /// The difference up to which a region and a profile are alike in a child.
        q: f64 [0, 1e300] = 0.0,
        /// The difference from which the greater one is preferred.
        p: f64 [0, 1e300] = 0.0,
        /// The difference from which a child forbids that the lesser one is at least as good; none unless stated.
        v: Option<f64> [0, 1e300] = None::<f64>,
        /// The settings `q`, `p` and `v` of single children, by their code: `children.x1.v = 30`; what is left out is as for the others.
        children: IndexMap<String, Settings> = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "electre_tri_b",
    summary: "ELECTRE Tri-B: the category of a region, 1 being the worst, by how credible it is that it is at least as good as each profile between two categories; cut points halfway between the categories then make them tiers",
    formula: "pessimistic: S = 1 + the greatest h with σ(a, b_h) ≥ cut; optimistic: S = the least h with σ(b_h, a) ≥ cut > σ(a, b_h), else 1 + the number of profiles; 1 + 0 where there is no such h; σ as in ELECTRE III",
    reference: "Yu (1992), thesis, Université Paris-Dauphine; Mousseau, Słowiński & Zielniewicz (2000), Computers & Operations Research 27, 757-777",
    settings: ElectreTriB::declared,
    make: |values: &Settings| {
        let settings = ElectreTriB::read(values)?;
        let profiles = how_many(&settings.profiles, 1, text!(expect_profiles))?;
        let (of_all, children) = all_thresholds(values, &settings.children)?;
        let ElectreTriB { cut, rule, profiles: by_child, .. } = settings;
        Ok(Box::new(Method { of_all, children, cut, rule, by_child, profiles }))
    },
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: false },
    intermediate: &[
        Given::new(
            "pessimistic",
            "",
            Shape::REGIONS,
            "The category by the pessimistic procedure, 1 being the worst.",
        ),
        Given::new(
            "optimistic",
            "",
            Shape::REGIONS,
            "The category by the optimistic procedure, 1 being the worst.",
        ),
        Given::new(
            "over_profiles",
            "σ(a, b)",
            BY_PROFILE,
            "How credible it is that the region is at least as good as each profile, from the worst profile to the best.",
        ),
        Given::new(
            "under_profiles",
            "σ(b, a)",
            BY_PROFILE,
            "How credible it is that each profile is at least as good as the region.",
        ),
    ],
    example: || {
        let profiles = [("x1", vec![4.0, 8.0]), ("x2", vec![4.0, 8.0])];
        let profiles = profiles.map(|(code, of)| (code.to_owned(), of.into()));
        Example {
            columns: vec![vec![9.0, 9.0, 5.0, 1.0], vec![9.0, 1.0, 7.0, 3.0]],
            weights: vec![1.0, 1.0],
            expected: vec![3.0, 1.0, 2.0, 1.0],
            source: "by hand: the first is over both profiles; the second is over them in one half of the weight only, which is less than 0.75; the third is over the lower profile, and the last under it".into(),
            ..Example::default()
        }
        .with([("profiles", Value::Table(profiles.into_iter().collect()))])
    },
};

struct Method {
    of_all: Thresholds,
    children: IndexMap<String, Thresholds>,
    cut: f64,
    rule: Rule,
    by_child: Profiles,
    profiles: usize,
}

/// A credibility that misses the cut by no more than rounding reaches it.
const NOISE: f64 = 1e-9;

impl Aggregation for Method {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.children.keys().chain(self.by_child.keys()))?;
        let mut all: Vec<(Criterion<'_>, &Thresholds, &[f64])> = Vec::new();
        for c in criteria(children)? {
            let code = &children.nodes[c.child].code;
            let profiles = of_child(&self.by_child, code, c.cost)?;
            all.push((c, self.children.get(code).unwrap_or(&self.of_all), profiles));
        }
        let asked = scratch.intermediate.is_asked();
        let mut given = [(); 4].map(|()| Vec::new());
        let mut parts = Vec::with_capacity(all.len());
        let (mut over, mut under) = (vec![0.0; self.profiles], vec![0.0; self.profiles]);
        for (row, score) in out.iter_mut().enumerate() {
            for (credible, sign) in [(&mut over, 1.0), (&mut under, -1.0)] {
                for (h, credible) in credible.iter_mut().enumerate() {
                    parts.clear();
                    parts.extend(all.iter().map(|(c, of, profiles)| {
                        let sign = if c.cost { -sign } else { sign };
                        (c.weight, *of, sign * (profiles[h] - c.values[row]))
                    }));
                    *credible = credibility(&parts);
                }
            }
            let reaches = |credible: f64| credible >= self.cut - NOISE;
            let pessimistic = (0..self.profiles).rev().find(|&h| reaches(over[h]));
            let optimistic = (0..self.profiles).find(|&h| reaches(under[h]) && !reaches(over[h]));
            let pessimistic = pessimistic.map_or(1, |h| h + 2) as f64;
            let optimistic = optimistic.unwrap_or(self.profiles) as f64 + 1.0;
            *score = match self.rule {
                Rule::Pessimistic => pessimistic,
                Rule::Optimistic => optimistic,
            };
            if asked {
                given[0].push(pessimistic);
                given[1].push(optimistic);
                given[2].extend(&over);
                given[3].extend(&under);
            }
        }
        if asked {
            let [pessimistic, optimistic, over, under] = given;
            let into = &mut scratch.intermediate;
            into.regions("pessimistic", pessimistic);
            into.regions("optimistic", optimistic);
            into.give("over_profiles", BY_PROFILE, self.profiles, &[], over);
            into.give("under_profiles", BY_PROFILE, self.profiles, &[], under);
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
        Domain::between(1.0, self.profiles as f64 + 1.0)
    }
}
