//! Settings of methods: declared with type, default and range beside the method, and read once.

use indexmap::IndexMap;
use quanheng_words::Text;

use crate::aggregation::Least;

/// A setting's value as it stands in a project file.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A number, whole or not.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(IndexMap<String, Value>),
}

impl Value {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(x) => Some(*x),
            _ => None,
        }
    }

    /// The number, also where it is written as a fraction of two, such as `"3/13"`.
    pub fn as_number(&self) -> Option<f64> {
        self.number().or_else(|| fraction(self.text()?))
    }

    /// The same value with the fractions in it as numbers.
    fn fractions_as_numbers(&self) -> Value {
        match self {
            Value::Text(text) => fraction(text).map_or_else(|| self.clone(), Value::Number),
            Value::List(items) => {
                Value::List(items.iter().map(Value::fractions_as_numbers).collect())
            }
            Value::Table(items) => {
                let items = items.iter().map(|(k, v)| (k.clone(), v.fractions_as_numbers()));
                Value::Table(items.collect())
            }
            plain => plain.clone(),
        }
    }

    /// The same value with the keys of every table in it in order: values that are equal are then also written alike.
    pub fn sorted(&self) -> Value {
        match self {
            Value::List(items) => Value::List(items.iter().map(Value::sorted).collect()),
            Value::Table(items) => {
                let items = items.iter().map(|(key, value)| (key.clone(), value.sorted()));
                let mut items: IndexMap<String, Value> = items.collect();
                items.sort_keys();
                Value::Table(items)
            }
            plain => plain.clone(),
        }
    }
}

/// A fraction of two numbers, such as `3/13`.
pub fn fraction(text: &str) -> Option<f64> {
    let number = |t: &str| t.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    let (above, below) = text.split_once('/')?;
    let (above, below) = (number(above)?, number(below)?);
    Some(above / below).filter(|x| x.is_finite())
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Value::Number(x)
    }
}

impl From<bool> for Value {
    fn from(x: bool) -> Self {
        Value::Bool(x)
    }
}

impl From<&str> for Value {
    fn from(x: &str) -> Self {
        Value::Text(x.to_owned())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(list: Vec<T>) -> Self {
        Value::List(list.into_iter().map(Into::into).collect())
    }
}

/// Settings by name, in stated order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub IndexMap<String, Value>);

impl Settings {
    /// Reads one setting, or its default.
    pub fn read<T: FromValue>(&self, name: &str, default: T) -> Result<T, SettingError> {
        match self.0.get(name) {
            None => Ok(default),
            Some(value) => T::from_value(value).ok_or_else(|| SettingError {
                setting: name.to_owned(),
                fault: SettingFault::WrongType { accepts: T::accepts() },
            }),
        }
    }

    /// Every declared setting that has a value, stated or by default, in the order of their names.
    pub fn filled(&self, declared: &[Setting]) -> Settings {
        let stated = |s: &Setting| Some(s.plain(self.0.get(s.name.as_ref())?));
        let value = |s: &Setting| stated(s).or_else(|| s.default.clone());
        let all = declared.iter().filter_map(|s| Some((s.name.to_string(), value(s)?)));
        let mut all: IndexMap<String, Value> = all.collect();
        all.sort_keys();
        Settings(all)
    }

    /// The settings that are stated and have no effect, because of what another one is.
    pub fn idle<'s>(&self, declared: &'s [Setting]) -> Vec<(&'s Setting, Only)> {
        let filled = self.filled(declared);
        let usual = |other: &str| {
            let default =
                declared.iter().find(|s| s.name == other).and_then(|s| s.default.as_ref());
            filled.0.get(other) == default
        };
        let holds = |only: Only| match only {
            Only::Is(other, words) => {
                let value = filled.0.get(other).and_then(Value::text);
                value.is_some_and(|word| words.contains(&word))
            }
            Only::Stated(other) => !usual(other),
            Only::Unstated(other) => usual(other),
        };
        let stated = declared.iter().filter(|s| self.0.contains_key(s.name.as_ref()));
        stated.filter_map(|s| Some((s, s.only.filter(|only| !holds(*only))?))).collect()
    }

    /// Refuses names that are not declared.
    pub fn only(&self, declared: &[Setting]) -> Result<(), SettingError> {
        match self.0.keys().find(|k| declared.iter().all(|s| s.name != **k)) {
            None => Ok(()),
            Some(unknown) => Err(SettingError {
                setting: unknown.clone(),
                fault: SettingFault::Unknown {
                    known: declared.iter().map(|s| s.name.to_string()).collect(),
                },
            }),
        }
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Settings {
    fn from(pairs: [(&str, Value); N]) -> Self {
        Settings(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
    }
}

/// One setting as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name in a project file.
    pub name: std::borrow::Cow<'static, str>,
    /// What it does, in one sentence.
    pub doc: std::borrow::Cow<'static, str>,
    /// What it may be.
    pub accepts: Accepts,
    /// What it is where nothing is stated; `None` for "nothing".
    pub default: Option<Value>,
    /// The least and greatest number allowed, both inclusive.
    pub range: Option<(f64, f64)>,
    /// Whether its numbers are in the unit of the column that the method works on. Of a pair (a value and its points)
    /// only the first is.
    pub in_unit: bool,
    /// Where it has an effect; everywhere unless stated.
    pub only: Option<Only>,
}

/// Where a setting has an effect, by what holds of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// The other one is one of these words.
    Is(&'static str, &'static [&'static str]),
    /// The other one is not what it is by default.
    Stated(&'static str),
    /// The other one is what it is by default.
    Unstated(&'static str),
}

impl Only {
    /// The other setting.
    pub fn other(self) -> &'static str {
        match self {
            Only::Is(other, _) | Only::Stated(other) | Only::Unstated(other) => other,
        }
    }
}

impl Setting {
    /// A stated value with its fractions as numbers, where numbers belong.
    pub fn plain(&self, value: &Value) -> Value {
        match self.accepts {
            Accepts::Number
            | Accepts::Numbers
            | Accepts::Matrix
            | Accepts::NumberTable
            | Accepts::MatrixTable => value.fractions_as_numbers(),
            _ => value.clone(),
        }
    }

    /// Whether a stated value fits: its kind, its words, its range.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self, value: &Value) -> Result<(), SettingFault> {
        self.accepts.check(self.range, value)
    }
}

/// The greatest whole number up to which every whole number has a number of its own: 2^53.
pub const GREATEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The least number of a range that begins above 0.
pub const ABOVE_ZERO: f64 = f64::from_bits(1);

/// The number as a whole one, zero or more.
fn whole(value: &Value) -> Option<f64> {
    value.number().filter(|x| x.fract() == 0.0 && (0.0..=GREATEST_WHOLE).contains(x))
}

impl Accepts {
    /// Whether a value fits: its kind, its words, and its numbers the range (both ends inclusive).
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self, range: Option<(f64, f64)>, value: &Value) -> Result<(), SettingFault> {
        let finite = |v: &Value| v.as_number().is_some_and(f64::is_finite);
        let text = |v: &Value| v.text().is_some();
        let list = |v: &Value, f: &dyn Fn(&Value) -> bool| match v {
            Value::List(items) => items.iter().all(f),
            _ => false,
        };
        let table = |f: &dyn Fn(&Value) -> bool| match value {
            Value::Table(items) => items.values().all(f),
            _ => false,
        };
        let fits = match self {
            Accepts::Bool => matches!(value, Value::Bool(_)),
            Accepts::Number => finite(value),
            Accepts::Whole => whole(value).is_some(),
            Accepts::Text => text(value),
            Accepts::Choice(words) => value.text().is_some_and(|w| words.iter().any(|k| k == w)),
            Accepts::ChoiceOrBool(words) => {
                matches!(value, Value::Bool(_))
                    || value.text().is_some_and(|w| words.iter().any(|k| k == w))
            }
            Accepts::ChoiceOrNumber(words) => match value.text() {
                Some(word) => words.iter().any(|known| known == word),
                None => value.number().is_some_and(f64::is_finite),
            },
            Accepts::CountOrShare => Least::from_value(value).is_some(),
            Accepts::ChoiceOrWhole { words, least, greatest } => match value.text() {
                Some(word) => words.iter().any(|known| known == word),
                None => whole(value).is_some_and(|x| (*least..=*greatest).contains(&x)),
            },
            Accepts::Numbers => list(value, &finite),
            Accepts::Texts => list(value, &text),
            Accepts::Matrix => list(value, &|v| list(v, &finite)),
            Accepts::NumberTable => table(&finite),
            Accepts::TextTable => table(&text),
            Accepts::Names => text(value) || table(&text),
            Accepts::MatrixTable | Accepts::SettingsTable => matches!(value, Value::Table(_)),
        };
        if !fits {
            return Err(SettingFault::WrongType { accepts: self.clone() });
        }
        if let Some((least, greatest)) = range {
            let items = match value {
                Value::List(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            if items.iter().filter_map(Value::as_number).any(|x| !(least <= x && x <= greatest)) {
                return Err(SettingFault::OutOfRange { least, greatest });
            }
        }
        Ok(())
    }
}

/// What a setting may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepts {
    /// `true` or `false`.
    Bool,
    /// Any finite number.
    Number,
    /// A whole number, zero or more.
    Whole,
    /// A text.
    Text,
    /// One of these words.
    Choice(Vec<String>),
    /// One of these words, or `true` or `false`.
    ChoiceOrBool(Vec<String>),
    /// One of these words, or any finite number.
    ChoiceOrNumber(Vec<String>),
    /// One of these words, or a whole number from the least to the greatest.
    ChoiceOrWhole {
        /// The words.
        words: Vec<String>,
        /// The least number.
        least: f64,
        /// The greatest number.
        greatest: f64,
    },
    /// A whole number, or a share: a number below 1, or a fraction such as `"3/13"`.
    CountOrShare,
    /// A list of numbers.
    Numbers,
    /// A list of texts.
    Texts,
    /// A list of lists of numbers.
    Matrix,
    /// A table of numbers by code.
    NumberTable,
    /// A table of texts by code.
    TextTable,
    /// A text, or a table of texts by language.
    Names,
    /// A table of lists of numbers, or of pairs, by code.
    MatrixTable,
    /// A table of the settings of other methods, by name of the method.
    SettingsTable,
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingError {
    /// The setting.
    pub setting: String,
    /// What is wrong.
    pub fault: SettingFault,
}

/// The kinds of things that can be wrong with a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingFault {
    /// No setting has this name.
    Unknown {
        /// The names that there are.
        known: Vec<String>,
    },
    /// A value of another type, or not one of the words.
    WrongType {
        /// What is accepted.
        accepts: Accepts,
    },
    /// A number out of range.
    OutOfRange {
        /// The least allowed.
        least: f64,
        /// The greatest allowed.
        greatest: f64,
    },
    /// It must be stated.
    Unstated,
    /// It does not fit with something else: what was expected.
    Expected(Text),
}

/// A setting that does not fit, with what was expected: `fault("lower", text!(expect_below_upper))`.
pub fn fault(setting: &str, expected: Text) -> SettingError {
    SettingError { setting: setting.to_owned(), fault: SettingFault::Expected(expected) }
}

/// A Rust type that a setting can be read into.
pub trait FromValue: Sized {
    /// What it accepts.
    fn accepts() -> Accepts;
    /// Reads it.
    fn from_value(value: &Value) -> Option<Self>;
    /// Writes it, for documents and schemas; `None` for "nothing".
    fn to_value(&self) -> Option<Value>;
}

impl FromValue for bool {
    fn accepts() -> Accepts {
        Accepts::Bool
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }
    fn to_value(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }
}

impl FromValue for f64 {
    fn accepts() -> Accepts {
        Accepts::Number
    }
    fn from_value(value: &Value) -> Option<Self> {
        value.as_number().filter(|x| x.is_finite())
    }
    fn to_value(&self) -> Option<Value> {
        Some(Value::Number(*self))
    }
}

macro_rules! whole_setting {
    ($($whole:ty),+) => { $(
        impl FromValue for $whole {
            fn accepts() -> Accepts {
                Accepts::Whole
            }
            fn from_value(value: &Value) -> Option<Self> {
                whole(value).map(|x| x as $whole)
            }
            fn to_value(&self) -> Option<Value> {
                Some(Value::Number(*self as f64))
            }
        }
    )+ };
}
whole_setting!(u32, u64, usize);

impl FromValue for String {
    fn accepts() -> Accepts {
        Accepts::Text
    }
    fn from_value(value: &Value) -> Option<Self> {
        value.text().map(str::to_owned)
    }
    fn to_value(&self) -> Option<Value> {
        Some(Value::Text(self.clone()))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn accepts() -> Accepts {
        T::accepts()
    }
    fn from_value(value: &Value) -> Option<Self> {
        T::from_value(value).map(Some)
    }
    fn to_value(&self) -> Option<Value> {
        self.as_ref().and_then(T::to_value)
    }
}

fn list<T: FromValue>(value: &Value) -> Option<Vec<T>> {
    match value {
        Value::List(items) => items.iter().map(T::from_value).collect(),
        _ => None,
    }
}

macro_rules! list_setting {
    ($item:ty, $accepts:ident) => {
        impl FromValue for Vec<$item> {
            fn accepts() -> Accepts {
                Accepts::$accepts
            }
            fn from_value(value: &Value) -> Option<Self> {
                list(value)
            }
            fn to_value(&self) -> Option<Value> {
                Some(Value::List(self.iter().filter_map(FromValue::to_value).collect()))
            }
        }
    };
}
list_setting!(f64, Numbers);
list_setting!(String, Texts);
list_setting!(Vec<f64>, Matrix);

macro_rules! table_setting {
    ($item:ty, $accepts:ident) => {
        impl FromValue for IndexMap<String, $item> {
            fn accepts() -> Accepts {
                Accepts::$accepts
            }
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Table(items) => items
                        .iter()
                        .map(|(k, v)| Some((k.clone(), FromValue::from_value(v)?)))
                        .collect(),
                    _ => None,
                }
            }
            fn to_value(&self) -> Option<Value> {
                let items = self.iter().filter_map(|(k, v)| Some((k.clone(), v.to_value()?)));
                Some(Value::Table(items.collect()))
            }
        }
    };
}
table_setting!(f64, NumberTable);
table_setting!(String, TextTable);
table_setting!(Vec<f64>, MatrixTable);
table_setting!(Vec<Vec<f64>>, MatrixTable);
table_setting!(Settings, SettingsTable);

impl FromValue for Settings {
    fn accepts() -> Accepts {
        Accepts::SettingsTable
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Table(items) => Some(Settings(items.clone())),
            _ => None,
        }
    }
    fn to_value(&self) -> Option<Value> {
        Some(Value::Table(self.0.clone()))
    }
}

/// Declares the settings of a method as a struct: doc comment, name, type, `as in_unit` where its numbers are in the
/// unit of the column, range if any, default, and where it has an effect if that depends on another one:
/// `=> Only::Is("zero", &["shift"])`.
///
/// ```
/// quanheng_core::method::settings! {
///     pub struct MinMax {
///         /// The score of the worst region.
///         lower: f64 = 0.0,
///         /// How far the scale is drawn in.
///         epsilon: f64 [0.0, 0.5] = 0.0,
///     }
/// }
/// assert_eq!(MinMax::declared().len(), 2);
/// assert_eq!(MinMax::read(&Default::default()).unwrap().lower, 0.0);
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __settings {
    (@in_unit) => { false };
    (@in_unit in_unit) => { true };
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $(
        $(#[doc = $doc:literal])+ $field:ident : $ty:ty $(as $unit:ident)? $([$least:expr, $greatest:expr])? = $default:expr $(=> $only:expr)?
    ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name { $($(#[doc = $doc])+ pub $field: $ty),* }

        impl $name {
            /// The settings as declared.
            $vis fn declared() -> Vec<$crate::method::Setting> {
                vec![$($crate::method::Setting {
                    name: stringify!($field).into(),
                    doc: concat!($($doc, "\n"),+).trim().into(),
                    accepts: <$ty as $crate::method::FromValue>::accepts(),
                    default: <$ty as $crate::method::FromValue>::to_value(&$default),
                    range: None $(.or(Some(($least as f64, $greatest as f64))))?,
                    in_unit: $crate::method::settings!(@in_unit $($unit)?),
                    only: None $(.or(Some($only)))?,
                }),*]
            }

            /// Reads them from a project's values.
            $vis fn read(
                values: &$crate::method::Settings,
            ) -> Result<Self, $crate::method::SettingError> {
                values.only(&Self::declared())?;
                $($(
                    if let Some(x) = values.0.get(stringify!($field)).and_then($crate::method::Value::as_number)
                        && !($least as f64 <= x && x <= $greatest as f64)
                    {
                        return Err($crate::method::SettingError {
                            setting: stringify!($field).to_owned(),
                            fault: $crate::method::SettingFault::OutOfRange {
                                least: $least as f64,
                                greatest: $greatest as f64,
                            },
                        });
                    }
                )?)*
                Ok($name { $($field: values.read(stringify!($field), $default)?),* })
            }
        }
    };
}

pub use crate::__settings as settings;
