//! What an author writes: a struct, its description, and one function.

use crate::contract;

/// What a method says of itself. [`Info::new`] has nothing but names; the rest is filled in.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The word that selects it in a project.
    pub name: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The formula, in plain text.
    pub formula: &'static str,
    /// The paper or page that it comes from.
    pub reference: &'static str,
    /// Its settings.
    pub settings: Vec<Declared>,
    /// What it needs of the columns that it is handed.
    pub needs: Needs,
    /// What its result can be.
    pub gives: Gives,
    /// The properties that it claims; the conformance battery checks them.
    pub claims: Claims,
    /// A worked example.
    pub example: Option<Example>,
}

impl Info {
    /// A name and one sentence.
    pub fn new(name: &'static str, summary: &'static str) -> Self {
        Info { name, summary, ..Info::default() }
    }
}

/// What a method needs of the columns that it is handed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Every value above zero.
    pub positive: bool,
    /// Every value zero or above.
    pub non_negative: bool,
    /// No absent cell.
    pub complete: bool,
    /// More is better in every column.
    pub oriented: bool,
    /// All periods together.
    pub panel: bool,
    /// Weighting: every sibling states a weight.
    pub weight: bool,
    /// Weighting: every sibling states full marks.
    pub full_marks: bool,
}

impl Needs {
    pub(crate) fn bits(self) -> u32 {
        [
            (self.positive, contract::NEEDS_POSITIVE),
            (self.non_negative, contract::NEEDS_NON_NEGATIVE),
            (self.complete, contract::NEEDS_COMPLETE),
            (self.oriented, contract::NEEDS_ORIENTED),
            (self.panel, contract::NEEDS_PANEL),
            (self.weight, contract::NEEDS_WEIGHT),
            (self.full_marks, contract::NEEDS_FULL_MARKS),
        ]
        .into_iter()
        .filter(|(yes, _)| *yes)
        .fold(0, |bits, (_, bit)| bits | bit)
    }
}

/// What a method claims of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// A better value never gives a worse result.
    pub monotone: bool,
    /// A positive factor on a column changes nothing.
    pub scale: bool,
    /// Neither does a constant added to it.
    pub scale_and_shift: bool,
    /// A child of weight zero has the effect of no child.
    pub zero_weight: bool,
    /// Absent cells are dealt with.
    pub absent: bool,
    /// A score depends on the region's own children only.
    pub rowwise: bool,
}

impl Claims {
    pub(crate) fn bits(self) -> u32 {
        [
            (self.monotone, contract::CLAIMS_MONOTONE),
            (self.scale, contract::CLAIMS_SCALE),
            (self.scale_and_shift, contract::CLAIMS_SCALE_AND_SHIFT),
            (self.zero_weight, contract::CLAIMS_ZERO_WEIGHT),
            (self.absent, contract::CLAIMS_ABSENT),
            (self.rowwise, contract::CLAIMS_ROWWISE),
        ]
        .into_iter()
        .filter(|(yes, _)| *yes)
        .fold(0, |bits, (_, bit)| bits | bit)
    }
}

/// An intermediate result: how a method came to its numbers, such as the weights that it found for each region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intermediate<'a> {
    name: &'a str,
    rows: u32,
    columns: u32,
    width: usize,
    values: &'a [f64],
    several: bool,
}

impl<'a> Intermediate<'a> {
    const fn new(name: &'a str, rows: u32, columns: u32, width: usize, values: &'a [f64]) -> Self {
        Intermediate { name, rows, columns, width, values, several: false }
    }

    /// A single figure.
    pub const fn figure(name: &'a str, figure: &'a [f64; 1]) -> Self {
        Intermediate::new(name, contract::AXIS_ONE, contract::AXIS_ONE, 1, figure)
    }

    /// A figure for each row.
    pub const fn regions(name: &'a str, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_REGIONS, contract::AXIS_ONE, 1, values)
    }

    /// A figure for each column.
    pub const fn siblings(name: &'a str, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_SIBLINGS, contract::AXIS_ONE, 1, values)
    }

    /// Figures of any number, such as eigenvalues.
    pub const fn list(name: &'a str, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_LIST, contract::AXIS_ONE, 1, values)
    }

    /// A figure for each row and column: `width` columns, row by row.
    pub const fn regions_siblings(name: &'a str, width: usize, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_REGIONS, contract::AXIS_SIBLINGS, width, values)
    }

    /// A figure for each two rows, row by row, such as who outranks whom; it is kept of up to 200 rows.
    pub const fn regions_regions(name: &'a str, width: usize, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_REGIONS, contract::AXIS_REGIONS, width, values)
    }

    /// A figure for each two columns, row by row, such as correlations.
    pub const fn siblings_siblings(name: &'a str, width: usize, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_SIBLINGS, contract::AXIS_SIBLINGS, width, values)
    }

    /// `width` figures for each column, such as loadings.
    pub const fn siblings_list(name: &'a str, width: usize, values: &'a [f64]) -> Self {
        Intermediate::new(name, contract::AXIS_SIBLINGS, contract::AXIS_LIST, width, values)
    }

    /// The same, where others may be as good: the weights of a programme that several weights solve.
    pub const fn one_of_several(self) -> Self {
        Intermediate { several: true, ..self }
    }

    pub(crate) fn lent(&self) -> contract::Intermediate {
        contract::Intermediate {
            size: size_of::<contract::Intermediate>() as u32,
            rows: self.rows,
            columns: self.columns,
            several: u32::from(self.several),
            name: contract::Text { ptr: self.name.as_ptr(), len: self.name.len() },
            values: self.values.as_ptr(),
            width: self.width,
            count: self.values.len(),
        }
    }
}

/// What the result of a method can be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Gives {
    /// Any number.
    #[default]
    Any,
    /// Numbers between two bounds.
    Between(f64, f64),
    /// Numbers about zero, as z-scores are.
    Centred,
    /// Aggregation: what a mean of the children can be.
    Mean,
    /// Aggregation: what a sum of the children can be.
    Sum,
    /// Aggregation: points out of full marks.
    Points,
}

impl Gives {
    pub(crate) fn parts(self) -> (u32, f64, f64) {
        match self {
            Gives::Any => (contract::GIVES_ANY, f64::NEG_INFINITY, f64::INFINITY),
            Gives::Between(lower, upper) => (contract::GIVES_BOUNDS, lower, upper),
            Gives::Centred => (contract::GIVES_CENTRED, f64::NEG_INFINITY, f64::INFINITY),
            Gives::Mean => (contract::GIVES_MEAN, f64::NEG_INFINITY, f64::INFINITY),
            Gives::Sum => (contract::GIVES_SUM, f64::NEG_INFINITY, f64::INFINITY),
            Gives::Points => (contract::GIVES_POINTS, f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A whole number of zero or more.
    Whole(usize),
    /// A text.
    Text(String),
    /// A list of numbers.
    Numbers(Vec<f64>),
    /// A list of texts.
    Texts(Vec<String>),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident($x:ident) $make:expr;)+) => { $(
        impl From<$from> for Value {
            fn from($x: $from) -> Self {
                Value::$variant($make)
            }
        }
    )+ };
}
value_from! {
    bool => Bool(x) x;
    f64 => Number(x) x;
    usize => Whole(x) x;
    &str => Text(x) x.to_owned();
    Vec<f64> => Numbers(x) x;
    Vec<&str> => Texts(x) x.into_iter().map(str::to_owned).collect();
}

/// A setting as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) default: Value,
    pub(crate) required: bool,
    pub(crate) range: Option<(f64, f64)>,
    pub(crate) words: Vec<&'static str>,
}

/// A setting with its default, which also says its kind.
pub fn setting(name: &'static str, default: impl Into<Value>, doc: &'static str) -> Declared {
    Declared { name, doc, default: default.into(), required: false, range: None, words: Vec::new() }
}

impl Declared {
    /// It must be stated: the default only says its kind.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Its numbers lie between two bounds, both allowed.
    pub fn between(mut self, least: f64, greatest: f64) -> Self {
        self.range = Some((least, greatest));
        self
    }

    /// It is one of these words.
    pub fn one_of(mut self, words: &[&'static str]) -> Self {
        self.words = words.to_vec();
        self
    }
}

/// The settings of an instance: what the project states, and the defaults of the rest.
#[derive(Clone, Debug, Default)]
pub struct Settings(pub(crate) Vec<(String, Value)>);

impl<const N: usize> From<[(&str, Value); N]> for Settings {
    /// For an author's tests: all that the method declares, or as much as it reads.
    fn from(pairs: [(&str, Value); N]) -> Self {
        Settings(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl Settings {
    fn find(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// A number.
    pub fn number(&self, name: &str) -> f64 {
        match self.find(name) {
            Some(Value::Number(x)) => *x,
            Some(Value::Whole(n)) => *n as f64,
            _ => f64::NAN,
        }
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> usize {
        match self.find(name) {
            Some(Value::Whole(n)) => *n,
            _ => 0,
        }
    }

    /// True or false.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.find(name), Some(Value::Bool(true)))
    }

    /// A text, or a word.
    pub fn text(&self, name: &str) -> &str {
        match self.find(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// A list of numbers.
    pub fn numbers(&self, name: &str) -> &[f64] {
        match self.find(name) {
            Some(Value::Numbers(numbers)) => numbers,
            _ => &[],
        }
    }

    /// A list of texts.
    pub fn texts(&self, name: &str) -> &[String] {
        match self.find(name) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }
}

/// A worked example.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The settings that differ from their defaults.
    pub settings: Vec<(&'static str, Value)>,
    /// The columns; NaN is an absent cell.
    pub columns: Vec<Vec<f64>>,
    /// Aggregation: the weights; none stands for equal ones.
    pub weights: Vec<f64>,
    /// 1 or -1 for each column; none where more is better in all.
    pub directions: Vec<f64>,
    /// The result.
    pub expected: Vec<f64>,
    /// Where the figures come from.
    pub source: &'static str,
}

/// Why a method gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) words: String,
    pub(crate) row: Option<usize>,
}

impl Fault {
    /// In words.
    pub fn new(words: impl Into<String>) -> Self {
        Fault { words: words.into(), row: None }
    }

    /// In words, at a row.
    pub fn at(row: usize, words: impl Into<String>) -> Self {
        Fault { words: words.into(), row: Some(row) }
    }
}

impl From<String> for Fault {
    fn from(words: String) -> Self {
        Fault::new(words)
    }
}

impl From<&str> for Fault {
    fn from(words: &str) -> Self {
        Fault::new(words)
    }
}

/// A method: what every stage's has.
pub trait Method: Sized + Send + Sync + 'static {
    /// What it says of itself.
    fn info() -> Info;

    /// Makes it from settings. Kinds, words and bounds are checked before; an error here is about how they fit together,
    /// and starts with the name of a setting and a colon: `lower: must be below upper`.
    ///
    /// # Errors
    /// Settings that do not fit.
    fn make(settings: &Settings) -> Result<Self, String>;
}

/// A node of a system that a plugin builds.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its code.
    pub code: String,
    /// The code of its parent; empty for the root.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The column of the data that a leaf is read from; its code where empty.
    pub column: String,
    /// Its weight; NaN where none is stated.
    pub weight: f64,
    /// Its full marks; NaN where none are stated.
    pub full_marks: f64,
    /// The facts of a leaf.
    pub indicator: contract::Indicator,
}

impl Node {
    /// In the form of the contract; its texts are this node's own, and good while it lives.
    pub fn lent(&self) -> contract::Node {
        let part = |text: &str| contract::Text { ptr: text.as_ptr(), len: text.len() };
        contract::Node {
            code: part(&self.code),
            parent: part(&self.parent),
            name: part(&self.name),
            unit: part(&self.unit),
            column: part(&self.column),
            weight: self.weight,
            full_marks: self.full_marks,
            indicator: self.indicator,
        }
    }
}

impl Default for Node {
    fn default() -> Self {
        const NAN: f64 = f64::NAN;
        Node {
            code: String::new(),
            parent: String::new(),
            name: String::new(),
            unit: String::new(),
            column: String::new(),
            weight: NAN,
            full_marks: NAN,
            indicator: contract::Indicator::default(),
        }
    }
}
