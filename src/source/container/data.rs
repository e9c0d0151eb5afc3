//! The data of a member of known length.

use crate::source::window::Window;
use std::io::{self, Read};

/// Reads the next `left` bytes of an archive; that they are not there is a fault of the archive.
pub(super) struct Data<'a, 'w> {
    archive: &'a mut Window<'w>,
    left: u64,
}

impl<'a, 'w> Data<'a, 'w> {
    pub fn new(archive: &'a mut Window<'w>, length: u64) -> Self {
        Self { archive, left: length }
    }

    /// Passes over what was not read, and `padding` bytes more.
    pub fn finish(self, padding: u64) {
        pass_over(self.archive, self.left.saturating_add(padding));
    }
}

/// Passes over bytes of an archive that should be there.
pub(super) fn pass_over(archive: &mut Window<'_>, bytes: u64) {
    if archive.skip(bytes) < bytes {
        archive.end_fault();
    }
}

impl Read for Data<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        if room == 0 {
            return Ok(0);
        }
        let n = self.archive.read(&mut into[..room])?;
        self.left -= n as u64;
        if n == 0 { Err(self.archive.end_fault().into()) } else { Ok(n) }
    }
}
