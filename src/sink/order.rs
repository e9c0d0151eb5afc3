use super::{Layout, Partition};
use crate::batch::{Span, TableBatch};
use crate::model::{Cik, Date, FilingId, Table};
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use std::cmp::Ordering;

/// Rows of one table with the spans that say how to sort them. In memory it holds what arrived, in its own order; read
/// from disk it is a part of a sorted run.
pub(super) struct Block {
    pub(super) table: Table,
    pub(super) batch: RecordBatch,
    pub(super) spans: Vec<KeyedSpan>,
}

/// Consecutive rows of a block that stay together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyedSpan {
    pub(super) key: Key,
    /// The first row in the block.
    pub(super) start: u32,
    pub(super) rows: u32,
    pub(super) bytes: u32,
}

/// What spans are sorted by, field after field. What is not known comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) partition: Partition,
    pub(super) issuer: u64,
    pub(super) filing_date: i32,
    /// Accession numbers come before digests, as the printed texts do.
    pub(super) id: (IdKind, u64),
    pub(super) entry: u64,
    pub(super) copy: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IdKind {
    Accession,
    Digest,
    None,
}

impl Block {
    pub(super) fn new(batch: TableBatch, layout: Layout) -> Self {
        let layout = if batch.table.is_partitioned() { layout } else { Layout::None };
        let mut start = 0;
        let keyed = batch.spans.iter().map(|span| {
            let keyed = KeyedSpan { key: Key::new(span, layout), start, rows: span.rows, bytes: span.bytes };
            start += span.rows;
            keyed
        });
        let spans = keyed.collect();
        Self { table: batch.table, batch: batch.batch, spans }
    }

    /// Bytes in memory.
    pub(super) fn memory(&self) -> usize {
        self.batch.get_array_memory_size() + self.spans.capacity() * size_of::<KeyedSpan>()
    }

    /// Compares two spans of one table. Rejects belong to no filing: they are sorted by the place of their entry.
    pub(super) fn compare(&self, span: usize, other: &Block, other_span: usize) -> Ordering {
        let (a, b) = (&self.spans[span], &other.spans[other_span]);
        match self.table {
            Table::Rejects => self.compare_rejects(a, other, b),
            _ => a.key.cmp(&b.key),
        }
    }

    /// By path, entry, offset, code and message.
    fn compare_rejects(&self, a: &KeyedSpan, other: &Block, b: &KeyedSpan) -> Ordering {
        let text = |column| self.text(a, column).cmp(other.text(b, column));
        let offset = |block: &Block, span: &KeyedSpan| {
            block.batch.column(2).as_primitive::<Int64Type>().value(span.start as usize)
        };
        text(0)
            .then_with(|| a.key.entry.cmp(&b.key.entry))
            .then_with(|| offset(self, a).cmp(&offset(other, b)))
            .then_with(|| text(6))
            .then_with(|| text(7))
    }

    /// The text that a column has in the first row of a span.
    fn text(&self, span: &KeyedSpan, column: usize) -> &str {
        self.batch.column(column).as_string::<i32>().value(span.start as usize)
    }
}

impl Key {
    fn new(span: &Span, layout: Layout) -> Self {
        Self {
            partition: layout.partition(span),
            issuer: span.issuer_cik.map_or(u64::MAX, Cik::as_u64),
            filing_date: span.filing_date.map_or(i32::MAX, Date::days),
            id: match span.id {
                Some(FilingId::Accession(accession)) => (IdKind::Accession, accession.as_u64()),
                Some(FilingId::Digest(digest)) => (IdKind::Digest, digest),
                None => (IdKind::None, 0),
            },
            entry: span.entry,
            copy: span.copy,
        }
    }
}

impl KeyedSpan {
    /// Bytes of a span on disk.
    pub(super) const ENCODED: usize = 8 + 8 + 4 + 1 + 8 + 8 + 8 + 4 + 4;

    /// Appends the span as it stands on disk. Where it starts is told by the spans before it.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        let key = &self.key;
        out.extend(key.partition.as_u64().to_le_bytes());
        out.extend(key.issuer.to_le_bytes());
        out.extend(key.filing_date.to_le_bytes());
        out.push(key.id.0 as u8);
        out.extend(key.id.1.to_le_bytes());
        out.extend(key.entry.to_le_bytes());
        out.extend(key.copy.to_le_bytes());
        out.extend(self.rows.to_le_bytes());
        out.extend(self.bytes.to_le_bytes());
    }

    /// Reads what [`KeyedSpan::encode`] wrote.
    pub(super) fn decode(encoded: &[u8; Self::ENCODED], start: u32) -> Self {
        let mut rest = encoded.as_slice();
        let key = Key {
            partition: Partition::from_u64(u64::from_le_bytes(take(&mut rest))),
            issuer: u64::from_le_bytes(take(&mut rest)),
            filing_date: i32::from_le_bytes(take(&mut rest)),
            id: (IdKind::from_u8(take::<1>(&mut rest)[0]), u64::from_le_bytes(take(&mut rest))),
            entry: u64::from_le_bytes(take(&mut rest)),
            copy: u64::from_le_bytes(take(&mut rest)),
        };
        let rows = u32::from_le_bytes(take(&mut rest));
        let bytes = u32::from_le_bytes(take(&mut rest));
        Self { key, start, rows, bytes }
    }
}

impl IdKind {
    fn from_u8(kind: u8) -> Self {
        [Self::Accession, Self::Digest].get(usize::from(kind)).copied().unwrap_or(Self::None)
    }
}

/// The next `N` bytes; zeros where they do not suffice.
fn take<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    match rest.split_first_chunk::<N>() {
        Some((taken, left)) => {
            *rest = left;
            *taken
        }
        None => [0; N],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn spans_are_read_as_they_were_written() {
        let key = Key {
            partition: Partition::from_u64(1),
            issuer: 2,
            filing_date: -3,
            id: (IdKind::Digest, 4),
            entry: 5,
            copy: u64::MAX,
        };
        for kind in [IdKind::Accession, IdKind::Digest, IdKind::None] {
            let span = KeyedSpan { key: Key { id: (kind, 4), ..key }, start: 7, rows: 8, bytes: 9 };
            let mut encoded = Vec::new();
            span.encode(&mut encoded);
            assert_eq!(KeyedSpan::decode(encoded.as_slice().try_into().unwrap(), 7), span);
        }
    }

    #[test]
    fn rejects_are_sorted_by_the_columns_meant() {
        let names: Vec<_> = schema::columns(Table::Rejects).iter().map(|c| c.name).collect();
        let used = [names[0], names[2], names[6], names[7]];
        assert_eq!(used, ["source_path", "source_offset", "code", "message"]);
    }

    #[test]
    fn the_unknown_comes_last() {
        let span = |cik: Option<&str>, date: Option<Date>, id| Span {
            rows: 1,
            bytes: 1,
            copy: 0,
            id,
            issuer_cik: cik.and_then(Cik::parse),
            filing_date: date,
            rank: 0,
            entry: 0,
        };
        let (early, late) = (Date::from_ymd(1994, 1, 1), Date::from_ymd(2024, 1, 1));
        let accession = |n| crate::model::Accession::from_u64(n).map(FilingId::Accession);
        let sorted = [
            span(Some("2"), early, accession(9)),
            span(Some("2"), late, accession(1)),
            span(Some("2"), late, Some(FilingId::Digest(0))),
            span(Some("2"), None, accession(0)),
            span(Some("9999999999"), early, accession(0)),
            span(None, early, accession(0)),
            span(None, None, None),
        ];
        for layout in [Layout::Issuer, Layout::None] {
            let keys: Vec<_> = sorted.iter().map(|span| Key::new(span, layout)).collect();
            assert!(keys.is_sorted(), "{layout}");
        }
    }
}
