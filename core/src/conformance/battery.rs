//! The checks. Each one tests one property, and each counter-example states the input and the output.
//!
//! Inputs are the worked example, and columns of 12 regions drawn from a counter-based generator (the finaliser of
//! SplitMix64 over seed, column and row), so that every run sees the same numbers.

use std::cell::RefCell;

use quanheng_words::{Text, text};

use super::Trial;
use crate::method::{
    Axis, Claims, Example, Given, Intermediate, IntermediateResult, MethodError, Scratch, Stage,
    Units, Value,
};
use crate::model::{Direction, Neighbours, RegionIx};
use crate::number::{sort_by_key, sort_items, uniform};

/// A method under test.
pub struct Subject<'a> {
    /// Its stage.
    pub stage: Stage,
    /// Its name.
    pub name: &'a str,
    /// The method.
    pub method: &'a dyn Trial,
    /// What it claims.
    pub claims: Claims,
    /// The intermediate results that it declares; none where it does not declare them.
    pub intermediate: Option<&'a [Given]>,
    /// Its worked example.
    pub example: &'a Example,
}

impl std::fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Subject { stage, name, claims, .. } = self;
        f.debug_struct("Subject")
            .field("stage", stage)
            .field("name", name)
            .field("claims", claims)
            .finish_non_exhaustive()
    }
}

/// A property that does not hold, with the counter-example.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The stage.
    pub stage: Stage,
    /// The method.
    pub method: String,
    /// The property, in a few words.
    pub property: Text,
    /// The input.
    pub input: Example,
    /// What was found.
    pub found: Text,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Finding { stage, method, property, input, found } = self;
        write!(
            f,
            "{} {method}: {property}\n    {found}\n    input {:?}",
            stage.name(),
            input.columns
        )?;
        if !input.weights.is_empty() {
            write!(f, "\n    weights {:?}", input.weights)?;
        }
        Ok(())
    }
}

/// Every property that the method should have and does not have.
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut bench = Bench { subject, findings: Vec::new() };
    bench.worked_example();
    for input in bench.inputs() {
        bench.repeatable(&input);
        bench.order_of_rows(&input);
        bench.units(&input);
        bench.directions(&input);
        bench.monotone(&input);
        bench.zero_weight(&input);
        bench.absent_cells(&input);
        bench.intermediate(&input);
    }
    bench.awkward_columns();
    bench.findings
}

/// Every input that the battery puts to the method, whatever it claims: in order, repeated ones once for each time.
pub fn inputs(subject: &Subject<'_>) -> Vec<Example> {
    /// Writes down what it is given.
    struct Recorder<'a> {
        method: &'a dyn Trial,
        seen: RefCell<Vec<Example>>,
    }
    impl Trial for Recorder<'_> {
        fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Outcome {
            self.seen.borrow_mut().push(example.clone());
            self.method.trial_in(example, scratch)
        }
    }
    let recorder = Recorder { method: subject.method, seen: RefCell::default() };
    let everything =
        Claims { monotone: true, units: Units::ScaleAndShift, zero_weight: true, absent: true };
    check(&Subject {
        stage: subject.stage,
        name: subject.name,
        method: &recorder,
        claims: everything,
        intermediate: None,
        example: subject.example,
    });
    recorder.seen.into_inner()
}

struct Bench<'a, 'b> {
    subject: &'a Subject<'b>,
    findings: Vec<Finding>,
}

type Outcome = Result<Vec<f64>, MethodError>;

impl Bench<'_, '_> {
    fn run(&self, input: &Example) -> Outcome {
        self.subject.method.trial(input)
    }

    fn report(&mut self, property: Text, input: &Example, found: Text) {
        // One counter-example a property is enough to read.
        if self.findings.iter().all(|f| f.property != property) {
            self.findings.push(Finding {
                stage: self.subject.stage,
                method: self.subject.name.to_owned(),
                property,
                input: input.clone(),
                found,
            });
        }
    }

    /// Reports where two outcomes that should agree do not.
    fn same(&mut self, property: Text, input: &Example, a: &Outcome, b: &Outcome, by: f64) {
        let same = match (a, b) {
            (Ok(a), Ok(b)) => near(a, b, by),
            // Errors name rows, columns and values, which may well have moved.
            (Err(a), Err(b)) => std::mem::discriminant(a) == std::mem::discriminant(b),
            _ => false,
        };
        if !same {
            self.report(property, input, then(a, b));
        }
    }

    fn worked_example(&mut self) {
        let example = self.subject.example;
        let expected = Ok(example.expected.clone());
        let found = self.run(example);
        self.same(text!(battery_example), example, &expected, &found, 1e-9);
    }

    /// The worked example, and drawn columns of the same shape where the method takes them.
    fn inputs(&self) -> Vec<Example> {
        let mut inputs = vec![self.subject.example.clone()];
        for seed in 0..3 {
            let drawn = self.drawn(seed, 12);
            if self.run(&drawn).is_ok() {
                inputs.push(drawn);
            }
        }
        inputs
    }

    /// Columns within the range of the example's, of another length where rows are not tied to periods or stated pairs.
    fn drawn(&self, seed: u64, rows: usize) -> Example {
        let mut input = self.subject.example.clone();
        let rows = if input.periods > 1 { input.columns[0].len() } else { rows };
        for (k, column) in input.columns.iter_mut().enumerate() {
            let (least, greatest) = crate::number::extremes(column).unwrap_or((0.0, 1.0));
            *column = (0..rows as u64)
                .map(|row| least + (greatest - least) * uniform(seed, k as u64, row))
                .collect();
        }
        input.expected = Vec::new();
        input
    }

    /// Two runs give the same bits, whatever the scratch space contains.
    fn repeatable(&mut self, input: &Example) {
        let first = self.run(input);
        let second = self.run(input);
        if !same_bits(&first, &second) {
            self.report(text!(battery_same_bits), input, then(&first, &second));
        }
        let mut dirty = Scratch {
            a: vec![f64::NAN; 7],
            b: vec![-3.5; 100],
            c: vec![f64::INFINITY; 31],
            order: vec![5, 1, 0, 900],
            intermediate: Intermediate::default(),
        };
        let third = self.subject.method.trial_in(input, &mut dirty);
        if !same_bits(&first, &third) {
            self.report(text!(battery_scratch), input, then(&first, &third));
        }
    }

    /// The outcome and the intermediate results, of a run that asks for these.
    fn asked(&self, input: &Example) -> (Outcome, Vec<IntermediateResult>) {
        let intermediate = Intermediate::asked();
        let mut scratch = Scratch { intermediate, b: vec![-3.5; 100], ..Scratch::default() };
        let outcome = self.subject.method.trial_in(input, &mut scratch);
        let results = scratch.intermediate.take();
        (outcome, results)
    }

    /// Intermediate results are as declared, of the right size, numbers or absent, the same every time and in every order
    /// of the regions, and do not change the result.
    fn intermediate(&mut self, input: &Example) {
        let plain = self.run(input);
        let (outcome, results) = self.asked(input);
        if !same_bits(&plain, &outcome) {
            self.report(text!(battery_given_beside), input, then(&plain, &outcome));
        }
        if outcome.is_err() {
            return;
        }
        let rows = input.columns[0].len();
        let by_column = |stage: Stage| stage < Stage::Weighting || stage == Stage::Tiering;
        let siblings = if by_column(self.subject.stage) { 1 } else { input.columns.len() };
        for (k, result) in results.iter().enumerate() {
            let IntermediateResult { name, shape, width, labels, values, .. } = result;
            let of = |axis: Axis, found: usize| match axis {
                Axis::One => found == 1,
                Axis::Regions => found == rows,
                Axis::Siblings => found == siblings,
                Axis::List => labels.is_empty() || labels.len() == found,
            };
            let whole = result.height() * width == values.len();
            if !(whole && of(shape.rows, result.height()) && of(shape.columns, *width)) {
                let found = text!(battery_given_has, name = name, n = values.len(), width = *width);
                self.report(text!(battery_given_size), input, found);
                return;
            }
            if values.iter().any(|x| x.is_infinite()) {
                let found = text!(battery_given_is, name = name, values = format!("{values:?}"));
                self.report(text!(battery_given_numbers), input, found);
            }
            if results[..k].iter().any(|other| other.name == *name) {
                self.report(
                    text!(battery_given_names),
                    input,
                    text!(battery_given_twice, name = name),
                );
            }
            let declared = self.subject.intermediate;
            if declared.is_some_and(|all| !all.iter().any(|g| g.name == *name && g.shape == *shape))
            {
                let found = text!(battery_given_is, name = name, values = format!("{shape:?}"));
                self.report(text!(battery_given_declared), input, found);
            }
        }
        let (_, again) = self.asked(input);
        let bits = |all: &[IntermediateResult]| {
            all.iter().flat_map(|r| &r.values).map(|x| x.to_bits()).collect::<Vec<_>>()
        };
        if bits(&results) != bits(&again) {
            let (first, second) = (format!("{results:?}"), format!("{again:?}"));
            let found = text!(battery_then, first = first, second = second);
            self.report(text!(battery_given_same), input, found);
        }
        if input.periods > 1 || names_a_region(input) {
            return;
        }
        let mut places: Vec<usize> = (0..rows).collect();
        sort_by_key(&mut places, &|i| uniform(12, 0, i as u64));
        let (outcome, moved) = self.asked(&moved(input, &places));
        if outcome.is_err() {
            return;
        }
        for result in &results {
            if !self.is_unique(result) {
                continue;
            }
            let other = moved.iter().find(|other| other.name == result.name);
            let values = other.map_or(Vec::new(), |other| match result.shape.rows {
                Axis::Regions => {
                    let mut back = vec![f64::NAN; result.values.len()];
                    for (k, &at) in places.iter().enumerate().take(other.height()) {
                        for (j, &x) in other.row(k).iter().enumerate() {
                            let column = match result.shape.columns {
                                Axis::Regions => places[j],
                                _ => j,
                            };
                            back[at * result.width + column] = x;
                        }
                    }
                    back
                }
                _ => other.values.clone(),
            });
            if !near(&result.values, &values, 1e-9) {
                let first = format!("{} {:?}", result.name, result.values);
                let second = format!("{values:?}");
                let found = text!(battery_then, first = first, second = second);
                self.report(text!(battery_given_order), input, found);
            }
        }
    }

    fn is_unique(&self, result: &IntermediateResult) -> bool {
        let mut declared = self.subject.intermediate.unwrap_or_default().iter();
        result.is_unique && declared.all(|given| given.name != result.name || given.is_unique)
    }

    /// How many columns are the method's subject: the second column of a treatment is a denominator.
    fn subjects(&self, input: &Example) -> usize {
        if self.subject.stage == Stage::Treatment { 1 } else { input.columns.len() }
    }

    /// Whether the result has one number a row.
    fn by_row(&self) -> bool {
        self.subject.stage != Stage::Weighting
    }

    /// Regions in another order have the same results.
    fn order_of_rows(&mut self, input: &Example) {
        let rows = input.columns[0].len();
        // Rows that stand for time have their places, and so has a region that a setting names: the method has been made.
        if input.periods > 1 || names_a_region(input) {
            return;
        }
        let plain = self.run(input);
        for seed in 10..12 {
            let mut places: Vec<usize> = (0..rows).collect();
            sort_by_key(&mut places, &|i| uniform(seed, 0, i as u64));
            let moved = moved(input, &places);
            let found = self.run(&moved).map(|result| {
                if !self.by_row() {
                    return result;
                }
                let mut back = vec![f64::NAN; rows];
                places.iter().zip(&result).for_each(|(&i, &x)| back[i] = x);
                back
            });
            self.same(text!(battery_order), input, &plain, &found, 1e-12);
        }
    }

    /// Other units of measurement where they are claimed not to matter.
    fn units(&mut self, input: &Example) {
        let (scaled, shifted) = match self.subject.claims.units {
            Units::Matter => return,
            Units::Scale => (true, false),
            Units::ScaleAndShift => (true, true),
        };
        // An indicator's own facts are in its unit too, and settings may be.
        let has_facts = input.indicators.iter().any(|i| {
            i.goalposts.is_some() || i.target.is_some() || i.lower.is_some() || i.upper.is_some()
        });
        if has_facts {
            return;
        }
        let plain = self.run(input);
        let mut other = input.clone();
        for (k, column) in other.columns.iter_mut().take(self.subjects(input)).enumerate() {
            let factor = if scaled { [8.0, 0.3, 1000.0][k % 3] } else { 1.0 };
            let constant = if shifted { [3.0, 70.0, 0.25][k % 3] * factor } else { 0.0 };
            column.iter_mut().for_each(|x| *x = *x * factor + constant);
        }
        let found = self.run(&other);
        let found = match self.subject.stage {
            // These give back values in the unit of the column.
            Stage::Imputation | Stage::Treatment => found.map(|mut result| {
                let factor = if scaled { 8.0 } else { 1.0 };
                let constant = if shifted { 3.0 * factor } else { 0.0 };
                result.iter_mut().for_each(|x| *x = (*x - constant) / factor);
                result
            }),
            _ => found,
        };
        self.same(text!(battery_units), input, &plain, &found, 1e-9);
    }

    /// A column with the opposite sign and the opposite direction gives the same result.
    fn directions(&mut self, input: &Example) {
        if self.subject.stage != Stage::Normalisation
            || self.subject.claims.units != Units::ScaleAndShift
        {
            return;
        }
        let mut flipped = input.clone();
        flipped.indicators.resize(input.columns.len(), Default::default());
        for indicator in &mut flipped.indicators {
            indicator.direction = match indicator.direction {
                Direction::Positive => Direction::Negative,
                Direction::Negative => Direction::Positive,
            };
            if let Some(posts) = &mut indicator.goalposts {
                (posts.bad, posts.good) = (-posts.bad, -posts.good);
            }
            indicator.target = indicator.target.map(|x| -x);
            (indicator.lower, indicator.upper) =
                (indicator.upper.map(|x| -x), indicator.lower.map(|x| -x));
        }
        flipped.columns.iter_mut().flatten().for_each(|x| *x = -*x);
        let (plain, found) = (self.run(input), self.run(&flipped));
        self.same(text!(battery_directions), input, &plain, &found, 1e-9);
    }

    /// A better cell never gives its region a worse result.
    fn monotone(&mut self, input: &Example) {
        if !self.subject.claims.monotone || !self.by_row() {
            return;
        }
        let Ok(plain) = self.run(input) else { return };
        // Scores rise with the indicator except where it says otherwise; treated and filled columns keep their sign.
        let keeps_sign = matches!(self.subject.stage, Stage::Imputation | Stage::Treatment);
        for k in 0..self.subjects(input) {
            let less_is_better =
                input.indicators.get(k).is_some_and(|i| i.direction.is_negative()) && !keeps_sign;
            let (least, greatest) =
                crate::number::extremes(&input.columns[k]).unwrap_or((0.0, 1.0));
            for row in 0..input.columns[k].len() {
                for step in [0.07, 0.6] {
                    let mut better = input.clone();
                    let change = step * (greatest - least);
                    better.columns[k][row] += if less_is_better { -change } else { change };
                    let Ok(found) = self.run(&better) else { continue };
                    let (before, after) = (plain[row], found[row]);
                    let gain = match self.subject.stage {
                        Stage::Tiering => before - after,
                        _ => after - before,
                    };
                    if gain < -1e-9 * crate::number::max(before.abs(), 1.0) {
                        let found = text!(
                            battery_changed,
                            row = row + 1,
                            column = k + 1,
                            value = better.columns[k][row].to_string(),
                            before = before.to_string(),
                            after = after.to_string()
                        );
                        self.report(text!(battery_monotone), input, found);
                    }
                }
            }
        }
    }

    /// A child of weight zero has the effect of no child.
    fn zero_weight(&mut self, input: &Example) {
        let children = input.columns.len();
        if !self.subject.claims.zero_weight
            || self.subject.stage != Stage::Aggregation
            || children < 2
        {
            return;
        }
        for k in 0..children {
            let mut zero = input.clone();
            zero.weights.resize(children, 1.0);
            zero.weights[k] = 0.0;
            if zero.weights.iter().all(|w| *w == 0.0) {
                continue;
            }
            let mut without = zero.clone();
            without.columns.remove(k);
            without.weights.remove(k);
            if k < without.indicators.len() {
                without.indicators.remove(k);
            }
            if k < without.codes.len() {
                without.codes.remove(k);
            }
            if k < without.full_marks.len() {
                without.full_marks.remove(k);
            }
            let (a, b) = (self.run(&zero), self.run(&without));
            self.same(text!(battery_zero_weight), &zero, &a, &b, 1e-12);
        }
    }

    /// Absent cells are handled or rejected; present ones never become absent.
    fn absent_cells(&mut self, input: &Example) {
        for k in 0..self.subjects(input) {
            let rows = input.columns[k].len();
            for row in [0, rows / 2, rows - 1] {
                let mut gap = input.clone();
                gap.columns[k][row] = f64::NAN;
                match self.run(&gap) {
                    Ok(_) if self.subject.claims.absent => self.sound(&text!(battery_absent), &gap),
                    Ok(_) if self.refuses_absent() => {
                        let found = text!(battery_absent_result);
                        self.report(text!(battery_absent_refused), &gap, found);
                    }
                    Err(e) if self.subject.claims.absent && !few(&e) && self.run(input).is_ok() => {
                        self.report(text!(battery_absent_allowed), &gap, e.words());
                    }
                    _ => {}
                }
            }
        }
    }

    fn refuses_absent(&self) -> bool {
        !matches!(self.subject.stage, Stage::Imputation) && !self.subject.claims.absent
    }

    /// No infinity, no number where there is no value (imputation and aggregation apart), no absence where there is one.
    fn sound(&mut self, property: &Text, input: &Example) {
        let Ok(result) = self.run(input) else { return };
        let stage = self.subject.stage;
        if let Some(x) = result.iter().find(|x| x.is_infinite()) {
            let found = text!(battery_number, x = x.to_string(), result = format!("{result:?}"));
            self.report(property.clone(), input, found);
        }
        if stage == Stage::Weighting {
            if let Some(x) = result.iter().find(|x| x.is_nan() || **x < 0.0) {
                let result = format!("{result:?}");
                let found = text!(battery_weight, x = x.to_string(), result = result);
                self.report(property.clone(), input, found);
            }
            return;
        }
        for (row, x) in result.iter().enumerate() {
            let present = input.columns.iter().filter(|c| !c[row].is_nan()).count();
            let first = !input.columns[0][row].is_nan();
            let wrong = match stage {
                Stage::Aggregation => {
                    (x.is_nan() && present == input.columns.len()) || (!x.is_nan() && present == 0)
                }
                Stage::Imputation => x.is_nan() && first,
                // A treated column may be divided by another one, whose absence counts too.
                Stage::Treatment => x.is_nan() == (present == input.columns.len()),
                _ => x.is_nan() == first,
            };
            if wrong {
                let result = format!("{result:?}");
                let found = text!(battery_row, x = x.to_string(), row = row + 1, result = result);
                self.report(property.clone(), input, found);
            }
        }
    }

    /// Columns at the edge: a sound result or a clear error, never a panic.
    fn awkward_columns(&mut self) {
        type Value = fn(u64, u64) -> f64;
        let shapes: [(Text, Value, usize); 7] = [
            (text!(battery_constant), |k, _| 2.0 + k as f64, 5),
            (text!(battery_zeros), |_, _| 0.0, 5),
            (text!(battery_two), |k, row| 1.0 + ((k + row) % 2) as f64, 2),
            (text!(battery_two_equal), |k, _| 2.0 + k as f64, 2),
            (text!(battery_single), |k, _| 2.0 + k as f64, 1),
            (text!(battery_no_value), |_, _| f64::NAN, 5),
            (
                text!(battery_one_value),
                |k, row| if row == 2 { 2.0 + k as f64 } else { f64::NAN },
                5,
            ),
        ];
        for (property, value, rows) in shapes {
            let mut input = self.subject.example.clone();
            if input.periods > 1 && input.columns[0].len() != rows {
                input.periods = 1;
            }
            for (k, column) in input.columns.iter_mut().enumerate() {
                *column = (0..rows as u64).map(|row| value(k as u64, row)).collect();
            }
            input.expected = Vec::new();
            let run = std::panic::AssertUnwindSafe(|| self.run(&input));
            if std::panic::catch_unwind(run).is_err() {
                self.report(property, &input, text!(battery_panic));
            } else {
                self.sound(&property, &input);
            }
        }
    }
}

/// Whether an error says that too little is left, which an absent cell may well bring about.
fn few(error: &MethodError) -> bool {
    !matches!(error, MethodError::Absent { .. })
}

/// The same regions in another order: the region at `places[k]` comes to `k`, and groups and neighbours go with their
/// regions.
fn moved(input: &Example, places: &[usize]) -> Example {
    let mut to = vec![0; places.len()];
    places.iter().enumerate().for_each(|(k, &from)| to[from] = k);
    let mut moved = input.clone();
    for column in &mut moved.columns {
        *column = places.iter().map(|&i| column[i]).collect();
    }
    for members in moved.groups.iter_mut().flat_map(|group| group.classes.values_mut()) {
        for region in members.iter_mut() {
            *region = to.get(region.0 as usize).map_or(*region, |&k| RegionIx(k as u32));
        }
        sort_items(members, Ord::cmp);
    }
    if let Some(neighbours) = &input.neighbours {
        let place =
            |region: RegionIx| to.get(region.0 as usize).map_or(region, |&k| RegionIx(k as u32));
        let links = neighbours.links().map(|(from, to, weight)| (place(from), place(to), weight));
        moved.neighbours = Some(Neighbours::new(links));
    }
    moved
}

/// Whether a setting names a region. In a worked example regions are called by their places, counted from 1.
fn names_a_region(input: &Example) -> bool {
    fn is_one(code: &str, rows: usize) -> bool {
        (1..=rows).any(|place| place.to_string() == code)
    }
    fn names(value: &Value, rows: usize) -> bool {
        match value {
            Value::Text(code) => is_one(code, rows),
            Value::List(items) => items.iter().any(|item| names(item, rows)),
            Value::Table(items) => {
                items.iter().any(|(key, item)| is_one(key, rows) || names(item, rows))
            }
            Value::Bool(_) | Value::Number(_) => false,
        }
    }
    input.settings.0.values().any(|value| names(value, input.columns[0].len()))
}

fn near(a: &[f64], b: &[f64], by: f64) -> bool {
    let scale = a.iter().map(|x| x.abs()).filter(|x| x.is_finite()).fold(0.0, crate::number::max);
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            a == b
                || (a.is_nan() && b.is_nan())
                || (a - b).abs() <= by * crate::number::max(scale, 1e-300)
        })
}

fn same_bits(a: &Outcome, b: &Outcome) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
        }
        (Err(a), Err(b)) => a == b || a.to_string() == b.to_string(),
        _ => false,
    }
}

/// Two outcomes that should agree.
fn then(first: &Outcome, second: &Outcome) -> Text {
    let words = |outcome: &Outcome| match outcome {
        Ok(result) => Text::plain(format!("{result:?}")),
        Err(error) => text!(battery_error, error = error.words()),
    };
    text!(battery_then, first = words(first), second = words(second))
}
