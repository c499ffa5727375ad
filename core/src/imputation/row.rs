//! The mean or median of the other indicators of the same region.

use super::fill::{self, Unfilled};
use super::others::Of;
use super::{Imputation, ImputationInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, choice, settings,
};
use crate::model::Direction;
use crate::number;

choice! {
    /// What is taken of the other indicators.
    pub enum Centre { Mean = "mean", Median = "median" }
}

choice! {
    /// On which scale the indicators are compared.
    pub enum Scale { MinMax = "min_max", None = "none" }
}

settings! {
    /// Settings of the mean of a row.
    pub struct Row {
        /// The `mean` or the `median` of the others.
        centre: Centre = Centre::Mean,
        /// Whether min-max towards better is laid over every column first, and taken off again (`min_max`), or the columns are in one unit as they are (`none`).
        scale: Scale = Scale::MinMax,
        /// Which others: the `siblings` below the same parent, or `all` leaves.
        of: Of = Of::Siblings,
        /// What happens to a cell whose region has none of the others.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "row",
    summary: "Gives a missing cell the place on its scale that the region has on average in the other indicators below the same parent.",
    formula: "r = (x − min)/(max − min) of every column, less is better: (max − x)/(max − min); r' = mean or median of r over the others that the region has; x' = min + r' (max − min), less is better: max − r' (max − min)",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567 (COINr, Impute with `impute_by` = \"row\")",
    settings: Row::declared,
    make: |values: &Settings| Ok(Box::new(Row::read(values)?)),
    claims: Claims { units: Units::ScaleAndShift, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![f64::NAN, 10.0, 20.0], vec![2.0, 1.0, 5.0], vec![60.0, 40.0, 80.0]],
        expected: vec![13.75, 10.0, 20.0],
        source: "by hand: 1/4 and 1/2 of the way in the others: 10 + 3/8 · 10".into(),
        ..Example::default()
    },
};

/// A column's least and greatest value, and which way is better.
#[derive(Clone, Copy)]
struct Span {
    least: f64,
    range: f64,
    direction: Direction,
}

impl Span {
    /// `None` where there is no value.
    fn of(column: &[f64], direction: Direction) -> Option<Span> {
        let (least, greatest) = number::extremes(column)?;
        Some(Span { least, range: greatest - least, direction })
    }

    fn place(self, x: f64) -> f64 {
        let share = (x - self.least) / self.range;
        if self.direction.is_negative() { 1.0 - share } else { share }
    }

    fn value(self, place: f64) -> f64 {
        let share = if self.direction.is_negative() { 1.0 - place } else { place };
        self.least + share * self.range
    }
}

impl Imputation for Row {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        let span = |k: usize| Span::of(input.columns[k], input.directions[k]);
        let Some(own) = span(input.column) else { return Ok(()) };
        let scaled = self.scale == Scale::MinMax;
        // A column of one value has no places on its scale.
        let others: Vec<(usize, Span)> = self
            .of
            .others(input)
            .into_iter()
            .filter_map(|k| Some((k, span(k)?)))
            .filter(|(_, span)| !scaled || span.range > 0.0)
            .collect();
        for row in (0..out.len()).filter(|&row| input.values()[row].is_nan()) {
            let places = &mut scratch.a;
            places.clear();
            let there = others.iter().map(|&(k, span)| (input.columns[k][row], span));
            places.extend(there.filter(|(x, _)| !x.is_nan()).map(|(x, span)| match scaled {
                true => span.place(x),
                false => x,
            }));
            let centre = match self.centre {
                Centre::Mean => number::mean(places),
                Centre::Median => {
                    number::sort(places);
                    number::median(places)
                }
            };
            if let Some(place) = centre {
                out[row] = if scaled { own.value(place) } else { place };
            }
        }
        fill::finite(out)
    }

    fn leaves_absent(&self) -> bool {
        self.unfilled == Unfilled::Leave
    }
}
