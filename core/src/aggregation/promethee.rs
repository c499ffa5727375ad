//! PROMETHEE II: the net flow of preference over all other regions.

use indexmap::IndexMap;
use quanheng_words::text;

use super::mcdm::{Criterion, criteria, refuse_unknown};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, Intermediate, MethodError, Needs, Only, PAIRED_REGIONS,
    Scratch, SettingError, Settings, Shape, Units, choice, fault, settings,
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
        /// The settings `preference`, `p`, `q`, `s` and `relative` of single children, by their code: `children.x1.p = 3`; what is left out is as for the others.
        children: IndexMap<String, Settings> = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "promethee",
    summary: "PROMETHEE II: the net flow of preference over all other regions",
    formula: "φ(a) = Σ_b Σ w·(P(a − b) − P(b − a)) / (n − 1)",
    reference: "Brans & Vincke (1985), Management Science 31",
    settings: Promethee::declared,
    make: |values: &Settings| Ok(Box::new(Method::new(values)?)),
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
        Given::new(
            "preferred",
            "",
            Shape::REGIONS,
            "How many regions it is preferred to by PROMETHEE I: no worse in φ⁺ and φ⁻, and better in one.",
        ),
        Given::new(
            "incomparable",
            "",
            Shape::REGIONS,
            "How many regions it cannot be compared with by PROMETHEE I: better in one of φ⁺ and φ⁻, and worse in the other.",
        ),
        Given::new(
            "preference",
            "π",
            Shape::REGIONS_REGIONS,
            "π(a, b) = Σ w·P(a, b): how far the region of the row is preferred to that of the column.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![1.0, 3.0, 2.0]],
        expected: vec![-1.0, 0.5, 0.5],
        source: "by hand: the first region loses every comparison; the others take turns".into(),
        ..Example::default()
    },
};

/// The shape of preference in one child.
struct Degree {
    preference: Preference,
    p: f64,
    q: f64,
    s: f64,
    relative: bool,
}

/// PROMETHEE II as its settings make it.
pub(super) struct Method {
    of_all: Degree,
    children: IndexMap<String, Degree>,
}

fn shape(settings: &Promethee) -> Result<Degree, SettingError> {
    let &Promethee { preference, p, q, s, relative, .. } = settings;
    let two = matches!(preference, Preference::Level | Preference::VShape2);
    if two && q >= p {
        return Err(fault("q", text!(expect_below_p)));
    }
    Ok(Degree { preference, p, q, s, relative })
}

/// The shape of one child: its own settings, and those of all for the rest.
fn of_child(all: &Settings, code: &str, own: &Settings) -> Result<Degree, SettingError> {
    let at = |e: SettingError| SettingError {
        setting: format!("children.{code}.{}", e.setting),
        fault: e.fault,
    };
    let mut declared = Promethee::declared();
    declared.retain(|setting| setting.name != "children");
    own.only(&declared).map_err(at)?;
    let mut settings = all.clone();
    settings.0.retain(|key, _| declared.iter().any(|setting| setting.name == *key));
    settings.0.extend(own.0.iter().map(|(key, value)| (key.clone(), value.clone())));
    if let Some((idle, _)) =
        settings.idle(&declared).iter().find(|(s, _)| own.0.contains_key(s.name.as_ref()))
    {
        return Err(at(fault(&idle.name, text!(expect_effect))));
    }
    Promethee::read(&settings).and_then(|settings| shape(&settings)).map_err(at)
}

impl Aggregation for Method {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        self.refuse_unknown(children)?;
        let n = out.len();
        out.fill(0.0);
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            self.add_flows(&c, children, c.weight, out);
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

impl Method {
    /// Reads the settings, of single children too.
    pub fn new(values: &Settings) -> Result<Method, SettingError> {
        let settings = Promethee::read(values)?;
        let children = settings.children.iter();
        let children = children.map(|(code, own)| Ok((code.clone(), of_child(values, code, own)?)));
        Ok(Method {
            of_all: shape(&settings)?,
            children: children.collect::<Result<_, SettingError>>()?,
        })
    }

    /// Refuses the code of a child that there is not.
    pub fn refuse_unknown(&self, children: &Children<'_>) -> Result<(), MethodError> {
        refuse_unknown(children, self.children.keys())
    }

    /// How far a difference is preferred in the child of this code; `range` is what shares are taken of where its settings are
    /// relative.
    pub fn preference(&self, code: &str, range: f64, ahead: f64) -> f64 {
        let degree = self.degree(code);
        if ahead <= 0.0 {
            return 0.0;
        }
        degree.at(if degree.relative { ahead / range } else { ahead })
    }

    /// Whether the settings of the child of this code are shares of a range.
    pub fn is_relative(&self, code: &str) -> bool {
        self.degree(code).relative
    }

    fn degree(&self, code: &str) -> &Degree {
        self.children.get(code).unwrap_or(&self.of_all)
    }

    /// Adds `weight` times the net flow of each region in one child, not yet divided by the number of the others.
    pub fn add_flows(
        &self,
        c: &Criterion<'_>,
        children: &Children<'_>,
        weight: f64,
        out: &mut [f64],
    ) {
        let (degree, unit) = self.of(c, children);
        let sign = if c.cost { -weight } else { weight };
        for a in 0..out.len() {
            for b in a + 1..out.len() {
                let d = (c.values[a] - c.values[b]) / unit;
                let flow = if d > 0.0 { sign * degree.at(d) } else { -sign * degree.at(-d) };
                out[a] += flow;
                out[b] -= flow;
            }
        }
    }

    /// The shape of preference in a child, and what its differences are measured in.
    fn of(&self, c: &Criterion<'_>, children: &Children<'_>) -> (&Degree, f64) {
        let degree = self.degree(&children.nodes[c.child].code);
        (degree, if degree.relative { c.greatest - c.least } else { 1.0 })
    }

    /// Gives how far each region is preferred to the others, all together and one by one, and the others to it.
    fn flows(&self, children: &Children<'_>, into: &mut Intermediate) -> Result<(), MethodError> {
        let n = children.rows();
        let (mut plus, mut minus) = (vec![0.0; n], vec![0.0; n]);
        let mut over = vec![0.0; if n <= PAIRED_REGIONS { n * n } else { 0 }];
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            let (degree, unit) = self.of(&c, children);
            let sign = if c.cost { -1.0 } else { 1.0 };
            for a in 0..n {
                for b in 0..n {
                    let d = sign * (c.values[a] - c.values[b]) / unit;
                    if d > 0.0 {
                        let preference = c.weight * degree.at(d);
                        plus[a] += preference;
                        minus[b] += preference;
                        over.get_mut(a * n + b).into_iter().for_each(|x| *x += preference);
                    }
                }
            }
        }
        let others = number::max(n as f64 - 1.0, 1.0);
        // Flows of one preference are equal for regions that differ by rounding only.
        let noise = 1e-12 * others;
        let before = |a: usize, b: usize| plus[a] - plus[b] > noise;
        let behind = |a: usize, b: usize| minus[a] - minus[b] > noise;
        let preferred =
            |a: usize, b: usize| (before(a, b) || behind(b, a)) && !before(b, a) && !behind(a, b);
        let incomparable =
            |a: usize, b: usize| (before(a, b) && behind(a, b)) || (before(b, a) && behind(b, a));
        let count = |of: &dyn Fn(usize, usize) -> bool, a: usize| {
            (0..n).filter(|b| of(a, *b)).count() as f64
        };
        into.regions("preferred", (0..n).map(|a| count(&preferred, a)));
        into.regions("incomparable", (0..n).map(|a| count(&incomparable, a)));
        into.regions("phi_plus", plus.iter().map(|flow| flow / others));
        into.regions("phi_minus", minus.iter().map(|flow| flow / others));
        into.pairs("preference", n, |a, b| over[a * n + b]);
        Ok(())
    }
}

impl Degree {
    /// The preference for a difference of zero or above.
    fn at(&self, d: f64) -> f64 {
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
