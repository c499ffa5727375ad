//! The text of a project file for a new project that is like this one and has other data.

use super::reader::find;
use super::said::Said;
use super::value::{self, Content, Entry, Item};
use crate::problem::{Fault, Problem, Problems, ProjectFault};

/// Which data take the place of those of the project.
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'a> {
    /// The file of values.
    pub file: &'a str,
    /// The name of the project.
    pub like: &'a str,
    /// What stands in a cell that is not applicable.
    pub not_applicable: &'a str,
    /// What stands in a cell that is withheld.
    pub withheld: &'a str,
}

/// A project file for a new project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// The head of the column of regions in the file of values.
    pub region: String,
    /// The head of the column of periods.
    pub period: String,
    /// Every text in it that may name a file.
    pub names: Vec<String>,
}

/// Tables about the data of a project, which say nothing of other data.
const OF_DATA: [&str; 9] =
    ["data", "records", "coding", "input", "official", "published", "notes", "snapshot", "lock"];

/// Keys of `[project]` that are about the project itself.
const OF_PROJECT: [&str; 5] = ["version", "authors", "licence", "cite", "source"];

/// Keys of `[data]` that say how the table of regions is written and named.
const OF_REGIONS: [&str; 5] = ["regions", "names", "match", "region", "encoding"];

impl Said {
    /// The project file without what is about its data, with other data in their place. Comments stay.
    ///
    /// # Errors
    /// Tables about the data that are not written under heads of their own.
    pub fn template(&self, drawn: &Drawn<'_>) -> Result<Template, Problems> {
        let source = self.source();
        let text = source.text.as_str();
        let data: &[Entry] = match find(&self.entries, "data").map(|item| &item.content) {
            Some(Content::Table(entries)) => entries,
            _ => &[],
        };
        let head = |key: &str| match find(data, key).map(|item| &item.content) {
            Some(Content::Text(head)) => head.clone(),
            _ => key.to_owned(),
        };
        let (region, period) = (head("region"), head("period"));
        let goes = |path: &[String]| match path.first().map(String::as_str) {
            Some("multiverse") => path.get(1).is_some_and(|code| self.has_other_data(code)),
            Some(first) => OF_DATA.contains(&first),
            None => false,
        };
        let project = match find(&self.entries, "project").map(|item| &item.content) {
            Some(Content::Table(entries)) => entries.as_slice(),
            _ => &[],
        };
        let own: Vec<std::ops::Range<usize>> = project
            .iter()
            .filter(|entry| OF_PROJECT.contains(&entry.key.as_str()))
            .map(|entry| line(text, entry.span.start, entry.item.span.end))
            .collect();
        let sections = sections(text);
        let has_head =
            |key: &str| sections.iter().any(|s| s.path.first().is_some_and(|k| k == key));
        let headless = self
            .entries
            .iter()
            .find(|entry| OF_DATA.contains(&entry.key.as_str()) && !has_head(&entry.key));
        if let Some(entry) = headless {
            let fault = ProjectFault::NoHead { key: entry.key.clone() };
            let places = self.place(std::slice::from_ref(&entry.key)).into_iter().collect();
            return Err(Problem { fault: Fault::Project(fault), places }.into());
        }
        let mut made = String::new();
        let mut is_placed = false;
        for section in sections {
            let whole = &text[section.range.clone()];
            if goes(&section.path) {
                if !is_placed {
                    is_placed = true;
                    made.push_str(&table(text, data, drawn));
                }
                made.push_str(&whole[section.body..]);
                continue;
            }
            let mut from = section.range.start;
            for gone in own.iter().filter(|gone| section.range.contains(&gone.start)) {
                made.push_str(&text[from..gone.start]);
                from = gone.end;
            }
            made.push_str(&text[from..section.range.end]);
        }
        if !is_placed {
            made.push('\n');
            made.push_str(&table(text, data, drawn));
        }
        let made_source = crate::problem::Source::new(source.name.clone(), made);
        let made_source = std::sync::Arc::new(made_source);
        let (entries, problems) = value::parse(&made_source);
        if !problems.is_empty() {
            return Err(problems);
        }
        let names = texts(&entries);
        Ok(Template { text: made_source.text.clone(), region, period, names })
    }

    /// Whether a multiverse chooses between several data.
    fn has_other_data(&self, code: &str) -> bool {
        let Some(Content::Table(all)) = find(&self.entries, "multiverse").map(|item| &item.content)
        else {
            return false;
        };
        match find(all, code).map(|item| &item.content) {
            Some(Content::Table(keys)) => find(keys, "data").is_some(),
            _ => false,
        }
    }
}

/// The whole lines from one byte to another.
fn line(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    from..to
}

/// `[data]` with the drawn values; what it said of the table of regions stays.
fn table(text: &str, data: &[Entry], drawn: &Drawn<'_>) -> String {
    let Drawn { file, like, not_applicable, withheld } = drawn;
    let mut made = "[data]\n".to_owned();
    for entry in data.iter().filter(|entry| OF_REGIONS.contains(&entry.key.as_str())) {
        let stated = match &entry.item.content {
            Content::Table(_) if !text[entry.item.span.clone()].starts_with('{') => {
                inline(&entry.item)
            }
            _ => text[entry.item.span.clone()].to_owned(),
        };
        made.push_str(&format!("{} = {stated}\n", entry.key));
    }
    for entry in data.iter().filter(|entry| entry.key == "period") {
        made.push_str(&format!("period = {}\n", &text[entry.item.span.clone()]));
    }
    made.push_str(&format!(
        "values = {{ file = \"{file}\", layout = \"wide\", encoding = \"utf-8\" }}\n\
         states = {{ missing = [\"\"], not_applicable = [\"{not_applicable}\"], \
         withheld = [\"{withheld}\"] }}\n\
         # Put your own data into {file}, and take these lines away.\n\
         illustrative = {{ zh = {}, en = {} }}\n\n",
        quoted(&format!("由 `quanheng new --like {like}` 随机生成，有待替换")),
        quoted(&format!("drawn at random by `quanheng new --like {like}`, to be replaced")),
    ));
    made
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A value in one line.
fn inline(item: &Item) -> String {
    match &item.content {
        Content::Text(text) => quoted(text),
        Content::Number(x) => quanheng_words::number::exact(*x),
        Content::Bool(b) => b.to_string(),
        Content::Date => quoted(""),
        Content::List(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Content::Table(entries) => {
            let one = |e: &Entry| format!("{} = {}", quoted(&e.key), inline(&e.item));
            format!("{{ {} }}", entries.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Every text, and what follows a colon in it, such as the name of a script.
fn texts(entries: &[Entry]) -> Vec<String> {
    let mut found = Vec::new();
    let mut left: Vec<&Item> = entries.iter().map(|entry| &entry.item).collect();
    while let Some(item) = left.pop() {
        match &item.content {
            Content::Text(text) => {
                found.extend(text.split_once(':').map(|(_, after)| after.to_owned()));
                found.push(text.clone());
            }
            Content::List(items) => left.extend(items),
            Content::Table(entries) => left.extend(entries.iter().map(|entry| &entry.item)),
            Content::Number(_) | Content::Bool(_) | Content::Date => {}
        }
    }
    found
}

/// A table of a TOML text under its head, with the remarks above the head.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    /// The keys of its head; none for what stands above the first head.
    path: Vec<String>,
    /// Where it stands.
    range: std::ops::Range<usize>,
    /// How many of its bytes are its own: remarks and blank lines at its end belong to what comes next.
    body: usize,
}

/// The tables of a TOML text that is right, one after the other.
fn sections(text: &str) -> Vec<Section> {
    let mut starts: Vec<(usize, Vec<String>)> = vec![(0, Vec::new())];
    let mut lines = Lines { rest: text, at: 0 };
    let mut remarks = None;
    let mut ends = Vec::new();
    let mut end = 0;
    while let Some((at, line)) = lines.next() {
        let trimmed = line.trim();
        match trimmed.chars().next() {
            Some('[') => {
                ends.push(end);
                starts.push((remarks.take().unwrap_or(at), path(trimmed)));
                end = at + line.len();
            }
            Some('#') => drop(remarks.get_or_insert(at)),
            // A blank line parts remarks from the table below them.
            None => remarks = None,
            Some(_) => {
                remarks = None;
                end = at + line.len();
            }
        }
    }
    ends.push(end);
    let last = starts.len();
    (0..last)
        .map(|k| {
            let start = starts[k].0;
            let stop = starts.get(k + 1).map_or(text.len(), |(next, _)| *next);
            let body = ends[k].clamp(start, stop) - start;
            // Blank lines after a table go with it.
            let blank = text[start + body..stop].len()
                - text[start + body..stop].trim_start_matches(['\n', '\r', ' ', '\t']).len();
            Section { path: starts[k].1.clone(), range: start..stop, body: body + blank }
        })
        .collect()
}

/// The keys of a head such as `[a."b.c"]` or `[[a]]`.
fn path(head: &str) -> Vec<String> {
    let inner = head.trim_start_matches('[');
    let mut keys = vec![String::new()];
    let mut quote = None;
    for c in inner.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            ('.', None) => keys.push(String::new()),
            (']', None) => break,
            (c, None) if c.is_whitespace() => {}
            (c, _) => keys.last_mut().expect("one at least").push(c),
        }
    }
    keys
}

/// The lines of a TOML text at which something begins: lists, tables and texts of several lines are one line.
struct Lines<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<(usize, &'a str)> {
        if self.rest.is_empty() {
            return None;
        }
        let length = logical_line(self.rest);
        let (line, rest) = self.rest.split_at(length);
        let at = self.at;
        (self.rest, self.at) = (rest, at + length);
        Some((at, line))
    }
}

/// The bytes of the first line of a TOML text, with the lines over which a value goes on.
fn logical_line(text: &str) -> usize {
    let is_head = text.trim_start_matches([' ', '\t']).starts_with('[');
    let (mut depth, mut at) = (0usize, 0);
    while at < text.len() {
        let rest = &text[at..];
        let c = rest.chars().next().expect("there is a rest");
        match c {
            '\n' if depth == 0 => return at + 1,
            '#' => at += rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => at += quoted_length(rest, c),
            '[' | '{' if !is_head => {
                depth += 1;
                at += 1;
            }
            ']' | '}' if !is_head => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            c => at += c.len_utf8(),
        }
    }
    text.len()
}

/// The bytes of the text in quotes with which something begins.
fn quoted_length(text: &str, quote: char) -> usize {
    let three: String = [quote; 3].iter().collect();
    let (open, close) = match text.starts_with(&three) {
        true => (3, three.as_str()),
        false => (1, &three[..1]),
    };
    let mut at = open;
    while at < text.len() {
        let rest = &text[at..];
        if quote == '"' && rest.starts_with('\\') {
            at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        } else if let Some(after) = rest.strip_prefix(close) {
            // Up to two quotes may stand before those that close three.
            let more = after.chars().take_while(|c| *c == quote).count();
            return at + close.len() + if open == 3 { more } else { 0 };
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_their_remarks() {
        let text = "# file\n[project]\ntitle = \"[x]\" # [y]\n\n# of the data\n[data]\nvalues = [\n\
                    \"[a]\", # ]\n]\n\n[[official]]\nfile = '''\n[data]\n'''\n\n# end\n[lock]\n";
        let found = sections(text);
        let paths: Vec<String> = found.iter().map(|s| s.path.join(".")).collect();
        assert_eq!(paths, ["", "project", "data", "official", "lock"]);
        assert!(text[found[2].range.clone()].starts_with("# of the data"));
        assert!(text[found[4].range.clone()].starts_with("# end"));
        let whole: String = found.iter().map(|s| &text[s.range.clone()]).collect();
        assert_eq!(whole, text, "nothing is lost between tables");
        assert_eq!(path("[a.\"b.c\" . d] # e"), ["a", "b.c", "d"]);
    }
}
