//! Turns `en.ftl` and `zh.ftl` into tables of Rust: one static message for each id, with both languages.
//!
//! The files use this part of Fluent (<https://projectfluent.org>): messages with slots `{ $name }`, plural forms and
//! other choices by a slot, terms `{ -name }`, and, in `zh.ftl` only, ids with hyphens, which translate what is
//! declared in the code in English; these may repeat one another: `{ method-tiering-counts.labels }`. Anything else ends
//! the build with a message.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

type Parsed<'a> = Pattern<&'a str>;

/// What one language file says.
#[derive(Default)]
struct File<'a> {
    name: &'static str,
    terms: BTreeMap<&'a str, &'a Parsed<'a>>,
    messages: BTreeMap<&'a str, &'a Parsed<'a>>,
    /// By id and attribute; the attribute is empty for the message itself.
    declared: BTreeMap<(&'a str, &'a str), &'a Parsed<'a>>,
}

fn main() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let read = |name: &str| {
        println!("cargo::rerun-if-changed={name}");
        std::fs::read_to_string(Path::new(&folder).join(name)).expect("the file is beside build.rs")
    };
    let (english, chinese) = (read("en.ftl"), read("zh.ftl"));
    let mut wrong = Vec::new();
    let english = parse("words/en.ftl", &english, &mut wrong);
    let chinese = parse("words/zh.ftl", &chinese, &mut wrong);
    let (en, zh) = (
        collect("words/en.ftl", &english, &mut wrong),
        collect("words/zh.ftl", &chinese, &mut wrong),
    );
    let made = generate(&en, &zh, &mut wrong);
    if !wrong.is_empty() {
        for message in &wrong {
            println!("cargo::error={message}");
        }
        std::process::exit(1);
    }
    let target = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&target).join("messages.rs"), made)
        .expect("the build folder is writable");
}

fn parse<'a>(
    name: &str,
    text: &'a str,
    wrong: &mut Vec<String>,
) -> fluent_syntax::ast::Resource<&'a str> {
    fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = text[..error.pos.start].matches('\n').count() + 1;
            wrong.push(format!("{name}:{line}: {error}"));
        }
        resource
    })
}

fn collect<'a>(
    name: &'static str,
    resource: &'a fluent_syntax::ast::Resource<&'a str>,
    wrong: &mut Vec<String>,
) -> File<'a> {
    let mut file = File { name, ..File::default() };
    for entry in &resource.body {
        let repeated = match entry {
            Entry::Message(message) if message.id.name.contains('-') => {
                let id = message.id.name;
                let whole = message.value.iter().map(|value| ("", value));
                let parts = message.attributes.iter().map(|a| (a.id.name, &a.value));
                let mut repeated = None;
                for (attribute, value) in whole.chain(parts) {
                    if file.declared.insert((id, attribute), value).is_some() {
                        repeated = Some(id);
                    }
                }
                repeated
            }
            Entry::Message(message) => {
                if let Some(attribute) = message.attributes.first() {
                    wrong.push(format!(
                        "{name}: `{}` has the attribute `.{}`; only ids with hyphens have attributes",
                        message.id.name, attribute.id.name
                    ));
                }
                let Some(value) = &message.value else { continue };
                file.messages.insert(message.id.name, value).map(|_| message.id.name)
            }
            Entry::Term(term) => file.terms.insert(term.id.name, &term.value).map(|_| term.id.name),
            _ => None,
        };
        if let Some(id) = repeated {
            wrong.push(format!("{name}: `{id}` stands there twice"));
        }
    }
    file
}

fn generate(en: &File, zh: &File, wrong: &mut Vec<String>) -> String {
    both("message", en, zh, &en.messages, &zh.messages, wrong);
    both("term", en, zh, &en.terms, &zh.terms, wrong);
    if let Some(((id, _), _)) = en.declared.first_key_value() {
        wrong.push(format!(
            "{}: `{id}` has a hyphen: what is declared in the code has its English there",
            en.name
        ));
    }
    let mut keys = String::new();
    let mut slots = String::new();
    let mut ids = String::new();
    let mut messages = String::new();
    for (id, english) in &en.messages {
        let Some(chinese) = zh.messages.get(id) else { continue };
        let (mut of_en, mut of_zh) = (BTreeSet::new(), BTreeSet::new());
        let english = pieces(en, id, english, &mut of_en, wrong);
        let chinese = pieces(zh, id, chinese, &mut of_zh, wrong);
        if of_en != of_zh {
            wrong.push(format!(
                "`{id}` has the slots {of_en:?} in words/en.ftl and {of_zh:?} in words/zh.ftl: they must be the same"
            ));
        }
        let _ = writeln!(
            keys,
            "pub static {id}: Message = Message {{ id: {id:?}, en: {english}, zh: {chinese} }};"
        );
        let _ = writeln!(slots, "pub const {id}: &[&str] = &{of_en:?};");
        let _ = writeln!(ids, "    {id:?},");
        let _ = writeln!(messages, "    (&key::{id}, slots::{id}),");
    }
    let mut declared = String::new();
    for ((id, attribute), value) in &zh.declared {
        let text = plain(zh, id, value, wrong);
        let _ = writeln!(declared, "    (({id:?}, {attribute:?}), {text:?}),");
    }
    let mut terms = String::new();
    for (id, english) in &en.terms {
        let Some(chinese) = zh.terms.get(id) else { continue };
        let english = plain(en, id, english, wrong);
        let chinese = plain(zh, id, chinese, wrong);
        let _ = writeln!(terms, "    ({id:?}, {english:?}, {chinese:?}),");
    }
    let slots = slots.replace('{', "[").replace('}', "]");
    format!(
        "/// Every message by its id.\n#[allow(non_upper_case_globals, missing_docs, reason = \"named as in the files of words\")]\n\
         pub mod key {{\n#[allow(unused_imports, reason = \"there may be no choices\")]\nuse crate::text::{{Case, Message, Piece}};\n{keys}}}\n\
         /// The slots of every message, in alphabetical order.\n#[allow(non_upper_case_globals, missing_docs, reason = \"named as in the files of words\")]\n\
         pub mod slots {{\n{slots}}}\n\
         /// The id of every message, in alphabetical order.\npub static IDS: &[&str] = &[\n{ids}];\n\
         /// Every message with its slots, in alphabetical order of the ids.\npub(crate) static MESSAGES: &[(&Message, &[&str])] = &[\n{messages}];\n\
         pub(crate) static DECLARED: &[((&str, &str), &str)] = &[\n{declared}];\n\
         /// Every term: its id, in English, in Chinese.\npub static TERMS: &[(&str, &str, &str)] = &[\n{terms}];\n"
    )
}

/// Whether both files have the same ids.
fn both(
    what: &str,
    en: &File,
    zh: &File,
    of_en: &BTreeMap<&str, &Parsed>,
    of_zh: &BTreeMap<&str, &Parsed>,
    wrong: &mut Vec<String>,
) {
    for (one, other, file) in [(of_en, of_zh, zh.name), (of_zh, of_en, en.name)] {
        for id in one.keys().filter(|id| !other.contains_key(*id)) {
            wrong.push(format!("{file}: the {what} `{id}` is missing"));
        }
    }
}

/// A pattern that has no slots, as a text.
fn plain(file: &File, id: &str, pattern: &Parsed, wrong: &mut Vec<String>) -> String {
    let mut text = String::new();
    flatten(file, id, pattern, &mut text, wrong);
    text
}

fn flatten(file: &File, id: &str, pattern: &Parsed, text: &mut String, wrong: &mut Vec<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } => text.push_str(value),
                InlineExpression::TermReference { id: term, .. } => match file.terms.get(term.name)
                {
                    Some(value) => flatten(file, id, value, text, wrong),
                    None => wrong.push(format!(
                        "{}: `{id}` uses the term `-{}`, which is missing",
                        file.name, term.name
                    )),
                },
                InlineExpression::MessageReference { id: other, attribute } => {
                    let key = (other.name, attribute.as_ref().map_or("", |a| a.name));
                    match file.declared.get(&key) {
                        Some(value) if !repeats(value) => flatten(file, id, value, text, wrong),
                        Some(_) => wrong.push(format!(
                            "{}: `{id}` repeats `{}`, which repeats another text",
                            file.name, other.name
                        )),
                        None => wrong.push(format!(
                            "{}: `{id}` repeats `{}`, which is missing",
                            file.name, other.name
                        )),
                    }
                }
                _ => wrong.push(format!("{}: `{id}` can have no slots", file.name)),
            },
            PatternElement::Placeable { .. } => {
                wrong.push(format!("{}: `{id}` can have no choices", file.name));
            }
        }
    }
}

/// Whether a pattern repeats the text of another message.
fn repeats(pattern: &Parsed) -> bool {
    pattern.elements.iter().any(|element| {
        matches!(
            element,
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::MessageReference { .. })
            }
        )
    })
}

/// A pattern as an expression of Rust: a slice of pieces.
fn pieces<'a>(
    file: &File,
    id: &str,
    pattern: &Parsed<'a>,
    slots: &mut BTreeSet<&'a str>,
    wrong: &mut Vec<String>,
) -> String {
    let mut made: Vec<String> = Vec::new();
    let mut text = String::new();
    for element in &pattern.elements {
        let expression = match element {
            PatternElement::TextElement { value } => {
                text.push_str(value);
                continue;
            }
            PatternElement::Placeable { expression } => expression,
        };
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => text.push_str(value),
            Expression::Inline(InlineExpression::TermReference { .. }) => {
                let one = Pattern { elements: vec![element.clone()] };
                flatten(file, id, &one, &mut text, wrong);
            }
            Expression::Inline(InlineExpression::VariableReference { id: slot }) => {
                close(&mut text, &mut made);
                slots.insert(slot.name);
                made.push(format!("Piece::Slot({:?})", slot.name));
            }
            Expression::Select {
                selector: InlineExpression::VariableReference { id: slot },
                variants,
            } => {
                close(&mut text, &mut made);
                slots.insert(slot.name);
                let mut cases = String::new();
                let mut other = String::from("&[]");
                for variant in variants {
                    let inner = pieces(file, id, &variant.value, slots, wrong);
                    let case = match &variant.key {
                        _ if variant.default => {
                            other = inner;
                            continue;
                        }
                        VariantKey::Identifier { name: "one" } => "Case::One".to_owned(),
                        VariantKey::Identifier { name } => format!("Case::Is({name:?})"),
                        VariantKey::NumberLiteral { value } => format!("Case::Is({value:?})"),
                    };
                    let _ = write!(cases, "({case}, {inner}), ");
                }
                made.push(format!(
                    "Piece::Choose {{ slot: {:?}, cases: &[{cases}], other: {other} }}",
                    slot.name
                ));
            }
            _ => wrong.push(format!(
                "{}: `{id}` has a placeable that is neither a slot, a term, a text nor a choice by a slot",
                file.name
            )),
        }
    }
    close(&mut text, &mut made);
    format!("&[{}]", made.join(", "))
}

fn close(text: &mut String, made: &mut Vec<String>) {
    if !text.is_empty() {
        made.push(format!("Piece::Plain({text:?})"));
        text.clear();
    }
}
