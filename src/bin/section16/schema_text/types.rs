//! The names of a column's type in Arrow, Parquet and SQL.

use section16::model::Decimal;
use section16::schema::ColumnType;

/// The Arrow type.
pub fn arrow(column_type: ColumnType) -> String {
    match column_type {
        ColumnType::Text | ColumnType::Cik => "Utf8".to_owned(),
        ColumnType::Decimal => format!("Decimal128({}, {})", Decimal::PRECISION, Decimal::SCALE),
        ColumnType::Date => "Date32".to_owned(),
        ColumnType::Timestamp => "Timestamp(Microsecond, UTC)".to_owned(),
        ColumnType::Boolean => "Boolean".to_owned(),
        ColumnType::Int32 => "Int32".to_owned(),
        ColumnType::Int64 => "Int64".to_owned(),
        ColumnType::FootnoteRefs => "List<Struct<field: Utf8, footnote_id: Utf8>>".to_owned(),
    }
}

/// The Parquet type: the physical one, and the logical one in parentheses.
pub fn parquet(column_type: ColumnType) -> String {
    match column_type {
        ColumnType::Text | ColumnType::Cik => "BYTE_ARRAY (STRING)".to_owned(),
        ColumnType::Decimal => format!("INT64 (DECIMAL({}, {}))", Decimal::PRECISION, Decimal::SCALE),
        ColumnType::Date => "INT32 (DATE)".to_owned(),
        ColumnType::Timestamp => "INT64 (TIMESTAMP(MICROS, UTC))".to_owned(),
        ColumnType::Boolean => "BOOLEAN".to_owned(),
        ColumnType::Int32 => "INT32".to_owned(),
        ColumnType::Int64 => "INT64".to_owned(),
        ColumnType::FootnoteRefs => "group (LIST) of group of two BYTE_ARRAY (STRING)".to_owned(),
    }
}

/// The SQL type, as DuckDB names it.
pub fn sql(column_type: ColumnType) -> String {
    match column_type {
        ColumnType::Text | ColumnType::Cik => "VARCHAR".to_owned(),
        ColumnType::Decimal => format!("DECIMAL({}, {})", Decimal::PRECISION, Decimal::SCALE),
        ColumnType::Date => "DATE".to_owned(),
        ColumnType::Timestamp => "TIMESTAMP WITH TIME ZONE".to_owned(),
        ColumnType::Boolean => "BOOLEAN".to_owned(),
        ColumnType::Int32 => "INTEGER".to_owned(),
        ColumnType::Int64 => "BIGINT".to_owned(),
        ColumnType::FootnoteRefs => "STRUCT(field VARCHAR, footnote_id VARCHAR)[]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::arrow::ArrowSchemaConverter;
    use parquet::basic::{LogicalType, TimeUnit, Type as Physical};
    use section16::model::Table;
    use section16::schema::{arrow_schema, columns};

    /// What the Parquet writer makes of a leaf column, in the words of [`parquet`].
    fn written(physical: Physical, logical: Option<&LogicalType>) -> String {
        let logical = match logical {
            None => return physical.to_string(),
            Some(LogicalType::String) => "STRING".to_owned(),
            Some(LogicalType::Date) => "DATE".to_owned(),
            Some(LogicalType::Decimal(d)) => format!("DECIMAL({}, {})", d.precision, d.scale),
            Some(LogicalType::Timestamp(t)) if t.is_adjusted_to_u_t_c && t.unit == TimeUnit::MICROS => {
                "TIMESTAMP(MICROS, UTC)".to_owned()
            }
            other => panic!("{other:?}"),
        };
        format!("{physical} ({logical})")
    }

    #[test]
    fn parquet_types_are_those_that_the_writer_makes() {
        for table in Table::ALL {
            let schema = ArrowSchemaConverter::new().convert(&arrow_schema(table)).unwrap();
            for column in columns(table).iter().filter(|c| c.column_type != ColumnType::FootnoteRefs) {
                let leaf = schema.columns().iter().find(|leaf| leaf.path().string() == column.name).unwrap();
                let written = written(leaf.physical_type(), leaf.logical_type_ref());
                assert_eq!(parquet(column.column_type), written, "{} {}", table.as_str(), column.name);
            }
        }
    }

    #[test]
    fn arrow_types_are_those_of_the_schema() {
        let plain = |text: String| text.replace("Some(\"UTC\")", "UTC").replace("µs", "Microsecond");
        for column in Table::ALL.iter().flat_map(|table| columns(*table)) {
            if !matches!(column.column_type, ColumnType::FootnoteRefs | ColumnType::Timestamp) {
                assert_eq!(arrow(column.column_type), plain(format!("{:?}", column.column_type.arrow())));
            }
        }
    }
}
