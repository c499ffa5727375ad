//! `[report]`: how reports are written, which changes no result.

use std::path::{Path, PathBuf};

use quanheng_words::number::Form;

use super::data::ProjectFolder;
use super::marks::keys_in;
use super::reader::Page;
use super::said::ReadFile;
use super::table::{At, table};
use crate::problem::Problem;

table! {
    /// `[report]`
    pub(super) struct ReportKeys {
        /// With how many decimals (保留位数) tables show numbers to people, unless `--decimals` states it; as each column
        /// needs them unless stated. Files have every digit.
        decimals: Option<usize> [0, 15],
        /// Whether a comma stands between thousands in tables for people.
        thousands: bool = false,
        /// The areas of maps, a file in GeoJSON or TopoJSON, unless `--map` names one. Without it, provinces of China are
        /// drawn as tiles.
        map: Option<At<String>>,
        /// The property of the areas that holds codes or names of regions; the one that finds most regions unless stated.
        map_key: Option<At<String>>,
    }
}

/// How reports are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportSettings {
    /// How people see the numbers of tables.
    pub form: Form,
    /// The file of a map.
    pub map: Option<PathBuf>,
    /// The property of its areas that holds codes or names of regions.
    pub map_key: Option<String>,
}

/// What is stated, and the file that reports read.
pub(super) fn read(
    page: &Page,
    keys: &ReportKeys,
    folder: &ProjectFolder,
) -> (ReportSettings, Option<ReadFile>) {
    let path = |name: &At<String>| folder.join(&name.value);
    let map = keys.map.as_ref().map(path);
    let mut file = None;
    if let (Some(name), Some(path)) = (&keys.map, &map) {
        match folder.open(path) {
            Ok(_) => {
                let (name, path) = (name.value.clone(), path.clone());
                file = Some(ReadFile { name, path, sheet: None, is_plain: true });
            }
            Err(e) => page.push(Problem::unreadable(folder.name(&name.value), e)),
        }
    }
    if let (Some(key), None) = (&keys.map_key, &keys.map) {
        let fault = crate::problem::ProjectFault::Without { key: "map_key", needs: "map" };
        page.fault(&key.span, fault);
    }
    let map_key = keys.map_key.as_ref().map(|key| key.value.clone());
    let settings = ReportSettings { form: form(keys), map, map_key };
    (settings, file)
}

fn form(keys: &ReportKeys) -> Form {
    Form { decimals: keys.decimals, thousands: keys.thousands }
}

/// How people see numbers, as far as the project file can be read; nothing else in it need be right.
pub fn form_of(path: &Path) -> Form {
    let keys = keys_in(path).and_then(|keys| keys.report.table);
    keys.as_ref().map(form).unwrap_or_default()
}
