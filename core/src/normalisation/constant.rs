//! Columns in which all values are equal, so that no scale can be laid over them.

use std::sync::Arc;

use super::{Normalisation, NormalisationInput};
use crate::method::{Accepts, Domain, FromValue, MethodError, Needs, Scratch, Setting, Value};
use crate::model::Indicator;

/// What becomes of a column in which all values are equal: the setting `constant` of the normalisations that need a spread.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Constant {
    /// An error, if the formula has no score for it.
    #[default]
    Fail,
    /// This score for every region that has a value.
    Score(f64),
    /// The indicator is left out, as if it were not in the tree.
    LeaveOut,
}

/// The name of the setting.
pub const CONSTANT: &str = "constant";

const FAIL: &str = "fail";
const LEAVE_OUT: &str = "leave_out";

impl FromValue for Constant {
    fn accepts() -> Accepts {
        Accepts::ChoiceOrNumber(vec![FAIL.to_owned(), LEAVE_OUT.to_owned()])
    }
    fn from_value(value: &Value) -> Option<Self> {
        match (value.text(), value.number()) {
            (Some(FAIL), _) => Some(Constant::Fail),
            (Some(LEAVE_OUT), _) => Some(Constant::LeaveOut),
            (None, Some(score)) if score.is_finite() => Some(Constant::Score(score)),
            _ => None,
        }
    }
    fn to_value(&self) -> Option<Value> {
        Some(match self {
            Constant::Fail => FAIL.into(),
            Constant::LeaveOut => LEAVE_OUT.into(),
            Constant::Score(score) => (*score).into(),
        })
    }
}

impl Constant {
    /// The setting, as a choice of a method that does not declare it states it.
    pub fn setting() -> Setting {
        Setting {
            name: CONSTANT.into(),
            doc: "".into(),
            accepts: Constant::accepts(),
            default: None,
            range: None,
            in_unit: false,
            only: None,
        }
    }
}

/// A method that knows nothing of such columns, with a rule for them.
struct Ruled {
    method: Arc<dyn Normalisation>,
    rule: Constant,
}

/// A method with a rule for columns in which all values are equal: such a column does not reach the method, unless the rule
/// is an error.
pub fn with_constant(method: Arc<dyn Normalisation>, rule: Constant) -> Arc<dyn Normalisation> {
    Arc::new(Ruled { method, rule })
}

impl Normalisation for Ruled {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        self.method.normalise(input, scratch, out)
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.rule)
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        self.method.gives(indicator)
    }

    fn needs(&self) -> Needs {
        self.method.needs()
    }

    fn is_identity(&self) -> bool {
        self.method.is_identity()
    }

    fn states_in_unit(&self, indicator: &Indicator) -> bool {
        self.method.states_in_unit(indicator)
    }
}

/// The one value of a column in which all values are equal.
pub(crate) fn only_value(values: &[f64]) -> Option<f64> {
    let mut there = values.iter().copied().filter(|x| !x.is_nan());
    let first = there.next()?;
    there.all(|x| x == first).then_some(first)
}

/// Writes the scores of a column: those of the method, but of a constant column what is stated for it. Where the indicator
/// is to be left out, no cell has a score; `true` says so.
pub(crate) fn normalise(
    method: &dyn Normalisation,
    input: &NormalisationInput<'_>,
    scratch: &mut Scratch,
    out: &mut [f64],
) -> Result<bool, MethodError> {
    let Some((rule, value)) = method.constant().zip(only_value(input.values)) else {
        return method.normalise(input, scratch, out).map(|()| false);
    };
    match rule {
        Constant::Fail => method
            .normalise(input, scratch, out)
            .map(|()| false)
            .map_err(|_| MethodError::Constant { value }),
        Constant::Score(score) => {
            for (s, x) in out.iter_mut().zip(input.values) {
                *s = if x.is_nan() { f64::NAN } else { score };
            }
            Ok(false)
        }
        Constant::LeaveOut => {
            out.fill(f64::NAN);
            Ok(true)
        }
    }
}
