//! Reads an object from its start.

use super::client::to_io;
use super::{ObjectBlocks, Store};
use futures_util::StreamExt;
use object_store::path::Path;
use object_store::{GetOptions, GetResult, ObjectMeta, ObjectStore};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;

/// Bytes that are fetched before they are asked for.
const AHEAD: usize = 4 << 20;
/// How often in a row a stream that breaks is taken up again without a byte more. Each time is a request, which itself is
/// tried again.
const BREAKS: usize = 3;

type Bytes = Vec<u8>;

/// Reads an object from its start, and fetches some MiB ahead meanwhile. A stream that breaks goes on from the byte that it
/// had reached, if the object is still the same.
pub(crate) struct ObjectReader {
    store: Store,
    meta: ObjectMeta,
    chunks: mpsc::UnboundedReceiver<io::Result<Bytes>>,
    room: Arc<Semaphore>,
    chunk: Bytes,
    /// Bytes of the chunk that are consumed.
    used: usize,
    fetching: AbortHandle,
}

impl ObjectReader {
    pub(super) fn open(store: Store, key: Path) -> io::Result<Self> {
        let opened =
            store.runtime.block_on(store.objects.get_opts(&key, GetOptions::default())).map_err(to_io)?;
        let meta = opened.meta.clone();
        let (sender, chunks) = mpsc::unbounded_channel();
        let room = Arc::new(Semaphore::new(AHEAD));
        let objects = store.objects.clone();
        let fetch = Fetch { objects, meta: meta.clone(), room: room.clone(), sender };
        let fetching = store.runtime.spawn(fetch.all(opened)).abort_handle();
        Ok(Self { store, meta, chunks, room, chunk: Vec::new(), used: 0, fetching })
    }

    /// The size of the object.
    pub fn size(&self) -> u64 {
        self.meta.size
    }

    /// The same object, to be read at any place.
    pub fn into_blocks(self) -> ObjectBlocks {
        ObjectBlocks::new(self.store.clone(), self.meta.clone())
    }
}

impl Drop for ObjectReader {
    fn drop(&mut self) {
        self.fetching.abort();
    }
}

impl Read for ObjectReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.used == self.chunk.len() {
            let Some(next) = self.chunks.blocking_recv() else { return Ok(0) };
            self.chunk = next?;
            self.used = 0;
            self.room.add_permits(self.chunk.len().min(AHEAD));
        }
        let rest = self.chunk.get(self.used..).unwrap_or_default();
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.used += n;
        Ok(n)
    }
}

/// What fetches ahead. It does not hold the runtime, which must not end on a thread of its own.
struct Fetch {
    objects: Arc<dyn ObjectStore>,
    meta: ObjectMeta,
    room: Arc<Semaphore>,
    sender: mpsc::UnboundedSender<io::Result<Bytes>>,
}

impl Fetch {
    async fn all(self, opened: GetResult) {
        let (mut at, mut breaks) = (0, 0);
        let mut stream = opened.into_stream();
        while at < self.meta.size {
            let error = match stream.next().await {
                Some(Ok(bytes)) => {
                    (at, breaks) = (at + bytes.len() as u64, 0);
                    if !self.send(bytes.into()).await {
                        return;
                    }
                    continue;
                }
                Some(Err(error)) => to_io(error),
                None => io::Error::new(io::ErrorKind::UnexpectedEof, "the store ended the object too early"),
            };
            breaks += 1;
            let reopened = match breaks <= BREAKS {
                true => get(&*self.objects, &self.meta, at..self.meta.size).await,
                false => Err(error),
            };
            match reopened {
                Ok(reopened) => stream = reopened.into_stream(),
                Err(error) => {
                    // Nobody listens to a reader that is dropped.
                    let _ = self.sender.send(Err(error));
                    return;
                }
            }
        }
    }

    /// Whether anybody still reads.
    async fn send(&self, bytes: Bytes) -> bool {
        let permits = u32::try_from(bytes.len().min(AHEAD)).unwrap_or(u32::MAX);
        let Ok(permit) = self.room.acquire_many(permits).await else { return false };
        permit.forget();
        self.sender.send(Ok(bytes)).is_ok()
    }
}

/// Asks for a part of an object, if it is still the one that was opened.
pub(super) async fn get(
    objects: &dyn ObjectStore,
    meta: &ObjectMeta,
    range: Range<u64>,
) -> io::Result<GetResult> {
    let options =
        GetOptions { range: Some(range.into()), if_match: meta.e_tag.clone(), ..GetOptions::default() };
    objects.get_opts(&meta.location, options).await.map_err(to_io)
}
