//! A map of the user's own, in which each area has the shade of its score.

use std::collections::HashMap;

use quanheng_words::{text, word};

use crate::data::map::{Area, Map};
use crate::report::Reader;
use crate::report::chart::canvas::{Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::scale::range;
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max, min, palette};

pub(super) const KIND: Kind = Kind {
    name: "choropleth",
    label: "Map",
    summary: "A map in which each area is the darker the higher the score of its region.",
    needs: Need::Map,
    draw,
};

/// Points nearer than this to the one before are left out: nobody sees them.
const NEAR: f64 = 0.4;

/// The property by which areas find their regions: the one that is asked for, or the one that finds most.
fn key(scene: &Scene<'_>, map: &Map, by: &HashMap<&str, usize>) -> Option<String> {
    if let Some(key) = scene.map_key {
        return Some(key.to_owned());
    }
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (name, value) in map.areas.iter().flat_map(|area| &area.facts) {
        if !by.contains_key(value.as_str()) {
            continue;
        }
        match counts.iter_mut().find(|(own, _)| own == name) {
            Some((_, n)) => *n += 1,
            None => counts.push((name, 1)),
        }
    }
    // Of several that find as many, the first in the file.
    let most = counts.iter().map(|(_, n)| *n).max()?;
    counts.iter().find(|(_, n)| *n == most).map(|(name, _)| (*name).to_owned())
}

/// The regions by their codes and names.
fn by_text<'a>(ranked: &Ranked<'a>) -> HashMap<&'a str, usize> {
    let mut by = HashMap::new();
    for &row in &ranked.rows {
        let region = &ranked.evaluation.study().regions[ranked.region(row).0 as usize];
        for text in [region.code.as_str()].into_iter().chain(region.names.iter().map(|(_, n)| n)) {
            by.entry(text).or_insert(row);
        }
    }
    by
}

/// Places on the page: degrees are drawn so that lengths are right in the middle of the map.
struct Projection {
    low: (f64, f64),
    unit: f64,
    stretch: f64,
    height: f64,
}

impl Projection {
    fn new(map: &Map, width: f64) -> Projection {
        let points = || map.areas.iter().flat_map(|area| area.rings.iter().flatten());
        let (west, east) = range(points().map(|p| p.0));
        let (south, north) = range(points().map(|p| p.1));
        let in_degrees = west >= -181.0 && east <= 361.0 && south >= -91.0 && north <= 91.0;
        let middle = (south + north) / 2.0 * std::f64::consts::PI / 180.0;
        let stretch = if in_degrees { max(libm::cos(middle), 0.2) } else { 1.0 };
        // Neither wider than the page, nor much higher than wide.
        let unit = min(width / ((east - west) * stretch), 1.2 * width / (north - south));
        Projection { low: (west, south), unit, stretch, height: (north - south) * unit }
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let right = (x - self.low.0) * self.stretch * self.unit;
        (right, self.height - (y - self.low.1) * self.unit)
    }

    fn path(&self, area: &Area) -> Option<Path> {
        let mut path: Option<Path> = None;
        for ring in &area.rings {
            let mut points: Vec<(f64, f64)> = Vec::new();
            for &point in ring {
                let (x, y) = self.at(point);
                let is_far = points
                    .last()
                    .is_none_or(|&(px, py)| max((px - x).abs(), (py - y).abs()) >= NEAR);
                if is_far {
                    points.push((x, y));
                }
            }
            if points.len() < 3 {
                // An island of a point is still there.
                let (x, y) = self.at(ring[0]);
                points = vec![(x - 0.8, y - 0.8), (x + 0.8, y - 0.8), (x, y + 0.8)];
            }
            let (x, y) = points[0];
            let begun = match path {
                None => Path::from(x, y),
                Some(path) => path.jump(x, y),
            };
            let ring = points[1..].iter().fold(begun, |path, &(x, y)| path.to(x, y));
            path = Some(ring.close());
        }
        path
    }
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let map = scene.map.ok_or(Reason::NoMap)?;
    let whole = Scene { top: None, ..scene.clone() };
    let ranked = whole.ranked()?;
    let by = by_text(&ranked);
    let key = key(scene, map, &by).ok_or(Reason::MapOfOthers)?;
    let row_of = |area: &Area| {
        let (_, value) = area.facts.iter().find(|(name, _)| *name == key)?;
        by.get(value.as_str()).copied()
    };
    let found: Vec<Option<usize>> = map.areas.iter().map(row_of).collect();
    if found.iter().all(Option::is_none) {
        return Err(Reason::MapOfOthers);
    }
    let scores = found.iter().flatten().map(|&row| ranked.score(row));
    let (bounds, digits) = super::step_bounds(scores);
    let projection = Projection::new(map, INNER);
    let mut body = Canvas::new(scene.id);
    for (area, row) in map.areas.iter().zip(&found) {
        let Some(path) = projection.path(area) else { continue };
        match *row {
            None => {
                let named = area.facts.iter().find(|(name, _)| *name == key);
                let name = named.map_or("", |(_, value)| value.as_str());
                let words = format!("{name} · {}", word!(label_missing, language));
                body.mark(&[], &words, |body| body.path(&path, "q-pale q-leader q-evenodd"));
            }
            Some(row) => {
                let class = format!("q-s{}", palette::step(ranked.score(row), bounds));
                let is_chosen = scene.region == Some(ranked.region(row));
                let edge = if is_chosen { "q-chosen" } else { "q-axis q-rim" };
                body.mark(&[("region", ranked.code(row))], &ranked.words(row, language), |body| {
                    body.path(&path, &format!("{class} {edge} q-evenodd"));
                });
            }
        }
    }
    let bottom = projection.height + 16.0;
    let legend = super::steps(&mut body, (8.0, bottom), bounds, digits);
    let (rows, said) = super::on_map(&ranked, &found, language);
    let mut notes = Vec::new();
    let empty = found.iter().filter(|row| row.is_none()).count();
    if empty > 0 {
        notes.push(scene.says(text!(chart_areas_empty, n = empty)));
    }
    if rows.len() < ranked.all {
        notes.push(scene.says(text!(chart_not_on_map, n = ranked.all - rows.len())));
    }
    notes.push(scene.says(text!(chart_map_by, key = key.as_str())));
    let table =
        super::of_regions(&ranked, None, language).table("choropleth", Reader::People, rows);
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, bottom + legend),
        notes,
        alternative: vec![scene.says(said)],
        table,
    })
}
