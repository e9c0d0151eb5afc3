//! Tables to entries: the rows that belong together in one row.

use super::{Span, TableBatch};
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use crate::schema;
use arrow::array::{ArrayRef, Int32Array, Int64Array, ListArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// Puts the rows of each filing together, and those of each reject: batches of [`schema::entry_schema`].
///
/// `batches` are those of one set of builders, as [`Builders::finish`](super::Builders::finish) gave them. Filings keep their
/// order; the rejects among them come after them. No value is copied.
///
/// An error is a defect of section16.
pub fn by_entry(batches: Vec<TableBatch>) -> Result<Vec<RecordBatch>> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut last = None;
    for batch in batches {
        let table = batch.table;
        // Builders that had grown large were taken before: then their tables come anew.
        if last.is_none_or(|last| table <= last) {
            taken.push(Taken::default());
        }
        last = Some(table);
        if let Some(taken) = taken.last_mut() {
            taken.0[table as usize] = Some(batch);
        }
    }
    taken.iter().map(Taken::by_entry).collect()
}

/// What was taken from builders at one time, a batch a table that had rows. All rows of a filing are in it.
#[derive(Default)]
struct Taken([Option<TableBatch>; Table::ALL.len()]);

impl Taken {
    fn by_entry(&self) -> Result<RecordBatch> {
        let entries = || self.spans(Table::Filings).iter().chain(self.spans(Table::Rejects));
        let numbers = entries().map(|span| i64::try_from(span.entry).unwrap_or(i64::MAX));
        let ranks = entries().map(|span| i32::from(span.rank));
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(numbers)),
            Arc::new(Int32Array::from_iter_values(ranks)),
        ];
        for table in Table::ALL {
            columns.push(Arc::new(self.lists(table)?));
        }
        Ok(RecordBatch::try_new(schema::entry_schema(), columns)?)
    }

    fn spans(&self, table: Table) -> &[Span] {
        self.0[table as usize].as_ref().map_or(&[], |batch| &batch.spans)
    }

    /// The rows of a table, a list an entry.
    fn lists(&self, table: Table) -> Result<ListArray> {
        let rows = match &self.0[table as usize] {
            Some(batch) => batch.batch.clone(),
            None => RecordBatch::new_empty(schema::arrow_schema(table)),
        };
        let (filings, rejects) = (self.spans(Table::Filings), self.spans(Table::Rejects));
        let lengths = match table {
            Table::Rejects => [vec![0; filings.len()], vec![1; rejects.len()]].concat(),
            _ => [lengths(filings, self.spans(table)), vec![0; rejects.len()]].concat(),
        };
        if lengths.iter().sum::<usize>() != rows.num_rows() {
            let message = format!("rows of {} belong to no entry", table.as_str());
            return Err(ErrorKind::Defect(message).into());
        }
        let offsets = OffsetBuffer::from_lengths(lengths);
        Ok(ListArray::try_new(schema::entry_item(table), offsets, Arc::new(StructArray::from(rows)), None)?)
    }
}

/// How many rows each filing has in a table, whose spans are in the order of the filings.
fn lengths(filings: &[Span], spans: &[Span]) -> Vec<usize> {
    let mut spans = spans.iter().peekable();
    let mut rows = |copy| {
        let own = std::iter::from_fn(|| spans.next_if(|span| span.copy == copy));
        own.map(|span| span.rows as usize).sum()
    };
    filings.iter().map(|filing| rows(filing.copy)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Builders;
    use crate::model::{Accession, Filing, FilingId, Footnote, Origin, Owner, SourceFormat};
    use crate::reject::{Reason, Reject};
    use arrow::array::AsArray;
    use arrow::datatypes::{Int32Type, Int64Type};

    fn filing(number: u64, owners: usize, footnotes: usize) -> Filing<'static> {
        let id = FilingId::Accession(Accession::from_u64(number).unwrap());
        let format = if number == 2 { SourceFormat::Text } else { SourceFormat::Xml };
        Filing {
            owners: vec![Owner::default(); owners],
            footnotes: vec![
                Footnote { footnote_id: None, footnote: Some("n".repeat(100_000).into()) };
                footnotes
            ],
            ..Filing::new(id, format)
        }
    }

    fn origin(entry: u64) -> Origin<'static> {
        Origin { path: "in/a", member: None, entry, offset: 0, bytes: 1 }
    }

    fn append(builders: &mut Builders, entry: u64, filing: &Filing<'_>) {
        builders.append(filing, &origin(entry), entry + 100).unwrap();
    }

    fn reject(builders: &mut Builders, entry: u64) {
        builders.append_reject(&Reject::new(Reason::NoDocument, "none"), &origin(entry));
    }

    /// Entry, rank, and rows in the tables, an entry a line.
    fn shape(batch: &RecordBatch) -> Vec<(i64, i32, [usize; Table::ALL.len()])> {
        let numbers = batch["source_entry"].as_primitive::<Int64Type>();
        let ranks = batch["source_rank"].as_primitive::<Int32Type>();
        let rows = |row: usize| {
            Table::ALL.map(|table| batch[table.as_str()].as_list::<i32>().value_length(row) as usize)
        };
        (0..batch.num_rows()).map(|row| (numbers.value(row), ranks.value(row), rows(row))).collect()
    }

    #[test]
    fn each_entry_has_its_own_rows() {
        let mut builders = Builders::new();
        append(&mut builders, 0, &filing(1, 1, 0));
        reject(&mut builders, 1);
        // Its footnotes take several spans.
        append(&mut builders, 2, &filing(2, 0, 5));
        append(&mut builders, 3, &filing(3, 2, 1));
        // A second copy.
        append(&mut builders, 4, &filing(3, 2, 1));
        let batches = by_entry(builders.finish().unwrap()).unwrap();
        assert_eq!(batches.len(), 1);
        assert_eq!(
            shape(&batches[0]),
            [
                (0, 0, [1, 1, 0, 0, 0, 0, 0, 0]),
                (2, 2, [1, 0, 0, 0, 5, 0, 0, 0]),
                (3, 0, [1, 2, 0, 0, 1, 0, 0, 0]),
                (4, 0, [1, 2, 0, 0, 1, 0, 0, 0]),
                (1, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
            ]
        );
        let notes = batches[0]["footnotes"].as_list::<i32>().value(2);
        let ids = notes.as_struct().column_by_name("filing_id").unwrap();
        assert_eq!(ids.as_string::<i32>().value(0), "0000000000-00-000003");
    }

    #[test]
    fn what_was_taken_in_parts_stays_in_parts() {
        let mut builders = Builders::new();
        append(&mut builders, 0, &filing(1, 1, 0));
        let mut batches = builders.finish().unwrap();
        append(&mut builders, 1, &filing(2, 2, 0));
        batches.extend(builders.finish().unwrap());
        reject(&mut builders, 2);
        batches.extend(builders.finish().unwrap());
        let entries = by_entry(batches).unwrap();
        let rows: Vec<_> = entries.iter().flat_map(shape).map(|(entry, _, rows)| (entry, rows)).collect();
        assert_eq!(
            rows,
            [(0, [1, 1, 0, 0, 0, 0, 0, 0]), (1, [1, 2, 0, 0, 0, 0, 0, 0]), (2, [0, 0, 0, 0, 0, 0, 0, 1])]
        );
        assert!(by_entry(Vec::new()).unwrap().is_empty());
    }

    #[test]
    fn rows_without_a_filing_are_a_defect() {
        let mut builders = Builders::new();
        append(&mut builders, 0, &filing(1, 1, 0));
        let batches = builders.finish().unwrap().into_iter().filter(|b| b.table != Table::Filings);
        let error = by_entry(batches.collect()).unwrap_err().to_string();
        assert!(error.contains("rows of reporting_owners belong to no entry"), "{error}");
    }
}
