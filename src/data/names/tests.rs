//! Names that mean one region, several, or none.

use super::*;

fn region(code: &str, name: &str, more: &[(&str, &str)]) -> Region {
    let mut region = Region { code: code.into(), names: Names::plain(name), ..Region::default() };
    for (key, value) in more {
        region.attributes.insert((*key).to_owned(), (*value).to_owned());
    }
    region
}

fn code(regions: &[Region], found: Found) -> String {
    let code = |at: u32| regions[at as usize].code.clone();
    match found {
        Found::One(at) => code(at),
        Found::Several(all) => all.into_iter().map(code).collect::<Vec<_>>().join(" or "),
        Found::Nothing => "nothing".into(),
    }
}

#[test]
fn one_region_however_its_name_is_written() {
    let regions = [
        region("110000", "北京", &[]),
        region("120000", "天津", &[]),
        region("150000", "内蒙古", &[]),
        region("450000", "广西壮族自治区", &[]),
        region("650000", "新疆维吾尔自治区", &[]),
        region("110102", "西城区", &[]),
        region("433100", "湘西土家族苗族自治州", &[]),
        region("KOR", "Korea", &[(ALIAS, "韩国; South Korea；大韩民国")]),
    ];
    let index = Index::new(&regions, &[]);
    for (text, expected) in [
        ("北京", "110000"),
        ("北　京", "110000"),
        (" 北京市 ", "110000"),
        ("天津市", "120000"),
        ("内蒙古自治区", "150000"),
        ("广西", "450000"),
        ("新疆", "650000"),
        ("西城", "110102"),
        ("北京市西城区", "110102"),
        ("北京西城", "110102"),
        ("湘西州", "433100"),
        ("湘西", "433100"),
        ("south korea", "KOR"),
        ("大韩民国", "KOR"),
        ("１１００００", "110000"),
        ("内蒙", "nothing"),
        ("西", "nothing"),
        ("西城县", "nothing"),
        ("天津西城区", "nothing"),
        ("Inner Mongolia", "nothing"),
        ("", "nothing"),
    ] {
        assert_eq!(code(&regions, index.find(text, None)), expected, "{text}");
    }
}

#[test]
fn a_name_of_several_regions_is_none_of_them() {
    let regions = [
        region("320106", "鼓楼区", &[]),
        region("350102", "鼓楼区", &[]),
        region("a", "鼓楼区", &[(PARENT, "开封市")]),
        region("220000", "吉林省", &[]),
        region("220200", "吉林市", &[]),
    ];
    let index = Index::new(&regions, &[]);
    for (text, within, expected) in [
        ("鼓楼区", None, "320106 or 350102 or a"),
        ("鼓楼", None, "320106 or 350102 or a"),
        ("南京市鼓楼区", None, "320106"),
        ("江苏省南京市鼓楼区", None, "320106"),
        ("福州鼓楼", None, "350102"),
        ("开封市鼓楼区", None, "a"),
        ("鼓楼区", Some("南京"), "320106"),
        ("鼓楼区", Some("福建省"), "350102"),
        ("鼓楼区", Some("320100"), "320106"),
        ("鼓楼区", Some("江苏省南京市"), "320106"),
        ("鼓楼区", Some("徐州市"), "nothing"),
        ("吉林", None, "220000 or 220200"),
        ("吉林市", None, "220200"),
    ] {
        assert_eq!(code(&regions, index.find(text, within)), expected, "{text} {within:?}");
    }
}

#[test]
fn bundled_names_are_further_names() {
    let regions = [
        region("11", "Capital", &[]),
        region("150000", "", &[]),
        region("3", "Guangxi", &[]),
        region("CN", "PRC", &[]),
        region("410", "", &[]),
        region("FR", "Frankreich", &[]),
    ];
    let index = Index::new(&regions, &[Table::China, Table::Countries]);
    for (text, expected) in [
        ("北京市", "11"),
        ("Inner Mongolia", "150000"),
        ("内蒙古自治区", "150000"),
        ("广西壮族自治区", "3"),
        ("中国", "CN"),
        ("CHN", "CN"),
        ("Korea, Rep.", "410"),
        ("法国", "FR"),
        ("上海", "nothing"),
    ] {
        assert_eq!(code(&regions, index.find(text, None)), expected, "{text}");
    }
}

#[test]
fn every_unit_is_found_by_each_of_its_names() {
    for table in [Table::ChinaProvinces, Table::ChinaPrefectures, Table::China, Table::Countries] {
        let regions = regions_of(table);
        let index = Index::new(&regions, &[table]).all_alike();
        let mut several = Vec::new();
        for (at, unit) in units(table).iter().enumerate() {
            for name in unit.names().chain(unit.codes()) {
                match index.find(name, None) {
                    Found::One(found) => assert_eq!(found, at as u32, "{name}"),
                    Found::Several(found) => {
                        assert!(found.contains(&(at as u32)), "{name}");
                        several.push(name);
                    }
                    Found::Nothing => panic!("{name}"),
                }
            }
        }
        // A province, and a city or prefecture of the same short name.
        let expected: &[&str] = if table == Table::China { &["吉林", "海南"] } else { &[] };
        several.sort_unstable();
        several.dedup();
        assert_eq!(several, expected, "{table:?}");
    }
}
