//! Sparse members of GNU tar archives (type `S`): a map of the data, and the data without the holes.

use super::tar::BLOCK;
use crate::source::budget::Budget;
use crate::source::fault::Fault;
use crate::source::window::Window;
use std::io::{self, Read};
use tar::{GnuExtSparseHeader, GnuSparseHeader, Header};

/// Headers that may follow the first one; each describes 21 pieces of data.
const MAX_HEADERS: usize = 2_048;

/// Where the data belongs: offset and length of each piece, the last one empty, at the end of the member.
pub(super) type Map = Vec<(u64, u64)>;

/// Reads the map from the header and those that follow it.
pub(super) fn read_map(archive: &mut Window<'_>, header: &Header) -> Result<Map, Fault> {
    let corrupt = || Fault::damaged("the map of a sparse member of the tar archive is corrupt");
    let gnu = header.as_gnu().ok_or_else(corrupt)?;
    let mut map = Map::new();
    note(&mut map, &gnu.sparse).ok_or_else(corrupt)?;
    let mut is_extended = gnu.is_extended();
    let mut headers = 0;
    while is_extended {
        headers += 1;
        if headers > MAX_HEADERS {
            return Err(corrupt());
        }
        let mut more = GnuExtSparseHeader::new();
        *more.as_mut_bytes() = archive.take::<BLOCK>()?;
        note(&mut map, more.sparse()).ok_or_else(corrupt)?;
        is_extended = more.is_extended();
    }
    let end = gnu.real_size().map_err(|_| corrupt())?;
    map.push((end, 0));
    let is_in_order = map.windows(2).all(|w| w[0].0.checked_add(w[0].1).is_some_and(|end| end <= w[1].0));
    if is_in_order { Ok(map) } else { Err(corrupt()) }
}

fn note(map: &mut Map, pieces: &[GnuSparseHeader]) -> Option<()> {
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        let (offset, length) = (piece.offset().ok()?, piece.length().ok()?);
        if length > 0 {
            map.push((offset, length));
        }
    }
    Some(())
}

/// Reads a sparse member, holes as zeros.
pub(super) struct Sparse<'a> {
    data: &'a mut dyn Read,
    map: std::vec::IntoIter<(u64, u64)>,
    budget: &'a Budget,
    /// Zeros and then bytes of data before the next piece.
    hole: u64,
    piece: u64,
    position: u64,
    read: u64,
}

impl<'a> Sparse<'a> {
    pub fn new(data: &'a mut dyn Read, map: Map, budget: &'a Budget) -> Self {
        Self { data, map: map.into_iter(), budget, hole: 0, piece: 0, position: 0, read: 0 }
    }
}

impl Read for Sparse<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.hole == 0 && self.piece == 0 {
            let Some((offset, length)) = self.map.next() else { return Ok(0) };
            (self.hole, self.piece) = (offset - self.position, length);
        }
        let n = if self.hole > 0 {
            let n = usize::try_from(self.hole).unwrap_or(usize::MAX).min(into.len());
            into[..n].fill(0);
            self.hole -= n as u64;
            n
        } else {
            let n = usize::try_from(self.piece).unwrap_or(usize::MAX).min(into.len());
            let n = self.data.read(&mut into[..n])?;
            if n == 0 {
                return Err(Fault::damaged("the map of a sparse member does not fit its data").into());
            }
            self.piece -= n as u64;
            self.read += n as u64;
            n
        };
        self.position += n as u64;
        self.budget.charge(n, self.read, self.position)?;
        Ok(n)
    }
}
