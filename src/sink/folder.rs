use super::disk::{Disk, for_each, is_there};
use super::journal::{Journal, Records};
use super::listing::{ABOUT, Listing};
use super::past::Past;
use super::publish::{self, How};
use super::remote::{Publishing, Remote};
use super::{Mode, Options};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Table;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// The output folder, locked against other runs.
///
/// ```text
/// OUT/transactions/...           the tables
/// OUT/_section16/lock            held by a run
/// OUT/_section16/dataset.json    there while the tables are whole: what wrote them
/// OUT/_section16/files.jsonl     every file of the tables, with rows, bytes and checksum
/// OUT/_section16/rejects/        the bytes of rejected entries, if they are kept
/// OUT/_section16/run/            of the run alone, removed with it
/// OUT/_section16/run/journal     what the run has done, for the one that resumes it
/// OUT/_section16/run/spill       rows that do not fit in memory
/// OUT/_section16/run/tables/     the files that are being written
/// ```
///
/// Of an output in an object store this is a folder of this machine ([`Options::folder`]), in which only the run lies, and what it
/// needs of the data set that grows. It publishes to the store, and is removed then.
pub(super) struct Folder {
    disk: Disk,
    /// Where files are published, if not here.
    remote: Option<Remote>,
    /// What an earlier run has sent there.
    sent: BTreeMap<String, String>,
    root: PathBuf,
    run: PathBuf,
    keep: Keep,
    /// Whether the journal may speak of files that are finished.
    has_finished: AtomicBool,
    /// Held until the folder is dropped, after [`Drop::drop`] has cleared `run`.
    _lock: File,
}

/// What a run is to do with what the folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Nothing may be there.
    New,
    /// The data set there is replaced.
    Overwrite,
    /// The data set there grows.
    Append,
    /// The files of the data set there are merged.
    Compact,
}

impl From<Mode> for Purpose {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::New => Self::New,
            Mode::Overwrite => Self::Overwrite,
            Mode::Append => Self::Append,
        }
    }
}

impl Purpose {
    /// What is typed. A new data set is written in the same way whether or not it replaces one.
    fn command(self) -> &'static str {
        match self {
            Self::New | Self::Overwrite => "convert",
            Self::Append => "convert --append",
            Self::Compact => "compact",
        }
    }
}

/// What an output holds.
pub(super) struct Holds {
    /// Nothing but what is section16's own.
    pub(super) is_empty: bool,
    /// What is section16's own.
    pub(super) is_ours: bool,
    /// A whole data set.
    pub(super) is_whole: bool,
}

/// What is left of a run that ends early.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// Nothing: it has done nothing worth resuming.
    Nothing,
    /// All but the files that were being written and are not finished; the run that resumes this one removes those.
    Sealed,
    /// All: it had begun to publish.
    Everything,
}

/// Is told how many rows were written, and says whether to go on.
pub(super) type Watch<'a> = &'a (dyn Fn(u64) -> ControlFlow<()> + Sync);

/// The folder of section16's own in the output folder; engines skip what begins with `_`.
pub(super) const OWN: &str = "_section16";
pub(super) const REJECTS: &str = "rejects";

impl Folder {
    /// Makes, checks and locks the folder, and says what a run that is to be resumed has done.
    pub(super) fn open(output: &Path, options: &Options, purpose: Purpose) -> Result<(Self, Option<Past>)> {
        let disk = options.disk.clone();
        let remote = Remote::of(output)?;
        let root = options.folder(output);
        disk.create_folders(&root)?;
        if remote.is_some() {
            Remote::secure(&root)?;
        }
        let look = || remote.as_ref().map_or_else(|| holds(&root), Remote::holds);
        let checked = look().and_then(|holds| check(output, &root, options, purpose, &holds));
        if remote.is_some() && checked.is_err() {
            // It may have been made just now, and holds nothing then.
            let _ = fs::remove_dir(&root);
        }
        checked?;
        disk.create_folders(&root.join(OWN))?;
        let lock = lock(&root)?;
        // Another run may have written between the look and the lock.
        let holds = look()?;
        let past = check(output, &root, options, purpose, &holds)?;
        publish::check_tables(&root)?;
        let run = run_in(&root);
        let mut folder = Self {
            disk,
            remote,
            sent: BTreeMap::new(),
            root,
            run,
            keep: Keep::Everything,
            has_finished: AtomicBool::new(false),
            _lock: lock,
        };
        match past {
            Some(mut past) if options.resume && past.is_compacting() == (purpose == Purpose::Compact) => {
                let difference = past.difference(&begun(options, purpose));
                if let Some(difference) = difference.filter(|_| purpose != Purpose::Compact) {
                    return Err(ErrorKind::Changed { path: folder.root.clone(), difference }.into());
                }
                if past.publish.is_none() {
                    folder.keep = Keep::Sealed;
                }
                folder.has_finished = AtomicBool::new(!past.finished.is_empty());
                folder.sent = std::mem::take(&mut past.sent);
                Ok((folder, Some(past)))
            }
            Some(past) if purpose != Purpose::Overwrite => {
                let (path, message) = (folder.root.clone(), past.advice());
                Err(ErrorKind::Unfinished { path, message }.into())
            }
            past => {
                if let Some(past) = past {
                    folder.end(past)?;
                }
                folder.disk.remove_tree(&folder.run)?;
                folder.disk.create_folder(&folder.run)?;
                folder.keep = Keep::Nothing;
                if let Some(remote) = &folder.remote {
                    remote.fetch_base(&folder.disk, &folder.root, purpose, &holds)?;
                }
                Ok((folder, None))
            }
        }
    }

    /// A folder for spilled rows and other files of the run.
    pub(super) fn run(&self) -> &Path {
        &self.run
    }

    pub(super) fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Begins the journal of a new run.
    pub(super) fn create_journal(&self, begun: &Value) -> Result<Journal> {
        let mut journal = Journal::create(&self.disk, &journal_in(&self.run))?;
        journal.append(&json!({ "begun": begun }))?;
        Ok(journal)
    }

    /// Goes on with the journal of an earlier run.
    pub(super) fn open_journal(&self, past: &Past) -> Result<Journal> {
        Journal::open(&self.disk, &journal_in(&self.run), past.end)
    }

    /// Reads the journal again from its start.
    pub(super) fn records(&self) -> Result<Records> {
        Records::open(&journal_in(&self.run))
    }

    /// What the data set holds.
    pub(super) fn listing(&self) -> Result<Listing> {
        Listing::read(&self.root.join(OWN))
    }

    /// Whether there are tables.
    pub(super) fn holds_tables(&self) -> Result<bool> {
        let mut tables = Table::ALL.into_iter().map(|table| is_there(&self.root.join(table.as_str())));
        tables.try_fold(false, |any, is_there| Ok(any | is_there?))
    }

    /// Where the tables lie.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Brings the names of the run's files to the disk, before its first seal.
    pub(super) fn sync_names(&self) -> Result<()> {
        if self.keep != Keep::Nothing {
            return Ok(());
        }
        [&self.run, &self.root.join(OWN), &self.root]
            .into_iter()
            .try_for_each(|path| self.disk.sync_folder(path))
    }

    /// From now on the run can be resumed.
    pub(super) fn keep_sealed(&mut self) {
        self.keep = Keep::Sealed;
    }

    /// Where the bytes of rejected entries wait to be published with the tables.
    pub(super) fn rejects(&self) -> PathBuf {
        self.run.join(REJECTS)
    }

    /// Makes the folder in which the files are written before they are published.
    pub(super) fn create_staging(&self) -> Result<PathBuf> {
        let staging = self.staging();
        self.disk.remove_tree(&staging)?;
        self.disk.create_folder(&staging)?;
        Ok(staging)
    }

    /// From now on there are finished files that the journal speaks of.
    pub(super) fn keep_finished(&self) {
        self.has_finished.store(true, Relaxed);
    }

    pub(super) fn staging(&self) -> PathBuf {
        self.run.join("tables")
    }

    /// Gives the staged files their names. `outcome` is for whoever resumes the run from here on.
    pub(super) fn publish(
        mut self,
        journal: &mut Journal,
        how: How,
        listing: &Listing,
        outcome: Value,
        watch: Watch<'_>,
    ) -> Result<()> {
        if self.remote.is_none() {
            publish::check_way(how, &self.staging(), &self.root)?;
        }
        listing.write(&self.disk, &self.run)?;
        self.disk.sync_all_in(&self.run)?;
        journal.append(&json!({ "publish": how.as_str(), "outcome": outcome }))?;
        // Whether the record is on the disk is not known where this fails.
        self.keep = Keep::Everything;
        journal.sync()?;
        self.roll_forward(journal, how, false, watch)
    }

    /// Does what is left to do of publishing. `is_cleared` says whether the files of an earlier data set are gone.
    pub(super) fn roll_forward(
        self,
        journal: &mut Journal,
        how: How,
        is_cleared: bool,
        watch: Watch<'_>,
    ) -> Result<()> {
        self.give_names(journal, how, is_cleared, watch)?;
        self.leave()
    }

    /// Ends a run that is not to be resumed, if it was publishing: the data set is none without what it has not published.
    fn end(&mut self, mut past: Past) -> Result<()> {
        let Some((how, _)) = past.publish else { return Ok(()) };
        let mut journal = self.open_journal(&past)?;
        self.sent = std::mem::take(&mut past.sent);
        let ended = self.give_names(&mut journal, how, past.is_cleared, &|_| ControlFlow::Continue(()));
        self.sent.clear();
        match ended {
            // Another run has changed the data set since, and it is whole without this one.
            Err(error) if matches!(error.kind(), ErrorKind::Changed { .. }) => Ok(()),
            ended => ended,
        }
    }

    fn give_names(&self, journal: &mut Journal, how: How, is_cleared: bool, watch: Watch<'_>) -> Result<()> {
        if let Some(remote) = &self.remote {
            let staged = (self.staging(), self.rejects());
            let (run, own, sent) = (self.run.clone(), self.root.join(OWN), &self.sent);
            return remote.publish(Publishing { how, is_cleared, staged, run, own, sent, journal, watch });
        }
        let (disk, root, own) = (&self.disk, &self.root, &self.root.join(OWN));
        let (staged_rejects, rejects) = (self.rejects(), own.join(REJECTS));
        if how == How::Replace && !is_cleared {
            disk.remove_file(&own.join(ABOUT))?;
            publish::remove_tables(disk, root)?;
            disk.remove_tree(&rejects)?;
            journal.append(&json!("cleared"))?;
            journal.sync()?;
        }
        match how {
            How::Replace | How::Add => publish::move_tables(disk, &self.staging(), root)?,
            How::Swap => publish::swap_tables(disk, &self.staging(), root, &self.run, own)?,
        }
        publish::move_rejects(disk, &staged_rejects, &rejects)?;
        publish::replace_listing(disk, &self.run, own)
    }

    /// Ends a run that has nothing to publish, or has published all.
    pub(super) fn leave(mut self) -> Result<()> {
        self.clear()?;
        self.keep = Keep::Nothing;
        Ok(())
    }

    /// Removes all that is of the run alone.
    fn clear(&self) -> Result<()> {
        self.disk.remove_tree(&self.run)?;
        if self.remote.is_some() { Remote::clear(&self.disk, &self.root) } else { Ok(()) }
    }
}

/// What the first record of the journal says of a run.
pub(super) fn begun(options: &Options, purpose: Purpose) -> Value {
    let mut begun = serde_json::Map::new();
    begun.insert("section16 version".to_owned(), env!("CARGO_PKG_VERSION").into());
    begun.insert("schema version".to_owned(), crate::schema::SCHEMA_VERSION.into());
    begun.insert("command".to_owned(), purpose.command().into());
    begun.insert("--partition".to_owned(), options.layout.to_string().into());
    begun.insert("--compression".to_owned(), options.compression.to_string().into());
    begun.extend(options.terms.iter().map(|(name, value)| (name.clone(), value.as_str().into())));
    begun.into()
}

/// What the run left behind is of no use to anybody, except what a seal covers.
impl Drop for Folder {
    fn drop(&mut self) {
        // There is nobody left to tell; the next run tries again.
        let _ = match self.keep {
            Keep::Nothing => self.clear(),
            Keep::Sealed if !*self.has_finished.get_mut() => self.disk.remove_tree(&self.staging()),
            Keep::Sealed | Keep::Everything => Ok(()),
        };
    }
}

fn run_in(root: &Path) -> PathBuf {
    root.join(OWN).join("run")
}

fn journal_in(run: &Path) -> PathBuf {
    run.join("journal")
}

/// What an earlier run has done, if it is worth resuming.
pub(super) fn past_in(root: &Path) -> Result<Option<Past>> {
    let path = journal_in(&run_in(root));
    if !is_there(&path)? {
        return Ok(None);
    }
    Ok(Some(Past::read(Records::open(&path)?)?).filter(Past::is_worth_resuming))
}

/// What an output folder holds.
fn holds(root: &Path) -> Result<Holds> {
    let (mut is_ours, mut is_empty) = (false, true);
    for_each(root, |path, file_type| {
        let is_own = path.file_name().is_some_and(|name| name == OWN) && file_type.is_dir();
        is_ours |= is_own;
        is_empty &= is_own;
        Ok(())
    })?;
    Ok(Holds { is_empty, is_ours, is_whole: is_there(&root.join(OWN).join(ABOUT))? })
}

/// Refuses an output in which there is something that is in the way, and says what an earlier run has done.
fn check(
    output: &Path,
    root: &Path,
    options: &Options,
    purpose: Purpose,
    holds: &Holds,
) -> Result<Option<Past>> {
    let path = output.to_owned();
    if !holds.is_empty && !holds.is_ours {
        let advice = "what it holds is not of section16, so nothing is written there; name another folder";
        return Err(ErrorKind::OutputNotEmpty { path, advice }.into());
    }
    let past = past_in(root)?;
    if holds.is_empty || past.is_some() || purpose != Purpose::New {
        return Ok(past);
    }
    if options.resume && holds.is_whole {
        return Err(ErrorKind::NothingToResume { path }.into());
    }
    let advice = "it holds a data set of section16, which --overwrite replaces and --append adds to";
    Err(ErrorKind::OutputNotEmpty { path, advice }.into())
}

fn lock(root: &Path) -> Result<File> {
    let path = root.join(OWN).join("lock");
    let mut options = File::options();
    let lock = options.create(true).write(true).truncate(false).open(&path);
    let lock = lock.map_err(Error::io("create", &path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(ErrorKind::OutputBusy { path: root.to_owned() }.into()),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
    }
}
