//! What methods, bundled scripts and properties say of themselves, in the language of the reader. Their English stands in
//! the declaration, their Chinese in `words/zh.ftl`.

use quanheng_core::method::{Setting, Stage};
use quanheng_words::{Language, declared};

/// Something declared, by the entries of `words/zh.ftl` in which its Chinese stands: its own, then that of what does
/// the same.
#[derive(Clone, Debug)]
pub struct Declaration {
    ids: Vec<String>,
}

impl Declaration {
    /// A built-in method.
    pub fn method(stage: Stage, name: &str) -> Declaration {
        Declaration { ids: vec![format!("method-{}-{name}", stage.name())] }
    }

    /// A bundled script, such as `weighting/entropy.rhai`. A built-in method of the same stage and name does the same.
    pub fn script(name: &str) -> Declaration {
        let code = name.trim_end_matches(".rhai").replace('/', "-");
        Declaration { ids: vec![format!("script-{code}"), format!("method-{code}")] }
    }

    /// A property that an audit tests.
    pub fn property(name: &str) -> Declaration {
        Declaration { ids: vec![format!("property-{name}")] }
    }

    /// A statistic of a comparison or of an indicator.
    pub fn statistic(name: &str) -> Declaration {
        Declaration { ids: vec![format!("statistic-{name}")] }
    }

    /// A rule by which one ranking is made of several.
    pub fn consensus(name: &str) -> Declaration {
        Declaration { ids: vec![format!("consensus-{name}")] }
    }

    /// A section of a description.
    pub fn section(name: &str) -> Declaration {
        Declaration { ids: vec![format!("section-{name}")] }
    }

    /// An analysis of results; `columns` are the columns of all analyses.
    pub fn analysis(name: &str) -> Declaration {
        Declaration { ids: vec![format!("analysis-{name}")] }
    }

    /// A kind of chart.
    pub fn chart(name: &str) -> Declaration {
        Declaration { ids: vec![format!("chart-{name}")] }
    }

    /// The entry that has the attribute.
    pub fn stands_in(&self, attribute: &str) -> Option<&str> {
        let has = |id: &&String| declared(Language::Zh, id, attribute).is_some();
        self.ids.iter().find(has).map(String::as_str)
    }

    /// What it says: the name if the attribute is empty, else the `summary`, the `formula`, the `reference`, the
    /// `source` of the example, or what the setting of this name means. None in English.
    pub fn says(&self, attribute: &str, language: Language) -> Option<&'static str> {
        declared(language, self.stands_in(attribute)?, attribute)
    }

    /// What a setting means: as the declaration has it, or as all settings of this name have it.
    pub fn setting(&self, setting: &Setting, language: Language) -> Option<&'static str> {
        self.says(&setting.name, language)
            .or_else(|| declared(language, &format!("setting-{}", setting.name), ""))
    }

    /// Where the figures of the example come from; what several say in the same words stands in an entry of its own.
    pub fn source(&self, english: &str, language: Language) -> Option<&'static str> {
        self.says("source", language)
            .or_else(|| declared(language, &format!("source-{}", english.replace(' ', "-")), ""))
    }
}
