//! Record batches as text.

use arrow::array::{Array, ArrayRef, AsArray, StringArray, StructArray};
use arrow::csv::WriterBuilder;
use arrow::datatypes::{DataType, Field, Schema, TimestampMicrosecondType};
use arrow::json::writer::{LineDelimited, WriterBuilder as JsonBuilder};
use arrow::record_batch::RecordBatch;
use section16::model::Table;
use section16::schema::arrow_schema;
use section16::{ErrorKind, Result};
use serde_json::{Value, json};
use std::sync::Arc;

/// One JSON object a row, with every column; decimals are numbers with all their digits.
pub fn ndjson(batch: &RecordBatch) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut writer = JsonBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(&mut text);
    writer.write(&printable(batch, Lists::Kept)?)?;
    writer.finish()?;
    drop(writer);
    Ok(text)
}

/// The line of the columns' names.
pub fn csv_head(table: Table) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let batch = printable(&RecordBatch::new_empty(arrow_schema(table)), Lists::AsText)?;
    WriterBuilder::new().with_header(true).build(&mut text).write(&batch)?;
    Ok(text)
}

/// One line a row, without a head. Null is nothing between two commas; lists are JSON.
pub fn csv(batch: &RecordBatch) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    WriterBuilder::new().with_header(false).build(&mut text).write(&printable(batch, Lists::AsText)?)?;
    Ok(text)
}

/// The same rows as arrow's writers of text take them.
fn printable(batch: &RecordBatch, lists: Lists) -> Result<RecordBatch> {
    let schema = batch.schema();
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        let column: ArrayRef = match (field.data_type(), lists) {
            (DataType::List(_), Lists::AsText) => Arc::new(as_text(column)?),
            // They know a zone by its offset only.
            (DataType::Timestamp(..), _) => {
                Arc::new(column.as_primitive::<TimestampMicrosecondType>().clone().with_timezone("+00:00"))
            }
            _ => column.clone(),
        };
        fields.push(Field::new(field.name(), column.data_type().clone(), field.is_nullable()));
        columns.push(column);
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

#[derive(Clone, Copy)]
enum Lists {
    Kept,
    AsText,
}

/// Each list of structs of text as JSON.
fn as_text(column: &ArrayRef) -> Result<StringArray> {
    let lists = column.as_list::<i32>().iter();
    lists.map(|items| items.map(|items| objects(items.as_struct())).transpose()).collect()
}

fn objects(items: &StructArray) -> Result<String> {
    let mut objects = vec![json!({}); items.len()];
    for (name, column) in items.column_names().into_iter().zip(items.columns()) {
        let texts = column.as_string_opt::<i32>();
        let texts = texts.ok_or_else(|| ErrorKind::Defect(format!("{name} in a list is no text")))?;
        for (object, text) in objects.iter_mut().zip(texts) {
            object[name] = json!(text);
        }
    }
    Ok(Value::Array(objects).to_string())
}
