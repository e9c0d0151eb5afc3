//! The tables: their columns, Arrow types, and where each value comes from.

mod columns;

use crate::model::{Decimal, Table};
use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef, TimeUnit};
use std::sync::{Arc, LazyLock};

/// The version of the tables' shape, written into every file. It grows when a column is added, changed or dropped.
pub const SCHEMA_VERSION: u32 = 1;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: the EDGAR element's in snake_case, where there is one.
    pub name: &'static str,
    /// The kind of value.
    pub column_type: ColumnType,
    /// Where the value comes from.
    pub origin: Origin,
    /// What it means, in one line.
    pub meaning: &'static str,
    /// Whether it may be null.
    pub nullable: bool,
}

/// The kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Utf8.
    Text,
    /// Utf8 of ten digits with leading zeros.
    Cik,
    /// Decimal128(18, 6).
    Decimal,
    /// Date32.
    Date,
    /// Timestamp(Microsecond, "UTC").
    Timestamp,
    /// Boolean.
    Boolean,
    /// Int32.
    Int32,
    /// Int64.
    Int64,
    /// List of Struct of `field` (Utf8, nullable) and `footnote_id` (Utf8).
    FootnoteRefs,
}

/// Where a column's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An element of the ownership document.
    Element(&'static str),
    /// A key of the submission's header.
    Header(&'static str),
    /// Worked out by section16.
    Derived,
}

impl Column {
    const fn optional(
        name: &'static str,
        column_type: ColumnType,
        origin: Origin,
        meaning: &'static str,
    ) -> Self {
        Self { name, column_type, origin, meaning, nullable: true }
    }

    const fn required(
        name: &'static str,
        column_type: ColumnType,
        origin: Origin,
        meaning: &'static str,
    ) -> Self {
        Self { name, column_type, origin, meaning, nullable: false }
    }

    /// The Arrow field of the column.
    pub fn field(&self) -> Field {
        Field::new(self.name, self.column_type.arrow(), self.nullable)
    }
}

impl ColumnType {
    /// The Arrow type.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Text | Self::Cik => DataType::Utf8,
            Self::Decimal => DataType::Decimal128(Decimal::PRECISION, Decimal::SCALE as i8),
            Self::Date => DataType::Date32,
            Self::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Self::Boolean => DataType::Boolean,
            Self::Int32 => DataType::Int32,
            Self::Int64 => DataType::Int64,
            Self::FootnoteRefs => DataType::List(footnote_ref_item()),
        }
    }
}

/// The fields of one footnote mark.
pub fn footnote_ref_fields() -> Fields {
    Fields::from(vec![
        Field::new("field", DataType::Utf8, true),
        Field::new("footnote_id", DataType::Utf8, false),
    ])
}

/// The items of a list of footnote marks. Their name is Parquet's own, so that the type comes back from a file as it was.
pub fn footnote_ref_item() -> FieldRef {
    Arc::new(Field::new("element", DataType::Struct(footnote_ref_fields()), false))
}

/// The columns of a table, in order.
///
/// ```
/// use section16::{model::Table, schema};
/// assert_eq!(schema::columns(Table::Transactions)[0].name, "filing_id");
/// ```
pub fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::Filings => columns::FILINGS,
        Table::ReportingOwners => columns::REPORTING_OWNERS,
        Table::Transactions => columns::TRANSACTIONS,
        Table::Holdings => columns::HOLDINGS,
        Table::Footnotes => columns::FOOTNOTES,
        Table::Signatures => columns::SIGNATURES,
        Table::Diagnostics => columns::DIAGNOSTICS,
        Table::Rejects => columns::REJECTS,
    }
}

/// The Arrow schema of a table.
pub fn arrow_schema(table: Table) -> SchemaRef {
    static SCHEMAS: LazyLock<[SchemaRef; Table::ALL.len()]> = LazyLock::new(|| {
        Table::ALL.map(|table| {
            let fields: Vec<Field> = columns(table).iter().map(Column::field).collect();
            Arc::new(Schema::new(fields))
        })
    });
    SCHEMAS[table as usize].clone()
}

/// The Arrow schema of entries: the tables together, a row for each filing and each reject of the input.
///
/// | column | type | what it is |
/// |---|---|---|
/// | `source_entry` | Int64 | the entry's running number in its file, from 0 |
/// | `source_rank` | Int32 | [`SourceFormat::rank`](crate::model::SourceFormat::rank) of a filing; 0 of a reject |
/// | `filings` ... `rejects` | List of Struct | the rows that the entry has in the table, with all of its columns |
///
/// An entry has one row in `filings` or one in `rejects`. Of several copies of a filing a data set keeps the least by `source_rank`,
/// then by the columns `source_path` (byte by byte), `source_entry` and `source_offset`.
pub fn entry_schema() -> SchemaRef {
    let places = [("source_entry", DataType::Int64), ("source_rank", DataType::Int32)];
    let places = places.map(|(name, data_type)| Field::new(name, data_type, false));
    let lists = Table::ALL.map(|t| Field::new(t.as_str(), DataType::List(entry_item(t)), false));
    Arc::new(Schema::new(places.into_iter().chain(lists).collect::<Vec<_>>()))
}

/// The items of the list that [`entry_schema`] has for a table.
pub fn entry_item(table: Table) -> FieldRef {
    let fields = arrow_schema(table).fields().clone();
    Arc::new(Field::new("element", DataType::Struct(fields), false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn column_names_are_unique_in_a_table() {
        for table in Table::ALL {
            let names: HashSet<_> = columns(table).iter().map(|c| c.name).collect();
            assert_eq!(names.len(), columns(table).len(), "{table:?}");
            assert_eq!(arrow_schema(table).fields().len(), names.len());
        }
    }

    #[test]
    fn every_filing_table_carries_the_keys() {
        for table in Table::ALL.into_iter().filter(|t| *t != Table::Rejects) {
            let names: Vec<_> = columns(table).iter().map(|c| c.name).collect();
            for key in ["filing_id", "accession_number", "issuer_cik"] {
                assert!(names.contains(&key), "{table:?} lacks {key}");
            }
        }
    }
}
