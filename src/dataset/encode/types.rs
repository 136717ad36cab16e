//! Parquet's types for the columns of [`crate::dataset::schema`].
//!
//! Every column may be null for Parquet, so that readers see one kind of column; the schema says
//! which never are.

use polars::polars_utils::pl_str::PlSmallStr;
use polars_parquet::parquet::{
    metadata::{Descriptor, SchemaDescriptor},
    schema::{
        Repetition,
        types::{
            FieldInfo, GroupConvertedType, GroupLogicalType, IntegerType, ParquetType,
            PhysicalType, PrimitiveConvertedType, PrimitiveLogicalType, PrimitiveType, TimeUnit,
        },
    },
};

use crate::dataset::schema::{Column, ColumnType, Table};

/// Returns the schema of a table's files.
pub(crate) fn schema(table: &Table) -> SchemaDescriptor {
    let columns = table.columns.iter().map(parquet_type).collect();
    SchemaDescriptor::new(PlSmallStr::from_static("root"), columns)
}

/// Returns what the pages of each column hold.
pub(super) fn descriptors(table: &Table) -> Vec<Descriptor> {
    schema(table).columns().iter().map(|column| column.descriptor.clone()).collect()
}

fn parquet_type(column: &'static Column) -> ParquetType {
    let name = PlSmallStr::from_static(column.name);
    if column.kind != ColumnType::Strings {
        return ParquetType::PrimitiveType(primitive(name, column.kind));
    }
    let element = primitive(PlSmallStr::from_static("element"), ColumnType::String);
    let list = ParquetType::from_group(
        PlSmallStr::from_static("list"),
        Repetition::Repeated,
        None,
        None,
        vec![ParquetType::PrimitiveType(element)],
        None,
    );
    ParquetType::from_group(
        name,
        Repetition::Optional,
        Some(GroupConvertedType::List),
        Some(GroupLogicalType::List),
        vec![list],
        None,
    )
}

fn primitive(name: PlSmallStr, kind: ColumnType) -> PrimitiveType {
    let timestamp =
        PrimitiveLogicalType::Timestamp { unit: TimeUnit::Milliseconds, is_adjusted_to_utc: true };
    let unsigned = PrimitiveLogicalType::Integer(IntegerType::UInt32);
    let (physical_type, converted_type, logical_type) = match kind {
        ColumnType::String | ColumnType::Strings => (
            PhysicalType::ByteArray,
            Some(PrimitiveConvertedType::Utf8),
            Some(PrimitiveLogicalType::String),
        ),
        ColumnType::Bool => (PhysicalType::Boolean, None, None),
        ColumnType::UInt32 => {
            (PhysicalType::Int32, Some(PrimitiveConvertedType::Uint32), Some(unsigned))
        }
        ColumnType::Int64 => (PhysicalType::Int64, None, None),
        ColumnType::Float32 => (PhysicalType::Float, None, None),
        ColumnType::Float64 => (PhysicalType::Double, None, None),
        ColumnType::Date => (
            PhysicalType::Int32,
            Some(PrimitiveConvertedType::Date),
            Some(PrimitiveLogicalType::Date),
        ),
        ColumnType::Timestamp => (PhysicalType::Int64, None, Some(timestamp)),
    };
    let field_info = FieldInfo { name, repetition: Repetition::Optional, id: None };
    PrimitiveType { field_info, logical_type, converted_type, physical_type }
}
