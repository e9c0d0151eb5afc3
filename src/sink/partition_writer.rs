use super::disk::{Disk, DiskFile};
use super::listing::{ListedFile, part_name};
use super::merge::Chunk;
use super::parquet_format::{Profile, TableFormat};
use super::tally::Tally;
use super::{Layout, Partition};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Table;
use arrow::record_batch::RecordBatch;
use flate2::Crc;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, compute_leaves};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Rows and bytes (of Arrow) of a chunk: what is handed to Parquet at once.
pub(super) const CHUNK_ROWS: usize = 4096;
pub(super) const CHUNK_BYTES: usize = 1 << 20;
/// A file of at most so many rows and bytes (of Arrow) is a small one.
const SMALL_ROWS: usize = 1024;
const SMALL_BYTES: usize = 256 << 10;
/// A row group ends with the chunk that reaches one of these. Its columns lie in memory, encoded, until then.
const GROUP_ROWS: usize = 128 << 10;
const GROUP_BYTES: usize = 64 << 20;

/// Writes the partitions of a table one after another: at most one file is open.
pub(super) struct PartitionWriter<'a> {
    table: Table,
    layout: Layout,
    format: &'a TableFormat,
    folder: &'a Path,
    disk: &'a Disk,
    parts: &'a Parts,
    open: Option<OpenFile<'a>>,
    pub(super) tally: Tally,
}

/// The numbers that the next files get, by table and partition, where they are not 0.
pub(super) type Parts = FxHashMap<(Table, Partition), u32>;

struct OpenFile<'a> {
    path: PathBuf,
    partition: Partition,
    part: u32,
    rows: u64,
    writer: SerializedFileWriter<Summed>,
    profile: &'a Profile,
    columns: Vec<ArrowColumnWriter>,
    group_rows: usize,
    group_bytes: usize,
    group_number: usize,
    is_small: bool,
}

impl<'a> PartitionWriter<'a> {
    /// Writes below `folder`, that of the table, which exists.
    pub(super) fn new(
        table: Table,
        layout: Layout,
        format: &'a TableFormat,
        folder: &'a Path,
        (disk, parts): (&'a Disk, &'a Parts),
    ) -> Self {
        let layout = layout.of_table(table);
        Self { table, layout, format, folder, disk, parts, open: None, tally: Tally::default() }
    }

    /// Writes a chunk whose part is its partition. All chunks of a partition come one after another.
    pub(super) fn write(&mut self, chunk: &Chunk, batch: &RecordBatch) -> Result<()> {
        self.tally.count(self.table, batch);
        let mut file = match self.open.take() {
            Some(file) => file,
            None => {
                let is_small = chunk.ends && chunk.rows <= SMALL_ROWS && chunk.bytes <= SMALL_BYTES;
                self.create(Partition::from_u64(chunk.part), is_small)?
            }
        };
        file.write(batch, chunk.bytes).map_err(|e| file.error(e))?;
        if chunk.ends {
            return self.close(file);
        }
        self.open = Some(file);
        Ok(())
    }

    /// Writes a file without rows, so that the table is there for those who read all its files.
    pub(super) fn write_empty(&mut self) -> Result<()> {
        let file = self.create(self.layout.unknown(), true)?;
        self.close(file)
    }

    fn create(&self, partition: Partition, is_small: bool) -> Result<OpenFile<'a>> {
        let folder = match self.layout.folder(partition) {
            Some(name) => self.folder.join(name),
            None => self.folder.to_owned(),
        };
        if self.layout != Layout::None {
            self.disk.create_folders(&folder)?;
        }
        let part = self.parts.get(&(self.table, partition)).copied().unwrap_or(0);
        let path = folder.join(part_name(part));
        let file = Summed { file: self.disk.create_file(&path)?, crc: Crc::new() };
        let profile = if is_small { &self.format.small } else { &self.format.large };
        let writer = SerializedFileWriter::new(file, self.format.schema.clone(), profile.properties.clone());
        Ok(OpenFile {
            writer: writer.map_err(|source| ErrorKind::Parquet { path: path.clone(), source })?,
            path,
            partition,
            part,
            rows: 0,
            profile,
            columns: Vec::new(),
            group_rows: 0,
            group_bytes: 0,
            group_number: 0,
            is_small,
        })
    }

    fn close(&mut self, mut file: OpenFile<'a>) -> Result<()> {
        let (bytes, crc32) = file.finish().map_err(|e| file.error(e))?;
        let OpenFile { partition, part, rows, .. } = file;
        self.tally.files.push(ListedFile { table: self.table, partition, part, rows, bytes, crc32 });
        self.tally.small_files += u64::from(file.is_small);
        Ok(())
    }
}

impl OpenFile<'_> {
    fn error(&self, source: ParquetError) -> Error {
        ErrorKind::Parquet { path: self.path.clone(), source }.into()
    }

    fn write(&mut self, batch: &RecordBatch, bytes: usize) -> parquet::errors::Result<()> {
        if self.columns.is_empty() {
            self.columns = self.profile.columns.create_column_writers(self.group_number)?;
        }
        let mut columns = self.columns.iter_mut();
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            for leaf in compute_leaves(field, array)? {
                if let Some(column) = columns.next() {
                    column.write(&leaf)?;
                }
            }
        }
        self.rows += batch.num_rows() as u64;
        self.group_rows += batch.num_rows();
        self.group_bytes += bytes;
        if self.group_rows >= GROUP_ROWS || self.group_bytes >= GROUP_BYTES {
            self.end_group()?;
        }
        Ok(())
    }

    fn end_group(&mut self) -> parquet::errors::Result<()> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for column in self.columns.drain(..) {
            column.close()?.append_to_row_group(&mut group)?;
        }
        group.close()?;
        (self.group_rows, self.group_bytes) = (0, 0);
        self.group_number += 1;
        Ok(())
    }

    /// Writes the footer and says how many bytes the file has, and their CRC-32.
    fn finish(&mut self) -> parquet::errors::Result<(u64, u32)> {
        self.end_group()?;
        self.writer.finish()?;
        Ok((self.writer.bytes_written() as u64, self.writer.inner().crc.sum()))
    }
}

/// A file that sums up what is written to it.
struct Summed {
    file: DiskFile,
    crc: Crc,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.crc.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
