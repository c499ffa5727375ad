//! Periods: labels in order, each with its time.

use quanheng_core::model::PeriodIx;
use quanheng_core::number::sort_by;

/// The periods of a table in ascending order: by number if every label is a number, otherwise as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Periods {
    labels: Vec<String>,
    times: Vec<f64>,
}

impl Periods {
    /// Sorts labels, no two alike; also returns where each of them went.
    pub fn new(labels: Vec<String>) -> (Periods, Vec<PeriodIx>) {
        let numbers: Option<Vec<f64>> =
            labels.iter().map(|l| l.parse().ok().filter(|x: &f64| x.is_finite())).collect();
        let mut from: Vec<usize> = (0..labels.len()).collect();
        match &numbers {
            Some(numbers) => sort_by(&mut from, &|a, b| {
                numbers[a].total_cmp(&numbers[b]).then_with(|| labels[a].cmp(&labels[b]))
            }),
            None => sort_by(&mut from, &|a, b| labels[a].cmp(&labels[b])),
        }
        let mut order = vec![PeriodIx(0); labels.len()];
        for (position, &i) in from.iter().enumerate() {
            order[i] = PeriodIx(position as u32);
        }
        let times = match numbers {
            Some(numbers) => from.iter().map(|&i| numbers[i]).collect(),
            None => (0..labels.len()).map(|i| i as f64).collect(),
        };
        (Periods { labels: from.iter().map(|&i| labels[i].clone()).collect(), times }, order)
    }

    /// The labels, as written; the one label is empty where no table has a column of periods.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The time of each: its label where every label is a number, else its position.
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// The period of this label.
    pub fn find(&self, label: &str) -> Option<PeriodIx> {
        self.labels.iter().position(|l| l == label).map(|i| PeriodIx(i as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(labels: &[&str], sorted: &[&str], times: &[f64]) {
        let (periods, order) = Periods::new(labels.iter().map(|l| l.to_string()).collect());
        assert_eq!(periods.labels(), sorted);
        assert_eq!(periods.times(), times);
        for (label, at) in labels.iter().zip(order) {
            assert_eq!(periods.find(label), Some(at));
        }
    }

    #[test]
    fn numbers_by_size_and_others_as_text() {
        check(&["2019", "999", "2020.5"], &["999", "2019", "2020.5"], &[999.0, 2019.0, 2020.5]);
        check(&["2020Q1", "2019Q4", "2019"], &["2019", "2019Q4", "2020Q1"], &[0.0, 1.0, 2.0]);
        check(&[""], &[""], &[0.0]);
    }
}
