//! Values that say where rows of a table are and what they say.

use quanheng_core::method::{Accepts, FromValue};

use super::{By, Declared, Shape};
use crate::data::frame::{Axis, HeadRow, Skip};
use crate::data::number::Percent;
use crate::project::value::{Content, Item};

/// The greatest number of a row that a spreadsheet can have.
const LAST: f64 = 1_048_576.0;

fn row_number() -> Shape {
    Shape::Plain(Accepts::Whole, Some((1.0, LAST)))
}

fn row(item: &Item) -> Option<u32> {
    let whole = u32::from_value(&item.setting())?;
    (1.0..=LAST).contains(&f64::from(whole)).then_some(whole)
}

/// The row of a header, a list of rows, or a table that says what each row names.
#[derive(Clone, Debug)]
pub(in crate::project) struct HeaderRows(pub(in crate::project) Vec<HeadRow>);

impl Declared for HeaderRows {
    fn shape() -> Shape {
        let by = super::Key::of::<Option<u32>>;
        let range = Some((1.0, LAST));
        let keys = vec![
            by("region", "The row whose cells are codes of regions.", range, None),
            by("period", "The row whose cells are periods.", range, None),
            by("indicator", "The row whose cells are indicators.", range, None),
        ];
        Shape::OneOf(vec![row_number(), Shape::List(Box::new(row_number())), Shape::Table(keys)])
    }

    fn take(item: &Item) -> Option<Self> {
        let plain = |item: &Item| Some(HeadRow { row: row(item)?, says: None });
        let rows = match &item.content {
            Content::List(items) => items.iter().map(plain).collect::<Option<Vec<_>>>()?,
            Content::Table(entries) => {
                let says = |key: &str| Axis::from_value(&key.into());
                let one = |entry: &super::Entry| {
                    Some(HeadRow { row: row(&entry.item)?, says: Some(says(&entry.key)?) })
                };
                let mut rows = entries.iter().map(one).collect::<Option<Vec<_>>>()?;
                quanheng_core::number::sort_items(&mut rows, |a, b| a.row.cmp(&b.row));
                rows
            }
            _ => vec![plain(item)?],
        };
        Some(HeaderRows(rows))
    }
}

/// Rows by their numbers, or by texts with which they begin.
#[derive(Clone, Debug)]
pub(in crate::project) struct Rows(pub(in crate::project) Vec<Skip>);

impl Declared for Rows {
    fn shape() -> Shape {
        let one = [row_number(), Shape::text()];
        let list = Shape::List(Box::new(Shape::OneOf(one.to_vec())));
        Shape::OneOf(one.into_iter().chain([list]).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let one = |item: &Item| match &item.content {
            Content::Text(text) => Some(Skip::Text(text.clone())),
            _ => row(item).map(Skip::Row),
        };
        let rows = match &item.content {
            Content::List(items) => items.iter().map(one).collect::<Option<Vec<_>>>()?,
            _ => vec![one(item)?],
        };
        Some(Rows(rows))
    }
}

/// A text, or a number as it is written: 2019 and "2019" are the same period.
#[derive(Clone, Debug)]
pub(in crate::project) struct Label(pub(in crate::project) String);

impl Declared for Label {
    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::text(), Shape::Plain(Accepts::Number, None)])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Text(text) => Some(Label(text.clone())),
            Content::Number(x) => Some(Label(quanheng_words::number::exact(*x))),
            _ => None,
        }
    }
}

/// What a percent sign means: everywhere, or in the values of some indicators.
#[derive(Clone, Debug)]
pub(in crate::project) enum Percents {
    All(Percent),
    Of(By<Percent>),
}

impl Declared for Percents {
    fn shape() -> Shape {
        Shape::OneOf(vec![Percent::shape(), By::<Percent>::shape()])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(_) => By::take(item).map(Percents::Of),
            _ => Percent::take(item).map(Percents::All),
        }
    }
}
