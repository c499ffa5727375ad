//! Runs a methodology over a study, from any stage on, and keeps the results of every stage.

mod columns;
mod constants;
#[cfg(test)]
mod decimals;
mod donors;
mod error;
mod exchange;
mod fill;
mod filled;
mod intermediate;
mod layout;
mod linear;
mod nodes;
mod outcome;
mod passing;
mod rescale;
mod screening;
#[cfg(test)]
pub(crate) mod tests;
mod without;

use std::sync::Arc;

use crate::method::{Scratch, Stage};
use crate::methodology::{Methodology, RankOn, Screening};
use crate::model::{Column, Direction, Node, NodeId, Study, Table};
use crate::number::Grid;
use crate::tiering::Tier;

pub use crate::imputation::Donors;
pub use constants::{ConstantColumn, ConstantScores};
pub use error::EvaluationError;
pub use intermediate::declared;
pub use rescale::BEFORE_RESCALING;
pub use screening::{Screened, Shortage};

pub(crate) use without::remarked;

use layout::Layout;
use passing::Passing;
use screening::Whole;

/// Columns of leaves whose missing cells are filled, or stay absent by choice. Only imputation makes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompleteTable(Table);

/// Columns of leaves after treatment. Only treatment makes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreatedTable(Table);

/// Columns of leaves on one scale. Only normalisation makes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreTable(Table);

macro_rules! table_of {
    ($($name:ident),+) => { $(impl $name {
        /// The columns, one a leaf from left to right.
        pub fn columns(&self) -> &[Column] {
            self.0.columns()
        }
    })+ };
}
table_of!(CompleteTable, TreatedTable, ScoreTable);

/// Everything a run produced; any tier can be traced back to the raw cells.
///
/// It can be replayed from any stage with another methodology of the same system; what has not changed is kept, and
/// buffers are used again. A clone shares its columns, and so costs little.
#[derive(Clone, Debug)]
pub struct Evaluation {
    study: Arc<Study>,
    methodology: Arc<Methodology>,
    layout: Layout,
    /// The nodes as each league marks them; none where the system's own full marks hold.
    league_nodes: Vec<Option<Vec<Node>>>,
    indicators: Table,
    /// What was there before regions were left out, where some are.
    whole: Option<Whole>,
    screened: Vec<Screened>,
    /// The rule by which they were.
    screened_by: Option<Screening>,
    /// Whether those without a row in the data were.
    screened_unreported: bool,
    complete: CompleteTable,
    treated: TreatedTable,
    normalised: ScoreTable,
    passing: Passing,
    /// For each leaf, the slices in which it is left out because it is constant there.
    constant: Vec<Vec<usize>>,
    /// For each slice, which nodes are left out: leaves that are constant, and nodes whose children are all left
    /// out.
    left_out: Vec<Vec<bool>>,
    weights: Vec<Vec<f64>>,
    /// The same weights as stated or found, before they are scaled to a sum of one.
    proportions: Vec<Vec<f64>>,
    scores: Vec<Column>,
    /// The scores before rounding of each node that is rounded.
    unrounded: Vec<Column>,
    /// The size of the numbers that make up the scores of each node, by slice.
    scales: Vec<Vec<f64>>,
    directions: Vec<Direction>,
    ranks: Vec<f64>,
    tiers: Vec<Option<Tier>>,
    /// The tiers of every other node that is cut.
    node_tiers: Vec<(NodeId, Vec<Option<Tier>>)>,
    scratch: Scratch,
}

impl Evaluation {
    /// Runs all stages.
    ///
    /// A methodology made for some periods only sees, and gives, the rows of those periods.
    ///
    /// # Errors
    /// All errors of the first stage that has any.
    pub fn new(
        study: Arc<Study>,
        methodology: Arc<Methodology>,
    ) -> Result<Self, Vec<EvaluationError>> {
        let study = match &methodology.periods {
            None => study,
            Some(periods) => Arc::new(study.only(periods)),
        };
        let cells = study.panel.rows() * methodology.system.leaves().len();
        let passing = Passing::of(&methodology, cells);
        Evaluation::with_passing(study, methodology, passing)
    }

    fn with_passing(
        study: Arc<Study>,
        methodology: Arc<Methodology>,
        passing: Passing,
    ) -> Result<Self, Vec<EvaluationError>> {
        let mut evaluation = Evaluation { passing, ..Evaluation::begun(study, methodology) };
        evaluation.run_from(Stage::System)?;
        Ok(evaluation)
    }

    /// An evaluation in which nothing is computed yet; the study has the rows of the methodology's periods only.
    pub(crate) fn begun(study: Arc<Study>, methodology: Arc<Methodology>) -> Self {
        let layout = Layout::new(&study);
        Evaluation {
            league_nodes: nodes::league_nodes(&study, &methodology.system),
            layout,
            study,
            methodology,
            indicators: Table::default(),
            whole: None,
            screened: Vec::new(),
            screened_by: None,
            screened_unreported: false,
            complete: CompleteTable::default(),
            treated: TreatedTable::default(),
            normalised: ScoreTable::default(),
            passing: Passing::Kept,
            constant: Vec::new(),
            left_out: Vec::new(),
            weights: Vec::new(),
            proportions: Vec::new(),
            scores: Vec::new(),
            unrounded: Vec::new(),
            scales: Vec::new(),
            directions: Vec::new(),
            ranks: Vec::new(),
            tiers: Vec::new(),
            node_tiers: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Computes one stage with a methodology that agrees with this one in all earlier stages, whose results are kept.
    /// Weighting is computed with aggregation, ranks with tiers; regions are left out with imputation.
    pub(crate) fn advance(
        &mut self,
        methodology: Arc<Methodology>,
        stage: Stage,
    ) -> Result<(), Vec<EvaluationError>> {
        self.methodology = methodology;
        self.compute(stage).map_err(|errors| self.in_given_rows(errors))
    }

    fn compute(&mut self, stage: Stage) -> Result<(), Vec<EvaluationError>> {
        match stage {
            Stage::System => self.lay_system(),
            Stage::Imputation => {
                self.screen()?;
                self.impute()
            }
            Stage::Treatment => self.treat(None),
            Stage::Normalisation => self.normalise(None),
            Stage::Weighting => Ok(()),
            Stage::Aggregation => {
                self.directions = self.methodology.domains().iter().map(|d| d.direction).collect();
                self.aggregate()
            }
            Stage::Tiering => {
                self.rank();
                self.tier()
            }
        }
    }

    /// Runs again from `stage` on with another methodology over the same study; the results of earlier stages are kept.
    ///
    /// The caller says from where the methodologies differ. Both must have the same system unless `stage` is
    /// [`Stage::System`], and be made for the same periods.
    ///
    /// # Errors
    /// As [`Evaluation::new`]; the evaluation then holds the results of the stages that went well, and must be replayed
    /// before it is read again.
    pub fn replay(
        &mut self,
        methodology: Arc<Methodology>,
        stage: Stage,
    ) -> Result<(), Vec<EvaluationError>> {
        self.keep_all();
        if stage == Stage::System {
            self.league_nodes = nodes::league_nodes(&self.study, &methodology.system);
        }
        self.methodology = methodology;
        self.run_from(stage)
    }

    fn run_from(&mut self, from: Stage) -> Result<(), Vec<EvaluationError>> {
        for stage in Stage::ALL.into_iter().filter(|stage| *stage >= from) {
            self.advance(Arc::clone(&self.methodology), stage)?;
        }
        Ok(())
    }

    /// The study; with the rows of the methodology's periods only, where it is made for some, and without the regions that
    /// are left out for want of data ([`Evaluation::screened`]).
    pub fn study(&self) -> &Arc<Study> {
        &self.study
    }

    /// The methodology.
    pub fn methodology(&self) -> &Arc<Methodology> {
        &self.methodology
    }

    /// The leaves' columns after a stage; none for a stage that works on nodes.
    pub fn columns(&self, stage: Stage) -> Option<&[Column]> {
        match stage {
            Stage::System => Some(self.indicators.columns()),
            Stage::Imputation => Some(self.complete.columns()),
            Stage::Treatment => Some(self.treated.columns()),
            Stage::Normalisation => Some(self.normalised().columns()),
            Stage::Weighting | Stage::Aggregation | Stage::Tiering => None,
        }
    }

    /// The leaves' columns as the system reads them off the data, ratios formed.
    pub fn indicators(&self) -> &Table {
        &self.indicators
    }

    /// The leaves' columns after imputation.
    pub fn complete(&self) -> &CompleteTable {
        &self.complete
    }

    /// The leaves' columns after treatment.
    pub fn treated(&self) -> &TreatedTable {
        &self.treated
    }

    /// The leaves' columns after normalisation, rounded where the methodology says so.
    pub fn normalised(&self) -> &ScoreTable {
        self.computed_again().unwrap_or(&self.normalised)
    }

    /// Each node's weight among its siblings, by position in the system, for a slice of the panel; 1 for the root.
    pub fn weights(&self, slice: usize) -> &[f64] {
        &self.weights[slice]
    }

    /// Each node's weight in the whole: the product of the weights on the way up to the root.
    pub fn effective_weights(&self, slice: usize) -> Vec<f64> {
        let system = &self.methodology.system;
        let mut effective = self.weights[slice].clone();
        for &node in system.inner().iter().rev() {
            for child in &system.node(node).children {
                // What does not feed a node with published scores has no weight in the whole.
                let fed = system.node(node).published.is_none();
                effective[child.index()] *= if fed { effective[node.index()] } else { 0.0 };
            }
        }
        effective
    }

    /// The scores of a node, rounded where the methodology says so.
    pub fn scores(&self, node: NodeId) -> &Column {
        if let Some(again) = self.computed_again_of(node) {
            return again;
        }
        &self.scores[node.index()]
    }

    /// The scores of the index before they were rounded.
    pub fn exact(&self) -> &Column {
        self.unrounded(self.methodology.system.root())
    }

    /// The scores of a node before they were rounded.
    pub fn unrounded(&self, node: NodeId) -> &Column {
        match self.methodology.rounding[node.index()] {
            Some(_) => &self.unrounded[node.index()],
            None => self.scores(node),
        }
    }

    /// The grid on which the scores of a node are compared in a slice of the panel, those that are compared as `on` says.
    pub fn grid(&self, node: NodeId, slice: usize, on: RankOn) -> Grid {
        self.grid_of(node, on, self.scales[slice][node.index()])
    }

    /// What is rounded to so many decimals stays apart by them, whatever the precision.
    fn grid_of(&self, node: NodeId, on: RankOn, scale: f64) -> Grid {
        let grid = self.methodology.precision.grid(scale);
        match (on, self.methodology.rounding[node.index()]) {
            (RankOn::Digits(digits), _) => grid.holding(digits),
            (RankOn::Rounded, Some(rounding)) => grid.holding(rounding.digits),
            (RankOn::Full | RankOn::Rounded, _) => grid,
        }
    }

    /// Which way is better in the scores of a node.
    pub fn direction(&self, node: NodeId) -> Direction {
        self.directions[node.index()]
    }

    /// The least and the greatest score that the index can have, by the words of the methods; infinite where they do not
    /// say.
    pub fn bounds(&self) -> (f64, f64) {
        let domain = self.methodology.domains()[self.methodology.system.root().index()];
        (domain.lower, domain.upper)
    }

    /// The rank of each row in its league and period; NaN without a score, and for regions that are not ranked.
    pub fn ranks(&self) -> &[f64] {
        &self.ranks
    }

    /// The tier of each row, 0 being the best; `None` without a rank or without a tiering.
    pub fn tiers(&self) -> &[Option<Tier>] {
        &self.tiers
    }

    /// The names of the tiers, best first, in the league of `row`; empty where they are numbered, or there are none.
    pub fn tier_labels(&self, row: usize) -> &[String] {
        self.tier_labels_of(self.methodology.system.root(), row)
    }

    /// The share of full marks that a row has at a node (得分率), where its score is points: the node's children are put
    /// together by a method that gives points, or it is a leaf below such a node.
    pub fn rate_of_attainment(&self, row: usize, node: NodeId) -> Option<f64> {
        let system = &self.methodology.system;
        let above = system.node(node).parent;
        let by = if system.node(node).children.is_empty() { above? } else { node };
        let marks = self.node_at(row, node).full_marks?;
        let score = self.scores(node).values()[row];
        let points = self.methodology.aggregation.at(by).method.gives_points();
        (points && !score.is_nan()).then(|| score / marks)
    }

    /// A node as the league of `row` marks it.
    pub fn node_at(&self, row: usize, node: NodeId) -> &Node {
        let league = self.study.panel.slice_of(row).league;
        match &self.league_nodes[league.0 as usize] {
            Some(nodes) => &nodes[node.index()],
            None => self.methodology.system.node(node),
        }
    }
}
