//! Links to folders.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

/// Sees to it that links lead to no folder twice, nor to one that is read anyway. Which link is followed does not depend on the
/// order in which folders list what they hold.
#[derive(Default)]
pub(super) struct Links {
    /// The folders that are read with all below them, by canonical path: inputs and those that links led to.
    read: HashSet<PathBuf>,
    /// Links to folders that are not followed yet, after the number of links that their paths pass through: the system resolves
    /// paths of a few dozen links only.
    waiting: BTreeSet<(usize, PathBuf)>,
}

/// A link to a folder.
pub(super) struct Link {
    /// Where it stands.
    pub path: PathBuf,
    /// The canonical path of the folder.
    folder: PathBuf,
    /// The number of links that the path passes through, other than an input.
    links: usize,
}

impl Links {
    /// Notes an input folder.
    pub fn note_input(&mut self, folder: &Path) {
        self.read.extend(folder.canonicalize());
    }

    /// Notes a link that was met below another link, or below an input; it is to be followed once all inputs are read.
    pub fn wait(&mut self, path: PathBuf, below: Option<&Link>) {
        self.waiting.insert((below.map_or(1, |link| link.links + 1), path));
    }

    /// The next link to a folder that is not read yet, which now counts as read; or one that cannot be followed.
    pub fn follow(&mut self) -> Option<Result<Link, (PathBuf, io::Error)>> {
        while let Some((links, path)) = self.waiting.pop_first() {
            match path.canonicalize() {
                Ok(folder) if folder.ancestors().any(|above| self.read.contains(above)) => {}
                Ok(folder) => {
                    self.read.insert(folder.clone());
                    return Some(Ok(Link { path, folder, links }));
                }
                Err(error) => return Some(Err((path, error))),
            }
        }
        None
    }

    /// Whether a folder that was met below `link` is one that is read from elsewhere.
    pub fn is_read(&self, link: &Link, met: &Path) -> bool {
        met.strip_prefix(&link.path).is_ok_and(|rest| self.read.contains(&link.folder.join(rest)))
    }
}
