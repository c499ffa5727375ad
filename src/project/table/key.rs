//! What is declared of a key.

use std::borrow::Cow;

use quanheng_core::method::{Accepts, GREATEST_WHOLE, Setting, Stage, Value};

use super::Declared;
use crate::data::table::FileColumn;

/// A key of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(in crate::project) name: Cow<'static, str>,
    pub(in crate::project) shape: Shape,
    /// What it is where it is left out, if that is always the same.
    pub(in crate::project) default: Option<Value>,
    /// Whether it must be stated.
    pub(in crate::project) needed: bool,
    pub(in crate::project) doc: Cow<'static, str>,
}

impl Key {
    /// A key that is read into a `T`.
    pub(in crate::project) fn of<T: Declared>(
        name: &'static str,
        doc: &'static str,
        range: Option<(f64, f64)>,
        default: Option<T>,
    ) -> Key {
        Key {
            name: name.trim_start_matches("r#").into(),
            shape: match range {
                Some(range) => T::shape().within(range),
                None => T::shape(),
            },
            needed: default.is_none() && T::needed(),
            default: default.and_then(|x| x.shown()),
            doc: doc.trim().replace("\n ", "\n").into(),
        }
    }
}

impl Key {
    /// A whole file, as a value without a key.
    pub(in crate::project) fn whole<T: Declared>() -> Key {
        Key::of::<T>("", "", None, None)
    }
}

/// A key that the core declares: a setting of a method, or of a part of a methodology.
impl From<&Setting> for Key {
    fn from(setting: &Setting) -> Key {
        Key {
            name: setting.name.clone(),
            shape: match &setting.accepts {
                Accepts::ChoiceOrWhole { words, least, greatest } => Shape::OneOf(vec![
                    Shape::Plain(Accepts::Choice(words.clone()), None),
                    Shape::Plain(Accepts::Whole, Some((*least, *greatest))),
                ]),
                accepts => Shape::Plain(accepts.clone(), setting.range),
            },
            default: setting.default.clone(),
            needed: false,
            doc: setting.doc.clone(),
        }
    }
}

/// A column of a file.
impl From<&FileColumn> for Key {
    fn from(column: &FileColumn) -> Key {
        let FileColumn { name, doc, needed } = *column;
        Key { name: name.into(), shape: Shape::text(), default: None, needed, doc: doc.into() }
    }
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A value such as a setting of a method has; its numbers lie between two ends, both inclusive.
    Plain(Accepts, Option<(f64, f64)>),
    /// A text of one character.
    Character,
    /// The label of an encoding.
    Encoding,
    /// A list of such values.
    List(Box<Shape>),
    /// A table with these keys.
    Table(Vec<Key>),
    /// A table with these keys; where it states one of `by`, with further keys, which are settings.
    Open { keys: Vec<Key>, by: Vec<String> },
    /// A table of such values, each under a key of the user's: a code, a node, a language.
    By(Box<Shape>),
    /// Any of these, which differ in what they are in TOML: a text, a number, a list, a table.
    OneOf(Vec<Shape>),
    /// A choice of a method of this stage.
    Choice(Stage),
    /// Anything; its form is checked elsewhere.
    Any,
    /// Such a value, which is compared with its declaration by what reads it: options of a multiverse can stand in its
    /// place.
    Later(Box<Shape>),
}

impl Shape {
    /// A text.
    pub(in crate::project) fn text() -> Shape {
        Shape::Plain(Accepts::Text, None)
    }

    /// The same with numbers of this range only.
    fn within(self, range: (f64, f64)) -> Shape {
        match self {
            Shape::Plain(accepts, _) => Shape::Plain(accepts, Some(range)),
            Shape::List(shape) => Shape::List(Box::new(shape.within(range))),
            Shape::By(shape) => Shape::By(Box::new(shape.within(range))),
            Shape::OneOf(shapes) => {
                Shape::OneOf(shapes.into_iter().map(|shape| shape.within(range)).collect())
            }
            other => other,
        }
    }

    /// The least and the greatest number that it accepts, and whether they must be whole; `None` where it accepts no
    /// number, or any.
    pub(in crate::project) fn range(&self) -> Option<(f64, f64, bool)> {
        match self {
            Shape::Plain(Accepts::Whole, range) => {
                let (least, greatest) = range.unwrap_or((0.0, GREATEST_WHOLE));
                Some((least, greatest, true))
            }
            Shape::Plain(Accepts::Number, Some((least, greatest))) => {
                Some((*least, *greatest, false))
            }
            _ => None,
        }
    }
}
