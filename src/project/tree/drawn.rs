//! Trees as people draw them: a column a level (一级指标, 二级指标, …), merged or blank below.

use indexmap::IndexMap;
use quanheng_core::model::{Fact, name_column};

use super::{Cell, Line, parent_of_all, share};
use crate::data::grid::Grid;
use crate::problem::{DataFault, Fault, Place, Problem, Problems, ProjectFault};

/// What the head of a column says.
#[derive(Clone, Debug, PartialEq)]
enum Role {
    /// The names of the nodes of a level.
    Level(usize),
    /// A fact of the nodes of one level, or of the deepest node of each row.
    Fact { head: String, level: Option<usize> },
    /// A number of the row, which says nothing.
    Nothing,
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Levels in the words of the analytic hierarchy process.
const LAYERS: [&str; 6] = ["准则层", "子准则层", "次准则层", "要素层", "指标层", "方案层"];

/// Heads of a column that numbers the rows.
const COUNTERS: [&str; 5] = ["序号", "No", "No.", "no", "#"];

/// The level that a head begins with, and what follows it: `二级指标权重` is 2 and `权重`.
fn numbered(head: &str) -> Option<(usize, &str)> {
    let lower = head.to_lowercase();
    for word in ["level", "layer", "tier"] {
        if let Some(rest) = lower.strip_prefix(word) {
            let rest = rest.trim_start_matches([' ', '_', '-']);
            return rest.parse().ok().map(|level| (level, ""));
        }
    }
    let head = head.strip_prefix('第').unwrap_or(head);
    let numeral = NUMERALS.iter().position(|numeral| head.starts_with(numeral));
    let (level, rest) = match numeral {
        Some(at) => (at + 1, &head[NUMERALS[at].len()..]),
        None => {
            let digits = head.find(|c: char| !c.is_ascii_digit())?;
            (head[..digits].parse().ok()?, &head[digits..])
        }
    };
    let rest = rest.strip_prefix('级').or_else(|| rest.strip_prefix('层'))?;
    Some((level, rest.strip_prefix("指标").unwrap_or(rest)))
}

/// The root of all, where a column names it.
fn is_root(head: &str) -> bool {
    matches!(bare(head), "目标层" | "总目标" | "总指标" | "总指数")
}

/// A head without what stands in brackets behind it.
fn bare(head: &str) -> &str {
    head.split(['(', '（']).next().unwrap_or("").trim()
}

/// Whether a head names a level.
fn is_level(head: &str) -> bool {
    let name = bare(head);
    LAYERS.contains(&name)
        || numbered(name).is_some_and(|(_, rest)| rest.is_empty() || rest == "名称")
}

/// Whether a tree with these heads is drawn by levels.
pub(super) fn is_drawn(heads: &[String]) -> bool {
    let has_parent = heads.iter().any(|h| Fact::of_head(h).is_some_and(|f| f.name == "parent"));
    !has_parent && heads.iter().any(|head| is_level(head))
}

/// The columns of a drawn tree that have names and weights.
#[derive(Debug)]
pub(crate) struct Columns {
    /// The names of the nodes of each level, from the first level on.
    pub(crate) levels: Vec<usize>,
    /// Weights.
    pub(crate) weights: Vec<usize>,
}

/// The columns of a tree with these heads; `None` where they are not those of a drawn tree.
pub(crate) fn columns(heads: &[String]) -> Option<Columns> {
    if !is_drawn(heads) {
        return None;
    }
    let mut columns = Columns { levels: Vec::new(), weights: Vec::new() };
    for (at, role) in roles(heads).into_iter().enumerate() {
        match role {
            Role::Level(_) => columns.levels.push(at),
            Role::Fact { head, .. } => {
                let is_weight = Fact::of_head(&head).is_some_and(|fact| fact.name == "weight");
                columns.weights.extend(is_weight.then_some(at));
            }
            Role::Nothing => {}
        }
    }
    Some(columns)
}

/// What each column says.
fn roles(heads: &[String]) -> Vec<Role> {
    let mut levels: Vec<usize> = (0..heads.len()).filter(|k| is_level(&heads[*k])).collect();
    // `一级指标, 二级指标, 指标名称`: the last one names the leaves.
    let last = levels.last().copied().unwrap_or(0);
    let names = |k: &usize| Fact::of_head(&heads[*k]).is_some_and(|fact| fact.name == "name");
    levels.extend((last + 1..heads.len()).find(names));
    let last = levels.last().copied().unwrap_or(0);
    let role = |(k, head): (usize, &String)| {
        if let Some(level) = levels.iter().position(|at| *at == k) {
            return Role::Level(level);
        }
        if COUNTERS.contains(&bare(head)) || head.is_empty() || is_root(head) {
            return Role::Nothing;
        }
        let of_level = numbered(bare(head)).filter(|(_, rest)| !rest.is_empty());
        let stated = of_level.and_then(|(number, rest)| {
            let number_of = |at: &usize| numbered(bare(&heads[*at])).map(|(number, _)| number);
            let level = levels.iter().position(|at| number_of(at) == Some(number))?;
            Some((rest.to_owned(), level))
        });
        match stated {
            Some((head, level)) => Role::Fact { head, level: Some(level) },
            // Between the columns of levels a fact is one of the level before it.
            None => {
                let level = levels.iter().rposition(|at| *at < k).filter(|_| k < last);
                Role::Fact { head: head.clone(), level }
            }
        }
    };
    heads.iter().enumerate().map(role).collect()
}

/// A node while the rows are read.
#[derive(Debug)]
struct Node {
    name: String,
    parent: Option<usize>,
    line: Line,
    /// Whether a row stands for it.
    own: bool,
}

/// What the rows of a drawn tree say.
#[derive(Debug, Default)]
struct Drawing {
    nodes: Vec<Node>,
    /// Nodes by parent and name.
    found: IndexMap<(Option<usize>, String), usize>,
}

/// The lines of a drawn tree, a line a node, and whether nodes were given the sum of the weights below them.
pub(super) fn lines(grid: &Grid, problems: &mut Problems) -> (Vec<Line>, bool) {
    let heads = grid.header();
    let roles = roles(heads);
    let levels: Vec<usize> =
        (0..heads.len()).filter(|k| matches!(roles[*k], Role::Level(_))).collect();
    let root_column = heads.iter().position(|head| is_root(head));
    let mut drawing = Drawing::default();
    let mut current: Vec<Option<usize>> = vec![None; levels.len()];
    let mut root: Option<Cell> = None;
    for row in 0..grid.rows() {
        let (whole, places) = grid.places(row);
        let cell = |column: usize| Cell {
            text: grid.text(row, column).to_owned(),
            place: places[column].clone(),
        };
        if let Some(column) = root_column.filter(|c| !grid.text(row, *c).is_empty()) {
            root.get_or_insert_with(|| cell(column));
        }
        let named: Vec<usize> =
            (0..levels.len()).filter(|l| !grid.text(row, levels[*l]).is_empty()).collect();
        let Some(&deepest) = named.last() else {
            let column = levels[levels.len() - 1];
            let fault = DataFault::Blank { column: heads[column].clone() };
            problems
                .push(Problem { fault: Fault::Data(fault), places: vec![places[column].clone()] });
            continue;
        };
        for &level in &named {
            let parent = current[..level].iter().rev().find_map(|node| *node);
            let node = drawing.node(parent, cell(levels[level]), level == deepest, &whole);
            if current[level] != Some(node) {
                current[level + 1..].fill(None);
            }
            current[level] = Some(node);
        }
        for (column, role) in roles.iter().enumerate() {
            let Role::Fact { head, level } = role else { continue };
            let text = grid.text(row, column);
            let at = match level {
                Some(level) => current[*level],
                None => current[deepest],
            };
            if let Some(node) = at.filter(|_| !text.is_empty()) {
                drawing.state(node, head, cell(column), problems);
            }
        }
    }
    let mut lines = drawing.lines(root, grid);
    let summed = sum_weights(&mut lines);
    (lines, summed)
}

impl Drawing {
    /// The node of a name below a parent; a new one where a row of its own repeats it, so that this is reported.
    fn node(&mut self, parent: Option<usize>, name: Cell, own: bool, row: &Place) -> usize {
        let key = (parent, name.text.clone());
        if let Some(&at) = self.found.get(&key) {
            let node = &mut self.nodes[at];
            if !(own && node.own) {
                node.own |= own;
                return at;
            }
        }
        let cells = vec![("name".to_owned(), name.clone())];
        let line = Line { cells, place: row.clone() };
        self.nodes.push(Node { name: name.text, parent, line, own });
        self.found.insert(key, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// States a fact of a node. In merged cells the same one is stated in each row; two different ones are refused.
    fn state(&mut self, node: usize, head: &str, cell: Cell, problems: &mut Problems) {
        let column = match (Fact::of_head(head), name_column(head)) {
            (Some(fact), _) => fact.name.to_owned(),
            (None, Some("")) => "name".to_owned(),
            (None, Some(language)) => format!("name_{language}"),
            (None, None) => head.to_owned(),
        };
        let node = &mut self.nodes[node];
        match node.line.cells.iter().find(|(of, _)| *of == column) {
            Some((_, before)) if before.text == cell.text => {}
            Some((_, before)) => {
                let (code, places) = (node.name.clone(), vec![cell.place, before.place.clone()]);
                let fault = ProjectFault::FactTwice { fact: column, code };
                problems.push(Problem { fault: Fault::Project(fault), places });
            }
            None => node.line.cells.push((column, cell)),
        }
    }

    /// The lines of all nodes with their codes and parents, and above them the root.
    fn lines(self, root: Option<Cell>, grid: &Grid) -> Vec<Line> {
        let whole = grid.header_place();
        let nodes = self.nodes;
        let stated = |node: &Node| {
            let code = node.line.cells.iter().find(|(column, _)| column == "code");
            code.map(|(_, cell)| cell.text.clone())
        };
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        for node in nodes.iter().filter(|node| stated(node).is_none()) {
            *counts.entry(&node.name).or_default() += 1;
        }
        // Two rows of one node are one cause: the same name below the same parent keeps its code.
        let code = |node: &Node| {
            let alike = |other: &Node| other.name == node.name && other.parent != node.parent;
            stated(node).unwrap_or_else(|| match node.parent {
                Some(above) if counts[node.name.as_str()] > 1 && nodes.iter().any(alike) => {
                    format!("{}/{}", nodes[above].name, node.name)
                }
                _ => node.name.clone(),
            })
        };
        let codes: Vec<String> = nodes.iter().map(code).collect();
        let has_children: Vec<bool> =
            (0..nodes.len()).map(|k| nodes.iter().any(|node| node.parent == Some(k))).collect();
        let root_code = match codes.iter().any(|code| code == "index") {
            true => parent_of_all(&codes),
            false => "index".to_owned(),
        };
        let top = Cell { text: root_code.clone(), place: whole.clone() };
        let mut first = Line { cells: vec![("code".to_owned(), top)], place: whole };
        first.cells.extend(root.map(|cell| ("name".to_owned(), cell)));
        let mut lines = vec![first];
        for (k, Node { name, parent, mut line, .. }) in nodes.into_iter().enumerate() {
            let place = line.cells[0].1.place.clone();
            let cell = |text: &str| Cell { text: text.to_owned(), place: place.clone() };
            let states = |line: &Line, of: &str| line.cells.iter().any(|(column, _)| column == of);
            if !states(&line, "code") {
                line.cells.push(("code".to_owned(), cell(&codes[k])));
                if codes[k] == name {
                    // The code is the name; it is not shown twice.
                    line.cells.retain(|(column, _)| column != "name");
                } else if !has_children[k] && !states(&line, "column") {
                    line.cells.push(("column".to_owned(), cell(&name)));
                }
            }
            let above = parent.map_or(&root_code, |above| &codes[above]);
            line.cells.push(("parent".to_owned(), cell(above)));
            lines.push(line);
        }
        lines
    }
}

/// Where only the leaves have weights, and these add up to a whole over the tree and not over each set of siblings, gives
/// each node above them the sum of its children's. Whether it did.
fn sum_weights(lines: &mut [Line]) -> bool {
    let text = |line: &Line, column: &str| {
        let found = line.cells.iter().find(|(of, _)| of == column);
        found.map(|(_, cell)| cell.text.clone())
    };
    let codes: Vec<String> = lines.iter().map(|l| text(l, "code").unwrap_or_default()).collect();
    let parents: Vec<Option<usize>> = lines
        .iter()
        .map(|line| text(line, "parent").and_then(|p| codes.iter().position(|c| *c == p)))
        .collect();
    let is_inner: Vec<bool> = (0..lines.len()).map(|k| parents.contains(&Some(k))).collect();
    let weight = |line: &Line| text(line, "weight").and_then(|w| share(&w));
    let weights: Vec<Option<f64>> = lines.iter().map(weight).collect();
    let mut leaves = (0..lines.len()).filter(|k| !is_inner[*k]);
    let mut inner = (0..lines.len()).filter(|k| is_inner[*k] && parents[*k].is_some());
    if inner.clone().next().is_none()
        || inner.any(|k| weights[k].is_some())
        || leaves.any(|k| weights[k].is_none())
    {
        return false;
    }
    let is_whole = |sum: f64| (sum - 1.0).abs() < 5e-3 || (sum - 100.0).abs() < 0.5;
    let sum = |of: &dyn Fn(usize) -> bool| -> f64 {
        (0..lines.len()).filter(|k| !is_inner[*k] && of(*k)).filter_map(|k| weights[k]).sum()
    };
    let siblings = |parent: usize| sum(&|k| parents[k] == Some(parent));
    let mut above = (0..lines.len())
        .filter(|p| (0..lines.len()).any(|k| !is_inner[k] && parents[k] == Some(*p)));
    if !is_whole(sum(&|_| true)) || above.all(|parent| is_whole(siblings(parent))) {
        return false;
    }
    let below = |node: usize| {
        sum(&|k| std::iter::successors(parents[k], |p| parents[*p]).any(|p| p == node))
    };
    let sums: Vec<f64> = (0..lines.len()).map(below).collect();
    for k in (0..lines.len()).filter(|k| is_inner[*k] && parents[*k].is_some()) {
        let place = lines[k].place.clone();
        let text = quanheng_words::number::exact(sums[k]);
        lines[k].cells.push(("weight".to_owned(), Cell { text, place }));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_levels() {
        for head in ["一级指标", "二级", "第三级指标", "4级指标", "Level 1", "level_2", "准则层"]
        {
            assert!(is_level(head), "{head}");
        }
        for head in ["一级指标权重", "指标", "一", "权重", "level", "二级指标代码"]
        {
            assert!(!is_level(head), "{head}");
        }
        assert_eq!(numbered("二级指标权重"), Some((2, "权重")));
    }

    #[test]
    fn columns_belong_to_levels() {
        let heads =
            ["序号", "一级指标", "权重", "二级指标", "权重", "三级指标", "方向", "一级指标代码"];
        let heads = heads.map(str::to_owned);
        let fact = |head: &str, level| Role::Fact { head: head.into(), level };
        assert_eq!(
            roles(&heads),
            [
                Role::Nothing,
                Role::Level(0),
                fact("权重", Some(0)),
                Role::Level(1),
                fact("权重", Some(1)),
                Role::Level(2),
                fact("方向", None),
                fact("代码", Some(0)),
            ]
        );
    }
}
