//! The sink through its public face: what it writes against a slow and obvious version, and what it leaves alone.

#![allow(clippy::unwrap_used, clippy::panic)]

mod expected;
mod folder;
mod merge;
mod read;
mod sample;
