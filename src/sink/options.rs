use super::{Disk, Layout};
use crate::error::{Error, ErrorKind};
use crate::store::Address;
use ring::digest::{SHA256, digest};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// How a [`super::Sink`] writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How the tables are split into folders.
    pub layout: Layout,
    /// How the columns are compressed.
    pub compression: Compression,
    /// Bytes that rows may take in memory, while they gather, while they are spilled to disk and while they are merged.
    /// Below 16 MiB, and with very many threads, merging takes a little more than that: some MiB a thread.
    pub memory: usize,
    /// What to do with the data set of an earlier run. See [`super::Sink::create`].
    pub mode: Mode,
    /// Whether to go on with a run that did not end, if there is one.
    pub resume: bool,
    /// Bytes of rows after which a seal is due ([`super::Sink::is_seal_due`]): what a run that is resumed has to read again at
    /// most.
    pub seal_bytes: usize,
    /// What else the data set depends on, by name. A run is resumed only with what it began with.
    pub terms: BTreeMap<String, String>,
    /// The disk to write to.
    pub disk: Disk,
    /// The folder below which a data set that goes to an object store is made before it is sent; `None` is the system's folder
    /// for temporary files. See [`Options::folder`].
    pub work: Option<PathBuf>,
}

impl Options {
    /// The folder in which a run into `output` works: the output itself, or of an URL a folder of its own, which is the same
    /// each time and which a run that ends well removes.
    ///
    /// It takes as much room as the data set and what is spilled; with [`Mode::Append`] as what is added, and the files of
    /// `filings` and `rejects` that are there.
    pub fn folder(&self, output: &Path) -> PathBuf {
        let Some(address) = Address::of(output) else { return output.to_owned() };
        let url = address.map_or_else(|_| output.display().to_string(), |address| address.to_string());
        let digest = digest(&SHA256, url.as_bytes());
        let name = digest
            .as_ref()
            .iter()
            .take(8)
            .fold("section16-".to_owned(), |name, byte| format!("{name}{byte:02x}"));
        self.work.clone().unwrap_or_else(std::env::temp_dir).join(name)
    }
}

/// What to do with the data set of an earlier run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Leave it alone: the folder is refused.
    #[default]
    New,
    /// Replace it.
    Overwrite,
    /// Add the filings that it does not hold. Where there is none it is made.
    Append,
}

impl Default for Options {
    /// By issuer, compression by the size of the file, 128 MiB, a seal every 512 MiB, and nothing is overwritten.
    fn default() -> Self {
        Self {
            layout: Layout::default(),
            compression: Compression::default(),
            memory: 128 << 20,
            mode: Mode::New,
            resume: false,
            seal_bytes: 512 << 20,
            terms: BTreeMap::new(),
            disk: Disk::default(),
            work: None,
        }
    }
}

/// How the columns of a Parquet file are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Snappy in small files, Zstandard at level 1 in all others: setting Zstandard up for every column of a small file
    /// takes longer than all else, and has nothing to gain.
    #[default]
    BySize,
    /// `zstd[:LEVEL]`: Zstandard, level 1 (the fastest, and the default) to 22.
    Zstd(u8),
    /// `snappy`
    Snappy,
    /// `lz4`: what Parquet calls LZ4_RAW.
    Lz4,
    /// `none`
    None,
}

impl FromStr for Compression {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let level = text.strip_prefix("zstd:").and_then(|level| level.parse().ok());
        match (text, level) {
            ("auto", _) => Ok(Self::BySize),
            ("zstd", _) => Ok(Self::Zstd(1)),
            ("snappy", _) => Ok(Self::Snappy),
            ("lz4", _) => Ok(Self::Lz4),
            ("none", _) => Ok(Self::None),
            (_, Some(level @ 1..=22)) => Ok(Self::Zstd(level)),
            _ => Err(ErrorKind::Option {
                name: "--compression",
                message: format!(
                    "{text:?} is none of auto, zstd, zstd:LEVEL (LEVEL from 1 to 22), snappy, lz4, none"
                ),
            }
            .into()),
        }
    }
}

/// As [`Compression::from_str`] reads it.
impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BySize => f.write_str("auto"),
            Self::Zstd(level) => write!(f, "zstd:{level}"),
            Self::Snappy => f.write_str("snappy"),
            Self::Lz4 => f.write_str("lz4"),
            Self::None => f.write_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_url_has_a_folder_of_its_own() {
        let options = Options { work: Some("work".into()), ..Options::default() };
        let folder = |output: &str| options.folder(Path::new(output));
        assert_eq!(folder("a/b"), Path::new("a/b"));
        let of_url = folder("s3://bucket/a");
        assert_eq!(of_url.parent(), Some(Path::new("work")));
        assert_ne!(of_url, folder("s3://bucket/b"));
        assert!(Options::default().folder(Path::new("s3://bucket/a")).starts_with(std::env::temp_dir()));
    }

    #[test]
    fn compression_is_read_as_it_is_printed() {
        use Compression::*;
        for compression in [BySize, Zstd(1), Zstd(22), Snappy, Lz4, None] {
            assert_eq!(compression.to_string().parse::<Compression>().unwrap(), compression);
        }
        assert_eq!("zstd".parse::<Compression>().unwrap(), Zstd(1));
        for wrong in ["", "gzip", "zstd:", "zstd:0", "zstd:23", "zstd:-1", "ZSTD"] {
            assert!(wrong.parse::<Compression>().is_err(), "{wrong}");
        }
    }
}
