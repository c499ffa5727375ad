//! Leaders: the best regions of each dimension.

use crate::method::settings;
use crate::number;

use super::finding::{FIRST, WHOLE, columns};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, analysis};

settings! {
    /// Settings of the leaders.
    pub(super) struct Settings {
        /// How many of the best regions of a node are shown; those that share the last rank are shown with it.
        best: usize [1, 1000] = 3,
        /// The nodes, by code; unless stated, those below the index.
        nodes: Vec<String> = Vec::new(),
    }
}

analysis!(Settings, compute, {
    name: "leaders",
    label: "Leaders of dimensions",
    summary: "The best regions of each dimension, and how often each region is among them.",
    formula: "regions with rank_ik ≤ best, by the ranking of node k; times_i = the number of nodes where region i is one of them",
    reference: "Ranking of each dimension as in reports on digital government in China",
    needs: Need::Nothing,
    forms: &[LEADERS, TIMES],
});

const LEADERS: Form = Form {
    name: "leaders",
    label: "Leaders of each dimension",
    columns: &[
        columns::NODE,
        columns::N,
        columns::RANK,
        columns::REGION,
        columns::SCORE,
        Column::decimals("rate", "Rate of attainment", 4).detail(),
        Column::number("rank_index", "Rank in the index").detail(),
    ],
    shown: WHOLE,
};

const TIMES: Form = Form {
    name: "times",
    label: "How often regions lead",
    columns: &[
        columns::REGION,
        Column::number("times_first", "Times first"),
        Column::number("times_among", "Times among the best"),
        Column::text("nodes", "Where"),
        Column::number("rank_index", "Rank in the index").detail(),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let nodes = subject.nodes(&settings.nodes, || match subject.parts() {
        [] => vec![subject.root()],
        parts => parts.to_vec(),
    })?;
    let first_row = subject.study().panel.slices()[slice].rows.start;
    let regions = subject.regions(slice);
    let index = subject.evaluation.ranks_in(subject.root(), slice);
    let mut leaders = Found::new(&LEADERS);
    // How often each region is first, and where it is among the best.
    let mut times = vec![(0_usize, Vec::new()); regions.len()];
    for node in nodes {
        let ranks = subject.evaluation.ranks_in(node, slice);
        let scores = subject.scores(node, slice);
        let mut order: Vec<usize> =
            (0..regions.len()).filter(|&i| ranks[i] <= settings.best as f64).collect();
        number::sort_by_key(&mut order, &|i| ranks[i]);
        for i in order {
            let rate = subject.evaluation.rate_of_attainment(first_row + i, node);
            leaders.push([
                Cell::Node(node),
                number::count(&ranks).into(),
                Cell::Rank(ranks[i]),
                Cell::Region(regions[i]),
                scores[i].into(),
                rate.unwrap_or(f64::NAN).into(),
                Cell::Rank(index[i]),
            ]);
            times[i].0 += usize::from(ranks[i] == 1.0);
            times[i].1.push(node);
        }
    }
    let mut often: Vec<usize> = (0..regions.len()).filter(|&i| !times[i].1.is_empty()).collect();
    number::sort_by(&mut often, &|a, b| {
        let key = |i: usize| (times[i].0, times[i].1.len());
        key(b).cmp(&key(a)).then(number::ascending(index[a], index[b]))
    });
    let mut table = Found::new(&TIMES);
    for i in often {
        let (first, nodes) = &times[i];
        table.push([
            Cell::Region(regions[i]),
            (*first).into(),
            nodes.len().into(),
            Cell::Nodes(nodes.clone()),
            Cell::Rank(index[i]),
        ]);
    }
    Ok(vec![leaders, table])
}
