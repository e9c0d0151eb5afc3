use super::column::{FootnoteRefs, Text, Values};
use crate::model::{Date, Decimal, FootnoteRef, Table, Timestamp};
use crate::schema::{self, ColumnType};
use arrow::array::{ArrayRef, PrimitiveArray};
use arrow::datatypes::{Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// The columns of one table while they grow. A row is appended cell by cell in the order of [`schema::columns`].
pub(super) struct Columns {
    table: Table,
    columns: Vec<Column>,
    rows: usize,
    row_width: usize,
    text_bytes: usize,
    /// Rows and size where the parts of the last filing begin.
    parts: Vec<(usize, usize)>,
}

/// Rows and bytes of values with which a part of a filing is full.
const PART_ROWS: usize = 4_096;
const PART_BYTES: usize = 128 << 10;

enum Column {
    Text(Text),
    Decimal(Values<i128>),
    Date(Values<i32>),
    Timestamp(Values<i64>),
    Boolean(Values<bool>),
    Int32(Values<i32>),
    Int64(Values<i64>),
    FootnoteRefs(FootnoteRefs),
}

/// The row that is being appended. Each call fills the next column; a row must be filled to its end.
pub(super) struct Cells<'a> {
    columns: std::slice::IterMut<'a, Column>,
    text_bytes: &'a mut usize,
}

impl Columns {
    pub(super) fn new(table: Table) -> Self {
        let columns = schema::columns(table);
        Self {
            table,
            columns: columns.iter().map(|c| Column::new(c.column_type)).collect(),
            rows: 0,
            row_width: row_width(table),
            text_bytes: 0,
            parts: Vec::new(),
        }
    }

    /// Begins with the rows of a filing.
    pub(super) fn begin(&mut self) {
        self.parts.clear();
        self.parts.push((self.rows, self.size()));
    }

    /// The rows since then and their bytes, cut into parts with the row that makes each full, so that no part of a filing
    /// is larger than 128 KiB and a row. The last part has no rows if there are none.
    pub(super) fn parts(&self) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.parts.iter().skip(1).copied().chain([(self.rows, self.size())]);
        self.parts.iter().zip(ends).map(|(begin, end)| (end.0 - begin.0, end.1 - begin.1))
    }

    pub(super) fn row(&mut self) -> Cells<'_> {
        let (rows, size) = (self.rows, self.size());
        if self.parts.last().is_some_and(|part| rows - part.0 >= PART_ROWS || size - part.1 >= PART_BYTES) {
            self.parts.push((rows, size));
        }
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
        self.parts.clear();
        let arrays = self.columns.iter_mut().map(Column::finish).collect::<Result<_, _>>()?;
        RecordBatch::try_new(schema::arrow_schema(self.table), arrays)
    }
}

/// Bytes of a row without its text.
pub(crate) fn row_width(table: Table) -> usize {
    schema::columns(table).iter().map(|column| width(column.column_type)).sum()
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

impl Column {
    fn new(column_type: ColumnType) -> Self {
        match column_type {
            ColumnType::Text | ColumnType::Cik => Self::Text(Text::default()),
            ColumnType::Decimal => Self::Decimal(Values::default()),
            ColumnType::Date => Self::Date(Values::default()),
            ColumnType::Timestamp => Self::Timestamp(Values::default()),
            ColumnType::Boolean => Self::Boolean(Values::default()),
            ColumnType::Int32 => Self::Int32(Values::default()),
            ColumnType::Int64 => Self::Int64(Values::default()),
            ColumnType::FootnoteRefs => Self::FootnoteRefs(FootnoteRefs::default()),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(column) => Arc::new(column.finish()?),
            Self::Decimal(column) => {
                let array: PrimitiveArray<Decimal128Type> = column.finish();
                Arc::new(array.with_data_type(ColumnType::Decimal.arrow()))
            }
            Self::Date(column) => Arc::new(column.finish::<Date32Type>()),
            Self::Timestamp(column) => {
                let array: PrimitiveArray<TimestampMicrosecondType> = column.finish();
                Arc::new(array.with_data_type(ColumnType::Timestamp.arrow()))
            }
            Self::Boolean(column) => Arc::new(column.finish_boolean()),
            Self::Int32(column) => Arc::new(column.finish::<Int32Type>()),
            Self::Int64(column) => Arc::new(column.finish::<Int64Type>()),
            Self::FootnoteRefs(column) => Arc::new(column.finish()?),
        })
    }
}

macro_rules! cell {
    ($method:ident($value:ident: $value_type:ty) => $column:ident, $native:expr) => {
        #[inline]
        pub(super) fn $method(&mut self, $value: Option<$value_type>) -> &mut Self {
            match self.columns.next() {
                Some(Column::$column(column)) => column.push($native),
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
    pub(super) fn text(&mut self, value: Option<&str>) -> &mut Self {
        match self.columns.next() {
            Some(Column::Text(column)) => {
                column.push(value);
                *self.text_bytes += value.map_or(0, str::len);
            }
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
            Some(Column::FootnoteRefs(column)) => *self.text_bytes += column.push(marks),
            _ => debug_assert!(false, "no column of footnote marks is next"),
        }
        self
    }
}
