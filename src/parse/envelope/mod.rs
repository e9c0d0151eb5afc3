//! Cuts the bytes of an entry into pieces, and a submission into header and documents.
//!
//! [`Splitter`] finds where submissions begin and end in an entry of any size, through a window. [`Parts`] takes one
//! submission that lies in memory whole to its header and its documents.
//!
//! The wrappers are described in EDGAR's Public Dissemination Service specification and were compared with real files:
//! `<SEC-DOCUMENT>` and `<IMS-DOCUMENT>` (Archives), `<SUBMISSION>` (Feed), each with or without a privacy-enhanced
//! message around it, and without any of these a header or `<DOCUMENT>` alone.

mod bare;
mod boundary;
mod marker;
mod parts;
mod peek;
mod piece;
mod scan;
mod splitter;

pub use marker::is_closed;
pub use parts::{Document, Parts};
pub use piece::{Piece, PieceKind, Step};
pub use splitter::{Pieces, Splitter, pieces};

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
