//! Contracts between stages, checked before anything is computed.

use std::borrow::Cow;

use super::{Across, Methodology, Over};
use crate::method::{Domain, Needs, Stage};
use crate::model::{Direction, NodeId, State, Study};

/// A choice that cannot work with what comes before it.
#[derive(Clone, Debug, PartialEq)]
pub enum ContractProblem {
    /// The data have no such column.
    NoColumn {
        /// The leaf.
        leaf: NodeId,
        /// The column that it is read from, or divided by.
        column: String,
    },
    /// Values that are certainly not above (or certainly below) zero into a method that needs them to be.
    Sign {
        /// The node whose children are put together.
        node: NodeId,
        /// The child whose column it is.
        child: NodeId,
        /// The method that needs it.
        method: String,
        /// The method that gives it: the child's normalisation, or its aggregation.
        given_by: String,
        /// Whether the values must be above zero; else zero is allowed.
        positive: bool,
        /// The stage of the method that needs it.
        stage: Stage,
    },
    /// Values about zero, as z-scores are, into a method that divides by their mean.
    Centred {
        /// The node whose children are put together.
        node: NodeId,
        /// The child whose column it is.
        child: NodeId,
        /// The method that needs it.
        method: String,
        /// The method that gives it: the child's normalisation, or its aggregation.
        given_by: String,
        /// The stage of the method that needs it.
        stage: Stage,
    },
    /// Less is better in a column, and the method takes more to be better.
    Orientation {
        /// The node whose children are put together.
        node: NodeId,
        /// The child whose column it is.
        child: NodeId,
        /// The method.
        method: String,
        /// The method that leaves it so.
        given_by: String,
        /// The stage of the method.
        stage: Stage,
    },
    /// Cells may be absent, and the method cannot do without.
    Absent {
        /// The node whose children are put together.
        node: NodeId,
        /// A leaf below it with absent cells.
        leaf: NodeId,
        /// The method.
        method: String,
        /// How many cells of the leaf are absent.
        cells: usize,
        /// The stage of the method.
        stage: Stage,
    },
    /// A method that looks along time, and is asked to look at one period only.
    NeedsPanel {
        /// The node or leaf.
        node: NodeId,
        /// The method.
        method: String,
        /// Its stage.
        stage: Stage,
    },
    /// Weights that are to be used as printed by a method that divides by their sum, or does not use them.
    PrintedWeights {
        /// The node.
        node: NodeId,
        /// The aggregation.
        method: String,
    },
    /// A normalisation that states values in the unit of a column whose values become their closeness to what is best.
    UnitOfIdeal {
        /// The leaf.
        leaf: NodeId,
        /// The method.
        method: String,
    },
    /// A fact of the tree that the weighting needs of every sibling.
    NoFact {
        /// The node that lacks it.
        node: NodeId,
        /// The column of the tree.
        fact: &'static str,
        /// The method.
        method: String,
    },
}

/// Everything in a methodology that cannot work on this study.
pub fn contract_problems(study: &Study, methodology: &Methodology) -> Vec<ContractProblem> {
    let system = &methodology.system;
    let mut problems = Vec::new();
    let domains = methodology.domains();
    let mut given_by = vec![String::new(); system.nodes().len()];
    // For each node, a leaf at or below it that may hold absent cells, and how many.
    let mut absent: Vec<Option<(NodeId, usize)>> = vec![None; system.nodes().len()];

    for (k, &leaf) in system.leaves().iter().enumerate() {
        let indicator = system.indicator(k);
        let (mut holes, mut open, mut unreported) = (0, 0, 0);
        for name in indicator.columns(&system.node(leaf).code) {
            match study.columns.get(name) {
                None => problems.push(ContractProblem::NoColumn { leaf, column: name.to_owned() }),
                // What a formula makes of absent cells is known when it runs.
                Some(_) if indicator.derivation.is_some() => {}
                Some(column) if column.is_complete() => {}
                Some(column) => {
                    for row in 0..column.len() {
                        match column.state(row) {
                            // A region without a row has no score where nothing is filled.
                            State::Missing if study.is_unreported(row) => unreported += 1,
                            State::Value => {}
                            State::NotApplicable => open += 1,
                            State::Missing | State::Withheld => holes += 1,
                        }
                    }
                }
            }
        }
        let normalisation = methodology.normalisation.at(leaf);
        if indicator.ideal.is_some() && normalisation.method.states_in_unit(indicator) {
            let method = normalisation.name.clone();
            problems.push(ContractProblem::UnitOfIdeal { leaf, method });
        }
        let imputation = methodology.imputation.at(leaf);
        if imputation.method.needs().panel && imputation.over == Over::Period {
            problems.push(ContractProblem::NeedsPanel {
                node: leaf,
                method: imputation.name.clone(),
                stage: Stage::Imputation,
            });
        }
        if imputation.method.leaves_absent() {
            open += holes;
            if methodology.fills_cells() {
                open += unreported;
            }
        }
        if methodology.screening.is_some() {
            // Which regions are left is known when the evaluation leaves the others out.
            open = 0;
        }
        if methodology.fill.is_some() {
            // What is filled after normalisation, is known then.
            open = 0;
        }
        if open > 0 {
            absent[leaf.index()] = Some((leaf, open));
        }
        for step in &methodology.treatment {
            if let Some(name) = step.at(leaf).method.other_column()
                && !study.columns.contains_key(name)
            {
                problems.push(ContractProblem::NoColumn { leaf, column: name.to_owned() });
            }
        }
        let normalisation = methodology.normalisation.at(leaf);
        given_by[leaf.index()] = normalisation.name.clone();
    }

    for &node in system.inner() {
        let own = system.node(node).published.as_ref();
        let children = &system.node(node).children;
        let aggregation = methodology.aggregation.at(node);
        let weighting = methodology.weighting.at(node);
        // Leaves that are weighed all at once are asked at the root, and the nodes between have the sums of theirs.
        let weighed: &[NodeId] = match methodology.across {
            Across::Siblings => children,
            Across::Leaves if node == system.root() => system.leaves(),
            Across::Leaves => &[],
        };
        for (stage, method, needs) in [
            (Stage::Weighting, &weighting.name, weighting.method.needs()),
            (Stage::Aggregation, &aggregation.name, aggregation.method.needs()),
        ] {
            let below = match stage {
                Stage::Aggregation => methodology.put_together(node),
                _ => Cow::Borrowed(weighed),
            };
            let fed = own.is_none() || stage == Stage::Weighting;
            for &child in below.iter().filter(|_| fed) {
                let domain = domains[child.index()];
                check_child(&mut problems, stage, method, needs, node, child, domain, &given_by);
                if needs.complete
                    && let Some((leaf, cells)) = absent[child.index()]
                {
                    let method = method.clone();
                    problems.push(ContractProblem::Absent { node, leaf, method, cells, stage });
                }
            }
        }
        let printed = methodology.uses_printed_weights(node);
        if printed && !aggregation.method.takes_printed_weights() {
            let method = aggregation.name.clone();
            problems.push(ContractProblem::PrintedWeights { node, method });
        }
        if let Some(fact) = weighting.method.needs_fact() {
            for &child in weighed {
                let stated = match fact {
                    "full_marks" => system.node(child).full_marks.is_some(),
                    _ => system.node(child).weight.is_some(),
                };
                if !stated {
                    let method = weighting.name.clone();
                    problems.push(ContractProblem::NoFact { node: child, fact, method });
                }
            }
        }
        let rescaled = methodology.rescaled(node).map(|choice| &choice.name);
        given_by[node.index()] = rescaled.unwrap_or(&aggregation.name).clone();
        absent[node.index()] = match own.map(|name| (name, study.columns.get(name))) {
            None => children.iter().find_map(|c| absent[c.index()]),
            Some((name, None)) => {
                problems.push(ContractProblem::NoColumn { leaf: node, column: name.clone() });
                None
            }
            Some((_, Some(column))) => {
                let cells = (0..column.len()).filter(|row| column.state(*row) != State::Value);
                let cells = cells.count();
                (cells > 0 && methodology.fill.is_none()).then_some((node, cells))
            }
        };
    }
    problems
}

#[expect(clippy::too_many_arguments, reason = "one row of facts, taken apart here only")]
fn check_child(
    problems: &mut Vec<ContractProblem>,
    stage: Stage,
    method: &str,
    needs: Needs,
    node: NodeId,
    child: NodeId,
    domain: Domain,
    given_by: &[String],
) {
    let given_by = given_by[child.index()].clone();
    let method = method.to_owned();
    let surely_negative = domain.centred || domain.upper < 0.0;
    if (needs.positive && domain.surely_reaches_zero()) || (needs.non_negative && surely_negative) {
        problems.push(ContractProblem::Sign {
            node,
            child,
            method,
            given_by,
            positive: needs.positive,
            stage,
        });
    } else if needs.uncentred && domain.centred {
        problems.push(ContractProblem::Centred { node, child, method, given_by, stage });
    } else if needs.oriented && domain.direction == Direction::Negative {
        problems.push(ContractProblem::Orientation { node, child, method, given_by, stage });
    }
}
