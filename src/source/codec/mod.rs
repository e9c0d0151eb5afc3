//! Decompression.

mod gzip;
mod inflate;
mod lzw;
mod zstd;

use inflate::Inflate;

use super::budget::Budget;
use super::fault::Fault;
use super::limits::Limits;
use super::window::Window;
use crate::reject::Reason;
use ::zstd::zstd_safe::DCtx;
use bzip2::bufread::MultiBzDecoder;
use gzip::Gunzip;
use lzma_rust2::XzReader;
use lzw::Lzw;
use std::io::{self, ErrorKind, Read};
use zstd::Unzstd;

/// A compression of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// gzip, one member or more (RFC 1952).
    Gzip,
    /// bzip2, one stream or more.
    Bzip2,
    /// xz, one stream or more.
    Xz,
    /// Zstandard, one frame or more (RFC 8878).
    Zstd,
    /// `compress`, whose files end in `.Z`.
    Lzw,
    /// Deflate without a header (RFC 1951), as members of zip archives are packed.
    Deflate,
}

/// State of decoders that is costly to make, kept from one stream to the next.
#[derive(Default)]
pub(super) struct Spares {
    inflate: Vec<Inflate>,
    zstd: Vec<DCtx<'static>>,
}

/// Reads a stream decompressed, within what limits and budget allow.
pub(super) struct Decoder<'a, 'w> {
    inner: Inner<'a, 'w>,
    budget: &'a Budget,
    output: u64,
}

enum Inner<'a, 'w> {
    Gzip(Gunzip<'a, 'w>),
    Bzip2(MultiBzDecoder<&'a mut Window<'w>>),
    Xz(Box<XzReader<&'a mut Window<'w>>>),
    Zstd(Unzstd<'a, 'w>),
    Lzw(Box<Lzw<'a, 'w>>),
    Deflate(&'a mut Window<'w>, Inflate),
}

impl<'a, 'w> Decoder<'a, 'w> {
    pub fn new(
        codec: Codec,
        input: &'a mut Window<'w>,
        limits: &Limits,
        budget: &'a Budget,
        spares: &mut Spares,
    ) -> Self {
        let inner = match codec {
            Codec::Gzip => Inner::Gzip(Gunzip::new(input, spares.inflate.pop().unwrap_or_default())),
            Codec::Bzip2 => Inner::Bzip2(MultiBzDecoder::new(input)),
            Codec::Xz => Inner::Xz(Box::new(XzReader::new_mem_limit(input, true, xz_memory(limits)))),
            Codec::Zstd => Inner::Zstd(Unzstd::new(input, spares.zstd.pop(), limits.max_window)),
            Codec::Lzw => Inner::Lzw(Box::new(Lzw::new(input))),
            Codec::Deflate => {
                let mut inflate = spares.inflate.pop().unwrap_or_default();
                inflate.restart();
                Inner::Deflate(input, inflate)
            }
        };
        Self { inner, budget, output: 0 }
    }

    /// What is wrong with what stands behind the end of the stream, if that is known only once all of the stream is given out;
    /// and after how many bytes. The other decoders say so in its place.
    pub fn rest_fault(&mut self) -> Option<(Fault, u64)> {
        let Inner::Gzip(gunzip) = &mut self.inner else { return None };
        let start = gunzip.skip_rest()?;
        let message = format!(
            "what stands behind the gzip data, from its byte {start} on, is not gzip and is not read"
        );
        Some((Fault::damaged(message), self.output))
    }

    /// Gives back what the next stream can use.
    pub fn keep(self, spares: &mut Spares) {
        match self.inner {
            Inner::Gzip(gunzip) => spares.inflate.push(gunzip.into_inflate()),
            Inner::Deflate(_, inflate) => spares.inflate.push(inflate),
            Inner::Zstd(unzstd) => spares.zstd.extend(unzstd.into_context()),
            Inner::Bzip2(_) | Inner::Xz(_) | Inner::Lzw(_) => {}
        }
    }

    fn input(&self) -> &Window<'w> {
        match &self.inner {
            Inner::Gzip(gunzip) => gunzip.input(),
            Inner::Bzip2(decoder) => decoder.get_ref(),
            Inner::Xz(reader) => reader.inner(),
            Inner::Zstd(unzstd) => unzstd.input(),
            Inner::Lzw(lzw) => lzw.input(),
            Inner::Deflate(input, _) => input,
        }
    }

    fn fault(&self, error: io::Error) -> Fault {
        match self.input().fault() {
            // Decoders do not all pass on the error itself.
            Some(fault) if self.input().held().is_empty() => fault.clone(),
            _ => match self.inner {
                Inner::Xz(_) => xz_fault(error),
                _ => error.into(),
            },
        }
    }
}

impl Read for Decoder<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let result = match &mut self.inner {
            Inner::Gzip(gunzip) => gunzip.read(into),
            Inner::Bzip2(decoder) => decoder.read(into),
            Inner::Xz(reader) => reader.read(into),
            Inner::Zstd(unzstd) => unzstd.read(into),
            Inner::Lzw(lzw) => lzw.read(into),
            Inner::Deflate(input, inflate) => inflate.read(input, into).map(Option::unwrap_or_default),
        };
        let n = result.map_err(|e| self.fault(e))?;
        self.output += n as u64;
        self.budget.charge(n, self.input().consumed(), self.output)?;
        Ok(n)
    }
}

/// KiB that a decoder with the largest allowed window takes.
fn xz_memory(limits: &Limits) -> u32 {
    let slack = 128 << 10;
    u32::try_from(limits.max_window.saturating_add(slack) >> 10).unwrap_or(u32::MAX)
}

/// The decoder checks a block after it has given it out.
fn xz_fault(error: io::Error) -> Fault {
    match error.kind() {
        ErrorKind::OutOfMemory => window_too_large("xz"),
        _ if error.to_string() == "invalid block checksum" => Fault::checksum(),
        _ => error.into(),
    }
}

fn window_too_large(codec: &str) -> Fault {
    let message = format!(
        "the {codec} stream needs a larger window than --max-window allows; unpack it, or raise that"
    );
    Fault::new(Reason::WindowTooLarge, message)
}
