//! Deflate (RFC 1951) from a window.

use crate::source::fault::Fault;
use crate::source::window::Window;
use flate2::{Decompress, FlushDecompress, Status};
use std::io::{self, BufRead};

/// A deflate decoder that can be used again.
pub(super) struct Inflate(Decompress);

impl Default for Inflate {
    fn default() -> Self {
        Self(Decompress::new(false))
    }
}

impl Inflate {
    /// Gets ready for the start of a stream.
    pub fn restart(&mut self) {
        self.0.reset(false);
    }

    /// Decompresses some bytes; `None` at the end of the deflate stream.
    pub fn read(&mut self, input: &mut Window<'_>, into: &mut [u8]) -> io::Result<Option<usize>> {
        loop {
            let has_no_more = input.fill(1).is_empty();
            let (before_in, before_out) = (self.0.total_in(), self.0.total_out());
            // With all the input at hand the decoder need not keep a copy of its window.
            let flush = if input.is_whole() { FlushDecompress::Finish } else { FlushDecompress::None };
            let status = self
                .0
                .decompress(input.held(), into, flush)
                .map_err(|_| Fault::damaged("the deflate data is corrupt"))?;
            let taken = (self.0.total_in() - before_in) as usize;
            let given = (self.0.total_out() - before_out) as usize;
            input.consume(taken);
            if given > 0 {
                return Ok(Some(given));
            }
            match status {
                Status::StreamEnd => return Ok(None),
                _ if has_no_more => return Err(input.end_fault().into()),
                _ if taken == 0 => return Err(Fault::damaged("the deflate data is corrupt").into()),
                _ => {}
            }
        }
    }
}
