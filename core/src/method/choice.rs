//! Settings that are one of a few words.

/// Declares an enum whose variants are words in a project file.
///
/// ```
/// quanheng_core::method::choice! {
///     /// How equal scores are ranked.
///     pub enum Ties { Competition = "competition", Dense = "dense" }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __choice {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal $(| $also:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant is its word")]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// The word in a project file.
            #[allow(dead_code, reason = "not every choice is printed")]
            $vis fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl $crate::method::FromValue for $name {
            fn accepts() -> $crate::method::Accepts {
                $crate::method::Accepts::Choice(vec![$($word.to_owned() $(, $also.to_owned())*),+])
            }
            fn from_value(value: &$crate::method::Value) -> Option<Self> {
                match value.text()? { $($word $(| $also)* => Some($name::$variant),)+ _ => None }
            }
            fn to_value(&self) -> Option<$crate::method::Value> {
                Some($crate::method::Value::Text(self.word().to_owned()))
            }
        }
    };
}

pub use crate::__choice as choice;
