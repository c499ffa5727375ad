//! Where the values lie: the mean, and quantiles by linear interpolation between the ordered values (type 7 of Hyndman &
//! Fan 1996, The American Statistician 50(4), 361-365).

use super::{Entry, Kind, Sample};
use crate::number::{median, quantile};

const fn entry(
    name: &'static str,
    label: &'static str,
    summary: &'static str,
    detail: bool,
    compute: fn(&Sample) -> Option<f64>,
) -> Entry {
    Entry { name, label, summary, kind: Kind::Value, detail, compute }
}

pub(super) const MEAN: Entry =
    entry("mean", "Mean", "The arithmetic mean of the values.", false, Sample::mean);

pub(super) const MIN: Entry =
    entry("min", "Min", "The least value.", false, |sample| sample.ascending.first().copied());

pub(super) const Q1: Entry =
    entry("q1", "Q1", "The value below which a quarter of the values lie.", true, |sample| {
        quantile(&sample.ascending, 0.25)
    });

pub(super) const MEDIAN: Entry =
    entry("median", "Median", "The value in the middle.", false, |sample| {
        median(&sample.ascending)
    });

pub(super) const Q3: Entry =
    entry("q3", "Q3", "The value below which three quarters of the values lie.", true, |sample| {
        quantile(&sample.ascending, 0.75)
    });

pub(super) const MAX: Entry =
    entry("max", "Max", "The greatest value.", false, |sample| sample.ascending.last().copied());
