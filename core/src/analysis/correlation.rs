//! Correlations of the index and its dimensions with covariates from outside.

use crate::method::settings;
use crate::number::Correlation;

use super::finding::{WHOLE, columns};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, analysis};

settings! {
    /// Settings of the correlations.
    pub(super) struct Settings {
        /// The nodes, by code; unless stated, the index and those below it.
        nodes: Vec<String> = Vec::new(),
    }
}

analysis!(Settings, compute, {
    name: "correlation",
    label: "Correlation with covariates",
    summary: "How the scores of the index and its dimensions go together with figures from outside, such as GDP per head.",
    formula: "Pearson r of scores and covariate (or its logarithm), Spearman ρ of their ranks, Kendall τ_b of their order; two-sided p-values: t = r√((n − 2)/(1 − r²)) for r and ρ; for τ_b exact up to 33 regions without ties, else normal",
    reference: "Kendall (1970), Rank Correlation Methods",
    needs: Need::Covariates,
    forms: &[CORRELATIONS],
});

const CORRELATIONS: Form = Form {
    name: "correlations",
    label: "Correlations",
    columns: &[
        Column::text("covariate", "Covariate"),
        columns::NODE,
        columns::N,
        Column::decimals("pearson", "Pearson", 4),
        Column::p_value("pearson_p", "Pearson p"),
        Column::decimals("spearman", "Spearman", 4),
        Column::p_value("spearman_p", "Spearman p"),
        Column::decimals("kendall", "Kendall", 4).detail(),
        Column::p_value("kendall_p", "Kendall p").detail(),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    if subject.inputs.covariates.is_empty() {
        return Err(Reason::NoCovariates);
    }
    let slice = subject.now()?;
    let nodes = subject.nodes(&settings.nodes, || {
        [subject.root()].into_iter().chain(subject.parts().iter().copied()).collect()
    })?;
    let mut found = Found::new(&CORRELATIONS);
    for (at, covariate) in subject.inputs.covariates.iter().enumerate() {
        let values = subject.covariate(covariate, slice);
        for &node in &nodes {
            let scores = subject.scores(node, slice);
            let head = [Cell::Covariate(at), Cell::Node(node)];
            let tests = values.clone().and_then(|values| tests(&scores, &values));
            let row: Vec<Cell> = match tests {
                Ok((n, figures)) => head
                    .into_iter()
                    .chain([n.into()])
                    .chain(figures.into_iter().flatten().map(Cell::from))
                    .chain([Cell::Empty])
                    .collect(),
                Err(why) => {
                    let nothing = std::iter::repeat_n(Cell::Empty, 7);
                    head.into_iter().chain(nothing).chain([Cell::None(why)]).collect()
                }
            };
            found.push(row);
        }
    }
    Ok(vec![found])
}

/// How many regions have both, and the three coefficients with their p-values.
fn tests(scores: &[f64], values: &[f64]) -> Result<(usize, [[f64; 2]; 3]), Reason> {
    let n = Subject::complete(&[scores, values]).len();
    if n < 3 {
        return Err(Reason::TooFew { n, least: 3 });
    }
    let mut figures = [[f64::NAN; 2]; 3];
    let coefficients = [Correlation::Pearson, Correlation::Spearman, Correlation::Kendall];
    for (figures, coefficient) in figures.iter_mut().zip(coefficients) {
        let test = coefficient.test(scores, values).ok_or(Reason::Constant)?;
        *figures = [test.coefficient, test.p];
    }
    Ok((n, figures))
}
