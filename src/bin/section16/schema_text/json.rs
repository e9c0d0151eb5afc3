//! One JSON document for other programs.

use super::{meaning, types};
use section16::model::Table;
use section16::schema::{Column, Origin, SCHEMA_VERSION, columns};
use serde_json::{Value, json};

/// The version of the schema, and each table with its columns.
pub fn json(tables: &[Table]) -> String {
    let tables: Vec<Value> = tables.iter().map(|table| one(*table)).collect();
    format!("{:#}\n", json!({"schema_version": SCHEMA_VERSION, "tables": tables}))
}

fn one(table: Table) -> Value {
    json!({
        "table": table.as_str(),
        "meaning": meaning(table),
        "partitioned": table.is_partitioned(),
        "columns": columns(table).iter().map(of_column).collect::<Vec<_>>(),
    })
}

fn of_column(column: &Column) -> Value {
    let (source, name) = match column.origin {
        Origin::Element(name) => ("element", Some(name)),
        Origin::Header(key) => ("header", Some(key)),
        Origin::Derived => ("section16", None),
    };
    json!({
        "column": column.name,
        "arrow": types::arrow(column.column_type),
        "parquet": types::parquet(column.column_type),
        "sql": types::sql(column.column_type),
        "nullable": column.nullable,
        "source": source,
        "source_name": name,
        "meaning": column.meaning,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_column_with_its_types() {
        let value: Value = serde_json::from_str(&json(&[Table::Holdings])).unwrap();
        assert_eq!(value["schema_version"], SCHEMA_VERSION);
        let table = &value["tables"][0];
        assert_eq!(table["table"], "holdings");
        assert_eq!(table["columns"].as_array().unwrap().len(), columns(Table::Holdings).len());
        let price = table["columns"].as_array().unwrap().iter();
        let price = price.clone().find(|c| c["column"] == "conversion_or_exercise_price").unwrap();
        assert_eq!(price["arrow"], "Decimal128(18, 6)");
        assert_eq!(price["parquet"], "INT64 (DECIMAL(18, 6))");
        assert_eq!(price["sql"], "DECIMAL(18, 6)");
        assert_eq!(price["nullable"], true);
        assert_eq!(price["source"], "element");
        assert_eq!(price["source_name"], "conversionOrExercisePrice");
    }
}
