//! Two methodologies stage by stage.

use std::sync::Arc;

use quanheng_core::comparison::{Change, Line, PartChanges, What, changed_lines};
use quanheng_core::method::{Source, Value};
use quanheng_core::methodology::{Part, Written};
use quanheng_core::model::{State, System};

use super::methods::value;
use super::{Block, Cell, Head, Language, Report, Table};

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
        blocks.push(Block::Line(match language {
            Language::Zh => "两个方法相同：同样的数据得到同样的结果".into(),
            Language::En => "they are equal: equal data give equal results".into(),
        }));
    }
    let columns = vec![
        Head::new("stage", language.stage()),
        Head::new("node", language.node()),
        Head::new("what", language.what()),
        Head::new("first", first.label.clone()),
        Head::new("second", second.label.clone()),
    ];
    let mut rows = Vec::new();
    for stage in &unlike.stages {
        let name = stage.part.word(language.into());
        if stage.changes.is_empty() {
            rows.push(vec![
                Cell::text(name),
                Cell::Empty,
                Cell::text(language.equal()),
                Cell::text(short(of_stage(&stage.first), 40)),
                Cell::Empty,
            ]);
        }
        for (k, change) in stage.changes.iter().enumerate() {
            let node = change.node.as_ref().map_or(Cell::Empty, |code| {
                let of = unlike.systems.iter().find_map(|s| Some(s.node(s.find(code)?)));
                let title = of.map_or(code.as_str(), |node| node.name(language.tag()));
                Cell::text(if title == code { code.clone() } else { format!("{code} {title}") })
            });
            let side = |side: &Option<Value>| match side {
                Some(value) => Cell::text(short(brief(value), 72)),
                None => Cell::text("–"),
            };
            rows.push(vec![
                if k == 0 { Cell::text(name) } else { Cell::Empty },
                node,
                Cell::text(what(stage.part, change, language)),
                side(&change.before),
                side(&change.after),
            ]);
        }
    }
    blocks.push(Block::Table(Table { name: "differences".into(), columns, rows }));
    if !unlike.titles.is_empty() {
        let titles = unlike.titles.iter().map(|(code, a, b)| format!("{code} {a} → {b}"));
        let titles: Vec<String> = titles.collect();
        blocks.push(Block::Line(match language {
            Language::Zh => format!("名称不同（不影响结果）：{}", titles.join("；")),
            Language::En => format!("other titles, which no result feels: {}", titles.join("; ")),
        }));
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
            blocks.push(Block::Line(format!("… {} {SHOWN} / {all}", language.shown())));
        }
    }
}

/// Everything as tables: the stages, what differs in them, titles, and lines of scripts.
pub fn tables(unlike: &[Unlike]) -> Vec<Table> {
    let heads = |own: &[&str]| -> Vec<Head> {
        ["first", "second"].iter().chain(own).map(|key| Head::new(*key, *key)).collect()
    };
    let mut tables = [
        ("stages", heads(&["stage", "differences", "before", "after"])),
        ("differences", heads(&["stage", "node", "what", "path", "before", "after"])),
        ("titles", heads(&["node", "before", "after"])),
        (
            "lines",
            heads(&["file_before", "file_after", "line_before", "line_after", "sign", "text"]),
        ),
    ]
    .map(|(name, columns)| Table { name: name.into(), columns, rows: Vec::new() });
    for of in unlike {
        let row = |cells: Vec<Cell>| -> Vec<Cell> {
            let labels = [&of.first.label, &of.second.label].map(Cell::text);
            labels.into_iter().chain(cells).collect()
        };
        for stage in &of.stages {
            // A whole system is its tree; what differs in it stands below.
            let whole = |side: &Value| match stage.part {
                Part::System => brief(side),
                _ => value(side),
            };
            tables[0].rows.push(row(vec![
                Cell::text(stage.part.name()),
                Cell::Rank(stage.changes.len() as f64),
                Cell::text(whole(&stage.first)),
                Cell::text(whole(&stage.second)),
            ]));
            for change in &stage.changes {
                let path = match &change.what {
                    What::At(path) => path.join("."),
                    _ => String::new(),
                };
                tables[1].rows.push(row(vec![
                    Cell::text(stage.part.name()),
                    change.node.as_ref().map_or(Cell::Empty, Cell::text),
                    Cell::text(kind(&change.what)),
                    Cell::text(path),
                    plain(&change.before),
                    plain(&change.after),
                ]));
            }
        }
        for (code, before, after) in &of.titles {
            tables[2].rows.push(row([code, before, after].map(Cell::text).to_vec()));
        }
        for texts in &of.texts {
            for hunk in changed_lines(&texts.first.text, &texts.second.text, 0) {
                let (mut a, mut b) = (hunk.first, hunk.second);
                for line in hunk.lines {
                    let number = |at: &mut usize| {
                        *at += 1;
                        Cell::Rank((*at - 1) as f64)
                    };
                    let (here, there, sign, text) = match line {
                        Line::Same(text) => (number(&mut a), number(&mut b), " ", text),
                        Line::Removed(text) => (number(&mut a), Cell::Empty, "-", text),
                        Line::Added(text) => (Cell::Empty, number(&mut b), "+", text),
                    };
                    let names = [&texts.first.name, &texts.second.name].map(Cell::text);
                    let rest = [here, there, Cell::text(sign), Cell::text(text)];
                    tables[3].rows.push(row(names.into_iter().chain(rest).collect()));
                }
            }
        }
    }
    tables.into()
}

/// A value as a cell: numbers and texts as they are, the rest as in a project file.
fn plain(side: &Option<Value>) -> Cell {
    match side {
        None => Cell::Empty,
        Some(Value::Number(x)) => Cell::Number(*x, State::Value),
        Some(Value::Text(text)) => Cell::text(text),
        Some(other) => Cell::text(value(other)),
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
        What::Added => language.added().to_owned(),
        What::Removed => language.removed().to_owned(),
        What::Renamed => language.renamed().to_owned(),
        What::Moved => language.moved_below().to_owned(),
        What::Order => language.order_of_children().to_owned(),
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
                    true => language.method().to_lowercase(),
                    false => language.value().to_lowercase(),
                };
            }
            match step.first() {
                Some(number) => match language {
                    Language::Zh => format!("第{number}步：{keys}"),
                    Language::En => format!("step {number}: {keys}"),
                },
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
fn brief(of: &Value) -> String {
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
