use crate::error::{Error, ErrorKind, Result};
use crate::model::{FilingId, Table};
use crate::schema;
use arrow::array::AsArray;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

/// Rows that are read at once.
const BATCH_ROWS: usize = 1024;

/// The columns of a file that are read.
#[derive(Clone, Copy)]
pub(crate) enum Columns {
    All,
    /// Those of these names, in the order of the table. None of them may be nested.
    Named(&'static [&'static str]),
}

/// Reads the rows of a published file, whose columns must be those of the table.
///
/// # Errors
///
/// [`ErrorKind::DataSet`] where it is not such a file.
pub(super) fn open<'p>(
    table: Table,
    path: &'p Path,
    columns: Columns,
) -> Result<impl Iterator<Item = Result<RecordBatch>> + 'p> {
    rows(file(table, path)?, path, columns)
}

/// A published file, of which only the end is read: what is there of the table.
///
/// # Errors
///
/// As for [`open`].
pub(crate) fn file(table: Table, path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| damaged(path, e.to_string()))?;
    if builder.schema().fields() != schema::arrow_schema(table).fields() {
        return Err(damaged(path, format!("its columns are not those of the table {}", table.as_str())));
    }
    Ok(builder)
}

/// The rows of such a file.
///
/// # Errors
///
/// As for [`open`].
pub(crate) fn rows(
    builder: ParquetRecordBatchReaderBuilder<File>,
    path: &Path,
    columns: Columns,
) -> Result<impl Iterator<Item = Result<RecordBatch>> + '_> {
    let mask = match columns {
        Columns::All => ProjectionMask::all(),
        Columns::Named(names) => ProjectionMask::columns(builder.parquet_schema(), names.iter().copied()),
    };
    let reader = builder.with_projection(mask).with_batch_size(BATCH_ROWS).build();
    let reader = reader.map_err(|e| damaged(path, e.to_string()))?;
    Ok(reader.map(move |batch| batch.map_err(|e| damaged(path, e.to_string()))))
}

/// Calls `each` with the `filing_id` of each row, in order.
pub(super) fn each_id(
    batch: &RecordBatch,
    path: &Path,
    each: &mut dyn FnMut(FilingId) -> Result<()>,
) -> Result<()> {
    let ids = batch.column_by_name("filing_id");
    let ids = ids.ok_or_else(|| damaged(path, "it has no filing_id"))?.as_string::<i32>();
    for id in ids.iter().flatten() {
        each(FilingId::parse(id).ok_or_else(|| damaged(path, format!("{id:?} is no filing_id")))?)?;
    }
    Ok(())
}

/// The file is not what section16 wrote.
pub(super) fn damaged(path: &Path, message: impl Into<String>) -> Error {
    ErrorKind::DataSet { path: path.to_owned(), message: message.into() }.into()
}
