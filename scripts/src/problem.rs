//! Failures: inside functions of the host, and as a person reads them, with place, calls and hint.

use std::ops::Range;
use std::sync::Arc;

use quanheng_core::method::{ProgramFault, Site, Source};
use rhai::{Dynamic, EvalAltResult, ParseErrorType, Position};

/// A failure on its way through the engine.
pub(crate) type Failed = Box<EvalAltResult>;

/// What a function of the host has to say.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) what: String,
    pub(crate) hint: Option<String>,
    pub(crate) row: Option<usize>,
}

/// A failure in a function of the host, with what to do.
pub(crate) fn fail(what: impl Into<String>, hint: impl Into<String>) -> Failed {
    said(Said { what: what.into(), hint: Some(hint.into()), row: None })
}

/// A failure at one row.
pub(crate) fn fail_at(row: usize, what: impl Into<String>, hint: impl Into<String>) -> Failed {
    said(Said { what: what.into(), hint: Some(hint.into()), row: Some(row) })
}

/// The same failure, saying which argument of which function it is about.
pub(crate) fn of_argument(failed: Failed, argument: &str, function: &str) -> Failed {
    let EvalAltResult::ErrorRuntime(value, at) = *failed else { return failed };
    let two = matches!(function, "lesser" | "greater");
    let value = match value.clone().try_cast::<Said>() {
        None => value,
        Some(said) if two && said.what.ends_with("a Column") => Dynamic::from(Said {
            what: format!("`{function}` takes two numbers or two columns"),
            hint: Some("of a column and a number: x.at_most(upper), x.at_least(lower)".into()),
            row: None,
        }),
        Some(said) => Dynamic::from(Said {
            what: match said.what.strip_prefix("this is ") {
                Some(found) => format!("`{argument}` of `{function}` is {found}"),
                None if said.what.contains("is no whole number") => {
                    format!("`{argument}` of `{function}`: {}", said.what)
                }
                // Time or memory ran out meanwhile: that is nobody's argument.
                None => said.what,
            },
            ..said
        }),
    };
    EvalAltResult::ErrorRuntime(value, at).into()
}

fn said(said: Said) -> Failed {
    EvalAltResult::ErrorRuntime(Dynamic::from(said), Position::NONE).into()
}

/// The texts that places may lie in: the script, and what it imports.
pub(crate) trait Texts {
    /// The text of this name; the script's own for none.
    fn find(&self, name: Option<&str>) -> Arc<Source>;
    /// Names of functions that can be called, for "did you mean".
    fn functions(&self) -> Vec<String>;
}

/// A failure as a person reads it.
pub(crate) fn explain(failed: EvalAltResult, texts: &dyn Texts) -> ProgramFault {
    let mut calls: Vec<Site> = Vec::new();
    let mut source: Option<String> = None;
    let mut failed = failed;
    loop {
        match failed {
            EvalAltResult::ErrorInFunctionCall(name, from, inner, at) => {
                // `from` is the source of the function that was called, not of the call.
                let here = texts.find(source.as_deref());
                if at != Position::NONE {
                    let span = span(&here.text, at, &name);
                    let note = match name.starts_with("anon$") {
                        true => "in this call of a function without a name".to_owned(),
                        false => format!("in this call of `{name}`"),
                    };
                    calls.insert(0, Site { source: here, span, note });
                }
                if !from.is_empty() {
                    source = Some(from);
                }
                failed = *inner;
            }
            EvalAltResult::ErrorInModule(name, inner, _) => {
                source = Some(name);
                failed = *inner;
            }
            _ => break,
        }
    }
    let at = failed.position();
    let here = texts.find(source.as_deref());
    let (word, what, hint, row) = words(&failed, texts);
    let mut sites = Vec::new();
    if at != Position::NONE {
        let span = span(&here.text, at, &word);
        sites.push(Site { source: here, span, note: String::new() });
    }
    sites.extend(calls);
    ProgramFault { what: short(&what), hint: hint.as_deref().map(short), sites, row }
}

/// Words that fit a screen: what a script says may be of any length, and hold anything.
pub(crate) fn short(words: &str) -> String {
    const LONGEST: usize = 600;
    let plain = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    match words.char_indices().nth(LONGEST) {
        None => words.chars().map(plain).collect(),
        Some((end, _)) => words[..end].chars().map(plain).chain([' ', '…']).collect(),
    }
}

/// The bytes of the word at a position; positions count lines and characters from 1.
pub(crate) fn span(text: &str, at: Position, word: &str) -> Range<usize> {
    let Some(line) = at.line() else { return 0..0 };
    let mut start = 0;
    for _ in 1..line {
        start = text[start..].find('\n').map_or(text.len(), |n| start + n + 1);
    }
    let column = at.position().unwrap_or(1).saturating_sub(1);
    let rest = &text[start..];
    start += rest.char_indices().nth(column).map_or(rest.len(), |(i, _)| i);
    let rest = &text[start..];
    let length = if !word.is_empty() && rest.starts_with(word) {
        word.len()
    } else {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        match rest.chars().next() {
            Some(c) if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            Some('\n') | None => 0,
            Some(c) => c.len_utf8(),
        }
    };
    start..start + length
}

fn words(
    failed: &EvalAltResult,
    texts: &dyn Texts,
) -> (String, String, Option<String>, Option<usize>) {
    use EvalAltResult as E;
    let none = String::new;
    let some = |hint: &str| Some(hint.to_owned());
    match failed {
        E::ErrorRuntime(value, _) => match value.clone().try_cast::<Said>() {
            Some(said) => (none(), said.what, said.hint, said.row),
            None => (none(), thrown(value), None, None),
        },
        E::ErrorParsing(kind, _) => {
            let (what, hint) = parse_words(kind);
            (none(), what, hint, None)
        }
        E::ErrorVariableNotFound(name, _) => {
            (name.clone(), format!("there is no variable `{name}`"), None, None)
        }
        E::ErrorFunctionNotFound(signature, _) => {
            if signature.starts_with("elements ") {
                let what = "the elements of the list are of several kinds, and have no order";
                return (none(), what.to_owned(), some("a list of numbers, or of texts"), None);
            }
            let name = signature.split(['(', ' ']).next().unwrap_or_default().to_owned();
            let (what, hint) = not_found(signature, &name, &texts.functions());
            (name, what, hint, None)
        }
        E::ErrorPropertyNotFound(name, _) => {
            let name = name.split([' ', ':']).next_back().unwrap_or(name).to_owned();
            (none(), format!("there is no property `{name}` here"), None, None)
        }
        E::ErrorDotExpr(what, _) if !what.is_empty() => {
            let (what, hint) = property(what, &texts.functions());
            (none(), what, hint, None)
        }
        E::ErrorIndexingType(kind, _) => {
            let (what, hint) = indexed(kind);
            (none(), what, hint, None)
        }
        E::ErrorArrayBounds(count, place, _) => (
            none(),
            format!("there is no element {place} in a list of {count}"),
            some("elements are counted from 0"),
            None,
        ),
        E::ErrorMismatchDataType(wanted, found, _) => {
            let (what, hint) = mismatch(wanted, found);
            (none(), what, hint, None)
        }
        E::ErrorMismatchOutputType(wanted, found, _) => {
            (none(), format!("the result is {}, and must be {}", a(found), a(wanted)), None, None)
        }
        E::ErrorStackOverflow(_) => (
            none(),
            "functions call each other too deep".to_owned(),
            some("look for a function that calls itself without an end"),
            None,
        ),
        E::ErrorTooManyVariables(_) => (
            none(),
            "there are too many variables in one function".to_owned(),
            some("divide it into several functions"),
            None,
        ),
        E::ErrorTooManyModules(_) => (
            none(),
            "the script imports too many modules".to_owned(),
            some("look for modules that import each other"),
            None,
        ),
        E::ErrorDataTooLarge(what, _) => (
            none(),
            format!("too large: {}", what.to_lowercase()),
            some("keep numbers in columns: column([…]), not in lists"),
            None,
        ),
        E::ErrorTerminated(value, _) => match value.clone().try_cast::<Said>() {
            Some(said) => (none(), said.what, said.hint, said.row),
            None => (none(), "the script was stopped".to_owned(), None, None),
        },
        E::ErrorModuleNotFound(name, _) => (
            name.clone(),
            format!("there is no module `{name}` to import"),
            some("modules are named from the project's folder, without `.rhai`, and lie below it"),
            None,
        ),
        E::ErrorDataRace(..) => (
            none(),
            "a variable is changed and used at the same time".to_owned(),
            some(
                "where a function uses the list that it is handed to, give the list a second name first: let all = list;",
            ),
            None,
        ),
        E::ErrorNonPureMethodCallOnConstant(name, _) => (
            none(),
            format!("`{name}` would change a constant"),
            some("let copy = CONSTANT; and change the copy"),
            None,
        ),
        E::ErrorArithmetic(what, _) => (none(), what.to_lowercase(), None, None),
        other => (none(), message(other), None, None),
    }
}

/// What a script threw, in words.
fn thrown(value: &Dynamic) -> String {
    let plain = value.is_string()
        || value.is_char()
        || value.is_bool()
        || value.is_int()
        || value.is_float()
        || value.is_array()
        || value.is_map();
    let text = if plain { value.to_string() } else { String::new() };
    match text.trim() {
        "" if value.is_unit() || plain => "the script stopped, and did not say why".to_owned(),
        "" => format!("the script threw {}, which says nothing", a(value.type_name())),
        _ => text,
    }
}

/// The engine's own words, without the position that is shown beside them.
fn message(failed: &EvalAltResult) -> String {
    let text = failed.to_string();
    let text = text.split(" (line ").next().unwrap_or(&text);
    text.to_owned()
}

/// A property that nothing has: the engine says `Unknown property 'x' - a getter is not registered for type 'Column'`.
fn property(said: &str, known: &[String]) -> (String, Option<String>) {
    let mut quoted = said.split('\'').skip(1).step_by(2);
    let (Some(name), Some(kind)) = (quoted.next(), quoted.next()) else {
        return (format!("this property cannot be read: {said}"), None);
    };
    if said.contains("setter") {
        let hint =
            "every function gives a new value: x.replace(mask, value), tree.set(code, facts)";
        return (format!("`{name}` of {} cannot be set", a(kind)), Some(hint.into()));
    }
    let names = || known.iter().map(|k| signature_name(k));
    let hint = match names().any(|n| n == name) {
        true => Some(format!("it is a function, and has brackets: `{name}()`")),
        false => {
            let properties = names().filter_map(|n| n.strip_prefix("get "));
            quanheng_core::method::closest(name, properties)
                .map(|near| format!("did you mean `{near}`?"))
        }
    };
    (format!("{} has no property `{name}`", a(kind)), hint)
}

/// Brackets that do not go with a value: the engine says `Column [i64] = f64`, or `Column [string]`.
fn indexed(said: &str) -> (String, Option<String>) {
    let kind = said.split(" [").next().unwrap_or(said);
    match said.contains("] = ") {
        true => (
            format!("what brackets read of {} cannot be set", a(kind)),
            Some(
                "columns are made anew: x.replace(mask, value), mask.choose(yes, no), x.map(f)"
                    .into(),
            ),
        ),
        false => {
            let by = said.split_once('[').map_or("", |(_, by)| by.trim_end_matches(']'));
            (format!("{} has no place that is called by {}", a(kind), a(by)), None)
        }
    }
}

/// A value of another type than the language wants.
fn mismatch(wanted: &str, found: &str) -> (String, Option<String>) {
    let last = |kind: &str| kind.rsplit("::").next().unwrap_or(kind).to_owned();
    let (what, hint) = match (last(wanted).as_str(), last(found).as_str()) {
        ("i64" | "int", "f64" | "float") => (
            "this is a number with decimals, and must be a whole number".to_owned(),
            Some("`.whole()` makes 2.0 the whole number 2"),
        ),
        ("bool", "Column") => (
            "this is a Column, and must be true or false".to_owned(),
            Some("compare it first: x > 0; then .any() or .all()"),
        ),
        ("bool", "Mask") => (
            "this is a Mask, and must be true or false".to_owned(),
            Some(
                "`mask.choose(yes, no)` decides in each cell, `.any()` and `.all()` once for all; masks are joined by `&` and `|`",
            ),
        ),
        _ => (format!("this is {}, and must be {}", a(found), a(wanted)), None),
    };
    (what, hint.map(str::to_owned))
}

/// A type with its article, as people say it.
pub(crate) fn a(kind: &str) -> String {
    match kind.split(" | ").next().unwrap_or(kind).rsplit("::").next().unwrap_or(kind) {
        "f64" | "i64" | "float" | "int" => "a number".into(),
        "()" => "nothing".into(),
        "string" | "String" | "ImmutableString" | "&str" => "a text".into(),
        "bool" => "true or false".into(),
        "array" | "Array" => "a list".into(),
        "map" | "Map" => "a map".into(),
        "Fn" | "FnPtr" => "a function".into(),
        other => {
            let article = if other.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o']) {
                "an"
            } else {
                "a"
            };
            format!("{article} {other}")
        }
    }
}

/// Names from spreadsheets and other languages, with what they are called here.
const CALLED_HERE: [(&str, &str); 16] = [
    ("average", "mean"),
    ("avg", "mean"),
    ("std", "sd"),
    ("stdev", "sd"),
    ("stddev", "sd"),
    ("log", "ln"),
    ("pow", "x ** y"),
    ("power", "x ** y"),
    ("length", "len"),
    ("size", "len"),
    ("percentile", "quantile"),
    ("ifelse", "mask.choose(yes, no)"),
    ("is_na", "is_absent"),
    ("is_nan", "is_absent"),
    ("fillna", "or"),
    ("dropna", "x.filter(x.is_present())"),
];

/// A call that nothing answers: another name was meant, or other arguments.
pub(crate) fn not_found(signature: &str, name: &str, known: &[String]) -> (String, Option<String>) {
    let arguments =
        signature.split_once('(').map(|(_, rest)| rest.trim_end_matches(')')).map(|list| {
            list.split(", ").filter(|k| !k.is_empty()).map(a).collect::<Vec<_>>().join(", ")
        });
    let operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let alike: Vec<&String> = known.iter().filter(|k| signature_name(k) == name).collect();
    if alike.is_empty() || operator {
        let what = match &arguments {
            Some(list) if operator => format!("`{name}` does not work on {list}"),
            _ => format!("there is no function `{name}`"),
        };
        let names: Vec<&str> = known.iter().map(|k| signature_name(k)).collect();
        let hint = match operator {
            true => None,
            false => match CALLED_HERE.iter().find(|(other, _)| *other == name) {
                Some((_, here)) => Some(format!("here it is `{here}`")),
                None if names.iter().any(|n| n.strip_prefix("get ") == Some(name)) => {
                    Some(format!("it is a property, and has no brackets: `.{name}`"))
                }
                None => quanheng_core::method::closest(name, names.into_iter())
                    .map(|near| format!("did you mean `{near}`?")),
            },
        };
        return (what, hint);
    }
    let forms: Vec<String> = alike.iter().take(4).map(|k| format!("`{k}`")).collect();
    let what = match arguments.filter(|list| !list.is_empty()) {
        Some(list) => format!("`{name}` cannot be called with {list}"),
        None => format!("`{name}` cannot be called like this"),
    };
    let of_two = match name {
        "min" => "; of two it is `lesser(x, y)`, of a column and a number `x.at_most(upper)`",
        "max" => "; of two it is `greater(x, y)`, of a column and a number `x.at_least(lower)`",
        _ => "",
    };
    (what, Some(format!("it is {}{of_two}", forms.join(" or "))))
}

/// `quantile` of `quantile(x, p)`.
pub(crate) fn signature_name(signature: &str) -> &str {
    signature.split('(').next().unwrap_or(signature)
}

/// What keeps a text from being a script.
pub(crate) fn parse_words(kind: &ParseErrorType) -> (String, Option<String>) {
    use ParseErrorType as P;
    match kind {
        P::UnexpectedEOF => (
            "the script ends too early".into(),
            Some("a bracket or quotation mark is not closed".into()),
        ),
        P::Reserved(word) | P::BadInput(rhai::LexError::ImproperSymbol(word, _))
            if matches!(word.as_str(), "eval" | "**=" | "print" | "debug") =>
        {
            (format!("`{word}` cannot be used here"), not_here(word))
        }
        other if other.to_string().contains("'**='") => {
            ("`**=` cannot be used here".into(), not_here("**="))
        }
        P::Reserved(word) => (
            format!("`{word}` is a word of the language"),
            Some(match word.as_str() {
                "var" => "`let` gives a name to a value".into(),
                "null" | "nil" | "void" => "an absent cell is written `()`".into(),
                _ => "take another name".into(),
            }),
        ),
        P::MissingToken(token, why) if token == ";" => (
            format!("`;` is missing {why}"),
            Some("lines end with `;`; conditions are joined by `&&` and `||`, and turned round by `!`".into()),
        ),
        P::MissingToken(token, why) => (format!("`{token}` is missing {why}"), None),
        P::ExprTooDeep => (
            "expressions lie too deep inside each other".into(),
            Some("give parts of it names with `let`".into()),
        ),
        P::ModuleUndefined(name) => (format!("there is no module `{name}` here"), None),
        other => (other.to_string(), None),
    }
}

fn not_here(word: &str) -> Option<String> {
    Some(match word {
        "eval" => "a script runs what it says, and no text as a script".into(),
        "**=" => "write x = x ** y".into(),
        _ => "a script gives its result, and prints nothing; an error is said by `throw`".into(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use quanheng_core::method::Source;

    use crate::{Host, Limits, Script};

    /// Slips of someone new to the language: what is said of each, and what to do.
    const SLIPS: [(&str, &str, &str); 18] = [
        ("list[4 / 2]", "must be a whole number", ".whole()"),
        ("list[5]", "no element 5 in a list of 3", "counted from 0"),
        ("x[9]", "no cell 9 in a column of 4", "counted from 0"),
        ("x[0] = 1", "of a Column cannot be set", "x.replace(mask, value)"),
        ("if x > 1 { 1 }", "this is a Mask, and must be true or false", "mask.choose(yes, no)"),
        ("if x { 1 }", "this is a Column, and must be true or false", "compare it first"),
        ("x.sum", "a Column has no property `sum`", "`sum()`"),
        ("m.rws", "a Matrix has no property `rws`", "did you mean `rows`?"),
        ("m.rows()", "there is no function `rows`", "`.rows`"),
        ("var y = 2", "`var` is a word of the language", "`let`"),
        ("null", "`null` is a word of the language", "`()`"),
        ("x.any() and true", "`;` is missing", "`&&`"),
        ("x.std()", "there is no function `std`", "here it is `sd`"),
        ("max(x, 1)", "`max` cannot be called with a Column, a number", "x.at_least(lower)"),
        ("greater(x, 1)", "`greater` takes two numbers or two columns", "x.at_least(lower)"),
        ("x.quantile(\"p\")", "`p` of `quantile` is a text", "a number belongs here"),
        ("m.row(-1)", "`row` of `row`: -1 is no whole number", "count from 0"),
        ("list.mean()", "`mean` cannot be called with a list", "it is `mean(x: Column)`"),
    ];

    #[test]
    fn slips_are_explained() {
        let host = Host::new(None, Limits::default());
        for (slip, what, hint) in SLIPS {
            let text = format!(
                "fn treat(x) {{ x }}\nfn example() {{ let x = column([1, 4, 2, ()]); let m = x.matrix(); \
                 let list = [1, 2, 3]; {slip}; #{{ column: [1] }} }}"
            );
            let source = Arc::new(Source { name: "s.rhai".into(), text });
            let fault = match Script::compile(&host, source) {
                Err(mut faults) => faults.remove(0),
                Ok(script) => match script.examples() {
                    Err(fault) => fault,
                    Ok(_) => panic!("{slip}: nothing is said"),
                },
            };
            assert!(fault.what.contains(what), "{slip}: {}", fault.what);
            let found = fault.hint.unwrap_or_default();
            assert!(found.contains(hint), "{slip}: {found}");
        }
    }
}
