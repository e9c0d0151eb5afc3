use crate::error::{Error, Result};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file for what does not fit in memory, shared by all threads. It has no name: it is gone with the process, however
/// that ends.
pub(super) struct SpillFile {
    file: File,
    end: AtomicU64,
    /// The folder in which it lies, for messages.
    folder: PathBuf,
}

impl SpillFile {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::io("create a file in", folder))?;
        Ok(Self { file, end: AtomicU64::new(0), folder: folder.to_owned() })
    }

    /// Appends bytes and says where they stand.
    pub(super) fn append(&self, bytes: &[u8]) -> Result<u64> {
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_all_at(&self.file, bytes, at).map_err(Error::io("spill to", &self.folder))?;
        Ok(at)
    }

    /// Reads bytes that were appended.
    pub(super) fn read(&self, at: u64, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        read_exact_at(&self.file, &mut bytes, at)
            .map_err(Error::io("read what was spilled to", &self.folder))?;
        Ok(bytes)
    }

    /// Bytes that were appended.
    pub(super) fn len(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_appended_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = SpillFile::create(folder.path()).unwrap();
        let (first, second) = (file.append(b"one").unwrap(), file.append(b"three").unwrap());
        assert_eq!(file.read(second, 5).unwrap(), b"three");
        assert_eq!(file.read(first, 3).unwrap(), b"one");
        assert_eq!(file.len(), 8);
        assert!(file.read(second, 6).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
