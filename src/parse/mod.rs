//! Floor 2: bytes to model, pure. No I/O, no clock, no globals; any bytes whatever give a value, never a panic.
//!
//! [`envelope`] cuts an entry into pieces, [`submission::read`] makes a filing of a piece with the help of [`header`],
//! [`encoding`], [`ownership`] and [`rendered`]. [`parse_filing`] does all of it for one filing in memory.

pub mod encoding;
pub mod envelope;
mod filter;
mod first;
pub mod header;
mod limits;
mod lines;
mod merge;
pub mod ownership;
pub mod rendered;
mod restore;
pub mod submission;
mod wrapper;
pub mod xml;

pub use filter::Filter;
pub use first::parse_filing;
pub use limits::Limits;
