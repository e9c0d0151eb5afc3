use super::cells::Columns;
use super::keys::Keys;
use super::span::{Span, TableBatch};
use super::{diagnostics, filings, footnotes, holdings, rejects, reporting_owners, signatures, transactions};
use crate::error::Result;
use crate::model::{Filing, Origin, Table};
use crate::reject::{Reason, Reject};

/// The columns of all tables while they grow. One worker, one set.
pub struct Builders {
    tables: [TableBuilder; Table::ALL.len()],
    keys: Keys,
    scratch: String,
    /// What was taken early because it had grown large.
    taken: Vec<Result<TableBatch>>,
}

struct TableBuilder {
    table: Table,
    columns: Columns,
    spans: Vec<Span>,
}

/// Text that the rows of one filing may repeat in all. Real filings repeat some hundred bytes in some hundred rows.
const MAX_REPEATED: usize = 64 << 20;
/// An Arrow column of text holds less than 2 GiB. What a filing may add, and the size from which on no more is added,
/// stay below together, even where bytes of Windows-1252 became three of UTF-8.
const MAX_ENTRY: u64 = 512 << 20;
const MAX_SIZE: usize = 256 << 20;

impl Default for Builders {
    fn default() -> Self {
        Self::new()
    }
}

impl Builders {
    /// A set without rows.
    pub fn new() -> Self {
        Self {
            tables: Table::ALL.map(TableBuilder::new),
            keys: Keys::default(),
            scratch: String::new(),
            taken: Vec::new(),
        }
    }

    /// Appends a filing: its row in `filings`, its owners, rows, footnotes, signatures and diagnostics.
    ///
    /// `copy` must be unique among all copies of all filings that go into one sink; counting from 0 keeps the sink's
    /// memory small. Gives a reject, and appends nothing, where the rows would repeat more text than can be held
    /// (64 MiB): a few bytes of XML can ask for that.
    pub fn append(
        &mut self,
        filing: &Filing<'_>,
        origin: &Origin<'_>,
        copy: u64,
    ) -> std::result::Result<(), Reject> {
        check_size(filing, origin)?;
        self.make_room();
        self.keys.set(filing);
        let (keys, scratch) = (&self.keys, &mut self.scratch);
        let span = Span {
            rows: 0,
            bytes: 0,
            copy,
            id: Some(filing.id),
            issuer_cik: filing.issuer_cik,
            filing_date: filing.filing_date,
            rank: filing.source_format.rank(),
            entry: origin.entry,
        };
        for builder in &mut self.tables {
            let table = builder.table;
            builder.append(span, |columns| match table {
                Table::Filings => filings::append(columns, filing, origin, keys),
                Table::ReportingOwners => reporting_owners::append(columns, filing, keys, scratch),
                Table::Transactions => transactions::append(columns, filing, keys),
                Table::Holdings => holdings::append(columns, filing, keys),
                Table::Footnotes => footnotes::append(columns, filing, keys),
                Table::Signatures => signatures::append(columns, filing, keys),
                Table::Diagnostics => diagnostics::append(columns, filing, origin, keys),
                Table::Rejects => {}
            });
        }
        Ok(())
    }

    /// Appends a row to `rejects`. `source_offset` and `source_bytes` say where the entry lies; the message says where in it the
    /// trouble begins.
    pub fn append_reject(&mut self, reject: &Reject, origin: &Origin<'_>) {
        self.make_room();
        let span = Span {
            rows: 0,
            bytes: 0,
            copy: 0,
            id: None,
            issuer_cik: None,
            filing_date: None,
            rank: 0,
            entry: origin.entry,
        };
        let (builder, scratch) = (&mut self.tables[Table::Rejects as usize], &mut self.scratch);
        builder.append(span, |columns| rejects::append(columns, reject, origin, scratch));
    }

    /// Bytes of the values that have gathered, roughly what their batches will take. It costs next to nothing to ask.
    pub fn size(&self) -> usize {
        self.tables.iter().map(|t| t.columns.size()).sum()
    }

    /// Takes what has gathered: in general one batch a table that has rows, in the order of [`Table::ALL`].
    ///
    /// An error is a defect of section16.
    pub fn finish(&mut self) -> Result<Vec<TableBatch>> {
        self.take();
        self.taken.drain(..).collect()
    }

    fn make_room(&mut self) {
        if self.size() >= MAX_SIZE {
            self.take();
        }
    }

    fn take(&mut self) {
        let full = self.tables.iter_mut().filter(|t| t.columns.rows() > 0);
        self.taken.extend(full.map(TableBuilder::finish));
    }
}

impl TableBuilder {
    fn new(table: Table) -> Self {
        Self { table, columns: Columns::new(table), spans: Vec::new() }
    }

    /// Appends rows and the spans that say whose they are.
    fn append(&mut self, span: Span, rows: impl FnOnce(&mut Columns)) {
        self.columns.begin();
        rows(&mut self.columns);
        let parts = self.columns.parts().filter(|(rows, _)| *rows > 0);
        self.spans.extend(parts.map(|(rows, bytes)| Span {
            rows: saturated(rows),
            bytes: saturated(bytes),
            ..span
        }));
    }

    fn finish(&mut self) -> Result<TableBatch> {
        let spans = std::mem::take(&mut self.spans);
        Ok(TableBatch { table: self.table, batch: self.columns.finish()?, spans })
    }
}

fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn check_size(filing: &Filing<'_>, origin: &Origin<'_>) -> std::result::Result<(), Reject> {
    let places = origin.path.len() + origin.member.map_or(0, str::len);
    let children = filing.owners.len() + filing.footnotes.len() + filing.signatures.len();
    let repeated = (filing.rows.len() + children)
        .saturating_mul(transactions::repeated_text(filing))
        .saturating_add(filing.diagnostics.len().saturating_mul(places));
    if repeated <= MAX_REPEATED && origin.bytes <= MAX_ENTRY {
        return Ok(());
    }
    let mut reject = Reject::new(
        Reason::EntryTooLarge,
        "the rows of the filing repeat more text than 64 MiB, or it is larger than 512 MiB",
    );
    reject.accession_number = filing.accession_number;
    reject.submission_type = filing.submission_type.as_deref().map(str::to_owned);
    Err(reject)
}
