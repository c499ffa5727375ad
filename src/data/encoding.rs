//! Which encoding a file is in: what the project states, and where it states nothing, a judgement that is refused unless
//! it is sure.
//!
//! A judgement of `chardetng` is taken for sure only if the whole file and each half of it are judged alike, and there is
//! enough to judge. It never is for alphabets of Latin letters: their encodings differ in a few letters, and even a long
//! list of names is often judged wrongly. Cells that hold a name of a Chinese region make a short file sure.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs as known;

use super::names::bundled;
use crate::problem::Reading;

/// An encoding, by any of the labels that browsers know: `gbk` and `gb2312` for `gb18030`, `cp1251` for `windows-1251`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static known::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Encoding = Encoding(known::UTF_8);
    /// GB18030, and with it GBK and GB2312.
    pub const GB18030: Encoding = Encoding(known::GB18030);
    /// UTF-16; little end first unless its byte order mark says otherwise.
    pub const UTF_16: Encoding = Encoding(known::UTF_16LE);

    /// The encoding of a label.
    pub fn of(label: &str) -> Option<Encoding> {
        let found = known::Encoding::for_label(label.as_bytes())?;
        // These two stand for "anything": as texts they cannot be read.
        let is_text = found != known::REPLACEMENT && found != known::X_USER_DEFINED;
        is_text.then_some(Encoding(if found == known::GBK { known::GB18030 } else { found }))
    }

    /// The label that a project states.
    pub fn label(self) -> String {
        match self == Encoding::UTF_16 {
            true => "utf-16".to_owned(),
            false => self.0.name().to_lowercase(),
        }
    }

    /// The labels of the encodings that are most often met, for documents and for messages about an unknown one.
    pub const USUAL: [&'static str; 12] = [
        "utf-8",
        "gb18030",
        "utf-16",
        "big5",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1254",
        "koi8-r",
    ];

    pub(super) fn rules(self) -> &'static known::Encoding {
        self.0
    }
}

/// How much of a file is looked at, in bytes of lines that are not ASCII.
pub(super) const SAMPLE: usize = 1 << 16;

/// The judgement of a file that is not UTF-8, by a sample of its lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Judged {
    /// It is in this encoding.
    Sure(Encoding),
    /// It is UTF-8 with something broken in it.
    BrokenUtf8,
    /// It may be in several; these give letters.
    Unsure(Vec<Reading>),
}

/// Judges lines that are not ASCII.
pub(super) fn judge(sample: &[u8]) -> Judged {
    if is_mostly_utf8(sample) {
        return Judged::BrokenUtf8;
    }
    let guess = guess(sample);
    let agrees = |half: usize| {
        let half: Vec<u8> = lines(sample).skip(half).step_by(2).flatten().copied().collect();
        self::guess(&half) == guess
    };
    let enough = sample.iter().filter(|byte| !byte.is_ascii()).count() >= ENOUGH;
    if enough && is_telling(guess) && agrees(0) && agrees(1) {
        return Judged::Sure(Encoding(guess));
    }
    if has_chinese_regions(sample, guess) {
        return Judged::Sure(Encoding::GB18030);
    }
    Judged::Unsure(readings(sample, guess))
}

/// How many bytes that are not ASCII are needed: a dozen ideographs, or two dozen letters.
const ENOUGH: usize = 24;

fn guess(bytes: &[u8]) -> &'static known::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == known::GBK { known::GB18030 } else { guess }
}

/// Whether an encoding is judged by its whole script, and not by the few letters in which alphabets of Latin letters differ.
fn is_telling(encoding: &'static known::Encoding) -> bool {
    [
        known::GB18030,
        known::BIG5,
        known::SHIFT_JIS,
        known::EUC_JP,
        known::EUC_KR,
        known::WINDOWS_1251,
        known::KOI8_R,
        known::KOI8_U,
        known::IBM866,
        known::ISO_8859_5,
        known::WINDOWS_1253,
        known::ISO_8859_7,
        known::WINDOWS_1255,
        known::ISO_8859_8,
        known::WINDOWS_1256,
        known::WINDOWS_874,
    ]
    .contains(&encoding)
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Whether most of what is not ASCII is whole characters of UTF-8, as in a file that has lost some bytes.
fn is_mostly_utf8(sample: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in sample.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // In a short text of another encoding a few bytes are UTF-8 by chance.
    whole >= 4 && whole > 2 * broken
}

/// The cells of lines that are not ASCII, decoded; none where some of it is not text.
fn cells(sample: &[u8], encoding: &'static known::Encoding) -> Option<Vec<String>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(sample)?;
    let cells = text.split([',', ';', '\t', '\r', '\n', '"']).map(str::trim);
    Some(cells.filter(|cell| !cell.is_ascii()).map(str::to_owned).collect())
}

/// Whether cells hold names of Chinese regions or what usually stands in the heads of tables. That bytes of another
/// encoding read as such a name by chance happens once in thousands of cells.
fn has_chinese_regions(sample: &[u8], guess: &'static known::Encoding) -> bool {
    let Some(cells) = cells(sample, known::GB18030) else { return false };
    let units = bundled::units(bundled::Table::China);
    let names: Vec<&str> = units.iter().flat_map(|unit| unit.names()).collect();
    let is_known =
        |cell: &&String| HEADS.contains(&cell.as_str()) || names.contains(&cell.as_str());
    let found = cells.iter().filter(is_known).count();
    found > 0 && (guess == known::GB18030 || found * 5 >= cells.len())
}

/// Heads of columns.
const HEADS: [&str; 14] = [
    "地区", "省份", "城市", "区域", "国家", "年份", "年度", "名称", "代码", "指标", "数值", "权重",
    "单位", "方向",
];

/// How the first names read in each encoding that gives nothing but letters.
fn readings(sample: &[u8], guess: &'static known::Encoding) -> Vec<Reading> {
    const OTHERS: [&known::Encoding; 8] = [
        known::GB18030,
        known::BIG5,
        known::SHIFT_JIS,
        known::EUC_KR,
        known::EUC_JP,
        known::WINDOWS_1251,
        known::WINDOWS_1252,
        known::WINDOWS_1250,
    ];
    let is_letter =
        |c: char| c.is_ascii() || c.is_alphabetic() || "（）《》、，。：—…·“”‘’".contains(c);
    let mut found: Vec<Reading> = Vec::new();
    for encoding in OTHERS.into_iter().chain([guess]) {
        let Some(mut names) = cells(sample, encoding) else { continue };
        names.truncate(NAMES);
        let is_new = found.iter().all(|reading| reading.names != names);
        if is_new && names.iter().all(|name| name.chars().all(is_letter)) {
            found.push(Reading { encoding: Encoding(encoding).label(), names });
        }
    }
    // The guess stays in any case.
    let label = Encoding(guess).label();
    if let Some(at) = found.iter().position(|reading| reading.encoding == label) {
        let guessed = found.remove(at);
        found.insert(at.min(READINGS - 1), guessed);
    }
    found.truncate(READINGS);
    found
}

/// How many names of each reading are shown.
const NAMES: usize = 3;

/// How many readings are shown.
const READINGS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(names: &str) -> String {
        let lines = names.split(' ').enumerate().map(|(i, name)| format!("{i},{name}\n"));
        format!("code,name\n{}", lines.collect::<String>())
    }

    /// Names of places in the encodings of their languages.
    const PLACES: [(&str, &[&str], &str); 12] = [
        ("zh", &["gb18030"], "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德"),
        ("zh", &["gb18030"], "经济发展 社会民生 人均可支配收入 研发经费 科技创新 空气质量"),
        ("zh-Hant", &["big5"], "台北市 新北市 桃園市 台中市 台南市 高雄市 基隆市 新竹市"),
        ("ja", &["shift_jis", "euc-jp"], "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県"),
        ("ja", &["shift_jis", "euc-jp"], "サッポロ センダイ トウキョウ ヨコハマ ナゴヤ オオサカ"),
        ("ko", &["euc-kr"], "서울특별시 부산광역시 대구광역시 인천광역시 광주광역시"),
        (
            "ru",
            &["windows-1251", "koi8-r", "ibm866", "iso-8859-5"],
            "Москва Казань Самара Омск Тверь Пермь",
        ),
        ("el", &["windows-1253"], "Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα"),
        ("ar", &["windows-1256"], "القاهرة الجيزة الإسكندرية الأقصر أسوان"),
        ("th", &["windows-874"], "กรุงเทพมหานคร เชียงใหม่ ขอนแก่น ภูเก็ต"),
        ("de", &["windows-1252"], "Köln München Düsseldorf Nürnberg Lübeck Göttingen"),
        (
            "pl",
            &["windows-1250", "iso-8859-2"],
            "Łódź Kraków Wrocław Gdańsk Poznań Białystok Toruń",
        ),
    ];

    #[test]
    fn names_are_read_right_or_refused() {
        let mut sure = 0;
        for (language, labels, names) in PLACES {
            for label in labels {
                let encoding = Encoding::of(label).expect("a label");
                // The more names, the surer; never wrong.
                let all: Vec<&str> = names.split(' ').collect();
                for count in 1..=all.len() {
                    for from in 0..=all.len() - count {
                        let text = lines_of(&all[from..from + count].join(" "));
                        let (bytes, _, lost) = encoding.0.encode(&text);
                        assert!(!lost, "{text}");
                        match judge(&bytes) {
                            Judged::Sure(found) => {
                                let (read, _) = found.0.decode_without_bom_handling(&bytes);
                                assert_eq!(read, text, "{language} {label} {}", found.label());
                                sure += usize::from(count == all.len());
                            }
                            Judged::Unsure(_) => {
                                let latin = ["de", "pl"].contains(&language);
                                assert!(count < all.len() || latin, "{language} {label}: {text}");
                            }
                            Judged::BrokenUtf8 => panic!("{text} in {label}"),
                        }
                    }
                }
            }
        }
        assert_eq!(sure, 15);
    }

    #[test]
    fn names_of_chinese_regions_make_a_short_file_sure() {
        for text in ["地区,值\n北京,1\n", "code,name\n1,北京\n", "region,甲\n内蒙古,1\n"]
        {
            assert_eq!(judge(&known::GB18030.encode(text).0), Judged::Sure(Encoding::GB18030));
        }
        let Judged::Unsure(readings) = judge(&known::GB18030.encode("code,name\n1,甲\n2,乙\n").0)
        else {
            panic!("two names do not make sure")
        };
        assert!(readings.iter().any(|r| r.encoding == "gb18030" && r.names == ["甲", "乙"]));
    }

    #[test]
    fn utf8_with_a_lost_byte_is_no_other_encoding() {
        let mut bytes = "地区,值\n北京,1\n上海,2\n".as_bytes().to_vec();
        bytes.remove(13);
        assert_eq!(judge(&bytes), Judged::BrokenUtf8);
    }

    #[test]
    fn labels() {
        for (label, is) in [
            ("GBK", "gb18030"),
            ("gb2312", "gb18030"),
            ("cp1251", "windows-1251"),
            ("latin1", "windows-1252"),
            ("sjis", "shift_jis"),
            ("UTF-16", "utf-16"),
            ("utf-16be", "utf-16be"),
        ] {
            let found = Encoding::of(label).map(Encoding::label);
            assert_eq!(found.as_deref(), Some(is));
        }
        for label in ["", "utf-7", "hz-gb-2312", "x-user-defined", "chinese simplified"] {
            assert_eq!(Encoding::of(label), None, "{label}");
        }
        for label in Encoding::USUAL {
            assert_eq!(Encoding::of(label).map(Encoding::label).as_deref(), Some(label));
        }
    }
}
