//! The types that values of the project file are read into.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};

use indexmap::IndexMap;
use quanheng_core::method::Value;
use quanheng_core::model::Names;

use super::{Declared, Shape};
use crate::data::encoding::Encoding;
use crate::project::choices;
use crate::project::value::{Content, Entry, Item};

/// A value with its place.
#[derive(Clone, Debug)]
pub(in crate::project) struct At<T> {
    pub(in crate::project) value: T,
    pub(in crate::project) span: Range<usize>,
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Declared> Declared for At<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn take(item: &Item) -> Option<Self> {
        Some(At { value: T::take(item)?, span: item.span.clone() })
    }
}

impl<T: Declared> Declared for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn take(item: &Item) -> Option<Self> {
        T::take(item).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// A value that can be left out. A table in which it is wrong is not read: that it is there means something.
#[derive(Clone, Debug)]
pub(in crate::project) struct Firm<T>(pub(in crate::project) Option<At<T>>);

impl<T: Declared> Declared for Firm<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn take(item: &Item) -> Option<Self> {
        At::take(item).map(|value| Firm(Some(value)))
    }

    fn absent() -> Option<Self> {
        Some(Firm(None))
    }

    fn instead() -> Option<Self> {
        None
    }
}

/// A table of the file that can be wrong without hiding what is wrong elsewhere.
#[derive(Clone, Debug)]
pub(in crate::project) struct Section<T> {
    /// What it says; `None` where it has something wrong in it.
    pub(in crate::project) table: Option<T>,
    pub(in crate::project) span: Range<usize>,
}

impl<T: Declared> Declared for Section<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn take(item: &Item) -> Option<Self> {
        Some(Section { table: T::take(item), span: item.span.clone() })
    }

    fn absent() -> Option<Self> {
        Some(Section { table: T::absent(), span: 0..0 })
    }

    fn needed() -> bool {
        T::needed()
    }
}

/// A table, or a list of tables; each can be wrong without hiding what is wrong in the others.
#[derive(Clone, Debug)]
pub(in crate::project) struct Several<T>(pub(in crate::project) Vec<Section<T>>);

impl<T: Declared> Declared for Several<T> {
    fn shape() -> Shape {
        Shape::OneOf(vec![T::shape(), Shape::List(Box::new(T::shape()))])
    }

    fn take(item: &Item) -> Option<Self> {
        let items = match &item.content {
            Content::List(items) => items.as_slice(),
            _ => std::slice::from_ref(item),
        };
        items.iter().map(Section::take).collect::<Option<_>>().map(Several)
    }

    fn absent() -> Option<Self> {
        Some(Several(Vec::new()))
    }
}

/// A value, or several in a list.
#[derive(Clone, Debug)]
pub(in crate::project) struct OneOrMore<T>(pub(in crate::project) Vec<T>);

impl<T: Declared> Declared for OneOrMore<T> {
    fn shape() -> Shape {
        Shape::OneOf(vec![T::shape(), Shape::List(Box::new(T::shape()))])
    }

    fn take(item: &Item) -> Option<Self> {
        let items = match &item.content {
            Content::List(items) => items.as_slice(),
            _ => std::slice::from_ref(item),
        };
        items.iter().map(T::take).collect::<Option<_>>().map(OneOrMore)
    }
}

/// Tables under codes of the user's, in stated order.
#[derive(Clone, Debug)]
pub(in crate::project) struct By<T>(pub(in crate::project) Vec<One<T>>);

/// One of the tables in a [`By`].
#[derive(Clone, Debug)]
pub(in crate::project) struct One<T> {
    pub(in crate::project) code: String,
    /// Where the code stands.
    pub(in crate::project) span: Range<usize>,
    /// What the table says; `None` where it has something wrong in it.
    pub(in crate::project) table: Option<T>,
}

impl<T> By<T> {
    /// The codes, in stated order.
    pub(in crate::project) fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|one| one.code.as_str())
    }

    /// Something of each table that has nothing wrong in it, by code.
    pub(in crate::project) fn about<U>(&self, of: impl Fn(&T) -> U) -> IndexMap<String, U> {
        let each = |one: &One<T>| Some((one.code.clone(), of(one.table.as_ref()?)));
        self.0.iter().filter_map(each).collect()
    }
}

impl<T> Default for By<T> {
    fn default() -> Self {
        By(Vec::new())
    }
}

impl<T: Declared> Declared for By<T> {
    fn shape() -> Shape {
        Shape::By(Box::new(T::shape()))
    }

    fn take(item: &Item) -> Option<Self> {
        let Content::Table(entries) = &item.content else { return None };
        let one = |entry: &Entry| One {
            code: entry.key.clone(),
            span: entry.span.clone(),
            table: T::take(&entry.item),
        };
        Some(By(entries.iter().map(one).collect()))
    }

    fn absent() -> Option<Self> {
        Some(By::default())
    }
}

/// A text, or several in a list.
#[derive(Clone, Debug)]
pub(in crate::project) struct Texts(pub(in crate::project) Vec<At<String>>);

impl Texts {
    /// Texts that stand nowhere.
    pub(in crate::project) fn of(texts: &[&str]) -> Texts {
        Texts(texts.iter().map(|text| At { value: (*text).to_owned(), span: 0..0 }).collect())
    }

    /// The texts, without where they stand.
    pub(in crate::project) fn values(&self) -> Vec<String> {
        self.0.iter().map(|text| text.value.clone()).collect()
    }
}

impl Declared for Texts {
    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::text(), Shape::List(Box::new(Shape::text()))])
    }

    fn take(item: &Item) -> Option<Self> {
        let texts = match &item.content {
            Content::List(items) => items.iter().map(At::take).collect::<Option<_>>()?,
            _ => vec![At::take(item)?],
        };
        Some(Texts(texts))
    }

    fn shown(&self) -> Option<Value> {
        Some(Value::List(self.0.iter().map(|text| Value::Text(text.value.clone())).collect()))
    }
}

impl Declared for Names {
    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::text(), Shape::By(Box::new(Shape::text()))])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(entries) => {
                let name = |e: &Entry| Some((e.key.clone(), String::take(&e.item)?));
                Some(Names::new(entries.iter().map(name).collect::<Option<Vec<_>>>()?))
            }
            _ => Some(Names::plain(String::take(item)?)),
        }
    }

    fn absent() -> Option<Self> {
        Some(Names::default())
    }
}

/// One character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::project) struct Character(pub(in crate::project) char);

impl Declared for Character {
    fn shape() -> Shape {
        Shape::Character
    }

    fn take(item: &Item) -> Option<Self> {
        let text = String::take(item)?;
        let mut characters = text.chars();
        let first = characters.next()?;
        characters.next().is_none().then_some(Character(first))
    }
}

impl Declared for Encoding {
    fn shape() -> Shape {
        Shape::Encoding
    }

    fn take(item: &Item) -> Option<Self> {
        Encoding::of(&String::take(item)?)
    }
}

/// Files: a name, a table that has more to say of one, or a list of these.
#[derive(Clone, Debug)]
pub(in crate::project) struct Files<T>(pub(in crate::project) Vec<Named<T>>);

/// A file, by its name alone or by a table.
#[derive(Clone, Debug)]
pub(in crate::project) enum Named<T> {
    Name(String),
    Table(T),
}

impl<T: Declared> Declared for Files<T> {
    fn shape() -> Shape {
        let one = [Shape::text(), T::shape()];
        let list = Shape::List(Box::new(Shape::OneOf(one.to_vec())));
        Shape::OneOf(one.into_iter().chain([list]).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let items = match &item.content {
            Content::List(items) => items.as_slice(),
            _ => std::slice::from_ref(item),
        };
        let one = |item: &Item| match &item.content {
            Content::Text(name) => Some(Named::Name(name.clone())),
            _ => T::take(item).map(Named::Table),
        };
        items.iter().map(one).collect::<Option<_>>().map(Files)
    }
}

/// One file, by its name alone or by a table.
#[derive(Clone, Debug)]
pub(in crate::project) struct OneFile<T>(pub(in crate::project) Named<T>);

impl<T: Declared> Declared for OneFile<T> {
    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::text(), T::shape()])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Text(name) => Some(OneFile(Named::Name(name.clone()))),
            _ => T::take(item).map(|table| OneFile(Named::Table(table))),
        }
    }
}

/// A choice of a method, which is read with the scripts and plugins of the project.
pub(in crate::project) struct Chosen<M: ?Sized> {
    pub(in crate::project) item: Item,
    of: PhantomData<M>,
}

impl<M: ?Sized> Clone for Chosen<M> {
    fn clone(&self) -> Self {
        Chosen { item: self.item.clone(), of: PhantomData }
    }
}

impl<M: ?Sized> fmt::Debug for Chosen<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.item.fmt(f)
    }
}

impl<M: choices::Kind + ?Sized> Declared for Chosen<M> {
    fn shape() -> Shape {
        Shape::Choice(<M as choices::Kind>::STAGE)
    }

    fn take(item: &Item) -> Option<Self> {
        Some(Chosen { item: item.clone(), of: PhantomData })
    }
}

/// A value that is read later, with what is known then.
impl Declared for Item {
    fn shape() -> Shape {
        Shape::Any
    }

    fn take(item: &Item) -> Option<Self> {
        Some(item.clone())
    }
}

macro_rules! plain {
    ($($ty:ty),+ $(,)?) => { $(
        impl $crate::project::table::Declared for $ty {
            fn shape() -> $crate::project::table::Shape {
                let accepts = <$ty as quanheng_core::method::FromValue>::accepts();
                $crate::project::table::Shape::Plain(accepts, None)
            }

            fn take(item: &$crate::project::value::Item) -> Option<Self> {
                quanheng_core::method::FromValue::from_value(&item.setting())
            }

            fn shown(&self) -> Option<quanheng_core::method::Value> {
                quanheng_core::method::FromValue::to_value(self)
            }
        }
    )+ };
}
pub(in crate::project) use plain;

plain!(String, bool, f64, u32, u64, usize);
