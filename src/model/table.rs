/// A table of the data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row a filing.
    Filings,
    /// One row a reporting owner.
    ReportingOwners,
    /// One row a transaction of Table I or Table II.
    Transactions,
    /// One row a holding of Table I or Table II.
    Holdings,
    /// One row a footnote.
    Footnotes,
    /// One row a signature.
    Signatures,
    /// One row for each thing that was repaired, doubted or left null.
    Diagnostics,
    /// One row for each entry that gave no filing although it should have.
    Rejects,
}

impl Table {
    /// All tables, the six of the filings first.
    pub const ALL: [Self; 8] = [
        Self::Filings,
        Self::ReportingOwners,
        Self::Transactions,
        Self::Holdings,
        Self::Footnotes,
        Self::Signatures,
        Self::Diagnostics,
        Self::Rejects,
    ];

    /// The name of the table and of its folder.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Filings => "filings",
            Self::ReportingOwners => "reporting_owners",
            Self::Transactions => "transactions",
            Self::Holdings => "holdings",
            Self::Footnotes => "footnotes",
            Self::Signatures => "signatures",
            Self::Diagnostics => "diagnostics",
            Self::Rejects => "rejects",
        }
    }

    /// The table of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == name)
    }

    /// Whether the table is split into partitions; diagnostics and rejects are one folder each.
    pub fn is_partitioned(self) -> bool {
        !matches!(self, Self::Diagnostics | Self::Rejects)
    }
}
