use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a sink does to the file system: every folder, file, write, sync, rename and removal goes through here.
///
/// That it is one place lets a test see each effect before it happens, and let it fail.
#[derive(Clone, Default)]
pub struct Disk {
    watch: Option<Arc<Watch>>,
}

type Watch = dyn Fn(Effect, &Path) -> io::Result<()> + Send + Sync;

/// The kinds of effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// A folder is made.
    CreateFolder,
    /// A file is made, or opened to be written.
    Open,
    /// Bytes are written to a file.
    Write,
    /// A file is cut.
    Cut,
    /// A file, a folder or a file system is brought to the disk.
    Sync,
    /// A file or folder gets another name.
    Rename,
    /// A file or folder is removed.
    Remove,
}

impl Disk {
    /// A disk on which `watch` sees each effect before it happens; where it fails, the effect fails and does not happen.
    pub fn watched(watch: impl Fn(Effect, &Path) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self { watch: Some(Arc::new(watch)) }
    }

    fn before(&self, effect: Effect, path: &Path) -> io::Result<()> {
        self.watch.as_ref().map_or(Ok(()), |watch| watch(effect, path))
    }

    /// Makes a folder, and those that it lies in, unless they are there.
    pub(crate) fn create_folders(&self, path: &Path) -> Result<()> {
        let made = self.before(Effect::CreateFolder, path).and_then(|()| fs::create_dir_all(path));
        made.map_err(Error::io("create", path))
    }

    /// Makes a folder, which must not be there.
    pub(super) fn create_folder(&self, path: &Path) -> Result<()> {
        let made = self.before(Effect::CreateFolder, path).and_then(|()| fs::create_dir(path));
        made.map_err(Error::io("create", path))
    }

    /// Makes a file, which must not be there.
    pub(super) fn create_file(&self, path: &Path) -> Result<DiskFile> {
        self.open(path, File::options().read(true).write(true).create_new(true))
    }

    /// Opens a file that is there, to write to it.
    pub(super) fn open_file(&self, path: &Path) -> Result<DiskFile> {
        self.open(path, File::options().read(true).write(true))
    }

    fn open(&self, path: &Path, options: &fs::OpenOptions) -> Result<DiskFile> {
        let file = self.before(Effect::Open, path).and_then(|()| options.open(path));
        let file = file.map_err(Error::io("open", path))?;
        Ok(DiskFile { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Makes a file, or empties one that is there.
    pub(super) fn replace_file(&self, path: &Path) -> Result<DiskFile> {
        self.open(path, File::options().write(true).create(true).truncate(true))
    }

    /// Makes or replaces a file with these bytes. It is whole only once it was brought to the disk.
    pub(crate) fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.replace_file(path)?.write_all(bytes).map_err(Error::io("write", path))
    }

    /// Gives a file or folder another name; `false` where it is not there. A file at the new name is replaced.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<bool> {
        let renamed = self.before(Effect::Rename, to).and_then(|()| fs::rename(from, to));
        match renamed {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_there(from)? => Ok(false),
            Err(error) => Err(Error::io("rename to", to)(error)),
            Ok(()) => Ok(true),
        }
    }

    /// Lets two folders trade their names in one step; `false` where the system cannot do that.
    #[cfg(target_os = "linux")]
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        self.before(Effect::Rename, other).map_err(Error::io("rename to", other))?;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
            result => {
                result.map_err(|error| Error::io("rename to", other)(error.into()))?;
                Ok(true)
            }
        }
    }

    /// Lets two folders trade their names in one step; `false` where the system cannot do that.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn exchange(&self, _one: &Path, _other: &Path) -> Result<bool> {
        Ok(false)
    }

    /// Removes a file, if it is there.
    pub(super) fn remove_file(&self, path: &Path) -> Result<()> {
        let removed = self.before(Effect::Remove, path).and_then(|()| fs::remove_file(path));
        unless_gone(removed).map_err(Error::io("remove", path))
    }

    /// Removes a folder with all that it holds, if it is there: one after the other, and each is an effect of its own.
    pub(super) fn remove_tree(&self, path: &Path) -> Result<()> {
        if !is_there(path)? {
            return Ok(());
        }
        for_each(path, |child, file_type| match file_type.is_dir() {
            true => self.remove_tree(child),
            false => self.remove_file(child),
        })?;
        let removed = self.before(Effect::Remove, path).and_then(|()| fs::remove_dir(path));
        unless_gone(removed).map_err(Error::io("remove", path))
    }

    /// Removes a folder, if it is there and holds nothing.
    pub(super) fn remove_if_empty(&self, path: &Path) -> Result<()> {
        match unless_gone(self.before(Effect::Remove, path).and_then(|()| fs::remove_dir(path))) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => {
                Err(Error::io("remove", path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Brings all files below a folder to the disk, so that they are whole under whatever name they get.
    ///
    /// One call for the whole file system takes less time than one for each of even a few files, and for thousands it is a
    /// second against minutes.
    #[cfg(target_os = "linux")]
    pub(super) fn sync_all_in(&self, folder: &Path) -> Result<()> {
        self.before(Effect::Sync, folder).map_err(Error::io("sync", folder))?;
        let file = File::open(folder).map_err(Error::io("open", folder))?;
        match rustix::fs::syncfs(&file) {
            Err(rustix::io::Errno::NOSYS) => sync_tree(folder),
            result => result.map_err(|error| Error::io("sync", folder)(error.into())),
        }
    }

    /// Brings all files below a folder to the disk, so that they are whole under whatever name they get.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn sync_all_in(&self, folder: &Path) -> Result<()> {
        self.before(Effect::Sync, folder).map_err(Error::io("sync", folder))?;
        sync_tree(folder)
    }

    /// Brings the names in a folder to the disk. Windows does that by itself and cannot be asked to.
    pub(super) fn sync_folder(&self, path: &Path) -> Result<()> {
        if cfg!(windows) {
            return Ok(());
        }
        let synced = self.before(Effect::Sync, path).and_then(|()| File::open(path)?.sync_all());
        synced.map_err(Error::io("sync", path))
    }
}

fn unless_gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Whether anything stands there.
pub(super) fn is_there(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io("look at", path)(error)),
    }
}

/// Whether a folder stands there; not where nothing does. What else stands there is none of ours and in the way.
pub(super) fn is_folder(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(ErrorKind::OutputNotEmpty {
            path: path.to_owned(),
            advice: "a file or link stands where section16 writes; move it away",
        }
        .into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io("look at", path)(error)),
    }
}

/// Calls `visit` with each entry of a folder; links are not followed.
pub(super) fn for_each(
    folder: &Path,
    mut visit: impl FnMut(&Path, fs::FileType) -> Result<()>,
) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let entry = entry.map_err(Error::io("read", folder))?;
        let path = entry.path();
        let file_type = entry.file_type().map_err(Error::io("look at", &path))?;
        visit(&path, file_type)?;
    }
    Ok(())
}

fn sync_tree(folder: &Path) -> Result<()> {
    for_each(folder, |path, file_type| if file_type.is_dir() { sync_tree(path) } else { sync_file(path) })?;
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io("sync", folder))
}

fn sync_file(path: &Path) -> Result<()> {
    let file = File::options().write(true).open(path).map_err(Error::io("open", path))?;
    file.sync_all().map_err(Error::io("sync", path))
}

/// A file that is written.
pub(super) struct DiskFile {
    file: File,
    path: PathBuf,
    disk: Disk,
}

impl DiskFile {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Brings the bytes that were written to the disk.
    pub(super) fn sync(&self) -> Result<()> {
        let synced = self.disk.before(Effect::Sync, &self.path).and_then(|()| self.file.sync_data());
        synced.map_err(Error::io("sync", &self.path))
    }

    /// Cuts the file off after so many bytes.
    pub(super) fn cut(&self, length: u64) -> Result<()> {
        let cut = self.disk.before(Effect::Cut, &self.path).and_then(|()| self.file.set_len(length));
        cut.map_err(Error::io("cut", &self.path))
    }

    /// Writes go on there.
    pub(super) fn go_to(&mut self, at: u64) -> Result<()> {
        self.file.seek(SeekFrom::Start(at)).map_err(Error::io("read", &self.path))?;
        Ok(())
    }

    pub(super) fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.disk.before(Effect::Write, &self.path)?;
        write_all_at(&self.file, bytes, at)
    }

    pub(super) fn read_exact_at(&self, bytes: &mut [u8], at: u64) -> io::Result<()> {
        read_exact_at(&self.file, bytes, at)
    }
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.before(Effect::Write, &self.path)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk").field("is_watched", &self.watch.is_some()).finish()
    }
}

/// Two disks are equal where the same test watches them, or none does.
impl PartialEq for Disk {
    fn eq(&self, other: &Self) -> bool {
        match (&self.watch, &other.watch) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl Eq for Disk {}
