//! Floor 1: bytes in. Walks folders, opens files, undoes compression and archives, and shows each entry.
//!
//! [`Discover`] turns inputs into files; a [`Reader`] opens one after another and shows what lies innermost in each to a
//! visitor ([`Visit`]), entry by entry, in bounded memory. What a file is, is told by its content; where that is neither an
//! archive nor text although the name promises an archive, it is damage. Names of members are recorded and never used as paths.
//!
//! ```text
//! Discover -> path -> Reader::open -> Opened::visit -> Walk: what is it? -> plain: Visit::entry
//!                                                       ^                -> compressed: Decoder ---+
//!                                                       |                -> tar, zip: each member -+
//!                                                       +------------------------ Window <---------+
//! ```
//!
//! What goes wrong travels up through the readers as a `Fault`, and becomes one [`Damage`], where it is met first.

mod budget;
mod codec;
mod container;
mod discover;
mod fault;
mod kind;
mod limits;
mod links;
mod list;
mod name;
mod promise;
mod reader;
mod remote;
mod visit;
mod walk;
mod window;

pub use codec::Codec;
pub use discover::{Discover, Found};
pub use fault::casts_doubt;
pub use kind::Kind;
pub use limits::{Counters, Limits};
pub use list::PathList;
pub use name::{name_text, path_text};
pub use reader::{Opened, Reader};
pub use visit::{Body, Damage, Entry, Visit};

#[cfg(test)]
mod tests;
