//! Trees of indicators, in CSV or TOML.

use std::path::Path;
use std::sync::Arc;

use quanheng_core::model::{
    Direction, Goalposts, Indicator, IndicatorKind, NODE_FACTS, Names, NodeDraft, System,
    SystemProblem,
};

use quanheng_words::{Text, text};

use super::value::{self, Content};
use crate::data::decode::decode;
use crate::problem::{DataFault, Fault, Place, Problem, Problems, ProjectFault, Source};

/// A cell of a tree: its text and where it stands.
#[derive(Clone, Debug)]
struct Cell {
    text: String,
    place: Place,
}

/// A node as written: cells by column.
#[derive(Clone, Debug)]
struct Line {
    cells: Vec<(String, Cell)>,
    place: Place,
}

/// Reads a tree. `weights_sum` is what the weights of siblings must add up to.
pub(super) fn read(path: &Path, name: &str, weights_sum: Option<f64>) -> Result<System, Problems> {
    let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(name, e))?;
    let text = decode(&bytes, None).map_err(|e| {
        let fault = Fault::Data(DataFault::BadText {
            encoding: e.encoding,
            stated: false,
            line: e.line,
            column: e.column,
            zero: e.zero,
        });
        Problem { fault, places: vec![Place::File(name.to_owned())] }
    })?;
    let source = Arc::new(Source { name: name.to_owned(), text });
    let lines = match path.extension().is_some_and(|e| e == "toml") {
        true => toml_lines(&source)?,
        false => csv_lines(&source)?,
    };
    build(&lines, &source, weights_sum)
}

fn fault(place: &Place, fault: ProjectFault) -> Problem {
    Problem { fault: Fault::Project(fault), places: vec![place.clone()] }
}

/// The lines of a CSV tree. The cells of a line are found again in the text, for their places.
fn csv_lines(source: &Arc<Source>) -> Result<Vec<Line>, Problems> {
    let text = &source.text;
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| head.bytes().filter(|b| b == d).count())
        .expect("three of them");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let place = |span| Place::Text { source: Arc::clone(source), span };
    let mut lines = Vec::new();
    let mut heads: Option<Vec<String>> = None;
    let mut problems = Problems::default();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                let message = e.to_string();
                problems.push(fault(&place(0..0), ProjectFault::Toml { message }));
                break;
            }
        };
        if record.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let length = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
        let whole = place(start..start + length);
        let spans = spans(text, start, &record, delimiter);
        match &heads {
            None => {
                let names: Vec<String> = record.iter().map(|c| c.trim().to_owned()).collect();
                for (k, head) in names.iter().enumerate() {
                    let known = NODE_FACTS.contains(&head.as_str())
                        || head == "column"
                        || head.starts_with("name_");
                    if !known && !head.is_empty() {
                        let fault_of = ProjectFault::UnknownKey {
                            key: head.clone(),
                            table: text!(table_tree),
                            known: NODE_FACTS.iter().map(|c| (*c).to_owned()).collect(),
                        };
                        problems.push(fault(&place(spans[k].clone()), fault_of));
                    }
                }
                if !names.iter().any(|n| n == "code") {
                    let missing = ProjectFault::MissingKey {
                        key: "code".into(),
                        table: text!(table_this_tree),
                    };
                    problems.push(fault(&whole, missing));
                }
                heads = Some(names);
            }
            Some(heads) => {
                let cells = heads.iter().zip(record.iter()).zip(spans).filter_map(
                    |((head, text), span)| {
                        let text = text.trim().to_owned();
                        let cell = Cell { text, place: place(span) };
                        (!cell.text.is_empty()).then(|| (head.clone(), cell))
                    },
                );
                lines.push(Line { cells: cells.collect(), place: whole });
            }
        }
    }
    if problems.is_empty() { Ok(lines) } else { Err(problems) }
}

/// Where each cell of a record stands.
fn spans(
    text: &str,
    start: usize,
    record: &csv::StringRecord,
    delimiter: u8,
) -> Vec<std::ops::Range<usize>> {
    let mut at = start;
    let bytes = text.as_bytes();
    record
        .iter()
        .map(|cell| {
            let from = at;
            if bytes.get(at) == Some(&b'"') {
                at += 1;
                while at < bytes.len() && !(bytes[at] == b'"' && bytes.get(at + 1) != Some(&b'"')) {
                    at += if bytes[at] == b'"' { 2 } else { 1 };
                }
                at = (at + 1).min(bytes.len());
            } else {
                at = (at + cell.len()).min(bytes.len());
            }
            let to = at;
            at += usize::from(bytes.get(at) == Some(&delimiter));
            from..to
        })
        .collect()
}

/// The lines of a TOML tree: tables `[[node]]`.
fn toml_lines(source: &Arc<Source>) -> Result<Vec<Line>, Problems> {
    let (entries, mut problems) = value::parse(source);
    let place = |span: &std::ops::Range<usize>| Place::Text {
        source: Arc::clone(source),
        span: span.clone(),
    };
    let mut lines = Vec::new();
    for entry in &entries {
        let Content::List(items) = &entry.item.content else {
            let key = entry.key.clone();
            let unknown = ProjectFault::UnknownKey {
                key,
                table: text!(table_tree),
                known: vec!["node".into()],
            };
            problems.push(fault(&place(&entry.span), unknown));
            continue;
        };
        for item in items {
            let Content::Table(keys) = &item.content else { continue };
            let mut cells = Vec::new();
            for key in keys {
                let known = NODE_FACTS.contains(&key.key.as_str())
                    || key.key == "column"
                    || key.key.starts_with("name_");
                if !known {
                    let unknown = ProjectFault::UnknownKey {
                        key: key.key.clone(),
                        table: text!(table_node),
                        known: NODE_FACTS.iter().map(|c| (*c).to_owned()).collect(),
                    };
                    problems.push(fault(&place(&key.span), unknown));
                }
                let text = match &key.item.content {
                    Content::Text(text) => text.clone(),
                    Content::Number(x) => crate::report::number::exact(*x),
                    _ => {
                        let wrong = ProjectFault::WrongKind {
                            key: key.key.clone(),
                            accepts: text!(
                                accepts_either,
                                first = text!(accepts_text),
                                second = text!(accepts_number)
                            ),
                            found: key.item.kind(),
                        };
                        problems.push(fault(&place(&key.item.span), wrong));
                        continue;
                    }
                };
                cells.push((key.key.clone(), Cell { text, place: place(&key.item.span) }));
            }
            lines.push(Line { cells, place: place(&item.span) });
        }
    }
    if problems.is_empty() { Ok(lines) } else { Err(problems) }
}

fn build(
    lines: &[Line],
    source: &Arc<Source>,
    weights_sum: Option<f64>,
) -> Result<System, Problems> {
    let mut problems = Problems::default();
    let drafts: Vec<NodeDraft> = lines.iter().map(|line| draft(line, &mut problems)).collect();
    let codes: Vec<String> = drafts.iter().map(|d| d.code.clone()).collect();
    let whole = Place::Text { source: Arc::clone(source), span: 0..0 };
    let system = match System::new(drafts.clone()) {
        Ok(system) => system,
        Err(found) => {
            for problem in found {
                problems.push(tree_problem(problem, lines, &drafts, &codes, &whole));
            }
            return Err(problems);
        }
    };
    if let Some(stated) = weights_sum {
        for &id in system.inner() {
            let node = system.node(id);
            let weights = node.children.iter().map(|c| system.node(*c).weight.unwrap_or(0.0));
            let sum: f64 = weights.sum();
            if (sum - stated).abs() > 1e-6 * stated.abs() * node.children.len() as f64 {
                let at = codes.iter().position(|c| *c == node.code).expect("a line of it");
                let code = node.code.clone();
                let mut problem =
                    fault(&lines[at].place, ProjectFault::WeightsSum { code, stated, sum });
                for child in &node.children {
                    problem
                        .places
                        .extend(cell(&lines[child.index()], "weight").map(|c| c.place.clone()));
                }
                problems.push(problem);
            }
        }
    }
    if problems.is_empty() { Ok(system) } else { Err(problems) }
}

/// What keeps the nodes that a script gave from being a tree.
pub(super) fn problems_of_script(
    problems: Vec<SystemProblem>,
    drafts: &[NodeDraft],
    at: &Place,
) -> Problems {
    let lines: Vec<Line> =
        drafts.iter().map(|_| Line { cells: Vec::new(), place: at.clone() }).collect();
    let codes: Vec<String> = drafts.iter().map(|d| d.code.clone()).collect();
    let one = |problem| {
        let mut problem = tree_problem(problem, &lines, drafts, &codes, at);
        // Every node stands at the one place.
        problem.places.truncate(1);
        problem
    };
    problems.into_iter().map(one).collect()
}

fn cell<'l>(line: &'l Line, column: &str) -> Option<&'l Cell> {
    line.cells.iter().find(|(name, _)| name == column).map(|(_, cell)| cell)
}

fn tree_problem(
    problem: SystemProblem,
    lines: &[Line],
    drafts: &[NodeDraft],
    codes: &[String],
    whole: &Place,
) -> Problem {
    let at = |draft: usize, column: &str| {
        cell(&lines[draft], column).map_or(&lines[draft].place, |c| &c.place)
    };
    let code = |draft: usize| codes[draft].clone();
    match problem {
        SystemProblem::Empty => fault(whole, ProjectFault::EmptyTree),
        SystemProblem::DuplicateCode { draft, first } => {
            let mut problem =
                fault(at(draft, "code"), ProjectFault::RepeatedNode { code: code(draft) });
            problem.places.push(at(first, "code").clone());
            problem
        }
        SystemProblem::UnknownParent { draft } => fault(
            at(draft, "parent"),
            ProjectFault::UnknownParent {
                code: code(draft),
                parent: drafts[draft].parent.clone().unwrap_or_default(),
                known: codes.to_vec(),
            },
        ),
        SystemProblem::Cycle { drafts: circle } => {
            let mut names: Vec<String> = circle.iter().map(|&d| code(d)).collect();
            names.push(code(circle[0]));
            let mut problem =
                fault(at(circle[0], "parent"), ProjectFault::ParentCircle { codes: names });
            problem.places.extend(circle[1..].iter().map(|&d| at(d, "parent").clone()));
            problem
        }
        SystemProblem::SeveralRoots { drafts: roots } => {
            let names = roots.iter().map(|&d| code(d)).collect();
            let mut problem =
                fault(at(roots[0], "code"), ProjectFault::SeveralRoots { codes: names });
            problem.places.extend(roots[1..].iter().map(|&d| at(d, "code").clone()));
            problem
        }
        SystemProblem::BadWeight { draft } => {
            let (column, must) = ("weight", text!(accepts_number_from, least = 0.0));
            let bad = ProjectFault::BadNumber { code: code(draft), column, must };
            fault(at(draft, column), bad)
        }
        SystemProblem::BadFullMarks { draft } => {
            let (column, must) = ("full_marks", text!(accepts_above_zero));
            let bad = ProjectFault::BadNumber { code: code(draft), column, must };
            fault(at(draft, column), bad)
        }
        SystemProblem::FullMarksSum { draft, stated, sum } => fault(
            at(draft, "full_marks"),
            ProjectFault::FullMarksSum { code: code(draft), stated, sum },
        ),
    }
}

fn draft(line: &Line, problems: &mut Problems) -> NodeDraft {
    let mut names = Names::default();
    for (column, cell) in &line.cells {
        if column == "name" {
            names.insert("", &cell.text);
        } else if let Some(language) = column.strip_prefix("name_") {
            names.insert(language, &cell.text);
        }
    }
    let text = |column: &str| cell(line, column).map(|c| c.text.clone());
    let code = text("code").unwrap_or_else(|| {
        let missing =
            ProjectFault::MissingKey { key: "code".into(), table: text!(table_this_node) };
        problems.push(fault(&line.place, missing));
        String::new()
    });
    let mut number = |column: &str| {
        let cell = cell(line, column)?;
        let found = fraction(&cell.text);
        if found.is_none() {
            let wrong = ProjectFault::WrongKind {
                key: column.to_owned(),
                accepts: text!(accepts_fraction),
                found: text!(accepts_text),
            };
            problems.push(fault(&cell.place, wrong));
        }
        found
    };
    let (bad, good) = (number("bad"), number("good"));
    let (weight, full_marks) = (number("weight"), number("full_marks"));
    let (lower, upper, target) = (number("lower"), number("upper"), number("target"));
    let scale = number("scale");
    let mut word = |column: &str, words: &[&str]| {
        let cell = cell(line, column)?;
        let found = words.iter().position(|w| *w == cell.text);
        if found.is_none() {
            let unknown = ProjectFault::UnknownWord {
                key: column.to_owned(),
                name: cell.text.clone(),
                known: words.iter().map(|w| (*w).to_owned()).collect(),
            };
            problems.push(fault(&cell.place, unknown));
        }
        found
    };
    let direction = match word("direction", &["1", "positive", "+1", "-1", "negative"]) {
        Some(3 | 4) => Direction::Negative,
        _ => Direction::Positive,
    };
    let kind = match word("kind", &["continuous", "ratio", "count", "ordinal", "binary"]) {
        Some(1) => IndicatorKind::Ratio,
        Some(2) => IndicatorKind::Count,
        Some(3) => IndicatorKind::Ordinal,
        Some(4) => IndicatorKind::Binary,
        _ => IndicatorKind::Continuous,
    };
    let goalposts = match (bad, good) {
        (Some(bad), Some(good)) => Some(Goalposts { bad, good }),
        (None, None) => None,
        _ => {
            let key = if bad.is_some() { "good" } else { "bad" };
            let missing = ProjectFault::MissingKey {
                key: key.into(),
                table: Text::plain(format!("`{code}`")),
            };
            problems.push(fault(&line.place, missing));
            None
        }
    };
    NodeDraft {
        code,
        parent: text("parent"),
        names,
        weight,
        full_marks,
        indicator: Indicator {
            direction,
            unit: text("unit").unwrap_or_default(),
            kind,
            lower,
            upper,
            goalposts,
            target,
            denominator: text("denominator"),
            scale,
            column: text("column"),
            derivation: None,
            source: text("source").unwrap_or_default(),
        },
    }
}

/// A number, or a fraction of two.
fn fraction(text: &str) -> Option<f64> {
    let number = |t: &str| t.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    match text.split_once('/') {
        None => number(text),
        Some((above, below)) => {
            let (above, below) = (number(above)?, number(below)?);
            (below != 0.0).then(|| above / below)
        }
    }
}
