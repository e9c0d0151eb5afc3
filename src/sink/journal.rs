use super::disk::{Disk, DiskFile};
use crate::error::{Error, Result};
use flate2::Crc;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// What a run has done so far, for the run that resumes it: a line a record, appended and never changed.
///
/// ```text
/// 9ae0daaf {"begun":{...}}
/// 0b3c7d11 {"inputs":[["edgar/a.txt",4711,1730000000000000000],...]}
/// ```
///
/// A line is the CRC-32 of the record in eight hex digits, a space, the record as JSON, and a line end. What follows the
/// first line that is not so was being written when the run ended, and never happened.
pub(super) struct Journal {
    file: DiskFile,
}

/// Reads the records of a journal, up to the first that is not whole.
pub(super) struct Records {
    lines: BufReader<File>,
    path: PathBuf,
    end: u64,
}

const CRC_DIGITS: usize = 8;

impl Journal {
    pub(super) fn create(disk: &Disk, path: &Path) -> Result<Self> {
        Ok(Self { file: disk.create_file(path)? })
    }

    /// Goes on with a journal, of which the first `length` bytes count.
    pub(super) fn open(disk: &Disk, path: &Path, length: u64) -> Result<Self> {
        let mut file = disk.open_file(path)?;
        file.cut(length)?;
        file.go_to(length)?;
        Ok(Self { file })
    }

    /// Appends a record. It has happened for sure only after [`Journal::sync`].
    pub(super) fn append(&mut self, record: &Value) -> Result<()> {
        let line = encode(record);
        self.file.write_all(&line).map_err(Error::io("write", self.file.path()))
    }

    /// Brings all records to the disk.
    pub(super) fn sync(&self) -> Result<()> {
        self.file.sync()
    }
}

impl Records {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::io("open", path))?;
        Ok(Self { lines: BufReader::new(file), path: path.to_owned(), end: 0 })
    }

    /// Where the record that was read last ends.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    fn read(&mut self) -> io::Result<Option<Value>> {
        let mut line = Vec::new();
        self.lines.read_until(b'\n', &mut line)?;
        let record = decode(&line);
        if record.is_some() {
            self.end += line.len() as u64;
        }
        Ok(record)
    }
}

impl Iterator for Records {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().map_err(Error::io("read", &self.path)).transpose()
    }
}

/// The CRC-32 of some bytes.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn encode(record: &Value) -> Vec<u8> {
    let text = record.to_string();
    format!("{:08x} {text}\n", crc32(text.as_bytes())).into_bytes()
}

/// Reads a line with its end; `None` where it is not whole.
fn decode(line: &[u8]) -> Option<Value> {
    let (crc, rest) = line.split_at_checked(CRC_DIGITS)?;
    let record = rest.strip_prefix(b" ")?.strip_suffix(b"\n")?;
    if crc != format!("{:08x}", crc32(record)).as_bytes() {
        return None;
    }
    serde_json::from_slice(record).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn records() -> Vec<Value> {
        vec![json!({"begun": {"partition": "issuer"}}), json!({"inputs": [["a\nb", 3, null]]}), json!("é")]
    }

    fn read(bytes: &[u8]) -> (Vec<Value>, u64) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        std::fs::write(&path, bytes).unwrap();
        let mut records = Records::open(&path).unwrap();
        let values = records.by_ref().map(Result::unwrap).collect();
        (values, records.end())
    }

    #[test]
    fn a_torn_tail_never_happened() {
        let lines: Vec<Vec<u8>> = records().iter().map(encode).collect();
        let whole = lines.concat();
        for length in 0..=whole.len() {
            let mut kept = 0;
            let ends = lines.iter().map(|line| {
                kept += line.len();
                kept
            });
            let whole_lines = ends.take_while(|end| *end <= length).count();
            let (values, end) = read(&whole[..length]);
            assert_eq!(values, records()[..whole_lines], "{length}");
            assert_eq!(end as usize, lines[..whole_lines].concat().len());
        }
    }

    #[test]
    fn a_journal_goes_on_where_its_last_whole_record_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let disk = Disk::default();
        let mut journal = Journal::create(&disk, &path).unwrap();
        records().iter().for_each(|record| journal.append(record).unwrap());
        let mut seen = Records::open(&path).unwrap();
        assert_eq!(seen.by_ref().take(2).count(), 2);
        let mut journal = Journal::open(&disk, &path, seen.end()).unwrap();
        journal.append(&json!("new")).unwrap();
        let (values, _) = read(&std::fs::read(&path).unwrap());
        assert_eq!(values, [records()[0].clone(), records()[1].clone(), json!("new")]);
    }

    proptest! {
        #[test]
        fn a_flipped_bit_ends_the_journal(bit in 0usize..8, place in 0.0..1.0f64) {
            let lines: Vec<Vec<u8>> = records().iter().map(encode).collect();
            let mut bytes = lines.concat();
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] ^= 1 << bit;
            let mut end = 0;
            let whole_lines = lines.iter().take_while(|line| { end += line.len(); end <= at }).count();
            let (values, _) = read(&bytes);
            prop_assert_eq!(&values, &records()[..whole_lines]);
        }
    }
}
