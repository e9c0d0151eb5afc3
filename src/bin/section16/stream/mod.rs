//! Record batches as a stream of bytes.

mod target;
mod text;

use crate::args::StreamFormat;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;
use section16::{Error, ErrorKind, Result};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use target::Target;

/// A stream of record batches, which any thread may write to.
///
/// It holds no batch: each is written when it comes, and who writes waits until the reader has taken it.
pub struct Stream {
    format: StreamFormat,
    writer: Mutex<Writer>,
}

enum Writer {
    Arrow(Box<StreamWriter<Target>>),
    Text(Target),
}

impl Stream {
    /// A stream to standard output, or to a file, which gets its name when it is whole. What stands before the first row
    /// is written.
    pub fn open(schema: &SchemaRef, format: StreamFormat, file: Option<&Path>) -> Result<Self> {
        let mut target = Target::open(file)?;
        let writer = match format {
            StreamFormat::ArrowStream => {
                let writer = StreamWriter::try_new(target, schema);
                Writer::Arrow(Box::new(writer.map_err(failed)?))
            }
            StreamFormat::Csv => {
                target.put(&text::csv_head(schema)?)?;
                Writer::Text(target)
            }
            StreamFormat::Ndjson => Writer::Text(target),
        };
        Ok(Self { format, writer: Mutex::new(writer) })
    }

    /// Writes the rows.
    pub fn write(&self, batch: &RecordBatch) -> Result<()> {
        // Other threads need not wait for the text to be made.
        let text = match self.format {
            StreamFormat::ArrowStream => Vec::new(),
            StreamFormat::Ndjson => text::ndjson(batch)?,
            StreamFormat::Csv => text::csv(batch)?,
        };
        match &mut *self.writer.lock().unwrap_or_else(PoisonError::into_inner) {
            Writer::Arrow(writer) => writer.write(batch).map_err(failed),
            Writer::Text(target) => target.put(&text),
        }
    }

    /// Writes what stands after the last row.
    pub fn finish(self) -> Result<()> {
        match self.writer.into_inner().unwrap_or_else(PoisonError::into_inner) {
            // What ends the stream is written by `into_inner`.
            Writer::Arrow(writer) => writer.into_inner().map_err(failed)?.finish(),
            Writer::Text(target) => target.finish(),
        }
    }
}

fn failed(error: ArrowError) -> Error {
    match error {
        ArrowError::IoError(_, source) => target::failed(source),
        error => ErrorKind::Arrow(error).into(),
    }
}
