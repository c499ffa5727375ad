//! What holds for every kind of chart.
