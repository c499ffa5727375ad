//! Methods of plugins as the core's own.

use std::sync::Arc;

use quanheng_core::aggregation::{Aggregation, Children, scale_of_mean};
use quanheng_core::imputation::{Imputation, ImputationInput};
use quanheng_core::method::{Axis, Domain, MethodError, Needs, ProgramFault, Scratch, Stage};
use quanheng_core::model::{
    Direction, Goalposts, Indicator as CoreIndicator, Names, NodeDraft, System, SystemProblem,
};
use quanheng_core::normalisation::{Normalisation, NormalisationInput};
use quanheng_core::tiering::{Tier, Tiering, TieringInput};
use quanheng_core::treatment::{Treatment, TreatmentInput};
use quanheng_core::weighting::{Siblings, Weighting};
use quanheng_plugin::contract::Indicator;
use quanheng_words::number::{apart, exact};
use quanheng_words::{Text, text};

use crate::describe::Outcome;
use crate::given::{Branch, Failure, Given};
use crate::plugin::{Prepared, stage_number};

/// A kind of method that a plugin can give.
pub trait Plugged {
    /// Its stage.
    const STAGE: Stage;
    /// The method of a plugin, which must be of this stage.
    fn plugged(method: Arc<Prepared>) -> Arc<Self>;
}

/// A method of a plugin, whatever its stage.
struct Method(Arc<Prepared>);

macro_rules! plugged {
    ($($kind:ident),+ $(,)?) => { $(
        impl Plugged for dyn $kind {
            const STAGE: Stage = Stage::$kind;
            fn plugged(method: Arc<Prepared>) -> Arc<Self> {
                Arc::new(Method(method))
            }
        }
    )+ };
}
plugged!(Imputation, Treatment, Normalisation, Weighting, Aggregation, Tiering);

impl Method {
    fn given<'a>(&self, stage: Stage, columns: Vec<&'a [f64]>, scratch: &Scratch) -> Given<'a> {
        let rows = columns.first().map_or(0, |c| c.len());
        let asked = scratch.intermediate.is_asked();
        Given { stage: stage_number(stage), rows, columns, asked, ..Given::default() }
    }

    /// Runs the method, and gives its intermediate results.
    fn run(
        &self,
        given: &Given<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let beside = self.0.run(given, out).map_err(|failure| {
            // A row that is not there is no place.
            let row = failure.row.filter(|row| *row < given.rows);
            fault(&self.0, Failure { row, ..failure })
        })?;
        let siblings = match given.stage {
            stage if stage == stage_number(Stage::Imputation) => 1,
            _ => given.columns.len(),
        };
        let fits = |axis: Axis, found: usize| match axis {
            Axis::One => found == 1,
            Axis::Regions => found == given.rows,
            Axis::Siblings => found == siblings,
            Axis::List => true,
        };
        for result in beside.results {
            let (name, height, width) = (&result.name, result.height(), result.width);
            if !fits(result.shape.rows, height) || !fits(result.shape.columns, width) {
                let what = text!(
                    plugin_intermediate_size,
                    name = name,
                    rows = height,
                    columns = width,
                    regions = given.rows,
                    siblings = siblings
                );
                return Err(self.wrong(what));
            }
            if result.values.iter().any(|x| x.is_infinite()) {
                return Err(self.wrong(text!(plugin_intermediate_infinite, name = name)));
            }
            scratch.intermediate.give_made(result);
        }
        Ok(())
    }

    fn wrong(&self, what: Text) -> MethodError {
        fault(&self.0, Failure::of_plugin(what))
    }

    /// Checks a result against the input column: a number for each value, and none for an absent cell.
    fn compared(&self, values: &[f64], out: &[f64]) -> Result<(), MethodError> {
        let what = |(x, y): (&f64, &f64)| match (x.is_nan(), y.is_nan()) {
            (false, true) => Some(text!(plugin_nothing_for_value)),
            (true, false) => Some(text!(plugin_number_for_absent)),
            _ if y.is_infinite() => Some(text!(plugin_infinite_number)),
            _ => None,
        };
        let found = values.iter().zip(out).map(what).enumerate();
        match found.filter_map(|(row, what)| Some((row, what?))).next() {
            None => Ok(()),
            Some((row, what)) => {
                Err(fault(&self.0, Failure { row: Some(row), ..Failure::of_plugin(what) }))
            }
        }
    }

    fn domain(&self) -> Domain {
        match self.0.offer().gives {
            Outcome::Is(domain) => domain,
            _ => Domain::ANY,
        }
    }
}

fn fault(method: &Prepared, failure: Failure) -> MethodError {
    MethodError::Program(Box::new(ProgramFault {
        what: text!(plugin_in_words, title = method.title(), what = failure.what),
        hint: failure.hint,
        sites: Vec::new(),
        row: failure.row,
    }))
}

fn indicator(indicator: &CoreIndicator) -> Indicator {
    let or = |x: Option<f64>| x.unwrap_or(f64::NAN);
    Indicator {
        direction: indicator.direction.sign(),
        lower: or(indicator.lower),
        upper: or(indicator.upper),
        bad: or(indicator.goalposts.map(|g| g.bad)),
        good: or(indicator.goalposts.map(|g| g.good)),
        target: or(indicator.target),
    }
}

impl Imputation for Method {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut given =
            self.given(Stage::Imputation, input.columns.to_vec(), scratch).who(input.rows);
        given.column = input.column;
        given.indicator = Some(indicator(input.indicator));
        let mut filled = input.values().to_vec();
        self.run(&given, scratch, &mut filled)?;
        for (row, (out, x)) in out.iter_mut().zip(filled).enumerate() {
            let before = input.values()[row];
            if before.is_nan() {
                *out = x;
            } else if before.to_bits() != x.to_bits() {
                let (before, after) = apart(before, x);
                return Err(self.wrong(match x.is_nan() {
                    true => text!(plugin_value_removed, before = before),
                    false => text!(plugin_value_changed, before = before, after = after),
                }));
            }
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        self.0.offer().needs
    }
}

impl Treatment for Method {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut given = self.given(Stage::Treatment, vec![input.values], scratch).who(input.rows);
        given.indicator = Some(indicator(input.indicator));
        self.run(&given, scratch, out)?;
        self.compared(input.values, out)
    }

    fn needs(&self) -> Needs {
        self.0.offer().needs
    }
}

impl Normalisation for Method {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut given =
            self.given(Stage::Normalisation, vec![input.values], scratch).who(input.rows);
        given.indicator = Some(indicator(input.indicator));
        given.codes = vec![input.code];
        self.run(&given, scratch, out)?;
        self.compared(input.values, out)
    }

    fn gives(&self, _: &CoreIndicator) -> Domain {
        self.domain()
    }

    // What it goes by is not known; it may go by these.
    fn states_in_unit(&self, indicator: &CoreIndicator) -> bool {
        indicator.goalposts.is_some() || indicator.target.is_some()
    }
}

impl Weighting for Method {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut given =
            self.given(Stage::Weighting, siblings.columns.to_vec(), scratch).who(siblings.rows);
        given.codes = siblings.nodes.iter().map(|n| n.code.as_str()).collect();
        given.directions = siblings.directions.iter().map(|d| d.sign()).collect();
        given.weights = siblings.nodes.iter().map(|n| n.weight.unwrap_or(f64::NAN)).collect();
        given.full_marks =
            siblings.nodes.iter().map(|n| n.full_marks.unwrap_or(f64::NAN)).collect();
        self.run(&given, scratch, out)?;
        match out.iter().position(|w| !w.is_finite() || *w < 0.0) {
            None => Ok(()),
            Some(k) => {
                let (code, weight) = (&siblings.nodes[k].code, out[k]);
                Err(self.wrong(match weight.is_nan() {
                    true => text!(plugin_weight_missing, code = code),
                    false => text!(plugin_weight_is, code = code, weight = weight),
                }))
            }
        }
    }

    fn needs(&self) -> Needs {
        self.0.offer().needs
    }

    fn needs_fact(&self) -> Option<&'static str> {
        self.0.offer().needs_fact
    }
}

impl Aggregation for Method {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut given =
            self.given(Stage::Aggregation, children.columns.to_vec(), scratch).who(children.rows);
        given.codes = children.nodes.iter().map(|n| n.code.as_str()).collect();
        given.directions = children.directions.iter().map(|d| d.sign()).collect();
        given.weights = children.weights.to_vec();
        given.full_marks = children.full_marks.to_vec();
        if !children.complete {
            let rows = children.rows();
            given.row_weights = vec![f64::NAN; rows * children.weights.len()];
            for row in 0..rows {
                if children.row_weights(row, &mut scratch.a) {
                    for (k, w) in scratch.a.iter().enumerate() {
                        given.row_weights[k * rows + row] = *w;
                    }
                }
            }
        }
        self.run(&given, scratch, out)?;
        let whole = |row: usize| children.columns.iter().all(|column| !column[row].is_nan());
        let wrong = |(row, y): (usize, &f64)| {
            let what = match y {
                y if y.is_infinite() => text!(plugin_infinite_score),
                y if y.is_nan() && whole(row) => text!(plugin_no_score),
                _ => return None,
            };
            Some(Failure { row: Some(row), ..Failure::of_plugin(what) })
        };
        match out.iter().enumerate().find_map(wrong) {
            None => Ok(()),
            Some(failure) => Err(fault(&self.0, failure)),
        }
    }

    fn needs(&self) -> Needs {
        self.0.offer().needs
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        match self.0.offer().gives {
            Outcome::Is(domain) => domain,
            Outcome::Mean => Domain::of_mean(children),
            Outcome::Sum | Outcome::Points => Domain::of_sum(children),
        }
    }

    fn keeps_unit(&self) -> bool {
        self.0.offer().gives == Outcome::Mean
    }

    fn scale(&self, children: &[f64], weights: &[f64]) -> f64 {
        match self.0.offer().gives {
            Outcome::Is(_) => 0.0,
            Outcome::Mean => scale_of_mean(children, weights),
            Outcome::Sum | Outcome::Points => children.iter().sum(),
        }
    }

    fn gives_points(&self) -> bool {
        self.0.offer().gives == Outcome::Points
    }

    fn is_rowwise(&self) -> bool {
        self.0.offer().rowwise
    }
}

impl Tiering for Method {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let mut given = self.given(Stage::Tiering, vec![input.scores], scratch).who(input.rows);
        given.ranks = input.ranks;
        given.directions = vec![if input.less_is_better { -1.0 } else { 1.0 }];
        let mut numbers = vec![f64::NAN; out.len()];
        self.run(&given, scratch, &mut numbers)?;
        for (row, (out, x)) in out.iter_mut().zip(numbers).enumerate() {
            *out = match x {
                _ if input.scores[row].is_nan() => None,
                x if x.is_nan() => None,
                x if x >= 1.0 && x.fract() == 0.0 && x <= f64::from(Tier::MAX) => {
                    Some(x as Tier - 1)
                }
                x => return Err(self.wrong(text!(plugin_tier, tier = exact(x)))),
            };
        }
        Ok(())
    }

    fn labels(&self) -> &[String] {
        &self.0.labels
    }
}

/// Why a plugin gave no system.
#[derive(Clone, Debug, PartialEq)]
pub enum SystemFault {
    /// The plugin failed.
    Fault(ProgramFault),
    /// Its result is not a tree.
    Tree {
        /// What is wrong.
        problems: Vec<SystemProblem>,
        /// The nodes as the plugin has them.
        drafts: Vec<NodeDraft>,
    },
}

/// The system that a plugin makes, of `base` where it starts from one.
///
/// # Errors
/// A failure of the plugin, or a tree that is none.
pub fn build(method: &Arc<Prepared>, base: Option<&System>) -> Result<System, SystemFault> {
    let or = |x: Option<f64>| x.unwrap_or(f64::NAN);
    let mut given = Given { stage: stage_number(Stage::System), ..Given::default() };
    for node in base.iter().flat_map(|s| s.nodes()) {
        let parent = node.parent.and_then(|p| base.map(|s| s.node(p).code.clone()));
        let facts = node.indicator.clone().unwrap_or_default();
        given.nodes.push(Branch {
            code: node.code.clone(),
            parent: parent.unwrap_or_default(),
            name: node.names.get("").unwrap_or_default().to_owned(),
            unit: facts.unit.clone(),
            column: facts.column.clone().unwrap_or_default(),
            weight: or(node.weight),
            full_marks: or(node.full_marks),
            indicator: indicator(&facts),
        });
    }
    let run = method.run(&given, &mut []);
    let beside = run.map_err(|f| match fault(method, Failure { row: None, ..f }) {
        MethodError::Program(fault) => SystemFault::Fault(*fault),
        other => SystemFault::Fault(ProgramFault {
            what: Text::plain(other.to_string()),
            ..ProgramFault::default()
        }),
    })?;
    let drafts: Vec<NodeDraft> = beside.nodes.into_iter().map(|n| draft(n, base)).collect();
    System::new(drafts.clone()).map_err(|problems| SystemFault::Tree { problems, drafts })
}

/// A node of a plugin; what the contract does not carry is that of the node of the same code it started from.
fn draft(node: Branch, base: Option<&System>) -> NodeDraft {
    let before = base.and_then(|s| s.find(&node.code).map(|id| s.node(id)));
    let stated = |x: f64| (!x.is_nan()).then_some(x);
    let mut facts = before.and_then(|n| n.indicator.clone()).unwrap_or_default();
    let i = node.indicator;
    facts.direction = if i.direction < 0.0 { Direction::Negative } else { Direction::Positive };
    (facts.lower, facts.upper, facts.target) = (stated(i.lower), stated(i.upper), stated(i.target));
    facts.goalposts = stated(i.bad).zip(stated(i.good)).map(|(bad, good)| Goalposts { bad, good });
    facts.unit = node.unit;
    facts.column = (!node.column.is_empty()).then_some(node.column);
    let names = match before {
        Some(before) if before.names.get("").unwrap_or_default() == node.name => {
            before.names.clone()
        }
        _ if node.name.is_empty() => Names::default(),
        _ => Names::plain(node.name),
    };
    NodeDraft {
        code: node.code,
        parent: (!node.parent.is_empty()).then_some(node.parent),
        names,
        weight: stated(node.weight),
        full_marks: stated(node.full_marks),
        published: before.and_then(|n| n.published.clone()),
        indicator: facts,
        notes: before.map(|n| n.notes.clone()).unwrap_or_default(),
    }
}
