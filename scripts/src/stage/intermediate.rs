//! `fn intermediate(…)`: how the script came to its numbers. It takes what the function of the stage takes, and gives a map
//! of maps: what the figures belong to, then their names. It is called only where somebody asks for them.

use quanheng_core::method::{Axis, Intermediate, MethodError, Shape};
use quanheng_words::text;
use rhai::{Dynamic, Map};

use super::{Method, fault};
use crate::host::column::Column;
use crate::host::matrix::Matrix;
use crate::problem::a;

/// The function.
pub(super) const FUNCTION: &str = "intermediate";

/// What figures can belong to, and the shape of their table.
const SHAPES: [(&str, Shape); 8] = [
    ("figures", Shape::FIGURE),
    ("regions", Shape::REGIONS),
    ("siblings", Shape::SIBLINGS),
    ("list", Shape::LIST),
    ("regions_siblings", Shape::REGIONS_SIBLINGS),
    ("regions_regions", Shape::REGIONS_REGIONS),
    ("siblings_siblings", Shape::SIBLINGS_SIBLINGS),
    ("siblings_list", Shape::SIBLINGS_LIST),
];

impl Method {
    /// Gives what the script says of these arguments. `size` is how many regions and siblings there are.
    pub(super) fn give(
        &self,
        into: &mut Intermediate,
        size: (usize, usize),
        arguments: impl FnOnce() -> Result<Vec<Dynamic>, MethodError>,
    ) -> Result<(), MethodError> {
        if !into.is_asked() || !self.script.script.defines(FUNCTION) {
            return Ok(());
        }
        let result = self.script.call(FUNCTION, arguments()?).map_err(fault)?;
        for (belongs, of) in self.map(result)? {
            let shape = SHAPES.iter().find(|(name, _)| *name == belongs.as_str());
            let Some((_, shape)) = shape else {
                let known: Vec<&str> = SHAPES.iter().map(|(name, _)| *name).collect();
                return Err(self.of_intermediate(
                    text!(script_intermediate_key, key = belongs.as_str()),
                    text!(one_of, names = known),
                ));
            };
            for (name, value) in self.map(of)? {
                self.give_one(into, size, &name, *shape, value)?;
            }
        }
        Ok(())
    }

    fn give_one(
        &self,
        into: &mut Intermediate,
        (regions, siblings): (usize, usize),
        name: &str,
        shape: Shape,
        value: Dynamic,
    ) -> Result<(), MethodError> {
        let (height, width, values) = match value.read_lock::<Matrix>().map(|m| m.clone()) {
            Some(matrix) => {
                let (height, width) = (matrix.rows(), matrix.width());
                let cells = (0..height).flat_map(|row| matrix.row(row).collect::<Vec<_>>());
                (height, width, cells.collect())
            }
            None => {
                let column = value.read_lock::<Column>().map(|c| c.values().to_vec());
                let values = match column {
                    Some(values) => values,
                    None => self.numbers(value)?,
                };
                (values.len(), 1, values)
            }
        };
        let fits = |axis: Axis, found: usize| match axis {
            Axis::One => found == 1,
            Axis::Regions => found == regions,
            Axis::Siblings => found == siblings,
            Axis::List => true,
        };
        if !fits(shape.rows, height) || !fits(shape.columns, width) {
            let what = text!(
                script_intermediate_size,
                name = name,
                rows = height,
                columns = width,
                regions = regions,
                siblings = siblings
            );
            return Err(self.of_intermediate(what, text!(script_intermediate_size_hint)));
        }
        into.give(name, shape, width, &[], values);
        Ok(())
    }

    fn map(&self, value: Dynamic) -> Result<Map, MethodError> {
        let kind = value.type_name();
        value.try_cast::<Map>().ok_or_else(|| {
            self.of_intermediate(
                text!(script_gave, function = FUNCTION, kind = a(kind)),
                text!(
                    script_intermediate_hint,
                    code = "#{ regions: #{ C: c, T: t }, figures: #{ mean: t.mean() } }"
                ),
            )
        })
    }

    fn of_intermediate(
        &self,
        what: quanheng_words::Text,
        hint: quanheng_words::Text,
    ) -> MethodError {
        fault(self.script.script.fault_at(FUNCTION, what, hint))
    }
}
