//! Every text that a person reads, in Chinese and English, and the one place where numbers become text.
//!
//! The texts stand in `en.ftl` and `zh.ftl`, which a translator can edit without reading Rust. The build turns them into
//! static tables, so that nothing is parsed when the program runs, and a text or a slot that is missing does not compile:
//!
//! ```
//! use quanheng_words::{Language, text};
//!
//! let problem = text!(unreadable, file = "values.csv", reason = "no such file");
//! assert_eq!(problem.render(Language::En), "values.csv cannot be read: no such file");
//! assert_eq!(problem.render(Language::Zh), "无法读取 values.csv：no such file");
//! ```

pub mod date;
mod language;
pub mod number;
mod text;
mod visible;
mod wire;

pub use language::Language;
#[doc(hidden)]
pub use text::are_slots;
pub use text::{Message, Slot, Text};
pub use visible::{is_invisible, visible};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The translation of something that is declared in the code in English: a method, a part of a methodology, a command.
///
/// `id` has a hyphen, as `method-normalisation-min_max`; `attribute` is the part that is asked for, as `summary`, and
/// empty for the name. None in English, where the declaration itself has the text.
pub fn declared(language: Language, id: &str, attribute: &str) -> Option<&'static str> {
    match language {
        Language::En => None,
        Language::Zh => {
            let found = DECLARED.binary_search_by(|((i, a), _)| (*i, *a).cmp(&(id, attribute)));
            found.ok().map(|at| DECLARED[at].1)
        }
    }
}

/// Everything that [`declared`] knows: ids with their attributes, in alphabetical order.
pub fn declared_ids() -> impl Iterator<Item = (&'static str, &'static str)> {
    DECLARED.iter().map(|(id, _)| *id)
}

/// Makes a [`Text`] of a message: `text!(unreadable, file = name, reason = why)`.
///
/// The message and its slots are those of `en.ftl` and `zh.ftl`; one that is missing does not compile.
#[macro_export]
macro_rules! text {
    ($key:ident $(, $slot:ident = $value:expr)* $(,)?) => {{
        const { assert!(
            $crate::are_slots($crate::slots::$key, &[$(stringify!($slot)),*]),
            "these are not the slots of this message in words/en.ftl"
        ) };
        $crate::Text::of(&$crate::key::$key, ::std::vec![$((stringify!($slot), $crate::Slot::from($value))),*])
    }};
}

/// The words of a message without slots, in a language: `word!(head_rank, language)`.
#[macro_export]
macro_rules! word {
    ($key:ident, $language:expr) => {{
        const { assert!($crate::slots::$key.is_empty(), "this message has slots: use text!") };
        $crate::key::$key.word($language)
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(IDS.is_sorted());
        assert!(DECLARED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn messages_in_both_languages() {
        let problem = text!(unreadable, reason = "denied", file = "a.csv".to_owned());
        assert_eq!(problem.to_string(), "a.csv cannot be read: denied");
        assert_eq!(problem.render(Language::Zh), "无法读取 a.csv：denied");
        assert_ne!(problem, text!(unreadable, reason = "denied", file = "b.csv"));
        assert_eq!(Text::plain("as it is").render(Language::Zh), "as it is");
    }

    #[test]
    fn plural_forms() {
        let more = |count: usize| text!(list_more, names = "`a`", count = count);
        assert_eq!(more(1).render(Language::En), "`a` and 1 more");
        assert_eq!(more(2).render(Language::Zh), "`a` 等，另有 2 个");
    }

    #[test]
    fn lists() {
        let names: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        let list = text!(one_of, names = names);
        assert_eq!(list.render(Language::En), "one of `a`, `b`, `c`");
        assert_eq!(list.render(Language::Zh), "可用：`a`、`b`、`c`");
        let many: Vec<String> = (0..30).map(|i| i.to_string()).collect();
        assert!(text!(one_of, names = many).to_string().ends_with("`23` and 6 more"));
    }
}
