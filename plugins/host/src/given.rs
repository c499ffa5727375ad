//! What a method is run on, between the evaluation and the contract; and what comes back.

use quanheng_core::method::{IntermediateResult, Rows};
pub(crate) use quanheng_plugin::Node as Branch;
use quanheng_plugin::contract::{self, Indicator, Input, Text};
use quanheng_words::{Text as Words, text};

/// The input of one call, in Rust's own types.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given<'a> {
    pub(crate) stage: u32,
    pub(crate) rows: usize,
    pub(crate) columns: Vec<&'a [f64]>,
    pub(crate) codes: Vec<&'a str>,
    pub(crate) directions: Vec<f64>,
    pub(crate) weights: Vec<f64>,
    pub(crate) full_marks: Vec<f64>,
    pub(crate) row_weights: Vec<f64>,
    pub(crate) ranks: &'a [f64],
    pub(crate) column: usize,
    pub(crate) indicator: Option<Indicator>,
    pub(crate) regions: Vec<u32>,
    pub(crate) periods: Vec<u32>,
    pub(crate) times: Vec<f64>,
    pub(crate) nodes: Vec<Branch>,
    /// Whether somebody asks for intermediate results.
    pub(crate) asked: bool,
}

/// What a method gives beside the numbers of its result.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Beside {
    /// The nodes of a system.
    pub(crate) nodes: Vec<Branch>,
    /// Intermediate results.
    pub(crate) results: Vec<IntermediateResult>,
}

impl Given<'_> {
    /// Takes over who the rows are.
    pub(crate) fn who(mut self, rows: Rows<'_>) -> Self {
        self.regions = rows.regions.iter().map(|r| r.0).collect();
        self.periods = rows.periods.iter().map(|p| p.0).collect();
        self.times = rows.periods.iter().map(|p| rows.times[p.0 as usize]).collect();
        self
    }

    /// Hands the input over in the form of the contract; the pointers are good while `f` runs.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&Input) -> T) -> T {
        let part = |text: &str| Text { ptr: text.as_ptr(), len: text.len() };
        let values: Vec<*const f64> = self.columns.iter().map(|c| c.as_ptr()).collect();
        let codes: Vec<Text> = self.codes.iter().map(|c| part(c)).collect();
        let nodes: Vec<contract::Node> = self.nodes.iter().map(Branch::lent).collect();
        let numbers = |list: &[f64]| if list.is_empty() { std::ptr::null() } else { list.as_ptr() };
        let whole = |list: &[u32]| if list.is_empty() { std::ptr::null() } else { list.as_ptr() };
        f(&Input {
            size: size_of::<Input>() as u32,
            stage: self.stage,
            rows: self.rows,
            columns: self.columns.len(),
            values: values.as_ptr(),
            codes: if codes.is_empty() { std::ptr::null() } else { codes.as_ptr() },
            directions: numbers(&self.directions),
            weights: numbers(&self.weights),
            full_marks: numbers(&self.full_marks),
            row_weights: numbers(&self.row_weights),
            ranks: numbers(self.ranks),
            column: self.column,
            indicator: self.indicator.unwrap_or_default(),
            regions: whole(&self.regions),
            periods: whole(&self.periods),
            times: numbers(&self.times),
            nodes: if nodes.is_empty() { std::ptr::null() } else { nodes.as_ptr() },
            node_count: nodes.len(),
        })
    }
}

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) what: Words,
    pub(crate) hint: Option<Words>,
    pub(crate) row: Option<usize>,
    /// A setting that does not fit, where that is the reason.
    pub(crate) setting: bool,
}

impl Failure {
    pub(crate) fn new(what: Words, hint: Option<Words>) -> Self {
        Failure { what, hint, row: None, setting: false }
    }

    /// A failure that only the plugin's author can mend.
    pub(crate) fn of_plugin(what: Words) -> Self {
        Failure::new(what, Some(text!(plugin_tell_author)))
    }
}
