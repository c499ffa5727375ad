//! Profiles: what there is to say about one region, put beside its league, its groups and its peers.
//!
//! [`Profiles`] computes what regions share (ranks, means, percentile ranks) once for a league and period, so that the
//! profile of each of its regions costs little.

mod among;
mod peers;
mod rule;
mod source;
mod target;
#[cfg(test)]
mod tests;
mod trend;

pub use among::{Among, Place};
pub use peers::{Peers, PeersFault, numbers_of_attribute};
pub use rule::{Cuts, Mark, Rule, Why};
pub use source::Source;
pub use target::{Aim, Arrow, Colour};
pub use trend::{NoTrend, Trend, years};

use crate::evaluation::Evaluation;
use crate::model::{NodeId, PeriodIx};

use among::Circle;
use rule::Marks;
use source::Sources;
use trend::Window;

/// What a profile shows, and by which rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The groups with whose classes a region is compared, by position in the study.
    pub groups: Vec<usize>,
    /// The group whose classes are the units that regions belong to, by position in the study; it is among `groups`.
    pub parent: Option<usize>,
    /// Which regions are like a region; none are shown where nothing is stated.
    pub peers: Option<Peers>,
    /// What is a strength and what is a weakness.
    pub rule: Rule,
    /// The period from which trends are measured; the first one unless stated.
    pub since: Option<PeriodIx>,
    /// The year in which targets are to be reached, where the system states none.
    pub target_year: Option<f64>,
}

/// The profiles of the regions of some leagues, each in one period.
#[derive(Debug)]
pub struct Profiles<'e> {
    evaluation: &'e Evaluation,
    options: Options,
    sources: Sources<'e>,
    leagues: Vec<League>,
}

/// What the regions of one league share in one period.
#[derive(Debug)]
struct League {
    slice: usize,
    /// The league, and then each class of a group that has regions in it.
    circles: Vec<Circle>,
    /// The peers of each region, by position in the slice.
    peers: Vec<Vec<usize>>,
    /// Among how many tenths of all regions of the period each region stands, by node and position.
    deciles: Vec<Vec<Option<u8>>>,
    window: Window,
}

/// A region, put beside others.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Its row in the panel of the evaluation.
    pub row: usize,
    /// What it is put beside: its league, its classes of each group, its peers.
    pub among: Vec<Among>,
    /// Every node, in the order of the tree.
    pub nodes: Vec<Standing>,
    /// From which percentile ranks on its own indicators are strengths or weaknesses; none without such indicators.
    pub cuts: Option<Cuts>,
    /// Its peers by nearness, as rows of the panel.
    pub peers: Vec<usize>,
    /// How its scores and values have changed, node by node.
    pub trends: Result<Vec<Trend>, NoTrend>,
    /// Its indicators for which the system states a target or thresholds.
    pub aims: Vec<Aim>,
}

/// How a region stands at one node.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The node.
    pub node: NodeId,
    /// Its score, as the methodology rounds it; NaN for none.
    pub score: f64,
    /// The value of an indicator in its unit, after imputation; none for a node that has children.
    pub value: Option<f64>,
    /// Where that value comes from.
    pub source: Option<Source>,
    /// The share of other regions of the league that it is better than, from 0 to 1.
    pub percentile: Option<f64>,
    /// In which tenth of all regions of the period it is, 1 being the best.
    pub decile: Option<u8>,
    /// The share of indicators at or below the node for which the region has a value of its own.
    pub coverage: f64,
    /// Whether it is a strength or a weakness of the region, and why.
    pub mark: Option<(Mark, Why)>,
    /// Where it stands in each of [`Profile::among`].
    pub places: Vec<Place>,
}

impl<'e> Profiles<'e> {
    /// What the regions of these slices of the panel share.
    ///
    /// # Errors
    /// Why there are no peers.
    pub fn new(
        evaluation: &'e Evaluation,
        slices: &[usize],
        options: Options,
    ) -> Result<Self, PeersFault> {
        let sources = Sources::new(evaluation);
        let league = |&slice: &usize| -> Result<League, PeersFault> {
            let whole = Circle::league(evaluation, slice);
            let deciles = among::deciles(evaluation, slice, &whole);
            let peers = match &options.peers {
                Some(peers) => peers.of(evaluation, slice)?,
                None => Vec::new(),
            };
            let classes = Circle::classes(evaluation, slice, &options.groups, &whole);
            let circles = std::iter::once(whole).chain(classes).collect();
            let window = Window::new(evaluation, slice, options.since);
            Ok(League { slice, circles, peers, deciles, window })
        };
        let leagues = slices.iter().map(league).collect::<Result<_, _>>()?;
        Ok(Profiles { evaluation, options, sources, leagues })
    }

    /// The evaluation.
    pub fn evaluation(&self) -> &'e Evaluation {
        self.evaluation
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The rows of all regions that have a profile here, league by league.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        let slices = self.evaluation.study().panel.slices();
        self.leagues.iter().flat_map(|league| slices[league.slice].rows.clone())
    }

    /// The profile of the region in a row of the panel; none for a row of another slice.
    pub fn of(&self, row: usize) -> Option<Profile> {
        let panel = &self.evaluation.study().panel;
        let slice = panel.slice_at(row);
        let league = self.leagues.iter().find(|league| league.slice == slice)?;
        let first = panel.slices()[slice].rows.start;
        let at = row - first;
        let system = &self.evaluation.methodology().system;

        let mut circles: Vec<&Circle> = league.circles.iter().filter(|c| c.holds(at)).collect();
        let own = league.peers.get(at).map(Vec::as_slice).unwrap_or_default();
        let peers = (!own.is_empty()).then(|| Circle::peers(&league.circles[0], at, own));
        circles.extend(&peers);
        let whole = circles[0];

        let values = self.sources.of(row);
        let marks = Marks::new(&self.options.rule, system, whole, &values, at);
        let nodes = in_order(system)
            .map(|node| {
                let leaf = system.leaves().iter().position(|leaf| *leaf == node);
                let covered = marks.is_covered(node);
                Standing {
                    node,
                    score: whole.score(node, at),
                    value: leaf.map(|leaf| values[leaf].value).filter(|x| !x.is_nan()),
                    source: leaf.map(|leaf| values[leaf].source),
                    percentile: whole.percentile(node, at),
                    decile: league.deciles[node.index()][at],
                    coverage: marks.coverage(node),
                    mark: marks.of(node, whole.percentile(node, at), whole.rank(node, at)),
                    places: circles
                        .iter()
                        .map(|circle| {
                            circle.place(self.evaluation, &self.options.rule, node, at, covered)
                        })
                        .collect(),
                }
            })
            .collect();
        Some(Profile {
            row,
            among: circles.iter().map(|circle| circle.among).collect(),
            nodes,
            cuts: marks.cuts,
            peers: own.iter().map(|&at| first + at).collect(),
            trends: league.window.trends(self.evaluation, &self.sources, row),
            aims: target::aims(
                self.evaluation,
                &self.sources,
                &league.window,
                row,
                self.options.target_year,
            ),
        })
    }
}

/// The nodes of a system, each before its children.
fn in_order(system: &crate::model::System) -> impl Iterator<Item = NodeId> + '_ {
    let mut stack = vec![system.root()];
    std::iter::from_fn(move || {
        let node = stack.pop()?;
        stack.extend(system.node(node).children.iter().rev());
        Some(node)
    })
}
