//! Reads a data set back as JSON rows, in the conventions of the truth that `section16::synth` writes.

#![allow(dead_code, reason = "each test uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use section16::model::{Date, Decimal, Table, Timestamp};
use section16::schema::{self, ColumnType};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::path::{Path, PathBuf};

/// All files below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The files of one table of a data set.
pub fn table_files(output: &Path, table: Table) -> Vec<PathBuf> {
    let folder = output.join(table.as_str());
    files(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "parquet")).collect()
}

/// The rows of one table of a data set, in the order in which they lie.
pub fn rows(output: &Path, table: Table) -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    for path in table_files(output, table) {
        let file = File::open(&path).unwrap();
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
            push_rows(table, &batch.unwrap(), &mut rows);
        }
    }
    rows
}

/// The same with the bytes of every file, to compare two data sets.
pub fn contents(output: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut contents = Vec::new();
    for path in files(output) {
        let name = path.strip_prefix(output).unwrap().to_owned();
        if !name.starts_with("_section16") {
            contents.push((name, std::fs::read(&path).unwrap()));
        }
    }
    contents
}

fn push_rows(table: Table, batch: &RecordBatch, rows: &mut Vec<Map<String, Value>>) {
    for row in 0..batch.num_rows() {
        let mut object = Map::new();
        for (column, array) in schema::columns(table).iter().zip(batch.columns()) {
            object.insert(column.name.to_owned(), cell(column.name, column.column_type, array.as_ref(), row));
        }
        rows.push(object);
    }
}

fn cell(name: &str, kind: ColumnType, array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    let day = |days| Date::from_days(days).to_string();
    match kind {
        ColumnType::Text => array.as_string::<i32>().value(row).into(),
        ColumnType::Cik => {
            let text = array.as_string::<i32>().value(row);
            assert_eq!(text.len(), 10, "{name} is padded");
            text.parse::<u64>().unwrap().into()
        }
        ColumnType::Decimal => {
            let millionths = array.as_primitive::<Decimal128Type>().value(row);
            Decimal::from_millionths(millionths as i64).unwrap().to_string().into()
        }
        ColumnType::Date => day(array.as_primitive::<Date32Type>().value(row)).into(),
        ColumnType::Timestamp => {
            let micros = array.as_primitive::<TimestampMicrosecondType>().value(row);
            let seconds = micros / 1_000_000;
            let date = Date::from_days(seconds.div_euclid(86_400) as i32);
            Timestamp::from_utc(date, seconds.rem_euclid(86_400) as u32).to_string().into()
        }
        ColumnType::Boolean => array.as_boolean().value(row).into(),
        ColumnType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        ColumnType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        ColumnType::FootnoteRefs => {
            let marks = array.as_list::<i32>().value(row);
            let marks = marks.as_struct();
            let (fields, ids) = (marks.column(0).as_string::<i32>(), marks.column(1).as_string::<i32>());
            let mark = |i| {
                let field = if fields.is_null(i) { Value::Null } else { fields.value(i).into() };
                json!({"field": field, "footnote_id": ids.value(i)})
            };
            (0..marks.len()).map(mark).collect()
        }
    }
}
