//! Packs many small files, one after the other, without a new compressor for each.

use super::output::LEVEL;
use crate::error::{ErrorKind, Result};
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// No name, no time, no system: the same header everywhere (RFC 1952).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

pub(super) struct Gzip {
    compress: Compress,
    out: Vec<u8>,
}

impl Gzip {
    pub(super) fn new() -> Self {
        Self { compress: Compress::new(Compression::new(LEVEL), false), out: Vec::new() }
    }

    /// A gzip file of one member a piece.
    pub(super) fn pack<'b>(&mut self, pieces: impl IntoIterator<Item = &'b [u8]>) -> Result<&[u8]> {
        self.out.clear();
        for piece in pieces {
            self.member(piece)?;
        }
        Ok(&self.out)
    }

    fn member(&mut self, bytes: &[u8]) -> Result<()> {
        let defect = |_| ErrorKind::Defect("a gzip stream could not be packed".into());
        self.out.extend_from_slice(&HEADER);
        self.compress.reset();
        loop {
            let done = self.compress.total_in() as usize;
            self.out.reserve(bytes.len() / 2 + 256);
            let status = self.compress.compress_vec(&bytes[done..], &mut self.out, FlushCompress::Finish);
            if status.map_err(defect)? == Status::StreamEnd {
                break;
            }
        }
        let mut crc = Crc::new();
        crc.update(bytes);
        self.out.extend_from_slice(&crc.sum().to_le_bytes());
        self.out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn packs_what_a_reader_unpacks() {
        let mut gzip = Gzip::new();
        for text in [vec![], b"one filing".to_vec(), (0..200_000u32).flat_map(u32::to_le_bytes).collect()] {
            let packed = gzip.pack([&text[..]]).unwrap().to_vec();
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, text);
            assert_eq!(gzip.pack([&text[..]]).unwrap(), packed);
            let twice = gzip.pack([&text[..], &text[..]]).unwrap();
            assert_eq!(twice, [&packed[..], &packed[..]].concat());
        }
    }
}
