use super::disk::{Disk, DiskFile, is_there};
use crate::error::{Error, ErrorKind, Result};
use flate2::Crc;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file for what does not fit in memory, shared by all threads. What was appended before a seal is there again for the
/// run that resumes this one; that may be days later, so each piece has its CRC-32 behind it.
pub(super) struct SpillFile {
    file: DiskFile,
    end: AtomicU64,
}

/// What a piece is, in numbers that its reader knows from elsewhere. Its checksum covers them, so no piece is taken for another.
pub(super) type Tag = [u32; 3];

const NAME: &str = "spill";
/// Bytes of a checksum.
pub(super) const CHECKSUM: usize = 4;

impl SpillFile {
    pub(super) fn create(disk: &Disk, folder: &Path) -> Result<Self> {
        Ok(Self { file: disk.create_file(&folder.join(NAME))?, end: AtomicU64::new(0) })
    }

    /// Opens the file of an earlier run, of which the first `length` bytes count.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Changed`] where it is gone or shorter.
    pub(super) fn open(disk: &Disk, folder: &Path, length: u64) -> Result<Self> {
        let path = folder.join(NAME);
        if !is_there(&path)? {
            return Err(changed(&path, "it is gone, and rows were secured in it".to_owned()));
        }
        let file = disk.open_file(&path)?;
        let size = file.path().metadata().map_err(Error::io("look at", file.path()))?.len();
        if size < length {
            return Err(changed(file.path(), format!("it has {size} bytes, and {length} were secured")));
        }
        file.cut(length)?;
        Ok(Self { file, end: AtomicU64::new(length) })
    }

    /// Appends a piece and says where it stands.
    pub(super) fn append(&self, tag: Tag, mut bytes: Vec<u8>) -> Result<u64> {
        bytes.extend(checksum(tag, &bytes));
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.file.write_all_at(&bytes, at).map_err(Error::io("write", self.file.path()))?;
        Ok(at)
    }

    /// Reads a piece of this length that was appended with this tag.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Changed`] where it is not what was appended.
    pub(super) fn read(&self, tag: Tag, at: u64, length: usize) -> Result<Vec<u8>> {
        let changed = || changed(self.file.path(), "it does not hold what was secured there".to_owned());
        // No memory is taken for what cannot be there.
        let end = at.checked_add(length as u64).and_then(|end| end.checked_add(CHECKSUM as u64));
        if end.is_none_or(|end| end > self.len()) {
            return Err(changed());
        }
        let mut bytes = vec![0; length + CHECKSUM];
        self.file.read_exact_at(&mut bytes, at).map_err(Error::io("read", self.file.path()))?;
        let crc = bytes.split_off(length);
        if crc == checksum(tag, &bytes) { Ok(bytes) } else { Err(changed()) }
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

fn checksum(tag: Tag, bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut crc = Crc::new();
    tag.iter().for_each(|number| crc.update(&number.to_le_bytes()));
    crc.update(bytes);
    crc.sum().to_le_bytes()
}

fn changed(path: &Path, what: String) -> Error {
    let difference = format!("{what}; start anew with --overwrite");
    ErrorKind::Changed { path: path.to_owned(), difference }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: Tag = [1, 2, 3];

    #[test]
    fn what_was_appended_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        let file = SpillFile::create(&disk, folder.path()).unwrap();
        let [first, second] = [&b"one"[..], b"three"].map(|bytes| file.append(TAG, bytes.to_vec()).unwrap());
        assert_eq!(file.read(TAG, second, 5).unwrap(), b"three");
        assert_eq!(file.read(TAG, first, 3).unwrap(), b"one");
        assert_eq!(file.len(), 16);
        for (tag, at, length) in
            [([1, 2, 4], second, 5), (TAG, second, 4), (TAG, second, 6), (TAG, 1, 3), (TAG, u64::MAX, 3)]
        {
            let error = file.read(tag, at, length).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Changed { .. }), "{tag:?} {at} {length}: {error}");
        }
    }

    #[test]
    fn what_was_not_sealed_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        let file = SpillFile::create(&disk, folder.path()).unwrap();
        let sealed = file.append(TAG, b"sealed".to_vec()).unwrap();
        let length = file.len();
        let lost = file.append(TAG, b"lost".to_vec()).unwrap();
        drop(file);
        let file = SpillFile::open(&disk, folder.path(), length).unwrap();
        assert_eq!(file.read(TAG, sealed, 6).unwrap(), b"sealed");
        assert!(file.read(TAG, lost, 4).is_err());
        assert_eq!(file.append(TAG, b"!".to_vec()).unwrap(), lost);
        drop(file);
        let error = SpillFile::open(&disk, folder.path(), length + 6).err().unwrap().to_string();
        assert!(error.contains("it has 15 bytes, and 16 were secured"), "{error}");
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        SpillFile::create(&disk, folder.path()).unwrap().append(TAG, b"rows".to_vec()).unwrap();
        let path = folder.path().join(NAME);
        let whole = std::fs::read(&path).unwrap();
        for bit in 0..8 * whole.len() {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, &bytes).unwrap();
            let file = SpillFile::open(&disk, folder.path(), whole.len() as u64).unwrap();
            assert!(file.read(TAG, 0, 4).is_err(), "{bit}");
        }
    }

    #[test]
    fn a_file_that_is_gone_cannot_be_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let error = SpillFile::open(&Disk::default(), folder.path(), 4).err().unwrap();
        assert!(matches!(error.kind(), ErrorKind::Changed { .. }), "{error}");
        assert!(
            error.to_string().ends_with("is gone, and rows were secured in it; start anew with --overwrite")
        );
    }
}
