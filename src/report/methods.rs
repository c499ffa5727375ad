//! Descriptions of the methods: the list, and one method in full.

use quanheng_core::conformance::Trial;
use quanheng_core::method::{Entry, Example, Given, Setting, Stage, Value};
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};
use quanheng_words::{text, word};

use super::declaration::Declaration;
use super::{Block, Columns, Language, Reader, Report, intermediate, number, stage_title};
use crate::ability::{ABILITIES, Ability};
use crate::project::accepted;

/// The description of a method of any kind.
#[derive(Clone, Debug)]
pub struct Description {
    /// The stage.
    pub stage: Stage,
    /// The word that selects it.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// Its source.
    pub reference: &'static str,
    /// The settings.
    pub settings: Vec<Setting>,
    /// The intermediate results that it gives.
    pub intermediate: &'static [Given],
    /// The worked example.
    pub example: Example,
    /// What the example gives when it is run now.
    pub result: Result<Vec<f64>, String>,
}

/// Every built-in method, stage by stage.
pub fn all() -> Vec<Description> {
    fn of<M: Trial + ?Sized>(stage: Stage, table: &[Entry<M>]) -> Vec<Description> {
        let describe = |entry: &Entry<M>| {
            let example = (entry.example)();
            let result = (entry.make)(&example.settings)
                .map_err(|e| format!("{e:?}"))
                .and_then(|method| method.trial(&example).map_err(|e| e.to_string()));
            Description {
                stage,
                name: entry.name,
                summary: entry.summary,
                formula: entry.formula,
                reference: entry.reference,
                settings: (entry.settings)(),
                intermediate: entry.intermediate,
                example,
                result,
            }
        };
        table.iter().map(describe).collect()
    }
    let mut all = of(Stage::Imputation, imputation::TABLE);
    all.extend(of(Stage::Treatment, treatment::TABLE));
    all.extend(of(Stage::Normalisation, normalisation::TABLE));
    all.extend(of(Stage::Weighting, weighting::TABLE));
    all.extend(of(Stage::Aggregation, aggregation::TABLE));
    all.extend(of(Stage::Tiering, tiering::TABLE));
    all
}

impl Description {
    /// Its name in a language other than English, in which its code is its name.
    pub fn title(&self, language: Language) -> Option<&'static str> {
        self.declaration().says("", language)
    }

    /// What it does, in one sentence.
    pub fn summary(&self, language: Language) -> &'static str {
        self.declaration().says("summary", language).unwrap_or(self.summary)
    }

    /// Whether a text stands in its name, summary, formula or source, in one of the languages; capital letters do not count.
    pub fn mentions(&self, text: &str) -> bool {
        let declaration = self.declaration();
        let own = [self.name, self.summary, self.formula, self.reference].map(Some);
        let other = ["", "summary", "formula", "reference"]
            .map(|what| declaration.says(what, Language::Zh));
        mentioned(text, own.into_iter().chain(other).flatten())
    }

    /// What it says of itself in other languages.
    pub fn declaration(&self) -> Declaration {
        Declaration::method(self.stage, self.name)
    }
}

/// Whether a text stands in one of several; capital letters do not count.
pub(super) fn mentioned<'a>(text: &str, mut all: impl Iterator<Item = &'a str>) -> bool {
    let wanted = text.to_lowercase();
    all.any(|said| said.to_lowercase().contains(&wanted))
}

/// What a built-in method says of itself, for reports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// Its name in the language; none in English, in which its code is its name.
    pub title: Option<&'static str>,
    /// One sentence.
    pub summary: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// Its source.
    pub reference: &'static str,
}

/// The words of a built-in method; none for a script or a plugin.
pub(super) fn words_of(stage: Stage, name: &str, language: Language) -> Option<Words> {
    fn of<M: ?Sized>(table: &'static [Entry<M>], name: &str) -> Option<[&'static str; 3]> {
        let entry = quanheng_core::method::find(table, name)?;
        Some([entry.summary, entry.formula, entry.reference])
    }
    let [summary, formula, reference] = match stage {
        Stage::Imputation => of(imputation::TABLE, name),
        Stage::Treatment => of(treatment::TABLE, name),
        Stage::Normalisation => of(normalisation::TABLE, name),
        Stage::Weighting => of(weighting::TABLE, name),
        Stage::Aggregation => of(aggregation::TABLE, name),
        Stage::Tiering => of(tiering::TABLE, name),
        Stage::System => None,
    }?;
    let declaration = Declaration::method(stage, name);
    let says = |what: &str, english| declaration.says(what, language).unwrap_or(english);
    Some(Words {
        title: declaration.says("", language),
        summary: says("summary", summary),
        formula: says("formula", formula),
        reference: says("reference", reference),
    })
}

/// The list, a row for each method; its Chinese name is there in every language.
pub fn list(methods: &[Description], language: Language) -> Report {
    let mut report = Report::default();
    for stage in Stage::ALL {
        let of: Vec<&Description> = methods.iter().filter(|m| m.stage == stage).collect();
        if of.is_empty() {
            continue;
        }
        report.blocks.push(Block::Heading(format!(
            "{} ({})",
            stage_title(stage, language),
            of.len()
        )));
        let table = Columns::<&Description>::new()
            .text("name", word!(label_method, language), |method| method.name)
            .text("zh", word!(label_chinese, language), |method| method.title(Language::Zh))
            .text("summary", word!(label_summary, language), |method| method.summary(language))
            .table(stage.name(), Reader::People, of);
        report.blocks.push(Block::Table(table));
    }
    report
}

/// One method in full: formula, reference, settings, and its example as it runs now.
pub fn show(method: &Description, language: Language) -> Report {
    let stage = stage_title(method.stage, language);
    let title = method.title(Language::Zh).unwrap_or_default();
    let declaration = method.declaration();
    let formula = declaration.says("formula", language).unwrap_or(method.formula);
    let reference = declaration.says("reference", language).unwrap_or(method.reference);
    let mut blocks = vec![
        Block::Heading(format!("{stage} · {} · {title}", method.name)),
        Block::Line(method.summary(language).to_owned()),
        Block::Line(text!(method_formula, formula = formula).render(language)),
        Block::Line(text!(method_reference, reference = reference).render(language)),
    ];
    blocks.push(settings_table(&method.settings, Some(&declaration), language));
    blocks.extend(intermediate_table(method, language));
    blocks.push(Block::Line(example(method, language)));
    Report { blocks }
}

/// One method in full, with what it can do and the methods whose orders are nearest.
pub fn whole(method: &Description, language: Language) -> Report {
    let mut report = show(method, language);
    let table = Columns::<&Ability>::new()
        .text("ability", word!(label_ability, language), |ability| ability.name)
        .text("meaning", word!(label_meaning, language), |ability| {
            (ability.words)().render(language)
        })
        .text("holds", word!(ability_holds, language), |ability| {
            match ability.of(method.stage, method.name)? {
                true => Some(word!(ability_yes, language)),
                false => Some(word!(ability_no, language)),
            }
        });
    let can = |ability: &&Ability| ability.of(method.stage, method.name).is_some();
    let known: Vec<&Ability> = ABILITIES.iter().filter(can).collect();
    if !known.is_empty() {
        report.blocks.push(Block::Line(word!(method_abilities, language).to_owned()));
        report.blocks.push(Block::Table(table.table("abilities", Reader::People, known)));
    }
    let near = crate::ability::nearest(method.stage, method.name);
    if !near.is_empty() {
        let near: Vec<String> =
            near.iter().map(|(name, r)| format!("{name} ({})", number::fixed(*r, 2))).collect();
        report.blocks.push(Block::Line(text!(method_nearest, names = near).render(language)));
    }
    report
}

/// The settings of a method in a table. Their meaning is in the language of the reader if the method is one of
/// ours, else in the words of its author.
pub(super) fn settings_table(
    settings: &[Setting],
    of: Option<&Declaration>,
    language: Language,
) -> Block {
    if settings.is_empty() {
        return Block::Line(word!(method_no_settings, language).to_owned());
    }
    let table = Columns::<&Setting>::new()
        .text("setting", word!(label_setting, language), |setting| setting.name.to_string())
        .text("accepts", word!(label_accepts, language), |setting| {
            accepted(setting).render(language)
        })
        .text("default", word!(label_default, language), |setting| {
            setting.default.as_ref().map_or("–".into(), value)
        })
        .text("doc", word!(label_meaning, language), |setting| {
            let ours = of.and_then(|of| of.setting(setting, language));
            ours.map_or_else(|| plain_doc(setting), str::to_owned)
        })
        .table("settings", Reader::People, settings);
    Block::Table(table)
}

/// The intermediate results of a method in a table, below a line that says so.
fn intermediate_table(method: &Description, language: Language) -> Vec<Block> {
    if method.intermediate.is_empty() {
        return Vec::new();
    }
    let table = Columns::<&Given>::new()
        .text("name", word!(label_name, language), |given| given.name)
        .text("sign", word!(intermediate_sign, language), |given| given.symbol)
        .text("of", word!(intermediate_of, language), |given| {
            intermediate::shape_words(given.shape, language)
        })
        .text("meaning", word!(label_meaning, language), |given| {
            intermediate::summary(method.stage, method.name, given, language)
        })
        .table("intermediate", Reader::People, method.intermediate);
    vec![Block::Line(word!(method_intermediate, language).to_owned()), Block::Table(table)]
}

/// The words of a doc comment, whose lines end where the source has room.
fn plain_doc(setting: &Setting) -> String {
    setting.doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The example in lines of text: settings, input, result, source.
fn example(method: &Description, language: Language) -> String {
    let example = &method.example;
    let mut text = word!(method_example, language).to_owned();
    for (name, setting) in &example.settings.0 {
        text.push_str(&format!("\n  {name} = {}", value(setting)));
    }
    for (k, column) in example.columns.iter().enumerate() {
        text.push_str(&format!("\n  x{}: {}", k + 1, row(column)));
    }
    for (name, figures) in [
        (word!(method_weights, language), &example.weights),
        (word!(method_stated, language), &example.stated),
        (word!(method_full_marks, language), &example.full_marks),
    ] {
        if !figures.is_empty() {
            text.push_str(&format!("\n  {name}: {}", row(figures)));
        }
    }
    match &method.result {
        Ok(result) => text.push_str(&format!("\n  → {}", row(result))),
        Err(words) => text.push_str(&format!("\n  → {words}")),
    }
    let source = method.declaration().source(&example.source, language);
    text.push_str(&format!("\n  ({})", source.unwrap_or(&example.source)));
    text
}

fn row(figures: &[f64]) -> String {
    let text = |x: &f64| if x.is_nan() { "·".to_owned() } else { number::short(*x) };
    figures.iter().map(text).collect::<Vec<_>>().join("  ")
}

/// A setting's value as it is written in a project file.
pub fn value(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(x) => number::exact(*x),
        Value::Text(text) => format!("\"{text}\""),
        Value::List(items) => {
            format!("[{}]", items.iter().map(self::value).collect::<Vec<_>>().join(", "))
        }
        Value::Table(items) => {
            let items = items.iter().map(|(k, v)| format!("{k} = {}", self::value(v)));
            format!("{{ {} }}", items.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Every method as Markdown: docs/methods.md.
pub fn document(all: &[Description]) -> String {
    let mut text = String::from(
        "# Methods\n\nWritten by `quanheng methods document` from what the methods say of themselves; every example is run \
         when this page is written and when the tests run.\n\n",
    );
    let mut stage = None;
    for method in all {
        if stage != Some(method.stage) {
            text.push_str(&format!("## {}\n\n", method.stage.name()));
            stage = Some(method.stage);
        }
        let report = show(method, Language::En);
        for block in &report.blocks {
            let one = Report { blocks: vec![block.clone()] };
            match block {
                Block::Heading(_) => {
                    let title = method.title(Language::Zh).unwrap_or_default();
                    text.push_str(&format!("### {} {title}\n\n", method.name));
                }
                Block::Line(words) if words.starts_with("Example:") => {
                    text.push_str(&format!("```text\n{words}\n```\n\n"));
                }
                _ => text.push_str(&super::render::markdown::render(&one, Language::En, 4)),
            }
        }
    }
    text
}
