use crate::model::{Date, Decimal, FootnoteRef, Table, Timestamp};
use crate::schema::{self, ColumnType};
use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Int32Builder, Int64Builder, ListArray,
    StringBuilder, StructArray, TimestampMicrosecondBuilder,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// The columns of one table while they grow. A row is appended cell by cell in the order of [`schema::columns`].
pub(super) struct Columns {
    table: Table,
    columns: Vec<ColumnBuilder>,
    rows: usize,
    row_width: usize,
    text_bytes: usize,
}

enum ColumnBuilder {
    Text(StringBuilder),
    Decimal(Decimal128Builder),
    Date(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
    Boolean(BooleanBuilder),
    Int32(Int32Builder),
    Int64(Int64Builder),
    FootnoteRefs(FootnoteRefsBuilder),
}

/// The row that is being appended. Each call fills the next column; a row must be filled to its end.
pub(super) struct Cells<'a> {
    columns: std::slice::IterMut<'a, ColumnBuilder>,
    text_bytes: &'a mut usize,
}

impl Columns {
    pub(super) fn new(table: Table) -> Self {
        let columns = schema::columns(table);
        Self {
            table,
            columns: columns.iter().map(|c| ColumnBuilder::new(c.column_type)).collect(),
            rows: 0,
            row_width: columns.iter().map(|c| width(c.column_type)).sum(),
            text_bytes: 0,
        }
    }

    pub(super) fn row(&mut self) -> Cells<'_> {
        self.rows += 1;
        Cells { columns: self.columns.iter_mut(), text_bytes: &mut self.text_bytes }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of the values, by their number and the length of their text.
    pub(super) fn size(&self) -> usize {
        self.rows * self.row_width + self.text_bytes
    }

    /// Takes the rows. An error is a defect: a row was not filled, or a column that must have a value has none.
    pub(super) fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        self.text_bytes = 0;
        let arrays = self.columns.iter_mut().map(ColumnBuilder::finish).collect::<Result<_, _>>()?;
        RecordBatch::try_new(schema::arrow_schema(self.table), arrays)
    }
}

/// Bytes of a value in Arrow without its text.
fn width(column_type: ColumnType) -> usize {
    match column_type {
        ColumnType::Text | ColumnType::Cik | ColumnType::FootnoteRefs => size_of::<i32>(),
        ColumnType::Decimal => size_of::<i128>(),
        ColumnType::Date | ColumnType::Int32 => size_of::<i32>(),
        ColumnType::Timestamp | ColumnType::Int64 => size_of::<i64>(),
        ColumnType::Boolean => 1,
    }
}

impl ColumnBuilder {
    fn new(column_type: ColumnType) -> Self {
        let data_type = column_type.arrow();
        match column_type {
            ColumnType::Text | ColumnType::Cik => Self::Text(StringBuilder::new()),
            ColumnType::Decimal => Self::Decimal(Decimal128Builder::new().with_data_type(data_type)),
            ColumnType::Date => Self::Date(Date32Builder::new()),
            ColumnType::Timestamp => {
                Self::Timestamp(TimestampMicrosecondBuilder::new().with_data_type(data_type))
            }
            ColumnType::Boolean => Self::Boolean(BooleanBuilder::new()),
            ColumnType::Int32 => Self::Int32(Int32Builder::new()),
            ColumnType::Int64 => Self::Int64(Int64Builder::new()),
            ColumnType::FootnoteRefs => Self::FootnoteRefs(FootnoteRefsBuilder::default()),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::Decimal(b) => Arc::new(b.finish()),
            Self::Date(b) => Arc::new(b.finish()),
            Self::Timestamp(b) => Arc::new(b.finish()),
            Self::Boolean(b) => Arc::new(b.finish()),
            Self::Int32(b) => Arc::new(b.finish()),
            Self::Int64(b) => Arc::new(b.finish()),
            Self::FootnoteRefs(b) => Arc::new(b.finish()?),
        })
    }
}

macro_rules! cell {
    ($(#[$doc:meta])* $method:ident($value:ident: $value_type:ty) => $column:ident, $native:expr) => {
        $(#[$doc])*
        #[inline]
        pub(super) fn $method(&mut self, $value: Option<$value_type>) -> &mut Self {
            match self.columns.next() {
                Some(ColumnBuilder::$column(builder)) => builder.append_option($native),
                _ => debug_assert!(false, concat!("no column of type ", stringify!($column), " is next")),
            }
            self
        }
    };
}

impl Cells<'_> {
    cell!(decimal(value: Decimal) => Decimal, value.map(|v| i128::from(v.millionths())));
    cell!(date(value: Date) => Date, value.map(Date::days));
    cell!(timestamp(value: Timestamp) => Timestamp, value.map(Timestamp::micros));
    cell!(boolean(value: bool) => Boolean, value);
    cell!(int32(value: i32) => Int32, value);
    cell!(int64(value: i64) => Int64, value);

    #[inline]
    pub(super) fn text<T: AsRef<str>>(&mut self, value: Option<T>) -> &mut Self {
        match self.columns.next() {
            Some(ColumnBuilder::Text(builder)) => match value {
                Some(text) => {
                    *self.text_bytes += text.as_ref().len();
                    builder.append_value(text);
                }
                None => builder.append_null(),
            },
            _ => debug_assert!(false, "no column of text is next"),
        }
        self
    }

    /// A count or position. What is beyond an Int32 becomes its largest value; no filing has that many rows.
    #[inline]
    pub(super) fn count(&mut self, value: usize) -> &mut Self {
        self.int32(Some(i32::try_from(value).unwrap_or(i32::MAX)))
    }

    /// A number of bytes. What is beyond an Int64 becomes its largest value; no file is that large.
    #[inline]
    pub(super) fn bytes(&mut self, value: u64) -> &mut Self {
        self.int64(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    /// The marks of a row; null where there are none.
    #[inline]
    pub(super) fn footnote_refs(&mut self, marks: &[FootnoteRef<'_>]) -> &mut Self {
        match self.columns.next() {
            Some(ColumnBuilder::FootnoteRefs(builder)) => *self.text_bytes += builder.append(marks),
            _ => debug_assert!(false, "no column of footnote marks is next"),
        }
        self
    }
}

/// List of Struct of `field` and `footnote_id`, with offsets of its own: Arrow's list builder asks for a row of the
/// struct at a time.
struct FootnoteRefsBuilder {
    fields: StringBuilder,
    footnote_ids: StringBuilder,
    offsets: Vec<i32>,
    valid: Vec<bool>,
    marks: i32,
}

impl Default for FootnoteRefsBuilder {
    fn default() -> Self {
        Self {
            fields: StringBuilder::new(),
            footnote_ids: StringBuilder::new(),
            offsets: vec![0],
            valid: Vec::new(),
            marks: 0,
        }
    }
}

impl FootnoteRefsBuilder {
    /// Appends the marks of a row and says how many bytes they take.
    fn append(&mut self, marks: &[FootnoteRef<'_>]) -> usize {
        let mut bytes = 0;
        for mark in marks {
            self.fields.append_option(mark.field);
            self.footnote_ids.append_value(&mark.footnote_id);
            bytes += mark.field.map_or(0, str::len) + mark.footnote_id.len() + 2 * size_of::<i32>();
            self.marks += 1;
        }
        self.offsets.push(self.marks);
        self.valid.push(!marks.is_empty());
        bytes
    }

    fn finish(&mut self) -> Result<ListArray, ArrowError> {
        self.marks = 0;
        let children: Vec<ArrayRef> =
            vec![Arc::new(self.fields.finish()), Arc::new(self.footnote_ids.finish())];
        let marks = StructArray::try_new(schema::footnote_ref_fields(), children, None)?;
        let offsets = OffsetBuffer::new(std::mem::replace(&mut self.offsets, vec![0]).into());
        let valid = NullBuffer::from(std::mem::take(&mut self.valid));
        ListArray::try_new(schema::footnote_ref_item(), offsets, Arc::new(marks), Some(valid))
    }
}
