//! What reading a file shows.

use crate::reject::{Reason, Reject};
use std::borrow::Cow;
use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

/// Takes what a file holds, in the order in which it stands. [`ControlFlow::Break`] ends the file.
pub trait Visit {
    /// Takes one entry: a file that is no archive, or an innermost member of one.
    ///
    /// A body that is not read to its end is passed over. If a [`Body::Stream`] returns an error, the bytes before it are
    /// all that could be had, and [`Visit::damage`] follows with the same number: whoever counts, counts that one.
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()>;

    /// Takes what is wrong with the entry just shown, or with one that could not be shown, or with an archive.
    fn damage(&mut self, damage: Damage) -> ControlFlow<()>;
}

/// A file that is no archive, or an innermost member of one.
#[derive(Debug)]
pub struct Entry<'a> {
    /// See [`crate::model::Origin::member`].
    pub member: Option<&'a str>,
    /// See [`crate::model::Origin::entry`]; entries and damages share one count.
    pub number: u64,
    /// What it holds, decompressed.
    pub body: Body<'a>,
}

/// The bytes of an entry.
pub enum Body<'a> {
    /// An undamaged entry of fewer than [`Limits::max_inline`](super::Limits::max_inline) bytes, none for an empty one.
    Bytes(&'a [u8]),
    /// A larger entry, or what is left of a damaged one.
    Stream(&'a mut dyn Read),
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

/// Something that could not be read. Each is one [`Reject`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The kind.
    pub reason: Reason,
    /// The member that is damaged, or the archive among the members; `None` for the file itself.
    pub member: Option<String>,
    /// The number of the entry that is damaged, or a number of its own if no entry was shown.
    pub number: u64,
    /// Bytes of the entry or archive, decompressed, before the damage.
    pub offset: u64,
    /// What is wrong, in one sentence.
    pub message: Cow<'static, str>,
}

impl From<Damage> for Reject {
    fn from(damage: Damage) -> Self {
        Self::new(damage.reason, damage.message).at(damage.offset)
    }
}
