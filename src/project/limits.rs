//! Raw values against the limits that the tree states for each indicator.

use indexmap::IndexMap;
use std::sync::Arc;

use quanheng_core::model::{PeriodIx, RegionIx, Study, System};

use super::reader::Page;
use super::whose::Whose;
use crate::problem::{Fault, Place, Problem, ProjectFault};

/// Says, for each leaf with limits, the first value beyond them and how many there are; `place` finds a raw cell.
pub(super) fn check(
    page: &Page,
    systems: &IndexMap<String, Option<Arc<System>>>,
    study: &Study,
    place: impl Fn(&str, RegionIx, PeriodIx) -> Option<Place>,
) {
    for (code, system) in systems {
        let Some(system) = system else { continue };
        page.within(Whose::System(code.clone()), || of_system(page, system, study, &place));
    }
}

fn of_system(
    page: &Page,
    system: &System,
    study: &Study,
    place: &impl Fn(&str, RegionIx, PeriodIx) -> Option<Place>,
) {
    for (k, &leaf) in system.leaves().iter().enumerate() {
        let indicator = system.indicator(k);
        let (lower, upper) = (indicator.lower, indicator.upper);
        let name = indicator.column.as_ref().unwrap_or(&system.node(leaf).code);
        let Some(column) = study.columns.get(name) else { continue };
        let beyond =
            |x: f64| lower.is_some_and(|bound| x < bound) || upper.is_some_and(|bound| x > bound);
        let rows = column.values().iter().enumerate().filter(|(_, x)| beyond(**x));
        let count = rows.clone().count();
        let Some((row, &value)) = rows.into_iter().next() else { continue };
        let (region, period) = (study.panel.regions()[row], study.panel.periods()[row]);
        page.push(Problem {
            fault: Fault::Project(ProjectFault::Limit {
                leaf: system.node(leaf).code.clone(),
                region: study.regions[region.0 as usize].code.clone(),
                period: study.periods[period.0 as usize].label.clone(),
                value,
                lower,
                upper,
                count,
            }),
            places: place(name, region, period).into_iter().collect(),
        });
    }
}
