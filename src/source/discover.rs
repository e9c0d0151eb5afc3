//! Finds the files of a run.

use super::links::{Link, Links};
use super::list::PathList;
use super::remote::{Objects, is_of_object};
use crate::error::{Error, ErrorKind, Result};
use crate::reject::{Reason, Reject};
use crate::store::{Address, Stores};
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The most paths that are held and sorted at a time.
const WINDOW: usize = 16_384;

/// What [`Discover`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File {
        /// The input as it was given, and what was found below it.
        path: PathBuf,
        /// Its size in bytes, if it was asked for. That of an object is always there.
        size: Option<u64>,
        /// What tells this version of an object in a store from others: its entity tag, or else the time of its last change.
        version: Option<String>,
    },
    /// A file or folder that cannot be read, and why.
    Lost {
        /// The file or folder.
        path: PathBuf,
        /// The reason is [`Unreadable`](Reason::Unreadable) or [`NotAFile`](Reason::NotAFile).
        reject: Reject,
    },
}

/// Finds the files of the inputs: the inputs that are files, and all files in those that are folders, hidden ones too.
///
/// Links to files are followed where they stand. Links to folders are followed after all inputs, in a fixed order, and only
/// to what is not read yet: no folder is read twice because of a link. Devices, sockets and pipes in folders are
/// not opened: each is [`Found::Lost`]. Files come in the order of the inputs, each run of 16,384 sorted by the bytes of the path, so that memory stays flat
/// however many files there are; only input folders and links to folders are remembered.
///
/// An URL of an object store is the object of that key, or else all objects below it as a prefix.
pub struct Discover {
    inputs: VecDeque<PathBuf>,
    lists: VecDeque<(PathBuf, PathList)>,
    output: Option<Output>,
    with_sizes: bool,
    walk: Option<Walk>,
    links: Links,
    stores: Stores,
    objects: Option<Objects>,
    /// The prefix of paths that are left out, if the output is an URL.
    url_of_output: Option<String>,
    failure: Option<Error>,
    window: std::vec::IntoIter<Found>,
}

/// A walk through a folder, which `link` led to if it is no input.
struct Walk {
    entries: walkdir::IntoIter,
    link: Option<Link>,
}

impl Discover {
    /// Gets ready to search the inputs, and checks that they exist.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] names the first input that does not exist or cannot be looked at.
    pub fn new(inputs: impl IntoIterator<Item = PathBuf>) -> Result<Self> {
        let inputs: VecDeque<_> = inputs.into_iter().collect();
        let stores = Stores::default();
        for path in &inputs {
            let looked = match Address::of(path) {
                Some(Ok(address)) => Objects::find(&stores, address).map(drop),
                Some(Err(refused)) => Err(refused.into()),
                None => fs::metadata(path).map(drop),
            };
            looked.map_err(|source| ErrorKind::Input { path: path.clone(), source })?;
        }
        Ok(Self {
            inputs,
            lists: VecDeque::new(),
            output: None,
            with_sizes: false,
            walk: None,
            links: Links::default(),
            stores,
            objects: None,
            url_of_output: None,
            failure: None,
            window: Vec::new().into_iter(),
        })
    }

    /// Adds, after the inputs, those of a list. One that does not exist is [`Found::Lost`], as is the rest of a list that cannot
    /// be read; `name` says which list that is.
    pub fn with_list(mut self, name: impl Into<PathBuf>, list: PathList) -> Self {
        self.lists.push_back((name.into(), list));
        self
    }

    /// Leaves out this folder and all in it, also where an input or a link names something in it; it need not exist yet.
    ///
    /// An output that is an URL is left out beside one that is a folder.
    pub fn without(mut self, output: &Path) -> Self {
        match Address::of(output) {
            Some(url) => self.url_of_output = url.ok().map(|url| format!("{url}/")),
            None => self.output = Output::new(output),
        }
        self
    }

    /// The inputs that are still to be searched, as they were given.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.inputs.iter().map(PathBuf::as_path)
    }

    /// The names of the lists that are still to be read.
    pub fn lists(&self) -> impl Iterator<Item = &Path> {
        self.lists.iter().map(|(name, _)| name.as_path())
    }

    /// Looks up sizes, which costs a call of the system for each file.
    pub fn with_sizes(mut self) -> Self {
        self.with_sizes = true;
        self
    }

    /// Why an object store could not be listed to its end. What was found is not all then, so a run should end.
    pub fn take_failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    fn find(&mut self) -> Option<Found> {
        while self.failure.is_none() {
            if let Some(found) = self.find_in_store() {
                return Some(found);
            }
            if let Some(found) = self.find_in_folder() {
                return Some(found);
            }
            let found = match self.next_input() {
                Some(Ok(path)) => self.look_at(path),
                Some(Err(lost)) => Some(lost),
                None => match self.links.follow()? {
                    Ok(link) => {
                        self.walk = Some(Walk::new(&link.path.clone(), Some(link)));
                        None
                    }
                    Err((path, error)) => Some(lost(path, &error)),
                },
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Begins to walk an input that is a folder, and shows one that is a file.
    fn look_at(&mut self, path: PathBuf) -> Option<Found> {
        if let Some(address) = Address::of(&path) {
            let address = match address {
                Ok(address) => address,
                // That of one path of a list is that of all.
                Err(refused) => {
                    self.failure = Some(ErrorKind::Input { path, source: refused.into() }.into());
                    return None;
                }
            };
            return Objects::find(&self.stores, address)
                .map(|objects| self.objects = Some(objects))
                .err()
                .and_then(|e| self.fail(path, e));
        }
        let data = match fs::metadata(&path) {
            Ok(data) => data,
            Err(error) => return Some(lost(path, &error)),
        };
        if data.is_dir() {
            if !self.output.as_ref().is_some_and(|output| output.holds(&path)) {
                self.links.note_input(&path);
                self.walk = Some(Walk::new(&path, None));
            }
            return None;
        }
        let is_in_output = self.output.as_mut().is_some_and(|output| output.holds_file(&path));
        let size = (self.with_sizes && data.is_file()).then_some(data.len());
        (!is_in_output).then_some(Found::File { path, size, version: None })
    }

    /// What an error of a store says of one input is told of that; any other ends the search.
    fn fail(&mut self, path: PathBuf, error: io::Error) -> Option<Found> {
        if is_of_object(&error) {
            return Some(lost(path, &error));
        }
        self.failure = Some(ErrorKind::Input { path, source: error }.into());
        None
    }

    fn find_in_store(&mut self) -> Option<Found> {
        loop {
            match self.objects.as_mut()?.next() {
                Some(Ok(found)) => {
                    let path = found.path().to_string_lossy();
                    if !self.url_of_output.as_ref().is_some_and(|output| path.starts_with(output)) {
                        return Some(found);
                    }
                }
                Some(Err(error)) => {
                    let path = self.objects.take()?.path();
                    return self.fail(path, error);
                }
                None => self.objects = None,
            }
        }
    }

    fn next_input(&mut self) -> Option<std::result::Result<PathBuf, Found>> {
        if let Some(path) = self.inputs.pop_front() {
            return Some(Ok(path));
        }
        while let Some((name, list)) = self.lists.front_mut() {
            match list.next() {
                Some(Ok(path)) => return Some(Ok(path)),
                Some(Err(error)) => return Some(Err(lost(name.clone(), &error))),
                None => self.lists.pop_front(),
            };
        }
        None
    }

    fn find_in_folder(&mut self) -> Option<Found> {
        loop {
            match self.walk.as_mut()?.entries.next() {
                Some(Ok(entry)) if entry.file_type().is_symlink() => {
                    if let Some(found) = self.look_behind(entry.into_path()) {
                        return Some(found);
                    }
                }
                Some(Ok(entry)) if entry.file_type().is_file() => {
                    let size =
                        self.with_sizes.then(|| entry.metadata().ok()).flatten().map(|data| data.len());
                    return Some(Found::File { path: entry.into_path(), size, version: None });
                }
                Some(Ok(entry)) if entry.file_type().is_dir() => self.pass_over_if_read(&entry),
                Some(Ok(entry)) => return Some(no_file(entry.into_path())),
                Some(Err(error)) => {
                    let path = error.path().unwrap_or(Path::new("")).to_owned();
                    return Some(lost(path, &error.into()));
                }
                None => self.walk = None,
            }
        }
    }

    /// Looks at what a link in a folder leads to: a file is shown, a folder has to wait.
    fn look_behind(&mut self, link: PathBuf) -> Option<Found> {
        let data = match fs::metadata(&link) {
            Ok(data) => data,
            Err(error) => return Some(lost(link, &error)),
        };
        if self.output.as_ref().is_some_and(|output| output.holds(&link)) {
            return None;
        }
        if !(data.is_file() || data.is_dir()) {
            return Some(no_file(link));
        }
        if data.is_dir() {
            self.links.wait(link, self.walk.as_ref().and_then(|walk| walk.link.as_ref()));
            return None;
        }
        Some(Found::File { path: link, size: self.with_sizes.then_some(data.len()), version: None })
    }

    fn pass_over_if_read(&mut self, folder: &DirEntry) {
        let Some(walk) = &mut self.walk else { return };
        let is_output = self.output.as_ref().is_some_and(|output| output.is(folder));
        if is_output || walk.link.as_ref().is_some_and(|link| self.links.is_read(link, folder.path())) {
            walk.entries.skip_current_dir();
        }
    }
}

impl Walk {
    /// A walk through what lies in `folder`.
    fn new(folder: &Path, link: Option<Link>) -> Self {
        Self { entries: WalkDir::new(folder).min_depth(1).into_iter(), link }
    }
}

impl Iterator for Discover {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if self.window.len() == 0 {
            let mut window: Vec<_> = std::iter::from_fn(|| self.find()).take(WINDOW).collect();
            window.sort_by(|a, b| {
                a.path().as_os_str().as_encoded_bytes().cmp(b.path().as_os_str().as_encoded_bytes())
            });
            self.window = window.into_iter();
        }
        self.window.next()
    }
}

impl Found {
    /// The path, readable or not.
    pub fn path(&self) -> &Path {
        match self {
            Self::File { path, .. } | Self::Lost { path, .. } => path,
        }
    }
}

fn lost(path: PathBuf, error: &io::Error) -> Found {
    Found::Lost { path, reject: Reject::new(Reason::Unreadable, error.to_string()) }
}

fn no_file(path: PathBuf) -> Found {
    let message =
        "a pipe, socket or device lies in a folder and was not opened; name it as an input to read it";
    Found::Lost { path, reject: Reject::new(Reason::NotAFile, message) }
}

/// The folder to leave out.
struct Output {
    path: PathBuf,
    name: Option<OsString>,
    /// The folder of the last file that was an input, and whether it lies in this one.
    last: Option<(PathBuf, bool)>,
}

impl Output {
    fn new(path: &Path) -> Option<Self> {
        let absolute = std::path::absolute(path).ok()?;
        let path = absolute.canonicalize().or_else(|_| match (absolute.parent(), absolute.file_name()) {
            (Some(parent), Some(name)) => parent.canonicalize().map(|parent| parent.join(name)),
            _ => Err(io::ErrorKind::NotFound.into()),
        });
        let path = path.unwrap_or(absolute);
        Some(Self { name: path.file_name().map(ToOwned::to_owned), path, last: None })
    }

    /// Whether this is the folder, met where it lies. Folders of other names are told apart without a call of the system.
    fn is(&self, folder: &DirEntry) -> bool {
        Some(folder.file_name()) == self.name.as_deref() && self.holds(folder.path())
    }

    /// Whether a path leads into the folder.
    fn holds(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| path.starts_with(&self.path))
    }

    /// The same for a file; of many in one folder that are no links, only the first costs more than one call of the system.
    fn holds_file(&mut self, path: &Path) -> bool {
        let folder = match path.parent() {
            Some(folder) if !path.is_symlink() => folder,
            _ => return self.holds(path),
        };
        match &self.last {
            Some((last, is_held)) if last == folder => *is_held,
            _ => {
                let is_held = if folder.as_os_str().is_empty() {
                    self.holds(Path::new("."))
                } else {
                    self.holds(folder)
                };
                self.last = Some((folder.to_owned(), is_held));
                is_held
            }
        }
    }
}
