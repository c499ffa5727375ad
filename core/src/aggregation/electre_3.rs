//! ELECTRE III: two rankings by how credible it is that a region is at least as good as another.

use indexmap::IndexMap;
use quanheng_words::text;

use super::mcdm::{Criterion, criteria, refuse_unknown};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, SettingError, Settings,
    Shape, Units, fault, settings,
};
use crate::model::Direction;
use crate::number;

settings! {
    /// Settings of ELECTRE III.
    pub struct Electre3 {
        /// The difference up to which two regions are alike in a child.
        q: f64 [0, 1e300] = 0.0,
        /// The difference from which the greater one is preferred.
        p: f64 [0, 1e300] = 0.0,
        /// The difference from which a child forbids that the lesser one is at least as good; none unless stated.
        v: Option<f64> [0, 1e300] = None::<f64>,
        /// The settings `q`, `p` and `v` of single children, by their code: `children.x1.v = 30`; what is left out is as for the others.
        children: IndexMap<String, Settings> = IndexMap::new(),
        /// How far credibilities may be apart and still count as alike in distillation, at a credibility of 0.
        s_zero: f64 [0, 1] = 0.3,
        /// How far, at a credibility of 1.
        s_one: f64 [0, 1] = 0.15,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "electre_3",
    summary: "ELECTRE III: the mean of a region's places in the descending and the ascending distillation of credibilities; less is better",
    formula: "σ(a, b) = C·Π (1 − d) / (1 − C) over the children with d > C, with C = Σ w·c; c falls from 1 to 0 as b is ahead by q to p, and d rises from 0 to 1 as b is ahead by p to v; then distillation with s(λ) = s_zero + (s_one − s_zero)·λ",
    reference: "Roy (1978), Cahiers du CERO 20; Figueira, Mousseau & Roy (2005), in Multiple Criteria Decision Analysis, for distillation",
    settings: Electre3::declared,
    make: |values: &Settings| {
        let settings = Electre3::read(values)?;
        let Electre3 { s_zero, s_one, .. } = settings;
        if s_one > s_zero {
            return Err(fault("s_one", text!(expect_at_most_s_zero)));
        }
        let (of_all, children) = all_thresholds(values, &settings.children)?;
        Ok(Box::new(Method { of_all, children, s_zero, s_one }))
    },
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("descending", "", Shape::REGIONS, "The place in the descending distillation."),
        Given::new(
            "ascending",
            "",
            Shape::REGIONS,
            "The place in the ascending distillation, 1 being the best.",
        ),
        Given::new(
            "net_credibility",
            "",
            Shape::REGIONS,
            "The sum of σ(a, b) − σ(b, a) over the other regions; more is better.",
        ),
        Given::new(
            "credibility",
            "σ",
            Shape::REGIONS_REGIONS,
            "σ(a, b), with a in the row and b in the column.",
        ),
    ],
    example: || {
        Example {
            columns: vec![vec![10.0, 8.0, 0.0], vec![0.0, 1.0, 2.0]],
            weights: vec![3.0, 1.0],
            expected: vec![1.0, 2.0, 3.0],
            source: "by hand: σ(1, 2) = σ(2, 3) = 1, σ(1, 3) = 11/12, σ(2, 1) = 3/4 and σ(3, 1) = σ(3, 2) = 1/4, so that the first outranks both, and the second the third".into(),
            ..Example::default()
        }
        .with([("q", 1.0.into()), ("p", 4.0.into())])
    },
};

/// The thresholds of one child.
pub(super) struct Thresholds {
    q: f64,
    p: f64,
    v: Option<f64>,
}

struct Method {
    of_all: Thresholds,
    children: IndexMap<String, Thresholds>,
    s_zero: f64,
    s_one: f64,
}

/// The thresholds `q`, `p` and `v` of all children, and those of single ones.
pub(super) fn all_thresholds(
    all: &Settings,
    children: &IndexMap<String, Settings>,
) -> Result<(Thresholds, IndexMap<String, Thresholds>), SettingError> {
    let children = children.iter();
    let children = children.map(|(code, own)| Ok((code.clone(), of_child(all, code, own)?)));
    Ok((thresholds(all)?, children.collect::<Result<_, SettingError>>()?))
}

fn thresholds(settings: &Settings) -> Result<Thresholds, SettingError> {
    let (q, p) = (settings.read("q", 0.0)?, settings.read("p", 0.0)?);
    let v: Option<f64> = settings.read("v", None)?;
    if q > p {
        return Err(fault("q", text!(expect_at_most_p)));
    }
    if v.is_some_and(|v| v <= p) {
        return Err(fault("v", text!(expect_above_p)));
    }
    Ok(Thresholds { q, p, v })
}

/// The thresholds of one child: its own settings, and those of all for the rest.
fn of_child(all: &Settings, code: &str, own: &Settings) -> Result<Thresholds, SettingError> {
    let at = |e: SettingError| SettingError {
        setting: format!("children.{code}.{}", e.setting),
        fault: e.fault,
    };
    let mut declared = Electre3::declared();
    declared.retain(|setting| ["q", "p", "v"].contains(&setting.name.as_ref()));
    own.only(&declared).map_err(at)?;
    let mut settings = all.clone();
    settings.0.retain(|key, _| declared.iter().any(|setting| setting.name == *key));
    settings.0.extend(own.0.iter().map(|(key, value)| (key.clone(), value.clone())));
    Electre3::read(&settings).and_then(|_| thresholds(&settings)).map_err(at)
}

/// How credible it is that one thing is at least as good as another one, of the weight of each child, its thresholds and how
/// far the other one is ahead in it.
pub(super) fn credibility(parts: &[(f64, &Thresholds, f64)]) -> f64 {
    let all: f64 = parts.iter().map(|(weight, ..)| weight).sum();
    let concordance = parts.iter().map(|(weight, of, gap)| weight / all * of.concordance(*gap));
    let concordance = number::min(concordance.sum::<f64>(), 1.0);
    let mut credible = concordance;
    for (_, of, gap) in parts {
        let discordance = of.discordance(*gap);
        if discordance > concordance {
            credible *= (1.0 - discordance) / (1.0 - concordance);
        }
    }
    credible
}

impl Thresholds {
    /// Whether one region is at least as good as another that is ahead by `gap`: 1 to 0.
    fn concordance(&self, gap: f64) -> f64 {
        match gap {
            _ if gap <= self.q => 1.0,
            _ if gap >= self.p => 0.0,
            _ => (self.p - gap) / (self.p - self.q),
        }
    }

    /// How far a child forbids that: 0 to 1.
    fn discordance(&self, gap: f64) -> f64 {
        match self.v {
            Some(v) => number::clamp((gap - self.p) / (v - self.p), 0.0, 1.0),
            None => 0.0,
        }
    }
}

impl Aggregation for Method {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.children.keys())?;
        let rows = out.len();
        let criteria: Vec<Criterion<'_>> = criteria(children)?.collect();
        let of = |c: &Criterion<'_>| {
            self.children.get(&children.nodes[c.child].code).unwrap_or(&self.of_all)
        };
        let ahead = |c: &Criterion<'_>, a: usize, b: usize| {
            if c.cost { c.values[a] - c.values[b] } else { c.values[b] - c.values[a] }
        };
        let mut parts = Vec::with_capacity(criteria.len());
        let mut sigma = vec![0.0; rows * rows];
        for a in 0..rows {
            for b in (0..rows).filter(|b| *b != a) {
                parts.clear();
                parts.extend(criteria.iter().map(|c| (c.weight, of(c), ahead(c, a, b))));
                sigma[a * rows + b] = credibility(&parts);
            }
        }
        let credible = |a: usize, b: usize| sigma[a * rows + b];
        let descending = self.distilled(rows, &credible, 1.0);
        let mut ascending = self.distilled(rows, &credible, -1.0);
        let last = ascending.iter().copied().fold(0.0, number::max);
        ascending.iter_mut().for_each(|place| *place = last + 1.0 - *place);
        for (row, score) in out.iter_mut().enumerate() {
            *score = (descending[row] + ascending[row]) / 2.0;
        }
        let into = &mut scratch.intermediate;
        if into.is_asked() {
            let net = |a| (0..rows).map(|b| credible(a, b) - credible(b, a)).sum::<f64>();
            into.regions("net_credibility", (0..rows).map(net));
            into.regions("descending", descending);
            into.regions("ascending", ascending);
            into.pairs("credibility", rows, credible);
        }
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

/// Credibilities that differ by less are equal but for rounding.
const NOISE: f64 = 1e-9;

impl Method {
    /// The places of a distillation: from the best with sign 1, from the worst with sign −1.
    fn distilled(&self, rows: usize, sigma: &dyn Fn(usize, usize) -> f64, sign: f64) -> Vec<f64> {
        let slack = |level: f64| self.s_zero + (self.s_one - self.s_zero) * level;
        let mut places = vec![0.0; rows];
        let mut rest: Vec<usize> = (0..rows).collect();
        let mut place = 0.0;
        while !rest.is_empty() {
            place += 1.0;
            let mut core = rest.clone();
            let mut level = greatest(&core, sigma, f64::INFINITY);
            while core.len() > 1 && level > 0.0 {
                let below = greatest(&core, sigma, level - slack(level));
                let stronger = |a: usize, b: usize| {
                    let (there, back) = (sigma(a, b), sigma(b, a));
                    a != b && there > below + NOISE && there - back > slack(there) + NOISE
                };
                let degree = |a: usize| {
                    let over = core.iter().filter(|&&b| stronger(a, b)).count() as f64;
                    let under = core.iter().filter(|&&b| stronger(b, a)).count() as f64;
                    sign * (over - under)
                };
                let degrees: Vec<f64> = core.iter().map(|&a| degree(a)).collect();
                let best = degrees.iter().copied().fold(f64::NEG_INFINITY, number::max);
                let kept = core.iter().zip(&degrees).filter(|(_, degree)| **degree == best);
                core = kept.map(|(&a, _)| a).collect();
                level = below;
            }
            core.iter().for_each(|&row| places[row] = place);
            rest.retain(|row| !core.contains(row));
        }
        places
    }
}

/// The greatest credibility between two of the regions that is below a bound; 0 where there is none.
fn greatest(of: &[usize], sigma: &dyn Fn(usize, usize) -> f64, bound: f64) -> f64 {
    let all = of.iter().flat_map(|&a| of.iter().filter(move |&&b| b != a).map(move |&b| (a, b)));
    let below = all.map(|(a, b)| sigma(a, b)).filter(|x| *x < bound - NOISE || bound.is_infinite());
    below.fold(0.0, number::max)
}
