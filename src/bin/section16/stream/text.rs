//! Record batches as text.

use arrow::array::{Array, ArrayRef, AsArray, ListArray, StringArray, StructArray};
use arrow::csv::WriterBuilder;
use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef, TimestampMicrosecondType};
use arrow::json::writer::{LineDelimited, WriterBuilder as JsonBuilder};
use arrow::record_batch::RecordBatch;
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
pub fn csv_head(schema: &SchemaRef) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let batch = printable(&RecordBatch::new_empty(schema.clone()), Lists::AsText)?;
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
            _ => with_offsets(column)?,
        };
        fields.push(Field::new(field.name(), column.data_type().clone(), field.is_nullable()));
        columns.push(column);
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

/// The same values, with an offset for the zone of times, also in lists: arrow's writers of text know no names of zones.
fn with_offsets(column: &ArrayRef) -> Result<ArrayRef> {
    Ok(match column.data_type() {
        DataType::Timestamp(..) => {
            Arc::new(column.as_primitive::<TimestampMicrosecondType>().clone().with_timezone("+00:00"))
        }
        DataType::List(item) => {
            let list = column.as_list::<i32>();
            let values = with_offsets(list.values())?;
            let item = item.as_ref().clone().with_data_type(values.data_type().clone());
            let offsets = list.offsets().clone();
            Arc::new(ListArray::try_new(Arc::new(item), offsets, values, list.nulls().cloned())?)
        }
        DataType::Struct(fields) => {
            let columns = column.as_struct().columns().iter().map(with_offsets);
            let columns = columns.collect::<Result<Vec<_>>>()?;
            let retyped = |(field, column): (&FieldRef, &ArrayRef)| {
                field.as_ref().clone().with_data_type(column.data_type().clone())
            };
            let fields: Fields = fields.iter().zip(&columns).map(retyped).collect();
            Arc::new(StructArray::try_new(fields, columns, column.nulls().cloned())?)
        }
        _ => column.clone(),
    })
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
