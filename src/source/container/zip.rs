//! zip: read by its central directory, or from the front where that is missing.

use super::paged::Paged;
use super::zip_ends::Ends;
use super::zip_front;
use super::zip_member::{LOCAL_HEADER, Member};
use crate::source::fault::Fault;
use crate::source::walk::Walk;
use crate::source::window::Window;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::ops::ControlFlow::Continue;
use tempfile::SpooledTempFile;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;

/// Shows the members of an archive that stands in a stream. One that is too large for memory goes through a temporary file.
pub(in crate::source) fn show(
    walk: &mut Walk<'_>,
    archive: &mut Window<'_>,
    depth: usize,
) -> ControlFlow<()> {
    let in_memory = walk.limits.max_inline;
    archive.fill(in_memory);
    if archive.is_whole() {
        return show_members(walk, Cursor::new(archive.held()), None, depth);
    }
    let mut spool = match &walk.limits.temporary_folder {
        Some(folder) => SpooledTempFile::new_in(in_memory, folder),
        None => SpooledTempFile::new(in_memory),
    };
    match io::copy(archive, &mut spool) {
        Err(error) if archive.fault().is_none() => {
            let message = format!("the zip archive does not fit into the temporary folder: {error}");
            walk.damage(Fault::damaged(message), 0)
        }
        _ => show_seekable(walk, spool, archive.fault().cloned(), depth),
    }
}

/// Shows the members of an archive in a file, which is incomplete if there is a `cause`.
pub(in crate::source) fn show_seekable<R: Read + Seek>(
    walk: &mut Walk<'_>,
    archive: R,
    cause: Option<Fault>,
    depth: usize,
) -> ControlFlow<()> {
    match Paged::new(archive) {
        Ok(paged) => show_members(walk, paged, cause, depth),
        Err(error) => walk.damage(error.into(), 0),
    }
}

fn show_members<R: Read + Seek>(
    walk: &mut Walk<'_>,
    mut archive: R,
    cause: Option<Fault>,
    depth: usize,
) -> ControlFlow<()> {
    let mut directory = ZipIterable::try_new(&mut archive, Config::default());
    let Ok(files) = directory.as_mut().map_err(drop).and_then(|d| d.files().map_err(drop)) else {
        drop(directory);
        return zip_front::show(walk, &mut archive, cause, depth);
    };
    let mut ends = Ends::default();
    while let Some(entry) = files.next() {
        match entry {
            Ok(entry) => {
                ends.note(&entry);
                show_member(walk, files.reader_mut(), entry, depth)?;
            }
            Err(error) => {
                let message = format!("the directory of the zip archive is damaged: {error}");
                walk.damage(Fault::damaged(message), 0)?;
            }
        }
        if walk.budget.is_spent() {
            return Continue(());
        }
    }
    drop(directory);
    // Of an archive that is cut off, what stands behind its end is damaged too.
    if cause.is_some() { Continue(()) } else { ends.check(walk, &mut archive) }
}

fn show_member<R: Read + Seek>(
    walk: &mut Walk<'_>,
    archive: &mut R,
    entry: ZipFileEntry<'static>,
    depth: usize,
) -> ControlFlow<()> {
    if entry.is_dir() || entry.is_symlink() {
        return Continue(());
    }
    let member = Member {
        name: entry.name_raw().to_vec(),
        method: entry.compression().into(),
        is_encrypted: entry.encrypted(),
        crc: Some(entry.crc32()),
    };
    member.visit(walk, |walk, member| match find_data(archive, entry.header_start()) {
        Ok(()) => {
            let mut data = archive.take(entry.compressed_size());
            let mut packed = Window::over(&mut data, walk.pool.take());
            let flow = member.show(walk, &mut packed, depth);
            walk.pool.keep(packed.into_buffer());
            flow
        }
        Err(fault) => walk.damage(fault, 0),
    })
}

/// Goes to the data behind the header of a member.
fn find_data(archive: &mut (impl Read + Seek), header_start: u64) -> Result<(), Fault> {
    let mut header = [0; LOCAL_HEADER];
    archive.seek(SeekFrom::Start(header_start))?;
    archive.read_exact(&mut header)?;
    let [b'P', b'K', 3, 4, .., name_low, name_high, extra_low, extra_high] = header else {
        return Err(Fault::damaged("the member is not where the directory of the zip archive says"));
    };
    let [name, extra] = [[name_low, name_high], [extra_low, extra_high]].map(u16::from_le_bytes);
    let skip = i64::from(name) + i64::from(extra);
    archive.seek(SeekFrom::Current(skip))?;
    Ok(())
}
