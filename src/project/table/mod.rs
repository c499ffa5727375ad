//! Tables of the project file: each key is declared once, as a field of a struct.
//!
//! [`table!`] makes of a declaration the struct and its [`Keys`]. The reader ([`fits`]) refuses what is not declared,
//! and the JSON Schema ([`schema`]) and `docs/project-file.md` ([`document`]) are made of the same keys. A key that is
//! declared and that nothing reads is a field that is never read, which does not compile.

mod document;
#[cfg(test)]
mod effects;
mod fits;
mod key;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod types;

pub use document::document;
pub(super) use fits::KeyPath;
pub(crate) use fits::accepted;
pub(super) use key::{Key, Shape};
pub(super) use rows::{HeaderRows, Label, Percents, Rows};
pub use schema::schema_text;
pub(super) use types::{
    At, By, Character, Chosen, Files, Firm, Named, One, OneFile, OneOrMore, Section, Several,
    Texts, plain,
};

use super::reader::find;
use super::value::{Content, Entry, Item};
use quanheng_core::method::Value;

/// A type that a value of the project file can be read into.
pub(super) trait Declared: Sized {
    /// What it accepts.
    fn shape() -> Shape;

    /// Reads a value. `None` for one that does not fit: what is wrong with it was said when the file was compared with
    /// its declaration.
    fn take(item: &Item) -> Option<Self>;

    /// What it is where the key is left out; `None` for a key that must be stated.
    fn absent() -> Option<Self> {
        None
    }

    /// What is read on with in place of a value that does not fit, so that the rest of the table can be looked at too.
    fn instead() -> Option<Self> {
        Self::absent()
    }

    /// Whether a key that is left out is a problem.
    fn needed() -> bool {
        Self::absent().is_none()
    }

    /// The value as it is written in a project file, for documents and the schema.
    fn shown(&self) -> Option<Value> {
        None
    }
}

/// A table as it is declared.
pub(super) trait Keys: Sized {
    /// Its keys.
    fn keys() -> Vec<Key>;

    /// Reads them. `None` where one of them does not fit, or one is missing.
    fn of(entries: &[Entry]) -> Option<Self>;
}

/// Reads the value of one key.
pub(super) fn field<T: Declared>(
    entries: &[Entry],
    key: &str,
    range: Option<(f64, f64)>,
    default: Option<T>,
) -> Option<T> {
    let in_range = |item: &Item| match (&item.content, range) {
        (Content::Number(x), Some((least, greatest))) => (least..=greatest).contains(x),
        _ => true,
    };
    match find(entries, key) {
        Some(item) => T::take(item).filter(|_| in_range(item)).or(default).or_else(T::instead),
        None => default.or_else(T::absent),
    }
}

/// Declares a table: the documentation, the name, the type, the range if there is one, and the default of each key.
///
/// ```ignore
/// table! {
///     /// What the scripts of the project may use in one call.
///     pub(super) struct Scripts {
///         /// The seconds that one call may take.
///         seconds: f64 [1, 86_400] = 20.0,
///         ..limits: Limits,
///     }
/// }
/// ```
/// `..limits: Limits` puts the keys of another table into this one. `; rest by [script]` at the end allows further keys
/// wherever the table states the key `script`.
macro_rules! table {
    ($(#[doc = $doc:literal])+ $vis:vis struct $name:ident {
        $($(#[doc = $key_doc:literal])+ $key:ident: $ty:ty $([$least:expr, $greatest:expr])? $(= $default:expr)?,)*
        $(..$shared:ident: $shared_ty:ty,)*
        $(; $rest:ident by [$($opener:literal),+])?
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        #[deny(dead_code)]
        $vis struct $name {
            $($(#[doc = $key_doc])+ pub(in crate::project) $key: $ty,)*
            $(
                #[doc = "Keys that stand in several tables."]
                pub(in crate::project) $shared: $shared_ty,
            )*
            $(
                #[doc = "Further keys, which are settings."]
                pub(in crate::project) $rest: Vec<$crate::project::value::Entry>,
            )?
        }

        impl $crate::project::table::Keys for $name {
            fn keys() -> Vec<$crate::project::table::Key> {
                #[allow(unused_mut, reason = "a table may share no keys")]
                let mut keys = vec![$($crate::project::table::Key::of::<$ty>(
                    stringify!($key),
                    concat!($($key_doc, "\n"),+),
                    None $(.or(Some(($least as f64, $greatest as f64))))?,
                    None $(.or(Some::<$ty>($default)))?,
                )),*];
                $(keys.extend(<$shared_ty as $crate::project::table::Keys>::keys());)*
                keys
            }

            fn of(entries: &[$crate::project::value::Entry]) -> Option<Self> {
                Some($name {
                    $($key: $crate::project::table::field(
                        entries,
                        stringify!($key).trim_start_matches("r#"),
                        None $(.or(Some(($least as f64, $greatest as f64))))?,
                        None $(.or(Some::<$ty>($default)))?,
                    )?,)*
                    $($shared: <$shared_ty as $crate::project::table::Keys>::of(entries)?,)*
                    $($rest: {
                        let keys = <Self as $crate::project::table::Keys>::keys();
                        let further = entries.iter().filter(|e| keys.iter().all(|k| k.name != e.key));
                        further.cloned().collect()
                    },)?
                })
            }
        }

        impl $crate::project::table::Declared for $name {
            fn shape() -> $crate::project::table::Shape {
                let keys = <Self as $crate::project::table::Keys>::keys();
                let openers: &[&str] = &[$($($opener),+)?];
                match openers.is_empty() {
                    true => $crate::project::table::Shape::Table(keys),
                    false => $crate::project::table::Shape::Open {
                        keys,
                        by: openers.iter().map(|o| (*o).to_owned()).collect(),
                    },
                }
            }

            fn take(item: &$crate::project::value::Item) -> Option<Self> {
                match &item.content {
                    $crate::project::value::Content::Table(entries) => {
                        <Self as $crate::project::table::Keys>::of(entries)
                    }
                    _ => None,
                }
            }

            fn absent() -> Option<Self> {
                <Self as $crate::project::table::Keys>::of(&[])
            }
        }
    };
}
pub(super) use table;
