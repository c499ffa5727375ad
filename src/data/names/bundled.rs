//! Tables of regions that come with the program: China by GB/T 2260, and the countries and territories of ISO 3166.
//! `PROVENANCE.md` says where they are from.

quanheng_core::method::choice! {
    /// A table of regions that comes with the program.
    #[derive(PartialOrd, Ord)]
    pub enum Table {
        /// Provinces, prefectures, and what stands directly under a province.
        China = "china",
        /// The 34 provinces, municipalities, autonomous and special administrative regions.
        ChinaProvinces = "china-provinces",
        /// The four municipalities, the 333 prefectures, and the cities and counties directly under a province.
        ChinaPrefectures = "china-prefectures",
        /// Countries and territories.
        Countries = "countries",
    }
}

const CHINA: &str = include_str!("china.tsv");
const COUNTRIES: &str = include_str!("countries.tsv");

/// The municipalities, which are provinces and cities.
const MUNICIPALITIES: [&str; 4] = ["110000", "120000", "310000", "500000"];

/// A region of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code, of GB/T 2260 or the alpha-3 code.
    pub code: &'static str,
    /// Its other codes: alpha-2 and numeric.
    pub other_codes: Vec<&'static str>,
    /// Its name in Chinese: of a province the usual short one, of any other the full one.
    pub name: &'static str,
    /// Its name in English, if the table has it.
    pub name_en: Option<&'static str>,
    /// Every other name.
    pub also: Vec<&'static str>,
}

impl Unit {
    /// Every code that it has.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        [self.code].into_iter().chain(self.other_codes.iter().copied())
    }

    /// Every name that it has.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.name].into_iter().chain(self.name_en).chain(self.also.iter().copied())
    }
}

/// The units of a table, in the order of their codes.
pub fn units(table: Table) -> Vec<Unit> {
    match table {
        Table::Countries => rows(COUNTRIES).map(country).collect(),
        Table::China => rows(CHINA).map(chinese).collect(),
        Table::ChinaProvinces => of_china(is_province),
        Table::ChinaPrefectures => {
            of_china(|code| !is_province(code) || MUNICIPALITIES.contains(&code))
        }
    }
}

fn of_china(is_meant: fn(&str) -> bool) -> Vec<Unit> {
    rows(CHINA).map(chinese).filter(|unit| is_meant(unit.code)).collect()
}

fn is_province(code: &str) -> bool {
    code.ends_with("0000")
}

/// The lines below the head, cut at their tabs.
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

/// The names in a cell.
fn listed(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|name| !name.is_empty())
}

fn chinese([code, full, short, name_en, also]: [&'static str; 5]) -> Unit {
    let (name, other) = if is_province(code) { (short, full) } else { (full, short) };
    Unit {
        code,
        other_codes: Vec::new(),
        name,
        name_en: Some(name_en).filter(|name| !name.is_empty()),
        also: [other].into_iter().chain(listed(also)).collect(),
    }
}

fn country([code, alpha2, numeric, name, name_en, also]: [&'static str; 6]) -> Unit {
    let also = listed(also).collect();
    Unit { code, other_codes: vec![alpha2, numeric], name, name_en: Some(name_en), also }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let count = |table| units(table).len();
        assert_eq!(count(Table::ChinaProvinces), 34);
        let prefectures = units(Table::ChinaPrefectures);
        let of_prefecture = |unit: &&Unit| unit.code.ends_with("00") && !is_province(unit.code);
        assert_eq!(prefectures.iter().filter(of_prefecture).count(), 333);
        assert_eq!((prefectures.len(), count(Table::China)), (367, 397));
        // The 249 of ISO 3166, and Kosovo, for which data are published under a code that ISO leaves to users.
        assert_eq!(count(Table::Countries), 250);
    }

    #[test]
    fn codes_and_names_are_whole_and_of_one_unit() {
        for table in [Table::China, Table::Countries] {
            let units = units(table);
            assert!(units.is_sorted_by_key(|unit| unit.code));
            let codes: HashSet<_> = units.iter().map(|unit| unit.code).collect();
            assert_eq!(codes.len(), units.len());
            for unit in &units {
                assert!(
                    unit.names().all(|name| name.trim() == name && !name.is_empty()),
                    "{unit:?}"
                );
                match table {
                    Table::Countries => {
                        let lengths =
                            [unit.code, unit.other_codes[0], unit.other_codes[1]].map(str::len);
                        assert_eq!(lengths, [3, 2, 3], "{unit:?}");
                    }
                    _ => assert!(
                        unit.code.len() == 6
                            && codes.contains(&*format!("{}0000", &unit.code[..2]))
                    ),
                }
            }
        }
    }
}
