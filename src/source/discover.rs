//! Finds the files of a run.

use super::list::PathList;
use crate::error::{ErrorKind, Result};
use crate::reject::{Reason, Reject};
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
        /// Its size in bytes, if it was asked for.
        size: Option<u64>,
    },
    /// A file or folder that cannot be read, and why.
    Lost {
        /// The file or folder.
        path: PathBuf,
        /// The reason is [`Unreadable`](Reason::Unreadable).
        reject: Reject,
    },
}

/// Finds the files of the inputs: the inputs that are files, and all files in those that are folders, hidden ones too.
///
/// Links are followed; one that leads back to a folder around it is passed over, and so are devices, sockets and pipes in
/// folders. Files come in the order of the inputs, each run of 16,384 sorted by the bytes of the path, so that memory stays flat
/// however many files there are.
pub struct Discover {
    inputs: VecDeque<PathBuf>,
    lists: VecDeque<(PathBuf, PathList)>,
    output: Option<Output>,
    with_sizes: bool,
    walk: Option<walkdir::IntoIter>,
    window: std::vec::IntoIter<Found>,
}

impl Discover {
    /// Gets ready to search the inputs, and checks that they exist.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] names the first input that does not exist or cannot be looked at.
    pub fn new(inputs: impl IntoIterator<Item = PathBuf>) -> Result<Self> {
        let inputs: VecDeque<_> = inputs.into_iter().collect();
        for path in &inputs {
            fs::metadata(path).map_err(|source| ErrorKind::Input { path: path.clone(), source })?;
        }
        Ok(Self {
            inputs,
            lists: VecDeque::new(),
            output: None,
            with_sizes: false,
            walk: None,
            window: Vec::new().into_iter(),
        })
    }

    /// Adds, after the inputs, those of a list. One that does not exist is [`Found::Lost`], as is the rest of a list that cannot
    /// be read; `name` says which list that is.
    pub fn with_list(mut self, name: impl Into<PathBuf>, list: PathList) -> Self {
        self.lists.push_back((name.into(), list));
        self
    }

    /// Leaves out this folder, wherever it is met; it need not exist yet.
    pub fn without(mut self, output: &Path) -> Self {
        self.output = Output::new(output);
        self
    }

    /// Looks up sizes, which costs a call of the system for each file.
    pub fn with_sizes(mut self) -> Self {
        self.with_sizes = true;
        self
    }

    fn find(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.find_in_folder() {
                return Some(found);
            }
            let path = match self.next_input()? {
                Ok(path) => path,
                Err(lost) => return Some(lost),
            };
            match fs::metadata(&path) {
                Ok(data) if data.is_dir() => {
                    self.walk = Some(WalkDir::new(path).follow_links(true).into_iter());
                }
                Ok(data) => {
                    let size = (self.with_sizes && data.is_file()).then_some(data.len());
                    return Some(Found::File { path, size });
                }
                Err(error) => return Some(lost(path, &error)),
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
        let walk = self.walk.as_mut()?;
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let size =
                        self.with_sizes.then(|| entry.metadata().ok().map(|data| data.len())).flatten();
                    return Some(Found::File { path: entry.into_path(), size });
                }
                Ok(entry) => {
                    if self.output.as_ref().is_some_and(|output| output.is_met(&entry)) {
                        walk.skip_current_dir();
                    }
                }
                // What a link back leads to is being read anyway.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().unwrap_or(Path::new("")).to_owned();
                    return Some(lost(path, &error.into()));
                }
            }
        }
        self.walk = None;
        None
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

/// The folder to leave out.
struct Output {
    path: PathBuf,
    name: Option<OsString>,
}

impl Output {
    fn new(path: &Path) -> Option<Self> {
        let absolute = std::path::absolute(path).ok()?;
        let path = absolute.canonicalize().or_else(|_| match (absolute.parent(), absolute.file_name()) {
            (Some(parent), Some(name)) => parent.canonicalize().map(|parent| parent.join(name)),
            _ => Err(io::ErrorKind::NotFound.into()),
        });
        let path = path.unwrap_or(absolute);
        Some(Self { name: path.file_name().map(ToOwned::to_owned), path })
    }

    /// Whether this is the folder, or one in it that was given or is linked to. Folders of other names are told apart without a
    /// call of the system.
    fn is_met(&self, entry: &DirEntry) -> bool {
        let may_be =
            entry.depth() == 0 || entry.path_is_symlink() || Some(entry.file_name()) == self.name.as_deref();
        may_be
            && entry.file_type().is_dir()
            && entry.path().canonicalize().is_ok_and(|path| path.starts_with(&self.path))
    }
}
