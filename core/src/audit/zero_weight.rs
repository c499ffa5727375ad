//! A node of weight zero has no effect.

use std::sync::Arc;

use super::bench::Bench;
use super::finding::{Change, Quantity, Tally, Trial};
use super::units;
use super::{Property, Reason};
use crate::evaluation::remarked;
use crate::method::{Settings, Value, find};
use crate::methodology::{Across, Choice, Methodology};
use crate::model::{NodeId, Study};
use crate::weighting::{self, Weighting};

pub(super) const PROPERTY: Property = Property {
    name: "zero_weight",
    summary: "An indicator or group of weight zero gives the same scores, ranks and tiers as a system without it.",
    formula: "f(X; w_k = 0) = f(X without k)",
    reference: "OECD/JRC Handbook (2008), step 6",
    information: false,
    claimed: Some(|claims| claims.zero_weight),
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let system = &bench.methodology().system;
    let nodes: Vec<NodeId> = (0..system.nodes().len() as u32)
        .map(NodeId)
        .filter(|node| *node != system.root())
        .filter(|node| match bench.methodology().across {
            Across::Siblings => true,
            Across::Leaves => system.node(*node).children.is_empty(),
        })
        .collect();
    tally.of = nodes.len();
    let trials = bench.each(&nodes, |&node| match variants(bench, node) {
        Err(reason) => Trial::LeftOut(reason),
        Ok((zero, study, without)) => {
            let change = Change::Dropped { node };
            match (bench.evaluate(bench.study().clone(), &zero), bench.evaluate(study, &without)) {
                (Ok(zero), Ok(without)) => {
                    units::moved_between(bench, &zero, &without, change, &[])
                }
                (Err(errors), _) | (_, Err(errors)) => Trial::Faults(change, errors),
            }
        }
    });
    tally.add(trials);
    if tally.tests > 0 {
        let difference = tally.difference;
        tally.measure(Quantity::LargestDifference, difference, None);
    }
    Ok(())
}

/// The methodology with the node's weight set to zero; and the study and methodology without the node.
fn variants(
    bench: &Bench,
    node: NodeId,
) -> Result<(Arc<Methodology>, Study, Arc<Methodology>), Reason> {
    let methodology = bench.methodology();
    let system = &*methodology.system;
    let parent = system.node(node).parent.expect("not the root");
    let (at, siblings) = match methodology.across {
        Across::Siblings => (parent, system.node(parent).children.as_slice()),
        Across::Leaves => (system.root(), system.leaves()),
    };
    let other = Arc::new(system.without(node).ok_or(Reason::OnlyChild)?);
    let aggregation = methodology.aggregation.at(parent);
    if aggregation.method.gives_points() {
        return Err(Reason::PointsAdded { method: aggregation.name.clone() });
    }
    let gone = |id: NodeId| system.counterpart(id, &other).is_none();
    if methodology.ranking.at(system.root()).then.is_some_and(gone) {
        return Err(Reason::DecidesTies);
    }
    let weighting = methodology.weighting.at(at);
    let leagues_mark = bench.study().leagues.iter().any(|l| !l.full_marks.is_empty());
    let mut stated: Vec<(String, f64)> = Vec::new();
    for &sibling in siblings {
        let of = system.node(sibling);
        if weighting.method.needs_fact() == Some("full_marks") && leagues_mark {
            return Err(Reason::LeagueMarks);
        }
        let weight = weighting.method.stated(of);
        let Some(weight) = weight else {
            return Err(Reason::WeightsNotStated { method: weighting.name.clone() });
        };
        stated.push((of.code.clone(), weight));
    }
    let own = &system.node(node).code;
    if stated.iter().all(|(code, weight)| code == own || *weight == 0.0) {
        return Err(Reason::OnlyChild);
    }
    let zero = stated.iter().map(|(c, w)| (c.clone(), if c == own { 0.0 } else { *w }));
    let left = stated.iter().filter(|(c, _)| c != own).cloned();
    let with_zero = Methodology {
        weighting: methodology.weighting.with(at, given(weighting, zero.collect())),
        ..Methodology::clone(methodology)
    };
    let there = system.counterpart(at, &other).expect("not below the node that is gone");
    let mut without = methodology.onto(
        Arc::clone(&other),
        methodology.system_code.clone(),
        methodology.system_made.clone(),
    );
    without.weighting = without.weighting.with(there, given(weighting, left.collect()));
    let study = remarked(bench.study(), system, &other);
    Ok((Arc::new(with_zero), study, Arc::new(without)))
}

/// A weighting by stated weights that uses the scores if another weighting uses them.
fn given(like: &Choice<dyn Weighting>, weights: Vec<(String, f64)>) -> Choice<dyn Weighting> {
    let table = weights.into_iter().map(|(code, w)| (code, Value::Number(w))).collect();
    let settings = Settings::from([("weights", Value::Table(table))]);
    let entry = find(weighting::TABLE, "given").expect("a built-in");
    let method = (entry.make)(&settings).expect("numbers by code");
    Choice {
        name: entry.name.to_owned(),
        filled: settings.clone(),
        settings,
        content: None,
        method: Arc::from(method),
        over: like.over,
        among: like.among,
        on: like.on,
        across: like.across,
    }
}
