//! Columns that grow cell by cell, made for many cells a row: an append is a push or two, bits are packed at the end.

use crate::model::FootnoteRef;
use crate::schema;
use arrow::array::{
    ArrayRef, ArrowPrimitiveType, BooleanArray, ListArray, PrimitiveArray, StringArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::ArrowNativeType;
use arrow::error::ArrowError;
use std::sync::Arc;

/// Values of a fixed width.
pub(super) struct Values<T> {
    values: Vec<T>,
    valid: Valid,
}

/// Text.
pub(super) struct Text {
    values: Vec<u8>,
    ends: Vec<i32>,
    valid: Valid,
}

/// Lists of footnote marks.
pub(super) struct FootnoteRefs {
    fields: Text,
    footnote_ids: Text,
    ends: Vec<i32>,
    valid: Valid,
}

/// Which cells have a value.
#[derive(Default)]
struct Valid {
    cells: Vec<bool>,
    nulls: usize,
}

impl<T: Default> Values<T> {
    #[inline]
    pub(super) fn push(&mut self, value: Option<T>) {
        self.valid.push(value.is_some());
        self.values.push(value.unwrap_or_default());
    }

    pub(super) fn finish<A>(&mut self) -> Result<PrimitiveArray<A>, ArrowError>
    where
        A: ArrowPrimitiveType<Native = T>,
        T: ArrowNativeType,
    {
        PrimitiveArray::try_new(renew(&mut self.values).into(), self.valid.finish())
    }
}

impl Values<bool> {
    pub(super) fn finish_boolean(&mut self) -> BooleanArray {
        let array = BooleanArray::new(self.values.as_slice().into(), self.valid.finish());
        self.values.clear();
        array
    }
}

impl Text {
    #[inline]
    pub(super) fn push(&mut self, value: Option<&str>) {
        self.valid.push(value.is_some());
        self.values.extend_from_slice(value.unwrap_or_default().as_bytes());
        // A column that outgrows its offsets is refused when it is finished: the ends no longer ascend.
        self.ends.push(self.values.len() as i32);
    }

    pub(super) fn finish(&mut self) -> Result<StringArray, ArrowError> {
        let values = renew(&mut self.values).into();
        StringArray::try_new(offsets(&mut self.ends)?, values, self.valid.finish())
    }
}

impl FootnoteRefs {
    /// Appends the marks of a row, null where there are none, and says how many bytes they take.
    #[inline]
    pub(super) fn push(&mut self, marks: &[FootnoteRef<'_>]) -> usize {
        let mut bytes = 0;
        for mark in marks {
            self.fields.push(mark.field);
            self.footnote_ids.push(Some(&mark.footnote_id));
            bytes += mark.field.map_or(0, str::len) + mark.footnote_id.len() + 2 * size_of::<i32>();
        }
        self.ends.push(self.fields.valid.cells.len() as i32);
        self.valid.push(!marks.is_empty());
        bytes
    }

    pub(super) fn finish(&mut self) -> Result<ListArray, ArrowError> {
        let children: Vec<ArrayRef> =
            vec![Arc::new(self.fields.finish()?), Arc::new(self.footnote_ids.finish()?)];
        let marks = StructArray::try_new(schema::footnote_ref_fields(), children, None)?;
        let offsets = offsets(&mut self.ends)?;
        ListArray::try_new(schema::footnote_ref_item(), offsets, Arc::new(marks), self.valid.finish())
    }
}

impl Valid {
    #[inline]
    fn push(&mut self, is_valid: bool) {
        self.nulls += usize::from(!is_valid);
        self.cells.push(is_valid);
    }

    fn finish(&mut self) -> Option<NullBuffer> {
        let valid = (self.nulls > 0).then(|| NullBuffer::from(self.cells.as_slice()));
        self.cells.clear();
        self.nulls = 0;
        valid
    }
}

/// Takes what a vector holds and makes room for as much again and a little more.
fn renew<T>(vector: &mut Vec<T>) -> Vec<T> {
    let room = Vec::with_capacity(vector.len() + vector.len() / 8);
    std::mem::replace(vector, room)
}

/// Takes the ends of cells as offsets: a zero, then the ends.
fn offsets(ends: &mut Vec<i32>) -> Result<OffsetBuffer<i32>, ArrowError> {
    let taken = renew(ends);
    ends.push(0);
    if !taken.is_sorted() {
        return Err(ArrowError::OffsetOverflowError(taken.len()));
    }
    Ok(OffsetBuffer::new(taken.into()))
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self { values: Vec::new(), valid: Valid::default() }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self { values: Vec::new(), ends: vec![0], valid: Valid::default() }
    }
}

impl Default for FootnoteRefs {
    fn default() -> Self {
        Self {
            fields: Text::default(),
            footnote_ids: Text::default(),
            ends: vec![0],
            valid: Valid::default(),
        }
    }
}
