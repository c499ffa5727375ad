//! `fn system(base)` or `fn system()`: an indicator system, built or made of another one.

use std::sync::Arc;

use quanheng_core::method::{MethodError, ProgramFault, Rows};
use quanheng_core::model::{
    Column as RawColumn, Derivation, Derive, Group, NodeDraft, Region, System, SystemProblem,
};
use quanheng_words::number::exact;
use quanheng_words::{Text, text};
use rhai::{Dynamic, FnPtr, ImmutableString, Map};

use crate::host::facts::{Raw, Regions};
use crate::host::functions::number;
use crate::host::tree::{Tree, kept};
use crate::host::{Column, Mask, Unit};
use crate::problem::a;
use crate::script::Prepared;

const FUNCTION: &str = "system";

/// Why a script gave no system.
#[derive(Clone, Debug, PartialEq)]
pub enum SystemFault {
    /// The script failed.
    Fault(ProgramFault),
    /// Its result is not a tree.
    Tree {
        /// What is wrong.
        problems: Vec<SystemProblem>,
        /// The nodes as the script has them.
        drafts: Vec<NodeDraft>,
    },
}

/// The system that a script makes, from `base` if it takes one. `name` is the name of the script in errors about leaves
/// that it computes from raw columns.
///
/// # Errors
/// A fault of the script, or a result that is not a tree.
pub fn build(
    script: &Arc<Prepared>,
    name: &str,
    base: Option<&System>,
) -> Result<System, SystemFault> {
    let takes = script.script.has(FUNCTION, 1);
    let base = match base {
        Some(system) => Tree::of(system),
        None => Tree(Arc::default()),
    };
    let made = match takes {
        true => script.call(FUNCTION, vec![Dynamic::from(base)]),
        false => script.call(FUNCTION, Vec::new()),
    };
    let made = made.map_err(SystemFault::Fault)?;
    let Some(tree) = made.read_lock::<Tree>() else {
        let what = text!(script_gave, function = FUNCTION, kind = a(made.type_name()));
        let hint = text!(script_tree_belongs);
        return Err(SystemFault::Fault(script.script.fault_at(FUNCTION, what, hint)));
    };
    let mut drafts = Vec::with_capacity(tree.0.len());
    for node in tree.0.iter() {
        let mut draft = node.draft.clone();
        draft.indicator.derivation = match &node.made {
            None => kept(node),
            Some((from, by)) => Some(Derivation(Arc::new(Made {
                script: Arc::clone(script),
                name: name.to_owned(),
                from: from.clone(),
                by: by.clone(),
                leaf: draft.clone(),
            }))),
        };
        drafts.push(draft);
    }
    System::new(drafts.clone()).map_err(|problems| SystemFault::Tree { problems, drafts })
}

/// A leaf made of raw columns by a function of a script.
struct Made {
    script: Arc<Prepared>,
    name: String,
    from: Vec<String>,
    by: FnPtr,
    leaf: NodeDraft,
}

impl Derive for Made {
    fn columns(&self) -> &[String] {
        &self.from
    }

    fn derive(&self, columns: &[&RawColumn], rows: Rows<'_>) -> Result<RawColumn, MethodError> {
        let script = &self.script.script;
        let fault = |f: ProgramFault| MethodError::Program(Box::new(f));
        let wrong = |what: Text, hint: Text, row: Option<usize>| {
            let at =
                if self.by.fn_name().starts_with("anon$") { FUNCTION } else { self.by.fn_name() };
            fault(ProgramFault { row, ..script.fault_at(at, what, hint) })
        };
        let mut named = Vec::with_capacity(columns.len());
        for (name, column) in self.from.iter().zip(columns) {
            let column = Column::raw(column).map_err(|e| fault(script.explain(*e)))?;
            named.push((ImmutableString::from(name), column));
        }
        let raw = Raw(Arc::new((named, Regions::new(rows))));
        let mut arguments: Vec<Dynamic> = self.by.curry().to_vec();
        arguments.push(Dynamic::from(raw));
        let made = self.script.call(self.by.fn_name(), arguments).map_err(fault)?;
        let code = &self.leaf.code;
        let Some(column) = made.read_lock::<Column>() else {
            let what = text!(script_leaf_became, code = code, kind = a(made.type_name()));
            return Err(wrong(what, text!(script_column_belongs), None));
        };
        if column.len() != rows.len() {
            let (found, wanted) = (column.len(), rows.len());
            let what = text!(script_leaf_cells, code = code, found = found, wanted = wanted);
            return Err(wrong(what, text!(script_leaf_cells_hint), None));
        }
        let unit = self.leaf.indicator.unit.trim();
        let stated = match unit {
            "%" | "percent" | "百分比" => Unit::Percent,
            "rate" | "比率" => Unit::Rate,
            "points" | "分" => Unit::Points,
            _ => Unit::Plain,
        };
        if stated != Unit::Plain && column.unit() != Unit::Plain && stated != column.unit() {
            let found = column.unit().several();
            let what = text!(script_leaf_unit, code = code, unit = unit, found = found);
            return Err(wrong(what, text!(script_leaf_unit_hint), None));
        }
        let (lower, upper) = (self.leaf.indicator.lower, self.leaf.indicator.upper);
        let beyond = |x: &f64| lower.is_some_and(|l| *x < l) || upper.is_some_and(|u| *x > u);
        if let Some(row) = column.values().iter().position(beyond) {
            let bound = |b: Option<f64>| b.map_or("…".to_owned(), exact);
            let what = text!(
                script_leaf_beyond,
                code = code,
                value = exact(column.values()[row]),
                lower = bound(lower),
                upper = bound(upper)
            );
            return Err(wrong(what, text!(script_leaf_beyond_hint), Some(row)));
        }
        let states = (0..column.len()).map(|row| column.state(row)).collect();
        Ok(RawColumn::with_states(column.values().to_vec(), states))
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// A league as a script has it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeagueDraft {
    /// Its code.
    pub code: String,
    /// Its name; its code where none is stated.
    pub name: String,
    /// Which of the regions are in it.
    pub members: Vec<bool>,
    /// Full marks of its own, by node.
    pub full_marks: Vec<(String, f64)>,
}

/// The leagues that a system script divides the regions into: `fn leagues(regions)`; `None` where it has no such
/// function.
///
/// # Errors
/// A fault of the script.
pub fn leagues(
    script: &Arc<Prepared>,
    regions: &Arc<Vec<Region>>,
    groups: &Arc<Vec<Group>>,
) -> Option<Result<Vec<LeagueDraft>, ProgramFault>> {
    const FUNCTION: &str = "leagues";
    if !script.script.has(FUNCTION, 1) {
        return None;
    }
    let wrong = |what: Text| script.script.fault_at(FUNCTION, what, text!(script_leagues_belong));
    let divide = || {
        let made = script.call(FUNCTION, vec![Dynamic::from(Regions::all(regions, groups))])?;
        let Some(map) = made.read_lock::<Map>() else {
            return Err(wrong(text!(script_gave, function = FUNCTION, kind = a(made.type_name()))));
        };
        let mut drafts = Vec::new();
        for (code, value) in map.iter() {
            let mut draft = LeagueDraft {
                code: code.to_string(),
                name: String::new(),
                members: Vec::new(),
                full_marks: Vec::new(),
            };
            let mut mask = value.clone().try_cast::<Mask>();
            if let Some(facts) = value.read_lock::<Map>() {
                for (key, value) in facts.iter() {
                    match key.as_str() {
                        "where" => mask = value.clone().try_cast::<Mask>(),
                        "name" => draft.name = value.to_string(),
                        "full_marks" => {
                            let Some(marks) = value.read_lock::<Map>() else {
                                return Err(wrong(text!(
                                    script_league_marks,
                                    code = code.as_str(),
                                    kind = a(value.type_name())
                                )));
                            };
                            for (node, x) in marks.iter() {
                                let x = number(x).map_err(|e| script.script.explain(*e))?;
                                draft.full_marks.push((node.to_string(), x));
                            }
                        }
                        other => return Err(wrong(text!(script_league_key, key = other))),
                    }
                }
            }
            let Some(mask) = mask.filter(|m| m.len() == regions.len()) else {
                return Err(wrong(text!(script_league_mask, code = code.as_str())));
            };
            draft.members = (0..mask.len()).map(|row| mask.yes(row)).collect();
            drafts.push(draft);
        }
        Ok(drafts)
    };
    Some(divide())
}
