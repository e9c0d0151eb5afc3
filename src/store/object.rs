//! What is said of objects.

use std::path::PathBuf;

/// An object as a store lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object {
    pub key: String,
    pub size: u64,
    /// What tells this version of the object from others: its entity tag, or else the time of its last change.
    pub version: String,
}

/// A file and the object that it becomes, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transfer {
    pub file: PathBuf,
    pub key: String,
}
