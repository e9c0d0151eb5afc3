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

impl FilingId {
    /// Reads a filing's key as it is printed.
    ///
    /// ```
    /// use section16::model::FilingId;
    /// for text in ["0001234567-25-000012", "sha256:00ff00ff00ff00ff"] {
    ///     assert_eq!(FilingId::parse(text).unwrap().to_string(), text);
    /// }
    /// assert_eq!(FilingId::parse("sha256:00FF"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let id = match text.strip_prefix("sha256:") {
            Some(hex) => Self::Digest(u64::from_str_radix(hex, 16).ok()?),
            None => Self::Accession(Accession::parse(text)?),
        };
        (id.to_string() == text).then_some(id)
    }
}

impl fmt::Display for FilingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accession(accession) => accession.fmt(f),
            Self::Digest(digest) => write!(f, "sha256:{digest:016x}"),
        }
    }
}
