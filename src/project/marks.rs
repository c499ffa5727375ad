//! What of a project was not published: placeholders in place of what was not found, and illustrative data. Every output
//! names them.

use std::path::Path;
use std::sync::Arc;

use quanheng_core::method::Accepts;
use quanheng_core::model::Names;

use super::file::ProjectFile;
use super::methodologies::{Family, keys_of, lineage};
use super::said::{bytes_of, file_of};
use super::table::{Declared, Shape};
use super::value::{self, Content, Item};
use crate::gate::{self, Folder};
use crate::problem::Source;

/// The key by which a system or a methodology says that something in it is a placeholder.
pub(super) const PLACEHOLDER: &str = "placeholder";

/// Whether something is a placeholder, and what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placeholder(Option<Names>);

impl Declared for Placeholder {
    fn shape() -> Shape {
        let text = Shape::text();
        let by_language = Shape::By(Box::new(Shape::text()));
        Shape::OneOf(vec![Shape::Plain(Accepts::Bool, None), text, by_language])
    }

    fn take(item: &Item) -> Option<Self> {
        match item.content {
            Content::Bool(is_one) => Some(Placeholder(is_one.then(Names::default))),
            _ => Names::take(item).map(|what| Placeholder(Some(what))),
        }
    }

    fn absent() -> Option<Self> {
        Some(Placeholder(None))
    }
}

/// The table of the project file in which a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// The data are illustrative.
    Data,
    /// A system has placeholders.
    System,
    /// A methodology has placeholders.
    Methodology,
}

/// One thing that was not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In which table it stands.
    pub of: Marked,
    /// The project in which it stands, as this one names it; none for this one. What stands in a project whose results
    /// are an input is a matter of the data here.
    pub input: Option<String>,
    /// The code of the system or of the methodology; empty for the data.
    pub code: String,
    /// How the data were made, or what the placeholders are, by language; none where it is not stated.
    pub what: Names,
}

impl Mark {
    /// The code, behind the project where that is another one.
    pub fn full_code(&self) -> String {
        self.input.iter().map(|input| format!("{input}:")).chain([self.code.clone()]).collect()
    }
}

/// Everything of a project that was not published: its data first, then its systems, then its methodologies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub Vec<Mark>);

impl Marks {
    pub(super) fn of(keys: &ProjectFile) -> Marks {
        let illustrative = keys.data.table.as_ref().and_then(|data| data.illustrative.clone());
        let data = illustrative.map(|what| Mark {
            of: Marked::Data,
            input: None,
            code: String::new(),
            what,
        });
        let systems = keys.system.0.iter().filter_map(|one| {
            let what = one.table.as_ref()?.placeholder.0.clone()?;
            Some(Mark { of: Marked::System, input: None, code: one.code.clone(), what })
        });
        let family = Family::new(&keys.methodology.0);
        let methodologies = family.tables().iter().filter_map(|entry| {
            let stated = *keys_of(&lineage(&family, entry)).get(PLACEHOLDER)?;
            let what = Placeholder::take(&stated.item)?.0?;
            Some(Mark { of: Marked::Methodology, input: None, code: entry.key.clone(), what })
        });
        Marks(data.into_iter().chain(systems).chain(methodologies).collect())
    }

    /// With it what was not published of the projects whose results are inputs, as far as these results depend on it.
    pub(super) fn with_inputs(keys: &ProjectFile, file: &Path) -> Marks {
        let mut marks = Marks::of(keys);
        marks.add_inputs(keys, file, None, &mut vec![gate::place(file)]);
        marks
    }

    fn add_inputs(
        &mut self,
        keys: &ProjectFile,
        file: &Path,
        above: Option<&str>,
        seen: &mut Vec<std::path::PathBuf>,
    ) {
        let folder = Folder::of(file);
        for input in keys.input.0.iter().filter_map(|one| one.table.as_ref()) {
            let path = folder.join(&input.project.value);
            let Ok(real) = folder.inside(&file_of(&path)) else { continue };
            let real = gate::place(&real);
            let Some(inner) = keys_in(&path).filter(|_| !seen.contains(&real)) else { continue };
            let project = &input.project.value;
            let named = above.map_or(project.clone(), |above| format!("{above}:{project}"));
            let stated = input.methodology.as_ref().map(|code| code.value.as_str());
            let [methodology, system] = taken(&inner, stated);
            for mark in Marks::of(&inner).0 {
                let counts = match mark.of {
                    Marked::Data => true,
                    Marked::System => system == Some(mark.code.as_str()),
                    Marked::Methodology => methodology == Some(mark.code.as_str()),
                };
                let mark = Mark { input: Some(named.clone()), ..mark };
                if counts && !self.0.contains(&mark) {
                    self.0.push(mark);
                }
            }
            seen.push(real);
            self.add_inputs(&inner, &file_of(&path), Some(&named), seen);
            seen.pop();
        }
    }
}

/// What of the project was not published, as far as its file can be read; nothing else in it need be right.
pub fn marks_of(path: &Path) -> Marks {
    let file = file_of(path);
    keys_in(path).map(|keys| Marks::with_inputs(&keys, &file)).unwrap_or_default()
}

/// The tables of a project file, as far as it can be read.
pub(super) fn keys_in(path: &Path) -> Option<ProjectFile> {
    let bytes = bytes_of(path, &file_of(path)).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (entries, _) = value::parse(&Arc::new(Source::new(String::new(), text)));
    ProjectFile::take(&Item { content: Content::Table(entries), span: 0..0 })
}

/// The methodology whose results an input takes, and the system of it, as far as the project file says.
fn taken<'a>(keys: &'a ProjectFile, stated: Option<&'a str>) -> [Option<&'a str>; 2] {
    let family = Family::new(&keys.methodology.0);
    let usual = keys.project.table.as_ref().and_then(|project| project.methodology.as_ref());
    let code = stated.or(usual.map(|code| code.value.as_str()));
    let is_meant = |entry: &&super::value::Entry| code.is_none_or(|code| code == entry.key);
    let Some(entry) = family.tables().iter().find(is_meant) else { return [None, None] };
    let named = keys_of(&lineage(&family, entry)).get("system").map(|stated| &stated.item.content);
    let system = keys.system.0.iter().find(|one| match named {
        Some(Content::Text(text)) => *text == one.code,
        _ => keys.system.0.len() == 1,
    });
    [Some(&entry.key), system.map(|one| one.code.as_str())]
}
