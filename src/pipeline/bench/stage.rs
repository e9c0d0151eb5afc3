use std::fmt;

/// The stages of a run, each with the work of all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Files are found.
    Walk,
    /// They are opened and read.
    Read,
    /// They are decompressed and archives are opened: the floor, below which nothing that reads them can go.
    Inflate,
    /// Entries are cut into submissions and what is neither.
    Envelope,
    /// Submissions are read to filings.
    Parse,
    /// Filings become the columns of the tables.
    Build,
    /// Rows are handed to the sink, which notes where they go, which copies there are, and spills what is above the budget.
    Route,
    /// Rows are sorted, merged, written as Parquet, and the files brought to the disk and given their names: the whole.
    Write,
}

impl Stage {
    /// All stages, in the order of the work.
    pub const ALL: [Self; 8] = [
        Self::Walk,
        Self::Read,
        Self::Inflate,
        Self::Envelope,
        Self::Parse,
        Self::Build,
        Self::Route,
        Self::Write,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Read => "read",
            Self::Inflate => "inflate",
            Self::Envelope => "envelope",
            Self::Parse => "parse",
            Self::Build => "build",
            Self::Route => "route",
            Self::Write => "write",
        }
    }

    /// What it counts: `files`, `bytes`, `entries`, `filings` or `rows`.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Walk => "files",
            Self::Read | Self::Inflate | Self::Write => "bytes",
            Self::Envelope => "entries",
            Self::Parse => "filings",
            Self::Build | Self::Route => "rows",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
