//! What a zip archive does not list: what stands before its first member, or behind its end.

use super::zip_member::LOCAL_HEADER;
use crate::source::fault::Fault;
use crate::source::walk::Walk;
use crate::source::window::Window;
use memchr::memmem;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::ops::ControlFlow::Continue;
use zip::read::ZipFileEntry;

const END: &[u8] = b"PK\x05\x06";
/// The size of a header of the directory without its name and other fields.
const HEADER_LENGTH: usize = 46;
/// The size of the record that ends an archive, without the comment at its end.
const END_LENGTH: usize = 22;
/// The most bytes between the header of the last member in the directory and the end, and some to spare: a header with
/// three fields of 64 KiB.
const MAX_TAIL: u64 = 256 << 10;

/// Where the members that a directory lists lie.
#[derive(Default)]
pub(super) struct Ends {
    first_member: Option<u64>,
    last_header: Option<u64>,
}

impl Ends {
    /// Notes a member of the directory.
    pub fn note(&mut self, entry: &ZipFileEntry<'_>) {
        let start = entry.header_start();
        self.first_member = Some(self.first_member.map_or(start, |first| first.min(start)));
        self.last_header = Some(entry.central_header_start());
    }

    /// Reports members of the directory that the end does not count, what stands before the first member and, unless it is
    /// zeros, what stands behind the end.
    pub fn check(&self, walk: &mut Walk<'_>, archive: &mut (impl Read + Seek)) -> ControlFlow<()> {
        match self.uncounted(archive) {
            Ok(Some(at)) => {
                let message = "the directory of the zip archive holds more members than its end counts; they are not read";
                walk.damage(Fault::damaged(message), at)?;
            }
            Ok(None) => {}
            Err(error) => walk.damage(error.into(), 0)?,
        }
        let (record, end) = match self.end(archive) {
            Ok(Some(found)) => found,
            Ok(None) => return Continue(()),
            Err(error) => return walk.damage(error.into(), 0),
        };
        let first = self.first_member.unwrap_or(record);
        if first >= LOCAL_HEADER as u64 {
            let message =
                format!("the zip archive begins at byte {first}; what stands before it is not read");
            walk.damage(Fault::damaged(message), 0)?;
        }
        if let Err(error) = archive.seek(SeekFrom::Start(end)) {
            return walk.damage(error.into(), end);
        }
        let mut rest = Window::over(archive, walk.pool.take());
        rest.skip_zeros();
        let has_more = !rest.fill(1).is_empty();
        let start = end + rest.consumed();
        walk.pool.keep(rest.into_buffer());
        if !has_more {
            return Continue(());
        }
        let message = format!("the zip archive ends before byte {start}; what stands behind it is not read");
        walk.damage(Fault::damaged(message), start)
    }

    /// Where a header follows the last one that the end counts.
    fn uncounted(&self, archive: &mut (impl Read + Seek)) -> io::Result<Option<u64>> {
        let Some(last) = self.last_header else { return Ok(None) };
        let mut header = [0; HEADER_LENGTH];
        archive.seek(SeekFrom::Start(last))?;
        archive.read_exact(&mut header)?;
        // Two bytes each: the lengths of name, extra field and comment.
        let lengths = header.get(28..34).into_iter().flat_map(|lengths| lengths.chunks_exact(2));
        let fields: u64 = lengths.map(|two| u64::from(two[0]) | u64::from(two[1]) << 8).sum();
        let next = last + HEADER_LENGTH as u64 + fields;
        archive.seek(SeekFrom::Start(next))?;
        let mut sign = Vec::new();
        archive.take(4).read_to_end(&mut sign)?;
        Ok((sign == b"PK\x01\x02").then_some(next))
    }

    /// Finds the record that ends the archive: where it stands, and where it ends.
    fn end(&self, archive: &mut (impl Read + Seek)) -> io::Result<Option<(u64, u64)>> {
        let start = match self.last_header {
            Some(start) => start,
            None => archive.seek(SeekFrom::End(0))?.saturating_sub(END_LENGTH as u64 + u64::from(u16::MAX)),
        };
        archive.seek(SeekFrom::Start(start))?;
        let mut tail = Vec::new();
        archive.take(MAX_TAIL).read_to_end(&mut tail)?;
        let Some(record) = memmem::find(&tail, END) else { return Ok(None) };
        let Some(&[.., low, high]) = tail[record..].first_chunk::<END_LENGTH>() else { return Ok(None) };
        let record = start + record as u64;
        Ok(Some((record, record + END_LENGTH as u64 + u64::from(u16::from_le_bytes([low, high])))))
    }
}
