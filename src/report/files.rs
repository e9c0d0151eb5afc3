use crate::error::{Error, Result};
use crate::model::Table;
use crate::sink::part_reader::{self, Columns};
use arrow::record_batch::RecordBatch;
use parquet::file::metadata::ParquetMetaData;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The Parquet files of a table, as a reader finds them, one after another.
pub(super) fn of_table(folder: &Path, table: Table) -> impl Iterator<Item = Result<PathBuf>> {
    let root = folder.join(table.as_str());
    let entries = WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(is_data);
    entries.filter_map(move |entry| match entry {
        Ok(entry) => is_parquet(&entry).then(|| Ok(entry.into_path())),
        Err(error) => {
            let path = error.path().unwrap_or(&root).to_owned();
            let source = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
            Some(Err(Error::io("read", path)(source)))
        }
    })
}

/// Reads some columns of a file: `footer` is told what its end says, then `each` gets the rows, batch after batch.
///
/// # Errors
///
/// [`ErrorKind::DataSet`] where it is no file of the table.
pub(super) fn read(
    table: Table,
    path: &Path,
    columns: &'static [&'static str],
    footer: impl FnOnce(&ParquetMetaData),
    mut each: impl FnMut(&RecordBatch),
) -> Result<()> {
    let file = part_reader::file(table, path)?;
    footer(file.metadata());
    if columns.is_empty() {
        return Ok(());
    }
    for batch in part_reader::rows(file, path, Columns::Named(columns))? {
        each(&batch?);
    }
    Ok(())
}

/// Names that begin with `_` or `.` are no data.
fn is_data(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() == 0 || !name.starts_with(b"_") && !name.starts_with(b".")
}

fn is_parquet(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "parquet")
}
