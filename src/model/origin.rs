/// Where the bytes of a submission lie in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The file as it was given or found, `/` between components.
    pub path: &'a str,
    /// The member of the archive or archives in it, outermost first, `!` between them; `None` for a file that is no archive.
    pub member: Option<&'a str>,
    /// The number of the member among all members of the file, counted from 0 in the order in which they stand.
    pub entry: u64,
    /// Bytes before the submission in the decompressed member (or file).
    pub offset: u64,
    /// Bytes of the submission, decompressed.
    pub bytes: u64,
}

/// An [`Origin`] that owns its strings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OriginBuf {
    /// See [`Origin::path`].
    pub path: String,
    /// See [`Origin::entry`].
    pub entry: u64,
    /// See [`Origin::member`].
    pub member: Option<String>,
    /// See [`Origin::offset`].
    pub offset: u64,
    /// See [`Origin::bytes`].
    pub bytes: u64,
}

impl Origin<'_> {
    /// The same, owning its strings.
    pub fn to_buf(&self) -> OriginBuf {
        OriginBuf {
            path: self.path.to_owned(),
            entry: self.entry,
            member: self.member.map(str::to_owned),
            offset: self.offset,
            bytes: self.bytes,
        }
    }

    /// The path and member as one string, as messages print it: `2025/20250108.nc.tar.gz!0001234567-25-000012.nc`.
    pub fn display(&self) -> String {
        match self.member {
            Some(member) => format!("{}!{member}", self.path),
            None => self.path.to_owned(),
        }
    }
}

impl OriginBuf {
    /// The same, borrowed.
    pub fn as_origin(&self) -> Origin<'_> {
        Origin {
            path: &self.path,
            member: self.member.as_deref(),
            entry: self.entry,
            offset: self.offset,
            bytes: self.bytes,
        }
    }
}
