//! Two methodologies stage by stage.

use std::sync::Arc;

use quanheng_core::comparison::{Change, Line, PartChanges, What, changed_lines};
use quanheng_core::method::{Source, Value};
use quanheng_core::methodology::{Part, Written};
use quanheng_core::model::System;
use quanheng_words::{text, word};

use super::methods::value;
use super::{Block, Cell, Columns, Language, Reader, Report, Table};

/// One side.
#[derive(Clone, Debug)]
pub struct Party {
    /// What it is called.
    pub label: String,
    /// The methodology's title, if it has one.
    pub title: String,
    /// The code of its system.
    pub system: String,
}

/// Two texts of scripts that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    /// The first: its name and its text.
    pub first: Arc<Source>,
    /// The second.
    pub second: Arc<Source>,
}

impl Texts {
    /// Two texts.
    pub fn new(first: &Arc<Source>, second: &Arc<Source>) -> Self {
        Texts { first: Arc::clone(first), second: Arc::clone(second) }
    }
}

/// What two methodologies do differently.
#[derive(Clone, Debug)]
pub struct Unlike {
    /// The first.
    pub first: Party,
    /// The second.
    pub second: Party,
    /// Their systems.
    pub systems: [Arc<System>; 2],
    /// Every stage.
    pub stages: Vec<PartChanges>,
    /// Nodes with another title: code, before, after.
    pub titles: Vec<(String, String, String)>,
    /// Scripts with another text.
    pub texts: Vec<Texts>,
}

/// The hashes of scripts and plugins that differ: before and after.
pub fn contents(stages: &[PartChanges]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for change in stages.iter().flat_map(|stage| &stage.changes) {
        let What::At(path) = &change.what else { continue };
        let of = |side: &Option<Value>| match side {
            Some(Value::Text(text)) if path.last().is_some_and(|key| key == "content") => {
                Some(text.clone())
            }
            Some(Value::Table(whole)) => whole.get("content")?.text().map(str::to_owned),
            _ => None,
        };
        if let Some(pair) = of(&change.before).zip(of(&change.after))
            && !found.contains(&pair)
        {
            found.push(pair);
        }
    }
    found
}

/// For people: a line for each stage that is equal, and a line for each thing that differs.
pub fn report(unlike: &[Unlike], language: Language) -> Report {
    let mut report = Report::default();
    for of in unlike {
        one(&mut report.blocks, of, language);
    }
    report
}

fn one(blocks: &mut Vec<Block>, unlike: &Unlike, language: Language) {
    let called = |party: &Party| match party.title.is_empty() {
        true => party.label.clone(),
        false => format!("{} ({})", party.label, party.title),
    };
    let (first, second) = (&unlike.first, &unlike.second);
    blocks.push(Block::Heading(format!("{} → {}", called(first), called(second))));
    if unlike.stages.iter().all(|stage| stage.changes.is_empty()) {
        blocks.push(Block::Line(word!(difference_none, language).to_owned()));
    }
    /// A thing that differs, or a part of the methodologies that is equal; its name stands in its first row only.
    struct Row<'u> {
        name: &'static str,
        stage: &'u PartChanges,
        change: Option<&'u Change>,
    }
    let rows = unlike.stages.iter().flat_map(|stage| {
        let name = stage.part.word(language);
        let equal = stage.changes.is_empty().then_some(Row { name, stage, change: None });
        let changes = stage.changes.iter().enumerate().map(move |(k, change)| Row {
            name: if k == 0 { name } else { "" },
            stage,
            change: Some(change),
        });
        equal.into_iter().chain(changes)
    });
    let node = |row: &Row<'_>| {
        let code = row.change?.node.as_ref()?;
        let of = unlike.systems.iter().find_map(|s| Some(s.node(s.find(code)?)));
        let title = of.map_or(code.as_str(), |node| node.name(language.tag()));
        Some(if title == code { code.clone() } else { format!("{code} {title}") })
    };
    let side = |side: &Option<Value>| match side {
        Some(value) => short(brief(value), 72),
        None => "–".to_owned(),
    };
    let table = Columns::<Row<'_>>::new()
        .text("stage", word!(label_stage, language), |row| row.name)
        .text("node", word!(label_node, language), node)
        .text("what", word!(label_what, language), |row| match row.change {
            Some(change) => what(row.stage.part, change, language),
            None => word!(label_equal, language).to_owned(),
        })
        .text("first", &first.label, |row| match row.change {
            Some(change) => side(&change.before),
            None => short(of_stage(&row.stage.first), 40),
        })
        .text("second", &second.label, |row| row.change.map(|change| side(&change.after)))
        .table("differences", Reader::People, rows);
    blocks.push(Block::Table(table));
    if !unlike.titles.is_empty() {
        let titles = unlike.titles.iter().map(|(code, a, b)| format!("{code} {a} → {b}"));
        let titles: Vec<String> = titles.collect();
        blocks.push(Block::Line(
            text!(difference_titles, titles = titles.join(word!(list_semicolon, language)))
                .render(language),
        ));
    }
    for texts in &unlike.texts {
        const SHOWN: usize = 40;
        blocks.push(Block::Heading(format!("--- {}\n+++ {}", texts.first.name, texts.second.name)));
        let mut lines = Vec::new();
        for hunk in changed_lines(&texts.first.text, &texts.second.text, 2) {
            lines.push(format!("@@ -{} +{} @@", hunk.first, hunk.second));
            lines.extend(hunk.lines.iter().map(|line| match line {
                Line::Same(text) => format!("  {text}"),
                Line::Removed(text) => format!("- {text}"),
                Line::Added(text) => format!("+ {text}"),
            }));
        }
        let all = lines.len();
        lines.truncate(SHOWN);
        blocks.extend(lines.into_iter().map(Block::Line));
        if all > SHOWN {
            blocks.push(Block::Line(text!(shown_of, shown = SHOWN, all = all).render(language)));
        }
    }
}

/// Everything as tables: the stages, what differs in them, titles, and lines of scripts.
pub fn tables(unlike: &[Unlike], language: Language) -> Vec<Table> {
    // A whole system is its tree; what differs in it stands in a table of its own.
    let whole = |stage: &PartChanges, side: &Value| match stage.part {
        Part::System => brief(side),
        _ => value(side),
    };
    let stages = || unlike.iter().flat_map(|of| of.stages.iter().map(move |stage| (of, stage)));
    let changes = stages()
        .flat_map(|(of, stage)| stage.changes.iter().map(move |change| (of, (stage.part, change))));
    let titles = unlike.iter().flat_map(|of| of.titles.iter().map(move |title| (of, title)));
    let lines = unlike.iter().flat_map(|of| of.texts.iter().map(move |texts| (of, texts)));
    let lines = lines.flat_map(|(of, texts)| {
        script_lines(texts).into_iter().map(move |line| (of, (texts, line)))
    });
    let (before, after) = (word!(label_before, language), word!(label_after, language));
    vec![
        parties::<&PartChanges>(language)
            .text("stage", word!(label_stage, language), |(_, stage)| stage.part.name())
            .number("differences", word!(label_differences, language), |(_, s)| s.changes.len())
            .text("before", before, |(_, stage)| whole(stage, &stage.first))
            .text("after", after, |(_, stage)| whole(stage, &stage.second))
            .table("stages", Reader::Files, stages()),
        parties::<(Part, &Change)>(language)
            .text("stage", word!(label_stage, language), |(_, (part, _))| part.name())
            .text("node", word!(label_node, language), |(_, (_, change))| change.node.clone())
            .text("what", word!(label_what, language), |(_, (_, change))| kind(&change.what))
            .text("path", word!(label_path, language), |(_, (_, change))| match &change.what {
                What::At(path) => path.join("."),
                _ => String::new(),
            })
            .text("before", before, |(_, (_, change))| plain(&change.before))
            .text("after", after, |(_, (_, change))| plain(&change.after))
            .table("differences", Reader::Files, changes),
        parties::<&(String, String, String)>(language)
            .text("node", word!(label_node, language), |(_, title)| &title.0)
            .text("before", before, |(_, title)| &title.1)
            .text("after", after, |(_, title)| &title.2)
            .table("titles", Reader::Files, titles),
        parties::<(&Texts, ScriptLine<'_>)>(language)
            .text("file_before", before, |(_, (texts, _))| texts.first.name.to_string())
            .text("file_after", after, |(_, (texts, _))| texts.second.name.to_string())
            .number("line_before", before, |(_, (_, line))| line.before)
            .number("line_after", after, |(_, (_, line))| line.after)
            .text("sign", "±", |(_, (_, line))| line.sign)
            .text("text", word!(label_script, language), |(_, (_, line))| line.text)
            .table("lines", Reader::Files, lines),
    ]
}

/// The columns that say between whom something differs.
fn parties<'a, 'u, T>(language: Language) -> Columns<'a, (&'u Unlike, T)> {
    Columns::<(&'u Unlike, T)>::new()
        .text("first", word!(label_before, language), |(of, _)| &of.first.label)
        .text("second", word!(label_after, language), |(of, _)| &of.second.label)
}

/// A line of a script, by its number on the sides that have it.
struct ScriptLine<'t> {
    before: Option<usize>,
    after: Option<usize>,
    sign: &'static str,
    text: &'t str,
}

/// The lines of two texts that only one of them has.
fn script_lines(texts: &Texts) -> Vec<ScriptLine<'_>> {
    let mut lines = Vec::new();
    for hunk in changed_lines(&texts.first.text, &texts.second.text, 0) {
        let (mut first, mut second) = (hunk.first, hunk.second);
        for line in hunk.lines {
            let (here, there, sign, text) = match line {
                Line::Same(text) => (true, true, " ", text),
                Line::Removed(text) => (true, false, "-", text),
                Line::Added(text) => (false, true, "+", text),
            };
            let (before, after) = (here.then_some(first), there.then_some(second));
            first += usize::from(here);
            second += usize::from(there);
            lines.push(ScriptLine { before, after, sign, text });
        }
    }
    lines
}

/// A value as a cell: numbers and texts as they are, the rest as in a project file.
fn plain(side: &Option<Value>) -> Cell {
    match side {
        None => Cell::Empty,
        Some(Value::Number(x)) => Cell::number(*x),
        Some(Value::Text(text)) => text.into(),
        Some(other) => value(other).into(),
    }
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Added => "added",
        What::Removed => "removed",
        What::Renamed => "renamed",
        What::Moved => "moved",
        What::Order => "order",
        What::At(_) => "changed",
    }
}

fn what(part: Part, change: &Change, language: Language) -> String {
    match &change.what {
        What::Added => word!(label_added, language).to_owned(),
        What::Removed => word!(label_removed, language).to_owned(),
        What::Renamed => word!(label_renamed, language).to_owned(),
        What::Moved => word!(label_moved_below, language).to_owned(),
        What::Order => word!(label_order_of_children, language).to_owned(),
        What::At(path) => {
            let in_steps = matches!(part.entry().written, Written::Steps(_));
            let is_step = in_steps && path.first().is_some_and(|k| k.parse::<u32>().is_ok());
            let (step, rest) = path.split_at(usize::from(is_step));
            let own = rest.iter().filter(|key| *key != "settings" || rest.len() == 1);
            let mut keys = own.map(String::as_str).collect::<Vec<_>>().join(".");
            if keys.is_empty() {
                let sides = [&change.before, &change.after];
                let is_method = sides.iter().any(|side| {
                    matches!(side, Some(Value::Table(table)) if table.contains_key("method"))
                });
                keys = match is_method {
                    true => word!(label_method, language).to_lowercase(),
                    false => word!(label_value, language).to_lowercase(),
                };
            }
            match step.first() {
                Some(number) => {
                    text!(difference_step, number = number, keys = keys).render(language)
                }
                None => keys,
            }
        }
    }
}

/// What a stage does, in a few words.
fn of_stage(stage: &Value) -> String {
    match stage {
        Value::List(items) if items.is_empty() => "–".into(),
        Value::Table(items) if items.is_empty() => "–".into(),
        other => brief(other),
    }
}

/// A value in a few words: a method with its settings, a hash by its beginning, a system by its size.
pub(super) fn brief(of: &Value) -> String {
    match of {
        Value::Text(text) if text.len() > 60 && text.bytes().all(|b| b.is_ascii_hexdigit()) => {
            format!("{}…", &text[..12])
        }
        Value::Text(text) => text.clone(),
        Value::List(items) if items.iter().all(|item| matches!(item, Value::Table(_))) => {
            items.iter().map(brief).collect::<Vec<_>>().join("; ")
        }
        Value::List(items) => items.iter().map(brief).collect::<Vec<_>>().join(", "),
        Value::Table(items) => match (items.get("method"), items.get("nodes")) {
            (Some(Value::Text(method)), _) => {
                let mut parts = Vec::new();
                if let Some(Value::Table(settings)) = items.get("settings") {
                    let empty = |v: &Value| matches!(v, Value::Table(t) if t.is_empty());
                    let stated = settings.iter().filter(|(_, v)| !empty(v));
                    parts.extend(stated.map(|(k, v)| format!("{k} = {}", value(v))));
                }
                for (key, usual) in [("over", "period"), ("among", "league")] {
                    let stated = items.get(key).and_then(Value::text).filter(|w| *w != usual);
                    parts.extend(stated.map(|word| format!("{key} = {word}")));
                }
                if let Some(Value::Table(own)) = items.get("at") {
                    let nodes: Vec<&str> = own.keys().map(String::as_str).collect();
                    parts.push(format!("at {}", nodes.join(", ")));
                }
                match parts.is_empty() {
                    true => method.clone(),
                    false => format!("{method} ({})", parts.join(", ")),
                }
            }
            (_, Some(Value::Table(nodes))) => format!("n = {}", nodes.len()),
            _ => {
                let items = items.iter().map(|(k, v)| match v {
                    Value::Table(_) => format!("{k} ({})", brief(v)),
                    _ => format!("{k} = {}", brief(v)),
                });
                items.collect::<Vec<_>>().join(", ")
            }
        },
        other => value(other),
    }
}

/// A text with no more than so many characters.
fn short(text: String, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
