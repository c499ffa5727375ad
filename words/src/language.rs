//! The languages.

use std::str::FromStr;

/// A language of messages and reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Language {
    /// The language tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }

    /// The language of a locale name as the environment has it, such as `zh_CN.UTF-8`: English unless it is Chinese.
    pub fn of_locale(name: &str) -> Language {
        if name.to_ascii_lowercase().starts_with("zh") { Language::Zh } else { Language::En }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        match tag {
            "zh" => Ok(Language::Zh),
            "en" => Ok(Language::En),
            _ => Err(format!("`{tag}` is neither `zh` nor `en`")),
        }
    }
}
