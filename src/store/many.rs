//! Moves many files to and from a store, several at once.

use super::client::{path, to_io};
use super::{Store, Transfer};
use crate::error::{Error, Result};
use object_store::{ObjectStoreExt, PutResult, WriteMultipart};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use tokio::sync::Semaphore;

/// Files that are moved at once.
const AT_ONCE: usize = 16;
/// Files above this size go in parts of it, of which so many are under way at once.
const PART: u64 = 8 << 20;
const PARTS_AT_ONCE: usize = 4;
/// The most parts of an object, and some to spare: stores allow 10,000.
const MOST_PARTS: u64 = 9_000;
/// MiB that all files together may take in memory while they are sent: two that go in parts, or more small ones.
const MEMORY: u32 = 2 * (PARTS_AT_ONCE as u32 + 1) * (PART >> 20) as u32;

impl Store {
    /// Sends files, and tells `done` of each with the version of the object that it has become.
    pub fn put_files(
        &self,
        files: impl Iterator<Item = Transfer> + Send,
        done: &(dyn Fn(&Transfer, Option<String>) -> Result<()> + Sync),
    ) -> Result<()> {
        let memory = Semaphore::new(MEMORY as usize);
        each(files, &|transfer| {
            let put = self.put_file(&transfer.file, &transfer.key, &memory);
            let put = put.map_err(Error::io("upload", &transfer.file))?;
            done(transfer, put.e_tag)
        })
    }

    /// Fetches objects into files, whose folders are made.
    pub fn get_files(&self, files: impl Iterator<Item = Transfer> + Send) -> Result<()> {
        each(files, &|transfer| {
            let get = || {
                fs::create_dir_all(transfer.file.parent().unwrap_or(Path::new("")))?;
                io::copy(&mut self.read(&transfer.key)?, &mut File::create(&transfer.file)?)
            };
            get().map(drop).map_err(Error::io("download to", &transfer.file))
        })
    }

    fn put_file(&self, file: &Path, key: &str, memory: &Semaphore) -> io::Result<PutResult> {
        let key = path(key)?;
        let mut file = File::open(file)?;
        let size = file.metadata()?.len();
        let mebibytes = if size <= PART { size.div_ceil(1 << 20).max(1) as u32 } else { MEMORY / 2 };
        let _held = self.runtime.block_on(memory.acquire_many(mebibytes)).map_err(io::Error::other)?;
        if size <= PART {
            let mut bytes = Vec::with_capacity(size as usize);
            file.read_to_end(&mut bytes)?;
            return self.runtime.block_on(self.objects.put(&key, bytes.into())).map_err(to_io);
        }
        let part = PART.max(size / MOST_PARTS);
        let upload = self.runtime.block_on(self.objects.put_multipart(&key)).map_err(to_io)?;
        // Parts go out on the threads of the runtime.
        let _context = self.runtime.enter();
        let mut upload = WriteMultipart::new_with_chunk_size(upload, part as usize);
        let sent = self.put_parts(&mut file, part, &mut upload);
        self.runtime.block_on(async {
            match sent {
                Ok(()) => upload.finish().await.map_err(to_io),
                Err(error) => {
                    // Parts of an upload that never ends cost money; that it failed is told anyway.
                    let _ = upload.abort().await;
                    Err(error)
                }
            }
        })
    }

    fn put_parts(&self, file: &mut File, part: u64, upload: &mut WriteMultipart) -> io::Result<()> {
        loop {
            self.runtime.block_on(upload.wait_for_capacity(PARTS_AT_ONCE)).map_err(to_io)?;
            let mut bytes = Vec::with_capacity(part as usize);
            if file.take(part).read_to_end(&mut bytes)? == 0 {
                return Ok(());
            }
            upload.put(bytes.into());
        }
    }
}

/// Does something with each, several at once, until one fails.
fn each(
    files: impl Iterator<Item = Transfer> + Send,
    work: &(dyn Fn(&Transfer) -> Result<()> + Sync),
) -> Result<()> {
    let (files, failure) = (Mutex::new(files), Mutex::new(None));
    let next = || {
        let has_failed = failure.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        if has_failed { None } else { files.lock().unwrap_or_else(PoisonError::into_inner).next() }
    };
    thread::scope(|threads| {
        for _ in 0..AT_ONCE {
            threads.spawn(|| {
                while let Some(file) = next() {
                    if let Err(error) = work(&file) {
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}
