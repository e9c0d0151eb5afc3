/// What one entry may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest submission that is kept whole, in bytes, and as text. A larger one is passed over: it is a
    /// [`TooLarge`](super::envelope::PieceKind::TooLarge) piece and [`EntryTooLarge`](crate::Reason::EntryTooLarge). By
    /// default 64 MiB, many times the largest ownership filing that EDGAR accepts.
    pub max_entry: usize,
    /// The largest document that is read as a printed form, as text in bytes; larger ones are
    /// [`PrintedTooLarge`](crate::Reason::PrintedTooLarge). By default 2 MiB. Those of EDGAR have some ten thousand bytes.
    pub max_printed: usize,
    /// Owners, rows, footnotes, signatures and footnote marks that a filing may have together; more are
    /// [`TooManyRecords`](crate::Reason::TooManyRecords). By default 250,000. EDGAR takes 10 owners, 60 rows, 99 footnotes
    /// and 10 signatures.
    pub max_records: usize,
    /// The longest text that a filing may hold as one value, tag or attribute, in bytes; longer ones are
    /// [`ValueTooLarge`](crate::Reason::ValueTooLarge). By default 1 MiB. EDGAR takes 2,000 characters.
    pub max_value: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_entry: 64 << 20, max_printed: 2 << 20, max_records: 250_000, max_value: 1 << 20 }
    }
}
