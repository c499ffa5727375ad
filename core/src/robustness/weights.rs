//! Weights: how probable each comparison is under all weights, without sampling.

use crate::analysis::finding::{FIRST, Further, Kind, WHOLE, columns};
use crate::analysis::{Cell, Column, Form, Found, Reason, Subject, Word, analysis};
use crate::method::settings;
use crate::model::NodeId;
use crate::number;
use crate::tiering::Tier;

use super::Linear;
use super::polytope::Polytope;
use super::simplex::{above_zero, above_zero_relative, radius, repeated, spread, winning};

settings! {
    /// Settings of what follows from all weights.
    pub(super) struct Settings {
        /// The nodes whose children's weights are open, by code: each by itself, the other weights as stated. Unless stated, the weights of all indicators are open at once.
        at: Vec<String> = Vec::new(),
        /// The whole-number parameters of a Dirichlet distribution, one for each weight: the greater they are, the less the weights vary around their proportions. Unless stated, all weights are equally probable.
        dirichlet: Vec<f64> = Vec::new(),
        /// How far each weight may be from the stated one, as a part of it: for `range_always` and for the probability under weights within this range.
        range: f64 [0, 1] = 0.25,
        /// The least that weights can be: one number for each weight, or one for all.
        least: Vec<f64> = Vec::new(),
        /// The greatest that weights can be: one number for each weight, or one for all.
        most: Vec<f64> = Vec::new(),
        /// The weights from the greatest to the least, by code of what they are of.
        order: Vec<String> = Vec::new(),
        /// A tier with a smaller probability than this is not a region's tier.
        level: f64 [0.5, 0.9999] = 0.95,
    }
}

analysis!(Settings, compute, {
    name: "weights",
    label: "Open weights",
    summary: "How probable it is that one region is ahead of another, which rank and score each can expect and how probable each tier is if the weights were others; and how much other weights may count before a comparison turns. Everything is exact.",
    formula: "S = Σ w·x, w uniform on the simplex or Dirichlet with whole-number parameters; P(S_a < S_b) = a_|Y| of the recursion a_(k+1) ← (y_k·a_(k+1) − x·a_k)/(y_k − x) over all x < 0 and y ≥ 0 among d = x_a − x_b; expected rank of i = 1 + Σ_b P(S_b > S_i); sd² = (Σ α·x²/A − m²)/(A + 1); radius of a over b = w₀·d/(w₀·d − min d)",
    reference: "Ali (1973), Pacific Journal of Mathematics 48(2), 313-322; Varsi (1973), the same journal 46(1), 303-314; Greco, Ishizaka, Tasiou & Torrisi (2019), European Journal of Operational Research 278(3), 942-960; Foster, McGillivray & Seth (2013), Econometric Reviews 32(1), 35-56",
    needs: crate::analysis::Need::Nothing,
    forms: &[SUMMARY, RANKS, TIERS, CURVE, PAIRS],
});

/// Whose weights are open.
pub(super) const AT: Column = Column::text("at", "Open weights");

const SUMMARY: Form = Form {
    name: "summary",
    label: "What follows from all weights",
    columns: &[
        AT,
        columns::N,
        Column::number("weights", "Weights"),
        Column::text("figures", "Figures"),
        Column::number("pairs", "Pairs"),
        Column::number("pairs_sure", "Pairs at the level"),
        Column::number("pairs_always", "Pairs for all weights"),
        Column::number("pairs_range", "Pairs within the range"),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const RANKS: Form = Form {
    name: "ranks",
    label: "Ranks and scores under all weights",
    columns: &[
        AT.detail(),
        columns::REGION,
        columns::RANK,
        columns::SCORE,
        Column::decimals("rank_expected", "Expected rank", 2),
        columns::MEAN,
        columns::SD,
        Column::number("rank_first_always", "Best for all weights").detail(),
        Column::number("rank_last_always", "Worst for all weights").detail(),
        Column::decimals("next_probability", "Ahead of the next", 3),
        Column::decimals("next_range", "The same within the range", 3),
        Column::decimals("next_radius", "Radius to the next", 3),
    ],
    shown: WHOLE,
};

const TIERS: Form = Form {
    name: "tiers",
    label: "Tiers under all weights",
    columns: &[
        AT.detail(),
        columns::REGION,
        columns::TIER,
        Column::text("tier_sure", "Tier at the level"),
    ],
    shown: WHOLE,
};

const CURVE: Form = Form {
    name: "curve",
    label: "Robust comparisons",
    columns: &[
        AT.detail(),
        Column::decimals("radius", "Radius", 2),
        Column::number("pairs", "Pairs"),
        Column::number("robust", "Robust pairs"),
        columns::SHARE,
    ],
    shown: WHOLE,
};

const PAIRS: Form = Form {
    name: "pairs",
    label: "Pairs of regions",
    columns: &[
        AT.detail(),
        columns::REGION,
        Column::text("other_region", "Other region"),
        Column::decimals("probability", "Probability", 4),
        Column::decimals("probability_range", "The same within the range", 4),
        Column::decimals("radius", "Radius", 2),
        Column::text("ahead", "Ahead"),
        Column::text("range_ahead", "Ahead within the range"),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let mut tables = [&SUMMARY, &RANKS, &TIERS, &CURVE, &PAIRS].map(Found::new);
    let all = match settings.at.is_empty() {
        true => vec![None],
        false => subject.nodes(&settings.at, Vec::new)?.into_iter().map(Some).collect(),
    };
    let mut whys = Vec::new();
    for at in all {
        match open(subject, slice, at.as_slice())
            .and_then(|linear| Work::new(&linear, settings, at)?.fill(subject, slice, &mut tables))
        {
            Ok(()) => {}
            Err(why) => whys.push((at, why)),
        }
    }
    let [mut summary, ranks, tiers, curve, pairs] = tables;
    if ranks.rows.is_empty()
        && let Some((_, why)) = whys.pop()
    {
        return Err(why);
    }
    for (at, why) in whys {
        let none = std::iter::repeat_n(Cell::Empty, SUMMARY.columns.len() - 2);
        summary.push([of(at)].into_iter().chain(none).chain([Cell::None(why)]));
    }
    Ok([summary, ranks, tiers, curve, pairs].into_iter().filter(|f| !f.rows.is_empty()).collect())
}

/// The index with open weights at a node, or at all leaves.
pub(super) fn open(subject: &Subject<'_>, slice: usize, at: &[NodeId]) -> Result<Linear, Reason> {
    let system = &subject.evaluation.methodology().system;
    if let Some(leaf) = at.iter().find(|node| system.node(**node).children.is_empty()) {
        return Err(Reason::NoChildren(system.node(*leaf).code.clone()));
    }
    Linear::new(subject, slice, at)
}

/// The cell of whose weights are open.
pub(super) fn of(at: Option<NodeId>) -> Cell {
    at.map_or(Cell::Word(Word::AllLeaves), Cell::Node)
}

/// The whole-number parameters of a group of so many weights.
pub(super) fn parameters(stated: &[f64], k: usize) -> Result<Vec<usize>, Reason> {
    if stated.is_empty() {
        return Ok(vec![1; k]);
    }
    let is_fit = |x: &f64| x.fract() == 0.0 && (1.0..=1e4).contains(x);
    match stated.len() == k && stated.iter().all(is_fit) {
        true => Ok(stated.iter().map(|x| *x as usize).collect()),
        false => Err(Reason::NotAsMany { setting: "dirichlet".into(), weights: k }),
    }
}

struct Work<'a> {
    linear: &'a Linear,
    settings: &'a Settings,
    at: Option<NodeId>,
    /// For each region a number for each weight.
    flat: Vec<f64>,
    /// How many weights.
    k: usize,
    parameters: Vec<usize>,
    stated: &'a [f64],
    /// What the weights may be by the settings, and within the range.
    allowed: Polytope,
    near: Polytope,
}

impl<'a> Work<'a> {
    fn new(
        linear: &'a Linear,
        settings: &'a Settings,
        at: Option<NodeId>,
    ) -> Result<Work<'a>, Reason> {
        let group = &linear.groups[0];
        let k = group.nodes.len();
        let stated = &group.stated;
        Ok(Work {
            flat: linear.flat(0),
            k,
            parameters: parameters(&settings.dirichlet, k)?,
            stated,
            allowed: Polytope::stated(&settings.least, &settings.most, &settings.order, group)?,
            near: Polytope::around(stated, settings.range),
            linear,
            settings,
            at,
        })
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.flat[i * self.k..(i + 1) * self.k]
    }

    fn difference(&self, a: usize, b: usize) -> Vec<f64> {
        let zero = |x: f64| if x.abs() <= self.linear.least { 0.0 } else { x };
        self.row(a).iter().zip(self.row(b)).map(|(x, y)| zero(x - y)).collect()
    }

    fn fill(
        &self,
        subject: &Subject<'_>,
        slice: usize,
        [summary, ranks, tiers, curve, pairs]: &mut [Found; 5],
    ) -> Result<(), Reason> {
        let Work { linear, settings, stated, .. } = self;
        let n = linear.len();
        let wide = repeated(&self.flat, self.k, &self.parameters);
        let winning = winning(&wide, self.parameters.iter().sum(), linear.least);
        let probability = |a: usize, b: usize| winning[a * n + b];
        let (mut always, mut near) = (vec![Word::Sometimes; n * n], vec![Word::Sometimes; n * n]);
        let mut radii = Vec::new();
        let (mut sure, mut for_all, mut in_range) = (0, 0, 0);
        let scores = linear.scores_under(&linear.stated());
        for a in 0..n {
            for b in a + 1..n {
                let d = self.difference(a, b);
                let radius = radius(&d, stated);
                let relative = above_zero_relative(&d, stated, settings.range);
                let ahead = ahead_of(self.allowed.ends(&d)?, linear.least);
                let range_ahead = ahead_of(self.near.ends(&d)?, linear.least);
                let (p, back) = (probability(a, b), opposite(ahead));
                (always[a * n + b], always[b * n + a]) = (ahead, back);
                (near[a * n + b], near[b * n + a]) = (range_ahead, opposite(range_ahead));
                sure += usize::from(number::max(p, 1.0 - p) >= settings.level);
                for_all += usize::from(ahead != Word::Sometimes);
                in_range += usize::from(range_ahead != Word::Sometimes);
                radii.push(radius.unwrap_or(0.0));
                pairs.push([
                    of(self.at),
                    Cell::Region(linear.regions[a]),
                    Cell::Region(linear.regions[b]),
                    p.into(),
                    relative.into(),
                    radius.map_or(Cell::Empty, Cell::from),
                    Cell::Word(ahead),
                    Cell::Word(range_ahead),
                ]);
            }
        }
        let count = n * (n - 1) / 2;
        summary.push([
            of(self.at),
            n.into(),
            self.k.into(),
            Cell::Word(Word::Exact),
            count.into(),
            sure.into(),
            for_all.into(),
            in_range.into(),
            Cell::Empty,
        ]);
        for i in 0..n {
            let others = || (0..n).filter(|b| *b != i);
            let expected = others().fold(1.0, |sum, b| sum + probability(b, i));
            let (mean, sd) = spread(self.row(i), &self.parameters);
            let is = |b: usize, word: Word| always[b * n + i] == word;
            let first = 1 + others().filter(|b| is(*b, Word::Always)).count();
            let last = n - others().filter(|b| is(*b, Word::Never)).count();
            let next = (i + 1 < n).then(|| self.difference(i, i + 1));
            let of_next = |f: &dyn Fn(&[f64]) -> Cell| next.as_deref().map_or(Cell::Empty, f);
            ranks.push([
                of(self.at),
                Cell::Region(linear.regions[i]),
                Cell::Rank(linear.ranks[i]),
                (linear.sign * scores[i]).into(),
                expected.into(),
                (linear.sign * mean).into(),
                sd.into(),
                first.into(),
                last.into(),
                of_next(&|_| probability(i, i + 1).into()),
                of_next(&|d| above_zero_relative(d, stated, settings.range).into()),
                of_next(&|d| radius(d, stated).map_or(Cell::Empty, Cell::from)),
            ]);
        }
        number::sort(&mut radii);
        for step in 0..=20_u32 {
            let r = f64::from(step) / 20.0;
            let robust = radii.iter().filter(|x| **x >= r && **x > 0.0).count();
            let share = 100.0 * robust as f64 / count as f64;
            curve.push([
                of(self.at),
                r.into(),
                count.into(),
                robust.into(),
                Cell::Percent(share, 2),
            ]);
        }
        self.tiers(subject, slice, &wide, tiers);
        Ok(())
    }

    /// The probability of each tier, where tiers are cut at stated scores.
    fn tiers(&self, subject: &Subject<'_>, slice: usize, wide: &[f64], table: &mut Found) {
        let evaluation = subject.evaluation;
        let Some(first) = self.linear.rows.first() else { return };
        let Some(bounds) = evaluation.fixed_bounds(*first) else { return };
        debug_assert_eq!(subject.study().panel.slice_at(*first), slice);
        let k: usize = self.parameters.iter().sum();
        let labels = evaluation.tier_labels(*first);
        let names = TierNames::new(bounds.len() + 1, labels);
        names.head(table);
        for (i, &row) in self.linear.rows.iter().enumerate() {
            let reached = |bound: &f64| {
                let d: Vec<f64> = wide[i * k..(i + 1) * k].iter().map(|x| x - bound).collect();
                above_zero(&d)
            };
            let reached: Vec<f64> = bounds.iter().map(reached).collect();
            let head = [of(self.at), Cell::Region(self.linear.regions[i])];
            names.row(head, evaluation.tiers()[row], &reached, self.settings.level, table);
        }
    }
}

/// The names of tiers, for tables with a column for each.
pub(super) struct TierNames<'a> {
    count: usize,
    labels: &'a [String],
}

impl<'a> TierNames<'a> {
    pub(super) fn new(count: usize, labels: &'a [String]) -> TierNames<'a> {
        TierNames { count, labels }
    }

    fn cell(&self, tier: usize) -> Cell {
        let name = self.labels.get(tier).cloned().unwrap_or_else(|| (tier + 1).to_string());
        Cell::Tier(tier as Tier, self.count, name)
    }

    /// A further column for each tier.
    pub(super) fn head(&self, table: &mut Found) {
        if table.more.is_empty() {
            let column = |t| Further { of: self.cell(t), kind: Kind::Decimals(3) };
            table.more = (0..self.count).map(column).collect();
        }
    }

    /// The probability of each tier for one region, and the tier that is probable enough, from the probabilities that the
    /// score reaches each bound.
    pub(super) fn row(
        &self,
        head: [Cell; 2],
        tier: Option<Tier>,
        reached: &[f64],
        level: f64,
        table: &mut Found,
    ) {
        let shares: Vec<f64> = (0..=reached.len())
            .map(|t| {
                let upper = reached.get(t).copied().unwrap_or(1.0);
                let lower = if t > 0 { reached[t - 1] } else { 0.0 };
                number::max(upper - lower, 0.0)
            })
            .collect();
        let sure = shares.iter().position(|share| *share >= level);
        let cells = [
            tier.map_or(Cell::Empty, |tier| self.cell(usize::from(tier))),
            sure.map_or(Cell::Word(Word::Undecided), |tier| self.cell(tier)),
        ];
        table.push(head.into_iter().chain(cells).chain(shares.iter().map(|x| Cell::from(*x))));
    }
}

/// Whether a difference with these ends is above 0: always, sometimes or never.
pub(super) fn ahead_of((low, high): (f64, f64), least: f64) -> Word {
    match (low > least, high < -least) {
        (true, _) => Word::Always,
        (_, true) => Word::Never,
        _ => Word::Sometimes,
    }
}

fn opposite(word: Word) -> Word {
    match word {
        Word::Always => Word::Never,
        Word::Never => Word::Always,
        other => other,
    }
}
