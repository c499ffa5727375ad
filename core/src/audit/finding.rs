//! What an audit finds: facts only.

use super::Property;
use crate::evaluation::EvaluationError;
use crate::methodology::Part;
use crate::model::{NodeId, PeriodIx, RegionIx};
use crate::tiering::Tier;

/// What became of one property.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The property.
    pub property: &'static Property,
    /// Whether it holds.
    pub verdict: Verdict,
    /// How many tests came to a result.
    pub tests: usize,
    /// How many there would be without a sample: more than `tests` where a sample was drawn, or tests had no result.
    pub of: usize,
    /// How many tests it fails.
    pub failed: usize,
    /// The worst counter-examples, worst first.
    pub examples: Vec<CounterExample>,
    /// In which parts and methods the failures arise, most frequent first, and how many of them arise there; with the
    /// node where it is the same one for all of these.
    pub origins: Vec<(Origin, usize)>,
    /// Tests without a result, since the changed study could not be evaluated: how many, and the first.
    pub faults: Option<(usize, Fault)>,
    /// Parts that the property says nothing about: why, and how many.
    pub left_out: Vec<(Reason, usize)>,
    /// Numbers that say more than pass or fail.
    pub measures: Vec<Measure>,
}

/// Whether a property holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Every test holds.
    Pass,
    /// Some test does not.
    Fail,
    /// The property does not apply to this methodology or these data.
    NotApplicable(Reason),
    /// No test came to a result.
    Untested,
}

/// A test that the property fails.
#[derive(Clone, Debug)]
pub struct CounterExample {
    /// What was done.
    pub change: Change,
    /// Who is looked at.
    pub who: Party,
    /// The region's place before.
    pub before: Place,
    /// Its place afterwards.
    pub after: Place,
    /// The other region of a pair, before and afterwards.
    pub other: Option<(Party, Place, Place)>,
    /// Where the effect arises, as far as the tables of the stages tell.
    pub origin: Option<Origin>,
    /// How bad it is among the counter-examples of one property.
    pub(super) severity: f64,
}

/// A region in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Party {
    /// The region, in the unchanged study.
    pub region: RegionIx,
    /// The period.
    pub period: PeriodIx,
    /// Its row in the unchanged panel.
    pub row: usize,
}

/// The score, rank and tier of one region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its score before the index is rounded; NaN for none.
    pub score: f64,
    /// Its rank; NaN for none.
    pub rank: f64,
    /// Its tier, 0 being the best.
    pub tier: Option<Tier>,
}

/// What was done to the study.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing: it was evaluated a second time.
    Repeated,
    /// Regions got other codes, in another order.
    Renamed {
        /// Which of the orders.
        order: u64,
    },
    /// A second region with the same data was added.
    Copied {
        /// The region.
        region: RegionIx,
    },
    /// The score of a region was moved by the size of rounding noise; or two regions lie that near to each other.
    Nudged {
        /// By how much.
        by: f64,
    },
    /// A value was improved, all else equal.
    Improved {
        /// The leaf.
        leaf: NodeId,
        /// The value before.
        from: f64,
        /// The value afterwards.
        to: f64,
    },
    /// Nothing: one region is no worse than another in every leaf.
    Dominates {
        /// A leaf in which it is better, if there is one.
        better: Option<NodeId>,
    },
    /// A region was taken out.
    Removed {
        /// The region.
        region: RegionIx,
    },
    /// A region was made worse in every leaf that could be worse.
    Worsened {
        /// The region.
        region: RegionIx,
        /// Whether each leaf got the worst value that is seen, and not one that is a step worse.
        worst: bool,
    },
    /// Two regions were ranked without all others.
    Alone {
        /// The regions.
        regions: [RegionIx; 2],
    },
    /// Three regions were ranked in pairs, each pair without all others: each is no worse than the next one, and the last
    /// no worse than the first.
    Circle {
        /// The regions.
        regions: [RegionIx; 3],
        /// For each whether it is better than the next one, and not equal to it.
        strict: [bool; 3],
    },
    /// A raw column was multiplied, and with it what the methodology states in its unit.
    Scaled {
        /// The column.
        column: String,
        /// The factor.
        factor: f64,
    },
    /// A raw column had a constant added, and with it what the methodology states in its unit.
    Shifted {
        /// The column.
        column: String,
        /// The constant.
        by: f64,
    },
    /// A node of weight zero was taken out of the system.
    Dropped {
        /// The node.
        node: NodeId,
    },
    /// A missing cell was given the value that imputation gives it.
    Filled {
        /// The leaf.
        leaf: NodeId,
        /// The value.
        value: f64,
    },
}

/// Where an effect arises: the first part, from the raw cells up, after which it can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The part of the methodology.
    pub part: Part,
    /// The leaf or node; none for ranks and tiers, and for several nodes together.
    pub node: Option<NodeId>,
    /// The method.
    pub method: String,
    /// Whether the method claims that it keeps the property; `None` if methods make no such claim, or if it is a script
    /// or plugin.
    pub claims: Option<bool>,
}

/// Why a property does not apply to a part, or at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Fewer than so many regions with a score.
    TooFewRegions {
        /// How many it takes.
        needed: usize,
    },
    /// No region is at least as good as another in every leaf.
    NobodyDominates,
    /// No cell is missing.
    NothingMissing,
    /// Missing cells stay absent.
    StaysAbsent,
    /// Weights are found from data, or are equal: there is none to set to zero.
    WeightsNotStated {
        /// The weighting.
        method: String,
    },
    /// The aggregation adds points as they are, whatever the weights.
    PointsAdded {
        /// The aggregation.
        method: String,
    },
    /// An only child, or one whose siblings have no weight.
    OnlyChild,
    /// Leagues have full marks of their own, so that one weight holds for none of them.
    LeagueMarks,
    /// The ranking looks at the node.
    DecidesTies,
    /// The column goes into a formula, whose unit is not known.
    Formula,
    /// Grades and yes or no have no unit.
    NoUnit,
    /// The column is not normalised: its values are scores already, on the scale of the others.
    Score,
    /// What is stated in a unit refers to the unit after a treatment.
    UnitAfterTreatment {
        /// The treatment.
        method: String,
    },
    /// A column that divides, or is divided, has no meaning when a constant is added.
    Denominator,
    /// Every value is the same.
    Constant,
    /// A grade or count that is the best seen already: nothing better is known to be possible.
    AlreadyBest,
    /// A region has the worst value in every leaf already.
    AlreadyWorst,
    /// The ranking orders equal scores by region code, as it is meant to.
    OrdinalRanks,
}

/// A change after which the study could not be evaluated.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What was done.
    pub change: Change,
    /// What went wrong first.
    pub error: EvaluationError,
}

/// A number that says more than pass or fail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What it counts or measures.
    pub quantity: Quantity,
    /// The number.
    pub value: f64,
    /// Of how many, for a count.
    pub of: Option<usize>,
}

impl Measure {
    /// The share, for a count of something; 0 of 0 if there is nothing.
    pub fn share(&self) -> Option<f64> {
        self.of.filter(|of| *of > 0).map(|of| self.value / of as f64)
    }
}

/// What a measure counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The largest difference of a score from what it should be, as a share of the largest score.
    LargestDifference,
    /// Pairs of regions in reversed order, over all removals: the rank-reversal rate.
    PairsReversed,
    /// Pairs that were equal and are not, or the other way round, over all removals.
    PairsParted,
    /// Removals after which some pair is reversed.
    RemovalsReversing,
    /// Pairs reversed by taking out the best region.
    ReversedWithoutBest,
    /// Pairs reversed by taking out the region in the middle.
    ReversedWithoutMiddle,
    /// Pairs reversed by taking out the worst region.
    ReversedWithoutWorst,
    /// Three regions each of which is better than the next one, and the last better than the first.
    Cycles,
    /// Regions whose codes stand in settings, and were kept.
    CodesKept,
}

/// One test.
pub(super) enum Trial {
    /// It holds; the largest relative difference met.
    Holds(f64),
    /// It does not.
    Breaks(Box<CounterExample>, f64),
    /// The changed study cannot be evaluated.
    Faults(Change, Vec<EvaluationError>),
    /// The property says nothing here.
    LeftOut(Reason),
}

/// Trials added up.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) tests: usize,
    pub(super) of: usize,
    pub(super) failed: usize,
    pub(super) examples: Vec<CounterExample>,
    pub(super) origins: Vec<(Origin, usize)>,
    pub(super) faults: Option<(usize, Fault)>,
    pub(super) left_out: Vec<(Reason, usize)>,
    pub(super) measures: Vec<Measure>,
    pub(super) difference: f64,
}

impl Tally {
    /// Adds trials in their order; `of` is counted by the caller where a sample was drawn.
    pub(super) fn add(&mut self, trials: Vec<Trial>) {
        for trial in trials {
            match trial {
                Trial::Holds(difference) => {
                    self.tests += 1;
                    self.difference = crate::number::max(self.difference, difference);
                }
                Trial::Breaks(example, difference) => {
                    self.tests += 1;
                    self.failed += 1;
                    self.difference = crate::number::max(self.difference, difference);
                    if let Some(origin) = &example.origin {
                        let alike = self.origins.iter_mut();
                        let mut alike = alike
                            .filter(|(o, _)| (o.part, &o.method) == (origin.part, &origin.method));
                        match alike.next() {
                            Some((first, count)) => {
                                *count += 1;
                                first.node = first.node.filter(|node| Some(*node) == origin.node);
                            }
                            None => self.origins.push((origin.clone(), 1)),
                        }
                    }
                    self.examples.push(*example);
                }
                Trial::Faults(change, errors) => {
                    let Some(error) = errors.into_iter().next() else { continue };
                    match &mut self.faults {
                        Some((count, _)) => *count += 1,
                        None => self.faults = Some((1, Fault { change, error })),
                    }
                }
                Trial::LeftOut(reason) => self.leave_out(reason),
            }
        }
    }

    pub(super) fn leave_out(&mut self, reason: Reason) {
        match self.left_out.iter_mut().find(|(r, _)| *r == reason) {
            Some((_, count)) => *count += 1,
            None => self.left_out.push((reason, 1)),
        }
    }

    pub(super) fn measure(&mut self, quantity: Quantity, value: f64, of: Option<usize>) {
        self.measures.push(Measure { quantity, value, of });
    }
}
