//! The median of the regions of the same class.

use indexmap::IndexMap;

use super::fill::{self, EmptyClass};
use super::{Donors, Imputation, ImputationInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, SettingError, SettingFault, Settings, Units,
    settings,
};
use crate::model::{Group, RegionIx};
use crate::number;

settings! {
    /// Settings of the class median.
    pub struct GroupMedian {
        /// The code of the group whose classes are looked at; must be stated.
        group: String = String::new(),
        /// What happens to a cell whose region is in no class, or in classes without any value.
        empty: EmptyClass = EmptyClass::Overall,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "group_median",
    summary: "Gives a missing cell the median of the regions of the same class; of several classes the mean of their medians.",
    formula: "x' = median of the values that are there among the regions of the class",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567 (COINr, i_median_grp)",
    settings: GroupMedian::declared,
    make: |values: &Settings| {
        let method = GroupMedian::read(values)?;
        if method.group.is_empty() {
            let fault = SettingFault::Unstated;
            return Err(SettingError { setting: "group".to_owned(), fault });
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![1.0, 2.0, 6.0, f64::NAN, 10.0, f64::NAN, f64::NAN]],
            groups: vec![Group {
                code: "coast".into(),
                classes: IndexMap::from([
                    (
                        "coastal".to_owned(),
                        vec![RegionIx(0), RegionIx(1), RegionIx(2), RegionIx(3)],
                    ),
                    ("inland".to_owned(), vec![RegionIx(4), RegionIx(5)]),
                ]),
            }],
            expected: vec![1.0, 2.0, 6.0, 2.0, 10.0, 10.0, 4.0],
            source:
                "by hand: the middle one of 1, 2, 6; the last region is in no class: (2 + 6)/2 = 4"
                    .into(),
            ..Example::default()
        }
        .with([("group", "coast".into())])
    },
};

impl Imputation for GroupMedian {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        fill::fill_by_class(input, &self.group, self.empty, median, scratch, out)
    }

    fn donors(&self, input: &ImputationInput<'_>, row: usize) -> Option<Donors> {
        fill::classes_of(input, &self.group, row)
    }

    fn leaves_absent(&self) -> bool {
        self.empty == EmptyClass::Leave
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    number::sort(values);
    number::median(values)
}
