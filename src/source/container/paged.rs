//! Random access in pages.

use std::io::{self, Read, Seek, SeekFrom};

const PAGE: usize = 64 << 10;

/// Reads through two pages, of which the one not used last gives way: reading at two places in turn, as zip archives ask for,
/// reads each page once.
pub(super) struct Paged<R> {
    inner: R,
    length: u64,
    position: u64,
    pages: [Page; 2],
    last: usize,
}

#[derive(Default)]
struct Page {
    /// `None` before the first use.
    start: Option<u64>,
    bytes: Vec<u8>,
}

impl<R: Read + Seek> Paged<R> {
    pub fn new(mut inner: R) -> io::Result<Self> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Self { inner, length, position: 0, pages: Default::default(), last: 0 })
    }

    fn load(&mut self, start: u64) -> io::Result<()> {
        if let Some(found) = self.pages.iter().position(|page| page.start == Some(start)) {
            self.last = found;
            return Ok(());
        }
        self.last = 1 - self.last;
        let page = &mut self.pages[self.last];
        page.start = None;
        page.bytes.clear();
        self.inner.seek(SeekFrom::Start(start))?;
        self.inner.by_ref().take(PAGE as u64).read_to_end(&mut page.bytes)?;
        page.start = Some(start);
        Ok(())
    }
}

impl<R: Read + Seek> Read for Paged<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() || self.position >= self.length {
            return Ok(0);
        }
        let offset = self.position % PAGE as u64;
        self.load(self.position - offset)?;
        let held = self.pages[self.last].bytes.get(offset as usize..).unwrap_or_default();
        let n = held.len().min(into.len());
        into[..n].copy_from_slice(&held[..n]);
        self.position += n as u64;
        Ok(n)
    }
}

impl<R> Seek for Paged<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn reads_what_a_cursor_reads(steps in prop::collection::vec((0_u64..200_000, 0_usize..20_000), 1..20)) {
            let bytes: Vec<u8> = (0_u32..150_000).map(|i| (i % 251) as u8).collect();
            let mut paged = Paged::new(Cursor::new(&bytes)).unwrap();
            let mut cursor = Cursor::new(&bytes);
            for (at, length) in steps {
                let (mut a, mut b) = (Vec::new(), Vec::new());
                paged.seek(SeekFrom::Start(at)).unwrap();
                paged.by_ref().take(length as u64).read_to_end(&mut a).unwrap();
                cursor.seek(SeekFrom::Start(at)).unwrap();
                cursor.by_ref().take(length as u64).read_to_end(&mut b).unwrap();
                prop_assert_eq!(a, b);
            }
        }
    }
}
