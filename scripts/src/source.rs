//! The text of a script, as far as it is looked at without the engine: comments, and where functions stand.

use rhai::Position;

use crate::problem::span;

/// Doc comments before anything but a function are comments like any other: the engine would refuse them.
pub(crate) fn plain_comments(text: &str) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let mut documents_function = false;
    for line in lines.iter_mut().rev() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("///") {
            if !documents_function {
                let at = line.len() - trimmed.len();
                line.replace_range(at..at + 3, "// ");
            }
        } else if !trimmed.trim().is_empty() {
            documents_function = trimmed.starts_with("fn ") || trimmed.starts_with("private fn ");
        }
    }
    lines.concat()
}

/// The name in `fn name(…)`; the whole first line where it is not found.
pub(crate) fn function_span(text: &str, name: &str) -> std::ops::Range<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find("fn ") {
        let start = from + at + 3;
        let rest = text[start..].trim_start();
        let start = text.len() - rest.len();
        let after = rest.strip_prefix(name).map(str::trim_start);
        if after.is_some_and(|after| after.starts_with('(')) {
            return start..start + name.len();
        }
        from = start;
    }
    span(text, Position::new(1, 1), "")
}

/// The `///` lines above the constant that declares a setting.
pub(crate) fn setting_doc(text: &str, name: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let declares = |line: &str| {
        let line = line.trim_start();
        line.starts_with("const ")
            && ["setting(", "required("].iter().any(|f| line.contains(&format!("{f}\"{name}\"")))
    };
    let Some(at) = lines.iter().position(|line| declares(line)) else { return String::new() };
    let above = lines[..at].iter().rev().take_while(|l| l.trim_start().starts_with("///"));
    let mut words: Vec<&str> =
        above.map(|l| l.trim_start().trim_start_matches('/').trim()).collect();
    words.reverse();
    words.join(" ")
}
