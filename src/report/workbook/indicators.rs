//! The sheet of the indicators: the tree with what is stated for each node.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{Better, Indicator, NodeId};
use quanheng_words::word;

use super::super::{Cell, Columns, Language, Reader, Table, in_order, number};
use super::last_slices;

/// Every node, from the index down.
pub(in crate::report) fn table(evaluation: &Evaluation, language: Language) -> Table {
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let nodes = in_order(system, system.root());
    // Weights are shown where all leagues have the same.
    let slices = last_slices(evaluation);
    let same = |of: &dyn Fn(usize) -> Vec<f64>| -> Option<Vec<f64>> {
        let mut all = slices.iter().map(|&slice| of(slice));
        let first = all.next()?;
        let bits = |w: &[f64]| w.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        all.all(|other| bits(&other) == bits(&first)).then_some(first)
    };
    let weights = same(&|slice| evaluation.weights(slice).to_vec());
    let effective = same(&|slice| evaluation.effective_weights(slice));
    let weighed = weights.is_some();
    let weight = |of: &Option<Vec<f64>>, id: NodeId| {
        of.as_ref().map(|weights| Cell::number_or_missing(weights[id.index()]))
    };
    let leaf = |id: NodeId| system.node(id).indicator.as_ref();
    let any = |has: &dyn Fn(&Indicator) -> bool| nodes.iter().any(|&id| leaf(id).is_some_and(has));
    let sourced = any(&|of| !of.source.is_empty());
    let united = any(&|of| !of.unit.is_empty());
    let posted = any(&|of| of.goalposts.is_some());
    let limited = any(&|of| of.lower.is_some() || of.upper.is_some());
    let marked = system.nodes().iter().any(|node| node.full_marks.is_some());
    let range = |low: Option<f64>, high: Option<f64>| {
        let text = |x: Option<f64>| x.map_or("…".to_owned(), number::short);
        (low.is_some() || high.is_some()).then(|| format!("{} – {}", text(low), text(high)))
    };
    Columns::<NodeId>::new()
        .number("level", word!(book_level, language), |&id| system.node(id).depth)
        .text("code", word!(label_code, language), |&id| &system.node(id).code)
        .text("name", word!(label_name, language), |&id| {
            let node = system.node(id);
            format!("{}{}", "  ".repeat(node.depth), node.name(language.tag()))
        })
        .text("parent", word!(label_parent, language), |&id| {
            let parent = system.node(id).parent;
            parent.map(|parent| system.node(parent).name(language.tag()).to_owned())
        })
        .number("weight", word!(label_weight, language), move |&id| weight(&weights, id))
        .digits(4)
        .only_if(weighed)
        .number("effective_weight", word!(label_effective, language), move |&id| {
            weight(&effective, id)
        })
        .digits(4)
        .only_if(weighed)
        .text("direction", word!(book_direction, language), move |&id| {
            leaf(id).map(|of| match of.better() {
                Better::More => word!(book_more_is_better, language),
                Better::Less => word!(book_less_is_better, language),
                Better::Target => word!(book_target_is_best, language),
                Better::Middle => word!(book_middle_is_best, language),
                Better::Interval => word!(book_interval_is_best, language),
            })
        })
        .text("unit", word!(label_unit, language), move |&id| leaf(id).map(|of| of.unit.clone()))
        .only_if(united)
        .text("goalposts", word!(book_goalposts, language), move |&id| {
            let posts = leaf(id)?.goalposts?;
            Some(format!("{} → {}", number::short(posts.bad), number::short(posts.good)))
        })
        .only_if(posted)
        .text("limits", word!(book_limits, language), move |&id| {
            leaf(id).and_then(|of| range(of.lower, of.upper))
        })
        .only_if(limited)
        .number("full_marks", word!(label_full_marks, language), |&id| {
            system.node(id).full_marks.map(Cell::number)
        })
        .only_if(marked)
        .text("column", word!(book_column, language), move |&id| {
            leaf(id).map(|of| of.columns(&system.node(id).code).join(", "))
        })
        .text("source", word!(label_source, language), move |&id| {
            leaf(id).map(|of| of.source.clone())
        })
        .only_if(sourced)
        .table("indicators", Reader::People, nodes.iter().copied())
}
