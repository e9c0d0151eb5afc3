//! A zip archive that lost its directory, read from the front, header by header.

use super::data::{Data, pass_over};
use super::zip_member::{LOCAL_HEADER, Member, Method};
use crate::source::codec::{Codec, Decoder};
use crate::source::fault::Fault;
use crate::source::walk::Walk;
use crate::source::window::Window;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

const HAS_ENCRYPTION: u16 = 1;
const HAS_DESCRIPTOR: u16 = 8;

/// The extra field that holds sizes of 64 bits.
const ZIP64: u16 = 1;

const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// Shows the members up to the first that is damaged, and reports that the directory is missing, or `cause`, which is why.
pub(super) fn show(
    walk: &mut Walk<'_>,
    archive: &mut (impl Read + Seek),
    cause: Option<Fault>,
    depth: usize,
) -> ControlFlow<()> {
    if let Err(error) = archive.seek(SeekFrom::Start(0)) {
        return walk.damage(error.into(), 0);
    }
    let mut ending = Ending { archive, cause: cause.clone() };
    let mut window = Window::over(&mut ending, walk.pool.take());
    let flow = show_members(walk, &mut window, cause, depth);
    walk.pool.keep(window.into_buffer());
    flow
}

fn show_members(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    cause: Option<Fault>,
    depth: usize,
) -> ControlFlow<()> {
    while !walk.budget.is_spent()
        && let Some(header) = Header::read(archive)
    {
        let Header { member, length } = header;
        let is_folder = member.name.ends_with(b"/");
        match (length, &member.method) {
            (Some(length), _) if is_folder => pass_over(archive, length),
            (Some(length), _) => member.visit(walk, |walk, member| {
                let mut data = Data::new(archive, length);
                let mut packed = Window::over(&mut data, walk.pool.take());
                let flow = member.show(walk, &mut packed, depth);
                walk.pool.keep(packed.into_buffer());
                data.finish(0);
                flow
            })?,
            (None, Method::Packed(Codec::Deflate)) if !member.is_encrypted => {
                member.visit(walk, |walk, _| show_open(walk, archive, depth))?;
            }
            (None, _) => break,
        }
    }
    let missing = || Fault::damaged("the zip archive has lost its directory; members may be missing");
    let fault = cause.or_else(|| archive.fault().cloned()).unwrap_or_else(missing);
    walk.damage(fault, archive.consumed())
}

/// Shows a member whose length stands behind it.
fn show_open(walk: &mut Walk<'_>, archive: &mut Window<'_>, depth: usize) -> ControlFlow<()> {
    let mut decoder = Decoder::new(Codec::Deflate, archive, walk.limits, walk.budget, &mut walk.pool.spares);
    let flow = walk.stream(&mut decoder, depth);
    let is_at_end = io::copy(&mut decoder, &mut io::sink()).is_ok();
    decoder.keep(&mut walk.pool.spares);
    if is_at_end {
        let signature = if archive.fill(4).starts_with(DESCRIPTOR) { 4 } else { 0 };
        archive.skip(signature + 12);
        if !archive.fill(2).starts_with(b"PK") {
            archive.skip(8);
        }
    }
    flow
}

/// The header before a member.
struct Header {
    member: Member,
    /// Bytes that it takes in the archive, unless they are told behind it.
    length: Option<u64>,
}

impl Header {
    /// Reads a header; `None` where there is none, or only a part of one.
    fn read(archive: &mut Window<'_>) -> Option<Self> {
        let fixed: &[u8; LOCAL_HEADER] = archive.fill(LOCAL_HEADER).first_chunk()?;
        if !fixed.starts_with(b"PK\x03\x04") {
            return None;
        }
        let two = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let four = |at: usize| u32::from(two(at)) | u32::from(two(at + 2)) << 16;
        let (flags, method, crc, packed) = (two(6), two(8), four(14), four(18));
        let (name_length, extra_length) = (usize::from(two(26)), usize::from(two(28)));
        archive.consume(LOCAL_HEADER);
        let name = archive.need(name_length).ok()?.get(..name_length)?.to_vec();
        archive.consume(name_length);
        let packed = match packed {
            u32::MAX => packed_in_extra(archive.need(extra_length).ok()?.get(..extra_length)?)?,
            packed => u64::from(packed),
        };
        archive.need(extra_length).ok()?;
        archive.consume(extra_length);
        let is_open = flags & HAS_DESCRIPTOR != 0;
        let member = Member {
            name,
            method: method.into(),
            is_encrypted: flags & HAS_ENCRYPTION != 0,
            crc: (!is_open).then_some(crc),
        };
        Some(Self { member, length: (!is_open).then_some(packed) })
    }
}

/// The packed size in the ZIP64 field, which holds the size, then the packed size.
fn packed_in_extra(mut extra: &[u8]) -> Option<u64> {
    while let [a, b, c, d, rest @ ..] = extra {
        let (id, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        if id == ZIP64 {
            return rest.get(8..16)?.first_chunk().map(|&bytes| u64::from_le_bytes(bytes));
        }
        extra = rest.get(length..)?;
    }
    None
}

/// Ends with a fault, if there is one.
struct Ending<'a, R> {
    archive: &'a mut R,
    cause: Option<Fault>,
}

impl<R: Read> Read for Ending<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match (self.archive.read(into)?, &self.cause) {
            (0, Some(cause)) => Err(cause.clone().into()),
            (n, _) => Ok(n),
        }
    }
}
