//! The facts that a script receives beside the numbers: the regions of the rows, the indicator, the children.

use std::sync::Arc;

use quanheng_core::method::{Rows, closest};
use quanheng_core::model::{
    Group, Indicator as CoreIndicator, Neighbours as Links, Node, Period, PeriodIx, Region,
    RegionIx,
};
use quanheng_core::number;
use quanheng_words::{Text, text};
use rhai::{Array, Dynamic, FnPtr, ImmutableString};

use super::column::{Column, same_length};
use super::functions::{
    Functions, TEXT, Whole, as_it_is, functions, give, number as number_of, operand,
};
use super::mask::Mask;
use super::matrix::Matrix;
use super::neighbours::Neighbours;
use crate::problem::{Failed, did_you_mean, fail, fail_at};

/// Who the rows are.
#[derive(Clone, Debug)]
pub struct Regions(Arc<Who>);

#[derive(Debug)]
struct Who {
    regions: Vec<RegionIx>,
    periods: Vec<PeriodIx>,
    all: Arc<Vec<Region>>,
    groups: Arc<Vec<Group>>,
    /// The outer nothing: they are not known where leagues are formed.
    neighbours: Option<Option<Arc<Links>>>,
    times: Vec<f64>,
}

impl Who {
    /// The place of each period, counted from the first one, those without data counted.
    fn steps(&self) -> Vec<i64> {
        let step = Period::step(&self.times);
        let first = self.times.first().copied().unwrap_or(0.0);
        self.times.iter().map(|time| ((time - first) / step).round() as i64).collect()
    }
}

impl Regions {
    pub(crate) fn new(rows: Rows<'_>) -> Self {
        Regions(Arc::new(Who {
            regions: rows.regions.to_vec(),
            periods: rows.periods.to_vec(),
            all: Arc::clone(rows.all),
            groups: Arc::clone(rows.groups),
            neighbours: Some(rows.neighbours.cloned()),
            times: rows.times.to_vec(),
        }))
    }

    /// Every region once, in one period.
    pub(crate) fn all(all: &Arc<Vec<Region>>, groups: &Arc<Vec<Group>>) -> Self {
        Regions(Arc::new(Who {
            regions: (0..all.len() as u32).map(RegionIx).collect(),
            periods: vec![PeriodIx(0); all.len()],
            all: Arc::clone(all),
            groups: Arc::clone(groups),
            neighbours: None,
            times: vec![0.0],
        }))
    }

    fn len(&self) -> usize {
        self.0.regions.len()
    }

    /// The neighbours that the project states, where they are known.
    fn links(&self) -> Result<Option<&Arc<Links>>, Failed> {
        let links = self.0.neighbours.as_ref();
        links
            .map(Option::as_ref)
            .ok_or_else(|| not_here(text!(script_neighbours), text!(script_elsewhere)))
    }

    fn region(&self, row: usize) -> &Region {
        &self.0.all[self.0.regions[row].0 as usize]
    }

    fn time(&self, row: usize) -> f64 {
        self.0.times[self.0.periods[row].0 as usize]
    }
}

/// A way to sort rows into classes; a row may be in several of them, or in none.
#[derive(Clone, Debug)]
pub struct Classes(Arc<Vec<(String, Vec<usize>)>>, usize);

impl Classes {
    /// Writes the result of `f` for the values of each class into every row of the class; a row in several classes has
    /// the first one's.
    fn spread(
        &self,
        x: &Column,
        mut f: impl FnMut(&[f64]) -> Result<Vec<f64>, Failed>,
    ) -> Result<Column, Failed> {
        same_length(x.len(), self.1)?;
        let mut out = vec![f64::NAN; x.len()];
        let mut done = vec![false; x.len()];
        for (_, rows) in self.0.iter() {
            let values: Vec<f64> = rows.iter().map(|row| x.values()[*row]).collect();
            let found = f(&values)?;
            same_length(rows.len(), found.len())?;
            for (row, y) in rows.iter().zip(found) {
                if !std::mem::replace(&mut done[*row], true) {
                    out[*row] = y;
                }
            }
        }
        Column::new(out)?.with_unit(x.unit())
    }

    fn one(&self, x: &Column, f: fn(&[f64]) -> Option<f64>) -> Result<Column, Failed> {
        self.spread(x, |values| Ok(vec![f(values).unwrap_or(f64::NAN); values.len()]))
    }
}

/// The facts of an indicator.
#[derive(Clone, Debug)]
pub struct Indicator(pub(crate) Arc<(String, CoreIndicator)>);

/// What a script of imputation, treatment, normalisation or tiering receives beside its column.
#[derive(Clone, Debug)]
pub struct Facts {
    pub(crate) regions: Regions,
    pub(crate) indicator: Option<Indicator>,
    /// Imputation: every leaf's column, and which of them is to be filled.
    pub(crate) columns: Option<(Matrix, usize)>,
    /// Tiering: the ranks, and whether the scores have their sign changed because less is better.
    pub(crate) ranks: Option<Column>,
    pub(crate) less_is_better: bool,
}

/// The input of a weighting or aggregation: the children of a node.
#[derive(Clone, Debug)]
pub struct Children(pub(crate) Arc<Family>);

#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) scores: Matrix,
    pub(crate) codes: Vec<ImmutableString>,
    /// Aggregation: the weights, of sum one. Weighting: none.
    pub(crate) weights: Option<Column>,
    /// Aggregation: the same weights as stated or found, of any sum. Weighting: none.
    pub(crate) proportions: Option<Column>,
    /// Aggregation: the proportions of each row, where a child is absent in some.
    pub(crate) shares: Option<Matrix>,
    pub(crate) stated: Column,
    pub(crate) full_marks: Column,
    pub(crate) directions: Column,
    pub(crate) parent: ImmutableString,
    pub(crate) parent_full_marks: Option<f64>,
    pub(crate) regions: Option<Regions>,
}

/// Rows scaled to a sum of one.
fn shares_of_one(proportions: &Matrix) -> Result<Matrix, Failed> {
    let (rows, width) = (proportions.rows(), proportions.width());
    let mut values = vec![f64::NAN; rows * width];
    for row in 0..rows {
        let sum: f64 = (0..width).map(|k| proportions.slice(k)[row]).sum();
        (0..width).for_each(|k| values[k * rows + row] = proportions.slice(k)[row] / sum);
    }
    Matrix::new(values, rows, width)
}

impl Family {
    pub(crate) fn columns_of(nodes: &[&Node]) -> Result<(Column, Column), Failed> {
        let stated = nodes.iter().map(|n| n.weight.unwrap_or(f64::NAN)).collect();
        let marks = nodes.iter().map(|n| n.full_marks.unwrap_or(f64::NAN)).collect();
        Ok((Column::new(stated)?, Column::new(marks)?))
    }
}

/// The raw columns that a leaf is made of.
#[derive(Clone, Debug)]
pub struct Raw(pub(crate) Arc<(Vec<(ImmutableString, Column)>, Regions)>);

as_it_is! {
    Regions = "Regions", Classes = "Classes", Indicator = "Indicator", Facts = "Facts",
    Children = "Children", Raw = "Raw",
}

fn optional(x: Option<f64>) -> Dynamic {
    x.map_or(Dynamic::UNIT, Dynamic::from)
}

fn not_here(what: Text, stage: Text) -> Failed {
    fail(text!(script_not_in_stage, what = what), text!(script_not_in_stage_hint, stage = stage))
}

pub(crate) fn register(lib: &mut Functions) {
    functions! { lib, "Regions";
        /// How many rows there are.
        fn "len"(regions: Regions) -> i64 { Ok(regions.len() as i64) }
        /// The code of each row's region.
        fn "get codes"(regions: Regions) -> Array {
            Ok((0..regions.len()).map(|row| Dynamic::from(ImmutableString::from(&regions.region(row).code))).collect())
        }
        /// The name of each row's region in a language (`zh`, `en`).
        fn "names"(regions: Regions, language: ImmutableString) -> Array {
            Ok((0..regions.len()).map(|row| Dynamic::from(ImmutableString::from(regions.region(row).name(&language)))).collect())
        }
        /// The point in time of each row: the year, the month counted through all years, the day; 0, 1, 2, … where the
        /// labels of the periods say nothing about time.
        fn "get times"(regions: Regions) -> Column {
            Column::new((0..regions.len()).map(|row| regions.time(row)).collect())
        }
        /// Which rows are of the region with this code.
        fn "of"(regions: Regions, code: ImmutableString) -> Mask {
            Mask::new((0..regions.len()).map(|row| regions.region(row).code == code.as_str()))
        }
        /// Which rows have this value of an attribute.
        fn "has"(regions: Regions, attribute: ImmutableString, value: ImmutableString) -> Mask {
            known(&regions, &attribute)?;
            Mask::new((0..regions.len()).map(|row| {
                regions.region(row).attributes.get(attribute.as_str()).is_some_and(|v| *v == value.as_str())
            }))
        }
        /// An attribute of each row's region, as a list of texts.
        fn "texts"(regions: Regions, attribute: ImmutableString) -> Array {
            known(&regions, &attribute)?;
            Ok((0..regions.len())
                .map(|row| {
                    let text = regions.region(row).attributes.get(attribute.as_str());
                    Dynamic::from(ImmutableString::from(text.map_or("", String::as_str)))
                })
                .collect())
        }
        /// An attribute of each row's region as a number; absent where it is blank.
        fn "numbers"(regions: Regions, attribute: ImmutableString) -> Column {
            known(&regions, &attribute)?;
            let number = |row: usize| match regions.region(row).attributes.get(attribute.as_str()).map(|t| t.trim()) {
                None | Some("") => Ok(f64::NAN),
                Some(text) => text.parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| {
                    fail_at(
                        row,
                        text!(script_attribute_no_number, attribute = attribute.as_str(), found = text),
                        text!(script_look_at_regions),
                    )
                }),
            };
            Column::new((0..regions.len()).map(number).collect::<Result<_, Failed>>()?)
        }
        /// The classes of a group of the project.
        fn "group"(regions: Regions, code: ImmutableString) -> Classes {
            let who = &regions.0;
            let Some(group) = who.groups.iter().find(|g| g.code == code.as_str()) else {
                let known: Vec<&str> = who.groups.iter().map(|g| g.code.as_str()).collect();
                let hint = match known.is_empty() {
                    true => text!(script_no_groups),
                    false => text!(one_of, names = known),
                };
                return Err(fail(text!(script_no_group, code = code.as_str()), hint));
            };
            let rows = |members: &[RegionIx]| {
                (0..regions.len()).filter(|row| members.binary_search(&who.regions[*row]).is_ok()).collect()
            };
            let classes = group.classes.iter().map(|(name, members)| (name.clone(), rows(members))).collect();
            Ok(Classes(Arc::new(classes), regions.len()))
        }
        /// Classes by an attribute: a class for each value that occurs.
        fn "group_by"(regions: Regions, attribute: ImmutableString) -> Classes {
            known(&regions, &attribute)?;
            let mut classes: indexmap::IndexMap<String, Vec<usize>> = indexmap::IndexMap::new();
            for row in 0..regions.len() {
                if let Some(class) = regions.region(row).attributes.get(attribute.as_str()).filter(|c| !c.is_empty()) {
                    classes.entry(class.clone()).or_default().push(row);
                }
            }
            classes.sort_keys();
            Ok(Classes(Arc::new(classes.into_iter().collect()), regions.len()))
        }
        /// Whether the project states neighbours of its regions.
        fn "get has_neighbours"(regions: Regions) -> bool { Ok(regions.links()?.is_some()) }
        /// The neighbours of the rows, with their weights. Those that are not among the rows are left out.
        fn "get neighbours"(regions: Regions) -> Neighbours {
            let neighbours = regions.links()?;
            let who = &regions.0;
            Neighbours::new(Rows {
                regions: &who.regions,
                periods: &who.periods,
                all: &who.all,
                groups: &who.groups,
                neighbours,
                times: &who.times,
            })
        }
        /// A class for each period.
        fn "by_period"(regions: Regions) -> Classes {
            let mut periods: Vec<PeriodIx> = regions.0.periods.clone();
            number::sort_items(&mut periods, Ord::cmp);
            periods.dedup();
            let rows = |p: PeriodIx| (0..regions.len()).filter(|row| regions.0.periods[*row] == p).collect();
            let classes = periods.into_iter().map(|p| (p.0.to_string(), rows(p))).collect();
            Ok(Classes(Arc::new(classes), regions.len()))
        }
        /// How many periods there are from the project's first to its last one, those without data counted.
        fn "get periods"(regions: Regions) -> i64 {
            let steps = regions.0.steps();
            Ok(steps.last().map_or(0, |last| last + 1))
        }
        /// The value of the same region `periods` periods before, those without data counted: with 1, that of 2019 for
        /// 2020. Absent where there is no such row.
        fn "earlier"(regions: Regions, x: Column, periods: Whole) -> Column {
            elsewhen(&regions, &x, |step| step.checked_sub(i64::try_from(periods.0).ok()?))
        }
        /// The value of the same region `periods` periods after, those without data counted. Absent where there is no
        /// such row.
        fn "later"(regions: Regions, x: Column, periods: Whole) -> Column {
            elsewhen(&regions, &x, |step| step.checked_add(i64::try_from(periods.0).ok()?))
        }
    }
    functions! { lib, "Classes";
        /// How many classes there are.
        fn "len"(classes: Classes) -> i64 { Ok(classes.0.len() as i64) }
        /// The names of the classes.
        fn "get names"(classes: Classes) -> Array {
            Ok(classes.0.iter().map(|(name, _)| Dynamic::from(ImmutableString::from(name))).collect())
        }
        /// Which rows are in the class of this name.
        fn "mask"(classes: Classes, name: ImmutableString) -> Mask {
            let Some((_, rows)) = classes.0.iter().find(|(n, _)| n == name.as_str()) else {
                return Err(fail(text!(script_no_class, name = name.as_str()), text!(script_see_names)));
            };
            Mask::new((0..classes.1).map(|row| rows.contains(&row)))
        }
        /// Each row has the sum of its class.
        fn "sum_by"(x: Column, classes: Classes) -> Column { classes.one(&x, |v| Some(number::sum(v))) }
        /// Each row has the mean of its class.
        fn "mean_by"(x: Column, classes: Classes) -> Column { classes.one(&x, number::mean) }
        /// Each row has the median of its class.
        fn "median_by"(x: Column, classes: Classes) -> Column {
            classes.one(&x, |v| {
                let mut sorted = Vec::new();
                number::sorted(v, &mut sorted);
                number::median(&sorted)
            })
        }
        /// Each row has the least value of its class.
        fn "min_by"(x: Column, classes: Classes) -> Column { classes.one(&x, |v| number::extremes(v).map(|e| e.0)) }
        /// Each row has the greatest value of its class.
        fn "max_by"(x: Column, classes: Classes) -> Column { classes.one(&x, |v| number::extremes(v).map(|e| e.1)) }
        /// Each row has the number of values in its class.
        fn "count_by"(x: Column, classes: Classes) -> Column {
            classes.one(&x.plain()?, |v| Some(number::count(v) as f64))
        }
        /// Each row has its rank in its class, 1 for the greatest value.
        fn "rank_by"(x: Column, classes: Classes, ties: ImmutableString) -> Column {
            classes.spread(&x.plain()?, |v| {
                let negated: Vec<f64> = v.iter().map(|x| -x).collect();
                Ok(super::column::ranks(&negated, &ties)?.values().to_vec())
            })
        }
        /// Each row has the result of `f` for its class: a number for all of them, or a column with one for each.
        fn "map_by"[context](x: Column, classes: Classes, f: FnPtr) -> Column {
            classes.spread(&x, |values| {
                let made: Dynamic = crate::call::back(context, &f, Dynamic::from(Column::copy(values)?))?;
                match made.clone().try_cast::<Column>() {
                    Some(column) => Ok(column.values().to_vec()),
                    None if made.is_unit() => Ok(vec![f64::NAN; values.len()]),
                    None => Ok(vec![number_of(&made)?; values.len()]),
                }
            })
        }
    }
    functions! { lib, "Indicator";
        /// Normalisation: its code. Empty in treatment.
        fn "get code"(indicator: Indicator) -> ImmutableString { Ok(indicator.0.0.as_str().into()) }
        /// 1 where more is better, -1 where less is.
        fn "get direction"(indicator: Indicator) -> f64 { Ok(indicator.0.1.direction.sign()) }
        /// Its unit, as the tree has it.
        fn "get unit"(indicator: Indicator) -> ImmutableString { Ok(indicator.0.1.unit.as_str().into()) }
        /// `continuous`, `ratio`, `count`, `ordinal` or `binary`.
        fn "get kind"(indicator: Indicator) -> ImmutableString {
            Ok(indicator.0.1.kind.word().into())
        }
        /// The least value that can be right; `()` where none is stated.
        fn "get lower"(indicator: Indicator) -> Dynamic { Ok(optional(indicator.0.1.lower)) }
        /// The greatest value that can be right; `()` where none is stated.
        fn "get upper"(indicator: Indicator) -> Dynamic { Ok(optional(indicator.0.1.upper)) }
        /// The goalpost that scores nothing; `()` where none is stated.
        fn "get bad"(indicator: Indicator) -> Dynamic { Ok(optional(indicator.0.1.goalposts.map(|g| g.bad))) }
        /// The goalpost that scores full; `()` where none is stated.
        fn "get good"(indicator: Indicator) -> Dynamic { Ok(optional(indicator.0.1.goalposts.map(|g| g.good))) }
        /// The value aimed at; `()` where none is stated.
        fn "get target"(indicator: Indicator) -> Dynamic { Ok(optional(indicator.0.1.target)) }
    }
    functions! { lib, "Facts";
        /// Who the rows are.
        fn "get regions"(at: Facts) -> Regions { Ok(at.regions) }
        /// Imputation, treatment and normalisation: the facts of the indicator.
        fn "get indicator"(at: Facts) -> Indicator {
            at.indicator.ok_or_else(|| not_here(text!(script_indicator_facts), text!(script_in_treatment)))
        }
        /// Treatment and normalisation: 1 where more is better in the column, -1 where less is. Tiering: -1 where less is
        /// better in the scores as they are shown; they arrive with their sign changed, so that a stated bound has to be
        /// multiplied by this. 1 elsewhere.
        fn "get direction"(at: Facts) -> f64 {
            if at.less_is_better {
                return Ok(-1.0);
            }
            Ok(at.indicator.map_or(1.0, |i| i.0.1.direction.sign()))
        }
        /// Imputation: the columns of all leaves.
        fn "get columns"(at: Facts) -> Matrix {
            at.columns.map(|c| c.0).ok_or_else(|| not_here(text!(script_other_leaves), text!(script_in_imputation)))
        }
        /// Imputation: which of the columns is to be filled, counted from 0.
        fn "get place"(at: Facts) -> i64 {
            at.columns.map(|c| c.1 as i64).ok_or_else(|| not_here(text!(script_other_leaves), text!(script_in_imputation)))
        }
        /// Tiering: the ranks, 1 being the best, equal scores sharing the best of their places.
        fn "get ranks"(at: Facts) -> Column { at.ranks.ok_or_else(|| not_here(text!(script_ranks), text!(script_in_tiering))) }
    }
    functions! { lib, "Children";
        /// How many children there are.
        fn "len"(children: Children) -> i64 { Ok(children.0.codes.len() as i64) }
        /// Their scores: a column a child.
        fn "get scores"(children: Children) -> Matrix { Ok(children.0.scores.clone()) }
        /// Their codes.
        fn "get codes"(children: Children) -> Array {
            Ok(children.0.codes.iter().map(|c| Dynamic::from(c.clone())).collect())
        }
        /// Aggregation: their weights, with a sum of one. Weighting: the weights stated in the tree.
        fn "get weights"(children: Children) -> Column {
            Ok(children.0.weights.clone().unwrap_or_else(|| children.0.stated.clone()))
        }
        /// The weights stated in the tree; absent where none is.
        fn "get stated"(children: Children) -> Column { Ok(children.0.stated.clone()) }
        /// Aggregation: the weights row by row, with a sum of one over the children that are present, as the
        /// imputation has it; absent in a row that gets no score.
        fn "get row_weights"(children: Children) -> Matrix {
            let family = &children.0;
            match &family.shares {
                Some(shares) => shares_of_one(shares),
                None => family.in_each_row(&family.weights),
            }
        }
        /// Aggregation: their weights as they are stated or found, in proportion to one another and of any sum. A mean
        /// that is formed as Σ w·s / Σ w of these loses no digits of weights such as 1, 1, 1 or 20, 30, 50.
        fn "get proportions"(children: Children) -> Column {
            children.0.proportions.clone().ok_or_else(|| not_here(text!(script_row_weights), text!(script_in_aggregation)))
        }
        /// Aggregation: the same row by row, as `row_weights`, of any sum.
        fn "get row_proportions"(children: Children) -> Matrix {
            let family = &children.0;
            match &family.shares {
                Some(shares) => Ok(shares.clone()),
                None => family.in_each_row(&family.proportions),
            }
        }
        /// Aggregation: only the children of a weight above zero, all of them absent in a row that gets no score.
        fn "get weighing"(children: Children) -> Children {
            Ok(Children(Arc::new(children.0.weighing()?)))
        }
        /// Their full marks; absent where none are stated.
        fn "get full_marks"(children: Children) -> Column { Ok(children.0.full_marks.clone()) }
        /// 1 where more is better, -1 where less is.
        fn "get directions"(children: Children) -> Column { Ok(children.0.directions.clone()) }
        /// The code of their parent.
        fn "get parent"(children: Children) -> ImmutableString { Ok(children.0.parent.clone()) }
        /// The full marks of their parent; `()` where it has none.
        fn "get parent_full_marks"(children: Children) -> Dynamic { Ok(optional(children.0.parent_full_marks)) }
        /// Who the rows are.
        fn "get regions"(children: Children) -> Regions {
            children.0.regions.clone().ok_or_else(|| not_here(text!(script_regions), text!(script_elsewhere)))
        }
        /// Whether there is a child with this code.
        fn "has"(children: Children, code: ImmutableString) -> bool { Ok(children.0.codes.contains(&code)) }
    }
    const CHILD: &str = "The scores of the child with this code.";
    let operands = &[operand::<Children>(), TEXT];
    lib.operator("Children", "[]", operands, "Column", CHILD, |operands| {
        let (children, code) = (operands.plain::<Children>(), operands.plain::<ImmutableString>());
        let codes = &children.0.codes;
        match codes.iter().position(|c| *c == code) {
            Some(k) => give(children.0.scores.column(k as i64)),
            None => Err(no_code(
                text!(script_no_child, code = code.as_str()),
                &code,
                codes.iter().map(|c| c.as_str()),
            )),
        }
    });
    const RAW: &str = "The raw column of this name; `raw.name` says the same.";
    lib.operator("Raw", "[]", &[operand::<Raw>(), TEXT], "Column", RAW, |operands| {
        let (raw, name) = (operands.plain::<Raw>(), operands.plain::<ImmutableString>());
        match raw.0.0.iter().find(|(n, _)| *n == name) {
            Some((_, column)) => Ok(Dynamic::from(column.clone())),
            None if name == "regions" => Ok(Dynamic::from(raw.0.1.clone())),
            None => Err(no_code(
                text!(script_no_raw, name = name.as_str()),
                &name,
                raw.0.0.iter().map(|(n, _)| n.as_str()),
            )),
        }
    });
    functions! { lib, "Raw";
        /// Who the rows are.
        fn "get regions"(raw: Raw) -> Regions { Ok(raw.0.1.clone()) }
    }
}

/// The value of the same region in another period, each counted from the first one.
fn elsewhen(
    regions: &Regions,
    x: &Column,
    other: impl Fn(i64) -> Option<i64>,
) -> Result<Column, Failed> {
    same_length(regions.len(), x.len())?;
    let who = &regions.0;
    let steps = who.steps();
    let step = |row: usize| steps[who.periods[row].0 as usize];
    let mut place: std::collections::BTreeMap<(RegionIx, i64), usize> = Default::default();
    for row in 0..regions.len() {
        place.insert((who.regions[row], step(row)), row);
    }
    let there = |row: usize| place.get(&(who.regions[row], other(step(row))?)).copied();
    let values = (0..regions.len()).map(|row| there(row).map_or(f64::NAN, |r| x.values()[r]));
    Column::new(values.collect())?.with_unit(x.unit())
}

impl Family {
    /// Only the children of a weight above zero, all of them absent in a row that gets no score.
    /// A matrix of the same weights in each row.
    fn in_each_row(&self, weights: &Option<Column>) -> Result<Matrix, Failed> {
        let Some(weights) = weights else {
            return Err(not_here(text!(script_row_weights), text!(script_in_aggregation)));
        };
        let rows = self.scores.rows();
        let values = weights.values().iter().flat_map(|w| std::iter::repeat_n(*w, rows));
        Matrix::new(values.collect(), rows, weights.len())
    }

    fn weighing(&self) -> Result<Family, Failed> {
        let Some(weights) = &self.weights else {
            return Err(not_here(text!(script_weights_of_one), text!(script_in_aggregation)));
        };
        let kept: Vec<usize> = (0..weights.len()).filter(|k| weights.values()[*k] > 0.0).collect();
        let rows = self.scores.rows();
        let column = |x: &Column| Column::new(kept.iter().map(|k| x.values()[*k]).collect());
        let matrix = |m: &Matrix| {
            let values = kept.iter().flat_map(|k| m.slice(*k).iter().copied());
            Matrix::new(values.collect(), rows, kept.len())
        };
        let shares = self.shares.as_ref().map(matrix).transpose()?;
        let scores = match &shares {
            None => matrix(&self.scores)?,
            Some(shares) => {
                let there = |k: usize| self.scores.slice(kept[k]).iter().zip(shares.slice(k));
                let values = (0..kept.len())
                    .flat_map(|k| there(k).map(|(x, w)| if w.is_nan() { *w } else { *x }));
                Matrix::new(values.collect(), rows, kept.len())?
            }
        };
        Ok(Family {
            scores,
            codes: kept.iter().map(|k| self.codes[*k].clone()).collect(),
            weights: Some(column(weights)?),
            proportions: self.proportions.as_ref().map(column).transpose()?,
            shares,
            stated: column(&self.stated)?,
            full_marks: column(&self.full_marks)?,
            directions: column(&self.directions)?,
            parent: self.parent.clone(),
            parent_full_marks: self.parent_full_marks,
            regions: self.regions.clone(),
        })
    }
}

fn no_code<'a>(what: Text, code: &str, known: impl Iterator<Item = &'a str> + Clone) -> Failed {
    let hint = match closest(code, known.clone()) {
        Some(near) => did_you_mean(near),
        None => text!(one_of, names = known.collect::<Vec<_>>()),
    };
    fail(what, hint)
}

fn known(regions: &Regions, attribute: &str) -> Result<(), Failed> {
    let who = &regions.0;
    if who.all.is_empty() || who.all.iter().any(|r| r.attributes.contains_key(attribute)) {
        return Ok(());
    }
    let names: std::collections::BTreeSet<&str> =
        who.all.iter().flat_map(|r| r.attributes.keys().map(String::as_str)).collect();
    let what = text!(script_no_attribute, attribute = attribute);
    Err(no_code(what, attribute, names.iter().copied()))
}
