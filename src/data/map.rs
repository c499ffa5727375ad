//! Reads the areas of a map: GeoJSON (RFC 7946) or TopoJSON.

use std::path::Path;

use serde_json::Value;

use crate::gate;
use crate::gate::bounds::{MAP, MAP_POINTS};

/// Areas with the texts by which regions find them.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The areas, in the order of the file.
    pub areas: Vec<Area>,
}

/// An area of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its id and its properties that are texts or whole numbers, by name.
    pub facts: Vec<(String, String)>,
    /// Its rings, holes among them: longitudes and latitudes, or places in a plane.
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// What is wrong with a file that should be a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapFault {
    /// It is not JSON.
    NotJson {
        /// The line.
        line: usize,
    },
    /// It is JSON, and neither GeoJSON nor TopoJSON with areas.
    NoAreas,
    /// It has more points than a map may have.
    TooLong {
        /// How many it may have.
        most: usize,
    },
    /// A place that is not two numbers, or an arc that is not there.
    Broken,
}

/// Why a map cannot be used.
#[derive(Debug)]
pub enum Unusable {
    /// It cannot be read.
    Unreadable(std::io::Error),
    /// Something is wrong in it.
    Fault(MapFault),
}

impl Map {
    /// Reads a map that the user names.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn read(path: &Path) -> Result<Map, Unusable> {
        let bytes = gate::read(path, MAP).map_err(Unusable::Unreadable)?;
        Map::parse(&bytes).map_err(Unusable::Fault)
    }

    /// The map in these bytes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Map, MapFault> {
        // A byte order mark is no part of JSON, and editors write it.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value =
            serde_json::from_slice(bytes).map_err(|e| MapFault::NotJson { line: e.line() })?;
        let mut reader = Reader { arcs: Vec::new(), left: MAP_POINTS, areas: Vec::new() };
        if value["type"] == "Topology" {
            reader.arcs = reader.decoded(&value)?;
            let objects = value["objects"].as_object().ok_or(MapFault::NoAreas)?;
            for object in objects.values() {
                reader.feature(object)?;
            }
        } else {
            reader.feature(&value)?;
        }
        match reader.areas.is_empty() {
            true => Err(MapFault::NoAreas),
            false => Ok(Map { areas: reader.areas }),
        }
    }
}

/// A point in the file.
type Point = (f64, f64);

struct Reader {
    arcs: Vec<Vec<Point>>,
    /// How many points may still come.
    left: usize,
    areas: Vec<Area>,
}

impl Reader {
    fn spend(&mut self, points: usize) -> Result<(), MapFault> {
        self.left = self.left.checked_sub(points).ok_or(MapFault::TooLong { most: MAP_POINTS })?;
        Ok(())
    }

    /// The arcs of a topology: steps from point to point where it is quantised.
    fn decoded(&mut self, topology: &Value) -> Result<Vec<Vec<Point>>, MapFault> {
        let pair = |value: &Value| point(value).ok();
        let transform = &topology["transform"];
        let quantised = pair(&transform["scale"]).zip(pair(&transform["translate"]));
        let arcs = topology["arcs"].as_array().ok_or(MapFault::NoAreas)?;
        let mut found = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let steps = arc.as_array().ok_or(MapFault::Broken)?;
            self.spend(steps.len())?;
            let mut at = (0.0, 0.0);
            let mut points = Vec::with_capacity(steps.len());
            for step in steps {
                let (x, y) = point(step)?;
                points.push(match quantised {
                    None => (x, y),
                    Some((scale, from)) => {
                        at = (at.0 + x, at.1 + y);
                        (at.0 * scale.0 + from.0, at.1 * scale.1 + from.1)
                    }
                });
            }
            found.push(points);
        }
        Ok(found)
    }

    /// A feature, a collection of them, or a geometry that stands by itself.
    fn feature(&mut self, value: &Value) -> Result<(), MapFault> {
        for name in ["features", "geometries"] {
            if let Some(list) = value[name].as_array() {
                return list.iter().try_for_each(|one| self.feature(one));
            }
        }
        let geometry = if value["geometry"].is_object() { &value["geometry"] } else { value };
        let mut rings = Vec::new();
        self.rings(geometry, &mut rings)?;
        if rings.is_empty() {
            return Ok(());
        }
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
            _ => None,
        };
        let id = text(&value["id"]).map(|id| ("id".to_owned(), id));
        let properties = value["properties"].as_object().into_iter().flatten();
        let facts = properties.filter_map(|(name, value)| Some((name.clone(), text(value)?)));
        self.areas.push(Area { facts: id.into_iter().chain(facts).collect(), rings });
        Ok(())
    }

    /// The rings of a polygon or of several; anything else has none.
    fn rings(&mut self, geometry: &Value, rings: &mut Vec<Vec<Point>>) -> Result<(), MapFault> {
        if let Some(list) = geometry["geometries"].as_array() {
            return list.iter().try_for_each(|one| self.rings(one, rings));
        }
        let is_topology = geometry["arcs"].is_array();
        let of = if is_topology { &geometry["arcs"] } else { &geometry["coordinates"] };
        let polygons: Vec<&Value> = match geometry["type"].as_str() {
            Some("Polygon") => vec![of],
            Some("MultiPolygon") => of.as_array().into_iter().flatten().collect(),
            _ => return Ok(()),
        };
        for ring in
            polygons.into_iter().flat_map(|polygon| polygon.as_array().into_iter().flatten())
        {
            let parts = ring.as_array().ok_or(MapFault::Broken)?;
            let points = match is_topology {
                true => self.joined(parts)?,
                false => {
                    self.spend(parts.len())?;
                    parts.iter().map(point).collect::<Result<Vec<Point>, MapFault>>()?
                }
            };
            if points.len() > 2 {
                rings.push(points);
            }
        }
        Ok(())
    }

    /// Arcs one after the other, those with a negative number backwards.
    fn joined(&mut self, numbers: &[Value]) -> Result<Vec<Point>, MapFault> {
        let mut points: Vec<Point> = Vec::new();
        for number in numbers {
            let number = number.as_i64().ok_or(MapFault::Broken)?;
            let at = usize::try_from(if number < 0 { !number } else { number });
            let arc = at.ok().and_then(|at| self.arcs.get(at)).ok_or(MapFault::Broken)?;
            // The first point of an arc is the last one of the arc before it.
            let skip = usize::from(!points.is_empty());
            let length = arc.len();
            match number < 0 {
                true => points.extend(arc.iter().rev().skip(skip)),
                false => points.extend(arc.iter().skip(skip)),
            }
            self.spend(length)?;
        }
        Ok(points)
    }
}

fn point(value: &Value) -> Result<Point, MapFault> {
    let number = |at: usize| value[at].as_f64().filter(|x| x.is_finite()).ok_or(MapFault::Broken);
    Ok((number(0)?, number(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GEO: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"properties":{"code":"a","area": 1.5},"geometry":
            {"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}},
        {"type":"Feature","properties":{"code":"b"},"geometry":
            {"type":"MultiPolygon","coordinates":[[[[2,0],[4,0],[4,2],[2,0]]]]}},
        {"type":"Feature","properties":{"code":"c"},"geometry":{"type":"Point","coordinates":[1,1]}}]}"#;

    #[test]
    fn areas_of_geojson_are_read() {
        let map = Map::parse(format!("\u{feff}{GEO}").as_bytes()).expect("a map");
        assert_eq!(map.areas.len(), 2, "a point is no area");
        let facts = |k: usize| map.areas[k].facts.clone();
        assert_eq!(facts(0), [("id".into(), "7".into()), ("code".into(), "a".into())]);
        assert_eq!(map.areas[1].rings[0][1], (4.0, 0.0));
    }

    #[test]
    fn arcs_of_topojson_are_joined() {
        let topo = r#"{"type":"Topology","transform":{"scale":[0.5,2],"translate":[10,20]},
            "arcs":[[[0,0],[2,0],[0,1]],[[2,1],[-2,-1]]],
            "objects":{"map":{"type":"GeometryCollection","geometries":[
                {"type":"Polygon","properties":{"code":"a"},"arcs":[[0,1]]},
                {"type":"Polygon","properties":{"code":"b"},"arcs":[[-2,-1]]}]}}}"#;
        let map = Map::parse(topo.as_bytes()).expect("a map");
        let round = vec![(10.0, 20.0), (11.0, 20.0), (11.0, 22.0), (10.0, 20.0)];
        assert_eq!(map.areas[0].rings, std::slice::from_ref(&round));
        assert_eq!(map.areas[1].rings, [round.into_iter().rev().collect::<Vec<_>>()]);
    }

    #[test]
    fn what_is_no_map_is_refused() {
        let fault = |text: &str| Map::parse(text.as_bytes()).expect_err("no map");
        assert_eq!(fault("{\n"), MapFault::NotJson { line: 2 });
        assert_eq!(fault("[1]"), MapFault::NoAreas);
        assert_eq!(fault(&GEO.replace("[2,2]", "[2]")), MapFault::Broken);
        let arcs =
            r#"{"type":"Topology","arcs":[],"objects":{"m":{"type":"Polygon","arcs":[[3]]}}}"#;
        assert_eq!(fault(arcs), MapFault::Broken);
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(matches!(fault(&deep), MapFault::NotJson { .. }), "no stack is exhausted");
    }
}
