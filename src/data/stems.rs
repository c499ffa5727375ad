//! Names of regions without what does not tell one region from another: blanks, capitals, and endings such as 省.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::IndexMap;
use quanheng_words::is_invisible;

/// What names of regions end with where they are written in full. Longer endings stand before those that they end with.
const ENDINGS: [&str; 26] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "新区",
    "街道",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "specialadministrativeregion",
    "autonomousprefecture",
    "autonomousregion",
    "autonomouscounty",
    "municipality",
    "prefecture",
    "province",
    "district",
];

/// The nationalities that stand before 自治区 and its kin. Longer names stand before those that they end with.
const NATIONALITIES: [&str; 60] = [
    "柯尔克孜",
    "维吾尔",
    "哈萨克",
    "塔吉克",
    "蒙古族",
    "蒙古",
    "锡伯",
    "壮族",
    "回族",
    "藏族",
    "苗族",
    "彝族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "土家族",
    "白族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "达斡尔",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
    "hui",
    "zhuang",
    "uygur",
];

/// The codes of regions by what is left of them, as far as two may be alike.
#[derive(Debug)]
pub struct Stems<'r> {
    by: IndexMap<Cow<'r, str>, Vec<&'r str>>,
}

impl<'r> Stems<'r> {
    /// Takes the codes in; each is given once.
    pub fn new(codes: impl Iterator<Item = &'r str> + Clone) -> Stems<'r> {
        // Of a million codes hardly any are alike, so that at first only a hash of each stem is kept.
        let mut hashes: Vec<u64> = codes.clone().map(hash_of).collect();
        hashes.sort_unstable();
        let twice: HashSet<u64> =
            hashes.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
        let mut stems = Stems { by: IndexMap::new() };
        let is_alike = |code: &&str| !twice.is_empty() && twice.contains(&hash_of(code));
        for code in codes.filter(is_alike) {
            stems.by.entry(of_code(code)).or_default().push(code);
        }
        stems
    }

    /// Another code that is probably meant for the same region.
    pub fn near(&self, code: &str) -> Option<&'r str> {
        let like = self.by.get(&of_code(code)).filter(|like| like.contains(&code))?;
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

/// Whether two names with one stem name one region: they differ in blanks or capitals, one of them has no ending, or
/// both have one that is short for the other, as 州 for 自治州.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let (of_a, of_b) = (stem(&a), stem(&b));
    let kind = |name: &str| name.chars().last().filter(|c| "州县旗".contains(*c));
    let is_short = kind(&a).is_some() && kind(&a) == kind(&b);
    a == b || of_a == of_b && (of_a == a || of_b == b || is_short)
}

/// What is left of a code.
fn of_code(code: &str) -> Cow<'_, str> {
    match narrow(code) {
        Cow::Borrowed(plain) => Cow::Borrowed(stem(plain)),
        Cow::Owned(plain) => Cow::Owned(stem(&plain).to_owned()),
    }
}

/// A hash of what is left of a code. That of an ordinary code takes no memory.
fn hash_of(code: &str) -> u64 {
    let mut room = [0; 64];
    let small = match room.get_mut(..code.len()) {
        Some(room) if code.bytes().all(|b| b.is_ascii_graphic()) => {
            room.copy_from_slice(code.as_bytes());
            room.make_ascii_lowercase();
            std::str::from_utf8(room).ok()
        }
        _ => None,
    };
    let mut hasher = DefaultHasher::new();
    match small {
        Some(small) => stem(small).hash(&mut hasher),
        None => of_code(code).hash(&mut hasher),
    }
    hasher.finish()
}

/// Without blanks and marks between words, in small letters, digits and marks as in ASCII.
pub(super) fn plain(name: &str) -> String {
    narrow(name).into_owned()
}

fn narrow(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let narrow = name.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '’' => '\'',
        c => c,
    });
    let seen = narrow.filter(|c| !c.is_whitespace() && !is_invisible(*c));
    seen.flat_map(char::to_lowercase).collect()
}

/// Without the ending, if two characters or more are left.
pub(super) fn stem(plain: &str) -> &str {
    // No ending ends with a digit, and most codes do.
    if plain.bytes().last().is_some_and(|b| b.is_ascii_digit()) {
        return plain;
    }
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    let cut = |name: &'_ str, endings: &[&str]| -> Option<usize> {
        let rest = endings.iter().find_map(|ending| name.strip_suffix(ending));
        rest.filter(long_enough).map(str::len)
    };
    let Some(mut end) = cut(plain, &ENDINGS) else { return plain };
    if plain[end..].starts_with("自治") || plain[end..].starts_with("autonomous") {
        while let Some(shorter) = cut(&plain[..end], &NATIONALITIES) {
            end = shorter;
        }
    }
    &plain[..end]
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
    /// Codes have one hash where they have one stem, whether or not they take the short way.
    #[test]
    fn a_hash_is_that_of_the_stem() {
        let codes =
            ["NOR", "nor ", "nor", "Nor\u{ff21}", "Xdistrict", "AB district", "R0000001", "11"];
        for a in codes {
            for b in codes {
                assert_eq!(hash_of(a) == hash_of(b), of_code(a) == of_code(b), "{a} {b}");
            }
        }
    }
}
