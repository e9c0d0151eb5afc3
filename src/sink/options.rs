use super::Layout;
use crate::error::{Error, ErrorKind};
use std::fmt;
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
    /// Whether the data set of an earlier run may be replaced. See [`super::Sink::create`].
    pub overwrite: bool,
}

impl Default for Options {
    /// By issuer, compression by the size of the file, 128 MiB, and nothing is overwritten.
    fn default() -> Self {
        Self {
            layout: Layout::default(),
            compression: Compression::default(),
            memory: 128 << 20,
            overwrite: false,
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
