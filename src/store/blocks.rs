//! Reads an object at any place.

use super::Store;
use super::stream::get;
use object_store::ObjectMeta;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that are fetched at once.
const BLOCK: u64 = 4 << 20;
/// How often a block is asked for. Each time is a request, which itself is tried again.
const TRIES: usize = 3;

/// Reads an object through two blocks, of which the one not used last gives way: the directory of a zip archive and its members
/// are read in turn, each from its start to its end.
pub(crate) struct ObjectBlocks {
    store: Store,
    meta: ObjectMeta,
    position: u64,
    blocks: [Block; 2],
    last: usize,
}

#[derive(Default)]
struct Block {
    /// `None` before the first use.
    start: Option<u64>,
    bytes: Vec<u8>,
}

impl ObjectBlocks {
    pub(super) fn new(store: Store, meta: ObjectMeta) -> Self {
        Self { store, meta, position: 0, blocks: Default::default(), last: 0 }
    }

    fn load(&mut self, start: u64) -> io::Result<()> {
        if let Some(found) = self.blocks.iter().position(|block| block.start == Some(start)) {
            self.last = found;
            return Ok(());
        }
        self.last = 1 - self.last;
        // The old bytes go before the new ones come.
        self.blocks[self.last] = Block::default();
        let bytes = self.fetch(start)?;
        self.blocks[self.last] = Block { start: Some(start), bytes };
        Ok(())
    }

    fn fetch(&self, start: u64) -> io::Result<Vec<u8>> {
        let range = start..self.meta.size.min(start + BLOCK);
        let mut tries = 1;
        loop {
            let fetched = self.store.runtime.block_on(async {
                let got = get(&*self.store.objects, &self.meta, range.clone()).await?;
                got.bytes().await.map_err(super::client::to_io)
            });
            match fetched {
                Err(error) if tries < TRIES && error.kind() == io::ErrorKind::Other => tries += 1,
                fetched => return fetched.map(Into::into),
            }
        }
    }
}

impl Read for ObjectBlocks {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() || self.position >= self.meta.size {
            return Ok(0);
        }
        let offset = self.position % BLOCK;
        self.load(self.position - offset)?;
        let held = self.blocks[self.last].bytes.get(offset as usize..).unwrap_or_default();
        let n = held.len().min(into.len());
        into[..n].copy_from_slice(&held[..n]);
        self.position += n as u64;
        Ok(n)
    }
}

impl Seek for ObjectBlocks {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(by) => self.meta.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}
