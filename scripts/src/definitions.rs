//! Writes what a script can use: a definition file for editors, and the tables of the documents.
//!
//! The language server of Rhai reads `.d.rhai` files: `module static;`, then `fn name(x: Type) -> Type;`,
//! `fn get name(x: Type) -> Type;` for properties and `op +(Type, Type) -> Type;`, each below its `///` lines. What brackets
//! read has no form there, and is left out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::host::Function;
use crate::host::functions::kind_in_words;
use crate::script::Host;

const HEAD: &str = "\
/// What a script of Quanheng can use. Written by `quanheng script definitions`; changes here are lost.
module static;
";

/// Words that are switched off in scripts.
const OFF: [&str; 3] = ["print", "debug", "eval"];

/// Operators that the language server reads.
const SIGNS: [&str; 16] =
    ["+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^", "!"];

/// Types of the language that a script meets.
const PLAIN: [&str; 10] =
    ["int", "float", "bool", "String", "char", "Array", "Map", "FnPtr", "?", "()"];

/// The definition file of everything that scripts of this host can use.
pub fn definitions(host: &Host) -> String {
    let mut text = String::from(HEAD);
    let mut seen = BTreeSet::new();
    let own = host.functions().iter().filter(|f| !f.is_index()).map(Definition::of);
    let of_the_engine = {
        let definitions = host.engine.definitions();
        let mut all = read(&definitions.static_module());
        all.extend(read(&definitions.builtin_functions()));
        all.extend(read(&definitions.builtin_functions_operators()));
        all.retain(Definition::is_of_use);
        all.sort_by_cached_key(|d| (d.kind == Kind::Operator, d.name.clone(), d.heads()));
        all
    };
    for definition in own.chain(of_the_engine) {
        if seen.insert((definition.kind, definition.name.clone(), definition.types())) {
            let _ = write!(text, "\n{definition}");
        }
    }
    text
}

/// The functions of the host as tables in Markdown, one for each type of value.
pub fn reference(host: &Host) -> String {
    let mut text = String::new();
    let mut of = "";
    let mut shown = BTreeSet::new();
    for function in host.functions() {
        if function.of != of {
            of = function.of;
            let _ = write!(text, "\n**{of}**\n\n| form | gives | |\n|---|---|---|\n");
        }
        let gives = kind_in_words(function.result);
        let form = match function.is_operator() {
            true => signs(host, function),
            false => format!("`{}`", form(function)),
        };
        if shown.insert((of, form.clone())) {
            let _ = writeln!(text, "| {} | {gives} | {} |", bar(&form), bar(&function.doc));
        }
    }
    text.trim_start().to_owned()
}

/// The operators of one type that share a description: `x + y` `x - y`.
fn signs(host: &Host, like: &Function) -> String {
    let mut signs = Vec::new();
    for function in host.functions().iter().filter(|f| f.is_operator()) {
        let sign = match function.parameters.len() {
            1 => format!("`{}x`", function.name),
            _ => format!("`x {} y`", function.name),
        };
        if function.of == like.of && function.doc == like.doc && !signs.contains(&sign) {
            signs.push(sign);
        }
    }
    signs.join(" ")
}

/// How a call of a function looks: `x.quantile(p)`.
fn form(function: &Function) -> String {
    let names: Vec<&str> = function.parameters().map(|(name, _)| name).collect();
    let kinds: Vec<&str> = function.parameters().map(|(_, kind)| kind_in_words(kind)).collect();
    let name = &function.name;
    match (function.property(), kinds.as_slice()) {
        (Some(property), _) => format!("{}.{property}", names[0]),
        (_, [_, key]) if function.is_index() => format!("{}[{key}]", names[0]),
        _ if is_called_plainly(function) => {
            let parameters = names.iter().zip(&kinds).map(|(name, kind)| format!("{name}: {kind}"));
            format!("{name}({})", parameters.collect::<Vec<_>>().join(", "))
        }
        _ => {
            let rest =
                names.iter().zip(&kinds).skip(1).map(|(name, kind)| format!("{name}: {kind}"));
            format!("{}.{name}({})", names[0], rest.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Functions that make a value, or look at two numbers, rather than work on one.
fn is_called_plainly(function: &Function) -> bool {
    match function.of {
        "setting" => true,
        "number" => matches!(function.name.as_str(), "require" | "lesser" | "greater"),
        of => {
            function.name == of.to_lowercase()
                || matches!(function.name.as_str(), "identity" | "diagonal" | "sequence")
        }
    }
}

fn bar(text: &str) -> String {
    text.replace('|', "\\|")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Function,
    Property,
    Operator,
}

/// One line of the file, with its words.
#[derive(Clone, Debug)]
struct Definition {
    kind: Kind,
    name: String,
    /// Names and types.
    parameters: Vec<(String, String)>,
    result: String,
    doc: String,
}

impl Definition {
    fn of(function: &Function) -> Self {
        let (kind, name) = match function.property() {
            Some(name) => (Kind::Property, name),
            None if function.is_operator() => (Kind::Operator, function.name.as_str()),
            None => (Kind::Function, function.name.as_str()),
        };
        let parameters =
            function.parameters().map(|(name, kind)| (name.to_owned(), of_the_language(kind)));
        Definition {
            kind,
            name: name.to_owned(),
            parameters: parameters.collect(),
            result: of_the_language(function.result),
            doc: function.doc.clone(),
        }
    }

    fn types(&self) -> Vec<String> {
        self.parameters.iter().map(|(_, kind)| kind.trim_start_matches("...").to_owned()).collect()
    }

    /// A function of the engine that a script can call, and whose types it meets.
    fn is_of_use(&self) -> bool {
        let plain = |kind: &str| PLAIN.contains(&kind);
        let name = self.name.as_str();
        let named = match self.kind {
            Kind::Operator => SIGNS.contains(&name),
            _ => {
                name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !OFF.contains(&name)
            }
        };
        named && self.types().iter().all(|t| plain(t)) && plain(&self.result)
    }

    /// The types, for sorting.
    fn heads(&self) -> String {
        self.types().join(", ")
    }
}

impl std::fmt::Display for Definition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.doc.is_empty() {
            writeln!(f, "/// {}", self.doc)?;
        }
        let Definition { name, result, .. } = self;
        let parameters: Vec<String> = match self.kind {
            Kind::Operator => self.types(),
            _ => self.parameters.iter().map(|(name, kind)| format!("{name}: {kind}")).collect(),
        };
        let word = match self.kind {
            Kind::Function => "fn ",
            Kind::Property => "fn get ",
            Kind::Operator => "op ",
        };
        writeln!(f, "{word}{name}({}) -> {result};", parameters.join(", "))
    }
}

/// A type by the name that the language server has for it.
fn of_the_language(kind: &str) -> String {
    match kind.trim() {
        "string" => "String",
        "array" => "Array",
        "map" => "Map",
        "Fn" => "FnPtr",
        "" | "RhaiResult" => "?",
        other => other,
    }
    .to_owned()
}

/// The definitions in what Rhai itself writes; of its words, the first sentence or so.
fn read(text: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    let mut more = true;
    for line in text.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            more &= !words.trim().is_empty();
            if more {
                doc.push(words.trim());
            }
            continue;
        }
        let (kind, rest) = match (line.strip_prefix("fn "), line.strip_prefix("op ")) {
            (Some(rest), _) => match rest.strip_prefix("get ") {
                Some(rest) => (Kind::Property, rest),
                None => (Kind::Function, rest),
            },
            (_, Some(rest)) => (Kind::Operator, rest),
            _ => continue,
        };
        let words = std::mem::take(&mut doc).join(" ");
        more = true;
        let Some((name, rest)) = rest.split_once('(') else { continue };
        let Some((parameters, result)) = rest
            .trim_end_matches(';')
            .rsplit_once(')')
            .filter(|(_, r)| r.is_empty() || r.trim_start().starts_with("->"))
        else {
            // `-> ()` ends in a bracket of its own.
            let Some((parameters, _)) = rest.rsplit_once(") -> ()") else { continue };
            found.push(Definition {
                kind,
                name: name.to_owned(),
                parameters: parameters_of(parameters, kind),
                result: "()".into(),
                doc: words,
            });
            continue;
        };
        let result = match result.trim_start().strip_prefix("->") {
            // Nothing is known of operators that only refuse.
            Some("") | Some(" ") => continue,
            Some(result) => of_the_language(result),
            None => "()".to_owned(),
        };
        let parameters = parameters_of(parameters, kind);
        found.push(Definition { kind, name: name.to_owned(), parameters, result, doc: words });
    }
    found
}

fn parameters_of(list: &str, kind: Kind) -> Vec<(String, String)> {
    list.split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|p| match (kind, p.split_once(':')) {
            (Kind::Operator, _) => (String::new(), of_the_language(p)),
            (_, Some((name, kind))) => (name.trim().to_owned(), of_the_language(kind)),
            (_, None) => (p.to_owned(), "?".to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{definitions, reference};
    use crate::{Host, Limits};

    /// The form of a definition, as the language server's grammar has it.
    fn is_of_the_form(line: &str) -> bool {
        let name = |n: &str| {
            n.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && n.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let kind = |k: &str| k == "?" || k == "()" || name(k);
        let (is_operator, rest) = match (line.strip_prefix("fn "), line.strip_prefix("op ")) {
            (Some(rest), _) => (false, rest.strip_prefix("get ").unwrap_or(rest)),
            (_, Some(rest)) => (true, rest),
            _ => return false,
        };
        let Some((called, rest)) = rest.split_once('(') else { return false };
        let Some((parameters, result)) = rest.split_once(") -> ") else { return false };
        let Some(result) = result.strip_suffix(';') else { return false };
        let parameter = |p: &str| match is_operator {
            true => kind(p),
            false => p
                .trim_start_matches("...")
                .split_once(": ")
                .is_some_and(|(n, k)| name(n) && kind(k)),
        };
        (is_operator || name(called))
            && kind(result)
            && parameters.split(", ").filter(|p| !p.is_empty()).all(parameter)
    }

    #[test]
    fn every_line_is_of_a_known_form_and_there_once() {
        let host = Host::new(None, Limits::default());
        let text = definitions(&host);
        assert_eq!(text, definitions(&Host::new(None, Limits::default())), "the same every time");
        let mut lines = text.lines();
        assert!(lines.next().is_some_and(|l| l.starts_with("/// ")));
        assert_eq!(lines.next(), Some("module static;"));
        let mut seen = BTreeSet::new();
        for line in lines.filter(|l| !l.is_empty() && !l.starts_with("/// ")) {
            assert!(is_of_the_form(line), "{line}");
            assert!(seen.insert(line), "{line} is there twice");
        }
        assert!(!text.contains("fn print(") && !text.contains("fn eval("));
    }

    #[test]
    fn every_function_of_the_host_is_there_with_its_words() {
        let host = Host::new(None, Limits::default());
        let text = definitions(&host);
        let tables = reference(&host);
        for function in host.functions() {
            assert!(!function.doc.is_empty(), "{} says nothing", function.name);
            assert!(tables.contains(&super::bar(&function.doc)), "{}", function.name);
            if !function.is_index() {
                let line = super::Definition::of(function).to_string();
                assert!(text.contains(&line), "{line}");
            }
        }
    }

    /// A reserved word of the language cannot be the name of a function or of a parameter.
    #[test]
    fn every_function_of_the_host_can_be_called_by_its_name() {
        let host = Host::new(None, Limits::default());
        for function in host.functions().iter().filter(|f| !f.is_index() && !f.is_operator()) {
            let call = match function.property() {
                Some(name) => format!("x.{name}"),
                None => format!("x.{0}(); {0}(x)", function.name),
            };
            let names: Vec<&str> = function.parameters().map(|(name, _)| name).collect();
            let text = format!("fn g({}) {{}} fn f(x) {{ {call} }}", names.join(", "));
            let compiled = host.engine.compile(text);
            assert!(compiled.is_ok(), "{call}: {:?}", compiled.err());
        }
    }
}
