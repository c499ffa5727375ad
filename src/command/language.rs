//! Which language the program speaks.

use std::path::Path;

use crate::project;
use crate::report::Language;

/// Reads the value of `--lang`.
pub(super) fn parse(tag: &str) -> Result<Language, String> {
    tag.parse()
}

/// The language that is asked for; else that of the project, even one in which something is wrong; else that of the
/// system.
pub(super) fn of(asked: Option<Language>, project: Option<&Path>) -> Language {
    asked.or_else(|| project.and_then(project::language_of)).unwrap_or_else(of_system)
}

/// The language of the system.
fn of_system() -> Language {
    of_environment(|name| std::env::var(name).ok())
}

/// The language of messages as POSIX has it: the first of these variables that is not empty says which. What is neither
/// Chinese nor English is English.
fn of_environment(value: impl Fn(&str) -> Option<String>) -> Language {
    let first = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(value)
        .find(|value| !value.is_empty());
    first.map_or(Language::En, |locale| Language::of_locale(&locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_not_empty_says_which() {
        for (variables, language) in [
            (&[][..], Language::En),
            (&[("LANG", "zh_CN.UTF-8")], Language::Zh),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Language::En),
            (&[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "zh_TW"), ("LC_ALL", "")], Language::Zh),
            (&[("LANG", "de_DE.UTF-8")], Language::En),
        ] {
            let value = |name: &str| {
                let found = variables.iter().find(|(of, _)| *of == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(of_environment(value), language, "{variables:?}");
        }
    }

    #[test]
    fn a_project_says_its_language_though_it_is_broken() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("quanheng.toml");
        for (text, language) in [
            ("[project]\nlanguage = \"zh\"\n", Some(Language::Zh)),
            (
                "[project]\nlanguage = \"en\"\n[data]\nregions = \"there is none\"\n",
                Some(Language::En),
            ),
            (
                "[project]\nlanguage = \"zh\"\nlanguage = 1\n[data\nvalues == 3\n",
                Some(Language::Zh),
            ),
            ("[project]\nlanguage = \"fr\"\n", None),
            ("[project]\nlanguage = 3\n", None),
            ("", None),
        ] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(project::language_of(folder.path()), language, "{text}");
            assert_eq!(project::language_of(&file), language, "{text}");
        }
        assert_eq!(project::language_of(&folder.path().join("nowhere")), None);
    }
}
