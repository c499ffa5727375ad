//! UTADIS: utilities of the children and thresholds of categories, found from regions whose category is known.

mod given;
mod nearest;
mod program;

use indexmap::IndexMap;
use quanheng_words::text;

use self::program::{Found, Programmes, Test};
use super::mcdm::{ByChild, Criterion, criteria, refuse_unknown};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, SettingError, Settings,
    Shape, Units, Value, choice, fault, settings,
};
use crate::model::{Direction, Indicator};
use crate::number;

choice! {
    /// What the errors of the reference regions add up to.
    pub enum Errors { Sum = "sum", Mean = "mean" }
}

choice! {
    /// What the scores are.
    pub enum Score { Utility = "utility", Category = "category" }
}

settings! {
    /// Settings of UTADIS.
    pub struct Utadis {
        /// The names of the categories, from the best to the worst.
        categories: Vec<String> = Vec::new(),
        /// The reference regions: the category of each, by the code of the region. Every category needs one.
        regions: IndexMap<String, String> = IndexMap::new(),
        /// The utility of a child is a line with so many segments of equal length between its worst and its best value; 2 is the least number with which it can bend, and more segments need more reference regions.
        segments: usize [1.0, 100.0] = 2,
        /// The setting `segments` of single children, by their code: `children.x1.segments = 3`.
        children: IndexMap<String, Settings> = IndexMap::new(),
        /// The least value that there can be, of single children by their code; of the others the least among the regions.
        lower: ByChild = ByChild::new(),
        /// The greatest value that there can be, of single children by their code; of the others the greatest among the regions.
        upper: ByChild = ByChild::new(),
        /// What the programme makes least: the sum of all errors (`sum`), or the sum of the mean errors of the categories (`mean`), so that a category with many reference regions counts no more than another one.
        errors: Errors = Errors::Sum,
        /// How far the utility of a reference region must be below the threshold of the next better category.
        delta: f64 [1e-6, 1.0] = 0.001,
        /// How far a threshold must be from the next one; at least `delta`.
        gap: f64 [1e-6, 1.0] = 0.01,
        /// How much more error than the least one the solutions may have that give the children the greatest weights, as a share of the least error.
        tolerance: f64 [0.0, 1.0] = 0.0,
        /// What the scores are: the utility, or the category, 1 being the worst.
        score: Score = Score::Utility,
    }
}

/// A figure for each segment's ends of each child.
const BY_BREAKPOINT: Shape = Shape::SIBLINGS_LIST;

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "utadis",
    summary: "UTADIS: the sum of utilities of the children, found from regions whose category is known so that these are on the right side of the thresholds between the categories; each utility is a line of segments that does not fall",
    formula: "U(a) = Σ_i Σ_j w_ij·p_ij(a), p_ij(a) the part of segment j of child i up to the value of a, w ≥ 0, Σ w = 1; F* = the least Σ (σ⁺ + σ⁻) (mean: each over the number of reference regions of the category) with U(a) ≥ u_k − σ⁺(a) and U(a) ≤ u_{k−1} − δ + σ⁻(a) for reference regions a of category k, 1 the best, and u_{k−1} − u_k ≥ gap; then for each child i the greatest Σ_j w_ij with an error of at most F*·(1 + tolerance), of several solutions that of the least Σ_ij (w_ij − 1/(n·a_i))² + Σ_k (u_k − 1 + k/q)² + Σ σ² with n children, a_i segments and q categories, and the mean of these n solutions",
    reference: "Devaud, Groussaud & Jacquet-Lagrèze (1980), UTADIS: une méthode de construction de fonctions d'utilité additives rendant compte de jugements globaux, European Working Group on MCDA, Bochum; Zopounidis & Doumpos (1999), Computational Economics 14, 197-218",
    settings: Utadis::declared,
    make: |values: &Settings| Ok(Box::new(Method::new(Utadis::read(values)?)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new("category", "", Shape::REGIONS, "The category, 1 being the worst."),
        Given::new(
            "stated",
            "",
            Shape::REGIONS,
            "The stated category of a reference region, 1 being the worst.",
        ),
        Given::new(
            "sigma_plus",
            "σ⁺",
            Shape::REGIONS,
            "How far the utility of a reference region is below the threshold of its category.",
        ),
        Given::new(
            "sigma_minus",
            "σ⁻",
            Shape::REGIONS,
            "How far the utility of a reference region is above what its category allows.",
        ),
        Given::new(
            "utilities",
            "u_i(a)",
            Shape::REGIONS_SIBLINGS,
            "The utility of the child's value in the region.",
        ),
        Given::new(
            "weights",
            "w_i",
            Shape::SIBLINGS,
            "The utility of the child's best value, which is its weight.",
        ),
        Given::new(
            "breakpoints",
            "",
            BY_BREAKPOINT,
            "The values between which the utility is a straight line, from the worst to the best.",
        ),
        Given::new("marginal", "u_i", BY_BREAKPOINT, "The utility of each of these values."),
        Given::new(
            "turns",
            "",
            Shape::SIBLINGS_SIBLINGS,
            "The weights of the children, in the columns, in the solution with the greatest weight of the child in the row.",
        ),
        Given::new(
            "thresholds",
            "u_k",
            Shape::LIST,
            "The utility from which a region is in the category, from the best category; the worst has none.",
        ),
        Given::new("error", "F*", Shape::FIGURE, "The least error of the reference regions."),
    ],
    example,
};

/// The table of the test of UTADIS in the R package MCDA.
fn example() -> Example {
    let less = Indicator { direction: Direction::Negative, ..Indicator::default() };
    let names = ["good", "medium", "medium", "bad", "bad"].into_iter().enumerate();
    let regions = names.map(|(k, name)| ((k + 1).to_string(), name.into())).collect();
    Example {
        columns: vec![
            vec![3.0, 4.0, 2.0, 6.0, 30.0],
            vec![10.0, 20.0, 20.0, 40.0, 30.0],
            vec![1.0, 2.0, 0.0, 0.0, 3.0],
        ],
        indicators: vec![less.clone(), less, Indicator::default()],
        expected: vec![
            0.901_257_136_583_223_6,
            0.713_222_948_549_035_6,
            0.655_987_551_096_246_8,
            0.344_565_217_391_304_5,
            0.227_485_135_637_309_54,
        ],
        source: "the table and the categories of the test of UTADIS in the R package MCDA, both steps solved by HiGHS of SciPy 1.17.1 and quadprog 0.1.14".into(),
        ..Example::default()
    }
    .with([
        ("categories", vec!["good", "medium", "bad"].into()),
        ("regions", Value::Table(regions)),
        ("delta", 0.1.into()),
        ("gap", 0.1.into()),
    ])
}

/// A utility that misses a threshold by no more than rounding reaches it.
const NOISE: f64 = 1e-9;

struct Method {
    settings: Utadis,
    /// The segments of single children.
    segments: IndexMap<String, usize>,
    /// The places of the categories of the reference regions, from the best.
    places: IndexMap<String, usize>,
}

/// A child with its segments.
struct Part<'a> {
    criterion: Criterion<'a>,
    worst: f64,
    best: f64,
    segments: usize,
}

impl Part<'_> {
    /// How much of each segment lies below the value of a region.
    fn parts(&self, row: usize) -> impl Iterator<Item = f64> + use<'_> {
        let way = (self.criterion.values[row] - self.worst) / (self.best - self.worst);
        let along = number::clamp(way, 0.0, 1.0) * self.segments as f64;
        (0..self.segments).map(move |j| number::clamp(along - j as f64, 0.0, 1.0))
    }

    fn breakpoint(&self, k: usize) -> f64 {
        let way = k as f64 / self.segments as f64;
        if k == self.segments { self.best } else { self.worst + way * (self.best - self.worst) }
    }
}

impl Aggregation for Method {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let of = &self.settings;
        let codes = of.children.keys().chain(of.lower.keys()).chain(of.upper.keys());
        refuse_unknown(children, codes)?;
        let criteria = criteria(children)?;
        let parts = criteria.map(|c| self.part(children, c)).collect::<Result<Vec<_>, _>>()?;
        if parts.is_empty() {
            out.fill(f64::NAN);
            return Ok(());
        }
        let stated = self.stated(children, out.len())?;
        let solved = self.programmes(&parts, &stated).solve();
        let solved = solved.map_err(|_| MethodError::Other(text!(weights_unsolved)))?;
        let utilities: Vec<Vec<f64>> =
            (0..out.len()).map(|row| utilities(&parts, &solved.mean, row)).collect();
        let sums = utilities.iter().map(|of| number::clamp(of.iter().sum(), 0.0, 1.0));
        let sums: Vec<f64> = sums.collect();
        let thresholds = &solved.mean.thresholds;
        let category =
            |u: &f64| 1.0 + thresholds.iter().filter(|t| *u >= **t - NOISE).count() as f64;
        let categories: Vec<f64> = sums.iter().map(category).collect();
        out.copy_from_slice(match of.score {
            Score::Utility => &sums,
            Score::Category => &categories,
        });
        if scratch.intermediate.is_asked() {
            let found = given::Results {
                settings: of,
                parts: &parts,
                stated: &stated,
                utilities: &utilities,
                sums: &sums,
                categories: &categories,
                solved: &solved,
                width: children.columns.len(),
            };
            found.give(&mut scratch.intermediate);
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        match self.settings.score {
            Score::Utility => Domain::between(0.0, 1.0),
            Score::Category => Domain::between(1.0, self.settings.categories.len() as f64),
        }
    }
}

impl Method {
    fn new(settings: Utadis) -> Result<Self, SettingError> {
        let names = &settings.categories;
        let repeated = (1..names.len()).any(|k| names[..k].contains(&names[k]));
        if names.len() < 2 || repeated {
            return Err(fault("categories", text!(expect_categories)));
        }
        let mut places = IndexMap::new();
        for (region, category) in &settings.regions {
            let Some(place) = names.iter().position(|name| name == category) else {
                let known = names.join(", ");
                let (region, category) = (region.as_str(), category.as_str());
                return Err(fault(
                    "regions",
                    text!(expect_category, region = region, category = category, known = known),
                ));
            };
            places.insert(region.clone(), place);
        }
        let empty = (0..names.len()).find(|place| !places.values().any(|of| of == place));
        if let Some(place) = empty {
            let category = names[place].as_str();
            return Err(fault("regions", text!(expect_reference, category = category)));
        }
        if settings.gap < settings.delta {
            return Err(fault("gap", text!(expect_at_least_delta)));
        }
        let most = 1.0 / number::max(names.len() as f64 - 2.0, 1.0);
        if settings.gap > most {
            return Err(fault("gap", text!(expect_gaps, most = most)));
        }
        let own = settings.children.iter();
        let own = own.map(|(code, own)| Ok((code.clone(), own_segments(code, own)?)));
        let segments = own.collect::<Result<_, SettingError>>()?;
        Ok(Method { settings, segments, places })
    }

    fn part<'a>(
        &self,
        children: &Children<'_>,
        criterion: Criterion<'a>,
    ) -> Result<Part<'a>, MethodError> {
        let ends = criterion.range(children, &self.settings.lower, &self.settings.upper)?;
        let code = &children.nodes[criterion.child].code;
        if ends.length() == 0.0 {
            return Err(MethodError::Other(text!(utility_constant, code = code)));
        }
        if !ends.length().is_finite() {
            return Err(MethodError::Other(text!(values_too_large)));
        }
        let segments = self.segments.get(code).copied().unwrap_or(self.settings.segments);
        Ok(Part { criterion, worst: ends.worst, best: ends.best, segments })
    }

    /// The place of the stated category of each row, from the best; none for regions that are not reference regions.
    fn stated(
        &self,
        children: &Children<'_>,
        rows: usize,
    ) -> Result<Vec<Option<usize>>, MethodError> {
        let mut stated = vec![None; rows];
        for (code, place) in &self.places {
            let mut found = false;
            for row in children.rows.of(code) {
                stated[row] = Some(*place);
                found = true;
            }
            if !found {
                return Err(MethodError::NoRegion { code: code.clone() });
            }
        }
        Ok(stated)
    }

    fn programmes(&self, parts: &[Part<'_>], stated: &[Option<usize>]) -> Programmes {
        let last = self.settings.categories.len() - 1;
        let mut tests = Vec::new();
        for (row, place) in stated.iter().enumerate() {
            let Some(place) = *place else { continue };
            let alike = stated.iter().filter(|other| **other == Some(place)).count();
            let price = match self.settings.errors {
                Errors::Sum => 1.0,
                Errors::Mean => 1.0 / alike as f64,
            };
            let own: Vec<f64> = parts.iter().flat_map(|part| part.parts(row)).collect();
            if place < last {
                tests.push(Test { parts: own.clone(), threshold: place, reaches: true, price });
            }
            if place > 0 {
                tests.push(Test { parts: own, threshold: place - 1, reaches: false, price });
            }
        }
        Programmes {
            segments: parts.iter().map(|part| part.segments).collect(),
            thresholds: last,
            tests,
            delta: self.settings.delta,
            gap: self.settings.gap,
            tolerance: self.settings.tolerance,
        }
    }
}

/// The number of segments that a child states.
fn own_segments(code: &str, own: &Settings) -> Result<usize, SettingError> {
    let at = |e: SettingError| SettingError {
        setting: format!("children.{code}.{}", e.setting),
        fault: e.fault,
    };
    let mut declared = Utadis::declared();
    declared.retain(|setting| setting.name == "segments");
    own.only(&declared).map_err(at)?;
    Utadis::read(own).map(|own| own.segments).map_err(at)
}

/// The utilities of the segments of each child.
fn by_child<'a>(
    parts: &'a [Part<'_>],
    mut segments: &'a [f64],
) -> impl Iterator<Item = &'a [f64]> + use<'a> {
    parts.iter().map(move |part| {
        let (own, rest) = segments.split_at(part.segments);
        segments = rest;
        own
    })
}

/// The utility of each child in a row.
fn utilities(parts: &[Part<'_>], found: &Found, row: usize) -> Vec<f64> {
    let all = parts.iter().zip(by_child(parts, &found.segments));
    all.map(|(part, own)| own.iter().zip(part.parts(row)).map(|(w, p)| w * p).sum()).collect()
}

#[cfg(test)]
mod tests;
