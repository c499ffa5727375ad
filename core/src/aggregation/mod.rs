//! Making one score of several.

mod adjusted_mazziotta_pareto;
mod aras;
mod arithmetic;
mod aroman;
mod benefit_of_doubt;
mod children;
mod choquet;
mod cocoso;
mod codas;
mod comet;
mod copeland;
mod copras;
mod cradis;
mod edas;
mod electre;
mod electre_2;
mod electre_3;
mod electre_tri_b;
mod ervd;
mod flowsort;
mod full_multiplicative;
mod geometric;
mod harmonic;
mod lmaw;
mod lopm;
mod mabac;
mod marcos;
mod mazziotta_pareto;
mod mcdm;
mod mean_min;
mod median;
mod minimum;
mod moora;
mod moora_reference;
mod moosra;
mod multimoora;
mod ocra;
mod owa;
mod pareto;
mod piv;
mod power;
mod probid;
mod product;
mod profiles;
mod promethee;
mod prosa_c;
mod rafsi;
mod ram;
mod rim;
mod row;
mod seca;
mod simus;
mod spatial_lag;
mod spotis;
mod sum;
mod todim;
mod topsis;
mod utadis;
mod vikor;
mod waspas;
mod wroclaw;

use crate::method::{Domain, Entry, MethodError, Needs, Scratch};

pub use children::{Absence, AbsentRule, Children, Least};
pub use mcdm::ZeroCosts;
pub(crate) use mcdm::inverted;

/// Every built-in aggregation: one file each.
pub static TABLE: &[Entry<dyn Aggregation>] = &[
    arithmetic::ENTRY,
    geometric::ENTRY,
    harmonic::ENTRY,
    power::ENTRY,
    sum::ENTRY,
    product::ENTRY,
    minimum::ENTRY,
    median::ENTRY,
    mazziotta_pareto::ENTRY,
    benefit_of_doubt::ENTRY,
    copeland::ENTRY,
    owa::ENTRY,
    choquet::ENTRY,
    mean_min::ENTRY,
    topsis::ENTRY,
    vikor::ENTRY,
    promethee::ENTRY,
    prosa_c::ENTRY,
    copras::ENTRY,
    moora::ENTRY,
    edas::ENTRY,
    aras::ENTRY,
    waspas::ENTRY,
    mabac::ENTRY,
    codas::ENTRY,
    cocoso::ENTRY,
    marcos::ENTRY,
    ram::ENTRY,
    probid::ENTRY,
    ocra::ENTRY,
    moora_reference::ENTRY,
    full_multiplicative::ENTRY,
    multimoora::ENTRY,
    moosra::ENTRY,
    spotis::ENTRY,
    rim::ENTRY,
    comet::ENTRY,
    ervd::ENTRY,
    rafsi::ENTRY,
    cradis::ENTRY,
    lmaw::ENTRY,
    piv::ENTRY,
    todim::ENTRY,
    electre::ENTRY,
    electre_2::ENTRY,
    electre_3::ENTRY,
    electre_tri_b::ENTRY,
    flowsort::ENTRY,
    utadis::ENTRY,
    aroman::ENTRY,
    lopm::ENTRY,
    pareto::ENTRY,
    adjusted_mazziotta_pareto::ENTRY,
    wroclaw::ENTRY,
    spatial_lag::ENTRY,
    simus::ENTRY,
    seca::ENTRY,
];

/// The size of what a weighted mean adds up ([`Aggregation::scale`]).
pub fn scale_of_mean(children: &[f64], weights: &[f64]) -> f64 {
    children.iter().zip(weights).map(|(size, weight)| size * weight).sum()
}

/// A way to make one score of the scores of children.
pub trait Aggregation: Send + Sync {
    /// Writes the parent's scores into `out`, NaN where a region has no child with a value.
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError>;

    /// What it needs of the children's columns.
    fn needs(&self) -> Needs {
        Needs::ORIENTED
    }

    /// What the scores can be.
    fn gives(&self, children: &[Domain]) -> Domain {
        Domain::of_mean(children)
    }

    /// Whether scores are in the unit of the children, as means are.
    fn keeps_unit(&self) -> bool {
        false
    }

    /// The size of the numbers that make up a score, of the sizes of the children's and their weights. Sums can cancel
    /// out, and what is left of rounding errors is as small as this is, not as small as the score. Zero where nothing
    /// cancels.
    fn scale(&self, children: &[f64], weights: &[f64]) -> f64 {
        if self.keeps_unit() { scale_of_mean(children, weights) } else { 0.0 }
    }

    /// Whether it asks which of two regions has the greater score of a child, so that last digits would count as much as
    /// whole points. The columns are then settled, so that equal scores are equal to the last bit.
    fn compares_regions(&self) -> bool {
        false
    }

    /// Whether the score is points out of full marks, so that a rate of attainment (得分率) can be stated.
    fn gives_points(&self) -> bool {
        false
    }

    /// Whether weights of any sum have a meaning in its formula, so that they can be used as printed.
    fn takes_printed_weights(&self) -> bool {
        false
    }

    /// Whether a score depends on the region's own children only, so that other regions can change without effect.
    fn is_rowwise(&self) -> bool {
        false
    }

    /// Whether it is defined over all indicators at once, as TOPSIS and its kin are: it compares regions with each other,
    /// and node by node in a deeper tree it gives other results than in the papers that use it.
    fn is_flat(&self) -> bool {
        false
    }

    /// Whether the weights of the children say how much each of them counts. If not, reports do not print them; the
    /// intermediate result `weights`, if there is one, has those that the method found for each region.
    fn uses_weights(&self) -> bool {
        true
    }

    /// Whether it is the weighted arithmetic mean, so that a tree of such nodes collapses to one weight a leaf.
    fn is_linear(&self) -> bool {
        false
    }

    /// Whether a score is a concave function of the children's scores that falls with none of them, whatever the weights:
    /// a mean of two regions' children then has at least the mean of their scores.
    fn is_concave(&self) -> bool {
        self.is_linear()
    }

    /// The generator of a quasi-arithmetic mean: the increasing function `f` of a child's score with
    /// `f(S) = Σ w·f(s) / Σ w`, by which regions are in the same order as by `S`. Minus infinity where the formula has no
    /// value; none where the method is not such a mean (Kolmogorov 1930; Bullen, Handbook of Means, 2003, chapter IV).
    fn generator(&self, _score: f64) -> Option<f64> {
        None
    }
}
