//! Methods that gave no result, in words.

use quanheng_core::evaluation::EvaluationError;
use quanheng_core::method::{MethodError, Stage};

use super::{Words, project};
use crate::problem::Named;
use crate::report::number::short;

pub(super) fn words(methodology: &str, error: &EvaluationError, named: &Named) -> Words {
    let stage = project::stage(error.stage);
    let node = &named.node;
    let place = match (&named.period, &named.league) {
        (Some(period), Some(league)) => format!(" in {period}, league {league}"),
        (Some(period), None) => format!(" in {period}"),
        (None, Some(league)) => format!(" in league {league}"),
        (None, None) => String::new(),
    };
    let column = named.child.as_deref().unwrap_or(node);
    let (what, hint) = match &error.error {
        MethodError::NoFact(fact) => (
            format!("the tree states no `{fact}` for it"),
            format!("fill in `{fact}` in the tree, or state it as a setting"),
        ),
        MethodError::Constant { value } => (
            format!("every value is {}: there is no scale to lay over it", short(*value)),
            "leave the indicator out, or normalise it by goalposts, or over = \"panel\"".to_owned(),
        ),
        MethodError::TooFew { found, needed } => (
            format!("there are {found} values where at least {needed} are needed"),
            "look over more regions or periods (among = \"all\", over = \"panel\"), or choose another method".to_owned(),
        ),
        MethodError::Absent { .. } => (
            format!("{column} has no value in {}: {}", cells(named.count), regions(named)),
            match error.stage {
                Stage::Imputation => "fill them (imputation = \"mean\", \"carry\" …), or let the others carry their weight \
                                      (imputation = \"renormalise\")"
                    .to_owned(),
                _ => "fill them by an imputation, or choose a method that can do without".to_owned(),
            },
        ),
        MethodError::OutOfDomain { value, needed, .. } => (
            format!("{} is {} for {}, and must be {needed}", column, short(*value), regions(named)),
            "correct the value, or choose another method for this part of the tree (`at`)".to_owned(),
        ),
        MethodError::NoCategory { value, .. } => (
            format!("no category or band covers {} of {}", short(*value), regions(named)),
            "add one".to_owned(),
        ),
        MethodError::NoWeight => (
            "the weights add up to nothing".to_owned(),
            "at least one weight must be above 0, and none below".to_owned(),
        ),
        MethodError::Unstated { fact, .. } => (
            format!("{column} states no `{fact}`"),
            format!("fill in `{fact}` in the tree"),
        ),
        MethodError::NoRegion { code } => (
            format!("there is no region `{code}` among those looked at"),
            "it must have a row in every period that is looked at".to_owned(),
        ),
        MethodError::NoCode { code } => (
            format!("there is no `{code}`"),
            "look at the codes in the settings, and at the columns of the data".to_owned(),
        ),
        MethodError::Infeasible { .. } => (
            format!("the linear program of {} has no solution", regions(named)),
            "loosen the bounds in the settings".to_owned(),
        ),
        MethodError::NoConvergence { steps } => (
            format!("it did not settle after {steps} steps"),
            "choose another method".to_owned(),
        ),
        MethodError::Program(fault) => {
            let at = match (named.count, regions(named)) {
                (0, _) => String::new(),
                (_, regions) => format!(" ({regions})"),
            };
            let also = match named.also.len() {
                0 => String::new(),
                1 => format!(" (and {})", named.also[0]),
                n => format!(" (and {} and {} more)", named.also[0], n - 1),
            };
            return Words {
                what: format!(
                    "methodology `{methodology}`, {stage} `{}` of {node}{also}{place}: {}{at}",
                    error.method, fault.what,
                ),
                hint: fault.hint.as_ref().map(ToString::to_string),
            };
        }
        other => (other.to_string(), format!("`quanheng methods show {}` says what it needs", error.method)),
    };
    Words::new(
        format!("methodology `{methodology}`, {stage} `{}` of {node}{place}: {what}", error.method),
        hint,
    )
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".into() } else { format!("{count} cells") }
}

fn regions(named: &Named) -> String {
    let shown = named.regions.join(", ");
    match named.count.saturating_sub(named.regions.len()) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}
