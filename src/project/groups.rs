//! Groups of regions: classes by an attribute, or by a table of members.

use std::path::PathBuf;

use indexmap::IndexMap;
use quanheng_core::model::{Group, Names, RegionIx};

use quanheng_words::{Text, text};

use super::condition::attributes;
use super::data::ProjectFolder;
use super::reader::Page;
use super::table::{By, Firm, One, table};
use crate::data::file::{Chosen, Format, Input};
use crate::data::grid::Grid;
use crate::data::table::{FileColumn, Regions};
use crate::problem::{Fault, Problem, ProjectFault};

table! {
    /// `[group.CODE]`
    pub(super) struct GroupKeys {
        /// The name of the group: a text, or a table of texts by language.
        title: Names,
        /// The attribute of the regions that holds the classes.
        column: Firm<String>,
        /// A table of members with the columns `region` and (optional) `class`, in place of `column`.
        file: Firm<String>,
    }
}

const REGION: FileColumn =
    FileColumn { name: "region", doc: "The code of a region.", needed: true };
const CLASS: FileColumn = FileColumn {
    name: "class",
    doc: "The class that the region is in. Unless the table has this column, the group is the only class.",
    needed: false,
};

/// The columns of a table of members.
pub(super) const MEMBER_COLUMNS: [FileColumn; 2] = [REGION, CLASS];

/// The groups with their members.
pub(super) fn read(
    page: &Page,
    stated: &By<GroupKeys>,
    folder: &ProjectFolder,
    format: &Format,
    regions: &Regions,
    read: &mut Vec<PathBuf>,
) -> Vec<Group> {
    let mut groups = Vec::new();
    for One { code, span, table } in &stated.0 {
        let mut group = Group { code: code.clone(), classes: IndexMap::new() };
        let mut add = |class: &str, region: RegionIx| {
            group.classes.entry(class.to_owned()).or_default().push(region);
        };
        match table {
            None => {}
            Some(GroupKeys { column: Firm(Some(_)), file: Firm(Some(file)), .. }) => {
                page.beside(&file.span, "file", "column");
            }
            Some(GroupKeys { column: Firm(Some(column)), .. }) => {
                let known = attributes(regions.list());
                if !known.contains(column) {
                    let known = known.iter().map(String::as_str);
                    page.unknown(&column.span, text!(thing_attribute), column, known);
                }
                for (i, region) in regions.list().iter().enumerate() {
                    let class = region.attributes.get(&column.value).filter(|c| !c.is_empty());
                    if let Some(class) = class {
                        add(class, RegionIx(i as u32));
                    }
                }
            }
            Some(GroupKeys { file: Firm(Some(name)), .. }) => {
                read.push(folder.join(&name.value));
                members(page, &Input::below(folder, name), format, regions, code, &mut add);
            }
            Some(_) => {
                let (key, table) =
                    ("column` or `file".to_owned(), Text::plain(format!("[group.{code}]")));
                page.fault(span, ProjectFault::MissingKey { key, table });
            }
        }
        for members in group.classes.values_mut() {
            quanheng_core::number::sort_items(members, Ord::cmp);
            members.dedup();
        }
        groups.push(group);
    }
    groups
}

/// The members of a group from a table with the columns `region` and (optional) `class`.
fn members(
    page: &Page,
    input: &Input,
    format: &Format,
    regions: &Regions,
    code: &str,
    add: &mut dyn FnMut(&str, RegionIx),
) {
    let mut problems = Vec::new();
    if let Some(grid) = Grid::read(input, format, &mut problems)
        && let Some(region) = grid.need(REGION.name, REGION.name, &mut problems)
    {
        if let Some(Chosen::Encoding { name }) = grid.file().chosen(format) {
            page.note_judged(input.name.as_str(), name);
        }
        let class = grid.column(CLASS.name);
        for row in 0..grid.rows() {
            let text = grid.text(row, region);
            match regions.find(text) {
                Some(found) => add(class.map_or(code, |c| grid.text(row, c)), found),
                None => {
                    let known = regions.list().iter().map(|r| r.code.clone()).collect();
                    let (what, name) = (text!(thing_region), text.to_owned());
                    problems.push(Problem {
                        fault: Fault::Project(ProjectFault::UnknownName { what, name, known }),
                        places: vec![grid.place(row, region)],
                    });
                }
            }
        }
    }
    page.extend(problems.into());
}
