use crate::model::Accession;
use crate::parse::rendered::Printed;
use std::borrow::Cow;

/// What [`Splitter::step`](super::Splitter::step) wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'w> {
    /// Drop the first `consumed` bytes of the window and append more input. Never returned at the end of the input.
    NeedInput {
        /// Bytes at the front of the window that are done with.
        consumed: usize,
    },
    /// A piece is complete. Use it, then drop the first `consumed` bytes of the window and step again.
    Piece {
        /// Bytes at the front of the window that are done with.
        consumed: usize,
        /// The piece; its bytes lie in the window.
        piece: Piece<'w>,
    },
    /// The entry is done.
    End,
}

/// One stretch of an entry: a submission, a bare document, or something that is neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'w> {
    /// What it is.
    pub kind: PieceKind,
    /// Bytes of the entry before it.
    pub offset: u64,
    /// Its length in bytes.
    pub len: u64,
    /// The piece itself for the kinds that are read, else empty.
    pub bytes: &'w [u8],
}

/// The kinds of [`Piece`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A submission that may be an ownership form: its type is one of the six or cannot be told from its head. The
    /// bytes are kept.
    Submission,
    /// An `ownershipDocument` without a wrapper. The bytes are kept.
    BareXml,
    /// A printed Form 3, 4 or 5 without a wrapper. The bytes are kept.
    Printed(Printed),
    /// Another form, by its type (`10-K`), or what is no submission, by a label in parentheses: `(binary)`, `(empty)`,
    /// `(html)`, `(index)`, `(json)`, `(text)`, `(unknown)`, `(utf-16)`, `(xml)`.
    Other(Cow<'static, str>),
    /// A correction or deletion of an earlier submission's header; it carries no filing.
    Correction,
    /// What would have been kept but is larger than [`Limits::max_entry`](crate::parse::Limits::max_entry).
    TooLarge {
        /// The accession number of the header.
        accession_number: Option<Accession>,
        /// The type of the header.
        submission_type: Option<String>,
    },
}

impl PieceKind {
    /// Whether the bytes of such a piece are kept.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Submission | Self::BareXml | Self::Printed(_))
    }
}
