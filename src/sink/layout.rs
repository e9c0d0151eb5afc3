use crate::batch::Span;
use crate::error::{Error, ErrorKind};
use crate::model::{Cik, Date, Table};
use std::fmt;
use std::str::FromStr;

/// How a table is split into folders. `diagnostics` and `rejects` never are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// `issuer`: a folder an issuer, `issuer=0001065298`; `issuer=unknown` where the filing names none.
    #[default]
    Issuer,
    /// `issuer-bucket=N`, N from 1 to 10,000: a folder a bucket, `issuer_bucket=0007`.
    ///
    /// The bucket is the remainder of the issuer's CIK by N: EDGAR hands CIKs out one after another, so remainders
    /// spread evenly, and any query can work its bucket out. Filings that name no issuer lie in bucket 0.
    IssuerBucket(u16),
    /// `year`: a folder a year of filing, `year=2024`; `year=unknown` where the day of filing is not known.
    Year,
    /// `none`: no folders below the table's.
    None,
}

/// One folder of a [`Layout`]; the order is that of the folders' names, the unknown last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition(u64);

impl Layout {
    const MAX_BUCKETS: u16 = 10_000;

    /// The partition that the rows belong to.
    pub fn partition(self, span: &Span) -> Partition {
        match self {
            Self::Issuer => Partition::of(span.issuer_cik.map(Cik::as_u64)),
            Self::IssuerBucket(buckets) => {
                let cik = span.issuer_cik.map_or(0, Cik::as_u64);
                Partition(cik % u64::from(buckets.max(1)))
            }
            Self::Year => Partition::of(span.filing_date.map(|date: Date| u64::from(date.ymd().0))),
            Self::None => Partition(0),
        }
    }

    /// The partition of rows that tell nothing to split them by. A table without any row gets an empty file there.
    pub fn unknown(self) -> Partition {
        match self {
            Self::Issuer | Self::Year => Partition::of(None),
            Self::IssuerBucket(_) | Self::None => Partition(0),
        }
    }

    /// The name of the partition's folder; `None` where the layout has no folders.
    pub fn folder(self, partition: Partition) -> Option<String> {
        let known = (partition != Partition::of(None)).then_some(partition.0);
        match (self, known) {
            (Self::Issuer, Some(cik)) => Some(format!("issuer={cik:010}")),
            (Self::Issuer, None) => Some("issuer=unknown".to_owned()),
            (Self::IssuerBucket(_), bucket) => Some(format!("issuer_bucket={:04}", bucket.unwrap_or(0))),
            (Self::Year, Some(year)) => Some(format!("year={year:04}")),
            (Self::Year, None) => Some("year=unknown".to_owned()),
            (Self::None, _) => None,
        }
    }

    /// The layout of one table: `diagnostics` and `rejects` have no folders.
    pub(super) fn of_table(self, table: Table) -> Self {
        if table.is_partitioned() { self } else { Self::None }
    }

    /// The partition whose folder has this name, as [`Layout::folder`] gives it.
    pub(super) fn parse_folder(self, name: Option<&str>) -> Option<Partition> {
        let Some(name) = name else {
            return (self == Self::None).then_some(Partition(0));
        };
        let (_, value) = name.split_once('=')?;
        let partition = if value == "unknown" { Partition::of(None) } else { Partition(value.parse().ok()?) };
        (self.folder(partition).as_deref() == Some(name)).then_some(partition)
    }

    /// Whether a folder of this name may be one of any layout's.
    pub(super) fn is_folder(name: &str) -> bool {
        let value = |key: &str, digits: usize| {
            name.strip_prefix(key)
                .is_some_and(|v| v == "unknown" || v.len() == digits && v.bytes().all(|b| b.is_ascii_digit()))
        };
        value("issuer=", 10) || value("issuer_bucket=", 4) || value("year=", 4)
    }
}

impl Partition {
    fn of(key: Option<u64>) -> Self {
        Self(key.unwrap_or(u64::MAX))
    }

    pub(super) fn as_u64(self) -> u64 {
        self.0
    }

    /// What [`Partition::as_u64`] gave.
    pub(super) fn from_u64(number: u64) -> Self {
        Self(number)
    }

    /// Spreads partitions evenly over `shards`.
    pub(super) fn shard(self, shards: usize) -> usize {
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        (mixed % shards.max(1) as u64) as usize
    }
}

impl FromStr for Layout {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "issuer" => return Ok(Self::Issuer),
            "year" => return Ok(Self::Year),
            "none" => return Ok(Self::None),
            _ => {}
        }
        let buckets = text.strip_prefix("issuer-bucket=").and_then(|n| n.parse().ok());
        match buckets {
            Some(n) if (1..=Self::MAX_BUCKETS).contains(&n) => Ok(Self::IssuerBucket(n)),
            _ => Err(ErrorKind::Option {
                name: "--partition",
                message: format!(
                    "{text:?} is none of issuer, issuer-bucket=N (N from 1 to 10000), year, none"
                ),
            }
            .into()),
        }
    }
}

/// As [`Layout::from_str`] reads it.
impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issuer => f.write_str("issuer"),
            Self::IssuerBucket(n) => write!(f, "issuer-bucket={n}"),
            Self::Year => f.write_str("year"),
            Self::None => f.write_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(cik: Option<&str>, year: Option<u16>) -> Span {
        Span {
            rows: 1,
            bytes: 1,
            copy: 0,
            id: None,
            issuer_cik: cik.and_then(Cik::parse),
            filing_date: year.and_then(|y| Date::from_ymd(y, 12, 31)),
            rank: 0,
            entry: 0,
        }
    }

    #[test]
    fn folders() {
        let folder = |layout: Layout, cik, year| layout.folder(layout.partition(&span(cik, year)));
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(folder(Layout::Issuer, Some("1065298"), None), named("issuer=0001065298"));
        assert_eq!(folder(Layout::Issuer, None, None), named("issuer=unknown"));
        let buckets = Layout::IssuerBucket(64);
        assert_eq!(folder(buckets, Some("1065298"), None), named("issuer_bucket=0018"));
        assert_eq!(folder(buckets, None, None), named("issuer_bucket=0000"));
        assert_eq!(folder(Layout::Year, None, Some(2024)), named("year=2024"));
        assert_eq!(folder(Layout::Year, None, Some(15)), named("year=0015"));
        assert_eq!(folder(Layout::Year, Some("1"), None), named("year=unknown"));
        assert_eq!(folder(Layout::None, Some("1"), Some(2024)), None);
    }

    #[test]
    fn every_folder_is_known_again() {
        for layout in [Layout::Issuer, Layout::IssuerBucket(10_000), Layout::Year] {
            for cik in [None, Some("0"), Some("9999999999")] {
                for year in [None, Some(0), Some(9999)] {
                    let folder = layout.folder(layout.partition(&span(cik, year))).unwrap();
                    assert!(Layout::is_folder(&folder), "{folder}");
                    let partition = layout.partition(&span(cik, year));
                    assert_eq!(layout.parse_folder(Some(&folder)), Some(partition), "{folder}");
                    assert_eq!(Layout::None.parse_folder(Some(&folder)), None);
                }
            }
            assert!(Layout::is_folder(&layout.folder(layout.unknown()).unwrap()));
        }
        for foreign in ["issuer=", "issuer=1", "issuer=0001065298x", "year=20240", "other=unknown", ""] {
            assert!(!Layout::is_folder(foreign), "{foreign}");
        }
    }

    #[test]
    fn text_is_read_as_it_is_printed() {
        for layout in [
            Layout::Issuer,
            Layout::IssuerBucket(1),
            Layout::IssuerBucket(10_000),
            Layout::Year,
            Layout::None,
        ] {
            assert_eq!(layout.to_string().parse::<Layout>().unwrap(), layout);
        }
        for wrong in ["", "issuers", "issuer-bucket", "issuer-bucket=0", "issuer-bucket=10001", "Year"] {
            assert!(wrong.parse::<Layout>().is_err(), "{wrong}");
        }
    }
}
