//! tar: v7, ustar, pax and GNU.
//!
//! Links, folders and devices are passed over. A damaged header costs the members up to the next good one. Archives may stand
//! one after another; what else stands behind the end mark, and is not zeros, is damage.

use super::data::{Data, pass_over};
use super::pax;
use super::sparse::{self, Sparse};
use crate::source::fault::Fault;
use crate::source::name::name_text;
use crate::source::walk::Walk;
use crate::source::window::Window;
use std::ops::ControlFlow;
use std::ops::ControlFlow::Continue;
use tar::Header;

/// The unit of a tar archive in bytes.
pub(in crate::source) const BLOCK: usize = 512;

/// The largest long name or pax header that is read.
const MAX_EXTENSION: u64 = 1 << 20;

/// Whether a tar archive begins like this.
pub(in crate::source) fn is_start(start: &[u8]) -> bool {
    let has_magic = matches!(start.get(257..263), Some(b"ustar\0" | b"ustar "));
    has_magic || header(start).is_some()
}

/// Shows the members of an archive.
pub(in crate::source) fn show(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    depth: usize,
) -> ControlFlow<()> {
    let mut next = Next::default();
    let mut state = State::Members;
    while !walk.budget.is_spent() {
        let held = archive.fill(BLOCK);
        let block = held.get(..BLOCK).unwrap_or(held);
        if block.is_empty() {
            break;
        }
        let length = block.len() as u64;
        if let Some(header) = header(block).cloned() {
            state = State::Members;
            archive.skip(length);
            member(walk, archive, &header, &mut next, depth)?;
        } else if block.iter().all(|&b| b == 0) {
            state = State::End;
            archive.skip(length);
        } else if block.len() < BLOCK && (state == State::Members || archive.fault().is_some()) {
            archive.end_fault();
            break;
        } else {
            if let Some(message) = state.loss() {
                walk.damage(Fault::damaged(message), archive.consumed())?;
            }
            state = State::Lost;
            archive.skip(length);
        }
    }
    match archive.fault().cloned() {
        Some(fault) => walk.damage(fault, archive.consumed()),
        None if state == State::Members && !walk.budget.is_spent() => {
            let message = "the tar archive ends without its end mark; members may be missing";
            walk.damage(Fault::damaged(message), archive.consumed())
        }
        None => Continue(()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Among good members.
    Members,
    /// After a damaged header.
    Lost,
    /// After the end mark.
    End,
}

impl State {
    /// What a block that should be a header but is none means, the first time.
    fn loss(self) -> Option<&'static str> {
        match self {
            Self::Members => {
                Some("a header of the tar archive is damaged; members up to the next one are lost")
            }
            Self::End => {
                Some("what stands behind the end of the tar archive is not read, up to the next header")
            }
            Self::Lost => None,
        }
    }
}

/// What extension headers say about the next member.
#[derive(Default)]
struct Next {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

/// The header in a block, if its checksum is right. Some programs of old added up signed bytes.
fn header(block: &[u8]) -> Option<&Header> {
    let block = block.get(..BLOCK)?;
    // Nearly nothing that is asked about is a header, and to learn it from the error of a parser takes long.
    let mut sum = block.get(148..156)?.iter().take_while(|&&b| b != 0);
    if !sum.all(|b| b.is_ascii_whitespace() || (b'0'..=b'7').contains(b)) {
        return None;
    }
    let header = Header::from_byte_slice(block);
    let expected = i64::from(header.cksum().ok()?);
    let (before, rest) = block.split_at(148);
    let counted = || before.iter().chain(&rest[8..]);
    let spaces = 8 * i64::from(b' ');
    let unsigned = spaces + counted().map(|&b| i64::from(b)).sum::<i64>();
    let fits = unsigned == expected
        || spaces + counted().map(|&b| i64::from(b.cast_signed())).sum::<i64>() == expected;
    fits.then_some(header)
}

/// Reads on after a header: shows the member, notes an extension, or passes over what is neither.
fn member(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    header: &Header,
    next: &mut Next,
    depth: usize,
) -> ControlFlow<()> {
    let kind = header.entry_type().as_byte();
    if matches!(kind, b'L' | b'K' | b'x' | b'X' | b'g') {
        return extension(walk, archive, header, next);
    }
    let Next { name, size, is_sparse } = std::mem::take(next);
    let name = name.unwrap_or_else(|| header.path_bytes().into_owned());
    let Some(size) = size.or_else(|| header.entry_size().ok()) else {
        let fault = Fault::damaged("the size of a member of the tar archive is no number");
        return walk.member(&name_text(&name), |walk| walk.damage(fault, 0));
    };
    match kind {
        // Links, devices, folders and pipes have no data, whatever their size says; but hard links of pax may.
        b'2'..=b'6' => return Continue(()),
        0 if name.ends_with(b"/") => return Continue(()),
        b'1' if archive.fill(BLOCK).iter().take(BLOCK).all(|&b| b == 0) => return Continue(()),
        b'1' if header_follows(archive) => return Continue(()),
        // The label of a volume, and lists of folders.
        b'1' | b'V' | b'D' | b'N' => {
            pass_over(archive, padded(size));
            return Continue(());
        }
        _ => {}
    }
    walk.member(&name_text(&name), |walk| match kind {
        b'M' => unsupported(walk, archive, size, "a member that began in another volume cannot be read"),
        _ if is_sparse => {
            unsupported(walk, archive, size, "a sparse member in the pax format cannot be read")
        }
        b'S' => sparse(walk, archive, header, size, depth),
        _ => plain(walk, archive, size, depth),
    })
}

fn header_follows(archive: &mut Window<'_>) -> bool {
    header(archive.fill(BLOCK)).is_some()
}

/// Notes what a header says about the member after it.
fn extension(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    header: &Header,
    next: &mut Next,
) -> ControlFlow<()> {
    let Ok(size) = header.entry_size() else {
        let fault = Fault::damaged("the size of an extension header of the tar archive is no number");
        return walk.damage(fault, archive.consumed());
    };
    if size > MAX_EXTENSION {
        let fault = Fault::damaged("an extension header of the tar archive is too large");
        walk.damage(fault, archive.consumed())?;
    } else {
        let held = archive.fill(size as usize);
        let data = held.get(..size as usize).unwrap_or(held);
        match header.entry_type().as_byte() {
            b'L' => next.name = data.split(|&b| b == 0).next().map(<[u8]>::to_vec),
            b'x' | b'X' => note_pax(data, next),
            _ => {}
        }
    }
    pass_over(archive, padded(size));
    Continue(())
}

fn note_pax(data: &[u8], next: &mut Next) {
    for (key, value) in pax::records(data) {
        match key {
            b"path" => next.name = Some(value.to_vec()),
            b"size" => next.size = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok()),
            _ if key.starts_with(b"GNU.sparse.") => next.is_sparse = true,
            _ => {}
        }
    }
}

fn plain(walk: &mut Walk<'_>, archive: &mut Window<'_>, size: u64, depth: usize) -> ControlFlow<()> {
    if size >= walk.limits.max_inline as u64 {
        let mut data = Data::new(archive, size);
        walk.stream(&mut data, depth)?;
        data.finish(padded(size) - size);
        return Continue(());
    }
    let is_cut = archive.fill(size as usize).len() < size as usize;
    let fault = is_cut.then(|| archive.end_fault());
    let held = archive.held();
    let bytes = held.get(..size as usize).unwrap_or(held);
    walk.show_checked(&mut Window::lent(bytes, fault), depth)?;
    pass_over(archive, padded(size));
    Continue(())
}

fn sparse(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    header: &Header,
    size: u64,
    depth: usize,
) -> ControlFlow<()> {
    let map = match sparse::read_map(archive, header) {
        Ok(map) => map,
        Err(fault) => {
            walk.damage(fault, 0)?;
            pass_over(archive, padded(size));
            return Continue(());
        }
    };
    let budget = walk.budget;
    let mut data = Data::new(archive, size);
    walk.stream(&mut Sparse::new(&mut data, map, budget), depth)?;
    data.finish(padded(size) - size);
    Continue(())
}

fn unsupported(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    size: u64,
    message: &'static str,
) -> ControlFlow<()> {
    walk.damage(Fault::unsupported(message), 0)?;
    pass_over(archive, padded(size));
    Continue(())
}

fn padded(size: u64) -> u64 {
    size.checked_next_multiple_of(BLOCK as u64).unwrap_or(u64::MAX)
}
