//! What a file or member is, by its first bytes.

use super::codec::Codec;
use super::container::tar;

/// What a file or member is, by its first bytes and never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// None of the others: an entry.
    Plain,
    /// One compressed stream, which may hold anything.
    Compressed(Codec),
    /// A tar archive.
    Tar,
    /// A zip archive.
    Zip,
    /// An archive or compression that section16 does not read, by its name.
    Foreign(&'static str),
}

/// Bytes that [`Kind::of`] looks at.
pub(super) const PROBE: usize = tar::BLOCK;

const MAGICS: &[(&[u8], Kind)] = &[
    (&[0x1f, 0x8b, 8], Kind::Compressed(Codec::Gzip)),
    (&[0xfd, b'7', b'z', b'X', b'Z', 0], Kind::Compressed(Codec::Xz)),
    (&[0x28, 0xb5, 0x2f, 0xfd], Kind::Compressed(Codec::Zstd)),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"PK\x07\x08PK\x03\x04", Kind::Zip),
    (b"7z\xbc\xaf\x27\x1c", Kind::Foreign("7z")),
    (b"Rar!\x1a\x07", Kind::Foreign("rar")),
    (&[0x04, 0x22, 0x4d, 0x18], Kind::Foreign("lz4")),
    (b"LZIP", Kind::Foreign("lzip")),
];

/// What follows the level of compression in a bzip2 stream: of the first block, or of none.
const BZIP2: [&[u8]; 2] = [&[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]];

impl Kind {
    /// Tells by the first [`PROBE`] bytes, or by all if there are fewer.
    pub(super) fn of(start: &[u8]) -> Self {
        if let Some(&(_, kind)) = MAGICS.iter().find(|(magic, _)| start.starts_with(magic)) {
            return kind;
        }
        match start {
            [b'B', b'Z', b'h', b'1'..=b'9', block @ ..] if BZIP2.iter().any(|b| block.starts_with(b)) => {
                Self::Compressed(Codec::Bzip2)
            }
            [0x1f, 0x9d, flags, ..] if flags & 0x60 == 0 && matches!(flags & 0x1f, 9..=16) => {
                Self::Compressed(Codec::Lzw)
            }
            // A skippable frame: pzstd begins files with one.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Compressed(Codec::Zstd),
            _ if tar::is_start(start) => Self::Tar,
            _ => Self::Plain,
        }
    }

    /// Whether this is an entry as it stands.
    pub fn is_plain(self) -> bool {
        self == Self::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_a_magic_is_plain() {
        for text in [&b"BZh9 is a name"[..], b"PK", b"PKZIP", b"", b"\x1f\x9d\xff", b"7z", &[0; 1024]] {
            assert_eq!(Kind::of(text), Kind::Plain, "{text:?}");
        }
        let mut text = vec![b'x'; 600];
        text[257..262].copy_from_slice(b"ustar");
        assert_eq!(Kind::of(&text), Kind::Plain);
    }

    #[test]
    fn foreign_archives_are_named() {
        assert_eq!(Kind::of(b"7z\xbc\xaf\x27\x1c\x00\x04"), Kind::Foreign("7z"));
        assert_eq!(Kind::of(b"Rar!\x1a\x07\x01\x00"), Kind::Foreign("rar"));
    }
}
