//! Columns that grow cell by cell.
//!
//! A filing touches some two hundred columns, so what counts is how many places of memory an append writes to: one, and
//! one more for text. Arrow's own form, with the nulls apart, is made when the columns are taken, in arrays without
//! spare room; what the cells grew in is used again.

use crate::model::FootnoteRef;
use crate::schema;
use arrow::array::{
    ArrayRef, ArrowPrimitiveType, BooleanArray, ListArray, PrimitiveArray, StringArray, StructArray,
};
use arrow::buffer::{Buffer, NullBuffer, OffsetBuffer};
use arrow::error::ArrowError;
use std::sync::Arc;

/// Values of a fixed width.
pub(super) struct Values<T> {
    cells: Vec<Option<T>>,
}

/// Text.
#[derive(Default)]
pub(super) struct Text {
    bytes: Vec<u8>,
    /// Where each value ends in `bytes`.
    ends: Vec<Option<i32>>,
}

/// Lists of footnote marks.
#[derive(Default)]
pub(super) struct FootnoteRefs {
    fields: Text,
    footnote_ids: Text,
    /// How many marks there are up to the end of each list.
    ends: Vec<Option<i32>>,
}

impl<T: Copy> Values<T> {
    #[inline]
    pub(super) fn push(&mut self, value: Option<T>) {
        self.cells.push(value);
    }

    pub(super) fn finish<A: ArrowPrimitiveType<Native = T>>(&mut self) -> PrimitiveArray<A> {
        let array = self.cells.iter().copied().collect();
        empty(&mut self.cells);
        array
    }
}

impl Values<bool> {
    pub(super) fn finish_boolean(&mut self) -> BooleanArray {
        let array = self.cells.iter().copied().collect();
        empty(&mut self.cells);
        array
    }
}

impl Text {
    #[inline]
    pub(super) fn push(&mut self, value: Option<&str>) {
        let end = value.map(|text| {
            self.bytes.extend_from_slice(text.as_bytes());
            self.bytes.len() as i32
        });
        self.ends.push(end);
    }

    pub(super) fn finish(&mut self) -> Result<StringArray, ArrowError> {
        let (offsets, valid) = split(&mut self.ends)?;
        StringArray::try_new(offsets, self.finish_bytes(), valid)
    }

    /// The bytes; those of a large batch go with their room.
    fn finish_bytes(&mut self) -> Buffer {
        if self.bytes.len() > KEPT_BYTES {
            self.bytes.shrink_to_fit();
            return std::mem::take(&mut self.bytes).into();
        }
        let bytes = self.bytes.as_slice().into();
        self.bytes.clear();
        bytes
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
        self.ends.push((!marks.is_empty()).then_some(self.fields.ends.len() as i32));
        bytes
    }

    pub(super) fn finish(&mut self) -> Result<ListArray, ArrowError> {
        let children: Vec<ArrayRef> =
            vec![Arc::new(self.fields.finish()?), Arc::new(self.footnote_ids.finish()?)];
        let marks = StructArray::try_new(schema::footnote_ref_fields(), children, None)?;
        let (offsets, valid) = split(&mut self.ends)?;
        ListArray::try_new(schema::footnote_ref_item(), offsets, Arc::new(marks), valid)
    }
}

/// Bytes of a text column for which room is kept from batch to batch.
const KEPT_BYTES: usize = 2 << 20;
/// Rows of a column for which room is kept.
const KEPT_ROWS: usize = 16 << 10;

/// Makes a column empty. What an unusually long filing took is given back: the threads of a run are many.
fn empty<T>(cells: &mut Vec<T>) {
    cells.clear();
    cells.shrink_to(KEPT_ROWS);
}

/// Takes the ends of cells apart into offsets and nulls. A column that has outgrown its offsets is refused: its ends no
/// longer ascend.
fn split(ends: &mut Vec<Option<i32>>) -> Result<(OffsetBuffer<i32>, Option<NullBuffer>), ArrowError> {
    let mut offsets = Vec::with_capacity(ends.len() + 1);
    let mut last = 0;
    offsets.push(last);
    for end in ends.iter() {
        let end = end.unwrap_or(last);
        if end < last {
            return Err(ArrowError::OffsetOverflowError(ends.len()));
        }
        offsets.push(end);
        last = end;
    }
    let valid: NullBuffer = ends.iter().map(Option::is_some).collect();
    empty(ends);
    Ok((OffsetBuffer::new(offsets.into()), Some(valid).filter(|valid| valid.null_count() > 0)))
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self { cells: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::Array;
    use arrow::datatypes::Int32Type;

    #[test]
    fn room_is_kept_but_that_of_a_long_filing() {
        let mut text = Text::default();
        let long = "x".repeat(KEPT_BYTES / 2);
        for value in [Some(long.as_str()), None, Some(&long), Some("y")] {
            text.push(value);
        }
        let array = text.finish().unwrap();
        assert_eq!((array.value(2), array.value(3), array.null_count()), (long.as_str(), "y", 1));
        assert_eq!(text.bytes.capacity(), 0);
        text.push(Some("short"));
        assert_eq!(text.finish().unwrap().value(0), "short");
        assert!(text.bytes.capacity() >= 5);

        let mut numbers = Values::default();
        (0..100_000).for_each(|n| numbers.push(Some(n)));
        assert_eq!(numbers.finish::<Int32Type>().value(99_999), 99_999);
        assert_eq!(numbers.cells.capacity(), KEPT_ROWS);
    }
}
