//! Scripts as methods: one file a stage.

mod aggregation;
mod imputation;
mod intermediate;
mod normalisation;
mod system;
mod tiering;
mod treatment;
mod weighting;

use std::sync::Arc;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Domain, MethodError, Needs, ProgramFault, Rows, Scratch, Stage};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_words::{Text, text};
use rhai::Dynamic;

use crate::host;
use crate::host::column::{Column, Numbers};
use crate::host::facts::{Facts, Regions};
use crate::host::functions::{Take, number};
use crate::problem::{Failed, a};
use crate::script::{Prepared, function_of};

pub use system::{LeagueDraft, SystemFault, build, leagues};

/// A kind of method that a script can be.
pub trait Scripted {
    /// Its stage.
    const STAGE: Stage;
    /// The method that a script is, which must be of this stage.
    fn scripted(script: Arc<Prepared>) -> Arc<Self>;
}

macro_rules! scripted {
    ($($kind:ident = $module:ident),+ $(,)?) => { $(
        impl Scripted for dyn $kind {
            const STAGE: Stage = Stage::$kind;
            fn scripted(script: Arc<Prepared>) -> Arc<Self> {
                Arc::new($module::Script::new(Method::new(script, Stage::$kind)))
            }
        }
    )+ };
}
scripted! {
    Imputation = imputation, Treatment = treatment, Normalisation = normalisation,
    Weighting = weighting, Aggregation = aggregation, Tiering = tiering,
}

/// What the scripts of all stages have.
struct Method {
    script: Arc<Prepared>,
    function: &'static str,
    /// Whether it takes facts beside the column.
    facts: bool,
}

impl Method {
    fn new(script: Arc<Prepared>, stage: Stage) -> Self {
        let function = function_of(stage);
        let facts = script.script.has(function, 2);
        Method { script, function, facts }
    }

    /// Calls the stage's function on a column, and gives the intermediate results.
    fn on_column(
        &self,
        values: &[f64],
        scratch: &mut Scratch,
        facts: impl Fn() -> Result<Facts, Failed>,
    ) -> Result<Dynamic, MethodError> {
        let script = &self.script.script;
        self.give(&mut scratch.intermediate, (values.len(), 1), || {
            let column = Column::copy(values).map_err(|e| self.failed(e))?;
            let mut arguments = vec![Dynamic::from(column)];
            if script.has(intermediate::FUNCTION, 2) {
                arguments.push(Dynamic::from(facts().map_err(|e| self.failed(e))?));
            }
            Ok(arguments)
        })?;
        let column = Column::copy(values).map_err(|e| self.failed(e))?;
        let done = match self.facts {
            true => {
                let facts = facts().map_err(|e| self.failed(e))?;
                self.script.call(self.function, vec![Dynamic::from(column), Dynamic::from(facts)])
            }
            false => self.script.call(self.function, vec![Dynamic::from(column)]),
        };
        done.map_err(fault)
    }

    fn on_children(
        &self,
        children: host::Children,
        (regions, scratch): (usize, &mut Scratch),
    ) -> Result<Dynamic, MethodError> {
        let size = (regions, children.0.codes.len());
        self.give(&mut scratch.intermediate, size, || Ok(vec![Dynamic::from(children.clone())]))?;
        self.script.call(self.function, vec![Dynamic::from(children)]).map_err(fault)
    }

    /// Writes a column that the script gave.
    fn write(&self, result: Dynamic, out: &mut [f64]) -> Result<(), MethodError> {
        if let Some(column) = result.read_lock::<Column>() {
            self.same_length(column.len(), out.len())?;
            out.copy_from_slice(column.values());
            return Ok(());
        }
        let numbers = self.numbers(result)?;
        self.same_length(numbers.len(), out.len())?;
        out.copy_from_slice(&numbers);
        Ok(())
    }

    /// The numbers of a column, of a list, or a single one.
    fn numbers(&self, result: Dynamic) -> Result<Vec<f64>, MethodError> {
        let kind = result.type_name();
        if result.is_float() || result.is_int() {
            return number(&result).map(|x| vec![x]).map_err(|e| self.failed(e));
        }
        Numbers::take(result).map(|n| n.0).map_err(|_| {
            self.wrong(
                text!(script_gave, function = self.function, kind = a(kind)),
                text!(script_column_belongs),
            )
        })
    }

    fn same_length(&self, found: usize, wanted: usize) -> Result<(), MethodError> {
        if found == wanted {
            return Ok(());
        }
        Err(self.wrong(
            text!(script_gave_cells, function = self.function, found = found, wanted = wanted),
            text!(script_gave_cells_hint),
        ))
    }

    /// A result that cannot be used.
    fn wrong(&self, what: Text, hint: Text) -> MethodError {
        fault(self.script.script.fault_at(self.function, what, hint))
    }

    #[expect(clippy::boxed_local, reason = "every failure comes in a box")]
    fn failed(&self, failed: Failed) -> MethodError {
        fault(self.script.script.explain(*failed))
    }

    fn needs(&self) -> Needs {
        let header = self.script.script.header();
        Needs {
            positive: header.needs("positive"),
            non_negative: header.needs("non_negative"),
            uncentred: header.needs("uncentred"),
            complete: header.needs("complete"),
            oriented: header.needs("oriented"),
            panel: header.needs("panel"),
        }
    }

    /// The bounds in `LOWER to UPPER`, where that is what it says.
    fn bounds(&self, gives: &str) -> Option<(f64, f64)> {
        let (lower, upper) = gives.split_once(" to ")?;
        Some((self.bound(lower)?, self.bound(upper)?))
    }

    /// A number, or the constant of this name.
    fn bound(&self, word: &str) -> Option<f64> {
        let word = word.trim();
        word.parse().ok().or_else(|| self.script.constant(word).and_then(|c| number(c).ok()))
    }

    /// What a single column can be.
    fn gives(&self) -> Domain {
        let mut words = self.script.script.header().gives.split(',').map(str::trim);
        let what = words.next().unwrap_or_default();
        let mut domain = match self.bounds(what) {
            Some((lower, upper)) => Domain::between(lower, upper),
            None => {
                let centre = what.strip_prefix("centred at ").and_then(|mean| self.bound(mean));
                Domain { centred: what == "centred" || centre == Some(0.0), ..Domain::ANY }
            }
        };
        for word in words {
            match word {
                "reached" => domain.reaches_lower = true,
                "less is better" => domain.direction = Direction::Negative,
                _ => {}
            }
        }
        domain
    }
}

fn fault(fault: ProgramFault) -> MethodError {
    MethodError::Program(Box::new(fault))
}

/// Facts beside a leaf's column.
fn facts(rows: Rows<'_>, code: &str, indicator: Option<&Indicator>) -> Facts {
    Facts {
        regions: Regions::new(rows),
        indicator: indicator
            .map(|indicator| host::Indicator(Arc::new((code.to_owned(), indicator.clone())))),
        columns: None,
        ranks: None,
        less_is_better: false,
    }
}
