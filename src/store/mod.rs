//! Beside the floors: object stores. Which paths are URLs, and blocking reads and writes of what they name.
//!
//! A build without the feature `cloud` knows the URLs and refuses them; there a `Store` cannot be made.

#[cfg(not(feature = "cloud"))]
mod absent;
mod address;
#[cfg(feature = "cloud")]
mod blocks;
#[cfg(feature = "cloud")]
mod client;
#[cfg(feature = "cloud")]
mod many;
mod object;
#[cfg(feature = "cloud")]
mod stream;

#[cfg(not(feature = "cloud"))]
pub(crate) use absent::{ObjectBlocks, ObjectReader, Store, Stores};
pub use address::{Address, Refused};
#[cfg(feature = "cloud")]
pub(crate) use blocks::ObjectBlocks;
#[cfg(feature = "cloud")]
pub(crate) use client::{Store, Stores};
pub(crate) use object::{Object, Transfer};
#[cfg(feature = "cloud")]
pub(crate) use stream::ObjectReader;

#[cfg(test)]
#[cfg(feature = "cloud")]
mod tests;
