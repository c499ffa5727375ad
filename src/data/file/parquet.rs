//! Parquet files, row by row, without Arrow.

use std::io::Write;

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::{Type, TypePtr};

use super::{Bytes, Cell, Input, Record, Spot};
use crate::problem::{DataFault, Place, Problem};

/// A Parquet file whose columns are plain.
#[derive(Debug)]
pub(super) struct Parquet {
    schema: TypePtr,
}

impl Parquet {
    pub(super) fn open(input: &Input) -> Result<(Parquet, Vec<String>), Vec<Problem>> {
        let wrong = |reason: String| vec![input.problem(DataFault::Parquet { reason })];
        let reader = reader(input).map_err(wrong)?;
        let schema = reader.metadata().file_metadata().schema_descr().root_schema_ptr();
        for field in schema.get_fields() {
            if field.is_group() {
                return Err(wrong(format!("column \"{}\" holds lists or records", field.name())));
            }
        }
        let header = schema.get_fields().iter().map(|f| f.name().to_string()).collect();
        Ok((Parquet { schema }, header))
    }

    pub(super) fn records(
        &self,
        input: &Input,
        wanted: &[usize],
        each: &mut dyn FnMut(u32, &dyn Record),
    ) -> Result<(), String> {
        let reader = reader(input)?;
        // A projection keeps the order of the schema.
        let mut columns = wanted.to_vec();
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() {
            columns.push(0);
        }
        let projection = self.project(&columns)?;
        let rows = reader.get_row_iter(Some(projection)).map_err(|e| e.to_string())?;
        for (number, row) in rows.enumerate() {
            let row = row.map_err(|e| e.to_string())?;
            let record = Fields::new(&columns, self.schema.get_fields().len(), &row);
            each(number as u32, &record);
        }
        Ok(())
    }

    pub(super) fn place(&self, input: &Input, spot: Spot) -> Option<(Place, String)> {
        let shows = match spot.record {
            None => self.schema.get_fields()[spot.column].name().to_string(),
            Some(record) => self.shows(input, record as usize, spot.column)?,
        };
        let place = Place::Cell {
            file: input.name.clone(),
            sheet: None,
            row: spot.record.map_or(0, |record| record as usize + 1),
            column: spot.column,
            shows: shows.clone(),
        };
        Some((place, shows))
    }

    fn shows(&self, input: &Input, mut record: usize, column: usize) -> Option<String> {
        let reader = reader(input).ok()?;
        for group in 0..reader.num_row_groups() {
            let group = reader.get_row_group(group).ok()?;
            let rows = group.metadata().num_rows() as usize;
            if record >= rows {
                record -= rows;
                continue;
            }
            let projection = self.project(&[column]).ok()?;
            let row = group.get_row_iter(Some(projection)).ok()?.nth(record)?.ok()?;
            let width = self.schema.get_fields().len();
            return Some(Fields::new(&[column], width, &row).cell(column).shows());
        }
        None
    }

    fn project(&self, columns: &[usize]) -> Result<Type, String> {
        let fields = columns.iter().map(|c| self.schema.get_fields()[*c].clone()).collect();
        Type::group_type_builder(self.schema.name())
            .with_fields(fields)
            .build()
            .map_err(|e| e.to_string())
    }
}

fn reader(input: &Input) -> Result<Box<dyn FileReader>, String> {
    Ok(match &input.bytes {
        Bytes::Path(path) => {
            let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
            Box::new(SerializedFileReader::new(file).map_err(|e| e.to_string())?)
        }
        Bytes::Memory(bytes) => {
            let mut file = tempfile::tempfile().map_err(|e| e.to_string())?;
            file.write_all(bytes).map_err(|e| e.to_string())?;
            Box::new(SerializedFileReader::new(file).map_err(|e| e.to_string())?)
        }
    })
}

struct Fields {
    cells: Vec<Owned>,
}

enum Owned {
    Number(f64),
    Truth(bool),
    Text(String),
    Date(String),
    Empty,
}

impl Fields {
    fn new(columns: &[usize], width: usize, row: &Row) -> Fields {
        let mut cells: Vec<Owned> = Vec::new();
        cells.resize_with(width, || Owned::Empty);
        for (column, (_, field)) in columns.iter().zip(row.get_column_iter()) {
            cells[*column] = owned(field);
        }
        Fields { cells }
    }
}

impl Record for Fields {
    fn cell(&self, column: usize) -> Cell<'_> {
        match &self.cells[column] {
            Owned::Number(x) => Cell::Number(*x),
            Owned::Truth(truth) => Cell::Truth(*truth),
            Owned::Text(text) => Cell::Text(text),
            Owned::Date(text) => Cell::Date(text),
            Owned::Empty => Cell::Empty,
        }
    }
}

/// A field as a cell. NaN in a Parquet file stands for no value, as null does.
fn owned(field: &Field) -> Owned {
    match field {
        Field::Null => Owned::Empty,
        Field::Bool(truth) => Owned::Truth(*truth),
        Field::Byte(x) => Owned::Number(f64::from(*x)),
        Field::Short(x) => Owned::Number(f64::from(*x)),
        Field::Int(x) => Owned::Number(f64::from(*x)),
        Field::Long(x) => Owned::Number(*x as f64),
        Field::UByte(x) => Owned::Number(f64::from(*x)),
        Field::UShort(x) => Owned::Number(f64::from(*x)),
        Field::UInt(x) => Owned::Number(f64::from(*x)),
        Field::ULong(x) => Owned::Number(*x as f64),
        Field::Float(x) if x.is_nan() => Owned::Empty,
        Field::Float(x) => Owned::Number(f64::from(*x)),
        Field::Double(x) if x.is_nan() => Owned::Empty,
        Field::Double(x) => Owned::Number(*x),
        Field::Str(text) => Owned::Text(text.clone()),
        Field::Date(_)
        | Field::TimeMillis(_)
        | Field::TimeMicros(_)
        | Field::TimestampMillis(_)
        | Field::TimestampMicros(_) => Owned::Date(field.to_string()),
        other => Owned::Text(other.to_string()),
    }
}
