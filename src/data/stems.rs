//! Names of regions without what does not tell one region from another: blanks, capitals, and endings such as 省.

use std::collections::HashMap;

use indexmap::IndexMap;

/// What Chinese names of regions end with where they are written in full. Longer endings stand before those that they
/// end with.
const ENDINGS: [&str; 14] = [
    "维吾尔自治区",
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
];

/// The codes of regions by what is left of them.
#[derive(Debug)]
pub struct Stems<'r> {
    of: HashMap<&'r str, String>,
    by: IndexMap<String, Vec<&'r str>>,
}

impl<'r> Stems<'r> {
    /// Takes the codes in.
    pub fn new(codes: impl Iterator<Item = &'r str>) -> Stems<'r> {
        let mut stems = Stems { of: HashMap::new(), by: IndexMap::new() };
        for code in codes {
            let stem = stem(&plain(code)).to_owned();
            stems.by.entry(stem.clone()).or_default().push(code);
            stems.of.insert(code, stem);
        }
        stems
    }

    /// Another code that is probably meant for the same region.
    pub fn near(&self, code: &str) -> Option<&'r str> {
        let like = self.by.get(self.of.get(code)?)?;
        like.iter().copied().find(|other| *other != code && is_same(code, other))
    }

    /// Two codes that are probably meant for one region, each pair once.
    pub fn pairs(&self) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.by.values().filter_map(|like| {
            let first = like.first()?;
            let mut others = like[1..].iter();
            let second = others.find(|other| is_same(first, other));
            // 吉林 beside 吉林省 and 吉林市 is one of them; nobody knows which.
            second.map(|second| (*first, *second))
        })
    }
}

/// Whether two codes with one stem name one region: they differ in blanks or capitals, or one of them has no ending.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    a == b || stem(&a) == a || stem(&b) == b
}

/// Without blanks, in small letters, digits as in ASCII.
fn plain(code: &str) -> String {
    let small = code.chars().flat_map(char::to_lowercase);
    let seen = small.filter(|c| {
        !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
    });
    seen.map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    })
    .collect()
}

/// Without the ending of a Chinese name, if two characters or more are left.
fn stem(plain: &str) -> &str {
    let cut = ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending));
    cut.filter(|rest| rest.chars().count() >= 2 && !rest.is_ascii()).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_region() {
        let codes = [
            "内蒙古",
            "内蒙古自治区",
            "北　京",
            "北京",
            "天津市",
            "吉林省",
            "吉林市",
            "NOR",
            "nor ",
            "110000",
            "1",
        ];
        let stems = Stems::new(codes.into_iter());
        let pairs: Vec<_> = stems.pairs().collect();
        assert_eq!(pairs, [("内蒙古", "内蒙古自治区"), ("北　京", "北京"), ("NOR", "nor ")]);
        assert_eq!(stems.near("内蒙古自治区"), Some("内蒙古"));
        assert_eq!(stems.near("吉林省"), None);
        assert_eq!(stems.near("天津市"), None);
    }
}
