//! Regions by their names: 内蒙古 and 内蒙古自治区 are one region, 西城 is 西城区, and 南京市鼓楼区 is that 鼓楼区 which lies in
//! 南京. A name that fits several regions is none of them.

pub mod bundled;

use std::collections::{HashMap, HashSet};

use quanheng_core::model::{Names, Region};

use super::stems::{is_same, plain, stem};
use bundled::{Table, Unit, units};

quanheng_core::method::choice! {
    /// By what the rows of a file say which region they are about.
    #[derive(Default)]
    pub enum Match {
        /// By its code.
        #[default]
        Code = "code",
        /// By its code, or one of its names.
        Name = "name",
    }
}

/// The attribute that holds further names of a region.
pub const ALIAS: &str = "alias";

/// The attribute that holds the region in which a region lies: its code or its name.
pub const PARENT: &str = "parent";

/// What stands between several names in one cell.
const BETWEEN: [char; 5] = [';', '；', '|', '、', '\n'];

/// Which region a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(u32),
    /// Any of these.
    Several(Vec<u32>),
    /// None.
    Nothing,
}

/// The regions of a project by their names.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// By the names and aliases that the project states, and by their codes.
    own: HashMap<String, Vec<u32>>,
    /// By the other names of the bundled tables.
    bundled: HashMap<String, Vec<u32>>,
    /// By any name without its ending; with the whole name.
    stems: HashMap<String, Vec<(u32, String)>>,
    /// For each region, the names and codes of those in which it lies, from the nearest on.
    above: Vec<Vec<String>>,
    /// Whether the other names of the bundled tables count as much as those that the project states.
    is_alike: bool,
}

impl Index {
    /// The names of regions, with those that the bundled tables have for them.
    pub fn new(regions: &[Region], tables: &[Table]) -> Index {
        let mut index = Index::default();
        for (at, region) in regions.iter().enumerate() {
            let at = at as u32;
            index.insert_own(&region.code, at);
            for name in own_names(region) {
                index.insert_own(name, at);
            }
        }
        for table in tables {
            let units = units(*table);
            let of_code = by_code(&units);
            let of_name = by_name(&units);
            for (at, region) in regions.iter().enumerate() {
                let named = || own_names(region).find_map(|name| *of_name.get(&plain(name))?);
                let Some(unit) =
                    of_code.get(&*padded(*table, &region.code)).copied().or_else(named)
                else {
                    continue;
                };
                let at = at as u32;
                for name in units[unit].names().chain(units[unit].codes()) {
                    let name = plain(name);
                    index.insert_stem(&name, at);
                    put(&mut index.bundled, name, at);
                }
            }
        }
        index.above = above(regions);
        index
    }

    /// The same where the regions are those of a bundled table, so that none of their names goes before another.
    #[must_use]
    pub fn all_alike(mut self) -> Index {
        self.is_alike = true;
        self
    }

    fn insert_own(&mut self, name: &str, at: u32) {
        let name = plain(name);
        self.insert_stem(&name, at);
        put(&mut self.own, name, at);
    }

    fn insert_stem(&mut self, name: &str, at: u32) {
        let of = self.stems.entry(stem(name).to_owned()).or_default();
        if of.iter().all(|(region, other)| *region != at || other != name) {
            of.push((at, name.to_owned()));
        }
    }

    /// Which region a text means, if it lies in `within`. What the project states goes before what the bundled tables
    /// have, and a whole name before one without its ending.
    pub fn find(&self, text: &str, within: Option<&str>) -> Found {
        let name = plain(text);
        if name.is_empty() {
            return Found::Nothing;
        }
        let lies = |at: &u32| within.is_none_or(|within| self.lies_in(*at, &plain(within)));
        let of_stem = || {
            let like = self.stems.get(stem(&name)).into_iter().flatten();
            like.filter(|(_, other)| is_same(&name, other)).map(|(at, _)| *at).collect()
        };
        let of = |by: &HashMap<String, Vec<u32>>| by.get(&name).cloned().unwrap_or_default();
        let stated = || match self.is_alike {
            true => [of(&self.own), of(&self.bundled)].concat(),
            false => of(&self.own),
        };
        let tiers: [&dyn Fn() -> Vec<u32>; 4] =
            [&stated, &|| of(&self.bundled), &of_stem, &|| self.with_places_above(&name)];
        for tier in tiers {
            let mut found: Vec<u32> = tier();
            found.retain(lies);
            quanheng_core::number::sort_items(&mut found, Ord::cmp);
            found.dedup();
            match found.as_slice() {
                [] => {}
                [one] => return Found::One(*one),
                _ => return Found::Several(found),
            }
        }
        Found::Nothing
    }

    /// The regions whose name stands behind the names of those in which they lie: 江苏省南京市鼓楼区.
    fn with_places_above(&self, name: &str) -> Vec<u32> {
        let mut found = Vec::new();
        for (cut, _) in name.char_indices().skip(2) {
            let (front, rest) = name.split_at(cut);
            let like = self.stems.get(stem(rest)).into_iter().flatten();
            for (at, _) in like.filter(|(_, other)| is_same(rest, other)) {
                let above = self.above.get(*at as usize).map(Vec::as_slice).unwrap_or_default();
                if !above.is_empty() && is_made_of(front, above) {
                    found.push(*at);
                }
            }
        }
        found
    }

    /// The name of the nearest place in which a region lies, as it stands before Chinese names; empty where nobody says.
    pub fn place(&self, at: u32) -> &str {
        let above = self.above.get(at as usize).and_then(|above| above.first());
        above.map(String::as_str).filter(|name| !name.is_ascii()).unwrap_or_default()
    }

    /// Whether a region lies in a place. Where nobody says where a region lies, every place is believed.
    fn lies_in(&self, at: u32, place: &str) -> bool {
        let above = self.above.get(at as usize).map(Vec::as_slice).unwrap_or_default();
        above.is_empty()
            || above.iter().any(|name| is_same(name, place))
            || is_made_of(place, above)
    }
}

/// Whether a text is one or several of these names behind each other, each perhaps without its ending.
fn is_made_of(text: &str, names: &[String]) -> bool {
    text.is_empty()
        || names.iter().any(|name| {
            let rest = text.strip_prefix(name.as_str()).or_else(|| text.strip_prefix(stem(name)));
            rest.is_some_and(|rest| rest.len() < text.len() && is_made_of(rest, names))
        })
}

fn put(map: &mut HashMap<String, Vec<u32>>, name: String, at: u32) {
    let of = map.entry(name).or_default();
    if !of.contains(&at) {
        of.push(at);
    }
}

/// The names and aliases that a table of regions states.
fn own_names(region: &Region) -> impl Iterator<Item = &str> {
    let aliases = region.attributes.get(ALIAS).into_iter();
    let aliases = aliases.flat_map(|cell| cell.split(BETWEEN).map(str::trim));
    region.names.iter().map(|(_, name)| name).chain(aliases).filter(|name| !name.is_empty())
}

fn by_code(units: &[Unit]) -> HashMap<&'static str, usize> {
    let codes = units.iter().enumerate();
    let codes = codes.flat_map(|(at, unit)| unit.codes().map(move |code| (code, at)));
    codes.collect()
}

/// The units by their names; `None` for a name of several.
fn by_name(units: &[Unit]) -> HashMap<String, Option<usize>> {
    let mut found = HashMap::new();
    for (at, unit) in units.iter().enumerate() {
        for name in unit.names() {
            let before = found.entry(plain(name)).or_insert(Some(at));
            if *before != Some(at) {
                *before = None;
            }
        }
    }
    found
}

/// A code as the bundled table writes it: 11 and 1101 are 110000 and 110100 of China, 8 is 008 of the countries.
fn padded(table: Table, code: &str) -> String {
    let is_number = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
    match table {
        Table::Countries if is_number => format!("{code:0>3}"),
        Table::Countries => code.to_uppercase(),
        _ if is_number && [2, 4].contains(&code.len()) => format!("{code:0<6}"),
        _ => code.to_owned(),
    }
}

/// For each region, the names and codes of those in which it lies: by the attribute `parent`, and by codes of GB/T 2260.
fn above(regions: &[Region]) -> Vec<Vec<String>> {
    let china = units(Table::China);
    let of_code = by_code(&china);
    let own: HashMap<String, usize> =
        regions.iter().enumerate().map(|(at, region)| (plain(&region.code), at)).collect();
    let mut named: HashMap<String, Option<usize>> = HashMap::new();
    for (at, region) in regions.iter().enumerate() {
        for name in own_names(region) {
            let before = named.entry(plain(name)).or_insert(Some(at));
            if *before != Some(at) {
                *before = None;
            }
        }
    }
    let of = |region: &Region| {
        let mut names: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(region);
        // Rings of parents end where they come back.
        while let Some(region) = next.filter(|region| seen.insert(region.code.as_str())) {
            for code in codes_above(&region.code) {
                let unit = of_code.get(code.as_str()).map(|unit| &china[*unit]);
                names.extend(unit.into_iter().flat_map(Unit::names).map(plain));
                names.push(code);
            }
            let parent = region.attributes.get(PARENT).map(|parent| plain(parent));
            let Some(parent) = parent.filter(|parent| !parent.is_empty()) else { break };
            let found = own.get(&parent).copied();
            next = found.or_else(|| *named.get(&parent)?).map(|at| &regions[at]);
            if let Some(unit) = of_code.get(&*padded(Table::China, &parent)) {
                names.extend(china[*unit].names().map(plain));
            }
            names.extend(next.into_iter().flat_map(own_names).map(plain));
            names.push(parent);
        }
        names.dedup();
        names
    };
    regions.iter().map(of).collect()
}

/// The codes of the prefecture and the province of a code of GB/T 2260.
fn codes_above(code: &str) -> Vec<String> {
    if code.len() < 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let above = [format!("{}00", &code[..4]), format!("{}0000", &code[..2])];
    above.into_iter().filter(|above| above != code).collect()
}

/// The regions of a bundled table, as a table of regions states them.
pub fn regions_of(table: Table) -> Vec<Region> {
    let region = |unit: Unit| {
        let mut names = Names::new([("zh", unit.name)]);
        if let Some(name) = unit.name_en {
            names.insert("en", name);
        }
        Region { code: unit.code.to_owned(), names, ..Region::default() }
    };
    units(table).into_iter().map(region).collect()
}

#[cfg(test)]
mod tests;
