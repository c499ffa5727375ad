//! Several weightings of the same siblings as one.

use quanheng_words::text;

use super::{Siblings, TABLE, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Only, Scratch, SettingError, Settings,
    Shape, Units, Value, choice, fault, find, settings,
};
use crate::number::{self, eigen_symmetric};
use indexmap::IndexMap;

choice! {
    /// How several weights of one sibling become one.
    pub enum By { Product = "product", Linear = "linear", Game = "game" }
}

choice! {
    /// What is done with a coefficient below zero.
    pub enum Negative { Refuse = "refuse", Absolute = "absolute" }
}

settings! {
    /// What is combined, and how.
    pub struct Combination {
        /// The weightings to combine, by name, such as `["ahp", "entropy"]`. One that is combined twice has a word of its own each time, after a hyphen: `["given-experts", "given-survey"]`.
        of: Vec<String> = Vec::new(),
        /// The settings of each of them, by the name in `of`: `parts.ahp.pairwise = …`; what is left out has its default.
        parts: IndexMap<String, Settings> = IndexMap::new(),
        /// `product` of the weights, `linear` with `shares`, or `game`: the mixture that is as near to each as it can be.
        by: By = By::Product,
        /// The share of each weighting under `linear`, in the order of `of`; equal where nothing is stated.
        shares: Vec<f64> = Vec::new() => Only::Is("by", &["linear"]),
        /// Under `game`, a coefficient below 0 is an error (`refuse`), or counts by its size (`absolute`).
        negative: Negative = Negative::Refuse => Only::Is("by", &["game"]),
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "combination",
    summary: "Combines several weightings of the same siblings, such as experts' judgement and the data's own, into one.",
    formula: "each weighting k scaled to a sum of 1; product: w_j ∝ Π_k w_kj; linear: w_j = Σ_k s_k w_kj; game: Σ_l a_l (w_k · w_l) = w_k · w_k for every k (of least length where several solve it), s_k = a_k / Σ a, then as linear",
    reference: "None of its own: the forms in which weights of judgement and of data are commonly combined (组合赋权: 乘法合成, 线性加权, 博弈论组合)",
    settings: Combination::declared,
    make: |values: &Settings| Ok(Box::new(Combined::new(Combination::read(values)?)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[
        Given::new(
            "weights_of",
            "w_k",
            Shape::SIBLINGS_LIST,
            "The weights of each weighting that is combined.",
        ),
        Given::new(
            "coefficients",
            "a",
            Shape::LIST,
            "The share of each weighting in the mixture, under `linear` and `game`.",
        ),
    ],
    example: || {
        Example {
            // Entropy: 1/2 and 1, thus 1/3 and 2/3; stated 3/4 and 1/4. Products 5/8, 5/9 and, of both, 5/12, so that the
            // coefficients are as 5/9 (5/8 - 5/12) to 5/8 (5/9 - 5/12), 4 to 3.
            columns: vec![vec![0.0, 1.0, 1.0, 0.0], vec![0.0, 0.0, 3.0, 0.0]],
            stated: vec![3.0, 1.0],
            expected: vec![4.0 / 7.0, 3.0 / 7.0],
            source: "by hand: weights 3/4, 1/4 and 1/3, 2/3, coefficients 4/7 and 3/7".into(),
            ..Example::default()
        }
        .with([("of", vec!["given", "entropy"].into()), ("by", Value::from("game"))])
    },
};

struct Combined {
    settings: Combination,
    parts: Vec<Box<dyn Weighting>>,
}

impl Combined {
    fn new(settings: Combination) -> Result<Combined, SettingError> {
        let of = &settings.of;
        if of.is_empty() {
            return Err(fault("of", text!(expect_weightings)));
        }
        if let Some(name) = settings.parts.keys().find(|name| !of.contains(name)) {
            return Err(fault("parts", text!(expect_parts_of, name = name)));
        }
        let sound =
            settings.shares.iter().all(|s| *s >= 0.0) && number::sum(&settings.shares) > 0.0;
        match settings.by {
            _ if settings.shares.is_empty() => {}
            By::Linear if settings.shares.len() == of.len() && sound => {}
            By::Linear => {
                return Err(fault("shares", text!(expect_n_shares, n = of.len())));
            }
            By::Product | By::Game => {
                return Err(fault("shares", text!(expect_no_shares)));
            }
        }
        let mut parts = Vec::with_capacity(of.len());
        for (k, name) in of.iter().enumerate() {
            if of[..k].contains(name) {
                return Err(fault("of", text!(expect_weighting_once, name = name)));
            }
            let method = name.split_once('-').map_or(name.as_str(), |(method, _)| method);
            let entry = find(TABLE, method).ok_or_else(|| {
                let known: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
                fault("of", text!(expect_weighting_built_in, name = name, known = known))
            })?;
            let own = settings.parts.get(name).cloned().unwrap_or_default();
            parts.push((entry.make)(&own).map_err(|e| SettingError {
                setting: format!("parts.{name}.{}", e.setting),
                fault: e.fault,
            })?);
        }
        Ok(Combined { settings, parts })
    }
}

impl Weighting for Combined {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut found = Vec::with_capacity(self.parts.len());
        // What the parts have of their own would not be told apart.
        let mut apart = Scratch::default();
        for (part, name) in self.parts.iter().zip(&self.settings.of) {
            let mut weights = vec![0.0; out.len()];
            part.weights(siblings, &mut apart, &mut weights)
                .and_then(|()| scale(&mut weights))
                .map_err(|error| match error {
                    // What speaks of cells speaks for itself; the rest must say whose it is.
                    MethodError::NotInSetting { .. }
                    | MethodError::NoWeight
                    | MethodError::AllConstant
                    | MethodError::Other(_) => MethodError::Other(text!(
                        combination_part,
                        method = name,
                        what = error.words()
                    )),
                    _ => error,
                })?;
            found.push(weights);
        }
        let of = &self.settings.of;
        let parts = (0..out.len()).flat_map(|j| found.iter().map(move |weights| weights[j]));
        let into = &mut scratch.intermediate;
        into.give("weights_of", Shape::SIBLINGS_LIST, of.len(), of, parts);
        let equal = vec![1.0; found.len()];
        match self.settings.by {
            By::Product => {
                for (j, weight) in out.iter_mut().enumerate() {
                    *weight = found.iter().map(|weights| weights[j]).product();
                }
                scale(out)
            }
            By::Linear | By::Game => {
                let shares = match self.settings.by {
                    By::Game => self.balance(&found)?,
                    _ if self.settings.shares.is_empty() => equal,
                    _ => self.settings.shares.clone(),
                };
                let sum: f64 = shares.iter().sum();
                into.list("coefficients", of, shares.iter().map(|s| s / sum));
                mix(&found, &shares, out)
            }
        }
    }

    fn needs(&self) -> Needs {
        let any = |has: fn(Needs) -> bool| self.parts.iter().any(|part| has(part.needs()));
        Needs {
            positive: any(|n| n.positive),
            non_negative: any(|n| n.non_negative),
            uncentred: any(|n| n.uncentred),
            complete: any(|n| n.complete),
            oriented: any(|n| n.oriented),
            panel: any(|n| n.panel),
        }
    }

    fn looks_at_scores(&self) -> bool {
        self.parts.iter().any(|part| part.looks_at_scores())
    }

    fn needs_fact(&self) -> Option<&'static str> {
        self.parts.iter().find_map(|part| part.needs_fact())
    }
}

impl Combined {
    /// The coefficients at which the mixture deviates least from each weighting in turn.
    fn balance(&self, found: &[Vec<f64>]) -> Result<Vec<f64>, MethodError> {
        let n = found.len();
        let mut products = Vec::with_capacity(n * n);
        for a in found {
            products.extend(found.iter().map(|b| number::dot(a, b)));
        }
        let (values, vectors) =
            eigen_symmetric(&products, n).ok_or(MethodError::NoConvergence { steps: 100 })?;
        let mut coefficients = vec![0.0; n];
        for (value, vector) in values.iter().zip(vectors.chunks_exact(n)) {
            // Weightings that repeat one another share what would be due to one.
            if *value > values[0] * 1e-12 {
                let along: f64 = (0..n).map(|k| vector[k] * products[k * n + k]).sum();
                coefficients.iter_mut().zip(vector).for_each(|(c, v)| *c += v * along / value);
            }
        }
        let greatest = coefficients.iter().fold(0.0, |m, c| number::max(m, c.abs()));
        for (coefficient, name) in coefficients.iter_mut().zip(&self.settings.of) {
            if coefficient.abs() < greatest * 1e-12 {
                // What is not told from zero is zero.
                *coefficient = 0.0;
            } else if self.settings.negative == Negative::Absolute {
                *coefficient = coefficient.abs();
            } else if *coefficient < 0.0 {
                return Err(MethodError::Other(text!(mixture_negative, method = name)));
            }
        }
        Ok(coefficients)
    }
}

fn mix(found: &[Vec<f64>], shares: &[f64], out: &mut [f64]) -> Result<(), MethodError> {
    for (j, weight) in out.iter_mut().enumerate() {
        *weight = found.iter().zip(shares).map(|(weights, share)| share * weights[j]).sum();
    }
    scale(out)
}

fn scale(weights: &mut [f64]) -> Result<(), MethodError> {
    columns::finite(weights)?;
    let sum = number::sum(weights);
    if sum.is_nan() || sum <= 0.0 {
        return Err(MethodError::NoWeight);
    }
    weights.iter_mut().for_each(|w| *w /= sum);
    columns::finite(weights)
}

#[cfg(test)]
mod tests {
    use crate::conformance::Trial;
    use crate::method::{Example, MethodError, Value, find};

    /// Stated weights 3/4, 1/4; full marks 2/5, 3/5.
    fn combined(settings: Vec<(&str, Value)>) -> Result<Vec<f64>, MethodError> {
        let mut example = Example {
            columns: vec![vec![1.0, 2.0], vec![3.0, 1.0]],
            stated: vec![3.0, 1.0],
            full_marks: vec![40.0, 60.0],
            ..Example::default()
        }
        .with([("of", vec!["given", "full_marks"].into())]);
        example.settings.0.extend(settings.into_iter().map(|(k, v)| (k.to_owned(), v)));
        (find(super::TABLE, "combination").unwrap().make)(&example.settings)
            .unwrap()
            .trial(&example)
    }

    #[track_caller]
    fn first(found: Result<Vec<f64>, MethodError>, expected: f64) {
        let found = found.unwrap();
        assert!((found[0] - expected).abs() < 1e-14, "{found:?}, expected {expected} first");
    }

    #[test]
    fn by_hand() {
        first(combined(vec![]), 2.0 / 3.0);
        first(combined(vec![("by", "linear".into())]), 0.575);
        let shares = vec![("by", "linear".into()), ("shares", vec![3.0, 1.0].into())];
        first(combined(shares), 0.6625);
        // Products 0.625, 0.52 and 0.45: coefficients as 0.52 · 0.175 to 0.625 · 0.07, 52 to 25.
        first(combined(vec![("by", "game".into())]), 7.0 / 11.0);
    }

    #[test]
    fn coefficients_below_zero() {
        // Full marks 2/5, 3/5 and stated 0, 1: products 0.52, 1 and 0.6, coefficients as 1 · -0.08 to 0.52 · 0.4.
        let parts = |stated: [f64; 2]| {
            let weights = [("x1", stated[0]), ("x2", stated[1])];
            let weights = weights.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect();
            let of_given = [("weights".to_owned(), Value::Table(weights))].into_iter().collect();
            let parts = [("given".to_owned(), Value::Table(of_given))].into_iter().collect();
            vec![("by", Value::from("game")), ("parts", Value::Table(parts))]
        };
        let refused = combined(parts([0.0, 1.0])).unwrap_err().to_string();
        assert!(refused.contains("`full_marks` would be below 0"), "{refused}");
        let mut settings = parts([0.0, 1.0]);
        settings.push(("negative", "absolute".into()));
        first(combined(settings), 0.4 * 0.08 / 0.288);
        // The same twice is itself.
        first(combined(parts([2.0, 3.0])), 0.4);
    }

    #[test]
    fn one_weighting_twice() {
        let stated = |first: f64, second: f64| {
            let weights = [("x1", first), ("x2", second)];
            let weights = weights.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect();
            Value::Table([("weights".to_owned(), Value::Table(weights))].into_iter().collect())
        };
        let parts = [("given-experts", stated(0.6, 0.4)), ("given-survey", stated(0.2, 0.8))];
        let parts = parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
        let settings = vec![
            ("of", vec!["given-experts", "given-survey"].into()),
            ("parts", Value::Table(parts)),
            ("by", Value::from("linear")),
            ("shares", vec![3.0, 1.0].into()),
        ];
        // Three quarters of 0.6 and a quarter of 0.2.
        first(combined(settings), 0.5);
    }

    #[test]
    fn settings_that_do_not_fit() {
        let make = |settings: Vec<(&str, Value)>| {
            let values = settings.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            let made =
                (find(super::TABLE, "combination").unwrap().make)(&crate::method::Settings(values));
            made.err().expect("a fault").setting
        };
        assert_eq!(make(vec![]), "of");
        assert_eq!(make(vec![("of", vec!["entropie"].into())]), "of");
        assert_eq!(make(vec![("of", vec!["equal", "equal"].into())]), "of");
        assert_eq!(
            make(vec![("of", vec!["equal"].into()), ("shares", vec![1.0].into())]),
            "shares"
        );
        let bad = Value::Table([("max_ratio".to_owned(), (-1.0).into())].into_iter().collect());
        let parts = Value::Table([("ahp".to_owned(), bad)].into_iter().collect());
        assert_eq!(make(vec![("of", vec!["ahp"].into()), ("parts", parts)]), "parts.ahp.max_ratio");
    }
}
