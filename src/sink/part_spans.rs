use super::part_reader::damaged;
use crate::batch::{Span, row_width};
use crate::error::Result;
use crate::model::{Cik, Date, FilingId, Table};
use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::datatypes::{DataType, Date32Type};
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::path::Path;

/// Finds the spans of rows that are read back from files, as they were when the rows were built.
pub(super) struct PartSpans<'d> {
    pub(super) table: Table,
    /// The days of filing, which `diagnostics` do not repeat.
    pub(super) dates: &'d FxHashMap<FilingId, Option<Date>>,
    /// A number for the next span: spans that have the same key otherwise stay in order.
    pub(super) next: u64,
}

impl PartSpans<'_> {
    /// The spans of a batch in which every filing is whole.
    pub(super) fn of(&mut self, batch: &RecordBatch, path: &Path) -> Result<Vec<Span>> {
        if self.table == Table::Rejects {
            let rows = (0..batch.num_rows()).map(|row| self.span(batch, row..row + 1, None));
            return Ok(rows.collect());
        }
        let ids = text(batch, "filing_id", path)?;
        let mut spans = Vec::new();
        let mut start = 0;
        while start < batch.num_rows() {
            let end = end_of_filing(ids, start);
            let id = FilingId::parse(ids.value(start));
            let id = id.ok_or_else(|| damaged(path, format!("{:?} is no filing_id", ids.value(start))))?;
            let mut span = self.span(batch, start..end, Some(id));
            let issuers = text(batch, "issuer_cik", path)?;
            span.issuer_cik = issuers.is_valid(start).then(|| Cik::parse(issuers.value(start))).flatten();
            span.filing_date = self.date(batch, start, id);
            spans.push(span);
            start = end;
        }
        Ok(spans)
    }

    fn span(&mut self, batch: &RecordBatch, rows: Range<usize>, id: Option<FilingId>) -> Span {
        let text: usize = batch.columns().iter().map(|column| text_bytes(column, rows.clone())).sum();
        let bytes = rows.len() * row_width(self.table) + text;
        let number = self.next;
        self.next += 1;
        let saturated = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Span {
            rows: saturated(rows.len()),
            bytes: saturated(bytes),
            copy: 0,
            id,
            issuer_cik: None,
            filing_date: None,
            rank: 0,
            entry: number,
        }
    }

    fn date(&self, batch: &RecordBatch, row: usize, id: FilingId) -> Option<Date> {
        let Some(dates) = batch.column_by_name("filing_date") else {
            return self.dates.get(&id).copied().flatten();
        };
        let dates = dates.as_primitive::<Date32Type>();
        dates.is_valid(row).then(|| Date::from_days(dates.value(row)))
    }
}

/// Where the last filing of a batch begins: its rows may go on in the next one.
pub(super) fn start_of_last(table: Table, batch: &RecordBatch, path: &Path) -> Result<usize> {
    if table == Table::Rejects {
        return Ok(batch.num_rows());
    }
    let ids = text(batch, "filing_id", path)?;
    let mut start = batch.num_rows();
    while start > 0 && ids.value(start - 1) == ids.value(batch.num_rows() - 1) {
        start -= 1;
    }
    Ok(start)
}

fn end_of_filing(ids: &StringArray, start: usize) -> usize {
    let same = (start..ids.len()).take_while(|row| ids.value(*row) == ids.value(start));
    start + same.count()
}

fn text<'b>(batch: &'b RecordBatch, name: &str, path: &Path) -> Result<&'b StringArray> {
    let column = batch.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
    column.ok_or_else(|| damaged(path, format!("it has no {name}")))
}

/// Bytes of the text that some rows of a column hold, and for footnote marks of their offsets.
fn text_bytes(column: &ArrayRef, rows: Range<usize>) -> usize {
    match column.data_type() {
        DataType::Utf8 => {
            let offsets = column.as_string::<i32>().value_offsets();
            (offsets[rows.end] - offsets[rows.start]) as usize
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>();
            let offsets = list.value_offsets();
            let marks = offsets[rows.start] as usize..offsets[rows.end] as usize;
            let marks_bytes = 2 * size_of::<i32>() * marks.len();
            let children = list.values().as_struct().columns().iter();
            marks_bytes + children.map(|child| text_bytes(child, marks.clone())).sum::<usize>()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Builders;
    use crate::model::{
        Accession, Code, Diagnostic, Filing, FootnoteRef, Origin, Row, RowKind, SourceFormat,
    };
    use crate::{Reason, Reject};

    fn filing(number: u64) -> Filing<'static> {
        let mut filing =
            Filing::new(FilingId::Accession(Accession::from_u64(number).unwrap()), SourceFormat::Xml);
        filing.filing_date = Date::from_ymd(2024, 1, 1 + number as u8);
        filing.issuer_cik = Cik::parse("42");
        for row in 0..number {
            let marks = (0..row).map(|n| FootnoteRef {
                field: (n > 0).then_some("security_title"),
                footnote_id: format!("F{n}").into(),
            });
            filing.rows.push(Row { footnote_refs: marks.collect(), ..Row::new(RowKind::Transaction, false) });
        }
        filing.diagnostics.push(Diagnostic::new(Code::HardWrapRejoined, "a line was rejoined"));
        filing
    }

    #[test]
    fn are_those_of_the_builders() {
        let origin = Origin { path: "a", member: Some("b"), entry: 0, offset: 0, bytes: 9 };
        let mut builders = Builders::new();
        let mut dates = FxHashMap::default();
        for number in [3, 1, 4] {
            let filing = filing(number);
            dates.insert(filing.id, filing.filing_date);
            builders.append(&filing, &origin, 0).unwrap();
        }
        builders.append_reject(&Reject::new(Reason::NoDocument, "one"), &origin);
        builders.append_reject(&Reject::new(Reason::NoDocument, "another"), &origin);
        for built in builders.finish().unwrap() {
            let mut spans = PartSpans { table: built.table, dates: &dates, next: 0 };
            let found = spans.of(&built.batch, Path::new("part-0.parquet")).unwrap();
            let expected: Vec<Span> =
                built.spans.iter().zip(0..).map(|(span, entry)| Span { entry, ..*span }).collect();
            assert_eq!(found, expected, "{:?}", built.table);
            let last = start_of_last(built.table, &built.batch, Path::new("")).unwrap();
            let rows = if built.table == Table::Rejects { 0 } else { expected.last().unwrap().rows };
            assert_eq!(built.batch.num_rows() - last, rows as usize);
        }
    }
}
