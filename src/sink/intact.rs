//! Whether a published file is the one that was written.

use super::Layout;
use super::listing::ListedFile;
use super::part_reader::{self, Columns, damaged};
use crate::error::{Error, Result};
use arrow::record_batch::RecordBatch;
use flate2::Crc;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// In what a file differs from the line of the listing that speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    Length { is: u64, was: u64 },
    Checksum,
    Rows { is: u64, was: u64 },
}

/// A file of a data set, whose rows are handed out only if it is the one that was written.
pub(super) struct Intact<'f> {
    file: &'f ListedFile,
    path: PathBuf,
}

impl<'f> Intact<'f> {
    /// The file, in the folder of the data set.
    pub(super) fn new(root: &Path, layout: Layout, file: &'f ListedFile) -> Self {
        Self { file, path: root.join(file.path(layout)) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the rows, once length, checksum and number of rows are those that were written.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DataSet`](crate::ErrorKind::DataSet) where they are not.
    pub(super) fn rows(&self, columns: Columns) -> Result<impl Iterator<Item = Result<RecordBatch>> + '_> {
        self.refuse(Difference::of_bytes(self.file, &self.path)?)?;
        let builder = part_reader::file(self.file.table, &self.path)?;
        let rows = builder.metadata().file_metadata().num_rows();
        self.refuse(Difference::of_rows(self.file, u64::try_from(rows).unwrap_or(0)))?;
        part_reader::rows(builder, &self.path, columns)
    }

    fn refuse(&self, difference: Option<Difference>) -> Result<()> {
        let Some(difference) = difference else { return Ok(()) };
        let advice = "the data set stays as it is, and `section16 verify` names all that is wrong with it";
        Err(damaged(&self.path, format!("{difference}; {advice}")))
    }
}

impl Difference {
    /// Reads the bytes of a file.
    pub(super) fn of_bytes(file: &ListedFile, path: &Path) -> Result<Option<Self>> {
        let (bytes, crc32) = sum(path).map_err(Error::io("read", path))?;
        if bytes != file.bytes {
            return Ok(Some(Self::Length { is: bytes, was: file.bytes }));
        }
        Ok((crc32 != file.crc32).then_some(Self::Checksum))
    }

    pub(super) fn of_rows(file: &ListedFile, rows: u64) -> Option<Self> {
        (rows != file.rows).then_some(Self::Rows { is: rows, was: file.rows })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { is, was } => write!(f, "it has {is} bytes, and {was} were written"),
            Self::Checksum => {
                f.write_str("its bytes are not those that were written: their checksum differs")
            }
            Self::Rows { is, was } => write!(f, "it has {is} rows, and {was} were written"),
        }
    }
}

/// The length and the CRC-32 of a file.
fn sum(path: &Path) -> io::Result<(u64, u32)> {
    let mut file = File::open(path)?;
    let mut crc = Crc::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, crc.sum())),
            read => {
                bytes += read as u64;
                crc.update(buffer.get(..read).unwrap_or_default());
            }
        }
    }
}
