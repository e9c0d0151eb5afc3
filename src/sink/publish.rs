use super::Layout;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Table;
use std::fs::{self, File, FileType};
use std::io;
use std::path::Path;

/// Brings all files below a folder to the disk, so that they are whole under whatever name they get.
///
/// One call for the whole file system takes less time than one for each of even a few files, and for thousands it is a
/// second against minutes.
#[cfg(target_os = "linux")]
pub(super) fn sync(run: &Path) -> Result<()> {
    let folder = File::open(run).map_err(Error::io("open", run))?;
    match rustix::fs::syncfs(&folder) {
        Err(rustix::io::Errno::NOSYS) => sync_tree(run),
        result => result.map_err(|error| Error::io("sync", run)(error.into())),
    }
}

/// Brings all files below a folder to the disk, so that they are whole under whatever name they get.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync(run: &Path) -> Result<()> {
    sync_tree(run)
}

fn sync_tree(folder: &Path) -> Result<()> {
    for_each(folder, |path, file_type| if file_type.is_dir() { sync_tree(path) } else { sync_file(path) })?;
    sync_folder(folder)
}

fn sync_file(path: &Path) -> Result<()> {
    let file = File::options().write(true).open(path).map_err(Error::io("open", path))?;
    file.sync_all().map_err(Error::io("sync", path))
}

/// Brings the names in a folder to the disk. Windows does that by itself and cannot be asked to.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = File::open(path).map_err(Error::io("open", path))?;
    folder.sync_all().map_err(Error::io("sync", path))
}

/// Refuses an output folder in which something else stands where the folder of a table goes.
pub(super) fn check_tables(root: &Path) -> Result<()> {
    Table::ALL.into_iter().try_for_each(|table| is_folder(&root.join(table.as_str())).map(drop))
}

/// Removes the files of an earlier data set, and the folders that are empty without them. What section16 does not
/// write, by its place and name, stays.
pub(super) fn remove_tables(root: &Path) -> Result<()> {
    for table in Table::ALL {
        let folder = root.join(table.as_str());
        if !is_folder(&folder)? {
            continue;
        }
        for_each(&folder, |path, file_type| {
            if file_type.is_dir() && has_name(path, Layout::is_folder) {
                for_each(path, remove_if_part)?;
                return remove_if_empty(path);
            }
            remove_if_part(path, file_type)
        })?;
        remove_if_empty(&folder)?;
    }
    Ok(())
}

fn remove_if_part(path: &Path, file_type: FileType) -> Result<()> {
    if file_type.is_file() && has_name(path, is_part) {
        fs::remove_file(path).map_err(Error::io("remove", path))?;
    }
    Ok(())
}

fn is_part(name: &str) -> bool {
    let number = name.strip_prefix("part-").and_then(|rest| rest.strip_suffix(".parquet"));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn remove_if_empty(folder: &Path) -> Result<()> {
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => {
            Err(Error::io("remove", folder)(error))
        }
        _ => Ok(()),
    }
}

/// Moves staged tables to their names. A table whose folder does not exist appears as a whole.
pub(super) fn move_tables(staging: &Path, root: &Path) -> Result<()> {
    for_each(staging, |staged, _| {
        let Some(name) = staged.file_name() else { return Ok(()) };
        move_into(staged, &root.join(name))
    })
}

fn move_into(staged: &Path, target: &Path) -> Result<()> {
    if !is_folder(target)? {
        return fs::rename(staged, target).map_err(Error::io("rename to", target));
    }
    for_each(staged, |child, _| {
        let Some(name) = child.file_name() else { return Ok(()) };
        move_into(child, &target.join(name))
    })?;
    sync_folder(target)
}

/// Whether a folder stands there; not where nothing does. What else stands there is none of ours and in the way.
fn is_folder(path: &Path) -> Result<bool> {
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

fn has_name(path: &Path, test: impl Fn(&str) -> bool) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(test)
}

/// Calls `visit` with each entry of a folder; links are not followed.
fn for_each(folder: &Path, mut visit: impl FnMut(&Path, FileType) -> Result<()>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let entry = entry.map_err(Error::io("read", folder))?;
        let path = entry.path();
        let file_type = entry.file_type().map_err(Error::io("look at", &path))?;
        visit(&path, file_type)?;
    }
    Ok(())
}
