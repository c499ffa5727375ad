//! PROMETHEE II: the net flow of preference over all other regions.

use quanheng_words::text;

use super::mcdm::criteria;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, Intermediate, MethodError, Needs, Only, Scratch,
    Settings, Shape, Units, choice, fault, settings,
};
use crate::number;

choice! {
    /// The shape of preference over a difference.
    pub enum Preference {
        /// Full for any difference.
        Usual = "usual",
        /// None up to `q`, then full.
        UShape = "ushape",
        /// Rising in proportion up to `p`.
        VShape = "vshape",
        /// None up to `q`, half up to `p`, then full.
        Level = "level",
        /// None up to `q`, rising to full at `p`.
        VShape2 = "vshape_2",
        /// Rising as a Gaussian of deviation `s`.
        Gaussian = "gaussian",
    }
}

settings! {
    /// Settings of PROMETHEE II.
    pub struct Promethee {
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
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "promethee",
    summary: "PROMETHEE II: the net flow of preference over all other regions",
    formula: "φ(a) = Σ_b Σ w·(P(a − b) − P(b − a)) / (n − 1)",
    reference: "Brans & Vincke (1985), Management Science 31",
    settings: Promethee::declared,
    make: |values: &Settings| {
        let method = Promethee::read(values)?;
        let two = matches!(method.preference, Preference::Level | Preference::VShape2);
        if two && method.q >= method.p {
            return Err(fault("q", text!(expect_below_p)));
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new(
            "phi_plus",
            "φ⁺",
            Shape::REGIONS,
            "The leaving flow: how far the region is preferred to the others.",
        ),
        Given::new(
            "phi_minus",
            "φ⁻",
            Shape::REGIONS,
            "The entering flow: how far the others are preferred to it.",
        ),
        Given::new("phi", "φ", Shape::REGIONS, "The net flow φ⁺ − φ⁻."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![1.0, 3.0, 2.0]],
        expected: vec![-1.0, 0.5, 0.5],
        source: "by hand: the first region loses every comparison; the others take turns".into(),
        ..Example::default()
    },
};

impl Aggregation for Promethee {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = out.len();
        out.fill(0.0);
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            let unit = if self.relative { c.greatest - c.least } else { 1.0 };
            let sign = if c.cost { -c.weight } else { c.weight };
            for a in 0..n {
                for b in a + 1..n {
                    let d = (c.values[a] - c.values[b]) / unit;
                    let flow =
                        if d > 0.0 { sign * self.degree(d) } else { -sign * self.degree(-d) };
                    out[a] += flow;
                    out[b] -= flow;
                }
            }
        }
        if n > 1 {
            out.iter_mut().for_each(|flow| *flow /= (n - 1) as f64);
        }
        if scratch.intermediate.is_asked() {
            self.flows(children, &mut scratch.intermediate)?;
            scratch.intermediate.regions("phi", out.iter().copied());
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
        Domain { centred: true, ..Domain::between(-1.0, 1.0) }
    }
}

impl Promethee {
    /// Gives how far each region is preferred to the others, and the others to it.
    fn flows(&self, children: &Children<'_>, into: &mut Intermediate) -> Result<(), MethodError> {
        let n = children.rows();
        let (mut plus, mut minus) = (vec![0.0; n], vec![0.0; n]);
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            let unit = if self.relative { c.greatest - c.least } else { 1.0 };
            let sign = if c.cost { -1.0 } else { 1.0 };
            for a in 0..n {
                for b in 0..n {
                    let d = sign * (c.values[a] - c.values[b]) / unit;
                    if d > 0.0 {
                        let preference = c.weight * self.degree(d);
                        plus[a] += preference;
                        minus[b] += preference;
                    }
                }
            }
        }
        let others = number::max(n as f64 - 1.0, 1.0);
        into.regions("phi_plus", plus.iter().map(|flow| flow / others));
        into.regions("phi_minus", minus.iter().map(|flow| flow / others));
        Ok(())
    }

    /// The preference for a difference of zero or above.
    fn degree(&self, d: f64) -> f64 {
        let (p, q) = (self.p, self.q);
        let full = |above: bool| if above { 1.0 } else { 0.0 };
        match self.preference {
            Preference::Usual => full(d > 0.0),
            Preference::UShape => full(d > q),
            Preference::VShape if d >= p => full(d > 0.0),
            Preference::VShape => d / p,
            Preference::Level => (full(d > q) + full(d > p)) / 2.0,
            Preference::VShape2 => number::clamp((d - q) / (p - q), 0.0, 1.0),
            Preference::Gaussian if self.s == 0.0 => full(d > 0.0),
            Preference::Gaussian => 1.0 - libm::exp(-(d * d) / (2.0 * self.s * self.s)),
        }
    }
}
