//! Checks of a script before it runs: names that do not exist.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quanheng_core::method::{ProgramFault, Site, Source, closest};
use quanheng_words::{Text, text};
use rhai::{AST, ASTNode, Expr, Position, Stmt};

use crate::problem::{did_you_mean, not_found, short, signature_name, span};

/// Words that the language itself answers to.
const OF_THE_LANGUAGE: [&str; 9] =
    ["Fn", "call", "curry", "is_def_var", "is_def_fn", "type_of", "is_shared", "global", "this"];

/// The names of the constants at the top of a script.
pub(crate) fn constants(ast: &AST) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for statement in ast.statements() {
        if let Stmt::Var(definition, ..) = statement {
            names.insert(definition.0.as_str().to_owned());
        }
    }
    names
}

/// Whether a script imports modules at its top.
pub(crate) fn has_imports(ast: &AST) -> bool {
    ast.statements().iter().any(|s| matches!(s, Stmt::Import(..)))
}

/// The modules that a script imports, wherever in it: each by the text that names it, and where; `None` for a name that
/// is worked out when the script runs.
pub(crate) fn imports(ast: &AST) -> Vec<(Option<String>, Position)> {
    let mut found = Vec::new();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Stmt(Stmt::Import(import, at))) = path.last() {
            let name = match &import.0 {
                Expr::StringConstant(name, _) => Some(name.to_string()),
                _ => None,
            };
            found.push((name, *at));
        }
        true
    });
    found
}

/// The error for a module whose name is computed when the script runs; its contents could not be known in advance.
pub(crate) fn computed_import() -> (Text, Text) {
    let hint = text!(script_example, code = "import \"lib/shares\" as shares;");
    (text!(script_import_computed), hint)
}

/// Imports whose names are worked out when the script runs.
pub(crate) fn computed_imports(ast: &AST, source: &Arc<Source>) -> Vec<ProgramFault> {
    let computed = imports(ast).into_iter().filter(|(name, _)| name.is_none());
    computed
        .map(|(_, at)| {
            let (what, hint) = computed_import();
            let span = span(&source.text, at, "import");
            let site = Site { source: Arc::clone(source), span, note: Text::default() };
            ProgramFault { what, hint: Some(hint), sites: vec![site], row: None }
        })
        .collect()
}

/// Whether the last node is a variable in the place where a closure takes it along.
fn is_taken(path: &[ASTNode<'_>]) -> bool {
    let above = path.len().checked_sub(2).and_then(|k| path.get(k));
    match above {
        Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _))) => {
            call.name == "curry"
        }
        _ => false,
    }
}

/// How deep the parts of a script lie inside each other. The engine counts brackets, but not the terms of a long sum,
/// which are nested in each other; it processes scripts by recursion.
const DEEPEST: usize = 600;

/// Whether a script lies too deep inside itself.
pub(crate) fn is_too_deep(ast: &AST) -> bool {
    let mut found = false;
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        found |= path.len() > DEEPEST;
        !found
    });
    found
}

/// So many faults are worth reading.
const MOST_FAULTS: usize = 50;

/// The functions that every script can call, the language's own too.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Name and number of arguments.
    pub(crate) functions: Vec<(String, usize)>,
    /// `quantile(x: Column, p: number)`, for hints.
    pub(crate) signatures: Vec<String>,
}

impl Known {
    fn has(&self, name: &str, arguments: usize) -> bool {
        self.functions.iter().any(|(n, k)| n == name && *k == arguments)
    }
}

/// Functions and variables that are not there.
pub(crate) fn names(
    known: &Known,
    ast: &AST,
    source: &Arc<Source>,
    constants: &BTreeSet<String>,
) -> Vec<ProgramFault> {
    let own: Vec<(String, usize)> =
        ast.iter_functions().map(|f| (f.name.to_owned(), f.params.len())).collect();
    let signatures: Vec<String> = ast
        .iter_functions()
        .map(|f| format!("{}({})", f.name, f.params.join(", ")))
        .chain(known.signatures.iter().cloned())
        .collect();
    // What a closure takes along is a parameter of the function that it becomes, and looked up by name inside it. Where it
    // is taken from it is a variable like any other, unless that is inside a closure too.
    let mut taken_along: BTreeMap<&str, usize> = BTreeMap::new();
    for closure in ast.iter_functions().filter(|f| f.name.starts_with("anon$")) {
        closure.params.iter().for_each(|name| *taken_along.entry(*name).or_default() += 1);
    }
    let mut faults = Vec::new();
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let site = |at: Position, word: &str| {
        vec![Site {
            source: Arc::clone(source),
            span: span(&source.text, at, word),
            note: Text::default(),
        }]
    };
    // A value before a dot is the first argument of a function of the host, or the `this` of one of the script.
    let mut call = |name: &str, count: usize, dot: bool, at: Position, operator: bool| {
        if operator || name.starts_with("anon$") || OF_THE_LANGUAGE.contains(&name) {
            return None;
        }
        let of_its_own = |count: usize| own.iter().any(|(n, k)| n == name && *k == count);
        let given = count + usize::from(dot);
        let found = of_its_own(given) || known.has(name, given) || (dot && of_its_own(count));
        if found || constants.contains(name) {
            return None;
        }
        if !seen.insert((at.line().unwrap_or(0), at.position().unwrap_or(0))) {
            return None;
        }
        let (what, hint) = not_found(name, name, &signatures);
        Some(ProgramFault { what: what.map(&short), hint, sites: site(at, name), row: None })
    };
    let mut unknown_variables: Vec<ProgramFault> = Vec::new();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Expr(Expr::FnCall(call_of, at))) if call_of.namespace.is_empty() => {
                let operator = call_of.op_token.is_some();
                faults.extend(call(&call_of.name, call_of.args.len(), false, *at, operator));
            }
            Some(ASTNode::Expr(Expr::MethodCall(call_of, at))) if call_of.namespace.is_empty() => {
                faults.extend(call(&call_of.name, call_of.args.len(), true, *at, false));
            }
            Some(ASTNode::Stmt(Stmt::FnCall(call_of, at))) if call_of.namespace.is_empty() => {
                let operator = call_of.op_token.is_some();
                faults.extend(call(&call_of.name, call_of.args.len(), false, *at, operator));
            }
            Some(ASTNode::Expr(Expr::Variable(variable, None, at)))
                if variable.0.is_none() && variable.2.is_empty() =>
            {
                let name = variable.1.as_str();
                let is_function = own.iter().any(|(n, _)| n == name)
                    || known.functions.iter().any(|(n, _)| n == name);
                let is_known = constants.contains(name)
                    || taken_along.get(name).copied().unwrap_or(0) > usize::from(is_taken(path));
                if !is_known && !is_function && !OF_THE_LANGUAGE.contains(&name) {
                    let near = closest(name, constants.iter().map(String::as_str))
                        .or_else(|| closest(name, signatures.iter().map(|s| signature_name(s))))
                        .or_else(|| closest(name, ast.iter_functions().flat_map(|f| f.params)));
                    unknown_variables.push(ProgramFault {
                        what: text!(script_no_variable, name = short(name)),
                        hint: near.map(did_you_mean),
                        sites: site(*at, name),
                        row: None,
                    });
                }
            }
            _ => {}
        }
        faults.len() + unknown_variables.len() < MOST_FAULTS
    });
    faults.extend(unknown_variables);
    let place = |f: &ProgramFault| f.sites.first().map_or(0, |s| s.span.start);
    quanheng_core::number::sort_items(&mut faults, |a, b| place(a).cmp(&place(b)));
    faults.dedup();
    faults
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use quanheng_core::method::Source;

    use crate::{Host, Limits, Script};

    fn faults(text: &str) -> Vec<String> {
        let host = Host::new(None, Limits::default());
        let source = Source::new("test.rhai", text);
        match Script::compile(&host, Arc::new(source)) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|f| f.what.to_string()).collect(),
        }
    }

    #[test]
    fn variables_that_closures_take_along() {
        let script = |of: &str| format!("fn normalise(x) {{ let by = 2.0; x.map(|v| v * {of}) }}");
        assert_eq!(faults(&script("by")), Vec::<String>::new());
        let nested = "fn normalise(x) { let by = 2.0; x.map(|v| x.map(|u| u * by * v).sum()) }";
        assert_eq!(faults(nested), Vec::<String>::new());
        assert_eq!(faults(&script("bye")), ["there is no variable `bye`"]);
    }
}
