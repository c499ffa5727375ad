//! Other cells in some raw columns: only what depends on them is computed again.

use std::sync::Arc;

use super::{Evaluation, EvaluationError};
use crate::method::Stage;
use crate::methodology::Across;
use crate::model::{Column, NodeId};

impl Evaluation {
    /// Puts other columns in place of raw ones and computes again what depends on them. The bits are those of an
    /// evaluation from the start, because a stage that is given the same numbers gives the same.
    ///
    /// # Errors
    /// As [`Evaluation::replay`].
    ///
    /// # Panics
    /// If the methodology is made for some periods only: its study has other rows.
    pub(crate) fn exchange(
        &mut self,
        columns: &[(&str, Column)],
    ) -> Result<(), Vec<EvaluationError>> {
        assert!(self.methodology.periods.is_none(), "the rows of all periods");
        if columns.is_empty() {
            return Ok(());
        }
        self.keep_all();
        let leaves_out = self.methodology.screening.is_some() || self.whole.is_some();
        if leaves_out {
            self.unscreen();
        }
        let study = Arc::make_mut(&mut self.study);
        for (name, column) in columns {
            study.columns.insert((*name).to_owned(), column.clone());
        }
        // Which regions are left out depends on all cells, and so do weights of all leaves and scores that are filled in.
        let looks = |node: &NodeId| self.methodology.weighting.at(*node).method.looks_at_scores();
        let system = Arc::clone(&self.methodology.system);
        let at_once = self.methodology.across == Across::Leaves && looks(&system.root());
        let is_read = system.nodes().iter().any(|node| node.published.is_some());
        let fills = self.methodology.fill.is_some();
        if leaves_out || at_once || is_read || fills {
            return self.run_from(Stage::System);
        }
        let named = |name: &str| columns.iter().any(|(changed, _)| *changed == name);
        let mut errors = Vec::new();
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let of_leaf = system.indicator(k).columns(&system.node(leaf).code);
            if of_leaf.into_iter().any(named) {
                match self.lay_leaf(k, leaf) {
                    Ok(column) => self.indicators.columns_mut()[k] = column,
                    Err(error) => errors.push(error),
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let complete = self.complete.columns().to_vec();
        self.impute()?;
        let mut only = differing(&complete, self.complete.columns());
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let steps = self.methodology.treatment.iter();
            let mut beside = steps.filter_map(|plan| plan.at(leaf).method.other_column());
            only[k] |= beside.any(named);
        }
        let treated = self.treated.columns().to_vec();
        self.treat(Some(&only))?;
        let only = differing(&treated, self.treated.columns());
        self.normalise(Some(&only))?;
        self.aggregate_again(&only)?;
        self.rank();
        self.tier()
    }

    /// Puts together again the nodes above leaves whose columns have changed.
    fn aggregate_again(&mut self, leaves: &[bool]) -> Result<(), Vec<EvaluationError>> {
        let methodology = Arc::clone(&self.methodology);
        let system = &methodology.system;
        let before = self.left_out.clone();
        self.leave_out()?;
        if self.left_out != before {
            // Other indicators are constant now, and weights depend on which are.
            return self.aggregate();
        }
        let mut changed = vec![false; system.nodes().len()];
        for (k, &leaf) in system.leaves().iter().enumerate().filter(|(k, _)| leaves[*k]) {
            changed[leaf.index()] = true;
            self.take_leaf(system, k);
        }
        for &node in system.inner() {
            let below = methodology.put_together(node);
            let mut below = below.iter().chain(&system.node(node).children);
            if !below.any(|child| changed[child.index()]) {
                continue;
            }
            changed[node.index()] = true;
            let looks = methodology.weighting.at(node).method.looks_at_scores();
            if methodology.across == Across::Siblings && looks {
                self.weigh(system, node).map_err(|e| vec![e])?;
            }
            self.put_together(system, node).map_err(|e| vec![e])?;
        }
        Ok(())
    }
}

/// Which columns have other cells than before.
fn differing(before: &[Column], after: &[Column]) -> Vec<bool> {
    before.iter().zip(after).map(|(a, b)| !a.same_storage(b) && a != b).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evaluation::tests::choose;
    use crate::method::Value;
    use crate::methodology::{Among, Choice, Methodology, Over, Plan, Rounding, Scope};
    use crate::model::{
        Direction, Indicator, League, LeagueIx, NodeDraft, Period, PeriodIx, PeriodKind, Region,
        RegionIx, Study, System,
    };
    use crate::number::RoundMode;
    use crate::{aggregation, imputation, normalisation, treatment, weighting};

    const COLUMNS: usize = 6;
    const REGIONS: u32 = 5;
    const PERIODS: u32 = 3;

    /// `index` over `a` (x1, x2, x3 divided by x6) and `b` (x4, x5).
    pub(crate) fn system() -> Arc<System> {
        let node = |code: &str, parent: &str, indicator| NodeDraft {
            code: code.into(),
            parent: (!parent.is_empty()).then(|| parent.into()),
            indicator,
            ..NodeDraft::default()
        };
        let plain = Indicator::default;
        let ratio = Indicator {
            column: Some("x3".into()),
            denominator: Some("x6".into()),
            scale: Some(10.0),
            ..plain()
        };
        let less = Indicator { direction: Direction::Negative, ..plain() };
        let drafts = vec![
            node("index", "", plain()),
            node("a", "index", plain()),
            node("x1", "a", plain()),
            node("x2", "a", less),
            node("r3", "a", ratio),
            node("b", "index", plain()),
            node("x4", "b", plain()),
            node("c", "b", plain()),
            node("x5", "c", plain()),
        ];
        Arc::new(System::new(drafts).expect("a tree"))
    }

    pub(crate) fn study(cells: &[Vec<f64>], leagues: u32) -> Arc<Study> {
        let regions = (0..REGIONS).map(|i| Region { code: format!("r{i}"), ..Region::default() });
        let mut rows = Vec::new();
        for period in 0..PERIODS {
            for region in 0..REGIONS {
                rows.push((LeagueIx(region % leagues), PeriodIx(period), RegionIx(region)));
            }
        }
        let periods = (0..PERIODS)
            .map(|p| Period { label: p.to_string(), kind: PeriodKind::Year, time: f64::from(p) })
            .collect();
        let columns = cells.iter().enumerate();
        let columns = columns.map(|(k, c)| (format!("x{}", k + 1), Column::new(c.clone())));
        let from: Vec<usize> = (0..rows.len()).collect();
        let leagues = vec![League::default(); leagues as usize];
        Arc::new(Study::new(regions.collect(), leagues, periods, &rows, &from, columns).0)
    }

    fn with<M: ?Sized>(mut choice: Choice<M>, over: Over, among: Among) -> Choice<M> {
        choice.over = over;
        choice.among = among;
        choice
    }

    /// A methodology drawn from the ways in which stages can depend on each other and on other rows.
    pub(crate) fn methodology(system: &Arc<System>, draw: &[usize]) -> Methodology {
        let over = |k: usize| if draw[k].is_multiple_of(2) { Over::Period } else { Over::Panel };
        let among =
            |k: usize| if (draw[k] / 2).is_multiple_of(2) { Among::League } else { Among::All };
        let name = |k: usize, names: &[&'static str]| names[draw[k] % names.len()];
        let scale = name(0, &["min_max", "z_score", "rank", "none"]);
        let rule: [(&str, Value); 1] = [("constant", "leave_out".into())];
        let rule = if matches!(scale, "min_max" | "z_score") { &rule[..] } else { &[] };
        let scale = with(choose(normalisation::TABLE, scale, rule), over(1), among(1));
        let mut made = Methodology::new(
            "m".into(),
            Arc::clone(system),
            "s".into(),
            Plan::new(system, scale, vec![], true),
        );
        let fill = name(2, &["mean", "median", "renormalise", "nearest"]);
        let fill = with(choose(imputation::TABLE, fill, &[]), over(3), among(3));
        made.imputation = Plan::new(system, fill, vec![], true);
        let other: [(&str, Value); 1] = [("by", "x6".into())];
        let step = match draw[4] % 3 {
            0 => choose(treatment::TABLE, "none", &[]),
            1 => choose(treatment::TABLE, "winsorise", &[("failing", "keep".into())]),
            _ => choose(treatment::TABLE, "denominate", &other),
        };
        let node = Scope::Node(system.find("x4").expect("a leaf"));
        let none = choose(treatment::TABLE, "none", &[]);
        made.treatment =
            vec![Plan::new(system, none, vec![(node, with(step, over(5), among(5)))], true)];
        let weighting = name(6, &["equal", "equal", "standard_deviation"]);
        let weighting = with(choose(weighting::TABLE, weighting, &[]), over(7), Among::League);
        made.weighting = Plan::new(system, weighting, vec![], false);
        made.across = if draw[8].is_multiple_of(4) { Across::Leaves } else { Across::Siblings };
        let inner = name(9, &["arithmetic", "median", "topsis"]);
        let inner = with(choose(aggregation::TABLE, inner, &[]), over(7), Among::League);
        let a = Scope::Node(system.find("a").expect("a node"));
        let mean = choose(aggregation::TABLE, "arithmetic", &[]);
        made.aggregation = Plan::new(system, mean, vec![(a, inner)], false);
        let again = match draw[9] / 3 % 3 {
            0 => None,
            1 => Some(choose(normalisation::TABLE, "min_max", &[("constant", 0.5.into())])),
            _ => Some(choose(normalisation::TABLE, "rank", &[])),
        };
        let stays = || choose(normalisation::TABLE, "none", &[]);
        made.rescaling = again.map(|again| {
            Plan::new(system, stays(), vec![(a, with(again, over(5), among(5)))], false)
        });
        if draw[10].is_multiple_of(2) {
            let rounding = Some(Rounding { digits: 2, mode: RoundMode::HalfUp });
            made.rounding = vec![rounding; system.nodes().len()];
        }
        made
    }

    pub(crate) fn same(one: &Evaluation, other: &Evaluation) {
        let bits = |column: &Column| -> Vec<u64> {
            let of = |x: &f64| if x.is_nan() { 0 } else { x.to_bits() };
            column.values().iter().map(of).collect()
        };
        for k in 0..one.methodology.system.nodes().len() as u32 {
            let node = NodeId(k);
            assert_eq!(bits(one.scores(node)), bits(other.scores(node)), "node {k}");
            assert_eq!(one.scores(node), other.scores(node), "states of node {k}");
        }
        assert_eq!(one.normalised, other.normalised);
        assert_eq!(bits(one.exact()), bits(other.exact()));
        assert_eq!(one.weights, other.weights);
        let ranks = |e: &Evaluation| e.ranks.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(ranks(one), ranks(other));
    }

    pub(crate) fn cells() -> impl Strategy<Value = Vec<Vec<f64>>> {
        let cell = prop_oneof![
            9 => (1..60_u32).prop_map(|x| f64::from(x) / 4.0),
            1 => Just(f64::NAN),
        ];
        let rows = (REGIONS * PERIODS) as usize;
        // Constant columns, which can be left out.
        let column = prop_oneof![
            3 => prop::collection::vec(cell, rows),
            1 => (1..4_u32).prop_map(move |x| vec![f64::from(x); rows]),
        ];
        prop::collection::vec(column, COLUMNS)
    }

    proptest! {
        #[test]
        fn exchanged_cells_give_the_bits_of_a_fresh_evaluation(
            first in cells(),
            changes in prop::collection::vec((0..COLUMNS, cells()), 1..5),
            draw in prop::collection::vec(0..16_usize, 11),
            leagues in 1..3_u32,
        ) {
            let system = system();
            let methodology = Arc::new(methodology(&system, &draw));
            let mut now = first.clone();
            let begun = Evaluation::new(study(&first, leagues), Arc::clone(&methodology));
            let Ok(mut evaluation) = begun else { return Ok(()) };
            for (column, others) in changes {
                now[column].clone_from(&others[column]);
                let fresh = study(&now, leagues);
                let name = format!("x{}", column + 1);
                let exchanged = [(name.as_str(), fresh.columns[&name].clone())];
                let kept = evaluation.clone();
                match (evaluation.exchange(&exchanged), Evaluation::new(fresh, Arc::clone(&methodology))) {
                    (Ok(()), Ok(fresh)) => same(&evaluation, &fresh),
                    (Err(_), Err(_)) => return Ok(()),
                    (one, other) => panic!("{one:?} {other:?}"),
                }
                // A clone that shares columns is not changed.
                drop(kept);
            }
        }
    }
}
