//! Failures: inside functions of the host, and as a person reads them, with place, calls and hint.

use std::ops::Range;
use std::sync::Arc;

use quanheng_core::method::{ProgramFault, Site, Source, closest};
use quanheng_words::{Language, Text, text};
use rhai::{Dynamic, EvalAltResult, LexError, ParseErrorType, Position};

/// A failure on its way through the engine.
pub(crate) type Failed = Box<EvalAltResult>;

/// What a function of the host has to say.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) what: Text,
    pub(crate) hint: Option<Text>,
    pub(crate) row: Option<usize>,
    pub(crate) about: About,
}

/// What a failure is about, where an argument is the reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// No argument: limits that were passed, for one.
    Nothing,
    /// The argument is of this type, and another belongs there.
    Kind(String),
    /// The argument is of the right type and cannot be used.
    Value,
}

impl Said {
    pub(crate) fn new(what: Text, hint: Text) -> Self {
        Said { what, hint: Some(hint), row: None, about: About::Nothing }
    }

    pub(crate) fn failed(self) -> Failed {
        EvalAltResult::ErrorRuntime(Dynamic::from(self), Position::NONE).into()
    }
}

/// A failure in a function of the host, with what to do.
pub(crate) fn fail(what: Text, hint: Text) -> Failed {
    Said::new(what, hint).failed()
}

/// A failure at one row.
pub(crate) fn fail_at(row: usize, what: Text, hint: Text) -> Failed {
    Said { row: Some(row), ..Said::new(what, hint) }.failed()
}

/// A value of the type `found`, where another belongs.
pub(crate) fn wrong_kind(found: &str, hint: Text) -> Failed {
    let what = text!(script_wrong_kind, kind = a(found));
    Said { about: About::Kind(found.to_owned()), ..Said::new(what, hint) }.failed()
}

/// A value of the right type that cannot be used.
pub(crate) fn wrong_value(what: Text, hint: Text) -> Failed {
    Said { about: About::Value, ..Said::new(what, hint) }.failed()
}

/// The same failure, with the argument and the function that it concerns.
pub(crate) fn of_argument(failed: Failed, argument: &str, function: &str) -> Failed {
    let EvalAltResult::ErrorRuntime(value, at) = *failed else { return failed };
    let two = matches!(function, "lesser" | "greater");
    let value = match value.clone().try_cast::<Said>() {
        None => value,
        Some(said) => Dynamic::from(match &said.about {
            About::Kind(kind) if two && type_name(kind) == "Column" => Said::new(
                text!(script_two_alike, function = function),
                text!(script_two_alike_hint),
            ),
            About::Kind(kind) => Said {
                what: text!(
                    script_argument_kind,
                    argument = argument,
                    function = function,
                    kind = a(kind)
                ),
                ..said
            },
            About::Value => Said {
                what: text!(
                    script_argument_value,
                    argument = argument,
                    function = function,
                    what = said.what
                ),
                ..said
            },
            About::Nothing => said,
        }),
    };
    EvalAltResult::ErrorRuntime(value, at).into()
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
                        true => text!(script_in_nameless_call),
                        false => text!(script_in_call, name = short(&name)),
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
    let Explained { word, what, hint, row } = words(&failed, texts);
    let mut sites = Vec::new();
    if at != Position::NONE {
        let span = span(&here.text, at, &word);
        sites.push(Site { source: Arc::clone(&here), span, note: Text::default() });
    }
    if let (true, EvalAltResult::ErrorDataRace(..)) = (sites.is_empty(), &failed) {
        // The engine does not say where.
        let span = uses_itself(&here.text).map(|span| (Arc::clone(&here), span));
        sites.extend(span.map(|(source, span)| Site { source, span, note: Text::default() }));
    }
    sites.extend(calls);
    ProgramFault { what: what.map(&short), hint: hint.map(|hint| hint.map(&short)), sites, row }
}

/// Where a call with a function uses the name that it is made on inside that function: `x.map(|v| x == v)`. The function may
/// go on over several lines: it ends where the brackets of the call do.
fn uses_itself(text: &str) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    for (bar, _) in text.match_indices("(|") {
        let open = bar + 1;
        let Some(parameters) = text[open + 1..].find('|') else { continue };
        let body = open + 1 + parameters + 1;
        let end = body + length_in_brackets(&text[body..]);
        let start = text[..open].rfind([';', '{', '}', '=']).map_or(0, |at| at + 1);
        // The names before the function that a call is made on, and what the function uses.
        let names = text[start..open].match_indices('.').filter_map(|(dot, _)| {
            let before = text[start..start + dot].trim_end().trim_end_matches(is_name);
            let name = start + before.len()..start + text[start..start + dot].trim_end().len();
            (!name.is_empty() && !before.ends_with(['.', ')'])).then_some(name)
        });
        for name in names {
            let word = &text[name.clone()];
            let mut used = text[body..end].match_indices(word);
            let is_whole = |(at, _): (usize, &str)| {
                let behind = &text[body + at + word.len()..];
                !text[..body + at].ends_with(is_name) && !behind.starts_with(is_name)
            };
            if used.any(is_whole) {
                return Some(name);
            }
        }
    }
    None
}

/// How far a text goes until a bracket closes that it did not open.
fn length_in_brackets(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
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

/// A failure of the engine in words.
struct Explained {
    /// The word that it stands at, where it is known.
    word: String,
    what: Text,
    hint: Option<Text>,
    row: Option<usize>,
}

impl Explained {
    fn new(what: Text, hint: Option<Text>) -> Self {
        Explained { word: String::new(), what, hint, row: None }
    }
}

fn words(failed: &EvalAltResult, texts: &dyn Texts) -> Explained {
    use EvalAltResult as E;
    let said =
        |value: &Dynamic, otherwise: &dyn Fn() -> Text| match value.clone().try_cast::<Said>() {
            Some(said) => Explained { row: said.row, ..Explained::new(said.what, said.hint) },
            None => Explained::new(otherwise(), Some(text!(script_thrown_hint))),
        };
    let (what, hint) = match failed {
        E::ErrorRuntime(value, _) => return said(value, &|| thrown(value)),
        E::ErrorTerminated(value, _) => return said(value, &|| text!(script_stopped)),
        E::ErrorParsing(kind, _) => parse_words(kind),
        E::ErrorVariableNotFound(name, _) => {
            let what = text!(script_no_variable, name = name);
            return Explained { word: name.clone(), ..Explained::new(what, None) };
        }
        E::ErrorFunctionNotFound(signature, _) if signature.starts_with("elements ") => {
            (text!(script_no_order), Some(text!(script_no_order_hint)))
        }
        E::ErrorFunctionNotFound(signature, _) => {
            let word = signature.split(['(', ' ']).next().unwrap_or_default().to_owned();
            let (what, hint) = not_found(signature, &word, &texts.functions());
            return Explained { word, ..Explained::new(what, hint) };
        }
        E::ErrorPropertyNotFound(name, _) => {
            let name = name.split([' ', ':']).next_back().unwrap_or(name);
            (text!(script_no_property_here, name = name), None)
        }
        E::ErrorDotExpr(what, _) if !what.is_empty() => property(what, &texts.functions()),
        E::ErrorIndexingType(kind, _) => indexed(kind),
        E::ErrorArrayBounds(count, place, _) => (
            text!(script_no_element, place = *place, count = *count),
            Some(text!(script_counted_from_0)),
        ),
        E::ErrorStringBounds(count, place, _) => (
            text!(script_no_character, place = *place, count = *count),
            Some(text!(script_counted_from_0)),
        ),
        E::ErrorFor(_) => (text!(script_not_looped), Some(text!(script_not_looped_hint))),
        E::ErrorAssignmentToConstant(name, _) => (
            text!(script_constant_assigned, name = name),
            Some(text!(script_constant_changed_hint)),
        ),
        E::ErrorMismatchDataType(wanted, found, _) => mismatch(wanted, found),
        E::ErrorMismatchOutputType(wanted, found, _) => {
            (text!(script_result_kind, found = a(found), wanted = a(wanted)), None)
        }
        E::ErrorStackOverflow(_) => (text!(script_calls_deep), Some(text!(script_calls_deep_hint))),
        E::ErrorTooManyVariables(_) => {
            (text!(script_many_variables), Some(text!(script_many_variables_hint)))
        }
        E::ErrorTooManyModules(_) => (text!(script_many_modules), Some(text!(script_modules_hint))),
        E::ErrorDataTooLarge(what, _) => {
            (text!(script_too_large, what = size_of_what(what)), Some(text!(script_too_large_hint)))
        }
        E::ErrorModuleNotFound(name, _) => {
            let (what, hint) = (text!(script_no_module, name = name), text!(script_no_module_hint));
            return Explained { word: name.clone(), ..Explained::new(what, Some(hint)) };
        }
        E::ErrorDataRace(..) => (text!(script_data_race), Some(text!(script_data_race_hint))),
        E::ErrorNonPureMethodCallOnConstant(name, _) => {
            (text!(script_constant_changed, name = name), Some(text!(script_constant_changed_hint)))
        }
        E::ErrorArithmetic(what, _) => (arithmetic(what), None),
        E::ErrorVariableExists(name, _) => (text!(script_variable_twice, name = name), None),
        E::ErrorForbiddenVariable(name, _) => (text!(script_name_forbidden, name = name), None),
        E::ErrorIndexNotFound(index, _) => {
            (text!(script_no_such_element, index = thrown(index)), None)
        }
        E::ErrorUnboundThis(_) => (text!(script_no_this), None),
        E::ErrorBitFieldBounds(count, place, _) => {
            (text!(script_no_bit, place = *place, count = *count), None)
        }
        E::ErrorDotExpr(..) => (text!(script_property_expected), None),
        E::ErrorTooManyOperations(_) => (text!(script_steps), Some(text!(script_steps_hint))),
        E::LoopBreak(..) => (text!(script_break_outside), None),
        // What the engine reports in words of its own, or only to itself.
        other => (text!(script_engine, message = message(other)), None),
    };
    Explained::new(what, hint)
}

/// What is too large: the engine says `Length of string`, `Size of array/BLOB`, `Size of object map`.
fn size_of_what(said: &str) -> Text {
    let said = said.to_lowercase();
    match (said.contains("string"), said.contains("array"), said.contains("map")) {
        (true, ..) => text!(script_size_text),
        (_, true, _) => text!(script_size_list),
        (.., true) if said.contains("list") => text!(script_size_list_or_map),
        (.., true) => text!(script_size_map),
        _ => text!(script_engine, message = said),
    }
}

/// Arithmetic of whole numbers: the engine says `Division by zero: 1 % 0`, `Addition overflow: 9 + 1`.
fn arithmetic(said: &str) -> Text {
    let said = said.to_lowercase();
    match said.split_once(": ") {
        None if said == "step value cannot be zero" => text!(script_step_zero),
        Some((kind, of)) if kind.contains("zero") && of.ends_with(" 0") => {
            text!(script_by_zero, of = of)
        }
        Some((kind, of)) if kind.contains("overflow") => text!(script_overflow, of = of),
        _ => text!(script_arithmetic, message = said),
    }
}

/// What a script threw, in words.
fn thrown(value: &Dynamic) -> Text {
    let plain = value.is_string()
        || value.is_char()
        || value.is_bool()
        || value.is_int()
        || value.is_float()
        || value.is_array()
        || value.is_map();
    let text = if plain { value.to_string() } else { String::new() };
    match text.trim() {
        "" if value.is_unit() || plain => text!(script_silent),
        "" => text!(script_threw_kind, kind = a(value.type_name())),
        text => authored(text),
    }
}

/// What a script says in words of its own. Words that a bundled script has too have Chinese in `words/zh.ftl`, under an id
/// that is made of them; all others are quoted.
pub(crate) fn authored(words: &str) -> Text {
    match quanheng_words::declared(Language::Zh, &said_id(words), "") {
        None => Text::plain(words),
        Some(chinese) => Text::by_language(|language| match language {
            Language::Zh => chinese.to_owned(),
            Language::En => words.to_owned(),
        }),
    }
}

/// `says-a-child-is-absent` of "a child is absent".
fn said_id(words: &str) -> String {
    let in_id = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = words.to_ascii_lowercase();
    let words = words.split(|c| !in_id(c)).filter(|word| !word.is_empty());
    words.fold("says".to_owned(), |id, word| format!("{id}-{word}"))
}

/// The engine's own words, without the position that is shown beside them.
fn message(failed: &EvalAltResult) -> String {
    let text = failed.to_string();
    let text = text.split(" (line ").next().unwrap_or(&text);
    text.to_owned()
}

pub(crate) fn did_you_mean(near: &str) -> Text {
    text!(script_did_you_mean, near = near)
}

/// A property that nothing has: the engine says `Unknown property 'x' - a getter is not registered for type 'Column'`.
fn property(said: &str, known: &[String]) -> (Text, Option<Text>) {
    let mut quoted = said.split('\'').skip(1).step_by(2);
    let (Some(name), Some(kind)) = (quoted.next(), quoted.next()) else {
        return (text!(script_property_unread, said = said), None);
    };
    if said.contains("setter") {
        let what = text!(script_property_set, name = name, kind = a(kind));
        return (what, Some(text!(script_property_set_hint)));
    }
    let names = || known.iter().map(|k| signature_name(k));
    let hint = match names().any(|n| n == name) {
        true => Some(text!(script_is_function, name = name)),
        false => {
            let properties = names().filter_map(|n| n.strip_prefix("get "));
            closest(name, properties).map(did_you_mean)
        }
    };
    (text!(script_no_property, kind = a(kind), name = name), hint)
}

/// Brackets that do not go with a value: the engine says `Column [i64] = f64`, or `Column [string]`.
fn indexed(said: &str) -> (Text, Option<Text>) {
    let kind = said.split(" [").next().unwrap_or(said);
    match said.contains("] = ") {
        true => (text!(script_element_set, kind = a(kind)), Some(text!(script_element_set_hint))),
        false => {
            let by = said.split_once('[').map_or("", |(_, by)| by.trim_end_matches(']'));
            (text!(script_not_indexed, kind = a(kind), by = a(by)), None)
        }
    }
}

/// A value of another type than the language wants.
fn mismatch(wanted: &str, found: &str) -> (Text, Option<Text>) {
    let kinds = || text!(script_mismatch, found = a(found), wanted = a(wanted));
    match (type_name(wanted), type_name(found)) {
        ("i64" | "int", "f64" | "float") => {
            (text!(script_not_whole), Some(text!(script_not_whole_hint)))
        }
        ("bool", "Column") => (kinds(), Some(text!(script_compare_first))),
        ("bool", "Mask") => (kinds(), Some(text!(script_mask_choose))),
        _ => (kinds(), None),
    }
}

/// `Column` of `quanheng_scripts::host::column::Column`.
fn type_name(kind: &str) -> &str {
    kind.split(" | ").next().unwrap_or(kind).rsplit("::").next().unwrap_or(kind)
}

/// A type as people say it.
pub(crate) fn a(kind: &str) -> Text {
    match type_name(kind) {
        "f64" | "i64" | "float" | "int" => text!(script_kind_number),
        "()" => text!(script_kind_nothing),
        "string" | "String" | "ImmutableString" | "&str" => text!(script_kind_text),
        "bool" => text!(script_kind_bool),
        "array" | "Array" => text!(script_kind_list),
        "map" | "Map" => text!(script_kind_map),
        "Fn" | "FnPtr" => text!(script_kind_function),
        "Column" => text!(script_kind_column),
        "Matrix" => text!(script_kind_matrix),
        "Mask" => text!(script_kind_mask),
        "Regions" => text!(script_kind_regions),
        "Classes" => text!(script_kind_classes),
        "Neighbours" => text!(script_kind_neighbours),
        "Indicator" => text!(script_kind_indicator),
        "Facts" => text!(script_kind_facts),
        "Children" => text!(script_kind_children),
        "Raw" => text!(script_kind_raw),
        "Tiers" => text!(script_kind_tiers),
        "Tree" => text!(script_kind_tree),
        other => text!(script_kind_other, name = other),
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

/// A call of a function that does not exist: another name was meant, or other arguments.
pub(crate) fn not_found(signature: &str, name: &str, known: &[String]) -> (Text, Option<Text>) {
    let arguments: Option<Vec<Text>> = signature
        .split_once('(')
        .map(|(_, rest)| rest.trim_end_matches(')'))
        .map(|list| list.split(", ").filter(|k| !k.is_empty()).map(a).collect());
    let operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let alike: Vec<&String> = known.iter().filter(|k| signature_name(k) == name).collect();
    if alike.is_empty() || operator {
        let what = match arguments {
            Some(kinds) if operator => text!(script_operator_kinds, name = name, kinds = kinds),
            _ => text!(script_no_function, name = name),
        };
        let mut names = known.iter().map(|k| signature_name(k));
        let hint = match operator {
            true => None,
            false => match CALLED_HERE.iter().find(|(other, _)| *other == name) {
                Some((_, here)) => Some(text!(script_called_here, here = *here)),
                None if names.clone().any(|n| n.strip_prefix("get ") == Some(name)) => {
                    Some(text!(script_is_property, name = name))
                }
                None => closest(name, &mut names).map(did_you_mean),
            },
        };
        return (what, hint);
    }
    let forms: Vec<String> = alike.into_iter().take(4).cloned().collect();
    let what = match arguments.filter(|list| !list.is_empty()) {
        Some(kinds) => text!(script_not_called_with, name = name, kinds = kinds),
        None => text!(script_not_called, name = name),
    };
    let hint = match name {
        "min" => text!(script_forms_min, forms = forms),
        "max" => text!(script_forms_max, forms = forms),
        _ => text!(script_forms, forms = forms),
    };
    (what, Some(hint))
}

/// `quantile` of `quantile(x, p)`.
pub(crate) fn signature_name(signature: &str) -> &str {
    signature.split('(').next().unwrap_or(signature)
}

/// Signs of other languages, with what is written here.
const MEANT: [(&str, &str); 5] =
    [("===", "=="), ("!==", "!="), (":=", "="), ("# {", "#{"), ("(*", "/*")];

/// What keeps a text from being a script.
pub(crate) fn parse_words(kind: &ParseErrorType) -> (Text, Option<Text>) {
    use ParseErrorType as P;
    match kind {
        P::UnexpectedEOF => (text!(script_ends_early), Some(text!(script_ends_early_hint))),
        P::Reserved(word) | P::BadInput(LexError::ImproperSymbol(word, _))
            if matches!(word.as_str(), "eval" | "**=" | "print" | "debug") =>
        {
            (text!(script_word_off, word = word), Some(not_here(word)))
        }
        other if other.to_string().contains("'**='") => {
            (text!(script_word_off, word = "**="), Some(not_here("**=")))
        }
        P::Reserved(word) => (
            text!(script_word_kept, word = word),
            Some(match word.as_str() {
                "var" => text!(script_use_let),
                "null" | "nil" | "void" => text!(script_use_unit),
                _ => text!(script_other_name),
            }),
        ),
        P::MissingToken(token, why) => (
            text!(script_missing_token, token = token, why = why),
            (token == ";").then(|| text!(script_lines_end)),
        ),
        P::ExprTooDeep => (text!(script_deep), Some(text!(script_deep_hint))),
        P::ModuleUndefined(name) => (text!(script_module_undefined, name = name), None),
        P::BadInput(LexError::UnexpectedInput(found)) => {
            let is_hidden = |c: char| c.is_control() || quanheng_words::is_invisible(c);
            let hint = match found.contains(is_hidden) {
                true => text!(script_unexpected_hidden_hint),
                false => text!(script_unexpected_hint),
            };
            (text!(script_unexpected, found = found), Some(hint))
        }
        P::BadInput(LexError::UnterminatedString) => {
            (text!(script_text_open), Some(text!(script_ends_early_hint)))
        }
        P::BadInput(LexError::MalformedNumber(found)) => {
            (text!(script_bad_number, found = found), None)
        }
        P::BadInput(LexError::StringTooLong(_)) => (
            text!(script_too_large, what = text!(script_size_text)),
            Some(text!(script_too_large_hint)),
        ),
        P::BadInput(LexError::ImproperSymbol(sign, _)) => {
            let meant = MEANT.iter().find(|(other, _)| other == sign);
            let hint = meant.map(|(_, meant)| text!(script_write, code = *meant));
            (text!(script_word_off, word = sign), hint)
        }
        P::PropertyExpected => (text!(script_property_expected), None),
        P::DuplicatedProperty(name) => (text!(script_key_twice, name = name), None),
        P::MalformedIndexExpr(_) => (text!(script_bad_index), None),
        P::UnknownOperator(sign) => (text!(script_no_operator, sign = sign), None),
        P::VariableUndefined(name) => (text!(script_no_variable, name = name), None),
        P::VariableExpected => (text!(script_name_expected), None),
        P::ExprExpected(_) => (text!(script_value_expected), None),
        P::FnDuplicatedDefinition(name, count) => {
            (text!(script_function_twice, name = name, count = *count), None)
        }
        P::FnMissingName => (text!(script_function_nameless), None),
        P::FnMissingParams(name) => (text!(script_function_no_brackets, name = name), None),
        P::FnDuplicatedParam(name, parameter) => {
            (text!(script_parameter_twice, name = name, parameter = parameter), None)
        }
        P::FnMissingBody(name) => (text!(script_function_no_body, name = name), None),
        P::WrongFnDefinition => (text!(script_function_inside), None),
        P::AssignmentToConstant(name) => (
            text!(script_constant_assigned, name = name),
            Some(text!(script_constant_changed_hint)),
        ),
        P::AssignmentToInvalidLHS(_) => (text!(script_not_assigned), None),
        P::LoopBreak => (text!(script_break_outside), None),
        P::LiteralTooLarge(what, _) => {
            (text!(script_too_large, what = size_of_what(what)), Some(text!(script_too_large_hint)))
        }
        P::TooManyFunctions => (text!(script_many_functions), None),
        P::BadInput(LexError::MalformedEscapeSequence(found)) => {
            (text!(script_bad_escape, found = found), None)
        }
        P::BadInput(LexError::MalformedChar(found)) => {
            (text!(script_bad_character, found = found), None)
        }
        P::BadInput(LexError::MalformedIdentifier(name)) => {
            (text!(script_bad_name, name = name), None)
        }
        P::MissingSymbol(_) => (text!(script_missing_sign), None),
        P::MalformedCapture(_) => (text!(script_bad_capture), None),
        P::DuplicatedVariable(name) | P::VariableExists(name) => {
            (text!(script_variable_twice, name = name), None)
        }
        P::ForbiddenVariable(name) => (text!(script_name_forbidden, name = name), None),
        P::WrongSwitchIntegerCase => (text!(script_switch_number), None),
        P::WrongSwitchDefaultCase => (text!(script_switch_default), None),
        P::WrongSwitchCaseCondition => (text!(script_switch_condition), None),
        P::MismatchedType(wanted, found) => mismatch(wanted, found),
        P::WrongDocComment => (text!(script_doc_comment), None),
        P::WrongExport => (text!(script_export_inside), None),
        // What the engine does not report any more, or reports in words of its own.
        other => (text!(script_engine, message = other.to_string()), None),
    }
}

fn not_here(word: &str) -> Text {
    match word {
        "eval" => text!(script_no_eval),
        "**=" => text!(script_no_power_assignment),
        _ => text!(script_no_print),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use quanheng_core::method::Source;
    use quanheng_words::Language;

    use crate::{Host, Limits, Script};

    /// Mistakes of beginners in the language, with a message and a hint for each.
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
        ("m.row(-1)", "`row` of `row`: -1 is not a whole number of 0 or more", "count from 0"),
        (
            "list.mean()",
            "`mean` cannot be called with a list",
            "it can be called as `mean(x: Column)`",
        ),
    ];

    #[test]
    fn rare_errors_of_the_engine_are_chinese_in_chinese() {
        use rhai::{EvalAltResult as E, LexError as L, ParseErrorType as P, Position};
        let a = || "a".to_owned();
        let parsing = [
            P::BadInput(L::MalformedEscapeSequence(a())),
            P::BadInput(L::MalformedChar(a())),
            P::BadInput(L::MalformedIdentifier(a())),
            P::MissingSymbol(a()),
            P::MalformedCapture(a()),
            P::MalformedIndexExpr(a()),
            P::DuplicatedVariable(a()),
            P::VariableExists(a()),
            P::ForbiddenVariable(a()),
            P::WrongSwitchIntegerCase,
            P::WrongSwitchDefaultCase,
            P::WrongSwitchCaseCondition,
            P::MismatchedType("i64".into(), "string".into()),
            P::ExprExpected(a()),
            P::WrongDocComment,
            P::WrongExport,
            P::AssignmentToInvalidLHS(a()),
            P::LoopBreak,
        ];
        let at = Position::NONE;
        let others = [
            E::ErrorVariableExists(a(), at),
            E::ErrorForbiddenVariable(a(), at),
            E::ErrorIndexNotFound("a".into(), at),
            E::ErrorUnboundThis(at),
            E::ErrorBitFieldBounds(64, 70, at),
            E::ErrorDotExpr(String::new(), at),
            E::ErrorTooManyOperations(at),
            E::ErrorArithmetic("Division by zero: 1 / 0".into(), at),
            E::LoopBreak(true, ().into(), at),
            E::ErrorMismatchOutputType("bool".into(), "array".into(), at),
        ];
        struct None;
        impl super::Texts for None {
            fn find(&self, _: Option<&str>) -> Arc<Source> {
                Arc::new(Source::new(String::new(), String::new()))
            }
            fn functions(&self) -> Vec<String> {
                Vec::new()
            }
        }
        let parsing = parsing.into_iter().map(|kind| E::ErrorParsing(kind, at));
        for error in parsing.chain(others) {
            let chinese = super::words(&error, &None).what.render(Language::Zh);
            let plain: String = chinese.split('`').step_by(2).collect();
            let words = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1);
            assert_eq!(words.collect::<Vec<_>>(), Vec::<&str>::new(), "{error:?}: {chinese}");
        }
    }

    /// The messages that a script writes out: the text in `throw "…";`, and the last one in `require(…, "…")`.
    fn messages(script: &str) -> Vec<String> {
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let code: Vec<&str> = script.lines().filter(code).collect();
        let code = code.join(" ");
        let said = code.split(';').filter(|s| s.contains("require(") || s.contains("throw "));
        said.filter_map(|statement| {
            let said = statement.trim_end_matches([')', ' ', ',']).strip_suffix('"')?;
            let (before, message) = said.rsplit_once('"')?;
            let is_whole = before.trim_end().ends_with([',', 'w']);
            is_whole.then(|| message.to_owned())
        })
        .collect()
    }

    #[test]
    fn what_bundled_scripts_say_has_chinese() {
        let scripts = crate::LIBRARY.iter().flat_map(|script| messages(script.text));
        let scripts: Vec<String> = scripts.collect();
        assert!(scripts.len() > 60, "{scripts:?}");
        let english: Vec<_> = scripts
            .iter()
            .filter(|said| super::authored(said).render(Language::Zh) == ***said)
            .collect();
        assert!(english.is_empty(), "no Chinese in words/zh.ftl: {english:#?}");
        let ids: Vec<String> = scripts.iter().map(|said| super::said_id(said)).collect();
        let unknown: Vec<_> = quanheng_words::declared_ids()
            .filter(|(id, _)| id.starts_with("says-") && ids.iter().all(|known| known != id))
            .collect();
        assert!(unknown.is_empty(), "no bundled script says this: {unknown:?}");
    }

    /// A function that uses the value that it is called on is refused at its own line, also where it goes on over several lines
    /// and where another function of the script calls it.
    #[test]
    fn a_function_that_uses_its_own_value() {
        let host = Host::new(None, Limits::default());
        for (call, word) in [
            ("x.list().map(|v| (x == v).count())", "x"),
            (
                "x.list()\n        .map(|v| {\n            let same = x == v;\n            same.count()\n        })",
                "x",
            ),
        ] {
            let text = format!(
                "fn treat(x) {{ x }}\nfn counted(x) {{\n    {call}\n}}\n\
                 fn example() {{ counted(column([1, 1, 2])); #{{ column: [1] }} }}"
            );
            let source = Arc::new(Source::new("s.rhai", text.clone()));
            let script = Script::compile(&host, source).expect("it compiles");
            let fault = script.examples().expect_err("it cannot run");
            assert!(fault.what.to_string().contains("uses the value that it is called on"));
            let site = fault.sites.first().expect("a place");
            assert_eq!(&text[site.span.clone()], word);
            assert_eq!(text[..site.span.start].lines().count(), 3, "{call}");
        }
    }

    #[test]
    fn slips_are_explained() {
        let host = Host::new(None, Limits::default());
        for (slip, what, hint) in SLIPS {
            let text = format!(
                "fn treat(x) {{ x }}\nfn example() {{ let x = column([1, 4, 2, ()]); let m = x.matrix(); \
                 let list = [1, 2, 3]; {slip}; #{{ column: [1] }} }}"
            );
            let source = Arc::new(Source::new("s.rhai", text));
            let fault = match Script::compile(&host, source) {
                Err(mut faults) => faults.remove(0),
                Ok(script) => match script.examples() {
                    Err(fault) => fault,
                    Ok(_) => panic!("{slip}: nothing is said"),
                },
            };
            let found = fault.what.to_string();
            assert!(found.contains(what), "{slip}: {found}");
            let chinese = fault.what.render(Language::Zh);
            assert!(!chinese.is_ascii(), "{slip}: {chinese}");
            let found = fault.hint.unwrap_or_default().to_string();
            assert!(found.contains(hint), "{slip}: {found}");
        }
    }
}
