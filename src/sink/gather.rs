use super::order::{Block, KeyedSpan};
use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, ListArray, PrimitiveArray, StringArray,
    StructArray, new_null_array,
};
use arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer};
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
///
/// Most picks are of one to three rows, so the copying is made for short ones.
fn copy(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Result<ArrayRef, ArrowError> {
    let data_type = arrays[0].data_type();
    if arrays.iter().all(|array| array.null_count() == array.len()) {
        return Ok(new_null_array(data_type, rows));
    }
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
    let typed: Vec<&[T::Native]> = arrays.iter().map(|a| a.as_primitive::<T>().values().as_ref()).collect();
    let mut values = Vec::with_capacity(rows);
    for pick in picks {
        // Not `extend_from_slice`: a call to copy a few bytes takes longer than the copying.
        typed[pick.array][pick.start..pick.end].iter().for_each(|value| values.push(*value));
    }
    let nulls = copy_nulls(arrays, picks, rows);
    Ok(PrimitiveArray::try_new(values.into(), nulls)?.with_data_type(arrays[0].data_type().clone()))
}

fn copy_booleans(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> BooleanArray {
    let typed: Vec<_> = arrays.iter().map(|a| Some(a.as_boolean().values())).collect();
    BooleanArray::new(copy_bits(&typed, picks, rows), copy_nulls(arrays, picks, rows))
}

fn copy_text(arrays: &[&ArrayRef], picks: &[Pick], rows: usize) -> Result<StringArray, ArrowError> {
    let typed: Vec<(&[i32], &[u8])> = arrays
        .iter()
        .map(|array| {
            let text = array.as_string::<i32>();
            (text.value_offsets(), text.value_data())
        })
        .collect();
    let length = |pick: &Pick| {
        let (ends, _) = typed[pick.array];
        (ends[pick.end] - ends[pick.start]) as usize
    };
    let mut values = Vec::with_capacity(picks.iter().map(length).sum());
    let mut offsets = Offsets::new(rows);
    for pick in picks {
        let (ends, bytes) = typed[pick.array];
        let (start, end) = offsets.push(&ends[pick.start..=pick.end])?;
        values.extend_from_slice(&bytes[start..end]);
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
    if arrays.iter().all(|array| array.null_count() == 0) {
        return None;
    }
    let valid: Vec<_> = arrays.iter().map(|array| array.nulls().map(NullBuffer::inner)).collect();
    Some(NullBuffer::new(copy_bits(&valid, picks, rows))).filter(|valid| valid.null_count() > 0)
}

/// Copies bits; an array without any has them all set.
fn copy_bits(arrays: &[Option<&BooleanBuffer>], picks: &[Pick], rows: usize) -> BooleanBuffer {
    let mut words: Vec<u64> = Vec::with_capacity(rows.div_ceil(64));
    let (mut word, mut filled) = (0u64, 0);
    for pick in picks {
        let bits = arrays[pick.array];
        for at in pick.start..pick.end {
            word |= u64::from(bits.is_none_or(|bits| bits.value(at))) << filled;
            filled += 1;
            if filled == 64 {
                words.push(word);
                (word, filled) = (0, 0);
            }
        }
    }
    words.push(word);
    // Arrow's bits begin with the lowest of the first byte, on any machine.
    words.iter_mut().for_each(|word| *word = word.to_le());
    BooleanBuffer::new(Buffer::from_vec(words), 0, rows)
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
        let [start, rest @ ..] = picked else {
            return Ok((0, 0));
        };
        let end = rest.last().unwrap_or(start);
        let too_long = ArrowError::OffsetOverflowError;
        let shift = self.end - start;
        self.end = self.end.checked_add(end - start).ok_or_else(|| too_long(self.offsets.len()))?;
        rest.iter().for_each(|offset| self.offsets.push(offset + shift));
        Ok((*start as usize, *end as usize))
    }

    fn finish(self) -> OffsetBuffer<i32> {
        OffsetBuffer::new(self.offsets.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Builders;
    use crate::model::{
        Accession, Decimal, Filing, FilingId, FootnoteRef, Origin, Row, RowKind, SourceFormat, Table,
    };
    use crate::sink::Layout;
    use arrow::compute::concat_batches;
    use proptest::prelude::*;

    /// Transactions that have, by the bits of a number, this or that value.
    fn block(numbers: &[u8]) -> Arc<Block> {
        let id = FilingId::Accession(Accession::from_u64(1).unwrap());
        let mut filing = Filing::new(id, SourceFormat::Xml);
        filing.rows = numbers.iter().map(|number| row(*number)).collect();
        let origin = Origin { path: "a", member: None, entry: 0, offset: 0, bytes: 0 };
        let mut builders = Builders::new();
        builders.append(&filing, &origin, 0).unwrap();
        let batches = builders.finish().unwrap();
        let transactions = batches.into_iter().find(|b| b.table == Table::Transactions).unwrap();
        Arc::new(Block::new(transactions, Layout::None))
    }

    fn row(number: u8) -> Row<'static> {
        let has = |bit: u8| number >> bit & 1 == 1;
        let mut row = Row::new(RowKind::Transaction, has(0));
        row.security_title = has(1).then(|| format!("title {number}").into());
        row.transaction_shares = Decimal::from_millionths(i64::from(number)).filter(|_| has(2));
        row.equity_swap_involved = has(3).then_some(has(4));
        let mark = |n| FootnoteRef { field: has(5).then_some("x"), footnote_id: format!("F{n}").into() };
        row.footnote_refs = (0..number >> 6).map(mark).collect();
        row
    }

    proptest! {
        #[test]
        fn picked_rows_are_those_that_slices_give(
            blocks in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..70), 1..4),
            picks in prop::collection::vec((0usize..4, 0usize..70, 1usize..70), 1..60),
        ) {
            let blocks: Vec<_> = blocks.iter().map(|numbers| block(numbers)).collect();
            let mut gather = Gather::default();
            let mut slices = Vec::new();
            for (block, start, rows) in picks {
                let block = &blocks[block % blocks.len()];
                let start = start % block.batch.num_rows();
                let rows = rows.min(block.batch.num_rows() - start);
                slices.push(block.batch.slice(start, rows));
                let span = KeyedSpan { start: start as u32, rows: rows as u32, ..block.spans[0] };
                gather.push(block.clone(), &span);
            }
            let rows: usize = slices.iter().map(RecordBatch::num_rows).sum();
            prop_assert_eq!(gather.rows(), rows);
            let expected = concat_batches(&slices[0].schema(), &slices).unwrap();
            prop_assert_eq!(gather.take().unwrap(), Some(expected));
            prop_assert_eq!((gather.rows(), gather.bytes()), (0, 0));
            prop_assert!(gather.take().unwrap().is_none());
        }
    }
}
