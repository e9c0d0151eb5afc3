//! An output in an object store: made in a folder of this machine, and sent when it is whole.

use super::disk::{Disk, is_folder, is_there};
use super::folder::{Holds, OWN, Purpose, REJECTS, Watch};
use super::journal::Journal;
use super::listing::{ABOUT, FILES, Listing};
use super::part_reader::damaged;
use super::publish::{How, is_part_path};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Table;
use crate::store::{Address, Store, Stores, Transfer};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use walkdir::WalkDir;

/// An URL to which a data set is written.
///
/// ```text
/// URL/transactions/...             the tables
/// URL/_section16/uploading         there while files are being sent
/// URL/_section16/files.jsonl       as in a folder
/// URL/_section16/dataset.json      as in a folder: sent last, it vouches for the rest
/// URL/_section16/rejects/
/// ```
pub(super) struct Remote {
    store: Store,
    address: Address,
}

/// A run that publishes.
pub(super) struct Publishing<'p> {
    pub how: How,
    /// Whether the objects of an earlier data set are gone.
    pub is_cleared: bool,
    /// The files of the tables, and the kept bytes of rejected entries.
    pub staged: (PathBuf, PathBuf),
    /// Where the new listing is.
    pub run: PathBuf,
    /// Where the listing of the data set that grows is.
    pub own: PathBuf,
    /// What an earlier run has sent: the versions of objects by key.
    pub sent: &'p BTreeMap<String, String>,
    pub journal: &'p mut Journal,
    pub watch: Watch<'p>,
}

/// The name of the object that is there while files are being sent, and what it says.
const MARK: &str = "uploading";
const MARK_TEXT: &[u8] = b"files are being sent; dataset.json vouches for those that it speaks of\n";

impl Remote {
    /// The output, if it is an URL.
    pub(super) fn of(output: &Path) -> Result<Option<Self>> {
        let Some(address) = Address::of(output) else { return Ok(None) };
        let open = || -> io::Result<Self> {
            let address = address?;
            let store = Stores::default().open(&address)?;
            Ok(Self { store, address })
        };
        open().map(Some).map_err(Error::io("write to", output))
    }

    /// Keeps others out of the folder in which the run works: its place is known to everybody.
    pub(super) fn secure(root: &Path) -> Result<()> {
        is_folder(root)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Only the owner may do this, so it also tells whose folder it is.
            fs::set_permissions(root, fs::Permissions::from_mode(0o700)).map_err(Error::io("own", root))?;
        }
        Ok(())
    }

    /// What lies below the URL.
    pub(super) fn holds(&self) -> Result<Holds> {
        let look = || -> io::Result<Holds> {
            let level = self.store.level(self.address.key())?;
            let own = self.key(OWN);
            // Some tools make an empty object for a folder.
            let mut objects = level.objects.iter().filter(|object| object.key != self.address.key());
            Ok(Holds {
                is_empty: objects.next().is_none() && level.prefixes.iter().all(|prefix| *prefix == own),
                is_ours: level.prefixes.contains(&own),
                is_whole: self.store.find(&self.own(ABOUT))?.is_some(),
            })
        };
        look().map_err(self.error("read"))
    }

    /// Fetches what a run needs of the data set that it adds to: the listing, and the files of `filings` and `rejects`.
    pub(super) fn fetch_base(&self, disk: &Disk, root: &Path, purpose: Purpose, holds: &Holds) -> Result<()> {
        for table in Table::ALL {
            disk.remove_tree(&root.join(table.as_str()))?;
        }
        if purpose != Purpose::Append || holds.is_empty {
            return Ok(());
        }
        let own = root.join(OWN);
        for name in [ABOUT, FILES] {
            let object = self.store.get(&self.own(name)).map_err(self.error("read"))?;
            let path: PathBuf = format!("{}/{OWN}/{name}", self.address).into();
            let bytes = object.ok_or_else(|| damaged(&path, "it is not there: no run has ended here"))?;
            disk.write_file(&own.join(name), &bytes)?;
        }
        let listing = Listing::read(&own)?;
        let needed = |table| matches!(table, Table::Filings | Table::Rejects);
        let files = || {
            listing
                .files
                .iter()
                .filter(|file| needed(file.table))
                .map(|file| (file, file.path(listing.layout)))
        };
        self.store
            .get_files(files().map(|(_, path)| Transfer { file: root.join(&path), key: self.key(&path) }))?;
        for (file, path) in files() {
            let bytes = fs::metadata(root.join(&path)).map_err(Error::io("look at", root.join(&path)))?.len();
            if bytes != file.bytes {
                let url: PathBuf = format!("{}/{path}", self.address).into();
                return Err(damaged(&url, format!("it has {bytes} bytes, and {} were written", file.bytes)));
            }
        }
        // That it is there says that a data set grows.
        disk.create_folders(&root.join(Table::Filings.as_str()))
    }

    /// Sends what is staged. Each step can be done again where the process ended in the middle of it.
    pub(super) fn publish(&self, mut publishing: Publishing<'_>) -> Result<()> {
        if publishing.how == How::Add {
            self.check_unchanged(&publishing)?;
        }
        let own = |name: &str| self.own(name);
        let mark = publishing.run.join(MARK);
        fs::write(&mark, MARK_TEXT).map_err(Error::io("write", &mark))?;
        self.put(mark, own(MARK))?;
        if publishing.how == How::Replace && !publishing.is_cleared {
            self.clear_old()?;
            publishing.journal.append(&json!("cleared"))?;
            publishing.journal.sync()?;
        }
        self.put_tables(&mut publishing)?;
        self.put_rejects(&publishing.staged.1)?;
        for name in [FILES, ABOUT] {
            self.put(publishing.run.join(name), own(name))?;
        }
        self.store.delete(std::iter::once(own(MARK))).map_err(self.error("remove from"))
    }

    /// Refuses to add to a data set that another run has changed since this one has looked at it.
    fn check_unchanged(&self, publishing: &Publishing<'_>) -> Result<()> {
        let now = self.store.get(&self.own(ABOUT)).map_err(self.error("read"))?;
        for folder in [&publishing.own, &publishing.run] {
            let path = folder.join(ABOUT);
            if is_there(&path)? && now == Some(fs::read(&path).map_err(Error::io("read", &path))?) {
                return Ok(());
            }
        }
        let difference = "another run has changed the data set since this one began; run it once more";
        Err(ErrorKind::Changed { path: self.path(), difference: difference.to_owned() }.into())
    }

    /// Removes the objects of an earlier data set, that which vouches for the others first. What section16 does not write,
    /// by its place and name, stays.
    fn clear_old(&self) -> Result<()> {
        let clear = || -> io::Result<()> {
            self.store.delete(std::iter::once(self.own(ABOUT)))?;
            for table in Table::ALL {
                let prefix = self.key(table.as_str());
                let is_ours = |key: &str| {
                    key.strip_prefix(&*prefix)
                        .and_then(|rest| rest.strip_prefix('/'))
                        .is_some_and(is_part_path)
                };
                self.delete_below(&prefix, is_ours)?;
            }
            self.delete_below(&self.own(REJECTS), |_| true)
        };
        clear().map_err(self.error("remove from"))
    }

    fn delete_below(&self, prefix: &str, is_ours: impl Fn(&str) -> bool) -> io::Result<()> {
        let mut keys = Vec::new();
        for object in self.store.list(prefix)? {
            keys.extend(Some(object?.key).filter(|key| is_ours(key)));
        }
        self.store.delete(keys.into_iter())
    }

    /// Sends the files of the tables that the store does not have yet; rows of a filing are there before the filing.
    fn put_tables(&self, publishing: &mut Publishing<'_>) -> Result<()> {
        let listing = Listing::read(&publishing.run)?;
        let (staging, watch) = (&publishing.staged.0, publishing.watch);
        let journal = Mutex::new(&mut *publishing.journal);
        let done = |transfer: &Transfer, version: Option<String>| {
            if let Some(version) = version {
                let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
                journal.append(&json!({ "sent": transfer.key, "version": plain(&version) }))?;
            }
            if watch(0).is_break() { Err(ErrorKind::Interrupted.into()) } else { Ok(()) }
        };
        for table in Table::ALL.into_iter().rev() {
            let has = self.has(table, publishing.sent)?;
            let paths =
                listing.files.iter().filter(|file| file.table == table).map(|file| file.path(listing.layout));
            let files = paths.map(|path| Transfer { file: staging.join(&path), key: self.key(&path) });
            // Of a data set that grows, only what is new is staged.
            self.store.put_files(files.filter(|t| !has.contains(&t.key) && t.file.exists()), &done)?;
        }
        Ok(())
    }

    /// The objects of a table that are as they were sent.
    fn has(&self, table: Table, sent: &BTreeMap<String, String>) -> Result<HashSet<String>> {
        let mut has = HashSet::new();
        if sent.is_empty() {
            return Ok(has);
        }
        for object in self.store.list(&self.key(table.as_str())).map_err(self.error("read"))? {
            let object = object.map_err(self.error("read"))?;
            if sent.get(&object.key).is_some_and(|version| version == plain(&object.version)) {
                has.insert(object.key);
            }
        }
        Ok(has)
    }

    fn put_rejects(&self, staged: &Path) -> Result<()> {
        if !is_there(staged)? {
            return Ok(());
        }
        let mut files = Vec::new();
        for entry in WalkDir::new(staged) {
            let entry = entry.map_err(|error| Error::io("read", staged)(error.into()))?;
            if entry.file_type().is_file()
                && let Ok(rest) = entry.path().strip_prefix(staged)
            {
                let key = self.own(&format!("{REJECTS}/{}", crate::source::path_text(rest)));
                files.push(Transfer { file: entry.into_path(), key });
            }
        }
        self.store.put_files(files.into_iter(), &|_, _| Ok(()))
    }

    fn put(&self, file: PathBuf, key: String) -> Result<()> {
        self.store.put_files(std::iter::once(Transfer { file, key }), &|_, _| Ok(()))
    }

    /// Removes the folder in which a run has worked.
    pub(super) fn clear(disk: &Disk, root: &Path) -> Result<()> {
        for table in Table::ALL {
            disk.remove_tree(&root.join(table.as_str()))?;
        }
        for name in [FILES, ABOUT] {
            disk.remove_file(&root.join(OWN).join(name))?;
        }
        // Where the system keeps the lock as long as it is held, it stays; nothing else is lost with it.
        let _ = fs::remove_dir_all(root);
        Ok(())
    }

    fn key(&self, path: &str) -> String {
        match self.address.key() {
            "" => path.to_owned(),
            prefix => format!("{prefix}/{path}"),
        }
    }

    fn own(&self, name: &str) -> String {
        self.key(&format!("{OWN}/{name}"))
    }

    fn path(&self) -> PathBuf {
        self.address.to_string().into()
    }

    fn error(&self, action: &'static str) -> impl FnOnce(io::Error) -> Error + use<> {
        Error::io(action, self.path())
    }
}

/// An entity tag without its quotes, which some answers have and others lack.
fn plain(version: &str) -> &str {
    version.trim_matches('"')
}

#[cfg(test)]
#[cfg(feature = "cloud")]
mod tests;
