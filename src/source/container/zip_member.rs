//! A member of a zip archive, however it was found.

use crate::source::codec::{Codec, Decoder};
use crate::source::fault::Fault;
use crate::source::name::name_text;
use crate::source::walk::Walk;
use crate::source::window::Window;
use flate2::Crc;
use std::io::{self, Read};
use std::ops::ControlFlow;
use zip::CompressionMethod;

/// The size of the header before a member, without its name.
pub(super) const LOCAL_HEADER: usize = 30;

/// What the directory or a header says of a member.
pub(super) struct Member {
    pub name: Vec<u8>,
    pub method: Method,
    pub is_encrypted: bool,
    /// The checksum, where it is known beforehand.
    pub crc: Option<u32>,
}

impl Member {
    /// Goes to the member by name and does `show` there.
    pub fn visit(
        &self,
        walk: &mut Walk<'_>,
        show: impl FnOnce(&mut Walk<'_>, &Self) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        walk.member(&name_text(&self.name), |walk| show(walk, self))
    }

    /// Shows what `packed` holds, which is the member as it lies in the archive.
    pub fn show(&self, walk: &mut Walk<'_>, packed: &mut Window<'_>, depth: usize) -> ControlFlow<()> {
        let codec = match &self.method {
            _ if self.is_encrypted => {
                return walk.damage(Fault::unsupported("the member of the zip archive is encrypted"), 0);
            }
            Method::Other(name) => {
                let message = format!("the member of the zip archive is packed by an unknown method, {name}");
                return walk.damage(Fault::unsupported(message), 0);
            }
            Method::Stored => return walk.stream(&mut Checked::new(packed, self.crc), depth),
            Method::Packed(codec) => *codec,
        };
        let mut decoder = Decoder::new(codec, packed, walk.limits, walk.budget, &mut walk.pool.spares);
        let flow = walk.stream(&mut Checked::new(&mut decoder, self.crc), depth);
        decoder.keep(&mut walk.pool.spares);
        flow
    }
}

/// How a member is packed.
pub(super) enum Method {
    Stored,
    Packed(Codec),
    /// Not known here; by number or name.
    Other(String),
}

impl From<CompressionMethod> for Method {
    fn from(method: CompressionMethod) -> Self {
        match method {
            CompressionMethod::STORE => Self::Stored,
            CompressionMethod::DEFLATE => Self::Packed(Codec::Deflate),
            CompressionMethod::BZIP2 => Self::Packed(Codec::Bzip2),
            CompressionMethod::ZSTD => Self::Packed(Codec::Zstd),
            CompressionMethod::XZ => Self::Packed(Codec::Xz),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<u16> for Method {
    fn from(number: u16) -> Self {
        match number {
            0 => CompressionMethod::STORE.into(),
            8 => CompressionMethod::DEFLATE.into(),
            12 => CompressionMethod::BZIP2.into(),
            93 => CompressionMethod::ZSTD.into(),
            95 => CompressionMethod::XZ.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

/// Compares the checksum at the end.
struct Checked<'a> {
    inner: &'a mut dyn Read,
    crc: Crc,
    expected: Option<u32>,
}

impl<'a> Checked<'a> {
    fn new(inner: &'a mut dyn Read, expected: Option<u32>) -> Self {
        Self { inner, crc: Crc::new(), expected }
    }
}

impl Read for Checked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.crc.update(&into[..n]);
        match self.expected {
            Some(expected) if n == 0 && expected != self.crc.sum() => Err(Fault::checksum().into()),
            _ => Ok(n),
        }
    }
}
