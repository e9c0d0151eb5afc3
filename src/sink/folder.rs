use super::publish;
use crate::error::{Error, ErrorKind, Result};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The output folder, locked against other runs.
///
/// ```text
/// OUT/transactions/...           the tables
/// OUT/_section16/lock            held by a run
/// OUT/_section16/dataset.json    there while the tables are whole: what wrote them
/// OUT/_section16/rejects/        the bytes of rejected entries, if they are kept
/// OUT/_section16/run/            of the run alone, removed with it: spilled rows, and the files that are being written
/// ```
pub(super) struct Folder {
    root: PathBuf,
    run: PathBuf,
    /// Held until the folder is dropped, after [`Drop::drop`] has removed `run`.
    _lock: File,
}

/// The folder of section16's own in the output folder; engines skip what begins with `_`.
const OWN: &str = "_section16";
const REJECTS: &str = "rejects";

impl Folder {
    /// Makes, checks and locks the folder.
    pub(super) fn open(root: &Path, overwrite: bool) -> Result<Self> {
        fs::create_dir_all(root).map_err(Error::io("create", root))?;
        check(root, overwrite)?;
        let own = root.join(OWN);
        create_unless_there(&own)?;
        let lock = lock(root, &own.join("lock"))?;
        // Another run may have written between the look and the lock.
        check(root, overwrite)?;
        publish::check_tables(root)?;
        let run = own.join("run");
        remove_unless_gone(&run)?;
        fs::create_dir(&run).map_err(Error::io("create", &run))?;
        Ok(Self { root: root.to_owned(), run, _lock: lock })
    }

    /// A folder for spilled rows and other files of the run.
    pub(super) fn run(&self) -> &Path {
        &self.run
    }

    /// Where the bytes of rejected entries wait to be published with the tables.
    pub(super) fn rejects(&self) -> PathBuf {
        self.run.join(REJECTS)
    }

    /// Makes the folder in which the files are written before they are published.
    pub(super) fn create_staging(&self) -> Result<PathBuf> {
        let staging = self.run.join("tables");
        fs::create_dir(&staging).map_err(Error::io("create", &staging))?;
        Ok(staging)
    }

    /// Puts the staged tables in the place of what an earlier run wrote. `about` is what `dataset.json` says.
    pub(super) fn publish(&self, staging: &Path, about: &str) -> Result<()> {
        let draft = self.run.join("dataset.json");
        fs::write(&draft, about).map_err(Error::io("write", &draft))?;
        publish::sync(&self.run)?;
        let marker = self.root.join(OWN).join("dataset.json");
        match fs::remove_file(&marker) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io("remove", &marker)(error));
            }
            _ => {}
        }
        publish::remove_tables(&self.root)?;
        publish::move_tables(staging, &self.root)?;
        self.publish_rejects()?;
        fs::rename(&draft, &marker).map_err(Error::io("rename to", &marker))?;
        publish::sync_folder(&self.root.join(OWN))?;
        publish::sync_folder(&self.root)
    }

    fn publish_rejects(&self) -> Result<()> {
        let (staged, rejects) = (self.rejects(), self.root.join(OWN).join(REJECTS));
        remove_unless_gone(&rejects)?;
        match fs::rename(staged, &rejects) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("rename to", &rejects)(error))
            }
            _ => Ok(()),
        }
    }
}

/// What the run leaves behind where it failed is of no use to anybody.
impl Drop for Folder {
    fn drop(&mut self) {
        // There is nobody left to tell; the next run tries again.
        let _ = fs::remove_dir_all(&self.run);
    }
}

fn check(root: &Path, overwrite: bool) -> Result<()> {
    let entries = fs::read_dir(root).map_err(Error::io("read", root))?;
    let (mut is_ours, mut is_empty) = (false, true);
    for entry in entries {
        let entry = entry.map_err(Error::io("read", root))?;
        let is_own = entry.file_name() == OWN && entry.file_type().is_ok_and(|t| t.is_dir());
        is_ours |= is_own;
        is_empty &= is_own;
    }
    let advice = match (is_empty, is_ours, overwrite) {
        (true, ..) | (false, true, true) => return Ok(()),
        (false, true, false) => "it holds a data set of section16, which --overwrite replaces",
        (false, false, _) => {
            "what it holds is not of section16, so nothing is written there; name another folder"
        }
    };
    Err(ErrorKind::OutputNotEmpty { path: root.to_owned(), advice }.into())
}

fn lock(root: &Path, path: &Path) -> Result<File> {
    let mut options = File::options();
    let lock = options.create(true).write(true).truncate(false).open(path);
    let lock = lock.map_err(Error::io("create", path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(ErrorKind::OutputBusy { path: root.to_owned() }.into()),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
    }
}

fn create_unless_there(folder: &Path) -> Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(Error::io("create", folder)(error)),
        _ => Ok(()),
    }
}

fn remove_unless_gone(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", folder)(error)),
        _ => Ok(()),
    }
}
