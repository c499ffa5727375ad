//! A map of China in which every province is a square of the same size, near the place where it lies.
//!
//! Such a map shows no boundary, so that it needs no approval, and small provinces are as visible as large ones. Codes are
//! those of GB/T 2260 and ISO 3166-2; the places are our own drawing, after the centres of the provinces.

use quanheng_core::model::Region;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, shortened};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, palette};
use crate::report::{Language, Reader};

pub(super) const KIND: Kind = Kind {
    name: "tiles",
    label: "Map of provinces as tiles",
    summary: "Each province of China as a square near its place, the darker the higher its score.",
    needs: Need::Provinces,
    draw,
};

/// A province-level division and the square that stands for it.
#[derive(Debug)]
struct Province {
    adcode: &'static str,
    iso: &'static str,
    /// Its whole and its short name in Chinese, and its name in English.
    names: [&'static str; 3],
    row: usize,
    column: usize,
}

const fn province(
    adcode: &'static str,
    iso: &'static str,
    names: [&'static str; 3],
    row: usize,
    column: usize,
) -> Province {
    Province { adcode, iso, names, row, column }
}

const PROVINCES: [Province; 34] = [
    province("110000", "CN-BJ", ["北京市", "北京", "Beijing"], 1, 6),
    province("120000", "CN-TJ", ["天津市", "天津", "Tianjin"], 2, 6),
    province("130000", "CN-HE", ["河北省", "河北", "Hebei"], 2, 5),
    province("140000", "CN-SX", ["山西省", "山西", "Shanxi"], 2, 4),
    province("150000", "CN-NM", ["内蒙古自治区", "内蒙古", "Inner Mongolia"], 1, 5),
    province("210000", "CN-LN", ["辽宁省", "辽宁", "Liaoning"], 2, 7),
    province("220000", "CN-JL", ["吉林省", "吉林", "Jilin"], 1, 8),
    province("230000", "CN-HL", ["黑龙江省", "黑龙江", "Heilongjiang"], 0, 8),
    province("310000", "CN-SH", ["上海市", "上海", "Shanghai"], 4, 7),
    province("320000", "CN-JS", ["江苏省", "江苏", "Jiangsu"], 3, 6),
    province("330000", "CN-ZJ", ["浙江省", "浙江", "Zhejiang"], 5, 6),
    province("340000", "CN-AH", ["安徽省", "安徽", "Anhui"], 4, 5),
    province("350000", "CN-FJ", ["福建省", "福建", "Fujian"], 6, 6),
    province("360000", "CN-JX", ["江西省", "江西", "Jiangxi"], 5, 5),
    province("370000", "CN-SD", ["山东省", "山东", "Shandong"], 3, 5),
    province("410000", "CN-HA", ["河南省", "河南", "Henan"], 3, 4),
    province("420000", "CN-HB", ["湖北省", "湖北", "Hubei"], 4, 4),
    province("430000", "CN-HN", ["湖南省", "湖南", "Hunan"], 5, 4),
    province("440000", "CN-GD", ["广东省", "广东", "Guangdong"], 6, 4),
    province("450000", "CN-GX", ["广西壮族自治区", "广西", "Guangxi"], 6, 3),
    province("460000", "CN-HI", ["海南省", "海南", "Hainan"], 8, 3),
    province("500000", "CN-CQ", ["重庆市", "重庆", "Chongqing"], 4, 3),
    province("510000", "CN-SC", ["四川省", "四川", "Sichuan"], 4, 2),
    province("520000", "CN-GZ", ["贵州省", "贵州", "Guizhou"], 5, 2),
    province("530000", "CN-YN", ["云南省", "云南", "Yunnan"], 6, 1),
    province("540000", "CN-XZ", ["西藏自治区", "西藏", "Tibet (Xizang)"], 3, 0),
    province("610000", "CN-SN", ["陕西省", "陕西", "Shaanxi"], 3, 3),
    province("620000", "CN-GS", ["甘肃省", "甘肃", "Gansu"], 2, 2),
    province("630000", "CN-QH", ["青海省", "青海", "Qinghai"], 3, 1),
    province("640000", "CN-NX", ["宁夏回族自治区", "宁夏", "Ningxia"], 2, 3),
    province("650000", "CN-XJ", ["新疆维吾尔自治区", "新疆", "Xinjiang"], 1, 0),
    province("710000", "CN-TW", ["台湾省", "台湾", "Taiwan"], 6, 7),
    province("810000", "CN-HK", ["香港特别行政区", "香港", "Hong Kong"], 7, 5),
    province("820000", "CN-MO", ["澳门特别行政区", "澳门", "Macao"], 7, 4),
];

impl Province {
    /// Whether a region of a project is this province, by its code or by one of its names.
    fn is(&self, region: &Region) -> bool {
        let code = region.code.as_str();
        let two = &self.adcode[..2];
        code == self.adcode
            || code == self.iso
            || (code.len() == 2 && code == two)
            || self.names.contains(&code)
            || region.names.iter().any(|(_, name)| self.names.contains(&name))
    }

    fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.names[1],
            Language::En => self.names[2],
        }
    }
}

/// The size of a square, and the distance to the next.
const TILE: (f64, f64) = (76.0, 50.0);
const GAP: f64 = 4.0;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let scene = &Scene { top: None, ..scene.clone() };
    let ranked = scene.ranked()?;
    let study = ranked.evaluation.study();
    let region = |row: usize| &study.regions[ranked.region(row).0 as usize];
    let found: Vec<Option<usize>> = PROVINCES
        .iter()
        .map(|province| ranked.rows.iter().copied().find(|&row| province.is(region(row))))
        .collect();
    let count = found.iter().flatten().count();
    // Two countries may share a name with provinces; a map of them is none of China.
    if count < 5 || 2 * count < ranked.all {
        return Err(Reason::NoProvinces);
    }
    let scores = found.iter().flatten().map(|&row| ranked.score(row));
    let (bounds, digits) = super::step_bounds(scores);
    let mut body = Canvas::new(scene.id);
    let mut bottom = 0.0;
    let wide = 9.0 * (TILE.0 + GAP) - GAP;
    let left = (INNER - wide) / 2.0;
    for (province, row) in PROVINCES.iter().zip(&found) {
        let x = left + province.column as f64 * (TILE.0 + GAP);
        let y = province.row as f64 * (TILE.1 + GAP);
        bottom = super::max(bottom, y + TILE.1);
        let middle = x + TILE.0 / 2.0;
        let Some(row) = *row else {
            let words = format!("{} · {}", province.name(language), word!(label_missing, language));
            body.mark(&[], &words, |body| {
                body.rect((x, y), TILE, "q-pale q-line q-dash q-rim");
                name(body, (middle, y + 21.0), province.name(language), "q-soft");
                body.text((middle, y + 42.0), Anchor::Middle, Type::Note, "q-soft", "–");
            });
            continue;
        };
        let class = format!("q-s{}", palette::step(ranked.score(row), bounds));
        let ink = palette::ink_on(&class);
        let is_chosen = scene.region == Some(ranked.region(row));
        let edge = if is_chosen { "q-chosen" } else { "q-axis q-rim" };
        body.mark(&[("region", ranked.code(row))], &ranked.words(row, language), |body| {
            body.rect((x, y), TILE, &format!("{class} {edge}"));
            name(body, (middle, y + 21.0), province.name(language), &ink);
            body.text((middle, y + 43.0), Anchor::Middle, Type::Note, &ink, &ranked.printed(row));
        });
    }
    let key = super::steps(&mut body, (left, bottom + 16.0), bounds, digits);
    let absent: Vec<&str> = PROVINCES
        .iter()
        .zip(&found)
        .filter(|(_, row)| row.is_none())
        .map(|(province, _)| province.name(language))
        .collect();
    let mut notes = vec![scene.says(text!(chart_tiles))];
    if !absent.is_empty() {
        let absent: Vec<quanheng_words::Text> =
            absent.into_iter().map(quanheng_words::Text::plain).collect();
        notes.push(scene.says(text!(chart_tiles_absent, regions = absent)));
    }
    let (rows, said) = super::on_map(&ranked, &found, language);
    let table = super::of_regions(&ranked, None, language).table("tiles", Reader::People, rows);
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, bottom + 16.0 + key),
        notes,
        alternative: vec![scene.says(said)],
        table,
    })
}

/// A name in one line or two around a base line.
fn name(body: &mut Canvas, (x, y): (f64, f64), name: &str, ink: &str) {
    let room = TILE.0 - 6.0;
    match lines(name, Type::Label, room).as_slice() {
        [one] => body.text((x, y), Anchor::Middle, Type::Label, ink, one),
        [first, rest @ ..] => {
            let second = shortened(&rest.join(" "), Type::Small, room);
            body.text((x, y - 7.0), Anchor::Middle, Type::Small, ink, first);
            body.text((x, y + 5.0), Anchor::Middle, Type::Small, ink, &second);
        }
        [] => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_a_square_of_its_own() {
        let mut places: Vec<(usize, usize)> = PROVINCES.iter().map(|p| (p.row, p.column)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 34);
        assert!(PROVINCES.iter().all(|p| p.adcode.len() == 6 && p.adcode.ends_with("0000")));
        assert!(PROVINCES.iter().all(|p| p.iso.starts_with("CN-")));
        // Neighbours of the map are neighbours in the country: Hebei lies west of Tianjin, Hainan south of Guangdong.
        let of = |name: &str| PROVINCES.iter().find(|p| p.names[1] == name).expect("a province");
        assert!(of("河北").column < of("天津").column && of("海南").row > of("广东").row);
        assert!(of("黑龙江").row < of("吉林").row && of("新疆").column < of("甘肃").column);
    }
}
