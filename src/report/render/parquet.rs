//! Tables as Parquet: numbers as doubles, everything else as text.

use std::sync::Arc;

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use quanheng_core::model::State;

use super::super::{Cell, Reader, Table};
use super::{Format, Render, stored};

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    doc: "A Parquet file for each table, every digit",
    reader: Reader::Files,
    is_tables_only: true,
    render: Render::EachTable(|table| render(table).map_err(|e| e.to_string())),
};

/// The table as a Parquet file of one row group. A cell without a value is null, whatever the reason; the CSV of the
/// same table says which.
///
/// # Errors
/// What the writer says.
pub fn render(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let numeric: Vec<bool> = (0..table.columns.len()).map(|k| table.is_numeric(k)).collect();
    let fields = table.columns.iter().zip(&numeric).map(|(head, numeric)| {
        let (physical, converted) = match numeric {
            true => (Physical::DOUBLE, ConvertedType::NONE),
            false => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
        };
        Type::primitive_type_builder(&head.key, physical)
            .with_converted_type(converted)
            .with_repetition(Repetition::OPTIONAL)
            .build()
            .map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(&table.name).with_fields(fields).build()?;
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Default::default())?;
    let mut group = file.next_row_group()?;
    let mut k = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = || table.rows.iter().map(|row| &row[k]);
        if numeric[k] {
            let levels: Vec<i16> = cells().map(|c| i16::from(number(c).is_some())).collect();
            let values: Vec<f64> = cells().filter_map(number).collect();
            column.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        } else {
            let texts: Vec<String> = cells().map(stored).collect();
            let levels: Vec<i16> = texts.iter().map(|t| i16::from(!t.is_empty())).collect();
            let there = texts.iter().filter(|t| !t.is_empty());
            let values: Vec<ByteArray> = there.map(|t| ByteArray::from(t.as_str())).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        column.close()?;
        k += 1;
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(x, State::Value) => Some(*x),
        Cell::Count(n) => Some(*n as f64),
        Cell::Rank(x) | Cell::Moved(x) | Cell::Share { value: x, .. } if x.is_finite() => Some(*x),
        _ => None,
    }
}
