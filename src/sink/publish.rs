use super::Layout;
use super::disk::{Disk, for_each, is_folder, is_there};
use super::listing::{ABOUT, FILES, Listing, part_number};
use crate::error::{Error, Result};
use crate::model::Table;
use std::collections::BTreeSet;
use std::fs::FileType;
use std::io;
use std::path::Path;

/// How staged files get their names. Each step can be done again where the process ended in the middle of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// In the place of what an earlier run wrote: that is removed, then whole tables are renamed.
    Replace,
    /// Beside what is there: file after file is renamed, those of `filings` last.
    Add,
    /// A folder of one file in the place of a folder of several: they trade names.
    Swap,
}

impl How {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Add => "add",
            Self::Swap => "swap",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Replace, Self::Add, Self::Swap].into_iter().find(|how| how.as_str() == text)
    }
}

/// Refuses an output folder in which something else stands where the folder of a table goes.
pub(super) fn check_tables(root: &Path) -> Result<()> {
    Table::ALL.into_iter().try_for_each(|table| is_folder(&root.join(table.as_str())).map(drop))
}

/// Removes the files of an earlier data set, and the folders that are empty without them. What section16 does not
/// write, by its place and name, stays.
pub(super) fn remove_tables(disk: &Disk, root: &Path) -> Result<()> {
    for table in Table::ALL {
        let folder = root.join(table.as_str());
        if !is_folder(&folder)? {
            continue;
        }
        for_each(&folder, |path, file_type| {
            if file_type.is_dir() && has_name(path, Layout::is_folder) {
                for_each(path, |path, file_type| remove_if_part(disk, path, file_type))?;
                return disk.remove_if_empty(path);
            }
            remove_if_part(disk, path, file_type)
        })?;
        disk.remove_if_empty(&folder)?;
    }
    Ok(())
}

/// Whether section16 writes a file of a table there: `path` goes on from the table's folder, `/` between components.
pub(super) fn is_part_path(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').map_or((None, path), |(folder, name)| (Some(folder), name));
    folder.is_none_or(Layout::is_folder) && part_number(name).is_some()
}

fn remove_if_part(disk: &Disk, path: &Path, file_type: FileType) -> Result<()> {
    if is_part(path, file_type) { disk.remove_file(path) } else { Ok(()) }
}

fn is_part(path: &Path, file_type: FileType) -> bool {
    file_type.is_file() && has_name(path, |name| part_number(name).is_some())
}

fn has_name(path: &Path, test: impl Fn(&str) -> bool) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(test)
}

/// Refuses to publish where something that section16 does not replace stands in the way of what is staged: a link where a folder
/// goes, or a file of the name that a new one gets.
pub(super) fn check_way(how: How, staging: &Path, root: &Path) -> Result<()> {
    Table::ALL.into_iter().try_for_each(|table| {
        let staged = staging.join(table.as_str());
        if is_there(&staged)? { check_way_of(how, &staged, &root.join(table.as_str())) } else { Ok(()) }
    })
}

fn check_way_of(how: How, staged: &Path, target: &Path) -> Result<()> {
    if !is_there(target)? {
        return Ok(());
    }
    if staged.is_dir() {
        is_folder(target)?;
        return for_each(staged, |child, _| match child.file_name() {
            Some(name) => check_way_of(how, child, &target.join(name)),
            None => Ok(()),
        });
    }
    // What is replaced has made room before.
    if how == How::Replace && !target.is_dir() {
        return Ok(());
    }
    let message = "something that section16 has not written has the name of a new file; move it away";
    Err(Error::io("write", target)(io::Error::new(io::ErrorKind::AlreadyExists, message)))
}

/// Moves staged tables to their names, and the names to the disk. A table or folder that does not exist appears as a
/// whole. Rows of a filing appear before the filing.
pub(super) fn move_tables(disk: &Disk, staging: &Path, root: &Path) -> Result<()> {
    let mut is_merged = false;
    for table in Table::ALL.into_iter().rev() {
        let staged = staging.join(table.as_str());
        is_merged |= move_into(disk, &staged, &root.join(table.as_str()))?;
    }
    // One call for all folders that have got names, where there are many.
    if is_merged { disk.sync_all_in(root) } else { disk.sync_folder(root) }
}

/// Moves what is staged, if it still is; whether it went into a folder that was there.
fn move_into(disk: &Disk, staged: &Path, target: &Path) -> Result<bool> {
    if !is_there(staged)? {
        return Ok(false);
    }
    if !(staged.is_dir() && is_folder(target)?) {
        disk.rename(staged, target)?;
        return Ok(false);
    }
    for_each(staged, |child, _| {
        let Some(name) = child.file_name() else { return Ok(()) };
        move_into(disk, child, &target.join(name)).map(drop)
    })?;
    Ok(true)
}

/// Moves the kept bytes of rejected entries to the others.
pub(super) fn move_rejects(disk: &Disk, staged: &Path, rejects: &Path) -> Result<()> {
    move_into(disk, staged, rejects).map(drop)
}

/// Puts every staged folder, which holds one file, in the place of the folder of that name, and removes what is not listed
/// any more.
///
/// The new listing takes its place once all of that is done. Where it is not among the files of the run any more, what is
/// staged are the old files, of which some may be removed already.
pub(super) fn swap_tables(disk: &Disk, staging: &Path, root: &Path, run: &Path, own: &Path) -> Result<()> {
    if !is_there(&run.join(FILES))? {
        return Ok(());
    }
    for table in Table::ALL {
        let (staged, target) = (staging.join(table.as_str()), root.join(table.as_str()));
        if !is_folder(&staged)? {
            continue;
        }
        let mut folders = Vec::new();
        for_each(&staged, |path, file_type| {
            folders.extend(path.file_name().filter(|_| file_type.is_dir()).map(ToOwned::to_owned));
            Ok(())
        })?;
        for name in &folders {
            swap_folder(disk, &staged.join(name), &target.join(name))?;
        }
        if folders.is_empty() {
            swap_folder(disk, &staged, &target)?;
        }
    }
    remove_unlisted(disk, root, run, own)?;
    disk.sync_all_in(root)
}

/// Trades a staged folder for the one in its place.
fn swap_folder(disk: &Disk, staged: &Path, target: &Path) -> Result<()> {
    let mut names = Vec::new();
    for_each(staged, |path, file_type| {
        names.extend(path.file_name().filter(|_| is_part(path, file_type)).map(ToOwned::to_owned));
        Ok(())
    })?;
    // Once the folders have traded, the staged one holds the old files, and the target what was staged: a name that it
    // did not have before.
    let [name] = names.as_slice() else { return Ok(()) };
    if is_there(&target.join(name))? {
        return Ok(());
    }
    let mut is_ours_alone = true;
    for_each(target, |path, file_type| {
        is_ours_alone &= is_part(path, file_type);
        Ok(())
    })?;
    if is_ours_alone && disk.exchange(staged, target)? {
        return Ok(());
    }
    // Rows that are not there for a moment are better than rows that are there twice.
    for_each(target, |path, file_type| remove_if_part(disk, path, file_type))?;
    disk.rename(&staged.join(name), &target.join(name)).map(drop)
}

/// Removes what was listed and is no longer, as far as it is still there.
fn remove_unlisted(disk: &Disk, root: &Path, run: &Path, own: &Path) -> Result<()> {
    let (new, old) = (Listing::read(run)?, Listing::read(own)?);
    let kept: BTreeSet<String> = new.files.iter().map(|file| file.path(new.layout)).collect();
    for file in &old.files {
        let path = file.path(old.layout);
        if !kept.contains(&path) {
            disk.remove_file(&root.join(path))?;
            if old.layout.of_table(file.table) != Layout::None {
                disk.remove_if_empty(&root.join(file.folder(old.layout)))?;
            }
        }
    }
    Ok(())
}

/// Puts the listing of a run in the place of the one before.
pub(super) fn replace_listing(disk: &Disk, run: &Path, own: &Path) -> Result<()> {
    for name in [FILES, ABOUT] {
        disk.rename(&run.join(name), &own.join(name))?;
    }
    disk.sync_folder(own)
}
