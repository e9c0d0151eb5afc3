use super::order::{Block, KeyedSpan};
use super::spill::{CHECKSUM, SpillFile, Tag};
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use crate::schema;
use arrow::buffer::Buffer;
use arrow::ipc::reader::read_record_batch;
use arrow::ipc::root_as_message;
use arrow::ipc::writer::{DictionaryTracker, IpcDataGenerator, IpcWriteOptions};
use arrow::record_batch::RecordBatch;
use lz4_flex::block::{compress_into, decompress, get_maximum_output_size};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Bytes that the rows of a block take, where one span alone does not take more. Small, so that hundreds of runs can be
/// merged with a block of each in memory.
pub(super) const BLOCK_BYTES: usize = 128 << 10;
/// Rows of a block, as [`BLOCK_BYTES`].
pub(super) const BLOCK_ROWS: usize = 4096;

/// Sorted blocks of one table on disk.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    blocks: Vec<BlockPlace>,
}

/// Where a block lies in the spill file, as one piece: its spans, then an IPC message, then that message's body, compressed.
#[derive(Clone, Copy, Debug)]
struct BlockPlace {
    at: u64,
    spans: u32,
    message: u32,
    body: u32,
}

/// Writes the blocks of a run. Blocks are Arrow IPC messages; the body is compressed with LZ4 as a whole. A frame for each of its
/// hundred buffers, as IPC itself has it, takes longer to set up than to fill.
pub(super) struct RunWriter<'a> {
    table: Table,
    file: &'a SpillFile,
    run: Run,
}

impl BlockPlace {
    fn tag(&self, table: Table) -> Tag {
        [table as u32, self.spans, self.message]
    }
}

impl Run {
    /// Bytes on disk.
    pub(super) fn bytes(&self) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.body)).sum()
    }

    /// The places of the blocks, four numbers each.
    pub(super) fn to_numbers(&self) -> Vec<u64> {
        let numbers = |b: &BlockPlace| [b.at, b.spans.into(), b.message.into(), b.body.into()];
        self.blocks.iter().flat_map(numbers).collect()
    }

    /// Reads what [`Run::to_numbers`] gave.
    pub(super) fn from_numbers(numbers: &[u64]) -> Option<Self> {
        let (places, []) = numbers.as_chunks::<4>() else { return None };
        let block = |&[at, spans, message, body]: &[u64; 4]| {
            let [spans, message, body] = [spans, message, body].map(|n| u32::try_from(n).ok());
            Some(BlockPlace { at, spans: spans?, message: message?, body: body? })
        };
        Some(Self { blocks: places.iter().map(block).collect::<Option<_>>()? })
    }
}

impl<'a> RunWriter<'a> {
    pub(super) fn new(table: Table, file: &'a SpillFile) -> Self {
        Self { table, file, run: Run::default() }
    }

    /// Writes rows that come after all that were written before, and their spans.
    pub(super) fn write(&mut self, batch: &RecordBatch, spans: &[KeyedSpan]) -> Result<()> {
        let options = IpcWriteOptions::default();
        let mut no_dictionaries = DictionaryTracker::new(true);
        let (_, encoded) = IpcDataGenerator::default().encode(
            batch,
            &mut no_dictionaries,
            &options,
            &mut Default::default(),
        )?;
        let most = get_maximum_output_size(encoded.arrow_data.len());
        let head = spans.len() * KeyedSpan::ENCODED + encoded.ipc_message.len();
        let mut bytes = Vec::with_capacity(head + most + CHECKSUM);
        spans.iter().for_each(|span| span.encode(&mut bytes));
        bytes.extend_from_slice(&encoded.ipc_message);
        bytes.resize(head + most, 0);
        let body = compress_into(&encoded.arrow_data, &mut bytes[head..])
            .map_err(|error| ErrorKind::Defect(format!("compressing rows: {error}")))?;
        bytes.truncate(head + body);
        let mut place = BlockPlace {
            at: 0,
            spans: length(spans.len())?,
            message: length(encoded.ipc_message.len())?,
            body: length(body)?,
        };
        place.at = self.file.append(place.tag(self.table), bytes)?;
        self.run.blocks.push(place);
        Ok(())
    }

    pub(super) fn finish(self) -> Run {
        self.run
    }
}

fn length(length: usize) -> Result<u32> {
    u32::try_from(length).map_err(|_| ErrorKind::Defect("a block of 4 GiB".to_owned()).into())
}

/// Reads the spans of a run in order, one block in memory at a time.
pub(super) struct RunReader<'a> {
    table: Table,
    file: &'a SpillFile,
    blocks: std::vec::IntoIter<BlockPlace>,
    block: Option<Arc<Block>>,
    next: usize,
}

impl<'a> RunReader<'a> {
    pub(super) fn new(table: Table, file: &'a SpillFile, run: Run) -> Self {
        Self { table, file, blocks: run.blocks.into_iter(), block: None, next: 0 }
    }

    fn read(&self, place: BlockPlace) -> Result<Block> {
        let spans = place.spans as usize * KeyedSpan::ENCODED;
        let head_bytes = spans + place.message as usize;
        let length = head_bytes + place.body as usize;
        let piece = self.file.read(place.tag(self.table), place.at, length)?;
        let (head, body) = piece.split_at(head_bytes);
        let (spans, message) = head.split_at(spans);
        let defect = |what: &dyn fmt::Display| ErrorKind::Defect(format!("spilled rows: {what}"));
        let message = root_as_message(message).map_err(|error| defect(&error))?;
        let header = message.header_as_record_batch().ok_or_else(|| defect(&"no record batch"))?;
        let body_length = usize::try_from(message.bodyLength()).map_err(|error| defect(&error))?;
        let body = decompress(body, body_length).map_err(|error| defect(&error))?;
        let batch = read_record_batch(
            &Buffer::from_vec(body),
            header,
            schema::arrow_schema(self.table),
            &HashMap::new(),
            None,
            &message.version(),
        )?;
        Ok(Block { table: self.table, batch, spans: decode_spans(spans) })
    }
}

fn decode_spans(encoded: &[u8]) -> Vec<KeyedSpan> {
    let mut start = 0;
    let (spans, _) = encoded.as_chunks::<{ KeyedSpan::ENCODED }>();
    let decoded = spans.iter().map(|encoded| {
        let span = KeyedSpan::decode(encoded, start);
        start += span.rows;
        span
    });
    decoded.collect()
}

impl Iterator for RunReader<'_> {
    type Item = Result<(Arc<Block>, usize)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(block) = &self.block
                && self.next < block.spans.len()
            {
                self.next += 1;
                return Some(Ok((block.clone(), self.next - 1)));
            }
            self.block = None;
            let place = self.blocks.next()?;
            match self.read(place) {
                Ok(block) => self.block = Some(Arc::new(block)),
                Err(error) => return Some(Err(error)),
            }
            self.next = 0;
        }
    }
}
