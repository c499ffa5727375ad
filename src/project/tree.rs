//! Trees of indicators, in tables or TOML.

pub(crate) mod drawn;

use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{Accepts, FromValue, SettingFault, Value, fraction};
use quanheng_core::model::{
    Better, FACTS, Fact, NodeDraft, NodeFacts, System, SystemProblem, Unfit, name_column,
};

use quanheng_words::{Text, text};

use super::value::{self, Content};
use crate::data::decode::{Stated, decode};
use crate::data::file::{Chosen, Format, Input, Short, TableFile};
use crate::data::grid::Grid;
use crate::gate::bounds::{NODES, PROBLEMS, WHOLE_FILE};
use crate::note::{NO_EFFECT, Note, SHEET_CHOSEN, WEIGHTS_OF_WHOLE};
use crate::problem::{DataFault, Fault, Place, Problem, Problems, ProjectFault, Source, closest};

/// A cell of a tree: its text, empty where the cell is blank, and where it stands.
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

/// A tree that was read.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) system: System,
    /// What a reader must know of it.
    pub(super) notes: Vec<Note>,
    pub(super) places: Places,
    /// The encoding of the file, where it was judged.
    pub(super) judged: Option<&'static str>,
}

/// Where the cells of a tree stand, by the code of the node and the column.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(IndexMap<String, IndexMap<String, Place>>);

impl Places {
    /// Where a fact of a node is stated.
    pub(super) fn of(&self, code: &str, column: &str) -> Option<&Place> {
        self.0.get(code)?.get(column)
    }
}

/// Reads a tree. `weights_sum` is what the weights of siblings must add up to.
pub(super) fn read(
    input: &Input,
    format: &Format,
    weights_sum: Option<f64>,
) -> Result<Tree, Problems> {
    let name = input.name.as_str();
    match input.on_disk().and_then(|path| path.extension()).is_some_and(|e| e == "toml") {
        true => {
            let bytes = input.read(WHOLE_FILE).map_err(|e| Problem::unreadable(name, e))?;
            let stated = Stated { of_file: format.encoding, of_others: input.encoding };
            let (text, found) = decode(&bytes, stated).map_err(|refused| {
                let fault = Fault::Data(refused.fault(format.encoding.is_some()));
                Problem { fault, places: vec![Place::File(name.to_owned())] }
            })?;
            let judged = found.is_judged().then(|| found.name());
            let source = Arc::new(Source::new(name, text));
            let whole = Place::Text { source: Arc::clone(&source), span: 0..0 };
            let lines = toml_lines(&source)?;
            too_many(lines.len(), &whole)?;
            build(&lines, &whole, weights_sum, Vec::new()).map(|tree| Tree { judged, ..tree })
        }
        false => {
            let mut notes = Vec::new();
            let (lines, whole, judged) = table_lines(input, format, &mut notes)?;
            build(&lines, &whole, weights_sum, notes).map(|tree| Tree { judged, ..tree })
        }
    }
}

fn fault(place: &Place, fault: ProjectFault) -> Problem {
    Problem { fault: Fault::Project(fault), places: vec![place.clone()] }
}

/// The names of the columns that a tree can have.
fn columns() -> impl Iterator<Item = &'static str> {
    FACTS.iter().map(|fact| fact.name).chain(["name_LANGUAGE"])
}

/// A column that is not a fact of a node is kept as a note on the nodes. One that is nearly called like a fact is
/// refused.
fn unknown(column: &str, at: &Place, problems: &mut Problems) {
    let is_known = Fact::of_head(column).is_some() || name_column(column).is_some();
    if is_known || closest(column, columns()).is_none() {
        return;
    }
    let known = columns().map(str::to_owned).collect();
    let table = Text::plain("[[node]]");
    problems.push(fault(at, ProjectFault::UnknownKey { key: column.to_owned(), table, known }));
}

/// Facts of leaves at nodes with children, which have no column of their own: those that would change a result are
/// refused, of the others it is noted that nothing shows them.
fn facts_above(lines: &[Line], system: &System, problems: &mut Problems, notes: &mut Vec<Note>) {
    let mut refused: IndexMap<&str, (Vec<String>, Vec<Place>)> = IndexMap::new();
    for &node in system.inner() {
        let stated = lines[node.index()].cells.iter().filter(|(_, cell)| !cell.text.is_empty());
        for (column, cell) in stated {
            let Some(fact) = Fact::find(column).filter(|fact| fact.of_leaf) else { continue };
            let code = system.node(node).code.clone();
            let as_ever = Better::from_value(&Value::Text(cell.text.clone()))
                .is_some_and(|better| better == Better::More);
            match fact.name {
                // In the scores of every node more is better.
                "direction" if as_ever => {}
                "unit" | "kind" | "source" => {
                    let shown = text!(note_at_node, code = fact.name, node = code);
                    notes.push(
                        Note::new(&NO_EFFECT, fact.name).shown(shown).at([cell.place.clone()]),
                    );
                }
                name => {
                    let (codes, places) = refused.entry(name).or_default();
                    codes.push(code);
                    places.push(cell.place.clone());
                }
            }
        }
    }
    for (fact, (codes, mut places)) in refused {
        places.truncate(5);
        let fault = ProjectFault::FactOfLeaf { fact: fact.to_owned(), codes };
        problems.push(Problem { fault: Fault::Project(fault), places });
    }
}

/// The lines of a tree in a table, where its header is, and the encoding of the file where it was judged.
fn table_lines(
    input: &Input,
    format: &Format,
    notes: &mut Vec<Note>,
) -> Result<(Vec<Line>, Place, Option<&'static str>), Problems> {
    let mut found = Vec::new();
    let mut format = format.clone();
    // A column of weights may stand behind each level.
    format.frame.repeats = true;
    let is_code = |head: &str| Fact::of_head(head).is_some_and(|fact| fact.name == "code");
    let fits = |table: &TableFile| {
        table.header().iter().any(|head| is_code(head)) || drawn::is_drawn(table.header())
    };
    let grid = Grid::read_fitting(input, &format, Short::Filled, &fits, &mut found);
    let mut problems = Problems::from(found);
    let Some(grid) = grid else { return Err(problems) };
    if let Some(Chosen::Sheet { sheet, of }) = grid.file().chosen(&format) {
        let name = grid.name().to_owned();
        let shown = text!(note_sheet, file = &name, sheet = sheet, of = of);
        notes.push(Note::new(&SHEET_CHOSEN, &name).shown(shown).at([Place::File(name.clone())]));
    }
    for (column, head) in grid.header().iter().enumerate().filter(|(_, head)| !head.is_empty()) {
        unknown(head, &grid.head_place(column), &mut problems);
    }
    let judged = match grid.file().chosen(&format) {
        Some(Chosen::Encoding { name }) => Some(name),
        _ => None,
    };
    let whole = grid.header_place();
    if drawn::is_drawn(grid.header()) {
        let (lines, is_summed) = drawn::lines(&grid, &mut problems);
        if is_summed {
            let name = grid.name().to_owned();
            notes.push(Note::new(&WEIGHTS_OF_WHOLE, &name).at([whole.clone()]));
        }
        return if problems.is_empty() { Ok((lines, whole, judged)) } else { Err(problems) };
    }
    let head = |head: &String| match (Fact::of_head(head), name_column(head)) {
        (Some(fact), _) => fact.name.to_owned(),
        (None, Some("")) => "name".to_owned(),
        (None, Some(language)) => format!("name_{language}"),
        (None, None) => head.clone(),
    };
    let heads: Vec<String> = grid.header().iter().map(head).collect();
    for (column, head) in heads.iter().enumerate().filter(|(_, head)| !head.is_empty()) {
        if let Some(first) = heads[..column].iter().position(|other| other == head) {
            let fault = DataFault::RepeatedColumn { name: grid.header()[column].clone() };
            let places = vec![grid.head_place(column), grid.head_place(first)];
            problems.push(Problem { fault: Fault::Data(fault), places });
        }
    }
    if !heads.iter().any(|head| head == "code") {
        let missing =
            ProjectFault::MissingKey { key: "code".into(), table: text!(table_this_tree) };
        problems.push(fault(&whole, missing));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    too_many(grid.rows(), &whole)?;
    let line = |row: usize| {
        let (place, places) = grid.places(row);
        let named = heads.iter().zip(places).enumerate().filter(|(_, (head, _))| !head.is_empty());
        let cells = named.map(|(column, (head, place))| {
            (head.clone(), Cell { text: grid.text(row, column).to_owned(), place })
        });
        Line { cells: cells.collect(), place }
    };
    Ok(((0..grid.rows()).map(line).collect(), whole, judged))
}

/// A code for the root that no node has.
fn parent_of_all(codes: &[String]) -> String {
    let mut code = "total".to_owned();
    while codes.contains(&code) {
        code.push('_');
    }
    code
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
        let (Content::List(items), "node") = (&entry.item.content, entry.key.as_str()) else {
            let (key, table) = (entry.key.clone(), Text::plain(&source.name));
            let known = vec!["node".into()];
            let unknown = ProjectFault::UnknownKey { key, table, known };
            problems.push(fault(&place(&entry.span), unknown));
            continue;
        };
        for item in items {
            let Content::Table(keys) = &item.content else {
                let (accepts, found) = (text!(accepts_table), item.kind());
                let wrong = ProjectFault::WrongKind { key: "node".into(), accepts, found };
                problems.push(fault(&place(&item.span), wrong));
                continue;
            };
            let mut cells = Vec::new();
            for key in keys {
                unknown(&key.key, &place(&key.span), &mut problems);
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

/// Refuses a tree of more nodes than any index has.
fn too_many(count: usize, whole: &Place) -> Result<(), Problems> {
    match count > NODES {
        true => Err(fault(whole, ProjectFault::TooManyNodes { count, most: NODES }).into()),
        false => Ok(()),
    }
}

fn build(
    lines: &[Line],
    whole: &Place,
    weights_sum: Option<f64>,
    mut notes: Vec<Note>,
) -> Result<Tree, Problems> {
    let mut problems = Problems::default();
    let drafts: Vec<NodeDraft> = lines.iter().map(|line| draft(line, &mut problems)).collect();
    let codes: Vec<String> = drafts.iter().map(|d| d.code.clone()).collect();
    let system = match System::new(drafts.clone()) {
        Ok(system) => system,
        Err(found) => {
            let more = found.len().saturating_sub(PROBLEMS);
            for (k, problem) in found.into_iter().take(PROBLEMS).enumerate() {
                // What was meant is looked for in all codes, and so for the first problems only.
                let codes = if k < NAMED { codes.as_slice() } else { &[] };
                problems.push(tree_problem(problem, lines, &drafts, codes, whole));
            }
            if more > 0 {
                problems.push(fault(whole, ProjectFault::MoreProblems { count: more }));
            }
            return Err(problems);
        }
    };
    facts_above(lines, &system, &mut problems, &mut notes);
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
    if !problems.is_empty() {
        return Err(problems);
    }
    let of_line = |line: &Line| {
        let there = line.cells.iter().filter(|(_, cell)| !cell.text.is_empty());
        there.map(|(column, cell)| (column.clone(), cell.place.clone())).collect()
    };
    let places = Places(codes.into_iter().zip(lines.iter().map(of_line)).collect());
    Ok(Tree { system, notes, places, judged: None })
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

/// The place of a cell, or of the line where it has none.
fn place<'l>(line: &'l Line, column: &str) -> &'l Place {
    cell(line, column).map_or(&line.place, |cell| &cell.place)
}

fn tree_problem(
    problem: SystemProblem,
    lines: &[Line],
    drafts: &[NodeDraft],
    codes: &[String],
    whole: &Place,
) -> Problem {
    let at = |draft: usize, column: &str| place(&lines[draft], column);
    let code = |draft: usize| drafts[draft].code.clone();
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
                known: near_codes(drafts[draft].parent.as_deref(), codes),
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
        SystemProblem::ScaleAlone { draft } => {
            fault(at(draft, "scale"), ProjectFault::ScaleAlone { code: code(draft) })
        }
        SystemProblem::GoalpostsAlike { draft, value } => {
            let alike = ProjectFault::GoalpostsAlike { code: code(draft), value };
            let mut problem = fault(at(draft, "bad"), alike);
            problem.places.push(at(draft, "good").clone());
            problem
        }
        SystemProblem::AgainstGoalposts { draft, direction, goalposts } => {
            let (code, bad, good) = (code(draft), goalposts.bad, goalposts.good);
            let less = direction.is_negative();
            let against = ProjectFault::AgainstGoalposts { code, less, bad, good };
            let mut problem = fault(at(draft, "direction"), against);
            problem.places.extend(["bad", "good"].map(|post| at(draft, post).clone()));
            problem
        }
        SystemProblem::AgainstThresholds { draft, direction, green, red } => {
            let (code, less) = (code(draft), direction.is_negative());
            let against = ProjectFault::AgainstThresholds { code, less, green, red };
            let mut problem = fault(at(draft, "red"), against);
            problem.places.push(at(draft, "green").clone());
            problem
        }
        SystemProblem::AgainstIdeal { draft, fact, why } => {
            let (code, fact, near) = (code(draft), fact.to_owned(), at(draft, fact));
            fault(near, ProjectFault::AgainstIdeal { code, fact, why })
        }
        SystemProblem::TooDeep { draft } => {
            let deep = ProjectFault::TooDeep { code: code(draft), most: System::DEEPEST };
            fault(at(draft, "parent"), deep)
        }
        SystemProblem::PublishedLeaf { draft } => {
            fault(at(draft, "published"), ProjectFault::PublishedLeaf { code: code(draft) })
        }
        SystemProblem::FullMarksSum { draft, stated, sum } => fault(
            at(draft, "full_marks"),
            ProjectFault::FullMarksSum { code: code(draft), stated, sum },
        ),
    }
}

/// The code that was probably meant, or the first ones.
fn near_codes(name: Option<&str>, codes: &[String]) -> Vec<String> {
    let near = closest(name.unwrap_or_default(), codes.iter().map(String::as_str));
    near.map_or_else(|| codes.iter().take(NAMED).cloned().collect(), |near| vec![near.to_owned()])
}

/// How many codes are named where a code is not one of them.
const NAMED: usize = 50;

fn draft(line: &Line, problems: &mut Problems) -> NodeDraft {
    let mut node = NodeFacts::default();
    for (column, cell) in line.cells.iter().filter(|(_, cell)| !cell.text.is_empty()) {
        if let Some(language) = name_column(column) {
            node.draft.names.insert(language, &cell.text);
            continue;
        }
        let Some(fact) = Fact::find(column) else {
            node.draft.notes.insert(column.clone(), cell.text.clone());
            continue;
        };
        let value = match fact.accepts() {
            Accepts::Number if fact.name == "weight" => share(&cell.text).map(Value::Number),
            Accepts::Number => number(&cell.text).map(Value::Number),
            _ => None,
        };
        let value = value.unwrap_or_else(|| Value::Text(cell.text.clone()));
        if let Err(why) = node.set(fact, Some(value)) {
            problems.push(fault(&cell.place, misfit(fact, cell, why)));
        }
    }
    if node.draft.code.is_empty() {
        let missing =
            ProjectFault::MissingKey { key: "code".into(), table: Text::plain("[[node]]") };
        problems.push(fault(place(line, "code"), missing));
    }
    let draft = node.draft.clone();
    node.finish().unwrap_or_else(|unfit| {
        let (at, wrong) = match unfit {
            Unfit::Missing(fact) => {
                let (key, table) = (fact.to_owned(), Text::plain(format!("`{}`", draft.code)));
                (fact, ProjectFault::MissingKey { key, table })
            }
            Unfit::Idle(fact) => {
                (fact, ProjectFault::IdleFact { code: draft.code.clone(), fact: fact.to_owned() })
            }
        };
        problems.push(fault(place(line, at), wrong));
        draft
    })
}

/// Why a cell is not taken for a fact.
fn misfit(fact: &Fact, cell: &Cell, why: SettingFault) -> ProjectFault {
    let key = fact.name.to_owned();
    match (why, fact.accepts()) {
        (SettingFault::OutOfRange { least, greatest }, _) => {
            ProjectFault::OutOfRange { key, least, greatest, whole: false, default: None }
        }
        (_, Accepts::Choice(known)) => {
            ProjectFault::UnknownWord { key, name: cell.text.clone(), known }
        }
        _ => {
            let (accepts, found) = (text!(accepts_fraction), text!(accepts_text));
            ProjectFault::WrongKind { key, accepts, found }
        }
    }
}

/// A weight: a number, a fraction, or a number in per cent.
fn share(text: &str) -> Option<f64> {
    match text.strip_suffix(['%', '％']) {
        // Without loss: 15.4% is 0.154.
        Some(number) => {
            let x: f64 = number.trim().parse().ok().filter(|x: &f64| x.is_finite())?;
            let text = format!("{x:e}");
            let (digits, exponent) = text.split_once('e')?;
            format!("{digits}e{}", exponent.parse::<i32>().ok()? - 2).parse().ok()
        }
        None => number(text),
    }
}

/// A number, or a fraction of two.
fn number(text: &str) -> Option<f64> {
    let plain = text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    plain.or_else(|| fraction(text))
}
