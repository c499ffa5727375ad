//! Intermediate results: how a method came to its numbers, given by name beside its result.
//!
//! A method declares what it gives ([`Given`]) in its entry, and gives it to the [`Intermediate`] of its scratch space
//! in one line. Unless somebody asks for them nothing is computed and nothing is kept, so that a replayed evaluation
//! pays for a test of a flag only.

use super::Stage;
use crate::model::NodeId;

/// Up to how many regions a figure for each two of them is kept: their number grows with its square.
pub const PAIRED_REGIONS: usize = 200;

/// What one side of an intermediate result belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// Nothing: there is one.
    One,
    /// The rows that the method was handed: a region in a period each.
    Regions,
    /// The siblings that it was handed, in their order.
    Siblings,
    /// A list of its own, such as components, experts or tiers: named, or numbered from 1.
    List,
}

/// The sides of an intermediate result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    /// What its rows belong to.
    pub rows: Axis,
    /// What its columns belong to.
    pub columns: Axis,
}

impl Shape {
    /// A single figure.
    pub const FIGURE: Shape = Shape { rows: Axis::One, columns: Axis::One };
    /// A figure for each region.
    pub const REGIONS: Shape = Shape { rows: Axis::Regions, columns: Axis::One };
    /// A figure for each sibling.
    pub const SIBLINGS: Shape = Shape { rows: Axis::Siblings, columns: Axis::One };
    /// A figure for each item of a list.
    pub const LIST: Shape = Shape { rows: Axis::List, columns: Axis::One };
    /// A figure for each region and sibling.
    pub const REGIONS_SIBLINGS: Shape = Shape { rows: Axis::Regions, columns: Axis::Siblings };
    /// A figure for each two regions.
    pub const REGIONS_REGIONS: Shape = Shape { rows: Axis::Regions, columns: Axis::Regions };
    /// A figure for each two siblings.
    pub const SIBLINGS_SIBLINGS: Shape = Shape { rows: Axis::Siblings, columns: Axis::Siblings };
    /// A figure for each sibling and item of a list.
    pub const SIBLINGS_LIST: Shape = Shape { rows: Axis::Siblings, columns: Axis::List };

    /// Whether there is one column, so that several results with the same rows stand side by side.
    pub fn is_column(self) -> bool {
        self.columns == Axis::One
    }
}

/// An intermediate result as a method declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name in files and scripts.
    pub name: &'static str,
    /// Its sign, as papers print it.
    pub symbol: &'static str,
    /// What its rows and columns are.
    pub shape: Shape,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// Whether there is only one: not so for the weights of a programme that several weights solve.
    pub is_unique: bool,
}

impl Given {
    /// Declares one.
    pub const fn new(
        name: &'static str,
        symbol: &'static str,
        shape: Shape,
        summary: &'static str,
    ) -> Given {
        Given { name, symbol, shape, summary, is_unique: true }
    }

    /// The same, where others may be as good: it is one of several.
    pub const fn one_of_several(self) -> Given {
        Given { is_unique: false, ..self }
    }
}

/// An intermediate result.
#[derive(Clone, Debug, PartialEq)]
pub struct IntermediateResult {
    /// Its name.
    pub name: String,
    /// What its rows and columns are.
    pub shape: Shape,
    /// How many columns it has.
    pub width: usize,
    /// The names of the items of its list; empty where they are numbered.
    pub labels: Vec<String>,
    /// The figures, row by row; NaN where there is none.
    pub values: Vec<f64>,
    /// Whether there is only one, as in [`Given::is_unique`].
    pub is_unique: bool,
}

impl IntermediateResult {
    /// How many rows it has.
    pub fn height(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// The figures of a row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// What item `k` of its list is called.
    pub fn label(&self, k: usize) -> String {
        self.labels.get(k).cloned().unwrap_or_else(|| (k + 1).to_string())
    }
}

/// The intermediate results of one method at one place of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundAt {
    /// The stage.
    pub stage: Stage,
    /// The method, as the methodology calls it.
    pub method: String,
    /// The node whose children are weighed or put together, or the leaf whose column is worked on.
    pub node: NodeId,
    /// The siblings: those children, all leaves where a method looks at them at once, or the leaf itself.
    pub siblings: Vec<NodeId>,
    /// The rows of the panel.
    pub rows: Vec<usize>,
    /// The results.
    pub results: Vec<IntermediateResult>,
}

impl FoundAt {
    /// The result of this name.
    pub fn result(&self, name: &str) -> Option<&IntermediateResult> {
        self.results.iter().find(|result| result.name == name)
    }
}

/// Where a method gives its intermediate results. It keeps them if somebody asked for them.
#[derive(Clone, Debug, Default)]
pub struct Intermediate {
    is_asked: bool,
    given: Vec<IntermediateResult>,
    found: Vec<FoundAt>,
}

impl Intermediate {
    /// One that keeps what it is given.
    pub fn asked() -> Self {
        Intermediate { is_asked: true, ..Intermediate::default() }
    }

    /// Whether it keeps what it is given.
    pub fn is_asked(&self) -> bool {
        self.is_asked
    }

    /// Gives a single figure.
    pub fn figure(&mut self, name: &str, figure: f64) {
        self.give(name, Shape::FIGURE, 1, &[], [figure]);
    }

    /// Gives a figure for each region.
    pub fn regions(&mut self, name: &str, figures: impl IntoIterator<Item = f64>) {
        self.give(name, Shape::REGIONS, 1, &[], figures);
    }

    /// Gives a figure for each sibling.
    pub fn siblings(&mut self, name: &str, figures: impl IntoIterator<Item = f64>) {
        self.give(name, Shape::SIBLINGS, 1, &[], figures);
    }

    /// Gives a figure for each item of a list; `labels` names the items, if it is not empty.
    pub fn list(&mut self, name: &str, labels: &[String], figures: impl IntoIterator<Item = f64>) {
        self.give(name, Shape::LIST, 1, labels, figures);
    }

    /// Gives a figure for each two regions, of [`PAIRED_REGIONS`] at most; a region with itself has none.
    pub fn pairs(
        &mut self,
        name: &str,
        regions: usize,
        mut figure: impl FnMut(usize, usize) -> f64,
    ) {
        if !self.is_asked || regions > PAIRED_REGIONS {
            return;
        }
        let place = |k: usize| (k / regions, k % regions);
        let figures = (0..regions * regions).map(place);
        let figures = figures.map(|(a, b)| if a == b { f64::NAN } else { figure(a, b) });
        self.give(name, Shape::REGIONS_REGIONS, regions, &[], figures);
    }

    /// Gives figures of any shape, row by row, with `width` columns. Those of each two regions are not kept of more than
    /// [`PAIRED_REGIONS`].
    pub fn give(
        &mut self,
        name: &str,
        shape: Shape,
        width: usize,
        labels: &[String],
        figures: impl IntoIterator<Item = f64>,
    ) {
        if self.is_kept(shape, width) {
            let values = figures.into_iter().collect();
            let (name, labels) = (name.to_owned(), labels.to_vec());
            let is_unique = true;
            self.given.push(IntermediateResult { name, shape, width, labels, values, is_unique });
        }
    }

    /// Gives a result that somebody else made.
    pub fn give_made(&mut self, result: IntermediateResult) {
        if self.is_kept(result.shape, result.width) {
            self.given.push(result);
        }
    }

    fn is_kept(&self, shape: Shape, width: usize) -> bool {
        self.is_asked && (shape != Shape::REGIONS_REGIONS || width <= PAIRED_REGIONS)
    }

    /// Whether something of this shape was given since the last time.
    pub fn gave(&self, shape: Shape) -> bool {
        self.given.iter().any(|result| result.shape == shape)
    }

    /// Multiplies the figures of these results by a sign.
    pub(crate) fn turn(&mut self, sign: f64, names: &[&str]) {
        let of = self.given.iter_mut().filter(|result| names.contains(&result.name.as_str()));
        of.flat_map(|result| &mut result.values).for_each(|x| *x *= sign);
    }

    /// Takes what methods gave since the last time.
    pub fn take(&mut self) -> Vec<IntermediateResult> {
        std::mem::take(&mut self.given)
    }

    /// Keeps what methods gave, with the place where they did.
    pub(crate) fn keep(&mut self, found: FoundAt) {
        self.found.push(found);
    }

    /// Everything that was kept with its place.
    pub(crate) fn into_found(self) -> Vec<FoundAt> {
        self.found
    }
}
