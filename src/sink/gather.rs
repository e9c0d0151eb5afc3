use super::order::{Block, KeyedSpan};
use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, BooleanBufferBuilder, ListArray,
    PrimitiveArray, StringArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType,
};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Rows picked from blocks in the order in which they were pushed, until they are copied into one batch.
#[derive(Default)]
pub(super) struct Gather {
    blocks: Vec<Arc<Block>>,
    /// The place of a block in `blocks` by its address, which nothing else can take while it is held here.
    places: FxHashMap<usize, usize>,
    picks: Vec<Pick>,
    rows: usize,
    bytes: usize,
}

/// Consecutive rows of one array.
#[derive(Clone, Copy)]
struct Pick {
    array: usize,
    start: usize,
    end: usize,
}

impl Gather {
    pub(super) fn push(&mut self, block: Arc<Block>, span: &KeyedSpan) {
        let (start, rows) = (span.start as usize, span.rows as usize);
        self.rows += rows;
        self.bytes += span.bytes as usize;
        let array = *self.places.entry(Arc::as_ptr(&block) as usize).or_insert_with(|| {
            self.blocks.push(block);
            self.blocks.len() - 1
        });
        match self.picks.last_mut() {
            Some(last) if last.array == array && last.end == start => last.end += rows,
            _ => self.picks.push(Pick { array, start, end: start + rows }),
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of the values that were picked.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Copies the rows into one batch and starts anew; `None` where nothing was picked.
    pub(super) fn take(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let taken = std::mem::take(self);
        let Some(first) = taken.blocks.first() else {
            return Ok(None);
        };
        let schema = first.batch.schema();
        let columns = (0..schema.fields().len()).map(|column| {
            let arrays: Vec<&ArrayRef> = taken.blocks.iter().map(|b| b.batch.column(column)).collect();
            copy(&arrays, &taken.picks, taken.rows)
        });
        let columns = columns.collect::<Result<_, _>>()?;
        RecordBatch::try_new(schema, columns).map(Some)
    }
}

/// Copies the picked rows of the arrays, all of one of the types of [`crate::schema::ColumnType`].
fn copy(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Result<ArrayRef, ArrowError> {
    let data_type = arrays[0].data_type();
    Ok(match data_type {
        DataType::Utf8 => Arc::new(copy_text(arrays, picks, rows)?),
        DataType::Boolean => Arc::new(copy_booleans(arrays, picks, rows)),
        DataType::Date32 => Arc::new(copy_primitives::<Date32Type>(arrays, picks, rows)?),
        DataType::Int32 => Arc::new(copy_primitives::<Int32Type>(arrays, picks, rows)?),
        DataType::Int64 => Arc::new(copy_primitives::<Int64Type>(arrays, picks, rows)?),
        DataType::Decimal128(..) => Arc::new(copy_primitives::<Decimal128Type>(arrays, picks, rows)?),
        DataType::Timestamp(..) => {
            Arc::new(copy_primitives::<TimestampMicrosecondType>(arrays, picks, rows)?)
        }
        DataType::List(_) => Arc::new(copy_lists(arrays, picks, rows)?),
        DataType::Struct(_) => Arc::new(copy_structs(arrays, picks, rows)?),
        other => return Err(ArrowError::NotYetImplemented(format!("no table has a column of {other}"))),
    })
}

fn copy_primitives<T: ArrowPrimitiveType>(
    arrays: &[&ArrayRef],
    picks: &[Pick],
    rows: usize,
) -> Result<PrimitiveArray<T>, ArrowError> {
    let typed: Vec<&PrimitiveArray<T>> = arrays.iter().map(|a| a.as_primitive()).collect();
    let mut values = Vec::with_capacity(rows);
    for pick in picks {
        values.extend_from_slice(&typed[pick.array].values()[pick.start..pick.end]);
    }
    let nulls = copy_nulls(arrays, picks, rows);
    Ok(PrimitiveArray::try_new(values.into(), nulls)?.with_data_type(arrays[0].data_type().clone()))
}

fn copy_booleans(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> BooleanArray {
    let typed: Vec<&BooleanArray> = arrays.iter().map(|a| a.as_boolean()).collect();
    let mut values = BooleanBufferBuilder::new(rows);
    for pick in picks {
        let bits = typed[pick.array].values();
        let offset = bits.offset();
        values.append_packed_range(offset + pick.start..offset + pick.end, bits.values());
    }
    BooleanArray::new(values.finish(), copy_nulls(arrays, picks, rows))
}

fn copy_text(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Result<StringArray, ArrowError> {
    let typed: Vec<&StringArray> = arrays.iter().map(|a| a.as_string()).collect();
    let length = |pick: &Pick| {
        let offsets = typed[pick.array].value_offsets();
        (offsets[pick.end] - offsets[pick.start]) as usize
    };
    let mut values = Vec::with_capacity(picks.iter().map(length).sum());
    let mut offsets = Offsets::new(rows);
    for pick in picks {
        let array = typed[pick.array];
        let (start, end) = offsets.push(&array.value_offsets()[pick.start..=pick.end])?;
        values.extend_from_slice(&array.value_data()[start..end]);
    }
    StringArray::try_new(offsets.finish(), values.into(), copy_nulls(arrays, picks, rows))
}

fn copy_lists(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Result<ListArray, ArrowError> {
    let typed: Vec<&ListArray> = arrays.iter().map(|a| a.as_list()).collect();
    let mut offsets = Offsets::new(rows);
    let mut items = Vec::with_capacity(picks.len());
    for pick in picks {
        let (start, end) = offsets.push(&typed[pick.array].value_offsets()[pick.start..=pick.end])?;
        items.push(Pick { array: pick.array, start, end });
    }
    let children: Vec<&ArrayRef> = typed.iter().map(|list| list.values()).collect();
    let values = copy(&children, &items, offsets.end as usize)?;
    let DataType::List(item) = arrays[0].data_type() else {
        return Err(ArrowError::CastError("a list was expected".to_owned()));
    };
    ListArray::try_new(item.clone(), offsets.finish(), values, copy_nulls(arrays, picks, rows))
}

fn copy_structs(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Result<StructArray, ArrowError> {
    let typed: Vec<&StructArray> = arrays.iter().map(|a| a.as_struct()).collect();
    let fields = typed[0].fields().clone();
    let children = (0..fields.len()).map(|column| {
        let children: Vec<&ArrayRef> = typed.iter().map(|s| s.column(column)).collect();
        copy(&children, picks, rows)
    });
    StructArray::try_new(fields, children.collect::<Result<_, _>>()?, copy_nulls(arrays, picks, rows))
}

fn copy_nulls(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Option<NullBuffer> {
    if arrays.iter().all(|a| a.null_count() == 0) {
        return None;
    }
    let mut nulls = BooleanBufferBuilder::new(rows);
    for pick in picks {
        match arrays[pick.array].nulls() {
            Some(valid) => {
                let bits = valid.inner();
                let offset = bits.offset();
                nulls.append_packed_range(offset + pick.start..offset + pick.end, bits.values());
            }
            None => nulls.append_n(pick.end - pick.start, true),
        }
    }
    Some(NullBuffer::new(nulls.finish())).filter(|n| n.null_count() > 0)
}

/// Offsets of text or lists that are copied one after another.
struct Offsets {
    offsets: Vec<i32>,
    end: i32,
}

impl Offsets {
    fn new(rows: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Self { offsets, end: 0 }
    }

    /// Appends rows by their offsets, the end of the last included, and says which values they span.
    fn push(&mut self, picked: &[i32]) -> Result<(usize, usize), ArrowError> {
        let (Some(&start), Some(&end)) = (picked.first(), picked.last()) else {
            return Ok((0, 0));
        };
        let shift = self.end - start;
        let too_long = || ArrowError::OffsetOverflowError(self.end as usize + (end - start) as usize);
        let new_end = self.end.checked_add(end - start).ok_or_else(too_long)?;
        self.offsets.extend(picked[1..].iter().map(|offset| offset + shift));
        self.end = new_end;
        Ok((start as usize, end as usize))
    }

    fn finish(self) -> OffsetBuffer<i32> {
        OffsetBuffer::new(self.offsets.into())
    }
}
