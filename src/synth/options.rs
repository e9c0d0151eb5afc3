use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

/// In what the submissions are wrapped on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// `plain`: submission texts in folders by CIK, as `edgar/data/9000012/0009800003-25-000017.txt`; some days as one text.
    Plain,
    /// `gz`: the same, every file gzipped.
    Gz,
    /// `zip`: zip archives that hold the folders of `plain`.
    Zip,
    /// `tar.gz`: the same as gzipped tar archives.
    TarGz,
    /// `nc.tar.gz`: EDGAR's Feed, an archive a day, submissions in the tag dialect as `.nc` members, corrections.
    NcTarGz,
}

impl Container {
    /// All containers.
    pub const ALL: &[Self] = &[Self::Plain, Self::Gz, Self::Zip, Self::TarGz, Self::NcTarGz];

    /// The name by which it is asked for.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Gz => "gz",
            Self::Zip => "zip",
            Self::TarGz => "tar.gz",
            Self::NcTarGz => "nc.tar.gz",
        }
    }
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Container {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|container| container.as_str() == name).ok_or_else(|| {
            let message = format!("no container {name:?}: plain, gz, zip, tar.gz or nc.tar.gz");
            ErrorKind::Option { name: "container", message }.into()
        })
    }
}

/// What [`generate`](super::generate) makes. All shares lie from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Distinct filings that can be read. Duplicates, rejects, corrections and other forms come on top.
    pub filings: u64,
    /// Companies that the filings are about; a few of them have most of the filings.
    pub issuers: u32,
    /// Equal options and seeds give equal bytes, on every platform.
    pub seed: u64,
    /// How the submissions are wrapped.
    pub container: Container,
    /// The folder to fill; made where it does not exist. Files of the same names are replaced.
    pub output: PathBuf,
    /// Where the truth goes, as JSON lines; beside it `.rejects.jsonl` and `.counts.json` take the place of `.jsonl`.
    pub truth: Option<PathBuf>,
    /// The years of filing, within 2003 to 2026: from 2003-06-30, when XML became mandatory, to 2026-06-30.
    pub years: RangeInclusive<u16>,
    /// Filings an archive (zip, tar.gz, nc.tar.gz). Without a number: 750 a day in `nc.tar.gz`, fewer where that makes
    /// fewer than 24 days; 10,000 in the others. A number not below `filings` makes one archive.
    pub filings_per_archive: Option<u64>,
    /// Share of the bytes that other forms take: 8-K, 10-K with graphics, 13F, index files. A day of the Feed has 0.97.
    pub other_share: f64,
    /// Filings that stand a second time: in another folder, as a bare document, or in a later archive.
    pub duplicate_share: f64,
    /// Bare documents that name no accession number, neither inside nor in their path (not in `nc.tar.gz`).
    pub loose_share: f64,
    /// Filings from 1996 to the middle of 2003, printed as text or HTML (not in `nc.tar.gz`).
    pub printed_share: f64,
    /// Filings with one thing to repair or to doubt.
    pub oddity_share: f64,
    /// Rejects for every filing: headers without a document, cut documents, documents without issuer and owner.
    pub reject_share: f64,
    /// Corrections for every filing (`nc.tar.gz` only).
    pub correction_share: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            filings: 1000,
            issuers: 100,
            seed: 1,
            container: Container::Plain,
            output: PathBuf::from("synth"),
            truth: None,
            years: 2003..=2026,
            filings_per_archive: None,
            other_share: 0.05,
            duplicate_share: 0.05,
            loose_share: 0.005,
            printed_share: 0.01,
            oddity_share: 0.02,
            reject_share: 0.005,
            correction_share: 0.002,
        }
    }
}

impl Options {
    /// Refuses what cannot be made.
    pub(super) fn check(&self) -> Result<()> {
        let refuse = |name, message: &str| Err(ErrorKind::Option { name, message: message.into() }.into());
        if self.issuers == 0 || self.issuers > 400_000 {
            return refuse("issuers", "from 1 to 400,000");
        }
        if self.filings > 10_000_000 {
            return refuse("filings", "at most 10,000,000: the invented accession numbers end there");
        }
        if self.years.is_empty() || *self.years.start() < 2003 || *self.years.end() > 2026 {
            return refuse("years", "within 2003 to 2026");
        }
        if self.filings_per_archive == Some(0) {
            return refuse("filings-per-archive", "at least 1");
        }
        let shares = [
            ("other-share", self.other_share),
            ("duplicate-share", self.duplicate_share),
            ("loose-share", self.loose_share),
            ("printed-share", self.printed_share),
            ("oddity-share", self.oddity_share),
            ("reject-share", self.reject_share),
            ("correction-share", self.correction_share),
        ];
        for (name, share) in shares {
            if !(0.0..=1.0).contains(&share) || (name == "other-share" && share > 0.999) {
                return refuse(name, "from 0 to 1 (other-share: to 0.999)");
            }
        }
        Ok(())
    }

    /// Filings an archive, chosen where the caller did not.
    pub(super) fn archive_size(&self) -> u64 {
        let chosen = match self.container {
            Container::NcTarGz => (self.filings / 24).clamp(1, 750),
            _ => 10_000,
        };
        self.filings_per_archive.unwrap_or(chosen)
    }
}
