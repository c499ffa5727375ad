//! The goalpost that scores nothing.

use super::{Imputation, ImputationInput, fill};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, settings};
use crate::model::{Goalposts, Indicator};

settings! {
    /// No settings.
    pub struct Goalpost {}
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "goalpost",
    summary: "Gives a missing cell the bad goalpost of its indicator: what is not reported scores nothing.",
    formula: "x' = bad",
    reference: "a rule of published indices that must not reward what is not reported",
    settings: Goalpost::declared,
    make: |values: &Settings| Ok(Box::new(Goalpost::read(values)?)),
    claims: Claims { monotone: true, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, 2.0, 7.0]],
        indicators: vec![Indicator {
            goalposts: Some(Goalposts { bad: 1.0, good: 10.0 }),
            ..Indicator::default()
        }],
        expected: vec![3.0, 1.0, 2.0, 7.0],
        source: "by hand: the goalposts are 1 (bad) and 10 (good)".into(),
        ..Example::default()
    },
};

impl Imputation for Goalpost {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        let posts = input.indicator.goalposts.ok_or(MethodError::NoFact("bad"))?;
        fill::fill_all(Some(posts.bad), out)
    }
}
