//! Methods that gave no result, in words.

use quanheng_core::evaluation::EvaluationError;
use quanheng_core::method::{MethodError, Stage};
use quanheng_words::{Text, text};

use super::{Words, stage};
use crate::problem::Named;

pub(super) fn words(methodology: &str, error: &EvaluationError, named: &Named) -> Words {
    let place = match (&named.period, &named.league) {
        (Some(period), Some(league)) => {
            text!(evaluation_in_period_league, period = period, league = league)
        }
        (Some(period), None) => text!(evaluation_in_period, period = period),
        (None, Some(league)) => text!(evaluation_in_league, league = league),
        (None, None) => Text::default(),
    };
    let (what, hint) = match &error.error {
        MethodError::Program(fault) => {
            let what = match named.count {
                0 => fault.what.clone(),
                _ => text!(evaluation_failed_at, what = &fault.what, regions = regions(named)),
            };
            (what, fault.hint.clone())
        }
        other => {
            let (what, hint) = of_method(other, error, named);
            (what, Some(hint))
        }
    };
    let what = text!(
        evaluation_failed,
        methodology = methodology,
        stage = stage(error.stage),
        method = &error.method,
        node = &named.node,
        place = place,
        what = what
    );
    Words { what, hint }
}

fn of_method(fault: &MethodError, error: &EvaluationError, named: &Named) -> (Text, Text) {
    let column = named.child.as_ref().unwrap_or(&named.node);
    match fault {
        MethodError::NoFact(fact) => {
            (text!(fact_missing, fact = *fact), text!(fact_missing_hint, fact = *fact))
        }
        MethodError::Constant { .. } => (
            fault.words(),
            match error.stage {
                Stage::Normalisation => text!(column_constant_hint),
                Stage::Tiering => text!(too_few_distinct_hint),
                _ => text!(column_constant_elsewhere_hint),
            },
        ),
        MethodError::AllConstant => (fault.words(), text!(all_constant_hint)),
        MethodError::TooFew { .. } => (fault.words(), text!(too_few_values_hint)),
        MethodError::TooFewDistinct { .. } => (fault.words(), text!(too_few_distinct_hint)),
        MethodError::TooFewRows { .. } => (fault.words(), text!(too_few_rows_hint)),
        MethodError::Divisor { what, value, needed, .. } => (
            text!(divisor, what = &**what, column = column, value = *value, needed = &**needed),
            text!(divisor_hint, column = column),
        ),
        MethodError::Absent { .. } => (
            text!(absent_cells, column = column, count = named.count, regions = regions(named)),
            match error.stage {
                Stage::Imputation => text!(absent_cells_imputation_hint),
                _ => text!(absent_cells_hint),
            },
        ),
        MethodError::OutOfDomain { value, needed, .. } => (
            text!(
                value_out_of_domain,
                column = column,
                value = *value,
                regions = regions(named),
                needed = needed
            ),
            text!(value_out_of_domain_hint),
        ),
        MethodError::NoCategory { value, .. } => (
            text!(category_missing, value = *value, regions = regions(named)),
            text!(category_missing_hint),
        ),
        MethodError::NoWeight => (fault.words(), text!(weights_zero_hint)),
        MethodError::Unstated { fact, .. } => (
            text!(fact_unstated, column = column, fact = *fact),
            text!(fact_unstated_hint, fact = *fact),
        ),
        MethodError::NoRegion { code } => {
            (text!(region_not_found, code = code), text!(region_not_found_hint))
        }
        MethodError::NoGroup { code } => (fault.words(), text!(group_not_found_hint, code = code)),
        MethodError::NoCode { code } => {
            (text!(code_not_found, code = code), text!(code_not_found_hint))
        }
        MethodError::NotInSetting { setting, code } => (
            fault.words(),
            text!(not_in_setting_hint, setting = *setting, code = code, method = &error.method),
        ),
        MethodError::Infeasible { .. } => (
            text!(linear_program_infeasible, regions = regions(named)),
            text!(linear_program_infeasible_hint),
        ),
        MethodError::NoNeighbours => (fault.words(), text!(neighbours_not_stated_hint)),
        MethodError::NoNeighbour { .. } => {
            (text!(neighbour_missing, regions = regions(named)), text!(neighbour_missing_hint))
        }
        MethodError::NoConvergence { .. } => (fault.words(), text!(not_converged_hint)),
        MethodError::Skewed { .. } => (fault.words(), text!(skewed_hint)),
        other => (other.words(), text!(method_hint, method = &error.method)),
    }
}

fn regions(named: &Named) -> Text {
    let shown = text!(several_texts, texts = named.regions.clone());
    match named.count.saturating_sub(named.regions.len()) {
        0 => shown,
        rest => text!(evaluation_regions_more, regions = shown, count = rest),
    }
}
