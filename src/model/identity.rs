use super::Accession;
use std::fmt;

/// The key of a filing that joins all tables: column `filing_id`.
///
/// The accession number, or for a document without one the first 16 hex digits of the SHA-256 digest of its bytes; equal
/// bytes are then one filing. Accession numbers order before digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilingId {
    /// Printed as the accession number.
    Accession(Accession),
    /// The first eight bytes of the digest, big-endian. Printed as `sha256:` and 16 hex digits.
    Digest(u64),
}

impl fmt::Display for FilingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accession(accession) => accession.fmt(f),
            Self::Digest(digest) => write!(f, "sha256:{digest:016x}"),
        }
    }
}
