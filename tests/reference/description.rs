//! What `quanheng describe` computes, against COINr, numpy and scipy.

use std::path::Path;

use quanheng_core::coherence::{self, Scores};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::NodeId;
use quanheng_core::number::Correlation;
use quanheng_core::statistics::{Flag, Periods, Sample, find, flags, scopes};

use super::{Figures, agree};
use crate::projects::evaluate;

/// `get_stats()` of COINr.
#[test]
fn statistics_of_indicators() {
    let (raw, figures) = (Figures::read("coinr_asem_raw"), Figures::read("coinr_statistics"));
    assert_eq!(figures.keys.len(), 49);
    for (k, indicator) in figures.keys.iter().enumerate() {
        let sample = Sample::new(raw.column(indicator));
        let found = |name: &str| (find(name).expect(name).compute)(&sample).unwrap_or(f64::NAN);
        for name in ["min", "max", "mean", "median", "sd", "skewness", "kurtosis", "coverage"] {
            let expected = figures.column(name)[k];
            let near = (found(name) - expected).abs() <= 1e-9 * expected.abs();
            assert!(near, "{name} of {indicator}: found {}, expected {expected}", found(name));
        }
        for name in ["n", "distinct"] {
            assert_eq!(found(name), figures.column(name)[k], "{name} of {indicator}");
        }
        assert_eq!(found("n") - found("zeros"), figures.column("nonzero")[k], "{indicator}");
        let outliers = flags(&sample).contains(&Flag::Outliers);
        assert_eq!(outliers, figures.column("outliers")[k] == 1.0, "{indicator}");
    }
}

#[test]
fn quartiles_are_those_of_numpy() {
    let quantiles = Figures::read("number_quantiles");
    for name in ["asem", "tied60", "lognormal80"] {
        let series = Figures::read(&format!("tiers_{name}"));
        let sample = Sample::new(series.column("score"));
        let found = |of: &str| (find(of).expect(of).compute)(&sample).expect("a value");
        let expected = |p: &str| quantiles.column(name)[quantiles.row(p)];
        agree(name, &[found("q1"), found("q3")], &[expected("0.25"), expected("0.75")], 1e-12);
    }
}

struct Asem(Evaluation);

impl Asem {
    fn new() -> Asem {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/asem");
        let resolved = quanheng::project::open(&folder).expect("the example");
        Asem(evaluate(&resolved, "coinr"))
    }

    fn scores(&self) -> Scores<'_> {
        let scopes = scopes(self.0.study(), &Periods::Last);
        Scores::new(&self.0, &scopes[0].rows)
    }

    fn node(&self, code: &str) -> NodeId {
        self.0.methodology().system.find(code).unwrap_or_else(|| panic!("no node `{code}`"))
    }
}

/// Compares the figures of a table with those that `found` gives for a kind and two codes; the example's size figures
/// differ from COINr's in the ninth digit.
fn compare(table: &str, found: &dyn Fn(&str, &str, &str) -> f64) {
    let figures = Figures::read(table);
    for (key, &expected) in figures.keys.iter().zip(figures.column("value")) {
        let parts: Vec<&str> = key.split('/').collect();
        let found = found(parts[0], parts[1], parts[2]);
        let near =
            (found - expected).abs() <= 2e-8 * quanheng_core::number::max(expected.abs(), 1.0);
        assert!(near, "{table}, {key}: found {found}, expected {expected}");
    }
}

/// `get_corr()`, `get_pvals()`, `get_cronbach()` and `get_PCA()` of COINr.
#[test]
fn coherence_of_coinr() {
    let asem = Asem::new();
    let scores = asem.scores();
    let system = &asem.0.methodology().system;
    let consistency = coherence::consistency(&scores);
    let components = coherence::components(&scores);
    let own = coherence::own_and_others(&scores, Correlation::Pearson);
    let pairs = coherence::within_level(&scores, 3, Correlation::Pearson);
    compare("coinr_coherence", &|kind, a, b| match kind {
        "pearson" | "spearman" | "kendall" => {
            let (x, y) = (asem.node(a), asem.node(b));
            let by = match kind {
                "pearson" => Correlation::Pearson,
                "spearman" => Correlation::Spearman,
                _ => Correlation::Kendall,
            };
            let found = by.of(scores.of(x), scores.of(y)).expect("both vary");
            // What the section shows is the same number.
            if kind == "pearson" && system.node(y).parent == Some(x) {
                let of = own.iter().find(|own| own.node == y).and_then(|own| own.found);
                assert_eq!(of.map(|of| of.coefficient), Some(found), "{a} {b}");
            }
            found
        }
        "p" => {
            let (x, y) = (asem.node(a), asem.node(b));
            let is = |p: &&coherence::Pair| (p.a, p.b) == (x, y) || (p.a, p.b) == (y, x);
            let pair = pairs.iter().find(is).expect("a pair of siblings");
            assert!(pair.siblings);
            pair.found.expect("both vary").p
        }
        "alpha" => {
            let node = asem.node(a);
            consistency.iter().find(|c| c.node == node).expect("a node with children").alpha
        }
        "share" => {
            let node = asem.node(a);
            let of = components.iter().find(|c| c.node == node).expect("a node with children");
            of.share(b.parse::<usize>().expect("a number") - 1)
        }
        "vector" => {
            let (node, child) = (asem.node(a), asem.node(b));
            let of = components.iter().find(|c| c.node == node).expect("a node with children");
            let at = of.children.iter().position(|c| *c == child).expect("a child");
            let loading = of.loading(0, at) / of.values[0].sqrt();
            assert!((loading - of.vectors[0][at]).abs() < 1e-15);
            of.vectors[0][at].abs()
        }
        other => panic!("no figure `{other}`"),
    });
}

/// numpy and scipy, over COINr's scores.
#[test]
fn coherence_of_scipy() {
    let asem = Asem::new();
    let scores = asem.scores();
    let adequacy = coherence::adequacy(&scores);
    let consistency = coherence::consistency(&scores);
    let importance = coherence::importance(&scores);
    let dominance = coherence::dominance(&scores);
    let ranks = coherence::rank_differences(&scores);
    compare("scipy_coherence", &|kind, a, b| {
        let adequate = || {
            let node = asem.node(a);
            adequacy.iter().find(|c| c.node == node).expect("a node with children")
        };
        match kind {
            "kmo" => adequate().kmo.expect("no child is a sum of others"),
            "chi_squared" => adequate().chi_squared,
            "bartlett_p" => adequate().p,
            "kmo_of" => {
                let child = asem.node(b);
                let at = adequate().children.iter().position(|c| *c == child).expect("a child");
                adequate().by_child[at]
            }
            "alpha_without" => {
                let (node, child) = (asem.node(a), asem.node(b));
                let of = consistency.iter().find(|c| c.node == node).expect("a node");
                let at = of.children.iter().position(|c| *c == child).expect("a child");
                of.without[at].expect("two are left")
            }
            "ratio" => {
                let (node, child) = (asem.node(a), asem.node(b));
                let is = |i: &&coherence::Importance| i.parent == node && i.child == child;
                importance.iter().find(is).and_then(|i| i.ratio).expect("both vary")
            }
            "dominated" => {
                let nodes: usize = a.parse().expect("a number");
                dominance.iter().find(|d| d.nodes == nodes).expect("a level").dominated as f64
            }
            "far" => {
                let node = asem.node(a);
                ranks.iter().find(|r| r.node == node).expect("a part").far as f64
            }
            other => panic!("no figure `{other}`"),
        }
    });
}

/// Weights that are said to reach the stated importance do.
#[test]
fn weights_reach_the_importance() {
    let asem = Asem::new();
    let scores = asem.scores();
    let importance = coherence::importance(&scores);
    let mut nodes = 0;
    for parent in asem.0.methodology().system.inner() {
        let of: Vec<_> = importance.iter().filter(|i| i.parent == *parent).collect();
        let Some(weights) = of.iter().map(|i| i.reaching).collect::<Option<Vec<f64>>>() else {
            continue;
        };
        nodes += 1;
        let rows = scores.rows().len();
        let sum = |row: usize| {
            of.iter().zip(&weights).map(|(i, w)| w * scores.of(i.child)[row]).sum::<f64>()
        };
        let sums: Vec<f64> = (0..rows).map(sum).collect();
        let squares: Vec<f64> = of
            .iter()
            .map(|i| Correlation::Pearson.of(scores.of(i.child), &sums).expect("varies"))
            .map(|r| r * r)
            .collect();
        let total: f64 = squares.iter().sum();
        for (i, square) in of.iter().zip(squares) {
            assert!((square / total - i.weight).abs() < 1e-9, "{}", i.child.0);
        }
    }
    assert!(nodes >= 5, "{nodes} nodes have such weights");
}
