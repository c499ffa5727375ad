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
        Bytes::Path(_) | Bytes::Below(..) => {
            let file = input.file().map_err(|e| e.to_string())?;
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
    use ::parquet::file::writer::SerializedFileWriter;
    use ::parquet::schema::parser::parse_message_type;
    use quanheng_core::model::State;

    use super::*;
    use crate::data::file::Format;
    use crate::data::number::Notation;
    use crate::data::table::{Columns, Regions, ValueFile, read_values};

    fn written() -> Vec<u8> {
        let schema = "message m { required binary region (UTF8); required int64 period; optional binary note (UTF8);
                      optional double a; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut bytes = Vec::new();
        let mut file = SerializedFileWriter::new(&mut bytes, schema, Default::default()).unwrap();
        for (region, period, a) in [("01", 2019, vec![1.5, 2.5]), ("02", 2019, vec![0.1])] {
            let mut group = file.next_row_group().unwrap();
            let regions = vec![ByteArray::from(region); 2];
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&regions, None, None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<Int64Type>().write_batch(&[period, period + 1], None, None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&[], Some(&[0, 0]), None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let there = [1, (a.len() - 1) as i16];
            column.typed::<DoubleType>().write_batch(&a, Some(&there), None).unwrap();
            column.close().unwrap();
            group.close().unwrap();
        }
        file.close().unwrap();
        bytes
    }

    #[test]
    fn typed_columns_come_back() {
        let file = ValueFile {
            input: Input::memory("v.parquet", written()),
            format: Format::default(),
            columns: Columns::default(),
            notation: Notation::default(),
            is_result: false,
        };
        let mut problems = Vec::new();
        let wanted = ["a".to_string()];
        let values = read_values(&[file], (&[], &[]), &mut Regions::open(), &wanted, &mut problems);
        assert_eq!(problems, []);
        let labels: Vec<&str> = values.periods.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(labels, ["2019", "2020"]);
        assert_eq!(values.columns[0].values()[..3], [1.5, 2.5, 0.1]);
        assert_eq!(values.columns[0].state(3), State::Missing);
        let place = Place::Cell {
            file: "v.parquet".into(),
            sheet: None,
            row: 3,
            column: 3,
            shows: "0.1".into(),
        };
        assert_eq!(values.raw(2, 0, values.columns[0].state(2)), Some((place, "0.1".into())));
    }
}
