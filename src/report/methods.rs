//! What the methods say of themselves: the list, and one whole.

use quanheng_core::conformance::Trial;
use quanheng_core::method::{Accepts, Entry, Example, Setting, Stage, Value};
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};

use super::{Block, Cell, Head, Language, Report, Table, number};

/// What a method says of itself, whatever its kind.
#[derive(Clone, Debug)]
pub struct Description {
    /// The stage.
    pub stage: Stage,
    /// The word that selects it.
    pub name: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// Its source.
    pub reference: &'static str,
    /// The settings.
    pub settings: Vec<Setting>,
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
                zh: entry.zh,
                summary: entry.summary,
                formula: entry.formula,
                reference: entry.reference,
                settings: (entry.settings)(),
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

/// The list, a line a method.
pub fn list(methods: &[Description], language: Language) -> Report {
    let mut report = Report::default();
    for stage in Stage::ALL {
        let rows: Vec<Vec<Cell>> = methods
            .iter()
            .filter(|m| m.stage == stage)
            .map(|m| vec![Cell::text(m.name), Cell::text(m.zh), Cell::text(m.summary)])
            .collect();
        if rows.is_empty() {
            continue;
        }
        report.blocks.push(Block::Heading(format!("{} ({})", stage.name(), rows.len())));
        let columns = vec![
            Head::new("name", language.method()),
            Head::new("zh", language.chinese()),
            Head::new("summary", language.summary()),
        ];
        report.blocks.push(Block::Table(Table { name: stage.name().into(), columns, rows }));
    }
    report
}

/// One method whole: formula, reference, settings, and its example as it runs now.
pub fn show(method: &Description) -> Report {
    let mut blocks = vec![
        Block::Heading(format!("{} · {} · {}", method.stage.name(), method.name, method.zh)),
        Block::Line(method.summary.to_owned()),
        Block::Line(format!("Formula: {}", method.formula)),
        Block::Line(format!("Reference: {}", method.reference)),
    ];
    blocks.push(settings_table(&method.settings));
    blocks.push(Block::Line(example(method)));
    Report { blocks }
}

/// The settings of a method in a table.
pub(super) fn settings_table(settings: &[Setting]) -> Block {
    if settings.is_empty() {
        Block::Line("Settings: none".into())
    } else {
        let columns = vec![
            Head::new("setting", "Setting"),
            Head::new("accepts", "Accepts"),
            Head::new("default", "Default"),
            Head::new("doc", "Meaning"),
        ];
        let rows = settings.iter().map(|s| {
            vec![
                Cell::text(s.name.to_string()),
                Cell::Text(accepts(s)),
                Cell::Text(s.default.as_ref().map_or("–".into(), value)),
                Cell::Text(s.doc.replace("\n", " ")),
            ]
        });
        let rows = rows.collect();
        Block::Table(Table { name: "settings".into(), columns, rows })
    }
}

/// The example in lines of text: settings, input, result, source.
fn example(method: &Description) -> String {
    let example = &method.example;
    let mut text = String::from("Example:");
    for (name, setting) in &example.settings.0 {
        text.push_str(&format!("\n  {name} = {}", value(setting)));
    }
    for (k, column) in example.columns.iter().enumerate() {
        text.push_str(&format!("\n  x{}: {}", k + 1, row(column)));
    }
    for (name, figures) in [
        ("weights", &example.weights),
        ("stated", &example.stated),
        ("full marks", &example.full_marks),
    ] {
        if !figures.is_empty() {
            text.push_str(&format!("\n  {name}: {}", row(figures)));
        }
    }
    match &method.result {
        Ok(result) => text.push_str(&format!("\n  → {}", row(result))),
        Err(words) => text.push_str(&format!("\n  → {words}")),
    }
    text.push_str(&format!("\n  ({})", example.source));
    text
}

fn row(figures: &[f64]) -> String {
    let text = |x: &f64| if x.is_nan() { "·".to_owned() } else { number::short(*x) };
    figures.iter().map(text).collect::<Vec<_>>().join("  ")
}

/// What a setting accepts, in words.
pub fn accepts(setting: &Setting) -> String {
    let range = setting.range.map(|(least, greatest)| match (least, greatest) {
        (least, f64::INFINITY) => format!(" ≥ {}", number::short(least)),
        (least, greatest) => format!(" {} … {}", number::short(least), number::short(greatest)),
    });
    let kind = match &setting.accepts {
        Accepts::Bool => "true or false".to_owned(),
        Accepts::Number => "number".to_owned(),
        Accepts::Whole => "whole number".to_owned(),
        Accepts::Text => "text".to_owned(),
        Accepts::Choice(words) => words.join(" | "),
        Accepts::ChoiceOrWhole { words, greatest } => {
            format!("{} | 0 to {}", words.join(" | "), number::short(*greatest))
        }
        Accepts::ChoiceOrBool(words) => format!("{} | true | false", words.join(" | ")),
        Accepts::Numbers => "list of numbers".to_owned(),
        Accepts::Texts => "list of texts".to_owned(),
        Accepts::Matrix => "list of lists of numbers".to_owned(),
        Accepts::NumberTable => "table of numbers by code".to_owned(),
        Accepts::TextTable => "table of texts by code".to_owned(),
        Accepts::Names => "text, or table of texts by language".to_owned(),
        Accepts::MatrixTable => "table of lists of numbers by code".to_owned(),
        Accepts::SettingsTable => "table of settings by method".to_owned(),
    };
    kind + range.unwrap_or_default().as_str()
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
