//! Charts: pictures of results as SVG, one file a kind in `kind/`, listed in [`KINDS`].
//!
//! A chart computes nothing of the index: it lays out figures that an evaluation, a comparison or a multiverse has. The
//! parts that kinds share stand here: what is drawn of whom ([`Scene`]), colours ([`palette`]), scales ([`scale`]), room for
//! texts ([`letters`]), shapes ([`canvas`]), and what stands around every chart ([`frame`]).

mod canvas;
mod frame;
mod kind;
mod letters;
mod palette;
mod scale;
mod scene;
mod stack;
#[cfg(test)]
mod tests;

use quanheng_words::{Text, text};

use super::declaration::Declaration;
use super::{Language, Table};

pub use kind::KINDS;
pub use palette::{style, usual};
pub use scene::{Many, Scene, Side};

use frame::Figure;
use quanheng_core::number::{max, min};

/// A kind of chart.
#[derive(Debug)]
pub struct Kind {
    /// Its word on the command line; also the name of its file.
    pub name: &'static str,
    /// Its name for readers.
    pub label: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// What it needs beside the results of a methodology.
    pub needs: Need,
    draw: fn(&Scene<'_>) -> Result<Figure, Reason>,
}

/// What a kind of chart needs beside the results of a methodology.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// A region.
    Region,
    /// Two results or more: methodologies, or periods.
    Several,
    /// A region, and two results.
    RegionAndTwo,
    /// A methodology that cuts regions into tiers.
    Tiers,
    /// Tiers, and two results or more.
    TiersAndSeveral,
    /// Regions that are provinces of China.
    Provinces,
    /// A map of the project's own.
    Map,
    /// A region, and a multiverse.
    RegionAndMultiverse,
    /// A case.
    Case,
    /// Weights or data that can be drawn.
    Draws,
    /// Scores that are sums of weights times scores, so that all weights can be looked at exactly.
    Weights,
    /// Tiers that are cut at stated scores.
    TierBounds,
    /// A sensitivity analysis.
    Sensitivity,
}

/// A chart, and everything that must stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The word of its kind.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The drawing.
    pub svg: String,
    /// What it shows, in words, for those who do not see it; the drawing has it too.
    pub alternative: String,
    /// The figures that are drawn.
    pub table: Table,
    /// Where the figures come from, with the fingerprint of everything that they were made from.
    pub source: String,
}

impl Chart {
    /// The drawing with its style in it, as it must be where it stands in a file of its own.
    pub fn alone(&self) -> String {
        const ABOVE: &str = "</desc>\n";
        match self.svg.contains("<style>") {
            true => self.svg.clone(),
            false => self.svg.replacen(ABOVE, &format!("{ABOVE}<style>\n{}</style>\n", style()), 1),
        }
    }
}

/// Why there is no chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No region has a score in the league and period.
    NoScores,
    /// A region is needed.
    NoRegion,
    /// The region has no score here.
    RegionWithoutScore,
    /// The node has no children.
    Leaf {
        /// Its code.
        node: String,
    },
    /// Two results or more are needed.
    OneResult,
    /// Two results are needed, and others are given.
    NotTwo {
        /// How many.
        found: usize,
    },
    /// The methodology cuts the node into no tiers.
    NoTiers,
    /// The regions are not provinces of China.
    NoProvinces,
    /// A map is needed.
    NoMap,
    /// No area of the map is a region of the project.
    MapOfOthers,
    /// A multiverse is needed.
    NoMultiverse,
    /// No branch of the multiverse gives the region a rank.
    NoBranches,
    /// A case is needed.
    NoCase,
    /// The case has no steps.
    NoSteps,
    /// The case has no dates.
    NoDates,
    /// Nothing differs between the two results.
    Same,
    /// One of the two results is not there.
    Unevaluated,
    /// There is nothing to put on the other axis.
    NoOther,
    /// More regions than can be drawn.
    TooMany {
        /// How many there are.
        n: usize,
        /// How many can be drawn.
        most: usize,
    },
    /// More parts than can be drawn.
    TooManyParts {
        /// How many there are.
        n: usize,
        /// How many can be drawn.
        most: usize,
    },
    /// How sure ranks are was not computed.
    NoRobustness,
    /// How sure ranks are is known of the index alone.
    NotTheIndex,
    /// What follows from all weights is not known exactly.
    NotExact {
        /// Why.
        why: Text,
    },
    /// Nothing can be drawn of weights or data.
    NoDraws {
        /// Why.
        why: Text,
    },
    /// There are too many regions to count the ranks of each.
    TooManyToCount,
    /// Tiers are not cut at stated scores.
    NoTierBounds,
    /// A sensitivity analysis is needed.
    NoSensitivity,
    /// No factor of the sensitivity analysis moves the result.
    NothingMoves,
    /// Fewer of something than the chart needs.
    TooFew {
        /// How many there are.
        n: usize,
        /// How many it takes.
        least: usize,
    },
}

impl Kind {
    /// The kind of this name.
    pub fn find(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// Its name for readers.
    pub fn label(&self, language: Language) -> &'static str {
        Declaration::chart(self.name).says("", language).unwrap_or(self.label)
    }

    /// What it shows, in one sentence.
    pub fn summary(&self, language: Language) -> &'static str {
        Declaration::chart(self.name).says("summary", language).unwrap_or(self.summary)
    }

    /// The chart of a scene.
    ///
    /// # Errors
    /// Why there is none.
    pub fn draw(&self, scene: &Scene<'_>) -> Result<Chart, Reason> {
        Ok((self.draw)(scene)?.framed(self, scene))
    }
}

impl Need {
    /// What is needed.
    pub fn words(self) -> Text {
        match self {
            Need::Nothing => text!(chart_needs_nothing),
            Need::Region => text!(chart_needs_region),
            Need::Several => text!(chart_needs_several),
            Need::RegionAndTwo => text!(chart_needs_region_and_two),
            Need::Tiers => text!(chart_needs_tiers),
            Need::TiersAndSeveral => text!(chart_needs_tiers_and_several),
            Need::Provinces => text!(chart_needs_provinces),
            Need::Map => text!(chart_needs_map),
            Need::RegionAndMultiverse => text!(chart_needs_region_and_multiverse),
            Need::Case => text!(chart_needs_case),
            Need::Draws => text!(chart_needs_draws),
            Need::Weights => text!(chart_needs_weights),
            Need::TierBounds => text!(chart_needs_tier_bounds),
            Need::Sensitivity => text!(chart_needs_sensitivity),
        }
    }
}
