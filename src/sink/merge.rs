use super::claims::Losers;
use super::gather::Gather;
use super::order::{Block, Key, KeyedSpan};
use crate::error::Result;
use crate::model::Table;
use arrow::record_batch::RecordBatch;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::sync::Arc;

/// Spans of one table in order: a sorted part of the memory, or a run on disk.
pub(super) type Input<'a> = Box<dyn Iterator<Item = Result<(Arc<Block>, usize)>> + Send + 'a>;

/// Merges inputs into one, and leaves out the copies of filings that are not kept.
pub(super) struct Merge<'a> {
    inputs: Vec<Input<'a>>,
    heads: BinaryHeap<Head>,
    losers: &'a Losers,
}

/// The next span of an input.
struct Head {
    block: Arc<Block>,
    span: usize,
    input: usize,
}

/// Consecutive rows of the output that are written at once.
pub(super) struct Chunk {
    /// The part of the output (a partition or a shard) that the rows belong to.
    pub(super) part: u64,
    pub(super) spans: Vec<KeyedSpan>,
    pub(super) rows: usize,
    pub(super) bytes: usize,
    /// Whether it is the last of its part.
    pub(super) ends: bool,
}

/// How the output is cut into chunks. A chunk ends with its part, or with the span that reaches a limit, so that it
/// depends on the rows alone.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    pub(super) part: fn(&Key) -> u64,
    pub(super) rows: usize,
    pub(super) bytes: usize,
}

impl<'a> Merge<'a> {
    pub(super) fn new(inputs: Vec<Input<'a>>, losers: &'a Losers) -> Result<Self> {
        let mut merge = Self { heads: BinaryHeap::with_capacity(inputs.len()), inputs, losers };
        for input in 0..merge.inputs.len() {
            if let Some(head) = merge.advance(input)? {
                merge.heads.push(head);
            }
        }
        Ok(merge)
    }

    /// Copies all rows in order, chunk after chunk, to `write`.
    ///
    /// Small chunks are copied together and handed out as slices: what copying costs to set up is paid once for many.
    pub(super) fn write(
        mut self,
        cut: Cut,
        mut write: impl FnMut(&Chunk, RecordBatch) -> Result<()>,
    ) -> Result<()> {
        let mut gather = Gather::default();
        let mut closed: Vec<Chunk> = Vec::new();
        let mut open: Option<Chunk> = None;
        loop {
            let next = self.next()?;
            let next_part = next.as_ref().map(|(block, span)| (cut.part)(&block.spans[*span].key));
            if let Some(mut chunk) =
                open.take_if(|c| next_part != Some(c.part) || c.rows >= cut.rows || c.bytes >= cut.bytes)
            {
                chunk.ends = next_part != Some(chunk.part);
                closed.push(chunk);
                if next.is_none() || gather.rows() >= cut.rows || gather.bytes() >= cut.bytes {
                    hand_out(&mut gather, &mut closed, &mut write)?;
                }
            }
            let (Some((block, span)), Some(part)) = (next, next_part) else {
                return Ok(());
            };
            let span = block.spans[span];
            open.get_or_insert_with(|| Chunk::new(part)).push(&span);
            gather.push(block, &span);
        }
    }

    /// The next span that is kept.
    fn next(&mut self) -> Result<Option<(Arc<Block>, usize)>> {
        while let Some(input) = self.heads.peek().map(|head| head.input) {
            let taken = match (self.advance(input)?, self.heads.peek_mut()) {
                (Some(next), Some(mut top)) => std::mem::replace(&mut *top, next),
                (None, Some(top)) => PeekMut::pop(top),
                (_, None) => return Ok(None),
            };
            let is_lost = taken.block.table != Table::Rejects
                && self.losers.contains(taken.block.spans[taken.span].key.copy);
            if !is_lost {
                return Ok(Some((taken.block, taken.span)));
            }
        }
        Ok(None)
    }

    fn advance(&mut self, input: usize) -> Result<Option<Head>> {
        let next = self.inputs[input].next().transpose()?;
        Ok(next.map(|(block, span)| Head { block, span, input }))
    }
}

fn hand_out(
    gather: &mut Gather,
    closed: &mut Vec<Chunk>,
    write: &mut impl FnMut(&Chunk, RecordBatch) -> Result<()>,
) -> Result<()> {
    let Some(batch) = gather.take()? else {
        return Ok(());
    };
    let mut start = 0;
    for chunk in closed.drain(..) {
        write(&chunk, batch.slice(start, chunk.rows))?;
        start += chunk.rows;
    }
    Ok(())
}

impl Chunk {
    fn new(part: u64) -> Self {
        Self { part, spans: Vec::new(), rows: 0, bytes: 0, ends: false }
    }

    fn push(&mut self, span: &KeyedSpan) {
        self.spans.push(KeyedSpan { start: self.rows as u32, ..*span });
        self.rows += span.rows as usize;
        self.bytes += span.bytes as usize;
    }
}

/// The least span is the greatest head: a [`BinaryHeap`] gives the greatest.
impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        let spans = self.block.compare(self.span, &other.block, other.span);
        spans.then(self.input.cmp(&other.input)).reverse()
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}
