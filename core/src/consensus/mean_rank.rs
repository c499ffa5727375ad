//! The mean of the ranks.

use super::{Entry, Rankings, Scored, Undefined};

pub(super) const ENTRY: Entry = Entry {
    name: "mean_rank",
    label: "Mean rank",
    summary: "The mean of the ranks as they are stated.",
    formula: "S(a) = Σ r(a) / m",
    reference: "Guo Xianguang 郭显光 (1995), Statistical Research 统计研究 5 (the method of the mean, 平均值法)",
    greater_is_better: false,
    most: None,
    compute,
};

fn compute(rankings: &Rankings<'_>) -> Result<Scored, Undefined> {
    let m = rankings.rankings() as f64;
    let mut sums = vec![0.0; rankings.regions()];
    for ranks in &rankings.ranks {
        sums.iter_mut().zip(*ranks).for_each(|(sum, r)| *sum += r);
    }
    sums.iter_mut().for_each(|sum| *sum /= m);
    Ok(sums.into())
}
