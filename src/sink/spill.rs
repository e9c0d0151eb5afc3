use super::disk::{Disk, DiskFile};
use crate::error::{Error, Result};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file for what does not fit in memory, shared by all threads. What was appended before a seal is there again for the
/// run that resumes this one.
pub(super) struct SpillFile {
    file: DiskFile,
    end: AtomicU64,
}

const NAME: &str = "spill";

impl SpillFile {
    pub(super) fn create(disk: &Disk, folder: &Path) -> Result<Self> {
        Ok(Self { file: disk.create_file(&folder.join(NAME))?, end: AtomicU64::new(0) })
    }

    /// Opens the file of an earlier run, of which the first `length` bytes count.
    pub(super) fn open(disk: &Disk, folder: &Path, length: u64) -> Result<Self> {
        let file = disk.open_file(&folder.join(NAME))?;
        file.cut(length)?;
        Ok(Self { file, end: AtomicU64::new(length) })
    }

    /// Appends bytes and says where they stand.
    pub(super) fn append(&self, bytes: &[u8]) -> Result<u64> {
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.file.write_all_at(bytes, at).map_err(Error::io("write", self.file.path()))?;
        Ok(at)
    }

    /// Reads bytes that were appended.
    pub(super) fn read(&self, at: u64, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, at).map_err(Error::io("read", self.file.path()))?;
        Ok(bytes)
    }

    /// Brings what was appended to the disk.
    pub(super) fn sync(&self) -> Result<()> {
        self.file.sync()
    }

    /// Bytes that were appended.
    pub(super) fn len(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_appended_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        let file = SpillFile::create(&disk, folder.path()).unwrap();
        let (first, second) = (file.append(b"one").unwrap(), file.append(b"three").unwrap());
        assert_eq!(file.read(second, 5).unwrap(), b"three");
        assert_eq!(file.read(first, 3).unwrap(), b"one");
        assert_eq!(file.len(), 8);
        assert!(file.read(second, 6).is_err());
    }

    #[test]
    fn what_was_not_sealed_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        let file = SpillFile::create(&disk, folder.path()).unwrap();
        file.append(b"sealed, lost").unwrap();
        drop(file);
        let file = SpillFile::open(&disk, folder.path(), 6).unwrap();
        assert_eq!(file.append(b"!").unwrap(), 6);
        assert_eq!(file.read(0, 7).unwrap(), b"sealed!");
        assert!(file.read(7, 1).is_err());
    }
}
